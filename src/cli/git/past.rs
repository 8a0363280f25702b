//! Reads what a commit holds, through the person's own git. Nothing of the repository runs: no hook, no filter, no pager,
//! no transport, and no shell.

use std::path::Path;

use super::call::here as git;
use crate::cli::error::{CliError, Result};
use crate::disk::Tree;
use crate::files::MAX_BYTES;

/// Objects asked for at once: their names fit into a pipe, so that neither side waits for the other.
const AT_ONCE: usize = 500;

/// No curriculum has more files.
const MOST_FILES: usize = 10_000;

/// Whether a folder lies in a git work tree with a commit.
pub(crate) fn has_commit(folder: &Path) -> bool {
    commit(folder, "HEAD").is_ok()
}

/// The texts below a place in a folder, as a commit has them.
pub(crate) fn tree_at(folder: &Path, revision: &str, inside: &str) -> Result<Tree> {
    let commit = commit(folder, revision)?;
    let blobs = blobs(folder, &commit, inside)?;
    if blobs.len() > MOST_FILES {
        return Err(CliError::could_not(format!(
            "{inside} of {revision} has more than {MOST_FILES} files"
        )));
    }
    let mut texts = Vec::with_capacity(blobs.len());
    for some in blobs.chunks(AT_ONCE) {
        read(folder, some, &mut texts)?;
    }
    texts.sort();
    Ok(Tree::Sent(texts.into()))
}

/// A text of a commit: what git calls it, and where it lies.
struct Blob {
    object: String,
    path: String,
}

/// The commit that a revision names. What begins with a hyphen would be an option, and is refused.
fn commit(folder: &Path, revision: &str) -> Result<String> {
    let is_named = !revision.is_empty() && !revision.starts_with('-');
    if !is_named || revision.chars().any(char::is_control) {
        return Err(CliError::usage(format!("git:{revision} names no revision"))
            .hint("a branch, a tag or a commit: --against git:HEAD"));
    }
    let wanted = format!("{revision}^{{commit}}");
    let words = ["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted];
    let found = git(folder, &words, b"")?;
    let name = found.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
    match name {
        Some(name) if name.len() >= 40 && name.bytes().all(|b| b.is_ascii_hexdigit()) => Ok(name),
        _ => Err(CliError::could_not(format!(
            "git knows no revision \"{revision}\" in {}",
            folder.display()
        ))
        .hint("is this a git repository, and does it have that commit? git log --oneline")),
    }
}

/// All texts of a commit that are read, together, in bytes.
const MOST_IN_ALL: u64 = 64 * 1024 * 1024;

/// TOML files below a place; links and repositories inside it are left out.
fn blobs(folder: &Path, commit: &str, inside: &str) -> Result<Vec<Blob>> {
    let words = ["ls-tree", "-r", "-z", "-l", commit, "--", inside];
    let listed = git(folder, &words, b"")?
        .ok_or_else(|| CliError::could_not(format!("git could not list {inside} of {commit}")))?;
    let mut blobs = Vec::new();
    let mut sum = 0_u64;
    for entry in listed.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
        let entry = std::str::from_utf8(entry)
            .map_err(|_| CliError::could_not(format!("{inside} of {commit} has a name that is not UTF-8")))?;
        let Some((facts, path)) = entry.split_once('\t') else {
            continue;
        };
        let facts: Vec<&str> = facts.split_whitespace().collect();
        let [mode, "blob", object, size] = facts[..] else {
            continue;
        };
        if !mode.starts_with("100") || Path::new(path).extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        if size.parse::<u64>().is_ok_and(|size| size > MAX_BYTES) {
            return Err(CliError::could_not(format!(
                "{path} is larger than 4 MiB: no text of a curriculum is"
            )));
        }
        sum = size.parse::<u64>().map_or(sum, |size| sum.saturating_add(size));
        if sum > MOST_IN_ALL {
            return Err(CliError::could_not(format!(
                "{inside} of {commit} holds more than 64 MiB: no curriculum does"
            )));
        }
        blobs.push(Blob {
            object: object.to_owned(),
            path: path.to_owned(),
        });
    }
    Ok(blobs)
}

/// Reads some texts and puts them beside the others. What is not UTF-8 is no text, and told by whoever misses it.
fn read(folder: &Path, blobs: &[Blob], texts: &mut Vec<(String, String)>) -> Result<()> {
    let names = blobs.iter().map(|blob| format!("{}\n", blob.object));
    let names: String = names.collect();
    let answered = git(folder, &["cat-file", "--batch"], names.as_bytes())?;
    let mut rest: &[u8] = answered.as_deref().unwrap_or_default();
    for blob in blobs {
        let (bytes, behind) = next(rest).ok_or_else(|| {
            CliError::could_not(format!("git could not read {}", blob.path))
                .hint("git fsck says what is wrong")
        })?;
        rest = behind;
        if let Ok(text) = std::str::from_utf8(bytes) {
            texts.push((blob.path.clone(), text.to_owned()));
        }
    }
    Ok(())
}

/// One answer of `cat-file --batch`: `<object> blob <size>`, a line end, the bytes, a line end.
pub(super) fn next(answered: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = answered.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(&answered[..end]).ok()?;
    let [_, "blob", size] = head.split(' ').collect::<Vec<_>>()[..] else {
        return None;
    };
    let size: usize = size.parse().ok()?;
    let rest = &answered[end + 1..];
    (rest.len() > size).then(|| (&rest[..size], &rest[size + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_taken_apart_by_its_size() {
        let answered = b"aa blob 3\nx\ny\nbb blob 0\n\ncc missing\n";
        let (first, rest) = next(answered).unwrap();
        assert_eq!(first, b"x\ny");
        let (second, rest) = next(rest).unwrap();
        assert_eq!(second, b"");
        assert!(next(rest).is_none());
        assert!(next(b"aa blob 9\nshort\n").is_none());
    }

    #[test]
    fn what_would_be_an_option_names_no_revision() {
        for revision in ["", "-x", "--help", "a\nb", "a\0b"] {
            assert!(commit(Path::new("."), revision).is_err(), "{revision:?}");
        }
    }
}
