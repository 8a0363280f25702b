//! What came of what somebody said at a talk: asked on a later day, answered by them alone.

use super::ask::{Choice, Kind};
use super::sitting::{Ended, Picked, SessionError, Sitting};
use crate::base::id::EventId;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::model::event::Fact;

/// A commitment that was made at a talk and not asked about yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPromise {
    /// The record of the talk.
    pub talk: EventId,
    /// What they said, in one line.
    pub text: String,
    /// The day of the talk.
    pub day: Date,
    /// Who noted it, if it was not they themselves.
    pub noted_by: Option<String>,
    /// The practice by which doing it gives points: its id, if there is one that is not done.
    pub practice: Option<String>,
}

impl OpenPromise {
    /// The question: in their words, or in those of whoever noted it.
    pub fn question(&self, today: Date) -> String {
        let day = self.day.short(today);
        match &self.noted_by {
            None => t!(
                "promise.ask",
                "On {day} you said: \"{text}\". Did you?",
                day = day,
                text = self.text
            ),
            Some(name) => t!(
                "promise.ask.noted",
                "{name} noted what you would do after {day}: \"{text}\". Did you?",
                name = name,
                day = day,
                text = self.text
            ),
        }
    }
}

/// What can be answered; the last leaves it open.
pub fn promise_choices() -> Vec<Choice> {
    vec![
        Choice::new("yes", t!("promise.yes", "yes")),
        Choice::new("partly", t!("promise.partly", "partly")),
        Choice::new("no", t!("promise.no", "no, and I will not")),
        Choice::new("later", t!("promise.later", "not yet: ask me again")),
    ]
}

/// The word of an answer in files; `None` = it stays open.
pub fn promise_answer(at: usize) -> Option<&'static str> {
    ["yes", "partly", "no"].get(at).copied()
}

/// Asks what came of it; half a minute.
pub fn ask_promise(sitting: &mut Sitting<'_>, promise: &OpenPromise) -> Result<Ended, SessionError> {
    let today = sitting.sink.now().today;
    sitting.blank()?;
    let mut asked = sitting.question(
        format!("{}.kept", promise.talk),
        &promise.question(today),
        Kind::One(promise_choices()),
        &format!("an answers file: \"{}.kept\" = \"yes\"", promise.talk),
    );
    asked.seen_by = Some(sitting.shared_with());
    asked.can_skip = true;
    let answer = match sitting.one(&asked)? {
        Picked::At(at) => promise_answer(at),
        Picked::Skip => None,
        Picked::Stop => return Ok(sitting.unfinished()?),
    };
    let Some(answer) = answer else {
        return Ok(Ended::Skipped);
    };
    sitting.sink.shared(Fact::Kept {
        reference: promise.talk,
        answer: answer.into(),
    })?;
    sitting.ask.say(&t!("saved", "Saved."))?;
    if answer != "no"
        && let Some(practice) = &promise.practice
    {
        sitting.ask.say(&t!(
            "promise.practice",
            "One line on what you did makes it a practice, with points: upwards learn --step {step}",
            step = practice
        ))?;
    }
    Ok(Ended::Done)
}
