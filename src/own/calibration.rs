//! How sure somebody was, against how right: for their own eyes (`readiness.md` §12). It moves no number of readiness.

use std::collections::BTreeSet;

use super::entries::counted;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::journal::{Confidence, Entry, Thought};

/// Fewest answers that get a label: a perfectly judged person then gets one by chance in 3.4 % of cases.
const ENOUGH: i64 = 12;

/// Mean difference in percentage points that gets a label.
const MARKED: i64 = 20;

/// How sure against how right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calibration {
    /// Answers with a confidence: the first one for each question and day.
    pub answers: i64,
    /// Mean of stated minus right, in tenths of a percentage point: above zero is surer than right. `None` without answers.
    pub bias: Option<i64>,
    /// Mean squared difference in thousandths: 0 is perfect, 250 a coin. `None` without answers.
    pub brier: Option<i64>,
    /// What is said about it.
    pub judgement: Judgement,
}

/// What is said about a calibration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// No answer has a confidence.
    NoData,
    /// Fewer than twelve.
    TooFew,
    /// By 20 points or more.
    SurerThanRight,
    /// By 20 points or more.
    RighterThanSure,
    /// Neither.
    WellJudged,
}

impl Judgement {
    /// The words on screens.
    pub fn shown(self) -> String {
        match self {
            Self::NoData => t!("calibration.none", "no data"),
            Self::TooFew => t!("calibration.few", "too few answers"),
            Self::SurerThanRight => t!("calibration.surer", "surer than right"),
            Self::RighterThanSure => t!("calibration.righter", "righter than sure"),
            Self::WellJudged => t!("calibration.well", "well judged"),
        }
    }
}

/// The calibration of all answers in one curriculum that count on a day.
pub fn calibration(entries: &[Entry], curriculum: &str, as_of: Date) -> Calibration {
    let mut seen = BTreeSet::new();
    let answers = counted(entries, as_of).filter_map(|entry| match &entry.thought {
        Thought::Answered {
            curriculum: of,
            question,
            correct,
            confidence: Some(confidence),
            ..
        } if of == curriculum => Some((question.as_str(), entry.day, *confidence, *correct)),
        _ => None,
    });
    let first = answers.filter(|(question, day, ..)| seen.insert((*question, *day)));
    of_answers(first.map(|(_, _, confidence, correct)| (confidence, correct)))
}

/// The calibration of answers.
pub fn of_answers(answers: impl IntoIterator<Item = (Confidence, bool)>) -> Calibration {
    let (mut n, mut sum, mut squares) = (0_i64, 0_i64, 0_i64);
    for (confidence, correct) in answers {
        let difference = confidence.percent() - if correct { 100 } else { 0 };
        n += 1;
        sum += difference;
        squares += difference * difference;
    }
    let judgement = match n {
        0 => Judgement::NoData,
        n if n < ENOUGH => Judgement::TooFew,
        n if sum >= MARKED * n => Judgement::SurerThanRight,
        n if sum <= -MARKED * n => Judgement::RighterThanSure,
        _ => Judgement::WellJudged,
    };
    Calibration {
        answers: n,
        bias: (n > 0).then(|| sum.signum() * ((20 * sum.abs() + n) / (2 * n))),
        brier: (n > 0).then(|| (2 * squares + 10 * n) / (20 * n)),
        judgement,
    }
}
