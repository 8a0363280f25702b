//! Who waits for others: executives without a mentor, groups without a day.

use std::collections::BTreeMap;

use super::item::{AgendaAbout, AgendaItem};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::few;
use crate::model::settings::Mentoring;
use crate::model::workspace::Workspace;
use crate::pairing::PlannedTalk;

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

/// Groups that were formed longer ago than a pair may wait for its first talk, and have no day; the oldest first.
pub fn groups_without_day<'a>(
    groups: impl IntoIterator<Item = (&'a str, &'a PlannedTalk)>,
    workspace: &Workspace,
    rules: &Mentoring,
    today: Date,
) -> Vec<AgendaItem> {
    let mut open: BTreeMap<(Date, &str), (&str, Vec<&str>)> = BTreeMap::new();
    for (person, group) in groups {
        let waits = i64::from(today.days_since(group.since));
        if group.at.is_none() && waits > i64::from(rules.first_meeting_days) {
            let (_, members) = open
                .entry((group.since, &*group.meeting))
                .or_insert_with(|| (&*group.topic, group.with.iter().map(AsRef::as_ref).collect()));
            members.push(person);
        }
    }
    let items = open.into_iter().map(|((since, meeting), (topic, mut members))| {
        members.sort_unstable();
        members.dedup();
        let names: Vec<&str> = members.iter().map(|id| workspace.name_of(id)).collect();
        AgendaItem {
            about: AgendaAbout::GroupUndated,
            weight: i64::from(today.days_since(since)),
            person: None,
            who: t!("agenda.group", "Group"),
            reasons: vec![t!(
                "agenda.group.undated",
                "{names}: formed on {day} for {topic}, no day yet",
                names = few(&names),
                day = since.short(today),
                topic = topic
            )],
            command: format!("upwards peers invite {} --at WHEN", short_id(meeting)),
        }
    });
    items.collect()
}

/// The beginning of a meeting's name, as lists show it and commands take it.
fn short_id(meeting: &str) -> String {
    meeting.chars().take(8).collect()
}
