//! Who waits for others: executives without a mentor, groups without a day.

use super::item::{AgendaAbout, AgendaItem};
use crate::base::id::short;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::few;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::person::{Person, Role};
use crate::model::settings::Mentoring;
use crate::model::workspace::Workspace;
use crate::pairing::{Group, Idle, barred_two};

/// Executives who have no mentor and are not ready in everything, and how many seats are free; nothing where nobody
/// mentors.
pub fn without_mentor(names: &[&str], mentors: usize, free: u32) -> Option<AgendaItem> {
    if names.is_empty() || mentors == 0 {
        return None;
    }
    let seats = t_n!(
        "agenda.seats",
        usize::try_from(free).unwrap_or(usize::MAX),
        "{n} seat is free",
        "{n} seats are free"
    );
    Some(AgendaItem {
        about: AgendaAbout::NoMentor,
        weight: i64::try_from(names.len()).unwrap_or(i64::MAX),
        person: None,
        who: t!("agenda.no_mentor", "No mentor"),
        reasons: vec![format!("{}; {seats}", few(names))],
        command: "upwards mentors match".to_owned(),
    })
}

/// Pairs that run and should end, as nothing ends by itself. What one of the two said of it is not repeated.
pub fn pairs_to_end(pairs: &[(&str, &str, Idle)], workspace: &Workspace) -> Vec<AgendaItem> {
    let item = |(person, mentor, why): &(&str, &str, Idle)| AgendaItem {
        about: AgendaAbout::PairToEnd,
        weight: 0,
        person: None,
        who: t!("agenda.pair", "Pair"),
        reasons: vec![match why {
            Idle::Gone => t!(
                "agenda.pair.gone",
                "{person} has {mentor}, who mentors nobody here any more",
                person = workspace.name_of(person),
                mentor = workspace.name_of(mentor)
            ),
            Idle::DoesNotFit => t!(
                "mentors.not_possible",
                "{person} and {mentor}: not possible",
                person = workspace.name_of(person),
                mentor = workspace.name_of(mentor)
            ),
            Idle::Second => t!(
                "agenda.pair.second",
                "{person} has another mentor beside {mentor}",
                person = workspace.name_of(person),
                mentor = workspace.name_of(mentor)
            ),
        }],
        // Who has another mentor too loses the one who is named.
        command: format!("upwards mentors unpair {person} --mentor {mentor}"),
    };
    pairs.iter().map(item).collect()
}

/// Pairs of which one of the two said that they do not know yet whether it fits: who learns, the mentor, who says so.
pub fn unsure_pairs(pairs: &[(&str, &str, &str)], workspace: &Workspace) -> Vec<AgendaItem> {
    let item = |(person, mentor, who): &(&str, &str, &str)| AgendaItem {
        about: AgendaAbout::PairUnsure,
        weight: 0,
        person: None,
        who: t!("agenda.pair", "Pair"),
        reasons: vec![t!(
            "agenda.pair.unsure",
            "{person} and {mentor}: {who} is not sure that it fits",
            person = workspace.name_of(person),
            mentor = workspace.name_of(mentor),
            who = workspace.name_of(who)
        )],
        command: format!("upwards mentors show {person}"),
    };
    pairs.iter().map(item).collect()
}

/// Mentors with more pairs than seats: two leaders' computers gave the last one away at once, or seats became fewer.
pub fn full_mentors<'p>(
    mentors: impl IntoIterator<Item = &'p Person>,
    loads: &BTreeMap<&str, usize>,
    usual: u32,
) -> Vec<AgendaItem> {
    let item = |mentor: &Person| {
        let seats = mentor.seats.unwrap_or(usual);
        let load = loads.get(mentor.id.as_str()).copied().unwrap_or(0);
        let over = load.checked_sub(usize::try_from(seats).unwrap_or(usize::MAX))?;
        (over > 0).then(|| AgendaItem {
            about: AgendaAbout::MentorFull,
            weight: i64::try_from(over).unwrap_or(i64::MAX),
            person: None,
            who: t!("agenda.mentor", "Mentor"),
            reasons: vec![t_n!(
                "agenda.mentor.full",
                load,
                "{mentor} has {n} pair; seats: {seats}",
                "{mentor} has {n} pairs; seats: {seats}",
                mentor = mentor.name,
                seats = seats
            )],
            command: format!("upwards mentors show {}", mentor.id),
        })
    };
    mentors.into_iter().filter_map(item).collect()
}

/// Groups in which two were told apart after they were formed.
pub fn barred_groups(
    groups: &[Group],
    barred: &BTreeSet<(String, String)>,
    workspace: &Workspace,
) -> Vec<AgendaItem> {
    let waiting = groups.iter().filter(|group| group.recorded.is_empty());
    let item = |group: &Group| {
        let (one, other) = barred_two(&group.members, barred)?;
        Some(AgendaItem {
            about: AgendaAbout::GroupBarred,
            weight: 0,
            person: None,
            who: t!("agenda.group", "Group"),
            reasons: vec![t!(
                "mentors.not_possible",
                "{person} and {mentor}: not possible",
                person = workspace.name_of(one),
                mentor = workspace.name_of(other)
            )],
            command: format!("upwards peers invite {} --cancel", short(&group.meeting)),
        })
    };
    waiting.filter_map(item).collect()
}

/// Groups of which some recorded their talk, and other executives did not: a leader records it for them.
pub fn half_recorded_groups(groups: &[Group], workspace: &Workspace) -> Vec<AgendaItem> {
    let item = |group: &Group| {
        let is_executive = |id: &str| {
            let person = workspace.person(id);
            person.is_some_and(|person| person.is(Role::Executive) && !person.external)
        };
        let owners = group.lines.iter().map(|(owner, _)| &**owner);
        let missing: Vec<&str> = owners
            .filter(|id| is_executive(id))
            .map(|id| workspace.name_of(id))
            .collect();
        (!group.recorded.is_empty() && !missing.is_empty()).then(|| AgendaItem {
            about: AgendaAbout::GroupHalf,
            weight: i64::try_from(missing.len()).unwrap_or(i64::MAX),
            person: None,
            who: t!("agenda.group", "Group"),
            reasons: vec![t!(
                "agenda.group.half",
                "met on {topic}; nothing is recorded for {names}",
                topic = group.topic,
                names = few(&missing)
            )],
            command: format!("upwards peers record {} --minutes N", short(&group.meeting)),
        })
    };
    groups.iter().filter_map(item).collect()
}

/// Groups that were formed longer ago than a pair may wait for its first talk, and have no day; the oldest first.
pub fn groups_without_day(
    groups: &[Group],
    workspace: &Workspace,
    rules: &Mentoring,
    today: Date,
) -> Vec<AgendaItem> {
    let waits = |group: &Group| i64::from(today.days_since(group.since));
    let late = groups.iter().filter(|group| {
        group.at.is_none() && group.recorded.is_empty() && waits(group) > i64::from(rules.first_meeting_days)
    });
    late.map(|group| {
        let names: Vec<&str> = group.members.iter().map(|id| workspace.name_of(id)).collect();
        AgendaItem {
            about: AgendaAbout::GroupUndated,
            weight: waits(group),
            person: None,
            who: t!("agenda.group", "Group"),
            reasons: vec![t!(
                "agenda.group.undated",
                "{names}: formed on {day} for {topic}, no day yet",
                names = few(&names),
                day = group.since.short(today),
                topic = group.topic
            )],
            command: format!("upwards peers invite {} --at WHEN", short(&group.meeting)),
        }
    })
    .collect()
}
