//! Copies of TOML files that sync tools left beside them, and files of which only a stand-in is here. None of them is read: a
//! copy of a module would be a second module of the same id.

use std::collections::BTreeSet;

use crate::base::copies::{copy_of, is_temporary, placeholder_of};
use crate::base::diag::{Diagnostic, Place};
use crate::base::id::check_slug;
use crate::disk::{self, Kind, Tree};

/// Folders deeper than this hold no file of ours; a loop of folders ends here.
const DEEPEST: usize = 8;

/// Where TOML files of ours lie, beside the workspace's own folder.
const FOLDERS: [&str; 4] = ["curricula", "texts", "drafts", "progress"];

/// What is told of all files of a workspace by their names alone.
pub fn copies_and_stand_ins(tree: &Tree) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut folders = vec![(String::new(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let Ok(names) = tree.list(&folder) else {
            continue;
        };
        let stems: BTreeSet<&str> = names
            .iter()
            .filter(|(_, kind)| *kind == Kind::File)
            .filter_map(|(name, _)| toml_stem(name))
            .collect();
        for (name, kind) in &names {
            let path = if folder.is_empty() {
                name.clone()
            } else {
                format!("{folder}/{name}")
            };
            match kind {
                Kind::Folder if depth < DEEPEST && (depth > 0 || FOLDERS.contains(&name.as_str())) => {
                    folders.push((path, depth + 1));
                }
                Kind::File => findings.extend(about(tree, &path, name, &stems)),
                _ => {}
            }
        }
    }
    findings
}

fn about(tree: &Tree, path: &str, name: &str, stems: &BTreeSet<&str>) -> Option<Diagnostic> {
    let is_ours = |name: &str| {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        matches!(ending, Some("toml" | "jsonl"))
    };
    let stand_in = placeholder_of(name).filter(|name| is_ours(name));
    if stand_in.is_some()
        || (is_ours(name) && tree.folder().is_some() && disk::is_placeholder(&tree.path(path)))
    {
        let told = format!(
            "{} is not on this computer, only a stand-in: reading it may wait or fail",
            stand_in.unwrap_or(name)
        );
        let help =
            "let the sync tool keep the folder here (\"always keep on this device\", \"download now\")";
        return Some(Diagnostic::warning("U542", Place::file(path), told).helped(help));
    }
    let stem = toml_stem(name).filter(|_| !is_temporary(name))?;
    let copied = copy_of(stem, |other| stems.contains(other))?;
    // A module or case may have such a name of its own: then it says so itself.
    if !copied.is_sure
        && check_slug(stem).is_ok()
        && path.contains('/')
        && !says_id(tree, path, &copied.original)
    {
        return None;
    }
    let folder = path.strip_suffix(name).unwrap_or_default();
    Some(
        Diagnostic::warning(
            "U541",
            Place::file(path),
            format!(
                "a conflict copy of {folder}{}.toml, as {} names it: nothing of it is read",
                copied.original, copied.tool
            ),
        )
        .helped("two people changed it at once: take over what is missing by hand, then remove the copy"),
    )
}

fn toml_stem(name: &str) -> Option<&str> {
    name.strip_suffix(".toml").filter(|stem| !stem.starts_with('.'))
}

/// Whether a file says that its id is this one; a file without an id does not.
fn says_id(tree: &Tree, path: &str, id: &str) -> bool {
    let Ok(Some(bytes)) = tree.read_limited(path, super::reader::MAX_BYTES) else {
        return false;
    };
    let text = String::from_utf8_lossy(&bytes);
    let said = text.lines().find_map(|line| line.trim().strip_prefix("id"));
    let said = said.and_then(|rest| rest.trim_start().strip_prefix('='));
    said.is_some_and(|value| value.trim().trim_matches(['"', '\'']) == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    static TEXTS: [(&str, &str); 5] = [
        ("curricula/s/modules/serve (1).toml", "id = \"serve\""),
        (
            "curricula/s/modules/serve-more.toml",
            "format = 1\nid = \"serve-more\"",
        ),
        ("curricula/s/modules/serve-pc.toml", "format = 1\nid = 'serve'"),
        ("curricula/s/modules/serve.toml", "id = \"serve\""),
        ("people.toml.nextcloud", ""),
    ];

    #[test]
    fn a_module_with_a_name_like_a_copys_is_one_if_it_says_so() {
        let findings = copies_and_stand_ins(&Tree::Embedded(&TEXTS));
        let mut told: Vec<(&str, &str)> = findings
            .iter()
            .map(|finding| (finding.code, finding.place.file.as_str()))
            .collect();
        told.sort_unstable();
        assert_eq!(
            told,
            [
                ("U541", "curricula/s/modules/serve (1).toml"),
                ("U541", "curricula/s/modules/serve-pc.toml"),
                ("U542", "people.toml.nextcloud"),
            ]
        );
    }
}
