//! What happened: one shared event, as the log holds it. Texts borrow from the line they were read from.

use std::borrow::Cow;

use super::curriculum::TalkWith;
use crate::base::id::EventId;
use crate::base::points::Thousandths;
use crate::base::text::are_equal;
use crate::base::texts::t;
use crate::base::time::Date;

/// Text of an event: borrowed from its line, or owned by who records it.
pub type Text<'a> = Cow<'a, str>;

/// One shared event. Its day is the writer's local date; it knows no clock time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event<'a> {
    /// Random, everywhere and for ever.
    pub id: EventId,
    /// Counts the lines of its file from 1.
    pub seq: u64,
    /// The writer's local date.
    pub day: Date,
    /// Whom it is about.
    pub person: Text<'a>,
    /// Whose word it is.
    pub by: Text<'a>,
    /// Which device wrote it.
    pub device: Text<'a>,
    /// What happened.
    pub fact: Fact<'a>,
    /// Received in the person's words by somebody else. Boxed, because few are and every event has room for it.
    pub via: Option<Box<Via<'a>>>,
}

impl Event<'_> {
    /// Whether it is the word of the person whom it is about.
    pub fn is_own_word(&self) -> bool {
        // A reader of logs gives both one text where they are the same.
        are_equal(&self.by, &self.person)
    }

    /// Whether it is a pair with oneself, or a talk with nobody else, held or planned: no program writes that, a hand may.
    pub fn is_with_nobody(&self) -> bool {
        let is_other = |id: &Text<'_>| !id.trim().is_empty() && *id != self.person;
        match &self.fact {
            Fact::Paired { mentor, .. } => !is_other(mentor),
            Fact::Met(met) => !met.with.iter().any(is_other),
            Fact::Invited(invited) => !invited.with.iter().any(is_other),
            _ => false,
        }
    }
}

/// How the words of a person without the program came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Via<'a> {
    /// The receiver.
    pub by: Text<'a>,
    /// page, mail, paper, spoken.
    pub form: Text<'a>,
}

/// Attendance of a talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attendance {
    /// The whole talk.
    Present,
    /// A part of it.
    Partly,
    /// Somebody else went.
    Deputy,
    /// A word this version does not know: never counts.
    Unknown,
}

impl Attendance {
    /// The word on screens.
    pub fn shown(self) -> String {
        match self {
            Self::Present => t!("attendance.present", "present"),
            Self::Partly => t!("attendance.partly", "partly"),
            Self::Deputy => t!("attendance.deputy", "deputy"),
            Self::Unknown => t!("attendance.unknown", "unknown"),
        }
    }

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Partly => "partly",
            Self::Deputy => "deputy",
            Self::Unknown => "unknown",
        }
    }

    /// The word that a person may say; `None`: it is none of these.
    pub fn said(word: &str) -> Option<Self> {
        let mut all = [Self::Present, Self::Partly, Self::Deputy].into_iter();
        all.find(|one| one.word() == word)
    }
}

/// How a second measurement is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeasureGrade {
    /// Own estimate.
    Claimed,
    /// Read off a list, a clock, a system.
    Observed,
    /// By another person.
    Verified,
}

impl MeasureGrade {
    /// All grades.
    pub const ALL: [Self; 3] = [Self::Claimed, Self::Observed, Self::Verified];

    /// The word on screens.
    pub fn shown(self) -> String {
        match self {
            Self::Claimed => t!("grade.claimed", "claimed"),
            Self::Observed => t!("grade.observed", "observed"),
            Self::Verified => t!("grade.verified", "verified"),
        }
    }

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Observed => "observed",
            Self::Verified => "verified",
        }
    }
}

/// A baseline set by a practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline<'a> {
    /// The figure today, before anything changes.
    pub before: Thousandths,
    /// Copied from the step.
    pub unit: Text<'a>,
    /// Copied from the step.
    pub period: Text<'a>,
    /// How many cases it rests on.
    pub n: Option<u64>,
}

/// One entry of a capsule: a question known, without its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CapsuleEntry {
    /// Ladder step, 0 to 5.
    pub step: u8,
    /// Day of the last right answer.
    pub day: Date,
}

/// The closed list of what can be recorded; every reader handles all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields are those of the design's event table, under the same names"
)]
pub enum Fact<'a> {
    /// A leader assigns a module.
    Assigned {
        curriculum: Text<'a>,
        module: Text<'a>,
        due: Option<Date>,
        reason: Option<Text<'a>>,
    },
    /// An assignment is taken back.
    Unassigned {
        reference: EventId,
        reason: Option<Text<'a>>,
    },
    /// A step was opened.
    Started {
        curriculum: Text<'a>,
        step: Text<'a>,
        rev: u32,
    },
    /// A case, quiz or reflect was finished.
    Finished {
        curriculum: Text<'a>,
        step: Text<'a>,
        rev: u32,
    },
    /// The capsule: what quiz answers are worth. `damaged` counts entries that could not be read.
    Recalled {
        curriculum: Text<'a>,
        capability: Text<'a>,
        entries: Vec<CapsuleEntry>,
        damaged: u32,
    },
    /// A hands-on practice.
    Practised(Box<Practised<'a>>),
    /// The second figure of a baseline.
    Measured {
        reference: EventId,
        after: Thousandths,
        n: Option<u64>,
        grade: MeasureGrade,
    },
    /// Which process should become more efficient.
    Aimed {
        text: Text<'a>,
        function: Option<Text<'a>>,
        curriculum: Option<Text<'a>>,
        capability: Option<Text<'a>>,
    },
    /// Ready for the first time.
    Reached {
        curriculum: Text<'a>,
        capability: Text<'a>,
    },
    /// The person confirms what somebody else recorded.
    Confirmed { reference: EventId },
    /// A talk was held.
    Met(Box<Met<'a>>),
    /// What came of a commitment: yes, partly, no.
    Kept { reference: EventId, answer: Text<'a> },
    /// A mentor pair.
    Paired {
        curriculum: Text<'a>,
        mentor: Text<'a>,
        capabilities: Vec<Text<'a>>,
        why: Option<Text<'a>>,
    },
    /// A pair ends.
    Unpaired { reference: EventId },
    /// A planned talk; without `at` a group that is formed and not yet dated.
    Invited(Box<Invited<'a>>),
    /// A step is waived.
    Waived {
        curriculum: Text<'a>,
        step: Text<'a>,
        until: Option<Date>,
    },
    /// An idea.
    Suggested {
        text: Text<'a>,
        curriculum: Option<Text<'a>>,
        capability: Option<Text<'a>>,
    },
    /// What became of an idea.
    Handled {
        reference: EventId,
        into: Text<'a>,
        reason: Option<Text<'a>>,
    },
    /// Takes an event back; may itself be taken back.
    Voided { reference: EventId },
    /// A kind this version does not know: kept and shown, never dropped.
    Unknown { kind: Text<'a> },
}

/// A hands-on practice.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields are those of the design's event table, under the same names"
)]
pub struct Practised<'a> {
    pub curriculum: Text<'a>,
    pub step: Text<'a>,
    pub rev: u32,
    pub capabilities: Vec<Text<'a>>,
    pub personal: bool,
    pub evidence: Option<Text<'a>>,
    pub witness: Option<Text<'a>>,
    pub may_quote: bool,
    pub measure: Option<Baseline<'a>>,
}

/// A talk that was held.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields are those of the design's event table, under the same names"
)]
pub struct Met<'a> {
    pub curriculum: Text<'a>,
    pub meeting: Text<'a>,
    pub with: Vec<Text<'a>>,
    pub role: TalkWith,
    pub capabilities: Vec<Text<'a>>,
    pub minutes: u32,
    pub attendance: Attendance,
    pub commitment: Option<Text<'a>>,
}

/// A planned talk.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields are those of the design's event table, under the same names"
)]
pub struct Invited<'a> {
    pub curriculum: Text<'a>,
    pub meeting: Text<'a>,
    pub with: Vec<Text<'a>>,
    pub role: TalkWith,
    pub topic: Text<'a>,
    pub at: Option<Text<'a>>,
    pub place: Option<Text<'a>>,
    /// How long it lasts; `None`: as the first step for such a talk says.
    pub minutes: Option<u32>,
}

impl Invited<'_> {
    /// The same, apart from the log it was read from.
    pub fn to_owned_text(&self) -> Invited<'static> {
        let own = |text: &Text<'_>| Text::from(text.to_string());
        Invited {
            curriculum: own(&self.curriculum),
            meeting: own(&self.meeting),
            with: self.with.iter().map(own).collect(),
            role: self.role,
            topic: own(&self.topic),
            at: self.at.as_ref().map(own),
            place: self.place.as_ref().map(own),
            minutes: self.minutes,
        }
    }
}

/// Minutes of a talk that is planned.
pub const TALK_MINUTES: std::ops::RangeInclusive<u32> = 5..=480;

impl Fact<'_> {
    /// The kind as it is written.
    pub fn kind(&self) -> &str {
        match self {
            Self::Assigned { .. } => "assigned",
            Self::Unassigned { .. } => "unassigned",
            Self::Started { .. } => "started",
            Self::Finished { .. } => "finished",
            Self::Recalled { .. } => "recalled",
            Self::Practised(_) => "practised",
            Self::Measured { .. } => "measured",
            Self::Aimed { .. } => "aimed",
            Self::Reached { .. } => "reached",
            Self::Confirmed { .. } => "confirmed",
            Self::Met(_) => "met",
            Self::Kept { .. } => "kept",
            Self::Paired { .. } => "paired",
            Self::Unpaired { .. } => "unpaired",
            Self::Invited(_) => "invited",
            Self::Waived { .. } => "waived",
            Self::Suggested { .. } => "suggested",
            Self::Handled { .. } => "handled",
            Self::Voided { .. } => "voided",
            Self::Unknown { kind } => kind,
        }
    }

    /// The curriculum the event names; `None` for kinds that name none.
    pub fn curriculum(&self) -> Option<&str> {
        match self {
            Self::Assigned { curriculum, .. }
            | Self::Started { curriculum, .. }
            | Self::Finished { curriculum, .. }
            | Self::Recalled { curriculum, .. }
            | Self::Reached { curriculum, .. }
            | Self::Paired { curriculum, .. }
            | Self::Waived { curriculum, .. } => Some(curriculum),
            Self::Practised(practised) => Some(&practised.curriculum),
            Self::Met(met) => Some(&met.curriculum),
            Self::Invited(invited) => Some(&invited.curriculum),
            Self::Aimed { curriculum, .. } | Self::Suggested { curriculum, .. } => curriculum.as_deref(),
            Self::Unassigned { .. }
            | Self::Measured { .. }
            | Self::Confirmed { .. }
            | Self::Kept { .. }
            | Self::Unpaired { .. }
            | Self::Handled { .. }
            | Self::Voided { .. }
            | Self::Unknown { .. } => None,
        }
    }

    /// The event it is about, for kinds that name one.
    pub fn reference(&self) -> Option<EventId> {
        match self {
            Self::Unassigned { reference, .. }
            | Self::Measured { reference, .. }
            | Self::Confirmed { reference }
            | Self::Kept { reference, .. }
            | Self::Unpaired { reference }
            | Self::Handled { reference, .. }
            | Self::Voided { reference } => Some(*reference),
            _ => None,
        }
    }
}
