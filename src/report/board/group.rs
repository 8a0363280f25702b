//! The members of a board report, counted.

use std::collections::BTreeMap;

use super::build::BoardAbout;
use super::members::{BoardDays, BoardMember};
use crate::base::points::Band;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::readiness::Item;
use crate::report::ledger::LedgerLine;
use crate::report::suppress::smallest;

/// Members with what is counted of them.
pub(super) struct Group<'a> {
    pub(super) about: &'a BoardAbout<'a>,
    pub(super) days: &'a BoardDays,
    pub(super) members: &'a [BoardMember],
    /// Those in the programme on the day of the report.
    pub(super) here: Vec<&'a BoardMember>,
    /// Their figures, those left out whose unit names somebody.
    pub(super) measures: Vec<(&'a BoardMember, &'a LedgerLine)>,
    /// How many were left out.
    pub(super) withheld: usize,
    /// Who a line is about where nobody is named.
    anybody: String,
}

impl<'a> Group<'a> {
    pub(super) fn of(members: &'a [BoardMember], about: &'a BoardAbout<'a>, days: &'a BoardDays) -> Self {
        let here: Vec<&BoardMember> = members.iter().filter(|member| member.row.is_some()).collect();
        let mut group = Self {
            about,
            days,
            members,
            here,
            measures: Vec::new(),
            withheld: 0,
            anybody: about.group.map_or_else(
                || t!("role.executive_one", "an executive"),
                |group| t!("board.member_of", "a member of {group}", group = group),
            ),
        };
        group.measures = group.sayable_measures();
        let all: usize = group.here.iter().map(|member| member.measures.len()).sum();
        group.withheld = all - group.measures.len();
        group
    }

    fn sayable_measures(&self) -> Vec<(&'a BoardMember, &'a LedgerLine)> {
        // Units are few, and their lines many.
        let mut units: BTreeMap<&str, bool> = BTreeMap::new();
        let all = self
            .here
            .iter()
            .flat_map(|member| member.measures.iter().map(|measure| (*member, measure)));
        all.filter(|(_, measure)| {
            let unit = &*measure.unit;
            *units.entry(unit).or_insert_with(|| self.may_say(unit))
        })
        .collect()
    }

    pub(super) fn as_of(&self) -> Date {
        self.days.as_of
    }

    pub(super) fn size(&self) -> usize {
        self.here.len()
    }

    /// Whether where people stand may be told: with names, or of so many that nobody is singled out, neither of them nor
    /// of those who are left when they are taken from the whole.
    pub(super) fn is_told(&self) -> bool {
        self.about.without_names.is_none_or(|without| without.told.now)
    }

    /// The same for the day it is compared with.
    pub(super) fn is_told_before(&self) -> bool {
        self.about.without_names.is_none_or(|without| without.told.before)
    }

    /// The same for a day of the trend.
    pub(super) fn is_told_in_week(&self, place: usize) -> bool {
        let without = self.about.without_names;
        without.is_none_or(|without| without.told.weeks.get(place) == Some(&true))
    }

    /// Whether people are named.
    pub(super) fn names(&self) -> bool {
        self.about.without_names.is_none()
    }

    /// Whether a text may stand in the report: with names any, else one that names nobody.
    pub(super) fn may_say(&self, text: &str) -> bool {
        let without = self.about.without_names;
        without.is_none_or(|without| !without.mentions.stand_in(text))
    }

    pub(super) fn fewest(&self) -> usize {
        smallest(usize::try_from(self.about.settings.privacy.min_group).unwrap_or(usize::MAX))
    }

    pub(super) fn count(&self, is: impl Fn(&BoardMember) -> bool) -> usize {
        self.here.iter().filter(|member| is(member)).count()
    }

    pub(super) fn reached(&self) -> usize {
        self.count(|member| {
            member
                .row
                .as_ref()
                .is_some_and(|row| row.reached_all_on.is_some())
        })
    }

    pub(super) fn current(&self) -> usize {
        self.count(|member| member.band() == Band::Ready)
    }

    pub(super) fn overdue(&self) -> usize {
        self.count(|member| member.row.as_ref().is_some_and(|row| row.overdue_count > 0))
    }

    /// What is missing in each core capability that is not Ready, the most frequent first.
    pub(super) fn limits(&self) -> Vec<(Item, usize)> {
        let places = self
            .here
            .iter()
            .filter_map(|member| member.row.as_ref())
            .flat_map(|row| row.capabilities.iter().filter(|cell| cell.core));
        let items: Vec<Item> = places.filter_map(|cell| cell.limited_by).collect();
        let mut counts: Vec<(Item, usize)> = Item::ALL
            .into_iter()
            .map(|item| (item, items.iter().filter(|one| **one == item).count()))
            .filter(|(_, n)| *n > 0)
            .collect();
        counts.sort_by_key(|(item, n)| (std::cmp::Reverse(*n), *item));
        counts
    }

    /// Who a line is about: a name where names are wanted.
    pub(super) fn who(&self, member: &'a BoardMember) -> &str {
        match &member.row {
            Some(row) if self.names() => &row.name,
            _ => &self.anybody,
        }
    }

    /// A capability in words; nothing where the curriculum knows none.
    pub(super) fn capability(&self, place: Option<usize>) -> &str {
        let capability = place.and_then(|place| self.about.curriculum.capabilities.get(place));
        capability.map_or("", |capability| &capability.name)
    }
}

/// Where a capability stands among others: by its place, those without one last.
pub(super) fn order_of(capability: Option<usize>) -> usize {
    capability.unwrap_or(usize::MAX)
}
