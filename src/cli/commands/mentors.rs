use std::collections::BTreeSet;

use clap::{Args, Subcommand, ValueEnum};

use crate::base::id::{EventId, PersonId};
use crate::base::texts::{t, t_n};
use crate::cli::context::Context;
use crate::cli::desk::Desk;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::reasons::wishes;
use crate::cli::record::{Entries, Recorder};
use crate::model::event::Fact;
use crate::model::person::{Person, Role};
use crate::pairing::{self, PairFacts, Proposal};
use crate::report::{self, MatchAbout, MentorLoad};
use crate::table::Hint;
use crate::team::{FitAnswer, Wish};

/// Mentors: propose pairs with the reason for each, see load and what stalls
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards mentors match\n  upwards mentors match --yes\n  upwards mentors list --stalled\n  upwards mentors wish jo --for ana\n  upwards mentors bar dana sam\n  upwards mentors fit ana not\n  upwards mentors unpair ana"
)]
pub(crate) struct MentorsArgs {
    #[command(subcommand)]
    what: MentorsCommand,
}

#[derive(Debug, Subcommand)]
enum MentorsCommand {
    /// Every mentor: in what, by whose word, seats, with whom, the last talk, what stalls
    List {
        /// Only those with a free seat
        #[arg(long)]
        free: bool,
        /// Only those with a pair that stalls
        #[arg(long)]
        stalled: bool,
    },
    /// Propose a mentor for everybody who has none; pairs that run stay as they are
    Match,
    /// End a pair; nobody has to say why
    Unpair {
        /// The executive [default: yourself]
        person: Option<String>,
        /// Why; leaders only read it
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Note that somebody would like this mentor; leaders only read it
    Wish {
        /// The mentor
        mentor: String,
        /// Who would like them
        #[arg(long = "for", value_name = "PERSON")]
        person: String,
    },
    /// Never put these two together; nobody has to say why, leaders only read it
    Bar {
        /// One of the two
        a: String,
        /// The other
        b: String,
    },
    /// Note what a pair is like after the first talk; leaders only read it
    Fit {
        /// The executive
        person: String,
        /// good, unsure, or not: then they are never put together again
        answer: AnswerArg,
        /// Who says so [default: the executive]
        #[arg(long, value_name = "PERSON")]
        by: Option<String>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum AnswerArg {
    Good,
    Unsure,
    Not,
}

pub(crate) fn run(args: &MentorsArgs, context: &mut Context) -> Result<Outcome> {
    match &args.what {
        MentorsCommand::List { free, stalled } => list(*free, *stalled, context),
        MentorsCommand::Match => propose(context),
        MentorsCommand::Unpair { person, reason } => unpair(person.as_deref(), reason.as_deref(), context),
        MentorsCommand::Wish { mentor, person } => wish(mentor, person, context),
        MentorsCommand::Bar { a, b } => bar(a, b, context),
        MentorsCommand::Fit { person, answer, by } => fit(person, *answer, by.as_deref(), context),
    }
}

/// Whether a command of this kind writes.
pub(crate) fn writes(args: &MentorsArgs) -> bool {
    !matches!(args.what, MentorsCommand::List { .. })
}

fn propose(context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of(context)?;
    let everybody = desk.everybody(context)?;
    let known = wishes(&context.tree()?)?;
    let capabilities = desk.capabilities()?;
    let pairs = everybody.iter().flat_map(|one| &one.pairs);
    let not_fitting: BTreeSet<EventId> = pairs
        .filter(|pair| known.does_not_fit(pair.id))
        .map(|pair| pair.id)
        .collect();
    let rules = desk.rules(&capabilities, &known, &not_fitting);
    let mentors = pairing::mentors(&everybody, &rules);
    let proposal = pairing::match_mentors(&pairing::seekers(&everybody, &rules), &mentors);
    let free: Vec<(&str, u32)> = mentors.iter().map(|mentor| (mentor.id, mentor.free)).collect();
    let about = MatchAbout {
        workspace: &desk.workspace,
        capabilities: &capabilities,
        free: &free,
        today: context.now.today,
    };
    let data = context.ui.wants_data()?;
    context.ui.report(report::match_report(&proposal, &about, data))?;
    write(&proposal, &capabilities, &desk, data, context)
}

/// Writes the pairs once somebody said so.
fn write(
    proposal: &Proposal<'_>,
    capabilities: &[&str],
    desk: &Desk,
    data: bool,
    context: &mut Context,
) -> Result<Outcome> {
    if proposal.pairs.is_empty() || (data && !context.global.yes) {
        return Ok(Outcome::Done);
    }
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    let question = t_n!(
        "mentors.match.ask",
        proposal.pairs.len(),
        "Write this {n} pair?",
        "Write these {n} pairs?"
    );
    if !context.agreed("mentors.match", &question, "--yes")? {
        context.ui.line(t!("nothing_written", "Nothing was written."))?;
        return Ok(Outcome::Done);
    }
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
                by: desk.me.as_str(),
                facts: vec![Fact::Paired {
                    curriculum: desk.curriculum.to_string().into(),
                    mentor: pair.mentor.to_owned().into(),
                    capabilities: about.map(|id| (*id).to_owned().into()).collect(),
                    why: Some(shared_reason(&report::why_pair(&pair.fit, capabilities)).into()),
                }],
                via: None,
            }
        })
        .collect();
    Recorder::new(context, &desk.workspace.settings)?.record(&entries)?;
    if !data {
        context.ui.line(t!("saved", "Saved."))?;
    }
    Ok(Outcome::Done)
}

/// What of a reason the pair may read: what is missing and brought; not wishes, nor earlier pairs.
fn shared_reason(why: &str) -> String {
    let parts = why.split(", ").filter(|part| part.contains(" x "));
    let parts: Vec<String> = parts.map(|part| part.replace('*', " (stated)")).collect();
    parts.join(", ")
}

fn list(free: bool, stalled: bool, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of(context)?;
    let everybody = desk.everybody(context)?;
    let today = context.now.today;
    let settings = &desk.workspace.settings;
    let pairs_of = |mentor: &Person| -> Vec<(&str, &PairFacts)> {
        let all = everybody.iter().flat_map(|one| {
            let pairs = one.pairs.iter().filter(|pair| pair.is_running);
            pairs.map(|pair| (one.person.id.as_str(), pair))
        });
        all.filter(|(_, pair)| *pair.mentor == *mentor.id.as_str())
            .collect()
    };
    let mentors = everybody.iter().filter(|one| one.person.is(Role::Mentor));
    let mut loads: Vec<MentorLoad<'_>> = mentors
        .map(|facts| MentorLoad {
            facts,
            seats: facts.person.seats.unwrap_or(settings.mentoring.seats),
            pairs: pairs_of(facts.person),
        })
        .collect();
    if free {
        loads.retain(|one| usize::try_from(one.seats).is_ok_and(|seats| one.pairs.len() < seats));
    }
    if stalled {
        loads.retain(|one| {
            let mut pairs = one.pairs.iter();
            pairs.any(|(_, pair)| report::is_stalled(pair, &settings.mentoring, today))
        });
    }
    let capabilities = desk.capabilities()?;
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

fn unpair(typed: Option<&str>, reason: Option<&str>, context: &mut Context) -> Result<Outcome> {
    let (workspace, id) = context.workspace_with_curriculum()?;
    let me = context.actor(&workspace, typed.map(|_| Role::Leader))?;
    let person = match typed {
        Some(typed) => context.person(&workspace, typed)?.id.clone(),
        None => me.clone(),
    };
    let leads = workspace
        .person(me.as_str())
        .is_some_and(|me| me.is(Role::Leader));
    if !leads && person != me {
        return Err(CliError::could_not(format!(
            "a pair is ended by {} or by a leader",
            workspace.name_of(person.as_str())
        )));
    }
    let desk = Desk {
        workspace,
        curriculum: id,
        me,
    };
    let pair = running_pair(&desk, person.as_str(), context)?;
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    let mut recorder = Recorder::new(context, &desk.workspace.settings)?;
    let ids = recorder.record(&[Entries {
        person: person.as_str(),
        by: desk.me.as_str(),
        facts: vec![Fact::Unpaired { reference: pair.id }],
        via: None,
    }])?;
    if let Some(reason) = reason.filter(|_| leads) {
        recorder.record_reasons(&ids, desk.me.as_str(), reason)?;
    }
    context.ui.line(t!(
        "mentors.unpaired",
        "Saved: {person} and {mentor} are no pair any more.",
        person = desk.workspace.name_of(person.as_str()),
        mentor = desk.workspace.name_of(&pair.mentor)
    ))?;
    Ok(Outcome::Done)
}

/// The pair that somebody is in as the one who learns.
fn running_pair(desk: &Desk, person: &str, context: &mut Context) -> Result<PairFacts> {
    let everybody = desk.everybody(context)?;
    let one = everybody.iter().find(|one| one.person.id.as_str() == person);
    let running = one.and_then(|one| one.pairs.iter().rev().find(|pair| pair.is_running));
    running.cloned().ok_or_else(|| {
        CliError::could_not(format!("{} has no mentor now", desk.workspace.name_of(person)))
            .hint("who has: upwards mentors list")
    })
}

fn wish(mentor: &str, person: &str, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of(context)?;
    let mentor = context.person(&desk.workspace, mentor)?;
    if !mentor.is(Role::Mentor) {
        return Err(
            CliError::could_not(format!("{} is no mentor here", mentor.name)).hint(format!(
                "make them one: upwards people edit {} --set roles=mentor",
                mentor.id
            )),
        );
    }
    let wish = Wish::Wished {
        mentor: mentor.id.to_string(),
        person: context.person(&desk.workspace, person)?.id.to_string(),
    };
    note(&desk, wish, context)
}

fn bar(a: &str, b: &str, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of(context)?;
    let id = |typed: &str| -> Result<PersonId> { Ok(context.person(&desk.workspace, typed)?.id.clone()) };
    let (a, b) = (id(a)?, id(b)?);
    if a == b {
        return Err(CliError::usage("these are one person").hint("name two"));
    }
    let wish = Wish::Barred {
        a: a.to_string(),
        b: b.to_string(),
    };
    note(&desk, wish, context)
}

fn fit(person: &str, answer: AnswerArg, by: Option<&str>, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of(context)?;
    let person = context.person(&desk.workspace, person)?.id.clone();
    let pair = running_pair(&desk, person.as_str(), context)?;
    let by = match by {
        Some(typed) => context.person(&desk.workspace, typed)?.id.clone(),
        None => person.clone(),
    };
    if by != person && *by.as_str() != *pair.mentor {
        return Err(CliError::could_not(format!(
            "{} is not one of the two",
            desk.workspace.name_of(by.as_str())
        ))
        .hint(format!("the two are {person} and {}", pair.mentor)));
    }
    let answer = match answer {
        AnswerArg::Good => FitAnswer::Good,
        AnswerArg::Unsure => FitAnswer::Unsure,
        AnswerArg::Not => FitAnswer::Not,
    };
    let wish = Wish::Fit {
        pair: pair.id,
        answer,
    };
    let is_over = answer == FitAnswer::Not;
    note_as(&desk, by.as_str(), wish, context)?;
    if is_over && !context.global.dry_run {
        context.ui.hints(&[
            Hint::new(
                format!("upwards mentors unpair {person}"),
                t!("mentors.hint.unpair", "nothing ends by itself: end the pair"),
            ),
            Hint::new(
                "upwards mentors match",
                t!("mentors.hint.again", "another mentor; other pairs stay"),
            ),
        ])?;
    }
    Ok(Outcome::Done)
}

fn note(desk: &Desk, wish: Wish, context: &mut Context) -> Result<Outcome> {
    note_as(desk, desk.me.as_str(), wish, context)
}

fn note_as(desk: &Desk, by: &str, wish: Wish, context: &mut Context) -> Result<Outcome> {
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    Recorder::new(context, &desk.workspace.settings)?.record_wishes(by, &[wish])?;
    context.ui.stored.set(true);
    context.ui.line(t!(
        "mentors.noted",
        "Saved for the leaders; no executive's or mentor's copy holds it."
    ))?;
    Ok(Outcome::Done)
}
