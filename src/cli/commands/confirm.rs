use clap::Args;

use crate::base::id::EventId;
use crate::base::texts::t;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::person::{Subject, View};
use crate::cli::record::{Entries, Recorder};
use crate::cli::wrap_up;
use crate::model::event::Fact;
use crate::progress::Reason;
use crate::session::{Answer, Choice, Kind, Question, Reply};

/// Say whether you did yourself what others recorded for you
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards confirm\n  upwards confirm --all\n  upwards confirm 9a6c2f18-47be-4d03-a5d9-1f0b8e7c4201\n  upwards confirm --reject 9a6c2f18-47be-4d03-a5d9-1f0b8e7c4201"
)]
pub(crate) struct ConfirmArgs {
    /// Events by id
    events: Vec<String>,
    /// All that wait
    #[arg(long)]
    all: bool,
    /// This is not so: takes the event back
    #[arg(long, value_name = "EVENT")]
    reject: Vec<String>,
}

/// One thing somebody else recorded, or received in the person's words.
struct Waiting {
    id: EventId,
    words: String,
    /// Received words count already and can only be contested.
    received: bool,
}

pub(crate) fn run(args: &ConfirmArgs, context: &mut Context) -> Result<Outcome> {
    let subject = Subject::acting(context)?;
    if !subject.is_self() {
        return Err(CliError::usage(format!(
            "only {} can confirm what was recorded for them",
            subject.person.name
        )));
    }
    let mut waiting = Vec::new();
    for curriculum in &subject.workspace.curricula {
        subject.view(context, curriculum, |view| {
            waiting.extend(recorded_by_others(&subject, view));
            Ok(())
        })?;
    }
    let (confirm, reject) = choose(args, context, &subject, &waiting)?;
    if confirm.is_empty() && reject.is_empty() {
        if waiting.iter().all(|w| w.received) {
            context
                .ui
                .line(t!("confirm.nothing", "Nothing waits for your word."))?;
        }
        return Ok(Outcome::Done);
    }
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    let mut recorder = Recorder::new(context, &subject.workspace.settings)?;
    if context.global.demo
        && let Some(device) = subject.device(context)?
    {
        recorder.act_on(device);
    }
    let before = wrap_up::standing(context, &subject)?;
    recorder.begin();
    let facts = confirm
        .iter()
        .map(|id| Fact::Confirmed { reference: *id })
        .chain(reject.iter().map(|id| Fact::Voided { reference: *id }))
        .collect();
    recorder.record(&[Entries {
        person: subject.person.id.as_str(),
        by: subject.by.as_str(),
        facts,
        via: None,
    }])?;
    wrap_up::milestones(context, &subject, &mut recorder)?;
    context.ui.line(t!(
        "confirm.saved",
        "Saved: {confirmed} confirmed, {rejected} rejected.   (upwards undo)",
        confirmed = confirm.len(),
        rejected = reject.len()
    ))?;
    let after = wrap_up::standing(context, &subject)?;
    wrap_up::changes(context, &subject, &before, &after)?;
    Ok(Outcome::Done)
}

fn recorded_by_others(subject: &Subject, view: &View<'_>) -> Vec<Waiting> {
    let name = |id: &str| subject.workspace.name_of(id).to_owned();
    let title = |step: &str| {
        view.curriculum
            .step(step)
            .and_then(|s| s.title.clone())
            .unwrap_or_else(|| step.to_owned())
    };
    let practices = view.progress.practices.iter().filter_map(|p| {
        let evidence = p
            .practised
            .evidence
            .as_ref()
            .map(|e| format!(": \"{e}\""))
            .unwrap_or_default();
        let what = format!("{}, {}{evidence}", title(p.step), p.event.day);
        if p.why_not == Some(Reason::WaitingToBeConfirmed) {
            return Some(Waiting {
                id: p.event.id,
                words: t!(
                    "confirm.by",
                    "{what}, recorded by {name}",
                    what = what,
                    name = name(&p.event.by)
                ),
                received: false,
            });
        }
        let via = p.event.via.as_ref()?;
        Some(Waiting {
            id: p.event.id,
            words: t!(
                "confirm.received",
                "{what}, in your words, received by {name}",
                what = what,
                name = name(&via.by)
            ),
            received: true,
        })
    });
    practices.collect()
}

fn choose(
    args: &ConfirmArgs,
    context: &Context,
    subject: &Subject,
    waiting: &[Waiting],
) -> Result<(Vec<EventId>, Vec<EventId>)> {
    let find = |typed: &String| -> Result<EventId> {
        let id: EventId = typed
            .parse()
            .map_err(|_| CliError::usage(format!("\"{typed}\" is no event's id")))?;
        if waiting.iter().any(|w| w.id == id) {
            return Ok(id);
        }
        // A slip of the key may be set right: the person's own "somebody did it for me".
        let own = subject.workspace.curricula.iter().any(|c| {
            subject
                .view(context, c, |view| {
                    Ok(view
                        .progress
                        .practice(id)
                        .is_some_and(|p| p.why_not == Some(Reason::DoneBySomebodyElse)))
                })
                .unwrap_or(false)
        });
        if own {
            Ok(id)
        } else {
            Err(CliError::could_not(format!("{id} does not wait for your word"))
                .hint("what does: upwards confirm"))
        }
    };
    let mut confirm: Vec<EventId> = args.events.iter().map(find).collect::<Result<_>>()?;
    let reject: Vec<EventId> = args.reject.iter().map(find).collect::<Result<_>>()?;
    if args.all {
        confirm.extend(
            waiting
                .iter()
                .filter(|w| !w.received && !reject.contains(&w.id))
                .map(|w| w.id),
        );
    }
    if !confirm.is_empty() || !reject.is_empty() || args.all {
        return Ok((confirm, reject));
    }
    ask_each(context, waiting)
}

fn ask_each(context: &Context, waiting: &[Waiting]) -> Result<(Vec<EventId>, Vec<EventId>)> {
    let (mut confirm, mut reject) = (Vec::new(), Vec::new());
    for one in waiting {
        if one.received || !(context.can_prompt() || context.global.answers.is_some()) {
            context.ui.line(format!("  {}  {}", one.id, one.words))?;
        }
    }
    let open: Vec<&Waiting> = waiting.iter().filter(|w| !w.received).collect();
    let mut asker = context.asker(context.answers()?);
    for one in open {
        let question = Question {
            id: format!("confirm.{}", one.id),
            text: t!(
                "confirm.ask",
                "{what}. Did you do this yourself, with your own hands?",
                what = one.words
            ),
            hint: Some(t!(
                "confirm.hint",
                "Approving somebody else's work is not doing it yourself."
            )),
            kind: Kind::One(vec![
                Choice::new("yes", t!("confirm.yes", "yes, I did this myself")),
                Choice::new("no", t!("confirm.no", "no, take it back")),
                Choice::new("later", t!("confirm.later", "later")),
            ]),
            seen_by: None,
            flag: "upwards confirm EVENT, --all, or --reject EVENT".to_owned(),
            can_skip: true,
            keys: Vec::new(),
        };
        match asker.ask(&question)? {
            Reply::Answer(Answer::One(0)) => confirm.push(one.id),
            Reply::Answer(Answer::One(1)) => reject.push(one.id),
            Reply::Stop => return Err(CliError::stopped("stopped; nothing was recorded")),
            _ => {}
        }
    }
    Ok((confirm, reject))
}
