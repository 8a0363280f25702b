use clap::Args;

use crate::base::text::is_unprintable;
use crate::base::texts::t;
use crate::cli::ask::Answers;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Outcome, Result};
use crate::cli::person::Subject;
use crate::cli::record::{Entries, Recorder, RecorderSink};
use crate::model::event::Fact;
use crate::session::{self, Ended, SessionError, Sitting};

/// Say which process should become more efficient; the last one counts
#[derive(Debug, Args)]
#[command(
    after_help = "EXAMPLES:\n  upwards aim\n  upwards aim \"Answering dealers takes two days\" --capability serve"
)]
pub(crate) struct AimArgs {
    /// The process, in one line
    text: Option<String>,
    /// The capability it is nearest to
    #[arg(long, value_name = "ID")]
    capability: Option<String>,
    /// What it is about, as customer-service
    #[arg(long, value_name = "SLUG")]
    function: Option<String>,
}

pub(crate) fn run(args: &AimArgs, context: &mut Context) -> Result<Outcome> {
    let subject = Subject::acting(context)?;
    let id = context.curriculum_id(&subject.workspace.settings)?;
    let curriculum = subject.curriculum(id.as_str())?;
    let Some(text) = &args.text else {
        let mut present = None;
        subject.view(context, curriculum, |view| {
            present = view.progress.aim.map(|aim| (aim.text.to_owned(), aim.event.day));
            Ok(())
        })?;
        match &present {
            Some((text, day)) => context.ui.line(t!(
                "aim.present",
                "Your aim since {day}: \"{text}\"",
                day = day.long(),
                text = text
            ))?,
            None => context.ui.line(t!("aim.not_yet", "You have no aim yet."))?,
        }
        if !context.can_prompt() {
            context
                .ui
                .line(t!("aim.set", "  upwards aim \"...\" --capability ID    set one"))?;
            return Ok(Outcome::Done);
        }
        let mut recorder = recorder(context, &subject)?;
        let now = context.now;
        let clock = || now;
        let mut sink = RecorderSink {
            recorder: &mut recorder,
            person: subject.person.id.as_str(),
            by: subject.by.as_str(),
            clock: &clock,
            shared: Vec::new(),
            private: Vec::new(),
            error: None,
        };
        let mut asker = context.asker(Answers::default());
        let mut sitting = Sitting {
            ask: &mut *asker,
            sink: &mut sink,
            curriculum,
            settings: &subject.workspace.settings,
            shared_with: subject.readers().prompt(),
            seed: 0,
            ask_confidence: false,
            zone: &|when| context.environment.zone(when),
        };
        let ended = session::ask_aim(&mut sitting);
        return match ended {
            Ok(Ended::Stopped) if sink.shared.is_empty() => {
                Err(CliError::stopped("stopped; the aim is as before"))
            }
            Ok(Ended::Stopped) => Err(CliError::stopped("stopped; the aim is saved")),
            Ok(_) => Ok(Outcome::Done),
            Err(SessionError::Ask(error)) => Err(error.into()),
            Err(SessionError::Keep(error)) => Err(CliError::could_not(error.to_string())),
        };
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || text.chars().count() > 300 {
        return Err(CliError::usage("an aim is one line of 1 to 300 characters"));
    }
    if text.chars().any(is_unprintable) {
        return Err(CliError::usage(
            "an aim is plain text: there is a character in it that cannot be shown",
        ));
    }
    let capability = match &args.capability {
        Some(typed) => Some(curriculum.capability(typed).ok_or_else(|| {
            let names = curriculum
                .capabilities
                .iter()
                .map(|c| (c.id.as_str(), c.name.as_str()));
            CliError::unknown(typed, "capability", names, "upwards progress")
        })?),
        None => None,
    };
    if let Some(function) = &args.function {
        crate::base::id::check_slug(function).map_err(|e| CliError::usage(format!("--function: {e}")))?;
    }
    let function = args.function.clone().or_else(|| {
        capability
            .and_then(|c| c.function.as_ref())
            .map(ToString::to_string)
    });
    let fact = Fact::Aimed {
        text: text.into(),
        function: function.map(Into::into),
        curriculum: capability.map(|_| curriculum.id.to_string().into()),
        capability: capability.map(|c| c.id.to_string().into()),
    };
    if context.global.dry_run {
        context.ui.line(t!("dry_run", "Dry run, nothing was written."))?;
        return Ok(Outcome::Done);
    }
    recorder(context, &subject)?.record(&[Entries {
        person: subject.person.id.as_str(),
        by: subject.by.as_str(),
        facts: vec![fact],
        via: None,
    }])?;
    if !subject.is_self() {
        return context
            .ui
            .line(t!(
                "aim.recorded",
                "Saved. Recorded for {person} by {by}.",
                person = subject.person.name,
                by = subject.workspace.name_of(subject.by.as_str())
            ))
            .map(|()| Outcome::Done);
    }
    context.ui.prose(
        &t!(
            "aim.readers",
            "Saved. {who} can read it {way}.",
            who = subject.readers().who_first(),
            way = subject.readers().way()
        ),
        0,
    )?;
    Ok(Outcome::Done)
}

/// In the example everybody has their own device.
fn recorder(context: &mut Context, subject: &Subject) -> Result<Recorder> {
    let mut recorder = Recorder::new(context, &subject.workspace.settings)?;
    if context.global.demo
        && let Some(device) = subject.device(context)?
    {
        recorder.act_on(device);
    }
    Ok(recorder)
}
