//! Which talk is meant, so that all who record it name the same.

use std::collections::BTreeSet;

use crate::base::time::Date;

/// Talks that somebody's log knows of, each with the others who are or were in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownTalks {
    /// Planned and not held.
    pub planned: Vec<KnownPlan>,
    /// Held, whoever recorded it: the day, the meeting and the others.
    pub held: Vec<(Date, String, BTreeSet<String>)>,
}

/// A talk that is planned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownPlan {
    /// For which day; `None`: not dated, or nobody can read when.
    pub day: Option<Date>,
    /// Its name.
    pub meeting: String,
    /// The others.
    pub with: BTreeSet<String>,
    /// Where.
    pub place: Option<String>,
    /// How many minutes; `None`: as its step says.
    pub minutes: Option<u32>,
}

impl KnownTalks {
    /// The planned talk with exactly these people.
    pub fn planned_with(&self, with: &BTreeSet<String>) -> Option<&KnownPlan> {
        self.planned.iter().find(|plan| plan.with == *with)
    }

    /// The name of a talk with these people that was held on a day: that under which another of them recorded it, be it with
    /// somebody more or less; that of its invitation, if that was not for a later day; or made of day and people. It counts once under one name.
    pub fn name(&self, day: Date, own: &str, with: &BTreeSet<String>) -> String {
        let is_it = |held: &&(Date, String, BTreeSet<String>)| {
            held.0 == day && (held.2.is_subset(with) || held.2.is_superset(with))
        };
        if let Some((_, meeting, _)) = self.held.iter().find(is_it) {
            return meeting.clone();
        }
        let is_meant =
            |plan: &&KnownPlan| plan.with == *with && plan.day.is_none_or(|planned| planned <= day);
        if let Some(plan) = self.planned.iter().rfind(is_meant) {
            return plan.meeting.clone();
        }
        let mut all: Vec<&str> = with.iter().map(String::as_str).collect();
        all.push(own);
        all.sort_unstable();
        all.dedup();
        format!("{day}:{}", all.join("+"))
    }
}

/// Whether a talk of a day has no name but the one that [`KnownTalks::name`] makes of day and people.
pub fn is_made_up(meeting: &str, day: Date) -> bool {
    meeting.as_bytes().get(10) == Some(&b':') && meeting[..10] == day.to_string()
}

/// Whether records of one day by the same person may be of one talk: with the same people, or one of them with somebody more.
pub fn are_of_one_talk<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    let holds = |all: &[T], some: &[T]| !some.is_empty() && some.iter().all(|id| all.contains(id));
    holds(one, other) || holds(other, one)
}

/// Whether these are the same people, in whatever order.
pub fn are_equal<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.len() == other.len() && are_of_one_talk(one, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(ids: &[&str]) -> BTreeSet<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn one_talk_has_one_name_whoever_records_it() {
        let day: Date = "2026-03-16".parse().unwrap();
        let mut known = KnownTalks::default();
        assert_eq!(known.name(day, "bo", &set(&["ana"])), "2026-03-16:ana+bo");
        // What is planned for a later day stays planned.
        let plan = |day, meeting: &str| KnownPlan {
            day: Some(day),
            meeting: meeting.to_owned(),
            with: set(&["ana"]),
            ..KnownPlan::default()
        };
        known.planned.push(plan(day + 1, "later"));
        assert_eq!(known.name(day, "bo", &set(&["ana"])), "2026-03-16:ana+bo");
        known.planned.push(plan(day, "p1"));
        assert_eq!(known.name(day, "bo", &set(&["ana"])), "p1");
        assert_eq!(
            known.name(day, "bo", &set(&["ana", "chen"])),
            "2026-03-16:ana+bo+chen"
        );
        // Recorded by another, with one more at the table.
        known.held.push((day, "g1".to_owned(), set(&["ana", "chen"])));
        assert_eq!(known.name(day, "bo", &set(&["ana"])), "g1");
        assert_eq!(known.name(day, "bo", &set(&["ana", "chen", "dana"])), "g1");
        assert_eq!(known.name(day, "bo", &set(&["dana"])), "2026-03-16:bo+dana");
        assert_eq!(known.name(day - 1, "bo", &set(&["ana"])), "2026-03-15:ana+bo");
    }
}
