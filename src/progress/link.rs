//! Later events about earlier ones: found by the id they name, in the order of the log.

use crate::base::id::EventId;
use crate::model::event::Event;

/// Events that name another one, sorted by what they name; those that name the same keep the order of the log.
#[derive(Default)]
pub(super) struct Links<'a>(Vec<(EventId, &'a Event<'a>)>);

impl<'a> Links<'a> {
    /// Notes an event and what it names.
    pub(super) fn push(&mut self, about: EventId, event: &'a Event<'a>) {
        self.0.push((about, event));
    }

    /// Closes the collection; only then it can be asked.
    pub(super) fn sort(&mut self) {
        self.0.sort_by_key(|(about, _)| *about);
    }

    /// The events that name this one, in the order of the log.
    pub(super) fn about(&self, id: EventId) -> impl DoubleEndedIterator<Item = &'a Event<'a>> {
        let first = self.0.partition_point(|(about, _)| *about < id);
        let behind = self.0.partition_point(|(about, _)| *about <= id);
        self.0[first..behind].iter().map(|(_, event)| *event)
    }
}
