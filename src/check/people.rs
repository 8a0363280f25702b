//! People: who reports to whom, who may mentor in what, who could be taken for somebody else.

use std::collections::BTreeMap;

use super::cycles::{path, rings};
use super::look_alike::{folded, skeleton};
use super::references::Guesses;
use crate::base::diag::{Diagnostic, Place};
use crate::base::time::Date;
use crate::model::person::{Person, Role};
use crate::model::written::{Everything, WrittenCurriculum};

/// Places of a ring that are shown beside the first.
const MOST_PLACES: usize = 8;

/// All rules about `people.toml`.
pub(super) fn check(everything: &Everything, today: Date, findings: &mut Vec<Diagnostic>) {
    let Some(file) = &everything.people else { return };
    let people = &file.value.people;
    let number: BTreeMap<&str, usize> = people
        .iter()
        .enumerate()
        .map(|(n, p)| (p.id.as_str(), n))
        .collect();
    superiors(everything, &number, findings);
    mentors(everything, findings);
    names(everything, findings);
    for (at, person) in people.iter().enumerate() {
        if everything.erased.contains(&person.id) {
            let message = format!("{} was erased and is here again", person.id);
            findings.push(
                Diagnostic::error("U407", file.place(&format!("person.{at}.id")), message)
                    .helped("remove the person, or give the new one another id"),
            );
        }
    }
    if !people
        .iter()
        .any(|person| person.is(Role::Leader) && person.is_here(today))
    {
        findings.push(
            Diagnostic::warning("U404", file.source.whole(), "nobody here has the role leader")
                .helped("write roles = [\"leader\"] for whoever runs the programme"),
        );
    }
}

/// The finding on a log of somebody who was erased: a late device or a restored backup brought it back.
pub fn erased_returned(person: &str) -> Diagnostic {
    let place = Place::file(&format!("progress/{person}"));
    Diagnostic::error(
        "U535",
        place,
        format!("{person} was erased, and a log of theirs is here again; it is not read"),
    )
    .helped(format!(
        "a late computer or a backup brought it: upwards privacy erase {person} --confirm {person}"
    ))
}

fn superiors(everything: &Everything, number: &BTreeMap<&str, usize>, findings: &mut Vec<Diagnostic>) {
    let Some(file) = &everything.people else { return };
    let people = &file.value.people;
    let place = |at: usize| file.place(&format!("person.{at}.reports_to"));
    let guesses = Guesses::default();
    let mut edges: Vec<Vec<usize>> = Vec::new();
    for (at, person) in people.iter().enumerate() {
        let superior = person.reports_to.as_ref();
        let known = superior.and_then(|id| number.get(id.as_str()).copied());
        edges.push(known.into_iter().collect());
        if let (Some(id), None) = (superior, known) {
            let names = number.keys().copied();
            findings.push(guesses.unknown("U401", place(at), "person", id.as_str(), names));
        }
    }
    for ring in rings(&edges) {
        let names: Vec<&str> = ring.iter().map(|n| people[*n].id.as_str()).collect();
        let message = match names.as_slice() {
            [one] => format!("{one} reports to themselves"),
            _ => format!("people report to each other in a ring: {}", path(&names)),
        };
        let mut finding =
            Diagnostic::error("U402", place(ring[0]), message).helped("remove one of these `reports_to`");
        for n in ring.iter().skip(1).take(MOST_PLACES) {
            finding = finding.and_here(place(*n), "and here");
        }
        findings.push(finding);
    }
}

/// Capabilities people mentor in, by curriculum. Nothing is said while one in use could not be read.
fn mentors(everything: &Everything, findings: &mut Vec<Diagnostic>) {
    let Some(file) = &everything.people else { return };
    let guesses = Guesses::default();
    let in_use = everything.in_use();
    let listed = everything
        .settings
        .as_ref()
        .map_or(0, |settings| settings.value.curricula.len());
    if everything.settings.is_none() || in_use.len() < listed || in_use.iter().any(|c| c.head.is_none()) {
        return;
    }
    for (at, person) in file.value.people.iter().enumerate() {
        for (path, name) in named_capabilities(person) {
            if !is_capability(everything, &in_use, name) {
                let place = file.place(&format!("person.{at}.{path}"));
                let names = in_use.iter().flat_map(|c| capabilities(c));
                findings.push(guesses.unknown("U403", place, "capability", name, names));
            }
        }
    }
}

/// What a person mentors in, and experience that names its curriculum; without one it may be a challenge.
fn named_capabilities(person: &Person) -> Vec<(String, &str)> {
    let listed = person
        .mentors_in
        .iter()
        .enumerate()
        .map(|(n, name)| (format!("mentors_in.{n}"), name.as_str()));
    let stated = person
        .mentors_stated
        .keys()
        .map(|name| (format!("mentors_stated.{name}#"), name.as_str()));
    let experience = person
        .experience
        .iter()
        .enumerate()
        .filter(|(_, name)| name.contains('/'));
    let experience = experience.map(|(n, name)| (format!("experience.{n}"), name.as_str()));
    listed.chain(stated).chain(experience).collect()
}

fn is_capability(everything: &Everything, in_use: &[&WrittenCurriculum], name: &str) -> bool {
    match name.split_once('/') {
        Some((curriculum, id)) => {
            let other = everything.curriculum(curriculum);
            other.is_some_and(|other| other.head.is_none() || capabilities(other).any(|c| c == id))
        }
        None => in_use.iter().any(|c| capabilities(c).any(|c| c == name)),
    }
}

fn capabilities(curriculum: &WrittenCurriculum) -> impl Iterator<Item = &str> {
    let heads = curriculum.head.iter();
    heads.flat_map(|head| head.value.curriculum.capabilities.iter().map(|c| c.id.as_str()))
}

fn names(everything: &Everything, findings: &mut Vec<Diagnostic>) {
    let Some(file) = &everything.people else { return };
    let place = |at: usize| file.place(&format!("person.{at}.name"));
    let mut first_look: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for (at, person) in file.value.people.iter().enumerate() {
        let same = folded(&person.name);
        let Some((other, other_same)) = first_look.get(&skeleton(&person.name)) else {
            first_look.insert(skeleton(&person.name), (at, same));
            continue;
        };
        let other_id = &file.value.people[*other].id;
        let finding = if *other_same == same {
            let message = format!("{other_id} and {} have the same name", person.id);
            Diagnostic::warning("U405", place(at), message)
                .helped("add what tells them apart, as a middle name")
        } else {
            let message = format!("the names of {other_id} and {} look alike", person.id);
            Diagnostic::warning("U406", place(at), message)
                .helped("one person twice? else add what tells them apart")
        };
        findings.push(
            finding
                .labelled("again here")
                .and_here(place(*other), "first here"),
        );
    }
}
