//! Documents of several tables, and single tables in the formats for people: HTML, Markdown, workbooks.

mod html;
mod json;
mod markdown;
mod picture;
mod workbook;
mod write;

pub(crate) use workbook::write_rows as workbook_of_rows;
pub(crate) use write::document_of;
pub use write::render_document;
