//! Readiness as data: a row a person, or a row a person and capability. Column lists are those of
//! `commands-and-screens.md` §5.5.

use super::columns::{data_columns, day};
use super::row::{CapabilityCell, PersonRow};
use crate::base::time::{Date, Minutes};
use crate::model::curriculum::Curriculum;
use crate::model::person::Person;
use crate::progress::Progress;
use crate::readiness::{Assessment, CapabilityAssessment, Remedy};
use crate::table::{Report, Value};

const WIDE: [&str; 18] = [
    "as_of",
    "rules",
    "curriculum_id",
    "person_id",
    "person",
    "unit",
    "groups",
    "overall_band",
    "overall_points",
    "reached_count",
    "ready_count",
    "capability_count",
    "reached_all_on",
    "limited_by",
    "overdue_count",
    "overdue_days",
    "last_active_on",
    "mentor_id",
];
const WIDE_EACH: [&str; 5] = ["band", "points", "limited_by", "reached_on", "ready_until"];

const LONG: [&str; 37] = [
    "as_of",
    "rules",
    "curriculum_id",
    "person_id",
    "person",
    "unit",
    "groups",
    "capability_id",
    "capability",
    "core",
    "band",
    "points",
    "knowledge_points",
    "knowledge_budget",
    "hands_on_points",
    "hands_on_budget",
    "dialogue_points",
    "dialogue_budget",
    "hands_on_gate",
    "knowledge_gate",
    "limited_by",
    "reached_on",
    "ready_until",
    "minutes_to_ready",
    "ready_earliest",
    "next_step_id",
    "next_step_minutes",
    "questions_known",
    "questions_again",
    "questions_needed",
    "practices",
    "practices_needed",
    "last_practice_on",
    "last_talk_on",
    "to_confirm",
    "data_until",
    "thin",
];

/// The columns of a row a person, of all capabilities or of the one at a place; the rows are made by [`wide_row`].
pub fn readiness_wide(curriculum: &Curriculum, only: Option<usize>, rules: &str, as_of: Date) -> Report {
    let mut keys: Vec<String> = WIDE.iter().map(|k| (*k).to_owned()).collect();
    for (_, capability) in meant(&curriculum.capabilities, only) {
        keys.extend(
            WIDE_EACH
                .iter()
                .map(|k| format!("{}_{k}", capability.id.as_str().replace('-', "_"))),
        );
    }
    let mut report = Report::new("readiness", as_of, data_columns(keys));
    report.rules = Some(rules.to_owned());
    report
}

/// Those of several in the curriculum's order that are meant: all, or the one at a place; each with its place.
pub(super) fn meant<T>(all: &[T], only: Option<usize>) -> impl Iterator<Item = (usize, &T)> {
    all.iter()
        .enumerate()
        .filter(move |(place, _)| only.is_none_or(|only| only == *place))
}

/// One row a person and capability; `rows` come from [`long_rows`].
pub fn readiness_long(rows: Vec<Vec<Value>>, rules: &str, as_of: Date) -> Report {
    let mut report = Report::new("readiness-long", as_of, data_columns(LONG));
    report.rules = Some(rules.to_owned());
    report.rows = rows;
    report
}

/// One person's rows of the long table.
pub fn long_rows(
    person: &Person,
    groups: &[Box<str>],
    curriculum: &Curriculum,
    rules: &str,
    progress: &Progress<'_>,
    assessment: &Assessment,
) -> Vec<Vec<Value>> {
    assessment
        .capabilities
        .iter()
        .map(|c| long_row(person, groups, curriculum, rules, progress, assessment.as_of, c))
        .collect()
}

/// One person as a row of data.
pub fn wide_row(
    row: &PersonRow,
    curriculum: &Curriculum,
    only: Option<usize>,
    rules: &str,
    as_of: Date,
) -> Vec<Value> {
    // A code has no blank, as that of the band.
    let limited: Vec<String> = row.limited_by.iter().map(|code| code.replace(' ', "-")).collect();
    let mut cells = vec![
        Value::Date(as_of),
        Value::Text(rules.to_owned()),
        Value::Text(curriculum.id.to_string()),
        Value::Text(row.id.to_string()),
        Value::Text(row.name.to_string()),
        Value::text(row.unit.as_deref()),
        groups_cell(&row.groups),
        Value::Code(row.band.code()),
        Value::Points(row.points),
        Value::Count(i64::from(row.reached)),
        Value::Count(i64::from(row.ready)),
        Value::Count(i64::from(row.of)),
        day(row.reached_all_on),
        if limited.is_empty() {
            Value::Missing("")
        } else {
            Value::List(limited)
        },
        Value::Count(i64::from(row.overdue_count)),
        Value::count(row.overdue_days),
        day(row.last_active_on),
        Value::text(row.mentor.as_deref()),
    ];
    cells.extend(meant(&row.capabilities, only).flat_map(|(_, cell)| wide_cells(cell)));
    cells
}

fn wide_cells(cell: &CapabilityCell) -> [Value; 5] {
    [
        Value::Code(cell.band.code()),
        Value::Points(cell.points),
        cell.limited_by
            .map_or(Value::Missing(""), |item| Value::Code(item.code())),
        day(cell.reached_on),
        day(cell.ready_until),
    ]
}

fn long_row(
    person: &Person,
    groups: &[Box<str>],
    curriculum: &Curriculum,
    rules: &str,
    progress: &Progress<'_>,
    as_of: Date,
    c: &CapabilityAssessment,
) -> Vec<Value> {
    let name = curriculum
        .capability(c.capability.as_str())
        .map_or("", |c| &c.name);
    let (next_step, next_minutes) = next_step(c);
    let practices = progress
        .capabilities
        .iter()
        .zip(&curriculum.capabilities)
        .find(|(_, known)| known.id == c.capability)
        .map_or(0, |(evidence, _)| evidence.hands.len());
    vec![
        Value::Date(as_of),
        Value::Text(rules.to_owned()),
        Value::Text(curriculum.id.to_string()),
        Value::Text(person.id.to_string()),
        Value::Text(person.name.clone()),
        Value::text(person.unit.as_deref()),
        groups_cell(groups),
        Value::Text(c.capability.to_string()),
        Value::Text(name.to_owned()),
        Value::YesNo(c.core),
        Value::Code(c.band.code()),
        Value::Points(c.total),
        Value::Points(c.points.knowledge),
        Value::Points(c.budgets.knowledge),
        Value::Points(c.points.hands_on),
        Value::Points(c.budgets.hands_on),
        Value::Points(c.points.dialogue),
        Value::Points(c.budgets.dialogue),
        Value::YesNo(c.gates.hands_on),
        Value::YesNo(c.gates.knowledge),
        c.limited_by
            .as_ref()
            .map_or(Value::Missing(""), |l| Value::Code(l.item.code())),
        day(c.reached_on),
        day(c.ready_until),
        Value::count(c.minutes_to_ready().map(|Minutes(m)| m)),
        day(c.ready_earliest()),
        Value::text(next_step),
        Value::count(next_minutes),
        Value::Count(i64::from(c.questions_known)),
        Value::Count(i64::from(c.questions_again)),
        Value::Count(i64::from(c.needs.knowledge)),
        Value::count(Some(practices)),
        Value::Count(i64::from(c.needs.hands_on)),
        day(c.last_practice_on),
        day(c.last_talk_on),
        Value::Count(i64::from(c.to_confirm)),
        day(progress.data_until),
        Value::YesNo(c.is_thin()),
    ]
}

/// The step that the limit names, if it is one.
fn next_step(c: &CapabilityAssessment) -> (Option<String>, Option<u32>) {
    let Some(limit) = c.limited_by.as_ref().or(c.fades_by.as_ref()) else {
        return (None, None);
    };
    match &limit.remedy {
        Remedy::Step(step) => (Some(step.to_string()), limit.minutes.map(|Minutes(m)| m)),
        Remedy::Confirm { step, .. } => (Some(step.to_string()), limit.minutes.map(|Minutes(m)| m)),
        _ => (None, limit.minutes.map(|Minutes(m)| m)),
    }
}

fn groups_cell(groups: &[Box<str>]) -> Value {
    if groups.is_empty() {
        Value::Missing("")
    } else {
        Value::List(groups.iter().map(ToString::to_string).collect())
    }
}
