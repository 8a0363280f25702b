//! On which days the chosen ones may be told of beside everybody else who is: on each by who was there then, or whoever
//! has the report of the whole takes the chosen from it and is left with a few.

use std::collections::BTreeSet;

use super::members::{BoardDays, BoardMember, BoardView};
use crate::base::time::Date;
use crate::report::anonymous::{Scope, are_large, parts, told_today};
use crate::report::row::belongs;
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
    today: bool,
    now: bool,
    before: bool,
    weeks: Vec<bool>,
}

impl Presence {
    /// When somebody was there; `member` = what they give to the report, `None` if they were there on none of its days.
    /// Unit and groups are those of `today`, which is the day it really is, whatever day the report is about.
    pub fn of(
        view: &BoardView<'_>,
        member: Option<&BoardMember>,
        groups: Vec<Box<str>>,
        days: &BoardDays,
        today: Date,
    ) -> Self {
        let is_here_today = if today == days.as_of {
            member.is_some_and(|member| member.row.is_some())
        } else {
            view.person.is_here(today) && belongs(&view.lookup.fold(view.events, view.settings, today))
        };
        Self {
            unit: view.person.unit.as_deref().map(Into::into),
            groups,
            today: is_here_today,
            now: member.is_some_and(|member| member.row.is_some()),
            before: member.is_some_and(|member| member.before.is_some()),
            weeks: member.map_or_else(Vec::new, |member| {
                member.weeks.iter().map(Option::is_some).collect()
            }),
        }
    }

    fn chosen_by(&self) -> (Option<&str>, &[Box<str>]) {
        (self.unit.as_deref(), self.groups.as_slice())
    }
}

/// Applies the rule of `readiness --anonymous` to each day: the chosen scope is told on a day if it is told of people as
/// they are today, and those who were there on that day are large parts too. `everybody` holds the chosen ones and the
/// others.
pub fn told_days(everybody: &[Presence], scope: &Scope, fewest: usize) -> ToldDays {
    let bound = smallest(fewest);
    let members: Vec<(Option<&str>, &[Box<str>])> = everybody.iter().map(Presence::chosen_by).collect();
    let (told, parts) = if *scope == Scope::Everybody {
        // Of the whole there is one part.
        (BTreeSet::from([Scope::Everybody]), vec![0; everybody.len()])
    } else {
        let today: Vec<(Option<&str>, &[Box<str>])> = everybody
            .iter()
            .filter(|one| one.today)
            .map(Presence::chosen_by)
            .collect();
        let told = told_today(&today, fewest);
        let parts = parts(&members, &told);
        (told, parts)
    };
    let is_told = |was_there: &dyn Fn(&Presence) -> bool| {
        let there = || everybody.iter().zip(&parts).filter(|(one, _)| was_there(one));
        told.contains(scope) && there().next().is_some() && are_large(there().map(|(_, part)| *part), bound)
    };
    let weeks = everybody.iter().map(|one| one.weeks.len()).max().unwrap_or(0);
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
            today: true,
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

    /// Two groups that differ by one person now and by five later: what is told now is told of one of them on every day.
    #[test]
    fn of_two_groups_that_were_nearly_the_same_neither_is_told_then() {
        let mut all = people(6, "board", [true, true]);
        for one in &mut all {
            one.groups.push("wide".into());
        }
        all.extend(people(1, "wide", [true, true]));
        all.extend(people(4, "wide", [false, true]));
        all.extend(people(5, "rest", [true, true]));
        let told = |group: &str| told_days(&all, &Scope::Group(group.into()), 5);
        let (board, wide) = (told("board"), told("wide"));
        assert!(board.now && wide.now, "they differ by five today");
        assert_eq!((board.weeks, wide.weeks), (vec![false, true], vec![false, true]));
    }

    /// A day is looked at by who is there today: choosing days does not choose which of two groups is told.
    #[test]
    fn looking_back_tells_of_no_group_that_is_not_told_today() {
        let mut all = people(6, "board", [true, true]);
        for one in &mut all {
            one.groups.push("wide".into());
        }
        all.extend(people(1, "wide", [true, true]));
        all.extend(people(4, "rest", [true, true]));
        let fifth = people(1, "rest", [false, false]).remove(0);
        all.push(Presence {
            now: false,
            before: false,
            ..fifth
        });
        let told = |group: &str| told_days(&all, &Scope::Group(group.into()), 5).now;
        assert!(
            !told("board"),
            "today the wide one is told, and the board would be all but one of it"
        );
        assert!(!told("wide"), "four others were there that day");
    }
}
