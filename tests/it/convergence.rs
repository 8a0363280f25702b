//! Several computers that record, exchange, lose, copy and erase in any order: in the end everybody sees the same, and
//! nothing that anybody still had is missing.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use upwards::base::id::{EventId, PersonId};
use upwards::base::time::Date;
use upwards::disk::Tree;
use upwards::merge::{States, Terms, merge_file, part_of};
use upwards::model::curriculum::Curriculum;
use upwards::model::event::{Attendance, CapsuleEntry, Event, Fact};
use upwards::model::settings::{Readiness, Settings};
use upwards::progress::fold;
use upwards::readiness::assess;
use upwards::store::{self, Buffers};

use crate::histories::{CAPABILITIES, DAY_0, PRACTICES, curriculum, id, met, practised};
use crate::model_support::{CURRICULUM, settings};
use crate::readiness_props::{Numbers, numbers};

const PEOPLE: [&str; 3] = ["ana", "bo", "chen"];

/// Cases of an ordinary run.
const FEW: u32 = 150;

/// Cases of the whole run, for which the environment asks.
const ALL: u32 = 10_000;

/// Most actions of each computer.
const MOST: usize = 100;

/// What happens on a computer; the numbers choose among what there is.
#[derive(Debug, Clone, Copy)]
struct Action {
    device: usize,
    kind: u8,
    one: usize,
    other: usize,
}

type Files = BTreeMap<String, Vec<u8>>;

/// One computer.
#[derive(Default)]
struct Device {
    name: String,
    files: Files,
    /// What it last exchanged.
    base: Files,
    /// Lines written about each person, by its own count.
    written: BTreeMap<&'static str, u64>,
}

struct World {
    devices: Vec<Device>,
    /// What lies in the middle.
    hub: Files,
    next: u64,
    ids: Vec<EventId>,
}

impl World {
    fn new(devices: usize) -> Self {
        let device = |n: usize| Device {
            name: format!("computer-{n}"),
            ..Device::default()
        };
        Self {
            devices: (0..devices).map(device).collect(),
            hub: Files::new(),
            next: 0,
            ids: Vec::new(),
        }
    }

    fn act(&mut self, action: Action) {
        let at = action.device % self.devices.len();
        match action.kind {
            0..=59 => self.record(at, action),
            60..=79 => self.exchange(at),
            80..=85 => self.copy_from_another(at, action),
            86..=90 => self.copy_here(at, action),
            91..=94 => self.lose_tail(at, action),
            95..=98 => self.restore_backup(at, action),
            _ if action.one.is_multiple_of(8) => self.erase(at, action.other),
            _ => self.exchange(at),
        }
    }

    fn record(&mut self, at: usize, action: Action) {
        let person = PEOPLE[action.one % PEOPLE.len()];
        let capability = CAPABILITIES[action.other % 2];
        let day = DAY_0 + i64::try_from(action.other % 60).expect("few days");
        let fact = match action.other % 5 {
            0 | 1 => practised(PRACTICES[action.one % 4], capability, true, "did it"),
            2 => met(["s", "t", "u"][action.one % 3], capability, Attendance::Present),
            3 if !self.ids.is_empty() => Fact::Voided {
                reference: self.ids[action.one % self.ids.len()],
            },
            _ => Fact::Recalled {
                curriculum: CURRICULUM.into(),
                capability: capability.into(),
                entries: (0..action.one % 9)
                    .map(|_| CapsuleEntry {
                        step: 2,
                        day: Date::from_days(day),
                    })
                    .collect(),
                damaged: 0,
            },
        };
        self.next += 1;
        let device = &mut self.devices[at];
        let path = format!("progress/{person}/{}.jsonl", device.name);
        if is_erased(&device.files, person) {
            return;
        }
        let seq = device.written.entry(person).or_default();
        *seq += 1;
        let event = Event {
            id: id(self.next),
            seq: *seq,
            day: Date::from_days(day),
            person: person.into(),
            by: person.into(),
            device: device.name.clone().into(),
            fact,
            via: None,
        };
        self.ids.push(event.id);
        let log = device.files.entry(path).or_default();
        log.extend_from_slice(store::to_line(&event).as_bytes());
        if log.last() != Some(&b'\n') {
            log.push(b'\n');
        }
    }

    /// As `sync`: what lies in the middle is put together with what is here, and lies there then.
    fn exchange(&mut self, at: usize) {
        let device = &mut self.devices[at];
        let erased = erased_in(&device.files)
            .into_iter()
            .chain(erased_in(&self.hub))
            .collect();
        let terms = Terms {
            erased: &erased,
            device: &device.name,
            gone_before: None,
        };
        let paths: BTreeSet<String> = [&device.files, &device.base, &self.hub]
            .iter()
            .flat_map(|files| files.keys().cloned())
            .collect();
        let mut all = Files::new();
        for path in paths {
            let of = |files: &'_ Files| files.get(&path).cloned();
            let (base, ours, theirs) = (of(&device.base), of(&device.files), of(&self.hub));
            let states = States {
                base: base.as_deref(),
                ours: ours.as_deref(),
                theirs: theirs.as_deref(),
            };
            let part = part_of(&path).expect("a part of a workspace");
            let merged = merge_file(&path, &part, states, &|_| None, &terms).expect("it can be put together");
            if let Some(bytes) = merged.bytes {
                all.insert(path, bytes);
            }
        }
        device.files.clone_from(&all);
        device.base.clone_from(&all);
        self.hub = all;
    }

    /// A sync tool's copy of another computer's file, perhaps not whole.
    fn copy_from_another(&mut self, at: usize, action: Action) {
        let from = &self.devices[action.one % self.devices.len()];
        let Some((path, bytes)) = picked(&from.files, action.other) else {
            return;
        };
        let cut = bytes.len() - bytes.len().min(action.other % 400);
        let copy = path.replace(
            ".jsonl",
            &format!(" (conflicted copy {}).jsonl", action.other % 3),
        );
        let bytes = bytes[..cut].to_vec();
        let erased = erased_in(&self.devices[at].files);
        if !erased.iter().any(|person| path.contains(&format!("/{person}/"))) {
            self.devices[at].files.entry(copy).or_insert(bytes);
        }
    }

    /// The same of a file that lies here.
    fn copy_here(&mut self, at: usize, action: Action) {
        let device = &mut self.devices[at];
        let Some((path, bytes)) = picked(&device.files, action.one) else {
            return;
        };
        let (copy, bytes) = (
            path.replace(".jsonl", &format!("-PC{}.jsonl", action.other % 3)),
            bytes.clone(),
        );
        device.files.entry(copy).or_insert(bytes);
    }

    /// Of another's file a part has not arrived, or is gone: of what was exchanged.
    fn lose_tail(&mut self, at: usize, action: Action) {
        let device = &mut self.devices[at];
        let Some((path, bytes)) = picked(&device.files, action.one) else {
            return;
        };
        if device.base.get(&path).is_some_and(|base| *base == bytes) && !path.contains(&device.name) {
            let kept = bytes.len() - bytes.len().min(action.other);
            device.files.insert(path, bytes[..kept].to_vec());
        }
    }

    /// The computer is as it was when it last exchanged, and counts its lines from there: two lines of one number.
    fn restore_backup(&mut self, at: usize, action: Action) {
        let device = &mut self.devices[at];
        let person = PEOPLE[action.one % PEOPLE.len()];
        let path = format!("progress/{person}/{}.jsonl", device.name);
        let base = device.base.get(&path).cloned().unwrap_or_default();
        let lines: Vec<&[u8]> = base.split_inclusive(|byte| *byte == b'\n').collect();
        let kept = lines.len() - lines.len().min(action.other % 3);
        device.written.insert(person, kept as u64);
        match kept {
            0 => device.files.remove(&path),
            kept => device.files.insert(path, lines[..kept].concat()),
        };
    }

    fn erase(&mut self, at: usize, person: usize) {
        let person = PEOPLE[person % PEOPLE.len()];
        let device = &mut self.devices[at];
        if is_erased(&device.files, person) {
            return;
        }
        let text = device
            .files
            .entry("erased.toml".to_owned())
            .or_insert_with(|| b"format = 1\n".to_vec());
        text.extend_from_slice(format!("\n[[erased]]\nid = \"{person}\"\nday = 2026-03-16\n").as_bytes());
        device
            .files
            .retain(|path, _| !path.starts_with(&format!("progress/{person}/")));
    }
}

fn picked(files: &Files, number: usize) -> Option<(String, Vec<u8>)> {
    let logs: Vec<(&String, &Vec<u8>)> = files
        .iter()
        .filter(|(path, _)| path.contains("progress/") && !path.contains("-PC") && !path.contains(" ("))
        .collect();
    let (path, bytes) = logs.get(number % logs.len().max(1))?;
    Some(((*path).clone(), (*bytes).clone()))
}

fn erased_in(files: &Files) -> BTreeSet<PersonId> {
    let text = files
        .get("erased.toml")
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let ids = PEOPLE.iter().filter(|id| {
        text.as_ref()
            .is_some_and(|text| text.contains(&format!("\"{id}\"")))
    });
    ids.map(|id| id.parse().expect("an id")).collect()
}

fn is_erased(files: &Files, person: &str) -> bool {
    erased_in(files).iter().any(|id| id.as_str() == person)
}

/// Where everybody stands as this computer sees it, with the ids of the events that it knows.
fn seen(
    files: &Files,
    curriculum: &Curriculum,
    settings: &Settings,
) -> (Vec<Vec<Numbers>>, BTreeSet<EventId>) {
    let texts = files
        .iter()
        .map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned()));
    let tree = Tree::Sent(texts.collect());
    let as_of = Date::from_days(DAY_0 + 70);
    let mut ids = BTreeSet::new();
    let all = PEOPLE.iter().map(|person| {
        let mut buffers = Buffers::default();
        let log = store::read_person(&tree, person, &mut buffers).expect("it can be read");
        let events = log.in_order();
        ids.extend(events.iter().map(|event| event.id));
        let progress = fold(&events, curriculum, settings, as_of);
        numbers(&assess(curriculum, settings, &progress, None, as_of))
    });
    (all.collect(), ids)
}

fn ids_in(files: &Files, erased: &BTreeSet<PersonId>) -> BTreeSet<EventId> {
    let logs = files
        .iter()
        .filter(|(path, _)| !erased.iter().any(|person| path.contains(&format!("/{person}/"))));
    let lines = logs.flat_map(|(_, bytes)| bytes.split(|byte| *byte == b'\n'));
    lines
        .filter_map(|line| Some(store::key(std::str::from_utf8(line).ok()?)?.id))
        .collect()
}

fn action() -> impl Strategy<Value = Action> {
    (0..5_usize, 0..100_u8, any::<u16>(), any::<u16>()).prop_map(|(device, kind, one, other)| Action {
        device,
        kind,
        one: one.into(),
        other: other.into(),
    })
}

fn converges(
    devices: usize,
    actions: &[Action],
    curriculum: &Curriculum,
    settings: &Settings,
) -> Result<(), TestCaseError> {
    let mut world = World::new(devices);
    for action in actions {
        world.act(*action);
    }
    let erased: BTreeSet<PersonId> = world
        .devices
        .iter()
        .flat_map(|device| erased_in(&device.files))
        .chain(erased_in(&world.hub))
        .collect();
    let mut had = ids_in(&world.hub, &erased);
    for device in &world.devices {
        had.extend(ids_in(&device.files, &erased));
    }
    for _ in 0..2 {
        for at in 0..devices {
            world.exchange(at);
        }
    }
    let first = seen(&world.devices[0].files, curriculum, settings);
    for device in &world.devices[1..] {
        prop_assert_eq!(&seen(&device.files, curriculum, settings), &first);
        prop_assert_eq!(&device.files, &world.devices[0].files);
    }
    prop_assert!(
        had.is_subset(&first.1),
        "lost: {:?}",
        had.difference(&first.1).collect::<Vec<_>>()
    );
    for person in erased {
        let inside = format!("progress/{person}/");
        prop_assert!(
            !world.hub.keys().any(|path| path.starts_with(&inside)),
            "{person} is back"
        );
    }
    Ok(())
}

fn try_cases(cases: u32) {
    let (curriculum, settings) = (curriculum(), settings(Readiness::default()));
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(cases)
    });
    let strategy = (3..=5_usize)
        .prop_flat_map(|devices| (Just(devices), prop::collection::vec(action(), 0..=MOST * devices)));
    runner
        .run(&strategy, |(devices, actions)| {
            converges(devices, &actions, &curriculum, &settings)
        })
        .unwrap_or_else(|error| panic!("{error}"));
    println!(
        "{cases} of {ALL} cases: 3 to 5 computers, up to {MOST} actions each: everybody sees the same, nothing is lost"
    );
}

#[test]
fn whatever_happens_in_between_everybody_sees_the_same_in_the_end() {
    try_cases(FEW);
}

#[test]
#[ignore = "minutes: .ci/run runs it"]
fn all_cases_in_which_everybody_sees_the_same_in_the_end() {
    try_cases(ALL);
}
