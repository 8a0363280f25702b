//! Talks of a group: planned, recorded for everybody who was there, and what they have in hand for one.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use crate::base::id::{EventId, PersonId};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::and_list;
use crate::cli::commands::mentors::AttendanceArg;
use crate::cli::context::Context;
use crate::cli::desk::Desk;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::meetings::{self, Talk};
use crate::cli::record::Recorder;
use crate::model::curriculum::TalkWith;
use crate::model::event::{Attendance, Fact, Met};
use crate::model::person::Role;
use crate::pairing::{PlannedTalk, planned_groups};
use crate::report::{self, GuideAbout, Side};
use crate::table::Hint;

#[derive(Debug, Args)]
pub(super) struct InviteArgs {
    /// The group: the beginning of its id in `peers list` [default: if there is one only]
    group: Option<String>,
    /// When, as "2026-03-19 09:30"; a talk that is planned already moves
    #[arg(long, value_name = "WHEN", required_unless_present = "cancel")]
    at: Option<String>,
    /// Where
    #[arg(long, value_name = "TEXT")]
    place: Option<String>,
    /// Call the planned talk off; the group is formed no longer
    #[arg(long, conflicts_with_all = ["at", "place"])]
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
    /// Who was there only partly, sent a deputy or did not come: eli=deputy, bo=absent
    #[arg(long, value_name = "PERSON=WORD")]
    attendance: Vec<String>,
    /// What somebody will do before the next time: ana="answer one customer"
    #[arg(long, value_name = "PERSON=TEXT")]
    commitment: Vec<String>,
}

/// A group that is formed, with its line in each log.
#[derive(Debug)]
struct Group {
    meeting: String,
    topic: String,
    members: BTreeSet<String>,
    at: Option<String>,
    lines: Vec<(String, EventId)>,
    /// One of these lines.
    talk: PlannedTalk,
}

/// The groups somebody may speak for: leaders for all, others for those they are in.
fn groups(desk: &Desk, context: &mut Context) -> Result<Vec<Group>> {
    let mut all: BTreeMap<(Date, String), Group> = BTreeMap::new();
    let mut note = |person: &str, talks: &[PlannedTalk]| {
        for talk in talks {
            let key = (talk.since, talk.meeting.to_string());
            let group = all.entry(key).or_insert_with(|| Group {
                meeting: talk.meeting.to_string(),
                topic: talk.topic.to_string(),
                members: BTreeSet::new(),
                at: talk.at.as_deref().map(str::to_owned),
                lines: Vec::new(),
                talk: talk.clone(),
            });
            group.members.insert(person.to_owned());
            group.members.extend(talk.with.iter().map(ToString::to_string));
            group.lines.push((person.to_owned(), talk.id));
        }
    };
    if desk.leads() {
        for one in desk.everybody(context)? {
            note(one.person.id.as_str(), &one.groups);
        }
    } else {
        let talks = desk.look(&desk.me, context, planned_groups)?;
        note(desk.me.as_str(), &talks.unwrap_or_default());
    }
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (_, group) in all {
        match groups.get_mut(&group.meeting) {
            Some(known) => {
                known.members.extend(group.members);
                known.lines.extend(group.lines);
                known.at = group.at.or_else(|| known.at.take());
            }
            None => {
                groups.insert(group.meeting.clone(), group);
            }
        }
    }
    Ok(groups.into_values().collect())
}

/// The group that is meant.
fn group(typed: Option<&str>, desk: &Desk, context: &mut Context) -> Result<Group> {
    let mut all = groups(desk, context)?;
    let list = "upwards peers list";
    if all.is_empty() {
        return Err(CliError::could_not("no group is formed").hint("upwards peers form"));
    }
    if let Some(typed) = typed {
        all.retain(|group| group.meeting.starts_with(typed));
    }
    match (all.len(), typed) {
        (1, _) => Ok(all.remove(0)),
        (0, Some(typed)) => Err(CliError::could_not(format!("no group begins with \"{typed}\"")).hint(list)),
        (n, Some(typed)) => Err(CliError::usage(format!("{n} groups begin with \"{typed}\"")).hint(list)),
        (n, None) => Err(CliError::usage(format!("which of the {n} groups?")).hint(list)),
    }
}

pub(super) fn invite(args: &InviteArgs, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of(context)?;
    let group = group(args.group.as_deref(), &desk, context)?;
    let names = names(&group.members, &desk);
    if args.cancel {
        if context.global.dry_run {
            context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
            return Ok(Outcome::Done);
        }
        let mut recorder = Recorder::new(context, &desk.workspace.settings)?;
        meetings::call_off(&group.lines, &desk, &mut recorder)?;
        context.ui.prose(
            &t!(
                "peers.called_off",
                "Saved: the talk of {names} is called off.",
                names = names
            ),
            0,
        )?;
        if group.at.is_some() {
            let owners: Vec<String> = group.lines.iter().map(|(owner, _)| owner.clone()).collect();
            let name = format!("upwards-{}-off.ics", short(&group.meeting));
            meetings::write_calendar(&[&group.meeting], &owners, &name, context)?;
        }
        return Ok(Outcome::Done);
    }
    let (when, at) = meetings::time_to_come(args.at.as_deref().unwrap_or_default(), context)?;
    let people: Vec<String> = group.members.iter().cloned().collect();
    let mut talk = Talk {
        meeting: None,
        owners: people.clone(),
        people,
        role: TalkWith::Peer,
        topic: group.topic.clone(),
        at: Some(at),
        place: args.place.clone(),
    };
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    let mut recorder = Recorder::new(context, &desk.workspace.settings)?;
    talk.meeting =
        meetings::name_to_move(&group.talk, &group.lines, &desk, &mut recorder, context.now.today)?;
    let mut all = meetings::plan(std::slice::from_ref(&talk), &desk, &mut recorder)?;
    all.push(group.meeting.clone());
    all.dedup();
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
    meetings::write_calendar(&all, &talk.owners, &name, context)?;
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
}

fn held(args: &RecordArgs, day: Date, desk: &Desk, context: &mut Context) -> Result<Held> {
    let topic = |typed: &String| -> Result<String> {
        Ok(meetings::topics_of(std::slice::from_ref(typed), desk)?.remove(0))
    };
    let mut people: BTreeSet<String> = BTreeSet::new();
    for typed in &args.with {
        people.insert(context.person(&desk.workspace, typed)?.id.to_string());
    }
    if !desk.leads() || is_executive(desk.me.as_str(), desk) && args.group.is_none() && people.len() < 2 {
        people.insert(desk.me.to_string());
    }
    if let Some(typed) = &args.group {
        let group = group(Some(typed), desk, context)?;
        return Ok(Held {
            meeting: group.meeting,
            topic: args.capability.as_ref().map_or(Ok(group.topic), topic)?,
            people: if args.with.is_empty() {
                group.members
            } else {
                people
            },
        });
    }
    if people.len() < 2 {
        return Err(CliError::usage("a talk takes two").hint("--with bo,chen"));
    }
    let planned = groups(desk, context)?
        .into_iter()
        .find(|group| group.members == people);
    let all: Vec<&str> = people.iter().map(String::as_str).collect();
    let meeting = planned.map_or_else(|| format!("{day}:{}", all.join("+")), |group| group.meeting);
    Ok(Held {
        meeting,
        topic: args.capability.as_ref().map_or(Ok(String::new()), topic)?,
        people,
    })
}

fn is_executive(id: &str, desk: &Desk) -> bool {
    let person = desk.workspace.person(id);
    person.is_some_and(|person| person.is(Role::Executive) && !person.external)
}

pub(super) fn record(args: &RecordArgs, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of_anybody(None, context)?;
    let day = meetings::day_of(args.date.as_deref(), context)?;
    let mut held = held(args, day, &desk, context)?;
    let attendance = by_person(&args.attendance, "--attendance", &held.people, &desk, context)?;
    let commitments = by_person(&args.commitment, "--commitment", &held.people, &desk, context)?;
    let mut words: BTreeMap<String, Attendance> = BTreeMap::new();
    for (person, word) in &attendance {
        match word.as_str() {
            "absent" => {
                held.people.remove(person);
            }
            "present" | "partly" | "deputy" => {
                words.insert(person.clone(), attendance_of(word));
            }
            other => {
                return Err(
                    CliError::usage(format!("--attendance {person}={other}: no such word"))
                        .hint("present, partly, deputy or absent"),
                );
            }
        }
    }
    if held.people.len() < 2 {
        return Err(CliError::could_not("nobody met anybody").hint("upwards peers invite GROUP --at WHEN"));
    }
    // Leaders record it for everybody who learns; others speak for themselves.
    let owners: Vec<&String> = held
        .people
        .iter()
        .filter(|id| is_executive(id, &desk) && (desk.leads() || ***id == *desk.me.as_str()))
        .collect();
    if let Some(person) = commitments.keys().find(|id| !owners.contains(id)) {
        return Err(CliError::could_not(format!(
            "--commitment: {person} says that themselves"
        )));
    }
    let mut facts = Vec::new();
    for owner in &owners {
        let id: PersonId = owner
            .parse()
            .map_err(|_| CliError::usage(format!("{owner} is no person")))?;
        let me = desk.me.as_str();
        let was_said = desk.look(&id, context, |progress| {
            let mut talks = progress.meetings.iter();
            talks.any(|talk| talk.stands() && talk.event.by == me && talk.met.meeting == held.meeting)
        })?;
        if was_said.unwrap_or_default() {
            return Err(
                CliError::could_not(format!("you have recorded this talk of {owner}"))
                    .hint("take it back: upwards undo"),
            );
        }
        let others = held.people.iter().filter(|id| id != owner);
        facts.push((
            owner.as_str(),
            vec![Fact::Met(Box::new(Met {
                curriculum: desk.curriculum.to_string().into(),
                meeting: held.meeting.clone().into(),
                with: others.map(|id| id.clone().into()).collect(),
                role: TalkWith::Peer,
                capabilities: vec![held.topic.clone().into()],
                minutes: args.minutes,
                attendance: words.get(*owner).copied().unwrap_or(Attendance::Present),
                commitment: commitments.get(*owner).map(|text| text.clone().into()),
            }))],
        ));
    }
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    let count = facts.len();
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
    if commitments.is_empty() {
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

fn attendance_of(word: &str) -> Attendance {
    match word {
        "partly" => AttendanceArg::Partly.of(),
        "deputy" => AttendanceArg::Deputy.of(),
        _ => AttendanceArg::Present.of(),
    }
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
        let word = word.trim().to_owned();
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
    let about = GuideAbout {
        curriculum: desk.curriculum()?,
        topic: &group.topic,
        with: TalkWith::Peer,
        names: names.collect(),
        log: &format!("upwards peers record {}", short(&group.meeting)),
        at: group.at.as_deref(),
        promise: None,
        side: if desk.leads() { Side::Both } else { Side::Executive },
        today: context.now.today,
    };
    if context.ui.wants_data()? {
        context.ui.report(report::guide_report(&about))?;
    } else {
        context
            .ui
            .lines(report::guide_lines(&about, context.ui.prose_width()))?;
    }
    Ok(Outcome::Done)
}

fn names(people: &BTreeSet<String>, desk: &Desk) -> String {
    let names: Vec<&str> = people.iter().map(|id| desk.workspace.name_of(id)).collect();
    and_list(&names)
}

fn short(meeting: &str) -> &str {
    meeting.get(..8).unwrap_or(meeting)
}
