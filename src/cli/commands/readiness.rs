use clap::Args;

use crate::base::points::Band;
use crate::cli::context::{Context, curriculum_of};
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::person;
use crate::cli::team::{self, Choice};
use crate::model::settings::Layout;
use crate::report::{self, PersonRow, TeamOptions};

/// Show who is ready and what limits the others; with a person, why
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards readiness --demo\n  upwards readiness dana --demo\n  upwards readiness --group board -o board.csv\n  upwards readiness --long -f json\n  upwards readiness --fail-under 2    (exit 3 if fewer are ready)"
)]
pub(crate) struct ReadinessArgs {
    /// One person, explained line by line
    person: Option<String>,
    /// Only this group
    #[arg(long, value_name = "GROUP")]
    group: Vec<String>,
    /// Only this unit
    #[arg(long, value_name = "UNIT")]
    unit: Vec<String>,
    /// Only this capability, where one person is explained
    #[arg(long, value_name = "ID")]
    capability: Option<String>,
    /// Order: attention, name, unit, points, last [default: attention]
    #[arg(long, value_name = "ORDER")]
    sort: Option<Sort>,
    /// A row for each person and capability, as data
    #[arg(long)]
    long: bool,
    /// As it was on that day
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Exit with 3 if fewer people are ready today in all core capabilities
    #[arg(long, value_name = "N or N%")]
    fail_under: Option<String>,
    /// Exit with 3 if fewer people have reached all core capabilities
    #[arg(long, value_name = "N or N%")]
    fail_under_reached: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Sort {
    Attention,
    Name,
    Unit,
    Points,
    Last,
}

pub(crate) fn run(args: &ReadinessArgs, context: &mut Context) -> Result<Outcome> {
    if let Some(day) = &args.as_of {
        let today = day
            .parse()
            .map_err(|e| CliError::usage(format!("--as-of: {e}")))?;
        context.now.today = today;
    }
    if let Some(typed) = &args.person {
        return person::explain_for_leader(context, typed, args.capability.as_deref());
    }
    let (workspace, id) = context.workspace_with_curriculum()?;
    let curriculum = curriculum_of(&workspace, id.as_str())?;
    let rules = report::fingerprint(curriculum, &workspace.settings.readiness);
    let choice = Choice {
        groups: args.group.clone(),
        units: args.unit.clone(),
        ..Choice::default()
    };
    choice.check(&workspace)?;
    let (tree, as_of) = (context.tree()?, context.now.today);
    let format = context.ui.report_format()?;
    if args.long {
        let rows = team::everybody(
            context,
            &tree,
            &workspace,
            curriculum,
            &choice,
            as_of,
            |p, groups, progress, judged| {
                report::belongs(progress)
                    .then(|| report::long_rows(p, &groups, curriculum, &rules, progress, judged))
            },
        )?;
        let rows = rows.into_iter().flatten().collect();
        context.ui.report(report::readiness_long(rows, &rules, as_of))?;
        return Ok(Outcome::Done);
    }
    let is_data = format.is_data();
    let mut rows = team::everybody(
        context,
        &tree,
        &workspace,
        curriculum,
        &choice,
        as_of,
        |p, groups, progress, judged| {
            report::belongs(progress).then(|| {
                if is_data {
                    report::data_row(p, groups, progress, judged)
                } else {
                    report::person_row(p, groups, curriculum, progress, judged)
                }
            })
        },
    )?;
    let outcome = conditions(args, &rows)?;
    if is_data {
        if let Some(sort) = args.sort {
            sort_rows(&mut rows, sort);
        }
        let report = report::readiness_wide(curriculum, &rules, as_of);
        context.ui.report_items(report, &rows, |row| {
            report::wide_row(row, curriculum, &rules, as_of)
        })?;
        return Ok(outcome);
    }
    sort_rows(&mut rows, args.sort.unwrap_or(Sort::Attention));
    let options = TeamOptions {
        choice: choice.words(),
        rules,
        by_packets: workspace.settings.layout == Layout::Packets,
        ..TeamOptions::of(&workspace.settings)
    };
    context
        .ui
        .report(report::team_screen(&rows, curriculum, &options, as_of))?;
    Ok(outcome)
}

/// Attention: overdue days, then longest without activity, never first, then name: a list of whom to help.
fn sort_rows(rows: &mut [PersonRow], sort: Sort) {
    match sort {
        Sort::Attention => rows.sort_by(|a, b| {
            (b.overdue_days.unwrap_or(0), a.last_active_on, &a.name, &a.id).cmp(&(
                a.overdue_days.unwrap_or(0),
                b.last_active_on,
                &b.name,
                &b.id,
            ))
        }),
        Sort::Name => rows.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id))),
        Sort::Unit => rows.sort_by(|a, b| (&a.unit, &a.name, &a.id).cmp(&(&b.unit, &b.name, &b.id))),
        Sort::Points => rows.sort_by(|a, b| (b.points, &a.name, &a.id).cmp(&(a.points, &b.name, &b.id))),
        Sort::Last => {
            rows.sort_by(|a, b| (a.last_active_on, &a.name, &a.id).cmp(&(b.last_active_on, &b.name, &b.id)));
        }
    }
}

fn conditions(args: &ReadinessArgs, rows: &[PersonRow]) -> Result<Outcome> {
    let ready = rows.iter().filter(|r| r.band == Band::Ready).count();
    let reached = rows.iter().filter(|r| r.reached_all_on.is_some()).count();
    let mut outcome = Outcome::Done;
    for (flag, asked, have) in [
        ("--fail-under", &args.fail_under, ready),
        ("--fail-under-reached", &args.fail_under_reached, reached),
    ] {
        if let Some(asked) = asked
            && !at_least(flag, asked, have, rows.len())?
        {
            outcome = Outcome::ConditionFalse;
        }
    }
    Ok(outcome)
}

fn at_least(flag: &str, asked: &str, have: usize, of: usize) -> Result<bool> {
    let bad = || {
        CliError::usage(format!(
            "{flag} takes a whole number or a percentage, as 3 or 50%"
        ))
    };
    match asked.strip_suffix('%') {
        Some(percent) => {
            let percent: usize = percent.parse().map_err(|_| bad())?;
            if percent > 100 {
                Err(bad())
            } else {
                Ok(100 * have >= percent * of)
            }
        }
        None => Ok(have >= asked.parse::<usize>().map_err(|_| bad())?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_take_numbers_and_percentages() {
        assert!(at_least("--fail-under", "1", 1, 6).unwrap());
        assert!(!at_least("--fail-under", "2", 1, 6).unwrap());
        assert!(at_least("--fail-under", "50%", 3, 6).unwrap());
        assert!(!at_least("--fail-under", "51%", 3, 6).unwrap());
        for bad in ["x", "-1", "101%", "%", ""] {
            assert!(at_least("--fail-under", bad, 1, 6).is_err(), "{bad}");
        }
    }
}
