//! Single values of the spanned tree as ours, each with the reason if it is none. The walk uses the reasons, the
//! conversion the values.

use toml::de::{DeInteger, DeValue};

use crate::base::id::{IdError, check_slug};
use crate::base::time::{Date, DateError};

use super::shape::Parts;

/// Largest number of a claim, in thousandths: 10¹², a thousand times the value of any company.
const MOST_THOUSANDTHS: i64 = 1_000_000_000_000_000;

/// Years that a case or claim may tell of.
pub(super) const YEARS: std::ops::RangeInclusive<i64> = 1500..=2200;

/// Why a value is no date.
pub(super) enum DateFault {
    /// The parser has already said so.
    Known,
    /// Neither a date nor text.
    Type,
    /// A time of day stands beside it, or stands alone.
    WithTime,
    /// Text that is no date.
    Text(DateError),
}

/// Why a value is no measured number.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NumberFault {
    /// No number at all.
    Type,
    /// More than three decimals, an exponent, `inf` or `nan`.
    Form,
    /// Too large.
    Range,
}

/// A date, native or quoted.
pub(super) fn date_of(value: &DeValue<'_>) -> Result<Date, DateFault> {
    match value {
        DeValue::String(text) => text.parse().map_err(DateFault::Text),
        DeValue::Datetime(when) => match (when.date, when.time) {
            (Some(date), None) => {
                Date::from_ymd(i32::from(date.year), u32::from(date.month), u32::from(date.day))
                    .ok_or_else(|| DateFault::Text(DateError::NoSuchDay(date.to_string())))
            }
            (None, None) => Err(DateFault::Known),
            _ => Err(DateFault::WithTime),
        },
        _ => Err(DateFault::Type),
    }
}

/// A whole number; `None` also if it is beyond 64 bits.
pub(super) fn whole_of(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// A number with at most three decimals, in thousandths.
pub(super) fn thousandths_of(value: &DeValue<'_>) -> Result<i64, NumberFault> {
    let thousandths = match value {
        DeValue::Integer(number) => {
            let whole = whole_of(number).ok_or(NumberFault::Range)?;
            whole.checked_mul(1000).ok_or(NumberFault::Range)?
        }
        DeValue::Float(number) => decimal(number.as_str())?,
        _ => return Err(NumberFault::Type),
    };
    if thousandths.unsigned_abs() <= MOST_THOUSANDTHS.unsigned_abs() {
        Ok(thousandths)
    } else {
        Err(NumberFault::Range)
    }
}

fn decimal(text: &str) -> Result<i64, NumberFault> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').ok_or(NumberFault::Form)?;
    let part = part.trim_end_matches('0');
    let is_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if part.len() > 3 || !is_digits(whole) || !is_digits(part) {
        return Err(NumberFault::Form);
    }
    let whole: i64 = whole.parse().map_err(|_| NumberFault::Range)?;
    let part: i64 = format!("{part:0<3}").parse().map_err(|_| NumberFault::Form)?;
    let value = whole
        .checked_mul(1000)
        .and_then(|w| w.checked_add(part))
        .ok_or(NumberFault::Range)?;
    Ok(if negative { -value } else { value })
}

/// A year, or the first and last.
pub(super) fn years_of(value: &DeValue<'_>) -> Option<(u32, u32)> {
    let year = |value: &DeValue<'_>| {
        let whole = value
            .as_integer()
            .and_then(whole_of)
            .filter(|y| YEARS.contains(y))?;
        u32::try_from(whole).ok()
    };
    match value {
        DeValue::Array(both) => {
            let (first, last) = match both.as_ref() {
                [one] => (one, one),
                [first, last] => (first, last),
                _ => return None,
            };
            let (first, last) = (year(first.get_ref())?, year(last.get_ref())?);
            (first <= last).then_some((first, last))
        }
        one => year(one).map(|y| (y, y)),
    }
}

/// Checks the parts of a reference.
pub(super) fn check_reference(text: &str, parts: Parts, may_name_curriculum: bool) -> Result<(), IdError> {
    let inner = match text.split_once('/') {
        Some((curriculum, rest)) if may_name_curriculum => {
            check_slug(curriculum)?;
            rest
        }
        _ => text,
    };
    match (inner.split_once('.'), parts) {
        (Some((module, short)), Parts::Two | Parts::OneOrTwo) => {
            check_slug(module)?;
            check_slug(short)
        }
        (None, Parts::Two) => Err(IdError::NotDotted),
        _ => check_slug(inner),
    }
}

/// Control characters, and those that turn the direction of writing.
pub(super) fn is_forbidden(c: char, may_break: bool) -> bool {
    is_turning(c) || (c.is_control() && !(may_break && matches!(c, '\n' | '\r')))
}

/// Whether a character turns the direction of writing.
pub(super) fn is_turning(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        for (text, value) in [
            ("2.5", Ok(2_500)),
            ("1.000", Ok(1_000)),
            ("-0.125", Ok(-125)),
            ("+3.10", Ok(3_100)),
            ("1.2345", Err(NumberFault::Form)),
            ("1e3", Err(NumberFault::Form)),
            ("1.5e3", Err(NumberFault::Form)),
            ("inf", Err(NumberFault::Form)),
            ("nan", Err(NumberFault::Form)),
            ("99999999999999999999.0", Err(NumberFault::Range)),
        ] {
            assert_eq!(decimal(text), value, "{text}");
        }
    }

    #[test]
    fn references_have_their_parts() {
        for (text, parts, other) in [
            ("serve", Parts::One, false),
            ("other/serve", Parts::One, true),
            ("a.b", Parts::OneOrTwo, false),
            ("a", Parts::OneOrTwo, false),
            ("a.b", Parts::Two, false),
        ] {
            assert_eq!(check_reference(text, parts, other), Ok(()), "{text}");
        }
        for (text, parts, other) in [
            ("a.b", Parts::One, false),
            ("other/serve", Parts::One, false),
            ("a/b/c", Parts::One, true),
            ("a.b.c", Parts::OneOrTwo, false),
            ("a", Parts::Two, false),
            ("../a", Parts::One, true),
            ("", Parts::One, true),
        ] {
            assert!(check_reference(text, parts, other).is_err(), "{text}");
        }
    }
}
