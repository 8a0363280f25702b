#![doc = include_str!("ARCHITECTURE.md")]

pub mod base;
pub mod journal;
pub mod model;
pub mod progress;
pub mod readiness;
