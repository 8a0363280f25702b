//! Markdown as plain text.

use std::iter::Peekable;
use std::str::Chars;

use super::settle::Losses;

/// Markdown without its marks; images go, links lose their address.
pub(super) fn without_marks(text: &str, losses: &mut Losses) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        let start = line.trim_start();
        let heading = start.trim_start_matches('#');
        let is_heading = heading.len() < start.len() && heading.starts_with(' ');
        let is_item = start.starts_with("- ") || start.starts_with("* ");
        if is_heading || is_item {
            out.push('\n');
        }
        if is_heading {
            losses.add("marks of Markdown were removed");
        }
        inline(if is_heading { heading } else { line }, &mut out, losses);
        out.push('\n');
        if is_heading {
            out.push('\n');
        }
    }
    out
}

fn inline(line: &str, out: &mut String, losses: &mut Losses) {
    let mut rest = line;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        if let Some((label, address, behind)) = link(rest) {
            if rest.starts_with('!') {
                losses.add(format!("an image was removed ({address})"));
            } else {
                losses.add(format!("a link lost its address ({address})"));
                out.push_str(label);
            }
            rest = behind;
            before = ')';
            continue;
        }
        let mark = ["**", "__", "`", "*", "_"].into_iter().find(|mark| {
            let inside = rest.strip_prefix(mark);
            inside.is_some_and(|inside| !before.is_alphanumeric() && closes(inside, mark).is_some())
        });
        if let Some((mark, end)) =
            mark.and_then(|mark| closes(&rest[mark.len()..], mark).map(|end| (mark, end)))
        {
            losses.add("marks of Markdown were removed");
            let inside = &rest[mark.len()..mark.len() + end];
            out.push_str(inside);
            rest = &rest[mark.len() + end + mark.len()..];
            before = ' ';
            continue;
        }
        out.push(c);
        before = c;
        rest = &rest[c.len_utf8()..];
    }
}

/// Where a mark ends what it began: before a character that is no letter, and around something.
fn closes(inside: &str, mark: &str) -> Option<usize> {
    /// What is emphasised is short.
    const MOST: usize = 400;
    let mut window = inside.len().min(MOST);
    while !inside.is_char_boundary(window) {
        window -= 1;
    }
    let end = inside[..window].find(mark)?;
    let (within, behind) = (&inside[..end], &inside[end + mark.len()..]);
    let is_around = !within.is_empty() && within.trim() == within;
    let ends = !behind.starts_with(|c: char| c.is_alphanumeric() || mark.starts_with(c));
    (is_around && ends).then_some(end)
}

/// `[label](address)` at the beginning of a text, with or without `!`, and what stands behind it.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let inside = text.strip_prefix('!').unwrap_or(text).strip_prefix('[')?;
    let end = bounded(inside.chars().peekable(), ']')?;
    let (label, behind) = (&inside[..end], inside[end + 1..].strip_prefix('(')?);
    let end = bounded(behind.chars().peekable(), ')')?;
    Some((label, &behind[..end], &behind[end + 1..]))
}

/// Where a character stands, within a reasonable length.
fn bounded(characters: Peekable<Chars<'_>>, wanted: char) -> Option<usize> {
    const MOST: usize = 2_000;
    let mut at = 0;
    for c in characters.take(MOST) {
        if c == wanted {
            return Some(at);
        }
        at += c.len_utf8();
    }
    None
}
