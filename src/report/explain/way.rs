//! The shortest way to Ready, and what ends it.

use super::About;
use super::layout::hanging;
use crate::base::words::plural;
use crate::readiness::{Explanation, KnowledgeGate, Limit, Part, Remedy, Until, Way, WayPart, WayPartKind};

/// How to become Ready, or to stay it where it ends soon.
pub(super) fn lines(about: &About<'_>, explanation: &Explanation<'_>) -> Vec<String> {
    let assessed = explanation.assessment;
    let Some(limit) = &assessed.limited_by else {
        return fading(about, explanation);
    };
    let Some(way) = &assessed.way else {
        let only = match limit.remedy {
            Remedy::Nothing => "nothing is left that could help, all is waived or missing",
            _ => "a talk is unavoidable",
        };
        return hanging("", &format!("Shortest way to ready: {only}."));
    };
    shortest(about, explanation, way)
}

fn shortest(about: &About<'_>, explanation: &Explanation<'_>, way: &Way) -> Vec<String> {
    let today = about.today();
    let when = if way.earliest > today {
        format!("not before {}", way.earliest.short(today))
    } else {
        "possible today".to_owned()
    };
    let minutes = plural(usize::try_from(way.minutes.0).unwrap_or(0), "minute");
    let mut lines = hanging("", &format!("Shortest way to ready: {minutes}, {when}"));
    for part in &way.parts {
        let beginning = format!("  {:>3} min  ", part.seconds.minutes().0);
        lines.extend(hanging(&beginning, &part_words(about, explanation, part)));
    }
    let talks = explanation.parts.iter().find(|part| part.part == Part::Dialogue);
    if let Some(open) = talks.and_then(|part| part.open) {
        let talks = if open.slots == 1 { "a talk" } else { "talks" };
        let lasts = if open.slots == 1 { "gives" } else { "give" };
        lines.push(format!(
            "  and {talks} {lasts} up to {} more: it lasts longer",
            open.budget
        ));
    }
    lines
}

fn part_words(about: &About<'_>, explanation: &Explanation<'_>, part: &WayPart) -> String {
    match &part.what {
        WayPartKind::Confirm(_) => format!("{} word on a practice somebody else recorded", about.whose()),
        WayPartKind::Practice(step) => format!("practice: {}", about.step_title(step.as_str())),
        WayPartKind::Questions(n, day) => {
            let gate = match explanation.knowledge {
                KnowledgeGate::Shut {
                    remedy:
                        Some(Limit {
                            remedy: Remedy::QuestionsFrom(open, from),
                            ..
                        }),
                    ..
                } if from == day && open < n => format!(" ({open} of them open the gate)"),
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
        Remedy::Confirm { step, .. } => format!("confirm {}", about.step_title(step)),
        Remedy::Step(step) => about.step_title(step.as_str()).to_owned(),
        Remedy::Questions(n) => questions(*n),
        Remedy::QuestionsFrom(n, day) => format!("{} from {}", questions(*n), day.short(today)),
        Remedy::Nothing => "nothing left that could help: all waived".to_owned(),
    };
    let minutes = limit.minutes.map(|minutes| format!(" ({} min)", minutes.0));
    let text = format!(
        "It ends on {} unless: {what}{}",
        last.short(today),
        minutes.unwrap_or_default()
    );
    hanging("", &text)
}

fn questions(n: u32) -> String {
    plural(usize::try_from(n).unwrap_or(0), "question")
}
