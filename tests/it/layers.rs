//! The three tables of `src/ARCHITECTURE.md` against the code: what may import what, who may name private things,
//! where each crate lives.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{code, files, is_word, read, shipped, table, words};

const PAGE: &str = "src/ARCHITECTURE.md";

/// What leaders must not see, and what executives must not see (`team`).
const PRIVATE: [&str; 4] = ["journal", "vault", "own", "team"];

/// Whatever the table says: these never name a private thing, because what they make is read by others.
const BLIND: [&str; 12] = [
    "base",
    "model",
    "disk",
    "table",
    "embedded",
    "log",
    "store",
    "progress",
    "readiness",
    "report",
    "render",
    "interop",
];

/// One name that code takes from somewhere.
#[derive(Debug, PartialEq)]
struct Name {
    line: usize,
    text: String,
}

fn is_at(chars: &[char], at: usize, word: &str) -> bool {
    word.chars()
        .enumerate()
        .all(|(i, c)| chars.get(at + i) == Some(&c))
        && (at == 0 || !is_word(chars[at - 1]))
        && !chars.get(at + word.len()).is_some_and(|c| is_word(*c))
}

fn line_of(chars: &[char], at: usize) -> usize {
    1 + chars[..at].iter().filter(|c| **c == '\n').count()
}

fn after_blanks(chars: &[char], at: usize) -> usize {
    (at..chars.len())
        .find(|i| !chars[*i].is_whitespace())
        .unwrap_or(chars.len())
}

fn word_at(chars: &[char], at: usize) -> String {
    chars[at..].iter().take_while(|c| is_word(**c)).collect()
}

/// The first names behind a root (`crate`, `std`): also of each member of a group in braces.
fn behind(code: &str, root: &str) -> Vec<Name> {
    let chars: Vec<char> = code.chars().collect();
    let mut names = Vec::new();
    for at in 0..chars.len() {
        if !is_at(&chars, at, root) {
            continue;
        }
        let colons = after_blanks(&chars, at + root.len());
        if chars.get(colons) != Some(&':') || chars.get(colons + 1) != Some(&':') {
            continue;
        }
        let mut next = after_blanks(&chars, colons + 2);
        if chars.get(next) != Some(&'{') {
            let text = word_at(&chars, next);
            names.push(Name {
                line: line_of(&chars, next.min(chars.len() - 1)),
                text,
            });
            continue;
        }
        let (mut depth, mut is_first) = (0, true);
        while next < chars.len() {
            match chars[next] {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => is_first = true,
                c if depth == 1 && is_first && is_word(c) => {
                    names.push(Name {
                        line: line_of(&chars, next),
                        text: word_at(&chars, next),
                    });
                    is_first = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
            next += 1;
        }
    }
    names
}

/// The lines on which a crate is named: as the start of a path, or alone behind `use`.
fn lines_naming(code: &str, name: &str) -> Vec<usize> {
    let chars: Vec<char> = code.chars().collect();
    (0..chars.len())
        .filter(|at| is_at(&chars, *at, name))
        .filter(|at| {
            let before: String = chars[..*at].iter().collect();
            let before = before.trim_end();
            let end = after_blanks(&chars, at + name.len());
            let starts_path = chars.get(end) == Some(&':') && chars.get(end + 1) == Some(&':');
            let follows_path = before.ends_with("::") || before.ends_with('.');
            !follows_path && (starts_path || (before.ends_with("use") && chars.get(end) == Some(&';')))
        })
        .map(|at| line_of(&chars, at))
        .collect()
}

/// The module a file belongs to.
fn owner(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
}

/// Whether a path lies at or below one of the places, which are written from `src/`.
fn is_in(path: &str, places: &[&str]) -> bool {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    places.iter().any(|place| {
        inside == *place || inside == format!("{place}.rs") || inside.starts_with(&format!("{place}/"))
    })
}

/// The three tables.
struct Law {
    layers: BTreeMap<String, Vec<String>>,
    private: BTreeMap<String, Vec<String>>,
    crates: BTreeMap<String, Vec<String>>,
}

impl Law {
    fn read(page: &str) -> Self {
        let by_first = |heading: &str| -> BTreeMap<String, Vec<String>> {
            let mut rows = BTreeMap::new();
            for row in table(page, heading) {
                let cell = row.get(1).map_or("", String::as_str);
                for name in words(&row[0]) {
                    let listed = words(cell).into_iter().map(str::to_owned).collect();
                    let twice = rows.insert(name.to_owned(), listed);
                    assert!(
                        twice.is_none(),
                        "{PAGE}: \"{name}\" has two rows under \"{heading}\""
                    );
                }
            }
            rows
        };
        Self {
            layers: by_first("### What may import what"),
            private: by_first("### Who may name private things"),
            crates: by_first("### Which crate lives where"),
        }
    }

    /// Everything in one file that the tables forbid, as `file:line: what, and what to do`.
    fn violations(&self, path: &str, text: &str) -> Vec<String> {
        let code = shipped(&code(text));
        let mut found = Vec::new();
        let mut tell = |line: usize, what: String| found.push(format!("{path}:{line}: {what}"));
        let owner = owner(path);
        if owner != "main" && owner != "lib" {
            self.imports(path, owner, &code, &mut tell);
        }
        self.places(path, &code, &mut tell);
        found
    }

    fn imports(&self, path: &str, owner: &str, code: &str, tell: &mut impl FnMut(usize, String)) {
        let Some(allowed) = self.layers.get(owner) else {
            tell(1, format!("module {owner} has no row in {PAGE}: give it one"));
            return;
        };
        for name in behind(code, "crate") {
            let used = name.text.as_str();
            if used == owner {
                continue;
            }
            if !self.layers.contains_key(used) {
                tell(
                    name.line,
                    format!("crate::{used} is no module of the table in {PAGE}: name the module in full"),
                );
            } else if owner != "cli" && !allowed.iter().any(|a| a == used) {
                let list = if allowed.is_empty() {
                    "nothing of ours".to_owned()
                } else {
                    allowed.join(", ")
                };
                tell(
                    name.line,
                    format!(
                        "{owner} may not use {used}, only {list}; hand the value in from above, or move this \
                         code to a layer that may ({PAGE})"
                    ),
                );
            }
            if owner == "cli" && PRIVATE.contains(&used) {
                let inside = path.strip_prefix("src/").unwrap_or(path);
                let may = self.private.get(inside);
                if !may.is_some_and(|may| may.iter().any(|m| m == used)) {
                    tell(
                        name.line,
                        format!(
                            "this file may not name {used}: private things are only for the files listed in \
                             {PAGE}; ask one of them for a value that is not private"
                        ),
                    );
                }
            }
        }
        let opaque: [(&str, &str); 3] = [
            ("super::super", "name the module from crate:: instead"),
            ("upwards::", "write crate:: instead of the crate's own name"),
            ("use crate::*", "name what is used"),
        ];
        let is_door = path == format!("src/{owner}.rs") || path == format!("src/{owner}/mod.rs");
        for (at, line) in code.lines().enumerate() {
            for (word, instead) in opaque {
                if line.contains(word) {
                    tell(at + 1, format!("{word} hides what is used: {instead}"));
                }
            }
            let is_public = line.trim_start().starts_with("pub use crate::");
            if is_public && !line.contains(&format!("crate::{owner}::")) {
                tell(
                    at + 1,
                    "no layer hands on another one's names: import it where it is needed".to_owned(),
                );
            }
            if is_door && line.trim_start().starts_with("use super::") {
                tell(at + 1, "super:: leaves this module: write crate::".to_owned());
            }
        }
    }

    fn places(&self, path: &str, code: &str, tell: &mut impl FnMut(usize, String)) {
        for (name, places) in &self.crates {
            let places: Vec<&str> = places.iter().map(String::as_str).collect();
            if is_in(path, &places) {
                continue;
            }
            let lines = match name.strip_prefix("std::") {
                Some(part) => behind(code, "std")
                    .into_iter()
                    .filter(|n| n.text == part)
                    .map(|n| n.line)
                    .collect(),
                // A folder may have a file of that name: there the plain name is the file's.
                None if has_sibling(path, name) => Vec::new(),
                None => lines_naming(code, name),
            };
            for line in lines {
                tell(
                    line,
                    format!(
                        "{name} belongs into {} ({PAGE}): call what is there",
                        places.join(", ")
                    ),
                );
            }
        }
    }
}

fn has_sibling(path: &str, name: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(folder, _)| {
        crate::source::root()
            .join(folder)
            .join(format!("{name}.rs"))
            .is_file()
    })
}

fn law() -> Law {
    Law::read(&read(PAGE))
}

fn modules() -> BTreeSet<String> {
    files("src", ".rs")
        .iter()
        .map(|file| owner(&file.path).to_owned())
        .filter(|module| module != "main" && module != "lib")
        .collect()
}

#[test]
fn no_file_breaks_a_table() {
    let law = law();
    let found: Vec<String> = files("src", ".rs")
        .iter()
        .flat_map(|file| law.violations(&file.path, &file.text))
        .collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn every_module_has_a_row_and_every_row_a_module() {
    let rows: BTreeSet<String> = law().layers.into_keys().collect();
    assert_eq!(rows, modules());
}

#[test]
fn every_layer_lies_above_what_it_uses() {
    let mut left = law().layers;
    left.remove("cli");
    let names: BTreeSet<String> = left.keys().cloned().collect();
    for (module, uses) in &left {
        for used in uses {
            assert!(
                names.contains(used),
                "{PAGE}: {module} uses {used}, which is no module below cli"
            );
        }
    }
    while !left.is_empty() {
        let ready: Vec<String> = left
            .iter()
            .filter(|(_, uses)| uses.iter().all(|used| !left.contains_key(used)))
            .map(|(module, _)| module.clone())
            .collect();
        assert!(!ready.is_empty(), "{PAGE}: a ring among {:?}", left.keys());
        left.retain(|module, _| !ready.contains(module));
    }
}

#[test]
fn what_others_read_is_made_without_private_things() {
    let law = law();
    for module in BLIND {
        for private in PRIVATE {
            assert!(
                !law.layers[module].iter().any(|used| used == private),
                "{PAGE}: {module} must never use {private}"
            );
        }
    }
}

#[test]
fn the_list_of_private_files_is_no_longer_than_needed() {
    for (inside, listed) in law().private {
        let path = format!("src/{inside}");
        assert!(path.starts_with("src/cli/"), "{PAGE}: {inside} is not in cli");
        let names = behind(&shipped(&code(&read(&path))), "crate");
        for private in listed {
            assert!(
                names.iter().any(|name| name.text == private),
                "{PAGE}: {inside} does not name {private} any more: take it out of the table"
            );
        }
    }
}

#[test]
fn every_crate_has_a_row_and_a_reason() {
    let page = read(PAGE);
    let manifest = read("Cargo.toml");
    let section = |name: &str| -> BTreeSet<String> {
        manifest
            .split_once(&format!("\n[{name}]\n"))
            .map_or("", |(_, rest)| rest.split("\n[").next().unwrap_or(""))
            .lines()
            .filter_map(|line| line.split_once(" = ").map(|(name, _)| name.to_owned()))
            .collect()
    };
    let dependencies = section("dependencies");
    let rows: BTreeSet<String> = law()
        .crates
        .into_keys()
        .filter(|name| !name.starts_with("std::"))
        .collect();
    let wanted: BTreeSet<String> = dependencies.iter().map(|name| name.replace('-', "_")).collect();
    assert_eq!(rows, wanted, "{PAGE}: which crate lives where");
    for (heading, wanted) in [
        ("### Crates", dependencies),
        (
            "### Crates of the tests",
            &section("dev-dependencies") | &section("target.'cfg(unix)'.dev-dependencies"),
        ),
    ] {
        let rows: BTreeSet<String> = table(&page, heading)
            .iter()
            .flat_map(|row| words(&row[0]).into_iter().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        assert_eq!(rows, wanted, "{PAGE}: {heading}");
    }
}

mod planted {
    //! The rules, broken on purpose: a rule that nothing can break guards nothing.

    use super::*;

    fn told(path: &str, text: &str) -> String {
        law().violations(path, text).join("\n")
    }

    #[test]
    fn an_import_upwards() {
        let text = "//! x\nuse crate::table::Report;\nuse crate::store::read_person;\n";
        let told = told("src/report/planted.rs", text);
        assert!(
            told.starts_with("src/report/planted.rs:3: report may not use store, only "),
            "{told}"
        );
        assert!(!told.contains('\n'), "{told}");
    }

    #[test]
    fn in_braces_and_in_the_middle_of_code() {
        let group = told(
            "src/render/planted.rs",
            "use crate::{base::id::PersonId,\n  vault};\n",
        );
        assert!(
            group.starts_with("src/render/planted.rs:2: render may not use vault"),
            "{group}"
        );
        let inline = told(
            "src/progress/planted.rs",
            "fn x() -> crate::readiness::Limit { y() }\n",
        );
        assert!(inline.contains(":1: progress may not use readiness"), "{inline}");
    }

    #[test]
    fn a_leaders_command_that_names_private_things() {
        for private in PRIVATE {
            let told = told(
                "src/cli/commands/readiness.rs",
                &format!("use crate::{private};\n"),
            );
            assert!(told.contains(&format!("may not name {private}")), "{told}");
        }
        assert_eq!(told("src/cli/commands/progress_own.rs", "use crate::own;\n"), "");
    }

    #[test]
    fn a_crate_in_the_wrong_place() {
        for (path, text, name) in [
            (
                "src/report/planted.rs",
                "let x = serde_json::to_string(&y);",
                "serde_json",
            ),
            ("src/session/planted.rs", "use console::Term;", "console"),
            ("src/cli/planted.rs", "use comfy_table::Table;", "comfy_table"),
            (
                "src/files/planted.rs",
                "use std::{collections::BTreeMap, fs};",
                "std::fs",
            ),
            ("src/files/planted.rs", "#[derive(clap::Args)]", "clap"),
            (
                "src/readiness/planted.rs",
                "let now = std::time::Instant::now();",
                "std::time",
            ),
            ("src/session/planted.rs", "std::env::var(\"HOME\")", "std::env"),
        ] {
            let told = told(path, text);
            assert!(
                told.contains(&format!("{name} belongs into")),
                "{path}: {text}: {told}"
            );
        }
    }

    #[test]
    fn what_cannot_be_seen_through() {
        for (path, text) in [
            ("src/check/planted.rs", "use super::super::vault;"),
            ("src/own.rs", "use super::vault;"),
            ("src/report/mod.rs", "pub use crate::model::case::Case;"),
            ("src/report/planted.rs", "use upwards::vault;"),
            ("src/planted.rs", "fn main() {}"),
        ] {
            assert_ne!(told(path, text), "", "{path}: {text}");
        }
    }

    #[test]
    fn comments_texts_and_tests_are_free() {
        let text = "// crate::vault\nlet x = \"crate::vault std::fs::\";\n#[cfg(test)]\nmod tests { use crate::vault; }\n";
        assert_eq!(told("src/report/planted.rs", text), "");
    }
}
