use clap::Args;

use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};

/// Find all problems of all files, with lines; silent when all is well
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards check\n  upwards check curricula/efficiency --strict\n  upwards check -f json\n  upwards check --explain U104"
)]
pub(crate) struct CheckArgs {
    /// Files or folders [default: the workspace]
    paths: Vec<String>,
    /// Warnings count as errors
    #[arg(long)]
    strict: bool,
    /// What a code means, with an example
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
    /// All codes
    #[arg(long)]
    list: bool,
}

pub(crate) fn run(_args: &CheckArgs, _context: &mut Context) -> Result<Outcome> {
    Ok(Outcome::Done)
}
