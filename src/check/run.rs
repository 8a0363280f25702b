//! Runs every rule over everything that was read.

use super::known::Known;
use super::{
    cases, cycles, gates, guess, habits, ids, minutes, people, practices, questions, references, review,
    revisions, translations,
};
use crate::base::diag::Diagnostic;
use crate::base::time::Date;
use crate::model::written::{Everything, WrittenCurriculum};

/// All findings, those of reading included, sorted by file, line, column and code; only those that were asked for.
pub fn run(everything: &Everything, today: Date) -> Vec<Diagnostic> {
    let mut findings = everything.findings.clone();
    references::of_settings(everything, &mut findings);
    for curriculum in judged(everything) {
        let known = Known::of(everything, curriculum);
        references::of_curriculum(&known, &mut findings);
        cycles::of_steps(&known, &mut findings);
        revisions::check(&known, &mut findings);
        gates::check(&known, &mut findings);
        questions::check(&known, &mut findings);
        habits::check(&known, &mut findings);
        ids::of_curriculum(&known, &mut findings);
        minutes::check(&known, &mut findings);
        practices::check(&known, &mut findings);
        cases::check(&known, &mut findings);
        review::check(&known, today, &mut findings);
        translations::of_curriculum(&known, &mut findings);
        // Dear to compute; what it finds stands in the curriculum's own file.
        let head = curriculum.head.as_ref().map(|head| head.source.path());
        if head.is_some_and(|path| is_asked_for(everything, path)) {
            let chances = guess::guess_chances(everything, curriculum);
            findings.extend(
                chances
                    .iter()
                    .filter_map(|chance| guess::guessed_gate(curriculum, chance)),
            );
        }
    }
    translations::of_texts(everything, &mut findings);
    people::check(everything, today, &mut findings);
    ids::of_curricula(everything, &mut findings);
    ids::of_people(everything, &mut findings);
    findings.retain(|finding| is_asked_for(everything, &finding.place.file));
    findings.sort();
    findings.dedup();
    findings
}

/// How much was judged, for the line below the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Modules, drafts and broken ones too.
    pub modules: usize,
    /// Cases, broken ones too.
    pub cases: usize,
    /// Questions that are asked or drafted.
    pub questions: usize,
    /// People.
    pub people: usize,
}

/// Counts what [`run`] judges.
pub fn counted(everything: &Everything) -> Counted {
    let mut counted = Counted {
        people: everything
            .people
            .as_ref()
            .map_or(0, |people| people.value.people.len()),
        ..Counted::default()
    };
    for curriculum in judged(everything) {
        counted.modules += curriculum.modules.len() + curriculum.broken_modules.len();
        counted.cases += curriculum.cases.len() + curriculum.broken_cases.len();
        counted.questions += Known::of(everything, curriculum)
            .questions
            .values()
            .filter(|q| q.is_live())
            .count();
    }
    counted
}

/// Curricula that are judged: those of the workspace, drafts too, and the built-in ones it uses or adds cases to.
pub(super) fn judged(everything: &Everything) -> impl Iterator<Item = &WrittenCurriculum> {
    let listed = everything
        .settings
        .iter()
        .flat_map(|settings| settings.value.curricula.iter());
    let listed: Vec<&str> = listed.map(AsRef::as_ref).collect();
    everything
        .curricula
        .iter()
        .filter(move |c| !c.is_built_in || !c.added.is_empty() || listed.contains(&c.id.as_str()))
}

fn is_asked_for(everything: &Everything, file: &str) -> bool {
    everything.only.is_empty()
        || everything.only.iter().any(|path| {
            file == path
                || file
                    .strip_prefix(path.as_str())
                    .is_some_and(|rest| rest.starts_with('/'))
        })
}
