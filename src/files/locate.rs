//! Finds the workspace and a curriculum's home.

use std::path::{Path, PathBuf};

use crate::base::id::CurriculumId;
use crate::disk::{self, Kind, Tree};
use crate::embedded;

/// The file that makes a folder a workspace.
pub const WORKSPACE_FILE: &str = "upwards.toml";

/// The nearest folder with `upwards.toml`, going up from an absolute path.
pub fn find_workspace(start: &Path) -> Option<PathBuf> {
    start
        .ancestors()
        .find(|folder| disk::is_file(&folder.join(WORKSPACE_FILE)))
        .map(Path::to_owned)
}

/// The folder of a curriculum inside a tree.
pub fn curriculum_folder(id: &CurriculumId) -> String {
    format!("curricula/{id}")
}

/// The tree a curriculum is read from: the workspace's own, else the built-in one, else none has it.
pub fn curriculum_tree(workspace: &Tree, id: &CurriculumId) -> Option<Tree> {
    let folder = curriculum_folder(id);
    // A link counts as there, so that it is reported and nothing built in silently takes its place.
    if matches!(workspace.kind(&folder), Ok(Some(_)) | Err(_)) {
        return Some(workspace.clone());
    }
    let built_in = embedded::curricula();
    matches!(built_in.kind(&folder), Ok(Some(Kind::Folder))).then_some(built_in)
}

/// Ids of the built-in curricula.
pub fn built_in_curricula() -> Vec<CurriculumId> {
    let names = embedded::curricula().list("curricula").unwrap_or_default();
    names.iter().filter_map(|(name, _)| name.parse().ok()).collect()
}
