//! From a text to the spanned tree. All errors of syntax are returned, in the words of somebody who never heard of TOML
//! where that is possible.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, Error};

use super::codes;
use super::newer_toml::newer_syntax;
use super::values::is_turning;
use crate::base::diag::Diagnostic;
use crate::model::written::SourceFile;

/// Up to this size all errors of syntax are looked for; of a larger file only the first, since a large file of rubbish
/// has millions.
const MOST_FOR_ALL_ERRORS: usize = 256 * 1024;

/// Findings about syntax that are returned of one file; more say nothing new.
const MOST_SYNTAX_FINDINGS: usize = 20;

/// The tree of a text, if its syntax lets the keys and values be trusted, and what was found.
pub(super) fn parse(source: &SourceFile) -> (Option<DeTable<'_>>, Vec<Diagnostic>) {
    let text = source.text();
    let mut findings = raw_control_characters(source);
    let (table, errors) = if text.len() <= MOST_FOR_ALL_ERRORS {
        let (table, errors) = DeTable::parse_recoverable(text);
        (Some(table), errors)
    } else {
        match DeTable::parse(text) {
            Ok(table) => (Some(table), Vec::new()),
            Err(error) => (None, vec![error]),
        }
    };
    let is_trusted = errors.iter().all(|error| is_harmless(text, error));
    let mut lines: Vec<usize> = findings.iter().map(|f| f.place.line).collect();
    for error in errors {
        let finding = syntax(source, &error);
        // One slip often makes several errors: the first of each line tells it.
        if !lines.contains(&finding.place.line) || finding.code == codes::BAD_DATE {
            lines.push(finding.place.line);
            findings.push(finding);
        }
        if findings.len() >= MOST_SYNTAX_FINDINGS {
            break;
        }
    }
    if findings.is_empty() {
        findings.extend(newer_syntax(text).into_iter().map(|newer| {
            let finding = Diagnostic::warning(
                codes::NEWER_TOML,
                source.place(newer.span),
                format!("{} is read by newer programs only (TOML 1.1)", newer.what),
            );
            match newer.older {
                Some((span, text)) => finding.repaired_at(span, text),
                None => finding,
            }
        }));
    }
    let table = table.filter(|_| is_trusted).map(toml::Spanned::into_inner);
    (table, findings)
}

/// Whether a byte is there that no text without control characters needs; those behind 0x7f begin with 0xc2. All bytes
/// are asked together, which is quicker than to look at each character.
fn may_hold_controls(text: &str) -> bool {
    text.bytes().fold(false, |any, byte| {
        any | matches!(byte, 0..=8 | 0x0b..=0x1f | 0x7f | 0xc2)
    })
}

/// Whether the tree is as sound as without this error: the value is there, and only itself is wrong.
fn is_harmless(text: &str, error: &Error) -> bool {
    error.message() == "duplicate key"
        || is_date(text, error)
        || is_bare_word(error)
        || error.span().is_some_and(|span| is_control(text, span.start))
}

fn is_date(text: &str, error: &Error) -> bool {
    error.message().starts_with("invalid date") && error.span().is_some_and(|s| text.get(s).is_some())
}

fn is_bare_word(error: &Error) -> bool {
    error.message().starts_with("string values must be quoted") && error.span().is_some_and(|s| !s.is_empty())
}

fn is_control(text: &str, at: usize) -> bool {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    text.get(at..)
        .and_then(|rest| rest.chars().next())
        .is_some_and(control)
}

fn syntax(source: &SourceFile, error: &Error) -> Diagnostic {
    let text = source.text();
    let span: Range<usize> = error.span().unwrap_or(0..0);
    let place = source.place(span.clone());
    let word = text.get(span).unwrap_or_default();
    if is_date(text, error) {
        let message = if word.len() == 10 {
            format!("{word} is no day of the calendar")
        } else {
            format!("{word} is no date")
        };
        return Diagnostic::error(codes::BAD_DATE, place, message).labelled("write it as 2026-03-16");
    }
    let (message, label) = match error.message() {
        "duplicate key" => (
            format!("the key {word} is there twice"),
            "a key may stand once in its table",
        ),
        _ if is_bare_word(error) => (
            format!("{word} is neither a number nor quoted"),
            "text stands in quotes: \"…\"",
        ),
        _ if error.span().is_none() => (format!("not TOML: {}", error.message()), ""),
        other => (format!("not TOML: {other}"), "here"),
    };
    let finding = Diagnostic::error(codes::SYNTAX, place, message);
    let finding = if label.is_empty() {
        finding
    } else {
        finding.labelled(label)
    };
    let may_be_meant = is_bare_word(error) || error.message().starts_with("invalid boolean");
    match error.span().filter(|_| may_be_meant) {
        Some(span) => match quoted(text, &span) {
            Some(quoted) => finding.repaired_by(quoted),
            None => finding,
        },
        None => finding,
    }
}

/// What a value without quotes surely meant: `True` is `true`, and a word of letters that nothing follows is a text.
fn quoted(text: &str, span: &Range<usize>) -> Option<String> {
    let word = text.get(span.clone())?;
    let rest = text.get(span.end..)?.trim_start_matches([' ', '\t', '\r']);
    let ends_here = rest.is_empty() || rest.starts_with(['\n', '#', ',', ']', '}']);
    let is_word =
        word.starts_with(char::is_alphabetic) && word.chars().all(|c| c.is_alphanumeric() || c == '-');
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        _ if !ends_here => None,
        "true" | "false" => Some(lower),
        // Numbers that TOML has no place for, and words that other formats give a meaning.
        "inf" | "nan" | "yes" | "no" | "on" | "off" | "null" | "none" => None,
        _ => is_word.then(|| format!("\"{word}\"")),
    }
}

/// Characters that turn the direction of writing where no value holds them, as in comments: what an editor shows is then
/// not what is read. The first of each line of which nothing was found yet.
pub(super) fn turned_lines(source: &SourceFile, found: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if source.text().is_ascii() || !source.text().contains(is_turning) {
        return findings;
    }
    let told: BTreeSet<usize> = found
        .iter()
        .filter(|f| f.code == codes::CONTROL_CHARACTER)
        .map(|f| f.place.line)
        .collect();
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        if let Some((at, c)) = line.char_indices().find(|(_, c)| is_turning(*c)) {
            let at = start + at;
            let place = source.place(at..at + c.len_utf8());
            if !told.contains(&place.line) {
                let message = format!(
                    "the character U+{:04X} turns the direction of writing",
                    u32::from(c)
                );
                findings
                    .push(Diagnostic::error(codes::CONTROL_CHARACTER, place, message).helped("remove it"));
            }
        }
        start += line.len();
        if findings.len() >= MOST_SYNTAX_FINDINGS {
            break;
        }
    }
    findings
}

/// NUL, escape characters and the like as they stand in the file, the first of each line. Also a carriage return that
/// no line break follows.
fn raw_control_characters(source: &SourceFile) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if !may_hold_controls(source.text()) {
        return findings;
    }
    let mut line_start = 0;
    for line in source.text().split_inclusive('\n') {
        let body = line.strip_suffix("\r\n").unwrap_or(line);
        let control = body
            .char_indices()
            .find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\t'));
        if let Some((at, c)) = control {
            let at = line_start + at;
            let place = source.place(at..at + c.len_utf8());
            let message = format!("control character U+{:04X}", u32::from(c));
            findings.push(Diagnostic::error(codes::CONTROL_CHARACTER, place, message).helped("remove it"));
        }
        line_start += line.len();
        if findings.len() >= MOST_SYNTAX_FINDINGS {
            break;
        }
    }
    findings
}
