//! What a one-person command touches: its own person's folder and the few files of everybody, and nobody else's.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use crate::args::Args;
use crate::big::{Plan, person_id, write_file};
use crate::machine;
use crate::rounds::shown;
use crate::verdict::Verdict;

/// Files of the workspace that every command may open.
const FOR_EVERYBODY: [&str; 3] = ["people.toml", "upwards.toml", "erased.toml"];
/// The folder of the workspace's own curricula, with all below it.
const CURRICULA: &str = "curricula";
/// The folder of all shared logs.
const PROGRESS: &str = "progress";

/// Commands about the first person, as that person.
const COMMANDS: [&[&str]; 4] = [&["readiness", "p0001"], &["progress"], &["next"], &["history"]];

pub(crate) fn run(args: &Args) -> Result<bool, String> {
    let mut verdict = Verdict::new(args);
    if let Err(why) = probe() {
        verdict.skipped(&why);
        return Ok(verdict.is_good());
    }
    let [people] = args.sizes(&[200])[..] else {
        return Err("opens takes one number of people".to_owned());
    };
    let temporary = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    // The traced paths are the real ones, without links.
    let temporary_path = temporary
        .path()
        .canonicalize()
        .map_err(|error| error.to_string())?;
    let (workspace, home) = (temporary_path.join("workspace"), temporary_path.join("home"));
    let plan = args.plan(people);
    plan.write(&workspace)
        .and_then(|_| own_folder(&plan, &home))
        .map_err(|error| format!("not written: {error}"))?;

    let person = person_id(1);
    let own = format!("{PROGRESS}/{person}");
    let mut strangers = 0;
    for words in COMMANDS {
        let told = temporary_path.join("strace");
        let mut command = machine::command(Path::new("strace"), &home);
        command
            .args(["-f", "-qq", "-y", "-s", "4096", "-e", "trace=%file", "-o"])
            .arg(&told)
            .arg(&args.program);
        command.arg("-w").arg(&workspace).args(words).args([
            "--as",
            &person,
            "--today",
            &args.last_day.to_string(),
        ]);
        let out = command
            .current_dir(&temporary_path)
            .output()
            .map_err(|error| format!("{}: {error}", shown(&command)))?;
        if !out.status.success() {
            let said = String::from_utf8_lossy(&out.stderr);
            return Err(format!(
                "upwards {} ended with {}: {}",
                words.join(" "),
                out.status,
                said.trim()
            ));
        }
        let trace = std::fs::read_to_string(&told).map_err(|error| format!("{}: {error}", told.display()))?;
        let calls: Vec<Call> = trace
            .lines()
            .filter_map(|line| Call::read(line, &temporary_path, &workspace))
            .collect();
        let opened = calls.iter().filter(|call| call.opens).count();
        let outside: BTreeSet<&str> = calls
            .iter()
            .filter(|call| !call.is_allowed(&person))
            .map(|call| call.path.as_str())
            .collect();
        println!(
            "upwards {}: {opened} opens in the workspace, {} paths outside",
            words.join(" "),
            outside.len()
        );
        for path in &outside {
            println!("  {}", if path.is_empty() { "." } else { path });
        }
        strangers += outside.len();
        if !calls.iter().any(|call| call.opens && is_below(&call.path, &own)) {
            return Err(format!(
                "upwards {} opened nothing in {own}/: it did not do its work",
                words.join(" ")
            ));
        }
    }
    if strangers > 0 {
        eprintln!("failed: a one-person command touched what is not that person's");
    }
    Ok(strangers == 0 && verdict.is_good())
}

/// The first person's own device, with its private journal: the view that people have of themselves.
fn own_folder(plan: &Plan, home: &Path) -> std::io::Result<()> {
    let own = home.join("upwards");
    for file in plan.journal(1) {
        write_file(&own.join(plan.id()), &file)?;
        if let Some(device) = file
            .path
            .rsplit('/')
            .next()
            .and_then(|name| name.strip_suffix(".jsonl"))
        {
            std::fs::write(
                own.join("device.toml"),
                format!("format = 1\nid = \"{device}\"\n"),
            )?;
        }
    }
    Ok(())
}

fn probe() -> Result<(), String> {
    let tried = Command::new("strace")
        .args(["-qq", "-e", "trace=%file", "-o", "/dev/null", "true"])
        .output();
    match tried {
        Err(_) => Err("opened files: there is no strace".to_owned()),
        Ok(out) if !out.status.success() => {
            let said = String::from_utf8_lossy(&out.stderr);
            Err(format!(
                "opened files: strace does not work here: {}",
                said.lines().next().unwrap_or_default()
            ))
        }
        Ok(_) => Ok(()),
    }
}

/// One system call that names a path inside the workspace.
struct Call {
    /// Relative to the workspace, with `/`.
    path: String,
    opens: bool,
}

impl Call {
    /// Reads a line as `12 openat(AT_FDCWD</cwd>, "/w/people.toml", O_RDONLY|O_CLOEXEC) = 3</w/people.toml>`.
    fn read(line: &str, current: &Path, workspace: &Path) -> Option<Self> {
        let (call, rest) = line.split_once('(')?;
        let name = call.rsplit(' ').next()?;
        let (before, quoted) = rest.split_once('"')?;
        let named = quoted.split('"').next()?;
        // A path may be relative to an open folder: strace prints that folder's path in angle brackets.
        let folder = before
            .split_once('<')
            .and_then(|(_, rest)| rest.split_once('>'))
            .map(|(folder, _)| folder);
        let path = without_dots(&current.join(folder.unwrap_or_default()).join(named));
        let inside = path.strip_prefix(workspace).ok()?;
        Some(Self {
            path: inside.to_string_lossy().replace('\\', "/"),
            opens: name.starts_with("open"),
        })
    }

    /// Opens: only the person's folder and what is for everybody. Other looks, as at sizes: anything but other people's.
    fn is_allowed(&self, person: &str) -> bool {
        let path = self.path.as_str();
        if is_below(path, &format!("{PROGRESS}/{person}")) {
            return true;
        }
        if self.opens {
            return FOR_EVERYBODY.contains(&path) || is_below(path, CURRICULA);
        }
        path == PROGRESS || !is_below(path, PROGRESS)
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The path with `.` and `..` worked out; there are no links in the workspace.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            _ => plain.push(part),
        }
    }
    plain
}
