//! What one question is worth on a day: the curve of `readiness.md` §2.1 as a fraction, compared exactly.

use std::cmp::Ordering;

use crate::base::time::Date;
use crate::model::event::CapsuleEntry;
use crate::readiness::Ladder;

/// A share of a slot: credit times retention, `h·9S / (9S + age)`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Worth {
    numerator: u64,
    denominator: u64,
}

impl Worth {
    /// What a question last answered right on its entry's day is worth on another day.
    pub(super) fn of(entry: CapsuleEntry, day: Date, ladder: &Ladder) -> Self {
        let age = u64::try_from(day.days_since(entry.day)).unwrap_or(0);
        let numerator = 9 * u64::from(ladder.days(entry.step));
        // Right on a retry on the day of a miss is half a credit.
        let credit = if entry.step == 0 { 2 } else { 1 };
        Self {
            numerator,
            denominator: credit * (numerator + age),
        }
    }

    /// Its share of a slot in tenths, rounded half up.
    pub(super) fn tenths(self, slot: u32) -> u32 {
        let twice = 2 * u64::from(slot) * self.numerator + self.denominator;
        u32::try_from(twice / (2 * self.denominator)).unwrap_or(0)
    }
}

impl Ord for Worth {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.numerator * other.denominator).cmp(&(other.numerator * self.denominator))
    }
}

impl PartialOrd for Worth {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Worth {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Worth {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settings::Readiness;
    use crate::progress::samples::date;
    use crate::readiness::Known;

    #[test]
    fn it_is_what_readiness_says() {
        let ladder = Ladder::of(&Readiness::default());
        let day = date("2026-01-01");
        for step in 0..6 {
            for age in [0, 1, 3, 23, 131, 5_000] {
                for slot in [0, 1, 33, 50, 51, 1_000] {
                    let entry = CapsuleEntry { step, day };
                    let known = Known::from_entries(vec![entry]).points(&[slot], &ladder, day + age);
                    assert_eq!(
                        i64::from(Worth::of(entry, day + age, &ladder).tenths(slot)),
                        known.tenths()
                    );
                }
            }
        }
    }

    #[test]
    fn equal_fractions_are_equal() {
        let ladder = Ladder::of(&Readiness {
            ladder_days: [1, 7, 14, 60, 150, 365],
            ..Readiness::default()
        });
        let day = date("2026-01-01");
        let worth = |step, day| Worth::of(CapsuleEntry { step, day }, date("2026-01-08"), &ladder);
        assert_eq!(worth(1, day), worth(2, day - 7));
        assert!(worth(2, day) > worth(1, day));
        assert!(worth(1, day) > worth(0, day));
    }
}
