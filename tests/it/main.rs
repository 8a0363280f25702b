//! All tests that go through the library's doors or the program itself, as one binary.

#![expect(
    clippy::disallowed_methods,
    reason = "tests build and inspect the folders the program works in"
)]
#![expect(clippy::expect_used, reason = "a test may stop where it cannot go on")]
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]

mod check;
mod edit;
mod explain;
mod files;
mod folder;
mod generator;
mod golden;
mod histories;
mod hostile;
mod ladder_props;
mod log_formats;
mod model_support;
mod promise_props;
mod readiness_props;
mod support;
