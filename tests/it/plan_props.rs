//! The planner against every subset there is, counted by readiness itself.

use std::collections::BTreeMap;

use proptest::prelude::*;
use upwards::base::time::{Date, Instant, Minutes, Now};
use upwards::model::curriculum::{Curriculum, StepKind};
use upwards::model::event::{CapsuleEntry, Fact};
use upwards::plan::{Best, Candidate, CandidateKind, Subject, best};
use upwards::readiness::{Known, Ladder, Part, Recall, Scale};

use crate::model_support::{self as support, dotted};
use crate::plan_support::{Somebody, noon};

/// Capabilities as curriculum and id: the first two share a curriculum, the last one has a name of theirs in another.
const CAPABILITIES: [(usize, &str); 3] = [(0, "a"), (0, "b"), (1, "a")];

/// Questions of each capability.
const QUESTIONS: usize = 9;

const DEVICES: [&str; 2] = ["ana-phone-q3xd", "ana-tablet-5r7d"];

const TODAY: &str = "2026-04-11";

/// Everything a random plan depends on.
#[derive(Debug, Clone)]
struct Case {
    steps: Vec<Draft>,
    weights: [u32; 3],
    knowledge_needed: [Option<u32>; 3],
    hands_on_needed: [Option<u32>; 3],
    /// Capability, question, day, whether it was right.
    answers: Vec<(usize, usize, i32, bool)>,
    /// Capability, practice, day.
    practices: Vec<(usize, usize, i32)>,
    fresh_days: u32,
    /// Device, capability, ladder step, day: what other devices know.
    elsewhere: Vec<(usize, usize, u8, i32)>,
    aim: Option<usize>,
    minutes: u32,
}

#[derive(Debug, Clone)]
struct Draft {
    kind: CandidateKind,
    capability: usize,
    /// A practice may be evidence for both capabilities of a curriculum.
    both: bool,
    seconds: u32,
    /// One of the steps before it, counted back from it.
    need: Option<usize>,
    due_tenths: u32,
}

fn draft() -> impl Strategy<Value = Draft> {
    use CandidateKind::{Case, Practice, Question, Reflect};
    let kind = prop_oneof![10 => Just(Question), 6 => Just(Practice), 3 => Just(Case), 1 => Just(Reflect)];
    let need = prop::option::weighted(0.35, 1_usize..5);
    let due = prop_oneof![9 => Just(0), 1 => Just(33), 1 => Just(100)];
    (kind, 0_usize..3, any::<bool>(), 0_u32..4, need, due).prop_map(
        |(kind, capability, both, long, need, due_tenths)| Draft {
            kind,
            capability,
            both: both && kind == Practice && capability < 2,
            seconds: match kind {
                Question => 45,
                Practice => [300, 480, 600, 900][long as usize],
                Case | Reflect => 60 * (long + 1),
            },
            need,
            due_tenths,
        },
    )
}

fn case() -> impl Strategy<Value = Case> {
    let day = || 0_i32..100;
    let three = |most: u32| prop::array::uniform3(prop::option::weighted(0.5, 1..most));
    (
        prop::collection::vec(draft(), 4..10),
        prop::array::uniform3(1_u32..3),
        three(9),
        three(4),
        prop::collection::vec(
            (0_usize..3, 0..QUESTIONS, day(), prop::bool::weighted(0.8)),
            0..30,
        ),
        (
            prop::collection::vec((0_usize..3, 0_usize..10, day()), 0..4),
            prop::sample::select(vec![365_u32, 40]),
        ),
        prop_oneof![
            1 => Just(Vec::new()),
            1 => prop::collection::vec((0..DEVICES.len(), 0_usize..3, 0_u8..4, day()), 1..12)
        ],
        prop::option::of(0_usize..3),
        prop::sample::select(vec![3_u32, 5, 10, 15, 20, 30]),
    )
        .prop_map(
            |(
                steps,
                weights,
                knowledge,
                hands_on,
                answers,
                (practices, fresh_days),
                elsewhere,
                aim,
                minutes,
            )| {
                Case {
                    steps,
                    weights,
                    knowledge_needed: knowledge,
                    hands_on_needed: hands_on,
                    answers,
                    practices,
                    fresh_days,
                    elsewhere,
                    aim,
                    minutes,
                }
            },
        )
}

impl Case {
    fn curricula(&self) -> Vec<Curriculum> {
        let of = |subject: usize, id: &str| {
            let places = (0..3).filter(|place| CAPABILITIES[*place].0 == subject);
            let capabilities = places.clone().map(|place| {
                let mut capability = support::capability(CAPABILITIES[place].1);
                capability.weight = self.weights[place];
                capability.knowledge_needed = self.knowledge_needed[place];
                capability.hands_on_needed = self.hands_on_needed[place];
                capability
            });
            let questions = places.clone().flat_map(|place| {
                let capability = CAPABILITIES[place].1;
                (0..QUESTIONS).map(move |n| support::question(&format!("{capability}{n}"), capability, 1, 3))
            });
            let quiz = support::step("quiz", [], None, StepKind::Quiz(questions.collect()));
            let mut curriculum = support::curriculum(capabilities.collect(), vec![quiz]);
            curriculum.id = id.parse().expect("an id");
            curriculum
        };
        vec![of(0, "c"), of(1, "d")]
    }

    fn person(&self, curricula: &[Curriculum]) -> Somebody {
        let mut person = Somebody::new();
        person.settings.readiness.hands_on_fresh_days = self.fresh_days;
        let first = support::date(TODAY) - 100;
        let in_curriculum = |place: usize| {
            let (subject, capability) = CAPABILITIES[place];
            (&curricula[subject], capability)
        };
        let mut answers = self.answers.clone();
        answers.sort_by_key(|answer| answer.2);
        for (n, (place, question, day, correct)) in answers.into_iter().enumerate() {
            let (curriculum, capability) = in_curriculum(place);
            let mut at = noon(&(first + day).to_string());
            at.instant = Instant::from_seconds(at.instant.seconds() + i64::try_from(n).expect("few"));
            person.answered(
                curriculum,
                at,
                &dotted(&format!("{capability}{question}")),
                correct,
            );
        }
        for (place, practice, day) in &self.practices {
            let (curriculum, capability) = in_curriculum(*place);
            person.practised(
                curriculum,
                first + *day,
                &dotted(&format!("step-{practice}")),
                &[capability],
            );
        }
        for (n, device) in DEVICES.into_iter().enumerate() {
            for place in 0..3 {
                let (curriculum, capability) = in_curriculum(place);
                let here = self
                    .elsewhere
                    .iter()
                    .filter(|entry| (entry.0, entry.1) == (n, place));
                let entries = here.map(|(_, _, step, day)| CapsuleEntry {
                    step: *step,
                    day: first + *day,
                });
                person.recalled(
                    curriculum,
                    device,
                    support::date(TODAY),
                    capability,
                    entries.collect(),
                );
            }
        }
        if let Some(place) = self.aim {
            let (curriculum, capability) = in_curriculum(place);
            let fact = Fact::Aimed {
                text: "answers take two days".into(),
                function: None,
                curriculum: Some(curriculum.id.to_string().into()),
                capability: Some(capability.into()),
            };
            person.did(first, fact);
        }
        person
    }

    /// Ids of the steps; of questions those of the curriculum, one after the other.
    fn ids(&self) -> Vec<String> {
        let mut asked = [0; 3];
        let ids = self.steps.iter().enumerate().map(|(place, step)| {
            if step.kind == CandidateKind::Question {
                let n = asked[step.capability];
                asked[step.capability] += 1;
                // Not in the order of the steps, so that ties are broken by ids that come from anywhere.
                dotted(&format!(
                    "{}{}",
                    CAPABILITIES[step.capability].1,
                    n * 5 % QUESTIONS
                ))
            } else {
                dotted(&format!("step-{}", (place * 7) % 10))
            }
        });
        ids.collect()
    }

    fn candidates<'a>(&self, ids: &'a [String]) -> Vec<Candidate<'a>> {
        let candidates = self.steps.iter().zip(ids).enumerate().map(|(place, (step, id))| {
            let (subject, capability) = CAPABILITIES[step.capability];
            let need = step.need.and_then(|back| place.checked_sub(back));
            Candidate {
                subject,
                id,
                kind: step.kind,
                capabilities: if step.both {
                    vec!["a", "b"]
                } else {
                    vec![capability]
                },
                seconds: step.seconds,
                needs: need.into_iter().collect(),
                due_tenths: step.due_tenths,
                due: None,
            }
        });
        candidates.collect()
    }
}

/// What sets are worth, asked of readiness capability by capability and remembered.
struct Counter<'c> {
    subjects: &'c [Subject<'c>],
    candidates: &'c [Candidate<'c>],
    person: &'c Somebody,
    now: Now,
    seen: BTreeMap<(usize, usize, u32), i64>,
}

impl Counter<'_> {
    fn value(&mut self, set: u32) -> i64 {
        let subjects = self.subjects;
        let weights: i64 = all_capabilities(subjects).map(|(_, _, weight)| weight).sum();
        let plan = &self.person.settings.plan;
        let fresh_days = i32::try_from(self.person.settings.readiness.hands_on_fresh_days).expect("few days");
        let tenths = |points: u32| i64::from(points) * 10;
        let due: i64 = self.members(set).map(|c| i64::from(c.due_tenths)).sum();
        let mut value = due * weights;
        if self.members(set).any(|c| is_aimed(&subjects[c.subject], c)) {
            value += tenths(plan.aim_bonus) * weights;
        }
        for (place, at, weight) in all_capabilities(subjects) {
            let id = subjects[place].curriculum.capabilities[at].id.as_str();
            let touches = |c: &Candidate| c.subject == place && c.capabilities.contains(&id);
            let newest = subjects[place].progress.capabilities[at].last_practice_on();
            let oldest = self.now.today.days_since_epoch() - fresh_days;
            let is_shut = newest.is_none_or(|newest| newest.days_since_epoch() < oldest);
            let opens = |c: &Candidate| c.kind == CandidateKind::Practice && touches(c);
            if is_shut && self.members(set).any(opens) {
                value += tenths(plan.gate_bonus) * weight;
            }
            value += weight * (self.points(place, at, set) - self.points(place, at, 0));
        }
        value
    }

    fn members(&self, set: u32) -> impl Iterator<Item = &Candidate<'_>> {
        self.candidates
            .iter()
            .enumerate()
            .filter(move |(place, _)| set & (1 << place) != 0)
            .map(|(_, c)| c)
    }

    /// Tenths of a capability thirty days ahead, if the members of a set come out right now.
    fn points(&mut self, place: usize, at: usize, set: u32) -> i64 {
        let (subject, today) = (&self.subjects[place], self.now.today);
        let capability = &subject.curriculum.capabilities[at];
        let counts = |c: &Candidate| {
            let gives = matches!(c.kind, CandidateKind::Question | CandidateKind::Practice);
            gives && c.subject == place && c.capabilities.contains(&capability.id.as_str())
        };
        let of_set = self
            .candidates
            .iter()
            .enumerate()
            .filter(|(n, c)| set & (1 << n) != 0 && counts(c));
        let here: Vec<(usize, &Candidate)> = of_set.collect();
        let key = (place, at, here.iter().fold(0, |bits, (n, _)| bits | 1 << n));
        if let Some(points) = self.seen.get(&key) {
            return *points;
        }
        let ladder = Ladder::of(&self.person.settings.readiness);
        let scale = Scale::of(subject.curriculum, capability, &self.person.settings.readiness);
        let memory = subject.own.expect("an own view").memory;
        let mut recalls: BTreeMap<&str, Recall> = memory
            .of(capability.id.as_str())
            .map(|(id, remembered)| (id, remembered.recall))
            .collect();
        let evidence = &subject.progress.capabilities[at];
        let mut hands: Vec<&str> = evidence.hands.iter().map(|hand| hand.step).collect();
        for (_, candidate) in here {
            if candidate.kind == CandidateKind::Question {
                let before = recalls.get(candidate.id).copied();
                let after = Recall::after(before, true, self.now.instant, today, &ladder);
                recalls.insert(candidate.id, after);
            } else if !hands.contains(&candidate.id) {
                hands.push(candidate.id);
            }
        }
        let tenths = |entries: Vec<CapsuleEntry>| {
            Known::from_entries(entries)
                .points(scale.slots(Part::Knowledge), &ladder, today + 30)
                .tenths()
        };
        let own = tenths(recalls.values().filter_map(Recall::entry).collect());
        let capsules = subject.progress.capsules_of(capability.id.as_str()).iter();
        let known = capsules
            .map(|capsule| tenths(capsule.entries.to_vec()))
            .fold(own, i64::max);
        let points = known + scale.filled(Part::HandsOn, hands.len()).tenths();
        self.seen.insert(key, points);
        points
    }

    fn seconds(&self, set: u32) -> u32 {
        self.members(set).map(|c| c.seconds).sum()
    }

    fn is_closed(&self, set: u32) -> bool {
        self.members(set)
            .all(|c| c.needs.iter().all(|need| set & (1 << need) != 0))
    }

    /// The best of all subsets.
    fn best_of_all(&mut self, seconds: u32) -> (u32, i64) {
        let mut best = (0, 0);
        for set in 1..1_u32 << self.candidates.len() {
            if self.seconds(set) <= seconds && self.is_closed(set) {
                let value = self.value(set);
                if self.rank(set, value) < self.rank(best.0, best.1) {
                    best = (set, value);
                }
            }
        }
        best
    }

    fn rank(&self, set: u32, value: i64) -> (i64, u32, u32, Vec<(&str, &str)>) {
        let id = |c: &Candidate| self.subjects[c.subject].curriculum.id.as_str();
        let mut ids: Vec<(&str, &str)> = self.members(set).map(|c| (id(c), c.id)).collect();
        ids.sort_unstable();
        (-value, self.seconds(set), set.count_ones(), ids)
    }
}

fn is_aimed(subject: &Subject, candidate: &Candidate) -> bool {
    let aim = subject.progress.aim.and_then(|aim| aim.capability);
    aim.is_some_and(|aim| candidate.capabilities.contains(&aim))
}

/// Every capability as place of its subject, place in it, and weight.
fn all_capabilities<'s>(subjects: &'s [Subject]) -> impl Iterator<Item = (usize, usize, i64)> + 's {
    subjects.iter().enumerate().flat_map(|(place, subject)| {
        let capabilities = subject.curriculum.capabilities.iter().enumerate();
        capabilities.map(move |(at, capability)| (place, at, i64::from(capability.weight)))
    })
}

fn as_bits(best: &Best) -> u32 {
    best.set.iter().fold(0, |bits, place| bits | 1 << place)
}

fn check(case: &Case) -> Result<(), TestCaseError> {
    let curricula = case.curricula();
    let person = case.person(&curricula);
    let now = noon(TODAY);
    let ids = case.ids();
    let candidates = case.candidates(&ids);
    person.seen(&curricula, now, |subjects| {
        let mut counter = Counter {
            subjects,
            candidates: &candidates,
            person: &person,
            now,
            seen: BTreeMap::new(),
        };
        let seconds = Minutes(case.minutes).seconds();
        let found = best(subjects, &person.settings, &candidates, now, seconds);
        let set = as_bits(&found);
        prop_assert!(found.proven);
        prop_assert!(counter.is_closed(set));
        prop_assert!(found.seconds.0 <= seconds.0);
        prop_assert_eq!(found.seconds.0, counter.seconds(set));
        prop_assert_eq!(found.value, counter.value(set));
        prop_assert_eq!((set, found.value), counter.best_of_all(seconds.0));
        let longer = Minutes(case.minutes + 5).seconds();
        let more = best(subjects, &person.settings, &candidates, now, longer);
        prop_assert!(more.value >= found.value, "five minutes more are worth less");
        check_order(subjects, &person, &candidates, now, &found)
    })
}

/// The same candidates in another order give the same set.
fn check_order(
    subjects: &[Subject],
    person: &Somebody,
    candidates: &[Candidate],
    now: Now,
    found: &Best,
) -> Result<(), TestCaseError> {
    let last = candidates.len() - 1;
    let turned: Vec<Candidate> = candidates
        .iter()
        .rev()
        .map(|candidate| Candidate {
            needs: candidate.needs.iter().map(|need| last - need).collect(),
            ..candidate.clone()
        })
        .collect();
    let seconds = found.seconds;
    let again = best(subjects, &person.settings, candidates, now, seconds);
    let other = best(subjects, &person.settings, &turned, now, seconds);
    prop_assert_eq!(&again.set, &found.set, "no more time than it takes is enough");
    let set: Vec<usize> = other.set.iter().map(|place| last - place).collect();
    prop_assert_eq!((set, other.value), (again.set, again.value));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_best_set_is_that_of_all_subsets(case in case()) {
        check(&case)?;
    }
}

#[test]
fn the_days_of_the_cases_lie_before_today() {
    let today: Date = support::date(TODAY);
    assert_eq!((today - 100).to_string(), "2026-01-01");
}
