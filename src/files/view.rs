//! Takes values out of a table whose form was checked. A method gives `None` where a value is missing, and also where
//! it does not fit, so that nothing here can fail loudly: the walk has said everything before.

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use toml::de::{DeTable, DeValue};

use super::values::{date_of, thousandths_of, whole_of, years_of};
use crate::base::time::Date;

/// A table that was checked.
#[derive(Clone, Copy)]
pub(super) struct View<'t> {
    table: &'t DeTable<'t>,
}

impl<'t> View<'t> {
    /// A view of a table.
    pub(super) fn new(table: &'t DeTable<'t>) -> Self {
        Self { table }
    }

    /// The table itself.
    pub(super) fn table(self) -> &'t DeTable<'t> {
        self.table
    }

    /// A text.
    pub(super) fn text(self, key: &str) -> Option<String> {
        self.str(key).map(str::to_owned)
    }

    /// A text that is read as something else: an id, a slug.
    pub(super) fn parsed<T: FromStr>(self, key: &str) -> Option<T> {
        self.str(key)?.parse().ok()
    }

    /// The meaning of one of some words.
    pub(super) fn word<T: Copy>(self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.str(key)?;
        words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, meaning)| *meaning)
    }

    /// The texts of a list; none if it was left out.
    pub(super) fn texts(self, key: &str) -> Vec<String> {
        self.list(key)
            .filter_map(DeValue::as_str)
            .map(str::to_owned)
            .collect()
    }

    /// The texts of a list, each read as something else.
    pub(super) fn parsed_list<T: FromStr>(self, key: &str) -> Vec<T> {
        self.list(key).filter_map(|v| v.as_str()?.parse().ok()).collect()
    }

    /// The numbers of a list.
    pub(super) fn wholes(self, key: &str) -> Vec<u32> {
        let numbers = self.list(key).filter_map(|v| whole_of(v.as_integer()?));
        numbers.filter_map(|n| u32::try_from(n).ok()).collect()
    }

    /// A whole number.
    pub(super) fn whole(self, key: &str) -> Option<u32> {
        whole_of(self.value(key)?.as_integer()?).and_then(|n| u32::try_from(n).ok())
    }

    /// `true` or `false`.
    pub(super) fn yes(self, key: &str) -> Option<bool> {
        self.value(key)?.as_bool()
    }

    /// A day.
    pub(super) fn date(self, key: &str) -> Option<Date> {
        date_of(self.value(key)?).ok()
    }

    /// A year, or the first and last.
    pub(super) fn years(self, key: &str) -> Option<(u32, u32)> {
        years_of(self.value(key)?)
    }

    /// A number in thousandths, or first and last of a range.
    pub(super) fn measured(self, key: &str) -> Option<(i64, Option<i64>)> {
        match self.value(key)? {
            DeValue::Array(range) => match range.as_ref() {
                [low, high] => Some((
                    thousandths_of(low.get_ref()).ok()?,
                    Some(thousandths_of(high.get_ref()).ok()?),
                )),
                _ => None,
            },
            one => Some((thousandths_of(one).ok()?, None)),
        }
    }

    /// A table inside.
    pub(super) fn inner(self, key: &str) -> Option<View<'t>> {
        self.value(key)?.as_table().map(View::new)
    }

    /// The tables of a kind, in the file's order.
    pub(super) fn tables(self, key: &str) -> Vec<View<'t>> {
        self.list(key)
            .filter_map(|v| v.as_table().map(View::new))
            .collect()
    }

    /// Keys and texts of a table with keys of the writer's own.
    pub(super) fn text_map(self, key: &str) -> BTreeMap<String, String> {
        let entries = self.inner(key).into_iter().flat_map(|view| view.table.iter());
        entries
            .filter_map(|(k, v)| Some((k.get_ref().to_string(), v.get_ref().as_str()?.to_owned())))
            .collect()
    }

    /// Names of all keys.
    pub(super) fn keys(self) -> impl Iterator<Item = &'t str> {
        self.table.keys().map(|key| &**key.get_ref())
    }

    fn str(self, key: &str) -> Option<&'t str> {
        self.value(key)?.as_str()
    }

    fn list(self, key: &str) -> impl Iterator<Item = &'t DeValue<'t>> {
        let list = self.value(key).and_then(DeValue::as_array);
        list.into_iter()
            .flat_map(|list| list.iter().map(toml::Spanned::get_ref))
    }

    fn value(self, key: &str) -> Option<&'t DeValue<'t>> {
        self.table.get(key).map(toml::Spanned::get_ref)
    }
}

/// Byte range of every value by its path, as `step.3.needs.1`, and of every key by that path with a `#` behind. Only for trees whose form was checked: they are as deep
/// as their shape.
pub(super) fn places(table: &DeTable<'_>) -> BTreeMap<String, Range<usize>> {
    let mut spans = BTreeMap::new();
    of_table(table, "", &mut spans);
    spans
}

fn of_table(table: &DeTable<'_>, prefix: &str, spans: &mut BTreeMap<String, Range<usize>>) {
    for (key, value) in table {
        let path = format!("{prefix}{}", key.get_ref());
        spans.insert(format!("{path}#"), key.span());
        of_value(value.get_ref(), value.span(), path, spans);
    }
}

fn of_value(
    value: &DeValue<'_>,
    span: Range<usize>,
    path: String,
    spans: &mut BTreeMap<String, Range<usize>>,
) {
    match value {
        DeValue::Table(table) => of_table(table, &format!("{path}."), spans),
        DeValue::Array(list) => {
            for (at, entry) in list.iter().enumerate() {
                of_value(entry.get_ref(), entry.span(), format!("{path}.{at}"), spans);
            }
        }
        _ => {}
    }
    spans.insert(path, span);
}
