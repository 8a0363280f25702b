//! When a group will have reached everything at its present pace, as a range, where there is evidence enough.

use crate::base::time::Date;

/// Weeks whose pace counts.
pub(super) const PACE_WEEKS: i32 = 12;
/// Fewer milestones than this tell no pace.
pub(super) const FEWEST: i64 = 5;
/// In fewer weeks than this they were one good day, not a pace.
pub(super) const FEWEST_WEEKS: usize = 3;
/// Beyond so many weeks nobody knows.
pub(super) const FARTHEST_WEEKS: i64 = 104;

/// What a pace says of the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forecast {
    /// Everything is reached.
    Done,
    /// Too little happened to tell.
    TooLittle,
    /// It happens, and it would take years.
    TooFar,
    /// In this range.
    Between {
        /// At the fastest pace that the evidence allows.
        earliest: Date,
        /// At the slowest; `None`: beyond what can be told.
        latest: Option<Date>,
    },
}

/// A forecast from the days on which places were reached and the places that are open.
///
/// The number of milestones in the weeks behind is taken as a draw of a Poisson process; its rate lies between
/// (n − s) and (n + s) for n milestones with s = ⌈1.28·√n⌉, the normal approximation of the interval that holds it in
/// 8 of 10 cases (any textbook on counts; 1.28 is the 90th percentile of the normal distribution). The range is the
/// open places over those rates, rounded up to weeks.
pub(super) fn forecast(reached: &[Date], open: i64, as_of: Date) -> Forecast {
    if open <= 0 {
        return Forecast::Done;
    }
    let back = |day: &Date| as_of.days_since(*day);
    let recent: Vec<i32> = reached
        .iter()
        .map(back)
        .filter(|days| (0..7 * PACE_WEEKS).contains(days))
        .collect();
    let mut weeks: Vec<i32> = recent.iter().map(|days| days / 7).collect();
    weeks.sort_unstable();
    weeks.dedup();
    let n = i64::try_from(recent.len()).unwrap_or(i64::MAX / 1_000_000);
    if n < FEWEST || weeks.len() < FEWEST_WEEKS {
        return Forecast::TooLittle;
    }
    let spread = spread(n);
    let weeks_at = |count: i64| (open * i64::from(PACE_WEEKS) + count - 1) / count;
    let soonest = weeks_at(n + spread);
    if soonest > FARTHEST_WEEKS {
        return Forecast::TooFar;
    }
    let day = |weeks: i64| as_of + i32::try_from(7 * weeks).unwrap_or(i32::MAX / 4);
    Forecast::Between {
        earliest: day(soonest),
        latest: Some(n - spread)
            .filter(|count| *count > 0)
            .map(weeks_at)
            .filter(|weeks| *weeks <= FARTHEST_WEEKS)
            .map(day),
    }
}

/// ⌈1.28·√n⌉ in whole numbers: the least s with (100·s)² ≥ 128²·n.
fn spread(n: i64) -> i64 {
    let wanted = 128 * 128 * n;
    let root = wanted.isqrt();
    let root = if root * root == wanted { root } else { root + 1 };
    (root + 99) / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Milestones so many days ago.
    fn ago(days: &[i32]) -> Vec<Date> {
        days.iter().map(|days| day("2026-03-16") + -days).collect()
    }

    #[test]
    fn too_little_tells_nothing() {
        let as_of = day("2026-03-16");
        assert_eq!(forecast(&[], 0, as_of), Forecast::Done);
        assert_eq!(forecast(&ago(&[1, 8, 15, 22]), 9, as_of), Forecast::TooLittle);
        // Ten on one day are one good day.
        assert_eq!(forecast(&ago(&[3; 10]), 9, as_of), Forecast::TooLittle);
        // Long ago is no pace.
        assert_eq!(
            forecast(&ago(&[84, 90, 100, 110, 120, 130]), 9, as_of),
            Forecast::TooLittle
        );
        // Days to come are not there yet.
        assert_eq!(
            forecast(&ago(&[-1, -8, -15, 8, 15]), 9, as_of),
            Forecast::TooLittle
        );
        assert_eq!(
            forecast(&ago(&[1, 8, 15, 22, 29]), 1_000_000, as_of),
            Forecast::TooFar
        );
    }

    #[test]
    fn the_range_is_the_rest_over_the_pace() {
        // 9 in 12 weeks: s = ⌈1.28·3⌉ = 4; 13 places at 13 and at 5 in 12 weeks: 12 and 31.2 weeks.
        let reached = ago(&[1, 8, 15, 22, 29, 36, 43, 50, 57]);
        let found = forecast(&reached, 13, day("2026-03-16"));
        let wanted = Forecast::Between {
            earliest: day("2026-03-16") + 7 * 12,
            latest: Some(day("2026-03-16") + 7 * 32),
        };
        assert_eq!(found, wanted);
    }

    #[test]
    fn spreads_are_rounded_up() {
        assert_eq!([5, 6, 9, 16, 100].map(spread), [3, 4, 4, 6, 13]);
    }

    /// Groups whose milestones come at a constant rate: the range holds the day in at least 8 of 10, as it says.
    #[test]
    fn the_range_holds_for_a_constant_pace() {
        /// Days until the next milestone are drawn from so many that are equally likely.
        const GROUPS: u64 = 2_000;
        let as_of = day("2026-03-16");
        let mut seed: u64 = 7;
        let mut chance = |one_in: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33).is_multiple_of(one_in)
        };
        let (mut told, mut held) = (0_u32, 0_u32);
        for group in 0..GROUPS {
            // From one in 4 days to one in 11.
            let one_in = 4 + group % 8;
            let reached: Vec<Date> = (0..84)
                .filter(|_| chance(one_in))
                .map(|back| as_of + -back)
                .collect();
            let Forecast::Between { earliest, latest } = forecast(&reached, 12, as_of) else {
                continue;
            };
            let mut left = 12;
            let mut on = as_of;
            while left > 0 {
                on = on + 1;
                left -= i64::from(chance(one_in));
            }
            told += 1;
            held += u32::from(earliest <= on && latest.is_none_or(|latest| on <= latest));
        }
        assert!(told > 1_500, "{told}");
        assert!(10 * held >= 7 * told, "{held} of {told}");
        println!("{held} of {told}");
    }
}
