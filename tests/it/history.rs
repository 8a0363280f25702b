//! `history`: what was recorded, in words, newest first.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

fn ana() -> Sandbox {
    let ana = Sandbox::halden().laptop("ana");
    ana.laptop("maya")
        .on("2026-03-09")
        .run("assign framing --to ana --due 2026-04-10")
        .ok();
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nframing.stop = { choice = 2 }\nanswering.hour.text = \"Private thought\"\n",
    );
    ana.on("2026-03-12")
        .run("learn --step who --answers ../a.toml")
        .ok();
    ana.on("2026-03-13")
        .run("learn --step hour --answers ../a.toml")
        .ok();
    ana.run("learn --step one-rule --personal yes --done 'Wrote who may answer at night'")
        .ok();
    ana
}

#[test]
fn ones_own_history_holds_what_is_private_too() {
    let ana = ana();
    assert_data_eq!(
        ana.run("history").ok().stdout,
        str![[r#"
DAY         EVENT                                 WHAT
2026-03-16  3ec1c675-e6d2-4743-a822-049c8ae3a378  practised Write one rule, own hand: "Wrote who may answer at night"
2026-03-13  be625ce1-b749-4dba-87c1-6dc8b0a6888c  a line on KLM: an hour in the answer seat (private)
2026-03-13  54b1587b-e11b-473c-9178-9830fe7f8e5f  finished KLM: an hour in the answer seat
2026-03-13  09296000-24e7-48cc-a42a-165245220282  started KLM: an hour in the answer seat
2026-03-12  3fa669e1-44f1-4366-9511-968a06f346c3  "Who may stop it": missed (private)
2026-03-12  cf4f81dc-c8db-4e09-ac14-f89d4fba30c3  finished Who decides
2026-03-12  b03abdc3-969a-48c9-84d7-5a346d5ef092  started Who decides
2026-03-09  483559e3-29a9-4088-922f-31f9c520ec86  assigned Setting the frame, due 2026-04-10, by Maya Lund

"#]]
    );
}

#[test]
fn a_leader_sees_what_is_shared_and_nothing_else() {
    let ana = ana();
    let maya = ana.laptop("maya");
    for line in [
        "history --person ana",
        "history --person ana -f json",
        "history --as ana",
    ] {
        let shown = maya.run(line).ok();
        for private in ["missed", "reflection", "Private thought", "answered"] {
            assert!(!shown.stdout.contains(private), "{private}: {shown}");
        }
        assert!(shown.stdout.contains("finished Who decides"), "{shown}");
    }
    // Nor on the person's own device, if another person is asked for.
    let other = ana.laptop("ana").run("history --person ana").ok();
    assert!(!other.stdout.contains("(private)"), "{other}");
}

#[test]
fn it_is_narrowed_by_day_and_kind() {
    let ana = ana();
    let rows = ana.run("history --since 2026-03-13 -f csv").ok().csv();
    assert_eq!(rows.len(), 4);
    let rows = ana.run("history --kind assigned -f jsonl").ok().jsonl();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["by"], "maya");
    let wrong = ana.run("history --since 2026-02-30").code(2);
    assert!(wrong.said().contains("--since: 2026-02-30 is no day"), "{wrong}");
    let empty = ana.laptop("bo").run("history").ok();
    assert_eq!(empty.stdout, "Nothing was recorded yet.\n");
    assert_eq!(ana.laptop("bo").run("history -f json").ok().rows().len(), 0);
}

#[test]
fn a_kind_of_the_future_is_shown_and_kept() {
    let ana = ana();
    let line = "{\"v\":1,\"id\":\"00000000-0000-4000-8000-00000000000b\",\"seq\":1,\"day\":\"2026-03-15\",\"person\":\"ana\",\"by\":\"ana\",\"device\":\"phone\",\"kind\":\"levitated\",\"height\":3}\n";
    ana.file("progress/ana/phone.jsonl", line);
    let rows = ana.run("history -f json").ok().rows();
    let newer = rows
        .iter()
        .find(|r| r["kind"] == "levitated")
        .expect("it is shown");
    assert_eq!(newer["words"], "an event of a newer kind (levitated)");
    assert_eq!(newer["device"], "phone");
    ana.run("learn --step one-rule --personal yes --done 'Again'")
        .ok();
    assert_eq!(ana.read("progress/ana/phone.jsonl"), line);
}

#[test]
fn days_are_shown_and_never_hours() {
    let ana = ana();
    for (path, bytes) in ana.workspace() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("T09:00"), "{path}");
    }
    let shown = ana.run("history -f json").ok();
    assert!(!shown.stdout.contains("09:00"), "{shown}");
}
