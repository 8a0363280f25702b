//! The shared log as data: one flat row for each event, whatever its kind, so that any program can read it.

use super::columns::data_columns;
use crate::base::id::EventId;
use crate::base::points::Thousandths;
use crate::base::time::Date;
use crate::model::event::{Event, Fact, Text};
use crate::progress::Reason;
use crate::table::{Report, Value};

/// Columns of the events (`commands-and-screens.md` §5.5).
pub(super) const EVENT_COLUMNS: [&str; 45] = [
    "event_id",
    "seq",
    "day",
    "person_id",
    "by",
    "device",
    "kind",
    "counts",
    "why_not",
    "ref",
    "curriculum_id",
    "module_id",
    "step_id",
    "rev",
    "capabilities",
    "due_on",
    "until",
    "reason",
    "text",
    "function",
    "personal",
    "evidence",
    "may_quote",
    "witness",
    "measure_before",
    "measure_after",
    "measure_unit",
    "measure_period",
    "measure_n",
    "measure_grade",
    "meeting_id",
    "with",
    "role",
    "minutes",
    "attendance",
    "commitment",
    "answer",
    "at",
    "place",
    "mentor_id",
    "why",
    "into",
    "known",
    "received_by",
    "received_form",
];

/// A report of such rows.
pub fn events_report(as_of: Date) -> Report {
    Report::new("events", as_of, data_columns(EVENT_COLUMNS))
}

/// One event. `why_not` = it does not count: taken back, or dated in the future.
pub fn event_row(event: &Event<'_>, why_not: Option<Reason>) -> Vec<Value> {
    let mut row = Row(vec![Value::Missing(""); EVENT_COLUMNS.len()]);
    row.set("event_id", Value::Text(event.id.to_string()));
    row.set("seq", Value::count(Some(event.seq)));
    row.set("day", Value::Date(event.day));
    row.text("person_id", &event.person);
    row.text("by", &event.by);
    row.text("device", &event.device);
    row.text("kind", event.fact.kind());
    row.set("counts", Value::YesNo(why_not.is_none()));
    match why_not {
        Some(Reason::DatedInTheFuture) => row.set("why_not", Value::Code("future")),
        Some(_) => row.set("why_not", Value::Code("taken-back")),
        None => {}
    }
    row.optional("curriculum_id", event.fact.curriculum());
    if let Some(reference) = event.fact.reference() {
        row.reference(reference);
    }
    if let Some(via) = &event.via {
        row.text("received_by", &via.by);
        row.text("received_form", &via.form);
    }
    row.fact(&event.fact);
    row.0
}

struct Row(Vec<Value>);

impl Row {
    fn set(&mut self, key: &str, value: Value) {
        if let Some(at) = EVENT_COLUMNS.iter().position(|column| *column == key) {
            self.0[at] = value;
        }
    }

    fn text(&mut self, key: &str, text: &str) {
        self.set(key, Value::Text(text.to_owned()));
    }

    fn optional(&mut self, key: &str, text: Option<&str>) {
        self.set(key, Value::text(text));
    }

    fn list(&mut self, key: &str, items: &[Text<'_>]) {
        if !items.is_empty() {
            self.set(key, Value::List(items.iter().map(ToString::to_string).collect()));
        }
    }

    fn reference(&mut self, id: EventId) {
        self.set("ref", Value::Text(id.to_string()));
    }

    fn number(&mut self, key: &str, number: Thousandths) {
        self.set(key, Value::Number(number));
    }

    /// What the kind adds. The curriculum and what it refers to are there already.
    fn fact(&mut self, fact: &Fact<'_>) {
        match fact {
            Fact::Assigned {
                module, due, reason, ..
            } => {
                self.text("module_id", module);
                self.set("due_on", Value::date(*due));
                self.optional("reason", reason.as_deref());
            }
            Fact::Unassigned { reason, .. } => self.optional("reason", reason.as_deref()),
            Fact::Started { step, rev, .. } | Fact::Finished { step, rev, .. } => {
                self.text("step_id", step);
                self.set("rev", Value::count(Some(*rev)));
            }
            Fact::Recalled {
                capability, entries, ..
            } => {
                self.list("capabilities", std::slice::from_ref(capability));
                let known = entries.iter().map(|one| format!("{}:{}", one.step, one.day));
                self.set("known", Value::List(known.collect()));
            }
            Fact::Practised(practised) => {
                self.text("step_id", &practised.step);
                self.set("rev", Value::count(Some(practised.rev)));
                self.list("capabilities", &practised.capabilities);
                self.set("personal", Value::YesNo(practised.personal));
                self.optional("evidence", practised.evidence.as_deref());
                self.set("may_quote", Value::YesNo(practised.may_quote));
                self.optional("witness", practised.witness.as_deref());
                if let Some(measure) = &practised.measure {
                    self.number("measure_before", measure.before);
                    self.text("measure_unit", &measure.unit);
                    self.text("measure_period", &measure.period);
                    self.set("measure_n", Value::count(measure.n));
                }
            }
            Fact::Measured { after, n, grade, .. } => {
                self.number("measure_after", *after);
                self.set("measure_n", Value::count(*n));
                self.set("measure_grade", Value::Code(grade.word()));
            }
            Fact::Aimed {
                text,
                function,
                capability,
                ..
            } => {
                self.text("text", text);
                self.optional("function", function.as_deref());
                self.list("capabilities", capability.as_slice());
            }
            Fact::Reached { capability, .. } => {
                self.list("capabilities", std::slice::from_ref(capability));
            }
            Fact::Met(met) => {
                self.text("meeting_id", &met.meeting);
                self.list("with", &met.with);
                self.set("role", Value::Code(met.role.word()));
                self.list("capabilities", &met.capabilities);
                self.set("minutes", Value::count(Some(met.minutes)));
                self.set("attendance", Value::Code(met.attendance.word()));
                self.optional("commitment", met.commitment.as_deref());
            }
            Fact::Kept { answer, .. } => self.text("answer", answer),
            Fact::Paired {
                mentor,
                capabilities,
                why,
                ..
            } => {
                self.text("mentor_id", mentor);
                self.list("capabilities", capabilities);
                self.optional("why", why.as_deref());
            }
            Fact::Invited(invited) => {
                self.text("meeting_id", &invited.meeting);
                self.list("with", &invited.with);
                self.set("role", Value::Code(invited.role.word()));
                self.list("capabilities", std::slice::from_ref(&invited.topic));
                self.optional("at", invited.at.as_deref());
                self.optional("place", invited.place.as_deref());
                self.set("minutes", Value::count(invited.minutes));
            }
            Fact::Waived { step, until, .. } => {
                self.text("step_id", step);
                self.set("until", Value::date(*until));
            }
            Fact::Suggested { text, capability, .. } => {
                self.text("text", text);
                self.list("capabilities", capability.as_slice());
            }
            Fact::Handled { into, reason, .. } => {
                self.text("into", into);
                self.optional("reason", reason.as_deref());
            }
            Fact::Confirmed { .. } | Fact::Unpaired { .. } | Fact::Voided { .. } | Fact::Unknown { .. } => {}
        }
    }
}
