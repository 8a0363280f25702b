//! Statements for record stores (xAPI 1.0.3): made of shared events alone, and the same bytes for ever.

mod form;
mod names;
mod statements;

pub use names::Names;
pub use statements::{Statement, statements};
