//! Translations: of content beside it, and of the fixed texts of screens.

use std::collections::BTreeSet;

use super::known::Known;
use crate::base::diag::{Diagnostic, Place};
use crate::base::texts::{has_places_of, places};
use crate::base::words::nearest;
use crate::model::translatable::{texts_of_case, texts_of_head, texts_of_module};
use crate::model::written::{Everything, Translation, TranslationOf, Written};

/// So many of the first names of a file get a guess at what was meant if they are unknown: guessing is slow.
const MOST_GUESSES: usize = 20;

/// So many of the texts that a translation leaves out are named.
const NAMED: usize = 3;

/// Translations of nothing, of an older revision, of texts that are not there; and what they leave out.
pub(super) fn of_curriculum(known: &Known<'_>, findings: &mut Vec<Diagnostic>) {
    for translation in &known.curriculum.translations {
        let Some(original) = original(known, &translation.value.of) else {
            findings.extend(of_nothing(known, translation));
            continue;
        };
        late(translation, &original, findings);
        texts(translation, &original.paths, findings);
    }
}

/// Fixed texts that nobody asks for, and those whose places are others.
pub(super) fn of_texts(everything: &Everything, findings: &mut Vec<Diagnostic>) {
    let english = &everything.english_texts;
    for file in &everything.texts {
        for (at, (key, text)) in file.value.texts.iter().enumerate() {
            let place = file.place(&format!("texts.{key}"));
            let Some(original) = english.get(key) else {
                let message = format!("there is no text {key}");
                let finding = Diagnostic::warning("U212", place, message);
                let keys = english.keys().map(String::as_str).filter(|_| at < MOST_GUESSES);
                findings.push(match nearest(key, keys).first() {
                    Some(near) => finding.labelled(format!("did you mean `{near}`?")),
                    None => finding.labelled("this version has no such text"),
                });
                continue;
            };
            if !has_places_of(key, original, text) {
                let wanted: Vec<String> = places(original)
                    .iter()
                    .map(|name| format!("{{{name}}}"))
                    .collect();
                let wanted = if wanted.is_empty() {
                    "no places in braces".to_owned()
                } else {
                    wanted.join(" ")
                };
                findings.push(
                    Diagnostic::error(
                        "U213",
                        place,
                        format!("{key} has other places than the English text"),
                    )
                    .labelled(format!("it needs {wanted}"))
                    .helped(format!("the English text: {original}")),
                );
            }
        }
    }
}

/// What is translated: its revision and the paths of its texts.
struct Original {
    rev: Option<u32>,
    /// Where the revision stands.
    at: Option<Place>,
    paths: BTreeSet<String>,
}

fn original(known: &Known<'_>, of: &TranslationOf) -> Option<Original> {
    let curriculum = known.curriculum;
    let head = curriculum.head.as_ref();
    let mut rev = head.map(|head| head.value.curriculum.rev);
    let mut at = head.map(|head| head.place("rev"));
    let mut paths = BTreeSet::new();
    let mut visit = |path: &str, _: &mut String| {
        paths.insert(path.to_owned());
    };
    match of {
        TranslationOf::Curriculum => texts_of_head(&mut head?.value.curriculum.clone(), &mut visit),
        TranslationOf::Module(id) => {
            texts_of_module(&mut curriculum.modules.get(id)?.value.module.clone(), &mut visit);
        }
        TranslationOf::Case(id) => {
            let case = curriculum.cases.get(id)?;
            rev = Some(case.value.rev);
            at = Some(case.place("rev"));
            texts_of_case(&mut case.value.clone(), &mut visit);
        }
    }
    Some(Original { rev, at, paths })
}

/// The original is not there; one that cannot be read may be.
fn of_nothing(known: &Known<'_>, translation: &Written<Translation>) -> Option<Diagnostic> {
    let curriculum = known.curriculum;
    let (what, id, is_broken) = match &translation.value.of {
        TranslationOf::Curriculum => return None,
        TranslationOf::Module(id) => ("module", id.as_str(), &curriculum.broken_modules),
        TranslationOf::Case(id) => ("case", id.as_str(), &curriculum.broken_cases),
    };
    let message = format!("there is no {what} {id} that this could translate");
    (!is_broken.contains(id)).then(|| {
        Diagnostic::warning("U211", translation.place("id"), message)
            .helped("remove the file, or name it after its original")
    })
}

fn late(translation: &Written<Translation>, original: &Original, findings: &mut Vec<Diagnostic>) {
    let of_rev = translation.value.of_rev;
    if let Some(rev) = original.rev.filter(|rev| of_rev < *rev) {
        let message = format!("the original has revision {rev}, this was made from {of_rev}");
        let finding = Diagnostic::warning("U321", translation.place("of_rev"), message)
            .labelled("the original is shown instead");
        findings.push(match &original.at {
            Some(at) => finding.and_here(at.clone(), "the original"),
            None => finding,
        });
    }
}

fn texts(translation: &Written<Translation>, originals: &BTreeSet<String>, findings: &mut Vec<Diagnostic>) {
    let texts = &translation.value.texts;
    let mut told = BTreeSet::new();
    for (path, translated) in texts {
        if originals.contains(path) {
            continue;
        }
        // A misspelt id is one fault, however many texts stand below it.
        let unknown = unknown_part(path, originals);
        if told.insert(unknown.clone()) {
            let place = translation.place(&translated.at);
            let message = format!("the original has no `{unknown}`");
            let finding = Diagnostic::warning("U212", place, message);
            let parts = originals.iter().map(|original| first_parts(original, &unknown));
            let may_guess = told.len() <= MOST_GUESSES;
            findings.push(match nearest(&unknown, parts.filter(|_| may_guess)).first() {
                Some(near) => finding.labelled(format!("did you mean `{near}`?")),
                None => finding,
            });
        }
    }
    let missing: Vec<&str> = originals
        .iter()
        .filter(|path| !texts.contains_key(*path))
        .map(String::as_str)
        .collect();
    if !missing.is_empty() {
        let named = missing.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = if missing.len() > NAMED { ", and more" } else { "" };
        let message = format!(
            "{} of {} texts are not translated: {named}{more}",
            missing.len(),
            originals.len()
        );
        findings.push(Diagnostic::note("U322", translation.source.whole(), message));
    }
}

/// The shortest beginning of a path, in whole parts, that no original has.
fn unknown_part(path: &str, originals: &BTreeSet<String>) -> String {
    let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    let mut beginnings = ends.map(|end| &path[..end]);
    let is_known = |part: &str| {
        originals
            .iter()
            .any(|original| first_parts(original, part) == part)
    };
    beginnings.find(|part| !is_known(part)).unwrap_or(path).to_owned()
}

/// As many parts of a path as another one has.
fn first_parts<'p>(path: &'p str, like: &str) -> &'p str {
    let parts = like.matches('.').count() + 1;
    let mut ends = path.match_indices('.').map(|(at, _)| at);
    ends.nth(parts - 1).map_or(path, |end| &path[..end])
}
