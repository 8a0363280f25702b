//! Whether somebody who only guesses opens a knowledge gate (`readiness.md` §11.1). The chance is computed elsewhere;
//! this is the rule.

use crate::base::diag::Diagnostic;
use crate::base::id::CapabilityId;
use crate::model::written::WrittenCurriculum;

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
