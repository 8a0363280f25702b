//! Everything about one person as one JSON file: what `privacy export` writes and `privacy import` reads. Lines of logs go in
//! as they lie; what they mean is nothing to this module.

use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::base::time::Date;

/// Name and version of the file's form.
const SCHEMA: &str = "upwards.person/1";

/// Everything about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portable {
    /// Id of the workspace.
    pub workspace: String,
    /// Whose it is.
    pub person: String,
    /// The day it was made.
    pub as_of: Date,
    /// Their entry in `people.toml`, key by key.
    pub entry: Vec<(String, Vec<String>)>,
    /// Their shared log.
    pub shared: Vec<LinesOf>,
    /// What they noted for the leaders.
    pub team: Vec<LinesOf>,
    /// What they gave to authors, file by file.
    pub given: Vec<LinesOf>,
    /// What is theirs alone; `None` where somebody else made the file.
    pub private: Option<Vec<LinesOf>>,
}

/// The lines of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinesOf {
    /// Its name: inside the workspace, or inside the user's folder.
    pub file: String,
    /// Its lines as they lie.
    pub lines: Vec<String>,
}

impl Portable {
    /// The text of the file: an event a line, each byte for byte.
    pub fn to_text(&self) -> String {
        let text = |text: &str| Value::from(text).to_string();
        let mut out = format!(
            "{{\"schema\":\"{SCHEMA}\",\"workspace\":{},\"person\":{},\"as_of\":\"{}\",\n\"entry\":{{",
            text(&self.workspace),
            text(&self.person),
            self.as_of
        );
        for (at, (key, values)) in self.entry.iter().enumerate() {
            let values = Value::from(values.clone());
            let _ = write!(out, "{}{}:{values}", if at > 0 { "," } else { "" }, text(key));
        }
        out.push_str("},\n\"shared\":");
        list(&self.shared, &mut out);
        out.push_str(",\n\"team\":");
        list(&self.team, &mut out);
        out.push_str(",\n\"given\":");
        list(&self.given, &mut out);
        out.push_str(",\n\"private\":");
        match &self.private {
            Some(private) => list(private, &mut out),
            None => out.push_str("null"),
        }
        out.push_str("}\n");
        out
    }

    /// Reads such a file; `Err` = in a few words, why it is none. Nothing of it is quoted.
    pub fn read(text: &str) -> Result<Self, &'static str> {
        let wire: Wire = serde_json::from_str(text).map_err(|_| "it is no export of upwards, or damaged")?;
        if wire.schema != SCHEMA {
            return Err("it is of another form: made by a newer upwards?");
        }
        let lines = |all: Vec<WireLines>| all.into_iter().map(WireLines::lines).collect();
        Ok(Self {
            workspace: wire.workspace,
            person: wire.person,
            as_of: wire.as_of.parse().map_err(|_| "its day is no day")?,
            entry: wire.entry.into_iter().collect(),
            shared: lines(wire.shared),
            team: lines(wire.team),
            given: lines(wire.given),
            private: wire.private.map(lines),
        })
    }
}

fn list(all: &[LinesOf], out: &mut String) {
    out.push('[');
    for (at, one) in all.iter().enumerate() {
        let _ = write!(
            out,
            "{}\n{{\"file\":{},\"lines\":[",
            if at > 0 { "," } else { "" },
            Value::from(one.file.as_str())
        );
        for (at, line) in one.lines.iter().enumerate() {
            out.push_str(if at > 0 { ",\n" } else { "\n" });
            // What is no JSON, after a cut or a bad disk, goes in as a text.
            if serde_json::from_str::<&RawValue>(line).is_ok() {
                out.push_str(line.trim());
            } else {
                out.push_str(&Value::from(line.as_str()).to_string());
            }
        }
        out.push_str("]}");
    }
    out.push(']');
}

#[derive(Deserialize)]
struct Wire {
    schema: String,
    workspace: String,
    person: String,
    as_of: String,
    #[serde(default)]
    entry: std::collections::BTreeMap<String, Vec<String>>,
    #[serde(default)]
    shared: Vec<WireLines>,
    #[serde(default)]
    team: Vec<WireLines>,
    #[serde(default)]
    given: Vec<WireLines>,
    private: Option<Vec<WireLines>>,
}

#[derive(Deserialize)]
struct WireLines {
    file: String,
    lines: Vec<Box<RawValue>>,
}

impl WireLines {
    fn lines(self) -> LinesOf {
        let line = |raw: Box<RawValue>| {
            let text: Result<String, _> = serde_json::from_str(raw.get());
            text.unwrap_or_else(|_| raw.get().to_owned())
        };
        LinesOf {
            file: self.file,
            lines: self.lines.into_iter().map(line).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines() -> impl Strategy<Value = Vec<LinesOf>> {
        let line = prop_oneof![
            Just(r#"{"v":1,"id":"x","text":"a \"b\" ü\n","n":1.50,"z":{}}"#.to_owned()),
            Just(r#"{"b":1,"a":2,"b":3}"#.to_owned()),
            "[^\r\n]{0,20}".prop_map(|text| text.trim().to_owned()),
        ];
        let one = ("[a-z/]{1,9}", prop::collection::vec(line, 0..4));
        prop::collection::vec(one.prop_map(|(file, lines)| LinesOf { file, lines }), 0..3)
    }

    proptest! {
        /// Every line comes back as it was, whatever it is: an event byte for byte, damage as a text.
        #[test]
        fn what_is_written_is_read_again(shared in lines(), private in prop::option::of(lines()), key in "[a-z_]{1,9}", value in ".{0,9}") {
            let whole = Portable {
                workspace: "halden-3f9c".into(),
                person: "ana".into(),
                as_of: "2026-03-16".parse().unwrap(),
                entry: vec![(key, vec![value])],
                given: shared.clone(),
                team: Vec::new(),
                shared,
                private,
            };
            let text = whole.to_text();
            prop_assert!(serde_json::from_str::<Value>(&text).is_ok());
            let mut expected = whole;
            // A line that is a JSON text by itself, `"so"`, is no event: its quotes are not kept apart.
            let plain = |all: &mut Vec<LinesOf>| for line in all.iter_mut().flat_map(|one| &mut one.lines) {
                if let Ok(inner) = serde_json::from_str::<String>(line) {
                    *line = inner;
                }
            };
            plain(&mut expected.shared);
            plain(&mut expected.given);
            expected.private.iter_mut().for_each(plain);
            prop_assert_eq!(Portable::read(&text).unwrap(), expected);
        }
    }

    #[test]
    fn what_is_none_is_told_without_a_word_of_it() {
        for text in [
            "",
            "{}",
            "secret",
            "{\"schema\":\"upwards.person/1\",\"secret\":1}",
        ] {
            assert_eq!(
                Portable::read(text).unwrap_err(),
                "it is no export of upwards, or damaged"
            );
        }
        let newer = "{\"schema\":\"upwards.person/2\",\"workspace\":\"a\",\"person\":\"b\",\"as_of\":\"c\"}";
        assert!(Portable::read(newer).unwrap_err().contains("another form"));
    }
}
