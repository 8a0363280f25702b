//! The gates with their reason, what they hold back, and what does not count.

use super::About;
use super::layout::hanging;
use crate::base::points::Points;
use crate::base::time::Date;
use crate::base::words::plural;
use crate::model::event::Fact;
use crate::progress::{NotCounted, Reason};
use crate::readiness::{Explanation, HandsOnGate, Held, KnowledgeGate, Limit, Remedy};

/// Both gates, which of them holds the person back, and how little the points may rest on.
pub(super) fn lines(about: &About<'_>, explanation: &Explanation<'_>) -> Vec<String> {
    let mut lines = hands_on(about, &explanation.hands_on);
    lines.extend(knowledge(about, &explanation.knowledge));
    let held = explanation.held.map(|held| match held {
        Held::HandsOn if explanation.assessment.last_practice_on.is_some() => "the last practice is too old",
        Held::HandsOn => "no hands-on yet",
        Held::Knowledge if explanation.assessment.gates.recalled_again == Points::ZERO => {
            "nothing known again on a later day"
        }
        Held::Knowledge => "too little known again on a later day",
    });
    lines.extend(held.map(|why| format!("  held at building: {why}")));
    if let Some(right) = explanation
        .thin
        .filter(|_| explanation.assessment.needs.knowledge > 0)
    {
        lines.push(format!("  thin evidence: {} right", questions(right)));
    }
    lines
}

fn hands_on(about: &About<'_>, gate: &HandsOnGate) -> Vec<String> {
    let today = about.today();
    let ago = |last: Date| match today.days_since(last) {
        0 => "own practice, today".to_owned(),
        days => format!(
            "own practice, {} ago",
            plural(usize::try_from(days).unwrap_or(0), "day")
        ),
    };
    let (text, waiting) = match gate {
        HandsOnGate::Open { last, until } => {
            let until = until.map(|day| format!(" (counts until {})", day.short(today)));
            let text = format!("{}{}", ago(*last), until.unwrap_or_default());
            return hanging("  yes  ", &text);
        }
        HandsOnGate::TooOld { last, waiting } => {
            let days = about.workspace.settings.readiness.hands_on_fresh_days;
            (format!("{}: older than {days} days", ago(*last)), waiting)
        }
        HandsOnGate::Missing { waiting } => ("own practice: none yet".to_owned(), waiting),
    };
    let waits = waiting.map(|_| format!("; one waits for {} word", about.whose()));
    hanging("  no   ", &format!("{text}{}", waits.unwrap_or_default()))
}

fn knowledge(about: &About<'_>, gate: &KnowledgeGate<'_>) -> Vec<String> {
    let known = |recalled: &Points, needed: &Points| {
        format!("known again on a later day: {recalled}, at least {needed} needed")
    };
    match gate {
        KnowledgeGate::NotAsked => Vec::new(),
        KnowledgeGate::Open { recalled, needed } => hanging("  yes  ", &known(recalled, needed)),
        KnowledgeGate::Shut {
            recalled,
            needed,
            remedy,
        } => {
            let remedy = remedy.and_then(|limit| opens(about, limit)).unwrap_or_default();
            hanging("  no   ", &format!("{}{remedy}", known(recalled, needed)))
        }
    }
}

fn opens(about: &About<'_>, limit: &Limit) -> Option<String> {
    let minutes = limit.minutes.map_or(0, |minutes| minutes.0);
    match &limit.remedy {
        Remedy::Questions(n) => Some(format!(
            "; {} more to get right first ({minutes} min)",
            questions(*n)
        )),
        Remedy::QuestionsFrom(n, day) => Some(format!(
            "; can be asked again {} ({}, {minutes} min)",
            about.from(*day),
            questions(*n)
        )),
        _ => None,
    }
}

fn questions(n: u32) -> String {
    plural(usize::try_from(n).unwrap_or(0), "question")
}

/// Events of this capability that give nothing, each with its reason.
pub(super) fn not_counted(about: &About<'_>, explanation: &Explanation<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for refused in &explanation.not_counted {
        let beginning = "  does not count: ";
        let text = format!("{}: {}", what(about, refused), why(about, refused));
        lines.extend(hanging(beginning, &text));
        if let Some(trace) = about.trace(refused.event.id) {
            lines.extend(hanging(&" ".repeat(beginning.len()), &trace));
        }
    }
    lines
}

fn what(about: &About<'_>, refused: &NotCounted<'_>) -> String {
    let event = refused.event;
    let day = about.day(event.day);
    match &event.fact {
        Fact::Practised(practised) => {
            let record = about.progress.practice(event.id);
            let step = record.map_or(&*practised.step, |record| record.step);
            format!("practice: {}, {day}", about.step_title(step))
        }
        Fact::Met(_) => format!("talk, {day}"),
        Fact::Recalled { .. } => format!("questions of {day}"),
        _ => format!("reached {day}"),
    }
}

fn why(about: &About<'_>, refused: &NotCounted<'_>) -> String {
    match refused.reason {
        Reason::WaitingToBeConfirmed => format!(
            "recorded by {}; waits for {} word",
            about.name(&refused.event.by),
            about.whose()
        ),
        Reason::NoEvidence => "no line on what was done: no hands-on points".to_owned(),
        Reason::DeputyWent => "a deputy went: no points".to_owned(),
        Reason::Voided => "taken back".to_owned(),
        other => other.words().to_owned(),
    }
}
