//! A table of people out of a workbook: the first visible sheet that holds anything.

use std::collections::BTreeMap;
use std::io::Cursor;

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

/// Whether it begins as a workbook does.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads the first visible sheet that is not empty.
pub fn read_workbook(bytes: &[u8]) -> Result<Table, TableError> {
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
