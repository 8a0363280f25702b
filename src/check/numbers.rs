//! Numbers in a text, to be compared with the claims behind it.

use std::ops::Range;

/// A number in a text, in thousandths, and the same with what follows it taken into account: `25m` is 25 and 25,000,000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Where it stands.
    pub(super) span: Range<usize>,
    /// What it may mean.
    pub(super) values: Vec<i64>,
}

/// Words and letters behind a number that multiply it.
const FACTORS: [(&str, i64); 10] = [
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("hundred", 100),
    ("mn", 1_000_000),
    ("bn", 1_000_000_000),
    ("k", 1_000),
    ("m", 1_000_000),
    ("b", 1_000_000_000),
    ("dozen", 12),
];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The numbers of a text that somebody could doubt: without those that are part of a name (`B2B`, `G20`), the days of
/// dates (`26 March`), ordinals (`2nd`) and the saying 24/7.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text
        .get(at..)
        .and_then(|rest| rest.find(|c: char| c.is_ascii_digit()))
        .map(|n| at + n)
    {
        let end = end_of(text, start);
        at = end;
        if is_doubtful(text, start, end) {
            found.extend(number(text, start..end));
        }
    }
    found
}

/// Digits, with commas before groups of three and one point before decimals.
fn end_of(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |n: usize| bytes.get(n).is_some_and(u8::is_ascii_digit);
    let mut end = start;
    loop {
        while is_digit(end) {
            end += 1;
        }
        let group = bytes.get(end) == Some(&b',') && (1..=3).all(|n| is_digit(end + n)) && !is_digit(end + 4);
        let decimals = bytes.get(end) == Some(&b'.') && is_digit(end + 1) && !text[start..end].contains('.');
        if !group && !decimals {
            return end;
        }
        end += 1;
    }
}

fn is_doubtful(text: &str, start: usize, end: usize) -> bool {
    let (before, behind) = (&text[..start], &text[end..]);
    let is_in_name = before.ends_with(|c: char| c.is_alphabetic() || c == '_')
        || behind.starts_with(|c: char| c.is_uppercase());
    let is_ordinal = ["st", "nd", "rd", "th"].iter().any(|ending| {
        behind
            .strip_prefix(ending)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    let is_saying = before.ends_with("24/") || behind.starts_with("/7");
    !is_in_name && !is_ordinal && !is_saying && !is_day_of_date(text, start, end)
}

/// `26 March`, `March 26`, `26-28 March`; a year is no such day.
fn is_day_of_date(text: &str, start: usize, end: usize) -> bool {
    let is_day = text[start..end]
        .parse::<u32>()
        .is_ok_and(|n| (1..=31).contains(&n));
    let is_month = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        MONTHS
            .iter()
            .any(|month| *month == word || month.get(..3) == Some(word.as_str()))
            || word == "sept"
    };
    let behind = text[end..].trim_start_matches(|c: char| c.is_ascii_digit() || "-– ".contains(c));
    let next = behind.split_whitespace().next().is_some_and(is_month) && !text[end..].starts_with(['.', ',']);
    let before = text[..start].split_whitespace().next_back().is_some_and(is_month);
    is_day && (next || before)
}

fn number(text: &str, span: Range<usize>) -> Option<Number> {
    let digits: String = text[span.clone()].chars().filter(|c| *c != ',').collect();
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let whole: i64 = whole.parse().ok()?;
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    let value = whole.checked_mul(1000)?.checked_add(part.parse().ok()?)?;
    let mut values = vec![value];
    let behind = text[span.end..].trim_start_matches([' ', '\u{a0}']);
    let word: String = behind.chars().take_while(|c| c.is_alphabetic()).collect();
    let factor = FACTORS.iter().find(|(name, _)| *name == word);
    values.extend(factor.and_then(|(_, factor)| value.checked_mul(*factor)));
    Some(Number { span, values })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Vec<i64>> {
        numbers(text).into_iter().map(|n| n.values).collect()
    }

    #[test]
    fn numbers_mean_what_stands_behind_them() {
        assert_eq!(of("reply in 23 minutes in 2014"), [vec![23_000], vec![2_014_000]]);
        assert_eq!(of("EUR 25m a year"), [vec![25_000, 25_000_000_000]]);
        assert_eq!(of("2.5 million users"), [vec![2_500, 2_500_000_000]]);
        assert_eq!(
            of("1,200 of 90,000, then 7."),
            [vec![1_200_000], vec![90_000_000], vec![7_000]]
        );
        assert_eq!(of("70-90 percent, 3%"), [vec![70_000], vec![90_000], vec![3_000]]);
        assert_eq!(of("the 1990s"), [vec![1_990_000]]);
        assert_eq!(of("99999999999999999999"), Vec::<Vec<i64>>::new());
    }

    #[test]
    fn names_dates_and_sayings_are_no_claims() {
        for text in [
            "B2B at G20",
            "3M",
            "on 26 March",
            "on March 26",
            "26-28 March",
            "the 2nd of 20th",
            "24/7",
        ] {
            assert_eq!(of(text), Vec::<Vec<i64>>::new(), "{text}");
        }
        assert_eq!(of("26 Sept. 2010"), [vec![2_010_000]]);
        assert_eq!(of("12 markets"), [vec![12_000]]);
        assert_eq!(of("March 2010"), [vec![2_010_000]]);
    }
}
