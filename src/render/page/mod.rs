//! The ten-minute page: one HTML file that needs nothing else.

mod data;
mod html;
mod policy;
mod words;

pub use html::page;
