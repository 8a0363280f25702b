//! Quiz questions: each has a right option and says why, and the right one does not show by its length or place.

use std::collections::BTreeMap;

use super::known::{Known, QuestionAt, StepAt, steps_of};
use crate::base::diag::Diagnostic;
use crate::model::written::{Written, WrittenModule};

/// Questions of a module from which a habit is told from chance: four of three options share one by chance in 1 of 27
/// modules (place) or 1 of 81 (longest).
const FEWEST: usize = 4;

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
        always_longest(file, &questions, findings);
        always_same_place(file, &questions, findings);
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

/// Questions with exactly one right option, and which one it is.
fn with_one_right<'q, 'e>(questions: &'q [QuestionAt<'e>]) -> Vec<(&'q QuestionAt<'e>, usize)> {
    let right = questions.iter().map(|q| (q, q.question.right()));
    right
        .filter_map(|(q, right)| <[usize; 1]>::try_from(right).ok().map(|[one]| (q, one)))
        .collect()
}

/// At most one exception in eight.
fn is_habit(hits: usize, of: usize) -> bool {
    of >= FEWEST && hits * 8 >= of * 7
}

fn always_longest(
    file: &Written<WrittenModule>,
    questions: &[QuestionAt<'_>],
    findings: &mut Vec<Diagnostic>,
) {
    let single = with_one_right(questions);
    let is_longest = |(question, right): &&(&QuestionAt<'_>, usize)| {
        let length = |n: usize| question.question.options[n].text.chars().count();
        (0..question.question.options.len()).all(|n| n == right - 1 || length(n) < length(right - 1))
    };
    let hits = single.iter().filter(is_longest).count();
    if is_habit(hits, single.len()) {
        let message = format!(
            "in {hits} of {} questions the right option is the longest",
            single.len()
        );
        findings.push(
            Diagnostic::warning("U315", file.place("id"), message)
                .labelled("who always takes the longest knows nothing and is right")
                .helped("make some wrong options longer, or right ones shorter"),
        );
    }
}

fn always_same_place(
    file: &Written<WrittenModule>,
    questions: &[QuestionAt<'_>],
    findings: &mut Vec<Diagnostic>,
) {
    let single = with_one_right(questions);
    let mut at_place: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, right) in &single {
        *at_place.entry(*right).or_insert(0) += 1;
    }
    let most = at_place
        .into_iter()
        .max_by_key(|(place, hits)| (*hits, std::cmp::Reverse(*place)));
    if let Some((place, hits)) = most.filter(|(_, hits)| is_habit(*hits, single.len())) {
        let message = format!(
            "in {hits} of {} questions option {place} is the right one",
            single.len()
        );
        findings.push(
            Diagnostic::warning("U316", file.place("id"), message).helped("change the order of some options"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_habit_allows_one_exception_in_eight() {
        assert!(is_habit(4, 4) && is_habit(7, 8) && is_habit(14, 16));
        assert!(!is_habit(3, 3) && !is_habit(3, 4) && !is_habit(6, 8) && !is_habit(0, 0));
    }
}
