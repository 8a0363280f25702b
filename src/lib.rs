#![doc = include_str!("ARCHITECTURE.md")]

pub mod base;
pub mod check;
pub mod disk;
pub mod embedded;
pub mod files;
pub mod journal;
pub mod model;
