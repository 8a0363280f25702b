//! Changes to people's files that keep everything else as it was written: comments, order, blank lines, line ends.
//! Text in, text out; whoever writes the file checks the new text first.

use std::collections::BTreeMap;

use thiserror::Error;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::base::id::PersonId;
use crate::base::time::Date;

/// Why a change was not made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// The file does not parse.
    #[error("the file is not TOML: {0}")]
    Syntax(String),
    /// The file writes a thing in a way that cannot be changed here.
    #[error("{0} is written in a form that only a person can change")]
    Form(String),
    /// Nobody of that id is in the file.
    #[error("people.toml has nobody with the id {0}")]
    NoSuchPerson(String),
    /// Somebody of that id is in the file already.
    #[error("people.toml has somebody with the id {0} already")]
    PersonExists(String),
    /// A key that cannot be set this way.
    #[error("a person has no key \"{0}\" that can be set; keys: {keys}", keys = key_names())]
    NoSuchKey(String),
    /// A value that does not fit its key.
    #[error("{key}: {why}")]
    BadValue {
        /// The key.
        key: String,
        /// What would fit.
        why: String,
    },
}

/// The value of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingValue {
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// `true` or `false`.
    YesNo(bool),
    /// A list of texts.
    Texts(Vec<String>),
}

/// `people.toml` being changed.
#[derive(Debug, Clone)]
pub struct PeopleFile {
    document: Document,
    /// Where each person stands: an import changes thousands.
    places: BTreeMap<String, usize>,
}

impl PeopleFile {
    /// Reads the text of the file.
    pub fn parse(text: &str) -> Result<Self, EditError> {
        let mut file = Self {
            document: Document::parse(text)?,
            places: BTreeMap::new(),
        };
        file.find_places();
        Ok(file)
    }

    /// After people were added or taken out.
    pub(super) fn find_places(&mut self) {
        self.places.clear();
        let people = self
            .document
            .toml
            .get("person")
            .and_then(Item::as_array_of_tables);
        for (at, person) in people.into_iter().flatten().enumerate() {
            if let Some(id) = person.get("id").and_then(Item::as_str) {
                self.places.entry(id.to_owned()).or_insert(at);
            }
        }
    }

    /// The text as it stands now.
    pub fn into_text(self) -> String {
        self.document.into_text()
    }

    /// Adds a person behind the last one. Lists are joined with `|`; empty values are left out.
    pub fn add(&mut self, id: &PersonId, values: &BTreeMap<String, String>) -> Result<(), EditError> {
        if self.place(id).is_ok() {
            return Err(EditError::PersonExists(id.to_string()));
        }
        let mut person = Table::new();
        person.insert("id", toml_edit::value(id.as_str()));
        for (key, form) in &KEYS {
            if let Some(value) = values.get(*key).filter(|value| !value.is_empty()) {
                person.insert(key, Item::Value(value_of(key, form, value)?));
            }
        }
        person.decor_mut().set_prefix("\n");
        let people = self.people()?;
        people.push(person);
        let last = people.len() - 1;
        self.places.insert(id.to_string(), last);
        Ok(())
    }

    /// Gives a key of a person a value, in its place or at the end of the person's keys; an empty value takes the key
    /// away, so that its default holds.
    pub fn set(&mut self, id: &PersonId, key: &str, value: &str) -> Result<(), EditError> {
        let known = KEYS.iter().find(|(name, _)| *name == key);
        let (name, form) = known.ok_or_else(|| EditError::NoSuchKey(key.to_owned()))?;
        let at = self.place(id)?;
        let no_such_person = || EditError::NoSuchPerson(id.to_string());
        let person = self.people()?.get_mut(at).ok_or_else(no_such_person)?;
        match (value.is_empty(), *name) {
            (true, "name") => Err(bad("name", "a person needs a name")),
            (true, _) => {
                person.remove(name);
                Ok(())
            }
            (false, _) => set_value(person, name, value_of(name, form, value)?),
        }
    }

    /// Takes a person out, and the `reports_to` of others that name them. A comment that stands apart above the person
    /// stays.
    pub fn remove(&mut self, id: &PersonId) -> Result<(), EditError> {
        let at = self.place(id)?;
        let people = self.people()?;
        let comment = people.get(at).map(comment_apart).unwrap_or_default();
        people.remove(at);
        if let Some(next) = people.get_mut(at).filter(|_| !comment.is_empty()) {
            let own = next
                .decor()
                .prefix()
                .and_then(|p| p.as_str())
                .unwrap_or_default()
                .to_owned();
            next.decor_mut().set_prefix(format!("{comment}{own}"));
        }
        people.iter_mut().for_each(|other| no_longer_reports(other, id));
        self.find_places();
        Ok(())
    }

    /// The same of somebody who may be gone already: whom others report to is taken out all the same.
    pub fn erase(&mut self, id: &PersonId) -> Result<(), EditError> {
        match self.remove(id) {
            Err(EditError::NoSuchPerson(_)) => {
                self.people()?
                    .iter_mut()
                    .for_each(|other| no_longer_reports(other, id));
                Ok(())
            }
            result => result,
        }
    }

    fn place(&self, id: &PersonId) -> Result<usize, EditError> {
        if let Some(item) = self.document.toml.get("person")
            && !item.is_array_of_tables()
        {
            return Err(EditError::Form("person".to_owned()));
        }
        let at = self.places.get(id.as_str()).copied();
        at.ok_or_else(|| EditError::NoSuchPerson(id.to_string()))
    }

    /// The people, each a table; made if there are none.
    pub(super) fn people(&mut self) -> Result<&mut ArrayOfTables, EditError> {
        let new = || Item::ArrayOfTables(ArrayOfTables::new());
        let people = self.document.toml.entry("person").or_insert_with(new);
        people
            .as_array_of_tables_mut()
            .ok_or_else(|| EditError::Form("person".to_owned()))
    }
}

/// Adds a person to the text of `people.toml`.
pub fn add_person(text: &str, id: &PersonId, values: &BTreeMap<String, String>) -> Result<String, EditError> {
    let mut file = PeopleFile::parse(text)?;
    file.add(id, values)?;
    Ok(file.into_text())
}

/// Sets a key of a person in the text of `people.toml`; an empty value takes it away.
pub fn set_person_key(text: &str, id: &PersonId, key: &str, value: &str) -> Result<String, EditError> {
    let mut file = PeopleFile::parse(text)?;
    file.set(id, key, value)?;
    Ok(file.into_text())
}

/// Takes a person out of the text of `people.toml`.
pub fn remove_person(text: &str, id: &PersonId) -> Result<String, EditError> {
    let mut file = PeopleFile::parse(text)?;
    file.remove(id)?;
    Ok(file.into_text())
}

/// The keys of a person in the text of `people.toml`, each with its values as texts; nothing of somebody who is not there.
pub fn person_entry(text: &str, id: &str) -> Result<Vec<(String, Vec<String>)>, EditError> {
    let document = Document::parse(text)?;
    let people = document.toml.get("person").and_then(Item::as_array_of_tables);
    let mut all = people.into_iter().flatten();
    let Some(person) = all.find(|person| person.get("id").and_then(Item::as_str) == Some(id)) else {
        return Ok(Vec::new());
    };
    let text_of = |value: &Value| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.clone().decorated("", "").to_string(),
    };
    let values = person.iter().map(|(key, item)| {
        let values = match item.as_value() {
            Some(Value::Array(list)) => list.iter().map(text_of).collect(),
            Some(value) => vec![text_of(value)],
            None => vec![item.to_string().trim().to_owned()],
        };
        (key.to_owned(), values)
    });
    Ok(values.collect())
}

/// Takes a person and every mention of them out of the text of `people.toml`.
pub fn erase_person(text: &str, id: &PersonId) -> Result<String, EditError> {
    let mut file = PeopleFile::parse(text)?;
    file.erase(id)?;
    Ok(file.into_text())
}

/// Takes a person's row, and whom others report to, out of the text of `people.import.toml`: what was last imported of them.
pub fn erase_imported(text: &str, id: &PersonId) -> Result<String, EditError> {
    let mut document = Document::parse(text)?;
    let rows = document.toml.get_mut("row");
    if let Some(rows) = rows.and_then(Item::as_array_of_tables_mut) {
        rows.retain(|row| row.get("id").and_then(Item::as_str) != Some(id.as_str()));
        rows.iter_mut().for_each(|row| no_longer_reports(row, id));
    }
    Ok(document.into_text())
}

/// Gives a setting in the text of `upwards.toml` a value, as `readiness.ready`; its table is made if there is none.
pub fn set_setting(text: &str, key: &str, value: &SettingValue) -> Result<String, EditError> {
    let mut document = Document::parse(text)?;
    let (tables, last) = split(key);
    let mut table: &mut dyn TableLike = document.toml.as_table_mut();
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
    let value: Value = match value {
        SettingValue::Text(text) => text.as_str().into(),
        SettingValue::Whole(number) => (*number).into(),
        SettingValue::YesNo(yes) => (*yes).into(),
        SettingValue::Texts(texts) => texts.iter().collect::<Array>().into(),
    };
    set_value(table, last, value)?;
    Ok(document.into_text())
}

/// Takes a setting out of the text of `upwards.toml`, so that its default holds; no fault if it is not there.
pub fn unset_setting(text: &str, key: &str) -> Result<String, EditError> {
    let mut document = Document::parse(text)?;
    let (tables, last) = split(key);
    let mut table: &mut dyn TableLike = document.toml.as_table_mut();
    for name in tables {
        let Some(item) = table.get_mut(name) else {
            return Ok(text.to_owned());
        };
        table = item
            .as_table_like_mut()
            .ok_or_else(|| EditError::Form(name.to_owned()))?;
    }
    table.remove(last);
    Ok(document.into_text())
}

/// How the value of a person's key is written.
enum Form {
    Text,
    List,
    Whole,
    YesNo,
    Day,
    Map,
}

/// Keys of a person that can be set, in the order in which a new person has them.
const KEYS: [(&str, Form); 18] = [
    ("name", Form::Text),
    ("roles", Form::List),
    ("groups", Form::List),
    ("unit", Form::Text),
    ("function", Form::Text),
    ("reports_to", Form::Text),
    ("languages", Form::List),
    ("email", Form::Text),
    ("assistant_email", Form::Text),
    ("challenges", Form::List),
    ("experience", Form::List),
    ("mentors_in", Form::List),
    ("mentors_stated", Form::Map),
    ("seats", Form::Whole),
    ("external", Form::YesNo),
    ("rival", Form::List),
    ("left", Form::Day),
    ("nudge", Form::YesNo),
];

fn no_longer_reports(other: &mut Table, to: &PersonId) {
    if other.get("reports_to").and_then(Item::as_str) == Some(to.as_str()) {
        other.remove("reports_to");
    }
}

fn key_names() -> String {
    KEYS.map(|(name, _)| name).join(", ")
}

fn bad(key: &str, why: &str) -> EditError {
    EditError::BadValue {
        key: key.to_owned(),
        why: why.to_owned(),
    }
}

fn value_of(key: &str, form: &Form, text: &str) -> Result<Value, EditError> {
    let items = || {
        text.split(['|', ','])
            .map(str::trim)
            .filter(|item| !item.is_empty())
    };
    Ok(match form {
        Form::Text => text.into(),
        Form::List => Value::Array(items().collect::<Array>()),
        Form::Map => {
            let pairs = items().map(|item| item.split_once('=').map(|(k, v)| (k.trim(), v.trim())));
            let pairs: Option<Vec<_>> = pairs.collect();
            let pairs = pairs.ok_or_else(|| bad(key, "pairs as serve=ready|reach=building"))?;
            Value::InlineTable(pairs.into_iter().collect::<InlineTable>())
        }
        Form::Whole => text
            .parse::<i64>()
            .map_err(|_| bad(key, "a whole number"))?
            .into(),
        Form::YesNo => match text {
            "true" | "yes" => true.into(),
            "false" | "no" => false.into(),
            _ => return Err(bad(key, "yes or no")),
        },
        Form::Day => {
            let day: Date = text
                .parse()
                .map_err(|fault: crate::base::time::DateError| bad(key, &fault.to_string()))?;
            let native: toml_edit::Datetime = day.to_string().parse().map_err(|_| bad(key, "a date"))?;
            native.into()
        }
    })
}

/// Puts a value in place of an old one, with the old one's comment behind it; a new key goes to the end.
fn set_value(table: &mut dyn TableLike, key: &str, mut new: Value) -> Result<(), EditError> {
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

fn split(key: &str) -> (Vec<&str>, &str) {
    match key.rsplit_once('.') {
        Some((tables, last)) => (tables.split('.').collect(), last),
        None => (Vec::new(), key),
    }
}

/// A file and its text as it was: for the line ends.
#[derive(Debug, Clone)]
pub(super) struct Document {
    before: String,
    has_mark: bool,
    pub(super) toml: DocumentMut,
}

impl Document {
    pub(super) fn parse(text: &str) -> Result<Self, EditError> {
        let body = text.strip_prefix('\u{FEFF}');
        let before = body.unwrap_or(text).to_owned();
        let toml = before
            .replace("\r\n", "\n")
            .parse()
            .map_err(|error: toml_edit::TomlError| {
                let message = error.message().lines().next().unwrap_or_default().to_owned();
                EditError::Syntax(message)
            })?;
        Ok(Self {
            before,
            has_mark: body.is_some(),
            toml,
        })
    }

    pub(super) fn into_text(self) -> String {
        let mark = if self.has_mark { "\u{FEFF}" } else { "" };
        format!(
            "{mark}{}",
            with_line_ends_of(&self.before, &self.toml.to_string())
        )
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
