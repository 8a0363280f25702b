//! Findings of `check` and `doctor`: with carets for people, one sentence each for `--plain`, JSON for programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::json::text;
use crate::base::diag::{Diagnostic, Place, Repair, Severity};
use crate::base::text::to_terminal;

/// From so many findings on not all of them are drawn: nobody reads thousands, and drawing takes long.
const MANY: usize = 1_000;

/// So many of each code are drawn then.
const DRAWN_OF_A_CODE: usize = 50;

/// Longest line that carets are drawn under, in bytes.
const LONGEST_LINE: usize = 2_000;

/// Writes findings with the lines they are about; `texts` holds the files. Of thousands only the first of each code are
/// drawn, and said so; the other forms hold all.
pub fn findings_human(
    findings: &[Diagnostic],
    texts: &BTreeMap<String, String>,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = Renderer::plain().term_width(width);
    let most = if findings.len() > MANY {
        DRAWN_OF_A_CODE
    } else {
        MANY
    };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        let count = counts.entry(finding.code).or_insert(0);
        *count += 1;
        if *count > most {
            continue;
        }
        let help = help(finding);
        let shown = snippet(finding, help.as_deref(), texts).map_or_else(
            || short(finding, help.as_deref()),
            |groups| renderer.render(&groups),
        );
        for line in shown.lines() {
            writeln!(out, "{}", to_terminal(line))?;
        }
        writeln!(out)?;
    }
    for (code, count) in counts.into_iter().filter(|(_, count)| *count > most) {
        let more = count - most;
        writeln!(
            out,
            "... and {more} more of {code}: upwards check --only {code} -f json"
        )?;
    }
    Ok(())
}

/// What to do, and whether the program can do it.
fn help(finding: &Diagnostic) -> Option<String> {
    let can_write = "`upwards check --fix` can write it";
    match (&finding.help, &finding.repair) {
        (Some(help), Some(_)) => Some(format!("{help}  {can_write}")),
        (Some(help), None) => Some(help.clone()),
        (None, _) => None,
    }
}

/// Writes one sentence for each finding.
pub fn findings_plain(findings: &[Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        let related = finding.related.iter();
        let related = related.map(|(at, what)| sentence(&format!("{what}: {}", place(at))));
        let more: String = related
            .chain(finding.help.iter().map(|help| sentence(help)))
            .collect();
        let label = finding
            .label
            .as_ref()
            .map(|l| format!(" ({l})"))
            .unwrap_or_default();
        let line = format!(
            "{}: {} {}: {}{label}.{more}",
            place(&finding.place),
            finding.severity.word(),
            finding.code,
            finding.message
        );
        writeln!(out, "{}", to_terminal(&line))?;
    }
    Ok(())
}

/// A blank, and the text as a sentence.
fn sentence(text: &str) -> String {
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase).into_iter().flatten();
    let first: String = first.collect();
    format!(" {first}{}{end}", chars.as_str())
}

/// Writes one object with all findings; `docs/check.md` says what its keys mean.
pub fn findings_json(findings: &[Diagnostic], name: &str, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"schema\":\"upwards.{name}/1\",\"rows\":[")?;
    for (at, finding) in findings.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        let related: Vec<String> = finding
            .related
            .iter()
            .map(|(place, what)| format!("{{{},\"what\":{}}}", place_json(place), text(what)))
            .collect();
        let or_null = |value: &Option<String>| value.as_ref().map_or("null".to_owned(), |v| text(v));
        write!(
            out,
            "{{{},\"severity\":\"{}\",\"code\":\"{}\",\"message\":{},\"expected\":{},\"fix\":{},\"repair\":{},\"related\":[{}]}}",
            place_json(&finding.place),
            finding.severity.word(),
            finding.code,
            text(&finding.message),
            or_null(&finding.label),
            or_null(&finding.help),
            finding.repair.as_ref().map_or("null".to_owned(), repair_json),
            related.join(",")
        )?;
    }
    out.write_all(if findings.is_empty() { b"]}\n" } else { b"\n]}\n" })
}

fn place_json(place: &Place) -> String {
    format!(
        "\"file\":{},\"line\":{},\"column\":{},\"end_line\":{},\"end_column\":{},\"start\":{},\"end\":{}",
        text(&place.file),
        place.line,
        place.column,
        place.end.0,
        place.end.1,
        place.span.0,
        place.span.1
    )
}

fn repair_json(repair: &Repair) -> String {
    match repair {
        Repair::Replace { span, text: new } => format!(
            "{{\"do\":\"replace\",\"start\":{},\"end\":{},\"text\":{}}}",
            span.0,
            span.1,
            text(new)
        ),
        Repair::RemoveMark => "{\"do\":\"remove-mark\"}".to_owned(),
    }
}

fn place(place: &Place) -> String {
    match (place.line, place.column) {
        (0, _) => place.file.clone(),
        (line, 0) => format!("{}, line {line}", place.file),
        (line, column) => format!("{}, line {line}, column {column}", place.file),
    }
}

fn short(finding: &Diagnostic, help: Option<&str>) -> String {
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
    lines.extend(help.map(|help| format!("  = help: {help}")));
    lines.join("\n")
}

fn snippet<'a>(
    finding: &'a Diagnostic,
    help: Option<&'a str>,
    texts: &'a BTreeMap<String, String>,
) -> Option<Vec<Group<'a>>> {
    let source = texts.get(&finding.place.file)?;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let is_here = |(place, _): &&(Place, String)| place.file == finding.place.file;
    let here: Vec<&(Place, String)> = finding.related.iter().filter(is_here).collect();
    let places = std::iter::once(&finding.place).chain(here.iter().map(|(place, _)| place));
    let part = Part::around(source, places)?;
    let primary = AnnotationKind::Primary.span(part.range(&finding.place));
    let mut main = part
        .snippet(&finding.place.file)
        .annotation(primary.label(finding.label.as_deref()));
    for (place, what) in here {
        let context = AnnotationKind::Context.span(part.range(place));
        main = main.annotation(context.label(what.as_str()));
    }
    let mut group = level
        .primary_title(finding.message.as_str())
        .id(finding.code)
        .element(main);
    for (place, what) in finding.related.iter().filter(|related| !is_here(related)) {
        let Some(other) = texts.get(&place.file) else {
            continue;
        };
        let part = Part::around(other, [place])?;
        let context = AnnotationKind::Context.span(part.range(place));
        group = group.element(part.snippet(&place.file).annotation(context.label(what.as_str())));
    }
    if let Some(help) = help {
        group = group.element(Level::HELP.message(help));
    }
    Some(vec![group])
}

/// The lines of a text that some places lie in: what is drawn does not depend on the size of the file.
struct Part<'t> {
    text: &'t str,
    /// First byte of it in the whole text.
    start: usize,
    /// Number of its first line.
    line: usize,
}

impl<'t> Part<'t> {
    /// None if a place does not fit the text, or lies in a line that no screen shows.
    fn around<'p>(source: &'t str, places: impl IntoIterator<Item = &'p Place>) -> Option<Self> {
        let (mut first, mut last, mut line) = (usize::MAX, 0, 0);
        for place in places {
            let (start, end) = place.span;
            let fits = place.column > 0 && start <= end && end <= source.len();
            if !fits || !source.is_char_boundary(start) || !source.is_char_boundary(end) {
                return None;
            }
            if start < first {
                (first, line) = (start, place.line);
            }
            last = last.max(end);
        }
        let start = source.get(..first)?.rfind('\n').map_or(0, |at| at + 1);
        let end = source
            .get(last..)?
            .find('\n')
            .map_or(source.len(), |at| last + at);
        let text = source.get(start..end)?;
        let is_shown = text.len() <= LONGEST_LINE || text.lines().all(|line| line.len() <= LONGEST_LINE);
        is_shown.then_some(Self { text, start, line })
    }

    fn range(&self, place: &Place) -> std::ops::Range<usize> {
        place.span.0 - self.start..place.span.1 - self.start
    }

    fn snippet<A: Clone>(&self, file: &'t str) -> Snippet<'t, A> {
        Snippet::source(self.text)
            .line_start(self.line)
            .path(file)
            .fold(true)
    }
}
