//! What record stores hold of this workspace, as far as this computer sent it: `sent.jsonl` in the user's folder, a line for each
//! statement and store. Disposable: lost, everything is sent once more, and stores keep each statement once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::cli::error::Result;
use crate::disk::{self, Access, Appender, DiskError};
use crate::interop::Statement;
use crate::lrs::{Markers, Refused};

/// Name of the file.
const FILE: &str = "sent.jsonl";

/// One line of it.
struct Row {
    to: String,
    statement: String,
    person: String,
    refused: bool,
}

/// What one store was told before this run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sent {
    stored: BTreeSet<String>,
    refused: BTreeSet<String>,
}

impl Sent {
    /// Reads what was noted of a store; a line that cannot be read was never there.
    pub(crate) fn read(own_folder: &Path, to: &str) -> Self {
        let mut sent = Self::default();
        for row in rows(&text(&path(own_folder))).filter(|row| row.to == to) {
            // Sent again after it was refused, it may be there: the last line says.
            let (here, there) = if row.refused {
                (&mut sent.refused, &mut sent.stored)
            } else {
                (&mut sent.stored, &mut sent.refused)
            };
            there.remove(&row.statement);
            here.insert(row.statement);
        }
        sent
    }

    /// Whether the store has a statement.
    pub(crate) fn holds(&self, statement: &str) -> bool {
        self.stored.contains(statement)
    }

    /// Whether the store refused it.
    pub(crate) fn was_refused(&self, statement: &str) -> bool {
        self.refused.contains(statement)
    }
}

/// Notes what a store takes and refuses: on the disk before the next request.
pub(crate) struct Notes {
    to: String,
    pen: Appender,
}

impl Notes {
    /// For one store.
    pub(crate) fn open(own_folder: &Path, to: &str) -> Result<Self> {
        let mut pen = Appender::open(&path(own_folder), Access::Private)?;
        // A line that broke off must not take the next one with it.
        if pen.tail(1)?.last().is_some_and(|last| *last != b'\n') {
            pen.append(b"\n")?;
        }
        Ok(Self {
            to: to.to_owned(),
            pen,
        })
    }

    fn note(
        &mut self,
        statements: &[Statement],
        refused: Option<&str>,
    ) -> std::result::Result<(), DiskError> {
        let mut lines = String::new();
        for one in statements {
            let mut row = serde_json::json!({ "to": self.to, "statement": one.id, "person": one.person });
            if let Some(why) = refused {
                row["refused"] = why.into();
            }
            lines.push_str(&format!("{row}\n"));
        }
        self.pen.append(lines.as_bytes())?;
        self.pen.sync()
    }
}

impl Markers for Notes {
    type Error = DiskError;

    fn stored(&mut self, statements: &[Statement]) -> std::result::Result<(), DiskError> {
        self.note(statements, None)
    }

    fn refused(&mut self, refused: &Refused) -> std::result::Result<(), DiskError> {
        self.note(std::slice::from_ref(&refused.statement), Some(&refused.why))
    }
}

/// How many statements about a person each store was sent from this computer, by the store's address; for whoever erases
/// the person: xAPI cannot take statements back, only the administration of the store can remove them. Empty: none that this
/// computer knows of; another leader's computer may know more.
pub(crate) fn statements_about(own_folder: &Path, person: &str) -> BTreeMap<String, usize> {
    let text = text(&path(own_folder));
    let mut stored: BTreeSet<(String, String)> = BTreeSet::new();
    for row in rows(&text).filter(|row| row.person == person) {
        let one = (row.to, row.statement);
        if row.refused {
            stored.remove(&one);
        } else {
            stored.insert(one);
        }
    }
    let mut counts = BTreeMap::new();
    for (to, _) in stored {
        *counts.entry(to).or_default() += 1;
    }
    counts
}

/// Forgets what was sent about a person: the last step of erasing them, after what [`statements_about`] says was told.
pub(crate) fn forget_statements_about(own_folder: &Path, person: &str) -> Result<()> {
    let path = path(own_folder);
    let text = text(&path);
    let is_about = |line: &str| row(line).is_some_and(|row| row.person == person);
    if !text.lines().any(is_about) {
        return Ok(());
    }
    let lines = text.lines().filter(|line| !is_about(line));
    let left: String = lines.flat_map(|line| [line, "\n"]).collect();
    Ok(disk::replace(&path, left.as_bytes(), Access::Private)?)
}

fn path(own_folder: &Path) -> PathBuf {
    own_folder.join(FILE)
}

fn text(path: &Path) -> String {
    let mut bytes = Vec::new();
    match disk::read_into(path, &mut bytes) {
        Ok(()) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(_) => String::new(),
    }
}

fn rows(text: &str) -> impl Iterator<Item = Row> {
    text.lines().filter_map(row)
}

fn row(line: &str) -> Option<Row> {
    let row: serde_json::Value = serde_json::from_str(line).ok()?;
    let text = |key: &str| row.get(key)?.as_str().map(str::to_owned);
    Some(Row {
        to: text("to")?,
        statement: text("statement")?,
        person: text("person")?,
        refused: row.get("refused").is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::EventId;
    use crate::base::time::Date;

    const STORE: &str = "https://lrs.example/statements";

    fn statement(id: &str, person: &str) -> Statement {
        Statement {
            id: id.to_owned(),
            event: EventId::from_random([1; 16]),
            person: person.to_owned(),
            day: Date::from_days(0),
            stands: true,
            once_voided_by: Vec::new(),
            json: "{}".to_owned(),
        }
    }

    fn notes(own: &Path) -> Notes {
        Notes::open(own, STORE).unwrap()
    }

    #[test]
    fn what_was_sent_is_known_again_store_by_store() {
        let own = tempfile::tempdir().unwrap();
        assert!(!Sent::read(own.path(), STORE).holds("a"));
        let mut pen = notes(own.path());
        pen.stored(&[statement("a", "ana"), statement("b", "bo")])
            .unwrap();
        pen.refused(&Refused {
            statement: statement("c", "ana"),
            why: "422: no".to_owned(),
        })
        .unwrap();
        let again = Sent::read(own.path(), STORE);
        assert!(again.holds("a") && again.holds("b") && !again.holds("c") && again.was_refused("c"));
        assert_eq!(
            Sent::read(own.path(), "https://other.example/statements"),
            Sent::default()
        );
        notes(own.path()).stored(&[statement("c", "ana")]).unwrap();
        let again = Sent::read(own.path(), STORE);
        assert!(again.holds("c") && !again.was_refused("c"));
    }

    #[test]
    fn a_line_that_broke_off_takes_no_other_with_it() {
        let own = tempfile::tempdir().unwrap();
        notes(own.path()).stored(&[statement("a", "ana")]).unwrap();
        let torn = format!("{}{{\"to\":\"htt", text(&path(own.path())));
        disk::replace(&path(own.path()), torn.as_bytes(), Access::Private).unwrap();
        notes(own.path()).stored(&[statement("b", "bo")]).unwrap();
        let again = Sent::read(own.path(), STORE);
        assert!(again.holds("a") && again.holds("b"));
    }

    #[test]
    fn whoever_erases_a_person_learns_which_stores_hold_statements() {
        let own = tempfile::tempdir().unwrap();
        assert_eq!(statements_about(own.path(), "ana"), BTreeMap::new());
        let mut sent = notes(own.path());
        sent.stored(&[statement("a", "ana"), statement("b", "bo")])
            .unwrap();
        sent.stored(&[statement("a", "ana"), statement("d", "ana")])
            .unwrap();
        sent.refused(&Refused {
            statement: statement("c", "ana"),
            why: String::new(),
        })
        .unwrap();
        assert_eq!(
            statements_about(own.path(), "ana"),
            BTreeMap::from([(STORE.to_owned(), 2)])
        );
        forget_statements_about(own.path(), "ana").unwrap();
        assert_eq!(statements_about(own.path(), "ana"), BTreeMap::new());
        assert_eq!(statements_about(own.path(), "bo").len(), 1);
        assert!(!text(&path(own.path())).contains("ana"));
        forget_statements_about(own.path(), "nobody").unwrap();
    }
}
