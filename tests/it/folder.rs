//! A folder for one test, gone with it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};

use upwards::disk::{self, Tree};

/// A temporary folder that files are put into.
pub(crate) struct Folder {
    root: tempfile::TempDir,
}

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self {
            root: tempfile::tempdir().unwrap(),
        }
    }

    /// A copy of a folder below `tests/it`.
    pub(crate) fn copy_of(folder: &str) -> Self {
        let copy = Self::new();
        let from = Tree::Folder(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/it")
                .join(folder),
        );
        copy.copy_below(&from, "");
        copy
    }

    /// Writes a file and the folders above it, without waiting for the disk.
    #[expect(clippy::disallowed_methods, reason = "a test need not survive a power cut")]
    pub(crate) fn put(&self, inside: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(inside);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        self
    }

    /// The text of a file.
    pub(crate) fn text(&self, inside: &str) -> String {
        let mut bytes = Vec::new();
        disk::read_into(&self.path(inside), &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// Where a file is.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root.path().join(inside)
    }

    /// The folder as a tree.
    pub(crate) fn tree(&self) -> Tree {
        Tree::Folder(self.root.path().to_owned())
    }

    fn copy_below(&self, from: &Tree, inside: &str) {
        for (name, kind) in from.list(inside).unwrap() {
            let path = if inside.is_empty() {
                name
            } else {
                format!("{inside}/{name}")
            };
            if kind == disk::Kind::Folder {
                self.copy_below(from, &path);
            } else {
                let mut bytes = Vec::new();
                from.read_into(&path, &mut bytes).unwrap();
                self.put(&path, bytes);
            }
        }
    }
}
