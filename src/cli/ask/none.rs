//! Nobody to ask: every question is wrong use that names its flag. What is shown still goes to stderr.

use std::io::{self, Write};

use crate::base::text::to_terminal;
use crate::session::{Ask, AskError, Question, Reply};

pub(crate) struct NoAsk;

impl Ask for NoAsk {
    fn ask(&mut self, question: &Question) -> Result<Reply, AskError> {
        Err(AskError::NoTerminal {
            question: question.id.clone(),
            flag: question.flag.clone(),
        })
    }

    fn say(&mut self, line: &str) -> Result<(), AskError> {
        writeln!(io::stderr().lock(), "{}", to_terminal(line))?;
        Ok(())
    }

    fn width(&self) -> usize {
        72
    }
}
