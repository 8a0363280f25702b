//! Every prompt of the program is a [`Question`]; who asks it (a menu, numbered lines, an answers file) is behind [`Ask`].

use std::io;

use thiserror::Error;

use crate::base::points::Thousandths;
use crate::base::time::Date;
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
    pub keys: Vec<(char, &'static str)>,
}

/// What an answer looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One of several.
    One(Vec<Choice>),
    /// Some of several; at least one.
    Many(Vec<Choice>),
    /// One line of text of at most so many characters.
    Line(usize),
    /// A number of at most three decimals.
    Number,
    /// A whole number within bounds.
    Whole(u64, u64),
    /// A day.
    Date,
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
    /// These people, by name.
    Shared(Vec<String>),
}

impl SeenBy {
    /// As it is printed beside the question.
    pub fn words(&self) -> String {
        match self {
            Self::Private => "private: stays on this computer".to_owned(),
            Self::Shared(names) if names.is_empty() => {
                "shared: who can open the workspace reads this".to_owned()
            }
            Self::Shared(names) => {
                let verb = if names.len() == 1 { "reads" } else { "read" };
                format!("shared: {} {verb} this", crate::base::words::and_list(names))
            }
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
    /// Stop here; everything answered is kept.
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
    /// Ctrl-C.
    #[error("stopped")]
    Stopped,
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
    /// Columns for prose.
    fn width(&self) -> usize;
}
