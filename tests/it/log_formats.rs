//! The documented lines of both logs: read, and written again as the same bytes.

use std::collections::BTreeSet;
use std::path::PathBuf;

use upwards::disk::Tree;
use upwards::model::event::{Attendance, Fact};
use upwards::{store, vault};

const SHARED: &str = include_str!("../golden/shared_events.jsonl");
const PRIVATE: &str = include_str!("../golden/private_events.jsonl");

#[test]
fn every_documented_shared_line_is_read_and_written_as_it_stands() {
    let mut kinds = BTreeSet::new();
    for line in SHARED.lines() {
        let event = store::parse(line).unwrap_or_else(|why| panic!("{line}: {why}"));
        assert_eq!(store::to_line(&event), line);
        assert!(!matches!(event.fact, Fact::Unknown { .. }), "{line}");
        kinds.insert(event.fact.kind().to_owned());
        assert_eq!(
            store::key(line).map(|k| (k.seq, k.id)),
            Some((event.seq, event.id))
        );
    }
    assert_eq!(kinds.len(), 19, "{kinds:?}");
}

#[test]
fn every_documented_private_line_is_read_and_written_as_it_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("private/ana/ana-laptop-7k2p.jsonl");
    std::fs::create_dir_all(file.parent().expect("a parent")).expect("made");
    std::fs::write(&file, PRIVATE).expect("written");
    let mut findings = Vec::new();
    let tree = Tree::Folder(PathBuf::from(folder.path()));
    let entries = vault::read(&tree, "ana", &mut findings).expect("read");
    assert_eq!(findings, []);
    let again: String = entries
        .iter()
        .map(|e| vault::to_line(e, "ana", "ana-laptop-7k2p") + "\n")
        .collect();
    assert_eq!(again, PRIVATE);
}

#[test]
fn what_is_unknown_is_kept_as_unknown_and_what_is_broken_is_told() {
    let envelope = r#""v":1,"id":"3b9f1c52-8d0e-4a67-9c11-5e2f7a90d001","seq":1,"day":"2026-02-09","person":"ana","by":"maya","device":"d-1""#;
    let kind = |rest: &str| store::parse(&format!("{{{envelope},{rest}}}")).map(|e| e.fact.kind().to_owned());
    assert_eq!(
        kind(r#""kind":"levitated","height":3"#).as_deref(),
        Ok("levitated")
    );
    assert_eq!(
        kind(r#""kind":"levitated","text":{"a":1}"#).as_deref(),
        Ok("levitated"),
        "a known key used otherwise"
    );
    assert_eq!(
        kind(r#""kind":"confirmed","ref":"3b9f1c52-8d0e-4a67-9c11-5e2f7a90d002","new":[1]"#).as_deref(),
        Ok("confirmed")
    );
    let error = |rest: &str| kind(rest).expect_err("broken");
    assert_eq!(error(r#""kind":"confirmed""#), "\"ref\" is missing");
    assert_eq!(
        error(r#""kind":"finished","curriculum":"c","step":"m.s","rev":"1""#)
            .split(':')
            .next(),
        Some("a field has the wrong type")
    );
    assert_eq!(
        error(r#""kind":"assigned","curriculum":"c","module":"m","due":"2026-02-30""#),
        "\"due\": 2026-02-30 is no day of the calendar"
    );
    assert!(
        error(
            r#""kind":"measured","ref":"3b9f1c52-8d0e-4a67-9c11-5e2f7a90d002","after":1e99,"grade":"claimed""#
        )
        .contains("after")
    );
    assert!(
        store::parse("{\"v\":1}")
            .expect_err("no envelope")
            .starts_with("it cannot be read")
    );
    assert!(
        store::parse(&format!("{{{envelope},\"kind\":\"x\"}}").replace("\"v\":1", "\"v\":2"))
            .expect_err("newer")
            .contains("version 2")
    );
    assert!(
        store::parse(&format!("{{{envelope},\"kind\":\"x\"}}").replace("2026-02-09", "2026-02-31"))
            .expect_err("no day")
            .contains("no day")
    );
}

#[test]
fn escapes_in_any_text_are_read() {
    let line = r#"{"v":1,"id":"3b9f1c52-8d0e-4a67-9c11-5e2f7a90d001","seq":1,"day":"2026-02-09","person":"\u0061na","by":"maya","device":"d-1","kind":"aimed","text":"a \"quoted\" line\n\u00e4"}"#;
    let event = store::parse(line).expect("read");
    assert_eq!(event.person, "ana");
    assert!(matches!(event.fact, Fact::Aimed { ref text, .. } if text == "a \"quoted\" line\nä"));
}

#[test]
fn a_lone_name_is_a_list_of_one_and_an_unknown_attendance_is_no_damage() {
    let line = r#"{"v":1,"id":"3b9f1c52-8d0e-4a67-9c11-5e2f7a90d001","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"d-1","kind":"met","curriculum":"c","meeting":"m1","with":"kim","role":"peer","capabilities":["serve"],"minutes":20,"attendance":"maybe"}"#;
    let event = store::parse(line).expect("read");
    let Fact::Met(met) = event.fact else {
        panic!("no met")
    };
    assert_eq!(
        (met.with, met.attendance),
        (vec!["kim".into()], Attendance::Unknown)
    );
}

#[test]
fn damaged_capsule_entries_are_left_out_and_counted() {
    let line = r#"{"v":1,"id":"3b9f1c52-8d0e-4a67-9c11-5e2f7a90d001","seq":1,"day":"2026-02-09","person":"ana","by":"ana","device":"d-1","kind":"recalled","curriculum":"c","capability":"serve","questions":[[1,"2026-03-02"],[9,"2026-03-02"],[1,"2026-02-30"],["x"],7, [ 2 , "2026-03-02" ],[-1,"2026-03-02"],[1,"2026-03-02",3]]}"#;
    let event = store::parse(line).expect("read");
    let Fact::Recalled { entries, damaged, .. } = event.fact else {
        panic!("no recalled")
    };
    assert_eq!(
        (entries.iter().map(|e| e.step).collect::<Vec<_>>(), damaged),
        (vec![1, 2], 6)
    );
}

/// Lines as the generator writes them, with one thing changed.
fn changed_lines() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let lines: Vec<&'static str> = SHARED.lines().collect();
    let pieces = [
        "\"", "\\", "\\u0061", "\\\"", "\\\\", "\\/", "\\n", "\\b", "\\a", ",", "]", "[", "{", "}", "0",
        "00", "-1", "1e3", " ", "null", "true", "\n", "\u{1}", "ä", "x", "",
    ];
    (
        0..lines.len(),
        any::<prop::sample::Index>(),
        0..3_usize,
        0..pieces.len(),
    )
        .prop_map(move |(line, at, cut, piece)| {
            let line = lines[line];
            let mut start = at.index(line.len());
            while !line.is_char_boundary(start) {
                start -= 1;
            }
            let mut end = (start + cut).min(line.len());
            while !line.is_char_boundary(end) {
                end += 1;
            }
            format!("{}{}{}", &line[..start], pieces[piece], &line[end..])
        })
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(20_000))]

    /// Whatever is done to a line, the quick way never reads it otherwise than the general one.
    #[test]
    fn both_ways_of_reading_agree(line in changed_lines()) {
        proptest::prop_assert_eq!(store::parse(&line), store::parse_any(&line));
    }
}

#[test]
fn both_ways_read_every_documented_line_alike() {
    for line in SHARED.lines() {
        assert_eq!(store::parse(line), store::parse_any(line), "{line}");
    }
}
