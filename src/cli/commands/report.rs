use clap::Args;

use crate::base::text::is_unprintable;
use crate::base::time::Date;
use crate::cli::context::{Context, curriculum_of, day_of_flag};
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::several;
use crate::cli::team::{self, Choice};
use crate::files;
use crate::report::{self, BoardAbout, BoardDays, Mentions, Presence, Scope, WithoutNames};
use crate::table::{Document, Hint};

/// One page for others: what was saved, who stands where, what is missing
///
/// Names nobody unless --names, in any format. Of fewer people than [privacy] min_group it does not say where they stand.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards report --demo\n  upwards report -o board.html\n  upwards report --group board --names -o board.xlsx\n  upwards report --since 2026-01-01 -o board.md\n  upwards report -w halden -w oslo -o both.html"
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

pub(crate) fn run(args: &ReportArgs, context: &mut Context) -> Result<Outcome> {
    let real_today = context.now.today;
    if let Some(day) = day_of_flag("--as-of", args.as_of.as_deref())? {
        context.now.today = day;
    }
    let title = args.title.as_deref().map(title).transpose()?;
    if context.global.workspace.len() > 1 && !context.global.demo {
        return of_several(args, context, title, real_today);
    }
    let page = page(args, context, &choice(args), title, real_today)?;
    context.ui.document(&page.document)?;
    if args.names {
        let names: Vec<&str> = page.names.iter().map(String::as_str).collect();
        context.ui.says_who_is_named(&names)?;
    } else if context.ui.out_file.is_none() {
        let hint = Hint::new(
            "upwards report -o board.html",
            "the same as a page to print or to mail",
        );
        context.ui.hints(&[hint])?;
    }
    Ok(Outcome::Done)
}

/// One page after the other in one document, each as it is alone. Nothing is summed over them: what one workspace is too small
/// to tell could be had from a sum and the others.
fn of_several(
    args: &ReportArgs,
    context: &Context,
    title: Option<&str>,
    real_today: Date,
) -> Result<Outcome> {
    let found = several::each(context, &choice(args), |inside, choice| {
        page(args, inside, choice, title, real_today)
    })?;
    let title = title.map_or_else(
        || {
            let names: Vec<&str> = found.parts.iter().map(|part| part.name.as_str()).collect();
            names.join(", ")
        },
        str::to_owned,
    );
    let named: Vec<String> = found
        .parts
        .iter()
        .flat_map(|part| part.value.names.iter().cloned())
        .collect();
    let parts = found.parts.iter();
    let parts = parts.map(|part| (part.id.clone(), part.name.clone(), part.value.document.clone()));
    if let Some(document) = Document::of_several(&title, parts) {
        context.ui.document(&document)?;
    }
    if args.names {
        let names: Vec<&str> = named.iter().map(String::as_str).collect();
        context.ui.says_who_is_named(&names)?;
    }
    found.outcome().map(|()| Outcome::Done)
}

fn choice(args: &ReportArgs) -> Choice {
    Choice {
        groups: args.group.clone(),
        units: args.unit.clone(),
        ..Choice::default()
    }
}

/// The page of one workspace, and whom it names where names are wanted.
struct Page {
    document: Document,
    names: Vec<String>,
}

fn page(
    args: &ReportArgs,
    context: &mut Context,
    choice: &Choice,
    title: Option<&str>,
    real_today: Date,
) -> Result<Page> {
    let as_of = context.now.today;
    let since = day_of_flag("--since", args.since.as_deref())?;
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
            let view = one.of_board(person, &workspace.settings);
            let is_chosen = choice.fits(person, &groups);
            let member = report::board_member(&view, groups.clone(), &days);
            let presence =
                (!args.names).then(|| Presence::of(&view, member.as_ref(), groups, &days, real_today));
            Some((member.filter(|_| is_chosen), presence))
        },
    )?;
    let mut members = Vec::with_capacity(found.len());
    let mut everybody = Vec::with_capacity(found.len());
    for (member, presence) in found {
        members.extend(member);
        everybody.extend(presence);
    }
    let told = (!args.names).then(|| {
        let fewest = usize::try_from(workspace.settings.privacy.min_group).unwrap_or(usize::MAX);
        report::told_days(&everybody, &scope(choice), fewest)
    });
    let mentions = (!args.names).then(|| Mentions::of(&workspace.people));
    let rules = report::fingerprint(curriculum, &workspace.settings.readiness);
    let words = choice.words();
    let about = BoardAbout {
        curriculum,
        settings: &workspace.settings,
        rules: &rules,
        title,
        choice: words.as_deref(),
        group: match args.group.as_slice() {
            [one] => Some(one),
            _ => None,
        },
        without_names: told
            .as_ref()
            .zip(mentions.as_ref())
            .map(|(told, mentions)| WithoutNames { told, mentions }),
    };
    let rows = members.iter().filter_map(|member| member.row.as_ref());
    let rows = rows.filter(|_| args.names);
    Ok(Page {
        names: rows.map(|row| row.name.to_string()).collect(),
        document: report::board(&members, &about, &days),
    })
}

/// A title as it may stand at the head of a page: one line, not empty, not a page by itself.
fn title(typed: &str) -> Result<&str> {
    /// Characters.
    const MOST: usize = 120;
    let title = typed.trim();
    let refused = |why: &str| {
        Err(CliError::usage(format!("--title {why}"))
            .hint("one line of at most 120 characters, or no --title for the curriculum's"))
    };
    match title.chars().count() {
        0 => refused("is empty"),
        n if n > MOST => refused(&format!("has {n} characters")),
        _ if title.contains(is_unprintable) => refused("holds a line break or a character that nobody sees"),
        _ => Ok(title),
    }
}

/// Whom a report without names is about.
fn scope(choice: &Choice) -> Scope {
    match (choice.groups.first(), choice.units.first()) {
        (Some(group), _) => Scope::Group(group.as_str().into()),
        (None, Some(unit)) => Scope::Unit(unit.as_str().into()),
        (None, None) => Scope::Everybody,
    }
}
