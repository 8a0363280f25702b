//! The pairs somebody is in themselves, for their own screen: with whom, about what, when. Nothing of what the other knows or
//! lacks.

use super::columns::data_columns;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::and_list;
use crate::model::curriculum::Curriculum;
use crate::model::workspace::Workspace;
use crate::pairing::PairFacts;
use crate::table::{Column, Report, Value};

/// One pair, seen by one of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPair {
    /// The other one.
    pub other: String,
    /// Whether the other one is the mentor.
    pub is_mentor: bool,
    /// The pair.
    pub pair: PairFacts,
}

/// The pairs as a table. `data` = the columns of the file.
pub fn own_pairs(
    pairs: &[OwnPair],
    workspace: &Workspace,
    curriculum: &Curriculum,
    today: Date,
    data: bool,
) -> Report {
    let columns = if data {
        data_columns([
            "person_id",
            "person",
            "is",
            "topics",
            "since",
            "talks",
            "last_talk_on",
            "next_talk_on",
        ])
    } else {
        vec![
            Column::screen("person_id", t!("column.id", "ID"), 1),
            Column::screen("person", t!("pairs.column.with", "WITH"), 1),
            Column::screen("is", t!("pairs.column.is", "IS"), 3),
            Column::screen("topics", t!("pairs.column.about", "ABOUT"), 1),
            Column::screen("since", t!("pairs.column.since", "SINCE"), 3),
            Column::screen("talks", t!("mentors.column.talks", "TALKS"), 2),
            Column::screen("last_talk_on", t!("mentors.column.last", "LAST TALK"), 2),
            Column::screen("next_talk_on", t!("pairs.column.next", "NEXT TALK"), 1),
        ]
    };
    let mut report = Report::new("pairs", today, columns);
    report.rows = pairs
        .iter()
        .map(|one| {
            let pair = &one.pair;
            vec![
                Value::Text(one.other.clone()),
                Value::Text(workspace.name_of(&one.other).to_owned()),
                if one.is_mentor {
                    Value::Word("mentor", t!("pairs.is.mentor", "your mentor"))
                } else {
                    Value::Word("learns", t!("pairs.is.learns", "learns from you"))
                },
                Value::List(topics(pair, curriculum, data)),
                Value::Date(pair.since),
                Value::count(Some(pair.talks)),
                Value::date(pair.last_talk),
                Value::date(pair.planned),
            ]
        })
        .collect();
    if pairs.is_empty() && !data {
        report.above.push(t!("pairs.none", "You are in no pair."));
    }
    report
}

/// The same as sentences, for a first screen.
pub fn pair_lines(
    pairs: &[OwnPair],
    workspace: &Workspace,
    curriculum: &Curriculum,
    today: Date,
) -> Vec<String> {
    let line = |one: &OwnPair| {
        let pair = &one.pair;
        let talks = match pair.last_talk {
            None => t!("pairs.no_talk", "no talk yet"),
            Some(day) => t_n!(
                "pairs.talks",
                pair.talks,
                "{n} talk, on {day}",
                "{n} talks, the last on {day}",
                day = day.short(today)
            ),
        };
        let next = match pair.planned {
            None => t!("pairs.no_next", "none planned"),
            Some(day) => t!("pairs.next", "next {day}", day = day.weekday_short()),
        };
        t!(
            "pairs.line",
            "{name}, on {topics}: {talks}, {next}",
            name = workspace.name_of(&one.other),
            topics = and_list(&topics(pair, curriculum, false)),
            talks = talks,
            next = next
        )
    };
    pairs.iter().map(line).collect()
}

fn topics(pair: &PairFacts, curriculum: &Curriculum, data: bool) -> Vec<String> {
    let name = |id: &str| match curriculum.capability(id) {
        Some(capability) if !data => capability.name.clone(),
        _ => id.to_owned(),
    };
    pair.topics.iter().map(|id| name(id)).collect()
}
