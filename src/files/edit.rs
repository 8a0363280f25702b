//! Changes to `people.toml` that keep everything else: order, comments, line ends.

use std::collections::BTreeMap;

use thiserror::Error;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value};

use crate::base::id::PersonId;
use crate::base::time::Date;

/// Why a change was not made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// The file does not parse.
    #[error("people.toml cannot be read: {0}")]
    Syntax(String),
    /// Nobody of that id.
    #[error("people.toml has nobody with the id {0}")]
    NoSuchPerson(String),
    /// A key that cannot be set this way.
    #[error(
        "a person has no key \"{0}\" that can be set; keys: name, roles, groups, unit, function, reports_to, languages, email, assistant_email, challenges, experience, mentors_in, seats, external, rival, left, nudge"
    )]
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

/// How a key is written.
enum Form {
    Text,
    List,
    Whole,
    YesNo,
    Day,
}

/// `people.toml` being changed.
#[derive(Debug, Clone)]
pub struct PeopleFile {
    document: DocumentMut,
    crlf: bool,
}

impl PeopleFile {
    /// Reads the text of the file.
    pub fn parse(text: &str) -> Result<Self, EditError> {
        let document = text
            .parse()
            .map_err(|e: toml_edit::TomlError| EditError::Syntax(e.message().to_owned()))?;
        Ok(Self {
            document,
            crlf: text.contains("\r\n"),
        })
    }

    /// The text as it stands now.
    pub fn into_text(self) -> String {
        let text = self.document.to_string();
        if self.crlf {
            text.replace("\r\n", "\n").replace('\n', "\r\n")
        } else {
            text
        }
    }

    /// Adds a person behind the last one. Lists are joined with `|`; empty values are left out.
    pub fn add(&mut self, id: &PersonId, values: &BTreeMap<String, String>) -> Result<(), EditError> {
        let mut table = Table::new();
        table.insert("id", toml_edit::value(id.as_str()));
        for key in KEYS.iter().map(|(key, _)| *key) {
            if let Some(value) = values.get(key).filter(|v| !v.is_empty()) {
                table.insert(key, Item::Value(value_of(key, value)?));
            }
        }
        table.decor_mut().set_prefix("\n");
        self.people()?.push(table);
        Ok(())
    }

    /// Sets a key of a person; an empty value removes it.
    pub fn set(&mut self, id: &PersonId, key: &str, value: &str) -> Result<(), EditError> {
        if !KEYS.iter().any(|(k, _)| *k == key) {
            return Err(EditError::NoSuchKey(key.to_owned()));
        }
        let at = self.place(id)?;
        let people = self.people()?;
        let table = people
            .get_mut(at)
            .ok_or_else(|| EditError::NoSuchPerson(id.to_string()))?;
        if value.is_empty() {
            if key == "name" {
                return Err(EditError::BadValue {
                    key: key.to_owned(),
                    why: "a person needs a name".to_owned(),
                });
            }
            table.remove(key);
            return Ok(());
        }
        let new = value_of(key, value)?;
        match table.get_mut(key).and_then(Item::as_value_mut) {
            Some(old) => {
                let decor = old.decor().clone();
                *old = new;
                *old.decor_mut() = decor;
            }
            None => {
                table.insert(key, Item::Value(new));
            }
        }
        Ok(())
    }

    /// Takes a person out.
    pub fn remove(&mut self, id: &PersonId) -> Result<(), EditError> {
        let at = self.place(id)?;
        self.people()?.remove(at);
        Ok(())
    }

    fn place(&mut self, id: &PersonId) -> Result<usize, EditError> {
        let is = |t: &Table| t.get("id").and_then(Item::as_str) == Some(id.as_str());
        self.people()?
            .iter()
            .position(is)
            .ok_or_else(|| EditError::NoSuchPerson(id.to_string()))
    }

    fn people(&mut self) -> Result<&mut ArrayOfTables, EditError> {
        let entry = self
            .document
            .entry("person")
            .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        entry
            .as_array_of_tables_mut()
            .ok_or_else(|| EditError::Syntax("write people as [[person]] tables".to_owned()))
    }
}

/// Adds a person to the text of `people.toml`.
pub fn add_person(text: &str, id: &PersonId, values: &BTreeMap<String, String>) -> Result<String, EditError> {
    let mut file = PeopleFile::parse(text)?;
    file.add(id, values)?;
    Ok(file.into_text())
}

/// Sets a key of a person in the text of `people.toml`; an empty value removes it.
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

/// Keys that can be set, in the order in which a new person has them.
const KEYS: [(&str, Form); 17] = [
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
    ("seats", Form::Whole),
    ("external", Form::YesNo),
    ("rival", Form::List),
    ("left", Form::Day),
    ("nudge", Form::YesNo),
];

fn value_of(key: &str, text: &str) -> Result<Value, EditError> {
    let form = KEYS.iter().find(|(k, _)| *k == key).map(|(_, form)| form);
    let bad = |why: &str| EditError::BadValue {
        key: key.to_owned(),
        why: why.to_owned(),
    };
    Ok(match form.ok_or_else(|| EditError::NoSuchKey(key.to_owned()))? {
        Form::Text => text.into(),
        Form::List => {
            let items = text.split(['|', ',']).map(str::trim).filter(|i| !i.is_empty());
            Value::Array(items.collect::<Array>())
        }
        Form::Whole => text.parse::<i64>().map_err(|_| bad("a whole number"))?.into(),
        Form::YesNo => match text {
            "true" | "yes" => true.into(),
            "false" | "no" => false.into(),
            _ => return Err(bad("yes or no")),
        },
        Form::Day => {
            let day: Date = text.parse().map_err(|e| bad(&format!("{e}")))?;
            let native: toml_edit::Datetime = day.to_string().parse().map_err(|_| bad("a date"))?;
            native.into()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "format = 1\n\n# the board\n[[person]]\nid = \"ana\"   # first\nname = \"Ana Reyes\"\nunit = \"sales\"     # hand-set\n\n[[person]]\nid = \"bo\"\nname = \"Bo\"\n";

    fn id(text: &str) -> PersonId {
        text.parse().unwrap()
    }

    #[test]
    fn comments_order_and_blanks_stay() {
        let changed = set_person_key(FILE, &id("ana"), "unit", "trade").unwrap();
        assert_eq!(changed, FILE.replace("\"sales\"", "\"trade\""));
        let values = BTreeMap::from([
            ("name".into(), "Chen".into()),
            ("groups".into(), "board|it".into()),
        ]);
        let added = add_person(FILE, &id("chen"), &values).unwrap();
        assert_eq!(
            added,
            format!("{FILE}\n[[person]]\nid = \"chen\"\nname = \"Chen\"\ngroups = [\"board\", \"it\"]\n")
        );
        assert_eq!(remove_person(&added, &id("chen")).unwrap(), FILE);
    }

    #[test]
    fn line_ends_stay() {
        let crlf = FILE.replace('\n', "\r\n");
        let changed = set_person_key(&crlf, &id("bo"), "left", "2026-02-01").unwrap();
        assert_eq!(changed, format!("{crlf}left = 2026-02-01\r\n"));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(
            set_person_key(FILE, &id("zoe"), "unit", "x"),
            Err(EditError::NoSuchPerson("zoe".into()))
        );
        assert!(matches!(
            set_person_key(FILE, &id("ana"), "salary", "9"),
            Err(EditError::NoSuchKey(_))
        ));
        assert!(matches!(
            set_person_key(FILE, &id("ana"), "left", "soon"),
            Err(EditError::BadValue { .. })
        ));
        assert!(matches!(
            set_person_key(FILE, &id("ana"), "name", ""),
            Err(EditError::BadValue { .. })
        ));
        assert_eq!(
            set_person_key(FILE, &id("ana"), "unit", "").unwrap(),
            FILE.replace("unit = \"sales\"     # hand-set\n", "")
        );
    }
}
