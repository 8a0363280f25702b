//! A table of people as other systems export it: encoding, delimiter and quoting are found out, line numbers kept.

use std::collections::BTreeMap;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use thiserror::Error;

use crate::base::text::{from_csv, to_csv, to_terminal};

/// A table that could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TableError {
    /// Nothing in it.
    #[error("it is empty")]
    Empty,
    /// NUL bytes: not a text file.
    #[error("it is no text file; save it as .xlsx or as CSV UTF-8")]
    Binary,
    /// A workbook that cannot be read.
    #[error("it is no workbook that can be read; save it as .xlsx or as CSV UTF-8")]
    Workbook,
    /// More cells than any table of people has.
    #[error("it holds more cells than a table of people can have; save the one sheet as CSV UTF-8")]
    TooLarge,
    /// SCIM that is none.
    #[error("it is no SCIM list of users: {0}")]
    Scim(String),
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line of the file it starts on, from 1.
    pub line: usize,
    /// One text for each heading, blanks trimmed, our own formula guard undone.
    pub cells: Vec<String>,
    /// Set if it has another number of cells than the heading.
    pub ragged: Option<usize>,
}

impl Row {
    /// A record of a table with so many columns: empty cells behind the last one are none.
    pub(super) fn new(line: usize, cells: Vec<String>, columns: usize) -> Self {
        let mut row = Self {
            line,
            cells,
            ragged: None,
        };
        row.settle(columns);
        row
    }

    /// Compares the number of cells with that of the headings.
    pub(super) fn settle(&mut self, columns: usize) {
        while self.cells.len() > columns && self.cells.last().is_some_and(String::is_empty) {
            self.cells.pop();
        }
        self.ragged = (self.cells.len() != columns).then_some(self.cells.len());
    }
}

/// What a table counts its records by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Lines of a text file.
    Line,
    /// Rows of a sheet.
    Row,
    /// Users of a list.
    Entry,
}

impl Counted {
    /// The word in sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Row => "row",
            Self::Entry => "entry",
        }
    }
}

/// Headings and records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// As they stand in the file.
    pub headings: Vec<String>,
    /// In the file's order.
    pub rows: Vec<Row>,
    /// Between cells.
    pub delimiter: u8,
    /// Set if the text was not UTF-8: what it was taken for.
    pub encoding: Option<&'static str>,
    /// Line of the headings.
    pub headings_line: usize,
    /// What the numbers of records count.
    pub counted: Counted,
    /// Set if the source says that it holds a part only: so many of so many.
    pub part: Option<(usize, usize)>,
    /// Sheets with something in them that were not read.
    pub other_sheets: Vec<String>,
}

/// Reads a CSV file of any common kind. `delimiter` = `None`: found out from the first line.
pub fn read_table(bytes: &[u8], delimiter: Option<u8>) -> Result<Table, TableError> {
    let (text, encoding) = decode(bytes)?;
    if text.trim().is_empty() {
        return Err(TableError::Empty);
    }
    let (said, body) = separator_line(&text);
    let delimiter = delimiter.or(said).unwrap_or_else(|| detect(body));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(body.as_bytes());
    let (mut headings, mut headings_line) = (Vec::new(), 1);
    let mut rows = Vec::new();
    let mut lines = LineCounter {
        text: body.as_bytes(),
        at: 0,
        line: 1 + usize::from(body.len() < text.len()),
    };
    for record in reader.records().flatten() {
        let byte = record
            .position()
            .map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
        let line = lines.line_of(byte);
        let cells: Vec<String> = record
            .iter()
            .map(|c| from_csv(c.trim()).trim().to_owned())
            .collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if headings.is_empty() {
            (headings, headings_line) = (cells, line);
            continue;
        }
        rows.push(Row::new(line, cells, headings.len()));
    }
    if headings.is_empty() {
        return Err(TableError::Empty);
    }
    Ok(Table {
        headings,
        rows,
        delimiter,
        encoding,
        headings_line,
        counted: Counted::Line,
        part: None,
        other_sheets: Vec::new(),
    })
}

/// Excel's own first line `sep=;` says the delimiter and is no record.
fn separator_line(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first
        .trim_end()
        .trim_matches('"')
        .strip_prefix("sep=")
        .map(str::as_bytes)
    {
        Some([delimiter]) => (Some(*delimiter), rest),
        _ => (None, text),
    }
}

/// The rejected rows in their own columns, then `line` and `reason`: mended, the file is imported again as it is.
pub fn rejected_csv(table: &Table, rejected: &[(usize, String)]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(table.delimiter)
        .flexible(true)
        .from_writer(Vec::new());
    // A file of rejected rows that still has some: its former lines and reasons give way to the new ones.
    let columns = match table.headings.as_slice() {
        [own @ .., line, reason] if line == "line" && reason == "reason" => own.len(),
        all => all.len(),
    };
    let again = columns < table.headings.len();
    let mut heading = table.headings[..columns].to_vec();
    heading.extend(["line".to_owned(), "reason".to_owned()]);
    let mut records = vec![heading];
    let by_line: BTreeMap<usize, &Row> = table.rows.iter().map(|row| (row.line, row)).collect();
    for (line, reason) in rejected {
        if let Some(row) = by_line.get(line) {
            let mut cells: Vec<String> = row.cells.iter().map(|c| to_csv(c).into_owned()).collect();
            if again {
                cells.truncate(cells.len().saturating_sub(2).max(columns));
            }
            cells.resize(columns.max(cells.len()), String::new());
            // The reason is ours, and quotes what somebody else wrote.
            let reason = to_terminal(reason);
            cells.extend([line.to_string(), to_csv(&reason).into_owned()]);
            records.push(cells);
        }
    }
    for record in records {
        // Writing into memory cannot fail.
        let _ = writer.write_record(&record);
    }
    writer
        .into_inner()
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

/// Lines of records: the reader's own count stops at blank lines before a record.
struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn line_of(&mut self, byte: usize) -> usize {
        let end = byte
            + self.text[byte..]
                .iter()
                .take_while(|b| matches!(b, b'\n' | b'\r'))
                .count();
        self.line += self.text[self.at..end].iter().filter(|b| **b == b'\n').count();
        self.at = end;
        self.line
    }
}

/// The text of a file, and what it was taken for where it is not UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Option<&'static str>), TableError> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        let name = if encoding == UTF_8 {
            None
        } else {
            Some(encoding.name())
        };
        return Ok((encoding.decode(bytes).0.into_owned(), name));
    }
    let zeros = |odd: usize| {
        bytes
            .iter()
            .take(64)
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    if bytes.len() >= 4 && zeros(1) * 4 > bytes.len().min(64) {
        return Ok((UTF_16LE.decode(bytes).0.into_owned(), Some("UTF-16LE")));
    }
    if bytes.len() >= 4 && zeros(0) * 4 > bytes.len().min(64) {
        return Ok((UTF_16BE.decode(bytes).0.into_owned(), Some("UTF-16BE")));
    }
    if bytes.contains(&0) {
        return Err(TableError::Binary);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), None)),
        Err(_) => Ok((WINDOWS_1252.decode(bytes).0.into_owned(), Some("Windows-1252"))),
    }
}

/// The delimiter that splits the first line that is split at all most often, outside quotes: a title may stand above.
fn detect(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted && counts.iter().any(|(_, count)| *count > 0) => break,
            _ if quoted => {}
            _ => {
                for (delimiter, count) in &mut counts {
                    *count += usize::from(*delimiter == byte);
                }
            }
        }
    }
    // Of equals the first of the list.
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(delimiter, _)| *delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        read_table(bytes, None)
            .unwrap()
            .rows
            .into_iter()
            .map(|r| r.cells)
            .collect()
    }

    #[test]
    fn the_usual_files_are_read() {
        let want = vec![vec!["eli".to_owned(), "Krüger-Höpfner, Änne".to_owned()]];
        assert_eq!(cells("id,name\neli,\"Krüger-Höpfner, Änne\"\n".as_bytes()), want);
        assert_eq!(
            cells("\u{feff}id;name\r\neli;Krüger-Höpfner, Änne\r\n".as_bytes()),
            want
        );
        assert_eq!(cells(b"id\tname\neli\tKr\xfcger-H\xf6pfner, \xc4nne\n"), want);
        let utf16: Vec<u8> = "id,name\neli,\"Krüger-Höpfner, Änne\"\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(cells(&utf16), want);
    }

    #[test]
    fn lines_quotes_and_ragged_rows_are_told() {
        let table = read_table(
            b"id,name\na,\"O'Neil, \"\"Ann\"\"\"\nb,\"two\nlines\"\n\nc\n",
            None,
        )
        .unwrap();
        let seen: Vec<_> = table
            .rows
            .iter()
            .map(|r| (r.line, r.cells[0].as_str(), r.ragged))
            .collect();
        assert_eq!(seen, [(2, "a", None), (3, "b", None), (6, "c", Some(1))]);
        assert_eq!(table.rows[0].cells[1], "O'Neil, \"Ann\"");
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(read_table(b"", None), Err(TableError::Empty));
        assert_eq!(
            read_table(b"PK\x03\x04\x14\0\0\0 rubbish rubbish", None),
            Err(TableError::Binary)
        );
        assert_eq!(read_table(b"\n,,\n", None), Err(TableError::Empty));
    }

    #[test]
    fn what_stands_above_and_behind_a_table_is_no_part_of_it() {
        let table = read_table(b"sep=;\r\nid;name\r\na;A;;\r\n;;;\r\n", None).unwrap();
        assert_eq!((table.delimiter, table.headings_line), (b';', 2));
        assert_eq!(table.rows.len(), 1);
        assert_eq!((table.rows[0].line, table.rows[0].ragged), (3, None));
        let table = read_table(b"All workers\n\nid;name\na;A\n", None).unwrap();
        assert_eq!((table.delimiter, table.rows[0].cells.len()), (b';', 2));
    }

    #[test]
    fn rejected_rows_come_back_as_they_were() {
        let table = read_table(b"id;name\na;=1+1\nb;B\n", None).unwrap();
        assert_eq!(
            rejected_csv(&table, &[(2, "no e-mail".into())]),
            "id;name;line;reason\na;'=1+1;2;no e-mail\n"
        );
        // What steers a terminal stays in the person's own cells only: they are mended there.
        assert_eq!(
            rejected_csv(&table, &[(3, "\"x\u{1b}[2J\"".into())]),
            "id;name;line;reason\nb;B;3;\"\"\"xU+001B[2J\"\"\"\n"
        );
    }
}
