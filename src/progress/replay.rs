//! One person's evidence on one day after the other, for the price of one fold: a trend looks at a dozen days of ten
//! thousand people.

use std::borrow::Borrow;

use super::counted::{Recorded, count};
use super::fold::Folder;
use super::lookup::Lookup;
use super::state::Progress;
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
        let read = events.partition_point(|event| event.borrow().day <= day);
        let before = &events[..read];
        let counted = count(before, day);
        let mut replay = Self {
            lookup,
            evidence_needed,
            events,
            folder: Folder::new(lookup, evidence_needed, day),
            read,
            is_begun: false,
            assigned: (false, false),
        };
        for (place, event) in before.iter().map(Borrow::borrow).enumerate() {
            if matches!(event.fact, Fact::Confirmed { .. }) && counted.counts(place) {
                replay.folder.note(event, None);
            }
        }
        replay.folder.links.sort();
        for (place, event) in before.iter().map(Borrow::borrow).enumerate() {
            // What was taken back is noted with the others, and counts for nothing.
            let why_not = counted.reason(place);
            if why_not.is_none() || matches!(event.fact, Fact::Practised(_) | Fact::Met(_)) {
                replay.take(event, why_not);
            }
        }
        replay.sort();
        replay
    }

    /// Reads on to a day, which is not before the one it stands at.
    pub fn on(&mut self, day: Date) -> &Progress<'a> {
        let new = self.events[self.read..].iter().map(Borrow::borrow);
        let new: usize = new.take_while(|event| event.day <= day).count();
        let new = &self.events[self.read..self.read + new];
        if new.iter().any(|event| speaks_back(event.borrow())) {
            *self = Self::begun(self.lookup, self.events, self.evidence_needed, day);
        } else if !new.is_empty() {
            self.read += new.len();
            for event in new {
                self.take(event.borrow(), None);
            }
            self.sort();
        }
        self.folder.progress.as_of = day;
        &self.folder.progress
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
                self.is_begun = true;
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
            // Nothing that a trend looks at; of what takes back or confirms another event `begun` and `on` take care.
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

    fn sort(&mut self) {
        self.folder
            .progress
            .capsules
            .sort_by_key(|c| (c.capability, c.device));
    }
}

/// Whether an event says something about earlier ones that changes what they are worth.
fn speaks_back(event: &Event<'_>) -> bool {
    matches!(event.fact, Fact::Voided { .. } | Fact::Confirmed { .. })
}
