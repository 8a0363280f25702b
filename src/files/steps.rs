//! From a checked module file to a module.

use super::curriculum::in_module;
use super::view::View;
use crate::base::id::{CapabilityId, ModuleId, QuestionId, StepId};
use crate::base::time::Minutes;
use crate::model::curriculum::{
    CaseStep, Exposure, Measure, Module, Practice, Question, QuizOption, Step, StepKind, Talk, TalkWith,
};
use crate::model::written::{Former, FormerKind, WrittenModule};

const EXPOSURES: [(&str, Exposure); 3] = [
    ("draft", Exposure::Draft),
    ("internal", Exposure::Internal),
    ("public", Exposure::Public),
];

const WITH: [(&str, TalkWith); 2] = [("peer", TalkWith::Peer), ("mentor", TalkWith::Mentor)];

/// The module of a checked file. The revision of a case step is the case's; without the case it is 1 here, and
/// [`super::load::fill_case_steps`] puts the right one in.
pub(super) fn module(file: View<'_>) -> Option<WrittenModule> {
    let id: ModuleId = file.parsed("id")?;
    let capabilities: Vec<CapabilityId> = file.parsed_list("capabilities");
    let mut former = former_of(file, FormerKind::Module, &id, id.as_str(), "");
    let mut steps = Vec::new();
    for (at, table) in file.tables("step").into_iter().enumerate() {
        steps.push(step(table, at, &id, &capabilities, &mut former)?);
    }
    let module = Module {
        title: file.text("title")?,
        capabilities,
        summary: file.text("summary"),
        owner: file.text("owner"),
        review_by: file.date("review_by"),
        steps,
        id,
    };
    Some(WrittenModule { module, former })
}

fn step(
    table: View<'_>,
    at: usize,
    module: &ModuleId,
    default: &[CapabilityId],
    former: &mut Vec<Former>,
) -> Option<Step> {
    let id = StepId::new(module, &table.text("id")?).ok()?;
    former.extend(former_of(
        table,
        FormerKind::Step,
        module,
        id.as_str(),
        &format!("step.{at}."),
    ));
    let mut capabilities: Vec<CapabilityId> = table.parsed_list("capabilities");
    if capabilities.is_empty() {
        capabilities = default.to_vec();
    }
    let kind = match table.text("kind")?.as_str() {
        "case" => StepKind::Case(case_step(table)?),
        "quiz" => StepKind::Quiz(questions(table, at, module, &capabilities, former)?),
        "practice" => StepKind::Practice(practice(table)),
        "talk" => StepKind::Talk(talk(table)?),
        "reflect" => StepKind::Reflect(table.texts("ask")),
        _ => return None,
    };
    let mut step = Step {
        id,
        title: table.text("title"),
        capabilities,
        minutes: table.whole("minutes").map(Minutes),
        needs: needs(table, module),
        rev: table.whole("rev").unwrap_or(1),
        since: table.date("since"),
        retired: table.yes("retired").unwrap_or(false),
        kind,
    };
    if step.title.is_none() {
        step.title = step.title_of_questions();
    }
    Some(step)
}

fn needs(table: View<'_>, module: &ModuleId) -> Vec<StepId> {
    let names = table.texts("needs");
    names
        .iter()
        .filter_map(|name| in_module(module, name).parse().ok())
        .collect()
}

fn case_step(table: View<'_>) -> Option<CaseStep> {
    let name = table.text("case")?;
    let (curriculum, case) = match name.split_once('/') {
        Some((curriculum, case)) => (Some(curriculum.parse().ok()?), case),
        None => (None, name.as_str()),
    };
    Some(CaseStep {
        curriculum,
        case: case.parse().ok()?,
        ask: table.texts("ask"),
    })
}

fn questions(
    step: View<'_>,
    step_at: usize,
    module: &ModuleId,
    capabilities: &[CapabilityId],
    former: &mut Vec<Former>,
) -> Option<Vec<Question>> {
    let mut questions = Vec::new();
    for (at, table) in step.tables("question").into_iter().enumerate() {
        let id = QuestionId::new(module, &table.text("id")?).ok()?;
        let path = format!("step.{step_at}.question.{at}.");
        former.extend(former_of(table, FormerKind::Question, module, id.as_str(), &path));
        questions.push(Question {
            id,
            title: table.text("title")?,
            text: table.text("text")?,
            capability: table
                .parsed("capability")
                .or_else(|| capabilities.first().cloned())?,
            rev: table.whole("rev").unwrap_or(1),
            hint: table.text("hint"),
            sources: table.texts("sources"),
            options: table
                .tables("options")
                .into_iter()
                .map(option)
                .collect::<Option<_>>()?,
            retired: table.yes("retired").unwrap_or(false),
        });
    }
    Some(questions)
}

fn option(table: View<'_>) -> Option<QuizOption> {
    Some(QuizOption {
        text: table.text("text")?,
        right: table.yes("right").unwrap_or(false),
        why: table.text("why"),
    })
}

fn practice(table: View<'_>) -> Practice {
    Practice {
        instructions: table.texts("do"),
        own_hand: table.text("own_hand"),
        evidence: table.text("evidence"),
        exposure: table.word("exposure", &EXPOSURES).unwrap_or(Exposure::Internal),
        draft: table.texts("draft"),
        measure: table.inner("measure").and_then(measure),
    }
}

fn measure(table: View<'_>) -> Option<Measure> {
    Some(Measure {
        unit: table.text("unit")?,
        period: table.text("period").unwrap_or_else(|| "each".to_owned()),
        lower_is_better: table.text("better").is_none_or(|word| word == "lower"),
    })
}

fn talk(table: View<'_>) -> Option<Talk> {
    Some(Talk {
        with: table.word("with", &WITH)?,
        agenda: table.texts("agenda"),
        ask: table.texts("ask"),
        before_next: table.text("before_next"),
        for_executive: table.text("for_executive"),
        for_mentor: table.text("for_mentor"),
    })
}

fn former_of(table: View<'_>, kind: FormerKind, module: &ModuleId, heir: &str, path: &str) -> Vec<Former> {
    let ids = table.texts("replaces").into_iter().enumerate();
    ids.map(|(at, id)| Former {
        kind,
        is_dotted: id.contains('.'),
        id: if kind == FormerKind::Module {
            id
        } else {
            in_module(module, &id)
        },
        heir: heir.to_owned(),
        path: format!("{path}replaces.{at}"),
    })
    .collect()
}
