//! Quiz questions: each has a right option, and each option says why it is right or wrong and differs from the others.

use std::collections::BTreeMap;

use super::known::{Known, QuestionAt, StepAt, steps_of};
use crate::base::diag::Diagnostic;

/// Looks at every question that is or will be asked.
pub(super) fn check(known: &Known<'_>, findings: &mut Vec<Diagnostic>) {
    for file in known.modules() {
        let questions: Vec<QuestionAt<'_>> = steps_of(file, true)
            .flat_map(StepAt::questions)
            .filter(QuestionAt::is_live)
            .collect();
        for question in &questions {
            right(question, findings);
            whys(question, findings);
            same_options(question, findings);
        }
    }
}

fn right(question: &QuestionAt<'_>, findings: &mut Vec<Diagnostic>) {
    if question.question.right().is_empty() {
        findings.push(
            Diagnostic::error("U313", question.place("options"), "no option is right")
                .labelled("one of them needs `right = true`"),
        );
    }
}

fn whys(question: &QuestionAt<'_>, findings: &mut Vec<Diagnostic>) {
    for (at, option) in question.question.options.iter().enumerate() {
        if option.why.is_none() {
            let message = format!("option {} does not say why it is right or wrong", at + 1);
            findings.push(
                Diagnostic::warning("U314", question.place(&format!("options.{at}")), message)
                    .labelled("needs `why`: people learn from it"),
            );
        }
    }
}

fn same_options(question: &QuestionAt<'_>, findings: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (at, option) in question.question.options.iter().enumerate() {
        let plain = option
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        match first.get(&plain) {
            None => drop(first.insert(plain, at)),
            Some(other) => {
                let place = |n: usize| question.place(&format!("options.{n}.text"));
                let message = format!("options {} and {} say the same", other + 1, at + 1);
                findings.push(
                    Diagnostic::warning("U318", place(at), message)
                        .labelled("again here")
                        .and_here(place(*other), "first here"),
                );
            }
        }
    }
}
