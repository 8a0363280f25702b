//! `people.toml` as a person's copy holds it: their own entry in full, of the people their log names no more than id, name
//! and roles, of their groups the names. Comments are the leaders' and stay with them.

use std::collections::BTreeSet;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};

use super::edit::EditError;

/// What is known of somebody else.
const OF_OTHERS: [&str; 3] = ["id", "name", "roles"];

/// The text of a person's `people.toml`, in the order of the whole one. `named` are the others who may stand in it.
pub fn reduced_people(text: &str, person: &str, named: &BTreeSet<String>) -> Result<String, EditError> {
    let whole: DocumentMut = text
        .trim_start_matches('\u{FEFF}')
        .replace("\r\n", "\n")
        .parse()
        .map_err(|error: toml_edit::TomlError| {
            EditError::Syntax(error.message().lines().next().unwrap_or_default().to_owned())
        })?;
    let mut people = ArrayOfTables::new();
    let mut own_groups: BTreeSet<String> = BTreeSet::new();
    for entry in tables(&whole, "person")? {
        let id = entry.get("id").and_then(Item::as_str).unwrap_or_default();
        if id == person {
            own_groups = texts(entry.get("groups"));
            people.push(some_of(entry, |_| true));
        } else if named.contains(id) {
            people.push(some_of(entry, |key| OF_OTHERS.contains(&key)));
        }
    }
    if people.is_empty() {
        return Err(EditError::NoSuchPerson(person.to_owned()));
    }
    let mut groups = ArrayOfTables::new();
    for entry in tables(&whole, "group")? {
        let id = entry.get("id").and_then(Item::as_str).unwrap_or_default();
        if own_groups.contains(id) {
            groups.push(some_of(entry, |key| matches!(key, "id" | "name")));
        }
    }
    let mut copy = DocumentMut::new();
    copy.insert("format", toml_edit::value(1));
    copy.insert("person", Item::ArrayOfTables(people));
    if !groups.is_empty() {
        copy.insert("group", Item::ArrayOfTables(groups));
    }
    Ok(copy.to_string())
}

/// A case for another company: no comments, nobody who suggested it, its owner the company itself; of an anonymised case not
/// even that.
pub fn case_for_others(text: &str) -> Result<String, EditError> {
    let bare = without_comments(text)?;
    let mut case: DocumentMut = bare.parse().map_err(|error: toml_edit::TomlError| {
        EditError::Syntax(error.message().lines().next().unwrap_or_default().to_owned())
    })?;
    case.remove("credit");
    let organisation = case
        .get("organisation")
        .and_then(|o| o.as_str())
        .unwrap_or_default()
        .to_owned();
    let is_anonymised = case.get("permission").and_then(|p| p.as_str()) == Some("anonymised");
    let owner = if is_anonymised { UNNAMED } else { &organisation };
    if case.contains_key("owner") {
        case["owner"] = toml_edit::value(owner);
    }
    if is_anonymised {
        case["organisation"] = toml_edit::value(UNNAMED);
        let sources = case.get_mut("source").and_then(|s| s.as_array_of_tables_mut());
        for source in sources.into_iter().flat_map(|sources| sources.iter_mut()) {
            if source.get("publisher").and_then(|p| p.as_str()) == Some(&organisation) {
                source["publisher"] = toml_edit::value(UNNAMED);
            }
        }
    }
    Ok(case.to_string())
}

/// What an anonymised organisation is called.
const UNNAMED: &str = "not named";

/// The same values without comments: those are notes of whoever leads or writes material, and stay with them.
pub fn without_comments(text: &str) -> Result<String, EditError> {
    let mut document: DocumentMut = text
        .trim_start_matches('\u{FEFF}')
        .replace("\r\n", "\n")
        .parse()
        .map_err(|error: toml_edit::TomlError| {
            EditError::Syntax(error.message().lines().next().unwrap_or_default().to_owned())
        })?;
    bare_table(document.as_table_mut(), "");
    document.set_trailing("");
    Ok(document.to_string())
}

fn bare_table(table: &mut Table, prefix: &str) {
    table.decor_mut().set_prefix(prefix);
    table.decor_mut().set_suffix("");
    for (mut key, item) in table.iter_mut() {
        key.leaf_decor_mut().clear();
        key.dotted_decor_mut().clear();
        match item {
            Item::Value(value) => bare_value(value),
            Item::Table(inner) => bare_table(inner, "\n"),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|inner| bare_table(inner, "\n")),
            Item::None => {}
        }
    }
}

fn tables<'a>(document: &'a DocumentMut, key: &str) -> Result<Vec<&'a Table>, EditError> {
    match document.get(key) {
        None => Ok(Vec::new()),
        Some(Item::ArrayOfTables(tables)) => Ok(tables.iter().collect()),
        Some(_) => Err(EditError::Form(key.to_owned())),
    }
}

/// Those keys of an entry that may be in the copy, without comments.
fn some_of(entry: &Table, may: impl Fn(&str) -> bool) -> Table {
    let mut some = Table::new();
    some.decor_mut().set_prefix("\n");
    for (key, item) in entry.iter().filter(|(key, _)| may(key)) {
        let mut item = item.clone();
        bare(&mut item);
        some.insert(key, item);
    }
    some
}

fn bare(item: &mut Item) {
    if let Item::Value(value) = item {
        bare_value(value);
    }
}

fn bare_value(value: &mut Value) {
    match value {
        Value::Array(array) => {
            for inner in array.iter_mut() {
                bare_value(inner);
            }
            array.set_trailing("");
            array.set_trailing_comma(false);
            array.fmt();
        }
        Value::InlineTable(table) => {
            for (_, inner) in table.iter_mut() {
                bare_value(inner);
            }
            table.fmt();
        }
        _ => {}
    }
    value.decor_mut().clear();
}

fn texts(item: Option<&Item>) -> BTreeSet<String> {
    let list = item.and_then(Item::as_array);
    list.into_iter()
        .flat_map(|list| list.iter())
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_values_stay() {
        let text = "# secret\nformat = 1 # secret\n\n# secret\n[a] # secret\nb = [ # secret\n  1, # secret\n  { c = \"# kept\" },\n]\n\n[[d]] # secret\ne = \"\"\"\ntwo\nlines # kept\"\"\" # secret\n# secret\n";
        let bare = without_comments(text).unwrap();
        assert!(!bare.contains("secret"), "{bare}");
        let (was, is): (toml::Table, toml::Table) = (text.parse().unwrap(), bare.parse().unwrap());
        assert_eq!(was, is);
        assert_eq!(without_comments(&bare).unwrap(), bare);
    }

    const WHOLE: &str = r#"# everybody; Bo is difficult
format = 1

[[person]]
id = "maya"
name = "Maya Lund"
roles = ["leader"] # since May
email = "maya@halden.example"

# hard to reach
[[person]]
id = "ana"
name = "Ana Reyes"
groups = [
  "board", # not for long
  "south",
]
email = "ana@halden.example"
assistant_email = "office@halden.example"
mentors_stated = { serve = "ready" } # my word
reports_to = "maya"

[[person]]
id = "bo"
name = "Bo Lindqvist"
email = "bo@halden.example"
challenges = ["no-time"]

[[person]]
id = "chen"
name = "Chen Wei"

[[group]]
id = "board"
name = "The board"
unit = "top"

[[group]]
id = "north"
name = "North"
"#;

    #[test]
    fn a_copy_names_whom_its_person_knows() {
        let named = ["maya", "bo"].map(str::to_owned).into();
        let copy = reduced_people(WHOLE, "ana", &named).unwrap();
        assert_eq!(
            copy,
            r#"format = 1

[[person]]
id = "maya"
name = "Maya Lund"
roles = ["leader"]

[[person]]
id = "ana"
name = "Ana Reyes"
groups = ["board", "south"]
email = "ana@halden.example"
assistant_email = "office@halden.example"
mentors_stated = { serve = "ready" }
reports_to = "maya"

[[person]]
id = "bo"
name = "Bo Lindqvist"

[[group]]
id = "board"
name = "The board"
"#
        );
        let again = reduced_people(&copy, "ana", &named).unwrap();
        assert_eq!(again, copy);
        let windows = reduced_people(&WHOLE.replace('\n', "\r\n"), "ana", &named).unwrap();
        assert_eq!(windows, copy);
    }

    #[test]
    fn who_is_not_there_gets_none() {
        assert_eq!(
            reduced_people(WHOLE, "eve", &BTreeSet::new()),
            Err(EditError::NoSuchPerson("eve".to_owned()))
        );
        assert!(reduced_people("person = 3", "ana", &BTreeSet::new()).is_err());
        assert!(reduced_people("[[person", "ana", &BTreeSet::new()).is_err());
    }
}
