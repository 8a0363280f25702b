//! Where a workspace is read from: a folder, or texts inside the program (`--demo`, shipped curricula).

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use super::files::{self, DiskError, Kind};

/// A read-only tree of files; paths inside it are relative and written with `/`.
#[derive(Debug, Clone)]
pub enum Tree {
    /// A folder on disk.
    Folder(PathBuf),
    /// Texts inside the program, sorted by path.
    Embedded(&'static [(&'static str, &'static str)]),
}

impl Tree {
    /// The path as a person would find it: for messages, and for writing where the tree is a folder.
    pub fn path(&self, inside: &str) -> PathBuf {
        match self {
            Self::Folder(root) => {
                let mut path = PathBuf::with_capacity(root.as_os_str().len() + inside.len() + 1);
                path.push(root);
                path.extend(inside.split('/').filter(|part| !part.is_empty()));
                path
            }
            Self::Embedded(_) => Path::new("(built in)").join(inside),
        }
    }

    /// The folder, if it is one.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(root) => Some(root),
            Self::Embedded(_) => None,
        }
    }

    /// Reads a whole file into a buffer that is used again and again.
    pub fn read_into(&self, inside: &str, buffer: &mut Vec<u8>) -> Result<(), DiskError> {
        match self {
            Self::Folder(_) => files::read_into(&self.path(inside), buffer),
            Self::Embedded(texts) => {
                let text = find(texts, inside).ok_or_else(|| self.missing(inside))?;
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
            Self::Embedded(texts) => {
                let text = find(texts, inside).ok_or_else(|| self.missing(inside))?;
                Ok(Some(Cow::Borrowed(text.as_bytes())))
            }
        }
    }

    /// What is under this name, links not followed; `None` = nothing.
    pub fn kind(&self, inside: &str) -> Result<Option<Kind>, DiskError> {
        match self {
            Self::Folder(_) => files::kind(&self.path(inside)),
            Self::Embedded(texts) => Ok(if find(texts, inside).is_some() {
                Some(Kind::File)
            } else {
                below(texts, inside).next().map(|_| Kind::Folder)
            }),
        }
    }

    /// Names and kinds in a folder, sorted by name.
    pub fn list(&self, inside: &str) -> Result<Vec<(String, Kind)>, DiskError> {
        match self {
            Self::Folder(_) => files::list(&self.path(inside)),
            Self::Embedded(texts) => {
                let mut names: Vec<(String, Kind)> = below(texts, inside)
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

/// Paths below a folder, relative to it.
fn below<'a>(
    texts: &'static [(&'static str, &'static str)],
    folder: &'a str,
) -> impl Iterator<Item = &'static str> + 'a {
    texts.iter().filter_map(move |(path, _)| {
        if folder.is_empty() {
            Some(*path)
        } else {
            path.strip_prefix(folder)?.strip_prefix('/')
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    static TEXTS: [(&str, &str); 3] = [("a/b.toml", "b"), ("a/c/d.toml", "d"), ("x.toml", "x")];

    #[test]
    fn embedded_texts_look_like_folders() {
        let tree = Tree::Embedded(&TEXTS);
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
    }
}
