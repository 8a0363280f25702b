//! `export xapi`: what statements hold, and that a store holds each of them once. The real store and the validator are
//! started by ignored tests, which `.ci/run` asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::source::root;
use crate::support::{Sandbox, WORKSPACE};

#[cfg(feature = "lrs")]
mod sent;

/// Stands in everything that nobody but the person may read, and in what was done.
const CANARY: &str = "canary-7731";

/// A workspace in which every private kind of entry was written, and most shared ones.
fn team() -> Sandbox {
    let maya = Sandbox::halden();
    for module in ["answering", "framing"] {
        maya.run(&format!(
            "assign {module} --to group:board --due 2026-03-01 --yes"
        ))
        .ok();
    }
    let ana = maya.laptop("ana").on("2026-03-10");
    maya.file(
        "../a.toml",
        "format = 1\n[answers]\nframing.stop = { choice = 1, sure = \"certain\" }\nanswering.what-stops-me.text = \"canary-7731\"\n",
    );
    ana.run("learn --step who --answers ../a.toml").ok();
    ana.run("learn --step answering.what-stops-me --answers ../a.toml")
        .ok();
    ana.run("notes add canary-7731").ok();
    ana.run("learn --step answer-one --personal yes --done canary-7731 --before 19")
        .ok();
    ana.run("learn --step answering.ask-a-peer --with bo --minutes-used 15 --commitment canary-7731")
        .ok();
    let bo = maya.laptop("bo").on("2026-03-11");
    bo.run("learn --step one-rule --personal yes --done canary-7731")
        .ok();
    bo.run("undo").ok();
    maya.run("assign answering --to bo --waive ask-a-peer --reason canary-7731 --yes")
        .ok();
    maya
}

fn id(statement: &Value) -> String {
    statement["id"].as_str().expect("an id").to_owned()
}

fn verb(statement: &Value) -> &str {
    let iri = statement["verb"]["id"].as_str().expect("a verb");
    iri.rsplit('/').next().expect("its end")
}

fn people(statements: &[Value]) -> BTreeSet<String> {
    let name = |one: &Value| {
        one["actor"]["account"]["name"]
            .as_str()
            .expect("a name")
            .to_owned()
    };
    statements.iter().map(name).collect()
}

fn statements(of: &Sandbox, more: &str) -> Vec<Value> {
    of.run(&format!("export xapi -f jsonl {more}")).ok().jsonl()
}

/// Events of one kind, straight into somebody's log.
fn log(of: &Sandbox, person: &str, device: &str, count: usize, batch: usize) {
    let line = |n: usize| {
        let id = format!("7{batch:03}d4e0-2c35-4b1f-8e77-{n:012}");
        format!(
            "{{\"v\":1,\"id\":\"{id}\",\"seq\":{n},\"day\":\"2026-03-{:02}\",\"person\":\"{person}\",\"by\":\"{person}\",\"device\":\"{device}\",\"kind\":\"finished\",\"curriculum\":\"tiny\",\"step\":\"answering.hour\",\"rev\":1}}\n",
            1 + n % 15
        )
    };
    let lines: Vec<String> = (1..=count).map(line).collect();
    of.file(&format!("progress/{person}/{device}.jsonl"), lines.concat());
}

#[test]
fn statements_say_what_shared_events_say() {
    let maya = team();
    let all = statements(&maya, "");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &all {
        *counts.entry(verb(one)).or_default() += 1;
        assert!(one.get("version").is_none() && one["actor"].get("name").is_none());
        assert!(
            one["timestamp"]
                .as_str()
                .expect("a time")
                .ends_with("T00:00:00.000Z")
        );
    }
    assert!(counts["completed"] >= 5 && counts["voided"] >= 1, "{counts:?}");
    assert_eq!(people(&all), BTreeSet::from(["ana".to_owned(), "bo".to_owned()]));
    let ids: BTreeSet<String> = all.iter().map(id).collect();
    assert_eq!(ids.len(), all.len());
    let talk = all
        .iter()
        .find(|one| one["result"]["duration"] == "PT15M")
        .expect("a talk");
    let object = talk["object"]["id"].as_str().expect("an id");
    assert!(
        object.starts_with(&format!("urn:upwards:{WORKSPACE}:meeting/")),
        "{object}"
    );
    assert!(!talk.to_string().contains("\"bo\"") && !object.contains("bo"));
}

#[test]
fn one_list_or_one_a_line_and_the_same_bytes_each_time() {
    let maya = team();
    let lines = maya.run("export xapi -f jsonl").ok().stdout;
    let list = maya.run("export xapi").ok();
    assert_eq!(
        list.json().as_array().expect("a list").len(),
        lines.lines().count()
    );
    let joined = lines.trim_end().replace('\n', ",\n");
    assert_eq!(list.stdout, format!("[\n{joined}\n]\n"));
    let told = maya.run("export xapi -o s.jsonl").ok().said();
    assert_eq!(maya.read("s.jsonl"), lines);
    assert!(
        told.contains(&format!("wrote s.jsonl: {} statements", lines.lines().count())),
        "{told}"
    );
    maya.run("export xapi -o s.json").ok();
    assert_eq!(maya.read("s.json"), list.stdout);
    // Another computer, another time zone, copies of logs: the same.
    let log = maya.read("progress/ana/ana-laptop.jsonl");
    maya.file("progress/ana/ana-laptop (1).jsonl", log);
    let again = maya
        .env("TZ", "Asia/Tokyo")
        .run("export xapi -f jsonl --as maya")
        .ok();
    assert_eq!(again.stdout, lines);
    assert_eq!(maya.run("export xapi --since 2027-01-01").ok().stdout, "[]\n");
    assert_eq!(
        maya.run("export xapi --since 2027-01-01 -f jsonl").ok().stdout,
        ""
    );
    for wrong in [
        "export xapi -f csv",
        "export xapi -o s.csv",
        "export xapi -f xlsx",
    ] {
        assert!(
            maya.run(wrong).code(2).said().contains("statements are JSON"),
            "{wrong}"
        );
    }
}

#[test]
fn only_who_is_chosen_and_nobody_who_was_erased() {
    let maya = team();
    let all = statements(&maya, "");
    let late = statements(&maya, "--since 2026-03-11");
    assert!(!late.is_empty() && late.len() < all.len());
    assert_eq!(people(&late), BTreeSet::from(["bo".to_owned()]));
    let board = statements(&maya, "--group board");
    assert!(!board.is_empty() && board.len() <= all.len());
    maya.run("export xapi --group nobody").code(1);
    // Others than leaders get their own.
    let own = maya.laptop("bo").run("export xapi -f jsonl").ok().jsonl();
    assert_eq!(people(&own), BTreeSet::from(["bo".to_owned()]));
    maya.file(
        "erased.toml",
        "format = 1\n\n[[erased]]\nid = \"bo\"\nday = 2026-03-16\n",
    );
    let left = statements(&maya, "");
    assert!(!left.is_empty() && left.iter().all(|one| !one.to_string().contains("\"bo\"")));
}

#[test]
fn the_base_of_the_workspace_names_everything() {
    let maya = team();
    let settings = maya.read("upwards.toml");
    maya.file(
        "upwards.toml",
        format!("{settings}\n[xapi]\nbase = \"https://learn.halden.example/\"\n"),
    );
    for one in statements(&maya, "") {
        assert_eq!(
            one["actor"]["account"]["homePage"],
            "https://learn.halden.example/"
        );
        if one["object"]["objectType"] == "Activity" {
            let id = one["object"]["id"].as_str().expect("an id");
            assert!(id.starts_with("https://learn.halden.example/"), "{id}");
        }
    }
    maya.file(
        "upwards.toml",
        format!("{settings}\n[xapi]\nbase = \"https://learn halden/\"\n"),
    );
    assert!(maya.run("export xapi").code(1).said().contains("[xapi] base"));
}

#[test]
fn nothing_private_and_no_evidence_is_in_any_statement() {
    let maya = team();
    // It is there, in what was written by everybody, private and shared.
    let files = maya.everything();
    let holding = files
        .iter()
        .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(CANARY));
    let holding: Vec<&String> = holding.map(|(name, _)| name).collect();
    assert!(holding.iter().any(|name| name.contains("private")), "{holding:?}");
    assert!(
        holding.iter().any(|name| name.contains("progress")),
        "{holding:?}"
    );
    for who in ["maya", "ana", "bo"] {
        let told = maya.laptop(who).run("export xapi").ok();
        assert!(told.stdout.len() > 2, "{who}");
        assert!(
            !told.stdout.contains(CANARY) && !told.stderr.contains(CANARY),
            "{who}"
        );
        for private in [
            "answered",
            "reflected",
            "noted",
            "rated",
            "spent",
            "score",
            "framing.stop",
        ] {
            assert!(!told.stdout.contains(private), "{who}: {private}");
        }
    }
}

#[test]
fn where_statements_may_not_go_they_do_not() {
    let maya = team();
    let https = "https://";
    for (to, why) in [
        ("http://lrs.example/xAPI", "readable for everybody"),
        ("lrs.example/xAPI", "does not start with https://"),
        (
            &*format!("{https}me:hunter2@lrs.example/xAPI"),
            "holds a name or a password",
        ),
    ] {
        let told = maya.run(&format!("export xapi --to {to}")).code(2);
        assert!(told.said().contains(why), "{told}");
        assert!(!told.stderr.contains("hunter2"), "{told}");
    }
    maya.run("export xapi --to https://lrs.example/xAPI -o x.json")
        .code(2);
    maya.run("export xapi --demo --to https://lrs.example/xAPI")
        .code(2);
    maya.run("export xapi --ca x.pem").code(2);
}

#[cfg(not(feature = "lrs"))]
#[test]
fn a_build_without_network_code_says_how_to_get_one_that_has_it() {
    let told = team().run("export xapi --to https://lrs.example/xAPI").code(1);
    assert!(
        told.said().contains("no network code") && told.said().contains("--features lrs"),
        "{told}"
    );
}

#[test]
#[ignore = "needs node and the validator of tests/record_store"]
fn a_validator_finds_nothing_in_any_statement() {
    let maya = team();
    log(&maya, "chen", "chen-laptop", 50, 1);
    let settings = maya.read("upwards.toml");
    maya.run("export xapi -o a.json").ok();
    maya.file(
        "upwards.toml",
        format!("{settings}\n[xapi]\nbase = \"https://learn.halden.example\"\n"),
    );
    maya.run("export xapi -o b.json").ok();
    maya.run("export xapi --demo -o c.json").ok();
    for file in ["a.json", "b.json", "c.json"] {
        let output = Command::new("node")
            .arg(root().join("tests/record_store/validate.mjs"))
            .arg(maya.path(file))
            .output()
            .expect("node is installed");
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        println!("{file}: {}", told.trim_end());
        assert!(
            output.status.success(),
            "{told}{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
