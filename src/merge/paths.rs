//! Which paths are part of a workspace; nothing else is exchanged.

use crate::base::id::{PersonId, check_slug};

/// Largest log that is taken, in bytes: some 70,000 events by one device about one person.
const MOST_BYTES_OF_LOG: u64 = 16 * 1024 * 1024;

/// Largest other file, in bytes: what the program reads of a file that people write.
const MOST_BYTES_OF_TEXT: u64 = 4 * 1024 * 1024;

/// Longest name of a log: what every file system takes.
const LONGEST_NAME: usize = 200;

/// What a path in a workspace is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A log about a person: lines, united by what they say.
    Log(PersonId),
    /// What leaders note among themselves: lines as well.
    TeamLog,
    /// `people.toml`: merged person by person and key by key.
    People,
    /// `erased.toml`: united.
    Erased,
    /// Another TOML file; with the id that has to stand in it, where its name is one.
    Toml(Option<String>),
    /// First tries that somebody gave: written once, replaced whole.
    Items,
    /// A text for people, or for git.
    Text,
}

impl Part {
    /// The most bytes that a file of this kind may have.
    pub fn most_bytes(&self) -> u64 {
        match self {
            Part::Log(_) | Part::TeamLog | Part::Items => MOST_BYTES_OF_LOG,
            Part::People | Part::Erased | Part::Toml(_) | Part::Text => MOST_BYTES_OF_TEXT,
        }
    }
}

/// What a path is, its parts joined with `/`. `Err` says why it is no part of a workspace.
pub fn part_of(path: &str) -> Result<Part, &'static str> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        ["people.toml"] => Ok(Part::People),
        ["erased.toml"] => Ok(Part::Erased),
        ["upwards.toml" | "people.import.toml"] => Ok(Part::Toml(None)),
        [".gitattributes" | ".gitignore" | "RIGHTS.txt"] => Ok(Part::Text),
        ["launch", name] => named(name, ".md").map(|_| Part::Text),
        ["texts" | "drafts", name] => named(name, ".toml").map(|_| Part::Toml(None)),
        ["progress", person, name] => log(name).and(slug(person)).map(Part::Log),
        ["team", name] => log(name).map(|()| Part::TeamLog),
        ["items", name] => named(name, ".jsonl").map(|_| Part::Items),
        ["curricula", id, ref inside @ ..] => slug(id).and_then(|_| in_curriculum(id, inside)),
        _ => Err("no part of a workspace"),
    }
}

fn in_curriculum(id: &str, inside: &[&str]) -> Result<Part, &'static str> {
    match *inside {
        ["curriculum.toml"] => Ok(Part::Toml(Some(id.to_owned()))),
        ["modules" | "cases", name] => Ok(Part::Toml(Some(named(name, ".toml")?.to_owned()))),
        ["translations", language, "curriculum.toml"] => slug(language).map(|_| Part::Toml(None)),
        ["translations", language, "modules" | "cases", name] => {
            slug(language).and(named(name, ".toml")).map(|_| Part::Toml(None))
        }
        _ => Err("no part of a curriculum"),
    }
}

/// The name before its ending, where it is an id.
fn named<'n>(name: &'n str, ending: &str) -> Result<&'n str, &'static str> {
    let stem = name.strip_suffix(ending).ok_or("no part of a workspace")?;
    check_slug(stem).map_err(|_| "its name is no id (a-z, 0-9, -)")?;
    Ok(stem)
}

fn slug(text: &str) -> Result<PersonId, &'static str> {
    text.parse()
        .map_err(|_| "its folder's name is no id (a-z, 0-9, -)")
}

/// A log may have any name that every system can write: a copy that a sync tool made is a log, too.
fn log(name: &str) -> Result<(), &'static str> {
    let odd = |c: char| c.is_control() || "<>:\"|?*\\".contains(c);
    if name.strip_suffix(".jsonl").is_none() {
        Err("no log")
    } else if name.len() > LONGEST_NAME || name.starts_with(['-', '.', ' ']) || name.contains(odd) {
        Err("its name cannot be written everywhere")
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_workspace_has_is_known_and_nothing_else() {
        let known = [
            ("upwards.toml", Part::Toml(None)),
            ("people.toml", Part::People),
            ("erased.toml", Part::Erased),
            (".gitattributes", Part::Text),
            ("launch/charter.md", Part::Text),
            ("texts/de.toml", Part::Toml(None)),
            ("drafts/klm.toml", Part::Toml(None)),
            (
                "progress/ana/ana-laptop-7k2p.jsonl",
                Part::Log("ana".parse().unwrap()),
            ),
            (
                "progress/ana/ana-laptop-7k2p (1).jsonl",
                Part::Log("ana".parse().unwrap()),
            ),
            ("team/maya-pc-4c0w.jsonl", Part::TeamLog),
            ("items/abc123.jsonl", Part::Items),
            (
                "curricula/efficiency/curriculum.toml",
                Part::Toml(Some("efficiency".to_owned())),
            ),
            (
                "curricula/efficiency/modules/serve.toml",
                Part::Toml(Some("serve".to_owned())),
            ),
            (
                "curricula/efficiency/translations/de/cases/klm.toml",
                Part::Toml(None),
            ),
        ];
        for (path, part) in known {
            assert_eq!(part_of(path), Ok(part), "{path}");
        }
        let refused = [
            "",
            "/",
            "notes.txt",
            "../people.toml",
            "progress/../people.toml",
            "progress/ana",
            "progress/Ana/x.jsonl",
            "progress/ana/-rf.jsonl",
            "progress/ana/x.toml",
            "progress/ana/x\n.jsonl",
            "progress/ana/a/b.jsonl",
            "progress/con/x.jsonl",
            "progress/ana/a:b.jsonl",
            "private/ana/x.jsonl",
            ".git/config",
            ".gitmodules",
            "curricula/efficiency/.gitattributes",
            "curricula/efficiency/modules/-rf.toml",
            "curricula/e/modules/../x.toml",
            "launch/x.sh",
            "people.toml/x",
            "PEOPLE.TOML",
            "progress/ana/.hidden.jsonl",
        ];
        for path in refused {
            assert!(part_of(path).is_err(), "{path:?}");
        }
    }
}
