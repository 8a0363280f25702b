//! All tests that go through the library's doors or the program itself, as one binary.

#![expect(
    clippy::disallowed_methods,
    reason = "tests build and inspect the folders the program works in"
)]
#![expect(clippy::print_stdout, reason = "a test that this machine cannot run says so")]
#![expect(clippy::format_push_string, reason = "texts of tests are short")]
#![expect(clippy::expect_used, reason = "a test may stop where it cannot go on")]
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]

mod agenda;
mod anonymous;
mod assign;
mod author;
mod authoring;
mod bad_input;
mod board;
mod calendars;
mod cases;
mod change_support;
mod changes;
mod check;
mod check_fix;
mod cli;
mod confirm;
mod content;
mod convergence;
mod curricula;
mod curricula_diff;
mod demo;
mod doctor;
mod edit;
mod erasure;
mod executive;
mod executive_laws;
mod executives;
mod explain;
mod export;
mod faults;
mod files;
mod folder;
mod generator;
mod golden;
mod histories;
mod history;
mod home;
mod hostile;
mod hr_lists;
mod ideas;
mod init;
mod journey;
mod ladder_props;
mod layers;
mod layouts;
mod learn;
mod log_formats;
mod mails;
mod many_cases;
mod mentoring;
mod mentors;
mod model_support;
mod new;
mod next;
mod notes;
mod nudge;
mod own_cases;
mod own_talks;
mod packets;
mod page;
mod pairing;
mod peers;
mod people;
mod plan_golden;
mod plan_offer;
mod plan_props;
mod plan_speed;
mod plan_support;
mod plan_told;
mod preview;
mod privacy;
mod programme;
mod progress;
mod promise_props;
mod question_import;
mod questions;
mod readiness;
mod readiness_props;
mod receipts;
mod receive;
mod record_store;
mod retention;
mod rushed;
mod schema;
mod several;
mod source;
mod stats;
mod support;
#[cfg(unix)]
mod sync;
#[cfg(unix)]
mod talks;
mod terminal;
mod texts;
mod tidy;
mod translations;
mod twelve_weeks;
mod undo;
mod wishes;
mod without_record;
mod year;
