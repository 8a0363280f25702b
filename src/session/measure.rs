//! The second figure of a baseline, asked on another day.

use super::ask::{Answer, Kind, Reply};
use super::sitting::{Ended, Picked, SessionError, Sitting};
use crate::base::id::EventId;
use crate::base::points::Thousandths;
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
        &format!(
            "One number, 1 minute: {}, {}",
            baseline.title,
            baseline.day.short(today)
        ),
        0,
    )?;
    let over = baseline.n.map(|n| format!(", over {n}")).unwrap_or_default();
    sitting.prose(
        &format!("You noted {} {}{over}.", baseline.before, baseline.unit),
        0,
    )?;
    let mut now = sitting.question(
        format!("{}.after", baseline.step),
        "And now?",
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
        "Counted over how many?",
        Kind::Whole(1, 1_000_000_000),
        "--n N",
    );
    over.can_skip = true;
    let n = match sitting.ask.ask(&over)? {
        Reply::Answer(Answer::Whole(n)) => Some(n),
        Reply::Stop => return Ok(Ended::Stopped),
        _ => None,
    };
    let how = sitting.question(
        format!("{}.grade", baseline.step),
        "How do you know?",
        Kind::One(vec![
            super::ask::Choice::new("claimed", "my estimate"),
            super::ask::Choice::new("observed", "read off a list or system"),
        ]),
        "--grade claimed|observed",
    );
    let grade = match sitting.one(&how)? {
        Picked::At(1) => MeasureGrade::Observed,
        Picked::Stop => return Ok(Ended::Stopped),
        _ => MeasureGrade::Claimed,
    };
    sitting.prose(
        &format!(
            "Understood: {} -> {after} {}, {}.",
            baseline.before,
            baseline.unit,
            grade.word()
        ),
        0,
    )?;
    sitting.sink.shared(Fact::Measured {
        reference: baseline.practice,
        after,
        n,
        grade,
    })?;
    sitting.ask.say("Saved.")?;
    Ok(Ended::Done)
}
