//! Other programs' formats: text in, text out, pure.

mod calendar;
mod people_import;
mod people_table;

pub use calendar::{At, CalendarEntry, calendar};
pub use people_import::{Change, Decision, ImportOptions, ImportPlan, Imported, Incoming, plan_import};
pub use people_table::{Row, Table, TableError, read_table, rejected_csv};
