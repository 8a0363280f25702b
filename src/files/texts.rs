//! Fixed texts of screens in another language: `texts/<language>.toml` of a workspace, before what is built in.

use std::collections::BTreeMap;

use super::codes;
use super::everything::toml_files;
use super::reader::Reader;
use super::shape::{FORMAT, Form, Shape, needed, shape};
use super::single::read;
use super::view::View;
use crate::base::diag::Diagnostic;
use crate::base::texts::has_places_of;
use crate::disk::Tree;
use crate::embedded;
use crate::model::written::{FixedTexts, Written};

/// What a file of fixed texts may hold.
pub static TEXTS: Shape = shape(
    "file of texts",
    &[
        FORMAT,
        needed("language", Form::Language, "the file's name"),
        needed(
            "texts",
            Form::Map {
                keys: &Form::Title,
                values: &Form::Text,
            },
            "key = text; what is left out is English",
        ),
    ],
);

/// The folder of a workspace that they lie in.
const FOLDER: &str = "texts";

/// Texts of a language by key: the workspace's before the built-in ones; none if neither has it. A file with an error,
/// and a text that has not the places of the English one, are left out; `check` says which.
pub fn fixed_texts(workspace: Option<&Tree>, language: &str) -> BTreeMap<String, String> {
    let english = english_texts();
    let mut texts = BTreeMap::new();
    let built_in = embedded::texts();
    for tree in [Some(&built_in), workspace].into_iter().flatten() {
        let mut reader = Reader::new(tree, false);
        if let Some(written) = one(&mut reader, language) {
            texts.extend(written.value.texts);
        }
    }
    texts.retain(|key, text| {
        english
            .get(key)
            .is_some_and(|original| has_places_of(key, original, text))
    });
    texts
}

/// The file that somebody translates: every key with its text in the language, or with the English one behind `#`.
/// Texts are quoted as TOML.
pub fn texts_to_translate(workspace: Option<&Tree>, language: &str) -> String {
    let known = fixed_texts(workspace, language);
    let quoted = |text: &str| toml_edit::Value::from(text).to_string().trim().to_owned();
    let mut file = format!(
        "# Texts of screens. A line that starts with # is not translated yet: write the text, take the # away.\n\
         # Places in braces stay as they are; `upwards check` finds what is wrong.\n\
         format = 1\nlanguage = {}\n\n[texts]\n",
        quoted(language)
    );
    for (key, original) in english_texts() {
        let line = match known.get(&key) {
            Some(text) => format!("{} = {}\n", quoted(&key), quoted(text)),
            None => format!("# {} = {}\n", quoted(&key), quoted(&original)),
        };
        file.push_str(&line);
    }
    file
}

/// All English texts by key.
pub fn english_texts() -> BTreeMap<String, String> {
    let tree = embedded::texts();
    let written = one(&mut Reader::new(&tree, false), "en");
    written.map(|written| written.value.texts).unwrap_or_default()
}

/// All files of a workspace's own texts.
pub(super) fn all_texts(reader: &mut Reader<'_>) -> Vec<Written<FixedTexts>> {
    if !matches!(reader.tree.kind(FOLDER), Ok(Some(_))) {
        return Vec::new();
    }
    let languages: Vec<String> = toml_files(reader, FOLDER)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    languages
        .iter()
        .filter_map(|language| one(reader, language))
        .collect()
}

fn one(reader: &mut Reader<'_>, language: &str) -> Option<Written<FixedTexts>> {
    let take = |file: View<'_>| {
        Some(FixedTexts {
            language: file.text("language")?,
            texts: file.text_map("texts"),
        })
    };
    let inside = format!("{FOLDER}/{language}.toml");
    let written = read(reader, &inside, &TEXTS, None, take).read()?;
    if written.value.language == language {
        return Some(written);
    }
    let message = format!(
        "its language is {}, its name says {language}",
        written.value.language
    );
    let place = written.place("language");
    reader
        .findings
        .push(Diagnostic::error(codes::NOT_THE_FILE_NAME, place, message));
    None
}
