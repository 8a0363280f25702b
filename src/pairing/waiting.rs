//! Why somebody has no place in a group of peers, and which peers met before.

use std::collections::BTreeMap;

use super::peers::{Peer, PeerGroups, PeerSeeker};
use super::people::{Facts, Host};
use super::worths::may_sit;
use crate::base::time::Date;

/// Why somebody waits. Which rule keeps two apart is nobody's business but the leader's who made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waits {
    /// Nobody has been through it.
    NobodyToMeet,
    /// With nobody who has been through it.
    NotPossible,
    /// There is room, not together with those who are there.
    Apart,
    /// There are too few for one more group.
    TooFew,
    /// All places are taken.
    Full,
}

/// Why each who waits does, by id: groups that were formed of these seekers and hosts, of at most so many seekers each.
pub fn why_waiting<'a>(
    groups: &PeerGroups<'a>,
    seekers: &[PeerSeeker<'a>],
    hosts: &[Host<'a>],
    seats: usize,
) -> BTreeMap<&'a str, Waits> {
    let waiting = seekers.iter().map(|seeker| &seeker.peer);
    let waiting = waiting.filter(|peer| groups.waiting.binary_search(&peer.id).is_ok());
    waiting
        .map(|peer| (peer.id, why(peer, groups, hosts, seats)))
        .collect()
}

fn why(peer: &Peer<'_>, groups: &PeerGroups<'_>, hosts: &[Host<'_>], seats: usize) -> Waits {
    if hosts.is_empty() {
        return Waits::NobodyToMeet;
    }
    let possible = hosts.iter().filter(|host| may_sit(peer, &host.peer));
    let around: Vec<Option<&Vec<&str>>> = possible.map(|host| groups.groups.get(host.peer.id)).collect();
    if around.is_empty() {
        Waits::NotPossible
    } else if around.iter().flatten().any(|members| members.len() < seats) {
        Waits::Apart
    } else if around.iter().any(Option::is_none) {
        Waits::TooFew
    } else {
        Waits::Full
    }
}

/// The last day on which two peers met, or were put into a group; in both orders.
pub fn last_met<'f>(everybody: &'f [Facts<'_>]) -> BTreeMap<(&'f str, &'f str), Date> {
    let mut days = BTreeMap::new();
    for one in everybody {
        let id = one.person.id.as_str();
        for (other, day) in &one.met {
            for two in [(id, &**other), (&**other, id)] {
                let last = days.entry(two).or_insert(*day);
                *last = (*last).max(*day);
            }
        }
    }
    days
}
