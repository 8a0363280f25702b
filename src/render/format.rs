//! Which format, and the door to all of them.

use std::io::{self, Write};

use super::csv::{self, CsvOptions};
use super::document::{document_of, render_document, workbook_of_rows};
use super::json;
use super::screen::{self, Screen};
use crate::table::{Report, Value};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal: fitted to its width.
    Table,
    /// The same columns, one record a line, never cut.
    Plain,
    /// Comma-separated, for programs.
    Csv,
    /// One object with all rows.
    Json,
    /// One row a line.
    Jsonl,
    /// A text for mails and wikis.
    Md,
    /// One page for browsers and printers.
    Html,
    /// A workbook with cells of the type they have.
    Xlsx,
}

impl Format {
    /// All formats with their names.
    pub const ALL: [(&'static str, Self); 8] = [
        ("table", Self::Table),
        ("plain", Self::Plain),
        ("csv", Self::Csv),
        ("json", Self::Json),
        ("jsonl", Self::Jsonl),
        ("md", Self::Md),
        ("html", Self::Html),
        ("xlsx", Self::Xlsx),
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, f)| *f == self)
            .map_or("", |(name, _)| name)
    }

    /// Whether programs read it: all columns, codes, nothing cut.
    pub fn is_data(self) -> bool {
        matches!(self, Self::Csv | Self::Json | Self::Jsonl | Self::Xlsx)
    }

    /// By name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(n, _)| *n == name).map(|(_, f)| *f)
    }

    /// By a file's ending.
    pub fn of_file(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "jsonl" => Some(Self::Jsonl),
            "txt" => Some(Self::Plain),
            "md" => Some(Self::Md),
            "html" | "htm" => Some(Self::Html),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// Whether some rows and then the others, written one behind the other, are the same as all of them.
    pub fn is_divisible(self) -> bool {
        matches!(self, Self::Csv | Self::Jsonl)
    }
}

/// What the formats need to know of the outside.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The screen, for tables.
    pub screen: Screen,
    /// CSV variants.
    pub csv: CsvOptions,
}

/// Writes a report. What the screen had no room for comes back as headings, to be named beside the table.
pub fn render(
    report: &Report,
    format: Format,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<Vec<String>> {
    let rows = report.rows.iter().map(Vec::as_slice);
    match format {
        Format::Table => return screen::write(report, &options.screen, out),
        Format::Plain => screen::write_plain(report, out)?,
        Format::Csv => csv::write(report, rows, options.csv, out)?,
        Format::Json => json::write(report, rows, out)?,
        Format::Jsonl => json::write_lines(report, rows, out)?,
        Format::Xlsx => workbook_of_rows(report, rows, out)?,
        Format::Md | Format::Html => {
            render_document(&document_of(report), format, options, out)?;
        }
    }
    Ok(Vec::new())
}

/// Which rows of a report are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of them, or the first ones: with what stands above.
    First,
    /// Later ones, where [`Format::is_divisible`].
    Later,
}

/// Writes a report of data whose rows are made one by one: ten thousand wide rows at once would be the largest thing in
/// memory. Formats for people need all rows and are not written this way; `Ok(false)` = it was one of those.
pub fn render_rows(
    report: &Report,
    rows: impl Iterator<Item = Vec<Value>>,
    part: Part,
    format: Format,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<bool> {
    match (format, part) {
        (Format::Csv, Part::First) => csv::write(report, rows, options.csv, out)?,
        (Format::Csv, Part::Later) => csv::write_rows(rows, options.csv, out)?,
        (Format::Json, _) => json::write(report, rows, out)?,
        (Format::Jsonl, _) => json::write_lines(report, rows, out)?,
        (Format::Xlsx, _) => workbook_of_rows(report, rows, out)?,
        (Format::Table | Format::Plain | Format::Md | Format::Html, _) => return Ok(false),
    }
    Ok(true)
}
