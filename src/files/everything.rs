//! Loads everything there is for `check`: drafts, unlisted modules, all cases, translations. A file with errors is left
//! out and remembered.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::cases::{CASE, case};
use super::codes;
use super::curriculum::{CURRICULUM, head};
use super::erased::{ERASED, erased};
use super::import_map::{IMPORT, import_map};
use super::locate::{adds_cases, built_in_curricula, curriculum_folder};
use super::modules::MODULE;
use super::people::{PEOPLE, people};
use super::reader::Reader;
use super::settings::{SETTINGS, settings};
use super::single::{read, read_needed, take_from};
use super::steps::module;
use super::texts::{all_texts, english_texts};
use super::translate::translations;
use crate::base::id::{CaseId, CurriculumId, ModuleId, check_slug};
use crate::disk::{Kind, Tree};
use crate::embedded;
use crate::model::case::Case;
use crate::model::written::{Everything, SourceFile, Written, WrittenCurriculum};

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

/// A case that is about to be added to a curriculum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase {
    /// The curriculum.
    pub curriculum: CurriculumId,
    /// The id it is to have.
    pub id: CaseId,
    /// What findings call it.
    pub shown: String,
    /// Its text.
    pub text: String,
}

/// A whole workspace as it would be with more cases; only findings in these are asked for.
pub fn load_with_cases(tree: &Tree, new: &[NewCase]) -> Everything {
    let mut everything = load_everything(tree);
    for one in new {
        let source = Arc::new(SourceFile::new(&*one.shown, &*one.text));
        let id = Some(one.id.as_str());
        let (written, findings) = take_from(Arc::clone(&source), &CASE, id, true, case);
        everything.findings.extend(findings);
        everything.sources.insert(one.shown.clone(), source);
        let mut curricula = everything.curricula.iter_mut();
        if let (Some(home), Some(written)) = (curricula.find(|c| c.id == one.curriculum), written) {
            home.cases.insert(one.id.clone(), written);
            home.added.insert(one.id.clone(), false);
        }
    }
    everything.only = new.iter().map(|one| one.shown.clone()).collect();
    everything
}

/// A whole workspace as it would be with another text of one module; only findings in that one are asked for.
pub fn load_with_module(tree: &Tree, curriculum: &CurriculumId, id: &ModuleId, text: &str) -> Everything {
    let mut everything = load_everything(tree);
    let path = format!("{}/modules/{id}.toml", curriculum_folder(curriculum));
    let source = Arc::new(SourceFile::new(&*path, text));
    let (written, findings) = take_from(Arc::clone(&source), &MODULE, Some(id.as_str()), true, module);
    everything.findings.retain(|finding| finding.place.file != path);
    everything.findings.extend(findings);
    everything.sources.insert(path.clone(), source);
    let home = everything.curricula.iter_mut().find(|c| c.id == *curriculum);
    if let (Some(home), Some(written)) = (home, written) {
        home.modules.insert(id.clone(), written);
    }
    everything.only = vec![path];
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

/// Adds curricula from their folders. A folder that only adds cases to a built-in curriculum gives that one, with them.
pub(super) fn add_curricula(
    everything: &mut Everything,
    reader: &mut Reader<'_>,
    folders: Vec<(CurriculumId, String)>,
) {
    for (id, folder) in folders {
        if folder == curriculum_folder(&id) && adds_cases(reader.tree, &id) {
            let built_in = built_in(everything, &id);
            everything.curricula.push(with_added(built_in, reader));
        } else if reader.is_folder(&folder) {
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
    for id in built_in_curricula() {
        if everything.curriculum(id.as_str()).is_none() {
            let built_in = built_in(everything, &id);
            everything.curricula.push(built_in);
        }
        everything.built_in.insert(id);
    }
}

fn built_in(everything: &mut Everything, id: &CurriculumId) -> WrittenCurriculum {
    let tree = embedded::curricula();
    let mut reader = Reader::new(&tree, true);
    let mut built_in = curriculum(&mut reader, id.clone(), curriculum_folder(id));
    built_in.is_built_in = true;
    add_findings(everything, reader);
    built_in
}

/// A built-in curriculum with the cases that the workspace adds, and their translations.
fn with_added(mut built_in: WrittenCurriculum, reader: &mut Reader<'_>) -> WrittenCurriculum {
    let (cases, broken) = cases(reader, &built_in.folder);
    for (id, case) in cases {
        let hides = built_in.cases.insert(id.clone(), case).is_some();
        built_in.added.insert(id, hides);
    }
    for name in &broken {
        built_in.cases.retain(|id, _| id.as_str() != name);
    }
    built_in.broken_cases.extend(broken);
    let translations = translations(reader, &built_in.id, &built_in.folder);
    built_in.translations.extend(translations);
    built_in
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
        added: BTreeMap::new(),
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
