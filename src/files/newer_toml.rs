//! Finds what only TOML 1.1 allows: our parser reads it, most editors and other programs refuse it.

use std::ops::Range;

/// Every use of newer syntax with what it is. Meant for texts that parse.
pub(super) fn newer_syntax(text: &str) -> Vec<(Range<usize>, &'static str)> {
    // All of it is in braces, or an escape: a list of people has neither.
    if !text.contains(['{', '\\']) {
        return Vec::new();
    }
    let mut scan = Scan {
        bytes: text.as_bytes(),
        at: 0,
        open: Vec::new(),
        after_comma: None,
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
    found: Vec<(Range<usize>, &'static str)>,
}

impl Scan<'_> {
    fn run(&mut self) {
        while let Some(byte) = self.bytes.get(self.at).copied() {
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
            self.found
                .push((comma..comma + 1, "a comma before the closing brace"));
        }
        self.open.pop();
    }

    fn line_break(&mut self) {
        if self.open.last() == Some(&b'{') {
            self.found.push((self.at..self.at, "a line break inside braces"));
        }
    }

    /// Leaves `at` on the last byte before the line break.
    fn comment(&mut self) {
        while self.bytes.get(self.at + 1).is_some_and(|b| *b != b'\n') {
            self.at += 1;
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
                    self.found.push((self.at..self.at + 2, "this escape"));
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
                .map(|(span, _)| span.start)
                .collect();
            assert_eq!(found, at, "{text}");
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
