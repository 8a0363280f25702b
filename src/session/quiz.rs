//! Answering questions: confidence before the feedback, why after each answer, every answer kept before the next is
//! asked.

use std::collections::BTreeSet;

use super::ask::{Answer, AskError, Choice, Kind, Question as Asked, Reply};
use super::sitting::{Ended, SessionError, Sitting, StepHead, shuffled};
use crate::journal::{Confidence, Thought};
use crate::model::curriculum::{Question, Step};
use crate::model::event::Fact;

/// What a quiz is opened with.
pub struct Quiz<'a> {
    /// The step.
    pub step: &'a Step,
    /// The questions of this sitting, in the curriculum's order.
    pub questions: Vec<&'a Question>,
    /// Ids of questions that were answered on this device before.
    pub answered: BTreeSet<String>,
    /// Whether the step was started before.
    pub started: bool,
    /// Whether it was finished before.
    pub finished: bool,
}

/// Asks the questions; the quiz is finished when each of its live questions was answered once on this device.
pub fn answer_quiz(
    sitting: &mut Sitting<'_>,
    head: &StepHead,
    mut quiz: Quiz<'_>,
) -> Result<Ended, SessionError> {
    sitting.open(head)?;
    if !quiz.started {
        sitting.sink.shared(fact(sitting, quiz.step, true))?;
    }
    let of = quiz.questions.len();
    let questions = shuffled(
        std::mem::take(&mut quiz.questions),
        sitting.seed,
        quiz.step.id.as_str(),
    );
    let mut skipped = false;
    for (at, question) in questions.into_iter().enumerate() {
        if at > 0 {
            sitting.blank()?;
        }
        sitting.ask.say(&format!("Question {} of {of}", at + 1))?;
        match answer_one(sitting, question)? {
            Ended::Done => {
                quiz.answered.insert(question.id.to_string());
            }
            Ended::Skipped => skipped = true,
            Ended::Stopped => return Ok(Ended::Stopped),
        }
    }
    let all = quiz
        .step
        .live_questions()
        .all(|q| quiz.answered.contains(q.id.as_str()));
    if all && !quiz.finished {
        sitting.sink.shared(fact(sitting, quiz.step, false))?;
    }
    Ok(if skipped { Ended::Skipped } else { Ended::Done })
}

/// Keys that an answers file must hold for these questions.
pub fn required_answers<'a>(questions: &'a [&'a Question]) -> impl Iterator<Item = String> + 'a {
    questions.iter().map(|q| format!("{}.choice", q.id))
}

fn answer_one(sitting: &mut Sitting<'_>, question: &Question) -> Result<Ended, SessionError> {
    let right = question.right();
    let places = shuffled(
        (1..=question.options.len()).collect::<Vec<usize>>(),
        sitting.seed,
        question.id.as_str(),
    );
    let chosen = match ask_choice(sitting, question, &places, right.len() > 1)? {
        Chosen::Places(chosen) => chosen,
        Chosen::Skip => return Ok(Ended::Skipped),
        Chosen::Stop => return Ok(Ended::Stopped),
    };
    let (confidence, stopped) = if sitting.ask_confidence && !chosen.is_empty() {
        ask_confidence(sitting, question)?
    } else {
        (None, false)
    };
    let correct = chosen == right;
    sitting.sink.private(Thought::Answered {
        curriculum: sitting.curriculum.id.to_string(),
        question: question.id.to_string(),
        rev: question.rev,
        capability: question.capability.to_string(),
        chosen: chosen.clone(),
        correct,
        confidence,
    })?;
    feedback(sitting, question, &chosen, correct)?;
    Ok(if stopped { Ended::Stopped } else { Ended::Done })
}

enum Chosen {
    Places(Vec<usize>),
    Skip,
    Stop,
}

fn ask_choice(
    sitting: &mut Sitting<'_>,
    question: &Question,
    places: &[usize],
    several: bool,
) -> Result<Chosen, AskError> {
    let mut choices: Vec<Choice> = places
        .iter()
        .map(|p| Choice::new(p.to_string(), question.options[*p - 1].text.clone()))
        .collect();
    choices.push(Choice::new("0", "I am not sure"));
    let unsure = choices.len() - 1;
    let text = if several {
        format!("{} (More than one is right.)", question.text)
    } else {
        question.text.clone()
    };
    let asked = Asked {
        hint: question.hint.clone(),
        can_skip: true,
        ..sitting.question(
            format!("{}.choice", question.id),
            &text,
            if several {
                Kind::Many(choices)
            } else {
                Kind::One(choices)
            },
            "--answers FILE",
        )
    };
    let picked = match sitting.ask.ask(&asked)? {
        Reply::Answer(Answer::One(at)) => vec![at],
        Reply::Answer(Answer::Many(at)) => at,
        Reply::Stop => return Ok(Chosen::Stop),
        Reply::Skip | Reply::Answer(_) | Reply::Key(_) => return Ok(Chosen::Skip),
    };
    if picked.contains(&unsure) {
        return Ok(Chosen::Places(Vec::new()));
    }
    let mut chosen: Vec<usize> = picked.into_iter().map(|at| places[at]).collect();
    chosen.sort_unstable();
    Ok(Chosen::Places(chosen))
}

/// An answer stands although the person stops here: the confidence is left out then.
fn ask_confidence(
    sitting: &mut Sitting<'_>,
    question: &Question,
) -> Result<(Option<Confidence>, bool), AskError> {
    let mut asked = sitting.question(
        format!("{}.sure", question.id),
        "How sure are you?",
        Kind::Sure,
        "--answers FILE (sure = 1, 2 or 3)",
    );
    asked.can_skip = true;
    match sitting.ask.ask(&asked) {
        Ok(Reply::Answer(Answer::Sure(confidence))) => Ok((Some(confidence), false)),
        Ok(Reply::Stop) | Err(AskError::Stopped) => Ok((None, true)),
        Ok(_) => Ok((None, false)),
        Err(error) => Err(error),
    }
}

fn feedback(
    sitting: &mut Sitting<'_>,
    question: &Question,
    chosen: &[usize],
    correct: bool,
) -> Result<(), AskError> {
    let why = |place: &usize| question.options[*place - 1].why.clone().unwrap_or_default();
    sitting.blank()?;
    if correct {
        for place in chosen {
            sitting.prose(&format!("Right.  {}", why(place)), 0)?;
        }
    } else {
        for place in chosen.iter().filter(|p| !question.options[**p - 1].right) {
            sitting.prose(&format!("Not this one.  {}", why(place)), 0)?;
        }
        for place in question.right() {
            let option = &question.options[place - 1].text;
            sitting.prose(
                &format!("Better: {option}.  {}", why(&place)).replace("..", "."),
                0,
            )?;
        }
    }
    let sources = question.sources.join(", ");
    if !sources.is_empty() {
        sitting.prose(&format!("From: {sources}"), 0)?;
    }
    sitting.ask.say("Saved (private).")
}

fn fact(sitting: &Sitting<'_>, step: &Step, started: bool) -> Fact<'static> {
    let curriculum = sitting.curriculum.id.to_string().into();
    let id = step.id.to_string().into();
    if started {
        Fact::Started {
            curriculum,
            step: id,
            rev: step.rev,
        }
    } else {
        Fact::Finished {
            curriculum,
            step: id,
            rev: step.rev,
        }
    }
}
