//! All tests that go through the library's doors or the program itself, as one binary.

#![expect(clippy::disallowed_methods, reason = "tests build and inspect the folders the program works in")]
#![expect(clippy::expect_used, reason = "a helper of a test may fail like the test itself")]

mod generator;
mod log_formats;
mod support;
