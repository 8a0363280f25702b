//! Who a record is about: somebody who is here, by the source's number or by address, or somebody new with an id of ours.

use std::collections::{BTreeMap, BTreeSet};

use super::people_import::Imported;
use super::people_rows::{Draft, beginning};
use crate::base::id::{check_slug, slugify};
use crate::model::person::Person;

/// Who a record is about.
pub(super) struct Identity {
    pub(super) id: String,
    pub(super) external_id: Option<String>,
}

/// Everybody who may be meant, by what a source may call them.
pub(super) struct Someone<'p> {
    people: BTreeMap<&'p str, &'p Person>,
    by_email: BTreeMap<String, &'p str>,
    by_name: BTreeMap<String, &'p str>,
    by_external: BTreeMap<String, String>,
    by_bare_number: BTreeMap<String, Option<String>>,
    external_ids: BTreeMap<&'p str, &'p str>,
    taken: BTreeSet<String>,
    /// Whether the source's ids may become ours.
    pub(super) takes_ids: bool,
}

impl<'p> Someone<'p> {
    pub(super) fn of(people: &'p [Person], imported: &'p Imported, erased: &BTreeSet<String>) -> Self {
        let mut one = Self {
            people: people.iter().map(|p| (p.id.as_str(), p)).collect(),
            by_email: BTreeMap::new(),
            by_name: BTreeMap::new(),
            by_external: BTreeMap::new(),
            by_bare_number: BTreeMap::new(),
            external_ids: BTreeMap::new(),
            taken: erased.clone(),
            takes_ids: true,
        };
        for person in people {
            one.taken.insert(person.id.to_string());
            one.by_name.insert(person.name.to_lowercase(), person.id.as_str());
            if let Some(email) = &person.email {
                one.by_email.insert(email.to_lowercase(), person.id.as_str());
            }
        }
        for id in imported.values.keys() {
            one.taken.insert(id.clone());
            // The address of the last import, where another one was set by hand since.
            if let Some(email) = imported.value(id, "email").filter(|e| !e.is_empty()) {
                one.by_email.entry(email.to_lowercase()).or_insert(id);
            }
        }
        for (id, external) in &imported.external_ids {
            one.external_ids.insert(id, external);
            one.by_external.insert(external.to_lowercase(), id.clone());
            let entry = one
                .by_bare_number
                .entry(bare_number(external))
                .or_insert_with(|| Some(id.clone()));
            if entry.as_deref() != Some(id) {
                *entry = None;
            }
        }
        one
    }

    /// Ids that the file itself gives are not made up for somebody else.
    pub(super) fn reserve(&mut self, drafts: &[Draft]) {
        for draft in drafts {
            if self.takes_ids && is_id_of_ours(&draft.key) {
                self.taken.insert(draft.key.clone());
            }
        }
    }

    pub(super) fn person(&self, id: &str) -> Option<&'p Person> {
        self.people.get(id).copied()
    }

    pub(super) fn is_here(&self, id: &str) -> bool {
        self.people.contains_key(id)
    }

    /// By the source's id, by address, else somebody new.
    pub(super) fn identify(
        &mut self,
        draft: &Draft,
        notes: &mut Vec<(usize, String)>,
    ) -> Result<Identity, String> {
        let key = draft.key.as_str();
        let email = draft.values.get("email").map_or("", String::as_str);
        let external = |id: &str| Some(key.to_owned()).filter(|key| !key.is_empty() && *key != id);
        let found = |id: &str| Identity {
            external_id: external(id),
            id: id.to_owned(),
        };
        if !key.is_empty() {
            if let Some(id) = self.by_external.get(&key.to_lowercase()) {
                return Ok(found(id));
            }
            if self.takes_ids {
                if self.people.contains_key(key) || is_id_of_ours(key) {
                    return Ok(found(key));
                }
                // `ANA`, of somebody who is here as `ana`.
                let lower = key.to_lowercase();
                if is_id_of_ours(&lower) && self.people.contains_key(lower.as_str()) {
                    return Ok(found(&lower));
                }
            }
            // Excel takes the zeros in front of a number away.
            if let Some(Some(id)) = self.by_bare_number.get(&bare_number(key)) {
                let known = self.external_ids.get(id.as_str()).copied().unwrap_or_default();
                notes.push((
                    draft.line,
                    format!(
                        "\"{}\" is taken for \"{known}\": zeros in front are lost",
                        beginning(key)
                    ),
                ));
                return Ok(Identity {
                    id: id.clone(),
                    external_id: Some(known.to_owned()),
                });
            }
        }
        if let Some(id) = self
            .by_email
            .get(&email.to_lowercase())
            .filter(|_| !email.is_empty())
        {
            // One address for two people: the one with another number is somebody else.
            if key.is_empty()
                || self
                    .external_ids
                    .get(id)
                    .is_none_or(|known| known.eq_ignore_ascii_case(key))
            {
                return Ok(found(id));
            }
        }
        let id = self.new_id(draft, email)?;
        let name = draft.values["name"].to_lowercase();
        if let Some(like) = self.by_name.get(&name) {
            notes.push((
                draft.line,
                format!(
                    "{like} here has the same name; if it is the same person, first: upwards people edit {like} --set email={}",
                    if email.is_empty() { "ADDRESS" } else { email }
                ),
            ));
        }
        let identity = found(&id);
        if let Some(external) = &identity.external_id {
            self.by_external.insert(external.to_lowercase(), id);
        }
        Ok(identity)
    }

    /// Made from the name, because it stands on every screen; from the address where there is no number.
    fn new_id(&mut self, draft: &Draft, email: &str) -> Result<String, String> {
        let local = slugify(email.split('@').next().unwrap_or_default());
        let named = slugify(&draft.values["name"]);
        let numbered = slugify(&draft.key);
        let candidates = if draft.key.is_empty() {
            if email.is_empty() {
                return Err("no id and no e-mail".to_owned());
            }
            // The same address twice is the same person.
            return match check_slug(&local) {
                Ok(()) => Ok(local),
                Err(_) => Err(format!("no id can be made from \"{}\"", beginning(email))),
            };
        } else {
            [named, local, numbered]
        };
        let base = candidates
            .into_iter()
            .find(|id| check_slug(id).is_ok())
            .ok_or_else(|| format!("the id \"{}\" cannot be used", beginning(&draft.key)))?;
        let mut id = base.clone();
        let mut number = 1;
        while self.taken.contains(&id) {
            number += 1;
            let room = base.len().min(56);
            id = format!("{}-{number}", base[..room].trim_end_matches('-'));
        }
        self.taken.insert(id.clone());
        Ok(id)
    }
}

/// Whether a source's id is one that people can live with here: as we write them, no number and no UUID.
fn is_id_of_ours(key: &str) -> bool {
    let is_uuid = || key.len() == 36 && key.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit());
    check_slug(key).is_ok() && key.starts_with(|c: char| c.is_ascii_lowercase()) && !is_uuid()
}

fn bare_number(key: &str) -> String {
    key.to_lowercase().trim_start_matches('0').to_owned()
}
