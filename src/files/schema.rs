//! The shapes by which files are read, as JSON Schema (draft 2020-12) for editors and other programs.
//!
//! Nothing is written down a second time: keys, forms, ranges and explanations are those of the tables that the walk reads.
//! What several keys say together (an id that is there twice, a range that does not rise) no schema can hold; `check` tells it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::shape::{Form, Key, KindOfStep, MANY, Parts, Shape};
use super::values::YEARS;
use super::{CASE, CURRICULUM, ERASED, IMPORT, MODULE, PEOPLE, SETTINGS, TEXTS, TRANSLATION, USER_SETTINGS};
use crate::base::id::{WINDOWS_DEVICES, slugify};
use crate::base::text::{MAX_TEXT, MAX_TITLE};

/// The draft that all schemas are written in.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The folder of a workspace where `#:schema` lines look.
pub const SCHEMA_FOLDER: &str = "schema";

/// A kind of file that people write.
pub struct FileKind {
    /// Its word, and the name of its schema.
    pub word: &'static str,
    /// Which files it is about.
    pub files: &'static str,
    /// What it may hold.
    pub shape: &'static Shape,
}

/// All kinds of files, in the order in which people meet them.
pub static FILE_KINDS: [FileKind; 10] = [
    kind("curriculum", "curricula/<id>/curriculum.toml", &CURRICULUM),
    kind("module", "curricula/<id>/modules/<id>.toml", &MODULE),
    kind("case", "curricula/<id>/cases/<id>.toml", &CASE),
    kind(
        "translation",
        "curricula/<id>/translations/<language>/",
        &TRANSLATION,
    ),
    kind("people", "people.toml", &PEOPLE),
    kind("upwards", "upwards.toml", &SETTINGS),
    kind("import", "people.import.toml", &IMPORT),
    kind("erased", "erased.toml", &ERASED),
    kind("texts", "texts/<language>.toml", &TEXTS),
    kind("config", "config.toml in the user's folder", &USER_SETTINGS),
];

/// The schema of a kind of file.
pub fn json_schema(kind: &FileKind) -> Value {
    let mut defs = Defs::default();
    let mut schema = defs.object(kind.shape);
    schema.insert("title".to_owned(), json!(format!("upwards: {}", kind.word)));
    schema.insert("description".to_owned(), json!(kind.files));
    if !defs.made.is_empty() {
        schema.insert("$defs".to_owned(), Value::Object(defs.made));
    }
    Value::Object(schema)
}

/// A schema as the text of a file, which says in its first line what it is.
pub fn schema_text(schema: &Value) -> String {
    let pretty = format!("{schema:#}\n");
    pretty.replacen('{', &format!("{{\"$schema\": \"{DRAFT}\","), 1)
}

const fn kind(word: &'static str, files: &'static str, shape: &'static Shape) -> FileKind {
    FileKind { word, files, shape }
}

/// One id: `check_slug` as an expression that every engine knows; names that Windows keeps for devices are told apart.
const SLUG: &str = "[a-z0-9][a-z0-9-]{0,63}";

/// Control characters but line breaks, and those that turn the direction of writing.
const FORBIDDEN: &str = "\\u0000-\\u0009\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069";

/// What no screen shows, where codes and addresses stand.
const UNPRINTABLE: &str = "\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb";

/// Definitions made so far. A shape is told from another by where it lies: shapes are statics.
#[derive(Default)]
struct Defs {
    made: Map<String, Value>,
    names: BTreeMap<usize, String>,
}

impl Defs {
    /// A table of a shape. Goes as deep as shapes do.
    fn object(&mut self, shape: &'static Shape) -> Map<String, Value> {
        if !shape.kinds.is_empty() {
            return self.by_kind(shape);
        }
        let mut object = self.keys(shape.keys_of(None));
        let others = if shape.is_open { self.texts() } else { json!(false) };
        object.insert("additionalProperties".to_owned(), others);
        object
    }

    /// A table whose keys depend on the word behind `kind`.
    fn by_kind(&mut self, shape: &'static Shape) -> Map<String, Value> {
        let mut base = self.keys(shape.keys_of(None));
        let mut all = Vec::new();
        for KindOfStep { word, .. } in shape.kinds {
            let mut of_kind = self.keys(shape.keys_of(Some(word)));
            of_kind.insert("additionalProperties".to_owned(), json!(false));
            let name = format!("{}-{word}", slugify(shape.what));
            self.made.insert(name.clone(), Value::Object(of_kind));
            all.push(json!({
                "if": {"properties": {"kind": {"const": word}}, "required": ["kind"]},
                "then": reference(&name),
            }));
        }
        base.insert("allOf".to_owned(), Value::Array(all));
        base
    }

    fn keys(&mut self, keys: impl Iterator<Item = &'static Key>) -> Map<String, Value> {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for key in keys {
            let mut value = self.form(&key.form);
            if let Value::Object(value) = &mut value {
                value.insert("description".to_owned(), json!(key.about));
            }
            properties.insert(key.name.to_owned(), value);
            if key.needed {
                required.push(json!(key.name));
            }
        }
        let mut object = Map::new();
        object.insert("type".to_owned(), json!("object"));
        object.insert("properties".to_owned(), Value::Object(properties));
        if !required.is_empty() {
            object.insert("required".to_owned(), Value::Array(required));
        }
        object
    }

    fn form(&mut self, form: &'static Form) -> Value {
        match form {
            Form::Version => json!({"const": 1}),
            Form::Slug => id(&format!("^{SLUG}$")),
            Form::Reference {
                parts,
                may_name_curriculum,
            } => id(&named(*parts, *may_name_curriculum)),
            Form::Title => prose(MAX_TITLE, &format!("{FORBIDDEN}\\n\\r")),
            Form::Text => prose(MAX_TEXT, FORBIDDEN),
            Form::Language => text("^[a-z]{2,3}$"),
            Form::Country => text("^[A-Z]{2}$"),
            Form::Currency => text("^[A-Z]{3}$"),
            Form::Email => json!({
                "type": "string",
                "maxLength": 254,
                "pattern": format!("^[^\\s{UNPRINTABLE}]+@[^@\\s{UNPRINTABLE}]+$"),
            }),
            Form::Base => text(&format!("^(https?://|urn:)[^{UNPRINTABLE}]+$")),
            Form::Character => text(&format!("^([^{UNPRINTABLE}]|\\t)$")),
            Form::Date => json!({
                "type": "string",
                "format": "date",
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            }),
            Form::Whole { least, most } => json!({"type": "integer", "minimum": least, "maximum": most}),
            Form::Measured => either(&number(), 2, 2),
            Form::Years => either(&year(), 1, 2),
            Form::YesNo => json!({"type": "boolean"}),
            Form::Word { words, .. } => json!({"enum": words}),
            Form::List {
                of,
                least,
                most,
                distinct,
            } => {
                let mut list = list(self.form(of), *least, *most);
                if *distinct {
                    list.insert("uniqueItems".to_owned(), json!(true));
                }
                Value::Object(list)
            }
            Form::Table(shape) => self.named_object(shape),
            Form::Tables { of, least, most, .. } => Value::Object(list(self.named_object(of), *least, *most)),
            Form::Map { keys, values } => json!({
                "type": "object",
                "propertyNames": self.form(keys),
                "additionalProperties": self.form(values),
            }),
        }
    }

    /// A reference to the definition of a shape, which is made if it is not there yet.
    fn named_object(&mut self, shape: &'static Shape) -> Value {
        let place = std::ptr::from_ref(shape).addr();
        if let Some(name) = self.names.get(&place) {
            return reference(name);
        }
        let mut name = slugify(shape.what.trim_start_matches("table "));
        while self.names.values().any(|other| *other == name) {
            name.push_str("-2");
        }
        self.names.insert(place, name.clone());
        let object = self.object(shape);
        self.made.insert(name.clone(), Value::Object(object));
        reference(&name)
    }

    /// Texts, as deep as tables and lists go: what the one shape of open keys holds.
    fn texts(&mut self) -> Value {
        let name = "texts";
        if !self.made.contains_key(name) {
            let texts = json!({"anyOf": [
                self.form(&Form::Text),
                {"type": "array", "items": reference(name)},
                {"type": "object", "additionalProperties": reference(name)},
            ]});
            self.made.insert(name.to_owned(), texts);
        }
        reference(name)
    }
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

/// An id, no part of which is a name that Windows keeps for a device.
fn id(pattern: &str) -> Value {
    let devices = WINDOWS_DEVICES.join("|");
    json!({"type": "string", "pattern": pattern, "not": {"pattern": format!("(^|[./])({devices})($|[./])")}})
}

fn text(pattern: &str) -> Value {
    json!({"type": "string", "pattern": pattern})
}

/// Text with something in it that is seen, without certain characters.
fn prose(most: usize, without: &str) -> Value {
    json!({
        "type": "string",
        "maxLength": most,
        "pattern": format!("^[^{without}]*$"),
        "allOf": [{"pattern": "\\S"}],
    })
}

fn named(parts: Parts, may_name_curriculum: bool) -> String {
    let before = if may_name_curriculum {
        format!("({SLUG}/)?")
    } else {
        String::new()
    };
    let more = match parts {
        Parts::One => String::new(),
        Parts::Two => format!("\\.{SLUG}"),
        Parts::OneOrTwo => format!("(\\.{SLUG})?"),
    };
    format!("^{before}{SLUG}{more}$")
}

/// A number of at most three decimals; that they are three at most no schema holds exactly.
fn number() -> Value {
    json!({"type": "number", "minimum": -1_000_000_000_000_i64, "maximum": 1_000_000_000_000_i64})
}

fn year() -> Value {
    json!({"type": "integer", "minimum": YEARS.start(), "maximum": YEARS.end()})
}

/// One, or a list of some.
fn either(one: &Value, least: usize, most: usize) -> Value {
    json!({"anyOf": [one, list(one.clone(), least, most)]})
}

fn list(of: Value, least: usize, most: usize) -> Map<String, Value> {
    let mut list = Map::new();
    list.insert("type".to_owned(), json!("array"));
    list.insert("items".to_owned(), of);
    if least > 0 {
        list.insert("minItems".to_owned(), json!(least));
    }
    if most < MANY {
        list.insert("maxItems".to_owned(), json!(most));
    }
    list
}
