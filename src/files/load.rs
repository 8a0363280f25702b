//! Loads what a command needs and nothing else. A value is there only if no file it rests on has an error: half a
//! curriculum would silently give wrong numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cases::{CASE, case};
use super::codes;
use super::curriculum::{CURRICULUM, assemble, head};
use super::erased::{ERASED, erased, retained};
use super::import_map::{IMPORT, import_map};
use super::locate::{adds_cases, curriculum_folder, curriculum_tree};
use super::modules::MODULE;
use super::people::{PEOPLE, people};
use super::people_quick::people_quickly;
use super::reader::{MAX_BYTES, Opened, Reader};
use super::settings::{SETTINGS, settings};
use super::single::{Outcome, read, read_needed, take_from};
use super::steps::module;
use super::translate::{TRANSLATION, translate_case, translate_curriculum, translation_of_case};
use crate::base::diag::{Diagnostic, Place, Severity};
use crate::base::id::{CaseId, CurriculumId, PersonId};
use crate::base::threads::{both, on_threads};
use crate::base::time::Date;
use crate::disk::{DiskError, Kind, Tree};
use crate::model::case::Case;
use crate::model::curriculum::{Curriculum, StepKind};
use crate::model::import::ImportMap;
use crate::model::person::People;
use crate::model::settings::Settings;
use crate::model::workspace::Workspace;
use crate::model::written::SourceFile;

/// What was loaded, and what was found on the way.
#[derive(Debug)]
pub struct Loaded<T> {
    /// The value, unless a file it rests on has an error.
    pub value: Option<T>,
    /// All findings, sorted.
    pub findings: Vec<Diagnostic>,
    /// The text of each file with a finding, for the lines above the carets.
    pub texts: BTreeMap<String, String>,
}

/// What of a workspace a command needs beside the settings.
#[derive(Debug, Clone)]
pub struct Want {
    /// `people.toml` and `erased.toml`.
    pub people: bool,
    /// Which curricula.
    pub curricula: WantCurricula,
    /// The language of content and screens, if it is not the workspace's; two letters.
    pub language: Option<String>,
}

/// Which curricula a command needs.
#[derive(Debug, Clone)]
pub enum WantCurricula {
    /// None.
    None,
    /// All in use, in the order of `upwards.toml`.
    InUse,
    /// These, in this order.
    These(Vec<CurriculumId>),
}

impl Want {
    /// People and all curricula in use.
    pub fn all() -> Self {
        Self {
            people: true,
            curricula: WantCurricula::InUse,
            language: None,
        }
    }
}

/// Loads `upwards.toml`.
pub fn load_settings(tree: &Tree) -> Loaded<Settings> {
    let mut reader = Reader::new(tree, false);
    let value = read_needed(&mut reader, "upwards.toml", &SETTINGS, None, settings);
    finish(value.map(|w| w.value), vec![reader])
}

/// Loads `people.toml`.
pub fn load_people(tree: &Tree) -> Loaded<People> {
    let mut reader = Reader::new(tree, false);
    let value = read_needed(&mut reader, "people.toml", &PEOPLE, None, people);
    finish(value.map(|w| w.value), vec![reader])
}

/// Loads `erased.toml`; without one nobody was erased.
pub fn load_erased(tree: &Tree) -> Loaded<BTreeSet<PersonId>> {
    let mut reader = Reader::new(tree, false);
    let value = match read(&mut reader, "erased.toml", &ERASED, None, |file| {
        Some(erased(file))
    }) {
        Outcome::Read(written) => Some(written.value),
        Outcome::Missing => Some(BTreeSet::new()),
        Outcome::Broken => None,
    };
    finish(value, vec![reader])
}

/// Loads from `erased.toml` the day before which old lines were removed (`privacy retain`): a line of an earlier day that
/// is not here is not taken in again. `Some(None)` = none ever were.
pub fn load_retained(tree: &Tree) -> Loaded<Option<Date>> {
    let mut reader = Reader::new(tree, false);
    let value = match read(&mut reader, "erased.toml", &ERASED, None, |file| {
        Some(retained(file))
    }) {
        Outcome::Read(written) => Some(written.value),
        Outcome::Missing => Some(None),
        Outcome::Broken => None,
    };
    finish(value, vec![reader])
}

/// Loads `people.import.toml`; `Some(None)` = nothing was imported yet.
pub fn load_import_map(tree: &Tree) -> Loaded<Option<ImportMap>> {
    let mut reader = Reader::new(tree, false);
    let value = match read(&mut reader, "people.import.toml", &IMPORT, None, import_map) {
        Outcome::Read(written) => Some(Some(written.value)),
        Outcome::Missing => Some(None),
        Outcome::Broken => None,
    };
    finish(value, vec![reader])
}

/// Loads a curriculum with the modules it lists, the workspace's own before the built-in one. Cases are not read.
pub fn load_curriculum(workspace: &Tree, id: &CurriculumId) -> Loaded<Curriculum> {
    let Some(tree) = curriculum_tree(workspace, id) else {
        let place = Place::file(&curriculum_folder(id));
        let finding = Diagnostic::error("U201", place, format!("there is no curriculum {id}"));
        return Loaded {
            value: None,
            findings: vec![finding],
            texts: BTreeMap::new(),
        };
    };
    let mut reader = Reader::new(&tree, false);
    let value = curriculum(&mut reader, id);
    finish(value, vec![reader])
}

/// Loads one case, in a language if it is translated.
pub fn load_case(workspace: &Tree, curriculum: &CurriculumId, id: &CaseId, language: &str) -> Loaded<Case> {
    let tree = case_tree(workspace, curriculum, id);
    case_of(&tree, curriculum, id, language)
}

/// The tree that a case is read from: a case that the workspace adds comes before a built-in one of its id.
fn case_tree(workspace: &Tree, curriculum: &CurriculumId, id: &CaseId) -> Tree {
    let is_added =
        adds_cases(workspace, curriculum) && !matches!(workspace.kind(&case_path(curriculum, id)), Ok(None));
    let home = curriculum_tree(workspace, curriculum).filter(|_| !is_added);
    home.unwrap_or_else(|| workspace.clone())
}

fn case_of(tree: &Tree, curriculum: &CurriculumId, id: &CaseId, language: &str) -> Loaded<Case> {
    let mut reader = Reader::new(tree, false);
    let inside = case_path(curriculum, id);
    let value = read_needed(&mut reader, &inside, &CASE, Some(id.as_str()), case);
    let value = value.map(|written| written.value).map(|mut case| {
        translate_case(tree, curriculum, language, &mut case);
        case
    });
    finish(value, vec![reader])
}

fn case_path(curriculum: &CurriculumId, id: &CaseId) -> String {
    format!("{}/cases/{id}.toml", curriculum_folder(curriculum))
}

/// The cases of one curriculum as files: what is there is known, nothing is read before it is asked for.
#[derive(Debug)]
pub struct CaseFolder {
    /// Where cases lie: of two with one id that of the first counts.
    homes: Vec<(Tree, Vec<CaseId>)>,
    curriculum: CurriculumId,
    ids: Vec<CaseId>,
    /// Whether there is any translation: looking for that of each case costs as much as reading it.
    is_translated: bool,
}

impl CaseFolder {
    /// Looks into the folder of a curriculum, the workspace's own before the built-in one, or both where the workspace
    /// adds cases; a curriculum without cases has an empty one. Files whose names are no ids are told by `check`.
    pub fn open(workspace: &Tree, curriculum: &CurriculumId) -> Result<Self, DiskError> {
        let home = curriculum_tree(workspace, curriculum).unwrap_or_else(|| workspace.clone());
        let mut homes = vec![(home.clone(), case_ids(&home, curriculum)?)];
        if adds_cases(workspace, curriculum) {
            homes.insert(0, (workspace.clone(), case_ids(workspace, curriculum)?));
        }
        let mut ids: Vec<CaseId> = homes.iter().flat_map(|(_, ids)| ids.clone()).collect();
        ids.sort();
        ids.dedup();
        let translations = format!("{}/translations", curriculum_folder(curriculum));
        let has_some = |(tree, _): &(Tree, _)| !matches!(tree.kind(&translations), Ok(None));
        Ok(Self {
            is_translated: homes.iter().any(has_some),
            homes,
            curriculum: curriculum.clone(),
            ids,
        })
    }

    /// The curriculum.
    pub fn curriculum(&self) -> &CurriculumId {
        &self.curriculum
    }

    /// Its cases, sorted.
    pub fn ids(&self) -> &[CaseId] {
        &self.ids
    }

    /// Whether a case lies in the workspace, and not in the program.
    pub fn is_own(&self, id: &CaseId) -> bool {
        self.home(id).is_some_and(|tree| tree.folder().is_some())
    }

    /// The text of a case as it stands in its file; `None` where it cannot be read or is too large.
    pub fn text(&self, id: &CaseId) -> Option<String> {
        let bytes = self
            .home(id)?
            .read_limited(&case_path(&self.curriculum, id), MAX_BYTES)
            .ok()??;
        String::from_utf8(bytes.into_owned()).ok()
    }

    /// All words of a case for looking for some: its text, and below it that of its translation where there is one; empty
    /// where it cannot be read.
    pub fn texts(&self, id: &CaseId, language: &str) -> String {
        let mut texts = self.text(id).unwrap_or_default();
        let home = self.home(id).filter(|_| self.is_translated);
        let translated = home.and_then(|tree| {
            let path = translation_of_case(&self.curriculum, language, id);
            String::from_utf8(tree.read_limited(&path, MAX_BYTES).ok()??.into_owned()).ok()
        });
        if let Some(translated) = translated {
            texts.push('\n');
            texts.push_str(&translated);
        }
        texts
    }

    /// One case, in a language if it is translated.
    pub fn load(&self, id: &CaseId, language: &str) -> Loaded<Case> {
        let tree = self.home(id).unwrap_or(&self.homes[0].0);
        case_of(tree, &self.curriculum, id, language)
    }

    fn home(&self, id: &CaseId) -> Option<&Tree> {
        let has = |(_, ids): &&(Tree, Vec<CaseId>)| ids.binary_search(id).is_ok();
        self.homes.iter().find(has).map(|(tree, _)| tree)
    }
}

/// Ids of the cases in a curriculum's folder, sorted.
fn case_ids(tree: &Tree, curriculum: &CurriculumId) -> Result<Vec<CaseId>, DiskError> {
    let folder = format!("{}/cases", curriculum_folder(curriculum));
    let names = match tree.kind(&folder)? {
        Some(Kind::Folder) => tree.list(&folder)?,
        _ => Vec::new(),
    };
    let files = names.iter().filter(|(_, kind)| *kind == Kind::File);
    let mut ids: Vec<CaseId> = files
        .filter_map(|(name, _)| name.strip_suffix(".toml")?.parse().ok())
        .collect();
    ids.sort();
    Ok(ids)
}

/// Puts title and revision of their cases into the case steps of a curriculum, for whoever shows steps by title or asks
/// which revision was read. Only the cases that steps name are parsed.
pub fn fill_case_steps(workspace: &Tree, curriculum: &mut Curriculum, language: &str) -> Loaded<()> {
    let own = curriculum.id.clone();
    let mut findings = Vec::new();
    let mut texts = BTreeMap::new();
    for step in curriculum.modules.iter_mut().flat_map(|module| &mut module.steps) {
        let StepKind::Case(named) = &step.kind else {
            continue;
        };
        let home = named.curriculum.as_ref().unwrap_or(&own);
        let loaded = load_case(workspace, home, &named.case, language);
        if let Some(case) = loaded.value {
            step.rev = case.rev;
            step.title.get_or_insert(case.title);
        }
        findings.extend(loaded.findings);
        texts.extend(loaded.texts);
    }
    findings.sort();
    findings.dedup();
    Loaded {
        value: has_no_error(&findings).then_some(()),
        findings,
        texts,
    }
}

/// Modules of a curriculum from which another thread pays.
const WORTH_A_THREAD: usize = 4;

/// Bytes of `people.toml` from which it is read beside the curricula and not before them.
const MANY_PEOPLE: usize = 32 * 1024;

/// The people of a text, without the places of anything: nobody asks where in the file a person stands, and the places
/// of ten thousand would outweigh the people.
fn everybody_of(source: Option<Arc<SourceFile>>) -> (Option<People>, Vec<Diagnostic>) {
    let Some(source) = source else {
        return (None, Vec::new());
    };
    if let Some(everybody) = people_quickly(source.text()) {
        return (Some(everybody), Vec::new());
    }
    let (written, findings) = take_from(source, &PEOPLE, None, false, people);
    (written.map(|written| written.value), findings)
}

fn open_people(reader: &mut Reader<'_>) -> Option<Arc<SourceFile>> {
    const FILE: &str = "people.toml";
    match reader.open(FILE) {
        Opened::Text(source) => Some(source),
        Opened::Missing => {
            reader.about_file(codes::UNREADABLE, FILE, "the file is missing");
            None
        }
        Opened::Broken => None,
    }
}

/// Loads settings and what a command wants beside them.
pub fn load_workspace(tree: &Tree, want: &Want) -> Loaded<Workspace> {
    let mut reader = Reader::new(tree, true);
    let written = read_needed(&mut reader, "upwards.toml", &SETTINGS, None, settings);
    reader.with_places = false;
    let mut people_file = None;
    let mut gone = BTreeSet::new();
    if want.people {
        people_file = open_people(&mut reader);
        if let Outcome::Read(written) = read(&mut reader, "erased.toml", &ERASED, None, |file| {
            Some(erased(file))
        }) {
            gone = written.value;
        }
    }
    let Some(mut written) = written else {
        reader.findings.extend(everybody_of(people_file).1);
        return finish(None, vec![reader]);
    };
    if let Some(language) = &want.language {
        written.value.language.clone_from(language);
    }
    let ids = match &want.curricula {
        WantCurricula::None => Vec::new(),
        WantCurricula::InUse => written.value.curricula.clone(),
        WantCurricula::These(ids) => ids.clone(),
    };
    let mut curricula = Vec::new();
    let trees: Vec<(CurriculumId, Option<Tree>)> = ids
        .into_iter()
        .map(|id| (id.clone(), curriculum_tree(tree, &id)))
        .collect();
    let mut readers = Vec::new();
    let many = people_file
        .as_ref()
        .is_some_and(|source| source.text().len() > MANY_PEOPLE);
    let read_curricula = || {
        for (id, home) in &trees {
            let Some(home) = home else { continue };
            let mut of_home = Reader::new(home, false);
            curricula.extend(curriculum(&mut of_home, id).map(|mut curriculum| {
                translate_curriculum(home, &written.value.language, &mut curriculum);
                curriculum
            }));
            readers.push(of_home);
        }
    };
    let ((), (everybody, findings)) = both(many, read_curricula, || everybody_of(people_file));
    let everybody = if want.people {
        everybody
    } else {
        Some(People::default())
    };
    reader.findings.extend(findings);
    for (id, home) in &trees {
        if home.is_none() {
            let at = written.value.curricula.iter().position(|listed| listed == id);
            let place = at.map_or_else(
                || written.source.whole(),
                |at| written.place(&format!("curricula.{at}")),
            );
            reader.findings.push(Diagnostic::error(
                "U201",
                place,
                format!("there is no curriculum {id}"),
            ));
        }
    }
    readers.push(reader);
    let value = everybody.map(|everybody| Workspace {
        settings: written.value,
        people: everybody.people,
        groups: everybody.groups,
        erased: gone,
        curricula,
    });
    finish(value, readers)
}

fn curriculum(reader: &mut Reader<'_>, id: &CurriculumId) -> Option<Curriculum> {
    let folder = curriculum_folder(id);
    let inside = format!("{folder}/curriculum.toml");
    reader.with_places = true;
    let written = read_needed(reader, &inside, &CURRICULUM, Some(id.as_str()), head)?;
    reader.with_places = false;
    let tree = reader.tree;
    let outcomes = on_threads(&written.value.modules, WORTH_A_THREAD, |name| {
        let mut of_module = Reader::new(tree, false);
        let inside = format!("{folder}/modules/{name}.toml");
        let outcome = read(&mut of_module, &inside, &MODULE, Some(name.as_str()), module);
        (outcome, of_module)
    });
    let mut modules = Vec::new();
    for (at, (outcome, of_module)) in outcomes.into_iter().enumerate() {
        reader.join(of_module);
        match outcome {
            Outcome::Read(module) => modules.push(module.value),
            Outcome::Broken => {}
            Outcome::Missing => {
                let place = written.place(&format!("modules.{at}"));
                let message = format!("there is no module {}", written.value.modules[at]);
                reader.findings.push(Diagnostic::error("U202", place, message));
            }
        }
    }
    (modules.len() == written.value.modules.len()).then(|| assemble(written.value, modules))
}

fn finish<T>(value: Option<T>, readers: Vec<Reader<'_>>) -> Loaded<T> {
    let mut findings = Vec::new();
    let mut sources = BTreeMap::new();
    for reader in readers {
        findings.extend(reader.findings);
        sources.extend(reader.sources);
    }
    findings.sort();
    findings.dedup();
    let named: BTreeSet<&str> = findings
        .iter()
        .flat_map(|f| std::iter::once(&f.place).chain(f.related.iter().map(|(place, _)| place)))
        .map(|place| place.file.as_str())
        .collect();
    let texts = sources
        .iter()
        .filter(|(path, _)| named.contains(path.as_str()))
        .map(|(path, source)| (path.clone(), source.text().to_owned()))
        .collect();
    Loaded {
        value: value.filter(|_| has_no_error(&findings)),
        findings,
        texts,
    }
}

fn has_no_error(findings: &[Diagnostic]) -> bool {
    findings.iter().all(|f| f.severity != Severity::Error)
}

/// Checks a text that is about to become part of a copy; only settings and people, on which all else rests.
pub fn check_text_of_copy(inside: &str, text: &str) -> Vec<Diagnostic> {
    match inside {
        "upwards.toml" => super::single::check_text(inside, text, &SETTINGS),
        "people.toml" => check_people_text(text),
        _ => Vec::new(),
    }
}

/// Checks a text that is about to become a file of a curriculum, by its path in a workspace.
pub fn check_curriculum_text(inside: &str, text: &str) -> Vec<Diagnostic> {
    let parts: Vec<&str> = inside.split('/').collect();
    let shape = match parts.as_slice() {
        [_, _, "translations", ..] => &TRANSLATION,
        [.., "cases", _] => &CASE,
        [.., "modules", _] => &MODULE,
        _ => &CURRICULUM,
    };
    super::single::check_text(inside, text, shape)
}

/// Checks what is about to become `people.toml`.
pub fn check_people_text(text: &str) -> Vec<Diagnostic> {
    super::single::check_text("people.toml", text, &PEOPLE)
}
