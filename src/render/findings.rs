//! Findings of `check` and `doctor`: with carets for people, one sentence each for `--plain`, JSON for programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::json::text;
use crate::base::diag::{Diagnostic, Place, Severity};
use crate::base::text::to_terminal;

/// Writes findings with the lines they are about; `texts` holds the files.
pub fn findings_human(
    findings: &[Diagnostic],
    texts: &BTreeMap<String, String>,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = Renderer::plain().term_width(width);
    for finding in findings {
        let shown = snippet(finding, texts).map_or_else(|| short(finding), |groups| renderer.render(&groups));
        for line in shown.lines() {
            writeln!(out, "{}", to_terminal(line))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Writes one sentence for each finding.
pub fn findings_plain(findings: &[Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        let help = finding
            .help
            .as_ref()
            .map(|h| format!(" {}.", h.trim_end_matches('.')))
            .unwrap_or_default();
        let label = finding
            .label
            .as_ref()
            .map(|l| format!(" ({l})"))
            .unwrap_or_default();
        let line = format!(
            "{}: {} {}: {}{label}.{help}",
            place(&finding.place),
            finding.severity.word(),
            finding.code,
            finding.message
        );
        writeln!(out, "{}", to_terminal(&line))?;
    }
    Ok(())
}

/// Writes one object with all findings.
pub fn findings_json(findings: &[Diagnostic], name: &str, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"schema\":\"upwards.{name}/1\",\"rows\":[")?;
    for (at, finding) in findings.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        let related: Vec<String> = finding
            .related
            .iter()
            .map(|(p, what)| {
                format!(
                    "{{\"file\":{},\"line\":{},\"column\":{},\"what\":{}}}",
                    text(&p.file),
                    p.line,
                    p.column,
                    text(what)
                )
            })
            .collect();
        write!(
            out,
            "{{\"file\":{},\"line\":{},\"column\":{},\"start\":{},\"end\":{},\"severity\":\"{}\",\"code\":\"{}\",\"message\":{},\"expected\":{},\"fix\":{},\"related\":[{}]}}",
            text(&finding.place.file),
            finding.place.line,
            finding.place.column,
            finding.place.span.0,
            finding.place.span.1,
            finding.severity.word(),
            finding.code,
            text(&finding.message),
            finding.label.as_ref().map_or("null".to_owned(), |l| text(l)),
            finding.help.as_ref().map_or("null".to_owned(), |h| text(h)),
            related.join(",")
        )?;
    }
    out.write_all(if findings.is_empty() { b"]}\n" } else { b"\n]}\n" })
}

fn place(place: &Place) -> String {
    match (place.line, place.column) {
        (0, _) => place.file.clone(),
        (line, 0) => format!("{}, line {line}", place.file),
        (line, column) => format!("{}, line {line}, column {column}", place.file),
    }
}

fn short(finding: &Diagnostic) -> String {
    let at = match (finding.place.line, finding.place.column) {
        (0, _) => finding.place.file.clone(),
        (line, 0) => format!("{}:{line}", finding.place.file),
        (line, column) => format!("{}:{line}:{column}", finding.place.file),
    };
    let mut lines = vec![
        format!(
            "{}[{}]: {}",
            finding.severity.word(),
            finding.code,
            finding.message
        ),
        format!(" --> {at}"),
    ];
    lines.extend(finding.label.iter().map(|label| format!("  = {label}")));
    lines.extend(
        finding
            .related
            .iter()
            .map(|(place, what)| format!("  = {what}: {}:{}", place.file, place.line)),
    );
    lines.extend(finding.help.iter().map(|help| format!("  = help: {help}")));
    lines.join("\n")
}

fn snippet<'a>(finding: &'a Diagnostic, texts: &'a BTreeMap<String, String>) -> Option<Vec<Group<'a>>> {
    let source = texts.get(&finding.place.file)?;
    let span = range(&finding.place, source)?;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let primary = AnnotationKind::Primary.span(span).label(finding.label.as_deref());
    let mut main = Snippet::source(source.as_str())
        .path(finding.place.file.as_str())
        .fold(true)
        .annotation(primary);
    let mut others = Vec::new();
    for (place, what) in &finding.related {
        if place.file == finding.place.file {
            main = main.annotation(
                AnnotationKind::Context
                    .span(range(place, source)?)
                    .label(what.as_str()),
            );
        } else if let Some(other) = texts.get(&place.file) {
            let span = range(place, other)?;
            let context = AnnotationKind::Context.span(span).label(what.as_str());
            others.push(
                Snippet::source(other.as_str())
                    .path(place.file.as_str())
                    .fold(true)
                    .annotation(context),
            );
        }
    }
    let mut group = level
        .primary_title(finding.message.as_str())
        .id(finding.code)
        .element(main);
    for other in others {
        group = group.element(other);
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Some(vec![group])
}

fn range(place: &Place, source: &str) -> Option<std::ops::Range<usize>> {
    let (start, end) = place.span;
    let fits = place.column > 0 && start <= end && end <= source.len();
    (fits && source.is_char_boundary(start) && source.is_char_boundary(end)).then_some(start..end)
}
