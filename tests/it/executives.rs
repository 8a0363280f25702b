//! Twelve weeks of simulated executives: eager, rushed, cramming, forgetful, delegating. The planner fills their
//! minutes, and at each sitting the laws of the model hold (`executive_laws`).

use upwards::base::id::{EventId, StepId};
use upwards::base::points::{Band, Points};
use upwards::model::curriculum::StepKind;
use upwards::model::event::{Attendance, Fact};
use upwards::plan::CandidateKind;
use upwards::readiness::Item;

use crate::executive::{Act, Executive, Head, core, one_after_the_other};
use crate::executive_laws::{Watch, tells_no_question};
use crate::histories::World;

/// So long all of them are followed.
const WEEKS: i32 = 12;

/// Somebody to whom everything was assigned: modules that stand side by side, or such that build upon each other.
fn executive(head: Head) -> Executive {
    let curriculum = if head.seed.is_multiple_of(2) {
        core()
    } else {
        one_after_the_other()
    };
    let mut executive = Executive::new(curriculum, head);
    executive.is_assigned_everything();
    executive
}

/// A talk about each capability, one every three weeks.
fn meets(who: &mut Executive, week: i32, attendance: Attendance) {
    if let (2, Ok(capability)) = (week % 3, usize::try_from(week / 3)) {
        let fact = who.talk(capability, attendance);
        who.tells(fact);
    }
}

fn quick(seed: u64) -> Head {
    Head {
        seed,
        first: 850,
        again: 980,
        half_life: 60,
    }
}

#[test]
fn an_eager_one_reaches_everything() {
    for seed in 0..4 {
        let mut who = executive(quick(seed));
        let mut watch = Watch::default();
        for week in 0..WEEKS {
            meets(&mut who, week, Attendance::Present);
            for day in [0, 2, 3, 5] {
                who.comes_to(7 * week + day, 8);
                watch.sitting(&mut who, 15);
            }
        }
        assert_eq!(watch.reached(), 4, "seed {seed}");
        assert!(watch.missed > 0 && watch.kept_in_full > 0);
        tells_no_question(&who);
    }
}

#[test]
fn an_eager_one_with_two_devices() {
    for seed in 0..4 {
        let mut who = executive(quick(seed));
        let mut watch = Watch::default();
        for week in 0..WEEKS {
            meets(&mut who, week, Attendance::Partly);
            for (day, device) in [(0, World::laptop()), (1, World::phone()), (4, World::phone())] {
                who.device = device;
                who.comes_to(7 * week + day, 20);
                watch.sitting(&mut who, 10);
            }
        }
        assert!(watch.reached() > 0, "seed {seed}");
        tells_no_question(&who);
    }
}

#[test]
fn a_rushed_one_has_five_minutes_a_week() {
    for seed in 0..6 {
        let head = Head {
            seed,
            first: 650,
            again: 950,
            half_life: 60,
        };
        let mut who = executive(head);
        let mut watch = Watch::default();
        let mut seconds = 0;
        for week in 0..WEEKS {
            meets(&mut who, week, Attendance::Present);
            who.comes_to(7 * week, 18);
            seconds += watch.sitting(&mut who, 5);
        }
        assert!(who.own().overall.total > Points::ZERO && seconds <= 60 * 60);
        tells_no_question(&who);
    }
}

#[test]
fn a_forgetful_one_loses_what_is_not_asked_again() {
    for seed in 0..4 {
        let head = Head {
            seed,
            first: 600,
            again: 900,
            half_life: 5,
        };
        let mut who = executive(head);
        let mut watch = Watch::default();
        for week in 0..WEEKS {
            meets(&mut who, week, Attendance::Present);
            for day in [1, 4] {
                who.comes_to(7 * week + day, 7);
                watch.sitting(&mut who, 10);
            }
        }
        assert!(3 * watch.missed > watch.right, "seed {seed}");
        tells_no_question(&who);
    }
}

#[test]
fn cramming_opens_no_gate_before_another_day() {
    let crammed = 55;
    for seed in 0..2 {
        let mut who = executive(quick(seed));
        let mut watch = Watch::default();
        for week in 0..8 {
            who.comes_to(7 * week, 12);
            watch.nothing_rises_by_itself(&mut who);
            watch.looks(&who);
            assert_eq!(who.own().overall.total, Points::ZERO);
        }
        who.comes_to(crammed, 7);
        for capability in 0..4 {
            let fact = who.talk(capability, Attendance::Present);
            who.tells(fact);
        }
        watch.looks(&who);
        for hour in 8..15 {
            who.comes_to(crammed, hour);
            watch.sitting(&mut who, 60);
            is_not_recalled_again(&who);
        }
        // The planner has nothing left that pays; every question is asked again all the same, hour after hour.
        let everything = questions(&who);
        for hour in 15..17 {
            who.comes_to(crammed, hour);
            watch.by_name(&mut who, &everything);
            is_not_recalled_again(&who);
        }
        assert!(
            who.own()
                .capabilities
                .iter()
                .all(|c| c.total >= Points::from_whole(75))
        );
        // Nothing more happens until the twelve weeks are over.
        for day in crammed + 1..7 * WEEKS {
            who.comes_to(day, 8);
            watch.nothing_rises_by_itself(&mut who);
            is_not_recalled_again(&who);
        }
        // Two and three days later are too early; a week later one round opens what a day of rounds could not.
        who.comes_to(crammed + 2, 8);
        watch.by_name(&mut who, &everything);
        is_not_recalled_again(&who);
        who.comes_to(crammed + 3, 6);
        let promised = who.planned(60).promised;
        assert!(promised.values().all(|(_, band)| *band < Band::Ready));
        who.comes_to(crammed + 7, 8);
        watch.sitting(&mut who, 60);
        assert!(watch.reached() > 0, "seed {seed}");
        tells_no_question(&who);
    }
}

fn questions(who: &Executive) -> Vec<Act> {
    let questions = who.world.curriculum.live_questions();
    questions
        .map(|(quiz, question)| Act::Question(quiz.id.clone(), question.id.clone()))
        .collect()
}

fn is_not_recalled_again(who: &Executive) {
    for assessment in [who.own(), who.world.leaders()] {
        for c in &assessment.capabilities {
            assert_eq!(c.gates.recalled_again, Points::ZERO);
            assert!(c.band < Band::Ready && c.reached_on.is_none());
        }
    }
}

/// An assistant does the practices and a deputy goes to the talks; only the questions are answered by oneself.
#[test]
fn what_was_delegated_counts_for_nothing_until_it_is_confirmed() {
    for seed in 0..4 {
        let mut who = Executive::new(core(), quick(seed));
        let mut watch = Watch::default();
        let practices = practices(&who);
        let mut recorded: Vec<EventId> = Vec::new();
        for week in 0..WEEKS {
            who.comes_to(7 * week, 9);
            watch.nothing_rises_by_itself(&mut who);
            let before = who.own();
            meets(&mut who, week, Attendance::Deputy);
            let step = practices.iter().cycle().nth(recorded.len()).expect("a practice");
            recorded.push(delegated(&mut who, step, week));
            let after = who.own();
            for (before, after) in before.capabilities.iter().zip(&after.capabilities) {
                assert_eq!((before.total, before.band), (after.total, after.band));
            }
            let planned = who.planned_among(&[CandidateKind::Question], 10);
            watch.goes_through(&mut who, &planned, 10);
            counts_for_nothing(&who, &recorded);
        }
        assert_eq!(watch.reached(), 0);
        confirms(&mut who, &mut watch, &recorded);
        tells_no_question(&who);
    }
}

fn practices(who: &Executive) -> Vec<StepId> {
    let steps = who.world.curriculum.live_steps();
    steps
        .filter(|(_, step)| matches!(step.kind, StepKind::Practice(_)))
        .map(|(_, step)| step.id.clone())
        .collect()
}

/// A practice done by the assistant and recorded by them: as the program writes it, as a mistake, or with their own word
/// for it. Now and then the executive notes it, too: somebody did it for me.
fn delegated(who: &mut Executive, step: &StepId, week: i32) -> EventId {
    let fact = who.practised(step, week % 3 == 1);
    let practice = who.somebody_tells("eli", "eli-desk", fact);
    match week % 3 {
        0 => drop(who.tells(who.practised(step, false))),
        2 => {
            let reference = practice;
            who.somebody_tells("eli", "eli-desk", Fact::Confirmed { reference });
        }
        _ => {}
    }
    practice
}

fn counts_for_nothing(who: &Executive, recorded: &[EventId]) {
    for assessment in [who.own(), who.world.leaders()] {
        for c in &assessment.capabilities {
            assert_eq!(
                (c.points.hands_on, c.points.dialogue),
                (Points::ZERO, Points::ZERO)
            );
            assert!(!c.gates.hands_on && c.band < Band::Ready && c.reached_on.is_none());
            let limit = c.limited_by.as_ref().expect("not Ready");
            let waits = limit.item == Item::Confirm;
            assert_eq!(
                waits,
                c.to_confirm > 0,
                "the nearest thing to do is to say whose hand it was"
            );
        }
    }
    who.world.look(None, |progress, _| {
        let waiting: Vec<EventId> = progress.waiting().map(|record| record.event.id).collect();
        assert_eq!(waiting, recorded, "only these wait for the person's word");
    });
}

/// The person's own word makes each practice count as one of their own, and taking it back undoes that.
fn confirms(who: &mut Executive, watch: &mut Watch, recorded: &[EventId]) {
    for practice in recorded {
        let before = who.own();
        let reference = *practice;
        let confirmed = who.tells(Fact::Confirmed { reference });
        let own = who.own();
        let reference = who.tells(Fact::Voided { reference: confirmed });
        assert_eq!(who.own(), before);
        who.tells(Fact::Voided { reference });
        assert_eq!(who.own(), own);
        who.ends();
        watch.looks(who);
    }
    for c in who.own().capabilities {
        assert!(c.gates.hands_on && c.to_confirm == 0);
        assert_eq!(c.points.hands_on, c.budgets.hands_on);
        assert_eq!(c.points.dialogue, Points::ZERO, "nobody confirms a deputy's talk");
    }
}
