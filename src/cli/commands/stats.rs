use clap::Args;

use crate::base::words::plural;
use crate::cli::context::{Context, curriculum_of};
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::team::{Choice, everybody};
use crate::files::{self, WantCurricula};
use crate::model::curriculum::TalkWith;
use crate::report::{self, TalkMinutes};
use crate::store;
use crate::table::Hint;

/// How long material is, what it covers and rests on, what is stale, which questions tell nothing
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards stats\n  upwards stats efficiency -f csv\n  upwards stats --stale\n  upwards stats --items    (of those who shared their first tries: upwards privacy share)\n\nMinutes are the author's estimate; how long people took stays with them, but for talks.\nShares and their interval (95 %) are fractions of 1; discrimination is from -1 to 1."
)]
pub(crate) struct StatsArgs {
    /// The curriculum [default: the first in use]
    #[arg(value_name = "CURRICULUM")]
    of: Option<String>,
    /// Question by question: how many are right, and whether it tells who knows the rest
    #[arg(long, conflicts_with = "stale")]
    items: bool,
    /// What is past its review day, and what nothing uses
    #[arg(long)]
    stale: bool,
}

pub(crate) fn run(args: &StatsArgs, context: &mut Context) -> Result<Outcome> {
    let settings = context.settings()?;
    let id = context.curriculum_meant(args.of.as_deref())?;
    let tree = context.tree()?;
    let min_group = settings.privacy.min_group;
    let today = context.now.today;
    if args.items {
        let curriculum = context.sound(files::load_curriculum(&tree, &id))?;
        let mut findings = Vec::new();
        let shared = store::read_items(&tree, &mut findings)?;
        context.mention(&findings)?;
        let mut report = report::item_report(&curriculum, &shared, min_group, today);
        if !context.ui.wants_data()? {
            let enough = plural(
                usize::try_from(report::fewest_tries(min_group)).unwrap_or(usize::MAX),
                "person",
            );
            let givers = report::givers(&curriculum, &shared, min_group);
            let told = match givers {
                Some(count) => format!("{} who gave them", plural(count, "person")),
                None => format!("fewer than {enough}"),
            };
            report
                .below
                .push(format!("Figures from {enough} on; first tries of {told}."));
            if givers.is_none() {
                report.hints.push(Hint::new(
                    "upwards privacy share",
                    "how somebody gives their first tries, under a pseudonym",
                ));
            }
        }
        context.ui.report(report)?;
        return Ok(Outcome::Done);
    }
    let everything = files::load_everything(&tree);
    let written = everything
        .curriculum(id.as_str())
        .filter(|written| written.head.is_some())
        .ok_or_else(|| {
            CliError::could_not(format!("the curriculum {id} could not be read")).hint("why: upwards check")
        })?;
    if args.stale {
        context.ui.report(report::stale(written, today))?;
        return Ok(Outcome::Done);
    }
    let mut talks = TalkMinutes::default();
    if settings.curricula.contains(&id) {
        let workspace = context.workspace(WantCurricula::These(vec![id.clone()]))?;
        let curriculum = curriculum_of(&workspace, id.as_str())?;
        let choice = Choice::default();
        let held = everybody(
            context,
            &tree,
            &workspace,
            curriculum,
            &choice,
            today,
            |person, _, progress, _| {
                let of_it = progress.meetings.iter().filter(|record| record.why_not.is_none());
                Some(
                    of_it
                        .map(|record| (record.met.role, person.id.to_string(), record.met.minutes))
                        .collect::<Vec<_>>(),
                )
            },
        )?;
        for (role, person, minutes) in held.into_iter().flatten() {
            match role {
                TalkWith::Peer => talks.peer.push((person, minutes)),
                TalkWith::Mentor => talks.mentor.push((person, minutes)),
            }
        }
    }
    let per_question = settings.plan.seconds_per_question;
    let mut report = report::stats(written, &talks, min_group, per_question, today);
    if !context.ui.wants_data()? {
        report.below.push(
            "Minutes are estimated; what people took stays with them. Talks are the exception: their minutes are shared."
                .to_owned(),
        );
        report.hints = vec![
            Hint::new("upwards stats --items", "which questions tell nothing"),
            Hint::new("upwards stats --stale", "what to look at again"),
        ];
    }
    context.ui.report(report)?;
    Ok(Outcome::Done)
}
