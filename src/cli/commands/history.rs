use clap::Args;

use crate::base::texts::t;
use crate::base::time::Date;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::history::{self, Line};
use crate::cli::person::Subject;
use crate::cli::record::Kept;
use crate::table::{Column, Report, Value};

/// Show what was recorded, newest first
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards history\n  upwards history --since 2026-03-01\n  upwards history --person dana      (shared events only)"
)]
pub(crate) struct HistoryArgs {
    /// From that day on
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only events of this kind, as practised
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Somebody else: what is shared of theirs
    #[arg(long, value_name = "ID")]
    person: Option<String>,
}

pub(crate) fn run(args: &HistoryArgs, context: &mut Context) -> Result<Outcome> {
    let since: Option<Date> = args
        .since
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(|e| CliError::usage(format!("--since: {e}")))?;
    let subject = match &args.person {
        Some(typed) => Subject::named(context, typed)?,
        None => Subject::acting(context)?,
    };
    let with_private = args.person.is_none();
    if with_private {
        context.ui.only_for_own_eyes();
    }
    let mut lines = history::lines(&subject, context, with_private)?;
    if with_private {
        lines.extend(history::notes(&subject, context)?);
        lines.extend(history::mentored(&subject, context)?);
        history::sort(&mut lines);
    }
    lines
        .retain(|l| since.is_none_or(|day| l.day >= day) && args.kind.as_deref().is_none_or(|k| k == l.kind));
    lines.reverse();
    let columns = vec![
        Column::screen("day", t!("column.day", "DAY"), 1),
        Column::screen("kind", t!("column.kind", "KIND"), 3).hidden(),
        Column::screen("private", t!("column.private", "PRIVATE"), 4).hidden(),
        Column::screen("device", t!("column.device", "DEVICE"), 5).hidden(),
        Column::screen("by", t!("column.by", "BY"), 4).hidden(),
        Column::screen("taken_back", t!("column.taken_back", "TAKEN BACK"), 6).hidden(),
        Column::screen("event_id", t!("column.event", "EVENT"), 2),
        Column::screen("words", t!("column.what", "WHAT"), 1),
    ];
    let mut report = Report::new("history", subject.as_of, columns);
    if lines.is_empty() {
        report
            .above
            .push(t!("history.nothing", "Nothing was recorded yet."));
    }
    report.rows = lines.into_iter().map(row).collect();
    context.ui.report(report)?;
    Ok(Outcome::Done)
}

fn row(line: Line) -> Vec<Value> {
    let words = match (&line.why_not, line.kept) {
        (Some(why), _) => format!("{} ({why})", line.words),
        (None, Kept::Private) => t!("history.private", "{what} (private)", what = line.words),
        (None, Kept::Team) => t!("history.team", "{what} (leaders only)", what = line.words),
        (None, Kept::Shared) => line.words,
    };
    vec![
        Value::Date(line.day),
        Value::Text(line.kind),
        Value::YesNo(line.kept == Kept::Private),
        Value::Text(line.device),
        Value::Text(line.by),
        Value::YesNo(line.taken_back),
        Value::Text(line.id.to_string()),
        Value::Text(words),
    ]
}
