//! Receipts: what a person without the program tells a leader, in lines that both can read (`formats.md` §8.7). Read out
//! of any text, resolved against a workspace, written in their normal form.

mod grammar;
mod lines;
mod resolve;
mod state;
mod stated;
mod write;

pub use grammar::{read_receipts, stray_lines};
pub use resolve::{Ground, PastPractice, PastTalk, capability_of, resolve, whole};
pub use state::state;
pub use stated::{Known, Line, Receipt, Refused, Stated};
pub use write::{event_id, normal_line};
