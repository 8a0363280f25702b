//! The example workspace: its figures are fixed, it is the same everywhere, and nothing of it is kept.

use std::collections::BTreeMap;

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;
use crate::support::explained::{adds_up, tenths};

const CAPABILITIES: [&str; 4] = ["serve", "reach", "source", "lead"];

/// Person, capability: knowledge, hands-on, dialogue, total, band, ready until, reached on, limited by.
const POINTS: [(&str, &str, [&str; 8]); 24] = [
    (
        "ana",
        "serve",
        ["16.4", "0.0", "0.0", "16.4", "exploring", "", "", "practice"],
    ),
    (
        "ana",
        "reach",
        ["37.6", "0.0", "20.0", "57.6", "building", "", "", "practice"],
    ),
    (
        "ana",
        "source",
        ["0.0", "0.0", "0.0", "0.0", "not-started", "", "", "practice"],
    ),
    (
        "ana",
        "lead",
        [
            "34.4",
            "40.0",
            "0.0",
            "74.4",
            "building",
            "",
            "2026-02-11",
            "talk",
        ],
    ),
    (
        "bo",
        "serve",
        [
            "38.4",
            "40.0",
            "20.0",
            "98.4",
            "ready",
            "2027-02-16",
            "2026-01-26",
            "",
        ],
    ),
    (
        "bo",
        "reach",
        [
            "33.6",
            "40.0",
            "20.0",
            "93.6",
            "ready",
            "2026-06-20",
            "2026-02-09",
            "",
        ],
    ),
    (
        "bo",
        "source",
        [
            "37.6",
            "40.0",
            "0.0",
            "77.6",
            "ready",
            "2026-03-31",
            "2026-03-03",
            "",
        ],
    ),
    (
        "bo",
        "lead",
        [
            "36.8",
            "40.0",
            "20.0",
            "96.8",
            "ready",
            "2026-07-07",
            "2026-02-26",
            "",
        ],
    ),
    (
        "chen",
        "serve",
        [
            "34.4",
            "40.0",
            "20.0",
            "94.4",
            "ready",
            "2026-06-22",
            "2026-03-05",
            "",
        ],
    ),
    (
        "chen",
        "reach",
        ["25.8", "20.0", "0.0", "45.8", "building", "", "", "again"],
    ),
    (
        "chen",
        "source",
        ["36.0", "0.0", "20.0", "56.0", "building", "", "", "practice"],
    ),
    (
        "chen",
        "lead",
        [
            "36.0",
            "40.0",
            "20.0",
            "96.0",
            "ready",
            "2026-07-05",
            "2026-02-24",
            "",
        ],
    ),
    (
        "dana",
        "serve",
        ["28.8", "20.0", "0.0", "48.8", "building", "", "", "again"],
    ),
    (
        "dana",
        "reach",
        ["28.8", "0.0", "20.0", "48.8", "building", "", "", "practice"],
    ),
    (
        "dana",
        "source",
        ["11.4", "20.0", "0.0", "31.4", "exploring", "", "", "questions"],
    ),
    (
        "dana",
        "lead",
        ["3.8", "0.0", "0.0", "3.8", "exploring", "", "", "confirm"],
    ),
    (
        "eli",
        "serve",
        ["18.0", "0.0", "0.0", "18.0", "exploring", "", "", "practice"],
    ),
    (
        "eli",
        "reach",
        ["12.0", "0.0", "0.0", "12.0", "exploring", "", "", "practice"],
    ),
    (
        "eli",
        "source",
        ["0.0", "0.0", "0.0", "0.0", "not-started", "", "", "practice"],
    ),
    (
        "eli",
        "lead",
        ["0.0", "0.0", "0.0", "0.0", "not-started", "", "", "practice"],
    ),
    (
        "farah",
        "serve",
        ["0.0", "0.0", "0.0", "0.0", "not-started", "", "", "practice"],
    ),
    (
        "farah",
        "reach",
        ["0.0", "0.0", "0.0", "0.0", "not-started", "", "", "practice"],
    ),
    (
        "farah",
        "source",
        ["0.0", "0.0", "0.0", "0.0", "not-started", "", "", "practice"],
    ),
    (
        "farah",
        "lead",
        ["0.0", "0.0", "0.0", "0.0", "not-started", "", "", "practice"],
    ),
];

/// Person: overall points, band, reached in all on, last active on, overdue days.
const OVERALL: [(&str, [&str; 5]); 6] = [
    ("ana", ["37.1", "building", "", "2026-03-12", ""]),
    ("bo", ["91.6", "ready", "2026-03-03", "2026-03-03", ""]),
    ("chen", ["73.0", "building", "", "2026-03-11", ""]),
    ("dana", ["33.2", "building", "", "2026-03-14", "17"]),
    ("eli", ["7.5", "exploring", "", "2026-02-02", "17"]),
    ("farah", ["0.0", "not-started", "", "", ""]),
];

#[test]
fn the_table_is_the_one_of_the_readme() {
    let sandbox = Sandbox::new();
    let shown = sandbox.run("readiness --demo").ok();
    assert_data_eq!(
        shown.stdout,
        str![[r"
Social media for efficiency, 6 people                          Mon 16 Mar 2026
Saved: 19 -> 4 hours to first answer (observed, n 12 and 15), 6 -> 3.5 hours a
week on approvals (claimed, n not said); 1 baseline open until 2 Apr
Reached in all four: 1 of 6 (a month ago 0); current: 1.
Overdue: 2.   Not started: 1.

PERSON        SERVE  REACH  SOURCE  LEAD  LAST     OVERDUE  LIMITED BY
Eli Novak     E      E      .       .     42 days  17 days  practice (4)
Dana Okafor   B      B      E?      E?    2 days   17 days  confirm, practice +2
Farah Aziz    .      .      .       .     never    -        not started
Bo Lindqvist  R      R      R~      R     13 days  -        -
Chen Wei      R      B      B       R     5 days   -        practice, again
Ana Reyes     E      B      .       B+    4 days   -        practice (3)
Reached       2      1      1       3
Current       2      1      1       2

. not started   E exploring   B building   R ready   R~ ready, ends within 30 d
+ reached before, not current now
? thin evidence: fewer than 4 questions right
What is missing, 18 places: practice 13, again 2, confirm, questions, talk 1.
Nobody is ready without practice of their own, nor on the day of the first
answer: questions count for Ready once they are known again on a later day.
Data until, by their last packet or receipt: Farah Aziz (nothing yet), Eli Novak
(2 Feb). They may have done more.

"]]
    );
    assert_eq!(shown.stderr, "");
}

#[test]
fn points_bands_days_and_limits_are_the_reference_s() {
    let sandbox = Sandbox::new();
    let rows = sandbox.run("readiness --demo --long -f csv").ok().csv();
    assert_eq!(rows.len(), POINTS.len());
    for (row, (person, capability, wanted)) in rows.iter().zip(POINTS) {
        assert_eq!(
            (row["person_id"].as_str(), row["capability_id"].as_str()),
            (person, capability)
        );
        let columns = [
            "knowledge_points",
            "hands_on_points",
            "dialogue_points",
            "points",
            "band",
            "ready_until",
            "reached_on",
            "limited_by",
        ];
        for (column, wanted) in columns.iter().zip(wanted) {
            assert_eq!(row[*column], wanted, "{person} {capability} {column}");
        }
        let sum: i64 = columns[..3].iter().map(|c| tenths(&row[*c])).sum();
        assert_eq!(sum, tenths(&row["points"]));
    }
}

#[test]
fn the_wide_rows_say_the_same() {
    let sandbox = Sandbox::new();
    let rows = sandbox.run("readiness --demo -f csv").ok().csv();
    assert_eq!(rows.len(), OVERALL.len());
    for (row, (person, wanted)) in rows.iter().zip(OVERALL) {
        assert_eq!(row["person_id"], person);
        let columns = [
            "overall_points",
            "overall_band",
            "reached_all_on",
            "last_active_on",
            "overdue_days",
        ];
        for (column, wanted) in columns.iter().zip(wanted) {
            assert_eq!(row[*column], wanted, "{person} {column}");
        }
        for (_, capability, wanted) in POINTS.iter().filter(|(p, _, _)| *p == person) {
            assert_eq!(row[&format!("{capability}_points")], wanted[3]);
            assert_eq!(row[&format!("{capability}_band")], wanted[4]);
            assert_eq!(row[&format!("{capability}_ready_until")], wanted[5]);
            assert_eq!(row[&format!("{capability}_reached_on")], wanted[6]);
            assert_eq!(row[&format!("{capability}_limited_by")], wanted[7]);
        }
    }
    assert_eq!(rows[3]["limited_by"], "confirm|practice|questions|again");
    assert_eq!(rows[0]["mentor_id"], "jo");
}

#[test]
fn letters_of_the_table_are_the_bands_of_the_data() {
    let sandbox = Sandbox::new();
    let table = sandbox.run("readiness --demo").ok().stdout;
    let mut letters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in table.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let [first, last, serve, reach, source, lead, ..] = words.as_slice()
            && ["E", "B", "R", ".", "B+", "R~"].contains(serve)
        {
            let cells = [serve, reach, source, lead].map(|c| (*c).to_owned());
            letters.insert(format!("{first} {last}"), cells.to_vec());
        }
    }
    let rows = sandbox.run("readiness --demo -f csv").ok().csv();
    let long = sandbox.run("readiness --long --demo -f csv").ok().csv();
    let thin = |person: &str, capability: &str| {
        let found = long
            .iter()
            .find(|r| r["person"] == person && r["capability_id"] == capability);
        if found.expect("a row")["thin"] == "yes" {
            "?"
        } else {
            ""
        }
    };
    assert_eq!(letters.len(), rows.len());
    for row in rows {
        let wanted: Vec<String> = CAPABILITIES
            .iter()
            .map(|c| {
                let reached = !row[&format!("{c}_reached_on")].is_empty();
                let until = &row[&format!("{c}_ready_until")];
                let letter = match row[&format!("{c}_band")].as_str() {
                    "ready" if until.as_str() <= "2026-04-15" => "R~",
                    "ready" => "R",
                    "building" if reached => "B+",
                    "building" => "B",
                    "exploring" => "E",
                    _ => ".",
                };
                format!("{letter}{}", thin(&row["person"], c))
            })
            .collect();
        assert_eq!(letters[&row["person"]], wanted, "{}", row["person"]);
    }
}

#[test]
fn the_headline_on_other_days() {
    let sandbox = Sandbox::new();
    let reached = |day: &str| -> Vec<String> {
        let rows = sandbox
            .run(&format!("readiness --demo --as-of {day} -f csv"))
            .ok()
            .csv();
        rows.iter()
            .filter(|r| !r["reached_all_on"].is_empty())
            .map(|r| r["person_id"].clone())
            .collect()
    };
    assert_eq!(reached("2026-02-16"), Vec::<String>::new());
    assert_eq!(reached("2026-03-16"), ["bo"]);
    let later = sandbox
        .run("readiness bo --demo --as-of 2027-03-16 -f csv")
        .ok()
        .csv();
    assert_eq!(
        (
            later[0]["points"].as_str(),
            later[0]["band"].as_str(),
            later[0]["limited_by"].as_str()
        ),
        ("83.2", "building", "old-practice")
    );
    assert_eq!(later[0]["reached_on"], "2026-01-26");
    sandbox.run("readiness --demo --fail-under 1").ok();
    sandbox.run("readiness --demo --fail-under 2").code(3);
}

#[test]
fn everybody_is_explained_and_the_lines_add_up() {
    let sandbox = Sandbox::new();
    for (person, _) in OVERALL {
        let page = sandbox.run(&format!("readiness {person} --demo")).ok();
        let found = adds_up(&page.stdout);
        for (capability, (_, _, wanted)) in found.iter().zip(POINTS.iter().filter(|(p, _, _)| *p == person)) {
            assert_eq!(
                capability.total,
                tenths(wanted[3]),
                "{person} {}",
                capability.name
            );
        }
        assert_eq!(found.len(), 4);
        assert!(page.stdout.lines().all(|l| l.chars().count() <= 80), "{page}");
    }
}

#[test]
fn a_sitting_in_the_example_moves_the_points_as_documented() {
    // Ana does what the screens of the documentation show: one new question right, one missed, and the practice.
    let sandbox = Sandbox::new();
    sandbox.file(
        "a.toml",
        "format = 1\n[answers]\nanswer-in-public.klm.text = \"Legal\"\n",
    );
    let sat = sandbox.run("learn --demo --step klm --answers a.toml").ok();
    assert!(sat.stderr.starts_with("demo: nothing is kept\n"), "{sat}");
    let practice = sandbox
        .run("learn --demo --step answer-one-customer --personal yes --done 'Answered a late parcel' --before 19 --n 12")
        .ok();
    assert!(practice.stdout.contains("16.4 -> 36.4"), "{practice}");
    assert!(practice.stdout.contains("  Serve"), "{practice}");
    let confirmed = sandbox.run("confirm --demo --as dana --all").ok();
    assert!(confirmed.stdout.contains("3.8 -> 23.8"), "{confirmed}");
}

#[test]
fn it_is_the_same_twice_in_every_zone_and_language() {
    let sandbox = Sandbox::new();
    for line in [
        "readiness --demo",
        "readiness --demo -f csv",
        "readiness --demo -f json",
        "readiness ana --demo",
        "export progress --demo",
        "next --demo",
        "history --demo",
        "cases list --demo",
    ] {
        let once = sandbox.run(line).ok();
        for other in [
            sandbox.clone(),
            sandbox.env("TZ", "Asia/Tokyo"),
            sandbox.env("LANG", "C"),
            sandbox
                .env("LC_ALL", "C")
                .env("TZ", "Pacific/Apia")
                .env("TERM", "dumb"),
            sandbox.env("NO_COLOR", "1").env("COLUMNS", "200"),
            sandbox
                .without("UPWARDS_SEED")
                .without("UPWARDS_NOW")
                .without("UPWARDS_DEVICE"),
            sandbox.on("2026-03-16"),
        ] {
            let again = other.run(line).ok();
            assert_eq!(
                (&again.stdout, &again.stderr),
                (&once.stdout, &once.stderr),
                "{line}"
            );
        }
        assert!(!once.stdout.contains('\u{1b}'), "{line}");
    }
}

#[test]
fn no_line_of_a_screen_is_wider_than_eighty_columns() {
    let sandbox = Sandbox::new();
    for line in [
        "readiness --demo",
        "readiness dana --demo",
        "readiness ana --demo -v",
        "progress --demo",
        "progress lead --demo",
        "next --demo",
        "people list --demo",
        "people show ana --demo",
        "confirm --demo --as dana --all",
        "undo --demo",
        "learn --demo --dry-run",
    ] {
        let shown = sandbox.run(line).ok();
        for text in shown.stdout.lines() {
            assert!(text.chars().count() <= 80, "{line}: {text}");
        }
    }
}

#[test]
fn nothing_is_kept_anywhere() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "a.toml",
        "format = 1\n[answers]\nanswer-in-public.klm.text = \"Legal\"\n",
    );
    sandbox.file("p.csv", "id,name\ngus,Gus\n,Nobody\n");
    let before = sandbox.everything();
    for (line, code) in [
        ("readiness --demo", 0),
        ("readiness dana --demo", 0),
        ("progress --demo", 0),
        ("history --demo", 0),
        ("next --demo", 0),
        ("cases show klm --demo", 0),
        ("export readiness --demo", 0),
        ("people list --demo", 0),
        ("learn --demo --step klm --answers a.toml", 0),
        ("aim 'Something' --demo", 0),
        ("undo --demo", 0),
        ("confirm --demo --as dana --all", 0),
        ("assign rules-and-roles --to farah --due +1w --demo", 0),
        ("people add --name Gus --demo", 0),
        ("people edit bo --set unit=x --demo", 0),
        ("people remove bo --confirm bo --demo", 0),
        ("people import p.csv --yes --skip-rejected --demo", 1),
        ("config set learn.minutes 5 --demo", 2),
        ("init x --name X --as-leader m --demo", 2),
        ("learn --demo", 2),
    ] {
        sandbox.run(line).code(code);
        assert_eq!(sandbox.leftovers(), Vec::<String>::new(), "{line}");
    }
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn it_needs_no_folder_to_write_in() {
    let sandbox = Sandbox::new();
    let nowhere = sandbox
        .without("HOME")
        .without("UPWARDS_HOME")
        .env("TMPDIR", "/nonexistent");
    nowhere.env("HOME", "/nonexistent").run("readiness --demo").ok();
    nowhere.env("HOME", "/nonexistent").run("progress --demo").ok();
}
