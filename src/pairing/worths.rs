//! What people in one group of peers are worth to each other (`readiness.md` §7).

use std::collections::{BTreeMap, BTreeSet};

use super::peers::Peer;

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

/// What people are worth to each other: moves and swaps ask for it millions of times. What two have in common by chance is
/// told from a few numbers of each, and only those who know each other stand in a list, so that it grows as people do and
/// not as pairs of them.
pub(super) struct Worths<'w> {
    seekers: Vec<Marks>,
    hosts: Vec<Marks>,
    /// How much a host helps a seeker.
    fit: &'w dyn Fn(usize, usize) -> i64,
    /// Two seekers who must never meet, in both orders.
    pub(super) never: BTreeSet<(usize, usize)>,
}

/// Of one person what others are compared with.
#[derive(Default)]
struct Marks {
    /// The number of the unit.
    unit: usize,
    /// The number of the aim; nothing for none.
    aim: Option<usize>,
    /// Seekers who know them, by place, and what that is worth.
    seekers: Vec<(usize, i64)>,
    /// The same for hosts, and whether the two may sit together; empty for a host.
    hosts: Vec<(usize, i64, bool)>,
}

impl Marks {
    fn of<'a>(peer: &Peer<'a>, numbers: &mut Numbers<'a>) -> Self {
        Self {
            unit: numbers.of(peer.unit),
            aim: peer.aim.map(|aim| numbers.of(Some(aim))),
            ..Self::default()
        }
    }
}

/// A seeker around a host.
#[derive(Clone, Copy)]
pub(super) struct Seat {
    /// How much the host helps them.
    pub(super) fit: i64,
    /// The same and what the two are worth to each other as anybody is.
    pub(super) worth: i64,
}

impl<'w> Worths<'w> {
    /// Seekers and hosts by id.
    pub(super) fn of<'p>(
        seekers: &[&Peer<'p>],
        hosts: &[&Peer<'p>],
        fit: &'w dyn Fn(usize, usize) -> i64,
    ) -> Self {
        let mut numbers = Numbers::default();
        let mut never = BTreeSet::new();
        let known = Known::of(seekers, hosts);
        let mut of_seekers: Vec<Marks> = seekers.iter().map(|peer| Marks::of(peer, &mut numbers)).collect();
        let of_hosts = hosts.iter().map(|peer| Marks::of(peer, &mut numbers)).collect();
        for (place, other_place) in known.seekers {
            let (one, other) = (seekers[place], seekers[other_place]);
            of_seekers[place]
                .seekers
                .push((other_place, known_for(one, other)));
            if is_never(one, other) {
                never.insert((place, other_place));
            }
        }
        for (place, host_place) in known.hosts {
            let (one, host) = (seekers[place], hosts[host_place]);
            let may = may_sit(one, host);
            of_seekers[place]
                .hosts
                .push((host_place, known_for(one, host), may));
        }
        Self {
            seekers: of_seekers,
            hosts: of_hosts,
            fit,
            never,
        }
    }

    /// How many seekers there are.
    pub(super) fn seekers(&self) -> usize {
        self.seekers.len()
    }

    /// How many hosts there are.
    pub(super) fn hosts(&self) -> usize {
        self.hosts.len()
    }

    /// Two seekers in one group.
    pub(super) fn pair(&self, one: usize, other: usize) -> i64 {
        let (one, with) = (&self.seekers[one], &self.seekers[other]);
        let known = one.seekers.binary_search_by_key(&other, |(place, _)| *place);
        OTHER_UNIT * i64::from(one.unit != with.unit)
            + SAME_AIM * i64::from(one.aim.is_some() && one.aim == with.aim)
            + known.map_or(0, |at| one.seekers[at].1)
    }

    /// A seeker around a host; nothing where they may not.
    pub(super) fn seat(&self, seeker: usize, host: usize) -> Option<Seat> {
        let one = &self.seekers[seeker];
        let known = one.hosts.binary_search_by_key(&host, |(place, _, _)| *place);
        let (known, may) = known.map_or((0, true), |at| (one.hosts[at].1, one.hosts[at].2));
        may.then(|| {
            let fit = (self.fit)(seeker, host);
            let worth = fit + OTHER_UNIT * i64::from(one.unit != self.hosts[host].unit) + known;
            Seat { fit, worth }
        })
    }
}

/// Texts as numbers: equal texts are one.
#[derive(Default)]
struct Numbers<'a>(BTreeMap<Option<&'a str>, usize>);

impl<'a> Numbers<'a> {
    fn of(&mut self, text: Option<&'a str>) -> usize {
        let next = self.0.len();
        *self.0.entry(text).or_insert(next)
    }
}

/// Who knows whom, by place: they met, or must never, or one leads the other.
struct Known {
    /// Two seekers, in both orders.
    seekers: BTreeSet<(usize, usize)>,
    /// A seeker and a host.
    hosts: BTreeSet<(usize, usize)>,
}

impl Known {
    /// Of people by id.
    fn of(seekers: &[&Peer<'_>], hosts: &[&Peer<'_>]) -> Self {
        let place = |peers: &[&Peer<'_>], id: &str| peers.binary_search_by_key(&id, |peer| peer.id).ok();
        let mut known = Self {
            seekers: BTreeSet::new(),
            hosts: BTreeSet::new(),
        };
        for (at, one) in seekers.iter().enumerate() {
            for id in all_known(one) {
                let other = place(seekers, id);
                known
                    .seekers
                    .extend(other.into_iter().flat_map(|other| [(at, other), (other, at)]));
                known.hosts.extend(place(hosts, id).map(|host| (at, host)));
            }
        }
        for (at, host) in hosts.iter().enumerate() {
            let others = all_known(host).filter_map(|id| place(seekers, id));
            known.hosts.extend(others.map(|seeker| (seeker, at)));
        }
        known
    }
}

/// Whom somebody knows by their own word.
fn all_known<'p>(peer: &'p Peer<'_>) -> impl Iterator<Item = &'p str> {
    peer.met.iter().chain(&peer.line).chain(&peer.never).copied()
}

/// What it is worth to two people in one group that they know each other, whoever of them says so.
fn known_for(one: &Peer<'_>, other: &Peer<'_>) -> i64 {
    -MET * i64::from(one.met.contains(other.id) || other.met.contains(one.id))
        - ONE_LINE * i64::from(is_of_one_line(one, other))
        - NEVER * i64::from(is_never(one, other))
}

/// Whether a seeker may sit with a host.
pub(super) fn may_sit(seeker: &Peer<'_>, host: &Peer<'_>) -> bool {
    !is_of_one_line(seeker, host) && !is_never(seeker, host)
}

/// Whether one of two leads the other, however far.
fn is_of_one_line(one: &Peer<'_>, other: &Peer<'_>) -> bool {
    one.line.contains(other.id) || other.line.contains(one.id)
}

/// Whether one of two must never meet the other.
fn is_never(one: &Peer<'_>, other: &Peer<'_>) -> bool {
    one.never.contains(other.id) || other.never.contains(one.id)
}
