//! `doctor` on a computer and a workspace that sync tools, crashes and clones have been at; and what `--fix` repairs of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::support::{Output, Sandbox};

/// What each tool makes of `NAME.ENDING`, as `interop.md` has them from the tools' own pages.
const NAMES: [(&str, &str); 12] = [
    ("Syncthing", "NAME.sync-conflict-20260316-101112-ABC7DEF.ENDING"),
    ("ownCloud", "NAME (conflicted copy 2025-04-10 093612).ENDING"),
    ("Dropbox", "NAME (Ana's conflicted copy 2026-03-16).ENDING"),
    ("Nextcloud", "NAME_conflict-20260316-101112.ENDING"),
    ("Synology Drive", "NAME_PC_Jan-03-0901-2013_CaseConflict_1.ENDING"),
    ("Resilio Sync", "NAME.Conflict.ENDING"),
    ("Resilio Sync", "NAME.Conflict1.ENDING"),
    ("FileCloud", "NAME(Conflict_ana_2026-03-16).ENDING"),
    ("OneDrive", "NAME-DESKTOP-7Q2.ENDING"),
    ("Google Drive", "NAME (1).ENDING"),
    ("iCloud Drive", "NAME 2.ENDING"),
    ("a file manager", "NAME - Copy.ENDING"),
];

const LOG: &str = "progress/ana/ana-laptop.jsonl";

/// Ana has recorded a few things on her laptop, and Maya assigned something.
fn team() -> Sandbox {
    let maya = Sandbox::halden();
    maya.run("assign answering --to ana --due 2026-03-01 --yes").ok();
    let ana = maya.laptop("ana");
    ana.run("learn --step answer-one --personal yes --done 'He said' --before 19")
        .ok();
    ana.run("aim 'Answer faster'").ok();
    maya
}

/// Files of the workspace alone.
fn files(sandbox: &Sandbox) -> BTreeMap<String, Vec<u8>> {
    sandbox.workspace()
}

fn figures(sandbox: &Sandbox) -> String {
    let long = sandbox.run("readiness --long -f csv").ok().stdout;
    let events = sandbox.run("export events").ok().stdout;
    long + &events
}

/// Codes that `doctor` finds, with the files they are about.
fn found(sandbox: &Sandbox) -> Vec<(String, String)> {
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let rows = sandbox.run("doctor -f json").rows();
    rows.iter()
        .map(|row| (text(row, "code"), text(row, "file")))
        .collect()
}

fn codes(sandbox: &Sandbox) -> Vec<String> {
    found(sandbox).into_iter().map(|(code, _)| code).collect()
}

fn tells(output: &Output, words: &[&str]) {
    let told = format!("{} {}", output.told(), output.said());
    for word in words {
        assert!(told.contains(word), "\"{word}\" is not in {told}");
    }
}

// Copies of sync tools.

#[test]
fn copies_of_logs_by_every_tool_count_once_and_go_only_if_nothing_is_theirs_alone() {
    for (tool, name) in NAMES {
        let maya = team();
        let before = figures(&maya);
        let log = maya.read(LOG);
        let copy = format!(
            "progress/ana/{}",
            name.replace("NAME", "ana-laptop").replace("ENDING", "jsonl")
        );
        // The copy is older: it lacks the last line.
        let older = log.trim_end().rsplit_once('\n').expect("two lines").0;
        maya.file(&copy, format!("{older}\n"));
        assert_eq!(figures(&maya), before, "{tool}");
        let told = maya.run("doctor").code(3);
        tells(&told, &["U540", &copy, tool, "upwards doctor --fix removes it"]);
        let whole = files(&maya);
        let shown = maya.run("doctor --fix --no-input").code(3);
        tells(&shown, &["Could be repaired, 1 thing", "nothing was changed"]);
        assert_eq!(files(&maya), whole, "{tool}: only shown");
        maya.run("doctor --fix --yes -n").code(3);
        assert_eq!(files(&maya), whole, "{tool}: a dry run");
        maya.run("doctor --fix --yes").ok();
        let mut left = whole.clone();
        left.retain(|path, _| !path.ends_with(&copy));
        assert_eq!(files(&maya), left, "{tool}: that file and no other");
        let kept = maya.own(&format!("halden-3f9c/kept/2026-03-16/{copy}"));
        assert_eq!(
            std::fs::read_to_string(kept).expect("a kept copy"),
            format!("{older}\n")
        );
        assert_eq!(figures(&maya), before, "{tool}");
    }
}

#[test]
fn a_copy_that_holds_the_only_instance_stays_and_counts() {
    for (tool, name) in NAMES {
        let maya = team();
        let before = figures(&maya);
        let log = maya.read(LOG);
        let copy = format!(
            "progress/ana/{}",
            name.replace("NAME", "ana-laptop").replace("ENDING", "jsonl")
        );
        let (older, last) = log.trim_end().rsplit_once('\n').expect("two lines");
        maya.file(LOG, format!("{older}\n"));
        maya.file(&copy, format!("{last}\n"));
        assert_eq!(
            figures(&maya),
            before,
            "{tool}: any split over files is the same log"
        );
        let told = maya.run("doctor").code(3);
        tells(&told, &["U540", "Keep it: 1 of what it holds is nowhere else"]);
        let whole = files(&maya);
        maya.run("doctor --fix --yes").code(3);
        assert_eq!(files(&maya), whole, "{tool}");
    }
}

#[test]
fn of_copies_of_each_other_one_stays() {
    let maya = team();
    let before = figures(&maya);
    let log = maya.read(LOG);
    let copies = ["ana-laptop (1)", "ana-laptop (2)", "ana-laptop 2"];
    std::fs::remove_file(maya.path(LOG)).unwrap();
    maya.file("progress/ana/ana-laptop.jsonl", "");
    for name in copies {
        maya.file(&format!("progress/ana/{name}.jsonl"), &log);
    }
    assert_eq!(figures(&maya), before);
    maya.run("doctor --fix --yes").code(3);
    let left = copies
        .iter()
        .filter(|name| maya.has(&format!("progress/ana/{name}.jsonl")));
    assert_eq!(left.count(), 1);
    assert_eq!(figures(&maya), before);
}

#[test]
fn a_copy_with_a_line_that_cannot_be_read_stays() {
    let maya = team();
    let log = maya.read(LOG);
    for more in ["what is this\n", "{\"v\":1,\"id\":\"0d20", "\0\0\0"] {
        maya.file("progress/ana/ana-laptop (1).jsonl", format!("{log}{more}"));
        maya.run("doctor --fix --yes").code(3);
        assert!(maya.has("progress/ana/ana-laptop (1).jsonl"), "{more:?}");
    }
}

#[test]
fn a_devices_own_log_is_no_copy_whatever_its_name() {
    let maya = team();
    // The phone's name begins with the laptop's.
    let phone = maya.laptop("ana").env("UPWARDS_DEVICE", "ana-laptop-2");
    phone.run("aim 'Answer at night'").ok();
    assert!(maya.has("progress/ana/ana-laptop-2.jsonl"));
    maya.run("doctor").ok();
    tells(
        &maya.run("doctor --fix --yes").ok(),
        &["Nothing that could be repaired"],
    );
}

#[test]
fn copies_of_what_people_write_are_told_and_never_read() {
    for (tool, name) in NAMES {
        let maya = team();
        let before = figures(&maya);
        for (file, folder) in [
            ("people", ""),
            ("upwards", ""),
            ("answering", "curricula/tiny/modules/"),
            ("curriculum", "curricula/tiny/"),
        ] {
            let text = maya.read(&format!("{folder}{file}.toml"));
            let copy = name.replace("NAME", file).replace("ENDING", "toml");
            maya.file(&format!("{folder}{copy}"), text);
            let path = format!("{folder}{copy}");
            assert!(
                found(&maya).contains(&("U541".to_owned(), path.clone())),
                "{tool}: {path} in {:?}",
                found(&maya)
            );
            tells(&maya.run("doctor").code(3), &["nothing of it is read"]);
        }
        assert_eq!(figures(&maya), before, "{tool}");
        // What two people wrote is for people to unite.
        let whole = files(&maya);
        maya.run("doctor --fix --yes").code(3);
        assert_eq!(files(&maya), whole, "{tool}");
    }
}

#[test]
fn stand_ins_and_files_at_work_are_no_logs() {
    let maya = team();
    let before = figures(&maya);
    maya.file("progress/ana/.ana-phone.jsonl.icloud", "bplist00");
    maya.file("people.toml.nextcloud", "");
    maya.file("progress/ana/~$ana-laptop.jsonl", "\0\0");
    maya.file("progress/ana/.~lock.ana-laptop.jsonl#", "ana");
    maya.file("progress/ana/.syncthing.ana-laptop.jsonl.tmp", "{");
    assert_eq!(figures(&maya), before);
    assert_eq!(codes(&maya), ["U542", "U542"]);
    tells(
        &maya.run("doctor").code(3),
        &[
            "ana-phone.jsonl is not on this computer",
            "always keep on this device",
        ],
    );
}

#[test]
fn logs_of_a_copied_folder_are_moved_home() {
    for name in ["ana (1)", "ana 2", "ana.sync-conflict-20260316-101112-ABC7DEF"] {
        let maya = team();
        let before = figures(&maya);
        let (old, last) = {
            let log = maya.read(LOG);
            let (old, last) = log.trim_end().rsplit_once('\n').expect("two lines");
            (format!("{old}\n"), format!("{last}\n"))
        };
        maya.file(LOG, &old);
        // One log as it is at home, one with the only instance of a line, and something else.
        maya.file(&format!("progress/{name}/ana-laptop.jsonl"), &last);
        maya.file(
            &format!("progress/{name}/maya-laptop.jsonl"),
            maya.read("progress/ana/maya-laptop.jsonl"),
        );
        assert_ne!(figures(&maya), before);
        tells(&maya.run("doctor").code(3), &["U508", "upwards doctor --fix"]);
        maya.run("doctor --fix --yes").code(3);
        assert!(!maya.has(&format!("progress/{name}")));
        assert_eq!(figures(&maya), before, "{name}");
        assert_eq!(maya.read(LOG), old, "the log itself is as it was");
        assert_eq!(maya.read("progress/ana/ana-laptop (1).jsonl"), last);
        assert!(!maya.has("progress/ana/maya-laptop (1).jsonl"));
        let kept = maya.own(&format!(
            "halden-3f9c/kept/2026-03-16/progress/{name}/ana-laptop.jsonl"
        ));
        assert_eq!(std::fs::read_to_string(kept).expect("a kept copy"), last);
    }
    // What is about somebody else, and what is no log, stays where it is.
    let maya = team();
    maya.file("progress/bo (1)/ana-laptop.jsonl", maya.read(LOG));
    maya.file("progress/bo (1)/notes.txt", "mine");
    let whole = files(&maya);
    let told = maya.run("doctor --fix --yes").code(3);
    tells(&told, &["about somebody else than bo"]);
    assert_eq!(files(&maya), whole);
}

#[test]
fn each_repair_is_asked_for() {
    let maya = team();
    for name in ["ana-laptop (1)", "ana-laptop (2)"] {
        maya.file(&format!("progress/ana/{name}.jsonl"), maya.read(LOG));
    }
    let mut answers = "format = 1\n[answers]\n".to_owned();
    for (name, answer) in [("ana-laptop (1)", "no"), ("ana-laptop (2)", "yes")] {
        writeln!(answers, "\"fix.copy.progress/ana/{name}.jsonl\" = \"{answer}\"").unwrap();
    }
    maya.file("../answers.toml", answers);
    maya.run("doctor --fix --answers ../answers.toml").code(3);
    assert!(maya.has("progress/ana/ana-laptop (1).jsonl"));
    assert!(!maya.has("progress/ana/ana-laptop (2).jsonl"));
    maya.run("doctor --fix -f json").code(2);
    maya.run("doctor --fix --demo").code(2);
}

// This computer's own lines.

#[test]
fn an_unfinished_line_of_ones_own_is_moved_aside_and_nobody_elses() {
    let maya = team();
    let ana = maya.laptop("ana");
    let log = maya.read(LOG);
    for torn in ["{\"v\":1,\"id\":\"0d20", "\0\0\0\0"] {
        maya.file(LOG, format!("{log}{torn}"));
        let whole = files(&maya);
        // On Maya's computer it is somebody else's.
        tells(
            &maya.run("doctor --fix --yes").code(3),
            &["Nothing that could be repaired"],
        );
        assert_eq!(files(&maya), whole);
        let told = ana.run("doctor --fix --yes").ok();
        tells(&told, &["of an unfinished line moved aside"]);
        assert_eq!(maya.read(LOG), log);
    }
    let kept = ana.own("halden-3f9c/kept/2026-03-16/progress/ana");
    assert_eq!(
        std::fs::read_dir(kept).unwrap().count(),
        2,
        "both states were kept"
    );
    // A line that lacks nothing but its end is no fragment.
    maya.file(LOG, log.trim_end());
    tells(&ana.run("doctor --fix --yes").ok(), &["whole but for its end"]);
    assert_eq!(maya.read(LOG), log);
    // A private one likewise.
    let private = "halden-3f9c/private/ana/ana-laptop.jsonl";
    ana.run("notes add 'Ask Bo'").ok();
    let notes = std::fs::read_to_string(ana.own(private)).unwrap();
    std::fs::write(ana.own(private), format!("{notes}{{\"v\":1,\"te")).unwrap();
    ana.run("doctor --fix --yes").ok();
    assert_eq!(std::fs::read_to_string(ana.own(private)).unwrap(), notes);
}

#[test]
fn lines_that_this_computer_wrote_and_that_are_gone_are_told() {
    let maya = team();
    let ana = maya.laptop("ana");
    ana.run("doctor").ok();
    let log = maya.read(LOG);
    // A log cut exactly at a line end looks whole.
    let (older, last) = log.trim_end().rsplit_once('\n').expect("two lines");
    maya.file(LOG, format!("{older}\n"));
    tells(
        &ana.run("doctor").code(3),
        &["U543", "1 line more than are here", LOG],
    );
    // Only the computer that wrote it knows.
    maya.run("doctor").ok();
    // Put beside it, they are there again: what is told now is that there is a copy.
    maya.file("progress/ana/ana-laptop (1).jsonl", format!("{last}\n"));
    assert_eq!(codes(&ana), ["U540"]);
    // Another line under the last number.
    maya.file(LOG, format!("{older}\n{}\n", with_another_id(last)));
    std::fs::remove_file(maya.path("progress/ana/ana-laptop (1).jsonl")).unwrap();
    tells(
        &ana.run("doctor").code(3),
        &["U543", "is another than this computer wrote"],
    );
    // Without the memory nothing is wrong: it is derived.
    std::fs::remove_file(ana.own("halden-3f9c/heads.json")).unwrap();
    ana.run("doctor").ok();
}

/// The line with the digits of its id in another order.
fn with_another_id(line: &str) -> String {
    let at = line.find("\"id\":\"").expect("an id") + 6;
    let id = &line[at..at + 8];
    let other: String = id.chars().rev().collect();
    assert_ne!(id, other);
    line.replacen(id, &other, 1)
}

#[test]
fn a_clock_that_is_behind_what_was_written_is_told() {
    let maya = team();
    let ana = maya.laptop("ana");
    let told = ana.on("2026-03-10").run("doctor").code(3);
    tells(
        &told,
        &[
            "U545",
            "its clock says 2026-03-10, and it has written lines of 2026-03-16",
        ],
    );
    assert!(!codes(&ana).contains(&"U545".to_owned()));
    // By the day of files too, where the clock is the computer's own.
    let real = ana.without("UPWARDS_NOW");
    assert!(!codes(&real).contains(&"U545".to_owned()));
    let heads = std::fs::File::options()
        .append(true)
        .open(ana.own("halden-3f9c/heads.json"))
        .unwrap();
    let ahead = std::time::Duration::from_secs(3 * 24 * 60 * 60);
    heads
        .set_modified(heads.metadata().unwrap().modified().unwrap() + ahead)
        .unwrap();
    assert!(codes(&real).contains(&"U545".to_owned()));
}

// The computer.

#[test]
fn a_lock_that_is_held_is_told_without_waiting() {
    let ana = team().laptop("ana");
    let path = ana.own("halden-3f9c/lock");
    let file = std::fs::File::options()
        .read(true)
        .write(true)
        .open(path)
        .unwrap();
    file.lock().unwrap();
    assert_eq!(codes(&ana), ["U544"]);
    drop(file);
    assert_eq!(codes(&ana), [""; 0]);
}

#[test]
fn what_is_well_is_said_too() {
    let maya = team();
    let told = maya.run("doctor").ok();
    tells(
        &told,
        &[
            "upwards 0.",
            "today is 2026-03-16",
            "the workspace is no repository",
            "curricula in use: tiny (the workspace's)",
            "Nothing is wrong.",
        ],
    );
    let dumb = maya.env("TERM", "dumb").env("LC_ALL", "C");
    dumb.run("doctor").ok();
    let told = dumb.run("doctor -v --width 30").ok();
    tells(&told, &["U547", "are not UTF-8", "TERM=dumb", "30 columns"]);
    let without = maya.env("PATH", "/nowhere");
    tells(&without.run("doctor").ok(), &["git is not here"]);
    maya.append("upwards.toml", "\n[sharing]\nlayout = \"git\"\n");
    maya.file(".gitignore", "team/\n");
    tells(&without.run("doctor").code(3), &["U546", "Install git"]);
    assert_eq!(codes(&maya), ["U546"]);
}

#[cfg(unix)]
#[test]
fn rights_that_are_too_wide_or_too_narrow_are_told_and_the_private_ones_set() {
    use std::os::unix::fs::PermissionsExt as _;
    let set = |path: std::path::PathBuf, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let mode = |path: std::path::PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let maya = team();
    let ana = maya.laptop("ana");
    ana.run("notes add 'Ask Bo'").ok();
    let folder = || ana.own("halden-3f9c/private/ana");
    let file = || ana.own("halden-3f9c/private/ana/ana-laptop.jsonl");
    set(folder(), 0o755);
    set(file(), 0o644);
    assert_eq!(codes(&ana), ["U549", "U601"]);
    ana.run("doctor --fix --yes").ok();
    assert_eq!((mode(folder()), mode(file())), (0o700, 0o600));
    set(maya.path("progress"), 0o555);
    assert_eq!(codes(&ana), ["U548"]);
    set(maya.path("progress"), 0o755);
}
