//! Other programs' formats: text in, text out, pure.

mod calendar;
mod draft;
mod mail;
mod people_dates;
mod people_headings;
mod people_import;
mod people_others;
mod people_rows;
mod people_scim;
mod people_table;
mod people_who;
mod people_xlsx;
mod questions;
mod receipt;
mod xapi;

pub use calendar::{At, CalendarEntry, calendar};
pub use draft::{Attached, MailDraft, mail_draft};
pub use mail::{mail_sender, mail_texts};
pub use people_dates::is_date_form;
pub use people_headings::import_keys;
pub use people_import::{Change, Decision, ImportOptions, ImportPlan, Imported, Incoming, plan_import};
pub use people_scim::read_scim;
pub use people_table::{Counted, Row, Table, TableError, read_table, rejected_csv};
pub use people_xlsx::{is_workbook, read_workbook};
pub use questions::{
    Bank, BankError, Block, Fate, ForeignQuestion, NoQuestion, QuestionFormat, failures, read_bank,
    write_gift, write_moodle_xml,
};
pub use receipt::{
    Ground, Known, Line, PastPractice, PastTalk, Receipt, Refused, Stated, capability_of, event_id,
    normal_line, read_receipts, resolve, state, stray_lines, whole,
};
pub use xapi::{Names, Statement, statements};
