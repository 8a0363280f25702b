use clap::Args;

use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};
use crate::cli::person::Subject;
use crate::cli::plan_order::{self, Planned, minutes_word};
use crate::table::{Column, Hint, Report, Value};

/// Name the next steps that fit the minutes you have; records nothing
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards next\n  upwards next --minutes 5\n  upwards next --demo -f json"
)]
pub(crate) struct NextArgs {
    /// Minutes you have [default: 10]
    #[arg(long, value_name = "N")]
    minutes: Option<u32>,
}

pub(crate) fn run(args: &NextArgs, context: &mut Context) -> Result<Outcome> {
    let subject = Subject::acting(context)?;
    let minutes = plan_order::minutes(args.minutes, context)?;
    let offer = plan_order::offer(&subject, context, minutes, None)?;
    let columns = vec![
        Column::screen("place", "", 1),
        Column::screen("kind", "KIND", 3),
        Column::screen("minutes", "MIN", 2),
        Column::screen("capability", "FOR", 4),
        Column::screen("step_id", "STEP", 5).hidden(),
        Column::screen("why", "WHY", 6).hidden(),
        Column::screen("title", "WHAT", 1),
    ];
    let mut report = Report::new("next", subject.as_of, columns);
    let total: u32 = offer.steps.iter().map(|s| s.seconds.0).sum();
    report.above = match offer.steps.is_empty() {
        false => vec![format!(
            "{}, your next {} ({} of them planned)",
            subject.person.name,
            minutes_word(minutes),
            total.div_ceil(60)
        )],
        true => vec![match &offer.shortest {
            Some((title, needs)) => {
                format!(
                    "Nothing fits {}; {} would do: {title}",
                    minutes_word(minutes),
                    minutes_word(*needs)
                )
            }
            None => "Nothing is left to do now.".to_owned(),
        }],
    };
    report.rows = offer
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| row(at, step))
        .collect();
    report.below = offer.book.iter().map(|talk| format!("To book: {talk}")).collect();
    if !offer.steps.is_empty() {
        report
            .hints
            .push(Hint::new("upwards learn", "start with the first"));
    }
    context.ui.report(report)?;
    Ok(Outcome::Done)
}

fn row(at: usize, step: &Planned) -> Vec<Value> {
    vec![
        Value::count(Some(at + 1)),
        Value::Code(step.kind),
        Value::Count(i64::from(step.seconds.minutes().0)),
        Value::Text(step.capabilities.clone()),
        Value::Text(step.step.to_string()),
        Value::Code(step.why),
        Value::Text(step.title.clone()),
    ]
}
