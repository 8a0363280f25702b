//! What must hold for one question's memory, and for somebody who only guesses (`readiness.md` §13; the numbers in the
//! names are those of that list).

use proptest::prelude::*;
use upwards::base::points::Points;
use upwards::base::time::{DAY_SECONDS, Instant};
use upwards::model::settings::Readiness;
use upwards::readiness::{GATE_STEP, Known, Ladder, Part, Recall, Scale, guess_chance_of};

use crate::histories::{DAY_0, cases, day, gap};

proptest! {
    #![proptest_config(cases())]

    /// Forty histories a case: only dense ones tell a moving anchor from a fixed one.
    #[test]
    fn p21_one_more_right_answer_never_lowers_a_question(
        histories in prop::collection::vec(dense_answers(), 40),
    ) {
        for (answers, extra, later) in histories {
            let last = answers.last().map_or(0, |(at, _)| *at);
            let place = extra.index(usize::try_from(last).expect("positive") + 1);
            let mut more = answers.clone();
            more.push((i64::try_from(place).expect("small"), true));
            more.sort_unstable();
            prop_assert!(worth(&answers, last + later) <= worth(&more, last + later), "{answers:?} {more:?}");
        }
    }

    #[test]
    fn p27_one_sitting_never_opens_the_gate(
        start in 0..DAY_SECONDS,
        answers in prop::collection::vec((0..3 * DAY_SECONDS, prop::bool::weighted(0.9)), 1..9),
    ) {
        let mut answers: Vec<_> = answers.into_iter().map(|(at, right)| (start + at, right)).collect();
        answers.sort_unstable();
        let first = answers[0].0.div_euclid(DAY_SECONDS);
        answers.retain(|(at, _)| at.div_euclid(DAY_SECONDS) <= first + 3);
        prop_assert!(recall(&answers).is_some_and(|recall| recall.step < GATE_STEP));
    }

    #[test]
    fn p28_the_guess_chance_is_that_of_all_outcomes(
        options in prop::collection::vec(2..=6_u32, 0..5),
        needed in 0..6_u32,
        knowledge_floor in 0..=100_u32,
    ) {
        let rules = Readiness { knowledge_floor, ..Readiness::default() };
        let chance = guess_chance_of(&options, needed, &rules);
        let numbers = (chance.numerator.parse::<u64>(), chance.denominator.parse::<u64>());
        let (Ok(numerator), Ok(denominator)) = numbers else {
            return Err(TestCaseError::fail("too large"));
        };
        let all: u64 = options.iter().map(|o| u64::from(o * o)).product();
        prop_assert_eq!(numerator * all, outcomes_that_open(&options, needed, &rules) * denominator);
    }
}

/// Answers to one question as (second, right), a place for one more, and how much later it is looked at.
fn dense_answers() -> impl Strategy<Value = (Vec<(i64, bool)>, prop::sample::Index, i64)> {
    let answers = prop::collection::vec((gap(), prop::bool::weighted(0.8)), 1..7).prop_map(|gaps| {
        let mut now = 0;
        let at = |(gap, right)| {
            now += gap;
            (now, right)
        };
        gaps.into_iter().map(at).collect()
    });
    let later = prop::sample::select(vec![0, DAY_SECONDS, 30 * DAY_SECONDS, 200 * DAY_SECONDS]);
    (answers, any::<prop::sample::Index>(), later)
}

fn recall(answers: &[(i64, bool)]) -> Option<Recall> {
    let ladder = Ladder::of(&Readiness::default());
    answers.iter().fold(None, |before, (second, right)| {
        let at = Instant::from_seconds(DAY_0 * DAY_SECONDS + second);
        Some(Recall::after(before, *right, at, at.utc_day(), &ladder))
    })
}

/// What one question is worth of a slot of 100.0.
fn worth(answers: &[(i64, bool)], second: i64) -> Points {
    let entry = recall(answers).and_then(|recall| recall.entry());
    let known = Known::from_entries(entry.into_iter().collect());
    let ladder = Ladder::of(&Readiness::default());
    known.points(&[1_000], &ladder, day(second.div_euclid(DAY_SECONDS)))
}

/// Of all outcomes of two passes, weighted by how often a guesser has them, those that open the gate.
fn outcomes_that_open(options: &[u32], needed: u32, rules: &Readiness) -> u64 {
    let live = u32::try_from(options.len()).expect("few");
    let needs = [needed.min(live), rules.hands_on_needed, rules.dialogue_needed];
    let scale = Scale::from_needs(needs, rules);
    let floor = i64::from(rules.knowledge_floor) * scale.budget(Part::Knowledge).tenths();
    let mut open = 0;
    for outcome in 0..1_u32 << (2 * options.len()) {
        let right = |place: usize| outcome >> place & 1 == 1;
        let mut known = Vec::new();
        let mut weight = 1_u64;
        for (place, options) in options.iter().enumerate() {
            let passes = [right(2 * place), right(2 * place + 1)];
            known.extend(
                recall(&[(0, passes[0]), (4 * DAY_SECONDS, passes[1])]).and_then(|recall| recall.entry()),
            );
            let wrong = passes.iter().filter(|right| !**right).count();
            weight *= u64::from(options - 1).pow(u32::try_from(wrong).expect("two"));
        }
        known.retain(|entry| entry.step >= GATE_STEP);
        let points =
            Known::from_entries(known).points(scale.slots(Part::Knowledge), &Ladder::of(rules), day(4));
        if 100 * points.tenths() >= floor {
            open += weight;
        }
    }
    open
}
