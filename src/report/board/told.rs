//! On which days the chosen ones may be told of beside everybody else who is: on each by who was there then, or whoever
//! has the report of the whole takes the chosen from it and is left with a few.

use super::members::BoardMember;
use crate::report::anonymous::{Scope, Told, counted};
use crate::report::suppress::smallest;

/// Days on which the chosen ones may be told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldDays {
    /// The day of the report.
    pub now: bool,
    /// The day it is compared with.
    pub before: bool,
    /// The days of the trend.
    pub weeks: Vec<bool>,
}

/// On which days of a report somebody was in the programme, and what they are chosen by; nothing of where they stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    unit: Option<Box<str>>,
    groups: Vec<Box<str>>,
    now: bool,
    before: bool,
    weeks: Vec<bool>,
}

impl Presence {
    /// When a member was there; unit and groups as they are now.
    pub fn of(member: &BoardMember, unit: Option<Box<str>>, groups: Vec<Box<str>>) -> Self {
        Self {
            unit,
            groups,
            now: member.row.is_some(),
            before: member.before.is_some(),
            weeks: member.weeks.iter().map(Option::is_some).collect(),
        }
    }
}

/// Applies the rule of `readiness --anonymous` to each day by itself: `everybody` holds the chosen ones and the others.
pub fn told_days(everybody: &[Presence], scope: &Scope, fewest: usize) -> ToldDays {
    let weeks = everybody.iter().map(|one| one.weeks.len()).max().unwrap_or(0);
    let is_told = |was_there: &dyn Fn(&Presence) -> bool| {
        let there = everybody.iter().filter(|one| was_there(one));
        let there: Vec<(Option<&str>, &[Box<str>])> = there
            .map(|one| (one.unit.as_deref(), one.groups.as_slice()))
            .collect();
        if *scope == Scope::Everybody {
            return there.len() >= smallest(fewest);
        }
        let counted = counted(&there, fewest);
        let mut chosen = counted.iter().filter(|one| one.scope == *scope);
        chosen.any(|one| one.told == Told::Yes)
    };
    ToldDays {
        now: is_told(&|one| one.now),
        before: is_told(&|one| one.before),
        weeks: (0..weeks)
            .map(|place| is_told(&|one| one.weeks.get(place) == Some(&true)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(of: usize, group: &str, weeks: [bool; 2]) -> Vec<Presence> {
        let one = Presence {
            unit: None,
            groups: vec![group.into()],
            now: true,
            before: weeks[0],
            weeks: weeks.to_vec(),
        };
        vec![one; of]
    }

    #[test]
    fn a_day_on_which_few_were_outside_is_not_told() {
        let mut all = people(6, "board", [true, true]);
        all.extend(people(3, "rest", [true, true]));
        all.extend(people(3, "rest", [false, true]));
        let board = Scope::Group("board".into());
        let found = told_days(&all, &board, 5);
        assert_eq!(
            (found.now, found.before, found.weeks),
            (true, false, vec![false, true]),
            "three others were there in the first week"
        );
        let everybody = told_days(&all, &Scope::Everybody, 5);
        assert_eq!((everybody.now, everybody.weeks), (true, vec![true, true]));
    }

    #[test]
    fn nobody_there_is_nobody_told() {
        let board = Scope::Group("board".into());
        assert_eq!(told_days(&[], &board, 5).weeks, [false; 0]);
        let later = people(6, "board", [false, true]);
        assert_eq!(told_days(&later, &board, 5).weeks, [false, true]);
    }
}
