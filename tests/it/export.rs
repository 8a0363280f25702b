//! `export`: data for programs, the same bytes on stdout and in a file.

use crate::support::{Sandbox, as_cell, csv_rows};

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
        for what in ["readiness", "progress", "people"] {
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
