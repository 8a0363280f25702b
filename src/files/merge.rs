//! Two states of a file that people write, put together: `people.toml` person by person and key by key, `erased.toml` as a
//! union. What both changed differently is nobody's to decide but a person's. Text in, text out; comments and order are ours.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{ArrayOfTables, Item, Table as EditTable};

use super::edit::{Document, EditError, PeopleFile};
use crate::base::id::PersonId;

/// Whose version of what both changed is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What stands on this computer.
    Ours,
    /// What came in.
    Theirs,
}

/// One thing that both sides changed, each otherwise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clash {
    /// What: `ana.unit`, or `ana` for a person that one side took out.
    pub what: String,
    /// What stands here; empty: taken out.
    pub ours: String,
    /// What came in; empty: taken out.
    pub theirs: String,
}

/// Whose version is taken of a thing that both changed; `None`: nobody decided.
pub type Decide<'a> = &'a dyn Fn(&str) -> Option<Side>;

/// The text of `people.toml` with what both sides changed. What they changed differently is as `decide` says; ours, and named,
/// where it says nothing. `erased` are in it no more.
pub fn merge_people(
    base: &str,
    ours: &str,
    theirs: &str,
    decide: Decide<'_>,
    erased: &BTreeSet<PersonId>,
) -> Result<(String, Vec<Clash>), EditError> {
    let [before, here, there] = [base, ours, theirs].map(people);
    let (before, here, there) = (before?, here?, there?);
    let mut file = PeopleFile::parse(ours)?;
    let incoming = Document::parse(theirs)?;
    let incoming = tables(&incoming.toml)?;
    let mut clashes = Vec::new();
    let none = toml::Table::new();
    // Those of ours keep their places; theirs follow in the order they have there.
    let mut order: Vec<&String> = here.order.iter().collect();
    order.extend(there.order.iter().filter(|id| !here.of.contains_key(*id)));
    let all = file.people()?;
    for id in order {
        let (was, is, comes) = (before.of.get(id), here.of.get(id), there.of.get(id));
        if is == comes || was == comes {
            continue;
        }
        let source = comes.and(incoming.iter().find(|table| is_of(table, id)));
        match (is, source) {
            (None, Some(source)) => {
                if was.is_none() || is_theirs(whole(id, None, comes), decide, &mut clashes) {
                    all.push(source.clone());
                }
            }
            (Some(now), None) => {
                if was == is || is_theirs(whole(id, Some(now), None), decide, &mut clashes) {
                    take_out(all, id);
                }
            }
            (Some(now), Some(source)) => {
                if let Some(person) = all.iter_mut().find(|table| is_of(table, id)) {
                    let states = [was.unwrap_or(&none), now, comes.unwrap_or(&none)];
                    merge_person(id, person, source, states, decide, &mut clashes);
                }
            }
            (None, None) => {}
        }
    }
    file.find_places();
    for id in erased {
        match file.remove(id) {
            Ok(()) | Err(EditError::NoSuchPerson(_)) => {}
            Err(error) => return Err(error),
        }
    }
    clashes.retain(|clash| !erased.iter().any(|id| is_about(&clash.what, id.as_str())));
    Ok((file.into_text(), clashes))
}

/// The text of `erased.toml` with the entries of both: nothing takes one out again.
pub fn merge_erased(ours: &str, theirs: &str) -> Result<String, EditError> {
    let mut text = if ours.trim().is_empty() {
        "format = 1\n".to_owned()
    } else {
        ours.to_owned()
    };
    let known: BTreeSet<String> = entries(ours)?.into_iter().collect();
    for entry in entries(theirs)? {
        if !known.contains(&entry) {
            if !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(&entry);
        }
    }
    Ok(text)
}

/// The entries of a file, each as the lines that it is written with.
fn entries(text: &str) -> Result<Vec<String>, EditError> {
    let document = Document::parse(text)?;
    let mut all = Vec::new();
    for (name, item) in document.toml.iter() {
        for entry in item.as_array_of_tables().into_iter().flatten() {
            let lines = entry
                .iter()
                .map(|(key, value)| format!("{key} = {}\n", value.to_string().trim()));
            all.push(format!("\n[[{name}]]\n{}", lines.collect::<String>()));
        }
    }
    Ok(all)
}

/// The `id` that a file names itself by. `Err`: it is not TOML, and why.
pub fn id_in(text: &str) -> Result<Option<String>, String> {
    let body = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let table: toml::Table = toml::from_str(body).map_err(|error| error.message().to_owned())?;
    Ok(table.get("id").and_then(toml::Value::as_str).map(str::to_owned))
}

fn merge_person(
    id: &str,
    person: &mut EditTable,
    source: &EditTable,
    [was, is, comes]: [&toml::Table; 3],
    decide: Decide<'_>,
    clashes: &mut Vec<Clash>,
) {
    let keys: BTreeSet<&String> = is.keys().chain(comes.keys()).collect();
    for key in keys {
        let [before, here, there] = [was, is, comes].map(|state| state.get(key));
        if here == there || before == there {
            continue;
        }
        if before != here {
            let clash = Clash {
                what: format!("{id}.{key}"),
                ours: here.map(ToString::to_string).unwrap_or_default(),
                theirs: there.map(ToString::to_string).unwrap_or_default(),
            };
            if !is_theirs(clash, decide, clashes) {
                continue;
            }
        }
        match (source.get(key), person.get_mut(key)) {
            (Some(Item::Value(new)), Some(Item::Value(old))) => {
                let decor = old.decor().clone();
                *old = new.clone();
                *old.decor_mut() = decor;
            }
            (Some(new), _) => {
                person.insert(key, new.clone());
            }
            (None, _) => {
                person.remove(key);
            }
        }
    }
}

/// The people of a file by id, as values: how something is written makes no difference.
struct People {
    order: Vec<String>,
    of: BTreeMap<String, toml::Table>,
}

fn people(text: &str) -> Result<People, EditError> {
    let table: toml::Table =
        toml::from_str(text).map_err(|error| EditError::Syntax(error.message().to_owned()))?;
    let mut people = People {
        order: Vec::new(),
        of: BTreeMap::new(),
    };
    let all = table.get("person").and_then(toml::Value::as_array);
    for person in all.into_iter().flatten().filter_map(toml::Value::as_table) {
        let id = person.get("id").and_then(toml::Value::as_str);
        let id = id.ok_or_else(|| EditError::Form("a person without an id".to_owned()))?;
        if people.of.insert(id.to_owned(), person.clone()).is_some() {
            return Err(EditError::PersonExists(id.to_owned()));
        }
        people.order.push(id.to_owned());
    }
    Ok(people)
}

fn tables(document: &toml_edit::DocumentMut) -> Result<Vec<EditTable>, EditError> {
    match document.get("person") {
        None => Ok(Vec::new()),
        Some(item) => {
            let all = item.as_array_of_tables();
            let all = all.ok_or_else(|| EditError::Form("person".to_owned()))?;
            Ok(all.iter().cloned().map(placeless).collect())
        }
    }
}

/// A table of another file stands behind those of this one.
fn placeless(mut table: EditTable) -> EditTable {
    table.set_position(None);
    let prefix = table
        .decor()
        .prefix()
        .and_then(|prefix| prefix.as_str())
        .unwrap_or_default();
    if prefix.is_empty() {
        table.decor_mut().set_prefix("\n");
    }
    table
}

/// Whether theirs is taken; what nobody decided is named.
fn is_theirs(clash: Clash, decide: Decide<'_>, clashes: &mut Vec<Clash>) -> bool {
    let side = decide(&clash.what);
    if side.is_none() {
        clashes.push(clash);
    }
    side == Some(Side::Theirs)
}

fn take_out(all: &mut ArrayOfTables, id: &str) {
    let at = all.iter().position(|table| is_of(table, id));
    if let Some(at) = at {
        all.remove(at);
    }
}

fn is_of(table: &EditTable, id: &str) -> bool {
    table.get("id").and_then(Item::as_str) == Some(id)
}

fn is_about(what: &str, id: &str) -> bool {
    what.split('.').next() == Some(id)
}

fn whole(id: &str, ours: Option<&toml::Table>, theirs: Option<&toml::Table>) -> Clash {
    let said = |state: Option<&toml::Table>| {
        state
            .map(ToString::to_string)
            .unwrap_or_default()
            .trim()
            .replace('\n', ", ")
    };
    Clash {
        what: id.to_owned(),
        ours: said(ours),
        theirs: said(theirs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "format = 1\n\n# the board\n[[person]]\nid = \"ana\"\nname = \"Ana\"\nunit = \"a\"\n\n[[person]]\nid = \"bo\"\nname = \"Bo\"\n";

    fn merged(ours: &str, theirs: &str, keep: Option<Side>) -> (String, Vec<String>) {
        let (text, clashes) = merge_people(BASE, ours, theirs, &|_| keep, &BTreeSet::new()).unwrap();
        (text, clashes.into_iter().map(|clash| clash.what).collect())
    }

    #[test]
    fn what_one_side_changed_is_taken_key_by_key() {
        let ours = BASE.replace("unit = \"a\"", "unit = \"a\" # still");
        let theirs = BASE.replace(
            "name = \"Ana\"\n",
            "name = \"Ana Reyes\"\nemail = \"ana@example.org\"\n",
        ) + "\n[[person]]\nid = \"chen\"\nname = \"Chen\"\n";
        let (text, clashes) = merged(&ours, &theirs, None);
        assert_eq!(
            text,
            "format = 1\n\n# the board\n[[person]]\nid = \"ana\"\nname = \"Ana Reyes\"\nunit = \"a\" # still\nemail = \"ana@example.org\"\n\n[[person]]\nid = \"bo\"\nname = \"Bo\"\n\n[[person]]\nid = \"chen\"\nname = \"Chen\"\n"
        );
        assert!(clashes.is_empty());
        // Nothing new in it: not a byte changes.
        assert_eq!(merged(&ours, BASE, None).0, ours);
    }

    /// The case that an ordinary merge of git got wrong: one person goes, another of like shape comes, and an edit of the
    /// first lands in the second.
    #[test]
    fn an_edit_of_one_person_never_lands_in_another() {
        let ours = BASE.replace("\"ana\"", "\"ann\"");
        let theirs = BASE.replace("unit = \"a\"", "unit = \"b\"");
        let (text, clashes) = merged(&ours, &theirs, None);
        assert_eq!((text.as_str(), clashes), (ours.as_str(), vec!["ana".to_owned()]));
        let (text, _) = merged(&ours, &theirs, Some(Side::Theirs));
        assert!(text.contains("id = \"ann\"\nname = \"Ana\"\nunit = \"a\"\n"));
        assert!(text.contains("id = \"ana\"\nname = \"Ana\"\nunit = \"b\"\n"));
    }

    #[test]
    fn what_both_changed_differently_is_asked_about() {
        let ours = BASE.replace("unit = \"a\"", "unit = \"b\"");
        let theirs = BASE.replace("unit = \"a\"\n", "");
        assert_eq!(
            merged(&ours, &theirs, None),
            (ours.clone(), vec!["ana.unit".to_owned()])
        );
        assert!(!merged(&ours, &theirs, Some(Side::Theirs)).0.contains("unit"));
        assert_eq!(merged(&ours, &theirs, Some(Side::Ours)).0, ours);
        // The same change on both sides is no question.
        assert!(merged(&ours, &ours, None).1.is_empty());
        // One takes a person out, the other says nothing of them.
        let gone = "format = 1\n\n# the board\n[[person]]\nid = \"ana\"\nname = \"Ana\"\nunit = \"a\"\n";
        assert_eq!(merged(BASE, gone, None), (gone.to_owned(), vec![]));
        assert_eq!(merged(gone, BASE, None), (gone.to_owned(), vec![]));
    }

    #[test]
    fn who_was_erased_comes_back_from_nowhere() {
        let theirs = BASE.replace("unit = \"a\"", "unit = \"b\"");
        let ours = "format = 1\n\n[[person]]\nid = \"bo\"\nname = \"Bo\"\n";
        let erased = BTreeSet::from(["ana".parse().unwrap()]);
        let (text, clashes) = merge_people(BASE, ours, &theirs, &|_| None, &erased).unwrap();
        assert_eq!((text.as_str(), clashes.len()), (ours, 0));
        let one = "format = 1\n\n[[erased]]\nid = \"ana\"\nday = 2026-03-16\n";
        let other = "format = 1\n\n[[erased]]\nid = \"sam\"\nday = 2026-03-17\n";
        let both = "format = 1\n\n[[erased]]\nid = \"ana\"\nday = 2026-03-16\n\n[[erased]]\nid = \"sam\"\nday = 2026-03-17\n";
        assert_eq!(merge_erased(one, other).unwrap(), both);
        assert_eq!(merge_erased("", one).unwrap(), one);
        assert_eq!(merge_erased(both, one).unwrap(), both);
    }

    #[test]
    fn what_is_no_list_of_people_is_not_merged() {
        for odd in [
            "person = 1\nperson = 2",
            "[[person]]\nname = \"x\"",
            "<<<<<<< HEAD\n",
        ] {
            assert!(
                merge_people(BASE, BASE, odd, &|_| None, &BTreeSet::new()).is_err(),
                "{odd}"
            );
        }
    }
}
