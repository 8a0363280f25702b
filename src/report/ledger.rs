//! The efficiency ledger: what was measured twice, and what still waits for its second figure. Sums only within one unit,
//! period and grade; nothing is multiplied by a number of cases nobody counted.

use std::collections::BTreeMap;

use crate::base::points::Thousandths;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::model::curriculum::{Curriculum, StepKind};
use crate::model::event::MeasureGrade;
use crate::progress::Progress;

/// One baseline and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLine {
    /// The step it belongs to.
    pub step: Box<str>,
    /// When the first figure was taken.
    pub before_on: Date,
    /// The first figure.
    pub before: Thousandths,
    /// What is measured.
    pub unit: Box<str>,
    /// each, day, week, month, quarter, year.
    pub period: Box<str>,
    /// The second figure, its day and grade; `None` while it is open.
    pub after: Option<(Thousandths, Date, MeasureGrade)>,
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
    /// How it is known.
    pub grade: MeasureGrade,
    /// First and second figures, in order of their days.
    pub pairs: Vec<(Thousandths, Thousandths)>,
    /// Sum of what was gained, in the measure's own sense of better; regressions count as they are.
    pub gained: i64,
}

/// The lines of one person.
pub(super) fn ledger_lines(progress: &Progress<'_>) -> Vec<LedgerLine> {
    progress
        .baselines()
        .filter_map(|record| {
            let measure = record.practised.measure.as_ref()?;
            Some(LedgerLine {
                step: record.step.into(),
                before_on: record.event.day,
                before: measure.before,
                unit: measure.unit.as_ref().into(),
                period: measure.period.as_ref().into(),
                after: record.measured.map(|m| (m.after, m.event.day, m.grade)),
            })
        })
        .collect()
}

impl Ledger {
    /// Puts lines together.
    pub fn new<'a>(
        lines: impl IntoIterator<Item = &'a LedgerLine>,
        curriculum: &Curriculum,
        second_after: u32,
    ) -> Self {
        let mut ledger = Self::default();
        let mut sums: BTreeMap<(Box<str>, Box<str>, MeasureGrade), LedgerSum> = BTreeMap::new();
        for line in lines {
            let Some((after, _, grade)) = line.after else {
                let again = line.before_on + i32::try_from(second_after).unwrap_or(30);
                ledger.open.push((line.clone(), again));
                continue;
            };
            let lower = lower_is_better(curriculum, &line.step);
            let gained = line.before.thousandths() - after.thousandths();
            let sum = sums
                .entry((line.unit.clone(), line.period.clone(), grade))
                .or_insert_with(|| LedgerSum {
                    unit: line.unit.clone(),
                    grade,
                    pairs: Vec::new(),
                    gained: 0,
                });
            sum.pairs.push((line.before, after));
            sum.gained += if lower { gained } else { -gained };
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
            .sort_by_key(|(line, again)| (*again, line.unit.clone()));
        ledger
    }

    /// In a sentence: `19 -> 4 hours to first answer (observed); 1 baseline open until 2 Apr`.
    pub fn sentence(&self, today: Date) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        for sum in &self.saved {
            let shown = match sum.pairs.as_slice() {
                [(before, after)] => format!("{before} -> {after} {}", sum.unit),
                pairs => {
                    let gained = Thousandths::unbounded(sum.gained);
                    t!(
                        "ledger.sum",
                        "{gained} {unit} in {n} measures",
                        gained = gained,
                        unit = sum.unit,
                        n = pairs.len()
                    )
                }
            };
            parts.push(format!("{shown} ({})", sum.grade.shown()));
        }
        let open = self.open.first().map(|(_, again)| {
            let count = self.open.len();
            let last = self.open.last().map_or(*again, |(_, day)| *day);
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
        Some(t!(
            "ledger.saved",
            "Saved: {sums}{open}",
            sums = parts.join(", "),
            open = open
        ))
    }
}

fn lower_is_better(curriculum: &Curriculum, step: &str) -> bool {
    match curriculum.step(step).map(|s| &s.kind) {
        Some(StepKind::Practice(practice)) => practice.measure.as_ref().is_none_or(|m| m.lower_is_better),
        _ => true,
    }
}
