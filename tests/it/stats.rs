//! What authors see of a curriculum is about material; of people only what these gave, from enough of them on.

use serde_json::json;
use snapbox::{assert_data_eq, str};
use upwards::report::{Tries, item_statistics};

use crate::support::Sandbox;

/// Answers of one person to the three questions of `first`, by the place of the option.
fn answers(words: usize, leave: usize) -> String {
    format!(
        "format = 1\n[answers]\nanswering.words = {{ choice = {words} }}\nanswering.leave = {{ choice = {leave} }}\nanswering.both = {{ choice = [1, 2] }}\n"
    )
}

/// So many people of a workspace, all on their own computers, who answered; the first one wrong throughout.
fn crowd(count: usize) -> (Sandbox, Vec<Sandbox>) {
    let maya = Sandbox::halden();
    let mut people = Vec::new();
    for n in 0..count {
        let id = format!("p{n}");
        maya.run(&format!("people add --id {id} --name 'Person {n}' --yes"))
            .ok();
        let own = format!("../own/{id}/config.toml");
        maya.file(
            &own,
            format!("format = 1\n\n[me]\n{} = \"{id}\"\n", crate::support::WORKSPACE),
        );
        let person = maya.laptop(&id).env("UPWARDS_SEED", &id);
        maya.file(
            "answers.toml",
            answers(if n == 0 { 1 } else { 2 }, if n == 0 { 2 } else { 1 }),
        );
        person
            .run("learn --step answering.first --answers answers.toml")
            .ok();
        people.push(person);
    }
    std::fs::remove_file(maya.path("answers.toml")).expect("it was there");
    (maya, people)
}

#[test]
fn first_tries_are_given_once_asked_and_taken_back() {
    let (maya, people) = crowd(1);
    let ana = &people[0];
    let before = maya.workspace();
    let shown = ana.run("privacy share -n").ok();
    assert!(
        shown.stdout.contains("\"question\":\"answering.leave\""),
        "{shown}"
    );
    // Without a terminal and without a word nothing is given.
    ana.run("privacy share").code(2);
    assert_eq!(maya.workspace(), before);
    let given = ana.run("privacy share --yes").ok();
    let more: Vec<(String, Vec<u8>)> = maya
        .workspace()
        .into_iter()
        .filter(|(path, _)| !before.contains_key(path))
        .collect();
    let [(path, bytes)] = more.as_slice() else {
        panic!("{more:?} {given}");
    };
    let name = path
        .strip_prefix("work/items/")
        .and_then(|n| n.strip_suffix(".jsonl"))
        .expect("its place");
    assert!(
        name.len() == 12 && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
        "{name}"
    );
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    assert_data_eq!(
        text.clone(),
        str![[r#"
{"v":1,"curriculum":"tiny","question":"answering.both","rev":1,"chosen":[1,2],"ok":true}
{"v":1,"curriculum":"tiny","question":"answering.leave","rev":1,"chosen":[2],"ok":false}
{"v":1,"curriculum":"tiny","question":"answering.words","rev":1,"chosen":[1],"ok":false}

"#]]
    );
    for private in ["p0", "Person", "2026", "laptop"] {
        assert!(!text.contains(private), "{private}: {text}");
    }
    // A second try changes nothing of the first; a new gift takes the place of the old one.
    maya.file("answers.toml", answers(2, 1));
    let later = ana.on("2026-03-20").env("UPWARDS_SEED", "other");
    later
        .run("learn --step answering.first --answers answers.toml")
        .ok();
    later.run("privacy share --yes").ok();
    let files: Vec<(String, Vec<u8>)> = maya
        .workspace()
        .into_iter()
        .filter(|(path, _)| path.contains("/items/"))
        .collect();
    assert_eq!(files.len(), 1);
    assert_ne!(files[0].0, *path);
    assert_eq!(files[0].1, *bytes);
    ana.run("privacy share --stop").ok();
    assert!(!maya.workspace().keys().any(|path| path.contains("/items/")));
    let none = ana.run("privacy share --stop").ok();
    assert!(none.told().contains("Nothing of yours"), "{none}");
    // Who left takes back what they gave, though nobody here has their id any more.
    ana.run("privacy share --yes").ok();
    maya.run("people remove p0 --confirm p0 --yes").ok();
    ana.run("privacy share --stop").ok();
    assert!(!maya.workspace().keys().any(|path| path.contains("/items/")));
    ana.run("privacy share --yes --demo").code(2);
    ana.run("privacy share --yes --as bo").code(2);
}

#[test]
fn figures_of_questions_come_from_enough_people_only() {
    let (maya, people) = crowd(5);
    for person in &people[..4] {
        person.run("privacy share --yes").ok();
    }
    let rows = maya.run("stats tiny --items -f json").ok().rows();
    assert_eq!(rows.len(), 4);
    for row in &rows {
        for key in ["n", "right", "right_low", "discrimination", "compared"] {
            assert_eq!(row[key], json!(null), "{row}");
        }
    }
    people[4].run("privacy share --yes").ok();
    let rows = maya.run("stats tiny --items -f json").ok().rows();
    let words = rows
        .iter()
        .find(|row| row["question_id"] == "answering.words")
        .expect("its row");
    assert_eq!(words["n"], 5);
    assert_eq!(words["right"], json!(0.8));
    assert_eq!(words["right_low"], json!(0.376));
    assert_eq!(words["right_high"], json!(0.964));
    assert_eq!(words["compared"], 5);
    // What nobody gave stays unknown.
    let last = rows
        .iter()
        .find(|row| row["n"] == json!(null))
        .expect("an untried one");
    assert_eq!(last["right"], json!(null));
    // A larger smallest group hides them again.
    let settings = maya.read("upwards.toml");
    maya.file("upwards.toml", format!("{settings}\n[privacy]\nmin_group = 6\n"));
    let rows = maya.run("stats tiny --items -f json").ok().rows();
    assert!(rows.iter().all(|row| row["n"] == json!(null)));
    maya.file("upwards.toml", &settings);
    // A raised revision begins anew; nobody's name is in any format.
    let module = maya.read("curricula/tiny/modules/answering.toml");
    maya.file(
        "curricula/tiny/modules/answering.toml",
        module.replace("title = \"First words\"\n", "title = \"First words\"\nrev = 2\n"),
    );
    for format in ["table", "plain", "csv", "json", "jsonl", "md", "html"] {
        let shown = maya.run(&format!("stats tiny --items -f {format}")).ok();
        assert!(
            !shown.stdout.contains("Person") && !shown.stdout.contains("p0"),
            "{shown}"
        );
    }
    let rows = maya.run("stats tiny --items -f json").ok().rows();
    let words = rows
        .iter()
        .find(|row| row["question_id"] == "answering.words")
        .expect("its row");
    assert_eq!(words["n"], json!(null));
}

#[test]
fn a_damaged_line_of_items_is_told_and_does_not_count() {
    let maya = Sandbox::halden();
    let sound = r#"{"v":1,"curriculum":"tiny","question":"answering.words","rev":1,"chosen":[1],"ok":true}"#;
    for name in [
        "abcdefghjk22",
        "abcdefghjk23",
        "abcdefghjk24",
        "abcdefghjk25",
        "abcdefghjk26",
    ] {
        maya.file(&format!("items/{name}.jsonl"), format!("{sound}\n"));
    }
    let cut = sound.replace(",\"ok\":true}", "");
    maya.file("items/abcdefghjk27.jsonl", format!("{{\"v\":1}}\n{cut}\n\u{0}\n"));
    let told = maya.run("stats tiny --items").ok();
    assert!(told.said().contains("items/abcdefghjk27.jsonl"), "{told}");
    assert!(
        told.told().contains("first tries of 5 people who gave them"),
        "{told}"
    );
    let rows = maya.run("stats tiny --items -f json").ok().rows();
    let words = rows.iter().find(|row| row["question_id"] == "answering.words");
    assert_eq!(words.expect("its row")["n"], 5);
    // A copy that a sync tool made is nobody's.
    maya.file("items/abcdefghjk22 (2).jsonl", format!("{sound}\n"));
    let rows = maya.run("stats tiny --items -f json").ok().rows();
    let words = rows.iter().find(|row| row["question_id"] == "answering.words");
    assert_eq!(words.expect("its row")["n"], 5);
    // What is told leads to where each line is named.
    for command in ["check --only U524 -f json", "doctor -f json"] {
        let found = maya.run(command);
        let lines: Vec<_> = found
            .rows()
            .into_iter()
            .filter(|row| row["code"] == "U524" && row["file"] == "items/abcdefghjk27.jsonl")
            .map(|row| (row["line"].clone(), row["severity"].clone()))
            .collect();
        let wanted = [1, 2, 3].map(|line| (json!(line), json!("warning")));
        assert_eq!(lines, wanted, "{command}: {found}");
    }
}

#[test]
fn how_few_gave_first_tries_is_not_told() {
    let maya = Sandbox::halden();
    let line = |curriculum: &str| {
        format!(
            "{{\"v\":1,\"curriculum\":\"{curriculum}\",\"question\":\"answering.words\",\"rev\":1,\"chosen\":[1],\"ok\":true}}\n"
        )
    };
    let few = "first tries of fewer than 5 people.";
    let none = maya.run("stats tiny --items").ok();
    assert!(none.told().contains(few), "{none}");
    for (name, curriculum) in [
        ("abcdefghjk22", "tiny"),
        ("abcdefghjk23", "tiny"),
        ("abcdefghjk24", "tiny"),
        ("abcdefghjk25", "tiny"),
        // Of another curriculum, and nothing that can be read: nobody's tries here.
        ("abcdefghjk26", "efficiency"),
        ("abcdefghjk27", ""),
    ] {
        let text = if curriculum.is_empty() {
            "{\n".to_owned()
        } else {
            line(curriculum)
        };
        maya.file(&format!("items/{name}.jsonl"), text);
        let shown = maya.run("stats tiny --items").ok();
        assert!(shown.told().contains(few), "{shown}");
    }
    maya.file("items/abcdefghjk28.jsonl", line("tiny"));
    let shown = maya.run("stats tiny --items").ok();
    assert!(
        shown.told().contains("first tries of 5 people who gave them."),
        "{shown}"
    );
}

#[test]
fn modules_capabilities_talks_and_support_are_counted() {
    let maya = Sandbox::halden();
    let rows = maya.run("stats tiny -f json").ok().rows();
    let row = |part: &str, id: &str| {
        let found = rows.iter().find(|row| row["part"] == part && row["id"] == id);
        found.unwrap_or_else(|| panic!("{part} {id}: {rows:?}")).clone()
    };
    let module = row("module", "answering");
    assert_eq!((&module["cases"], &module["questions"]), (&json!(1), &json!(3)));
    assert_eq!(row("capability", "serve")["questions"], 3);
    assert_eq!(row("talk", "peer")["real_minutes"], json!(null));
    for format in ["table", "csv", "md", "html"] {
        maya.run(&format!("stats efficiency -f {format}")).ok();
    }
    let shipped = maya.run("stats efficiency -f json").ok().rows();
    let claims: i64 = shipped
        .iter()
        .filter(|row| row["part"] == "grade" && row["id"] != "self-reported")
        .filter_map(|row| row["claims"].as_i64())
        .sum();
    assert!(claims > 50, "{claims}");
    let slip = maya.run("stats efficency").code(1);
    assert!(slip.said().contains("did you mean: efficiency"), "{slip}");
}

#[test]
fn talks_are_the_one_duration_that_is_shared_from_enough_people_on() {
    let maya = Sandbox::halden();
    let settings = maya.read("upwards.toml");
    maya.file("upwards.toml", format!("{settings}\n[privacy]\nmin_group = 3\n"));
    let step = maya.read("curricula/tiny/modules/answering.toml");
    let talk = step
        .split("[[step]]")
        .find(|step| step.contains("kind = \"talk\""))
        .and_then(|step| step.split("id = \"").nth(1)?.split('"').next().map(str::to_owned))
        .expect("a talk");
    let real = |sandbox: &Sandbox| {
        let rows = sandbox.run("stats tiny -f json").ok().rows();
        let row = rows
            .into_iter()
            .find(|row| row["part"] == "talk" && row["id"] == "peer")
            .expect("peers");
        (row["real_minutes"].clone(), row["people"].clone())
    };
    for (who, with, minutes) in [("ana", "bo", 20), ("bo", "ana", 30)] {
        maya.laptop(who)
            .run(&format!(
                "learn --step answering.{talk} --with {with} --attendance present --minutes-used {minutes}"
            ))
            .ok();
    }
    assert_eq!(real(&maya), (json!(null), json!(null)));
    maya.laptop("chen")
        .run(&format!(
            "learn --step answering.{talk} --with ana --attendance present --minutes-used 50"
        ))
        .ok();
    assert_eq!(real(&maya), (json!(30), json!(3)));
}

#[test]
fn stale_and_unused_material_is_named() {
    let maya = Sandbox::halden();
    maya.run("new case our-chat --in tiny").ok();
    maya.run("new module second --in tiny").ok();
    let rows = maya.run("stats tiny --stale -f json").ok().rows();
    let short: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {} {}", row["kind"], row["id"], row["why"]))
        .collect();
    assert_eq!(
        short,
        [
            "\"module\" \"second\" [\"draft\"]",
            "\"case\" \"our-chat\" [\"unused\"]",
        ]
    );
    // A module without a day of its own gets none: its curriculum is told.
    let file = "curricula/tiny/modules/second.toml";
    let text = maya.read(file);
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("review_by"))
        .collect();
    maya.file(file, lines.join("\n"));
    for day in ["2026-02-09", "2027-07-02"] {
        let rows = maya.on(day).run("stats tiny --stale -f json").ok().rows();
        let second = rows.iter().find(|row| row["id"] == "second").expect("a draft");
        assert_eq!(
            (&second["review_by"], &second["why"]),
            (&json!(null), &json!(["draft"]))
        );
    }
    let late = maya
        .on("2027-07-02")
        .run("stats tiny --stale -f json")
        .ok()
        .rows();
    let head = late
        .iter()
        .find(|row| row["kind"] == "curriculum")
        .expect("it is late");
    assert_eq!(
        (&head["days_past"], &head["why"]),
        (&json!(2), &json!(["past-review"]))
    );
}

/// The reference program's four groups of questions, figure by figure.
#[test]
fn the_golden_statistics_come_out() {
    let golden: serde_json::Value =
        serde_json::from_str(include_str!("../golden/readiness_golden.json")).expect("JSON");
    let groups = golden["question_statistics"].as_array().expect("a list");
    assert_eq!(groups.len(), 4);
    for group in groups {
        let mut tries = Tries::new();
        for (person, row) in group["first_tries"].as_object().expect("people") {
            let row = row.as_object().expect("tries").iter();
            tries.insert(person, row.map(|(q, ok)| (q.as_str(), ok == &json!(1))).collect());
        }
        let options = group["options"].as_object().into_iter().flatten();
        let options = options
            .map(|(q, n)| {
                (
                    q.as_str(),
                    n.as_u64().and_then(|n| n.try_into().ok()).expect("a count"),
                )
            })
            .collect();
        let chosen = group["chosen"].as_object().into_iter().flatten();
        let chosen = chosen
            .map(|(q, of)| {
                let of = of.as_object().expect("counts").iter();
                let of = of.map(|(at, n)| (at.parse().expect("a place"), n.as_u64().expect("a count")));
                (q.as_str(), of.collect())
            })
            .collect();
        let found = item_statistics(&tries, &options, &chosen);
        let expected = group["expected"].as_object().expect("questions");
        assert_eq!(found.len(), expected.len());
        for (question, wanted) in expected {
            let item = &found[question.as_str()];
            let flags: Vec<String> = item.flags.iter().map(|flag| flag.words()).collect();
            let given = json!({
                "n": item.n, "right": item.right, "p": item.share, "low": item.low, "high": item.high,
                "n_r": item.compared, "r": item.discrimination, "r_label": item.label(), "flags": flags,
            });
            assert_eq!(&given, wanted, "{}: {question}", group["name"]);
        }
    }
}

#[test]
fn a_narrow_screen_keeps_the_figures() {
    let maya = Sandbox::halden();
    let shown = maya.run("stats efficiency -f table --width 80").ok();
    assert!(
        shown
            .stdout
            .lines()
            .next()
            .is_some_and(|line| line.contains("MINUTES")),
        "{shown}"
    );
    let items = maya.run("stats efficiency --items -f table --width 80").ok();
    for heading in ["RIGHT", "DISCRIMINATION", "FLAGS"] {
        assert!(items.stdout.contains(heading), "{heading}: {items}");
    }
}
