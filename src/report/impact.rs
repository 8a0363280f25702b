//! Who keeps, who loses and who does what again, if a curriculum changes: in words, and as a table.

use std::collections::BTreeMap;

use super::columns::data_columns;
use crate::base::points::Points;
use crate::base::texts::{t, t_n};
use crate::base::time::{Date, Minutes, Seconds};
use crate::base::words::few;
use crate::change::{Point, Stirs, Turn, Work};
use crate::model::curriculum::Curriculum;
use crate::table::{Report, Value};

/// Columns of the file.
const COLUMNS: [&str; 18] = [
    "as_of",
    "curriculum_id",
    "person_id",
    "person",
    "what",
    "id",
    "points_before",
    "points",
    "points_least",
    "points_most",
    "rarely_least",
    "rarely_most",
    "band_before",
    "band",
    "band_least",
    "minutes_before",
    "minutes",
    "done_at_rev",
];

/// So many people are named on a screen, one a line; files have all.
const SHOWN: usize = 20;

/// What a change does to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImpactRow {
    /// The person's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Points and bands.
    pub turns: Vec<Turn>,
    /// Steps and minutes.
    pub work: Work,
}

impl ImpactRow {
    /// Whether nothing changes for them, nor may change later.
    fn keeps_all(&self) -> bool {
        !self.turns.iter().any(Turn::is_told) && work_cells(&self.work).is_empty()
    }
}

/// What the rows are about.
pub struct ImpactAbout<'a> {
    /// The new state.
    pub curriculum: &'a Curriculum,
    /// Which known questions may come and go.
    pub stirs: &'a Stirs,
    /// The day.
    pub as_of: Date,
    /// Whether a person asks about themselves.
    pub is_own: bool,
    /// `[plan] seconds_per_question`.
    pub seconds_per_question: u32,
}

/// A row for each person and whatever changes, or may change, for them.
pub fn impact_data(rows: &[ImpactRow], about: &ImpactAbout<'_>) -> Report {
    let mut report = Report::new("curriculum-impact", about.as_of, data_columns(COLUMNS));
    for row in rows {
        if row.keeps_all() {
            let mut kept = vec![Value::Code("keeps"), Value::Missing("")];
            kept.resize(COLUMNS.len() - 4, Value::Missing(""));
            report.rows.push(cells(row, about, kept));
        }
        for turn in row.turns.iter().filter(|turn| turn.is_told()) {
            report.rows.push(cells(row, about, turn_cells(turn)));
        }
        for work in work_cells(&row.work) {
            report.rows.push(cells(row, about, work));
        }
    }
    report
}

fn cells(row: &ImpactRow, about: &ImpactAbout<'_>, rest: Vec<Value>) -> Vec<Value> {
    let mut cells = vec![
        Value::Date(about.as_of),
        Value::Text(about.curriculum.id.to_string()),
        Value::Text(row.id.clone()),
        Value::Text(row.name.clone()),
    ];
    cells.extend(rest);
    cells
}

fn turn_cells(turn: &Turn) -> Vec<Value> {
    let points = |point: Option<Point>| point.map_or(Value::Missing(""), |p| Value::Points(p.points));
    let band = |point: Option<Point>| point.map_or(Value::Missing(""), |p| Value::Code(p.band.code()));
    let what = if turn.capability.is_some() {
        "points"
    } else {
        "overall"
    };
    vec![
        Value::Code(what),
        Value::text(turn.capability.clone()),
        points(turn.before),
        points(turn.after),
        points(turn.later.map(|later| later.least)),
        points(turn.later.map(|later| later.most)),
        points(turn.at_most.map(|later| later.least)),
        points(turn.at_most.map(|later| later.most)),
        band(turn.before),
        band(turn.after),
        band(turn.later.map(|later| later.least)),
        Value::Missing(""),
        Value::Missing(""),
        Value::Missing(""),
    ]
}

fn work_cells(work: &Work) -> Vec<Vec<Value>> {
    let row = |what, id: &str, minutes: [Option<u32>; 2], rev: Option<u32>| {
        let mut cells = vec![Value::Code(what), Value::Text(id.to_owned())];
        cells.resize(11, Value::Missing(""));
        cells.extend(minutes.map(Value::count));
        cells.push(Value::count(rev));
        cells
    };
    let mut rows = Vec::new();
    for again in &work.again {
        rows.push(row(
            "again",
            &again.step,
            [None, Some(again.minutes.0)],
            Some(again.done_at),
        ));
    }
    for (step, minutes) in &work.opened {
        rows.push(row("opened", step, [None, Some(minutes.0)], None));
    }
    for (step, before, now) in &work.longer {
        rows.push(row("minutes", step, [Some(before.0), Some(now.0)], None));
    }
    let lists = [
        ("closed", &work.closed),
        ("reopened", &work.reopened),
        ("finished", &work.finished),
        ("no-longer-here", &work.no_longer_here),
        ("question-again", &work.questions),
    ];
    for (what, ids) in lists {
        rows.extend(ids.iter().map(|id| row(what, id, [None, None], None)));
    }
    rows
}

/// The same in words.
pub fn impact_lines(rows: &[ImpactRow], about: &ImpactAbout<'_>) -> Vec<String> {
    let mut lines = vec![title(rows, about)];
    let told: Vec<(&ImpactRow, String)> = rows
        .iter()
        .filter_map(|row| Some((row, turns_words(row, about)?)))
        .collect();
    for (row, words) in told.iter().take(SHOWN) {
        lines.push(format!("{}: {words}", row.name));
    }
    if told.len() > SHOWN {
        let n = told.len() - SHOWN;
        lines.push(t!("impact.more", "... and {n} more: -f csv names all", n = n));
    }
    lines.extend(steps_lines(rows));
    let keep = rows.iter().filter(|row| row.keeps_all()).count();
    if about.is_own && keep > 0 {
        lines.push(t!("impact.keeps_own", "You keep everything as it is."));
    } else if !rows.is_empty() && !about.is_own {
        lines.push(t_n!(
            "impact.keeps",
            keep,
            "{n} of {all} keeps everything as it is.",
            "{n} of {all} keep everything as it is.",
            all = rows.len()
        ));
    }
    lines.extend(totals(rows, about));
    lines
}

fn title(rows: &[ImpactRow], about: &ImpactAbout<'_>) -> String {
    let day = about.as_of.long();
    if about.is_own {
        t!("impact.title_own", "What it does to you on {day}", day = day)
    } else {
        t_n!(
            "impact.title",
            rows.len(),
            "What it does to {n} person on {day}, as far as this computer can read",
            "What it does to {n} people on {day}, as far as this computer can read",
            day = day
        )
    }
}

/// What changes for somebody in points and bands; `None` = nothing.
fn turns_words(row: &ImpactRow, about: &ImpactAbout<'_>) -> Option<String> {
    let told = row.turns.iter().filter(|turn| turn.is_told());
    let words: Vec<String> = told.map(|turn| turn_words(turn, about)).collect();
    (!words.is_empty()).then(|| words.join("; "))
}

fn turn_words(turn: &Turn, about: &ImpactAbout<'_>) -> String {
    let name = match &turn.capability {
        None => t!("impact.overall", "overall"),
        Some(id) => about
            .curriculum
            .capability(id)
            .map_or_else(|| id.clone(), |capability| capability.name.clone()),
    };
    let at_once = match (turn.before, turn.after) {
        (Some(before), Some(after)) if before == after => format!("{name} {}", stands(before)),
        (Some(before), Some(after)) if before.band == after.band => {
            format!("{name} {} -> {}", before.points, stands(after))
        }
        (Some(before), Some(after)) => format!("{name} {} -> {}", stands(before), stands(after)),
        (Some(before), None) => t!(
            "impact.gone",
            "{name} {before} -> shown no more",
            name = name,
            before = stands(before)
        ),
        (None, Some(after)) => t!(
            "impact.new",
            "{name} new, {after}",
            name = name,
            after = stands(after)
        ),
        (None, None) => name,
    };
    let later = turn.later.filter(|later| later.least != later.most);
    match later.zip(turn.after) {
        None => at_once,
        Some((later, after)) => {
            let ends = [later.least, later.most].map(|end| {
                if end.band == after.band {
                    end.points.to_string()
                } else {
                    stands(end)
                }
            });
            t!(
                "impact.later",
                "{at_once}, then {least} to {most}",
                at_once = at_once,
                least = ends[0],
                most = ends[1]
            )
        }
    }
}

fn stands(point: Point) -> String {
    format!("{} {}", point.points, point.band.shown())
}

/// What is told of somebody who has a step in common with others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    Again { step: String, minutes: u32, rev: u32 },
    Opened { step: String, minutes: u32 },
    Longer { step: String, from: u32, to: u32 },
    Closed(String),
    Reopened(String),
    Finished(String),
    NoLongerHere(String),
}

impl Told {
    fn all(work: &Work) -> Vec<Self> {
        let again = work.again.iter().map(|again| Self::Again {
            step: again.step.clone(),
            minutes: again.minutes.0,
            rev: again.done_at,
        });
        let opened = work.opened.iter().map(|(step, minutes)| Self::Opened {
            step: step.clone(),
            minutes: minutes.0,
        });
        let longer = work.longer.iter().map(|(step, from, to)| Self::Longer {
            step: step.clone(),
            from: from.0,
            to: to.0,
        });
        let mut all: Vec<Self> = again.chain(opened).chain(longer).collect();
        all.extend(work.closed.iter().cloned().map(Self::Closed));
        all.extend(work.reopened.iter().cloned().map(Self::Reopened));
        all.extend(work.finished.iter().cloned().map(Self::Finished));
        all.extend(work.no_longer_here.iter().cloned().map(Self::NoLongerHere));
        all
    }

    fn words(&self, who: &str) -> String {
        match self {
            Self::Again { step, minutes, rev } => t!(
                "impact.again",
                "{step}: done by {who}, stays \"done at revision {rev}\", {minutes} min to renew",
                step = step,
                who = who,
                rev = rev,
                minutes = minutes
            ),
            Self::Opened { step, minutes } => t!(
                "impact.opened",
                "{step}: open for {who}, +{minutes} min",
                step = step,
                who = who,
                minutes = minutes
            ),
            Self::Longer { step, from, to } => t!(
                "impact.longer",
                "{step}: open for {who}, {from} -> {to} min",
                step = step,
                who = who,
                from = from,
                to = to
            ),
            Self::Closed(step) => t!(
                "impact.closed",
                "{step}: no longer open for {who}",
                step = step,
                who = who
            ),
            Self::Reopened(module) => t!(
                "impact.reopened",
                "{module}: finished by {who}, open again",
                module = module,
                who = who
            ),
            Self::Finished(module) => t!(
                "impact.finished",
                "{module}: finished now for {who}",
                module = module,
                who = who
            ),
            Self::NoLongerHere(step) => t!(
                "impact.no_longer_here",
                "{step}: done by {who}, kept as \"no longer here\"",
                step = step,
                who = who
            ),
        }
    }
}

fn steps_lines(rows: &[ImpactRow]) -> Vec<String> {
    let mut told: BTreeMap<Told, Vec<&str>> = BTreeMap::new();
    for row in rows {
        for one in Told::all(&row.work) {
            told.entry(one).or_default().push(&row.name);
        }
    }
    told.iter().map(|(one, names)| one.words(&few(names))).collect()
}

fn totals(rows: &[ImpactRow], about: &ImpactAbout<'_>) -> Vec<String> {
    let mut lines = vec![lost_words(rows)];
    let lost = |turn: &&Turn| turn.capability.is_some() && turn.may_lose();
    if rows.iter().flat_map(|row| &row.turns).any(|turn| lost(&turn)) {
        let most = rows
            .iter()
            .flat_map(|row| row.turns.iter().filter(lost))
            .filter_map(|turn| Some(turn.after?.points - turn.later?.least.points))
            .max()
            .unwrap_or(Points::ZERO);
        lines.push(t!(
            "impact.may_lose",
            "More for whoever knows the changed questions, up to {points} each: which they are is known on their own devices only, and shown once these have published what they know anew.",
            points = most
        ));
    }
    lines.extend(answers_words(rows, about));
    let (before, now) = rows.iter().fold((0, 0), |(before, now), row| {
        (before + row.work.minutes.0.0, now + row.work.minutes.1.0)
    });
    let renewed: Vec<Minutes> = rows
        .iter()
        .flat_map(|row| row.work.again.iter().map(|again| again.minutes))
        .collect();
    let renew: u32 = renewed.iter().map(|minutes| minutes.0).sum();
    lines.push(if about.is_own {
        t!(
            "impact.minutes_own",
            "Minutes of your open steps: {before} -> {now}. To renew what is done, if you want to: {renew}.",
            before = before,
            now = now,
            renew = renew
        )
    } else {
        t!(
            "impact.minutes",
            "Minutes of open steps, of everybody: {before} -> {now}. To renew what is done, for whoever wants to: {renew}.",
            before = before,
            now = now,
            renew = renew
        )
    });
    if about.stirs.tells_seldom() {
        lines.push(t!(
            "impact.seldom",
            "Rarely otherwise: answers given before their question moved between capabilities, or at an earlier revision, count for the capability they name once the question is asked no more (-f csv has the bounds)."
        ));
    }
    lines
}

/// Questions to be answered again: of oneself those that one knew, of others how many it can be.
fn answers_words(rows: &[ImpactRow], about: &ImpactAbout<'_>) -> Option<String> {
    let known: usize = rows.iter().map(|row| row.work.questions.len()).sum();
    let n = if about.is_own { known } else { about.stirs.raised() };
    let seconds = u32::try_from(n)
        .unwrap_or(u32::MAX)
        .saturating_mul(about.seconds_per_question);
    let minutes = Seconds(seconds).minutes().0;
    if n == 0 {
        return None;
    }
    Some(if about.is_own {
        let ids: Vec<&String> = rows.iter().flat_map(|row| &row.work.questions).collect();
        t_n!(
            "impact.questions_own",
            n,
            "{n} question to answer again, {minutes} min: {ids}",
            "{n} questions to answer again, {minutes} min: {ids}",
            minutes = minutes,
            ids = few(&ids)
        )
    } else {
        t_n!(
            "impact.questions",
            n,
            "{n} question to answer again for whoever knew it, {minutes} min at most.",
            "{n} questions to answer again for whoever knew them, {minutes} min each at most.",
            minutes = minutes
        )
    })
}

fn lost_words(rows: &[ImpactRow]) -> String {
    let losing: Vec<&ImpactRow> = rows
        .iter()
        .filter(|row| {
            row.turns
                .iter()
                .any(|turn| turn.capability.is_some() && turn.loses())
        })
        .collect();
    let falls = |turn: &&Turn| turn.capability.is_some() && turn.falls();
    let fallen: usize = rows
        .iter()
        .map(|row| row.turns.iter().filter(falls).count())
        .sum();
    if losing.is_empty() {
        return t!("impact.nobody", "Nobody loses points at once.");
    }
    let names: Vec<&str> = losing.iter().map(|row| row.name.as_str()).collect();
    t!(
        "impact.lose",
        "Points are lost at once by {who}; bands that fall: {fallen}. What was reached stays.",
        who = few(&names),
        fallen = fallen
    )
}
