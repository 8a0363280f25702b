//! The board report: what a leader shows to others, one table a section. It names nobody unless that is asked for: then
//! only cells hold a name, and everything else is counted from the same members.

mod build;
mod forecast;
mod group;
mod members;
mod method;
mod sections;

pub use build::{BoardAbout, board};
pub use members::{Before, BoardDays, BoardMember, BoardView, Late, MeasureLine, Quote, board_member};
