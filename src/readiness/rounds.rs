//! What a page without a record of its own surely knows (`formats.md` §8.8): its receipts say how many of the questions it
//! asked were right, never which. Of all records that fit them the worst one counts, so that nobody gains by an unkept
//! record, and who answers all questions right twice is believed.

use std::collections::BTreeSet;

use super::ladder::{LADDER_STEPS, Ladder};
use crate::base::time::Date;
use crate::model::event::CapsuleEntry;

/// What a page told, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Its whole capsule, by a record it kept until that day.
    Capsule {
        /// The day.
        day: Date,
        /// All questions it had asked by then.
        asked: BTreeSet<String>,
        /// How many it knew how well.
        entries: Vec<CapsuleEntry>,
    },
    /// How many of the questions it asked that day were right.
    Round {
        /// The day.
        day: Date,
        /// The questions.
        asked: BTreeSet<String>,
        /// How many were right, at most as many as were asked.
        right: usize,
    },
}

/// Questions in groups that were always asked together, and what of each group is surely known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rounds {
    groups: Vec<Group>,
}

/// Questions that were always asked together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    questions: BTreeSet<String>,
    known: Vec<Sure>,
    last: Date,
    rounds: u32,
}

/// A question that is surely known, whichever it is. Of two with the same step the one reached later is worse: it climbs
/// later. That order holds through every right answer, so the worst of before are the worst of after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sure {
    step: u8,
    reached: Date,
    right: Date,
}

impl Rounds {
    /// Replays what a page told, oldest first.
    pub fn of(told: &[Told], ladder: &Ladder) -> Self {
        let mut rounds = Self::default();
        for told in told {
            match told {
                Told::Capsule { day, asked, entries } => rounds.restart(*day, asked, entries),
                Told::Round { day, asked, right } => rounds.add(*day, asked, *right, ladder),
            }
        }
        rounds
    }

    /// What is surely known of all groups, sorted.
    pub fn entries(&self) -> Vec<CapsuleEntry> {
        let sure = self.groups.iter().flat_map(|group| &group.known);
        let mut entries: Vec<CapsuleEntry> = sure
            .map(|sure| CapsuleEntry {
                step: sure.step,
                day: sure.right,
            })
            .collect();
        entries.sort_unstable();
        entries
    }

    /// The groups, the first asked first.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Leaves questions out that prove nothing any more: whichever they are, they may have been the known ones.
    pub fn forget(&mut self, is_gone: impl Fn(&str) -> bool) {
        for group in &mut self.groups {
            let before = group.questions.len();
            group.questions.retain(|question| !is_gone(question));
            let gone = before - group.questions.len();
            group.keep_worst(group.known.len().saturating_sub(gone));
        }
        self.groups.retain(|group| !group.questions.is_empty());
    }

    fn restart(&mut self, day: Date, asked: &BTreeSet<String>, entries: &[CapsuleEntry]) {
        let known = entries
            .iter()
            .map(|entry| Sure {
                step: entry.step.min(LADDER_STEPS - 1),
                reached: entry.day,
                right: entry.day,
            })
            .collect();
        self.groups = vec![Group {
            questions: asked.clone(),
            known,
            last: day,
            rounds: 1,
        }];
    }

    /// What was asked together is one group from then on: so many misses hit all of it and not each part.
    fn add(&mut self, day: Date, asked: &BTreeSet<String>, right: usize, ladder: &Ladder) {
        let mut together: Option<Group> = None;
        for group in std::mem::take(&mut self.groups) {
            let (here, rest) = group.split(asked);
            self.groups.extend(rest);
            together = match (together, here) {
                (Some(together), Some(here)) => Some(together.joined(here)),
                (one, other) => one.or(other),
            };
        }
        let mut together = together.unwrap_or_else(|| Group {
            questions: BTreeSet::new(),
            known: Vec::new(),
            last: day,
            rounds: 0,
        });
        let new: BTreeSet<String> = asked.difference(&together.questions).cloned().collect();
        together.answered(day, new.len(), asked.len().saturating_sub(right), ladder);
        if !new.is_empty() {
            together.rounds = 1;
            together.questions.extend(new);
        }
        if !together.questions.is_empty() {
            self.groups.push(together);
        }
    }
}

impl Group {
    /// The questions.
    pub fn questions(&self) -> &BTreeSet<String> {
        &self.questions
    }

    /// How often they were asked.
    pub fn rounds(&self) -> u32 {
        self.rounds
    }

    /// How many are surely known on this step or a higher one.
    pub fn known_from(&self, step: u8) -> usize {
        self.known.iter().filter(|sure| sure.step >= step).count()
    }

    /// Whether right answers on a day would be worth more than now.
    pub fn would_move(&self, day: Date, ladder: &Ladder) -> bool {
        let enters = self.known.len() < self.questions.len() && half_a_step(self.last, day, 0, ladder);
        enters
            || self
                .known
                .iter()
                .any(|sure| sure.after_right(day, ladder).step > sure.step)
    }

    /// The part that was asked, and the part that was not. How many of the known ones are in which, nobody can tell: in
    /// each at least as many as do not fit into the other.
    fn split(self, asked: &BTreeSet<String>) -> (Option<Self>, Option<Self>) {
        let (here, rest): (BTreeSet<String>, BTreeSet<String>) = self
            .questions
            .iter()
            .cloned()
            .partition(|question| asked.contains(question));
        if rest.is_empty() {
            return (Some(self), None);
        }
        if here.is_empty() {
            return (None, Some(self));
        }
        let part = |questions: BTreeSet<String>, others: usize| {
            let mut part = Self {
                questions,
                ..self.clone()
            };
            part.keep_worst(self.known.len().saturating_sub(others));
            part
        };
        let (few, many) = (here.len(), rest.len());
        (Some(part(here, many)), Some(part(rest, few)))
    }

    fn joined(mut self, other: Self) -> Self {
        self.questions.extend(other.questions);
        self.known.extend(other.known);
        Self {
            last: self.last.max(other.last),
            rounds: self.rounds.min(other.rounds),
            ..self
        }
    }

    /// All were asked, so many others for the first time, and so many missed: the misses are taken to have hit the best.
    fn answered(&mut self, day: Date, new: usize, misses: usize, ladder: &Ladder) {
        let known = self.known.len();
        for sure in &mut self.known {
            *sure = sure.after_right(day, ladder);
        }
        self.keep_worst(known.saturating_sub(misses));
        // Right, and not among the known. One that was asked before may have been missed then, and climbs only if it can.
        let entering = if half_a_step(self.last, day, 0, ladder) {
            (self.questions.len() + new)
                .saturating_sub(misses)
                .saturating_sub(self.known.len())
        } else {
            new.saturating_sub(misses.saturating_sub(known))
        };
        let sure = Sure {
            step: 1,
            reached: day,
            right: day,
        };
        self.known.extend(std::iter::repeat_n(sure, entering));
        self.last = day;
        self.rounds += 1;
    }

    fn keep_worst(&mut self, n: usize) {
        if n >= self.known.len() {
            return;
        }
        let right = self.known.iter().map(|sure| sure.right).min();
        self.known
            .sort_unstable_by(|a, b| (a.step, b.reached).cmp(&(b.step, a.reached)));
        self.known.truncate(n);
        for sure in &mut self.known {
            sure.right = right.unwrap_or(sure.right);
        }
    }
}

impl Sure {
    fn after_right(self, day: Date, ladder: &Ladder) -> Self {
        let climbs = self.step + 1 < LADDER_STEPS && half_a_step(self.reached, day, self.step, ladder);
        Self {
            step: self.step + u8::from(climbs),
            reached: if climbs { day } else { self.reached },
            right: day,
        }
    }
}

/// By the calendar: a receipt knows no hours.
fn half_a_step(from: Date, to: Date, step: u8, ladder: &Ladder) -> bool {
    2 * i64::from(to.days_since(from)) >= i64::from(ladder.days(step))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::{DAY_SECONDS, Instant};
    use crate::model::settings::Readiness;
    use crate::readiness::Recall;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn ladder() -> Ladder {
        Ladder::of(&Readiness::default())
    }

    fn set(questions: impl IntoIterator<Item = u32>) -> BTreeSet<String> {
        questions.into_iter().map(|n| format!("m.q{n}")).collect()
    }

    fn round(day: &str, asked: std::ops::Range<u32>, right: usize) -> Told {
        Told::Round {
            day: day.parse().unwrap(),
            asked: set(asked),
            right,
        }
    }

    fn steps(told: &[Told]) -> Vec<u8> {
        Rounds::of(told, &ladder())
            .entries()
            .iter()
            .map(|entry| entry.step)
            .collect()
    }

    #[test]
    fn the_example_of_the_design() {
        let told = [round("2026-03-02", 0..10, 7), round("2026-03-09", 0..10, 8)];
        assert_eq!(steps(&told), [1, 1, 1, 2, 2, 2, 2, 2]);
        assert!(
            Rounds::of(&told, &ladder())
                .entries()
                .iter()
                .all(|entry| entry.day.to_string() == "2026-03-09")
        );
    }

    #[test]
    fn on_one_day_nothing_is_gained_twice() {
        let again = [round("2026-03-02", 0..6, 3), round("2026-03-02", 0..6, 6)];
        assert_eq!(
            steps(&again),
            [1, 1, 1],
            "what was missed that day is worth nothing that day"
        );
        let missed = [round("2026-03-02", 0..6, 6), round("2026-03-02", 0..6, 1)];
        assert_eq!(steps(&missed), [1]);
        assert_eq!(steps(&[round("2026-03-02", 0..6, 0)]), [0_u8; 0]);
    }

    #[test]
    fn all_right_twice_is_believed() {
        let mut told = vec![round("2026-03-02", 0..6, 6)];
        assert_eq!(steps(&told), [1; 6]);
        told.push(round("2026-03-05", 0..6, 6));
        assert_eq!(steps(&told), [1; 6], "three days are no half step");
        told.push(round("2026-03-06", 0..6, 6));
        assert_eq!(steps(&told), [2; 6], "early answers do not delay the climb");
    }

    #[test]
    fn a_part_of_a_group_knows_what_the_rest_cannot_hold() {
        let told = [round("2026-03-02", 0..6, 5), round("2026-03-09", 0..2, 2)];
        // Of the four not asked at least three are known; of the two asked at least one was.
        assert_eq!(steps(&told), [1, 1, 1, 1, 2]);
        let mut rounds = Rounds::of(&[round("2026-03-02", 0..6, 5)], &ladder());
        rounds.forget(|question| question == "m.q3");
        assert_eq!(rounds.entries().len(), 4);
        rounds.forget(|_| true);
        assert!(rounds.groups().is_empty() && rounds.entries().is_empty());
    }

    #[test]
    fn a_record_that_was_lost_is_gone_on_from() {
        let told = [
            Told::Capsule {
                day: "2026-03-02".parse().unwrap(),
                asked: set(0..4),
                entries: vec![
                    CapsuleEntry {
                        step: 1,
                        day: "2026-03-02".parse().unwrap(),
                    },
                    CapsuleEntry {
                        step: 3,
                        day: "2026-03-01".parse().unwrap(),
                    },
                ],
            },
            round("2026-03-09", 0..4, 3),
        ];
        // The miss is taken to have hit the best.
        assert_eq!(steps(&told), [1, 1, 2]);
    }

    #[test]
    fn a_group_says_whether_it_is_worth_asking() {
        let rounds = Rounds::of(&[round("2026-03-02", 0..6, 6)], &ladder());
        let [group] = rounds.groups() else {
            panic!("one group")
        };
        let moves = |day: &str| group.would_move(day.parse().unwrap(), &ladder());
        assert!(!moves("2026-03-02") && !moves("2026-03-05") && moves("2026-03-06"));
        assert_eq!(
            (group.rounds(), group.known_from(1), group.known_from(2)),
            (1, 6, 0)
        );
        let rounds = Rounds::of(&[round("2026-03-02", 0..6, 5)], &ladder());
        assert!(!rounds.groups()[0].would_move("2026-03-02".parse().unwrap(), &ladder()));
        assert!(rounds.groups()[0].would_move("2026-03-03".parse().unwrap(), &ladder()));
    }

    #[derive(Debug, Clone)]
    struct Sitting {
        gap: i64,
        second: i64,
        asked: BTreeSet<u32>,
        right: Vec<bool>,
    }

    fn sittings() -> impl Strategy<Value = Vec<Sitting>> {
        let asked = prop_oneof![
            3 => Just((0..6).collect::<BTreeSet<u32>>()),
            1 => Just((6..10).collect::<BTreeSet<u32>>()),
            1 => prop::collection::btree_set(0..10_u32, 1..8),
        ];
        let gap = prop_oneof![Just(0_i64), 1..5_i64, 4..40_i64, 100..400_i64];
        let one = (
            gap,
            0..DAY_SECONDS,
            asked,
            prop::collection::vec(prop::bool::weighted(0.8), 10),
        );
        prop::collection::vec(
            one.prop_map(|(gap, second, asked, right)| Sitting {
                gap,
                second,
                asked,
                right,
            }),
            1..12,
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3_000) })]

        /// Whatever was answered when: never more than what the answers themselves are worth.
        #[test]
        fn never_more_than_the_truth(sittings in sittings(), kept in 0..4_usize) {
            let ladder = ladder();
            let (mut day, mut clock) = (20_000_i64, 0_i64);
            let mut truth: BTreeMap<u32, Recall> = BTreeMap::new();
            let mut told = Vec::new();
            let mut ever = BTreeSet::new();
            for (at, sitting) in sittings.iter().enumerate() {
                day += sitting.gap;
                // Within a day the clock never runs back.
                clock = clock.max(day * DAY_SECONDS + sitting.second);
                clock = clock.min((day + 1) * DAY_SECONDS - 1);
                let today = Date::from_days(day);
                for question in &sitting.asked {
                    let correct = sitting.right[*question as usize];
                    let after = Recall::after(truth.get(question).copied(), correct, Instant::from_seconds(clock), today, &ladder);
                    truth.insert(*question, after);
                }
                ever.extend(sitting.asked.iter().copied());
                // The capsule of a receipt leaves step 0 out.
                let mut real: Vec<CapsuleEntry> = truth.values().filter_map(Recall::entry).filter(|e| e.step > 0).collect();
                real.sort_unstable();
                if at + 1 == kept {
                    told = vec![Told::Capsule { day: today, asked: set(ever.iter().copied()), entries: real.clone() }];
                    continue;
                }
                told.push(Told::Round {
                    day: today,
                    asked: set(sitting.asked.iter().copied()),
                    right: sitting.asked.iter().filter(|q| sitting.right[**q as usize]).count(),
                });
                let claimed = Rounds::of(&told, &ladder).entries();
                for step in 1..LADDER_STEPS {
                    for since in real.iter().chain(&claimed).map(|entry| entry.day) {
                        let count = |entries: &[CapsuleEntry]| entries.iter().filter(|e| e.step >= step && e.day >= since).count();
                        prop_assert!(
                            count(&claimed) <= count(&real),
                            "step {step} since {since}: claimed {claimed:?}, real {real:?}"
                        );
                    }
                }
            }
        }
    }
}
