//! `check --fix`: safe repairs only, shown first, and nothing outside of their spans is touched. And what `check` prints.

use std::collections::BTreeMap;

use snapbox::{assert_data_eq, str};

use crate::folder::Folder;
use crate::support::Sandbox;

const MODULE: &str = "curricula/tiny/modules/answering.toml";

/// The workspace of the tests with slips in three files; no two of a kind.
fn slips() -> Sandbox {
    let halden = Sandbox::halden();
    halden.file(
        "upwards.toml",
        halden
            .read("upwards.toml")
            .replace(
                "name = \"Halden Group\"",
                "nmae = \"Halden Group\"   # as in the register",
            )
            .replace("public = false", "public = \"false\""),
    );
    let people = halden.read("people.toml").replace('\n', "\r\n");
    halden.file(
        "people.toml",
        format!(
            "\u{FEFF}# ours\r\n\r\n{}",
            people.replace("format = 1\r\n\r\n", "")
        ),
    );
    halden
}

#[test]
fn repairs_are_shown_and_not_written_without_a_word_for_it() {
    let halden = slips();
    let before = halden.workspace();
    let shown = halden.run("check --fix").code(3);
    assert_data_eq!(
        &shown.stdout,
        str![[r#"
--- people.toml
+++ people.toml
@@ -1,5 +1,6 @@
-U+FEFF# ours
+# ours
 
+format = 1
 [[person]]
 id = "maya"
 name = "Maya Lund"
--- upwards.toml
+++ upwards.toml
@@ -1,7 +1,7 @@
 format = 1
 id = "halden-3f9c"
-nmae = "Halden Group"   # as in the register
+name = "Halden Group"   # as in the register
 curricula = ["tiny", "efficiency"]
 
 [practice]
-public = "false"
+public = false

"#]]
    );
    assert_data_eq!(
        &shown.stderr,
        str![[r"
4 safe repairs in 2 files; nothing was written, that needs --yes

"]]
    );
    halden.run("check --fix --yes --dry-run").code(3);
    assert_eq!(halden.workspace(), before);
}

#[test]
fn repairs_keep_every_other_byte_and_what_is_left_is_printed() {
    let halden = slips();
    let settings = halden.read("upwards.toml");
    halden.file(MODULE, halden.read(MODULE).replacen("why = ", "wyh = ", 1));
    let count = |halden: &Sandbox| halden.run("check -f json").rows().len();
    let before = count(&halden);
    let fixed = halden.run("check --fix --yes");
    assert!(fixed.stderr.contains("wrote people.toml: 2 repairs"), "{fixed}");
    assert_eq!(
        halden.read("upwards.toml"),
        settings.replace("nmae", "name").replace("\"false\"", "false")
    );
    assert!(
        halden
            .read("people.toml")
            .starts_with("# ours\r\n\r\nformat = 1\r\n[[person]]\r\n")
    );
    assert_eq!(
        halden.read("people.toml").matches('\n').count(),
        halden.read("people.toml").matches("\r\n").count()
    );
    assert!(count(&halden) < before);
    assert_eq!(
        halden.run("check -f json").stdout,
        halden.run("check -f json --fix --yes").stdout
    );
    assert!(
        halden
            .run("check --fix --yes")
            .stderr
            .contains("nothing here can be repaired safely")
    );
}

#[test]
fn only_what_was_asked_for_is_repaired() {
    let halden = slips();
    let settings = halden.read("upwards.toml");
    halden.run("check people.toml --fix --yes").code(0);
    assert_eq!(halden.read("upwards.toml"), settings);
    halden.run("check --only U105 --fix --yes").code(0);
    assert_eq!(
        halden.read("upwards.toml"),
        settings.replace("\"false\"", "false")
    );
}

#[test]
fn a_file_that_is_read_only_stays_as_it_is() {
    let halden = slips();
    let path = halden.path("people.toml");
    let mut rights = std::fs::metadata(&path).unwrap().permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&path, rights).unwrap();
    let before = std::fs::read(&path).unwrap();
    let fixed = halden.run("check --fix --yes");
    assert!(
        fixed
            .stderr
            .contains("people.toml is read-only and stays as it is"),
        "{fixed}"
    );
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert!(
        halden
            .read("upwards.toml")
            .contains("name = \"Halden Group\"   # as in the register")
    );
}

#[test]
fn the_example_in_the_program_is_never_written() {
    let said = Sandbox::new().run("check --demo --fix --yes").ok();
    assert!(
        said.stderr.contains("nothing here can be repaired safely"),
        "{said}"
    );
}

#[test]
fn the_screen_says_what_can_be_repaired_and_what_is_allowed() {
    let halden = Sandbox::halden();
    halden.file(
        MODULE,
        halden
            .read(MODULE)
            .replacen("kind = \"practice\"", "kind = \"practise\"", 1)
            .replacen("capabilities = ", "capabilites = ", 1),
    );
    let said = halden.run("check --only form").code(3);
    assert_data_eq!(
        &said.stdout,
        str![[r#"
error[U101]: unknown key: capabilites
 --> curricula/tiny/modules/answering.toml:4:1
  |
4 | capabilites = ["serve"]
  | ^^^^^^^^^^^ did you mean `capabilities`?

error[U104]: unknown kind of step: practise
  --> curricula/tiny/modules/answering.toml:51:8
   |
51 | kind = "practise"
   |        ^^^^^^^^^^ expected case, quiz, practice, talk or reflect
   |
   = help: did you mean `practice`?  `upwards check --fix` can write it


"#]]
    );
    assert_data_eq!(
        &said.stderr,
        str![[r"
Checked 15 modules, 44 cases, 101 questions: 2 errors, 0 warnings
A pure guesser opens the knowledge gate of serve with a chance of 1.8 % (at most 2 %; no gate is easier)
  upwards check --only form --fix  write the 2 safe repairs (shows them first)
  upwards schema module        what is allowed

"]]
    );
    assert_data_eq!(
        &halden.run("check --only form --plain").code(3).stdout,
        str![[r"
curricula/tiny/modules/answering.toml, line 4, column 1: error U101: unknown key: capabilites (did you mean `capabilities`?).
curricula/tiny/modules/answering.toml, line 51, column 8: error U104: unknown kind of step: practise (expected case, quiz, practice, talk or reflect). Did you mean `practice`?

"]]
    );
}

#[test]
fn programs_get_places_and_repairs() {
    let halden = slips();
    let rows = halden.run("check -f json").code(3).rows();
    let keys: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "code",
            "column",
            "end",
            "end_column",
            "end_line",
            "expected",
            "file",
            "fix",
            "line",
            "message",
            "related",
            "repair",
            "severity",
            "start"
        ]
    );
    let columns = include_str!("../../docs/check.md");
    for key in keys {
        assert!(
            columns.contains(&format!("`{key}`")),
            "{key} is not in docs/check.md"
        );
    }
    let by_code: BTreeMap<&str, &serde_json::Value> = rows
        .iter()
        .map(|row| (row["code"].as_str().unwrap(), row))
        .collect();
    let key = by_code["U101"];
    assert_eq!(
        (&key["line"], &key["column"], &key["end_line"], &key["end_column"]),
        (&3.into(), &1.into(), &3.into(), &5.into())
    );
    assert_eq!(key["repair"]["text"], "name");
    assert_eq!(by_code["U122"]["repair"]["do"], "remove-mark");
    // Whoever makes the repairs by hand gets what `--fix` writes.
    let mut settings = halden.read("upwards.toml");
    let mut edits: Vec<_> = rows.iter().filter(|row| row["file"] == "upwards.toml").collect();
    edits.sort_by_key(|row| std::cmp::Reverse(row["repair"]["start"].as_u64()));
    for row in edits {
        let at = |key: &str| usize::try_from(row["repair"][key].as_u64().unwrap()).unwrap();
        settings.replace_range(at("start")..at("end"), row["repair"]["text"].as_str().unwrap());
    }
    halden.run("check --fix --yes");
    assert_eq!(halden.read("upwards.toml"), settings);
}

#[test]
fn each_safe_repair_gives_a_file_without_that_finding() {
    let tables = [
        ("nmae = \"x\"", "name = \"x\""),
        ("name = \"x\"\nlanguage = en", "name = \"x\"\nlanguage = \"en\""),
        (
            "name = \"x\"\nlanguage = \"EN\"",
            "name = \"x\"\nlanguage = \"en\"",
        ),
        (
            "name = \"x\"\n[organisation]\ncountry = \"dk\"",
            "name = \"x\"\n[organisation]\ncountry = \"DK\"",
        ),
        ("name = \"x\u{200B}y\"", "name = \"xy\""),
        (
            "name = \"x\"\n[sharing]\nlayout = \"packet\"",
            "name = \"x\"\n[sharing]\nlayout = \"packets\"",
        ),
        (
            "name = \"x\"\n[sharing]\nlayout = \"Git\"",
            "name = \"x\"\n[sharing]\nlayout = \"git\"",
        ),
        (
            "name = \"x\"\n[privacy]\nmin_group = \"5\"",
            "name = \"x\"\n[privacy]\nmin_group = 5",
        ),
        (
            "name = \"x\"\n[practice]\npublic = True",
            "name = \"x\"\n[practice]\npublic = true",
        ),
        (
            "name = \"x\"\n[readiness]\nweights = { knowledge = 40,\n  hands_on = 40, dialogue = 20, }",
            "name = \"x\"\n[readiness]\nweights = { knowledge = 40, hands_on = 40, dialogue = 20 }",
        ),
    ];
    let folder = Sandbox::new();
    let head = "format = 1\nid = \"halden-3f9c\"\ncurricula = []\n";
    for (broken, repaired) in tables {
        folder.file("a/upwards.toml", format!("{head}{broken}\n"));
        folder.run("check a/upwards.toml --fix --yes").ok();
        assert_eq!(
            folder.read("a/upwards.toml"),
            format!("{head}{repaired}\n"),
            "{broken}"
        );
    }
    folder.file("a/upwards.toml", "format = 1\nid = \"h\"\nname = \"x\"\ncurricula = [\"efficiency\", \"efficiency\" , \"efficiency\"]\n");
    folder.run("check a/upwards.toml --fix --yes").ok();
    assert!(
        folder
            .read("a/upwards.toml")
            .contains("curricula = [\"efficiency\"]")
    );
}

/// A word that is known now has keys of its own, and a key that is known now has words of its own.
#[test]
fn what_a_repair_shows_is_repaired_in_the_same_run() {
    for (from, to, repairs) in [
        ("kind = \"practice\"\n", "kind = \"practise\"\n", 2),
        ("kind = \"practice\"\n", "knd = \"practise\"\n", 3),
    ] {
        let halden = Sandbox::halden();
        let whole = halden.read(MODULE);
        let broken = whole
            .replacen(from, to, 1)
            .replacen("\nexposure = ", "\nexposur = ", 1);
        assert!(broken.contains(to) && broken.contains("\nexposur = "));
        halden.file(MODULE, broken);
        let said = halden.run("check --fix --yes").ok();
        assert!(
            said.stderr
                .contains(&format!("wrote {MODULE}: {repairs} repairs")),
            "{said}"
        );
        assert_eq!(halden.read(MODULE), whole);
    }
}

#[test]
fn what_is_not_sure_is_left_to_the_author() {
    let folder = Sandbox::new();
    let head = "format = 1\nid = \"halden-3f9c\"\ncurricula = []\n";
    for text in [
        // The key is there already, or two slips mean one key.
        "name = \"x\"\nnmae = \"y\"",
        // A heading may come again further down.
        "name = \"x\"\n[readines]\nladder_days = [1]\n[readines.weights]\nknowledge = 40",
        // More than a word, or a word with another meaning elsewhere.
        "name = Halden Group",
        "name = \"x\"\n[practice]\npublic = yes",
        // A comment stands in the way.
        "name = \"x\"\n[readiness]\nweights = { knowledge = 40, # so far\n hands_on = 40, dialogue = 20 }",
        // Turned writing: somebody has to look at it.
        "name = \"a\u{202e}b\"",
        "name = \"x\"\nlanguage = \"English\"",
    ] {
        let text = format!("{head}{text}\n");
        folder.file("a/upwards.toml", &text);
        let said = folder.run("check a/upwards.toml --fix --yes");
        assert!(
            said.stderr.contains("nothing here can be repaired safely"),
            "{text}{said}"
        );
        assert_eq!(folder.read("a/upwards.toml"), text);
    }
}

#[test]
fn the_easiest_gate_is_named_with_its_curriculum_if_there_are_several() {
    let said = Sandbox::halden().run("check -v").stderr;
    assert!(
        said.contains("A pure guesser opens the knowledge gate of lead in tiny with a chance of 25.0 %"),
        "{said}"
    );
}

#[test]
fn all_codes_are_listed_for_programs_too() {
    let rows = Sandbox::new().run("check --list -f json").ok().rows();
    assert_eq!(rows.len(), upwards::check::rules().count());
    let first = [
        ("code", "U101"),
        ("severity", "error"),
        ("name", "form"),
        ("what", "a key that does not exist"),
    ];
    assert!(
        first.iter().all(|(key, value)| rows[0][key] == *value),
        "{}",
        rows[0]
    );
    assert_eq!(
        Sandbox::new().run("check --list -f csv").ok().csv().len(),
        rows.len()
    );
}

#[test]
fn files_of_several_folders_are_told_apart() {
    let folder = Sandbox::new();
    let text = "format = 1\nid = \"klm\"\nbrief = 5\n";
    folder.file("a/klm.toml", text);
    folder.file("b/klm.toml", text.replace("brief", "takeaway"));
    let rows = folder.run("check a/klm.toml b/klm.toml -f json").code(3).rows();
    let mut files: Vec<&str> = rows.iter().map(|row| row["file"].as_str().unwrap()).collect();
    files.dedup();
    assert_eq!(files, ["a/klm.toml", "b/klm.toml"]);
    let shown = folder.run("check a/klm.toml b/klm.toml --only U105").code(3);
    assert!(
        shown.stdout.contains("3 | brief = 5") && shown.stdout.contains("3 | takeaway = 5"),
        "{shown}"
    );
}

#[test]
fn thousands_of_findings_are_all_for_programs_and_a_few_for_the_screen() {
    let folder = Sandbox::new();
    let keys = (0..3_000)
        .map(|n| format!("q{n}x = {n}\n"))
        .collect::<Vec<_>>()
        .concat();
    folder.file(
        "upwards.toml",
        format!("format = 1\nid = \"h\"\nname = \"\"\ncurricula = []\n{keys}"),
    );
    let shown = folder.run("check upwards.toml").code(3);
    assert_eq!(shown.stdout.matches("error[U101]").count(), 50);
    assert!(
        shown
            .stdout
            .ends_with("... and 2950 more of U101: upwards check --only U101 -f json\n"),
        "{shown}"
    );
    assert!(shown.stderr.contains("3001 errors"), "{}", shown.stderr);
    assert_eq!(
        folder.run("check upwards.toml --only U101 -f json").rows().len(),
        3_000
    );
    assert_eq!(
        folder.run("check upwards.toml --plain").stdout.lines().count(),
        3_001
    );
}

#[test]
fn a_file_among_others_is_judged_with_what_stands_around_it() {
    let folder = Folder::copy_of("check_workspace");
    let everything =
        upwards::files::load_paths(&[folder.path("curricula/service/cases/klm-social-service.toml")]);
    assert_eq!(everything[0].curricula[0].modules.len(), 2);
    assert!(everything[0].people.is_some());
}

/// A key that decides what evidence is worth is never written for somebody: what nobody meant would move points.
#[test]
fn no_key_that_moves_points_is_repaired_by_its_spelling() {
    let maya = Sandbox::halden();
    let path = "curricula/tiny/modules/framing.toml";
    let text = maya.read(path);
    let slips = text
        .replacen("id = \"stop\"", "id = \"stop\"\nretird = true\nreve = 2", 1)
        .replacen("[[step]]\nid = \"who\"\nkind", "[[step]]\nid = \"who\"\nknd", 1);
    maya.file(path, &slips);
    let found = maya.run("check -f json").code(3).rows();
    let repair = |word: &str| {
        let row = found
            .iter()
            .find(|row| {
                row["message"]
                    .as_str()
                    .is_some_and(|message| message.contains(word))
            })
            .unwrap_or_else(|| panic!("{word}: {found:?}"));
        row["repair"].is_null()
    };
    assert!(repair("retird") && repair("reve"), "{found:?}");
    assert!(!repair("knd"));
    maya.run("check --fix --yes").code(3);
    let fixed = maya.read(path);
    assert!(fixed.contains("retird") && fixed.contains("reve"));
}
