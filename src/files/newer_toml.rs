//! Finds what only TOML 1.1 allows: our parser reads it, most editors and other programs refuse it.

use std::ops::Range;

/// One use of newer syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Newer {
    /// Where it stands.
    pub(super) span: Range<usize>,
    /// What it is.
    pub(super) what: &'static str,
    /// The same in TOML 1.0: which bytes become which text. None where a comment would have to go.
    pub(super) older: Option<(Range<usize>, String)>,
}

/// Uses that are looked for; whoever has more knows by then.
const MOST: usize = 1_000;

/// The uses of newer syntax. Meant for texts that parse.
pub(super) fn newer_syntax(text: &str) -> Vec<Newer> {
    // All of it is in braces, or an escape: a list of people has neither.
    if !text.contains(['{', '\\']) {
        return Vec::new();
    }
    let mut scan = Scan {
        bytes: text.as_bytes(),
        at: 0,
        open: Vec::new(),
        after_comma: None,
        has_comment: false,
        found: Vec::new(),
    };
    scan.run();
    scan.found
}

struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
    /// Brackets and braces that are open, innermost last.
    open: Vec<u8>,
    /// Where the last comma stands, if nothing but blanks came after it.
    after_comma: Option<usize>,
    /// Whether the line that ends next ends in a comment.
    has_comment: bool,
    found: Vec<Newer>,
}

impl Scan<'_> {
    fn run(&mut self) {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            if self.found.len() >= MOST {
                break;
            }
            match byte {
                b'"' | b'\'' => self.string(byte),
                b'#' => self.comment(),
                b'[' | b'{' => self.open.push(byte),
                b']' => drop(self.open.pop()),
                b'}' => self.close_brace(),
                b'\n' => self.line_break(),
                _ => {}
            }
            match byte {
                b',' => self.after_comma = Some(self.at),
                b' ' | b'\t' | b'\r' | b'\n' | b'#' => {}
                _ => self.after_comma = None,
            }
            self.at += 1;
        }
    }

    fn close_brace(&mut self) {
        if let Some(comma) = self.after_comma {
            self.found.push(Newer {
                span: comma..comma + 1,
                what: "a comma before the closing brace",
                older: Some((comma..comma + 1, String::new())),
            });
        }
        self.open.pop();
    }

    fn line_break(&mut self) {
        let has_comment = std::mem::take(&mut self.has_comment);
        if self.open.last() != Some(&b'{') {
            return;
        }
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        let start = self.at - usize::from(self.at > 0 && self.bytes[self.at - 1] == b'\r');
        let indent = self.bytes[self.at + 1..]
            .iter()
            .take_while(|b| is_blank(b))
            .count();
        let end = self.at + 1 + indent;
        // A blank in its place, unless there is one already.
        let is_apart = self.bytes[..start].last().is_none_or(is_blank);
        let space = if is_apart { "" } else { " " };
        self.found.push(Newer {
            span: self.at..self.at,
            what: "a line break inside braces",
            older: (!has_comment).then(|| (start..end, space.to_owned())),
        });
    }

    /// Leaves `at` on the last byte before the line break.
    fn comment(&mut self) {
        self.has_comment = true;
        while self.bytes.get(self.at + 1).is_some_and(|b| *b != b'\n') {
            self.at += 1;
        }
    }

    /// The escape that starts here: `\e`, or `\x` with two digits.
    fn escape(&self) -> Newer {
        let span = self.at..self.at + 2;
        let longer = match self.bytes.get(self.at + 1) {
            Some(b'e') => "\\u001b",
            _ => "\\u00",
        };
        Newer {
            span: span.clone(),
            what: "this escape",
            older: Some((span, longer.to_owned())),
        }
    }

    /// Leaves `at` on the last closing quote.
    fn string(&mut self, quote: u8) {
        let is_long = self.bytes[self.at..].starts_with(&[quote; 3]);
        let closing: &[u8] = if is_long { &[quote; 3] } else { &[quote] };
        self.at += closing.len();
        while let Some(byte) = self.bytes.get(self.at).copied() {
            if byte == quote && self.bytes[self.at..].starts_with(closing) {
                break;
            }
            if quote == b'"' && byte == b'\\' {
                if matches!(self.bytes.get(self.at + 1), Some(b'e' | b'x')) {
                    self.found.push(self.escape());
                }
                self.at += 1;
            }
            self.at += 1;
        }
        self.at += closing.len() - 1;
        // Up to two more quotes may stand directly before the closing three.
        while is_long && self.bytes.get(self.at + 1) == Some(&quote) {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_toml_1_0_refuses_is_found() {
        for (text, at) in [
            ("a = { b = 1, }", vec![11]),
            ("a = { b = 1,\n c = 2 }", vec![12]),
            ("a = { b = 1 # why\n }", vec![17]),
            (r#"a = "\e[31m""#, vec![5]),
            (r#"a = "x\x41""#, vec![6]),
        ] {
            let found: Vec<usize> = newer_syntax(text)
                .into_iter()
                .map(|newer| newer.span.start)
                .collect();
            assert_eq!(found, at, "{text}");
        }
    }

    #[test]
    fn each_has_its_older_form_unless_a_comment_is_in_the_way() {
        for (text, older) in [
            ("a = { b = 1, }", "a = { b = 1 }"),
            ("a = {\n  b = 1,\r\n\tc = 2,\n}", "a = { b = 1, c = 2 }"),
            (r#"a = "\e[31m\x41""#, r#"a = "\u001b[31m\u0041""#),
            ("a = { b = 1 # why\n }", "a = { b = 1 # why\n }"),
        ] {
            let mut mended = text.to_owned();
            let mut all: Vec<_> = newer_syntax(text).into_iter().filter_map(|n| n.older).collect();
            all.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
            for (span, text) in all {
                mended.replace_range(span, &text);
            }
            assert_eq!(mended, older);
            let left = newer_syntax(&mended)
                .iter()
                .filter(|newer| newer.older.is_some())
                .count();
            assert_eq!(left, 0, "{mended}");
        }
    }

    #[test]
    fn what_toml_1_0_allows_is_left_alone() {
        for text in [
            "a = [\n 1,\n 2,\n]",
            "a = { b = [\n1,\n], c = 2 }",
            "a = '{ \\e,}'",
            "a = \"\"\"{\n,}\"\"\"\"\"\n[b]\n",
            "# { \n[[a.b]]\nc = \"\\\\e\" # {",
            "\"{\" = 1\nb = '''\n{'''\nc = {}",
            "a = \"",
        ] {
            assert_eq!(newer_syntax(text), [], "{text}");
        }
    }
}
