//! The door of this folder: rules, progress and a pair of eyes → where a person stands in each capability and overall
//! (`readiness.md` §2). The leader's eyes see the shared log only; the own ones also what this device remembers.

use super::explain::THIN_EVIDENCE;
use super::known::Known;
use super::limit::Limit;
use super::memory::Memory;
use super::overall::{Overall, overall};
use super::scale::{ByPart, Part, points};
use super::standing::{Common, Own, Source, Standing, State, Subject};
use super::way::Way;
use crate::base::id::{CapabilityId, EventId};
use crate::base::points::{Band, Points};
use crate::base::time::{Date, Minutes};
use crate::model::curriculum::Curriculum;
use crate::model::settings::Settings;
use crate::progress::Progress;

/// Ready that ends within so many days is shown as fading.
pub const FADING_DAYS: i32 = 30;

/// Where one person stands in one curriculum on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The day.
    pub as_of: Date,
    /// In the curriculum's order.
    pub capabilities: Vec<CapabilityAssessment>,
    /// All of them together.
    pub overall: Overall,
}

/// Where one person stands in one capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapabilityAssessment {
    /// The capability.
    pub capability: CapabilityId,
    /// Whether overall Ready needs it.
    pub core: bool,
    /// Its weight in the overall number.
    pub weight: u32,
    /// The band today.
    pub band: Band,
    /// All points: the sum of the parts, which are sums of the slots.
    pub total: Points,
    /// Points of each part.
    pub points: ByPart<Points>,
    /// What each part can give.
    pub budgets: ByPart<Points>,
    /// Questions, practices and talks asked for.
    pub needs: ByPart<u32>,
    /// Filled slots, part by part, the best question first.
    pub slots: Vec<Slot>,
    /// What must hold besides the points.
    pub gates: Gates,
    /// What would open the knowledge gate, while it is shut: `limited_by` may name something that comes before it.
    pub recall: Option<Limit>,
    /// The first day of Ready; it stays.
    pub reached_on: Option<Date>,
    /// The last day of Ready if nothing more happens, at most [`LIMIT_DAYS`](super::LIMIT_DAYS) ahead; `None` unless
    /// Ready.
    pub ready_until: Option<Date>,
    /// What stands in the way; `None` when Ready.
    pub limited_by: Option<Limit>,
    /// What ends Ready, if it ends soon.
    pub fades_by: Option<Limit>,
    /// The shortest way to Ready without a talk; `None` when Ready, and when a talk is unavoidable.
    pub way: Option<Way>,
    /// Questions right, as the source of the points has them.
    pub questions_known: u32,
    /// Of these, at a ladder step that counts for the gate.
    pub questions_again: u32,
    /// Day of the newest counted practice.
    pub last_practice_on: Option<Date>,
    /// Day of the newest counted talk.
    pub last_talk_on: Option<Date>,
    /// Practices that wait for the person's word.
    pub to_confirm: u32,
    /// The newest of them, if it is fresh enough to open the hands-on gate.
    pub confirmable: Option<EventId>,
    /// Questions missed and not yet right again; only the own view has any.
    pub missed: Vec<Missed>,
    /// Questions whose answers no longer count; only the own view has any.
    pub outdated: Vec<OutdatedQuestion>,
}

/// The two gates; both must be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gates {
    /// A counted practice that is not too old.
    pub hands_on: bool,
    /// The last day on which the newest practice counts; `None` without one, or if none gets too old.
    pub hands_on_until: Option<Date>,
    /// Enough is known again on a later day.
    pub knowledge: bool,
    /// What is known again on a later day, of all devices the most.
    pub recalled_again: Points,
    /// What must be.
    pub recalled_needed: Points,
}

impl Gates {
    /// Whether both are open.
    pub fn are_open(&self) -> bool {
        self.hands_on && self.knowledge
    }
}

/// One filled slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The part it belongs to.
    pub part: Part,
    /// What it gives.
    pub points: Points,
    /// What it can give.
    pub budget: Points,
    /// What it rests on.
    pub behind: Behind,
}

/// What a slot rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behind {
    /// A question.
    Question {
        /// Which; only the own view knows it.
        name: Option<Box<str>>,
        /// Its ladder step.
        step: u8,
        /// The day of the last right answer.
        right_on: Date,
        /// That answer, or the event that published the capsule.
        event: EventId,
    },
    /// A practice.
    Practice {
        /// Its step as the log names it.
        step: Box<str>,
        /// The day of the newest.
        day: Date,
        /// The newest.
        event: EventId,
    },
    /// A meeting.
    Meeting {
        /// Which.
        meeting: Box<str>,
        /// Its day.
        day: Date,
        /// Its earliest counted record.
        event: EventId,
    },
}

/// A question missed and not yet right again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// Which.
    pub question: Box<str>,
    /// The day of the last miss.
    pub day: Date,
}

/// A question whose answers no longer count, because it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutdatedQuestion {
    /// Which.
    pub question: Box<str>,
    /// What its answers would give in a slot of their own.
    pub worth: Points,
    /// The answers.
    pub events: Vec<EventId>,
}

/// Assesses a person as of a day, normally that of the progress; on a later one as if nothing more happened until
/// then. Without `own` it is the leader's view, which everybody else shares.
pub fn assess(
    curriculum: &Curriculum,
    settings: &Settings,
    progress: &Progress,
    own: Option<&Own>,
    as_of: Date,
) -> Assessment {
    Yardstick::of(curriculum, settings).assess(progress, own, as_of)
}

/// What is the same for everybody who is assessed: worked out once for many people.
pub struct Yardstick<'a> {
    curriculum: &'a Curriculum,
    settings: &'a Settings,
    /// Of each capability, in the curriculum's order.
    commons: Vec<Common<'a>>,
}

impl<'a> Yardstick<'a> {
    /// That of a curriculum under the rules of a workspace.
    pub fn of(curriculum: &'a Curriculum, settings: &'a Settings) -> Self {
        let common = |capability| Common::of(curriculum, capability, &settings.readiness);
        Self {
            curriculum,
            settings,
            commons: curriculum.capabilities.iter().map(common).collect(),
        }
    }

    /// Somebody as of a day, through a pair of eyes.
    pub(super) fn subject<'s>(
        &'s self,
        progress: &'s Progress<'s>,
        own: Option<&'s Own<'s>>,
        as_of: Date,
    ) -> Subject<'s> {
        Subject {
            curriculum: self.curriculum,
            settings: self.settings,
            commons: &self.commons,
            progress,
            own,
            as_of,
        }
    }

    /// The same as [`assess`] with it.
    pub fn assess(&self, progress: &Progress, own: Option<&Own>, as_of: Date) -> Assessment {
        let subject = self.subject(progress, own, as_of);
        let capabilities: Vec<CapabilityAssessment> = subject
            .standings()
            .map(|standing| standing.assessment())
            .collect();
        let overall = overall(&capabilities, progress);
        Assessment {
            as_of,
            capabilities,
            overall,
        }
    }
}

impl Assessment {
    /// The assessment of one capability.
    pub fn capability(&self, id: &str) -> Option<&CapabilityAssessment> {
        self.capabilities.iter().find(|c| c.capability.as_str() == id)
    }
}

impl CapabilityAssessment {
    /// Whether it is Ready, but not for long.
    pub fn is_fading(&self) -> bool {
        self.fades_by.is_some()
    }

    /// Whether so few questions are right that what counts says little: it may be a false 62.
    pub fn is_thin(&self) -> bool {
        self.needs.knowledge > 0 && self.band > Band::NotStarted && self.questions_known < THIN_EVIDENCE
    }

    /// The letter in tables: `.` `E` `B` `R`, and `R~` when fading.
    pub fn letter(&self) -> &'static str {
        match self.band {
            Band::NotStarted => ".",
            Band::Exploring => "E",
            Band::Building => "B",
            Band::Ready if self.is_fading() => "R~",
            Band::Ready => "R",
        }
    }

    /// The letter with `+` behind it where it was reached before and is not current now.
    pub fn letter_with_reached(&self) -> &'static str {
        match (self.band, self.reached_on) {
            (Band::NotStarted, Some(_)) => ".+",
            (Band::Exploring, Some(_)) => "E+",
            (Band::Building, Some(_)) => "B+",
            _ => self.letter(),
        }
    }

    /// Work until Ready on the shortest way without a talk: none when Ready, `None` if a talk is unavoidable.
    pub fn minutes_to_ready(&self) -> Option<Minutes> {
        match self.band {
            Band::Ready => Some(Minutes(0)),
            _ => self.way.as_ref().map(|way| way.minutes),
        }
    }

    /// The first day on which that way can lead to Ready.
    pub fn ready_earliest(&self) -> Option<Date> {
        self.way.as_ref().map(|way| way.earliest)
    }

    /// The filled slots of one part.
    pub fn slots_of(&self, part: Part) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(move |slot| slot.part == part)
    }
}

impl Standing<'_> {
    fn assessment(&self) -> CapabilityAssessment {
        let as_of = self.subject.as_of;
        let state = self.on(as_of);
        let ready_until = self.ready_until();
        let fading = ready_until.filter(|day| day.days_since(as_of) <= FADING_DAYS);
        let best = self.best_source(as_of).map(|(source, _)| source);
        let (missed, outdated) = self.own_questions();
        CapabilityAssessment {
            capability: self.capability.id.clone(),
            core: self.capability.core,
            weight: self.capability.weight,
            band: state.band,
            total: points(state.total()),
            points: state.points.map(points),
            budgets: ByPart {
                knowledge: self.scale.budget(Part::Knowledge),
                hands_on: self.scale.budget(Part::HandsOn),
                dialogue: self.scale.budget(Part::Dialogue),
            },
            needs: ByPart {
                knowledge: self.scale.need(Part::Knowledge),
                hands_on: self.scale.need(Part::HandsOn),
                dialogue: self.scale.need(Part::Dialogue),
            },
            slots: self.slots(),
            gates: self.gates(&state),
            recall: (!state.knowledge_open).then(|| self.knowledge_missing(as_of)),
            reached_on: self.evidence.reached.map(|event| event.day),
            ready_until,
            limited_by: match state.band {
                Band::Ready => None,
                _ => self.limited_by(as_of),
            },
            fades_by: fading.and_then(|last| self.fades_by(last + 1)),
            way: self.way(),
            questions_known: best.map_or(0, |source| number(source.known.entries().len())),
            questions_again: best.map_or(0, |source| number(source.known.recalled_again())),
            last_practice_on: self.last_practice_on(),
            last_talk_on: self.evidence.last_talk_on(),
            to_confirm: number(self.evidence.waiting.len()),
            confirmable: self.to_confirm(as_of).map(|hand| hand.newest.id),
            missed,
            outdated,
        }
    }

    fn gates(&self, state: &State) -> Gates {
        let rules = self.subject.rules();
        let needed = rules.knowledge_floor * self.scale.budget_tenths(Part::Knowledge);
        let fresh_days = rules.hands_on_fresh_days;
        Gates {
            hands_on: state.hands_on_open,
            hands_on_until: self
                .last_practice_on()
                .filter(|_| fresh_days > 0)
                .map(|day| day + i32::try_from(fresh_days).unwrap_or(i32::MAX)),
            knowledge: state.knowledge_open,
            recalled_again: points(state.gate_knowledge),
            recalled_needed: points(needed.div_ceil(100)),
        }
    }

    fn slots(&self) -> Vec<Slot> {
        let mut slots = Vec::new();
        if let Some((source, _)) = self.best_source(self.subject.as_of) {
            let strongest = source.known.strongest(0, &self.ladder, self.subject.as_of);
            for ((place, worth), budget) in strongest.zip(self.scale.slots(Part::Knowledge)) {
                slots.push(Slot {
                    part: Part::Knowledge,
                    points: points(worth.tenths(*budget)),
                    budget: points(*budget),
                    behind: source.behind(place),
                });
            }
        }
        let in_full = |part, budget: &u32, behind| Slot {
            part,
            points: points(*budget),
            budget: points(*budget),
            behind,
        };
        let practices = self.scale.slots(Part::HandsOn).iter().zip(&self.evidence.hands);
        slots.extend(practices.map(|(budget, hand)| {
            let behind = Behind::Practice {
                step: hand.step.into(),
                day: hand.newest.day,
                event: hand.newest.id,
            };
            in_full(Part::HandsOn, budget, behind)
        }));
        let meetings = self.scale.slots(Part::Dialogue).iter().zip(&self.evidence.talks);
        slots.extend(meetings.map(|(budget, talk)| {
            let behind = Behind::Meeting {
                meeting: talk.meeting.into(),
                day: talk.first.day,
                event: talk.first.id,
            };
            in_full(Part::Dialogue, budget, behind)
        }));
        slots
    }

    /// What only the person's own eyes see: misses, and answers to questions that changed.
    fn own_questions(&self) -> (Vec<Missed>, Vec<OutdatedQuestion>) {
        let Some(own) = self.subject.own else {
            return (Vec::new(), Vec::new());
        };
        let capability = self.capability.id.as_str();
        let missed = own
            .memory
            .of(capability)
            .filter(|(_, remembered)| remembered.recall.last_right.is_none())
            .map(|(question, remembered)| Missed {
                question: question.into(),
                day: remembered.recall.anchor_day,
            });
        (missed.collect(), self.outdated_questions(own.memory))
    }

    fn outdated_questions(&self, memory: &Memory) -> Vec<OutdatedQuestion> {
        let slot = self.scale.slots(Part::Knowledge).first().copied().unwrap_or(0);
        memory
            .outdated()
            .filter(|(capability, _, _)| *capability == self.capability.id.as_str())
            .map(|(_, question, outdated)| {
                let entry = outdated.recall.entry();
                let known = Known::from_entries(entry.into_iter().collect());
                OutdatedQuestion {
                    question: question.into(),
                    worth: known.points(&[slot], &self.ladder, self.subject.as_of),
                    events: outdated.events.clone(),
                }
            })
            .collect()
    }
}

impl Source<'_> {
    fn behind(&self, place: usize) -> Behind {
        let entry = self.known.entries()[place];
        Behind::Question {
            name: self.known.name(place).map(Into::into),
            step: entry.step,
            right_on: entry.day,
            event: self.published.unwrap_or_else(|| self.events[place]),
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
