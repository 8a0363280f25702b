//! `mentors report`: what pairs came to, as a page for others.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};
use crate::cli::mentoring::{Page, since_of_flag};
use crate::report::{first_pair, mentors_document, named_as_pairs};

/// One page for others: pairs, talks, what mentors gave, what changed in readiness
///
/// Names nobody unless --names, in any format. Of fewer people than [privacy] min_group it does not say how it went.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards mentors report --demo --names\n  upwards mentors report -o mentors.html\n  upwards mentors report --names --since 2026-01-01 -o mentors.md"
)]
pub(super) struct MentorsReportArgs {
    /// Compare readiness with that day [default: the day before the first pair was made]
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Name people
    #[arg(long)]
    names: bool,
}

pub(super) fn run(args: &MentorsReportArgs, context: &mut Context) -> Result<Outcome> {
    let typed = since_of_flag(args.since.as_deref(), context)?;
    let page = Page::of(args.names, context)?;
    let then = page.compared(typed, first_pair, context)?;
    let document = mentors_document(&page.participants, then.as_ref(), &page.about()?);
    let named = named_as_pairs(&page.participants);
    page.print(
        &document,
        &named,
        "upwards mentors report -o mentors.html",
        context,
    )?;
    Ok(Outcome::Done)
}
