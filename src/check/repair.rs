//! Safe repairs put into a text, and whether the text is better for them.

use crate::base::diag::{Diagnostic, Repair, Severity};
use crate::model::written::Everything;

/// The mark that some editors put in front of a text.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// A file's text with its safe repairs made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The text, with its byte order mark if that stays.
    pub text: String,
    /// Repairs that were made.
    pub made: usize,
    /// Repairs that lie over one of those: another pass makes them.
    pub left: usize,
}

/// Makes the repairs of one file's findings in its text, which may begin with a byte order mark. What lies outside of their
/// spans stays byte for byte; of two that lie over each other the first is made.
pub fn repaired<'f>(text: &str, findings: impl IntoIterator<Item = &'f Diagnostic>) -> Repaired {
    let (mut mark, body) = match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(body) => (&text[..BYTE_ORDER_MARK.len_utf8()], body),
        None => ("", text),
    };
    let (mut made, mut left) = (0, 0);
    let mut edits = Vec::new();
    for repair in findings.into_iter().filter_map(|finding| finding.repair.as_ref()) {
        match repair {
            Repair::RemoveMark if mark.is_empty() => left += 1,
            Repair::RemoveMark => {
                mark = "";
                made += 1;
            }
            Repair::Replace { span, text } => edits.push((*span, text.as_str())),
        }
    }
    edits.sort_unstable();
    edits.dedup();
    let mut out = String::with_capacity(text.len() + 64);
    out.push_str(mark);
    let mut done = 0;
    for ((start, end), new) in edits {
        match body.get(done..start).filter(|_| body.get(start..end).is_some()) {
            Some(kept) => {
                out.push_str(kept);
                out.push_str(new);
                done = end;
                made += 1;
            }
            None => left += 1,
        }
    }
    out.push_str(&body[done..]);
    Repaired {
        text: out,
        made,
        left,
    }
}

/// Whether a file has fewer findings after its repairs, and no more errors. Where its form was broken, what it says could
/// not be judged before: then its form alone is compared.
pub fn is_better(
    file: &str,
    (before, found_before): (&Everything, &[Diagnostic]),
    (after, found_after): (&Everything, &[Diagnostic]),
) -> bool {
    let was_broken = errors(&before.findings, file) > 0;
    let (before, after) = if was_broken {
        (&before.findings[..], &after.findings[..])
    } else {
        (found_before, found_after)
    };
    let all = |findings: &[Diagnostic]| findings.iter().filter(|f| f.place.file == file).count();
    errors(after, file) <= errors(before, file) && all(after) < all(before)
}

fn errors(findings: &[Diagnostic], file: &str) -> usize {
    let is_error = |f: &&Diagnostic| f.severity == Severity::Error && f.place.file == file;
    findings.iter().filter(is_error).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diag::Place;

    fn at(span: std::ops::Range<usize>, text: &str) -> Diagnostic {
        Diagnostic::error("U101", Place::file("a.toml"), "x").repaired_at(span, text)
    }

    #[test]
    fn repairs_are_made_once_and_never_over_each_other() {
        let text = "one two three";
        let findings = [
            at(4..7, "2"),
            at(0..3, "1"),
            at(5..9, "x"),
            at(4..7, "2"),
            at(13..13, "!"),
        ];
        let all = repaired(text, &findings);
        assert_eq!((all.text.as_str(), all.made, all.left), ("1 2 three!", 3, 1));
        let none = repaired(text, &[Diagnostic::error("U101", Place::file("a.toml"), "x")]);
        assert_eq!((none.text.as_str(), none.made, none.left), (text, 0, 0));
    }

    #[test]
    fn a_mark_shifts_no_repair_and_goes_only_if_asked() {
        let mark = Diagnostic::warning("U122", Place::file("a.toml"), "x").repaired(Repair::RemoveMark);
        let text = "\u{FEFF}ab";
        assert_eq!(repaired(text, &[at(0..1, "c")]).text, "\u{FEFF}cb");
        let both = repaired(text, &[mark.clone(), at(0..1, "c")]);
        assert_eq!((both.text.as_str(), both.made), ("cb", 2));
        assert_eq!(repaired("ab", &[mark]).left, 1);
    }

    #[test]
    fn a_span_that_does_not_fit_is_left_alone() {
        let findings = [at(1..2, "x"), at(5..900, "x")];
        let all = repaired("ä and more", &findings);
        assert_eq!((all.text.as_str(), all.made, all.left), ("ä and more", 0, 2));
    }
}
