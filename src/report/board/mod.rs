//! The board report: what a leader shows to others, one table a section. It names nobody unless that is asked for: then
//! only cells hold a name, and everything else is counted from the same members.

mod build;
mod counts;
mod forecast;
mod group;
mod ledger;
mod map;
mod members;
mod mentions;
mod method;
mod outlook;
mod overdue;
mod parts;
mod told;
mod words;

pub use build::{BoardAbout, WithoutNames, board};
pub use members::{Before, BoardDays, BoardMember, BoardView, Late, Quote, board_member};
pub use mentions::Mentions;
pub use told::{Presence, ToldDays, told_days};
