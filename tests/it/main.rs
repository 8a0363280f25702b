//! All tests that go through the library's doors or the program itself, as one binary.

#![expect(
    clippy::disallowed_methods,
    reason = "tests build and inspect the folders the program works in"
)]

mod log_formats;
