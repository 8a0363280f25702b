use clap::Args;

use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};
use crate::cli::person::Subject;
use crate::cli::plan;
use crate::report::{self, PlanAbout};

/// Name the best use of the minutes you have; records nothing
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards next\n  upwards next --minutes 5 --why\n  upwards next --demo -f json"
)]
pub(crate) struct NextArgs {
    /// Minutes you have [default: 10]
    #[arg(long, value_name = "N")]
    minutes: Option<u32>,
    /// Why each step was chosen, and what waits for what
    #[arg(long)]
    why: bool,
}

pub(crate) fn run(args: &NextArgs, context: &mut Context) -> Result<Outcome> {
    let subject = Subject::acting(context)?;
    let minutes = plan::minutes(args.minutes, context)?;
    let is_data = context.ui.wants_data()?;
    plan::with_plan(&subject, context, minutes, |plan, subjects| {
        let report = if is_data {
            report::plan_data(plan, subjects, subject.as_of)
        } else {
            let about = PlanAbout {
                name: &subject.person.name,
                minutes,
                today: subject.as_of,
                with_reasons: args.why,
            };
            report::plan_screen(plan, subjects, &about)
        };
        context.ui.report(report)
    })?;
    Ok(Outcome::Done)
}
