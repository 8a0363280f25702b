//! Lines of append-only logs, whatever they mean: read, unite, append.

mod append;
mod heads;
mod read;
mod union;

pub use append::{AppendError, LineKey, MOST_SEQ, Writer};
pub use heads::{Head, Heads};
pub use read::{MAX_LINE, Raw, lines};
pub use union::{Keyed, in_order, unite};
