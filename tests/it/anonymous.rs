//! `readiness --anonymous`: counts of those who are enough, and nobody's name in any format.

use std::fmt::Write as _;

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// Units of twelve people: six, five, and one alone. The board are five of the first unit, so that one is left.
const UNITS: [&str; 12] = [
    "sales", "sales", "sales", "sales", "sales", "sales", "ops", "ops", "ops", "ops", "ops", "legal",
];

fn company() -> Sandbox {
    let maya = Sandbox::halden();
    let mut people =
        "format = 1\n\n[[person]]\nid = \"maya\"\nname = \"Maya Lund\"\nroles = [\"leader\"]\n".to_owned();
    for (at, unit) in UNITS.iter().enumerate() {
        let groups = if at < 5 { "\"all\", \"board\"" } else { "\"all\"" };
        write!(
            people,
            "\n[[person]]\nid = \"secret{at}\"\nname = \"Hidden Name{at}\"\nunit = \"{unit}\"\ngroups = [{groups}]\n"
        )
        .unwrap();
    }
    maya.file("people.toml", people);
    maya.on("2026-03-01")
        .run("assign framing --to group:all --yes")
        .ok();
    maya
}

#[test]
fn the_table_counts_and_hides() {
    let maya = company();
    let table = maya.run("readiness --anonymous").ok();
    assert_data_eq!(
        table.stdout,
        str![[r"
Answering, 12 people, without names                            Mon 16 Mar 2026

WHOM         PEOPLE  CAPABILITY  .   E  B  R  REACHED
everybody    12      overall     12  0  0  0  0
everybody    12      Serve       12  0  0  0  0
everybody    12      Lead        12  0  0  0  0
unit ops     *       -           *   *  *  *  *
unit sales   6       overall     6   0  0  0  0
unit sales   6       Serve       6   0  0  0  0
unit sales   6       Lead        6   0  0  0  0
group all    12      overall     12  0  0  0  0
group all    12      Serve       12  0  0  0  0
group all    12      Lead        12  0  0  0  0
group board  *       -           *   *  *  *  *

. not started   E exploring   B building   R ready
<5 too few to be told; * not told, because with the others it would tell of
fewer than 5.

"]]
    );
    assert_eq!(table.stderr, "");
    let one = maya
        .run("readiness --anonymous --capability lead --group all")
        .ok();
    assert_data_eq!(
        one.stdout,
        str![[r"
Answering, 12 people, without names                            Mon 16 Mar 2026

WHOM       PEOPLE  CAPABILITY  .   E  B  R  REACHED
group all  12      Lead        12  0  0  0  0

. not started   E exploring   B building   R ready

"]]
    );
}

#[test]
fn no_name_id_or_unit_of_one_person_is_in_any_format() {
    let maya = company();
    for flags in [
        "",
        "--group all",
        "--group board",
        "--unit sales",
        "--unit ops",
        "--unit legal",
        "--as-of 2026-03-05",
    ] {
        for format in ["table", "plain", "csv", "json", "jsonl", "md", "html"] {
            let told = maya
                .run(&format!("readiness --anonymous {flags} -f {format}"))
                .ok();
            for word in ["secret", "Hidden", "legal", "Name", "Lund"] {
                assert!(
                    !told.stdout.contains(word) && !told.stderr.contains(word),
                    "{flags} {format}: {told}"
                );
            }
        }
    }
    maya.run("readiness --anonymous -o counts.xlsx").ok();
    assert!(maya.has("counts.xlsx"));
}

#[test]
fn files_say_what_is_left_out() {
    let maya = company();
    let rows = maya.run("readiness --anonymous -f csv").ok().csv();
    let of = |scope: &str, id: &str| {
        let found = rows.iter().find(|r| r["scope"] == scope && r["scope_id"] == id);
        let row = found.unwrap_or_else(|| panic!("{scope} {id}"));
        (
            row["people"].clone(),
            row["not_started"].clone(),
            row["suppressed"].clone(),
        )
    };
    let told = |n: &str| (n.to_owned(), n.to_owned(), String::new());
    let hidden = |why: &str| (String::new(), String::new(), why.to_owned());
    assert_eq!(of("everybody", ""), told("12"));
    assert_eq!(of("group", "all"), told("12"));
    assert_eq!(of("unit", "sales"), told("6"));
    // One person is in no unit that is told: with the smaller of the others they are too many to be found.
    assert_eq!(of("unit", "ops"), hidden("complementary"));
    assert_eq!(of("group", "board"), hidden("complementary"));
    assert!(rows.iter().all(|row| row["scope_id"] != "legal"));
    let json = maya.run("readiness --anonymous -f json").ok().rows();
    assert_eq!(json.len(), rows.len());
    assert!(
        json.iter()
            .any(|row| row["people"].is_null() && row["suppressed"] == "complementary")
    );
}

#[test]
fn of_too_few_there_is_only_the_sentence() {
    let maya = company();
    for line in [
        "readiness --anonymous --unit legal",
        "readiness --anonymous --unit ops",
        "readiness --anonymous --group board",
    ] {
        let told = maya.run(line).ok();
        assert!(told.told().contains("not told without names"), "{told}");
        assert!(!told.stdout.contains("PEOPLE"), "{told}");
        let csv = maya.run(&format!("{line} -f csv")).ok();
        assert_eq!(csv.csv().len(), 0, "{csv}");
        assert!(csv.stderr.contains("not told without names"), "{csv}");
    }
    let small = Sandbox::halden();
    small.run("assign framing --to group:board --to chen --yes").ok();
    let told = small.run("readiness --anonymous").ok();
    assert_data_eq!(
        told.stdout,
        str![[r"
Answering, without names                                       Mon 16 Mar 2026

These are fewer than 5 people: where they stand is not told without names.

"]]
    );
}

#[test]
fn the_setting_is_never_below_three_and_may_be_higher() {
    let maya = company();
    let settings = maya.read("upwards.toml");
    maya.file("upwards.toml", format!("{settings}\n[privacy]\nmin_group = 7\n"));
    let rows = maya.run("readiness --anonymous -f csv").ok().csv();
    let shown: Vec<&str> = rows
        .iter()
        .filter(|row| row["suppressed"].is_empty() && row["capability_id"].is_empty())
        .map(|row| row["scope_id"].as_str())
        .collect();
    assert_eq!(shown, ["", "all"]);
    assert_eq!(rows[0]["min_group"], "7");
}

#[test]
fn what_would_single_people_out_is_refused() {
    let maya = company();
    for (flags, words) in [
        (
            "--unit sales --band R",
            "--anonymous does not go with --band: of people chosen by where they stand",
        ),
        ("--overdue", "--overdue"),
        ("--inactive 30", "--inactive"),
        ("--reached", "--reached"),
        ("--not-reached", "--not-reached"),
        ("--module framing", "--module"),
        ("--since 2026-03-02", "a change is one person's"),
        ("--long", "its rows are people"),
        ("--sort name", "its rows are people"),
        ("--fail-under 1", "however small"),
        ("--unit sales --group board", "one group or one unit"),
        ("--unit sales --unit legal", "one group or one unit"),
    ] {
        let refused = maya.run(&format!("readiness --anonymous {flags}")).code(2);
        assert!(
            refused.said().contains(words) && refused.stdout.is_empty(),
            "{refused}"
        );
    }
    maya.run("readiness secret1 --anonymous").code(2);
}

#[test]
fn counts_are_those_of_the_table_with_names() {
    let maya = company();
    maya.file(
        "../right.toml",
        "format = 1\n[answers]\nframing.stop = { choice = 1 }\n",
    );
    maya.laptop("secret3")
        .run("learn --as secret3 --step who --answers ../right.toml")
        .ok();
    let rows = maya
        .run("readiness --anonymous --capability lead -f csv")
        .ok()
        .csv();
    let names = maya.run("readiness --long --capability lead -f csv").ok().csv();
    for (column, band) in [
        ("not_started", "not-started"),
        ("exploring", "exploring"),
        ("building", "building"),
        ("ready", "ready"),
    ] {
        let count = names.iter().filter(|row| row["band"] == band).count();
        assert_eq!(rows[0][column], count.to_string(), "{column}");
    }
    assert_eq!(rows[0]["building"], "1");
}
