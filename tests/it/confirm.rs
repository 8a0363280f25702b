//! `confirm`: what others recorded counts once the person says so.

use snapbox::{assert_data_eq, str};

use crate::support::{Output, Sandbox};

/// Maya recorded two practices for Ana.
fn recorded() -> (Sandbox, [String; 2]) {
    let maya = Sandbox::halden();
    maya.run("learn --as ana --step answer-one --personal yes --done 'Called the dealer'")
        .ok();
    maya.run("learn --as ana --step one-rule --personal no --done 'Wrote the rule'")
        .ok();
    let ids = maya.events("progress/ana/maya-laptop.jsonl");
    let id = |at: usize| ids[at]["id"].as_str().expect("an id").to_owned();
    (maya.laptop("ana"), [id(0), id(1)])
}

fn hands_on(sandbox: &Sandbox) -> Vec<String> {
    let rows = sandbox.run("readiness ana -f csv").ok().csv();
    rows.iter().map(|row| row["hands_on_points"].clone()).collect()
}

#[test]
fn it_names_what_waits_and_how_to_answer() {
    let (ana, ids) = recorded();
    let asked = ana.run("confirm").code(2);
    for words in ["upwards confirm EVENT", "--all", "--reject EVENT"] {
        assert!(asked.said().contains(words), "{asked}");
    }
    assert!(
        asked.stdout.contains(&ids[0]) && asked.stdout.contains(&ids[1]),
        "{asked}"
    );
    assert!(asked.stdout.contains("recorded by Maya Lund"), "{asked}");
}

#[test]
fn all_of_it_counts_from_then_on() {
    let (ana, _) = recorded();
    assert_eq!(hands_on(&ana), ["0.0", "0.0"]);
    assert_data_eq!(
        ana.run("confirm --all").ok().stdout,
        str![[r"
Saved: 2 confirmed, 0 rejected.   (upwards undo)
  Serve      not started -> building   0.0 -> 40.0   limited by: questions
     +40.0  practice: Answer one customer
  Lead       not started -> building   0.0 -> 40.0   limited by: questions
     +40.0  practice: Write one rule

"]]
    );
    assert_eq!(hands_on(&ana), ["40.0", "40.0"]);
    let again = ana.run("confirm --all").ok();
    assert_eq!(again.stdout, "Nothing waits for your word.\n");
    assert_eq!(ana.run("confirm").ok().stdout, "Nothing waits for your word.\n");
}

#[test]
fn one_is_confirmed_and_one_rejected() {
    let (ana, [one, other]) = recorded();
    ana.run(&format!("confirm {one} --reject {other}")).ok();
    assert_eq!(hands_on(&ana), ["40.0", "0.0"]);
    ana.run("undo").ok();
    assert_eq!(hands_on(&ana), ["0.0", "0.0"]);
}

#[test]
fn answers_of_a_file_do_the_same() {
    let (ana, [one, other]) = recorded();
    ana.file(
        "../a.toml",
        format!("format = 1\n[answers]\nconfirm.{one} = \"yes\"\nconfirm.{other} = \"later\"\n"),
    );
    let done = ana.run("confirm --answers ../a.toml").ok();
    assert!(done.stdout.contains("Saved: 1 confirmed, 0 rejected."), "{done}");
    assert_eq!(hands_on(&ana), ["40.0", "0.0"]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let (ana, _) = recorded();
    let before = ana.workspace();
    ana.run("confirm --all --dry-run").ok();
    assert_eq!(ana.workspace(), before);
}

#[test]
fn only_the_person_can() {
    let (ana, [one, _]) = recorded();
    let before = ana.workspace();
    let refused = |out: Output, words: &str| assert!(out.said().contains(words), "{out}");
    refused(
        ana.laptop("maya").run("confirm --all --as ana").code(2),
        "only Ana Reyes can confirm",
    );
    refused(
        ana.laptop("bo").run(&format!("confirm {one}")).code(1),
        "does not wait for your word",
    );
    refused(
        ana.run("confirm 00000000-0000-4000-8000-000000000000").code(1),
        "upwards confirm",
    );
    refused(ana.run("confirm nonsense").code(2), "is no event's id");
    assert_eq!(ana.workspace(), before);
}

#[test]
fn received_words_count_at_once_and_may_be_contested() {
    let ana = Sandbox::halden().laptop("ana");
    let id = "00000000-0000-4000-8000-00000000000a";
    ana.file(
        "progress/ana/ana-page-9m3t.jsonl",
        format!("{{\"v\":1,\"id\":\"{id}\",\"seq\":1,\"day\":\"2026-03-15\",\"person\":\"ana\",\"by\":\"ana\",\"device\":\"ana-page-9m3t\",\"kind\":\"practised\",\"curriculum\":\"tiny\",\"step\":\"framing.one-rule\",\"rev\":1,\"capabilities\":[\"lead\"],\"personal\":true,\"evidence\":\"Wrote it\",\"may_quote\":false,\"via\":{{\"by\":\"maya\",\"form\":\"page\"}}}}\n"),
    );
    assert_eq!(hands_on(&ana), ["0.0", "40.0"]);
    let shown = ana.run("confirm").ok();
    assert!(
        shown.stdout.contains("in your words, received by Maya Lund"),
        "{shown}"
    );
    ana.run(&format!("confirm --reject {id}")).ok();
    assert_eq!(hands_on(&ana), ["0.0", "0.0"]);
}
