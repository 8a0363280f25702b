use clap::{Args, Subcommand, ValueEnum};

use crate::base::id::EventId;
use crate::base::text::is_unprintable;
use crate::base::texts::t;
use crate::cli::commands::cases::draft::{self, Begun};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::person::Subject;
use crate::cli::record::{Entries, Recorder};
use crate::cli::team::for_each_readable;
use crate::files::WantCurricula;
use crate::library::Lead;
use crate::model::event::Fact;
use crate::model::person::Role;
use crate::model::workspace::Workspace;
use crate::report::{self, IdeaRow};

/// Ideas and leads for cases: anybody's, with credit
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards ideas add \"Ask the port of Aarhus about their chat\" --capability serve\n  upwards ideas list --open\n  upwards ideas take 71d4e0aa --into case\n  upwards ideas close 71d4e0aa --reason \"No source that we may name\""
)]
pub(crate) struct IdeasArgs {
    #[command(subcommand)]
    what: IdeasCommand,
}

#[derive(Debug, Subcommand)]
enum IdeasCommand {
    /// Suggest something; it is shared
    Add {
        /// The idea in one line; `-` reads it from standard input
        text: String,
        /// The capability it is nearest to
        #[arg(long, value_name = "ID")]
        capability: Option<String>,
    },
    /// All ideas you may read, the oldest first
    List {
        /// Only those nobody has handled
        #[arg(long)]
        open: bool,
    },
    /// One idea with what became of it
    Show {
        /// Its id, or the beginning
        id: String,
    },
    /// Say what becomes of it: a case, which is begun as a draft, or a change of the material
    Take {
        /// Its id, or the beginning
        id: String,
        /// What it becomes
        #[arg(long)]
        into: IntoArg,
    },
    /// Say that nothing becomes of it, and why
    Close {
        /// Its id, or the beginning
        id: String,
        /// One sentence; whoever had the idea reads it
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum IntoArg {
    /// A case of the library
    Case,
    /// A change of a curriculum
    Change,
}

/// Longest idea and reason, in characters.
const MOST: usize = 300;

pub(crate) fn run(args: &IdeasArgs, context: &mut Context) -> Result<Outcome> {
    match &args.what {
        IdeasCommand::Add { text, capability } => add(text, capability.as_deref(), context),
        IdeasCommand::List { open } => list(*open, context),
        IdeasCommand::Show { id } => show(id, context),
        IdeasCommand::Take { id, into } => {
            let word = match into {
                IntoArg::Case => "case",
                IntoArg::Change => "change",
            };
            handle(id, word, None, context)
        }
        IdeasCommand::Close { id, reason } => {
            handle(id, "none", Some(one_line(reason, "--reason")?), context)
        }
    }
}

/// Whether a command of this kind writes.
pub(crate) fn writes(args: &IdeasArgs) -> bool {
    !matches!(args.what, IdeasCommand::List { .. } | IdeasCommand::Show { .. })
}

fn add(typed: &str, capability: Option<&str>, context: &mut Context) -> Result<Outcome> {
    let subject = Subject::acting(context)?;
    let typed = if typed == "-" {
        let bytes = context.stdin(64 * 1024)?.unwrap_or_default();
        String::from_utf8(bytes).map_err(|_| CliError::usage("standard input is not UTF-8"))?
    } else {
        typed.to_owned()
    };
    let text = one_line(&typed, "an idea")?;
    let id = context.curriculum_id(&subject.workspace.settings)?;
    let curriculum = subject.curriculum(id.as_str())?;
    let capability = match capability {
        Some(typed) => Some(curriculum.capability(typed).ok_or_else(|| {
            let names = curriculum
                .capabilities
                .iter()
                .map(|c| (c.id.as_str(), c.name.as_str()));
            CliError::unknown(typed, "capability", names, "upwards progress")
        })?),
        None => None,
    };
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    let fact = Fact::Suggested {
        text: text.into(),
        curriculum: capability.map(|_| curriculum.id.to_string().into()),
        capability: capability.map(|c| c.id.to_string().into()),
    };
    record(
        &subject.workspace,
        subject.person.id.as_str(),
        subject.by.as_str(),
        fact,
        context,
    )?;
    context.ui.prose(
        &t!(
            "aim.readers",
            "Saved. {who} can read it {way}.",
            who = subject.readers().who_first(),
            way = subject.readers().way()
        ),
        0,
    )?;
    Ok(Outcome::Done)
}

fn list(open: bool, context: &mut Context) -> Result<Outcome> {
    let (_, mut rows) = ideas(context)?;
    let all = rows.len();
    if open {
        rows.retain(|row| row.handled.is_none());
    }
    let data = context.ui.wants_data()?;
    context
        .ui
        .report(report::idea_list(&rows, all, data, context.now.today))?;
    Ok(Outcome::Done)
}

fn show(typed: &str, context: &mut Context) -> Result<Outcome> {
    let (_, rows) = ideas(context)?;
    let row = find(&rows, typed)?;
    let columns = context.ui.prose_width();
    context.ui.lines(report::idea_lines(row, columns))?;
    Ok(Outcome::Done)
}

fn handle(typed: &str, into: &str, reason: Option<String>, context: &mut Context) -> Result<Outcome> {
    let (workspace, rows) = ideas(context)?;
    let me = context.actor(&workspace, Some(Role::Leader))?;
    if !workspace
        .person(me.as_str())
        .is_some_and(|me| me.is(Role::Leader))
    {
        return Err(CliError::could_not(format!(
            "{} leads nobody here: what becomes of ideas is said by leaders",
            workspace.name_of(me.as_str())
        )));
    }
    let row = find(&rows, typed)?;
    if let Some((done, _)) = &row.handled {
        return Err(
            CliError::could_not(format!("this idea was handled already: {done}"))
                .hint(format!("upwards ideas show {}", row.short_id())),
        );
    }
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    // The draft comes first: what is said to become a case has the file of one.
    let drafted = if into == "case" {
        let begun = Begun {
            id: row.id,
            person: row.person.clone(),
            lead: Lead::Idea(row.id),
        };
        Some(draft::of_idea(&begun, &workspace, &me, context)?)
    } else {
        None
    };
    let fact = Fact::Handled {
        reference: row.id,
        into: into.to_owned().into(),
        reason: reason.map(Into::into),
    };
    record(&workspace, row.person.as_str(), me.as_str(), fact, context)?;
    context.ui.line(t!(
        "ideas.handled",
        "Saved. {name} reads it, and keeps the credit.",
        name = workspace.name_of(row.person.as_str())
    ))?;
    if let Some((draft, file)) = drafted {
        draft::say(&draft, file.as_deref(), context)?;
    }
    Ok(Outcome::Done)
}

fn record(
    workspace: &Workspace,
    person: &str,
    by: &str,
    fact: Fact<'static>,
    context: &mut Context,
) -> Result<()> {
    let mut recorder = Recorder::new(context, &workspace.settings)?;
    recorder.begin();
    recorder.record(&[Entries {
        person,
        by,
        facts: vec![fact],
        via: None,
    }])?;
    Ok(())
}

/// Ideas that whoever acts may read: leaders everybody's, others their own. Ideas name their own curriculum; those of
/// another than the first are read with that one.
fn ideas(context: &mut Context) -> Result<(Workspace, Vec<IdeaRow>)> {
    let workspace = context.workspace(WantCurricula::InUse)?;
    let me = context.actor(&workspace, Some(Role::Leader))?;
    if workspace.curricula.is_empty() {
        return Err(CliError::no_curriculum());
    }
    let mut rows: Vec<IdeaRow> = Vec::new();
    for_each_readable(context, &workspace, &me, |person, progress| {
        for idea in &progress.ideas {
            if rows.iter().any(|row| row.id == idea.event.id) {
                continue;
            }
            rows.push(IdeaRow {
                id: idea.event.id,
                day: idea.event.day,
                person: person.id.clone(),
                name: workspace.name_of(person.id.as_str()).to_owned(),
                capability: idea.capability.map(str::to_owned),
                text: idea.text.to_owned(),
                handled: idea
                    .handled
                    .map(|handled| (handled.into.to_owned(), handled.reason.map(str::to_owned))),
            });
        }
    })?;
    rows.sort_by_key(|row| (row.day, row.id));
    Ok((workspace, rows))
}

fn find<'r>(rows: &'r [IdeaRow], typed: &str) -> Result<&'r IdeaRow> {
    let is = |row: &&IdeaRow| {
        let id: EventId = row.id;
        typed.len() >= 4 && id.to_string().starts_with(&typed.to_lowercase())
    };
    let mut fits = rows.iter().filter(is);
    match (fits.next(), fits.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(CliError::could_not(format!("\"{typed}\" fits several ideas"))
            .hint("write more of the id: upwards ideas list")),
        (None, _) => {
            Err(CliError::could_not(format!("\"{typed}\" is no idea here")).hint("all: upwards ideas list"))
        }
    }
}

fn one_line(typed: &str, what: &str) -> Result<String> {
    let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || text.chars().count() > MOST {
        return Err(CliError::usage(format!(
            "{what} is one line of 1 to {MOST} characters"
        )));
    }
    if text.chars().any(is_unprintable) {
        return Err(CliError::usage(format!(
            "{what} is plain text: there is a character in it that cannot be shown"
        )));
    }
    Ok(text)
}
