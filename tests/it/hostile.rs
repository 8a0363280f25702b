//! Files as they come from broken programs and ill-meaning people: a finding each, never a crash, and in time.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::time::{Duration, Instant};

use upwards::base::diag::Diagnostic;
use upwards::check::run;
use upwards::files::{load_curriculum, load_everything, load_people, load_settings};

use crate::files::in_short;
use crate::folder::Folder;

const SETTINGS: &str = "format = 1\nid = \"halden-3f9c\"\nname = \"Halden\"\ncurricula = []\n";

/// What is found in `upwards.toml` if it holds these bytes.
fn found(bytes: impl AsRef<[u8]>) -> Vec<Diagnostic> {
    let folder = Folder::new();
    folder.put("upwards.toml", bytes);
    load_settings(&folder.tree()).findings
}

/// Longer than anybody waits, on a slow machine and in a build for tests.
pub(crate) fn in_time<T>(what: &str, run: impl FnOnce() -> T) -> T {
    #[expect(clippy::disallowed_methods, reason = "the test measures real time")]
    let start = Instant::now();
    let result = run();
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{what} took {:?}",
        start.elapsed()
    );
    result
}

#[test]
fn three_faults_of_three_kinds_are_three_findings() {
    let text =
        "format = 1\nid = \"halden-3f9c\"\nname = \"\"\nlanguag = \"en\"\ncurricula = [\"Efficiency\"]\n";
    assert_eq!(
        in_short(&found(text)),
        [
            "U109 3:8 `name` is empty",
            "U101 4:1 unknown key: languag",
            "U106 5:14 `curricula`: an id consists of a-z, 0-9 and - and starts with a letter or digit; 'E' does not fit",
        ]
    );
}

#[test]
fn faults_of_syntax_do_not_hide_other_faults_where_the_rest_is_sound() {
    let text = "format = 1\nid = \"halden-3f9c\"\nid = \"other\"\nname = 5\nlanguage = en\ncurricula = []\n";
    assert_eq!(
        in_short(&found(text)),
        [
            "U120 3:1 the key id is there twice",
            "U105 4:8 `name` is a whole number",
            "U120 5:12 en is neither a number nor quoted",
        ]
    );
}

#[test]
fn what_is_no_toml_is_told_by_line() {
    assert_eq!(
        in_short(&found("format = 1\nid = \"a\nname = \n= 5\n")),
        [
            "U120 2:8 not TOML: invalid basic string, expected `\"`",
            "U120 3:8 not TOML: string values must be quoted, expected literal string",
            "U120 4:1 not TOML: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`",
        ]
    );
}

#[test]
fn line_ends_of_windows_are_fine() {
    assert_eq!(in_short(&found(SETTINGS.replace('\n', "\r\n"))), [""; 0]);
}

#[test]
fn a_byte_order_mark_is_a_warning_and_shifts_no_place() {
    let with_mark = format!("\u{FEFF}{SETTINGS}x = 1\n");
    assert_eq!(
        in_short(&found(with_mark)),
        [
            "U122 1:1 the file starts with a byte order mark",
            "U101 5:1 unknown key: x"
        ]
    );
}

#[test]
fn other_encodings_are_named_with_the_first_byte() {
    let latin = SETTINGS.replace("Halden", "H?lden").into_bytes();
    let latin: Vec<u8> = latin
        .into_iter()
        .map(|b| if b == b'?' { 0xE4 } else { b })
        .collect();
    assert_eq!(in_short(&found(latin)), ["U121 3:10 byte 0xE4 is no UTF-8"]);
    let wide: Vec<u8> = SETTINGS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = [vec![0xFF, 0xFE], wide].concat();
    assert_eq!(in_short(&found(wide)), ["U121 1:1 the file is UTF-16, not UTF-8"]);
}

#[test]
fn characters_that_steer_a_terminal_are_found_raw_and_escaped() {
    for (name, finding) in [
        ("\"a\u{0}b\"", "U111 3:10 control character U+0000"),
        ("\"a\u{1b}[31mb\"", "U111 3:10 control character U+001B"),
        ("\"a\u{9b}31mb\"", "U111 3:10 control character U+009B"),
        (
            r#""a\u001b[31mb""#,
            "U111 3:8 `name` holds the control character U+001B",
        ),
        (r#""a\nb""#, "U111 3:8 `name` holds the control character U+000A"),
        ("\"a\tb\"", "U111 3:10 `name` holds the control character U+0009"),
        (
            "\"a\u{202e}b\"",
            "U111 3:10 `name` holds the control character U+202E",
        ),
        (
            "\"a\u{200b}b\"",
            "U112 3:10 `name` holds the invisible character U+200B",
        ),
    ] {
        let text = SETTINGS.replace("\"Halden\"", name);
        assert_eq!(in_short(&found(text)), [finding], "{name:?}");
    }
    assert_eq!(in_short(&found(SETTINGS.replace('\n', "\r"))).len(), 1);
}

#[test]
fn empty_missing_and_newer_files_are_told_as_such() {
    assert_eq!(in_short(&found("")), ["U126 0:0 the file is empty"]);
    assert_eq!(in_short(&found("# later\n")), ["U126 0:0 the file is empty"]);
    let unversioned = found(SETTINGS.replace("format = 1\n", ""));
    assert_eq!(in_short(&unversioned), ["U126 0:0 `format` is missing"]);
    let newer = found("format = 2\nid = 5\nwhatever = true\n");
    assert_eq!(
        in_short(&newer),
        ["U126 1:1 this file has the format 2: it needs a newer version of upwards"]
    );
    assert_eq!(in_short(&found("format = 99999999999999999999\n")).len(), 1);
    assert_eq!(
        in_short(&found("format = 0\n")),
        ["U126 1:1 there is no format 0"]
    );
    let quoted = found(SETTINGS.replace("format = 1", "format = \"1\""));
    assert_eq!(in_short(&quoted), ["U105 1:10 `format` is text"]);
    let nothing = load_settings(&Folder::new().tree());
    assert_eq!(in_short(&nothing.findings), ["U125 0:0 the file is missing"]);
}

#[test]
fn an_unfinished_merge_is_named() {
    let text =
        format!("{SETTINGS}<<<<<<< HEAD\nlanguage = \"en\"\n=======\nlanguage = \"da\"\n>>>>>>> other\n");
    assert_eq!(
        in_short(&found(text)),
        ["U128 5:1 a merge was left unfinished here"]
    );
}

#[test]
fn newer_toml_is_a_warning() {
    let text = format!("{SETTINGS}[readiness]\nweights = {{ knowledge = 40, }}\n");
    assert_eq!(
        in_short(&found(text)),
        ["U127 6:27 a comma before the closing brace is read by newer programs only (TOML 1.1)"]
    );
}

#[test]
fn a_file_of_4_mib_is_read_and_one_byte_more_is_not() {
    let most = 4 * 1024 * 1024;
    let filled = |size: usize| format!("{SETTINGS}{}\n", "#".repeat(size - SETTINGS.len() - 1));
    assert_eq!(in_short(&found(filled(most))), [""; 0]);
    assert_eq!(
        in_short(&found(filled(most + 1))),
        ["U123 0:0 the file is larger than 4 MiB, the most a file may have"]
    );
}

#[test]
fn a_folder_in_place_of_a_file_is_a_finding() {
    let folder = Folder::new();
    folder.put("upwards.toml/x", "");
    assert_eq!(
        in_short(&load_settings(&folder.tree()).findings),
        ["U124 0:0 this is a folder, not a file"]
    );
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_wherever_they_stand() {
    use std::os::unix::fs::symlink;
    let elsewhere = Folder::copy_of("format_examples");
    let message = "U124 0:0 this is a symbolic link, and links are not followed";

    let file = Folder::copy_of("format_examples");
    file.put("mine/x", "");
    symlink(elsewhere.path("people.toml"), file.path("mine/people.toml")).unwrap();
    let tree = upwards::disk::Tree::Folder(file.path("mine"));
    assert_eq!(in_short(&load_people(&tree).findings), [message]);

    let folder = Folder::new();
    folder.put("upwards.toml", elsewhere.text("upwards.toml"));
    folder.put("people.toml", elsewhere.text("people.toml"));
    symlink(elsewhere.path("curricula"), folder.path("curricula")).unwrap();
    let everything = load_everything(&folder.tree());
    assert_eq!(in_short(&everything.findings), [message]);
    assert_eq!(everything.findings[0].place.file, "curricula");
    let id = "efficiency".parse().unwrap();
    let loaded = load_curriculum(&folder.tree(), &id);
    assert_eq!(in_short(&loaded.findings), [message]);
    assert!(loaded.value.is_none());
}

#[test]
fn copies_of_a_sync_tool_are_not_a_second_module() {
    let folder = Folder::copy_of("format_examples");
    let modules = "curricula/efficiency/modules";
    let text = folder.text(&format!("{modules}/rules-and-roles.toml"));
    for name in [
        "rules-and-roles (1).toml",
        "rules-and-roles.sync-conflict-20260316.toml",
        "Rules.toml",
        "rules.TOML",
    ] {
        folder.put(&format!("{modules}/{name}"), &text);
    }
    for name in ["~$rules.toml", ".rules.toml", "notes.txt"] {
        folder.put(&format!("{modules}/{name}"), &text);
    }
    folder.put("curricula/efficiency (1)/curriculum.toml", "");
    let findings = load_everything(&folder.tree()).findings;
    let codes: Vec<&str> = findings.iter().map(|f| f.code).collect();
    assert_eq!(codes, ["U106"; 5]);
}

#[test]
fn hundred_thousand_keys_are_read_in_time() {
    let known = (0..100_000)
        .map(|n| format!("k{n} = {n}\n"))
        .collect::<Vec<_>>()
        .concat();
    let findings = in_time("100,000 keys", || found(format!("{SETTINGS}{known}")));
    assert_eq!(findings.len(), 100_000);
    assert_eq!(
        (findings[99_999].place.line, findings[99_999].code),
        (100_004, "U101")
    );
    let one_line = (0..100_000)
        .map(|n| format!("k{n} = {n},"))
        .collect::<Vec<_>>()
        .concat();
    let one_line = format!("{SETTINGS}readiness = {{ {} }}\n", one_line.trim_end_matches(','));
    assert_eq!(
        in_time("100,000 keys on one line", || found(one_line)).len(),
        100_000
    );
    let twice = in_time("the same key", || found("a = 1\n".repeat(100_000)));
    assert!(!twice.is_empty());
}

#[test]
fn deep_and_broken_files_are_read_in_time() {
    for (what, text) in [
        ("arrays", format!("a = {}", "[".repeat(4_000_000))),
        (
            "closed arrays",
            format!("a = {}{}", "[".repeat(2_000_000), "]".repeat(2_000_000)),
        ),
        ("inline tables", format!("a = {}", "{a=".repeat(1_300_000))),
        ("dotted keys", format!("{}=1", vec!["a"; 2_000_000].join("."))),
        ("headers", format!("[{}]", vec!["a"; 2_000_000].join("."))),
        ("70 deep", format!("a = {}{}", "[".repeat(70), "]".repeat(70))),
        ("70 parts", format!("{}=1", vec!["a"; 70].join("."))),
        ("rubbish", "= \n".repeat(1_300_000)),
        ("some rubbish", "= \n".repeat(80_000)),
        ("one line", format!("a = \"{}\"", "x".repeat(4_000_000))),
        ("quotes", "\"".repeat(4_000_000)),
        ("escapes", "\u{1b}".repeat(4_000_000)),
    ] {
        let findings = in_time(what, || found(text));
        assert!(!findings.is_empty(), "{what}");
        assert!(findings.len() <= 30, "{what}: {}", findings.len());
    }
}

/// A number that looks random and is the same in every run.
fn next(state: &mut u64) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap()
}

/// One damage: a part cut out, repeated, or overwritten.
fn damage(bytes: &[u8], state: &mut u64) -> Vec<u8> {
    let from = next(state) % bytes.len();
    let to = (from + 1 + next(state) % 60).min(bytes.len());
    let part = &bytes[from..to];
    match next(state) % 4 {
        0 => [&bytes[..from], &bytes[to..]].concat(),
        1 => [&bytes[..to], part, &bytes[to..]].concat(),
        2 => bytes[..from].to_vec(),
        _ => {
            let by = b"\"'[]{}=,.#\n\r\0\xFF9a-"[next(state) % 17];
            [&bytes[..from], &[by], &bytes[from + 1..]].concat()
        }
    }
}

#[test]
fn damaged_files_are_findings_and_never_a_crash() {
    let folder = Folder::copy_of("format_examples");
    let today = "2026-03-16".parse().unwrap();
    let mut state = 1;
    let files = [
        "upwards.toml",
        "people.toml",
        "people.import.toml",
        "erased.toml",
        "curricula/efficiency/curriculum.toml",
        "curricula/efficiency/modules/answer-in-public.toml",
        "curricula/efficiency/cases/klm-social-service.toml",
    ];
    for file in files {
        let whole = folder.text(file).into_bytes();
        for _ in 0..150 {
            let damaged = damage(&whole, &mut state);
            folder.put(file, &damaged);
            let everything = load_everything(&folder.tree());
            for finding in run(&everything, today) {
                let text = everything.text(&finding.place.file).unwrap_or_default();
                let lines = text.split('\n').count();
                assert!(finding.place.line <= lines, "{finding:?}");
                assert!(
                    finding.place.span.0 <= text.len() && finding.place.span.1 <= text.len(),
                    "{finding:?}"
                );
                assert!(finding.place.span.0 <= finding.place.span.1, "{finding:?}");
            }
        }
        folder.put(file, whole);
    }
}
