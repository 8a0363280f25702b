//! From the domain to tables: one file a report. Nothing here can name a private type.

mod assignments;
mod cases;
mod columns;
mod explain;
mod findings;
mod ledger;
mod people;
mod progress;
mod readiness;
mod row;
mod rules;
mod team;

pub use assignments::step_rows;
pub use cases::{case_list, case_page};
pub use explain::{explain_long, explanation};
pub use ledger::{Ledger, LedgerLine};
pub use people::{people_table, person_page};
pub use progress::{STEP_COLUMNS, StepRow, steps_report};
pub use readiness::{TeamOptions, team_screen};
pub use row::{CapabilityCell, PersonRow, belongs, person_row};
pub use rules::fingerprint;
pub use team::{long_rows, readiness_long, readiness_wide};
