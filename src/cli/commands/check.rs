use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use crate::base::diag::{Diagnostic, Severity};
use crate::base::words::plural;
use crate::check;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::disk;
use crate::files;
use crate::model::written::Everything;
use crate::render::{Format, findings_human, findings_json, findings_plain};
use crate::store::{self, Buffers};

/// Find all problems of all files, with lines; silent when all is well
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards check\n  upwards check curricula/efficiency --strict\n  upwards check -f json\n  upwards check --explain U104"
)]
pub(crate) struct CheckArgs {
    /// Files or folders [default: the workspace, its logs too]
    paths: Vec<String>,
    /// Warnings count as errors
    #[arg(long)]
    strict: bool,
    /// Only these codes or names of checks, with commas
    #[arg(long, value_name = "CODE,...")]
    only: Option<String>,
    /// What a code means, with an example
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
    /// All codes with their names
    #[arg(long)]
    list: bool,
}

pub(crate) fn run(args: &CheckArgs, context: &mut Context) -> Result<Outcome> {
    if let Some(code) = &args.explain {
        return explain(context, code);
    }
    if args.list {
        for rule in check::rules() {
            context.ui.line(format!(
                "{}  {:<8} {:<12} {}",
                rule.code,
                rule.severity.word(),
                rule.name,
                rule.what
            ))?;
        }
        return Ok(Outcome::Done);
    }
    let all = load(args, context)?;
    let mut findings = Vec::new();
    let mut texts = BTreeMap::new();
    for everything in &all {
        findings.extend(check::run(everything, context.now.today));
    }
    if args.paths.is_empty() {
        findings.extend(logs(context)?);
    }
    select(args, &mut findings)?;
    findings.retain(|f| f.severity != Severity::Note || context.ui.verbose > 0);
    for everything in &all {
        for file in findings
            .iter()
            .flat_map(|f| std::iter::once(&f.place).chain(f.related.iter().map(|(p, _)| p)))
        {
            if let Some(text) = everything.text(&file.file) {
                texts.insert(file.file.clone(), text.to_owned());
            }
        }
    }
    print_findings(context, &findings, &texts)?;
    summary(context, &all, &findings)?;
    let bad = findings
        .iter()
        .any(|f| f.severity == Severity::Error || (args.strict && f.severity == Severity::Warning));
    Ok(if bad {
        Outcome::ConditionFalse
    } else {
        Outcome::Done
    })
}

fn load(args: &CheckArgs, context: &mut Context) -> Result<Vec<Everything>> {
    if args.paths.is_empty() {
        let tree = context.tree()?;
        return Ok(vec![files::load_everything(&tree)]);
    }
    let mut paths: Vec<PathBuf> = Vec::new();
    for typed in &args.paths {
        let path = context.environment.folder.join(typed);
        if disk::kind(&path)?.is_none() {
            return Err(CliError::could_not(format!("there is no {typed}"))
                .hint("name a file or folder, or nothing for the whole workspace"));
        }
        let clean = path
            .components()
            .filter(|c| !matches!(c, std::path::Component::CurDir));
        paths.push(clean.collect());
    }
    Ok(files::load_paths(&paths))
}

/// What reading every log finds: damage, copies, what is no person's.
fn logs(context: &mut Context) -> Result<Vec<Diagnostic>> {
    let tree = context.tree()?;
    let mut findings = Vec::new();
    let mut buffers = Buffers::default();
    for person in store::people(&tree, &mut findings)? {
        findings.extend(store::audit(&tree, &person, &mut buffers, context.now.today)?);
    }
    Ok(findings)
}

fn select(args: &CheckArgs, findings: &mut Vec<Diagnostic>) -> Result<()> {
    let Some(only) = &args.only else { return Ok(()) };
    let names: Vec<&str> = only.split(',').map(str::trim).filter(|n| !n.is_empty()).collect();
    for name in &names {
        if !check::rules().any(|r| r.code.eq_ignore_ascii_case(name) || r.name == *name) {
            let known = check::rules().map(|r| (r.code, r.name));
            return Err(CliError {
                kind: crate::cli::error::Kind::Usage,
                ..CliError::unknown(name, "check", known, "upwards check --list")
            });
        }
    }
    findings.retain(|f| {
        names
            .iter()
            .any(|n| f.code.eq_ignore_ascii_case(n) || check::rule(f.code).is_some_and(|r| r.name == *n))
    });
    Ok(())
}

/// Findings in the form that was asked for.
pub(super) fn print_findings(
    context: &Context,
    findings: &[Diagnostic],
    texts: &BTreeMap<String, String>,
) -> Result<()> {
    let mut bytes = Vec::new();
    match context.ui.format {
        Some(Format::Json | Format::Jsonl) => findings_json(findings, "check", &mut bytes)?,
        Some(Format::Csv) => {
            return Err(CliError::usage("check has no csv").hint("formats of check: table, plain, json"));
        }
        Some(Format::Plain) => findings_plain(findings, &mut bytes)?,
        _ if context.ui.plain => findings_plain(findings, &mut bytes)?,
        _ => findings_human(findings, texts, context.ui.options.screen.width, &mut bytes)?,
    }
    context.ui.bytes(&bytes)
}

/// On stderr, so that a clean check leaves stdout empty.
fn summary(context: &Context, all: &[Everything], findings: &[Diagnostic]) -> Result<()> {
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    let mut counted = check::Counted::default();
    for everything in all {
        let more = check::counted(everything);
        counted.modules += more.modules;
        counted.cases += more.cases;
        counted.questions += more.questions;
    }
    if findings.is_empty() && context.ui.verbose == 0 && !context.ui.stderr_is_terminal {
        return Ok(());
    }
    context.ui.notice(&format!(
        "Checked {}, {}, {}: {}, {}",
        plural(counted.modules, "module"),
        plural(counted.cases, "case"),
        plural(counted.questions, "question"),
        plural(count(Severity::Error), "error"),
        plural(count(Severity::Warning), "warning"),
    ))?;
    if let Some(chance) = all.iter().filter_map(check::highest_guess_chance).max() {
        context.ui.notice(&format!(
            "A pure guesser opens a knowledge gate with a chance of {}.{} % (at most 2 %)",
            chance / 10,
            chance % 10
        ))?;
    }
    Ok(())
}

fn explain(context: &Context, code: &str) -> Result<Outcome> {
    let Some(rule) = check::rule(&code.to_uppercase()) else {
        let known = check::rules().map(|r| (r.code, r.name));
        return Err(CliError::unknown(code, "code", known, "upwards check --list"));
    };
    let ui = &context.ui;
    ui.line(format!(
        "{} ({}, {}): {}",
        rule.code,
        rule.severity.word(),
        rule.name,
        rule.what
    ))?;
    ui.line("")?;
    ui.prose(rule.why, 0)?;
    ui.line("")?;
    ui.line(format!("Broken, in {}:", rule.example.file))?;
    ui.lines(rule.example.broken.lines().map(|l| format!("  {l}")))?;
    ui.line("Repaired:")?;
    ui.lines(rule.example.repaired.lines().map(|l| format!("  {l}")))?;
    Ok(Outcome::Done)
}
