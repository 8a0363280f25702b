//! The tests that need more than one file's insides, in one binary.

mod check;
mod edit;
mod files;
mod folder;
mod hostile;
