//! What a changed curriculum does to a person: points, bands, steps and minutes, before it is handed out.

mod stir;
mod turn;
mod work;

pub use stir::{Stir, Stirs, stirs};
pub use turn::{Point, Range, Sides, Turn, turns};
pub use work::{Again, Work, work};
