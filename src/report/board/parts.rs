//! What the sections of a board report are made of.

use super::group::Group;
use crate::base::texts::{t, t_n};
use crate::table::{Column, Picture, Report, Section, Value};

/// A section from its parts; `above` says what to see, `how` how it was computed.
pub(super) fn section(
    name: &'static str,
    title: String,
    table: Report,
    above: Vec<String>,
    how: String,
) -> Section {
    Section {
        title,
        table: Report {
            name,
            above,
            below: vec![how],
            ..table
        },
        picture: Picture::None,
    }
}

/// An empty table.
pub(super) fn table(group: &Group<'_>, columns: Vec<Column>) -> Report {
    Report::new("report", group.as_of(), columns)
}

/// Who a line is about; on pages only where it is not the same in every line.
pub(super) fn who(group: &Group<'_>) -> Column {
    let column = Column::screen("who", t!("board.column.who", "Who"), 3);
    if group.names() { column } else { column.hidden() }
}

/// Says how many lines are not there because they name somebody.
pub(super) fn left_out(withheld: usize) -> Option<String> {
    (withheld > 0).then(|| {
        t_n!(
            "board.withheld",
            withheld,
            "{n} line names somebody and is left out.",
            "{n} lines name somebody and are left out."
        )
    })
}

/// A number of people or things.
pub(super) fn count(n: usize) -> Value {
    Value::count(Some(n))
}
