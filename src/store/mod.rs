//! The shared log: wire form to event and back, person by person.

mod audit;
mod fast;
mod read;
mod wire;
mod write;

pub use audit::{audit, misplaced};
pub use read::{Buffers, Line, PersonLog, Record, people, read_person};
pub use wire::{key, parse, parse_any};
pub use write::to_line;
