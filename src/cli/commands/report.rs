use clap::Args;

use crate::base::time::Date;
use crate::cli::context::{Context, curriculum_of};
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::team::{self, Choice};
use crate::files;
use crate::model::settings::Settings;
use crate::report::{self, BoardAbout, BoardDays, BoardMember, BoardView, Scope, Told};
use crate::table::Hint;

/// One page for others: what was saved, who stands where, what is missing
///
/// Names nobody unless --names, in any format. Of fewer people than [privacy] min_group it does not say where they stand.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards report --demo\n  upwards report -o board.html\n  upwards report --group board --names -o board.xlsx\n  upwards report --since 2026-01-01 -o board.md"
)]
pub(crate) struct ReportArgs {
    /// Only this group
    #[arg(long, value_name = "GROUP")]
    group: Vec<String>,
    /// Only this unit
    #[arg(long, value_name = "UNIT")]
    unit: Vec<String>,
    /// Compare with that day [default: a month ago]
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// As it was on that day
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Name people
    #[arg(long)]
    names: bool,
    /// Another title
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

/// Somebody of the programme: in the report, or one of the others.
enum Found {
    Member(Box<BoardMember>),
    /// With unit and groups.
    Other(Option<String>, Vec<Box<str>>),
}

pub(crate) fn run(args: &ReportArgs, context: &mut Context) -> Result<Outcome> {
    if let Some(day) = day("--as-of", args.as_of.as_deref())? {
        context.now.today = day;
    }
    let as_of = context.now.today;
    let since = day("--since", args.since.as_deref())?;
    if let Some(since) = since.filter(|since| *since >= as_of) {
        return Err(CliError::usage(format!(
            "--since {since} is not before {as_of}, the day of the report"
        )));
    }
    let days = BoardDays::of(as_of, since);
    let (mut workspace, id) = context.workspace_with_curriculum()?;
    let tree = context.tree()?;
    let language = &workspace.settings.language;
    for curriculum in &mut workspace.curricula {
        context.sound(files::fill_case_steps(&tree, curriculum, language))?;
    }
    let curriculum = curriculum_of(&workspace, id.as_str())?;
    let choice = Choice {
        groups: args.group.clone(),
        units: args.unit.clone(),
        ..Choice::default()
    };
    choice.check(&workspace)?;
    if !args.names && args.group.len() + args.unit.len() > 1 {
        return Err(CliError::usage(
            "without names a report is about one group or one unit: what several have in common may be one person",
        )
        .hint("one report for each of them; or with names: --names"));
    }
    // Without names the others count too: nobody may be found by taking the chosen ones from the whole.
    let looked_at = if args.names {
        choice.clone()
    } else {
        Choice::default()
    };
    let looked_at = Choice {
        since: Some(days.first()),
        ..looked_at
    };
    let found = team::everybody_in(
        context,
        &tree,
        &workspace,
        &[curriculum],
        &looked_at,
        as_of,
        |person, groups, standings| {
            let one = standings.first()?;
            if !choice.fits(person, &groups) {
                return (person.is_here(as_of) && report::belongs(&one.progress))
                    .then(|| Found::Other(person.unit.clone(), groups));
            }
            let view = BoardView {
                person,
                lookup: one.lookup,
                yardstick: one.yardstick,
                curriculum,
                settings: &workspace.settings,
                events: one.events,
                progress: &one.progress,
                assessment: &one.assessment,
            };
            report::board_member(&view, groups, &days).map(|member| Found::Member(Box::new(member)))
        },
    )?;
    let is_told = is_told(&found, &choice, &workspace.settings);
    let members: Vec<BoardMember> = found
        .into_iter()
        .filter_map(|one| match one {
            Found::Member(member) => Some(*member),
            Found::Other(..) => None,
        })
        .collect();
    let rules = report::fingerprint(curriculum, &workspace.settings.readiness);
    let words = choice.words();
    let about = BoardAbout {
        curriculum,
        settings: &workspace.settings,
        rules: &rules,
        title: args.title.as_deref(),
        choice: words.as_deref(),
        group: match args.group.as_slice() {
            [one] => Some(one),
            _ => None,
        },
        names: args.names,
        is_told,
    };
    context.ui.document(&report::board(&members, &about, &days))?;
    if args.names {
        say_who_is_named(context, &members)?;
    } else if context.ui.out_file.is_none() {
        let hint = Hint::new(
            "upwards report -o board.html",
            "the same as a page to print or to mail",
        );
        context.ui.hints(&[hint])?;
    }
    Ok(Outcome::Done)
}

/// Whether the chosen ones may be told of beside everybody else who is: the rule of `readiness --anonymous`.
fn is_told(found: &[Found], choice: &Choice, settings: &Settings) -> bool {
    let people: Vec<(Option<&str>, &[Box<str>])> = found
        .iter()
        .filter_map(|one| match one {
            Found::Member(member) => {
                let row = member.row.as_ref()?;
                Some((row.unit.as_deref(), row.groups.as_slice()))
            }
            Found::Other(unit, groups) => Some((unit.as_deref(), groups.as_slice())),
        })
        .collect();
    let scope = match (choice.groups.first(), choice.units.first()) {
        (Some(group), _) => Scope::Group(group.as_str().into()),
        (None, Some(unit)) => Scope::Unit(unit.as_str().into()),
        (None, None) => Scope::Everybody,
    };
    let fewest = usize::try_from(settings.privacy.min_group).unwrap_or(usize::MAX);
    let counted = report::counted(&people, fewest);
    counted
        .iter()
        .any(|one| one.scope == scope && one.told == Told::Yes)
}

fn day(flag: &str, typed: Option<&str>) -> Result<Option<Date>> {
    let day = typed.map(str::parse).transpose();
    day.map_err(|e| CliError::usage(format!("{flag}: {e}")))
}

/// Who shows a report with names should know whom it names, and what was promised.
fn say_who_is_named(context: &Context, members: &[BoardMember]) -> Result<()> {
    /// More names than this nobody reads.
    const NAMED: usize = 8;
    let rows = members.iter().filter_map(|member| member.row.as_ref());
    let names: Vec<&str> = rows.map(|row| row.name.as_ref()).collect();
    let first = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(NAMED);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    context.ui.notice(&format!(
        "note: it names {first}{more}; what they were promised about that: launch/charter.md"
    ))
}
