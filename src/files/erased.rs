//! `erased.toml` (`formats.md` §4): ids and old lines that a late device must not bring back.

use std::collections::BTreeSet;

use toml_edit::{ArrayOfTables, Item, Table};

use super::edit::{Document, EditError};
use super::shape::{FORMAT, Form, MANY, Shape, needed, optional, shape};
use super::view::View;
use crate::base::id::PersonId;
use crate::base::time::Date;

/// What `erased.toml` may hold.
pub static ERASED: Shape = shape(
    "file erased.toml",
    &[
        FORMAT,
        optional(
            "erased",
            Form::Tables {
                of: &ENTRY,
                least: 0,
                most: MANY,
                distinct: false,
            },
            "one for each erased person",
        ),
        optional(
            "retained",
            Form::Tables {
                of: &RETAINED,
                least: 0,
                most: MANY,
                distinct: false,
            },
            "one for each time old lines were removed",
        ),
    ],
);

static ENTRY: Shape = shape(
    "erased person",
    &[
        needed("id", Form::Slug, "never used again"),
        needed("day", Form::Date, "when it was done"),
    ],
);

static RETAINED: Shape = shape(
    "removal of old lines",
    &[
        needed(
            "before",
            Form::Date,
            "shared lines of earlier days are gone unless something rests on them; none is taken back in",
        ),
        needed("day", Form::Date, "when it was done"),
    ],
);

/// The erased ids of a checked file. Two devices may have erased the same person: one entry is enough.
pub(super) fn erased(file: View<'_>) -> BTreeSet<PersonId> {
    file.tables("erased")
        .into_iter()
        .filter_map(|entry| entry.parsed("id"))
        .collect()
}

/// The day before which old lines were removed, the latest of all removals; `None` = never.
pub(super) fn retained(file: View<'_>) -> Option<Date> {
    let removals = file.tables("retained").into_iter();
    removals.filter_map(|entry| entry.date("before")).max()
}

/// The text of `erased.toml` with one more id; as it is where the id is there already. `None` = there is no file yet.
pub fn with_erased(text: Option<&str>, id: &PersonId, day: Date) -> Result<String, EditError> {
    let mut entry = Table::new();
    entry.insert("id", toml_edit::value(id.as_str()));
    entry.insert("day", day_of(day)?);
    with_entry(text, "erased", entry, |known| {
        known.get("id").and_then(Item::as_str) == Some(id.as_str())
    })
}

/// The text of `erased.toml` with one more removal of lines of days before `before`.
pub fn with_retained(text: Option<&str>, before: Date, day: Date) -> Result<String, EditError> {
    let mut entry = Table::new();
    entry.insert("before", day_of(before)?);
    entry.insert("day", day_of(day)?);
    with_entry(text, "retained", entry, |known| {
        let known = known.get("before").and_then(Item::as_datetime);
        known.is_some_and(|known| known.to_string() == before.to_string())
    })
}

fn day_of(day: Date) -> Result<Item, EditError> {
    let native: Result<toml_edit::Datetime, _> = day.to_string().parse();
    native
        .map(toml_edit::value)
        .map_err(|_| EditError::Form("day".to_owned()))
}

fn with_entry(
    text: Option<&str>,
    key: &str,
    mut entry: Table,
    is_same: impl Fn(&Table) -> bool,
) -> Result<String, EditError> {
    let mut document = Document::parse(text.unwrap_or("format = 1\n"))?;
    let new = || Item::ArrayOfTables(ArrayOfTables::new());
    let entries = document.toml.entry(key).or_insert_with(new);
    let entries = entries
        .as_array_of_tables_mut()
        .ok_or_else(|| EditError::Form(key.to_owned()))?;
    if !entries.iter().any(is_same) {
        entry.decor_mut().set_prefix("\n");
        entries.push(entry);
    }
    Ok(document.into_text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_added_once_and_comments_stay() {
        let day: Date = "2026-03-16".parse().unwrap();
        let sam: PersonId = "sam".parse().unwrap();
        let first = with_erased(None, &sam, day).unwrap();
        assert_eq!(
            first,
            "format = 1\n\n[[erased]]\nid = \"sam\"\nday = 2026-03-16\n"
        );
        let text = format!("# ours\n{first}");
        assert_eq!(with_erased(Some(&text), &sam, day).unwrap(), text);
        let before: Date = "2025-03-16".parse().unwrap();
        let more = with_retained(Some(&text), before, day).unwrap();
        assert_eq!(
            more,
            format!("{text}\n[[retained]]\nbefore = 2025-03-16\nday = 2026-03-16\n")
        );
        assert_eq!(with_retained(Some(&more), before, day).unwrap(), more);
        let wrong = with_erased(Some("format = 1\nerased = 3\n"), &sam, day);
        assert!(wrong.is_err());
    }
}
