//! `people.import.toml` (`formats.md` §4): read here, written by [`super::scaffold`].

use std::collections::BTreeMap;

use super::people::{
    ASSISTANT_EMAIL, EMAIL, EXTERNAL, FUNCTION, GROUPS, LANGUAGES, LEFT, NUDGE, REPORTS_TO, ROLES, UNIT,
};
use super::shape::{FORMAT, Form, MANY, Shape, needed, optional, shape, some_of};
use super::view::View;
use crate::model::import::{ImportKey, ImportMap, ImportRow};

/// Our keys that a column of a personnel list may fill.
const COLUMN: Form = Form::Word {
    what: "column",
    words: &[
        "id",
        "external_id",
        "name",
        "roles",
        "groups",
        "unit",
        "function",
        "reports_to",
        "languages",
        "email",
        "assistant_email",
        "external",
        "left",
        "first_name",
        "last_name",
        "status",
        "nudge",
    ],
};

const KEYS: [(&str, ImportKey); 2] = [("id", ImportKey::Id), ("email", ImportKey::Email)];

/// What `people.import.toml` may hold.
pub static IMPORT: Shape = shape(
    "file people.import.toml",
    &[
        FORMAT,
        needed(
            "key",
            Form::Word {
                what: "key",
                words: &["id", "email"],
            },
            "what makes a row the same person",
        ),
        optional(
            "date_format",
            Form::Title,
            "how dates are written in the source, as \"%d.%m.%Y\"",
        ),
        optional("delimiter", Form::Character, "what stands between two cells"),
        optional(
            "columns",
            Form::Map {
                keys: &COLUMN,
                values: &Form::Text,
            },
            "our key = their heading",
        ),
        optional(
            "sentinels",
            Form::Map {
                keys: &COLUMN,
                values: &some_of(&Form::Text),
            },
            "our key = values that mean \"none\"",
        ),
        optional(
            "row",
            Form::Tables {
                of: &ROW,
                least: 0,
                most: MANY,
                distinct: true,
            },
            "one for each person, as last imported",
        ),
    ],
);

static ROW: Shape = shape(
    "row",
    &[
        needed("id", Form::Slug, "our id"),
        optional("external_id", Form::Text, "the source's id where it is not ours"),
        optional("name", Form::Title, "the name"),
        ROLES,
        GROUPS,
        UNIT,
        FUNCTION,
        REPORTS_TO,
        LANGUAGES,
        EMAIL,
        ASSISTANT_EMAIL,
        EXTERNAL,
        LEFT,
        NUDGE,
    ],
);

/// The mapping of a checked file.
pub(super) fn import_map(file: View<'_>) -> Option<ImportMap> {
    Some(ImportMap {
        key: file.word("key", &KEYS)?,
        date_format: file.text("date_format"),
        delimiter: file.text("delimiter").and_then(|text| text.chars().next()),
        columns: file.text_map("columns"),
        sentinels: file
            .inner("sentinels")
            .map(|table| {
                table
                    .keys()
                    .map(|key| (key.to_owned(), table.texts(key)))
                    .collect()
            })
            .unwrap_or_default(),
        rows: file.tables("row").into_iter().map(row).collect::<Option<_>>()?,
    })
}

fn row(table: View<'_>) -> Option<ImportRow> {
    let values: BTreeMap<String, Vec<String>> = table
        .keys()
        .filter(|key| !matches!(*key, "id" | "external_id"))
        .map(|key| (key.to_owned(), as_texts(table, key)))
        .collect();
    Some(ImportRow {
        id: table.parsed("id")?,
        external_id: table.text("external_id"),
        values,
    })
}

/// Any value as a list of texts, so that two of them are compared in one way.
fn as_texts(table: View<'_>, key: &str) -> Vec<String> {
    if let Some(text) = table.text(key) {
        return vec![text];
    }
    if let Some(day) = table.date(key) {
        return vec![day.to_string()];
    }
    match table.yes(key) {
        Some(yes) => vec![yes.to_string()],
        None => table.texts(key),
    }
}
