//! A mentor for each of a thousand executives out of three hundred: the whole process, reading everybody's log included.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::args::Args;
use crate::machine;
use crate::rounds::{self, Runner, milliseconds};
use crate::verdict::Verdict;

/// Executives, unless others are asked for.
const EXECUTIVES: u32 = 1_000;

/// Mentors.
const MENTORS: u32 = 300;

/// A proposal may take so many milliseconds.
const MOST_MS: f64 = 5_000.0;

/// Peak memory in MB of 2^20 bytes.
const MOST_MB: f64 = 200.0;

pub(crate) fn run(args: &Args) -> Result<bool, String> {
    let mut verdict = Verdict::new(args);
    let temporary = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let (folder, home) = (temporary.path().join("workspace"), temporary.path().join("home"));
    let people = args.sizes(&[EXECUTIVES]).first().copied().unwrap_or(EXECUTIVES);
    let wrote = |error: std::io::Error| format!("{}: {error}", folder.display());
    args.plan(people).write(&folder).map_err(wrote)?;
    add_mentors(&folder.join("people.toml")).map_err(wrote)?;
    let command = || {
        let mut command = machine::command(&args.program, &home);
        command
            .arg("-w")
            .arg(&folder)
            .args(["mentors", "match", "--as", "maya", "-n", "-f", "csv", "--today"])
            .arg(args.last_day.to_string());
        command
    };
    let told = Runner::new(command()).output()?;
    if told != Runner::new(command()).output()? {
        return Err("two proposals for one team differ".to_owned());
    }
    machine::describe(args)?;
    let rounds = args.rounds(3);
    let mut runners = [Runner::new(command())];
    rounds::run(&mut runners, 1, rounds)?;
    println!(
        "{people} executives, {MENTORS} mentors of two seats each; medians of {rounds} rounds after a warm-up round\n"
    );
    println!("| command | median ms | least ms |\n|---|---|---|");
    println!(
        "| mentors match | {} | {} |\n",
        milliseconds(runners[0].median()),
        milliseconds(runners[0].least())
    );
    verdict.at_most(
        "a proposal, ms",
        runners[0].median().as_secs_f64() * 1_000.0,
        MOST_MS,
    );
    match machine::gnu_time() {
        Ok(tool) => {
            let peak = rounds::peak_memory(&tool, &command(), &home)?;
            verdict.at_most("a proposal, peak MB", peak, MOST_MB);
        }
        Err(why) => verdict.skipped(why),
    }
    Ok(verdict.is_good())
}

/// Mentors of all kinds: two seats each, and by the leader's word good at one thing and fair at another.
fn add_mentors(path: &Path) -> std::io::Result<()> {
    const CAPABILITIES: [&str; 4] = ["reach", "serve", "source", "lead"];
    let mut text = fs::read_to_string(path)?;
    for n in 0..MENTORS {
        let place = |n: u32| CAPABILITIES[usize::try_from(n).unwrap_or(0) % CAPABILITIES.len()];
        let (first, second) = (place(n), place(n / 4 + n % 4 + 1));
        let stated = if first == second {
            format!("{first} = \"ready\"")
        } else {
            format!("{first} = \"ready\", {second} = \"building\"")
        };
        let _ = write!(
            text,
            "\n[[person]]\nid = \"mentor-{n}\"\nname = \"Mentor {n}\"\nroles = [\"mentor\"]\nmentors_stated = {{ {stated} }}\n"
        );
    }
    fs::write(path, text)
}
