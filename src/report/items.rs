//! Question statistics for authors (`readiness.md` §11): how many were right and how sure that is, and whether a question
//! tells those who know the rest from those who do not. Whole numbers only; figures are thousandths.
//!
//! Never used to judge people: the tries are of pseudonyms.

#![deny(clippy::float_arithmetic)]

use std::collections::BTreeMap;

/// Fewest tries from which figures are shown.
pub(super) const FEWEST_TRIES: u64 = 5;

/// Fewest people from which a discrimination is more than a hint.
const FEWEST_FOR_LABEL: u64 = 20;

/// First tries by person and question: whether each was right.
pub type Tries<'a> = BTreeMap<&'a str, BTreeMap<&'a str, bool>>;

/// What is known of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemStatistics {
    /// First tries.
    pub n: u64,
    /// Right ones.
    pub right: u64,
    /// Share of right ones, in thousandths.
    pub share: u64,
    /// Low end of its Wilson interval of 95 %, in thousandths.
    pub low: u64,
    /// High end.
    pub high: u64,
    /// People whose other tries it is compared with.
    pub compared: u64,
    /// Item-rest correlation in thousandths, -1000 to 1000; `None` where it is not defined.
    pub discrimination: Option<i64>,
    /// What stands out.
    pub flags: Vec<Flag>,
}

/// What stands out in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// Nearly everybody is right.
    TooEasy,
    /// Fewer than half are right.
    HardOrUnclear,
    /// No more are right than would be by chance.
    Guessing,
    /// Who is right elsewhere is wrong here.
    CheckKey,
    /// Nobody chose this option, from 1.
    NeverChosen(usize),
}

impl Flag {
    /// Its words.
    pub fn words(self) -> String {
        match self {
            Self::TooEasy => "too easy to tell anything".to_owned(),
            Self::HardOrUnclear => "hard or unclear".to_owned(),
            Self::Guessing => "no better than guessing".to_owned(),
            Self::CheckKey => "check the key".to_owned(),
            Self::NeverChosen(option) => format!("option {option} never chosen"),
        }
    }
}

impl ItemStatistics {
    /// What the discrimination is called, from enough people on.
    pub fn label(&self) -> Option<&'static str> {
        let r = self
            .discrimination
            .filter(|_| self.compared >= FEWEST_FOR_LABEL)?;
        Some(match r {
            500.. => "very good",
            300..=499 => "adequate",
            200..=299 => "weak",
            0..=199 => "very weak",
            _ => "probably invalid",
        })
    }
}

/// Statistics of every question that was tried. `options` is how many options a question has, `chosen` how often each
/// option was, where that is known.
pub fn item_statistics<'a>(
    tries: &Tries<'a>,
    options: &BTreeMap<&str, usize>,
    chosen: &BTreeMap<&str, BTreeMap<usize, u64>>,
) -> BTreeMap<&'a str, ItemStatistics> {
    let mut by_question: BTreeMap<&str, Vec<Tried<'_, 'a>>> = BTreeMap::new();
    for person in tries.values() {
        for (question, ok) in person {
            by_question.entry(question).or_default().push((person, *ok));
        }
    }
    let one = |(question, tried): (&'a str, Vec<Tried<'_, 'a>>)| {
        let n = tried.len() as u64;
        let right = tried.iter().filter(|(_, ok)| *ok).count() as u64;
        let (low, high) = wilson(right, n);
        let pairs: Vec<(i128, bool)> = tried
            .iter()
            .filter(|(person, _)| person.len() >= LEAST_QUESTIONS)
            .map(|(person, ok)| (rest(person, *ok), *ok))
            .collect();
        let mut statistics = ItemStatistics {
            n,
            right,
            share: (2000 * right + n) / (2 * n.max(1)),
            low,
            high,
            compared: pairs.len() as u64,
            discrimination: correlation(&pairs),
            flags: Vec::new(),
        };
        statistics.flags = flags(&statistics, options.get(question).copied(), chosen.get(question));
        (question, statistics)
    };
    by_question.into_iter().map(one).collect()
}

/// Everything a person tried, and whether the question looked at was right.
type Tried<'t, 'a> = (&'t BTreeMap<&'a str, bool>, bool);

/// Fewest questions somebody answered whose tries are compared.
const LEAST_QUESTIONS: usize = 3;

/// Fewest people between whom a correlation is looked for.
const LEAST_PEOPLE: usize = 3;

/// The share of right ones among a person's other tries, in millionths.
fn rest(person: &BTreeMap<&str, bool>, ok: bool) -> i128 {
    let right = person.values().filter(|ok| **ok).count() - usize::from(ok);
    let others = person.len().saturating_sub(1).max(1);
    right as i128 * 1_000_000 / others as i128
}

/// Wilson's interval of 95 % (z = 49/25) for k right of n, in thousandths.
fn wilson(k: u64, n: u64) -> (u64, u64) {
    let (k, n) = (u128::from(k), u128::from(n.max(1)));
    let spread = ((2500 * k * (n - k.min(n)) + 2401 * n) * 1_000_000_000_000 / n).isqrt();
    let middle = (1250 * k + 2401) * 1_000_000;
    let whole = 2 * (625 * n + 2401) * 1_000_000;
    let end = |at: u128| u64::try_from((2000 * at + whole) / (2 * whole)).unwrap_or(1000);
    (end(middle.saturating_sub(49 * spread)), end(middle + 49 * spread))
}

/// Pearson's correlation in thousandths; `None` with too few people, or where one side never varies.
fn correlation(pairs: &[(i128, bool)]) -> Option<i64> {
    if pairs.len() < LEAST_PEOPLE {
        return None;
    }
    let n = pairs.len() as i128;
    let y = |ok: bool| i128::from(ok);
    let (sx, sy) = pairs
        .iter()
        .fold((0, 0), |(sx, sy), (x, ok)| (sx + x, sy + y(*ok)));
    let sxx = n * pairs.iter().map(|(x, _)| x * x).sum::<i128>() - sx * sx;
    let syy = n * pairs.iter().map(|(_, ok)| y(*ok)).sum::<i128>() - sy * sy;
    let sxy = n * pairs.iter().map(|(x, ok)| x * y(*ok)).sum::<i128>() - sx * sy;
    if sxx == 0 || syy == 0 {
        return None;
    }
    let root = sxx.checked_mul(syy)?.isqrt();
    let r = (2000 * sxy.abs() + root) / (2 * root);
    let r = i64::try_from(r).unwrap_or(1000).min(1000);
    Some(if sxy < 0 { -r } else { r })
}

fn flags(item: &ItemStatistics, options: Option<usize>, chosen: Option<&BTreeMap<usize, u64>>) -> Vec<Flag> {
    let mut flags = Vec::new();
    if item.n >= FEWEST_TRIES && item.low > 900 {
        flags.push(Flag::TooEasy);
    }
    if item.n >= FEWEST_TRIES && item.high < 500 {
        flags.push(Flag::HardOrUnclear);
    }
    if let Some(options) = options
        && item.n >= 10
        && item.right * options as u64 <= item.n
    {
        flags.push(Flag::Guessing);
    }
    if item.compared >= 10 && item.discrimination.is_some_and(|r| r < 0) {
        flags.push(Flag::CheckKey);
    }
    if let (Some(options), Some(chosen), 20..) = (options, chosen, item.n) {
        let never = (1..=options).filter(|option| chosen.get(option).is_none_or(|n| *n == 0));
        flags.extend(never.map(Flag::NeverChosen));
    }
    flags
}

#[cfg(test)]
#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "the other way to the same figures, all of them small"
)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The worked example of the model's page: eight people, four questions.
    #[test]
    fn the_worked_example_comes_out() {
        const PEOPLE: [&str; 8] = ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"];
        const QUESTIONS: [&str; 4] = ["i1", "i2", "i3", "i4"];
        let rows = ["1110", "1100", "1001", "1110", "1001", "0001", "1111", "1110"];
        let tries: Tries<'_> = PEOPLE
            .into_iter()
            .zip(rows)
            .map(|(person, row)| {
                let answers = row.chars().map(|c| c == '1');
                (person, QUESTIONS.into_iter().zip(answers).collect())
            })
            .collect();
        let found = item_statistics(&tries, &BTreeMap::new(), &BTreeMap::new());
        let short: Vec<_> = found
            .values()
            .map(|i| (i.share, i.low, i.high, i.discrimination))
            .collect();
        assert_eq!(
            short,
            [
                (875, 529, 978, Some(339)),
                (625, 306, 863, Some(269)),
                (500, 215, 785, Some(500)),
                (500, 215, 785, Some(-671)),
            ]
        );
        assert!(found.values().all(|i| i.label().is_none() && i.flags.is_empty()));
    }

    fn by_floats(k: u64, n: u64) -> (f64, f64) {
        let (k, n, z) = (k as f64, n as f64, 1.96_f64);
        let (p, zz) = (k / n, z * z);
        let middle = (p + zz / (2.0 * n)) / (1.0 + zz / n);
        let half = z * (p * (1.0 - p) / n + zz / (4.0 * n * n)).sqrt() / (1.0 + zz / n);
        (1000.0 * (middle - half), 1000.0 * (middle + half))
    }

    fn correlation_by_floats(pairs: &[(f64, f64)]) -> Option<f64> {
        let n = pairs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
        let (mx, my) = (mean(|p| p.0), mean(|p| p.1));
        let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
        for (x, y) in pairs {
            xx += (x - mx) * (x - mx);
            yy += (y - my) * (y - my);
            xy += (x - mx) * (y - my);
        }
        (xx > 1e-9 && yy > 1e-9).then(|| 1000.0 * xy / (xx * yy).sqrt())
    }

    proptest! {
        #[test]
        fn intervals_are_those_of_floating_point((n, k) in (1_u64..5_000).prop_flat_map(|n| (Just(n), 0..=n))) {
            let (low, high) = wilson(k, n);
            let (wanted_low, wanted_high) = by_floats(k, n);
            prop_assert!((low as f64 - wanted_low).abs() <= 0.51, "{low} {wanted_low}");
            prop_assert!((high as f64 - wanted_high).abs() <= 0.51, "{high} {wanted_high}");
            let p = (2000 * k + n) / (2 * n);
            prop_assert!(low <= p && p <= high && high <= 1000);
        }

        #[test]
        fn discrimination_is_that_of_floating_point(
            rows in prop::collection::vec(prop::collection::vec(any::<Option<bool>>(), 5), 0..40),
        ) {
            let names: Vec<String> = (0..rows.len()).map(|n| format!("p{n}")).collect();
            let questions = ["a", "b", "c", "d", "e"];
            let tries: Tries<'_> = names
                .iter()
                .zip(&rows)
                .map(|(name, row)| {
                    let tried = questions.iter().zip(row).filter_map(|(q, ok)| Some((*q, (*ok)?)));
                    (name.as_str(), tried.collect())
                })
                .collect();
            let found = item_statistics(&tries, &BTreeMap::new(), &BTreeMap::new());
            for (question, item) in &found {
                let pairs: Vec<(f64, f64)> = tries
                    .values()
                    .filter(|row| row.len() >= 3)
                    .filter_map(|row| {
                        let own = *row.get(question)?;
                        let right = row.values().filter(|ok| **ok).count() - usize::from(own);
                        Some((right as f64 / (row.len() - 1) as f64, f64::from(u8::from(own))))
                    })
                    .collect();
                prop_assert_eq!(item.compared, pairs.len() as u64);
                let wanted = correlation_by_floats(&pairs).filter(|_| pairs.len() >= 3);
                match (item.discrimination, wanted) {
                    (Some(r), Some(wanted)) => {
                        prop_assert!((r as f64 - wanted).abs() <= 1.0, "{r} {wanted}");
                        prop_assert!((-1000..=1000).contains(&r));
                    }
                    (None, None) => {}
                    // Shares in millionths differ a little where they are thirds of each other.
                    (Some(_), None) | (None, Some(_)) => prop_assert!(false, "{item:?} {wanted:?}"),
                }
            }
        }
    }
}
