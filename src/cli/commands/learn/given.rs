//! What flags and answers files say before a sitting begins: which steps are meant, and every answer checked against what
//! there is, so that nothing is written if one of them is a slip.

use std::collections::BTreeSet;

use super::LearnArgs;
use crate::cli::ask::Answers;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Kind, Result};
use crate::cli::person::Subject;
use crate::cli::plan::{self, Only, Planned};
use crate::model::curriculum::{Curriculum, Step, StepKind};
use crate::session;

/// Parts of answers: what stands behind the last dot of a key.
const PARTS: [&str; 23] = [
    "choice",
    "sure",
    "text",
    "text2",
    "text3",
    "personal",
    "done",
    "witness",
    "may_quote",
    "before",
    "after",
    "n",
    "grade",
    "capability",
    "held",
    "with",
    "date",
    "minutes",
    "attendance",
    "commitment",
    "kept",
    "at",
    "skip",
];

/// What was asked for by name.
pub(super) fn only(args: &LearnArgs, subject: &Subject) -> Result<Only> {
    let mut only = Only {
        test_out: args.test_out,
        ..Only::default()
    };
    if let Some(typed) = &args.step {
        let (curriculum, step) = find_step(subject, typed)?;
        (only.curriculum, only.step) = (Some(curriculum), Some(step));
    }
    let curricula = &subject.workspace.curricula;
    if let Some(typed) = &args.module {
        let found = in_curricula(curricula, typed, |c, id| c.module(id).is_some());
        let names = curricula
            .iter()
            .flat_map(|c| &c.modules)
            .map(|m| (m.id.as_str(), m.title.as_str()));
        let (curriculum, module) =
            found.ok_or_else(|| CliError::unknown(typed, "module", names, "upwards progress --steps"))?;
        (only.curriculum, only.module) = (Some(curriculum), Some(module));
    }
    if let Some(typed) = &args.capability {
        let found = in_curricula(curricula, typed, |c, id| c.capability(id).is_some());
        let names = curricula
            .iter()
            .flat_map(|c| &c.capabilities)
            .map(|c| (c.id.as_str(), c.name.as_str()));
        let (curriculum, capability) =
            found.ok_or_else(|| CliError::unknown(typed, "capability", names, "upwards progress"))?;
        (only.curriculum, only.capability) = (Some(curriculum), Some(capability));
    }
    Ok(only)
}

/// The curriculum an id is meant of: the one written in front of it, as `other/serve`, else the first that has it.
fn in_curricula(
    curricula: &[Curriculum],
    typed: &str,
    has: impl Fn(&Curriculum, &str) -> bool,
) -> Option<(String, String)> {
    let (named, id) = match typed.split_once('/') {
        Some((curriculum, id)) => (Some(curriculum), id),
        None => (None, typed),
    };
    let found = curricula
        .iter()
        .find(|c| named.is_none_or(|n| n == c.id.as_str()) && has(c, id))?;
    Some((found.id.to_string(), id.to_owned()))
}

/// A whole step id, or its short id where that is unambiguous, with its curriculum.
fn find_step(subject: &Subject, typed: &str) -> Result<(String, String)> {
    let curricula = &subject.workspace.curricula;
    if let Some(found) = in_curricula(curricula, typed, |c, id| c.step(id).is_some_and(|s| !s.retired)) {
        return Ok(found);
    }
    let steps: Vec<(&Curriculum, &Step)> = curricula
        .iter()
        .flat_map(|c| c.live_steps().map(move |(_, s)| (c, s)))
        .collect();
    let short = typed.rsplit('/').next().unwrap_or(typed);
    let fits: Vec<&(&Curriculum, &Step)> = steps.iter().filter(|(_, s)| s.id.short() == short).collect();
    match fits.as_slice() {
        [(curriculum, step)] => Ok((curriculum.id.to_string(), step.id.to_string())),
        [] => {
            let names = steps
                .iter()
                .map(|(_, s)| (s.id.as_str(), s.title.as_deref().unwrap_or_default()));
            Err(CliError::unknown(
                typed,
                "step",
                names,
                "upwards progress --steps",
            ))
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|(_, s)| s.id.as_str()).collect();
            Err(
                CliError::could_not(format!("\"{typed}\" is a step of several modules"))
                    .hint(format!("which: {}", ids.join(", "))),
            )
        }
    }
}

/// Flags are answers like those of a file; they need to know which step they are about.
pub(super) fn flags_to_answers(args: &LearnArgs, step: Option<&str>, answers: &mut Answers) -> Result<()> {
    let with: Vec<toml::Value> = args.with.iter().map(|id| id.trim().into()).collect();
    // Whoever names people, a day or a time means a talk.
    let held = match (args.with.is_empty(), &args.at) {
        (true, None) => None,
        (_, Some(_)) => Some("book".into()),
        (false, None) => Some("yes".into()),
    };
    let flags: [(&str, Option<toml::Value>); 15] = [
        ("done", args.done.clone().map(Into::into)),
        ("personal", args.personal.clone().map(Into::into)),
        ("witness", args.witness.clone().map(Into::into)),
        ("may_quote", args.may_quote.then(|| "yes".into())),
        ("before", args.before.clone().map(Into::into)),
        ("after", args.after.clone().map(Into::into)),
        ("n", args.n.map(Into::into)),
        ("grade", args.grade.clone().map(Into::into)),
        ("held", held),
        ("with", (!with.is_empty()).then_some(toml::Value::Array(with))),
        ("date", args.date.clone().map(Into::into)),
        (
            "minutes",
            args.minutes_used
                .filter(|_| !args.with.is_empty())
                .map(|n| i64::from(n).into()),
        ),
        ("attendance", args.attendance.clone().map(Into::into)),
        ("commitment", args.commitment.clone().map(Into::into)),
        ("at", args.at.clone().map(Into::into)),
    ];
    let given: Vec<(&str, toml::Value)> = flags
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .collect();
    if given.is_empty() {
        return Ok(());
    }
    let step = step.ok_or_else(|| {
        CliError::usage(format!(
            "--{} needs to know the step",
            given[0].0.replace('_', "-")
        ))
        .hint("say which: --step ID")
    })?;
    for (key, value) in given {
        answers.set(format!("{step}.{key}"), value);
    }
    if args.done.is_some() && args.personal.is_none() && !answers.has(&format!("{step}.personal")) {
        return Err(CliError::usage("who did it?")
            .hint("by your own hand: --personal yes; somebody for you: --personal no"));
    }
    Ok(())
}

/// An answer for something that does not exist is a slip, not an answer.
pub(super) fn check_keys(context: &Context, subject: &Subject, answers: &Answers) -> Result<()> {
    let mut known: BTreeSet<String> = ["aim".to_owned(), "next".to_owned()].into();
    if answers
        .keys()
        .any(|key| key.rsplit_once('.').is_some_and(|(_, part)| part == "kept"))
    {
        let promises = plan::promises(subject, context)?;
        known.extend(promises.iter().map(|(_, promise)| promise.talk.to_string()));
    }
    for curriculum in &subject.workspace.curricula {
        known.extend(curriculum.live_steps().map(|(_, s)| s.id.to_string()));
        known.extend(curriculum.live_questions().map(|(_, q)| q.id.to_string()));
    }
    for key in answers.keys() {
        let (about, name) = key.rsplit_once('.').unwrap_or((key, ""));
        if !known.contains(about) {
            let known = known.iter().map(|k| (k.as_str(), ""));
            return Err(CliError {
                kind: Kind::Usage,
                ..CliError::unknown(about, "step or question", known, "upwards progress --steps")
            });
        }
        if name != "when" && !PARTS.contains(&name) {
            let near = crate::base::words::nearest(name, PARTS).join(", ");
            let told = CliError::usage(format!("the answers know no \"{name}\" for {about}"));
            return Err(if near.is_empty() {
                told.hint(format!("they know: {}", PARTS.join(", ")))
            } else {
                told.hint(format!("did you mean: {near}?"))
            });
        }
    }
    Ok(())
}

/// Who saw a practice is a person of the workspace.
pub(super) fn check_witnesses(context: &Context, subject: &Subject, answers: &Answers) -> Result<()> {
    let named = answers.keys().filter(|key| key.ends_with(".witness"));
    for key in named {
        let witness = answers.text(key).ok_or_else(|| {
            CliError::usage(format!("the answer for \"{key}\" does not fit: a person's id"))
        })?;
        context.person(&subject.workspace, witness)?;
    }
    Ok(())
}

/// Whether the answers are given: by a file, or by flags.
pub(super) fn is_scripted(context: &Context, answers: &Answers) -> bool {
    context.global.answers.is_some() || answers.keys().next().is_some()
}

/// An answers file must hold everything before anything is written.
pub(super) fn require_answers(
    context: &Context,
    subject: &Subject,
    steps: &[Planned],
    answers: &Answers,
) -> Result<()> {
    if !is_scripted(context, answers) {
        return Ok(());
    }
    let mut missing = Vec::new();
    for planned in steps {
        let curriculum = subject.curriculum(&planned.curriculum)?;
        let Some(step) = curriculum.step(planned.step.as_str()) else {
            continue;
        };
        match &step.kind {
            StepKind::Quiz(_) => {
                let questions: Vec<_> = planned
                    .questions
                    .iter()
                    .filter_map(|q| curriculum.live_question(q.as_str()))
                    .map(|(_, q)| q)
                    .collect();
                missing.extend(session::required_answers(&questions).filter(|k| !answers.has(k)));
            }
            StepKind::Practice(_) if !answers.has(&format!("{}.personal", step.id)) => {
                missing.push(format!("{}.personal", step.id));
            }
            _ => {}
        }
    }
    let Some(first) = missing.first() else {
        return Ok(());
    };
    let file = context.global.answers.as_deref().unwrap_or("answers.toml");
    Err(CliError::usage(format!(
        "an answer is needed for \"{first}\"{}",
        match missing.len() {
            1 => "; nothing was written".to_owned(),
            n => format!(" and {} more; nothing was written", n - 1),
        }
    ))
    .hint(format!(
        "give it in {file}, or choose other steps: --step ID, --minutes N, --module ID"
    )))
}
