//! What the sections of a board report are made of.

use super::group::Group;
use crate::base::texts::{t, t_n};
use crate::table::{Column, Report};

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
