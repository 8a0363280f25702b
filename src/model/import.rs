//! How rows of a personnel list become people, and what was imported last (`people.import.toml`).

use std::collections::BTreeMap;

use crate::base::id::PersonId;

/// `people.import.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportMap {
    /// What makes a row the same person.
    pub key: ImportKey,
    /// How dates are written in the source, as `%d.%m.%Y`.
    pub date_format: Option<String>,
    /// What stands between two cells.
    pub delimiter: Option<char>,
    /// Our key → their heading.
    pub columns: BTreeMap<String, String>,
    /// Our key → values that mean "none".
    pub sentinels: BTreeMap<String, Vec<String>>,
    /// Rows as last imported, in the file's order.
    pub rows: Vec<ImportRow>,
}

/// What makes a row the same person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImportKey {
    /// Our id, or the source's.
    #[default]
    Id,
    /// The address.
    Email,
}

impl ImportKey {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Email => "email",
        }
    }
}

/// One row as last imported: a value in `people.toml` that equals it may be overwritten by the next file, another one
/// was set by hand and stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Our id.
    pub id: PersonId,
    /// The source's id where it is not ours.
    pub external_id: Option<String>,
    /// Our key → the value, a text as a list of one.
    pub values: BTreeMap<String, Vec<String>>,
}
