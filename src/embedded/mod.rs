//! Texts inside the program: the shipped curricula, and the example workspace of `--demo`.

mod list;
mod trees;

pub use trees::{curricula, demo, demo_private, texts};
