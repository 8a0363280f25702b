//! The other people whom a record names: the manager and the assistant.

use std::collections::{BTreeMap, BTreeSet};

use super::people_import::{ImportOptions, Imported};
use super::people_rows::{Draft, beginning};
use super::people_who::Identity;
use crate::model::person::Person;

/// Values that mean "nobody" in a manager's column.
const NOBODY: [&str; 16] = [
    "",
    "-",
    "0",
    "none",
    "n/a",
    "#n/a",
    "na",
    "nil",
    "null",
    "no manager",
    "no_manager",
    "no_mgr",
    "no_hr",
    "not assigned",
    "keine",
    "kein",
];

/// A name as it is compared: `Okafor, Dana` is `dana okafor`.
fn comparable(name: &str) -> String {
    let name = name.to_lowercase();
    let name = match name.split_once(',') {
        Some((last, first)) if !first.contains(',') => format!("{} {}", first.trim(), last.trim()),
        _ => name,
    };
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The other people whom each row names: whom the person reports to, and the assistant's address. They may be named by id,
/// the source's id, address or name; after all rows are read, because the file has its own order.
pub(super) fn others(
    rows: &[(Draft, Identity)],
    people: &[Person],
    imported: &Imported,
    options: &ImportOptions,
    notes: &mut Vec<(usize, String)>,
) -> Vec<Vec<(String, String)>> {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    let mut names: BTreeMap<String, Option<&str>> = BTreeMap::new();
    for (id, external) in &imported.external_ids {
        known.insert(external.to_lowercase(), id);
    }
    let mut learn = |id, name: &str, others: [Option<&str>; 2]| {
        for other in others.into_iter().flatten().filter(|k| !k.is_empty()) {
            known.insert(other.to_lowercase(), id);
        }
        known.insert(str::to_lowercase(id), id);
        // Two people of one name: nobody is guessed.
        let entry = names.entry(comparable(name)).or_insert(Some(id));
        if *entry != Some(id) {
            *entry = None;
        }
    };
    for person in people {
        learn(person.id.as_str(), &person.name, [person.email.as_deref(), None]);
    }
    for (draft, identity) in rows {
        let email = draft.values.get("email").map(String::as_str);
        learn(
            &identity.id,
            &draft.values["name"],
            [email, Some(draft.key.as_str())],
        );
    }
    let is_nobody = |word: &str| {
        let word = word.trim().to_lowercase();
        NOBODY.contains(&word.as_str()) || options.sentinels.iter().any(|s| s.to_lowercase() == word)
    };
    // Somebody may be called what means nobody, as "-" or ","; only an id or an address names them.
    let by_name = |word: &str| {
        let name = comparable(word);
        (!name.is_empty() && !is_nobody(word)).then(|| names.get(&name).copied().flatten())?
    };
    let find = |word: &str| {
        let word = word.trim();
        let exact = |word: &str| known.get(&word.to_lowercase()).copied().or_else(|| by_name(word));
        exact(word).or_else(|| {
            // `Dana Okafor (004711)`, `Dana Okafor (On Leave)`.
            let (name, rest) = word.strip_suffix(')')?.split_once('(')?;
            exact(rest.trim()).or_else(|| exact(name.trim()))
        })
    };
    let mut above: BTreeMap<&str, &str> = people
        .iter()
        .filter_map(|p| Some((p.id.as_str(), p.reports_to.as_ref()?.as_str())))
        .collect();
    let of_file: BTreeSet<&str> = rows
        .iter()
        .filter(|(draft, _)| !draft.managers.is_empty())
        .map(|(_, identity)| identity.id.as_str())
        .collect();
    above.retain(|id, _| !of_file.contains(id));
    let addresses: BTreeMap<&str, &str> = people
        .iter()
        .filter_map(|p| Some((p.id.as_str(), p.email.as_deref()?)))
        .chain(
            rows.iter()
                .filter_map(|(draft, who)| Some((who.id.as_str(), draft.values.get("email")?.as_str()))),
        )
        .filter(|(_, address)| !address.is_empty())
        .collect();
    let mut found = Vec::with_capacity(rows.len());
    for (draft, identity) in rows {
        let mut named = Vec::new();
        if let Some(word) = draft.assistant.as_deref() {
            match find(word).and_then(|id| addresses.get(id)) {
                Some(address) => named.push(("assistant_email".to_owned(), (*address).to_owned())),
                None if is_nobody(word) => {}
                None => notes.push((
                    draft.line,
                    format!(
                        "the assistant \"{}\" has no address here; left out",
                        beginning(word)
                    ),
                )),
            }
        }
        if draft.managers.is_empty() {
            found.push(named);
            continue;
        }
        let boss = draft.managers.iter().find_map(|word| find(word));
        if boss.is_none()
            && let Some(word) = draft.managers.iter().find(|word| !is_nobody(word))
        {
            notes.push((
                draft.line,
                format!("the manager \"{}\" is nobody here; left empty", beginning(word)),
            ));
        }
        // Some lists name the head of the house as their own manager.
        let boss = boss.filter(|boss| *boss != identity.id);
        let (boss, ring) = match boss {
            Some(boss) if is_below(boss, &identity.id, &above) => (None, Some(boss)),
            boss => (boss, None),
        };
        if let Some(ring) = ring {
            notes.push((
                draft.line,
                format!(
                    "{ring} reports to {}, directly or through others: that would be a ring; the manager is left empty",
                    identity.id
                ),
            ));
        }
        if let Some(boss) = boss {
            above.insert(&identity.id, boss);
        }
        named.push(("reports_to".to_owned(), boss.unwrap_or_default().to_owned()));
        found.push(named);
    }
    found
}

/// Whether somebody reports to somebody else, directly or through others.
fn is_below(who: &str, whom: &str, above: &BTreeMap<&str, &str>) -> bool {
    let mut at = who;
    // A ring that was there before is not gone through for ever.
    for _ in 0..=above.len() {
        match above.get(at).copied() {
            Some(next) if next == whom => return true,
            Some(next) => at = next,
            None => return false,
        }
    }
    true
}
