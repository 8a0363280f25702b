use std::cell::RefCell;

use clap::{Args, Subcommand};

use crate::base::time::Date;
use crate::cli::context::{Context, curriculum_of};
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::reasons::reasons;
use crate::cli::team::{self, Choice};
use crate::files::{self, WantCurricula};
use crate::model::person::Role;
use crate::model::workspace::Workspace;
use crate::progress::count;
use crate::render::Format;
use crate::report;
use crate::store::{self, Buffers};

/// Write readiness, progress, people, meetings, measures or events as data
///
/// Columns are documented, versioned and only grow: upwards export WHAT --help, docs/columns.md. CSV unless -f or the
/// file's ending says otherwise; events are JSON Lines.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards export readiness -o readiness.csv\n  upwards export readiness --long -f json\n  upwards export progress --group board -o progress.csv --excel\n  upwards export measures --since 2026-01-01 -o measures.csv\n  upwards export events -o events.jsonl"
)]
pub(crate) struct ExportArgs {
    #[command(subcommand)]
    what: ExportCommand,
    /// Only this group
    #[arg(long, value_name = "GROUP", global = true)]
    group: Vec<String>,
    /// Only this unit
    #[arg(long, value_name = "UNIT", global = true)]
    unit: Vec<String>,
}

#[derive(Debug, Subcommand)]
enum ExportCommand {
    /// A row for each person; --long: for each person and capability
    #[command(after_long_help = columns(&["readiness", "readiness --long"]))]
    Readiness {
        /// A row for each person and capability
        #[arg(long)]
        long: bool,
    },
    /// A row for each person and step that was assigned, started or recorded
    #[command(after_long_help = columns(&["progress"]))]
    Progress,
    /// A row for each person, as people import reads it
    #[command(after_long_help = columns(&["people"]))]
    People,
    /// A row for each person and talk, held or planned
    #[command(after_long_help = columns(&["meetings"]))]
    Meetings(SinceArgs),
    /// A row for each baseline, with its second figure
    #[command(after_long_help = columns(&["measures"]))]
    Measures(SinceArgs),
    /// A row for each event of the shared logs, flat
    #[command(after_long_help = columns(&["events"]))]
    Events(SinceArgs),
}

#[derive(Debug, Clone, Args)]
struct SinceArgs {
    /// Only what is of that day or later
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
}

impl SinceArgs {
    fn day(&self) -> Result<Option<Date>> {
        let day = self.since.as_deref().map(str::parse).transpose();
        day.map_err(|e| CliError::usage(format!("--since: {e}")))
    }
}

fn columns(of: &[&str]) -> String {
    let help = of.iter().filter_map(|one| report::Documented::of(one));
    help.map(report::Documented::help).collect::<Vec<_>>().join("\n")
}

pub(crate) fn run(args: &ExportArgs, context: &mut Context) -> Result<Outcome> {
    if context.ui.format.is_none() && context.ui.out_file.as_deref().is_none_or(|file| file == "-") {
        context.ui.format = Some(match args.what {
            ExportCommand::Events(_) => Format::Jsonl,
            _ => Format::Csv,
        });
    }
    let choice = Choice {
        groups: args.group.clone(),
        units: args.unit.clone(),
        ..Choice::default()
    };
    match &args.what {
        ExportCommand::People => people(&choice, context),
        ExportCommand::Events(since) => events(&choice, since.day()?, context),
        what => of_a_curriculum(what, &choice, context),
    }
}

/// Everybody as data, in the columns that `people import` reads back.
pub(crate) fn people(choice: &Choice, context: &mut Context) -> Result<Outcome> {
    let workspace = context.workspace(WantCurricula::None)?;
    choice.check(&workspace)?;
    let chosen = workspace
        .people
        .iter()
        .filter(|person| choice.fits(person, &team::groups_of(&workspace, person)));
    context
        .ui
        .report(report::people_data(chosen, context.now.today))?;
    Ok(Outcome::Done)
}

/// What is about one curriculum.
fn of_a_curriculum(what: &ExportCommand, choice: &Choice, context: &mut Context) -> Result<Outcome> {
    let (mut workspace, id) = context.workspace_with_curriculum()?;
    let (tree, as_of) = (context.tree()?, context.now.today);
    let language = &workspace.settings.language;
    if matches!(what, ExportCommand::Progress) {
        for curriculum in &mut workspace.curricula {
            context.sound(files::fill_case_steps(&tree, curriculum, language))?;
        }
    }
    let curriculum = curriculum_of(&workspace, id.as_str())?;
    let rules = report::fingerprint(curriculum, &workspace.settings.readiness);
    choice.check(&workspace)?;
    let report = match what {
        ExportCommand::Readiness { long: true } => {
            let rows = team::everybody(
                context,
                &tree,
                &workspace,
                curriculum,
                choice,
                as_of,
                |p, g, progress, judged| {
                    report::belongs(progress)
                        .then(|| report::long_rows(p, &g, curriculum, &rules, progress, judged))
                },
            )?;
            report::readiness_long(rows.into_iter().flatten().collect(), &rules, as_of)
        }
        ExportCommand::Readiness { long: false } => {
            let rows = team::everybody(
                context,
                &tree,
                &workspace,
                curriculum,
                choice,
                as_of,
                |p, g, progress, judged| {
                    report::belongs(progress).then(|| report::data_row(p, g, progress, judged))
                },
            )?;
            let report = report::readiness_wide(curriculum, None, &rules, as_of);
            context.ui.report_items(report, &rows, |row| {
                report::wide_row(row, curriculum, None, &rules, as_of)
            })?;
            return Ok(Outcome::Done);
        }
        ExportCommand::Meetings(since) => {
            let since = since.day()?;
            let rows = team::everybody(
                context,
                &tree,
                &workspace,
                curriculum,
                choice,
                as_of,
                |p, g, progress, _| Some(report::meeting_rows(p, &g, curriculum, since, progress)),
            )?;
            report::meetings_report(rows.into_iter().flatten().collect(), as_of)
        }
        ExportCommand::Measures(since) => {
            let since = since.day()?;
            let after = workspace.settings.practice.second_measure_days;
            let rows = team::everybody(
                context,
                &tree,
                &workspace,
                curriculum,
                choice,
                as_of,
                |p, g, progress, _| Some(report::measure_rows(p, &g, curriculum, after, since, progress)),
            )?;
            report::measures_report(rows.into_iter().flatten().collect(), as_of)
        }
        ExportCommand::Progress | ExportCommand::People | ExportCommand::Events(_) => {
            let facts = report::StepFacts {
                cases: team::case_heads(curriculum),
                seconds_per_question: workspace.settings.plan.seconds_per_question,
                reasons: reasons(&tree)?,
            };
            let rows = team::everybody(
                context,
                &tree,
                &workspace,
                curriculum,
                choice,
                as_of,
                |p, g, progress, _| {
                    report::belongs(progress).then(|| report::step_rows(p, &g, curriculum, &facts, progress))
                },
            )?;
            report::steps_report(rows.into_iter().flatten().collect(), as_of)
        }
    };
    context.ui.report(report)?;
    Ok(Outcome::Done)
}

/// The union of the shared logs, person by person: of everybody whose log is here, those of another role, who left, and who
/// is in people.toml no more, too.
fn events(choice: &Choice, since: Option<Date>, context: &mut Context) -> Result<Outcome> {
    let workspace = context.workspace(WantCurricula::None)?;
    let me = context.actor(&workspace, Some(Role::Leader))?;
    choice.check(&workspace)?;
    let (tree, as_of) = (context.tree()?, context.now.today);
    let mut findings = Vec::new();
    let people: Vec<String> = store::people(&tree, &mut findings)?
        .into_iter()
        .filter(|id| is_chosen(id, &workspace, me.as_str(), choice))
        .collect();
    let failed = RefCell::new(None);
    let found = RefCell::new(findings);
    let rows = people.iter().flat_map(|id| {
        let mut buffers = Buffers::default();
        match store::read_person(&tree, id, &mut buffers) {
            Ok(log) => {
                found.borrow_mut().extend(log.findings.iter().cloned());
                let events = log.in_order();
                let counted = count(&events, as_of);
                let wanted = events
                    .iter()
                    .enumerate()
                    .filter(|(_, event)| since.is_none_or(|since| event.day >= since));
                wanted
                    .map(|(at, event)| report::event_row(event, counted.reason(at)))
                    .collect()
            }
            Err(error) => {
                failed.borrow_mut().get_or_insert(error);
                Vec::new()
            }
        }
    });
    context.ui.report_rows(report::events_report(as_of), rows)?;
    context.mention(&found.into_inner())?;
    match failed.into_inner() {
        Some(error) => Err(error.into()),
        None => Ok(Outcome::Done),
    }
}

fn is_chosen(id: &str, workspace: &Workspace, me: &str, choice: &Choice) -> bool {
    let leads = workspace.person(me).is_some_and(|me| me.is(Role::Leader));
    if workspace.erased.contains(id) || !(leads || id == me) {
        return false;
    }
    match workspace.person(id) {
        Some(person) => choice.fits(person, &team::groups_of(workspace, person)),
        None => choice.groups.is_empty() && choice.units.is_empty(),
    }
}
