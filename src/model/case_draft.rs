//! A case that is still to be written: what logs, settings and an idea give for it. It names nobody: a case tells of a
//! company, and whoever may be quoted is asked first.

use std::collections::BTreeSet;

use super::case::Size;
use super::event::MeasureGrade;
use crate::base::id::{CaseId, Slug};
use crate::base::points::Thousandths;
use crate::base::time::Date;

/// What is known of a case before anybody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseDraft {
    /// Its id.
    pub id: CaseId,
    /// The company.
    pub organisation: String,
    /// Its sector.
    pub sector: Option<Slug>,
    /// Its size.
    pub size: Option<Size>,
    /// Its country.
    pub country: Option<String>,
    /// Who keeps the case.
    pub owner: String,
    /// Whose idea it was.
    pub credit: Option<String>,
    /// When it should be looked at again.
    pub review_by: Date,
    /// What it is made from.
    pub gathered: Gathered,
}

/// What was gathered from shared logs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gathered {
    /// Capabilities it was about.
    pub capabilities: BTreeSet<String>,
    /// Days of everything gathered.
    pub days: BTreeSet<Date>,
    /// The idea, if it began with one.
    pub idea: Option<String>,
    /// What was promised in a talk, and whether it was kept, where that was said.
    pub promises: Vec<(String, Option<String>)>,
    /// Lines on what was done whose authors said that they may be quoted.
    pub lines: Vec<String>,
    /// Lines that may not be quoted: how many.
    pub kept_back: usize,
    /// What was measured twice.
    pub figures: Vec<Figure>,
}

/// Two figures of one measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What is measured.
    pub unit: String,
    /// The first figure, its day, and how many cases it rests on where that was said.
    pub before: (Thousandths, Date, Option<u64>),
    /// The second.
    pub after: (Thousandths, Date, Option<u64>),
    /// How the second is known.
    pub grade: MeasureGrade,
}
