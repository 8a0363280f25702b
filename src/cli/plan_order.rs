//! Which steps a sitting offers: what is assigned first, in the curriculum's order, as many as fit the minutes.

use std::collections::BTreeSet;

use crate::base::id::{QuestionId, StepId};
use crate::base::time::{Now, Seconds};
use crate::base::words::and_list;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Result};
use crate::cli::person::{Subject, View};
use crate::model::curriculum::{Curriculum, Step, StepKind};
use crate::own;
use crate::readiness::{Ladder, Memory, is_due};
use crate::vault;

/// What a sitting offers.
#[derive(Debug, Default)]
pub(crate) struct Offer {
    /// In the order in which they are done.
    pub(crate) steps: Vec<Planned>,
    /// Talks that could be booked.
    pub(crate) book: Vec<String>,
    /// If nothing fits: the shortest step's title and minutes.
    pub(crate) shortest: Option<(String, u32)>,
}

/// One step of a sitting.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub(crate) curriculum: String,
    pub(crate) step: StepId,
    pub(crate) title: String,
    pub(crate) kind: &'static str,
    pub(crate) seconds: Seconds,
    pub(crate) capabilities: String,
    /// Of a quiz, the questions that are asked now.
    pub(crate) questions: Vec<QuestionId>,
    pub(crate) why: &'static str,
}

/// Narrows an offer to what was asked for by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Only {
    pub(crate) step: Option<String>,
    pub(crate) module: Option<String>,
    pub(crate) capability: Option<String>,
}

/// Minutes of a sitting: the flag's, else the user's, else 10.
pub(crate) fn minutes(flag: Option<u32>, context: &Context) -> Result<u32> {
    /// Longest sitting that can be asked for: a day.
    const MOST: u32 = 24 * 60;
    let minutes = match flag {
        Some(minutes) => minutes,
        None => context.config()?.number("learn", "minutes").unwrap_or(10),
    };
    if (1..=MOST).contains(&minutes) {
        return Ok(minutes);
    }
    Err(CliError::usage(format!("a sitting has 1 to {MOST} minutes")))
}

/// `1 minute`, `10 minutes`.
pub(crate) fn minutes_word(minutes: u32) -> String {
    crate::base::words::plural(usize::try_from(minutes).unwrap_or(usize::MAX), "minute")
}

/// What to do in so many minutes; a step asked for by name is offered whatever it takes.
pub(crate) fn offer(
    subject: &Subject,
    context: &Context,
    minutes: u32,
    only: Option<&Only>,
) -> Result<Offer> {
    let mut offer = Offer::default();
    let mut left = Seconds(minutes.saturating_mul(60));
    for curriculum in &subject.workspace.curricula {
        let entries = private_entries(subject, context)?;
        let memory = own::memory(&entries, curriculum, &subject.workspace.settings, subject.as_of);
        subject.view(context, curriculum, |view| {
            fill(subject, context.now, view, &memory, only, &mut left, &mut offer);
            Ok(())
        })?;
    }
    Ok(offer)
}

/// The person's private entries on this computer; nobody else's are ever read.
pub(crate) fn private_entries(subject: &Subject, context: &Context) -> Result<Vec<crate::journal::Entry>> {
    if !subject.is_self() {
        return Ok(Vec::new());
    }
    let own = context.own_tree(&subject.workspace.settings);
    let mut findings = Vec::new();
    let entries = vault::read(&own, subject.person.id.as_str(), &mut findings)?;
    context.mention(&findings)?;
    Ok(entries)
}

fn fill(
    subject: &Subject,
    now: Now,
    view: &View<'_>,
    memory: &Memory,
    only: Option<&Only>,
    left: &mut Seconds,
    offer: &mut Offer,
) {
    let settings = &subject.workspace.settings;
    let ladder = Ladder::of(&settings.readiness);
    let per_question = settings.plan.seconds_per_question;
    let mut settled: BTreeSet<String> = BTreeSet::new();
    let assigned: BTreeSet<&str> = view
        .progress
        .modules
        .iter()
        .filter(|m| m.assigned.is_some() && m.finished_on.is_none())
        .map(|m| m.id)
        .collect();
    let mut steps: Vec<(bool, &Step)> = view
        .curriculum
        .live_steps()
        .map(|(m, s)| (assigned.contains(m.id.as_str()), s))
        .collect();
    // Stable: what is assigned comes first, each part in the curriculum's order.
    steps.sort_by_key(|(is_assigned, _)| !is_assigned);
    for (is_assigned, step) in steps {
        let named = only.is_some_and(|o| o.step.as_deref() == Some(step.id.as_str()));
        if !fits(step, only) || (!named && (view.progress.is_waived(step.id.as_str()))) {
            continue;
        }
        let questions = due_questions(step, memory, &ladder, now);
        let done = view.progress.is_done(step.id.as_str());
        let repeats = matches!(step.kind, StepKind::Quiz(_)) && !questions.is_empty();
        if done && !named && !repeats {
            continue;
        }
        if let StepKind::Talk(_) = step.kind {
            let minutes = step.seconds(per_question).minutes().0;
            offer.book.push(format!(
                "{} ({minutes} min)",
                step.title.as_deref().unwrap_or_default()
            ));
            if !named {
                continue;
            }
        }
        if matches!(step.kind, StepKind::Quiz(_)) && questions.is_empty() && !named {
            continue;
        }
        let ready = step
            .needs
            .iter()
            .all(|n| view.progress.is_settled(n.as_str()) || settled.contains(n.as_str()));
        if !ready && !named {
            continue;
        }
        let seconds = seconds(step, questions.len(), per_question);
        if seconds > *left && !named {
            let shorter = offer
                .shortest
                .as_ref()
                .is_none_or(|(_, m)| seconds.minutes().0 < *m);
            if offer.steps.is_empty() && shorter {
                offer.shortest = Some((step.title.clone().unwrap_or_default(), seconds.minutes().0));
            }
            continue;
        }
        *left = Seconds(left.0.saturating_sub(seconds.0));
        settled.insert(step.id.to_string());
        offer.steps.push(planned(
            view.curriculum,
            step,
            seconds,
            questions,
            if is_assigned { "assigned" } else { "next" },
        ));
    }
}

fn fits(step: &Step, only: Option<&Only>) -> bool {
    let Some(only) = only else { return true };
    only.step.as_deref().is_none_or(|s| s == step.id.as_str())
        && only.module.as_deref().is_none_or(|m| m == step.id.module())
        && only
            .capability
            .as_deref()
            .is_none_or(|c| step.capabilities.iter().any(|x| x.as_str() == c))
}

/// Questions never answered, missed, or known for half a ladder step.
fn due_questions(step: &Step, memory: &Memory, ladder: &Ladder, now: Now) -> Vec<QuestionId> {
    step.live_questions()
        .filter(|q| is_due(memory.question(q.id.as_str()).map(|r| &r.recall), now, ladder))
        .map(|q| q.id.clone())
        .collect()
}

fn seconds(step: &Step, questions: usize, per_question: u32) -> Seconds {
    if matches!(step.kind, StepKind::Quiz(_)) {
        Seconds(u32::try_from(questions).unwrap_or(0).saturating_mul(per_question))
    } else {
        step.seconds(per_question)
    }
}

fn planned(
    curriculum: &Curriculum,
    step: &Step,
    seconds: Seconds,
    questions: Vec<QuestionId>,
    why: &'static str,
) -> Planned {
    let names: Vec<&str> = step
        .capabilities
        .iter()
        .filter_map(|c| curriculum.capability(c.as_str()))
        .map(|c| c.name.as_str())
        .collect();
    let title = match &step.kind {
        StepKind::Quiz(_) => crate::base::words::plural(questions.len(), "question"),
        _ => step.title.clone().unwrap_or_default(),
    };
    Planned {
        curriculum: curriculum.id.to_string(),
        step: step.id.clone(),
        title,
        kind: step.kind.word(),
        seconds,
        capabilities: and_list(&names),
        questions,
        why,
    }
}
