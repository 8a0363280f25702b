//! An assessment and the progress behind it → everything that is said about one capability (`readiness.md` §2.10), as
//! data: who prints it decides the words. The printed lines add up to the printed points.

use super::assess::{Assessment, CapabilityAssessment, Missed, OutdatedQuestion, Slot};
use super::limit::Limit;
use super::scale::Part;
use super::standing::LIMIT_DAYS;
use crate::base::id::EventId;
use crate::base::points::Points;
use crate::base::time::Date;
use crate::model::event::{Event, Fact};
use crate::model::settings::Readiness;
use crate::progress::{NotCounted, Progress};

/// Fewer questions right than this are thin evidence.
pub const THIN_EVIDENCE: u32 = 4;

/// Why a person stands where they stand in one capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation<'a> {
    /// What is explained.
    pub assessment: &'a CapabilityAssessment,
    /// Knowledge, hands-on, dialogue: the lines that give points, and what is open.
    pub parts: [PartLines<'a>; 3],
    /// Questions missed and not yet right again; only the own view has any.
    pub missed: &'a [Missed],
    /// Questions whose answers no longer count; only the own view has any.
    pub outdated: &'a [OutdatedQuestion],
    /// The hands-on gate.
    pub hands_on: HandsOnGate,
    /// The knowledge gate.
    pub knowledge: KnowledgeGate<'a>,
    /// The points are enough for Ready, a gate is not.
    pub held: Option<Held>,
    /// Events of this capability that do not count, in the order of the log.
    pub not_counted: Vec<NotCounted<'a>>,
    /// So few questions are right that the points say little.
    pub thin: Option<u32>,
    /// How long Ready lasts.
    pub until: Option<Until>,
}

/// The lines of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartLines<'a> {
    /// The part.
    pub part: Part,
    /// Its points: the sum of its lines.
    pub points: Points,
    /// What it can give.
    pub budget: Points,
    /// Filled slots, the best question first.
    pub filled: Vec<&'a Slot>,
    /// Slots that nothing fills.
    pub open: Option<OpenSlots>,
}

/// Slots that nothing fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenSlots {
    /// How many.
    pub slots: u32,
    /// Of how many.
    pub of: u32,
    /// What they could give together.
    pub budget: Points,
}

/// Why the hands-on gate is open or shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandsOnGate {
    /// A practice counts.
    Open {
        /// The newest.
        last: Date,
        /// The last day on which it counts; `None` if none gets too old.
        until: Option<Date>,
    },
    /// The newest practice is too old.
    TooOld {
        /// The newest.
        last: Date,
        /// A practice that waits for the person's word would open it.
        waiting: Option<EventId>,
    },
    /// No practice counts.
    Missing {
        /// A practice that waits for the person's word would open it.
        waiting: Option<EventId>,
    },
}

/// Why the knowledge gate is open or shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnowledgeGate<'a> {
    /// Nothing need be known again: no live question, or no floor.
    NotAsked,
    /// Enough is known again on a later day.
    Open {
        /// What is.
        recalled: Points,
        /// What must be.
        needed: Points,
    },
    /// Too little is.
    Shut {
        /// What is.
        recalled: Points,
        /// What must be.
        needed: Points,
        /// What opens it.
        remedy: Option<&'a Limit>,
    },
}

/// Which gate holds somebody at building whose points are enough; the first that is shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// No hands-on yet, or not for too long.
    HandsOn,
    /// Too little known again on a later day.
    Knowledge,
}

/// How long Ready lasts if nothing more happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Its last day.
    Day(Date),
    /// More than two years.
    Long,
}

/// Explains one capability of an assessment; `None` if the curriculum has no such capability.
pub fn explain<'a>(
    assessment: &'a Assessment,
    progress: &Progress<'a>,
    rules: &Readiness,
    capability: &str,
) -> Option<Explanation<'a>> {
    let c = assessment.capability(capability)?;
    Some(Explanation {
        assessment: c,
        parts: Part::ALL.map(|part| part_lines(c, part)),
        missed: &c.missed,
        outdated: &c.outdated,
        hands_on: hands_on_gate(c),
        knowledge: knowledge_gate(c),
        held: held(c, rules),
        not_counted: not_counted(progress, capability),
        thin: c.is_thin().then_some(c.questions_known),
        until: c.ready_until.map(|day| until(day, assessment.as_of)),
    })
}

fn part_lines(c: &CapabilityAssessment, part: Part) -> PartLines<'_> {
    let filled: Vec<&Slot> = c.slots_of(part).collect();
    let of = c.needs.of(part);
    let slots = of.saturating_sub(u32::try_from(filled.len()).unwrap_or(u32::MAX));
    let filled_budget: Points = filled.iter().map(|slot| slot.budget).sum();
    PartLines {
        part,
        points: c.points.of(part),
        budget: c.budgets.of(part),
        open: (slots > 0).then(|| OpenSlots {
            slots,
            of,
            budget: c.budgets.of(part) - filled_budget,
        }),
        filled,
    }
}

fn hands_on_gate(c: &CapabilityAssessment) -> HandsOnGate {
    match c.last_practice_on {
        Some(last) if c.gates.hands_on => HandsOnGate::Open {
            last,
            until: c.gates.hands_on_until,
        },
        Some(last) => HandsOnGate::TooOld {
            last,
            waiting: c.confirmable,
        },
        None => HandsOnGate::Missing {
            waiting: c.confirmable,
        },
    }
}

fn knowledge_gate(c: &CapabilityAssessment) -> KnowledgeGate<'_> {
    let (recalled, needed) = (c.gates.recalled_again, c.gates.recalled_needed);
    if needed == Points::ZERO {
        KnowledgeGate::NotAsked
    } else if c.gates.knowledge {
        KnowledgeGate::Open { recalled, needed }
    } else {
        KnowledgeGate::Shut {
            recalled,
            needed,
            remedy: c.recall.as_ref(),
        }
    }
}

fn held(c: &CapabilityAssessment, rules: &Readiness) -> Option<Held> {
    let enough = c.total >= rules.ready_points();
    match c.gates {
        _ if !enough => None,
        gates if !gates.hands_on => Some(Held::HandsOn),
        gates if !gates.knowledge => Some(Held::Knowledge),
        _ => None,
    }
}

fn until(day: Date, as_of: Date) -> Until {
    if day.days_since(as_of) >= LIMIT_DAYS {
        Until::Long
    } else {
        Until::Day(day)
    }
}

fn not_counted<'a>(progress: &Progress<'a>, capability: &str) -> Vec<NotCounted<'a>> {
    let is_about = |not_counted: &&NotCounted| names(not_counted.event, capability);
    progress.not_counted.iter().filter(is_about).copied().collect()
}

/// Whether an event could speak for a capability.
fn names(event: &Event, capability: &str) -> bool {
    match &event.fact {
        Fact::Practised(practised) => practised.capabilities.iter().any(|c| *c == capability),
        Fact::Met(met) => met.capabilities.iter().any(|c| *c == capability),
        Fact::Recalled { capability: c, .. } | Fact::Reached { capability: c, .. } => *c == capability,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Reason;
    use crate::progress::samples::{Log, curriculum, date, folded, settings};
    use crate::readiness::{Item, Remedy, assess};

    fn explained(log: &Log, as_of: &str, look: impl Fn(&Explanation)) {
        folded(log, as_of, |progress| {
            let (curriculum, settings) = (curriculum(), settings());
            let assessment = assess(&curriculum, &settings, progress, None, date(as_of));
            let explanation = explain(&assessment, progress, &settings.readiness, "serve");
            look(&explanation.expect("a capability"));
        });
    }

    #[test]
    fn lines_add_up_to_the_points() {
        let mut log = Log::new();
        log.recalled("2026-01-08", "ana", &[(1, "2026-01-01"), (2, "2026-01-08")]);
        log.practised("2026-01-07", "ana", "basics.do");
        explained(&log, "2026-02-01", |e| {
            for part in &e.parts {
                let sum: Points = part.filled.iter().map(|slot| slot.points).sum();
                assert_eq!(sum, part.points);
                let budget: Points = part.filled.iter().map(|slot| slot.budget).sum();
                assert_eq!(
                    budget + part.open.map_or(Points::ZERO, |open| open.budget),
                    part.budget
                );
            }
            assert_eq!(e.parts[0].open.map(|open| (open.slots, open.of)), Some((6, 8)));
            assert_eq!(e.thin, Some(2));
        });
    }

    #[test]
    fn gates_say_why() {
        let mut log = Log::new();
        let known = [(1, "2026-01-01"); 8];
        log.recalled("2026-01-01", "ana", &known);
        let waiting = log.practised("2026-01-07", "maya", "basics.do");
        log.met("2026-01-07", "m1", "deputy");
        explained(&log, "2026-01-07", |e| {
            assert_eq!(
                e.hands_on,
                HandsOnGate::Missing {
                    waiting: Some(waiting)
                }
            );
            let KnowledgeGate::Shut { remedy, .. } = e.knowledge else {
                panic!("the gate is shut");
            };
            assert_eq!(remedy.map(|limit| limit.item), Some(Item::Again));
            let reasons: Vec<Reason> = e.not_counted.iter().map(|n| n.reason).collect();
            assert_eq!(reasons, [Reason::DeputyWent, Reason::WaitingToBeConfirmed]);
        });
    }

    #[test]
    fn enough_points_behind_a_shut_gate_are_said() {
        let mut log = Log::new();
        log.recalled("2026-01-01", "ana", &[(1, "2026-01-01"); 8]);
        log.practised("2026-01-01", "ana", "basics.do");
        log.practised("2026-01-01", "ana", "basics.more");
        explained(&log, "2026-01-01", |e| {
            assert_eq!(
                (e.assessment.total.tenths(), e.held),
                (800, Some(Held::Knowledge))
            );
            let remedy = e.assessment.limited_by.as_ref().map(|limit| limit.remedy.clone());
            assert_eq!(remedy, Some(Remedy::QuestionsFrom(5, date("2026-01-05"))));
            assert_eq!(e.until, None);
        });
    }
}
