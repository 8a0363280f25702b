//! A private line on oneself, or several.

use super::ask::{Answer, Ask, AskError, Kind, Question, Reply, SeenBy};
use super::sitting::{Ended, SessionError, Sitting, StepHead};
use crate::base::texts::t;
use crate::journal::Thought;
use crate::model::curriculum::Step;
use crate::model::event::Fact;

/// Longest reflection, in characters.
pub const REFLECTION: usize = 4_000;

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
        let question = Question {
            seen_by: Some(SeenBy::Private),
            can_skip: true,
            keys: editor_key(),
            ..sitting.question(
                id,
                text,
                Kind::Line(REFLECTION),
                &format!("upwards learn --step {} --answers FILE", head.step),
            )
        };
        match ask_text(&mut *sitting.ask, &question)? {
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
    sitting.saved(&t!(
        "reflect.saved",
        "Saved (private; that you did it is shared)."
    ))?;
    Ok(Ended::Done)
}

/// The key that opens an editor.
pub fn editor_key() -> Vec<(char, String)> {
    vec![('e', t!("reflect.key.editor", "several lines, in your editor"))]
}

/// One line where it is asked for, or with the key `e` more of them in an editor.
pub fn ask_text(ask: &mut dyn Ask, question: &Question) -> Result<Reply, AskError> {
    loop {
        let reply = ask.ask(question)?;
        if reply != Reply::Key('e') {
            return Ok(reply);
        }
        match ask.write("")? {
            Some(text) if text.chars().count() > REFLECTION => ask.say(&t!(
                "reflect.too_long",
                "At most {most} characters; nothing was saved. Once more?",
                most = REFLECTION
            ))?,
            Some(text) => return Ok(Reply::Answer(Answer::Line(text))),
            None => ask.say(&t!("reflect.nothing", "Nothing was written."))?,
        }
    }
}
