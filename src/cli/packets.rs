//! What went out in packets: `packets.jsonl` in the user's folder of the workspace, a row for each sender, recipient and
//! file: several people may use one computer.
//! Derived and disposable: lost, everything is sent once more, and taken once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::base::time::Date;
use crate::cli::error::Result;
use crate::disk::{self, Access};

/// To whom people send what they wrote.
pub(crate) const LEADERS: &str = "leaders";

/// The last line of a file that went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Last {
    /// Its `seq`.
    pub(crate) seq: u64,
    /// The day on which its packet was made.
    pub(crate) day: Date,
}

/// All that went out of this computer, for one workspace.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sent {
    path: PathBuf,
    /// By sender, recipient and file.
    rows: BTreeMap<(String, String, String), Last>,
}

impl Sent {
    /// Reads what was noted; a row that cannot be read was never there.
    pub(crate) fn read(own_folder: &Path) -> Self {
        let path = own_folder.join("packets.jsonl");
        let mut bytes = Vec::new();
        let text = match disk::read_into(&path, &mut bytes) {
            Ok(()) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(_) => String::new(),
        };
        let row = |line: &str| {
            let row: serde_json::Value = serde_json::from_str(line).ok()?;
            let text = |key: &str| row.get(key)?.as_str().map(str::to_owned);
            let last = Last {
                seq: row.get("seq")?.as_u64()?,
                day: text("day")?.parse().ok()?,
            };
            // A row without a sender is nobody's: its lines are sent once more, and taken once.
            Some(((text("from")?, text("to")?, text("file")?), last))
        };
        Self {
            path,
            rows: text.lines().filter_map(row).collect(),
        }
    }

    /// The last line of a file that went to somebody.
    pub(crate) fn last(&self, from: &str, to: &str, file: &str) -> Option<Last> {
        let row = (from.to_owned(), to.to_owned(), file.to_owned());
        self.rows.get(&row).copied()
    }

    /// The day of the newest packet for somebody.
    pub(crate) fn day(&self, from: &str, to: &str) -> Option<Date> {
        let rows = self
            .rows
            .iter()
            .filter(|((who, whom, _), _)| who == from && whom == to);
        rows.map(|(_, last)| last.day).max()
    }

    /// Forgets what went from and to a person, and what went out about them.
    pub(crate) fn forget(&mut self, person: &str) -> Result<()> {
        let folder = format!("/{person}/");
        self.rows
            .retain(|(from, to, file), _| from != person && to != person && !file.contains(&folder));
        self.note("", "", [])
    }

    /// Notes what went out, and writes it down.
    pub(crate) fn note(
        &mut self,
        from: &str,
        to: &str,
        files: impl IntoIterator<Item = (String, Last)>,
    ) -> Result<()> {
        for (file, last) in files {
            self.rows.insert((from.to_owned(), to.to_owned(), file), last);
        }
        let rows = self.rows.iter().map(|((from, to, file), last)| {
            let row = serde_json::json!({
                "from": from, "to": to, "file": file, "seq": last.seq, "day": last.day.to_string()
            });
            format!("{row}\n")
        });
        let text: String = rows.collect();
        Ok(disk::write_derived(&self.path, text.as_bytes(), Access::Private)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_out_is_known_again() {
        let own = tempfile::tempdir().unwrap();
        let mut sent = Sent::read(own.path());
        assert_eq!(sent.day("ana", LEADERS), None);
        let last = |seq, day: &str| Last {
            seq,
            day: day.parse().unwrap(),
        };
        sent.note(
            "ana",
            LEADERS,
            [
                ("progress/ana/x.jsonl".to_owned(), last(4, "2026-03-12")),
                ("team/x.jsonl".to_owned(), last(1, "2026-03-10")),
            ],
        )
        .unwrap();
        let again = Sent::read(own.path());
        assert_eq!(again, sent);
        assert_eq!(
            again.last("ana", LEADERS, "progress/ana/x.jsonl"),
            Some(last(4, "2026-03-12"))
        );
        assert_eq!(again.last("bo", LEADERS, "progress/ana/x.jsonl"), None);
        assert_eq!(again.day("ana", LEADERS), Some("2026-03-12".parse().unwrap()));
        disk::replace(
            &own.path().join("packets.jsonl"),
            b"{\"to\":3}\nrubbish\n",
            Access::Private,
        )
        .unwrap();
        assert_eq!(Sent::read(own.path()).rows.len(), 0);
    }
}
