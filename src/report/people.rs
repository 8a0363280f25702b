//! People as a table, and one person in full.

use super::columns::data_columns;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::model::person::Person;
use crate::model::workspace::Workspace;
use crate::table::{Column, Report, Value};

/// Columns of people as data: our own import reads them back.
const KEYS: [&str; 13] = [
    "id",
    "name",
    "roles",
    "groups",
    "unit",
    "function",
    "reports_to",
    "languages",
    "email",
    "assistant_email",
    "external",
    "left",
    "nudge",
];

/// People in the file's order, for a screen.
pub fn people_table<'a>(
    workspace: &Workspace,
    people: impl Iterator<Item = &'a Person>,
    as_of: Date,
) -> Report {
    let columns = vec![
        Column::screen("id", t!("column.id", "ID"), 1),
        Column::screen("name", t!("column.name", "NAME"), 2),
        Column::screen("roles", t!("column.roles", "ROLES"), 3),
        Column::screen("groups", t!("column.groups", "GROUPS"), 4),
        Column::screen("unit", t!("column.unit", "UNIT"), 5),
        Column::screen("reports_to", t!("column.reports_to", "REPORTS TO"), 6),
        Column::screen("email", t!("column.email", "EMAIL"), 7).hidden(),
        Column::screen("note", t!("column.note", "NOTE"), 4),
    ];
    let mut report = Report::new("people", as_of, columns);
    report.rows = people.map(|p| screen_row(workspace, p, as_of)).collect();
    report
}

/// Groups that people list or that have a rule, and who is in them.
pub fn groups_table(workspace: &Workspace, as_of: Date) -> Report {
    let columns = vec![
        Column::screen("id", t!("column.id", "ID"), 1),
        Column::screen("name", t!("column.name", "NAME"), 3),
        Column::screen("rule", t!("column.rule", "RULE"), 2),
        Column::screen("count", t!("column.count", "PEOPLE"), 1),
        Column::screen("members", t!("column.members", "MEMBERS"), 2),
    ];
    let mut report = Report::new("groups", as_of, columns);
    report.rows = workspace
        .group_ids()
        .into_iter()
        .map(|id| {
            let group = workspace.groups.iter().find(|g| g.id.as_str() == id);
            let of = |key: &str, value: Option<&str>| value.map(|value| format!("{key} {value}"));
            let rules: Vec<String> = group
                .map(|g| {
                    let role = g.role.map(crate::model::person::Role::word);
                    let tag = g.tag.as_ref().map(AsRef::as_ref);
                    [of("unit", g.unit.as_deref()), of("role", role), of("tag", tag)]
                })
                .into_iter()
                .flatten()
                .flatten()
                .collect();
            let ids: Vec<String> = workspace.members(id, as_of).map(|p| p.id.to_string()).collect();
            let list = |items: Vec<String>| {
                if items.is_empty() {
                    Value::Missing("-")
                } else {
                    Value::List(items)
                }
            };
            vec![
                Value::Text(id.to_owned()),
                group
                    .and_then(|g| g.name.clone())
                    .map_or(Value::Missing("-"), Value::Text),
                list(rules),
                Value::count(Some(ids.len())),
                list(ids),
            ]
        })
        .collect();
    report
}

/// Some of them, in the columns of the file.
pub fn people_data<'a>(people: impl Iterator<Item = &'a Person>, as_of: Date) -> Report {
    let mut report = Report::new("people", as_of, data_columns(KEYS));
    report.rows = people.map(data_row).collect();
    report
}

/// One person in the columns of the list.
pub fn person_data(person: &Person, as_of: Date) -> Report {
    let mut report = Report::new("people", as_of, data_columns(KEYS));
    report.rows = vec![data_row(person)];
    report
}

/// One person, key by key.
pub fn person_page(workspace: &Workspace, person: &Person, as_of: Date) -> Report {
    let mut report = Report::new(
        "person",
        as_of,
        vec![
            Column::screen("key", t!("column.key", "KEY"), 1),
            Column::screen("value", t!("column.value", "VALUE"), 1),
        ],
    );
    let mut add = |key: String, value: String| {
        if !value.is_empty() {
            report.rows.push(vec![Value::Text(key), Value::Text(value)]);
        }
    };
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    add(t!("person.id", "id"), person.id.to_string());
    add(t!("person.name", "name"), person.name.clone());
    add(
        t!("person.roles", "roles"),
        person
            .roles
            .iter()
            .map(|r| r.shown())
            .collect::<Vec<_>>()
            .join(", "),
    );
    add(
        t!("person.groups", "groups"),
        person
            .groups
            .iter()
            .map(AsRef::as_ref)
            .collect::<Vec<&str>>()
            .join(", "),
    );
    add(t!("person.unit", "unit"), text(&person.unit));
    add(
        t!("person.function", "function"),
        person
            .function
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
    );
    add(
        t!("person.reports_to", "reports to"),
        person
            .reports_to
            .as_ref()
            .map(|r| workspace.name_of(r.as_str()).to_owned())
            .unwrap_or_default(),
    );
    add(t!("person.languages", "languages"), person.languages.join(", "));
    add(t!("person.email", "email"), text(&person.email));
    add(t!("person.assistant", "assistant"), text(&person.assistant_email));
    add(
        t!("person.challenges", "challenges"),
        person
            .challenges
            .iter()
            .map(AsRef::as_ref)
            .collect::<Vec<&str>>()
            .join(", "),
    );
    add(
        t!("person.experience_stated", "experience (stated)"),
        person.experience.join(", "),
    );
    let stated = |c: &String| match person.mentors_stated.get(c) {
        Some(band) => t!(
            "person.stated",
            "{capability} ({band}, stated)",
            capability = c,
            band = band.shown()
        ),
        None => c.clone(),
    };
    add(
        t!("person.mentors_in", "mentors in"),
        person
            .mentors_in
            .iter()
            .map(stated)
            .collect::<Vec<_>>()
            .join(", "),
    );
    add(
        t!("person.seats", "seats"),
        person.seats.map(|s| s.to_string()).unwrap_or_default(),
    );
    add(
        t!("person.guest", "guest"),
        if person.external {
            t!("word.yes", "yes")
        } else {
            String::new()
        },
    );
    add(
        t!("person.left", "left"),
        person.left.map(|d| d.to_string()).unwrap_or_default(),
    );
    add(
        t!("person.reminders", "reminders"),
        if person.nudge {
            String::new()
        } else {
            t!("word.no", "no")
        },
    );
    report
}

fn data_row(person: &Person) -> Vec<Value> {
    let list = |items: Vec<String>| {
        if items.is_empty() {
            Value::Missing("")
        } else {
            Value::List(items)
        }
    };
    vec![
        Value::Text(person.id.to_string()),
        Value::Text(person.name.clone()),
        list(person.roles.iter().map(|r| r.word().to_owned()).collect()),
        list(person.groups.iter().map(ToString::to_string).collect()),
        Value::text(person.unit.as_deref()),
        Value::text(person.function.as_ref().map(AsRef::as_ref)),
        Value::text(person.reports_to.as_ref().map(AsRef::as_ref)),
        list(person.languages.clone()),
        Value::text(person.email.as_deref()),
        Value::text(person.assistant_email.as_deref()),
        Value::YesNo(person.external),
        Value::date(person.left),
        Value::YesNo(person.nudge),
    ]
}

fn screen_row(workspace: &Workspace, person: &Person, as_of: Date) -> Vec<Value> {
    let list = |items: Vec<String>| {
        if items.is_empty() {
            Value::Missing("-")
        } else {
            Value::List(items)
        }
    };
    let or_dash = |t: Option<&str>| t.map_or(Value::Missing("-"), |t| Value::Text(t.to_owned()));
    let note = match (person.external, person.left) {
        (_, Some(day)) if day <= as_of => t!("person.left_on", "left {day}", day = day),
        (true, _) => t!("person.is_guest", "guest"),
        _ => String::new(),
    };
    vec![
        Value::Text(person.id.to_string()),
        Value::Text(person.name.clone()),
        list(person.roles.iter().map(|r| r.word().to_owned()).collect()),
        list(person.groups.iter().map(ToString::to_string).collect()),
        or_dash(person.unit.as_deref()),
        or_dash(person.reports_to.as_ref().map(|r| workspace.name_of(r.as_str()))),
        or_dash(person.email.as_deref()),
        Value::Text(note),
    ]
}

/// Columns of what an import would do.
pub const IMPORT_COLUMNS: [&str; 7] = ["line", "person_id", "what", "key", "from", "to", "reason"];

/// One thing that an import would do.
#[derive(Debug, Clone, Copy)]
pub struct ImportLine<'a> {
    /// Line of the file; 0 = none.
    pub line: usize,
    /// Whom it is about.
    pub person: Option<&'a str>,
    /// added, changed, kept, same, rejected, archived, gone, left-before, note.
    pub what: &'static str,
    /// Which value.
    pub key: Option<&'a str>,
    /// What stands there.
    pub from: &'a str,
    /// What the file says.
    pub to: &'a str,
    /// Why, or what.
    pub reason: &'a str,
}

/// What an import would do, as data.
pub fn import_report(lines: &[ImportLine<'_>], as_of: Date) -> Report {
    let mut report = Report::new("import", as_of, data_columns(IMPORT_COLUMNS));
    let filled = |text: &str| Value::text(Some(text).filter(|t| !t.is_empty()));
    report.rows = lines
        .iter()
        .map(|line| {
            vec![
                Value::count(Some(line.line).filter(|n| *n > 0)),
                Value::text(line.person),
                Value::Code(line.what),
                Value::text(line.key),
                filled(line.from),
                filled(line.to),
                filled(line.reason),
            ]
        })
        .collect();
    report
}
