//! A talk cannot be held by oneself: its agenda is shown; once it was held it is recorded here, and before that booked.

use std::collections::BTreeSet;

use super::ask::{Answer, Choice, Kind, Question, Reply};
use super::sitting::{Ended, LINE, Picked, SessionError, Sitting, StepHead};
use crate::base::texts::t;
use crate::base::time::Date;
use crate::base::words::and_list;
use crate::model::curriculum::{Step, Talk};
use crate::model::event::{Attendance, Fact, Invited, Met};
use crate::model::talks::KnownTalks;

/// With whom a talk can be held, and what is planned.
#[derive(Debug, Clone, Default)]
pub struct TalkPeople {
    /// The person of the sitting, by id.
    pub own: String,
    /// Who could be met: id and name.
    pub others: Vec<(String, String)>,
    /// Talks that are planned, and those that were held.
    pub known: KnownTalks,
}

/// Agenda and questions of a talk, as heading and text.
pub fn talk_lines(talk: &Talk) -> Vec<(String, String)> {
    let agenda = talk
        .agenda
        .iter()
        .map(|a| (t!("talk.agenda", "Agenda"), a.clone()));
    let ask = talk.ask.iter().map(|a| (t!("talk.ask", "Ask"), a.clone()));
    let then = talk
        .before_next
        .iter()
        .map(|b| (t!("talk.then", "Then"), b.clone()));
    let you = talk
        .for_executive
        .iter()
        .map(|b| (t!("talk.you", "You"), b.clone()));
    agenda.chain(ask).chain(then).chain(you).collect()
}

/// Shows a talk, and records or books it if the person says so.
pub fn hold_talk(
    sitting: &mut Sitting<'_>,
    head: &StepHead,
    step: &Step,
    talk: &Talk,
    people: &TalkPeople,
) -> Result<Ended, SessionError> {
    sitting.open(head)?;
    sitting.prose(step.title.as_deref().unwrap_or_default(), 0)?;
    sitting.blank()?;
    for (heading, text) in talk_lines(talk) {
        sitting.entry(&heading, &text)?;
    }
    sitting.blank()?;
    if people.others.is_empty() {
        sitting.prose(
            &t!(
                "talk.nobody",
                "There is nobody here to hold it with yet: a leader adds people, or a guest from outside."
            ),
            0,
        )?;
        return Ok(Ended::Skipped);
    }
    let mut held = sitting.question(
        format!("{}.held", head.step),
        &t!("talk.held", "Was it held?"),
        Kind::One(vec![
            Choice::new("yes", t!("talk.held.yes", "yes, record it")),
            Choice::new("book", t!("talk.held.book", "not yet: book it")),
            Choice::new("later", t!("talk.held.later", "later")),
        ]),
        &format!("upwards learn --step {} --with PERSON --date DATE", head.step),
    );
    held.can_skip = true;
    match sitting.one(&held)? {
        Picked::At(0) => record(sitting, head, step, talk, people),
        Picked::At(1) => book(sitting, head, step, talk, people),
        Picked::At(_) | Picked::Skip => Ok(Ended::Skipped),
        Picked::Stop => Ok(Ended::Stopped),
    }
}

fn record(
    sitting: &mut Sitting<'_>,
    head: &StepHead,
    step: &Step,
    talk: &Talk,
    people: &TalkPeople,
) -> Result<Ended, SessionError> {
    let with = match ask_with(sitting, head, people)? {
        Reply::Answer(Answer::Many(places)) => places,
        Reply::Stop => return Ok(Ended::Stopped),
        _ => return Ok(Ended::Skipped),
    };
    let today = sitting.sink.now().today;
    let Some(day) = ask_day(sitting, head, today)? else {
        return Ok(sitting.unfinished()?);
    };
    let Some(minutes) = ask_minutes(sitting, head)? else {
        return Ok(sitting.unfinished()?);
    };
    let mut attended = sitting.question(
        format!("{}.attendance", head.step),
        &t!("talk.attendance", "Were you there yourself?"),
        Kind::One(vec![
            Choice::new("present", t!("talk.attendance.present", "yes")),
            Choice::new("partly", t!("talk.attendance.partly", "for a part of it")),
            Choice::new("deputy", t!("talk.attendance.deputy", "somebody went for me")),
        ]),
        "--attendance present|partly|deputy",
    );
    attended.can_skip = true;
    let attendance = match sitting.one(&attended)? {
        Picked::At(0) | Picked::Skip => Attendance::Present,
        Picked::At(1) => Attendance::Partly,
        Picked::At(_) => Attendance::Deputy,
        Picked::Stop => return Ok(sitting.unfinished()?),
    };
    // Everything that makes a talk is said by now: who stops here has held it.
    let reply = ask_commitment(sitting, head, talk)?;
    let stopped = reply == Reply::Stop;
    let commitment = match reply {
        Reply::Answer(Answer::Line(text)) => Some(text),
        _ => None,
    };
    let names: Vec<&str> = with.iter().map(|at| people.others[*at].1.as_str()).collect();
    let ids: BTreeSet<String> = with.iter().map(|at| people.others[*at].0.clone()).collect();
    let mut said = t!(
        "talk.understood",
        "Understood: a talk with {names} on {day}, {minutes} minutes, {attendance}",
        names = and_list(&names),
        day = day.short(today),
        minutes = minutes,
        attendance = attendance.shown()
    );
    if let Some(commitment) = &commitment {
        said.push_str(&t!(
            "talk.understood.will",
            "; you will: {what}",
            what = commitment
        ));
    }
    sitting.blank()?;
    sitting.prose(&format!("{said}."), 0)?;
    if attendance == Attendance::Deputy {
        sitting.prose(
            &t!("talk.deputy", "It gives no points: a deputy's talk is not yours."),
            0,
        )?;
    }
    let curriculum = sitting.curriculum.id.to_string();
    let met = Fact::Met(Box::new(Met {
        curriculum: curriculum.into(),
        meeting: people.known.name(day, &people.own, &ids).into(),
        with: ids.into_iter().map(Into::into).collect(),
        role: talk.with,
        capabilities: step.capabilities.iter().map(|c| c.to_string().into()).collect(),
        minutes,
        attendance,
        commitment: commitment.map(Into::into),
    }));
    sitting.sink.shared_on(day, met)?;
    sitting.saved(&t!("talk.saved", "Saved.   (upwards undo takes it back)"))?;
    Ok(if stopped { Ended::Stopped } else { Ended::Done })
}

fn book(
    sitting: &mut Sitting<'_>,
    head: &StepHead,
    step: &Step,
    talk: &Talk,
    people: &TalkPeople,
) -> Result<Ended, SessionError> {
    let with = match ask_with(sitting, head, people)? {
        Reply::Answer(Answer::Many(places)) => places,
        Reply::Stop => return Ok(Ended::Stopped),
        _ => return Ok(Ended::Skipped),
    };
    let mut asked = sitting.question(
        format!("{}.at", head.step),
        &t!("talk.at", "When? As 2026-03-19 09:30."),
        Kind::When,
        "--at \"2026-03-19 09:30\"",
    );
    asked.can_skip = true;
    let at = match sitting.ask.ask(&asked)? {
        Reply::Answer(Answer::When(when)) => Some(when),
        Reply::Stop => return Ok(sitting.unfinished()?),
        _ => None,
    };
    let names: Vec<&str> = with.iter().map(|at| people.others[*at].1.as_str()).collect();
    let ids: BTreeSet<String> = with.iter().map(|at| people.others[*at].0.clone()).collect();
    let topic = step
        .capabilities
        .first()
        .map(ToString::to_string)
        .unwrap_or_default();
    let curriculum = sitting.curriculum.id.to_string();
    // A first invitation names its meeting after itself, which whoever records it does.
    // Planned before, it moves, and where and how long stay as they were.
    let before = people.known.planned_with(&ids).cloned().unwrap_or_default();
    sitting.sink.shared(Fact::Invited(Box::new(Invited {
        curriculum: curriculum.into(),
        meeting: before.meeting.into(),
        with: ids.into_iter().map(Into::into).collect(),
        role: talk.with,
        topic: topic.into(),
        at: at.map(|when| (sitting.zone)(when).into()),
        place: before.place.map(Into::into),
        minutes: before.minutes,
    })))?;
    let names = and_list(&names);
    sitting.ask.say(&match at {
        Some(when) => t!(
            "talk.booked",
            "Planned: {when}, with {names}.",
            when = when,
            names = names
        ),
        None => t!(
            "talk.booked.undated",
            "Planned, not yet dated, with {names}.",
            names = names
        ),
    })?;
    Ok(Ended::Done)
}

fn ask_with(sitting: &mut Sitting<'_>, head: &StepHead, people: &TalkPeople) -> Result<Reply, SessionError> {
    let choices = people
        .others
        .iter()
        .map(|(id, name)| Choice::new(id.clone(), name.clone()))
        .collect();
    let asked = Question {
        can_skip: true,
        ..sitting.question(
            format!("{}.with", head.step),
            &t!("talk.with", "With whom?"),
            Kind::Many(choices),
            "--with PERSON,PERSON",
        )
    };
    Ok(sitting.ask.ask(&asked)?)
}

/// `None` = stopped.
fn ask_day(sitting: &mut Sitting<'_>, head: &StepHead, today: Date) -> Result<Option<Date>, SessionError> {
    let asked = Question {
        can_skip: true,
        ..sitting.question(
            format!("{}.date", head.step),
            &t!("talk.day", "On which day? As 2026-03-16; Enter: today."),
            Kind::Date,
            "--date DATE",
        )
    };
    loop {
        match sitting.ask.ask(&asked)? {
            Reply::Answer(Answer::Date(day)) if day > today => {
                let later = t!("talk.day.later", "{day} is still to come.", day = day);
                if !sitting.ask.may_repeat() {
                    return Err(super::ask::AskError::BadAnswer {
                        question: asked.id,
                        why: later,
                    }
                    .into());
                }
                sitting.ask.say(&later)?;
            }
            Reply::Answer(Answer::Date(day)) => return Ok(Some(day)),
            Reply::Stop => return Ok(None),
            _ => return Ok(Some(today)),
        }
    }
}

/// `None` = stopped.
fn ask_minutes(sitting: &mut Sitting<'_>, head: &StepHead) -> Result<Option<u32>, SessionError> {
    /// A talk of a whole day.
    const MOST: u64 = 24 * 60;
    let asked = Question {
        can_skip: true,
        ..sitting.question(
            format!("{}.minutes", head.step),
            &t!("talk.minutes", "How many minutes? Enter: {n}.", n = head.minutes),
            Kind::Whole(1, MOST),
            "--minutes-used N",
        )
    };
    Ok(match sitting.ask.ask(&asked)? {
        Reply::Answer(Answer::Whole(n)) => u32::try_from(n).ok(),
        Reply::Stop => None,
        _ => Some(head.minutes),
    })
}

fn ask_commitment(sitting: &mut Sitting<'_>, head: &StepHead, talk: &Talk) -> Result<Reply, SessionError> {
    let mut asked = sitting.question(
        format!("{}.commitment", head.step),
        &t!(
            "talk.commitment",
            "What will you do before the next one? One line."
        ),
        Kind::Line(LINE),
        "--commitment TEXT",
    );
    asked.hint.clone_from(&talk.before_next);
    asked.seen_by = Some(sitting.shared_with());
    asked.can_skip = true;
    Ok(sitting.ask.ask(&asked)?)
}
