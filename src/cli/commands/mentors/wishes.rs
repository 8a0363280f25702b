//! Wishes, vetoes and answers: leaders note them of anybody, everybody else says their own. Leaders only read them.

use clap::{Args, ValueEnum};

use super::{last_pair, no_mentor};
use crate::base::id::{EventId, PersonId};
use crate::base::texts::t;
use crate::base::words::and_list;
use crate::cli::context::Context;
use crate::cli::desk::Desk;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::reasons;
use crate::cli::record::{Recorder, TeamLog};
use crate::model::person::{Person, Role};
use crate::model::settings::Layout;
use crate::pairing;
use crate::table::Hint;
use crate::team::{self, FitAnswer, Wish};

#[derive(Debug, Args)]
pub(super) struct WishArgs {
    /// The mentor
    mentor: String,
    /// Leaders: who would like them [default: yourself]
    #[arg(long = "for", value_name = "PERSON")]
    person: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct BarArgs {
    /// With whom never; of two, the one
    #[arg(value_name = "PERSON")]
    a: String,
    /// Leaders: the other of the two [default: yourself]
    #[arg(value_name = "OTHER")]
    b: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct FitArgs {
    /// The executive of the pair [default: your own pair]
    person: Option<String>,
    /// good, unsure, or not: then they are never put together again
    answer: AnswerArg,
    /// Leaders: who says so [default: the executive]
    #[arg(long, value_name = "PERSON")]
    by: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum AnswerArg {
    Good,
    Unsure,
    Not,
}

/// The pair that an answer is on.
struct Answered {
    pair: EventId,
    person: PersonId,
    by: PersonId,
}

pub(super) fn wish(args: &WishArgs, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of_anybody(args.person.as_ref().map(|_| Role::Leader), context)?;
    let person = match &args.person {
        Some(typed) => context.person(&desk.workspace, typed)?.id.clone(),
        None => desk.me.clone(),
    };
    if person != desk.me && !desk.leads() {
        let told = "for somebody else a wish is noted by leaders";
        return Err(
            leads_nobody(&desk, told).hint(format!("for yourself: upwards mentors wish {}", args.mentor))
        );
    }
    if args.person.is_none() && !is(&desk, &person, Role::Executive) {
        let name = desk.workspace.name_of(person.as_str());
        return Err(CliError::could_not(format!(
            "{name} is no executive here, and they are who seek a mentor"
        ))
        .hint(format!(
            "leaders note it for somebody: upwards mentors wish {} --for PERSON",
            args.mentor
        )));
    }
    let mentor = somebody(&desk, &args.mentor, context)?;
    if mentor == person {
        return Err(CliError::usage("nobody mentors themselves").hint("name a mentor"));
    }
    if let Some(known) = desk.workspace.person(mentor.as_str())
        && !known.is(Role::Mentor)
    {
        return Err(no_mentor_here(&desk, known));
    }
    let wish = Wish::Wished {
        mentor: mentor.to_string(),
        person: person.to_string(),
    };
    note(&desk, &desk.me, &wish, context)
}

pub(super) fn bar(args: &BarArgs, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of_anybody(args.b.as_ref().map(|_| Role::Leader), context)?;
    if args.b.is_some() && !desk.leads() {
        return Err(leads_nobody(&desk, "two people are kept apart by leaders")
            .hint("never with you: upwards mentors bar PERSON"));
    }
    let a = somebody(&desk, &args.a, context)?;
    let b = match &args.b {
        Some(typed) => somebody(&desk, typed, context)?,
        None => desk.me.clone(),
    };
    if a == b {
        return Err(CliError::usage("these are one person").hint("name two"));
    }
    let wish = Wish::Barred {
        a: a.to_string(),
        b: b.to_string(),
    };
    note(&desk, &desk.me, &wish, context)
}

pub(super) fn fit(args: &FitArgs, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of_anybody(args.person.as_ref().map(|_| Role::Leader), context)?;
    let answer = match args.answer {
        AnswerArg::Good => FitAnswer::Good,
        AnswerArg::Unsure => FitAnswer::Unsure,
        AnswerArg::Not => FitAnswer::Not,
    };
    let Answered { pair, person, by } = match &args.person {
        Some(typed) => named_pair(&desk, typed, args.by.as_deref(), context)?,
        None => own_pair(&desk, args, answer, context)?,
    };
    let of = (by != desk.by).then(|| by.to_string());
    if of.is_some() {
        theirs_to_say(&desk, pair, &by, context)?;
    }
    let noted_by = desk.by.clone();
    note(&desk, &noted_by, &Wish::Fit { pair, answer, of }, context)?;
    if answer != FitAnswer::Not || context.global.dry_run {
        return Ok(Outcome::Done);
    }
    let unpair = if person == desk.me {
        "upwards mentors unpair".to_owned()
    } else {
        format!("upwards mentors unpair {person}")
    };
    let mut hints = vec![Hint::new(
        unpair,
        t!("mentors.hint.unpair", "nothing ends by itself: end the pair"),
    )];
    if desk.leads() {
        hints.push(Hint::new(
            "upwards mentors match",
            t!("mentors.hint.again", "another mentor; other pairs stay"),
        ));
    }
    context.ui.hints(&hints)?;
    Ok(Outcome::Done)
}

/// Once somebody has said it themselves, nobody says it for them.
fn theirs_to_say(desk: &Desk, pair: EventId, who: &PersonId, context: &mut Context) -> Result<()> {
    let notes = reasons::notes(&context.tree()?, context.now.today)?;
    if !team::is_own_word(&notes, pair, who.as_str()) {
        return Ok(());
    }
    let name = desk.workspace.name_of(who.as_str());
    Err(
        CliError::could_not(format!("{name} has said it in their own words, and these count"))
            .hint("they say it anew themselves, or take it back: upwards mentors fit, upwards undo"),
    )
}

/// The pair of an executive who is named; whoever does not lead is one of the two.
fn named_pair(desk: &Desk, typed: &str, by: Option<&str>, context: &mut Context) -> Result<Answered> {
    let person = context.person(&desk.workspace, typed)?.id.clone();
    let by = match by {
        Some(typed) => context.person(&desk.workspace, typed)?.id.clone(),
        None if desk.leads() => person.clone(),
        None => desk.me.clone(),
    };
    if by != desk.me && !desk.leads() {
        return Err(
            leads_nobody(desk, "what others say of their pair is noted by leaders")
                .hint("leave out --by: you say your own"),
        );
    }
    let pair = last_pair(desk, &person, context)?.ok_or_else(|| no_mentor(desk, &person))?;
    if by != person && *by.as_str() != *pair.mentor {
        let name = desk.workspace.name_of(by.as_str());
        let error = CliError::could_not(format!("{name} is not one of the two"));
        return Err(if desk.leads() {
            error.hint(format!("the two are {person} and {}", pair.mentor))
        } else {
            error.hint("your own pair: upwards mentors fit good, unsure or not")
        });
    }
    let pair = pair.id;
    Ok(Answered { pair, person, by })
}

/// The one pair that whoever acts is in.
fn own_pair(desk: &Desk, args: &FitArgs, answer: FitAnswer, context: &mut Context) -> Result<Answered> {
    if args.by.is_some() {
        return Err(
            CliError::usage("--by goes with the executive of a pair").hint(format!(
                "name them: upwards mentors fit PERSON {} --by WHO",
                answer.word()
            )),
        );
    }
    let mut pairs: Vec<(PersonId, EventId)> = Vec::new();
    if let Some(pair) = last_pair(desk, &desk.me, context)? {
        pairs.push((desk.me.clone(), pair.id));
    }
    // A copy holds of others only what its person mentors; where everybody's logs are at hand, nobody's is opened unnamed.
    if is(desk, &desk.me, Role::Mentor) && desk.workspace.settings.layout == Layout::Packets {
        let everybody = desk.everybody(context)?;
        let by_mentor = pairing::pairs_by_mentor(&everybody);
        let mentored = by_mentor.get(desk.me.as_str()).into_iter().flatten();
        pairs.extend(mentored.filter_map(|(person, pair)| {
            let person = desk.workspace.person(person)?;
            Some((person.id.clone(), pair.id))
        }));
    }
    let command = |person: &str| format!("upwards mentors fit {person} {}", answer.word());
    match pairs.as_slice() {
        [(person, pair)] => Ok(Answered {
            pair: *pair,
            person: person.clone(),
            by: desk.me.clone(),
        }),
        [] if is(desk, &desk.me, Role::Mentor) => {
            Err(CliError::could_not("which pair?").hint(format!("name the executive: {}", command("PERSON"))))
        }
        [] => Err(no_mentor(desk, &desk.me)),
        several => {
            let ids: Vec<&str> = several.iter().map(|(person, _)| person.as_str()).collect();
            let first = ids.first().copied().unwrap_or_default();
            Err(
                CliError::could_not(format!("you are in {} pairs, of {}", ids.len(), and_list(&ids)))
                    .hint(format!("name the executive: {}", command(first))),
            )
        }
    }
}

fn is(desk: &Desk, id: &PersonId, role: Role) -> bool {
    let person = desk.workspace.person(id.as_str());
    person.is_some_and(|person| person.is(role))
}

/// Somebody by the whole id. A person's copy names only those they meet: there an id that is not known may be right, and
/// leaders see whose it is.
fn somebody(desk: &Desk, typed: &str, context: &Context) -> Result<PersonId> {
    let is_copy = desk.workspace.settings.layout == Layout::Packets && !desk.leads();
    match context.person(&desk.workspace, typed) {
        Ok(person) => Ok(person.id.clone()),
        Err(unknown) => {
            let Some(id) = typed.parse().ok().filter(|_| is_copy) else {
                return Err(unknown);
            };
            context.ui.notice(&format!(
                "note: your copy names only whom you meet, and nobody of the id {id}: is it right? as it stands it goes to the leaders"
            ))?;
            Ok(id)
        }
    }
}

fn no_mentor_here(desk: &Desk, person: &Person) -> CliError {
    let error = CliError::could_not(format!("{} is no mentor here", person.name));
    if desk.leads() {
        error.hint(format!(
            "make them one: upwards people edit {} --set roles=mentor",
            person.id
        ))
    } else {
        error.hint("who is one is said by whoever leads")
    }
}

fn leads_nobody(desk: &Desk, told: &str) -> CliError {
    let name = desk.workspace.name_of(desk.me.as_str());
    CliError::could_not(format!("{name} leads nobody here: {told}"))
}

fn note(desk: &Desk, by: &PersonId, wish: &Wish, context: &mut Context) -> Result<Outcome> {
    if Desk::rehearses(context)? {
        return Ok(Outcome::Done);
    }
    let sits_here = desk.workspace.person(desk.by.as_str());
    if desk.by != desk.me && !sits_here.is_some_and(|person| person.is(Role::Leader)) {
        return Err(CliError::usage(format!(
            "nobody says for {} what only leaders read",
            desk.workspace.name_of(desk.me.as_str())
        ))
        .hint("leave out --as"));
    }
    let log = context.team_log(&desk.workspace, &desk.me)?;
    let mut recorder = Recorder::new(context, &desk.workspace.settings)?;
    recorder.record_wish(log, desk.me.as_str(), by.as_str(), wish)?;
    let saved = match log {
        TeamLog::Leaders => t!(
            "mentors.noted",
            "Saved for the leaders; no executive's or mentor's copy holds it."
        ),
        TeamLog::Own => t!(
            "mentors.noted.own",
            "Saved on this computer; only leaders read it, they get it with your next: upwards send"
        ),
    };
    context.ui.prose(&saved, 0)?;
    Ok(Outcome::Done)
}
