//! One person's evidence on one day after the other, for the price of one fold: a trend looks at a dozen days of ten
//! thousand people.

use std::borrow::Borrow;

use super::counted::{Recorded, count};
use super::fold::Folder;
use super::lookup::Lookup;
use super::state::Progress;
use crate::base::id::EventId;
use crate::base::time::Date;
use crate::model::event::{Event, Fact};
use crate::model::settings::Settings;

/// A log read on from day to day. It knows what speaks for each capability (hands, talks, capsules, milestones), practices
/// and meetings; steps, modules, assignments and all else are left out.
pub struct Replay<'a, 'l, E> {
    lookup: &'l Lookup<'a>,
    evidence_needed: bool,
    events: &'a [E],
    folder: Folder<'a, 'l>,
    /// Events that have been read.
    read: usize,
    /// Whether something happened by which a person belongs to the programme.
    is_begun: bool,
    /// Whether something was assigned, and whether any assignment was taken back.
    assigned: (bool, bool),
}

impl<'a, 'l, E: Borrow<Event<'a>> + Recorded> Replay<'a, 'l, E> {
    /// Begins with what happened until a day; the log is as for [`fold`](super::fold).
    pub fn of(lookup: &'l Lookup<'a>, events: &'a [E], settings: &Settings, day: Date) -> Self {
        Self::begun(lookup, events, settings.readiness.hands_on_evidence, day)
    }

    fn begun(lookup: &'l Lookup<'a>, events: &'a [E], evidence_needed: bool, day: Date) -> Self {
        let mut replay = Self {
            lookup,
            evidence_needed,
            events,
            folder: Folder::new(lookup, evidence_needed, day),
            read: 0,
            is_begun: false,
            assigned: (false, false),
        };
        replay.read_on(day);
        replay
    }

    /// Reads on to a day, which is not before the one it stands at.
    pub fn read_until(&mut self, day: Date) {
        let new = self.until(day);
        // What takes back or confirms one of the events read before changes what those are worth.
        let spoken_of = new.iter().filter_map(|event| spoken_of(event.borrow()));
        let is_new = |id: EventId| new.iter().any(|event| event.id() == id);
        if spoken_of.into_iter().all(is_new) {
            self.read_on(day);
        } else {
            *self = Self::begun(self.lookup, self.events, self.evidence_needed, day);
        }
        self.folder.progress.as_of = day;
    }

    /// The evidence on the day it stands at.
    pub fn progress(&self) -> &Progress<'a> {
        &self.folder.progress
    }

    /// How many events it has read: as many as before are the same.
    pub fn events_read(&self) -> usize {
        self.read
    }

    /// Whether something of the curriculum happened or was assigned by the day it stands at; `None` where that hangs on
    /// whether an assignment was taken back, which only a fold tells.
    pub fn has_begun(&self) -> Option<bool> {
        match self.assigned {
            _ if self.is_begun => Some(true),
            (true, true) => None,
            (assigned, _) => Some(assigned),
        }
    }

    /// The events that were not read yet, until a day.
    fn until(&self, day: Date) -> &'a [E] {
        let left = &self.events[self.read..];
        let new = left.iter().take_while(|event| event.day() <= day).count();
        &left[..new]
    }

    /// Reads what was not read yet until a day, as if nothing had been said of what was.
    fn read_on(&mut self, day: Date) {
        let new = self.until(day);
        if new.is_empty() {
            return;
        }
        self.read += new.len();
        let counted = count(new, day);
        for (place, event) in new.iter().map(Borrow::borrow).enumerate() {
            if matches!(event.fact, Fact::Confirmed { .. }) && counted.counts(place) {
                self.folder.note(event, None);
            }
        }
        self.folder.links.sort();
        for (place, event) in new.iter().map(Borrow::borrow).enumerate() {
            // What was taken back is noted with the others, and counts for nothing.
            let why_not = counted.reason(place);
            if why_not.is_none() || matches!(event.fact, Fact::Practised(_) | Fact::Met(_)) {
                self.take(event, why_not);
            }
        }
        let capsules = &mut self.folder.progress.capsules;
        capsules.sort_by_key(|c| (c.capability, c.device));
    }

    fn take(&mut self, event: &'a Event<'a>, why_not: Option<super::counted::Reason>) {
        if self.folder.is_elsewhere(event) {
            return;
        }
        match &event.fact {
            Fact::Practised(practised) => {
                self.is_begun = true;
                self.folder.settle_practice(event, practised, why_not);
            }
            Fact::Met(met) => {
                self.is_begun |= !event.is_with_nobody();
                self.folder.settle_meeting(event, met, why_not);
            }
            Fact::Recalled { .. } => {
                self.folder.note(event, None);
                self.is_begun |= event.is_own_word();
            }
            Fact::Reached { .. } => self.folder.note(event, None),
            Fact::Started { .. } | Fact::Finished { .. } | Fact::Waived { .. } => self.is_begun = true,
            Fact::Assigned { .. } => self.assigned.0 = true,
            Fact::Unassigned { .. } => self.assigned.1 = true,
            // Nothing that a trend looks at; of what takes back or confirms another event `read_on` and `read_until` take care.
            Fact::Voided { .. }
            | Fact::Confirmed { .. }
            | Fact::Measured { .. }
            | Fact::Aimed { .. }
            | Fact::Kept { .. }
            | Fact::Paired { .. }
            | Fact::Unpaired { .. }
            | Fact::Invited(_)
            | Fact::Suggested { .. }
            | Fact::Handled { .. }
            | Fact::Unknown { .. } => {}
        }
    }
}

/// The earlier event whose worth an event changes: one that it takes back or confirms.
fn spoken_of(event: &Event<'_>) -> Option<EventId> {
    match event.fact {
        Fact::Voided { reference } | Fact::Confirmed { reference } => Some(reference),
        _ => None,
    }
}
