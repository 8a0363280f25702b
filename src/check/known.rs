//! What a curriculum holds, by id: looked up once, so that a thousand references cost a thousand steps.

use std::collections::{BTreeMap, BTreeSet};

use super::references::Guesses;
use crate::base::diag::Place;
use crate::model::curriculum::{Module, Question, Step, StepKind};
use crate::model::written::{Everything, Written, WrittenCurriculum, WrittenModule};

/// A curriculum with its steps and questions by id.
pub(super) struct Known<'e> {
    /// Everything that was read.
    pub(super) everything: &'e Everything,
    /// The curriculum.
    pub(super) curriculum: &'e WrittenCurriculum,
    /// Ids of listed modules.
    pub(super) listed: BTreeSet<&'e str>,
    /// Steps by `module.step`, of drafts too.
    pub(super) steps: BTreeMap<&'e str, StepAt<'e>>,
    /// Questions by `module.question`, of drafts too.
    pub(super) questions: BTreeMap<&'e str, QuestionAt<'e>>,
    /// Guesses at what unknown names meant.
    pub(super) guesses: Guesses,
}

/// A step and where it stands.
#[derive(Clone, Copy)]
pub(super) struct StepAt<'e> {
    /// Its file.
    pub(super) file: &'e Written<WrittenModule>,
    /// Its place among the steps of its module, from 0.
    pub(super) at: usize,
    /// The step.
    pub(super) step: &'e Step,
    /// Whether its module is listed.
    pub(super) is_listed: bool,
}

/// A question and where it stands.
#[derive(Clone, Copy)]
pub(super) struct QuestionAt<'e> {
    /// Its quiz.
    pub(super) quiz: StepAt<'e>,
    /// Its place among the questions of its quiz, from 0.
    pub(super) at: usize,
    /// The question.
    pub(super) question: &'e Question,
}

impl<'e> Known<'e> {
    /// Looks a curriculum through.
    pub(super) fn of(everything: &'e Everything, curriculum: &'e WrittenCurriculum) -> Self {
        let head = curriculum.head.as_ref();
        let listed: BTreeSet<&str> = head
            .into_iter()
            .flat_map(|head| head.value.modules.iter().map(AsRef::as_ref))
            .collect();
        let mut steps = BTreeMap::new();
        let mut questions = BTreeMap::new();
        for file in curriculum.modules.values() {
            let is_listed = listed.contains(file.value.module.id.as_str());
            for step in steps_of(file, is_listed) {
                steps.insert(step.step.id.as_str(), step);
                for question in step.questions() {
                    questions.insert(question.question.id.as_str(), question);
                }
            }
        }
        Self {
            everything,
            curriculum,
            listed,
            steps,
            questions,
            guesses: Guesses::default(),
        }
    }

    /// Every module, listed or not.
    pub(super) fn modules(&self) -> impl Iterator<Item = &'e Written<WrittenModule>> {
        self.curriculum.modules.values()
    }

    /// Steps that are offered: live, in a listed module.
    pub(super) fn offered(&self) -> impl Iterator<Item = StepAt<'e>> {
        self.steps
            .values()
            .copied()
            .filter(|at| at.is_listed && !at.step.retired)
    }

    /// Questions that are asked: live, in a live quiz of a listed module.
    pub(super) fn asked(&self) -> impl Iterator<Item = QuestionAt<'e>> {
        self.questions
            .values()
            .copied()
            .filter(|q| q.quiz.is_listed && q.is_live())
    }

    /// Whether a capability is one of the curriculum's; also if nobody can know.
    pub(super) fn may_have_capability(&self, id: &str) -> bool {
        let head = self.curriculum.head.as_ref();
        head.is_none_or(|head| head.value.curriculum.capability(id).is_some())
    }

    /// Ids of the capabilities, for a guess at what was meant.
    pub(super) fn capabilities(&self) -> Vec<&'e str> {
        let heads = self.curriculum.head.iter();
        heads
            .flat_map(|head| head.value.curriculum.capabilities.iter().map(|c| c.id.as_str()))
            .collect()
    }
}

impl<'e> StepAt<'e> {
    /// The path of one of its keys.
    pub(super) fn path(self, key: &str) -> String {
        format!("step.{}.{key}", self.at)
    }

    /// The place of one of its keys; the step's head if that key was left out.
    pub(super) fn place(self, key: &str) -> Place {
        self.file.place(&self.path(key))
    }

    /// Whether a key was written.
    pub(super) fn has(self, key: &str) -> bool {
        self.file.spans.contains_key(&self.path(key))
    }

    /// Its questions.
    pub(super) fn questions(self) -> impl Iterator<Item = QuestionAt<'e>> {
        let questions: &[Question] = match &self.step.kind {
            StepKind::Quiz(questions) => questions,
            _ => &[],
        };
        questions
            .iter()
            .enumerate()
            .map(move |(at, question)| QuestionAt {
                quiz: self,
                at,
                question,
            })
    }
}

impl QuestionAt<'_> {
    /// Whether it is asked, if its module is.
    pub(super) fn is_live(&self) -> bool {
        !self.question.retired && !self.quiz.step.retired
    }

    /// The place of one of its keys; the question's head if that key was left out.
    pub(super) fn place(&self, key: &str) -> Place {
        self.quiz.place(&format!("question.{}.{key}", self.at))
    }

    /// Whether a key was written.
    pub(super) fn has(&self, key: &str) -> bool {
        self.quiz.has(&format!("question.{}.{key}", self.at))
    }
}

/// The steps of a module file.
pub(super) fn steps_of(file: &Written<WrittenModule>, is_listed: bool) -> impl Iterator<Item = StepAt<'_>> {
    let module: &Module = &file.value.module;
    module.steps.iter().enumerate().map(move |(at, step)| StepAt {
        file,
        at,
        step,
        is_listed,
    })
}
