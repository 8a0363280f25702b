//! What a changed curriculum changes, in words and as a table: each change with what it does to evidence.

use super::columns::data_columns;
use crate::base::text::hanging;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::{and_list, few};
use crate::change::{About, Change, Class, What};
use crate::readiness::Part;
use crate::table::{Report, Value};

/// Columns of the file.
const COLUMNS: [&str; 9] = [
    "as_of",
    "curriculum_id",
    "class",
    "about",
    "id",
    "title",
    "change",
    "fault",
    "effect",
];

/// Changes as a table for programs; its words are English there.
pub fn changes_data(curriculum: &str, changes: &[Change], as_of: Date) -> Report {
    let mut report = Report::new("curriculum-diff", as_of, data_columns(COLUMNS));
    report.rows = changes
        .iter()
        .map(|change| {
            vec![
                Value::Date(as_of),
                Value::Text(curriculum.to_owned()),
                Value::Word(change.class().word(), class_words(change.class())),
                Value::Code(change.about.word()),
                Value::Text(change.id.clone()),
                Value::text(change.title.clone()),
                Value::Word(change.what.code(), what_words(change)),
                Value::YesNo(change.what.is_fault()),
                Value::Text(effect_words(change)),
            ]
        })
        .collect();
    report
}

/// How many changes there are of each class.
pub fn changes_counted(changes: &[Change]) -> String {
    let counts = Class::ALL.iter().filter_map(|class| {
        let n = changes.iter().filter(|change| change.class() == *class).count();
        (n > 0).then(|| format!("{} {n}", class_words(*class)))
    });
    let counts: Vec<String> = counts.collect();
    let all = t_n!("diff.changes", changes.len(), "{n} change", "{n} changes");
    if counts.is_empty() {
        all
    } else {
        format!("{all}: {}", counts.join(", "))
    }
}

/// Changes for a screen, in their order: what each is, and below it what it does to evidence. The same change of several
/// things of one kind is said once.
pub fn changes_lines(changes: &[Change], columns: usize) -> Vec<String> {
    let mut groups: Vec<(&Change, Vec<&str>)> = Vec::new();
    for change in changes {
        let is_same = |other: &Change| other.about == change.about && other.what == change.what;
        match groups.iter_mut().find(|(first, _)| is_same(first)) {
            Some((_, ids)) => ids.push(&change.id),
            None => groups.push((change, vec![&change.id])),
        }
    }
    let lines = groups
        .iter()
        .flat_map(|(change, ids)| lines_of(change, ids, columns));
    lines.collect()
}

fn lines_of(change: &Change, ids: &[&str], columns: usize) -> Vec<String> {
    let class = class_words(change.class());
    let beginning = format!("  {class:<9} ");
    let about = about_words(change.about);
    let what = format!("{about} {}: {}", few(ids), what_words(change));
    let mut lines = hanging(&beginning, &what, columns);
    let mark = if change.what.is_fault() { "! " } else { "" };
    let indent = " ".repeat(14);
    lines.extend(hanging(
        &indent,
        &format!("{mark}{}", effect_words(change)),
        columns,
    ));
    lines
}

/// The class on screens.
fn class_words(class: Class) -> String {
    match class {
        Class::Wording => t!("diff.wording", "wording"),
        Class::Addition => t!("diff.addition", "addition"),
        Class::Material => t!("diff.material", "material"),
    }
}

fn about_words(about: About) -> String {
    match about {
        About::Curriculum => t!("diff.curriculum", "curriculum"),
        About::Capability => t!("diff.capability", "capability"),
        About::Module => t!("diff.module", "module"),
        About::Step("case") => t!("diff.case_step", "case step"),
        About::Step("quiz") => t!("kind.quiz", "quiz"),
        About::Step("practice") => t!("kind.practice", "practice"),
        About::Step("talk") => t!("kind.talk", "talk"),
        About::Step("reflect") => t!("kind.reflect", "reflect"),
        About::Step(other) => other.to_owned(),
        About::Question => t!("diff.question", "question"),
        About::Case => t!("kind.case", "case"),
        About::Translation => t!("diff.translation", "translation"),
    }
}

fn part_words(part: Part) -> String {
    match part {
        Part::Knowledge => t!("diff.part.questions", "questions"),
        Part::HandsOn => t!("diff.part.practices", "practices"),
        Part::Dialogue => t!("diff.part.talks", "talks"),
    }
}

/// A number that may be that of the workspace.
fn number(number: Option<u32>) -> String {
    number.map_or_else(
        || t!("diff.workspaces", "as the workspace says"),
        |n| n.to_string(),
    )
}

fn from_to(from: impl std::fmt::Display, to: impl std::fmt::Display) -> String {
    format!("{from} -> {to}")
}

/// What changed.
fn what_words(change: &Change) -> String {
    match &change.what {
        What::Texts(keys) => t!("diff.what.texts", "words of {keys}", keys = keys.join(", ")),
        What::Order => t!("diff.what.order", "another order"),
        What::Renamed { from } => t!("diff.what.renamed", "was {from}", from = from),
        What::Moved { from } => t!("diff.what.moved", "moved, was {from}", from = from),
        What::OtherQuiz => t!("diff.what.other_quiz", "in another quiz of its module"),
        What::Minutes { from, to } => t!(
            "diff.what.minutes",
            "minutes {change}",
            change = from_to(minutes(*from), minutes(*to))
        ),
        What::Label { from, to } | What::Revision { from, to } => t!(
            "diff.what.revision",
            "revision {change}",
            change = from_to(from, to)
        ),
        What::RevisionLowered { from, to } => t!(
            "diff.what.lowered",
            "revision lowered, {change}",
            change = from_to(from, to)
        ),
        What::Added { steps, questions } if change.about == About::Module => t!(
            "diff.what.added_module",
            "new: {steps} and {questions}",
            steps = steps_words(*steps),
            questions = questions_words(*questions)
        ),
        What::Added { .. } | What::CapabilityAdded => t!("diff.what.added", "new"),
        What::Joined { minutes, .. } => t!("diff.what.joined", "new, {minutes} min", minutes = minutes),
        What::OptionsAdded => t!("diff.what.options_added", "a further wrong option"),
        What::ClaimsAdded => t!("diff.what.claims_added", "new claims"),
        What::Revived => t!("diff.what.revived", "offered again"),
        What::Retired => t!("diff.what.retired", "retired"),
        What::Removed { .. } => t!("diff.what.removed", "removed"),
        What::Merged { into } => t!("diff.what.merged", "merged into {into}", into = into),
        What::HeirNoMore { former } => t!(
            "diff.what.heir_no_more",
            "takes over {former} no more",
            former = former
        ),
        What::HeirNow { former } => t!("diff.what.heir_now", "takes over {former}", former = former),
        What::OtherRight => t!("diff.what.other_right", "other options are right, same revision"),
        What::OptionsRemoved => t!("diff.what.options_removed", "options gone or replaced"),
        What::Capabilities { from, to } => t!(
            "diff.what.capabilities",
            "for {change}",
            change = from_to(and_list(from), and_list(to))
        ),
        What::Needs => t!("diff.what.needs", "needs other steps first"),
        What::Since => t!("diff.what.since", "joined on another day"),
        What::Kind { from } => t!("diff.what.kind", "was a {from}", from = from),
        What::OtherCase { from } => t!(
            "diff.what.other_case",
            "reads another case than {from}",
            from = from
        ),
        What::Measure => t!("diff.what.measure", "measures something else"),
        What::Exposure => t!("diff.what.exposure", "seen by others than before"),
        What::With => t!("diff.what.with", "with somebody else"),
        What::Claims => t!("diff.what.claims", "claims gone or changed"),
        What::Needed { part, from, to } => t!(
            "diff.what.needed",
            "{part} needed: {change}",
            part = part_words(*part),
            change = from_to(number(*from), number(*to))
        ),
        What::Asked { from, to } => t!(
            "diff.what.asked",
            "questions that count: {change}, as many as are live",
            change = from_to(from, to)
        ),
        What::Weight { from, to } => t!("diff.what.weight", "weight {change}", change = from_to(from, to)),
        What::Core { now: true } => t!("diff.what.core", "core now"),
        What::Core { now: false } => t!("diff.what.not_core", "core no more"),
        What::PublicNeeds => t!(
            "diff.what.public_needs",
            "practices in public need another module"
        ),
        What::CapabilityRemoved => t!("diff.what.gone", "gone"),
        What::ModuleRemoved { steps, questions } => t!(
            "diff.what.module_removed",
            "no longer listed, with {steps} and {questions}",
            steps = steps_words(*steps),
            questions = questions_words(*questions)
        ),
    }
}

fn steps_words(n: usize) -> String {
    t_n!("diff.steps", n, "{n} step", "{n} steps")
}

fn questions_words(n: usize) -> String {
    t_n!("diff.questions", n, "{n} question", "{n} questions")
}

fn minutes(minutes: Option<u32>) -> String {
    minutes.map_or_else(|| t!("diff.by_questions", "by its questions"), |n| n.to_string())
}

/// What it does to evidence.
fn effect_words(change: &Change) -> String {
    let is_question = change.about == About::Question;
    match &change.what {
        What::Texts(_) | What::Order | What::OtherQuiz | What::Label { .. } => {
            t!("diff.effect.none", "nobody is affected")
        }
        What::Renamed { .. } => t!(
            "diff.effect.renamed",
            "what was recorded goes on under the new id"
        ),
        What::Moved { .. } => t!(
            "diff.effect.moved",
            "what was recorded goes on under the new id; assignments of both modules ask for other steps"
        ),
        What::Minutes { .. } => t!(
            "diff.effect.minutes",
            "no evidence changes; open steps take other minutes"
        ),
        What::Added { .. } if is_question => t!(
            "diff.effect.question_added",
            "points change only while fewer questions are live than are needed; finished quizzes stay finished"
        ),
        What::Added { .. } if change.about == About::Module => t!(
            "diff.effect.module_added",
            "nothing before it is assigned; its questions count as those of its capabilities"
        ),
        What::Added { .. } => t!("diff.effect.none", "nobody is affected"),
        What::Joined { since: Some(day), .. } => t!(
            "diff.effect.joined",
            "finished modules stay finished; open ones ask for it (since {day})",
            day = day
        ),
        What::Joined { since: None, .. } => t!(
            "diff.effect.reopens",
            "whoever finished its module has it open again, unless it says since = a day"
        ),
        What::OptionsAdded => t!(
            "diff.effect.options_added",
            "answers before count on; guessing gets harder"
        ),
        What::ClaimsAdded | What::OtherCase { .. } => {
            t!("diff.effect.stays_done", "what is done stays done")
        }
        What::Claims => t!(
            "diff.effect.claims",
            "what is done stays done; a higher rev tells readers that it changed"
        ),
        What::Revived if is_question => t!(
            "diff.effect.question_revived",
            "asked again; answers before count by their revision"
        ),
        What::Revived => t!(
            "diff.effect.revived",
            "what is done stays done; assigned modules ask for it again"
        ),
        What::Retired if is_question => t!(
            "diff.effect.question_retired",
            "answers before count on and fade; it is asked no more"
        ),
        What::Retired => t!(
            "diff.effect.retired",
            "what was done counts on; it is offered no more"
        ),
        What::Removed { was_retired: true } => t!(
            "diff.effect.words_gone",
            "what was recorded counts on; its words are gone"
        ),
        What::Removed { was_retired: false } if change.about == About::Case => t!(
            "diff.effect.case_removed",
            "what was recorded counts on, as \"no longer here\"; its file, left in cases/, would keep its words"
        ),
        What::Removed { was_retired: false } => t!(
            "diff.effect.removed",
            "what was recorded counts on, as \"no longer here\"; retired = true would keep its words"
        ),
        What::Merged { .. } if change.about == About::Module => t!(
            "diff.effect.merged_module",
            "its assignments go on as those of the other"
        ),
        What::Merged { .. } => t!("diff.effect.merged", "what was recorded of both counts as of one"),
        What::HeirNoMore { .. } => t!(
            "diff.effect.heir_no_more",
            "what was recorded under the former id counts by itself again"
        ),
        What::HeirNow { .. } => t!(
            "diff.effect.heir_now",
            "what was recorded under the former id counts for it"
        ),
        What::Revision { from, .. } if is_question => t!(
            "diff.effect.question_revision",
            "answers up to revision {rev} count no more: whoever knew it answers again",
            rev = from
        ),
        What::Revision { from, .. } => t!(
            "diff.effect.revision",
            "what is done stays \"done at revision {rev}\"",
            rev = from
        ),
        What::RevisionLowered { .. } if is_question => t!(
            "diff.effect.lowered",
            "answers that counted no more count again: raise it instead"
        ),
        What::RevisionLowered { .. } if change.about != About::Case => t!(
            "diff.effect.step_lowered",
            "who did it at the higher revision seems to be ahead: raise it instead"
        ),
        What::RevisionLowered { .. } => t!(
            "diff.effect.case_lowered",
            "who read it at the higher revision seems to be ahead: raise it instead"
        ),
        What::OtherRight => t!(
            "diff.effect.other_right",
            "answers that are wrong now count as right: raise its rev"
        ),
        What::OptionsRemoved => t!(
            "diff.effect.options",
            "answers before count on; raise its rev if they prove nothing"
        ),
        What::Capabilities { from, to } if is_question => t!(
            "diff.effect.question_capability",
            "answers before count for {to}, no more for {from}",
            to = and_list(to),
            from = and_list(from)
        ),
        What::Capabilities { from, .. } => t!(
            "diff.effect.capabilities",
            "what was recorded stays evidence for {from}",
            from = and_list(from)
        ),
        What::Needs => t!(
            "diff.effect.needs",
            "what is done stays done; it is offered after what it needs"
        ),
        What::Since => t!(
            "diff.effect.since",
            "decides whether a module finished before asks for it"
        ),
        What::Kind { .. } => t!(
            "diff.effect.kind",
            "what was recorded keeps its worth; it may have to be done in the new way"
        ),
        What::Measure => t!(
            "diff.effect.measure",
            "figures before stay; those of two units are never added up"
        ),
        What::Exposure => t!("diff.effect.exposure", "what was done counts on"),
        What::With => t!(
            "diff.effect.with",
            "talks count on; the step is done by a talk with whom it names now"
        ),
        What::Needed { .. } | What::Asked { .. } => t!(
            "diff.effect.needed",
            "points are worked out anew for everybody; what was reached stays"
        ),
        What::Weight { .. } | What::Core { .. } => t!(
            "diff.effect.overall",
            "the overall number and band are worked out anew; its own points stay"
        ),
        What::PublicNeeds => t!(
            "diff.effect.public_needs",
            "what was done counts on; practices in public are offered to others"
        ),
        What::CapabilityAdded => t!(
            "diff.effect.capability_added",
            "everybody begins in it; reached is counted of one more if it is core"
        ),
        What::CapabilityRemoved => t!(
            "diff.effect.capability_removed",
            "its points and bands are shown no more; what was recorded is kept"
        ),
        What::ModuleRemoved { .. } => t!(
            "diff.effect.module_removed",
            "what was recorded counts on; its assignments ask for nothing"
        ),
    }
}
