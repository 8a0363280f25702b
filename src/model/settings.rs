//! Every table of `upwards.toml` as loaded, with the defaults of `formats.md` §2.

use super::case::Size;
use crate::base::id::{CurriculumId, Slug, WorkspaceId};
use crate::base::points::Points;

/// All settings of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Names the private folder; never changed.
    pub id: WorkspaceId,
    /// The name on screens.
    pub name: String,
    /// Two-letter language of fixed texts and default of content.
    pub language: String,
    /// Curricula in use, in the order of screens.
    pub curricula: Vec<CurriculumId>,
    /// What `cases near` compares.
    pub organisation: Option<Organisation>,
    /// The readiness model.
    pub readiness: Readiness,
    /// The planner.
    pub plan: Plan,
    /// How logs travel.
    pub layout: Layout,
    /// Practices in public.
    pub practice: PracticeRules,
    /// Small groups and retention.
    pub privacy: Privacy,
    /// Pairs.
    pub mentoring: Mentoring,
    /// What the agenda names.
    pub agenda: Agenda,
    /// Reminders.
    pub nudge: Nudge,
    /// Worth of an hour; without it hours are never turned into money.
    pub ledger: Option<Ledger>,
    /// Start of every object id in learning-record exports.
    pub xapi_base: Option<String>,
}

/// The company.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organisation {
    /// Sector slug.
    pub sector: Option<Slug>,
    /// Size by employees.
    pub size: Option<Size>,
    /// Two-letter country.
    pub country: Option<String>,
}

/// `[readiness]`, all of it policy (`readiness.md` §9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    /// Days of the six ladder steps, increasing, 1 to 3,650.
    pub ladder_days: [u32; 6],
    /// Weights of knowledge, hands-on and dialogue, 0 to 100, not all 0.
    pub weights: [u32; 3],
    /// Questions needed, 0 to 20.
    pub knowledge_needed: u32,
    /// Practices needed, 1 to 10.
    pub hands_on_needed: u32,
    /// Talks needed, 0 to 10.
    pub dialogue_needed: u32,
    /// Whole points from which a capability is building.
    pub building: u32,
    /// Whole points from which it is ready, both gates open.
    pub ready: u32,
    /// Percent of the knowledge budget that must be known again on a later day, 0 to 100.
    pub knowledge_floor: u32,
    /// Days a practice opens the hands-on gate; 0 = for ever.
    pub hands_on_fresh_days: u32,
    /// Whether a practice needs a line on what was done.
    pub hands_on_evidence: bool,
}

impl Default for Readiness {
    fn default() -> Self {
        Self {
            ladder_days: [1, 7, 21, 60, 150, 365],
            weights: [40, 40, 20],
            knowledge_needed: 8,
            hands_on_needed: 2,
            dialogue_needed: 1,
            building: 40,
            ready: 75,
            knowledge_floor: 60,
            hands_on_fresh_days: 365,
            hands_on_evidence: true,
        }
    }
}

impl Readiness {
    /// The ready threshold as points.
    pub fn ready_points(&self) -> Points {
        Points::from_whole(self.ready)
    }

    /// The building threshold as points.
    pub fn building_points(&self) -> Points {
        Points::from_whole(self.building)
    }
}

/// `[plan]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Days ahead at which gains are looked at.
    pub horizon_days: u32,
    /// A step is due soon so many days before its due date.
    pub due_soon_days: u32,
    /// Points a due step counts more.
    pub due_bonus: u32,
    /// Points for a practice where the hands-on gate is shut.
    pub gate_bonus: u32,
    /// Points once for a plan that touches the aim's capability.
    pub aim_bonus: u32,
    /// Seconds one question takes.
    pub seconds_per_question: u32,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            horizon_days: 30,
            due_soon_days: 7,
            due_bonus: 10,
            gate_bonus: 20,
            aim_bonus: 5,
            seconds_per_question: 45,
        }
    }
}

/// How logs travel between people (`README.md` §4 of the design: sharing).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// By packets: everybody holds their own log, leaders hold all.
    #[default]
    Packets,
    /// A synced folder with rights.
    Folder,
    /// A git repository.
    Git,
}

impl Layout {
    /// All layouts with their words in files.
    pub const ALL: [(&'static str, Self); 3] = [
        ("packets", Self::Packets),
        ("folder", Self::Folder),
        ("git", Self::Git),
    ];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Packets => "packets",
            Self::Folder => "folder",
            Self::Git => "git",
        }
    }
}

/// `[practice]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeRules {
    /// Whether practices whose exposure is public are offered; else their draft.
    pub public: bool,
    /// Days after which the second figure of a baseline is asked.
    pub second_measure_days: u32,
}

impl Default for PracticeRules {
    fn default() -> Self {
        Self {
            public: false,
            second_measure_days: 30,
        }
    }
}

/// `[privacy]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Privacy {
    /// Smallest group shown without names, 3 or more.
    pub min_group: u32,
    /// Months after which lines may go; 0 = no rule.
    pub retain_months: u32,
}

impl Default for Privacy {
    fn default() -> Self {
        Self {
            min_group: 5,
            retain_months: 0,
        }
    }
}

/// `[mentoring]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentoring {
    /// Seats of a mentor who states none.
    pub seats: u32,
    /// A pair stalls without a first meeting after so many days.
    pub first_meeting_days: u32,
    /// Or without one since, after so many.
    pub meeting_gap_days: u32,
}

impl Default for Mentoring {
    fn default() -> Self {
        Self {
            seats: 2,
            first_meeting_days: 10,
            meeting_gap_days: 14,
        }
    }
}

/// `[agenda]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// Not started so many days after the assignment.
    pub not_started_days: u32,
    /// Silent for so many days.
    pub idle_days: u32,
    /// Active, and nowhere further than so many days ago.
    pub stuck_days: u32,
    /// A second figure is so many days late.
    pub measure_late_days: u32,
    /// An idea waits so many days.
    pub idea_days: u32,
}

impl Default for Agenda {
    fn default() -> Self {
        Self {
            not_started_days: 14,
            idle_days: 28,
            stuck_days: 28,
            measure_late_days: 14,
            idea_days: 7,
        }
    }
}

/// `[nudge]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nudge {
    /// Days between two reminders.
    pub pause_days: u32,
    /// Most reminders for one assignment.
    pub most: u32,
}

impl Default for Nudge {
    fn default() -> Self {
        Self {
            pause_days: 14,
            most: 3,
        }
    }
}

/// `[ledger]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// Worth of an hour in whole units of the currency.
    pub hour: u32,
    /// Three-letter currency.
    pub currency: String,
}
