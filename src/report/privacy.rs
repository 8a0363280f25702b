//! What is shared about a person, kind by kind: where it stands and how many lines of it there are.

use std::collections::BTreeMap;

use crate::base::texts::t;
use crate::model::event::{Event, Fact};

/// What shared lines are about. Every kind of event belongs to one: a new kind does not compile until it is told here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SharedField {
    /// Modules assigned, and waivers.
    Assignments,
    /// Steps opened and finished.
    Steps,
    /// How many questions are known how well.
    Questions,
    /// Practices, with the line that was written, figures, confirmations.
    Practices,
    /// Talks planned and held, commitments.
    Talks,
    /// The aim.
    Aim,
    /// Capabilities reached.
    Reached,
    /// Mentor pairs.
    Pairs,
    /// Ideas.
    Ideas,
    /// What was taken back.
    TakenBack,
    /// Kinds of a newer version.
    Newer,
}

impl SharedField {
    /// All, in the order of the screen.
    pub const ALL: [Self; 11] = [
        Self::Assignments,
        Self::Steps,
        Self::Questions,
        Self::Practices,
        Self::Talks,
        Self::Aim,
        Self::Reached,
        Self::Pairs,
        Self::Ideas,
        Self::TakenBack,
        Self::Newer,
    ];

    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Assignments => "assignments",
            Self::Steps => "steps",
            Self::Questions => "questions",
            Self::Practices => "practices",
            Self::Talks => "talks",
            Self::Aim => "aim",
            Self::Reached => "reached",
            Self::Pairs => "pairs",
            Self::Ideas => "ideas",
            Self::TakenBack => "taken_back",
            Self::Newer => "newer_kinds",
        }
    }

    /// The words on screens.
    pub fn shown(self) -> String {
        match self {
            Self::Assignments => t!("privacy.assignments", "what was assigned, due dates"),
            Self::Steps => t!("privacy.steps", "steps opened and finished"),
            Self::Questions => t!("privacy.questions", "how many questions you know"),
            Self::Practices => t!("privacy.practices", "practices, your line, figures"),
            Self::Talks => t!("privacy.talks", "talks, commitments"),
            Self::Aim => t!("privacy.aim", "your aim"),
            Self::Reached => t!("privacy.reached", "capabilities reached"),
            Self::Pairs => t!("privacy.pairs", "who mentors you"),
            Self::Ideas => t!("privacy.ideas", "ideas"),
            Self::TakenBack => t!("privacy.taken_back", "what was taken back"),
            Self::Newer => t!("privacy.newer", "lines of a newer version"),
        }
    }

    fn of(fact: &Fact<'_>) -> Self {
        match fact {
            Fact::Assigned { .. } | Fact::Unassigned { .. } | Fact::Waived { .. } => Self::Assignments,
            Fact::Started { .. } | Fact::Finished { .. } => Self::Steps,
            Fact::Recalled { .. } => Self::Questions,
            Fact::Practised(_) | Fact::Measured { .. } | Fact::Confirmed { .. } => Self::Practices,
            Fact::Met(_) | Fact::Kept { .. } | Fact::Invited(_) => Self::Talks,
            Fact::Aimed { .. } => Self::Aim,
            Fact::Reached { .. } => Self::Reached,
            Fact::Paired { .. } | Fact::Unpaired { .. } => Self::Pairs,
            Fact::Suggested { .. } | Fact::Handled { .. } => Self::Ideas,
            Fact::Voided { .. } => Self::TakenBack,
            Fact::Unknown { .. } => Self::Newer,
        }
    }
}

/// What private lines are about: their kinds by name, nothing of what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrivateField {
    /// Answers to questions.
    Answers,
    /// How sure somebody was.
    Confidence,
    /// Notes and reflections.
    Notes,
    /// The person's own word on each capability.
    Ratings,
    /// Minutes a step took.
    Minutes,
    /// What was taken back, and kinds of a newer version.
    Other,
}

impl PrivateField {
    /// All, in the order of the screen.
    pub const ALL: [Self; 6] = [
        Self::Answers,
        Self::Confidence,
        Self::Notes,
        Self::Ratings,
        Self::Minutes,
        Self::Other,
    ];

    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Confidence => "confidence",
            Self::Notes => "notes",
            Self::Ratings => "ratings",
            Self::Minutes => "minutes",
            Self::Other => "private_other",
        }
    }

    /// The words on screens.
    pub fn shown(self) -> String {
        match self {
            Self::Answers => t!("privacy.answers", "your answers and misses"),
            Self::Confidence => t!("privacy.sure", "how sure you were"),
            Self::Notes => t!("privacy.notes", "notes, reflections"),
            Self::Ratings => t!("privacy.ratings", "your own word on yourself"),
            Self::Minutes => t!("privacy.minutes", "minutes you took"),
            Self::Other => t!("privacy.other", "what you took back there"),
        }
    }
}

/// Lines of a log by what they are about.
pub fn shared_fields(events: &[&Event<'_>]) -> BTreeMap<SharedField, usize> {
    let mut fields = BTreeMap::new();
    for event in events {
        *fields.entry(SharedField::of(&event.fact)).or_insert(0) += 1;
    }
    fields
}
