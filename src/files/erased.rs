//! `erased.toml` (`formats.md` §4): ids that a late device must not bring back.

use std::collections::BTreeSet;

use super::shape::{FORMAT, Form, MANY, Shape, needed, optional, shape};
use super::view::View;
use crate::base::id::PersonId;

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
    ],
);

static ENTRY: Shape = shape(
    "erased person",
    &[
        needed("id", Form::Slug, "never used again"),
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
