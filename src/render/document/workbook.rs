//! Workbooks: a sheet for each table, cells of the type they have, no formula. Rows are written as they come, so that ten
//! thousand of them are never in memory at once.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::base::text::width;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::table::{Document, Report, Value};

/// The widest a column is made, in characters; longer texts are there, and show when the cell is opened.
const WIDEST: usize = 60;

/// A document: a first sheet with what it says, a sheet for each table, and one on how they were computed.
pub(super) fn write(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mut book = Book::new(&document.title, document.as_of)?;
    let says = std::iter::once(&document.title).chain(&document.above);
    book.texts(
        &t!("workbook.overview", "Overview"),
        says.map(|line| vec![line.clone()]),
    )?;
    for section in &document.sections {
        let headings = section.table.columns.iter().map(|column| column.label.clone());
        let rows = section.table.rows.iter().map(Vec::as_slice);
        book.table(&section.title, &headings.collect::<Vec<_>>(), rows, Cells::Words)?;
    }
    let how = document.sections.iter().flat_map(|section| {
        let lines = section.table.above.iter().chain(&section.table.below);
        lines.map(|line| vec![section.title.clone(), line.clone()])
    });
    book.texts(&t!("workbook.how", "How computed"), how)?;
    book.finish(out)
}

/// One table of data under its keys.
pub(crate) fn write_rows<R: Borrow<[Value]>>(
    report: &Report,
    rows: impl Iterator<Item = R>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut book = Book::new(report.name, report.as_of)?;
    let keys = report.columns.iter().map(|column| column.key.clone());
    book.table(report.name, &keys.collect::<Vec<_>>(), rows, Cells::Codes)?;
    let mut about = vec![vec!["as_of".to_owned(), report.as_of.to_string()]];
    about.extend(
        report
            .rules
            .iter()
            .map(|rules| vec!["rules".to_owned(), rules.clone()]),
    );
    book.texts("about", about.into_iter())?;
    book.finish(out)
}

/// What stands in cells for which there are a code and words.
#[derive(Clone, Copy)]
enum Cells {
    /// For programs.
    Codes,
    /// For people.
    Words,
}

/// A workbook while it is written.
struct Book {
    workbook: Workbook,
    names: BTreeSet<String>,
    heading: Format,
    day: Format,
    points: Format,
    prose: Format,
}

impl Book {
    fn new(title: &str, as_of: Date) -> io::Result<Self> {
        let mut workbook = Workbook::new();
        // The clock would make other bytes of the same figures.
        let properties = DocProperties::new()
            .set_title(title)
            .set_author("upwards")
            .set_creation_datetime(&day_of(as_of)?);
        workbook.set_properties(&properties);
        Ok(Self {
            workbook,
            names: BTreeSet::new(),
            heading: Format::new().set_bold(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            points: Format::new().set_num_format("0.0"),
            prose: Format::new().set_text_wrap(),
        })
    }

    /// A sheet of sentences, the last of each line wrapped.
    fn texts(&mut self, name: &str, lines: impl Iterator<Item = Vec<String>>) -> io::Result<()> {
        let name = self.free_name(name);
        let sheet = self
            .workbook
            .add_worksheet_with_constant_memory()
            .map_err(failed)?;
        sheet.set_name(name).map_err(failed)?;
        let mut most = 1;
        for (row, cells) in lines.enumerate() {
            let row = row_number(row)?;
            most = most.max(cells.len());
            for (column, text) in (0_u16..).zip(&cells) {
                write_text(sheet, row, column, text, Some(&self.prose))?;
            }
        }
        let last = u16::try_from(most - 1).unwrap_or(0);
        for column in 0..=last {
            let wide = if column == last { 100 } else { 24 };
            sheet.set_column_width(column, wide).map_err(failed)?;
        }
        Ok(())
    }

    fn table<R: Borrow<[Value]>>(
        &mut self,
        name: &str,
        headings: &[String],
        rows: impl Iterator<Item = R>,
        cells_as: Cells,
    ) -> io::Result<()> {
        let name = self.free_name(name);
        let sheet = self
            .workbook
            .add_worksheet_with_constant_memory()
            .map_err(failed)?;
        sheet.set_name(name).map_err(failed)?;
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        let mut widths: Vec<usize> = headings.iter().map(|heading| width(heading) + 3).collect();
        for (column, heading) in (0_u16..).zip(headings) {
            write_text(sheet, 0, column, heading, Some(&self.heading))?;
        }
        let mut last = 0;
        for (row, cells) in rows.enumerate() {
            last = row_number(row + 1)?;
            for ((column, value), widest) in (0_u16..).zip(cells.borrow()).zip(&mut widths) {
                let written = write_cell(sheet, (last, column), value, cells_as, [&self.day, &self.points])?;
                *widest = (*widest).max(written + 1);
            }
        }
        for (column, widest) in (0_u16..).zip(widths) {
            let wide = u32::try_from(widest.min(WIDEST)).unwrap_or(10);
            sheet.set_column_width(column, wide).map_err(failed)?;
        }
        if let Some(most) = headings.len().checked_sub(1) {
            let most = u16::try_from(most).map_err(io::Error::other)?;
            sheet.autofilter(0, 0, last, most).map_err(failed)?;
        }
        Ok(())
    }

    /// A name as a sheet may have it: at most 31 units, without `[]:*?/\`, not beginning or ending with `'`, used once.
    fn free_name(&mut self, wanted: &str) -> String {
        const MOST: usize = 28;
        let allowed =
            |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
        let wanted: String = wanted.chars().filter(allowed).collect();
        let mut name = String::new();
        for c in wanted.chars() {
            if name.encode_utf16().count() + c.len_utf16() > MOST {
                // Rather without its last word than with half of it.
                let words = name.rfind(' ').filter(|at| *at > 0 && c != ' ');
                name.truncate(words.unwrap_or(name.len()));
                break;
            }
            name.push(c);
        }
        let name = name.trim().to_owned();
        let free = (1..).map(|n| match (n, name.is_empty()) {
            (1, false) => name.clone(),
            _ => format!("{name} {n}").trim().to_owned(),
        });
        let mut free = free.filter(|name| !self.names.contains(&name.to_lowercase()));
        let name = free.next().unwrap_or_default();
        self.names.insert(name.to_lowercase());
        name
    }

    fn finish(mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&self.workbook.save_to_buffer().map_err(failed)?)
    }
}

/// Writes a value as the type it has; returns how wide it is.
fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    cells_as: Cells,
    [day, points]: [&Format; 2],
) -> io::Result<usize> {
    let text = match (value, cells_as) {
        (Value::Word(..) | Value::List(_) | Value::Tally(..), Cells::Words) => value.human(),
        _ => value.machine(),
    };
    match value {
        Value::Missing(_) => {}
        Value::Count(n) | Value::Days(n) => number(sheet, row, column, *n, 1, None)?,
        Value::Points(n) => number(sheet, row, column, n.tenths(), 10, Some(points))?,
        Value::Number(n) => number(sheet, row, column, n.thousandths(), 1_000, None)?,
        // A workbook knows no day before 1900.
        Value::Date(date) if date.year() >= 1900 => {
            sheet
                .write_datetime_with_format(row, column, &day_of(*date)?, day)
                .map_err(failed)?;
        }
        Value::YesNo(yes) => {
            sheet.write_boolean(row, column, *yes).map_err(failed)?;
        }
        Value::Text(_)
        | Value::Code(_)
        | Value::Word(..)
        | Value::Date(_)
        | Value::Band { .. }
        | Value::List(_)
        | Value::Tally(..) => write_text(sheet, row, column, &text, None)?,
    }
    Ok(text.lines().map(width).max().unwrap_or(0))
}

/// A whole number, or one of so many parts: the double nearest to it, which a spreadsheet shows as it was.
fn number(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    whole: i64,
    parts: i32,
    format: Option<&Format>,
) -> io::Result<()> {
    /// Above, doubles miss whole numbers.
    const EXACT: i64 = 1 << 53;
    if whole.abs() > EXACT {
        let text = Value::Count(whole).machine();
        return write_text(sheet, row, column, &text, None);
    }
    #[expect(clippy::cast_precision_loss, reason = "below 2^53 it is exact")]
    let value = whole as f64 / f64::from(parts);
    let written = match format {
        Some(format) => sheet.write_number_with_format(row, column, value, format),
        None => sheet.write_number(row, column, value),
    };
    written.map(|_| ()).map_err(failed)
}

fn write_text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: Option<&Format>,
) -> io::Result<()> {
    let written = match format {
        Some(format) => sheet.write_string_with_format(row, column, text, format),
        None => sheet.write_string(row, column, text),
    };
    written.map(|_| ()).map_err(failed)
}

fn row_number(row: usize) -> io::Result<u32> {
    /// With its heading.
    const MOST: usize = 1_048_576;
    if row >= MOST {
        return Err(io::Error::other(
            "a sheet holds 1,048,575 rows, and these are more: write csv",
        ));
    }
    u32::try_from(row).map_err(io::Error::other)
}

fn day_of(date: Date) -> io::Result<ExcelDateTime> {
    ExcelDateTime::parse_from_str(&date.to_string()).map_err(failed)
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::MaxStringLengthExceeded => {
            io::Error::other("a cell holds 32,767 characters, and a text here is longer: write csv or json")
        }
        XlsxError::IoError(error) => error,
        other => io::Error::other(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_allowed_and_differ() {
        let mut book = Book::new("x", "2026-03-16".parse().unwrap()).unwrap();
        assert_eq!(book.free_name("a/b: [c]*?"), "ab c");
        assert_eq!(book.free_name("AB C"), "AB C 2");
        assert_eq!(
            book.free_name("When all will have reached all"),
            "When all will have reached",
            "cut between words"
        );
        assert_eq!(book.free_name("''"), "1");
        assert_eq!(book.free_name(&"山".repeat(40)), "山".repeat(28));
        assert_eq!(book.free_name(&"山".repeat(50)), format!("{} 2", "山".repeat(28)));
    }
}
