//! `curricula import` and `curricula export`: questions of other programs, into a module and out again.

use crate::support::Sandbox;

const MODULE: &str = "curricula/tiny/modules/framing.toml";

const GIFT: &str = "$CATEGORY: Lead/First\n\n\
// [id:who-signs]\n::Who signs::Who signs the rules?{\n=The board#It carries them.\n~Everybody#Nobody would.\n}\n\n\
How long may a post wait?{~%50%A day =An hour ~A week}\n\n\
Who stops a campaign?{=the one on duty}\n\n\
Rules are for others.{FALSE}\n";

fn maya() -> Sandbox {
    let sandbox = Sandbox::halden();
    sandbox.file("lead.gift", GIFT);
    sandbox
}

#[test]
fn each_question_is_told_and_the_good_ones_are_written() {
    let maya = maya();
    let before = maya.read(MODULE);
    let shown = maya
        .run("curricula import lead.gift --into framing --dry-run")
        .code(1);
    assert_eq!(
        shown.stdout,
        "\
lead.gift as gift: 5 things in it; into curricula/tiny/modules/framing.toml, quiz lead
  imported: 2
    line 4: Who signs
      id who-signs
    line 13: Rules are for others.
      id rules-are-for-others-802c695e
      no why: option 1, 2
  imported with loss: 1
    line 9: How long may a post wait?
      id how-long-may-a-post-wait-1206fc14
      - 50 % for a wrong option were left out
      no why: option 1, 2, 3
  refused: 1
    line 11: Who stops a campaign?
      a word is to be typed (the one on duty); here options are chosen: add wrong ones
  no question: 1
    line 1: category: Lead/First
Without a why: 5 options of 2 questions; people learn from it, and check names each
check then warns more often of U314 (5): an option that does not say why
check then warns of U310: whoever only guesses opens a knowledge gate with a chance of 62.5 %
Dry run, nothing was written.
"
    );
    assert_eq!(maya.read(MODULE), before);
    let done = maya
        .run("curricula import lead.gift --into framing --yes --failures bad.gift")
        .code(1);
    assert!(done.stdout.ends_with("Saved.\n"), "{done}");
    assert!(
        done.said().contains("1 question could not be taken") && done.said().contains("bad.gift"),
        "{done}"
    );
    assert_eq!(
        maya.read("bad.gift"),
        "// line 11: a word is to be typed (the one on duty); here options are chosen: add wrong ones\n\
         Who stops a campaign?{=the one on duty}\n"
    );
    let after = maya.read(MODULE);
    let added = after
        .strip_prefix(&before)
        .expect("everything else stays as it was");
    assert!(
        added.starts_with(
            "
[[step]]
id = \"lead\"
kind = \"quiz\"
since = 2026-03-16

[[step.question]]
id = \"who-signs\"
title = \"Who signs\"
text = \"Who signs the rules?\"
rev = 1
options = [
  { text = \"The board\", right = true, why = \"It carries them.\" },
  { text = \"Everybody\", why = \"Nobody would.\" },
]

[[step.question]]
"
        ),
        "{added}"
    );
    maya.run("check curricula/tiny").ok();
}

#[test]
fn the_same_file_twice_adds_nothing() {
    let maya = maya();
    maya.run("curricula import lead.gift --into framing --yes")
        .code(1);
    let after = maya.read(MODULE);
    let again = maya
        .run("curricula import lead.gift --into framing --yes")
        .code(1);
    assert!(
        again.stdout.contains("  already here: 3\n") && again.stdout.ends_with("Nothing is added.\n"),
        "{again}"
    );
    assert_eq!(maya.read(MODULE), after);
    // Another title or why is told, other options make another question, and another text under the same id is refused.
    maya.file(
        "more.gift",
        "// [id:who-signs]\nWho signs the rules?{=The board ~Everybody}\n\n\
         How long may a post wait?{=An hour ~A year}\n\n// [id:stop]\nWho else?{=a ~b}\n\n\
         // [id:one-rule]\nWho then?{=a ~b}\n\nWho at last?{=a ~b}\n\nWho at last?{~b =a}\n",
    );
    let more = maya
        .run("curricula import more.gift --into tiny/framing --quiz lead --yes -f csv")
        .code(1);
    let rows = more.csv();
    let told: Vec<[&str; 3]> = rows
        .iter()
        .map(|row| ["line", "outcome", "reason"].map(|key| row[key].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            [
                "2",
                "here",
                "its title, hint or whys are others in the module, and stay as they are"
            ],
            [
                "4",
                "added",
                "it asks the same as how-long-may-a-post-wait-1206fc14, with other options"
            ],
            [
                "7",
                "refused",
                "its id stop is that of another question in the module: Who may stop it"
            ],
            ["10", "refused", "its id one-rule is that of a step of the module"],
            ["12", "added", ""],
            ["14", "here", ""],
        ]
    );
    assert_eq!(maya.read(MODULE).matches("[[step.question]]").count(), 6);
}

#[test]
fn what_goes_out_is_known_when_it_comes_back() {
    let maya = maya();
    for (format, file) in [("gift", "out.gift"), ("moodle-xml", "out.xml")] {
        let told = maya
            .run(&format!("curricula export answering --to {format} -o {file}"))
            .ok();
        assert_eq!(told.stdout, format!("{file}: 3 questions\n"));
        assert_eq!(
            told.said().contains("left out: 1 hint"),
            format == "gift",
            "{told}"
        );
        let back = maya
            .run(&format!("curricula import {file} --into answering --yes"))
            .ok();
        assert!(back.stdout.contains("already here: 3"), "{back}");
        assert!(!back.stdout.contains("imported"), "{back}");
    }
    let whole = maya.run("curricula export tiny --to gift").ok();
    assert!(
        whole
            .stdout
            .starts_with("$CATEGORY: tiny/answering\n\n// [id:words]\n"),
        "{whole}"
    );
    assert!(
        whole.stdout.contains("$CATEGORY: tiny/framing\n\n// [id:stop]\n"),
        "{whole}"
    );
    // Into another module, and all of a shipped curriculum.
    maya.run("curricula import out.xml --into framing --yes").ok();
    let there = maya.read(MODULE);
    assert!(
        there.contains("hint = \"Who else is reading?\"") && there.contains("id = \"both\""),
        "{there}"
    );
    let all = maya.run("curricula export efficiency --to gift -o all.gift").ok();
    assert!(
        all.stdout.starts_with("all.gift: ") && all.stdout.ends_with(" questions\n"),
        "{all}"
    );
    maya.run("curricula export efficiency/answer-in-public --to gift -o public.gift")
        .ok();
    maya.run("curricula import public.gift --into framing --quiz public --yes")
        .ok();
    assert_eq!(
        maya.run("check curricula/tiny --only U101,U102,U313,U314")
            .ok()
            .stdout,
        ""
    );
}

#[test]
fn what_cannot_be_written_to_is_refused_with_the_way_out() {
    let maya = maya();
    let of = |line: &str, code: i32| {
        maya.run(&format!("curricula import lead.gift {line}"))
            .code(code)
            .said()
    };
    let built_in = of("--into efficiency/answer-in-public", 1);
    assert!(
        built_in.contains("efficiency is built in")
            && built_in.contains("upwards curricula unpack efficiency.pack"),
        "{built_in}"
    );
    assert!(of("--into framin", 2).contains("framing"), "a near name");
    assert!(of("--into framing --quiz one-rule", 2).contains("one-rule is no quiz of framing"));
    assert!(
        of("--into framing --capability leed", 1).contains("lead"),
        "a near name"
    );
    maya.file("quiz.txt", "Q\nA. a\nB. b\nANSWER: A\n");
    let unsaid = maya
        .run("curricula import quiz.txt --into framing")
        .code(2)
        .said();
    assert!(
        unsaid.contains("how is quiz.txt written?") && unsaid.contains("--from aiken"),
        "{unsaid}"
    );
    maya.run("curricula import quiz.txt --from aiken --into framing --yes")
        .ok();
    maya.file("empty.xml", "<html/>");
    let none = maya
        .run("curricula import empty.xml --into framing")
        .code(1)
        .said();
    assert!(
        none.contains("empty.xml holds no question as moodle-xml"),
        "{none}"
    );
    maya.file("table.csv", "question,a\nx,y\n");
    let columns = maya
        .run("curricula import table.csv --into framing")
        .code(1)
        .said();
    assert!(
        columns.contains("line 1 has no column right") && columns.contains("option 1"),
        "{columns}"
    );
    // A module with errors is mended first.
    maya.append(MODULE, "\n[[step]]\nid = \"x\"\n");
    let broken = of("--into framing", 1);
    assert!(
        broken.contains("framing.toml has errors") && broken.contains("upwards check"),
        "{broken}"
    );
}

#[test]
fn questions_say_what_they_are_evidence_for_where_their_quiz_does_not() {
    let maya = maya();
    maya.file(
        MODULE,
        maya.read(MODULE)
            .replacen(
                "capabilities = [\"lead\"]",
                "capabilities = [\"lead\", \"serve\"]",
                1,
            )
            .replace("id = \"stop\"", "id = \"stop\"\ncapability = \"lead\""),
    );
    let unsaid = maya
        .run("curricula import lead.gift --into framing")
        .code(2)
        .said();
    assert!(unsaid.contains("--capability lead or serve"), "{unsaid}");
    maya.run("curricula import lead.gift --into framing --capability serve --yes")
        .code(1);
    assert!(
        maya.read(MODULE)
            .contains("kind = \"quiz\"\ncapabilities = [\"serve\"]\nsince")
    );
    maya.file("more.gift", "What else?{=a ~b}\n");
    maya.run("curricula import more.gift --into framing --quiz who --capability serve --yes")
        .ok();
    assert!(
        maya.read(MODULE)
            .contains("text = \"What else?\"\ncapability = \"serve\"\nrev = 1")
    );
}

#[test]
fn standard_input_and_nobody_to_ask_write_nothing_unasked() {
    let maya = maya();
    let before = maya.read(MODULE);
    maya.feed("curricula import - --from gift --into framing", GIFT)
        .code(2);
    assert_eq!(maya.read(MODULE), before);
    maya.feed("curricula import - --from gift --into framing --yes", GIFT)
        .code(1);
    assert!(maya.read(MODULE).contains("id = \"imported\"\nkind = \"quiz\""));
}

/// Whatever refuses a question, the reader or the module, it is in the file of failures; which is never the file read.
#[test]
fn every_refused_question_is_in_the_file_of_failures() {
    let maya = maya();
    maya.file(
        "ids.gift",
        "// [id:stop]\nWhat now?{=a ~b}\n\n// [id:one-rule]\nWho now?{=c ~d}\n\nWhen?{=a word}\n",
    );
    maya.run("curricula import ids.gift --into framing --yes --failures ids.gift")
        .code(2);
    maya.run("curricula import ids.gift --into framing --yes --failures nowhere/bad.gift")
        .code(1);
    assert!(!maya.read(MODULE).contains("What now?"));
    let done = maya
        .run("curricula import ids.gift --into framing --yes --failures bad.gift")
        .code(1);
    let bad = maya.read("bad.gift");
    for question in ["What now?{=a ~b}", "Who now?{=c ~d}", "When?{=a word}"] {
        assert!(bad.contains(question), "{question}\n{bad}\n{done}");
    }
    assert_eq!(bad.matches("// line ").count(), 3, "{bad}");
}

/// A mark of byte order that an editor left is no change of somebody else's: it stays, and the questions come in.
#[test]
fn a_module_with_a_byte_order_mark_takes_questions() {
    let maya = maya();
    let text = maya.read(MODULE);
    maya.file(MODULE, format!("\u{FEFF}{text}"));
    maya.file("one.gift", "// [id:who-signs]\nWho signs?{=The board ~Nobody}\n");
    maya.run("curricula import one.gift --into framing --yes").ok();
    let after = maya.read(MODULE);
    assert!(after.starts_with(&format!("\u{FEFF}{text}")), "{after}");
    assert!(after.contains("id = \"who-signs\""), "{after}");
    maya.run("new talk lunch --in tiny --module framing").ok();
    let after = maya.read(MODULE);
    assert!(after.starts_with('\u{FEFF}'));
    // What somebody made read-only stays, whoever can write it all the same.
    let path = maya.path(MODULE);
    let mut rights = std::fs::metadata(&path).expect("a file").permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&path, rights).expect("rights");
    let refused = maya.run("new talk supper --in tiny --module framing").code(1);
    assert!(refused.stderr.contains("is read-only"), "{refused}");
    assert_eq!(maya.read(MODULE), after);
}

#[test]
fn entities_that_a_file_declares_are_told_and_stand_as_they_are() {
    let maya = maya();
    let text = "<?xml version=\"1.0\"?>\n<!DOCTYPE quiz [<!ENTITY us \"Halden\">]>\n<quiz>\n\
        <question type=\"truefalse\"><questiontext><text>&us; answers.</text></questiontext>\n\
        <answer fraction=\"100\"><text>true</text></answer>\n\
        <answer fraction=\"0\"><text>false</text></answer></question>\n</quiz>\n";
    maya.file("own.xml", text);
    let shown = maya.run("curricula import own.xml --into framing --dry-run").ok();
    let note = "  entities of the file's own are not put in: where one stands, its name stands";
    assert!(shown.stdout.contains(note), "{}", shown.stdout);
    assert!(shown.stdout.contains("&us; answers."), "{}", shown.stdout);
}

#[test]
fn whom_questions_of_a_quiz_in_use_touch_can_be_looked_up() {
    let maya = maya();
    maya.file("more.gift", "Who answers at night?{=the one on duty ~nobody}\n");
    let told = maya
        .run("curricula import more.gift --into framing --quiz who --dry-run --width 200")
        .ok();
    let next = "upwards curricula diff tiny --against git:HEAD --impact";
    assert!(told.stdout.contains(next), "{told}");
    let new = maya
        .run("curricula import more.gift --into framing --quiz new --dry-run")
        .ok();
    assert!(!new.stdout.contains("--impact"), "{new}");
}
