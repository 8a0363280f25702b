//! A chosen set as it is shown: questions under their quiz, nothing before what it needs; what was begun and left first,
//! what is due, then what gains most a minute; and beside each step why it was chosen.

use super::candidates::{Candidate, CandidateKind, Subject};
use super::value::{Tally, Values};
use crate::base::id::{CapabilityId, StepId};
use crate::base::points::Points;
use crate::base::time::{Date, Seconds};
use crate::model::curriculum::{Question, Step};

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedStep<'a> {
    /// The place of its subject.
    pub subject: usize,
    /// The step.
    pub step: &'a Step,
    /// Of a quiz, the questions to ask; else none.
    pub questions: Vec<&'a Question>,
    /// How long it takes.
    pub seconds: Seconds,
    /// When its module is due, if that is soon or over.
    pub due: Option<Date>,
    /// Capabilities whose hands-on gate it opens, as the first of the plan.
    pub opens: Vec<&'a CapabilityId>,
    /// Whether it touches what the person aims at.
    pub aim: bool,
    /// Steps of the plan that need it.
    pub needed_by: Vec<&'a StepId>,
    /// What it adds today if it comes out right, after the steps before it.
    pub up_to: Vec<Gain<'a>>,
}

/// Points of one capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gain<'a> {
    /// The capability.
    pub capability: &'a CapabilityId,
    /// The points.
    pub points: Points,
}

impl PlannedStep<'_> {
    /// What it adds today in all capabilities together.
    pub fn points(&self) -> Points {
        self.up_to.iter().map(|gain| gain.points).sum()
    }
}

/// What a set is shown with.
pub(super) struct Shown<'s, 'a> {
    pub(super) subjects: &'s [Subject<'a>],
    pub(super) candidates: &'s [Candidate<'a>],
    /// What sets are worth on the day looked ahead to.
    pub(super) ahead: &'s Values,
    /// What they are worth today.
    pub(super) today: &'s Values,
}

/// One step with those of its candidates that were chosen.
struct Unit<'a> {
    subject: usize,
    step: &'a Step,
    chosen: Vec<usize>,
    seconds: u32,
    /// What it adds to the points on the day looked ahead to, on its own.
    gain: i64,
}

impl<'a> Shown<'_, 'a> {
    /// The steps of a set in the order in which they are done.
    pub(super) fn steps(&self, set: &[usize]) -> Vec<PlannedStep<'a>> {
        let units = self.in_order(self.units(set));
        let mut tally = Tally::empty(self.today);
        units
            .iter()
            .map(|unit| self.step(unit, &units, &mut tally))
            .collect()
    }

    /// The step of a candidate; `None` if the curriculum does not know it.
    pub(super) fn step_of(&self, candidate: &Candidate) -> Option<&'a Step> {
        let curriculum = self.subjects[candidate.subject].curriculum;
        match candidate.kind {
            CandidateKind::Question => curriculum.live_question(candidate.id).map(|(quiz, _)| quiz),
            _ => curriculum.step(candidate.id),
        }
    }

    fn units(&self, set: &[usize]) -> Vec<Unit<'a>> {
        let mut units: Vec<Unit> = Vec::new();
        for place in set {
            let candidate = &self.candidates[*place];
            let Some(step) = self.step_of(candidate) else {
                continue;
            };
            let same = |unit: &&mut Unit| unit.subject == candidate.subject && unit.step.id == step.id;
            if let Some(unit) = units.iter_mut().find(same) {
                unit.chosen.push(*place);
            } else {
                units.push(Unit {
                    subject: candidate.subject,
                    step,
                    chosen: vec![*place],
                    seconds: 0,
                    gain: 0,
                });
            }
        }
        for unit in &mut units {
            let seconds = unit.chosen.iter().map(|place| self.candidates[*place].seconds);
            unit.seconds = seconds.fold(0, u32::saturating_add);
            unit.gain = self.ahead.points_gained(&unit.chosen);
        }
        units
    }

    /// Of the units that need none of those left: what was begun and left first, then what is due, then what gains most a
    /// minute, then by id.
    fn in_order(&self, mut left: Vec<Unit<'a>>) -> Vec<Unit<'a>> {
        let mut ordered: Vec<Unit> = Vec::new();
        while !left.is_empty() {
            let waits = |unit: &Unit| {
                let mut needs = unit
                    .chosen
                    .iter()
                    .flat_map(|place| &self.candidates[*place].needs);
                needs.any(|need| left.iter().any(|other| other.chosen.contains(need)))
            };
            let mut ready = (0..left.len()).filter(|place| !waits(&left[*place]));
            let first = ready.next().unwrap_or(0);
            let next = ready.fold(first, |best, place| {
                if self.goes_first(&left[place], &left[best]) {
                    place
                } else {
                    best
                }
            });
            ordered.push(left.remove(next));
        }
        ordered
    }

    fn goes_first(&self, a: &Unit<'a>, b: &Unit<'a>) -> bool {
        let is_begun = |unit: &Unit| {
            let steps = &self.subjects[unit.subject].progress.steps;
            let known = steps.get(unit.step.id.as_str());
            known.is_some_and(|step| step.started.is_some() && step.finished.is_none())
        };
        let is_due = |unit: &Unit| self.due(unit).is_some();
        let rate = |unit: &Unit, other: &Unit| unit.gain * i64::from(other.seconds);
        let id = |unit: &Unit<'a>| (&self.subjects[unit.subject].curriculum.id, &unit.step.id);
        let order = is_begun(b).cmp(&is_begun(a)).then(is_due(b).cmp(&is_due(a)));
        let order = order.then(rate(b, a).cmp(&rate(a, b)));
        order.then(id(a).cmp(&id(b))).is_lt()
    }

    fn due(&self, unit: &Unit) -> Option<Date> {
        unit.chosen.iter().find_map(|place| self.candidates[*place].due)
    }

    fn step(&self, unit: &Unit<'a>, units: &[Unit<'a>], tally: &mut Tally) -> PlannedStep<'a> {
        let curriculum = self.subjects[unit.subject].curriculum;
        let is_open = |tally: &Tally, column: usize| tally.stands[column].opened > 0;
        let before: Vec<(u32, bool)> = tally
            .points()
            .enumerate()
            .map(|(c, p)| (p, is_open(tally, c)))
            .collect();
        for place in &unit.chosen {
            tally.add(*place);
        }
        let capabilities: Vec<&CapabilityId> = self.capabilities().collect();
        let opened = |column: &usize| is_open(tally, *column) && !before[*column].1;
        let gains = tally.points().enumerate().map(|(column, points)| Gain {
            capability: capabilities[column],
            points: Points::from_tenths(i64::from(points) - i64::from(before[column].0)),
        });
        let questions = unit
            .chosen
            .iter()
            .filter(|place| self.candidates[**place].kind == CandidateKind::Question);
        let needs_it = |other: &&Unit| {
            let mut needs = other
                .chosen
                .iter()
                .flat_map(|place| &self.candidates[*place].needs);
            needs.any(|need| unit.chosen.contains(need))
        };
        PlannedStep {
            subject: unit.subject,
            step: unit.step,
            questions: questions
                .filter_map(|place| curriculum.live_question(self.candidates[*place].id))
                .map(|(_, question)| question)
                .collect(),
            seconds: Seconds(unit.seconds),
            due: self.due(unit),
            opens: (0..before.len())
                .filter(opened)
                .map(|column| capabilities[column])
                .collect(),
            aim: unit.chosen.iter().any(|place| self.today.items[*place].aimed),
            needed_by: units
                .iter()
                .filter(needs_it)
                .map(|other| &other.step.id)
                .collect(),
            up_to: gains.filter(|gain| gain.points > Points::ZERO).collect(),
        }
    }

    /// The capabilities of all subjects, as the columns stand.
    fn capabilities(&self) -> impl Iterator<Item = &'a CapabilityId> {
        self.subjects
            .iter()
            .flat_map(|subject| subject.curriculum.capabilities.iter().map(|c| &c.id))
    }
}
