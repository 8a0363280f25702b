//! What stands in the way of Ready, and the cheapest thing to do about it (`readiness.md` §2.9). Everything comes from
//! what the leader's view shares with the own one, so both name the same.

use super::known::{Known, Worth};
use super::ladder::GATE_STEP;
use super::scale::Part;
use super::standing::{Standing, State};
use crate::base::id::{EventId, StepId};
use crate::base::texts::t;
use crate::base::time::{Date, Minutes, Seconds};
use crate::model::curriculum::{ONE_WORD, Step, StepKind};
use crate::progress::Hand;

/// What limits a capability, in the order in which a person's row names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// A practice waits for the person's word and would open the hands-on gate.
    Confirm,
    /// A practice is missing.
    Practice,
    /// The newest practice is too old.
    OldPractice,
    /// Too few questions are right.
    Questions,
    /// Enough are right, too few of them on a later day.
    Again,
    /// A talk is missing.
    Talk,
}

impl Item {
    /// All items, in their order.
    pub const ALL: [Self; 6] = [
        Self::Confirm,
        Self::Practice,
        Self::OldPractice,
        Self::Questions,
        Self::Again,
        Self::Talk,
    ];

    /// The word on screens.
    pub fn shown(self) -> String {
        match self {
            Self::Confirm => t!("item.confirm", "confirm"),
            Self::Practice => t!("item.practice", "practice"),
            Self::OldPractice => t!("item.old_practice", "old-practice"),
            Self::Questions => t!("item.questions", "questions"),
            Self::Again => t!("item.again", "again"),
            Self::Talk => t!("item.talk", "talk"),
        }
    }

    /// The code in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Practice => "practice",
            Self::OldPractice => "old-practice",
            Self::Questions => "questions",
            Self::Again => "again",
            Self::Talk => "talk",
        }
    }
}

/// What to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// The person confirms a practice that somebody else recorded.
    Confirm {
        /// The practice.
        event: EventId,
        /// Its step as the log names it; the curriculum need not know it.
        step: Box<str>,
    },
    /// Do this step, with what it needs.
    Step(StepId),
    /// Answer so many questions right.
    Questions(u32),
    /// Answer so many questions right again, from this day on.
    QuestionsFrom(u32, Date),
    /// No step is left that could help: all waived, or none there.
    Nothing,
}

/// What limits a capability, with its cheapest remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// What it is.
    pub item: Item,
    /// What to do about it.
    pub remedy: Remedy,
    /// How long that takes; `None` if nothing helps.
    pub minutes: Option<Minutes>,
}

impl Limit {
    fn questions(item: Item, remedy: Remedy, minutes: Minutes) -> Self {
        Self {
            item,
            remedy,
            minutes: Some(minutes),
        }
    }

    fn step(item: Item, cheapest: Option<Cheapest>) -> Self {
        Self {
            item,
            remedy: cheapest.map_or(Remedy::Nothing, |best| Remedy::Step(best.step.id.clone())),
            minutes: cheapest.map(|best| best.seconds.minutes()),
        }
    }
}

/// What it takes to open the knowledge gate, from the least that is missing to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Again {
    /// Right answers missing now.
    pub(super) missing: u32,
    /// The first day on which asking again can open the gate.
    pub(super) from: Date,
    /// How many must be right then.
    pub(super) count: u32,
}

/// The step that takes the fewest seconds, with what it needs.
#[derive(Clone, Copy)]
pub(super) struct Cheapest<'a> {
    pub(super) step: &'a Step,
    pub(super) seconds: Seconds,
}

impl<'a> Cheapest<'a> {
    /// Fewest seconds first, then by id.
    fn rank(&self) -> (Seconds, &'a StepId) {
        (self.seconds, &self.step.id)
    }
}

impl<'a> Standing<'a> {
    /// The first thing that stands in the way on a day; `None` when Ready.
    pub(super) fn limited_by(&self, day: Date) -> Option<Limit> {
        let state = self.on(day);
        if !state.hands_on_open {
            Some(self.hands_on_missing(day))
        } else if !state.knowledge_open {
            Some(self.knowledge_missing(day))
        } else if self.is_enough(state.total()) {
            None
        } else {
            Some(self.points_missing(&state, day))
        }
    }

    /// What ends Ready on a day. Questions: all whose slot is below its full budget that day, asked again before, so
    /// that it lasts for months and not for days.
    pub(super) fn fades_by(&self, day: Date) -> Option<Limit> {
        let mut limit = self.limited_by(day)?;
        if matches!(limit.item, Item::Questions | Item::Again) {
            let faded = self.faded(day);
            limit.remedy = Remedy::Questions(faded);
            limit.minutes = Some(self.asking(faded).minutes());
        }
        Some(limit)
    }

    /// The newest practice that waits for the person's word and would open the hands-on gate on a day.
    pub(super) fn to_confirm(&self, day: Date) -> Option<&Hand<'a>> {
        self.evidence
            .waiting
            .iter()
            .filter(|hand| self.is_fresh(hand.newest.day, day))
            .max_by_key(|hand| (hand.newest.day, hand.newest.id))
    }

    fn hands_on_missing(&self, day: Date) -> Limit {
        if let Some(hand) = self.to_confirm(day) {
            return Limit {
                item: Item::Confirm,
                remedy: Remedy::Confirm {
                    event: hand.newest.id,
                    step: hand.step.into(),
                },
                minutes: Some(ONE_WORD),
            };
        }
        let item = match self.last_practice_on() {
            None => Item::Practice,
            Some(_) => Item::OldPractice,
        };
        Limit::step(item, self.cheapest_practice(&[]))
    }

    /// The knowledge gate is shut on a day: what opens it.
    pub(super) fn knowledge_missing(&self, day: Date) -> Limit {
        let again = self.again(day);
        if again.missing > 0 {
            let minutes = self.asking(again.missing).minutes();
            Limit::questions(Item::Questions, Remedy::Questions(again.missing), minutes)
        } else {
            let minutes = self.asking(again.count).minutes();
            Limit::questions(
                Item::Again,
                Remedy::QuestionsFrom(again.count, again.from),
                minutes,
            )
        }
    }

    /// Both gates are open and the points are too few: the part with the largest missing points, of equals practice
    /// before questions before talk.
    fn points_missing(&self, state: &State, day: Date) -> Limit {
        let missing = |part| self.scale.budget_tenths(part) - state.points.of(part);
        let mut part = Part::HandsOn;
        for other in [Part::Knowledge, Part::Dialogue] {
            if missing(other) > missing(part) {
                part = other;
            }
        }
        match part {
            Part::HandsOn => {
                let done: Vec<&str> = self.evidence.hands.iter().map(|hand| hand.step).collect();
                Limit::step(Item::Practice, self.cheapest_practice(&done))
            }
            Part::Knowledge => {
                let rest = state.points.hands_on + state.points.dialogue;
                let count = self.fewest_fresh(day, |knowledge| self.is_enough(knowledge + rest));
                let minutes = self.asking(count).minutes();
                Limit::questions(Item::Questions, Remedy::Questions(count), minutes)
            }
            Part::Dialogue => Limit::step(Item::Talk, self.cheapest_talk()),
        }
    }

    /// The fewest fresh right answers that are enough, the others keeping what they are worth.
    fn fewest_fresh(&self, day: Date, is_enough: impl Fn(u32) -> bool) -> u32 {
        let slots = self.scale.slots(Part::Knowledge);
        let known = self.best_source(day).map(|(source, _)| &source.known);
        let kept = |slots: &[u32]| known.map_or(0, |known| known.tenths(0, slots, &self.ladder, day));
        let fewest = (1..slots.len()).find(|count| {
            let (fresh, rest) = slots.split_at(*count);
            is_enough(fresh.iter().sum::<u32>() + kept(rest))
        });
        number(fewest.unwrap_or(slots.len()))
    }

    /// The knowledge gate is shut on a day: what would open it. Only steps and days are used, so that a capsule is
    /// enough; of several devices the one that needs least.
    pub(super) fn again(&self, day: Date) -> Again {
        if day == self.subject.as_of {
            *self.again_today.get_or_init(|| self.work_out_again(day))
        } else {
            self.work_out_again(day)
        }
    }

    fn work_out_again(&self, day: Date) -> Again {
        let slots = self.scale.slots(Part::Knowledge);
        let full = (0..slots.len())
            .find(|count| self.opens_knowledge(slots[..*count].iter().sum()))
            .unwrap_or(slots.len());
        // Nothing known: all of them now, and again when the first step is half over.
        let nothing_known = Again {
            missing: number(full),
            from: day + self.ladder.half_days(1),
            count: number(full),
        };
        self.sources
            .iter()
            .map(|source| self.again_on(&source.known, full, day))
            .chain([nothing_known])
            .min()
            .unwrap_or(nothing_known)
    }

    /// The same for what one device knows; `full` is how many full slots open the gate.
    fn again_on(&self, known: &Known, full: usize, day: Date) -> Again {
        let half = self.ladder.half_days(1);
        let counting = known.recalled_again();
        let mut climbing: Vec<Date> = known
            .entries()
            .iter()
            .filter(|entry| entry.step + 1 == GATE_STEP)
            .map(|entry| entry.day + half)
            .collect();
        climbing.sort_unstable();
        let missing = full.saturating_sub(counting + climbing.len());
        let from = if missing > 0 {
            day + half
        } else {
            // The day on which the last one that is needed can climb.
            let needed = full.saturating_sub(counting);
            climbing[..needed].last().map_or(day, |last| day.max(*last))
        };
        let climb = climbing.iter().filter(|can| **can <= from).count() + missing;
        Again {
            missing: number(missing),
            from,
            count: self.fewest_again(known, climb, from),
        }
    }

    /// The fewest right answers on a day that open the gate: first those that climb, then the weakest of those that
    /// count already; the rest of these keeps what it is worth.
    fn fewest_again(&self, known: &Known, climb: usize, day: Date) -> u32 {
        let slots = self.scale.slots(Part::Knowledge);
        let counting: Vec<Worth> = known
            .strongest(GATE_STEP, &self.ladder, day)
            .map(|(_, worth)| worth)
            .collect();
        let opens = |count: &usize| {
            let (fresh, rest) = slots.split_at(*count);
            let asked_of_counting = count.saturating_sub(climb);
            let keep = counting.len().saturating_sub(asked_of_counting);
            let kept = counting[..keep]
                .iter()
                .zip(rest)
                .map(|(worth, budget)| worth.tenths(*budget));
            let tenths = fresh.iter().sum::<u32>() + kept.sum::<u32>();
            asked_of_counting <= counting.len() && self.opens_knowledge(tenths)
        };
        number((1..slots.len()).find(opens).unwrap_or(slots.len()))
    }

    /// How many slots of knowledge are below their full budget on a day.
    pub(super) fn faded(&self, day: Date) -> u32 {
        let slots = self.scale.slots(Part::Knowledge);
        let full = self.best_source(day).map_or(0, |(source, _)| {
            source
                .known
                .strongest(0, &self.ladder, day)
                .zip(slots)
                .filter(|((_, worth), budget)| worth.tenths(**budget) == **budget)
                .count()
        });
        number(slots.len() - full)
    }

    /// How long so many questions take.
    pub(super) fn asking(&self, questions: u32) -> Seconds {
        Seconds(questions.saturating_mul(self.subject.settings.plan.seconds_per_question))
    }

    /// The cheapest practice of the capability that is not waived and not one of those to leave out.
    pub(super) fn cheapest_practice(&self, leave_out: &[&str]) -> Option<Cheapest<'a>> {
        let by_cost = self.practices.get_or_init(|| {
            let mut practices: Vec<_> = self.offered(self.live_practices.iter().copied()).collect();
            practices.sort_unstable_by_key(Cheapest::rank);
            practices
        });
        by_cost
            .iter()
            .find(|practice| !leave_out.contains(&practice.step.id.as_str()))
            .copied()
    }

    fn cheapest_talk(&self) -> Option<Cheapest<'a>> {
        let steps = self.subject.curriculum.live_steps().map(|(_, step)| step);
        let talks = steps.filter(|step| matches!(step.kind, StepKind::Talk(_)));
        let talks = talks.filter(|step| step.capabilities.contains(&self.capability.id));
        self.offered(talks).min_by_key(Cheapest::rank)
    }

    /// Those of some steps that are not waived, with what each takes.
    fn offered(&self, steps: impl Iterator<Item = &'a Step>) -> impl Iterator<Item = Cheapest<'a>> {
        steps
            .filter(|step| !self.subject.progress.is_waived(step.id.as_str()))
            .map(|step| Cheapest {
                step,
                seconds: self.seconds_with_needs(step),
            })
    }

    /// A step's seconds and those of all live steps it needs, near and far, that are neither done nor waived.
    fn seconds_with_needs(&self, step: &'a Step) -> Seconds {
        let mut to_do = vec![step];
        let mut at = 0;
        while at < to_do.len() {
            for id in &to_do[at].needs {
                let open = !self.subject.progress.is_settled(id.as_str());
                let needed = self
                    .subject
                    .curriculum
                    .step(id.as_str())
                    .filter(|s| !s.retired && open);
                if let Some(needed) = needed
                    && !to_do.iter().any(|other| other.id == needed.id)
                {
                    to_do.push(needed);
                }
            }
            at += 1;
        }
        let per_question = self.subject.settings.plan.seconds_per_question;
        to_do.iter().map(|step| step.seconds(per_question)).sum()
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::curriculum::Curriculum;
    use crate::model::event::Fact;
    use crate::progress::fold;
    use crate::progress::samples::{Log, curriculum, date, settings};
    use crate::readiness::{CapabilityAssessment, assess};

    fn assessed(curriculum: &Curriculum, log: &Log, as_of: &str) -> CapabilityAssessment {
        let (events, settings) = (log.united(), settings());
        let progress = fold(&events, curriculum, &settings, date(as_of));
        assess(curriculum, &settings, &progress, None, date(as_of))
            .capabilities
            .remove(0)
    }

    /// What limits the sample capability: item, remedy, minutes.
    fn limit(curriculum: &Curriculum, log: &Log, as_of: &str) -> (Item, Remedy, Option<u32>) {
        let limit = assessed(curriculum, log, as_of).limited_by.expect("not Ready");
        (limit.item, limit.remedy, limit.minutes.map(|minutes| minutes.0))
    }

    fn step(id: &str) -> Remedy {
        Remedy::Step(id.parse().expect("an id"))
    }

    #[test]
    fn the_cheapest_practice_counts_what_it_needs_until_that_is_done() {
        let curriculum = curriculum();
        let mut log = Log::new();
        let practice = |minutes| (Item::Practice, step("basics.do"), Some(minutes));
        assert_eq!(limit(&curriculum, &log, "2026-01-10"), practice(11));
        log.finished("2026-01-05", "basics.read");
        assert_eq!(limit(&curriculum, &log, "2026-01-10"), practice(8));
    }

    #[test]
    fn seconds_are_rounded_up_only_when_they_are_summed() {
        let mut curriculum = curriculum();
        let steps = &mut curriculum.modules[0].steps;
        let mut quiz = steps[1].clone();
        if let StepKind::Quiz(questions) = &mut quiz.kind {
            questions.truncate(1);
        }
        for name in ["basics.k1", "basics.k2", "basics.k3", "basics.k4"] {
            quiz.id = name.parse().expect("an id");
            steps[2].needs.push(quiz.id.clone());
            steps.push(quiz.clone());
        }
        // 3 and 8 minutes, and four quizzes of 45 seconds.
        let fourteen = (Item::Practice, step("basics.do"), Some(14));
        assert_eq!(limit(&curriculum, &Log::new(), "2026-01-10"), fourteen);
    }

    #[test]
    fn a_waived_practice_is_no_remedy() {
        let curriculum = curriculum();
        let mut log = Log::new();
        let fact = Fact::Waived {
            curriculum: "c".into(),
            step: "basics.do".into(),
            until: None,
        };
        log.add("2026-01-05", "maya", fact);
        let nothing = (Item::Practice, Remedy::Nothing, None);
        assert_eq!(limit(&curriculum, &log, "2026-01-10"), nothing);
    }

    #[test]
    fn only_what_has_faded_is_named_when_ready_ends() {
        let mut log = Log::new();
        let mut known = vec![(2, "2025-06-01"); 4];
        known.extend([(5, "2026-01-01"); 3]);
        log.recalled("2026-01-01", "ana", &known);
        log.practised("2026-01-01", "ana", "basics.do");
        log.practised("2026-01-01", "ana", "basics.more");
        log.met("2026-01-01", "m1", "present");
        let c = assessed(&curriculum(), &log, "2026-01-01");
        assert_eq!(c.ready_until, Some(date("2026-01-18")));
        let fades_by = c.fades_by.expect("it ends soon");
        // Four are old, and the eighth slot is open.
        assert_eq!(
            (fades_by.item, fades_by.remedy),
            (Item::Again, Remedy::Questions(5))
        );
        assert_eq!(fades_by.minutes, Some(Minutes(4)));
    }

    #[test]
    fn of_equal_gaps_the_practice_is_named_first() {
        let mut log = Log::new();
        log.recalled("2026-01-01", "ana", &[(5, "2026-01-01"); 8]);
        log.practised("2026-01-01", "ana", "basics.more");
        let c = assessed(&curriculum(), &log, "2026-01-01");
        assert_eq!(c.limited_by.map(|limit| limit.remedy), Some(step("basics.do")));
    }
}
