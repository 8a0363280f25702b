//! The best set of candidates for the time there is: worth the most, of those the quickest, of those with the fewest
//! steps, of those the first by id. So the answer is unique (`readiness.md` §6).

use super::bits::Bits;
use super::candidates::{Candidate, Subject};
use super::prepare::{day_ahead, prepare};
use super::reduce::reduce;
use super::search::search;
use crate::base::time::{Now, Seconds};
use crate::model::settings::Settings;

/// After so many nodes the search ends with the best set seen. Fixed: some tenths of a second, which only plans of three
/// quarters of an hour and more come near.
pub const NODE_CAP: u32 = 400_000;

/// So many candidates are searched at most, those that promise most for their time: as many as a set of the search
/// holds. Fixed.
pub const SHORTLIST: usize = Bits::MOST;

/// The best set of candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Best {
    /// The places of its candidates, by curriculum and id.
    pub set: Vec<usize>,
    /// How long all of them take.
    pub seconds: Seconds,
    /// What they are worth: tenths of a point, each capability's times its weight.
    pub value: i64,
    /// How many partial sets were looked at.
    pub nodes: u32,
    /// Whether nothing better is possible; else candidates were left out, or the search ended before it could tell.
    pub proven: bool,
    /// If nothing fits: what would, soonest.
    pub shortest: Option<Shortest>,
}

/// The candidate that is worth something and takes least, with everything it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortest {
    /// Its place.
    pub candidate: usize,
    /// How long it takes, with what it needs.
    pub seconds: Seconds,
}

/// Finds the best set of candidates that takes no longer than so many seconds.
pub fn best(
    subjects: &[Subject],
    settings: &Settings,
    candidates: &[Candidate],
    now: Now,
    seconds: Seconds,
) -> Best {
    let mut by_id: Vec<usize> = (0..candidates.len()).collect();
    by_id.sort_by_key(|place| {
        let candidate = &candidates[*place];
        (
            &subjects[candidate.subject].curriculum.id,
            candidate.id,
            candidate.kind,
        )
    });
    let values = prepare(subjects, settings, candidates, now, day_ahead(settings, now)).only(&by_id);
    let reduced = reduce(&values, seconds.0, SHORTLIST);
    let found = search(&values.only(&reduced.kept), seconds.0, NODE_CAP);
    let set: Vec<usize> = found
        .best
        .items
        .places()
        .map(|item| by_id[reduced.kept[item]])
        .collect();
    let shortest = reduced
        .shortest
        .filter(|_| set.is_empty())
        .map(|(item, seconds)| Shortest {
            candidate: by_id[item],
            seconds: Seconds(seconds),
        });
    Best {
        set,
        seconds: Seconds(found.best.seconds),
        value: found.best.value,
        nodes: found.nodes,
        proven: found.proven && reduced.complete,
        shortest,
    }
}
