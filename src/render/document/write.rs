//! Which format a document is written in, and how one table becomes a document.

use std::io::{self, Write};

use super::{html, json, markdown, workbook};
use crate::base::text::to_terminal;
use crate::base::texts::t;
use crate::render::format::{Format, Options};
use crate::render::screen;
use crate::table::{Document, Picture, Report, Section, Value};

/// Writes a document; `Ok(false)`: the format holds one table only.
pub fn render_document(
    document: &Document,
    format: Format,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<bool> {
    match format {
        Format::Html => out.write_all(html::page(document).as_bytes())?,
        Format::Md => out.write_all(markdown::page(document).as_bytes())?,
        Format::Xlsx => workbook::write(document, out)?,
        Format::Json => json::write(document, out)?,
        Format::Table | Format::Plain => on_screen(document, format, options, out)?,
        Format::Csv | Format::Jsonl => return Ok(false),
    }
    Ok(true)
}

/// One table as a document of its own.
pub(crate) fn document_of(report: &Report) -> Document {
    let mut table = report.clone();
    let mut above = std::mem::take(&mut table.above).into_iter();
    let title = above.next().unwrap_or_else(|| table.name.to_owned());
    table.rows.append(&mut table.totals);
    Document {
        name: table.name,
        as_of: table.as_of,
        rules: table.rules.clone(),
        // On a screen the day stands at the right end of the line.
        title: title.split_whitespace().collect::<Vec<_>>().join(" "),
        above: above.collect(),
        sections: vec![Section {
            title: String::new(),
            picture: if has_bands(&table) {
                Picture::Tones { of: 0 }
            } else {
                Picture::None
            },
            table,
        }],
        parts: Vec::new(),
    }
}

fn has_bands(table: &Report) -> bool {
    let first = table.rows.first();
    first.is_some_and(|row| row.iter().any(|value| matches!(value, Value::Band { .. })))
}

/// A cell as a document shows it: a letter is not alone.
pub(super) fn words(value: &Value) -> String {
    match value {
        Value::Band { band, .. } => format!("{} {}", value.human(), band.shown()),
        other => other.human(),
    }
}

/// The columns that are shown, by their places.
pub(super) fn shown(table: &Report) -> Vec<usize> {
    (0..table.columns.len())
        .filter(|place| table.columns[*place].shown)
        .collect()
}

/// What stands where a table would have no row.
pub(super) fn nothing() -> String {
    t!("document.nothing", "Nothing to show.")
}

fn on_screen(document: &Document, format: Format, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let head = Report {
        above: std::iter::once(document.title.clone())
            .chain(document.above.iter().cloned())
            .collect(),
        ..Report::new(document.name, document.as_of, Vec::new())
    };
    screen::write(&head, &options.screen, out)?;
    for section in &document.sections {
        writeln!(out, "\n{}", to_terminal(&section.title.to_uppercase()))?;
        if format == Format::Table {
            screen::write(&section.table, &options.screen, out)?;
        } else {
            screen::write_plain(&section.table, out)?;
        }
    }
    Ok(())
}
