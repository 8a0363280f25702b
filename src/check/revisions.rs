//! Former ids and revisions: what was recorded under an old name must have exactly one heir.

use std::collections::BTreeMap;

use super::known::Known;
use crate::base::diag::{Diagnostic, Place};
use crate::model::written::{Former, FormerKind, Written, WrittenModule};

/// A former id and the file it stands in.
type Entry<'e> = (&'e Written<WrittenModule>, &'e Former);

/// Former ids that are live, have two heirs or hang in a chain; revisions that fall.
pub(super) fn check(known: &Known<'_>, findings: &mut Vec<Diagnostic>) {
    let entries: Vec<Entry<'_>> = known
        .curriculum
        .listed()
        .flat_map(|file| file.value.former.iter().map(move |former| (file, former)))
        .collect();
    let heirs = heirs(known, &entries, findings);
    chains(known, &entries, &heirs, findings);
    falling_revisions(known, &entries, findings);
}

fn place((file, former): Entry<'_>) -> Place {
    file.place(&former.path)
}

fn is_live(known: &Known<'_>, kind: FormerKind, id: &str) -> bool {
    match kind {
        FormerKind::Module => known.listed.contains(id),
        FormerKind::Step => known
            .steps
            .get(id)
            .is_some_and(|at| at.is_listed && !at.step.retired),
        FormerKind::Question => known
            .questions
            .get(id)
            .is_some_and(|q| q.quiz.is_listed && q.is_live()),
    }
}

/// Where a live thing stands that somebody wants to take over.
fn place_of_live(known: &Known<'_>, former: &Former) -> Place {
    let place = match former.kind {
        FormerKind::Module => {
            let mut modules = known.modules();
            let module = modules.find(|file| file.value.module.id.as_str() == former.id);
            module.map(|file| file.place("id"))
        }
        FormerKind::Step => known.steps.get(former.id.as_str()).map(|at| at.place("id")),
        FormerKind::Question => known.questions.get(former.id.as_str()).map(|q| q.place("id")),
    };
    place.unwrap_or_else(|| Place::file(&known.curriculum.folder))
}

/// Live heirs by the former id they take over.
type Heirs<'e> = BTreeMap<(FormerKind, &'e str), Entry<'e>>;

fn heirs<'e>(known: &Known<'_>, entries: &[Entry<'e>], findings: &mut Vec<Diagnostic>) -> Heirs<'e> {
    let mut heirs: Heirs<'e> = BTreeMap::new();
    for entry in entries.iter().copied() {
        let former = entry.1;
        if !is_live(known, former.kind, &former.heir) {
            continue;
        }
        if is_live(known, former.kind, &former.id) {
            let message = format!("{} is still offered, so nothing can take it over", former.id);
            findings.push(
                Diagnostic::error("U209", place(entry), message)
                    .labelled("a live id is never redirected")
                    .and_here(place_of_live(known, former), "still offered here")
                    .helped("retire or remove the old one, or take the id out of `replaces`"),
            );
            continue;
        }
        match heirs.get(&(former.kind, former.id.as_str())) {
            None => drop(heirs.insert((former.kind, &former.id), entry)),
            Some(other) => findings.push(
                Diagnostic::error("U209", place(entry), format!("{} has two heirs", former.id))
                    .labelled(format!("{} takes it over", former.heir))
                    .and_here(place(*other), format!("so does {}", other.1.heir))
                    .helped("one heir for each former id"),
            ),
        }
    }
    heirs
}

/// `c` replaces `b`, the retired `b` replaces `a`, and nobody live replaces `a`.
fn chains(known: &Known<'_>, entries: &[Entry<'_>], heirs: &Heirs<'_>, findings: &mut Vec<Diagnostic>) {
    for entry in entries.iter().copied() {
        let former = entry.1;
        let is_taken_over = heirs.contains_key(&(former.kind, former.id.as_str()));
        if is_taken_over || is_live(known, former.kind, &former.heir) {
            continue;
        }
        if let Some((file, last)) = heirs.get(&(former.kind, former.heir.as_str())) {
            let message = format!("{} -> {} -> {} is a chain", former.id, former.heir, last.heir);
            findings.push(
                Diagnostic::error("U209", place(entry), message)
                    .labelled("nobody takes this over")
                    .and_here(place((*file, last)), "taken over here")
                    .helped(format!("list {} in `replaces` of {} too", former.id, last.heir)),
            );
        }
    }
}

/// Old answers count if their revision is at least the heir's: a lower one would bring back answers that were voided.
fn falling_revisions(known: &Known<'_>, entries: &[Entry<'_>], findings: &mut Vec<Diagnostic>) {
    for (_, former) in entries.iter().filter(|(_, f)| f.kind == FormerKind::Question) {
        let (Some(old), Some(new)) = (
            known.questions.get(former.id.as_str()),
            known.questions.get(former.heir.as_str()),
        ) else {
            continue;
        };
        if !old.is_live() && new.is_live() && new.question.rev < old.question.rev {
            let message = format!(
                "revision {} is lower than revision {} of {}, which it replaces",
                new.question.rev, old.question.rev, former.id
            );
            let place = if new.has("rev") {
                new.place("rev")
            } else {
                new.place("id")
            };
            findings.push(
                Diagnostic::warning("U320", place, message)
                    .labelled("answers that were voided would count again")
                    .and_here(
                        old.place(if old.has("rev") { "rev" } else { "id" }),
                        "what it replaces",
                    )
                    .helped(format!("rev = {}", old.question.rev)),
            );
        }
    }
}
