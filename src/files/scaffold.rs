//! The texts that `init` writes, and `people.import.toml` as an import leaves it.

use std::fmt::Write as _;

use toml_edit::Value;

use crate::base::id::{CurriculumId, PersonId, WorkspaceId};
use crate::base::text::is_unprintable;
use crate::model::import::ImportMap;
use crate::model::person::{Person, Role};
use crate::model::settings::Layout;

/// Keeps line ends of logs as they are and those of TOML the same on every computer.
pub const GIT_ATTRIBUTES: &str = "*.jsonl -text\n*.toml text eol=lf\n";

/// What must not travel with a repository: what leaders alone may read, and halves of files.
pub const GIT_IGNORE: &str =
    "# For leaders only; they share it by: upwards send --team\nteam/\n.upwards-*.tmp\n";

/// What a new workspace is made of.
#[derive(Debug, Clone)]
pub struct NewWorkspace {
    /// Names the private folder for ever.
    pub id: WorkspaceId,
    /// The name on screens.
    pub name: String,
    /// Two-letter language.
    pub language: String,
    /// Curricula in use.
    pub curricula: Vec<CurriculumId>,
    /// How logs travel.
    pub layout: Layout,
    /// Whoever runs the programme.
    pub leader: PersonId,
    /// Their name.
    pub leader_name: String,
}

/// The files of a new workspace, by path.
pub fn new_workspace(new: &NewWorkspace) -> Vec<(&'static str, String)> {
    let mut files = vec![
        ("upwards.toml", settings(new)),
        ("people.toml", people(new)),
        (".gitattributes", GIT_ATTRIBUTES.to_owned()),
    ];
    match new.layout {
        Layout::Packets => {}
        Layout::Folder => files.push(("RIGHTS.txt", rights(&new.name, &[], &new.leader_name))),
        Layout::Git => files.push((".gitignore", GIT_IGNORE.to_owned())),
    }
    files
}

/// `RIGHTS.txt`: folder by folder who needs to read and write, for whoever sets the rights of a synced folder.
pub fn rights_file(workspace_name: &str, people: &[Person]) -> String {
    let leaders: Vec<&str> = people
        .iter()
        .filter(|p| p.is(Role::Leader))
        .map(|p| p.name.as_str())
        .collect();
    let others: Vec<&Person> = people
        .iter()
        .filter(|p| !p.is(Role::Leader) && !p.external)
        .collect();
    rights(workspace_name, &others, &crate::base::words::and_list(&leaders))
}

/// `people.import.toml`: the mapping and the rows as last imported.
pub fn import_file(map: &ImportMap) -> String {
    let mut text = "format = 1\n".to_owned();
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

fn settings(new: &NewWorkspace) -> String {
    let curricula: Vec<String> = new.curricula.iter().map(ToString::to_string).collect();
    let mut text = "format = 1\n".to_owned();
    text.push_str("# Never change the id: it names everybody's private folder.\n");
    line(&mut text, "id", &new.id.as_str().into());
    line(&mut text, "name", &new.name.as_str().into());
    line(&mut text, "language", &new.language.as_str().into());
    text.push_str("# In use, in the order of screens. Others: upwards curricula list\n");
    line(&mut text, "curricula", &list(&curricula));
    text.push_str("\n[sharing]\n# packets, folder or git. Who then reads what: upwards privacy show\n");
    line(&mut text, "layout", &new.layout.word().into());
    text.push_str(
        "\n[practice]\n# true: practices in public are offered; else their draft, which counts the same.\n",
    );
    text.push_str("public = false\n");
    text.push_str("\n# Everything else has a default. All keys: upwards schema upwards\n");
    text
}

fn people(new: &NewWorkspace) -> String {
    let mut text = "format = 1\n\n[[person]]\n".to_owned();
    line(&mut text, "id", &new.leader.as_str().into());
    line(&mut text, "name", &new.leader_name.as_str().into());
    text.push_str("roles = [\"leader\"]\n");
    text
}

fn rights(workspace_name: &str, others: &[&Person], leaders: &str) -> String {
    let mut text = format!(
        "Who needs which rights in this folder ({})\n",
        shown(workspace_name)
    );
    text.push_str("upwards cannot see the rights of a synced folder: set them there.\n\n");
    let leaders = if leaders.is_empty() {
        "the leaders".to_owned()
    } else {
        shown(leaders)
    };
    let mut row = |what: &str, who: &str| {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{what:<28} {who}");
    };
    row("upwards.toml, curricula/", &format!("all read; {leaders} write"));
    row(
        "people.toml, erased.toml",
        &format!("{leaders} read and write, nobody else"),
    );
    row("team/, items/", &format!("{leaders} read and write, nobody else"));
    for person in others {
        let who = format!("{} writes; {leaders} read and write", shown(&person.name));
        row(&format!("progress/{}/", person.id), &who);
    }
    row(
        "progress/<person>/",
        &format!("that person writes; {leaders} read and write"),
    );
    text
}

/// A text in a file that no parser reads: nothing that steers a terminal.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !is_unprintable(*c)).collect()
}

fn line(text: &mut String, key: &str, value: &Value) {
    // Writing into a String cannot fail.
    let _ = writeln!(text, "{key} = {}", value.to_string().trim());
}

fn list(values: &[String]) -> Value {
    values.iter().collect::<toml_edit::Array>().into()
}

/// A value as `people.toml` has it: lists stay lists, yes and no lose their quotes.
fn imported(key: &str, values: &[String]) -> Value {
    match (key, values) {
        ("roles" | "groups" | "languages", _) => list(values),
        ("external", [yes]) => (yes == "true").into(),
        ("left", [day]) => match day.parse::<toml_edit::Datetime>() {
            Ok(native) => native.into(),
            Err(_) => day.as_str().into(),
        },
        (_, [one]) => one.as_str().into(),
        _ => list(values),
    }
}
