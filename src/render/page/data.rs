//! What the script works with, as one block of JSON that no text in it can end.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::words::words;
use crate::base::text::{is_unprintable, to_terminal};
use crate::report::{Aimed, Part, QuestionOfPage, TenMinutes};

/// The block: compact, keys sorted, `<` and whatever else could mean something to HTML as `\u003c`.
pub(super) fn data(page: &TenMinutes) -> String {
    let texts: serde_json::Map<String, Value> = words()
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.into()))
        .collect();
    let value = json!({
        "format": 1,
        "page": page.id,
        "workspace": page.workspace.id,
        "day": page.day.to_string(),
        "person": { "id": page.person.id, "name": shown(&page.person.name) },
        "leader": { "name": shown(&page.leader.name), "mail": page.leader.mail },
        "ladder": page.ladder_days,
        "parts": parts(page),
        "quizzes": page.quizzes.iter().map(|quiz| json!({ "step": quiz.step, "rev": quiz.rev, "questions": quiz.questions })).collect::<Vec<_>>(),
        "asked": page.asked.iter().map(|question| json!({
            "key": question.key,
            "rev": question.rev,
            "capability": question.capability,
            "former": question.former,
        })).collect::<Vec<_>>(),
        "expects": page.expects,
        "texts": texts,
    });
    escaped(&value.to_string())
}

/// In the order of the sections.
fn parts(page: &TenMinutes) -> Vec<Value> {
    let mut parts = Vec::new();
    if let Aimed::Asked(choices) = &page.aim {
        let capabilities: Vec<Value> = choices
            .iter()
            .map(|c| json!({ "code": c.code, "name": shown(&c.name), "what": shown(&c.what) }))
            .collect();
        parts.push(json!({ "kind": "aim", "capabilities": capabilities }));
    }
    parts.extend(page.parts.iter().map(part));
    parts
}

fn part(part: &Part) -> Value {
    match part {
        Part::Measure(part) => json!({
            "kind": "measure",
            "step": part.step,
            "before": part.before.to_string(),
            "unit": shown(&part.unit),
        }),
        Part::Confirm(part) => json!({ "kind": "confirm", "step": part.step, "day": part.day.to_string() }),
        Part::Case(part) => {
            json!({ "kind": "case", "step": part.step, "rev": part.rev, "ask": shown(&part.ask) })
        }
        Part::Questions(part) => json!({
            "kind": "questions",
            "questions": part.questions.iter().map(question).collect::<Vec<_>>(),
        }),
        Part::Practice(part) => json!({
            "kind": "practice",
            "step": part.step,
            "rev": part.rev,
            "own_hand": shown(&part.own_hand),
            "evidence": shown(&part.evidence),
            "unit": part.measure.as_ref().map(|measure| shown(&measure.unit)),
            "before": part.measure.as_ref().map(|measure| shown(&measure.text)),
            "again": part.measure.as_ref().map(|measure| &measure.again),
        }),
        Part::Reflect(part) => json!({
            "kind": "reflect",
            "step": part.step,
            "rev": part.rev,
            "ask": part.ask.iter().map(|ask| shown(ask)).collect::<Vec<_>>(),
        }),
    }
}

fn question(question: &QuestionOfPage) -> Value {
    let options: Vec<Value> = question
        .options
        .iter()
        .map(|option| {
            json!({
                "place": option.place,
                "text": shown(&option.text),
                "right": option.right,
                "why": shown(&option.why),
            })
        })
        .collect();
    json!({
        "key": question.key,
        "rev": question.rev,
        "capability": question.capability,
        "text": shown(&question.text),
        "hint": question.hint.as_deref().map(shown),
        "several": question.several,
        "options": options,
        "sources": question.sources.iter().map(|source| shown(source)).collect::<Vec<_>>(),
    })
}

/// What could turn a line around is visible, as on every screen.
fn shown(text: &str) -> String {
    to_terminal(&text.replace(['\n', '\r', '\t'], " ")).into_owned()
}

fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        if matches!(c, '<' | '>' | '&') || is_unprintable(c) {
            let mut units = [0_u16; 2];
            for unit in c.encode_utf16(&mut units) {
                // Writing into a String cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_block_and_all_of_it_comes_back() {
        let hostile = "</script><!--<script>&\u{2028}\u{2029}\u{202e}\u{e0041}\"\\";
        let block = escaped(&json!({ "x": hostile }).to_string());
        assert!(
            !block.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\u{202e}']),
            "{block}"
        );
        let back: Value = serde_json::from_str(&block).unwrap();
        assert_eq!(back["x"], hostile);
    }
}
