use clap::{Args, Subcommand};

use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::files;
use crate::model::case::Case;
use crate::render::Format;
use crate::report;
use crate::session::{self, CaseLine};

/// Read the case library
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards cases list\n  upwards cases show klm-social-service\n  upwards cases list -f csv --demo"
)]
pub(crate) struct CasesArgs {
    #[command(subcommand)]
    what: CasesCommand,
}

#[derive(Debug, Subcommand)]
enum CasesCommand {
    /// All cases of the curriculum
    List,
    /// One case in full, with claims and sources
    Show {
        /// The case's id, or its beginning
        id: String,
    },
}

pub(crate) fn run(args: &CasesArgs, context: &mut Context) -> Result<Outcome> {
    let settings = context.settings()?;
    let curriculum = context.curriculum_id(&settings)?;
    let tree = context.tree()?;
    let cases = context.sound(files::load_cases(&tree, &curriculum, &settings.language))?;
    match &args.what {
        CasesCommand::List => {
            let data = matches!(
                context.ui.report_format()?,
                Format::Csv | Format::Json | Format::Jsonl
            );
            context.ui.report(report::case_list(
                &cases,
                curriculum.as_str(),
                data,
                context.now.today,
            ))?;
        }
        CasesCommand::Show { id } => {
            let case = find(&cases, id)?;
            if matches!(
                context.ui.report_format()?,
                Format::Csv | Format::Json | Format::Jsonl
            ) {
                context
                    .ui
                    .report(report::case_parts(case, curriculum.as_str(), context.now.today))?;
            } else {
                page(context, case)?;
            }
        }
    }
    Ok(Outcome::Done)
}

fn find<'a>(cases: &'a [Case], typed: &str) -> Result<&'a Case> {
    if let Some(case) = cases.iter().find(|c| c.id.as_str() == typed) {
        return Ok(case);
    }
    let mut fits = cases
        .iter()
        .filter(|c| typed.len() >= 3 && c.id.as_str().starts_with(typed));
    if let (Some(one), None) = (fits.next(), fits.next()) {
        Ok(one)
    } else {
        let names = cases.iter().map(|c| (c.id.as_str(), c.title.as_str()));
        Err(CliError::unknown(typed, "case", names, "upwards cases list"))
    }
}

fn page(context: &Context, case: &Case) -> Result<()> {
    let columns = context.ui.prose_width();
    let rest = session::case_rest(case);
    let blank = [CaseLine::Line(String::new())];
    let sources = session::case_sources(case);
    for line in session::case_brief(case, columns)
        .iter()
        .chain(&blank)
        .chain(&rest)
        .chain(&blank)
        .chain(&sources)
    {
        match line {
            CaseLine::Prose(text) => context.ui.prose(text, 0)?,
            CaseLine::Line(text) => context.ui.line(text)?,
            CaseLine::Entry(heading, text) => {
                context.ui.lines(session::entry_lines(heading, text, columns))?;
            }
        }
    }
    Ok(())
}
