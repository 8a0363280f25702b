//! Other programs' formats: text in, text out, pure.

mod calendar;
mod draft;
mod mail;
mod people_import;
mod people_table;
mod receipt;

pub use calendar::{At, CalendarEntry, calendar};
pub use draft::{Attached, MailDraft, mail_draft};
pub use mail::{mail_sender, mail_texts};
pub use people_import::{Change, Decision, ImportOptions, ImportPlan, Imported, Incoming, plan_import};
pub use people_table::{Row, Table, TableError, read_table, rejected_csv};
pub use receipt::{
    Ground, Known, Line, PastPractice, PastTalk, Receipt, Refused, Stated, capability_of, event_id,
    normal_line, read_receipts, resolve, state, stray_lines, whole,
};
