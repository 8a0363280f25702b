//! Talks of a pair or a group: planned, moved, called off, and recorded once they were held.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use clap::Args;

use crate::base::text::is_unprintable;
use crate::base::time::{Date, Instant, Now, When};
use crate::cli::calendar;
use crate::cli::context::Context;
use crate::cli::desk::Desk;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::person::Subject;
use crate::cli::reasons;
use crate::cli::record::{Entries, Recorder};
use crate::cli::wrap_up;
use crate::disk;
use crate::model::curriculum::{Curriculum, TalkWith};
use crate::model::event::{Fact, Invited, TALK_MINUTES, Text};
use crate::pairing::{self, PlannedTalk};
use crate::report;

/// A talk to plan.
#[derive(Debug, Clone)]
pub(crate) struct Talk {
    /// Its name, if it has one; else its first line names it.
    pub(crate) meeting: Option<String>,
    /// Everybody who meets, by id.
    pub(crate) people: Vec<String>,
    /// In whose logs it stands: of a pair in that of the one who learns, of a group in everybody's.
    pub(crate) owners: Vec<String>,
    /// What the others are to each of these.
    pub(crate) role: TalkWith,
    /// The capability it is about.
    pub(crate) topic: String,
    /// When, with its zone.
    pub(crate) at: Option<String>,
    /// Where.
    pub(crate) place: Option<String>,
    /// How many minutes, unless as its step says.
    pub(crate) minutes: Option<u32>,
}

/// What is said of a talk that is planned.
#[derive(Debug, Args)]
pub(crate) struct How {
    /// When, as "2026-03-19 09:30"; a talk that is planned already moves
    #[arg(long, value_name = "WHEN", required_unless_present = "cancel")]
    at: Option<String>,
    /// Where
    #[arg(long, value_name = "TEXT", conflicts_with = "cancel")]
    place: Option<String>,
    /// How many minutes it takes, 5 to 480 [default: as planned before, else as its step says]
    #[arg(long, value_name = "N", conflicts_with = "cancel", value_parser = clap::value_parser!(u32).range(5..=480))]
    minutes: Option<u32>,
}

/// A talk with its day, ready to be written.
pub(crate) struct Plan<'l> {
    talk: Talk,
    /// The lines that plan it now, by whose log they are in; none: it is new.
    lines: &'l [(Box<str>, PlannedTalk)],
    pub(crate) when: When,
    instant: Instant,
}

impl<'l> Plan<'l> {
    /// What was not said anew stays as it was planned. Nothing is written where nothing would change, or where its calendar
    /// file may not be.
    pub(crate) fn of(
        how: &How,
        talk: Talk,
        lines: &'l [(Box<str>, PlannedTalk)],
        context: &Context,
    ) -> Result<Self> {
        let (when, instant, at) = time_to_come(how.at.as_deref().unwrap_or_default(), context)?;
        let newest = lines.iter().map(|(_, talk)| talk);
        let open = newest.max_by_key(|talk| (talk.since, talk.at.is_some()));
        let before = || open?.place.as_deref().map(str::to_owned);
        let place = how.place.as_deref().map(|typed| line_of_flag("--place", typed));
        let talk = Talk {
            at: Some(at),
            place: place.transpose()?.or_else(before),
            minutes: how.minutes.or_else(|| open?.minutes),
            ..talk
        };
        let is_same = |open: &PlannedTalk| {
            open.at.as_deref() == talk.at.as_deref()
                && open.place.as_deref() == talk.place.as_deref()
                && open.minutes == talk.minutes
                && *open.topic == *talk.topic
        };
        if open.is_some_and(is_same) {
            return Err(
                CliError::could_not(format!("that is planned already, for {when}"))
                    .hint("its calendar file: upwards export ics"),
            );
        }
        may_write_calendar(context)?;
        Ok(Self {
            talk,
            lines,
            when,
            instant,
        })
    }

    /// From when to when it is, in seconds.
    pub(crate) fn span(&self, curriculum: &Curriculum) -> Range<i64> {
        span(
            self.instant,
            &self.talk.topic,
            self.talk.role,
            self.talk.minutes,
            curriculum,
        )
    }

    /// Writes it down, or moves it; all of it is one act. Its name, and the one it had where that is another.
    pub(crate) fn write(mut self, desk: &Desk, context: &mut Context) -> Result<Vec<String>> {
        let mut recorder = Recorder::new(context, &desk.workspace.settings)?;
        let former = self.lines.first().map(|(_, talk)| talk.meeting.to_string());
        if let Some(former) = &former {
            let today = context.now.today;
            self.talk.meeting = name_to_move(former, self.lines, desk, &mut recorder, today)?;
        }
        let mut names = plan(std::slice::from_ref(&self.talk), desk, &mut recorder)?;
        names.extend(former);
        names.dedup();
        Ok(names)
    }
}

/// From when to when a talk is, in seconds: as long as was said, else as its step says.
pub(crate) fn span(
    start: Instant,
    topic: &str,
    role: TalkWith,
    minutes: Option<u32>,
    curriculum: &Curriculum,
) -> Range<i64> {
    let minutes = report::talk_minutes(curriculum, role, topic, minutes);
    let start = start.seconds();
    start..start + i64::from(minutes.seconds().0)
}

/// Nobody invites two who are never to meet, as far as whoever invites may know it: leaders do. `end` = the command that
/// ends what they are in.
pub(crate) fn may_meet(
    people: &BTreeSet<Box<str>>,
    end: &str,
    desk: &Desk,
    context: &mut Context,
) -> Result<()> {
    if !desk.leads() {
        return Ok(());
    }
    let known = reasons::wishes(&context.tree()?, context.now.today)?;
    let Some((one, other)) = pairing::barred_two(people, &known.barred) else {
        return Ok(());
    };
    let name = |id| desk.workspace.name_of(id);
    Err(CliError::could_not(format!(
        "{} and {}: not possible; nothing was planned",
        name(one),
        name(other)
    ))
    .hint(format!("end it: {end}")))
}

/// Calls a talk off, and says so; a calendar file withdraws the entry of one that had a day.
pub(crate) fn cancel(
    lines: &[(Box<str>, PlannedTalk)],
    said: &str,
    file: &str,
    desk: &Desk,
    context: &mut Context,
) -> Result<Outcome> {
    if Desk::rehearses(context)? {
        return Ok(Outcome::Done);
    }
    let mut recorder = Recorder::new(context, &desk.workspace.settings)?;
    call_off(lines, desk, &mut recorder)?;
    context.ui.prose(said, 0)?;
    if let Some((_, talk)) = lines.iter().find(|(_, talk)| talk.at.is_some()) {
        let owners: Vec<String> = lines.iter().map(|(owner, _)| owner.to_string()).collect();
        write_calendar(&[&talk.meeting], &owners, file, desk, context)?;
    }
    Ok(Outcome::Done)
}

impl Talk {
    fn line<'a>(&self, owner: &'a str, meeting: &str, desk: &'a Desk) -> Entries<'a> {
        let others = self.people.iter().filter(|id| *id != owner);
        let fact = Fact::Invited(Box::new(Invited {
            curriculum: desk.curriculum.to_string().into(),
            meeting: meeting.to_owned().into(),
            with: others.map(|id| id.clone().into()).collect(),
            role: self.role,
            topic: self.topic.clone().into(),
            at: self.at.clone().map(Text::from),
            place: self.place.clone().map(Text::from),
            minutes: self.minutes,
        }));
        entry(owner, fact, desk)
    }
}

/// Plans or moves talks: a line for each in whose log they stand. All of it is one act. The names of the talks, in order.
pub(crate) fn plan(talks: &[Talk], desk: &Desk, recorder: &mut Recorder) -> Result<Vec<String>> {
    let unnamed = talks.iter().filter(|talk| talk.meeting.is_none());
    let first: Vec<Entries<'_>> = unnamed
        .filter_map(|talk| Some(talk.line(talk.owners.first()?, "", desk)))
        .collect();
    let mut made = recorder.record(&first)?.into_iter();
    let mut names = Vec::with_capacity(talks.len());
    let mut others = Vec::new();
    for talk in talks {
        let (name, written) = match &talk.meeting {
            Some(name) => (name.clone(), 0),
            None => (made.next().map(|id| id.to_string()).unwrap_or_default(), 1),
        };
        others.extend(
            talk.owners
                .iter()
                .skip(written)
                .map(|owner| talk.line(owner, &name, desk)),
        );
        names.push(name);
    }
    recorder.record(&others)?;
    Ok(names)
}

/// The name under which a talk is planned anew. Lines of one day are in the order of their devices: behind one that was
/// written today on a device that comes later nothing of ours would count, so that such a talk is called off and begins
/// again under another name.
fn name_to_move(
    meeting: &str,
    lines: &[(Box<str>, PlannedTalk)],
    desk: &Desk,
    recorder: &mut Recorder,
    today: Date,
) -> Result<Option<String>> {
    let own = recorder.device().to_string();
    let comes_later = |talk: &PlannedTalk| talk.since >= today && *talk.device > *own;
    if !lines.iter().any(|(_, talk)| comes_later(talk)) {
        return Ok(Some(meeting.to_owned()));
    }
    call_off(lines, desk, recorder)?;
    Ok(None)
}

/// Calls a talk off: takes back its newest line in each log, by whose log it is.
fn call_off(lines: &[(Box<str>, PlannedTalk)], desk: &Desk, recorder: &mut Recorder) -> Result<()> {
    let all: Vec<Entries<'_>> = lines
        .iter()
        .map(|(owner, talk)| entry(owner, Fact::Voided { reference: talk.id }, desk))
        .collect();
    recorder.record(&all)?;
    Ok(())
}

/// Records lines about talks as of the day on which they were held, and what they make of those who were there.
pub(crate) fn record_on(
    day: Date,
    facts: Vec<(&str, Vec<Fact<'static>>)>,
    desk: &Desk,
    context: &mut Context,
) -> Result<()> {
    let mut recorder = Recorder::new(context, &desk.workspace.settings)?;
    recorder.set_now(Now {
        today: day,
        ..context.now
    });
    let mut people: Vec<String> = facts.iter().map(|(person, _)| (*person).to_owned()).collect();
    let all: Vec<Entries<'_>> = facts
        .into_iter()
        .map(|(person, facts)| Entries {
            person,
            by: desk.by.as_str(),
            facts,
            via: None,
        })
        .collect();
    recorder.record(&all)?;
    recorder.set_now(context.now);
    // A talk may be what was missing: they themselves or a leader write it down, nobody else speaks of it for them.
    people.retain(|person| desk.leads() || *person == desk.by.as_str());
    for person in people {
        let mut subject = Subject::named(context, &person)?;
        subject.by = desk.by.clone();
        wrap_up::milestones(context, &subject, &mut recorder)?;
    }
    Ok(())
}

fn entry<'a>(person: &'a str, fact: Fact<'static>, desk: &'a Desk) -> Entries<'a> {
    Entries {
        person,
        by: desk.by.as_str(),
        facts: vec![fact],
        via: None,
    }
}

/// A time that is typed, still to come: also as an instant, and as it is written with its zone.
fn time_to_come(typed: &str, context: &Context) -> Result<(When, Instant, String)> {
    let when: When = typed
        .parse()
        .map_err(|fault| CliError::usage(format!("--at: {fault}")).hint("as --at \"2026-03-19 09:30\""))?;
    let instant = context.environment.instant_of(when);
    let longest = 60 * i64::from(*TALK_MINUTES.end());
    if instant.seconds() + longest > Instant::last().seconds() {
        return Err(
            CliError::could_not(format!("--at: no calendar goes as far as {typed}"))
                .hint("as --at \"2026-03-19 09:30\""),
        );
    }
    if instant <= context.now.instant {
        return Err(CliError::could_not(format!("--at: {typed} is over"))
            .hint("a talk that was held is recorded: upwards mentors log --with PERSON --minutes N"));
    }
    Ok((when, instant, context.environment.zone(when)))
}

/// A line of words that is typed with a flag, and read by others: plain text of at most 300 letters.
pub(crate) fn line_of_flag(flag: &str, typed: &str) -> Result<String> {
    const MOST: usize = 300;
    let text = typed.trim();
    if text.chars().count() > MOST {
        return Err(CliError::usage(format!("{flag}: more than {MOST} letters")).hint("say it in one line"));
    }
    if text.chars().any(is_unprintable) {
        return Err(CliError::usage(format!(
            "{flag}: there is a letter in it that cannot be shown, or the end of a line"
        ))
        .hint("say it in one line of plain text"));
    }
    Ok(text.to_owned())
}

/// A day that is typed and not to come; today without one.
pub(crate) fn day_of(typed: Option<&str>, context: &Context) -> Result<Date> {
    let today = context.now.today;
    let Some(typed) = typed else {
        return Ok(today);
    };
    let day: Date = typed
        .parse()
        .map_err(|fault| CliError::usage(format!("--date: {fault}")).hint("as --date 2026-03-19"))?;
    if day > today {
        return Err(CliError::could_not(format!("--date: {day} is still to come"))
            .hint("plan it: upwards mentors invite PERSON --at WHEN"));
    }
    Ok(day)
}

/// Capabilities that are typed, each once.
pub(crate) fn topics_of(typed: &[String], desk: &Desk) -> Result<Vec<String>> {
    let curriculum = desk.curriculum()?;
    let mut topics: Vec<String> = Vec::new();
    for typed in typed {
        let Some(found) = curriculum.capability(typed) else {
            let all = curriculum.capabilities.iter();
            let names = all.map(|one| (one.id.as_str(), one.name.as_str()));
            return Err(CliError::unknown(typed, "capability", names, "upwards progress"));
        };
        if !topics.iter().any(|known| *known == *found.id.as_str()) {
            topics.push(found.id.to_string());
        }
    }
    Ok(topics)
}

/// Whether the file of `-o` may be written: asked before anything is recorded.
fn may_write_calendar(context: &Context) -> Result<()> {
    match &context.ui.out_file {
        Some(file) if file != "-" => {
            let folder = Path::new(file)
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            if let Some(folder) = folder.filter(|folder| !disk::is_folder(folder)) {
                return Err(
                    CliError::could_not(format!("there is no folder {}", folder.display()))
                        .hint("nothing was written; another file: -o talk.ics"),
                );
            }
            context.ui.may_write(file, calendar::EMPTY)
        }
        _ => Ok(()),
    }
}

/// Writes the calendar file of talks, as they stand in the logs of those who meet.
pub(crate) fn write_calendar(
    meetings: &[&str],
    owners: &[String],
    name: &str,
    desk: &Desk,
    context: &mut Context,
) -> Result<()> {
    let file = context.ui.out_file.clone();
    let who = (&desk.by, desk.leads());
    calendar::write_talks(meetings, owners, who, file.as_deref().unwrap_or(name), context)
}
