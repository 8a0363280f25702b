//! What this device last wrote into each of its own files. Derived and disposable: lost, it is made anew; it may fail to
//! be written without anything being wrong. It tells a cloned laptop, or a restored backup, from ourselves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::base::id::EventId;
use crate::disk::{self, Access};

/// The last line this device wrote into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its `seq`; 0 = none was written yet.
    pub seq: u64,
    /// Its id.
    pub id: Option<EventId>,
    /// Ids of lines that were about to be written after it; they may or may not have arrived.
    pub pending: Vec<EventId>,
}

/// All heads of this device in one workspace.
#[derive(Debug, Default)]
pub struct Heads {
    path: PathBuf,
    heads: BTreeMap<String, Head>,
}

impl Heads {
    /// Reads `heads.json`; a missing or damaged one is an empty one.
    pub fn load(path: &Path) -> Self {
        let mut buffer = Vec::new();
        let text = match disk::read_into(path, &mut buffer) {
            Ok(()) => String::from_utf8_lossy(&buffer).into_owned(),
            Err(_) => String::new(),
        };
        Self {
            path: path.to_owned(),
            heads: parse(&text).unwrap_or_default(),
        }
    }

    /// What was last written into a file.
    pub fn get(&self, file: &str) -> Option<Head> {
        self.heads.get(file).cloned()
    }

    /// Every file this device has written into, with its last line there; sorted.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Head)> {
        self.heads.iter().map(|(file, head)| (file.as_str(), head))
    }

    /// Notes a head; [`Self::save`] writes it down.
    pub fn note(&mut self, file: &str, head: Head) {
        self.heads.insert(file.to_owned(), head);
    }

    /// Forgets every file in the folder of a person.
    pub fn forget(&mut self, person: &str) {
        let folder = format!("/{person}/");
        self.heads.retain(|file, _| !file.contains(&folder));
    }

    /// Writes all heads down. That this fails is no failure of what was recorded.
    pub fn save(&self) {
        let rows: serde_json::Map<String, serde_json::Value> = self
            .heads
            .iter()
            .map(|(file, head)| {
                let pending: Vec<String> = head.pending.iter().map(ToString::to_string).collect();
                let id = head.id.map(|id| id.to_string());
                (
                    file.clone(),
                    serde_json::json!({"seq": head.seq, "id": id, "pending": pending}),
                )
            })
            .collect();
        let _ = disk::write_derived(
            &self.path,
            serde_json::Value::Object(rows).to_string().as_bytes(),
            Access::Private,
        );
    }
}

fn parse(text: &str) -> Option<BTreeMap<String, Head>> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    let id = |v: &serde_json::Value| v.as_str()?.parse::<EventId>().ok();
    value
        .as_object()?
        .iter()
        .map(|(file, head)| {
            let pending = head.get("pending")?.as_array()?.iter().filter_map(id).collect();
            let head = Head {
                seq: head.get("seq")?.as_u64()?,
                id: id(head.get("id")?),
                pending,
            };
            Some((file.clone(), head))
        })
        .collect()
}
