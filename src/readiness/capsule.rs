//! What one device's answers are worth, without ids, misses or clock times (`readiness.md` §1.5): all that leaves the
//! device, and enough for every later day.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::ladder::LADDER_STEPS;
use super::memory::Memory;
use crate::base::time::Date;
use crate::model::event::CapsuleEntry;
use crate::progress::Progress;

/// The capsule of each capability in which something is known: every question, live or retired, sorted by step and
/// day. All of them, not only the best: which are best changes with time.
pub fn capsules(memory: &Memory) -> BTreeMap<&str, Vec<CapsuleEntry>> {
    let mut capsules: BTreeMap<&str, Vec<CapsuleEntry>> = BTreeMap::new();
    for (capability, _, remembered) in memory.iter() {
        if let Some(entry) = remembered.recall.entry() {
            capsules.entry(capability).or_default().push(entry);
        }
    }
    for entries in capsules.values_mut() {
        entries.sort_unstable();
    }
    capsules
}

/// The capsules a device has to publish: those that differ from its newest ones in the shared log. One that was never
/// published counts as empty, so a device that never knew anything publishes nothing.
pub fn unpublished<'a>(
    memory: &'a Memory,
    progress: &Progress<'a>,
    device: &str,
) -> BTreeMap<&'a str, Vec<CapsuleEntry>> {
    let mut capsules = capsules(memory);
    let published = progress.capsules.iter().filter(|c| c.device == device);
    for published in published {
        let now = capsules.entry(published.capability).or_default();
        if published.damaged == 0 && *now == published.entries {
            capsules.remove(published.capability);
        }
    }
    capsules
}

/// The entries of a capsule that can be read on a day, sorted: others carry a step or a day that cannot be.
pub(super) fn readable(entries: &[CapsuleEntry], as_of: Date) -> Cow<'_, [CapsuleEntry]> {
    let can_be = |entry: &CapsuleEntry| entry.step < LADDER_STEPS && entry.day <= as_of;
    if entries.iter().all(can_be) && entries.is_sorted() {
        return Cow::Borrowed(entries);
    }
    let mut readable: Vec<CapsuleEntry> = entries.iter().copied().filter(can_be).collect();
    readable.sort_unstable();
    Cow::Owned(readable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::EventId;
    use crate::base::time::Instant;
    use crate::model::settings::Readiness;
    use crate::progress::samples::{Log, curriculum, date, folded};
    use crate::readiness::{Answer, Ladder, remember};

    fn memory(answers: &[(&'static str, bool)]) -> Memory {
        let answers = answers.iter().map(|&(question, correct)| Answer {
            event: EventId::from_random([7; 16]),
            question,
            rev: 1,
            capability: "serve",
            correct,
            at: Instant::end_of(date("2026-01-01")),
            day: date("2026-01-01"),
        });
        remember(&curriculum(), &Ladder::of(&Readiness::default()), answers)
    }

    #[test]
    fn a_capsule_is_published_when_it_changed() {
        let known = memory(&[("basics.q1", true), ("basics.q2", false)]);
        let missed = memory(&[("basics.q1", true), ("basics.q1", false)]);
        let mut log = Log::new();
        folded(&log, "2026-01-02", |p| {
            assert_eq!(unpublished(&known, p, "ana")["serve"].len(), 1);
            assert!(
                unpublished(&missed, p, "ana").is_empty(),
                "nothing was ever known"
            );
        });
        log.recalled("2026-01-02", "ana", &[(1, "2026-01-01")]);
        folded(&log, "2026-01-02", |p| {
            assert!(unpublished(&known, p, "ana").is_empty());
            assert_eq!(unpublished(&missed, p, "ana")["serve"], []);
            assert_eq!(unpublished(&known, p, "phone")["serve"].len(), 1);
        });
    }

    #[test]
    fn entries_that_cannot_be_are_left_out() {
        let entry = |step, day: &str| CapsuleEntry { step, day: date(day) };
        let published = [
            entry(1, "2026-01-03"),
            entry(9, "2026-01-01"),
            entry(0, "2026-01-01"),
        ];
        let read = readable(&published, date("2026-01-02"));
        assert_eq!(*read, [entry(0, "2026-01-01")]);
        assert_eq!(readable(&published, date("2026-01-03")).len(), 2);
    }
}
