//! What a receipt states, before anything is known of the workspace.

use crate::base::points::Thousandths;
use crate::base::time::Date;
use crate::model::curriculum::TalkWith;
use crate::model::event::{Attendance, CapsuleEntry, MeasureGrade};

/// One receipt of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The line of its head, from 1.
    pub number: usize,
    /// The id of whom it is about.
    pub person: String,
    /// The page that wrote it; a page is a device.
    pub page: Option<String>,
    /// The workspace it was made for.
    pub workspace: Option<String>,
    /// Who typed it, if that was not the person.
    pub recorded_by: Option<String>,
    /// What was understood, in the order of the text.
    pub lines: Vec<Line>,
    /// What was not.
    pub refused: Vec<Refused>,
    /// What stands there and is no line of it: a greeting, a signature.
    pub asides: Vec<Refused>,
}

/// A line that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its place in the text, from 1; the first one if it was wrapped.
    pub number: usize,
    /// The day it is about.
    pub day: Date,
    /// What it says.
    pub stated: Stated,
}

/// A line that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its place in the text, from 1.
    pub number: usize,
    /// Its words.
    pub text: String,
    /// Why, and what would be understood.
    pub why: String,
}

/// What a line says. Ids are as they were typed: [`super::resolve`] looks them up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stated {
    /// Which process should become more efficient.
    Aimed {
        /// The process.
        text: String,
        /// A capability or a function.
        about: Option<String>,
    },
    /// A case was read, a quiz answered, a reflection written.
    Finished {
        /// The step.
        step: String,
        /// Its revision then, if it was said.
        rev: Option<u32>,
    },
    /// How many questions are known.
    Recalled {
        /// The capability.
        capability: String,
        /// How well.
        known: Known,
    },
    /// A practice.
    Practised {
        /// The step.
        step: String,
        /// What was done, in a line.
        text: String,
        /// Whether by the person's own hand.
        own_hand: bool,
        /// Today's figure and its unit; the second one comes later.
        before: Option<(Thousandths, String)>,
        /// How many cases the figure rests on.
        n: Option<u64>,
        /// Who saw it.
        seen_by: Option<String>,
        /// Whether reports may quote the line.
        may_quote: bool,
        /// The step's revision then, if it was said.
        rev: Option<u32>,
    },
    /// The second figure.
    Measured {
        /// The step.
        step: String,
        /// The first figure, if it was repeated.
        before: Option<Thousandths>,
        /// The second one.
        after: Thousandths,
        /// Its unit.
        unit: String,
        /// How many cases it rests on.
        n: Option<u64>,
        /// How it is known.
        grade: MeasureGrade,
    },
    /// A talk was held.
    Met {
        /// With whom.
        with: Vec<String>,
        /// As what.
        role: TalkWith,
        /// About which capabilities.
        about: Vec<String>,
        /// How long.
        minutes: u32,
        /// Whether the person was there.
        attendance: Attendance,
        /// What the person will do.
        will: Option<String>,
    },
    /// What somebody else recorded was done by the person.
    Confirmed {
        /// The step.
        step: String,
        /// The day it was recorded for.
        of: Option<Date>,
    },
}

/// How well questions are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// The whole capsule of a page, sorted.
    Capsule(Vec<CapsuleEntry>),
    /// So many of those that a page without memory asked.
    RightOf {
        /// Right ones.
        right: u32,
        /// Asked ones.
        of: u32,
        /// The day on which the page was made that asked them; `None` = the day of the line, or the newest before it.
        made: Option<Date>,
    },
}
