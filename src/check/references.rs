//! Every name leads to something: curricula, modules, steps, cases, capabilities, sources. What a broken file might
//! hold is not called unknown.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::known::{Known, StepAt};
use crate::base::diag::{Diagnostic, Place};
use crate::base::words::nearest;
use crate::model::case::Case;
use crate::model::curriculum::StepKind;
use crate::model::written::{Everything, Written};

/// Curricula that the settings list, and curricula that hide a built-in one.
pub(super) fn of_settings(everything: &Everything, findings: &mut Vec<Diagnostic>) {
    let guesses = Guesses::default();
    if let Some(settings) = &everything.settings {
        for (at, id) in settings.value.curricula.iter().enumerate() {
            let is_known = everything.curriculum(id.as_str()).is_some();
            let folder = format!("curricula/{id}");
            let was_reported = everything
                .findings
                .iter()
                .any(|f| f.place.file == folder || f.place.file == "curricula");
            if !is_known && !was_reported {
                let place = settings.place(&format!("curricula.{at}"));
                let names = everything.curricula.iter().map(|c| c.id.as_str());
                findings.push(guesses.unknown("U201", place, "curriculum", id.as_str(), names));
            }
        }
    }
    // Outside a workspace nothing is hidden: a built-in curriculum may be written there.
    let own = everything
        .curricula
        .iter()
        .filter(|c| !c.is_built_in && everything.settings.is_some());
    for curriculum in own {
        if let (Some(head), true) = (&curriculum.head, everything.built_in.contains(&curriculum.id)) {
            let message = format!("this curriculum hides the built-in {}", curriculum.id);
            findings.push(
                Diagnostic::note("U210", head.place("id"), message)
                    .helped("nothing to do if that is meant; else give it an id of its own"),
            );
        }
    }
    for curriculum in &everything.curricula {
        for (id, _) in curriculum.added.iter().filter(|(_, hides)| **hides) {
            if let Some(case) = curriculum.cases.get(id) {
                let message = format!("this case hides the built-in {id}");
                findings.push(
                    Diagnostic::note("U210", case.place("id"), message)
                        .helped("nothing to do if that is meant; else give it an id of its own"),
                );
            }
        }
    }
}

/// All references inside a curriculum.
pub(super) fn of_curriculum(known: &Known<'_>, findings: &mut Vec<Diagnostic>) {
    modules(known, findings);
    for file in known.modules() {
        for (at, id) in file.value.module.capabilities.iter().enumerate() {
            capability(
                known,
                id.as_str(),
                || file.place(&format!("capabilities.{at}")),
                findings,
            );
        }
    }
    for at in known.steps.values() {
        needs(known, *at, findings);
        case_of_step(known, *at, findings);
        capabilities_of_step(known, *at, findings);
        sources_of_questions(known, *at, findings);
    }
    for case in known.curriculum.cases.values() {
        of_case(known, case, findings);
    }
}

fn modules(known: &Known<'_>, findings: &mut Vec<Diagnostic>) {
    let Some(head) = &known.curriculum.head else {
        return;
    };
    let is_there =
        |id: &str| known.curriculum.broken_modules.contains(id) || known.curriculum.modules.contains_key(id);
    let names = || known.curriculum.modules.keys().map(AsRef::as_ref);
    for (at, id) in head.value.modules.iter().enumerate() {
        if !is_there(id.as_str()) {
            let place = head.place(&format!("modules.{at}"));
            findings.push(
                known
                    .guesses
                    .unknown("U202", place, "module", id.as_str(), names()),
            );
        }
    }
    let Some(id) = &head.value.curriculum.public_needs else {
        return;
    };
    let place = head.place("public_needs");
    if !is_there(id.as_str()) {
        findings.push(
            known
                .guesses
                .unknown("U202", place, "module", id.as_str(), names()),
        );
    } else if !known.listed.contains(id.as_str()) {
        let message = format!("the module {id} is not listed in `modules`, so nobody can finish it");
        findings.push(Diagnostic::error("U202", place, message).helped("list it, or name another module"));
    }
}

fn needs(known: &Known<'_>, at: StepAt<'_>, findings: &mut Vec<Diagnostic>) {
    if at.step.retired {
        return;
    }
    for (n, id) in at.step.needs.iter().enumerate() {
        let place = || at.place(&format!("needs.{n}"));
        let Some(needed) = known.steps.get(id.as_str()) else {
            let own = id.module() == at.step.id.module();
            let may_exist = known.curriculum.broken_modules.contains(id.module());
            if !may_exist && (own || known.curriculum.head.is_some()) {
                findings.push(unknown_step(known, at, id.as_str(), place()));
            }
            continue;
        };
        let why = if needed.step.retired {
            "a retired step"
        } else if at.is_listed && !needed.is_listed {
            "a step of a draft module"
        } else {
            continue;
        };
        let finding = Diagnostic::error("U204", place(), format!("{} needs {id}, {why}", at.step.id))
            .labelled("nobody is offered that step")
            .and_here(needed.place("id"), "the step")
            .helped("remove the need, or name a step that is offered");
        findings.push(finding);
    }
}

fn unknown_step(known: &Known<'_>, at: StepAt<'_>, id: &str, place: Place) -> Diagnostic {
    let module = at.step.id.module();
    let short = |id: &'_ str| match id.split_once('.') {
        Some((of, short)) if of == module => short.to_owned(),
        _ => id.to_owned(),
    };
    let steps = known
        .guesses
        .are_left()
        .then(|| known.steps.keys())
        .into_iter()
        .flatten();
    let names: Vec<String> = steps.map(|id| short(id)).collect();
    known.guesses.unknown(
        "U203",
        place,
        "step",
        &short(id),
        names.iter().map(String::as_str),
    )
}

fn case_of_step(known: &Known<'_>, at: StepAt<'_>, findings: &mut Vec<Diagnostic>) {
    let StepKind::Case(step) = &at.step.kind else {
        return;
    };
    let place = || at.place("case");
    let home = match &step.curriculum {
        None if known.curriculum.head.is_none() => return,
        None => known.curriculum,
        Some(other) => match known.everything.curriculum(other.as_str()) {
            Some(other) => other,
            None if known.everything.settings.is_none() => return,
            None => {
                let names = known.everything.curricula.iter().map(|c| c.id.as_str());
                return findings.push(known.guesses.unknown(
                    "U206",
                    place(),
                    "curriculum",
                    other.as_str(),
                    names,
                ));
            }
        },
    };
    let id = step.case.as_str();
    if !home.cases.contains_key(id) && !home.broken_cases.contains(id) {
        findings.push(known.guesses.unknown(
            "U206",
            place(),
            "case",
            id,
            home.cases.keys().map(AsRef::as_ref),
        ));
    }
}

fn capabilities_of_step(known: &Known<'_>, at: StepAt<'_>, findings: &mut Vec<Diagnostic>) {
    if at.has("capabilities") {
        for (n, id) in at.step.capabilities.iter().enumerate() {
            capability(
                known,
                id.as_str(),
                || at.place(&format!("capabilities.{n}")),
                findings,
            );
        }
    }
    for question in at.questions().filter(|question| question.has("capability")) {
        let id = question.question.capability.as_str();
        capability(known, id, || question.place("capability"), findings);
    }
}

fn capability(known: &Known<'_>, id: &str, place: impl FnOnce() -> Place, findings: &mut Vec<Diagnostic>) {
    if !known.may_have_capability(id) {
        findings.push(
            known
                .guesses
                .unknown("U207", place(), "capability", id, known.capabilities()),
        );
    }
}

fn sources_of_questions(known: &Known<'_>, at: StepAt<'_>, findings: &mut Vec<Diagnostic>) {
    for question in at.questions() {
        for (n, name) in question.question.sources.iter().enumerate() {
            let Some((case, source)) = name.split_once('.') else {
                continue;
            };
            let place = || question.place(&format!("sources.{n}"));
            match known.curriculum.cases.get(case) {
                Some(case) if case.value.sources.iter().any(|s| s.id == source) => {}
                Some(case) => {
                    let names = case.value.sources.iter().map(|s| s.id.as_str());
                    findings.push(known.guesses.unknown("U208", place(), "source", source, names));
                }
                None if known.curriculum.broken_cases.contains(case) || known.curriculum.head.is_none() => {}
                None => {
                    let names = known.curriculum.cases.keys().map(AsRef::as_ref);
                    findings.push(known.guesses.unknown("U208", place(), "case", case, names));
                }
            }
        }
    }
}

fn of_case(known: &Known<'_>, case: &Written<Case>, findings: &mut Vec<Diagnostic>) {
    for (at, id) in case.value.capabilities.iter().enumerate() {
        capability(
            known,
            id.as_str(),
            || case.place(&format!("capabilities.{at}")),
            findings,
        );
    }
    let sources: BTreeSet<&str> = case
        .value
        .sources
        .iter()
        .map(|source| source.id.as_str())
        .collect();
    for (at, claim) in case.value.claims.iter().enumerate() {
        if !sources.contains(claim.source.as_str()) {
            let place = case.place(&format!("claim.{at}.source"));
            let names = case.value.sources.iter().map(|source| source.id.as_str());
            findings.push(
                known
                    .guesses
                    .unknown("U208", place, "source", &claim.source, names),
            );
        }
    }
}

/// Guesses at what was meant by unknown names. Comparing all unknown names with all known ones would take for ever in a
/// large file, and who has hundreds of slips needs no guesses.
#[derive(Debug, Default)]
pub(super) struct Guesses(Cell<usize>);

impl Guesses {
    /// So many names are compared in all.
    const MOST: usize = 100_000;

    /// An unknown name, with the nearest known one.
    pub(super) fn unknown<'a>(
        &self,
        code: &'static str,
        place: Place,
        what: &str,
        id: &str,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Diagnostic {
        let finding = Diagnostic::error(code, place, format!("there is no {what} {id}"));
        let left = Self::MOST.saturating_sub(self.0.get());
        if left == 0 {
            return finding;
        }
        let names = names
            .into_iter()
            .take(left)
            .inspect(|_| self.0.set(self.0.get() + 1));
        match nearest(id, names).first() {
            Some(near) => finding.labelled(format!("did you mean `{near}`?")),
            None => finding,
        }
    }

    /// Whether there will be guesses still.
    pub(super) fn are_left(&self) -> bool {
        self.0.get() < Self::MOST
    }
}
