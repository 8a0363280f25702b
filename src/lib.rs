#![doc = include_str!("ARCHITECTURE.md")]

pub mod base;
pub mod cli;
pub mod disk;
pub mod interop;
pub mod journal;
pub mod log;
pub mod model;
pub mod render;
pub mod session;
pub mod store;
pub mod table;
pub mod vault;
