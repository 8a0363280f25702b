//! Readiness of everybody, at several sizes, against reading the same files and doing nothing with them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::args::Args;
use crate::big::Tally;
use crate::machine;
use crate::rounds::{self, Runner, milliseconds, ratio, shown, succeed};
use crate::verdict::Verdict;

/// Readiness may take so many times as long as reading and checking the bytes; asked at the sizes below.
const READING_RATIO: f64 = 3.0;
const READING_SIZES: [u32; 2] = [500, 10_000];
/// Peak memory in MB of 2^20 bytes, at every size.
const MEMORY: f64 = 60.0;
/// Ten times the people may take so many times as long.
const GROWTH: f64 = 12.0;
const GROWTH_SIZES: (u32, u32) = (1_000, 10_000);

/// One size with everything about it.
struct Size {
    people: u32,
    folder: PathBuf,
    made: Tally,
}

pub(crate) fn run(args: &Args) -> Result<bool, String> {
    let temporary = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let home = temporary.path().join("home");
    let mut sizes = Vec::new();
    for people in args.sizes(&[500, 1_000, 10_000]) {
        let folder = temporary.path().join(people.to_string());
        let made = args
            .plan(people)
            .write(&folder)
            .map_err(|error| format!("{}: {error}", folder.display()))?;
        sizes.push(Size { people, folder, made });
    }
    for size in &sizes {
        check(size, args, &home)?;
    }
    machine::describe(args)?;

    let mut runners = Vec::new();
    for size in &sizes {
        runners.push(Runner::new(reading(&size.folder, &home)?));
        runners.push(Runner::new(readiness(&size.folder, args, &home)));
    }
    let rounds = args.rounds(5);
    rounds::run(&mut runners, 1, rounds)?;

    println!("medians of {rounds} interleaved rounds after 1 warm-up round (the quickest in parentheses)\n");
    println!("| people | files | events | MB | reading, ms | readiness, ms | ratio | CPU ratio | peak MB |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut verdict = Verdict::new(args);
    let memory_tool = machine::gnu_time();
    let mut measured = BTreeMap::new();
    for (size, pair) in sizes.iter().zip(runners.chunks(2)) {
        let [reading, ours] = pair else { continue };
        let times = ratio(ours.median(), reading.median());
        let cpu = reading
            .cpu()
            .zip(ours.cpu())
            .map(|(reading, ours)| format!("{:.2}", ratio(ours, reading)));
        let memory = match &memory_tool {
            Ok(time) => Some(rounds::peak_memory(
                time,
                &readiness(&size.folder, args, &home),
                &home,
            )?),
            Err(_) => None,
        };
        println!(
            "| {} | {} | {} | {} | {} ({}) | {} ({}) | {times:.2} | {} | {} |",
            size.people,
            size.made.files,
            size.made.events,
            size.made.bytes / 1_000_000,
            milliseconds(reading.median()),
            milliseconds(reading.least()),
            milliseconds(ours.median()),
            milliseconds(ours.least()),
            cpu.as_deref().unwrap_or("too short"),
            memory.map_or("not measured".to_owned(), |megabytes| format!("{megabytes:.1}")),
        );
        measured.insert(size.people, (times, memory, ours.median()));
    }
    println!();
    for people in READING_SIZES {
        let Some((times, ..)) = measured.get(&people) else {
            Verdict::not_asked(&format!("{people} people, times plain reading"));
            continue;
        };
        verdict.at_most(
            &format!("{people} people, times plain reading"),
            *times,
            READING_RATIO,
        );
    }
    if let Err(why) = memory_tool {
        verdict.skipped(why);
    }
    for (people, megabytes) in measured
        .iter()
        .filter_map(|(people, (_, memory, _))| Some((people, (*memory)?)))
    {
        verdict.at_most(&format!("{people} people, peak MB"), megabytes, MEMORY);
    }
    let (less, more) = GROWTH_SIZES;
    match (measured.get(&less), measured.get(&more)) {
        (Some((.., less_time)), Some((.., more_time))) => {
            verdict.at_most(
                &format!("{more} people, times {less}"),
                ratio(*more_time, *less_time),
                GROWTH,
            );
        }
        _ => Verdict::not_asked(&format!("{more} people, times {less}")),
    }
    Ok(verdict.is_good())
}

fn readiness(folder: &Path, args: &Args, home: &Path) -> Command {
    let mut command = machine::command(&args.program, home);
    command
        .arg("-w")
        .arg(folder)
        .args(["readiness", "--today", &args.last_day.to_string(), "-f", "csv"]);
    command
}

fn reading(folder: &Path, home: &Path) -> Result<Command, String> {
    let this = std::env::current_exe().map_err(|error| format!("the bench cannot find itself: {error}"))?;
    let mut command = machine::command(&this, home);
    command.arg("--read-only").arg(folder);
    Ok(command)
}

/// A quick wrong answer is no result: both sides must have looked at everybody.
fn check(size: &Size, args: &Args, home: &Path) -> Result<(), String> {
    let rows = succeed(readiness(&size.folder, args, home))?.lines().count();
    let expected = size.people as usize + 1;
    if rows != expected {
        let command = shown(&readiness(&size.folder, args, home));
        return Err(format!(
            "{command} printed {rows} lines instead of {expected}: a header and a row for each person"
        ));
    }
    let bytes: u64 = succeed(reading(&size.folder, home)?)?.trim().parse().unwrap_or(0);
    if bytes < size.made.bytes {
        return Err(format!(
            "the baseline read {bytes} bytes, {} are in progress/",
            size.made.bytes
        ));
    }
    Ok(())
}
