//! Groups of peers: those that are proposed with why, and those that are formed.

use std::collections::BTreeMap;

use super::columns::data_columns;
use crate::base::id::short;
use crate::base::texts::{t, t_n};
use crate::base::time::{Date, Planned};
use crate::base::words::and_list;
use crate::model::workspace::Workspace;
use crate::pairing::{Group, Host, PeerGroups, PeerSeeker};
use crate::table::{Column, Report, Value};

/// What a proposal of groups is shown with.
pub struct PeersAbout<'a> {
    /// Names.
    pub workspace: &'a Workspace,
    /// The capability.
    pub capability: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Who has been through it.
    pub hosts: &'a [Host<'a>],
    /// Who has not.
    pub seekers: &'a [PeerSeeker<'a>],
    /// The day.
    pub today: Date,
}

/// The groups as a table: a row a group, and a row for each who waits.
pub fn peers_report(groups: &PeerGroups<'_>, about: &PeersAbout<'_>, data: bool) -> Report {
    let name = |id: &str| about.workspace.name_of(id).to_owned();
    let columns = if data {
        data_columns(["host_id", "host", "stated", "members", "capability_id", "why"])
    } else {
        vec![
            Column::screen("host", t!("peers.column.host", "HAS BEEN THROUGH IT"), 1),
            Column::screen("members", t!("peers.column.members", "MEETS"), 1),
            Column::screen("why", t!("column.why", "WHY"), 2),
        ]
    };
    let mut report = Report::new("peer-groups", about.today, columns);
    report.rows = groups
        .groups
        .iter()
        .map(|(host, members)| {
            let is_stated = about
                .hosts
                .iter()
                .any(|one| one.peer.id == *host && one.is_stated);
            let why = why(host, members, about);
            if data {
                return vec![
                    Value::Text((*host).to_owned()),
                    Value::Text(name(host)),
                    Value::YesNo(is_stated),
                    Value::List(members.iter().map(|id| (*id).to_owned()).collect()),
                    Value::Text(about.capability.to_owned()),
                    Value::Text(why),
                ];
            }
            let mark = if is_stated { "*" } else { "" };
            let members: Vec<String> = members.iter().map(|id| name(id)).collect();
            vec![
                Value::Text(format!("{}{mark}", name(host))),
                Value::Text(members.join(", ")),
                Value::Text(why),
            ]
        })
        .collect();
    if data {
        report.rows.extend(groups.waiting.iter().map(|id| {
            vec![
                Value::Missing(""),
                Value::Missing(""),
                Value::Missing(""),
                Value::List(vec![(*id).to_owned()]),
                Value::Text(about.capability.to_owned()),
                Value::Text(t!("peers.waits", "waits: no place in a group")),
            ]
        }));
        return report;
    }
    report.above.push(title(groups, about));
    report.below = below(groups, about);
    report
}

fn title(groups: &PeerGroups<'_>, about: &PeersAbout<'_>) -> String {
    if about.seekers.is_empty() {
        return t!(
            "peers.nobody",
            "{capability}: nobody needs a group now.",
            capability = about.name
        );
    }
    if about.hosts.is_empty() {
        return t_n!(
            "peers.alone",
            about.seekers.len(),
            "{capability}: {n} person, and nobody to meet.",
            "{capability}: {n} people, and nobody to meet.",
            capability = about.name
        );
    }
    t_n!(
        "peers.title",
        about.seekers.len(),
        "{capability}: {placed} of {n} person meets somebody who has been through it, in {groups}.",
        "{capability}: {placed} of {n} people meet somebody who has been through it, in {groups}.",
        capability = about.name,
        placed = groups.groups.values().map(Vec::len).sum::<usize>(),
        groups = t_n!("peers.groups", groups.groups.len(), "{n} group", "{n} groups")
    )
}

fn below(groups: &PeerGroups<'_>, about: &PeersAbout<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if about.hosts.is_empty() && !about.seekers.is_empty() {
        lines.push(t!(
            "peers.no_host",
            "Nobody here has been through it, by evidence or by their own word. Look outside: an executive of a company that is no competitor who {means}. Then:",
            means = what_it_takes(about)
        ));
        lines.push("  upwards people add --name NAME".to_owned());
        lines.push(format!(
            "  upwards people edit ID --set external=true --set experience={}",
            about.capability
        ));
        return lines;
    }
    if !groups.waiting.is_empty() {
        let names: Vec<&str> = groups
            .waiting
            .iter()
            .map(|id| about.workspace.name_of(id))
            .collect();
        lines.push(t!(
            "peers.wait",
            "{names}: no place; a group has two to four around one who has been through it.",
            names = and_list(&names)
        ));
    }
    let stated = groups.groups.keys().any(|host| {
        let mut hosts = about.hosts.iter();
        hosts.any(|one| one.peer.id == *host && one.is_stated)
    });
    if stated {
        lines.push(t!("peers.stated", "* by their own word (stated)."));
    }
    lines
}

fn what_it_takes(about: &PeersAbout<'_>) -> String {
    let mut curricula = about.workspace.curricula.iter();
    let means =
        curricula.find_map(|curriculum| Some(curriculum.capability(about.capability)?.ready_means.clone()));
    means.unwrap_or_default()
}

/// What speaks for a group.
fn why(host: &str, members: &[&str], about: &PeersAbout<'_>) -> String {
    let seeker = |id: &str| about.seekers.iter().find(|one| one.peer.id == id);
    let host = about.hosts.iter().find(|one| one.peer.id == host);
    let peers = members.iter().filter_map(|id| seeker(id)).map(|one| &one.peer);
    let units: std::collections::BTreeSet<_> = peers
        .clone()
        .chain(host.map(|host| &host.peer))
        .map(|peer| peer.unit)
        .collect();
    let mut parts = vec![t_n!("peers.units", units.len(), "{n} unit", "{n} units")];
    let mut aims: BTreeMap<&str, usize> = BTreeMap::new();
    for aim in peers.filter_map(|peer| peer.aim) {
        *aims.entry(aim).or_insert(0) += 1;
    }
    let same = aims.values().copied().max().filter(|most| *most > 1);
    if let Some(same) = same {
        parts.push(t!("peers.same_aim", "{n} with the same aim", n = same));
    }
    parts.join(", ")
}

/// Groups that have not met.
pub fn peer_list(groups: &[Group], workspace: &Workspace, today: Date, data: bool) -> Report {
    let columns = if data {
        data_columns(["meeting_id", "since", "capability_id", "members", "at"])
    } else {
        vec![
            Column::screen("meeting_id", t!("column.id", "ID"), 1),
            Column::screen("since", t!("peers.column.since", "FORMED"), 3),
            Column::screen("capability_id", t!("column.for", "FOR"), 1),
            Column::screen("members", t!("peers.column.who", "WHO"), 1),
            Column::screen("at", t!("peers.column.at", "MEETS ON"), 1),
        ]
    };
    let mut report = Report::new("peers", today, columns);
    report.rows = groups
        .iter()
        .map(|group| {
            let names = group.members.iter().map(|id| workspace.name_of(id).to_owned());
            vec![
                Value::Text(if data {
                    group.meeting.to_string()
                } else {
                    short(&group.meeting).to_owned()
                }),
                Value::Date(group.since),
                Value::Text(group.topic.to_string()),
                if data {
                    Value::List(group.members.iter().map(ToString::to_string).collect())
                } else {
                    Value::Text(names.collect::<Vec<_>>().join(", "))
                },
                match &group.at {
                    None => Value::Missing("-"),
                    Some(at) if data => Value::Text(at.to_string()),
                    Some(at) => Value::Text(when(at)),
                },
            ]
        })
        .collect();
    report
}

/// A planned time for a screen, as whoever planned it wrote it: `Thu 19 Mar 09:30`.
pub(super) fn when(at: &str) -> String {
    let Some(planned) = Planned::parse(at) else {
        return at.to_owned();
    };
    let day = planned.day().weekday_short();
    match (planned, at.get(11..16)) {
        (Planned::Day(_), _) | (_, None) => day,
        (_, Some(time)) => format!("{day} {time}"),
    }
}
