//! What shared logs give for a case of one's own: from a talk what was promised there and what those who were there
//! practised and measured since; from a practice its line and figures; from an idea its words.

use crate::base::id::EventId;
use crate::base::time::Date;
use crate::model::case_draft::{Figure, Gathered};
use crate::progress::{MeetingRecord, PracticeRecord, Progress};

/// What an event can be the beginning of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// A talk, by its meeting.
    Talk {
        /// Which.
        meeting: String,
    },
    /// A practice.
    Practice(EventId),
    /// An idea.
    Idea(EventId),
}

/// The talks, practices and ideas of one person whose event ids begin so.
pub fn leads(progress: &Progress<'_>, beginning: &str) -> Vec<(EventId, Lead)> {
    let is_meant = |id: EventId| id.to_string().starts_with(beginning);
    let talks = progress
        .meetings
        .iter()
        .filter(|record| record.stands())
        .map(|record| {
            let meeting = record.meeting.to_owned();
            (record.event.id, Lead::Talk { meeting })
        });
    let practices = progress
        .practices
        .iter()
        .filter(|record| record.is_own_word())
        .map(|record| (record.event.id, Lead::Practice(record.event.id)));
    let ideas = progress
        .ideas
        .iter()
        .map(|idea| (idea.event.id, Lead::Idea(idea.event.id)));
    talks
        .chain(practices)
        .chain(ideas)
        .filter(|(id, _)| is_meant(*id))
        .collect()
}

/// Adds what one person's log gives for a lead; somebody who was not there gives nothing.
pub fn gather(lead: &Lead, progress: &Progress<'_>, gathered: &mut Gathered) {
    match lead {
        Lead::Talk { meeting } => {
            let was_there =
                |record: &&MeetingRecord<'_>| record.meeting == meeting.as_str() && record.why_not.is_none();
            if let Some(record) = progress.meetings.iter().find(was_there) {
                gather_talk(record, progress, gathered);
            }
        }
        Lead::Practice(id) => {
            if let Some(record) = progress.practice(*id).filter(|record| record.is_own_word()) {
                gather_practice(record, gathered);
            }
        }
        Lead::Idea(id) => {
            if let Some(idea) = progress.ideas.iter().find(|idea| idea.event.id == *id) {
                gathered.idea = Some(idea.text.to_owned());
                gathered.capabilities.extend(idea.capability.map(str::to_owned));
                gathered.days.insert(idea.event.day);
            }
        }
    }
}

fn gather_talk(record: &MeetingRecord<'_>, progress: &Progress<'_>, gathered: &mut Gathered) {
    let held_on = record.event.day;
    gathered.days.insert(held_on);
    gathered
        .capabilities
        .extend(record.met.capabilities.iter().map(ToString::to_string));
    if let Some(promise) = &record.met.commitment {
        let kept = record.kept.map(|kept| kept.answer.to_owned());
        gathered.promises.push((promise.to_string(), kept));
    }
    let follows = |practice: &&PracticeRecord<'_>| {
        let is_about = |capability| record.met.capabilities.contains(capability);
        practice.is_own_word()
            && practice.practised.capabilities.iter().any(is_about)
            && last_day(practice) >= held_on
    };
    for practice in progress.practices.iter().filter(follows) {
        gather_practice(practice, gathered);
    }
}

/// The day on which a practice was last spoken of: that of its second figure, or its own.
fn last_day(practice: &PracticeRecord<'_>) -> Date {
    practice
        .measured
        .map_or(practice.event.day, |measured| measured.event.day)
}

fn gather_practice(record: &PracticeRecord<'_>, gathered: &mut Gathered) {
    gathered.days.extend([record.event.day, last_day(record)]);
    let capabilities = record.practised.capabilities.iter().map(ToString::to_string);
    gathered.capabilities.extend(capabilities);
    match &record.practised.evidence {
        Some(line) if record.practised.may_quote => gathered.lines.push(line.to_string()),
        Some(_) => gathered.kept_back += 1,
        None => {}
    }
    if let (Some(first), Some(second)) = (&record.practised.measure, record.measured) {
        gathered.figures.push(Figure {
            unit: first.unit.to_string(),
            before: (first.before, record.event.day, first.n),
            after: (second.after, second.event.day, second.n),
            grade: second.grade,
        });
    }
}
