//! What stands in a calendar about one person: due dates, second figures, talks. Each is named by the event that began it,
//! and counts the events that changed it since: the same log gives the same names and counts, in whatever order files came.

use crate::base::id::EventId;
use crate::base::time::Date;
use crate::model::curriculum::Curriculum;
use crate::model::event::{Event, Fact, Invited};

use super::state::{Assignment, PracticeRecord, Progress};

/// One entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<'a> {
    /// The same whatever happens to it: the meeting, or the event that began it.
    pub name: String,
    /// How many events changed it.
    pub sequence: u32,
    /// The day of the newest of them.
    pub changed_on: Date,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// What it is.
    pub what: DatedWhat<'a>,
}

/// What an entry is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatedWhat<'a> {
    /// A module is due.
    Due {
        /// Its present id.
        module: &'a str,
        /// The day.
        on: Date,
    },
    /// The second figure of a baseline is asked for.
    Second {
        /// The practice that set it.
        practice: PracticeRecord<'a>,
        /// The day.
        on: Date,
    },
    /// A talk with a day and a time.
    Talk(&'a Invited<'a>),
}

/// Everything that has a day, is not done, and in the end was kept or taken back. `second_after` = days from a first figure
/// to its second.
pub fn dates<'a>(
    events: &[&'a Event<'a>],
    curriculum: &'a Curriculum,
    progress: &Progress<'a>,
    second_after: u32,
) -> Vec<Dated<'a>> {
    let threads = threads(events, curriculum, progress.as_of);
    let second_after = i32::try_from(second_after).unwrap_or(i32::MAX / 2);
    let what = |thread: &Thread<'a>| match thread.key {
        Key::Module(module) => due(thread, module, progress),
        Key::Practice(practice) => second(progress.practice(practice)?, second_after),
        Key::Meeting(meeting) => talk(thread, meeting, progress),
    };
    threads
        .iter()
        .filter_map(|thread| {
            let (what, withdrawn) = what(thread)?;
            let begun = thread.members.first()?.id.to_string();
            let changes = thread.members.len() + thread.about.len() - 1;
            let all = thread.members.iter().chain(&thread.about);
            Some(Dated {
                name: match thread.key {
                    Key::Meeting(meeting) if !meeting.is_empty() => meeting.to_owned(),
                    _ => begun,
                },
                sequence: u32::try_from(changes).unwrap_or(u32::MAX),
                changed_on: all.map(|event| event.day).max()?,
                withdrawn,
                what,
            })
        })
        .collect()
}

/// What belongs together: a module's assignments until they are all taken back, a practice, a meeting.
#[derive(Debug)]
struct Thread<'a> {
    key: Key<'a>,
    /// What says when it is, in the order of the log.
    members: Vec<&'a Event<'a>>,
    /// What takes something of it back, or back again.
    about: Vec<&'a Event<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key<'a> {
    Module(&'a str),
    Practice(EventId),
    Meeting(&'a str),
}

impl Thread<'_> {
    fn holds(&self, id: EventId) -> bool {
        self.members.iter().chain(&self.about).any(|event| event.id == id)
    }

    /// Whether any member still holds, as far as the thread goes by now.
    fn is_open(&self) -> bool {
        self.members
            .iter()
            .any(|member| !self.is_taken_back(member.id, 0))
    }

    /// Only what comes later in the thread takes something of it back: no ring goes on for ever.
    fn is_taken_back(&self, id: EventId, from: usize) -> bool {
        let later = self.about.iter().enumerate().skip(from);
        later
            .filter(|(_, event)| event.fact.reference() == Some(id))
            .any(|(at, event)| !self.is_taken_back(event.id, at + 1))
    }
}

fn threads<'a>(events: &[&'a Event<'a>], curriculum: &'a Curriculum, as_of: Date) -> Vec<Thread<'a>> {
    let mut threads: Vec<Thread<'a>> = Vec::new();
    let mut waiting: Vec<&'a Event<'a>> = Vec::new();
    for event in events.iter().copied().filter(|event| event.day <= as_of) {
        let key = match &event.fact {
            Fact::Unassigned { .. } | Fact::Voided { .. } => {
                join(&mut threads, &mut waiting, event);
                continue;
            }
            fact if fact.curriculum() != Some(curriculum.id.as_str()) => continue,
            Fact::Assigned { module, .. } => Key::Module(curriculum.current_module(module)),
            Fact::Practised(practised) if practised.measure.is_some() => Key::Practice(event.id),
            Fact::Invited(_) if event.is_with_nobody() => continue,
            Fact::Invited(invited) => Key::Meeting(&invited.meeting),
            _ => continue,
        };
        // What was taken back and is assigned again begins anew; a meeting is itself whatever happens to it.
        let goes_on = |thread: &&mut Thread<'a>| {
            thread.key == key && (matches!(key, Key::Meeting(_)) || thread.is_open())
        };
        match threads.iter_mut().find(goes_on) {
            Some(thread) => thread.members.push(event),
            None => threads.push(Thread {
                key,
                members: vec![event],
                about: Vec::new(),
            }),
        }
    }
    // What takes back may stand before what it takes back: the clocks of two devices differ.
    loop {
        let open = std::mem::take(&mut waiting);
        let before = open.len();
        for event in open {
            join(&mut threads, &mut waiting, event);
        }
        if waiting.len() == before {
            return threads;
        }
    }
}

/// Puts what takes something back to what it names, or lets it wait.
fn join<'a>(threads: &mut [Thread<'a>], waiting: &mut Vec<&'a Event<'a>>, event: &'a Event<'a>) {
    let named = event.fact.reference();
    match threads
        .iter_mut()
        .find(|thread| named.is_some_and(|id| thread.holds(id)))
    {
        Some(thread) => thread.about.push(event),
        None => waiting.push(event),
    }
}

/// The due date of the last open assignment; of what was taken back, or is due no more, the last there was.
fn due<'a>(thread: &Thread<'a>, module: &'a str, progress: &Progress<'a>) -> Option<(DatedWhat<'a>, bool)> {
    let open = |event: &Event| {
        let is_it = |a: &&Assignment<'_>| a.event.id == event.id && a.unassigned.is_none();
        progress.assignments.iter().find(is_it)
    };
    let last_open = thread.members.iter().rev().find_map(|event| open(event));
    let stands = last_open.and_then(|assignment| assignment.due);
    let is_done = progress
        .module(module)
        .is_some_and(|record| record.finished_on.is_some());
    if stands.is_some() && is_done {
        return None;
    }
    let had = |event: &&Event| match event.fact {
        Fact::Assigned { due, .. } => due,
        _ => None,
    };
    let on = stands.or_else(|| thread.members.iter().rev().find_map(had))?;
    Some((DatedWhat::Due { module, on }, stands.is_none()))
}

fn second<'a>(practice: &PracticeRecord<'a>, after: i32) -> Option<(DatedWhat<'a>, bool)> {
    let on = practice.event.day + after;
    practice.measured.is_none().then(|| {
        let practice = practice.clone();
        let withdrawn = !practice.stands();
        (DatedWhat::Second { practice, on }, withdrawn)
    })
}

/// The newest invitation, or where that names no time or was taken back, the last time there was.
fn talk<'a>(thread: &Thread<'a>, meeting: &str, progress: &Progress<'a>) -> Option<(DatedWhat<'a>, bool)> {
    if progress.was_held(meeting) {
        return None;
    }
    let dated = thread.members.iter().rev().find_map(|event| match &event.fact {
        Fact::Invited(invited) if invited.at.is_some() => Some((event.id, &**invited)),
        _ => None,
    });
    let (id, invited) = dated?;
    let stands = progress.invitations.iter().any(|one| one.event.id == id);
    Some((DatedWhat::Talk(invited), !stands))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::event::MeasureGrade;
    use crate::progress::samples::{Log, date, dated};

    fn unassigned(reference: EventId) -> Fact<'static> {
        Fact::Unassigned {
            reference,
            reason: None,
        }
    }

    /// Name, sequence, whether it was withdrawn, and the due day.
    fn due_dates(log: &Log, as_of: &str) -> Vec<(String, u32, bool, Date)> {
        dated(log, as_of, |dates| {
            let one = |dated: &Dated<'_>| match dated.what {
                DatedWhat::Due { on, .. } => Some((dated.name.clone(), dated.sequence, dated.withdrawn, on)),
                _ => None,
            };
            dates.iter().filter_map(one).collect()
        })
    }

    #[test]
    fn an_extension_moves_the_entry_and_taking_back_withdraws_it() {
        let mut log = Log::new();
        let first = log.assigned("2026-01-01", "basics", Some("2026-02-01"));
        let name = first.to_string();
        let one = |sequence, withdrawn, on| vec![(name.clone(), sequence, withdrawn, date(on))];
        assert_eq!(due_dates(&log, "2026-01-10"), one(0, false, "2026-02-01"));
        let second = log.assigned("2026-01-11", "basics", Some("2026-03-01"));
        assert_eq!(due_dates(&log, "2026-01-20"), one(1, false, "2026-03-01"));
        assert_eq!(due_dates(&log, "2026-01-10"), one(0, false, "2026-02-01"));
        log.add("2026-01-21", "maya", unassigned(second));
        assert_eq!(due_dates(&log, "2026-01-30"), one(2, false, "2026-02-01"));
        log.add("2026-01-31", "maya", unassigned(first));
        assert_eq!(due_dates(&log, "2026-02-10"), one(3, true, "2026-03-01"));
        // Assigned again it is another one: nobody's calendar brings back what it threw away.
        let again = log.assigned("2026-02-11", "basics", Some("2026-04-01"));
        let mut both = one(3, true, "2026-03-01");
        both.push((again.to_string(), 0, false, date("2026-04-01")));
        assert_eq!(due_dates(&log, "2026-02-20"), both);
    }

    #[test]
    fn a_voided_assignment_is_withdrawn_and_comes_back() {
        let mut log = Log::new();
        let first = log.assigned("2026-01-01", "basics", Some("2026-02-01"));
        let voided = log.add("2026-01-02", "maya", Fact::Voided { reference: first });
        let state = |log: &Log| {
            let dates = due_dates(log, "2026-01-10");
            dates
                .into_iter()
                .map(|(_, sequence, withdrawn, _)| (sequence, withdrawn))
                .collect::<Vec<_>>()
        };
        assert_eq!(state(&log), [(1, true)]);
        log.add("2026-01-03", "maya", Fact::Voided { reference: voided });
        assert_eq!(state(&log), [(2, false)]);
    }

    #[test]
    fn what_has_no_due_date_any_more_is_withdrawn_and_what_never_had_one_is_no_entry() {
        let mut log = Log::new();
        log.assigned("2026-01-01", "basics", None);
        assert!(due_dates(&log, "2026-01-10").is_empty());
        log.assigned("2026-01-02", "basics", Some("2026-02-01"));
        log.assigned("2026-01-03", "basics", None);
        let (_, sequence, withdrawn, on) = due_dates(&log, "2026-01-10").remove(0);
        assert_eq!((sequence, withdrawn, on), (2, true, date("2026-02-01")));
    }

    #[test]
    fn what_is_done_is_no_entry() {
        let mut log = Log::new();
        log.assigned("2026-01-01", "basics", Some("2026-02-01"));
        let practice = log.practised("2026-01-02", "ana", "basics.do");
        let kinds = |log: &Log| {
            dated(log, "2026-02-10", |dates| {
                let one = |dated: &Dated<'_>| match &dated.what {
                    DatedWhat::Due { on, .. } => ("due", *on),
                    DatedWhat::Second { on, .. } => ("second", *on),
                    DatedWhat::Talk(_) => ("talk", date("2026-01-01")),
                };
                dates.iter().map(one).collect::<Vec<_>>()
            })
        };
        assert_eq!(
            kinds(&log),
            [("due", date("2026-02-01")), ("second", date("2026-02-01"))]
        );
        for step in ["basics.read", "basics.quiz"] {
            log.finished("2026-01-03", step);
        }
        log.met("2026-01-04", "m1", "present");
        log.measured("2026-02-05", "ana", practice, MeasureGrade::Claimed);
        assert_eq!(kinds(&log), []);
    }

    #[test]
    fn a_talk_moves_is_called_off_and_keeps_its_name() {
        let talks = |log: &Log| {
            dated(log, "2026-01-30", |dates| {
                let one = |dated: &Dated<'_>| match dated.what {
                    DatedWhat::Talk(invited) => Some((
                        dated.name.clone(),
                        dated.sequence,
                        dated.withdrawn,
                        invited.at.clone().unwrap_or_default().into_owned(),
                    )),
                    _ => None,
                };
                dates.iter().filter_map(one).collect::<Vec<_>>()
            })
        };
        let (first, second) = ("2026-01-20T09:00:00Z", "2026-01-21T09:00:00+01:00");
        let one = |sequence, withdrawn, at: &str| vec![("m1".to_owned(), sequence, withdrawn, at.to_owned())];
        let mut log = Log::new();
        log.invited("2026-01-01", "m1", None);
        assert!(talks(&log).is_empty(), "a group without a day");
        log.invited("2026-01-02", "m1", Some(first));
        assert_eq!(talks(&log), one(1, false, first));
        let moved = log.invited("2026-01-03", "m1", Some(second));
        assert_eq!(talks(&log), one(2, false, second));
        log.add("2026-01-04", "maya", Fact::Voided { reference: moved });
        assert_eq!(talks(&log), one(3, true, second));
        log.invited("2026-01-05", "m1", Some(first));
        assert_eq!(talks(&log), one(4, false, first));
        log.met("2026-01-20", "m1", "present");
        assert!(talks(&log).is_empty(), "it was held");
    }
}
