use std::collections::BTreeSet;

use clap::Args;

use crate::base::id::{DeviceId, EventId};
use crate::base::time::{Date, Now};
use crate::cli::ask::Answers;
use crate::cli::baselines;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::person::Subject;
use crate::cli::plan_order::{self, Only, Planned, minutes_word, private_entries};
use crate::cli::record::{Recorder, RecorderSink};
use crate::cli::wrap_up;
use crate::files;
use crate::journal::Thought;
use crate::model::curriculum::{Curriculum, Practice, Step, StepKind};
use crate::model::event::Fact;
use crate::own;
use crate::session::{
    self, Ask, AskError, Ended, KeepError, OpenBaseline, Quiz, SessionError, Sink, Sitting, StepHead,
};

/// Do the next steps; each answer is saved at once, stopping loses nothing
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards learn\n  upwards learn --minutes 5\n  upwards learn --step klm\n  upwards learn --step answer-one-customer --personal yes --done \"Answered a late-parcel complaint\" --before 19\n  upwards learn --answers answers.toml"
)]
pub(crate) struct LearnArgs {
    /// Minutes you have [default: 10]
    #[arg(long, value_name = "N")]
    minutes: Option<u32>,
    /// This step; its module may be left out
    #[arg(long, value_name = "ID")]
    step: Option<String>,
    /// Steps of this module only
    #[arg(long, value_name = "ID")]
    module: Option<String>,
    /// Steps of this capability only
    #[arg(long, value_name = "ID")]
    capability: Option<String>,
    /// A practice: what you did, in one line
    #[arg(long, value_name = "TEXT")]
    done: Option<String>,
    /// A practice: by your own hand, yes or no
    #[arg(long, value_name = "yes|no", value_parser = ["yes", "no"])]
    personal: Option<String>,
    /// A practice: who saw it
    #[arg(long, value_name = "PERSON")]
    witness: Option<String>,
    /// A practice: a report may quote the line
    #[arg(long)]
    may_quote: bool,
    /// A practice: the figure today, before anything changes
    #[arg(long, value_name = "N")]
    before: Option<String>,
    /// The second figure of a baseline
    #[arg(long, value_name = "N")]
    after: Option<String>,
    /// Over how many a figure was counted
    #[arg(long, value_name = "N")]
    n: Option<i64>,
    /// How the second figure is known: claimed, observed, verified
    #[arg(long, value_name = "GRADE")]
    grade: Option<String>,
    /// A practice: take the draft although publishing is allowed
    #[arg(long)]
    draft: bool,
    /// Minutes it took, instead of the clock's
    #[arg(long, value_name = "N")]
    minutes_used: Option<u32>,
    /// Fixes the order of questions and options
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

pub(crate) fn run(args: &LearnArgs, context: &mut Context) -> Result<Outcome> {
    let mut subject = Subject::acting(context)?;
    let only = only(args, &subject)?;
    let mut answers = context.answers()?;
    flags_to_answers(args, only.step.as_deref(), &mut answers)?;
    check_keys(&subject, &answers)?;
    check_witnesses(context, &subject, &answers)?;
    if !subject.is_self() {
        only_recording_for_others(args, &subject)?;
    }
    let mut recorder = Recorder::new(context, &subject.workspace.settings)?;
    if context.global.demo
        && let Some(device) = subject.device(context)?
    {
        recorder.act_on(device);
    }
    let now = own_now(context, &subject, recorder.device())?;
    (context.now, subject.as_of) = (now, now.today);
    let minutes = plan_order::minutes(args.minutes, context)?;
    if args.after.is_some() {
        return measure(args, context, &subject, recorder, answers, &only);
    }
    let figures = due_figures(context, &subject, &only, &answers)?;
    let taken = u32::try_from(figures.len()).unwrap_or(0) * FIGURE_MINUTES;
    let offer = plan_order::offer(&subject, context, minutes.saturating_sub(taken), Some(&only))?;
    if context.global.dry_run {
        context
            .ui
            .line(format!("Dry run: {} would be", minutes_word(minutes)))?;
        context.ui.lines(figures.iter().map(|(_, b)| {
            format!(
                "  {:<9}{FIGURE_MINUTES:>3} min  {}, second figure  ({})",
                "measure", b.title, b.step
            )
        }))?;
        context.ui.lines(offer.steps.iter().map(|s| {
            format!(
                "  {:<9}{:>3} min  {}  ({})",
                s.kind,
                s.seconds.minutes().0,
                s.title,
                s.step
            )
        }))?;
        return Ok(Outcome::Done);
    }
    if offer.steps.is_empty() && figures.is_empty() {
        return nothing(context, &offer, minutes);
    }
    require_answers(context, &subject, &offer.steps, &answers)?;
    let plan = Plan {
        figures: &figures,
        steps: &offer.steps,
        minutes,
    };
    sit(args, context, &subject, recorder, answers, &plan)
}

/// Minutes that a second figure takes.
const FIGURE_MINUTES: u32 = 1;

/// What a sitting does.
struct Plan<'a> {
    /// Second figures that are due, each with its curriculum; they come first.
    figures: &'a [(String, OpenBaseline)],
    /// Steps in their order.
    steps: &'a [Planned],
    /// Minutes there are.
    minutes: u32,
}

/// Second figures that are asked before anything new, unless something is asked for by name. A script that has no
/// answer to one goes on without it.
fn due_figures(
    context: &Context,
    subject: &Subject,
    only: &Only,
    answers: &Answers,
) -> Result<Vec<(String, OpenBaseline)>> {
    let named = only.step.is_some() || only.module.is_some() || only.capability.is_some();
    if named || !subject.is_self() {
        return Ok(Vec::new());
    }
    let mut due = baselines::due(subject, context)?;
    if is_scripted(context, answers) {
        due.retain(|(_, b)| answers.has(&format!("{}.after", b.step)));
    }
    Ok(due)
}

/// Today as this device counts it: a flight westwards must not run its days back, so a lead of one day is kept. A
/// clock further behind is told once, and written as it is.
fn own_now(context: &Context, subject: &Subject, device: &DeviceId) -> Result<Now> {
    let mut newest: Option<Date> = None;
    if let Some(curriculum) = subject.workspace.curricula.first() {
        subject.view(context, curriculum, |view| {
            newest = view
                .events
                .iter()
                .filter(|e| e.device == device.as_str())
                .map(|e| e.day)
                .max();
            Ok(())
        })?;
    }
    let mut now = context.now;
    match newest.map(|day| day.days_since(now.today)) {
        Some(1) if !context.environment.clock_is_given => now.today = now.today + 1,
        Some(days) if days >= 1 => {
            context.ui.notice(&format!(
                "note: this clock is {days} days behind the last entry of this computer"
            ))?;
        }
        _ => {}
    }
    Ok(now)
}

fn only(args: &LearnArgs, subject: &Subject) -> Result<Only> {
    let mut only = Only {
        step: None,
        module: args.module.clone(),
        capability: args.capability.clone(),
    };
    if let Some(typed) = &args.step {
        only.step = Some(find_step(subject, typed)?);
    }
    let curricula = &subject.workspace.curricula;
    if let Some(module) = &only.module
        && !curricula.iter().any(|c| c.module(module).is_some())
    {
        let names = curricula
            .iter()
            .flat_map(|c| &c.modules)
            .map(|m| (m.id.as_str(), m.title.as_str()));
        return Err(CliError::unknown(
            module,
            "module",
            names,
            "upwards progress --steps",
        ));
    }
    if let Some(capability) = &only.capability
        && !curricula.iter().any(|c| c.capability(capability).is_some())
    {
        let names = curricula
            .iter()
            .flat_map(|c| &c.capabilities)
            .map(|c| (c.id.as_str(), c.name.as_str()));
        return Err(CliError::unknown(
            capability,
            "capability",
            names,
            "upwards progress",
        ));
    }
    Ok(only)
}

/// A whole step id, or its short id where that is unambiguous.
fn find_step(subject: &Subject, typed: &str) -> Result<String> {
    let steps: Vec<&Step> = subject
        .workspace
        .curricula
        .iter()
        .flat_map(|c| c.live_steps().map(|(_, s)| s))
        .collect();
    if let Some(step) = steps.iter().find(|s| s.id.as_str() == typed) {
        return Ok(step.id.to_string());
    }
    let fits: Vec<&&Step> = steps.iter().filter(|s| s.id.short() == typed).collect();
    match fits.as_slice() {
        [one] => Ok(one.id.to_string()),
        [] => {
            let names = steps
                .iter()
                .map(|s| (s.id.as_str(), s.title.as_deref().unwrap_or_default()));
            Err(CliError::unknown(
                typed,
                "step",
                names,
                "upwards progress --steps",
            ))
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|s| s.id.as_str()).collect();
            Err(
                CliError::could_not(format!("\"{typed}\" is a step of several modules"))
                    .hint(format!("which: {}", ids.join(", "))),
            )
        }
    }
}

/// Flags are answers like those of a file; they need to know which step they are about.
fn flags_to_answers(args: &LearnArgs, step: Option<&str>, answers: &mut Answers) -> Result<()> {
    let flags: [(&str, Option<toml::Value>); 8] = [
        ("done", args.done.clone().map(Into::into)),
        ("personal", args.personal.clone().map(Into::into)),
        ("witness", args.witness.clone().map(Into::into)),
        ("may_quote", args.may_quote.then(|| "yes".into())),
        ("before", args.before.clone().map(Into::into)),
        ("after", args.after.clone().map(Into::into)),
        ("n", args.n.map(Into::into)),
        ("grade", args.grade.clone().map(Into::into)),
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
fn check_keys(subject: &Subject, answers: &Answers) -> Result<()> {
    let mut known: BTreeSet<String> = ["aim".to_owned()].into();
    for curriculum in &subject.workspace.curricula {
        known.extend(curriculum.live_steps().map(|(_, s)| s.id.to_string()));
        known.extend(curriculum.live_questions().map(|(_, q)| q.id.to_string()));
    }
    let names = [
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
    ];
    for key in answers.keys() {
        let (about, name) = key.rsplit_once('.').unwrap_or((key, ""));
        if !known.contains(about) {
            let known = known.iter().map(|k| (k.as_str(), ""));
            return Err(CliError {
                kind: crate::cli::error::Kind::Usage,
                ..CliError::unknown(about, "step or question", known, "upwards progress --steps")
            });
        }
        if !names.contains(&name) {
            let near = crate::base::words::nearest(name, names).join(", ");
            let told = CliError::usage(format!("the answers know no \"{name}\" for {about}"));
            return Err(if near.is_empty() {
                told.hint(format!("they know: {}", names.join(", ")))
            } else {
                told.hint(format!("did you mean: {near}?"))
            });
        }
    }
    Ok(())
}

/// Who saw a practice is a person of the workspace.
fn check_witnesses(context: &Context, subject: &Subject, answers: &Answers) -> Result<()> {
    let named = answers.keys().filter(|key| key.ends_with(".witness"));
    for key in named {
        let witness = answers.text(key).ok_or_else(|| {
            CliError::usage(format!("the answer for \"{key}\" does not fit: a person's id"))
        })?;
        context.person(&subject.workspace, witness)?;
    }
    Ok(())
}

fn only_recording_for_others(args: &LearnArgs, subject: &Subject) -> Result<()> {
    if args.step.is_some() && (args.done.is_some() || args.after.is_some()) {
        return Ok(());
    }
    Err(CliError::usage(format!("nobody can learn for {}", subject.person.name))
        .hint("record a practice of theirs: --step ID --done \"...\" --personal no; it counts once they confirm it")
        .hint("or learn as yourself: leave out --as"))
}

/// Whether the answers are given: by a file, or by flags.
fn is_scripted(context: &Context, answers: &Answers) -> bool {
    context.global.answers.is_some() || answers.keys().next().is_some()
}

/// An answers file must hold everything before anything is written.
fn require_answers(context: &Context, subject: &Subject, steps: &[Planned], answers: &Answers) -> Result<()> {
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

fn nothing(context: &Context, offer: &plan_order::Offer, minutes: u32) -> Result<Outcome> {
    match &offer.shortest {
        Some((title, needs)) => {
            context.ui.line(format!(
                "Nothing fits {}; {} would do: {title}",
                minutes_word(minutes),
                minutes_word(*needs)
            ))?;
            context.ui.line(format!("  upwards learn --minutes {needs}"))?;
        }
        None => context
            .ui
            .line("Nothing is left to do now. Questions come back when they are due.")?,
    }
    context
        .ui
        .lines(offer.book.iter().take(2).map(|talk| format!("To book: {talk}")))?;
    Ok(Outcome::Done)
}

fn sit(
    args: &LearnArgs,
    context: &Context,
    subject: &Subject,
    mut recorder: Recorder,
    answers: Answers,
    plan: &Plan<'_>,
) -> Result<Outcome> {
    let before = wrap_up::standing(context, subject)?;
    let aim_is_open = aim_is_open(context, subject, &answers)?;
    if is_scripted(context, &answers) || !context.can_prompt() {
        rehearse(args, context, subject, &answers, plan, aim_is_open)?;
    }
    let witnesses = answers.clone();
    let today = context.now.today;
    let clock = || Now {
        today,
        instant: context.environment.instant_now(),
    };
    let started = clock().instant;
    let mut asker = context.asker(answers);
    let mut sink = sink(&mut recorder, subject, &clock);
    let mut done = 0;
    let mut stopped = false;
    let mut failed = None;
    if aim_is_open && let Some(curriculum) = subject.workspace.curricula.first() {
        let mut sitting = sitting(args, context, subject, curriculum, &mut *asker, &mut sink)?;
        match session::ask_aim(&mut sitting) {
            Ok(Ended::Stopped) => stopped = true,
            Ok(Ended::Skipped) => wrap_up::note_aim_asked(context, subject),
            Ok(Ended::Done) => {}
            Err(error) => failed = Some(error),
        }
    }
    for (id, baseline) in plan.figures {
        if stopped || failed.is_some() {
            break;
        }
        let curriculum = subject.curriculum(id)?;
        sink.recorder.begin();
        let mut sitting = sitting(args, context, subject, curriculum, &mut *asker, &mut sink)?;
        match session::second_measure(&mut sitting, baseline) {
            Ok(Ended::Stopped) => stopped = true,
            Ok(ended) => done += usize::from(ended == Ended::Done),
            Err(error) => failed = Some(error),
        }
    }
    for (at, planned) in plan.steps.iter().enumerate() {
        if stopped || failed.is_some() {
            break;
        }
        let curriculum = subject.curriculum(&planned.curriculum)?;
        let step_started = clock().instant;
        sink.recorder.begin();
        let mut sitting = sitting(args, context, subject, curriculum, &mut *asker, &mut sink)?;
        let head = StepHead {
            place: (at + 1, plan.steps.len()),
            step: planned.step.to_string(),
            kind: planned.kind,
            minutes: planned.seconds.minutes().0,
            capabilities: planned.capabilities.clone(),
        };
        match do_step(args, context, subject, &witnesses, &mut sitting, &head, planned) {
            Ok(Ok(Ended::Stopped)) => stopped = true,
            Ok(Ok(ended)) => done += usize::from(ended == Ended::Done),
            Ok(Err(error)) => failed = Some(error),
            Err(error) => return Err(error),
        }
        if !sink.shared.is_empty() || !sink.private.is_empty() {
            let used = (clock().instant.seconds() - step_started.seconds()).max(0);
            spent(args, &mut sink, planned, used)?;
        }
    }
    let (shared, private) = (sink.shared.len(), std::mem::take(&mut sink.private));
    let kept = shared + private.len();
    let error = sink.error.take();
    let used = u32::try_from((clock().instant.seconds() - started.seconds()).max(0))
        .unwrap_or(0)
        .div_ceil(60);
    let end = wrap_up::End {
        before,
        done,
        minutes: plan.minutes,
        used: args.minutes_used.unwrap_or(used),
        private,
        shared,
    };
    if let Some(error) = error {
        return Err(error);
    }
    wrap_up::finish(context, subject, &mut recorder, &end)?;
    match failed {
        Some(SessionError::Ask(AskError::Stopped)) => {
            Err(CliError::stopped(format!("stopped; {}", saved(kept))))
        }
        Some(SessionError::Ask(error)) => Err(CliError::from(error).hint(saved(kept))),
        Some(SessionError::Keep(error)) => Err(CliError::could_not(error.to_string())),
        None if stopped => Err(CliError::stopped(format!("stopped; {}", saved(kept)))),
        None => Ok(Outcome::Done),
    }
}

/// Goes through the whole sitting with the answers there are and keeps nothing: what is missing or does not fit is told
/// before anything is written.
fn rehearse(
    args: &LearnArgs,
    context: &Context,
    subject: &Subject,
    answers: &Answers,
    plan: &Plan<'_>,
    with_aim: bool,
) -> Result<()> {
    let told = |error: SessionError| match error {
        SessionError::Ask(error) => CliError::from(error).hint("nothing was written"),
        SessionError::Keep(error) => CliError::could_not(error.to_string()),
    };
    let mut asker = Unheard(context.asker(answers.clone()));
    let mut sink = Unkept(context.now);
    if with_aim && let Some(curriculum) = subject.workspace.curricula.first() {
        let mut sitting = sitting(args, context, subject, curriculum, &mut asker, &mut sink)?;
        session::ask_aim(&mut sitting).map_err(told)?;
    }
    for (id, baseline) in plan.figures {
        let curriculum = subject.curriculum(id)?;
        let mut sitting = sitting(args, context, subject, curriculum, &mut asker, &mut sink)?;
        session::second_measure(&mut sitting, baseline).map_err(told)?;
    }
    for planned in plan.steps {
        let curriculum = subject.curriculum(&planned.curriculum)?;
        let mut sitting = sitting(args, context, subject, curriculum, &mut asker, &mut sink)?;
        let head = StepHead {
            place: (1, 1),
            step: planned.step.to_string(),
            kind: planned.kind,
            minutes: 0,
            capabilities: String::new(),
        };
        do_step(args, context, subject, answers, &mut sitting, &head, planned)?.map_err(told)?;
    }
    Ok(())
}

/// Asks as another does and shows nothing.
struct Unheard(Box<dyn Ask>);

impl Ask for Unheard {
    fn ask(&mut self, question: &session::Question) -> std::result::Result<session::Reply, AskError> {
        self.0.ask(question)
    }

    fn say(&mut self, _: &str) -> std::result::Result<(), AskError> {
        Ok(())
    }

    fn width(&self) -> usize {
        self.0.width()
    }
}

/// Keeps nothing.
struct Unkept(Now);

impl Sink for Unkept {
    fn shared(&mut self, _: Fact<'static>) -> std::result::Result<EventId, KeepError> {
        Ok(EventId::from_random([0; 16]))
    }

    fn private(&mut self, _: Thought) -> std::result::Result<EventId, KeepError> {
        Ok(EventId::from_random([0; 16]))
    }

    fn now(&self) -> Now {
        self.0
    }
}

fn saved(kept: usize) -> String {
    if kept == 0 {
        "nothing had been answered".to_owned()
    } else {
        "what was answered is saved".to_owned()
    }
}

fn sink<'a>(
    recorder: &'a mut Recorder,
    subject: &'a Subject,
    clock: &'a dyn Fn() -> Now,
) -> RecorderSink<'a> {
    RecorderSink {
        recorder,
        person: subject.person.id.as_str(),
        by: subject.by.as_str(),
        clock,
        shared: Vec::new(),
        private: Vec::new(),
        error: None,
    }
}

fn sitting<'a>(
    args: &LearnArgs,
    context: &Context,
    subject: &'a Subject,
    curriculum: &'a Curriculum,
    ask: &'a mut dyn session::Ask,
    sink: &'a mut dyn session::Sink,
) -> Result<Sitting<'a>> {
    Ok(Sitting {
        ask,
        sink,
        curriculum,
        settings: &subject.workspace.settings,
        readers: subject.readers(),
        seed: args.seed.unwrap_or_else(|| order_seed(context)),
        ask_confidence: context.config()?.flag("learn", "ask_confidence").unwrap_or(true),
    })
}

/// Another order each day, the same within it.
fn order_seed(context: &Context) -> u64 {
    u64::try_from(context.now.today.days_since_epoch()).unwrap_or(0)
}

/// Outer error: files; inner: the sitting.
fn do_step(
    args: &LearnArgs,
    context: &Context,
    subject: &Subject,
    answers: &Answers,
    sitting: &mut Sitting<'_>,
    head: &StepHead,
    planned: &Planned,
) -> Result<std::result::Result<Ended, SessionError>> {
    let curriculum = sitting.curriculum;
    let Some(step) = curriculum.step(planned.step.as_str()) else {
        return Ok(Ok(Ended::Skipped));
    };
    let mut record = (false, false);
    subject.view(context, curriculum, |view| {
        let known = view.progress.steps.get(step.id.as_str());
        record = (
            known.is_some_and(|r| r.started.is_some()),
            known.is_some_and(|r| r.finished.is_some()),
        );
        Ok(())
    })?;
    Ok(match &step.kind {
        StepKind::Case(named) => {
            let of = named.curriculum.as_ref().unwrap_or(&curriculum.id);
            let case = context.sound(files::load_case(&subject.tree, of, &named.case))?;
            session::read_case(sitting, head, named, &case, record.0)
        }
        StepKind::Quiz(_) => {
            let entries = private_entries(subject, context)?;
            let answered = own::answered(&entries, curriculum, subject.as_of)
                .into_iter()
                .map(str::to_owned)
                .collect();
            let questions = planned
                .questions
                .iter()
                .filter_map(|q| curriculum.live_question(q.as_str()))
                .map(|(_, q)| q)
                .collect();
            session::answer_quiz(
                sitting,
                head,
                Quiz {
                    step,
                    questions,
                    answered,
                    started: record.0,
                    finished: record.1,
                },
            )
        }
        StepKind::Practice(practice) => {
            let draft = draft_only(args, context, subject, curriculum, practice)?;
            let witness = answers.text(&format!("{}.witness", step.id));
            session::do_practice(sitting, head, step, practice, draft.as_deref(), witness)
        }
        StepKind::Talk(talk) => session::show_talk(sitting, head, step, talk),
        StepKind::Reflect(ask) => session::reflect(sitting, head, step, ask),
    })
}

/// Why only the draft is shown, if publishing is not offered.
fn draft_only(
    args: &LearnArgs,
    context: &Context,
    subject: &Subject,
    curriculum: &Curriculum,
    practice: &Practice,
) -> Result<Option<String>> {
    if practice.exposure != crate::model::curriculum::Exposure::Public {
        return Ok(None);
    }
    if args.draft {
        return Ok(Some("You asked for the draft".to_owned()));
    }
    if !subject.workspace.settings.practice.public {
        return Ok(Some("Publishing is not switched on here".to_owned()));
    }
    let Some(rules) = &curriculum.public_needs else {
        return Ok(None);
    };
    subject.view(context, curriculum, |view| {
        let finished = view
            .progress
            .module(rules.as_str())
            .is_some_and(|m| m.finished_on.is_some());
        let title = curriculum
            .module(rules.as_str())
            .map_or(rules.as_str(), |m| &m.title);
        Ok((!finished).then(|| format!("Publishing is offered once \"{title}\" is finished")))
    })
}

fn spent(args: &LearnArgs, sink: &mut RecorderSink<'_>, planned: &Planned, seconds: i64) -> Result<()> {
    let minutes = args
        .minutes_used
        .unwrap_or_else(|| u32::try_from(seconds).unwrap_or(0).div_ceil(60));
    let is_self = sink.person == sink.by;
    if minutes == 0 || !is_self || sink.error.is_some() {
        return Ok(());
    }
    let thought = Thought::Spent {
        curriculum: planned.curriculum.clone(),
        step: planned.step.to_string(),
        minutes,
    };
    sink.private(thought)
        .map(|_| ())
        .map_err(|e| CliError::could_not(e.to_string()))
}

/// Whether the question everything starts with is to be asked now.
fn aim_is_open(context: &Context, subject: &Subject, answers: &Answers) -> Result<bool> {
    if !subject.is_self() {
        return Ok(false);
    }
    let mut has_aim = false;
    if let Some(curriculum) = subject.workspace.curricula.first() {
        subject.view(context, curriculum, |view| {
            has_aim = view.progress.aim.is_some();
            Ok(())
        })?;
    }
    if is_scripted(context, answers) {
        return Ok(!has_aim && answers.has("aim.text"));
    }
    Ok(!has_aim && context.can_prompt() && wrap_up::may_ask_aim(context, subject))
}

/// `--after`: the second figure of the newest baseline of a step.
fn measure(
    args: &LearnArgs,
    context: &Context,
    subject: &Subject,
    mut recorder: Recorder,
    answers: Answers,
    only: &Only,
) -> Result<Outcome> {
    let step = only.step.as_deref().unwrap_or_default();
    let curriculum = subject
        .workspace
        .curricula
        .iter()
        .find(|c| c.step(step).is_some())
        .ok_or_else(|| CliError::usage("--after needs --step ID"))?;
    let open = baselines::open(subject, context, curriculum)?
        .into_iter()
        .find(|b| b.step == step);
    let baseline = open.ok_or_else(|| {
        CliError::could_not(format!("no baseline of {step} waits for a second figure"))
            .hint(format!("set one: upwards learn --step {step} --before N"))
    })?;
    if context.now.today <= baseline.day {
        return Err(CliError::could_not(format!(
            "the baseline is of {}; before and after never come from one sitting",
            baseline.day
        ))
        .hint("measure again on a later day"));
    }
    let today = context.now.today;
    let clock = || Now {
        today,
        instant: context.environment.instant_now(),
    };
    if args.grade.as_deref() == Some("verified") {
        if subject.is_self() {
            return Err(CliError::usage("nobody verifies their own figure")
                .hint("by yourself: --grade claimed or --grade observed"));
        }
        let mut sink = sink(&mut recorder, subject, &clock);
        let after = args
            .after
            .as_deref()
            .and_then(crate::base::points::Thousandths::parse);
        let after = after.ok_or_else(|| CliError::usage("--after takes a number, as 2.5"))?;
        let n = args.n.and_then(|n| u64::try_from(n).ok());
        let fact = Fact::Measured {
            reference: baseline.practice,
            after,
            n,
            grade: crate::model::event::MeasureGrade::Verified,
        };
        session::Sink::shared(&mut sink, fact).map_err(|e| CliError::could_not(e.to_string()))?;
        context.ui.line(format!(
            "Saved: {} -> {after} {}, verified.",
            baseline.before, baseline.unit
        ))?;
        return Ok(Outcome::Done);
    }
    let mut asker = context.asker(answers);
    let mut sink = sink(&mut recorder, subject, &clock);
    let mut sitting = sitting(args, context, subject, curriculum, &mut *asker, &mut sink)?;
    match session::second_measure(&mut sitting, &baseline) {
        Ok(Ended::Stopped) => Err(CliError::stopped("stopped; nothing had been answered")),
        Ok(_) => Ok(Outcome::Done),
        Err(SessionError::Ask(error)) => Err(error.into()),
        Err(SessionError::Keep(error)) => Err(sink
            .error
            .take()
            .unwrap_or_else(|| CliError::could_not(error.to_string()))),
    }
}
