//! How it went in the last weeks, and when everything will be reached.

use super::forecast::{FARTHEST_WEEKS, FEWEST, FEWEST_WEEKS, Forecast, PACE_WEEKS};
use super::group::Group;
use super::parts::table;
use crate::base::points::Band;
use crate::base::text::capitalised;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::readiness::Outline;
use crate::report::sections::{count, section};
use crate::table::{Column, Picture, Section, Value};

/// Twelve weeks, as each was known on its day.
pub(super) fn trend(group: &Group<'_>) -> Section {
    let weeks = group.days.weeks.iter().enumerate();
    let mut rows = Vec::new();
    let mut reached: Vec<(Date, usize)> = Vec::new();
    for (place, day) in weeks {
        let seen = group
            .members
            .iter()
            .filter_map(|member| member.weeks.get(place).copied().flatten());
        let seen: Vec<Outline> = seen.collect();
        let mut cells = vec![Value::Date(*day)];
        if seen.is_empty() || !group.is_told_in_week(place) {
            // A week without data is blank, not zero; one of so few that they are not told of is blank too.
            cells.extend(std::iter::repeat_n(Value::Missing(""), Band::ALL.len() + 1));
        } else {
            let bands = Band::ALL.into_iter();
            cells.extend(bands.map(|band| count(seen.iter().filter(|one| one.band == band).count())));
            let all = seen.iter().filter(|one| one.has_reached_all).count();
            reached.push((*day, all));
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
        (Some((first, _)), Some((last, all))) if first == last => {
            t!("board.trend.one", "Reached all: {all} now.", all = all)
        }
        (Some((day, first)), Some((_, last))) => t!(
            "board.trend.lead",
            "Reached all: {first} on {day}, {last} now.",
            first = first,
            day = day.short(group.as_of()),
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
            Column::screen(
                "recent",
                t!("board.column.recent", "in the last {n} weeks", n = PACE_WEEKS),
                1,
            ),
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
            "A milestone is a person Ready in a core capability for the first time. The range holds in 8 of 10 groups that go on as in the last {n} weeks, by what chance does to such counts; it supposes that the pace stays, and that those who have not begun begin.",
            n = PACE_WEEKS
        ),
    )
}
