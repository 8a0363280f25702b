//! Works out the small tables that sets of steps are counted with: every capability of every curriculum side by side,
//! and what each candidate changes in them.

use super::candidates::{Candidate, CandidateKind, Subject};
use super::value::{Asked, Column, Item, Values};
use super::worth::Worth;
use crate::base::time::{Date, Now};
use crate::model::capability::Capability;
use crate::model::event::CapsuleEntry;
use crate::model::settings::Settings;
use crate::readiness::{Known, LADDER_STEPS, Ladder, Part, Recall, Scale};

/// What sets of candidates are worth on a day; whatever is in a set is done now, and comes out right.
pub(super) fn prepare(
    subjects: &[Subject],
    settings: &Settings,
    candidates: &[Candidate],
    now: Now,
    day: Date,
) -> Values {
    let mut first = 0;
    let first_columns = subjects.iter().map(|subject| {
        let own = first;
        first += subject.curriculum.capabilities.len();
        own
    });
    let preparer = Preparer {
        subjects,
        settings,
        now,
        day,
        ladder: Ladder::of(&settings.readiness),
        first_columns: first_columns.collect(),
    };
    preparer.values(candidates)
}

/// The day on which gains are looked at, so that spacing pays.
pub(super) fn day_ahead(settings: &Settings, now: Now) -> Date {
    now.today + i32::try_from(settings.plan.horizon_days).unwrap_or(i32::MAX)
}

struct Preparer<'p, 'a> {
    subjects: &'p [Subject<'a>],
    settings: &'p Settings,
    now: Now,
    day: Date,
    ladder: Ladder,
    first_columns: Vec<usize>,
}

/// A question's memory before and after a right answer.
struct Answered {
    column: usize,
    recall: Option<Recall>,
    before: Option<CapsuleEntry>,
    after: CapsuleEntry,
}

impl Preparer<'_, '_> {
    fn values(&self, candidates: &[Candidate]) -> Values {
        let answers: Vec<Option<Answered>> = candidates.iter().map(|c| self.answered(c)).collect();
        let mut columns = Vec::new();
        let mut grades = Vec::new();
        for subject in self.subjects {
            for place in 0..subject.curriculum.capabilities.len() {
                let here = answers
                    .iter()
                    .flatten()
                    .filter(|answer| answer.column == columns.len());
                let of_column = self.grades(subject, &subject.curriculum.capabilities[place], here);
                columns.push(self.column(subject, place, &of_column));
                grades.push(of_column);
            }
        }
        let items = candidates.iter().zip(&answers).map(|(candidate, answer)| {
            let question = answer
                .as_ref()
                .map(|answer| self.asked(answer, &grades[answer.column]));
            self.item(candidate, question, &columns)
        });
        Values {
            items: items.collect(),
            aim_bonus: i64::from(self.settings.plan.aim_bonus) * 10 * self.weights(),
            gate_bonus: i64::from(self.settings.plan.gate_bonus) * 10,
            columns,
        }
    }

    /// The weights of all capabilities together.
    fn weights(&self) -> i64 {
        let capabilities = self
            .subjects
            .iter()
            .flat_map(|subject| &subject.curriculum.capabilities);
        capabilities.map(|capability| i64::from(capability.weight)).sum()
    }

    fn answered(&self, candidate: &Candidate) -> Option<Answered> {
        if candidate.kind != CandidateKind::Question {
            return None;
        }
        let subject = &self.subjects[candidate.subject];
        let column = self.columns_of(candidate).next()?;
        let recall = subject
            .remembered(candidate.id)
            .map(|remembered| remembered.recall);
        let after = Recall::after(recall, true, self.now.instant, self.now.today, &self.ladder);
        Some(Answered {
            column,
            recall,
            before: recall.and_then(|recall| recall.entry()),
            after: after.entry()?,
        })
    }

    /// The columns of a candidate's capabilities; those the curriculum does not have are left out.
    fn columns_of(&self, candidate: &Candidate) -> impl Iterator<Item = usize> {
        let capabilities = &self.subjects[candidate.subject].curriculum.capabilities;
        let first = self.first_columns[candidate.subject];
        let place = |id: &&str| capabilities.iter().position(|c| c.id.as_str() == *id);
        candidate
            .capabilities
            .iter()
            .filter_map(place)
            .map(move |place| first + place)
    }

    /// What questions of a capability are or can be worth on the day, the most first.
    fn grades<'d>(
        &self,
        subject: &Subject,
        capability: &Capability,
        answers: impl Iterator<Item = &'d Answered>,
    ) -> Vec<Worth> {
        let mut entries = known(subject, capability);
        for answer in answers {
            entries.extend(answer.before);
            entries.push(answer.after);
        }
        let mut grades: Vec<Worth> = entries.into_iter().map(|entry| self.worth(entry)).collect();
        grades.sort_unstable_by(|a, b| b.cmp(a));
        grades.dedup();
        grades
    }

    fn worth(&self, entry: CapsuleEntry) -> Worth {
        Worth::of(entry, self.day, &self.ladder)
    }

    fn column(&self, subject: &Subject, place: usize, grades: &[Worth]) -> Column {
        let capability = &subject.curriculum.capabilities[place];
        let scale = Scale::of(subject.curriculum, capability, &self.settings.readiness);
        let slots = scale.slots(Part::Knowledge);
        let largest = slots.iter().copied().max().unwrap_or(0);
        let mut counts = vec![0; grades.len()];
        for entry in known(subject, capability) {
            counts[grade(grades, self.worth(entry))] += 1;
        }
        let hands = subject
            .progress
            .capabilities
            .get(place)
            .map_or(0, |evidence| evidence.hands.len());
        let practices = scale.slots(Part::HandsOn).len();
        let open = subject.is_hands_on_open(capability.id.as_str(), self.settings, self.now.today);
        Column {
            weight: i64::from(capability.weight),
            shut: open == Some(false),
            slots: slots.len(),
            has_equal_slots: slots.iter().all(|slot| *slot == largest),
            filled: (0..=practices)
                .map(|done| tenths(scale.filled(Part::HandsOn, done).tenths()))
                .collect(),
            shares: grades
                .iter()
                .map(|worth| slots.iter().map(|slot| worth.tenths(*slot)).collect())
                .collect(),
            most: grades.iter().map(|worth| worth.tenths(largest)).collect(),
            counts,
            others: self.others(subject, capability, slots),
            hands,
        }
    }

    /// The most points that what another device knows gives on the day.
    fn others(&self, subject: &Subject, capability: &Capability, slots: &[u32]) -> u32 {
        let own_device = subject.own.map(|own| own.device.as_str());
        let readable = |entry: &CapsuleEntry| entry.step < LADDER_STEPS && entry.day <= self.now.today;
        let capsules = subject.progress.capsules_of(capability.id.as_str()).iter();
        capsules
            .filter(|capsule| Some(capsule.device) != own_device)
            .map(|capsule| {
                let entries = capsule.entries.iter().copied().filter(readable).collect();
                tenths(
                    Known::from_entries(entries)
                        .points(slots, &self.ladder, self.day)
                        .tenths(),
                )
            })
            .max()
            .unwrap_or(0)
    }

    fn asked(&self, answer: &Answered, grades: &[Worth]) -> Asked {
        let grade = |entry| grade(grades, self.worth(entry));
        Asked {
            column: answer.column,
            recall: answer.recall,
            before: answer.before.map(grade),
            after: grade(answer.after),
        }
    }

    fn item(&self, candidate: &Candidate, question: Option<Asked>, columns: &[Column]) -> Item {
        let subject = &self.subjects[candidate.subject];
        let is_practice = candidate.kind == CandidateKind::Practice;
        let mut practised: Vec<usize> = self.columns_of(candidate).filter(|_| is_practice).collect();
        practised.dedup();
        let first = self.first_columns[candidate.subject];
        let is_new = |column: &usize| {
            let evidence = subject.progress.capabilities.get(column - first);
            evidence.is_some_and(|evidence| evidence.hands.iter().all(|hand| hand.step != candidate.id))
        };
        let aim = subject.progress.aim.and_then(|aim| aim.capability);
        Item {
            seconds: candidate.seconds,
            needs: candidate.needs.clone(),
            question,
            hands: practised.iter().copied().filter(is_new).collect(),
            opens: practised
                .iter()
                .copied()
                .filter(|column| columns[*column].shut)
                .collect(),
            due: i64::from(candidate.due_tenths) * self.weights(),
            aimed: aim.is_some_and(|aim| candidate.capabilities.contains(&aim)),
        }
    }
}

/// What the person's device knows of a capability.
fn known(subject: &Subject, capability: &Capability) -> Vec<CapsuleEntry> {
    let of_memory = subject
        .own
        .into_iter()
        .flat_map(|own| own.memory.of(capability.id.as_str()));
    of_memory
        .filter_map(|(_, remembered)| remembered.recall.entry())
        .collect()
}

/// The place of a worth among the grades it is one of.
fn grade(grades: &[Worth], worth: Worth) -> usize {
    grades.partition_point(|other| *other > worth)
}

fn tenths(points: i64) -> u32 {
    u32::try_from(points).unwrap_or(0)
}
