//! Groups of peers: how many were formed and met, and, with names, each of them.

use std::collections::{BTreeMap, BTreeSet};

use super::participant::{Commitment, Participant, TalkRecord, says_so};
use super::parts::{Figure, MentoringAbout, figure, figures, told};
use super::talks::Talks;
use super::telling::{People, Telling};
use crate::base::texts::t;
use crate::base::time::Date;
use crate::model::event::Attendance;
use crate::report::sections::section;
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

/// What a group waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Met,
    Dated,
    Passed,
    NotDated,
}

impl Group<'_> {
    fn state(&self, today: Date) -> State {
        match self.at {
            _ if self.has_met() => State::Met,
            Some(at) if at >= today => State::Dated,
            Some(_) => State::Passed,
            None => State::NotDated,
        }
    }
}

/// Executives in some groups.
pub(super) fn executives<'g, 'a: 'g>(groups: impl IntoIterator<Item = &'g Group<'a>>) -> People<'a> {
    let groups = groups.into_iter();
    groups
        .flat_map(|group| group.executives.keys().copied())
        .collect()
}

/// How many were formed, met, and wait.
pub(super) struct GroupCounts {
    all: usize,
    states: Vec<(State, Option<usize>)>,
    talks: Option<usize>,
}

impl GroupCounts {
    /// Counts them.
    pub(super) fn of<'a>(
        groups: &[Group<'a>],
        talks: &Talks<'a>,
        today: Date,
        telling: &Telling<'a>,
    ) -> Self {
        let states = [State::Met, State::Dated, State::Passed, State::NotDated];
        let of = |state: State| groups.iter().filter(move |group| group.state(today) == state);
        let told = telling.share_things(&states.map(|state| executives(of(state))));
        let states = states.into_iter().zip(told);
        Self {
            all: groups.len(),
            states: states
                .map(|(state, told)| (state, told.then(|| of(state).count())))
                .collect(),
            talks: telling.is_enough(talks.people().len()).then(|| talks.held()),
        }
    }

    /// How many have met, of how many.
    pub(super) fn met(&self) -> Option<(usize, usize)> {
        let met = self.states.iter().find(|(state, _)| *state == State::Met);
        met.and_then(|(_, n)| *n).map(|met| (met, self.all))
    }

    /// As a section.
    pub(super) fn section(&self, about: &MentoringAbout<'_>) -> Section {
        let mut rows: Vec<Figure> = self
            .states
            .iter()
            .map(|(state, n)| {
                let (code, words) = state.words();
                figure(code, words, *n, Some(self.all))
            })
            .collect();
        // What is of nothing has no whole.
        rows.push((
            Value::Word(
                "talks",
                t!(
                    "mentoring.groups.talks",
                    "Talks with peers, in a group that was formed or not"
                ),
            ),
            told(self.talks),
            self.talks.map_or_else(|| told(None), |_| Value::Missing("")),
        ));
        section(
            "figures",
            t!("mentoring.groups", "Groups"),
            figures(about, rows),
            Vec::new(),
            t!(
                "mentoring.groups.how",
                "A group is a talk with peers that was planned for those in it, with a day or without. It has met as soon as one of them recorded the talk."
            ),
        )
    }
}

impl State {
    fn words(self) -> (&'static str, String) {
        match self {
            Self::Met => ("met", t!("mentoring.groups.met", "Groups that have met")),
            Self::Dated => ("dated", t!("mentoring.groups.dated", "Have a day to come")),
            Self::Passed => (
                "passed",
                t!("mentoring.groups.passed", "The day is over, nothing recorded"),
            ),
            Self::NotDated => ("not_dated", t!("mentoring.groups.not_dated", "Not yet dated")),
        }
    }
}

/// Each group, by name.
pub(super) fn rows<'a>(groups: &[Group<'a>], about: &MentoringAbout<'a>) -> Section {
    let mut table = about.table(vec![
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
    ]);
    table.rows = groups.iter().map(|group| cells(group, about)).collect();
    let is_stated = groups
        .iter()
        .flat_map(|group| group.through.values())
        .any(|stated| *stated);
    let stated = is_stated.then(|| t!("peers.stated", "* by their own word (stated)."));
    section(
        "groups",
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
