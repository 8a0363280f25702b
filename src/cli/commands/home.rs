//! The bare command: where you are, and the best use of the next minutes.

use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};

pub(crate) fn run(_context: &mut Context) -> Result<Outcome> {
    Ok(Outcome::Done)
}
