//! Whether a store holds what we would send. A 409 is no proof that it does not.

use serde_json::Value;

/// Keys that a store adds or may change (xAPI 1.0.3, Data 2.3.1 and 2.5): no part of what was said.
const OF_THE_STORE: [&str; 3] = ["authority", "stored", "version"];

/// Whether the answer to a GET by id holds this statement; `None`: no statement of that id is in it. Both forms of
/// answers are taken, the bare statement and a list with it.
pub(super) fn holds(answer: &str, id: &str, sent: &str) -> Option<bool> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    let found = match answer.get("statements").and_then(Value::as_array) {
        Some(list) => list.iter().find(|one| is_of(one, id))?.clone(),
        None => Some(answer).filter(|one| is_of(one, id))?,
    };
    let sent: Value = serde_json::from_str(sent).ok()?;
    Some(said(found) == said(sent))
}

fn is_of(statement: &Value, id: &str) -> bool {
    let theirs = statement.get("id").and_then(Value::as_str);
    theirs.is_some_and(|theirs| theirs.eq_ignore_ascii_case(id))
}

/// A statement without what the specification leaves out of comparisons.
fn said(mut statement: Value) -> Value {
    if let Some(map) = statement.as_object_mut() {
        for key in OF_THE_STORE {
            map.remove(key);
        }
        map.remove("id");
        if let Some(Value::String(time)) = map.get_mut("timestamp") {
            *time = instant(time);
        }
        if let Some(verb) = map.get_mut("verb").and_then(Value::as_object_mut) {
            verb.remove("display");
        }
        for key in ["actor", "object"] {
            map.get_mut(key).map(plain);
        }
        let around = map
            .get_mut("context")
            .and_then(|c| c.get_mut("contextActivities"));
        if let Some(around) = around.and_then(Value::as_object_mut) {
            for activities in around.values_mut() {
                if activities.is_object() {
                    *activities = Value::Array(vec![activities.take()]);
                }
                activities.as_array_mut().into_iter().flatten().for_each(plain);
            }
        }
    }
    statement
}

/// An agent or activity without its definition, and without a type that is understood.
fn plain(one: &mut Value) {
    if let Some(map) = one.as_object_mut() {
        map.remove("definition");
        let is_usual = |kind: &Value| kind == "Agent" || kind == "Activity";
        if map.get("objectType").is_some_and(is_usual) {
            map.remove("objectType");
        }
    }
}

/// One spelling for an instant in UTC.
fn instant(time: &str) -> String {
    let bare = ["+00:00", "+0000", "Z", "z"]
        .iter()
        .find_map(|zone| time.strip_suffix(zone))
        .unwrap_or(time);
    match bare.split_once('.') {
        Some((seconds, zeros)) if zeros.bytes().all(|b| b == b'0') => seconds.to_owned(),
        _ => bare.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: &str = r#"{"id":"a1","actor":{"objectType":"Agent","account":{"homePage":"urn:x:","name":"ana"}},"verb":{"id":"v","display":{"en":"completed"}},"object":{"objectType":"Activity","id":"urn:x:a","definition":{"type":"t"}},"context":{"contextActivities":{"grouping":[{"id":"urn:x:g","definition":{"type":"t"}}]}},"result":{"completion":true},"timestamp":"2026-03-16T00:00:00.000Z"}"#;

    #[test]
    fn what_stores_add_or_spell_otherwise_is_no_difference() {
        let same = r#"{"version":"1.0.0","stored":"2026-03-17T08:00:00Z","authority":{"mbox":"mailto:a@b.example"},"id":"A1","actor":{"account":{"name":"ana","homePage":"urn:x:"}},"verb":{"id":"v","display":{"de":"fertig"}},"object":{"id":"urn:x:a"},"context":{"contextActivities":{"grouping":{"objectType":"Activity","id":"urn:x:g"}}},"result":{"completion":true},"timestamp":"2026-03-16T00:00:00+00:00"}"#;
        assert_eq!(holds(same, "a1", SENT), Some(true));
        assert_eq!(
            holds(&format!(r#"{{"statements":[{same}]}}"#), "a1", SENT),
            Some(true)
        );
    }

    #[test]
    fn what_was_said_otherwise_is_one() {
        for (from, to) in [
            ("\"ana\"", "\"bo\""),
            ("\"v\"", "\"w\""),
            ("urn:x:a", "urn:x:b"),
            ("urn:x:g", "urn:x:h"),
            ("true", "false"),
            ("00.000Z", "00.500Z"),
            ("16T", "17T"),
        ] {
            assert_eq!(holds(&SENT.replace(from, to), "a1", SENT), Some(false), "{to}");
        }
    }

    #[test]
    fn an_answer_without_the_statement_says_nothing() {
        for other in ["", "null", "[]", "{}", r#"{"statements":[]}"#, r#"{"id":"a2"}"#] {
            assert_eq!(holds(other, "a1", SENT), None, "{other}");
        }
    }
}
