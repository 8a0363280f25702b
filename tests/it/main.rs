//! The tests that need more than one file's insides, in one binary.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod check;
mod edit;
mod files;
mod folder;
mod hostile;
