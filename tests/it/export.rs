//! `export`: data for programs, the same bytes on stdout and in a file.

use std::process::Command;

use upwards::report::{Documented, documentation};

use crate::source;
use crate::support::{Sandbox, as_cell, csv_rows};

/// Every kind with the command that prints it.
const KINDS: [&str; 8] = [
    "readiness",
    "readiness --long",
    "progress",
    "people",
    "meetings",
    "measures",
    "events",
    "ics",
];

fn team() -> Sandbox {
    let maya = Sandbox::halden();
    maya.run("assign answering --to group:board --due 2026-03-01 --yes")
        .ok();
    maya.laptop("ana")
        .run("learn --step answer-one --personal yes --done '=1+1, he said' --before 19")
        .ok();
    maya
}

#[test]
fn readiness_is_what_readiness_prints() {
    let maya = team();
    for (export, readiness) in [
        ("export readiness", "readiness -f csv"),
        ("export readiness --long", "readiness --long -f csv"),
        ("export readiness -f json", "readiness -f json"),
        (
            "export readiness --group board -f jsonl",
            "readiness --group board -f jsonl",
        ),
    ] {
        assert_eq!(
            maya.run(export).ok().stdout,
            maya.run(readiness).ok().stdout,
            "{export}"
        );
    }
}

#[test]
fn progress_is_a_row_a_person_and_step() {
    let maya = team();
    let csv = maya.run("export progress").ok().csv();
    assert_eq!(csv.len(), 10);
    let json = maya.run("export progress -f json").ok();
    assert_eq!(json.json()["schema"], "upwards.progress/1");
    for (row, cells) in json.rows().iter().zip(&csv) {
        for (key, value) in row.as_object().expect("a row") {
            let cell = as_cell(value);
            let guarded = cells[key].strip_prefix('\'').unwrap_or(&cells[key]);
            assert_eq!(cell, guarded, "{key}");
        }
    }
    let practice = csv
        .iter()
        .find(|r| r["step_id"] == "answering.answer-one" && r["person_id"] == "ana");
    let practice = practice.expect("a row");
    assert_eq!(practice["evidence"], "'=1+1, he said");
    assert_eq!(practice["measure_before"], "19");
    assert_eq!(
        (practice["state"].as_str(), practice["overdue_days"].as_str()),
        ("done", "")
    );
    let ana: Vec<_> = maya.run("export progress --unit marketing").ok().csv();
    assert!(ana.iter().all(|r| r["person_id"] == "ana") && ana.len() == 5);
}

#[test]
fn a_file_holds_the_bytes_of_stdout() {
    let maya = team();
    for (ending, flags) in [
        ("csv", "-f csv"),
        ("json", "-f json"),
        ("jsonl", "-f jsonl"),
        ("txt", "-f plain"),
    ] {
        for what in [
            "readiness",
            "progress",
            "people",
            "meetings",
            "measures",
            "events",
        ] {
            let printed = maya.run(&format!("export {what} {flags}")).ok();
            let written = maya.run(&format!("export {what} -o out-{what}.{ending}")).ok();
            assert_eq!(written.stdout, "");
            assert!(
                written
                    .stderr
                    .starts_with(&format!("wrote out-{what}.{ending}: ")),
                "{written}"
            );
            assert_eq!(
                maya.read(&format!("out-{what}.{ending}")),
                printed.stdout,
                "{what}.{ending}"
            );
        }
    }
}

#[test]
fn variants_of_csv_hold_the_same_cells() {
    let maya = team();
    let plain = maya.run("export progress").ok().stdout;
    let excel = maya.run("export progress --excel").ok().stdout;
    assert!(excel.starts_with("\u{feff}as_of,") && !plain.contains('\r'));
    assert_eq!(excel.replace("\r\n", "\n").trim_start_matches('\u{feff}'), plain);
    let semicolons = maya.run("export progress --delimiter ;").ok().stdout;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_reader(semicolons.as_bytes());
    let cells: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    let mut reader = csv::Reader::from_reader(plain.as_bytes());
    let wanted: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    assert_eq!(cells, wanted);
    let raw = maya.run("export progress --raw").ok();
    assert!(
        csv_rows(&raw.stdout)
            .iter()
            .any(|r| r["evidence"] == "=1+1, he said")
    );
    assert!(raw.said().contains("--raw"), "{raw}");
    for bad in ["é", "''", "\"", "ab"] {
        maya.run(&format!("export progress --delimiter {bad}")).code(2);
    }
}

#[test]
fn what_to_export_has_to_be_said() {
    let maya = team();
    let asked = maya.run("export").code(2);
    assert!(
        asked.stderr.contains("readiness") && asked.stderr.contains("progress"),
        "{asked}"
    );
    maya.run("export minutes").code(2);
}

/// What other commands print, with a line that prints it.
const MORE: [(&str, &str); 2] = [
    ("readiness --since DATE", "readiness --since 2026-02-01"),
    ("readiness --anonymous", "readiness --anonymous"),
];

// What is documented.

/// Set to any value, the page is written instead of compared.
const RENEW: &str = "UPWARDS_RENEW_COLUMNS";

#[test]
fn the_documented_columns_are_those_that_are_printed() {
    let sandbox = Sandbox::new();
    let capabilities = ["serve", "reach", "source", "lead"];
    for kind in KINDS {
        let documented = Documented::of(kind).expect(kind);
        let mut wanted: Vec<String> = Vec::new();
        let (fixed, each): (Vec<&str>, Vec<&str>) = documented
            .columns
            .iter()
            .map(|(key, _)| *key)
            .partition(|key| !key.starts_with('<'));
        wanted.extend(fixed.into_iter().map(str::to_owned));
        for capability in capabilities {
            let of = |key: &&str| key.replace("<capability>", capability);
            wanted.extend(each.iter().map(of));
        }
        let csv = sandbox.run(&format!("export {kind} --demo -f csv")).ok().stdout;
        let heading = csv.lines().next().unwrap_or_default();
        assert_eq!(heading, wanted.join(","), "{kind}");
        let json = sandbox.run(&format!("export {kind} --demo -f json")).ok();
        assert_eq!(json.json()["schema"], documented.schema, "{kind}");
        assert!(!json.rows().is_empty(), "{kind}: the example shows none");
        for row in json.rows() {
            let keys: Vec<&str> = row
                .as_object()
                .expect("a row")
                .keys()
                .map(String::as_str)
                .collect();
            let mut sorted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            sorted.sort_unstable();
            assert_eq!(keys, sorted, "{kind}");
        }
        // The help tells each of them, within 80 columns.
        let (command, _) = kind.split_once(' ').unwrap_or((kind, ""));
        let help = sandbox.run(&format!("export {command} --help")).ok().stdout;
        for (key, _) in documented.columns {
            assert!(help.contains(&format!("\n  {key} ")), "{kind}: {key}");
        }
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{kind}");
    }
}

#[test]
fn what_other_commands_print_is_documented_too() {
    let sandbox = Sandbox::new();
    for (kind, line) in MORE {
        let documented = Documented::of(kind).expect(kind);
        let wanted: Vec<&str> = documented.columns.iter().map(|(key, _)| *key).collect();
        let csv = sandbox.run(&format!("{line} --demo -f csv")).ok().stdout;
        assert_eq!(csv.lines().next(), Some(wanted.join(",").as_str()), "{kind}");
        let json = sandbox.run(&format!("{line} --demo -f json")).ok();
        assert_eq!(json.json()["schema"], documented.schema, "{kind}");
        assert!(!json.rows().is_empty(), "{kind}: the example shows none");
        let help = sandbox.run("readiness --help").ok().stdout;
        for (key, _) in documented.columns {
            assert!(help.contains(&format!("\n  {key} ")), "{kind}: {key}");
        }
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{kind}");
    }
}

#[test]
fn what_authors_get_is_documented_too() {
    let maya = team();
    maya.run("curricula pack tiny -o tiny.pack").ok();
    let module = maya.read("curricula/tiny/modules/framing.toml");
    maya.file(
        "curricula/tiny/modules/framing.toml",
        module.replace("Who decides", "Who it is that decides"),
    );
    maya.file("one.gift", "Who signs?{=The board ~Nobody}\n");
    for (kind, line) in [
        ("curricula diff", "curricula diff tiny --against tiny.pack"),
        (
            "curricula diff --impact",
            "curricula diff tiny --against tiny.pack --impact",
        ),
        ("curricula import", "curricula import one.gift --into framing -n"),
        ("stats", "stats tiny"),
        ("stats --items", "stats tiny --items"),
        ("stats --stale", "stats tiny --stale --today 2036-01-01"),
    ] {
        let documented = Documented::of(kind).expect(kind);
        let wanted: Vec<&str> = documented.columns.iter().map(|(key, _)| *key).collect();
        let csv = maya.run(&format!("{line} -f csv")).ok().stdout;
        assert_eq!(csv.lines().next(), Some(wanted.join(",").as_str()), "{kind}");
        let json = maya.run(&format!("{line} -f json")).ok();
        assert_eq!(json.json()["schema"], documented.schema, "{kind}");
        assert!(!json.rows().is_empty(), "{kind}");
    }
}

#[test]
fn who_meets_whom_is_documented_too() {
    let maya = team();
    let people = maya.read("people.toml")
        + "\n[[person]]\nid = \"jo\"\nname = \"Jo Park\"\nroles = [\"mentor\"]\n\
           mentors_stated = { serve = \"ready\" }\n\
           \n[[person]]\nid = \"kim\"\nname = \"Kim\"\nexternal = true\nexperience = [\"serve\"]\n";
    maya.file("people.toml", people);
    maya.run("peers form --capability serve --yes").ok();
    for kind in ["mentors match", "mentors list", "peers form", "peers list"] {
        let line = match kind {
            "peers form" => "peers form -n --demo",
            "mentors match" => "mentors match -n",
            other => other,
        };
        let documented = Documented::of(kind).expect(kind);
        let wanted: Vec<&str> = documented.columns.iter().map(|(key, _)| *key).collect();
        let csv = maya.run(&format!("{line} -f csv")).ok().stdout;
        assert_eq!(csv.lines().next(), Some(wanted.join(",").as_str()), "{kind}");
        let json = maya.run(&format!("{line} -f json")).ok();
        assert_eq!(json.json()["schema"], documented.schema, "{kind}");
        assert!(!json.rows().is_empty(), "{kind}");
    }
}

#[test]
fn the_page_of_columns_is_the_programs_own() {
    let path = source::root().join("docs/columns.md");
    if std::env::var_os(RENEW).is_some() {
        std::fs::create_dir_all(source::root().join("docs")).unwrap();
        std::fs::write(&path, documentation()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == documentation(),
        "docs/columns.md is old: {RENEW}=1 cargo test --test it -- columns"
    );
}

#[test]
fn every_format_holds_the_same_cells() {
    let sandbox = Sandbox::new();
    for kind in KINDS {
        let rows = sandbox.run(&format!("export {kind} --demo -f json")).ok().rows();
        let lines = sandbox
            .run(&format!("export {kind} --demo -f jsonl"))
            .ok()
            .jsonl();
        let cells = csv_rows(
            &sandbox
                .run(&format!("export {kind} --demo -f csv --raw"))
                .ok()
                .stdout,
        );
        assert_eq!((rows.len(), rows.len()), (lines.len(), cells.len()), "{kind}");
        for ((row, line), cells) in rows.iter().zip(&lines).zip(&cells) {
            for (key, value) in row.as_object().expect("a row") {
                assert_eq!(value, &line[key], "{kind}: {key}");
                assert_eq!(as_cell(value), cells[key], "{kind}: {key}");
            }
        }
    }
}

// Talks, figures, events.

#[test]
fn talks_and_figures_are_rows() {
    let sandbox = Sandbox::new();
    let talks = sandbox.run("export meetings --demo").ok().csv();
    let planned: Vec<_> = talks.iter().filter(|row| row["state"] == "planned").collect();
    assert!(
        planned
            .iter()
            .any(|row| row["planned_for"].starts_with("2026-03-19")
                && row["with"] == "jo"
                && row["held_on"].is_empty())
    );
    let kept = talks
        .iter()
        .find(|row| row["commitment_kept"] == "partly")
        .expect("one");
    assert_eq!(
        (kept["person_id"].as_str(), kept["counts"].as_str()),
        ("ana", "yes")
    );
    let figures = sandbox.run("export measures --demo").ok().csv();
    let bo = figures.iter().find(|row| row["person_id"] == "bo").expect("one");
    assert_eq!(
        [
            &bo["before"],
            &bo["after"],
            &bo["gained"],
            &bo["grade"],
            &bo["state"],
            &bo["second_due_on"]
        ],
        ["19", "4", "15", "observed", "measured", ""]
    );
    let open = figures.iter().find(|row| row["state"] == "open").expect("one");
    assert_eq!(
        (open["second_due_on"].as_str(), open["after"].as_str()),
        ("2026-04-02", "")
    );
    let later = sandbox
        .run("export measures --demo --since 2026-02-20")
        .ok()
        .csv();
    assert!(later.len() < figures.len() && later.iter().all(|row| row["person_id"] != "bo"));
    let talks = sandbox
        .run("export meetings --demo --since 2026-03-10")
        .ok()
        .csv();
    assert!(talks.iter().all(|row| row["state"] == "planned"), "{talks:?}");
    sandbox.run("export measures --demo --since soon").code(2);
}

#[test]
fn events_are_the_union_of_the_logs_and_say_what_counts() {
    let maya = team();
    let all = maya.run("export events").ok().jsonl();
    let of = |kind: &str| all.iter().filter(|row| row["kind"] == kind).count();
    assert_eq!((of("assigned"), of("practised")), (2, 1));
    let practised = all.iter().find(|row| row["kind"] == "practised").expect("one");
    assert_eq!(practised["schema"], "upwards.events/1");
    assert_eq!(practised["evidence"], "=1+1, he said");
    assert_eq!(practised["measure_before"], 19);
    assert_eq!(practised["counts"], true);
    // Taken back: still a row, and said.
    maya.laptop("ana").run("undo").ok();
    let csv = maya.run("export events -f csv").ok().csv();
    let practised = csv.iter().find(|row| row["kind"] == "practised").expect("one");
    assert_eq!(
        [
            &practised["counts"],
            &practised["why_not"],
            &practised["evidence"]
        ],
        ["no", "taken-back", "'=1+1, he said"]
    );
    let voided = csv.iter().find(|row| row["kind"] == "voided").expect("one");
    assert_eq!(voided["ref"], practised["event_id"]);
    // A kind of a newer version is kept; so is the log of who is in people.toml no more.
    maya.file(
        "progress/bo/bo-laptop.jsonl",
        "{\"v\":1,\"id\":\"0d2027b2-131a-457a-9057-062ed494e8be\",\"seq\":1,\"day\":\"2026-03-10\",\"person\":\"bo\",\"by\":\"bo\",\"device\":\"bo-laptop\",\"kind\":\"danced\",\"how\":\"well\"}\n",
    );
    maya.run("people remove bo --confirm bo").ok();
    let bo = |line: &str| {
        let rows = maya.run(line).ok().jsonl();
        rows.iter().filter(|row| row["person_id"] == "bo").count()
    };
    assert_eq!(bo("export events"), 2);
    assert_eq!(bo("export events --since 2026-03-11"), 1);
    assert_eq!(bo("export events --group board"), 0);
    // Who leads nobody gets their own.
    let own = maya.laptop("ana").run("export events").ok().jsonl();
    assert!(!own.is_empty() && own.iter().all(|row| row["person_id"] == "ana"));
    assert_eq!(maya.run("export events -o events.csv").ok().stdout, "");
    assert_eq!(
        maya.read("events.csv"),
        maya.run("export events -f csv").ok().stdout
    );
}

#[test]
fn people_are_chosen_by_group_and_unit() {
    let maya = team();
    let ids = |line: &str| -> Vec<String> {
        let rows = maya.run(line).ok().csv();
        rows.into_iter().map(|row| row["id"].clone()).collect()
    };
    assert_eq!(ids("export people --group board"), ["ana", "bo"]);
    assert_eq!(ids("export people --unit service"), ["bo"]);
    assert_eq!(ids("people list --group board --unit service -f csv"), ["bo"]);
    maya.run("export people --group bord").code(1);
}

#[test]
fn why_a_step_is_waived_stands_in_the_leaders_file_only() {
    let maya = team();
    maya.run("assign answering --to bo --waive ask-a-peer --reason 'led the team' --until +6m")
        .ok();
    let waived = |sandbox: &Sandbox| {
        let rows = sandbox.run("export progress").ok().csv();
        let row = rows
            .into_iter()
            .find(|row| row["state"] == "waived")
            .expect("one");
        (row["state_reason"].clone(), row["waived_until"].clone())
    };
    assert_eq!(
        waived(&maya),
        ("led the team".to_owned(), "2026-09-16".to_owned())
    );
    // Where the leaders' own log is not, nothing is said.
    std::fs::remove_dir_all(maya.path("team")).unwrap();
    assert_eq!(waived(&maya), (String::new(), "2026-09-16".to_owned()));
}

// Other programs.

const NO_DUCKDB: &str = "not run: DuckDB is not installed here (pip install duckdb, UPWARDS_PYTHON)";

/// Runs SQL in the workspace; `false` = there is no DuckDB here.
fn duckdb(sandbox: &Sandbox, sql: &str) -> bool {
    let python = std::env::var("UPWARDS_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut tries = [Command::new("duckdb"), Command::new(python)];
    tries[0].args(["-c", sql]);
    tries[1].args(["-c", "import duckdb, sys; duckdb.sql(sys.argv[1])", sql]);
    tries.iter_mut().any(|command| {
        let output = command.current_dir(sandbox.path("")).output();
        match output {
            Ok(output) if output.status.success() => true,
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(said.contains("No module named"), "{said}");
                false
            }
            Err(_) => false,
        }
    })
}

/// The SQL of docs/duckdb.md, block by block.
fn recipe() -> String {
    let page = source::read("docs/duckdb.md");
    let blocks = page.split("```sql\n").skip(1);
    blocks.filter_map(|block| block.split("```").next()).collect()
}

/// The recipe of docs/duckdb.md on logs that sync tools, a crash and second thoughts have been at, against what upwards says.
#[test]
fn duckdb_says_of_the_logs_what_upwards_says() {
    let maya = team();
    let ana = maya.laptop("ana");
    let log = "progress/ana/ana-laptop.jsonl";
    ana.run("aim 'Answer faster'").ok();
    let practice = maya.events(log)[0]["id"].as_str().expect("an id").to_owned();
    ana.run("learn --step answer-one --personal yes --done 'Another one' --before 7")
        .ok();
    ana.run("undo --yes").ok();
    let second = |seq: u32, day: &str, after: f32| {
        let id = format!("{seq:08}-47be-4d03-a5d9-1f0b8e7c4201");
        format!(
            "{{\"v\":1,\"id\":\"{id}\",\"seq\":{seq},\"day\":\"{day}\",\"person\":\"ana\",\"by\":\"ana\",\"device\":\"ana-phone\",\
             \"kind\":\"measured\",\"ref\":\"{practice}\",\"after\":{after},\"grade\":\"claimed\"}}\n"
        )
    };
    // The first of these is of the day of the first figure, and no second one.
    let phone = second(1, "2026-03-16", 9.0) + &second(2, "2026-04-14", 6.0) + &second(3, "2026-04-15", 4.5);
    maya.file("progress/ana/ana-phone.jsonl", &phone);
    // Copies of the whole and of a part, a line in the wrong folder, a torn end.
    maya.file("progress/ana/ana-phone (1).jsonl", &phone);
    maya.file(
        "progress/ana/ana-laptop.sync-conflict-20260316-101112-ABC7DEF.jsonl",
        maya.read(log).lines().next().expect("a line").to_owned() + "\n",
    );
    maya.file("progress/bo/ana-phone.jsonl", second(4, "2026-04-16", 1.0));
    maya.append(log, "{\"v\":1,\"id\":\"0d20");
    let sql = recipe()
        + "copy (select id, person, kind, day from events order by id) to 'events.csv' (header);\
           copy (select * from states) to 'states.csv' (header);\
           copy (select * from ledger) to 'ledger.csv' (header);";
    if !duckdb(&maya, &sql) {
        println!("{NO_DUCKDB}");
        return;
    }
    let maya = maya.on("2026-04-20");
    let rows = |file: &str| csv_rows(&maya.read(file));
    let mut ours: Vec<[String; 4]> = maya
        .run("export events -f csv")
        .ok()
        .csv()
        .into_iter()
        .filter(|row| row["counts"] == "yes")
        .map(|row| ["event_id", "person_id", "kind", "day"].map(|key| row[key].clone()))
        .collect();
    ours.sort();
    let theirs: Vec<[String; 4]> = rows("events.csv")
        .into_iter()
        .map(|row| ["id", "person", "kind", "day"].map(|key| row[key].clone()))
        .collect();
    assert_eq!(theirs, ours);
    let states = rows("states.csv");
    let people: Vec<&str> = states.iter().map(|row| row["person"].as_str()).collect();
    assert_eq!(people, ["ana", "bo"]);
    assert_eq!(
        (&*states[0]["own_practices"], &*states[1]["own_practices"]),
        ("1", "0")
    );
    let number = |text: &str| text.parse::<f64>().ok();
    let figure = |row: &std::collections::BTreeMap<String, String>, id: &str, unit: &str| {
        let texts = [id, unit, "after_on"].map(|key| row[key].clone());
        (texts, number(&row["before"]), number(&row["after"]))
    };
    let measures = maya.run("export measures -f csv").ok().csv();
    let ours: Vec<_> = measures
        .iter()
        .map(|row| figure(row, "before_event_id", "measure_unit"))
        .collect();
    let theirs: Vec<_> = rows("ledger.csv")
        .iter()
        .map(|row| figure(row, "id", "unit"))
        .collect();
    assert_eq!(theirs, ours);
    assert_eq!(theirs.len(), 1);
    assert_eq!(theirs[0].2, Some(4.5));
}

/// How many bytes an event takes, on the generated logs that all measurements are made on: docs/duckdb.md computes with it.
#[test]
fn the_documented_size_of_an_event_is_that_of_generated_logs() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = crate::support::big::Plan {
        people: 200,
        events: 100..=200,
        seed: 7,
        last_day: "2026-11-01".parse().expect("a day"),
        hurt: Vec::new(),
    };
    let tally = plan.write(folder.path()).expect("written");
    let (each, logs) = (tally.bytes / tally.events, tally.files / 200);
    println!("{tally:?}: {each} bytes an event, {logs} logs a person");
    let page = source::read("docs/duckdb.md");
    assert!(
        page.contains(&format!("{each} bytes an event")),
        "docs/duckdb.md computes with another figure than {each}"
    );
}

/// The line that README shows, run where DuckDB is: as a command, or as a package of the Python that `UPWARDS_PYTHON` names.
#[test]
fn duckdb_reads_the_workspace_as_it_is() {
    let readme = source::read("README.md");
    let line = readme
        .lines()
        .find(|line| line.starts_with("duckdb -c "))
        .expect("README shows it");
    let query = line.trim_start_matches("duckdb -c ").trim_matches('"');
    let maya = team();
    // What a crash left, and a kind that nobody knows yet, break nothing.
    maya.append("progress/ana/ana-laptop.jsonl", "{\"v\":1,\"id\":\"0d20");
    let to_csv = format!("copy ({query}) to 'out.csv' (header)");
    if !duckdb(&maya, &to_csv) {
        println!("{NO_DUCKDB}");
        return;
    }
    let rows: Vec<_> = csv_rows(&maya.read("out.csv"))
        .into_iter()
        .map(|row| {
            [
                row["person"].clone(),
                row["kind"].clone(),
                row["events"].clone(),
                row["newest"].clone(),
            ]
        })
        .collect();
    let row = |person: &str, kind: &str| [person, kind, "1", "2026-03-16"].map(str::to_owned);
    assert_eq!(
        rows,
        [
            row("ana", "assigned"),
            row("ana", "practised"),
            row("bo", "assigned")
        ]
    );
}
