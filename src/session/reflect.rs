//! A private line on oneself.

use super::ask::{Answer, Kind, Reply, SeenBy};
use super::sitting::{Ended, SessionError, Sitting, StepHead};
use crate::journal::Thought;
use crate::model::curriculum::Step;
use crate::model::event::Fact;

/// Longest reflection.
const REFLECTION: usize = 4_000;

/// Asks each question of a reflect step; it is finished when something was written.
pub fn reflect(
    sitting: &mut Sitting<'_>,
    head: &StepHead,
    step: &Step,
    ask: &[String],
) -> Result<Ended, SessionError> {
    sitting.open(head)?;
    if let Some(title) = &step.title {
        sitting.ask.say(title)?;
    }
    let mut written = false;
    for (at, text) in ask.iter().enumerate() {
        let id = if at == 0 {
            format!("{}.text", head.step)
        } else {
            format!("{}.text{}", head.step, at + 1)
        };
        let mut question =
            sitting.question(id, text, Kind::Line(REFLECTION), "--answers FILE (text = \"…\")");
        question.seen_by = Some(SeenBy::Private);
        question.can_skip = true;
        match sitting.ask.ask(&question)? {
            Reply::Answer(Answer::Line(text)) => {
                let curriculum = sitting.curriculum.id.to_string();
                sitting.sink.private(Thought::Reflected {
                    curriculum,
                    step: head.step.clone(),
                    text,
                })?;
                written = true;
            }
            Reply::Stop => return Ok(Ended::Stopped),
            _ => {}
        }
    }
    if !written {
        return Ok(Ended::Skipped);
    }
    sitting.sink.shared(Fact::Finished {
        curriculum: sitting.curriculum.id.to_string().into(),
        step: step.id.to_string().into(),
        rev: step.rev,
    })?;
    sitting.ask.say("Saved (private; that you did it is shared).")?;
    Ok(Ended::Done)
}
