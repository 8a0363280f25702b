//! From the text of a mail to whole lines: quoting taken away, blanks made equal, wrapped lines joined.

/// A line as it was meant, and where it began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Whole {
    /// Number of its first line in the text, from 1.
    pub(super) number: usize,
    /// Its text with single blanks.
    pub(super) text: String,
}

/// Mailers wrap lines that are longer than about this.
const WRAPPED_FROM: usize = 60;

/// Longest whole line that is read, in bytes; nobody writes a longer one.
pub(super) const LONGEST: usize = 4_000;

/// The whole lines of a text, empty ones too: they end what could go on.
pub(super) fn whole_lines(text: &str) -> Vec<Whole> {
    let mut lines: Vec<Whole> = Vec::new();
    let (mut last_width, mut first_indent) = (0, 0);
    for (at, raw) in text.lines().enumerate() {
        let line = unquoted(raw);
        let indent = line.len() - line.trim_start().len();
        let goes_on = lines.last().is_some_and(|before| {
            let is_apart = before.text.is_empty() || line.trim().is_empty() || before.text.len() >= LONGEST;
            let is_below = indent >= first_indent + 2;
            // Looked at last: it takes longest.
            let may_go_on = || is_open(&before.text) || last_width >= WRAPPED_FROM;
            !is_apart && (is_below || (!begins_something(line.trim()) && may_go_on()))
        });
        last_width = raw.chars().count();
        let words = single_blanks(&line);
        match lines.last_mut() {
            Some(before) if goes_on => {
                before.text.push(' ');
                before.text.push_str(&words);
            }
            _ => {
                first_indent = indent;
                lines.push(Whole {
                    number: at + 1,
                    text: words,
                });
            }
        }
    }
    lines
}

/// Whether a line begins a fact, a head or the end: nothing goes on with it.
fn begins_something(line: &str) -> bool {
    let lower: String = line.chars().take(24).collect::<String>().to_lowercase();
    lower.starts_with("upwards receipt")
        || lower.trim_end_matches('.') == "end"
        || line.as_bytes().get(..5).is_some_and(|start| {
            start[..4].iter().all(u8::is_ascii_digit) && matches!(start[4], b'-' | b'/' | b'.')
        })
        || super::grammar::begins_with_day(line)
}

/// Without the marks of a quoted mail, with ordinary blanks and without what nobody sees.
fn unquoted(raw: &str) -> String {
    let line: String = raw
        .chars()
        .filter(|c| {
            !matches!(
                c,
                '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
            )
        })
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let mut rest = line.as_str();
    while let Some(inner) = rest.trim_start().strip_prefix('>') {
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    rest.to_owned()
}

fn single_blanks(line: &str) -> String {
    line.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a text that was begun with a quotation mark is not at its end.
fn is_open(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(is_mark) {
        let opening = rest[at..].chars().next().unwrap_or('"');
        let behind = &rest[at + opening.len_utf8()..];
        match closing(opening, behind) {
            Some(end) => rest = &behind[end.end..],
            None => return true,
        }
    }
    false
}

/// Where a text ends whose mark was this one: where its closing mark stands.
pub(super) fn closing(opening: char, text: &str) -> Option<std::ops::Range<usize>> {
    let fits = |c: char| match opening {
        '"' => c == '"',
        '\u{201e}' => matches!(c, '\u{201c}' | '\u{201d}'),
        '\u{ab}' => c == '\u{bb}',
        '\u{bb}' => c == '\u{ab}',
        _ => matches!(c, '\u{201d}' | '\u{201f}'),
    };
    // Half converted by a mailer: any mark will do.
    let (at, mark) = text
        .char_indices()
        .find(|(_, c)| fits(*c))
        .or_else(|| text.char_indices().find(|(_, c)| is_mark(*c)))?;
    Some(at..at + mark.len_utf8())
}

/// Whether a character is a quotation mark.
pub(super) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_and_quoted_lines_are_whole_again() {
        let text = "Hi\r\n> > upwards receipt for eli\r\n> > 2026-03-16 practised a.b \u{201c}Wrote\u{a0}who\n> > may answer\u{201d} own hand\n> >   , may be quoted\n> end\n--\nMaya\n";
        let lines = whole_lines(text);
        let texts: Vec<(usize, &str)> = lines.iter().map(|l| (l.number, l.text.as_str())).collect();
        assert_eq!(
            texts,
            [
                (1, "Hi"),
                (2, "upwards receipt for eli"),
                (
                    3,
                    "2026-03-16 practised a.b \u{201c}Wrote who may answer\u{201d} own hand , may be quoted"
                ),
                (6, "end"),
                (7, "--"),
                (8, "Maya"),
            ]
        );
    }
}
