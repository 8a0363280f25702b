//! From an empty folder to the leader's table, by pipe alone: what is on the screen, in CSV and in JSON is one thing.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::explained::{adds_up, tenths};
use crate::support::{Sandbox, as_cell};

const NAMES: [&str; 23] = [
    "Ana Reyes",
    "Bo Lindqvist",
    "Chen Wei",
    "Dana Okafor",
    "Eli Novak",
    "Farah Aziz",
    "Gül Şahin",
    "Änne Krüger-Höpfner",
    "Ann O'Neil",
    "山田 太郎",
    "محمد علي",
    "Iris van den Berg",
    "Jón Þórsson",
    "Kim Lee",
    "Lars Møller",
    "Maria José Núñez",
    "Nadia Petrova",
    "Olu Adeyemi",
    "Pia Sørensen",
    "Quentin Dubois",
    "Ravi Patel",
    "Siobhán Ní Bhriain",
    "=Tom, \"T\"",
];

/// 25 rows as a spreadsheet in many countries writes them; two are bad.
fn table() -> Vec<u8> {
    let mut text = "\u{feff}Personalnummer;Full Name;Role;Team;Department;E-Mail;Manager\r\n".to_owned();
    for (at, name) in NAMES.iter().enumerate() {
        let quoted = if name.contains('"') {
            format!("\"{}\"", name.replace('"', "\"\""))
        } else {
            (*name).to_owned()
        };
        let manager = if at == 0 { "" } else { "p01" };
        let unit = ["service", "marketing", "products"][at % 3];
        text.push_str(&format!(
            "p{:02};{quoted};executive;Board;{unit};p{:02}@halden.example;{manager}\r\n",
            at + 1,
            at + 1
        ));
        if at == 4 {
            text.push_str(";Nobody At All;executive;Board;service;;\r\n");
        }
    }
    text.push_str("p03;Chen Again;executive;Board;service;again@halden.example;\r\n");
    text.into_bytes()
}

/// Right answers to the quizzes of a shipped module.
fn right_answers(module: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("curricula/efficiency/modules")
        .join(format!("{module}.toml"));
    let text = std::fs::read_to_string(file).expect("a shipped module");
    let module_toml: toml::Table = toml::from_str(&text).expect("TOML");
    let mut answers = "format = 1\n[answers]\n".to_owned();
    for step in module_toml["step"].as_array().expect("steps") {
        let questions = step.get("question").and_then(toml::Value::as_array);
        for question in questions.into_iter().flatten() {
            let options = question["options"].as_array().expect("options");
            let right: Vec<String> = (1..)
                .zip(options)
                .filter(|(_, o)| o.get("right").and_then(toml::Value::as_bool) == Some(true))
                .map(|(place, _): (i32, _)| place.to_string())
                .collect();
            let choice = match right.as_slice() {
                [one] => one.clone(),
                several => format!("[{}]", several.join(", ")),
            };
            answers.push_str(&format!(
                "{module}.{} = {{ choice = {choice}, sure = 3 }}\n",
                question["id"].as_str().expect("an id")
            ));
        }
        let practice = step.get("kind").and_then(toml::Value::as_str) == Some("practice");
        if practice {
            answers.push_str(&format!(
                "{module}.{} = {{ personal = \"yes\", done = \"Did it myself\" }}\n",
                step["id"].as_str().expect("an id")
            ));
        }
    }
    answers
}

/// The whole way, once: Maya's computer and p01's.
fn travelled() -> (Sandbox, Sandbox) {
    let outside = Sandbox::new();
    outside
        .run("init halden --name 'Halden Group' --as-leader maya --leader-name 'Maya Lund' --no-input")
        .ok();
    let maya = outside.inside("halden");
    maya.file("people.csv", table());
    let before = maya.read("people.toml");
    maya.run("people import people.csv").code(1);
    assert_eq!(maya.read("people.toml"), before, "a dry run writes nothing");
    maya.run("people import people.csv --yes").code(1);
    assert_eq!(maya.read("people.toml"), before, "all or nothing");
    let import = maya.run("people import people.csv --yes --skip-rejected").code(1);
    assert!(
        import
            .stdout
            .contains("people.csv: 25 rows, 7 columns recognised\n  added      23\n"),
        "{import}"
    );
    let rejected = maya.read("people.rejected.csv");
    assert_eq!(rejected.lines().count(), 3, "{rejected}");
    assert!(rejected.contains(";7;no id and no e-mail"), "{rejected}");
    assert!(
        rejected.contains(";26;\"the id \"\"p03\"\" stands in line 4 already\""),
        "{rejected}"
    );
    maya.run("assign rules-and-roles --to group:board --due 2026-03-10 --yes")
        .ok();
    maya.file("../answers.toml", right_answers("rules-and-roles"));
    let ana = maya.laptop("p01");
    ana.run("config set me p01").ok();
    ana.run("learn --module rules-and-roles --minutes 60 --answers ../answers.toml")
        .ok();
    ana.on("2026-03-20")
        .run("learn --module rules-and-roles --minutes 60 --answers ../answers.toml")
        .ok();
    (maya.on("2026-03-20"), ana.on("2026-03-20"))
}

#[test]
fn everybody_of_the_file_is_there_letter_by_letter() {
    let (maya, _) = travelled();
    let people = maya.run("people list -f json").ok().rows();
    assert_eq!(people.len(), 24);
    for (at, name) in NAMES.iter().enumerate() {
        assert_eq!(people[at + 1]["name"], *name);
        assert_eq!(people[at + 1]["groups"], serde_json::json!(["board"]));
    }
    assert_eq!(people[2]["reports_to"], "p01");
    let again = maya.run("people import people.csv --yes --skip-rejected").code(1);
    assert!(
        again
            .stdout
            .contains("  added       0\n  changed     0\n  same       23\n"),
        "{again}"
    );
}

#[test]
fn table_csv_and_json_agree_cell_by_cell() {
    let (maya, _) = travelled();
    let csv = maya.run("readiness -f csv").ok().csv();
    let json = maya.run("readiness -f json").ok().rows();
    assert_eq!((csv.len(), json.len()), (23, 23));
    for (row, cells) in json.iter().zip(&csv) {
        let row = row.as_object().expect("a row");
        assert_eq!(row.len(), cells.len());
        for (key, value) in row {
            let cell = cells[key].strip_prefix('\'').unwrap_or(&cells[key]);
            assert_eq!(as_cell(value), cell, "{key}");
        }
    }
    // The screen, by the places of its headings; the name is asked for beside it, as it is there.
    let keys = [
        "person", "serve", "reach", "source", "lead", "last", "overdue", "points", "unit",
    ];
    let shown = maya
        .run(&format!(
            "readiness -f plain --sort name --columns {}",
            keys.join(",")
        ))
        .ok()
        .stdout;
    let mut lines = shown.lines().skip_while(|l| !l.starts_with("PERSON "));
    let places = places(lines.next().expect("a heading"));
    let mut sorted: Vec<&BTreeMap<String, String>> = csv.iter().collect();
    sorted.sort_by_key(|row| row["person"].trim_start_matches('\'').to_owned());
    for (cells, line) in sorted.iter().zip(lines) {
        let cell = |at: usize| part(line, &places, at);
        assert_eq!(cell(0), cells["person"].trim_start_matches('\''));
        for (at, capability) in ["serve", "reach", "source", "lead"].iter().enumerate() {
            let letter = match cells[&format!("{capability}_band")].as_str() {
                "not-started" => ".",
                "exploring" => "E",
                "building" => "B",
                _ => "R",
            };
            assert_eq!(cell(at + 1).trim_end_matches(['~', '+']), letter, "{line}");
        }
        let last = match cells["last_active_on"].as_str() {
            "" => "never",
            "2026-03-20" => "today",
            other => panic!("nobody was active on {other}"),
        };
        assert_eq!(cell(5), last, "{line}");
        let overdue = match cells["overdue_days"].as_str() {
            "" => "-".to_owned(),
            days => format!("{days} days"),
        };
        assert_eq!(cell(6), overdue, "{line}");
        assert_eq!(cell(7), cells["overall_points"], "{line}");
        assert_eq!(cell(8), cells["unit"], "{line}");
    }
}

#[test]
fn the_long_rows_are_the_wide_ones_laid_out() {
    let (maya, _) = travelled();
    let wide = maya.run("readiness -f csv").ok().csv();
    let long = maya.run("readiness --long -f csv").ok().csv();
    assert_eq!(long.len(), wide.len() * 4);
    for row in &long {
        let person = wide
            .iter()
            .find(|w| w["person_id"] == row["person_id"])
            .expect("a row");
        let capability = &row["capability_id"];
        for key in ["band", "points", "limited_by", "reached_on", "ready_until"] {
            assert_eq!(row[key], person[&format!("{capability}_{key}")], "{key}");
        }
        let parts: i64 = ["knowledge_points", "hands_on_points", "dialogue_points"]
            .iter()
            .map(|k| tenths(&row[*k]))
            .sum();
        assert_eq!(parts, tenths(&row["points"]));
    }
}

#[test]
fn one_person_explained_adds_up_to_the_figures_of_the_table() {
    let (maya, ana) = travelled();
    let page = maya.run("readiness p01").ok();
    let found = adds_up(&page.stdout);
    let rows = maya.run("readiness p01 -f csv").ok().csv();
    assert_eq!(found.len(), rows.len());
    for (capability, row) in found.iter().zip(&rows) {
        assert_eq!(capability.total, tenths(&row["points"]), "{}", row["capability"]);
        assert_eq!(capability.name, row["capability"]);
    }
    // Two practices of her own and every question known again four days later: Ready, on that day and not before.
    let lead = rows.iter().find(|r| r["capability_id"] == "lead").expect("a row");
    assert_eq!(
        (lead["band"].as_str(), lead["reached_on"].as_str()),
        ("ready", "2026-03-20")
    );
    // Her own page has the same points.
    assert_eq!(adds_up(&ana.run("progress").ok().stdout), found);
    // And the leader saw the day before what was true the day before.
    let before = maya
        .run("readiness p01 --capability lead --as-of 2026-03-19 -f csv")
        .ok()
        .csv();
    assert_eq!(
        (before[0]["band"].as_str(), before[0]["limited_by"].as_str()),
        ("building", "again")
    );
}

#[test]
fn the_export_tells_what_was_done_and_nothing_private() {
    let (maya, _) = travelled();
    let rows = maya.run("export progress").ok().csv();
    let ana: Vec<_> = rows.iter().filter(|r| r["person_id"] == "p01").collect();
    assert!(
        ana.iter()
            .filter(|r| r["step_kind"] == "quiz")
            .all(|r| r["state"] == "done")
    );
    assert!(
        ana.iter()
            .filter(|r| r["step_kind"] == "practice")
            .all(|r| r["evidence"] == "Did it myself")
    );
    let others: Vec<_> = rows.iter().filter(|r| r["person_id"] != "p01").collect();
    assert!(
        others
            .iter()
            .all(|r| r["state"] == "open" && r["overdue_days"] == "10")
    );
    for (path, bytes) in maya.workspace() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for private in ["confidence", "certain", "chosen", "the-takedown"] {
            assert!(!text.contains(private), "{private} in {path}");
        }
    }
}

#[test]
fn the_files_can_be_copied_in_any_order_and_twice() {
    let (maya, _) = travelled();
    let wanted = maya.run("readiness -f csv").ok().stdout;
    let log = maya.read("progress/p01/p01-laptop.jsonl");
    // A sync tool's copy, half of a copy, and the same lines under another name.
    maya.file("progress/p01/p01-laptop (conflicted copy 2026-03-18).jsonl", &log);
    let half: String = log.lines().take(3).flat_map(|l| [l, "\n"]).collect();
    maya.file(
        "progress/p01/p01-laptop.sync-conflict-20260318-101010-ABCDEFG.jsonl",
        half,
    );
    assert_eq!(maya.run("readiness -f csv").ok().stdout, wanted);
    // Lines from the last to the first.
    let back: String = log.lines().rev().flat_map(|l| [l, "\n"]).collect();
    maya.file("progress/p01/p01-laptop.jsonl", back);
    assert_eq!(maya.run("readiness -f csv").ok().stdout, wanted);
}

/// Where the headings of a table begin, in characters.
fn places(heading: &str) -> Vec<usize> {
    let letters: Vec<char> = heading.chars().collect();
    (0..letters.len())
        .filter(|at| {
            letters[*at] != ' '
                && (*at == 0 || letters[at - 1] == ' ' && letters[at.saturating_sub(2)] == ' ')
        })
        .collect()
}

/// A cell of a line laid out under those headings; wide letters take two columns.
fn part(line: &str, places: &[usize], at: usize) -> String {
    let end = places.get(at + 1).copied().unwrap_or(usize::MAX);
    let mut column = 0;
    let mut cell = String::new();
    for c in line.chars() {
        if (places[at]..end).contains(&column) {
            cell.push(c);
        }
        column += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
    }
    cell.trim().to_owned()
}
