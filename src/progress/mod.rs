//! What one person's shared log says on a day, about one curriculum: which events count, and the facts behind every
//! report, each with the event it rests on.

#![deny(clippy::float_arithmetic)]

mod counted;
mod dates;
mod fold;
mod link;
mod lookup;
mod modules;
mod replay;
#[cfg(test)]
pub(crate) mod samples;
mod settle;
mod state;
mod steps;

pub use counted::{Counted, Reason, Recorded, count};
pub use dates::{Dated, DatedWhat, dates};
pub use fold::fold;
pub use lookup::Lookup;
pub use replay::Replay;
pub use state::{
    Aim, Assignment, Capsule, Evidence, Hand, Handled, Idea, Invitation, Kept, Measured, MeetingRecord,
    ModuleRecord, NotCounted, Pair, PracticeRecord, Progress, StepRecord, TalkHeld, Waiver,
};
pub use steps::Steps;
