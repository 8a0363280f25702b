//! The efficiency ledger as data: every baseline, with its second figure or the day on which it is asked for.

use super::columns::{data_columns, person_cells};
use super::ledger::lower_is_better;
use crate::base::points::Thousandths;
use crate::base::time::Date;
use crate::model::curriculum::Curriculum;
use crate::model::person::Person;
use crate::progress::Progress;
use crate::table::{Report, Value};

/// Columns of the measures.
pub(super) const MEASURE_COLUMNS: [&str; 26] = [
    "as_of",
    "person_id",
    "person",
    "unit",
    "groups",
    "curriculum_id",
    "step_id",
    "step",
    "capabilities",
    "measure_unit",
    "measure_period",
    "better",
    "state",
    "before",
    "before_n",
    "before_on",
    "second_due_on",
    "after",
    "after_n",
    "after_on",
    "grade",
    "gained",
    "own_word",
    "may_quote",
    "before_event_id",
    "after_event_id",
];

/// A report of such rows.
pub fn measures_report(rows: Vec<Vec<Value>>, as_of: Date) -> Report {
    let mut report = Report::new("measures", as_of, data_columns(MEASURE_COLUMNS));
    report.rows = rows;
    report
}

/// One person's baselines in the order of the log; what was taken back is out. `since` = only what was measured on that day
/// or later, the second figure counting as well.
pub fn measure_rows(
    person: &Person,
    groups: &[Box<str>],
    curriculum: &Curriculum,
    second_after: u32,
    since: Option<Date>,
    progress: &Progress<'_>,
) -> Vec<Vec<Value>> {
    let days = i32::try_from(second_after).unwrap_or(i32::MAX / 2);
    let mut rows = Vec::new();
    for record in progress.baselines() {
        let Some(measure) = &record.practised.measure else {
            continue;
        };
        let second = record.measured;
        let newest = second.map_or(record.event.day, |second| second.event.day);
        if since.is_some_and(|since| newest < since) {
            continue;
        }
        let due = record.event.day + days;
        let less = lower_is_better(curriculum, record.step);
        let state = match second {
            Some(_) => "measured",
            None if due < progress.as_of => "overdue",
            None => "open",
        };
        let gained = second.map(|second| {
            let gained = measure.before.thousandths() - second.after.thousandths();
            Thousandths::unbounded(if less { gained } else { -gained })
        });
        let step = curriculum.step(record.step);
        let mut cells = vec![Value::Date(progress.as_of)];
        cells.extend(person_cells(person, groups));
        cells.extend([
            Value::Text(curriculum.id.to_string()),
            Value::Text(record.step.to_owned()),
            Value::text(step.and_then(|step| step.title.as_deref())),
            Value::List(
                record
                    .practised
                    .capabilities
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
            ),
            Value::Text(measure.unit.to_string()),
            Value::Text(measure.period.to_string()),
            Value::Code(if less { "lower" } else { "higher" }),
            Value::Code(state),
            Value::Number(measure.before),
            Value::count(measure.n),
            Value::Date(record.event.day),
            Value::date(second.is_none().then_some(due)),
            second.map_or(Value::Missing(""), |second| Value::Number(second.after)),
            Value::count(second.and_then(|second| second.n)),
            Value::date(second.map(|second| second.event.day)),
            second.map_or(Value::Missing(""), |second| Value::Code(second.grade.word())),
            gained.map_or(Value::Missing(""), Value::Number),
            Value::YesNo(record.is_own_word()),
            Value::YesNo(record.practised.may_quote),
            Value::Text(record.event.id.to_string()),
            Value::text(second.map(|second| second.event.id.to_string())),
        ]);
        rows.push(cells);
    }
    rows
}
