//! Characters of a GIFT text, each with whether a backslash took its meaning.

use super::markup::Markup;
use super::settle::Words;

/// One character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub(super) c: char,
    /// Written with a backslash, so that it is text whatever it means elsewhere.
    pub(super) is_text: bool,
}

impl Glyph {
    /// Whether it stands for what the format means by the character.
    pub(super) fn is(self, c: char) -> bool {
        self.c == c && !self.is_text
    }
}

/// Reads the escapes: `\~ \= \# \{ \} \: \\` are the character, `\n` is a line break, any other backslash is one.
pub(super) fn glyphs(text: &str) -> Vec<Glyph> {
    let mut glyphs = Vec::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let escaped = match (c, characters.peek()) {
            ('\\', Some('n')) => Some('\n'),
            ('\\', Some(next @ ('~' | '=' | '#' | '{' | '}' | ':' | '\\'))) => Some(*next),
            _ => None,
        };
        if escaped.is_some() {
            characters.next();
        }
        glyphs.push(Glyph {
            c: escaped.unwrap_or(c),
            is_text: escaped.is_some(),
        });
    }
    glyphs
}

/// The characters alone.
pub(super) fn text_of(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|glyph| glyph.c).collect()
}

/// Without blanks around.
pub(super) fn trimmed(glyphs: &[Glyph]) -> &[Glyph] {
    let is_blank = |glyph: &Glyph| glyph.c.is_whitespace() && !glyph.is_text;
    let start = glyphs.iter().take_while(|glyph| is_blank(glyph)).count();
    let rest = &glyphs[start..];
    let end = rest.iter().rev().take_while(|glyph| is_blank(glyph)).count();
    &rest[..rest.len() - end]
}

/// Where a character of the format stands.
pub(super) fn find(glyphs: &[Glyph], c: char) -> Option<usize> {
    glyphs.iter().position(|glyph| glyph.is(c))
}

/// Where a row of characters of the format stands last.
pub(super) fn find_last(glyphs: &[Glyph], wanted: &str) -> Option<usize> {
    let wanted: Vec<char> = wanted.chars().collect();
    let windows = glyphs.windows(wanted.len());
    let fits = |window: &[Glyph]| window.iter().zip(&wanted).all(|(glyph, c)| glyph.is(*c));
    windows
        .rev()
        .position(fits)
        .map(|from_end| glyphs.len() - wanted.len() - from_end)
}

/// A text with the form that it names in front, as `[html]`; else with the one that holds for it anyway.
pub(super) fn words_of(glyphs: &[Glyph], otherwise: Markup) -> Words {
    const FORMS: [(&str, Markup); 4] = [
        ("[html]", Markup::Html),
        ("[moodle]", Markup::Moodle),
        ("[plain]", Markup::Plain),
        ("[markdown]", Markup::Markdown),
    ];
    let text = text_of(trimmed(glyphs));
    for (word, markup) in FORMS {
        if let Some(rest) = text.strip_prefix(word) {
            return Words {
                text: rest.to_owned(),
                markup,
            };
        }
    }
    Words {
        text,
        markup: otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_takes_the_meaning_of_what_stands_behind_it() {
        let all = glyphs(r"\~\=\#\{\}\:\\ \n a\b \\n =");
        assert_eq!(text_of(&all), "~=#{}:\\ \n a\\b \\n =");
        assert_eq!(find(&all, '='), Some(all.len() - 1));
        assert_eq!(find(&all, '{'), None);
    }

    #[test]
    fn the_last_row_of_characters_is_found() {
        let all = glyphs("a####b####c\\####");
        assert_eq!(find_last(&all, "####"), Some(6));
        assert_eq!(find_last(&glyphs("a##"), "####"), None);
    }

    #[test]
    fn only_forms_that_exist_are_forms() {
        let of = |text: &str| {
            let words = words_of(&glyphs(text), Markup::Moodle);
            (words.text, words.markup)
        };
        assert_eq!(of(" [html]<b>x"), ("<b>x".into(), Markup::Html));
        assert_eq!(of("[plain][html]x"), ("[html]x".into(), Markup::Plain));
        assert_eq!(of("[sic] x"), ("[sic] x".into(), Markup::Moodle));
    }
}
