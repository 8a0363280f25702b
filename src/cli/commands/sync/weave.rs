//! What others have put together with what stands here, file by file.

use std::collections::{BTreeMap, BTreeSet};

use super::Exchange;
use super::here::{Here, fault, faults, read, write};
use crate::base::time::Date;
use crate::cli::error::{CliError, Result};
use crate::cli::git::{Change, Entry};
use crate::disk::Tree;
use crate::files::{self, Clash};
use crate::merge::{self, MergedLog, Part, States, Terms, part_of};

/// What became of it.
#[derive(Default)]
pub(super) struct Woven {
    /// Their newest commit, if there is one that this computer lacks.
    theirs: Option<String>,
    /// What is otherwise than here; `None`: it goes.
    changed: BTreeMap<String, Option<Vec<u8>>>,
    /// Whether it is, file by file, what they have.
    is_theirs: bool,
    /// What came and what goes, of each log, in lines.
    pub(super) logs: BTreeMap<String, MergedLog>,
    /// Other files that came in.
    pub(super) came: BTreeSet<String>,
    /// Other files that go out.
    pub(super) goes: BTreeSet<String>,
    /// What both changed differently.
    pub(super) clashes: Vec<(String, Clash)>,
    /// Lines that others wrote under this computer's name.
    pub(super) is_forked: bool,
}

/// The states of all files that either side changed.
struct Changed {
    /// By path: the last shared state, ours, theirs.
    states: BTreeMap<String, [Option<Vec<u8>>; 3]>,
    /// Paths that they changed.
    by_them: BTreeSet<String>,
}

impl Woven {
    /// Puts both together; nothing is written. `Err` names all that is not taken in.
    pub(super) fn weave(exchange: &Exchange<'_>, here: &Here, theirs: Option<&str>) -> Result<Self> {
        let repository = &exchange.repository;
        let base = match (&here.head, theirs) {
            (Some(head), Some(theirs)) => Some(
                repository
                    .shared(head, theirs)?
                    .ok_or_else(|| other_history(exchange))?,
            ),
            _ => None,
        };
        let came = match (&base, theirs) {
            (Some(base), Some(theirs)) if base != theirs => repository.changes(base, theirs)?,
            _ => Vec::new(),
        };
        refuse(exchange, here, &came)?;
        let went = match (&base, &here.head) {
            (Some(base), Some(head)) if base != head => repository.changes(base, head)?,
            (None, Some(head)) => all_of(&repository.listing(head)?),
            _ => Vec::new(),
        };
        let mut woven = Self {
            theirs: theirs.filter(|_| base.as_deref() != theirs).map(str::to_owned),
            is_theirs: base == here.head && here.pending.is_empty(),
            ..Self::default()
        };
        let changed = states(exchange, here, came, went)?;
        woven.merge(exchange, here, &changed)?;
        Ok(woven)
    }

    fn merge(&mut self, exchange: &Exchange<'_>, here: &Here, changed: &Changed) -> Result<()> {
        let mut erased = here.erased.clone();
        let mut gone_before = here.gone_before;
        if let Some([_, _, Some(theirs)]) = changed.states.get("erased.toml") {
            let text = String::from_utf8_lossy(theirs).into_owned();
            let tree = Tree::Sent(vec![("erased.toml".to_owned(), text)].into());
            erased.extend(files::load_erased(&tree).value.unwrap_or_default());
            gone_before = gone_before.max(files::load_retained(&tree).value.flatten());
        }
        let terms = Terms {
            erased: &erased,
            gone_before,
            ..here.terms(exchange)
        };
        let mut wrong = Vec::new();
        for (path, [base, ours, theirs]) in &changed.states {
            let Ok(part) = part_of(path) else { continue };
            let states = States {
                base: base.as_deref(),
                ours: ours.as_deref(),
                theirs: theirs.as_deref(),
            };
            if changed.by_them.contains(path)
                && let Some(theirs) = theirs
                && let Some((line, why)) =
                    merge::fault(path, &part, theirs, base.as_deref().unwrap_or_default())
            {
                wrong.push(fault(path, line, &format!("theirs: {why}")));
                continue;
            }
            self.one(exchange, path, &part, states, &terms)?;
        }
        // Whoever they erased has no log here either.
        let logs = here
            .listing
            .keys()
            .filter(|path| !changed.states.contains_key(*path));
        for path in logs {
            if matches!(part_of(path), Ok(Part::Log(person)) if erased.contains(&person)) {
                self.changed.insert(path.clone(), None);
                self.is_theirs = false;
            }
        }
        faults(
            &wrong,
            "nothing was taken in; whoever gave it mends it, then: upwards sync",
        )
    }

    fn one(
        &mut self,
        exchange: &Exchange<'_>,
        path: &str,
        part: &Part,
        states: States<'_>,
        terms: &Terms<'_>,
    ) -> Result<()> {
        let decide = |what: &str| exchange.kept(path, what);
        let result = merge::merge_file(path, part, states, &decide, terms)
            .map_err(|why| CliError::could_not(format!("{path} cannot be put together: {why}")))?;
        self.clashes.extend(
            result
                .clashes
                .iter()
                .map(|clash| (path.to_owned(), clash.clone())),
        );
        self.is_theirs &= result.bytes.as_deref() == states.theirs;
        let is_log = matches!(part, Part::Log(_) | Part::TeamLog);
        self.is_forked |= is_log && is_of(path, terms.device) && result.log.new_here > 0;
        if is_log {
            self.logs.insert(path.to_owned(), result.log);
        } else {
            if result.bytes.as_deref() != states.ours {
                self.came.insert(path.to_owned());
            }
            if result.bytes.as_deref() != states.theirs {
                self.goes.insert(path.to_owned());
            }
        }
        if result.bytes.as_deref() != states.ours {
            self.changed.insert(path.to_owned(), result.bytes);
        }
        Ok(())
    }

    /// Writes it: the files first, then the branch, so that a stop in between leaves nothing that looks like a step back.
    /// `Ok(None)`: a file changed meanwhile. Else the commit that the branch stands for now.
    pub(super) fn apply(&self, exchange: &Exchange<'_>, here: &Here, day: Date) -> Result<Option<String>> {
        let repository = &exchange.repository;
        let Some(head) = here.head.clone() else {
            return Err(CliError::could_not("there is nothing to exchange yet").hint("upwards people add"));
        };
        let Some(theirs) = &self.theirs else {
            return Ok(Some(head));
        };
        let objects = self.changed.keys().filter_map(|path| here.listing.get(path));
        let objects: Vec<&str> = objects.map(|entry| entry.object.as_str()).collect();
        let mut known = repository.contents(&objects)?.into_iter();
        for path in self.changed.keys() {
            let known = here.listing.get(path).and_then(|_| known.next());
            let Ok(part) = part_of(path) else { continue };
            if read(exchange, path, &part)? != known {
                return Ok(None);
            }
        }
        for (path, bytes) in &self.changed {
            write(exchange, path, bytes.as_deref())?;
        }
        let newest = if self.is_theirs {
            theirs.clone()
        } else {
            let contents: BTreeMap<String, Option<&[u8]>> = self
                .changed
                .iter()
                .filter(|(path, bytes)| bytes.is_some() || here.listing.contains_key(*path))
                .map(|(path, bytes)| (path.clone(), bytes.as_deref()))
                .collect();
            let who = (exchange.who.0.as_str(), exchange.who.1.as_str());
            repository.commit(&[&head, theirs], &contents, who, day, "put together")?
        };
        repository.move_branch(Some(&head), &newest)?;
        Ok(Some(newest))
    }
}

fn is_of(path: &str, device: &str) -> bool {
    let name = path
        .rsplit('/')
        .next()
        .and_then(|name| name.strip_suffix(".jsonl"));
    !device.is_empty() && name == Some(device)
}

fn all_of(listing: &BTreeMap<String, Entry>) -> Vec<Change> {
    let change = |(path, entry): (&String, &Entry)| Change {
        path: path.clone(),
        old: None,
        new: Some(entry.clone()),
    };
    listing.iter().map(change).collect()
}

/// What each side made of the files that either changed; all contents are asked for at once.
fn states(exchange: &Exchange<'_>, here: &Here, came: Vec<Change>, went: Vec<Change>) -> Result<Changed> {
    let by_them: BTreeSet<String> = came.iter().map(|change| change.path.clone()).collect();
    let mut entries: BTreeMap<String, [Option<Entry>; 3]> = BTreeMap::new();
    for change in went {
        entries.insert(change.path, [change.old.clone(), change.new, change.old]);
    }
    for change in came {
        let of = entries
            .entry(change.path)
            .or_insert_with(|| [change.old.clone(), change.old, None]);
        of[2] = change.new;
    }
    for path in here.pending.keys() {
        let entry = here.listing.get(path).cloned();
        entries
            .entry(path.clone())
            .or_insert_with(|| [entry.clone(), entry.clone(), entry]);
    }
    let objects: Vec<&str> = entries
        .values()
        .flatten()
        .flatten()
        .map(|entry| entry.object.as_str())
        .collect();
    let mut contents = exchange.repository.contents(&objects)?.into_iter();
    let mut states = BTreeMap::new();
    for (path, entries) in &entries {
        let mut three = [None, None, None];
        for (state, entry) in three.iter_mut().zip(entries) {
            *state = entry.as_ref().and_then(|_| contents.next());
        }
        if let Some(now) = here.pending.get(path) {
            three[1].clone_from(now);
        }
        states.insert(path.clone(), three);
    }
    Ok(Changed { states, by_them })
}

/// Whatever came that is no file of a workspace, too large, or a name that not every system can tell from another.
fn refuse(exchange: &Exchange<'_>, here: &Here, came: &[Change]) -> Result<()> {
    let mut wrong = Vec::new();
    let mut folded: BTreeMap<String, &str> = here
        .listing
        .keys()
        .map(|path| (path.to_lowercase(), path.as_str()))
        .collect();
    let files = came
        .iter()
        .filter_map(|change| Some((change.path.as_str(), change.new.as_ref()?)));
    let files: Vec<(&str, &str)> = files
        .filter(|(_, entry)| entry.is_file())
        .map(|(path, entry)| (path, entry.object.as_str()))
        .collect();
    let objects: Vec<&str> = files.iter().map(|(_, object)| *object).collect();
    let sizes = exchange.repository.sizes(&objects)?;
    let sizes: BTreeMap<&str, u64> = files.iter().map(|(path, _)| *path).zip(sizes).collect();
    for change in came {
        let why = match (part_of(&change.path), &change.new) {
            (Err(why), _) => Some(why.to_owned()),
            (Ok(Part::TeamLog), _) if !exchange.takes_team() => {
                Some("leaders' notes, in a repository that everybody reads".to_owned())
            }
            (Ok(_), Some(entry)) if !entry.is_file() => Some("no ordinary file".to_owned()),
            (Ok(part), Some(_))
                if sizes
                    .get(change.path.as_str())
                    .is_none_or(|size| *size > part.most_bytes()) =>
            {
                Some(format!("larger than {} MiB", part.most_bytes() / (1024 * 1024)))
            }
            (Ok(_), Some(_)) => {
                let other = folded.insert(change.path.to_lowercase(), &change.path);
                let other = other.filter(|other| *other != change.path);
                other.map(|other| format!("its name differs from {other} only in capitals"))
            }
            (Ok(_), None) => None,
        };
        wrong.extend(why.map(|why| fault(&change.path, None, &format!("theirs: {why}"))));
    }
    faults(
        &wrong,
        "nothing was taken in; whoever put it there takes it out again (git rm), then: upwards sync",
    )
}

fn other_history(exchange: &Exchange<'_>) -> CliError {
    CliError::could_not(format!(
        "{} has another history than this computer",
        exchange.remote.name
    ))
    .hint("was it begun anew, so that something is gone for good? then clone it: git clone URL")
    .hint("what you recorded here and they lack: upwards send -o FILE, then receive FILE in the clone")
}
