//! The shared log: wire form to event and back, person by person.

mod audit;
mod copies;
mod fast;
mod items;
mod read;
mod schema;
mod wire;
mod write;

pub use audit::{audit, misplaced};
pub use copies::{LogCopy, copied_folders, copies};
pub use items::{ITEMS_FOLDER, items_text, read_items};
pub use read::{Buffers, Line, PersonLog, Record, can_open, people, read_device, read_person};
pub use schema::event_schema;
pub use wire::{day, key, parse, parse_any, private_kind};
pub use write::to_line;
