//! Line by line, for who cannot follow a menu: no escape sequence, options with numbers; the same sitting in each form
//! writes the same; and where nobody can be asked nothing waits.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::prompts::SITTING;
use super::{Form, USUAL, plain, private, shared, sit};
use crate::support::{Output, Sandbox};

/// What the sittings answer, as files.
const ANSWERS: [&str; 4] = [
    r#"aim = { text = "Complaints take two days", capability = "serve" }
answering.hour.text = "Legal reads it first"
answering.leave = { choice = 1, sure = 2 }
answering.both.choice = [1, 2]
answering.words = { choice = 1, sure = 3 }
answering.answer-one = { personal = "yes", done = "Answered a late parcel", may_quote = true, before = 19.5, n = 15 }
"#,
    r#"answering.ask-a-peer = { held = "book", with = ["bo"], at = "2026-03-19 09:30" }
"#,
    r#"answering.ask-a-peer = { held = "yes", with = ["bo", "chen"], date = 2026-03-19, minutes = 20, attendance = "partly", commitment = "Answer one myself" }
"#,
    r#"PROMISE.kept = "partly"
answering.answer-one = { after = 2.5, n = 15, grade = "observed" }
"#,
];

/// All sittings in one form; what was shown, and whose place it is.
fn sat(ana: Sandbox, form: Form, flags: &str) -> (Sandbox, Vec<String>) {
    let mut shown = Vec::new();
    for (day, line, said) in SITTING {
        let mut terminal = ana.on(day).terminal(&format!("{line}{flags}"), USUAL);
        sit(&mut terminal, form, said);
        assert_eq!(terminal.ended(), Some(0), "{terminal}");
        shown.push(terminal.written());
    }
    (ana, shown)
}

#[test]
fn the_same_sitting_writes_the_same_in_every_form() {
    let new = || Sandbox::halden().laptop("ana");
    let (menus, _) = sat(new(), Form::Menus, "");
    let (lines, _) = sat(new(), Form::Lines, " --plain");
    let script = new();
    for ((day, line, _), answers) in SITTING.iter().zip(ANSWERS) {
        // What was promised goes by the record of the talk.
        let log = shared(&script);
        let talk = log.iter().find(|event| event["kind"] == "met");
        let talk = talk.and_then(|event| event["id"].as_str()).unwrap_or_default();
        let answers = answers.replace("PROMISE", talk);
        script.file("../a.toml", format!("format = 1\n[answers]\n{answers}"));
        script.on(day).run(&format!("{line} --answers ../a.toml")).ok();
    }
    let both = |ana: &Sandbox| -> (Vec<Value>, Vec<Value>) { (plain(shared(ana)), plain(private(ana))) };
    let (by_menus, by_lines) = (both(&menus), both(&lines));
    assert!(by_menus.0.len() >= 10 && by_menus.1.len() == 4, "{by_menus:?}");
    assert_eq!(by_menus, by_lines);
    assert_eq!(by_menus, both(&script));
}

#[test]
fn no_escape_sequence_where_lines_are_wanted() {
    let new = || Sandbox::halden().laptop("ana");
    let configured = new();
    configured.run("config set ui.accessible true").ok();
    for (ana, flags) in [
        (new().env("TERM", "dumb"), ""),
        (new().env("ACCESSIBLE", "1"), ""),
        (configured, ""),
        (new(), " --plain"),
    ] {
        let (_, shown) = sat(ana, Form::Lines, flags);
        for text in &shown {
            assert!(!text.contains('\u{1b}'), "{text:?}");
        }
        // Options have numbers, and the prompt says which there are.
        let quiz = &shown[0];
        for line in [
            "\r\n   1  When data is needed\r\n   2  When money is named\r\n   3  I am not sure\r\n",
            "(1-3, Enter to skip, q stop)\r\n> ",
            "(1 guess, 2 fairly sure, 3 certain, Enter to skip, q stop)\r\n> ",
            "(numbers, as 1 3, Enter to skip, q stop)\r\n> ",
        ] {
            assert!(quiz.contains(line), "{line:?}\n{quiz}");
        }
    }
}

#[test]
fn a_screen_too_narrow_for_menus_is_asked_line_by_line() {
    let ana = Sandbox::halden().laptop("ana");
    let mut narrow = ana.terminal("learn --step answer-one", (39, 24));
    narrow.expect("> ").send("\r").expect("(1-3,").send("q\r");
    assert_eq!(narrow.ended(), Some(130), "{narrow}");
    assert!(!narrow.written().contains('\u{1b}'), "{narrow}");
}

#[test]
fn without_colours_there_are_none() {
    for ana in [
        Sandbox::halden().laptop("ana").env("NO_COLOR", "1"),
        Sandbox::halden().laptop("ana"),
    ] {
        let (ana, mut shown) = sat(ana, Form::Menus, "");
        let mut terminal = ana.terminal("progress", USUAL);
        terminal.ended();
        shown.push(terminal.written());
        for text in shown {
            let codes: Vec<&str> = text.split("\u{1b}[").skip(1).collect();
            let is_colour = |code: &&&str| {
                code.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';')
                    .starts_with('m')
            };
            assert_eq!(codes.iter().find(is_colour), None, "{text:?}");
        }
    }
}

// Nobody to ask.

/// Each command that asks, with what its refusal names.
const ASKING: [(&str, &str); 8] = [
    ("learn", "--answers FILE"),
    ("learn --demo", "--answers FILE"),
    ("learn --step answer-one", "--personal yes"),
    ("learn --step answering.ask-a-peer", "--with PERSON"),
    ("init ../new", "--name NAME"),
    ("people add", "--name"),
    ("assign answering --to group:board", "--yes"),
    ("notes add", "upwards notes add"),
];

fn assert_refused(output: &Output, names: &str, took: Duration) {
    assert!(took < Duration::from_secs(2), "{took:?}: {output}");
    assert_eq!(output.code, Some(2), "{output}");
    assert!(output.said().contains(names), "{names}: {output}");
    assert!(output.stderr.len() < 4096, "{output}");
}

#[test]
fn with_stdin_closed_each_command_that_asks_ends_and_names_its_flag() {
    let maya = Sandbox::halden();
    let before = maya.workspace();
    for (line, names) in ASKING {
        let start = Instant::now();
        assert_refused(&maya.run(line), names, start.elapsed());
        let start = Instant::now();
        let closed = maya.shell(&format!("\"$UPWARDS\" {line} <&-"));
        assert_refused(&closed, names, start.elapsed());
    }
    // What is safe without an answer is done without one.
    for line in ["", "aim", "confirm"] {
        let start = Instant::now();
        let safe = maya.run(line).ok();
        assert!(
            start.elapsed() < Duration::from_secs(2) && safe.stderr.len() < 4096,
            "{safe}"
        );
    }
    assert_eq!(maya.workspace(), before);
    assert!(!maya.has("../new"));
}

#[test]
fn with_only_the_error_stream_on_a_terminal_nothing_waits_for_a_key() {
    let maya = Sandbox::halden();
    let before = maya.workspace();
    for (line, names) in ASKING {
        for script in [
            format!("echo 2 | \"$UPWARDS\" {line}"),
            format!("\"$UPWARDS\" {line} </dev/null"),
        ] {
            let start = Instant::now();
            let mut terminal = maya.terminal_shell(&script, USUAL);
            assert_eq!(terminal.ended(), Some(2), "{terminal}");
            assert!(start.elapsed() < Duration::from_secs(2), "{terminal}");
            let said = terminal.written();
            let said: Vec<&str> = said.split_whitespace().collect();
            assert!(said.join(" ").contains(names), "{names}: {terminal}");
            assert!(!terminal.written().contains('\u{1b}'), "{terminal}");
        }
    }
    assert_eq!(maya.workspace(), before);
}

#[test]
fn where_there_is_no_workspace_nobody_is_asked_and_nothing_is_made() {
    let empty = Sandbox::new();
    let start = Instant::now();
    let told = empty.run("").ok();
    assert!(start.elapsed() < Duration::from_secs(1), "{told}");
    for words in [
        "A workspace is a plain folder",
        "upwards readiness --demo",
        "upwards init",
    ] {
        assert!(told.told().contains(words), "{told}");
    }
    let mut terminal = empty.terminal("", USUAL);
    assert_eq!(terminal.ended(), Some(0), "{terminal}");
    assert!(terminal.written().contains("upwards init halden"), "{terminal}");
    assert_eq!(empty.everything().len(), 0);
}
