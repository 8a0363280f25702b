mod anonymous;
mod filter;
mod several;
mod since;

use clap::Args;

use self::filter::Filter;
use crate::cli::context::{Context, curriculum_of};
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::foreign;
use crate::cli::person;
use crate::cli::team::{self, Choice};
use crate::files::WantCurricula;
use crate::model::curriculum::Curriculum;
use crate::model::settings::Layout;
use crate::model::workspace::Workspace;
use crate::report::{self, PersonRow, TeamOptions};

const EXAMPLES: &str = "EXAMPLES:\n  upwards readiness --demo\n  upwards readiness dana --demo\n  upwards readiness --group board -o board.csv\n  upwards readiness --band .E --overdue    (whom to help first)\n  upwards readiness --long -f json\n  upwards readiness --since 2026-03-01    (who changed, and why)\n  upwards readiness --anonymous -o readiness.csv    (counts only)\n  upwards readiness -w halden -w oslo    (both in one table)\n  upwards readiness --fail-under 2    (exit 3 if fewer are ready)";

/// Show who is ready and what limits the others; with a person, why
///
/// Groups and units say whom the table is about: sums, shares and --fail-under count everybody of them. The other choices
/// say which rows are shown.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = long_help())]
pub(crate) struct ReadinessArgs {
    /// One person, explained line by line
    person: Option<String>,
    /// Only this group
    #[arg(long, value_name = "GROUP")]
    group: Vec<String>,
    /// Only this unit
    #[arg(long, value_name = "UNIT")]
    unit: Vec<String>,
    /// Show those to whom this module is assigned, or who began it
    #[arg(long, value_name = "ID", conflicts_with = "person")]
    module: Option<String>,
    /// Only this capability: its column, and what the other choices mean
    #[arg(long, value_name = "ID")]
    capability: Option<String>,
    /// Show those in these bands, by letter, as .E
    #[arg(long, value_name = "LETTERS", conflicts_with = "person")]
    band: Option<String>,
    /// Show those with something overdue
    #[arg(long, conflicts_with = "person")]
    overdue: bool,
    /// Show those from whom nothing came for so many days, or ever
    #[arg(long, value_name = "DAYS", conflicts_with = "person", value_parser = clap::value_parser!(u32).range(1..=36_500), allow_negative_numbers = true)]
    inactive: Option<u32>,
    /// Show those who have reached it, be it current or not
    #[arg(long, conflicts_with_all = ["person", "not_reached"])]
    reached: bool,
    /// Show those who have not
    #[arg(long, conflicts_with = "person")]
    not_reached: bool,
    /// Order: attention, name, unit, points, last [default: attention]
    #[arg(long, value_name = "ORDER")]
    sort: Option<Sort>,
    /// A row for each person and capability, as data
    #[arg(long)]
    long: bool,
    /// As it was on that day
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Who changed since that day, from what to what, and why
    #[arg(long, value_name = "DATE", conflicts_with_all = ["person", "long", "sort", "fail_under", "fail_under_reached"])]
    since: Option<String>,
    /// Counts by capability and band, of everybody, units and groups that are large enough; nobody is named
    #[arg(long, conflicts_with = "person")]
    anonymous: bool,
    /// Exit with 3 if fewer people are ready today in all core capabilities, whoever is shown
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

/// The examples, and what the columns mean that no export has.
fn long_help() -> String {
    let kinds = ["readiness --since DATE", "readiness --anonymous"];
    let help = kinds.into_iter().filter_map(report::Documented::of);
    let help: Vec<String> = help.map(report::Documented::help).collect();
    format!("{EXAMPLES}\n\n{}", help.join("\n"))
}

/// One of everybody, whether they are to be shown, and their rows of the long table where that is wanted.
struct Found {
    row: PersonRow,
    is_shown: bool,
    long: Vec<Vec<crate::table::Value>>,
}

pub(crate) fn run(args: &ReadinessArgs, context: &mut Context) -> Result<Outcome> {
    let real_today = context.now.today;
    if let Some(day) = &args.as_of {
        let today = day
            .parse()
            .map_err(|e| CliError::usage(format!("--as-of: {e}")))?;
        context.now.today = today;
    }
    if context.global.workspace.len() > 1 && !context.global.demo {
        return several::run(args, context);
    }
    if let Some(typed) = &args.person {
        is_told_here(typed, context)?;
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
    let filter = Filter::of(args, curriculum)?;
    if args.anonymous {
        return anonymous::run(args, context, &workspace, curriculum, filter.place(), real_today);
    }
    if let Some(day) = since::day(args, context.now.today)? {
        return since::run(context, &workspace, curriculum, &choice, &filter, day);
    }
    let as_of = context.now.today;
    let is_data = context.ui.report_format()?.is_data();
    let found = people(args, context, &workspace, curriculum, &choice, &filter)?;
    let outcome = conditions(args, &filter, found.iter().map(|one| &one.row))?;
    if args.long {
        let rows = found.into_iter().flat_map(|one| one.long).collect();
        context.ui.report(report::readiness_long(rows, &rules, as_of))?;
        return Ok(outcome);
    }
    let shown = found.iter().filter(|one| one.is_shown);
    let mut shown: Vec<&PersonRow> = shown.map(|one| &one.row).collect();
    if is_data {
        if let Some(sort) = args.sort {
            sort_rows(&mut shown, |row| *row, sort, filter.place());
        }
        let report = report::readiness_wide(curriculum, filter.place(), &rules, as_of);
        context.ui.report_items(report, &shown, |row| {
            report::wide_row(row, curriculum, filter.place(), &rules, as_of)
        })?;
        return Ok(outcome);
    }
    sort_rows(
        &mut shown,
        |row| *row,
        args.sort.unwrap_or(Sort::Attention),
        filter.place(),
    );
    let everybody: Vec<&PersonRow> = found.iter().map(|one| &one.row).collect();
    let words = choice.words().into_iter();
    let words: Vec<String> = words
        .chain(filter.capability.map(|(_, name)| name.to_owned()))
        .collect();
    let options = TeamOptions {
        choice: (!words.is_empty()).then(|| words.join(", ")),
        capability: filter.place(),
        narrowed: filter.words(),
        rules,
        by_packets: workspace.settings.layout == Layout::Packets,
        ..TeamOptions::of(&workspace.settings)
    };
    context.ui.report(report::team_screen(
        &everybody, &shown, curriculum, &options, as_of,
    ))?;
    Ok(outcome)
}

/// Refuses what a copy does not know: in a mentor's copy nobody else stands anywhere.
fn is_told_here(typed: &str, context: &mut Context) -> Result<()> {
    let workspace = context.workspace(WantCurricula::None)?;
    let Some(reader) = context.known_me(&workspace)? else {
        return Ok(());
    };
    let person = context.person_to_read(&workspace, typed)?;
    let tree = context.tree()?;
    match workspace.person(reader.as_str()) {
        Some(reader) if foreign::is_without_standing(&tree, &workspace, reader, person) => {
            Err(CliError::could_not(format!(
                "where {} stands is not known here: your copy holds of others the pairs and talks you mentor, and nothing else",
                person.name
            ))
            .hint("your pairs: upwards mentors list"))
        }
        _ => Ok(()),
    }
}

/// Everybody of one workspace whom the table is about.
fn people(
    args: &ReadinessArgs,
    context: &mut Context,
    workspace: &Workspace,
    curriculum: &Curriculum,
    choice: &Choice,
    filter: &Filter<'_>,
) -> Result<Vec<Found>> {
    let (tree, as_of) = (context.tree()?, context.now.today);
    let rules = report::fingerprint(curriculum, &workspace.settings.readiness);
    let is_data = args.long || context.ui.report_format()?.is_data();
    team::everybody(
        context,
        &tree,
        workspace,
        curriculum,
        choice,
        as_of,
        |p, groups, progress, judged| {
            report::belongs(progress).then(|| {
                let is_shown = filter.fits(progress, judged, as_of);
                let mut long = Vec::new();
                if args.long && is_shown {
                    long = report::long_rows(p, &groups, curriculum, &rules, progress, judged);
                    if let Some(place) = filter.place() {
                        long = vec![long.swap_remove(place)];
                    }
                }
                let row = if is_data {
                    report::data_row(p, groups, progress, judged)
                } else {
                    report::person_row(p, groups, curriculum, progress, judged)
                };
                Found { row, is_shown, long }
            })
        },
    )
}

/// Attention: overdue days, then longest without activity, never first, then name: a list of whom to help.
/// Points are those of the one capability that is meant, if there is one.
fn sort_rows<'a, T>(rows: &mut [T], of: impl Fn(&T) -> &'a PersonRow, sort: Sort, place: Option<usize>) {
    let points = |row: &PersonRow| {
        let one = place.and_then(|place| row.capabilities.get(place));
        one.map_or(row.points, |cell| cell.points)
    };
    let by_name = |a: &PersonRow, b: &PersonRow| (&a.name, &a.id).cmp(&(&b.name, &b.id));
    rows.sort_by(|a, b| {
        let (a, b) = (of(a), of(b));
        let first = match sort {
            Sort::Attention => (b.overdue_days.unwrap_or(0), a.last_active_on)
                .cmp(&(a.overdue_days.unwrap_or(0), b.last_active_on)),
            Sort::Name => std::cmp::Ordering::Equal,
            Sort::Unit => a.unit.cmp(&b.unit),
            Sort::Points => points(b).cmp(&points(a)),
            Sort::Last => a.last_active_on.cmp(&b.last_active_on),
        };
        first.then_with(|| by_name(a, b))
    });
}

/// Whether what is asked for holds, of everybody whom the table is about.
fn conditions<'a>(
    args: &ReadinessArgs,
    filter: &Filter<'_>,
    rows: impl Iterator<Item = &'a PersonRow>,
) -> Result<Outcome> {
    let (mut of, mut ready, mut reached) = (0, 0, 0);
    for row in rows {
        let (is_ready, has_reached) = filter.counts(row);
        of += 1;
        ready += usize::from(is_ready);
        reached += usize::from(has_reached);
    }
    let mut outcome = Outcome::Done;
    for (flag, asked, have) in [
        ("--fail-under", &args.fail_under, ready),
        ("--fail-under-reached", &args.fail_under_reached, reached),
    ] {
        if let Some(asked) = asked
            && !at_least(flag, asked, have, of)?
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
