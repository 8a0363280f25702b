//! From marked-up text to our plain text: paragraphs stay, everything else that goes is told.

use mail_parser::decoders::html::html_to_text;

use super::markdown::without_marks;
use super::settle::Losses;
use crate::base::text::is_unprintable;

/// How a text is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    /// As it stands.
    Plain,
    /// Tags and entities; line breaks mean nothing.
    Html,
    /// Moodle's own: line breaks count, and tags that HTML knows are tags.
    Moodle,
    /// Markdown.
    Markdown,
}

/// The plain text of a marked-up one.
pub(super) fn plain(text: &str, markup: Markup, losses: &mut Losses) -> String {
    let text = match markup {
        Markup::Plain => text.to_owned(),
        Markup::Html => without_tags(&text.replace(['\n', '\r'], " "), false, losses),
        Markup::Moodle => without_tags(text, true, losses),
        Markup::Markdown => without_tags(&without_marks(text, losses), true, losses),
    };
    visible(&text, losses)
}

/// Paragraphs as our format has them: words divided by one blank, paragraphs by one blank line.
pub(super) fn paragraphs_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_new = false;
    for line in text.split(['\n', '\r']) {
        let mut words = line.split_whitespace().peekable();
        if words.peek().is_none() {
            is_new = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if is_new { "\n\n" } else { " " });
        }
        is_new = false;
        let mut is_first = true;
        for word in words {
            if !is_first {
                out.push(' ');
            }
            is_first = false;
            out.push_str(word);
        }
    }
    out
}

/// Takes out what no screen shows: such characters turn lines around or hide words.
fn visible(text: &str, losses: &mut Losses) -> String {
    let is_hidden = |c: char| is_unprintable(c) && !c.is_whitespace();
    let text = text.replace("\r\n", "\n");
    let Some(first) = text.chars().find(|c| is_hidden(*c)) else {
        return paragraphs_of(&text);
    };
    losses.add(format!(
        "characters that no screen shows were removed (U+{:04X})",
        u32::from(first)
    ));
    let seen: String = text.chars().filter(|c| !is_hidden(*c)).collect();
    paragraphs_of(&seen)
}

/// Elements that only divide paragraphs or carry attributes: without them nothing is lost.
const SILENT: [&str; 4] = ["p", "br", "div", "span"];
/// Elements that begin a paragraph.
const BLOCKS: [&str; 19] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "blockquote",
    "pre",
    "hr",
    "section",
    "article",
    "dl",
];
/// Elements that show something which is no text.
const MEDIA: [&str; 9] = [
    "img", "video", "audio", "iframe", "object", "embed", "svg", "canvas", "source",
];
/// Elements whose text nobody sees.
const UNSEEN: [&str; 3] = ["script", "style", "template"];
/// Others that HTML knows.
const OTHERS: [&str; 36] = [
    "a",
    "abbr",
    "b",
    "big",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "i",
    "ins",
    "kbd",
    "label",
    "mark",
    "nobr",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "tbody",
    "td",
    "th",
];

fn is_known(name: &str) -> bool {
    let lists: [&[&str]; 4] = [&BLOCKS, &MEDIA, &UNSEEN, &OTHERS];
    lists.iter().any(|list| list.contains(&name)) || matches!(name, "u" | "tt" | "thead" | "tfoot" | "input")
}

/// A tag at the beginning of a text.
struct Tag<'t> {
    name: String,
    is_end: bool,
    attributes: &'t str,
    /// The text behind it.
    rest: &'t str,
}

impl<'t> Tag<'t> {
    fn at(text: &'t str) -> Option<Self> {
        let inside = text.strip_prefix('<')?;
        let (is_end, inside) = match inside.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, inside),
        };
        let name_end = inside
            .find(|c: char| !c.is_ascii_alphanumeric())
            .filter(|end| *end > 0)?;
        let (name, behind) = inside.split_at(name_end);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic())
            || !behind.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))
        {
            return None;
        }
        let end = end_of_tag(behind)?;
        Some(Self {
            name: name.to_ascii_lowercase(),
            is_end,
            attributes: &behind[..end],
            rest: &behind[end + 1..],
        })
    }

    /// Whether what stands behind the name can only be attributes: `a<b and c>d` is no tag.
    fn has_sound_attributes(&self) -> bool {
        let attributes = self.attributes.trim().trim_end_matches('/');
        attributes.trim().is_empty() || attributes.contains('=')
    }

    fn attribute(&self, name: &str) -> Option<&'t str> {
        let lower = self.attributes.to_ascii_lowercase();
        let at = lower.find(&format!("{name}="))? + name.len() + 1;
        let value = self.attributes.get(at..)?;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        match quote {
            Some(quote) => value[1..].split(quote).next(),
            None => value.split_whitespace().next(),
        }
    }
}

/// Where the `>` of a tag stands: not one between quotes.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return Some(at),
            (b'<', None) => return None,
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(open)) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// The text without tags and with its entities as characters. `only_known` = what HTML does not know is text.
fn without_tags(text: &str, only_known: bool, losses: &mut Losses) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut formatting: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(behind) = rest.strip_prefix("<!--") {
            losses.add("a comment of HTML was removed");
            rest = behind.find("-->").map_or("", |end| &behind[end + 3..]);
        } else if rest.starts_with('&') {
            rest = entity(rest, &mut out);
        } else {
            let is_tag = |tag: &Tag<'_>| !only_known || is_known(&tag.name) && tag.has_sound_attributes();
            let tag = Tag::at(rest).filter(is_tag);
            match tag {
                None => {
                    out.push('<');
                    rest = &rest[1..];
                }
                Some(tag) => rest = take_tag(&tag, &mut out, &mut formatting, losses),
            }
        }
    }
    out.push_str(rest);
    if !formatting.is_empty() {
        formatting.sort_unstable();
        formatting.dedup();
        losses.add(format!("formatting was removed ({})", formatting.join(", ")));
    }
    out
}

/// Writes what a tag means in plain text and returns the text behind it.
fn take_tag<'t>(
    tag: &Tag<'t>,
    out: &mut String,
    formatting: &mut Vec<String>,
    losses: &mut Losses,
) -> &'t str {
    let name = tag.name.as_str();
    if BLOCKS.contains(&name) {
        out.push_str("\n\n");
    } else if name == "br" {
        out.push('\n');
    } else if matches!(name, "td" | "th" | "dt" | "dd") {
        out.push(' ');
    }
    if UNSEEN.contains(&name) && !tag.is_end {
        losses.add(format!("a {name} was removed"));
        return end_of_element(tag.rest, name);
    }
    if tag.is_end {
        return tag.rest;
    }
    if MEDIA.contains(&name) {
        let what = tag
            .attribute("alt")
            .or_else(|| tag.attribute("src"))
            .unwrap_or("");
        let what: String = what.chars().take(60).collect();
        let kind = if name == "img" {
            "an image"
        } else {
            "what is no text"
        };
        losses.add(match what.trim() {
            "" => format!("{kind} was removed"),
            what => format!("{kind} was removed ({what})"),
        });
    } else if let Some(address) = tag.attribute("href") {
        losses.add(format!("a link lost its address ({address})"));
    } else if name == "sup" {
        out.push('^');
        formatting.push(name.to_owned());
    } else if !SILENT.contains(&name) || name == "span" && tag.attribute("style").is_some() {
        formatting.push(name.to_owned());
    }
    tag.rest
}

/// The text from the end of an element on; nothing where it has no end.
fn end_of_element<'t>(text: &'t str, name: &str) -> &'t str {
    let ends = text.match_indices("</");
    let is_end = |at: usize| {
        let found = text.get(at + 2..at + 2 + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    ends.map(|(at, _)| at)
        .find(|at| is_end(*at))
        .map_or("", |at| &text[at..])
}

/// Writes the character of an entity and returns the text behind it; what is none is text.
fn entity<'t>(text: &'t str, out: &mut String) -> &'t str {
    let name_end = text[1..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'));
    if let Some(end) = name_end.map(|end| end + 1)
        && (2..=32).contains(&end)
        && text[end..].starts_with(';')
    {
        let entity = &text[..=end];
        if entity.eq_ignore_ascii_case("&nbsp;") || entity == "&#160;" {
            out.push(' ');
            return &text[end + 1..];
        }
        let character = html_to_text(entity);
        if !character.is_empty() {
            out.push_str(&character);
            return &text[end + 1..];
        }
    }
    out.push('&');
    &text[1..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, markup: Markup) -> (String, Vec<String>) {
        let mut losses = Losses::default();
        let text = plain(text, markup, &mut losses);
        (text, losses.into_list())
    }

    #[test]
    fn paragraphs_stay_and_what_goes_is_told() {
        assert_eq!(
            of(
                "<p dir=\"ltr\">One<br />two</p>\n<p>&amp; three&nbsp;x &eacute; &#39;</p>",
                Markup::Html
            ),
            ("One two\n\n& three x é '".into(), vec![])
        );
        assert_eq!(
            of(
                "<b>Who</b> <a href='https://x.example'>here</a>? <img src=\"@@PLUGINFILE@@/a.png\" alt=\"A map\">",
                Markup::Html
            ),
            (
                "Who here?".into(),
                vec![
                    "a link lost its address (https://x.example)".into(),
                    "an image was removed (A map)".into(),
                    "formatting was removed (b)".into(),
                ]
            )
        );
        assert_eq!(of("x<sup>2</sup><script>a<b</script>y", Markup::Html).0, "x^2y");
        assert_eq!(
            of("&lt;b&gt; is a tag", Markup::Html),
            ("<b> is a tag".into(), vec![])
        );
    }

    #[test]
    fn what_only_looks_like_a_tag_is_text() {
        for text in [
            "a<b and c>d",
            "1 < 2 & 3 > 2",
            "if x <y then",
            "<unknown>",
            "R&D; A&B",
        ] {
            assert_eq!(of(text, Markup::Moodle), (text.to_owned(), vec![]));
        }
        assert_eq!(of("<b>x", Markup::Plain), ("<b>x".into(), vec![]));
    }

    #[test]
    fn markdown_loses_its_marks() {
        let marks = "marks of Markdown were removed".to_owned();
        assert_eq!(
            of(
                "# Head\nA **bold** and *thin* `code`, 2 * 3 * 4 and snake_case_name",
                Markup::Markdown
            ),
            (
                "Head\n\nA bold and thin code, 2 * 3 * 4 and snake_case_name".into(),
                vec![marks]
            )
        );
        assert_eq!(
            of("![map](a.png)See [there](https://x.example).", Markup::Markdown),
            (
                "See there.".into(),
                vec![
                    "an image was removed (a.png)".into(),
                    "a link lost its address (https://x.example)".into()
                ]
            )
        );
    }

    #[test]
    fn characters_that_no_screen_shows_go() {
        let (text, losses) = of("a\u{202E}b\tc\n\n\n d", Markup::Plain);
        assert_eq!(text, "ab c\n\nd");
        assert_eq!(losses, ["characters that no screen shows were removed (U+202E)"]);
    }
}
