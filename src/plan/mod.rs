//! What to do with the minutes there are: the best set of steps, worked out exactly (`readiness.md` §6), and everything
//! that stands beside it: talks to book, steps that wait for others, second figures that are due, promises to be asked about.

#![deny(clippy::float_arithmetic)]

mod beside;
mod best;
mod bits;
mod bound;
mod candidates;
mod door;
mod front;
mod order;
mod outcome;
mod paged;
mod prepare;
mod reduce;
mod relations;
#[cfg(test)]
mod samples;
mod search;
mod value;
mod worth;

pub use beside::{Booking, Locked, Promise, SecondMeasure, due_promises};
pub use best::{Best, NODE_CAP, SHORTLIST, Shortest, best};
pub use candidates::{Candidate, CandidateKind, Offer, Subject, candidates};
pub use door::{Plan, ShortestStep, plan, plan_among};
pub use order::{Gain, PlannedStep};
pub use outcome::Outcome;
pub use paged::{Asked, MOST_QUESTIONS, PagePlan, WithoutRecord, plan_page};
