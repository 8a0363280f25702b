use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

mod fix;

use self::fix::Fixed;
use crate::base::diag::{Diagnostic, Severity};
use crate::base::words::plural;
use crate::check;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::reasons;
use crate::disk;
use crate::files;
use crate::model::written::Everything;
use crate::render::{Format, findings_human, findings_json, findings_plain};
use crate::store::{self, Buffers};
use crate::table::{Column, Report, Value};

/// Find all problems of all files, with lines; silent when all is well
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards check\n  upwards check curricula/efficiency --strict\n  upwards check --fix\n  upwards check -f json\n  upwards check --explain U104"
)]
pub(crate) struct CheckArgs {
    /// Files or folders [default: the workspace, its logs too]
    paths: Vec<String>,
    /// Warnings count as errors
    #[arg(long)]
    strict: bool,
    /// Write the safe repairs: shows them first and asks; in scripts with --yes
    #[arg(long)]
    fix: bool,
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
        return list(context);
    }
    let paths = paths(args, context)?;
    let mut checked = look(args, context, &paths)?;
    if args.fix {
        let selected = selected(args)?;
        match fix::run(context, &paths, &checked, |f| is_selected(&selected, f))? {
            Fixed::Nothing => {}
            Fixed::Shown => return Ok(Outcome::ConditionFalse),
            Fixed::Written => checked = look(args, context, &paths)?,
        }
    }
    tell(args, context, &checked)
}

/// What was read, and what was found in it.
struct Checked {
    /// Each root with its findings.
    roots: Vec<(Everything, Vec<Diagnostic>)>,
    /// What logs hold.
    logs: Vec<Diagnostic>,
}

/// What was asked for; empty = everything there is.
fn paths(args: &CheckArgs, context: &mut Context) -> Result<Vec<PathBuf>> {
    if args.paths.is_empty() {
        return Ok(context.tree()?.folder().map(PathBuf::from).into_iter().collect());
    }
    let mut paths = Vec::new();
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
    Ok(paths)
}

fn look(args: &CheckArgs, context: &mut Context, paths: &[PathBuf]) -> Result<Checked> {
    let selected = selected(args)?;
    let all = if paths.is_empty() {
        // The example, which is in no folder.
        vec![files::load_everything(&context.tree()?)]
    } else {
        files::load_paths(paths)
    };
    let is_wanted = |finding: &Diagnostic| {
        is_selected(&selected, finding) && (finding.severity != Severity::Note || context.ui.verbose > 0)
    };
    let judge = |everything: Everything| {
        let mut findings = check::run(&everything, context.now.today);
        findings.retain(&is_wanted);
        (everything, findings)
    };
    let roots = all.into_iter().map(judge).collect();
    let verbose = context.ui.verbose > 0;
    let mut logs = if args.paths.is_empty() {
        logs(context)?
    } else {
        Vec::new()
    };
    logs.retain(|f| is_selected(&selected, f) && (f.severity != Severity::Note || verbose));
    Ok(Checked { roots, logs })
}

/// Prints the findings, and below them what was judged.
fn tell(args: &CheckArgs, context: &Context, checked: &Checked) -> Result<Outcome> {
    let mut findings = Vec::new();
    let mut texts = BTreeMap::new();
    for (everything, found) in &checked.roots {
        let prefix = prefix(context, checked, everything);
        let places = |f: &'_ Diagnostic| -> Vec<String> {
            let related = f.related.iter().map(|(place, _)| place.file.clone());
            std::iter::once(f.place.file.clone()).chain(related).collect()
        };
        for file in found.iter().flat_map(places) {
            if let Some(text) = everything.text(&file) {
                texts
                    .entry(prefixed(&prefix, &file))
                    .or_insert_with(|| text.to_owned());
            }
        }
        findings.extend(found.iter().cloned().map(|mut finding| {
            finding.place.file = prefixed(&prefix, &finding.place.file);
            for (place, _) in &mut finding.related {
                place.file = prefixed(&prefix, &place.file);
            }
            finding
        }));
    }
    findings.extend(checked.logs.iter().cloned());
    print_findings(context, &findings, &texts)?;
    summary(args, context, checked, &findings)?;
    let bad = findings
        .iter()
        .any(|f| f.severity == Severity::Error || (args.strict && f.severity == Severity::Warning));
    Ok(if bad {
        Outcome::ConditionFalse
    } else {
        Outcome::Done
    })
}

/// What stands before the names of files where several folders were looked at: two of them may hold the same name.
fn prefix(context: &Context, checked: &Checked, everything: &Everything) -> String {
    if checked.roots.len() < 2 {
        return String::new();
    }
    let root = everything.root.strip_prefix(&context.environment.folder);
    let root = root.unwrap_or(&everything.root);
    let parts: Vec<_> = root
        .components()
        .map(|c| c.as_os_str().to_string_lossy())
        .collect();
    match parts.as_slice() {
        [] => String::new(),
        [first, rest @ ..] if first == "/" => format!("/{}/", rest.join("/")),
        parts => format!("{}/", parts.join("/")),
    }
}

fn prefixed(prefix: &str, file: &str) -> String {
    if file.starts_with("(built in)") {
        file.to_owned()
    } else {
        format!("{prefix}{file}")
    }
}

/// What reading every log finds: damage, copies, what is no person's; and what is no first try among those given to authors.
fn logs(context: &mut Context) -> Result<Vec<Diagnostic>> {
    let tree = context.tree()?;
    let mut findings = store::misplaced(&tree)?;
    let mut buffers = Buffers::default();
    let erased = context.sound(files::load_erased(&tree))?;
    let retained = context.sound(files::load_retained(&tree))?;
    for person in store::people(&tree, &mut findings)? {
        if erased.contains(person.as_str()) {
            findings.push(check::erased_returned(&person));
            continue;
        }
        findings.extend(store::audit(
            &tree,
            &person,
            &mut buffers,
            context.now.today,
            retained,
        )?);
    }
    reasons::audit(&tree, context.now.today, &mut findings)?;
    store::read_items(&tree, &mut findings)?;
    Ok(findings)
}

/// Codes and names of checks that were asked for; empty = all.
fn selected(args: &CheckArgs) -> Result<Vec<&str>> {
    let names: Vec<&str> = args
        .only
        .iter()
        .flat_map(|only| only.split(','))
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    for name in &names {
        if !check::rules().any(|r| r.code.eq_ignore_ascii_case(name) || r.name == *name) {
            let known = check::rules().map(|r| (r.code, r.name));
            return Err(CliError {
                kind: crate::cli::error::Kind::Usage,
                ..CliError::unknown(name, "check", known, "upwards check --list")
            });
        }
    }
    Ok(names)
}

fn is_selected(selected: &[&str], finding: &Diagnostic) -> bool {
    let is_named = |name: &str| {
        finding.code.eq_ignore_ascii_case(name)
            || check::rule(finding.code).is_some_and(|rule| rule.name == name)
    };
    selected.is_empty() || selected.iter().any(|name| is_named(name))
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
fn summary(args: &CheckArgs, context: &Context, checked: &Checked, findings: &[Diagnostic]) -> Result<()> {
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    let mut counted = check::Counted::default();
    for (everything, _) in &checked.roots {
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
    if let Some(told) = easiest_gate(checked) {
        context.ui.notice(&told)?;
    }
    let repairs = findings.iter().filter(|f| f.repair.is_some()).count();
    if repairs > 0 && !args.fix {
        let command = fix::command(args);
        context.ui.notice(&format!(
            "  {command:<27}  write the {} (shows them first)",
            plural(repairs, "safe repair")
        ))?;
    }
    if let Some(kind) = findings.iter().find_map(kind_of_form) {
        let command = format!("upwards schema {kind}");
        context.ui.notice(&format!("  {command:<27}  what is allowed"))?;
    }
    Ok(())
}

/// The knowledge gate that is guessed most easily: of which capability, and of which curriculum if there are several.
fn easiest_gate(checked: &Checked) -> Option<String> {
    let roots = checked.roots.iter();
    let gates: Vec<_> = roots
        .flat_map(|(everything, _)| check::gates_to_guess(everything))
        .collect();
    let (curriculum, chance) = gates
        .iter()
        .min_by_key(|(_, chance)| std::cmp::Reverse(chance.per_mille))?;
    let capability = if gates.iter().any(|(other, _)| other != curriculum) {
        format!("{} in {curriculum}", chance.capability)
    } else {
        chance.capability.to_string()
    };
    Some(format!(
        "A pure guesser opens the knowledge gate of {capability} with a chance of {}.{} % (at most 2 %; no gate is easier)",
        chance.per_mille / 10,
        chance.per_mille % 10
    ))
}

/// The kind of file whose form a finding is about.
fn kind_of_form(finding: &Diagnostic) -> Option<&'static str> {
    let is_form = matches!(
        finding.code,
        files::codes::UNKNOWN_KEY
            | files::codes::MISSING_KEY
            | files::codes::UNKNOWN_WORD
            | files::codes::WRONG_TYPE
    );
    let file = finding.place.file.as_str();
    let ends = |name: &str| file == name || file.ends_with(&format!("/{name}"));
    match file {
        _ if !is_form || file.contains("/translations/") => None,
        _ if file.contains("/modules/") => Some("module"),
        _ if file.contains("/cases/") => Some("case"),
        _ if ends("curriculum.toml") => Some("curriculum"),
        _ if ends("people.toml") => Some("people"),
        _ if ends("upwards.toml") => Some("upwards"),
        _ => None,
    }
}

/// All codes: lines on a screen, a table for programs.
fn list(context: &Context) -> Result<Outcome> {
    if !context.ui.wants_data()? {
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
    let columns = vec![
        Column::screen("code", "CODE", 1),
        Column::screen("severity", "SEVERITY", 1),
        Column::screen("name", "NAME", 1),
        Column::screen("what", "WHAT", 1),
    ];
    let mut report = Report::new("checks", context.now.today, columns);
    report.rows = check::rules()
        .map(|rule| [rule.code, rule.severity.word(), rule.name, rule.what])
        .map(|cells| cells.map(Value::Code).to_vec())
        .collect();
    context.ui.report(report)?;
    Ok(Outcome::Done)
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
