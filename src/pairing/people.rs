//! From what is known of everybody to who seeks and who mentors.

use std::collections::{BTreeMap, BTreeSet};

use super::fit::{Mentor, Seeker, Skill, need_of};
use super::groups::{GroupFacts, groups};
use super::load::{Mentored, free_seats, loads};
use super::peers::{Peer, PeerSeeker};
use super::ties::Ties;
use crate::base::id::EventId;
use crate::base::points::{Band, Points};
use crate::base::time::{Date, Planned};
use crate::model::curriculum::TalkWith;
use crate::model::person::{Person, Role};
use crate::model::settings::Mentoring;
use crate::progress::{Pair, Progress};
use crate::readiness::Assessment;

/// What is known of one person.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// Who it is.
    pub person: &'a Person,
    /// Points and band in each capability, by its place in the curriculum; empty without evidence of any.
    pub standing: Vec<(Points, Band)>,
    /// The pairs they are or were in as the one who learns, in order.
    pub pairs: Vec<PairFacts>,
    /// The pairs in which they learn now, in whatever curriculum.
    pub mentored: Mentored,
    /// What they aim at: its function, else its capability; equal texts are one aim.
    pub aim: Option<Box<str>>,
    /// Which peers they met, or were put into a group with, and the last day.
    pub met: BTreeMap<Box<str>, Date>,
    /// Their groups of peers.
    pub groups: GroupFacts,
}

/// A talk that is planned and not held, as one of those who meet has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedTalk {
    /// The newest event about it.
    pub id: EventId,
    /// The device that wrote it.
    pub device: Box<str>,
    /// Its name, the same for all of them.
    pub meeting: Box<str>,
    /// The capability it is about.
    pub topic: Box<str>,
    /// The others.
    pub with: Vec<Box<str>>,
    /// When, as it was said; `None`: formed and not dated.
    pub at: Option<Box<str>>,
    /// Where.
    pub place: Option<Box<str>>,
    /// How long; `None`: as its step says.
    pub minutes: Option<u32>,
    /// Since when.
    pub since: Date,
}

/// A pair, as far as it matters for pairing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairFacts {
    /// Its event.
    pub id: EventId,
    /// The mentor.
    pub mentor: Box<str>,
    /// Capabilities that the two meet about.
    pub topics: Vec<Box<str>>,
    /// Since when.
    pub since: Date,
    /// Whether it runs.
    pub is_running: bool,
    /// The day it ended.
    pub ended_on: Option<Date>,
    /// The last talk of the two since then, while the pair ran.
    pub last_talk: Option<Date>,
    /// How many talks they held since then.
    pub talks: usize,
    /// Whether a talk of the two is planned for a day to come, by day.
    pub planned: Option<Date>,
    /// Their talks that are planned and not held, on whatever day.
    pub open_talks: Vec<PlannedTalk>,
    /// The mentor they had before this one and have still: two leaders have paired them at once.
    pub beside: Option<Box<str>>,
    /// Whether another line already says that the two are a pair: two computers have paired them.
    pub is_twin: bool,
    /// The device that wrote it.
    pub device: Box<str>,
}

impl<'a> Facts<'a> {
    /// Those of a person from what they recorded and what it comes to.
    pub fn of(
        person: &'a Person,
        progress: &Progress<'_>,
        assessment: &Assessment,
        mentored: Mentored,
    ) -> Self {
        let capabilities = assessment.capabilities.iter();
        Self {
            person,
            standing: capabilities.map(|one| (one.total, one.band)).collect(),
            pairs: progress
                .pairs
                .iter()
                .map(|pair| PairFacts::of(pair, progress))
                .collect(),
            mentored,
            aim: progress.aim.as_ref().and_then(|aim| {
                let function = aim.function.map(|function| format!("function {function}"));
                let capability = || {
                    aim.capability
                        .map(|capability| format!("capability {capability}"))
                };
                Some(function.or_else(capability)?.into())
            }),
            met: met(progress),
            groups: GroupFacts::of(progress),
        }
    }
}

/// Peers of talks that were held, and of groups that were formed, with the last day.
fn met(progress: &Progress<'_>) -> BTreeMap<Box<str>, Date> {
    let held = progress
        .meetings
        .iter()
        .filter(|talk| talk.stands() && talk.met.role == TalkWith::Peer);
    let planned = progress.invitations.iter();
    let planned = planned.filter(|one| one.invited.role == TalkWith::Peer);
    let held = held.map(|talk| (talk.event.day, &talk.met.with));
    let mut met: BTreeMap<Box<str>, Date> = BTreeMap::new();
    for (day, with) in held.chain(planned.map(|one| (one.event.day, &one.invited.with))) {
        for id in with {
            let last = met.entry(id.as_ref().into()).or_insert(day);
            *last = (*last).max(day);
        }
    }
    met
}

/// Talks of a kind that are planned and not held.
pub(super) fn planned_talks(progress: &Progress<'_>, role: TalkWith) -> Vec<PlannedTalk> {
    let planned = progress
        .invitations
        .iter()
        .filter(|one| one.invited.role == role && !progress.was_held(&one.invited.meeting));
    planned
        .map(|one| PlannedTalk {
            id: one.event.id,
            device: one.event.device.as_ref().into(),
            meeting: one.invited.meeting.as_ref().into(),
            topic: one.invited.topic.as_ref().into(),
            with: one.invited.with.iter().map(|id| id.as_ref().into()).collect(),
            at: one.invited.at.as_deref().map(Into::into),
            place: one.invited.place.as_deref().map(Into::into),
            minutes: one.invited.minutes,
            since: one.event.day,
        })
        .collect()
}

impl PairFacts {
    /// What a person's log says of one of their pairs.
    pub fn of(pair: &Pair<'_>, progress: &Progress<'_>) -> Self {
        let with_mentor = |with: &[std::borrow::Cow<'_, str>]| with.iter().any(|id| *id == pair.mentor);
        let since = pair.event.day;
        let until = pair.ended.map_or(progress.as_of, |event| event.day);
        let talks = progress.meetings.iter().filter(|talk| {
            talk.stands() && (since..=until).contains(&talk.event.day) && with_mentor(&talk.met.with)
        });
        // A talk that both recorded is one, of the earlier day.
        let mut held: BTreeMap<&str, Date> = BTreeMap::new();
        for talk in talks {
            let day = held.entry(talk.meeting).or_insert(talk.event.day);
            *day = talk.event.day.min(*day);
        }
        let open_talks = open_talks(pair, progress);
        let days = open_talks
            .iter()
            .filter_map(|talk| Some(Planned::parse(talk.at.as_deref()?)?.day()));
        let planned = days.filter(|day| *day >= progress.as_of);
        let planned = planned.min();
        let first = progress.running_pairs().next();
        let beside = first.filter(|first| pair.ended.is_none() && first.mentor != pair.mentor);
        Self {
            id: pair.event.id,
            mentor: pair.mentor.into(),
            topics: pair.capabilities.iter().map(|id| id.as_ref().into()).collect(),
            since,
            is_running: pair.ended.is_none(),
            ended_on: pair.ended.map(|event| event.day),
            last_talk: held.values().max().copied(),
            talks: held.len(),
            planned,
            open_talks,
            beside: beside.map(|first| first.mentor.into()),
            is_twin: progress.is_twin(pair),
            device: pair.event.device.as_ref().into(),
        }
    }
}

fn open_talks(pair: &Pair<'_>, progress: &Progress<'_>) -> Vec<PlannedTalk> {
    let mut talks = planned_talks(progress, TalkWith::Mentor);
    talks.retain(|talk| matches!(talk.with.as_slice(), [one] if **one == *pair.mentor));
    talks
}

impl PairFacts {
    /// Since when the pair waits for a talk, where that is longer than `[mentoring]` allows: since it was made, or since the
    /// last one; `None` where it does not stall, has ended, or a talk is planned.
    pub fn stalled_since(&self, rules: &Mentoring, today: Date) -> Option<Date> {
        let (since, allowed) = match self.last_talk {
            None => (self.since, rules.first_meeting_days),
            Some(day) => (day, rules.meeting_gap_days),
        };
        let is_late = i64::from(today.days_since(since)) > i64::from(allowed);
        (self.is_running && self.planned.is_none() && is_late).then_some(since)
    }
}

/// The running pairs of each mentor: who learns, and the pair.
pub fn pairs_by_mentor<'f>(everybody: &'f [Facts<'_>]) -> BTreeMap<&'f str, Vec<(&'f str, &'f PairFacts)>> {
    let mut pairs: BTreeMap<&str, Vec<(&str, &PairFacts)>> = BTreeMap::new();
    for one in everybody {
        for pair in one.pairs.iter().filter(|pair| pair.is_running) {
            let of_mentor = pairs.entry(&*pair.mentor).or_default();
            // Two computers may have made the same pair on one day.
            let id = one.person.id.as_str();
            if !of_mentor.iter().any(|(person, _)| *person == id) {
                of_mentor.push((id, pair));
            }
        }
    }
    pairs
}

/// What runs and what is planned for groups, line by line: by this it shows whether anybody put people together since.
pub fn arranged(everybody: &[Facts<'_>]) -> BTreeSet<EventId> {
    let pairs = everybody.iter().flat_map(|one| &one.pairs);
    let running = pairs.filter(|pair| pair.is_running).map(|pair| pair.id);
    let planned = everybody.iter().flat_map(|one| &one.groups.planned);
    running.chain(planned.map(|talk| talk.id)).collect()
}

/// Why a pair that runs should not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// The mentor is not here any more, or mentors nobody any more.
    Gone,
    /// One of the two said that it does not fit, or never the other.
    DoesNotFit,
    /// Who learns has another mentor, and had them first.
    Second,
}

/// Running pairs that should end, as nothing ends by itself: who learns, the mentor, and why. `mentors` = who mentors here
/// now; a veto counts as an answer that it does not fit.
pub fn idle_pairs<'f>(
    pairs: impl IntoIterator<Item = (&'f str, &'f PairFacts)>,
    mentors: &BTreeSet<&str>,
    barred: &BTreeSet<(String, String)>,
    not_fitting: impl Fn(&'f str, &'f PairFacts) -> bool,
) -> Vec<(&'f str, &'f str, Idle)> {
    let running = pairs.into_iter().filter(|(_, pair)| pair.is_running);
    let running: Vec<_> = running
        .map(|(person, pair)| {
            let is_barred = barred.contains(&(person.to_owned(), pair.mentor.to_string()));
            let why = if mentors.contains(&*pair.mentor) {
                (is_barred || not_fitting(person, pair)).then_some(Idle::DoesNotFit)
            } else {
                Some(Idle::Gone)
            };
            (person, pair, why)
        })
        .collect();
    let ends = running.iter().filter(|(_, _, why)| why.is_some());
    let ends: BTreeSet<(&str, &str)> = ends.map(|(person, pair, _)| (*person, &*pair.mentor)).collect();
    // Where the first one ends anyway, the second stays.
    let is_second = |person: &'f str, pair: &'f PairFacts| {
        let first = pair.beside.as_deref();
        first.is_some_and(|first| !ends.contains(&(person, first)))
    };
    let idle = running.iter().filter_map(|(person, pair, why)| {
        let why = why.or_else(|| is_second(person, pair).then_some(Idle::Second))?;
        Some((*person, &*pair.mentor, why))
    });
    let mut idle: Vec<_> = idle.collect();
    idle.dedup_by_key(|(person, mentor, _)| (*person, *mentor));
    idle
}

/// What pairs are formed by.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// Everybody of the workspace: who leads whom goes through people who neither learn nor mentor.
    pub people: &'a [Person],
    /// Ids of the capabilities, in the order of the curriculum.
    pub capabilities: &'a [&'a str],
    /// Points of Ready.
    pub ready: u32,
    /// Seats of a mentor who states none.
    pub seats: u32,
    /// The language of whoever states none.
    pub language: &'a str,
    /// Two who are never put together, in both orders.
    pub barred: &'a BTreeSet<(String, String)>,
    /// Who would like which mentor.
    pub wished: &'a BTreeSet<(String, String)>,
    /// Pairs of which one said that they do not fit.
    pub not_fitting: &'a BTreeSet<EventId>,
}

/// Executives without a running pair, but those who are ready in everything: they need nobody.
pub fn seekers<'a>(everybody: &'a [Facts<'a>], rules: &Rules<'a>) -> Vec<Seeker<'a>> {
    let ties = Ties::of(everybody, rules);
    let seek = everybody.iter().filter(|one| {
        let person = one.person;
        let is_ready = one.standing.iter().all(|(_, band)| *band == Band::Ready);
        let has_mentor = one.pairs.iter().any(|pair| pair.is_running);
        person.is(Role::Executive)
            && !person.external
            && !has_mentor
            && (one.standing.is_empty() || !is_ready)
    });
    seek.map(|one| {
        let id = one.person.id.as_str();
        let mut never = ties.never(one.person);
        let mut earlier: BTreeMap<&str, u32> = BTreeMap::new();
        for pair in one.pairs.iter().filter(|pair| !pair.is_twin) {
            *earlier.entry(&*pair.mentor).or_insert(0) += 1;
        }
        let not_fitting = one
            .pairs
            .iter()
            .filter(|pair| rules.not_fitting.contains(&pair.id));
        never.extend(not_fitting.map(|pair| &*pair.mentor));
        let wished = rules.wished.iter().filter(|(person, _)| person == id);
        Seeker {
            id,
            need: needs(one, rules),
            languages: languages(one.person, rules.language),
            line: ties.line(one.person),
            never,
            wished: wished.map(|(_, mentor)| mentor.as_str()).collect(),
            earlier,
        }
    })
    .collect()
}

/// Mentors, with the seats that running pairs leave them.
pub fn mentors<'a>(everybody: &'a [Facts<'a>], rules: &Rules<'a>) -> Vec<Mentor<'a>> {
    let loads = loads(everybody.iter().map(|one| &one.mentored));
    let mentor = everybody.iter().filter(|one| one.person.is(Role::Mentor));
    mentor
        .map(|one| {
            let id = one.person.id.as_str();
            Mentor {
                id,
                skill: skills(one, rules.capabilities),
                languages: languages(one.person, rules.language),
                free: free_seats(one.person, loads.get(id).copied().unwrap_or(0), rules.seats),
            }
        })
        .collect()
}

/// What somebody brings to each capability.
pub fn skills(one: &Facts<'_>, capabilities: &[&str]) -> Vec<Skill> {
    let own = |place: usize| {
        one.standing
            .get(place)
            .map_or(Band::NotStarted, |(_, band)| *band)
    };
    let all = capabilities.iter().enumerate();
    all.map(|(place, id)| Skill::of_person(one.person, id, own(place)))
        .collect()
}

fn needs(one: &Facts<'_>, rules: &Rules<'_>) -> Vec<u32> {
    let nothing = (Points::ZERO, Band::NotStarted);
    let places = 0..rules.capabilities.len();
    places
        .map(|place| {
            let (total, band) = one.standing.get(place).copied().unwrap_or(nothing);
            need_of(total, band, rules.ready)
        })
        .collect()
}

fn languages<'a>(person: &'a Person, fallback: &'a str) -> BTreeSet<&'a str> {
    if person.languages.is_empty() {
        return BTreeSet::from([fallback]);
    }
    person.languages.iter().map(String::as_str).collect()
}

/// Somebody who has been through a capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host<'a> {
    /// Who it is.
    pub peer: Peer<'a>,
    /// Whether only their own word says so (`experience`), not their evidence.
    pub is_stated: bool,
}

/// Who has been through a capability and is in no group about it: executives who are Ready in it, and executives and guests
/// who say so.
pub fn hosts<'a>(everybody: &'a [Facts<'a>], capability: usize, rules: &Rules<'a>) -> Vec<Host<'a>> {
    let ties = Ties::of(everybody, rules);
    free_hosts(everybody, capability, rules)
        .map(|one| Host {
            peer: peer(one, &ties),
            is_stated: !is_ready(one, capability),
        })
        .collect()
}

/// The other executives, but those for whom a talk with peers about it is planned.
pub fn peer_seekers<'a>(
    everybody: &'a [Facts<'a>],
    capability: usize,
    rules: &Rules<'a>,
) -> Vec<PeerSeeker<'a>> {
    let ties = Ties::of(everybody, rules);
    free_seekers(everybody, capability, rules)
        .map(|one| PeerSeeker {
            peer: peer(one, &ties),
            need: needs(one, rules).get(capability).copied().unwrap_or(0),
        })
        .collect()
}

/// How many people there is a place for in groups about a capability, around hosts who take so many each.
pub fn places(everybody: &[Facts<'_>], capability: usize, seats: usize, rules: &Rules<'_>) -> usize {
    let hosts = free_hosts(everybody, capability, rules).count();
    let seekers = free_seekers(everybody, capability, rules).count();
    seekers.min(hosts.saturating_mul(seats))
}

fn free_hosts<'f, 'a, 'r>(
    everybody: &'f [Facts<'a>],
    capability: usize,
    rules: &'r Rules<'r>,
) -> impl Iterator<Item = &'f Facts<'a>> {
    free(everybody, capability, rules).filter(move |one| is_host(one, capability, rules))
}

fn free_seekers<'f, 'a, 'r>(
    everybody: &'f [Facts<'a>],
    capability: usize,
    rules: &'r Rules<'r>,
) -> impl Iterator<Item = &'f Facts<'a>> {
    free(everybody, capability, rules).filter(move |one| {
        let person = one.person;
        person.is(Role::Executive) && !person.external && !is_host(one, capability, rules)
    })
}

/// Who is in no group about a capability.
fn free<'f, 'a>(
    everybody: &'f [Facts<'a>],
    capability: usize,
    rules: &Rules<'_>,
) -> impl Iterator<Item = &'f Facts<'a>> {
    let busy = in_a_group(everybody, capability, rules);
    everybody
        .iter()
        .filter(move |one| !busy.contains(one.person.id.as_str()))
}

/// Who waits for a talk of a group about a capability.
fn in_a_group(everybody: &[Facts<'_>], capability: usize, rules: &Rules<'_>) -> BTreeSet<Box<str>> {
    let topic = rules.capabilities.get(capability).copied().unwrap_or_default();
    let all = groups(everybody.iter().map(|one| (one.person.id.as_str(), &one.groups)));
    let waiting = all.into_iter().filter(|group| group.recorded.is_empty());
    let about = waiting.filter(|group| *group.topic == *topic);
    about.flat_map(|group| group.members).collect()
}

/// Whether somebody has been through a capability, by its place in the curriculum and its id: as an executive who is Ready
/// in it, or by their own word.
pub fn has_been_through(one: &Facts<'_>, place: usize, id: &str) -> bool {
    let person = one.person;
    let says_so = person.experience.iter().any(|experience| experience == id);
    (person.external || person.is(Role::Executive)) && (says_so || is_ready(one, place))
}

fn is_ready(one: &Facts<'_>, capability: usize) -> bool {
    let standing = one.standing.get(capability);
    !one.person.external && standing.is_some_and(|(_, band)| *band == Band::Ready)
}

fn is_host(one: &Facts<'_>, capability: usize, rules: &Rules<'_>) -> bool {
    let topic = rules.capabilities.get(capability).copied().unwrap_or_default();
    has_been_through(one, capability, topic)
}

fn peer<'a>(one: &'a Facts<'a>, ties: &Ties<'a>) -> Peer<'a> {
    Peer {
        id: one.person.id.as_str(),
        unit: one.person.unit.as_deref(),
        aim: one.aim.as_deref(),
        met: one.met.keys().map(|id| &**id).collect(),
        line: ties.line(one.person),
        never: ties.never(one.person),
    }
}
