//! The ten-minute page: one HTML file that needs nothing else.

mod case;
mod data;
mod html;
mod lines;
mod policy;
mod words;

pub use case::{case_html, case_markdown};
pub use html::page;
pub use lines::lines_html;
