mod programme;

use std::collections::{BTreeMap, BTreeSet};

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

use programme::Programme;

/// Assign a module, or a whole curriculum as a programme, to people
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards assign rules-and-roles --to group:board --due 2026-04-10\n  upwards assign rules-and-roles --to group:board --due +4w\n  upwards assign rules-and-roles --to ana --extend 2w --reason \"on leave\"\n  upwards assign efficiency --to group:board --start 2026-04-01 --every 2w\n  upwards assign rules-and-roles --to ana --remove\n  upwards assign rules-and-roles --to ana --waive ask-a-peer --reason \"led the team\" --until +6m"
)]
pub(crate) struct AssignArgs {
    /// A module, or a curriculum with --start
    what: String,
    /// A person, group:NAME or unit:NAME; as often as needed
    #[arg(long, required = true, value_name = "WHO")]
    to: Vec<String>,
    /// Due date, or +4w, +10d, +3m from today
    #[arg(long, value_name = "DATE|+4w")]
    due: Option<String>,
    /// Move the due date each of them has by so much, as 2w
    #[arg(long, value_name = "SPAN", conflicts_with_all = ["due", "remove", "waive", "start", "every"])]
    extend: Option<String>,
    /// Why; shared with the person
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Take the assignment back
    #[arg(long, conflicts_with_all = ["due", "waive", "start", "every"])]
    remove: bool,
    /// Waive this step of the module; the reason stays with the leaders
    #[arg(long, value_name = "STEP", requires = "reason", conflicts_with_all = ["due", "start", "every"])]
    waive: Option<String>,
    /// Until when a step is waived, or +6m from today [default: for good]
    #[arg(long, value_name = "DATE|+6m", requires = "waive")]
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
        all.push(with_progress(
            &tree,
            &workspace,
            curriculum,
            person,
            today,
            |progress| {
                let facts = facts_for(args, curriculum, person, progress, today, &mut notes)?;
                Ok(Change {
                    person,
                    had: dates_had(&facts, progress),
                    taken_back: modules_taken_back(&facts, progress),
                    facts,
                })
            },
        )?);
    }
    for note in notes {
        context.ui.notice(&note)?;
    }
    let affected: Vec<&Change<'_>> = all.iter().filter(|one| !one.facts.is_empty()).collect();
    if affected.is_empty() {
        context.ui.line(if args.start.is_some() {
            t!(
                "assign.has_programme",
                "Nothing to change: everybody has it with these dates, or has finished it."
            )
        } else {
            t!("assign.nothing", "Nothing to change.")
        })?;
        return Ok(Outcome::Done);
    }
    let what = summary(args, curriculum, today)?;
    context.ui.line(t_n!(
        "assign.title",
        affected.len(),
        "{what}: {n} person",
        "{what}: {n} people",
        what = what
    ))?;
    if args.start.is_some() {
        let plan = &workspace.settings.plan;
        context
            .ui
            .lines(programme::lines(&affected, curriculum, plan, today))?;
        if let Some(warning) = programme::warning(&affected, today) {
            context.ui.notice(&warning)?;
        }
    } else {
        for one in &affected {
            let dates = match one.taken_back {
                n if n > 1 => t!("assign.so_many", ", {n} modules", n = n),
                _ => dates(&one.facts, &one.had),
            };
            context
                .ui
                .line(format!("  {} ({}){dates}", one.person.name, one.person.id))?;
        }
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
        .map(|one| Entries {
            person: one.person.id.as_str(),
            by: by.as_str(),
            facts: one.facts.clone(),
            via: None,
        })
        .collect();
    let ids = recorder.record(&entries)?;
    if args.waive.is_some()
        && let Some(reason) = &args.reason
    {
        let reasons: Vec<_> = ids.iter().map(|id| (*id, reason.as_str())).collect();
        recorder.record_reasons(by.as_str(), &reasons)?;
    }
    context.ui.line(t!("saved", "Saved."))?;
    Ok(Outcome::Done)
}

/// What is to be recorded about one person.
struct Change<'w> {
    person: &'w Person,
    facts: Vec<Fact<'static>>,
    /// For each fact the due date that there is now.
    had: Vec<Option<Date>>,
    /// How many modules are taken back: one may have been assigned several times.
    taken_back: usize,
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
    let reason = args.reason.as_deref();
    if let Some(programme) = programme(args, curriculum, today)? {
        return programme.facts(curriculum, progress, reason);
    }
    if args.remove && args.what == curriculum.id.as_str() {
        return Ok(programme::taken_back(curriculum, progress, reason));
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
        if let Some(day) = until.filter(|day| *day <= today) {
            return Err(CliError::usage(format!("--until: {day} is over already"))
                .hint("it is the first day on which the step is open again"));
        }
        return Ok(vec![Fact::Waived {
            curriculum: curriculum.id.to_string().into(),
            step: step.id.to_string().into(),
            until,
        }]);
    }
    let last = progress
        .assignments
        .iter()
        .rev()
        .find(|a| a.module == module && a.unassigned.is_none());
    let is_finished = progress.module(module).is_some_and(|m| m.finished_on.is_some());
    let due = match &args.extend {
        Some(_) if is_finished => {
            notes.push(t!(
                "assign.note.finished",
                "note: {person} has finished it already",
                person = person.name
            ));
            return Ok(Vec::new());
        }
        Some(typed) => {
            let days = days_of(typed, "--extend")?;
            let Some(due) = last.and_then(|a| a.due) else {
                notes.push(t!(
                    "assign.note.no_due",
                    "note: {person} has no due date to extend",
                    person = person.name
                ));
                return Ok(Vec::new());
            };
            Some(days.behind(due, "--extend")?)
        }
        None => args.due.as_deref().map(|d| date(d, today, "--due")).transpose()?,
    };
    if let Some(day) = due.filter(|day| *day < today) {
        notes.push(t!("assign.note.over", "note: {day} is over already", day = day));
    }
    if last.is_some_and(|a| a.due == due) {
        notes.push(t!(
            "assign.note.same",
            "note: {person} has it already, due the same day",
            person = person.name
        ));
        return Ok(Vec::new());
    }
    if is_finished {
        notes.push(t!(
            "assign.note.finished",
            "note: {person} has finished it already",
            person = person.name
        ));
    }
    Ok(vec![assigned(curriculum, module, due, args.reason.clone())])
}

fn programme(args: &AssignArgs, curriculum: &Curriculum, today: Date) -> Result<Option<Programme>> {
    let (Some(start), Some(every)) = (&args.start, &args.every) else {
        if args.what == curriculum.id.as_str() && !args.remove {
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
    Ok(Some(Programme {
        start: date(start, today, "--start")?,
        every: days_of(every, "--every")?,
    }))
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
        needs_letter(typed, flag)?;
        let span = span(rest)
            .ok_or_else(|| CliError::usage(format!("{flag} takes a date, or a span as +4w, +10d or +3m")))?;
        return span.behind(today, flag);
    }
    typed.parse().map_err(|e| {
        CliError::usage(format!("{flag}: {e}")).hint(format!("or from today: {flag} +4w, +10d, +3m"))
    })
}

fn days_of(typed: &str, flag: &str) -> Result<Span> {
    needs_letter(typed, flag)?;
    span(typed.strip_prefix('+').unwrap_or(typed)).ok_or_else(|| {
        CliError::usage(format!(
            "{flag} takes days, weeks or months, as 5d, 5w or 1m, at most ten years"
        ))
    })
}

/// Refuses a number alone: five days are not five weeks.
fn needs_letter(typed: &str, flag: &str) -> Result<()> {
    match typed.strip_prefix('+').unwrap_or(typed).parse::<u32>() {
        Ok(_) => Err(CliError::usage(format!("{flag} {typed}: days, weeks or months?"))
            .hint(format!("with its letter: {typed}d, {typed}w or {typed}m"))),
        Err(_) => Ok(()),
    }
}

/// A stretch of time as people plan with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Days(i32),
    Months(i32),
}

impl Span {
    /// The day behind another; a month ends where it ends. Refused where no year of four digits is left.
    fn behind(self, day: Date, flag: &str) -> Result<Date> {
        let behind = match self {
            Self::Days(days) => day.checked_days_behind(days),
            Self::Months(months) => day.checked_months_behind(months.unsigned_abs()),
        };
        behind.ok_or_else(|| {
            CliError::usage(format!("{flag}: so far behind {day} is no date any more"))
                .hint("the last day is 9999-12-31")
        })
    }

    /// So many of it.
    fn times(self, n: i32) -> Self {
        match self {
            Self::Days(days) => Self::Days(days.saturating_mul(n)),
            Self::Months(months) => Self::Months(months.saturating_mul(n)),
        }
    }
}

fn span(typed: &str) -> Option<Span> {
    /// A programme is laid out over years, not centuries.
    const MOST: i32 = 3_650;
    let (number, days) = match typed.char_indices().last()? {
        (at, 'w') => (&typed[..at], 7),
        (at, 'm') => (&typed[..at], 30),
        (at, 'd') => (&typed[..at], 1),
        _ => return None,
    };
    let number: i32 = number.parse().ok()?;
    let length = number.checked_mul(days).filter(|d| (1..=MOST).contains(d))?;
    Some(if days == 30 {
        Span::Months(number)
    } else {
        Span::Days(length)
    })
}

fn summary(args: &AssignArgs, curriculum: &Curriculum, today: Date) -> Result<String> {
    if args.start.is_some() {
        return Ok(t_n!(
            "assign.programme",
            curriculum.modules.len(),
            "{title}, a programme of {n} module",
            "{title}, a programme of {n} modules",
            title = curriculum.title
        ));
    }
    if args.what == curriculum.id.as_str() {
        return Ok(t!(
            "assign.programme_back",
            "Take back what is open of {title}",
            title = curriculum.title
        ));
    }
    let module = module(args, curriculum)?;
    let title = curriculum.module(module).map_or(module, |m| &m.title);
    if let (Some(_), Some(until)) = (&args.waive, &args.until) {
        let until = date(until, today, "--until")?;
        return Ok(t!(
            "assign.waive_until",
            "Waive {step} of {title} until {day}",
            step = args.waive.as_deref().unwrap_or_default(),
            title = title,
            day = until
        ));
    }
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

/// For each fact the due date that an open assignment of the module has now.
fn dates_had(facts: &[Fact<'static>], progress: &Progress<'_>) -> Vec<Option<Date>> {
    let due = |fact: &Fact<'static>| match fact {
        Fact::Assigned { module, .. } => progress
            .assignments
            .iter()
            .rev()
            .find(|a| a.module == &**module && a.unassigned.is_none())
            .and_then(|a| a.due),
        _ => None,
    };
    facts.iter().map(due).collect()
}

/// Of how many modules assignments are taken back.
fn modules_taken_back(facts: &[Fact<'static>], progress: &Progress<'_>) -> usize {
    let module = |fact: &Fact<'static>| match fact {
        Fact::Unassigned { reference, .. } => progress
            .assignments
            .iter()
            .find(|one| one.event.id == *reference)
            .map(|one| one.module),
        _ => None,
    };
    facts.iter().filter_map(module).collect::<BTreeSet<&str>>().len()
}

/// `, due 2026-04-24 (was 2026-04-10)`.
fn dates(facts: &[Fact<'static>], had: &[Option<Date>]) -> String {
    let due: Vec<String> = facts
        .iter()
        .zip(had)
        .filter_map(|(fact, had)| match (fact, had) {
            (Fact::Assigned { due: Some(due), .. }, Some(had)) => {
                Some(t!("assign.was", "{day} (was {before})", day = due, before = had))
            }
            (Fact::Assigned { due: Some(due), .. }, None) => Some(due.to_string()),
            (Fact::Assigned { due: None, .. }, Some(had)) => {
                Some(t!("assign.open_end", "never (was {before})", before = had))
            }
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
    fn spans_are_days_weeks_or_months() {
        assert_eq!(span("4w"), Some(Span::Days(28)));
        assert_eq!(span("10d"), Some(Span::Days(10)));
        assert_eq!(span("3m"), Some(Span::Months(3)));
        for bad in [
            "",
            "10",
            "w",
            "m",
            "-1w",
            "0d",
            "0m",
            "4y",
            "200m",
            "999999999999w",
            "4é",
        ] {
            assert_eq!(span(bad), None, "{bad}");
        }
        let day: Date = "2026-01-31".parse().unwrap();
        let behind = |span: Span| span.behind(day, "--due").unwrap().to_string();
        assert_eq!(behind(Span::Months(1)), "2026-02-28");
        assert_eq!(behind(Span::Months(12)), "2027-01-31");
        assert_eq!(behind(Span::Days(7)), "2026-02-07");
        // A programme of months does not slip to the 28th for good.
        assert_eq!(behind(Span::Months(1).times(2)), "2026-03-31");
    }
}
