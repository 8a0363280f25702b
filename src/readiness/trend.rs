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
/// which is the same on a later day needs no look in between.
pub struct Trend<'y, 'a> {
    yardstick: &'y Yardstick<'a>,
    /// The last day that will be asked about.
    last_day: Date,
    /// Of each capability the last look at it.
    last: Vec<Option<Look>>,
    /// What the last look at all came to, and how many events it rested on.
    seen: Option<(usize, Outline)>,
}

/// A band that stays until a day if nothing happens, and what it rested on.
struct Look {
    band: Band,
    until: Date,
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
    /// Nothing was looked at yet; the last day that will be asked about.
    pub fn until(last_day: Date, yardstick: &'y Yardstick<'a>) -> Self {
        Self {
            yardstick,
            last_day,
            last: Vec::new(),
            seen: None,
        }
    }

    /// Where the person of the progress stands on a day that is not before those asked about until now, to the eyes of
    /// everybody; of the events it rests on only how many: as many as before are the same.
    pub fn on(&mut self, progress: &Progress, events: usize, day: Date) -> Outline {
        let stays = |look: &Option<Look>| look.as_ref().is_some_and(|look| day <= look.until);
        if let Some((before, outline)) = self.seen
            && before == events
            && self.last.iter().all(stays)
        {
            return outline;
        }
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
                Some(last) if day <= last.until && last.rests_on == rests_on => last.band,
                _ => {
                    let standing = subject.standing(place);
                    let band = standing.band_on(day);
                    *last = Some(Look {
                        band,
                        until: stays_until(&standing, band, capsules, self.last_day),
                        rests_on,
                    });
                    band
                }
            };
            bands.push((capability.core, band));
        }
        let outline = Outline {
            band: band_of(bands.iter().copied()),
            has_reached_all: of > 0 && reached == of,
            is_not_started: is_not_started(bands.iter().map(|(_, band)| *band), progress),
        };
        self.seen = Some((events, outline));
        outline
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

/// A day until which a band stays while nothing happens, found in few looks. What a capsule says of a day to come counts
/// from that day on: then nothing is said.
fn stays_until(standing: &Standing<'_>, band: Band, capsules: &[Capsule], last_day: Date) -> Date {
    let today = standing.subject.as_of;
    let is_to_come = |capsule: &Capsule| capsule.entries.iter().any(|entry| entry.day > today);
    if capsules.iter().any(is_to_come) {
        return today;
    }
    if !standing.can_fall_below(band) {
        return last_day.max(today);
    }
    let mut ahead = last_day.days_since(today);
    while ahead > 0 && standing.band_on(today + ahead) != band {
        ahead /= 3;
    }
    today + ahead.max(0)
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
