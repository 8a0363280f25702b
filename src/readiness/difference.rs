//! What a session changed: two assessments of one person, line by line (`readiness.md` §2.10). The points of the lines
//! add up to the difference of the totals.

use super::assess::{Assessment, Behind, CapabilityAssessment, Slot};
use super::limit::Limit;
use crate::base::id::CapabilityId;
use crate::base::points::{Band, Points};

/// What changed in one capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The capability.
    pub capability: CapabilityId,
    /// Where it stood.
    pub before: Glance,
    /// Where it stands.
    pub after: Glance,
    /// What stands in the way now.
    pub limited_by: Option<Limit>,
    /// What changed, the largest gain first.
    pub changes: Vec<Change>,
}

/// A capability at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glance {
    /// Its band.
    pub band: Band,
    /// Its letter.
    pub letter: &'static str,
    /// Its points.
    pub total: Points,
}

/// One changed line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Points won, or lost below zero.
    pub points: Points,
    /// What happened.
    pub what: ChangeKind,
}

/// What happened to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeKind {
    /// A slot is filled that was open, or by something that was not there.
    New(Behind),
    /// The same thing gives other points, or is newer or firmer.
    Moved {
        /// What it was.
        before: Behind,
        /// What it is.
        after: Behind,
    },
    /// It fills no slot any more.
    Gone(Behind),
    /// A question was missed; only the own view knows it. Without points before it lost none.
    Missed(Box<str>),
}

/// The capabilities in which something changed, in the curriculum's order.
pub fn difference(before: &Assessment, after: &Assessment) -> Vec<Difference> {
    after
        .capabilities
        .iter()
        .filter_map(|now| {
            let then = before.capability(now.capability.as_str())?;
            let changes = changes(then, now);
            let is_same = changes.is_empty() && then.band == now.band && then.limited_by == now.limited_by;
            (!is_same).then(|| Difference {
                capability: now.capability.clone(),
                before: glance(then),
                after: glance(now),
                limited_by: now.limited_by.clone(),
                changes,
            })
        })
        .collect()
}

fn glance(c: &CapabilityAssessment) -> Glance {
    Glance {
        band: c.band,
        letter: c.letter_with_reached(),
        total: c.total,
    }
}

fn changes(before: &CapabilityAssessment, after: &CapabilityAssessment) -> Vec<Change> {
    let mut left: Vec<&Slot> = before.slots.iter().collect();
    let mut changes = Vec::new();
    for slot in &after.slots {
        let same = left.iter().position(|old| is_same(&old.behind, &slot.behind));
        let old = same.map(|place| left.remove(place));
        changes.extend(change(old, slot));
    }
    let newly_missed = after
        .missed
        .iter()
        .filter(|missed| !before.missed.contains(missed));
    for missed in newly_missed {
        let slot = left
            .iter()
            .position(|old| is_question(&old.behind, &missed.question));
        let lost = slot.map_or(Points::ZERO, |place| left.remove(place).points);
        changes.push(Change {
            points: Points::ZERO - lost,
            what: ChangeKind::Missed(missed.question.clone()),
        });
    }
    changes.extend(left.into_iter().map(|old| Change {
        points: Points::ZERO - old.points,
        what: ChangeKind::Gone(old.behind.clone()),
    }));
    changes.sort_by_key(|change| std::cmp::Reverse(change.points));
    changes
}

fn change(old: Option<&Slot>, new: &Slot) -> Option<Change> {
    match old {
        None => Some(Change {
            points: new.points,
            what: ChangeKind::New(new.behind.clone()),
        }),
        Some(old) if old.points == new.points && old.behind == new.behind => None,
        Some(old) => Some(Change {
            points: new.points - old.points,
            what: ChangeKind::Moved {
                before: old.behind.clone(),
                after: new.behind.clone(),
            },
        }),
    }
}

/// Whether two slots rest on the same thing. Questions without names are the same if they cannot be told apart.
fn is_same(a: &Behind, b: &Behind) -> bool {
    match (a, b) {
        (
            Behind::Question {
                name: a_name,
                step: a_step,
                right_on: a_day,
                ..
            },
            Behind::Question {
                name: b_name,
                step: b_step,
                right_on: b_day,
                ..
            },
        ) => a_name == b_name && (a_name.is_some() || (a_step, a_day) == (b_step, b_day)),
        (Behind::Practice { step: a, .. }, Behind::Practice { step: b, .. })
        | (Behind::Meeting { meeting: a, .. }, Behind::Meeting { meeting: b, .. }) => a == b,
        _ => false,
    }
}

fn is_question(behind: &Behind, question: &str) -> bool {
    matches!(behind, Behind::Question { name: Some(name), .. } if **name == *question)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::EventId;
    use crate::base::time::Instant;
    use crate::model::settings::Readiness;
    use crate::progress::samples::{Log, curriculum, date, folded, settings};
    use crate::readiness::{Answer, Ladder, Own, assess, remember};
    use std::cell::RefCell;

    /// Ana's own view of a log and answers on days as (question, day, right).
    fn assessed(log: &Log, answers: &[(&'static str, &str, bool)], as_of: &str) -> Assessment {
        let curriculum = curriculum();
        let answers = answers.iter().map(|&(question, day, correct)| Answer {
            event: EventId::from_random([7; 16]),
            question,
            rev: 1,
            capability: "serve",
            correct,
            at: Instant::end_of(date(day)),
            day: date(day),
        });
        let memory = remember(&curriculum, &Ladder::of(&Readiness::default()), answers);
        let device = "ana-laptop".parse().expect("an id");
        let found = RefCell::new(None);
        folded(log, as_of, |progress| {
            let own = Own {
                device: &device,
                memory: &memory,
            };
            *found.borrow_mut() = Some(assess(
                &curriculum,
                &settings(),
                progress,
                Some(&own),
                date(as_of),
            ));
        });
        found.into_inner().expect("looked at")
    }

    fn sum(difference: &Difference) -> Points {
        difference.changes.iter().map(|change| change.points).sum()
    }

    #[test]
    fn a_session_is_told_line_by_line() {
        let mut log = Log::new();
        let before = assessed(&log, &[("basics.q1", "2026-01-01", true)], "2026-01-08");
        log.practised("2026-01-08", "ana", "basics.do");
        let answers = [
            ("basics.q1", "2026-01-01", true),
            ("basics.q1", "2026-01-08", false),
            ("basics.q2", "2026-01-08", true),
            ("basics.q3", "2026-01-08", false),
        ];
        let after = assessed(&log, &answers, "2026-01-08");
        let differences = difference(&before, &after);
        assert_eq!(differences.len(), 1);
        let lines: Vec<String> = differences[0]
            .changes
            .iter()
            .map(|change| format!("{} {}", change.points, kind(&change.what)))
            .collect();
        assert_eq!(
            lines,
            [
                "20.0 new basics.do",
                "5.0 new basics.q2",
                "0.0 missed basics.q3",
                "-4.5 missed basics.q1"
            ]
        );
        let (before, after) = (differences[0].before, differences[0].after);
        assert_eq!(sum(&differences[0]), after.total - before.total);
        assert_eq!((before.letter, after.letter), ("E", "E"));
    }

    #[test]
    fn a_firmer_question_is_a_change_even_without_points() {
        let log = Log::new();
        let first = [("basics.q1", "2026-01-01", true)];
        let again = [
            ("basics.q1", "2026-01-01", true),
            ("basics.q1", "2026-01-08", true),
        ];
        let before = assessed(&log, &first, "2026-01-08");
        let after = assessed(&log, &again, "2026-01-08");
        let differences = difference(&before, &after);
        assert!(matches!(differences[0].changes[0].what, ChangeKind::Moved { .. }));
        assert!(difference(&after, &after).is_empty());
    }

    fn kind(what: &ChangeKind) -> String {
        let name = |behind: &Behind| match behind {
            Behind::Question { name, .. } => name.as_deref().unwrap_or("a question").to_owned(),
            Behind::Practice { step, .. } => step.to_string(),
            Behind::Meeting { meeting, .. } => meeting.to_string(),
        };
        match what {
            ChangeKind::New(behind) => format!("new {}", name(behind)),
            ChangeKind::Moved { after, .. } => format!("moved {}", name(after)),
            ChangeKind::Gone(behind) => format!("gone {}", name(behind)),
            ChangeKind::Missed(question) => format!("missed {question}"),
        }
    }
}
