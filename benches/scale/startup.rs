//! The start of the program against that of one that does nothing.

use crate::args::Args;
use crate::machine;
use crate::rounds::{self, Runner, milliseconds, ratio};
use crate::verdict::Verdict;

/// The start may take so many times as long as that of `true`.
const START_RATIO: f64 = 3.0;

pub(crate) fn run(args: &Args) -> Result<bool, String> {
    let mut verdict = Verdict::new(args);
    let Some(nothing) = machine::nothing() else {
        verdict.skipped("the start of the program: there is no `true` to compare with");
        return Ok(verdict.is_good());
    };
    let home = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let ours = |flag: &str| {
        let mut command = machine::command(&args.program, home.path());
        command.arg(flag);
        Runner::new(command)
    };
    let anchor = Runner::new(machine::command(&nothing, home.path()));
    let mut runners = [anchor, ours("--version"), ours("--help")];
    machine::describe(args)?;
    let rounds = args.rounds(60);
    rounds::run(&mut runners, 5, rounds)?;

    println!("medians of {rounds} interleaved rounds after 5 warm-up rounds\n");
    println!("| command | median ms | least ms | ratio |\n|---|---|---|---|");
    let names = [
        nothing.display().to_string(),
        "upwards --version".to_owned(),
        "upwards --help".to_owned(),
    ];
    let times = runners
        .each_ref()
        .map(|runner| ratio(runner.median(), runners[0].median()));
    for ((name, runner), times) in names.iter().zip(&runners).zip(times) {
        println!(
            "| {name} | {} | {} | {times:.2} |",
            milliseconds(runner.median()),
            milliseconds(runner.least())
        );
    }
    println!();
    for (name, times) in names.iter().zip(times).skip(1) {
        verdict.at_most(&format!("{name}, times {}", names[0]), times, START_RATIO);
    }
    Ok(verdict.is_good())
}
