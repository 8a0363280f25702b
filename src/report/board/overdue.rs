//! What is past its due date.

use std::collections::BTreeMap;

use super::group::Group;
use super::members::{BoardMember, Late, NextStep};
use super::parts::table;
use crate::base::texts::{t, t_n};
use crate::report::sections::{count, section};
use crate::table::{Column, Report, Section, Value};

/// What is past its due date: with names a line a person, else a line a module.
pub(super) fn overdue(group: &Group<'_>) -> Section {
    let lead = t_n!(
        "board.overdue.lead",
        group.overdue(),
        "{n} person has something overdue.",
        "{n} people have something overdue."
    );
    let table = if group.names() {
        overdue_people(group)
    } else {
        overdue_modules(group)
    };
    section(
        "overdue",
        t!("board.overdue", "Overdue"),
        table,
        vec![lead],
        t!(
            "board.overdue.how",
            "Open modules past their due date, the longest first, and the first step of each that can be done now with its planned minutes; none where all that is open waits for another module."
        ),
    )
}

fn overdue_people(group: &Group<'_>) -> Report {
    let mut late: Vec<(&BoardMember, &Late)> = group
        .here
        .iter()
        .filter_map(|member| Some((*member, member.overdue.iter().max_by_key(|late| late.days)?)))
        .collect();
    late.sort_by_key(|(member, late)| (std::cmp::Reverse(late.days), group.who(member)));
    let mut table = table(
        group,
        vec![
            Column::screen("person", t!("board.column.person", "Person"), 1),
            Column::screen("modules", t!("board.column.modules", "Modules"), 2),
            Column::screen("module", t!("board.column.longest", "Longest"), 1),
            Column::screen("days", t!("board.column.days", "Days"), 1),
            Column::screen("next_step", t!("board.column.next", "Next step"), 2),
            Column::screen("minutes", t!("board.column.minutes", "Minutes"), 1),
        ],
    );
    table.rows = late
        .into_iter()
        .map(|(member, late)| {
            vec![
                Value::Text(group.who(member).to_owned()),
                count(member.overdue.len()),
                Value::Text(late.module.to_string()),
                Value::Count(i64::from(late.days)),
                step(late.next.as_ref()),
                minutes(late.next.as_ref()),
            ]
        })
        .collect();
    table
}

fn overdue_modules(group: &Group<'_>) -> Report {
    // By its place in the curriculum: two modules may have one title.
    let mut modules: BTreeMap<usize, Vec<&Late>> = BTreeMap::new();
    for late in group.here.iter().flat_map(|member| &member.overdue) {
        modules.entry(late.place).or_default().push(late);
    }
    let mut lines: Vec<(u32, usize, Vec<&Late>)> = modules
        .into_iter()
        .map(|(place, late)| (late.iter().map(|late| late.days).max().unwrap_or(0), place, late))
        .collect();
    lines.sort_by_key(|(days, place, _)| (std::cmp::Reverse(*days), *place));
    let mut table = table(
        group,
        vec![
            Column::screen("module", t!("board.column.module", "Module"), 1),
            Column::screen("people", t!("board.column.people", "People"), 1),
            Column::screen("days", t!("board.column.longest_days", "Days, the longest"), 1),
            Column::screen(
                "next_step",
                t!("board.column.next_of_most", "Next step of most"),
                2,
            ),
            Column::screen("minutes", t!("board.column.minutes", "Minutes"), 1),
        ],
    );
    table.rows = lines
        .into_iter()
        .map(|(days, _, late)| {
            let next = next_of_most(&late);
            vec![
                Value::Text(
                    late.first()
                        .map_or_else(String::new, |one| one.module.to_string()),
                ),
                count(late.len()),
                Value::Count(i64::from(days)),
                step(next),
                minutes(next),
            ]
        })
        .collect();
    table
}

/// The next step of most of them, the first by name of equals; `None` where most wait for what another module asks for.
fn next_of_most<'a>(late: &[&'a Late]) -> Option<&'a NextStep> {
    let mut steps: BTreeMap<Option<&NextStep>, usize> = BTreeMap::new();
    for late in late {
        *steps.entry(late.next.as_ref()).or_default() += 1;
    }
    let most = steps
        .into_iter()
        .min_by_key(|(step, n)| (std::cmp::Reverse(*n), *step));
    most.and_then(|(step, _)| step)
}

fn step(next: Option<&NextStep>) -> Value {
    next.map_or(Value::Missing(""), |next| Value::Text(next.words.to_string()))
}

fn minutes(next: Option<&NextStep>) -> Value {
    next.map_or(Value::Missing(""), |next| Value::Count(i64::from(next.minutes)))
}
