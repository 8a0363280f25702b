//! Changes to people's files that keep everything else as it was written: comments, order, blank lines, line ends.
//! Text in, text out; whoever writes the file checks the new text first.

use std::collections::BTreeMap;

use thiserror::Error;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::base::id::PersonId;
use crate::base::time::Date;

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditValue {
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// `true` or `false`.
    YesNo(bool),
    /// A day, written native.
    Date(Date),
    /// A list of texts.
    Texts(Vec<String>),
    /// A table of texts, written in one line.
    TextMap(BTreeMap<String, String>),
}

/// Why a file could not be changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// The file has errors of its own.
    #[error("the file is not TOML: {0}")]
    Syntax(String),
    /// Nobody of that id is in the file.
    #[error("nobody has the id {0}")]
    NoSuchPerson(PersonId),
    /// Somebody of that id is in the file already.
    #[error("somebody has the id {0} already")]
    PersonExists(PersonId),
    /// The file writes a thing in a way that cannot be changed here.
    #[error("{0} is written in a form that only a person can change")]
    Form(String),
}

/// Adds a person behind the last one, with these keys in this order.
pub fn add_person(text: &str, id: &PersonId, keys: &[(&str, EditValue)]) -> Result<String, EditError> {
    edit(text, |document| {
        if find(document, id)?.is_some() {
            return Err(EditError::PersonExists(id.clone()));
        }
        let mut person = Table::new();
        person.insert("id", Item::Value(id.as_str().into()));
        for (key, value) in keys {
            person.insert(key, Item::Value(to_toml(value)));
        }
        person.decor_mut().set_prefix("\n");
        people(document)?.push(person);
        Ok(())
    })
}

/// Gives a key of a person a value, in its place or at the end of the person's keys.
pub fn set_person_key(text: &str, id: &PersonId, key: &str, value: &EditValue) -> Result<String, EditError> {
    edit(text, |document| set(person(document, id)?, key, value))
}

/// Takes a key of a person away, so that its default holds; no fault if it was not there.
pub fn unset_person_key(text: &str, id: &PersonId, key: &str) -> Result<String, EditError> {
    edit(text, |document| {
        person(document, id)?.remove(key);
        Ok(())
    })
}

/// Removes a person, and the `reports_to` of others that name them. A comment that stands apart above the person stays.
pub fn remove_person(text: &str, id: &PersonId) -> Result<String, EditError> {
    edit(text, |document| {
        let at = find(document, id)?.ok_or_else(|| EditError::NoSuchPerson(id.clone()))?;
        let people = people(document)?;
        let comment = people.get(at).map(comment_apart).unwrap_or_default();
        people.remove(at);
        if let Some(next) = people.get_mut(at) {
            let own = next
                .decor()
                .prefix()
                .and_then(|p| p.as_str())
                .unwrap_or_default()
                .to_owned();
            next.decor_mut().set_prefix(format!("{comment}{own}"));
        }
        for other in people.iter_mut() {
            if other.get("reports_to").and_then(Item::as_str) == Some(id.as_str()) {
                other.remove("reports_to");
            }
        }
        Ok(())
    })
}

/// Gives a setting of `upwards.toml` a value, as `readiness.ready`.
pub fn set_setting(text: &str, key: &str, value: &EditValue) -> Result<String, EditError> {
    edit(text, |document| {
        let (tables, last) = split(key);
        let mut table: &mut dyn TableLike = document.as_table_mut();
        for name in tables {
            let new = || {
                let mut table = Table::new();
                table.decor_mut().set_prefix("\n");
                Item::Table(table)
            };
            let item = table.entry(name).or_insert_with(new);
            table = item
                .as_table_like_mut()
                .ok_or_else(|| EditError::Form(name.to_owned()))?;
        }
        set(table, last, value)
    })
}

/// Takes a setting of `upwards.toml` away, so that its default holds; no fault if it was not there.
pub fn unset_setting(text: &str, key: &str) -> Result<String, EditError> {
    edit(text, |document| {
        let (tables, last) = split(key);
        let mut table: &mut dyn TableLike = document.as_table_mut();
        for name in tables {
            let Some(item) = table.get_mut(name) else {
                return Ok(());
            };
            table = item
                .as_table_like_mut()
                .ok_or_else(|| EditError::Form(name.to_owned()))?;
        }
        table.remove(last);
        Ok(())
    })
}

fn split(key: &str) -> (Vec<&str>, &str) {
    match key.rsplit_once('.') {
        Some((tables, last)) => (tables.split('.').collect(), last),
        None => (Vec::new(), key),
    }
}

fn edit(
    text: &str,
    change: impl FnOnce(&mut DocumentMut) -> Result<(), EditError>,
) -> Result<String, EditError> {
    let (mark, body) = match text.strip_prefix('\u{FEFF}') {
        Some(body) => ("\u{FEFF}", body),
        None => ("", text),
    };
    let plain = body.replace("\r\n", "\n");
    let mut document: DocumentMut = plain.parse().map_err(|error: toml_edit::TomlError| {
        let message = error.message().lines().next().unwrap_or_default().to_owned();
        EditError::Syntax(message)
    })?;
    change(&mut document)?;
    Ok(format!(
        "{mark}{}",
        with_line_ends_of(body, &document.to_string())
    ))
}

fn people(document: &mut DocumentMut) -> Result<&mut ArrayOfTables, EditError> {
    let item = document
        .entry("person")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    item.as_array_of_tables_mut()
        .ok_or_else(|| EditError::Form("person".to_owned()))
}

fn find(document: &DocumentMut, id: &PersonId) -> Result<Option<usize>, EditError> {
    match document.get("person") {
        None => Ok(None),
        Some(Item::ArrayOfTables(people)) => Ok(people
            .iter()
            .position(|person| person.get("id").and_then(Item::as_str) == Some(id.as_str()))),
        Some(_) => Err(EditError::Form("person".to_owned())),
    }
}

fn person<'d>(document: &'d mut DocumentMut, id: &PersonId) -> Result<&'d mut Table, EditError> {
    let at = find(document, id)?;
    let no_such_person = || EditError::NoSuchPerson(id.clone());
    people(document)?
        .get_mut(at.ok_or_else(no_such_person)?)
        .ok_or_else(no_such_person)
}

/// Puts a value in place of an old one, with the old one's comment behind it.
fn set(table: &mut dyn TableLike, key: &str, value: &EditValue) -> Result<(), EditError> {
    let mut new = to_toml(value);
    match table.get_mut(key) {
        None => drop(table.insert(key, Item::Value(new))),
        Some(Item::Value(old)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        Some(_) => return Err(EditError::Form(key.to_owned())),
    }
    Ok(())
}

/// What stands above a table and is divided from it by a blank line.
fn comment_apart(table: &Table) -> String {
    let prefix = table
        .decor()
        .prefix()
        .and_then(|p| p.as_str())
        .unwrap_or_default();
    match prefix.rfind("\n\n") {
        Some(at) if prefix[..at].contains('#') => prefix[..=at].to_owned(),
        _ => String::new(),
    }
}

fn to_toml(value: &EditValue) -> Value {
    match value {
        EditValue::Text(text) => text.as_str().into(),
        EditValue::Whole(number) => (*number).into(),
        EditValue::YesNo(yes) => (*yes).into(),
        EditValue::Date(day) => match day.to_string().parse::<toml_edit::Datetime>() {
            Ok(native) => native.into(),
            Err(_) => day.to_string().into(),
        },
        EditValue::Texts(texts) => texts.iter().collect::<toml_edit::Array>().into(),
        EditValue::TextMap(map) => map.iter().collect::<InlineTable>().into(),
    }
}

/// Gives each line the end it had. Lines before and behind the change are taken from the old text; new ones get the end
/// that most old lines have.
fn with_line_ends_of(old: &str, new: &str) -> String {
    let windows = old.matches("\r\n").count();
    if windows == 0 {
        return new.to_owned();
    }
    let end = if windows * 2 > old.matches('\n').count() {
        "\r\n"
    } else {
        "\n"
    };
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let is_same = |(o, n): &(&&str, &&str)| o.trim_end_matches(['\r', '\n']) == n.trim_end_matches('\n');
    let before = old.iter().zip(&new).take_while(is_same).count();
    let rest = old.len().min(new.len()) - before;
    let behind = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(is_same)
        .count();
    let mut text = old[..before].concat();
    for line in &new[before..new.len() - behind] {
        match line.strip_suffix('\n') {
            Some(line) => text.extend([line, end]),
            None => text.push_str(line),
        }
    }
    text + &old[old.len() - behind..].concat()
}
