//! Groups of peers that are formed and have not met, put together from the logs of all who are in them.

use std::collections::{BTreeMap, BTreeSet};

use super::people::{PlannedTalk, planned_talks};
use crate::base::time::Date;
use crate::model::curriculum::TalkWith;
use crate::progress::Progress;

/// What one person's log says of groups.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupFacts {
    /// Talks with peers that are planned and that they have not recorded, dated or not.
    pub planned: Vec<PlannedTalk>,
    /// Talks with peers that they have recorded.
    pub held: BTreeSet<Box<str>>,
}

/// A group that is formed and has not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub meeting: Box<str>,
    /// The capability it is about.
    pub topic: Box<str>,
    /// Everybody in it: ids.
    pub members: BTreeSet<Box<str>>,
    /// When it meets, as it was said last; `None`: not dated.
    pub at: Option<Box<str>>,
    /// How many minutes it takes; `None`: as its step says.
    pub minutes: Option<u32>,
    /// The day of the oldest line that stands.
    pub since: Date,
    /// By whose log it is, the line that stands in it.
    pub lines: Vec<(Box<str>, PlannedTalk)>,
}

impl GroupFacts {
    /// Those of a person.
    pub fn of(progress: &Progress<'_>) -> Self {
        let held = progress.meetings.iter();
        let held = held.filter(|talk| talk.stands() && talk.met.role == TalkWith::Peer);
        Self {
            planned: planned_talks(progress, TalkWith::Peer),
            held: held.map(|talk| talk.meeting.into()).collect(),
        }
    }
}

/// The groups that wait for their talk, the oldest first. One has met as soon as anybody of it recorded that: who was not
/// there, and guests, record nothing.
pub fn groups<'f>(all: impl IntoIterator<Item = (&'f str, &'f GroupFacts)>) -> Vec<Group> {
    let all: Vec<(&str, &GroupFacts)> = all.into_iter().collect();
    let met: BTreeSet<&str> = all
        .iter()
        .flat_map(|(_, facts)| &facts.held)
        .map(|id| &**id)
        .collect();
    gathered(planned(&all).filter(|(_, talk)| !met.contains(&*talk.meeting)))
}

/// The groups in whose name somebody has not recorded their talk yet, the oldest first: also those that have met.
pub fn unrecorded_groups<'f>(all: impl IntoIterator<Item = (&'f str, &'f GroupFacts)>) -> Vec<Group> {
    let all: Vec<(&str, &GroupFacts)> = all.into_iter().collect();
    gathered(planned(&all))
}

fn planned<'f>(all: &[(&'f str, &'f GroupFacts)]) -> impl Iterator<Item = (&'f str, &'f PlannedTalk)> {
    all.iter()
        .flat_map(|(person, facts)| facts.planned.iter().map(move |talk| (*person, talk)))
}

fn gathered<'f>(all: impl Iterator<Item = (&'f str, &'f PlannedTalk)>) -> Vec<Group> {
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for (person, talk) in all {
        let group = groups.entry(&talk.meeting).or_insert_with(|| Group {
            meeting: talk.meeting.clone(),
            topic: talk.topic.clone(),
            members: BTreeSet::new(),
            at: None,
            minutes: None,
            since: talk.since,
            lines: Vec::new(),
        });
        group.members.insert(person.into());
        group.members.extend(talk.with.iter().cloned());
        group.since = group.since.min(talk.since);
        group.lines.push((person.into(), talk.clone()));
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    for group in &mut groups {
        let newest = group
            .lines
            .iter()
            .max_by_key(|(_, talk)| (talk.since, talk.at.is_some()));
        if let Some((_, talk)) = newest {
            (group.at, group.minutes) = (talk.at.clone(), talk.minutes);
        }
    }
    groups.sort_by(|a, b| (a.since, &a.meeting).cmp(&(b.since, &b.meeting)));
    groups
}
