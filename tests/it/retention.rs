//! `privacy retain`: what is too old goes as far as nothing rests on it, nobody's figures change, and it stays away.

use proptest::prelude::*;
use upwards::model::curriculum::StepKind;
use upwards::model::event::Fact;
use upwards::progress::fold;
use upwards::readiness::assess;
use upwards::retention::{Rests, aged};

use crate::histories::{PRACTICES, World, cases, history, id};
use crate::model_support::{CURRICULUM, dotted, in_order};
use crate::readiness_props::numbers;
use crate::support::Sandbox;

const LOG: &str = "progress/ana/ana-laptop.jsonl";

/// More of what a log may hold, so many days before the day of the world.
#[derive(Debug, Clone)]
enum More {
    Started(usize),
    Finished(usize),
    Assigned,
    TakenBack(prop::sample::Index),
    Confirmed(prop::sample::Index),
    Aimed,
    Reached(usize),
    Paired,
    Unpaired(prop::sample::Index),
}

fn more() -> impl Strategy<Value = Vec<(i64, bool, More)>> {
    let index = any::<prop::sample::Index>;
    let one = prop_oneof![
        (0..PRACTICES.len()).prop_map(More::Started),
        (0..2_usize).prop_map(More::Finished),
        Just(More::Assigned),
        index().prop_map(More::TakenBack),
        index().prop_map(More::Confirmed),
        Just(More::Aimed),
        (0..2_usize).prop_map(More::Reached),
        Just(More::Paired),
        index().prop_map(More::Unpaired),
    ];
    prop::collection::vec((0..400_i64, any::<bool>(), one), 0..12)
}

fn add(world: &mut World, more: &[(i64, bool, More)]) {
    let today = i64::from(world.as_of.days_since_epoch());
    let curriculum = || CURRICULUM.into();
    for (days, own, one) in more {
        let pick = |index: &prop::sample::Index| match world.shared.len() {
            0 => id(1),
            n => world.shared[index.index(n)].id,
        };
        let fact = match one {
            More::Started(n) => Fact::Started {
                curriculum: curriculum(),
                step: dotted(PRACTICES[*n]).into(),
                rev: 1,
            },
            More::Finished(n) => Fact::Finished {
                curriculum: curriculum(),
                step: dotted(["case", "reflect"][*n]).into(),
                rev: 1,
            },
            More::Assigned => {
                let module = world.curriculum.modules[0].id.to_string();
                Fact::Assigned {
                    curriculum: curriculum(),
                    module: module.into(),
                    due: None,
                    reason: None,
                }
            }
            More::TakenBack(index) => Fact::Voided {
                reference: pick(index),
            },
            More::Confirmed(index) => Fact::Confirmed {
                reference: pick(index),
            },
            More::Aimed => Fact::Aimed {
                text: "faster".into(),
                function: None,
                curriculum: None,
                capability: None,
            },
            More::Reached(n) => Fact::Reached {
                curriculum: curriculum(),
                capability: ["a", "b"][*n].into(),
            },
            More::Paired => Fact::Paired {
                curriculum: curriculum(),
                mentor: "kim".into(),
                capabilities: Vec::new(),
                why: None,
            },
            More::Unpaired(index) => Fact::Unpaired {
                reference: pick(index),
            },
        };
        world.share(today - days, if *own { "ana" } else { "ben" }, "ana-laptop", fact);
    }
}

proptest! {
    #![proptest_config(cases())]

    /// Without the lines that go everybody's figures are what they were, today and on every later day; what stands stays.
    #[test]
    fn readiness_is_the_same_before_and_after(history in history(), more in more(), older in 0..300_i32) {
        let mut world = World::of(&history);
        add(&mut world, &more);
        let events = in_order(&world.shared);
        let before = world.as_of + -older;
        let curricula = std::slice::from_ref(&world.curriculum);
        let found = aged(&events, curricula, &world.settings, before, world.as_of);
        prop_assert_eq!(found.len(), events.iter().filter(|event| event.day < before).count());
        let gone: Vec<_> = found.iter().filter(|one| one.rests.is_none()).map(|one| one.id).collect();
        let kept: Vec<_> = events.iter().copied().filter(|event| !gone.contains(&event.id)).collect();
        prop_assert!(events.iter().all(|event| event.day < before || !gone.contains(&event.id)));
        let old = fold(&events, &world.curriculum, &world.settings, world.as_of);
        let new = fold(&kept, &world.curriculum, &world.settings, world.as_of);
        for days in [0, 1, 7, 20, 45, 100, 200, 365, 500] {
            let see = |progress| assess(&world.curriculum, &world.settings, progress, None, world.as_of + days);
            let (old, new) = (see(&old), see(&new));
            prop_assert_eq!(numbers(&old), numbers(&new), "in {} days", days);
            prop_assert_eq!(&old.overall, &new.overall);
            for (old, new) in old.capabilities.iter().zip(&new.capabilities) {
                prop_assert_eq!((old.reached_on, old.ready_until, &old.limited_by), (new.reached_on, new.ready_until, &new.limited_by));
            }
        }
        prop_assert!(old.running_pairs().eq(new.running_pairs()));
        prop_assert!(old.assignments.iter().filter(|one| one.unassigned.is_none()).eq(new.assignments.iter().filter(|one| one.unassigned.is_none())));
        prop_assert_eq!(old.aim, new.aim);
        prop_assert_eq!(old.last_active_on, new.last_active_on);
        // Done again, nothing more goes.
        let again = aged(&kept, curricula, &world.settings, before, world.as_of);
        prop_assert!(again.iter().all(|one| one.rests.is_some()));
    }
}

/// A year in which much is superseded: something goes, and something stays for each reason that a small log has.
#[test]
fn the_law_is_about_something() {
    let mut world = World::empty(
        crate::histories::curriculum(),
        upwards::model::settings::Readiness::default(),
        crate::histories::day(800),
    );
    let today = i64::from(world.as_of.days_since_epoch());
    let practised = |step: &str| crate::histories::practised(step, "a", true, "did it");
    let aim = || Fact::Aimed {
        text: "faster".into(),
        function: None,
        curriculum: None,
        capability: None,
    };
    world.share(today - 790, "ana", "ana-laptop", aim());
    let ended = world.share(
        today - 780,
        "ben",
        "ana-laptop",
        Fact::Paired {
            curriculum: CURRICULUM.into(),
            mentor: "kim".into(),
            capabilities: Vec::new(),
            why: None,
        },
    );
    world.share(
        today - 770,
        "ben",
        "ana-laptop",
        Fact::Unpaired { reference: ended },
    );
    world.share(today - 760, "ana", "ana-laptop", aim());
    for days in [755, 750] {
        world.share(today - days, "ana", "ana-laptop", practised("a"));
    }
    world.share(
        today - 740,
        "ana",
        "ana-laptop",
        Fact::Reached {
            curriculum: CURRICULUM.into(),
            capability: "a".into(),
        },
    );
    world.share(today - 3, "ana", "ana-laptop", practised("b"));
    assert!(
        world.curriculum.modules[0]
            .steps
            .iter()
            .any(|step| matches!(step.kind, StepKind::Practice(_)))
    );
    let events = in_order(&world.shared);
    let found = aged(
        &events,
        std::slice::from_ref(&world.curriculum),
        &world.settings,
        world.as_of + -365,
        world.as_of,
    );
    let rests: Vec<Option<Rests>> = found.iter().map(|one| one.rests).collect();
    assert_eq!(rests[..4], [None, None, None, Some(Rests::Aim)]);
    assert_eq!(rests[4], None, "done again since");
    assert_eq!(rests[6], Some(Rests::Reached));
}

fn event(n: u8, seq: u32, day: &str, rest: &str) -> String {
    format!(
        "{{\"v\":1,\"id\":\"00000000-0000-4000-8000-0000000000{n:02x}\",\"seq\":{seq},\"day\":\"{day}\",\"person\":\"ana\",\"by\":\"ana\",\"device\":\"ana-laptop\",{rest}}}\n"
    )
}

fn aimed(text: &str) -> String {
    format!("\"kind\":\"aimed\",\"text\":\"{text}\"")
}

/// Ana with two old aims, of which one counts, and a rule of a year.
fn with_old_lines() -> Sandbox {
    let maya = Sandbox::halden();
    maya.append("upwards.toml", "\n[privacy]\nretain_months = 12\n");
    let lines = [
        event(1, 1, "2024-01-02", &aimed("OLD-ONE")),
        event(2, 2, "2024-02-02", &aimed("OLD-TWO")),
        event(
            3,
            3,
            "2024-03-02",
            r#""kind":"started","curriculum":"tiny","step":"answering.hour","rev":1"#,
        ),
        event(
            4,
            4,
            "2026-03-02",
            r#""kind":"started","curriculum":"tiny","step":"answering.hour","rev":1"#,
        ),
    ];
    maya.file(LOG, lines.concat());
    let because = r#"{"v":1,"id":"00000000-0000-4000-8000-0000000000aa","seq":1,"day":"2024-01-03","by":"maya","device":"maya-pc","kind":"because","ref":"00000000-0000-4000-8000-000000000001","reason":"so"}"#;
    maya.file("team/maya-pc.jsonl", format!("{because}\n"));
    maya
}

#[test]
fn old_lines_go_when_agreed_to_and_stay_away() {
    let maya = with_old_lines();
    let before = maya.everything();
    let shown = maya.run("privacy retain").ok();
    snapbox::assert_data_eq!(
        shown.stdout.clone(),
        snapbox::str![[r"
Shared lines of days before 2025-03-16 (12 months)

PERSON     LINES  OLDEST      WHAT
Ana Reyes  2      2024-01-02  nothing rests on them: removed
Ana Reyes  1      2024-02-02  stay: the present aim

2 files would be rewritten without them:
  progress/ana/ana-laptop.jsonl
  team/maya-pc.jsonl
Dry run, nothing was written. To remove them: upwards privacy retain --yes

"]]
    );
    assert_eq!(maya.everything(), before);
    let table = maya.run("readiness -f csv").ok().stdout;
    let ana = maya.laptop("ana").inside("../anas");
    ana.file("upwards.toml", maya.read("upwards.toml"));
    ana.file("people.toml", maya.read("people.toml"));
    ana.file(
        "curricula/tiny/curriculum.toml",
        maya.read("curricula/tiny/curriculum.toml"),
    );
    for module in ["answering", "framing"] {
        let file = format!("curricula/tiny/modules/{module}.toml");
        ana.file(&file, maya.read(&file));
    }
    ana.file(LOG, maya.read(LOG));
    ana.run("aim 'new'").ok();
    ana.run("send --all -o ../late.packet").ok();
    let done = maya.run("privacy retain --yes").ok();
    assert!(done.said().contains("2 lines removed"), "{done}");
    assert_eq!(
        maya.read("erased.toml"),
        "format = 1\n\n[[retained]]\nbefore = 2025-03-16\nday = 2026-03-16\n"
    );
    let left: Vec<u64> = maya
        .events(LOG)
        .iter()
        .filter_map(|e| e["seq"].as_u64())
        .collect();
    assert_eq!(left, [2, 4]);
    assert_eq!(maya.read("team/maya-pc.jsonl"), "");
    assert_eq!(maya.run("readiness -f csv").ok().stdout, table);
    for command in ["check", "doctor"] {
        maya.run(command).ok();
    }
    // Late lines: the old ones are refused, the new one is taken, and nothing is said to be missing.
    let late = maya.run("receive ../late.packet --yes --skip-rejected");
    assert!(
        late.stdout.contains("2 known, 2 refused") && late.told().contains("before 2025-03-16"),
        "{late}"
    );
    assert!(!late.told().contains("missing"), "{late}");
    let left: Vec<u64> = maya
        .events(LOG)
        .iter()
        .filter_map(|e| e["seq"].as_u64())
        .collect();
    assert_eq!(left, [2, 4, 5]);
    let receipt = "upwards receipt for ana, workspace halden-3f9c\n2024-01-02 aimed \"OLD-THREE\"\n";
    maya.file("../late.txt", receipt);
    let refused = maya.run("receive ../late.txt --yes --skip-rejected");
    assert!(
        refused.told().contains("were removed here as too old"),
        "{refused}"
    );
    assert!(!maya.read(LOG).contains("OLD-THREE"));
    // The new aim supersedes the old one.
    let again = maya.run("privacy retain --yes").ok();
    assert!(again.said().contains("1 line removed"), "{again}");
    assert!(!maya.read(LOG).contains("OLD-"));
    assert!(
        maya.run("privacy retain --yes")
            .ok()
            .stdout
            .contains("There are none.")
    );
}

#[test]
fn one_who_does_not_lead_looks_after_their_own_and_writes_on() {
    let maya = with_old_lines();
    maya.file(
        "progress/bo/bo-laptop.jsonl",
        event(7, 1, "2024-01-02", &aimed("BO")).replace("ana", "bo"),
    );
    let ana = maya.laptop("ana");
    let rows = ana.run("privacy retain -f json").ok().rows();
    assert!(rows.iter().all(|row| row["person"] == "ana"), "{rows:?}");
    ana.run("privacy retain --yes").ok();
    ana.run("aim 'new'").ok();
    assert_eq!(ana.events(LOG).last().expect("a line")["seq"], 5);
    maya.run("check").ok();
}

#[test]
fn without_a_rule_nothing_is_too_old() {
    let maya = Sandbox::halden();
    maya.file(LOG, event(1, 1, "2004-01-02", &aimed("OLD")));
    let told = maya.run("privacy retain --yes").ok();
    assert!(told.told().contains("This workspace has no rule"), "{told}");
    assert!(!maya.has("erased.toml"));
}
