//! All tests that go through the library's doors or the program itself, as one binary.

#![expect(
    clippy::disallowed_methods,
    reason = "tests build and inspect the folders the program works in"
)]
#![expect(clippy::expect_used, reason = "a test may stop where it cannot go on")]
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]

mod assign;
mod cases;
mod check;
mod cli;
mod confirm;
mod demo;
mod edit;
mod explain;
mod export;
mod files;
mod folder;
mod generator;
mod golden;
mod histories;
mod history;
mod hostile;
mod init;
mod journey;
mod ladder_props;
mod layers;
mod learn;
mod log_formats;
mod model_support;
mod next;
mod people;
mod progress;
mod promise_props;
mod readiness;
mod readiness_props;
mod source;
mod support;
mod tidy;
mod undo;
