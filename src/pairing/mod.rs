//! Who meets whom: mentors for executives, and groups of peers. Pure, in whole numbers, the same input the same answer.

mod alternatives;
mod assign;
mod fit;
mod groups;
mod load;
mod mentors;
mod peers;
mod people;
mod ties;
mod waiting;
mod worths;

pub use fit::{Fit, Mentor, NoFit, Part, Seeker, Skill, fit, need_of};
pub use groups::{Group, GroupFacts, barred_two, groups};
pub use load::{Mentored, free_seats, loads, mentored};
pub use mentors::{Match, Proposal, Unmatched, Why, match_mentors};
pub use peers::{EXPERIENCE, FEWEST_SEEKERS, Peer, PeerGroups, PeerSeeker, form_groups};
pub use people::{
    Facts, Host, Idle, PairFacts, PlannedTalk, Rules, arranged, has_been_through, hosts, idle_pairs, mentors,
    pairs_by_mentor, peer_seekers, places, seekers, skills,
};
pub use ties::{are_rivals, lines};
pub use waiting::{Waits, last_met, why_waiting};
