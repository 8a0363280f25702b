//! The facts of one person in one curriculum on one day, each with the event it rests on. Texts and events are borrowed
//! from the log as read: nothing is copied, because ten thousand people are folded one after the other.

use std::collections::{BTreeMap, BTreeSet};

use super::counted::Reason;
use super::steps::Steps;
use crate::base::id::EventId;
use crate::base::points::Thousandths;
use crate::base::time::{Date, Planned};
use crate::model::curriculum::{Curriculum, Module, Step};
use crate::model::event::{Attendance, CapsuleEntry, Event, Invited, MeasureGrade, Met, Practised, Text};
use crate::model::talks::{KnownPlan, KnownTalks};

/// Everything about one person in one curriculum as of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The day it holds for.
    pub as_of: Date,
    /// What speaks for each capability, in the curriculum's order.
    pub capabilities: Vec<Evidence<'a>>,
    /// The newest capsule of each device and capability, sorted by capability, then device. Those of capabilities that
    /// left the curriculum are here too: a device compares with them what it would publish.
    pub capsules: Vec<Capsule<'a>>,
    /// Every practice in the order of the log, counted or not.
    pub practices: Vec<PracticeRecord<'a>>,
    /// Every record of a talk in the order of the log, counted or not; two devices may record one talk.
    pub meetings: Vec<MeetingRecord<'a>>,
    /// What happened to each step, by its present id.
    pub steps: Steps<'a>,
    /// Modules that were assigned or begun, in the curriculum's order, those it does not know last.
    pub modules: Vec<ModuleRecord<'a>>,
    /// Every counted assignment in the order of the log.
    pub assignments: Vec<Assignment<'a>>,
    /// Mentor pairs in the order of the log, ended ones too.
    pub pairs: Vec<Pair<'a>>,
    /// The newest invitation to each meeting, sorted by meeting; cancelled ones are gone.
    pub invitations: Vec<Invitation<'a>>,
    /// Ideas of this curriculum, and those that name none.
    pub ideas: Vec<Idea<'a>>,
    /// Which process should become more efficient: the newest, whichever curriculum it names.
    pub aim: Option<Aim<'a>>,
    /// Events of this curriculum that do not count, in the order of the log.
    pub not_counted: Vec<NotCounted<'a>>,
    /// Newest day of anything in the person's own words, in any curriculum.
    pub last_active_on: Option<Date>,
    /// Newest day of anything in the log, in any curriculum.
    pub data_until: Option<Date>,
    /// Counted events of each kind this version does not know.
    pub unknown_kinds: BTreeMap<&'a str, u32>,
    /// Steps, modules and capabilities that counted events name and the curriculum does not know.
    pub unknown_ids: BTreeSet<&'a str>,
}

impl<'a> Progress<'a> {
    /// Whether a step was done: finished, practised or talked about, as its kind asks. Waived is not done.
    pub fn is_done(&self, step: &str) -> bool {
        self.steps
            .get(step)
            .is_some_and(|record| record.finished.is_some())
    }

    /// Whether a step is waived on this day.
    pub fn is_waived(&self, step: &str) -> bool {
        self.steps
            .get(step)
            .is_some_and(|record| record.is_waived(self.as_of))
    }

    /// Whether steps that need this one may go ahead: it is done or waived.
    pub fn is_settled(&self, step: &str) -> bool {
        self.steps
            .get(step)
            .is_some_and(|record| record.finished.is_some() || record.is_waived(self.as_of))
    }

    /// Steps that one waits for: needed, live, and neither done nor waived. What the curriculum does not know holds nobody
    /// up.
    pub fn open_needs<'c>(
        &self,
        step: &'c Step,
        curriculum: &'c Curriculum,
    ) -> impl Iterator<Item = &'c Step> {
        let needs = step.needs.iter().filter_map(|id| curriculum.step(id.as_str()));
        needs.filter(|need| !need.retired && !self.is_settled(need.id.as_str()))
    }

    /// The newest capsules of a capability, by device.
    pub fn capsules_of(&self, capability: &str) -> &[Capsule<'a>] {
        let first = self.capsules.partition_point(|c| c.capability < capability);
        let behind = self.capsules.partition_point(|c| c.capability <= capability);
        &self.capsules[first..behind]
    }

    /// The practice that an event recorded.
    pub fn practice(&self, event: EventId) -> Option<&PracticeRecord<'a>> {
        self.practices.iter().find(|record| record.event.id == event)
    }

    /// What is known of a module.
    pub fn module(&self, id: &str) -> Option<&ModuleRecord<'a>> {
        self.modules.iter().find(|record| record.id == id)
    }

    /// Practices that wait for the person's word.
    pub fn waiting(&self) -> impl Iterator<Item = &PracticeRecord<'a>> {
        self.practices
            .iter()
            .filter(|record| record.why_not == Some(Reason::WaitingToBeConfirmed))
    }

    /// Practices that set a baseline, counted for points or not; those taken back or still to come are out.
    pub fn baselines(&self) -> impl Iterator<Item = &PracticeRecord<'a>> {
        self.practices
            .iter()
            .filter(|record| record.practised.measure.is_some() && record.stands())
    }

    /// Talks that are planned and talks that were held, by which a further record finds its name.
    pub fn known_talks(&self) -> KnownTalks {
        let ids = |with: &[Text<'_>]| with.iter().map(ToString::to_string).collect();
        let planned = self.invitations.iter();
        let planned = planned.filter(|one| !self.was_held(&one.invited.meeting));
        let held = self.meetings.iter().filter(|talk| talk.stands());
        KnownTalks {
            planned: planned
                .map(|one| {
                    let at = one.invited.at.as_deref().and_then(Planned::parse);
                    KnownPlan {
                        day: at.map(Planned::day),
                        meeting: one.invited.meeting.to_string(),
                        with: ids(&one.invited.with),
                        place: one.invited.place.as_deref().map(str::to_owned),
                        minutes: one.invited.minutes,
                    }
                })
                .collect(),
            held: held
                .map(|talk| (talk.event.day, talk.meeting.to_owned(), ids(&talk.met.with)))
                .collect(),
        }
    }

    /// What the person said at talks they would do, and nobody has asked about since, the oldest first: each stays open
    /// until it is answered, whatever talks came after. What a deputy said is nobody's promise.
    pub fn open_promises(&self) -> impl Iterator<Item = (&MeetingRecord<'a>, &'a str)> {
        let mut said_at: BTreeMap<&str, (&MeetingRecord<'a>, &'a str)> = BTreeMap::new();
        for record in self.meetings.iter().filter(|record| record.stands()) {
            let said = record.met.commitment.as_deref();
            let Some(said) = said.filter(|_| record.met.attendance != Attendance::Deputy) else {
                continue;
            };
            // Of one talk the person's own words go before what others noted.
            let known = said_at.get(record.meeting);
            if !known.is_some_and(|(known, _)| known.event.is_own_word() && !record.event.is_own_word()) {
                said_at.insert(record.meeting, (record, said));
            }
        }
        let mut open: Vec<_> = said_at.into_values().collect();
        open.retain(|(record, _)| {
            let mut all = self.meetings.iter();
            !all.any(|other| other.kept.is_some() && other.meeting == record.meeting)
        });
        open.sort_by_key(|(record, _)| (record.event.day, record.event.id));
        open.into_iter()
    }

    /// Mentor pairs that have not ended, in the order of the log.
    pub fn running_pairs(&self) -> impl Iterator<Item = &Pair<'a>> {
        self.pairs.iter().filter(|pair| pair.ended.is_none())
    }

    /// Pairs, each once: without [twins](Self::is_twin).
    pub fn pairs_once(&self) -> impl Iterator<Item = &Pair<'a>> {
        self.pairs.iter().filter(|pair| !self.is_twin(pair))
    }

    /// Whether a pair is one that an earlier line says already: two computers paired the two before they knew of each other.
    /// What still runs is no twin of what has ended.
    pub fn is_twin(&self, pair: &Pair<'_>) -> bool {
        let place = |event: &Event<'_>| (event.day, event.device.to_string(), event.seq);
        let earlier = self
            .pairs
            .iter()
            .take_while(|other| other.event.id != pair.event.id);
        earlier
            .filter(|other| other.mentor == pair.mentor)
            .any(|other| match (other.ended, pair.ended) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(ended), Some(_)) => place(ended) > place(pair.event),
            })
    }

    /// Whether a meeting was held, a deputy's visit included.
    pub fn was_held(&self, meeting: &str) -> bool {
        self.meetings
            .iter()
            .any(|record| (record.meeting == meeting || record.met.meeting == meeting) && record.stands())
    }
}

impl PracticeRecord<'_> {
    /// Whether it was said and not taken back, be it worth points or not.
    pub fn stands(&self) -> bool {
        stands(self.why_not)
    }

    /// Whether the person said it, or confirmed it, as done by their own hand.
    pub fn is_own_word(&self) -> bool {
        matches!(self.why_not, None | Some(Reason::NoEvidence))
    }
}

impl MeetingRecord<'_> {
    /// Whether it was said, with somebody, and not taken back, be it worth points or not.
    pub fn stands(&self) -> bool {
        stands(self.why_not) && self.why_not != Some(Reason::WithNobody)
    }
}

fn stands(why_not: Option<Reason>) -> bool {
    !matches!(why_not, Some(Reason::Voided | Reason::DatedInTheFuture))
}

/// What speaks for one capability, questions apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence<'a> {
    /// Distinct practice steps done, in the order in which they were first done.
    pub hands: Vec<Hand<'a>>,
    /// Practices that wait for the person's word, in the order of the log.
    pub waiting: Vec<Hand<'a>>,
    /// Distinct meetings, in the order in which they were held.
    pub talks: Vec<TalkHeld<'a>>,
    /// The first `reached`.
    pub reached: Option<&'a Event<'a>>,
}

impl Evidence<'_> {
    /// Day of the newest counted practice.
    pub fn last_practice_on(&self) -> Option<Date> {
        self.hands.iter().map(|hand| hand.newest.day).max()
    }

    /// Day of the newest counted meeting.
    pub fn last_talk_on(&self) -> Option<Date> {
        self.talks.iter().map(|talk| talk.first.day).max()
    }
}

/// A practice step done with one's own hands; doing it again only makes it newer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hand<'a> {
    /// The step's present id; the curriculum need not know it.
    pub step: &'a str,
    /// The newest practice of it.
    pub newest: &'a Event<'a>,
}

/// A meeting that counts once, however many devices recorded it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TalkHeld<'a> {
    /// Which meeting.
    pub meeting: &'a str,
    /// The earliest counted record of it.
    pub first: &'a Event<'a>,
}

/// The newest capsule of one device and capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capsule<'a> {
    /// The capability.
    pub capability: &'a str,
    /// The device.
    pub device: &'a str,
    /// Its entries as published.
    pub entries: &'a [CapsuleEntry],
    /// How many more entries could not be read.
    pub damaged: u32,
    /// The event that published it.
    pub event: &'a Event<'a>,
}

/// One recorded practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeRecord<'a> {
    /// The event: day, whose word, through whom.
    pub event: &'a Event<'a>,
    /// What was recorded.
    pub practised: &'a Practised<'a>,
    /// The step's present id.
    pub step: &'a str,
    /// Why it gives no points; `None` if it does.
    pub why_not: Option<Reason>,
    /// The person's own word on what somebody else recorded.
    pub confirmed: Option<&'a Event<'a>>,
    /// The second figure of its baseline.
    pub measured: Option<Measured<'a>>,
}

/// The second figure of a baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured<'a> {
    /// The event.
    pub event: &'a Event<'a>,
    /// The figure.
    pub after: Thousandths,
    /// How many cases it rests on.
    pub n: Option<u64>,
    /// How it is known, as it counts: `verified` by oneself reads as observed.
    pub grade: MeasureGrade,
}

/// One record of a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingRecord<'a> {
    /// The event: day, whose word, through whom.
    pub event: &'a Event<'a>,
    /// What was recorded.
    pub met: &'a Met<'a>,
    /// Which talk it is: as it was recorded, or as others who were in it call it where it had no name but its day and people.
    pub meeting: &'a str,
    /// Why it gives no points; `None` if it does.
    pub why_not: Option<Reason>,
    /// What came of its commitment: the newest answer.
    pub kept: Option<Kept<'a>>,
}

/// What came of a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept<'a> {
    /// The event.
    pub event: &'a Event<'a>,
    /// yes, partly, no.
    pub answer: &'a str,
}

/// What happened to one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRecord<'a> {
    /// The step, retired or not; `None` if the curriculum does not know it.
    pub step: Option<&'a Step>,
    /// First opened by.
    pub started: Option<&'a Event<'a>>,
    /// First done by: `finished`, a counted practice or a counted talk, as its kind asks.
    pub finished: Option<&'a Event<'a>>,
    /// Highest revision it was done at; talks have none.
    pub rev_done: Option<u32>,
    /// All that waive it, expired ones too.
    pub waivers: Vec<Waiver<'a>>,
}

impl StepRecord<'_> {
    /// Whether it was waived on a day.
    pub fn is_waived(&self, day: Date) -> bool {
        self.waivers.iter().any(|waiver| waiver.covers(day))
    }
}

/// A step need not be done, for good or for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiver<'a> {
    /// The event.
    pub event: &'a Event<'a>,
    /// The first day on which it no longer holds.
    pub until: Option<Date>,
}

impl Waiver<'_> {
    /// Whether it holds on a day.
    pub fn covers(&self, day: Date) -> bool {
        self.event.day <= day && self.until.is_none_or(|until| day < until)
    }
}

/// Where a module stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModuleRecord<'a> {
    /// Its present id.
    pub id: &'a str,
    /// The module; `None` if the curriculum does not know it.
    pub module: Option<&'a Module>,
    /// The first day on which every live step that was there by then was done or waived.
    pub finished_on: Option<Date>,
    /// The first open assignment; its day is the day of the assignment.
    pub assigned: Option<&'a Event<'a>>,
    /// Due date of the last open assignment: a later one is an extension.
    pub due: Option<Date>,
    /// Days since the due date, if it is open, not finished and over.
    pub overdue_days: Option<u32>,
}

/// One assignment of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assignment<'a> {
    /// The event.
    pub event: &'a Event<'a>,
    /// The module's present id.
    pub module: &'a str,
    /// The day it was assigned.
    pub assigned_on: Date,
    /// Who assigned it.
    pub by: &'a str,
    /// When it is due.
    pub due: Option<Date>,
    /// Why.
    pub reason: Option<&'a str>,
    /// What took it back; `None` while it is open.
    pub unassigned: Option<&'a Event<'a>>,
}

/// An executive, here the person of the log, and a mentor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The event.
    pub event: &'a Event<'a>,
    /// The mentor.
    pub mentor: &'a str,
    /// What they meet about.
    pub capabilities: &'a [Text<'a>],
    /// The reason given.
    pub why: Option<&'a str>,
    /// What ended it; `None` while it runs.
    pub ended: Option<&'a Event<'a>>,
}

/// The state of a planned talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invitation<'a> {
    /// The newest event about this meeting.
    pub event: &'a Event<'a>,
    /// What it says.
    pub invited: &'a Invited<'a>,
    /// How often it was changed: the sequence number of calendar files.
    pub sequence: u32,
}

/// One idea.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idea<'a> {
    /// The event.
    pub event: &'a Event<'a>,
    /// The idea.
    pub text: &'a str,
    /// The curriculum it names.
    pub curriculum: Option<&'a str>,
    /// The capability it names.
    pub capability: Option<&'a str>,
    /// What became of it; `None` while it is open.
    pub handled: Option<Handled<'a>>,
}

/// What became of an idea.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handled<'a> {
    /// The event.
    pub event: &'a Event<'a>,
    /// case, change, none.
    pub into: &'a str,
    /// Why.
    pub reason: Option<&'a str>,
}

/// Which process should become more efficient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aim<'a> {
    /// The event.
    pub event: &'a Event<'a>,
    /// The process.
    pub text: &'a str,
    /// Its function, a slug.
    pub function: Option<&'a str>,
    /// The capability it names, if that is one of this curriculum.
    pub capability: Option<&'a str>,
}

/// An event that does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotCounted<'a> {
    /// The event.
    pub event: &'a Event<'a>,
    /// Why not.
    pub reason: Reason,
}
