//! Columns and cells that several files share.

use crate::base::time::Date;
use crate::model::person::Person;
use crate::table::{Column, Value};

/// Columns of data by key.
pub(super) fn data_columns<T: AsRef<str>>(keys: impl IntoIterator<Item = T>) -> Vec<Column> {
    keys.into_iter().map(|key| Column::data(key.as_ref())).collect()
}

/// A day as a cell of a file.
pub(super) fn day(date: Option<Date>) -> Value {
    Value::date(date)
}

/// Id, name, unit and groups of a person, as most files begin.
pub(super) fn person_cells(person: &Person, groups: &[Box<str>]) -> [Value; 4] {
    [
        Value::Text(person.id.to_string()),
        Value::Text(person.name.clone()),
        Value::text(person.unit.as_deref()),
        if groups.is_empty() {
            Value::Missing("")
        } else {
            Value::List(groups.iter().map(ToString::to_string).collect())
        },
    ]
}
