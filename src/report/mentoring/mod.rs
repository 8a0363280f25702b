//! What pairs and groups of peers came to, as pages for others: two documents of several tables. They name nobody unless
//! that is asked for, and of few people they do not say how it went. Nothing private is in them, with names or without:
//! wishes, vetoes, answers about a pair and reasons have no field here.

mod build;
mod change;
mod encounters;
mod groups;
mod pairs;
mod participant;
mod parts;
mod talks;
mod telling;

pub use build::{mentors_document, named_as_pairs, named_as_peers, peers_document};
pub use change::Then;
pub use participant::{
    Commitment, GroupRecord, PairRecord, Participant, TalkRecord, first_group, first_pair,
};
pub use parts::MentoringAbout;
