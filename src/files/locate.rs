//! Finds the workspace and a curriculum's home.

use std::path::{Path, PathBuf};

use crate::base::id::CurriculumId;
use crate::disk::{self, DiskError, Kind, Tree};
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

/// The tree a curriculum is read from: the workspace's own, else the built-in one, else none has it. A folder of the
/// workspace that only adds cases to a built-in curriculum leaves it where it is.
pub fn curriculum_tree(workspace: &Tree, id: &CurriculumId) -> Option<Tree> {
    // A link counts as there, so that it is reported and nothing built in silently takes its place.
    let is_own = matches!(workspace.kind(&curriculum_folder(id)), Ok(Some(_)) | Err(_));
    if is_own && !adds_cases(workspace, id) {
        return Some(workspace.clone());
    }
    is_built_in(id).then(embedded::curricula)
}

/// Whether the workspace adds cases to a built-in curriculum: its folder of that name has neither `curriculum.toml` nor
/// `modules`, so that it is no curriculum of its own.
pub fn adds_cases(workspace: &Tree, id: &CurriculumId) -> bool {
    let folder = curriculum_folder(id);
    let is_absent = |name: &str| matches!(workspace.kind(&format!("{folder}/{name}")), Ok(None));
    is_built_in(id)
        && matches!(workspace.kind(&folder), Ok(Some(Kind::Folder)))
        && is_absent("curriculum.toml")
        && is_absent("modules")
}

/// Whether a curriculum comes with the program.
fn is_built_in(id: &CurriculumId) -> bool {
    matches!(
        embedded::curricula().kind(&curriculum_folder(id)),
        Ok(Some(Kind::Folder))
    )
}

/// Every curriculum: those in use in their order, then the other ones of the workspace, then the built-in ones.
pub fn known_curricula(workspace: &Tree, in_use: &[CurriculumId]) -> Result<Vec<CurriculumId>, DiskError> {
    let mut ids = in_use.to_vec();
    let mut add = |id: CurriculumId| {
        if !ids.contains(&id) {
            ids.push(id);
        }
    };
    if workspace.kind("curricula")? == Some(Kind::Folder) {
        let names = workspace.list("curricula")?;
        let folders = names.iter().filter(|(_, kind)| *kind == Kind::Folder);
        folders
            .filter_map(|(name, _)| name.parse().ok())
            .for_each(&mut add);
    }
    built_in_curricula().into_iter().for_each(add);
    Ok(ids)
}

/// Ids of the built-in curricula.
pub fn built_in_curricula() -> Vec<CurriculumId> {
    let names = embedded::curricula().list("curricula").unwrap_or_default();
    names.iter().filter_map(|(name, _)| name.parse().ok()).collect()
}
