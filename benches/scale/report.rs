//! The board report of ten thousand people against the table of the same people; and how much memory each takes.

use std::path::Path;
use std::process::Command;

use crate::args::Args;
use crate::machine;
use crate::rounds::{self, Runner, milliseconds};
use crate::verdict::Verdict;

/// People, unless others are asked for.
const PEOPLE: u32 = 10_000;

/// The page may take so many times as long as `readiness -f csv`.
const MOST_TIMES: f64 = 1.5;

/// Peak memory in MB of 2^20 bytes, in every format.
const MOST_MB: f64 = 150.0;

pub(crate) fn run(args: &Args) -> Result<bool, String> {
    let temporary = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let (folder, home) = (temporary.path().join("workspace"), temporary.path().join("home"));
    let people = args.sizes(&[PEOPLE]).first().copied().unwrap_or(PEOPLE);
    args.plan(people)
        .write(&folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?;
    let command = |words: &[&str]| ours(words, &folder, args, &home);
    let forms: [(&str, Vec<&str>); 5] = [
        ("readiness, csv", vec!["readiness", "-f", "csv"]),
        ("report, html", vec!["report", "-f", "html"]),
        ("report, xlsx", vec!["report", "-f", "xlsx"]),
        (
            "report with names, html",
            vec!["report", "--names", "-q", "-f", "html"],
        ),
        (
            "report with names, xlsx",
            vec!["report", "--names", "-q", "-f", "xlsx"],
        ),
    ];
    let size = Runner::new(command(&["report", "-f", "json"])).output()?;
    if !size.contains(&format!("\"of\":{people}")) {
        return Err(format!("the report is not about {people} people"));
    }
    machine::describe(args)?;
    let mut runners: Vec<Runner> = forms
        .iter()
        .map(|(_, words)| Runner::new(command(words)))
        .collect();
    let rounds = args.rounds(15);
    rounds::run(&mut runners, 1, rounds)?;
    let mut verdict = Verdict::new(args);
    let time = machine::gnu_time();
    println!("{people} people, medians of {rounds} interleaved rounds after a warm-up round\n");
    println!("| command | median ms | least ms | times readiness | peak MB |\n|---|---|---|---|---|");
    let mut peaks = Vec::new();
    for ((name, words), runner) in forms.iter().zip(&runners) {
        let peak = match &time {
            Ok(tool) => Some(rounds::peak_memory(tool, &command(words), &home)?),
            Err(_) => None,
        };
        println!(
            "| {name} | {} | {} | {:.2} | {} |",
            milliseconds(runner.median()),
            milliseconds(runner.least()),
            runner.times(&runners[0]),
            peak.map_or("not measured".to_owned(), |megabytes| format!("{megabytes:.1}")),
        );
        peaks.extend(peak.map(|megabytes| (*name, megabytes)));
    }
    println!();
    if let Some(page) = runners.get(1) {
        verdict.at_most("the page, times the table", page.times(&runners[0]), MOST_TIMES);
    }
    if let Err(why) = time {
        verdict.skipped(why);
    }
    for (name, megabytes) in peaks {
        verdict.at_most(&format!("{name}, peak MB"), megabytes, MOST_MB);
    }
    Ok(verdict.is_good())
}

fn ours(words: &[&str], folder: &Path, args: &Args, home: &Path) -> Command {
    let mut command = machine::command(&args.program, home);
    command
        .arg("-w")
        .arg(folder)
        .args(words)
        .args(["--today", &args.last_day.to_string()]);
    command
}
