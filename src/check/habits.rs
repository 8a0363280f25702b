//! Whether right options have a habit that somebody could use who knows nothing: always the longest, always at one place.
//! A habit is told from chance by how rarely chance makes it, so that a short quiz is never accused of luck.

use std::collections::BTreeMap;

use super::known::{Known, QuestionAt, StepAt, steps_of};
use crate::base::diag::{Diagnostic, Place};

/// What chance does more rarely than this is a habit.
const RARE: f64 = 0.01;

/// Most options a question has.
const PLACES: usize = 6;

/// From so many questions on the chance is bounded and not counted out, which would take long.
const MANY: usize = 2_000;

/// Looks at each module, and at all modules together that have no habit by themselves.
pub(super) fn check(known: &Known<'_>, findings: &mut Vec<Diagnostic>) {
    let (mut for_length, mut for_place) = (Vec::new(), Vec::new());
    for file in known.modules() {
        let questions: Vec<Single> = steps_of(file, true)
            .flat_map(StepAt::questions)
            .filter(QuestionAt::is_live)
            .filter_map(|question| Single::of(&question))
            .collect();
        match longest(&questions, || file.place("id"), "modules") {
            Some(finding) => findings.push(finding),
            None => for_length.extend(questions.iter().copied()),
        }
        match same_place(&questions, || file.place("id"), "modules") {
            Some(finding) => findings.push(finding),
            None => for_place.extend(questions),
        }
    }
    if let Some(head) = &known.curriculum.head {
        findings.extend(longest(&for_length, || head.place("id"), "curricula"));
        findings.extend(same_place(&for_place, || head.place("id"), "curricula"));
    }
}

/// A question with exactly one right option.
#[derive(Debug, Clone, Copy)]
struct Single {
    options: usize,
    /// Which one is right, from 1.
    right: usize,
    /// Whether it is longer than each other one.
    is_longest: bool,
}

impl Single {
    fn of(question: &QuestionAt<'_>) -> Option<Self> {
        let [right] = <[usize; 1]>::try_from(question.question.right()).ok()?;
        let lengths: Vec<usize> = question
            .question
            .options
            .iter()
            .map(|option| option.text.chars().count())
            .collect();
        let of_right = lengths.get(right.checked_sub(1)?)?;
        Some(Self {
            options: lengths.len(),
            right,
            is_longest: lengths.iter().filter(|length| *length >= of_right).count() == 1,
        })
    }
}

fn longest(questions: &[Single], place: impl Fn() -> Place, of: &str) -> Option<Diagnostic> {
    let hits = questions.iter().filter(|q| q.is_longest).count();
    let chance = at_least(hits, questions.iter().map(|q| one_in(q.options)));
    (chance < RARE).then(|| {
        let message = format!(
            "in {hits} of {} questions the right option is the longest: {}",
            questions.len(),
            rarity(chance, of)
        );
        Diagnostic::warning("U315", place(), message)
            .labelled("who always takes the longest is right without knowing anything")
            .helped("make some wrong options longer, or right ones shorter")
    })
}

fn same_place(questions: &[Single], place: impl Fn() -> Place, of: &str) -> Option<Diagnostic> {
    let mut at_place: BTreeMap<usize, usize> = BTreeMap::new();
    for question in questions {
        *at_place.entry(question.right).or_insert(0) += 1;
    }
    let most = at_place
        .into_iter()
        .max_by_key(|(place, hits)| (*hits, std::cmp::Reverse(*place)));
    let (option, hits) = most?;
    // No place was named beforehand, so that each of them had its chance.
    let of_place = |place: usize| {
        let chances = questions.iter().map(move |q| {
            if place <= q.options {
                one_in(q.options)
            } else {
                0.0
            }
        });
        at_least(hits, chances)
    };
    let chance = (1..=PLACES).map(of_place).sum::<f64>();
    (chance < RARE).then(|| {
        let message = format!(
            "in {hits} of {} questions option {option} is the right one: {}",
            questions.len(),
            rarity(chance, of)
        );
        Diagnostic::warning("U316", place(), message)
            .labelled("who always takes that one is right without knowing anything")
            .helped("change the order of some options, and raise `rev` where answers are recorded already")
    })
}

/// `by chance in fewer than 1 of 1,000 modules`.
fn rarity(chance: f64, of: &str) -> String {
    let words = [
        (1e-6, "1,000,000"),
        (1e-5, "100,000"),
        (1e-4, "10,000"),
        (1e-3, "1,000"),
    ];
    let rare = words.iter().find(|(bound, _)| chance < *bound);
    format!(
        "by chance in fewer than 1 of {} {of}",
        rare.map_or("100", |(_, word)| word)
    )
}

#[expect(clippy::cast_precision_loss, reason = "2 to 6")]
fn one_in(options: usize) -> f64 {
    1.0 / options.max(1) as f64
}

/// The chance of at least so many hits where each question is hit with a chance of its own: counted out question by
/// question; for many questions Cantelli's bound, which is never below it.
#[expect(clippy::cast_precision_loss, reason = "numbers of questions")]
fn at_least(hits: usize, chances: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = chances.clone().count();
    if count > MANY {
        let spread: f64 = chances.clone().map(|chance| chance * (1.0 - chance)).sum();
        let above = (hits as f64 - chances.sum::<f64>()).max(0.0);
        return spread / above.mul_add(above, spread).max(f64::MIN_POSITIVE);
    }
    // `exactly[n]`: the chance of n hits so far; what reaches `hits` is done.
    let mut exactly = vec![0.0; hits];
    let Some(none) = exactly.first_mut() else {
        return 1.0;
    };
    *none = 1.0;
    let mut reached = 0.0;
    for chance in chances {
        reached += exactly[hits - 1] * chance;
        for n in (0..hits).rev() {
            let from_below = if n == 0 { 0.0 } else { exactly[n - 1] * chance };
            exactly[n] = exactly[n].mul_add(1.0 - chance, from_below);
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_four(hits: usize, count: usize) -> f64 {
        at_least(hits, std::iter::repeat_n(0.25, count))
    }

    fn near(one: f64, other: f64) {
        assert!((one - other).abs() < 1e-9, "{one} {other}");
    }

    #[test]
    fn chances_are_those_of_the_binomial_distribution() {
        near(of_four(0, 3), 1.0);
        near(of_four(4, 4), 1.0 / 256.0);
        near(of_four(1, 2), 7.0 / 16.0);
        near(of_four(3, 2), 0.0);
        near(at_least(2, [0.5, 1.0 / 3.0].into_iter()), 1.0 / 6.0);
        near(at_least(1, [0.5, 0.0].into_iter()), 0.5);
    }

    #[test]
    fn the_bound_for_many_is_never_below_the_chance() {
        for hits in [520, 560, 600] {
            let exact = of_four(hits, MANY);
            let bound = of_four(hits, MANY + 1);
            assert!(bound >= exact, "{hits}: {bound} {exact}");
        }
        assert!(of_four(900, MANY + 1) < RARE);
    }

    fn quiz(count: usize, right: impl Fn(usize) -> usize, is_longest: impl Fn(usize) -> bool) -> Vec<Single> {
        let one = |n| Single {
            options: 4,
            right: right(n),
            is_longest: is_longest(n),
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn luck_in_a_short_quiz_is_no_habit() {
        let place = || Place::file("a.toml");
        let at = |count, right: &dyn Fn(usize) -> usize| {
            same_place(&quiz(count, right, |_| false), place, "modules").is_some()
        };
        // Four of four: 1 of 64. Five of five: 1 of 256.
        assert!(!at(4, &|_| 2));
        assert!(at(5, &|_| 2));
        assert!(!at(12, &|n| if n < 7 { 2 } else { 1 + n % 4 }));
        assert!(at(12, &|n| if n < 9 { 2 } else { 1 + n % 4 }));
        let long =
            |count, hits| longest(&quiz(count, |n| 1 + n % 4, |n| n < hits), place, "modules").is_some();
        assert!(!long(3, 3) && long(4, 4));
        assert!(!long(16, 8) && long(16, 9));
        assert!(!long(0, 0));
    }

    #[test]
    fn how_rare_it_is_is_said() {
        assert_eq!(
            rarity(0.0099, "modules"),
            "by chance in fewer than 1 of 100 modules"
        );
        assert_eq!(
            rarity(0.000_5, "modules"),
            "by chance in fewer than 1 of 1,000 modules"
        );
        assert_eq!(
            rarity(1e-30, "curricula"),
            "by chance in fewer than 1 of 1,000,000 curricula"
        );
    }
}
