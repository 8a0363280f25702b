//! The person's own eyes: what their private entries are worth. Only their own screens come here.

use crate::base::id::EventId;
use crate::base::time::Date;
use crate::journal::{Entry, Thought};
use crate::model::curriculum::Curriculum;
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
