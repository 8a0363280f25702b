//! `sync` beside `git merge`: the same two states of 2,000 logs, of which each side has changed a hundred.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::args::Args;
use crate::machine;
use crate::verdict::Verdict;

/// People, so that with their second devices there are 2,000 logs and some.
const PEOPLE: u32 = 1_340;

/// Logs that each side has changed.
const CHANGED: usize = 100;

/// The merge itself may take so many times as long as git's.
const MOST_TIMES: f64 = 3.0;

pub(crate) fn run(args: &Args) -> Result<bool, String> {
    let temporary = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let at = |name: &str| temporary.path().join(name);
    let logs = prepare(args, temporary.path())?;
    let rounds = args.rounds(5);
    let mut verdict = Verdict::new(args);
    machine::describe(args)?;
    let (mut theirs, mut whole, mut idle) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=rounds {
        let sync = |folder: &Path| {
            let mut command = machine::command(&args.program, &at("home"));
            command
                .arg("-w")
                .arg(folder)
                .args(["sync", "--no-push", "--today"])
                .arg(args.last_day.to_string());
            command
        };
        let of_git = copy(&at("two"), &at(&format!("git-{round}")))?;
        let of_ours = copy(&at("two"), &at(&format!("ours-{round}")))?;
        let mut merge = git(&of_git);
        merge.args(["merge", "-q", "--no-edit", "origin/main"]);
        let times = [time(merge)?, time(sync(&of_ours))?, time(sync(&of_ours))?];
        if round == 0 {
            same(&of_git, &of_ours)?;
            continue;
        }
        theirs.push(times[0]);
        whole.push(times[1]);
        idle.push(times[2]);
        for folder in [of_git, of_ours] {
            fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
    }
    let [theirs, whole, idle] = [theirs, whole, idle].map(median);
    let itself = whole.saturating_sub(idle);
    println!(
        "{} logs, {CHANGED} changed on each side; medians of {rounds} rounds after a warm-up round\n",
        logs.len()
    );
    println!("| what | ms |\n|---|---|");
    for (what, took) in [
        ("git merge", theirs),
        ("upwards sync --no-push", whole),
        ("the same with nothing to take in", idle),
    ] {
        println!("| {what} | {:.0} |", milliseconds(took));
    }
    println!();
    let times = milliseconds(itself) / milliseconds(theirs);
    verdict.at_most("the merge itself, times git merge", times, MOST_TIMES);
    Ok(verdict.is_good())
}

/// Two clones that have each changed other logs; in the second the first's are fetched.
fn prepare(args: &Args, root: &Path) -> Result<Vec<PathBuf>, String> {
    let one = root.join("one");
    let wrote = |error: std::io::Error| format!("{}: {error}", one.display());
    args.plan(PEOPLE).write(&one).map_err(wrote)?;
    let settings = fs::read_to_string(one.join("upwards.toml")).map_err(wrote)?;
    fs::write(
        one.join("upwards.toml"),
        settings + "\n[sharing]\nlayout = \"git\"\n",
    )
    .map_err(wrote)?;
    fs::write(one.join(".gitattributes"), "*.jsonl -text\n*.toml text eol=lf\n").map_err(wrote)?;
    fs::write(one.join(".gitignore"), "team/\n").map_err(wrote)?;
    let mut logs = Vec::new();
    for person in fs::read_dir(one.join("progress")).map_err(wrote)? {
        for log in fs::read_dir(person.map_err(wrote)?.path()).map_err(wrote)? {
            let path = log.map_err(wrote)?.path();
            logs.push(path.strip_prefix(&one).unwrap_or(&path).to_owned());
        }
    }
    logs.sort();
    let call = |folder: &Path, words: &[&str]| {
        let mut command = git(folder);
        command.args(words);
        time(command).map(|_| ())
    };
    call(root, &["init", "-q", "--bare", "-b", "main", "origin.git"])?;
    call(&one, &["init", "-q", "-b", "main"])?;
    call(&one, &["remote", "add", "origin", "../origin.git"])?;
    call(&one, &["add", "-A"])?;
    call(&one, &["commit", "-qm", "all"])?;
    call(&one, &["push", "-q", "-u", "origin", "main"])?;
    call(root, &["clone", "-q", "origin.git", "two"])?;
    let two = root.join("two");
    for (folder, some) in [(&one, &logs[..CHANGED]), (&two, &logs[logs.len() - CHANGED..])] {
        for log in some {
            add_line(&folder.join(log))?;
        }
        call(folder, &["commit", "-qam", "more"])?;
    }
    call(&one, &["push", "-q"])?;
    call(
        &two,
        &[
            "remote",
            "set-url",
            "origin",
            &root.join("origin.git").display().to_string(),
        ],
    )?;
    call(&two, &["fetch", "-q"])?;
    Ok(logs)
}

/// The last line once more, as another event.
fn add_line(log: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", log.display());
    let text = fs::read_to_string(log).map_err(failed)?;
    let last = text
        .lines()
        .last()
        .ok_or_else(|| format!("{}: empty", log.display()))?;
    let (before, behind) = last.split_once("\"id\":\"").ok_or("a line without an id")?;
    let line = format!("{before}\"id\":\"ffffffff-ffff-4fff-8fff{}\n", &behind[23..]);
    let mut file = fs::OpenOptions::new().append(true).open(log).map_err(failed)?;
    file.write_all(line.as_bytes()).map_err(failed)
}

fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).args([
        "-c",
        "user.name=X",
        "-c",
        "user.email=x@example.org",
        "-c",
        "gc.auto=0",
    ]);
    command
}

fn copy(from: &Path, to: &Path) -> Result<PathBuf, String> {
    let mut command = Command::new("cp");
    command.arg("-rp").arg(from).arg(to);
    time(command)?;
    // Copied files are new to git's index: what it knows of them is put right before anything is measured.
    let mut refresh = git(to);
    refresh.args(["update-index", "-q", "--refresh"]);
    time(refresh)?;
    Ok(to.to_owned())
}

fn time(mut command: Command) -> Result<Duration, String> {
    let start = Instant::now();
    let out = command
        .output()
        .map_err(|error| format!("{command:?}: {error}"))?;
    let took = start.elapsed();
    if out.status.success() {
        Ok(took)
    } else {
        Err(format!("{command:?}: {}", String::from_utf8_lossy(&out.stderr)))
    }
}

/// Both made the same of it.
fn same(one: &Path, other: &Path) -> Result<(), String> {
    let tree = |folder: &Path| {
        let mut command = git(folder);
        let out = command.args(["rev-parse", "HEAD^{tree}"]).output();
        out.map(|out| out.stdout).map_err(|error| error.to_string())
    };
    if tree(one)? == tree(other)? {
        Ok(())
    } else {
        Err("git and upwards made different trees".to_owned())
    }
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
