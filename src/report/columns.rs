//! Columns and cells that several files share.

use crate::base::time::Date;
use crate::table::{Column, Value};

/// Columns of data by key.
pub(super) fn data_columns<T: AsRef<str>>(keys: impl IntoIterator<Item = T>) -> Vec<Column> {
    keys.into_iter().map(|key| Column::data(key.as_ref())).collect()
}

/// A day as a cell of a file.
pub(super) fn day(date: Option<Date>) -> Value {
    Value::date(date)
}
