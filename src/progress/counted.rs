//! Which events of one log count on a day (`readiness.md` §1.3). The shared and the private log follow the same rules,
//! each by itself; neither the order of files nor repeated lines matter, because the log was united before.

use crate::base::id::EventId;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::model::event::{Event, Fact};

/// What these rules need to know of a line, so that shared events and private entries can follow them alike.
pub trait Recorded {
    /// Which event it is.
    fn id(&self) -> EventId;
    /// The day it is about.
    fn day(&self) -> Date;
    /// The event it takes back, if it is a `voided`.
    fn takes_back(&self) -> Option<EventId>;
}

impl<E: Recorded> Recorded for &E {
    fn id(&self) -> EventId {
        (**self).id()
    }

    fn day(&self) -> Date {
        (**self).day()
    }

    fn takes_back(&self) -> Option<EventId> {
        (**self).takes_back()
    }
}

impl Recorded for Event<'_> {
    fn id(&self) -> EventId {
        self.id
    }

    fn day(&self) -> Date {
        self.day
    }

    fn takes_back(&self) -> Option<EventId> {
        match &self.fact {
            Fact::Voided { reference } => Some(*reference),
            _ => None,
        }
    }
}

/// Why an event does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Its day has not come yet: another time zone, or a wrong clock.
    DatedInTheFuture,
    /// It was taken back.
    Voided,
    /// Somebody else recorded the practice; it counts once the person says so.
    WaitingToBeConfirmed,
    /// The person said that it was not their own hand.
    DoneBySomebodyElse,
    /// Nobody wrote a line on what was done.
    NoEvidence,
    /// A deputy went to the talk.
    DeputyWent,
    /// Nothing, or nothing readable, was said about the attendance.
    AttendanceUnknown,
    /// A talk with nobody else, or a pair with oneself.
    WithNobody,
    /// The question has a higher revision since: old answers prove nothing.
    QuestionChanged,
}

impl Reason {
    /// The words on screens.
    pub fn shown(self) -> String {
        match self {
            Self::DatedInTheFuture => t!("reason.future", "dated in the future"),
            Self::Voided => t!("reason.voided", "taken back"),
            Self::WaitingToBeConfirmed => t!("reason.waiting", "waiting for the person to confirm"),
            Self::DoneBySomebodyElse => t!("reason.somebody_else", "done by somebody else"),
            Self::NoEvidence => t!("reason.no_evidence", "no evidence given"),
            Self::DeputyWent => t!("reason.deputy", "a deputy went"),
            Self::AttendanceUnknown => t!("reason.attendance", "attendance unknown"),
            Self::WithNobody => t!("reason.nobody", "nobody else is in it"),
            Self::QuestionChanged => t!("reason.changed", "the question changed since"),
        }
    }

    /// The words of the model's page.
    pub fn words(self) -> &'static str {
        match self {
            Self::DatedInTheFuture => "dated in the future",
            Self::Voided => "voided",
            Self::WaitingToBeConfirmed => "waiting for the person to confirm",
            Self::DoneBySomebodyElse => "done by somebody else",
            Self::NoEvidence => "no evidence given",
            Self::DeputyWent => "a deputy went",
            Self::AttendanceUnknown => "attendance unknown",
            Self::WithNobody => "with nobody else",
            Self::QuestionChanged => "the question changed since",
        }
    }
}

/// Which events of a log count, by their place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    reasons: Vec<Option<Reason>>,
}

impl Counted {
    /// Why the event at this place does not count; `None` if it does.
    pub fn reason(&self, place: usize) -> Option<Reason> {
        self.reasons.get(place).copied().flatten()
    }

    /// Whether the event at this place counts.
    pub fn counts(&self, place: usize) -> bool {
        self.reason(place).is_none()
    }
}

/// Decides which events count on a day. The events are unique by id and in the order of their log.
pub fn count<E: Recorded>(events: &[E], as_of: Date) -> Counted {
    let mut reasons: Vec<Option<Reason>> = events
        .iter()
        .map(|event| (event.day() > as_of).then_some(Reason::DatedInTheFuture))
        .collect();
    let taken_back: Vec<EventId> = events.iter().filter_map(Recorded::takes_back).collect();
    if !taken_back.is_empty() {
        take_back(events, &Places::of(taken_back, events), &mut reasons);
    }
    Counted { reasons }
}

/// Goes from the last event to the first, so that whatever takes back a `voided` has already spoken.
fn take_back<E: Recorded>(events: &[E], places: &Places, reasons: &mut [Option<Reason>]) {
    for (place, event) in events.iter().enumerate().rev() {
        let (Some(reference), None) = (event.takes_back(), reasons[place]) else {
            continue;
        };
        let Some(target) = places.find(reference) else {
            continue;
        };
        // A voided reaches only a voided before it, so that two of them can never take back each other. Anything else
        // it may reach wherever that stands: the clocks of two devices may differ.
        let ring = target >= place && events[target].takes_back().is_some();
        if !ring && reasons[target].is_none() {
            reasons[target] = Some(Reason::Voided);
        }
    }
}

/// Places in a log of the events that others name: few, so that only those are sorted.
pub(super) struct Places(Vec<(EventId, Option<usize>)>);

impl Places {
    /// Looks for the named ones.
    pub(super) fn of<E: Recorded>(named: Vec<EventId>, events: &[E]) -> Self {
        let mut places: Vec<_> = named.into_iter().map(|id| (id, None)).collect();
        places.sort_unstable();
        places.dedup();
        for (place, event) in events.iter().enumerate() {
            if let Ok(at) = places.binary_search_by_key(&event.id(), |(id, _)| *id) {
                places[at].1 = Some(place);
            }
        }
        Self(places)
    }

    /// Where a named event stands.
    pub(super) fn find(&self, id: EventId) -> Option<usize> {
        let at = self.0.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.0[at].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Line {
        id: u8,
        day: i32,
        takes_back: Option<u8>,
    }

    fn id(n: u8) -> EventId {
        EventId::from_random([n; 16])
    }

    impl Recorded for Line {
        fn id(&self) -> EventId {
            id(self.id)
        }

        fn day(&self) -> Date {
            Date::from_days(i64::from(self.day))
        }

        fn takes_back(&self) -> Option<EventId> {
            self.takes_back.map(id)
        }
    }

    /// Ids that count on day 10, of (id, day, what it takes back).
    fn counting(lines: &[(u8, i32, Option<u8>)]) -> Vec<u8> {
        let lines: Vec<Line> = lines
            .iter()
            .map(|&(id, day, takes_back)| Line { id, day, takes_back })
            .collect();
        let counted = count(&lines, Date::from_days(10));
        (0..lines.len())
            .filter(|place| counted.counts(*place))
            .map(|place| lines[place].id)
            .collect()
    }

    #[test]
    fn a_voided_takes_back_and_may_be_taken_back() {
        assert_eq!(counting(&[(1, 1, None), (2, 2, Some(1))]), [2]);
        assert_eq!(
            counting(&[(1, 1, None), (2, 2, Some(1)), (3, 3, Some(2))]),
            [1, 3]
        );
        assert_eq!(
            counting(&[(1, 1, None), (2, 2, Some(1)), (3, 3, Some(2)), (4, 4, Some(3))]),
            [2, 4]
        );
    }

    #[test]
    fn two_voided_of_one_event_must_both_be_taken_back() {
        let both = [(1, 1, None), (2, 2, Some(1)), (3, 3, Some(1)), (4, 4, Some(2))];
        assert_eq!(counting(&both), [3, 4]);
    }

    #[test]
    fn a_voided_acts_from_its_own_day_on() {
        assert_eq!(counting(&[(1, 1, None), (2, 11, Some(1))]), [1]);
    }

    #[test]
    fn a_voided_may_stand_before_what_it_takes_back_unless_that_is_a_voided() {
        assert_eq!(counting(&[(2, 1, Some(1)), (1, 2, None)]), [2]);
        assert_eq!(counting(&[(2, 1, Some(3)), (3, 2, Some(9))]), [2, 3]);
    }

    #[test]
    fn rings_and_self_references_end() {
        assert_eq!(
            counting(&[(1, 1, Some(2)), (2, 1, Some(1)), (3, 1, Some(3))]),
            [2, 3]
        );
    }

    #[test]
    fn a_reference_to_nothing_does_nothing() {
        assert_eq!(counting(&[(1, 1, Some(9)), (2, 1, None)]), [1, 2]);
    }
}
