//! What stands beside a plan: second figures that come before it, talks to book, steps that wait for others.

use std::cmp::Reverse;

use super::candidates::Subject;
use super::order::Gain;
use crate::base::id::{CapabilityId, EventId};
use crate::base::points::{Points, Thousandths};
use crate::base::time::{Date, Minutes};
use crate::model::curriculum::{Step, StepKind, words_in};
use crate::model::event::Text;
use crate::model::settings::Settings;
use crate::readiness::{Part, Scale};

/// A baseline that waits for its second figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondMeasure<'a> {
    /// The place of its subject.
    pub subject: usize,
    /// The event of the practice that set it.
    pub practice: EventId,
    /// The step's present id; the curriculum need not know it.
    pub step: &'a str,
    /// When it was set.
    pub day: Date,
    /// The first figure.
    pub before: Thousandths,
    /// What is measured.
    pub unit: &'a str,
    /// Over which period.
    pub period: &'a str,
    /// Over how many cases.
    pub n: Option<u64>,
}

/// Days after a talk from which on it is asked what came of what was said there.
const PROMISE_DAYS: i32 = 7;

/// What somebody said at a talk they would do, now to be asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise<'a> {
    /// The place of its subject.
    pub subject: usize,
    /// The record of the talk.
    pub talk: EventId,
    /// In their words.
    pub text: &'a str,
    /// The day of the talk.
    pub day: Date,
    /// Who noted it: an id; `None`: they themselves.
    pub noted_by: Option<&'a str>,
    /// The shortest practice that is not done and about the same: doing what was said may be it.
    pub practice: Option<&'a Step>,
}

/// A talk that would help: nobody can hold it alone, so it is booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking<'a> {
    /// The place of its subject.
    pub subject: usize,
    /// The talk.
    pub step: &'a Step,
    /// How long it takes.
    pub minutes: Minutes,
    /// What it gives, capability by capability.
    pub up_to: Vec<Gain<'a>>,
}

/// A step that waits for something that cannot be done now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locked<'a> {
    /// The place of its subject.
    pub subject: usize,
    /// The step.
    pub step: &'a Step,
    /// What it waits for: talks, or a ring of steps that need each other.
    pub by: Vec<&'a Step>,
}

impl Booking<'_> {
    /// What it gives in all.
    pub fn points(&self) -> Points {
        self.up_to.iter().map(|gain| gain.points).sum()
    }
}

/// The second figures that are due on a day, the oldest first. Of one step only the newest baseline is asked for: a
/// second figure names the last one.
fn second_measures<'a>(subjects: &[Subject<'a>], settings: &Settings, today: Date) -> Vec<SecondMeasure<'a>> {
    let after_days = i64::from(settings.practice.second_measure_days).max(1);
    let mut open: Vec<SecondMeasure> = Vec::new();
    for (place, subject) in subjects.iter().enumerate() {
        let progress = subject.progress;
        for record in progress.baselines().filter(|record| record.measured.is_none()) {
            let Some(baseline) = &record.practised.measure else {
                continue;
            };
            open.retain(|measure| (measure.subject, measure.step) != (place, record.step));
            open.push(SecondMeasure {
                subject: place,
                practice: record.event.id,
                step: record.step,
                day: record.event.day,
                before: baseline.before,
                unit: &baseline.unit,
                period: &baseline.period,
                n: baseline.n,
            });
        }
    }
    open.retain(|measure| i64::from(today.days_since(measure.day)) >= after_days);
    open.sort_by_key(|measure| (measure.day, measure.practice));
    open
}

/// As many of them as fit into so many minutes.
pub(super) fn figures<'a>(
    subjects: &[Subject<'a>],
    settings: &Settings,
    today: Date,
    minutes: Minutes,
) -> Vec<SecondMeasure<'a>> {
    let mut measures = second_measures(subjects, settings, today);
    measures.truncate(words_in(minutes));
    measures
}

/// Promises that are a week old, the oldest first.
pub fn due_promises<'a>(subjects: &[Subject<'a>], today: Date) -> Vec<Promise<'a>> {
    let of_subject = |(place, subject): (usize, &Subject<'a>)| {
        let ripe = subject
            .progress
            .open_promises()
            .filter(|(record, _)| today.days_since(record.event.day) >= PROMISE_DAYS);
        let promises = ripe.map(|(record, text)| Promise {
            subject: place,
            talk: record.event.id,
            text,
            day: record.event.day,
            noted_by: (!record.event.is_own_word()).then_some(&*record.event.by),
            practice: practice_for(subject, &record.met.capabilities),
        });
        promises.collect::<Vec<_>>()
    };
    let mut due: Vec<Promise<'a>> = subjects.iter().enumerate().flat_map(of_subject).collect();
    due.sort_by_key(|promise| (promise.day, promise.talk));
    due
}

fn practice_for<'a>(subject: &Subject<'a>, capabilities: &[Text<'_>]) -> Option<&'a Step> {
    let steps = subject.curriculum.live_steps().map(|(_, step)| step);
    let practices = steps.filter(|step| {
        let is_about = |id: &CapabilityId| capabilities.iter().any(|other| **other == *id.as_str());
        matches!(step.kind, StepKind::Practice(_))
            && step.capabilities.iter().any(is_about)
            && !subject.progress.is_settled(step.id.as_str())
    });
    practices.min_by_key(|step| step.minutes)
}

/// Talks not yet held that would give points, the most first; equal ones by minutes and id.
pub(super) fn bookings<'a>(subjects: &[Subject<'a>], settings: &Settings) -> Vec<Booking<'a>> {
    let mut bookings = Vec::new();
    for (place, subject) in subjects.iter().enumerate() {
        for (_, step) in subject.curriculum.live_steps() {
            let open = !subject.progress.is_settled(step.id.as_str());
            if open && matches!(step.kind, StepKind::Talk(_)) {
                bookings.push(Booking {
                    subject: place,
                    step,
                    minutes: step.seconds(settings.plan.seconds_per_question).minutes(),
                    up_to: talk_gains(subject, step, settings),
                });
            }
        }
    }
    bookings.retain(|booking| booking.points() > Points::ZERO);
    bookings.sort_by_key(|booking| {
        (
            Reverse(booking.points()),
            booking.minutes,
            booking.subject,
            &booking.step.id,
        )
    });
    bookings
}

fn talk_gains<'a>(subject: &Subject<'a>, step: &Step, settings: &Settings) -> Vec<Gain<'a>> {
    let capabilities = subject
        .curriculum
        .capabilities
        .iter()
        .zip(&subject.progress.capabilities);
    capabilities
        .filter(|(capability, _)| step.capabilities.contains(&capability.id))
        .map(|(capability, evidence)| {
            let scale = Scale::of(subject.curriculum, capability, &settings.readiness);
            let filled = |talks| scale.filled(Part::Dialogue, talks);
            Gain {
                capability: &capability.id,
                points: filled(evidence.talks.len() + 1) - filled(evidence.talks.len()),
            }
        })
        .filter(|gain| gain.points > Points::ZERO)
        .collect()
}
