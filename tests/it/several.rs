//! `readiness -w A -w B`: several workspaces in one table.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// Two workspaces beside each other: `a` with Ana and Bo, `b` with Chen, who has begun.
fn two() -> Sandbox {
    let maya = Sandbox::halden();
    let files = maya.workspace();
    for (name, person) in [("a", "group:board"), ("b", "chen")] {
        for (path, bytes) in &files {
            let path = path.trim_start_matches("work/");
            maya.file(&format!("{name}/{path}"), bytes);
        }
        let settings = maya.read(&format!("{name}/upwards.toml"));
        let settings = settings
            .replace("halden-3f9c", name)
            .replace("Halden Group", &format!("Company {name}"));
        maya.file(&format!("{name}/upwards.toml"), settings);
        maya.run(&format!(
            "assign framing --to {person} --due 2026-03-10 --yes -w {name} --as maya"
        ))
        .ok();
    }
    maya.file(
        "../right.toml",
        "format = 1\n[answers]\nframing.stop = { choice = 1 }\n",
    );
    maya.laptop("chen")
        .run("learn --step who --answers ../right.toml -w b --as chen")
        .ok();
    maya
}

#[test]
fn one_table_names_the_workspace_of_each_row() {
    let maya = two();
    let table = maya.run("readiness -w a -w b").ok();
    assert_data_eq!(
        table.stdout.clone(),
        str![[r"
Answering, 2 workspaces, 3 people                              Mon 16 Mar 2026
Reached in both: 0 of 3 (a month ago 0); current: 0.
Overdue: 3.   Not started: 2.

PERSON        WORKSPACE  SERVE  LEAD  LAST   OVERDUE  LIMITED BY
Ana Reyes     Company a  .      .     never  6 days   not started
Bo Lindqvist  Company a  .      .     never  6 days   not started
Chen Wei      Company b  .      B?    today  6 days   practice (2)
Reached                  0      0
Current                  0      0

. not started   E exploring   B building   R ready   R~ ready, ends within 30 d
+ reached before, not current now
? thin evidence: fewer than 4 questions right
What is missing, 6 places: practice 6.
Nobody is ready without practice of their own, nor on the day of the first
answer: questions count for Ready once they are known again on a later day.
Data until, by their last packet or receipt: Ana Reyes (nothing yet), Bo
Lindqvist (nothing yet). They may have done more.

"]]
    );
    assert_eq!(table.stderr, "");
    let narrowed = maya.run("readiness -w a -w b --overdue --group board").ok();
    assert!(narrowed.stdout.contains("Showing 2 of 2: overdue."), "{narrowed}");
    // The flag may stand in front as well.
    assert_eq!(maya.run("-w a -w b readiness").ok().stdout, table.stdout);
}

#[test]
fn files_have_a_column_more_and_the_rows_of_each_alone() {
    let maya = two();
    for flags in ["", "--long"] {
        let both = maya.run(&format!("readiness -w a -w b -f csv {flags}")).ok();
        let head = both.stdout.lines().next().expect("a heading").to_owned();
        assert!(head.ends_with(",workspace"), "{head}");
        let mut alone = Vec::new();
        for name in ["a", "b"] {
            let one = maya
                .run(&format!("readiness -w {name} -f csv {flags}"))
                .ok()
                .stdout;
            alone.extend(one.lines().skip(1).map(|line| format!("{line},{name}")));
        }
        let lines: Vec<&str> = both.stdout.lines().skip(1).collect();
        assert_eq!(lines, alone, "{flags}");
        let json = maya.run(&format!("readiness -w a -w b -f json {flags}")).ok();
        assert_eq!(json.rows().len(), alone.len());
        assert!(json.json()["rules"].is_string());
    }
}

#[test]
fn sums_and_conditions_are_of_all_of_them() {
    let maya = two();
    let table = maya.run("readiness -w a -w b --capability lead").ok().stdout;
    assert!(table.contains("Reached Lead: 0 of 3"), "{table}");
    maya.run("readiness -w a -w b --fail-under 1").code(3);
    maya.run("readiness -w a -w b --fail-under 0").ok();
}

#[test]
fn other_rules_are_shown_below_and_said() {
    let maya = two();
    let settings = maya.read("b/upwards.toml");
    maya.file("b/upwards.toml", format!("{settings}\n[readiness]\nready = 80\n"));
    let told = maya.run("readiness -w a -w b").ok();
    assert!(
        told.stderr
            .contains("these do not compare, because curriculum or rules differ"),
        "{told}"
    );
    assert!(told.stdout.contains("Answering, Company a, 2 people"), "{told}");
    assert!(told.stdout.contains("Answering, Company b, 1 person"), "{told}");
    let csv = maya.run("readiness -w a -w b -f csv").ok();
    assert_ne!(csv.csv()[0]["rules"], csv.csv()[2]["rules"]);
    maya.run("readiness -w a -w b --fail-under 0").code(2);
    for flags in ["-o both.md", "-f html"] {
        let refused = maya.run(&format!("readiness -w a -w b {flags}")).code(1);
        assert!(refused.said().contains("no one table for a file"), "{refused}");
    }
    assert!(!maya.has("both.md"));
}

#[test]
fn a_broken_one_is_named_and_the_others_are_shown() {
    let maya = two();
    maya.file("b/people.toml", "format = 1\n[[person]\n");
    let told = maya.run("readiness -w a -w b -w nowhere").code(1);
    assert!(
        told.stdout.contains("Ana Reyes") && !told.stdout.contains("Chen"),
        "{told}"
    );
    for words in [
        "2 of 3 workspaces could not be read: b, nowhere",
        "b: people.toml:2",
        "nowhere is no workspace",
    ] {
        assert!(told.said().contains(words), "{words}: {told}");
    }
    let none = maya.run("readiness -w b -w nowhere").code(1);
    assert_eq!(none.stdout, "");
}

#[test]
fn what_is_about_one_workspace_says_so() {
    let maya = two();
    for (line, words) in [
        (
            "learn -w a -w b",
            "only readiness, agenda, report and export take several workspaces",
        ),
        (
            "doctor -w a -w b",
            "only readiness, agenda, report and export take several workspaces",
        ),
        ("readiness ana -w a -w b", "PERSON is about one workspace"),
        (
            "readiness -w a -w b --since 2026-03-01",
            "--since is about one workspace",
        ),
        (
            "readiness -w a -w b --anonymous",
            "--anonymous is about one workspace",
        ),
    ] {
        let refused = maya.run(line).code(2);
        assert!(
            refused.said().contains(words) && refused.stdout.is_empty(),
            "{refused}"
        );
    }
    let mixed = maya.run("-w a readiness -w b").code(2);
    assert!(mixed.said().contains("name all of them behind it"), "{mixed}");
    let slip = maya.run("readiness -w a -w b --group bord").code(1);
    assert!(slip.said().contains("did you mean: board?"), "{slip}");
    let twice = maya.run("readiness -w a -w a").ok();
    assert!(twice.stderr.contains("a is there twice"), "{twice}");
}

/// The rows of each workspace alone, with its id behind them; the heading in front.
fn alone(maya: &Sandbox, command: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for name in ["a", "b"] {
        let one = maya
            .run(&format!("{command} -w {name} --as maya -f csv"))
            .ok()
            .stdout;
        let mut rows = one.lines();
        let head = rows.next().expect("a heading");
        if lines.is_empty() {
            lines.push(format!("{head},workspace"));
        }
        lines.extend(rows.map(|line| format!("{line},{name}")));
    }
    lines
}

#[test]
fn exports_have_the_rows_of_each_alone_and_say_whose_they_are() {
    let maya = two();
    for what in [
        "readiness",
        "readiness --long",
        "progress",
        "people",
        "meetings",
        "mentors",
        "measures",
        "events",
        "ics",
    ] {
        let command = format!("export {what}");
        let both = maya.run(&format!("{command} -w a -w b --as maya -f csv")).ok();
        let lines: Vec<&str> = both.stdout.lines().collect();
        assert_eq!(lines, alone(&maya, &command), "{what}");
        let again = maya.run(&format!("{command} -w a -w b --as maya -f csv")).ok();
        assert_eq!(again.stdout, both.stdout, "{what}");
    }
    // Without a format each has its own.
    let events = maya.run("export events -w a -w b --as maya").ok();
    let rows = events.jsonl();
    assert!(rows.iter().all(|row| row["workspace"].is_string()), "{events}");
    // One calendar, and no entry of one is one of the other.
    let calendar = maya.run("export ics -w a -w b --as maya").ok().stdout;
    assert_eq!(calendar.matches("BEGIN:VCALENDAR").count(), 1);
    let mut uids: Vec<&str> = calendar.lines().filter(|line| line.starts_with("UID:")).collect();
    let count = uids.len();
    uids.sort_unstable();
    uids.dedup();
    assert_eq!((uids.len(), count), (3, 3));
}

#[test]
fn equal_ids_stay_two_people() {
    let maya = two();
    let rows = maya.run("export people -w a -w b --as maya -f csv").ok().csv();
    let of = |id: &str| -> Vec<String> {
        let rows = rows.iter().filter(|row| row["id"] == id);
        rows.map(|row| row["workspace"].clone()).collect()
    };
    assert_eq!(of("ana"), ["a", "b"]);
}

#[test]
fn a_group_that_one_workspace_knows_is_no_slip() {
    let maya = two();
    let people = maya.read("b/people.toml").replace("\"board\"", "\"council\"");
    maya.file("b/people.toml", people);
    for command in ["export people", "agenda", "report"] {
        maya.run(&format!("{command} -w a -w b --as maya --group council"))
            .ok();
        let slip = maya
            .run(&format!("{command} -w a -w b --as maya --group bord"))
            .code(1);
        assert!(slip.said().contains("\"bord\" is no group here"), "{slip}");
    }
}

#[test]
fn agendas_stand_below_one_another_and_their_commands_say_where() {
    let maya = two();
    let page = maya.run("agenda -w a -w b --as maya").ok();
    let at = |words: &str| {
        page.stdout
            .find(words)
            .unwrap_or_else(|| panic!("{words}: {page}"))
    };
    assert!(at("COMPANY A") < at("Ana Reyes") && at("Ana Reyes") < at("COMPANY B"));
    assert!(at("COMPANY B") < at("Chen Wei"));
    let commands: Vec<&str> = page
        .stdout
        .lines()
        .filter(|line| line.trim_start().starts_with("upwards "))
        .collect();
    let (first, second): (Vec<&str>, Vec<&str>) = commands.iter().partition(|line| line.ends_with(" -w a"));
    assert!(!first.is_empty() && !second.is_empty(), "{page}");
    assert!(second.iter().all(|line| line.ends_with(" -w b")), "{page}");
    let rows = maya.run("agenda -w a -w b --as maya -f csv").ok().csv();
    let workspaces: Vec<&str> = rows.iter().map(|row| row["workspace"].as_str()).collect();
    assert!(workspaces.contains(&"a") && workspaces.contains(&"b"));
    let broken = maya.run("agenda -w a -w nowhere --as maya").code(1);
    assert!(broken.stdout.contains("COMPANY A"), "{broken}");
    assert!(
        broken.said().contains("1 of 2 workspaces could not be read"),
        "{broken}"
    );
}

/// Six people in each of two workspaces, all in one group; or so many in the second one.
fn two_of(second: usize) -> Sandbox {
    let maya = two();
    for (name, count) in [("a", 6), ("b", second)] {
        let mut people =
            "format = 1\n\n[[person]]\nid = \"maya\"\nname = \"Maya Lund\"\nroles = [\"leader\"]\n"
                .to_owned();
        for n in 1..=count {
            people.push_str(&format!(
                "\n[[person]]\nid = \"p{n}\"\nname = \"Person{n} {name}\"\ngroups = [\"board\"]\n"
            ));
        }
        maya.file(&format!("{name}/people.toml"), people);
        maya.run(&format!(
            "assign answering --to group:board --due 2026-03-10 --yes -w {name} --as maya"
        ))
        .ok();
    }
    maya
}

#[test]
fn a_report_has_each_page_as_it_is_alone_and_sums_nothing() {
    let maya = two_of(6);
    let both = maya.run("report -w a -w b -f json").ok().json();
    let tables = both["tables"].as_object().expect("tables");
    let mut seen = 0;
    for name in ["a", "b"] {
        let one = maya.run(&format!("report -w {name} -f json")).ok().json();
        for (key, table) in one["tables"].as_object().expect("tables") {
            let of = &tables[&format!("{name}/{key}")];
            assert_eq!(of["rows"], table["rows"], "{name}/{key}");
            assert_eq!(of["says"], table["says"], "{name}/{key}");
            seen += 1;
        }
    }
    assert_eq!(seen, tables.len(), "nothing else is in it");
    let html = maya.run("report -w a -w b -f html").ok().stdout;
    assert!(
        html.contains("<h2 id=\"s1\">Company a: ") && html.contains("Company b: "),
        "{html}"
    );
    assert!(!html.contains("Person1"));
    for format in ["md", "plain", "html"] {
        let first = maya.run(&format!("report -w a -w b -f {format}")).ok();
        assert_eq!(
            first.stdout,
            maya.run(&format!("report -w a -w b -f {format}")).ok().stdout
        );
    }
    maya.run("report -w a -w b -o both.xlsx").ok();
    let named = maya.run("report -w a -w b --names -f md").ok();
    assert!(
        named.stdout.contains("Person1 a") && named.stdout.contains("Person1 b"),
        "{named}"
    );
}

#[test]
fn who_is_too_few_alone_is_told_of_in_no_report_of_several() {
    let maya = two_of(3);
    let alone = maya.run("report -w b -f json").ok().json();
    let both = maya.run("report -w a -w b -f json").ok().json();
    let of = |report: &serde_json::Value, prefix: &str| -> Vec<String> {
        let keys = report["tables"].as_object().expect("tables").keys();
        keys.filter_map(|key| key.strip_prefix(prefix).map(str::to_owned))
            .collect()
    };
    assert_eq!(of(&both, "b/"), of(&alone, ""));
    assert!(!of(&both, "b/").contains(&"figures".to_owned()), "{both}");
    assert!(of(&both, "a/").len() > of(&both, "b/").len());
    // Nothing of all nine: taken from the six it would tell of the three.
    assert!(!both.to_string().contains("9 people"), "{both}");
}
