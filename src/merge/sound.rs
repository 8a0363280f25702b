//! Whether a file may go out to others, and come in from them.

use super::paths::Part;
use crate::store;

/// How lines begin that an unfinished merge leaves in a file.
const MARKERS: [&[u8]; 3] = [b"<<<<<<< ", b">>>>>>> ", b"||||||| "];

/// What a file of git may tell it to do with others' files: nothing but line ends.
const ATTRIBUTES: [&str; 7] = [
    "text",
    "-text",
    "text=auto",
    "eol=lf",
    "eol=crlf",
    "binary",
    "-diff",
];

/// Why a file may not be exchanged; with the line, where one is the reason. `known`: a state of it that was exchanged
/// already, whose lines are not looked at again.
pub fn fault(path: &str, part: &Part, bytes: &[u8], known: &[u8]) -> Option<(Option<usize>, String)> {
    if bytes.len() as u64 > part.most_bytes() {
        return Some((
            None,
            format!("larger than {} MiB", part.most_bytes() / (1024 * 1024)),
        ));
    }
    let new = bytes.strip_prefix(known).map_or((0, bytes), |new| {
        (known.iter().filter(|byte| **byte == b'\n').count(), new)
    });
    let lines = || new.1.split(|byte| *byte == b'\n').zip(new.0 + 1..);
    if let Some((_, line)) = lines().find(|(line, _)| MARKERS.iter().any(|marker| line.starts_with(marker))) {
        return Some((Some(line), "left over from an unfinished merge".to_owned()));
    }
    match part {
        Part::Log(_) | Part::TeamLog => lines().find_map(|(line, at)| {
            let kind = store::private_kind(std::str::from_utf8(line).ok()?)?;
            Some((
                Some(at),
                format!("a private entry ({kind}): only the person may have it"),
            ))
        }),
        Part::People | Part::Erased | Part::Toml(_) => fault_of_toml(part, bytes).map(|why| (None, why)),
        Part::Text if path == ".gitattributes" => lines().find_map(|(line, at)| {
            let line = String::from_utf8_lossy(line);
            let mut words = line
                .split_whitespace()
                .take_while(|word| !word.starts_with('#'))
                .skip(1);
            let word = words.find(|word| !ATTRIBUTES.contains(word))?;
            Some((Some(at), format!("git would be told more than line ends: {word}")))
        }),
        Part::Items | Part::Text => None,
    }
}

fn fault_of_toml(part: &Part, bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some("it is not UTF-8".to_owned());
    };
    match (crate::files::id_in(text), part) {
        (Err(why), _) => Some(format!("it cannot be read: {why}")),
        (Ok(id), Part::Toml(Some(name))) if id.as_deref() != Some(name) => Some(format!(
            "its id is {}, not {name} as its name says",
            id.map_or("missing".to_owned(), |id| format!("\"{id}\""))
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::part_of;

    fn found(path: &str, text: &str, known: &str) -> Option<(Option<usize>, String)> {
        fault(path, &part_of(path).unwrap(), text.as_bytes(), known.as_bytes())
    }

    #[test]
    fn what_is_not_exchanged_is_named_with_its_line() {
        let private = "{\"v\":1,\"kind\":\"answered\"}\n";
        let cases = [
            ("people.toml", "format = 1\n<<<<<<< HEAD\n", Some(Some(2))),
            ("people.toml", "format = \n", Some(None)),
            ("people.toml", "format = 1\n", None),
            (
                "curricula/e/modules/serve.toml",
                "format = 1\nid = \"serve\"\n",
                None,
            ),
            (
                "curricula/e/modules/serve.toml",
                "format = 1\nid = \"reach\"\n",
                Some(None),
            ),
            (
                "progress/ana/x.jsonl",
                "{}\n=======\n>>>>>>> theirs\n",
                Some(Some(3)),
            ),
            ("progress/ana/x.jsonl", private, Some(Some(1))),
            (
                "progress/ana/x.jsonl",
                "{\"kind\":\"started\",\"x\":\"answered\"}\n",
                None,
            ),
            (
                ".gitattributes",
                "*.jsonl -text\n*.toml text eol=lf\n# filter=x\n",
                None,
            ),
            (
                ".gitattributes",
                "*.jsonl -text\n*.toml filter=lfs\n",
                Some(Some(2)),
            ),
        ];
        for (path, text, line) in cases {
            assert_eq!(found(path, text, "").map(|(line, _)| line), line, "{path} {text}");
        }
        // What went out long ago is not looked at again; what is behind it keeps its line.
        assert_eq!(found("progress/ana/x.jsonl", private, private), None);
        assert_eq!(
            found("progress/ana/x.jsonl", &private.repeat(2), private).map(|(line, _)| line),
            Some(Some(2))
        );
    }
}
