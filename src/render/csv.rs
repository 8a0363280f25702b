//! CSV: UTF-8, header always, RFC 4180 quoting, the same bytes on stdout and in a file.

use std::borrow::{Borrow, Cow};
use std::io::{self, Write};

use crate::base::text::{is_printable_ascii, is_unprintable, to_csv, to_terminal};
use crate::table::{Report, Value};

/// Variants of CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvOptions {
    /// Byte order mark and CRLF, as Excel wants them.
    pub excel: bool,
    /// No formula guard.
    pub raw: bool,
    /// Between cells.
    pub delimiter: u8,
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self {
            excel: false,
            raw: false,
            delimiter: b',',
        }
    }
}

/// Writes header and rows.
pub(super) fn write<R: Borrow<[Value]>>(
    report: &Report,
    rows: impl Iterator<Item = R>,
    options: CsvOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    if options.excel {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = writer(options, out);
    writer.write_record(report.columns.iter().map(|c| c.key.as_str()))?;
    add_rows(&mut writer, rows, options)
}

/// Writes rows that stand below others.
pub(super) fn write_rows<R: Borrow<[Value]>>(
    rows: impl Iterator<Item = R>,
    options: CsvOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    add_rows(&mut writer(options, out), rows, options)
}

fn writer(options: CsvOptions, out: &mut dyn Write) -> csv::Writer<&mut dyn Write> {
    let terminator = if options.excel {
        csv::Terminator::CRLF
    } else {
        csv::Terminator::Any(b'\n')
    };
    csv::WriterBuilder::new()
        .terminator(terminator)
        .delimiter(options.delimiter)
        .from_writer(out)
}

fn add_rows<R: Borrow<[Value]>>(
    writer: &mut csv::Writer<&mut dyn Write>,
    rows: impl Iterator<Item = R>,
    options: CsvOptions,
) -> io::Result<()> {
    let mut cell = String::new();
    for row in rows {
        for value in row.borrow() {
            cell.clear();
            value.add_machine(&mut cell);
            if matches!(value, Value::Text(_) | Value::List(_)) {
                guard(&mut cell, options);
            }
            writer.write_field(&cell)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

/// Makes a text safe: nothing in it steers a terminal or is taken for a formula.
fn guard(text: &mut String, options: CsvOptions) {
    let steers = |c: char| is_unprintable(c) && !matches!(c, '\n' | '\t' | '\r');
    if !is_printable_ascii(text) && text.chars().any(steers) {
        *text = visible(text);
    }
    let guarded = match to_csv(text) {
        Cow::Owned(guarded) if !options.raw => guarded,
        _ => return,
    };
    *text = guarded;
}

/// Line breaks and tabs belong to a cell; nothing else that steers a terminal does.
fn visible(text: &str) -> String {
    text.split_inclusive(['\n', '\t', '\r'])
        .map(|part| match part.char_indices().last() {
            Some((at, end @ ('\n' | '\t' | '\r'))) => format!("{}{end}", to_terminal(&part[..at])),
            _ => to_terminal(part).into_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::points::Points;
    use crate::table::Column;

    fn report() -> Report {
        let mut report = Report::new(
            "x",
            "2026-03-16".parse().unwrap(),
            vec![Column::data("name"), Column::data("points")],
        );
        for (name, tenths) in [
            ("=1+1", -45),
            ("O'Neil, \"Ann\"", 0),
            ("two\nlines", 5),
            ("Krüger\u{1b}[31m", 10),
            ("-", 1),
        ] {
            report.rows.push(vec![
                Value::Text(name.into()),
                Value::Points(Points::from_tenths(tenths)),
            ]);
        }
        report
    }

    #[test]
    fn rows_in_two_parts_are_the_same_as_all_of_them() {
        for excel in [false, true] {
            let options = CsvOptions {
                excel,
                ..CsvOptions::default()
            };
            for at in 0..=5 {
                let (rows, mut out) = (report().rows, Vec::new());
                write(&report(), rows[..at].iter().map(Vec::as_slice), options, &mut out).unwrap();
                write_rows(rows[at..].iter().map(Vec::as_slice), options, &mut out).unwrap();
                assert_eq!(String::from_utf8(out).unwrap(), written(options));
            }
        }
    }

    fn written(options: CsvOptions) -> String {
        let mut out = Vec::new();
        write(&report(), report().rows.into_iter(), options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn text_is_guarded_numbers_are_not() {
        assert_eq!(
            written(CsvOptions::default()),
            "name,points\n'=1+1,-4.5\n\"O'Neil, \"\"Ann\"\"\",0.0\n\"two\nlines\",0.5\nKrügerU+001B[31m,1.0\n-,0.1\n"
        );
    }

    #[test]
    fn excel_gets_its_mark_and_line_ends() {
        let text = written(CsvOptions {
            excel: true,
            delimiter: b';',
            raw: true,
        });
        assert!(text.starts_with("\u{feff}name;points\r\n=1+1;-4.5\r\n"));
    }
}
