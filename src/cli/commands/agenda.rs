use std::collections::BTreeSet;

use clap::Args;

use crate::base::points::Band;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::cli::commands::nudge::reminders_sent;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::reasons;
use crate::cli::several;
use crate::cli::team::{Choice, Standing, everybody_in};
use crate::files::{CaseFolder, WantCurricula};
use crate::model::curriculum::Curriculum;
use crate::model::event::Event;
use crate::model::person::{Person, Role};
use crate::model::settings::Settings;
use crate::model::workspace::Workspace;
use crate::pairing::{self, GroupFacts, Mentored, PairFacts};
use crate::readiness::Assessment;
use crate::report::{
    self, AgendaExpert, AgendaItem, AgendaMember, AgendaModule, AgendaSoon, AgendaView, Experts,
    PersonAgenda, Reminded,
};

/// What needs you this week, the most useful first, each with the command to run
///
/// Overdue, waiting for somebody's word, never started, figures and pairs that stalled, who has no mentor, groups without a day, talks and with whom, people who get no further, silence, later joiners, ideas,
/// material to be looked at again. The thresholds stand in upwards.toml. Nothing is made by reading.
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards agenda\n  upwards agenda --all --days 14\n  upwards agenda --group board\n  upwards agenda -w halden -w oslo    (one below the other)\n  upwards agenda -f csv -o agenda.csv"
)]
pub(crate) struct AgendaArgs {
    /// Only people of this group
    #[arg(long, value_name = "GROUP")]
    group: Vec<String>,
    /// Only people of this unit
    #[arg(long, value_name = "UNIT")]
    unit: Vec<String>,
    /// How far ahead "coming up" looks
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(0..=36_500), allow_negative_numbers = true)]
    days: u32,
    /// Everything; else the first twelve
    #[arg(long)]
    all: bool,
}

/// Things shown without `--all`: what fits a screen.
const SHOWN: usize = 12;

/// What needs one leader in one workspace.
struct Mine {
    name: String,
    items: Vec<AgendaItem>,
    soon: Vec<AgendaSoon>,
}

pub(crate) fn run(args: &AgendaArgs, context: &mut Context) -> Result<Outcome> {
    let choice = Choice {
        groups: args.group.clone(),
        units: args.unit.clone(),
        ..Choice::default()
    };
    let today = context.now.today;
    if context.global.workspace.len() > 1 && !context.global.demo {
        return of_several(args, context, &choice);
    }
    let mine = mine(args, context, &choice)?;
    if context.ui.wants_data()? {
        context.ui.report(report::agenda_data(&mine.items, today))?;
    } else {
        page(args, context, &mine)?;
    }
    Ok(Outcome::Done)
}

/// One list below the other, each under its workspace; as data in one table.
fn of_several(args: &AgendaArgs, context: &Context, choice: &Choice) -> Result<Outcome> {
    let today = context.now.today;
    let mut found = several::each(context, choice, |inside, choice| mine(args, inside, choice))?;
    for part in &mut found.parts {
        for item in &mut part.value.items {
            item.command = several::command_in(&item.command, &part.folder);
        }
    }
    let parts = &found.parts;
    if context.ui.wants_data()? {
        let reports = parts
            .iter()
            .map(|part| (part.id.as_str(), report::agenda_data(&part.value.items, today)));
        if let Some(report) = several::one_table(reports)? {
            context.ui.report(report)?;
        }
    } else {
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                context.ui.line("")?;
            }
            context.ui.line(part.name.to_uppercase())?;
            page(args, context, &part.value)?;
        }
    }
    found.outcome().map(|()| Outcome::Done)
}

fn mine(args: &AgendaArgs, context: &mut Context, choice: &Choice) -> Result<Mine> {
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
    choice.check(&workspace)?;
    let (items, soon) = agenda(context, &workspace, choice, args.days)?;
    Ok(Mine {
        name: workspace.name_of(me.as_str()).to_owned(),
        items,
        soon,
    })
}

fn page(args: &AgendaArgs, context: &Context, mine: &Mine) -> Result<()> {
    let (ui, today) = (&context.ui, context.now.today);
    let columns = ui.options.screen.width.min(78);
    ui.line(title(&mine.name, mine.items.len(), today))?;
    ui.line("")?;
    let shown = if args.all { mine.items.len() } else { SHOWN };
    ui.lines(report::agenda_lines(
        &mine.items,
        &mine.soon,
        shown,
        today,
        columns,
    ))
}

fn title(name: &str, count: usize, today: Date) -> String {
    let things = t_n!(
        "agenda.title",
        count,
        "{n} thing needs you",
        "{n} things need you"
    );
    t!(
        "agenda.heading",
        "{name}, {day}: {things}",
        name = name,
        day = today.with_weekday(),
        things = things
    )
}

/// What one person's log gives for the agenda.
struct Found {
    id: Box<str>,
    groups: Vec<Box<str>>,
    /// Curriculum and capability of what they have reached: others can ask them.
    reached: Vec<(Box<str>, Box<str>)>,
    /// Their pairs that run.
    pairs: Vec<PairFacts>,
    /// The same as what they take of their mentors' seats.
    mentored: Mentored,
    /// Their groups of peers, curriculum by curriculum.
    peers: Vec<GroupFacts>,
    /// Of somebody the agenda is about.
    chosen: Option<Chosen>,
}

struct Chosen {
    agenda: Option<PersonAgenda>,
    soon: Vec<AgendaSoon>,
    ideas: Vec<Date>,
    name: String,
    unit: Option<Box<str>>,
    /// Of each curriculum in use, the modules that were ever assigned or begun.
    modules: Vec<Vec<AgendaModule>>,
    /// Whether they are ready in everything: then they seek no mentor.
    is_through: bool,
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
    let sent = reminders_sent(&tree, today)?;
    let curricula: Vec<&Curriculum> = workspace.curricula.iter().collect();
    // Of those it is not about it is asked what they have been through: anybody can be talked to.
    let mut found = everybody_in(
        context,
        &tree,
        workspace,
        &curricula,
        &Choice::default(),
        today,
        |person, groups, standings| {
            let chosen = choice.fits(person, &groups).then(|| {
                let sent = sent.get(person.id.as_str()).map_or(&[][..], Vec::as_slice);
                of_person(person, &groups, standings, workspace, sent, days, today)
            });
            Some(Found {
                id: person.id.as_str().into(),
                groups,
                reached: reached(standings),
                pairs: running_pairs(standings),
                mentored: pairing::mentored(
                    person,
                    standings.first().map_or(&[], |one| one.events),
                    &workspace.settings.curricula,
                    today,
                ),
                peers: standings
                    .iter()
                    .map(|one| GroupFacts::of(&one.progress))
                    .collect(),
                chosen,
            })
        },
    )?;
    let experts = Experts::of(
        found.iter().map(|one| AgendaExpert {
            id: &one.id,
            groups: &one.groups,
            reached: &one.reached,
        }),
        workspace,
    );
    let mut items: Vec<AgendaItem> = found
        .iter_mut()
        .filter_map(|one| one.chosen.as_mut()?.agenda.take()?.item(&experts, workspace))
        .collect();
    let chosen = || found.iter().filter_map(|one| Some((one, one.chosen.as_ref()?)));
    let mut soon: Vec<AgendaSoon> = chosen().flat_map(|(_, one)| one.soon.clone()).collect();
    soon.sort();
    soon.dedup();
    for (at, curriculum) in curricula.iter().enumerate() {
        let members: Vec<AgendaMember<'_>> = chosen()
            .map(|(found, one)| AgendaMember {
                id: &found.id,
                name: &one.name,
                groups: &found.groups,
                unit: one.unit.as_deref(),
                modules: &one.modules[at],
            })
            .collect();
        items.extend(report::later_joiners(&members, curriculum, at == 0, today));
    }
    let known = reasons::wishes(&tree, today)?;
    let here: BTreeSet<&str> = mentors_here(workspace, today)
        .map(|mentor| mentor.id.as_str())
        .collect();
    let pairs = chosen().flat_map(|(one, _)| one.pairs.iter().map(|pair| (&*one.id, pair)));
    let to_end = pairing::idle_pairs(pairs, &here, &known.barred, |person, pair| {
        known.does_not_fit(pair.id, [person, &pair.mentor])
    });
    items.extend(report::pairs_to_end(&to_end, workspace));
    let pairs = chosen().flat_map(|(one, _)| one.pairs.iter().map(|pair| (&*one.id, pair)));
    let goes_on = pairs.filter(|(person, pair)| {
        !to_end
            .iter()
            .any(|(who, mentor, _)| who == person && **mentor == *pair.mentor)
    });
    let unsure: Vec<(&str, &str, &str)> = goes_on
        .flat_map(|(person, pair)| {
            let unsure = known.unsure_of(pair.id, [person, &pair.mentor]);
            unsure.map(move |who| (person, &*pair.mentor, who))
        })
        .collect();
    items.extend(report::unsure_pairs(&unsure, workspace));
    let loads = pairing::loads(found.iter().map(|one| &one.mentored));
    items.extend(report::full_mentors(
        mentors_here(workspace, today),
        &loads,
        workspace.settings.mentoring.seats,
    ));
    items.extend(report::without_mentor(
        &seekers(&found),
        mentors_here(workspace, today).count(),
        free_seats(&found, workspace, today),
    ));
    let peers = chosen().flat_map(|(one, _)| one.peers.iter().map(|facts| (&*one.id, facts)));
    let rules = &workspace.settings.mentoring;
    let groups = pairing::groups(peers);
    items.extend(report::groups_without_day(&groups, workspace, rules, today));
    items.extend(report::barred_groups(&groups, &known.barred, workspace));
    items.extend(report::half_recorded_groups(&groups, workspace));
    let ideas: Vec<Date> = chosen().flat_map(|(_, one)| one.ideas.iter().copied()).collect();
    items.extend(report::waiting_ideas(&ideas, &workspace.settings, today));
    let stale = stale_cases(context, workspace, today)?;
    items.extend(report::due_reviews(&workspace.curricula, stale, today));
    report::in_order(&mut items);
    Ok((items, soon))
}

fn mentors_here(workspace: &Workspace, today: Date) -> impl Iterator<Item = &Person> {
    let people = workspace.people.iter();
    people.filter(move |person| person.is(Role::Mentor) && person.is_here(today))
}

/// Names of executives whom nobody mentors, but those who are ready in everything.
fn seekers(found: &[Found]) -> Vec<&str> {
    let without = found.iter().filter(|one| one.pairs.is_empty());
    let seek = without.filter_map(|one| one.chosen.as_ref().filter(|chosen| !chosen.is_through));
    seek.map(|chosen| chosen.name.as_str()).collect()
}

fn free_seats(found: &[Found], workspace: &Workspace, today: Date) -> u32 {
    let loads = pairing::loads(found.iter().map(|one| &one.mentored));
    let free = mentors_here(workspace, today).map(|mentor| {
        let taken = loads.get(mentor.id.as_str()).copied().unwrap_or(0);
        pairing::free_seats(mentor, taken, workspace.settings.mentoring.seats)
    });
    free.sum()
}

fn running_pairs(standings: &[Standing<'_>]) -> Vec<PairFacts> {
    let of_one = |one: &Standing<'_>| {
        let running = one.progress.running_pairs();
        running
            .map(|pair| PairFacts::of(pair, &one.progress))
            .collect::<Vec<_>>()
    };
    standings.iter().flat_map(of_one).collect()
}

fn reached(standings: &[Standing<'_>]) -> Vec<(Box<str>, Box<str>)> {
    let of_one = |one: &Standing<'_>| {
        let curriculum: Box<str> = one.curriculum.id.as_str().into();
        let reached = one.assessment.capabilities.iter();
        reached
            .filter(|assessed| assessed.reached_on.is_some())
            .map(|assessed| (curriculum.clone(), assessed.capability.as_str().into()))
            .collect::<Vec<_>>()
    };
    standings.iter().flat_map(of_one).collect()
}

fn of_person(
    person: &Person,
    groups: &[Box<str>],
    standings: &[Standing<'_>],
    workspace: &Workspace,
    sent: &[Reminded],
    days: u32,
    today: Date,
) -> Chosen {
    let before: Vec<Option<Assessment>> = standings
        .iter()
        .map(|standing| some_weeks_ago(standing, &workspace.settings, today))
        .collect();
    let views: Vec<AgendaView<'_>> = standings
        .iter()
        .zip(&before)
        .map(|(standing, before)| AgendaView {
            curriculum: standing.curriculum,
            progress: &standing.progress,
            assessment: &standing.assessment,
            before: before.as_ref(),
        })
        .collect();
    // An idea stands in the log once, whatever curriculum it is read with.
    let ideas = views.first().map_or_else(Vec::new, |view| {
        let open = view.progress.ideas.iter().filter(|idea| idea.handled.is_none());
        open.map(|idea| idea.event.day).collect()
    });
    Chosen {
        agenda: report::person_agenda(person, groups, &views, workspace, sent, today),
        soon: report::soon(person, &views, workspace, days, today),
        ideas,
        name: person.name.clone(),
        unit: person.unit.as_deref().map(Into::into),
        modules: views.iter().map(modules_of).collect(),
        is_through: is_through(standings),
    }
}

fn is_through(standings: &[Standing<'_>]) -> bool {
    let mut all = standings.iter().flat_map(|one| &one.assessment.capabilities);
    all.all(|assessed| assessed.band == Band::Ready)
}

/// Where somebody stood before the days after which they count as stuck: only of who is not through, was at work in this
/// curriculum by then, and is since. Nobody else's log is folded twice.
fn some_weeks_ago(standing: &Standing<'_>, settings: &Settings, today: Date) -> Option<Assessment> {
    let then = today - i32::try_from(settings.agenda.stuck_days).unwrap_or(i32::MAX / 2);
    let mut capabilities = standing.assessment.capabilities.iter();
    if !capabilities.any(|assessed| assessed.core && assessed.limited_by.is_some()) {
        return None;
    }
    let is_work = |event: &&&Event<'_>| {
        event.day <= today
            && event.is_own_word()
            && event.fact.curriculum() == Some(standing.curriculum.id.as_str())
    };
    let was_there = standing.events.iter().find(is_work)?.day <= then;
    let is_there = standing
        .events
        .iter()
        .rfind(is_work)
        .is_some_and(|event| then < event.day);
    if !was_there || !is_there {
        return None;
    }
    let progress = standing.lookup.fold(standing.events, settings, then);
    progress.last_active_on?;
    Some(standing.yardstick.assess(&progress, None, then))
}

fn modules_of(view: &AgendaView<'_>) -> Vec<AgendaModule> {
    let was_assigned = |id: &str| view.progress.assignments.iter().any(|one| one.module == id);
    let records = view.progress.modules.iter();
    records
        .map(|record| AgendaModule {
            id: record.id.into(),
            is_assigned: record.assigned.is_some(),
            due: record.due,
            is_finished: record.finished_on.is_some(),
            is_taken_back: record.assigned.is_none() && was_assigned(record.id),
        })
        .collect()
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
