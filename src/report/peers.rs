//! Groups of peers: those that are proposed with why, and those that are formed.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::data_columns;
use super::mentors::{part_shown, tenths};
use super::pairs::for_minutes;
use crate::base::id::short;
use crate::base::texts::{t, t_n};
use crate::base::time::{Date, Planned};
use crate::base::words::{and_list, few};
use crate::model::workspace::Workspace;
use crate::pairing::{EXPERIENCE, Group, Host, PeerGroups, PeerSeeker, Waits};
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
    /// The last day on which two of them met, in both orders.
    pub met: &'a BTreeMap<(&'a str, &'a str), Date>,
    /// Why who waits does.
    pub waits: &'a BTreeMap<&'a str, Waits>,
    /// The day.
    pub today: Date,
}

impl PeersAbout<'_> {
    /// The last day on which two of a group met, of those who met before, and whether all of them did.
    fn repeat(&self, host: &str, members: &[&str]) -> Option<(Date, bool)> {
        let all = [&[host], members].concat();
        let pairs = all.iter().enumerate();
        let pairs = pairs.flat_map(|(at, one)| all[at + 1..].iter().map(move |other| (*one, *other)));
        let days: Vec<Option<Date>> = pairs.map(|two| self.met.get(&two).copied()).collect();
        let last = days.iter().copied().flatten().max()?;
        Some((last, days.iter().all(Option::is_some)))
    }
}

/// The groups as a table. On a screen a row for each who meets somebody; as data a row a group, and a row for each who waits.
pub fn peers_report(groups: &PeerGroups<'_>, about: &PeersAbout<'_>, data: bool) -> Report {
    let columns = if data {
        data_columns([
            "host_id",
            "host",
            "stated",
            "members",
            "capability_id",
            "why",
            "needs",
            "experience",
        ])
    } else {
        vec![
            Column::screen("host", t!("peers.column.host", "HAS BEEN THROUGH IT"), 1),
            Column::screen("members", t!("peers.column.members", "MEETS"), 1),
            Column::screen("why", t!("column.why", "WHY"), 1),
            Column::screen("together", t!("peers.column.together", "TOGETHER"), 2),
        ]
    };
    let mut report = Report::new("peer-groups", about.today, columns);
    let known = Known::of(about);
    let formed = groups.groups.iter();
    if data {
        report.rows = formed
            .map(|(host, members)| known.data_row(host, members))
            .chain(groups.waiting.iter().map(|id| known.waiting_row(id)))
            .collect();
        return report;
    }
    report.rows = formed
        .flat_map(|(host, members)| known.rows(host, members))
        .collect();
    report.above.push(title(groups, about));
    report.below = below(groups, about);
    report
}

/// Those of whom a proposal tells, found by id.
struct Known<'a> {
    about: &'a PeersAbout<'a>,
    hosts: BTreeMap<&'a str, &'a Host<'a>>,
    seekers: BTreeMap<&'a str, &'a PeerSeeker<'a>>,
}

impl<'a> Known<'a> {
    fn of(about: &'a PeersAbout<'a>) -> Self {
        let hosts = about.hosts.iter().map(|one| (one.peer.id, one));
        let seekers = about.seekers.iter().map(|one| (one.peer.id, one));
        Self {
            about,
            hosts: hosts.collect(),
            seekers: seekers.collect(),
        }
    }

    fn name(&self, id: &str) -> String {
        self.about.workspace.name_of(id).to_owned()
    }

    fn is_stated(&self, host: &str) -> bool {
        self.hosts.get(host).is_some_and(|host| host.is_stated)
    }

    fn need(&self, id: &str) -> u32 {
        self.seekers.get(id).map_or(0, |seeker| seeker.need)
    }

    /// Whose need meets the experience of the host: `serve 51.2 x 3`.
    fn why(&self, id: &str) -> String {
        part_shown(self.about.capability, self.need(id), EXPERIENCE)
    }

    /// A row for each member: the host and what speaks for all of them stand in the first.
    fn rows(&self, host: &str, members: &[&str]) -> Vec<Vec<Value>> {
        let mark = if self.is_stated(host) { "*" } else { "" };
        let rows = members.iter().enumerate().map(|(at, id)| {
            let first = |text: String| {
                if at == 0 {
                    Value::Text(text)
                } else {
                    Value::Missing("")
                }
            };
            vec![
                first(format!("{}{mark}", self.name(host))),
                Value::Text(self.name(id)),
                Value::Text(self.why(id)),
                first(self.together(host, members)),
            ]
        });
        rows.collect()
    }

    fn data_row(&self, host: &str, members: &[&str]) -> Vec<Value> {
        let each: Vec<String> = members
            .iter()
            .map(|id| format!("{} {}", self.name(id), self.why(id)))
            .collect();
        vec![
            Value::Text(host.to_owned()),
            Value::Text(self.name(host)),
            Value::YesNo(self.is_stated(host)),
            Value::List(members.iter().map(|id| (*id).to_owned()).collect()),
            Value::Text(self.about.capability.to_owned()),
            Value::Text(format!("{}; {}", each.join(", "), self.together(host, members))),
            Value::List(members.iter().map(|id| tenths(self.need(id))).collect()),
            Value::Count(i64::from(EXPERIENCE)),
        ]
    }

    fn waiting_row(&self, id: &str) -> Vec<Value> {
        vec![
            Value::Missing(""),
            Value::Missing(""),
            Value::Missing(""),
            Value::List(vec![id.to_owned()]),
            Value::Text(self.about.capability.to_owned()),
            Value::Text(t!("peers.waits", "waits: {why}", why = self.why_waits(id))),
            Value::List(vec![tenths(self.need(id))]),
            Value::Missing(""),
        ]
    }

    fn why_waits(&self, id: &str) -> String {
        let why = self.about.waits.get(id).copied();
        why.map_or_else(String::new, why_waits)
    }

    /// What speaks for a group as a whole, and what against it: that they met before.
    fn together(&self, host: &str, members: &[&str]) -> String {
        let repeat = self.about.repeat(host, members);
        let host = self.hosts.get(host);
        let seekers = members.iter().filter_map(|id| self.seekers.get(id));
        let peers = seekers.map(|one| &one.peer);
        let units: BTreeSet<_> = peers
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
        if let Some((last, is_all)) = repeat {
            let day = last.short(self.about.today);
            parts.push(if is_all {
                t!("peers.met.all", "all have met, last on {day}", day = day)
            } else {
                t!("peers.met.some", "some have met, last on {day}", day = day)
            });
        }
        parts.join(", ")
    }
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
        lines.extend(guest_commands(about));
        return lines;
    }
    let mut needs_a_guest = false;
    let reasons: BTreeSet<Waits> = about.waits.values().copied().collect();
    for why in reasons {
        let names = about.waits.iter().filter(|(_, other)| **other == why);
        let names: Vec<&str> = names.map(|(id, _)| about.workspace.name_of(id)).collect();
        lines.push(format!("{}: {}.", and_list(&names), why_waits(why)));
        needs_a_guest |= why != Waits::TooFew;
    }
    for (host, members) in &groups.groups {
        if let Some((last, true)) = about.repeat(host, members) {
            let ids = [&[*host], members.as_slice()].concat();
            let names: Vec<&str> = ids.iter().map(|id| about.workspace.name_of(id)).collect();
            lines.push(t!(
                "peers.repeat",
                "{names}: all have met, last on {day}, and there is no better group.",
                names = and_list(&names),
                day = last.short(about.today)
            ));
            needs_a_guest = true;
        }
    }
    if needs_a_guest {
        lines.push(t!(
            "peers.guest",
            "A guest would help: an executive of a company that is no competitor who {means}:",
            means = what_it_takes(about)
        ));
        lines.extend(guest_commands(about));
    }
    let mut stated = about.hosts.iter().filter(|host| host.is_stated);
    if stated.any(|host| groups.groups.contains_key(host.peer.id)) {
        lines.push(t!("peers.stated", "* by their own word (stated)."));
    }
    lines
}

/// What somebody who waits is told of.
fn why_waits(why: Waits) -> String {
    match why {
        Waits::NobodyToMeet => t!("peers.wait.nobody", "nobody here has been through it"),
        Waits::NotPossible => t!(
            "peers.wait.not_possible",
            "not possible with anybody here who has been through it"
        ),
        Waits::Apart => t!(
            "peers.wait.apart",
            "not possible together with those who are in the groups"
        ),
        Waits::TooFew => t!(
            "peers.wait.few",
            "too few for one more group; it has two to four around one who has been through it"
        ),
        Waits::Full => t!(
            "peers.wait.full",
            "all places are taken; one more who has been through it would do"
        ),
    }
}

/// What brings in somebody from outside who has been through it.
fn guest_commands(about: &PeersAbout<'_>) -> [String; 2] {
    [
        "  upwards people add --name NAME".to_owned(),
        format!(
            "  upwards people edit ID --set external=true --set experience={}",
            about.capability
        ),
    ]
}

fn what_it_takes(about: &PeersAbout<'_>) -> String {
    let mut curricula = about.workspace.curricula.iter();
    let means =
        curricula.find_map(|curriculum| Some(curriculum.capability(about.capability)?.ready_means.clone()));
    means.unwrap_or_default()
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
            Column::screen("at", t!("peers.column.at", "MEETS ON"), 1),
            Column::screen("members", t!("peers.column.who", "WHO"), 1),
        ]
    };
    let mut report = Report::new("peers", today, columns);
    report.rows = groups
        .iter()
        .map(|group| {
            if data {
                return data_row(group);
            }
            let names: Vec<&str> = group.members.iter().map(|id| workspace.name_of(id)).collect();
            vec![
                Value::Text(short(&group.meeting).to_owned()),
                Value::Date(group.since),
                Value::Text(group.topic.to_string()),
                match &group.at {
                    None => Value::Missing("-"),
                    Some(at) => {
                        let mut text = when(at);
                        text.extend(group.minutes.map(for_minutes));
                        Value::Text(text)
                    }
                },
                Value::Text(few(&names)),
            ]
        })
        .collect();
    report
}

fn data_row(group: &Group) -> Vec<Value> {
    vec![
        Value::Text(group.meeting.to_string()),
        Value::Date(group.since),
        Value::Text(group.topic.to_string()),
        Value::List(group.members.iter().map(ToString::to_string).collect()),
        Value::text(group.at.as_deref()),
    ]
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
