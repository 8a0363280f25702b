//! Days without a calendar crate.

use std::fmt;
use std::str::FromStr;

/// A date as days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(u32);

impl Day {
    /// So many days later.
    pub(crate) fn plus(self, days: u32) -> Self {
        Self(self.0 + days)
    }

    /// So many days earlier, not before 1970.
    pub(crate) fn minus(self, days: u32) -> Self {
        Self(self.0.saturating_sub(days))
    }

    /// Days from an earlier one to this one.
    pub(crate) fn since(self, earlier: Self) -> u32 {
        self.0.saturating_sub(earlier.0)
    }

    /// Seconds from 1970 to the start of this day.
    pub(crate) fn seconds(self) -> u64 {
        u64::from(self.0) * 86_400
    }

    /// Year, month, day: Howard Hinnant's `civil_from_days`, for days from 1970 on.
    fn civil(self) -> (u32, u32, u32) {
        let days = self.0 + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        (year + era * 400 + u32::from(month <= 2), month, day)
    }

    fn from_civil(year: u32, month: u32, day: u32) -> Option<Self> {
        let shifted_year = year.checked_sub(u32::from(month <= 2))?;
        let (era, of_era) = (shifted_year / 400, shifted_year % 400);
        let shifted = if month > 2 { month - 3 } else { month + 9 };
        let of_year = (153 * shifted + 2) / 5 + day - 1;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        days.checked_sub(719_468).map(Self)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts: Vec<u32> = text.split('-').filter_map(|part| part.parse().ok()).collect();
        let day = match parts[..] {
            [year @ 1970..=9999, month @ 1..=12, day @ 1..=31] => Self::from_civil(year, month, day),
            _ => None,
        };
        day.filter(|day| day.to_string() == text)
            .ok_or_else(|| format!("{text} is no day like 2026-11-01"))
    }
}
