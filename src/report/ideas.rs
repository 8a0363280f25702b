//! Ideas of people, and what became of them.

use super::columns::data_columns;
use crate::base::id::{EventId, PersonId};
use crate::base::text::{hanging, wrap};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::table::{Column, Report, Value};

/// One idea.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdeaRow {
    /// The event.
    pub id: EventId,
    /// When it was suggested.
    pub day: Date,
    /// Whose it is.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The capability it names.
    pub capability: Option<String>,
    /// The idea.
    pub text: String,
    /// What it became (case, change, none) and why; `None` while it is open.
    pub handled: Option<(String, Option<String>)>,
}

impl IdeaRow {
    /// The beginning of the id, enough to type.
    pub fn short_id(&self) -> String {
        self.id.to_string().chars().take(8).collect()
    }

    fn state(&self) -> Value {
        match self.handled.as_ref().map(|(into, _)| into.as_str()) {
            None => Value::Word("open", t!("ideas.open", "open")),
            Some("case") => Value::Word("case", t!("ideas.case", "case")),
            Some("change") => Value::Word("change", t!("ideas.change", "change")),
            Some(_) => Value::Word("closed", t!("ideas.closed", "closed")),
        }
    }
}

/// Ideas in their order; `all` = how many there are besides those that are left out; `data` = the columns of the file.
pub fn idea_list(rows: &[IdeaRow], all: usize, data: bool, as_of: Date) -> Report {
    if data {
        let keys = [
            "idea_id",
            "day",
            "person_id",
            "capability_id",
            "text",
            "state",
            "reason",
        ];
        let mut report = Report::new("ideas", as_of, data_columns(keys));
        report.rows = rows
            .iter()
            .map(|row| {
                vec![
                    Value::Text(row.id.to_string()),
                    Value::Date(row.day),
                    Value::Text(row.person.to_string()),
                    Value::text(row.capability.clone()),
                    Value::Text(row.text.clone()),
                    row.state(),
                    Value::text(row.handled.as_ref().and_then(|(_, reason)| reason.clone())),
                ]
            })
            .collect();
        return report;
    }
    let columns = vec![
        Column::screen("idea_id", t!("column.id", "ID"), 1),
        Column::screen("day", t!("column.day", "DAY"), 3),
        Column::screen("name", t!("column.who", "WHO"), 2),
        Column::screen("capability_id", t!("column.for", "FOR"), 4),
        Column::screen("state", t!("column.state", "STATE"), 2),
        Column::screen("text", t!("column.idea", "IDEA"), 1),
    ];
    let mut report = Report::new("ideas", as_of, columns);
    report.rows = rows
        .iter()
        .map(|row| {
            vec![
                Value::Text(row.short_id()),
                Value::Date(row.day),
                Value::Text(row.name.clone()),
                row.capability.clone().map_or(Value::Missing("-"), Value::Text),
                row.state(),
                Value::Text(row.text.clone()),
            ]
        })
        .collect();
    if rows.is_empty() {
        report.above.push(if all == 0 {
            t!("ideas.none", "No idea yet: upwards ideas add \"...\"")
        } else {
            t_n!(
                "ideas.none_open",
                all,
                "No open idea; {n} was handled.",
                "No open idea; {n} were handled."
            )
        });
    }
    report
}

/// One idea for a screen.
pub fn idea_lines(row: &IdeaRow, columns: usize) -> Vec<String> {
    let mut lines = wrap(&format!("\"{}\"", row.text), columns);
    lines.extend(hanging(
        "  ",
        &t!(
            "ideas.whose",
            "{name}, {day}",
            name = row.name,
            day = row.day.long()
        ),
        columns,
    ));
    let state = match &row.handled {
        None => t!("ideas.is_open", "open"),
        Some((into, reason)) => {
            let into = match into.as_str() {
                "case" => t!("ideas.became_case", "taken: it becomes a case"),
                "change" => t!("ideas.became_change", "taken: it changes the material"),
                _ => t!("ideas.became_nothing", "closed"),
            };
            match reason {
                Some(reason) => format!("{into}: {reason}"),
                None => into,
            }
        }
    };
    lines.extend(hanging("  ", &state, columns));
    lines
}
