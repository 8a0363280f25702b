//! Who goes where one has to: the rule drops one host or lets one person wait, here others are tried in their place, and what
//! gives most people a place is kept. A local search: not every way is gone, and a test says how good it is.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::peers::{FEWEST_SEEKERS, Room, Start, settled};
use super::worths::Worths;

/// So many ways are tried at most.
const MOST_TRIES: usize = 400;

/// And so many seats are looked at for all of them together: of a few dozen people all ways that differ by one are tried, of
/// hundreds a few.
const MOST_SEATS: usize = 150_000_000;

/// Seekers around hosts so that most have a place, and of these ways the one that is worth most.
pub(super) fn best_room<'w>(worths: &'w Worths<'w>, seats: usize) -> Room<'w> {
    let mut best = settled(worths, Start::by_rule(worths), seats, usize::MAX);
    best.polish();
    let mut tried = BTreeSet::new();
    while let Some(better) = next_better(&best, &mut tried) {
        best = better;
    }
    best
}

/// The first way that is better, of those that differ by one person and were not tried yet.
fn next_better<'w>(best: &Room<'w>, tried: &mut BTreeSet<Start>) -> Option<Room<'w>> {
    let most = tries(best.worths, best.seats);
    let score = best.score();
    for start in starts(best) {
        if tried.len() >= most {
            return None;
        }
        if !tried.insert(start.clone()) {
            continue;
        }
        let mut room = settled(best.worths, start, best.seats, usize::MAX);
        room.polish();
        if room.score() > score {
            return Some(room);
        }
    }
    None
}

/// How many ways are tried.
fn tries(worths: &Worths<'_>, seats: usize) -> usize {
    let seekers = worths.seekers();
    let chairs = worths.hosts().saturating_mul(seats.min(seekers));
    let of_one = seekers
        .saturating_mul(seekers)
        .saturating_mul(chairs.saturating_add(seekers));
    (MOST_SEATS / of_one.max(1)).min(MOST_TRIES)
}

/// All hosts; those of a room without one, with one more, with another instead; then somebody waits at first, around the same
/// hosts or around all.
fn starts<'r>(room: &'r Room<'_>) -> impl Iterator<Item = Start> + use<'r> {
    let hosts = room.worths.hosts();
    let open = &room.open;
    let with = move |out: Option<usize>, more: Option<usize>| {
        let stay = open.iter().copied().filter(move |host| Some(*host) != out);
        let mut open: Vec<usize> = stay.chain(more).collect();
        open.sort_unstable();
        Start::firm(open, None)
    };
    let closed = move || (0..hosts).filter(move |host| !open.contains(host));
    let less = open.iter().map(move |out| with(Some(*out), None));
    let more = closed().map(move |host| with(None, Some(host)));
    let instead = open
        .iter()
        .flat_map(move |out| closed().map(move |host| with(Some(*out), Some(host))));
    let held = move |open: Vec<usize>| {
        (0..room.worths.seekers()).map(move |seeker| Start::firm(open.clone(), Some(seeker)))
    };
    let all: Vec<usize> = (0..hosts).collect();
    std::iter::once(Start::firm(all.clone(), None))
        .chain(less)
        .chain(more)
        .chain(instead)
        .chain(held(open.clone()))
        .chain(held(all))
}

impl Room<'_> {
    /// How many have a place, and what it is worth.
    fn score(&self) -> (usize, i64) {
        let placed = self.host_of.iter().flatten().count();
        (placed, self.open.iter().map(|host| self.worth(*host)).sum())
    }

    /// Places for those who wait, and changes that help, until there are none; no host is left with too few, and nobody is put
    /// together with whom they must never meet.
    fn polish(&mut self) {
        let mut has_helped = true;
        while has_helped {
            has_helped = false;
            for seeker in 0..self.worths.seekers() {
                has_helped |= if self.host_of[seeker].is_some() {
                    self.change(seeker)
                } else {
                    self.join(seeker) || self.follow(seeker) || self.take_turns(seeker)
                };
            }
        }
    }

    /// A place for who waits where there is room.
    fn join(&mut self, seeker: usize) -> bool {
        let Some(host) = self.best_room_for(seeker, None) else {
            return false;
        };
        self.put(seeker, host);
        true
    }

    /// A place for who waits where somebody else makes room, who goes to where there is some.
    fn follow(&mut self, seeker: usize) -> bool {
        for other in 0..self.worths.seekers() {
            if let Some(from) = self.host_of[other]
                && self.joins(seeker, from, other).is_some()
                && let Some(to) = self.best_room_for(other, Some(from))
            {
                self.take(other);
                self.put(other, to);
                self.put(seeker, from);
                return true;
            }
        }
        false
    }

    /// The place of somebody who is worth less there, and waits instead.
    fn take_turns(&mut self, seeker: usize) -> bool {
        for other in 0..self.worths.seekers() {
            let Some(host) = self.host_of[other] else { continue };
            let before = self.worth_at(other, host, other);
            let after = self.joins(seeker, host, other);
            if after.is_some() && after > before {
                self.take(other);
                self.put(seeker, host);
                return true;
            }
        }
        false
    }

    /// Swaps and moves of who has a place.
    fn change(&mut self, seeker: usize) -> bool {
        let mut has_helped = false;
        for other in 0..self.worths.seekers() {
            has_helped |= self.swap_if_better(seeker, other);
        }
        for place in 0..self.open.len() {
            let from = self.host_of[seeker];
            let leaves_enough = from.is_some_and(|from| self.around[from].len() > FEWEST_SEEKERS);
            has_helped |= leaves_enough && self.move_if_better(seeker, self.open[place]);
        }
        has_helped
    }

    /// The host with room at whom a seeker is worth most, the first of equals, but one.
    fn best_room_for(&self, seeker: usize, but: Option<usize>) -> Option<usize> {
        let open = self.open.iter().copied();
        let free = open.filter(|host| Some(*host) != but && self.around[*host].len() < self.seats);
        let seats = free.filter_map(|host| Some((self.joins(seeker, host, seeker)?, Reverse(host))));
        seats.max().map(|(_, Reverse(host))| host)
    }

    /// What a seeker is worth to those around a host without one of them; nothing if they may not sit there.
    fn joins(&self, seeker: usize, host: usize, without: usize) -> Option<i64> {
        let mut others = self.around[host].iter().filter(|other| **other != without);
        let may = others.all(|other| !self.worths.never.contains(&(seeker, *other)));
        may.then(|| self.worth_at(seeker, host, without)).flatten()
    }
}
