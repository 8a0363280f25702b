//! The curricula there are, as a table.

use std::collections::BTreeMap;

use super::columns::data_columns;
use crate::base::id::CurriculumId;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::few;
use crate::model::curriculum::Curriculum;
use crate::table::{Column, Report, Value};

/// A curriculum with where it is.
#[derive(Debug)]
pub struct CurriculumRow {
    /// Its id.
    pub id: CurriculumId,
    /// What it says, if it could be read.
    pub curriculum: Option<Curriculum>,
    /// Its cases.
    pub cases: usize,
    /// Cases that the workspace adds to it while it is built in.
    pub added: usize,
    /// Whether it lies in the workspace; else it is built in.
    pub is_own: bool,
    /// Whether `upwards.toml` names it.
    pub is_in_use: bool,
}

/// What became of one question of a file.
#[derive(Debug)]
pub struct QuestionRow<'a> {
    /// Line or row of the file it begins on.
    pub line: usize,
    /// Its title, or its first words.
    pub title: &'a str,
    /// added, added-with-loss, here, refused or no-question.
    pub outcome: &'static str,
    /// The id it has in the module.
    pub id: Option<&'a str>,
    /// What of it is lost.
    pub losses: &'a [String],
    /// Options without a why, from 1.
    pub without_why: &'a [usize],
    /// Why it is refused, or what is to be said of it.
    pub reason: &'a str,
}

/// Columns of what an import of questions did.
pub const QUESTION_COLUMNS: [&str; 7] = [
    "line",
    "title",
    "outcome",
    "question_id",
    "losses",
    "options_without_why",
    "reason",
];

/// What became of each question of a file, for programs.
pub fn question_report(rows: &[QuestionRow<'_>], as_of: Date) -> Report {
    let mut report = Report::new("questions", as_of, data_columns(QUESTION_COLUMNS));
    let filled = |text: &str| Value::text(Some(text).filter(|text| !text.is_empty()));
    report.rows = rows
        .iter()
        .map(|row| {
            vec![
                Value::count(Some(row.line)),
                filled(row.title),
                Value::Code(row.outcome),
                Value::text(row.id),
                Value::List(row.losses.to_vec()),
                Value::List(row.without_why.iter().map(ToString::to_string).collect()),
                filled(row.reason),
            ]
        })
        .collect();
    report
}

/// Curricula in their order; `data` = the columns of the file.
pub fn curriculum_list(rows: &[CurriculumRow], data: bool, as_of: Date) -> Report {
    let place = |row: &CurriculumRow| {
        if row.is_own {
            Value::Word("workspace", t!("curricula.workspace", "workspace"))
        } else if row.added > 0 {
            let here = t_n!(
                "curricula.added",
                row.added,
                "built in, {n} case here",
                "built in, {n} cases here"
            );
            Value::Word("built-in", here)
        } else {
            Value::Word("built-in", t!("curricula.built_in", "built in"))
        }
    };
    let title = |row: &CurriculumRow| Value::text(row.curriculum.as_ref().map(|c| c.title.clone()));
    let modules = |row: &CurriculumRow| Value::count(row.curriculum.as_ref().map(|c| c.modules.len()));
    let questions =
        |row: &CurriculumRow| Value::count(row.curriculum.as_ref().map(|c| c.live_questions().count()));
    let review = |row: &CurriculumRow| Value::date(row.curriculum.as_ref().map(|c| c.review_by));
    if data {
        let keys = [
            "curriculum_id",
            "title",
            "rev",
            "place",
            "in_use",
            "modules",
            "cases",
            "added_cases",
            "questions",
            "owner",
            "review_by",
        ];
        let mut report = Report::new("curricula", as_of, data_columns(keys));
        report.rows = rows
            .iter()
            .map(|row| {
                vec![
                    Value::Text(row.id.to_string()),
                    title(row),
                    Value::count(row.curriculum.as_ref().map(|c| c.rev)),
                    place(row),
                    Value::YesNo(row.is_in_use),
                    modules(row),
                    Value::count(Some(row.cases)),
                    Value::count(Some(row.added)),
                    questions(row),
                    Value::text(row.curriculum.as_ref().map(|c| c.owner.clone())),
                    review(row),
                ]
            })
            .collect();
        return report;
    }
    let columns = vec![
        Column::screen("curriculum_id", t!("column.curriculum", "CURRICULUM"), 1),
        Column::screen("in_use", t!("column.in_use", "IN USE"), 2),
        Column::screen("place", t!("column.place", "PLACE"), 4),
        Column::screen("modules", t!("column.modules", "MODULES"), 3),
        Column::screen("cases", t!("column.cases", "CASES"), 3),
        Column::screen("questions", t!("column.questions", "QUESTIONS"), 3),
        Column::screen("review_by", t!("column.review_by", "REVIEW"), 4),
    ];
    let mut report = Report::new("curricula", as_of, columns);
    report.rows = rows
        .iter()
        .map(|row| {
            vec![
                Value::Text(row.id.to_string()),
                Value::YesNo(row.is_in_use),
                place(row),
                modules(row),
                Value::count(Some(row.cases)),
                questions(row),
                review(row),
            ]
        })
        .collect();
    report
}

/// What another revision of a curriculum changes: revisions, and the steps and questions that come, go or have another
/// revision; the ids of those that go or change are named, because progress hangs on them.
pub fn curriculum_changes(here: &Curriculum, other: &Curriculum) -> Vec<String> {
    let mut lines = Vec::new();
    if here.rev != other.rev {
        lines.push(if other.rev < here.rev {
            t!(
                "curricula.older",
                "It is older: revision {rev}, here is {here}.",
                rev = other.rev,
                here = here.rev
            )
        } else {
            t!(
                "curricula.newer",
                "It is newer: revision {rev}, here is {here}.",
                rev = other.rev,
                here = here.rev
            )
        });
    }
    let steps = |c: &Curriculum| -> BTreeMap<String, u32> {
        c.live_steps().map(|(_, s)| (s.id.to_string(), s.rev)).collect()
    };
    let questions = |c: &Curriculum| -> BTreeMap<String, u32> {
        c.live_questions()
            .map(|(_, q)| (q.id.to_string(), q.rev))
            .collect()
    };
    lines.extend(changed(
        &t!("curricula.steps", "Steps"),
        &steps(here),
        &steps(other),
    ));
    lines.extend(changed(
        &t!("curricula.questions", "Questions"),
        &questions(here),
        &questions(other),
    ));
    lines
}

fn changed(what: &str, here: &BTreeMap<String, u32>, other: &BTreeMap<String, u32>) -> Option<String> {
    let new = other.keys().filter(|id| !here.contains_key(*id)).count();
    let gone: Vec<&str> = here
        .keys()
        .filter(|id| !other.contains_key(*id))
        .map(String::as_str)
        .collect();
    let revised: Vec<&str> = here
        .iter()
        .filter(|(id, rev)| other.get(*id).is_some_and(|one| one != *rev))
        .map(|(id, _)| id.as_str())
        .collect();
    let mut parts = Vec::new();
    if new > 0 {
        parts.push(t!("curricula.come", "{n} come", n = new));
    }
    if !gone.is_empty() {
        parts.push(t!("curricula.go", "gone: {ids}", ids = few(&gone)));
    }
    if !revised.is_empty() {
        parts.push(t!(
            "curricula.revised",
            "another revision: {ids}",
            ids = few(&revised)
        ));
    }
    (!parts.is_empty()).then(|| format!("{what}: {}", parts.join("; ")))
}
