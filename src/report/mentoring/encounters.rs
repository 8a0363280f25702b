//! Which aims and worries met whose experience, without names: by capability, and only where enough people share it.

use std::collections::BTreeMap;

use super::groups::{Group, executives};
use super::parts::{MentoringAbout, told};
use super::telling::{People, Telling};
use crate::base::texts::{t, t_n};
use crate::report::sections::{count, section};
use crate::table::{Column, Section, Value};

/// Groups by the capability they are about: how many sought, and how many had been through it.
pub(super) fn capabilities<'a>(
    groups: &[Group<'a>],
    about: &MentoringAbout<'_>,
    telling: &mut Telling<'a>,
) -> Section {
    let by_topic = by_topic(groups);
    let parts: Vec<People<'a>> = by_topic
        .values()
        .map(|groups| executives(groups.iter().copied()))
        .collect();
    let is_told = telling.share(&parts);
    let left_out = is_told.iter().filter(|told| !**told).count();
    let mut table = about.table(vec![
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
    ]);
    table.rows = by_topic
        .iter()
        .zip(is_told)
        .filter(|(_, is_told)| *is_told)
        .map(|((topic, groups), _)| {
            let met = || groups.iter().copied().filter(|group| group.has_met());
            let may_met = telling.is_enough(executives(met()).len());
            let through: People<'a> = groups
                .iter()
                .flat_map(|group| group.through.keys().copied())
                .collect();
            let here: People<'a> = through
                .intersection(&executives(groups.iter().copied()))
                .copied()
                .collect();
            let may_through = telling.is_enough(through.len()) && telling.tells(&here);
            vec![
                Value::Text((*topic).to_owned()),
                Value::Text(about.capability(topic)),
                count(groups.len()),
                told(may_met.then(|| met().count())),
                count(executives(groups.iter().copied()).len()),
                told(may_through.then_some(through.len())),
            ]
        })
        .collect();
    section(
        "experience",
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
pub(super) fn worries<'a>(
    groups: &[Group<'a>],
    about: &MentoringAbout<'_>,
    telling: &mut Telling<'a>,
) -> Section {
    let mut rows = Vec::new();
    let mut left_out = 0;
    for (topic, groups) in by_topic(groups) {
        for (code, kind, aims) in [
            ("aim", t!("mentoring.seek.aim", "aim"), true),
            ("challenge", t!("mentoring.seek.challenge", "worry"), false),
        ] {
            let sought = sought(&groups, aims);
            // One person has one aim, so that aims share people out; worries overlap, and give no sum.
            let is_told = if aims {
                telling.share(&sought.values().cloned().collect::<Vec<_>>())
            } else {
                sought.values().map(|people| telling.tells(people)).collect()
            };
            for ((what, people), is_told) in sought.iter().zip(is_told) {
                if !is_told || !about.may_say(what) {
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
    let mut table = about.table(vec![
        Column::screen("capability_id", t!("column.id", "ID"), 5).hidden(),
        Column::screen("what", t!("mentoring.column.what", "Came with"), 1),
        Column::screen("kind", t!("mentoring.column.kind", "Kind"), 2),
        Column::screen(
            "capability",
            t!("mentoring.column.experience_in", "Met experience in"),
            1,
        ),
        Column::screen("people", t!("board.column.people", "People"), 1),
    ]);
    table.rows = rows;
    section(
        "sought",
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

/// Who came with what.
fn sought<'a>(groups: &[&Group<'a>], aims: bool) -> BTreeMap<&'a str, People<'a>> {
    let mut sought: BTreeMap<&str, People<'a>> = BTreeMap::new();
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
