//! What a device may remember of the questions it asked, as far as its capsule tells: how many are known how well, not
//! which. Good enough to plan with; nothing is ever counted by it.

use super::ladder::Ladder;
use super::memory::{Answer, Memory, remember};
use crate::base::id::EventId;
use crate::base::time::{Date, Instant};
use crate::model::curriculum::{Curriculum, Question};
use crate::model::event::CapsuleEntry;
use crate::progress::Progress;

/// Deals the entries of a device's newest capsules out to the live questions it is known to have asked, the best known
/// first, in the order in which they were asked.
pub fn supposed(
    curriculum: &Curriculum,
    ladder: &Ladder,
    progress: &Progress<'_>,
    device: &str,
    asked: &[&str],
) -> Memory {
    let mut answers = Vec::new();
    for capability in &curriculum.capabilities {
        let id = capability.id.as_str();
        let mut entries = entries_of(progress, device, id);
        entries.sort_unstable_by(|a, b| b.cmp(a));
        let questions = asked
            .iter()
            .filter_map(|asked| curriculum.live_question(curriculum.current_question(asked)))
            .map(|(_, question)| question)
            .filter(|question| question.capability.as_str() == id);
        for (question, entry) in questions.zip(entries) {
            answers.extend(climb(question, entry, ladder));
        }
    }
    remember(curriculum, ladder, answers)
}

/// The entries of a device's newest capsule that can be read today, sorted; none if it never published one.
pub fn entries_of(progress: &Progress<'_>, device: &str, capability: &str) -> Vec<CapsuleEntry> {
    progress
        .capsules_of(capability)
        .iter()
        .filter(|capsule| capsule.device == device)
        .flat_map(|capsule| super::capsule::readable(capsule.entries, progress.as_of).into_owned())
        .collect()
}

/// The fewest answers that end on this step on this day.
fn climb<'a>(question: &'a Question, entry: CapsuleEntry, ladder: &Ladder) -> Vec<Answer<'a>> {
    let answer = |day: Date, correct: bool| Answer {
        event: EventId::from_random([0; 16]),
        question: question.id.as_str(),
        rev: question.rev,
        capability: question.capability.as_str(),
        correct,
        at: Instant::end_of(day),
        day,
    };
    if entry.step == 0 {
        return vec![answer(entry.day, false), answer(entry.day, true)];
    }
    let mut day = entry.day;
    let mut answers = vec![answer(day, true)];
    for step in (1..entry.step).rev() {
        day = day - ladder.half_days(step);
        answers.push(answer(day, true));
    }
    answers.reverse();
    answers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settings::Readiness;
    use crate::progress::samples::{Log, curriculum, date, folded};
    use crate::readiness::capsules;

    #[test]
    fn the_capsule_of_what_is_supposed_is_the_capsule() {
        let days = [
            (0, "2026-01-09"),
            (1, "2026-01-02"),
            (2, "2026-01-08"),
            (5, "2026-01-09"),
        ];
        let mut log = Log::new();
        log.recalled("2026-01-09", "ana-page-9m3t", &days);
        let (curriculum, ladder) = (curriculum(), Ladder::of(&Readiness::default()));
        let asked = [
            "basics.q3",
            "basics.gone",
            "basics.q1",
            "basics.q7",
            "basics.q2",
            "basics.q9",
        ];
        folded(&log, "2026-01-10", |progress| {
            let memory = supposed(&curriculum, &ladder, progress, "ana-page-9m3t", &asked);
            let wanted: Vec<CapsuleEntry> = days
                .map(|(step, day)| CapsuleEntry { step, day: date(day) })
                .to_vec();
            assert_eq!(capsules(&memory)["serve"], wanted);
            assert_eq!(memory.question("basics.q3").map(|r| r.recall.step), Some(5));
            assert!(
                memory.question("basics.q9").is_none(),
                "more were asked than are known"
            );
            assert!(capsules(&supposed(&curriculum, &ladder, progress, "ana-laptop", &asked)).is_empty());
        });
    }
}
