//! Groups of peers in which each worry meets an experience (`readiness.md` §7): around everybody who has been through it
//! those who have not, by assignment and then by moves and swaps that help.

use std::collections::{BTreeMap, BTreeSet};

use super::alternatives::best_room;
use super::assign::{FORBIDDEN, assign};
use super::worths::Worths;

/// Fewest seekers of a group: with the host three people.
pub const FEWEST_SEEKERS: usize = 2;

/// What whoever has been through it brings, on the scale of a mentor's skill: all there is.
pub const EXPERIENCE: u8 = 3;

/// What it is worth in the assignment that a host gets enough people: more than all fits together, less than a place.
const FIRST_SEAT: i64 = FORBIDDEN / 100;

/// Somebody who may be put into a group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Peer<'a> {
    /// Their id.
    pub id: &'a str,
    /// Their unit.
    pub unit: Option<&'a str>,
    /// What they aim at: equal texts are one aim.
    pub aim: Option<&'a str>,
    /// Whom they met in such a group before.
    pub met: BTreeSet<&'a str>,
    /// Who leads them and whom they lead, however far.
    pub line: BTreeSet<&'a str>,
    /// Whom they must never meet.
    pub never: BTreeSet<&'a str>,
}

/// A peer who has not been through it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerSeeker<'a> {
    /// Who it is.
    pub peer: Peer<'a>,
    /// What they need of it, in tenths of points.
    pub need: u32,
}

impl PeerSeeker<'_> {
    /// How much any host helps them: what they need, times what a host brings.
    pub fn fit(&self) -> i64 {
        i64::from(self.need) * i64::from(EXPERIENCE)
    }
}

/// Groups that are proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerGroups<'a> {
    /// Each host with those who meet around them, all by id.
    pub groups: BTreeMap<&'a str, Vec<&'a str>>,
    /// Who waits, by id.
    pub waiting: Vec<&'a str>,
    /// What all of it is worth.
    pub value: i64,
}

/// Forms groups of two to `seats` seekers around each host, so that most have a place and of such ways the one that is worth
/// most, as far as it is found; hosts who would be left with fewer are dropped. `fit` says how much a host helps a seeker. The
/// order of hosts and seekers means nothing.
pub fn form_groups<'a>(
    seekers: &[PeerSeeker<'a>],
    hosts: &[Peer<'a>],
    seats: usize,
    fit: impl Fn(&PeerSeeker<'a>, &Peer<'a>) -> i64,
) -> PeerGroups<'a> {
    let mut seekers: Vec<&PeerSeeker<'a>> = seekers.iter().collect();
    seekers.sort_by_key(|seeker| seeker.peer.id);
    let mut hosts: Vec<&Peer<'a>> = hosts.iter().collect();
    hosts.sort_by_key(|host| host.id);
    let peers: Vec<&Peer<'a>> = seekers.iter().map(|seeker| &seeker.peer).collect();
    let fit = |seeker: usize, host: usize| fit(seekers[seeker], hosts[host]);
    let worths = Worths::of(&peers, &hosts, &fit);
    let room = best_room(&worths, seats);
    let groups = room.open.iter().map(|host| {
        let mut ids: Vec<&str> = room.around[*host]
            .iter()
            .map(|seeker| peers[*seeker].id)
            .collect();
        ids.sort_unstable();
        (hosts[*host].id, ids)
    });
    let placeless = (0..peers.len()).filter(|seeker| room.host_of[*seeker].is_none());
    PeerGroups {
        groups: groups.collect(),
        waiting: placeless.map(|seeker| peers[seeker].id).collect(),
        value: room.open.iter().map(|host| room.worth(*host)).sum(),
    }
}

/// What a way of forming groups begins with, people by place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Start {
    /// Hosts.
    open: Vec<usize>,
    /// Who waits at first.
    held: Option<usize>,
    /// Whether each host gets the fewest that a group has before any gets more.
    is_firm: bool,
}

impl Start {
    /// Everybody, and each at first where it is best for them.
    pub(super) fn by_rule(worths: &Worths<'_>) -> Self {
        Self {
            open: (0..worths.hosts()).collect(),
            held: None,
            is_firm: false,
        }
    }

    /// These hosts, each with enough people if that can be, and everybody but one.
    pub(super) fn firm(open: Vec<usize>, held: Option<usize>) -> Self {
        Self {
            open,
            held,
            is_firm: true,
        }
    }
}

/// All of it anew until nobody must wait and no host must go, of whom so many go at once where it makes no difference.
pub(super) fn settled<'w>(worths: &'w Worths<'w>, start: Start, seats: usize, at_once: usize) -> Room<'w> {
    let Start {
        mut open,
        held,
        is_firm,
    } = start;
    let asked = (0..worths.seekers()).filter(|seeker| Some(*seeker) != held);
    let mut asked: Vec<usize> = asked.collect();
    loop {
        let mut room = Room::of(worths, &asked, &open, seats);
        room.place(is_firm);
        room.improve();
        room.even_out();
        let mut dropped = room.dropped();
        dropped.truncate(at_once);
        if let Some(seeker) = room.must_wait() {
            asked.retain(|other| *other != seeker);
        } else if dropped.is_empty() {
            return room;
        } else {
            open.retain(|host| !dropped.contains(host));
        }
    }
}

/// Seekers around hosts, all by place.
pub(super) struct Room<'r> {
    pub(super) worths: &'r Worths<'r>,
    /// The seekers who are asked.
    asked: Vec<usize>,
    /// The hosts who are still there.
    pub(super) open: Vec<usize>,
    pub(super) seats: usize,
    /// The host of each seeker.
    pub(super) host_of: Vec<Option<usize>>,
    /// The seekers of each host.
    pub(super) around: Vec<Vec<usize>>,
    /// Whether anybody ever came to a host.
    was_asked: Vec<bool>,
}

impl<'r> Room<'r> {
    fn of(worths: &'r Worths<'r>, asked: &[usize], open: &[usize], seats: usize) -> Self {
        Self {
            worths,
            asked: asked.to_vec(),
            open: open.to_vec(),
            seats,
            host_of: vec![None; worths.seekers()],
            around: vec![Vec::new(); worths.hosts()],
            was_asked: vec![false; worths.hosts()],
        }
    }

    /// First the best seats for each by themselves; seats are filled before anybody waits, and if it is firm the first seats of
    /// each host before others.
    fn place(&mut self, is_firm: bool) {
        // Of each host the seats that matter first and the others; behind them all who wait.
        let first = if is_firm {
            FEWEST_SEEKERS.min(self.seats)
        } else {
            0
        };
        let kinds = [(FIRST_SEAT, first), (0, self.seats - first)];
        let columns: Vec<(usize, i64, usize)> = self
            .open
            .iter()
            .flat_map(|host| kinds.map(|(gain, seats)| (*host, gain, seats)))
            .filter(|(_, _, seats)| *seats > 0)
            .collect();
        let cost = |seeker: usize, column: usize| {
            let Some((host, gain, _)) = columns.get(column) else {
                return FORBIDDEN / 2;
            };
            let seat = self.worths.seat(self.asked[seeker], *host);
            seat.map_or(FORBIDDEN, |seat| -seat.fit - gain)
        };
        let seats = columns.iter().map(|(_, _, seats)| *seats);
        let seats: Vec<usize> = seats.chain([self.asked.len()]).collect();
        let taken = assign(self.asked.len(), &seats, cost);
        for (seeker, column) in taken.into_iter().enumerate() {
            if let Some((host, _, _)) = columns.get(column) {
                self.put(self.asked[seeker], *host);
            }
        }
    }

    pub(super) fn put(&mut self, seeker: usize, host: usize) {
        self.host_of[seeker] = Some(host);
        self.around[host].push(seeker);
        self.was_asked[host] = true;
    }

    pub(super) fn take(&mut self, seeker: usize) {
        if let Some(host) = self.host_of[seeker].take() {
            self.around[host].retain(|other| *other != seeker);
        }
    }

    /// What a group is worth.
    pub(super) fn worth(&self, host: usize) -> i64 {
        let seekers = &self.around[host];
        let each = seekers.iter().enumerate().map(|(at, seeker)| {
            let seat = self.worths.seat(*seeker, host).map_or(0, |seat| seat.worth);
            let others = seekers[at + 1..].iter();
            seat + others.map(|other| self.worths.pair(*seeker, *other)).sum::<i64>()
        });
        each.sum()
    }

    /// What a seeker is worth to those around a host, without one of them; nothing if they may not sit there.
    pub(super) fn worth_at(&self, seeker: usize, host: usize, without: usize) -> Option<i64> {
        let seat = self.worths.seat(seeker, host)?;
        let others = self.around[host]
            .iter()
            .filter(|other| **other != without && **other != seeker);
        Some(seat.worth + others.map(|other| self.worths.pair(seeker, *other)).sum::<i64>())
    }

    /// What would be gained if a seeker moved to a host; nothing if they may not.
    fn gain(&self, seeker: usize, to: usize) -> Option<i64> {
        let from = self.host_of[seeker]?;
        Some(self.worth_at(seeker, to, seeker)? - self.worth_at(seeker, from, seeker)?)
    }

    /// What would be gained if two seekers of two hosts changed places; nothing if they may not.
    fn gain_of_swap(&self, one: usize, other: usize) -> Option<i64> {
        let (from, to) = (self.host_of[one]?, self.host_of[other]?);
        if from == to {
            return None;
        }
        let after = self.worth_at(one, to, other)? + self.worth_at(other, from, one)?;
        Some(after - self.worth_at(one, from, one)? - self.worth_at(other, to, other)?)
    }

    /// Moves and swaps, the first that helps each time, until none does: seekers by id, each towards every seeker and then
    /// every host.
    fn improve(&mut self) {
        let mut has_helped = true;
        while has_helped {
            has_helped = false;
            for seeker in 0..self.asked.len() {
                let seeker = self.asked[seeker];
                for other in 0..self.asked.len() {
                    has_helped |= self.swap_if_better(seeker, self.asked[other]);
                }
                for host in 0..self.open.len() {
                    has_helped |= self.move_if_better(seeker, self.open[host]);
                }
            }
        }
    }

    pub(super) fn swap_if_better(&mut self, one: usize, other: usize) -> bool {
        let (Some(from), Some(to)) = (self.host_of[one], self.host_of[other]) else {
            return false;
        };
        let is_better = self.gain_of_swap(one, other).is_some_and(|gain| gain > 0);
        if is_better {
            self.take(one);
            self.take(other);
            self.put(one, to);
            self.put(other, from);
        }
        is_better
    }

    pub(super) fn move_if_better(&mut self, seeker: usize, to: usize) -> bool {
        let is_full = self.around[to].len() >= self.seats;
        let is_better = !is_full
            && self.host_of[seeker] != Some(to)
            && self.gain(seeker, to).is_some_and(|gain| gain > 0);
        if is_better {
            self.take(seeker);
            self.put(seeker, to);
        }
        is_better
    }

    /// While a host has too few and another more than enough: the best single move.
    fn even_out(&mut self) {
        while let Some((_, seeker, host)) = self.best_move() {
            self.take(seeker);
            self.put(seeker, host);
        }
    }

    /// What is lost, the seeker and the host, of the move to a host with too few that loses least.
    fn best_move(&self) -> Option<(i64, usize, usize)> {
        let moves = self.with_too_few().flat_map(|host| {
            let many = self
                .open
                .iter()
                .filter(|other| self.around[**other].len() > FEWEST_SEEKERS);
            let seekers = many.flat_map(|from| &self.around[*from]);
            seekers.filter_map(move |seeker| Some((-self.gain(*seeker, host)?, *seeker, host)))
        });
        moves.min()
    }

    fn with_too_few(&self) -> impl Iterator<Item = usize> + '_ {
        let open = self.open.iter().copied();
        open.filter(|host| self.around[*host].len() < FEWEST_SEEKERS)
    }

    /// Of two seekers who must never meet and sit together all the same, the one with the larger id.
    fn must_wait(&self) -> Option<usize> {
        let together = |(one, other): &&(usize, usize)| {
            one > other && self.host_of[*one].is_some() && self.host_of[*one] == self.host_of[*other]
        };
        let met = self.worths.never.iter().filter(together);
        met.map(|(one, _)| *one).max()
    }

    /// The host who is dropped: the one with the fewest seekers, of those who have too few; of equals the one with the larger
    /// id. With them all who would be dropped before and to whom nobody ever came: without them all would go as it went.
    fn dropped(&self) -> Vec<usize> {
        let mut few: Vec<usize> = self.with_too_few().collect();
        few.sort_by_key(|host| (self.around[*host].len(), std::cmp::Reverse(*host)));
        let untouched = few.iter().take_while(|host| !self.was_asked[**host]).count();
        few.truncate(untouched + 1);
        few
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number that looks like chance, below `below`.
    fn chance(seed: &mut u64, below: u64) -> u64 {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) % below
    }

    #[test]
    fn hosts_who_go_at_once_go_as_one_at_a_time() {
        let ids: Vec<String> = (0..40).map(|n| format!("p{n:02}")).collect();
        let (mut seed, mut went) = (7, 0);
        for _ in 0..300 {
            let (hosts, seekers) = (2 + chance(&mut seed, 12), 2 + chance(&mut seed, 14));
            let mut peer = |place: u64| {
                let other = |seed: &mut u64| ids[usize::try_from(chance(seed, 40)).unwrap_or(0)].as_str();
                Peer {
                    id: &ids[usize::try_from(place).unwrap_or(0)],
                    unit: Some(["a", "b", "c"][usize::try_from(chance(&mut seed, 3)).unwrap_or(0)]),
                    aim: Some(["x", "y"][usize::try_from(chance(&mut seed, 2)).unwrap_or(0)]),
                    met: BTreeSet::from([other(&mut seed)]),
                    line: BTreeSet::from([other(&mut seed)]),
                    never: BTreeSet::from([other(&mut seed), other(&mut seed)]),
                }
            };
            let around: Vec<Peer<'_>> = (0..hosts).map(&mut peer).collect();
            let asking: Vec<Peer<'_>> = (hosts..hosts + seekers).map(&mut peer).collect();
            let fits: Vec<i64> = (0..hosts * seekers)
                .map(|_| 300 * i64::try_from(chance(&mut seed, 4)).unwrap_or(0))
                .collect();
            let fit = |seeker: usize, host: usize| fits[seeker * around.len() + host];
            let asking: Vec<&Peer<'_>> = asking.iter().collect();
            let around_of: Vec<&Peer<'_>> = around.iter().collect();
            let worths = Worths::of(&asking, &around_of, &fit);
            let by_rule = |at_once: usize| settled(&worths, Start::by_rule(&worths), 4, at_once);
            let (at_once, by_one) = (by_rule(usize::MAX), by_rule(1));
            assert_eq!(at_once.host_of, by_one.host_of);
            assert_eq!(at_once.open, by_one.open);
            went += usize::from(at_once.open.len() + 1 < worths.hosts());
        }
        assert!(went > 100, "hosts went in {went} problems only");
    }
}
