//! One person's events → the facts behind every report. Pure: the same events give the same facts, whatever files they
//! came from. This pass notes everything that stands for itself and who speaks about whom; `settle` is the second one.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use super::counted::{Reason, Recorded, count};
use super::link::Links;
use super::lookup::Lookup;
use super::modules::module_records;
use super::state::{
    Aim, Assignment, Capsule, Evidence, Handled, Idea, Invitation, Pair, Progress, StepRecord, Waiver,
};
use super::steps::Steps;
use crate::base::id::EventId;
use crate::base::text::are_equal;
use crate::base::time::Date;
use crate::model::curriculum::{Curriculum, Step, StepKind};
use crate::model::event::{self, CapsuleEntry, Event, Fact, Met};
use crate::model::settings::Settings;

/// Folds one person's events into their progress in one curriculum as of a day. The events are unique by id and in
/// the order of the log (`day`, `device`, `seq`); those of other curricula are passed over. They may be events or
/// references to them: events are large to move into an order.
pub fn fold<'a, E: Borrow<Event<'a>> + Recorded>(
    events: &'a [E],
    curriculum: &'a Curriculum,
    settings: &Settings,
    as_of: Date,
) -> Progress<'a> {
    Lookup::of(curriculum).fold(events, settings, as_of)
}

impl<'a> Lookup<'a> {
    /// The same as [`fold`] with its curriculum.
    pub fn fold<E: Borrow<Event<'a>> + Recorded>(
        &self,
        events: &'a [E],
        settings: &Settings,
        as_of: Date,
    ) -> Progress<'a> {
        let counted = count(events, as_of);
        let mut folder = Folder::new(self, settings.readiness.hands_on_evidence, as_of);
        for (place, event) in events.iter().enumerate() {
            folder.note(event.borrow(), counted.reason(place));
        }
        folder.settle(events, &counted);
        folder.finish()
    }
}

/// One person's facts while they are put together.
pub(super) struct Folder<'a, 'l> {
    lookup: &'l Lookup<'a>,
    /// What happened to each step that the curriculum knows.
    known: Vec<Option<StepRecord<'a>>>,
    pub(super) curriculum: &'a Curriculum,
    pub(super) evidence_needed: bool,
    pub(super) progress: Progress<'a>,
    pub(super) links: Links<'a>,
    pub(super) invited: BTreeMap<&'a str, Invited<'a>>,
}

/// The newest event about a meeting so far, and whether it was taken back.
pub(super) struct Invited<'a> {
    pub(super) invitation: Invitation<'a>,
    pub(super) cancelled: bool,
}

impl<'a, 'l> Folder<'a, 'l> {
    pub(super) fn new(lookup: &'l Lookup<'a>, evidence_needed: bool, as_of: Date) -> Self {
        let curriculum = lookup.curriculum;
        Self {
            lookup,
            known: vec![None; lookup.steps().len()],
            curriculum,
            evidence_needed,
            progress: Progress {
                as_of,
                capabilities: vec![Evidence::default(); curriculum.capabilities.len()],
                capsules: Vec::new(),
                practices: Vec::new(),
                meetings: Vec::new(),
                steps: Steps::default(),
                modules: Vec::new(),
                assignments: Vec::new(),
                pairs: Vec::new(),
                invitations: Vec::new(),
                ideas: Vec::new(),
                aim: None,
                not_counted: Vec::new(),
                last_active_on: None,
                data_until: None,
                unknown_kinds: BTreeMap::new(),
                unknown_ids: BTreeSet::new(),
            },
            links: Links::default(),
            invited: BTreeMap::new(),
        }
    }

    /// Whether an event names another curriculum.
    pub(super) fn is_elsewhere(&self, event: &Event) -> bool {
        event
            .fact
            .curriculum()
            .is_some_and(|id| *id != *self.curriculum.id.as_str())
    }

    pub(super) fn note(&mut self, event: &'a Event<'a>, why_not: Option<Reason>) {
        if why_not != Some(Reason::DatedInTheFuture) {
            self.note_day(event);
        }
        if let (Fact::Aimed { .. }, None) = (&event.fact, why_not) {
            self.note_aim(event);
        }
        if self.is_elsewhere(event) {
            return;
        }
        match &event.fact {
            Fact::Invited(_) | Fact::Paired { .. } if event.is_with_nobody() => {}
            Fact::Invited(invited) => {
                if why_not != Some(Reason::DatedInTheFuture) {
                    self.note_invitation(event, invited, why_not.is_some());
                }
            }
            _ if why_not.is_some() => {}
            Fact::Assigned {
                module, due, reason, ..
            } => self.progress.assignments.push(Assignment {
                event,
                module: self.curriculum.current_module(module),
                assigned_on: event.day,
                by: &event.by,
                due: *due,
                reason: reason.as_deref(),
                unassigned: None,
            }),
            Fact::Started { step, .. } => {
                self.step(step).started.get_or_insert(event);
            }
            Fact::Finished { step, rev, .. } => self.note_finished(event, step, *rev),
            Fact::Recalled {
                capability,
                entries,
                damaged,
                ..
            } if event.is_own_word() => self.note_capsule(event, capability, entries, *damaged),
            // What somebody else answered is nothing this person knows.
            Fact::Recalled { capability, .. } => {
                self.evidence(capability);
            }
            Fact::Reached { capability, .. } => {
                if let Some(evidence) = self.evidence(capability) {
                    evidence.reached.get_or_insert(event);
                }
            }
            Fact::Paired {
                mentor,
                capabilities,
                why,
                ..
            } => self.progress.pairs.push(Pair {
                event,
                mentor,
                capabilities,
                why: why.as_deref(),
                ended: None,
            }),
            Fact::Waived { step, until, .. } => {
                let until = *until;
                self.step(step).waivers.push(Waiver { event, until });
            }
            Fact::Suggested {
                text,
                curriculum,
                capability,
            } => self.progress.ideas.push(Idea {
                event,
                text,
                curriculum: curriculum.as_deref(),
                capability: capability.as_deref(),
                handled: None,
            }),
            Fact::Unassigned { reference, .. }
            | Fact::Measured { reference, .. }
            | Fact::Confirmed { reference }
            | Fact::Kept { reference, .. }
            | Fact::Unpaired { reference }
            | Fact::Handled { reference, .. } => self.links.push(*reference, event),
            Fact::Unknown { kind } => *self.progress.unknown_kinds.entry(kind).or_default() += 1,
            Fact::Practised(_) | Fact::Met(_) | Fact::Aimed { .. } | Fact::Voided { .. } => {}
        }
    }

    fn note_day(&mut self, event: &Event) {
        let progress = &mut self.progress;
        progress.data_until = progress.data_until.max(Some(event.day));
        if event.is_own_word() {
            progress.last_active_on = progress.last_active_on.max(Some(event.day));
        }
    }

    /// The last aim in the order of the log counts, even if it names nothing of this curriculum.
    fn note_aim(&mut self, event: &'a Event<'a>) {
        let Fact::Aimed {
            text,
            function,
            capability,
            ..
        } = &event.fact
        else {
            return;
        };
        let here = event.fact.curriculum().is_some() && !self.is_elsewhere(event);
        self.progress.aim = Some(Aim {
            event,
            text,
            function: function.as_deref(),
            capability: capability
                .as_deref()
                .filter(|id| here && self.curriculum.capability(id).is_some()),
        });
    }

    /// A later event moves a meeting; taking back the last one cancels it, taking back an earlier one changes nothing.
    fn note_invitation(&mut self, event: &'a Event<'a>, invited: &'a event::Invited<'a>, cancelled: bool) {
        let before = self.invited.get(&*invited.meeting);
        let sequence = before.map_or(0, |before| before.invitation.sequence + 1);
        let invitation = Invitation {
            event,
            invited,
            sequence,
        };
        self.invited.insert(
            &invited.meeting,
            Invited {
                invitation,
                cancelled,
            },
        );
    }

    fn note_finished(&mut self, event: &'a Event<'a>, step: &'a str, rev: u32) {
        let record = self.step(step);
        // Practices and talks are done by doing them; nobody finishes one by saying so.
        let by_doing = matches!(
            record.step.map(|step| &step.kind),
            Some(StepKind::Practice(_) | StepKind::Talk(_))
        );
        if !by_doing {
            record.mark_done(event, Some(rev));
        }
    }

    /// Of a device's capsules the one with the highest seq counts: one written while the clock was a year ahead must
    /// not come back a year later.
    fn note_capsule(
        &mut self,
        event: &'a Event<'a>,
        capability: &'a str,
        entries: &'a [CapsuleEntry],
        damaged: u32,
    ) {
        self.evidence(capability);
        let capsule = Capsule {
            capability,
            device: &event.device,
            entries,
            damaged,
            event,
        };
        let key = |event: &Event| (event.seq, event.day, event.id);
        let same = self
            .progress
            .capsules
            .iter_mut()
            .find(|c| are_equal(c.device, capsule.device) && c.capability == capability);
        match same {
            Some(newest) if key(newest.event) > key(event) => {}
            Some(newest) => *newest = capsule,
            None => self.progress.capsules.push(capsule),
        }
    }

    /// The record of a step, under its present id.
    pub(super) fn step(&mut self, id: &'a str) -> &mut StepRecord<'a> {
        let id = self.curriculum.current_step(id);
        match self.lookup.place(id) {
            Some(place) => {
                self.known[place].get_or_insert_with(|| StepRecord::of(Some(self.lookup.steps()[place])))
            }
            None => self.progress.steps.record(id, || StepRecord::of(None)),
        }
    }

    /// The evidence of a capability; one that the curriculum does not know is noted as such.
    pub(super) fn evidence(&mut self, capability: &'a str) -> Option<&mut Evidence<'a>> {
        let place = self
            .curriculum
            .capabilities
            .iter()
            .position(|c| c.id.as_str() == capability);
        if place.is_none() {
            self.progress.unknown_ids.insert(capability);
        }
        self.progress.capabilities.get_mut(place?)
    }

    fn finish(mut self) -> Progress<'a> {
        self.finish_talks();
        let Self {
            curriculum,
            lookup,
            known,
            mut progress,
            links,
            invited,
            ..
        } = self;
        for assignment in &mut progress.assignments {
            assignment.unassigned = about(&links, assignment.event.id, |fact| {
                matches!(fact, Fact::Unassigned { .. })
            });
        }
        for pair in &mut progress.pairs {
            pair.ended = about(&links, pair.event.id, |fact| {
                matches!(fact, Fact::Unpaired { .. })
            });
        }
        for idea in &mut progress.ideas {
            idea.handled = links.about(idea.event.id).rev().find_map(handling);
        }
        let standing = invited.into_values().filter(|invited| !invited.cancelled);
        progress.invitations = standing.map(|invited| invited.invitation).collect();
        progress.capsules.sort_by_key(|c| (c.capability, c.device));
        progress
            .unknown_ids
            .extend(progress.steps.iter().map(|(id, _)| id));
        let count = known.iter().flatten().count();
        let ids = lookup.steps().iter().map(|step| step.id.as_str());
        let known = ids.zip(known).filter_map(|(id, record)| Some((id, record?)));
        progress.steps.join(count, known);
        progress.modules = module_records(curriculum, &progress);
        let unknown_modules = progress.modules.iter().filter(|record| record.module.is_none());
        progress
            .unknown_ids
            .extend(unknown_modules.map(|record| record.id));
        progress
    }

    /// A talk step is done by the first counted meeting in its role and about one of its capabilities.
    fn finish_talks(&mut self) {
        if self.progress.meetings.is_empty() {
            return;
        }
        let curriculum = self.curriculum;
        for (_, step) in curriculum.live_steps() {
            if let Some(event) = self.talk_held(step) {
                self.step(step.id.as_str()).mark_done(event, None);
            }
        }
    }

    fn talk_held(&self, step: &Step) -> Option<&'a Event<'a>> {
        let StepKind::Talk(talk) = &step.kind else {
            return None;
        };
        let is_about = |met: &Met| {
            step.capabilities
                .iter()
                .any(|id| met.capabilities.iter().any(|c| *c == id.as_str()))
        };
        self.progress
            .meetings
            .iter()
            .find(|record| record.why_not.is_none() && record.met.role == talk.with && is_about(record.met))
            .map(|record| record.event)
    }
}

impl<'a> StepRecord<'a> {
    fn of(step: Option<&'a Step>) -> Self {
        Self {
            step,
            started: None,
            finished: None,
            rev_done: None,
            waivers: Vec::new(),
        }
    }

    pub(super) fn mark_done(&mut self, event: &'a Event<'a>, rev: Option<u32>) {
        self.finished.get_or_insert(event);
        self.rev_done = self.rev_done.max(rev);
    }
}

fn handling<'a>(event: &'a Event<'a>) -> Option<Handled<'a>> {
    match &event.fact {
        Fact::Handled { into, reason, .. } => Some(Handled {
            event,
            into,
            reason: reason.as_deref(),
        }),
        _ => None,
    }
}

/// The first event of a kind about another one.
fn about<'a>(links: &Links<'a>, id: EventId, is: impl Fn(&Fact) -> bool) -> Option<&'a Event<'a>> {
    links.about(id).find(|event| is(&event.fact))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::samples::{Log, date, folded};

    #[test]
    fn the_last_invitation_counts_and_taking_it_back_cancels_the_meeting() {
        let mut log = Log::new();
        log.invited("2026-01-01", "m1", None);
        let moved = log.invited("2026-01-02", "m1", Some("2026-01-20T09:00:00Z"));
        log.invited("2026-01-03", "m2", None);
        folded(&log, "2026-01-10", |p| {
            assert_eq!(p.invitations.len(), 2);
            assert_eq!((p.invitations[0].event.id, p.invitations[0].sequence), (moved, 1));
            assert!(!p.was_held("m1"));
        });
        log.add("2026-01-05", "maya", Fact::Voided { reference: moved });
        folded(&log, "2026-01-10", |p| {
            assert_eq!(
                p.invitations
                    .iter()
                    .map(|i| &*i.invited.meeting)
                    .collect::<Vec<_>>(),
                ["m2"]
            );
        });
    }

    /// Where two copies differ, one knows the name that the invitation gave and the other does not.
    #[test]
    fn one_talk_under_two_names_counts_once_whichever_was_read_first() {
        let made_up = "2026-01-09:ana+bo";
        for names in [["m1", made_up], [made_up, "m1"], [made_up, made_up]] {
            let mut log = Log::new();
            for name in names {
                log.met("2026-01-09", name, "present");
            }
            log.met("2026-01-10", "2026-01-10:ana+bo", "present");
            folded(&log, "2026-01-20", |p| {
                let known: Vec<&str> = p.meetings.iter().map(|m| m.meeting).collect();
                let one = if names.contains(&"m1") { "m1" } else { made_up };
                assert_eq!(known, [one, one, "2026-01-10:ana+bo"]);
                let talks = &p.capabilities[0].talks;
                assert_eq!(
                    talks.iter().map(|t| t.meeting).collect::<Vec<_>>(),
                    [one, "2026-01-10:ana+bo"]
                );
                assert!(names.iter().all(|name| p.was_held(name)));
            });
        }
        // Two that were each given a name are two, on one day or not.
        let mut log = Log::new();
        log.met("2026-01-09", "m1", "present");
        log.met("2026-01-09", "m2", "present");
        folded(&log, "2026-01-20", |p| {
            assert_eq!(p.capabilities[0].talks.len(), 2);
        });
        // One who did not know of the invitation held what it was for.
        let mut log = Log::new();
        log.invited("2026-01-02", "m1", Some("2026-01-09T09:00:00Z"));
        log.invited("2026-01-02", "m2", Some("2026-01-12T09:00:00Z"));
        log.met("2026-01-09", made_up, "present");
        folded(&log, "2026-01-20", |p| {
            assert!(p.was_held("m1") && !p.was_held("m2"));
        });
    }

    #[test]
    fn commitments_pairs_and_ideas_carry_what_came_of_them() {
        let mut log = Log::new();
        let met = log.met("2026-01-09", "m1", "present");
        log.add("2026-01-10", "ana", kept(met, "no"));
        log.add("2026-01-20", "ana", kept(met, "yes"));
        let pair = log.add(
            "2026-01-02",
            "maya",
            Fact::Paired {
                curriculum: "c".into(),
                mentor: "jo".into(),
                capabilities: vec!["serve".into()],
                why: None,
            },
        );
        let idea = log.add(
            "2026-01-03",
            "ana",
            Fact::Suggested {
                text: "chat".into(),
                curriculum: None,
                capability: None,
            },
        );
        folded(&log, "2026-02-01", |p| {
            assert_eq!(p.meetings[0].kept.map(|k| k.answer), Some("yes"));
            assert!(p.pairs[0].ended.is_none() && p.ideas[0].handled.is_none());
        });
        log.add("2026-01-30", "ana", Fact::Unpaired { reference: pair });
        log.add(
            "2026-01-30",
            "maya",
            Fact::Handled {
                reference: idea,
                into: "case".into(),
                reason: None,
            },
        );
        folded(&log, "2026-02-01", |p| {
            assert_eq!(p.pairs[0].ended.map(|e| e.day), Some(date("2026-01-30")));
            assert_eq!(p.ideas[0].handled.map(|h| h.into), Some("case"));
        });
    }

    #[test]
    fn former_ids_go_on_under_the_present_ones() {
        let mut log = Log::new();
        log.finished("2026-01-01", "basics.old");
        log.finished("2026-01-02", "basics.nowhere");
        folded(&log, "2026-01-10", |p| {
            assert!(p.is_done("basics.read"));
            assert_eq!(
                p.unknown_ids.iter().copied().collect::<Vec<_>>(),
                ["basics.nowhere"]
            );
        });
    }

    #[test]
    fn nobody_finishes_a_practice_by_saying_so() {
        let mut log = Log::new();
        log.finished("2026-01-01", "basics.do");
        folded(&log, "2026-01-10", |p| assert!(!p.is_done("basics.do")));
    }

    #[test]
    fn of_a_devices_capsules_the_highest_seq_counts() {
        let mut log = Log::new();
        log.recalled("2027-01-01", "ana", &[(1, "2026-01-01")]);
        let newest = log.recalled("2026-01-02", "ana", &[]);
        log.recalled("2026-01-02", "phone", &[(0, "2026-01-01")]);
        folded(&log, "2027-01-02", |p| {
            let capsules = p.capsules_of("serve");
            assert_eq!(
                capsules.iter().map(|c| c.device).collect::<Vec<_>>(),
                ["ana", "phone"]
            );
            assert_eq!(capsules[0].event.id, newest);
            assert!(p.capsules_of("reach").is_empty());
        });
    }

    #[test]
    fn what_somebody_else_answered_is_not_known() {
        let mut log = Log::new();
        let fact = Fact::Recalled {
            curriculum: "c".into(),
            capability: "serve".into(),
            entries: vec![CapsuleEntry {
                step: 1,
                day: date("2026-01-01"),
            }],
            damaged: 0,
        };
        let id = log.add("2026-01-01", "pat", fact);
        folded(&log, "2026-01-02", |p| {
            assert!(p.capsules_of("serve").is_empty());
            let reasons: Vec<_> = p.not_counted.iter().map(|n| (n.event.id, n.reason)).collect();
            assert_eq!(reasons, [(id, Reason::DoneBySomebodyElse)]);
        });
    }

    #[test]
    fn the_newest_aim_counts_even_if_it_names_nothing_here() {
        let aimed = |curriculum: Option<&'static str>| Fact::Aimed {
            text: "answers take two days".into(),
            function: None,
            curriculum: curriculum.map(Into::into),
            capability: curriculum.map(|_| "serve".into()),
        };
        let mut log = Log::new();
        log.add("2026-01-01", "ana", aimed(Some("c")));
        folded(&log, "2026-01-10", |p| {
            assert_eq!(p.aim.and_then(|a| a.capability), Some("serve"));
        });
        log.add("2026-01-02", "ana", aimed(Some("other")));
        folded(&log, "2026-01-10", |p| {
            assert_eq!(p.aim.and_then(|a| a.capability), None);
        });
    }

    fn kept(reference: EventId, answer: &'static str) -> Fact<'static> {
        Fact::Kept {
            reference,
            answer: answer.into(),
        }
    }
}
