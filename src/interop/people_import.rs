//! What an import would change, decided row by row before anything is written. A value set by hand since the last
//! import stays; nobody is removed.

use std::collections::{BTreeMap, BTreeSet};

use super::people_table::Table;
use crate::base::id::{check_slug, slugify};
use crate::base::text::is_unprintable;
use crate::model::person::{Person, Role};

/// Keys that can be imported, with the headings other systems use for them (compared without case, blanks, `_`, `-`).
const HEADINGS: [(&str, &[&str]); 12] = [
    (
        "id",
        &[
            "id",
            "userid",
            "username",
            "employeeid",
            "personid",
            "employeenumber",
            "staffid",
            "personnelnumber",
            "personalnummer",
        ],
    ),
    (
        "name",
        &[
            "name",
            "fullname",
            "displayname",
            "employeename",
            "employee",
            "person",
        ],
    ),
    ("first_name", &["firstname", "givenname", "forename", "vorname"]),
    ("last_name", &["lastname", "surname", "familyname", "nachname"]),
    ("roles", &["role", "roles"]),
    ("groups", &["group", "groups", "team", "cohort"]),
    (
        "unit",
        &[
            "unit",
            "department",
            "orgunit",
            "division",
            "abteilung",
            "businessunit",
        ],
    ),
    ("function", &["function"]),
    (
        "email",
        &["email", "mail", "emailaddress", "workemail", "businessemail"],
    ),
    ("assistant_email", &["assistantemail", "assistant", "pa"]),
    (
        "reports_to",
        &[
            "reportsto",
            "manager",
            "managerid",
            "manageremail",
            "managerworkemail",
            "supervisor",
            "vorgesetzter",
        ],
    ),
    (
        "languages",
        &["language", "languages", "preferredlanguage", "sprache"],
    ),
];

/// Values that mean "nobody" in a manager's column.
const NOBODY: [&str; 8] = ["", "-", "none", "n/a", "no_manager", "no_mgr", "no_hr", "null"];

/// Values as they stood in the last import, by person and key.
pub type Imported = BTreeMap<String, BTreeMap<String, String>>;

/// How an import decides.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Our key = their heading, as saved or given.
    pub columns: BTreeMap<String, String>,
    /// More values that mean "nobody".
    pub sentinels: BTreeSet<String>,
    /// Keys of which the file wins over a value set by hand.
    pub overwrite: BTreeSet<String>,
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
    /// Line of the file.
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
    /// Worth knowing: line and words.
    pub notes: Vec<(usize, String)>,
}

/// Decides every row. `Err` = the table has no column that says who a person is.
pub fn plan_import(
    table: &Table,
    people: &[Person],
    imported: &Imported,
    options: &ImportOptions,
) -> Result<ImportPlan, String> {
    let columns = recognise(table, options)?;
    let mut plan = ImportPlan {
        columns: columns.clone(),
        ..ImportPlan::default()
    };
    plan.ignored = table
        .headings
        .iter()
        .filter(|h| !h.is_empty() && !columns.values().any(|c| c == *h))
        .cloned()
        .collect();
    let place = |key: &str| {
        columns
            .get(key)
            .and_then(|h| table.headings.iter().position(|x| x == h))
    };
    let places: BTreeMap<&str, usize> = HEADINGS
        .iter()
        .filter_map(|(key, _)| Some((*key, place(key)?)))
        .collect();
    let mut drafts: Vec<Draft> = Vec::new();
    for row in &table.rows {
        if is_second_heading(&row.cells, &places, row.line) {
            plan.notes
                .push((row.line, "a second line of headings is skipped".to_owned()));
            continue;
        }
        match draft(
            row.line,
            &row.cells,
            row.ragged.map(|n| (n, table.headings.len())),
            &places,
        ) {
            Ok(draft) => drafts.push(draft),
            Err(why) => plan.rejected.push((row.line, why)),
        }
    }
    reject_twins(&mut drafts, &mut plan.rejected);
    resolve_managers(&mut drafts, people, options, &mut plan.notes);
    for draft in drafts {
        plan.rows.push(decide(draft, people, imported, options));
    }
    plan.rejected.sort();
    let seen: BTreeSet<&str> = plan.rows.iter().map(|r| r.id.as_str()).collect();
    plan.gone = imported
        .keys()
        .filter(|id| !seen.contains(id.as_str()) && people.iter().any(|p| p.id.as_str() == id.as_str()))
        .cloned()
        .collect();
    Ok(plan)
}

struct Draft {
    line: usize,
    id: String,
    external_id: Option<String>,
    values: BTreeMap<String, String>,
}

fn plain(heading: &str) -> String {
    heading
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn recognise(table: &Table, options: &ImportOptions) -> Result<BTreeMap<String, String>, String> {
    let mut columns = BTreeMap::new();
    for (key, names) in HEADINGS {
        if let Some(given) = options.columns.get(key) {
            let heading = table.headings.iter().find(|h| plain(h) == plain(given));
            if let Some(heading) = heading {
                columns.insert(key.to_owned(), heading.clone());
                continue;
            }
            if names.iter().all(|n| plain(given) != *n) {
                return Err(format!(
                    "there is no column \"{given}\" for {key}; the file has: {}",
                    table.headings.join(", ")
                ));
            }
        }
        let by_name = names
            .iter()
            .find_map(|name| table.headings.iter().find(|h| plain(h) == *name));
        if let Some(heading) = by_name {
            columns.insert(key.to_owned(), heading.clone());
        }
    }
    let has = |key: &str| columns.contains_key(key);
    if !has("id") && !has("email") {
        return Err(format!(
            "no column says who a person is (id or email); the file has: {}. Name it: --map id=\"…\"",
            table.headings.join(", ")
        ));
    }
    if !has("name") && !(has("first_name") || has("last_name")) {
        return Err(format!(
            "no column holds the name; the file has: {}. Name it: --map name=\"…\"",
            table.headings.join(", ")
        ));
    }
    Ok(columns)
}

/// Some systems write labels under their keys: a row whose e-mail column holds a word that is itself a heading.
fn is_second_heading(cells: &[String], places: &BTreeMap<&str, usize>, line: usize) -> bool {
    line == 2
        && places
            .iter()
            .filter(|(_, at)| cells.get(**at).is_some_and(|c| is_heading(c)))
            .count()
            * 2
            > places.len()
}

fn is_heading(text: &str) -> bool {
    HEADINGS
        .iter()
        .any(|(_, names)| names.contains(&plain(text).as_str()))
}

fn draft(
    line: usize,
    cells: &[String],
    ragged: Option<(usize, usize)>,
    places: &BTreeMap<&str, usize>,
) -> Result<Draft, String> {
    if let Some((has, wants)) = ragged {
        return Err(format!(
            "{has} cells, the heading has {wants}: is a quotation mark missing?"
        ));
    }
    let cell = |key: &str| {
        places
            .get(key)
            .and_then(|at| cells.get(*at))
            .map_or("", String::as_str)
    };
    if let Some(bad) = cells.iter().find(|c| c.chars().any(is_unprintable)) {
        return Err(if bad.contains('\n') {
            format!(
                "a line break in \"{}\": is a quotation mark missing?",
                beginning(bad)
            )
        } else {
            format!("a control character in \"{}\"", beginning(bad))
        });
    }
    let email = cell("email");
    if !email.is_empty() && !looks_like_email(email) {
        return Err(format!("\"{email}\" is no e-mail address"));
    }
    let name = match cell("name") {
        "" => format!("{} {}", cell("first_name"), cell("last_name"))
            .trim()
            .to_owned(),
        name => name.to_owned(),
    };
    if name.is_empty() {
        return Err("no name".to_owned());
    }
    let (id, external_id) = identity(cell("id"), email)?;
    let mut values = BTreeMap::from([("name".to_owned(), name)]);
    for key in ["unit", "email", "assistant_email", "reports_to"] {
        if places.contains_key(key) {
            values.insert(key.to_owned(), cell(key).to_owned());
        }
    }
    for key in ["roles", "groups", "languages"] {
        if places.contains_key(key) && !cell(key).is_empty() {
            values.insert(key.to_owned(), list(key, cell(key))?.join("|"));
        }
    }
    if places.contains_key("function") && !cell("function").is_empty() {
        values.insert("function".to_owned(), slugify(cell("function")));
    }
    Ok(Draft {
        line,
        id,
        external_id,
        values,
    })
}

/// As much of a cell as a line of a screen holds.
fn beginning(cell: &str) -> String {
    /// Characters that are shown.
    const MOST: usize = 40;
    let mut shown: String = cell.chars().take_while(|c| *c != '\n').take(MOST).collect();
    if shown.len() < cell.len() {
        shown.push('…');
    }
    shown
}

fn identity(id: &str, email: &str) -> Result<(String, Option<String>), String> {
    if id.is_empty() {
        let local = email.split('@').next().unwrap_or_default();
        let own = slugify(local);
        return if own.is_empty() {
            Err("no id and no e-mail".to_owned())
        } else {
            Ok((own, None))
        };
    }
    if check_slug(id).is_ok() {
        return Ok((id.to_owned(), None));
    }
    let own = slugify(id);
    match check_slug(&own) {
        Ok(()) => Ok((own, Some(id.to_owned()))),
        Err(why) => Err(format!("the id \"{id}\" cannot be used: {why}")),
    }
}

fn looks_like_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && !host.is_empty() && !host.contains('@') && !text.contains(char::is_whitespace)
    })
}

fn list(key: &str, text: &str) -> Result<Vec<String>, String> {
    let mut items = Vec::new();
    for part in text
        .split(['|', ';', ','])
        .map(str::trim)
        .filter(|p| !p.is_empty())
    {
        let item = match key {
            "roles" => {
                let role = Role::ALL
                    .into_iter()
                    .find(|r| r.word().eq_ignore_ascii_case(part));
                role.ok_or_else(|| format!("\"{part}\" is no role; roles: leader, executive, mentor"))?
                    .word()
                    .to_owned()
            }
            "languages" => {
                let code = part.split(['-', '_']).next().unwrap_or_default().to_lowercase();
                if code.len() != 2 || !code.chars().all(|c| c.is_ascii_lowercase()) {
                    return Err(format!("\"{part}\" is no language; two letters, as en"));
                }
                code
            }
            _ => {
                let group = slugify(part);
                check_slug(&group).map_err(|why| format!("the group \"{part}\" cannot be used: {why}"))?;
                group
            }
        };
        if !items.contains(&item) {
            items.push(item);
        }
    }
    Ok(items)
}

/// Of two rows with one id both are rejected but the first: nobody knows which is right, and the first stays.
fn reject_twins(drafts: &mut Vec<Draft>, rejected: &mut Vec<(usize, String)>) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    drafts.retain(|draft| match first.get(&draft.id) {
        Some(line) => {
            rejected.push((
                draft.line,
                format!("the id \"{}\" stands in line {line} already", draft.id),
            ));
            false
        }
        None => {
            first.insert(draft.id.clone(), draft.line);
            true
        }
    });
}

/// A manager may be named by id, source id, e-mail or name; after all rows are read, because the file has its own order.
fn resolve_managers(
    drafts: &mut [Draft],
    people: &[Person],
    options: &ImportOptions,
    notes: &mut Vec<(usize, String)>,
) {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut names: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut learn = |id: &str, keys: [Option<&str>; 2], name: Option<&str>| {
        for key in keys.into_iter().flatten().filter(|k| !k.is_empty()) {
            known.insert(key.to_lowercase(), id.to_owned());
        }
        known.insert(id.to_owned(), id.to_owned());
        if let Some(name) = name {
            // Two people of one name: nobody is guessed.
            let entry = names
                .entry(name.to_lowercase())
                .or_insert_with(|| Some(id.to_owned()));
            if entry.as_deref() != Some(id) {
                *entry = None;
            }
        }
    };
    for person in people {
        learn(
            person.id.as_str(),
            [person.email.as_deref(), None],
            Some(&person.name),
        );
    }
    for draft in drafts.iter() {
        let email = draft.values.get("email").map(String::as_str);
        learn(
            &draft.id,
            [email, draft.external_id.as_deref()],
            draft.values.get("name").map(String::as_str),
        );
    }
    for draft in drafts {
        let Some(manager) = draft.values.get("reports_to").cloned() else {
            continue;
        };
        let key = manager.to_lowercase();
        let nobody =
            NOBODY.contains(&key.as_str()) || options.sentinels.iter().any(|s| s.to_lowercase() == key);
        let found = if nobody {
            None
        } else {
            known
                .get(&key)
                .cloned()
                .or_else(|| names.get(&key).cloned().flatten())
        };
        if !nobody && found.is_none() {
            notes.push((
                draft.line,
                format!("the manager \"{manager}\" is nobody here; left empty"),
            ));
        }
        let found = found.filter(|id| *id != draft.id);
        draft
            .values
            .insert("reports_to".to_owned(), found.unwrap_or_default());
    }
}

fn decide(draft: Draft, people: &[Person], imported: &Imported, options: &ImportOptions) -> Incoming {
    let Some(person) = people.iter().find(|p| p.id.as_str() == draft.id) else {
        return Incoming {
            line: draft.line,
            id: draft.id,
            external_id: draft.external_id,
            values: draft.values,
            decision: Decision::Added,
            kept: Vec::new(),
        };
    };
    let before = imported.get(&draft.id);
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
        let by_file = before
            .and_then(|values| values.get(key))
            .is_some_and(|last| *last == change.from);
        let fills = change.from.is_empty() && before.is_none_or(|values| !values.contains_key(key));
        if by_file || fills || options.overwrite.contains(key) {
            changes.push(change);
        } else if before.and_then(|values| values.get(key)) == Some(&change.to) {
            // The file says what it said last time; the hand-set value is newer and not worth a word.
        } else {
            kept.push(change);
        }
    }
    let decision = if changes.is_empty() {
        Decision::Same
    } else {
        Decision::Changed(changes)
    };
    Incoming {
        line: draft.line,
        id: draft.id,
        external_id: draft.external_id,
        values: draft.values,
        decision,
        kept,
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
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::people_table::read_table;
    use super::*;
    use std::collections::BTreeMap;

    fn person(id: &str, name: &str, unit: Option<&str>) -> Person {
        Person {
            id: id.parse().unwrap(),
            name: name.to_owned(),
            roles: vec![Role::Executive],
            groups: vec![],
            unit: unit.map(str::to_owned),
            function: None,
            reports_to: None,
            languages: vec![],
            email: None,
            assistant_email: None,
            challenges: vec![],
            experience: vec![],
            mentors_in: vec![],
            mentors_stated: BTreeMap::new(),
            seats: None,
            external: false,
            rival: vec![],
            left: None,
            nudge: true,
        }
    }

    fn plan(csv: &str, people: &[Person], imported: &Imported) -> ImportPlan {
        let table = read_table(csv.as_bytes(), None).unwrap();
        plan_import(&table, people, imported, &ImportOptions::default()).unwrap()
    }

    #[test]
    fn a_hand_set_value_stays_and_a_file_value_follows_the_file() {
        let people = [
            person("dana", "Dana Okafor", Some("operations")),
            person("eli", "Eli Novak", Some("sales")),
        ];
        let unit = |u: &str| {
            BTreeMap::from([
                ("unit".to_owned(), u.to_owned()),
                ("name".to_owned(), "x".to_owned()),
            ])
        };
        let imported = Imported::from([("dana".into(), unit("sales")), ("eli".into(), unit("sales"))]);
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
            &Imported::new(),
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
            &Imported::new(),
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
                ("004711", None, "Dana Okafor", ""),
                ("en-12", Some("EN-12"), "Eli Novak", "004711"),
                ("7", None, "Bo L", "")
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
        let table = read_table(b"name,unit\nA,B\n", None).unwrap();
        let error = plan_import(&table, &[], &Imported::new(), &ImportOptions::default()).unwrap_err();
        assert!(
            error.contains("id or email") && error.contains("name, unit"),
            "{error}"
        );
    }

    #[test]
    fn nobody_is_removed_and_who_is_gone_is_named() {
        let people = [person("sam", "Sam", None)];
        let imported = Imported::from([("sam".into(), BTreeMap::new()), ("lost".into(), BTreeMap::new())]);
        assert_eq!(plan("id,name\na,A\n", &people, &imported).gone, ["sam"]);
    }
}
