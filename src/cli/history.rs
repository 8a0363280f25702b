//! What was recorded, in words: shared events of a person, and on their own device the private ones and what they noted for
//! the leaders.

mod words;

use std::collections::BTreeSet;

use words::step_title;
pub(crate) use words::words;

use crate::base::id::{EventId, PersonId};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::and_list;
use crate::cli::context::Context;
use crate::cli::error::Result;
use crate::cli::person::Subject;
use crate::cli::plan::private_entries;
use crate::cli::reasons;
use crate::cli::record::{Kept, TeamLog};
use crate::journal::{Entry, Thought};
use crate::model::curriculum::TalkWith;
use crate::model::event::{Event, Fact};
use crate::model::person::Role;
use crate::model::settings::Layout;
use crate::progress::{Reason, count};
use crate::store::{self, Buffers};
use crate::team::{self, Note, Said, Wish};

/// One recorded thing.
pub(crate) struct Line {
    pub(crate) id: EventId,
    pub(crate) day: Date,
    pub(crate) kind: String,
    pub(crate) device: String,
    pub(crate) by: String,
    pub(crate) words: String,
    pub(crate) kept: Kept,
    pub(crate) taken_back: bool,
    pub(crate) why_not: Option<String>,
    /// What it takes back, if it is a `voided`.
    pub(crate) takes_back: Option<EventId>,
    /// The step it is about: what is undone together.
    pub(crate) step: Option<String>,
    order: (Date, u8, i64, u64),
}

/// Everything in order, oldest first; private ones behind the shared ones of their day.
pub(crate) fn lines(subject: &Subject, context: &Context, with_private: bool) -> Result<Vec<Line>> {
    let mut buffers = Buffers::default();
    let log = store::read_person(&subject.tree, subject.person.id.as_str(), &mut buffers)?;
    context.mention(&log.findings)?;
    let events = log.in_order();
    let counted = count(&events, subject.as_of);
    let with_promises = may_read_promises(subject, context)?;
    let mut lines: Vec<Line> = events
        .iter()
        .enumerate()
        .map(|(at, event)| shared(subject, event, counted.reason(at), at, with_promises))
        .collect();
    if with_private {
        let entries = private_entries(subject, context)?;
        let device = subject
            .device(context)?
            .map_or_else(String::new, |d| d.to_string());
        let counted = count(&entries, subject.as_of);
        lines.extend(
            entries
                .iter()
                .enumerate()
                .map(|(at, entry)| private(subject, entry, &device, counted.reason(at))),
        );
    }
    sort(&mut lines);
    Ok(lines)
}

/// Oldest first; of one day the shared ones, then the private ones, then what was noted for the leaders.
pub(crate) fn sort(lines: &mut [Line]) {
    lines.sort_by_key(|line| line.order);
}

/// What the person, or whoever uses this computer, noted for the leaders: on this computer, or in their own words.
pub(crate) fn notes(subject: &Subject, context: &Context) -> Result<Vec<Line>> {
    let log = context.team_log(&subject.workspace, &subject.person.id)?;
    let tree = match log {
        TeamLog::Leaders => subject.tree.clone(),
        TeamLog::Own => context.own_tree(&subject.workspace.settings),
    };
    let device = subject.device(context)?;
    let mut notes = reasons::notes(&tree, context.now.today)?;
    // Whoever shares this computer does not lead either: their words are theirs.
    notes.retain(|note| {
        let is_from_here = device
            .as_ref()
            .is_some_and(|device| *note.device == *device.as_str());
        *note.by == *subject.person.id.as_str() || (log == TeamLog::Leaders && is_from_here)
    });
    Ok(notes
        .iter()
        .enumerate()
        .map(|(at, note)| noted(subject, note, at))
        .collect())
}

/// The day and the words of a line that was noted for the leaders; `None`: it is none.
pub(crate) fn note_in(subject: &Subject, line: &str) -> Option<(Date, String)> {
    let note = team::notes([line], subject.as_of).pop()?;
    let words = t!(
        "history.team",
        "{what} (leaders only)",
        what = words_of_note(subject, &note)
    );
    Some((note.day, words))
}

fn noted(subject: &Subject, note: &Note, at: usize) -> Line {
    Line {
        id: note.id,
        day: note.day,
        kind: note.says.kind().to_owned(),
        device: note.device.clone(),
        by: note.by.clone(),
        words: words_of_note(subject, note),
        kept: Kept::Team,
        taken_back: note.is_taken_back,
        why_not: note.is_taken_back.then(|| Reason::Voided.shown()),
        takes_back: match note.says {
            Said::TakesBack(reference) => Some(reference),
            Said::Wish(_) => None,
        },
        step: None,
        order: (note.day, 2, i64::try_from(at).unwrap_or(i64::MAX), 0),
    }
}

/// What was noted for the leaders.
fn words_of_note(subject: &Subject, note: &Note) -> String {
    let name = |id: &str| subject.workspace.name_of(id).to_owned();
    match &note.says {
        Said::Wish(Wish::Wished { mentor, person }) => t!(
            "history.wished",
            "{person} would like {mentor} as mentor",
            person = name(person),
            mentor = name(mentor)
        ),
        Said::Wish(Wish::Barred { a, b }) => {
            t!(
                "history.barred",
                "{names}: never together",
                names = and_list(&[name(a), name(b)])
            )
        }
        Said::Wish(Wish::Fit { answer, .. }) => t!(
            "history.fit",
            "how the pair fits, says {person}: {answer}",
            person = name(&note.by),
            answer = answer.word()
        ),
        Said::TakesBack(reference) => t!("history.voided", "took back {event}", event = reference),
    }
}

/// What somebody said they would do is for themselves and for leaders: never for their mentor, who may sit in front of the
/// same folder.
fn may_read_promises(subject: &Subject, context: &Context) -> Result<bool> {
    let workspace = &subject.workspace;
    let reader = match context.known_me(workspace)? {
        Some(me) => Some(me),
        None => context.me(workspace, None).ok().flatten(),
    };
    let leads = |id: &PersonId| {
        let person = workspace.person(id.as_str());
        person.is_some_and(|person| person.is(Role::Leader))
    };
    Ok(reader.is_some_and(|reader| reader == subject.person.id || leads(&reader)))
}

/// The talks of a mentor, which stand in the logs of those who learn: whoever's they are in a copy, which holds no others;
/// in a folder that many share only those that this device wrote down, as nobody else's file is opened.
pub(crate) fn mentored(subject: &Subject, context: &Context) -> Result<Vec<Line>> {
    if !subject.person.is(Role::Mentor) {
        return Ok(Vec::new());
    }
    let me = subject.person.id.as_str();
    let is_copy = subject.workspace.settings.layout == Layout::Packets && !context.global.demo;
    let device = subject.device(context)?;
    let mut lines = Vec::new();
    let others = subject
        .workspace
        .people
        .iter()
        .filter(|person| person.id != subject.person.id);
    for person in others {
        let mut buffers = Buffers::default();
        let id = person.id.as_str();
        let log = match &device {
            _ if is_copy => store::read_person(&subject.tree, id, &mut buffers)?,
            Some(device) => store::read_device(&subject.tree, id, device.as_str(), &mut buffers)?,
            None => continue,
        };
        context.mention(&log.findings)?;
        let events = log.in_order();
        let counted = count(&events, subject.as_of);
        let mut told: BTreeSet<&str> = BTreeSet::new();
        // A talk that both recorded is told once, in the mentor's own words.
        let (own, theirs): (Vec<_>, Vec<_>) =
            events.iter().enumerate().partition(|(_, event)| event.by == me);
        for (at, event) in own.into_iter().chain(theirs) {
            let Fact::Met(met) = &event.fact else { continue };
            let is_ours = met.role == TalkWith::Mentor && met.with.iter().any(|with| *with == me);
            if is_ours && (counted.reason(at) == Some(Reason::Voided) || told.insert(&met.meeting)) {
                let words = t!(
                    "history.mentored",
                    "talked with {name} as mentor about {topics}, {minutes} minutes",
                    name = person.name,
                    topics = and_list(&met.capabilities),
                    minutes = met.minutes
                );
                let why = counted.reason(at).filter(|why| *why == Reason::Voided);
                lines.push(line(subject, event, words, why, at));
            }
        }
    }
    Ok(lines)
}

fn shared(subject: &Subject, event: &Event<'_>, why: Option<Reason>, at: usize, with_promises: bool) -> Line {
    let words = if with_promises {
        words_with_promise(subject, &event.fact)
    } else {
        words(subject, &event.fact)
    };
    line(subject, event, words, why, at)
}

/// What an event says, with what somebody said at a talk that they would do.
pub(crate) fn words_with_promise(subject: &Subject, fact: &Fact<'_>) -> String {
    let words = words(subject, fact);
    match fact {
        Fact::Met(met) => match &met.commitment {
            Some(promise) => t!(
                "history.met.promise",
                "{what}, will \"{promise}\"",
                what = words,
                promise = promise
            ),
            None => words,
        },
        _ => words,
    }
}

/// What an event says, with who said so.
fn line(subject: &Subject, event: &Event<'_>, words: String, why: Option<Reason>, at: usize) -> Line {
    let name = |id: &str| subject.workspace.name_of(id).to_owned();
    let mut words = words;
    if event.by != event.person && event.by != subject.person.id.as_str() {
        words = t!(
            "history.by",
            "{what}, by {name}",
            what = words,
            name = name(&event.by)
        );
    }
    if let Some(via) = &event.via {
        words = t!(
            "history.via",
            "{what}, in {name}'s words, received by {by}",
            what = words,
            name = name(&event.person),
            by = name(&via.by)
        );
    }
    Line {
        id: event.id,
        day: event.day,
        kind: event.fact.kind().to_owned(),
        device: event.device.to_string(),
        by: event.by.to_string(),
        words,
        kept: Kept::Shared,
        taken_back: why == Some(Reason::Voided),
        why_not: why.map(Reason::shown),
        takes_back: match event.fact {
            Fact::Voided { reference } => Some(reference),
            _ => None,
        },
        step: step_of(&event.fact),
        order: (event.day, 0, i64::try_from(at).unwrap_or(i64::MAX), event.seq),
    }
}

fn step_of(fact: &Fact<'_>) -> Option<String> {
    match fact {
        Fact::Started { step, .. } | Fact::Finished { step, .. } => Some(step.to_string()),
        Fact::Practised(p) => Some(p.step.to_string()),
        _ => None,
    }
}

fn private(subject: &Subject, entry: &Entry, device: &str, why: Option<Reason>) -> Line {
    let curricula = &subject.workspace.curricula;
    let title = |id: &str| {
        let found = curricula.iter().find_map(|c| c.question(c.current_question(id)));
        match found {
            Some(question) => question.title.clone(),
            None => t!("history.gone", "{step} (no longer here)", step = id),
        }
    };
    let quiz = |id: &str| {
        curricula
            .iter()
            .find_map(|c| c.live_question(id))
            .map(|(s, _)| s.id.to_string())
    };
    let (kind, words, step) = match &entry.thought {
        Thought::Answered {
            question, correct, ..
        } => {
            let title = title(question);
            let words = if *correct {
                t!("history.right", "\"{question}\": right", question = title)
            } else {
                t!("history.missed", "\"{question}\": missed", question = title)
            };
            ("answered", words, quiz(question))
        }
        Thought::Reflected { step, .. } => (
            "reflected",
            t!(
                "history.reflected",
                "a line on {step}",
                step = step_title(subject, step)
            ),
            Some(step.clone()),
        ),
        Thought::Noted { .. } => ("noted", t!("history.noted", "a note"), None),
        Thought::Rated {
            capability, level, ..
        } => (
            "rated",
            t!(
                "history.rated",
                "rated {capability} {level} of 5",
                capability = capability,
                level = level
            ),
            None,
        ),
        Thought::Spent { minutes, step, .. } => (
            "spent",
            t_n!(
                "history.spent",
                *minutes,
                "{n} minute on {step}",
                "{n} minutes on {step}",
                step = step_title(subject, step)
            ),
            Some(step.clone()),
        ),
        Thought::Voided { reference } => (
            "voided",
            t!("history.voided", "took back {event}", event = reference),
            None,
        ),
        Thought::Unknown { kind } => (
            kind.as_str(),
            t!("history.newer.private", "an entry of a newer kind"),
            None,
        ),
    };
    Line {
        id: entry.id,
        day: entry.day,
        kind: kind.to_owned(),
        device: device.to_owned(),
        by: entry.person.clone(),
        words,
        kept: Kept::Private,
        taken_back: why == Some(Reason::Voided),
        why_not: why.map(Reason::shown),
        takes_back: match entry.thought {
            Thought::Voided { reference } => Some(reference),
            _ => None,
        },
        step,
        order: (entry.day, 1, entry.at.seconds(), entry.seq),
    }
}
