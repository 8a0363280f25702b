#![doc = include_str!("ARCHITECTURE.md")]

pub mod base;
pub mod disk;
pub mod journal;
pub mod log;
pub mod model;
pub mod render;
pub mod store;
pub mod table;
pub mod vault;
