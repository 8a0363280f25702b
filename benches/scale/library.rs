//! Finding a case among a thousand: the whole process, from start to the last line.

use std::fs;
use std::path::Path;

use crate::args::Args;
use crate::machine;
use crate::rounds::{self, Runner, milliseconds};
use crate::verdict::Verdict;

/// Cases in the library.
const CASES: usize = 1_000;

/// An answer may take so many milliseconds.
const MOST_MS: f64 = 30.0;

/// What is looked for: as it is written, with slips of the keyboard, one kind only.
const ASKED: [(&str, &[&str]); 3] = [
    ("as written", &["search", "angry", "customers", "chatbot"]),
    ("with slips", &["search", "angrry", "custmers", "chatbto"]),
    ("by kind", &["search", "idea", "--sector", "sector-7"]),
];

/// The texts that generated cases are made from: shipped ones, so that sizes and words are those of real cases.
const MADE_FROM: [&str; 4] = [
    include_str!("../../curricula/efficiency/cases/dpd-chatbot.toml"),
    include_str!("../../curricula/efficiency/cases/klm-social-service.toml"),
    include_str!("../../curricula/efficiency/cases/goldcorp-challenge.toml"),
    include_str!("../../curricula/efficiency/cases/nationwide-yammer.toml"),
];

pub(crate) fn run(args: &Args) -> Result<bool, String> {
    let mut verdict = Verdict::new(args);
    let folder = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let workspace = folder.path().join("workspace");
    write(&workspace).map_err(|error| format!("{}: {error}", workspace.display()))?;
    let runner = |words: &[&str]| {
        let mut command = machine::command(&args.program, folder.path());
        command
            .arg("-w")
            .arg(&workspace)
            .args(["--curriculum", "many", "cases"])
            .args(words);
        Runner::new(command)
    };
    let mut runners = ASKED.map(|(_, words)| runner(words));
    for ((name, words), runner) in ASKED.iter().zip(&mut runners) {
        let found = runner.output()?;
        if !found.contains("generated case") {
            return Err(format!("{name}: {words:?} found nothing:\n{found}"));
        }
    }
    machine::describe(args)?;
    let rounds = args.rounds(20);
    rounds::run(&mut runners, 3, rounds)?;
    println!("a library of {CASES} cases, medians of {rounds} interleaved rounds after 3 warm-up rounds\n");
    println!("| words | median ms | least ms |\n|---|---|---|");
    for ((name, _), runner) in ASKED.iter().zip(&runners) {
        println!(
            "| {name} | {} | {} |",
            milliseconds(runner.median()),
            milliseconds(runner.least())
        );
    }
    println!();
    for ((name, _), runner) in ASKED.iter().zip(&runners) {
        let ms = runner.median().as_secs_f64() * 1000.0;
        verdict.at_most(&format!("one of {CASES} cases, {name}, ms"), ms, MOST_MS);
    }
    Ok(verdict.is_good())
}

/// A workspace with one curriculum of nothing but cases; sectors are `sector-0` to `sector-9`.
fn write(workspace: &Path) -> std::io::Result<()> {
    let cases = workspace.join("curricula/many/cases");
    fs::create_dir_all(&cases)?;
    fs::write(
        workspace.join("upwards.toml"),
        "format = 1\nid = \"many-0000\"\nname = \"Many\"\nlanguage = \"en\"\ncurricula = [\"many\"]\n",
    )?;
    fs::write(
        workspace.join("people.toml"),
        "format = 1\n\n[[person]]\nid = \"maya\"\nname = \"Maya\"\nroles = [\"leader\"]\n",
    )?;
    for number in 0..CASES {
        let text = MADE_FROM[number % MADE_FROM.len()];
        let (head, rest) = text.split_at(text.find("[[claim]]").unwrap_or(text.len()));
        let head = head.lines().map(|line| match line.split_once(" = ") {
            Some(("id", _)) => format!("id = \"case-{number}\""),
            Some(("title", _)) => format!("title = \"A generated case, number {number}\""),
            Some(("sector", _)) => format!("sector = \"sector-{}\"", number % 10),
            _ => line.to_owned(),
        });
        let head = head.collect::<Vec<_>>().join("\n");
        fs::write(
            cases.join(format!("case-{number}.toml")),
            format!("{head}\n{rest}"),
        )?;
    }
    Ok(())
}
