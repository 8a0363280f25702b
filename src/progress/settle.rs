//! The second pass of the fold: practices and talks, which others may have confirmed, measured or answered anywhere in
//! the log, and what does not count and why.

use std::borrow::Borrow;

use super::counted::{Counted, Places, Reason, Recorded};
use super::fold::Folder;
use super::link::Links;
use super::state::{Evidence, Hand, Kept, Measured, MeetingRecord, NotCounted, PracticeRecord, TalkHeld};
use crate::base::time::Planned;
use crate::model::event::{Attendance, Event, Fact, MeasureGrade, Met, Practised};
use crate::model::talks;

impl<'a> Folder<'a, '_> {
    /// The second pass: practices and talks with what was said about them, and what does not count.
    pub(super) fn settle<E: Borrow<Event<'a>> + Recorded>(&mut self, events: &'a [E], counted: &Counted) {
        self.links.sort();
        let mut places = None;
        for (place, event) in events.iter().map(Borrow::borrow).enumerate() {
            let why_not = counted.reason(place);
            let reason = match &event.fact {
                // Most events stand for themselves.
                Fact::Started { .. } | Fact::Finished { .. } if why_not.is_none() => continue,
                Fact::Recalled { .. } if why_not.is_none() && event.is_own_word() => continue,
                _ if self.is_elsewhere(event) => None,
                Fact::Practised(practised) => {
                    let why_not = self.settle_practice(event, practised, why_not);
                    if why_not.is_none() {
                        self.step(&practised.step).mark_done(event, Some(practised.rev));
                    }
                    why_not
                }
                Fact::Met(met) => self.settle_meeting(event, met, why_not),
                Fact::Paired { .. } | Fact::Invited(_) if why_not.is_none() => {
                    event.is_with_nobody().then_some(Reason::WithNobody)
                }
                Fact::Recalled { .. } if why_not.is_none() => Some(Reason::DoneBySomebodyElse),
                _ => why_not.filter(|_| {
                    let places = places.get_or_insert_with(|| {
                        let named = events.iter().filter_map(|event| event.borrow().fact.reference());
                        Places::of(named.collect(), events)
                    });
                    self.is_ours(event, events, places)
                }),
            };
            if let Some(reason) = reason {
                self.progress.not_counted.push(NotCounted { event, reason });
            }
        }
    }

    /// Whether an event is about this curriculum, or about none: what it names decides.
    fn is_ours<E: Borrow<Event<'a>>>(&self, event: &Event<'a>, events: &[E], places: &Places) -> bool {
        /// Nobody takes back a correction of a correction more often than this; a longer chain is somebody's joke.
        const LONGEST_CHAIN: usize = 64;
        let mut about = event;
        for _ in 0..LONGEST_CHAIN {
            if about.fact.curriculum().is_some() {
                break;
            }
            match about.fact.reference().and_then(|id| places.find(id)) {
                Some(place) => about = events[place].borrow(),
                None => break,
            }
        }
        !self.is_elsewhere(about)
    }

    /// Notes a practice for its capabilities; its step is the caller's.
    pub(super) fn settle_practice(
        &mut self,
        event: &'a Event<'a>,
        practised: &'a Practised<'a>,
        why_not: Option<Reason>,
    ) -> Option<Reason> {
        let confirmed = self
            .links
            .about(event.id)
            .find(|e| matches!(e.fact, Fact::Confirmed { .. }) && e.by == event.person);
        let why_not = why_not.or_else(|| self.doubt(event, practised, confirmed.is_some()));
        let step = self.curriculum.current_step(&practised.step);
        match why_not {
            None => self.credit_practice(event, practised, step),
            Some(Reason::WaitingToBeConfirmed) => {
                let hand = Hand { step, newest: event };
                for capability in &practised.capabilities {
                    if let Some(evidence) = self.evidence(capability) {
                        evidence.waiting.push(hand);
                    }
                }
            }
            Some(_) => {}
        }
        let measured = practised
            .measure
            .as_ref()
            .and_then(|_| second_figure(event, &self.links));
        self.progress.practices.push(PracticeRecord {
            event,
            practised,
            step,
            why_not,
            confirmed,
            measured,
        });
        why_not
    }

    /// Why a recorded practice gives no points.
    fn doubt(&self, event: &Event, practised: &Practised, confirmed: bool) -> Option<Reason> {
        let has_evidence = practised
            .evidence
            .as_ref()
            .is_some_and(|line| !line.trim().is_empty());
        let own_word = event.is_own_word();
        if self.evidence_needed && !has_evidence {
            Some(Reason::NoEvidence)
        } else if confirmed || (practised.personal && own_word) {
            None
        } else if own_word {
            Some(Reason::DoneBySomebodyElse)
        } else {
            Some(Reason::WaitingToBeConfirmed)
        }
    }

    fn credit_practice(&mut self, event: &'a Event<'a>, practised: &'a Practised<'a>, step: &'a str) {
        for capability in &practised.capabilities {
            let Some(evidence) = self.evidence(capability) else {
                continue;
            };
            match evidence.hands.iter_mut().find(|hand| hand.step == step) {
                Some(hand) => hand.newest = event,
                None => evidence.hands.push(Hand { step, newest: event }),
            }
        }
    }

    pub(super) fn settle_meeting(
        &mut self,
        event: &'a Event<'a>,
        met: &'a Met<'a>,
        why_not: Option<Reason>,
    ) -> Option<Reason> {
        let why_not = why_not.or(event.is_with_nobody().then_some(Reason::WithNobody));
        let why_not = why_not.or(match met.attendance {
            Attendance::Present | Attendance::Partly => None,
            Attendance::Deputy => Some(Reason::DeputyWent),
            Attendance::Unknown => Some(Reason::AttendanceUnknown),
        });
        let meeting = self.name_of(event, met);
        if why_not.is_none() {
            for capability in &met.capabilities {
                if let Some(evidence) = self.evidence(capability) {
                    credit_talk(evidence, event, meeting);
                }
            }
        }
        let kept = self.links.about(event.id).rev().find_map(|e| match &e.fact {
            Fact::Kept { answer, .. } => Some(Kept { event: e, answer }),
            _ => None,
        });
        self.progress.meetings.push(MeetingRecord {
            event,
            met,
            meeting,
            why_not,
            kept,
        });
        why_not
    }

    /// Which talk a record is of. Two who record one talk may name it differently where only one of them knew of its
    /// invitation; the other's name is made of day and people, and gives way. It is still one talk.
    fn name_of(&mut self, event: &'a Event<'a>, met: &'a Met<'a>) -> &'a str {
        let is_made_up = talks::is_made_up(&met.meeting, event.day);
        let records = self.progress.meetings.iter_mut().rev();
        let mut same = records
            .take_while(|known| known.event.day == event.day)
            .filter(|known| known.met.role == met.role && known.stands());
        let same = same.find(|known| {
            known.meeting != met.meeting
                && is_made_up != talks::is_made_up(known.meeting, event.day)
                && talks::are_of_one_talk(&known.met.with, &met.with)
        });
        match same {
            Some(known) if is_made_up => known.meeting,
            Some(known) => {
                let former = std::mem::replace(&mut known.meeting, &met.meeting);
                let evidence = self.progress.capabilities.iter_mut();
                for talk in evidence.flat_map(|of| &mut of.talks) {
                    if talk.meeting == former {
                        talk.meeting = &met.meeting;
                    }
                }
                &met.meeting
            }
            None => self
                .invitation_of(event, met)
                .filter(|_| is_made_up)
                .unwrap_or(&met.meeting),
        }
    }

    /// The invitation of the very people for that day.
    fn invitation_of(&self, event: &Event<'_>, met: &Met<'_>) -> Option<&'a str> {
        let planned = self.invited.iter().rfind(|(_, one)| {
            let invited = one.invitation.invited;
            let at = invited.at.as_deref().and_then(Planned::parse);
            !one.cancelled
                && invited.role == met.role
                && at.is_some_and(|at| at.day() == event.day)
                && talks::are_equal(&invited.with, &met.with)
        });
        planned.map(|(meeting, _)| *meeting)
    }
}

/// One meeting counts once, from its earliest counted record: the log is sorted by day.
fn credit_talk<'a>(evidence: &mut Evidence<'a>, event: &'a Event<'a>, meeting: &'a str) {
    if !evidence.talks.iter().any(|talk| talk.meeting == meeting) {
        let first = event;
        evidence.talks.push(TalkHeld { meeting, first });
    }
}

/// The last second figure of a later day. Nobody verifies their own, nor what they recorded the first figure of.
fn second_figure<'a>(practice: &Event, links: &Links<'a>) -> Option<Measured<'a>> {
    links
        .about(practice.id)
        .rev()
        .find_map(|event| match &event.fact {
            Fact::Measured { after, n, grade, .. } if event.day > practice.day => {
                let own_word = event.is_own_word() || event.by == practice.by || event.via.is_some();
                Some(Measured {
                    event,
                    after: *after,
                    n: *n,
                    grade: match grade {
                        MeasureGrade::Verified if own_word => MeasureGrade::Observed,
                        other => *other,
                    },
                })
            }
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Progress;
    use crate::progress::samples::{Log, date, dated, folded};

    #[test]
    fn practices_wait_for_the_persons_word() {
        let mut log = Log::new();
        let waiting = log.practised("2026-01-07", "maya", "basics.do");
        folded(&log, "2026-01-08", |p| {
            assert_eq!(p.practices[0].why_not, Some(Reason::WaitingToBeConfirmed));
            assert_eq!(p.capabilities[0].waiting[0].step, "basics.do");
            assert_eq!(p.last_active_on, None);
            assert_eq!(p.data_until, Some(date("2026-01-07")));
        });
        log.add("2026-01-09", "leo", Fact::Confirmed { reference: waiting });
        folded(&log, "2026-01-09", |p| assert_eq!(p.waiting().count(), 1));
        let word = log.add("2026-01-10", "ana", Fact::Confirmed { reference: waiting });
        folded(&log, "2026-01-10", |p| {
            assert_eq!(p.practices[0].confirmed.map(|e| e.id), Some(word));
            assert_eq!(p.capabilities[0].last_practice_on(), Some(date("2026-01-07")));
            assert_eq!(p.last_active_on, Some(date("2026-01-10")));
        });
    }

    #[test]
    fn a_talk_with_nobody_and_a_pair_with_oneself_do_not_count() {
        let mut log = Log::new();
        for (meeting, with) in [("m1", vec![]), ("m2", vec!["ana"]), ("m3", vec![" ", "ana"])] {
            log.met("2026-01-07", meeting, "present");
            log.change_last(|fact| match fact {
                Fact::Met(met) => met.with = with.iter().map(|id| (*id).into()).collect(),
                other => panic!("{other:?}"),
            });
            log.invited("2026-01-07", meeting, Some("2026-02-01T09:30:00+01:00"));
            log.change_last(|fact| match fact {
                Fact::Invited(invited) => invited.with = with.iter().map(|id| (*id).into()).collect(),
                other => panic!("{other:?}"),
            });
        }
        let pair = |mentor: &'static str| Fact::Paired {
            curriculum: "c".into(),
            mentor: mentor.into(),
            capabilities: vec!["serve".into()],
            why: None,
        };
        log.add("2026-01-07", "maya", pair("ana"));
        folded(&log, "2026-02-01", |p| {
            assert_eq!((p.pairs.len(), p.invitations.len()), (0, 0));
            assert!(p.capabilities[0].talks.is_empty());
            assert!(p.meetings.iter().all(|talk| !talk.stands()));
            assert!(!p.was_held("m1"));
            assert_eq!(p.open_promises().count(), 0);
            assert_eq!(p.not_counted.len(), 7);
            assert!(p.not_counted.iter().all(|one| one.reason == Reason::WithNobody));
        });
        dated(&log, "2026-02-01", |dates| assert!(dates.is_empty(), "{dates:?}"));
        // With somebody besides oneself all of it counts.
        log.met("2026-01-08", "m4", "present");
        log.change_last(|fact| match fact {
            Fact::Met(met) => met.with = vec!["ana".into(), "bo".into()],
            other => panic!("{other:?}"),
        });
        log.add("2026-01-08", "maya", pair("jo"));
        folded(&log, "2026-02-01", |p| {
            assert_eq!((p.pairs.len(), p.capabilities[0].talks.len()), (1, 1));
            assert_eq!(p.not_counted.len(), 7);
        });
    }

    #[test]
    fn a_second_figure_comes_on_a_later_day_and_nobody_verifies_their_own() {
        let mut log = Log::new();
        let practice = log.practised("2026-01-07", "ana", "basics.do");
        log.measured("2026-01-07", "ana", practice, MeasureGrade::Claimed);
        folded(&log, "2026-03-01", |p| assert_eq!(p.practices[0].measured, None));
        log.measured("2026-02-07", "ana", practice, MeasureGrade::Verified);
        let grade = |p: &Progress| p.practices[0].measured.map(|m| m.grade);
        folded(&log, "2026-03-01", |p| {
            assert_eq!(grade(p), Some(MeasureGrade::Observed));
        });
        log.measured("2026-02-08", "maya", practice, MeasureGrade::Verified);
        folded(&log, "2026-03-01", |p| {
            assert_eq!(grade(p), Some(MeasureGrade::Verified));
            assert_eq!(p.baselines().count(), 1);
        });
        log.add("2026-02-09", "ana", Fact::Voided { reference: practice });
        folded(&log, "2026-03-01", |p| assert_eq!(p.baselines().count(), 0));
    }

    #[test]
    fn other_curricula_are_passed_over_and_corrections_follow_what_they_name() {
        let mut log = Log::new();
        let elsewhere = log.add("2026-01-01", "ana", finished("other", "basics.read"));
        let here = log.add("2026-01-01", "ana", finished("c", "basics.read"));
        log.add("2026-01-02", "ana", Fact::Voided { reference: elsewhere });
        folded(&log, "2026-01-10", |p| {
            assert!(p.is_done("basics.read") && p.not_counted.is_empty());
        });
        let correction = log.add("2026-01-02", "ana", Fact::Voided { reference: here });
        log.add(
            "2026-01-03",
            "ana",
            Fact::Voided {
                reference: correction,
            },
        );
        folded(&log, "2026-01-10", |p| {
            assert!(p.is_done("basics.read"));
            assert_eq!(
                p.not_counted.iter().map(|n| n.event.id).collect::<Vec<_>>(),
                [correction]
            );
        });
    }

    fn finished(curriculum: &'static str, step: &'static str) -> Fact<'static> {
        Fact::Finished {
            curriculum: curriculum.into(),
            step: step.into(),
            rev: 1,
        }
    }
}
