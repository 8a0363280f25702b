//! What a computer can open although its person leads nobody: logs about others, and what leaders note among themselves.

use crate::disk::{Kind, Tree};
use crate::log;
use crate::model::person::{Person, Role};
use crate::model::settings::Layout;
use crate::model::workspace::Workspace;
use crate::packet::{envelope_of, is_mentoring_by, takes_back};

/// Ids of others whose logs can be read here and should not; nobody's for leaders, and under git, where everybody reads all.
/// What a mentor's copy holds of the talks they mentor is theirs.
pub(crate) fn logs_of_others(tree: &Tree, workspace: &Workspace, person: &Person) -> Vec<String> {
    if person.is(Role::Leader) || workspace.settings.layout == Layout::Git {
        return Vec::new();
    }
    let names = tree.list("progress").unwrap_or_default();
    let others = names
        .into_iter()
        .filter(|(name, kind)| *kind == Kind::Folder && *name != *person.id.as_str());
    others
        .map(|(name, _)| name)
        .filter(|name| holds_more(tree, name, person))
        .collect()
}

/// Whether the folder of the leaders' notes is here and should not be.
pub(crate) fn has_team_folder(tree: &Tree, person: &Person) -> bool {
    !person.is(Role::Leader) && tree.list("team").is_ok_and(|names| !names.is_empty())
}

/// Whether somebody's copy says nothing on where another person stands: under packets it holds of others the pairs and
/// talks that its person mentors, and nothing else.
pub(crate) fn is_without_standing(tree: &Tree, workspace: &Workspace, reader: &Person, of: &Person) -> bool {
    workspace.settings.layout == Layout::Packets
        && !reader.is(Role::Leader)
        && reader.id != of.id
        && !holds_more(tree, of.id.as_str(), reader)
}

fn holds_more(tree: &Tree, other: &str, person: &Person) -> bool {
    let folder = format!("progress/{other}");
    let names = tree.list(&folder).unwrap_or_default();
    names
        .iter()
        .filter(|(_, kind)| *kind == Kind::File)
        .any(|(name, _)| {
            let mut bytes = Vec::new();
            let path = format!("{folder}/{name}");
            tree.read_into(&path, &mut bytes).is_ok()
                && log::lines(&path, &bytes, &mut Vec::new()).iter().any(|raw| {
                    envelope_of(raw.text)
                        .is_ok_and(|said| !is_mentoring_by(&said, person.id.as_str()) && !takes_back(&said))
                })
        })
}
