//! What an import would change, decided row by row before anything is written. A value set by hand since the last
//! import stays; who left is archived, and nobody is removed.

use std::collections::{BTreeMap, BTreeSet};

use super::people_headings::{Columns, find_headings, is_second_heading, recognise};
use super::people_others::others;
use super::people_rows::{Draft, Presence, Reader, beginning};
use super::people_table::{Counted, Table};
use super::people_who::{Identity, Someone};
use crate::base::time::Date;
use crate::model::import::ImportRow;
use crate::model::person::Person;

/// What is known from the last import.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// Values as they stood in it, by person and key; lists joined with `|`.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// The source's ids that are not ours, by person.
    pub external_ids: BTreeMap<String, String>,
}

impl Imported {
    /// From the rows of `people.import.toml`.
    pub fn of(rows: &[ImportRow]) -> Self {
        let mut imported = Self::default();
        for row in rows {
            let values = row.values.iter().map(|(k, v)| (k.clone(), v.join("|")));
            imported.values.insert(row.id.to_string(), values.collect());
            if let Some(external) = &row.external_id {
                imported.external_ids.insert(row.id.to_string(), external.clone());
            }
        }
        imported
    }

    pub(super) fn value(&self, id: &str, key: &str) -> Option<&str> {
        self.values.get(id)?.get(key).map(String::as_str)
    }
}

/// How an import decides.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// Our key = their heading, as typed: it has to be there.
    pub columns: BTreeMap<String, String>,
    /// The same as saved: used if it is there.
    pub saved_columns: BTreeMap<String, String>,
    /// More values that mean "nobody".
    pub sentinels: BTreeSet<String>,
    /// Keys of which the file wins over a value set by hand.
    pub overwrite: BTreeSet<String>,
    /// How days are written, as `%d.%m.%Y`.
    pub date_format: Option<String>,
    /// Whether who is not in the file any more is archived.
    pub archive_gone: bool,
    /// Ids that must not come back.
    pub erased: BTreeSet<String>,
    /// Today: the day on which somebody left of whom no day is told.
    pub today: Date,
}

impl ImportOptions {
    /// Nothing is asked for.
    pub fn on(today: Date) -> Self {
        Self {
            columns: BTreeMap::new(),
            saved_columns: BTreeMap::new(),
            sentinels: BTreeSet::new(),
            overwrite: BTreeSet::new(),
            date_format: None,
            archive_gone: false,
            erased: BTreeSet::new(),
            today,
        }
    }
}

/// One value that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Our key.
    pub key: String,
    /// What stands there; empty = nothing.
    pub from: String,
    /// What the file says; empty = nothing.
    pub to: String,
}

/// What becomes of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// A new person.
    Added,
    /// Some values change.
    Changed(Vec<Change>),
    /// Nothing changes.
    Same,
}

/// One accepted row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Line of the file; 0 for who is not in it any more and is archived.
    pub line: usize,
    /// The person's id here.
    pub id: String,
    /// The source's id where it is not ours.
    pub external_id: Option<String>,
    /// What the file says, by our key; lists joined with `|`.
    pub values: BTreeMap<String, String>,
    /// What becomes of it.
    pub decision: Decision,
    /// Values that stay because they were set by hand: `from` is ours, `to` the file's.
    pub kept: Vec<Change>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportPlan {
    /// Our key = their heading, as recognised.
    pub columns: BTreeMap<String, String>,
    /// Headings that are not used.
    pub ignored: Vec<String>,
    /// Accepted rows in the file's order.
    pub rows: Vec<Incoming>,
    /// Rejected rows: line and reason.
    pub rejected: Vec<(usize, String)>,
    /// People of the last import that are not in the file; nobody is removed.
    pub gone: Vec<String>,
    /// Rows of people who had left before they were ever here: line and name.
    pub left_before: Vec<(usize, String)>,
    /// Worth knowing: line and words.
    pub notes: Vec<(usize, String)>,
}

/// Decides every row. `Err` = the table has no column that says who a person is.
pub fn plan_import(
    table: &mut Table,
    people: &[Person],
    imported: &Imported,
    options: &ImportOptions,
) -> Result<ImportPlan, String> {
    find_headings(table, options);
    let table = &*table;
    let columns = recognise(&table.headings, options)?;
    let reader = Reader::of(table, &columns, options.date_format.as_deref(), options.today);
    let mut plan = ImportPlan {
        columns: columns.headings.clone(),
        ..ImportPlan::default()
    };
    plan.columns
        .retain(|key, _| !reader.foreign().contains(&key.as_str()));
    plan.ignored = ignored(table, &columns, &plan.columns);
    let word = table.counted.word();
    if table.headings_line > 1 {
        plan.notes.push((
            table.headings_line,
            format!("the headings stand here; what is above this {word} is no part of the table"),
        ));
    }
    let mut drafts: Vec<Draft> = Vec::with_capacity(table.rows.len());
    for (at, row) in table.rows.iter().enumerate() {
        if at == 0 && is_second_heading(&row.cells, &columns) {
            plan.notes
                .push((row.line, format!("a second {word} of headings is skipped")));
            continue;
        }
        match reader.read(row) {
            Ok(draft) => drafts.push(draft),
            Err(why) => plan.rejected.push((row.line, why)),
        }
    }
    let mut someone = Someone::of(people, imported, &options.erased);
    // Identity systems number their users in words that look like ids.
    someone.takes_ids = table.counted != Counted::Entry;
    someone.reserve(&drafts);
    let mut rows: Vec<(Draft, Identity)> = Vec::with_capacity(drafts.len());
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for draft in drafts {
        let identity = match someone.identify(&draft, &mut plan.notes) {
            Ok(identity) => identity,
            Err(why) => {
                plan.rejected.push((draft.line, why));
                continue;
            }
        };
        // Of two rows about one person both are rejected but the first: nobody knows which is right.
        if let Some(line) = seen.get(&identity.id) {
            let named = identity.external_id.as_ref().unwrap_or(&identity.id);
            let why = format!("the id \"{}\" stands in {word} {line} already", beginning(named));
            plan.rejected.push((draft.line, why));
            continue;
        }
        if options.erased.contains(&identity.id) {
            let why = format!("{} was erased; an id is never used again", identity.id);
            plan.rejected.push((draft.line, why));
            continue;
        }
        seen.insert(identity.id.clone(), draft.line);
        if !someone.is_here(&identity.id) && has_left(&draft, options.today) {
            plan.left_before.push((draft.line, draft.values["name"].clone()));
            continue;
        }
        plan.notes
            .extend(draft.notes.iter().map(|words| (draft.line, words.clone())));
        rows.push((draft, identity));
    }
    let others = others(&rows, people, imported, options, &mut plan.notes);
    for ((mut draft, identity), named) in rows.into_iter().zip(others) {
        draft.values.extend(named);
        let person = someone.person(&identity.id);
        settle_presence(&mut draft, &identity.id, person, &columns, imported, options);
        plan.rows
            .push(decide(&draft, identity, person, imported, options));
    }
    plan.rejected.sort();
    plan.notes.sort();
    // A part of a list says nothing of who is not in it.
    if table.part.is_none() {
        gone(&mut plan, &seen, &someone, imported, options);
    }
    Ok(plan)
}

fn ignored(table: &Table, columns: &Columns, used: &BTreeMap<String, String>) -> Vec<String> {
    let places: BTreeSet<usize> = columns.used().collect();
    let headings = table.headings.iter().enumerate();
    headings
        .filter(|(at, h)| {
            !h.is_empty()
                && !(places.contains(at)
                    && (used.values().any(|u| u == *h) || columns.more_managers.contains(at)))
        })
        .map(|(_, heading)| heading.clone())
        .collect()
}

fn has_left(draft: &Draft, today: Date) -> bool {
    matches!(draft.presence, Presence::Left(day) if day.is_none_or(|day| day <= today))
}

/// What the file says of whether somebody is still there, as the day that `people.toml` holds.
fn settle_presence(
    draft: &mut Draft,
    id: &str,
    person: Option<&Person>,
    columns: &Columns,
    imported: &Imported,
    options: &ImportOptions,
) {
    let last = imported.value(id, "left").unwrap_or_default();
    let left = match draft.presence {
        Presence::Left(Some(day)) => day.to_string(),
        // No day is told: the day on which it was heard first.
        Presence::Left(None) if !last.is_empty() => last.to_owned(),
        Presence::Left(None) => match person.and_then(|p| p.left) {
            Some(day) => day.to_string(),
            None => options.today.to_string(),
        },
        Presence::Here => String::new(),
        // Archived because the file did not have them, and now it does again.
        Presence::Unsaid => {
            let has = |key: &str| columns.places.contains_key(key) || options.saved_columns.contains_key(key);
            if last.is_empty() || has("status") || has("left") {
                return;
            }
            String::new()
        }
    };
    draft.values.insert("left".to_owned(), left);
}

fn gone(
    plan: &mut ImportPlan,
    seen: &BTreeMap<String, usize>,
    someone: &Someone<'_>,
    imported: &Imported,
    options: &ImportOptions,
) {
    for (id, values) in &imported.values {
        let Some(person) = someone.person(id).filter(|p| p.is_here(options.today)) else {
            continue;
        };
        if seen.contains_key(id) {
            continue;
        }
        plan.gone.push(id.clone());
        if options.archive_gone {
            let today = options.today.to_string();
            let mut values = values.clone();
            values.insert("left".to_owned(), today.clone());
            plan.rows.push(Incoming {
                line: 0,
                id: id.clone(),
                external_id: imported.external_ids.get(id).cloned(),
                values,
                decision: Decision::Changed(vec![Change {
                    key: "left".to_owned(),
                    from: value_of(person, "left"),
                    to: today,
                }]),
                kept: Vec::new(),
            });
        }
    }
}

fn decide(
    draft: &Draft,
    identity: Identity,
    person: Option<&Person>,
    imported: &Imported,
    options: &ImportOptions,
) -> Incoming {
    let (id, external_id) = (identity.id, identity.external_id);
    let row = |decision, kept| Incoming {
        line: draft.line,
        id: id.clone(),
        external_id,
        values: draft.values.clone(),
        decision,
        kept,
    };
    let Some(person) = person else {
        return row(Decision::Added, Vec::new());
    };
    let before = imported.values.get(&id);
    let (mut changes, mut kept) = (Vec::new(), Vec::new());
    for (key, to) in &draft.values {
        let from = value_of(person, key);
        if from == *to {
            continue;
        }
        let change = Change {
            key: key.clone(),
            from,
            to: to.clone(),
        };
        let last = before.and_then(|values| values.get(key));
        let by_file = last.is_some_and(|last| *last == change.from);
        let fills = last.is_none() && is_default(key, &change.from);
        if by_file || fills || options.overwrite.contains(key) {
            changes.push(change);
        } else if last == Some(&change.to) || (last.is_none() && change.to.is_empty()) {
            // The file says what it said last time, or nothing: the hand-set value is newer and not worth a word.
        } else {
            kept.push(change);
        }
    }
    if changes.is_empty() {
        row(Decision::Same, kept)
    } else {
        row(Decision::Changed(changes), kept)
    }
}

/// Whether nobody said anything yet.
fn is_default(key: &str, value: &str) -> bool {
    match key {
        "external" => value == "false",
        "nudge" => value == "true",
        _ => value.is_empty(),
    }
}

fn value_of(person: &Person, key: &str) -> String {
    match key {
        "name" => person.name.clone(),
        "unit" => person.unit.clone().unwrap_or_default(),
        "function" => person
            .function
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        "email" => person.email.clone().unwrap_or_default(),
        "assistant_email" => person.assistant_email.clone().unwrap_or_default(),
        "reports_to" => person
            .reports_to
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        "roles" => person
            .roles
            .iter()
            .map(|r| r.word())
            .collect::<Vec<_>>()
            .join("|"),
        "groups" => person
            .groups
            .iter()
            .map(AsRef::as_ref)
            .collect::<Vec<&str>>()
            .join("|"),
        "languages" => person.languages.join("|"),
        "left" => person.left.map(|day| day.to_string()).unwrap_or_default(),
        "external" => person.external.to_string(),
        "nudge" => person.nudge.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::people_table::read_table;
    use super::*;
    use crate::model::person::Role;

    fn person(id: &str, name: &str, unit: Option<&str>) -> Person {
        Person {
            unit: unit.map(str::to_owned),
            ..Person::new(id.parse().unwrap(), name, Role::Executive)
        }
    }

    fn plan(csv: &str, people: &[Person], imported: &Imported) -> ImportPlan {
        let mut table = read_table(csv.as_bytes(), None).unwrap();
        plan_import(&mut table, people, imported, &today()).unwrap()
    }

    fn today() -> ImportOptions {
        ImportOptions::on("2026-03-16".parse().unwrap())
    }

    fn imported(rows: &[(&str, &[(&str, &str)])]) -> Imported {
        let values = |all: &[(&str, &str)]| {
            all.iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect()
        };
        Imported {
            values: rows
                .iter()
                .map(|(id, all)| ((*id).to_owned(), values(all)))
                .collect(),
            external_ids: BTreeMap::new(),
        }
    }

    #[test]
    fn a_hand_set_value_stays_and_a_file_value_follows_the_file() {
        let people = [
            person("dana", "Dana Okafor", Some("operations")),
            person("eli", "Eli Novak", Some("sales")),
        ];
        let last: &[(&str, &str)] = &[("unit", "sales"), ("name", "x")];
        let imported = imported(&[("dana", last), ("eli", last)]);
        let done = plan(
            "id,name,unit\ndana,Dana Okafor,trade\neli,Eli Novak,trade\n",
            &people,
            &imported,
        );
        assert_eq!(done.rows[0].decision, Decision::Same);
        assert_eq!(
            done.rows[0].kept,
            [Change {
                key: "unit".into(),
                from: "operations".into(),
                to: "trade".into()
            }]
        );
        assert_eq!(
            done.rows[1].decision,
            Decision::Changed(vec![Change {
                key: "unit".into(),
                from: "sales".into(),
                to: "trade".into()
            }])
        );
    }

    #[test]
    fn bad_rows_are_rejected_with_their_line() {
        let done = plan(
            "id,name,email,role\na,A,a@x.dk,executive\n,B,,\na,A again,a2@x.dk,\nc,C,not an address,\nd,D,d@x.dk,king\ne,,e@x.dk,\n",
            &[],
            &Imported::default(),
        );
        assert_eq!(done.rows.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!(
            done.rejected,
            [
                (3, "no id and no e-mail".to_owned()),
                (4, "the id \"a\" stands in line 2 already".to_owned()),
                (5, "\"not an address\" is no e-mail address".to_owned()),
                (
                    6,
                    "\"king\" is no role; roles: leader, executive, mentor".to_owned()
                ),
                (7, "no name".to_owned()),
            ]
        );
    }

    #[test]
    fn other_systems_headings_and_managers_are_understood() {
        let done = plan(
            "Employee ID;First Name;Last Name;Work E-Mail;Department;Manager\n004711;Dana;Okafor;dana@x.dk;Sales;NO_MANAGER\nEN-12;Eli;Novak;eli@x.dk;Sales;Dana Okafor\n7;Bo;L;bo@x.dk;;nobody known\n",
            &[],
            &Imported::default(),
        );
        let seen: Vec<_> = done
            .rows
            .iter()
            .map(|r| {
                (
                    r.id.as_str(),
                    r.external_id.as_deref(),
                    r.values["name"].as_str(),
                    r.values["reports_to"].as_str(),
                )
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("dana-okafor", Some("004711"), "Dana Okafor", ""),
                ("eli-novak", Some("EN-12"), "Eli Novak", "dana-okafor"),
                ("bo-l", Some("7"), "Bo L", "")
            ]
        );
        assert_eq!(
            done.notes,
            [(
                4,
                "the manager \"nobody known\" is nobody here; left empty".to_owned()
            )]
        );
    }

    #[test]
    fn a_table_that_names_nobody_is_refused_with_its_headings() {
        let mut table = read_table(b"name,unit\nA,B\n", None).unwrap();
        let error = plan_import(&mut table, &[], &Imported::default(), &today()).unwrap_err();
        assert!(
            error.contains("id or email") && error.contains("name, unit"),
            "{error}"
        );
    }

    #[test]
    fn nobody_is_removed_and_who_is_gone_is_named() {
        let people = [person("sam", "Sam", None)];
        let imported = imported(&[("sam", &[]), ("lost", &[])]);
        assert_eq!(plan("id,name\na,A\n", &people, &imported).gone, ["sam"]);
    }
}
