//! What is in one curriculum: capabilities, modules, steps with their minutes.

use super::columns::data_columns;
use super::plan::title_of;
use crate::base::text::{pad, width};
use crate::base::texts::t;
use crate::base::time::{Date, Seconds};
use crate::model::curriculum::{Curriculum, Step};
use crate::model::settings::Readiness;
use crate::readiness::{Part, Scale};
use crate::table::{Report, Value};

/// Columns of the file.
const COLUMNS: [&str; 11] = [
    "as_of",
    "curriculum_id",
    "module_id",
    "step_id",
    "kind",
    "title",
    "capabilities",
    "minutes",
    "questions",
    "rev",
    "retired",
];

/// A row for each step, retired ones too.
pub fn curriculum_steps(curriculum: &Curriculum, seconds_per_question: u32, as_of: Date) -> Report {
    let mut report = Report::new("curriculum", as_of, data_columns(COLUMNS));
    for module in &curriculum.modules {
        for step in &module.steps {
            let questions = step.live_questions().count();
            report.rows.push(vec![
                Value::Date(as_of),
                Value::Text(curriculum.id.to_string()),
                Value::Text(module.id.to_string()),
                Value::Text(step.id.to_string()),
                Value::Code(step.kind.word()),
                Value::Text(title_of(step, questions)),
                Value::List(step.capabilities.iter().map(ToString::to_string).collect()),
                Value::count(Some(step.seconds(seconds_per_question).minutes().0)),
                Value::count((questions > 0).then_some(questions)),
                Value::count(Some(step.rev)),
                Value::YesNo(step.retired),
            ]);
        }
    }
    report
}

/// The same for a screen, with what each capability asks for.
pub fn curriculum_lines(
    curriculum: &Curriculum,
    rules: &Readiness,
    seconds_per_question: u32,
) -> Vec<String> {
    let mut lines = vec![
        t!(
            "curriculum.title",
            "{title} ({id}), revision {rev}",
            title = curriculum.title,
            id = curriculum.id,
            rev = curriculum.rev
        ),
        t!(
            "curriculum.owner",
            "Kept by {owner}, to be reviewed by {day}",
            owner = curriculum.owner,
            day = curriculum.review_by.long()
        ),
    ];
    lines.extend(curriculum.summary.clone());
    lines.push(String::new());
    for capability in &curriculum.capabilities {
        let needs = Scale::of(curriculum, capability, rules);
        let live = curriculum
            .live_questions()
            .filter(|(_, question)| question.capability == capability.id)
            .count();
        lines.push(t!(
            "curriculum.capability",
            "{name}: {means}",
            name = capability.name,
            means = capability.ready_means
        ));
        lines.push(t!(
            "curriculum.needs",
            "  {questions} of {live} questions, practices {practices}, talks {talks}",
            questions = needs.need(Part::Knowledge),
            live = live,
            practices = needs.need(Part::HandsOn),
            talks = needs.need(Part::Dialogue)
        ));
    }
    for module in &curriculum.modules {
        let seconds: Seconds = module
            .live_steps()
            .map(|step| step.seconds(seconds_per_question))
            .sum();
        lines.push(String::new());
        lines.push(t!(
            "curriculum.module",
            "{title} ({id}), {minutes} min",
            title = module.title,
            id = module.id,
            minutes = seconds.minutes().0
        ));
        let ids = module.live_steps().map(|step| width(name(step)));
        let widest = ids.max().unwrap_or(0);
        for step in module.live_steps() {
            let minutes = step.seconds(seconds_per_question).minutes();
            lines.push(format!(
                "  {}  {}  {:>3}  {}",
                pad(name(step), widest),
                pad(&step.kind.shown(), 8),
                minutes.0,
                title_of(step, step.live_questions().count())
            ));
        }
    }
    lines
}

/// The id inside its module.
fn name(step: &Step) -> &str {
    let id = step.id.as_str();
    id.split_once('.').map_or(id, |(_, name)| name)
}
