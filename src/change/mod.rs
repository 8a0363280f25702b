//! What one state of a curriculum changes in another, change by change, and what that does to a person's points, bands,
//! steps and minutes, before it is handed out.

mod cases;
mod compare;
mod kinds;
mod questions;
mod steps;
mod stir;
mod turn;
mod work;

pub use compare::{State, changes};
pub use kinds::{About, Change, Class, What};
pub use stir::{Stir, Stirs, stirs};
pub use turn::{Point, Range, Sides, Turn, turns};
pub use work::{Again, Work, work};
