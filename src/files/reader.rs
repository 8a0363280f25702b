//! From a path in a tree to a text that may be parsed: the rules that hold for every file (`formats.md` §1).
//!
//! Invariant: no symbolic link inside a tree is followed, and no file larger than [`MAX_BYTES`] is taken into memory.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::codes;
use crate::base::diag::{Diagnostic, Place, Repair};
use crate::disk::{Kind, Tree};
use crate::model::written::SourceFile;

/// Largest file: 4 MiB. The longest module anybody wrote has 15 KiB; more is a mistake or an attack.
pub const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// Reads files of one tree and collects what was found on the way.
pub(super) struct Reader<'t> {
    /// Where from.
    pub(super) tree: &'t Tree,
    /// Whether the places of all values are wanted.
    pub(super) with_places: bool,
    /// What was found.
    pub(super) findings: Vec<Diagnostic>,
    /// Every text that was read, by the path shown to people.
    pub(super) sources: BTreeMap<String, Arc<SourceFile>>,
}

/// What became of an attempt to read a file.
pub(super) enum Opened {
    /// There is nothing of this name; no finding was made.
    Missing,
    /// There is something, but it cannot be parsed; the finding was made.
    Broken,
    /// The text.
    Text(Arc<SourceFile>),
}

/// Something could not be looked at, and the finding was made.
struct Reported;

impl<'t> Reader<'t> {
    /// A reader of a tree.
    pub(super) fn new(tree: &'t Tree, with_places: bool) -> Self {
        Self {
            tree,
            with_places,
            findings: Vec::new(),
            sources: BTreeMap::new(),
        }
    }

    /// Takes over what another reader of the same tree found and read.
    pub(super) fn join(&mut self, other: Reader<'_>) {
        self.findings.extend(other.findings);
        self.sources.extend(other.sources);
    }

    /// The path as findings name it: from the workspace's root, or as something built in.
    pub(super) fn shown(&self, inside: &str) -> String {
        match self.tree {
            Tree::Folder(_) | Tree::Sent(_) | Tree::Changed(..) => inside.to_owned(),
            Tree::Embedded(_) => format!("(built in)/{inside}"),
        }
    }

    /// A finding about a file as a whole, or about its absence.
    pub(super) fn about_file(&mut self, code: &'static str, inside: &str, message: impl Into<String>) {
        let place = Place::file(&self.shown(inside));
        self.findings.push(Diagnostic::error(code, place, message));
    }

    /// Reads one file. Names no finding for a missing one: the caller knows whether it is needed.
    pub(super) fn open(&mut self, inside: &str) -> Opened {
        match self.kind_unlinked(inside) {
            Ok(Some(Kind::File)) => {}
            Ok(None) => return Opened::Missing,
            Ok(Some(Kind::Folder)) => {
                self.about_file(codes::NO_FILE, inside, "this is a folder, not a file");
                return Opened::Broken;
            }
            Ok(Some(_)) => {
                self.about_file(codes::NO_FILE, inside, "this is no ordinary file");
                return Opened::Broken;
            }
            Err(Reported) => return Opened::Broken,
        }
        match self.tree.read_limited(inside, MAX_BYTES) {
            Ok(Some(bytes)) => self.decode(inside, &bytes),
            Ok(None) => {
                self.about_file(
                    codes::TOO_LARGE,
                    inside,
                    "the file is larger than 4 MiB, the most a file may have",
                );
                Opened::Broken
            }
            Err(error) => {
                self.about_file(codes::UNREADABLE, inside, error.to_string());
                Opened::Broken
            }
        }
    }

    /// Names in a folder that is no link, with their kinds; empty if there is no such folder.
    pub(super) fn list(&mut self, inside: &str) -> Vec<(String, Kind)> {
        match self.kind_unlinked(inside) {
            Ok(Some(Kind::Folder)) => match self.tree.list(inside) {
                Ok(names) => return names,
                Err(error) => self.about_file(codes::UNREADABLE, inside, error.to_string()),
            },
            Ok(Some(_)) => self.about_file(
                codes::NO_FILE,
                inside,
                "this is a file where a folder is expected",
            ),
            Ok(None) | Err(Reported) => {}
        }
        Vec::new()
    }

    /// Whether there is a folder, reached without a link. A link on the way is a finding.
    pub(super) fn is_folder(&mut self, inside: &str) -> bool {
        matches!(self.kind_unlinked(inside), Ok(Some(Kind::Folder)))
    }

    /// What is under a path. A link on the way, or a path that cannot be looked at, is a finding.
    fn kind_unlinked(&mut self, inside: &str) -> Result<Option<Kind>, Reported> {
        let mut found = Some(Kind::Folder);
        let ends = inside.match_indices('/').map(|(at, _)| at);
        for end in ends.chain([inside.len()]) {
            if found != Some(Kind::Folder) {
                return Ok(None);
            }
            let part = &inside[..end];
            match self.tree.kind(part) {
                Ok(Some(Kind::Link)) => {
                    self.about_file(
                        codes::NO_FILE,
                        part,
                        "this is a symbolic link, and links are not followed",
                    );
                    return Err(Reported);
                }
                Ok(kind) => found = kind,
                Err(error) => {
                    self.about_file(codes::UNREADABLE, part, error.to_string());
                    return Err(Reported);
                }
            }
        }
        Ok(found)
    }

    fn decode(&mut self, inside: &str, bytes: &[u8]) -> Opened {
        let shown = self.shown(inside);
        let (text, bad_at) = match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), None),
            Err(error) => (String::from_utf8_lossy(bytes), Some(error.valid_up_to())),
        };
        let (text, has_mark) = match text.strip_prefix('\u{FEFF}') {
            Some(rest) => (rest, true),
            None => (&*text, false),
        };
        let source = Arc::new(SourceFile::new(shown.clone(), text));
        self.sources.insert(shown, Arc::clone(&source));
        if let Some(at) = bad_at {
            self.findings.push(not_utf8(&source, bytes, at));
            return Opened::Broken;
        }
        if has_mark {
            let place = source.place(0..0);
            self.findings.push(
                Diagnostic::warning(
                    codes::BYTE_ORDER_MARK,
                    place,
                    "the file starts with a byte order mark",
                )
                .helped("save it as UTF-8 without BOM")
                .repaired(Repair::RemoveMark),
            );
        }
        if let Some(finding) = merge_marks(&source) {
            self.findings.push(finding);
            return Opened::Broken;
        }
        Opened::Text(source)
    }
}

fn not_utf8(source: &SourceFile, bytes: &[u8], at: usize) -> Diagnostic {
    let is_utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let message = if is_utf16 {
        "the file is UTF-16, not UTF-8".to_owned()
    } else {
        format!("byte 0x{:02X} is no UTF-8", bytes.get(at).copied().unwrap_or(0))
    };
    Diagnostic::error(codes::NOT_UTF8, source.place(at..at + 1), message)
        .helped("save the file as UTF-8 in your editor")
}

/// Git leaves three kinds of lines behind; a title may well be underlined with `=======`, so the first one decides.
fn merge_marks(source: &SourceFile) -> Option<Diagnostic> {
    let text = source.text();
    let at = if text.starts_with("<<<<<<< ") {
        0
    } else {
        text.find("\n<<<<<<< ")? + 1
    };
    text.get(at..)?.contains("\n>>>>>>> ").then(|| {
        Diagnostic::error(
            codes::MERGE_MARKS,
            source.place(at..at + 7),
            "a merge was left unfinished here",
        )
        .labelled("the two versions stand from here on")
        .helped("keep one of them and remove the lines of <<<<<<<, ======= and >>>>>>>")
    })
}
