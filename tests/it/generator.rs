//! The generator of large workspaces: what it promises to the tests and measurements that rest on it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use upwards::base::time::Date;
use upwards::disk::Tree;
use upwards::journal::Thought;
use upwards::model::event::{CapsuleEntry, Fact};
use upwards::{store, vault};

use crate::support::big::course::{CURRICULUM, Lesson, MODULES, REV};
use crate::support::big::{Day, Hurt, LogFile, Plan, person_id, write_file};

fn plan(people: u32) -> Plan {
    let last_day = "2026-11-01".parse().expect("a day");
    Plan {
        people,
        events: 100..=200,
        seed: 7,
        last_day,
        hurt: Vec::new(),
    }
}

/// Every file below a folder, by its path inside it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("listed") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let inside = path
                    .strip_prefix(folder)
                    .expect("inside")
                    .to_string_lossy()
                    .replace('\\', "/");
                found.insert(inside, fs::read(&path).expect("read"));
            }
        }
    }
    found
}

fn text(file: &LogFile) -> &str {
    std::str::from_utf8(&file.bytes).expect("UTF-8")
}

fn written(plan: &Plan) -> (tempfile::TempDir, BTreeMap<String, Vec<u8>>) {
    let folder = tempfile::tempdir().expect("a folder");
    plan.write(folder.path()).expect("written");
    let found = files(folder.path());
    (folder, found)
}

/// FNV-1a, 64 bits.
fn checksum<'a>(bytes: impl Iterator<Item = &'a u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[test]
fn two_runs_give_the_same_bytes_and_another_seed_gives_others() {
    let (_one, first) = written(&plan(12));
    let (_two, second) = written(&plan(12));
    assert_eq!(first, second);
    let (_three, other) = written(&Plan { seed: 8, ..plan(12) });
    assert_ne!(first, other);
}

/// The sum is that of every platform and every version: measurements of two versions are of the same files. If the generator
/// itself is changed, the new sum goes here with it.
#[test]
fn the_bytes_are_those_of_every_platform() {
    let (_folder, found) = written(&plan(12));
    assert_eq!(
        format!("{:016x}", checksum(found.values().flatten())),
        "f29be6be869b7c07"
    );
}

#[test]
fn fewer_people_are_the_first_of_more_and_one_can_be_made_alone() {
    let (_small, few) = written(&plan(9));
    let (_large, more) = written(&plan(45));
    for (path, bytes) in few.iter().filter(|(path, _)| *path != "people.toml") {
        assert_eq!(more.get(path), Some(bytes), "{path}");
    }
    assert!(more["people.toml"].starts_with(&few["people.toml"]));
    assert!(plan(1).people_file().starts_with("format = 1\n"));
    for file in plan(1).log(37) {
        assert_eq!(more.get(&file.path), Some(&file.bytes), "{}", file.path);
    }
    assert_eq!(
        more.keys()
            .filter(|path| path.starts_with("progress/p0037/"))
            .count(),
        plan(1).log(37).len()
    );
}

#[test]
fn every_line_is_read_and_written_back_as_it_stands() {
    let plan = plan(60);
    let (mut ids, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    for number in 1..=plan.people {
        let mut events = 0;
        for file in plan.log(number) {
            let (folder, stem) = file.path.rsplit_once('/').expect("a folder");
            assert_eq!(folder, format!("progress/{}", person_id(number)));
            let mut last = None;
            for (at, line) in text(&file).lines().enumerate() {
                let event = store::parse(line).unwrap_or_else(|why| panic!("{line}: {why}"));
                assert_eq!(store::to_line(&event), line);
                assert_eq!(event.seq, at as u64 + 1, "{line}");
                assert!(last <= Some(event.day), "{line}");
                assert_eq!(
                    (&*event.person, format!("{}.jsonl", event.device)),
                    (&*person_id(number), stem.to_owned())
                );
                assert!(ids.insert(event.id), "{line}");
                kinds.insert(event.fact.kind().to_owned());
                last = Some(event.day);
                events += 1;
            }
            assert_eq!(file.lines as usize, text(&file).lines().count());
        }
        assert!(plan.events.contains(&events), "{events}");
    }
    assert_eq!(kinds.len(), 19, "{kinds:?}");
    assert!(!kinds.contains("levitated"));
}

#[test]
fn what_an_event_names_happened_before_it_and_days_are_in_the_span() {
    let plan = plan(40);
    let (folder, _) = written(&plan);
    let tree = Tree::Folder(folder.path().to_path_buf());
    let (first, last) = (
        Date::parse_iso("2025-05-03").expect("a day"),
        Date::parse_iso("2026-11-01").expect("a day"),
    );
    for number in 1..=plan.people {
        let mut buffers = store::Buffers::default();
        let log = store::read_person(&tree, &person_id(number), &mut buffers).expect("read");
        assert_eq!(log.findings, []);
        let events = log.in_order();
        let days: BTreeMap<_, Date> = events.iter().map(|event| (event.id, event.day)).collect();
        for event in &events {
            assert!((first..=last).contains(&event.day), "{event:?}");
            if let Some(reference) = event.fact.reference() {
                assert!(
                    days.get(&reference).is_some_and(|day| *day <= event.day),
                    "{event:?}"
                );
            }
        }
        assert!(
            matches!(events.first().map(|e| &e.fact), Some(Fact::Assigned { .. })),
            "the first is an assignment"
        );
    }
}

#[test]
fn half_of_the_people_have_a_second_device_with_three_of_ten_of_their_lines() {
    let plan = plan(400);
    let (mut with_two, mut on_first, mut on_second) = (0, 0, 0);
    for number in 1..=plan.people {
        let own: Vec<LogFile> = plan
            .log(number)
            .into_iter()
            .filter(|file| !file.path.ends_with("maya-pc-4c0w.jsonl"))
            .collect();
        if let [first, second] = &own[..] {
            with_two += 1;
            on_first += first.lines;
            on_second += second.lines;
        }
    }
    assert!((160..=240).contains(&with_two), "{with_two}");
    let percent = 100 * on_first / (on_first + on_second);
    assert!((67..=73).contains(&percent), "{percent}");
}

#[test]
fn one_practice_in_ten_is_an_assistants_and_half_of_those_are_confirmed() {
    let plan = plan(300);
    let (mut practices, mut by_others, mut confirmed) = (0, 0, 0);
    for number in 1..=plan.people {
        for file in plan.log(number) {
            for event in text(&file).lines().filter_map(|line| store::parse(line).ok()) {
                match &event.fact {
                    Fact::Practised(_) if event.by == event.person => practices += 1,
                    Fact::Practised(practised) => {
                        assert!(!practised.personal);
                        by_others += 1;
                    }
                    Fact::Confirmed { .. } => confirmed += 1,
                    _ => {}
                }
            }
        }
    }
    let (others, agreed) = (
        100 * by_others / (practices + by_others),
        100 * confirmed / by_others,
    );
    assert!((8..=12).contains(&others), "{others}");
    assert!((40..=55).contains(&agreed), "{agreed}");
}

/// When and whether a question was answered right: second, day, right.
type Answer = (i64, Date, bool);

/// The ladder as the readiness model states it, over one question's answers.
fn climb(answers: &[Answer]) -> Option<CapsuleEntry> {
    const LADDER: [i64; 6] = [1, 7, 21, 60, 150, 365];
    let mut state: Option<(u8, i64, Date, Option<Date>)> = None;
    for (at, day, right) in answers.iter().copied() {
        state = Some(match state {
            _ if !right => (0, at, day, None),
            None => (1, at, day, Some(day)),
            Some((step, anchor, anchor_day, _)) => {
                let needed = LADDER[usize::from(step)];
                let days = i64::from(day.days_since_epoch() - anchor_day.days_since_epoch());
                let climbs = step < 5 && (2 * (at - anchor) >= needed * 86_400 || 2 * days >= needed);
                if climbs {
                    (step + 1, at, day, Some(day))
                } else {
                    (step, anchor, anchor_day, Some(day))
                }
            }
        });
    }
    let (step, _, _, right) = state?;
    Some(CapsuleEntry { step, day: right? })
}

#[test]
fn capsules_are_what_the_private_journal_is_worth() {
    let plan = plan(40);
    let mut highest = 0;
    for number in 1..=plan.people {
        let person = person_id(number);
        let shared = plan.log(number);
        for file in plan.journal(number) {
            // Each device has its own home.
            let home = tempfile::tempdir().expect("a folder");
            write_file(home.path(), &file).expect("written");
            let device = file
                .path
                .rsplit('/')
                .next()
                .and_then(|name| name.strip_suffix(".jsonl"))
                .expect("a device");
            let mut findings = Vec::new();
            let entries = vault::read(&Tree::Folder(home.path().to_path_buf()), &person, &mut findings);
            let entries = entries.expect("read");
            assert_eq!(findings, []);
            let again: String = entries
                .iter()
                .map(|e| vault::to_line(e, &person, device) + "\n")
                .collect();
            assert_eq!(again, text(&file));

            let mut answers: BTreeMap<(&str, &str), Vec<Answer>> = BTreeMap::new();
            for entry in &entries {
                if let Thought::Answered {
                    capability,
                    question,
                    correct,
                    ..
                } = &entry.thought
                {
                    let answer = (entry.at.seconds(), entry.day, *correct);
                    answers.entry((capability, question)).or_default().push(answer);
                }
            }
            let mut worth: BTreeMap<&str, Vec<CapsuleEntry>> = BTreeMap::new();
            for ((capability, _), answers) in &answers {
                worth.entry(capability).or_default().extend(climb(answers));
            }
            worth.retain(|_, entries| {
                entries.sort_unstable();
                !entries.is_empty()
            });

            let own = shared
                .iter()
                .find(|file| file.path.ends_with(&format!("/{device}.jsonl")))
                .expect("its log");
            let mut published: BTreeMap<String, Vec<CapsuleEntry>> = BTreeMap::new();
            for event in text(own).lines().filter_map(|line| store::parse(line).ok()) {
                if let Fact::Recalled {
                    capability, entries, ..
                } = event.fact
                {
                    let before = published.insert(capability.into_owned(), entries.clone());
                    assert_ne!(
                        before.unwrap_or_default(),
                        entries,
                        "only a changed capsule is appended"
                    );
                }
            }
            published.retain(|_, entries| !entries.is_empty());
            let published: BTreeMap<&str, _> = published
                .iter()
                .map(|(id, entries)| (id.as_str(), entries))
                .collect();
            assert_eq!(
                published,
                worth.iter().map(|(id, entries)| (*id, entries)).collect(),
                "{person} {device}"
            );
            highest = highest.max(
                worth
                    .values()
                    .flatten()
                    .map(|entry| entry.step)
                    .max()
                    .unwrap_or(0),
            );
        }
    }
    assert!(highest >= 4, "capsules climb: {highest}");
}

#[test]
fn the_table_is_the_core_of_the_shipped_curriculum() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("curricula")
        .join(CURRICULUM);
    let read = |path: &str| -> toml::Table {
        fs::read_to_string(root.join(path))
            .expect("read")
            .parse()
            .expect("TOML")
    };
    let ids = |table: &toml::Table, key: &str| -> Vec<String> {
        let list = table[key].as_array().expect("a list");
        list.iter()
            .map(|id| id.as_str().expect("an id").to_owned())
            .collect()
    };
    let shipped = ids(&read("curriculum.toml"), "modules");
    assert!(
        MODULES
            .iter()
            .all(|module| shipped.iter().any(|id| id == module.id))
    );
    for module in &MODULES {
        let file = read(&format!("modules/{}.toml", module.id));
        assert_eq!(ids(&file, "capabilities"), [module.capability]);
        let (mut lessons, mut practices, mut talks) = (Vec::new(), Vec::new(), Vec::new());
        for step in file["step"]
            .as_array()
            .expect("steps")
            .iter()
            .filter_map(toml::Value::as_table)
        {
            let word = |key: &str| step.get(key).and_then(toml::Value::as_str).unwrap_or_default();
            assert_eq!(
                step.get("rev").and_then(toml::Value::as_integer).unwrap_or(1),
                i64::from(REV)
            );
            match word("kind") {
                "practice" => {
                    let figure = |key: &str| step.get("measure")?.get(key)?.as_str();
                    practices.push((
                        word("id").to_owned(),
                        figure("unit").zip(figure("period")).map(owned),
                    ));
                }
                "talk" => talks.push((word("with").to_owned(), word("id").to_owned())),
                kind => lessons.push((kind.to_owned(), word("id").to_owned(), questions(step))),
            }
        }
        let table = module.lessons.each_ref().map(|lesson| match lesson {
            Lesson::Case(id) => ("case".to_owned(), (*id).to_owned(), Vec::new()),
            Lesson::Reflect(id) => ("reflect".to_owned(), (*id).to_owned(), Vec::new()),
            Lesson::Quiz(id, asked) => {
                let asked = asked
                    .iter()
                    .map(|question| (question.id.to_owned(), question.right.to_vec()));
                ("quiz".to_owned(), (*id).to_owned(), asked.collect())
            }
        });
        assert_eq!(lessons, table);
        let table = module
            .practices
            .each_ref()
            .map(|practice| (practice.id.to_owned(), practice.measure.map(owned)));
        assert_eq!(practices, table);
        assert_eq!(
            talks,
            [("peer", module.peer_talk), ("mentor", module.mentor_talk)].map(owned)
        );
    }
}

fn owned((a, b): (&str, &str)) -> (String, String) {
    (a.to_owned(), b.to_owned())
}

/// Questions of a step with the places of their right options.
fn questions(step: &toml::Table) -> Vec<(String, Vec<u8>)> {
    let questions = step
        .get("question")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten();
    let right = |question: &toml::Value| {
        let options = question["options"].as_array().expect("options");
        let right = |option: &toml::Value| {
            option
                .get("right")
                .and_then(toml::Value::as_bool)
                .unwrap_or(false)
        };
        (1..)
            .zip(options)
            .filter(|(_, option)| right(option))
            .map(|(place, _)| place)
            .collect()
    };
    questions
        .map(|question| {
            (
                question["id"].as_str().expect("an id").to_owned(),
                right(question),
            )
        })
        .collect()
}

#[test]
fn damage_is_what_it_says_and_hides_no_other_line() {
    for hurt in Hurt::ALL {
        let sound = plan(3);
        let hurt_plan = Plan {
            hurt: vec![(2, hurt)],
            ..sound.clone()
        };
        let (folder, found) = written(&hurt_plan);
        let tree = Tree::Folder(folder.path().to_path_buf());
        let mut buffers = store::Buffers::default();
        let log = store::read_person(&tree, &person_id(2), &mut buffers).expect("read");
        let codes: Vec<&str> = log.findings.iter().map(|finding| finding.code).collect();
        let events = log.order.len();
        let lines = sound.log(2).iter().map(|file| file.lines as usize).sum::<usize>();
        let seq_twice = {
            let mut seen = BTreeSet::new();
            log.events
                .iter()
                .filter(|e| !seen.insert((e.device.clone(), e.seq)))
                .count()
        };
        let unknown = log
            .events
            .iter()
            .filter(|e| matches!(e.fact, Fact::Unknown { .. }))
            .count();
        match hurt {
            Hurt::TornTail => assert_eq!((&codes[..], events), (&["U506"][..], lines - 1)),
            Hurt::BadByte => assert_eq!((&codes[..], events), (&["U503"][..], lines - 1)),
            Hurt::ConflictCopy => assert_eq!((&codes[..], events), (&["U513"][..], lines)),
            Hurt::ForkedSeq => assert_eq!((events, seq_twice), (lines + 2, 2)),
            Hurt::UnknownKind => assert_eq!((codes.len(), events, unknown), (0, lines + 1, 1)),
        }
        let (_sound_folder, before) = written(&sound);
        let changed = found
            .iter()
            .filter(|(path, bytes)| before.get(*path) != Some(bytes))
            .count();
        assert_eq!(changed, 1, "only one file of one person: {hurt:?}");
    }
}

#[test]
fn days_are_those_of_the_calendar() {
    let first: Day = "1970-01-01".parse().expect("a day");
    for days in (0..60_000_u32).step_by(7).chain([11_016, 11_017, 47_541]) {
        let date = Date::from_days(i64::from(days)).to_string();
        assert_eq!(first.plus(days).to_string(), date);
        assert_eq!(date.parse(), Ok(first.plus(days)));
    }
    for wrong in [
        "2026-02-30",
        "2026-2-3",
        "1969-12-31",
        "today",
        "2026-13-01",
        "2026-11-01-1",
    ] {
        assert!(wrong.parse::<Day>().is_err(), "{wrong}");
    }
}
