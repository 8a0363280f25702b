//! One person explained: every point one line, lines that add up, gates with their reason, what does not count and why.
//! The leader's form and the person's own come from the same code; names of questions are only in the latter.

mod gates;
mod layout;
mod page;
mod parts;
mod way;

pub use page::{About, AskedAgain, explanation};
