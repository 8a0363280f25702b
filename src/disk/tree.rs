//! Where a workspace is read from: a folder, texts inside the program (`--demo`, shipped curricula), or texts that somebody
//! sent.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::{self, DiskError, Kind};

/// A read-only tree of files; paths inside it are relative and written with `/`.
#[derive(Debug, Clone)]
pub enum Tree {
    /// A folder on disk.
    Folder(PathBuf),
    /// Texts inside the program, sorted by path.
    Embedded(&'static [(&'static str, &'static str)]),
    /// Texts that somebody sent, sorted by path; not on disk yet.
    Sent(Arc<[(String, String)]>),
    /// A folder as it would be with other texts in some of its files, sorted by path.
    Changed(PathBuf, Arc<[(String, String)]>),
}

impl Tree {
    /// The path as a person would find it: for messages, and for writing where the tree is a folder.
    pub fn path(&self, inside: &str) -> PathBuf {
        match self {
            Self::Folder(root) | Self::Changed(root, _) => {
                let mut path = PathBuf::with_capacity(root.as_os_str().len() + inside.len() + 1);
                path.push(root);
                path.extend(inside.split('/').filter(|part| !part.is_empty()));
                path
            }
            Self::Embedded(_) => Path::new("(built in)").join(inside),
            Self::Sent(_) => PathBuf::from(inside),
        }
    }

    /// The folder, if it is one.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(root) | Self::Changed(root, _) => Some(root),
            Self::Embedded(_) | Self::Sent(_) => None,
        }
    }

    /// Reads a whole file into a buffer that is used again and again.
    pub fn read_into(&self, inside: &str, buffer: &mut Vec<u8>) -> Result<(), DiskError> {
        match self {
            Self::Folder(_) => files::read_into(&self.path(inside), buffer),
            Self::Changed(..) if self.text(inside).is_none() => files::read_into(&self.path(inside), buffer),
            Self::Embedded(_) | Self::Sent(_) | Self::Changed(..) => {
                let text = self.text(inside).ok_or_else(|| self.missing(inside))?;
                buffer.clear();
                buffer.extend_from_slice(text.as_bytes());
                Ok(())
            }
        }
    }

    /// Reads a file of at most `most` bytes; `Ok(None)` = it is larger.
    pub fn read_limited(&self, inside: &str, most: u64) -> Result<Option<Cow<'static, [u8]>>, DiskError> {
        match self {
            Self::Folder(_) => Ok(files::read_limited(&self.path(inside), most)?.map(Cow::Owned)),
            Self::Changed(..) if self.text(inside).is_none() => {
                Ok(files::read_limited(&self.path(inside), most)?.map(Cow::Owned))
            }
            Self::Embedded(texts) => {
                let text = find(texts, inside).ok_or_else(|| self.missing(inside))?;
                Ok(Some(Cow::Borrowed(text.as_bytes())))
            }
            Self::Sent(_) | Self::Changed(..) => {
                let text = self.text(inside).ok_or_else(|| self.missing(inside))?;
                Ok(Some(Cow::Owned(text.as_bytes().to_vec())))
            }
        }
    }

    /// What is under this name, links not followed; `None` = nothing.
    pub fn kind(&self, inside: &str) -> Result<Option<Kind>, DiskError> {
        match self {
            Self::Folder(_) | Self::Changed(..) => files::kind(&self.path(inside)),
            Self::Embedded(_) | Self::Sent(_) => Ok(if self.text(inside).is_some() {
                Some(Kind::File)
            } else {
                self.below(inside).next().map(|_| Kind::Folder)
            }),
        }
    }

    /// Names and kinds in a folder, sorted by name.
    pub fn list(&self, inside: &str) -> Result<Vec<(String, Kind)>, DiskError> {
        match self {
            Self::Folder(_) | Self::Changed(..) => files::list(&self.path(inside)),
            Self::Embedded(_) | Self::Sent(_) => {
                let mut names: Vec<(String, Kind)> = self
                    .below(inside)
                    .map(|rest| match rest.split_once('/') {
                        Some((folder, _)) => (folder.to_owned(), Kind::Folder),
                        None => (rest.to_owned(), Kind::File),
                    })
                    .collect();
                names.dedup();
                if names.is_empty() {
                    Err(self.missing(inside))
                } else {
                    Ok(names)
                }
            }
        }
    }

    /// A text that is not on disk.
    fn text(&self, inside: &str) -> Option<&str> {
        match self {
            Self::Folder(_) => None,
            Self::Embedded(texts) => find(texts, inside),
            Self::Sent(texts) | Self::Changed(_, texts) => {
                let at = texts
                    .binary_search_by(|(path, _)| path.as_str().cmp(inside))
                    .ok()?;
                Some(&texts[at].1)
            }
        }
    }

    /// Paths below a folder of texts that are not on disk, relative to it.
    fn below<'a>(&'a self, folder: &'a str) -> Box<dyn Iterator<Item = &'a str> + 'a> {
        let inside = move |path: &'a str| {
            if folder.is_empty() {
                Some(path)
            } else {
                path.strip_prefix(folder)?.strip_prefix('/')
            }
        };
        match self {
            Self::Folder(_) | Self::Changed(..) => Box::new(std::iter::empty()),
            Self::Embedded(texts) => Box::new(texts.iter().filter_map(move |(path, _)| inside(path))),
            Self::Sent(texts) => Box::new(texts.iter().filter_map(move |(path, _)| inside(path))),
        }
    }

    fn missing(&self, inside: &str) -> DiskError {
        DiskError {
            action: "read",
            path: self.path(inside),
            source: io::Error::from(io::ErrorKind::NotFound),
        }
    }
}

fn find(texts: &'static [(&'static str, &'static str)], inside: &str) -> Option<&'static str> {
    texts
        .binary_search_by(|(path, _)| (*path).cmp(inside))
        .ok()
        .map(|at| texts[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    static TEXTS: [(&str, &str); 3] = [("a/b.toml", "b"), ("a/c/d.toml", "d"), ("x.toml", "x")];

    #[test]
    fn texts_look_like_folders() {
        let sent = TEXTS.map(|(path, text)| (path.to_owned(), text.to_owned()));
        for tree in [Tree::Embedded(&TEXTS), Tree::Sent(sent.into())] {
            looks_like_folders(&tree);
        }
    }

    #[test]
    fn a_changed_folder_has_the_other_texts_and_everything_else() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.toml", "b.toml"] {
            files::create(&folder.path().join(name), b"old", files::Access::Shared).unwrap();
        }
        let texts = [("a.toml".to_owned(), "new".to_owned())];
        let tree = Tree::Changed(folder.path().to_owned(), texts.into());
        let read = |name: &str| {
            tree.read_limited(name, 9)
                .map(|bytes| bytes.unwrap().into_owned())
        };
        assert_eq!(read("a.toml").unwrap(), b"new");
        assert_eq!(read("b.toml").unwrap(), b"old");
        assert!(read("c.toml").unwrap_err().is_missing());
        assert_eq!(tree.list("").unwrap().len(), 2);
    }

    fn looks_like_folders(tree: &Tree) {
        assert_eq!(
            tree.list("").unwrap(),
            [("a".to_owned(), Kind::Folder), ("x.toml".to_owned(), Kind::File)]
        );
        assert_eq!(
            tree.list("a").unwrap(),
            [("b.toml".to_owned(), Kind::File), ("c".to_owned(), Kind::Folder)]
        );
        assert!(tree.list("nothing").unwrap_err().is_missing());
        assert_eq!(tree.kind("a/c").unwrap(), Some(Kind::Folder));
        assert_eq!(tree.kind("a/b.toml").unwrap(), Some(Kind::File));
        assert_eq!(tree.kind("b").unwrap(), None);
        let mut buffer = b"old".to_vec();
        tree.read_into("a/c/d.toml", &mut buffer).unwrap();
        assert_eq!(buffer, b"d");
        assert_eq!(
            tree.read_limited("x.toml", 9).unwrap().as_deref(),
            Some(&b"x"[..])
        );
    }
}
