//! One device's private answers → what it remembers of each question (`readiness.md` §1.4). The answers come in their
//! own shape, so that this layer cannot name a private entry. Nothing here can be printed by accident.

use std::collections::BTreeMap;

use super::ladder::{Ladder, Recall};
use crate::base::id::EventId;
use crate::base::time::{Date, Instant};
use crate::model::curriculum::Curriculum;

/// One counted answer; hand them over in the order of the private log (`at`, `seq`).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The private event.
    pub event: EventId,
    /// The question as it was called then.
    pub question: &'a str,
    /// Its revision then.
    pub rev: u32,
    /// Its capability then.
    pub capability: &'a str,
    /// Whether it was answered right.
    pub correct: bool,
    /// The exact instant.
    pub at: Instant,
    /// The local date.
    pub day: Date,
}

/// What one device remembers of its person's questions, by capability and question.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Memory {
    remembered: BTreeMap<Name, Remembered>,
    outdated: BTreeMap<Name, Outdated>,
}

/// One question that was answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Remembered {
    /// What is remembered of it.
    pub recall: Recall,
    /// The last answer.
    pub last: EventId,
}

/// Answers that no longer count, because the question has a higher revision since.
#[derive(Clone, PartialEq, Eq)]
pub struct Outdated {
    /// What they would be worth if they counted.
    pub recall: Recall,
    /// The answers.
    pub events: Vec<EventId>,
}

/// An answered question: its capability, then its present id.
type Name = (Box<str>, Box<str>);

/// Remembers the counted answers of one device.
pub fn remember<'a>(
    curriculum: &Curriculum,
    ladder: &Ladder,
    answers: impl IntoIterator<Item = Answer<'a>>,
) -> Memory {
    let mut memory = Memory::default();
    for answer in answers {
        memory.take(curriculum, ladder, &answer);
    }
    memory
}

impl Memory {
    /// Takes in one more answer.
    pub fn take(&mut self, curriculum: &Curriculum, ladder: &Ladder, answer: &Answer) {
        let id = curriculum.current_question(answer.question);
        let live = curriculum.live_question(id).map(|(_, question)| question);
        let capability = live.map_or(answer.capability, |question| question.capability.as_str());
        let name: Name = (capability.into(), id.into());
        let after = |before| Recall::after(before, answer.correct, answer.at, answer.day, ladder);
        if live.is_some_and(|question| answer.rev < question.rev) {
            let before = self.outdated.remove(&name);
            let recall = after(before.as_ref().map(|outdated| outdated.recall));
            let mut events = before.map_or_else(Vec::new, |outdated| outdated.events);
            events.push(answer.event);
            self.outdated.insert(name, Outdated { recall, events });
        } else {
            let recall = after(self.remembered.get(&name).map(|before| before.recall));
            let last = answer.event;
            self.remembered.insert(name, Remembered { recall, last });
        }
    }

    /// What is remembered of a question, by its present id.
    pub fn question(&self, id: &str) -> Option<&Remembered> {
        self.remembered
            .iter()
            .find(|((_, question), _)| **question == *id)
            .map(|(_, remembered)| remembered)
    }

    /// Everything remembered as capability, question and memory, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &Remembered)> {
        self.remembered
            .iter()
            .map(|((capability, question), remembered)| (&**capability, &**question, remembered))
    }

    /// The questions of a capability, sorted.
    pub fn of(&self, capability: &str) -> impl Iterator<Item = (&str, &Remembered)> {
        self.iter()
            .filter(move |(c, _, _)| *c == capability)
            .map(|(_, question, remembered)| (question, remembered))
    }

    /// Answers that no longer count, as capability, question and what they were, sorted.
    pub fn outdated(&self) -> impl Iterator<Item = (&str, &str, &Outdated)> {
        self.outdated
            .iter()
            .map(|((capability, question), outdated)| (&**capability, &**question, outdated))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::curriculum::StepKind;
    use crate::model::settings::Readiness;
    use crate::progress::samples::{curriculum, date};

    fn answer(question: &'static str, rev: u32, capability: &'static str) -> Answer<'static> {
        Answer {
            event: EventId::from_random([7; 16]),
            question,
            rev,
            capability,
            correct: true,
            at: Instant::end_of(date("2026-01-01")),
            day: date("2026-01-01"),
        }
    }

    fn names(curriculum: &Curriculum, answers: &[Answer<'static>]) -> Vec<String> {
        let memory = remember(
            curriculum,
            &Ladder::of(&Readiness::default()),
            answers.iter().copied(),
        );
        let counted = memory.iter().map(|(c, q, _)| format!("{c} {q}"));
        let outdated = memory
            .outdated()
            .map(|(c, q, o)| format!("-{} {c} {q}", o.events.len()));
        counted.chain(outdated).collect()
    }

    #[test]
    fn only_a_lower_revision_stops_counting() {
        let mut curriculum = curriculum();
        if let StepKind::Quiz(questions) = &mut curriculum.modules[0].steps[1].kind {
            questions[0].rev = 2;
        }
        let answers = [1, 2, 3].map(|rev| answer("basics.q1", rev, "serve"));
        assert_eq!(names(&curriculum, &answers[..1]), ["-1 serve basics.q1"]);
        assert_eq!(names(&curriculum, &answers[1..2]), ["serve basics.q1"]);
        assert_eq!(
            names(&curriculum, &answers[2..]),
            ["serve basics.q1"],
            "from a newer curriculum"
        );
    }

    #[test]
    fn an_heir_inherits_and_a_retired_question_keeps_its_capability() {
        let mut curriculum = curriculum();
        let (former, heir) = ("basics.q0", "basics.q1");
        curriculum
            .former_questions
            .insert(former.parse().expect("an id"), heir.parse().expect("an id"));
        let answers = [answer(former, 1, "reach"), answer("basics.gone", 1, "reach")];
        assert_eq!(
            names(&curriculum, &answers),
            ["reach basics.gone", "serve basics.q1"]
        );
    }
}
