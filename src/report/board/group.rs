//! The members of a board report, counted.

use super::build::BoardAbout;
use super::members::{BoardDays, BoardMember};
use crate::base::points::Band;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::readiness::Item;
use crate::report::suppress::smallest;

/// Members with what is counted of them.
pub(super) struct Group<'a> {
    pub(super) about: &'a BoardAbout<'a>,
    pub(super) days: &'a BoardDays,
    pub(super) members: &'a [BoardMember],
    /// Those in the programme on the day of the report.
    pub(super) here: Vec<&'a BoardMember>,
}

impl<'a> Group<'a> {
    pub(super) fn of(members: &'a [BoardMember], about: &'a BoardAbout<'a>, days: &'a BoardDays) -> Self {
        Self {
            about,
            days,
            members,
            here: members.iter().filter(|member| member.row.is_some()).collect(),
        }
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
        self.about.told.is_none_or(|told| told.now)
    }

    /// The same for the day it is compared with.
    pub(super) fn is_told_before(&self) -> bool {
        self.about.told.is_none_or(|told| told.before)
    }

    /// The same for a day of the trend.
    pub(super) fn is_told_in_week(&self, place: usize) -> bool {
        self.about
            .told
            .is_none_or(|told| told.weeks.get(place) == Some(&true))
    }

    /// Whether people are named.
    pub(super) fn names(&self) -> bool {
        self.about.told.is_none()
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
    pub(super) fn who(&self, member: &BoardMember) -> String {
        match (&member.row, self.names()) {
            (Some(row), true) => row.name.to_string(),
            _ => self.about.group.map_or_else(
                || t!("role.executive_one", "an executive"),
                |group| t!("board.member_of", "a member of {group}", group = group),
            ),
        }
    }
}
