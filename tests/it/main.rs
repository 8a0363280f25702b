//! The tests that need more than one layer: one binary, a module each.

#![expect(clippy::expect_used, reason = "a test may stop where it cannot go on")]

mod golden;
mod histories;
mod ladder_props;
mod model_support;
mod promise_props;
mod readiness_props;
