//! The private log of one person on this device: answers, reflections, notes. Outside the workspace, mode 0600, in no
//! file that anybody else gets.
//!
//! Invariant: nothing but the person's own screens reads this module.

use serde::Deserialize;

use crate::base::diag::{Diagnostic, Place};
use crate::base::id::EventId;
use crate::base::time::{Date, Instant};
use crate::disk::{DiskError, Kind, Tree};
use crate::journal::{Confidence, Entry, Thought};
use crate::log::{self, Keyed, LineKey, in_order, unite};

/// Where one person's private files lie inside the workspace's folder of the user's data.
pub fn folder(person: &str) -> String {
    format!("private/{person}")
}

/// Name of one device's private file, inside the workspace's folder of the user's data.
pub fn file(person: &str, device: &str) -> String {
    format!("private/{person}/{device}.jsonl")
}

/// Reads the private entries about a person, each once, in order. All files are read whatever device they are named
/// for: this device may have had another name, and what it knew then is not forgotten. No folder is an empty list.
pub fn read(tree: &Tree, person: &str, findings: &mut Vec<Diagnostic>) -> Result<Vec<Entry>, DiskError> {
    let folder = folder(person);
    if tree.kind(&folder)? != Some(Kind::Folder) {
        return Ok(Vec::new());
    }
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (name, kind) in tree.list(&folder)? {
        if kind == Kind::File && name.strip_suffix(".jsonl").is_some() {
            let path = format!("{folder}/{name}");
            let mut bytes = Vec::new();
            tree.read_into(&path, &mut bytes)?;
            files.push((path, bytes));
        }
    }
    let mut kept = Vec::new();
    for (path, bytes) in &files {
        for raw in log::lines(path, bytes, findings) {
            match parse(raw.text) {
                Ok(entry) if entry.person == person => {
                    kept.push(Kept {
                        entry,
                        line: raw.text,
                        file: path,
                        number: raw.number,
                    });
                }
                // The message must not quote the line: it is private, and messages get copied into mails.
                Ok(_) | Err(()) => findings.push(Diagnostic::error(
                    "U512",
                    Place::line(path, raw.number),
                    "this private line cannot be read; it is kept and not counted",
                )),
            }
        }
    }
    let order = unite(&kept, findings);
    Ok(in_order(kept.into_iter().map(|k| k.entry).collect(), &order))
}

/// One private file as it lies.
pub struct OwnFile {
    /// The device that it is named for.
    pub device: String,
    /// Its whole lines, those that cannot be read too.
    pub lines: Vec<String>,
}

/// Every private file of a person as it lies, by device. No folder is an empty list.
pub fn files(tree: &Tree, person: &str) -> Result<Vec<OwnFile>, DiskError> {
    let folder = folder(person);
    if tree.kind(&folder)? != Some(Kind::Folder) {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for (name, kind) in tree.list(&folder)? {
        let Some(device) = name.strip_suffix(".jsonl").filter(|_| kind == Kind::File) else {
            continue;
        };
        let mut bytes = Vec::new();
        tree.read_into(&format!("{folder}/{name}"), &mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        files.push(OwnFile {
            device: device.to_owned(),
            lines: text
                .lines()
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect(),
        });
    }
    Ok(files)
}

/// The place of a line in its file, if it is a whole private line about this person, of this or of a newer kind.
pub fn own_key(line: &str, person: &str) -> Option<LineKey> {
    let wire: Wire = serde_json::from_str(line).ok()?;
    if wire.person != person || Date::parse_iso(&wire.day).is_none() || line.len() > log::MAX_LINE {
        return None;
    }
    key(line)
}

/// The lines of a file without those of these ids and without what takes one of them back; how many went.
pub fn without(lines: &[String], gone: &std::collections::BTreeSet<EventId>) -> (Vec<String>, usize) {
    let is_gone = |line: &&String| {
        let wire: Option<Wire> = serde_json::from_str(line).ok();
        wire.is_some_and(|wire| {
            let names = |id: &str| id.parse().is_ok_and(|id| gone.contains(&id));
            names(&wire.id) || (wire.kind == "voided" && wire.reference.as_deref().is_some_and(names))
        })
    };
    let kept: Vec<String> = lines.iter().filter(|line| !is_gone(line)).cloned().collect();
    let count = lines.len() - kept.len();
    (kept, count)
}

/// The line as it is appended, without its end. `by` and `device` complete the envelope.
pub fn to_line(entry: &Entry, by: &str, device: &str) -> String {
    let text = |t: &str| serde_json::Value::from(t).to_string();
    let mut line = format!(
        "{{\"v\":1,\"id\":\"{}\",\"seq\":{},\"day\":\"{}\",\"at\":\"{}\",\"person\":{},\"by\":{},\"device\":{},\"kind\":",
        entry.id,
        entry.seq,
        entry.day,
        entry.at,
        text(&entry.person),
        text(by),
        text(device)
    );
    let rest = match &entry.thought {
        Thought::Answered {
            curriculum,
            question,
            rev,
            capability,
            chosen,
            correct,
            confidence,
        } => {
            let chosen: Vec<String> = chosen.iter().map(ToString::to_string).collect();
            let sure = confidence
                .map(|c| format!(",\"confidence\":{}", text(c.word())))
                .unwrap_or_default();
            format!(
                "\"answered\",\"curriculum\":{},\"question\":{},\"rev\":{rev},\"capability\":{},\"chosen\":[{}],\"correct\":{correct}{sure}",
                text(curriculum),
                text(question),
                text(capability),
                chosen.join(",")
            )
        }
        Thought::Reflected {
            curriculum,
            step,
            text: words,
        } => format!(
            "\"reflected\",\"curriculum\":{},\"step\":{},\"text\":{}",
            text(curriculum),
            text(step),
            text(words)
        ),
        Thought::Noted { text: words } => format!("\"noted\",\"text\":{}", text(words)),
        Thought::Rated {
            curriculum,
            capability,
            level,
        } => format!(
            "\"rated\",\"curriculum\":{},\"capability\":{},\"level\":{level}",
            text(curriculum),
            text(capability)
        ),
        Thought::Spent {
            curriculum,
            step,
            minutes,
        } => {
            format!(
                "\"spent\",\"curriculum\":{},\"step\":{},\"minutes\":{minutes}",
                text(curriculum),
                text(step)
            )
        }
        Thought::Voided { reference } => format!("\"voided\",\"ref\":\"{reference}\""),
        // Only ever read: nothing makes one.
        Thought::Unknown { kind } => text(kind),
    };
    line.push_str(&rest);
    line.push('}');
    line
}

/// What a private line says of its place: enough to go on after it.
pub fn key(line: &str) -> Option<LineKey> {
    let wire: Wire = serde_json::from_str(line).ok()?;
    Some(LineKey {
        seq: wire.seq,
        id: wire.id.parse().ok()?,
        version: wire.v,
    })
}

#[derive(Deserialize)]
struct Wire {
    v: u64,
    id: String,
    seq: u64,
    day: String,
    at: String,
    person: String,
    kind: String,
    curriculum: Option<String>,
    question: Option<String>,
    step: Option<String>,
    rev: Option<u32>,
    capability: Option<String>,
    chosen: Option<Vec<usize>>,
    correct: Option<bool>,
    confidence: Option<String>,
    text: Option<String>,
    level: Option<u8>,
    minutes: Option<u32>,
    #[serde(rename = "ref")]
    reference: Option<String>,
}

/// The error says nothing: a private line is never quoted.
fn parse(line: &str) -> Result<Entry, ()> {
    let wire: Wire = serde_json::from_str(line).map_err(|_| ())?;
    if wire.v != 1 {
        return Err(());
    }
    Ok(Entry {
        id: wire.id.parse().map_err(|_| ())?,
        seq: wire.seq,
        day: Date::parse_iso(&wire.day).ok_or(())?,
        at: wire.at.parse::<Instant>().map_err(|_| ())?,
        person: wire.person.clone(),
        thought: thought(wire).ok_or(())?,
    })
}

fn thought(wire: Wire) -> Option<Thought> {
    let Wire {
        curriculum,
        question,
        step,
        rev,
        capability,
        chosen,
        correct,
        confidence,
        text,
        level,
        minutes,
        ..
    } = wire;
    Some(match wire.kind.as_str() {
        "answered" => Thought::Answered {
            curriculum: curriculum?,
            question: question?,
            rev: rev?,
            capability: capability?,
            chosen: chosen?,
            correct: correct?,
            confidence: confidence.and_then(|word| Confidence::ALL.into_iter().find(|c| c.word() == word)),
        },
        "reflected" => Thought::Reflected {
            curriculum: curriculum?,
            step: step?,
            text: text?,
        },
        "noted" => Thought::Noted { text: text? },
        "rated" => Thought::Rated {
            curriculum: curriculum?,
            capability: capability?,
            level: level.filter(|l| (1..=5).contains(l))?,
        },
        "spent" => Thought::Spent {
            curriculum: curriculum?,
            step: step?,
            minutes: minutes?,
        },
        "voided" => Thought::Voided {
            reference: wire.reference?.parse().ok()?,
        },
        _ => Thought::Unknown { kind: wire.kind },
    })
}

struct Kept<'a> {
    entry: Entry,
    line: &'a str,
    file: &'a str,
    number: usize,
}

impl Keyed for Kept<'_> {
    fn id(&self) -> EventId {
        self.entry.id
    }
    fn day(&self) -> Date {
        self.entry.day
    }
    fn device(&self) -> &str {
        self.file
    }
    fn instant(&self) -> i64 {
        self.entry.at.seconds()
    }
    fn seq(&self) -> u64 {
        self.entry.seq
    }
    fn line(&self) -> &str {
        self.line
    }
    fn place(&self) -> Place {
        Place::line(self.file, self.number)
    }
}
