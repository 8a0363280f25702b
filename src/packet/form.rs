//! The form of a packet (`formats.md` §8.6): a head, then blocks of log lines byte for byte, and whole texts. A checksum
//! guards against damage; it proves nobody's identity.

use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::base::id::check_slug;
use crate::base::time::Date;

/// Largest packet in bytes: mails carry it.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Version of the form that this program writes and reads.
const FORMAT: u64 = 1;

/// What a packet is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// From a person to the leaders: what one of the person's devices wrote.
    Log,
    /// From a leader to a person: what their copy of the workspace holds.
    Copy,
    /// From a leader to the other leaders: what is noted among themselves.
    Team,
}

impl Kind {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Copy => "copy",
            Self::Team => "team",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Log, Self::Copy, Self::Team]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// The first line of a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// What it is for.
    pub kind: Kind,
    /// Id of the workspace.
    pub workspace: String,
    /// Whose packet it says it is: a person's id.
    pub from: String,
    /// The device that wrote its lines.
    pub device: String,
    /// `leaders`, or the person whose copy it is.
    pub to: String,
    /// The day on which it was made.
    pub day: Date,
}

/// What a packet holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packet {
    /// Its first line.
    pub head: Head,
    /// The rest, in its order.
    pub parts: Vec<Part>,
}

/// A piece of a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Lines of a log.
    Block(Block),
    /// A whole text.
    Text(TextFile),
}

/// Lines of one log file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Path of the file in the workspace.
    pub file: String,
    /// The sender's `seq` before the first line.
    pub after: u64,
    /// The lines byte for byte, without their ends, each with its number in the packet (0 = not read from one).
    pub lines: Vec<(usize, String)>,
}

/// A whole text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    /// Path of the file in the workspace.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// Why a packet is not taken at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// Something of it is missing or was changed on the way.
    Damaged(String),
    /// A newer program made it.
    Newer(u64),
    /// It is larger than [`MOST_BYTES`].
    TooLarge,
}

#[derive(Deserialize)]
struct WireHead {
    format: u64,
    packet: String,
    workspace: String,
    from: String,
    device: String,
    to: String,
    day: String,
    lines: usize,
    sha256: String,
}

#[derive(Deserialize)]
struct WireBlock {
    file: String,
    after: u64,
    lines: usize,
}

#[derive(Deserialize)]
struct WireText {
    path: String,
    sha256: String,
    text: String,
}

/// Whether a text begins as a packet does, damaged or not.
pub fn is_packet(text: &str) -> bool {
    let first = first_line(text);
    first.starts_with('{')
        && first.contains("\"packet\"")
        && serde_json::from_str::<Value>(first).map_or(true, |head| head.get("packet").is_some())
}

/// Whose packet it says it is, as far as its first line can be read: for telling whom to ask for it again.
pub fn sender(text: &str) -> Option<String> {
    let head: Value = serde_json::from_str(first_line(text)).ok()?;
    head.get("from")?.as_str().map(str::to_owned)
}

/// The text of a packet: the same for the same packet.
pub fn write(packet: &Packet) -> String {
    let mut below = String::new();
    let mut count = 0;
    let mut add = |line: &str| {
        below.push_str(line);
        below.push('\n');
        count += 1;
    };
    for part in &packet.parts {
        match part {
            Part::Block(block) => {
                add(&format!(
                    "{{\"file\":{},\"after\":{},\"lines\":{}}}",
                    json!(block.file),
                    block.after,
                    block.lines.len()
                ));
                for (_, line) in &block.lines {
                    add(line);
                }
            }
            Part::Text(file) => add(&format!(
                "{{\"path\":{},\"sha256\":\"{}\",\"text\":{}}}",
                json!(file.path),
                sha256(file.text.as_bytes()),
                json!(file.text)
            )),
        }
    }
    let head = &packet.head;
    let first = format!(
        "{{\"format\":{FORMAT},\"packet\":\"{}\",\"workspace\":{},\"from\":{},\"device\":{},\"to\":{},\"day\":\"{}\",\"lines\":{count},\"sha256\":\"{}\"}}\n",
        head.kind.word(),
        json!(head.workspace),
        json!(head.from),
        json!(head.device),
        json!(head.to),
        head.day,
        sha256(below.as_bytes())
    );
    first + &below
}

/// Reads a packet whole, or says why nothing of it can be taken. Line ends of mailers do no harm.
pub fn read(text: &str) -> Result<Packet, Damage> {
    if text.len() > MOST_BYTES {
        return Err(Damage::TooLarge);
    }
    let damaged = |why: &str| Damage::Damaged(why.to_owned());
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let (first, below) = text.split_once('\n').unwrap_or((&text, ""));
    let value: Value = serde_json::from_str(first).map_err(|_| damaged("its first line cannot be read"))?;
    // A newer form may have another head.
    if let Some(format) = value.get("format").and_then(Value::as_u64)
        && format > FORMAT
    {
        return Err(Damage::Newer(format));
    }
    let wire: WireHead =
        serde_json::from_str(first).map_err(|_| damaged("its first line is not that of a packet"))?;
    if wire.format != FORMAT {
        return Err(damaged("its first line names a form that there never was"));
    }
    // A mailer may have put an empty line behind it, or taken the last end away.
    let below = format!("{}\n", below.trim_end_matches('\n'));
    let below = if below == "\n" { String::new() } else { below };
    let lines: Vec<&str> = below.lines().collect();
    if lines.len() != wire.lines {
        return Err(Damage::Damaged(format!(
            "it says that it has {} lines and has {}",
            wire.lines,
            lines.len()
        )));
    }
    if sha256(below.as_bytes()) != wire.sha256 {
        return Err(damaged("its checksum does not fit"));
    }
    // Each of them becomes a part of a path.
    for (what, id) in [
        ("workspace", &wire.workspace),
        ("from", &wire.from),
        ("device", &wire.device),
        ("to", &wire.to),
    ] {
        if check_slug(id).is_err() {
            return Err(Damage::Damaged(format!("its \"{what}\" is no id")));
        }
    }
    let head = Head {
        kind: Kind::of(&wire.packet).ok_or_else(|| damaged("it is of a kind that is not known here"))?,
        workspace: wire.workspace,
        from: wire.from,
        device: wire.device,
        to: wire.to,
        day: wire
            .day
            .parse()
            .map_err(|_| damaged("its first line has no day"))?,
    };
    Ok(Packet {
        head,
        parts: parts(&lines)?,
    })
}

fn parts(lines: &[&str]) -> Result<Vec<Part>, Damage> {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        // The head is line 1.
        let number = at + 2;
        let damaged = |why: &str| Damage::Damaged(format!("line {number}: {why}"));
        if let Ok(block) = serde_json::from_str::<WireBlock>(line) {
            let end = at
                .checked_add(1)
                .and_then(|first| first.checked_add(block.lines))
                .filter(|end| *end <= lines.len())
                .ok_or_else(|| damaged("more lines are announced than there are"))?;
            parts.push(Part::Block(Block {
                file: block.file,
                after: block.after,
                lines: (at + 1..end).map(|at| (at + 2, lines[at].to_owned())).collect(),
            }));
            at = end;
        } else if let Ok(file) = serde_json::from_str::<WireText>(line) {
            if sha256(file.text.as_bytes()) != file.sha256 {
                return Err(damaged(&format!("the checksum of {} does not fit", file.path)));
            }
            parts.push(Part::Text(TextFile {
                path: file.path,
                text: file.text,
            }));
            at += 1;
        } else {
            return Err(damaged("neither the beginning of a file nor a text"));
        }
    }
    Ok(parts)
}

fn first_line(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
        .lines()
        .next()
        .unwrap_or_default()
}

/// The SHA-256 of bytes, in hex digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packet() -> Packet {
        Packet {
            head: Head {
                kind: Kind::Log,
                workspace: "halden-3f9c".to_owned(),
                from: "ana".to_owned(),
                device: "ana-laptop-7k2p".to_owned(),
                to: "leaders".to_owned(),
                day: "2026-03-16".parse().unwrap(),
            },
            parts: vec![
                Part::Block(Block {
                    file: "progress/ana/ana-laptop-7k2p.jsonl".to_owned(),
                    after: 6,
                    lines: vec![(3, "{\"v\":1}".to_owned()), (4, "{\"v\":1,\"ü\":2}".to_owned())],
                }),
                Part::Text(TextFile {
                    path: "upwards.toml".to_owned(),
                    text: "format = 1\n\"x\"\r\n".to_owned(),
                }),
            ],
        }
    }

    #[test]
    fn a_packet_is_written_as_documented_and_read_again() {
        let text = write(&packet());
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines[0].starts_with(
                "{\"format\":1,\"packet\":\"log\",\"workspace\":\"halden-3f9c\",\"from\":\"ana\",\"device\":\"ana-laptop-7k2p\",\
                 \"to\":\"leaders\",\"day\":\"2026-03-16\",\"lines\":4,\"sha256\":\""
            ),
            "{text}"
        );
        assert_eq!(
            lines[1],
            "{\"file\":\"progress/ana/ana-laptop-7k2p.jsonl\",\"after\":6,\"lines\":2}"
        );
        assert_eq!(lines[2], "{\"v\":1}");
        assert!(is_packet(&text));
        assert_eq!(read(&text), Ok(packet()));
        let mailed = format!("\u{feff}{}\r\n\r\n", text.replace('\n', "\r\n"));
        assert_eq!(read(&mailed), Ok(packet()), "line ends of a mailer do no harm");
        assert_eq!(read(text.trim_end()), Ok(packet()));
    }

    #[test]
    fn an_empty_packet_is_one() {
        let empty = Packet {
            parts: Vec::new(),
            ..packet()
        };
        assert_eq!(read(&write(&empty)), Ok(empty));
    }

    #[test]
    fn other_texts_are_none() {
        for text in ["", "upwards receipt for ana\n", "{\"v\":1}\n", "packet"] {
            assert!(!is_packet(text), "{text}");
        }
        assert!(
            is_packet("{\"format\":1,\"packet\":\"log\",\"work"),
            "cut in its head"
        );
        assert_eq!(
            read("{\"format\":2,\"packet\":\"log\",\"zip\":true}\n"),
            Err(Damage::Newer(2))
        );
        let other = write(&packet()).replace("\"packet\":\"log\"", "\"packet\":\"pigeon\"");
        assert!(matches!(read(&other), Err(Damage::Damaged(why)) if why.contains("kind")));
        assert_eq!(read(&" ".repeat(MOST_BYTES + 1)), Err(Damage::TooLarge));
    }

    proptest! {
        /// Cut anywhere, or with any byte changed below its head, a packet is refused whole.
        #[test]
        fn damage_shows(cut in 0usize..10_000, flip in 0usize..10_000, bit in 0u32..7) {
            let text = write(&packet());
            let whole = text.trim_end_matches('\n').len();
            let cut = cut % whole;
            if text.is_char_boundary(cut) {
                prop_assert!(read(&text[..cut]).is_err());
            }
            let head = text.find('\n').unwrap() + 1;
            let mut bytes = text.clone().into_bytes();
            let at = head + flip % (whole - head);
            bytes[at] ^= 1 << bit;
            if let Ok(changed) = String::from_utf8(bytes) {
                prop_assert!(read(&changed).is_err(), "{changed}");
            }
        }
    }
}
