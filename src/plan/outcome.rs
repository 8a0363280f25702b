//! Where a person would stand today if everything in a plan came out right: readiness itself is asked, with the answers
//! and practices of the plan put beside what is there.

use super::candidates::{Candidate, CandidateKind, Subject};
use crate::base::id::{DeviceId, EventId};
use crate::base::time::Now;
use crate::model::event::{Event, Fact};
use crate::model::settings::Settings;
use crate::progress::{Hand, Progress};
use crate::readiness::{Answer, Assessment, Difference, Ladder, Memory, Own, assess, difference};

/// Names nothing that is stored: what a plan holds has not happened.
const NOT_HAPPENED: [u8; 16] = [0; 16];

/// The device that answers in a view without one of its own; no device is called so.
const NO_DEVICE: &str = "plan-0000";

/// What a plan can change in one capability, today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The place of its subject.
    pub subject: usize,
    /// Bands, points and what then stands in the way.
    pub difference: Difference,
}

/// What changes today if all of some candidates come out right; capabilities in the curricula's order.
pub(super) fn outcomes(
    subjects: &[Subject],
    settings: &Settings,
    chosen: &[&Candidate],
    now: Now,
) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (place, subject) in subjects.iter().enumerate() {
        let here: Vec<&Candidate> = chosen.iter().copied().filter(|c| c.subject == place).collect();
        if here.is_empty() {
            continue;
        }
        let own = subject.own.as_ref();
        let before = assess(subject.curriculum, settings, subject.progress, own, now.today);
        let after = afterwards(subject, settings, &here, now);
        outcomes.extend(difference(&before, &after).into_iter().map(|difference| Outcome {
            subject: place,
            difference,
        }));
    }
    outcomes
}

fn afterwards(subject: &Subject, settings: &Settings, chosen: &[&Candidate], now: Now) -> Assessment {
    let of_kind = |kind| chosen.iter().filter(move |candidate| candidate.kind == kind);
    let mut memory = subject.own.map_or_else(Memory::default, |own| own.memory.clone());
    let ladder = Ladder::of(&settings.readiness);
    for candidate in of_kind(CandidateKind::Question) {
        if let Some((_, question)) = subject.curriculum.live_question(candidate.id) {
            let answer = Answer {
                event: EventId::from_random(NOT_HAPPENED),
                question: candidate.id,
                rev: question.rev,
                capability: question.capability.as_str(),
                correct: true,
                at: now.instant,
                day: now.today,
            };
            memory.take(subject.curriculum, &ladder, &answer);
        }
    }
    let practised = Event {
        id: EventId::from_random(NOT_HAPPENED),
        seq: 0,
        day: now.today,
        person: "".into(),
        by: "".into(),
        device: "".into(),
        fact: Fact::Unknown {
            kind: "planned".into(),
        },
        via: None,
    };
    let mut progress: Progress = subject.progress.clone();
    for candidate in of_kind(CandidateKind::Practice) {
        practise(&mut progress, subject, candidate, &practised);
    }
    let nobody: Option<DeviceId> = NO_DEVICE.parse().ok();
    let device = subject.own.map(|own| own.device).or(nobody.as_ref());
    let own = device.map(|device| Own {
        device,
        memory: &memory,
    });
    assess(subject.curriculum, settings, &progress, own.as_ref(), now.today)
}

fn practise<'e>(
    progress: &mut Progress<'e>,
    subject: &Subject<'e>,
    candidate: &Candidate<'e>,
    event: &'e Event<'e>,
) {
    let capabilities = subject
        .curriculum
        .capabilities
        .iter()
        .zip(&mut progress.capabilities);
    for (capability, evidence) in capabilities {
        if candidate
            .capabilities
            .iter()
            .any(|id| *id == capability.id.as_str())
        {
            match evidence.hands.iter_mut().find(|hand| hand.step == candidate.id) {
                Some(hand) => hand.newest = event,
                None => evidence.hands.push(Hand {
                    step: candidate.id,
                    newest: event,
                }),
            }
        }
    }
}
