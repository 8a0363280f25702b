//! A mentor for each of a thousand executives out of three hundred, and three hundred executives in groups: the whole process,
//! reading everybody's log included.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

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

/// Executives who are put into groups.
const IN_GROUPS: u32 = 300;

/// Guests who have been through it.
const HOSTS: u32 = 80;

pub(crate) fn run(args: &Args) -> Result<bool, String> {
    let mut verdict = Verdict::new(args);
    let temporary = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let path = |name: &str| temporary.path().join(name);
    let people = args.sizes(&[EXECUTIVES]).first().copied().unwrap_or(EXECUTIVES);
    write(args, people, &path("mentors"), &mentors())?;
    write(args, IN_GROUPS, &path("groups"), &guests())?;
    let command = |folder: &str, words: &[&str]| {
        let mut command = machine::command(&args.program, &path("home"));
        command.arg("-w").arg(path(folder)).args(words);
        command.args(["--as", "maya", "-n", "-f", "csv", "--today"]);
        command.arg(args.last_day.to_string());
        command
    };
    let matching = || command("mentors", &["mentors", "match"]);
    let forming = || command("groups", &["peers", "form", "--capability", "serve"]);
    for (name, command) in [
        ("mentors match", &matching as &dyn Fn() -> Command),
        ("peers form", &forming),
    ] {
        if Runner::new(command()).output()? != Runner::new(command()).output()? {
            return Err(format!("two runs of {name} on one team differ"));
        }
    }
    machine::describe(args)?;
    let rounds = args.rounds(3);
    let mut runners = [Runner::new(matching()), Runner::new(forming())];
    rounds::run(&mut runners, 1, rounds)?;
    println!(
        "{people} executives and {MENTORS} mentors of two seats; {IN_GROUPS} executives and {HOSTS} who have been through it; medians of {rounds} rounds after a warm-up round\n"
    );
    println!("| command | median ms | least ms |\n|---|---|---|");
    for (name, runner) in ["mentors match", "peers form"].iter().zip(&runners) {
        let (median, least) = (milliseconds(runner.median()), milliseconds(runner.least()));
        println!("| {name} | {median} | {least} |");
    }
    println!();
    for (name, runner) in ["mentors match", "peers form"].iter().zip(&runners) {
        let took = runner.median().as_secs_f64() * 1_000.0;
        verdict.at_most(&format!("{name}, ms"), took, MOST_MS);
    }
    match machine::gnu_time() {
        Ok(tool) => {
            let peak = rounds::peak_memory(&tool, &matching(), &path("home"))?;
            verdict.at_most("mentors match, peak MB", peak, MOST_MB);
        }
        Err(why) => verdict.skipped(why),
    }
    Ok(verdict.is_good())
}

/// A workspace of so many executives, and more people.
fn write(args: &Args, executives: u32, folder: &Path, more: &str) -> Result<(), String> {
    let wrote = |error: std::io::Error| format!("{}: {error}", folder.display());
    args.plan(executives).write(folder).map_err(wrote)?;
    let people = folder.join("people.toml");
    let text = fs::read_to_string(&people).map_err(wrote)?;
    fs::write(people, text + more).map_err(wrote)
}

fn guests() -> String {
    let guest = |n| {
        format!(
            "\n[[person]]\nid = \"guest-{n}\"\nname = \"Guest {n}\"\nexternal = true\nexperience = [\"serve\"]\n"
        )
    };
    (0..HOSTS).map(guest).fold(String::new(), |all, one| all + &one)
}

/// Mentors of all kinds: two seats each, and by the leader's word good at one thing and fair at another.
fn mentors() -> String {
    const CAPABILITIES: [&str; 4] = ["reach", "serve", "source", "lead"];
    let mut text = String::new();
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
    text
}
