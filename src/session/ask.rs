//! Every prompt of the program is a [`Question`]; who asks it (a menu, numbered lines, an answers file) is behind [`Ask`].

use std::io;

use thiserror::Error;

use crate::base::points::Thousandths;
use crate::base::texts::t;
use crate::base::time::{Date, When};
use crate::journal::Confidence;

/// Something a person is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Stable: the key in an answers file.
    pub id: String,
    /// What is asked.
    pub text: String,
    /// Shown on `h`.
    pub hint: Option<String>,
    /// What an answer looks like.
    pub kind: Kind,
    /// Who will read the answer; printed beside every free text.
    pub seen_by: Option<SeenBy>,
    /// How to answer without a terminal, as it is typed.
    pub flag: String,
    /// Whether Enter alone goes on without an answer.
    pub can_skip: bool,
    /// Keys beside the answer, with what they do: `m` more, `s` sources.
    pub keys: Vec<(char, String)>,
}

/// What an answer looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One of several.
    One(Vec<Choice>),
    /// Some of several; at least one.
    Many(Vec<Choice>),
    /// Nothing: Enter goes on, `q` stops, and the text says so.
    Enter,
    /// One line of text of at most so many characters.
    Line(usize),
    /// A number of at most three decimals.
    Number,
    /// A whole number within bounds.
    Whole(u64, u64),
    /// A day.
    Date,
    /// A day and a time of day.
    When,
    /// How sure one is.
    Sure,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its code in an answers file.
    pub code: String,
    /// What is shown.
    pub text: String,
}

impl Choice {
    /// A choice of this code and text.
    pub fn new(code: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            text: text.into(),
        }
    }
}

/// Who will read an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeenBy {
    /// Nobody: it stays on this computer.
    Private,
    /// Others, in these words.
    Shared(String),
}

impl SeenBy {
    /// As it is printed beside the question.
    pub fn words(&self) -> String {
        match self {
            Self::Private => t!("seen.private", "private: stays on this computer"),
            Self::Shared(words) => words.clone(),
        }
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Place of the choice, from 0.
    One(usize),
    /// Places of the choices, from 0, ascending.
    Many(Vec<usize>),
    /// Text without line breaks and blanks around it, not empty.
    Line(String),
    /// A number.
    Number(Thousandths),
    /// A whole number.
    Whole(u64),
    /// A day.
    Date(Date),
    /// A day and a time of day.
    When(When),
    /// How sure.
    Sure(Confidence),
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// An answer.
    Answer(Answer),
    /// One of the question's keys.
    Key(char),
    /// Go on without.
    Skip,
    /// Stop here, with `q`, Esc or Ctrl-C; everything answered is kept.
    Stop,
}

/// Why nothing came back.
#[derive(Debug, Error)]
pub enum AskError {
    /// There is nobody to ask.
    #[error("an answer is needed for \"{question}\" and there is no terminal")]
    NoTerminal {
        /// The question's id.
        question: String,
        /// What to type instead.
        flag: String,
    },
    /// An answers file holds something that does not fit. Never quotes the answer: it may be private.
    #[error("the answer for \"{question}\" does not fit: {why}")]
    BadAnswer {
        /// The question's id.
        question: String,
        /// What would fit.
        why: String,
    },
    /// The terminal went away.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Asks, and shows what belongs to the asking.
pub trait Ask {
    /// Asks one question; the hint is handled inside.
    fn ask(&mut self, question: &Question) -> Result<Reply, AskError>;
    /// Shows one line.
    fn say(&mut self, line: &str) -> Result<(), AskError>;
    /// Lets the person write several lines, from what is there already; `Ok(None)` = nothing was written, or nothing to
    /// write with.
    fn write(&mut self, _before: &str) -> Result<Option<String>, AskError> {
        Ok(None)
    }
    /// Whether the same question may be asked again: an answers file would give the same answer for ever.
    fn may_repeat(&self) -> bool {
        true
    }
    /// Columns for prose.
    fn width(&self) -> usize;
}
