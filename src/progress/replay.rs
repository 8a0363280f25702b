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
    folder: Folder<'a, 'l>,
    events: &'a [E],
    /// Events that have been read.
    read: usize,
    /// Whether something else is there by which a person belongs to the programme.
    is_begun: bool,
}

impl<'a, 'l, E: Borrow<Event<'a>> + Recorded> Replay<'a, 'l, E> {
    /// Begins with what happened until a day; the log is as for [`fold`](super::fold). `None` where later days say something
    /// about earlier ones, so that only a fold of each day can tell: something was taken back or confirmed behind that
    /// day, or an assignment taken back ever.
    pub fn of(lookup: &'l Lookup<'a>, events: &'a [E], settings: &Settings, first: Date) -> Option<Self> {
        let read = events.partition_point(|event| event.borrow().day <= first);
        let speaks_back =
            |event: &Event<'_>| matches!(event.fact, Fact::Voided { .. } | Fact::Confirmed { .. });
        if events[read..].iter().any(|event| speaks_back(event.borrow()))
            || events
                .iter()
                .any(|event| matches!(event.borrow().fact, Fact::Unassigned { .. }))
        {
            return None;
        }
        let before = &events[..read];
        let counted = count(before, first);
        let mut replay = Self {
            folder: Folder::new(lookup, settings.readiness.hands_on_evidence, first),
            events,
            read,
            is_begun: false,
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
        Some(replay)
    }

    /// Reads on to a day, which is not before the one it stands at.
    pub fn on(&mut self, day: Date) -> &Progress<'a> {
        let mut any = false;
        while let Some(event) = self.events.get(self.read).map(Borrow::borrow)
            && event.day <= day
        {
            self.take(event, None);
            self.read += 1;
            any = true;
        }
        if any {
            self.sort();
        }
        self.folder.progress.as_of = day;
        &self.folder.progress
    }

    /// Whether something of the curriculum happened or was assigned by the day it stands at.
    pub fn has_begun(&self) -> bool {
        self.is_begun
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
            Fact::Started { .. } | Fact::Finished { .. } | Fact::Waived { .. } | Fact::Assigned { .. } => {
                self.is_begun = true;
            }
            _ => {}
        }
    }

    fn sort(&mut self) {
        self.folder
            .progress
            .capsules
            .sort_by_key(|c| (c.capability, c.device));
    }
}
