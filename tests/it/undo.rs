//! `undo`: appends, takes back what belongs together, and is itself undone the same way.

use serde_json::json;
use snapbox::{assert_data_eq, str};

use crate::support::{Sandbox, WORKSPACE};

const SHARED: &str = "progress/ana/ana-laptop.jsonl";

fn points(sandbox: &Sandbox) -> String {
    sandbox.run("readiness ana --capability lead -f csv").ok().csv()[0]["points"].clone()
}

#[test]
fn a_practice_is_taken_back_and_brought_back() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("learn --step one-rule --personal yes --done 'Wrote who may answer'")
        .ok();
    assert_eq!(points(&ana), "40.0");
    let first = ana.run("undo").ok();
    assert_data_eq!(
        first.stdout,
        str![[r#"
  2026-03-16  takes back: practised Write one rule, own hand: "Wrote who
              may answer"
Taken back. To bring it back: upwards undo
  Lead       building -> not started   40.0 -> 0.0   limited by: practice
     -40.0  practice: Write one rule, no longer counts

"#]]
    );
    assert_eq!(points(&ana), "0.0");
    let second = ana.run("undo").ok();
    assert_data_eq!(
        second.stdout,
        str![[r#"
  2026-03-16  brings back: practised Write one rule, own hand: "Wrote
              who may answer"
Brought back. To take it back again: upwards undo
  Lead       not started -> building   0.0 -> 40.0   limited by: questions
     +40.0  practice: Write one rule

"#]]
    );
    assert_eq!(points(&ana), "40.0");
    // Nothing was removed: one line a step.
    let kinds: Vec<_> = ana.events(SHARED).iter().map(|e| e["kind"].clone()).collect();
    assert_eq!(kinds, [json!("practised"), json!("voided"), json!("voided")]);
    // A third time says what it does in the words of what was done first.
    let third = ana.run("undo").ok();
    assert!(
        third.stdout.contains("takes back: practised Write one rule"),
        "{third}"
    );
    assert_eq!(points(&ana), "0.0");
}

#[test]
fn a_quiz_goes_with_its_private_answers() {
    let ana = Sandbox::halden().laptop("ana");
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nframing.stop = { choice = 1 }\n",
    );
    ana.run("learn --step who --answers ../a.toml").ok();
    assert_eq!(points(&ana), "40.0");
    ana.run("undo").ok();
    assert_eq!(points(&ana), "0.0");
    let history = ana.run("history -f json").ok().rows();
    let taken = |kind: &str| {
        let row = history.iter().find(|r| r["kind"] == kind).expect("it is there");
        row["taken_back"].clone()
    };
    assert_eq!((taken("answered"), taken("finished")), (json!(true), json!(true)));
    ana.run("undo").ok();
    assert_eq!(points(&ana), "40.0");
}

#[test]
fn a_milestone_goes_with_the_sitting_that_reached_it() {
    let ana = Sandbox::halden().laptop("ana");
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nframing.stop = { choice = 1 }\n",
    );
    ana.run("learn --step one-rule --personal yes --done 'Wrote it'")
        .ok();
    ana.run("learn --step who --answers ../a.toml").ok();
    let later = ana.on("2026-03-20");
    later.run("learn --step who --answers ../a.toml").ok();
    let reached =
        |s: &Sandbox| s.run("readiness ana --capability lead -f csv").ok().csv()[0]["reached_on"].clone();
    assert_eq!(reached(&later), "2026-03-20");
    later.run("undo").ok();
    assert_eq!(reached(&later), "");
    later.run("undo").ok();
    assert_eq!(reached(&later), "2026-03-20");
}

#[test]
fn one_event_by_its_id() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("aim 'Answer faster'").ok();
    ana.run("learn --step one-rule --personal yes --done 'Wrote it'")
        .ok();
    let id = ana.events(SHARED)[0]["id"].as_str().expect("an id").to_owned();
    ana.run(&format!("undo {id}")).ok();
    assert_eq!(ana.events(SHARED)[2]["ref"], id.as_str());
    assert_eq!(
        ana.run("aim").ok().stdout.lines().next(),
        Some("You have no aim yet.")
    );
    let twice = ana.run(&format!("undo {id}")).code(1);
    assert!(twice.said().contains("was taken back already"), "{twice}");
    let nobody = ana.run("undo 00000000-0000-4000-8000-000000000000").code(1);
    assert!(nobody.said().contains("upwards history"), "{nobody}");
    ana.run("undo nonsense").code(2);
}

#[test]
fn a_dry_run_shows_it_and_writes_nothing() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("aim 'Answer faster'").ok();
    let before = ana.workspace();
    let shown = ana.run("undo --dry-run").ok();
    assert_data_eq!(
        shown.stdout,
        str![[r#"
  2026-03-16  takes back: aim: "Answer faster"
Dry run, nothing was written.

"#]]
    );
    assert_eq!(ana.workspace(), before);
}

#[test]
fn nothing_is_left_to_take_back() {
    let ana = Sandbox::halden().laptop("ana");
    let nothing = ana.run("undo").code(1);
    assert!(
        nothing.said().contains("nothing recorded on this computer"),
        "{nothing}"
    );
    // What others recorded is not undone from here.
    ana.laptop("maya").run("assign framing --to ana").ok();
    ana.run("undo").code(1);
}

#[test]
fn an_assignment_to_several_is_taken_back_as_one() {
    let maya = Sandbox::halden();
    maya.run("assign framing --to group:board --yes").ok();
    let undone = maya.run("undo").ok();
    assert!(undone.stdout.contains("assigned Setting the frame"), "{undone}");
    for person in ["ana", "bo"] {
        let log = maya.events(&format!("progress/{person}/maya-laptop.jsonl"));
        assert_eq!((log.len(), &log[1]["ref"]), (2, &log[0]["id"]), "{person}");
    }
}

#[test]
fn without_its_note_the_newest_line_is_meant() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("aim 'First'").ok();
    ana.run("aim 'Second'").ok();
    std::fs::remove_file(ana.own(&format!("{WORKSPACE}/last.json"))).expect("it was there");
    let shown = ana.run("undo --dry-run").ok();
    assert!(shown.stdout.contains("\"Second\""), "{shown}");
}

#[test]
fn it_works_from_another_device_after_a_sync() {
    let laptop = Sandbox::halden().laptop("ana");
    let home = laptop.path("../own/phone").to_string_lossy().into_owned();
    laptop.file(
        "../own/phone/config.toml",
        format!("format = 1\n\n[me]\n{WORKSPACE} = \"ana\"\n"),
    );
    let phone = laptop
        .env("UPWARDS_HOME", &home)
        .env("UPWARDS_DEVICE", "ana-phone");
    laptop
        .run("learn --step one-rule --personal yes --done 'Wrote it'")
        .ok();
    let id = laptop.events(SHARED)[0]["id"].as_str().expect("an id").to_owned();
    phone.run(&format!("undo {id}")).ok();
    assert_eq!((points(&phone), points(&laptop)), ("0.0".into(), "0.0".into()));
    // Each device writes into its own file, and both lines are in the history of both.
    let voided = phone.events("progress/ana/ana-phone.jsonl");
    assert_eq!(
        (&voided[0]["kind"], &voided[0]["ref"]),
        (&json!("voided"), &json!(id))
    );
    for device in [&phone, &laptop] {
        let history = device.run("history").ok().stdout;
        assert!(
            history.contains("practised Write one rule") && history.contains("took back"),
            "{history}"
        );
    }
    let back = voided[0]["id"].as_str().expect("an id");
    // A correction of a correction counts behind it, and lines of one day stand in the order of their devices.
    let too_early = laptop.run(&format!("undo {back}")).code(1);
    assert!(
        too_early.said().contains("ana-phone took that back today"),
        "{too_early}"
    );
    assert_eq!(laptop.events(SHARED).len(), 1);
    let restored = laptop.on("2026-03-17").run(&format!("undo {back}")).ok();
    assert!(
        restored.stdout.contains("brings back: practised Write one rule"),
        "{restored}"
    );
    assert_eq!(points(&phone.on("2026-03-17")), "40.0");
}
