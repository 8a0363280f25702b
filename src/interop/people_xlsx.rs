//! A table of people out of a workbook: the first visible sheet that holds anything.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{DataRef, Reader, SheetVisible, Xlsx};

use super::people_table::{Counted, Row, Table, TableError};
use crate::base::text::from_csv;
use crate::base::time::Date;

/// Cells that are read before it is no table of people any more. A cell is kept only where something stands in it: one in
/// the last row of a sheet makes no million empty ones.
const MOST_CELLS: usize = 4_000_000;
/// Characters that are read of them all.
const MOST_CHARACTERS: usize = 256 * 1024 * 1024;
/// Columns that are believed.
const MOST_COLUMNS: u32 = 2_000;

/// Bytes of all its parts together, unpacked: a file of a few kilobytes can unpack to gigabytes.
const MOST_UNPACKED: u64 = 128 * 1024 * 1024;

/// Whether it begins as a workbook does.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads the first visible sheet that is not empty.
pub fn read_workbook(bytes: &[u8]) -> Result<Table, TableError> {
    is_bounded(bytes)?;
    let broken = |_: calamine::XlsxError| TableError::Workbook;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut found: Option<Table> = None;
    for name in sheets {
        // A chart has no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else {
            continue;
        };
        let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
        let (mut count, mut characters) = (0, 0);
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            let (row, column) = cell.get_position();
            let text = text_of(cell.get_value());
            let text = from_csv(text.trim()).trim();
            if text.is_empty() || column >= MOST_COLUMNS {
                continue;
            }
            if let Some(table) = &mut found {
                table.other_sheets.push(name.clone());
                break;
            }
            count += 1;
            characters += text.len();
            if count > MOST_CELLS || characters > MOST_CHARACTERS {
                return Err(TableError::TooLarge);
            }
            rows.entry(row).or_default().insert(column, text.to_owned());
        }
        if found.is_none() && !rows.is_empty() {
            found = Some(table(rows)?);
        }
    }
    found.ok_or(TableError::Empty)
}

/// Refuses what would take more memory than any table does: parts that unpack to too much, and a number of shared texts
/// for which there is no room in their part (the reader reserves as many).
fn is_bounded(bytes: &[u8]) -> Result<(), TableError> {
    /// Where the number stands.
    const HEAD: u64 = 4096;
    let broken = |_| TableError::Workbook;
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut unpacked = 0_u64;
    for place in 0..book.len() {
        unpacked = unpacked.saturating_add(book.by_index_raw(place).map_err(broken)?.size());
    }
    if unpacked > MOST_UNPACKED {
        return Err(TableError::TooLarge);
    }
    let Ok(texts) = book.by_name("xl/sharedStrings.xml") else {
        return Ok(());
    };
    let size = texts.size();
    let mut head = Vec::new();
    if texts.take(HEAD).read_to_end(&mut head).is_err() {
        return Err(TableError::Workbook);
    }
    let head = String::from_utf8_lossy(&head);
    let counts = ["uniqueCount=\"", "count=\""].into_iter().filter_map(|name| {
        let (_, number) = head.split_once(name)?;
        number.split('"').next()?.parse::<u64>().ok()
    });
    if counts.max().is_some_and(|count| count > size) {
        return Err(TableError::Workbook);
    }
    Ok(())
}

fn table(rows: BTreeMap<u32, BTreeMap<u32, String>>) -> Result<Table, TableError> {
    let width = rows
        .values()
        .filter_map(|cells| cells.keys().next_back())
        .max()
        .map_or(0, |last| place(*last) + 1);
    if width.saturating_mul(rows.len()) > MOST_CELLS * 2 {
        return Err(TableError::TooLarge);
    }
    let mut rows = rows.into_iter().map(|(row, cells)| {
        let mut full = vec![String::new(); width];
        for (column, text) in cells {
            full[place(column)] = text;
        }
        Row::new(place(row) + 1, full, width)
    });
    let (headings, headings_line) = rows.next().map(|row| (row.cells, row.line)).unwrap_or_default();
    Ok(Table {
        headings,
        rows: rows.collect(),
        delimiter: b',',
        encoding: None,
        headings_line,
        counted: Counted::Row,
        part: None,
        other_sheets: Vec::new(),
    })
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX - 1)
}

/// As somebody would type it: whole numbers without a point, days as days.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(instant) => {
            let (year, month, day, ..) = instant.to_ymd_hms_milli();
            Date::from_ymd(year.into(), month.into(), day.into())
                .map_or_else(|| instant.as_f64().to_string(), |day| day.to_string())
        }
        // `#N/A` of a look-up that found nobody.
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn packed(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut book = zip::ZipWriter::new(Cursor::new(Vec::new()));
        book.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        book.write_all(bytes).unwrap();
        book.finish().unwrap().into_inner()
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_before_it_is_unpacked() {
        let large = packed("xl/worksheets/sheet1.xml", &vec![b'x'; 129 * 1024 * 1024]);
        assert!(large.len() < 1024 * 1024, "{}", large.len());
        assert!(matches!(read_workbook(&large), Err(TableError::TooLarge)));
    }

    #[test]
    fn shared_texts_that_cannot_be_there_are_not_reserved_for() {
        let texts = br#"<sst count="1" uniqueCount="4000000000"><si><t>a</t></si></sst>"#;
        assert!(matches!(
            read_workbook(&packed("xl/sharedStrings.xml", texts)),
            Err(TableError::Workbook)
        ));
    }
}
