//! Words every layer shares: ids, days, points, findings, text. Imports nothing of ours.

pub mod copies;
pub mod diag;
pub mod id;
pub mod order;
pub mod points;
pub mod ratio;
pub mod text;
pub mod texts;
pub mod threads;
pub mod time;
pub mod words;
