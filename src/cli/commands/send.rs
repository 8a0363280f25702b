mod copy;
mod log;

use clap::Args;

use crate::base::texts::t;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::files::WantCurricula;
use crate::packet::{self, MOST_BYTES, Packet};

/// Put into a file what others lack and may have: to the leaders, or a copy for a person
///
/// Without --to: what was recorded on this computer and the leaders do not have yet. With --to, for leaders: each person's
/// copy of the workspace. Nothing leaves this computer by itself: mail the file, or hand it over; `upwards receive` takes it.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards send -o ana.packet\n  upwards send --summary\n  upwards send --all -o ana.packet     (a packet got lost)\n  upwards send --to ana -o ana.packet\n  upwards send --to group:board -o packets\n  upwards send --team -o maya.packet"
)]
pub(crate) struct SendArgs {
    /// Whose copy: a person, or group:NAME; as often as needed
    #[arg(long, value_name = "WHO", num_args = 1.., conflicts_with_all = ["team", "all", "summary"])]
    to: Vec<String>,
    /// Leaders: what you noted for the other leaders only
    #[arg(long)]
    team: bool,
    /// From the first line: when a packet got lost
    #[arg(long)]
    all: bool,
    /// Print it as the lines of a receipt, and write nothing
    #[arg(long)]
    summary: bool,
}

pub(crate) fn run(args: &SendArgs, context: &mut Context) -> Result<Outcome> {
    if context.ui.format.is_some() {
        return Err(CliError::usage("a packet has one form").hint("leave out --format"));
    }
    let workspace = context.workspace(WantCurricula::InUse)?;
    if args.to.is_empty() {
        log::run(args, context, &workspace)
    } else {
        copy::run(&args.to, context, &workspace)
    }
}

/// The text of a packet that mails can carry.
fn text_of(packet: &Packet) -> Result<String> {
    let text = packet::write(packet);
    if text.len() > MOST_BYTES {
        return Err(CliError::could_not(format!(
            "the packet would have {} MiB, at most {} are taken",
            text.len() / (1024 * 1024),
            MOST_BYTES / (1024 * 1024)
        ))
        .hint("share the workspace as a folder or by git: [sharing] in upwards.toml"));
    }
    Ok(text)
}

/// Who reads a packet, and what is never in one.
fn never_in_it(context: &Context) -> Result<()> {
    context.ui.prose(
        &t!(
            "send.never",
            "Not in it: answers, what was missed, notes, how sure somebody was, minutes."
        ),
        0,
    )
}
