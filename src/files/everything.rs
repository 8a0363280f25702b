//! Loads everything there is for `check`: drafts, unlisted modules, all cases, translations. A file with errors is left
//! out and remembered.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::cases::{CASE, case};
use super::codes;
use super::curriculum::{CURRICULUM, head};
use super::erased::{ERASED, erased};
use super::import_map::{IMPORT, import_map};
use super::locate::{built_in_curricula, curriculum_folder};
use super::modules::MODULE;
use super::people::{PEOPLE, people};
use super::reader::Reader;
use super::settings::{SETTINGS, settings};
use super::single::{read, read_needed};
use super::steps::module;
use super::texts::{all_texts, english_texts};
use super::translate::translations;
use crate::base::id::{CaseId, CurriculumId, check_slug};
use crate::disk::{Kind, Tree};
use crate::embedded;
use crate::model::case::Case;
use crate::model::written::{Everything, Written, WrittenCurriculum};

/// Loads a whole workspace.
pub fn load_everything(tree: &Tree) -> Everything {
    let mut reader = Reader::new(tree, true);
    let settings = read_needed(&mut reader, "upwards.toml", &SETTINGS, None, settings);
    let people = read_needed(&mut reader, "people.toml", &PEOPLE, None, people);
    let import = read(&mut reader, "people.import.toml", &IMPORT, None, import_map).read();
    let erased = read(&mut reader, "erased.toml", &ERASED, None, |file| {
        Some(erased(file))
    })
    .read();
    let mut everything = Everything {
        root: tree.folder().map(PathBuf::from).unwrap_or_default(),
        settings,
        people,
        import,
        erased: erased.map(|written| written.value).unwrap_or_default(),
        ..Everything::default()
    };
    everything.texts = all_texts(&mut reader);
    if !everything.texts.is_empty() {
        everything.english_texts = english_texts();
    }
    let folders = curriculum_folders(&mut reader, "curricula");
    add_curricula(&mut everything, &mut reader, folders);
    add_findings(&mut everything, reader);
    add_built_in(&mut everything);
    everything
}

/// Folders below a folder that may be curricula, with the ids that their names are.
pub(super) fn curriculum_folders(reader: &mut Reader<'_>, inside: &str) -> Vec<(CurriculumId, String)> {
    let mut folders = Vec::new();
    for (name, kind) in reader.list(inside) {
        let path = if inside.is_empty() {
            name.clone()
        } else {
            format!("{inside}/{name}")
        };
        match (kind, name.parse::<CurriculumId>()) {
            _ if name.starts_with('.') => {}
            (Kind::Folder | Kind::Link, Ok(id)) => folders.push((id, path)),
            (Kind::Folder | Kind::Link, Err(fault)) => {
                reader.about_file(codes::BAD_ID, &path, format!("this folder is not read: {fault}"));
            }
            (Kind::File | Kind::Other, _) => {}
        }
    }
    folders
}

/// Adds curricula from their folders.
pub(super) fn add_curricula(
    everything: &mut Everything,
    reader: &mut Reader<'_>,
    folders: Vec<(CurriculumId, String)>,
) {
    for (id, folder) in folders {
        if reader.is_folder(&folder) {
            everything.curricula.push(curriculum(reader, id, folder));
        }
    }
}

/// Adds what a reader found, and the texts it read.
pub(super) fn add_findings(everything: &mut Everything, reader: Reader<'_>) {
    everything.findings.extend(reader.findings);
    everything.findings.sort();
    everything.findings.dedup();
    everything.sources.extend(reader.sources);
}

/// Adds the built-in curricula that the workspace does not hide.
pub(super) fn add_built_in(everything: &mut Everything) {
    let tree = embedded::curricula();
    let mut reader = Reader::new(&tree, true);
    for id in built_in_curricula() {
        if everything.curriculum(id.as_str()).is_none() {
            let folder = curriculum_folder(&id);
            let mut built_in = curriculum(&mut reader, id.clone(), folder);
            built_in.is_built_in = true;
            everything.curricula.push(built_in);
        }
        everything.built_in.insert(id);
    }
    add_findings(everything, reader);
}

/// Every case in a curriculum's folder, and the names of those that could not be read.
pub(super) fn cases(
    reader: &mut Reader<'_>,
    folder: &str,
) -> (BTreeMap<CaseId, Written<Case>>, BTreeSet<String>) {
    let mut cases = BTreeMap::new();
    let mut broken = BTreeSet::new();
    for (name, path) in toml_files(reader, &format!("{folder}/cases")) {
        match read(reader, &path, &CASE, Some(&name), case).read() {
            Some(written) => drop(cases.insert(written.value.id.clone(), written)),
            None => drop(broken.insert(name)),
        }
    }
    (cases, broken)
}

fn curriculum(reader: &mut Reader<'_>, id: CurriculumId, folder: String) -> WrittenCurriculum {
    let inside = format!("{folder}/curriculum.toml");
    let head = read_needed(reader, &inside, &CURRICULUM, Some(id.as_str()), head);
    let mut modules = BTreeMap::new();
    let mut broken_modules = BTreeSet::new();
    for (name, path) in toml_files(reader, &format!("{folder}/modules")) {
        match read(reader, &path, &MODULE, Some(&name), module).read() {
            Some(written) => drop(modules.insert(written.value.module.id.clone(), written)),
            None => drop(broken_modules.insert(name)),
        }
    }
    let (cases, broken_cases) = cases(reader, &folder);
    let translations = translations(reader, &id, &folder);
    WrittenCurriculum {
        id,
        folder,
        is_built_in: false,
        head,
        modules,
        cases,
        broken_modules,
        broken_cases,
        translations,
    }
}

/// Names and paths of the TOML files in a folder. A name that is no id (a sync tool's conflict copy, a capital) is a
/// finding, and the file is not read: it would be a second file of the same id.
pub(super) fn toml_files(reader: &mut Reader<'_>, folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (name, _) in reader.list(folder) {
        let path = format!("{folder}/{name}");
        let is_temporary = name.starts_with('.') || name.starts_with('~');
        let Some((stem, ending)) = name.rsplit_once('.').filter(|_| !is_temporary) else {
            continue;
        };
        if !ending.eq_ignore_ascii_case("toml") {
            continue;
        }
        match check_slug(stem) {
            Ok(()) if ending == "toml" => files.push((stem.to_owned(), path)),
            Ok(()) => reader.about_file(
                codes::BAD_ID,
                &path,
                "this file is not read: its name must end in .toml",
            ),
            Err(fault) => reader.about_file(codes::BAD_ID, &path, format!("this file is not read: {fault}")),
        }
    }
    files
}
