//! Pairs: for the two themselves with whom, about what and when, and nothing of what the other knows or lacks; for leaders one
//! pair with why and what came of it, and all of them as data.

use super::columns::{data_columns, person_cells};
use crate::base::texts::{t, t_n};
use crate::base::time::{Date, Planned};
use crate::base::words::and_list;
use crate::model::curriculum::Curriculum;
use crate::model::person::Person;
use crate::model::workspace::Workspace;
use crate::pairing::PairFacts;
use crate::progress::{Pair, Progress};
use crate::table::{Column, Report, Value};

/// Columns of the pairs.
pub(super) const PAIR_COLUMNS: [&str; 16] = [
    "as_of",
    "person_id",
    "person",
    "unit",
    "groups",
    "curriculum_id",
    "pair_id",
    "mentor_id",
    "mentor",
    "topics",
    "since",
    "ended_on",
    "talks",
    "last_talk_on",
    "next_talk_on",
    "stalled_since",
];

/// A report of such rows.
pub fn pairs_report(rows: Vec<Vec<Value>>, as_of: Date) -> Report {
    let mut report = Report::new("mentor-pairs", as_of, data_columns(PAIR_COLUMNS));
    report.rows = rows;
    report
}

/// The pairs in which one person learns or learned, in the order in which they were made.
pub fn pair_rows(
    person: &Person,
    groups: &[Box<str>],
    workspace: &Workspace,
    curriculum: &Curriculum,
    progress: &Progress<'_>,
    is_meant: impl Fn(&Pair<'_>) -> bool,
) -> Vec<Vec<Value>> {
    let rules = &workspace.settings.mentoring;
    let row = |pair: &Pair<'_>| {
        let pair = PairFacts::of(pair, progress);
        let mut cells = vec![Value::Date(progress.as_of)];
        cells.extend(person_cells(person, groups));
        cells.extend([
            Value::Text(curriculum.id.to_string()),
            Value::Text(pair.id.to_string()),
            Value::Text(pair.mentor.to_string()),
            Value::Text(workspace.name_of(&pair.mentor).to_owned()),
            Value::List(topics(&pair, curriculum, true)),
            Value::Date(pair.since),
            Value::date(pair.ended_on),
            Value::count(Some(pair.talks)),
            Value::date(pair.last_talk),
            Value::date(pair.planned),
            Value::date(pair.stalled_since(rules, progress.as_of)),
        ]);
        cells
    };
    let meant = progress.pairs_once().filter(|pair| is_meant(pair));
    meant.map(row).collect()
}

/// What only leaders know of a pair.
#[derive(Debug, Clone, Default)]
pub struct PairNotes<'a> {
    /// Why it was made.
    pub why: Option<&'a str>,
    /// What each side said of it last: who, by id, and the word.
    pub answers: Vec<(&'a str, &'static str)>,
}

/// One pair for a leader: since when and what it is about, why, each talk, what both say of it, what comes next.
pub fn pair_page(
    pair: &Pair<'_>,
    notes: &PairNotes<'_>,
    person: &str,
    workspace: &Workspace,
    curriculum: &Curriculum,
    progress: &Progress<'_>,
) -> Vec<String> {
    let facts = PairFacts::of(pair, progress);
    let today = progress.as_of;
    let mut lines = vec![t!(
        "pairs.title",
        "{person} and {mentor}, on {topics}, since {day}",
        person = workspace.name_of(person),
        mentor = workspace.name_of(&facts.mentor),
        topics = and_list(&topics(&facts, curriculum, false)),
        day = facts.since.short(today)
    )];
    if let Some(why) = notes.why.or(pair.why) {
        lines.push(t!("pairs.why", "  why: {why}", why = why));
    }
    lines.extend(notes.answers.iter().map(|(who, answer)| {
        t!(
            "pairs.fit",
            "  how it fits, says {name}: {answer}",
            name = workspace.name_of(who),
            answer = answer
        )
    }));
    let until = facts.ended_on.unwrap_or(today);
    let talks = progress.meetings.iter().filter(|talk| {
        talk.stands()
            && (facts.since..=until).contains(&talk.event.day)
            && talk.met.with.iter().any(|id| *id == pair.mentor)
    });
    for talk in talks {
        let mut line = t!(
            "pairs.talk",
            "  {day}: {minutes} min, {attendance}, recorded by {by}",
            day = talk.event.day.short(today),
            minutes = talk.met.minutes,
            attendance = talk.met.attendance.shown(),
            by = workspace.name_of(&talk.event.by)
        );
        if let Some(promise) = &talk.met.commitment {
            line.push_str(&t!("pairs.promise", "; \"{what}\"", what = promise));
            line.push_str(&match talk.kept {
                Some(kept) => t!("pairs.kept", ", kept: {answer}", answer = kept.answer),
                None => t!("pairs.open", ", not asked yet"),
            });
        }
        lines.push(line);
    }
    for open in &facts.open_talks {
        let mut line = match open.at.as_deref().and_then(Planned::parse) {
            Some(at) => t!(
                "pairs.planned",
                "  planned: {day}",
                day = at.day().weekday_short()
            ),
            None => t!("pairs.undated", "  planned, no day yet"),
        };
        line.extend(open.minutes.map(for_minutes));
        lines.push(line);
    }
    if let Some(day) = facts.ended_on {
        lines.push(t!("pairs.ended", "  ended on {day}", day = day.short(today)));
    } else if facts
        .stalled_since(&workspace.settings.mentoring, today)
        .is_some()
    {
        lines.push(t!(
            "pairs.stalls",
            "  stalls: no talk for too long, and none is planned"
        ));
    }
    lines
}

/// How long a planned talk takes, behind when it is.
pub(super) fn for_minutes(minutes: u32) -> String {
    t!("pairs.minutes", ", {n} min", n = minutes)
}

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
                match pair.ended_on {
                    Some(day) => Value::Word(
                        "learned",
                        t!("pairs.is.ended", "ended on {day}", day = day.short(today)),
                    ),
                    None if one.is_mentor => Value::Word("mentor", t!("pairs.is.mentor", "your mentor")),
                    None => Value::Word("learns", t!("pairs.is.learns", "learns from you")),
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
        if let Some(day) = pair.ended_on {
            return t!(
                "pairs.line.ended",
                "{name}: the pair has ended on {day}",
                name = workspace.name_of(&one.other),
                day = day.short(today)
            );
        }
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
