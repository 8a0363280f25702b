//! After something was recorded: publish what questions are worth, write down what was reached, say what changed.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::base::time::Date;
use crate::base::words::plural;
use crate::cli::changes;
use crate::cli::context::Context;
use crate::cli::error::Result;
use crate::cli::person::Subject;
use crate::cli::plan_order::private_entries;
use crate::cli::record::{Entries, Recorder};
use crate::disk::{self, Access};
use crate::journal::Thought;
use crate::model::event::Fact;
use crate::own;
use crate::readiness::{Assessment, Own, assess, unpublished};

/// Where the person stands in each curriculum.
pub(crate) type Standing = BTreeMap<String, Assessment>;

/// What a sitting leaves to be told.
pub(crate) struct End {
    pub(crate) before: Standing,
    pub(crate) done: usize,
    pub(crate) minutes: u32,
    pub(crate) used: u32,
    pub(crate) private: Vec<Thought>,
    pub(crate) shared: usize,
}

/// Where the person stands now: on their own device with their own eyes, else as everybody sees it.
pub(crate) fn standing(context: &Context, subject: &Subject) -> Result<Standing> {
    let settings = &subject.workspace.settings;
    let device = subject.device(context)?.filter(|_| subject.is_self());
    let entries = private_entries(subject, context)?;
    let mut standing = Standing::new();
    for curriculum in &subject.workspace.curricula {
        let memory = own::memory(&entries, curriculum, settings, subject.as_of);
        subject.view(context, curriculum, |view| {
            let assessment = match &device {
                Some(device) => {
                    let own = Own {
                        device,
                        memory: &memory,
                    };
                    assess(curriculum, settings, view.progress, Some(&own), subject.as_of)
                }
                None => view.assessment.clone(),
            };
            standing.insert(curriculum.id.to_string(), assessment);
            Ok(())
        })?;
    }
    Ok(standing)
}

/// Publishes capsules, writes down milestones, and says what changed.
pub(crate) fn finish(context: &Context, subject: &Subject, recorder: &mut Recorder, end: &End) -> Result<()> {
    publish(context, subject, recorder)?;
    milestones(context, subject, recorder)?;
    let after = standing(context, subject)?;
    let ui = &context.ui;
    if end.shared == 0 && end.private.is_empty() {
        return Ok(());
    }
    ui.line("")?;
    let used = match end.used {
        0 => "less than a minute".to_owned(),
        used => plural(usize::try_from(used).unwrap_or(0), "minute"),
    };
    ui.line(format!(
        "Done: {} in {used} ({} planned). Recorded on {}.",
        plural(end.done, "step"),
        end.minutes,
        recorder.device()
    ))?;
    changes(context, subject, &end.before, &after)?;
    kept(context, subject, end)?;
    Ok(())
}

/// Appends the capsules that differ from what this device last published. Private comes first: after a crash the next
/// session repairs it.
pub(crate) fn publish(context: &Context, subject: &Subject, recorder: &mut Recorder) -> Result<usize> {
    if !subject.is_self() {
        return Ok(0);
    }
    let entries = private_entries(subject, context)?;
    let settings = &subject.workspace.settings;
    let mut facts = Vec::new();
    for curriculum in &subject.workspace.curricula {
        let memory = own::memory(&entries, curriculum, settings, subject.as_of);
        subject.view(context, curriculum, |view| {
            let device = recorder.device().as_str().to_owned();
            for (capability, entries) in unpublished(&memory, view.progress, &device) {
                facts.push(Fact::Recalled {
                    curriculum: curriculum.id.to_string().into(),
                    capability: capability.to_owned().into(),
                    entries,
                    damaged: 0,
                });
            }
            Ok(())
        })?;
    }
    record(subject, recorder, facts)
}

/// Writes down each capability that is Ready for the first time.
pub(crate) fn milestones(context: &Context, subject: &Subject, recorder: &mut Recorder) -> Result<usize> {
    let mut facts = Vec::new();
    for curriculum in &subject.workspace.curricula {
        subject.view(context, curriculum, |view| {
            for assessed in &view.assessment.capabilities {
                if assessed.band == crate::base::points::Band::Ready && assessed.reached_on.is_none() {
                    facts.push(Fact::Reached {
                        curriculum: curriculum.id.to_string().into(),
                        capability: assessed.capability.to_string().into(),
                    });
                }
            }
            Ok(())
        })?;
    }
    record(subject, recorder, facts)
}

fn record(subject: &Subject, recorder: &mut Recorder, facts: Vec<Fact<'static>>) -> Result<usize> {
    let count = facts.len();
    recorder.record(&[Entries {
        person: subject.person.id.as_str(),
        by: subject.by.as_str(),
        facts,
        via: None,
    }])?;
    Ok(count)
}

/// Says what changed, capability by capability.
pub(crate) fn changes(
    context: &Context,
    subject: &Subject,
    before: &Standing,
    after: &Standing,
) -> Result<()> {
    for curriculum in &subject.workspace.curricula {
        let id = curriculum.id.as_str();
        if let (Some(before), Some(after)) = (before.get(id), after.get(id)) {
            context.ui.lines(changes::lines(curriculum, before, after))?;
        }
    }
    Ok(())
}

fn kept(context: &Context, subject: &Subject, end: &End) -> Result<()> {
    let count = |is: fn(&Thought) -> bool| end.private.iter().filter(|t| is(t)).count();
    let answers = count(|t| matches!(t, Thought::Answered { .. }));
    let lines = count(|t| matches!(t, Thought::Reflected { .. } | Thought::Noted { .. }));
    let mut private = Vec::new();
    if answers > 0 {
        private.push(plural(answers, "answer"));
    }
    if lines > 0 {
        private.push(plural(lines, "line"));
    }
    if count(|t| matches!(t, Thought::Spent { .. })) > 0 {
        private.push("the minutes".to_owned());
    }
    if !private.is_empty() {
        context.ui.line(format!(
            "Kept private: {}.",
            crate::base::words::and_list(&private)
        ))?;
    }
    if !subject.is_self() {
        return for_another(context, subject);
    }
    let readers = subject.readers();
    if end.shared > 0 && !readers.is_empty() {
        context.ui.prose(
            &format!(
                "For {}: the steps and their days, points, and what you wrote for a practice.",
                crate::base::words::and_list(&readers)
            ),
            0,
        )?;
    }
    Ok(())
}

/// Says for whom something was recorded, and that their word is needed.
pub(crate) fn for_another(context: &Context, subject: &Subject) -> Result<()> {
    let name = &subject.person.name;
    context.ui.prose(
        &format!(
            "Recorded for {name} by {}; a practice counts after {name} confirms it.",
            subject.workspace.name_of(subject.by.as_str())
        ),
        0,
    )
}

/// Days after which the aim is asked again.
const AIM_PAUSE: i32 = 7;

/// Whether the aim may be asked: not within a week of being skipped.
pub(crate) fn may_ask_aim(context: &Context, subject: &Subject) -> bool {
    let mut bytes = Vec::new();
    if disk::read_into(&aim_file(context, subject), &mut bytes).is_err() {
        return true;
    }
    let asked = std::str::from_utf8(&bytes)
        .ok()
        .and_then(|t| Date::parse_iso(t.trim()));
    asked.is_none_or(|day| context.now.today.days_since(day) >= AIM_PAUSE)
}

/// Notes that the aim was skipped today.
pub(crate) fn note_aim_asked(context: &Context, subject: &Subject) {
    // Lost, it is asked once more: no harm.
    let _ = disk::write_derived(
        &aim_file(context, subject),
        context.now.today.to_string().as_bytes(),
        Access::Private,
    );
}

fn aim_file(context: &Context, subject: &Subject) -> PathBuf {
    context
        .own_folder(&subject.workspace.settings)
        .join(format!("aim-asked-{}", subject.person.id))
}
