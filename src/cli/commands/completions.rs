use clap::Args;
use clap_complete::Shell;

use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};
use crate::cli::run;

/// Print a completion script for your shell
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards completions bash > ~/.local/share/bash-completion/completions/upwards\n  upwards completions fish > ~/.config/fish/completions/upwards.fish"
)]
pub(crate) struct CompletionsArgs {
    /// bash, zsh, fish, powershell, elvish
    shell: Shell,
}

pub(crate) fn run(args: &CompletionsArgs, context: &mut Context) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut run::command(), "upwards", &mut script);
    context.ui.bytes(&script)?;
    Ok(Outcome::Done)
}
