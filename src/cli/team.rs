//! Everybody at once: each person's log is read, folded, judged and dropped before the next, on as many threads as pay.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::base::diag::{Diagnostic, Severity};
use crate::base::id::PersonId;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Result};
use crate::disk::{DiskError, Tree};
use crate::files::WantCurricula;
use crate::model::curriculum::Curriculum;
use crate::model::event::Event;
use crate::model::person::{Person, Role};
use crate::model::settings::Settings;
use crate::model::workspace::Workspace;
use crate::progress::{Lookup, Progress, fold};
use crate::readiness::{Assessment, Yardstick};
use crate::report::{self, BoardView};
use crate::store::{self, Buffers};

/// A person with the groups they are in.
type Member<'a> = (&'a Person, Vec<Box<str>>);

/// Rows, and what was found on the way.
type Found<T> = (Vec<T>, Vec<Diagnostic>);

/// People whose logs a thread reads before it looks for more: few enough that no thread waits long for the last one.
const BATCH: usize = 10;

/// Below so many people one thread is as fast.
const WORTH_A_THREAD: usize = 100;

/// Whom a report is about.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    pub(crate) groups: Vec<String>,
    pub(crate) units: Vec<String>,
    /// Nobody but this person.
    pub(crate) only: Option<PersonId>,
    /// Nobody but these, whose logs who asks may open.
    pub(crate) among: Option<BTreeSet<PersonId>>,
    /// Also people who were here on this day and have left since.
    pub(crate) since: Option<Date>,
    /// Whether a group or unit may be one that nobody is in: of several workspaces one knows it.
    pub(crate) may_be_unknown: bool,
}

impl Choice {
    /// As it is said in a title.
    pub(crate) fn words(&self) -> Option<String> {
        let mut parts: Vec<String> = self
            .groups
            .iter()
            .map(|g| t!("team.group", "group {group}", group = g))
            .collect();
        parts.extend(
            self.units
                .iter()
                .map(|u| t!("team.unit", "unit {unit}", unit = u)),
        );
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Refuses a group or unit nobody is in, with the nearest name.
    pub(crate) fn check(&self, workspace: &Workspace) -> Result<()> {
        if self.may_be_unknown {
            return Ok(());
        }
        let groups = workspace.group_ids();
        if let Some(typed) = self.groups.iter().find(|g| !groups.contains(g.as_str())) {
            return Err(CliError::unknown(
                typed,
                "group",
                groups.iter().map(|g| (*g, "")),
                "upwards people list",
            ));
        }
        let units: Vec<&str> = workspace
            .people
            .iter()
            .filter_map(|p| p.unit.as_deref())
            .collect();
        if let Some(typed) = self.units.iter().find(|u| !units.contains(&u.as_str())) {
            return Err(CliError::unknown(
                typed,
                "unit",
                units.iter().map(|u| (*u, "")),
                "upwards people list",
            ));
        }
        Ok(())
    }

    /// Whether somebody in these groups is meant.
    pub(crate) fn fits(&self, person: &Person, groups: &[Box<str>]) -> bool {
        let in_group =
            self.groups.is_empty() || groups.iter().any(|g| self.groups.iter().any(|c| **c == **g));
        let in_unit = self.units.is_empty() || person.unit.as_ref().is_some_and(|u| self.units.contains(u));
        let is_only = self.only.as_ref().is_none_or(|only| *only == person.id);
        let is_among = self.among.as_ref().is_none_or(|all| all.contains(&person.id));
        in_group && in_unit && is_only && is_among
    }
}

/// Where somebody stands in one curriculum.
pub(crate) struct Standing<'a> {
    pub(crate) curriculum: &'a Curriculum,
    pub(crate) lookup: &'a Lookup<'a>,
    pub(crate) yardstick: &'a Yardstick<'a>,
    /// The person's log, in order.
    pub(crate) events: &'a [&'a Event<'a>],
    /// Lines of the log that could not be read.
    pub(crate) unread: usize,
    pub(crate) progress: Progress<'a>,
    pub(crate) assessment: Assessment,
}

impl<'a> Standing<'a> {
    /// As reports for others take it.
    pub(crate) fn of_board(&'a self, person: &'a Person, settings: &'a Settings) -> BoardView<'a> {
        BoardView {
            person,
            lookup: self.lookup,
            yardstick: self.yardstick,
            curriculum: self.curriculum,
            settings,
            events: self.events,
            unread: self.unread,
            progress: &self.progress,
            assessment: &self.assessment,
        }
    }
}

/// Calls `row` for every executive who is here on that day, and collects what it makes, in the order of ids.
pub(crate) fn everybody<T: Send>(
    context: &Context,
    tree: &Tree,
    workspace: &Workspace,
    curriculum: &Curriculum,
    choice: &Choice,
    as_of: Date,
    row: impl Fn(&Person, Vec<Box<str>>, &Progress<'_>, &Assessment) -> Option<T> + Sync,
) -> Result<Vec<T>> {
    everybody_in(
        context,
        tree,
        workspace,
        &[curriculum],
        choice,
        as_of,
        |person, groups, standings| {
            let one = standings.first()?;
            row(person, groups, &one.progress, &one.assessment)
        },
    )
}

/// The same with where each person stands in several curricula, in their order; each log is read once.
pub(crate) fn everybody_in<T: Send>(
    context: &Context,
    tree: &Tree,
    workspace: &Workspace,
    curricula: &[&Curriculum],
    choice: &Choice,
    as_of: Date,
    row: impl Fn(&Person, Vec<Box<str>>, &[Standing<'_>]) -> Option<T> + Sync,
) -> Result<Vec<T>> {
    let is_meant = |person: &Person| {
        let is_here = person.is_here(as_of) || choice.since.is_some_and(|day| person.is_here(day));
        person.is(Role::Executive) && !person.external && is_here
    };
    let is_chosen = |person: &Person, groups: &[Box<str>]| is_meant(person) && choice.fits(person, groups);
    each(context, tree, workspace, curricula, is_chosen, as_of, row)
}

/// The same of whoever is meant, executive or not; of nobody who was erased.
pub(crate) fn each<'w, T: Send>(
    context: &Context,
    tree: &Tree,
    workspace: &'w Workspace,
    curricula: &[&Curriculum],
    is_meant: impl Fn(&Person, &[Box<str>]) -> bool,
    as_of: Date,
    row: impl Fn(&'w Person, Vec<Box<str>>, &[Standing<'_>]) -> Option<T> + Sync,
) -> Result<Vec<T>> {
    let (rows, findings) = read_each(tree, workspace, curricula, is_meant, as_of, row)?;
    context.mention(&findings)?;
    Ok(rows)
}

/// The same for another look in one command: what could not be read was said at the first.
pub(crate) fn each_again<'w, T: Send>(
    tree: &Tree,
    workspace: &'w Workspace,
    curriculum: &Curriculum,
    is_meant: impl Fn(&Person, &[Box<str>]) -> bool,
    as_of: Date,
    row: impl Fn(&'w Person, &Standing<'_>) -> T + Sync,
) -> Result<Vec<T>> {
    let (rows, _) = read_each(
        tree,
        workspace,
        &[curriculum],
        is_meant,
        as_of,
        |person, _, standings| Some(row(person, standings.first()?)),
    )?;
    Ok(rows)
}

fn read_each<'w, T: Send>(
    tree: &Tree,
    workspace: &'w Workspace,
    curricula: &[&Curriculum],
    is_meant: impl Fn(&Person, &[Box<str>]) -> bool,
    as_of: Date,
    row: impl Fn(&'w Person, Vec<Box<str>>, &[Standing<'_>]) -> Option<T> + Sync,
) -> Result<Found<T>> {
    let settings = &workspace.settings;
    let mut people: Vec<Member<'w>> = workspace
        .people
        .iter()
        .filter(|p| !workspace.erased.contains(&p.id))
        .map(|p| (p, groups_of(workspace, p)))
        .filter(|(p, groups)| is_meant(p, groups))
        .collect();
    people.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    let rules: Vec<(&Curriculum, Lookup<'_>, Yardstick<'_>)> = curricula
        .iter()
        .map(|curriculum| {
            (
                *curriculum,
                Lookup::of(curriculum),
                Yardstick::of(curriculum, settings),
            )
        })
        .collect();
    let found = in_batches(&people, |batch| {
        let mut buffers = Buffers::default();
        let (mut rows, mut findings) = (Vec::with_capacity(batch.len()), Vec::new());
        for (person, groups) in batch {
            let log = store::read_person(tree, person.id.as_str(), &mut buffers)?;
            findings.extend(log.findings.iter().cloned());
            let is_unread = |finding: &&Diagnostic| finding.severity != Severity::Note;
            let unread = log.findings.iter().filter(is_unread).count();
            let events = log.in_order();
            let standings: Vec<Standing<'_>> = rules
                .iter()
                .map(|(curriculum, lookup, yardstick)| {
                    let progress = lookup.fold(&events, settings, as_of);
                    let assessment = yardstick.assess(&progress, None, as_of);
                    Standing {
                        curriculum,
                        lookup,
                        yardstick,
                        events: &events,
                        unread,
                        progress,
                        assessment,
                    }
                })
                .collect();
            rows.extend(row(person, groups.clone(), &standings));
        }
        Ok((rows, findings))
    })?;
    Ok(found)
}

/// Whether somebody may read a person's shared log: leaders everybody's, others their own; of nobody who was erased.
pub(crate) fn may_read(workspace: &Workspace, me: &PersonId, person: &Person) -> bool {
    let leads = workspace
        .person(me.as_str())
        .is_some_and(|me| me.is(Role::Leader));
    (leads || person.id == *me) && !workspace.erased.contains(&person.id)
}

/// In whose logs the pairs and talks of somebody are who leads nobody: their own, and of a mentor those that can be opened
/// here.
pub(crate) fn where_own_talks_are(tree: &Tree, workspace: &Workspace, me: &PersonId) -> BTreeSet<PersonId> {
    let mentors = workspace
        .person(me.as_str())
        .is_some_and(|me| me.is(Role::Mentor));
    let people = workspace.people.iter().map(|person| &person.id);
    people
        .filter(|id| *id == me || (mentors && store::can_open(tree, id.as_str())))
        .cloned()
        .collect()
}

/// Calls `look` with the progress of everybody whose shared log `me` may read, in each curriculum in use.
pub(crate) fn for_each_readable(
    context: &mut Context,
    workspace: &Workspace,
    me: &PersonId,
    mut look: impl FnMut(&Person, &Progress<'_>),
) -> Result<()> {
    let tree = context.tree()?;
    let mut buffers = Buffers::default();
    for person in workspace.people.iter().filter(|p| may_read(workspace, me, p)) {
        let log = store::read_person(&tree, person.id.as_str(), &mut buffers)?;
        context.mention(&log.findings)?;
        let events = log.in_order();
        for curriculum in &workspace.curricula {
            let progress = fold(&events, curriculum, &workspace.settings, context.now.today);
            look(person, &progress);
        }
    }
    Ok(())
}

/// What the first screen of a leader says of everybody: reached, overdue, not started in the first curriculum; saved in all
/// that are in use.
pub(crate) fn sentences(context: &mut Context) -> Result<Vec<String>> {
    let (_, id) = context.workspace_with_curriculum()?;
    let workspace = context.workspace(WantCurricula::InUse)?;
    let curriculum = crate::cli::context::curriculum_of(&workspace, id.as_str())?;
    let others = workspace
        .curricula
        .iter()
        .filter(|other| other.id != curriculum.id);
    let curricula: Vec<&Curriculum> = std::iter::once(curriculum).chain(others).collect();
    let (tree, as_of) = (context.tree()?, context.now.today);
    let found = everybody_in(
        context,
        &tree,
        &workspace,
        &curricula,
        &Choice::default(),
        as_of,
        |person, groups, standings| {
            let (first, others) = standings.split_first()?;
            let row = report::belongs(&first.progress)
                .then(|| report::person_row(person, groups, curriculum, &first.progress, &first.assessment));
            let elsewhere = others
                .iter()
                .flat_map(|other| report::ledger_lines(&other.progress, other.curriculum));
            Some((row, elsewhere.collect::<Vec<_>>()))
        },
    )?;
    let mut options = report::TeamOptions::of(&workspace.settings);
    let mut rows = Vec::new();
    for (row, elsewhere) in found {
        rows.extend(row);
        options.saved_elsewhere.extend(elsewhere);
    }
    let rows: Vec<&report::PersonRow> = rows.iter().collect();
    let screen = report::team_screen(&rows, &rows, curriculum, &options, as_of);
    // The first line is the title, which this screen has already.
    Ok(screen.above.into_iter().skip(1).collect())
}

/// Works through everybody in batches, on as many threads as pay, each taking the next batch when it is done with one;
/// what they make is joined in the order of the people.
fn in_batches<'w, T: Send>(
    people: &[Member<'w>],
    work: impl Fn(&[Member<'w>]) -> std::result::Result<Found<T>, DiskError> + Sync,
) -> std::result::Result<Found<T>, DiskError> {
    let threads = if people.len() < WORTH_A_THREAD {
        1
    } else {
        std::thread::available_parallelism().map_or(1, usize::from).min(8)
    };
    let batches: Vec<&[Member<'w>]> = people.chunks(BATCH).collect();
    let next = AtomicUsize::new(0);
    let take = || {
        let mut made = Vec::new();
        while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
            made.push((batch[0].0.id.clone(), work(batch)));
        }
        made
    };
    let mut made = if threads < 2 {
        take()
    } else {
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
            let mut made = take();
            for other in others {
                // A panic in a thread is a bug of ours; it goes on as one.
                made.extend(
                    other
                        .join()
                        .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                );
            }
            made
        })
    };
    made.sort_by(|(a, _), (b, _)| a.cmp(b));
    let (mut rows, mut findings) = (Vec::with_capacity(people.len()), Vec::new());
    for (_, found) in made {
        let (some, more) = found?;
        rows.extend(some);
        findings.extend(more);
    }
    Ok((rows, findings))
}

/// Groups a person is in: those they list and those whose rules they fit, sorted.
pub(crate) fn groups_of(workspace: &Workspace, person: &Person) -> Vec<Box<str>> {
    let mut groups: Vec<Box<str>> = person.groups.iter().map(|g| g.as_str().into()).collect();
    groups.extend(
        workspace
            .groups
            .iter()
            .filter(|g| g.fits(person))
            .map(|g| g.id.as_str().into()),
    );
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// Titles and revisions of the cases that the steps of a curriculum name.
pub(crate) fn case_heads(curriculum: &Curriculum) -> BTreeMap<String, (String, u32)> {
    curriculum
        .modules
        .iter()
        .flat_map(|m| &m.steps)
        .filter_map(|s| match (&s.kind, &s.title) {
            (crate::model::curriculum::StepKind::Case(c), Some(title)) => {
                Some((c.case.to_string(), (title.clone(), s.rev)))
            }
            _ => None,
        })
        .collect()
}
