//! Days, instants and spans. The clock is an argument: nothing here, nor in any layer above, reads it.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use crate::base::texts::t;
use chrono::{Datelike, NaiveDate, Weekday};
use thiserror::Error;

/// Seconds of a day without leap seconds, as the ladder counts them.
pub const DAY_SECONDS: i64 = 86_400;

/// Years that a date may lie in; a log from outside is a damaged clock, told as such.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9999;

/// A text that is no day, or no instant.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateError {
    /// Not in the form `2026-03-16`.
    #[error("{0:?} is no date; write it as 2026-03-16")]
    Form(String),
    /// In the right form, but the calendar has no such day.
    #[error("{0} is no day of the calendar")]
    NoSuchDay(String),
    /// Not in the form `2026-03-16T09:00:00Z`.
    #[error("{0:?} is no instant; write it as 2026-03-16T09:00:00Z")]
    Instant(String),
    /// Not in the form `2026-03-19 09:30`.
    #[error("{0:?} is no day and time; write it as 2026-03-19 09:30")]
    When(String),
}

/// A day of the calendar, without time and zone: whole days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

impl Date {
    /// A day from year, month (1 to 12) and day of month; `None` if the calendar has no such day.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if !YEARS.contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Self::from_naive)
    }

    /// Days since 1970-01-01; negative before.
    pub fn days_since_epoch(self) -> i32 {
        self.0
    }

    /// The day so many days after 1970-01-01, kept within the years 1900 to 9999.
    pub fn from_days(days: i64) -> Self {
        let (low, high) = (-25_567, 2_932_896);
        Self(i32::try_from(days.clamp(low, high)).unwrap_or(0))
    }

    /// The year, 1900 to 9999.
    pub fn year(self) -> u32 {
        self.naive().year().unsigned_abs()
    }

    /// The month, 1 to 12.
    pub fn month_of_year(self) -> u32 {
        self.naive().month()
    }

    /// The day of the month, 1 to 31.
    pub fn day_of_month(self) -> u32 {
        self.naive().day()
    }

    /// Whole days from `earlier` to this day; negative if that day is later.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// Reads `2026-03-16` from bytes, without building an error text: the fast way for logs.
    pub fn parse_iso(text: &str) -> Option<Self> {
        Self::parse_iso_bytes(text.as_bytes().first_chunk().filter(|_| text.len() == 10)?)
    }

    /// The same for bytes of the right count.
    pub fn parse_iso_bytes(b: &[u8; 10]) -> Option<Self> {
        if b[4] != b'-' || b[7] != b'-' {
            return None;
        }
        // What is no digit is larger than nine; that is asked once for all eight.
        let digit = |at: usize| u32::from(b[at].wrapping_sub(b'0'));
        let largest = [0, 1, 2, 3, 5, 6, 8, 9].map(digit).into_iter().fold(0, u32::max);
        let pair = |at: usize| 10 * digit(at) + digit(at + 1);
        if largest > 9 {
            return None;
        }
        Self::from_digits(100 * pair(0) + pair(2), pair(5), pair(8))
    }

    /// The same as [`Self::from_ymd`] in a few instructions: a log has a day on every line. The count of days since
    /// 0000-03-01 is that of the proleptic Gregorian calendar with years that begin in March.
    fn from_digits(year: u32, month: u32, day: u32) -> Option<Self> {
        const DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let most = DAYS.get(month.wrapping_sub(1) as usize)? + u32::from(leap && month == 2);
        if day == 0 || day > most || !YEARS.contains(&i32::try_from(year).ok()?) {
            return None;
        }
        let (year, month) = if month > 2 {
            (year, month - 3)
        } else {
            (year - 1, month + 9)
        };
        let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
        Some(Self(i32::try_from(days).ok()? - 719_468))
    }

    /// `Mon 16 Mar 2026`.
    pub fn with_weekday(self) -> String {
        t!(
            "date.weekday_long",
            "{weekday} {day} {month} {year}",
            weekday = self.weekday(),
            day = self.naive().day(),
            month = self.month(),
            year = self.naive().year()
        )
    }

    /// `16 Mar 2026`.
    pub fn long(self) -> String {
        t!(
            "date.long",
            "{day} {month} {year}",
            day = self.naive().day(),
            month = self.month(),
            year = self.naive().year()
        )
    }

    /// `16 Mar`, or with the year if it is not the year of `today`.
    pub fn short(self, today: Self) -> String {
        if self.naive().year() == today.naive().year() {
            t!(
                "date.short",
                "{day} {month}",
                day = self.naive().day(),
                month = self.month()
            )
        } else {
            self.long()
        }
    }

    /// `Mon 16 Mar`.
    pub fn weekday_short(self) -> String {
        t!(
            "date.weekday_short",
            "{weekday} {day} {month}",
            weekday = self.weekday(),
            day = self.naive().day(),
            month = self.month()
        )
    }

    /// `Mon 16 Mar`, with the year if it is not the year of `today`.
    pub fn weekday_short_with_year(self, today: Self) -> String {
        if self.naive().year() == today.naive().year() {
            self.weekday_short()
        } else {
            self.with_weekday()
        }
    }

    /// The month in three letters or so.
    fn month(self) -> String {
        let month = usize::try_from(self.naive().month0()).unwrap_or(0);
        month_names().into_iter().nth(month).unwrap_or_default()
    }

    /// The day of the week in three letters or so.
    fn weekday(self) -> String {
        match self.naive().weekday() {
            Weekday::Mon => t!("weekday.mon", "Mon"),
            Weekday::Tue => t!("weekday.tue", "Tue"),
            Weekday::Wed => t!("weekday.wed", "Wed"),
            Weekday::Thu => t!("weekday.thu", "Thu"),
            Weekday::Fri => t!("weekday.fri", "Fri"),
            Weekday::Sat => t!("weekday.sat", "Sat"),
            Weekday::Sun => t!("weekday.sun", "Sun"),
        }
    }

    /// Whether this is a Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.naive().weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// The same day of the month before, or the last day of that month if it is shorter.
    #[must_use]
    pub fn month_before(self) -> Self {
        self.months_before(1)
    }

    /// The same day so many months earlier, or the last day of that month if it is shorter.
    #[must_use]
    pub fn months_before(self, months: u32) -> Self {
        self.naive()
            .checked_sub_months(chrono::Months::new(months))
            .map_or(self, |day| Self::from_days(day.to_epoch_days().into()))
    }

    /// The same day so many months later, or the last day of that month if it is shorter.
    #[must_use]
    pub fn months_behind(self, months: u32) -> Self {
        self.naive()
            .checked_add_months(chrono::Months::new(months))
            .map_or(self, |day| Self::from_days(day.to_epoch_days().into()))
    }

    /// So many days later, as long as there are four digits for the year.
    pub fn checked_days_behind(self, days: i32) -> Option<Self> {
        let sum = i64::from(self.0) + i64::from(days);
        Some(Self::from_days(sum)).filter(|day| i64::from(day.0) == sum)
    }

    /// The same day so many months later as [`Self::months_behind`], as long as there are four digits for the year.
    pub fn checked_months_behind(self, months: u32) -> Option<Self> {
        let later = self.naive().checked_add_months(chrono::Months::new(months))?;
        YEARS.contains(&later.year()).then(|| Self::from_naive(later))
    }

    fn naive(self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.0).unwrap_or_default()
    }

    fn from_naive(date: NaiveDate) -> Self {
        Self(date.to_epoch_days())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Digit by digit: tables of many people are full of days.
        let naive = self.naive();
        let (year, month, day) = (self.year(), naive.month(), naive.day());
        let digits = [
            year / 1000,
            year / 100,
            year / 10,
            year,
            month / 10,
            month,
            day / 10,
            day,
        ];
        let [y1, y2, y3, y4, m1, m2, d1, d2] = digits.map(|n| b"0123456789"[(n % 10) as usize]);
        let text = [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2];
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl FromStr for Date {
    type Err = DateError;
    fn from_str(text: &str) -> Result<Self, DateError> {
        Self::parse_iso(text).ok_or_else(|| {
            let b = text.as_bytes();
            let form = b.len() == 10
                && b.iter().enumerate().all(|(i, c)| {
                    if i == 4 || i == 7 {
                        *c == b'-'
                    } else {
                        c.is_ascii_digit()
                    }
                });
            if form {
                DateError::NoSuchDay(text.to_owned())
            } else {
                DateError::Form(text.to_owned())
            }
        })
    }
}

impl Add<i32> for Date {
    type Output = Self;
    fn add(self, days: i32) -> Self {
        Self::from_days(i64::from(self.0) + i64::from(days))
    }
}

impl Sub<i32> for Date {
    type Output = Self;
    fn sub(self, days: i32) -> Self {
        Self::from_days(i64::from(self.0) - i64::from(days))
    }
}

/// When a talk was planned for, as a log says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planned {
    /// A time with its zone; the day is that of the place.
    At(Instant, Date),
    /// A time without a zone: at that time wherever one is. The instant is that of the clock, as if it were UTC.
    Local(Instant),
    /// A day.
    Day(Date),
}

impl Planned {
    /// Reads `2026-03-19T09:30:00+01:00`, `2026-03-19T09:30`, `2026-03-19 09:30:00` or `2026-03-19`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let day = Date::parse_iso(text.get(..10)?)?;
        if text.len() == 10 {
            return Some(Self::Day(day));
        }
        if let Some(instant) = Instant::parse_with_zone(text) {
            return Some(Self::At(instant, day));
        }
        let (time, seconds) = text.split_at_checked(16)?;
        let When { day, minute } = time.parse().ok()?;
        let seconds = match seconds {
            "" => 0,
            rest => {
                let digits = rest.strip_prefix(':').filter(|digits| digits.len() == 2)?;
                digits.parse::<u32>().ok().filter(|seconds| *seconds < 60)?
            }
        };
        let of_day = i64::from(minute * 60 + seconds);
        Some(Self::Local(Instant(i64::from(day.0) * DAY_SECONDS + of_day)))
    }

    /// The day where it takes place.
    pub fn day(self) -> Date {
        match self {
            Self::At(_, day) | Self::Day(day) => day,
            Self::Local(clock) => clock.utc_day(),
        }
    }
}

/// The months of a year in three letters or so.
pub fn month_names() -> [String; 12] {
    [
        t!("month.1", "Jan"),
        t!("month.2", "Feb"),
        t!("month.3", "Mar"),
        t!("month.4", "Apr"),
        t!("month.5", "May"),
        t!("month.6", "Jun"),
        t!("month.7", "Jul"),
        t!("month.8", "Aug"),
        t!("month.9", "Sep"),
        t!("month.10", "Oct"),
        t!("month.11", "Nov"),
        t!("month.12", "Dec"),
    ]
}

/// An instant in UTC, whole seconds since 1970. Only private entries, the ladder and the planner know one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// The instant so many seconds after 1970-01-01T00:00:00Z.
    pub fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// Reads an instant with its zone, as `2026-03-19T09:30:00+01:00`, or with `Z`; `None` for anything else.
    pub fn parse_with_zone(text: &str) -> Option<Self> {
        if let Ok(instant) = text.parse() {
            return Some(instant);
        }
        let (local, zone) = text.split_at_checked(19)?;
        let local: Self = format!("{local}Z").parse().ok()?;
        let (sign, zone) = match zone.split_at_checked(1)? {
            ("+", zone) => (1, zone),
            ("-", zone) => (-1, zone),
            _ => return None,
        };
        let (hours, minutes) = zone.split_once(':')?;
        let part = |text: &str| text.parse::<i64>().ok().filter(|_| text.len() == 2);
        let ahead = sign * (part(hours)? * 3600 + part(minutes)? * 60);
        Some(Self(local.0 - ahead))
    }

    /// The last that can be written: 9999-12-31T23:59:59Z.
    pub fn last() -> Self {
        Self::end_of(Date::from_days(i64::MAX))
    }

    /// The last second of a day in UTC: what a bare `--today` means.
    pub fn end_of(day: Date) -> Self {
        Self((i64::from(day.0) + 1) * DAY_SECONDS - 1)
    }

    /// The day of this instant in UTC.
    pub fn utc_day(self) -> Date {
        Date::from_days(self.0.div_euclid(DAY_SECONDS))
    }
}

impl fmt::Display for Instant {
    /// Behind the last day there is, the last second of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = (*self).min(Self::last());
        let seconds = shown.0.rem_euclid(DAY_SECONDS);
        let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(f, "{}T{h:02}:{m:02}:{s:02}Z", shown.utc_day())
    }
}

impl FromStr for Instant {
    type Err = DateError;
    /// Reads `2026-03-16T09:00:00Z` and nothing else.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let error = || DateError::Instant(text.to_owned());
        let (day, time) = text
            .strip_suffix('Z')
            .and_then(|t| t.split_once('T'))
            .ok_or_else(error)?;
        let day = Date::parse_iso(day).ok_or_else(error)?;
        let b = time.as_bytes();
        if b.len() != 8 || b[2] != b':' || b[5] != b':' {
            return Err(error());
        }
        let part = |from: usize| -> Option<i64> {
            let (x, y) = (b[from], b[from + 1]);
            (x.is_ascii_digit() && y.is_ascii_digit()).then(|| i64::from(x - b'0') * 10 + i64::from(y - b'0'))
        };
        match (part(0), part(3), part(6)) {
            (Some(h @ 0..=23), Some(m @ 0..=59), Some(s @ 0..=60)) => {
                Ok(Self(i64::from(day.0) * DAY_SECONDS + h * 3600 + m * 60 + s))
            }
            _ => Err(error()),
        }
    }
}

/// What "now" is for one run: the person's local day and the exact instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The local date.
    pub today: Date,
    /// The instant, UTC.
    pub instant: Instant,
}

/// A span in whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Minutes(pub u32);

/// A span in whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Seconds(pub u32);

impl Minutes {
    /// As seconds.
    pub fn seconds(self) -> Seconds {
        Seconds(self.0.saturating_mul(60))
    }
}

impl Seconds {
    /// Rounded up to whole minutes: what a person is told.
    pub fn minutes(self) -> Minutes {
        Minutes(self.0.div_ceil(60))
    }
}

impl Add for Seconds {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::iter::Sum for Seconds {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self(0), Add::add)
    }
}

/// A day and a time of day where a person is: of planned meetings only, never of what was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When {
    /// The day.
    pub day: Date,
    /// Minutes after midnight, below 1,440.
    pub minute: u32,
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:02}:{:02}", self.day, self.minute / 60, self.minute % 60)
    }
}

impl FromStr for When {
    type Err = DateError;
    /// Reads `2026-03-19 09:30`, also with a `T` between.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let error = || DateError::When(text.to_owned());
        let (day, time) = text.trim().split_once([' ', 'T']).ok_or_else(error)?;
        let day: Date = day.parse()?;
        let (hour, minute) = time.trim().split_once(':').ok_or_else(error)?;
        let part = |text: &str, most: u32| {
            let digits = !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
            let value = text.parse::<u32>().ok().filter(|n| digits && *n < most);
            value.ok_or_else(error)
        };
        let (hour, minute) = (part(hour, 24)?, part(minute, 60)?);
        Ok(Self {
            day,
            minute: hour * 60 + minute,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_planned_time_is_read_with_and_without_its_zone() {
        let day = date("2026-03-19");
        let at: Instant = "2026-03-19T08:30:00Z".parse().unwrap();
        assert_eq!(
            Planned::parse("2026-03-19T09:30:00+01:00"),
            Some(Planned::At(at, day))
        );
        for local in ["2026-03-19T08:30", "2026-03-19 08:30", "2026-03-19T08:30:00"] {
            assert_eq!(Planned::parse(local), Some(Planned::Local(at)), "{local}");
        }
        assert_eq!(Planned::parse("2026-03-19"), Some(Planned::Day(day)));
        for late in ["2026-03-19T23:59:59-11:00", "2026-03-19T23:59:59", "2026-03-19"] {
            assert_eq!(Planned::parse(late).unwrap().day(), day, "{late}");
        }
        for bad in [
            "",
            "soon",
            "2026-02-30",
            "2026-03-19T25:00",
            "2026-03-19T08:30:61",
            "2026-03-19T08:30:0é",
            "2026-03-19 at noon",
        ] {
            assert_eq!(Planned::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_day_behind_the_last_year_is_none() {
        let last = date("9999-12-31");
        assert_eq!(last.checked_days_behind(0), Some(last));
        assert_eq!(last.checked_days_behind(1), None);
        assert_eq!(
            date("9999-11-30").checked_months_behind(1),
            Some(date("9999-12-30"))
        );
        assert_eq!(date("9999-11-30").checked_months_behind(2), None);
        assert_eq!(last.checked_months_behind(u32::MAX), None);
    }

    #[test]
    fn days_that_exist_are_read_and_written_the_same() {
        for text in [
            "1970-01-01",
            "2024-02-29",
            "1969-12-31",
            "9999-12-31",
            "1900-01-01",
            "2011-12-30",
        ] {
            assert_eq!(date(text).to_string(), text);
        }
        assert_eq!(date("1970-01-01").days_since_epoch(), 0);
        assert_eq!(date("2026-03-16").days_since(date("2026-02-27")), 17);
    }

    #[test]
    fn the_quick_count_of_days_is_the_calendars() {
        let (mut day, last) = (
            NaiveDate::from_ymd_opt(1900, 1, 1).unwrap(),
            Date::from_days(i64::MAX),
        );
        loop {
            let quick = Date::from_digits(day.year().unsigned_abs(), day.month(), day.day());
            assert_eq!(quick, Some(Date::from_naive(day)), "{day}");
            if quick == Some(last) {
                break;
            }
            day = day.succ_opt().unwrap();
        }
        for (y, m, d) in [
            (2026, 2, 29),
            (2100, 2, 29),
            (2026, 4, 31),
            (2026, 0, 1),
            (2026, 13, 1),
            (2026, 1, 0),
            (1899, 12, 31),
        ] {
            assert_eq!(Date::from_digits(y, m, d), None, "{y}-{m}-{d}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused_with_the_reason() {
        assert_eq!(
            "2026-02-29".parse::<Date>(),
            Err(DateError::NoSuchDay("2026-02-29".into()))
        );
        assert_eq!(
            "2026-04-31".parse::<Date>(),
            Err(DateError::NoSuchDay("2026-04-31".into()))
        );
        for form in [
            "",
            "16.3.2026",
            "2026-3-16",
            "2026/03/16",
            "2026-03-16T00:00:00Z",
            "２026-03-16",
        ] {
            assert_eq!(form.parse::<Date>(), Err(DateError::Form(form.into())), "{form}");
        }
    }

    #[test]
    fn dates_stay_in_range_whatever_is_added() {
        assert_eq!((date("9999-12-31") + 5).to_string(), "9999-12-31");
        assert_eq!((date("1900-01-01") - 5).to_string(), "1900-01-01");
        assert_eq!(date("2026-03-31").month_before().to_string(), "2026-02-28");
    }

    #[test]
    fn dates_read_as_people_write_them() {
        let day = date("2026-03-16");
        assert_eq!(day.with_weekday(), "Mon 16 Mar 2026");
        assert_eq!(day.short(date("2026-12-01")), "16 Mar");
        assert_eq!(day.short(date("2027-01-01")), "16 Mar 2026");
        assert_eq!(day.weekday_short(), "Mon 16 Mar");
    }

    #[test]
    fn instants_are_read_in_one_form() {
        let t: Instant = "2026-03-16T08:04:11Z".parse().unwrap();
        assert_eq!(t.to_string(), "2026-03-16T08:04:11Z");
        assert_eq!(t.utc_day(), date("2026-03-16"));
        assert_eq!(
            Instant::end_of(date("2026-03-16")).to_string(),
            "2026-03-16T23:59:59Z"
        );
        assert_eq!("1969-12-31T23:59:59Z".parse::<Instant>().unwrap().seconds(), -1);
        for bad in [
            "2026-03-16",
            "2026-03-16T08:04:11",
            "2026-03-16T24:00:00Z",
            "2026-03-16T08:04:11+01:00",
            "x",
        ] {
            assert!(bad.parse::<Instant>().is_err(), "{bad}");
        }
    }

    #[test]
    fn seconds_round_up_to_minutes() {
        assert_eq!(Seconds(0).minutes(), Minutes(0));
        assert_eq!(Seconds(225).minutes(), Minutes(4));
        assert_eq!(Seconds(240).minutes(), Minutes(4));
    }

    #[test]
    fn instants_with_a_zone_are_read() {
        let seconds = |text| Instant::parse_with_zone(text).map(|i| i.to_string());
        assert_eq!(
            seconds("2026-03-19T09:30:00+01:00").as_deref(),
            Some("2026-03-19T08:30:00Z")
        );
        assert_eq!(
            seconds("2026-03-19T09:30:00-03:30").as_deref(),
            Some("2026-03-19T13:00:00Z")
        );
        assert_eq!(
            seconds("2026-03-19T09:30:00Z").as_deref(),
            Some("2026-03-19T09:30:00Z")
        );
        for bad in [
            "",
            "2026-03-19",
            "2026-03-19T09:30:00",
            "2026-03-19T09:30:00+1:00",
            "2026-03-19T09:30:00 01:00",
        ] {
            assert_eq!(seconds(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_planned_time_has_a_day_and_minutes() {
        let when: When = "2026-03-19 09:30".parse().unwrap();
        assert_eq!(
            (when.day.to_string(), when.minute),
            ("2026-03-19".to_owned(), 570)
        );
        assert_eq!(
            "2026-03-19T9:05".parse::<When>().unwrap().to_string(),
            "2026-03-19 09:05"
        );
        for bad in [
            "2026-03-19",
            "2026-03-19 24:00",
            "2026-03-19 9.30",
            "2026-02-30 09:30",
            "19.3.2026 09:30",
            "2026-03-19 09:3x",
        ] {
            assert!(bad.parse::<When>().is_err(), "{bad}");
        }
    }
}
