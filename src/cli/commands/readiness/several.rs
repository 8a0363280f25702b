//! `readiness -w A -w B`: several workspaces in one table, where they follow the same rules.

use super::filter::Filter;
use super::{Found, ReadinessArgs, Sort, conditions, people, sort_rows};
use crate::base::id::CurriculumId;
use crate::base::texts::t_n;
use crate::cli::context::{Context, curriculum_of};
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::several::{self, one_table, say_twins, unread, with_workspaces};
use crate::cli::team::Choice;
use crate::model::curriculum::Curriculum;
use crate::model::settings::Layout;
use crate::model::workspace::Workspace;
use crate::report::{self, PersonRow, TeamOptions};
use crate::table::Column;

/// One of the workspaces, read.
struct Part {
    workspace: Workspace,
    curriculum: CurriculumId,
    rules: String,
    found: Vec<Found>,
    /// Why nobody of it is meant: it has no group or unit of that name.
    not_here: Option<CliError>,
}

impl Part {
    fn curriculum(&self) -> Result<&Curriculum> {
        curriculum_of(&self.workspace, self.curriculum.as_str())
    }

    fn id(&self) -> &str {
        self.workspace.settings.id.as_str()
    }

    /// What has to be equal where figures are to stand in one table.
    fn measure(&self) -> (&str, &str) {
        (self.curriculum.as_str(), &self.rules)
    }
}

pub(super) fn run(args: &ReadinessArgs, context: &mut Context) -> Result<Outcome> {
    let others = [
        ("PERSON", args.person.is_some()),
        ("--since", args.since.is_some()),
        ("--anonymous", args.anonymous),
    ];
    if let Some((flag, _)) = others.iter().find(|(_, is_given)| *is_given) {
        return Err(CliError::usage(format!(
            "{flag} is about one workspace: name it with one -w"
        )));
    }
    let choice = Choice {
        groups: args.group.clone(),
        units: args.unit.clone(),
        ..Choice::default()
    };
    let (mut parts, mut broken) = (Vec::new(), Vec::new());
    for folder in context.global.workspace.clone() {
        match read(args, context, &choice, &folder) {
            Ok(part) => parts.push(part),
            // How the command was typed is wrong for all of them.
            Err(error) if error.kind == crate::cli::error::Kind::Usage => return Err(error),
            Err(error) => broken.push((folder, error)),
        }
    }
    say_twins(context, parts.iter().map(Part::id))?;
    // A name that one workspace knows is no slip; one that none knows is.
    if !parts.is_empty()
        && parts.iter().all(|part| part.not_here.is_some())
        && let Some(error) = parts.iter_mut().find_map(|part| part.not_here.take())
    {
        return Err(error);
    }
    let outcome = if parts.is_empty() {
        Outcome::Done
    } else {
        show(args, context, &choice, &parts)?
    };
    match unread(broken, parts.len()) {
        Some(error) => Err(error),
        None => Ok(outcome),
    }
}

fn read(args: &ReadinessArgs, context: &Context, choice: &Choice, folder: &str) -> Result<Part> {
    let mut inside = several::inside(context, folder)?;
    let (workspace, id) = inside.workspace_with_curriculum()?;
    let curriculum = curriculum_of(&workspace, id.as_str())?;
    let filter = Filter::of(args, curriculum)?;
    let not_here = choice.check(&workspace).err();
    let found = people(args, &mut inside, &workspace, curriculum, choice, &filter)?;
    Ok(Part {
        rules: report::fingerprint(curriculum, &workspace.settings.readiness),
        curriculum: id,
        found,
        not_here,
        workspace,
    })
}

fn show(args: &ReadinessArgs, context: &Context, choice: &Choice, parts: &[Part]) -> Result<Outcome> {
    // Those that compare, in the order in which they were named.
    let mut alike: Vec<Vec<&Part>> = Vec::new();
    for part in parts {
        match alike.iter_mut().find(|some| some[0].measure() == part.measure()) {
            Some(some) => some.push(part),
            None => alike.push(vec![part]),
        }
    }
    if alike.len() > 1 {
        if args.fail_under.is_some() || args.fail_under_reached.is_some() {
            return Err(CliError::usage(
                "--fail-under is about figures that compare, and curriculum or rules of these differ",
            )
            .hint("one of them alone: one -w"));
        }
        let named: Vec<String> = parts
            .iter()
            .map(|part| format!("{} {} {}", part.id(), part.curriculum, part.rules))
            .collect();
        context.ui.notice(&format!(
            "note: these do not compare, because curriculum or rules differ: {}",
            named.join("; ")
        ))?;
    }
    if args.long || context.ui.report_format()?.is_data() {
        data(args, context, parts)?;
    } else {
        // A second table in a file would take the place of the first.
        let is_screen = !context.ui.wants_data()? && context.ui.out_file.is_none();
        if alike.len() > 1 && !is_screen {
            return Err(CliError::could_not(
                "these workspaces do not compare: they are no one table for a file",
            )
            .hint("with the rules in each row: -f csv; or one of them alone: one -w"));
        }
        for (at, some) in alike.iter().enumerate() {
            if at > 0 {
                context.ui.line("")?;
            }
            screen(args, context, choice, some)?;
        }
    }
    let first = parts[0].curriculum()?;
    let filter = Filter::of(args, first)?;
    let rows = parts.iter().flat_map(|part| &part.found).map(|one| &one.row);
    conditions(args, &filter, rows)
}

fn data(args: &ReadinessArgs, context: &Context, parts: &[Part]) -> Result<()> {
    let as_of = context.now.today;
    let mut reports = Vec::with_capacity(parts.len());
    for part in parts {
        let curriculum = part.curriculum()?;
        let filter = Filter::of(args, curriculum)?;
        let report = if args.long {
            let rows = part.found.iter().flat_map(|one| one.long.clone()).collect();
            report::readiness_long(rows, &part.rules, as_of)
        } else {
            let mut report = report::readiness_wide(curriculum, filter.place(), &part.rules, as_of);
            let shown = part.found.iter().filter(|one| one.is_shown);
            let mut shown: Vec<&PersonRow> = shown.map(|one| &one.row).collect();
            if let Some(sort) = args.sort {
                sort_rows(&mut shown, |row| *row, sort, filter.place());
            }
            let cells =
                |row: &&PersonRow| report::wide_row(row, curriculum, filter.place(), &part.rules, as_of);
            report.rows = shown.iter().map(cells).collect();
            report
        };
        reports.push((part.id(), report));
    }
    one_table(reports.into_iter())?.map_or(Ok(()), |report| context.ui.report(report))
}

fn screen(args: &ReadinessArgs, context: &Context, choice: &Choice, parts: &[&Part]) -> Result<()> {
    let as_of = context.now.today;
    let curriculum = parts[0].curriculum()?;
    let filter = Filter::of(args, curriculum)?;
    let found = || {
        parts
            .iter()
            .flat_map(|part| part.found.iter().map(move |one| (*part, one)))
    };
    let everybody: Vec<&PersonRow> = found().map(|(_, one)| &one.row).collect();
    let mut shown: Vec<(&str, &PersonRow)> = found()
        .filter(|(_, one)| one.is_shown)
        .map(|(part, one)| (part.workspace.settings.name.as_str(), &one.row))
        .collect();
    sort_rows(
        &mut shown,
        |(_, row)| row,
        args.sort.unwrap_or(Sort::Attention),
        filter.place(),
    );
    let names = match parts {
        [one] => one.workspace.settings.name.clone(),
        several => t_n!(
            "team.workspaces",
            several.len(),
            "{n} workspace",
            "{n} workspaces"
        ),
    };
    let words: Vec<String> = std::iter::once(names)
        .chain(choice.words())
        .chain(filter.capability.map(|(_, name)| name.to_owned()))
        .collect();
    let options = TeamOptions {
        choice: Some(words.join(", ")),
        capability: filter.place(),
        narrowed: filter.words(),
        rules: parts[0].rules.clone(),
        by_packets: parts
            .iter()
            .any(|part| part.workspace.settings.layout == Layout::Packets),
        ..TeamOptions::of(&parts[0].workspace.settings)
    };
    let rows: Vec<&PersonRow> = shown.iter().map(|(_, row)| *row).collect();
    let mut report = report::team_screen(&everybody, &rows, curriculum, &options, as_of);
    let of: Vec<String> = shown.iter().map(|(name, _)| (*name).to_owned()).collect();
    let label = crate::base::texts::t!("column.workspace", "WORKSPACE");
    with_workspaces(&mut report, 1, Column::screen("workspace", label, 2), &of);
    // What to type next would have to say in which of them.
    report.hints.clear();
    context.ui.report(report)
}
