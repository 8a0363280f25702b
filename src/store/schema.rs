//! What a line of a shared log holds, as a table and as JSON Schema (draft 2020-12). Tests hold the reader to it, field by
//! field. Unknown kinds and keys are kept by the reader, and allowed here.

use serde_json::{Map, Value, json};

/// What may stand behind a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Text.
    Text,
    /// A uuid: of a line.
    Line,
    /// A day.
    Date,
    /// A whole number from 0.
    Whole,
    /// A number of at most three decimals.
    Number,
    /// `true` or `false`.
    YesNo,
    /// Texts; a lone one is a list of one.
    Texts,
    /// Pairs of a ladder step and a day.
    Capsule,
    /// One of some words.
    Word(&'static [&'static str]),
    /// A first figure.
    Baseline,
}

/// A field: its name, whether it must be there, what stands behind it.
type Field = (&'static str, bool, Form);

const CURRICULUM: Field = ("curriculum", true, Form::Text);
const STEP: Field = ("step", true, Form::Text);
const REV: Field = ("rev", true, Form::Whole);
const CAPABILITY: Field = ("capability", true, Form::Text);
const CAPABILITIES: Field = ("capabilities", true, Form::Texts);
const REF: Field = ("ref", true, Form::Line);
const REASON: Field = ("reason", false, Form::Text);
const ROLE: Field = ("role", true, Form::Word(&["peer", "mentor"]));
const N: Field = ("n", false, Form::Whole);

/// Fields of every line.
const ENVELOPE: [Field; 6] = [
    ("id", true, Form::Line),
    ("seq", true, Form::Whole),
    ("day", true, Form::Date),
    ("person", true, Form::Text),
    ("by", true, Form::Text),
    ("device", true, Form::Text),
];

/// Kinds, what they mean, and their fields.
const KINDS: [(&str, &str, &[Field]); 19] = [
    (
        "assigned",
        "a module to do, by a leader",
        &[
            CURRICULUM,
            ("module", true, Form::Text),
            ("due", false, Form::Date),
            REASON,
        ],
    ),
    ("unassigned", "an assignment taken back", &[REF, REASON]),
    ("started", "a step was begun", &[CURRICULUM, STEP, REV]),
    ("finished", "a step was done", &[CURRICULUM, STEP, REV]),
    (
        "recalled",
        "how many questions are known how well, without ids",
        &[CURRICULUM, CAPABILITY, ("questions", true, Form::Capsule)],
    ),
    (
        "practised",
        "something was done with one's own hands",
        &[
            CURRICULUM,
            STEP,
            REV,
            CAPABILITIES,
            ("personal", true, Form::YesNo),
            ("evidence", false, Form::Text),
            ("witness", false, Form::Text),
            ("may_quote", false, Form::YesNo),
            ("measure", false, Form::Baseline),
        ],
    ),
    (
        "measured",
        "the second figure of a practice",
        &[
            REF,
            ("after", true, Form::Number),
            N,
            ("grade", true, Form::Word(&["claimed", "observed", "verified"])),
        ],
    ),
    (
        "aimed",
        "which process should become more efficient",
        &[
            ("text", true, Form::Text),
            ("function", false, Form::Text),
            ("curriculum", false, Form::Text),
            ("capability", false, Form::Text),
        ],
    ),
    ("reached", "Ready for the first time", &[CURRICULUM, CAPABILITY]),
    (
        "confirmed",
        "the person's word on what somebody else recorded",
        &[REF],
    ),
    (
        "met",
        "a talk was held",
        &[
            CURRICULUM,
            ("meeting", true, Form::Text),
            ("with", true, Form::Texts),
            ROLE,
            CAPABILITIES,
            ("minutes", true, Form::Whole),
            ("attendance", false, Form::Text),
            ("commitment", false, Form::Text),
        ],
    ),
    (
        "kept",
        "what came of a commitment",
        &[REF, ("answer", true, Form::Text)],
    ),
    (
        "paired",
        "an executive and a mentor",
        &[
            CURRICULUM,
            ("mentor", true, Form::Text),
            CAPABILITIES,
            ("why", false, Form::Text),
        ],
    ),
    ("unpaired", "the end of a pair", &[REF]),
    (
        "invited",
        "a talk is planned",
        &[
            CURRICULUM,
            ("meeting", true, Form::Text),
            ("with", true, Form::Texts),
            ROLE,
            ("topic", true, Form::Text),
            ("at", false, Form::Text),
            ("place", false, Form::Text),
            ("minutes", false, Form::Whole),
        ],
    ),
    (
        "waived",
        "a step that need not be done",
        &[CURRICULUM, STEP, ("until", false, Form::Date)],
    ),
    (
        "suggested",
        "an idea",
        &[
            ("text", true, Form::Text),
            ("curriculum", false, Form::Text),
            ("capability", false, Form::Text),
        ],
    ),
    (
        "handled",
        "what became of an idea",
        &[REF, ("into", true, Form::Text), REASON],
    ),
    ("voided", "a line taken back", &[REF]),
];

/// The schema of one line of `progress/<person>/<device>.jsonl`.
pub fn event_schema() -> Value {
    let mut all = Vec::new();
    for (word, what, fields) in KINDS {
        let mut then = object(fields);
        then.insert("description".to_owned(), json!(what));
        all.push(json!({
            "if": {"properties": {"kind": {"const": word}}, "required": ["kind"]},
            "then": then,
        }));
    }
    let mut schema = object(&ENVELOPE);
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.insert("v".to_owned(), json!({"const": 1}));
        properties.insert("kind".to_owned(), json!({"type": "string"}));
        properties.insert(
            "via".to_owned(),
            json!({
                "type": "object",
                "description": "the person's words as a leader received them",
                "properties": {"by": {"type": "string"}, "form": {"type": "string"}},
                "required": ["by", "form"],
            }),
        );
    }
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.extend([json!("v"), json!("kind")]);
    }
    schema.insert("title".to_owned(), json!("upwards: event"));
    schema.insert(
        "description".to_owned(),
        json!("one line of progress/<person>/<device>.jsonl"),
    );
    schema.insert("allOf".to_owned(), Value::Array(all));
    Value::Object(schema)
}

fn object(fields: &[Field]) -> Map<String, Value> {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (name, needed, form) in fields {
        properties.insert((*name).to_owned(), schema_of(*form, *needed));
        if *needed {
            required.push(json!(name));
        }
    }
    let mut object = Map::new();
    object.insert("type".to_owned(), json!("object"));
    object.insert("properties".to_owned(), Value::Object(properties));
    object.insert("required".to_owned(), Value::Array(required));
    object
}

fn schema_of(form: Form, needed: bool) -> Value {
    let one = match form {
        Form::Text => json!({"type": "string"}),
        Form::Line => json!({"type": "string", "format": "uuid"}),
        Form::Date => json!({"type": "string", "format": "date"}),
        Form::Whole => json!({"type": "integer", "minimum": 0}),
        Form::Number => json!({"type": "number", "minimum": -1_000_000_000, "maximum": 1_000_000_000}),
        Form::YesNo => json!({"type": "boolean"}),
        Form::Texts => json!({"anyOf": [
            {"type": "array", "items": {"type": "string"}},
            {"type": "string"},
        ]}),
        Form::Capsule => json!({"type": "array", "items": {
            "type": "array",
            "prefixItems": [
                {"type": "integer", "minimum": 0, "maximum": 5},
                {"type": "string", "format": "date"},
            ],
            "minItems": 2,
            "maxItems": 2,
        }}),
        Form::Word(words) => json!({"enum": words}),
        Form::Baseline => json!({
            "type": "object",
            "properties": {
                "before": schema_of(Form::Number, true),
                "unit": {"type": "string"},
                "period": {"type": "string"},
                "n": schema_of(Form::Whole, false),
            },
            "required": ["before", "unit", "period"],
        }),
    };
    // A field that may be left out may be null as well.
    if needed {
        one
    } else {
        json!({"anyOf": [one, {"type": "null"}]})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::parse_any;

    /// A schema, ready to judge.
    struct Validator(boon::Schemas, boon::SchemaIndex);

    impl Validator {
        fn is_valid(&self, value: &Value) -> bool {
            self.0.validate(value, self.1).is_ok()
        }
    }

    fn sample(form: Form) -> Value {
        match form {
            Form::Text => json!("x"),
            Form::Line => json!("71d4e0aa-2c35-4b1f-8e77-09c4d6b3a101"),
            Form::Date => json!("2026-03-16"),
            Form::Whole => json!(3),
            Form::Number => json!(2.5),
            Form::YesNo => json!(true),
            Form::Texts => json!(["a", "b"]),
            Form::Capsule => json!([[1, "2026-03-16"]]),
            Form::Word(words) => json!(words[0]),
            Form::Baseline => json!({"before": 19, "unit": "hours", "period": "each"}),
        }
    }

    fn line(kind: &str, fields: &[Field]) -> Map<String, Value> {
        let mut line = Map::new();
        line.insert("v".to_owned(), json!(1));
        line.insert("kind".to_owned(), json!(kind));
        for (name, _, form) in ENVELOPE.iter().chain(fields) {
            line.insert((*name).to_owned(), sample(*form));
        }
        line
    }

    /// Whether both the reader and the schema take a line; they must agree.
    fn is_taken(validator: &Validator, line: &Map<String, Value>) -> bool {
        let value = Value::Object(line.clone());
        let is_read = parse_any(&value.to_string()).is_ok();
        assert_eq!(is_read, validator.is_valid(&value), "{value}");
        is_read
    }

    #[test]
    fn the_reader_and_the_schema_agree_on_every_field_of_every_kind() {
        let mut schemas = boon::Schemas::new();
        let mut compiler = boon::Compiler::new();
        compiler.enable_format_assertions();
        compiler.add_resource("event.json", event_schema()).unwrap();
        let schema = compiler.compile("event.json", &mut schemas).unwrap();
        let validator = Validator(schemas, schema);
        for (kind, _, fields) in KINDS {
            let whole = line(kind, fields);
            assert!(is_taken(&validator, &whole), "{kind}");
            for (name, needed, form) in ENVELOPE.iter().chain(fields) {
                let mut without = whole.clone();
                without.remove(*name);
                assert_eq!(is_taken(&validator, &without), !needed, "{kind} without {name}");
                let mut null = whole.clone();
                null.insert((*name).to_owned(), Value::Null);
                assert_eq!(is_taken(&validator, &null), !needed, "{kind}: {name} null");
                let wrong = match form {
                    Form::Text | Form::Texts => vec![json!(7), json!({})],
                    Form::Whole => vec![json!("x"), json!(-1), json!(1.5)],
                    Form::Line | Form::Date | Form::Word(_) => vec![json!(7), json!("x")],
                    Form::Number | Form::YesNo | Form::Capsule | Form::Baseline => {
                        vec![json!("x"), json!({})]
                    }
                };
                for value in wrong {
                    let mut other = whole.clone();
                    other.insert((*name).to_owned(), value);
                    assert!(!is_taken(&validator, &other), "{kind}: {name}");
                }
            }
            let mut more = whole.clone();
            more.insert("new_key".to_owned(), json!(1));
            assert!(is_taken(&validator, &more), "{kind}");
        }
        assert!(is_taken(&validator, &line("of-tomorrow", &[])));
    }
}
