//! The second figure of a baseline, asked on another day.

use super::ask::{Answer, Choice, Kind, Reply};
use super::sitting::{Ended, Picked, SessionError, Sitting};
use crate::base::id::EventId;
use crate::base::points::Thousandths;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::model::event::{Fact, MeasureGrade};

/// A baseline that waits for its second figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenBaseline {
    /// The practice that set it.
    pub practice: EventId,
    /// The step's full id.
    pub step: String,
    /// The step's title.
    pub title: String,
    /// When it was set.
    pub day: Date,
    /// The first figure.
    pub before: Thousandths,
    /// What is measured.
    pub unit: String,
    /// Over how many.
    pub n: Option<u64>,
}

/// Asks the second figure; one minute.
pub fn second_measure(sitting: &mut Sitting<'_>, baseline: &OpenBaseline) -> Result<Ended, SessionError> {
    let today = sitting.sink.now().today;
    sitting.blank()?;
    sitting.prose(
        &t!(
            "measure.head",
            "One number, 1 minute: {title}, {day}",
            title = baseline.title,
            day = baseline.day.short(today)
        ),
        0,
    )?;
    sitting.prose(
        &match baseline.n {
            Some(n) => t!(
                "measure.noted_over",
                "You noted {before} {unit}, over {n}.",
                before = baseline.before,
                unit = baseline.unit,
                n = n
            ),
            None => t!(
                "measure.noted",
                "You noted {before} {unit}.",
                before = baseline.before,
                unit = baseline.unit
            ),
        },
        0,
    )?;
    let mut now = sitting.question(
        format!("{}.after", baseline.step),
        &t!("measure.now", "And now?"),
        Kind::Number,
        &format!(
            "upwards learn --step {} --after N --grade claimed|observed",
            baseline.step
        ),
    );
    now.seen_by = Some(sitting.shared_with());
    now.can_skip = true;
    let after = match sitting.ask.ask(&now)? {
        Reply::Answer(Answer::Number(after)) => after,
        Reply::Stop => return Ok(Ended::Stopped),
        _ => return Ok(Ended::Skipped),
    };
    let mut over = sitting.question(
        format!("{}.n", baseline.step),
        &over_text(),
        Kind::Whole(1, 1_000_000_000),
        "--n N",
    );
    over.can_skip = true;
    let n = match sitting.ask.ask(&over)? {
        Reply::Answer(Answer::Whole(n)) => Some(n),
        Reply::Stop => return Ok(sitting.unfinished()?),
        _ => None,
    };
    let how = sitting.question(
        format!("{}.grade", baseline.step),
        &t!("measure.how", "How do you know?"),
        Kind::One(vec![
            Choice::new("claimed", t!("measure.claimed", "my estimate")),
            Choice::new("observed", t!("measure.observed", "read off a list or system")),
        ]),
        "--grade claimed|observed",
    );
    let grade = match sitting.one(&how)? {
        Picked::At(1) => MeasureGrade::Observed,
        Picked::Stop => return Ok(sitting.unfinished()?),
        _ => MeasureGrade::Claimed,
    };
    sitting.prose(
        &t!(
            "measure.understood",
            "Understood: {before} -> {after} {unit}, {grade}.",
            before = baseline.before,
            after = after,
            unit = baseline.unit,
            grade = grade.shown()
        ),
        0,
    )?;
    sitting.sink.shared(Fact::Measured {
        reference: baseline.practice,
        after,
        n,
        grade,
    })?;
    sitting.ask.say(&t!("saved", "Saved."))?;
    Ok(Ended::Done)
}

/// Over how many cases a figure was counted.
pub(super) fn over_text() -> String {
    t!("measure.over", "Counted over how many?")
}
