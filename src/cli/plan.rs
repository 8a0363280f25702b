//! What a person could do now: the planner over every curriculum that concerns them, with their own eyes.

use crate::base::id::{DeviceId, QuestionId, StepId};
use crate::base::time::{Minutes, Seconds};
use crate::base::words::and_list;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Result};
use crate::cli::person::{Subject, View};
use crate::journal::Entry;
use crate::model::curriculum::{Curriculum, Question, Step, StepKind};
use crate::own;
use crate::plan::{Candidate, CandidateKind, Plan, due_promises, plan, plan_among};
use crate::readiness::{Ladder, Memory, Own, is_due};
use crate::report;
use crate::session::OpenPromise;
use crate::vault;

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
}

/// Narrows a sitting to what was asked for by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Only {
    /// The curriculum that what is named belongs to.
    pub(crate) curriculum: Option<String>,
    pub(crate) step: Option<String>,
    pub(crate) module: Option<String>,
    pub(crate) capability: Option<String>,
    /// Questions first: who knows the answers need not read the case.
    pub(crate) test_out: bool,
}

impl Only {
    /// Whether anything was asked for by name.
    pub(crate) fn is_named(&self) -> bool {
        self.step.is_some() || self.module.is_some() || self.capability.is_some()
    }

    fn takes(&self, curriculum: &Curriculum, step: &Step) -> bool {
        self.curriculum
            .as_deref()
            .is_none_or(|c| c == curriculum.id.as_str())
            && self.step.as_deref().is_none_or(|s| s == step.id.as_str())
            && self.module.as_deref().is_none_or(|m| m == step.id.module())
            && self
                .capability
                .as_deref()
                .is_none_or(|c| step.capabilities.iter().any(|x| x.as_str() == c))
    }
}

/// Minutes of a sitting: the flag's, else the user's, else 10.
pub(crate) fn minutes(flag: Option<u32>, context: &Context) -> Result<Minutes> {
    /// Longest sitting that can be asked for: a day.
    const MOST: u32 = 24 * 60;
    let minutes = match flag {
        Some(minutes) => minutes,
        None => context.config()?.number("learn", "minutes").unwrap_or(10),
    };
    if (1..=MOST).contains(&minutes) {
        return Ok(Minutes(minutes));
    }
    Err(CliError::usage(format!("a sitting has 1 to {MOST} minutes")))
}

/// Plans so many minutes with everything there is, and shows the plan.
pub(crate) fn with_plan<R>(
    subject: &Subject,
    context: &Context,
    minutes: Minutes,
    show: impl FnOnce(&Plan<'_>, &[crate::plan::Subject<'_>]) -> Result<R>,
) -> Result<R> {
    with_subjects(subject, context, |subjects| {
        let settings = &subject.workspace.settings;
        show(&plan(subjects, settings, context.now, minutes), subjects)
    })
}

/// What was promised at talks and is asked about now, each with its curriculum.
pub(crate) fn promises(subject: &Subject, context: &Context) -> Result<Vec<(String, OpenPromise)>> {
    with_subjects(subject, context, |subjects| {
        let due = due_promises(subjects, context.now.today).into_iter();
        Ok(due
            .map(|promise| {
                let open = OpenPromise {
                    talk: promise.talk,
                    text: promise.text.to_owned(),
                    day: promise.day,
                    noted_by: promise
                        .noted_by
                        .map(|id| subject.workspace.name_of(id).to_owned()),
                    practice: promise.practice.map(|step| step.id.to_string()),
                };
                (subjects[promise.subject].curriculum.id.to_string(), open)
            })
            .collect())
    })
}

/// The steps of a sitting, and whether the planner could do no better than to leave it empty because all is too long.
pub(crate) struct Offer {
    /// In the order in which they are done.
    pub(crate) steps: Vec<Planned>,
    /// What to say if there are none.
    pub(crate) otherwise: String,
    /// Minutes that would be enough for something, if the minutes there are do not.
    pub(crate) enough: Option<Minutes>,
    /// Talks that would help, in words.
    pub(crate) book: Vec<String>,
}

/// What to do in so many minutes; a step asked for by name is offered whatever it takes.
pub(crate) fn offer(subject: &Subject, context: &Context, minutes: Minutes, only: &Only) -> Result<Offer> {
    with_subjects(subject, context, |subjects| {
        let settings = &subject.workspace.settings;
        let (now, per_question) = (context.now, settings.plan.seconds_per_question);
        let named = only.step.as_ref().map(|id| {
            subjects
                .iter()
                .filter(|s| {
                    only.curriculum
                        .as_deref()
                        .is_none_or(|c| c == s.curriculum.id.as_str())
                })
                .filter_map(|s| Some(whole_step(s, s.curriculum.step(id)?, settings, context)))
                .collect()
        });
        if let Some(steps) = named {
            return Ok(Offer::of(steps));
        }
        if only.test_out {
            let steps = untested(subjects, only, minutes.seconds(), per_question);
            return Ok(Offer::of(steps));
        }
        let is_wanted = |candidate: &Candidate<'_>| {
            let curriculum = subjects[candidate.subject].curriculum;
            let step = match candidate.kind {
                CandidateKind::Question => curriculum.live_question(candidate.id).map(|(quiz, _)| quiz),
                _ => curriculum.step(candidate.id),
            };
            step.is_some_and(|step| only.takes(curriculum, step))
        };
        let plan = plan_among(subjects, settings, now, minutes, is_wanted);
        let steps = plan
            .steps
            .iter()
            .map(|planned| {
                let curriculum = subjects[planned.subject].curriculum;
                // In the curriculum's order: which of them comes first is for the sitting to decide.
                let asked = |q: &&Question| planned.questions.iter().any(|other| other.id == q.id);
                step_of(
                    curriculum,
                    planned.step,
                    planned.step.live_questions().filter(asked),
                    planned.seconds,
                )
            })
            .collect();
        Ok(Offer {
            steps,
            otherwise: report::empty_sentence(&plan, minutes),
            enough: plan.shortest.map(|shortest| shortest.seconds.minutes()),
            book: plan
                .book
                .iter()
                .map(|booking| report::booking_sentence(booking, subjects))
                .collect(),
        })
    })
}

impl Offer {
    fn of(steps: Vec<Planned>) -> Self {
        Self {
            steps,
            otherwise: report::nothing_sentence(),
            enough: None,
            book: Vec::new(),
        }
    }
}

/// The person's private entries on this computer; nobody else's are ever read.
pub(crate) fn private_entries(subject: &Subject, context: &Context) -> Result<Vec<Entry>> {
    if !subject.is_self() {
        return Ok(Vec::new());
    }
    let own = context.own_tree(&subject.workspace.settings);
    let mut findings = Vec::new();
    let entries = vault::read(&own, subject.person.id.as_str(), &mut findings)?;
    context.mention(&findings)?;
    Ok(entries)
}

/// What the person's own device remembers under each of these curricula; `None` where somebody else asks, or it has none.
pub(crate) fn own_memories(
    subject: &Subject,
    context: &Context,
    curricula: &[&Curriculum],
) -> Result<Option<(DeviceId, Vec<Memory>)>> {
    let Some(device) = subject.device(context)?.filter(|_| subject.is_self()) else {
        return Ok(None);
    };
    let entries = private_entries(subject, context)?;
    let settings = &subject.workspace.settings;
    let memory = |curriculum: &&Curriculum| own::memory(&entries, curriculum, settings, subject.as_of);
    Ok(Some((device, curricula.iter().map(memory).collect())))
}

/// The curricula that concern the person, as the planner sees them: those they are assigned to or have evidence in, or
/// all in use while that is none.
fn with_subjects<R>(
    subject: &Subject,
    context: &Context,
    show: impl FnOnce(&[crate::plan::Subject<'_>]) -> Result<R>,
) -> Result<R> {
    let entries = private_entries(subject, context)?;
    let device = subject.device(context)?.filter(|_| subject.is_self());
    let settings = &subject.workspace.settings;
    subject.views(context, |views| {
        let memories: Vec<Memory> = views
            .iter()
            .map(|view| own::memory(&entries, view.curriculum, settings, subject.as_of))
            .collect();
        let all = views.iter().zip(&memories);
        let concerns = |view: &View<'_>| report::belongs(view.progress);
        let none_yet = !views.iter().any(concerns);
        let subjects: Vec<crate::plan::Subject<'_>> = all
            .filter(|(view, _)| none_yet || concerns(view))
            .map(|(view, memory)| crate::plan::Subject {
                curriculum: view.curriculum,
                progress: view.progress,
                own: device.as_ref().map(|device| Own { device, memory }),
            })
            .collect();
        show(&subjects)
    })
}

/// A step asked for by name, done before or not; of a quiz the questions that are due, or all if none is.
fn whole_step(
    subject: &crate::plan::Subject<'_>,
    step: &Step,
    settings: &crate::model::settings::Settings,
    context: &Context,
) -> Planned {
    let ladder = Ladder::of(&settings.readiness);
    let is_due = |question: &&Question| {
        let known = subject
            .own
            .and_then(|own| own.memory.question(question.id.as_str()));
        is_due(known.map(|r| &r.recall), context.now, &ladder)
    };
    let mut questions: Vec<&Question> = step.live_questions().filter(is_due).collect();
    if questions.is_empty() {
        questions = step.live_questions().collect();
    }
    let per_question = settings.plan.seconds_per_question;
    let seconds = match &step.kind {
        StepKind::Quiz(_) => seconds_of(questions.len(), per_question),
        _ => step.seconds(per_question),
    };
    step_of(subject.curriculum, step, questions, seconds)
}

/// Quizzes of which nothing was answered yet, whatever they need, as many questions as fit.
fn untested(
    subjects: &[crate::plan::Subject<'_>],
    only: &Only,
    mut left: Seconds,
    per_question: u32,
) -> Vec<Planned> {
    let mut steps = Vec::new();
    for subject in subjects {
        for (_, step) in subject
            .curriculum
            .live_steps()
            .filter(|(_, step)| only.takes(subject.curriculum, step))
        {
            let id = step.id.as_str();
            let open = !subject.progress.is_done(id) && !subject.progress.is_waived(id);
            let is_new = |question: &&Question| {
                subject
                    .own
                    .is_none_or(|own| own.memory.question(question.id.as_str()).is_none())
            };
            let fit = left.0 / per_question.max(1);
            let questions: Vec<&Question> = step
                .live_questions()
                .filter(is_new)
                .take(usize::try_from(fit).unwrap_or(usize::MAX))
                .collect();
            if open && !questions.is_empty() {
                let seconds = seconds_of(questions.len(), per_question);
                left = Seconds(left.0.saturating_sub(seconds.0));
                steps.push(step_of(subject.curriculum, step, questions, seconds));
            }
        }
    }
    steps
}

fn seconds_of(questions: usize, per_question: u32) -> Seconds {
    Seconds(
        u32::try_from(questions)
            .unwrap_or(u32::MAX)
            .saturating_mul(per_question),
    )
}

fn step_of<'q>(
    curriculum: &Curriculum,
    step: &Step,
    questions: impl IntoIterator<Item = &'q Question>,
    seconds: Seconds,
) -> Planned {
    let names: Vec<&str> = step
        .capabilities
        .iter()
        .filter_map(|c| curriculum.capability(c.as_str()))
        .map(|c| c.name.as_str())
        .collect();
    let questions: Vec<QuestionId> = questions.into_iter().map(|q| q.id.clone()).collect();
    Planned {
        curriculum: curriculum.id.to_string(),
        step: step.id.clone(),
        title: report::title_of(step, questions.len()),
        kind: step.kind.word(),
        seconds,
        capabilities: and_list(&names),
        questions,
    }
}
