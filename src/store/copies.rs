//! Copies of logs that sync tools left beside them. They are read as further logs, so that no figure depends on them; here it
//! is told which of them hold nothing that is not elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::read::{PROGRESS, PersonLog};
use crate::base::copies::{copy_of, is_temporary};
use crate::base::id::{EventId, check_slug};
use crate::disk::{DiskError, Kind, Tree};

/// A conflict copy of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogCopy {
    /// Its path inside the workspace.
    pub file: String,
    /// The log it is a copy of, by its name; that may be gone.
    pub original: String,
    /// The tools that name copies like this.
    pub tool: &'static str,
    /// Whole events in it.
    pub lines: usize,
    /// What would be lost with it: events that no other log holds in these words, and lines that cannot be read.
    pub only_here: usize,
}

/// The copies among one person's logs, sorted. Of two that hold the same, one counts as the other's original: all those with
/// nothing of their own may go together.
pub fn copies(tree: &Tree, person: &str, log: &PersonLog<'_>) -> Result<Vec<LogCopy>, DiskError> {
    let folder = format!("{PROGRESS}/{person}");
    let names = match tree.list(&folder) {
        Ok(names) => names,
        Err(error) if error.is_missing() => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let stems: BTreeSet<&str> = names
        .iter()
        .filter(|(name, kind)| *kind == Kind::File && !is_temporary(name))
        .filter_map(|(name, _)| name.strip_suffix(".jsonl"))
        .collect();
    let mut lines: BTreeMap<&str, Vec<(EventId, &str)>> = BTreeMap::new();
    let mut own: BTreeSet<&str> = BTreeSet::new();
    for record in log.records() {
        let file = record.line.file;
        lines
            .entry(file)
            .or_default()
            .push((record.event.id, record.line.text));
        if file.strip_prefix(&folder).and_then(stem_of) == Some(record.event.device.as_ref()) {
            own.insert(file);
        }
    }
    let mut found = Vec::new();
    let mut gone: BTreeSet<String> = BTreeSet::new();
    for stem in &stems {
        let file = format!("{folder}/{stem}.jsonl");
        let Some(copied) = copy_of(stem, |other| stems.contains(other)) else {
            continue;
        };
        // What a device wrote under its own name is no copy, whatever its name looks like.
        if own.contains(file.as_str()) || (!copied.is_sure && !lines.contains_key(file.as_str())) {
            continue;
        }
        let elsewhere: BTreeSet<(EventId, &str)> = lines
            .iter()
            .filter(|(other, _)| **other != file && !gone.contains(**other))
            .flat_map(|(_, lines)| lines.iter().copied())
            .collect();
        let here = lines.get(file.as_str()).map_or(&[][..], Vec::as_slice);
        let missing = here.iter().filter(|line| !elsewhere.contains(line)).count();
        let unread = log.findings.iter().filter(|finding| {
            finding.place.file == file && (finding.place.line > 0 || finding.code == "U510")
        });
        // Another text under an id that is elsewhere is among those missing already.
        let only_here = missing + unread.filter(|finding| finding.code != "U507").count();
        if only_here == 0 {
            gone.insert(file.clone());
        }
        found.push(LogCopy {
            original: format!("{folder}/{}.jsonl", copied.original),
            tool: copied.tool,
            lines: here.len(),
            only_here,
            file,
        });
    }
    Ok(found)
}

/// Folders in `progress/` that are copies of a person's, with the person's id: sorted. `is_known` = whether there is a person of
/// that id, whose own folder may not be there yet.
pub fn copied_folders(
    tree: &Tree,
    is_known: impl Fn(&str) -> bool,
) -> Result<Vec<(String, String)>, DiskError> {
    let names = match tree.list(PROGRESS) {
        Ok(names) => names,
        Err(error) if error.is_missing() => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let folders: Vec<&str> = names
        .iter()
        .filter(|(_, kind)| *kind == Kind::Folder)
        .map(|(name, _)| name.as_str())
        .collect();
    let copies = folders.iter().filter(|name| check_slug(name).is_err());
    Ok(copies
        .filter_map(|name| {
            let copied = copy_of(name, |other| folders.contains(&other) || is_known(other))?;
            check_slug(&copied.original).ok()?;
            Some(((*name).to_owned(), copied.original))
        })
        .collect())
}

fn stem_of(name: &str) -> Option<&str> {
    name.strip_prefix('/')?.strip_suffix(".jsonl")
}
