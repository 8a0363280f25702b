//! What the private entries are: which count, what they remember, what was written and rated.

use std::collections::BTreeMap;

use crate::base::id::EventId;
use crate::base::time::Date;
use crate::journal::{Entry, Thought};
use crate::model::curriculum::Curriculum;
use crate::model::first_try::FirstTry;
use crate::model::settings::Settings;
use crate::progress::{Recorded, count};
use crate::readiness::{Answer, Ladder, Memory, remember};

impl Recorded for Entry {
    fn id(&self) -> EventId {
        self.id
    }
    fn day(&self) -> Date {
        self.day
    }
    fn takes_back(&self) -> Option<EventId> {
        match self.thought {
            Thought::Voided { reference } => Some(reference),
            _ => None,
        }
    }
}

/// Entries that count on a day, in order.
pub fn counted(entries: &[Entry], as_of: Date) -> impl Iterator<Item = &Entry> {
    let counted = count(entries, as_of);
    entries
        .iter()
        .enumerate()
        .filter(move |(at, _)| counted.counts(*at))
        .map(|(_, entry)| entry)
}

/// What a device remembers of one curriculum's questions on a day.
pub fn memory(entries: &[Entry], curriculum: &Curriculum, settings: &Settings, as_of: Date) -> Memory {
    let ladder = Ladder::of(&settings.readiness);
    let answers = counted(entries, as_of).filter_map(|entry| match &entry.thought {
        Thought::Answered {
            curriculum: of,
            question,
            rev,
            capability,
            correct,
            ..
        } if of == curriculum.id.as_str() => Some(Answer {
            event: entry.id,
            question,
            rev: *rev,
            capability,
            correct: *correct,
            at: entry.at,
            day: entry.day,
        }),
        _ => None,
    });
    remember(curriculum, &ladder, answers)
}

/// What somebody wrote for themselves.
pub struct Note<'a> {
    /// Its entry.
    pub id: EventId,
    /// The day.
    pub day: Date,
    /// The step it was written for; `None` = a note of its own.
    pub step: Option<&'a str>,
    /// The text.
    pub text: &'a str,
}

/// Notes and reflections that count on a day, oldest first.
pub fn notes(entries: &[Entry], as_of: Date) -> Vec<Note<'_>> {
    counted(entries, as_of)
        .filter_map(|entry| {
            let (step, text) = match &entry.thought {
                Thought::Noted { text } => (None, text),
                Thought::Reflected { step, text, .. } => (Some(step.as_str()), text),
                _ => return None,
            };
            Some(Note {
                id: entry.id,
                day: entry.day,
                step,
                text,
            })
        })
        .collect()
}

/// Self-ratings in one curriculum that count on a day, oldest first: capability, day, level 1 to 5.
pub fn ratings<'a>(
    entries: &'a [Entry],
    curriculum: &'a str,
    as_of: Date,
) -> impl Iterator<Item = (&'a str, Date, u8)> {
    counted(entries, as_of).filter_map(move |entry| match &entry.thought {
        Thought::Rated {
            curriculum: of,
            capability,
            level,
        } if of == curriculum => Some((capability.as_str(), entry.day, *level)),
        _ => None,
    })
}

/// Questions answered on this device, by their present id: a quiz is finished when all of its live ones are here.
pub fn answered<'a>(
    entries: &'a [Entry],
    curriculum: &'a Curriculum,
    as_of: Date,
) -> std::collections::BTreeSet<&'a str> {
    counted(entries, as_of)
        .filter_map(|entry| match &entry.thought {
            Thought::Answered {
                curriculum: of,
                question,
                ..
            } if of == curriculum.id.as_str() => Some(curriculum.current_question(question)),
            _ => None,
        })
        .collect()
}

/// First tries at every question that is asked now, at its present revision: what authors may be given.
pub fn first_tries(entries: &[Entry], curriculum: &Curriculum, as_of: Date) -> Vec<FirstTry> {
    let mut first: BTreeMap<&str, FirstTry> = BTreeMap::new();
    for entry in counted(entries, as_of) {
        let Thought::Answered {
            curriculum: of,
            question,
            rev,
            chosen,
            correct,
            ..
        } = &entry.thought
        else {
            continue;
        };
        let id = curriculum.current_question(question);
        let Some((_, question)) = curriculum.live_question(id) else {
            continue;
        };
        if of != curriculum.id.as_str() || *rev != question.rev {
            continue;
        }
        first.entry(question.id.as_str()).or_insert_with(|| FirstTry {
            curriculum: of.clone(),
            question: question.id.to_string(),
            rev: *rev,
            chosen: chosen.clone(),
            ok: *correct,
        });
    }
    first.into_values().collect()
}
