//! Bytes to lines: one UTF-8 check for a file; what cannot be read stays where it is, is reported once and skipped.

use crate::base::diag::{Diagnostic, Place};

/// Longest line in bytes; a longer one is kept and not counted.
pub const MAX_LINE: usize = 64 * 1024;

/// One whole line of a log, with its number from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raw<'a> {
    /// The line without its end.
    pub text: &'a str,
    /// Its number in the file.
    pub number: usize,
}

/// Splits a log into its whole lines. Torn and NUL-filled tails, lines that are no UTF-8, too long or left over from a
/// merge are reported with file and line, and skipped; blank lines are nothing.
pub fn lines<'a>(file: &str, bytes: &'a [u8], findings: &mut Vec<Diagnostic>) -> Vec<Raw<'a>> {
    let whole = match bytes.iter().rposition(|b| *b == b'\n') {
        Some(end) => &bytes[..=end],
        None => &bytes[..0],
    };
    let mut found = Vec::with_capacity(bytes.len() / 200 + 1);
    match std::str::from_utf8(whole) {
        Ok(text) => {
            let mut start = 0;
            for (at, end) in memchr::memchr_iter(b'\n', whole).enumerate() {
                let line = text[start..end].strip_suffix('\r').unwrap_or(&text[start..end]);
                start = end + 1;
                let raw = Raw {
                    text: line,
                    number: at + 1,
                };
                keep(file, raw, &mut found, findings);
            }
        }
        Err(_) => {
            for (at, line) in whole.split_inclusive(|b| *b == b'\n').enumerate() {
                let line = line.strip_suffix(b"\n").unwrap_or(line);
                match std::str::from_utf8(line) {
                    Ok(text) => {
                        keep(
                            file,
                            Raw {
                                text: text.trim_end_matches('\r'),
                                number: at + 1,
                            },
                            &mut found,
                            findings,
                        );
                    }
                    Err(_) => findings.push(
                        Diagnostic::error(
                            "U503",
                            Place::line(file, at + 1),
                            "this line is not UTF-8 and is not counted",
                        )
                        .helped("it stays in the file; nothing rewrites it"),
                    ),
                }
            }
        }
    }
    report_tail(file, whole, &bytes[whole.len()..], findings);
    found
}

fn keep<'a>(file: &str, line: Raw<'a>, found: &mut Vec<Raw<'a>>, findings: &mut Vec<Diagnostic>) {
    if line.text.starts_with('{') && line.text.len() <= MAX_LINE {
        found.push(line);
    } else {
        report(file, line, findings);
    }
}

/// Says what a line is that is not kept; a blank one is nothing.
fn report(file: &str, line: Raw<'_>, findings: &mut Vec<Diagnostic>) {
    let place = || Place::line(file, line.number);
    if line.text.len() > MAX_LINE {
        findings.push(Diagnostic::error(
            "U504",
            place(),
            format!(
                "this line has {} bytes, at most {MAX_LINE} are read; it is not counted",
                line.text.len()
            ),
        ));
    } else if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
        .iter()
        .any(|m| line.text.starts_with(m))
    {
        findings.push(
            Diagnostic::error("U505", place(), "an unfinished merge left its marker here")
                .helped("the events around it count; remove the marker lines"),
        );
    } else if line.text.bytes().any(|b| b == 0) {
        findings.push(Diagnostic::error(
            "U502",
            place(),
            "NUL bytes instead of a line; it is not counted",
        ));
    } else if !line.text.trim().is_empty() {
        findings.push(Diagnostic::error(
            "U501",
            place(),
            "this line is no event and is not counted",
        ));
    }
}

fn report_tail(file: &str, whole: &[u8], tail: &[u8], findings: &mut Vec<Diagnostic>) {
    if tail.is_empty() {
        return;
    }
    #[expect(clippy::naive_bytecount, reason = "once for a damaged file")]
    let number = whole.iter().filter(|b| **b == b'\n').count() + 1;
    let finding = if tail.contains(&0) {
        Diagnostic::warning(
            "U502",
            Place::line(file, number),
            "the file ends in NUL bytes: a write was cut off",
        )
    } else {
        Diagnostic::warning(
            "U506",
            Place::line(file, number),
            "the last line is cut off and is not counted",
        )
    };
    findings.push(
        finding.helped("still syncing? on the device that writes it the next entry starts on a fresh line"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    type Seen = (Vec<(usize, String)>, Vec<(&'static str, usize)>);

    fn read(bytes: &[u8]) -> Seen {
        let mut findings = Vec::new();
        let found = lines("f", bytes, &mut findings);
        (
            found.iter().map(|l| (l.number, l.text.to_owned())).collect(),
            findings.iter().map(|f| (f.code, f.place.line)).collect(),
        )
    }

    #[test]
    fn whole_lines_are_read_and_blank_ones_are_nothing() {
        assert_eq!(
            read(b"{1}\r\n\n{2}\n"),
            (vec![(1, "{1}".into()), (3, "{2}".into())], vec![])
        );
        assert_eq!(read(b""), (vec![], vec![]));
    }

    #[test]
    fn a_damaged_line_never_hides_its_neighbours() {
        assert_eq!(
            read(b"{1}\n{\xff}\n{3}\n"),
            (vec![(1, "{1}".into()), (3, "{3}".into())], vec![("U503", 2)])
        );
        assert_eq!(
            read(b"{1}\nrubbish\n{3}\n"),
            (vec![(1, "{1}".into()), (3, "{3}".into())], vec![("U501", 2)])
        );
        assert_eq!(
            read(b"{1}\n<<<<<<< ours\n{2}\n=======\n>>>>>>> theirs\n"),
            (
                vec![(1, "{1}".into()), (3, "{2}".into())],
                vec![("U505", 2), ("U505", 4), ("U505", 5)]
            )
        );
    }

    #[test]
    fn tails_are_told_apart() {
        assert_eq!(read(b"{1}\n{2"), (vec![(1, "{1}".into())], vec![("U506", 2)]));
        assert_eq!(read(b"{1}\n\0\0\0"), (vec![(1, "{1}".into())], vec![("U502", 2)]));
        assert_eq!(read(b"{1}\n\xff"), (vec![(1, "{1}".into())], vec![("U506", 2)]));
        assert_eq!(read(b"{1"), (vec![], vec![("U506", 1)]));
    }

    #[test]
    fn a_line_without_end_is_not_read_into_memory_as_an_event() {
        let mut long = vec![b'{'; MAX_LINE + 1];
        long.push(b'\n');
        assert_eq!(read(&long), (vec![], vec![("U504", 1)]));
    }
}
