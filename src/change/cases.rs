//! Compares cases: a claim that says something else is no matter of words.

use super::compare::{Found, State};
use super::kinds::{About, What};
use crate::model::case::{Case, Claim};

pub(super) fn compare(old: &State, new: &State, found: &mut Found) {
    for (id, before) in &old.cases {
        match new.cases.get(id) {
            Some(after) => pair(before, after, found),
            None => found.add(
                About::Case,
                id,
                Some(&before.title),
                What::Removed { was_retired: false },
            ),
        }
    }
    for (id, after) in &new.cases {
        if !old.cases.contains_key(id) {
            let what = What::Added {
                steps: 0,
                questions: 0,
            };
            found.add(About::Case, id, Some(&after.title), what);
        }
    }
}

fn pair(old: &Case, new: &Case, found: &mut Found) {
    let (about, id, title) = (About::Case, &new.id, Some(new.title.as_str()));
    let (from, to) = (old.rev, new.rev);
    if from < to {
        found.add(about, id, title, What::Revision { from, to });
    } else if from > to {
        found.add(about, id, title, What::RevisionLowered { from, to });
    }
    let now = |claim: &Claim| new.claims.iter().find(|other| other.id == claim.id);
    let is_kept = |claim: &Claim| now(claim).is_some_and(|now| says(now) == says(claim));
    let is_reworded = |claim: &Claim| now(claim).is_some_and(|now| told(now) != told(claim));
    let has = |claims: &[Claim], id: &str| claims.iter().any(|claim| claim.id == id);
    if !old.claims.iter().all(is_kept) {
        found.add(about, id, title, What::Claims);
    } else if new.claims.iter().any(|claim| !has(&old.claims, &claim.id)) {
        found.add(about, id, title, What::ClaimsAdded);
    }
    found.texts(
        about,
        id,
        title,
        &[
            ("title", old.title != new.title),
            ("brief", old.brief != new.brief),
            ("since", old.since != new.since),
            ("challenge", old.challenge != new.challenge),
            ("action", old.action != new.action),
            ("result", old.result != new.result),
            ("cost", old.cost != new.cost),
            ("backfire", old.backfire != new.backfire),
            ("takeaway", old.takeaway != new.takeaway),
            ("ask", old.ask != new.ask),
            ("fails_if", old.fails_if != new.fails_if),
            ("permission", old.permission != new.permission),
            ("claims", old.claims.iter().any(is_reworded)),
            ("sources", old.sources != new.sources),
            ("owner", old.owner != new.owner),
            ("review_by", old.review_by != new.review_by),
            ("labels", labels(old) != labels(new)),
        ],
    );
}

/// What a claim says, and on whose word: who relied on it relied on this.
fn says(claim: &Claim) -> impl PartialEq + '_ {
    (
        (claim.value, &claim.unit, &claim.base, claim.grade),
        (&claim.contested_by, &claim.source, &claim.said_by, &claim.derived),
    )
}

/// How a claim is told, and where: its words beside the figure.
fn told(claim: &Claim) -> impl PartialEq + '_ {
    (&claim.text, claim.part, claim.years, claim.about)
}

/// What a case is found by.
fn labels(case: &Case) -> impl PartialEq + '_ {
    (
        (&case.organisation, &case.sector, case.size, &case.country),
        (case.years, &case.functions, &case.capabilities, &case.challenges),
        (case.failed, &case.credit, &case.language),
    )
}
