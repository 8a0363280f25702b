//! Reads one file of a known kind: open, parse, check its form, and only then take its values.
//!
//! The values are taken straight from the tree that was checked: no second parse, no second set of types, and no error
//! that the walk has not told already.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::codes;
use super::parse::{parse, turned_lines};
use super::reader::{Opened, Reader};
use super::shape::Shape;
use super::view::{View, places};
use super::walk::check_form;
use crate::base::diag::{Diagnostic, Severity};
use crate::model::written::{SourceFile, Written};

/// What became of one file.
pub(super) enum Outcome<T> {
    /// It is not there; no finding was made.
    Missing,
    /// It has errors; the findings were made.
    Broken,
    /// What it says.
    Read(Written<T>),
}

impl<T> Outcome<T> {
    /// What it says, if it could be read.
    pub(super) fn read(self) -> Option<Written<T>> {
        match self {
            Self::Read(written) => Some(written),
            Self::Missing | Self::Broken => None,
        }
    }
}

/// Reads a file; `name` is what its id must be.
pub(super) fn read<T>(
    reader: &mut Reader<'_>,
    inside: &str,
    shape: &'static Shape,
    name: Option<&str>,
    take: impl FnOnce(View<'_>) -> Option<T>,
) -> Outcome<T> {
    let source = match reader.open(inside) {
        Opened::Text(source) => source,
        Opened::Missing => return Outcome::Missing,
        Opened::Broken => return Outcome::Broken,
    };
    let (written, findings) = take_from(source, shape, name, reader.with_places, take);
    reader.findings.extend(findings);
    written.map_or(Outcome::Broken, Outcome::Read)
}

/// Takes the values of a text, if its form is right.
pub(super) fn take_from<T>(
    source: Arc<SourceFile>,
    shape: &'static Shape,
    name: Option<&str>,
    with_places: bool,
    take: impl FnOnce(View<'_>) -> Option<T>,
) -> (Option<Written<T>>, Vec<Diagnostic>) {
    let (table, mut findings) = parse(&source);
    let mut taken = None;
    let mut spans = BTreeMap::new();
    if let Some(table) = &table {
        findings.extend(check_form(&source, table, shape, name));
        findings.extend(turned_lines(&source, &findings));
        if findings.iter().all(|f| f.severity != Severity::Error) {
            taken = take(View::new(table));
            if taken.is_none() {
                // The walk and the conversion disagree: a fault of the program, told rather than hidden.
                let message = "its values could not be taken although its form is right";
                findings.push(Diagnostic::error(codes::UNREADABLE, source.whole(), message));
            } else if with_places {
                spans = places(table);
            }
        }
    }
    (taken.map(|value| Written { value, source, spans }), findings)
}

/// Reads a file that must be there; a missing one is a finding.
pub(super) fn read_needed<T>(
    reader: &mut Reader<'_>,
    inside: &str,
    shape: &'static Shape,
    name: Option<&str>,
    take: impl FnOnce(View<'_>) -> Option<T>,
) -> Option<Written<T>> {
    let outcome = read(reader, inside, shape, name, take);
    if matches!(outcome, Outcome::Missing) {
        reader.about_file(codes::UNREADABLE, inside, "the file is missing");
    }
    outcome.read()
}

/// Checks the form of a text that is about to become a file.
pub(super) fn check_text(inside: &str, text: &str, shape: &'static Shape) -> Vec<Diagnostic> {
    let source = SourceFile::new(inside, text);
    let (table, mut findings) = parse(&source);
    if let Some(table) = &table {
        findings.extend(check_form(&source, table, shape, None));
        findings.extend(turned_lines(&source, &findings));
    }
    findings
}
