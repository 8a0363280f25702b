//! The texts of content that a translation may replace, each by its path: the keys of its file with ids where tables
//! have them, as `step.klm.title` or `step.sure.question.first-words.options.2.why`. Numbers, answers, ids, units and
//! sources have no path: they are the same in every language.

use super::case::{Case, Claim};
use super::curriculum::{Curriculum, Module, Practice, Question, Step, StepKind};

/// What is done with each text.
type Visit<'v> = &'v mut dyn FnMut(&str, &mut String);

/// Texts of `curriculum.toml`.
pub fn texts_of_head(curriculum: &mut Curriculum, visit: Visit<'_>) {
    visit("title", &mut curriculum.title);
    optional("summary", &mut curriculum.summary, visit);
    for capability in &mut curriculum.capabilities {
        let at = format!("capability.{}", capability.id);
        visit(&format!("{at}.name"), &mut capability.name);
        visit(&format!("{at}.what"), &mut capability.what);
        visit(&format!("{at}.ready_means"), &mut capability.ready_means);
    }
}

/// Texts of a module.
pub fn texts_of_module(module: &mut Module, visit: Visit<'_>) {
    visit("title", &mut module.title);
    optional("summary", &mut module.summary, visit);
    for step in &mut module.steps {
        let at = format!("step.{}", step.id.short());
        of_step(&at, step, visit);
    }
}

/// Texts of a case.
pub fn texts_of_case(case: &mut Case, visit: Visit<'_>) {
    let plain = [
        ("title", &mut case.title),
        ("brief", &mut case.brief),
        ("since", &mut case.since),
        ("challenge", &mut case.challenge),
        ("action", &mut case.action),
        ("result", &mut case.result),
        ("cost", &mut case.cost),
        ("takeaway", &mut case.takeaway),
        ("fails_if", &mut case.fails_if),
    ];
    for (key, text) in plain {
        visit(key, text);
    }
    optional("credit", &mut case.credit, visit);
    optional("backfire", &mut case.backfire, visit);
    list("ask", &mut case.ask, visit);
    let sources: Vec<String> = case.sources.iter().map(|source| source.id.clone()).collect();
    for claim in &mut case.claims {
        of_claim(claim, &sources, visit);
    }
}

fn of_claim(claim: &mut Claim, sources: &[String], visit: Visit<'_>) {
    let at = format!("claim.{}", claim.id);
    visit(&format!("{at}.text"), &mut claim.text);
    visit(&format!("{at}.unit"), &mut claim.unit);
    visit(&format!("{at}.base"), &mut claim.base);
    optional(&format!("{at}.said_by"), &mut claim.said_by, visit);
    optional(&format!("{at}.derived"), &mut claim.derived, visit);
    // What names another source is an id.
    if claim
        .contested_by
        .as_ref()
        .is_some_and(|by| !sources.contains(by))
    {
        optional(&format!("{at}.contested_by"), &mut claim.contested_by, visit);
    }
}

fn of_step(at: &str, step: &mut Step, visit: Visit<'_>) {
    // A quiz without a title of its own says how many questions it has, in words of the program.
    let words = step.title_of_questions();
    if step.title.is_some() && step.title != words {
        optional(&format!("{at}.title"), &mut step.title, visit);
    }
    match &mut step.kind {
        StepKind::Case(case) => list(&format!("{at}.ask"), &mut case.ask, visit),
        StepKind::Quiz(questions) => {
            for question in questions {
                of_question(at, question, visit);
            }
        }
        StepKind::Practice(practice) => of_practice(at, practice, visit),
        StepKind::Talk(talk) => {
            list(&format!("{at}.agenda"), &mut talk.agenda, visit);
            list(&format!("{at}.ask"), &mut talk.ask, visit);
            optional(&format!("{at}.before_next"), &mut talk.before_next, visit);
            optional(&format!("{at}.for_executive"), &mut talk.for_executive, visit);
            optional(&format!("{at}.for_mentor"), &mut talk.for_mentor, visit);
        }
        StepKind::Reflect(ask) => list(&format!("{at}.ask"), ask, visit),
    }
}

fn of_question(at: &str, question: &mut Question, visit: Visit<'_>) {
    let at = format!("{at}.question.{}", question.id.short());
    visit(&format!("{at}.title"), &mut question.title);
    visit(&format!("{at}.text"), &mut question.text);
    optional(&format!("{at}.hint"), &mut question.hint, visit);
    for (place, option) in (1..).zip(&mut question.options) {
        visit(&format!("{at}.options.{place}.text"), &mut option.text);
        optional(&format!("{at}.options.{place}.why"), &mut option.why, visit);
    }
}

fn of_practice(at: &str, practice: &mut Practice, visit: Visit<'_>) {
    list(&format!("{at}.do"), &mut practice.instructions, visit);
    list(&format!("{at}.draft"), &mut practice.draft, visit);
    optional(&format!("{at}.own_hand"), &mut practice.own_hand, visit);
    optional(&format!("{at}.evidence"), &mut practice.evidence, visit);
}

fn optional(path: &str, text: &mut Option<String>, visit: Visit<'_>) {
    if let Some(text) = text {
        visit(path, text);
    }
}

fn list(path: &str, texts: &mut [String], visit: Visit<'_>) {
    for (place, text) in (1..).zip(texts) {
        visit(&format!("{path}.{place}"), text);
    }
}
