//! The command line: the border with the world.

mod args;
mod ask;
mod baselines;
mod calendar;
mod changes;
mod commands;
mod config;
mod context;
mod desk;
mod environment;
pub mod error;
mod foreign;
mod git;
mod history;
mod library;
mod meetings;
mod mentoring;
mod packets;
mod packs;
mod page_maker;
mod pages;
mod person;
mod plan;
mod reasons;
mod record;
mod rounds;
mod run;
mod sent;
mod several;
mod team;
mod ui;
mod unkept;
mod wrap_up;

pub use run::main;
