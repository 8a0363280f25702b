//! Answering questions: confidence before the feedback, why after each answer, every answer kept before the next is
//! asked.

use std::collections::{BTreeMap, BTreeSet};

use super::ask::{Answer, AskError, Choice, Kind, Question as Asked, Reply};
use super::sitting::{Ended, SessionError, Sitting, StepHead};
use crate::base::order::shuffled;
use crate::base::points::Points;
use crate::base::texts::t;
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
    /// What questions give at this moment; those that give nothing are not there.
    pub worth: BTreeMap<String, Points>,
    /// Sources by the words questions name them with.
    pub sources: BTreeMap<String, String>,
}

/// Asks the questions; the quiz is finished when each of its live questions was answered once on this device.
pub fn answer_quiz(
    sitting: &mut Sitting<'_>,
    head: &StepHead,
    mut quiz: Quiz<'_>,
) -> Result<Answered, SessionError> {
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
    let (mut skipped, mut right) = (false, 0);
    for (at, question) in questions.into_iter().enumerate() {
        if at > 0 {
            sitting.blank()?;
        }
        sitting
            .ask
            .say(&t!("quiz.place", "Question {n} of {of}", n = at + 1, of = of))?;
        let (ended, correct) = answer_one(sitting, &quiz, question)?;
        match ended {
            Ended::Done => {
                quiz.answered.insert(question.id.to_string());
                right += usize::from(correct);
            }
            Ended::Skipped => skipped = true,
            Ended::Stopped => {
                return Ok(Answered {
                    ended: Ended::Stopped,
                    all_right: false,
                });
            }
        }
    }
    let all = quiz
        .step
        .live_questions()
        .all(|q| quiz.answered.contains(q.id.as_str()));
    if all && !quiz.finished {
        sitting.sink.shared(fact(sitting, quiz.step, false))?;
    }
    Ok(Answered {
        ended: if skipped { Ended::Skipped } else { Ended::Done },
        all_right: right == of && of > 0,
    })
}

/// How a quiz went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// How it ended.
    pub ended: Ended,
    /// Whether every question of the sitting was answered right.
    pub all_right: bool,
}

/// Keys that an answers file must hold for these questions.
pub fn required_answers<'a>(questions: &'a [&'a Question]) -> impl Iterator<Item = String> + 'a {
    questions.iter().map(|q| format!("{}.choice", q.id))
}

fn answer_one(
    sitting: &mut Sitting<'_>,
    quiz: &Quiz<'_>,
    question: &Question,
) -> Result<(Ended, bool), SessionError> {
    let right = question.right();
    let places = shuffled(
        (1..=question.options.len()).collect::<Vec<usize>>(),
        sitting.seed,
        question.id.as_str(),
    );
    let step = quiz.step.id.as_str();
    let chosen = match ask_choice(sitting, step, question, &places, right.len() > 1)? {
        Chosen::Places(chosen) => chosen,
        Chosen::Skip => return Ok((Ended::Skipped, false)),
        Chosen::Stop => return Ok((Ended::Stopped, false)),
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
    feedback(sitting, quiz, question, &chosen)?;
    Ok((if stopped { Ended::Stopped } else { Ended::Done }, correct))
}

enum Chosen {
    Places(Vec<usize>),
    Skip,
    Stop,
}

fn ask_choice(
    sitting: &mut Sitting<'_>,
    step: &str,
    question: &Question,
    places: &[usize],
    several: bool,
) -> Result<Chosen, AskError> {
    let mut choices: Vec<Choice> = places
        .iter()
        .map(|p| Choice::new(p.to_string(), question.options[*p - 1].text.clone()))
        .collect();
    choices.push(Choice::new("0", t!("quiz.unsure", "I am not sure")));
    let unsure = choices.len() - 1;
    let text = if several {
        t!(
            "quiz.several",
            "{question} (More than one is right.)",
            question = question.text
        )
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
            &format!("upwards learn --step {step} --answers FILE"),
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
        &t!("quiz.sure", "How sure are you?"),
        Kind::Sure,
        "--answers FILE (sure = 1, 2 or 3)",
    );
    asked.can_skip = true;
    match sitting.ask.ask(&asked)? {
        Reply::Answer(Answer::Sure(confidence)) => Ok((Some(confidence), false)),
        Reply::Stop => Ok((None, true)),
        _ => Ok((None, false)),
    }
}

/// Why, after right answers too; what a miss costs; where it is from.
fn feedback(
    sitting: &mut Sitting<'_>,
    quiz: &Quiz<'_>,
    question: &Question,
    chosen: &[usize],
) -> Result<(), AskError> {
    let right = question.right();
    let why = |place: &usize| question.options[*place - 1].why.clone().unwrap_or_default();
    sitting.blank()?;
    if chosen == right {
        for place in chosen {
            sitting.prose(&t!("quiz.right", "Right.  {why}", why = why(place)), 0)?;
        }
    } else {
        for place in chosen.iter().filter(|p| !question.options[**p - 1].right) {
            sitting.prose(&t!("quiz.wrong", "Not this one.  {why}", why = why(place)), 0)?;
        }
        for place in right {
            let option = question.options[place - 1].text.trim_end_matches('.');
            let better = t!(
                "quiz.better",
                "Better: {option}.  {why}",
                option = option,
                why = why(&place)
            );
            sitting.prose(&better, 0)?;
        }
        let cost = match quiz.worth.get(question.id.as_str()) {
            Some(points) => t!(
                "quiz.cost",
                "It takes {points} points; right from tomorrow brings them back.",
                points = points
            ),
            None => t!("quiz.free", "It costs nothing: it had no points yet."),
        };
        sitting.prose(&cost, 0)?;
    }
    let sources: Vec<&str> = question
        .sources
        .iter()
        .filter_map(|named| quiz.sources.get(named))
        .map(String::as_str)
        .collect();
    if !sources.is_empty() {
        sitting.prose(
            &t!("quiz.from", "From: {sources}", sources = sources.join("; ")),
            0,
        )?;
    }
    sitting.saved(&t!("quiz.saved", "Saved (private)."))
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
