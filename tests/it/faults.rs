//! Damage, full disks, closed streams, clones, many at once: what was acknowledged is there, and the next command works.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Output, Sandbox, WORKSPACE};

const SHARED: &str = "progress/ana/ana-laptop.jsonl";
const READING: [&str; 12] = [
    "readiness",
    "readiness -f csv",
    "readiness ana",
    "progress --as ana",
    "next --as ana",
    "history --as ana",
    "people list",
    "people show ana",
    "cases list --curriculum efficiency",
    "cases show klm --curriculum efficiency",
    "export progress",
    "help",
];

fn aim(id: u8, seq: u64, person: &str, text: &str) -> String {
    format!(
        "{{\"v\":1,\"id\":\"00000000-0000-4000-8000-0000000000{id:02x}\",\"seq\":{seq},\"day\":\"2026-03-10\",\"person\":\"{person}\",\"by\":\"{person}\",\"device\":\"ana-laptop\",\"kind\":\"aimed\",\"text\":\"{text}\"}}\n"
    )
}

/// Words of the person's history, newest first.
fn words(sandbox: &Sandbox) -> Vec<String> {
    let rows = sandbox.run("history --person ana -f json").ok().rows();
    rows.iter()
        .map(|r| r["words"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// A file whose lines are not all events.
fn readable(text: &str) -> Vec<Value> {
    text.lines()
        .filter_map(|l| serde_json::from_str(l).ok())
        .collect()
}

fn no_panic(out: &Output) {
    assert!(!out.stderr.contains("panicked"), "{out}");
    assert!(matches!(out.code, Some(0..=3 | 130)), "{out}");
}

// Streams.

#[test]
fn a_reader_that_went_away_is_no_error() {
    let maya = Sandbox::halden();
    maya.run("assign answering --to group:board --yes").ok();
    for line in READING.iter().copied().chain(["completions bash", "--help"]) {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let args: Vec<&str> = line.split(' ').collect();
        let out = maya
            .command(args)
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .expect("it runs");
        assert_eq!(out.status.code(), Some(0), "{line}");
        assert_eq!(String::from_utf8_lossy(&out.stderr), "", "{line}");
    }
}

#[test]
fn a_closed_stdout_is_no_crash() {
    let maya = Sandbox::halden();
    for line in READING {
        let out = maya.shell(&format!("exec $UPWARDS {line} >&-"));
        no_panic(&out);
        let out = maya.shell(&format!("exec $UPWARDS {line} 2>&- >&- <&-"));
        no_panic(&out);
    }
}

#[test]
fn a_full_disk_behind_stdout_is_told() {
    let maya = Sandbox::halden();
    maya.run("assign answering --to group:board --yes").ok();
    for line in READING
        .iter()
        .copied()
        .chain(["completions bash", "--help", "readiness --help", "--version"])
    {
        let out = maya.shell(&format!("exec $UPWARDS {line} >/dev/full")).code(1);
        assert!(
            out.stderr.starts_with("error: could not write the output: "),
            "{out}"
        );
    }
}

#[test]
fn what_is_recorded_is_no_failure_because_it_could_not_be_told() {
    let maya = Sandbox::halden();
    let ana = maya.laptop("ana");
    let answers = "format = 1\n[answers]\nframing.stop = { choice = 1 }\n";
    ana.file("../a.toml", answers);
    for (sandbox, line) in [
        (&ana, "aim 'Answer faster'"),
        (&ana, "learn --step one-rule --personal yes --done 'Wrote it'"),
        (&ana, "learn --step who --answers ../a.toml"),
        (&maya, "people add --name Dana"),
        (&maya, "people edit dana --set unit=x"),
    ] {
        let out = sandbox.shell(&format!("exec $UPWARDS {line} >/dev/full")).code(0);
        assert!(
            out.said()
                .contains("note: it is recorded, and could not write the output"),
            "{out}"
        );
    }
    let kinds: Vec<Value> = ana.events(SHARED).iter().map(|e| e["kind"].clone()).collect();
    assert_eq!(
        kinds,
        ["aimed", "practised", "started", "finished", "recalled"].map(|k| json!(k))
    );
    assert_eq!(maya.run("people show dana -f csv").ok().csv()[0]["unit"], "x");
    // What is printed before anything is written stops it.
    let out = maya
        .shell("exec $UPWARDS assign answering --to bo >/dev/full")
        .code(1);
    assert!(
        out.stderr.starts_with("error: could not write the output"),
        "{out}"
    );
    assert!(!maya.has("progress/bo"));
}

#[test]
fn a_closed_stdin_ends_every_asking_command_at_once() {
    let maya = Sandbox::halden();
    maya.run("learn --as ana --step answer-one --personal yes --done 'Called the dealer'")
        .ok();
    let before = maya.workspace();
    let ana = maya.laptop("ana");
    for (sandbox, line, flag) in [
        (&maya, "init other", "--name NAME"),
        (&maya, "people add", "--name NAME"),
        (&maya, "people remove bo", "--confirm bo"),
        (&maya, "assign answering --to group:board", "--yes"),
        (&ana, "learn", "--answers"),
        (&ana, "learn --step one-rule", "--done"),
        (&ana, "confirm", "--all"),
    ] {
        for redirect in ["<&-", "</dev/null", "</dev/zero"] {
            let start = Instant::now();
            let out = sandbox.shell(&format!("exec $UPWARDS {line} {redirect}")).code(2);
            assert!(start.elapsed() < Duration::from_secs(2), "{out}");
            assert!(out.said().contains(flag), "{out}");
            assert!(out.stderr.len() < 4096, "{out}");
        }
    }
    // Those that can do without an answer do.
    ana.shell("exec $UPWARDS aim <&-").ok();
    ana.shell("exec $UPWARDS undo --dry-run <&-").code(1);
    assert_eq!(maya.workspace(), before);
}

// Logs.

#[test]
fn a_damaged_line_is_named_and_its_neighbours_count() {
    let sandbox = Sandbox::halden();
    let endless = format!("{}\n", "x".repeat(70_000));
    let stretched = aim(9, 9, "ana", &"y".repeat(66_000));
    for (what, damage, said) in [
        ("rubbish", b"rubbish\n".to_vec(), "line 2: this line is no event"),
        (
            "not UTF-8",
            b"{\"v\":1,\xff\xfe}\n".to_vec(),
            "line 2: this line is not UTF-8",
        ),
        (
            "half an object",
            b"{\"v\":1,\"id\":\n".to_vec(),
            "line 2: this line is kept and not counted",
        ),
        ("NUL bytes", b"\0\0\0\0\n".to_vec(), "line 2: NUL bytes"),
        (
            "a merge",
            b"<<<<<<< ours\n=======\n>>>>>>> theirs\n".to_vec(),
            "line 2: an unfinished merge",
        ),
        (
            "somebody else",
            aim(8, 2, "bo", "not mine").into_bytes(),
            "line 2: this line is about bo, not ana",
        ),
        (
            "no day",
            aim(7, 2, "ana", "x")
                .replace("2026-03-10", "2026-02-30")
                .into_bytes(),
            "line 2: this line is kept",
        ),
        (
            "no line at all",
            endless.into_bytes(),
            "line 2: this line has 70000 bytes",
        ),
        ("a long line", stretched.into_bytes(), "line 2: this line has"),
    ] {
        let log = [
            aim(1, 1, "ana", "before").as_bytes(),
            &damage,
            aim(3, 3, "ana", "after").as_bytes(),
        ]
        .concat();
        sandbox.file(SHARED, &log);
        let out = sandbox.run("history --person ana").ok();
        assert!(out.said().contains(&format!("{SHARED}, {said}")), "{what}: {out}");
        assert_eq!(
            out.stderr.lines().count(),
            out.stderr.matches("note: ").count().max(1),
            "{what}: {out}"
        );
        assert_eq!(words(&sandbox), ["aim: \"after\"", "aim: \"before\""], "{what}");
        // Nothing is rewritten, and the next entry stands on a line of its own.
        sandbox.laptop("ana").run("aim 'next'").ok();
        let after = std::fs::read(sandbox.path(SHARED)).expect("the log");
        assert!(after.starts_with(&log), "{what}");
        assert_eq!(words(&sandbox)[0], "aim: \"next\"", "{what}");
    }
}

#[test]
fn a_torn_tail_costs_the_torn_line_and_no_other() {
    let whole = aim(1, 1, "ana", "first") + &aim(2, 2, "ana", "second");
    let second = aim(2, 2, "ana", "second").len();
    for cut in [1, 2, 10, second / 2, second - 1] {
        for tail in ["", "\0\0\0\0"] {
            let sandbox = Sandbox::halden();
            let torn = format!("{}{tail}", &whole[..whole.len() - cut]);
            sandbox.file(SHARED, &torn);
            let out = sandbox.run("history --person ana").ok();
            assert!(
                out.said().contains(&format!("{SHARED}, line 2: ")),
                "{cut}: {out}"
            );
            assert_eq!(words(&sandbox), ["aim: \"first\""], "{cut}");
            sandbox.laptop("ana").run("aim 'third'").ok();
            let after = sandbox.read(SHARED);
            assert!(after.starts_with(&format!("{torn}\n{{")), "{cut}: {after}");
            // Where nothing but the line's end was missing, the line is there once it has one.
            if (cut, tail) == (1, "") {
                assert_eq!(
                    words(&sandbox),
                    ["aim: \"third\"", "aim: \"second\"", "aim: \"first\""]
                );
                let seqs: Vec<Value> = sandbox.events(SHARED).iter().map(|e| e["seq"].clone()).collect();
                assert_eq!(seqs, [json!(1), json!(2), json!(3)]);
            } else {
                assert_eq!(words(&sandbox), ["aim: \"third\"", "aim: \"first\""], "{cut}");
            }
        }
    }
}

#[test]
fn a_log_of_a_newer_version_is_read_and_not_written() {
    let sandbox = Sandbox::halden();
    let newer = aim(1, 1, "ana", "old") + &aim(2, 2, "ana", "new").replace("\"v\":1", "\"v\":2");
    sandbox.file(SHARED, &newer);
    let ana = sandbox.laptop("ana");
    ana.run("readiness ana").ok();
    let refused = ana.run("aim 'mine'").code(1);
    assert!(
        refused
            .said()
            .contains("written by a newer upwards (version 2 lines)"),
        "{refused}"
    );
    assert_eq!(sandbox.read(SHARED), newer);
}

#[test]
fn links_are_not_followed() {
    let sandbox = Sandbox::halden();
    sandbox.file("../elsewhere/log.jsonl", aim(1, 1, "ana", "from outside"));
    std::fs::create_dir_all(sandbox.path("progress/ana")).expect("a folder");
    std::os::unix::fs::symlink(
        sandbox.path("../elsewhere/log.jsonl"),
        sandbox.path("progress/ana/x.jsonl"),
    )
    .expect("a link");
    let out = sandbox.run("history --person ana").ok();
    assert!(!out.stdout.contains("from outside"), "{out}");
    assert!(
        out.said()
            .contains("progress/ana/x.jsonl: a link is not followed"),
        "{out}"
    );
}

#[test]
fn a_folder_where_a_log_should_be_is_named() {
    let sandbox = Sandbox::halden();
    sandbox.file(&format!("{SHARED}/x"), "");
    let refused = sandbox.laptop("ana").run("aim 'x'").code(1);
    assert!(
        refused.said().contains("ana-laptop.jsonl: it is a folder"),
        "{refused}"
    );
    sandbox.run("history --person ana").ok();
}

#[test]
fn broken_files_of_ones_own_are_named_or_made_anew() {
    let ana = Sandbox::halden().laptop("ana").without("UPWARDS_DEVICE");
    ana.run("aim 'first'").ok();
    // Derived: lost or broken, nothing is wrong.
    for file in ["heads.json", "last.json"] {
        std::fs::write(ana.own(&format!("{WORKSPACE}/{file}")), "rubbish").expect("a file");
    }
    ana.run("aim 'second'").ok();
    ana.run("undo").ok();
    // The user's own: told with its name, never replaced.
    std::fs::write(ana.own("device.toml"), "rubbish").expect("a file");
    let device = ana.run("aim 'third'").code(1);
    assert!(
        device.said().contains("device.toml holds no device id"),
        "{device}"
    );
    std::fs::remove_file(ana.own("device.toml")).expect("it was there");
    std::fs::write(ana.own("config.toml"), "me = [").expect("a file");
    let config = ana.run("progress").code(1);
    assert!(config.said().contains("config.toml"), "{config}");
    assert_eq!(
        std::fs::read_to_string(ana.own("config.toml")).expect("it stays"),
        "me = ["
    );
}

// Clones and copies.

/// Ana's computer with an id of its own, ids of events drawn.
fn own_device() -> Sandbox {
    let ana = Sandbox::halden()
        .laptop("ana")
        .without("UPWARDS_DEVICE")
        .without("UPWARDS_SEED");
    ana.file("../own/ana/device.toml", "format = 1\nid = \"ana-laptop\"\n");
    ana
}

#[test]
fn a_cloned_computer_takes_a_new_name_and_loses_nothing() {
    let ana = own_device();
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nframing.stop = { choice = 1 }\n",
    );
    ana.run("learn --step who --answers ../a.toml").ok();
    let shell = ana.shell("cp -r ../own/ana ../own/clone");
    assert_eq!(shell.code, Some(0), "{shell}");
    let clone = ana
        .laptop("clone")
        .without("UPWARDS_DEVICE")
        .without("UPWARDS_SEED");
    clone.run("aim 'From the clone'").ok();
    // Ana's computer finds a line that it did not write.
    let told = ana
        .run("learn --step one-rule --personal yes --done 'Wrote it'")
        .ok();
    assert!(
        told.said()
            .contains("another computer writes under the name ana-laptop"),
        "{told}"
    );
    let device = std::fs::read_to_string(ana.own("device.toml")).expect("it is there");
    assert!(!device.contains("\"ana-laptop\""), "{device}");
    let id = device.split('"').nth(1).expect("an id").to_owned();
    assert!(ana.has(&format!("progress/ana/{id}.jsonl")));
    // What this computer knew under its old name still counts.
    let seen = ana.run("history").ok();
    assert!(seen.told().contains("private"), "{seen}");
    let words = words(&ana);
    for wanted in [
        "aim: \"From the clone\"",
        "practised Write one rule, own hand: \"Wrote it\"",
        "finished Who decides",
    ] {
        assert!(words.iter().any(|w| w == wanted), "{words:?}");
    }
    let own = ana.run("progress lead -f csv").ok().csv();
    assert_eq!(
        (
            own[0]["knowledge_points"].as_str(),
            own[0]["hands_on_points"].as_str()
        ),
        ("40.0", "40.0")
    );
    // From here on both write in peace.
    ana.run("aim 'A'").ok();
    let quiet = clone.run("aim 'B'").ok();
    assert!(!quiet.stderr.contains("another computer"), "{quiet}");
    let seqs = |file: &str| -> Vec<u64> {
        ana.events(file)
            .iter()
            .filter_map(|e| e["seq"].as_u64())
            .collect()
    };
    assert_eq!(seqs(SHARED), [1, 2, 3, 4, 5]);
    assert_eq!(seqs(&format!("progress/ana/{id}.jsonl")), [1, 2, 3]);
}

#[test]
fn a_name_that_was_given_is_not_changed_silently() {
    let ana = Sandbox::halden().laptop("ana").without("UPWARDS_SEED");
    ana.run("aim 'first'").ok();
    ana.append(SHARED, aim(7, 2, "ana", "somebody else"));
    let before = ana.workspace();
    let refused = ana.run("aim 'second'").code(1);
    assert!(
        refused
            .said()
            .contains("another computer writes under the name ana-laptop"),
        "{refused}"
    );
    assert!(refused.said().contains("UPWARDS_DEVICE=NAME"), "{refused}");
    assert_eq!(ana.workspace(), before);
}

#[test]
fn after_a_restored_backup_the_count_goes_on_where_it_was() {
    let ana = own_device();
    ana.run("aim 'one'").ok();
    let backup = ana.read(SHARED);
    ana.run("aim 'two'").ok();
    ana.run("aim 'three'").ok();
    ana.file(SHARED, backup);
    ana.run("aim 'four'").ok();
    let seqs: Vec<u64> = ana
        .events(SHARED)
        .iter()
        .filter_map(|e| e["seq"].as_u64())
        .collect();
    assert_eq!(seqs, [1, 4]);
}

#[test]
fn a_conflict_copy_is_read_and_counts_once() {
    let ana = own_device();
    ana.run("aim 'one'").ok();
    ana.run("aim 'two'").ok();
    let wanted = words(&ana);
    ana.file("progress/ana/ana-laptop (1).jsonl", ana.read(SHARED));
    let out = ana.run("history --person ana").ok();
    assert_eq!(words(&ana), wanted);
    no_panic(&out);
}

// Private.

#[test]
fn what_is_private_is_ones_own_alone_whatever_the_umask() {
    for umask in ["000", "077", "022"] {
        let ana = Sandbox::halden().laptop("ana");
        ana.file(
            "../a.toml",
            "format = 1\n[answers]\nframing.stop = { choice = 1 }\n",
        );
        let out = ana.shell(&format!(
            "umask {umask}; exec $UPWARDS learn --step who --answers ../a.toml"
        ));
        assert_eq!(out.code, Some(0), "{out}");
        let mode = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        let mut folder = ana.own(WORKSPACE);
        assert_eq!(mode(&folder), 0o700, "{umask}");
        for (path, bytes) in ana.everything() {
            let full = ana.path("..").join(&path);
            if path.starts_with("own/ana/halden") {
                assert_eq!(mode(&full), 0o600, "{umask}: {path}, {} bytes", bytes.len());
            }
        }
        for part in ["private", "ana"] {
            folder.push(part);
            assert_eq!(mode(&folder), 0o700, "{umask}: {}", folder.display());
        }
    }
}

#[test]
fn private_words_are_found_nowhere_else() {
    const MARKER: &str = "ZQX-MARKER";
    let ana = Sandbox::halden().laptop("ana");
    ana.file(
        "../a.toml",
        format!("format = 1\n[answers]\nanswering.hour.text = \"{MARKER} reading\"\nanswering.words = {{ choice = 3, sure = 1 }}\nanswering.leave = {{ choice = 1, sure = 3 }}\nanswering.both = {{ choice = [1, 3], sure = 2 }}\nanswering.what-stops-me.text = \"{MARKER} stopping\"\n"),
    );
    let outputs = [
        ana.run("learn --step answering.hour --answers ../a.toml").ok(),
        ana.run("learn --step first --answers ../a.toml").ok(),
        ana.run("learn --step answering.what-stops-me --answers ../a.toml")
            .ok(),
        ana.run("history").ok(),
        ana.run("history -f json").ok(),
        ana.run("progress -v").ok(),
        ana.run("undo --dry-run").ok(),
        ana.run("undo").ok(),
        ana.laptop("maya").run("readiness ana -v").ok(),
        ana.laptop("maya").run("readiness ana -f json").ok(),
        ana.laptop("maya").run("export progress -f json").ok(),
        ana.laptop("maya").run("history --person ana -f json").ok(),
    ];
    for out in outputs {
        assert!(
            !out.stdout.contains(MARKER) && !out.stderr.contains(MARKER),
            "{out}"
        );
    }
    // An answer that does not fit is not quoted either.
    ana.file(
        "../a.toml",
        format!("format = 1\n[answers]\nanswering.hour.text = [\"{MARKER}\"]\n"),
    );
    let refused = ana.run("learn --step answering.hour --answers ../a.toml").code(2);
    assert!(!refused.stderr.contains(MARKER), "{refused}");
    std::fs::remove_file(ana.path("../a.toml")).expect("it was written");
    // Nor a line that cannot be read.
    let private = format!("{WORKSPACE}/private/ana/ana-laptop.jsonl");
    let text = std::fs::read_to_string(ana.own(&private)).expect("the private log");
    assert!(text.contains(MARKER));
    std::fs::write(ana.own(&private), text.replace("\"v\":1", "\"v\":x")).expect("a damaged one");
    for line in ["history", "progress", "next"] {
        let out = ana.run(line).ok();
        assert!(out.stderr.contains("cannot be read"), "{out}");
        assert!(
            !out.stdout.contains(MARKER) && !out.stderr.contains(MARKER),
            "{out}"
        );
    }
    for (path, bytes) in ana.everything() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mine = path == format!("own/ana/{private}");
        assert_eq!(text.contains(MARKER), mine, "{path}");
        for word in [
            "confidence",
            "chosen",
            "\"correct\"",
            "answering.words",
            "answering.leave",
            "answering.both",
        ] {
            let material = path.starts_with("work/curricula/");
            assert!(mine || material || !text.contains(word), "{word} in {path}");
        }
    }
    assert_eq!(ana.leftovers(), Vec::<String>::new());
}

// Many at once.

#[test]
fn sixteen_at_once_lose_nothing_and_number_without_a_gap() {
    const PROCESSES: usize = 16;
    const WRITES: usize = 20;
    let ana = own_device();
    std::thread::scope(|scope| {
        for process in 0..PROCESSES {
            let mut commands: Vec<_> = (0..WRITES)
                .map(|write| ana.command(["aim", &format!("p{process} w{write}")]))
                .collect();
            scope.spawn(move || {
                for command in &mut commands {
                    let out = command.output().expect("it runs");
                    assert_eq!(
                        out.status.code(),
                        Some(0),
                        "{}",
                        String::from_utf8_lossy(&out.stderr)
                    );
                }
            });
        }
    });
    let events = ana.events(SHARED);
    let seqs: Vec<usize> = events
        .iter()
        .filter_map(|e| usize::try_from(e["seq"].as_u64()?).ok())
        .collect();
    assert_eq!(seqs, (1..=PROCESSES * WRITES).collect::<Vec<_>>());
    let texts: BTreeSet<&str> = events.iter().filter_map(|e| e["text"].as_str()).collect();
    assert_eq!(texts.len(), PROCESSES * WRITES);
    let device = std::fs::read_to_string(ana.own("device.toml")).expect("it is there");
    assert!(device.contains("\"ana-laptop\""), "{device}");
}

#[test]
fn first_runs_at_the_same_time_agree_on_one_device() {
    let ana = Sandbox::halden()
        .laptop("ana")
        .without("UPWARDS_DEVICE")
        .without("UPWARDS_SEED");
    std::thread::scope(|scope| {
        for process in 0..8 {
            let mut command = ana.command(["aim", &format!("first {process}")]);
            command.stdout(Stdio::null());
            scope.spawn(move || assert!(command.status().expect("it runs").success()));
        }
    });
    let logs: Vec<String> = ana
        .workspace()
        .into_iter()
        .filter(|(path, _)| path.contains("/progress/ana/"))
        .map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8"))
        .collect();
    let lines: usize = logs.iter().map(|l| l.lines().count()).sum();
    assert_eq!((logs.len(), lines), (1, 8));
}

#[test]
fn another_writer_is_waited_for_and_readers_never_wait() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("aim 'first'").ok();
    let lock = ana.own(&format!("{WORKSPACE}/lock"));
    let script = format!(
        "command -v flock >/dev/null || exit 77; flock {} sh -c 'echo held; touch ../held; sleep 1; echo free' & until [ -e ../held ]; do sleep 0.05; done; $UPWARDS history >/dev/null; echo read; $UPWARDS aim second; wait",
        lock.display()
    );
    let waited = ana.shell(&script);
    if waited.code == Some(77) {
        println!("skipped: no flock here");
        return;
    }
    let order: Vec<&str> = waited
        .stdout
        .lines()
        .map(|l| l.split(' ').next().unwrap_or(""))
        .collect();
    assert_eq!(order, ["held", "read", "free", "Saved."], "{waited}");
    assert_eq!(ana.events(SHARED).len(), 2);
}

// Disks.

/// Whether this machine lets a test make a mount of its own.
fn can_mount(sandbox: &Sandbox) -> bool {
    let out = sandbox.shell("unshare -m sh -c 'mkdir -p ../m && mount -t tmpfs -o size=64k none ../m'");
    if out.code != Some(0) {
        println!("skipped: no mounts of one's own here");
    }
    out.code == Some(0)
}

#[test]
fn a_full_disk_stops_a_write_and_keeps_what_is_there() {
    let maya = Sandbox::halden();
    if !can_mount(&maya) {
        return;
    }
    // The workspace lies on a disk of 128 KiB that is filled to the last byte before the second write.
    let script = "unshare -m sh -c '
        mkdir -p ../m && mount -t tmpfs -o size=128k none ../m && cp -r . ../m/w && cd ../m/w || exit 99
        $UPWARDS aim first; echo first $?
        cat /dev/zero > ../fill 2>/dev/null
        for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
            $UPWARDS aim \"number $n, and some words so that a page of the disk is filled soon enough, and then some more of them\" || break
        done
        echo stopped $?
        $UPWARDS people add --name Dana; echo add $?
        rm ../fill
        $UPWARDS aim last; echo last $?
        echo LOG; cat progress/ana/ana-laptop.jsonl; echo PEOPLE; cat people.toml; echo LEFT; ls -a'";
    let out = maya.laptop("ana").shell(script);
    let all = out.stdout.clone();
    assert!(
        all.contains("first 0") && all.contains("add 1") && all.contains("last 0"),
        "{out}"
    );
    assert!(out.said().contains("the disk is full"), "{out}");
    assert!(!out.stderr.contains("panicked"), "{out}");
    let (said, rest) = all.split_once("LOG\n").expect("the log");
    let (log, rest) = rest.split_once("PEOPLE\n").expect("the people");
    let (people, left) = rest.split_once("LEFT\n").expect("the folder");
    let saved = said.matches("Saved.").count();
    let events = readable(log);
    assert!(
        events.len() == saved || events.len() == saved + 1,
        "{saved} saved: {log}"
    );
    assert_eq!(events.last().map(|e| e["text"].clone()), Some(json!("last")));
    assert_eq!(people, maya.read("people.toml"));
    assert!(!left.contains(".tmp"), "{left}");
}

#[test]
fn a_read_only_folder_can_be_read_and_says_so_when_written() {
    let maya = Sandbox::halden();
    maya.run("assign answering --to ana").ok();
    if !can_mount(&maya) {
        return;
    }
    let mut script = "mount --bind . . && cd $PWD && mount -o remount,ro,bind . || exit 99\n".to_owned();
    for line in READING {
        script.push_str(&format!("$UPWARDS {line} >/dev/null || echo FAILED {line}\n"));
    }
    let writing = [
        "aim x --as ana",
        "assign framing --to ana",
        "people add --name Dana",
        "people edit bo --set unit=x",
        "undo",
        "init .",
        "init new --name N --as-leader n",
        "readiness -o out.csv",
    ];
    for line in writing {
        script.push_str(&format!("$UPWARDS {line} >/dev/null; echo code $?\n"));
    }
    maya.file("../ro.sh", script);
    let before = maya.workspace();
    let out = maya.shell("exec unshare -m sh ../ro.sh").ok();
    assert_eq!(out.stdout, "code 1\n".repeat(writing.len()), "{out}");
    assert!(
        out.stderr.matches("read-only").count() >= writing.len() - 1,
        "{out}"
    );
    assert!(!out.stderr.contains("panicked"), "{out}");
    assert_eq!(maya.workspace(), before);
}

#[test]
fn a_home_that_cannot_be_written_is_read_all_the_same() {
    let maya = Sandbox::halden().laptop("ana");
    maya.laptop("maya").run("assign answering --to ana").ok();
    if !can_mount(&maya) {
        return;
    }
    let mut script = "mount --bind ../own ../own && mount -o remount,ro,bind ../own || exit 99\n".to_owned();
    for line in READING.iter().copied().chain(["aim", "learn --dry-run"]) {
        script.push_str(&format!("$UPWARDS {line} >/dev/null || echo FAILED {line}\n"));
    }
    script.push_str("$UPWARDS aim x; echo code $?\n");
    maya.file("../ro.sh", script);
    let out = maya.shell("exec unshare -m sh ../ro.sh").ok();
    assert_eq!(out.stdout, "code 1\n", "{out}");
    assert!(out.said().contains("read-only"), "{out}");
    assert!(!maya.has(SHARED));
}

#[test]
fn a_write_cut_off_anywhere_leaves_whole_events_and_a_next_command_that_works() {
    let probe = Sandbox::new();
    if probe
        .shell("command -v prlimit >/dev/null && prlimit --fsize=100 true")
        .code
        != Some(0)
    {
        println!("skipped: no prlimit here");
        return;
    }
    let ana = own_device();
    ana.run("aim 'first'").ok();
    let start = ana.read(SHARED);
    let line = start.len();
    // With the signal ignored the program is told; without it it is killed.
    for (trap, step) in [("trap '' XFSZ;", 9), ("", 13)] {
        for limit in (line..line * 2 + 20).step_by(step) {
            ana.file(SHARED, &start);
            let _ = std::fs::remove_file(ana.own(&format!("{WORKSPACE}/heads.json")));
            let cut = ana.shell(&format!(
                "{trap} exec prlimit --fsize={limit} $UPWARDS aim 'second'"
            ));
            let after = ana.read(SHARED);
            let events = readable(&after);
            assert!(after.starts_with(&start), "{limit}: {after}");
            match cut.code {
                Some(0) => assert_eq!(events.len(), 2, "{limit}: {cut}"),
                Some(1) => {
                    assert_eq!(events.len(), 1, "{limit}: {cut}");
                    assert!(cut.said().contains("ana-laptop.jsonl"), "{limit}: {cut}");
                }
                // Killed by the signal.
                None => assert!(events.len() <= 2, "{limit}: {cut}"),
                other => panic!("{limit}: {other:?}: {cut}"),
            }
            assert!(!cut.stderr.contains("panicked"), "{cut}");
            ana.run("aim 'third'").ok();
            let events = readable(&ana.read(SHARED));
            assert_eq!(
                events.last().map(|e| e["text"].clone()),
                Some(json!("third")),
                "{limit}"
            );
            assert_eq!(events[0]["text"], "first");
        }
    }
}

#[test]
fn a_table_cut_off_while_it_is_written_is_not_there_at_all() {
    let probe = Sandbox::new();
    if probe
        .shell("command -v prlimit >/dev/null && prlimit --fsize=100 true")
        .code
        != Some(0)
    {
        println!("skipped: no prlimit here");
        return;
    }
    let maya = Sandbox::halden();
    let people = maya.read("people.toml");
    for trap in ["trap '' XFSZ;", ""] {
        for limit in [0, 10, 200] {
            let out = maya.shell(&format!(
                "{trap} exec prlimit --fsize={limit} $UPWARDS people add --name Dana"
            ));
            assert_ne!(out.code, Some(0), "{out}");
            assert_eq!(maya.read("people.toml"), people);
            let out = maya.shell(&format!(
                "{trap} exec prlimit --fsize={limit} $UPWARDS readiness --demo -o out.csv"
            ));
            assert_ne!(out.code, Some(0), "{out}");
            assert!(!maya.has("out.csv"), "{limit}");
            assert!(!out.stderr.contains("panicked"), "{out}");
        }
    }
    maya.run("people add --name Dana").ok();
}

#[test]
fn what_was_known_under_another_name_of_the_computer_is_known_still() {
    let ana = own_device();
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nframing.stop = { choice = 1 }\n",
    );
    ana.run("learn --step who --answers ../a.toml").ok();
    let private = |shown: &str| shown.matches("private").count();
    let before = private(&ana.run("history").ok().stdout);
    assert!(before > 0);
    ana.run("config set device newname").ok();
    assert_eq!(private(&ana.run("history").ok().stdout), before);
}

#[test]
fn no_report_is_written_over_what_is_recorded() {
    let ana = own_device();
    ana.run("aim first").ok();
    let log = "progress/ana/ana-laptop.jsonl";
    let before = ana.read(log);
    for file in [log, "people.toml", "upwards.toml"] {
        let told = ana.run(&format!("readiness -f jsonl --yes -o {file}")).code(1);
        assert!(told.said().contains("a part of the workspace"), "{told}");
    }
    let device = ana.own("device.toml");
    let told = ana
        .run(&format!("readiness -f csv --yes -o {}", device.display()))
        .code(1);
    assert!(told.said().contains("in your own folder"), "{told}");
    assert_eq!(ana.read(log), before);
}

#[cfg(unix)]
#[test]
fn a_report_goes_into_a_device_and_reads_nothing_from_it() {
    let halden = Sandbox::halden();
    halden.run("readiness -f csv -o /dev/null").ok();
    // Endless to read: it must not be looked at.
    halden.run("readiness -f csv -o /dev/zero").ok();
}

#[test]
fn a_number_that_no_log_reaches_is_not_gone_on_from() {
    let ana = own_device();
    ana.run("aim first").ok();
    let log = "progress/ana/ana-laptop.jsonl";
    let bad = ana
        .read(log)
        .replace("\"seq\":1,", "\"seq\":18446744073709551615,");
    ana.file(log, &bad);
    ana.run("aim second").ok();
    assert!(!ana.read(log).contains("\"seq\":0,"), "{}", ana.read(log));
}

#[test]
fn what_is_private_is_never_kept_inside_the_workspace() {
    let halden = Sandbox::halden();
    let told = halden.env("UPWARDS_HOME", "./home").run("aim x --as ana").code(1);
    assert!(told.said().contains("lies inside the workspace"), "{told}");
    assert!(!halden.has("home"));
}

#[test]
fn undo_leaves_what_others_recorded() {
    let ana = own_device();
    ana.run("aim first").ok();
    let told = ana.run("undo --as bo").code(1);
    assert!(told.said().contains("nothing recorded"), "{told}");
    ana.run("undo").ok();
}

#[test]
fn the_doctor_names_what_is_broken_in_the_users_own_files() {
    let ana = own_device();
    ana.run("aim first").ok();
    std::fs::write(ana.own("device.toml"), "!!").expect("written");
    let told = ana.run("doctor").code(3);
    assert!(format!("{told}").contains("device.toml"), "{told}");
}

#[test]
fn a_mistyped_actor_is_told_by_every_command() {
    let halden = Sandbox::halden();
    for line in ["readiness", "people list", "people add --name Z"] {
        halden.run(&format!("{line} --as nope")).code(1);
    }
}
