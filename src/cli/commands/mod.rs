//! One file a command: an Args struct whose comment is the help, and one `run`.

pub(crate) mod aim;
pub(crate) mod assign;
pub(crate) mod cases;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod confirm;
pub(crate) mod doctor;
pub(crate) mod export;
pub(crate) mod help;
pub(crate) mod history;
pub(crate) mod home;
pub(crate) mod init;
pub(crate) mod learn;
pub(crate) mod next;
pub(crate) mod notes;
pub(crate) mod nudge;
pub(crate) mod page;
pub(crate) mod people;
pub(crate) mod privacy;
pub(crate) mod progress;
mod progress_own;
pub(crate) mod readiness;
pub(crate) mod receive;
pub(crate) mod send;
pub(crate) mod undo;
