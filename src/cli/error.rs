//! What ends a command early: what happened, why, what to type next; and the exit codes.

use crate::base::diag::{Diagnostic, Severity};
use crate::base::words::{nearest, plural};
use crate::disk::{DiskError, LockError};
use crate::log::AppendError;
use crate::session::AskError;

/// Done; also an empty list and a closed pipe.
pub const DONE: u8 = 0;
/// Could not: files, data, unknown person, busy lock, rejected rows.
pub const COULD_NOT: u8 = 1;
/// Wrong use, or an answer is needed and there is no terminal.
pub const USAGE: u8 = 2;
/// A condition asked for is false: findings, `--fail-under`.
pub const CONDITION_FALSE: u8 = 3;
/// Stopped with Ctrl-C, Esc or `q`; what was answered is saved.
pub const STOPPED: u8 = 130;

/// How a command ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    ConditionFalse,
}

/// How a command ended early.
#[derive(Debug)]
pub(crate) struct CliError {
    pub(crate) kind: Kind,
    pub(crate) message: String,
    pub(crate) hints: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    CouldNot,
    Usage,
    Stopped,
    /// The reader of our output went away: nothing to say.
    ClosedPipe,
    /// The output could not be written: a full disk behind `>`.
    Output,
}

pub(crate) type Result<T> = std::result::Result<T, CliError>;

impl CliError {
    pub(crate) fn could_not(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::CouldNot,
            message: message.into(),
            hints: Vec::new(),
        }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Usage,
            message: message.into(),
            hints: Vec::new(),
        }
    }

    pub(crate) fn stopped(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Stopped,
            message: message.into(),
            hints: Vec::new(),
        }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// `"dna" is no person here`, the nearest names, and the command that lists all.
    pub(crate) fn unknown<'a>(
        typed: &str,
        what: &str,
        names: impl IntoIterator<Item = (&'a str, &'a str)>,
        list_command: &str,
    ) -> Self {
        let names: Vec<(&str, &str)> = names.into_iter().collect();
        let near = nearest(typed, names.iter().flat_map(|(id, title)| [*id, *title]));
        let mut found: Vec<(&str, &str)> = Vec::new();
        for like in near {
            if let Some(pair) = names.iter().find(|(id, title)| *id == like || *title == like)
                && !found.contains(pair)
            {
                found.push(*pair);
            }
        }
        let mut error = Self::could_not(format!("\"{typed}\" is no {what} here"));
        if !found.is_empty() {
            let shown: Vec<String> = found
                .iter()
                .map(|(id, title)| {
                    if title.is_empty() || id == title {
                        (*id).to_owned()
                    } else {
                        format!("{id} ({title})")
                    }
                })
                .collect();
            error = error.hint(format!("did you mean: {}?", shown.join(", ")));
        }
        error.hint(format!("all: {list_command}"))
    }

    /// A workspace in which nothing can be learnt yet.
    pub(crate) fn no_curriculum() -> Self {
        Self::could_not("no curriculum is in use")
            .hint("name one in upwards.toml: curricula = [\"efficiency\"]")
    }

    /// The first error among the findings of files, with how many more there are; `None` without one.
    pub(crate) fn of_findings(findings: &[Diagnostic]) -> Option<Self> {
        let mut errors = findings.iter().filter(|f| f.severity == Severity::Error);
        let first = errors.next()?;
        let place = match (first.place.line, first.place.column) {
            (0, _) => first.place.file.clone(),
            (line, 0) => format!("{}:{line}", first.place.file),
            (line, column) => format!("{}:{line}:{column}", first.place.file),
        };
        let mut error = Self::could_not(format!("{place}: {}", first.message));
        if let Some(help) = first.help.as_ref().or(first.label.as_ref()) {
            error = error.hint(help.clone());
        }
        match errors.count() {
            0 => Some(error),
            more => Some(error.hint(format!("and {}", plural(more, "more problem")))),
        }
    }

    /// What stands in front of the message: stopping is no error.
    pub(crate) fn prefix(&self) -> &'static str {
        if self.kind == Kind::Stopped { "" } else { "error: " }
    }

    pub(crate) fn exit_code(&self) -> u8 {
        match self.kind {
            Kind::CouldNot | Kind::Output => COULD_NOT,
            Kind::Usage => USAGE,
            Kind::Stopped => STOPPED,
            Kind::ClosedPipe => DONE,
        }
    }
}

impl From<DiskError> for CliError {
    fn from(error: DiskError) -> Self {
        let read_only = error.is_read_only();
        let told = Self::could_not(error.to_string());
        if read_only {
            told.hint("reading commands still work; to write, ask whoever owns the folder for the right to")
        } else {
            told
        }
    }
}

impl From<LockError> for CliError {
    fn from(error: LockError) -> Self {
        match error {
            LockError::Busy => {
                Self::could_not("busy: another upwards of yours is writing into this workspace")
                    .hint("wait until it has ended and repeat; nothing was written")
            }
            LockError::Disk(error) => error.into(),
        }
    }
}

impl From<AppendError> for CliError {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Disk(error) => {
                Self::from(error).hint("nothing more was recorded; what was acknowledged before is kept")
            }
            AppendError::Unconfirmed { .. } => Self::could_not(error.to_string())
                .hint("look at it before you repeat anything: upwards history; then run: upwards doctor"),
            AppendError::TooLong { .. } => {
                Self::could_not(error.to_string()).hint("nothing of it was recorded; write it shorter")
            }
            AppendError::Cloned { .. } | AppendError::Newer { .. } => Self::could_not(error.to_string()),
        }
    }
}

impl From<AskError> for CliError {
    fn from(error: AskError) -> Self {
        match error {
            AskError::NoTerminal { question, flag } => Self::usage(format!(
                "an answer is needed for \"{question}\" and there is no terminal"
            ))
            .hint(format!("give it: {flag}")),
            AskError::BadAnswer { question, why } => {
                Self::usage(format!("the answer for \"{question}\" does not fit: {why}"))
            }
            AskError::Io(error) => match Self::from(error) {
                // Not the output but the asking broke off: the sitting is not at its end.
                output if output.kind == Kind::Output => Self::could_not(output.message),
                other => other,
            },
        }
    }
}

impl From<std::io::Error> for CliError {
    /// Errors of our own streams; files have [`DiskError`].
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self {
                kind: Kind::ClosedPipe,
                message: String::new(),
                hints: Vec::new(),
            },
            std::io::ErrorKind::Interrupted => Self::stopped("stopped"),
            _ => Self {
                kind: Kind::Output,
                ..Self::could_not(format!("could not write the output: {error}"))
            },
        }
    }
}
