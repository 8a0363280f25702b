//! What one executive gives to these pages: pairs, talks with mentors and peers, groups, and where they stand.

use crate::base::points::{Band, Points};
use crate::base::time::{Date, Planned};
use crate::model::curriculum::TalkWith;
use crate::model::event::{Attendance, Fact};
use crate::model::person::{Person, Role};
use crate::model::workspace::Workspace;
use crate::pairing::{Facts, Mentored, PairFacts};
use crate::progress::{MeetingRecord, Pair, Progress};
use crate::report::board::BoardView;

/// One executive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Who it is.
    pub id: Box<str>,
    /// The unit.
    pub unit: Option<Box<str>>,
    /// What they aim at, as `function service` or `capability serve`; never in their words.
    pub aim: Option<Box<str>>,
    /// Their worries, as in people.toml.
    pub challenges: Vec<Box<str>>,
    /// Overall points today.
    pub points: Points,
    /// Core capabilities ever reached, today.
    pub reached: u32,
    /// Pairs in which they are or were the one who learns, in the order in which they were made.
    pub pairs: Vec<PairRecord>,
    /// Talks that were held, each once, however many devices recorded it; by day.
    pub talks: Vec<TalkRecord>,
    /// Talks with peers that were planned for them, held or not.
    pub groups: Vec<GroupRecord>,
}

/// One pair of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairRecord {
    /// The mentor.
    pub mentor: Box<str>,
    /// The day on which it was made.
    pub since: Date,
    /// The day on which it ended; `None`: it runs.
    pub ended: Option<Date>,
    /// Since when it waits for a talk, where that is longer than `[mentoring]` allows.
    pub stalled: Option<Date>,
}

/// One talk as one of those who were meant to be there has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkRecord {
    /// Its name, the same for all who were there.
    pub meeting: Box<str>,
    /// When.
    pub day: Date,
    /// With whom of the two kinds.
    pub role: TalkWith,
    /// The others.
    pub with: Vec<Box<str>>,
    /// Those of them who were there as mentors: of a pair of that day, or whoever mentors.
    pub mentors: Vec<Box<str>>,
    /// Whether one of them was the mentor of a pair of that day.
    pub is_of_pair: bool,
    /// Whether the executive was there.
    pub attendance: Attendance,
    /// How long it took.
    pub minutes: u32,
    /// What came of what the executive committed to; `None`: nothing was committed to.
    pub commitment: Option<Commitment>,
}

/// What came of a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commitment {
    /// Kept.
    Kept,
    /// Kept in part.
    Partly,
    /// Not kept.
    Not,
    /// Nobody has said yet.
    Open,
}

/// A talk with peers that was planned, as one of them has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRecord {
    /// Its name.
    pub meeting: Box<str>,
    /// The capability it is about.
    pub topic: Box<str>,
    /// When it was formed.
    pub formed: Date,
    /// When it meets; `None`: not dated.
    pub at: Option<Date>,
    /// The others.
    pub with: Vec<Box<str>>,
    /// Whether the person was Ready in the topic on the day on which it was formed.
    pub is_ready: bool,
}

impl Participant {
    /// What somebody's log says; `view` is of the day of the page.
    pub fn of(view: &BoardView<'_>, workspace: &Workspace) -> Self {
        let (person, progress) = (view.person, view.progress);
        let pairs: Vec<PairRecord> = progress
            .pairs_once()
            .map(|pair| pair_record(pair, view))
            .collect();
        let mut talks: Vec<TalkRecord> = Vec::new();
        for record in progress.meetings.iter().filter(|record| record.stands()) {
            let new = talk(record, &pairs, workspace);
            match talks.iter_mut().find(|known| known.meeting == new.meeting) {
                Some(known) => known.add(new),
                None => talks.push(new),
            }
        }
        talks.sort_by(|a, b| (a.day, &a.meeting).cmp(&(b.day, &b.meeting)));
        Self {
            id: person.id.as_str().into(),
            unit: person.unit.as_deref().map(Into::into),
            aim: Facts::of(person, progress, view.assessment, Mentored::new()).aim,
            challenges: person.challenges.iter().map(|one| one.as_str().into()).collect(),
            points: view.assessment.overall.total,
            reached: view.assessment.overall.reached,
            pairs,
            talks,
            groups: groups(view, progress),
        }
    }

    /// Talks of a pair of theirs, while it ran.
    pub fn talks_of<'a>(&'a self, pair: &'a PairRecord) -> impl Iterator<Item = &'a TalkRecord> {
        let talks = self.talks.iter();
        talks.filter(|talk| pair.covers(talk.day) && talk.with.contains(&pair.mentor))
    }

    /// Talks of any pair of theirs.
    pub fn pair_talks(&self) -> impl Iterator<Item = &TalkRecord> {
        self.talks.iter().filter(|talk| talk.is_of_pair)
    }

    /// Talks with peers.
    pub fn peer_talks(&self) -> impl Iterator<Item = &TalkRecord> {
        self.talks.iter().filter(|talk| talk.role == TalkWith::Peer)
    }

    /// Whether they talked with their mentor themselves, all the time or a part of it.
    pub fn has_met(&self) -> bool {
        self.pair_talks().any(TalkRecord::was_there)
    }

    /// Whether they talked with peers themselves, all the time or a part of it.
    pub fn has_met_peers(&self) -> bool {
        self.peer_talks().any(TalkRecord::was_there)
    }
}

impl PairRecord {
    fn covers(&self, day: Date) -> bool {
        self.since <= day && self.ended.is_none_or(|ended| day <= ended)
    }
}

impl TalkRecord {
    /// Whether the executive was there themselves.
    pub(super) fn was_there(&self) -> bool {
        matches!(self.attendance, Attendance::Present | Attendance::Partly)
    }

    /// Puts another record of the same talk to it: the fuller attendance, the longer time, every commitment's answer.
    fn add(&mut self, other: Self) {
        let rank = |attendance: Attendance| match attendance {
            Attendance::Present => 0,
            Attendance::Partly => 1,
            Attendance::Deputy => 2,
            Attendance::Unknown => 3,
        };
        if rank(other.attendance) < rank(self.attendance) {
            self.attendance = other.attendance;
        }
        self.day = self.day.min(other.day);
        self.minutes = self.minutes.max(other.minutes);
        self.is_of_pair |= other.is_of_pair;
        let new = |known: &[Box<str>], others: Vec<Box<str>>| {
            let mut others = others;
            others.retain(|id| !known.contains(id));
            others
        };
        self.with.extend(new(&self.with, other.with));
        self.mentors.extend(new(&self.mentors, other.mentors));
        self.commitment = match (self.commitment, other.commitment) {
            (known, None) => known,
            (None | Some(Commitment::Open), new) => new,
            (known, Some(Commitment::Open)) => known,
            (_, new) => new,
        };
    }
}

/// The day of the first pair of all.
pub fn first_pair(participants: &[Participant]) -> Option<Date> {
    let pairs = participants.iter().flat_map(|one| &one.pairs);
    pairs.map(|pair| pair.since).min()
}

/// The day on which the first group of all was formed.
pub fn first_group(participants: &[Participant]) -> Option<Date> {
    let groups = participants.iter().flat_map(|one| &one.groups);
    groups.map(|group| group.formed).min()
}

fn pair_record(pair: &Pair<'_>, view: &BoardView<'_>) -> PairRecord {
    let facts = PairFacts::of(pair, view.progress);
    PairRecord {
        mentor: pair.mentor.into(),
        since: facts.since,
        ended: pair.ended.map(|event| event.day),
        stalled: facts.stalled_since(&view.settings.mentoring, view.progress.as_of),
    }
}

fn talk(record: &MeetingRecord<'_>, pairs: &[PairRecord], workspace: &Workspace) -> TalkRecord {
    let (met, day) = (record.met, record.event.day);
    let is_of_pair = |id: &str| pairs.iter().any(|pair| *pair.mentor == *id && pair.covers(day));
    let mentors = |id: &str| workspace.person(id).is_some_and(|person| person.is(Role::Mentor));
    let is_mentor = |id: &str| is_of_pair(id) || (met.role == TalkWith::Mentor && mentors(id));
    let commitment = met.commitment.as_deref().filter(|text| !text.trim().is_empty());
    TalkRecord {
        meeting: record.meeting.into(),
        day,
        role: met.role,
        with: met.with.iter().map(|id| id.as_ref().into()).collect(),
        mentors: met
            .with
            .iter()
            .filter(|id| is_mentor(id))
            .map(|id| id.as_ref().into())
            .collect(),
        is_of_pair: met.with.iter().any(|id| is_of_pair(id)),
        attendance: met.attendance,
        minutes: met.minutes,
        commitment: commitment.map(|_| match record.kept.map(|kept| kept.answer) {
            Some("yes") => Commitment::Kept,
            Some("partly") => Commitment::Partly,
            Some("no") => Commitment::Not,
            _ => Commitment::Open,
        }),
    }
}

fn groups(view: &BoardView<'_>, progress: &Progress<'_>) -> Vec<GroupRecord> {
    let planned = progress
        .invitations
        .iter()
        .filter(|one| one.invited.role == TalkWith::Peer);
    planned
        .map(|one| {
            let invited = one.invited;
            let formed = formed_on(&invited.meeting, view).unwrap_or(one.event.day);
            GroupRecord {
                meeting: invited.meeting.as_ref().into(),
                topic: invited.topic.as_ref().into(),
                formed,
                at: invited.at.as_deref().and_then(Planned::parse).map(Planned::day),
                with: invited.with.iter().map(|id| id.as_ref().into()).collect(),
                is_ready: was_ready(&invited.topic, formed, view),
            }
        })
        .collect()
}

/// The first day on which a meeting was planned; later lines only move it.
fn formed_on(meeting: &str, view: &BoardView<'_>) -> Option<Date> {
    let days = view.events.iter().filter_map(|event| match &event.fact {
        Fact::Invited(invited) if *invited.meeting == *meeting => Some(event.day),
        _ => None,
    });
    days.min()
}

/// Whether somebody was Ready in a capability on a day, as `readiness --as-of` says it.
fn was_ready(capability: &str, day: Date, view: &BoardView<'_>) -> bool {
    let then = view.lookup.fold(view.events, view.settings, day);
    let assessment = view.yardstick.assess(&then, None, day);
    let mut all = assessment.capabilities.iter();
    all.any(|one| one.capability.as_str() == capability && one.band == Band::Ready)
}

/// Whether somebody says that they have been through a capability.
pub(super) fn says_so(person: &Person, capability: &str) -> bool {
    person.experience.iter().any(|one| one == capability)
}
