//! What `init` writes, and the memory of an import: short texts that load as they stand.

use std::collections::BTreeMap;

use crate::base::id::{CurriculumId, PersonId, WorkspaceId};
use crate::model::import::{ImportMap, ImportRow};
use crate::model::settings::Layout;

/// `upwards.toml` of a new workspace.
pub fn upwards_toml(id: &WorkspaceId, name: &str, curricula: &[CurriculumId], layout: Layout) -> String {
    let curricula: Vec<String> = curricula.iter().map(|c| quoted(c.as_str())).collect();
    format!(
        "format = 1\nid = {}   # names the private folder on each computer; never changed\nname = {}\nlanguage = \"en\"\n\
         curricula = [{}]   # in use, in the order of screens; shipped ones need no copy\n\n\
         [sharing]\nlayout = \"{}\"   # how logs travel: packets, folder, git\n\n\
         [practice]\npublic = false   # true: practices may be done in public; else their drafts, which count the same\n",
        quoted(id.as_str()),
        quoted(name),
        curricula.join(", "),
        layout.word()
    )
}

/// `people.toml` of a new workspace: the leader.
pub fn people_toml(leader: &PersonId, name: &str) -> String {
    format!(
        "format = 1\n\n[[person]]\nid = {}\nname = {}\nroles = [\"leader\"]\n",
        quoted(leader.as_str()),
        quoted(name)
    )
}

/// Logs keep their bytes, people's files their line ends.
pub fn gitattributes() -> &'static str {
    "*.jsonl -text\n*.toml text eol=lf\n"
}

/// What never belongs into a repository: the leaders' own file, and left-overs.
pub fn gitignore(layout: Layout) -> &'static str {
    match layout {
        Layout::Git => "team/\n*.rejected.csv\n.upwards-*.tmp\n",
        Layout::Packets | Layout::Folder => "*.rejected.csv\n.upwards-*.tmp\n",
    }
}

/// Who needs to read and write which folder of a synced workspace.
pub fn rights(people: &[(&str, &str)]) -> String {
    let mut text = String::from(
        "Rights of this folder, to be set in the tool that syncs it\n\n\
         upwards.toml, curricula/      all read; leaders write\n\
         people.toml, team/, items/    leaders read and write\n\
         progress/                     leaders read and write\n\
         progress/PERSON/              that person writes; leaders read and write; nobody else\n",
    );
    for (id, name) in people {
        text.push_str(&format!("progress/{id}/   {name}\n"));
    }
    text
}

/// `people.import.toml` after an import: the columns, and each row as it was imported, beside those of earlier imports.
pub fn import_toml<'a>(
    before: &ImportMap,
    columns: BTreeMap<String, String>,
    rows: impl Iterator<Item = (&'a str, Option<&'a str>, &'a BTreeMap<String, String>)>,
) -> String {
    let mut all: BTreeMap<String, (Option<String>, BTreeMap<String, String>)> = before
        .rows
        .iter()
        .map(
            |ImportRow {
                 id,
                 external_id,
                 values,
             }| {
                let values = values.iter().map(|(k, v)| (k.clone(), v.join("|"))).collect();
                (id.to_string(), (external_id.clone(), values))
            },
        )
        .collect();
    for (id, external, values) in rows {
        all.insert(id.to_owned(), (external.map(str::to_owned), values.clone()));
    }
    let mut text = format!(
        "# written by people import: what was imported last, so that values set by hand are told apart\nformat = 1\nkey = \"{}\"\n",
        before.key.word()
    );
    if let Some(format) = &before.date_format {
        text.push_str(&format!("date_format = {}\n", quoted(format)));
    }
    if let Some(delimiter) = before.delimiter {
        text.push_str(&format!("delimiter = {}\n", quoted(&delimiter.to_string())));
    }
    // Headings that are our own words need no column; what cannot be a key of ours is not kept.
    text.push_str("\n[columns]\n");
    for (key, heading) in columns
        .iter()
        .filter(|(key, _)| !matches!(key.as_str(), "first_name" | "last_name"))
    {
        text.push_str(&format!("{key} = {}\n", quoted(heading)));
    }
    if !before.sentinels.is_empty() {
        text.push_str("\n[sentinels]\n");
        for (key, values) in &before.sentinels {
            let values: Vec<String> = values.iter().map(|v| quoted(v)).collect();
            text.push_str(&format!("{key} = [{}]\n", values.join(", ")));
        }
    }
    for (id, (external, values)) in &all {
        text.push_str(&format!("\n[[row]]\nid = {}\n", quoted(id)));
        if let Some(external) = external {
            text.push_str(&format!("external_id = {}\n", quoted(external)));
        }
        for (key, value) in values.iter().filter(|(_, v)| !v.is_empty()) {
            if matches!(key.as_str(), "roles" | "groups" | "languages") {
                let items: Vec<String> = value.split('|').map(quoted).collect();
                text.push_str(&format!("{key} = [{}]\n", items.join(", ")));
            } else {
                text.push_str(&format!("{key} = {}\n", quoted(value)));
            }
        }
    }
    text
}

/// A TOML text.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_stay_texts() {
        let id = "halden-3f9c".parse().unwrap();
        let text = upwards_toml(
            &id,
            "A \"quoted\"\\ name",
            &["efficiency".parse().unwrap()],
            Layout::Packets,
        );
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(table["name"].as_str(), Some("A \"quoted\"\\ name"));
        let people: toml::Table = people_toml(&"maya".parse().unwrap(), "M'\"x").parse().unwrap();
        assert_eq!(people["person"][0]["name"].as_str(), Some("M'\"x"));
    }

    #[test]
    fn an_import_is_remembered_beside_earlier_ones() {
        let values = BTreeMap::from([
            ("name".to_owned(), "Dana".to_owned()),
            ("groups".to_owned(), "a|b".to_owned()),
        ]);
        let columns = BTreeMap::from([("name".to_owned(), "Full Name".to_owned())]);
        let text = import_toml(
            &ImportMap::default(),
            columns,
            [("dana", Some("0047"), &values)].into_iter(),
        );
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(table["columns"]["name"].as_str(), Some("Full Name"));
        assert_eq!(table["row"][0]["external_id"].as_str(), Some("0047"));
        assert_eq!(table["row"][0]["groups"].as_array().map(Vec::len), Some(2));
    }
}
