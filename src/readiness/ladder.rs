//! One question's memory (`readiness.md` §2.1): a step on a ladder of six, the instant the step was reached, the day of
//! the last right answer. A right answer half a step later or more moves it up, a miss moves it back to the start.

use crate::base::time::{DAY_SECONDS, Date, Instant, Now};
use crate::model::event::CapsuleEntry;
use crate::model::settings::Readiness;

/// Steps of the ladder; fixed, settings name the days of each.
pub const LADDER_STEPS: u8 = 6;

/// The knowledge gate counts questions from this step on: right, and right again on a later day. Fixed, because a
/// workspace that lowered it could call one sitting Ready.
pub const GATE_STEP: u8 = 2;

/// The days of the six steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ladder([u32; 6]);

impl Ladder {
    /// Longest step in days, so that every fraction of the curve fits in 32 bits.
    const LONGEST: u32 = 3_650;

    /// The ladder of a workspace.
    pub fn of(rules: &Readiness) -> Self {
        Self(rules.ladder_days.map(|days| days.clamp(1, Self::LONGEST)))
    }

    /// Days of a step; steps above the top count as the top.
    pub fn days(&self, step: u8) -> u32 {
        self.0[usize::from(step.min(LADDER_STEPS - 1))]
    }

    /// Days after which a question asked again surely climbs from a step, whatever the hour.
    pub fn half_days(&self, step: u8) -> i32 {
        i32::try_from(self.days(step).div_ceil(2)).unwrap_or(i32::MAX)
    }
}

impl Ladder {
    /// Days that a question needs at least from its first right answer up to a step: half of each step below.
    pub fn soonest(&self, step: u8) -> i32 {
        let days = (1..step.min(LADDER_STEPS)).map(|below| self.days(below) / 2);
        i32::try_from(days.sum::<u32>()).unwrap_or(i32::MAX)
    }
}

/// What is remembered of one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recall {
    /// Step of the ladder, 0 to 5.
    pub step: u8,
    /// When the step was reached. An early right answer does not move it: else practising more would delay the climb.
    pub anchor: Instant,
    /// The local day of the anchor.
    pub anchor_day: Date,
    /// Day of the last right answer; `None` after a miss, until it is right again.
    pub last_right: Option<Date>,
}

impl Recall {
    /// The memory after one more answer.
    #[must_use]
    pub fn after(before: Option<Self>, correct: bool, at: Instant, day: Date, ladder: &Ladder) -> Self {
        let reached = |step, last_right| Self {
            step,
            anchor: at,
            anchor_day: day,
            last_right,
        };
        match before {
            _ if !correct => reached(0, None),
            None => reached(1, Some(day)),
            Some(recall) if recall.climbs(at, day, ladder) => reached(recall.step + 1, Some(day)),
            Some(recall) => Self {
                last_right: Some(day),
                ..recall
            },
        }
    }

    /// The first day on which a right answer is sure to move it on: up a step, or at the top and after a miss worth
    /// asking again. The clock may allow it some hours earlier.
    pub fn asked_again_from(&self, ladder: &Ladder) -> Date {
        match self.last_right {
            None => self.anchor_day,
            Some(day) if self.is_at_top() => day + ladder.half_days(self.step),
            Some(_) => self.anchor_day + ladder.half_days(self.step),
        }
    }

    /// What a capsule tells of it; `None` after a miss.
    pub fn entry(&self) -> Option<CapsuleEntry> {
        let step = self.step;
        self.last_right.map(|day| CapsuleEntry { step, day })
    }

    fn is_at_top(&self) -> bool {
        self.step + 1 >= LADDER_STEPS
    }

    fn climbs(&self, at: Instant, day: Date, ladder: &Ladder) -> bool {
        !self.is_at_top() && self.half_a_step_has_passed(at, day, ladder)
    }

    /// By the clock or by the calendar: the calendar makes a promised day true at any hour.
    fn half_a_step_has_passed(&self, at: Instant, day: Date, ladder: &Ladder) -> bool {
        let step = i64::from(ladder.days(self.step));
        let seconds = at.seconds().saturating_sub(self.anchor.seconds());
        seconds.saturating_mul(2) >= step * DAY_SECONDS
            || 2 * i64::from(day.days_since(self.anchor_day)) >= step
    }
}

/// Whether a question is worth asking now: never answered, missed, or half a step has passed.
pub fn is_due(recall: Option<&Recall>, now: Now, ladder: &Ladder) -> bool {
    let Some(recall) = recall else {
        return true;
    };
    match recall.last_right {
        None => true,
        Some(day) if recall.is_at_top() => {
            2 * i64::from(now.today.days_since(day)) >= i64::from(ladder.days(recall.step))
        }
        Some(_) => recall.half_a_step_has_passed(now.instant, now.today, ladder),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_0: i64 = 20_454;

    /// Day (from day 0) and seconds of that day.
    fn moment(day: i64, second: i64) -> (Instant, Date) {
        (
            Instant::from_seconds((DAY_0 + day) * DAY_SECONDS + second),
            Date::from_days(DAY_0 + day),
        )
    }

    /// Answers as (day, hour, right).
    fn recall(answers: &[(i64, i64, bool)]) -> Option<Recall> {
        let ladder = Ladder::of(&Readiness::default());
        answers.iter().fold(None, |before, &(day, hour, correct)| {
            let (at, day) = moment(day, hour * 3600);
            Some(Recall::after(before, correct, at, day, &ladder))
        })
    }

    fn step(answers: &[(i64, i64, bool)]) -> Option<u8> {
        recall(answers).map(|recall| recall.step)
    }

    #[test]
    fn half_a_step_later_it_climbs() {
        assert_eq!(step(&[(0, 9, true)]), Some(1));
        assert_eq!(step(&[(0, 9, true), (3, 20, true)]), Some(1));
        assert_eq!(
            step(&[(0, 9, true), (3, 21, true)]),
            Some(2),
            "84 hours by the clock"
        );
        assert_eq!(
            step(&[(0, 21, true), (4, 8, true)]),
            Some(2),
            "four days by the calendar"
        );
    }

    #[test]
    fn an_early_answer_does_not_delay_the_climb() {
        let early = recall(&[(0, 9, true), (1, 9, true)]);
        assert_eq!(early.map(|r| (r.step, r.anchor_day)), Some((1, moment(0, 0).1)));
        assert_eq!(early.and_then(|r| r.last_right), Some(moment(1, 0).1));
        assert_eq!(step(&[(0, 9, true), (1, 9, true), (4, 9, true)]), Some(2));
    }

    #[test]
    fn a_miss_goes_back_to_the_start() {
        assert_eq!(
            recall(&[(0, 9, true), (7, 9, false)]).and_then(|r| r.last_right),
            None
        );
        assert_eq!(step(&[(0, 9, false), (0, 10, true)]), Some(0));
        assert_eq!(
            step(&[(0, 9, false), (1, 0, true)]),
            Some(1),
            "the next date is enough"
        );
        assert_eq!(
            step(&[(0, 9, false), (0, 21, true)]),
            Some(1),
            "and so are twelve hours"
        );
    }

    #[test]
    fn a_clock_that_runs_back_is_no_error() {
        assert_eq!(step(&[(5, 9, true), (0, 9, true)]), Some(1));
    }

    #[test]
    fn the_top_is_the_top() {
        let rounds: Vec<_> = (0..9).map(|n| (n * 400, 9, true)).collect();
        assert_eq!(step(&rounds), Some(5));
    }

    #[test]
    fn a_question_is_due_when_another_answer_can_move_it() {
        let ladder = Ladder::of(&Readiness::default());
        let due = |answers: &[(i64, i64, bool)], day: i64, hour: i64| {
            let (instant, today) = moment(day, hour * 3600);
            is_due(recall(answers).as_ref(), Now { today, instant }, &ladder)
        };
        assert!(due(&[], 0, 0));
        assert!(due(&[(0, 9, false)], 0, 9));
        assert!(!due(&[(0, 9, true)], 3, 20));
        assert!(due(&[(0, 9, true)], 3, 21));
        assert!(due(&[(0, 21, true)], 4, 0));
        let top: Vec<_> = (0..6).map(|n| (n * 400, 9, true)).collect();
        assert!(!due(&top, 2_000 + 182, 23));
        assert!(due(&top, 2_000 + 183, 0));
    }

    #[test]
    fn the_day_from_which_it_may_be_asked_again_is_kept() {
        let ladder = Ladder::of(&Readiness::default());
        let from = |answers| recall(answers).map(|r| r.asked_again_from(&ladder));
        assert_eq!(from(&[(0, 21, true)]), Some(moment(4, 0).1));
        assert_eq!(from(&[(0, 9, true), (7, 9, true)]), Some(moment(18, 0).1));
        assert_eq!(from(&[(0, 9, true), (7, 9, false)]), Some(moment(7, 0).1));
    }
}
