//! What became more efficient: every figure with what it was, and sums within one unit, period and grade.

use super::group::{Group, order_of};
use super::parts::{left_out, table, who};
use crate::base::texts::t;
use crate::report::ledger::{Ledger, LedgerLine};
use crate::report::sections::{count, section};
use crate::table::{Column, Section, Value};

/// What became more efficient, figure by figure; and the sums, where there are several of one kind.
pub(super) fn ledger(group: &Group<'_>) -> Vec<Section> {
    let after = group.about.settings.practice.second_measure_days;
    let all = group.measures.iter().map(|(_, line)| *line);
    let ledger = Ledger::new(all, after);
    let mut sections = vec![figures(group, &ledger)];
    sections.extend(sums(group, &ledger));
    sections
}

fn figures(group: &Group<'_>, ledger: &Ledger) -> Section {
    /// More is no page; `export measures` has all.
    const MOST_LINES: usize = 100;
    let settings = group.about.settings;
    let after = i32::try_from(settings.practice.second_measure_days).unwrap_or(30);
    let who_said = group.measures.iter();
    let mut lines: Vec<(&str, &LedgerLine)> = who_said
        .map(|(member, line)| (group.who(member), *line))
        .collect();
    let all = lines.len();
    if all > MOST_LINES {
        let newest = |(_, line): &(&str, &LedgerLine)| {
            (
                line.after.is_some(),
                line.after.map_or(line.before_on, |second| second.on),
            )
        };
        lines.sort_by(|one, other| {
            newest(other)
                .cmp(&newest(one))
                .then_with(|| said(one).cmp(&said(other)))
        });
        lines.truncate(MOST_LINES);
    }
    // By what they say, not by who said it: the order must not tell what the cells do not.
    lines.sort_by(|one, other| said(one).cmp(&said(other)));
    let mut table = table(
        group,
        vec![
            Column::screen("capability", t!("board.column.what", "What"), 2),
            who(group),
            Column::screen("before", t!("board.column.before", "Before"), 1),
            Column::screen("after", t!("board.column.after", "After"), 1),
            Column::screen("unit", t!("board.column.unit", "Unit"), 1),
            // The unit says it to people: hours a week.
            Column::screen("period", t!("board.column.period", "Per"), 2).hidden(),
            Column::screen("n_before", t!("board.column.n_before", "Cases before"), 5),
            Column::screen("n_after", t!("board.column.n_after", "Cases after"), 5),
            Column::screen("grade", t!("board.column.grade", "Grade"), 2),
            Column::screen("days_between", t!("board.column.days_between", "Days between"), 4),
            Column::screen("second_on", t!("board.column.second_on", "Second figure due"), 4),
        ],
    );
    table.rows = lines
        .iter()
        .map(|(who, line)| ledger_cells(who, group.capability(line.capability), line, after))
        .collect();
    let lead = ledger
        .sentence(settings.ledger.as_ref(), group.as_of())
        .unwrap_or_else(|| t!("board.ledger.none", "No measure yet: nobody has set a baseline."));
    section(
        "ledger",
        t!("board.ledger", "What became more efficient"),
        table,
        {
            let newest = t!(
                "board.ledger.newest",
                "The {most} newest of {n}; all of them: upwards export measures.",
                most = MOST_LINES,
                n = all
            );
            let newest = (all > MOST_LINES).then_some(newest);
            std::iter::once(lead)
                .chain(newest)
                .chain(left_out(group.withheld))
                .collect()
        },
        t!(
            "board.ledger.how",
            "Figures that people took themselves, before and at least a day after. Claimed, observed and verified are never added together; a baseline without its second figure saves nothing yet."
        ),
    )
}

/// Figures of one unit, period and grade together, where there are several.
fn sums(group: &Group<'_>, ledger: &Ledger) -> Option<Section> {
    if ledger.saved.iter().all(|sum| sum.pairs.len() < 2) {
        return None;
    }
    let mut table = table(
        group,
        vec![
            Column::screen("unit", t!("board.column.unit", "Unit"), 1),
            Column::screen("period", t!("board.column.period", "Per"), 1).hidden(),
            Column::screen("grade", t!("board.column.grade", "Grade"), 1),
            Column::screen("measures", t!("board.column.measures", "Measures"), 1),
            Column::screen("worse", t!("board.column.worse", "Worse"), 1),
            Column::screen("gained", t!("board.column.gained", "Gained"), 1),
        ],
    );
    table.rows = ledger
        .saved
        .iter()
        .map(|sum| {
            vec![
                Value::Text(sum.unit.to_string()),
                Value::Text(sum.period.to_string()),
                Value::Word(sum.grade.word(), sum.grade.shown()),
                count(sum.pairs.len()),
                count(sum.pairs.iter().filter(|pair| pair.is_worse).count()),
                sum.total().map_or(Value::Missing(""), Value::Number),
            ]
        })
        .collect();
    Some(section(
        "ledger_sums",
        t!("board.sums", "The same, added up"),
        table,
        Vec::new(),
        t!(
            "board.sums.how",
            "Only within one unit, period and grade. What each case takes is no sum, so nothing is added up there."
        ),
    ))
}

/// Everything that a line of the ledger shows, measured ones first.
fn said<'m>(line: &'m (&'m str, &'m LedgerLine)) -> impl Ord + use<'m> {
    let (who, line) = line;
    let second = line.after.map(|second| {
        (
            second.value,
            second.grade.word(),
            second.n,
            second.on.days_since(line.before_on),
        )
    });
    (
        (
            line.after.is_none(),
            order_of(line.capability),
            &*line.unit,
            &*line.period,
        ),
        (line.before, line.n, second),
        (line.after.is_none().then_some(line.before_on), *who),
    )
}

fn ledger_cells(who: &str, what: &str, line: &LedgerLine, after: i32) -> Vec<Value> {
    let second = line.after;
    vec![
        Value::Text(what.to_owned()),
        Value::Text(who.to_owned()),
        Value::Number(line.before),
        second.map_or(Value::Missing(""), |second| Value::Number(second.value)),
        Value::Text(line.unit.to_string()),
        Value::Text(line.period.to_string()),
        Value::count(line.n),
        Value::count(second.and_then(|second| second.n)),
        second.map_or_else(
            || Value::Word("open", t!("board.ledger.open", "open")),
            |second| Value::Word(second.grade.word(), second.grade.shown()),
        ),
        second.map_or(Value::Missing(""), |second| {
            Value::Count(i64::from(second.on.days_since(line.before_on)))
        }),
        match second {
            None => Value::Date(line.before_on + after),
            Some(_) => Value::Missing(""),
        },
    ]
}
