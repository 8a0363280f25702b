//! What stands beside a question, and what is said of an answer that does not fit: the same for menus and lines.

use crate::base::texts::t;
use crate::session::{Kind, Question};

/// Whether answers are typed in full, or picked from a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Lines,
    Menus,
}

/// How to answer and who reads it, as `(1-3, Enter to skip, q stop)  [private: …]`; empty if there is nothing to say.
pub(super) fn beside(question: &Question, form: Form) -> String {
    let typed = matches!(
        question.kind,
        Kind::Line(_) | Kind::Number | Kind::Whole(..) | Kind::Date | Kind::When
    );
    let mut ways = Vec::new();
    if typed || form == Form::Lines {
        ways.extend(example(&question.kind));
        if question.hint.is_some() {
            ways.push(t!("ask.hint", "h hint"));
        }
        ways.extend(question.keys.iter().map(|(key, what)| format!("{key} {what}")));
        if question.can_skip {
            ways.push(t!("ask.skip", "Enter to skip"));
        }
        ways.push(t!("ask.stop", "q stop"));
    }
    // It says itself what its keys do.
    if question.kind == Kind::Enter {
        ways.clear();
    }
    let ways = (!ways.is_empty()).then(|| format!("({})", ways.join(", ")));
    let who = question.seen_by.as_ref().map(|s| format!("[{}]", s.words()));
    let parts: Vec<String> = ways.into_iter().chain(who).collect();
    parts.join("  ")
}

fn example(kind: &Kind) -> Option<String> {
    match kind {
        Kind::One(choices) => Some(format!("1-{}", choices.len())),
        Kind::Many(_) => Some(t!("ask.many", "numbers, as 1 3")),
        Kind::Line(_) | Kind::Number | Kind::Enter => None,
        Kind::Whole(low, high) if *high >= 1_000_000 => {
            Some(t!("ask.whole", "a whole number from {low} on", low = low))
        }
        Kind::Whole(low, high) => Some(format!("{low}-{high}")),
        Kind::Date => Some(t!("ask.date", "as 2026-03-16")),
        Kind::When => Some(t!("ask.when", "as 2026-03-16 09:30")),
        Kind::Sure => Some(t!("ask.sure", "1 guess, 2 fairly sure, 3 certain")),
    }
}

/// The hint, as it is shown.
pub(super) fn hint(question: &Question) -> String {
    t!(
        "ask.hint.shown",
        "Hint: {hint}",
        hint = question.hint.as_deref().unwrap_or_default()
    )
}

/// Enter where an answer is needed.
pub(super) fn needed() -> String {
    t!(
        "ask.needed",
        "An answer is needed here; q stops, and what was answered is kept."
    )
}

/// Something else where only Enter goes on.
pub(super) fn no_enter() -> String {
    t!("ask.no_enter", "Enter, or q.")
}

/// No place among so many.
pub(super) fn no_place(choices: usize) -> String {
    t!("ask.no_place", "A number from 1 to {n}.", n = choices)
}

/// No number.
pub(super) fn no_number() -> String {
    t!(
        "ask.no_number",
        "A plain number, as 19 or 2.5 (for a thousand write 1000)."
    )
}

/// No whole number within bounds.
pub(super) fn no_whole(low: u64, high: u64) -> String {
    t!(
        "ask.no_whole",
        "A whole number from {low} to {high}.",
        low = low,
        high = high
    )
}

/// A text that is too long.
pub(super) fn too_long(most: usize, length: usize) -> String {
    t!(
        "ask.too_long",
        "At most {most} characters, this has {length}.",
        most = most,
        length = length
    )
}

/// Nothing to write several lines with.
pub(super) fn no_editor() -> String {
    t!(
        "ask.no_editor",
        "No editor is set on this computer: EDITOR names one. A line will do."
    )
}
