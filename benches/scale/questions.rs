//! A GIFT file of two thousand questions: read, compared with what the module holds, checked, and written; the whole process.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::args::Args;
use crate::machine;
use crate::rounds::{self, Runner, milliseconds};
use crate::verdict::Verdict;

/// Questions of the file.
const QUESTIONS: usize = 2_000;

/// An import may take so many milliseconds.
const MOST_MS: f64 = 1_000.0;

pub(crate) fn run(args: &Args) -> Result<bool, String> {
    let mut verdict = Verdict::new(args);
    let folder = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let path = |name: &str| folder.path().join(name);
    let wrote = |error: std::io::Error| format!("{}: {error}", folder.path().display());
    fs::write(path("all.gift"), file(QUESTIONS)).map_err(wrote)?;
    let mut runners = Vec::new();
    for name in ["new", "here"] {
        let workspace = path(name);
        write(&workspace).map_err(wrote)?;
        let import = |dry: &str| {
            let mut command = machine::command(&args.program, folder.path());
            command.arg("-w").arg(&workspace);
            command.args(["curricula", "import"]).arg(path("all.gift"));
            command.args(["--into", "asking", "--capability", "serve", dry]);
            Runner::new(command)
        };
        if name == "here" {
            let said = import("--yes").output()?;
            if !said.contains(&format!("  imported: {QUESTIONS}\n")) {
                return Err(format!("not every question was imported:\n{said}"));
            }
        }
        // Where nothing may be kept the last step, one file replaced, is left out.
        runners.push(import("--dry-run"));
    }
    machine::describe(args)?;
    let rounds = args.rounds(5);
    rounds::run(&mut runners, 1, rounds)?;
    println!("{QUESTIONS} questions, medians of {rounds} interleaved rounds after a warm-up round\n");
    println!("| import | median ms | least ms |\n|---|---|---|");
    let names = ["every question new", "every question here already"];
    for (name, runner) in names.iter().zip(&runners) {
        println!(
            "| {name} | {} | {} |",
            milliseconds(runner.median()),
            milliseconds(runner.least())
        );
    }
    println!();
    for (name, runner) in names.iter().zip(&runners) {
        let ms = runner.median().as_secs_f64() * 1000.0;
        verdict.at_most(
            &format!("an import of {QUESTIONS} questions, {name}, ms"),
            ms,
            MOST_MS,
        );
    }
    Ok(verdict.is_good())
}

/// Questions of four options with titles, whys, escapes and comments.
fn file(questions: usize) -> String {
    let mut text = "$CATEGORY: Service/First\n\n".to_owned();
    for n in 0..questions {
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "// number {n}\n::Question {n}\\: first words::A customer complains for the {n}th time, and you have no answer \
             yet. What do you do \\~ first?{{\n~Wait until you have the full answer#Silence is read as an answer {n}.\n\
             =Say openly that you saw it, and when you are back#Others judge by the first line.\n\
             ~Ask for an e-mail#It looks like hiding.\n~Answer \\= delete#It is read by everybody.\n}}\n"
        );
    }
    text
}

fn write(workspace: &Path) -> std::io::Result<()> {
    let modules = workspace.join("curricula/own/modules");
    fs::create_dir_all(&modules)?;
    fs::write(
        workspace.join("upwards.toml"),
        "format = 1\nid = \"many-0000\"\nname = \"Many\"\nlanguage = \"en\"\ncurricula = [\"own\"]\n",
    )?;
    fs::write(
        workspace.join("people.toml"),
        "format = 1\n\n[[person]]\nid = \"maya\"\nname = \"Maya\"\nroles = [\"leader\"]\n",
    )?;
    fs::write(
        workspace.join("curricula/own/curriculum.toml"),
        "format = 1\nid = \"own\"\ntitle = \"Own\"\nlanguage = \"en\"\nowner = \"Maya\"\nreview_by = 2027-06-30\n\
         modules = [\"asking\"]\n\n[[capability]]\nid = \"serve\"\nname = \"Serve\"\nwhat = \"Answer.\"\n\
         ready_means = \"can answer\"\n",
    )?;
    fs::write(
        modules.join("asking.toml"),
        "format = 1\nid = \"asking\"\ntitle = \"Asking\"\ncapabilities = [\"serve\"]\n\n[[step]]\nid = \"why\"\n\
         kind = \"reflect\"\ntitle = \"Why\"\nminutes = 2\nask = [\"Why?\"]\n",
    )
}
