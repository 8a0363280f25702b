//! The shared log: wire form to event and back, person by person.

mod read;
mod wire;
mod write;

pub use read::{Buffers, PersonLog, Record, people, read_person};
pub use wire::{key, parse};
pub use write::to_line;
