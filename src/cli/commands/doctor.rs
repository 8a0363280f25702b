mod computer;
mod repair;
mod workspace;

use clap::Args;

use crate::base::diag::{Diagnostic, Severity};
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::reasons;
use crate::files::WantCurricula;
use crate::render::{Format, findings_json, findings_plain};

/// Look at this computer and the logs, and name what was found; --fix repairs some of it
///
/// Terminal, encoding, clock, rights, lock and git; gaps, forks, days to come, torn ends and unknown kinds in the logs; lines
/// of this computer that are gone; conflict copies of sync tools, by their names; curricula that hide those of the program.
/// Nothing is changed without --fix, and then one thing at a time, after a yes; what a repair changes is kept beside your own
/// data. No repair changes what another computer wrote.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards doctor\n  upwards doctor -f json\n  upwards doctor -v            (what is worth knowing, too)\n  upwards doctor --fix -n      (what could be repaired)\n  upwards doctor --fix         (asks for each)\n  upwards doctor --fix --yes"
)]
pub(crate) struct DoctorArgs {
    /// Repair what can be repaired without a guess: asks for each, or --yes; without a terminal only shows it
    #[arg(long)]
    fix: bool,
}

pub(crate) fn run(args: &DoctorArgs, context: &mut Context) -> Result<Outcome> {
    if args.fix {
        refuse_data(context, "doctor --fix")?;
        repair::run(context)?;
    }
    let (findings, well) = look(context)?;
    print(context, &findings, &well)?;
    let found = findings.iter().any(|f| f.severity != Severity::Note);
    Ok(if found {
        Outcome::ConditionFalse
    } else {
        Outcome::Done
    })
}

/// What is not well, sorted, and what was looked at.
fn look(context: &mut Context) -> Result<(Vec<Diagnostic>, Vec<String>)> {
    let tree = context.tree()?;
    let workspace = context.workspace(WantCurricula::None)?;
    let mut findings = Vec::new();
    let mut well = computer::this_computer(context, &mut findings);
    well.push(computer::git(&tree, &workspace, &mut findings));
    well.push(computer::own_folder(context, &workspace.settings, &mut findings)?);
    computer::lock(context, &workspace.settings, &mut findings)?;
    computer::rights(&tree, &mut findings)?;
    well.extend(workspace::look(context, &tree, &workspace, &mut findings)?);
    reasons::audit(&tree, context.now.today, &mut findings)?;
    findings.sort();
    findings.dedup();
    Ok((findings, well))
}

fn refuse_data(context: &Context, what: &str) -> Result<()> {
    match context.ui.format {
        Some(Format::Json | Format::Jsonl | Format::Csv) => Err(CliError::usage(format!(
            "{what} tells what it does in words: it has no data format"
        ))
        .hint("what is left, as data: upwards doctor -f json")),
        _ => Ok(()),
    }
}

fn print(context: &Context, findings: &[Diagnostic], well: &[String]) -> Result<()> {
    match context.ui.format {
        Some(Format::Json | Format::Jsonl) => {
            let mut bytes = Vec::new();
            findings_json(findings, "doctor", &mut bytes)?;
            return context.ui.bytes(&bytes);
        }
        Some(Format::Csv) => {
            return Err(CliError::usage("doctor has no csv").hint("formats of doctor: plain, json"));
        }
        _ => {}
    }
    context.ui.lines(well)?;
    let shown: Vec<Diagnostic> = findings
        .iter()
        .filter(|f| f.severity != Severity::Note || context.ui.verbose > 0)
        .cloned()
        .collect();
    if shown.is_empty() {
        return context.ui.line("Nothing is wrong.");
    }
    context.ui.line("")?;
    let mut bytes = Vec::new();
    findings_plain(&shown, &mut bytes)?;
    context.ui.bytes(&bytes)
}
