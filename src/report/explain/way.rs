//! The shortest way to Ready, and what ends it.

use super::About;
use super::layout::hanging;
use crate::base::texts::{t, t_n};
use crate::readiness::{Explanation, KnowledgeGate, Limit, Part, Remedy, Until, Way, WayPart, WayPartKind};

/// How to become Ready, or to stay it where it ends soon.
pub(super) fn lines(about: &About<'_>, explanation: &Explanation<'_>) -> Vec<String> {
    let assessed = explanation.assessment;
    let Some(limit) = &assessed.limited_by else {
        return fading(about, explanation);
    };
    let Some(way) = &assessed.way else {
        let only = match limit.remedy {
            Remedy::Nothing => t!(
                "way.nothing",
                "Shortest way to ready: nothing is left that could help, all is waived or missing."
            ),
            _ => t!("way.talk", "Shortest way to ready: a talk is unavoidable."),
        };
        return hanging("", &only);
    };
    shortest(about, explanation, way)
}

fn shortest(about: &About<'_>, explanation: &Explanation<'_>, way: &Way) -> Vec<String> {
    let today = about.today();
    let when = if way.earliest > today {
        t!(
            "way.not_before",
            "not before {day}",
            day = way.earliest.short(today)
        )
    } else {
        t!("way.today", "possible today")
    };
    let shortest = t_n!(
        "way.shortest",
        way.minutes.0,
        "Shortest way to ready: {n} minute, {when}",
        "Shortest way to ready: {n} minutes, {when}",
        when = when
    );
    let mut lines = hanging("", &shortest);
    for part in &way.parts {
        let beginning = format!("  {:>3} min  ", part.seconds.minutes().0);
        lines.extend(hanging(&beginning, &part_words(about, explanation, part)));
    }
    let talks = explanation.parts.iter().find(|part| part.part == Part::Dialogue);
    if let Some(open) = talks.and_then(|part| part.open) {
        let lasts = if open.slots == 1 {
            t!(
                "way.longer.one",
                "and a talk gives up to {points} more: it lasts longer",
                points = open.budget
            )
        } else {
            t!(
                "way.longer.other",
                "and talks give up to {points} more: it lasts longer",
                points = open.budget
            )
        };
        lines.push(format!("  {lasts}"));
    }
    lines
}

fn part_words(about: &About<'_>, explanation: &Explanation<'_>, part: &WayPart) -> String {
    match &part.what {
        WayPartKind::Confirm(_) => match about.first_name() {
            None => t!(
                "way.confirm.own",
                "your word on a practice somebody else recorded"
            ),
            Some(name) => t!(
                "way.confirm",
                "{name}'s word on a practice somebody else recorded",
                name = name
            ),
        },
        WayPartKind::Practice(step) => t!(
            "change.practice",
            "practice: {title}",
            title = about.step_title(step.as_str())
        ),
        WayPartKind::Questions(n, day) => {
            let gate = match explanation.knowledge {
                KnowledgeGate::Shut {
                    remedy:
                        Some(Limit {
                            remedy: Remedy::QuestionsFrom(open, from),
                            ..
                        }),
                    ..
                } if from == day && open < n => t!("way.gate", " ({n} of them open the gate)", n = open),
                _ => String::new(),
            };
            format!("{}, {}{gate}", questions(*n), about.from(*day))
        }
    }
}

fn fading(about: &About<'_>, explanation: &Explanation<'_>) -> Vec<String> {
    let (Some(limit), Some(Until::Day(last))) = (&explanation.assessment.fades_by, explanation.until) else {
        return Vec::new();
    };
    let today = about.today();
    let what = match &limit.remedy {
        Remedy::Confirm { step, .. } => {
            t!(
                "way.confirm.step",
                "confirm {step}",
                step = about.step_title(step)
            )
        }
        Remedy::Step(step) => about.step_title(step.as_str()),
        Remedy::Questions(n) => questions(*n),
        Remedy::QuestionsFrom(n, day) => t!(
            "way.questions.from",
            "{questions} from {day}",
            questions = questions(*n),
            day = day.short(today)
        ),
        Remedy::Nothing => t!("way.all_waived", "nothing left that could help: all waived"),
    };
    let text = match limit.minutes {
        Some(minutes) => t!(
            "way.ends.minutes",
            "It ends on {day} unless: {what} ({minutes} min)",
            day = last.short(today),
            what = what,
            minutes = minutes.0
        ),
        None => t!(
            "way.ends",
            "It ends on {day} unless: {what}",
            day = last.short(today),
            what = what
        ),
    };
    hanging("", &text)
}

fn questions(n: u32) -> String {
    t_n!("explain.questions", n, "{n} question", "{n} questions")
}
