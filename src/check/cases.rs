//! Cases: short, sourced, and with something to answer or to do behind them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::known::Known;
use super::numbers::{Number, numbers};
use crate::base::diag::{Diagnostic, Place};
use crate::base::words::plural;
use crate::model::case::Case;
use crate::model::curriculum::StepKind;
use crate::model::written::Written;

/// Longest brief: what a person reads in half a minute.
const MOST_WORDS: usize = 110;

/// Questions a case asks of one's own company.
const QUESTIONS: usize = 2;

/// Looks at every case, and at every case step.
pub(super) fn check(known: &Known<'_>, findings: &mut Vec<Diagnostic>) {
    for case in known.curriculum.cases.values() {
        brief(case, findings);
        asked(case, findings);
        claimed(case, findings);
        unwritten(case, findings);
        empty_words(case, findings);
    }
    if known.curriculum.is_whole() {
        behind(known, findings);
    }
}

fn brief(case: &Written<Case>, findings: &mut Vec<Diagnostic>) {
    let words = case.value.brief.split_whitespace().count();
    if words > MOST_WORDS {
        findings.push(
            Diagnostic::error(
                "U308",
                case.place("brief"),
                format!("the brief has {words} words"),
            )
            .labelled(format!("at most {MOST_WORDS}"))
            .helped("move what is not needed first into challenge, action and result"),
        );
    }
}

fn asked(case: &Written<Case>, findings: &mut Vec<Diagnostic>) {
    let count = case.value.ask.len();
    if count != QUESTIONS {
        let message = format!("the case asks {}", plural(count, "question"));
        findings.push(
            Diagnostic::warning("U319", case.place("ask"), message)
                .labelled(format!("{QUESTIONS} questions for one's own company")),
        );
    }
}

/// Every number of the brief is one of a claim: its value, its years, or one in its sentence.
fn claimed(case: &Written<Case>, findings: &mut Vec<Diagnostic>) {
    let known = claimed_values(&case.value);
    for number in numbers(&case.value.brief) {
        if number.values.iter().any(|value| known.contains(value)) {
            continue;
        }
        let shown = &case.value.brief[number.span.clone()];
        let message = format!("the number {shown} of the brief is in no claim");
        findings.push(
            Diagnostic::warning("U312", place_in_brief(case, &number), message)
                .labelled("who says so, and in which year?")
                .helped("add a [[claim]] with value, unit, base, grade and source, or leave the number out"),
        );
    }
}

/// What a draft left to be written.
fn unwritten(case: &Written<Case>, findings: &mut Vec<Diagnostic>) {
    let raw = |span: &Range<usize>| case.source.text().get(span.clone()).unwrap_or_default();
    let left = case
        .spans
        .values()
        .filter(|span| raw(span).trim_start_matches(['"', '\'']).starts_with("TODO"));
    for span in left {
        findings.push(
            Diagnostic::error(
                "U323",
                case.source.place(span.clone()),
                "this is still to be written",
            )
            .labelled("put your words in its place"),
        );
    }
}

/// Words that stand where something is needed and say nothing.
const NOTHING: [&str; 14] = [
    "",
    "n/a",
    "na",
    "none",
    "unknown",
    "tbd",
    "tba",
    "todo",
    "x",
    "xxx",
    "?",
    "nothing",
    "not known",
    "see above",
];

fn says_nothing(text: &str) -> bool {
    let plain = text
        .trim()
        .trim_matches(|c: char| ".-–()[]?".contains(c))
        .trim()
        .to_lowercase();
    NOTHING.contains(&plain.as_str())
}

/// Sources without an address, and claims without a base, although the keys are there.
fn empty_words(case: &Written<Case>, findings: &mut Vec<Diagnostic>) {
    for (at, source) in case.value.sources.iter().enumerate() {
        if says_nothing(&source.address) {
            let message = format!("the source {} has no address", source.id);
            findings.push(
                Diagnostic::warning("U325", case.place(&format!("source.{at}.address")), message)
                    .labelled("where could somebody read it?")
                    .helped("a site, a journal with number and page, or who holds the paper"),
            );
        }
    }
    for (at, claim) in case.value.claims.iter().enumerate() {
        let repeats = claim.base.trim().eq_ignore_ascii_case(claim.unit.trim());
        if repeats || says_nothing(&claim.base) {
            let message = format!("the claim {} has no base", claim.id);
            findings.push(
                Diagnostic::warning("U326", case.place(&format!("claim.{at}.base")), message)
                    .labelled("of what, where, counted how?")
                    .helped(
                        "what the number was counted over, as \"first reply in social media, April 2014\"",
                    ),
            );
        }
    }
}

fn claimed_values(case: &Case) -> BTreeSet<i64> {
    let year = |year: u32| i64::from(year) * 1000;
    let mut values = BTreeSet::from([year(case.years.0), year(case.years.1)]);
    for claim in &case.claims {
        values.insert(claim.value.0);
        values.extend(claim.value.1);
        values.extend([year(claim.years.0), year(claim.years.1)]);
        for text in [&claim.text, &claim.base] {
            values.extend(numbers(text).into_iter().flat_map(|number| number.values));
        }
    }
    values
}

/// Where a number stands in the file. The brief may hold escapes, so the number is looked for in what was written.
fn place_in_brief(case: &Written<Case>, number: &Number) -> Place {
    let shown = &case.value.brief[number.span.clone()];
    let nth = numbers(&case.value.brief)
        .iter()
        .filter(|other| {
            other.span.start < number.span.start && case.value.brief[other.span.clone()] == *shown
        })
        .count();
    let Some(span) = case.spans.get("brief") else {
        return case.place("brief");
    };
    let raw = case.source.text().get(span.clone()).unwrap_or_default();
    let same: Vec<Number> = numbers(raw)
        .into_iter()
        .filter(|other| raw[other.span.clone()] == *shown)
        .collect();
    match same.get(nth) {
        Some(found) => case
            .source
            .place(span.start + found.span.start..span.start + found.span.end),
        None => case.place("brief"),
    }
}

/// A case earns through what is answered or done after it; alone it moves progress only.
fn behind(known: &Known<'_>, findings: &mut Vec<Diagnostic>) {
    let needed: BTreeSet<&str> = known
        .offered()
        .filter(|at| matches!(at.step.kind, StepKind::Quiz(_) | StepKind::Practice(_)))
        .flat_map(|at| at.step.needs.iter().map(AsRef::as_ref))
        .collect();
    let cited: BTreeSet<&str> = known
        .asked()
        .flat_map(|question| question.question.sources.iter())
        .filter_map(|source| source.split_once('.').map(|(case, _)| case))
        .collect();
    for at in known.offered() {
        let StepKind::Case(named) = &at.step.kind else {
            continue;
        };
        if !needed.contains(at.step.id.as_str()) && !cited.contains(named.case.as_str()) {
            let message = format!("no question or practice stands behind the case {}", named.case);
            findings.push(
                Diagnostic::warning("U307", at.place("case"), message)
                    .labelled("reading alone is no evidence")
                    .helped("let a quiz or practice need this step, or a question cite a source of the case"),
            );
        }
    }
}
