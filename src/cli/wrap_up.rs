//! After something was recorded: publish what questions are worth, write down what was reached, say what changed.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::base::id::EventId;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::and_list;
use crate::cli::changes;
use crate::cli::context::Context;
use crate::cli::error::Result;
use crate::cli::person::Subject;
use crate::cli::plan::private_entries;
use crate::cli::record::{Entries, Recorder};
use crate::disk::{self, Access};
use crate::journal::Thought;
use crate::model::event::Fact;
use crate::model::person::Role;
use crate::model::settings::Layout;
use crate::own;
use crate::readiness::{Assessment, Item, Limit, Own, Remedy, assess, difference, unpublished};
use crate::report::minutes_words;
use crate::table::Hint;

/// Where the person stands in each curriculum.
pub(crate) type Standing = BTreeMap<String, Assessment>;

/// What a sitting leaves to be told.
pub(crate) struct End {
    pub(crate) before: Standing,
    pub(crate) done: usize,
    pub(crate) minutes: u32,
    pub(crate) used: u32,
    pub(crate) private: Vec<Thought>,
    pub(crate) shared: Vec<(EventId, Fact<'static>)>,
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
    if end.shared.is_empty() && end.private.is_empty() {
        return Ok(());
    }
    ui.line("")?;
    let used = match end.used {
        0 => t!("end.used.none", "less than a minute"),
        used => minutes_words(used),
    };
    ui.line(t!(
        "end.done",
        "Done in {used} ({planned} planned).   {steps} recorded on {device}.",
        used = used,
        planned = end.minutes,
        steps = t_n!("steps", end.done, "{n} step", "{n} steps"),
        device = recorder.device()
    ))?;
    ui.line("")?;
    changes(context, subject, &end.before, &after)?;
    kept(context, subject, end)?;
    if subject.is_self() {
        next_gain(context, subject, &end.before, &after)?;
        hints(context, subject, end)?;
    }
    Ok(())
}

/// Where a touched capability is held up by questions that must be known again: from which day, how many, how long.
fn next_gain(context: &Context, subject: &Subject, before: &Standing, after: &Standing) -> Result<()> {
    for curriculum in &subject.workspace.curricula {
        let id = curriculum.id.as_str();
        let (Some(before), Some(after)) = (before.get(id), after.get(id)) else {
            continue;
        };
        for changed in difference(before, after) {
            let Some(Limit {
                item: Item::Again,
                remedy: Remedy::QuestionsFrom(n, from),
                minutes,
            }) = &changed.limited_by
            else {
                continue;
            };
            let capability = curriculum.capability(changed.capability.as_str());
            let name = capability.map_or(changed.capability.as_str(), |c| &c.name);
            let minutes = minutes.map_or(0, |minutes| minutes.0);
            let text = if *from <= subject.as_of {
                t_n!(
                    "end.again.now",
                    *n,
                    "Next: {n} question of {name} asked again, {minutes} min, today: known again on a later day, it opens the knowledge gate.",
                    "Next: {n} questions of {name} asked again, {minutes} min, today: known again on a later day, they open the knowledge gate.",
                    name = name,
                    minutes = minutes
                )
            } else {
                t_n!(
                    "end.again.from",
                    *n,
                    "Next: {n} question of {name} asked again from {day}, {minutes} min: known again on a later day, it opens the knowledge gate.",
                    "Next: {n} questions of {name} asked again from {day}, {minutes} min: known again on a later day, they open the knowledge gate.",
                    name = name,
                    day = from.weekday_short(),
                    minutes = minutes
                )
            };
            context.ui.prose(&text, 0)?;
        }
    }
    Ok(())
}

fn hints(context: &Context, subject: &Subject, end: &End) -> Result<()> {
    let mut hints = vec![Hint::new("upwards", t!("end.hint.home", "where you are now"))];
    if !end.shared.is_empty() {
        hints.push(Hint::new(
            "upwards undo",
            t!("end.hint.undo", "take back the last step"),
        ));
        let by_packets = subject.workspace.settings.layout == Layout::Packets;
        if by_packets && subject.readers().are_named() && !subject.person.is(Role::Leader) {
            hints.push(Hint::new(
                "upwards send -o FILE",
                t!(
                    "end.hint.send",
                    "hand it over to {readers}",
                    readers = subject.readers().who()
                ),
            ));
        }
    }
    context.ui.hints(&hints)
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
    if lines > 0 {
        private.push(t_n!("end.notes", lines, "{n} note", "{n} notes"));
    }
    if answers > 0 {
        private.push(t_n!("end.answers", answers, "{n} answer", "{n} answers"));
    }
    if count(|t| matches!(t, Thought::Spent { .. })) > 0 {
        private.push(t!("end.minutes", "the minutes"));
    }
    if !private.is_empty() {
        context.ui.prose(
            &t!("end.private", "Kept private: {what}.", what = and_list(&private)),
            0,
        )?;
    }
    if !subject.is_self() {
        return for_another(context, subject);
    }
    let readers = subject.readers();
    let shared = shared_words(subject, end);
    if !shared.is_empty() && readers.are_named() {
        context.ui.prose(
            &t!(
                "end.shared",
                "For {readers}, {way}: {what}.",
                readers = readers.who(),
                way = readers.way(),
                what = and_list(&shared)
            ),
            0,
        )?;
    }
    Ok(())
}

/// What leaders read of a sitting, thing by thing.
fn shared_words(subject: &Subject, end: &End) -> Vec<String> {
    let facts = || end.shared.iter().map(|(_, fact)| fact);
    let mut words = Vec::new();
    if facts().any(|fact| matches!(fact, Fact::Aimed { .. })) {
        words.push(t!("end.shared.aim", "your aim"));
    }
    if end.done > 0 {
        words.push(t_n!(
            "end.shared.steps",
            end.done,
            "{n} step with its day and points",
            "{n} steps with their day and points"
        ));
    }
    for fact in facts() {
        match fact {
            Fact::Practised(practised) => {
                if practised.evidence.is_some() {
                    words.push(t!("end.shared.line", "your practice line"));
                }
                if let Some(measure) = &practised.measure {
                    let days = subject.workspace.settings.practice.second_measure_days;
                    let again = subject.as_of + i32::try_from(days).unwrap_or(i32::MAX);
                    words.push(t!(
                        "end.shared.baseline",
                        "the baseline {before} {unit} (second figure due {day})",
                        before = measure.before,
                        unit = measure.unit,
                        day = again.short(subject.as_of)
                    ));
                }
            }
            Fact::Measured { after, .. } => {
                words.push(t!("end.shared.after", "the second figure {after}", after = after));
            }
            Fact::Met(met) => {
                let names: Vec<&str> = met.with.iter().map(|id| subject.workspace.name_of(id)).collect();
                words.push(t!(
                    "end.shared.talk",
                    "the talk with {names}",
                    names = and_list(&names)
                ));
            }
            Fact::Invited(_) => words.push(t!("end.shared.planned", "the planned talk")),
            _ => {}
        }
    }
    words
}

/// Says for whom something was recorded, and that their word is needed.
pub(crate) fn for_another(context: &Context, subject: &Subject) -> Result<()> {
    let name = &subject.person.name;
    context.ui.prose(
        &t!(
            "end.for_another",
            "Recorded for {name} by {who}; a practice counts after {name} confirms it.",
            name = name,
            who = subject.workspace.name_of(subject.by.as_str())
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
