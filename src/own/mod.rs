//! The person's own eyes: what their private entries are worth. Only their own screens come here.

mod calibration;
mod entries;

pub use calibration::{Calibration, Judgement, calibration, of_answers};
pub use entries::{Note, answered, counted, first_tries, memory, notes, ratings};
