//! Where somebody stands on one day after the other: the little of an assessment that a trend counts, for a part of its
//! work.

use super::assess::{Assessment, Yardstick};
use super::overall::{band_of, is_not_started};
use super::standing::{Standing, Subject};
use crate::base::id::EventId;
use crate::base::points::Band;
use crate::base::time::Date;
use crate::progress::{Capsule, Evidence, Progress};

/// The little of an assessment that a trend counts; equal to that of the assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outline {
    /// The overall band.
    pub band: Band,
    /// Whether every core capability was ever Ready.
    pub has_reached_all: bool,
    /// Whether nothing was ever counted, and nothing waits for the person's word.
    pub is_not_started: bool,
}

impl Outline {
    /// That of an assessment, and of the progress it rests on.
    pub fn of(assessment: &Assessment, progress: &Progress) -> Self {
        let overall = &assessment.overall;
        let bands = assessment.capabilities.iter().map(|one| one.band);
        Self {
            band: overall.band,
            has_reached_all: overall.of > 0 && overall.reached == overall.of,
            is_not_started: is_not_started(bands, progress),
        }
    }
}

/// Looks at one person on days that come one after the other. Without events points and gates only fall, so that a band
/// which cannot fall further is not worked out again before something happens.
pub struct Trend<'y, 'a> {
    yardstick: &'y Yardstick<'a>,
    /// Of each capability the last look at it.
    last: Vec<Option<Look>>,
}

/// A band that stays until something happens, and what it rested on.
struct Look {
    band: Band,
    rests_on: Rest,
}

/// What a capability rests on, as far as it tells whether something happened.
#[derive(PartialEq, Eq)]
struct Rest {
    hands: usize,
    last_practice_on: Option<Date>,
    talks: usize,
    capsules: Vec<EventId>,
}

impl<'y, 'a> Trend<'y, 'a> {
    /// Nothing was looked at yet.
    pub fn of(yardstick: &'y Yardstick<'a>) -> Self {
        Self {
            yardstick,
            last: Vec::new(),
        }
    }

    /// Where the person of the progress stands on a day that is not before those asked about until now, to the eyes of
    /// everybody.
    pub fn on(&mut self, progress: &Progress, day: Date) -> Outline {
        let subject = self.yardstick.subject(progress, None, day);
        self.last
            .resize_with(subject.curriculum.capabilities.len(), || None);
        let mut bands = Vec::with_capacity(self.last.len());
        let (mut of, mut reached) = (0, 0);
        for (place, last) in self.last.iter_mut().enumerate() {
            let capability = &subject.curriculum.capabilities[place];
            let evidence = &progress.capabilities[place];
            if capability.core {
                of += 1;
                reached += usize::from(evidence.reached.is_some());
            }
            let capsules = progress.capsules_of(capability.id.as_str());
            let rests_on = Rest::of(evidence, capsules);
            let band = match last {
                Some(last) if last.rests_on == rests_on => last.band,
                _ => {
                    let standing = subject.standing(place);
                    let band = standing.band_today();
                    *last = stays(&standing, band, capsules, day).then_some(Look { band, rests_on });
                    band
                }
            };
            bands.push((capability.core, band));
        }
        Outline {
            band: band_of(bands.iter().copied()),
            has_reached_all: of > 0 && reached == of,
            is_not_started: is_not_started(bands.iter().map(|(_, band)| *band), progress),
        }
    }
}

impl Rest {
    fn of(evidence: &Evidence, capsules: &[Capsule]) -> Self {
        Self {
            hands: evidence.hands.len(),
            last_practice_on: evidence.last_practice_on(),
            talks: evidence.talks.len(),
            capsules: capsules.iter().map(|capsule| capsule.event.id).collect(),
        }
    }
}

/// Whether a band can neither fall nor rise while nothing happens. What a capsule says of a day to come counts from that
/// day on: then nothing is said.
fn stays(standing: &Standing<'_>, band: Band, capsules: &[Capsule], day: Date) -> bool {
    let is_to_come = |capsule: &Capsule| capsule.entries.iter().any(|entry| entry.day > day);
    let is_lowest = match band {
        Band::NotStarted => true,
        Band::Exploring => !standing.is_nothing_done(),
        Band::Building => standing.is_building_by_others(),
        Band::Ready => false,
    };
    is_lowest && !capsules.iter().any(is_to_come)
}

impl<'a> Subject<'a> {
    /// The standing in one capability, by its place in the curriculum.
    fn standing(self, place: usize) -> Standing<'a> {
        let (capability, evidence) = (
            &self.curriculum.capabilities[place],
            &self.progress.capabilities[place],
        );
        Standing::of(self, capability, &self.commons[place], evidence)
    }
}
