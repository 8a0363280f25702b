//! What an agenda is made of.

use crate::base::time::Date;
use crate::model::curriculum::Curriculum;
use crate::progress::Progress;
use crate::readiness::Assessment;

/// Why something needs the leader; the order is that of the page (`commands-and-screens.md` 7.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgendaAbout {
    /// A module past its due date.
    Overdue,
    /// Something recorded for somebody waits for their word.
    Confirm,
    /// Assigned and never begun.
    NotStarted,
    /// A second figure that is long due.
    Measure,
    /// A pair without a talk for too long.
    PairStalled,
    /// A pair that should end: the mentor is gone, or the two are not to go on.
    PairToEnd,
    /// A pair of which one of the two does not know yet whether it fits.
    PairUnsure,
    /// A mentor with more pairs than seats.
    MentorFull,
    /// Executives whom nobody mentors.
    NoMentor,
    /// A group that was formed long ago and has no day.
    GroupUndated,
    /// A group in which two are never to meet.
    GroupBarred,
    /// A group that met, as some of it recorded, and others did not.
    GroupHalf,
    /// A planned talk whose day has passed, and nothing was recorded.
    Unanswered,
    /// Nothing but a talk is missing.
    Talk,
    /// Active lately, and nowhere further than some weeks ago.
    Stuck,
    /// Begun, and silent for long.
    Idle,
    /// Somebody is in a group whose others were assigned a module.
    LaterJoiner,
    /// Ideas that wait.
    Ideas,
    /// Material past its `review_by`.
    Review,
}

impl AgendaAbout {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Confirm => "confirm",
            Self::NotStarted => "not-started",
            Self::Measure => "measure",
            Self::PairStalled => "pair-stalled",
            Self::PairToEnd => "pair-to-end",
            Self::PairUnsure => "pair-unsure",
            Self::MentorFull => "mentor-full",
            Self::NoMentor => "no-mentor",
            Self::GroupUndated => "group-undated",
            Self::GroupBarred => "group-barred",
            Self::GroupHalf => "group-half",
            Self::Unanswered => "unanswered",
            Self::Talk => "talk",
            Self::Stuck => "stuck",
            Self::Idle => "idle",
            Self::LaterJoiner => "later-joiner",
            Self::Ideas => "ideas",
            Self::Review => "review",
        }
    }
}

/// One thing that needs the leader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaItem {
    /// Its first reason.
    pub about: AgendaAbout,
    /// The larger, the sooner, among things of one kind.
    pub weight: i64,
    /// Whom it is about; nobody in what is about material.
    pub person: Option<Box<str>>,
    /// What stands in front: a name, or what it is about.
    pub who: String,
    /// All reasons, the first one first.
    pub reasons: Vec<String>,
    /// What to type.
    pub command: String,
}

/// Where somebody stands in one curriculum, as an agenda needs it.
#[derive(Clone, Copy)]
pub struct AgendaView<'a> {
    /// The curriculum.
    pub curriculum: &'a Curriculum,
    /// What happened.
    pub progress: &'a Progress<'a>,
    /// What it amounts to.
    pub assessment: &'a Assessment,
    /// What it amounted to some weeks ago, of somebody who was there then and was active since.
    pub before: Option<&'a Assessment>,
}

/// What comes up soon, and needs nobody yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AgendaSoon {
    /// Its day.
    pub day: Date,
    /// The sentence.
    pub sentence: String,
}
