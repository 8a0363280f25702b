mod given;
mod sitting;

use clap::Args;

use given::{check_keys, check_witnesses, flags_to_answers, is_scripted, only, require_answers};
use sitting::{Around, How, Plan, saved, sink, sit};

use crate::base::id::DeviceId;
use crate::base::text::{hanging, pad};
use crate::base::texts::t;
use crate::base::time::{Date, Minutes, Now};
use crate::cli::ask::Answers;
use crate::cli::baselines;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::person::Subject;
use crate::cli::plan::{self, Offer, Only};
use crate::cli::record::Recorder;
use crate::model::curriculum::{ONE_WORD, words_in, words_take};
use crate::model::event::Fact;
use crate::report::minutes_words;
use crate::session::{self, Ended, OpenBaseline, OpenPromise, SessionError};

/// Do the next steps; each answer is saved at once, stopping loses nothing
#[derive(Debug, Default, Args)]
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
    /// Questions first: who knows the answers may skip the case
    #[arg(long, conflicts_with = "step")]
    test_out: bool,
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
    /// A talk that was held, or with --at one to plan: with whom
    #[arg(long, value_name = "PERSON,...", value_delimiter = ',')]
    with: Vec<String>,
    /// A talk: the day it was held [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// A talk: present, partly or deputy
    #[arg(long, value_name = "WORD", value_parser = ["present", "partly", "deputy"])]
    attendance: Option<String>,
    /// A talk: what you will do before the next one
    #[arg(long, value_name = "TEXT")]
    commitment: Option<String>,
    /// A talk to plan: when, as "2026-03-19 09:30"
    #[arg(long, value_name = "WHEN")]
    at: Option<String>,
    /// When to go on, as "2026-03-23 08:30": writes a calendar file
    #[arg(long, value_name = "WHEN")]
    next_at: Option<String>,
    /// The calendar file of --next-at
    #[arg(long, value_name = "FILE")]
    calendar: Option<String>,
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
    check_keys(context, &subject, &answers)?;
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
    let minutes = plan::minutes(args.minutes, context)?;
    if args.after.is_some() {
        return measure(args, context, &subject, recorder, &answers, &only);
    }
    let most = words_in(minutes);
    let mut promises = due_promises(context, &subject, &only, &answers)?;
    promises.truncate(most);
    let mut figures = due_figures(context, &subject, &only, &answers)?;
    figures.truncate(most - promises.len());
    let left = Minutes(minutes.0 - words_take(promises.len() + figures.len()).0);
    let offer = plan::offer(&subject, context, left, &only)?;
    let plan = Plan {
        promises: &promises,
        figures: &figures,
        steps: &offer.steps,
        minutes: minutes.0,
    };
    if context.global.dry_run {
        return rehearsed(context, &plan);
    }
    if offer.steps.is_empty() && figures.is_empty() && promises.is_empty() {
        return nothing(context, &offer);
    }
    require_answers(context, &subject, &offer.steps, &answers)?;
    let how = how(args)?;
    let zone = |when| context.environment.zone(when);
    let around = Around {
        context,
        subject: &subject,
        how: &how,
        answers: &answers,
        zone: &zone,
    };
    sit(&around, recorder, &plan)
}

/// `--dry-run`: what would be done, and nothing is.
fn rehearsed(context: &Context, plan: &Plan<'_>) -> Result<Outcome> {
    let columns = context.ui.options.screen.width;
    let line = |kind: &str, minutes: u32, title: &str, step: &str| {
        let minutes = t!("plan.minutes", "{n} min", n = minutes);
        hanging(
            &format!("  {} {minutes:>7}  ", pad(kind, 9)),
            &format!("{title}  ({step})"),
            columns,
        )
    };
    context.ui.line(t!(
        "learn.dry_run",
        "Dry run: {minutes} would be",
        minutes = minutes_words(plan.minutes)
    ))?;
    for (_, promise) in plan.promises {
        let kind = t!("kind.promise", "promise");
        let step = promise.practice.as_deref().unwrap_or("-");
        context.ui.lines(line(&kind, ONE_WORD.0, &promise.text, step))?;
    }
    for (_, baseline) in plan.figures {
        let title = t!("plan.measure", "second figure: {title}", title = baseline.title);
        let kind = t!("kind.measure", "measure");
        context
            .ui
            .lines(line(&kind, ONE_WORD.0, &title, &baseline.step))?;
    }
    for step in plan.steps {
        context.ui.lines(line(
            step.kind,
            step.seconds.minutes().0,
            &step.title,
            step.step.as_str(),
        ))?;
    }
    Ok(Outcome::Done)
}

/// Asks the question everything starts with, of somebody who was never here before.
pub(crate) fn ask_first_aim(context: &mut Context, subject: &Subject) -> Result<()> {
    let recorder = Recorder::new(context, &subject.workspace.settings)?;
    let (how, answers) = (How::default(), Answers::default());
    let zone = |when| context.environment.zone(when);
    let around = Around {
        context,
        subject,
        how: &how,
        answers: &answers,
        zone: &zone,
    };
    sitting::first_aim(&around, recorder)
}

/// Promises that are asked about before anything else, on the same terms as second figures.
fn due_promises(
    context: &Context,
    subject: &Subject,
    only: &Only,
    answers: &Answers,
) -> Result<Vec<(String, OpenPromise)>> {
    if only.is_named() || !subject.is_self() {
        return Ok(Vec::new());
    }
    let mut due = plan::promises(subject, context)?;
    if is_scripted(context, answers) {
        due.retain(|(_, promise)| answers.has(&format!("{}.kept", promise.talk)));
    }
    Ok(due)
}

/// Second figures that are asked before anything new, unless something is asked for by name. A script that has no
/// answer to one goes on without it.
fn due_figures(
    context: &Context,
    subject: &Subject,
    only: &Only,
    answers: &Answers,
) -> Result<Vec<(String, OpenBaseline)>> {
    if only.is_named() || !subject.is_self() {
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

fn only_recording_for_others(args: &LearnArgs, subject: &Subject) -> Result<()> {
    // A talk that is planned counts for nothing yet: whoever leads may propose it.
    let plans_a_talk = !args.with.is_empty() && args.at.is_some();
    if args.step.is_some() && (args.done.is_some() || args.after.is_some() || plans_a_talk) {
        return Ok(());
    }
    Err(CliError::usage(format!("nobody can learn for {}", subject.person.name))
        .hint("record a practice of theirs: --step ID --done \"...\" --personal no; it counts once they confirm it")
        .hint("plan a talk of theirs: --step ID --with PERSON --at \"2026-03-19 09:30\"")
        .hint("or learn as yourself: leave out --as"))
}

fn nothing(context: &Context, offer: &Offer) -> Result<Outcome> {
    context.ui.line(&offer.otherwise)?;
    if let Some(enough) = offer.enough {
        context
            .ui
            .line(format!("  upwards learn --minutes {}", enough.0))?;
    }
    context.ui.lines(offer.book.iter().take(2))?;
    Ok(Outcome::Done)
}

fn how(args: &LearnArgs) -> Result<How> {
    let next = args.next_at.as_deref().map(str::parse).transpose();
    Ok(How {
        next: next.map_err(|e| CliError::usage(format!("--next-at: {e}")))?,
        draft: args.draft,
        minutes_used: args.minutes_used,
        seed: args.seed,
        test_out: args.test_out,
        calendar: args.calendar.clone(),
    })
}

/// `--after`: the second figure of the newest baseline of a step.
fn measure(
    args: &LearnArgs,
    context: &Context,
    subject: &Subject,
    mut recorder: Recorder,
    answers: &Answers,
    only: &Only,
) -> Result<Outcome> {
    let step = only.step.as_deref().unwrap_or_default();
    let curriculum = subject
        .workspace
        .curricula
        .iter()
        .find(|c| c.step(step).is_some())
        .ok_or_else(|| CliError::usage("--after needs --step ID"))?;
    let verifies = args.grade.as_deref() == Some("verified") && !subject.is_self();
    let open = if verifies {
        // Somebody else may say of a figure that is there already whether it is so.
        baselines::of_step(subject, context, curriculum, step)?
    } else {
        baselines::open(subject, context, curriculum)?
            .into_iter()
            .find(|b| b.step == step)
    };
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
        context.ui.line(t!(
            "learn.verified",
            "Saved: {before} -> {after} {unit}, verified.",
            before = baseline.before,
            after = after,
            unit = baseline.unit
        ))?;
        return Ok(Outcome::Done);
    }
    let how = how(args)?;
    let zone = |when| context.environment.zone(when);
    let around = Around {
        context,
        subject,
        how: &how,
        answers,
        zone: &zone,
    };
    let mut asker = context.asker(answers.clone());
    let mut sink = sink(&mut recorder, subject, &clock);
    let mut sitting = around.sitting(curriculum, &mut *asker, &mut sink)?;
    match session::second_measure(&mut sitting, &baseline) {
        Ok(Ended::Stopped) => Err(CliError::stopped(saved(context, 0))),
        Ok(_) => Ok(Outcome::Done),
        Err(SessionError::Ask(error)) => Err(error.into()),
        Err(SessionError::Keep(error)) => Err(sink
            .error
            .take()
            .unwrap_or_else(|| CliError::could_not(error.to_string()))),
    }
}
