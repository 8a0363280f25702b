//! The sections of a board report, in the order in which they are read.

use std::collections::BTreeMap;

use super::build::section;
use super::forecast::{FARTHEST_WEEKS, FEWEST, FEWEST_WEEKS, Forecast, PACE_WEEKS};
use super::group::Group;
use super::members::{Before, BoardMember, Late, MeasureLine, Quote, RECENT_DAYS};
use crate::base::points::Band;
use crate::base::text::capitalised;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::readiness::{Item, Outline};
use crate::report::ledger::{Ledger, LedgerLine};
use crate::report::row::PersonRow;
use crate::table::{Column, Picture, Report, Section, Value};

fn table(group: &Group<'_>, columns: Vec<Column>) -> Report {
    Report::new("report", group.as_of(), columns)
}

/// Who a line is about; on pages only where it is not the same in every line.
fn who(group: &Group<'_>) -> Column {
    let column = Column::screen("who", t!("board.column.who", "Who"), 3);
    if group.about.names {
        column
    } else {
        column.hidden()
    }
}

fn count(n: usize) -> Value {
    Value::count(Some(n))
}

fn ledger_of(group: &Group<'_>) -> Ledger {
    let lines = group.here.iter().flat_map(|member| &member.measures);
    let after = group.about.settings.practice.second_measure_days;
    Ledger::new(lines.map(|measure| &measure.line), after)
}

/// What became more efficient, figure by figure.
pub(super) fn ledger(group: &Group<'_>) -> Section {
    /// More is no page; `export measures` has all.
    const MOST_LINES: usize = 100;
    let settings = group.about.settings;
    let after = i32::try_from(settings.practice.second_measure_days).unwrap_or(30);
    let mut lines: Vec<(String, &MeasureLine)> = Vec::new();
    for member in &group.here {
        lines.extend(member.measures.iter().map(|measure| (group.who(member), measure)));
    }
    let all = lines.len();
    if all > MOST_LINES {
        let newest = |(_, measure): &(String, &MeasureLine)| {
            let line = &measure.line;
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
        .map(|(who, measure)| ledger_cells(who, &measure.capability.1, &measure.line, after))
        .collect();
    let lead = ledger_of(group)
        .sentence(settings.ledger.as_ref(), group.as_of())
        .unwrap_or_else(|| t!("board.ledger.none", "No measure yet: nobody has set a baseline."));
    section(
        "ledger",
        t!("board.ledger", "What became more efficient"),
        table,
        if all > MOST_LINES {
            let newest = t!(
                "board.ledger.newest",
                "The {most} newest of {n}; all of them: upwards export measures.",
                most = MOST_LINES,
                n = all
            );
            vec![lead, newest]
        } else {
            vec![lead]
        },
        t!(
            "board.ledger.how",
            "Figures that people took themselves, before and at least a day after. Claimed, observed and verified are never added together; a baseline without its second figure saves nothing yet."
        ),
    )
}

/// Everything that a line of the ledger shows, measured ones first.
fn said<'m>(line: &'m (String, &MeasureLine)) -> impl Ord + use<'m> {
    let (who, MeasureLine { capability, line }) = line;
    let second = line.after.map(|second| {
        (
            second.value,
            second.grade.word(),
            second.n,
            second.on.days_since(line.before_on),
        )
    });
    (
        (line.after.is_none(), capability.0, &*line.unit, &*line.period),
        (line.before, line.n, second),
        (line.after.is_none().then_some(line.before_on), who.as_str()),
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

/// Figures of one unit, period and grade together, where there are several.
pub(super) fn sums(group: &Group<'_>) -> Option<Section> {
    let ledger = ledger_of(group);
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

/// The five figures, each with what it was.
pub(super) fn figures(group: &Group<'_>) -> Section {
    let now = group.size();
    let before: Vec<Before> = group.members.iter().filter_map(|member| member.before).collect();
    let then = |is: fn(&Before) -> bool| before.iter().filter(|before| is(before)).count();
    let is_not_started = |member: &BoardMember| {
        member
            .row
            .as_ref()
            .is_some_and(|row| row.limited_by == ["not started"])
    };
    let rows = [
        (
            Value::Word("reached_all", t!("board.figure.reached", "Reached all (stays)")),
            group.reached(),
            then(|b| b.outline.has_reached_all),
        ),
        (
            Value::Word("current", t!("board.figure.current", "Ready today in all")),
            group.current(),
            then(|b| b.outline.band == Band::Ready),
        ),
        (
            Value::Word("overdue", t!("board.figure.overdue", "With something overdue")),
            group.overdue(),
            then(|b| b.is_overdue),
        ),
        (
            Value::Word("not_started", t!("board.figure.not_started", "Not started")),
            group.count(is_not_started),
            then(|b| b.outline.is_not_started),
        ),
        (
            Value::Word(
                "practised_recently",
                t_n!(
                    "board.figure.practised",
                    usize::try_from(RECENT_DAYS).unwrap_or(0),
                    "Practised in the last {n} day",
                    "Practised in the last {n} days"
                ),
            ),
            group.count(|member| member.practised_recently),
            then(|b| b.practised_recently),
        ),
    ];
    let day = group.days.before.short(group.as_of());
    let mut table = table(
        group,
        vec![
            Column::screen("figure", t!("board.column.figure", "Figure"), 1),
            Column::screen("people", t!("board.column.now", "Now"), 1),
            Column::screen("of", t!("board.column.of", "of"), 1),
            Column::screen("people_before", t!("board.column.then", "On {day}", day = day), 1),
            Column::screen("of_before", t!("board.column.of_then", "of then"), 1),
        ],
    );
    table.rows = rows
        .into_iter()
        .map(|(word, is, was)| {
            let is_told = !before.is_empty() && group.is_enough(before.len());
            let was = is_told.then_some(was);
            vec![
                word,
                count(is),
                count(now),
                Value::count(was),
                Value::count(was.map(|_| before.len())),
            ]
        })
        .collect();
    section(
        "figures",
        t!("board.figures", "Where the group stands"),
        table,
        Vec::new(),
        t!(
            "board.figures.how",
            "Of everybody assigned, those who never began included. Reached is a milestone and stays; current fades without practice or recall. The earlier figures are what was known on that day."
        ),
    )
}

/// Who stands where: capabilities by band, or with names everybody by capability.
pub(super) fn map(group: &Group<'_>) -> Section {
    if group.about.names {
        named_map(group)
    } else {
        counted_map(group)
    }
}

fn counted_map(group: &Group<'_>) -> Section {
    let rows = group.here.iter().filter_map(|member| member.row.as_ref());
    let line = |what: Value, cells: &[(Band, bool, bool)]| {
        let mut line = vec![what];
        let bands = Band::ALL.into_iter();
        line.extend(bands.map(|band| count(cells.iter().filter(|(b, _, _)| *b == band).count())));
        line.push(count(cells.iter().filter(|(_, fading, _)| *fading).count()));
        line.push(count(cells.iter().filter(|(_, _, reached)| *reached).count()));
        line
    };
    let capabilities = group.about.curriculum.capabilities.iter().enumerate();
    let mut lines: Vec<Vec<Value>> = capabilities
        .map(|(place, capability)| {
            let cells = rows.clone().filter_map(|row| row.capabilities.get(place));
            let cells: Vec<(Band, bool, bool)> = cells
                .map(|cell| (cell.band, cell.fading, cell.reached_on.is_some()))
                .collect();
            line(Value::Text(capability.name.clone()), &cells)
        })
        .collect();
    let overall: Vec<(Band, bool, bool)> = rows
        .map(|row| (row.band, is_fading(row), row.reached_all_on.is_some()))
        .collect();
    lines.push(line(
        Value::Word("overall", t!("board.overall", "All together")),
        &overall,
    ));
    let mut columns = vec![Column::screen("capability", t!("board.column.what", "What"), 1)];
    columns.extend(
        Band::ALL
            .into_iter()
            .map(|band| Column::screen(band.code().replace('-', "_"), capitalised(&band.shown()), 1)),
    );
    columns.push(Column::screen(
        "fading",
        t!("board.column.fading", "of these fading"),
        2,
    ));
    columns.push(Column::screen(
        "reached",
        t!("board.column.reached", "Ever reached"),
        1,
    ));
    let mut table = table(group, columns);
    table.rows = lines;
    Section {
        picture: Picture::Tones {
            of: i64::try_from(group.size()).unwrap_or(0),
        },
        ..section(
            "map",
            t!("board.map", "Who stands where"),
            table,
            vec![t!(
                "board.map.lead",
                "People by capability and band; each counts once in every line."
            )],
            t!(
                "board.map.how",
                "The darker a cell, the more of the group. Fading: Ready, and it ends within 30 days. Nobody is ready without practice of their own and questions known again on a later day."
            ),
        )
    }
}

fn named_map(group: &Group<'_>) -> Section {
    let mut columns = vec![
        Column::screen("person", t!("board.column.person", "Person"), 1),
        Column::screen("unit", t!("board.column.unit_of", "Area"), 3),
    ];
    let capabilities = &group.about.curriculum.capabilities;
    columns.extend(
        capabilities
            .iter()
            .map(|c| Column::screen(c.id.as_str(), c.name.as_str(), 1)),
    );
    columns.extend([
        Column::screen("overall", t!("board.overall", "All together"), 1),
        Column::screen("points", t!("board.column.points", "Points"), 4).hidden(),
        Column::screen(
            "reached_all_on",
            t!("board.column.reached_on", "Reached all on"),
            3,
        )
        .hidden(),
        Column::screen("limited_by", t!("board.column.limit", "What is missing"), 1),
        Column::screen("overdue_days", t!("board.column.overdue_days", "Days overdue"), 2),
        Column::screen("last_active_on", t!("board.column.last", "Last active"), 2),
        Column::screen("mentor", t!("board.column.mentor", "Mentor"), 4).hidden(),
    ]);
    let mut rows: Vec<&PersonRow> = group
        .here
        .iter()
        .filter_map(|member| member.row.as_ref())
        .collect();
    // By area and name: nobody is ranked.
    rows.sort_by(|a, b| (&a.unit, &a.name, &a.id).cmp(&(&b.unit, &b.name, &b.id)));
    let mut table = table(group, columns);
    table.rows = rows.into_iter().map(person_cells).collect();
    Section {
        picture: Picture::Tones { of: 0 },
        ..section(
            "map",
            t!("board.map", "Who stands where"),
            table,
            vec![t!(
                "board.map.legend",
                "Letters: . not started, E exploring, B building, R ready, R~ ready and fading, + reached before."
            )],
            t!(
                "board.map.named",
                "In the order of areas and names; nobody is ranked. Nobody is ready without practice of their own and questions known again on a later day. Each line is explained by upwards readiness PERSON."
            ),
        )
    }
}

fn person_cells(row: &PersonRow) -> Vec<Value> {
    let mut cells = vec![
        Value::Text(row.name.to_string()),
        Value::text(row.unit.as_deref()),
    ];
    cells.extend(row.capabilities.iter().map(|cell| Value::Band {
        band: cell.band,
        fading: cell.fading,
        reached_before: cell.reached_on.is_some(),
        thin: false,
    }));
    cells.extend([
        Value::Band {
            band: row.band,
            fading: is_fading(row),
            reached_before: row.reached_all_on.is_some(),
            thin: false,
        },
        Value::Points(row.points),
        Value::date(row.reached_all_on),
        if row.limited_by.is_empty() {
            Value::Missing("")
        } else {
            Value::List(row.limited_by.iter().map(|code| code.replace(' ', "-")).collect())
        },
        Value::count(row.overdue_days),
        Value::date(row.last_active_on),
        Value::text(row.mentor.as_deref()),
    ]);
    cells
}

/// Ready in everything, and some of it ends soon.
fn is_fading(row: &PersonRow) -> bool {
    row.band == Band::Ready && row.capabilities.iter().any(|cell| cell.core && cell.fading)
}

/// How far people have come.
pub(super) fn funnel(group: &Group<'_>) -> Section {
    let all = group.size();
    let started = group.count(|member| {
        let row = member.row.as_ref();
        row.is_some_and(|row| row.last_active_on.is_some())
    });
    let rows = [
        (
            Value::Word("assigned", t!("board.funnel.assigned", "In the programme")),
            all,
        ),
        (
            Value::Word("started", t!("board.funnel.started", "Have begun")),
            started,
        ),
        (
            Value::Word(
                "practised",
                t!("board.funnel.practised", "Have practised themselves"),
            ),
            group.count(|member| member.practised),
        ),
        (
            Value::Word("talked", t!("board.funnel.talked", "Have talked about it")),
            group.count(|member| member.talked),
        ),
        (
            Value::Word("ready", t!("board.funnel.ready", "Are ready in all")),
            group.current(),
        ),
    ];
    let practised = group.count(|member| member.practised);
    let lead = t!(
        "board.funnel.lead",
        "{practised} of {all} have done something with their own hands.",
        practised = practised,
        all = all
    );
    let mut table = table(
        group,
        vec![
            Column::screen("step", t!("board.column.step", "Step"), 1),
            Column::screen("people", t!("board.column.people", "People"), 1),
            Column::screen("of", t!("board.column.of", "of"), 1),
        ],
    );
    table.rows = rows
        .into_iter()
        .map(|(word, n)| vec![word, count(n), count(all)])
        .collect();
    Section {
        picture: Picture::Bars {
            label: 0,
            value: 1,
            of: i64::try_from(all).unwrap_or(0),
        },
        ..section(
            "funnel",
            t!("board.funnel", "How far people have come"),
            table,
            vec![lead],
            t!(
                "board.funnel.how",
                "Each line counts everybody of whom it is true, whether the line above is or not; only practice of one's own and talks that count."
            ),
        )
    }
}

/// Twelve weeks, as each was known on its day.
pub(super) fn trend(group: &Group<'_>) -> Section {
    let weeks = group.days.weeks.iter().enumerate();
    let mut rows = Vec::new();
    let mut reached: Vec<usize> = Vec::new();
    for (place, day) in weeks {
        let seen = group
            .members
            .iter()
            .filter_map(|member| member.weeks.get(place).copied().flatten());
        let seen: Vec<Outline> = seen.collect();
        let mut cells = vec![Value::Date(*day)];
        if seen.is_empty() || !group.is_enough(seen.len()) {
            // A week without data is blank, not zero; one of so few that they are not told of is blank too.
            cells.extend(std::iter::repeat_n(Value::Missing(""), Band::ALL.len() + 1));
        } else {
            let bands = Band::ALL.into_iter();
            cells.extend(bands.map(|band| count(seen.iter().filter(|one| one.band == band).count())));
            let all = seen.iter().filter(|one| one.has_reached_all).count();
            reached.push(all);
            cells.push(count(all));
        }
        rows.push(cells);
    }
    let mut columns = vec![Column::screen("week", t!("board.column.week", "Day"), 1)];
    columns.extend(
        Band::ALL
            .into_iter()
            .map(|band| Column::screen(band.code().replace('-', "_"), capitalised(&band.shown()), 1)),
    );
    columns.push(Column::screen(
        "reached_all",
        t!("board.column.reached_all", "Reached all"),
        1,
    ));
    let lead = match (reached.first(), reached.last()) {
        (Some(first), Some(last)) => t!(
            "board.trend.lead",
            "Reached all: {first} at the beginning, {last} now.",
            first = first,
            last = last
        ),
        _ => t!("board.trend.none", "Nothing was recorded in these weeks."),
    };
    let mut table = table(group, columns);
    table.rows = rows;
    Section {
        picture: Picture::Stacked {
            label: 0,
            parts: (1..=Band::ALL.len()).collect(),
            line: Band::ALL.len() + 1,
        },
        ..section(
            "trend",
            t!("board.trend", "Twelve weeks"),
            table,
            vec![lead],
            t!(
                "board.trend.how",
                "People by their overall band, on each day by what happened until then, as the same report shows with --as-of."
            ),
        )
    }
}

/// When everything will be reached.
pub(super) fn forecast(group: &Group<'_>) -> Section {
    let rows = group.here.iter().filter_map(|member| member.row.as_ref());
    let (reached, of) = rows.fold((0_i64, 0_i64), |(reached, of), row| {
        (reached + i64::from(row.reached), of + i64::from(row.of))
    });
    let days: Vec<Date> = group
        .here
        .iter()
        .flat_map(|member| member.reached_days.iter().copied())
        .collect();
    let as_of = group.as_of();
    let found = super::forecast::forecast(&days, of - reached, as_of);
    let (lead, earliest, latest) = match found {
        Forecast::Done => (t!("board.forecast.done", "Everything is reached."), None, None),
        Forecast::TooLittle => (
            t!(
                "board.forecast.too_little",
                "Too early to tell: fewer than {n} milestones in at least {weeks} of the last {of} weeks.",
                n = FEWEST,
                weeks = FEWEST_WEEKS,
                of = PACE_WEEKS
            ),
            None,
            None,
        ),
        Forecast::TooFar => (
            t!(
                "board.forecast.too_far",
                "At this pace it takes more than {n} weeks.",
                n = FARTHEST_WEEKS
            ),
            None,
            None,
        ),
        Forecast::Between { earliest, latest } => {
            let lead = latest.map_or_else(
                || {
                    t!(
                        "board.forecast.from",
                        "At this pace everything is reached not before {earliest}, and nobody can say by when.",
                        earliest = earliest.long()
                    )
                },
                |latest| {
                    t!(
                        "board.forecast.between",
                        "At this pace everything is reached between {earliest} and {latest}.",
                        earliest = earliest.long(),
                        latest = latest.long()
                    )
                },
            );
            (lead, Some(earliest), latest)
        }
    };
    let mut table = table(
        group,
        vec![
            Column::screen("reached", t!("board.column.milestones", "Milestones reached"), 1),
            Column::screen("of", t!("board.column.of", "of"), 1),
            Column::screen("recent", t!("board.column.recent", "in the last 12 weeks"), 1),
            Column::screen("earliest", t!("board.column.earliest", "All, not before"), 1),
            Column::screen("latest", t!("board.column.latest", "not after"), 1),
        ],
    );
    let recent = days
        .iter()
        .filter(|day| (0..7 * PACE_WEEKS).contains(&as_of.days_since(**day)))
        .count();
    table.rows = vec![vec![
        Value::Count(reached),
        Value::Count(of),
        count(recent),
        Value::date(earliest),
        Value::date(latest),
    ]];
    section(
        "forecast",
        t!("board.forecast", "When all will have reached all"),
        table,
        vec![lead],
        t!(
            "board.forecast.how",
            "A milestone is a person Ready in a core capability for the first time. The range is what is open over the pace of the last 12 weeks, give or take what chance does to such a count; it supposes that the pace stays, and that those who have not begun begin."
        ),
    )
}

/// What is past its due date: with names a line a person, else a line a module.
pub(super) fn overdue(group: &Group<'_>) -> Section {
    let lead = t_n!(
        "board.overdue.lead",
        group.overdue(),
        "{n} person has something overdue.",
        "{n} people have something overdue."
    );
    let table = if group.about.names {
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
            "Open modules past their due date, the longest first, and the first step of each that can be done now with its planned minutes."
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
                Value::Text(group.who(member)),
                count(member.overdue.len()),
                Value::Text(late.module.to_string()),
                Value::Count(i64::from(late.days)),
                Value::Text(late.next.to_string()),
                Value::Count(i64::from(late.minutes)),
            ]
        })
        .collect();
    table
}

fn overdue_modules(group: &Group<'_>) -> Report {
    let mut modules: BTreeMap<&str, Vec<&Late>> = BTreeMap::new();
    for late in group.here.iter().flat_map(|member| &member.overdue) {
        modules.entry(&late.module).or_default().push(late);
    }
    let mut lines: Vec<(u32, &str, Vec<&Late>)> = modules
        .into_iter()
        .map(|(module, late)| (late.iter().map(|late| late.days).max().unwrap_or(0), module, late))
        .collect();
    lines.sort_by_key(|(days, module, _)| (std::cmp::Reverse(*days), *module));
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
        .map(|(days, module, late)| {
            let (next, minutes) = next_of_most(&late);
            vec![
                Value::Text(module.to_owned()),
                count(late.len()),
                Value::Count(i64::from(days)),
                Value::Text(next.to_owned()),
                Value::Count(i64::from(minutes)),
            ]
        })
        .collect();
    table
}

/// The next step that most wait before, the first by name of equals, with its minutes.
fn next_of_most<'a>(late: &[&'a Late]) -> (&'a str, u32) {
    let mut steps: BTreeMap<(&str, u32), usize> = BTreeMap::new();
    for late in late {
        *steps.entry((&late.next, late.minutes)).or_default() += 1;
    }
    let most = steps
        .into_iter()
        .min_by_key(|(step, n)| (std::cmp::Reverse(*n), *step));
    most.map_or(("", 0), |(step, _)| step)
}

/// What stands in the way, ranked.
pub(super) fn limits(group: &Group<'_>) -> Section {
    let limits = group.limits();
    let open: usize = limits.iter().map(|(_, n)| n).sum();
    let mut table = table(
        group,
        vec![
            Column::screen("limited_by", t!("board.column.limit", "What is missing"), 1),
            Column::screen("places", t!("board.column.places", "Places"), 1),
            Column::screen("of", t!("board.column.of", "of"), 1),
            Column::screen("means", t!("board.column.means", "That is"), 2),
        ],
    );
    table.rows = limits
        .into_iter()
        .map(|(item, n)| {
            vec![
                Value::Word(item.code(), item.shown()),
                count(n),
                count(open),
                Value::Text(means(item)),
            ]
        })
        .collect();
    section(
        "limits",
        t!("board.limits", "What limits the group"),
        table,
        Vec::new(),
        t!(
            "board.limits.how",
            "A place is a person in a core capability that is not Ready; of each the first thing that is missing."
        ),
    )
}

fn means(item: Item) -> String {
    match item {
        Item::Confirm => t!(
            "board.means.confirm",
            "a practice that somebody else noted waits for the person's word"
        ),
        Item::Practice => t!("board.means.practice", "no practice of their own yet, or too few"),
        Item::OldPractice => t!("board.means.old_practice", "the last practice is too long ago"),
        Item::Questions => t!("board.means.questions", "too few questions are right"),
        Item::Again => t!("board.means.again", "right once, not yet again on a later day"),
        Item::Talk => t!("board.means.talk", "nobody to talk about it with yet"),
    }
}

/// What people say of their practice, where they said that it may be quoted.
pub(super) fn words(group: &Group<'_>) -> Section {
    /// The newest of so many; more is no report.
    const MOST: usize = 10;
    let mut quotes: Vec<(&BoardMember, &Quote)> = group
        .here
        .iter()
        .flat_map(|member| member.quotes.iter().map(|quote| (*member, quote)))
        .collect();
    let all = quotes.len();
    quotes.sort_by(|(_, a), (_, b)| b.day.cmp(&a.day).then_with(|| a.words.cmp(&b.words)));
    quotes.truncate(MOST);
    quotes.sort_by_key(|(member, quote)| (quote.capability.0, quote.words.clone(), group.who(member)));
    let lead = match all {
        0 => t!(
            "board.words.none",
            "Nobody has said yet that a line of theirs may be quoted."
        ),
        n if n > MOST => t!(
            "board.words.newest",
            "The {most} newest of {n}.",
            most = MOST,
            n = n
        ),
        _ => String::new(),
    };
    let mut table = table(
        group,
        vec![
            Column::screen("words", t!("board.column.words", "Words"), 1),
            who(group),
            Column::screen("capability", t!("board.column.what", "What"), 2),
            Column::screen("received", t!("board.column.received", "Received"), 3),
        ],
    );
    table.rows = quotes
        .into_iter()
        .map(|(member, quote)| {
            vec![
                Value::Text(quote.words.to_string()),
                Value::Text(group.who(member)),
                Value::Text(quote.capability.1.to_string()),
                Value::YesNo(quote.received),
            ]
        })
        .collect();
    section(
        "words",
        t!("board.words", "In their words"),
        table,
        Vec::from_iter((!lead.is_empty()).then_some(lead)),
        t!(
            "board.words.how",
            "Lines on a practice whose author said that they may be quoted; never notes. Received: noted from a mail or a page by somebody else."
        ),
    )
}
