//! `curricula diff`: what changed, and what that does to evidence.

use clap::{Args, ValueEnum};

use super::against::{self, Named};
use super::impact;
use crate::base::texts::t;
use crate::change::{self, Change, Class};
use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};
use crate::report;

/// What changed in a curriculum, sorted into wording, addition and material; with --impact, for whom
///
/// The state that is here is compared with an older one: the built-in curriculum of this id, or the last commit, unless
/// --against names another. Nothing is written.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards curricula diff\n  upwards curricula diff efficiency --against git:HEAD --impact\n  upwards curricula diff efficiency --against new.pack --incoming --impact    (before unpacking it)\n  upwards curricula diff --fail-on material    (exit 3 if something counts otherwise)"
)]
pub(super) struct DiffArgs {
    /// The curriculum [default: the first in use]
    id: Option<String>,
    /// The older state: a workspace, a folder of the curriculum, a pack, git:REV or built-in
    #[arg(long, value_name = "DIR|PACK|git:REV")]
    against: Option<String>,
    /// The other state is the newer one: what taking it would change
    #[arg(long, requires = "against")]
    incoming: bool,
    /// Who keeps, who loses, who does what again, in points and minutes
    #[arg(long)]
    impact: bool,
    /// Exit with 3 if there is a change of this class or above
    #[arg(long, value_name = "CLASS")]
    fail_on: Option<FailOn>,
}

/// A class as a flag names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Wording,
    Addition,
    Material,
}

impl FailOn {
    fn class(self) -> Class {
        match self {
            Self::Wording => Class::Wording,
            Self::Addition => Class::Addition,
            Self::Material => Class::Material,
        }
    }
}

pub(super) fn run(args: &DiffArgs, context: &mut Context) -> Result<Outcome> {
    let id = context.curriculum_meant(args.id.as_deref())?;
    let here = against::here(context, &id)?;
    let mut other = against::other(context, &id, args.against.as_deref())?;
    against::with_owners_of(&here, &mut other);
    let (old, new) = if args.incoming {
        (here, other)
    } else {
        (other, here)
    };
    let settings = context.settings()?;
    let changes = change::changes(&old.state, &new.state, &settings);
    let is_data = context.ui.report_format()?.is_data();
    if !(is_data && args.impact) {
        show(&old, &new, &changes, context)?;
    }
    if args.impact {
        impact::run(&old.state, &new.state, context)?;
    }
    let fails = |class: FailOn| changes.iter().any(|change| change.class() >= class.class());
    Ok(if args.fail_on.is_some_and(fails) {
        Outcome::ConditionFalse
    } else {
        Outcome::Done
    })
}

fn show(old: &Named, new: &Named, changes: &[Change], context: &Context) -> Result<()> {
    let ui = &context.ui;
    if ui.wants_data()? {
        let id = new.state.curriculum.id.as_str();
        return ui.report(report::changes_data(id, changes, context.now.today));
    }
    let revision = |named: &Named| {
        t!(
            "diff.state",
            "{name}, revision {rev}",
            name = named.name,
            rev = named.state.curriculum.rev
        )
    };
    ui.prose(
        &t!(
            "diff.title",
            "{title}: {new}, compared with {old}",
            title = new.state.curriculum.title,
            new = revision(new),
            old = revision(old)
        ),
        0,
    )?;
    if changes.is_empty() {
        return ui.line(t!("diff.nothing", "No change."));
    }
    ui.line(report::changes_counted(changes))?;
    ui.lines(report::changes_lines(changes, ui.prose_width()))?;
    if changes.iter().any(|change| change.what.is_fault()) {
        ui.prose(
            &t!(
                "diff.faults",
                "! makes evidence say what nobody did, or leaves it without words: repair it before you hand it out."
            ),
            0,
        )?;
    }
    Ok(())
}
