//! Damage that sync tools, cut-off writes and newer programs leave behind.

use super::{Day, LogFile};

/// One kind of damage, done to a person's first file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hurt {
    /// The last line is cut off in its middle.
    TornTail,
    /// A byte in the middle line's id is no UTF-8.
    BadByte,
    /// A second file under a sync tool's name holds the first two thirds of the lines again.
    ConflictCopy,
    /// A cloned device goes on from an earlier line: the last two `seq` stand twice, under other ids.
    ForkedSeq,
    /// One more line of a kind that no version knows.
    UnknownKind,
}

impl Hurt {
    /// Every kind.
    pub(crate) const ALL: [Self; 5] = [
        Self::TornTail,
        Self::BadByte,
        Self::ConflictCopy,
        Self::ForkedSeq,
        Self::UnknownKind,
    ];

    pub(crate) fn apply(self, files: &mut Vec<LogFile>, day: Day) {
        let Some(file) = files.first_mut() else { return };
        match self {
            Self::TornTail => {
                let last = lines(file).last().map_or(0, |line| line.len());
                file.bytes.truncate(file.bytes.len() - last / 2);
            }
            Self::BadByte => {
                let lines = lines(file);
                let before: usize = lines[..lines.len() / 2].iter().map(|line| line.len()).sum();
                file.bytes[before + ID_AT] = 0xff;
            }
            Self::ConflictCopy => {
                let all = lines(file);
                let kept = &all[..(all.len() * 2).div_ceil(3)];
                let stem = file.path.trim_end_matches(".jsonl");
                let stamp = day.to_string().replace('-', "");
                let copy = LogFile {
                    path: format!("{stem}.sync-conflict-{stamp}-101112-7MJ3QLX.jsonl"),
                    bytes: kept.concat(),
                    lines: u32::try_from(kept.len()).unwrap_or(u32::MAX),
                };
                files.push(copy);
            }
            Self::ForkedSeq => {
                let all = lines(file);
                let mut again: Vec<Vec<u8>> = all[all.len().saturating_sub(2)..]
                    .iter()
                    .map(|l| l.to_vec())
                    .collect();
                for line in &mut again {
                    // Random ids end in any digit; these end in another one.
                    let at = ID_AT + 35;
                    line[at] = if line[at] == b'0' { b'1' } else { b'0' };
                }
                file.lines += u32::try_from(again.len()).unwrap_or(0);
                file.bytes.extend(again.concat());
            }
            Self::UnknownKind => {
                let last = lines(file)
                    .last()
                    .map(|line| String::from_utf8_lossy(line).into_owned());
                let Some(envelope) = last.as_deref().and_then(|line| line.split(",\"kind\":").next()) else {
                    return;
                };
                let (seq, next) = (
                    format!("\"seq\":{},", file.lines),
                    format!("\"seq\":{},", file.lines + 1),
                );
                let mut envelope = envelope.replace(&seq, &next);
                let end = if envelope.as_bytes()[ID_AT + 35] == b'0' {
                    "1"
                } else {
                    "0"
                };
                envelope.replace_range(ID_AT + 35..ID_AT + 36, end);
                let line =
                    format!("{envelope},\"kind\":\"levitated\",\"height\":3,\"over\":{{\"table\":true}}}}\n");
                file.bytes.extend(line.into_bytes());
                file.lines += 1;
            }
        }
    }
}

/// Where the id begins in each line: after `{"v":1,"id":"`.
const ID_AT: usize = 13;

fn lines(file: &LogFile) -> Vec<&[u8]> {
    file.bytes.split_inclusive(|byte| *byte == b'\n').collect()
}
