//! A personnel list of ten thousand rows: read, understood, compared with who is here, and written; the whole process.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::args::Args;
use crate::machine;
use crate::rounds::{self, Runner, milliseconds};
use crate::verdict::Verdict;

/// Rows of the list.
const ROWS: usize = 10_000;

/// An import may take so many milliseconds.
const MOST_MS: f64 = 1_000.0;

/// A tenth of the rows may not take more than so much of the time of all, nor all more than ten times a tenth by much.
const MOST_GROWTH: f64 = 15.0;

pub(crate) fn run(args: &Args) -> Result<bool, String> {
    let mut verdict = Verdict::new(args);
    let folder = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let path = |name: &str| folder.path().join(name);
    let wrote = |error: std::io::Error| format!("{}: {error}", folder.path().display());
    fs::write(path("all.csv"), list(ROWS)).map_err(wrote)?;
    fs::write(path("tenth.csv"), list(ROWS / 10)).map_err(wrote)?;
    let workspace = path("workspace");
    write(&workspace).map_err(wrote)?;
    let command = |words: &[&str], file: &str| {
        let mut command = machine::command(&args.program, folder.path());
        command.args(words).arg("people").arg("import").arg(path(file));
        command
    };
    let here = workspace.to_string_lossy().into_owned();
    let mut first = command(&["-w", &here], "all.csv");
    first.arg("--yes");
    let said = Runner::new(first).output()?;
    if !said.contains(&format!("added    {ROWS:>4}")) {
        return Err(format!("not everybody was added:\n{said}"));
    }
    // Of the example nothing is kept: each round writes all of them anew.
    let new = |file: &str| {
        let mut command = command(&["--demo"], file);
        command.arg("--yes");
        Runner::new(command)
    };
    let again = Runner::new(command(&["-w", &here], "all.csv"));
    let mut runners = [new("all.csv"), again, new("tenth.csv")];
    machine::describe(args)?;
    let rounds = args.rounds(5);
    rounds::run(&mut runners, 1, rounds)?;
    println!("{ROWS} rows, medians of {rounds} interleaved rounds after a warm-up round\n");
    println!("| import | median ms | least ms |\n|---|---|---|");
    let names = [
        "everybody new, written",
        "everybody as before",
        "a tenth, new, written",
    ];
    for (name, runner) in names.iter().zip(&runners) {
        println!(
            "| {name} | {} | {} |",
            milliseconds(runner.median()),
            milliseconds(runner.least())
        );
    }
    println!();
    for (name, runner) in names.iter().zip(&runners).take(2) {
        let ms = runner.median().as_secs_f64() * 1000.0;
        verdict.at_most(&format!("an import of {ROWS} rows, {name}, ms"), ms, MOST_MS);
    }
    let growth = rounds::ratio(runners[0].median(), runners[2].median());
    verdict.at_most(
        "an import of ten times as many rows, times as long",
        growth,
        MOST_GROWTH,
    );
    Ok(verdict.is_good())
}

/// As a personnel system writes it: numbers, names in two columns, a manager by name, addresses, columns nobody needs.
fn list(rows: usize) -> String {
    let mut text =
        "Employee #;Last name;First name;Work Email;Department;Job Title;Reporting to;Status;Hire Date;\
                    Termination Date;Home address\n"
            .to_owned();
    for n in 0..rows {
        let boss = match n {
            0 => String::new(),
            _ => format!("\"Müller{}, Änne\"", (n - 1) / 8),
        };
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "{n:06};Müller{n};Änne;anne.{n}@halden.example;Unit {};Role {};{boss};Active;{:02}/{:02}/2019;;\"{n} High St\nAarhus\"",
            n % 97,
            n % 31,
            1 + n % 28,
            1 + n % 12,
        );
    }
    text
}

fn write(workspace: &Path) -> std::io::Result<()> {
    fs::create_dir_all(workspace)?;
    fs::write(
        workspace.join("upwards.toml"),
        "format = 1\nid = \"many-0000\"\nname = \"Many\"\nlanguage = \"en\"\ncurricula = [\"efficiency\"]\n",
    )?;
    fs::write(
        workspace.join("people.toml"),
        "format = 1\n\n[[person]]\nid = \"maya\"\nname = \"Maya\"\nroles = [\"leader\"]\n",
    )
}
