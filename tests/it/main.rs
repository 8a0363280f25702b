//! All tests that go through the library's doors or the program itself, as one binary.

#![expect(
    clippy::disallowed_methods,
    reason = "tests build and inspect the folders the program works in"
)]
#![expect(clippy::expect_used, reason = "a test may stop where it cannot go on")]

mod assign;
mod cases;
mod cli;
mod confirm;
mod demo;
mod export;
mod faults;
mod files;
mod folder;
mod golden;
mod history;
mod hostile;
mod init;
mod journey;
mod learn;
mod log_formats;
mod model_support;
mod next;
mod people;
mod progress;
mod readiness;
mod support;
mod undo;
