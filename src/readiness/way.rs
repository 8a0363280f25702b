//! The shortest way to Ready without a talk, and the first day on which it can end (`readiness.md` §2.9).

use super::scale::Part;
use super::standing::{Standing, State};
use crate::base::id::{EventId, StepId};
use crate::base::points::Band;
use crate::base::time::{Date, Minutes, Seconds};
use crate::model::curriculum::ONE_WORD;

/// A way to Ready without a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// What is to be done, in order.
    pub parts: Vec<WayPart>,
    /// All of it together.
    pub minutes: Minutes,
    /// The first day on which it can lead to Ready, as far as the shared log tells.
    pub earliest: Date,
}

/// One thing to do on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayPart {
    /// What.
    pub what: WayPartKind,
    /// How long it takes.
    pub seconds: Seconds,
}

/// What there is to do on a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WayPartKind {
    /// Answer so many questions right on a day.
    Questions(u32, Date),
    /// Confirm a practice that somebody else recorded.
    Confirm(EventId),
    /// Do a practice, with what it needs.
    Practice(StepId),
}

impl Standing<'_> {
    /// The shortest way to Ready; `None` if it is Ready now, or if only a talk can lead there.
    pub(super) fn way(&self) -> Option<Way> {
        let today = self.subject.as_of;
        let state = self.on(today);
        if state.band == Band::Ready {
            return None;
        }
        let mut walk = Walk::new(self, today, state);
        if !state.knowledge_open {
            walk.open_knowledge();
        }
        if !walk.state.hands_on_open {
            walk.open_hands_on()?;
        }
        walk.refresh_questions();
        walk.fill_hands_on()?;
        Some(Way {
            minutes: walk
                .parts
                .iter()
                .map(|part| part.seconds)
                .sum::<Seconds>()
                .minutes(),
            parts: walk.parts,
            earliest: walk.day,
        })
    }
}

/// A way while it is walked: the day it has come to, and what is there then.
struct Walk<'s, 'a> {
    standing: &'s Standing<'a>,
    day: Date,
    state: State,
    knowledge: u32,
    practices: Vec<&'s str>,
    parts: Vec<WayPart>,
}

impl<'s, 'a: 's> Walk<'s, 'a> {
    fn new(standing: &'s Standing<'a>, day: Date, state: State) -> Self {
        Self {
            standing,
            day,
            state,
            knowledge: state.points.knowledge,
            practices: standing.evidence.hands.iter().map(|hand| hand.step).collect(),
            parts: Vec::new(),
        }
    }

    fn go(&mut self, what: WayPartKind, seconds: Seconds) {
        self.parts.push(WayPart { what, seconds });
    }

    fn ask(&mut self, questions: u32) {
        if questions > 0 {
            let seconds = self.standing.asking(questions);
            self.go(WayPartKind::Questions(questions, self.day), seconds);
        }
    }

    fn knowledge_budget(&self) -> u32 {
        self.standing.scale.budget_tenths(Part::Knowledge)
    }

    /// What is missing now, and on the first possible day all that is below its full budget, so that it lasts.
    fn open_knowledge(&mut self) {
        let again = self.standing.again(self.day);
        self.ask(again.missing);
        self.day = again.from;
        self.state = self.standing.on(self.day);
        self.ask(again.count.max(self.standing.faded(self.day)));
        self.knowledge = self.knowledge_budget();
    }

    fn open_hands_on(&mut self) -> Option<()> {
        if let Some(hand) = self.standing.to_confirm(self.day) {
            self.go(WayPartKind::Confirm(hand.newest.id), ONE_WORD.seconds());
            self.practise(hand.step);
        } else {
            self.do_cheapest(&[])?;
        }
        Some(())
    }

    /// Every question whose slot is below its full budget, if points are still missing.
    fn refresh_questions(&mut self) {
        if !self.is_enough() && self.knowledge < self.knowledge_budget() {
            self.ask(self.standing.faded(self.day));
            self.knowledge = self.knowledge_budget();
        }
    }

    /// The cheapest practices not yet done, while slots are open and points are missing.
    fn fill_hands_on(&mut self) -> Option<()> {
        let slots = self.standing.scale.slots(Part::HandsOn).len();
        while !self.is_enough() {
            if self.practices.len() >= slots {
                return None;
            }
            let done = self.practices.clone();
            self.do_cheapest(&done)?;
        }
        Some(())
    }

    fn do_cheapest(&mut self, leave_out: &[&str]) -> Option<()> {
        let best = self.standing.cheapest_practice(leave_out)?;
        self.go(WayPartKind::Practice(best.step.id.clone()), best.seconds);
        self.practise(best.step.id.as_str());
        Some(())
    }

    fn practise(&mut self, step: &'s str) {
        if !self.practices.contains(&step) {
            self.practices.push(step);
        }
    }

    fn is_enough(&self) -> bool {
        let hands_on = self
            .standing
            .scale
            .filled_tenths(Part::HandsOn, self.practices.len());
        let dialogue = self.state.points.dialogue;
        self.standing.is_enough(self.knowledge + hands_on + dialogue)
    }
}
