//! First tries that people gave for authors: `items/<pseudonym>.jsonl` (`formats.md` §8.3), to a line and back.

use serde::{Deserialize, Serialize};

use crate::base::diag::{Diagnostic, Place};
use crate::disk::{DiskError, Kind, Tree};
use crate::model::first_try::FirstTry;

/// The folder of a workspace that they lie in.
pub const ITEMS_FOLDER: &str = "items";

/// No file of first tries is larger: that would be a hundred thousand questions.
const MOST: u64 = 16 * 1024 * 1024;

/// One line, keys in this order.
#[derive(Serialize, Deserialize)]
struct Wire {
    v: u64,
    curriculum: String,
    question: String,
    rev: u32,
    chosen: Vec<usize>,
    ok: bool,
}

/// First tries as the text of a file, sorted.
pub fn items_text(tries: &[FirstTry]) -> String {
    let mut sorted: Vec<&FirstTry> = tries.iter().collect();
    sorted.sort();
    let mut text = String::new();
    for one in sorted {
        let wire = Wire {
            v: 1,
            curriculum: one.curriculum.clone(),
            question: one.question.clone(),
            rev: one.rev,
            chosen: one.chosen.clone(),
            ok: one.ok,
        };
        // Text and numbers always have a form in JSON.
        text.push_str(&serde_json::to_string(&wire).unwrap_or_default());
        text.push('\n');
    }
    text
}

/// Everybody's first tries by pseudonym; what cannot be read is a finding.
pub fn read_items(
    tree: &Tree,
    findings: &mut Vec<Diagnostic>,
) -> Result<Vec<(String, Vec<FirstTry>)>, DiskError> {
    let mut all = Vec::new();
    if tree.kind(ITEMS_FOLDER)? != Some(Kind::Folder) {
        return Ok(all);
    }
    for (name, kind) in tree.list(ITEMS_FOLDER)? {
        let Some(pseudonym) = name.strip_suffix(".jsonl").filter(|_| kind == Kind::File) else {
            continue;
        };
        let inside = format!("{ITEMS_FOLDER}/{name}");
        if !is_pseudonym(pseudonym) {
            findings.push(fault(
                &inside,
                0,
                "its name is no pseudonym: a copy, or made by hand; it does not count",
            ));
            continue;
        }
        let Some(bytes) = tree.read_limited(&inside, MOST)? else {
            findings.push(fault(&inside, 0, "the file is too large to be first tries"));
            continue;
        };
        let text = String::from_utf8_lossy(&bytes);
        let mut tries = Vec::new();
        for (at, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            match serde_json::from_str::<Wire>(line) {
                Ok(wire) if wire.v == 1 => tries.push(FirstTry {
                    curriculum: wire.curriculum,
                    question: wire.question,
                    rev: wire.rev,
                    chosen: wire.chosen,
                    ok: wire.ok,
                }),
                _ => findings.push(fault(
                    &inside,
                    at + 1,
                    "this line is no first try; it does not count",
                )),
            }
        }
        all.push((pseudonym.to_owned(), tries));
    }
    Ok(all)
}

/// Whether a name is one that is given here: twelve letters and numbers.
fn is_pseudonym(name: &str) -> bool {
    name.len() == 12 && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

fn fault(file: &str, line: usize, message: &str) -> Diagnostic {
    let mut place = Place::file(file);
    place.line = line;
    Diagnostic::warning("U524", place, message)
        .helped("who gave them can give them anew: upwards privacy share")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_what_the_format_says_and_nothing_else() {
        let one = FirstTry {
            curriculum: "efficiency".into(),
            question: "answer-in-public.first-words".into(),
            rev: 1,
            chosen: vec![2],
            ok: true,
        };
        assert_eq!(
            items_text(&[one]),
            "{\"v\":1,\"curriculum\":\"efficiency\",\"question\":\"answer-in-public.first-words\",\"rev\":1,\"chosen\":[2],\"ok\":true}\n"
        );
    }
}
