//! Who stands where: capabilities by band, or with names everybody by capability.

use super::group::Group;
use super::parts::table;
use crate::base::points::Band;
use crate::base::text::capitalised;
use crate::base::texts::t;
use crate::report::row::PersonRow;
use crate::report::sections::{count, section};
use crate::table::{Column, Picture, Section, Value};

/// Who stands where: capabilities by band, or with names everybody by capability.
pub(super) fn map(group: &Group<'_>) -> Section {
    if group.names() {
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
