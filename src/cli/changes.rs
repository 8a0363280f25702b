//! What a session changed, line by line: points won and lost add up to the difference of the totals.

use crate::base::points::Points;
use crate::base::ratio::share;
use crate::base::text::pad;
use crate::base::texts::{t, t_n};
use crate::model::curriculum::Curriculum;
use crate::readiness::{
    Assessment, Behind, CapabilityAssessment, Change, ChangeKind, Difference, GATE_STEP, Part, difference,
};

/// The lines of one curriculum, capability by capability; none if nothing changed.
pub(crate) fn lines(curriculum: &Curriculum, before: &Assessment, after: &Assessment) -> Vec<String> {
    let mut lines = Vec::new();
    for changed in difference(before, after) {
        let id = changed.capability.as_str();
        let (Some(then), Some(now)) = (before.capability(id), after.capability(id)) else {
            continue;
        };
        let name = curriculum.capability(id).map_or(id, |c| &c.name);
        lines.push(headline(name, &changed));
        let told = Told {
            curriculum,
            missed_before: then.missed.iter().map(|m| &*m.question).collect(),
            open: open(now, &changed.changes),
        };
        lines.extend(told.lines(&changed.changes));
        if now.reached_on == Some(after.as_of) && then.reached_on.is_none() {
            lines.push(format!(
                "    {}",
                t!(
                    "change.reached",
                    "reached: {name} is Ready for the first time",
                    name = name
                )
            ));
        }
    }
    lines
}

fn headline(name: &str, changed: &Difference) -> String {
    let (then, now) = (&changed.before, &changed.after);
    let band = if then.band == now.band {
        now.band.shown()
    } else {
        format!("{} -> {}", then.band.shown(), now.band.shown())
    };
    let total = if then.total == now.total {
        now.total.to_string()
    } else {
        format!("{} -> {}", then.total, now.total)
    };
    let limit = changed
        .limited_by
        .as_ref()
        .map(|limit| t!("change.limited", "limited by: {item}", item = limit.item.shown()))
        .map(|words| format!("   {words}"));
    format!(
        "  {} {band}   {total}{}",
        pad(name, 10),
        limit.unwrap_or_default()
    )
}

/// What the open slots for questions could give, the next one first; those that misses have just opened are spoken for.
fn open(now: &CapabilityAssessment, changes: &[Change]) -> Vec<Points> {
    let is_lost = |c: &&Change| matches!(c.what, ChangeKind::Missed(_)) && c.points < Points::ZERO;
    let filled = now.slots_of(Part::Knowledge).count() + changes.iter().filter(is_lost).count();
    let (all, budget) = (i64::from(now.needs.knowledge), now.budgets.knowledge.tenths());
    (0..all)
        .skip(filled)
        .map(|at| Points::from_tenths(share(budget, all, at)))
        .collect()
}

/// What the changes of one capability are told with.
struct Told<'a> {
    curriculum: &'a Curriculum,
    missed_before: Vec<&'a str>,
    open: Vec<Points>,
}

/// How questions changed: equal ones are one line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    First,
    AfterMiss,
    Again,
    AgainForGate,
    Shifted,
    /// It had no points to lose.
    Missed,
    Lost,
    Gone,
}

impl Asked {
    /// In the order in which they are told.
    const ALL: [Self; 8] = [
        Self::First,
        Self::AfterMiss,
        Self::AgainForGate,
        Self::Again,
        Self::Shifted,
        Self::Missed,
        Self::Lost,
        Self::Gone,
    ];
}

impl Told<'_> {
    fn lines(&self, changes: &[Change]) -> Vec<String> {
        let mut told: Vec<(Points, String)> = Vec::new();
        for asked in Asked::ALL {
            let same = changes.iter().filter(|c| self.asked(c) == Some(asked));
            let points: Vec<Points> = same.map(|change| change.points).collect();
            if !points.is_empty() {
                let words = self.asked_words(asked, points.len());
                told.push((points.into_iter().sum(), words));
            }
        }
        told.extend(
            changes
                .iter()
                .filter_map(|c| Some((c.points, self.other_words(&c.what)?))),
        );
        told.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
        told.into_iter()
            .map(|(points, words)| format!("    {:>6}  {words}", signed(points)))
            .collect()
    }

    fn asked(&self, change: &Change) -> Option<Asked> {
        match &change.what {
            ChangeKind::New(Behind::Question { name, .. }) => {
                let was_missed = name.as_ref().is_some_and(|n| self.missed_before.contains(&&**n));
                Some(if was_missed {
                    Asked::AfterMiss
                } else {
                    Asked::First
                })
            }
            ChangeKind::Moved {
                before:
                    Behind::Question {
                        step: then,
                        right_on: day_then,
                        ..
                    },
                after: Behind::Question {
                    step: now, right_on, ..
                },
            } => Some(if now > then && *now >= GATE_STEP && *then < GATE_STEP {
                Asked::AgainForGate
            } else if now > then || right_on > day_then {
                Asked::Again
            } else {
                Asked::Shifted
            }),
            ChangeKind::Missed(_) if change.points < Points::ZERO => Some(Asked::Lost),
            ChangeKind::Missed(_) => Some(Asked::Missed),
            ChangeKind::Gone(Behind::Question { .. }) => Some(Asked::Gone),
            _ => None,
        }
    }

    fn asked_words(&self, asked: Asked, count: usize) -> String {
        match asked {
            Asked::First => t_n!(
                "change.first",
                count,
                "{n} question right for the first time",
                "{n} questions right for the first time"
            ),
            Asked::AfterMiss => t_n!(
                "change.after_miss",
                count,
                "{n} question right after a miss",
                "{n} questions right after a miss"
            ),
            Asked::Again => t_n!(
                "change.again",
                count,
                "{n} question right again",
                "{n} questions right again"
            ),
            Asked::AgainForGate => t_n!(
                "change.gate",
                count,
                "{n} question right again on a later day: it counts for the gate",
                "{n} questions right again on a later day: they count for the gate"
            ),
            Asked::Shifted => t_n!(
                "change.shifted",
                count,
                "{n} question right before: other points",
                "{n} questions right before: other points"
            ),
            Asked::Lost => t_n!(
                "change.lost",
                count,
                "{n} question missed; right from tomorrow brings it back",
                "{n} questions missed; right from tomorrow brings them back"
            ),
            Asked::Missed => match self.open.iter().take(count).copied().sum() {
                Points::ZERO => t_n!(
                    "change.missed",
                    count,
                    "{n} question missed: no points lost",
                    "{n} questions missed: no points lost"
                ),
                gain => t_n!(
                    "change.missed.gain",
                    count,
                    "{n} question missed: no points lost; right from tomorrow: {gain}",
                    "{n} questions missed: no points lost; right from tomorrow: {gain}",
                    gain = signed(gain)
                ),
            },
            Asked::Gone => t_n!(
                "change.gone",
                count,
                "{n} question no longer among those that count",
                "{n} questions no longer among those that count"
            ),
        }
    }

    fn other_words(&self, what: &ChangeKind) -> Option<String> {
        match what {
            ChangeKind::New(behind) => self.thing(behind),
            ChangeKind::Moved { after, .. } => {
                Some(t!("change.moved", "{what}, once more", what = self.thing(after)?))
            }
            ChangeKind::Gone(behind) => Some(t!(
                "change.no_longer",
                "{what}, no longer counts",
                what = self.thing(behind)?
            )),
            ChangeKind::Missed(_) => None,
        }
    }

    /// A practice or a talk.
    fn thing(&self, behind: &Behind) -> Option<String> {
        match behind {
            Behind::Question { .. } => None,
            Behind::Practice { step, .. } => {
                let here = self.curriculum.step(step);
                let title = here.and_then(|s| s.title.as_deref()).unwrap_or(step);
                Some(t!("change.practice", "practice: {title}", title = title))
            }
            Behind::Meeting { .. } => Some(t!("kind.talk", "talk")),
        }
    }
}

fn signed(points: Points) -> String {
    if points < Points::ZERO {
        points.to_string()
    } else {
        format!("+{points}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::EventId;
    use crate::base::time::Instant;
    use crate::progress::samples::{Log, curriculum, date, folded, settings};
    use crate::readiness::{Answer, Ladder, Own, assess, remember};
    use std::cell::RefCell;

    /// Ana's own view of a log and answers on days as (question, day, right).
    fn assessed(log: &Log, answers: &[(&'static str, &str, bool)], as_of: &str) -> Assessment {
        let (curriculum, settings) = (curriculum(), settings());
        let answers = answers.iter().map(|&(question, day, correct)| Answer {
            event: EventId::from_random([7; 16]),
            question,
            rev: 1,
            capability: "serve",
            correct,
            at: Instant::end_of(date(day)),
            day: date(day),
        });
        let memory = remember(&curriculum, &Ladder::of(&settings.readiness), answers);
        let device = "ana-laptop".parse().expect("an id");
        let found = RefCell::new(None);
        folded(log, as_of, |progress| {
            let own = Own {
                device: &device,
                memory: &memory,
            };
            let assessment = assess(&curriculum, &settings, progress, Some(&own), date(as_of));
            *found.borrow_mut() = Some(assessment);
        });
        found.into_inner().expect("looked at")
    }

    #[test]
    fn a_session_reads_line_by_line() {
        let mut log = Log::new();
        let first = ("basics.q1", "2026-01-01", true);
        let before = assessed(&log, &[first], "2026-01-08");
        log.practised("2026-01-08", "ana", "basics.do");
        let answers = [
            first,
            ("basics.q1", "2026-01-08", false),
            ("basics.q2", "2026-01-08", true),
            ("basics.q3", "2026-01-08", false),
            ("basics.q4", "2026-01-08", false),
        ];
        let after = assessed(&log, &answers, "2026-01-08");
        assert_eq!(
            lines(&curriculum(), &before, &after),
            [
                "  serve      exploring   4.5 -> 25.0   limited by: questions",
                "     +20.0  practice: do",
                "      +5.0  1 question right for the first time",
                "      +0.0  2 questions missed: no points lost; right from tomorrow: +10.0",
                "      -4.5  1 question missed; right from tomorrow brings it back",
            ]
        );
        assert!(lines(&curriculum(), &after, &after).is_empty());
    }

    #[test]
    fn what_was_known_before_is_right_again() {
        let log = Log::new();
        let first = [
            ("basics.q1", "2026-01-01", true),
            ("basics.q2", "2026-01-07", true),
            ("basics.q3", "2026-01-01", false),
        ];
        let again = [("basics.q1", true), ("basics.q2", true), ("basics.q3", true)];
        let again = again.map(|(question, right)| (question, "2026-01-08", right));
        let before = assessed(&log, &first, "2026-01-08");
        let after = assessed(&log, &[first, again].concat(), "2026-01-08");
        let told = lines(&curriculum(), &before, &after);
        let words: Vec<&str> = told[1..].iter().map(|line| &line[12..]).collect();
        assert_eq!(
            words,
            [
                "1 question right after a miss",
                "1 question right again on a later day: it counts for the gate",
                "1 question right again",
            ]
        );
        let back = lines(&curriculum(), &after, &assessed(&log, &[], "2026-01-08"));
        assert!(
            back[1].ends_with("3 questions no longer among those that count"),
            "{back:?}"
        );
    }
}
