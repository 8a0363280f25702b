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
        ("agenda -w a -w b", "only readiness takes several workspaces"),
        ("learn -w a -w b", "only readiness takes several workspaces"),
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
