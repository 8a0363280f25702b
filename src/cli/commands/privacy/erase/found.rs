//! What there is about a person: in the workspace, in this computer's own folder, and what stays.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::base::id::{EventId, PersonId};
use crate::cli::error::{CliError, Result};
use crate::disk::{self, Kind, Tree};
use crate::files::edit;
use crate::store::{self, ITEMS_FOLDER};
use crate::{log, team, vault};

/// Folders below which no text for people lies.
const NO_TEXTS: [&str; 5] = ["progress", "team", "items", "private", ".git"];

/// Where to look.
pub(super) struct Places<'a> {
    /// The workspace.
    pub(super) root: &'a Path,
    /// The user's folder of this workspace.
    pub(super) own: &'a Path,
    /// Names of the person's files of first tries, as far as this computer knows them.
    pub(super) given: &'a [String],
}

/// A file that has something of the person.
pub(super) struct Part {
    /// Its name for people: inside the workspace, or inside the user's folder.
    pub(super) file: String,
    pub(super) path: PathBuf,
    /// How many lines of it are about the person; `None` where lines mean nothing.
    pub(super) lines: Option<usize>,
    pub(super) then: Then,
}

/// What becomes of a file.
pub(super) enum Then {
    /// It goes.
    Goes,
    /// It becomes this, if it still is that.
    Becomes { before: Vec<u8>, after: Vec<u8> },
}

/// Somebody else's file that names the person and stays.
pub(super) struct Mention {
    pub(super) file: String,
    pub(super) lines: usize,
}

/// Everything of a person, in the order in which it goes: what needs their log to be found goes before it.
pub(super) fn parts(places: &Places<'_>, person: &PersonId) -> Result<Vec<Part>> {
    let (shared, own) = (
        Tree::Folder(places.root.to_owned()),
        Tree::Folder(places.own.to_owned()),
    );
    let id = person.as_str();
    let events = events_of(&shared, id)?;
    let mut parts = Vec::new();
    team_lines(&shared, places.root, "", id, &events, &mut parts)?;
    team_lines(&own, places.own, "(own) ", id, &events, &mut parts)?;
    for name in places.given {
        let inside = format!("{ITEMS_FOLDER}/{name}.jsonl");
        whole(&shared, places.root, "", &inside, &mut parts)?;
    }
    changed(places.root, "people.import.toml", &mut parts, |text| {
        edit::erase_imported(text, person)
    })?;
    changed(places.root, "people.toml", &mut parts, |text| {
        edit::erase_person(text, person)
    })?;
    folder(&shared, places.root, "", &log_folder(id), 0, &mut parts)?;
    folder(&own, places.own, "(own) ", &vault::folder(id), 0, &mut parts)?;
    whole(&own, places.own, "(own) ", &format!("given/{id}.txt"), &mut parts)?;
    Ok(parts)
}

/// The folder of a person's shared log.
pub(super) fn log_folder(person: &str) -> String {
    format!("progress/{person}")
}

/// Files that are not rewritten and name the person: others' logs by the id, texts for people by id, name or address.
pub(super) fn mentions(root: &Path, person: &str, words: &[String]) -> Result<Vec<Mention>> {
    let tree = Tree::Folder(root.to_owned());
    let quoted = format!("\"{person}\"");
    let mut found = Vec::new();
    for other in store::people(&tree, &mut Vec::new())? {
        let folder = log_folder(&other);
        for (name, kind) in tree.list(&folder)? {
            if kind == Kind::File && other != person {
                note_mentions(root, &format!("{folder}/{name}"), &[&quoted], &mut found)?;
            }
        }
    }
    let all: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .chain([quoted.as_str()])
        .collect();
    texts_below(root, &tree, "", 0, &all, &mut found)?;
    Ok(found)
}

fn texts_below(
    root: &Path,
    tree: &Tree,
    folder: &str,
    depth: u32,
    words: &[&str],
    found: &mut Vec<Mention>,
) -> Result<()> {
    /// No text of a workspace lies deeper.
    const DEEPEST: u32 = 6;
    for (name, kind) in tree.list(folder).unwrap_or_default() {
        let inside = if folder.is_empty() {
            name.clone()
        } else {
            format!("{folder}/{name}")
        };
        match kind {
            Kind::Folder if depth < DEEPEST && !NO_TEXTS.contains(&name.as_str()) => {
                texts_below(root, tree, &inside, depth + 1, words, found)?;
            }
            Kind::File if !matches!(&*inside, "people.toml" | "people.import.toml" | "erased.toml") => {
                note_mentions(root, &inside, words, found)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn note_mentions(root: &Path, inside: &str, words: &[&str], found: &mut Vec<Mention>) -> Result<()> {
    /// A larger file is no text of this program.
    const MOST: u64 = 64 * 1024 * 1024;
    let mut path = root.to_owned();
    path.extend(inside.split('/'));
    let Some(bytes) = disk::read_limited(&path, MOST)? else {
        return Ok(());
    };
    let text = String::from_utf8_lossy(&bytes);
    let lines = text
        .lines()
        .filter(|line| words.iter().any(|word| line.contains(word)));
    let lines = lines.count();
    if lines > 0 {
        found.push(Mention {
            file: inside.to_owned(),
            lines,
        });
    }
    Ok(())
}

/// Ids of all lines about a person: what leaders noted about one of them is about the person.
fn events_of(tree: &Tree, person: &str) -> Result<BTreeSet<EventId>> {
    let folder = log_folder(person);
    let mut events = BTreeSet::new();
    if tree.kind(&folder)? != Some(Kind::Folder) {
        return Ok(events);
    }
    for (name, kind) in tree.list(&folder)? {
        if kind != Kind::File {
            continue;
        }
        let inside = format!("{folder}/{name}");
        let mut bytes = Vec::new();
        tree.read_into(&inside, &mut bytes)?;
        let lines = log::lines(&inside, &bytes, &mut Vec::new());
        events.extend(lines.iter().filter_map(|raw| Some(store::key(raw.text)?.id)));
    }
    Ok(events)
}

fn team_lines(
    tree: &Tree,
    root: &Path,
    prefix: &str,
    person: &str,
    events: &BTreeSet<EventId>,
    parts: &mut Vec<Part>,
) -> Result<()> {
    if tree.kind("team")? != Some(Kind::Folder) {
        return Ok(());
    }
    for (name, kind) in tree.list("team")? {
        if kind != Kind::File {
            continue;
        }
        let inside = format!("team/{name}");
        let mut before = Vec::new();
        tree.read_into(&inside, &mut before)?;
        let raw: Vec<&[u8]> = before.split_inclusive(|byte| *byte == b'\n').collect();
        let texts: Vec<String> = raw
            .iter()
            .map(|line| String::from_utf8_lossy(line).trim_end().to_owned())
            .collect();
        let lines: Vec<&str> = texts.iter().map(String::as_str).collect();
        let about = team::about(&lines, person, events);
        if about.is_empty() {
            continue;
        }
        let kept = raw.iter().enumerate().filter(|(at, _)| !about.contains(at));
        let after: Vec<u8> = kept.flat_map(|(_, line)| line.iter().copied()).collect();
        parts.push(Part {
            file: format!("{prefix}{inside}"),
            path: root.join("team").join(&name),
            lines: Some(about.len()),
            then: Then::Becomes { before, after },
        });
    }
    Ok(())
}

/// A file that goes, if it is there.
fn whole(tree: &Tree, root: &Path, prefix: &str, inside: &str, parts: &mut Vec<Part>) -> Result<()> {
    let Some(kind) = tree.kind(inside)? else {
        return Ok(());
    };
    let mut bytes = Vec::new();
    if kind == Kind::File {
        tree.read_into(inside, &mut bytes)?;
    }
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let mut path = root.to_owned();
    path.extend(inside.split('/'));
    parts.push(Part {
        file: format!("{prefix}{inside}"),
        path,
        lines: Some(lines.count()),
        then: Then::Goes,
    });
    Ok(())
}

/// All files of a folder, whatever they are called: conflict copies and what a write left behind are about the person too.
fn folder(
    tree: &Tree,
    root: &Path,
    prefix: &str,
    inside: &str,
    depth: u32,
    parts: &mut Vec<Part>,
) -> Result<()> {
    /// Nobody makes folders deeper than that in a log's folder.
    const DEEPEST: u32 = 16;
    match tree.kind(inside)? {
        None => return Ok(()),
        Some(Kind::Folder) if depth < DEEPEST => {}
        Some(_) => return whole(tree, root, prefix, inside, parts),
    }
    for (name, _) in tree.list(inside)? {
        folder(tree, root, prefix, &format!("{inside}/{name}"), depth + 1, parts)?;
    }
    Ok(())
}

fn changed(
    root: &Path,
    name: &str,
    parts: &mut Vec<Part>,
    change: impl Fn(&str) -> std::result::Result<String, edit::EditError>,
) -> Result<()> {
    let path = root.join(name);
    let mut before = Vec::new();
    match disk::read_into(&path, &mut before) {
        Ok(()) => {}
        Err(error) if error.is_missing() => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    let text = std::str::from_utf8(&before)
        .map_err(|_| CliError::could_not(format!("{name} is not UTF-8")).hint("upwards check"))?;
    let after = change(text).map_err(|error| {
        CliError::could_not(format!("{name}: {error}"))
            .hint("upwards check shows what is wrong with the file")
    })?;
    if after.as_bytes() == before {
        return Ok(());
    }
    let lines = text.lines().count().saturating_sub(after.lines().count());
    parts.push(Part {
        file: name.to_owned(),
        path,
        lines: Some(lines),
        then: Then::Becomes {
            after: after.into_bytes(),
            before,
        },
    });
    Ok(())
}
