//! One call of git: fixed words, no shell, no hook, no filter, no pager, an end in time.
#![expect(
    clippy::disallowed_methods,
    reason = "the one place that starts git, which is the only reader of its own files"
)]

use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::cli::error::{CliError, Result};

/// A place in the environment that would lead git to another repository than the folder's.
const ELSEWHERE: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_CONFIG_PARAMETERS",
];

/// What every call says first: nothing that the repository's settings name is started.
const HARDENED: [&str; 9] = [
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "safe.bareRepository=explicit",
];

/// What a call says that stays on this computer: nothing is fetched either.
const HERE: [&str; 6] = [
    "-c",
    "protocol.allow=never",
    "-c",
    "core.symlinks=false",
    // What is recorded lasts, here as everywhere.
    "-c",
    "core.fsync=all",
];

/// What a call says that speaks with others: whatever they hold is checked before it is kept.
const AWAY: [&str; 14] = [
    "-c",
    "protocol.ext.allow=never",
    "-c",
    "transfer.fsckObjects=true",
    "-c",
    "core.symlinks=false",
    "-c",
    "submodule.recurse=false",
    "-c",
    "gc.auto=0",
    "-c",
    "maintenance.auto=false",
    "-c",
    "core.fsync=all",
];

/// The longest that others may take to answer.
const LONGEST: Duration = Duration::from_secs(600);

/// What git said.
pub(super) struct Said {
    /// Whether it went well.
    pub(super) is_well: bool,
    /// What it printed.
    pub(super) out: Vec<u8>,
    /// What it complained about: words for people, in no form to rely on.
    pub(super) complaint: String,
}

/// A call that stays on this computer. `Ok(None)` = git says that it went wrong.
pub(super) fn here(folder: &Path, words: &[&str], input: &[u8]) -> Result<Option<Vec<u8>>> {
    let said = tell(folder, words, input)?;
    Ok(said.is_well.then_some(said.out))
}

/// The same with what git complained about.
pub(super) fn tell(folder: &Path, words: &[&str], input: &[u8]) -> Result<Said> {
    let mut command = prepared(folder);
    command
        .args(HERE)
        .args(words)
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_ALLOW_PROTOCOL", "")
        .env("GIT_TERMINAL_PROMPT", "0");
    finish(command, input, None)
}

/// A call that speaks with others. On a terminal git may ask for a password there.
pub(super) fn away(folder: &Path, words: &[&str], may_ask: bool) -> Result<Said> {
    let mut command = prepared(folder);
    command.args(AWAY).args(words);
    if !may_ask {
        command.env("GIT_TERMINAL_PROMPT", "0");
    }
    finish(command, b"", Some(LONGEST))
}

fn prepared(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for name in ELSEWHERE {
        command.env_remove(name);
    }
    command.current_dir(folder).args(HARDENED).env("LC_ALL", "C");
    command
}

/// Each pipe has a thread of its own, so that neither side waits for the other.
fn finish(mut command: Command, input: &[u8], longest: Option<Duration>) -> Result<Said> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| not_there(&error))?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(move || {
            // One that ended already says so with its exit code.
            let _ = stdin.map(|mut stdin| stdin.write_all(input));
        });
        let complaint = scope.spawn(move || {
            let mut text = Vec::new();
            let _ = stderr.map(|mut stderr| stderr.read_to_end(&mut text));
            text
        });
        let out = scope.spawn(move || {
            let mut bytes = Vec::new();
            let read = stdout.map(|mut stdout| stdout.read_to_end(&mut bytes));
            read.unwrap_or(Ok(0)).map(|_| bytes)
        });
        let status = wait(&mut child, longest)?;
        let out = out.join().unwrap_or_else(|_| Ok(Vec::new()));
        let complaint = complaint.join().unwrap_or_default();
        Ok(Said {
            is_well: status.success(),
            out: out.map_err(|error| not_there(&error))?,
            complaint: String::from_utf8_lossy(&complaint).trim().to_owned(),
        })
    })
}

fn wait(child: &mut Child, longest: Option<Duration>) -> Result<ExitStatus> {
    let Some(longest) = longest else {
        return child.wait().map_err(|error| not_there(&error));
    };
    let begun = Instant::now();
    loop {
        match child.try_wait().map_err(|error| not_there(&error))? {
            Some(status) => return Ok(status),
            None if begun.elapsed() > longest => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(CliError::could_not(format!(
                    "git had no answer from the others within {} minutes",
                    longest.as_secs() / 60
                ))
                .hint("is the network there? what was recorded here is safe; try again later"));
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    }
}

fn not_there(error: &io::Error) -> CliError {
    CliError::could_not(format!("git could not be started: {error}"))
        .hint("install git; everything else works without it")
}

/// Waits. Several who were refused at once do not come back at once.
pub(crate) fn pause(time: Duration) {
    thread::sleep(time);
}
