//! What was recorded, in words: shared events of a person, and on their own device the private ones.

use crate::base::id::EventId;
use crate::base::time::Date;
use crate::base::words::{and_list, plural};
use crate::cli::context::Context;
use crate::cli::error::Result;
use crate::cli::person::Subject;
use crate::cli::plan::private_entries;
use crate::journal::{Entry, Thought};
use crate::model::event::{Event, Fact};
use crate::progress::{Reason, count};
use crate::store::{self, Buffers};

/// One recorded thing.
pub(crate) struct Line {
    pub(crate) id: EventId,
    pub(crate) day: Date,
    pub(crate) kind: String,
    pub(crate) device: String,
    pub(crate) by: String,
    pub(crate) words: String,
    pub(crate) private: bool,
    pub(crate) taken_back: bool,
    pub(crate) why_not: Option<&'static str>,
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
    let mut lines: Vec<Line> = events
        .iter()
        .enumerate()
        .map(|(at, event)| shared(subject, event, counted.reason(at), at))
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
    lines.sort_by_key(|line| line.order);
    Ok(lines)
}

fn shared(subject: &Subject, event: &Event<'_>, why: Option<Reason>, at: usize) -> Line {
    let name = |id: &str| subject.workspace.name_of(id).to_owned();
    let mut words = words(subject, &event.fact);
    if event.by != event.person {
        words.push_str(&format!(", by {}", name(&event.by)));
    }
    if let Some(via) = &event.via {
        words.push_str(&format!(
            ", in {}'s words, received by {}",
            name(&event.person),
            name(&via.by)
        ));
    }
    Line {
        id: event.id,
        day: event.day,
        kind: event.fact.kind().to_owned(),
        device: event.device.to_string(),
        by: event.by.to_string(),
        words,
        private: false,
        taken_back: why == Some(Reason::Voided),
        why_not: why.map(short),
        takes_back: match event.fact {
            Fact::Voided { reference } => Some(reference),
            _ => None,
        },
        step: step_of(&event.fact),
        order: (event.day, 0, i64::try_from(at).unwrap_or(i64::MAX), event.seq),
    }
}

fn short(reason: Reason) -> &'static str {
    match reason {
        Reason::Voided => "taken back",
        other => other.words(),
    }
}

fn step_of(fact: &Fact<'_>) -> Option<String> {
    match fact {
        Fact::Started { step, .. } | Fact::Finished { step, .. } => Some(step.to_string()),
        Fact::Practised(p) => Some(p.step.to_string()),
        _ => None,
    }
}

fn words(subject: &Subject, fact: &Fact<'_>) -> String {
    let name = |id: &str| subject.workspace.name_of(id).to_owned();
    let title = |step: &str| step_title(subject, step);
    let module = |id: &str| {
        let found = subject.workspace.curricula.iter().find_map(|c| c.module(id));
        found.map_or_else(|| id.to_owned(), |m| m.title.clone())
    };
    match fact {
        Fact::Assigned {
            module: id,
            due,
            reason,
            ..
        } => {
            let due = due.map(|d| format!(", due {d}")).unwrap_or_default();
            let reason = reason.as_ref().map(|r| format!(" ({r})")).unwrap_or_default();
            format!("assigned {}{due}{reason}", module(id))
        }
        Fact::Unassigned { .. } => "an assignment was taken back".to_owned(),
        Fact::Started { step, .. } => format!("started {}", title(step)),
        Fact::Finished { step, .. } => format!("finished {}", title(step)),
        Fact::Recalled {
            capability, entries, ..
        } => {
            format!("{capability}: {} known", plural(entries.len(), "question"))
        }
        Fact::Practised(p) => {
            let hand = if p.personal { "own hand" } else { "not own hand" };
            let evidence = p
                .evidence
                .as_ref()
                .map(|e| format!(": \"{e}\""))
                .unwrap_or_default();
            format!("practised {}, {hand}{evidence}", title(&p.step))
        }
        Fact::Measured { after, grade, .. } => format!("measured {after}, {}", grade.shown()),
        Fact::Aimed { text, .. } => format!("aim: \"{text}\""),
        Fact::Reached { capability, .. } => format!("reached {capability}"),
        Fact::Confirmed { .. } => "confirmed a practice recorded by somebody else".to_owned(),
        Fact::Met(m) => {
            let with: Vec<String> = m.with.iter().map(|id| name(id)).collect();
            format!(
                "talked with {}, {} minutes, {}",
                and_list(&with),
                m.minutes,
                m.attendance.shown()
            )
        }
        Fact::Kept { answer, .. } => format!("commitment kept: {answer}"),
        Fact::Paired { mentor, .. } => format!("paired with {}", name(mentor)),
        Fact::Unpaired { .. } => "a pair ended".to_owned(),
        Fact::Invited(i) => {
            let with: Vec<String> = i.with.iter().map(|id| name(id)).collect();
            let at = i.at.as_deref().map(|at| format!(" at {at}")).unwrap_or_default();
            format!("invited with {} on {}{at}", and_list(&with), i.topic)
        }
        Fact::Waived { step, until, .. } => {
            format!(
                "waived {}{}",
                title(step),
                until.map(|d| format!(" until {d}")).unwrap_or_default()
            )
        }
        Fact::Suggested { text, .. } => format!("idea: \"{text}\""),
        Fact::Handled { into, .. } => format!("an idea became: {into}"),
        Fact::Voided { reference } => format!("took back {reference}"),
        Fact::Unknown { kind } => format!("an event of a newer kind ({kind})"),
    }
}

fn step_title(subject: &Subject, step: &str) -> String {
    let found = subject.workspace.curricula.iter().find_map(|c| c.step(step));
    found
        .and_then(|s| s.title.clone())
        .unwrap_or_else(|| step.to_owned())
}

fn private(subject: &Subject, entry: &Entry, device: &str, why: Option<Reason>) -> Line {
    let curricula = &subject.workspace.curricula;
    let title = |id: &str| {
        let found = curricula.iter().find_map(|c| c.live_question(id));
        found.map_or_else(|| id.to_owned(), |(_, q)| q.title.clone())
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
            let how = if *correct { "right" } else { "missed" };
            (
                "answered",
                format!("\"{}\": {how}", title(question)),
                quiz(question),
            )
        }
        Thought::Reflected { step, .. } => (
            "reflected",
            format!("a line on {}", step_title(subject, step)),
            Some(step.clone()),
        ),
        Thought::Noted { .. } => ("noted", "a note".to_owned(), None),
        Thought::Rated {
            capability, level, ..
        } => ("rated", format!("rated {capability} {level} of 5"), None),
        Thought::Spent { minutes, step, .. } => (
            "spent",
            format!(
                "{} on {}",
                plural(usize::try_from(*minutes).unwrap_or(0), "minute"),
                step_title(subject, step)
            ),
            Some(step.clone()),
        ),
        Thought::Voided { reference } => ("voided", format!("took back {reference}"), None),
        Thought::Unknown { kind } => (kind.as_str(), "an entry of a newer kind".to_owned(), None),
    };
    Line {
        id: entry.id,
        day: entry.day,
        kind: kind.to_owned(),
        device: device.to_owned(),
        by: entry.person.clone(),
        words,
        private: true,
        taken_back: why == Some(Reason::Voided),
        why_not: why.map(short),
        takes_back: match entry.thought {
            Thought::Voided { reference } => Some(reference),
            _ => None,
        },
        step,
        order: (entry.day, 1, entry.at.seconds(), entry.seq),
    }
}
