//! A pack: a whole curriculum, or single cases, as one text file that anybody can read, mail and keep. One line for each
//! text, sorted by path, each with its checksum; the same texts are the same bytes. Nothing to unzip, nothing to traverse.

use serde::Deserialize;
use serde_json::{Value, json};

use super::form::{Damage, MOST_BYTES, TextFile, sha256};
use super::rules::is_text_of_copy;
use crate::base::id::check_slug;

/// Version of the form that this program writes and reads.
const FORMAT: u64 = 1;

/// Texts in a pack at most: a curriculum of a thousand cases is far below.
const MOST_FILES: usize = 10_000;

/// Texts that travel together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// What they are.
    pub of: PackOf,
    /// The texts, by the paths they have in a workspace, sorted.
    pub files: Vec<TextFile>,
}

/// What a pack holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackOf {
    /// A whole curriculum.
    Curriculum {
        /// Its id.
        id: String,
        /// Its revision.
        rev: u32,
    },
    /// Cases, each under the curriculum it was written for.
    Cases,
}

impl PackOf {
    /// Whether a text may be in such a pack.
    fn may_hold(&self, path: &str) -> bool {
        let is_inside = match self {
            Self::Curriculum { id, .. } => path.starts_with(&format!("curricula/{id}/")),
            Self::Cases => case_of(path).is_some(),
        };
        is_inside && is_text_of_copy(path)
    }

    /// What one of its texts is called.
    fn words(&self) -> String {
        match self {
            Self::Curriculum { id, .. } => format!("text of the curriculum {id}"),
            Self::Cases => "case".to_owned(),
        }
    }
}

/// The curriculum and the name of a case, by its path in a workspace; `None` if it is no path of a case.
pub fn case_of(path: &str) -> Option<(&str, &str)> {
    let mut parts = path.strip_suffix(".toml")?.split('/');
    match (
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
    ) {
        (Some("curricula"), Some(curriculum), Some("cases"), Some(name), None) => Some((curriculum, name)),
        _ => None,
    }
}

#[derive(Deserialize)]
struct WireHead {
    format: u64,
    pack: String,
    id: Option<String>,
    rev: Option<u32>,
    files: usize,
}

#[derive(Deserialize)]
struct WireFile {
    path: String,
    sha256: String,
    text: String,
}

/// Whether a text begins as a pack does, damaged or not.
pub fn is_pack(text: &str) -> bool {
    let first = text
        .trim_start_matches('\u{feff}')
        .lines()
        .next()
        .unwrap_or_default();
    serde_json::from_str::<Value>(first).is_ok_and(|head| head.get("pack").is_some())
}

/// The text of a pack.
pub fn write_pack(pack: &Pack) -> String {
    let mut files: Vec<&TextFile> = pack.files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let what = match &pack.of {
        PackOf::Curriculum { id, rev } => format!("\"curriculum\",\"id\":{},\"rev\":{rev}", json!(id)),
        PackOf::Cases => "\"cases\"".to_owned(),
    };
    let mut out = format!(
        "{{\"format\":{FORMAT},\"pack\":{what},\"files\":{}}}\n",
        files.len()
    );
    for file in files {
        out.push_str(&format!(
            "{{\"path\":{},\"sha256\":\"{}\",\"text\":{}}}\n",
            json!(file.path),
            sha256(file.text.as_bytes()),
            json!(file.text)
        ));
    }
    out
}

/// Reads a pack whole, or says why nothing of it is taken: a wrong sum or count, a path that leads out of the curriculum or
/// stands there twice.
pub fn read_pack(text: &str) -> Result<Pack, Damage> {
    if text.len() > MOST_BYTES {
        return Err(Damage::TooLarge);
    }
    let damaged = |why: String| Damage::Damaged(why);
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let value: Value =
        serde_json::from_str(first).map_err(|_| damaged("its first line cannot be read".to_owned()))?;
    if let Some(format) = value.get("format").and_then(Value::as_u64)
        && format > FORMAT
    {
        return Err(Damage::Newer(format));
    }
    let head: WireHead = serde_json::from_str(first)
        .map_err(|_| damaged("its first line is not that of a pack".to_owned()))?;
    let files_said = head.files;
    let of = what_of(head).map_err(|why| damaged(why.to_owned()))?;
    let mut files: Vec<TextFile> = Vec::new();
    for (at, line) in lines.filter(|line| !line.is_empty()).enumerate() {
        let number = at + 2;
        if at >= MOST_FILES {
            return Err(damaged(format!("it holds more than {MOST_FILES} texts")));
        }
        let file: WireFile =
            serde_json::from_str(line).map_err(|_| damaged(format!("line {number} is no text of a pack")))?;
        if !of.may_hold(&file.path) {
            return Err(damaged(format!(
                "line {number}: {} is no {}",
                file.path,
                of.words()
            )));
        }
        if sha256(file.text.as_bytes()) != file.sha256 {
            return Err(damaged(format!("the checksum of {} does not fit", file.path)));
        }
        if files.iter().any(|other| other.path == file.path) {
            return Err(damaged(format!("{} stands in it twice", file.path)));
        }
        files.push(TextFile {
            path: file.path,
            text: file.text,
        });
    }
    if files.len() != files_said {
        return Err(damaged(format!(
            "it says that it has {files_said} texts and has {}",
            files.len()
        )));
    }
    if let PackOf::Curriculum { id, .. } = &of {
        let head = format!("curricula/{id}/curriculum.toml");
        if !files.iter().any(|file| file.path == head) {
            return Err(damaged("it has no curriculum.toml".to_owned()));
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Pack { of, files })
}

/// What the first line says that the pack holds.
fn what_of(head: WireHead) -> Result<PackOf, &'static str> {
    match (head.format, head.pack.as_str(), head.id, head.rev) {
        (FORMAT, "curriculum", Some(id), Some(rev)) => match check_slug(&id) {
            Ok(()) => Ok(PackOf::Curriculum { id, rev }),
            Err(_) => Err("its \"id\" is no id"),
        },
        (FORMAT, "cases", None, None) => Ok(PackOf::Cases),
        _ => Err("its first line is not that of a pack"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack() -> Pack {
        let file = |path: &str, text: &str| TextFile {
            path: format!("curricula/own/{path}"),
            text: text.to_owned(),
        };
        Pack {
            of: PackOf::Curriculum {
                id: "own".to_owned(),
                rev: 3,
            },
            files: vec![
                file("modules/a.toml", "id = \"a\"\n"),
                file("curriculum.toml", "id = \"own\"\n# \u{e4} \"x\"\r\n"),
                file("translations/de/cases/b.toml", ""),
            ],
        }
    }

    #[test]
    fn a_pack_comes_back_and_is_the_same_whatever_the_order() {
        let text = write_pack(&pack());
        let mut sorted = pack();
        sorted.files.sort_by(|a, b| a.path.cmp(&b.path));
        assert_eq!(read_pack(&text), Ok(sorted.clone()));
        assert_eq!(write_pack(&sorted), text);
        assert_eq!(read_pack(&text.replace('\n', "\r\n")), Ok(sorted));
        assert!(is_pack(&text) && !is_pack("{\"packet\":1}") && !is_pack(""));
    }

    #[test]
    fn cases_travel_without_their_curricula_and_nothing_else_does() {
        let pack = Pack {
            of: PackOf::Cases,
            files: vec![TextFile {
                path: "curricula/own/cases/b.toml".to_owned(),
                text: "id = \"b\"\n".to_owned(),
            }],
        };
        let text = write_pack(&pack);
        assert_eq!(read_pack(&text), Ok(pack));
        for other in [
            "curricula/own/modules/b.toml",
            "curricula/own/translations/de/cases/b.toml",
        ] {
            let told = read_pack(&text.replace("curricula/own/cases/b.toml", other));
            assert!(
                matches!(&told, Err(Damage::Damaged(why)) if why.contains("is no case")),
                "{told:?}"
            );
        }
        let whole = text.replace("\"cases\",", "\"cases\",\"id\":\"own\",\"rev\":1,");
        assert!(read_pack(&whole).is_err());
    }

    #[test]
    fn hostile_and_damaged_packs_are_refused_whole() {
        let text = write_pack(&pack());
        for (from, to, why) in [
            (
                "curricula/own/modules/a.toml",
                "curricula/own/../people.toml",
                "no text",
            ),
            ("curricula/own/modules/a.toml", "/etc/passwd.toml", "no text"),
            (
                "curricula/own/modules/a.toml",
                "curricula/other/modules/a.toml",
                "no text",
            ),
            (
                "curricula/own/modules/a.toml",
                "curricula/own/modules/con.toml",
                "no text",
            ),
            (
                "curricula/own/modules/a.toml",
                "curricula/own/notes.toml",
                "no text",
            ),
            (
                "curricula/own/modules/a.toml",
                "curricula/own/curriculum.toml",
                "twice",
            ),
            ("id = \\\"a\\\"", "id = \\\"b\\\"", "checksum"),
            ("\"files\":3", "\"files\":4", "has 3"),
            ("\"id\":\"own\"", "\"id\":\"../own\"", "no id"),
            ("\"pack\":\"curriculum\"", "\"pack\":\"zip\"", "not that"),
        ] {
            assert!(text.contains(from), "{from}");
            match read_pack(&text.replace(from, to)) {
                Err(Damage::Damaged(told)) => assert!(told.contains(why), "{to}: {told}"),
                other => panic!("{to}: {other:?}"),
            }
        }
        assert_eq!(
            read_pack(&text.replace("\"format\":1", "\"format\":9")),
            Err(Damage::Newer(9))
        );
        assert!(read_pack(&text[..text.len() / 2]).is_err());
        assert_eq!(read_pack(&"x".repeat(MOST_BYTES + 1)), Err(Damage::TooLarge));
    }
}
