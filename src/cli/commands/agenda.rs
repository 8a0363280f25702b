use clap::Args;

use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::cli::commands::nudge::last_reminders;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::team::{Choice, Standing, everybody_in};
use crate::files::{CaseFolder, WantCurricula};
use crate::model::curriculum::Curriculum;
use crate::model::person::{Person, Role};
use crate::model::workspace::Workspace;
use crate::report::{self, AgendaItem, AgendaMember, AgendaSoon, AgendaView};

/// What needs you this week, the most useful first, each with the command to run
///
/// Overdue, waiting for somebody's word, never started, figures and pairs that stalled, talks, silence, later joiners, ideas,
/// material to be looked at again. The thresholds stand in upwards.toml. Nothing is made by reading.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards agenda\n  upwards agenda --all --days 14\n  upwards agenda --group board\n  upwards agenda -f csv -o agenda.csv"
)]
pub(crate) struct AgendaArgs {
    /// Only people of this group
    #[arg(long, value_name = "GROUP")]
    group: Vec<String>,
    /// Only people of this unit
    #[arg(long, value_name = "UNIT")]
    unit: Vec<String>,
    /// How far ahead "coming up" looks
    #[arg(long, value_name = "N", default_value_t = 7)]
    days: u32,
    /// Everything; else the first twelve
    #[arg(long)]
    all: bool,
}

/// Things shown without `--all`: what fits a screen.
const SHOWN: usize = 12;

pub(crate) fn run(args: &AgendaArgs, context: &mut Context) -> Result<Outcome> {
    let workspace = context.workspace(WantCurricula::InUse)?;
    let me = context.actor(&workspace, Some(Role::Leader))?;
    if !workspace
        .person(me.as_str())
        .is_some_and(|me| me.is(Role::Leader))
    {
        return Err(CliError::could_not(format!(
            "{} leads nobody here: the agenda is the leaders'",
            workspace.name_of(me.as_str())
        ))
        .hint("what waits for you: upwards"));
    }
    let choice = Choice {
        groups: args.group.clone(),
        units: args.unit.clone(),
        ..Choice::default()
    };
    choice.check(&workspace)?;
    let (items, soon) = agenda(context, &workspace, &choice, args.days)?;
    let today = context.now.today;
    if context.ui.wants_data()? {
        context.ui.report(report::agenda_data(&items, today))?;
        return Ok(Outcome::Done);
    }
    let ui = &context.ui;
    let columns = ui.options.screen.width.min(78);
    ui.line(title(&workspace, me.as_str(), items.len(), today))?;
    ui.line("")?;
    let shown = if args.all { items.len() } else { SHOWN };
    ui.lines(report::agenda_lines(&items, &soon, shown, today, columns))?;
    Ok(Outcome::Done)
}

fn title(workspace: &Workspace, me: &str, count: usize, today: Date) -> String {
    let things = t_n!(
        "agenda.title",
        count,
        "{n} thing needs you",
        "{n} things need you"
    );
    t!(
        "agenda.heading",
        "{name}, {day}: {things}",
        name = workspace.name_of(me),
        day = today.with_weekday(),
        things = things
    )
}

/// What one person's log gives for the agenda.
struct Found {
    item: Option<AgendaItem>,
    soon: Vec<AgendaSoon>,
    ideas: Vec<Date>,
    member: Member,
}

struct Member {
    id: Box<str>,
    name: String,
    groups: Vec<Box<str>>,
    unit: Option<Box<str>>,
    /// Of each curriculum in use, the modules assigned, with their due dates.
    modules: Vec<Vec<(Box<str>, Option<Date>)>>,
}

/// Everything that needs a leader, in order, and what comes up in so many days.
pub(crate) fn agenda(
    context: &mut Context,
    workspace: &Workspace,
    choice: &Choice,
    days: u32,
) -> Result<(Vec<AgendaItem>, Vec<AgendaSoon>)> {
    let tree = context.tree()?;
    let today = context.now.today;
    let reminded = last_reminders(&tree, workspace.settings.nudge.pause_days, today)?;
    let curricula: Vec<&Curriculum> = workspace.curricula.iter().collect();
    let found = everybody_in(
        context,
        &tree,
        workspace,
        &curricula,
        choice,
        today,
        |person, groups, standings| {
            Some(of_person(
                person,
                groups,
                standings,
                workspace,
                reminded.get(person.id.as_str()).copied(),
                days,
                today,
            ))
        },
    )?;
    let mut items: Vec<AgendaItem> = found.iter().filter_map(|one| one.item.clone()).collect();
    let mut soon: Vec<AgendaSoon> = found.iter().flat_map(|one| one.soon.clone()).collect();
    soon.sort();
    soon.dedup();
    for (at, curriculum) in curricula.iter().enumerate() {
        let members: Vec<AgendaMember<'_>> = found
            .iter()
            .map(|one| AgendaMember {
                id: &one.member.id,
                name: &one.member.name,
                groups: &one.member.groups,
                unit: one.member.unit.as_deref(),
                modules: &one.member.modules[at],
            })
            .collect();
        items.extend(report::later_joiners(&members, curriculum, today));
    }
    let ideas: Vec<Date> = found.iter().flat_map(|one| one.ideas.iter().copied()).collect();
    items.extend(report::waiting_ideas(&ideas, &workspace.settings, today));
    let stale = stale_cases(context, workspace, today)?;
    items.extend(report::due_reviews(&workspace.curricula, stale, today));
    report::in_order(&mut items);
    Ok((items, soon))
}

fn of_person(
    person: &Person,
    groups: Vec<Box<str>>,
    standings: &[Standing<'_>],
    workspace: &Workspace,
    reminded: Option<Date>,
    days: u32,
    today: Date,
) -> Found {
    let views: Vec<AgendaView<'_>> = standings
        .iter()
        .map(|standing| AgendaView {
            curriculum: standing.curriculum,
            progress: &standing.progress,
            assessment: &standing.assessment,
        })
        .collect();
    let assigned = |view: &AgendaView<'_>| {
        let records = view
            .progress
            .modules
            .iter()
            .filter(|record| record.assigned.is_some());
        records.map(|record| (record.id.into(), record.due)).collect()
    };
    // An idea stands in the log once, whatever curriculum it is read with.
    let ideas = views.first().map_or_else(Vec::new, |view| {
        let open = view.progress.ideas.iter().filter(|idea| idea.handled.is_none());
        open.map(|idea| idea.event.day).collect()
    });
    Found {
        item: report::person_agenda(person, &views, workspace, reminded, today),
        soon: report::soon(person, &views, &workspace.settings, days, today),
        ideas,
        member: Member {
            id: person.id.as_str().into(),
            name: person.name.clone(),
            groups,
            unit: person.unit.as_deref().map(Into::into),
            modules: views.iter().map(assigned).collect(),
        },
    }
}

/// Cases of the curricula in use that are past their day of review; one that cannot be read is told by `check`.
fn stale_cases(context: &mut Context, workspace: &Workspace, today: Date) -> Result<usize> {
    let tree = context.tree()?;
    let mut stale = 0;
    for id in &workspace.settings.curricula {
        let folder = CaseFolder::open(&tree, id)?;
        let cases = folder
            .ids()
            .iter()
            .filter_map(|case| folder.load(case, "en").value);
        stale += cases.filter(|case| case.review_by < today).count();
    }
    Ok(stale)
}
