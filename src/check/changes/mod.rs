//! What one state of a curriculum changes in another, change by change, with what each does to evidence.

mod cases;
mod compare;
mod kinds;
mod questions;
mod steps;

pub use compare::{State, changes};
pub use kinds::{About, Change, Class, What};
