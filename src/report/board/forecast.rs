//! When a group will have reached everything at its present pace, as a range, where there is evidence enough.

use crate::base::time::Date;

/// Weeks whose pace counts.
pub(super) const PACE_WEEKS: i32 = 12;
/// Fewer milestones than this tell no pace.
pub(super) const FEWEST: u64 = 5;
/// In fewer weeks than this they were one good day, not a pace.
pub(super) const FEWEST_WEEKS: usize = 3;
/// Beyond so many weeks nobody knows.
pub(super) const FARTHEST_WEEKS: u32 = 104;

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
/// Milestones are taken as a Poisson process: n of them in the T weeks behind say how long the next m will take, at a
/// pace that is itself only known from n. With w weeks, P(m within w) = P(B ≥ m) for a binomial B of m + n − 1 draws (for
/// the early end m + n, so that the range errs on the wide side) with chance w/(w + T): the gamma distribution of the
/// pace against that of the wait, as in the prediction limits for Poisson counts (Hahn and Meeker, Statistical
/// Intervals). The range leaves out one in ten on either side and is rounded outwards to weeks.
pub(super) fn forecast(reached: &[Date], open: i64, as_of: Date) -> Forecast {
    let Some(open) = u64::try_from(open).ok().filter(|open| *open > 0) else {
        return Forecast::Done;
    };
    let back = |day: &Date| as_of.days_since(*day);
    let recent: Vec<i32> = reached
        .iter()
        .map(back)
        .filter(|days| (0..7 * PACE_WEEKS).contains(days))
        .collect();
    let mut weeks: Vec<i32> = recent.iter().map(|days| days / 7).collect();
    weeks.sort_unstable();
    weeks.dedup();
    let n = recent.len() as u64;
    if n < FEWEST || weeks.len() < FEWEST_WEEKS {
        return Forecast::TooLittle;
    }
    let weeks: Vec<u32> = (0..=FARTHEST_WEEKS).collect();
    // The more weeks, the likelier.
    let is_early = |weeks: &u32| parts_within(open, open + n, *weeks) <= PARTS / 10;
    let Some(behind) = weeks.get(weeks.partition_point(is_early)) else {
        return Forecast::TooFar;
    };
    let is_open = |weeks: &u32| parts_within(open, open + n - 1, *weeks) < PARTS / 10 * 9;
    let latest = weeks.get(weeks.partition_point(is_open)).copied();
    let earliest = behind.saturating_sub(1);
    let day = |weeks: u32| as_of + i32::try_from(7 * weeks).unwrap_or(i32::MAX / 4);
    Forecast::Between {
        earliest: day(earliest),
        latest: latest.map(day),
    }
}

/// Chances are counted in so many parts.
const PARTS: u128 = 1 << 40;

/// P(B ≥ at least) for a binomial of so many draws with chance weeks/(weeks + [`PACE_WEEKS`]), in [`PARTS`]: each term
/// from its neighbour, beginning at the likeliest, so that nothing grows and what vanishes does not matter.
fn parts_within(at_least: u64, draws: u64, weeks: u32) -> u128 {
    let (draws, at_least) = (u128::from(draws), u128::from(at_least));
    let (hit, miss) = (u128::from(weeks), u128::from(PACE_WEEKS.unsigned_abs()));
    let likeliest = ((draws + 1) * hit / (hit + miss)).min(draws);
    let (mut all, mut within) = (0, 0);
    let mut take = |k: u128, term: u128| {
        all += term;
        within += if k >= at_least { term } else { 0 };
    };
    let mut term = PARTS;
    for k in (0..=likeliest).rev() {
        take(k, term);
        term = if hit == 0 {
            0
        } else {
            term * k * miss / ((draws + 1 - k) * hit)
        };
    }
    term = PARTS;
    for k in likeliest..draws {
        term = term * (draws - k) * hit / ((k + 1) * miss);
        take(k + 1, term);
    }
    within * PARTS / all
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
    fn the_range_is_the_rest_at_paces_that_the_evidence_allows() {
        // 9 in 12 weeks and 13 to come: by a floating computation 0.094 by week 9, 0.142 by week 10; 0.898 by week 31.
        let reached = ago(&[1, 8, 15, 22, 29, 36, 43, 50, 57]);
        let found = forecast(&reached, 13, day("2026-03-16"));
        let wanted = Forecast::Between {
            earliest: day("2026-03-16") + 7 * 9,
            latest: Some(day("2026-03-16") + 7 * 32),
        };
        assert_eq!(found, wanted);
        // One place may be reached tomorrow, and not for 4 weeks.
        let wanted = Forecast::Between {
            earliest: day("2026-03-16"),
            latest: Some(day("2026-03-16") + 7 * 4),
        };
        assert_eq!(forecast(&reached, 1, day("2026-03-16")), wanted);
    }

    #[test]
    fn chances_are_those_of_the_binomial() {
        // Three draws at one half: 1/8, 4/8, 7/8, 1.
        let parts = |at_least| parts_within(at_least, 3, 12);
        let exact = [PARTS / 8, PARTS / 2, PARTS / 8 * 7, PARTS];
        for (found, exact) in [3, 2, 1, 0].map(parts).into_iter().zip(exact) {
            assert!(found.abs_diff(exact) <= 4, "{found} for {exact}");
        }
        assert_eq!(parts_within(1, 9, 0), 0);
        // Of many draws the half lies above the middle, as near as rounding down lets it.
        let half = parts_within(20_000, 40_000, 12);
        assert!(half.abs_diff(PARTS / 2) < PARTS / 100, "{half}");
    }

    /// Groups whose milestones come at a constant rate: the range holds the day in at least 8 of 10, as it says, be few
    /// places open or many.
    #[test]
    fn the_range_holds_for_a_constant_pace() {
        const GROUPS: u64 = 2_000;
        let as_of = day("2026-03-16");
        let mut seed: u64 = 7;
        let mut chance = |one_in: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33).is_multiple_of(one_in)
        };
        for open in [1, 2, 4, 12, 30] {
            let (mut told, mut held) = (0_u32, 0_u32);
            for group in 0..GROUPS {
                // A milestone on one day in 4 to one in 11.
                let one_in = 4 + group % 8;
                let reached: Vec<Date> = (0..84)
                    .filter(|_| chance(one_in))
                    .map(|back| as_of + -back)
                    .collect();
                let Forecast::Between { earliest, latest } = forecast(&reached, open, as_of) else {
                    continue;
                };
                let mut left = open;
                let mut on = as_of;
                while left > 0 {
                    on = on + 1;
                    left -= i64::from(chance(one_in));
                }
                told += 1;
                held += u32::from(earliest <= on && latest.is_none_or(|latest| on <= latest));
            }
            println!("{open} open: {held} of {told}");
            assert!(told > 1_500, "{open} open: {told}");
            assert!(10 * held >= 8 * told, "{open} open: {held} of {told}");
        }
    }
}
