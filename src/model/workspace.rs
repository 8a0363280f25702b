//! One immutable snapshot of everything people wrote.

use std::collections::BTreeSet;

use super::curriculum::Curriculum;
use super::person::{Group, Person, Role};
use super::settings::Settings;
use crate::base::id::PersonId;
use crate::base::time::Date;

/// Settings, people and the curricula that were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// `upwards.toml`.
    pub settings: Settings,
    /// `people.toml`, in the file's order.
    pub people: Vec<Person>,
    /// Groups with a name or a rule.
    pub groups: Vec<Group>,
    /// Ids that were erased.
    pub erased: BTreeSet<PersonId>,
    /// Curricula in use, in the order of `upwards.toml`.
    pub curricula: Vec<Curriculum>,
}

impl Workspace {
    /// A person by id.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|p| p.id.as_str() == id)
    }

    /// The name of a person, or what is known of them.
    pub fn name_of<'a>(&'a self, id: &'a str) -> &'a str {
        match self.person(id) {
            Some(person) => &person.name,
            None if self.erased.contains(id) => "erased person",
            None => id,
        }
    }

    /// A curriculum by id.
    pub fn curriculum(&self, id: &str) -> Option<&Curriculum> {
        self.curricula.iter().find(|c| c.id.as_str() == id)
    }

    /// Ids of all groups: named ones and those that persons list.
    pub fn group_ids(&self) -> BTreeSet<&str> {
        let listed = self
            .people
            .iter()
            .flat_map(|p| p.groups.iter().map(AsRef::as_ref));
        self.groups.iter().map(|g| g.id.as_str()).chain(listed).collect()
    }

    /// Members of a group on a day: who lists it, and who fits its rules; archived people and guests left out.
    pub fn members<'a>(&'a self, group: &'a str, day: Date) -> impl Iterator<Item = &'a Person> {
        let rule = self.groups.iter().find(|g| g.id.as_str() == group);
        self.people.iter().filter(move |p| {
            !p.external
                && p.is_here(day)
                && (p.groups.iter().any(|g| g.as_str() == group) || rule.is_some_and(|r| r.fits(p)))
        })
    }

    /// Everybody a person reports to, the nearest first; a ring in the file is gone round once.
    pub fn superiors<'a>(&'a self, person: &'a Person) -> Vec<&'a Person> {
        let mut line: Vec<&Person> = Vec::new();
        let mut next = person.reports_to.as_ref();
        while let Some(above) = next.and_then(|id| self.person(id.as_str())) {
            if line.iter().any(|p| p.id == above.id) {
                break;
            }
            line.push(above);
            next = above.reports_to.as_ref();
        }
        line
    }

    /// The leaders who are here on a day.
    pub fn leaders(&self, day: Date) -> impl Iterator<Item = &Person> {
        self.people
            .iter()
            .filter(move |p| p.is(Role::Leader) && p.is_here(day))
    }
}
