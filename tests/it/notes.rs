//! Notes, ratings and calibration: the person's own, on this computer, and nowhere else.

use serde_json::Value;
use snapbox::{assert_data_eq, str};
use upwards::journal::Confidence;
use upwards::own::of_answers;

use crate::support::{Output, Sandbox, WORKSPACE};

const GOLDEN: &str = include_str!("../golden/readiness_golden.json");

#[test]
fn a_note_is_kept_shown_taken_out_and_brought_back() {
    let ana = Sandbox::halden().laptop("ana");
    let before = ana.workspace();
    ana.run("notes add 'Ask Jo how they answer at night'").ok();
    ana.feed("notes add -", "First line\r\n\r\nSecond thought\n").ok();
    let listed = ana.run("notes").ok();
    assert_data_eq!(
        listed.stdout,
        str![[r"
DAY         NOTE      ON  TEXT
2026-03-16  be625ce1      First line
2026-03-16  3fa669e1      Ask Jo how they answer at night

"]]
    );
    let rows = ana.run("notes -f json").ok().rows();
    assert_eq!(rows[0]["text"], "First line\n\nSecond thought");
    let id = rows[0]["note_id"].as_str().expect("an id")[..8].to_owned();
    assert_data_eq!(
        ana.run(&format!("notes show {id}")).ok().stdout,
        str![[r"
16 Mar 2026
  First line

  Second thought

"]]
    );
    let removed = ana.run(&format!("notes remove {id}")).ok();
    assert_eq!(
        removed.stdout,
        "Taken out of the list. To bring it back: upwards undo\n"
    );
    assert_eq!(ana.run("notes -f json").ok().rows().len(), 1);
    ana.run(&format!("notes show {id}")).code(1);
    ana.run("undo").ok();
    assert_eq!(ana.run("notes -f json").ok().rows().len(), 2);
    assert_eq!(ana.workspace(), before);
    let private = format!("{WORKSPACE}/private/ana/ana-laptop.jsonl");
    assert!(ana.own(&private).is_file());
}

#[test]
fn a_reflection_is_among_them() {
    let ana = Sandbox::halden().laptop("ana");
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nanswering.what-stops-me = { text = \"Legal does\" }\n",
    );
    ana.run("learn --step answering.what-stops-me --answers ../a.toml")
        .ok();
    let rows = ana.run("notes -f csv").ok().csv();
    assert_eq!(rows[0]["step_id"], "answering.what-stops-me");
    assert_eq!(rows[0]["text"], "Legal does");
}

#[test]
fn what_does_not_fit_is_said_and_not_kept() {
    let ana = Sandbox::halden().laptop("ana");
    let before = ana.everything();
    for (line, stdin, code, says) in [
        ("notes add ''", "", 2, "a note has a text"),
        ("notes add -", "", 2, "a note has a text"),
        ("notes add -", "\u{1b}[2J", 2, "plain text"),
        ("notes add -", &"ü".repeat(4_001), 2, "at most 4000 characters"),
        ("notes add -", &"ü".repeat(9_000), 2, "at most 4000 characters"),
        ("notes add", "", 2, "upwards notes add"),
        ("notes rate serve 6", "", 2, "1..=5"),
        ("notes rate serv 3", "", 1, "serve"),
        ("notes show 42f0", "", 1, "upwards notes"),
        ("notes show \u{1b}[2J", "", 1, "there is no note"),
        ("notes remove 4", "", 1, "upwards notes"),
        ("notes add x --dry-run", "", 0, ""),
        ("notes rate serve 3 --dry-run", "", 0, ""),
    ] {
        let run = ana.feed(line, stdin).code(code);
        assert!(run.said().contains(says), "{run}");
        assert!(!run.stderr.contains('\u{1b}'), "{run}");
    }
    assert_eq!(ana.everything(), before);
    let empty = ana.run("notes").ok();
    assert!(empty.stdout.starts_with("No notes yet."), "{empty}");
}

#[test]
fn nobody_else_reads_or_writes_them() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("notes add 'Mine alone'").ok();
    let maya = ana.laptop("maya");
    for line in [
        "notes --as ana",
        "notes add x --as ana",
        "notes rate serve 2 --as ana",
    ] {
        let run = maya.run(line).code(1);
        assert!(run.said().contains("on their own computer"), "{run}");
    }
    assert!(maya.run("notes").ok().stdout.starts_with("No notes yet."));
}

#[test]
fn what_is_for_ones_own_eyes_is_not_written_into_the_workspace() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("notes add 'Mine alone'").ok();
    for line in [
        "notes -o notes.csv",
        "history -o sub/history.csv",
        "progress -o p.csv",
    ] {
        std::fs::create_dir_all(ana.path("sub")).expect("a folder");
        let run = ana.run(line).code(1);
        assert!(run.said().contains("for your own eyes"), "{run}");
    }
    ana.run("notes -o ../notes.csv").ok();
    assert!(ana.read("../notes.csv").contains("Mine alone"));
    // What a leader sees anyway may lie there.
    ana.run("progress --as-leader -o p.csv").ok();
}

#[test]
fn ones_own_word_and_how_sure_one_was_stand_in_ones_own_progress_only() {
    let ana = Sandbox::halden().laptop("ana");
    let first = ana.run("notes rate serve 2").ok();
    assert_eq!(
        first.stdout,
        "Saved, for you alone: Serve 2 of 5. It moves no point.\n"
    );
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nanswering.words = { choice = 1, sure = 3 }\nanswering.leave = { choice = 1, sure = 1 }\n\
         answering.both = { choice = [1, 2], sure = 2 }\n",
    );
    let points = |s: &Sandbox| s.run("readiness ana -f csv").ok().stdout;
    let before = points(&ana);
    ana.run("learn --step first --answers ../a.toml").ok();
    let later = ana.on("2026-05-12");
    let again = later.run("notes rate serve 4").ok();
    assert!(again.stdout.contains("on 16 Mar 2026 it was 2."), "{again}");
    let own = later.run("progress").ok();
    let told = own.told();
    // 95 missed, 35 and 70 right: (95 - 65 - 30) / 3 = 0; (9025 + 4225 + 900) / 30000 = 0.472.
    assert!(
        told.contains("How sure you were: 3 answers, too few answers (0.0 points, Brier 0.472)"),
        "{own}"
    );
    assert!(
        told.contains("Your own word on Serve, 1 to 5: 2 on 16 Mar, 4 on 12 May"),
        "{own}"
    );
    assert!(told.contains("These lines are private"), "{own}");
    for line in ["progress --as-leader", "readiness ana", "readiness ana -f json"] {
        let run = later.run(line).ok();
        assert!(
            !run.told().contains("own word") && !run.told().contains("sure"),
            "{run}"
        );
    }
    assert_ne!(before, points(&ana));
    // A rating moves no point.
    let with = points(&later);
    later.run("undo").ok();
    assert_eq!(points(&later), with);
    assert!(
        later
            .run("progress")
            .ok()
            .told()
            .contains("1 to 5: 2 on 16 Mar These")
    );
}

#[test]
fn calibration_is_that_of_the_golden_file() {
    let golden: Value = serde_json::from_str(GOLDEN).expect("JSON");
    let cases = golden["calibration"].as_array().expect("cases");
    assert_eq!(cases.len(), 5);
    for case in cases {
        let answers = case["answers"].as_array().expect("answers");
        let ours = of_answers(answers.iter().map(|answer| {
            let word = answer[0].as_str().expect("a word");
            let confidence = Confidence::ALL.into_iter().find(|c| c.word() == word);
            (confidence.expect("a known word"), answer[1] == 1)
        }));
        let expected = &case["expected"];
        assert_eq!(expected["n"], ours.answers, "{case}");
        assert_eq!(expected["bias"].as_i64(), ours.bias, "{case}");
        assert_eq!(expected["brier"].as_i64(), ours.brier, "{case}");
        assert_eq!(expected["label"], ours.judgement.shown(), "{case}");
    }
}

/// Words that stand nowhere else.
const NOTE: &str = "zimtstern-note";
const THOUGHT: &str = "zimtstern-reflection";
const ANSWER: &str = "zimtstern-answer";

#[test]
fn what_was_written_privately_is_found_nowhere_else() {
    let ana = Sandbox::halden().laptop("ana");
    ana.file(
        "../a.toml",
        format!(
            "format = 1\n[answers]\nanswering.hour = {{ text = \"{ANSWER}\" }}\nanswering.what-stops-me = {{ text = \"{THOUGHT}\" }}\n\
             answering.words = {{ choice = 1, sure = 3 }}\nanswering.leave = {{ choice = 1, sure = 1 }}\nanswering.both = {{ choice = [1, 2], sure = 2 }}\n"
        ),
    );
    let mut said: Vec<Output> = Vec::new();
    said.push(ana.run(&format!("notes add {NOTE}")).ok());
    for step in ["hour", "first", "answering.what-stops-me"] {
        said.push(ana.run(&format!("learn --step {step} --answers ../a.toml")).ok());
    }
    // They are where they belong.
    let private = std::fs::read_to_string(ana.own(&format!("{WORKSPACE}/private/ana/ana-laptop.jsonl")))
        .expect("the private file");
    for word in [NOTE, THOUGHT, ANSWER] {
        assert!(private.contains(word), "{word} was not kept");
    }
    let maya = ana.laptop("maya");
    for sandbox in [&ana, &maya] {
        for line in [
            "readiness",
            "readiness ana",
            "readiness -f json",
            "readiness ana -f csv",
            "progress --as-leader --as ana",
            "history --person ana -f json",
            "people show ana",
            "people list -f json",
            "export readiness -f json",
            "export progress -f csv",
            "export people",
            "next --as ana",
            "doctor",
            "check",
            "--as ana",
        ] {
            said.push(sandbox.run(line));
        }
    }
    // Errors, the private file broken: they quote nothing of it.
    let file = ana.own(&format!("{WORKSPACE}/private/ana/ana-laptop.jsonl"));
    for broken in [
        private.replace("\"kind\":\"noted\"", "\"kind\":\"noted"),
        private.replace("\"v\":1", "\"v\":1,"),
        private.replacen("\"seq\":1", "\"seq\":9", 1),
        private.replace('\n', " "),
        format!("{private}{{\"v\":1,\"text\":\"{NOTE}"),
    ] {
        std::fs::write(&file, broken).expect("the private file");
        for line in [
            "",
            "progress",
            "doctor",
            "check",
            "learn --step hour --answers ../a.toml",
        ] {
            said.push(ana.run(line));
        }
    }
    for run in &said {
        for word in [NOTE, THOUGHT, ANSWER, "zimtstern"] {
            let own_question = run.line.starts_with("learn");
            assert!(
                !run.stderr.contains(word) && (own_question || !run.stdout.contains(word)),
                "{word} in {run}"
            );
        }
    }
    for (name, bytes) in ana.everything() {
        let is_its_place = name.contains("/private/") || name.ends_with("a.toml");
        let text = String::from_utf8_lossy(&bytes);
        assert!(is_its_place || !text.contains("zimtstern"), "it is in {name}");
    }
}
