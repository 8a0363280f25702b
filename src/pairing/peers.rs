//! Groups of peers in which each worry meets an experience (`readiness.md` §7): around everybody who has been through it
//! those who have not, by assignment and then by moves and swaps that help.

use std::collections::{BTreeMap, BTreeSet};

use super::assign::{FORBIDDEN, assign};

/// Two people of different units.
const OTHER_UNIT: i64 = 60;
/// Two seekers with the same aim.
const SAME_AIM: i64 = 90;
/// Two who met before.
const MET: i64 = 150;
/// Two seekers of one reporting line.
const ONE_LINE: i64 = 400;
/// Two seekers who must never meet: settled before anything is proposed.
const NEVER: i64 = 1_000_000;

/// Fewest seekers of a group: with the host three people.
pub const FEWEST_SEEKERS: usize = 2;

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
    /// How much each host helps them, in the order in which the hosts are given.
    pub fits: Vec<i64>,
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

/// Forms groups of two to `seats` seekers around each host; hosts who would be left with fewer are dropped. The order of
/// hosts and seekers means nothing.
pub fn form_groups<'a>(seekers: &[PeerSeeker<'a>], hosts: &[Peer<'a>], seats: usize) -> PeerGroups<'a> {
    let mut order: Vec<usize> = (0..hosts.len()).collect();
    order.sort_by_key(|place| hosts[*place].id);
    let mut seekers: Vec<&PeerSeeker<'a>> = seekers.iter().collect();
    seekers.sort_by_key(|seeker| seeker.peer.id);
    let mut held: Vec<&str> = Vec::new();
    loop {
        let mut room = Room::of(&seekers, hosts, &order, seats);
        room.place();
        room.improve();
        room.even_out();
        if let Some(place) = room.must_wait() {
            held.push(seekers.remove(place).peer.id);
            continue;
        }
        if let Some(host) = room.smallest() {
            order.remove(host);
            continue;
        }
        return room.told(held);
    }
}

/// Seekers around hosts, all by place.
struct Room<'r, 'a> {
    seekers: &'r [&'r PeerSeeker<'a>],
    hosts: Vec<&'r Peer<'a>>,
    /// Where each host stands among all that were given.
    given: &'r [usize],
    seats: usize,
    /// The host of each seeker.
    host_of: Vec<Option<usize>>,
    /// The seekers of each host.
    around: Vec<Vec<usize>>,
}

impl<'r, 'a> Room<'r, 'a> {
    fn of(seekers: &'r [&'r PeerSeeker<'a>], all: &'r [Peer<'a>], given: &'r [usize], seats: usize) -> Self {
        Self {
            seekers,
            hosts: given.iter().map(|place| &all[*place]).collect(),
            given,
            seats,
            host_of: vec![None; seekers.len()],
            around: vec![Vec::new(); given.len()],
        }
    }

    fn fit(&self, seeker: usize, host: usize) -> i64 {
        self.seekers[seeker].fits[self.given[host]]
    }

    /// Whether a seeker may sit with a host.
    fn may(&self, seeker: usize, host: usize) -> bool {
        let (one, other) = (&self.seekers[seeker].peer, self.hosts[host]);
        !one.line.contains(other.id) && !one.never.contains(other.id)
    }

    /// First the best seats for each by themselves; seats are filled before anybody waits.
    fn place(&mut self) {
        let seats = self.seats.min(self.seekers.len());
        if seats == 0 {
            return;
        }
        let columns = self.hosts.len() * seats;
        let cost = |seeker: usize, column: usize| {
            if column >= columns {
                FORBIDDEN / 2
            } else if self.may(seeker, column / seats) {
                -self.fit(seeker, column / seats)
            } else {
                FORBIDDEN
            }
        };
        let taken = assign(self.seekers.len(), columns + self.seekers.len(), cost);
        for (seeker, column) in taken.into_iter().enumerate() {
            if column < columns {
                self.put(seeker, column / seats);
            }
        }
    }

    fn put(&mut self, seeker: usize, host: usize) {
        self.host_of[seeker] = Some(host);
        self.around[host].push(seeker);
    }

    fn take(&mut self, seeker: usize) {
        if let Some(host) = self.host_of[seeker].take() {
            self.around[host].retain(|other| *other != seeker);
        }
    }

    /// What a group is worth.
    fn worth(&self, host: usize, seekers: &[usize]) -> i64 {
        let mut worth = 0;
        for (at, seeker) in seekers.iter().enumerate() {
            let one = &self.seekers[*seeker].peer;
            worth += self.fit(*seeker, host) + together(one, self.hosts[host]);
            for other in &seekers[at + 1..] {
                let other = &self.seekers[*other].peer;
                worth += together(one, other);
                worth += SAME_AIM * i64::from(one.aim.is_some() && one.aim == other.aim);
            }
        }
        worth
    }

    /// What would be gained if a seeker left a host's group for another one, and somebody else came for them.
    fn gain(&self, leaves: usize, from: usize, to: usize, comes: Option<usize>) -> i64 {
        let new = |host: usize, less: Option<usize>, more: Option<usize>| {
            let stay = self.around[host].iter().copied();
            let seekers: Vec<usize> = stay.filter(|one| Some(*one) != less).chain(more).collect();
            self.worth(host, &seekers)
        };
        let before = self.worth(from, &self.around[from]) + self.worth(to, &self.around[to]);
        new(from, Some(leaves), comes) + new(to, comes, Some(leaves)) - before
    }

    /// Moves and swaps, the first that helps each time, until none does: seekers by id, each towards every seeker and then
    /// every host.
    fn improve(&mut self) {
        let mut has_helped = true;
        while has_helped {
            has_helped = false;
            for seeker in 0..self.seekers.len() {
                for other in 0..self.seekers.len() {
                    has_helped |= self.swap_if_better(seeker, other);
                }
                for host in 0..self.hosts.len() {
                    has_helped |= self.move_if_better(seeker, host);
                }
            }
        }
    }

    fn swap_if_better(&mut self, seeker: usize, other: usize) -> bool {
        let (Some(from), Some(to)) = (self.host_of[seeker], self.host_of[other]) else {
            return false;
        };
        if from == to || !self.may(seeker, to) || !self.may(other, from) {
            return false;
        }
        if self.gain(seeker, from, to, Some(other)) <= 0 {
            return false;
        }
        self.take(seeker);
        self.take(other);
        self.put(seeker, to);
        self.put(other, from);
        true
    }

    fn move_if_better(&mut self, seeker: usize, to: usize) -> bool {
        let Some(from) = self.host_of[seeker] else {
            return false;
        };
        let is_full = self.around[to].len() >= self.seats;
        if from == to || is_full || !self.may(seeker, to) || self.gain(seeker, from, to, None) <= 0 {
            return false;
        }
        self.take(seeker);
        self.put(seeker, to);
        true
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
        let few = (0..self.hosts.len()).filter(|host| self.around[*host].len() < FEWEST_SEEKERS);
        let moves = few.flat_map(|host| {
            let many = (0..self.hosts.len()).filter(|other| self.around[*other].len() > FEWEST_SEEKERS);
            many.flat_map(move |from| {
                let seekers = self.around[from].iter().copied();
                let seekers = seekers.filter(move |seeker| self.may(*seeker, host));
                seekers.map(move |seeker| (-self.gain(seeker, from, host, None), seeker, host))
            })
        });
        moves.min()
    }

    /// Of two seekers who must never meet and sit together all the same, the one with the larger id.
    fn must_wait(&self) -> Option<usize> {
        let together = self.around.iter().flat_map(|seekers| {
            seekers.iter().flat_map(move |one| {
                let others = seekers.iter().filter(move |other| *other < one);
                others.map(move |other| (*one, *other))
            })
        });
        let never = together.filter(|(one, other)| {
            let other = self.seekers[*other].peer.id;
            self.seekers[*one].peer.never.contains(other)
        });
        never.max().map(|(one, _)| one)
    }

    /// The host with the fewest seekers, of those who have too few; of equals the one with the larger id.
    fn smallest(&self) -> Option<usize> {
        let few = (0..self.hosts.len()).filter(|host| self.around[*host].len() < FEWEST_SEEKERS);
        few.min_by_key(|host| (self.around[*host].len(), std::cmp::Reverse(*host)))
    }

    fn told(&self, held: Vec<&'a str>) -> PeerGroups<'a> {
        let id = |place: &usize| self.seekers[*place].peer.id;
        let mut groups = BTreeMap::new();
        let mut value = 0;
        for (host, seekers) in self.around.iter().enumerate() {
            let mut ids: Vec<&str> = seekers.iter().map(id).collect();
            ids.sort_unstable();
            value += self.worth(host, seekers);
            groups.insert(self.hosts[host].id, ids);
        }
        let placeless = (0..self.seekers.len()).filter(|place| self.host_of[*place].is_none());
        let mut waiting: Vec<&str> = placeless.map(|place| id(&place)).chain(held).collect();
        waiting.sort_unstable();
        PeerGroups {
            groups,
            waiting,
            value,
        }
    }
}

/// What two people in one group are worth to each other.
fn together(one: &Peer<'_>, other: &Peer<'_>) -> i64 {
    OTHER_UNIT * i64::from(one.unit != other.unit)
        - MET * i64::from(one.met.contains(other.id))
        - ONE_LINE * i64::from(one.line.contains(other.id))
        - NEVER * i64::from(one.never.contains(other.id))
}
