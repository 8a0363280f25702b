//! Whether somebody who only guesses opens a knowledge gate (`readiness.md` §11.1). The chance is computed by
//! `readiness`; this is the rule.

use crate::base::diag::Diagnostic;
use crate::base::id::{CapabilityId, CurriculumId};
use crate::model::curriculum::{Question, Step};
use crate::model::written::{Everything, WrittenCurriculum};
use crate::readiness::guess_chance_of;

/// Above this chance, in tenths of a percent, a gate is too easy to guess: 2 %.
pub const MOST_GUESSING_PER_MILLE: u32 = 20;

/// The chance of a pure guesser in one capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuessChance {
    /// Which capability.
    pub capability: CapabilityId,
    /// In tenths of a percent, rounded, as printed.
    pub per_mille: u32,
    /// Whether the exact chance is above [`MOST_GUESSING_PER_MILLE`].
    pub is_too_high: bool,
    /// Live questions it was computed from; without any there is no gate, and another rule says so.
    pub questions: u32,
}

/// The chance for each capability of a curriculum that could be read whole.
pub fn guess_chances(everything: &Everything, curriculum: &WrittenCurriculum) -> Vec<GuessChance> {
    let Some(head) = curriculum.head.as_ref().filter(|_| curriculum.is_whole()) else {
        return Vec::new();
    };
    let rules = everything
        .settings
        .as_ref()
        .map(|s| s.value.readiness.clone())
        .unwrap_or_default();
    let questions: Vec<&Question> = curriculum
        .listed()
        .flat_map(|written| written.value.module.steps.iter())
        .flat_map(Step::live_questions)
        .collect();
    head.value
        .curriculum
        .capabilities
        .iter()
        .map(|capability| {
            let live = questions.iter().filter(|q| q.capability == capability.id);
            let options: Vec<u32> = live
                .map(|q| u32::try_from(q.options.len()).unwrap_or(u32::MAX))
                .collect();
            let needed = capability.knowledge_needed.unwrap_or(rules.knowledge_needed);
            let chance = guess_chance_of(&options, needed, &rules);
            GuessChance {
                capability: capability.id.clone(),
                per_mille: chance.permille,
                is_too_high: chance.is_too_high,
                questions: u32::try_from(options.len()).unwrap_or(u32::MAX),
            }
        })
        .collect()
}

/// The gates of all curricula that were judged, with the curriculum of each; a capability without questions has none.
pub fn gates_to_guess(everything: &Everything) -> Vec<(CurriculumId, GuessChance)> {
    super::run::judged(everything)
        .flat_map(|curriculum| {
            let chances = guess_chances(everything, curriculum);
            chances.into_iter().map(|chance| (curriculum.id.clone(), chance))
        })
        .filter(|(_, chance)| chance.questions > 0)
        .collect()
}

/// The finding about one capability, if its gate is too easy to guess.
pub fn guessed_gate(curriculum: &WrittenCurriculum, chance: &GuessChance) -> Option<Diagnostic> {
    let head = curriculum
        .head
        .as_ref()
        .filter(|_| chance.is_too_high && chance.questions > 0)?;
    let mut capabilities = head.value.curriculum.capabilities.iter();
    let at = capabilities.position(|capability| capability.id == chance.capability)?;
    let message = format!(
        "somebody who only guesses opens the knowledge gate of {} with a chance of {}.{} %",
        chance.capability,
        chance.per_mille / 10,
        chance.per_mille % 10
    );
    let mut help = "a fourth option, a higher knowledge_needed or knowledge_floor".to_owned();
    if chance.questions > 16 {
        help.push_str(", or fewer live questions than 16");
    }
    Some(
        Diagnostic::warning("U310", head.place(&format!("capability.{at}.id")), message)
            .labelled("at most 2 %")
            .helped(format!("what helps: {help}")),
    )
}
