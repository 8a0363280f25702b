//! People and groups of a workspace.

use std::collections::BTreeMap;

use crate::base::id::{GroupId, PersonId, Slug};
use crate::base::points::Band;
use crate::base::texts::t;
use crate::base::time::Date;

/// Somebody of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Never changed.
    pub id: PersonId,
    /// The name on screens.
    pub name: String,
    /// At least one.
    pub roles: Vec<Role>,
    /// Groups the person is in by name.
    pub groups: Vec<GroupId>,
    /// Organisational unit, free text.
    pub unit: Option<String>,
    /// What the person answers for, a slug as in cases.
    pub function: Option<Slug>,
    /// The person's boss.
    pub reports_to: Option<PersonId>,
    /// Two-letter languages; empty = the workspace's.
    pub languages: Vec<String>,
    /// Address for drafts.
    pub email: Option<String>,
    /// Where drafts go in copy.
    pub assistant_email: Option<String>,
    /// Worries, slugs as in cases.
    pub challenges: Vec<Slug>,
    /// Capability ids and challenge slugs the person has been through before; always shown as stated.
    pub experience: Vec<String>,
    /// Capabilities the person may mentor in.
    pub mentors_in: Vec<String>,
    /// The leader's word on how well.
    pub mentors_stated: BTreeMap<String, Band>,
    /// Seats of a mentor.
    pub seats: Option<u32>,
    /// A guest: never assigned nor counted.
    pub external: bool,
    /// Free tags; a guest and anybody with an equal one never meet.
    pub rival: Vec<Slug>,
    /// Archived from that day on; progress kept.
    pub left: Option<Date>,
    /// Whether reminders may be drafted.
    pub nudge: bool,
}

/// What somebody does in the programme; several are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Sees readiness, assigns, pairs.
    Leader,
    /// Learns.
    Executive,
    /// A digital resident.
    Mentor,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Leader, Self::Executive, Self::Mentor];

    /// The word on screens.
    pub fn shown(self) -> String {
        match self {
            Self::Leader => t!("role.leader", "leader"),
            Self::Executive => t!("role.executive", "executive"),
            Self::Mentor => t!("role.mentor", "mentor"),
        }
    }

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::Executive => "executive",
            Self::Mentor => "mentor",
        }
    }
}

impl Person {
    /// Somebody of whom nothing else is known.
    pub fn new(id: PersonId, name: impl Into<String>, role: Role) -> Self {
        Self {
            id,
            name: name.into(),
            roles: vec![role],
            groups: Vec::new(),
            unit: None,
            function: None,
            reports_to: None,
            languages: Vec::new(),
            email: None,
            assistant_email: None,
            challenges: Vec::new(),
            experience: Vec::new(),
            mentors_in: Vec::new(),
            mentors_stated: BTreeMap::new(),
            seats: None,
            external: false,
            rival: Vec::new(),
            left: None,
            nudge: true,
        }
    }

    /// Whether the person has this role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether a tag stands at the person: in groups or challenges, or as function.
    pub fn has_tag(&self, tag: &str) -> bool {
        self.groups.iter().any(|group| group.as_str() == tag)
            || self.challenges.iter().any(|challenge| challenge.as_str() == tag)
            || self
                .function
                .as_ref()
                .is_some_and(|function| function.as_str() == tag)
    }

    /// Whether the person is here on that day: not archived before or on it.
    pub fn is_here(&self, day: Date) -> bool {
        self.left.is_none_or(|left| day < left)
    }
}

/// A group with a name or a rule; groups of persons need no entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The id.
    pub id: GroupId,
    /// The name on screens.
    pub name: Option<String>,
    /// Rule: this unit.
    pub unit: Option<String>,
    /// Rule: this role.
    pub role: Option<Role>,
    /// Rule: this tag, in the person's groups or challenges or as function.
    pub tag: Option<Slug>,
}

impl Group {
    /// Whether a person fits the rules; a group without rules fits nobody.
    pub fn fits(&self, person: &Person) -> bool {
        (self.unit.is_some() || self.role.is_some() || self.tag.is_some())
            && self
                .unit
                .as_ref()
                .is_none_or(|unit| person.unit.as_ref() == Some(unit))
            && self.role.is_none_or(|role| person.is(role))
            && self.tag.as_ref().is_none_or(|tag| person.has_tag(tag.as_str()))
    }
}

/// `people.toml`, in the file's order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People {
    /// Everybody, also who left.
    pub people: Vec<Person>,
    /// Groups with a name or a rule.
    pub groups: Vec<Group>,
}
