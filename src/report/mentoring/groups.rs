//! Groups of peers: how many were formed and met, and, with names, each of them.

use std::collections::{BTreeMap, BTreeSet};

use super::participant::{Commitment, Participant, TalkRecord, says_so};
use super::parts::{MentoringAbout, figures, section};
use crate::base::texts::t;
use crate::base::time::Date;
use crate::model::event::Attendance;
use crate::table::{Column, Section, Value};

/// One group: a talk with peers that was planned, put together from all who have it.
pub(super) struct Group<'a> {
    pub(super) topic: &'a str,
    formed: Date,
    at: Option<Date>,
    /// Executives who are here and have it.
    pub(super) executives: BTreeMap<&'a str, &'a Participant>,
    /// Everybody in it, guests too.
    members: BTreeSet<&'a str>,
    /// Who has been through it, and whether only their own word says so.
    pub(super) through: BTreeMap<&'a str, bool>,
    /// The talk, as each executive has it.
    pub(super) talks: Vec<&'a TalkRecord>,
}

impl Group<'_> {
    pub(super) fn has_met(&self) -> bool {
        !self.talks.is_empty()
    }
}

/// All groups, the oldest first.
pub(super) fn groups<'a>(participants: &'a [Participant], about: &MentoringAbout<'a>) -> Vec<Group<'a>> {
    let mut groups: BTreeMap<&str, Group<'a>> = BTreeMap::new();
    for one in participants {
        for record in &one.groups {
            let group = groups.entry(&*record.meeting).or_insert_with(|| Group {
                topic: &record.topic,
                formed: record.formed,
                at: record.at,
                executives: BTreeMap::new(),
                members: BTreeSet::new(),
                through: BTreeMap::new(),
                talks: Vec::new(),
            });
            group.formed = group.formed.min(record.formed);
            group.at = group.at.max(record.at);
            group.executives.insert(&*one.id, one);
            group.members.insert(&*one.id);
            group.members.extend(record.with.iter().map(|id| &**id));
            if record.is_ready {
                group.through.insert(&*one.id, false);
            }
            group
                .talks
                .extend(one.talks.iter().filter(|talk| talk.meeting == record.meeting));
        }
    }
    for group in groups.values_mut() {
        let topic = group.topic;
        let say_so = group.members.iter().filter(|id| {
            let person = about.workspace.person(id);
            person.is_some_and(|person| says_so(person, topic))
        });
        for id in say_so {
            group.through.entry(id).or_insert(true);
        }
    }
    let mut groups: Vec<(&str, Group<'a>)> = groups.into_iter().collect();
    groups.sort_by_key(|(id, group)| (group.formed, *id));
    groups.into_iter().map(|(_, group)| group).collect()
}

/// How many were formed, met, and wait.
pub(super) fn counted(groups: &[Group<'_>], talks: usize, about: &MentoringAbout<'_>) -> Section {
    let all = groups.len();
    let count = |is: &dyn Fn(&Group<'_>) -> bool| groups.iter().filter(|group| is(group)).count();
    let waits = |group: &Group<'_>| !group.has_met();
    let rows = [
        (
            "met",
            t!("mentoring.groups.met", "Groups that have met"),
            count(&|group| group.has_met()),
            Some(all),
        ),
        (
            "dated",
            t!("mentoring.groups.dated", "Have a day to come"),
            count(&|group| waits(group) && group.at.is_some_and(|at| at >= about.as_of)),
            Some(all),
        ),
        (
            "passed",
            t!("mentoring.groups.passed", "The day is over, nothing recorded"),
            count(&|group| waits(group) && group.at.is_some_and(|at| at < about.as_of)),
            Some(all),
        ),
        (
            "not_dated",
            t!("mentoring.groups.not_dated", "Not yet dated"),
            count(&|group| waits(group) && group.at.is_none()),
            Some(all),
        ),
        (
            "talks",
            t!(
                "mentoring.groups.talks",
                "Talks with peers, in a group that was formed or not"
            ),
            talks,
            None,
        ),
    ];
    let rows = rows
        .into_iter()
        .map(|(code, word, n, of)| (Value::Word(code, word), Some(n), of))
        .collect();
    section(
        t!("mentoring.groups", "Groups"),
        figures(about, "figures", rows),
        Vec::new(),
        t!(
            "mentoring.groups.how",
            "A group is a talk with peers that was planned for those in it, with a day or without. It has met as soon as one of them recorded the talk."
        ),
    )
}

/// Each group, by name.
pub(super) fn rows<'a>(groups: &[Group<'a>], about: &MentoringAbout<'a>) -> Section {
    let mut table = about.table(
        "groups",
        vec![
            Column::screen("capability_id", t!("column.id", "ID"), 5).hidden(),
            Column::screen("capability", t!("mentoring.column.about", "About"), 1),
            Column::screen("formed", t!("mentoring.column.formed", "Formed"), 2),
            Column::screen(
                "experience",
                t!("mentoring.column.through", "Have been through it"),
                1,
            ),
            Column::screen("members", t!("mentoring.column.meets", "Meet them"), 1),
            Column::screen("seek", t!("mentoring.column.seek", "With"), 2),
            Column::screen("planned_for", t!("mentoring.column.planned", "Planned for"), 3),
            Column::screen("held_on", t!("mentoring.column.held_on", "Held on"), 2),
            Column::screen("there", t!("mentoring.column.there", "Were there"), 3),
            Column::screen("commitments", t!("mentoring.column.made", "Committed"), 4),
            Column::screen("kept", t!("mentoring.column.kept", "Kept"), 4),
        ],
    );
    table.rows = groups.iter().map(|group| cells(group, about)).collect();
    let is_stated = groups
        .iter()
        .flat_map(|group| group.through.values())
        .any(|stated| *stated);
    let stated = is_stated.then(|| t!("peers.stated", "* by their own word (stated)."));
    section(
        t!("mentoring.each_group", "Each group"),
        table,
        stated.into_iter().collect(),
        t!(
            "mentoring.each_group.how",
            "Have been through it: Ready in the capability on the day on which the group was formed, or by their own word. With: aims by function or capability, and worries."
        ),
    )
}

fn cells<'a>(group: &Group<'a>, about: &MentoringAbout<'a>) -> Vec<Value> {
    let through = group.through.iter().map(|(id, stated)| {
        let mark = if *stated { "*" } else { "" };
        format!("{}{mark}", about.name_of(id))
    });
    let meet = group
        .members
        .iter()
        .filter(|id| !group.through.contains_key(**id));
    let seek: BTreeSet<String> = group
        .executives
        .values()
        .filter(|one| !group.through.contains_key(&*one.id))
        .flat_map(|one| one.challenges.iter().chain(&one.aim).map(ToString::to_string))
        .collect();
    let count =
        |is: fn(&TalkRecord) -> bool| Value::count(Some(group.talks.iter().filter(|talk| is(talk)).count()));
    vec![
        Value::Text(group.topic.to_owned()),
        Value::Text(about.capability(group.topic)),
        Value::Date(group.formed),
        Value::List(through.collect()),
        Value::List(meet.map(|id| about.name_of(id).to_owned()).collect()),
        Value::List(seek.into_iter().collect()),
        Value::date(group.at),
        Value::date(group.talks.iter().map(|talk| talk.day).min()),
        count(|talk| matches!(talk.attendance, Attendance::Present | Attendance::Partly)),
        count(|talk| talk.commitment.is_some()),
        count(|talk| talk.commitment == Some(Commitment::Kept)),
    ]
}
