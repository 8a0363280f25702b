//! From the text of a mail to whole lines: quoting taken away, blanks made equal, wrapped lines joined.

/// A line as it was meant, and where it began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Whole {
    /// Number of its first line in the text, from 1.
    pub(super) number: usize,
    /// Its text with single blanks.
    pub(super) text: String,
    /// Where in the text each line that was joined to it begins, with its number.
    pub(super) joints: Vec<(usize, usize)>,
}

/// Longest whole line that is read, in bytes; nobody writes a longer one.
pub(super) const LONGEST: usize = 4_000;

/// The whole lines of a text, empty ones too: they end what could go on. Within a receipt every line that begins nothing
/// goes on with the one before: mailers wrap, and what does not belong there shall spoil its line and not pass for none.
pub(super) fn whole_lines(text: &str) -> Vec<Whole> {
    let mut lines: Vec<Whole> = Vec::new();
    let (mut inside, mut last_marks, mut first_indent) = (false, 0, 0);
    for (at, raw) in text.lines().enumerate() {
        // In an open text a mark that the line before did not have is a part of the text.
        let waiting = lines
            .last()
            .filter(|before| inside && before.text.len() < LONGEST);
        let most = waiting.filter(|before| is_open(&before.text)).map(|_| last_marks);
        let (line, marks) = unquoted(raw, most);
        last_marks = marks;
        let indent = line.len() - line.trim_start().len();
        let words = without_list_mark(single_blanks(&line));
        let goes_on = inside
            && lines.last().is_some_and(|before| {
                let is_apart = before.text.is_empty() || words.is_empty() || before.text.len() >= LONGEST;
                let is_below = indent >= first_indent + 2;
                !is_apart && (is_below || !begins_something(&words, &before.text))
            });
        match lines.last_mut() {
            Some(before) if goes_on => {
                before.joints.push((before.text.len(), at + 1));
                before.text.push(' ');
                before.text.push_str(&words);
            }
            _ => {
                first_indent = indent;
                if is_head(&words) {
                    inside = true;
                } else if inside && is_end(&words) {
                    inside = false;
                }
                lines.push(Whole {
                    number: at + 1,
                    text: words,
                    joints: Vec::new(),
                });
            }
        }
    }
    lines
}

fn is_head(line: &str) -> bool {
    line.chars()
        .take(16)
        .collect::<String>()
        .to_lowercase()
        .starts_with("upwards receipt")
}

/// The last line of a receipt.
pub(super) fn is_end(line: &str) -> bool {
    line.trim_end_matches('.').eq_ignore_ascii_case("end")
}

/// Whether a line begins a fact, a head or the end. Where the one before waits for more, a day begins a fact only before a
/// word that facts begin with: else it is what was waited for.
fn begins_something(line: &str, before: &str) -> bool {
    if is_head(line) || is_end(line) {
        return true;
    }
    if is_head(before) {
        // A head is short: only one that was cut in the middle goes on.
        let waits = matches!(
            before.rsplit(' ').next(),
            Some("page" | "workspace" | "by" | "recorded" | "for")
        );
        return !waits && !before.ends_with(',');
    }
    let waits = is_open(before) || matches!(before.rsplit(' ').next(), Some("on" | "of"));
    super::grammar::begins_with_day(line) && (!waits || super::grammar::begins_a_fact(line))
}

/// Without the marks of a quoted mail, at most so many, with ordinary blanks and without what nobody sees; and how many
/// marks there were.
fn unquoted(raw: &str, most: Option<usize>) -> (String, usize) {
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
    let mut marks = 0;
    while let Some(inner) = rest.trim_start().strip_prefix('>') {
        if most.is_some_and(|most| marks >= most) {
            break;
        }
        marks += 1;
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    (rest.to_owned(), marks)
}

fn single_blanks(line: &str) -> String {
    line.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A line of a list without its mark, as phones make them: `- 2026-03-16 ...`, `1. 2026-03-16 ...`.
fn without_list_mark(line: String) -> String {
    let Some((mark, rest)) = line.split_once(' ') else {
        return line;
    };
    let number = mark.trim_end_matches(['.', ')']);
    let is_number = number.len() < mark.len() && number.bytes().all(|b| b.is_ascii_digit());
    let is_mark = matches!(mark, "-" | "*" | "\u{2022}" | "\u{2013}" | "\u{2014}") || is_number;
    if is_mark && super::grammar::begins_with_day(rest) {
        rest.to_owned()
    } else {
        line
    }
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
