//! The command line: the border with the world.

mod args;
mod ask;
mod commands;
mod config;
mod context;
mod environment;
pub mod error;
mod person;
mod record;
mod run;
mod ui;

pub use run::main;
