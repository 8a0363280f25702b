//! The door of this folder: minutes in, a plan out.

use super::beside::{Booking, Locked, Promise, SecondMeasure, bookings, due_promises, figures};
use super::best::best;
use super::candidates::{Candidate, Offer, Subject, candidates};
use super::order::{PlannedStep, Shown};
use super::outcome::{Outcome, outcomes};
use super::prepare::{day_ahead, prepare};
use crate::base::time::{Minutes, Now, Seconds};
use crate::model::curriculum::{Step, words_in, words_take};
use crate::model::settings::Settings;

/// What to do with some minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<'a> {
    /// What was promised at talks and is asked about first, a minute each, as far as they fit.
    pub promises: Vec<Promise<'a>>,
    /// Second figures that are due and come first, a minute each, as far as they fit.
    pub measures: Vec<SecondMeasure<'a>>,
    /// The best steps for the rest of the time, in the order in which they are done.
    pub steps: Vec<PlannedStep<'a>>,
    /// How long the steps take.
    pub seconds: Seconds,
    /// What they are worth: tenths of a point on the day looked ahead to, each capability's times its weight, and what
    /// being due, opening a gate and touching the aim add.
    pub value: i64,
    /// Whether nothing better is possible; else "good, not proven best".
    pub proven: bool,
    /// What changes today if all of it comes out right.
    pub outcomes: Vec<Outcome>,
    /// Talks that would help.
    pub book: Vec<Booking<'a>>,
    /// Steps that wait for something that cannot be done now.
    pub locked: Vec<Locked<'a>>,
    /// If nothing fits: what would, soonest.
    pub shortest: Option<ShortestStep<'a>>,
}

impl Plan<'_> {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.beside() == 0
    }

    /// How many things come before the steps: promises and second figures.
    pub fn beside(&self) -> usize {
        self.promises.len() + self.measures.len()
    }
}

/// The step that is worth something and takes least, with everything it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortestStep<'a> {
    /// The place of its subject.
    pub subject: usize,
    /// The step; of a quiz, one question is meant.
    pub step: &'a Step,
    /// How long it takes, with what it needs.
    pub seconds: Seconds,
}

/// Plans some minutes of one person over all curricula that concern them. The progress is that of today.
pub fn plan<'a>(subjects: &[Subject<'a>], settings: &Settings, now: Now, minutes: Minutes) -> Plan<'a> {
    let mut promises = due_promises(subjects, now.today);
    promises.truncate(words_in(minutes));
    let left = Minutes(minutes.0 - words_take(promises.len()).0);
    let measures = figures(subjects, settings, now.today, left);
    let left = Minutes(left.0 - words_take(measures.len()).0).seconds();
    Plan {
        promises,
        measures,
        ..steps_for(subjects, settings, now, left, |_| true)
    }
}

/// The same with some candidates only, and whatever these need: what is asked for by name waits for no second figure.
pub fn plan_among<'a>(
    subjects: &[Subject<'a>],
    settings: &Settings,
    now: Now,
    minutes: Minutes,
    is_wanted: impl Fn(&Candidate) -> bool,
) -> Plan<'a> {
    steps_for(subjects, settings, now, minutes.seconds(), is_wanted)
}

/// The best steps of the wanted ones for so many seconds; second figures apart.
pub(super) fn steps_for<'a>(
    subjects: &[Subject<'a>],
    settings: &Settings,
    now: Now,
    left: Seconds,
    is_wanted: impl Fn(&Candidate) -> bool,
) -> Plan<'a> {
    let offer = candidates(subjects, settings, now);
    let Offer { candidates, locked } = only(offer, is_wanted);
    let best = best(subjects, settings, &candidates, now, left);
    let today = prepare(subjects, settings, &candidates, now, now.today);
    let ahead = prepare(subjects, settings, &candidates, now, day_ahead(settings, now));
    let shown = Shown {
        subjects,
        candidates: &candidates,
        ahead: &ahead,
        today: &today,
    };
    let chosen: Vec<&Candidate> = best.set.iter().map(|place| &candidates[*place]).collect();
    let shortest = best.shortest.and_then(|shortest| {
        let candidate = &candidates[shortest.candidate];
        Some(ShortestStep {
            subject: candidate.subject,
            step: shown.step_of(candidate)?,
            seconds: shortest.seconds,
        })
    });
    Plan {
        steps: shown.steps(&best.set),
        promises: Vec::new(),
        measures: Vec::new(),
        seconds: best.seconds,
        value: best.value,
        proven: best.proven,
        outcomes: outcomes(subjects, settings, &chosen, now),
        book: bookings(subjects, settings),
        locked,
        shortest,
    }
}

/// The wanted candidates of an offer, with all that they need.
fn only(offer: Offer<'_>, is_wanted: impl Fn(&Candidate) -> bool) -> Offer<'_> {
    let mut kept: Vec<bool> = offer.candidates.iter().map(is_wanted).collect();
    let mut open: Vec<usize> = (0..kept.len()).filter(|place| kept[*place]).collect();
    while let Some(place) = open.pop() {
        for need in &offer.candidates[place].needs {
            if !kept[*need] {
                kept[*need] = true;
                open.push(*need);
            }
        }
    }
    let place_now = |place: &usize| kept[..*place].iter().filter(|kept| **kept).count();
    let candidates = offer.candidates.iter().zip(&kept).filter(|(_, kept)| **kept);
    Offer {
        candidates: candidates
            .map(|(candidate, _)| Candidate {
                needs: candidate.needs.iter().map(place_now).collect(),
                ..candidate.clone()
            })
            .collect(),
        locked: offer.locked,
    }
}
