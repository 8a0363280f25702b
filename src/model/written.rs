//! Everything people wrote, with the place of each thing: what `check` judges. Commands that only use the material take
//! the plain values instead.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::case::Case;
use super::curriculum::{Curriculum, Module};
use super::import::ImportMap;
use super::person::People;
use super::settings::Settings;
use crate::base::diag::{Diagnostic, Place};
use crate::base::id::{CaseId, CurriculumId, ModuleId, PersonId};

/// A text file as it was read, able to say on which line a byte lies.
#[derive(Debug)]
pub struct SourceFile {
    path: String,
    text: String,
    marks: OnceLock<Marks>,
}

/// What makes places quick to find, also the hundred-thousandth one and in a line of a megabyte.
#[derive(Debug)]
struct Marks {
    /// First byte of each line.
    line_starts: Vec<usize>,
    /// Characters that start before each multiple of [`BLOCK`] bytes.
    characters: Vec<usize>,
}

/// Bytes between two counts of characters.
const BLOCK: usize = 256;

impl SourceFile {
    /// A file by its path from the root, with `/`.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            marks: OnceLock::new(),
        }
    }

    /// The path from the root.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of a byte range.
    pub fn place(&self, span: Range<usize>) -> Place {
        let (line, column) = self.line_and_column(span.start);
        Place {
            file: self.path.clone(),
            line,
            column,
            span: (span.start, span.end),
            end: self.line_and_column(span.end),
        }
    }

    fn line_and_column(&self, at: usize) -> (usize, usize) {
        let marks = self.marks.get_or_init(|| Marks::of(self.text.as_bytes()));
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let line = marks.line_starts.partition_point(|s| *s <= at);
        let line_start = marks.line_starts.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        let text = self.text.as_bytes();
        let before = if at - line_start <= BLOCK {
            count_characters(&text[line_start..at])
        } else {
            marks.characters_before(text, at) - marks.characters_before(text, line_start)
        };
        (line, before + 1)
    }

    /// The file as a whole.
    pub fn whole(&self) -> Place {
        Place::file(&self.path)
    }
}

impl Marks {
    fn of(text: &[u8]) -> Self {
        let mut marks = Self {
            line_starts: vec![0],
            characters: Vec::with_capacity(text.len() / BLOCK + 1),
        };
        let mut characters = 0;
        for (at, byte) in text.iter().enumerate() {
            if at % BLOCK == 0 {
                marks.characters.push(characters);
            }
            characters += usize::from(starts_character(*byte));
            if *byte == b'\n' {
                marks.line_starts.push(at + 1);
            }
        }
        marks
    }

    fn characters_before(&self, text: &[u8], at: usize) -> usize {
        let block = (at / BLOCK).min(self.characters.len().saturating_sub(1));
        let counted = self.characters.get(block).copied().unwrap_or(0);
        let rest = text.get(block * BLOCK..at).unwrap_or_default();
        counted + count_characters(rest)
    }
}

fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| starts_character(**byte)).count()
}

fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// A value with the places it was read from. A place is asked for by its path in the file: `step.3.needs.1` is the
/// second need of the fourth step.
#[derive(Debug)]
pub struct Written<T> {
    /// What was written.
    pub value: T,
    /// The file it stands in.
    pub source: Arc<SourceFile>,
    /// Byte range of each value by its path.
    pub spans: BTreeMap<String, Range<usize>>,
}

impl<T> Written<T> {
    /// The place of a value; of the nearest thing around it if that very value was left out.
    pub fn place(&self, path: &str) -> Place {
        let mut path = path;
        loop {
            if let Some(span) = self.spans.get(path) {
                return self.source.place(span.clone());
            }
            match path.rsplit_once('.') {
                Some((parent, _)) => path = parent,
                None => return self.source.whole(),
            }
        }
    }
}

/// What was read of a workspace, or of a part of it. A file with errors is left out of the values; its findings are
/// here, and its name is remembered, so that nothing that refers to it is called unknown.
#[derive(Debug, Default)]
pub struct Everything {
    /// The folder that all paths start from; empty for texts inside the program.
    pub root: PathBuf,
    /// `upwards.toml`.
    pub settings: Option<Written<Settings>>,
    /// `people.toml`.
    pub people: Option<Written<People>>,
    /// `people.import.toml`.
    pub import: Option<Written<ImportMap>>,
    /// `erased.toml`.
    pub erased: BTreeSet<PersonId>,
    /// Curricula: those of the workspace by id, then the built-in ones in use.
    pub curricula: Vec<WrittenCurriculum>,
    /// `texts/<language>.toml`, each.
    pub texts: Vec<Written<FixedTexts>>,
    /// The English texts that they translate, by key; empty without such files.
    pub english_texts: BTreeMap<String, String>,
    /// Ids of all built-in curricula.
    pub built_in: BTreeSet<CurriculumId>,
    /// What was found while reading: form only.
    pub findings: Vec<Diagnostic>,
    /// The text of every file that was read, by its path.
    pub sources: BTreeMap<String, Arc<SourceFile>>,
    /// Only findings in files under these paths were asked for; empty = all.
    pub only: Vec<String>,
}

impl Everything {
    /// A curriculum by id.
    pub fn curriculum(&self, id: &str) -> Option<&WrittenCurriculum> {
        self.curricula.iter().find(|c| c.id.as_str() == id)
    }

    /// Curricula in use, in the order of `upwards.toml`; all of them if there is none.
    pub fn in_use(&self) -> Vec<&WrittenCurriculum> {
        match &self.settings {
            Some(settings) => {
                let listed = settings.value.curricula.iter();
                listed.filter_map(|id| self.curriculum(id.as_str())).collect()
            }
            None => self.curricula.iter().collect(),
        }
    }

    /// The text of a file, for the line above the carets.
    pub fn text(&self, file: &str) -> Option<&str> {
        self.sources.get(file).map(|source| source.text())
    }
}

/// A curriculum with its drafts, its cases, and what of it could not be read.
#[derive(Debug)]
pub struct WrittenCurriculum {
    /// The id: the folder's name.
    pub id: CurriculumId,
    /// The folder, from the root.
    pub folder: String,
    /// Whether it is part of the program.
    pub is_built_in: bool,
    /// Cases that the workspace adds to it while it is built in, and whether one of that id is built in as well.
    pub added: BTreeMap<CaseId, bool>,
    /// `curriculum.toml`.
    pub head: Option<Written<Head>>,
    /// Every module in the folder, also those that are not listed.
    pub modules: BTreeMap<ModuleId, Written<WrittenModule>>,
    /// Every case in the folder.
    pub cases: BTreeMap<CaseId, Written<Case>>,
    /// Stems of module files that were left out because of errors.
    pub broken_modules: BTreeSet<String>,
    /// Stems of case files that were left out because of errors.
    pub broken_cases: BTreeSet<String>,
    /// Every translation file.
    pub translations: Vec<Written<Translation>>,
}

impl WrittenCurriculum {
    /// Listed modules in the curriculum's order, without those that could not be read.
    pub fn listed(&self) -> impl Iterator<Item = &Written<WrittenModule>> {
        let listed = self.head.iter().flat_map(|head| head.value.modules.iter());
        listed.filter_map(|id| self.modules.get(id))
    }

    /// Whether everything that the curriculum lists could be read, so that its sums can be judged.
    pub fn is_whole(&self) -> bool {
        self.head
            .as_ref()
            .is_some_and(|head| head.value.modules.iter().all(|id| self.modules.contains_key(id)))
    }
}

/// `curriculum.toml` as written: its modules are named, not loaded.
#[derive(Debug)]
pub struct Head {
    /// Everything but the modules.
    pub curriculum: Curriculum,
    /// Listed modules in order.
    pub modules: Vec<ModuleId>,
}

/// A module file as written: the module, and which former ids it takes over.
#[derive(Debug)]
pub struct WrittenModule {
    /// The module.
    pub module: Module,
    /// Former ids of the module, its steps and its questions.
    pub former: Vec<Former>,
}

/// One former id and who takes it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// Of what.
    pub kind: FormerKind,
    /// The former id: of a module bare, of a step or question with its module.
    pub id: String,
    /// Whether the former id was written with its module, as `old-module.leave`.
    pub is_dotted: bool,
    /// The heir, written like `id`.
    pub heir: String,
    /// Where it stands in its file.
    pub path: String,
}

/// What a former id named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormerKind {
    /// A module.
    Module,
    /// A step.
    Step,
    /// A question.
    Question,
}

/// A translation file: which text it belongs to, and of which state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The language: the folder's name.
    pub language: String,
    /// What it translates.
    pub of: TranslationOf,
    /// The revision of the original it was made from.
    pub of_rev: u32,
    /// Its texts by their paths, as `crate::model::translatable` names them.
    pub texts: BTreeMap<String, TranslatedText>,
}

/// A text of a translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslatedText {
    /// The text.
    pub text: String,
    /// Where it stands in its file, as [`Written::place`] takes it.
    pub at: String,
}

/// A file of fixed texts, `texts/<language>.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedTexts {
    /// The language: the file's name.
    pub language: String,
    /// Texts by key.
    pub texts: BTreeMap<String, String>,
}

/// The original of a translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TranslationOf {
    /// `curriculum.toml`.
    Curriculum,
    /// A module.
    Module(ModuleId),
    /// A case.
    Case(CaseId),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_the_same_as_that_of_a_finding() {
        let short = "format = 1\r\nname = \"Höpfner\" x\n\nend".to_owned();
        let long = format!("a\n{}\n{}", "xü".repeat(BLOCK), "山".repeat(BLOCK));
        for text in [String::new(), short, long] {
            let source = SourceFile::new("a.toml", text.as_str());
            for at in 0..=text.len() + 2 {
                assert_eq!(
                    source.place(at..at + 1),
                    Place::span("a.toml", &text, at..at + 1),
                    "{at}"
                );
            }
        }
    }

    #[test]
    fn a_value_that_was_left_out_is_found_at_what_is_around_it() {
        let written = Written {
            value: (),
            source: Arc::new(SourceFile::new("a.toml", "[[step]]\nid = \"a\"\n")),
            spans: BTreeMap::from([("step.0".to_owned(), 0..8), ("step.0.id".to_owned(), 14..17)]),
        };
        assert_eq!(written.place("step.0.id").line, 2);
        assert_eq!(written.place("step.0.needs.4").line, 1);
        assert_eq!(written.place("title").line, 0);
    }
}
