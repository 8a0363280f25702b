//! `mentors report` and `peers report`: the figures of a history made by hand, and that nobody is named unless asked for.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use scraper::Html;
use serde_json::{Value, json};

use crate::support::Sandbox;

/// A workspace of eighteen executives, six mentors and a guest, whose names, ids and addresses hold a word that is found.
struct Team {
    maya: Sandbox,
    logs: BTreeMap<(String, String), Vec<Value>>,
    next: u32,
}

fn executive(n: u32) -> String {
    format!("idmarker{n:02}")
}

fn mentor(n: u32) -> String {
    format!("mentormarker{n}")
}

impl Team {
    fn new() -> Self {
        let maya = Sandbox::halden();
        let mut people =
            "format = 1\n\n[[person]]\nid = \"maya\"\nname = \"Maya Lund\"\nroles = [\"leader\"]\n"
                .to_owned();
        for n in 0..18 {
            let unit = match n {
                6..=10 => "south",
                11 => "UnitMarker",
                _ => "north",
            };
            let more = match n {
                0 => "challenges = [\"late-answers\", \"no-time\"]\n",
                1..=5 => "challenges = [\"no-time\"]\n",
                12 | 13 => "experience = [\"serve\"]\n",
                _ => "",
            };
            people += &format!(
                "\n[[person]]\nid = \"{}\"\nname = \"Name{n:02}Marker\"\nunit = \"{unit}\"\nemail = \"{n}@marker.example\"\n{more}",
                executive(n)
            );
        }
        for n in 0..6 {
            people += &format!(
                "\n[[person]]\nid = \"{}\"\nname = \"Mentor{n}Marker\"\nroles = [\"mentor\"]\n",
                mentor(n)
            );
        }
        people += "\n[[person]]\nid = \"guestmarker\"\nname = \"GuestMarker\"\nexternal = true\nexperience = [\"serve\"]\n";
        maya.file("people.toml", people);
        Self {
            maya,
            logs: BTreeMap::new(),
            next: 0,
        }
    }

    /// Notes an event in somebody's log and returns its id.
    fn log(&mut self, person: &str, day: &str, fact: &Value) -> String {
        self.log_on("laptop", person, day, fact)
    }

    fn log_on(&mut self, device: &str, person: &str, day: &str, fact: &Value) -> String {
        self.next += 1;
        let id = format!("00000000-0000-4000-8000-{:012}", self.next);
        let device = format!("{person}-{device}");
        let log = self.logs.entry((person.to_owned(), device.clone())).or_default();
        let mut line = json!({"v": 1, "id": id, "seq": log.len() + 1, "day": day, "person": person, "by": person, "device": device});
        let all = line.as_object_mut().expect("an object");
        all.extend(fact.as_object().expect("an object").clone());
        log.push(line);
        id
    }

    fn pair(&mut self, n: u32, with: u32, day: &str) -> String {
        self.log(
            &executive(n),
            day,
            &json!({"kind": "paired", "curriculum": "tiny", "mentor": mentor(with), "capabilities": ["serve"], "why": "secretwhy"}),
        )
    }

    fn reached(&mut self, n: u32, day: &str) {
        self.log(
            &executive(n),
            day,
            &json!({"kind": "reached", "curriculum": "tiny", "capability": "serve"}),
        );
    }

    fn written(self) -> Sandbox {
        for ((person, device), lines) in self.logs {
            let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            let text = lines.join("\n") + "\n";
            self.maya.file(&format!("progress/{person}/{device}.jsonl"), text);
        }
        self.maya
    }
}

fn talk(meeting: &str, with: &[String], minutes: u32, attendance: &str) -> Value {
    json!({"kind": "met", "curriculum": "tiny", "meeting": meeting, "with": with, "role": "mentor", "capabilities": ["serve"], "minutes": minutes, "attendance": attendance})
}

fn committed(mut talk: Value) -> Value {
    talk["commitment"] = "secretcommitment".into();
    talk
}

/// Twelve pairs of 1 February. Six met, the first after 3, 5, 5, 7, 9 and 10 days; one by a deputy after 20; five never.
fn pairs() -> Team {
    let mut team = Team::new();
    let mut ids = Vec::new();
    for n in 0..12 {
        ids.push(team.pair(n, n % 6, "2026-02-01"));
    }
    let met = [
        (0, "04", 30, "present"),
        (1, "06", 30, "present"),
        (2, "06", 15, "partly"),
        (3, "08", 30, "present"),
        (4, "10", 30, "present"),
        (5, "11", 30, "present"),
    ];
    let answers = [Some("yes"), Some("partly"), Some("no"), Some("yes"), None];
    for (n, day, minutes, attendance) in met {
        let day = format!("2026-02-{day}");
        let mut fact = talk(&format!("first-{n}"), &[mentor(n)], minutes, attendance);
        let answer = answers.get(usize::try_from(n).expect("few"));
        if answer.is_some() {
            fact = committed(fact);
        }
        let id = team.log(&executive(n), &day, &fact);
        if let Some(Some(answer)) = answer {
            team.log(
                &executive(n),
                "2026-03-01",
                &json!({"kind": "kept", "ref": id, "answer": answer}),
            );
        }
    }
    // The same talk from another device is no other talk.
    let again = talk("first-1", &[mentor(1)], 30, "partly");
    team.log_on("phone", &executive(1), "2026-02-06", &again);
    team.log(
        &executive(0),
        "2026-03-10",
        &talk("second-0", &[mentor(0)], 20, "present"),
    );
    team.log(
        &executive(6),
        "2026-02-21",
        &talk("first-6", &[mentor(0)], 25, "deputy"),
    );
    let end = json!({"kind": "unpaired", "ref": ids[5]});
    team.log(&executive(5), "2026-03-03", &end);
    // After the pair ended, and before it was made: talks, but not of the pair.
    team.log(
        &executive(5),
        "2026-03-04",
        &talk("later", &[mentor(5)], 5, "present"),
    );
    for (n, day) in [
        (0, "2026-03-01"),
        (1, "2026-03-02"),
        (12, "2026-03-01"),
        (13, "2026-01-10"),
    ] {
        team.reached(n, day);
    }
    for n in [0, 2, 4, 12, 15] {
        let day = if n == 4 { "2026-01-20" } else { "2026-02-20" };
        let practice = json!({"kind": "practised", "curriculum": "tiny", "step": "answering.answer-one", "rev": 1, "capabilities": ["serve"], "personal": true, "evidence": "secretevidence"});
        team.log(&executive(n), day, &practice);
    }
    team
}

fn invited(meeting: &str, all: &[String], of: usize, at: Option<&str>) -> Value {
    let others: Vec<&String> = all
        .iter()
        .enumerate()
        .filter(|(place, _)| *place != of)
        .map(|(_, id)| id)
        .collect();
    let mut fact = json!({"kind": "invited", "curriculum": "tiny", "meeting": meeting, "with": others, "role": "peer", "topic": "serve"});
    if let Some(at) = at {
        fact["at"] = at.into();
    }
    fact
}

/// Five groups about `serve`: two met, one has a day to come, of one the day is over, one has none. And a talk of two.
fn groups() -> Team {
    let mut team = Team::new();
    let ids = |all: &[u32]| -> Vec<String> { all.iter().map(|n| executive(*n)).collect() };
    let with_guest = |all: &[u32]| [ids(all), vec!["guestmarker".to_owned()]].concat();
    let all = [
        ("a", ids(&[12, 0, 1, 2]), None),
        ("b", ids(&[13, 3, 4, 5]), None),
        ("c", ids(&[12, 6, 7]), Some("2026-03-20 09:30")),
        ("d", with_guest(&[8, 9]), Some("2026-03-01 09:30")),
        ("e", with_guest(&[10, 11]), None),
    ];
    for (meeting, members, at) in &all {
        for (place, id) in members.iter().enumerate().filter(|(_, id)| *id != "guestmarker") {
            team.log(id, "2026-02-01", &invited(meeting, members, place, None));
            if at.is_some() {
                team.log(id, "2026-02-03", &invited(meeting, members, place, *at));
            }
        }
    }
    for n in 0..7 {
        let function = if n < 6 { "customer-service" } else { "marketing" };
        let aim = json!({"kind": "aimed", "text": "secretaim", "function": function});
        team.log(&executive(n), "2026-02-02", &aim);
    }
    let mut held = |meeting: &str, members: &[String], away: Option<&String>| {
        for id in members {
            let others: Vec<String> = members.iter().filter(|other| *other != id).cloned().collect();
            let attendance = if away == Some(id) { "deputy" } else { "present" };
            let mut fact = talk(meeting, &others, 45, attendance);
            fact["role"] = "peer".into();
            if *id == executive(0) {
                fact = committed(fact);
            }
            team.log(id, "2026-02-20", &fact);
        }
    };
    held("a", &all[0].1, Some(&executive(2)));
    held("b", &all[1].1, None);
    held("by themselves", &ids(&[15, 16]), None);
    team
}

/// The pages about both histories, with names and without, for a browser.
pub(crate) fn write_pages(folder: &Path) {
    for (what, team) in [("mentors", pairs()), ("peers", groups())] {
        let maya = team.written();
        for (flag, file) in [("", what.to_owned()), ("--names", format!("{what}-names"))] {
            maya.run(&format!("{what} report {flag} -o page.html -qq --yes"))
                .ok();
            let page = folder.join(format!("{file}.html"));
            std::fs::write(page, maya.read("page.html")).expect("a page");
        }
    }
}

fn rows<'a>(report: &'a Value, table: &str) -> &'a Vec<Value> {
    report["tables"][table]["rows"]
        .as_array()
        .unwrap_or_else(|| panic!("no table {table}: {report}"))
}

/// A table of figures: what, how many, of how many.
fn figures(report: &Value, table: &str) -> Vec<(String, Option<u64>, Option<u64>)> {
    let rows = rows(report, table).iter();
    rows.map(|row| {
        let word = row["figure"].as_str().expect("a word").to_owned();
        (word, row["n"].as_u64(), row["of"].as_u64())
    })
    .collect()
}

fn told(all: &[(&str, u64, u64)]) -> Vec<(String, Option<u64>, Option<u64>)> {
    all.iter()
        .map(|(word, n, of)| ((*word).to_owned(), Some(*n), Some(*of)))
        .collect()
}

#[test]
fn figures_of_pairs_are_those_of_the_history() {
    let maya = pairs().written();
    let report = maya.run("mentors report --names -f json -qq").ok().json();
    assert_eq!(report["schema"], "upwards.mentors-report/1");
    assert_eq!(
        report["says"][0],
        "11 of 18 executives have a mentor; 8 talks were held; 10 pairs wait too long."
    );
    assert_eq!(
        figures(&report, "figures"),
        told(&[
            ("with_mentor", 11, 18),
            ("running", 11, 12),
            ("ended", 1, 12),
            ("held", 7, 12),
            ("stalled", 10, 11)
        ])
    );
    assert_eq!(
        rows(&report, "first_talk")[0],
        json!({"pairs": 7, "median_days": 7, "shortest_days": 3, "longest_days": 20})
    );
    assert_eq!(
        figures(&report, "attendance"),
        told(&[("present", 6, 8), ("partly", 1, 8), ("deputy", 1, 8)])
    );
    assert_eq!(
        figures(&report, "commitments"),
        told(&[("kept", 2, 5), ("partly", 1, 5), ("not", 1, 5), ("open", 1, 5)])
    );
    // The talk after the end of a pair is time that its mentor gave.
    let unnamed = maya.run("mentors report -f json").ok().json();
    assert_eq!(
        rows(&unnamed, "given")[0],
        json!({"mentors": 6, "minutes": 215, "each": 35.8})
    );
    // South has enough people with a mentor, but the one of another unit would be all minus both; of the others one has
    // held a talk.
    assert_eq!(
        *rows(&unnamed, "units"),
        [
            json!({"unit": "north", "people": 6, "pairs": 6, "held": null, "talks": null}),
            json!({"unit": "others", "people": 6, "pairs": 6, "held": null, "talks": null})
        ]
    );
}

/// Every row of every table that a file has, as text.
fn cells_of(maya: &Sandbox, file: &str) -> Vec<Vec<String>> {
    let text_of = |element: scraper::ElementRef<'_>| element.text().collect::<String>().trim().to_owned();
    match file {
        "out.html" => {
            let page = Html::parse_document(&maya.read(file));
            let [row, cell] = ["tr", "td, th"].map(|of| scraper::Selector::parse(of).expect("a selector"));
            let rows = page.select(&row);
            rows.map(|row| row.select(&cell).map(text_of).collect()).collect()
        }
        "out.md" => {
            let text = maya.read(file);
            let rows = text.lines().filter(|line| line.starts_with('|'));
            rows.map(|row| row.split('|').map(|cell| cell.trim().to_owned()).collect())
                .collect()
        }
        "out.json" => {
            let report: Value = serde_json::from_str(&maya.read(file)).expect("JSON");
            let tables = report["tables"].as_object().expect("tables").values();
            let rows = tables.flat_map(|table| table["rows"].as_array().expect("rows").clone());
            rows.map(|row| {
                let cells = row.as_object().expect("a row").values();
                cells.map(crate::support::as_cell).collect()
            })
            .collect()
        }
        _ => {
            let mut book: calamine::Xlsx<_> = calamine::open_workbook(maya.path(file)).expect("a workbook");
            let sheets = calamine::Reader::worksheets(&mut book);
            let rows = sheets
                .iter()
                .flat_map(|(_, sheet)| sheet.rows().collect::<Vec<_>>());
            rows.map(|row| row.iter().map(ToString::to_string).collect())
                .collect()
        }
    }
}

/// A row for who came by a deputy, and whether a cell of the whole report is a number of so few that it is somebody's.
#[test]
fn no_cell_of_a_report_without_names_tells_of_few() {
    let maya = pairs().written();
    let few = |rows: &[Vec<String>]| -> Vec<Vec<String>> {
        let is_few = |cell: &String| cell.parse::<u32>().is_ok_and(|n| (1..5).contains(&n));
        rows.iter()
            .filter(|row| row.iter().any(is_few))
            .cloned()
            .collect()
    };
    for file in FILES {
        maya.run(&format!("mentors report -o {file} --yes")).ok();
        let rows = cells_of(&maya, file);
        assert_eq!(few(&rows), Vec::<Vec<String>>::new(), "{file}");
        let deputy = rows.iter().find(|row| row.iter().any(|cell| cell == "deputy"));
        assert!(deputy.is_some(), "{file}: {rows:?}");
        maya.run(&format!("mentors report --names -o {file} --yes -qq"))
            .ok();
        let named = few(&cells_of(&maya, file));
        assert!(named.len() > 10, "{file}: a table is read: {named:?}");
    }
    let report = maya.run("mentors report -f json").ok().json();
    // Eleven have a mentor, twelve had one; seven have held a talk, of whom six met: the twelfth and the seventh are one.
    assert_eq!(report["says"][0], "8 talks were held.");
    for table in ["figures", "attendance", "commitments"] {
        let told = figures(&report, table);
        assert!(
            told.iter().all(|(_, n, of)| n.is_none() && of.is_none()),
            "{table}: {told:?}"
        );
    }
    let change = rows(&report, "readiness");
    let told = |key: &str| -> Vec<Option<u64>> { change.iter().map(|row| row[key].as_u64()).collect() };
    assert_eq!(told("people"), [Some(6), Some(12), Some(18)]);
    assert_eq!(
        told("reached_more"),
        [None, None, None],
        "two, one and three people"
    );
}

/// Six of twelve pairs ended, six met and six sent a deputy: of all of them it is told.
#[test]
fn of_enough_people_every_figure_is_told() {
    let mut team = Team::new();
    for n in 0..12 {
        let id = team.pair(n, n % 6, "2026-02-01");
        let attendance = if n < 6 { "present" } else { "deputy" };
        let met = talk(&format!("m{n}"), &[mentor(n % 6)], 30, attendance);
        team.log(&executive(n), "2026-02-05", &committed(met));
        if n < 6 {
            team.log(
                &executive(n),
                "2026-03-01",
                &json!({"kind": "unpaired", "ref": id}),
            );
        }
    }
    let maya = team.written();
    let report = maya.run("mentors report -f json").ok().json();
    assert_eq!(
        report["says"][0],
        "6 of 18 executives have a mentor; 12 talks were held; 6 pairs wait too long."
    );
    assert_eq!(
        figures(&report, "figures"),
        told(&[
            ("with_mentor", 6, 18),
            ("running", 6, 12),
            ("ended", 6, 12),
            ("held", 12, 12),
            ("stalled", 6, 6)
        ])
    );
    assert_eq!(
        figures(&report, "attendance"),
        told(&[("present", 6, 12), ("partly", 0, 12), ("deputy", 6, 12)])
    );
    assert_eq!(
        figures(&report, "commitments")[3],
        ("open".to_owned(), Some(12), Some(12))
    );
    assert_eq!(
        rows(&report, "first_talk")[0],
        json!({"pairs": 12, "median_days": 4, "shortest_days": null, "longest_days": null})
    );
    let more: Vec<&Value> = rows(&report, "readiness")
        .iter()
        .map(|row| &row["reached_more"])
        .collect();
    assert_eq!(more, [0, 0, 0]);
}

/// The median of the points that `readiness` shows on a day; who has no row there has none.
fn median_of(maya: &Sandbox, day: &str, who: &[u32]) -> f64 {
    let shown = maya.run(&format!("readiness -f csv --as-of {day}")).ok().csv();
    let mut points: Vec<f64> = who
        .iter()
        .map(|n| {
            let row = shown.iter().find(|row| row["person_id"] == executive(*n));
            row.map_or(0.0, |row| row["overall_points"].parse().expect("points"))
        })
        .collect();
    points.sort_by(f64::total_cmp);
    let middle = points.len() / 2;
    let mean = f64::midpoint(points[middle - 1], points[middle]);
    ((mean * 10.0) + 1e-9).round() / 10.0
}

#[test]
fn readiness_then_and_now_is_that_of_the_leaders_table() {
    let maya = pairs().written();
    let (met, not): (Vec<u32>, Vec<u32>) = ((0..6).collect(), (6..18).collect());
    for (flag, since) in [("", "2026-01-31"), (" --since 2026-02-20", "2026-02-20")] {
        let report = maya
            .run(&format!("mentors report --names -qq -f json{flag}"))
            .ok()
            .json();
        let found = rows(&report, "readiness");
        let everybody: Vec<u32> = (0..18).collect();
        for (place, who) in [&met, &not, &everybody].into_iter().enumerate() {
            let row = &found[place];
            assert_eq!(row["people"], who.len(), "{row}");
            let points = |key: &str| row[key].as_f64().expect("points");
            assert!(
                (points("points_before") - median_of(&maya, since, who)).abs() < 0.01,
                "{row}"
            );
            assert!(
                (points("points") - median_of(&maya, "2026-03-16", who)).abs() < 0.01,
                "{row}"
            );
        }
        // Reached on 10 January is not reached since.
        let more: Vec<&Value> = found.iter().map(|row| &row["reached_more"]).collect();
        assert_eq!(more, [2, 1, 3]);
        let says = report["tables"]["readiness"]["says"].to_string();
        assert!(says.contains("no proof"), "{says}");
        let how = report["tables"]["readiness"]["how"].to_string();
        assert_eq!(
            how.contains("the day before the first pair"),
            flag.is_empty(),
            "{how}"
        );
        let facts = rows(&report, "method");
        assert!(
            facts.contains(&json!({"fact": "compared_with", "value": since})),
            "{facts:?}"
        );
    }
    let moved = maya.run("mentors report -f json").ok().json();
    assert!(
        rows(&moved, "readiness")[0]["points_before"] != rows(&moved, "readiness")[0]["points"],
        "a history in which nothing moves proves nothing"
    );
}

#[test]
fn figures_of_groups_are_those_of_the_history() {
    let maya = groups().written();
    let report = maya.run("peers report -f json").ok().json();
    assert_eq!(report["schema"], "upwards.peers-report/1");
    assert_eq!(report["says"][0], "2 of 5 groups have met; 3 talks were held.");
    // Two groups of eight met; the others are of two or three each, and seven together.
    let not_told = |word: &str| (word.to_owned(), None, None);
    assert_eq!(
        figures(&report, "figures"),
        [
            ("met".to_owned(), Some(2), Some(5)),
            not_told("dated"),
            not_told("passed"),
            not_told("not_dated"),
            ("talks".to_owned(), Some(3), None)
        ]
    );
    // A deputy went for one person, and nine talks of others were all minus that.
    assert_eq!(
        figures(&report, "attendance"),
        [
            not_told("present"),
            ("partly".to_owned(), Some(0), Some(10)),
            not_told("deputy")
        ]
    );
    // One person committed to something: what came of it is theirs.
    let made = figures(&report, "commitments");
    assert!(
        made.iter().all(|(_, n, of)| n.is_none() && of.is_none()),
        "{made:?}"
    );
    // Fourteen beside the eighteen who are here, of whom it is told who changed, would tell of four.
    assert!(rows(&report, "experience").is_empty());
    // Six came with one aim and one worry, one of them with another worry too.
    let row = |what: &str, kind: &str| json!({"capability_id": "serve", "what": what, "kind": kind, "capability": "Serve", "people": 6});
    assert_eq!(
        *rows(&report, "sought"),
        [
            row("function customer-service", "aim"),
            row("no-time", "challenge")
        ]
    );
    assert!(
        report["tables"]["sought"]["says"]
            .to_string()
            .contains("1 line is left out")
    );
    // What changed for those who met peers and for those who did not, from the day before the first group on.
    let changed = rows(&report, "readiness");
    let sides: Vec<(&Value, &Value)> = changed.iter().map(|row| (&row["who"], &row["people"])).collect();
    assert_eq!(
        sides,
        [
            (&json!("met"), &json!(9)),
            (&json!("not_met"), &json!(9)),
            (&json!("all"), &json!(18))
        ]
    );
    let says = report["tables"]["readiness"].to_string();
    assert!(
        says.contains("no proof that talks did it") && says.contains("the first group was formed"),
        "{says}"
    );
    let since = maya.run("peers report --since 2026-02-10 -f json").ok().json();
    assert!(rows(&since, "readiness")[0]["points_before"].is_number());
    maya.run("peers report --since 2026-03-16").code(2);
    let named = maya.run("peers report --names -f json -qq").ok().json();
    let mut wanted = told(&[
        ("met", 2, 5),
        ("dated", 1, 5),
        ("passed", 1, 5),
        ("not_dated", 1, 5),
    ]);
    wanted.push(("talks".to_owned(), Some(3), None));
    assert_eq!(figures(&named, "figures"), wanted);
    assert_eq!(
        figures(&named, "attendance"),
        told(&[("present", 9, 10), ("partly", 0, 10), ("deputy", 1, 10)])
    );
    let first = &rows(&named, "groups")[0];
    assert_eq!(first["experience"], json!(["Name12Marker*"]));
    assert_eq!(
        first["members"],
        json!(["Name00Marker", "Name01Marker", "Name02Marker"])
    );
    assert_eq!(
        first["seek"],
        json!(["function customer-service", "late-answers", "no-time"])
    );
    assert_eq!(
        (&first["there"], &first["held_on"]),
        (&json!(3), &json!("2026-02-20"))
    );
    assert_eq!(
        figures(&named, "commitments"),
        told(&[("kept", 0, 1), ("partly", 0, 1), ("not", 0, 1), ("open", 1, 1)])
    );
}

/// Everything that a file holds, a workbook's parts unpacked.
fn bytes_of(maya: &Sandbox, file: &str) -> String {
    let bytes = std::fs::read(maya.path(file)).expect("a file");
    if !file.ends_with("xlsx") {
        return String::from_utf8(bytes).expect("text");
    }
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut all = String::new();
    for place in 0..book.len() {
        let mut part = book.by_index(place).expect("a part");
        all += &part.name().expect("a name");
        part.read_to_string(&mut all).expect("text");
    }
    all
}

const FILES: [&str; 4] = ["out.html", "out.md", "out.json", "out.xlsx"];

#[test]
fn without_names_nobody_is_in_any_format_and_with_names_all_are() {
    for (what, team, named) in [
        ("mentors", pairs(), "Mentor0Marker"),
        ("peers", groups(), "GuestMarker"),
    ] {
        let maya = team.written();
        for file in FILES {
            maya.run(&format!("{what} report -o {file} --yes")).ok();
            let found = bytes_of(&maya, file);
            assert!(!found.to_lowercase().contains("marker"), "{what} {file}\n{found}");
            assert!(
                found.contains("north") || what == "peers",
                "{file}: units are told"
            );
            let told = maya.run(&format!("{what} report --names -o {file} --yes")).ok();
            assert!(told.stderr.contains("launch/charter.md"), "{told}");
            let found = bytes_of(&maya, file);
            for name in ["Name00Marker", "Name11Marker", named] {
                assert!(found.contains(name), "{what} {file}: {name}");
            }
            for secret in [
                "secretwhy",
                "secretcommitment",
                "secretevidence",
                "marker.example",
            ] {
                assert!(!found.contains(secret), "{what} {file}: {secret}");
            }
        }
        let screen = maya.run(&format!("{what} report")).ok();
        assert!(!screen.stdout.to_lowercase().contains("marker"), "{screen}");
        assert!(
            maya.run(&format!("{what} report -f csv"))
                .code(2)
                .stderr
                .contains("several")
        );
    }
}

/// A unit that is called like somebody is as good as a name.
#[test]
fn units_and_aims_that_name_somebody_are_not_told() {
    let maya = pairs().written();
    let people = maya.read("people.toml");
    maya.file(
        "people.toml",
        people.replace("\"north\"", "\"Team Name00Marker\""),
    );
    let report = maya.run("mentors report -f json").ok().json();
    assert!(report["tables"].get("units").is_none(), "{report}");
    assert!(!report.to_string().to_lowercase().contains("marker"));
    assert_eq!(rows(&report, "readiness")[0]["people"], 6, "all else is told");
    let maya = groups().written();
    let people = maya.read("people.toml");
    maya.file("people.toml", people.replace("no-time", "name00marker"));
    let report = maya.run("peers report -f json").ok().json();
    assert_eq!(rows(&report, "sought").len(), 1, "{report}");
    assert!(!report.to_string().to_lowercase().contains("marker"));
}

/// The example has two pairs and no group: too few to be told of.
#[test]
fn the_example_names_nobody_unless_asked_for() {
    let halden = Sandbox::new();
    for what in ["mentors", "peers"] {
        for format in ["table", "plain", "md", "html", "json"] {
            let shown = halden.run(&format!("{what} report --demo -f {format}")).ok();
            for name in ["Ana", "Reyes", "Jo Park", "chen", "halden.example"] {
                assert!(!shown.stdout.contains(name), "{name}: {shown}");
            }
        }
    }
    let named = halden.run("mentors report --demo --names -f md").ok();
    assert!(
        named.stdout.contains("Ana Reyes") && named.stdout.contains("Sam Ortiz"),
        "{named}"
    );
    assert!(
        named
            .stderr
            .contains("it names Ana Reyes, Chen Wei, Jo Park, Sam Ortiz;"),
        "{named}"
    );
}

/// Wishes, vetoes, answers about a pair and reasons change no byte of a report.
#[test]
fn what_only_leaders_note_is_in_no_report() {
    let maya = pairs().written();
    let report = || maya.run("mentors report --names -f json -qq").ok().stdout;
    let before = report();
    maya.run(&format!("mentors wish {} --for {}", mentor(1), executive(14)))
        .ok();
    maya.run(&format!("mentors bar {} {}", mentor(2), executive(3)))
        .ok();
    maya.run(&format!("mentors fit {} not", executive(4))).ok();
    assert_eq!(report(), before);
    let ended = format!("mentors unpair {} --reason secretreason", executive(4));
    maya.run(&ended).ok();
    let after = report();
    assert_ne!(after, before, "the pair ended");
    assert!(!after.contains("secretreason"));
}

#[test]
fn the_same_report_is_the_same_bytes_and_a_page_without_a_fault() {
    for (what, team) in [("mentors", pairs()), ("peers", groups())] {
        let maya = team.written();
        for names in ["", " --names"] {
            for file in FILES {
                let written = || {
                    maya.run(&format!("{what} report{names} -o {file} -qq --yes"))
                        .ok();
                    std::fs::read(maya.path(file)).expect("a file")
                };
                assert_eq!(written(), written(), "{what} {file}");
            }
            let page = maya.read("out.html");
            let parsed = Html::parse_document(&page);
            assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
            assert!(!page.contains("<script") && page.contains("default-src 'none'"));
            let text: String = parsed.root_element().text().collect();
            let json: Value = serde_json::from_str(&maya.read("out.json")).expect("JSON");
            for (name, table) in json["tables"].as_object().expect("tables") {
                let lines = ["says", "how"].map(|key| table[key].as_array().expect("lines").clone());
                for line in lines.concat() {
                    assert!(text.contains(line.as_str().expect("words")), "{name}: {line}");
                }
            }
        }
    }
}

#[test]
fn where_there_is_nothing_that_is_said() {
    let maya = Sandbox::halden();
    for (what, says) in [
        ("mentors", "No pair was made yet: upwards mentors match"),
        ("peers", "No group was formed yet: upwards peers form"),
    ] {
        for names in ["", " --names"] {
            let report = maya.run(&format!("{what} report -f json{names}")).ok();
            assert_eq!(report.stderr, "", "nobody is named");
            let report = report.json();
            assert_eq!(report["says"][0], says);
            let tables: Vec<&String> = report["tables"].as_object().expect("tables").keys().collect();
            assert_eq!(tables, ["method"]);
        }
    }
}

/// Of four pairs nothing is told without names, of five it is; and of few who met no readiness.
#[test]
fn of_few_people_it_is_not_told() {
    let few = |pairs: u32| {
        let mut team = Team::new();
        for n in 0..pairs {
            team.pair(n, n % 2, "2026-02-01");
            let met = talk(&format!("m{n}"), &[mentor(n % 2)], 30, "present");
            if n < 4 {
                team.log(&executive(n), "2026-02-05", &committed(met));
            }
        }
        team.written()
    };
    let four = few(4);
    let report = four.run("mentors report -f json").ok().json();
    assert!(
        report["says"][0]
            .as_str()
            .expect("words")
            .starts_with("Fewer than 5")
    );
    let tables: Vec<&String> = report["tables"].as_object().expect("tables").keys().collect();
    assert_eq!(tables, ["method"], "not even where the others stand");
    assert!(!report.to_string().contains("compared_with"), "{report}");
    let named = four.run("mentors report --names -f json -qq").ok().json();
    assert_eq!(rows(&named, "pairs").len(), 4);
    let workspace = few(5);
    let five = workspace.run("mentors report -f json").ok().json();
    assert_eq!(
        figures(&five, "figures")[1],
        ("running".to_owned(), Some(5), Some(5))
    );
    // Four talked, two mentors gave: of neither it is told how.
    for (table, key) in [
        ("attendance", "n"),
        ("commitments", "n"),
        ("given", "minutes"),
        ("first_talk", "median_days"),
    ] {
        let rows = rows(&five, table);
        assert!(rows.iter().all(|row| row[key].is_null()), "{table}: {rows:?}");
    }
    // Fourteen did not meet; four are all minus these.
    let change = rows(&five, "readiness");
    for row in &change[..2] {
        assert!(
            row["people"].is_null() && row["points"].is_null() && row["reached_more"].is_null(),
            "{row}"
        );
    }
    assert_eq!(change[2]["people"], 18);
    for table in ["attendance", "readiness"] {
        let says = five["tables"][table]["says"].to_string();
        assert!(says.contains("-: of fewer than 5 people"), "{table}: {says}");
    }
    workspace.append("upwards.toml", "\n[privacy]\nmin_group = 6\n");
    let report = workspace.run("mentors report -f json").ok().json();
    assert!(
        report["says"][0]
            .as_str()
            .expect("words")
            .starts_with("Fewer than 6"),
        "{report}"
    );
}

#[test]
fn what_cannot_be_is_said() {
    let maya = pairs().written();
    for since in ["2026-03-16", "2026-04-01", "yesterday"] {
        let refused = maya.run(&format!("mentors report --since {since}")).code(2);
        assert!(refused.stderr.contains("--since"), "{refused}");
    }
    let ana = Sandbox::halden().laptop("ana");
    for what in ["mentors", "peers"] {
        let refused = ana.run(&format!("{what} report")).code(1);
        assert!(refused.stderr.contains("leads nobody here"), "{refused}");
    }
}
