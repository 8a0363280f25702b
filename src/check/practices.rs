//! Practices: what is done in public has a draft beside it, and none takes long.

use super::known::{Known, StepAt};
use crate::base::diag::Diagnostic;
use crate::model::curriculum::{Exposure, Practice, StepKind};

/// Longest practice in minutes: what fits into the ten minutes an executive has.
const MOST_MINUTES: u32 = 10;

/// Looks at every practice that is offered or drafted.
pub(super) fn check(known: &Known<'_>, findings: &mut Vec<Diagnostic>) {
    for at in known.steps.values().filter(|at| !at.step.retired) {
        if let StepKind::Practice(practice) = &at.step.kind {
            exposure(*at, practice, findings);
            length(*at, findings);
        }
    }
}

fn exposure(at: StepAt<'_>, practice: &Practice, findings: &mut Vec<Diagnostic>) {
    let is_public = practice.exposure == Exposure::Public;
    if is_public && practice.draft.is_empty() {
        findings.push(
            Diagnostic::error(
                "U306",
                at.place("exposure"),
                "a practice in public has no `draft`",
            )
            .labelled("what is done while public is not allowed?")
            .helped("write `draft`: the same, without publishing it"),
        );
    }
    if !is_public && !practice.draft.is_empty() {
        let message = format!(
            "a practice whose exposure is {} has a `draft`",
            practice.exposure.word()
        );
        findings.push(
            Diagnostic::error("U306", at.place("draft"), message)
                .labelled("only a practice in public has one")
                .helped("remove it, or write exposure = \"public\""),
        );
    }
}

fn length(at: StepAt<'_>, findings: &mut Vec<Diagnostic>) {
    if let Some(minutes) = at.step.minutes.filter(|minutes| minutes.0 > MOST_MINUTES) {
        let message = format!("a practice of {} minutes", minutes.0);
        findings.push(
            Diagnostic::warning("U317", at.place("minutes"), message)
                .labelled(format!("more than {MOST_MINUTES} minutes are seldom found"))
                .helped("divide it into two steps"),
        );
    }
}
