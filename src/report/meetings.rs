//! Talks as data: those that were held, and those that are planned.

use std::collections::BTreeSet;

use super::columns::{data_columns, person_cells};
use crate::base::id::EventId;
use crate::base::time::Date;
use crate::model::curriculum::{Curriculum, TalkWith};
use crate::model::event::Text;
use crate::model::person::Person;
use crate::progress::Progress;
use crate::table::{Report, Value};

/// Columns of the talks.
pub(super) const MEETING_COLUMNS: [&str; 24] = [
    "as_of",
    "person_id",
    "person",
    "unit",
    "groups",
    "curriculum_id",
    "meeting_id",
    "state",
    "held_on",
    "planned_for",
    "place",
    "role",
    "with",
    "capabilities",
    "minutes",
    "attendance",
    "counts",
    "why_not",
    "commitment",
    "commitment_kept",
    "commitment_asked_on",
    "recorded_by",
    "received_by",
    "event_id",
];

/// A report of such rows.
pub fn meetings_report(rows: Vec<Vec<Value>>, as_of: Date) -> Report {
    let mut report = Report::new("meetings", as_of, data_columns(MEETING_COLUMNS));
    report.rows = rows;
    report
}

/// What of somebody's talks is told.
#[derive(Debug, Clone, Copy)]
pub struct MeetingLook<'a> {
    /// Only what was held or is planned on that day or later.
    pub since: Option<Date>,
    /// Only talks with this mentor.
    pub of_mentor: Option<&'a str>,
    /// Whether what the person said they would do is told, and what came of it.
    pub with_promises: bool,
}

impl MeetingLook<'_> {
    fn is_of(self, role: TalkWith, with: &[Text<'_>]) -> bool {
        self.of_mentor
            .is_none_or(|mentor| role == TalkWith::Mentor && with.iter().any(|id| **id == *mentor))
    }
}

/// One person's talks, those held first.
pub fn meeting_rows(
    person: &Person,
    groups: &[Box<str>],
    curriculum: &Curriculum,
    look: MeetingLook<'_>,
    progress: &Progress<'_>,
) -> Vec<Vec<Value>> {
    let is_wanted = |day: Date| look.since.is_none_or(|since| day >= since);
    let head = || {
        let mut cells = vec![Value::Date(progress.as_of)];
        cells.extend(person_cells(person, groups));
        cells.push(Value::Text(curriculum.id.to_string()));
        cells
    };
    let again = recorded_again(progress);
    let held = progress
        .meetings
        .iter()
        .filter(|record| record.stands() && is_wanted(record.event.day))
        .filter(|record| look.is_of(record.met.role, &record.met.with));
    let held = held.map(|record| {
        let met = record.met;
        let kept = record.kept.filter(|_| look.with_promises);
        let is_again = again.contains(&record.event.id);
        let why_not = record.why_not.map(|why| why.words().replace(' ', "-"));
        let why_not = why_not.or_else(|| is_again.then(|| RECORDED_AGAIN.to_owned()));
        let mut cells = head();
        cells.extend([
            Value::Text(met.meeting.to_string()),
            Value::Code("held"),
            Value::Date(record.event.day),
            Value::Missing(""),
            Value::Missing(""),
            Value::Code(met.role.word()),
            list(&met.with),
            list(&met.capabilities),
            Value::count(Some(met.minutes)),
            Value::Code(met.attendance.word()),
            Value::YesNo(why_not.is_none()),
            Value::text(why_not),
            Value::text(met.commitment.as_deref().filter(|_| look.with_promises)),
            Value::text(kept.map(|kept| kept.answer)),
            Value::date(kept.map(|kept| kept.event.day)),
            Value::Text(record.event.by.to_string()),
            Value::text(record.event.via.as_ref().map(|via| via.by.as_ref())),
            Value::Text(record.event.id.to_string()),
        ]);
        cells
    });
    let planned = progress.invitations.iter().filter(|one| {
        let day = one
            .invited
            .at
            .as_deref()
            .and_then(|at| Date::parse_iso(at.get(..10)?));
        !progress.was_held(&one.invited.meeting)
            && day.is_none_or(is_wanted)
            && look.is_of(one.invited.role, &one.invited.with)
    });
    let planned = planned.map(|one| {
        let invited = one.invited;
        let mut cells = head();
        cells.extend([
            Value::Text(invited.meeting.to_string()),
            Value::Code("planned"),
            Value::Missing(""),
            Value::text(invited.at.as_deref()),
            Value::text(invited.place.as_deref()),
            Value::Code(invited.role.word()),
            list(&invited.with),
            Value::List(vec![invited.topic.to_string()]),
            Value::count(invited.minutes),
        ]);
        cells.resize(MEETING_COLUMNS.len() - 3, Value::Missing(""));
        cells.extend([
            Value::Text(one.event.by.to_string()),
            Value::text(one.event.via.as_ref().map(|via| via.by.as_ref())),
            Value::Text(one.event.id.to_string()),
        ]);
        cells
    });
    held.chain(planned).collect()
}

/// Why a talk gives no points that somebody else who was there has recorded before.
const RECORDED_AGAIN: &str = "recorded-before";

/// Records that give nothing because an earlier one of the same talk gives it: a talk counts once for each capability.
fn recorded_again(progress: &Progress<'_>) -> BTreeSet<EventId> {
    let mut given = BTreeSet::new();
    let mut again = BTreeSet::new();
    for record in progress.meetings.iter().filter(|record| record.why_not.is_none()) {
        let capabilities = &record.met.capabilities;
        let before = given.len();
        given.extend(capabilities.iter().map(|id| (record.meeting, &**id)));
        if given.len() == before && !capabilities.is_empty() {
            again.insert(record.event.id);
        }
    }
    again
}

fn list(items: &[Text<'_>]) -> Value {
    if items.is_empty() {
        Value::Missing("")
    } else {
        Value::List(items.iter().map(ToString::to_string).collect())
    }
}
