//! A finding about what people wrote: data, not an error. All of them are returned, never only the first.

use std::ops::Range;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The thing does not work: `check` ends with 3, commands that need it stop.
    Error,
    /// It works, but somebody will regret it.
    Warning,
    /// Worth knowing; `check` stays quiet about it unless asked for.
    Note,
}

impl Severity {
    /// The word on screens and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Where in which file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Path from the workspace's root, with `/`.
    pub file: String,
    /// Line from 1; 0 = the file as a whole.
    pub line: usize,
    /// Column from 1 in characters; 0 = the line as a whole.
    pub column: usize,
    /// First byte and the one behind the last in the file's text; both 0 for the file as a whole.
    pub span: (usize, usize),
    /// Line and column behind the last character, counted as `line` and `column` are; both 0 where those are unknown.
    pub end: (usize, usize),
}

impl Place {
    /// The file as a whole.
    pub fn file(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            line: 0,
            column: 0,
            span: (0, 0),
            end: (0, 0),
        }
    }

    /// A line as a whole, as in logs.
    pub fn line(file: &str, line: usize) -> Self {
        Self {
            file: file.to_owned(),
            line,
            column: 0,
            span: (0, 0),
            end: (0, 0),
        }
    }

    /// A byte range of the file's text.
    pub fn span(file: &str, text: &str, span: Range<usize>) -> Self {
        let (line, column) = line_and_column(text, span.start);
        Self {
            file: file.to_owned(),
            line,
            column,
            span: (span.start, span.end),
            end: line_and_column(text, span.end),
        }
    }
}

fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..floor_boundary(text, at)];
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    (line, column)
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// Where it is.
    pub place: Place,
    /// The rule's code, as `U104`; never reused.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, lowercase, no full stop.
    pub message: String,
    /// What stands under the carets: what was expected.
    pub label: Option<String>,
    /// A second place that matters, with what it is.
    pub related: Vec<(Place, String)>,
    /// What to do.
    pub help: Option<String>,
    /// What may safely be written instead.
    pub repair: Option<Repair>,
}

/// A change of a file's text that cannot change what its author meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Repair {
    /// A text in place of a byte range of the file's text; an empty range is a place to write at.
    Replace {
        /// First byte and the one behind the last.
        span: (usize, usize),
        /// What to write there.
        text: String,
    },
    /// The byte order mark in front of the text goes; places in the text do not count it.
    RemoveMark,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, place, message)
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, place, message)
    }

    /// A note at a place.
    pub fn note(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, place, message)
    }

    /// What stands under the carets.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// A second place that matters.
    #[must_use]
    pub fn and_here(mut self, place: Place, what: impl Into<String>) -> Self {
        self.related.push((place, what.into()));
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn helped(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A text that may safely stand in place of the finding's span.
    #[must_use]
    pub fn repaired_by(self, text: impl Into<String>) -> Self {
        let (start, end) = self.place.span;
        self.repaired_at(start..end, text)
    }

    /// A text that may safely stand in place of a byte range.
    #[must_use]
    pub fn repaired_at(self, span: Range<usize>, text: impl Into<String>) -> Self {
        let span = (span.start, span.end);
        self.repaired(Repair::Replace {
            span,
            text: text.into(),
        })
    }

    /// What may safely be done.
    #[must_use]
    pub fn repaired(mut self, repair: Repair) -> Self {
        self.repair = Some(repair);
        self
    }

    fn new(code: &'static str, severity: Severity, place: Place, message: impl Into<String>) -> Self {
        Self {
            place,
            code,
            severity,
            message: message.into(),
            label: None,
            related: Vec::new(),
            help: None,
            repair: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_from_one() {
        let text = "format = 1\nname = \"Höpfner\" x\n";
        let at = text.find(" x").unwrap() + 1;
        let place = Place::span("a.toml", text, at..at + 1);
        assert_eq!((place.line, place.column, place.end), (2, 18, (2, 19)));
        let inside = Place::span("a.toml", "ä", 1..2);
        assert_eq!((inside.line, inside.column), (1, 1));
        assert_eq!(Place::span("a.toml", "", 9..9).line, 1);
    }
}
