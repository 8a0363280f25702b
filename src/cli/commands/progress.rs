use clap::Args;

use crate::cli::commands::progress_own;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::person::{self, Subject};
use crate::cli::team;
use crate::report;

/// Show your bands and what each rests on
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards progress\n  upwards progress serve\n  upwards progress --steps -o progress.csv\n  upwards progress --as-leader"
)]
pub(crate) struct ProgressArgs {
    /// One capability only
    capability: Option<String>,
    /// Every step, as data
    #[arg(long)]
    steps: bool,
    /// Exactly what a leader sees of you, by the same code
    #[arg(long)]
    as_leader: bool,
}

pub(crate) fn run(args: &ProgressArgs, context: &mut Context) -> Result<Outcome> {
    let subject = Subject::acting(context)?;
    if args.as_leader {
        let id = subject.person.id.to_string();
        return person::explain_for_leader(context, &id, args.capability.as_deref());
    }
    let id = context.curriculum_id(&subject.workspace.settings)?;
    let curriculum = subject.curriculum(id.as_str())?;
    if args.steps {
        let groups = team::groups_of(&subject.workspace, &subject.person);
        // Leaders' reasons are for leaders: this is the person's own list.
        let facts = report::StepFacts {
            cases: team::case_heads(curriculum),
            seconds_per_question: subject.workspace.settings.plan.seconds_per_question,
            reasons: report::Reasons::new(),
        };
        return subject.view(context, curriculum, |view| {
            let rows = report::step_rows(&subject.person, &groups, curriculum, &facts, view.progress);
            context.ui.report(report::steps_report(rows, subject.as_of))?;
            Ok(Outcome::Done)
        });
    }
    if let Some(typed) = &args.capability
        && curriculum.capability(typed).is_none()
    {
        let names = curriculum
            .capabilities
            .iter()
            .map(|c| (c.id.as_str(), c.name.as_str()));
        return Err(CliError::unknown(typed, "capability", names, "upwards progress"));
    }
    progress_own::show(context, &subject, curriculum, args.capability.as_deref())
}
