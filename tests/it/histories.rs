//! Random histories of one person in two capabilities: sittings, single answers, practices, talks, on one or two
//! devices, dense (up to 60 deeds in 60 days, or a few questions drilled at gaps near the half steps) and sparse.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::Config;
use upwards::base::id::{DeviceId, EventId};
use upwards::base::time::{DAY_SECONDS, Date, Instant};
use upwards::model::capability::Capability;
use upwards::model::curriculum::{Curriculum, StepKind, TalkWith};
use upwards::model::event::{Attendance, CapsuleEntry, Event, Fact, Met, Practised};
use upwards::model::settings::{Readiness, Settings};
use upwards::progress::{Progress, fold};
use upwards::readiness::{Answer, Assessment, Ladder, Memory, Own, assess, capsules};

use crate::model_support::{self as support, CURRICULUM, PrivateLine, Thought, dotted};

/// Every property is tried on so many histories.
pub(crate) fn cases() -> Config {
    Config {
        failure_persistence: None,
        ..Config::with_cases(1_000)
    }
}

/// Day 0 of all histories: 2026-01-01.
pub(crate) const DAY_0: i64 = 20_454;

/// Histories begin at nine in the morning.
const START: i64 = DAY_0 * DAY_SECONDS + 9 * 3_600;

/// Seconds between two answers of a round.
const ROUND_GAP: i64 = 86;

/// Practices of the curriculum below, all in both capabilities.
pub(crate) const PRACTICES: [&str; 4] = ["a", "b", "c", "d"];

/// The two capabilities.
pub(crate) const CAPABILITIES: [&str; 2] = ["a", "b"];

/// Ten questions `a0` to `a9`, three questions `b0` to `b2` of which all are needed, four practices, a talk, and a case
/// and a reflect that nothing needs.
pub(crate) fn curriculum() -> Curriculum {
    let second = Capability {
        weight: 2,
        knowledge_needed: Some(3),
        hands_on_needed: Some(1),
        ..support::capability("b")
    };
    let quiz = questions().map(|(name, capability)| support::question(&name, capability, 1, 3));
    let mut steps = vec![
        support::step("case", ["a"], Some(3), support::case()),
        support::step("quiz", CAPABILITIES, None, StepKind::Quiz(quiz.collect())),
        support::step("talk", CAPABILITIES, Some(20), support::talk(TalkWith::Peer)),
        support::step("reflect", CAPABILITIES, Some(2), StepKind::Reflect(Vec::new())),
    ];
    steps.extend(
        PRACTICES
            .iter()
            .zip([5, 9, 7, 30])
            .map(|(name, minutes)| support::step(name, CAPABILITIES, Some(minutes), support::practice())),
    );
    support::curriculum(vec![support::capability("a"), second], steps)
}

/// Names and capabilities of all questions.
pub(crate) fn questions() -> impl Iterator<Item = (String, &'static str)> {
    let first = (0..10).map(|n| (format!("a{n}"), "a"));
    first.chain((0..3).map(|n| (format!("b{n}"), "b")))
}

/// Something that happened, so many seconds after the start.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    pub(crate) second: i64,
    pub(crate) phone: bool,
    pub(crate) kind: DeedKind,
}

impl Deed {
    /// When it ends.
    pub(crate) fn last_second(&self) -> i64 {
        match self.kind {
            DeedKind::Round { .. } => self.second + 9 * ROUND_GAP,
            _ => self.second,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) enum DeedKind {
    /// All questions of a capability, one after the other.
    Round {
        capability: usize,
        right: Vec<bool>,
    },
    Answer {
        question: usize,
        right: bool,
    },
    Practice {
        step: usize,
        capability: usize,
        by_ben: bool,
        blank: bool,
    },
    Talk {
        meeting: usize,
        capability: usize,
        attendance: Attendance,
    },
}

/// What happened, the day it is looked at, and the rules.
#[derive(Debug, Clone)]
pub(crate) struct History {
    pub(crate) deeds: Vec<Deed>,
    pub(crate) as_of: i64,
    pub(crate) rules: Readiness,
}

/// Histories of all kinds.
pub(crate) fn history() -> impl Strategy<Value = History> {
    let size = prop_oneof![0..8_usize, 8..25_usize, 40..60_usize];
    let spread = (
        size,
        prop_oneof![Just(60_i64), Just(400_i64)],
        any::<bool>(),
        kind_of_memory(),
    );
    let spread = spread.prop_flat_map(|(size, span, phone, good)| {
        prop::collection::vec(deed(0..span * DAY_SECONDS, phone, good, 13), size..=size)
    });
    let deeds = prop_oneof![4 => spread, 1 => drill()];
    (deeds, look_at(), rules()).prop_map(|(deeds, look_at, rules)| {
        let last = deeds.iter().map(|deed| deed.second).max().unwrap_or(0);
        let as_of = match look_at {
            LookAt::Day(day) => day,
            LookAt::DaysAfterTheLast(days) => day_of(last) + days,
        };
        History { deeds, as_of, rules }
    })
}

/// When a history is looked at.
#[derive(Debug, Clone, Copy)]
enum LookAt {
    Day(i64),
    DaysAfterTheLast(i64),
}

fn look_at() -> impl Strategy<Value = LookAt> {
    prop_oneof![
        3 => (0..500_i64).prop_map(LookAt::Day),
        2 => (0..4_i64).prop_map(LookAt::DaysAfterTheLast),
    ]
}

/// Chance to be right.
fn kind_of_memory() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.7), Just(0.97)]
}

fn rules() -> impl Strategy<Value = Readiness> {
    let strict = Readiness {
        ready: 95,
        knowledge_floor: 50,
        ..Readiness::default()
    };
    prop_oneof![4 => Just(Readiness::default()), 1 => Just(strict)]
}

/// Gaps in seconds near the half steps: 0.1 to 80 days.
pub(crate) fn gap() -> impl Strategy<Value = i64> {
    let tenths = prop::sample::select(vec![
        1_i64, 4, 5, 6, 10, 30, 34, 35, 40, 60, 80, 105, 110, 290, 300, 310, 800,
    ]);
    tenths.prop_map(|tenths| tenths * DAY_SECONDS / 10)
}

/// Three questions answered again and again.
fn drill() -> impl Strategy<Value = Vec<Deed>> {
    prop::collection::vec((gap(), deed(0..1, false, 0.85, 3)), 10..40).prop_map(|deeds| {
        let mut now = 0;
        deeds
            .into_iter()
            .map(|(gap, deed)| {
                now += gap;
                Deed { second: now, ..deed }
            })
            .collect()
    })
}

/// One deed within some seconds, about one of the first so many questions.
pub(crate) fn deed(
    seconds: std::ops::Range<i64>,
    with_phone: bool,
    good: f64,
    questions: usize,
) -> impl Strategy<Value = Deed> {
    let right = move || prop::bool::weighted(good);
    let capability = 0..2_usize;
    let round = (capability.clone(), prop::collection::vec(right(), 10..=10))
        .prop_map(|(capability, right)| DeedKind::Round { capability, right });
    let answer = (0..questions, right()).prop_map(|(question, right)| DeedKind::Answer { question, right });
    let practice = (
        0..3_usize,
        capability.clone(),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(step, capability, by_ben, blank)| DeedKind::Practice {
            step,
            capability,
            by_ben,
            blank,
        });
    let attendance = prop::sample::select(vec![Attendance::Present, Attendance::Partly, Attendance::Deputy]);
    let talk =
        (0..3_usize, capability, attendance).prop_map(|(meeting, capability, attendance)| DeedKind::Talk {
            meeting,
            capability,
            attendance,
        });
    let kind = prop_oneof![12 => round, 63 => answer, 15 => practice, 10 => talk];
    let phone = if with_phone {
        prop::bool::weighted(0.5).boxed()
    } else {
        Just(false).boxed()
    };
    (seconds, phone, kind).prop_map(|(second, phone, kind)| Deed { second, phone, kind })
}

/// Days after day 0 of a second after the start.
pub(crate) fn day_of(second: i64) -> i64 {
    (START + second).div_euclid(DAY_SECONDS) - DAY_0
}

/// The day so many days after day 0.
pub(crate) fn day(days: i64) -> Date {
    Date::from_days(DAY_0 + days)
}

/// Everything that was recorded about one person, and the rules.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) curriculum: Curriculum,
    pub(crate) settings: Settings,
    pub(crate) shared: Vec<Event<'static>>,
    pub(crate) private: BTreeMap<DeviceId, Vec<PrivateLine>>,
    pub(crate) as_of: Date,
    next: u64,
}

impl World {
    /// Somebody of whom nothing was recorded yet.
    pub(crate) fn empty(curriculum: Curriculum, rules: Readiness, as_of: Date) -> Self {
        Self {
            curriculum,
            settings: support::settings(rules),
            shared: Vec::new(),
            private: BTreeMap::new(),
            as_of,
            next: 1,
        }
    }

    /// A history as each device recorded it; every device publishes its capsules after each day on which it answered.
    pub(crate) fn of(history: &History) -> Self {
        let mut world = Self::empty(curriculum(), history.rules.clone(), day(history.as_of));
        let mut deeds: Vec<&Deed> = history.deeds.iter().collect();
        deeds.sort_by_key(|deed| deed.second);
        for deed in deeds {
            world.record(deed);
        }
        world.publish();
        world
    }

    /// The device of most of what is recorded.
    pub(crate) fn laptop() -> DeviceId {
        "ana-laptop".parse().expect("an id")
    }

    pub(crate) fn phone() -> DeviceId {
        "ana-phone".parse().expect("an id")
    }

    /// Records one deed; capsules stay as they were.
    pub(crate) fn record(&mut self, deed: &Deed) {
        let device = if deed.phone { Self::phone() } else { Self::laptop() };
        let second = START + deed.second;
        match &deed.kind {
            DeedKind::Round { capability, right } => {
                let names = questions().filter(|(_, c)| *c == CAPABILITIES[*capability]);
                for ((n, (name, _)), right) in (0..).zip(names).zip(right) {
                    self.answer(&device, second + ROUND_GAP * n, &name, *right);
                }
            }
            DeedKind::Answer { question, right } => {
                let (name, _) = questions().nth(*question).expect("a question");
                self.answer(&device, second, &name, *right);
            }
            DeedKind::Practice {
                step,
                capability,
                by_ben,
                blank,
            } => {
                let by = if *by_ben { "ben" } else { "ana" };
                let line = if *blank { " " } else { "did it" };
                let fact = practised(PRACTICES[*step], CAPABILITIES[*capability], by == "ana", line);
                self.share(second.div_euclid(DAY_SECONDS), by, device.as_str(), fact);
            }
            DeedKind::Talk {
                meeting,
                capability,
                attendance,
            } => {
                let fact = met(["s", "t", "u"][*meeting], CAPABILITIES[*capability], *attendance);
                self.share(second.div_euclid(DAY_SECONDS), "ana", device.as_str(), fact);
            }
        }
    }

    /// Appends a shared event on a day since 1970 and returns its id.
    pub(crate) fn share(&mut self, day: i64, by: &str, device: &str, fact: Fact<'static>) -> EventId {
        let (id, seq) = self.next_id();
        self.shared.push(Event {
            id,
            seq,
            day: Date::from_days(day),
            person: "ana".into(),
            by: by.to_owned().into(),
            device: device.to_owned().into(),
            fact,
            via: None,
        });
        id
    }

    /// Appends an answer at a second since 1970.
    pub(crate) fn answer(&mut self, device: &DeviceId, second: i64, name: &str, correct: bool) {
        self.answer_to(device, second, &dotted(name), correct);
    }

    /// The same for any question of the curriculum.
    pub(crate) fn answer_to(&mut self, device: &DeviceId, second: i64, question: &str, correct: bool) {
        let (id, seq) = self.next_id();
        let (_, live) = self.curriculum.live_question(question).expect("a question");
        let thought = Thought::Answered {
            question: question.to_owned(),
            rev: live.rev,
            capability: live.capability.to_string(),
            correct,
        };
        self.private.entry(device.clone()).or_default().push(PrivateLine {
            id,
            seq,
            at: Instant::from_seconds(second),
            day: Date::from_days(second.div_euclid(DAY_SECONDS)),
            thought,
        });
    }

    fn next_id(&mut self) -> (EventId, u64) {
        let seq = self.next;
        self.next += 1;
        (id(seq), seq)
    }

    /// Every device publishes its capsules at the end of each day on which it answered, as far as they changed.
    pub(crate) fn publish(&mut self) {
        let ladder = Ladder::of(&self.settings.readiness);
        for (device, lines) in self.private.clone() {
            let mut memory = Memory::default();
            let mut published: BTreeMap<String, Vec<CapsuleEntry>> = BTreeMap::new();
            for day_lines in support::united_private(&lines).chunk_by(|a, b| a.day == b.day) {
                for line in day_lines {
                    if let Some(answer) = answer_of(line) {
                        memory.take(&self.curriculum, &ladder, &answer);
                    }
                }
                let day = i64::from(day_lines[0].day.days_since_epoch());
                for (capability, entries) in changed(&memory, &published) {
                    let fact = recalled(&capability, entries.clone());
                    self.share(day, "ana", device.as_str(), fact);
                    published.insert(capability, entries);
                }
            }
        }
    }

    /// Looks at the progress as of the day of the world, and through the eyes of a device if one is named.
    pub(crate) fn look<T>(
        &self,
        device: Option<&DeviceId>,
        look: impl FnOnce(&Progress, Option<&Own>) -> T,
    ) -> T {
        let events = support::in_order(&self.shared);
        let progress = fold(&events, &self.curriculum, &self.settings, self.as_of);
        let memory = device.map(|device| self.memory(device));
        let own = device
            .zip(memory.as_ref())
            .map(|(device, memory)| Own { device, memory });
        look(&progress, own.as_ref())
    }

    /// What a device remembers.
    pub(crate) fn memory(&self, device: &DeviceId) -> Memory {
        let lines = self.private.get(device).map_or(&[][..], Vec::as_slice);
        support::recollect(&self.curriculum, &self.settings, lines, self.as_of).0
    }

    /// Assessments so many days after the day of the world, nothing more happening.
    pub(crate) fn assess_in<const N: usize>(
        &self,
        device: Option<&DeviceId>,
        days: [i32; N],
    ) -> [Assessment; N] {
        self.look(device, |progress, own| {
            days.map(|days| assess(&self.curriculum, &self.settings, progress, own, self.as_of + days))
        })
    }

    /// The leader's view.
    pub(crate) fn leaders(&self) -> Assessment {
        let [assessment] = self.assess_in(None, [0]);
        assessment
    }

    /// The own view on a device.
    pub(crate) fn own(&self, device: &DeviceId) -> Assessment {
        let [assessment] = self.assess_in(Some(device), [0]);
        assessment
    }
}

/// Ids by number.
pub(crate) fn id(number: u64) -> EventId {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    EventId::from_random(bytes)
}

fn changed(
    memory: &Memory,
    published: &BTreeMap<String, Vec<CapsuleEntry>>,
) -> Vec<(String, Vec<CapsuleEntry>)> {
    let now = capsules(memory);
    let names: BTreeSet<&str> = now
        .keys()
        .copied()
        .chain(published.keys().map(String::as_str))
        .collect();
    names
        .into_iter()
        .map(|name| (name.to_owned(), now.get(name).cloned().unwrap_or_default()))
        .filter(|(name, entries)| published.get(name).map_or(&[][..], Vec::as_slice) != entries)
        .collect()
}

fn answer_of(line: &PrivateLine) -> Option<Answer<'_>> {
    match &line.thought {
        Thought::Answered {
            question,
            rev,
            capability,
            correct,
        } => Some(Answer {
            event: line.id,
            question,
            rev: *rev,
            capability,
            correct: *correct,
            at: line.at,
            day: line.day,
        }),
        Thought::Voided(_) | Thought::Other => None,
    }
}

/// A practice with a line on what was done.
pub(crate) fn practised(step: &str, capability: &str, personal: bool, line: &str) -> Fact<'static> {
    Fact::Practised(Box::new(Practised {
        curriculum: CURRICULUM.into(),
        step: dotted(step).into(),
        rev: 1,
        capabilities: vec![capability.to_owned().into()],
        personal,
        evidence: Some(line.to_owned().into()),
        witness: None,
        may_quote: false,
        measure: None,
    }))
}

/// A talk.
pub(crate) fn met(meeting: &str, capability: &str, attendance: Attendance) -> Fact<'static> {
    Fact::Met(Box::new(Met {
        curriculum: CURRICULUM.into(),
        meeting: meeting.to_owned().into(),
        with: vec!["kim".into()],
        role: TalkWith::Peer,
        capabilities: vec![capability.to_owned().into()],
        minutes: 20,
        attendance,
        commitment: None,
    }))
}

fn recalled(capability: &str, entries: Vec<CapsuleEntry>) -> Fact<'static> {
    Fact::Recalled {
        curriculum: CURRICULUM.into(),
        capability: capability.to_owned().into(),
        entries,
        damaged: 0,
    }
}
