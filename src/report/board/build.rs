//! Puts a board report together.

use super::group::Group;
use super::members::{BoardDays, BoardMember};
use super::mentions::Mentions;
use super::told::ToldDays;
use super::{counts, ledger, map, method, outlook, overdue, words};
use crate::base::texts::{t, t_n};
use crate::model::curriculum::Curriculum;
use crate::model::settings::Settings;
use crate::table::Document;

/// What a report is about, and how it is written.
pub struct BoardAbout<'a> {
    /// The curriculum.
    pub curriculum: &'a Curriculum,
    /// The workspace's settings.
    pub settings: &'a Settings,
    /// Rules fingerprint.
    pub rules: &'a str,
    /// Title, where another one is wanted.
    pub title: Option<&'a str>,
    /// Group or unit, as it is said in the title.
    pub choice: Option<&'a str>,
    /// The one group that was chosen.
    pub group: Option<&'a str>,
    /// What a report without names has to know; `None`: it names people.
    pub without_names: Option<WithoutNames<'a>>,
}

/// What a report without names has to know.
#[derive(Clone, Copy)]
pub struct WithoutNames<'a> {
    /// On which days the choice may be told of beside everybody else who is.
    pub told: &'a ToldDays,
    /// What people are called by: lines that name somebody are left out.
    pub mentions: &'a Mentions,
}

/// Puts the members into a report.
pub fn board(members: &[BoardMember], about: &BoardAbout<'_>, days: &BoardDays) -> Document {
    let group = Group::of(members, about, days);
    let mut sections = Vec::new();
    if group.is_told() {
        sections.extend(ledger::ledger(&group));
        sections.extend([
            counts::figures(&group),
            counts::funnel(&group),
            counts::limits(&group),
            map::map(&group),
            outlook::trend(&group),
            outlook::forecast(&group),
            overdue::overdue(&group),
            words::words(&group),
        ]);
    }
    sections.push(method::method(&group));
    Document {
        name: "report",
        as_of: days.as_of,
        rules: Some(about.rules.to_owned()),
        title: title(about),
        above: above(&group),
        sections,
        parts: Vec::new(),
    }
}

fn title(about: &BoardAbout<'_>) -> String {
    let plain = || {
        let curriculum = &about.curriculum.title;
        about
            .choice
            .map_or_else(|| curriculum.clone(), |choice| format!("{curriculum}, {choice}"))
    };
    about.title.map_or_else(plain, str::to_owned)
}

/// The sentence that says it all, and what Ready means.
fn above(group: &Group<'_>) -> Vec<String> {
    let mut lines = vec![sentence(group)];
    if let Some(means) = group.about.curriculum.what_ready_means() {
        lines.push(t!(
            "board.ready_means",
            "What Ready means. {means}",
            means = means
        ));
    }
    lines
}

fn sentence(group: &Group<'_>) -> String {
    let people = group.size();
    // Of a group without names not even that: nobody today and somebody tomorrow is one person.
    if people == 0 && (group.names() || group.about.choice.is_none()) {
        return t!("board.nobody", "Nobody is assigned to it or has begun it.");
    }
    if !group.is_told() {
        return t!(
            "board.too_few",
            "Fewer than {n} people are meant here, or are left out: without names (--names) the report does not say where they stand.",
            n = group.fewest()
        );
    }
    let mut parts = vec![t_n!(
        "board.sentence",
        people,
        "{reached} of {n} person has reached all, {current} current",
        "{reached} of {n} people have reached all, {current} current",
        reached = group.reached(),
        current = group.current()
    )];
    let limits = group.limits();
    let open: usize = limits.iter().map(|(_, n)| n).sum();
    if let Some((item, most)) = limits.first() {
        parts.push(t!(
            "board.sentence.missing",
            "{item} is what is missing most ({most} of {open} places)",
            item = item.shown(),
            most = most,
            open = open
        ));
    }
    if group.overdue() > 0 {
        parts.push(t!("board.sentence.overdue", "{n} overdue", n = group.overdue()));
    }
    format!("{}.", parts.join("; "))
}
