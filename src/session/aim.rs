//! The question everything starts with: which process should become more efficient?

use super::ask::{Answer, Choice, Kind, Reply};
use super::sitting::{Ended, LINE, Picked, SessionError, Sitting};
use crate::base::texts::t;
use crate::model::event::Fact;

/// The question itself.
pub fn aim_text() -> String {
    t!(
        "aim.text",
        "Which process costs you most: time, money or nerves?  One line."
    )
}

/// Asks for the aim; skipping is allowed, it is never a reason to stop.
pub fn ask_aim(sitting: &mut Sitting<'_>) -> Result<Ended, SessionError> {
    let mut question = sitting.question(
        "aim.text".to_owned(),
        &aim_text(),
        Kind::Line(LINE),
        "upwards aim \"…\" --capability ID",
    );
    question.seen_by = Some(sitting.shared_with());
    question.can_skip = true;
    let text = match sitting.ask.ask(&question)? {
        Reply::Answer(Answer::Line(text)) => text,
        Reply::Stop => return Ok(Ended::Stopped),
        _ => return Ok(Ended::Skipped),
    };
    let mut choices: Vec<Choice> = sitting
        .curriculum
        .capabilities
        .iter()
        .map(|c| {
            Choice::new(
                c.id.to_string(),
                format!("{} ({})", c.name, c.what.trim_end_matches('.')),
            )
        })
        .collect();
    choices.push(Choice::new("none", t!("aim.none", "none of these")));
    let mut nearest = sitting.question(
        "aim.capability".to_owned(),
        &t!("aim.nearest", "Nearest here:"),
        Kind::One(choices),
        "--capability ID",
    );
    nearest.can_skip = true;
    // Who stops here has said the aim: it is kept without a capability.
    let picked = sitting.one(&nearest)?;
    let capability = match picked {
        Picked::At(at) => sitting.curriculum.capabilities.get(at),
        Picked::Skip | Picked::Stop => None,
    };
    sitting.sink.shared(Fact::Aimed {
        text: text.into(),
        function: capability
            .and_then(|c| c.function.as_ref())
            .map(|f| f.to_string().into()),
        curriculum: capability.map(|_| sitting.curriculum.id.to_string().into()),
        capability: capability.map(|c| c.id.to_string().into()),
    })?;
    sitting.ask.say(&t!(
        "aim.saved",
        "Saved.  Your plan starts there.   (upwards aim changes it)"
    ))?;
    Ok(if picked == Picked::Stop {
        Ended::Stopped
    } else {
        Ended::Done
    })
}
