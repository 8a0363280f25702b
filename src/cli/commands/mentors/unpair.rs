//! Ends a pair.

use clap::Args;

use super::no_mentor;
use crate::base::id::PersonId;
use crate::base::texts::t;
use crate::cli::context::Context;
use crate::cli::desk::Desk;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::record::{Entries, Recorder};
use crate::model::event::Fact;
use crate::model::person::Role;
use crate::pairing::PairFacts;

#[derive(Debug, Args)]
pub(super) struct UnpairArgs {
    /// The executive [default: yourself]
    person: Option<String>,
    /// Of several mentors this one [default: the last]
    #[arg(long, value_name = "ID")]
    mentor: Option<String>,
    /// Why; leaders only read it
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

pub(super) fn run(args: &UnpairArgs, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of_anybody(args.person.as_ref().map(|_| Role::Leader), context)?;
    let person = match &args.person {
        Some(typed) => context.person(&desk.workspace, typed)?.id.clone(),
        None => desk.me.clone(),
    };
    if args.reason.is_some() && !desk.leads() {
        return Err(
            CliError::usage("nobody has to say why; a reason is the leaders' note")
                .hint("leave out --reason"),
        );
    }
    let _held = desk.hold(context)?;
    let mentor = match &args.mentor {
        Some(typed) => Some(context.person(&desk.workspace, typed)?.id.clone()),
        None => None,
    };
    let one = desk.one(&person, context)?;
    let mut running = one.map(|one| one.pairs).unwrap_or_default();
    running.retain(|pair| pair.is_running);
    let pair = meant(&running, &person, mentor.as_ref(), &desk)?.clone();
    if Desk::rehearses(context)? {
        return Ok(Outcome::Done);
    }
    // Two computers may have made the pair twice; what the two have planned goes with it.
    running.retain(|other| other.mentor == pair.mentor);
    let ends = running.iter().map(|pair| Fact::Unpaired { reference: pair.id });
    let off = pair
        .open_talks
        .iter()
        .map(|talk| Fact::Voided { reference: talk.id });
    let mut recorder = Recorder::new(context, &desk.workspace.settings)?;
    let ids = recorder.record(&[Entries {
        person: person.as_str(),
        by: desk.by.as_str(),
        facts: ends.chain(off).collect(),
        via: None,
    }])?;
    if let Some(reason) = args.reason.as_deref() {
        let reasons: Vec<_> = ids.iter().take(running.len()).map(|id| (*id, reason)).collect();
        recorder
            .record_reasons(desk.by.as_str(), &reasons)
            .map_err(|error| error.hint("the pair is ended, its reason is not noted"))?;
    }
    context.ui.line(t!(
        "mentors.unpaired",
        "Saved: {person} and {mentor} are no pair any more.",
        person = desk.workspace.name_of(person.as_str()),
        mentor = desk.workspace.name_of(&pair.mentor)
    ))?;
    if let Some(day) = pair.planned {
        context.ui.line(t!(
            "mentors.unpaired.talk",
            "Their talk of {day} is called off with it: upwards export ics --withdrawn",
            day = day.weekday_short()
        ))?;
    }
    Ok(Outcome::Done)
}

/// The running pair that is meant: the one with the named mentor, else the last; of several a mentor means their own.
fn meant<'p>(
    running: &'p [PairFacts],
    person: &PersonId,
    mentor: Option<&PersonId>,
    desk: &Desk,
) -> Result<&'p PairFacts> {
    let leads_or_learns = desk.leads() || desk.me == *person;
    let is_meant = |pair: &&PairFacts| {
        let is_theirs = leads_or_learns || *pair.mentor == *desk.me.as_str();
        is_theirs && mentor.is_none_or(|id| *pair.mentor == *id.as_str())
    };
    if let Some(pair) = running.iter().rfind(is_meant) {
        return Ok(pair);
    }
    let name = desk.workspace.name_of(person.as_str());
    if !leads_or_learns {
        return Err(CliError::could_not(format!(
            "a pair of {name} is ended by one of the two, or by a leader"
        ))
        .hint("your pairs: upwards mentors list"));
    }
    match mentor.filter(|_| !running.is_empty()) {
        Some(mentor) => Err(CliError::could_not(format!(
            "{name} and {} are no pair now",
            desk.workspace.name_of(mentor.as_str())
        ))
        .hint(format!("their pairs: upwards mentors show {person}"))),
        None => Err(no_mentor(desk, person)),
    }
}
