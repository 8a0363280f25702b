//! The form of a statement: which keys, in which order. What is no field here cannot be in one.

use serde::Serialize;

use crate::base::time::{Date, Minutes};

/// A statement. `version` is left out: it would be 1.0.0 for every 1.0.x, and stores compare what they are sent.
#[derive(Debug, Serialize)]
pub(super) struct Form<'a> {
    pub(super) id: &'a str,
    pub(super) actor: Actor<'a>,
    pub(super) verb: &'a Verb,
    pub(super) object: Object<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) result: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) context: Option<Context>,
    pub(super) timestamp: String,
}

/// A person as an account of the workspace: no name and no mail address leaves it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Actor<'a> {
    object_type: &'static str,
    account: Account<'a>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Account<'a> {
    home_page: &'a str,
    name: &'a str,
}

impl<'a> Actor<'a> {
    pub(super) fn new(home_page: &'a str, name: &'a str) -> Self {
        Self {
            object_type: "Agent",
            account: Account { home_page, name },
        }
    }
}

/// A verb with a display that never changes.
#[derive(Debug, Serialize)]
pub(super) struct Verb {
    id: &'static str,
    display: Display,
}

#[derive(Debug, Serialize)]
struct Display {
    en: &'static str,
}

macro_rules! verbs {
    ($($name:ident = $id:literal, $shown:literal;)*) => {
        impl Verb {
            $(pub(super) const $name: Self = Self { id: $id, display: Display { en: $shown } };)*
        }
    };
}

verbs! {
    INITIALIZED = "http://adlnet.gov/expapi/verbs/initialized", "initialized";
    COMPLETED = "http://adlnet.gov/expapi/verbs/completed", "completed";
    WAIVED = "https://w3id.org/xapi/adl/verbs/waived", "waived";
    VOIDED = "http://adlnet.gov/expapi/verbs/voided", "voided";
}

/// What it is about: something to do, or another statement.
#[derive(Debug, Serialize)]
#[serde(tag = "objectType")]
pub(super) enum Object<'a> {
    Activity(Activity),
    StatementRef { id: &'a str },
}

/// Something to do. It has no name: names of modules and steps change, statements may not.
#[derive(Debug, Serialize)]
pub(super) struct Activity {
    id: String,
    definition: Definition,
}

#[derive(Debug, Serialize)]
struct Definition {
    #[serde(rename = "type")]
    kind: &'static str,
}

macro_rules! activities {
    ($($name:ident = $kind:literal;)*) => {
        impl Activity {
            $(pub(super) fn $name(id: String) -> Self {
                Self { id, definition: Definition { kind: $kind } }
            })*
        }
    };
}

activities! {
    curriculum = "http://adlnet.gov/expapi/activities/course";
    module = "http://adlnet.gov/expapi/activities/module";
    step = "http://adlnet.gov/expapi/activities/lesson";
    meeting = "http://adlnet.gov/expapi/activities/meeting";
}

#[derive(Debug, Serialize)]
pub(super) struct Outcome {
    completion: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<String>,
}

impl Outcome {
    pub(super) fn completed() -> Self {
        Self {
            completion: true,
            duration: None,
        }
    }

    /// After so many minutes; none were told = no duration. Never in hours: stores compare durations as texts.
    pub(super) fn completed_after(Minutes(minutes): Minutes) -> Self {
        Self {
            duration: (minutes > 0).then(|| format!("PT{minutes}M")),
            ..Self::completed()
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Context {
    registration: String,
    #[serde(rename = "contextActivities")]
    around: Around,
    /// Revision of the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<String>,
}

/// Lists also of one: a store makes lists of them, and validators ask for lists.
#[derive(Debug, Serialize)]
struct Around {
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<[Activity; 1]>,
    grouping: [Activity; 1],
}

impl Context {
    pub(super) fn new(
        registration: String,
        module: Option<String>,
        curriculum: String,
        rev: Option<u32>,
    ) -> Self {
        Self {
            registration,
            around: Around {
                parent: module.map(|id| [Activity::module(id)]),
                grouping: [Activity::curriculum(curriculum)],
            },
            revision: rev.map(|rev| rev.to_string()),
        }
    }
}

/// A day as stores compare it: UTC, `Z`, three decimals. Shared events know no time of day.
pub(super) fn timestamp(day: Date) -> String {
    format!("{day}T00:00:00.000Z")
}
