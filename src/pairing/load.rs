//! How many people each mentor has, counted in one way for whatever asks: over all curricula in use, as a mentor's time is one.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::id::{CurriculumId, EventId};
use crate::base::time::Date;
use crate::model::event::{Event, Fact};
use crate::model::person::{Person, Role};
use crate::progress::count;

/// The pairs in which one person learns now: curriculum and mentor. A pair that two computers made is one.
pub type Mentored = BTreeSet<(Box<str>, Box<str>)>;

/// Those of a person, from the whole log; none of who is no executive of the company, and none in curricula that are not in use.
pub fn mentored(person: &Person, events: &[&Event<'_>], in_use: &[CurriculumId], as_of: Date) -> Mentored {
    let is_pair = |event: &&Event<'_>| matches!(event.fact, Fact::Paired { .. });
    if !person.is(Role::Executive) || person.external || !events.iter().any(is_pair) {
        return Mentored::new();
    }
    let counted = count(events, as_of);
    let standing = events.iter().enumerate().filter(|(at, _)| counted.counts(*at));
    let standing: Vec<&Event<'_>> = standing.map(|(_, event)| *event).collect();
    let ended: BTreeSet<EventId> = standing
        .iter()
        .filter_map(|event| match event.fact {
            Fact::Unpaired { reference } => Some(reference),
            _ => None,
        })
        .collect();
    let running = standing.iter().filter(|event| !ended.contains(&event.id));
    running
        .filter_map(|event| match &event.fact {
            Fact::Paired {
                curriculum, mentor, ..
            } if in_use.iter().any(|id| *id.as_str() == **curriculum) => {
                Some((curriculum.as_ref().into(), mentor.as_ref().into()))
            }
            _ => None,
        })
        .collect()
}

/// How many pairs each mentor is in, by id.
pub fn loads<'m>(all: impl IntoIterator<Item = &'m Mentored>) -> BTreeMap<&'m str, usize> {
    let mut loads = BTreeMap::new();
    for (_, mentor) in all.into_iter().flatten() {
        *loads.entry(&**mentor).or_insert(0) += 1;
    }
    loads
}

/// Seats that so many pairs leave a mentor; `usual` = the seats of one who states none.
pub fn free_seats(mentor: &Person, load: usize, usual: u32) -> u32 {
    let seats = mentor.seats.unwrap_or(usual);
    seats.saturating_sub(u32::try_from(load).unwrap_or(u32::MAX))
}
