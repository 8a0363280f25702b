//! Private entries: answers, reflections, notes, self-ratings, minutes. They live on the person's own device only.
//! No serde, no Display: nothing here can slip into a report or a message.

use crate::base::id::EventId;
use crate::base::texts::t;
use crate::base::time::{Date, Instant};

/// One private entry.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// Random, everywhere and for ever.
    pub id: EventId,
    /// Counts the lines of its file from 1.
    pub seq: u64,
    /// The writer's local date.
    pub day: Date,
    /// The exact instant: the memory ladder needs it.
    pub at: Instant,
    /// Whom it is about.
    pub person: String,
    /// What was kept.
    pub thought: Thought,
}

/// How sure somebody was before the feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// 35 %.
    Guess,
    /// 70 %.
    FairlySure,
    /// 95 %.
    Certain,
}

impl Confidence {
    /// All, least sure first.
    pub const ALL: [Self; 3] = [Self::Guess, Self::FairlySure, Self::Certain];

    /// The word in the private file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Guess => "guess",
            Self::FairlySure => "fairly sure",
            Self::Certain => "certain",
        }
    }

    /// The word on screens.
    pub fn shown(self) -> String {
        match self {
            Self::Guess => t!("sure.guess", "guess"),
            Self::FairlySure => t!("sure.fairly", "fairly sure"),
            Self::Certain => t!("sure.certain", "certain"),
        }
    }

    /// What it means in percent (`readiness.md` §12, policy).
    pub fn percent(self) -> i64 {
        match self {
            Self::Guess => 35,
            Self::FairlySure => 70,
            Self::Certain => 95,
        }
    }
}

/// What a private entry holds.
#[derive(Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields are those of the design's private events, under the same names"
)]
pub enum Thought {
    /// An answer to a question; `chosen` empty = "I am not sure".
    Answered {
        curriculum: String,
        question: String,
        rev: u32,
        capability: String,
        chosen: Vec<usize>,
        correct: bool,
        confidence: Option<Confidence>,
    },
    /// A line written for a reflect step or a case's question.
    Reflected {
        curriculum: String,
        step: String,
        text: String,
    },
    /// A note.
    Noted { text: String },
    /// A self-rating, 1 to 5.
    Rated {
        curriculum: String,
        capability: String,
        level: u8,
    },
    /// How long a step took.
    Spent {
        curriculum: String,
        step: String,
        minutes: u32,
    },
    /// Takes a private entry back.
    Voided { reference: EventId },
    /// A kind this version does not know: kept.
    Unknown { kind: String },
}
