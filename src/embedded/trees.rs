//! The texts as trees. Nothing is parsed here: a command reads what it needs, when it needs it.

use super::list;
use crate::disk::Tree;

/// The shipped curricula under the paths they would have in a workspace: `curricula/<id>/curriculum.toml`.
pub fn curricula() -> Tree {
    Tree::Embedded(list::CURRICULA)
}

/// The fixed texts of screens, `texts/<language>.toml`: English, and what is translated.
pub fn texts() -> Tree {
    Tree::Embedded(list::TEXTS)
}

/// The example workspace of `--demo`.
pub fn demo() -> Tree {
    Tree::Embedded(list::DEMO)
}

/// The private folder that belongs to the example workspace: `<person>/<device>.jsonl`.
pub fn demo_private() -> Tree {
    Tree::Embedded(list::DEMO_PRIVATE)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Write as _;
    use std::path::Path;

    use super::list::{CURRICULA, DEMO, DEMO_PRIVATE, TEXTS, Text};
    use super::*;
    use crate::disk::Kind;

    /// Lists a folder of the repository: paths from it, sorted by bytes as the lists must be.
    fn files_below(folder: &Path, inside: &str, found: &mut BTreeSet<String>) {
        let tree = Tree::Folder(folder.to_owned());
        let Ok(names) = tree.list(inside) else { return };
        for (name, kind) in names {
            let path = if inside.is_empty() {
                name
            } else {
                format!("{inside}/{name}")
            };
            match kind {
                Kind::Folder => files_below(folder, &path, found),
                _ => drop(found.insert(path)),
            }
        }
    }

    /// Compares a list with its folder; where they differ the message is what to paste.
    fn compare(
        list: &[Text],
        folder: &str,
        under: &str,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Result<(), String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut paths = BTreeSet::new();
        files_below(&root, "", &mut paths);
        paths.retain(|path| is_wanted(path));
        let listed: Vec<&str> = list.iter().map(|(path, _)| *path).collect();
        let wanted: Vec<String> = paths.iter().map(|path| format!("{under}{path}")).collect();
        if listed == wanted {
            return Ok(());
        }
        let mut lines = format!("src/embedded/list.rs differs from {folder}; paste:\n");
        for path in &paths {
            // Writing into a String cannot fail.
            let _ = writeln!(
                lines,
                "    (\"{under}{path}\", include_str!(\"../../{folder}/{path}\")),"
            );
        }
        Err(lines)
    }

    fn is_toml(path: &str) -> bool {
        Path::new(path).extension().is_some_and(|ending| ending == "toml")
    }

    #[test]
    fn the_lists_are_the_folders() {
        let curricula = compare(CURRICULA, "curricula", "curricula/", is_toml);
        let demo = compare(DEMO, "src/embedded/demo", "", |path| {
            !path.starts_with("private/")
        });
        let texts = compare(TEXTS, "src/texts", "texts/", is_toml);
        let private = compare(DEMO_PRIVATE, "src/embedded/demo_private", "", |_| true);
        let wrong: Vec<String> = [curricula, demo, private, texts]
            .into_iter()
            .filter_map(Result::err)
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
