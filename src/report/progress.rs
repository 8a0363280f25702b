//! Progress as data: a row for each person and step that was assigned, started or recorded. There are no columns for
//! minutes spent, tries, scores or confidence: those are private and not in the workspace.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{data_columns, day, person_cells};
use crate::base::id::EventId;
use crate::base::time::Date;
use crate::model::curriculum::{Curriculum, Module, Practice, Step, StepKind};
use crate::model::person::Person;
use crate::progress::{PracticeRecord, Progress, Reason};
use crate::table::{Report, Value};

/// Columns of the progress table (`commands-and-screens.md` §5.5).
pub const STEP_COLUMNS: [&str; 40] = [
    "as_of",
    "person_id",
    "person",
    "unit",
    "groups",
    "curriculum_id",
    "module_id",
    "module",
    "step_id",
    "step",
    "step_kind",
    "capabilities",
    "state",
    "state_reason",
    "assigned_on",
    "assigned_by",
    "due_on",
    "overdue_days",
    "started_on",
    "finished_on",
    "rev_done",
    "rev_now",
    "change",
    "minutes_planned",
    "evidence_kind",
    "evidence",
    "may_quote",
    "witness",
    "exposure",
    "measure_before",
    "measure_after",
    "measure_unit",
    "measure_period",
    "measure_grade",
    "measured_on",
    "recorded_by",
    "received_by",
    "confirmed_on",
    "event_id",
    "waived_until",
];

/// Titles and revisions of cases, which a case step takes over.
pub type CaseHeads = BTreeMap<String, (String, u32)>;

/// Why leaders did something, by the event.
pub type Reasons = BTreeMap<EventId, String>;

/// What rows of steps need beside the curriculum.
#[derive(Debug, Clone, Default)]
pub struct StepFacts {
    /// Titles and revisions of cases.
    pub cases: CaseHeads,
    /// `[plan] seconds_per_question`.
    pub seconds_per_question: u32,
    /// The leaders' reasons; nobody else's copy has any.
    pub reasons: Reasons,
}

/// A report of such rows.
pub fn steps_report(rows: Vec<Vec<Value>>, as_of: Date) -> Report {
    let mut report = Report::new("progress", as_of, data_columns(STEP_COLUMNS));
    report.rows = rows;
    report
}

/// One person's rows, in the curriculum's order; steps the curriculum no longer has come last.
pub fn step_rows(
    person: &Person,
    groups: &[Box<str>],
    curriculum: &Curriculum,
    facts: &StepFacts,
    progress: &Progress<'_>,
) -> Vec<Vec<Value>> {
    let assigned: BTreeSet<&str> = progress
        .modules
        .iter()
        .filter(|m| m.assigned.is_some())
        .map(|m| m.id)
        .collect();
    let mut rows = Vec::new();
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    for module in &curriculum.modules {
        for step in &module.steps {
            let id = step.id.as_str();
            let recorded = progress.steps.contains(id) || progress.practices.iter().any(|p| p.step == id);
            if recorded || (assigned.contains(module.id.as_str()) && !step.retired) {
                shown.insert(id);
                rows.push(row(
                    person,
                    groups,
                    curriculum,
                    facts,
                    progress,
                    id,
                    Some((module, step)),
                ));
            }
        }
    }
    let practised = progress.practices.iter().map(|p| p.step);
    let gone: BTreeSet<&str> = progress
        .steps
        .iter()
        .map(|(id, _)| id)
        .chain(practised)
        .filter(|id| !shown.contains(id))
        .collect();
    for id in gone {
        rows.push(row(person, groups, curriculum, facts, progress, id, None));
    }
    rows
}

fn row(
    person: &Person,
    groups: &[Box<str>],
    curriculum: &Curriculum,
    facts: &StepFacts,
    progress: &Progress<'_>,
    id: &str,
    known: Option<(&Module, &Step)>,
) -> Vec<Value> {
    let record = progress.steps.get(id);
    let practice = progress
        .practices
        .iter()
        .rfind(|p| p.step == id && p.why_not != Some(Reason::Voided));
    let (step, module) = (known.map(|(_, s)| s), known.map(|(m, _)| m));
    let module_id = id.split_once('.').map_or("", |(m, _)| m);
    let assignment = progress.module(module_id);
    let head = step.and_then(|s| head_of(s, &facts.cases));
    let state = state(progress, id, step, practice);
    let rev_now = head.map(|(_, rev)| *rev).or(step.map(|s| s.rev));
    let rev_done = record.and_then(|r| r.rev_done);
    let is_open = matches!(state, "open" | "started" | "to-confirm");
    // Of several that hold, the one that holds longest.
    let waiver = record.filter(|_| state == "waived").and_then(|record| {
        let holding = record
            .waivers
            .iter()
            .filter(|waiver| waiver.covers(progress.as_of));
        holding.max_by_key(|waiver| (waiver.until.is_none(), waiver.until, waiver.event.day))
    });
    let mut cells = vec![Value::Date(progress.as_of)];
    cells.extend(person_cells(person, groups));
    cells.extend([
        Value::Text(curriculum.id.to_string()),
        Value::Text(module_id.to_owned()),
        Value::text(module.map(|m| m.title.as_str())),
        Value::Text(id.to_owned()),
        Value::text(
            head.map(|(title, _)| title.as_str())
                .or(step.and_then(|s| s.title.as_deref())),
        ),
        Value::text(step.map(|s| s.kind.word())),
        step.map_or(Value::Missing(""), |s| {
            Value::List(s.capabilities.iter().map(ToString::to_string).collect())
        }),
        Value::Code(state),
        Value::text(
            waiver
                .and_then(|waiver| facts.reasons.get(&waiver.event.id))
                .map(String::as_str),
        ),
        day(assignment.and_then(|m| m.assigned).map(|e| e.day)),
        Value::text(assignment.and_then(|m| m.assigned).map(|e| e.by.as_ref())),
        day(assignment.and_then(|m| m.due)),
        Value::count(assignment.and_then(|m| m.overdue_days).filter(|_| is_open)),
        day(record.and_then(|r| r.started).map(|e| e.day)),
        day(record.and_then(|r| r.finished).map(|e| e.day)),
        Value::count(rev_done),
        Value::count(rev_now),
        change(rev_done, rev_now),
        Value::count(step.map(|s| s.seconds(facts.seconds_per_question).minutes().0)),
    ]);
    cells.extend(evidence_cells(step, practice));
    let event = practice
        .map(|p| p.event)
        .or(record.and_then(|r| r.finished.or(r.started)));
    cells.extend([
        Value::text(event.map(|e| e.by.as_ref())),
        Value::text(event.and_then(|e| e.via.as_ref()).map(|v| v.by.as_ref())),
        day(practice.and_then(|p| p.confirmed).map(|e| e.day)),
        Value::text(event.map(|e| e.id.to_string())),
        day(waiver.and_then(|waiver| waiver.until)),
    ]);
    cells
}

fn head_of<'a>(step: &Step, cases: &'a CaseHeads) -> Option<&'a (String, u32)> {
    match &step.kind {
        StepKind::Case(case) => cases.get(case.case.as_str()),
        _ => None,
    }
}

fn state(
    progress: &Progress<'_>,
    id: &str,
    step: Option<&Step>,
    practice: Option<&PracticeRecord<'_>>,
) -> &'static str {
    if progress.is_done(id) {
        "done"
    } else if progress.is_waived(id) {
        "waived"
    } else if practice.is_some_and(|p| p.why_not == Some(Reason::WaitingToBeConfirmed)) {
        "to-confirm"
    } else if step.is_none_or(|s| s.retired) {
        "retired"
    } else if practice.is_some() || progress.steps.get(id).is_some_and(|r| r.started.is_some()) {
        "started"
    } else {
        "open"
    }
}

fn change(done: Option<u32>, now: Option<u32>) -> Value {
    match (done, now) {
        (Some(done), Some(now)) if now > done => Value::Code("material"),
        _ => Value::Missing(""),
    }
}

fn evidence_cells(step: Option<&Step>, practice: Option<&PracticeRecord<'_>>) -> Vec<Value> {
    let exposure = match step.map(|s| &s.kind) {
        Some(StepKind::Practice(Practice { exposure, .. })) => Value::Code(exposure.word()),
        _ => Value::Missing(""),
    };
    let Some(record) = practice else {
        let mut cells = vec![Value::Missing(""); 4];
        cells.push(exposure);
        cells.resize(11, Value::Missing(""));
        return cells;
    };
    let practised = record.practised;
    let evidence = practised.evidence.as_deref();
    let kind = evidence.map(|e| {
        if e.starts_with("http://") || e.starts_with("https://") {
            "link"
        } else {
            "line"
        }
    });
    let measure = practised.measure.as_ref();
    vec![
        kind.map_or(Value::Missing(""), Value::Code),
        Value::text(evidence),
        Value::YesNo(practised.may_quote),
        Value::text(practised.witness.as_deref()),
        exposure,
        measure.map_or(Value::Missing(""), |m| Value::Number(m.before)),
        record
            .measured
            .map_or(Value::Missing(""), |m| Value::Number(m.after)),
        Value::text(measure.map(|m| m.unit.as_ref())),
        Value::text(measure.map(|m| m.period.as_ref())),
        record
            .measured
            .map_or(Value::Missing(""), |m| Value::Code(m.grade.word())),
        day(record.measured.map(|m| m.event.day)),
    ]
}
