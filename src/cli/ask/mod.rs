//! Three ways to ask, and the one that refuses to.

mod input;
mod line;
mod none;
mod rich;
mod script;

pub(crate) use input::{StoppableInput, stop};
pub(crate) use line::LineAsk;
pub(crate) use none::NoAsk;
pub(crate) use rich::RichAsk;
pub(crate) use script::{Answers, ScriptAsk};
