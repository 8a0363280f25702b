//! The gates with their reason, what they hold back, and what does not count.

use super::About;
use super::layout::hanging;
use crate::base::points::Points;
use crate::base::text::width;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::model::event::Fact;
use crate::progress::{NotCounted, Reason};
use crate::readiness::{Explanation, HandsOnGate, Held, KnowledgeGate, Limit, Remedy};

/// Both gates, which of them holds the person back, and how little the points may rest on.
pub(super) fn lines(about: &About<'_>, explanation: &Explanation<'_>) -> Vec<String> {
    let mut lines = hands_on(about, &explanation.hands_on);
    lines.extend(knowledge(about, &explanation.knowledge));
    let held = explanation.held.map(|held| match held {
        Held::HandsOn if explanation.assessment.last_practice_on.is_some() => t!(
            "explain.held.old",
            "held at building: the last practice is too old"
        ),
        Held::HandsOn => t!("explain.held.none", "held at building: no hands-on yet"),
        Held::Knowledge if explanation.assessment.gates.recalled_again == Points::ZERO => t!(
            "explain.held.nothing",
            "held at building: nothing known again on a later day"
        ),
        Held::Knowledge => t!(
            "explain.held.little",
            "held at building: too little known again on a later day"
        ),
    });
    lines.extend(held.map(|held| format!("  {held}")));
    if let Some(right) = explanation.thin {
        let thin = t_n!(
            "explain.thin",
            right,
            "thin evidence: {n} question right",
            "thin evidence: {n} questions right"
        );
        lines.push(format!("  {thin}"));
    }
    lines
}

fn hands_on(about: &About<'_>, gate: &HandsOnGate) -> Vec<String> {
    let today = about.today();
    let ago = |last: Date| match today.days_since(last) {
        0 => t!("explain.practice.today", "own practice, today"),
        days => t_n!(
            "explain.practice.ago",
            days,
            "own practice, {n} day ago",
            "own practice, {n} days ago"
        ),
    };
    let (text, waiting) = match gate {
        HandsOnGate::Open { last, until } => {
            let text = match until {
                Some(day) => t!(
                    "explain.practice.until",
                    "{practice} (counts until {day})",
                    practice = ago(*last),
                    day = day.short(today)
                ),
                None => ago(*last),
            };
            return hanging(&yes(), &text);
        }
        HandsOnGate::TooOld { last, waiting } => {
            let days = about.workspace.settings.readiness.hands_on_fresh_days;
            let text = t!(
                "explain.practice.old",
                "{practice}: older than {days} days",
                practice = ago(*last),
                days = days
            );
            (text, waiting)
        }
        HandsOnGate::Missing { waiting } => (t!("explain.practice.none", "own practice: none yet"), waiting),
    };
    let text = match (waiting, about.first_name()) {
        (None, _) => text,
        (Some(_), None) => t!(
            "explain.waits.own",
            "{practice}; one waits for your word",
            practice = text
        ),
        (Some(_), Some(name)) => t!(
            "explain.waits",
            "{practice}; one waits for {name}'s word",
            practice = text,
            name = name
        ),
    };
    hanging(&no(), &text)
}

fn knowledge(about: &About<'_>, gate: &KnowledgeGate<'_>) -> Vec<String> {
    let known = |recalled: &Points, needed: &Points| {
        t!(
            "explain.known",
            "known again on a later day: {points}, at least {needed} needed",
            points = recalled,
            needed = needed
        )
    };
    match gate {
        KnowledgeGate::NotAsked => Vec::new(),
        KnowledgeGate::Open { recalled, needed } => hanging(&yes(), &known(recalled, needed)),
        KnowledgeGate::Shut {
            recalled,
            needed,
            remedy,
        } => {
            let remedy = remedy.and_then(|limit| opens(about, limit)).unwrap_or_default();
            hanging(&no(), &format!("{}{remedy}", known(recalled, needed)))
        }
    }
}

fn opens(about: &About<'_>, limit: &Limit) -> Option<String> {
    let minutes = limit.minutes.map_or(0, |minutes| minutes.0);
    match &limit.remedy {
        Remedy::Questions(n) => Some(t_n!(
            "explain.opens",
            *n,
            "; {n} question more to get right first ({minutes} min)",
            "; {n} questions more to get right first ({minutes} min)",
            minutes = minutes
        )),
        Remedy::QuestionsFrom(n, day) => Some(t_n!(
            "explain.opens.from",
            *n,
            "; can be asked again {day} ({n} question, {minutes} min)",
            "; can be asked again {day} ({n} questions, {minutes} min)",
            day = about.from(*day),
            minutes = minutes
        )),
        _ => None,
    }
}

/// Before an open gate.
fn yes() -> String {
    format!("  {:<5}", t!("explain.yes", "yes"))
}

/// Before a shut one.
fn no() -> String {
    format!("  {:<5}", t!("explain.no", "no"))
}

/// Events of this capability that give nothing, each with its reason.
pub(super) fn not_counted(about: &About<'_>, explanation: &Explanation<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for refused in &explanation.not_counted {
        let beginning = format!("  {} ", t!("explain.not_counted", "does not count:"));
        let text = format!("{}: {}", what(about, refused), why(about, refused));
        lines.extend(hanging(&beginning, &text));
        if let Some(trace) = about.trace(refused.event.id) {
            lines.extend(hanging(&" ".repeat(width(&beginning)), &trace));
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
            t!(
                "explain.refused.practice",
                "practice: {step}, {day}",
                step = about.step_title(step),
                day = day
            )
        }
        Fact::Met(_) => t!("explain.refused.talk", "talk, {day}", day = day),
        Fact::Recalled { .. } => t!("explain.refused.questions", "questions of {day}", day = day),
        _ => t!("explain.refused.reached", "reached {day}", day = day),
    }
}

fn why(about: &About<'_>, refused: &NotCounted<'_>) -> String {
    match refused.reason {
        Reason::WaitingToBeConfirmed => match about.first_name() {
            None => t!(
                "explain.why.waits.own",
                "recorded by {by}; waits for your word",
                by = about.name(&refused.event.by)
            ),
            Some(name) => t!(
                "explain.why.waits",
                "recorded by {by}; waits for {name}'s word",
                by = about.name(&refused.event.by),
                name = name
            ),
        },
        Reason::NoEvidence => t!(
            "explain.why.no_evidence",
            "no line on what was done: no hands-on points"
        ),
        Reason::DeputyWent => t!("explain.why.deputy", "a deputy went: no points"),
        other => other.shown(),
    }
}
