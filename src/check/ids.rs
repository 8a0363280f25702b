//! Ids that the eye takes for one another: `l`, `i` and `1`, `o` and `0`, `rn` and `m`.

use std::collections::BTreeMap;

use super::known::{Known, StepAt, steps_of};
use crate::base::diag::{Diagnostic, Place};
use crate::model::written::Everything;

/// Ids of a curriculum, one name space after the other.
pub(super) fn of_curriculum(known: &Known<'_>, findings: &mut Vec<Diagnostic>) {
    let curriculum = known.curriculum;
    let head = curriculum.head.iter();
    let capabilities = head.flat_map(|head| {
        let all = head.value.curriculum.capabilities.iter().enumerate();
        all.map(move |(at, one)| (one.id.as_str(), head.place(&format!("capability.{at}.id"))))
    });
    alike(capabilities, findings);
    let modules = curriculum.modules.iter();
    alike(
        modules.map(|(id, file)| (id.as_str(), file.place("id"))),
        findings,
    );
    let cases = curriculum.cases.iter();
    alike(cases.map(|(id, file)| (id.as_str(), file.place("id"))), findings);
    for file in known.modules() {
        let steps = steps_of(file, true).map(|at| (short(at.step.id.as_str()), at.place("id")));
        let questions = steps_of(file, true).flat_map(StepAt::questions);
        let questions = questions.map(|q| (short(q.question.id.as_str()), q.place("id")));
        // In the file's order, so that the second place is the later one.
        let mut all: Vec<(&str, Place)> = steps.chain(questions).collect();
        all.sort_by_key(|(_, place)| place.span);
        alike(all, findings);
    }
}

/// Ids of curricula.
pub(super) fn of_curricula(everything: &Everything, findings: &mut Vec<Diagnostic>) {
    let heads = everything.curricula.iter().filter_map(|one| one.head.as_ref());
    let ids = heads.map(|head| (head.value.curriculum.id.as_str(), head.place("id")));
    alike(ids, findings);
}

/// Ids of people.
pub(super) fn of_people(everything: &Everything, findings: &mut Vec<Diagnostic>) {
    let files = everything.people.iter();
    let people = files.flat_map(|file| {
        let all = file.value.people.iter().enumerate();
        all.map(move |(at, person)| (person.id.as_str(), file.place(&format!("person.{at}.id"))))
    });
    alike(people, findings);
}

fn alike<'a>(ids: impl IntoIterator<Item = (&'a str, Place)>, findings: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<String, (&str, Place)> = BTreeMap::new();
    for (id, place) in ids {
        match first.get(&look(id)) {
            // The same id twice is a finding of its own.
            Some((other, _)) if *other == id => {}
            Some((other, other_place)) => findings.push(
                Diagnostic::warning("U214", place, format!("the ids {other} and {id} look alike"))
                    .labelled("easily taken for the other")
                    .and_here(other_place.clone(), "the other")
                    .helped("give one of them another id as long as nothing was recorded for it"),
            ),
            None => drop(first.insert(look(id), (id, place))),
        }
    }
}

fn short(id: &str) -> &str {
    id.rsplit('.').next().unwrap_or(id)
}

/// An id as the eye takes it.
fn look(id: &str) -> String {
    let same = |c| match c {
        '1' | 'l' => 'i',
        '0' => 'o',
        other => other,
    };
    let alike: String = id.chars().map(same).collect();
    alike.replace("rn", "m").replace("vv", "w")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_has_one_look() {
        for (one, other) in [
            ("modern", "modem"),
            ("b0x", "box"),
            ("a1l", "ail"),
            ("vvait", "wait"),
        ] {
            assert_eq!(look(one), look(other));
        }
        assert_ne!(look("step-1"), look("step-11"));
        assert_ne!(look("first-words"), look("firstwords"));
    }
}
