use clap::{Args, Subcommand};

use crate::cli::commands::people;
use crate::cli::context::{Context, curriculum_of};
use crate::cli::error::{Outcome, Result};
use crate::cli::team::{self, Choice};
use crate::files;
use crate::render::Format;
use crate::report;

/// Write readiness, progress or people as data
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards export readiness -o readiness.csv\n  upwards export readiness --long -f json\n  upwards export progress --group board -o progress.csv --excel"
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
    Readiness {
        /// A row for each person and capability
        #[arg(long)]
        long: bool,
    },
    /// A row for each person and step that was assigned, started or recorded
    Progress,
    /// A row for each person, as people import reads it
    People,
}

pub(crate) fn run(args: &ExportArgs, context: &mut Context) -> Result<Outcome> {
    if context.ui.format.is_none() && context.ui.out_file.is_none() {
        context.ui.format = Some(Format::Csv);
    }
    if matches!(args.what, ExportCommand::People) {
        return people::export(context);
    }
    let (mut workspace, id) = context.workspace_with_curriculum()?;
    let (tree, as_of) = (context.tree()?, context.now.today);
    let language = &workspace.settings.language;
    for curriculum in &mut workspace.curricula {
        if matches!(args.what, ExportCommand::Progress) {
            context.sound(files::fill_case_steps(&tree, curriculum, language))?;
        }
    }
    let curriculum = curriculum_of(&workspace, id.as_str())?;
    let rules = report::fingerprint(curriculum, &workspace.settings.readiness);
    let choice = Choice {
        groups: args.group.clone(),
        units: args.unit.clone(),
        only: None,
    };
    choice.check(&workspace)?;
    let report = match args.what {
        ExportCommand::Readiness { long: true } => {
            let rows = team::everybody(
                context,
                &tree,
                &workspace,
                curriculum,
                &choice,
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
                &choice,
                as_of,
                |p, g, progress, judged| {
                    report::belongs(progress).then(|| report::data_row(p, g, progress, judged))
                },
            )?;
            let report = report::readiness_wide(curriculum, &rules, as_of);
            context.ui.report_rows(report, &rows, |row| {
                report::wide_row(row, curriculum, &rules, as_of)
            })?;
            return Ok(Outcome::Done);
        }
        ExportCommand::Progress | ExportCommand::People => {
            let cases = team::case_heads(curriculum);
            let per_question = workspace.settings.plan.seconds_per_question;
            let rows = team::everybody(
                context,
                &tree,
                &workspace,
                curriculum,
                &choice,
                as_of,
                |p, g, progress, _| {
                    report::belongs(progress)
                        .then(|| report::step_rows(p, &g, curriculum, &cases, per_question, progress))
                },
            )?;
            report::steps_report(rows.into_iter().flatten().collect(), as_of)
        }
    };
    context.ui.report(report)?;
    Ok(Outcome::Done)
}
