//! Answers from a file: TOML with dotted keys, or JSON Lines on standard input. The same questions, nobody asked.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::base::points::Thousandths;
use crate::base::text::to_terminal;
use crate::base::time::{Date, When};
use crate::cli::error::{CliError, Result};
use crate::journal::Confidence;
use crate::session::{Answer, Ask, AskError, Choice, Kind, Question, Reply};

/// Answers by the whole dotted id of their question: `answer-in-public.first-words.choice`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answers(BTreeMap<String, toml::Value>);

impl Answers {
    /// Reads an answers file.
    pub(crate) fn from_toml(text: &str, file: &str) -> Result<Self> {
        let bad = |why: String| {
            CliError::usage(format!("{file} is no answers file: {why}")).hint("its form: upwards help files")
        };
        let table: toml::Table = toml::from_str(text).map_err(|e| bad(e.message().to_owned()))?;
        if table.get("format") != Some(&toml::Value::Integer(1)) {
            return Err(bad("its first key must be format = 1".to_owned()));
        }
        if let Some(other) = table.keys().find(|k| *k != "format" && *k != "answers") {
            return Err(bad(format!("unknown key {other}; answers stand in [answers]")));
        }
        let mut answers = BTreeMap::new();
        if let Some(toml::Value::Table(inner)) = table.get("answers") {
            flatten("", inner, &mut answers);
        }
        Ok(Self(answers))
    }

    /// Reads JSON Lines `{"id":…,"answer":…}`.
    pub(crate) fn from_json_lines(text: &str) -> Result<Self> {
        let mut answers = BTreeMap::new();
        for (at, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let bad = |why: &str| CliError::usage(format!("standard input, line {}: {why}", at + 1));
            let value: serde_json::Value = serde_json::from_str(line).map_err(|_| bad("not JSON"))?;
            let id = value
                .get("id")
                .and_then(serde_json::Value::as_str)
                .ok_or_else(|| bad("\"id\" is missing"))?;
            let answer = value.get("answer").ok_or_else(|| bad("\"answer\" is missing"))?;
            match to_toml(answer) {
                Some(toml::Value::Table(inner)) => flatten(id, &inner, &mut answers),
                Some(plain) => {
                    answers.insert(id.to_owned(), plain);
                }
                None => return Err(bad("an answer cannot be null")),
            }
        }
        Ok(Self(answers))
    }

    /// All dotted ids.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Adds one answer, as a flag gives it.
    pub(crate) fn set(&mut self, id: impl Into<String>, value: impl Into<toml::Value>) {
        self.0.insert(id.into(), value.into());
    }

    /// An answer that is a text.
    pub(crate) fn text(&self, id: &str) -> Option<&str> {
        self.0.get(id)?.as_str()
    }

    /// Whether there is an answer.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }
}

fn flatten(prefix: &str, table: &toml::Table, into: &mut BTreeMap<String, toml::Value>) {
    for (key, value) in table {
        let id = if prefix.is_empty() {
            key.clone()
        } else {
            format!("{prefix}.{key}")
        };
        match value {
            toml::Value::Table(inner) => flatten(&id, inner, into),
            other => {
                into.insert(id, other.clone());
            }
        }
    }
}

fn to_toml(value: &serde_json::Value) -> Option<toml::Value> {
    Some(match value {
        serde_json::Value::Null => return None,
        serde_json::Value::Bool(b) => toml::Value::Boolean(*b),
        serde_json::Value::Number(n) => match n.as_i64() {
            Some(whole) => toml::Value::Integer(whole),
            None => toml::Value::String(n.to_string()),
        },
        serde_json::Value::String(s) => toml::Value::String(s.clone()),
        serde_json::Value::Array(list) => {
            toml::Value::Array(list.iter().map(to_toml).collect::<Option<_>>()?)
        }
        serde_json::Value::Object(map) => toml::Value::Table(
            map.iter()
                .map(|(k, v)| Some((k.clone(), to_toml(v)?)))
                .collect::<Option<_>>()?,
        ),
    })
}

/// Answers from the list; what is shown goes to stderr unless it is to be quiet.
pub(crate) struct ScriptAsk {
    answers: Answers,
    quiet: bool,
}

impl ScriptAsk {
    pub(crate) fn new(answers: Answers, quiet: bool) -> Self {
        Self { answers, quiet }
    }
}

impl Ask for ScriptAsk {
    fn ask(&mut self, question: &Question) -> std::result::Result<Reply, AskError> {
        let Some(value) = self.answers.0.get(&question.id) else {
            return if question.can_skip {
                Ok(Reply::Skip)
            } else {
                Err(AskError::NoTerminal {
                    question: question.id.clone(),
                    flag: question.flag.clone(),
                })
            };
        };
        match answer(&question.kind, value) {
            Ok(answer) => Ok(Reply::Answer(answer)),
            Err(why) => Err(AskError::BadAnswer {
                question: question.id.clone(),
                why,
            }),
        }
    }

    fn say(&mut self, line: &str) -> std::result::Result<(), AskError> {
        if !self.quiet {
            writeln!(io::stderr().lock(), "{}", to_terminal(line))?;
        }
        Ok(())
    }

    fn may_repeat(&self) -> bool {
        false
    }

    fn width(&self) -> usize {
        72
    }
}

fn answer(kind: &Kind, value: &toml::Value) -> std::result::Result<Answer, String> {
    match kind {
        Kind::One(choices) => code(value)
            .and_then(|c| place(choices, &c))
            .map(Answer::One)
            .ok_or_else(|| one_of(choices)),
        Kind::Many(choices) => {
            let codes: Option<Vec<String>> = match value {
                toml::Value::Array(list) => list.iter().map(code).collect(),
                single => code(single).map(|c| vec![c]),
            };
            let places: Option<Vec<usize>> =
                codes.and_then(|codes| codes.iter().map(|c| place(choices, c)).collect());
            let places = places.filter(|places| !places.is_empty());
            let mut places = places.ok_or_else(|| one_of(choices))?;
            places.sort_unstable();
            places.dedup();
            Ok(Answer::Many(places))
        }
        Kind::Enter => Err("nothing but Enter on a terminal".to_owned()),
        Kind::Line(most) => {
            match value
                .as_str()
                .map(|t| t.split_whitespace().collect::<Vec<_>>().join(" "))
            {
                Some(text) if !text.is_empty() && text.chars().count() <= *most => Ok(Answer::Line(text)),
                _ => Err(format!("a text of 1 to {most} characters")),
            }
        }
        Kind::Number => match value {
            toml::Value::Integer(n) => Thousandths::new(n.saturating_mul(1000)),
            toml::Value::Float(x) => Thousandths::parse_exact(&x.to_string()),
            toml::Value::String(text) => Thousandths::parse(text),
            _ => None,
        }
        .map(Answer::Number)
        .ok_or_else(|| "a number of at most three decimals".to_owned()),
        Kind::Whole(low, high) => value
            .as_integer()
            .and_then(|n| u64::try_from(n).ok())
            .filter(|n| (*low..=*high).contains(n))
            .map(Answer::Whole)
            .ok_or_else(|| format!("a whole number from {low} to {high}")),
        Kind::Date => match value {
            toml::Value::Datetime(date) => date.to_string().parse::<Date>().map_err(|e| e.to_string()),
            toml::Value::String(text) => text.parse::<Date>().map_err(|e| e.to_string()),
            _ => Err("a day as 2026-03-16".to_owned()),
        }
        .map(Answer::Date),
        Kind::When => match value.as_str().map(str::parse::<When>) {
            Some(Ok(when)) => Ok(Answer::When(when)),
            Some(Err(error)) => Err(error.to_string()),
            None => Err("a day and a time, as \"2026-03-19 09:30\"".to_owned()),
        },
        Kind::Sure => match value {
            toml::Value::Integer(1) => Ok(Answer::Sure(Confidence::Guess)),
            toml::Value::Integer(2) => Ok(Answer::Sure(Confidence::FairlySure)),
            toml::Value::Integer(3) => Ok(Answer::Sure(Confidence::Certain)),
            toml::Value::String(word) => Confidence::ALL
                .into_iter()
                .find(|c| c.word() == word)
                .map(Answer::Sure)
                .ok_or_else(|| "1 guess, 2 fairly sure, 3 certain".to_owned()),
            _ => Err("1 guess, 2 fairly sure, 3 certain".to_owned()),
        },
    }
}

fn code(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(n) => Some(n.to_string()),
        toml::Value::Boolean(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        _ => None,
    }
}

fn place(choices: &[Choice], code: &str) -> Option<usize> {
    choices.iter().position(|c| c.code == code)
}

/// Numbers in their order, whatever the screen's.
fn one_of(choices: &[Choice]) -> String {
    let mut codes: Vec<&str> = choices.iter().map(|c| c.code.as_str()).collect();
    if codes.iter().all(|c| c.parse::<u32>().is_ok()) {
        codes.sort_unstable();
    }
    format!("one of {}", codes.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers() -> Answers {
        Answers::from_toml(
            "format = 1\n[answers]\nm.q = { choice = 2, sure = 3 }\nm.p = { personal = \"yes\", done = \"Did it\", before = 2.5, may_quote = true }\nm.t = { with = [] }\n",
            "a.toml",
        )
        .unwrap()
    }

    fn ask(id: &str, kind: Kind, can_skip: bool) -> std::result::Result<Reply, AskError> {
        let question = Question {
            id: id.into(),
            text: "?".into(),
            hint: None,
            kind,
            seen_by: None,
            flag: "--answers FILE".into(),
            can_skip,
            keys: vec![],
        };
        ScriptAsk::new(answers(), true).ask(&question)
    }

    #[test]
    fn answers_are_found_by_their_dotted_id() {
        let choices = ["1", "2", "0"].map(|c| Choice::new(c, c)).to_vec();
        assert_eq!(
            ask("m.q.choice", Kind::One(choices), false).unwrap(),
            Reply::Answer(Answer::One(1))
        );
        assert_eq!(
            ask("m.q.sure", Kind::Sure, true).unwrap(),
            Reply::Answer(Answer::Sure(Confidence::Certain))
        );
        let half = Thousandths::parse("2.5").unwrap();
        assert_eq!(
            ask("m.p.before", Kind::Number, true).unwrap(),
            Reply::Answer(Answer::Number(half))
        );
        let yes_no = ["yes", "no"].map(|c| Choice::new(c, c)).to_vec();
        assert_eq!(
            ask("m.p.may_quote", Kind::One(yes_no), true).unwrap(),
            Reply::Answer(Answer::One(0))
        );
        assert_eq!(ask("m.p.n", Kind::Whole(1, 9), true).unwrap(), Reply::Skip);
        assert!(matches!(
            ask("m.p.n", Kind::Whole(1, 9), false),
            Err(AskError::NoTerminal { .. })
        ));
        let people = vec![Choice::new("bo", "Bo")];
        assert!(matches!(
            ask("m.t.with", Kind::Many(people), true),
            Err(AskError::BadAnswer { .. })
        ));
        assert!(matches!(
            ask("m.p.done", Kind::Line(3), false),
            Err(AskError::BadAnswer { .. })
        ));
    }

    #[test]
    fn json_lines_are_the_same_answers() {
        let same = Answers::from_json_lines(
            "{\"id\":\"m.q\",\"answer\":{\"choice\":2,\"sure\":3}}\n\n{\"id\":\"m.p.before\",\"answer\":2.5}\n",
        )
        .unwrap();
        assert!(same.has("m.q.choice") && same.has("m.p.before"));
        assert!(Answers::from_json_lines("nonsense").is_err());
    }

    #[test]
    fn a_file_of_another_form_is_told_so() {
        for bad in ["", "format = 2\n", "format = 1\n[other]\n", "format = 1\nx"] {
            assert!(Answers::from_toml(bad, "a.toml").is_err(), "{bad:?}");
        }
    }
}
