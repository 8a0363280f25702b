//! A talk cannot be held by oneself: its agenda is shown, and what to type to book and to record it.

use super::sitting::{Ended, SessionError, Sitting, StepHead};
use crate::model::curriculum::{Step, Talk};

/// Agenda and questions of a talk, as heading and text.
pub fn talk_lines(talk: &Talk) -> Vec<(&'static str, String)> {
    let mut lines: Vec<(&'static str, String)> = talk.agenda.iter().map(|a| ("Agenda", a.clone())).collect();
    lines.extend(talk.ask.iter().map(|a| ("Ask", a.clone())));
    lines.extend(talk.before_next.iter().map(|b| ("Then", b.clone())));
    lines.extend(talk.for_executive.iter().map(|b| ("You", b.clone())));
    lines
}

/// Shows a talk; nothing is recorded here.
pub fn show_talk(
    sitting: &mut Sitting<'_>,
    head: &StepHead,
    step: &Step,
    talk: &Talk,
) -> Result<Ended, SessionError> {
    sitting.open(head)?;
    sitting.prose(step.title.as_deref().unwrap_or_default(), 0)?;
    sitting.blank()?;
    for (heading, text) in talk_lines(talk) {
        sitting.entry(heading, &text)?;
    }
    sitting.blank()?;
    sitting.prose(
        &format!(
            "Hold it with a {}, then it can be recorded by whoever was there.",
            talk.with.word()
        ),
        0,
    )?;
    Ok(Ended::Skipped)
}
