use std::collections::BTreeMap;

use clap::Args;

use crate::base::id::EventId;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::cli::context::{Context, curriculum_of};
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::record::{Entries, Recorder};
use crate::disk::Tree;
use crate::model::curriculum::{Curriculum, Step};
use crate::model::event::Fact;
use crate::model::person::{Person, Role};
use crate::model::workspace::Workspace;
use crate::progress::{Progress, fold};
use crate::store::{self, Buffers};

/// Assign a module, or a whole curriculum as a programme, to people
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards assign rules-and-roles --to group:board --due 2026-04-10\n  upwards assign rules-and-roles --to ana --due +4w --reason \"on leave\"   (an extension)\n  upwards assign efficiency --to group:board --start 2026-04-01 --every 2w\n  upwards assign rules-and-roles --to ana --remove\n  upwards assign rules-and-roles --to ana --waive ask-a-peer --reason \"led the team\""
)]
pub(crate) struct AssignArgs {
    /// A module, or a curriculum with --start
    what: String,
    /// A person, group:NAME or unit:NAME; as often as needed
    #[arg(long, required = true, value_name = "WHO")]
    to: Vec<String>,
    /// Due date, or +4w, +10d from today
    #[arg(long, value_name = "DATE|+4w")]
    due: Option<String>,
    /// Why; shared with the person
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Take the assignment back
    #[arg(long, conflicts_with_all = ["due", "waive", "start", "every"])]
    remove: bool,
    /// Waive this step of the module; the reason stays with the leaders
    #[arg(long, value_name = "STEP", conflicts_with_all = ["due", "start", "every"])]
    waive: Option<String>,
    /// Until when a step is waived [default: for good]
    #[arg(long, value_name = "DATE", requires = "waive")]
    until: Option<String>,
    /// A programme: when it starts
    #[arg(long, value_name = "DATE", requires = "every")]
    start: Option<String>,
    /// A programme: the time for each module, as 2w
    #[arg(long, value_name = "SPAN", requires = "start")]
    every: Option<String>,
}

pub(crate) fn run(args: &AssignArgs, context: &mut Context) -> Result<Outcome> {
    let (workspace, id) = context.workspace_with_curriculum()?;
    let curriculum = curriculum_of(&workspace, id.as_str())?;
    let today = context.now.today;
    let people = people(args, &workspace, context)?;
    let by = context.actor(&workspace, Some(Role::Leader))?;
    let tree = context.tree()?;
    let mut all = Vec::new();
    let mut notes = Vec::new();
    for person in &people {
        let facts = with_progress(&tree, &workspace, curriculum, person, today, |progress| {
            facts_for(args, curriculum, person, progress, today, &mut notes)
        })?;
        all.push((*person, facts));
    }
    for note in notes {
        context.ui.notice(&note)?;
    }
    let affected: Vec<&(&Person, Vec<Fact<'static>>)> =
        all.iter().filter(|(_, facts)| !facts.is_empty()).collect();
    if affected.is_empty() {
        context.ui.line(t!("assign.nothing", "Nothing to change."))?;
        return Ok(Outcome::Done);
    }
    let what = summary(args, curriculum)?;
    context.ui.line(t_n!(
        "assign.title",
        affected.len(),
        "{what}: {n} person",
        "{what}: {n} people",
        what = what
    ))?;
    for (person, facts) in &affected {
        context
            .ui
            .line(format!("  {} ({}){}", person.name, person.id, dates(facts)))?;
    }
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    if affected.len() > 1 && !context.agreed("assign.yes", &t!("assign.ask", "Write this?"), "--yes")? {
        context.ui.line(t!("nothing_written", "Nothing was written."))?;
        return Ok(Outcome::Done);
    }
    let mut recorder = Recorder::new(context, &workspace.settings)?;
    let entries: Vec<Entries<'_>> = affected
        .iter()
        .map(|(person, facts)| Entries {
            person: person.id.as_str(),
            by: by.as_str(),
            facts: facts.clone(),
            via: None,
        })
        .collect();
    let ids = recorder.record(&entries)?;
    if args.waive.is_some()
        && let Some(reason) = &args.reason
    {
        recorder.record_reasons(&ids, by.as_str(), reason)?;
    }
    context.ui.line(t!("saved", "Saved."))?;
    Ok(Outcome::Done)
}

fn people<'a>(args: &AssignArgs, workspace: &'a Workspace, context: &Context) -> Result<Vec<&'a Person>> {
    let mut people: BTreeMap<&str, &'a Person> = BTreeMap::new();
    let today = context.now.today;
    for who in &args.to {
        if let Some(group) = who.strip_prefix("group:") {
            let ids = workspace.group_ids();
            if !ids.contains(group) {
                return Err(CliError::unknown(
                    group,
                    "group",
                    ids.into_iter().map(|g| (g, "")),
                    "upwards people list",
                ));
            }
            let group = group.to_owned();
            let members = workspace.people.iter().filter(|p| {
                p.is(Role::Executive)
                    && crate::cli::team::groups_of(workspace, p)
                        .iter()
                        .any(|g| **g == *group)
            });
            people.extend(members.map(|p| (p.id.as_str(), p)));
        } else if let Some(unit) = who.strip_prefix("unit:") {
            let members: Vec<&Person> = workspace
                .people
                .iter()
                .filter(|p| p.unit.as_deref() == Some(unit) && p.is(Role::Executive))
                .collect();
            if members.is_empty() {
                let units = workspace
                    .people
                    .iter()
                    .filter_map(|p| p.unit.as_deref())
                    .map(|u| (u, ""));
                return Err(CliError::unknown(
                    unit,
                    "unit with executives",
                    units,
                    "upwards people list",
                ));
            }
            people.extend(members.into_iter().map(|p| (p.id.as_str(), p)));
        } else {
            let person = context.person(workspace, who)?;
            if !person.is(Role::Executive) || person.external {
                return Err(CliError::could_not(format!(
                    "{} is no executive here; only executives are assigned",
                    person.name
                ))
                .hint(format!(
                    "make them one: upwards people edit {} --set roles=executive",
                    person.id
                )));
            }
            people.insert(person.id.as_str(), person);
        }
    }
    people.retain(|_, p| p.is_here(today) && !p.external);
    if people.is_empty() {
        return Err(CliError::could_not("nobody who is here fits that").hint("who is: upwards people list"));
    }
    Ok(people.into_values().collect())
}

fn with_progress<R>(
    tree: &Tree,
    workspace: &Workspace,
    curriculum: &Curriculum,
    person: &Person,
    as_of: Date,
    show: impl FnOnce(&Progress<'_>) -> Result<R>,
) -> Result<R> {
    let mut buffers = Buffers::default();
    let log = store::read_person(tree, person.id.as_str(), &mut buffers)?;
    show(&fold(&log.in_order(), curriculum, &workspace.settings, as_of))
}

fn facts_for(
    args: &AssignArgs,
    curriculum: &Curriculum,
    person: &Person,
    progress: &Progress<'_>,
    today: Date,
    notes: &mut Vec<String>,
) -> Result<Vec<Fact<'static>>> {
    if let Some((start, every)) = programme(args, curriculum)? {
        return Ok(programme_facts(args, curriculum, progress, start, every));
    }
    let module = module(args, curriculum)?;
    let open: Vec<EventId> = progress
        .assignments
        .iter()
        .filter(|a| a.module == module && a.unassigned.is_none())
        .map(|a| a.event.id)
        .collect();
    if args.remove {
        if open.is_empty() {
            notes.push(t!(
                "assign.note.not_assigned",
                "note: {person} is not assigned {module}",
                person = person.name,
                module = module
            ));
        }
        let reason = args.reason.clone();
        return Ok(open
            .into_iter()
            .map(|reference| Fact::Unassigned {
                reference,
                reason: reason.clone().map(Into::into),
            })
            .collect());
    }
    if let Some(typed) = &args.waive {
        let step = step_of(curriculum, module, typed)?;
        if progress.is_waived(step.id.as_str()) {
            notes.push(t!(
                "assign.note.waived",
                "note: {step} is waived for {person} already",
                step = step.id,
                person = person.name
            ));
            return Ok(Vec::new());
        }
        let until = args
            .until
            .as_deref()
            .map(|d| date(d, today, "--until"))
            .transpose()?;
        return Ok(vec![Fact::Waived {
            curriculum: curriculum.id.to_string().into(),
            step: step.id.to_string().into(),
            until,
        }]);
    }
    let due = args.due.as_deref().map(|d| date(d, today, "--due")).transpose()?;
    if let Some(day) = due.filter(|day| *day < today) {
        notes.push(t!("assign.note.over", "note: {day} is over already", day = day));
    }
    let last = progress
        .assignments
        .iter()
        .rev()
        .find(|a| a.module == module && a.unassigned.is_none());
    if last.is_some_and(|a| a.due == due) {
        notes.push(t!(
            "assign.note.same",
            "note: {person} has it already, due the same day",
            person = person.name
        ));
        return Ok(Vec::new());
    }
    if progress.module(module).is_some_and(|m| m.finished_on.is_some()) {
        notes.push(t!(
            "assign.note.finished",
            "note: {person} has finished it already",
            person = person.name
        ));
    }
    Ok(vec![assigned(curriculum, module, due, args.reason.clone())])
}

fn programme(args: &AssignArgs, curriculum: &Curriculum) -> Result<Option<(Date, i32)>> {
    let (Some(start), Some(every)) = (&args.start, &args.every) else {
        if args.what == curriculum.id.as_str() {
            return Err(
                CliError::usage(format!("{} is a curriculum: when does it start?", args.what)).hint(format!(
                    "lay it out: upwards assign {} --to WHO --start 2026-04-01 --every 2w",
                    args.what
                )),
            );
        }
        return Ok(None);
    };
    if args.what != curriculum.id.as_str() {
        return Err(CliError::usage(format!(
            "a programme is made of a curriculum, \"{}\" is none",
            args.what
        ))
        .hint(format!(
            "upwards assign {} --start {start} --every {every} --to WHO",
            curriculum.id
        )));
    }
    let start = start
        .parse()
        .map_err(|e| CliError::usage(format!("--start: {e}")))?;
    let every = span(every).ok_or_else(|| CliError::usage("--every takes weeks or days, as 2w or 10d"))?;
    Ok(Some((start, every)))
}

/// Modules that the person has finished are left out; the first is due one interval after the start.
fn programme_facts(
    args: &AssignArgs,
    curriculum: &Curriculum,
    progress: &Progress<'_>,
    start: Date,
    every: i32,
) -> Vec<Fact<'static>> {
    let open = curriculum.modules.iter().filter(|m| {
        progress
            .module(m.id.as_str())
            .is_none_or(|r| r.finished_on.is_none())
    });
    let mut due = start;
    let mut facts = Vec::new();
    for module in open {
        due = due + every;
        let have = progress
            .assignments
            .iter()
            .rev()
            .find(|a| a.module == module.id.as_str() && a.unassigned.is_none());
        if have.is_some_and(|a| a.due == Some(due)) {
            continue;
        }
        facts.push(assigned(
            curriculum,
            module.id.as_str(),
            Some(due),
            args.reason.clone(),
        ));
    }
    facts
}

fn assigned(
    curriculum: &Curriculum,
    module: &str,
    due: Option<Date>,
    reason: Option<String>,
) -> Fact<'static> {
    Fact::Assigned {
        curriculum: curriculum.id.to_string().into(),
        module: module.to_owned().into(),
        due,
        reason: reason.map(Into::into),
    }
}

fn module<'a>(args: &AssignArgs, curriculum: &'a Curriculum) -> Result<&'a str> {
    curriculum
        .module(&args.what)
        .map(|m| m.id.as_str())
        .ok_or_else(|| {
            let names = curriculum
                .modules
                .iter()
                .map(|m| (m.id.as_str(), m.title.as_str()));
            CliError::unknown(&args.what, "module", names, "upwards progress --steps")
        })
}

fn step_of<'a>(curriculum: &'a Curriculum, module: &str, typed: &str) -> Result<&'a Step> {
    let module = curriculum
        .module(module)
        .ok_or_else(|| CliError::could_not("no such module"))?;
    module
        .live_steps()
        .find(|s| s.id.as_str() == typed || s.id.short() == typed)
        .ok_or_else(|| {
            let names = module
                .live_steps()
                .map(|s| (s.id.as_str(), s.title.as_deref().unwrap_or_default()));
            CliError::unknown(typed, "step of that module", names, "upwards progress --steps")
        })
}

/// A day, or a span from today.
fn date(typed: &str, today: Date, flag: &str) -> Result<Date> {
    if let Some(rest) = typed.strip_prefix('+') {
        let days = span(rest)
            .ok_or_else(|| CliError::usage(format!("{flag} takes a date, or a span as +4w or +10d")))?;
        return Ok(today + days);
    }
    typed.parse().map_err(|e| CliError::usage(format!("{flag}: {e}")))
}

fn span(typed: &str) -> Option<i32> {
    /// A programme is laid out over years, not centuries.
    const MOST: i32 = 3_650;
    let (number, days) = match typed.strip_suffix('w') {
        Some(weeks) => (weeks, 7),
        None => (typed.strip_suffix('d').unwrap_or(typed), 1),
    };
    number
        .parse::<i32>()
        .ok()
        .and_then(|n| n.checked_mul(days))
        .filter(|d| (1..=MOST).contains(d))
}

fn summary(args: &AssignArgs, curriculum: &Curriculum) -> Result<String> {
    if args.start.is_some() {
        return Ok(t_n!(
            "assign.programme",
            curriculum.modules.len(),
            "{title}, a programme of {n} module",
            "{title}, a programme of {n} modules",
            title = curriculum.title
        ));
    }
    let module = module(args, curriculum)?;
    let title = curriculum.module(module).map_or(module, |m| &m.title);
    Ok(match (&args.waive, args.remove) {
        (Some(step), _) => t!(
            "assign.waive",
            "Waive {step} of {title}",
            step = step,
            title = title
        ),
        (None, true) => t!("assign.take_back", "Take {title} back", title = title),
        (None, false) => t!("assign.assign", "Assign {title}", title = title),
    })
}

fn dates(facts: &[Fact<'static>]) -> String {
    let due: Vec<String> = facts
        .iter()
        .filter_map(|f| match f {
            Fact::Assigned { due: Some(due), .. } => Some(due.to_string()),
            _ => None,
        })
        .collect();
    if due.is_empty() {
        String::new()
    } else {
        t!("assign.due", ", due {days}", days = due.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_weeks_or_days() {
        assert_eq!(span("4w"), Some(28));
        assert_eq!(span("10d"), Some(10));
        assert_eq!(span("10"), Some(10));
        for bad in ["", "w", "-1w", "0d", "4m", "999999999999w"] {
            assert_eq!(span(bad), None, "{bad}");
        }
    }
}
