//! Whether days follow each other as those of a programme do, and at what distance.

use std::fmt;

use crate::base::time::Date;

/// The time for each module of a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Every {
    /// So many days.
    Days(u32),
    /// So many months; where a month is too short, its last day.
    Months(u32),
}

/// As `assign --every` takes it.
impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(days) if days % 7 == 0 => write!(f, "{}w", days / 7),
            Self::Days(days) => write!(f, "{days}d"),
            Self::Months(months) => write!(f, "{months}m"),
        }
    }
}

/// The distance of at least two days, where it is the same between all of them. Whole weeks before months before days: few
/// plan by 31 days.
pub(super) fn laid_out(days: &[Date]) -> Option<Every> {
    match (by_days(days), by_months(days)) {
        (Some(days), _) if days % 7 == 0 => Some(Every::Days(days)),
        (_, Some(months)) => Some(Every::Months(months)),
        (days, None) => days.map(Every::Days),
    }
}

fn by_days(days: &[Date]) -> Option<u32> {
    same(days.windows(2).map(|pair| pair[1].days_since(pair[0])))
}

/// All have one day of the month, or are the last day of a month that is shorter.
fn by_months(days: &[Date]) -> Option<u32> {
    let month = |day: &Date| i32::try_from(12 * day.year() + day.month_of_year()).unwrap_or(0);
    let months = same(days.windows(2).map(|pair| month(&pair[1]) - month(&pair[0])))?;
    let of_month = days.iter().map(|day| day.day_of_month()).max()?;
    let fits = |day: &Date| day.day_of_month() == of_month || (*day + 1).day_of_month() == 1;
    days.iter().all(fits).then_some(months)
}

/// The one number that all are; `None` if there is none, or it is not above 0.
fn same(mut numbers: impl Iterator<Item = i32>) -> Option<u32> {
    let first = numbers.next().filter(|first| *first > 0)?;
    numbers
        .all(|number| number == first)
        .then(|| u32::try_from(first).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(days: &[&str]) -> Option<String> {
        let days: Vec<Date> = days.iter().map(|day| day.parse().unwrap()).collect();
        laid_out(&days).map(|every| every.to_string())
    }

    #[test]
    fn weeks_days_and_months_are_told_apart() {
        assert_eq!(
            every(&["2026-03-02", "2026-03-16", "2026-03-30"]).as_deref(),
            Some("2w")
        );
        assert_eq!(
            every(&["2026-03-02", "2026-03-07", "2026-03-12"]).as_deref(),
            Some("5d")
        );
        assert_eq!(
            every(&["2026-03-02", "2026-04-02", "2026-05-02"]).as_deref(),
            Some("1m")
        );
        // As `assign --start 2026-01-31 --every 1m` lays them out.
        assert_eq!(
            every(&["2026-02-28", "2026-03-31", "2026-04-30"]).as_deref(),
            Some("1m")
        );
        assert_eq!(
            every(&["2026-12-15", "2027-03-15", "2027-06-15"]).as_deref(),
            Some("3m")
        );
        // Four weeks that are a month as well.
        assert_eq!(every(&["2026-02-01", "2026-03-01"]).as_deref(), Some("4w"));
    }

    #[test]
    fn what_follows_in_no_order_is_no_programme() {
        for days in [
            &["2026-03-02"][..],
            &[],
            &["2026-03-02", "2026-03-02"],
            &["2026-03-16", "2026-03-02"],
            &["2026-03-02", "2026-03-16", "2026-03-31"],
            &["2026-03-02", "2026-04-02", "2026-06-02"],
            &["2026-02-27", "2026-03-31", "2026-04-30"],
        ] {
            assert_eq!(every(days), None, "{days:?}");
        }
    }
}
