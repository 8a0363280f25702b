//! The command line: the border with the world.

mod ask;
pub mod error;
mod ui;
