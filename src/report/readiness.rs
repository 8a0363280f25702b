//! The leader's first screen: who is ready, what limits the others.

use super::ledger::{Ledger, LedgerLine};
use super::row::PersonRow;
use super::team::meant;
use crate::base::points::Band;
use crate::base::text::{pad, width};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::model::curriculum::Curriculum;
use crate::model::settings::{self, Settings};
use crate::readiness::{Item, THIN_EVIDENCE};
use crate::table::{Column, Hint, Report, Value};

/// What stands around the table.
#[derive(Debug, Clone, Default)]
pub struct TeamOptions {
    /// Group, unit or other choice, as it is said in the title.
    pub choice: Option<String>,
    /// The place of the one capability it is about; `None` = all.
    pub capability: Option<usize>,
    /// Which rows of them are shown, where some may be left out: then it is said how many of how many.
    pub narrowed: Option<String>,
    /// Rules fingerprint.
    pub rules: String,
    /// Days after which the second figure of a baseline is asked.
    pub second_after: u32,
    /// What an hour of work is worth, where the workspace says so.
    pub rate: Option<settings::Ledger>,
    /// What was measured in other curricula, where the screen is to tell of all.
    pub saved_elsewhere: Vec<LedgerLine>,
    /// Whether logs come by packets and receipts: then a log is as old as the last of them.
    pub by_packets: bool,
}

impl TeamOptions {
    /// What the settings say; the rest is for the command.
    pub fn of(settings: &Settings) -> Self {
        Self {
            second_after: settings.practice.second_measure_days,
            rate: settings.ledger.clone(),
            ..Self::default()
        }
    }
}

/// Days after which a log that comes by packets is said to be old.
const OLD_AFTER: i32 = 14;

/// The table with its sentences. Figures are of everybody; `shown` are the rows, in the order in which they are to stand.
pub fn team_screen(
    everybody: &[&PersonRow],
    shown: &[&PersonRow],
    curriculum: &Curriculum,
    options: &TeamOptions,
    as_of: Date,
) -> Report {
    let mut report = Report::new("readiness", as_of, columns(curriculum, options.capability));
    report.rules = Some(options.rules.clone());
    report.above = above(everybody, shown, curriculum, options, as_of);
    let cells = |row: &&PersonRow| cells(row, options.capability, as_of);
    report.rows = shown.iter().map(cells).collect();
    if everybody.is_empty() {
        report.below = vec![t!(
            "team.nobody",
            "Nobody here is assigned to it or has begun it."
        )];
        report.hints.push(Hint::new(
            "upwards people list",
            t!("team.hint.people", "who is here"),
        ));
        report.hints.push(Hint::new(
            format!("upwards assign {} --to PERSON", curriculum.id),
            t!("team.hint.assign", "lay it out for somebody"),
        ));
        return report;
    }
    if shown.is_empty() {
        report.below = vec![t!("team.nobody_fits", "Nobody of them is like that.")];
        return report;
    }
    report.totals = totals(everybody, curriculum, options);
    report.below = below(everybody, shown, options.capability);
    if options.by_packets {
        report.below.extend(data_until(shown, as_of));
    }
    report.hints = hints(shown);
    report
}

fn columns(curriculum: &Curriculum, only: Option<usize>) -> Vec<Column> {
    let mut columns = vec![Column::screen("person", t!("column.person", "PERSON"), 1)];
    columns.extend(meant(&curriculum.capabilities, only).map(|(_, c)| {
        let label = if width(&c.name) <= 10 {
            c.name.to_uppercase()
        } else {
            c.id.as_str().to_uppercase()
        };
        Column::screen(c.id.as_str(), label, 2)
    }));
    columns.push(Column::screen("last", t!("column.last", "LAST"), 5));
    columns.push(Column::screen("overdue", t!("column.overdue", "OVERDUE"), 4));
    let optional = [
        ("data_until", t!("column.data_until", "DATA UNTIL"), 6),
        ("reached_on", t!("column.reached_on", "REACHED ON"), 7),
        ("unit", t!("column.unit", "UNIT"), 8),
        ("points", t!("column.points", "POINTS"), 9),
    ];
    columns.extend(
        optional
            .into_iter()
            .map(|(key, label, priority)| Column::screen(key, label, priority).hidden()),
    );
    columns.push(Column::screen(
        "limited_by",
        t!("column.limited_by", "LIMITED BY"),
        3,
    ));
    columns
}

fn cells(row: &PersonRow, only: Option<usize>, as_of: Date) -> Vec<Value> {
    let mut cells = vec![Value::Text(row.name.to_string())];
    cells.extend(meant(&row.capabilities, only).map(|(_, c)| Value::Band {
        band: c.band,
        fading: c.fading,
        reached_before: c.reached_on.is_some(),
        thin: c.thin,
    }));
    cells.push(match row.last_active_on.map(|day| as_of.days_since(day)) {
        None => Value::Word("never", t!("team.never", "never")),
        Some(0) => Value::Word("today", t!("day.today", "today")),
        Some(days) => Value::Days(i64::from(days)),
    });
    cells.push(
        row.overdue_days
            .map_or(Value::Missing("-"), |days| Value::Days(i64::from(days))),
    );
    cells.push(Value::date(row.data_until));
    cells.push(Value::date(row.reached_all_on));
    cells.push(Value::text(row.unit.as_deref()));
    let one = only.and_then(|place| row.capabilities.get(place));
    cells.push(Value::Points(one.map_or(row.points, |c| c.points)));
    cells.push(match one {
        Some(c) => c
            .limited_by
            .map_or(Value::Missing("-"), |item| Value::Tally(vec![item.shown()], None)),
        None => limit_cell(row),
    });
    cells
}

/// What limits somebody most.
fn limit_cell(row: &PersonRow) -> Value {
    if row.limited_by.is_empty() {
        return Value::Missing("-");
    }
    let count = row.limited_count.and_then(|n| usize::try_from(n).ok());
    Value::Tally(
        row.limited_by.iter().map(|code| limit_words(code)).collect(),
        count.filter(|n| *n > 1),
    )
}

/// The words for what limits somebody: an item, or that nothing was begun.
fn limit_words(code: &str) -> String {
    let item = Item::ALL.into_iter().find(|item| item.code() == code);
    item.map_or_else(|| t!("band.not_started", "not started"), Item::shown)
}

fn above(
    rows: &[&PersonRow],
    shown: &[&PersonRow],
    curriculum: &Curriculum,
    options: &TeamOptions,
    as_of: Date,
) -> Vec<String> {
    /// The date stands at the right end of a line of so many columns.
    const TITLE: usize = 80;
    let choice = options
        .choice
        .as_ref()
        .map(|c| format!(", {c}"))
        .unwrap_or_default();
    let left = t_n!(
        "team.title",
        rows.len(),
        "{curriculum}{choice}, {n} person",
        "{curriculum}{choice}, {n} people",
        curriculum = curriculum.title,
        choice = choice
    );
    let date = as_of.with_weekday();
    let mut lines = vec![if width(&left) + width(&date) + 2 <= TITLE {
        format!("{}{date}", pad(&left, TITLE - 2 - width(&date)))
    } else {
        format!("{left}, {date}")
    }];
    if rows.is_empty() {
        return lines;
    }
    if let Some(narrowed) = &options.narrowed {
        lines.push(t!(
            "team.showing",
            "Showing {shown} of {of}: {choice}.",
            shown = shown.len(),
            of = rows.len(),
            choice = narrowed
        ));
    }
    // Efficiency is why executives are here: it comes first.
    let ledger = Ledger::new(
        rows.iter()
            .flat_map(|r| &r.ledger)
            .chain(&options.saved_elsewhere),
        options.second_after,
    );
    lines.extend(ledger.sentence(options.rate.as_ref(), as_of));
    let month_ago = as_of.month_before();
    let one = |row: &PersonRow| {
        options
            .capability
            .and_then(|at| row.capabilities.get(at).copied())
    };
    let reached_on = |row: &PersonRow| one(row).map_or(row.reached_all_on, |c| c.reached_on);
    let band = |row: &PersonRow| one(row).map_or(row.band, |c| c.band);
    let reached = rows.iter().filter(|r| reached_on(r).is_some()).count();
    let before = rows
        .iter()
        .filter(|r| reached_on(r).is_some_and(|day| day <= month_ago))
        .count();
    let current = rows.iter().filter(|r| band(r) == Band::Ready).count();
    let all = match options.capability.and_then(|at| curriculum.capabilities.get(at)) {
        Some(capability) => capability.name.clone(),
        None => all_capabilities(rows),
    };
    lines.push(t!(
        "team.reached",
        "Reached {all}: {reached} of {of} (a month ago {before}); current: {current}.",
        all = all,
        reached = reached,
        of = rows.len(),
        before = before,
        current = current
    ));
    let overdue = rows.iter().filter(|r| r.overdue_count > 0).count();
    let is_idle = |row: &PersonRow| match one(row) {
        Some(c) => c.band == Band::NotStarted,
        None => row.is_not_started(),
    };
    let idle = rows.iter().filter(|r| is_idle(r)).count();
    lines.push(t!(
        "team.overdue",
        "Overdue: {overdue}.   Not started: {idle}.",
        overdue = overdue,
        idle = idle
    ));
    lines
}

fn all_capabilities(rows: &[&PersonRow]) -> String {
    // Small numbers read better as words.
    match rows.first().map_or(0, |r| r.of) {
        0 => t!("team.all.none", "in none"),
        1 => t!("team.all.one", "in the one"),
        2 => t!("team.all.two", "in both"),
        3 => t!("team.all.three", "in all three"),
        4 => t!("team.all.four", "in all four"),
        5 => t!("team.all.five", "in all five"),
        6 => t!("team.all.six", "in all six"),
        more => t!("team.all.more", "in all {of}", of = more),
    }
}

fn totals(rows: &[&PersonRow], curriculum: &Curriculum, options: &TeamOptions) -> Vec<Vec<Value>> {
    let meant: Vec<usize> = meant(&curriculum.capabilities, options.capability)
        .map(|(at, _)| at)
        .collect();
    let count = |at: usize, is: fn(&super::row::CapabilityCell) -> bool| {
        Value::Count(i64::try_from(rows.iter().filter(|r| is(&r.capabilities[at])).count()).unwrap_or(0))
    };
    let line = |title: String, is: fn(&super::row::CapabilityCell) -> bool| {
        let mut cells = vec![Value::Text(title)];
        cells.extend(meant.iter().map(|at| count(*at, is)));
        cells.resize(meant.len() + 8, Value::Missing(""));
        cells
    };
    // Where some are left out, it is said that the sums are not theirs alone.
    let (reached, current) = if options.narrowed.is_some() {
        let of = rows.len();
        (
            t!("team.total.reached_of", "Reached of {of}", of = of),
            t!("team.total.current_of", "Current of {of}", of = of),
        )
    } else {
        (
            t!("team.total.reached", "Reached"),
            t!("team.total.current", "Current"),
        )
    };
    vec![
        line(reached, |c| c.reached_on.is_some()),
        line(current, |c| c.band == Band::Ready),
    ]
}

/// What the sign of thin evidence means.
pub(super) fn thin_words() -> String {
    t!(
        "team.letters.thin",
        "? thin evidence: fewer than {n} questions right",
        n = THIN_EVIDENCE
    )
}

fn below(rows: &[&PersonRow], shown: &[&PersonRow], only: Option<usize>) -> Vec<String> {
    let mut lines = vec![
        t!(
            "team.letters",
            ". not started   E exploring   B building   R ready   R~ ready, ends within 30 d"
        ),
        t!("team.letters.plus", "+ reached before, not current now"),
    ];
    if shown
        .iter()
        .any(|row| meant(&row.capabilities, only).any(|(_, c)| c.thin))
    {
        lines.push(thin_words());
    }
    let places: Vec<Item> = rows
        .iter()
        .flat_map(|r| meant(&r.capabilities, only))
        .filter(|(_, c)| c.core || only.is_some())
        .filter_map(|(_, c)| c.limited_by)
        .collect();
    if !places.is_empty() {
        let mut counts: Vec<(usize, Item)> = Item::ALL
            .into_iter()
            .map(|item| (places.iter().filter(|p| **p == item).count(), item))
            .filter(|(n, _)| *n > 0)
            .collect();
        counts.sort_by_key(|(n, item)| (std::cmp::Reverse(*n), *item));
        // Codes that stand equally often share their number: `practice 13, again 2, confirm, questions, talk 1`.
        let shown: Vec<String> = counts
            .chunk_by(|a, b| a.0 == b.0)
            .map(|same| {
                let codes: Vec<String> = same.iter().map(|(_, item)| item.shown()).collect();
                format!("{} {}", codes.join(", "), same[0].0)
            })
            .collect();
        lines.push(t_n!(
            "team.missing",
            places.len(),
            "What is missing, {n} place: {items}.",
            "What is missing, {n} places: {items}.",
            items = shown.join(", ")
        ));
    }
    lines.push(t!(
        "team.rule",
        "Nobody is ready without practice of their own, nor on the day of the first answer: questions count for Ready once they are known again on a later day."
    ));
    lines
}

/// Whose log may be behind: it is as old as what last came in.
fn data_until(rows: &[&PersonRow], as_of: Date) -> Option<String> {
    /// Longer lists are cut; the column `data_until` has all.
    const NAMED: usize = 6;
    let is_old = |row: &PersonRow| {
        row.last_active_on
            .is_none_or(|day| as_of.days_since(day) > OLD_AFTER)
    };
    let mut old: Vec<&PersonRow> = rows.iter().copied().filter(|row| is_old(row)).collect();
    old.sort_by_key(|row| row.last_active_on);
    let named = old.iter().take(NAMED).map(|row| {
        let day = row.last_active_on.map_or_else(
            || t!("team.data_until.none", "nothing yet"),
            |day| day.short(as_of),
        );
        format!("{} ({day})", row.name)
    });
    let named: Vec<String> = named.collect();
    let more = old.len().saturating_sub(NAMED);
    let names = if more > 0 {
        t!(
            "readers.and_more",
            "{names} and {n} more",
            names = named.join(", "),
            n = more
        )
    } else {
        named.join(", ")
    };
    (!old.is_empty()).then(|| {
        t!(
            "team.data_until",
            "Data until, by their last packet or receipt: {names}. They may have done more.",
            names = names
        )
    })
}

fn hints(rows: &[&PersonRow]) -> Vec<Hint> {
    let mut hints = Vec::new();
    if let Some(row) = rows.iter().find(|r| r.band != Band::Ready && !r.is_not_started()) {
        hints.push(Hint::new(
            format!("upwards readiness {}", row.id),
            t!("team.hint.why", "why, and the shortest way to ready"),
        ));
    }
    hints.push(Hint::new(
        "upwards readiness -o readiness.csv",
        t!("team.hint.file", "the same figures as a file"),
    ));
    hints
}
