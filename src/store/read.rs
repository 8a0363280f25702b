//! One person's shared log: every file of the folder, united, in order. Nobody else's folder is looked at.

use super::wire;
use crate::base::copies::is_temporary;
use crate::base::diag::{Diagnostic, Place};
use crate::base::id::{EventId, check_slug};
use crate::base::time::Date;
use crate::disk::{DiskError, Kind, Tree};
use crate::log::{self, Keyed, unite};
use crate::model::event::Event;

/// Folder of all shared logs, inside the workspace.
pub(super) const PROGRESS: &str = "progress";

/// Bytes of a short line: a log hardly ever has more lines than its bytes by this.
const SHORT_LINE: usize = 200;

/// Bytes of one person's files; used again for the next person, so that memory stays that of one.
#[derive(Debug, Default)]
pub struct Buffers {
    files: Vec<(String, Vec<u8>)>,
}

/// Where an event was read from.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The line, as it stands in the file.
    pub text: &'a str,
    /// Path of the file inside the workspace.
    pub file: &'a str,
    /// Number of the line, from 1.
    pub number: usize,
}

/// An event and its line.
#[derive(Debug, Clone, Copy)]
pub struct Record<'l, 'a> {
    /// What happened.
    pub event: &'l Event<'a>,
    /// Where it stands.
    pub line: Line<'a>,
}

/// One person's shared log.
#[derive(Debug, Default)]
pub struct PersonLog<'a> {
    /// Every event as it was read, file by file.
    pub events: Vec<Event<'a>>,
    /// Where each of them stands.
    pub lines: Vec<Line<'a>>,
    /// Places in `events` of those that count, each event once, in order.
    pub order: Vec<usize>,
    /// What was found on the way.
    pub findings: Vec<Diagnostic>,
}

impl<'a> PersonLog<'a> {
    /// The events that count, each once, in order.
    pub fn in_order(&self) -> Vec<&Event<'a>> {
        self.order.iter().map(|at| &self.events[*at]).collect()
    }

    /// Every event with the line it was read from, file by file.
    pub fn records(&self) -> impl Iterator<Item = Record<'_, 'a>> {
        let lines = self.lines.iter().copied();
        self.events
            .iter()
            .zip(lines)
            .map(|(event, line)| Record { event, line })
    }
}

/// Ids of all people who have a folder, sorted; names that are no ids are reported.
pub fn people(tree: &Tree, findings: &mut Vec<Diagnostic>) -> Result<Vec<String>, DiskError> {
    let names = match tree.list(PROGRESS) {
        Ok(names) => names,
        Err(error) if error.is_missing() => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut ids = Vec::with_capacity(names.len());
    for (name, kind) in names {
        let path = format!("{PROGRESS}/{name}");
        match kind {
            Kind::Folder if check_slug(&name).is_ok() => ids.push(name),
            Kind::Folder => findings.push(
                Diagnostic::error(
                    "U508",
                    Place::file(&path),
                    format!("\"{name}\" is no person's id; nothing in it counts"),
                )
                .helped(
                    "a copied folder? its .jsonl files belong into the person's own: upwards doctor --fix",
                ),
            ),
            Kind::Link => findings.push(Diagnostic::error(
                "U509",
                Place::file(&path),
                "a link is not followed",
            )),
            Kind::File | Kind::Other => {}
        }
    }
    Ok(ids)
}

/// Whether a person's folder may be looked into, or is not there.
pub fn can_open(tree: &Tree, person: &str) -> bool {
    match tree.list(&format!("{PROGRESS}/{person}")) {
        Ok(_) => true,
        Err(error) => error.is_missing(),
    }
}

/// Reads one person's log. A missing folder is an empty log.
pub fn read_person<'b>(
    tree: &Tree,
    person: &str,
    buffers: &'b mut Buffers,
) -> Result<PersonLog<'b>, DiskError> {
    let mut log = PersonLog::default();
    let used = fill(tree, person, buffers, &mut log.findings)?;
    Ok(united(person, &buffers.files[..used], log))
}

/// Reads what one device wrote of a person, and opens nothing else; nothing of it is an empty log.
pub fn read_device<'b>(
    tree: &Tree,
    person: &str,
    device: &str,
    buffers: &'b mut Buffers,
) -> Result<PersonLog<'b>, DiskError> {
    let path = format!("{PROGRESS}/{person}/{device}.jsonl");
    if tree.kind(&path)? != Some(Kind::File) {
        return Ok(PersonLog::default());
    }
    let mut bytes = Vec::new();
    tree.read_into(&path, &mut bytes)?;
    buffers.files = vec![(path, bytes)];
    Ok(united(person, &buffers.files, PersonLog::default()))
}

/// The log that these files make, each event once and in order.
fn united<'b>(person: &str, files: &'b [(String, Vec<u8>)], mut log: PersonLog<'b>) -> PersonLog<'b> {
    let lines = files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() / SHORT_LINE;
    log.events.reserve(lines);
    log.lines.reserve(lines);
    for (file, bytes) in files {
        read_file(person, file, bytes, &mut log);
    }
    let records: Vec<Record<'_, 'b>> = log.records().collect();
    let mut findings = Vec::new();
    let order = unite(&records, &mut findings);
    log.findings.append(&mut findings);
    log.order = order;
    log
}

fn fill(
    tree: &Tree,
    person: &str,
    buffers: &mut Buffers,
    findings: &mut Vec<Diagnostic>,
) -> Result<usize, DiskError> {
    let folder = format!("{PROGRESS}/{person}");
    let names = match tree.list(&folder) {
        Ok(names) => names,
        Err(error) if error.is_missing() => return Ok(0),
        Err(error) => return Err(error),
    };
    let mut used = 0;
    for (name, kind) in names {
        let path = format!("{folder}/{name}");
        if kind == Kind::Link {
            findings.push(Diagnostic::error(
                "U509",
                Place::file(&path),
                "a link is not followed",
            ));
            continue;
        }
        let is_log = std::path::Path::new(&name)
            .extension()
            .is_some_and(|e| e == "jsonl");
        if kind != Kind::File || !is_log || is_temporary(&name) {
            continue;
        }
        if used == buffers.files.len() {
            buffers.files.push((String::new(), Vec::new()));
        }
        let (file, buffer) = &mut buffers.files[used];
        match tree.read_into(&path, buffer) {
            Ok(()) => {
                *file = path;
                used += 1;
            }
            // One file that cannot be read never hides another.
            Err(error) => findings.push(
                Diagnostic::error("U510", Place::file(&path), error.to_string())
                    .helped("its events do not count until it can be read"),
            ),
        }
    }
    Ok(used)
}

fn read_file<'b>(person: &str, file: &'b str, bytes: &'b [u8], log: &mut PersonLog<'b>) {
    let stem = file
        .rsplit('/')
        .next()
        .and_then(|n| n.strip_suffix(".jsonl"))
        .unwrap_or_default();
    let mut copied = false;
    let mut before = wire::Before::default();
    for raw in log::lines(file, bytes, &mut log.findings) {
        let place = || Place::line(file, raw.number);
        if let Err(why) = wire::parse_next(raw.text, &mut before, &mut log.events) {
            log.findings.push(Diagnostic::error(
                "U512",
                place(),
                format!("this line is kept and not counted: {why}"),
            ));
            continue;
        }
        // Each event has its line, so that the newest stands where the next line goes.
        let event = &log.events[log.lines.len()];
        if event.person == person {
            copied |= event.device != stem;
            log.lines.push(Line {
                text: raw.text,
                file,
                number: raw.number,
            });
        } else {
            log.findings.push(
                Diagnostic::error(
                    "U511",
                    place(),
                    format!(
                        "this line is about {}, not {person}; it is not counted",
                        event.person
                    ),
                )
                .helped(format!("it belongs into progress/{}/", event.person)),
            );
            log.events.pop();
        }
    }
    if copied {
        log.findings.push(
            Diagnostic::note(
                "U513",
                Place::file(file),
                "a copy or a renamed log: its lines count once, by their ids",
            )
            .helped("harmless; it may go once all its lines are elsewhere"),
        );
    }
}

impl Keyed for Record<'_, '_> {
    fn id(&self) -> EventId {
        self.event.id
    }
    fn day(&self) -> Date {
        self.event.day
    }
    fn device(&self) -> &str {
        &self.event.device
    }
    fn instant(&self) -> i64 {
        0
    }
    fn seq(&self) -> u64 {
        self.event.seq
    }
    fn line(&self) -> &str {
        self.line.text
    }
    fn place(&self) -> Place {
        Place::line(self.line.file, self.line.number)
    }
    fn says_the_same(&self, other: &Self) -> bool {
        // One receipt that two leaders received.
        let (a, b) = (self.event, other.event);
        self.line.text == other.line.text
            || ((&a.person, &a.by, a.day, &a.fact) == (&b.person, &b.by, b.day, &b.fact)
                && a.via.is_some()
                && b.via.is_some())
    }
}
