//! Markdown as text with tags, of which only those are left that stood in it.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::settle::Losses;

/// Markdown without its marks; images go, links lose their address. What is text is escaped, so that only tags of the
/// author's are tags to whoever reads it next.
pub(super) fn without_marks(text: &str, losses: &mut Losses) -> String {
    let mut out = String::with_capacity(text.len());
    // What stands in place of an image is no text of the question.
    let mut images = 0_usize;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                losses.add(format!("an image was removed ({dest_url})"));
                images += 1;
            }
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            _ if images > 0 => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                losses.add(format!("a link lost its address ({dest_url})"));
            }
            Event::Start(Tag::Item) => out.push_str("\n- "),
            Event::Start(Tag::Paragraph | Tag::List(_) | Tag::HtmlBlock) => {}
            Event::Start(_) => losses.add("marks of Markdown were removed"),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::List(_)) => {
                out.push_str("\n\n");
            }
            Event::Code(words) => {
                losses.add("marks of Markdown were removed");
                escaped(&words, &mut out);
            }
            Event::Text(words) => escaped(&words, &mut out),
            Event::Html(tags) | Event::InlineHtml(tags) => out.push_str(&tags),
            Event::SoftBreak | Event::HardBreak | Event::Rule => out.push('\n'),
            _ => {}
        }
    }
    out
}

fn escaped(words: &str, out: &mut String) {
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(text: &str) -> (String, String) {
        let mut losses = Losses::default();
        let text = without_marks(text, &mut losses);
        (text.trim().to_owned(), losses.into_list().join("; "))
    }

    #[test]
    fn marks_within_marks_go_too() {
        let marks = "marks of Markdown were removed".to_owned();
        assert_eq!(
            bare("Is **bold *inner* end** ok?"),
            ("Is bold inner end ok?".to_owned(), marks)
        );
        let (text, lost) = bare("**See [the rules](https://a.example) and ![x](b.png)**");
        assert_eq!(text, "See the rules and");
        assert!(
            lost.contains("https://a.example") && lost.contains("b.png"),
            "{lost}"
        );
    }

    #[test]
    fn what_is_no_mark_stays() {
        assert_eq!(
            bare("2 * 3 * 4, snake_case_word, a < b & c").0,
            "2 * 3 * 4, snake_case_word, a &lt; b &amp; c"
        );
        assert_eq!(
            bare("one\ntwo\n\n- three\n- four").0,
            "one\ntwo\n\n\n- three\n- four"
        );
        assert_eq!(bare("a <b>c</b>").0, "a <b>c</b>");
    }
}
