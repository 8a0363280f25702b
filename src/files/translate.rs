//! Translations of content beside it: `curricula/<id>/translations/<language>/curriculum.toml`, `modules/<id>.toml`,
//! `cases/<id>.toml` (`formats.md` §7). They have the keys of their originals and only texts, so that they are read by
//! one rule: what stands at the path of an original's text takes its place.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::codes;
use super::everything::toml_files;
use super::locate::curriculum_folder;
use super::reader::Reader;
use super::shape::{FORMAT, Form, REVISION, Shape, needed, open_shape_with};
use super::single::{Outcome, read};
use super::view::View;
use super::walk::Walk;
use crate::base::diag::Diagnostic;
use crate::base::id::{CaseId, CurriculumId};
use crate::disk::{Kind, Tree};
use crate::model::case::Case;
use crate::model::curriculum::Curriculum;
use crate::model::translatable::{texts_of_case, texts_of_head, texts_of_module};
use crate::model::written::{TranslatedText, Translation, TranslationOf, Written};

/// What a translation holds beside its texts, which have the original's keys.
pub static TRANSLATION: Shape = open_shape_with(
    "translation",
    &[
        FORMAT,
        needed("id", Form::Slug, "the original's"),
        needed(
            "of_rev",
            REVISION,
            "the revision of the original it was made from",
        ),
    ],
    texts_only,
);

/// Keys of the file itself.
const OWN_KEYS: [&str; 3] = ["format", "id", "of_rev"];

/// Every translation in a curriculum's folder.
pub(super) fn translations(
    reader: &mut Reader<'_>,
    id: &CurriculumId,
    folder: &str,
) -> Vec<Written<Translation>> {
    let mut found = Vec::new();
    let root = format!("{folder}/translations");
    if !matches!(reader.tree.kind(&root), Ok(Some(_))) {
        return found;
    }
    for (language, _) in reader
        .list(&root)
        .into_iter()
        .filter(|(_, kind)| *kind == Kind::Folder)
    {
        let here = format!("{root}/{language}");
        let head = TranslationOf::Curriculum;
        found.extend(translation(reader, &here, &language, id.as_str(), head));
        for (name, _) in toml_files(reader, &format!("{here}/modules")) {
            let of = name.parse().map(TranslationOf::Module).ok();
            found.extend(of.and_then(|of| translation(reader, &here, &language, &name, of)));
        }
        for (name, _) in toml_files(reader, &format!("{here}/cases")) {
            let of = name.parse().map(TranslationOf::Case).ok();
            found.extend(of.and_then(|of| translation(reader, &here, &language, &name, of)));
        }
    }
    found
}

/// Puts the texts of a language into a curriculum. A text without translation, and every text of a file that has an
/// error or was made from an older revision, stays as it is; `check` says which.
pub(super) fn translate_curriculum(tree: &Tree, language: &str, curriculum: &mut Curriculum) {
    let here = folder_of(&curriculum.id, language);
    if language == curriculum.language || !matches!(tree.kind(&here), Ok(Some(Kind::Folder))) {
        return;
    }
    let mut reader = Reader::new(tree, false);
    let rev = curriculum.rev;
    let id = curriculum.id.clone();
    let head = TranslationOf::Curriculum;
    if let Some(texts) = current(&mut reader, &here, language, id.as_str(), head, rev) {
        texts_of_head(curriculum, &mut replace(&texts));
    }
    for module in &mut curriculum.modules {
        let of = TranslationOf::Module(module.id.clone());
        let name = module.id.to_string();
        if let Some(texts) = current(&mut reader, &here, language, &name, of, rev) {
            texts_of_module(module, &mut replace(&texts));
        }
    }
}

/// The same for a case.
pub(super) fn translate_case(tree: &Tree, curriculum: &CurriculumId, language: &str, case: &mut Case) {
    let here = folder_of(curriculum, language);
    if case.language.as_deref() == Some(language) || !matches!(tree.kind(&here), Ok(Some(Kind::Folder))) {
        return;
    }
    let mut reader = Reader::new(tree, false);
    let of = TranslationOf::Case(case.id.clone());
    let name = case.id.to_string();
    if let Some(texts) = current(&mut reader, &here, language, &name, of, case.rev) {
        texts_of_case(case, &mut replace(&texts));
    }
}

type Texts = BTreeMap<String, TranslatedText>;

fn replace(texts: &Texts) -> impl FnMut(&str, &mut String) {
    |path, text| {
        if let Some(translated) = texts.get(path) {
            text.clone_from(&translated.text);
        }
    }
}

/// The texts of a translation that was made from revision `rev`, if there is one.
fn current(
    reader: &mut Reader<'_>,
    here: &str,
    language: &str,
    name: &str,
    of: TranslationOf,
    rev: u32,
) -> Option<Texts> {
    let written = translation(reader, here, language, name, of)?;
    (written.value.of_rev >= rev).then_some(written.value.texts)
}

fn folder_of(curriculum: &CurriculumId, language: &str) -> String {
    format!("{}/translations/{language}", curriculum_folder(curriculum))
}

/// The file of a case's translation.
pub(super) fn translation_of_case(curriculum: &CurriculumId, language: &str, id: &CaseId) -> String {
    format!("{}/cases/{id}.toml", folder_of(curriculum, language))
}

fn translation(
    reader: &mut Reader<'_>,
    here: &str,
    language: &str,
    name: &str,
    of: TranslationOf,
) -> Option<Written<Translation>> {
    let path = match of {
        TranslationOf::Curriculum => format!("{here}/curriculum.toml"),
        TranslationOf::Module(_) => format!("{here}/modules/{name}.toml"),
        TranslationOf::Case(_) => format!("{here}/cases/{name}.toml"),
    };
    let take = |file: View<'_>| {
        let mut texts = Texts::new();
        for leaf in leaves(file.table()) {
            if let DeValue::String(text) = leaf.value {
                let text = text.to_string();
                texts.insert(leaf.path, TranslatedText { text, at: leaf.at });
            }
        }
        Some(Translation {
            language: language.to_owned(),
            of,
            of_rev: file.whole("of_rev")?,
            texts,
        })
    };
    match read(reader, &path, &TRANSLATION, Some(name), take) {
        Outcome::Read(written) => Some(written),
        Outcome::Missing | Outcome::Broken => None,
    }
}

/// A value that is no table and no list.
struct Leaf<'t> {
    /// Its path with ids where tables have them.
    path: String,
    /// Its path with places.
    at: String,
    value: &'t DeValue<'t>,
    span: Range<usize>,
}

/// All of them, but for the keys of the file itself and ids.
fn leaves<'t>(table: &'t DeTable<'t>) -> Vec<Leaf<'t>> {
    let mut found = Vec::new();
    for (key, value) in table {
        if !OWN_KEYS.contains(&&**key.get_ref()) {
            let name = key.get_ref().to_string();
            collect(&mut found, name.clone(), name, value.get_ref(), value.span());
        }
    }
    found
}

fn collect<'t>(
    found: &mut Vec<Leaf<'t>>,
    path: String,
    at: String,
    value: &'t DeValue<'t>,
    span: Range<usize>,
) {
    match value {
        DeValue::Table(table) => {
            for (key, value) in table.iter().filter(|(key, _)| key.get_ref() != "id") {
                let name = key.get_ref();
                let (path, at) = (format!("{path}.{name}"), format!("{at}.{name}"));
                collect(found, path, at, value.get_ref(), value.span());
            }
        }
        DeValue::Array(list) => {
            for (place, entry) in list.iter().enumerate() {
                let id = entry.get_ref().as_table().and_then(|table| table.get("id"));
                let name = match id.and_then(|id| id.get_ref().as_str()) {
                    Some(id) => id.to_owned(),
                    None => (place + 1).to_string(),
                };
                let (path, at) = (format!("{path}.{name}"), format!("{at}.{place}"));
                collect(found, path, at, entry.get_ref(), entry.span());
            }
        }
        _ => found.push(Leaf {
            path,
            at,
            value,
            span,
        }),
    }
}

/// Everything but the file's own keys is text, and each text is there once.
fn texts_only(walk: &mut Walk<'_>, table: &DeTable<'_>, _: &Range<usize>) {
    let mut first: BTreeMap<String, Range<usize>> = BTreeMap::new();
    for leaf in leaves(table) {
        if let DeValue::String(text) = leaf.value {
            walk.text(&leaf.path, text, &leaf.span);
        } else {
            let message = format!("`{}` is no text", leaf.path);
            let finding = Diagnostic::error(codes::WRONG_TYPE, walk.place(&leaf.span), message)
                .labelled("numbers and answers are the original's, in every language")
                .helped("leave it out");
            walk.found(finding);
        }
        if let Some(before) = first.get(&leaf.path) {
            let before = walk.place(before);
            let message = format!("`{}` is translated twice", leaf.path);
            let finding = Diagnostic::error(codes::REPEATED, walk.place(&leaf.span), message)
                .labelled("again here")
                .and_here(before, "first here");
            walk.found(finding);
        } else {
            first.insert(leaf.path, leaf.span);
        }
    }
}
