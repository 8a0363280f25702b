mod facets;
mod find;
mod show;

use clap::{Args, Subcommand};

use self::facets::FacetArgs;
use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};
use crate::cli::library::Library;
use crate::report;

/// Read the case library, find a case, see what is lacking
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards cases search angry customers\n  upwards cases search chatbot --failed --year 2020-\n  upwards cases near ana\n  upwards cases gaps\n  upwards cases show klm-social-service"
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
}

#[derive(Debug, Args)]
struct ListArgs {
    #[command(flatten)]
    facets: FacetArgs,
}

pub(crate) fn run(args: &CasesArgs, context: &mut Context) -> Result<Outcome> {
    match &args.what {
        CasesCommand::List(args) => list(args, context),
        CasesCommand::Search(args) => find::search(args, context),
        CasesCommand::Near(args) => find::near(args, context),
        CasesCommand::Gaps(args) => find::gaps(args, context),
        CasesCommand::Show(args) => show::run(args, context),
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
