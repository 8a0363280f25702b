//! One escape for each medium, and wrapping by display width. Nothing that came from a file or a person is printed
//! without one of these; the terminal's is applied to every line by the one place that prints.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Longest title in a file, in characters (`formats.md` §1).
pub const MAX_TITLE: usize = 80;

/// Longest text in a file, in characters (`formats.md` §1).
pub const MAX_TEXT: usize = 4_000;

/// Whether a character could steer a terminal or turn a line around: control characters (also C1), bidi controls,
/// zero-width and tag characters. Tabs and line breaks count too.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{061C}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}' | '\u{00AD}' | '\u{180E}')
}

/// Whether all of it is ASCII that prints, and so nothing is unprintable: asked of all bytes together, which is quicker
/// than to look at each character.
pub fn is_printable_ascii(text: &str) -> bool {
    text.bytes()
        .fold(true, |all, byte| all & matches!(byte, b' '..=b'~'))
}

/// Whether two texts are equal; where they are one text, that is seen without reading it.
pub fn are_equal(one: &str, other: &str) -> bool {
    std::ptr::eq(one, other) || one == other
}

/// For a terminal: unprintable characters as visible `U+XXXX`. Line breaks too: whoever prints several lines calls
/// this for each.
pub fn to_terminal(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_unprintable(c) {
            // Writing into a String cannot fail.
            let _ = write!(out, "U+{:04X}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// For HTML, between tags and inside quoted attributes: unprintable characters as on a terminal, markup as text.
pub fn to_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in to_terminal(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// For Markdown, inside one line: what would be markup there is text, and a line break is a space.
pub fn to_markdown(text: &str) -> String {
    let line = text.replace(['\n', '\r', '\t'], " ");
    let mut out = String::with_capacity(line.len() + 16);
    for (at, c) in to_terminal(&line).char_indices() {
        let is_markup = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&'
        );
        let begins_a_block = at == 0 && matches!(c, '#' | '-' | '+' | '=');
        if is_markup || begins_a_block {
            out.push('\\');
        }
        out.push(c);
    }
    // "1." at the beginning of a line is a list.
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && out[digits..].starts_with(['.', ')']) {
        out.insert(digits, '\\');
    }
    out
}

/// For a spreadsheet: a text cell that a program could take for a formula gets a leading `'`
/// (`commands-and-screens.md` §5.4). A lone `-` does not. Quoting is the CSV writer's work.
pub fn to_csv(text: &str) -> Cow<'_, str> {
    if looks_like_formula(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Takes the guard of [`to_csv`] away again, exactly one.
pub fn from_csv(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if looks_like_formula(rest) => rest,
        _ => text,
    }
}

/// Leading `'` are looked through, so that guarding can be undone without knowing what was guarded.
fn looks_like_formula(text: &str) -> bool {
    let inner = text.trim_start_matches('\'');
    inner != "-" && inner.starts_with(['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'])
}

/// Display width in columns.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Cuts to so many columns, with `…` where something went missing.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let w = c.width().unwrap_or(0);
        if used + w + 1 > columns {
            break;
        }
        used += w;
        out.push(c);
    }
    if columns > 0 {
        out.push('…');
    }
    Cow::Owned(out)
}

/// Fills to so many columns on the right.
pub fn pad(text: &str, columns: usize) -> String {
    let mut out = text.to_owned();
    out.extend(std::iter::repeat_n(' ', columns.saturating_sub(width(text))));
    out
}

/// Breaks a paragraph into lines of at most `columns`; runs of blanks and line breaks are one space, a word that is
/// too long is broken.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let mut word = word.to_owned();
        if !line.is_empty() && width(&line) + 1 + width(&word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        while width(&word) > columns {
            let (head, tail) = split_at_width(&word, columns);
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            lines.push(head);
            word = tail;
        }
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Text behind a fixed beginning, in lines of at most `columns`; what does not fit goes on below it, as far in as the
/// text began.
pub fn hanging(beginning: &str, text: &str, columns: usize) -> Vec<String> {
    /// Narrower than this no text is readable; then the lines are longer than asked for.
    const LEAST: usize = 20;
    let at = width(beginning);
    let blank = " ".repeat(at);
    wrap(text, columns.saturating_sub(at).max(LEAST))
        .into_iter()
        .enumerate()
        .map(|(n, part)| format!("{}{part}", if n == 0 { beginning } else { &blank }))
        .collect()
}

/// A line that is laid out already, in rows of at most `columns`: broken at a blank, and what comes below stands two
/// columns further in.
pub fn fold(line: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(4);
    let inside = line.len() - line.trim_start_matches(' ').len() + 2;
    let indent = " ".repeat(inside.min(columns / 2));
    let (mut rows, mut row) = (Vec::new(), line.to_owned());
    while width(&row) > columns {
        let (fits, _) = split_at_width(&row, columns + 1);
        let begun = row.len() - row.trim_start_matches(' ').len();
        let blank = fits.rfind(' ').filter(|at| *at > begun);
        let (head, tail) = match blank {
            Some(at) => (row[..at].to_owned(), row[at..].to_owned()),
            None => split_at_width(&row, columns),
        };
        rows.push(head.trim_end_matches(' ').to_owned());
        row = format!("{indent}{}", tail.trim_start_matches(' '));
    }
    rows.push(row);
    rows
}

/// The paragraphs of a plain text: a blank line starts one.
pub fn paragraphs(text: &str) -> impl Iterator<Item = String> + '_ {
    let normal = text.replace("\r\n", "\n");
    normal
        .split("\n\n")
        .map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|p| !p.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
}

fn split_at_width(word: &str, columns: usize) -> (String, String) {
    let mut used = 0;
    for (at, c) in word.char_indices() {
        let w = c.width().unwrap_or(0);
        if used + w > columns && at > 0 {
            return (word[..at].to_owned(), word[at..].to_owned());
        }
        used += w;
    }
    (word.to_owned(), String::new())
}

/// The text with a capital letter in front.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_text_wherever_it_stands() {
        assert_eq!(
            to_markdown("A *b* <c> [d](e)\nf"),
            "A \\*b\\* \\<c\\> \\[d\\](e) f"
        );
        assert_eq!(to_markdown("# no heading"), "\\# no heading");
        assert_eq!(to_markdown("12. no list"), "12\\. no list");
        assert_eq!(to_markdown("70-90 s"), "70-90 s");
        assert_eq!(to_markdown("a\u{1b}[31m"), "aU+001B\\[31m");
    }

    #[test]
    fn nothing_steers_the_terminal() {
        for (hostile, shown) in [
            ("\u{1b}[31mred", "U+001B[31mred"),
            ("a\rb", "aU+000Db"),
            ("a\nb", "aU+000Ab"),
            ("\u{202e}txt", "U+202Etxt"),
            ("a\u{200b}b", "aU+200Bb"),
            ("\u{9b}31m", "U+009B31m"),
            ("\u{e0041}", "U+E0041"),
            ("Krüger 山田 محمد", "Krüger 山田 محمد"),
        ] {
            assert_eq!(to_terminal(hostile), shown);
        }
    }

    #[test]
    fn markup_is_text_in_html() {
        assert_eq!(
            to_html("<b a='x' c=\"y\">R&D\u{202e}"),
            "&lt;b a=&#39;x&#39; c=&quot;y&quot;&gt;R&amp;DU+202E"
        );
    }

    #[test]
    fn the_formula_guard_is_undone_exactly() {
        for text in [
            "=1+1",
            "+x",
            "-5 apples",
            "@a",
            "\tx",
            "＝1",
            "-",
            "",
            "'quoted",
            "plain",
            "'=1",
            "-5",
        ] {
            assert_eq!(from_csv(&to_csv(text)), text, "{text:?}");
        }
        assert_eq!(to_csv("=1+1"), "'=1+1");
        assert_eq!(to_csv("-"), "-");
    }

    #[test]
    fn lines_wrap_by_display_width() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("山田太郎 x", 4), ["山田", "太郎", "x"]);
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("a  b\n c", 10), ["a b c"]);
        assert!(wrap(&"x".repeat(50), 10).iter().all(|l| width(l) <= 10));
    }

    #[test]
    fn a_laid_out_line_folds_at_a_blank() {
        let line = "  Serve      not started -> exploring   0.0 -> 13.3   limited by: practice";
        assert_eq!(fold(line, 80), [line]);
        assert_eq!(
            fold(line, 40),
            [
                "  Serve      not started -> exploring",
                "    0.0 -> 13.3   limited by: practice"
            ]
        );
        assert_eq!(fold("exactly ten words", 7), ["exactly", "  ten", "  words"]);
        for columns in 1..30 {
            for line in [
                "          x",
                "    山田太郎 山田太郎山田太郎",
                &"x".repeat(50),
                "",
            ] {
                let rows = fold(line, columns);
                assert!(rows.iter().all(|row| width(row) <= columns.max(4)), "{rows:?}");
                let letters = |text: &str| text.replace(' ', "");
                assert_eq!(letters(&rows.concat()), letters(line));
            }
        }
    }

    #[test]
    fn cutting_leaves_a_mark() {
        assert_eq!(cut("Lindqvist", 5), "Lind…");
        assert_eq!(cut("Bo", 5), "Bo");
        assert_eq!(cut("山田太郎", 5), "山田…");
        assert_eq!(cut("abc", 0), "");
    }

    #[test]
    fn a_blank_line_starts_a_paragraph() {
        assert_eq!(
            paragraphs("a\nb\n\nc\r\n\r\nd").collect::<Vec<_>>(),
            ["a b", "c", "d"]
        );
    }
}
