//! Fixed texts of screens: one table of them, `src/texts/en.toml`, equal to the calls in the source; translations have
//! its keys and its places and no others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use upwards::base::texts::has_places_of;

/// Writes the table anew instead of comparing it.
const RENEW: &str = "UPWARDS_RENEW_TEXTS";

/// One call of `t!` or `t_n!`.
#[derive(Debug)]
struct Call {
    place: String,
    key: String,
    text: String,
    names: BTreeSet<String>,
}

#[test]
fn the_table_holds_every_text_of_the_source() {
    let mut table: BTreeMap<String, String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for call in calls() {
        let places = places(&call.text);
        if places != call.names {
            wrong.push(format!(
                "{}: {} has the places {places:?} and gets {:?}",
                call.place, call.key, call.names
            ));
        }
        if let Some(other) = table.insert(call.key.clone(), call.text.clone())
            && other != call.text
        {
            wrong.push(format!("{}: {} has two texts", call.place, call.key));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(table.len() > 200, "only {} calls were found", table.len());
    let mut wanted = "# All fixed texts of screens, in English, by their keys. To translate them, copy this file to <language>.toml, name\n\
                      # the language, and write the texts in it; places in braces stay as they are. A text left out stays English.\n\
                      # A test keeps this file equal to the program: it is not the place to change a text.\n\
                      format = 1\nlanguage = \"en\"\n\n[texts]\n"
        .to_owned();
    for (key, text) in &table {
        wanted.push_str(&format!("{} = {}\n", quoted(key), quoted(text)));
    }
    let file = root().join("src/texts/en.toml");
    if std::env::var_os(RENEW).is_some() {
        std::fs::write(&file, &wanted).expect("the table can be written");
    }
    let there = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        there == wanted,
        "src/texts/en.toml is not what the source says: {RENEW}=1 cargo test --test it texts writes it anew"
    );
}

#[test]
fn a_shipped_translation_has_the_keys_and_places_of_the_table() {
    let english = table("en.toml");
    let mut seen = 0;
    for entry in std::fs::read_dir(root().join("src/texts")).expect("a folder") {
        let name = entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned();
        for (key, text) in table(&name) {
            let original = english
                .get(&key)
                .unwrap_or_else(|| panic!("{name}: there is no text {key}"));
            assert!(has_places_of(&key, original, &text), "{name}: {key}");
            seen += 1;
        }
    }
    assert!(seen >= english.len());
}

/// Keys and texts of a table.
fn table(name: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join("src/texts").join(name)).expect("a table");
    let table: toml::Table = text.parse().expect("TOML");
    let texts = table["texts"].as_table().expect("texts");
    let text = |value: &toml::Value| value.as_str().expect("a text").to_owned();
    texts
        .iter()
        .map(|(key, value)| (key.clone(), text(value)))
        .collect()
}

/// Names in braces.
fn places(text: &str) -> BTreeSet<String> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn calls() -> Vec<Call> {
    let mut calls = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("base/texts.rs") {
                of_file(&path, &mut calls);
            }
        }
    }
    calls
}

fn of_file(path: &Path, calls: &mut Vec<Call>) {
    let source = std::fs::read_to_string(path).expect("a source file");
    // Tests print nothing for people.
    let source = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    for (name, several) in [("t!(", false), ("t_n!(", true)] {
        for (at, _) in source.match_indices(name) {
            let before = source[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let line = source[..at].matches('\n').count() + 1;
            let place = format!("{}:{line}", path.display());
            let arguments = arguments(&source[at + name.len()..]);
            let literal = |at: usize| -> String {
                let text = arguments
                    .get(at)
                    .unwrap_or_else(|| panic!("{place}: too few arguments"));
                unquoted(text).unwrap_or_else(|| panic!("{place}: {text} is no plain text"))
            };
            let named = |from: usize| -> BTreeSet<String> {
                let pairs = arguments.iter().skip(from).filter_map(|a| a.split_once('='));
                pairs.map(|(name, _)| name.trim().to_owned()).collect()
            };
            if several {
                let mut names = named(4);
                names.insert("n".to_owned());
                for (end, at) in [("one", 2), ("other", 3)] {
                    let text = literal(at);
                    // One may be said in a word.
                    let mut names = names.clone();
                    if !text.contains("{n}") {
                        names.remove("n");
                    }
                    calls.push(Call {
                        place: place.clone(),
                        key: format!("{}.{end}", literal(0)),
                        text,
                        names,
                    });
                }
            } else {
                calls.push(Call {
                    key: literal(0),
                    text: literal(1),
                    names: named(2),
                    place,
                });
            }
        }
    }
}

/// The arguments of a call, up to its closing bracket.
fn arguments(source: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let (mut depth, mut in_text, mut escaped) = (0, false, false);
    for c in source.chars() {
        let last = arguments.last_mut().expect("there is one");
        if in_text {
            last.push(c);
            in_text = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            ')' | ']' | '}' if depth == 0 => break,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '"' => in_text = true,
            ',' if depth == 0 => {
                arguments.push(String::new());
                continue;
            }
            _ => {}
        }
        last.push(c);
    }
    arguments
        .into_iter()
        .map(|a| a.trim().to_owned())
        .filter(|a| !a.is_empty())
        .collect()
}

/// A plain literal as the text it stands for.
fn unquoted(literal: &str) -> Option<String> {
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut rest = inner.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match rest.next()? {
            'n' => text.push('\n'),
            c @ ('"' | '\\') => text.push(c),
            _ => return None,
        }
    }
    Some(text)
}
