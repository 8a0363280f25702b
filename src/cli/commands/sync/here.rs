//! What stands on this computer: what of it others may have, what changed since the last exchange, what must not go out.

use std::collections::{BTreeMap, BTreeSet};

use super::Exchange;
use crate::base::id::PersonId;
use crate::base::time::Date;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Result};
use crate::cli::git::Entry;
use crate::disk::{self, Access, Kind, Tree};
use crate::files::{self, scaffold};
use crate::merge::{self, Part, States, Terms, part_of};

/// What stands here.
pub(super) struct Here {
    /// The newest commit of the branch.
    pub(super) head: Option<String>,
    /// What it holds.
    pub(super) listing: BTreeMap<String, Entry>,
    /// What differs from it here; `None`: it is not there any more.
    pub(super) pending: BTreeMap<String, Option<Vec<u8>>>,
    /// What is no part of a workspace, and stays where it is.
    pub(super) left: Vec<String>,
    /// Logs that had lost lines here: they are as before again.
    pub(super) restored: Vec<(String, usize)>,
    /// Who was erased, as far as this computer knows.
    pub(super) erased: BTreeSet<PersonId>,
    /// Lines of days before this one were removed as too old.
    pub(super) gone_before: Option<Date>,
}

impl Here {
    /// Looks at everything. `Err` names all that must not go out.
    pub(super) fn gather(exchange: &Exchange<'_>, context: &Context) -> Result<Self> {
        let tree = Tree::Folder(exchange.root.clone());
        let head = exchange.repository.head()?;
        let listing = match &head {
            Some(head) => exchange.repository.listing(head)?,
            None => BTreeMap::new(),
        };
        let mut here = Self {
            head,
            listing,
            pending: BTreeMap::new(),
            left: Vec::new(),
            restored: Vec::new(),
            erased: context.sound(files::load_erased(&tree))?,
            gone_before: context.sound(files::load_retained(&tree))?,
        };
        let mut found = BTreeMap::new();
        here.walk(&tree, "", exchange, &mut found)?;
        here.compare(exchange, &tree, &found)?;
        Ok(here)
    }

    /// Notes the files that are part of a workspace. What git ignores is still no part of what goes out.
    fn walk(
        &mut self,
        tree: &Tree,
        inside: &str,
        exchange: &Exchange<'_>,
        found: &mut BTreeMap<String, Part>,
    ) -> Result<()> {
        for (name, kind) in tree.list(inside)? {
            let path = match inside {
                "" => name.clone(),
                _ => format!("{inside}/{name}"),
            };
            let is_git = inside.is_empty() && name == ".git";
            let is_notes = path == "team" && !exchange.takes_team();
            match kind {
                _ if is_git || is_notes || name.starts_with(".upwards-") => {}
                Kind::Folder if path.matches('/').count() < 5 && is_ours(&path) => {
                    self.walk(tree, &path, exchange, found)?;
                }
                Kind::File => match part_of(&path) {
                    Ok(part) => {
                        found.insert(path, part);
                    }
                    Err(_) => self.left.push(path),
                },
                Kind::Folder | Kind::Link | Kind::Other => self.left.push(path),
            }
        }
        Ok(())
    }

    fn compare(
        &mut self,
        exchange: &Exchange<'_>,
        tree: &Tree,
        found: &BTreeMap<String, Part>,
    ) -> Result<()> {
        let repository = &exchange.repository;
        let paths: Vec<&str> = found.keys().map(String::as_str).collect();
        let objects = repository.objects_of(&paths)?;
        let mut wrong = Vec::new();
        // What may differ; of line ends it is not known yet.
        let changed: Vec<&str> = paths
            .iter()
            .zip(&objects)
            .filter(|(path, object)| {
                self.listing
                    .get(**path)
                    .is_none_or(|entry| entry.object != **object)
            })
            .map(|(path, _)| *path)
            .collect();
        let known: Vec<&str> = changed
            .iter()
            .filter_map(|path| self.listing.get(*path))
            .map(|entry| entry.object.as_str())
            .collect();
        let mut known = repository.contents(&known)?.into_iter();
        for path in changed {
            let part = &found[path];
            let before = self.listing.get(path).and_then(|_| known.next());
            let mut bytes = Vec::new();
            tree.read_into(path, &mut bytes)?;
            let bytes = normal(part, bytes);
            if before.as_deref() == Some(&bytes) {
                continue;
            }
            if let Some((line, why)) = merge::fault(path, part, &bytes, before.as_deref().unwrap_or_default())
            {
                wrong.push(fault(path, line, &why));
            }
            self.take(path, part, before.as_deref(), Some(bytes), exchange)?;
        }
        let gone: Vec<String> = self
            .listing
            .keys()
            .filter(|path| !found.contains_key(*path))
            .cloned()
            .collect();
        for path in gone {
            let Ok(part) = part_of(&path) else { continue };
            let before = repository.contents(&[self.listing[&path].object.as_str()])?;
            self.take(&path, &part, before.first().map(Vec::as_slice), None, exchange)?;
        }
        // Whoever was erased goes from here too, and from what git knows as the newest.
        for (path, part) in found {
            if matches!(part, Part::Log(person) if self.erased.contains(person)) {
                self.pending.insert(path.clone(), None);
            }
        }
        faults(&wrong, "nothing was exchanged; mend it, then: upwards sync")
    }

    /// Notes what changed. Logs only grow: what one lost here is given back to it.
    fn take(
        &mut self,
        path: &str,
        part: &Part,
        before: Option<&[u8]>,
        now: Option<Vec<u8>>,
        exchange: &Exchange<'_>,
    ) -> Result<()> {
        let mut now = now;
        if let (Part::Log(_) | Part::TeamLog, Some(before)) = (part, before) {
            let states = States {
                base: Some(before),
                ours: now.as_deref(),
                theirs: Some(before),
            };
            let terms = self.terms(exchange);
            let merged = merge::merge_file(path, part, states, &|_| None, &terms)
                .map_err(|why| CliError::could_not(format!("{path}: {why}")))?;
            if merged.log.shortened_here > 0 {
                self.restored.push((path.to_owned(), merged.log.shortened_here));
                now = merged.bytes;
            }
        }
        if now.as_deref() != before {
            self.pending.insert(path.to_owned(), now);
        }
        Ok(())
    }

    pub(super) fn terms<'a>(&'a self, exchange: &'a Exchange<'_>) -> Terms<'a> {
        Terms {
            erased: &self.erased,
            device: &exchange.device,
            gone_before: self.gone_before,
        }
    }

    /// Puts what changed into a commit of this computer's own, and gives logs back what they lost. Whether there was anything.
    pub(super) fn commit(&self, exchange: &Exchange<'_>, day: Date) -> Result<bool> {
        for (path, _) in &self.restored {
            let bytes = match self.pending.get(path) {
                Some(Some(bytes)) => bytes.clone(),
                _ => match self.listing.get(path) {
                    Some(entry) => exchange.repository.contents(&[&entry.object])?.remove(0),
                    None => continue,
                },
            };
            write(exchange, path, Some(&bytes))?;
        }
        for path in self
            .pending
            .iter()
            .filter(|(_, bytes)| bytes.is_none())
            .map(|(path, _)| path)
        {
            write(exchange, path, None)?;
        }
        let contents: BTreeMap<String, Option<&[u8]>> = self
            .pending
            .iter()
            .filter(|(path, bytes)| bytes.is_some() || self.listing.contains_key(*path))
            .map(|(path, bytes)| (path.clone(), bytes.as_deref()))
            .collect();
        if contents.is_empty() {
            return Ok(!self.restored.is_empty() || !self.pending.is_empty());
        }
        let parents: Vec<&str> = self.head.as_deref().into_iter().collect();
        let device = match exchange.device.as_str() {
            "" => "a new computer",
            device => device,
        };
        let who = (exchange.who.0.as_str(), exchange.who.1.as_str());
        let message = format!("recorded on {device}");
        let commit = exchange
            .repository
            .commit(&parents, &contents, who, day, &message)?;
        exchange.repository.move_branch(self.head.as_deref(), &commit)?;
        Ok(true)
    }
}

/// Writes a file of the workspace, or takes it away. No link is followed on the way.
pub(super) fn write(exchange: &Exchange<'_>, path: &str, bytes: Option<&[u8]>) -> Result<()> {
    let mut place = exchange.root.clone();
    let parts: Vec<&str> = path.split('/').collect();
    let (name, folders) = parts.split_last().unwrap_or((&"", &[]));
    for folder in folders {
        place.push(folder);
        match disk::kind(&place)? {
            Some(Kind::Folder) => {}
            None if bytes.is_none() => return Ok(()),
            None => disk::create_folder(&place, Access::Shared)?,
            Some(_) => {
                return Err(CliError::could_not(format!("{} is no folder", place.display()))
                    .hint("it stands where a folder of the workspace has to be: take it away"));
            }
        }
    }
    place.push(name);
    match (bytes, disk::kind(&place)?) {
        (None, None) => Ok(()),
        (None, Some(_)) => {
            disk::remove_file(&place)?;
            place.pop();
            // A folder without a file is nothing to git either; one that is not empty stays.
            if !folders.is_empty() && disk::list(&place)?.is_empty() {
                disk::remove_folder(&place)?;
            }
            Ok(())
        }
        (Some(bytes), None | Some(Kind::File)) => Ok(disk::replace(&place, bytes, Access::Shared)?),
        (Some(_), Some(_)) => Err(CliError::could_not(format!("{} is no file", place.display()))
            .hint("it stands where a file of the workspace has to be: take it away")),
    }
}

/// What a file holds here, as it would go out; `None`: it is not there.
pub(super) fn read(exchange: &Exchange<'_>, path: &str, part: &Part) -> Result<Option<Vec<u8>>> {
    let tree = Tree::Folder(exchange.root.clone());
    if tree.kind(path)? != Some(Kind::File) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    tree.read_into(path, &mut bytes)?;
    Ok(Some(normal(part, bytes)))
}

/// `.gitattributes` and `.gitignore`, for a workspace that was made for another way of exchange.
pub(super) fn make_git_files(exchange: &Exchange<'_>) -> Result<()> {
    let texts = [
        (".gitattributes", scaffold::gitattributes()),
        (".gitignore", scaffold::gitignore(exchange.settings.layout)),
    ];
    for (name, text) in texts {
        disk::create(&exchange.root.join(name), text.as_bytes(), Access::Shared)?;
    }
    Ok(())
}

/// Texts have one form of line ends in all copies, whatever git or an editor made of them here; logs keep their bytes.
fn normal(part: &Part, bytes: Vec<u8>) -> Vec<u8> {
    let is_log = matches!(part, Part::Log(_) | Part::TeamLog | Part::Items);
    if is_log || !bytes.contains(&b'\r') {
        return bytes;
    }
    match String::from_utf8(bytes) {
        Ok(text) => text.replace("\r\n", "\n").into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

/// Folders in which parts of a workspace are.
fn is_ours(path: &str) -> bool {
    let top = path.split('/').next().unwrap_or_default();
    matches!(
        top,
        "curricula" | "drafts" | "progress" | "team" | "items" | "launch" | "texts"
    )
}

/// A file that is not exchanged, with the line where one is the reason.
pub(super) fn fault(path: &str, line: Option<usize>, why: &str) -> String {
    match line {
        Some(line) => format!("{path}:{line}: {why}"),
        None => format!("{path}: {why}"),
    }
}

/// All of them, and nothing was done.
pub(super) fn faults(all: &[String], hint: &str) -> Result<()> {
    let [first, more @ ..] = all else {
        return Ok(());
    };
    let error = CliError::could_not(first);
    Err(more.iter().fold(error, CliError::hint).hint(hint))
}
