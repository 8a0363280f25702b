//! `readiness --since`: who changed, from what to what, and why.

use super::ReadinessArgs;
use super::filter::Filter;
use crate::base::time::Date;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::team::{self, Choice};
use crate::model::curriculum::Curriculum;
use crate::model::workspace::Workspace;
use crate::readiness::Yardstick;
use crate::report::{self, ChangedAbout, ChangedRow, ChangedSums};

/// One person between the two days.
struct Found {
    rows: Vec<ChangedRow>,
    sums: ChangedSums,
    /// The first day of their log.
    first: Option<Date>,
}

/// The day of `--since`, which lies before the day that is looked at.
pub(super) fn day(args: &ReadinessArgs, as_of: Date) -> Result<Option<Date>> {
    let day: Option<Date> = args
        .since
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(|e: <Date as std::str::FromStr>::Err| CliError::usage(format!("--since: {e}")))?;
    match day {
        Some(since) if since >= as_of => Err(CliError::usage(format!(
            "--since {since} is not before {as_of}, the day that is looked at"
        ))
        .hint("an earlier day, or a later one to look at: --as-of DATE")),
        day => Ok(day),
    }
}

pub(super) fn run(
    context: &mut Context,
    workspace: &Workspace,
    curriculum: &Curriculum,
    choice: &Choice,
    filter: &Filter<'_>,
    since: Date,
) -> Result<Outcome> {
    let (tree, as_of) = (context.tree()?, context.now.today);
    let settings = &workspace.settings;
    let rules = report::fingerprint(curriculum, &settings.readiness);
    let yardstick = Yardstick::of(curriculum, settings);
    let about = ChangedAbout {
        curriculum,
        yardstick: &yardstick,
        since,
        as_of,
        only: filter.place(),
    };
    let looked_at = Choice {
        since: Some(since),
        ..choice.clone()
    };
    let is_narrowed = filter.words().is_some();
    let found = team::everybody_in(
        context,
        &tree,
        workspace,
        &[curriculum],
        &looked_at,
        as_of,
        |person, groups, standings| {
            let one = standings.first()?;
            let then = one.lookup.fold(one.events, settings, since);
            let judged = one.yardstick.assess(&then, None, since);
            let was_in = person.is_here(since) && report::belongs(&then);
            let is_in = person.is_here(as_of) && report::belongs(&one.progress);
            let first = one.events.first().map(|event| event.day);
            if !was_in && !is_in {
                return None;
            }
            let (before, after) = ((&then, &judged), (&one.progress, &one.assessment));
            let mut sums = ChangedSums::default();
            sums.add(&about, was_in.then_some(before), is_in.then_some(after));
            // Choices by where somebody stands are about today.
            let is_shown = !is_narrowed || (is_in && filter.fits(&one.progress, &one.assessment, as_of));
            let rows = if is_shown {
                report::changed_rows(person, &groups, &about, before, after, (was_in, is_in))
            } else {
                Vec::new()
            };
            Some(Found { rows, sums, first })
        },
    )?;
    let first = found.iter().filter_map(|one| one.first).min();
    if let Some(first) = first.filter(|first| since < *first) {
        context.ui.notice(&format!(
            "note: nothing was recorded before {first}: on {since} nobody had begun"
        ))?;
    }
    let sums = found
        .iter()
        .fold(ChangedSums::default(), |all, one| all.with(one.sums));
    let rows: Vec<ChangedRow> = found.into_iter().flat_map(|one| one.rows).collect();
    if context.ui.report_format()?.is_data() {
        context.ui.report(report::changed_data(&rows, &about, &rules))?;
        return Ok(Outcome::Done);
    }
    let words: Vec<String> = choice
        .words()
        .into_iter()
        .chain(filter.capability.map(|(_, name)| name.to_owned()))
        .chain(filter.words())
        .collect();
    let words = (!words.is_empty()).then(|| words.join(", "));
    let screen = report::changed_screen(&rows, sums, &about, &rules, words.as_deref());
    context.ui.report(screen)?;
    Ok(Outcome::Done)
}
