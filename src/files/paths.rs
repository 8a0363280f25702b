//! What `check PATH…` reads: a workspace, a curriculum that stands alone, or a single file. A path inside a workspace or
//! curriculum is judged with everything around it, and only its own findings are returned.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::cases::{CASE, case};
use super::codes;
use super::curriculum::{CURRICULUM, head};
use super::erased::{ERASED, erased};
use super::everything::{add_built_in, add_curricula, add_findings, curriculum_folders, load_everything};
use super::import_map::{IMPORT, import_map};
use super::locate::{WORKSPACE_FILE, find_workspace};
use super::modules::MODULE;
use super::parse::parse;
use super::people::{PEOPLE, people};
use super::reader::{Opened, Reader};
use super::settings::{SETTINGS, settings};
use super::single::read;
use super::steps::module;
use crate::base::id::CurriculumId;
use crate::disk::{self, Kind, Tree};
use crate::model::written::{Everything, WrittenCurriculum};

/// Loads what some absolute paths name; paths of one workspace or curriculum are united.
pub fn load_paths(paths: &[PathBuf]) -> Vec<Everything> {
    load_paths_with(paths, &BTreeMap::new())
}

/// The same as it would be with other texts in some files, named by their absolute paths.
pub fn load_paths_with(paths: &[PathBuf], changed: &BTreeMap<PathBuf, String>) -> Vec<Everything> {
    let mut roots: BTreeMap<(PathBuf, Around), Vec<String>> = BTreeMap::new();
    for path in paths {
        let (root, around) = root_of(path);
        let inside = path.strip_prefix(&root).unwrap_or(path);
        let inside: Vec<_> = inside
            .components()
            .map(|c| c.as_os_str().to_string_lossy())
            .collect();
        roots.entry((root, around)).or_default().push(inside.join("/"));
    }
    roots
        .into_iter()
        .map(|((root, around), only)| load_root(&tree_with(&root, changed), root, around, only))
        .collect()
}

/// What stands around a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Around {
    /// A workspace.
    Workspace,
    /// A folder with the folder `curricula`.
    Curricula,
    /// A folder with curricula directly inside.
    Folders,
    /// Nothing known.
    Nothing,
}

fn root_of(path: &Path) -> (PathBuf, Around) {
    if let Some(root) = find_workspace(path).filter(|root| is_known_place(root, path)) {
        return (root, Around::Workspace);
    }
    let is_curriculum = |folder: &&Path| disk::is_file(&folder.join("curriculum.toml"));
    if let Some(folder) = path.ancestors().find(is_curriculum) {
        return above(folder);
    }
    if disk::is_folder(path) {
        if path.file_name().is_some_and(|name| name == "curricula") {
            return (path.parent().unwrap_or(path).to_owned(), Around::Curricula);
        }
        if disk::is_folder(&path.join("curricula")) {
            return (path.to_owned(), Around::Curricula);
        }
        let has_curriculum = |(name, kind): &(String, Kind)| {
            *kind == Kind::Folder && disk::is_file(&path.join(name).join("curriculum.toml"))
        };
        if disk::list(path).is_ok_and(|names| names.iter().any(has_curriculum)) {
            return (path.to_owned(), Around::Folders);
        }
    }
    (path.parent().unwrap_or(path).to_owned(), Around::Nothing)
}

/// The folder that a lone curriculum is named from: above `curricula` if it stands in one.
fn above(curriculum: &Path) -> (PathBuf, Around) {
    let parent = curriculum.parent().unwrap_or(curriculum);
    match parent.parent() {
        Some(root) if parent.file_name().is_some_and(|name| name == "curricula") => {
            (root.to_owned(), Around::Curricula)
        }
        _ => (parent.to_owned(), Around::Folders),
    }
}

/// Whether a workspace knows what a path in it is; another TOML file is judged by its keys.
fn is_known_place(root: &Path, path: &Path) -> bool {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let is_toml = inside.extension().is_some_and(|ending| ending == "toml");
    let top = inside
        .components()
        .next()
        .map(|c| c.as_os_str().to_string_lossy().into_owned());
    let known = [
        WORKSPACE_FILE,
        "people.toml",
        "people.import.toml",
        "erased.toml",
        "curricula",
        "texts",
    ];
    !is_toml || top.is_some_and(|top| known.contains(&top.as_str()))
}

fn tree_with(root: &Path, changed: &BTreeMap<PathBuf, String>) -> Tree {
    let texts = changed.iter().filter_map(|(path, text)| {
        let inside = path.strip_prefix(root).ok()?.components();
        let inside: Vec<_> = inside.map(|c| c.as_os_str().to_string_lossy()).collect();
        Some((inside.join("/"), text.clone()))
    });
    // Sorted by their texts: parts of paths are in another order.
    let texts: BTreeMap<String, String> = texts.collect();
    if texts.is_empty() {
        return Tree::Folder(root.to_owned());
    }
    Tree::Changed(root.to_owned(), texts.into_iter().collect())
}

fn load_root(tree: &Tree, root: PathBuf, around: Around, only: Vec<String>) -> Everything {
    let mut everything = match around {
        Around::Workspace => load_everything(tree),
        Around::Curricula => load_curricula(tree, "curricula", &only),
        Around::Folders => load_curricula(tree, "", &only),
        Around::Nothing => load_files(tree, &only),
    };
    everything.root = root;
    if !only.iter().any(String::is_empty) {
        everything.only = only;
    }
    everything
}

/// Curricula without a workspace. Directly inside a folder only those are read that were asked for: the folder may hold
/// anything.
fn load_curricula(tree: &Tree, inside: &str, only: &[String]) -> Everything {
    let mut reader = Reader::new(tree, true);
    let mut everything = Everything::default();
    let mut folders = curriculum_folders(&mut reader, inside);
    if inside.is_empty() {
        let is_asked = |folder: &str| {
            only.iter()
                .any(|path| path.is_empty() || path == folder || path.starts_with(&format!("{folder}/")))
        };
        reader.findings.clear();
        folders.retain(|(_, folder)| {
            is_asked(folder) && matches!(tree.kind(&format!("{folder}/curriculum.toml")), Ok(Some(_)))
        });
    }
    add_curricula(&mut everything, &mut reader, folders);
    add_findings(&mut everything, reader);
    add_built_in(&mut everything);
    everything
}

/// Files that stand alone: their form, and what can be said without the files around them.
fn load_files(tree: &Tree, only: &[String]) -> Everything {
    let mut reader = Reader::new(tree, true);
    let mut everything = Everything::default();
    for inside in only {
        load_file(&mut everything, &mut reader, inside);
    }
    add_findings(&mut everything, reader);
    everything
}

fn load_file(everything: &mut Everything, reader: &mut Reader<'_>, inside: &str) {
    let Some(kind) = kind_of_file(reader, inside) else {
        return;
    };
    let stem = Path::new(inside)
        .file_stem()
        .map(|s| s.to_string_lossy().into_owned())
        .unwrap_or_default();
    let name = Some(stem.as_str());
    match kind {
        FileKind::Settings => everything.settings = read(reader, inside, &SETTINGS, None, settings).read(),
        FileKind::People => everything.people = read(reader, inside, &PEOPLE, None, people).read(),
        FileKind::Import => everything.import = read(reader, inside, &IMPORT, None, import_map).read(),
        FileKind::Erased => {
            let read = read(reader, inside, &ERASED, None, |file| Some(erased(file))).read();
            everything
                .erased
                .extend(read.into_iter().flat_map(|written| written.value));
        }
        FileKind::Curriculum => {
            let head = read(reader, inside, &CURRICULUM, None, head).read();
            everything
                .curricula
                .extend(lone(inside).map(|lone| WrittenCurriculum { head, ..lone }));
        }
        FileKind::Module => {
            let module = read(reader, inside, &MODULE, name, module).read();
            let modules = module.map(|written| (written.value.module.id.clone(), written));
            let modules = modules.into_iter().collect();
            everything
                .curricula
                .extend(lone(inside).map(|lone| WrittenCurriculum { modules, ..lone }));
        }
        FileKind::Case => {
            let case = read(reader, inside, &CASE, name, case).read();
            let cases = case
                .map(|written| (written.value.id.clone(), written))
                .into_iter()
                .collect();
            everything
                .curricula
                .extend(lone(inside).map(|lone| WrittenCurriculum { cases, ..lone }));
        }
    }
}

/// A curriculum of which nothing but one file is known.
fn lone(inside: &str) -> Option<WrittenCurriculum> {
    let id: CurriculumId = "unknown".parse().ok()?;
    let folder = inside
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
        .to_owned();
    Some(WrittenCurriculum {
        id,
        folder,
        is_built_in: false,
        added: BTreeMap::default(),
        head: None,
        modules: BTreeMap::default(),
        cases: BTreeMap::default(),
        broken_modules: std::collections::BTreeSet::default(),
        broken_cases: std::collections::BTreeSet::default(),
        translations: Vec::new(),
    })
}

/// The kinds of files people write.
#[derive(Debug, Clone, Copy)]
enum FileKind {
    Settings,
    People,
    Import,
    Erased,
    Curriculum,
    Module,
    Case,
}

/// The kind by the file's name, else by its keys; a file of no kind is a finding.
fn kind_of_file(reader: &mut Reader<'_>, inside: &str) -> Option<FileKind> {
    let name = inside.rsplit('/').next().unwrap_or(inside);
    let by_name = match name {
        WORKSPACE_FILE => Some(FileKind::Settings),
        "people.toml" => Some(FileKind::People),
        "people.import.toml" => Some(FileKind::Import),
        "erased.toml" => Some(FileKind::Erased),
        "curriculum.toml" => Some(FileKind::Curriculum),
        _ => None,
    };
    if by_name.is_some() {
        return by_name;
    }
    let source = match reader.open(inside) {
        Opened::Text(source) => source,
        Opened::Missing => {
            reader.about_file(codes::UNREADABLE, inside, "the file does not exist");
            return None;
        }
        Opened::Broken => return None,
    };
    let (table, findings) = parse(&source);
    let Some(table) = table else {
        reader.findings.extend(findings);
        return None;
    };
    let has = |key: &str| table.contains_key(key);
    let kind = if has("step") {
        FileKind::Module
    } else if has("brief") || has("claim") || has("takeaway") {
        FileKind::Case
    } else if has("capability") || has("modules") {
        FileKind::Curriculum
    } else if has("person") {
        FileKind::People
    } else if has("columns") || has("row") {
        FileKind::Import
    } else if has("erased") {
        FileKind::Erased
    } else if has("curricula") || has("sharing") {
        FileKind::Settings
    } else {
        reader.about_file(
            codes::UNKNOWN_FILE,
            inside,
            "no key tells what kind of file this is",
        );
        return None;
    };
    Some(kind)
}
