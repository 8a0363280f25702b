//! What needs a leader, the most useful first: each thing with its reason, the minutes it takes whoever does it, and the
//! command to run. Everything comes from shared logs and files; nothing is made by reading.

mod experts;
mod item;
mod joiners;
mod layout;
mod material;
mod page;
mod person;
mod soon;
mod stuck;
mod talks;
mod together;

pub use experts::{AgendaExpert, Experts};
pub use item::{AgendaAbout, AgendaItem, AgendaSoon, AgendaView};
pub use joiners::{AgendaMember, AgendaModule, later_joiners};
pub use material::{due_reviews, waiting_ideas};
pub use page::{agenda_data, agenda_lines, in_order};
pub use person::{PersonAgenda, person_agenda};
pub use soon::soon;
pub use together::{
    barred_groups, full_mentors, groups_without_day, half_recorded_groups, pairs_to_end, unsure_pairs,
    without_mentor,
};
