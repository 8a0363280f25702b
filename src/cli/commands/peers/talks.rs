//! Talks of a group: planned, recorded for everybody who was there, and what they have in hand for one.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use crate::base::id::{PersonId, short};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::and_few;
use crate::cli::context::Context;
use crate::cli::desk::Desk;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::meetings::{self, How, Plan, Talk};
use crate::model::curriculum::TalkWith;
use crate::model::event::{Attendance, Fact, Met};
use crate::model::person::Role;
use crate::model::talks::KnownTalks;
use crate::pairing::{self, Group, GroupFacts, PlannedTalk};
use crate::report::{GuideAbout, Side};
use crate::table::Hint;

#[derive(Debug, Args)]
pub(super) struct InviteArgs {
    /// The group: the beginning of its id in `peers list` [default: if there is one only]
    group: Option<String>,
    #[command(flatten)]
    how: How,
    /// Call the planned talk off; the group is formed no longer
    #[arg(long, conflicts_with = "at")]
    cancel: bool,
}

#[derive(Debug, Args)]
pub(super) struct RecordArgs {
    /// The group: the beginning of its id in `peers list`
    group: Option<String>,
    /// Who met, without a group; whoever records it for themselves need not be named
    #[arg(
        long,
        value_name = "PERSON,...",
        value_delimiter = ',',
        required_unless_present = "group"
    )]
    with: Vec<String>,
    /// The capability [default: that of the group]
    #[arg(long, value_name = "ID", required_unless_present = "group")]
    capability: Option<String>,
    /// The day it was held [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// How many minutes it took
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1440))]
    minutes: u32,
    /// Who was there only partly, sent a deputy or did not come, as eli=deputy, eli=absent; once for each
    #[arg(long, value_name = "PERSON=WORD")]
    attendance: Vec<String>,
    /// What somebody will do before the next time, as ana="answer one customer"; once for each
    #[arg(long, value_name = "PERSON=TEXT")]
    commitment: Vec<String>,
}

/// The groups somebody may speak for: leaders for all, others for those they are in.
pub(super) fn groups(desk: &Desk, context: &mut Context) -> Result<Vec<Group>> {
    if desk.leads() {
        let everybody = desk.everybody(context)?;
        let all = everybody.iter().map(|one| (one.person.id.as_str(), &one.groups));
        let mut groups = pairing::groups(all);
        // Once somebody recorded its talk, only executives who did not are waited for.
        groups.retain(|group| {
            let mut owners = group.lines.iter();
            group.recorded.is_empty() || owners.any(|(owner, _)| is_executive(owner, desk))
        });
        return Ok(groups);
    }
    let own = desk.look(&desk.me, context, GroupFacts::of)?.unwrap_or_default();
    Ok(pairing::groups([(desk.me.as_str(), &own)]))
}

/// The group that is meant, of those that wait for their talk.
fn group(typed: Option<&str>, desk: &Desk, context: &mut Context) -> Result<Group> {
    let all = groups(desk, context)?;
    the_one(all, typed, desk)
}

fn the_one(mut all: Vec<Group>, typed: Option<&str>, desk: &Desk) -> Result<Group> {
    let list = "upwards peers list";
    if all.is_empty() {
        return Err(if desk.leads() {
            CliError::could_not("no group waits for its talk").hint("form some: upwards peers form")
        } else {
            CliError::could_not("you are in no group that waits for its talk").hint(
                "a talk that nobody planned: upwards peers record --with PERSON --capability ID --minutes N",
            )
        });
    }
    if let Some(typed) = typed {
        all.retain(|group| group.meeting.starts_with(typed));
    }
    match (all.len(), typed) {
        (1, _) => Ok(all.remove(0)),
        (0, Some(typed)) => {
            Err(CliError::could_not(format!("no group that has not met begins with \"{typed}\"")).hint(list))
        }
        (n, Some(typed)) => Err(CliError::usage(format!("{n} groups begin with \"{typed}\"")).hint(list)),
        (n, None) => Err(CliError::usage(format!("which of the {n} groups?")).hint(list)),
    }
}

pub(super) fn invite(args: &InviteArgs, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of(context)?;
    let _held = desk.hold(context)?;
    let group = group(args.group.as_deref(), &desk, context)?;
    let names = names(&group.members, &desk);
    if args.cancel {
        let said = t!(
            "peers.called_off",
            "Saved: the talk of {names} is called off.",
            names = names
        );
        let file = format!("upwards-{}-off.ics", short(&group.meeting));
        return meetings::cancel(&group.lines, &said, &file, &desk, context);
    }
    if !group.recorded.is_empty() {
        return Err(
            CliError::could_not("this group has met, as some of it recorded").hint(format!(
                "for the others: upwards peers record {} --minutes N",
                short(&group.meeting)
            )),
        );
    }
    let end = format!("upwards peers invite {} --cancel", short(&group.meeting));
    meetings::may_meet(&group.members, &end, &desk, context)?;
    let people: Vec<String> = group.members.iter().map(ToString::to_string).collect();
    let talk = Talk {
        meeting: None,
        owners: people.clone(),
        people: people.clone(),
        role: TalkWith::Peer,
        topic: group.topic.to_string(),
        at: None,
        place: None,
        minutes: None,
    };
    let plan = Plan::of(&args.how, talk, &group.lines, context)?;
    let when = plan.when;
    if Desk::rehearses(context)? {
        return Ok(Outcome::Done);
    }
    let all = plan.write(&desk, context)?;
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    context.ui.prose(
        &t!(
            "peers.planned",
            "Saved: {names} meet on {when}.",
            names = names,
            when = when
        ),
        0,
    )?;
    let name = format!("upwards-{}-{}.ics", short(all[0]), when.day);
    meetings::write_calendar(&all, &people, &name, &desk, context)?;
    context.ui.hints(&[Hint::new(
        format!("upwards peers guide {}", short(all[0])),
        t!("peers.hint.guide", "what they have in hand for it"),
    )])?;
    Ok(Outcome::Done)
}

/// Who met, about what, under which name.
struct Held {
    meeting: String,
    topic: String,
    people: BTreeSet<String>,
    /// Of a group that was formed: its lines.
    lines: Vec<(Box<str>, PlannedTalk)>,
    /// Who of it has recorded the talk already.
    recorded: BTreeSet<Box<str>>,
}

fn held(args: &RecordArgs, day: Date, desk: &Desk, context: &mut Context) -> Result<Held> {
    let topic = match &args.capability {
        Some(typed) => Some(meetings::topics_of(std::slice::from_ref(typed), desk)?.remove(0)),
        None => None,
    };
    let mut people: BTreeSet<String> = BTreeSet::new();
    for typed in &args.with {
        people.insert(context.person(&desk.workspace, typed)?.id.to_string());
    }
    // Who records it for themselves was there.
    let speaks_for_all = desk.leads() && (people.len() >= 2 || args.group.is_some());
    if !speaks_for_all && is_executive(desk.me.as_str(), desk) {
        people.insert(desk.me.to_string());
    }
    if let Some(typed) = &args.group {
        let group = group(Some(typed), desk, context)?;
        let members: BTreeSet<String> = group.members.iter().map(ToString::to_string).collect();
        if let Some(other) = people.iter().find(|id| !members.contains(*id)) {
            return Err(CliError::could_not(format!(
                "{} is not in this group",
                desk.workspace.name_of(other)
            ))
            .hint(format!(
                "leave out --with for all of it; it is {}",
                and_few(&members.iter().map(String::as_str).collect::<Vec<_>>())
            )));
        }
        return Ok(Held {
            meeting: group.meeting.to_string(),
            topic: topic.unwrap_or_else(|| group.topic.to_string()),
            people: if args.with.is_empty() { members } else { people },
            lines: group.lines,
            recorded: group.recorded,
        });
    }
    if people.len() < 2 {
        return Err(CliError::usage("a talk takes two").hint("who met: --with bo,chen"));
    }
    Ok(Held {
        meeting: name_of(&people, day, desk, context)?,
        topic: topic.unwrap_or_default(),
        people,
        lines: Vec::new(),
        recorded: BTreeSet::new(),
    })
}

/// The name of a talk that these people held: the one under which any of them knows it.
fn name_of(people: &BTreeSet<String>, day: Date, desk: &Desk, context: &mut Context) -> Result<String> {
    let mut made_up = String::new();
    for owner in people
        .iter()
        .filter(|id| desk.leads() || **id == *desk.me.as_str())
    {
        let Some(person) = desk.workspace.person(owner) else {
            continue;
        };
        let mut with = people.clone();
        with.remove(owner);
        made_up = KnownTalks::default().name(day, owner, &with);
        let name = desk.look(&person.id, context, |progress| {
            progress.known_talks().name(day, owner, &with)
        })?;
        if let Some(name) = name.filter(|name| *name != made_up) {
            return Ok(name);
        }
    }
    Ok(made_up)
}

fn is_executive(id: &str, desk: &Desk) -> bool {
    let person = desk.workspace.person(id);
    person.is_some_and(|person| person.is(Role::Executive) && !person.external)
}

pub(super) fn record(args: &RecordArgs, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of_anybody(None, context)?;
    let _held = desk.hold(context)?;
    let day = meetings::day_of(args.date.as_deref(), context)?;
    let mut held = held(args, day, &desk, context)?;
    let told = told(args, &mut held, &desk, context)?;
    let mut facts = Vec::new();
    for owner in told.owners(&held, &desk)? {
        may_record(owner, &held, &desk, context)?;
        let met = Fact::Met(Box::new(told.met(owner, &held, args.minutes, &desk)));
        facts.push((owner, vec![met]));
    }
    let count = facts.len();
    // For who did not come it is over too; guests are in the talk of the others.
    let over = held
        .lines
        .iter()
        .filter(|(owner, _)| desk.leads() && !held.people.contains(&**owner));
    facts.extend(over.map(|(owner, talk)| (&**owner, vec![Fact::Voided { reference: talk.id }])));
    if Desk::rehearses(context)? {
        return Ok(Outcome::Done);
    }
    meetings::record_on(day, facts, &desk, context)?;
    context.ui.prose(
        &t_n!(
            "peers.recorded",
            count,
            "Saved for {n} person: {names}, {day}, {minutes} min on {topic}.",
            "Saved for {n} people: {names}, {day}, {minutes} min on {topic}.",
            names = names(&held.people, &desk),
            day = day.short(context.now.today),
            minutes = args.minutes,
            topic = held.topic
        ),
        0,
    )?;
    if told.commitments.is_empty() {
        context.ui.prose(
            &t!(
                "peers.no_commitment",
                "Nobody said what they will do before the next time: --commitment ana=\"...\"."
            ),
            0,
        )?;
    }
    context
        .ui
        .hints(&[Hint::new("upwards undo", t!("mentors.hint.undo", "take it back"))])?;
    Ok(Outcome::Done)
}

/// What is said of those who were meant to be there.
struct Told {
    attendance: BTreeMap<String, Attendance>,
    absent: BTreeSet<String>,
    commitments: BTreeMap<String, String>,
}

/// What the flags say; who did not come was not in the talk.
fn told(args: &RecordArgs, held: &mut Held, desk: &Desk, context: &Context) -> Result<Told> {
    let words = by_person(&args.attendance, "--attendance", &held.people, desk, context)?;
    let commitments = by_person(&args.commitment, "--commitment", &held.people, desk, context)?;
    let mut attendance: BTreeMap<String, Attendance> = BTreeMap::new();
    let mut absent: BTreeSet<String> = BTreeSet::new();
    for (person, word) in words {
        if word == "absent" {
            held.people.remove(&person);
            absent.insert(person);
        } else if let Some(known) = Attendance::said(&word) {
            attendance.insert(person, known);
        } else {
            return Err(
                CliError::usage(format!("--attendance {person}={word}: no such word"))
                    .hint("present, partly, deputy or absent"),
            );
        }
    }
    Ok(Told {
        attendance,
        absent,
        commitments,
    })
}

impl Told {
    /// In whose logs it goes: leaders record it for everybody who learns, but those who have said it themselves and of whom
    /// nothing more is said; others for themselves.
    fn owners<'h>(&self, held: &'h Held, desk: &Desk) -> Result<Vec<&'h str>> {
        if held.people.len() < 2 {
            return Err(
                CliError::could_not("nobody met anybody").hint("upwards peers invite GROUP --at WHEN")
            );
        }
        let people = held.people.iter().map(String::as_str);
        let says_more = |id: &str| self.attendance.contains_key(id) || self.commitments.contains_key(id);
        let is_said = |id: &str| desk.leads() && held.recorded.contains(id) && !says_more(id);
        let owners: Vec<&str> = people
            .filter(|id| is_executive(id, desk) && (desk.leads() || **id == *desk.me.as_str()))
            .filter(|id| !is_said(id))
            .collect();
        if let Some(person) = self.commitments.keys().find(|id| !owners.contains(&id.as_str())) {
            return Err(CliError::could_not(format!(
                "--commitment: {person} says that themselves"
            )));
        }
        if owners.is_empty() {
            return Err(CliError::could_not(
                "this is recorded by those who learn, or by a leader",
            ));
        }
        let mut others = self.attendance.keys().chain(&self.absent);
        match others.find(|id| **id != *desk.me.as_str()) {
            Some(other) if !desk.leads() => Err(CliError::could_not(format!(
                "--attendance: {other} says that themselves"
            ))
            .hint(format!("your own: --attendance {}=partly", desk.me))),
            _ => Ok(owners),
        }
    }

    fn met(&self, owner: &str, held: &Held, minutes: u32, desk: &Desk) -> Met<'static> {
        let others = held.people.iter().filter(|id| **id != *owner);
        Met {
            curriculum: desk.curriculum.to_string().into(),
            meeting: held.meeting.clone().into(),
            with: others.map(|id| id.clone().into()).collect(),
            role: TalkWith::Peer,
            capabilities: vec![held.topic.clone().into()],
            minutes,
            attendance: self.attendance.get(owner).copied().unwrap_or(Attendance::Present),
            commitment: self.commitments.get(owner).map(|text| text.clone().into()),
        }
    }
}

/// Nobody records a talk of somebody twice.
fn may_record(owner: &str, held: &Held, desk: &Desk, context: &mut Context) -> Result<()> {
    let id: PersonId = owner
        .parse()
        .map_err(|_| CliError::usage(format!("{owner} is no person")))?;
    let me = desk.by.as_str();
    let was_said = desk.look(&id, context, |progress| {
        let mut talks = progress.meetings.iter();
        talks.any(|talk| talk.stands() && talk.event.by == me && talk.meeting == held.meeting)
    })?;
    if was_said.unwrap_or_default() {
        return Err(
            CliError::could_not(format!("you have recorded this talk of {owner}"))
                .hint("take it back: upwards undo"),
        );
    }
    Ok(())
}

/// `PERSON=WORD`, of people who were meant to be there.
fn by_person(
    typed: &[String],
    flag: &str,
    people: &BTreeSet<String>,
    desk: &Desk,
    context: &Context,
) -> Result<BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    for one in typed {
        let Some((person, word)) = one.split_once('=') else {
            return Err(
                CliError::usage(format!("{flag} {one}: whose is it?")).hint(format!("as {flag} ana=..."))
            );
        };
        let id = context.person(&desk.workspace, person.trim())?.id.to_string();
        if !people.contains(&id) {
            return Err(CliError::could_not(format!("{flag}: {id} is not in this talk")));
        }
        let word = meetings::line_of_flag(flag, word)?;
        if word.is_empty() || all.insert(id.clone(), word).is_some() {
            return Err(CliError::usage(format!("{flag}: {id} has none, or two")));
        }
    }
    Ok(all)
}

/// What everybody of a group has in hand for the talk.
pub(super) fn guide(typed: Option<&str>, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of_anybody(None, context)?;
    let group = group(typed, &desk, context)?;
    let names = group
        .members
        .iter()
        .map(|id| desk.workspace.name_of(id).to_owned());
    let who = if desk.leads() { "PERSON" } else { desk.me.as_str() };
    let about = GuideAbout {
        curriculum: desk.curriculum()?,
        topic: &group.topic,
        with: TalkWith::Peer,
        names: names.collect(),
        log: &format!(
            "upwards peers record {} --minutes N --commitment {who}=\"...\"",
            short(&group.meeting)
        ),
        at: group.at.as_deref(),
        minutes: group.minutes,
        promises: Vec::new(),
        side: side(&group.topic, &desk, context)?,
        today: context.now.today,
    };
    Desk::show_guide(&about, context)?;
    Ok(Outcome::Done)
}

/// For whom the guide is: both sides for leaders, else the host's for whoever has been through it.
fn side(topic: &str, desk: &Desk, context: &mut Context) -> Result<Side> {
    if desk.leads() {
        return Ok(Side::Both);
    }
    let capabilities = desk.capabilities()?;
    let place = capabilities.iter().position(|id| *id == topic);
    let me = desk.one(&desk.me, context)?;
    let is_host = me
        .zip(place)
        .is_some_and(|(me, place)| pairing::has_been_through(&me, place, topic));
    Ok(if is_host { Side::Mentor } else { Side::Executive })
}

fn names<T: AsRef<str>>(people: &BTreeSet<T>, desk: &Desk) -> String {
    let names: Vec<&str> = people
        .iter()
        .map(|id| desk.workspace.name_of(id.as_ref()))
        .collect();
    and_few(&names)
}
