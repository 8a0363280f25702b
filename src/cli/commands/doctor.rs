use clap::Args;

use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};

/// Look at this computer and the logs, and name what was found
#[derive(Debug, Args)]
#[command(after_help = "EXAMPLES:\n  upwards doctor\n  upwards doctor -f json")]
pub(crate) struct DoctorArgs {}

pub(crate) fn run(_args: &DoctorArgs, _context: &mut Context) -> Result<Outcome> {
    Ok(Outcome::Done)
}
