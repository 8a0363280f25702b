//! Which aims and worries met whose experience, without names: by capability, and only where enough people share it.

use std::collections::{BTreeMap, BTreeSet};

use super::groups::Group;
use super::parts::{MentoringAbout, section};
use crate::base::texts::{t, t_n};
use crate::report::suppress::hidden;
use crate::table::{Column, Section, Value};

/// Groups by the capability they are about: how many sought, and how many had been through it.
pub(super) fn capabilities(groups: &[Group<'_>], about: &MentoringAbout<'_>) -> Section {
    let by_topic = by_topic(groups);
    let sizes: Vec<usize> = by_topic.values().map(|groups| executives(groups).len()).collect();
    let hidden = hidden(&sizes, about.fewest());
    let left_out = hidden.iter().filter(|hidden| **hidden).count();
    let mut table = about.table(
        "experience",
        vec![
            Column::screen("capability_id", t!("column.id", "ID"), 5).hidden(),
            Column::screen("capability", t!("mentoring.column.about", "About"), 1),
            Column::screen("groups", t!("mentoring.column.groups", "Groups"), 1),
            Column::screen("met", t!("mentoring.column.met", "Met"), 1),
            Column::screen(
                "people",
                t!("mentoring.column.people_in", "Executives in them"),
                1,
            ),
            Column::screen(
                "experience",
                t!("mentoring.column.through", "Have been through it"),
                1,
            ),
        ],
    );
    table.rows = by_topic
        .iter()
        .zip(hidden)
        .filter(|(_, hidden)| !hidden)
        .map(|((topic, groups), _)| {
            let through: BTreeSet<&str> = groups
                .iter()
                .flat_map(|group| group.through.keys().copied())
                .collect();
            let n = |n: usize| Value::count(Some(n));
            vec![
                Value::Text((*topic).to_owned()),
                Value::Text(about.capability(topic)),
                n(groups.len()),
                n(groups.iter().filter(|group| group.has_met()).count()),
                n(executives(groups).len()),
                n(through.len()),
            ]
        })
        .collect();
    section(
        t!("mentoring.experience", "About what, and with how much experience"),
        table,
        left_out_line(left_out, about).into_iter().collect(),
        t!(
            "mentoring.experience.how",
            "Have been through it: Ready in the capability on the day on which the group was formed, or by their own word, guests included; which of the two is not told without names."
        ),
    )
}

/// What people came with into groups of each capability.
pub(super) fn worries(groups: &[Group<'_>], about: &MentoringAbout<'_>) -> Section {
    let mut rows = Vec::new();
    let mut left_out = 0;
    for (topic, groups) in by_topic(groups) {
        for (code, kind, aims) in [
            ("aim", t!("mentoring.seek.aim", "aim"), true),
            ("challenge", t!("mentoring.seek.challenge", "worry"), false),
        ] {
            let sought = sought(&groups, aims);
            let sizes: Vec<usize> = sought.values().map(BTreeSet::len).collect();
            // One person has one aim, so that aims share people out; worries overlap, and give no sum.
            let hidden = if aims {
                hidden(&sizes, about.fewest())
            } else {
                sizes.iter().map(|n| !about.may_tell_of(*n)).collect()
            };
            for ((what, people), hidden) in sought.iter().zip(hidden) {
                if hidden || !about.may_say(what) {
                    left_out += 1;
                    continue;
                }
                rows.push(vec![
                    Value::Text(topic.to_owned()),
                    Value::Text((*what).to_owned()),
                    Value::Word(code, kind.clone()),
                    Value::Text(about.capability(topic)),
                    Value::count(Some(people.len())),
                ]);
            }
        }
    }
    let mut table = about.table(
        "sought",
        vec![
            Column::screen("capability_id", t!("column.id", "ID"), 5).hidden(),
            Column::screen("what", t!("mentoring.column.what", "Came with"), 1),
            Column::screen("kind", t!("mentoring.column.kind", "Kind"), 2),
            Column::screen(
                "capability",
                t!("mentoring.column.experience_in", "Met experience in"),
                1,
            ),
            Column::screen("people", t!("board.column.people", "People"), 1),
        ],
    );
    table.rows = rows;
    section(
        t!("mentoring.sought", "Which aim or worry met whose experience"),
        table,
        left_out_line(left_out, about).into_iter().collect(),
        t!(
            "mentoring.sought.how",
            "Of groups that have met and in which somebody had been through it: those who had not, by their aim's function or capability and by the worries of people.toml. One person may have several."
        ),
    )
}

fn by_topic<'g, 'a>(groups: &'g [Group<'a>]) -> BTreeMap<&'a str, Vec<&'g Group<'a>>> {
    let mut by_topic: BTreeMap<&str, Vec<&Group<'_>>> = BTreeMap::new();
    for group in groups {
        by_topic.entry(group.topic).or_default().push(group);
    }
    by_topic
}

fn executives<'a>(groups: &[&Group<'a>]) -> BTreeSet<&'a str> {
    groups
        .iter()
        .flat_map(|group| group.executives.keys().copied())
        .collect()
}

/// Who came with what.
fn sought<'a>(groups: &[&Group<'a>], aims: bool) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut sought: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let met = groups
        .iter()
        .filter(|group| group.has_met() && !group.through.is_empty());
    for group in met {
        for (id, one) in group
            .executives
            .iter()
            .filter(|(id, _)| !group.through.contains_key(*id))
        {
            let what: Vec<&'a str> = if aims {
                one.aim.iter().map(|aim| &**aim).collect()
            } else {
                one.challenges.iter().map(|challenge| &**challenge).collect()
            };
            for what in what {
                sought.entry(what).or_default().insert(*id);
            }
        }
    }
    sought
}

fn left_out_line(left_out: usize, about: &MentoringAbout<'_>) -> Option<String> {
    (left_out > 0).then(|| {
        t_n!(
            "mentoring.left_out",
            left_out,
            "{n} line is left out: of fewer than {fewest} people, or naming somebody, or one from which another could be computed.",
            "{n} lines are left out: of fewer than {fewest} people, or naming somebody, or such from which another could be computed.",
            fewest = about.fewest()
        )
    })
}
