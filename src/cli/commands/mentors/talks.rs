//! Talks of a pair: planned, recorded, and what both sides have in hand for one.

use std::collections::BTreeSet;

use clap::Args;

use super::no_mentor;
use crate::base::id::PersonId;
use crate::base::texts::t;
use crate::base::time::{Date, Planned};
use crate::cli::ask::Answers;
use crate::cli::context::Context;
use crate::cli::desk::Desk;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::meetings::{self, How, Plan, Talk};
use crate::model::curriculum::TalkWith;
use crate::model::event::{Attendance, Fact, Met};
use crate::model::person::Role;
use crate::pairing::{PairFacts, PlannedTalk};
use crate::progress::Progress;
use crate::report::{GuideAbout, Side};
use crate::session::{self, Answer, Kind, OpenPromise, Question, Reply};
use crate::table::Hint;

#[derive(Debug, Args)]
pub(super) struct InviteArgs {
    /// The other one: your mentor, or whom you mentor [default: if there is one only]
    with: Option<String>,
    #[command(flatten)]
    how: How,
    /// The capability [default: what the pair meets about]
    #[arg(long, value_name = "ID")]
    topic: Option<String>,
    /// Call the planned talk off
    #[arg(long, conflicts_with_all = ["at", "topic"])]
    cancel: bool,
}

#[derive(Debug, Args)]
pub(super) struct LogArgs {
    /// The other one: your mentor, or whom you mentor
    #[arg(long, value_name = "PERSON")]
    with: Option<String>,
    /// How many minutes it took
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1440))]
    minutes: u32,
    /// The capability it was about; several with commas [default: that of the invitation, or of the pair]
    #[arg(long, value_name = "ID,...", value_delimiter = ',')]
    topic: Vec<String>,
    /// The day it was held [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Whether the executive was there: present, partly, or a deputy
    #[arg(long, value_name = "WORD", default_value = "present", value_parser = ["present", "partly", "deputy"])]
    attendance: String,
    /// What the executive will do before the next talk, in one line
    #[arg(long, value_name = "TEXT")]
    commitment: Option<String>,
    /// What came of the newest commitment that is open (guide and next name them all); only the executive says so
    #[arg(long, value_name = "yes|partly|no", value_parser = ["yes", "partly", "no"])]
    kept: Option<String>,
}

/// A pair as the command means it.
struct Sides {
    /// Who learns: the talk stands in their log.
    person: PersonId,
    pair: PairFacts,
}

impl Sides {
    fn names(&self, desk: &Desk) -> (String, String) {
        let name = |id: &str| desk.workspace.name_of(id).to_owned();
        (name(self.person.as_str()), name(&self.pair.mentor))
    }

    fn talk(&self, topic: String) -> Talk {
        Talk {
            meeting: None,
            people: vec![self.person.to_string(), self.pair.mentor.to_string()],
            owners: vec![self.person.to_string()],
            role: TalkWith::Mentor,
            topic,
            at: None,
            place: None,
            minutes: None,
        }
    }
}

/// Which of the pairs of two people does.
#[derive(Debug, Clone, Copy)]
enum Which {
    /// One that runs.
    Running,
    /// The newest, one that runs first.
    Newest,
    /// One that ran on this day first.
    On(Date),
}

/// The pair that is meant: the two of whoever acts and the one who is named; leaders name who learns.
fn sides(typed: Option<&str>, which: Which, desk: &Desk, context: &mut Context) -> Result<Sides> {
    let me = desk.me.clone();
    let Some(typed) = typed else {
        if let Some(pair) = pair_of(&me, |_| true, which, desk, context)? {
            return Ok(Sides { person: me, pair });
        }
        return Err(CliError::usage("with whom?").hint("name the executive; pairs: upwards mentors list"));
    };
    let other = context.person(&desk.workspace, typed)?.id.clone();
    let is_other = |pair: &PairFacts| *pair.mentor == *other.as_str();
    if let Some(pair) = pair_of(&me, is_other, which, desk, context)? {
        return Ok(Sides { person: me, pair });
    }
    let may = |pair: &PairFacts| desk.leads() || *pair.mentor == *me.as_str();
    match pair_of(&other, may, which, desk, context)? {
        Some(pair) => Ok(Sides { person: other, pair }),
        None if desk.leads() => Err(no_mentor(desk, &other)),
        None => Err(CliError::could_not(format!(
            "you and {} are no pair",
            desk.workspace.name_of(other.as_str())
        ))
        .hint("your pairs: upwards mentors list")),
    }
}

/// The pair in which somebody learns.
fn pair_of(
    person: &PersonId,
    is_meant: impl Fn(&PairFacts) -> bool,
    which: Which,
    desk: &Desk,
    context: &mut Context,
) -> Result<Option<PairFacts>> {
    let one = desk.one(person, context)?;
    let pairs = one.map(|one| one.pairs).unwrap_or_default();
    let pairs = pairs
        .into_iter()
        .filter(|pair| is_meant(pair) && (pair.is_running || !matches!(which, Which::Running)));
    let ran = |pair: &PairFacts| matches!(which, Which::On(day) if ran_on(pair, day));
    Ok(pairs.max_by_key(|pair| (ran(pair), pair.is_running, pair.since)))
}

/// What a talk is about, if nobody says so: what the pair meets about, else the first capability.
fn usual_topic(pair: &PairFacts, desk: &Desk) -> Result<String> {
    let known = desk.capabilities()?;
    let topic = pair.topics.iter().find(|id| known.contains(&id.as_ref()));
    let topic = topic.map(ToString::to_string);
    Ok(topic.unwrap_or_else(|| known.first().copied().unwrap_or_default().to_owned()))
}

pub(super) fn invite(args: &InviteArgs, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of_anybody(args.with.as_ref().map(|_| Role::Leader), context)?;
    let _held = desk.hold(context)?;
    let sides = sides(args.with.as_deref(), Which::Running, &desk, context)?;
    let open = sides.pair.open_talks.last();
    let lines: Vec<_> = open
        .map(|open| (sides.person.as_str().into(), open.clone()))
        .into_iter()
        .collect();
    if args.cancel {
        return cancel(&sides, &lines, &desk, context);
    }
    let topic = match &args.topic {
        Some(typed) => meetings::topics_of(std::slice::from_ref(typed), &desk)?.remove(0),
        None => match open {
            Some(open) => open.topic.to_string(),
            None => usual_topic(&sides.pair, &desk)?,
        },
    };
    let two = [sides.person.as_str(), &*sides.pair.mentor].map(Box::from);
    let end = format!("upwards mentors unpair {}", sides.person);
    meetings::may_meet(&BTreeSet::from(two), &end, &desk, context)?;
    let plan = Plan::of(&args.how, sides.talk(topic), &lines, context)?;
    let when = plan.when;
    for other in meets_then(&sides, &plan, &desk, context)? {
        context.ui.notice(&format!(
            "note: {} meets {} at that time too",
            desk.workspace.name_of(&sides.pair.mentor),
            desk.workspace.name_of(&other)
        ))?;
    }
    if Desk::rehearses(context)? {
        return Ok(Outcome::Done);
    }
    let names = plan.write(&desk, context)?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (person, mentor) = sides.names(&desk);
    let said = match open.and_then(|open| Planned::parse(open.at.as_deref()?)) {
        Some(before) => t!(
            "mentors.moved",
            "Saved: {person} and {mentor} meet on {when}, no longer on {before}.",
            person = person,
            mentor = mentor,
            when = when,
            before = before.day().weekday_short()
        ),
        None => t!(
            "mentors.planned",
            "Saved: {person} and {mentor} meet on {when}.",
            person = person,
            mentor = mentor,
            when = when
        ),
    };
    context.ui.line(said)?;
    let name = format!("upwards-{}-{}.ics", sides.person, when.day);
    meetings::write_calendar(&names, &[sides.person.to_string()], &name, &desk, context)?;
    context.ui.hints(&[Hint::new(
        format!("upwards mentors guide {}", sides.person),
        t!("mentors.hint.guide", "what both have in hand for it"),
    )])?;
    Ok(Outcome::Done)
}

/// Who else meets the mentor while a talk would last, as far as whoever plans it may know: leaders and the mentor do.
fn meets_then(sides: &Sides, plan: &Plan<'_>, desk: &Desk, context: &mut Context) -> Result<Vec<String>> {
    if !desk.leads() && *desk.me.as_str() != *sides.pair.mentor {
        return Ok(Vec::new());
    }
    let curriculum = desk.curriculum()?;
    let wanted = plan.span(curriculum);
    let is_then = |talk: &PlannedTalk| match talk.at.as_deref().and_then(Planned::parse) {
        Some(Planned::At(start, _)) => {
            let taken = meetings::span(start, &talk.topic, TalkWith::Mentor, talk.minutes, curriculum);
            taken.start < wanted.end && wanted.start < taken.end
        }
        _ => false,
    };
    let everybody = desk.everybody(context)?;
    let others = everybody.iter().filter(|one| one.person.id != sides.person);
    let meets = others.filter(|one| {
        let mut pairs = one
            .pairs
            .iter()
            .filter(|pair| pair.is_running && pair.mentor == sides.pair.mentor);
        pairs.any(|pair| pair.open_talks.iter().any(is_then))
    });
    Ok(meets.map(|one| one.person.id.to_string()).collect())
}

fn cancel(
    sides: &Sides,
    lines: &[(Box<str>, PlannedTalk)],
    desk: &Desk,
    context: &mut Context,
) -> Result<Outcome> {
    let (person, mentor) = sides.names(desk);
    if lines.is_empty() {
        return Err(
            CliError::could_not(format!("no talk of {person} and {mentor} is planned")).hint(format!(
                "plan one: upwards mentors invite {} --at WHEN",
                sides.person
            )),
        );
    }
    let said = t!(
        "mentors.called_off",
        "Saved: the talk of {person} and {mentor} is called off.",
        person = person,
        mentor = mentor
    );
    let file = format!("upwards-{}-off.ics", sides.person);
    meetings::cancel(lines, &said, &file, desk, context)
}

/// What the log of the one who learns says of talks of the two.
struct Before {
    /// The talk that this record is of.
    meeting: String,
    /// What it was planned for.
    topic: Option<String>,
    /// Whether whoever records it has recorded it.
    is_mine: bool,
    /// The commitments that nobody has asked about, the newest last.
    open: Vec<OpenPromise>,
}

impl Before {
    fn of(progress: &Progress<'_>, own: &str, mentor: &str, by: &str, day: Date) -> Self {
        let known = progress.known_talks();
        let with = BTreeSet::from([mentor.to_owned()]);
        let meeting = known.name(day, own, &with);
        let planned = progress
            .invitations
            .iter()
            .find(|one| *one.invited.meeting == *meeting);
        let mut mine = progress
            .meetings
            .iter()
            .filter(|talk| talk.stands() && talk.event.by == by);
        let open = progress.open_promises().filter(|(talk, _)| {
            talk.event.day < day && matches!(talk.met.with.as_slice(), [one] if **one == *mentor)
        });
        Self {
            topic: planned.map(|one| one.invited.topic.to_string()),
            is_mine: mine.any(|talk| talk.meeting == meeting),
            open: open
                .map(|(talk, said)| OpenPromise {
                    talk: talk.event.id,
                    text: said.to_owned(),
                    day: talk.event.day,
                    noted_by: (!talk.event.is_own_word()).then(|| talk.event.by.to_string()),
                    practice: None,
                })
                .collect(),
            meeting,
        }
    }
}

pub(super) fn log(args: &LogArgs, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of_anybody(args.with.as_ref().map(|_| Role::Leader), context)?;
    let _held = desk.hold(context)?;
    let day = meetings::day_of(args.date.as_deref(), context)?;
    let sides = sides(args.with.as_deref(), Which::On(day), &desk, context)?;
    let (person, mentor) = sides.names(&desk);
    let before = desk.look(&sides.person, context, |progress| {
        Before::of(
            progress,
            sides.person.as_str(),
            &sides.pair.mentor,
            desk.by.as_str(),
            day,
        )
    })?;
    let before = before.ok_or_else(|| no_mentor(&desk, &sides.person))?;
    while_it_ran(&sides, day, &desk)?;
    if before.is_mine {
        return Err(CliError::could_not(format!(
            "you have recorded the talk of {person} and {mentor} on {day}"
        ))
        .hint("take it back: upwards undo")
        .hint("another day: --date DATE"));
    }
    let commitment = args.commitment.as_deref();
    let commitment = commitment.map(|typed| meetings::line_of_flag("--commitment", typed));
    let commitment = commitment.transpose()?.filter(|text| !text.is_empty());
    let kept = kept(args, &sides, &before, &desk, context)?;
    let topics = match (args.topic.as_slice(), &before.topic) {
        ([], Some(topic)) => vec![topic.clone()],
        ([], None) => vec![usual_topic(&sides.pair, &desk)?],
        (typed, _) => meetings::topics_of(typed, &desk)?,
    };
    theirs_to_say(&sides, &topics, &desk)?;
    let attendance = Attendance::said(&args.attendance).unwrap_or(Attendance::Present);
    let met = Fact::Met(Box::new(Met {
        curriculum: desk.curriculum.to_string().into(),
        meeting: before.meeting.clone().into(),
        with: vec![sides.pair.mentor.to_string().into()],
        role: TalkWith::Mentor,
        capabilities: topics.iter().map(|id| id.clone().into()).collect(),
        minutes: args.minutes,
        attendance,
        commitment: commitment.map(Into::into),
    }));
    if Desk::rehearses(context)? {
        return Ok(Outcome::Done);
    }
    let told = promises_told(kept.as_ref(), &before, &sides, &desk, context);
    let facts = kept.into_iter().chain([met]).collect();
    meetings::record_on(day, vec![(sides.person.as_str(), facts)], &desk, context)?;
    context.ui.prose(
        &t!(
            "mentors.logged",
            "Saved: {person} and {mentor}, {day}, {minutes} min, {topics}, {attendance}.",
            person = person,
            mentor = mentor,
            day = day.short(context.now.today),
            minutes = args.minutes,
            topics = topics.join(", "),
            attendance = attendance.shown()
        ),
        0,
    )?;
    for line in told {
        context.ui.prose(&line, 0)?;
    }
    after(args, &sides, sides.pair.talks == 0, &desk, context)
}

/// Which commitment was answered, and which are still open; to the one who made them.
fn promises_told(
    kept: Option<&Fact<'_>>,
    before: &Before,
    sides: &Sides,
    desk: &Desk,
    context: &Context,
) -> Vec<String> {
    if desk.by != sides.person {
        return Vec::new();
    }
    let today = context.now.today;
    let answered = match kept {
        Some(Fact::Kept { reference, answer }) => Some((*reference, answer)),
        _ => None,
    };
    let told = |open: &OpenPromise| match answered {
        Some((talk, answer)) if talk == open.talk => t!(
            "mentors.kept",
            "\"{what}\" of {day}, kept: {answer}",
            what = open.text,
            day = open.day.short(today),
            answer = answer
        ),
        _ => t!(
            "mentors.kept.open",
            "Still open: \"{what}\" of {day}; it is asked about again.",
            what = open.text,
            day = open.day.short(today)
        ),
    };
    before.open.iter().rev().map(told).collect()
}

fn ran_on(pair: &PairFacts, day: Date) -> bool {
    day >= pair.since && pair.ended_on.is_none_or(|ended| day <= ended)
}

/// A talk of a pair is one while it ran.
fn while_it_ran(sides: &Sides, day: Date, desk: &Desk) -> Result<()> {
    let pair = &sides.pair;
    if ran_on(pair, day) {
        return Ok(());
    }
    let (person, mentor) = sides.names(desk);
    let ran = match pair.ended_on {
        None => format!("since {}", pair.since),
        Some(ended) => format!("from {} to {ended}", pair.since),
    };
    Err(CliError::could_not(format!(
        "{person} and {mentor} are a pair {ran}, and {day} is not in it"
    ))
    .hint("the day it was held: --date DATE"))
}

/// Mentors record what the pair meets about; anything else the executive says, or a leader.
fn theirs_to_say(sides: &Sides, topics: &[String], desk: &Desk) -> Result<()> {
    let may_say_all = desk.leads() || desk.me == sides.person || sides.pair.topics.is_empty();
    let other = topics
        .iter()
        .find(|topic| !sides.pair.topics.iter().any(|id| **id == ***topic));
    match other {
        Some(other) if !may_say_all => Err(CliError::could_not(format!(
            "your pair meets about {}, not about {other}",
            sides.pair.topics.join(", ")
        ))
        .hint("leave out --topic")),
        _ => Ok(()),
    }
}

/// What came of the last commitment, in the word of the one who made it.
fn kept(
    args: &LogArgs,
    sides: &Sides,
    before: &Before,
    desk: &Desk,
    context: &Context,
) -> Result<Option<Fact<'static>>> {
    let is_own = desk.by == sides.person;
    let newest = before.open.last();
    let answer = match (&args.kept, newest) {
        (Some(_), _) if !is_own => {
            return Err(CliError::usage(format!(
                "only {} says what came of it",
                desk.workspace.name_of(sides.person.as_str())
            ))
            .hint("leave out --kept: they are asked when they learn"));
        }
        (Some(_), None) => {
            return Err(CliError::could_not("nothing that was promised is open").hint("leave out --kept"));
        }
        (Some(answer), Some(_)) => Some(answer.clone()),
        (None, Some(open)) if is_own && context.can_prompt() => ask_kept(open, desk, context)?,
        (None, _) => None,
    };
    Ok(answer.zip(newest).map(|(answer, open)| Fact::Kept {
        reference: open.talk,
        answer: answer.into(),
    }))
}

fn ask_kept(open: &OpenPromise, desk: &Desk, context: &Context) -> Result<Option<String>> {
    let named = open
        .noted_by
        .as_deref()
        .map(|id| desk.workspace.name_of(id).to_owned());
    let open = OpenPromise {
        noted_by: named,
        ..open.clone()
    };
    let question = Question {
        id: "mentors.kept".to_owned(),
        text: open.question(context.now.today),
        hint: None,
        kind: Kind::One(session::promise_choices()),
        seen_by: None,
        flag: "--kept yes|partly|no".to_owned(),
        can_skip: true,
        keys: Vec::new(),
    };
    Ok(match context.asker(Answers::default()).ask(&question)? {
        Reply::Answer(Answer::One(at)) => session::promise_answer(at).map(str::to_owned),
        Reply::Stop => {
            return Err(CliError::stopped(t!(
                "learn.stopped.nothing",
                "stopped; nothing was recorded"
            )));
        }
        _ => None,
    })
}

/// What may come next: a word on how it was, the next date.
fn after(args: &LogArgs, sides: &Sides, is_first: bool, desk: &Desk, context: &Context) -> Result<Outcome> {
    let mut hints = vec![Hint::new("upwards undo", t!("mentors.hint.undo", "take it back"))];
    let is_one_of_two = desk.me == sides.person || *desk.me.as_str() == *sides.pair.mentor;
    if is_first && is_one_of_two {
        let person = sides.person.as_str();
        let with = if desk.me == sides.person {
            String::new()
        } else {
            format!("{person} ")
        };
        context.ui.prose(
            &t!(
                "mentors.ask_fit",
                "It was your first: how did it go? Leaders only read it: upwards mentors fit {with}good|unsure|not",
                with = with
            ),
            0,
        )?;
    }
    let with = if desk.me == sides.person {
        ""
    } else {
        sides.person.as_str()
    };
    hints.push(Hint::new(
        ["upwards mentors invite", with, "--at WHEN"]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        t!("mentors.hint.next", "the next talk, with a calendar file"),
    ));
    if args.commitment.is_none() && args.attendance != Attendance::Deputy.word() {
        context.ui.prose(
            &t!(
                "mentors.no_commitment",
                "Nothing was agreed for the next time: --commitment \"...\" says what the executive will do."
            ),
            0,
        )?;
    }
    context.ui.hints(&hints)?;
    Ok(Outcome::Done)
}

/// What one has in hand for the next talk: the executive their side, the mentor theirs, a leader both.
pub(super) fn guide(typed: Option<&str>, context: &mut Context) -> Result<Outcome> {
    let desk = Desk::of_anybody(typed.map(|_| Role::Leader), context)?;
    let sides = sides(typed, Which::Newest, &desk, context)?;
    let open = sides.pair.open_talks.last();
    let topic = match open {
        Some(open) => open.topic.to_string(),
        None => usual_topic(&sides.pair, &desk)?,
    };
    let (person, mentor) = sides.names(&desk);
    let is_own = desk.me == sides.person;
    let promises = desk.look(&sides.person, context, |progress| {
        let today = progress.as_of + 1;
        Before::of(progress, sides.person.as_str(), &sides.pair.mentor, "", today).open
    })?;
    let side = match () {
        () if is_own => Side::Executive,
        () if *desk.me.as_str() == *sides.pair.mentor => Side::Mentor,
        () => Side::Both,
    };
    let about = GuideAbout {
        curriculum: desk.curriculum()?,
        topic: &topic,
        with: TalkWith::Mentor,
        names: vec![person, mentor],
        log: &format!(
            "upwards mentors log --with {} --minutes N --commitment \"...\"",
            if is_own {
                &*sides.pair.mentor
            } else {
                sides.person.as_str()
            }
        ),
        at: open.and_then(|open| open.at.as_deref()),
        minutes: open.and_then(|open| open.minutes),
        promises: promises
            .into_iter()
            .flatten()
            .filter(|open| is_own && open.noted_by.is_none())
            .map(|open| (open.text, open.day))
            .collect(),
        side,
        today: context.now.today,
    };
    Desk::show_guide(&about, context)?;
    Ok(Outcome::Done)
}
