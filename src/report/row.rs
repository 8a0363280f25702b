//! One person in one line: small, because ten thousand of them are kept at once, and the only thing that team reports
//! are built from.

use crate::base::points::{Band, Points};
use crate::base::time::Date;
use crate::model::curriculum::Curriculum;
use crate::model::person::Person;
use crate::progress::Progress;
use crate::readiness::{Assessment, Item, Limiting};

use super::ledger::{LedgerLine, ledger_lines};

/// Where one person stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The person's id.
    pub id: Box<str>,
    /// The name.
    pub name: Box<str>,
    /// The unit.
    pub unit: Option<Box<str>>,
    /// Groups by id.
    pub groups: Vec<Box<str>>,
    /// In the curriculum's order.
    pub capabilities: Vec<CapabilityCell>,
    /// Overall band.
    pub band: Band,
    /// Overall points.
    pub points: Points,
    /// Core capabilities reached, ready, and how many there are.
    pub reached: u32,
    /// Core capabilities that are Ready now.
    pub ready: u32,
    /// Core capabilities.
    pub of: u32,
    /// The day the last core capability was reached.
    pub reached_all_on: Option<Date>,
    /// What limits most.
    pub limited_by: Vec<&'static str>,
    /// How many core capabilities it limits, if it is one thing.
    pub limited_count: Option<u32>,
    /// Open modules past their due date.
    pub overdue_count: u32,
    /// Days of the oldest of them.
    pub overdue_days: Option<u32>,
    /// Newest day of anything in the person's own words.
    pub last_active_on: Option<Date>,
    /// The running pair's mentor.
    pub mentor: Option<Box<str>>,
    /// Newest day of anything.
    pub data_until: Option<Date>,
    /// Baselines and what came of them.
    pub ledger: Vec<LedgerLine>,
}

/// Where one person stands in one capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CapabilityCell {
    /// The band.
    pub band: Band,
    /// All points.
    pub points: Points,
    /// What limits it; none when Ready.
    pub limited_by: Option<Item>,
    /// The milestone.
    pub reached_on: Option<Date>,
    /// The last day of Ready.
    pub ready_until: Option<Date>,
    /// Ready, but ends soon.
    pub fading: bool,
    /// Whether so few questions are right that it says little.
    pub thin: bool,
    /// Whether overall Ready needs it.
    pub core: bool,
}

/// What limits somebody who has not started.
const NOT_STARTED: &str = "not started";

impl PersonRow {
    /// Whether nothing has been done yet.
    pub fn is_not_started(&self) -> bool {
        self.limited_by == [NOT_STARTED]
    }
}

/// Whether a person is a row of this curriculum's tables: assigned a module of it, or with evidence in it.
pub fn belongs(progress: &Progress<'_>) -> bool {
    // What is dated later is noted with the others, and has not happened yet.
    let is_there = |day: Date| day <= progress.as_of;
    progress.modules.iter().any(|m| m.assigned.is_some())
        || progress.practices.iter().any(|p| is_there(p.event.day))
        || progress
            .meetings
            .iter()
            .any(|m| is_there(m.event.day) && !m.event.is_with_nobody())
        || !progress.capsules.is_empty()
        || !progress.steps.is_empty()
}

/// Puts one person into a line.
pub fn person_row(
    person: &Person,
    groups: Vec<Box<str>>,
    curriculum: &Curriculum,
    progress: &Progress<'_>,
    assessment: &Assessment,
) -> PersonRow {
    PersonRow {
        ledger: ledger_lines(progress, curriculum),
        ..data_row(person, groups, progress, assessment)
    }
}

/// The same without the ledger, which tables of data do not print.
pub fn data_row(
    person: &Person,
    groups: Vec<Box<str>>,
    progress: &Progress<'_>,
    assessment: &Assessment,
) -> PersonRow {
    let overall = &assessment.overall;
    let (limited_by, limited_count) = match &overall.limited_by {
        None => (Vec::new(), None),
        Some(limit) => match &limit.what {
            Limiting::NotStarted => (vec![NOT_STARTED], None),
            Limiting::Items(items) => (items.iter().map(|i| i.code()).collect(), limit.count),
        },
    };
    let overdue = progress.modules.iter().filter_map(|m| m.overdue_days);
    let mentor = progress.running_pairs().last().map(|pair| pair.mentor.into());
    PersonRow {
        id: person.id.as_str().into(),
        name: person.name.as_str().into(),
        unit: person.unit.as_deref().map(Into::into),
        groups,
        capabilities: assessment
            .capabilities
            .iter()
            .map(|c| CapabilityCell {
                band: c.band,
                points: c.total,
                limited_by: c.limited_by.as_ref().map(|l| l.item),
                reached_on: c.reached_on,
                ready_until: c.ready_until,
                fading: c.is_fading(),
                thin: c.is_thin(),
                core: c.core,
            })
            .collect(),
        band: overall.band,
        points: overall.total,
        reached: overall.reached,
        ready: overall.ready,
        of: overall.of,
        reached_all_on: overall.reached_on,
        limited_by,
        limited_count,
        overdue_count: u32::try_from(overdue.clone().count()).unwrap_or(u32::MAX),
        overdue_days: overdue.max(),
        last_active_on: progress.last_active_on,
        mentor,
        data_until: progress.data_until,
        ledger: Vec::new(),
    }
}
