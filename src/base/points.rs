//! Points in tenths, bands, percentages: integers only, so that every platform prints the same number.

use crate::base::texts::t;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

/// Readiness points in tenths: 1,000 are 100.0, the most a capability has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(i64);

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);
    /// All points of a capability: 100.0.
    pub const FULL: Self = Self(1_000);

    /// Points from tenths.
    pub const fn from_tenths(tenths: i64) -> Self {
        Self(tenths)
    }

    /// Points from whole points, as settings name them.
    pub const fn from_whole(points: u32) -> Self {
        Self(points as i64 * 10)
    }

    /// In tenths.
    pub const fn tenths(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Points {
    /// One decimal and a point, as `48.8`, in every language and every file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        f.pad(&format!("{sign}{}.{}", self.0.abs() / 10, self.0.abs() % 10))
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::ZERO, Add::add)
    }
}

/// A measured number in whole thousandths, as a baseline or a claim has it: at most three decimals, at most 10⁹.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Thousandths(i64);

impl Thousandths {
    /// Largest absolute value, in thousandths.
    pub const MOST: i64 = 1_000_000_000_000;

    /// From whole thousandths; `None` beyond 10⁹.
    pub fn new(thousandths: i64) -> Option<Self> {
        (thousandths.abs() <= Self::MOST).then_some(Self(thousandths))
    }

    /// From whole thousandths that something else bounds: a claim's number, or a sum of measured ones.
    pub fn unbounded(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// In thousandths.
    pub fn thousandths(self) -> i64 {
        self.0
    }

    /// Reads a plain decimal: digits, at most one point or comma with one to three digits behind it, a sign in front.
    /// `1,000` and `1.000` are refused: nobody knows which is meant.
    pub fn parse(text: &str) -> Option<Self> {
        let part = text.split_once(['.', ',']).map(|(_, part)| part);
        if part.is_some_and(|p| p.len() == 3) {
            return None;
        }
        Self::parse_exact(&text.replace(',', "."))
    }

    /// Reads a number as files hold it: a point, at most three digits behind it, a sign in front.
    pub fn parse_exact(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 10 || !all_digits(whole) || !all_digits(part) || part.len() > 3 {
            return None;
        }
        if part.is_empty() && digits.len() != whole.len() {
            return None;
        }
        // Digits that are not there count as nought.
        let part = [100, 10, 1].iter().zip(part.bytes());
        let part: i64 = part.map(|(worth, digit)| worth * i64::from(digit - b'0')).sum();
        let value = whole.parse::<i64>().ok()? * 1000 + part;
        Self::new(if negative { -value } else { value })
    }
}

impl fmt::Display for Thousandths {
    /// As short as it is exact: `19`, `2.5`, `0.125`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.abs() / 1000, self.0.abs() % 1000);
        let part = format!("{part:03}");
        match part.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            part => write!(f, "{sign}{whole}.{part}"),
        }
    }
}

/// Where somebody stands in a capability. Words describe the road; none of them says fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Nothing that counts was recorded.
    NotStarted,
    /// Below the building threshold.
    Exploring,
    /// Below the ready threshold, or above it with a gate shut.
    Building,
    /// Enough points and both gates open.
    Ready,
}

impl Band {
    /// All bands, lowest first.
    pub const ALL: [Self; 4] = [Self::NotStarted, Self::Exploring, Self::Building, Self::Ready];

    /// The word on screens.
    pub fn shown(self) -> String {
        match self {
            Self::NotStarted => t!("band.not_started", "not started"),
            Self::Exploring => t!("band.exploring", "exploring"),
            Self::Building => t!("band.building", "building"),
            Self::Ready => t!("band.ready", "ready"),
        }
    }

    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::Exploring => "exploring",
            Self::Building => "building",
            Self::Ready => "ready",
        }
    }

    /// The letter in tables; fading and reached are added there.
    pub fn letter(self) -> char {
        match self {
            Self::NotStarted => '.',
            Self::Exploring => 'E',
            Self::Building => 'B',
            Self::Ready => 'R',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_print_one_decimal() {
        for (tenths, text) in [
            (0, "0.0"),
            (488, "48.8"),
            (1000, "100.0"),
            (-45, "-4.5"),
            (-5, "-0.5"),
            (7, "0.7"),
        ] {
            assert_eq!(Points::from_tenths(tenths).to_string(), text);
        }
        assert_eq!(format!("{:>6}", Points::from_tenths(488)), "  48.8");
        assert_eq!(Points::from_whole(75).tenths(), 750);
    }

    #[test]
    fn measured_numbers_are_exact() {
        for (text, shown) in [
            ("19", "19"),
            ("2.5", "2.5"),
            ("2,5", "2.5"),
            ("-0.12", "-0.12"),
            ("0", "0"),
            ("1000", "1000"),
        ] {
            assert_eq!(Thousandths::parse(text).unwrap().to_string(), shown);
        }
        for bad in [
            "",
            "1,000",
            "1.000",
            "1.",
            ".5",
            "1e3",
            "30m",
            "NaN",
            "1.2.3",
            "99999999999",
            "+1",
            "1 000",
        ] {
            assert_eq!(Thousandths::parse(bad), None, "{bad}");
        }
        assert_eq!(Thousandths::parse_exact("2.125").unwrap().thousandths(), 2125);
        assert!(Thousandths::parse_exact("2,5").is_none());
        assert!(Thousandths::new(Thousandths::MOST + 1).is_none());
    }

    #[test]
    fn bands_have_a_word_a_code_and_a_letter() {
        let all: Vec<_> = Band::ALL
            .iter()
            .map(|b| (b.shown(), b.code(), b.letter()))
            .collect();
        assert_eq!(
            all,
            [
                ("not started".to_owned(), "not-started", '.'),
                ("exploring".to_owned(), "exploring", 'E'),
                ("building".to_owned(), "building", 'B'),
                ("ready".to_owned(), "ready", 'R')
            ]
        );
    }
}
