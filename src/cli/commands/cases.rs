mod add;
pub(super) mod draft;
mod facets;
mod find;
mod pack;
mod show;

use clap::{Args, Subcommand};

use self::facets::FacetArgs;
use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};
use crate::cli::library::Library;
use crate::report;

/// Read the case library, find a case, see what is lacking, add your own
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards cases search angry customers\n  upwards cases search chatbot --failed --year 2020-\n  upwards cases near ana\n  upwards cases gaps\n  upwards cases show klm-social-service\n  upwards cases draft --from 8dbc88ac\n  upwards cases add drafts/our-chat.toml\n  upwards cases pack -o ours.pack"
)]
pub(crate) struct CasesArgs {
    #[command(subcommand)]
    what: CasesCommand,
}

#[derive(Debug, Subcommand)]
enum CasesCommand {
    /// All cases of the library, or those of a kind
    List(ListArgs),
    /// Cases that hold these words, the best first
    Search(find::SearchArgs),
    /// Cases nearest to somebody: the same worry, work, market
    Near(find::NearArgs),
    /// What the library lacks, by capability, function and sector
    Gaps(find::GapsArgs),
    /// One case in full, with claims and sources
    Show(show::ShowArgs),
    /// Begin a case of your own, from a talk, a practice or an idea
    Draft(draft::DraftArgs),
    /// Take a case, or a pack of cases, into the library; only sound ones
    Add(add::AddArgs),
    /// Write cases of your own into one file for others
    Pack(pack::PackArgs),
}

#[derive(Debug, Args)]
struct ListArgs {
    #[command(flatten)]
    facets: FacetArgs,
}

/// Whether a command of this kind writes.
pub(crate) fn writes(args: &CasesArgs) -> bool {
    matches!(args.what, CasesCommand::Draft(_) | CasesCommand::Add(_))
}

pub(crate) fn run(args: &CasesArgs, context: &mut Context) -> Result<Outcome> {
    match &args.what {
        CasesCommand::List(args) => list(args, context),
        CasesCommand::Search(args) => find::search(args, context),
        CasesCommand::Near(args) => find::near(args, context),
        CasesCommand::Gaps(args) => find::gaps(args, context),
        CasesCommand::Show(args) => show::run(args, context),
        CasesCommand::Draft(args) => draft::run(args, context),
        CasesCommand::Add(args) => add::run(args, context),
        CasesCommand::Pack(args) => pack::run(args, context),
    }
}

fn list(args: &ListArgs, context: &mut Context) -> Result<Outcome> {
    let settings = context.settings()?;
    let facets = args.facets.read(context.now.today)?;
    let library = Library::open(context, &settings)?;
    let mut cases = library.all(context)?;
    let all = cases.len();
    cases.retain(|one| facets.fit(&one.case));
    if cases.is_empty() && all > 0 {
        facets::say_nothing_fits(context, &facets, all)?;
    }
    let data = context.ui.wants_data()?;
    context
        .ui
        .report(report::case_list(&cases, data, context.now.today))?;
    Ok(Outcome::Done)
}
