//! Minutes that do not add up: people plan by them, and the planner too.

use super::known::{Known, StepAt};
use crate::base::diag::Diagnostic;
use crate::base::words::plural;
use crate::model::curriculum::StepKind;
use crate::model::settings::Plan;

/// Words for minutes in titles.
const WORDS: [(&str, u32); 12] = [
    ("five", 5),
    ("ten", 10),
    ("fifteen", 15),
    ("twenty", 20),
    ("twenty-five", 25),
    ("thirty", 30),
    ("thirty-five", 35),
    ("forty", 40),
    ("forty-five", 45),
    ("fifty", 50),
    ("sixty", 60),
    ("ninety", 90),
];

/// Looks at every quiz and talk that is offered or drafted.
pub(super) fn check(known: &Known<'_>, findings: &mut Vec<Diagnostic>) {
    let settings = known.everything.settings.as_ref();
    let seconds = settings.map_or(Plan::default().seconds_per_question, |settings| {
        settings.value.plan.seconds_per_question
    });
    for at in known.steps.values().filter(|at| !at.step.retired) {
        match at.step.kind {
            StepKind::Quiz(_) => quiz(*at, seconds, findings),
            StepKind::Talk(_) => talk(*at, findings),
            _ => {}
        }
    }
}

/// A quiz takes its questions; less than a third of that, or more than three times as much, is a slip.
fn quiz(at: StepAt<'_>, seconds_per_question: u32, findings: &mut Vec<Diagnostic>) {
    let count = at
        .questions()
        .filter(|question| !question.question.retired)
        .count();
    let Some(stated) = at.step.minutes.map(|minutes| u64::from(minutes.0)) else {
        return;
    };
    let seconds = u64::try_from(count)
        .unwrap_or(u64::MAX)
        .saturating_mul(seconds_per_question.into());
    if count == 0 || (stated * 180 >= seconds && stated * 20 <= seconds.max(60)) {
        return;
    }
    let message = format!(
        "{} in {stated} min: they take about {}",
        plural(count, "question"),
        seconds.div_ceil(60)
    );
    findings.push(
        Diagnostic::warning("U324", at.place("minutes"), message)
            .labelled(format!(
                "{seconds_per_question} seconds a question, as the settings say"
            ))
            .helped("leave `minutes` out: a quiz then takes its questions"),
    );
}

/// A talk whose title names other minutes than it has.
fn talk(at: StepAt<'_>, findings: &mut Vec<Diagnostic>) {
    let (Some(title), Some(stated)) = (&at.step.title, at.step.minutes) else {
        return;
    };
    if let Some(said) = minutes_in(title).filter(|said| *said != stated.0) {
        let message = format!("the title says {said} minutes, `minutes` is {}", stated.0);
        findings.push(
            Diagnostic::warning("U324", at.place("minutes"), message)
                .labelled("people book what the title says")
                .and_here(at.place("title"), "the title"),
        );
    }
}

/// The number in front of the word minutes.
fn minutes_in(title: &str) -> Option<u32> {
    let words: Vec<&str> = title
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect();
    let at = words
        .iter()
        .position(|word| matches!(word.to_lowercase().as_str(), "minutes" | "min"))?;
    let before = words.get(at.checked_sub(1)?)?.to_lowercase();
    let by_word = WORDS.iter().find(|(word, _)| *word == before);
    by_word
        .map(|(_, minutes)| *minutes)
        .or_else(|| before.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_read_from_titles() {
        assert_eq!(minutes_in("Fifteen minutes with somebody"), Some(15));
        assert_eq!(minutes_in("Meeting 1: forty-five minutes"), Some(45));
        assert_eq!(minutes_in("20 min, no slides"), Some(20));
        assert_eq!(minutes_in("A few minutes"), None);
        assert_eq!(minutes_in("Minutes"), None);
    }
}
