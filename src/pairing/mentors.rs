//! Which mentor each executive gets: the best sum there is (`readiness.md` §7), with why, what else would do, and why
//! somebody is left without.

use std::cmp::Reverse;

use super::assign::{FORBIDDEN, assign};
use super::fit::{Fit, Mentor, NoFit, Seeker, fit};

/// Who would get whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal<'a> {
    /// Pairs, by the executive's id.
    pub pairs: Vec<Match<'a>>,
    /// Who is left without, by id.
    pub unmatched: Vec<Unmatched<'a>>,
    /// Pairs that cannot be, by the executive's id and the mentor's.
    pub not_possible: Vec<(&'a str, &'a str)>,
}

impl Proposal<'_> {
    /// The sum of all fits.
    pub fn value(&self) -> i64 {
        self.pairs.iter().map(|pair| pair.fit.value).sum()
    }
}

/// A pair that is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'a> {
    /// The executive.
    pub seeker: &'a str,
    /// The mentor.
    pub mentor: &'a str,
    /// Why.
    pub fit: Fit,
    /// The best of the other mentors, and how well they fit.
    pub next_best: Option<(&'a str, i64)>,
}

/// Somebody without a mentor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched<'a> {
    /// The executive.
    pub seeker: &'a str,
    /// Why.
    pub why: Why<'a>,
}

/// Why somebody has no mentor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why<'a> {
    /// There is no mentor.
    NoMentors,
    /// No mentor fits: how many for which reason.
    NoneFits {
        /// They bring nothing of what is needed.
        nothing: usize,
        /// They have no language in common.
        no_language: usize,
        /// They are not possible.
        not_possible: usize,
        /// Languages that somebody who would do speaks: one of them.
        languages: Vec<&'a str>,
        /// The capability that is missing most, by its place in the curriculum; the first of equals.
        most_needed: Option<usize>,
    },
    /// All who fit are taken: a seat more at one of these would do, the best first.
    NoSeat(Vec<(&'a str, i64)>),
}

/// The best pairs. Whoever has no fit above nothing stays without; seekers and mentors have ids of their own, and their
/// order means nothing.
pub fn match_mentors<'a>(seekers: &[Seeker<'a>], mentors: &[Mentor<'a>]) -> Proposal<'a> {
    let mut seekers: Vec<&Seeker<'a>> = seekers.iter().collect();
    seekers.sort_by_key(|seeker| seeker.id);
    let mut mentors: Vec<&Mentor<'a>> = mentors.iter().collect();
    mentors.sort_by_key(|mentor| mentor.id);
    let fits: Vec<Vec<Result<Fit, NoFit>>> = seekers
        .iter()
        .map(|seeker| mentors.iter().map(|mentor| fit(seeker, mentor)).collect())
        .collect();
    let chosen = choose(&fits, &mentors);
    let mut proposal = Proposal {
        pairs: Vec::new(),
        unmatched: Vec::new(),
        not_possible: Vec::new(),
    };
    for ((seeker, row), chosen) in seekers.iter().zip(&fits).zip(chosen) {
        let others = mentors.iter().zip(row);
        let not_possible = others
            .clone()
            .filter(|(_, fit)| matches!(fit, Err(NoFit::NotPossible)));
        let not_possible = not_possible.map(|(mentor, _)| (seeker.id, mentor.id));
        proposal.not_possible.extend(not_possible);
        let mut ranked: Vec<(&str, i64)> = others
            .filter_map(|(mentor, fit)| Some((mentor.id, fit.as_ref().ok()?.value)))
            .filter(|(_, value)| *value > 0)
            .collect();
        ranked.sort_by_key(|(id, value)| (Reverse(*value), *id));
        match chosen.and_then(|place| Some((mentors[place].id, row[place].as_ref().ok()?))) {
            Some((mentor, fit)) => proposal.pairs.push(Match {
                seeker: seeker.id,
                mentor,
                fit: fit.clone(),
                next_best: ranked.into_iter().find(|(id, _)| *id != mentor),
            }),
            None => proposal.unmatched.push(Unmatched {
                seeker: seeker.id,
                why: why_not(seeker, row, ranked),
            }),
        }
    }
    proposal
}

/// The mentor of each seeker, by place.
fn choose(fits: &[Vec<Result<Fit, NoFit>>], mentors: &[&Mentor<'_>]) -> Vec<Option<usize>> {
    // Behind the mentors everybody has a place that costs nothing: no bad pair is forced.
    let seats: Vec<usize> = mentors
        .iter()
        .map(|mentor| usize::try_from(mentor.free).unwrap_or(usize::MAX))
        .chain([fits.len()])
        .collect();
    let costs: Vec<Vec<i64>> = fits
        .iter()
        .map(|row| {
            let cost = |fit: &Result<Fit, NoFit>| fit.as_ref().map_or(FORBIDDEN, |fit| -fit.value);
            row.iter().map(cost).collect()
        })
        .collect();
    let cost = |row: usize, column: usize| costs[row].get(column).copied().unwrap_or(0);
    let taken = assign(fits.len(), &seats, cost).into_iter().enumerate();
    taken
        .map(|(row, column)| (cost(row, column) < 0).then_some(column))
        .collect()
}

fn why_not<'a>(seeker: &Seeker<'a>, row: &[Result<Fit, NoFit>], ranked: Vec<(&'a str, i64)>) -> Why<'a> {
    if row.iter().all(|fit| matches!(fit, Err(NoFit::Same))) {
        return Why::NoMentors;
    }
    if !ranked.is_empty() {
        return Why::NoSeat(ranked);
    }
    let count = |is: fn(&Result<Fit, NoFit>) -> bool| row.iter().filter(|fit| is(fit)).count();
    Why::NoneFits {
        // Where earlier pairings outweigh what is brought, nothing is left to gain either.
        nothing: count(|fit| matches!(fit, Err(NoFit::Nothing) | Ok(_))),
        no_language: count(|fit| matches!(fit, Err(NoFit::NoLanguage))),
        not_possible: count(|fit| matches!(fit, Err(NoFit::NotPossible))),
        languages: seeker.languages.iter().copied().collect(),
        most_needed: (0..seeker.need.len()).max_by_key(|place| (seeker.need[*place], Reverse(*place))),
    }
}
