//! One writer for each file: open for append, whole lines, synced to the disk; only then may anybody say "saved".

use std::path::Path;

use thiserror::Error;

use super::heads::Head;
use super::read::MAX_LINE;
use crate::base::id::EventId;
use crate::disk::{Access, Appender, DiskError};

/// What a line says of its place: enough to go on after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineKey {
    /// Its `seq`.
    pub seq: u64,
    /// Its id.
    pub id: EventId,
    /// Its version; this program writes 1.
    pub version: u64,
}

/// Why a line was not recorded, or not surely.
#[derive(Debug, Error)]
pub enum AppendError {
    /// Nothing was recorded.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// It was written, and the disk did not confirm it.
    #[error("written, but the disk did not confirm it (event {id}): {error}")]
    Unconfirmed {
        /// The event in question.
        id: EventId,
        /// What the disk said.
        error: DiskError,
    },
    /// The last line was written by somebody who is not this device: a clone of it, or a restored backup.
    #[error("another computer writes under the name {device}")]
    Cloned {
        /// The name both use.
        device: String,
    },
    /// A line is longer than any reader takes; nothing was written.
    #[error("it is too long to be recorded: {bytes} bytes, at most {MAX_LINE}")]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// A newer program wrote into this file.
    #[error(
        "{file} was written by a newer upwards (version {version} lines); update before you write into it"
    )]
    Newer {
        /// The file.
        file: String,
        /// The version of its lines.
        version: u64,
    },
}

/// An open log of this device.
#[derive(Debug)]
pub struct Writer {
    appender: Appender,
    next: u64,
    last: Option<LineKey>,
    torn: bool,
}

/// The largest `seq` that is believed: beyond it a JSON number is not exact everywhere.
pub const MOST_SEQ: u64 = (1 << 53) - 1;

impl Writer {
    /// Opens a log; `head` is what this device last wrote into it, `file` its name in messages, `key` reads what a line
    /// says of its place.
    pub fn open(
        path: &Path,
        file: &str,
        access: Access,
        head: Option<&Head>,
        key: impl Fn(&str) -> Option<LineKey>,
    ) -> Result<Self, AppendError> {
        let mut appender = Appender::open(path, access)?;
        // A number no log reaches is damage: going on from it would run over.
        let key = |line: &str| key(line).filter(|k| k.seq <= MOST_SEQ);
        let head = head.filter(|h| h.seq <= MOST_SEQ);
        let (last, torn) = last_line(&mut appender, key)?;
        if let Some(LineKey { version, .. }) = last.filter(|l| l.version > 1) {
            return Err(AppendError::Newer {
                file: file.to_owned(),
                version,
            });
        }
        if let (Some(head), Some(last)) = (head, last) {
            let ours = last.seq < head.seq || Some(last.id) == head.id || head.pending.contains(&last.id);
            if !ours {
                let device = path
                    .file_stem()
                    .map_or_else(String::new, |s| s.to_string_lossy().into_owned());
                return Err(AppendError::Cloned { device });
            }
        }
        let next = last.map_or(0, |l| l.seq).max(head.map_or(0, |h| h.seq)) + 1;
        Ok(Self {
            appender,
            next,
            last,
            torn,
        })
    }

    /// The `seq` of the next line.
    pub fn next_seq(&self) -> u64 {
        self.next
    }

    /// What to note before lines with these ids are written.
    pub fn head_before(&self, pending: Vec<EventId>) -> Head {
        Head {
            seq: self.next - 1,
            id: self.last.map(|l| l.id),
            pending,
        }
    }

    /// What to note now.
    pub fn head(&self) -> Head {
        self.head_before(Vec::new())
    }

    /// Appends whole lines, each in one write, then brings all to the disk. After an error that is not
    /// [`AppendError::Unconfirmed`] the lines before the one that failed may be there, whole.
    pub fn append(&mut self, lines: &[(EventId, String)]) -> Result<(), AppendError> {
        let Some((last_id, _)) = lines.last() else {
            return Ok(());
        };
        if let Some((_, line)) = lines.iter().find(|(_, line)| line.len() > MAX_LINE) {
            return Err(AppendError::TooLong { bytes: line.len() });
        }
        for (id, line) in lines {
            let mut bytes = Vec::with_capacity(line.len() + 2);
            if std::mem::take(&mut self.torn) {
                bytes.push(b'\n');
            }
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
            if let Err(error) = self.appender.append(&bytes) {
                self.torn = true;
                return Err(error.into());
            }
            self.last = Some(LineKey {
                seq: self.next,
                id: *id,
                version: 1,
            });
            self.next += 1;
        }
        self.appender
            .sync()
            .map_err(|error| AppendError::Unconfirmed { id: *last_id, error })
    }
}

/// The last line that can be read, and whether the file ends inside a line.
fn last_line(
    appender: &mut Appender,
    key: impl Fn(&str) -> Option<LineKey>,
) -> Result<(Option<LineKey>, bool), DiskError> {
    /// Bytes looked at first; a log whose last so many bytes hold no event is read back further.
    const FIRST_LOOK: u64 = 16 * 1024;
    let length = appender.len()?;
    let mut look = FIRST_LOOK;
    loop {
        let tail = appender.tail(look)?;
        let torn = tail.last().is_some_and(|b| *b != b'\n');
        let mut parts: Vec<&[u8]> = tail.split(|b| *b == b'\n').collect();
        // What stands before the first line end may be the rest of a longer line.
        let skip = usize::from(look < length);
        // What stands behind the last one counts once an end is put to it, if nothing but the end is missing.
        if !torn {
            parts.pop();
        }
        let last = parts
            .iter()
            .skip(skip)
            .rev()
            .find_map(|line| key(std::str::from_utf8(line).ok()?));
        if last.is_some() || look >= length {
            return Ok((last, torn));
        }
        look = look.saturating_mul(8);
    }
}
