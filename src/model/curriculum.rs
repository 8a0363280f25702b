//! A curriculum: capabilities, and modules of steps (case, quiz, practice, talk, reflect).

use std::collections::BTreeMap;

use super::capability::Capability;
use crate::base::id::{CapabilityId, CaseId, CurriculumId, ModuleId, QuestionId, StepId};
use crate::base::texts::{t, t_n};
use crate::base::time::{Date, Minutes, Seconds};

/// How long one word takes that stands beside the steps of a plan: the second figure of a baseline, what came of a promise,
/// the yes to a practice that somebody else noted.
pub const ONE_WORD: Minutes = Minutes(1);

/// How many such words fit into some minutes.
pub fn words_in(minutes: Minutes) -> usize {
    usize::try_from(minutes.0 / ONE_WORD.0).unwrap_or(usize::MAX)
}

/// How long so many of them take.
pub fn words_take(words: usize) -> Minutes {
    Minutes(
        u32::try_from(words)
            .unwrap_or(u32::MAX)
            .saturating_mul(ONE_WORD.0),
    )
}

/// One curriculum with the modules it lists; drafts are not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curriculum {
    /// The id; its folder is named after it.
    pub id: CurriculumId,
    /// The title on screens.
    pub title: String,
    /// Two-letter language of its texts.
    pub language: String,
    /// Raised when the author hands out a new state.
    pub rev: u32,
    /// One line on what it is for.
    pub summary: Option<String>,
    /// Who keeps it.
    pub owner: String,
    /// When it should be looked at again.
    pub review_by: Date,
    /// Licence of the texts.
    pub licence: Option<String>,
    /// Public practices are offered only to who has finished this module.
    pub public_needs: Option<ModuleId>,
    /// In the order of columns.
    pub capabilities: Vec<Capability>,
    /// In the order of the curriculum.
    pub modules: Vec<Module>,
    /// Live question ids by former id (`replaces` of questions and modules applied); one heir each.
    pub former_questions: BTreeMap<QuestionId, QuestionId>,
    /// Live step ids by former id (`replaces` of steps and modules applied); one heir each.
    pub former_steps: BTreeMap<StepId, StepId>,
    /// Live module ids by former id.
    pub former_modules: BTreeMap<ModuleId, ModuleId>,
}

/// A module: one TOML file of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// The id; its file is named after it.
    pub id: ModuleId,
    /// The title on screens.
    pub title: String,
    /// Default of every step.
    pub capabilities: Vec<CapabilityId>,
    /// One line on what it is for.
    pub summary: Option<String>,
    /// Who keeps it, if not the curriculum's owner.
    pub owner: Option<String>,
    /// When it should be looked at again, if not with the curriculum.
    pub review_by: Option<Date>,
    /// All steps, retired ones too.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// `module.step`.
    pub id: StepId,
    /// Its title; a case step has the case's, `None` here.
    pub title: Option<String>,
    /// What it is evidence for.
    pub capabilities: Vec<CapabilityId>,
    /// Stated minutes; a quiz may leave them out.
    pub minutes: Option<Minutes>,
    /// Steps that must be done first.
    pub needs: Vec<StepId>,
    /// Recorded with the evidence, never voids it. A case step's is the case's.
    pub rev: u32,
    /// The day it joined a module already in use.
    pub since: Option<Date>,
    /// No longer offered; text kept so that old evidence can be read.
    pub retired: bool,
    /// What is done in it.
    pub kind: StepKind,
}

/// What is done in a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// Read a case.
    Case(CaseStep),
    /// Answer questions.
    Quiz(Vec<Question>),
    /// Do something with one's own hands.
    Practice(Practice),
    /// Talk with a peer or mentor.
    Talk(Talk),
    /// Write a private line.
    Reflect(Vec<String>),
}

/// A step that reads a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseStep {
    /// The curriculum the case belongs to; `None` = this one.
    pub curriculum: Option<CurriculumId>,
    /// The case.
    pub case: CaseId,
    /// Questions answered privately in one line.
    pub ask: Vec<String>,
}

/// A quiz question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// `module.question`.
    pub id: QuestionId,
    /// A short name for lists.
    pub title: String,
    /// What is asked.
    pub text: String,
    /// What it is evidence for.
    pub capability: CapabilityId,
    /// Raised only if old answers no longer prove anything.
    pub rev: u32,
    /// Shown on request.
    pub hint: Option<String>,
    /// `case.source`.
    pub sources: Vec<String>,
    /// Two to six.
    pub options: Vec<QuizOption>,
    /// No longer asked.
    pub retired: bool,
}

impl Question {
    /// Places of the right options, from 1.
    pub fn right(&self) -> Vec<usize> {
        self.options
            .iter()
            .enumerate()
            .filter(|(_, o)| o.right)
            .map(|(i, _)| i + 1)
            .collect()
    }
}

/// Fewest options of a question (`formats.md`, quiz).
pub const FEWEST_OPTIONS: usize = 2;

/// Most options of a question.
pub const MOST_OPTIONS: usize = 6;

/// One option of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuizOption {
    /// What it says.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
    /// Why it is, or is not.
    pub why: Option<String>,
}

/// A hands-on step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// What to do, line by line.
    pub instructions: Vec<String>,
    /// The question whether one did it oneself, if it is not the usual one.
    pub own_hand: Option<String>,
    /// The question for the evidence line, if it is not the usual one.
    pub evidence: Option<String>,
    /// Who outside sees the result.
    pub exposure: Exposure,
    /// Done instead while public is not allowed; there iff the exposure is public.
    pub draft: Vec<String>,
    /// The efficiency measure it sets a baseline for.
    pub measure: Option<Measure>,
}

/// Who outside sees what a practice results in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// Nobody.
    Draft,
    /// Colleagues.
    Internal,
    /// Everybody.
    Public,
}

impl Exposure {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Internal => "internal",
            Self::Public => "public",
        }
    }

    /// Who sees it, in words.
    pub fn seen_by(self) -> String {
        match self {
            Self::Draft => t!("exposure.nobody", "nobody"),
            Self::Internal => t!("exposure.colleagues", "colleagues"),
            Self::Public => t!("exposure.everybody", "everybody"),
        }
    }
}

/// What a practice measures, now and thirty days later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Fixed by the step, so that equal units may be summed.
    pub unit: String,
    /// each, day, week, month, quarter, year.
    pub period: String,
    /// Whether fewer is better.
    pub lower_is_better: bool,
}

/// A talk step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// With whom.
    pub with: TalkWith,
    /// What to talk about.
    pub agenda: Vec<String>,
    /// Questions to ask.
    pub ask: Vec<String>,
    /// Offered as the commitment.
    pub before_next: Option<String>,
    /// The executive's side of the guide.
    pub for_executive: Option<String>,
    /// The mentor's side of the guide.
    pub for_mentor: Option<String>,
}

/// With whom a talk is held, seen from the executive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TalkWith {
    /// Somebody of the same rank who has been through it.
    Peer,
    /// A digital resident.
    Mentor,
}

impl TalkWith {
    /// The word in files and events.
    pub fn word(self) -> &'static str {
        match self {
            Self::Peer => "peer",
            Self::Mentor => "mentor",
        }
    }

    /// The word on screens.
    pub fn shown(self) -> String {
        match self {
            Self::Peer => t!("with.peer", "peer"),
            Self::Mentor => t!("with.mentor", "mentor"),
        }
    }
}

impl StepKind {
    /// The word in files.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Case(_) => "case",
            Self::Quiz(_) => "quiz",
            Self::Practice(_) => "practice",
            Self::Talk(_) => "talk",
            Self::Reflect(_) => "reflect",
        }
    }

    /// The word on screens.
    pub fn shown(&self) -> String {
        match self {
            Self::Case(_) => t!("kind.case", "case"),
            Self::Quiz(_) => t!("kind.quiz", "quiz"),
            Self::Practice(_) => t!("kind.practice", "practice"),
            Self::Talk(_) => t!("kind.talk", "talk"),
            Self::Reflect(_) => t!("kind.reflect", "reflect"),
        }
    }
}

impl Step {
    /// The live questions, of a live quiz.
    pub fn live_questions(&self) -> impl Iterator<Item = &Question> {
        let questions = if self.retired { &[] } else { self.questions() };
        questions.iter().filter(|q| !q.retired)
    }

    /// All questions of a quiz, retired ones too.
    pub fn questions(&self) -> &[Question] {
        match &self.kind {
            StepKind::Quiz(questions) => questions,
            _ => &[],
        }
    }

    /// What a quiz without a title is called: how many questions it asks; `None` for other kinds.
    pub fn title_of_questions(&self) -> Option<String> {
        match self.kind {
            StepKind::Quiz(_) => Some(t_n!(
                "quiz.title",
                self.live_questions().count(),
                "{n} question",
                "{n} questions"
            )),
            _ => None,
        }
    }

    /// How long it takes: the stated minutes, or for a quiz its questions times `seconds_per_question`.
    pub fn seconds(&self, seconds_per_question: u32) -> Seconds {
        match self.minutes {
            Some(minutes) => minutes.seconds(),
            None => Seconds(
                u32::try_from(self.live_questions().count())
                    .unwrap_or(u32::MAX)
                    .saturating_mul(seconds_per_question),
            ),
        }
    }
}

impl Module {
    /// Ids of steps and questions inside the module, which share one name space; retired ones too.
    pub fn short_ids(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().flat_map(|step| {
            let questions: &[Question] = match &step.kind {
                StepKind::Quiz(questions) => questions,
                _ => &[],
            };
            std::iter::once(step.id.short()).chain(questions.iter().map(|question| question.id.short()))
        })
    }

    /// Steps that are offered.
    pub fn live_steps(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|s| !s.retired)
    }
}

impl Curriculum {
    /// What Ready means in each core capability, as sentences; `None` without a core capability.
    pub fn what_ready_means(&self) -> Option<String> {
        let core = self.capabilities.iter().filter(|c| c.core);
        let means = core.map(|c| format!("{}: {}.", c.name, c.ready_means.trim_end_matches('.')));
        Some(means.collect::<Vec<_>>().join(" ")).filter(|means| !means.is_empty())
    }

    /// A capability by id.
    pub fn capability(&self, id: &str) -> Option<&Capability> {
        self.capabilities.iter().find(|c| c.id.as_str() == id)
    }

    /// A module by id.
    pub fn module(&self, id: &str) -> Option<&Module> {
        self.modules.iter().find(|m| m.id.as_str() == id)
    }

    /// A step by `module.step`, retired ones too.
    pub fn step(&self, id: &str) -> Option<&Step> {
        let (module, _) = id.split_once('.')?;
        self.module(module)?.steps.iter().find(|s| s.id.as_str() == id)
    }

    /// The module and step of a `module.step`.
    pub fn module_and_step(&self, id: &str) -> Option<(&Module, &Step)> {
        let (module, _) = id.split_once('.')?;
        let module = self.module(module)?;
        module
            .steps
            .iter()
            .find(|s| s.id.as_str() == id)
            .map(|step| (module, step))
    }

    /// Live steps in the curriculum's order.
    pub fn live_steps(&self) -> impl Iterator<Item = (&Module, &Step)> {
        self.modules
            .iter()
            .flat_map(|m| m.live_steps().map(move |s| (m, s)))
    }

    /// Live questions in the curriculum's order, with their quiz.
    pub fn live_questions(&self) -> impl Iterator<Item = (&Step, &Question)> {
        self.live_steps()
            .flat_map(|(_, s)| s.live_questions().map(move |q| (s, q)))
    }

    /// A live question by `module.question`.
    pub fn live_question(&self, id: &str) -> Option<(&Step, &Question)> {
        let (module, _) = id.split_once('.')?;
        self.module(module)?
            .live_steps()
            .flat_map(|s| s.live_questions().map(move |q| (s, q)))
            .find(|(_, q)| q.id.as_str() == id)
    }

    /// A question by `module.question`, a retired one too: what was asked of it was asked.
    pub fn question(&self, id: &str) -> Option<&Question> {
        let (module, _) = id.split_once('.')?;
        let quizzes = self
            .module(module)?
            .steps
            .iter()
            .filter_map(|step| match &step.kind {
                StepKind::Quiz(questions) => Some(questions),
                _ => None,
            });
        quizzes.flatten().find(|question| question.id.as_str() == id)
    }

    /// The id a step goes on under: itself, or its heir's (`formats.md` §9: a live id is never redirected).
    pub fn current_step<'a>(&'a self, id: &'a str) -> &'a str {
        if self.former_steps.is_empty() || self.step(id).is_some_and(|s| !s.retired) {
            return id;
        }
        self.former_steps.get(id).map_or(id, StepId::as_str)
    }

    /// The id a question goes on under: itself, or its heir's.
    pub fn current_question<'a>(&'a self, id: &'a str) -> &'a str {
        if self.former_questions.is_empty() || self.live_question(id).is_some() {
            return id;
        }
        self.former_questions.get(id).map_or(id, QuestionId::as_str)
    }

    /// The id a module goes on under: itself, or its heir's.
    pub fn current_module<'a>(&'a self, id: &'a str) -> &'a str {
        if self.former_modules.is_empty() || self.module(id).is_some() {
            return id;
        }
        self.former_modules.get(id).map_or(id, ModuleId::as_str)
    }
}
