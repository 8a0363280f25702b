//! Three ways to ask, and the one that refuses to.

mod editor;
mod input;
mod line;
mod menu;
mod none;
mod printed;
mod rich;
mod script;
mod surface;
mod typing;
mod words;

pub(crate) use editor::{Editor, open_in};
#[cfg(feature = "lrs")]
pub(crate) use input::was_stopped;
pub(crate) use input::{StoppableInput, read_all, stop};
pub(crate) use line::LineAsk;
pub(crate) use none::NoAsk;
pub(crate) use printed::{Printed, Solution};
pub(crate) use rich::RichAsk;
pub(crate) use script::{Answers, ScriptAsk};
