//! Judges what people wrote: what the values mean together. Form was looked at while reading (`files`); this is about
//! references, content and people.

mod cases;
mod cycles;
mod gates;
mod guess;
mod habits;
mod ids;
mod known;
mod look_alike;
mod minutes;
mod numbers;
mod people;
mod practices;
mod questions;
mod references;
mod repair;
mod review;
mod revisions;
mod rules;
mod rules_of_content;
mod rules_of_form;
mod rules_of_logs;
mod run;
mod translations;

pub use guess::{GuessChance, MOST_GUESSING_PER_MILLE, gates_to_guess, guess_chances, guessed_gate};
pub use people::erased_returned;
pub use repair::{Repaired, is_better, repaired};
pub use rules::{Example, Rule, rule, rules};
pub use run::{Counted, counted, run};
