//! The door: bytes of any format in, a fate for each thing in them out.

use thiserror::Error;

use super::bank::{Bank, QuestionFormat};
use super::{aiken, gift, moodle_xml, sheet};
use crate::interop::people_table::decode;
use crate::interop::{TableError, read_table, read_workbook};

/// Why nothing of a file was read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BankError {
    /// No text, or no table.
    #[error("{0}")]
    Unreadable(#[from] TableError),
    /// A sheet without a column that every question needs.
    #[error("line {line} has no column {missing}; its headings: {headings}")]
    NoColumn {
        /// What the column would be called.
        missing: &'static str,
        /// Line of the headings.
        line: usize,
        /// What they are.
        headings: String,
    },
}

/// Reads a file of questions; `delimiter` is of a sheet, `None` = found out.
pub fn read_bank(bytes: &[u8], format: QuestionFormat, delimiter: Option<u8>) -> Result<Bank, BankError> {
    match format {
        QuestionFormat::Csv => {
            let table = read_table(bytes, delimiter)?;
            let encoding = table.encoding;
            Ok(with_encoding(sheet::read(table, format)?, encoding))
        }
        QuestionFormat::Xlsx => sheet::read(read_workbook(bytes)?, format),
        QuestionFormat::Gift | QuestionFormat::Aiken | QuestionFormat::MoodleXml => {
            let (mut text, encoding) = decode(bytes)?;
            // As some programs of Apple's still end their lines.
            if text.contains('\r') && !text.contains('\n') {
                text = text.replace('\r', "\n");
            }
            let bank = match format {
                QuestionFormat::Gift => gift::read(&text),
                QuestionFormat::Aiken => aiken::read(&text),
                _ => moodle_xml::read(&text),
            };
            Ok(with_encoding(bank, encoding))
        }
    }
}

fn with_encoding(mut bank: Bank, encoding: Option<&'static str>) -> Bank {
    if let Some(encoding) = encoding {
        bank.notes
            .insert(0, format!("it is not UTF-8; read as {encoding}"));
    }
    bank
}
