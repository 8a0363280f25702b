//! What every step of a sitting works with.

use thiserror::Error;

use super::ask::{Answer, Ask, AskError, Choice, Kind, Question, Reply, SeenBy};
use crate::base::id::EventId;
use crate::base::text::{hanging, pad, width, wrap};
use crate::base::texts::t;
use crate::base::time::{Date, Now, When};
use crate::journal::Thought;
use crate::model::curriculum::Curriculum;
use crate::model::event::Fact;
use crate::model::settings::Settings;

/// Longest free text of one line.
pub(super) const LINE: usize = 300;

/// Keeps what was answered; it is on disk when a call returns.
pub trait Sink {
    /// Records a shared event about the person of the sitting.
    fn shared(&mut self, fact: Fact<'static>) -> Result<EventId, KeepError>;
    /// The same of an earlier day: when it happened, not when it is told.
    fn shared_on(&mut self, day: Date, fact: Fact<'static>) -> Result<EventId, KeepError>;
    /// Keeps a private entry.
    fn private(&mut self, thought: Thought) -> Result<EventId, KeepError>;
    /// Now, as far as this run knows it.
    fn now(&self) -> Now;
    /// Whether anything is kept: where material is only looked at, nothing is.
    fn keeps(&self) -> bool {
        true
    }
}

/// Something answered could not be kept.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct KeepError(pub Box<dyn std::error::Error + Send + Sync>);

/// Why a sitting ended early.
#[derive(Debug, Error)]
pub enum SessionError {
    /// Nobody answered, or not so that it fits.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// An answer could not be kept.
    #[error(transparent)]
    Keep(#[from] KeepError),
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// To its end.
    Done,
    /// The person went on without it.
    Skipped,
    /// The person stopped the sitting.
    Stopped,
}

/// The line a step opens with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepHead {
    /// Its place in the sitting, from 1, and how many there are.
    pub place: (usize, usize),
    /// The step's full id.
    pub step: String,
    /// case, quiz, practice, talk, reflect, as screens say it.
    pub kind: String,
    /// Planned minutes.
    pub minutes: u32,
    /// Names of its capabilities.
    pub capabilities: String,
    /// Minutes of the whole sitting, planned and used.
    pub clock: (u32, u32),
}

/// One sitting of one person.
pub struct Sitting<'a> {
    /// Asks.
    pub ask: &'a mut dyn Ask,
    /// Keeps.
    pub sink: &'a mut dyn Sink,
    /// What is learnt.
    pub curriculum: &'a Curriculum,
    /// The workspace's rules.
    pub settings: &'a Settings,
    /// Who reads what is shared, by name.
    pub shared_with: String,
    /// Fixes the order of options and questions.
    pub seed: u64,
    /// Whether to ask how sure one is.
    pub ask_confidence: bool,
    /// A planned time as an instant with its zone, as `2026-03-19T09:30:00+01:00`.
    pub zone: &'a dyn Fn(When) -> String,
}

impl Sitting<'_> {
    /// Shows a paragraph, wrapped and indented.
    pub(super) fn prose(&mut self, text: &str, indent: usize) -> Result<(), AskError> {
        let columns = self.ask.width().saturating_sub(indent).max(20);
        for line in wrap(text, columns) {
            self.ask.say(&format!("{}{line}", " ".repeat(indent)))?;
        }
        Ok(())
    }

    /// Shows a heading with text beside it, as `  Problem   April 2010 …`.
    pub(super) fn entry(&mut self, heading: &str, text: &str) -> Result<(), AskError> {
        for line in entry_lines(heading, text, self.ask.width()) {
            self.ask.say(&line)?;
        }
        Ok(())
    }

    /// Shows a blank line.
    pub(super) fn blank(&mut self) -> Result<(), AskError> {
        self.ask.say("")
    }

    /// Opens a step.
    pub(super) fn open(&mut self, head: &StepHead) -> Result<(), AskError> {
        let (place, of) = head.place;
        let left = t!(
            "step.head",
            "Step {place} of {of}   {kind}   {minutes} min   {capabilities}",
            place = place,
            of = of,
            kind = head.kind,
            minutes = head.minutes,
            capabilities = head.capabilities
        );
        let (planned, used) = head.clock;
        let right = t!(
            "step.clock",
            "{planned} minutes planned, {used} used",
            planned = planned,
            used = used
        );
        let columns = self.ask.width().min(72);
        self.blank()?;
        match columns.checked_sub(width(&left) + width(&right)) {
            Some(gap) if gap >= 2 => self.ask.say(&format!("{left}{}{right}", " ".repeat(gap)))?,
            _ => self.ask.say(&left)?,
        }
        self.ask.say(&"-".repeat(columns))
    }

    /// Ends a step that is recorded whole or not at all and was left in between.
    pub(super) fn unfinished(&mut self) -> Result<Ended, AskError> {
        let told = t!(
            "step.unfinished",
            "Not recorded: this one was not answered to its end."
        );
        self.ask.say(&told)?;
        Ok(Ended::Stopped)
    }

    /// Says that something was kept, in these words, or that nothing is.
    pub(super) fn saved(&mut self, told: &str) -> Result<(), AskError> {
        if self.sink.keeps() {
            self.ask.say(told)
        } else {
            self.ask
                .say(&t!("step.not_kept", "(A preview: nothing is recorded.)"))
        }
    }

    /// Who reads a shared line.
    pub(super) fn shared_with(&self) -> SeenBy {
        SeenBy::Shared(self.shared_with.clone())
    }

    /// A question of this id.
    pub(super) fn question(&self, id: String, text: &str, kind: Kind, flag: &str) -> Question {
        Question {
            id,
            text: text.to_owned(),
            hint: None,
            kind,
            seen_by: None,
            flag: flag.to_owned(),
            can_skip: false,
            keys: Vec::new(),
        }
    }

    /// Asks yes or no; `None` = skipped, `Err(Stop)` through [`Ended`].
    pub(super) fn one(&mut self, question: &Question) -> Result<Picked, AskError> {
        loop {
            match self.ask.ask(question)? {
                Reply::Answer(Answer::One(at)) => return Ok(Picked::At(at)),
                Reply::Skip => return Ok(Picked::Skip),
                Reply::Stop => return Ok(Picked::Stop),
                // No other reply fits this question; an asker that gives one is asked again.
                Reply::Answer(_) | Reply::Key(_) => {}
            }
        }
    }
}

/// A heading with text beside it, as `  Problem   April 2010 …`; text stands close to a dash or a number.
pub fn entry_lines(heading: &str, text: &str, columns: usize) -> Vec<String> {
    let at = if width(heading) <= 2 { 5 } else { 12 };
    let beginning = format!("  {heading} ");
    hanging(&pad(&beginning, at), text, columns)
}

/// What was picked of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Picked {
    At(usize),
    Skip,
    Stop,
}

/// `yes` and `no` with their texts.
pub(super) fn yes_no(yes: &str, no: &str) -> Kind {
    Kind::One(vec![Choice::new("yes", yes), Choice::new("no", no)])
}
