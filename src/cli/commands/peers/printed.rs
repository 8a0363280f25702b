//! `peers report`: what groups of peers came to, as a page for others.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};
use crate::cli::mentoring::{Page, since_of_flag};
use crate::report::{first_group, named_as_peers, peers_document};

/// One page for others: groups, talks, which aims and worries met whose experience, what changed in readiness
///
/// Names nobody unless --names, in any format. Of fewer people than [privacy] min_group it does not say how it went.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards peers report --demo\n  upwards peers report -o peers.html\n  upwards peers report --names --since 2026-01-01 -o peers.xlsx"
)]
pub(super) struct PeersReportArgs {
    /// Compare readiness with that day [default: the day before the first group was formed]
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Name people
    #[arg(long)]
    names: bool,
}

pub(super) fn run(args: &PeersReportArgs, context: &mut Context) -> Result<Outcome> {
    let typed = since_of_flag(args.since.as_deref(), context)?;
    let page = Page::of(args.names, context)?;
    let then = page.compared(typed, first_group, context)?;
    let document = peers_document(&page.participants, then.as_ref(), &page.about()?);
    let named = named_as_peers(&page.participants);
    page.print(&document, &named, "upwards peers report -o peers.html", context)?;
    Ok(Outcome::Done)
}
