//! The chance that somebody who only guesses opens the knowledge gate (`readiness.md` §11.1): asked on day 0 and on
//! day 4, one of the options each time, nothing learnt in between. Exact fractions, no floating point.

use super::natural::Natural;
use super::scale::{Part, Scale};
use crate::model::capability::Capability;
use crate::model::curriculum::Curriculum;
use crate::model::settings::Readiness;

/// One in so many is the highest chance that nobody is warned about: 2 %.
const ONE_IN: u32 = 50;

/// An exact chance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuessChance {
    /// Numerator of the reduced fraction, in decimal digits.
    pub numerator: String,
    /// Its denominator.
    pub denominator: String,
    /// In tenths of a percent, rounded half up.
    pub permille: u32,
    /// Above 2 %: a fourth option, more questions needed or a higher floor would help.
    pub is_too_high: bool,
}

/// The chance in one capability of a curriculum. Without a live question there is no gate, and the chance is certainty.
pub fn guess_chance(curriculum: &Curriculum, capability: &Capability, rules: &Readiness) -> GuessChance {
    let options: Vec<u32> = curriculum
        .live_questions()
        .filter(|(_, question)| question.capability == capability.id)
        .map(|(_, question)| u32::try_from(question.options.len()).unwrap_or(u32::MAX))
        .collect();
    chance(&options, &Scale::of(curriculum, capability, rules), rules)
}

/// The chance with so many options of each live question and so many questions needed. A question with several right
/// options counts as one of its options too: too high, so safe.
pub fn guess_chance_of(options: &[u32], needed: u32, rules: &Readiness) -> GuessChance {
    let live = u32::try_from(options.len()).unwrap_or(u32::MAX);
    let needs = [needed.min(live), rules.hands_on_needed, rules.dialogue_needed];
    chance(options, &Scale::from_needs(needs, rules), rules)
}

fn chance(options: &[u32], scale: &Scale, rules: &Readiness) -> GuessChance {
    // More than a thousand options would change nothing anybody could print, and their square must fit.
    let options: Vec<u32> = options.iter().map(|options| (*options).clamp(1, 1_000)).collect();
    let ways = ways_to_be_right_twice(&options);
    let all = options
        .iter()
        .fold(Natural::of(1), |all, options| all.times(options * options));
    let open = ways
        .iter()
        .skip(slots_that_open(scale, rules))
        .fold(Natural::default(), |sum, ways| sum.plus(ways));
    let permille = permille(&open, &all);
    let is_too_high = open.times(ONE_IN) > all;
    let (open, all) = reduced(open, all, &options);
    GuessChance {
        numerator: open.to_string(),
        denominator: all.to_string(),
        permille,
        is_too_high,
    }
}

/// Of all outcomes, how many have 0, 1, 2, … questions right on both days. One question has `options²` outcomes, of
/// which one is right twice.
fn ways_to_be_right_twice(options: &[u32]) -> Vec<Natural> {
    let mut ways = vec![Natural::of(1)];
    for options in options {
        let not_twice = options * options - 1;
        let mut next: Vec<Natural> = ways.iter().map(|ways| ways.times(not_twice)).collect();
        next.push(Natural::default());
        for (next, ways) in next[1..].iter_mut().zip(&ways) {
            *next = next.plus(ways);
        }
        ways = next;
    }
    ways
}

/// The fewest full slots that open the gate.
fn slots_that_open(scale: &Scale, rules: &Readiness) -> usize {
    let slots = scale.slots(Part::Knowledge);
    let needed = rules.knowledge_floor * scale.budget_tenths(Part::Knowledge);
    (0..=slots.len())
        .find(|count| 100 * slots[..*count].iter().sum::<u32>() >= needed)
        .unwrap_or(slots.len())
}

/// `part / whole` in tenths of a percent, rounded half up: the largest p with 2p·whole ≤ 2000·part + whole.
fn permille(part: &Natural, whole: &Natural) -> u32 {
    let most = part.times(2_000).plus(whole);
    let (mut low, mut high) = (0_u32, 1_000_u32);
    while low < high {
        let middle = (low + high).div_ceil(2);
        if whole.times(2 * middle) <= most {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

/// The same fraction in lowest terms. The denominator is a product of the options, so it has no other prime factors.
fn reduced(mut part: Natural, mut whole: Natural, options: &[u32]) -> (Natural, Natural) {
    let most = options.iter().copied().max().unwrap_or(1);
    for factor in 2..=most {
        while let ((smaller_part, 0), (smaller_whole, 0)) = (part.divided(factor), whole.divided(factor)) {
            if part == Natural::default() {
                break;
            }
            (part, whole) = (smaller_part, smaller_whole);
        }
    }
    (part, whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::{DAY_SECONDS, Date, Instant};
    use crate::progress::samples::curriculum;
    use crate::readiness::{GATE_STEP, Ladder, Recall};

    #[test]
    fn the_sample_curriculum_is_hard_to_guess() {
        let curriculum = curriculum();
        let chance = guess_chance(&curriculum, &curriculum.capabilities[0], &Readiness::default());
        assert_eq!((chance.permille, chance.is_too_high), (7, false));
    }

    #[test]
    fn without_questions_there_is_no_gate() {
        let chance = guess_chance_of(&[], 8, &Readiness::default());
        assert_eq!((chance.numerator.as_str(), chance.permille), ("1", 1_000));
    }

    /// Every outcome of two passes over five questions, run through the ladder.
    #[test]
    fn it_equals_all_outcomes_of_two_passes() {
        const QUESTIONS: u32 = 5;
        let rules = Readiness::default();
        let ladder = Ladder::of(&rules);
        let scale = Scale::from_needs([4, 2, 1], &rules);
        let after = |first: bool, second: bool| {
            let day = Date::from_days(20_000);
            let at = Instant::from_seconds(20_000 * DAY_SECONDS);
            let later = Instant::from_seconds(20_004 * DAY_SECONDS);
            let recall = Recall::after(None, first, at, day, &ladder);
            Recall::after(Some(recall), second, later, day + 4, &ladder)
        };
        let mut open = 0_u64;
        for outcome in 0..1_u32 << (2 * QUESTIONS) {
            let right = |place: u32| outcome >> place & 1 == 1;
            let known = (0..QUESTIONS)
                .map(|q| after(right(q), right(QUESTIONS + q)))
                .filter(|recall| recall.step >= GATE_STEP && recall.last_right.is_some())
                .count();
            let opens = 100 * scale.filled_tenths(Part::Knowledge, known) >= 60 * 400;
            // One of three options is right, two are wrong.
            let weight = 1_u64 << (2 * QUESTIONS - outcome.count_ones());
            open += u64::from(opens) * weight;
        }
        let chance = guess_chance_of(&[3; 5], 4, &rules);
        let (numerator, denominator): (u64, u64) = (
            chance.numerator.parse().expect("fits"),
            chance.denominator.parse().expect("fits"),
        );
        assert_eq!(numerator * 9_u64.pow(QUESTIONS), open * denominator);
    }

    #[test]
    fn many_questions_are_still_exact() {
        let chance = guess_chance_of(&[6; 80], 20, &Readiness::default());
        assert!(chance.denominator.len() > 100 && !chance.is_too_high);
    }
}
