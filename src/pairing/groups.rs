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

/// A group that is formed, and of which not everybody's line is settled.
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
    /// Who of it has recorded its talk already; nobody: it waits for its talk.
    pub recorded: BTreeSet<Box<str>>,
    /// By whose log it is, the line that stands in it.
    pub lines: Vec<(Box<str>, PlannedTalk)>,
}

/// Two of these people who must never meet; the first two of several.
pub fn barred_two<'m>(
    members: &'m BTreeSet<Box<str>>,
    barred: &BTreeSet<(String, String)>,
) -> Option<(&'m str, &'m str)> {
    let mut all = members
        .iter()
        .flat_map(|one| members.iter().map(move |other| (&**one, &**other)));
    all.find(|(one, other)| one < other && barred.contains(&((*one).to_owned(), (*other).to_owned())))
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

/// The groups that wait for their talk, or for the word of some of them on it, the oldest first. Guests record nothing, and
/// whoever was not there does not either: a leader settles their lines.
pub fn groups<'f>(all: impl IntoIterator<Item = (&'f str, &'f GroupFacts)>) -> Vec<Group> {
    let all: Vec<(&str, &GroupFacts)> = all.into_iter().collect();
    let mut recorded: BTreeMap<&str, BTreeSet<Box<str>>> = BTreeMap::new();
    for (person, facts) in &all {
        for meeting in &facts.held {
            recorded.entry(meeting).or_default().insert((*person).into());
        }
    }
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for (person, talk) in all
        .iter()
        .flat_map(|(person, facts)| facts.planned.iter().map(move |talk| (*person, talk)))
    {
        let group = groups.entry(&talk.meeting).or_insert_with(|| Group {
            meeting: talk.meeting.clone(),
            topic: talk.topic.clone(),
            members: BTreeSet::new(),
            at: None,
            minutes: None,
            since: talk.since,
            recorded: recorded.get(&*talk.meeting).cloned().unwrap_or_default(),
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
