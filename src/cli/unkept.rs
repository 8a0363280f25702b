//! Takes what a sitting would record and keeps nothing: for going through a sitting before it begins, and for looking at
//! material.

use crate::base::id::EventId;
use crate::base::time::{Date, Now};
use crate::journal::Thought;
use crate::model::event::Fact;
use crate::session::{KeepError, Sink};

/// Keeps nothing.
pub(crate) struct Unkept(pub(crate) Now);

impl Sink for Unkept {
    fn shared(&mut self, _: Fact<'static>) -> Result<EventId, KeepError> {
        Ok(EventId::from_random([0; 16]))
    }

    fn shared_on(&mut self, _: Date, fact: Fact<'static>) -> Result<EventId, KeepError> {
        self.shared(fact)
    }

    fn private(&mut self, _: Thought) -> Result<EventId, KeepError> {
        Ok(EventId::from_random([0; 16]))
    }

    fn now(&self) -> Now {
        self.0
    }

    fn keeps(&self) -> bool {
        false
    }
}
