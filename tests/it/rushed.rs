//! What the planner is worth to somebody with five minutes a week, against the same person who goes through the
//! curriculum in its order.
//!
//! Minutes that are not used stay; what does not fit yet waits until it does. Both hold a talk about one capability every
//! four weeks, outside these minutes, until each was talked about, and both have the same luck with the n-th try at a
//! question. In the curriculum's order each step is done once, then the questions that are due again, quiz by quiz, round
//! after round. It ends on the first day on which all core capabilities are Ready.
//!
//! Without a talk Ready needs both practices of a capability, and the longer one fits no plan for five minutes: then the
//! order of the curriculum is quicker.

use std::collections::BTreeSet;

use upwards::base::id::{QuestionId, StepId};
use upwards::base::points::Band;
use upwards::model::curriculum::StepKind;
use upwards::model::event::Attendance;
use upwards::readiness::{Ladder, is_due};

use crate::executive::{Act, Executive, Head, core};

const PEOPLE: u64 = 12;

const MINUTES_A_WEEK: u32 = 5;

/// Nobody is followed for longer.
const WEEKS: u32 = 104;

/// Weeks of the talks, capability by capability.
const TALKS: [u32; 4] = [3, 7, 11, 15];

/// What somebody goes by.
trait Way {
    /// Does what it says for so many seconds at most, and tells how many it took.
    fn takes(&mut self, who: &mut Executive, seconds: u32) -> u32;
}

/// The planner's choice for the minutes there are.
struct Planner;

impl Way for Planner {
    fn takes(&mut self, who: &mut Executive, seconds: u32) -> u32 {
        let planned = who.planned(seconds / 60);
        assert!(planned.proven);
        for act in &planned.acts {
            who.does(act);
        }
        planned.seconds.0
    }
}

/// The curriculum from its beginning to its end, then the quizzes again.
struct InOrder {
    steps: Vec<StepId>,
    at: usize,
    round: usize,
    /// Questions of the quiz at hand that were asked in this round.
    asked: BTreeSet<QuestionId>,
}

impl InOrder {
    fn of(who: &Executive) -> Self {
        let steps = who.world.curriculum.live_steps();
        let alone = steps.filter(|(_, step)| !matches!(step.kind, StepKind::Talk(_)));
        Self {
            steps: alone.map(|(_, step)| step.id.clone()).collect(),
            at: 0,
            round: 0,
            asked: BTreeSet::new(),
        }
    }

    /// What comes next, and how many seconds it takes; `None` if a whole round has nothing to do.
    fn next(&mut self, who: &Executive) -> Option<(Act, u32)> {
        for _ in 0..=self.steps.len() {
            if let Some(act) = self.here(who) {
                return Some(act);
            }
            self.asked.clear();
            self.at += 1;
            if self.at == self.steps.len() {
                (self.at, self.round) = (0, self.round + 1);
            }
        }
        None
    }

    fn here(&self, who: &Executive) -> Option<(Act, u32)> {
        let id = &self.steps[self.at];
        let step = who.world.curriculum.step(id.as_str())?;
        let per_question = who.world.settings.plan.seconds_per_question;
        if !matches!(step.kind, StepKind::Quiz(_)) {
            let open = self.round == 0 && !who.has_done(id);
            return open.then(|| (Act::Step(id.clone()), step.seconds(per_question).0));
        }
        let memory = who.world.memory(&who.device);
        let ladder = Ladder::of(&who.world.settings.readiness);
        let mut open = step.live_questions().filter(|question| {
            let recall = memory.question(question.id.as_str()).map(|known| known.recall);
            let open = match self.round {
                0 => recall.is_none(),
                _ => is_due(recall.as_ref(), who.now, &ladder),
            };
            open && !self.asked.contains(&question.id)
        });
        let question = open.next()?.id.clone();
        Some((Act::Question(id.clone(), question), per_question))
    }
}

impl Way for InOrder {
    fn takes(&mut self, who: &mut Executive, seconds: u32) -> u32 {
        let mut taken = 0;
        while let Some((act, takes)) = self.next(who) {
            if taken + takes > seconds {
                break;
            }
            if let Act::Question(_, question) = &act {
                self.asked.insert(question.clone());
            }
            who.does(&act);
            taken += takes;
        }
        taken
    }
}

/// Minutes and weeks until all core capabilities are Ready on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Took {
    minutes: u32,
    weeks: u32,
}

/// Who is not Ready after [`WEEKS`] took at least all of them.
const NEVER: Took = Took {
    minutes: MINUTES_A_WEEK * WEEKS,
    weeks: WEEKS,
};

fn goes(seed: u64, way: impl FnOnce(&Executive) -> Box<dyn Way>) -> Took {
    let head = Head {
        seed,
        first: 650,
        again: 950,
        half_life: 60,
    };
    let mut who = Executive::new(core(), head);
    let mut way = way(&who);
    let (mut purse, mut taken) = (0, 0);
    for week in 0..WEEKS {
        who.comes_to(7 * i32::try_from(week).expect("few"), 8);
        purse += 60 * MINUTES_A_WEEK;
        let takes = way.takes(&mut who, purse);
        purse -= takes;
        taken += takes;
        if let Some(capability) = TALKS.iter().position(|talk| *talk == week) {
            let fact = who.talk(capability, Attendance::Present);
            who.tells(fact);
        }
        who.ends();
        if who.world.leaders().overall.band == Band::Ready {
            return Took {
                minutes: taken.div_ceil(60),
                weeks: week + 1,
            };
        }
    }
    NEVER
}

/// The middle of all, from below if it lies between two.
fn median(all: &[Took], of: impl Fn(&Took) -> u32) -> u32 {
    let mut sorted: Vec<u32> = all.iter().map(of).collect();
    sorted.sort_unstable();
    sorted[(sorted.len() - 1) / 2]
}

#[test]
fn the_planner_is_faster_than_the_order_of_the_curriculum() {
    let planner: Vec<Took> = (0..PEOPLE)
        .map(|seed| goes(seed, |_| Box::new(Planner)))
        .collect();
    let order: Vec<Took> = (0..PEOPLE)
        .map(|seed| goes(seed, |who| Box::new(InOrder::of(who))))
        .collect();
    let minutes = [&planner, &order].map(|all| median(all, |took| took.minutes));
    let weeks = [&planner, &order].map(|all| median(all, |took| took.weeks));
    let pairs = planner.iter().zip(&order);
    let faster = pairs.filter(|(planner, order)| planner.minutes < order.minutes);
    let faster = faster.count();
    println!(
        "rushed: ready in all core capabilities after {} minutes by the planner, {} in curriculum order \
         (medians of {PEOPLE} people with {MINUTES_A_WEEK} minutes a week; {} and {} weeks; {faster} faster by the planner)",
        minutes[0], minutes[1], weeks[0], weeks[1],
    );
    assert!(minutes[0] < minutes[1] && weeks[0] < weeks[1]);
    assert!(4 * faster >= 3 * planner.len(), "{planner:?} {order:?}");
    assert!(planner.iter().all(|took| *took != NEVER));
}
