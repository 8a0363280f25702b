//! Questions known on one device, looked at on any day: which are worth most, and how many points they give
//! (`readiness.md` §2.1, §2.4). Fractions are compared exactly; nothing is allocated for a look.

use std::borrow::Cow;

use super::capsule::readable;
use super::ladder::{GATE_STEP, LADDER_STEPS, Ladder};
use super::scale::points;
use crate::base::points::Points;
use crate::base::time::Date;
use crate::model::event::CapsuleEntry;

/// Known questions, sorted so that those of one step lie together, the latest last: on every day each step's best is
/// its latest, and only the six of them are compared.
#[derive(Clone, PartialEq, Eq)]
pub struct Known<'a> {
    entries: Cow<'a, [CapsuleEntry]>,
    names: Vec<&'a str>,
    /// Where each step begins, and behind the last one the end.
    starts: [usize; LADDER_STEPS as usize + 1],
}

impl<'a> Known<'a> {
    /// What can be read of a published capsule on a day.
    pub fn from_capsule(entries: &'a [CapsuleEntry], as_of: Date) -> Self {
        Self::sorted(readable(entries, as_of), Vec::new())
    }

    /// Questions known without their names.
    pub fn from_entries(mut entries: Vec<CapsuleEntry>) -> Self {
        entries.sort_unstable();
        Self::sorted(entries.into(), Vec::new())
    }

    /// Questions known, with their names or without, sorted by step, day and name, the names backwards: the last of
    /// equals goes first. Names decide between questions that are worth the same.
    pub(super) fn sorted(entries: Cow<'a, [CapsuleEntry]>, names: Vec<&'a str>) -> Self {
        let mut starts = [0; LADDER_STEPS as usize + 1];
        for (start, step) in starts.iter_mut().zip(0..) {
            *start = entries.partition_point(|entry| entry.step < step);
        }
        Self {
            entries,
            names,
            starts,
        }
    }

    /// All of them, sorted by step and day.
    pub fn entries(&self) -> &[CapsuleEntry] {
        &self.entries
    }

    /// How many are at a ladder step that counts for the gate.
    pub fn recalled_again(&self) -> usize {
        self.entries.len() - self.starts[usize::from(GATE_STEP)]
    }

    /// All of them, the one worth most on a day first.
    pub fn ranked<'k>(&'k self, ladder: &'k Ladder, day: Date) -> impl Iterator<Item = CapsuleEntry> + 'k {
        self.strongest(0, ladder, day)
            .map(|(place, _)| self.entries[place])
    }

    /// The points that all of them give on a day, the best in the first slot; a slot has at most 1,000 tenths.
    pub fn points(&self, slots: &[u32], ladder: &Ladder, day: Date) -> Points {
        points(self.tenths(0, slots, ladder, day))
    }

    /// The name of an entry, if it has one.
    pub(super) fn name(&self, place: usize) -> Option<&'a str> {
        self.names.get(place).copied()
    }

    /// The points in tenths on a day of those at a step or above.
    pub(super) fn tenths(&self, from: u8, slots: &[u32], ladder: &Ladder, day: Date) -> u32 {
        self.strongest(from, ladder, day)
            .zip(slots)
            .map(|((_, worth), budget)| worth.tenths(*budget))
            .sum()
    }

    /// Places of the entries at a step or above with what they are worth on a day, the most first.
    pub(super) fn strongest<'k>(&'k self, from: u8, ladder: &'k Ladder, day: Date) -> Strongest<'k> {
        let mut strongest = Strongest {
            known: self,
            ladder,
            day,
            heads: [Head::default(); LADDER_STEPS as usize],
            left: 0,
        };
        for step in usize::from(from)..strongest.heads.len() {
            let (first, behind) = (self.starts[step], self.starts[step + 1]);
            if first < behind {
                strongest.heads[strongest.left] = strongest.head(first, behind - 1);
                strongest.left += 1;
            }
        }
        strongest
    }
}

/// Goes through known questions from the one worth most on a day to the one worth least.
pub(super) struct Strongest<'k> {
    known: &'k Known<'k>,
    ladder: &'k Ladder,
    day: Date,
    /// Of each step that has entries left, its best; lower steps first.
    heads: [Head; LADDER_STEPS as usize],
    /// How many steps have.
    left: usize,
}

/// The best entry left of one step.
#[derive(Clone, Copy, Default)]
struct Head {
    worth: Worth,
    place: usize,
    /// Where its step begins.
    first: usize,
}

impl Strongest<'_> {
    fn head(&self, first: usize, place: usize) -> Head {
        let worth = Worth::of(self.known.entries[place], self.day, self.ladder);
        Head { worth, place, first }
    }

    /// Whether one goes before another: worth more, or as much with the smaller name.
    fn goes_before(&self, one: &Head, other: &Head) -> bool {
        let name = |head: &Head| self.known.name(head.place);
        one.worth.is_more_than(other.worth)
            || (!other.worth.is_more_than(one.worth) && name(one) < name(other))
    }
}

impl Iterator for Strongest<'_> {
    type Item = (usize, Worth);

    fn next(&mut self) -> Option<(usize, Worth)> {
        let heads = &self.heads[..self.left];
        let mut at = 0;
        let mut best = heads.first()?;
        for (other_at, other) in heads.iter().enumerate().skip(1) {
            if self.goes_before(other, best) {
                (at, best) = (other_at, other);
            }
        }
        let best = *best;
        if best.place > best.first {
            self.heads[at] = self.head(best.first, best.place - 1);
        } else {
            self.heads.copy_within(at + 1..self.left, at);
            self.left -= 1;
        }
        Some((best.place, best.worth))
    }
}

/// What a question is worth on a day: credit times retention, `h·9S / (9S + age)`, as a fraction of one. Both numbers
/// stay below 2^23, whatever the settings and the years that dates can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Worth {
    numerator: u32,
    denominator: u32,
}

impl Worth {
    pub(super) fn of(entry: CapsuleEntry, day: Date, ladder: &Ladder) -> Self {
        let age = u32::try_from(day.days_since(entry.day)).unwrap_or(0);
        let numerator = 9 * ladder.days(entry.step);
        // Step 0 is half a credit: right only on a retry on the day of a miss.
        let credit = if entry.step == 0 { 2 } else { 1 };
        Self {
            numerator,
            denominator: credit * (numerator + age),
        }
    }

    /// Its share of a slot's budget in tenths, rounded half up.
    pub(super) fn tenths(self, budget: u32) -> u32 {
        (2 * budget * self.numerator + self.denominator) / (2 * self.denominator)
    }

    fn is_more_than(self, other: Self) -> bool {
        u64::from(self.numerator) * u64::from(other.denominator)
            > u64::from(other.numerator) * u64::from(self.denominator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settings::Readiness;
    use crate::progress::samples::date;

    fn ladder() -> Ladder {
        Ladder::of(&Readiness::default())
    }

    fn worth(step: u8, age: i32) -> Worth {
        let day = date("2026-01-01");
        Worth::of(CapsuleEntry { step, day }, day + age, &ladder())
    }

    #[test]
    fn worth_fades_as_the_curve_says() {
        assert_eq!(worth(1, 30).tenths(100), 68);
        assert_eq!(worth(2, 23).tenths(100), 89);
        assert_eq!(worth(2, 131).tenths(50), 30);
        assert_eq!(worth(0, 0).tenths(100), 50);
    }

    #[test]
    fn worth_never_leaves_its_slot() {
        let mut extreme = Readiness::default();
        for days in [
            [1, 2, 3, 4, 5, 3_650],
            [1, 7, 21, 60, 150, 365],
            [3_645, 3_646, 3_647, 3_648, 3_649, 3_650],
        ] {
            extreme.ladder_days = days;
            let ladder = Ladder::of(&extreme);
            for step in 0..LADDER_STEPS {
                for age in [0, 1, 365, 40_000, 2_958_000] {
                    let day = date("1900-01-01");
                    let worth = Worth::of(CapsuleEntry { step, day }, day + age, &ladder);
                    assert!(worth.tenths(1_000) <= 1_000);
                    assert!(worth.tenths(1) <= 1);
                }
            }
        }
    }

    #[test]
    fn the_strongest_goes_first_whatever_its_step() {
        let entry = |step, day: &str| CapsuleEntry { step, day: date(day) };
        let known = Known::from_entries(vec![
            entry(2, "2025-01-01"),
            entry(0, "2026-01-30"),
            entry(1, "2026-01-30"),
            entry(2, "2026-01-01"),
        ]);
        let ladder = ladder();
        let order: Vec<CapsuleEntry> = known
            .strongest(0, &ladder, date("2026-01-31"))
            .map(|(place, _)| known.entries()[place])
            .collect();
        assert_eq!(
            order,
            [
                entry(1, "2026-01-30"),
                entry(2, "2026-01-01"),
                entry(0, "2026-01-30"),
                entry(2, "2025-01-01")
            ]
        );
        assert_eq!(known.strongest(2, &ladder, date("2026-01-31")).count(), 2);
        assert_eq!(known.recalled_again(), 2);
    }

    #[test]
    fn names_decide_between_equals() {
        let day = date("2026-01-01");
        // 63 / (63 + 7) and 126 / (126 + 14) are the same.
        let entry = |step, day| CapsuleEntry { step, day };
        let entries = vec![entry(1, day), entry(1, day), entry(2, day - 7)];
        let known = Known::sorted(entries.into(), vec!["c", "a", "b"]);
        let ladder = Ladder::of(&Readiness {
            ladder_days: [1, 7, 14, 60, 150, 365],
            ..Readiness::default()
        });
        let names: Vec<_> = known
            .strongest(0, &ladder, day + 7)
            .map(|(place, _)| known.name(place))
            .collect();
        assert_eq!(names, [Some("a"), Some("b"), Some("c")]);
    }
}
