//! A file of pairs that a leader changes by hand: written by `mentors match --toml`, read by `mentors match --from`. It belongs
//! to no workspace; whoever made it keeps it or throws it away.

use std::fmt::Write as _;
use std::sync::Arc;

use super::codes;
use super::shape::{FORMAT, Form, MANY, Shape, needed, optional, shape};
use super::single::take_from;
use crate::base::diag::{Diagnostic, Place};
use crate::base::text::to_terminal;
use crate::model::written::SourceFile;

/// What a file of pairs may hold.
static PAIRS: Shape = shape(
    "file of pairs",
    &[
        FORMAT,
        optional(
            "pair",
            Form::Tables {
                of: &PAIR,
                least: 0,
                most: MANY,
                distinct: false,
            },
            "one for each pair",
        ),
    ],
);

static PAIR: Shape = shape(
    "pair",
    &[
        needed("executive", Form::Slug, "who learns"),
        needed("mentor", Form::Slug, "who mentors"),
    ],
);

/// A pair as it stands in such a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenPair {
    /// Who learns.
    pub executive: String,
    /// Who mentors.
    pub mentor: String,
    /// Where the pair begins.
    pub place: Place,
}

/// The pairs of a file, in its order, or all faults of its form. `name` stands in front of every fault.
pub fn read_pairs(name: &str, bytes: &[u8]) -> Result<Vec<WrittenPair>, Vec<Diagnostic>> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let fault = Diagnostic::error(codes::NOT_UTF8, Place::file(name), "the file is not UTF-8");
        return Err(vec![fault.helped("save the file as UTF-8 in your editor")]);
    };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let source = Arc::new(SourceFile::new(name, text));
    let (written, mut findings) = take_from(source, &PAIRS, None, true, |file| {
        let pairs = file.tables("pair");
        let ids = pairs
            .into_iter()
            .map(|pair| Some((pair.text("executive")?, pair.text("mentor")?)));
        ids.collect::<Option<Vec<_>>>()
    });
    let Some(written) = written else {
        findings.sort_by_key(|fault| fault.place.line);
        return Err(findings);
    };
    let pairs = written.value.iter().enumerate();
    Ok(pairs
        .map(|(at, (executive, mentor))| WrittenPair {
            executive: executive.clone(),
            mentor: mentor.clone(),
            place: written.place(&format!("pair.{at}.executive")),
        })
        .collect())
}

/// The text of such a file: pairs as the ids of who learns and who mentors, with the names of both. `head` = lines that stand
/// above, as comments.
pub fn pairs_text<'a>(head: &[String], pairs: impl IntoIterator<Item = [(&'a str, &'a str); 2]>) -> String {
    let mut text = String::new();
    for line in head {
        comment(&mut text, line);
    }
    text.push_str("format = 1\n");
    for [(executive, executive_name), (mentor, mentor_name)] in pairs {
        text.push('\n');
        comment(&mut text, &format!("{executive_name} and {mentor_name}"));
        let _ = write!(
            text,
            "[[pair]]\nexecutive = \"{executive}\"\nmentor = \"{mentor}\"\n"
        );
    }
    text
}

/// One line, whatever it holds.
fn comment(text: &mut String, line: &str) {
    let _ = writeln!(text, "# {}", to_terminal(line));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let text = pairs_text(
            &["2 pairs".to_owned()],
            [
                [("ana", "Ana\nmentor = \"x\""), ("jo", "Jo Park")],
                [("bo", "Bo"), ("sam", "Sam")],
            ],
        );
        let pairs = read_pairs("pairs.toml", text.as_bytes()).expect("our own");
        let ids: Vec<(&str, &str)> = pairs
            .iter()
            .map(|pair| (&*pair.executive, &*pair.mentor))
            .collect();
        assert_eq!(ids, [("ana", "jo"), ("bo", "sam")]);
        assert_eq!((pairs[0].place.line, pairs[1].place.line), (6, 11));
        assert_eq!(read_pairs("-", b"format = 1\n").map(|pairs| pairs.len()), Ok(0));
    }

    #[test]
    fn all_faults_are_told_with_their_places() {
        let text =
            "format = 1\n[[pair]]\nexecutive = \"ana\"\nmentors = \"jo\"\n[[pair]]\nmentor = \"Jo Park\"\n";
        let faults = read_pairs("pairs.toml", text.as_bytes()).expect_err("three faults");
        let told: Vec<(&str, usize)> = faults
            .iter()
            .map(|fault| (fault.code, fault.place.line))
            .collect();
        assert_eq!(
            told,
            [
                // Which is also why the mentor is missing.
                (codes::UNKNOWN_KEY, 4),
                (codes::MISSING_KEY, 5),
                (codes::BAD_ID, 6)
            ]
        );
        for text in [&b"\xff"[..], b"[[pair", b"", b"format = 2\n", b"pair = 1"] {
            assert!(read_pairs("-", text).is_err(), "{text:?}");
        }
    }
}
