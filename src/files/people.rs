//! `people.toml` (`formats.md` §3).

use std::collections::BTreeMap;
use std::str::FromStr;

use super::settings::SEATS;
use super::shape::{
    FORMAT, Form, Key, MANY, ONE_PART_ANYWHERE, Shape, any_distinct, needed, optional, shape, some_distinct,
};
use super::view::View;
use crate::base::points::Band;
use crate::base::time::Date;
use crate::model::person::{Group, People, Person, Role};

const ROLE: Form = Form::Word {
    what: "role",
    words: &["leader", "executive", "mentor"],
};

const STATED: Form = Form::Word {
    what: "band",
    words: &["exploring", "building", "ready"],
};

const SLUGS: Form = any_distinct(&Form::Slug);

/// Keys of a person beside `id` and `name`; rows of an import have the same.
pub(super) const ROLES: Key = optional(
    "roles",
    some_distinct(&ROLE),
    "leader, executive, mentor; [\"executive\"]",
);
pub(super) const GROUPS: Key = optional("groups", SLUGS, "groups the person is in; []");
pub(super) const UNIT: Key = optional("unit", Form::Text, "organisational unit, free text");
pub(super) const FUNCTION: Key = optional("function", Form::Slug, "what the person answers for, as in cases");
pub(super) const REPORTS_TO: Key = optional("reports_to", Form::Slug, "a person's id");
pub(super) const LANGUAGES: Key = optional(
    "languages",
    some_distinct(&Form::Language),
    "best first; the workspace's",
);
pub(super) const EMAIL: Key = optional("email", Form::Email, "where drafts go");
pub(super) const ASSISTANT_EMAIL: Key = optional("assistant_email", Form::Email, "where drafts go in copy");
pub(super) const EXTERNAL: Key = optional(
    "external",
    Form::YesNo,
    "a guest: never assigned nor counted; false",
);
pub(super) const NUDGE: Key = optional("nudge", Form::YesNo, "whether reminders may be drafted; true");
pub(super) const LEFT: Key = optional("left", Form::Date, "archived from that day on");

const PERSONS: Key = optional(
    "person",
    Form::Tables {
        of: &PERSON,
        least: 0,
        most: MANY,
        distinct: true,
    },
    "one for each person",
);

const GROUPS_OF_ALL: Key = optional(
    "group",
    Form::Tables {
        of: &GROUP,
        least: 0,
        most: MANY,
        distinct: true,
    },
    "only for a name or a rule",
);

/// What `people.toml` may hold.
pub static PEOPLE: Shape = shape("file people.toml", &[FORMAT, PERSONS, GROUPS_OF_ALL]);

/// What a later part of `people.toml` may hold.
pub(super) static MORE_PEOPLE: Shape = shape("file people.toml", &[PERSONS, GROUPS_OF_ALL]);

/// What a person may have.
pub static PERSON: Shape = shape(
    "person",
    &[
        needed("id", Form::Slug, "never changed, never used again"),
        needed("name", Form::Title, "the name on screens"),
        ROLES,
        GROUPS,
        UNIT,
        FUNCTION,
        REPORTS_TO,
        LANGUAGES,
        EMAIL,
        ASSISTANT_EMAIL,
        optional("challenges", SLUGS, "the person's worries, slugs as in cases; []"),
        optional(
            "experience",
            any_distinct(&ONE_PART_ANYWHERE),
            "capabilities and challenges the person has been through before; []",
        ),
        optional(
            "mentors_in",
            any_distinct(&ONE_PART_ANYWHERE),
            "capabilities the person may mentor in; []",
        ),
        optional(
            "mentors_stated",
            Form::Map {
                keys: &ONE_PART_ANYWHERE,
                values: &STATED,
            },
            "the leader's word on how well, for each capability",
        ),
        optional("seats", SEATS, "of a mentor; [mentoring] seats"),
        EXTERNAL,
        optional(
            "rival",
            SLUGS,
            "a guest and anybody with an equal tag never meet; []",
        ),
        LEFT,
        NUDGE,
    ],
);

static GROUP: Shape = shape(
    "group",
    &[
        needed("id", Form::Slug, "as persons list it"),
        optional("name", Form::Title, "the name on screens"),
        optional("unit", Form::Text, "rule: members have this unit"),
        optional("role", ROLE, "rule: members have this role"),
        optional(
            "tag",
            Form::Slug,
            "rule: members list it in groups or challenges, or have it as function",
        ),
    ],
);

/// The people of a checked file.
pub(super) fn people(file: View<'_>) -> Option<People> {
    Some(People {
        people: file
            .tables("person")
            .into_iter()
            .map(person)
            .collect::<Option<_>>()?,
        groups: file
            .tables("group")
            .into_iter()
            .map(group)
            .collect::<Option<_>>()?,
    })
}

/// What a person is made of, whoever read it.
pub(super) trait Values: Copy {
    /// A text.
    fn text(self, key: &str) -> Option<String>;
    /// A text that is read as something else: an id, a slug.
    fn parsed<T: FromStr>(self, key: &str) -> Option<T>;
    /// The texts of a list, each read as something else.
    fn parsed_list<T: FromStr>(self, key: &str) -> Vec<T>;
    /// `true` or `false`.
    fn yes(self, key: &str) -> Option<bool>;
    /// The texts of a list; none if it was left out.
    fn texts(self, key: &str) -> Vec<String> {
        self.parsed_list(key)
    }
    /// Keys and texts of a table with keys of the writer's own.
    fn text_map(self, _key: &str) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
    /// A whole number.
    fn whole(self, _key: &str) -> Option<u32> {
        None
    }
    /// A day.
    fn date(self, _key: &str) -> Option<Date> {
        None
    }
}

impl Values for View<'_> {
    fn text(self, key: &str) -> Option<String> {
        View::text(self, key)
    }
    fn parsed<T: FromStr>(self, key: &str) -> Option<T> {
        View::parsed(self, key)
    }
    fn parsed_list<T: FromStr>(self, key: &str) -> Vec<T> {
        View::parsed_list(self, key)
    }
    fn yes(self, key: &str) -> Option<bool> {
        View::yes(self, key)
    }
    fn text_map(self, key: &str) -> BTreeMap<String, String> {
        View::text_map(self, key)
    }
    fn whole(self, key: &str) -> Option<u32> {
        View::whole(self, key)
    }
    fn date(self, key: &str) -> Option<Date> {
        View::date(self, key)
    }
}

/// The person of a table whose form was checked.
pub(super) fn person(table: impl Values) -> Option<Person> {
    let roles: Vec<Role> = table
        .texts("roles")
        .iter()
        .filter_map(|word| role(word))
        .collect();
    Some(Person {
        id: table.parsed("id")?,
        name: table.text("name")?,
        roles: if roles.is_empty() {
            vec![Role::Executive]
        } else {
            roles
        },
        groups: table.parsed_list("groups"),
        unit: table.text("unit"),
        function: table.parsed("function"),
        reports_to: table.parsed("reports_to"),
        languages: table.texts("languages"),
        email: table.text("email"),
        assistant_email: table.text("assistant_email"),
        challenges: table.parsed_list("challenges"),
        experience: table.texts("experience"),
        mentors_in: table.texts("mentors_in"),
        mentors_stated: table
            .text_map("mentors_stated")
            .into_iter()
            .filter_map(|(capability, word)| Some((capability, band(&word)?)))
            .collect(),
        seats: table.whole("seats"),
        external: table.yes("external").unwrap_or(false),
        rival: table.parsed_list("rival"),
        left: table.date("left"),
        nudge: table.yes("nudge").unwrap_or(true),
    })
}

fn group(table: View<'_>) -> Option<Group> {
    Some(Group {
        id: table.parsed("id")?,
        name: table.text("name"),
        unit: table.text("unit"),
        role: table.text("role").and_then(|word| role(&word)),
        tag: table.parsed("tag"),
    })
}

fn role(word: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.word() == word)
}

fn band(word: &str) -> Option<Band> {
    Band::ALL.into_iter().find(|band| band.code() == word)
}
