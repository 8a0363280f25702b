mod pinned;
mod printed;
mod talks;
mod unpair;
mod wishes;

use std::collections::{BTreeMap, BTreeSet};

use clap::{Args, Subcommand};

use talks::{InviteArgs, LogArgs};

use crate::base::id::{EventId, PersonId};
use crate::base::text::hanging;
use crate::base::texts::{t, t_n};
use crate::base::words::few;
use crate::cli::context::Context;
use crate::cli::desk::Desk;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::reasons;
use crate::cli::record::{Entries, Recorder, known_device};
use crate::cli::team;
use crate::model::event::Fact;
use crate::model::person::Role;
use crate::pairing::{self, Facts, PairFacts, Proposal};
use crate::progress::Pair;
use crate::report::{self, Fresh, MatchAbout, MentorLoad, PairNotes};
use crate::session::Choice;
use crate::table::Hint;

/// Mentors: propose pairs with the reason for each, see load and what stalls
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards mentors match\n  upwards mentors match --yes\n  upwards mentors match --pair ana=jo          (decided; the others around it)\n  upwards mentors match --toml -o pairs.toml   (to edit)\n  upwards mentors match --from pairs.toml\n  upwards mentors list --stalled\n  upwards mentors show jo\n  upwards mentors guide ana\n  upwards mentors invite ana --at \"2026-03-19 09:30\" --place \"Room 4\"\n  upwards mentors log --with ana --minutes 30 --commitment \"answer one customer a week\"\n  upwards mentors unpair ana\n  upwards mentors report -o mentors.html\n  upwards mentors wish jo                 (your own wish)\n  upwards mentors bar sam                 (never with you)\n  upwards mentors fit good                (your own pair)\n  upwards mentors wish jo --for ana       (a leader, for somebody)\n  upwards mentors bar dana sam\n  upwards mentors fit ana not --by jo"
)]
pub(crate) struct MentorsArgs {
    #[command(subcommand)]
    what: MentorsCommand,
}

#[derive(Debug, Subcommand)]
enum MentorsCommand {
    /// Every mentor: in what, by whose word, seats, with whom, the last talk, what stalls; who leads nobody sees their pairs
    List {
        /// Only those with a free seat
        #[arg(long)]
        free: bool,
        /// Only those with a pair that stalls
        #[arg(long)]
        stalled: bool,
    },
    /// Propose a mentor for everybody who has none; pairs that run stay as they are
    Match(pinned::MatchArgs),
    /// One mentor's or one executive's pairs: why, each talk, what comes next
    Show {
        /// The mentor or the executive
        person: String,
    },
    /// Plan a talk of a pair, move it or call it off: writes a calendar file
    Invite(InviteArgs),
    /// What both have in hand for a talk: agenda, questions, one thing to do
    Guide {
        /// The other one: your mentor, or whom you mentor [default: if there is one only]
        with: Option<String>,
    },
    /// Record a talk that was held, in one line; either side or a leader
    Log(LogArgs),
    /// End a pair; nobody has to say why
    Unpair(unpair::UnpairArgs),
    /// Say that you would like this mentor, or note it for somebody; leaders only read it
    Wish(wishes::WishArgs),
    /// Never with this person, or never these two together; nobody has to say why, leaders only read it
    Bar(wishes::BarArgs),
    /// Say what your pair is like after the first talk; leaders only read it
    #[command(allow_missing_positional = true)]
    Fit(wishes::FitArgs),
    Report(printed::MentorsReportArgs),
}

pub(crate) fn run(args: &MentorsArgs, context: &mut Context) -> Result<Outcome> {
    match &args.what {
        MentorsCommand::List { free, stalled } => list(*free, *stalled, context),
        MentorsCommand::Match(args) => propose(args, context),
        MentorsCommand::Show { person } => show(person, context),
        MentorsCommand::Invite(args) => talks::invite(args, context),
        MentorsCommand::Guide { with } => talks::guide(with.as_deref(), context),
        MentorsCommand::Log(args) => talks::log(args, context),
        MentorsCommand::Unpair(args) => unpair::run(args, context),
        MentorsCommand::Wish(args) => wishes::wish(args, context),
        MentorsCommand::Bar(args) => wishes::bar(args, context),
        MentorsCommand::Fit(args) => wishes::fit(args, context),
        MentorsCommand::Report(args) => printed::run(args, context),
    }
}

/// Whether a command of this kind writes.
pub(crate) fn writes(args: &MentorsArgs) -> bool {
    !matches!(
        args.what,
        MentorsCommand::List { .. }
            | MentorsCommand::Show { .. }
            | MentorsCommand::Guide { .. }
            | MentorsCommand::Report(_)
    )
}

fn show(typed: &str, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of(context)?;
    let asked = context.person_to_read(&desk.workspace, typed)?.id.clone();
    let why = reasons::reasons(&context.tree()?, context.now.today)?;
    let known = reasons::wishes(&context.tree()?, context.now.today)?;
    let curriculum = desk.curriculum()?;
    let data = context.ui.wants_data()?;
    let found = desk.each(
        |person| person.is(Role::Executive),
        context,
        |person, one| {
            let is_asked = person.id == asked;
            let is_meant = |pair: &Pair<'_>| is_asked || pair.mentor == asked.as_str();
            let pairs = one.progress.pairs_once().filter(|pair| is_meant(pair));
            let pages = pairs.map(|pair| {
                let id = person.id.as_str();
                let answers = known.answers.get(&pair.event.id).into_iter().flatten();
                let of_the_two = answers.filter(|(who, _)| [id, pair.mentor].contains(&who.as_str()));
                let notes = PairNotes {
                    why: why.get(&pair.event.id).map(String::as_str),
                    answers: of_the_two
                        .map(|(who, answer)| (who.as_str(), answer.word()))
                        .collect(),
                };
                report::pair_page(pair, &notes, id, &desk.workspace, curriculum, &one.progress)
            });
            let groups = team::groups_of(&desk.workspace, person);
            let rows = report::pair_rows(
                person,
                &groups,
                &desk.workspace,
                curriculum,
                &one.progress,
                is_meant,
            );
            Some((pages.collect::<Vec<_>>(), rows))
        },
    )?;
    let (lines, rows): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let (lines, rows) = (lines.concat(), rows.concat());
    if data {
        context.ui.report(report::pairs_report(rows, context.now.today))?;
        return Ok(Outcome::Done);
    }
    if lines.is_empty() {
        context.ui.line(t!(
            "pairs.nobody",
            "{name} is and was in no pair.",
            name = desk.workspace.name_of(asked.as_str())
        ))?;
    }
    for (at, page) in lines.iter().enumerate() {
        if at > 0 {
            context.ui.line("")?;
        }
        for line in page {
            let indent = line.len() - line.trim_start().len();
            let beginning = " ".repeat(indent);
            context
                .ui
                .lines(hanging(&beginning, line.trim_start(), context.ui.prose_width()))?;
        }
    }
    Ok(Outcome::Done)
}

fn propose(args: &pinned::MatchArgs, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of(context)?;
    let _held = desk.hold(context)?;
    let everybody = desk.everybody(context)?;
    let known = reasons::whole_wishes(&context.tree()?, context.now.today)?;
    let capabilities = desk.capabilities()?;
    let pairs = everybody
        .iter()
        .flat_map(|one| one.pairs.iter().map(|pair| (one.person.id.as_str(), pair)));
    let not_fitting: BTreeSet<EventId> = pairs
        .filter(|(person, pair)| known.does_not_fit(pair.id, [person, &pair.mentor]))
        .map(|(_, pair)| pair.id)
        .collect();
    let rules = desk.rules(&capabilities, &known, &not_fitting);
    let mut mentors = pairing::mentors(&everybody, &rules);
    if let Some(most) = args.max_load {
        let loads = pairing::loads(everybody.iter().map(|one| &one.mentored));
        for mentor in &mut mentors {
            let taken = loads.get(mentor.id).copied().unwrap_or(0);
            let left = most.saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX));
            mentor.free = mentor.free.min(left);
        }
    }
    let mut seekers = pairing::seekers(&everybody, &rules);
    let mut left = mentors.clone();
    let without = seekers.len();
    let decided = pinned::pinned(args, &mut seekers, &mut left, &desk, context)?;
    if args.is_only() {
        seekers.clear();
    }
    let mut proposal = pairing::match_mentors(&seekers, &left);
    proposal.pairs.extend(decided);
    proposal.pairs.sort_by_key(|pair| pair.seeker);
    if args.toml {
        context
            .ui
            .bytes(pinned::toml(&proposal, &desk.workspace).as_bytes())?;
        return Ok(Outcome::Done);
    }
    let free: Vec<(&str, u32)> = mentors.iter().map(|mentor| (mentor.id, mentor.free)).collect();
    let here: BTreeSet<&str> = mentors.iter().map(|mentor| mentor.id).collect();
    without_reason(&everybody, &desk, context)?;
    let running = everybody
        .iter()
        .flat_map(|one| one.pairs.iter().map(|pair| (one.person.id.as_str(), pair)));
    let idle = pairing::idle_pairs(running, &here, &known.barred, |_, pair| {
        not_fitting.contains(&pair.id)
    });
    let about = MatchAbout {
        idle: &idle,
        without,
        workspace: &desk.workspace,
        capabilities: &capabilities,
        free: &free,
        today: context.now.today,
    };
    let data = context.ui.wants_data()?;
    context.ui.report(report::match_report(&proposal, &about, data))?;
    write(&proposal, &everybody, &capabilities, &desk, data, context)
}

/// Names pairs that this computer made and noted no reason for: the command that made them was cut off.
fn without_reason(everybody: &[Facts<'_>], desk: &Desk, context: &mut Context) -> Result<()> {
    let device = match &context.environment.device {
        Some(given) => Some(given.clone()),
        None => known_device(&context.environment.home)?.map(|id| id.to_string()),
    };
    let why = reasons::reasons(&context.tree()?, context.now.today)?;
    let is_cut_off = |pair: &PairFacts| {
        pair.is_running && device.as_deref() == Some(&*pair.device) && !why.contains_key(&pair.id)
    };
    let names: Vec<&str> = everybody
        .iter()
        .filter(|one| one.pairs.iter().any(is_cut_off))
        .map(|one| desk.workspace.name_of(one.person.id.as_str()))
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    context.ui.notice(&format!(
        "note: pairs without a noted reason, of {}: `mentors match` was cut off while it wrote them. They run; take one back: upwards mentors unpair PERSON",
        few(&names)
    ))
}

/// Writes the pairs once somebody said so; why each, for the leaders only.
fn write(
    proposal: &Proposal<'_>,
    everybody: &[Facts<'_>],
    capabilities: &[&str],
    desk: &Desk,
    data: bool,
    context: &mut Context,
) -> Result<Outcome> {
    if proposal.pairs.is_empty() {
        return Ok(Outcome::Done);
    }
    let question = t_n!(
        "mentors.match.ask",
        proposal.pairs.len(),
        "Write this {n} pair?",
        "Write these {n} pairs?"
    );
    let others = [
        Choice::new("no", t!("mentors.match.no", "no, show as TOML to edit")),
        Choice::new("stop", t!("word.stop", "stop")),
    ];
    match Desk::decided("mentors.match", &question, others, data, context)? {
        Some(0) => {}
        Some(1) => {
            context.ui.line("")?;
            context
                .ui
                .lines(pinned::toml(proposal, &desk.workspace).lines())?;
            return Ok(Outcome::Done);
        }
        _ => return Ok(Outcome::Done),
    }
    let _among = desk.unchanged(everybody, context)?;
    let entries: Vec<Entries<'_>> = proposal
        .pairs
        .iter()
        .map(|pair| {
            let about = pair
                .fit
                .parts
                .iter()
                .filter_map(|part| capabilities.get(part.capability));
            Entries {
                person: pair.seeker,
                by: desk.by.as_str(),
                facts: vec![Fact::Paired {
                    curriculum: desk.curriculum.to_string().into(),
                    mentor: pair.mentor.to_owned().into(),
                    capabilities: about.map(|id| (*id).to_owned().into()).collect(),
                    // It tells what somebody lacks, and the line travels to their mentor.
                    why: None,
                }],
                via: None,
            }
        })
        .collect();
    let mut recorder = Recorder::new(context, &desk.workspace.settings)?;
    let ids = recorder.record(&entries)?;
    let reasons: Vec<String> = proposal
        .pairs
        .iter()
        .map(|pair| report::pair_reason(&pair.fit, capabilities))
        .collect();
    let reasons: Vec<_> = ids.into_iter().zip(reasons.iter().map(String::as_str)).collect();
    recorder
        .record_reasons(desk.by.as_str(), &reasons)
        .map_err(|error| {
            error.hint("the pairs are written, why each was made is not: upwards mentors list")
        })?;
    if data {
        return Ok(Outcome::Done);
    }
    context.ui.line(t_n!(
        "mentors.match.saved",
        reasons.len(),
        "Saved: {n} pair.",
        "Saved: {n} pairs."
    ))?;
    let first = proposal.pairs.first().map_or("PERSON", |pair| pair.seeker);
    context.ui.hints(&[
        Hint::new(
            format!("upwards mentors invite {first} --at WHEN"),
            t!("mentors.hint.first", "their first talk, with a calendar file"),
        ),
        Hint::new("upwards undo", t!("mentors.hint.undo", "take it back")),
    ])?;
    Ok(Outcome::Done)
}

/// Pairs of one's own: all that a list shows to who leads nobody.
fn own_list(desk: &Desk, context: &mut Context) -> Result<Outcome> {
    let pairs = desk.own_pairs(context)?;
    let data = context.ui.wants_data()?;
    let today = context.now.today;
    let report = report::own_pairs(&pairs, &desk.workspace, desk.curriculum()?, today, data);
    context.ui.report(report)?;
    if let Some(first) = pairs.iter().find(|one| one.pair.is_running).filter(|_| !data) {
        let with = if first.is_mentor { "" } else { first.other.as_str() };
        context.ui.hints(&[
            Hint::new(
                format!("upwards mentors guide {with}").trim_end().to_owned(),
                t!("mentors.hint.guide", "what both have in hand for it"),
            ),
            Hint::new(
                format!("upwards mentors log --with {} --minutes N", first.other),
                t!("mentors.hint.log", "a talk that was held"),
            ),
        ])?;
    }
    Ok(Outcome::Done)
}

fn list(free: bool, stalled: bool, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of_anybody(Some(Role::Leader), context)?;
    if !desk.leads() {
        return own_list(&desk, context);
    }
    let everybody = desk.everybody(context)?;
    let today = context.now.today;
    let settings = &desk.workspace.settings;
    let pairs = pairing::pairs_by_mentor(&everybody);
    let taken = pairing::loads(everybody.iter().map(|one| &one.mentored));
    let mentors = everybody.iter().filter(|one| one.person.is(Role::Mentor));
    let capabilities = desk.capabilities()?;
    let fresh = desk.each(
        |person| person.is(Role::Mentor) && person.is_here(today),
        context,
        |person, one| Some((person.id.as_str(), report::freshness(person, &one.assessment))),
    )?;
    let fresh: BTreeMap<&str, Vec<Fresh>> = fresh.into_iter().collect();
    let mut loads: Vec<MentorLoad<'_>> = mentors
        .map(|facts| MentorLoad {
            facts,
            seats: facts.person.seats.unwrap_or(settings.mentoring.seats),
            load: taken.get(facts.person.id.as_str()).copied().unwrap_or(0),
            pairs: pairs.get(facts.person.id.as_str()).cloned().unwrap_or_default(),
            fresh: fresh.get(facts.person.id.as_str()).cloned().unwrap_or_default(),
        })
        .collect();
    if free {
        loads.retain(|one| pairing::free_seats(one.facts.person, one.load, settings.mentoring.seats) > 0);
    }
    if stalled {
        loads.retain(|one| {
            let mut pairs = one.pairs.iter();
            pairs.any(|(_, pair)| pair.stalled_since(&settings.mentoring, today).is_some())
        });
    }
    let data = context.ui.wants_data()?;
    let is_any = !loads.is_empty();
    let is_filtered = free || stalled;
    if !is_any && is_filtered && !data {
        context
            .ui
            .line(t!("mentors.none_so", "No mentor is like that."))?;
        return Ok(Outcome::Done);
    }
    context.ui.report(report::mentor_list(
        &loads,
        &desk.workspace,
        &capabilities,
        today,
        data,
    ))?;
    if !data && is_any {
        context.ui.hints(&[Hint::new(
            "upwards mentors match",
            t!("mentors.hint.match", "a mentor for everybody who has none"),
        )])?;
    }
    Ok(Outcome::Done)
}

/// The pair that somebody is in as the one who learns, or was in last; no log but theirs is read.
fn last_pair(desk: &Desk, person: &PersonId, context: &mut Context) -> Result<Option<PairFacts>> {
    let one = desk.one(person, context)?;
    let pairs = one.map(|one| one.pairs).unwrap_or_default();
    Ok(pairs.into_iter().max_by_key(|pair| (pair.is_running, pair.since)))
}

fn no_mentor(desk: &Desk, person: &PersonId) -> CliError {
    let name = desk.workspace.name_of(person.as_str());
    let error = CliError::could_not(format!("{name} has no mentor now"));
    if desk.leads() {
        error.hint("who has: upwards mentors list")
    } else {
        error
    }
}
