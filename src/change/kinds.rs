//! The kinds of change and their classes (`readiness.md` §5).

use crate::base::time::Date;
use crate::readiness::Part;

/// How much a change touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Words, names, order: nobody's evidence and nobody's tasks change.
    Wording,
    /// Something new beside what is there; what was done stays as it is.
    Addition,
    /// Something that was there counts otherwise, is asked otherwise or is gone.
    Material,
}

impl Class {
    /// All of them, the lightest first.
    pub const ALL: [Self; 3] = [Self::Wording, Self::Addition, Self::Material];

    /// The word in files and flags.
    pub fn word(self) -> &'static str {
        match self {
            Self::Wording => "wording",
            Self::Addition => "addition",
            Self::Material => "material",
        }
    }
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// The curriculum as a whole.
    Curriculum,
    /// A capability.
    Capability,
    /// A module.
    Module,
    /// A step; the word of its kind.
    Step(&'static str),
    /// A question.
    Question,
    /// A case.
    Case,
    /// A file of a translation.
    Translation,
}

impl About {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Curriculum => "curriculum",
            Self::Capability => "capability",
            Self::Module => "module",
            Self::Step(kind) => kind,
            Self::Question => "question",
            Self::Case => "case",
            Self::Translation => "translation",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub about: About,
    /// Its id: the new one, or the last it had.
    pub id: String,
    /// Its title on screens, if it has one.
    pub title: Option<String>,
    /// What changed.
    pub what: What,
}

impl Change {
    /// How much it touches.
    pub fn class(&self) -> Class {
        self.what.class()
    }
}

/// What changed. Evidence named here is what was recorded before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Texts or names, by their keys in the file.
    Texts(Vec<&'static str>),
    /// The order of what is in it.
    Order,
    /// It has another id, and takes over what was recorded for the old one.
    Renamed {
        /// The id it had.
        from: String,
    },
    /// It went into another module, and takes over what was recorded.
    Moved {
        /// The id it had.
        from: String,
    },
    /// A question stands in another quiz of its module.
    OtherQuiz,
    /// Stated minutes.
    Minutes {
        /// Before; `None` = by the number of questions.
        from: Option<u32>,
        /// Now.
        to: Option<u32>,
    },
    /// The label of the state that is handed out.
    Label {
        /// Before.
        from: u32,
        /// Now.
        to: u32,
    },
    /// New; nobody has done it.
    Added {
        /// How many steps and questions came with it.
        steps: usize,
        /// Questions.
        questions: usize,
    },
    /// A step of a module that was there before joined it.
    Joined {
        /// Its minutes, rounded up.
        minutes: u32,
        /// The day it says it joined; without one, finished modules are open again.
        since: Option<Date>,
    },
    /// A wrong option came to a question.
    OptionsAdded,
    /// A case has new claims.
    ClaimsAdded,
    /// Offered again after it was retired.
    Revived,
    /// No longer offered; its words are kept.
    Retired,
    /// No longer there, and nothing says so: its words are gone.
    Removed {
        /// Whether it was retired before, so that nothing was offered any more.
        was_retired: bool,
    },
    /// Its evidence now stands under another that was there before.
    Merged {
        /// What takes it over.
        into: String,
    },
    /// It no longer takes over what was recorded for a former id.
    HeirNoMore {
        /// The former id.
        former: String,
    },
    /// It takes over what was recorded for an id that was gone before.
    HeirNow {
        /// The former id.
        former: String,
    },
    /// Raised revision.
    Revision {
        /// Before.
        from: u32,
        /// Now.
        to: u32,
    },
    /// Lowered revision: answers that were void count again, and what was done seems to be ahead.
    RevisionLowered {
        /// Before.
        from: u32,
        /// Now.
        to: u32,
    },
    /// Other options are right, and the revision is the same.
    OtherRight,
    /// Options of a question are gone or replaced, whatever came beside them.
    OptionsRemoved,
    /// What it is evidence for.
    Capabilities {
        /// Before.
        from: Vec<String>,
        /// Now.
        to: Vec<String>,
    },
    /// What must be done first.
    Needs,
    /// The day it says it joined.
    Since,
    /// Its kind.
    Kind {
        /// Before.
        from: &'static str,
    },
    /// A case step reads another case.
    OtherCase {
        /// Before.
        from: String,
    },
    /// What a practice measures.
    Measure,
    /// Who outside sees what a practice results in.
    Exposure,
    /// With whom a talk is held.
    With,
    /// Claims of a case are gone, say something else or rest on another source, person or calculation; points never rest on
    /// them.
    Claims,
    /// How many questions, practices or talks a capability asks for, by its own key or by what can be asked.
    Needed {
        /// Of what.
        part: Part,
        /// Before; `None` = the workspace's.
        from: Option<u32>,
        /// Now.
        to: Option<u32>,
    },
    /// Fewer live questions than are asked for: the number that can be asked changed.
    Asked {
        /// Before.
        from: u32,
        /// Now.
        to: u32,
    },
    /// Weight in the overall number.
    Weight {
        /// Before.
        from: u32,
        /// Now.
        to: u32,
    },
    /// Whether overall Ready needs it.
    Core {
        /// Now.
        now: bool,
    },
    /// The module to finish before practices in public.
    PublicNeeds,
    /// A capability came: the headline counts one more.
    CapabilityAdded,
    /// A capability is gone: nobody's points in it are shown.
    CapabilityRemoved,
    /// A module is no longer listed, with so many live steps and questions.
    ModuleRemoved {
        /// Live steps.
        steps: usize,
        /// Live questions.
        questions: usize,
    },
}

impl What {
    /// How much it touches.
    pub fn class(&self) -> Class {
        match self {
            Self::Texts(_)
            | Self::Order
            | Self::Renamed { .. }
            | Self::OtherQuiz
            | Self::Minutes { .. }
            | Self::Label { .. }
            | Self::Removed { was_retired: true } => Class::Wording,
            Self::Added { .. }
            | Self::Joined { since: Some(_), .. }
            | Self::OptionsAdded
            | Self::ClaimsAdded => Class::Addition,
            _ => Class::Material,
        }
    }

    /// Its code in files.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Texts(_) => "texts",
            Self::Order => "order",
            Self::Renamed { .. } => "renamed",
            Self::Moved { .. } => "moved",
            Self::OtherQuiz => "other-quiz",
            Self::Minutes { .. } => "minutes",
            Self::Label { .. } => "label",
            Self::Added { .. } => "added",
            Self::Joined { .. } => "joined",
            Self::OptionsAdded => "options-added",
            Self::ClaimsAdded => "claims-added",
            Self::Revived => "revived",
            Self::Retired => "retired",
            Self::Removed { .. } => "removed",
            Self::Merged { .. } => "merged",
            Self::HeirNoMore { .. } => "heir-no-more",
            Self::HeirNow { .. } => "heir-now",
            Self::Revision { .. } => "revision",
            Self::RevisionLowered { .. } => "revision-lowered",
            Self::OtherRight => "other-right",
            Self::OptionsRemoved => "options-removed",
            Self::Capabilities { .. } => "capabilities",
            Self::Needs => "needs",
            Self::Since => "since",
            Self::Kind { .. } => "kind",
            Self::OtherCase { .. } => "other-case",
            Self::Measure => "measure",
            Self::Exposure => "exposure",
            Self::With => "with",
            Self::Claims => "claims",
            Self::Needed { .. } => "needed",
            Self::Asked { .. } => "asked",
            Self::Weight { .. } => "weight",
            Self::Core { .. } => "core",
            Self::PublicNeeds => "public-needs",
            Self::CapabilityAdded => "capability-added",
            Self::CapabilityRemoved => "capability-removed",
            Self::ModuleRemoved { .. } => "module-removed",
        }
    }

    /// Whether the author should repair it before it is handed out: it makes evidence say what nobody did.
    pub fn is_fault(&self) -> bool {
        matches!(
            self,
            Self::OtherRight | Self::RevisionLowered { .. } | Self::Removed { was_retired: false }
        )
    }
}
