//! The texts that `init` writes, and `people.import.toml` as an import leaves it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml_edit::Value;

use crate::base::id::{CurriculumId, PersonId, WorkspaceId};
use crate::base::text::is_unprintable;
use crate::base::words::and_list;
use crate::model::import::{ImportMap, ImportRow};
use crate::model::person::{Person, Role};
use crate::model::settings::Layout;

/// `upwards.toml` of a new workspace.
pub fn upwards_toml(id: &WorkspaceId, name: &str, curricula: &[CurriculumId], layout: Layout) -> String {
    let curricula: Vec<String> = curricula.iter().map(ToString::to_string).collect();
    let mut text = "format = 1\n".to_owned();
    text.push_str("# Never change the id: it names everybody's private folder.\n");
    line(&mut text, "id", &id.as_str().into());
    line(&mut text, "name", &name.into());
    line(&mut text, "language", &"en".into());
    text.push_str("# In use, in the order of screens; shipped ones need no copy.\n");
    line(&mut text, "curricula", &list(&curricula));
    text.push_str(
        "\n[sharing]\n# packets, folder or git: how logs travel; who then reads what: upwards help privacy\n",
    );
    line(&mut text, "layout", &layout.word().into());
    text.push_str(
        "\n[practice]\n# true: practices in public are offered; else their draft, which counts the same.\n",
    );
    text.push_str("public = false\n");
    text.push_str("\n# Everything else has a default; the README names the tables.\n");
    text
}

/// `people.toml` of a new workspace: the leader.
pub fn people_toml(leader: &PersonId, name: &str) -> String {
    let mut text = "format = 1\n\n[[person]]\n".to_owned();
    line(&mut text, "id", &leader.as_str().into());
    line(&mut text, "name", &name.into());
    text.push_str("roles = [\"leader\"]\n");
    text
}

/// `.gitattributes`: logs keep their bytes, people's files their line ends.
pub fn gitattributes() -> &'static str {
    "*.jsonl -text\n*.toml text eol=lf\n"
}

/// `.gitignore`: left-overs, and in a repository for everybody what leaders alone may read.
pub fn gitignore(layout: Layout) -> &'static str {
    match layout {
        Layout::Git => {
            "# For leaders only; they share it by: upwards send --team\nteam/\n*.rejected.csv\n.upwards-*.tmp\n"
        }
        Layout::Packets | Layout::Folder => "*.rejected.csv\n.upwards-*.tmp\n",
    }
}

/// `RIGHTS.txt`: folder by folder who needs to read and write, for whoever sets the rights of a synced folder. `people`
/// are ids and names of those who have a folder of their own.
pub fn rights(people: &[(&str, &str)]) -> String {
    rights_for("the leaders", people)
}

/// `RIGHTS.txt` with the names of leaders and people.
pub fn rights_of(people: &[Person]) -> String {
    let leaders: Vec<&str> = people
        .iter()
        .filter(|p| p.is(Role::Leader))
        .map(|p| p.name.as_str())
        .collect();
    let others = people
        .iter()
        .filter(|p| !p.is(Role::Leader) && !p.external && p.left.is_none());
    let others: Vec<(&str, &str)> = others.map(|p| (p.id.as_str(), p.name.as_str())).collect();
    let leaders = if leaders.is_empty() {
        "the leaders".to_owned()
    } else {
        and_list(&leaders)
    };
    rights_for(&leaders, &others)
}

/// `people.import.toml` after an import: the columns, and each row as it was imported, beside those of earlier imports.
/// Lists in `rows` are joined with `|`.
pub fn import_toml<'a>(
    before: &ImportMap,
    columns: BTreeMap<String, String>,
    rows: impl Iterator<Item = (&'a str, Option<&'a str>, &'a BTreeMap<String, String>)>,
) -> String {
    let mut by_id: BTreeMap<String, ImportRow> = before
        .rows
        .iter()
        .map(|row| (row.id.to_string(), row.clone()))
        .collect();
    for (id, external_id, values) in rows {
        let Ok(person) = id.parse() else { continue };
        let row = by_id.entry(id.to_owned()).or_insert_with(|| ImportRow {
            id: person,
            external_id: None,
            values: BTreeMap::new(),
        });
        if external_id.is_some() {
            row.external_id = external_id.map(str::to_owned);
        }
        // A column that this file does not have keeps what the last one said.
        for (key, value) in values {
            if value.is_empty() {
                row.values.remove(key);
            } else {
                row.values.insert(key.clone(), as_texts(key, value));
            }
        }
    }
    let map = ImportMap {
        columns,
        rows: by_id.into_values().collect(),
        ..before.clone()
    };
    import_file(&map)
}

/// `people.import.toml` from what it says.
pub fn import_file(map: &ImportMap) -> String {
    let mut text =
        "# Written by `people import`: what was imported last, to tell it from what was set by hand.\n"
            .to_owned();
    text.push_str("format = 1\n");
    line(&mut text, "key", &map.key.word().into());
    if let Some(form) = &map.date_format {
        line(&mut text, "date_format", &form.as_str().into());
    }
    if let Some(delimiter) = map.delimiter {
        line(&mut text, "delimiter", &delimiter.to_string().into());
    }
    if !map.columns.is_empty() {
        text.push_str("\n[columns]\n");
        for (key, heading) in &map.columns {
            line(&mut text, key, &heading.as_str().into());
        }
    }
    if !map.sentinels.is_empty() {
        text.push_str("\n[sentinels]\n");
        for (key, values) in &map.sentinels {
            line(&mut text, key, &list(values));
        }
    }
    for row in &map.rows {
        text.push_str("\n[[row]]\n");
        line(&mut text, "id", &row.id.as_str().into());
        if let Some(id) = &row.external_id {
            line(&mut text, "external_id", &id.as_str().into());
        }
        for (key, values) in &row.values {
            line(&mut text, key, &imported(key, values));
        }
    }
    text
}

fn rights_for(leaders: &str, people: &[(&str, &str)]) -> String {
    let mut text = "Who needs which rights in this folder\n".to_owned();
    text.push_str(
        "upwards cannot see the rights of a synced folder: set them in the program that syncs it.\n\n",
    );
    let leaders = shown(leaders);
    let mut row = |what: &str, who: &str| {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{what:<28} {who}");
    };
    row("upwards.toml, curricula/", &format!("all read; {leaders} write"));
    row(
        "people.toml, erased.toml",
        &format!("{leaders} read and write, nobody else"),
    );
    row(
        "team/, items/, drafts/",
        &format!("{leaders} read and write, nobody else"),
    );
    for (id, name) in people {
        let who = format!("{} writes; {leaders} read and write; nobody else", shown(name));
        row(&format!("progress/{id}/"), &who);
    }
    row(
        "progress/PERSON/",
        &format!("that person writes; {leaders} read and write; nobody else"),
    );
    text
}

/// A text in a file that no parser reads: nothing that steers a terminal.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !is_unprintable(*c)).collect()
}

pub(super) fn line(text: &mut String, key: &str, value: &Value) {
    // Writing into a String cannot fail.
    let _ = writeln!(text, "{key} = {}", value.to_string().trim());
}

fn list(values: &[String]) -> Value {
    values.iter().collect::<toml_edit::Array>().into()
}

fn is_list(key: &str) -> bool {
    matches!(key, "roles" | "groups" | "languages")
}

fn as_texts(key: &str, value: &str) -> Vec<String> {
    if is_list(key) {
        value
            .split('|')
            .map(|item| item.trim().to_owned())
            .filter(|item| !item.is_empty())
            .collect()
    } else {
        vec![value.to_owned()]
    }
}

/// A value as `people.toml` has it: lists stay lists, yes and no and dates lose their quotes.
fn imported(key: &str, values: &[String]) -> Value {
    match (key, values) {
        ("external" | "nudge", [yes]) => (yes == "true").into(),
        ("left", [day]) => match day.parse::<toml_edit::Datetime>() {
            Ok(native) => native.into(),
            Err(_) => day.as_str().into(),
        },
        (key, [one]) if !is_list(key) => one.as_str().into(),
        _ => list(values),
    }
}
