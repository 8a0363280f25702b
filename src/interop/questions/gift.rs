//! GIFT: questions as Moodle's text format has them.
//!
//! The meaning is that of Moodle's own reader, which its documentation describes in part only; where that takes something
//! for an answer that nobody could have meant, the question is refused instead.

use super::bank::{Bank, Block, Fate, NoQuestion, QuestionFormat};
use super::gift_answers::{Asked, fate_of};
use super::gift_blocks::{CATEGORY, Lines, blocks};
use super::gift_glyphs::{Glyph, find, find_last, glyphs, text_of, trimmed, words_of};
use super::markup::Markup;
use super::settle::{Losses, start_of};

/// Reads a file.
pub(super) fn read(text: &str) -> Bank {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    Bank {
        format: QuestionFormat::Gift,
        blocks: blocks(text).iter().map(block).collect(),
        notes: Vec::new(),
        table: None,
    }
}

fn block(lines: &Lines<'_>) -> Block {
    let text = lines.text.trim();
    let (name, fate) = if text.is_empty() {
        let first = lines.comments.first().copied().unwrap_or_default();
        (start_of(first), Fate::NoQuestion(NoQuestion::Comment))
    } else if let Some(category) = text.strip_prefix(CATEGORY) {
        (start_of(category), Fate::NoQuestion(NoQuestion::Category))
    } else {
        question(text, lines)
    };
    Block {
        line: lines.line,
        name,
        fate,
        source: lines.source.to_owned(),
    }
}

fn question(text: &str, lines: &Lines<'_>) -> (String, Fate) {
    let all = glyphs(text);
    let (title, rest) = match titled(&all) {
        Ok(parts) => parts,
        Err(why) => return (start_of(text), Fate::Refused(why)),
    };
    let braces = find(rest, '{').unwrap_or(rest.len());
    let name = match &title {
        Some(title) if !title.trim().is_empty() => start_of(title),
        _ => start_of(&words_of(&rest[..braces], Markup::Moodle).text),
    };
    let parts = match Parts::of(rest) {
        Ok(parts) => parts,
        Err(why) => return (name, Fate::Refused(why)),
    };
    let mut losses = Losses::default();
    let id = from_comments(lines, &mut losses);
    let mut stem = trimmed(parts.before).to_vec();
    if !trimmed(parts.behind).is_empty() {
        // The gap is where the answers stood.
        stem = parts.before.to_vec();
        stem.extend("_____".chars().map(|c| Glyph { c, is_text: true }));
        stem.extend_from_slice(parts.behind);
    }
    let text = words_of(&stem, Markup::Moodle);
    let (answers, general) = match find_last(parts.answers, "####") {
        Some(at) => (&parts.answers[..at], Some(&parts.answers[at + 4..])),
        None => (parts.answers, None),
    };
    let general = general.map(|general| words_of(general, text.markup));
    let asked = Asked {
        id,
        title,
        text,
        general,
        answers: trimmed(answers),
    };
    (name, fate_of(asked, losses))
}

/// The title between `::` and `::`, and what stands behind it.
fn titled(all: &[Glyph]) -> Result<(Option<String>, &[Glyph]), String> {
    let is_pair = |window: &[Glyph]| window.iter().all(|glyph| glyph.is(':'));
    if !all.windows(2).next().is_some_and(is_pair) {
        return Ok((None, all));
    }
    let behind = &all[2..];
    let end = behind.windows(2).position(is_pair);
    let end = end.ok_or("its title begins with :: and has no :: at its end")?;
    Ok((Some(text_of(&behind[..end])), trimmed(&behind[end + 2..])))
}

/// A question around its braces.
struct Parts<'g> {
    before: &'g [Glyph],
    answers: &'g [Glyph],
    behind: &'g [Glyph],
}

impl<'g> Parts<'g> {
    fn of(all: &'g [Glyph]) -> Result<Self, String> {
        let opens = find(all, '{');
        let closes = find(all, '}');
        let (start, end) = match (opens, closes) {
            (None, None) => {
                return Err(
                    "it has no answers in braces: a text for readers, or the braces are missing".to_owned(),
                );
            }
            (Some(_), None) => return Err("its { has no }".to_owned()),
            (None, Some(_)) => return Err("its } has no {".to_owned()),
            (Some(start), Some(end)) if end < start => return Err("a } stands before its {".to_owned()),
            (Some(start), Some(end)) => (start, end),
        };
        let (answers, behind) = (&all[start + 1..end], &all[end + 1..]);
        if find(answers, '{').is_some() {
            return Err("a { stands between the braces; one that is text is written \\{".to_owned());
        }
        if find(behind, '{').is_some() {
            return Err("it has braces twice; those that are text are written \\{ and \\}".to_owned());
        }
        if find(behind, '}').is_some() {
            return Err("a } stands behind the braces; one that is text is written \\}".to_owned());
        }
        Ok(Self {
            before: &all[..start],
            answers,
            behind,
        })
    }
}

/// What comments say of the question below them: `[id:…]`, and `[tag:…]`, which have no place here.
fn from_comments(lines: &Lines<'_>, losses: &mut Losses) -> Option<String> {
    let mut id = None;
    let mut tags = Vec::new();
    for comment in &lines.comments {
        for found in marks(comment, "[id:") {
            id.get_or_insert(found);
        }
        tags.extend(marks(comment, "[tag:"));
    }
    if !tags.is_empty() {
        losses.add(format!("its tags were left out ({})", tags.join(", ")));
    }
    id
}

/// Values of `[mark:…]` in a comment; `\]` is text.
fn marks(comment: &str, mark: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = comment;
    while let Some(at) = rest.find(mark) {
        rest = &rest[at + mark.len()..];
        let mut value = String::new();
        let mut characters = rest.char_indices();
        let end = loop {
            match characters.next() {
                None => break None,
                Some((at, ']')) => break Some(at),
                Some((_, '\\')) => value.extend(characters.next().map(|(_, c)| c)),
                Some((_, c)) => value.push(c),
            }
        };
        let Some(end) = end else { break };
        found.push(value.trim().to_owned());
        rest = &rest[end + 1..];
    }
    found
}
