//! Walks a spanned tree along the shape of its file kind and finds every fault in one pass.
//!
//! Invariant: the walk goes as deep as the shape does, never as deep as the file.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::codes;
use super::shape::{Form, Key, Shape};
use crate::base::diag::{Diagnostic, Place};
use crate::base::words::{nearest, surely_meant};
use crate::model::written::SourceFile;

/// Unknown keys of one table that get a guess at what was meant; whoever has more needs no guesses.
const MOST_GUESSES: usize = 20;

/// Findings of one file that are listed; a file of 4 MiB could hold a million, and keep nobody's memory free.
const MOST_FINDINGS: usize = 100_000;

/// A walk through one file.
pub(super) struct Walk<'s> {
    source: &'s SourceFile,
    ancestors: Vec<&'static Shape>,
    findings: Vec<Diagnostic>,
}

/// Finds all faults of form of a file whose tree is sound; `name` is what its id must be.
pub(super) fn check_form(
    source: &SourceFile,
    table: &DeTable<'_>,
    shape: &'static Shape,
    name: Option<&str>,
) -> Vec<Diagnostic> {
    if table.is_empty() {
        return vec![
            Diagnostic::error(codes::FORMAT, source.whole(), "the file is empty")
                .helped("it starts with the line: format = 1"),
        ];
    }
    if let Some(finding) = other_version(source, table) {
        return vec![finding];
    }
    let mut walk = Walk {
        source,
        ancestors: Vec::new(),
        findings: Vec::new(),
    };
    walk.table(table, &(0..0), shape);
    if let Some(name) = name {
        walk.id_is_name(table, name);
    }
    walk.findings
}

/// A file of another format: nothing of it is looked at, since nobody knows what its keys mean.
fn other_version(source: &SourceFile, table: &DeTable<'_>) -> Option<Diagnostic> {
    let (key, value) = table.get_key_value("format")?;
    let number = match value.get_ref() {
        DeValue::Integer(number) => super::values::whole_of(number),
        _ => return None,
    };
    if number == Some(1) {
        return None;
    }
    let shown = source.text().get(value.span()).unwrap_or_default();
    let message = match number {
        Some(2..) | None => format!("this file has the format {shown}: it needs a newer version of upwards"),
        _ => format!("there is no format {shown}"),
    };
    let place = source.place(key.span().start..value.span().end);
    Some(
        Diagnostic::error(codes::FORMAT, place, message)
            .labelled("this version reads format 1")
            .helped("nothing of the file was read"),
    )
}

impl Walk<'_> {
    /// Adds a finding; beyond the most only that there are more.
    pub(super) fn found(&mut self, finding: Diagnostic) {
        match self.findings.len().cmp(&MOST_FINDINGS) {
            Ordering::Less => self.findings.push(finding),
            Ordering::Equal => {
                let message = format!("this file has more than {MOST_FINDINGS} faults; the first are listed");
                let more = Diagnostic::error(codes::TOO_MANY, self.source.whole(), message);
                self.findings.push(more.helped("is it the right file?"));
            }
            Ordering::Greater => {}
        }
    }

    /// Whether more than the most was found: then nothing is worth looking at any more.
    pub(super) fn is_full(&self) -> bool {
        self.findings.len() > MOST_FINDINGS
    }

    /// The place of a byte range.
    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        self.source.place(span.clone())
    }

    /// The text of a byte range as it stands in the file.
    pub(super) fn raw(&self, span: &Range<usize>) -> &str {
        self.source.text().get(span.clone()).unwrap_or_default()
    }

    /// Adds an error at a byte range.
    pub(super) fn error(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
    ) {
        let finding = Diagnostic::error(code, self.place(span), message).labelled(label);
        self.found(finding);
    }

    /// Looks at one table and everything its shape knows of it.
    pub(super) fn table(&mut self, table: &DeTable<'_>, span: &Range<usize>, shape: &'static Shape) {
        let kind = table.get("kind").and_then(|value| value.get_ref().as_str());
        let kind = kind.filter(|word| shape.kinds.iter().any(|k| k.word == *word));
        self.ancestors.push(shape);
        let mut meant = Guesses::default();
        for (key, value) in table {
            if self.is_full() {
                break;
            }
            match shape.key(key.get_ref(), kind) {
                Some(known) => self.value(&known.form, known.name, value),
                None if shape.is_open => {}
                None => self.unknown_key(key, table, shape, kind, &mut meant),
            }
        }
        for key in shape.keys_of(kind) {
            // A misspelt key is one fault, not two.
            if key.needed && !table.contains_key(key.name) && !meant.keys.contains(&key.name) {
                self.missing_key(key, span, shape);
            }
        }
        (shape.also)(self, table, span);
        self.ancestors.pop();
    }

    /// Reports ids that are there twice, each with the place of the first one. `things` come in the file's order.
    pub(super) fn distinct_ids(&mut self, things: &[(&str, &Spanned<DeValue<'_>>)]) {
        let mut first: BTreeMap<&str, (&str, Range<usize>)> = BTreeMap::new();
        for (what, value) in things {
            if self.is_full() {
                break;
            }
            let Some(id) = value.get_ref().as_str() else {
                continue;
            };
            let Some((first_what, first_span)) = first.get(id) else {
                first.insert(id, (what, value.span()));
                continue;
            };
            let message = if what == first_what {
                format!("two {} have the id {id}", crate::base::words::plural_word(what))
            } else {
                format!("a {first_what} and a {what} have the id {id}")
            };
            let first_place = self.place(first_span);
            let finding = Diagnostic::error(codes::REPEATED, self.place(&value.span()), message)
                .labelled("used again here")
                .and_here(first_place, "first used here");
            self.found(finding);
        }
    }

    /// Reports a key the shape does not have; `meant` collects the keys that were probably meant.
    fn unknown_key(
        &mut self,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        table: &DeTable<'_>,
        shape: &Shape,
        kind: Option<&str>,
        meant: &mut Guesses,
    ) {
        let name: &str = key.get_ref();
        let place = self.place(&key.span());
        let message = format!(
            "unknown key: {}",
            crate::base::text::cut(name, crate::base::text::MAX_TITLE)
        );
        let finding = Diagnostic::error(codes::UNKNOWN_KEY, place, message);
        let mut parents = self.ancestors.iter().rev().skip(1);
        let finding = if let Some(word) = shape.kind_with(name) {
            let this = kind.unwrap_or("another");
            finding.labelled(format!("a key of the kind {word}, not of {this}"))
        } else if let Some(parent) = parents.find(|parent| parent.key(name, None).is_some()) {
            finding
                .labelled(format!("a key of the {}, not of the {}", parent.what, shape.what))
                .helped(format!(
                    "it must stand above the first [table] inside the {}",
                    parent.what
                ))
        } else if let Some(near) = meant.guess(name, shape, kind) {
            let finding = finding.labelled(format!("did you mean `{near}`?"));
            match meant.sure(name, table, shape, kind) {
                Some(sure) if self.is_before_equals(&key.span()) && !is_about_evidence(sure) => {
                    finding.repaired_by(sure)
                }
                _ => finding,
            }
        } else {
            finding.labelled(format!("the {} has no such key", shape.what))
        };
        self.found(finding);
    }

    /// Whether a key stands before its value; else it is part of a heading, which may stand in the file several times.
    fn is_before_equals(&self, span: &Range<usize>) -> bool {
        let rest = self.source.text().get(span.end..).unwrap_or_default();
        rest.trim_start_matches([' ', '\t']).starts_with('=')
    }

    fn missing_key(&mut self, key: &Key, span: &Range<usize>, shape: &Shape) {
        if matches!(key.form, Form::Version) {
            let at = end_of_opening_comments(self.source.text());
            let line_end = if self.source.text().contains("\r\n") {
                "\r\n"
            } else {
                "\n"
            };
            let finding = Diagnostic::error(codes::FORMAT, self.source.whole(), "`format` is missing")
                .helped("the file starts with the line: format = 1")
                .repaired_at(at..at, format!("format = 1{line_end}"));
            return self.found(finding);
        }
        let message = format!("`{}` of the {} is missing", key.name, shape.what);
        let place = if span.is_empty() {
            self.source.whole()
        } else {
            self.place(span)
        };
        let finding = Diagnostic::error(codes::MISSING_KEY, place, message)
            .labelled(format!("needs `{}`: {}", key.name, key.about))
            .helped(format!("expected {}", key.form.expected()));
        self.found(finding);
    }

    fn id_is_name(&mut self, table: &DeTable<'_>, name: &str) {
        let Some(value) = table.get("id") else { return };
        if value
            .get_ref()
            .as_str()
            .is_some_and(|id| id != name && crate::base::id::check_slug(id).is_ok())
        {
            let label = format!("the file says {name}");
            self.error(
                codes::NOT_THE_FILE_NAME,
                &value.span(),
                "the id is not the name of its file or folder",
                label,
            );
        }
    }
}

/// Where the first line starts that is neither empty nor a comment.
fn end_of_opening_comments(text: &str) -> usize {
    let is_opening = |line: &&str| {
        let line = line.trim_start();
        line.is_empty() || line.starts_with('#')
    };
    text.split_inclusive('\n')
        .take_while(is_opening)
        .map(str::len)
        .sum()
}

/// Keys of one table that were probably meant by unknown ones.
#[derive(Default)]
struct Guesses {
    keys: Vec<&'static str>,
    sure: Vec<&'static str>,
    tries: usize,
}

impl Guesses {
    fn guess(&mut self, name: &str, shape: &Shape, kind: Option<&str>) -> Option<&'static str> {
        self.tries += 1;
        if self.tries > MOST_GUESSES {
            return None;
        }
        let keys = shape.keys_of(kind);
        let near = nearest(name, keys.map(|key| key.name)).first().copied()?;
        self.keys.push(near);
        Some(near)
    }

    /// The key that was surely meant; none if the table has it, or would have it twice.
    fn sure(
        &mut self,
        name: &str,
        table: &DeTable<'_>,
        shape: &Shape,
        kind: Option<&str>,
    ) -> Option<&'static str> {
        let keys: Vec<&'static str> = shape.keys_of(kind).map(|key| key.name).collect();
        let meant = surely_meant(name, keys)?;
        if table.contains_key(meant) || self.sure.contains(&meant) {
            return None;
        }
        self.sure.push(meant);
        Some(meant)
    }
}

/// Whether a key decides what evidence is worth: what nobody meant until now would move people's points, and no spelling
/// is sure enough for that.
fn is_about_evidence(key: &str) -> bool {
    const KEYS: [&str; 12] = [
        "rev",
        "replaces",
        "retired",
        "since",
        "right",
        "core",
        "weight",
        "needs",
        "capability",
        "knowledge_needed",
        "hands_on_needed",
        "dialogue_needed",
    ];
    KEYS.contains(&key)
}
