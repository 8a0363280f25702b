//! The house kept tidy, and what is written about it kept true: README, CHANGELOG, licences.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::folder::Folder;
use crate::source::{code, files, read, root};

/// Written in two halves, so that this file does not find itself.
/// In code the word is a note when a comment begins with it: drafts of cases say it to their authors.
const UNFINISHED: [&str; 4] = [
    concat!("// TO", "DO"),
    concat!("FIX", "ME"),
    concat!("to", "do!("),
    concat!("unimple", "mented!("),
];

/// Runs the program with nothing from outside: own data folder, fixed width, no terminal.
fn upwards(folder: &Path, home: &Path, words: &[String]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_upwards"));
    for name in [
        "UPWARDS_WORKSPACE",
        "UPWARDS_AS",
        "UPWARDS_NOW",
        "UPWARDS_DEVICE",
        "UPWARDS_SEED",
        "COLUMNS",
    ] {
        command.env_remove(name);
    }
    command
        .args(words)
        .current_dir(folder)
        .env("UPWARDS_HOME", home)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

fn printed(words: &[String]) -> String {
    let home = Folder::new();
    let output = upwards(root(), &home.path("home"), words);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "upwards {words:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

/// A fenced block of a Markdown text.
struct Fence {
    language: String,
    heading: String,
    lines: Vec<String>,
}

fn fences(markdown: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut heading = String::new();
    let mut open: Option<Fence> = None;
    for line in markdown.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                open = Some(Fence {
                    language: language.to_owned(),
                    heading: heading.clone(),
                    lines: Vec::new(),
                });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(fence), None) => fence.lines.push(line.to_owned()),
            (None, None) if line.starts_with('#') => {
                line.trim_start_matches(['#', ' ']).clone_into(&mut heading);
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    found
}

/// The words of a command as a shell takes them: blanks, quotes, a comment behind `#`.
fn shell_words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for c in line.chars() {
        match c {
            '"' => (quoted, begun) = (!quoted, true),
            '#' if !quoted && !begun => break,
            c if c.is_whitespace() && !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            c => {
                word.push(c);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

fn readme() -> String {
    read("README.md")
}

/// The commands of README, each without the word `upwards`.
fn commands() -> Vec<Vec<String>> {
    fences(&readme())
        .iter()
        .filter(|fence| fence.language == "sh" || fence.language == "console")
        .flat_map(|fence| &fence.lines)
        .map(|line| shell_words(line.trim_start_matches("$ ")))
        .filter(|words| words.first().is_some_and(|word| word == "upwards"))
        .map(|words| words[1..].to_vec())
        .collect()
}

#[test]
fn doors_only_hand_out() {
    let mut found = Vec::new();
    for file in files("src", "/mod.rs") {
        let code = code(&file.text);
        let mut rest = String::new();
        let mut left = code.as_str();
        while let Some((before, after)) = left.split_once('#') {
            rest.push_str(before);
            left = after.split_once(']').map_or("", |(_, after)| after);
        }
        rest.push_str(left);
        for item in rest.split(';').map(str::trim).filter(|item| !item.is_empty()) {
            let plain = item.trim_start_matches("pub(crate) ").trim_start_matches("pub ");
            let is_use = plain.starts_with("use ") && item.starts_with("pub");
            let is_module = plain.starts_with("mod ") && !plain.contains('{');
            if !is_module && !is_use {
                found.push(format!("{}: \"{item}\" belongs into a file beside it", file.path));
            }
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn nothing_is_left_unfinished() {
    let mut found = Vec::new();
    for (folder, ending) in [
        ("src", ".rs"),
        ("tests", ".rs"),
        ("benches", ".rs"),
        ("curricula", ".toml"),
    ] {
        for file in files(folder, ending) {
            for (at, line) in file.text.lines().enumerate() {
                let in_text = ending == ".toml" && line.contains(concat!("TO", "DO"));
                if in_text || UNFINISHED.iter().any(|word| line.contains(word)) {
                    found.push(format!("{}:{}: {}", file.path, at + 1, line.trim()));
                }
            }
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn every_file_says_why_it_is_there() {
    let mut found = Vec::new();
    for file in files("src", ".rs")
        .into_iter()
        .chain(files("tests/it", ".rs"))
        .chain(files("benches", ".rs"))
    {
        let has_doc = file.text.starts_with("//!") || file.text.starts_with("#![doc");
        let lines: Vec<&str> = file.text.lines().collect();
        let is_command = file.path.starts_with("src/cli/commands/")
            && lines.iter().enumerate().any(|(at, line)| {
                let derives_args = line.starts_with("#[derive(") && line.contains("Args");
                derives_args && at > 0 && lines[at - 1].starts_with("///")
            });
        if !has_doc && !is_command {
            found.push(format!(
                "{}:1: begin with //! and say why this file exists",
                file.path
            ));
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn readme_begins_with_two_commands() {
    let readme = readme();
    let first = &fences(&readme)[0];
    assert_eq!(
        first.lines,
        ["cargo run --release -- readiness --demo", "cargo test"]
    );
}

#[test]
fn readme_shows_what_the_program_prints() {
    let mut shown = 0;
    for fence in fences(&readme())
        .iter()
        .filter(|fence| fence.language == "console")
    {
        let command = fence.lines[0]
            .strip_prefix("$ upwards ")
            .expect("a console block begins with a command");
        let words = shell_words(command);
        assert!(
            words.iter().any(|word| word == "--demo"),
            "{command}: only the example has a fixed date"
        );
        let wanted = printed(&words);
        assert_eq!(
            fence.lines[1..].join("\n"),
            wanted.trim_end_matches('\n'),
            "\n$ upwards {command}\n{wanted}"
        );
        for line in wanted.lines() {
            assert!(line.chars().count() <= 80 && !line.contains('\u{1b}'), "{line}");
        }
        shown += 1;
    }
    assert!(shown > 0);
}

/// Every command and every flag that README names stands in the help of that command.
#[test]
fn readmes_commands_are_in_the_help() {
    let all = printed(&["help".to_owned()]);
    for words in commands() {
        let mut help: Vec<String> = Vec::new();
        let name = words
            .iter()
            .find(|word| !word.starts_with('-'))
            .cloned()
            .unwrap_or_default();
        if name == "help" {
            printed(&words);
            continue;
        }
        if !name.is_empty() && !words[0].starts_with('-') {
            assert!(
                all.contains(&format!("\n  {name} ")),
                "upwards help does not know {name}"
            );
            help.push(name);
        }
        let has_more = |help: &[String]| {
            let mut asked = help.to_vec();
            asked.push("--help".to_owned());
            printed(&asked)
        };
        let mut text = if help.is_empty() {
            has_more(&["next".to_owned()])
        } else {
            has_more(&help)
        };
        let part = words.get(1).filter(|part| text.contains(&format!("\n  {part} ")));
        if let Some(part) = part
            && text.contains("<COMMAND>")
        {
            help.push(part.clone());
            text = has_more(&help);
        }
        for word in &words {
            let flag = word.split('=').next().unwrap_or(word);
            let known = |flag: &str| {
                text.split([' ', '\n', ','])
                    .any(|w| w.trim_end_matches("...") == flag)
            };
            assert!(
                !flag.starts_with('-') || flag == "-" || known(flag),
                "upwards {words:?}: no {flag}"
            );
        }
    }
}

/// The commands under three headings run one after another, in a new folder, without a terminal; a table is the file
/// `people.csv`.
#[test]
fn readmes_first_minutes_run_as_written() {
    let place = Folder::new();
    let mut folder = place.path("");
    for fence in fences(&readme()) {
        let is_run = ["A leader", "An author", "A mentor"]
            .iter()
            .any(|h| fence.heading.starts_with(h));
        if fence.language == "csv" {
            std::fs::write(folder.join("people.csv"), fence.lines.join("\n") + "\n").unwrap();
        }
        if fence.language != "sh" || !is_run {
            continue;
        }
        for line in &fence.lines {
            let words = shell_words(line);
            match words.first().map(String::as_str) {
                Some("cd") => folder = folder.join(&words[1]),
                Some("upwards") => {
                    let output = upwards(&folder, &place.path("home"), &words[1..]);
                    let told = String::from_utf8_lossy(&output.stderr);
                    assert_eq!(output.status.code(), Some(0), "{line}\n{told}");
                }
                None => {}
                Some(_) => panic!("README: {line}: only upwards and cd are run"),
            }
        }
    }
    assert!(
        folder.join("upwards.toml").is_file(),
        "the leader's commands make a workspace"
    );
}

/// Files of README that begin with their path make a workspace without a finding; other TOML is part of what is shipped.
#[test]
fn readmes_files_are_sound() {
    let place = Folder::new();
    let shipped = files("curricula", ".toml");
    for fence in fences(&readme()).iter().filter(|fence| fence.language == "toml") {
        let text = fence.lines.join("\n") + "\n";
        if let Some(path) = fence.lines[0].strip_prefix("# ") {
            place.put(path, text);
        } else {
            let is_shipped = shipped.iter().any(|file| file.text.contains(&text));
            assert!(is_shipped, "not in curricula/:\n{text}");
        }
    }
    let words = ["check", "--strict"].map(str::to_owned);
    let output = upwards(&place.path("halden"), &place.path("home"), &words);
    let told = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert_eq!((told.as_ref(), output.status.code()), ("", Some(0)));
}

#[test]
fn changes_are_written_down() {
    let changelog = read("CHANGELOG.md");
    let (_, below) = changelog
        .split_once("\n## [Unreleased]\n")
        .expect("CHANGELOG.md has a section [Unreleased]");
    assert!(below.contains("\n- "), "CHANGELOG.md: nothing under [Unreleased]");
}

#[test]
fn licences_are_there() {
    let manifest = read("Cargo.toml");
    assert!(manifest.contains("license = \"MIT OR Apache-2.0\""));
    for (file, says) in [
        ("LICENSE", "MIT OR Apache-2.0"),
        ("LICENSE-MIT", "Permission is hereby granted, free of charge"),
        ("LICENSE-APACHE", "Version 2.0, January 2004"),
    ] {
        assert!(read(file).contains(says), "{file}");
        assert!(
            manifest.contains(&format!("\"/{file}\"")),
            "Cargo.toml: include lacks /{file}"
        );
    }
}
