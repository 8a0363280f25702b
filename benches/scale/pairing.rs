//! A mentor for each of a thousand executives out of three hundred, the same written and taken back, and three hundred executives
//! in groups: the whole process, reading everybody's log included.

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

/// Seats of each, in a proposal in which many wait.
const SEATS: u32 = 2;

/// Seats of each where everybody gets a mentor. Of five executives of this team two have one already: where pairs are written
/// there are seven quarters as many, so that a thousand are.
const SEATS_FOR_ALL: u32 = 4;

/// The same of mentors with more seats than a programme usually gives: a seat more is no more work.
const MORE_SEATS: [u32; 2] = [3, 10];

/// A proposal may take so many milliseconds.
const MOST_MS: f64 = 5_000.0;

/// Peak memory in MB of 2^20 bytes.
const MOST_MB: f64 = 200.0;

/// A thousand pairs may take so many milliseconds to be found and written, and as many to be taken back: what a proposal may
/// take, as somebody waits for both in the same way. Each pair is a line in a log of its own, safe on the disk before it is said
/// to be saved: a thousand files.
const MOST_MS_WRITTEN: f64 = MOST_MS;

/// Peak memory of groups: the program reads 10,000 people in 60 MB, and 380 and all pairs of them are to fit beside that.
const MOST_MB_OF_GROUPS: f64 = 60.0;

/// Executives who are put into groups.
const IN_GROUPS: u32 = 300;

/// Guests who have been through it.
const HOSTS: u32 = 80;

/// A command, how it is called, and what its median and its memory may be at most.
struct Measured<'n> {
    name: &'n str,
    command: &'n dyn Fn() -> Command,
    most_ms: f64,
    most_mb: Option<f64>,
}

fn measured<'n>(
    name: &'n str,
    command: &'n dyn Fn() -> Command,
    most_ms: f64,
    most_mb: Option<f64>,
) -> Measured<'n> {
    Measured {
        name,
        command,
        most_ms,
        most_mb,
    }
}

pub(crate) fn run(args: &Args) -> Result<bool, String> {
    let temporary = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let path = |name: &str| temporary.path().join(name);
    let people = args.sizes(&[EXECUTIVES]).first().copied().unwrap_or(EXECUTIVES);
    write(args, people, &path("mentors"), &mentors(SEATS))?;
    for seats in MORE_SEATS {
        write(args, people, &path(&format!("seats-{seats}")), &mentors(seats))?;
    }
    write(args, people * 7 / 4, &path("writing"), &mentors(SEATS_FOR_ALL))?;
    write(args, IN_GROUPS, &path("groups"), &guests())?;
    let command = |folder: &str, words: &[&str]| {
        let mut command = machine::command(&args.program, &path("home"));
        command.arg("-w").arg(path(folder)).args(words);
        command
            .args(["--as", "maya", "--today"])
            .arg(args.last_day.to_string());
        command
    };
    let matching = || command("mentors", &["mentors", "match", "-n", "-f", "csv"]);
    let of_seats = |seats: u32| {
        command(
            &format!("seats-{seats}"),
            &["mentors", "match", "-n", "-f", "csv"],
        )
    };
    let [three, ten] = MORE_SEATS.map(|seats| {
        let of_seats = &of_seats;
        move || of_seats(seats)
    });
    let forming = || {
        command(
            "groups",
            &["peers", "form", "--capability", "serve", "-n", "-f", "csv"],
        )
    };
    let writing = || command("writing", &["mentors", "match", "--yes"]);
    let undoing = || command("writing", &["undo", "--yes"]);
    for (name, command) in [
        ("mentors match", &matching as &dyn Fn() -> Command),
        ("peers form", &forming),
    ] {
        if rounds::succeed(command())? != rounds::succeed(command())? {
            return Err(format!("two runs of {name} on one team differ"));
        }
    }
    let all = command("writing", &["mentors", "match", "-n", "-f", "csv"]);
    let pairs = pairs(&rounds::succeed(all)?);
    compare(
        args,
        &format!(
            "{people} executives and {MENTORS} mentors of {SEATS} seats; {pairs} pairs written, the mentors having {SEATS_FOR_ALL}, and taken back; {IN_GROUPS} executives and {HOSTS} who have been through it"
        ),
        &[
            measured("mentors match", &matching, MOST_MS, Some(MOST_MB)),
            measured("mentors match, 3 seats", &three, MOST_MS, Some(MOST_MB)),
            measured("mentors match, 10 seats", &ten, MOST_MS, Some(MOST_MB)),
            measured("peers form", &forming, MOST_MS, Some(MOST_MB_OF_GROUPS)),
            measured("mentors match --yes", &writing, MOST_MS_WRITTEN, Some(MOST_MB)),
            // What was written is taken back, so that each round writes all of it anew.
            measured("undo --yes of it", &undoing, MOST_MS_WRITTEN, None),
        ],
        &path("home"),
    )
}

/// Measures commands in interleaved rounds, in their order, and then the memory of each.
fn compare(args: &Args, what: &str, all: &[Measured<'_>; 6], home: &Path) -> Result<bool, String> {
    let mut verdict = Verdict::new(args);
    machine::describe(args)?;
    let rounds = args.rounds(3);
    let mut runners = all.each_ref().map(|one| Runner::new((one.command)()));
    rounds::run(&mut runners, 1, rounds)?;
    println!("{what}; medians of {rounds} rounds after a warm-up round\n");
    println!("| command | median ms | least ms |\n|---|---|---|");
    for (one, runner) in all.iter().zip(&runners) {
        let (median, least) = (milliseconds(runner.median()), milliseconds(runner.least()));
        println!("| {} | {median} | {least} |", one.name);
    }
    println!();
    for (one, runner) in all.iter().zip(&runners) {
        let took = runner.median().as_secs_f64() * 1_000.0;
        verdict.at_most(&format!("{}, ms", one.name), took, one.most_ms);
    }
    match machine::gnu_time() {
        Ok(tool) => {
            for one in all {
                if let Some(most) = one.most_mb {
                    let peak = rounds::peak_memory(&tool, &(one.command)(), home)?;
                    verdict.at_most(&format!("{}, peak MB", one.name), peak, most);
                }
            }
        }
        Err(why) => verdict.skipped(why),
    }
    Ok(verdict.is_good())
}

/// How many pairs a proposal has: rows that name a mentor.
fn pairs(csv: &str) -> usize {
    let mentors = csv.lines().filter_map(|row| row.split(',').nth(2));
    mentors.filter(|mentor| mentor.starts_with("mentor-")).count()
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

/// Mentors of all kinds: so many seats each, and by the leader's word good at one thing and fair at another.
fn mentors(seats: u32) -> String {
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
            "\n[[person]]\nid = \"mentor-{n}\"\nname = \"Mentor {n}\"\nroles = [\"mentor\"]\nseats = {seats}\nmentors_stated = {{ {stated} }}\n"
        );
    }
    text
}
