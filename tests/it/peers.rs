//! `peers`: groups around who has been through it, and what is said where nobody has.

use std::collections::BTreeSet;

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// Six executives of whom one says that they have been through it, and a guest who does.
fn with_hosts() -> Sandbox {
    let maya = Sandbox::halden();
    let mut people = maya.read("people.toml").replace(
        "unit = \"service\"\n",
        "unit = \"service\"\nexperience = [\"serve\"]\nrival = [\"parcels\"]\n",
    );
    for (id, name, more) in [
        ("dana", "Dana Okafor", "reports_to = \"bo\"\n"),
        ("eli", "Eli Novak", ""),
        ("farah", "Farah Aziz", ""),
        ("gus", "Gus Hart", ""),
        (
            "kim",
            "Kim Berg",
            "external = true\nexperience = [\"serve\"]\nrival = [\"parcels\"]\n",
        ),
    ] {
        people += &format!("\n[[person]]\nid = \"{id}\"\nname = \"{name}\"\n{more}");
    }
    maya.file("people.toml", people);
    maya
}

fn formed(sandbox: &Sandbox, line: &str) -> Vec<(String, BTreeSet<String>)> {
    let rows = sandbox.run(&format!("{line} -n -f csv")).ok().csv();
    let members = |row: &str| row.split('|').map(str::to_owned).collect();
    rows.iter()
        .map(|row| (row["host_id"].clone(), members(&row["members"])))
        .collect()
}

#[test]
fn each_group_has_one_who_has_been_through_it_and_nobody_sits_with_their_boss() {
    let maya = with_hosts();
    let groups = formed(&maya, "peers form --capability serve");
    let hosts: Vec<&str> = groups.iter().map(|(host, _)| host.as_str()).collect();
    assert_eq!(hosts, ["bo", "kim"]);
    let all: BTreeSet<&String> = groups.iter().flat_map(|(_, members)| members).collect();
    assert_eq!(all.len(), 6, "{groups:?}");
    assert!(!groups[0].1.contains("dana"), "Bo leads Dana");
    assert!(groups.iter().all(|(_, members)| (2..=4).contains(&members.len())));
    let shown = maya.run("peers form --capability serve -n").ok();
    assert!(shown.stdout.contains("Bo Lindqvist*"), "{shown}");
    assert!(shown.stdout.contains("by their own word (stated)"), "{shown}");
    // Nobody is ready in the other, and nobody says so: nobody is made a host.
    let none = maya.run("peers form --capability lead -n").ok();
    assert!(
        none.stdout.contains("Lead: 7 people, and nobody to meet."),
        "{none}"
    );
    let slip = maya.run("peers form --capability led -n").code(1);
    assert!(slip.stderr.contains("lead"), "{slip}");
}

#[test]
fn each_place_says_whose_need_meets_whose_experience() {
    let maya = with_hosts();
    let shown = maya.run("peers form --capability serve -n").ok();
    assert_data_eq!(
        shown.stdout,
        str![[r"
Serve: 6 of 6 people meet somebody who has been through it, in 2 groups.

HAS BEEN THROUGH IT  MEETS        WHY            TOGETHER
Bo Lindqvist*        Ana Reyes    serve 100 x 3  4 units
                     Chen Wei     serve 100 x 3
                     Eli Novak    serve 100 x 3
                     Farah Aziz   serve 100 x 3
Kim Berg*            Dana Okafor  serve 100 x 3  1 unit
                     Gus Hart     serve 100 x 3

* by their own word (stated).
Dry run, nothing was written.

"]]
    );
    let demo = maya.run("peers form --capability serve -n --demo").ok();
    assert!(demo.stdout.contains("Dana Okafor  serve 51.2 x 3"), "{demo}");
    let rows = maya.run("peers form --capability serve -n -f csv").ok().csv();
    for row in &rows {
        let members: Vec<&str> = row["members"].split('|').collect();
        let needs: Vec<&str> = row["needs"].split('|').collect();
        assert_eq!(members.len(), needs.len(), "{row:?}");
        assert_eq!(row["experience"], "3");
        for need in needs {
            assert!(row["why"].contains(&format!(" serve {need} x 3")), "{row:?}");
        }
    }
    assert!(
        rows[0]["why"].starts_with("Ana Reyes serve"),
        "person by person: {}",
        rows[0]["why"]
    );
}

#[test]
fn a_group_of_hundreds_is_cut_on_a_screen_and_whole_in_a_file() {
    let maya = Sandbox::halden();
    let many: Vec<String> = (0..799).map(|n| format!("x{n:03}")).collect();
    let line = serde_json::json!({
        "v": 1, "id": "00000000-0000-4000-8000-000000000001", "seq": 1, "day": "2026-03-01",
        "person": "ana", "by": "maya", "device": "maya-pc", "kind": "invited", "curriculum": "tiny",
        "meeting": "m1", "with": many, "role": "peer", "topic": "serve"
    });
    maya.file("progress/ana/maya-pc.jsonl", format!("{line}\n"));
    let list = maya.run("peers list").ok();
    assert!(
        list.stdout
            .contains("Ana Reyes, x000, x001, x002, x003, 795 more"),
        "{list}"
    );
    assert!(
        list.stdout.lines().all(|line| line.chars().count() <= 80),
        "{list}"
    );
    let rows = maya.run("peers list -f csv").ok().csv();
    assert_eq!(rows[0]["members"].split('|').count(), 800);
    let guide = maya.run("peers guide m1").ok();
    assert!(
        guide
            .stdout
            .starts_with("Ana Reyes, x000, x001, x002, x003, 795 more: a talk on Serve"),
        "{guide}"
    );
}

#[test]
fn where_nobody_has_been_through_it_that_is_said_and_whom_to_look_for() {
    let maya = Sandbox::halden();
    let shown = maya.run("peers form --capability serve -n").ok();
    let words: Vec<&str> = shown.stdout.split_whitespace().collect();
    let wanted = "of a company that is no competitor who can answer an angry customer in public.";
    assert!(words.join(" ").contains(wanted), "{shown}");
    maya.run("people add --name Kim --id kim").ok();
    maya.run("people edit kim --set external=true --set experience=serve")
        .ok();
    assert_eq!(formed(&maya, "peers form --capability serve")[0].0, "kim");
    maya.run("people remove kim --confirm kim").ok();
    assert_eq!(
        formed(&maya, "peers form --capability serve").len(),
        3,
        "all wait"
    );
}

/// Bo, who has been through it and leads Dana, and more people.
fn around_bo(more: &[(&str, &str, &str)]) -> Sandbox {
    let maya = Sandbox::halden();
    let mut people = maya.read("people.toml").replace(
        "unit = \"service\"\n",
        "unit = \"service\"\nexperience = [\"serve\"]\n",
    );
    for (id, name, what) in more {
        people += &format!("\n[[person]]\nid = \"{id}\"\nname = \"{name}\"\n{what}\n");
    }
    maya.file("people.toml", people);
    maya
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const ELI: (&str, &str, &str) = ("eli", "Eli Novak", "");
const A_GUEST: &str = "upwards people edit ID --set external=true --set experience=serve";

#[test]
fn who_waits_is_told_why_and_not_by_whom() {
    let dana = ("dana", "Dana Okafor", "reports_to = \"bo\"");
    let maya = around_bo(&[dana, ELI]);
    let told = |line: &str| {
        words(
            &maya
                .run(&format!("peers form --capability serve -n {line}"))
                .ok()
                .stdout,
        )
    };
    let line = told("");
    assert!(
        line.contains("Dana Okafor: not possible with anybody here who has been through it."),
        "{line}"
    );
    assert!(
        line.contains(A_GUEST) && !line.contains("places are taken"),
        "{line}"
    );
    let line = told("--size 3");
    assert!(line.contains("Eli Novak: all places are taken;"), "{line}");
    let rows = maya.run("peers form --capability serve -n -f csv").ok().csv();
    let waits = rows.iter().find(|row| row["members"] == "dana").expect("a row");
    assert_eq!(
        waits["why"],
        "waits: not possible with anybody here who has been through it"
    );
    maya.run("mentors bar chen eli").ok();
    let line = told("");
    assert!(
        line.contains("Eli Novak: not possible together with those who are in the groups."),
        "{line}"
    );
    let kim = ("kim", "Kim Berg", "external = true\nexperience = [\"serve\"]");
    let maya = around_bo(&[ELI, kim]);
    let line = words(&maya.run("peers form --capability serve -n --size 3").ok().stdout);
    assert!(line.contains(": too few for one more group;"), "{line}");
    assert!(!line.contains(A_GUEST), "{line}");
}

#[test]
fn a_group_that_has_met_is_proposed_with_a_word_and_a_guest_is_looked_for() {
    let maya = around_bo(&[]);
    let first = words(&maya.run("peers form --capability serve -n").ok().stdout);
    assert!(!first.contains("met, last on"), "{first}");
    maya.run("peers form --capability serve --yes").ok();
    let group = maya.run("peers list -f csv").ok().csv()[0]["meeting_id"].clone();
    maya.run(&format!("peers record {group} --minutes 60")).ok();
    let later = maya.on("2026-04-20");
    let again = later.run("peers form --capability serve -n").ok();
    assert!(again.stdout.contains("all have met, last on 16 Mar"), "{again}");
    let line = words(&again.stdout);
    assert!(
        line.contains(
            "Bo Lindqvist, Ana Reyes and Chen Wei: all have met, last on 16 Mar, and there is no better group."
        ),
        "{line}"
    );
    assert!(line.contains(A_GUEST), "{line}");
    let people = maya.read("people.toml") + "\n[[person]]\nid = \"eli\"\nname = \"Eli Novak\"\n";
    maya.file("people.toml", people);
    let line = words(&later.run("peers form --capability serve -n").ok().stdout);
    assert!(line.contains("some have met, last on 16 Mar"), "{line}");
    assert!(!line.contains(A_GUEST), "{line}");
}

#[test]
fn groups_are_formed_after_a_yes_listed_once_and_taken_back() {
    let maya = with_hosts();
    let before = maya.workspace();
    let refused = maya.run("peers form --capability serve").code(2);
    assert!(refused.stderr.contains("--yes"), "{refused}");
    assert_eq!(maya.workspace(), before);
    maya.run("peers form --capability serve --yes").ok();
    let list = maya.run("peers list -f csv").ok().csv();
    assert_eq!(list.len(), 2, "{list:?}");
    let members: BTreeSet<&str> = list.iter().flat_map(|row| row["members"].split('|')).collect();
    assert_eq!(members.len(), 8);
    assert!(
        list.iter()
            .all(|row| row["capability_id"] == "serve" && row["at"].is_empty())
    );
    // Whoever has a group needs no other; a second run forms none.
    let again = maya
        .on("2026-03-17")
        .run("peers form --capability serve --yes")
        .ok();
    assert!(again.stdout.contains("nobody needs a group now"), "{again}");
    // Nobody meets twice: who joins later meets others.
    let with_two_new = maya.read("people.toml")
        + "\n[[person]]\nid = \"hana\"\nname = \"Hana Ito\"\n\n[[person]]\nid = \"ivo\"\nname = \"Ivo Lund\"\n";
    maya.file("people.toml", with_two_new);
    let late = formed(&maya, "peers form --capability serve");
    let late: BTreeSet<String> = late.into_iter().flat_map(|(_, members)| members).collect();
    assert_eq!(late, BTreeSet::from(["hana".to_owned(), "ivo".to_owned()]));
}

#[test]
fn vetoes_and_competitors_hold_in_groups_too() {
    let maya = with_hosts();
    maya.run("mentors bar chen eli").ok();
    for (_, members) in formed(&maya, "peers form --capability serve") {
        assert!(
            !(members.contains("chen") && members.contains("eli")),
            "{members:?}"
        );
    }
    let people = maya.read("people.toml").replace(
        "unit = \"products\"\n",
        "unit = \"products\"\nrival = [\"parcels\"]\n",
    );
    maya.file("people.toml", people);
    let groups = formed(&maya, "peers form --capability serve");
    let kim = groups.iter().find(|(host, _)| host == "kim").expect("a group");
    assert!(!kim.1.contains("chen"), "of the same market as the guest");
    let refused = maya.laptop("ana").run("peers form -n").code(1);
    assert!(refused.stderr.contains("leads nobody here"), "{refused}");
}

#[test]
fn a_pair_with_oneself_and_a_talk_with_nobody_count_nowhere_and_check_says_so() {
    let maya = Sandbox::halden();
    let line = |n: u32, fact: serde_json::Value| {
        let mut line = serde_json::json!({
            "v": 1, "id": format!("00000000-0000-4000-8000-{n:012}"), "seq": n, "day": "2026-03-02",
            "person": "ana", "by": "ana", "device": "ana-laptop", "curriculum": "tiny"
        });
        let all = line.as_object_mut().expect("an object");
        all.extend(fact.as_object().expect("an object").clone());
        format!("{line}\n")
    };
    let standing = |sandbox: &Sandbox| {
        [
            "readiness -f csv",
            "export mentors -f csv",
            "peers list -f csv",
            "mentors match -n -f csv",
        ]
        .map(|command| sandbox.run(command).ok().csv())
    };
    let before = standing(&maya);
    let met = |with: serde_json::Value, role: &str| serde_json::json!({"kind": "met", "meeting": "m1", "with": with, "role": role, "capabilities": ["serve"], "minutes": 20, "attendance": "present"});
    let odd = [
        line(1, met(serde_json::json!(["ana"]), "peer")),
        line(2, met(serde_json::json!([]), "mentor")),
        line(
            3,
            serde_json::json!({"kind": "paired", "mentor": "ana", "capabilities": ["serve"]}),
        ),
        line(
            4,
            serde_json::json!({"kind": "invited", "meeting": "m2", "with": ["ana"], "role": "peer", "topic": "serve"}),
        ),
    ];
    maya.file("progress/ana/ana-laptop.jsonl", odd.concat());
    let rows = maya.run("check --only U525 -f json").rows();
    let lines: Vec<u64> = rows.iter().filter_map(|row| row["line"].as_u64()).collect();
    assert_eq!(lines, [1, 2, 3, 4], "{rows:?}");
    assert_eq!(standing(&maya), before);
    // The same lines with somebody else in them count.
    let even = odd
        .concat()
        .replace("\"ana\"]", "\"bo\"]")
        .replace("\"mentor\":\"ana\"", "\"mentor\":\"bo\"");
    maya.file("progress/ana/ana-laptop.jsonl", even);
    let rows = maya.run("check --only U525 -f json").rows();
    assert_eq!(rows.len(), 1, "the one with nobody: {rows:?}");
    let after = standing(&maya);
    for (at, (before, after)) in before.iter().zip(&after).enumerate() {
        assert_ne!(before, after, "{at}");
    }
}
