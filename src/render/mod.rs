//! Reports to bytes: one file for each format, none of them knows the domain.

mod csv;
mod diff;
mod direction;
mod document;
mod findings;
mod format;
mod json;
mod page;
mod screen;

pub use csv::CsvOptions;
pub use diff::unified_diff;
pub use document::render_document;
pub use findings::{findings_human, findings_json, findings_plain};
pub use format::{Format, Options, Part, render, render_rows};
pub use page::{case_html, case_markdown, lines_html, page};
pub use screen::{Screen, hint_lines};
