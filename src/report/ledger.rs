//! The efficiency ledger: what was measured twice, and what still waits for its second figure. Sums only within one unit,
//! period and grade; nothing is multiplied by a number of cases nobody counted.

use std::collections::BTreeMap;

use super::sections::median;
use crate::base::points::Thousandths;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::model::curriculum::{Curriculum, StepKind};
use crate::model::event::MeasureGrade;
use crate::model::settings::Ledger as Rate;
use crate::progress::{PracticeRecord, Progress};

/// One baseline and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLine {
    /// The step it belongs to.
    pub step: Box<str>,
    /// The first capability of the practice that the curriculum knows, by its place there.
    pub capability: Option<usize>,
    /// When the first figure was taken.
    pub before_on: Date,
    /// The first figure.
    pub before: Thousandths,
    /// What is measured.
    pub unit: Box<str>,
    /// each, day, week, month, quarter, year.
    pub period: Box<str>,
    /// How many cases the first figure rests on, where that was said.
    pub n: Option<u64>,
    /// Whether less is better.
    pub lower_is_better: bool,
    /// The second figure; `None` while it is open.
    pub after: Option<SecondFigure>,
}

/// What a baseline became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondFigure {
    /// The figure.
    pub value: Thousandths,
    /// How it is known.
    pub grade: MeasureGrade,
    /// How many cases it rests on, where that was said.
    pub n: Option<u64>,
    /// When it was taken.
    pub on: Date,
}

/// All lines of a group of people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Measured twice: one line for each unit, period and grade.
    pub saved: Vec<LedgerSum>,
    /// Baselines that wait, with the day of their second figure.
    pub open: Vec<(LedgerLine, Date)>,
}

/// Lines of one unit, period and grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerSum {
    /// What is measured.
    pub unit: Box<str>,
    /// each, day, week, month, quarter, year.
    pub period: Box<str>,
    /// How it is known.
    pub grade: MeasureGrade,
    /// First and second figures, in order of their days.
    pub pairs: Vec<Pair>,
    /// Sum of what was gained in thousandths, in the measure's own sense of better; regressions count as they are.
    pub gained: i64,
}

/// Two figures of one measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The first figure, and how many cases it rests on.
    pub before: (Thousandths, Option<u64>),
    /// The second.
    pub after: (Thousandths, Option<u64>),
    /// Whether it got worse.
    pub is_worse: bool,
}

/// The lines of one person in a curriculum: of each step the newest measure that has its second figure, and a newer one
/// that waits for it. What nobody but somebody else said is not the person's figure, and counts once they confirm it.
pub fn ledger_lines(progress: &Progress<'_>, curriculum: &Curriculum) -> Vec<LedgerLine> {
    let mut newest: BTreeMap<(&str, bool), &PracticeRecord<'_>> = BTreeMap::new();
    for record in progress.baselines().filter(|record| record.is_own_word()) {
        newest.insert((record.step, record.measured.is_some()), record);
        if record.measured.is_some() {
            newest.remove(&(record.step, false));
        }
    }
    let mut lines: Vec<(Date, LedgerLine)> = newest
        .into_values()
        .filter_map(|record| {
            let measure = record.practised.measure.as_ref()?;
            let line = LedgerLine {
                step: record.step.into(),
                capability: first_capability(record, curriculum),
                before_on: record.event.day,
                before: measure.before,
                unit: measure.unit.as_ref().into(),
                period: measure.period.as_ref().into(),
                n: measure.n,
                lower_is_better: lower_is_better(curriculum, record.step),
                after: record.measured.map(|m| SecondFigure {
                    value: m.after,
                    grade: m.grade,
                    n: m.n,
                    on: m.event.day,
                }),
            };
            Some((record.event.day, line))
        })
        .collect();
    lines.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.step.cmp(&other.step)));
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The first capability of a practice that the curriculum knows, in its order.
pub(super) fn first_capability(record: &PracticeRecord<'_>, curriculum: &Curriculum) -> Option<usize> {
    let named = record.practised.capabilities.iter();
    let places = named.filter_map(|id| {
        let mut known = curriculum.capabilities.iter();
        known.position(|c| c.id.as_str() == &**id)
    });
    places.min()
}

impl Ledger {
    /// Puts lines together.
    pub fn new<'a>(lines: impl IntoIterator<Item = &'a LedgerLine>, second_after: u32) -> Self {
        let mut ledger = Self::default();
        let mut sums: BTreeMap<(&str, &str, MeasureGrade), LedgerSum> = BTreeMap::new();
        for line in lines {
            let Some(after) = line.after else {
                let again = line.before_on + i32::try_from(second_after).unwrap_or(30);
                ledger.open.push((line.clone(), again));
                continue;
            };
            let less = line.before.thousandths() - after.value.thousandths();
            let gained = if line.lower_is_better { less } else { -less };
            let sum = sums
                .entry((&line.unit, &line.period, after.grade))
                .or_insert_with(|| LedgerSum {
                    unit: line.unit.clone(),
                    period: line.period.clone(),
                    grade: after.grade,
                    pairs: Vec::new(),
                    gained: 0,
                });
            sum.pairs.push(Pair {
                before: (line.before, line.n),
                after: (after.value, after.n),
                is_worse: gained < 0,
            });
            sum.gained += gained;
        }
        ledger.saved = sums.into_values().collect();
        // What is known best comes first.
        ledger.saved.sort_by_key(|sum| match sum.grade {
            MeasureGrade::Verified => 0,
            MeasureGrade::Observed => 1,
            MeasureGrade::Claimed => 2,
        });
        ledger
            .open
            .sort_by(|(one, day), (other, other_day)| (day, &one.unit).cmp(&(other_day, &other.unit)));
        ledger
    }

    /// In a sentence: `19 -> 4 hours to first answer (observed, n 12 and 15); 1 baseline open until 2 Apr`. Hours of work
    /// become money only where the workspace says what one is worth.
    pub fn sentence(&self, rate: Option<&Rate>, today: Date) -> Option<String> {
        let parts: Vec<String> = self.saved.iter().map(|sum| sum.shown(rate)).collect();
        let open = self.open.first().map(|(_, again)| {
            let count = self.open.len();
            let last = self.open.last().map_or(*again, |(_, day)| *day);
            if *again < today {
                return t_n!(
                    "ledger.overdue",
                    count,
                    "{n} baseline waits for its second figure since {day}",
                    "{n} baselines wait for their second figure, the oldest since {day}",
                    day = again.short(today)
                );
            }
            t_n!(
                "ledger.open",
                count,
                "{n} baseline open until {day}",
                "{n} baselines open until {day}",
                day = last.short(today)
            )
        });
        if parts.is_empty() {
            return open.map(|open| {
                t!(
                    "ledger.nothing",
                    "Saved: nothing measured twice yet; {open}",
                    open = open
                )
            });
        }
        let open = open.map(|open| format!("; {open}")).unwrap_or_default();
        if self.saved.iter().all(|sum| sum.gained < 0) {
            return Some(t!(
                "ledger.lost",
                "Measured twice, nothing saved: {sums}{open}",
                sums = parts.join(", "),
                open = open
            ));
        }
        Some(t!(
            "ledger.saved",
            "Saved: {sums}{open}",
            sums = parts.join(", "),
            open = open
        ))
    }
}

impl LedgerSum {
    /// What all of them gained together; `None` where each is about one case, which is no sum.
    pub fn total(&self) -> Option<Thousandths> {
        (self.period.as_ref() != "each").then(|| Thousandths::unbounded(self.gained))
    }

    /// `19 -> 4 hours to first answer (observed, n 12 and 15)`.
    fn shown(&self, rate: Option<&Rate>) -> String {
        let worse = self.pairs.iter().filter(|pair| pair.is_worse).count();
        let (figures, counted) = match self.pairs.as_slice() {
            [pair] => {
                let figures = format!("{} -> {} {}", pair.before.0, pair.after.0, self.unit);
                let figures = if pair.is_worse {
                    t!("ledger.worse", "worse: {figures}", figures = figures)
                } else {
                    figures
                };
                (figures, cases(pair.before.1, pair.after.1))
            }
            pairs => {
                // What each case takes is no sum: six customers who wait less have not saved six times the hours.
                let figures = if self.period.as_ref() == "each" {
                    t!(
                        "ledger.median",
                        "median {before} -> {after} {unit} in {n} measures",
                        before = middle(pairs.iter().map(|pair| pair.before.0)),
                        after = middle(pairs.iter().map(|pair| pair.after.0)),
                        unit = self.unit,
                        n = pairs.len()
                    )
                } else {
                    t!(
                        "ledger.sum",
                        "{gained} {unit} in {n} measures",
                        gained = Thousandths::unbounded(self.gained),
                        unit = self.unit,
                        n = pairs.len()
                    )
                };
                let worse = match worse {
                    0 => t!("ledger.none_worse", "none worse"),
                    n => t!("ledger.some_worse", "{n} of them worse", n = n),
                };
                let all = |n: fn(&Pair) -> Option<u64>| pairs.iter().map(n).sum::<Option<u64>>();
                let counted = cases(all(|pair| pair.before.1), all(|pair| pair.after.1));
                (figures, format!("{counted}; {worse}"))
            }
        };
        let money = rate.and_then(|rate| self.money(rate)).unwrap_or_default();
        format!("{figures} ({}, {counted}{money})", self.grade.shown())
    }

    /// What hours of work are worth at the workspace's own rate, in the period they were counted for: waiting is no work,
    /// and nothing is drawn out over a year.
    fn money(&self, rate: &Rate) -> Option<String> {
        let is_work = self.period.as_ref() != "each" && self.unit.starts_with("hours");
        // The gain is in thousandths of an hour.
        let worth = self.gained.saturating_mul(i64::from(rate.hour)) / 1_000;
        (is_work && worth != 0).then(|| {
            let money = t!(
                "ledger.money",
                "{worth} {currency} a {period} at {hour} an hour",
                worth = worth,
                currency = rate.currency,
                period = period_word(&self.period),
                hour = rate.hour
            );
            format!("; {money}")
        })
    }
}

fn period_word(period: &str) -> String {
    match period {
        "day" => t!("period.day", "day"),
        "week" => t!("period.week", "week"),
        "month" => t!("period.month", "month"),
        "quarter" => t!("period.quarter", "quarter"),
        _ => t!("period.year", "year"),
    }
}

/// The middle one of some figures; 0 of none.
fn middle(figures: impl Iterator<Item = Thousandths>) -> Thousandths {
    let middle = median(figures.map(Thousandths::thousandths));
    Thousandths::unbounded(middle.unwrap_or(0))
}

/// On how many cases first and second figures rest.
fn cases(before: Option<u64>, after: Option<u64>) -> String {
    let said = |n: Option<u64>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
    match (before, after) {
        (None, None) => t!("ledger.n_unknown", "n not said"),
        (before, after) => t!(
            "ledger.n",
            "n {before} and {after}",
            before = said(before),
            after = said(after)
        ),
    }
}

/// Whether less is better in the measure of a step.
pub(super) fn lower_is_better(curriculum: &Curriculum, step: &str) -> bool {
    match curriculum.step(step).map(|s| &s.kind) {
        Some(StepKind::Practice(practice)) => practice.measure.as_ref().is_none_or(|m| m.lower_is_better),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(period: &str, unit: &str, figures: &[(i64, i64)]) -> LedgerSum {
        let pair = |(before, after): &(i64, i64)| Pair {
            before: (Thousandths::unbounded(*before), Some(12)),
            after: (Thousandths::unbounded(*after), None),
            is_worse: after > before,
        };
        LedgerSum {
            unit: unit.into(),
            period: period.into(),
            grade: MeasureGrade::Claimed,
            pairs: figures.iter().map(pair).collect(),
            gained: figures.iter().map(|(before, after)| before - after).sum(),
        }
    }

    #[test]
    fn what_got_worse_is_said_and_counted() {
        let one = sum("each", "hours to first answer", &[(4_000, 19_000)]);
        assert_eq!(
            one.shown(None),
            "worse: 4 -> 19 hours to first answer (claimed, n 12 and ?)"
        );
        let several = sum(
            "week",
            "hours a week on approvals",
            &[(6_000, 3_500), (2_000, 3_000)],
        );
        assert_eq!(
            several.shown(None),
            "1.5 hours a week on approvals in 2 measures (claimed, n 24 and ?; 1 of them worse)"
        );
    }

    #[test]
    fn what_each_case_takes_is_never_added_up() {
        let waits = sum(
            "each",
            "hours to first answer",
            &[(19_000, 4_000), (30_000, 5_000), (20_000, 25_000)],
        );
        assert_eq!(
            waits.shown(None),
            "median 20 -> 5 hours to first answer in 3 measures (claimed, n 36 and ?; 1 of them worse)"
        );
        let two = sum("each", "hours", &[(19_000, 4_000), (20_000, 4_500)]);
        assert!(two.shown(None).starts_with("median 19.5 -> 4.25 hours"));
    }

    #[test]
    fn units_periods_and_grades_are_never_mixed() {
        let line = |unit: &str, period: &str, grade, before: i64| LedgerLine {
            capability: None,
            step: unit.into(),
            before_on: "2026-01-01".parse().unwrap(),
            before: Thousandths::unbounded(before),
            unit: unit.into(),
            period: period.into(),
            n: None,
            lower_is_better: true,
            after: Some(SecondFigure {
                value: Thousandths::unbounded(1_000),
                grade,
                n: None,
                on: "2026-02-01".parse().unwrap(),
            }),
        };
        let lines = [
            line("hours", "week", MeasureGrade::Claimed, 5_000),
            line("hours", "month", MeasureGrade::Claimed, 5_000),
            line("hours", "week", MeasureGrade::Observed, 5_000),
            line("days", "week", MeasureGrade::Claimed, 5_000),
            line("hours", "week", MeasureGrade::Claimed, 3_000),
        ];
        let ledger = Ledger::new(&lines, 30);
        let gained: Vec<i64> = ledger.saved.iter().map(|sum| sum.gained).collect();
        assert_eq!(gained, [4_000, 4_000, 4_000, 6_000]);
        assert_eq!(
            ledger.saved[0].grade,
            MeasureGrade::Observed,
            "what is known best comes first"
        );
    }

    #[test]
    fn only_hours_of_work_become_money_and_only_at_a_rate_that_was_given() {
        let rate = Rate {
            hour: 80,
            currency: "EUR".to_owned(),
        };
        let work = sum("week", "hours a week on approvals", &[(6_000, 3_500)]);
        assert_eq!(
            work.shown(Some(&rate)),
            "6 -> 3.5 hours a week on approvals (claimed, n 12 and ?; 200 EUR a week at 80 an hour)"
        );
        assert!(!work.shown(None).contains("EUR"));
        let waiting = sum("each", "hours to first answer", &[(19_000, 4_000)]);
        assert!(!waiting.shown(Some(&rate)).contains("EUR"));
        let other = sum("month", "unused paid licences", &[(19_000, 4_000)]);
        assert!(!other.shown(Some(&rate)).contains("EUR"));
        let nothing = sum("week", "hours a week on approvals", &[(3_500, 3_500)]);
        assert!(!nothing.shown(Some(&rate)).contains("EUR"));
    }
}
