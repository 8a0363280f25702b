//! `init`: a workspace from nothing, all or nothing.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

const FLAGS: &str = "--name 'Halden Group' --as-leader maya --leader-name 'Maya Lund'";

#[test]
fn a_workspace_is_made_and_said() {
    let sandbox = Sandbox::new();
    let made = sandbox.run(&format!("init halden {FLAGS}")).ok();
    assert_data_eq!(
        made.stdout,
        str![[r"
Halden Group is ready in [ROOT]/work/halden:
  people.toml
  .gitattributes
  .gitignore
  upwards.toml
  launch/charter.md
  launch/data-protection.md
  launch/kick-off.md
You are maya here (upwards config).

  cd halden; upwards people import people.csv
      who takes part (a dry run until --yes)
  upwards assign rules-and-roles --to group:board
      the first module
  upwards init --launch        the launch kit again, once people are in

"]]
    );
    assert_eq!(made.stderr, "");
    assert_data_eq!(
        sandbox.read("halden/upwards.toml"),
        str![[r#"
format = 1
# Never change the id: it names everybody's private folder.
id = "halden-group-gbee"
name = "Halden Group"
language = "en"
# In use, in the order of screens; shipped ones need no copy.
curricula = ["efficiency"]

[sharing]
# packets, folder or git: how logs travel; who then reads what: upwards help privacy
layout = "packets"

[practice]
# true: practices in public are offered; else their draft, which counts the same.
public = false

# Everything else has a default; the README names the tables.

"#]]
    );
    assert_data_eq!(
        sandbox.read("halden/people.toml"),
        str![[r#"
format = 1

[[person]]
id = "maya"
name = "Maya Lund"
roles = ["leader"]

"#]]
    );
    let files: Vec<String> = sandbox.everything().into_keys().collect();
    assert_eq!(
        files,
        [
            "own/maya/config.toml",
            "work/halden/.gitattributes",
            "work/halden/.gitignore",
            "work/halden/launch/charter.md",
            "work/halden/launch/data-protection.md",
            "work/halden/launch/kick-off.md",
            "work/halden/people.toml",
            "work/halden/upwards.toml"
        ]
    );
    // It can be used at once, from inside and from outside.
    assert_eq!(
        sandbox
            .inside("halden")
            .run("people list -f csv")
            .ok()
            .csv()
            .len(),
        1
    );
    assert_eq!(
        sandbox.run("people list -f csv -w halden").ok().csv()[0]["name"],
        "Maya Lund"
    );
}

#[test]
fn what_is_missing_is_named_by_its_flag_and_nothing_is_written() {
    let sandbox = Sandbox::new();
    for (line, flag) in [
        ("init halden", "--name NAME"),
        ("init halden --name Halden", "--as-leader ID"),
        ("init halden --as-leader maya --no-input", "--name NAME"),
    ] {
        let refused = sandbox.run(line).code(2);
        assert!(refused.said().contains(flag), "{refused}");
        assert_eq!(refused.stdout, "");
    }
    assert_eq!(sandbox.everything().len(), 0);
}

#[test]
fn values_that_do_not_fit_are_refused() {
    let sandbox = Sandbox::new();
    let long = "x".repeat(81);
    for line in [
        "init h --name Halden --as-leader 'Maya Lund'".to_owned(),
        "init h --name Halden --as-leader con".to_owned(),
        "init h --name '  ' --as-leader maya".to_owned(),
        format!("init h --name {long} --as-leader maya"),
        "init h --name Halden --as-leader maya --layout pigeon".to_owned(),
        "init h --name Halden --as-leader maya --template other".to_owned(),
    ] {
        sandbox.run(&line).code(2);
    }
    assert_eq!(sandbox.everything().len(), 0);
}

#[test]
fn a_workspace_is_never_overwritten() {
    let sandbox = Sandbox::new();
    sandbox.run(&format!("init halden {FLAGS}")).ok();
    let before = sandbox.everything();
    let again = sandbox.run("init halden --name Other --as-leader bo").code(1);
    assert!(again.said().contains("halden is a workspace already"), "{again}");
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn a_file_in_the_way_stops_it_before_anything_is_written() {
    let sandbox = Sandbox::new();
    sandbox.file("halden/people.toml", "mine\n");
    let before = sandbox.everything();
    let refused = sandbox.run(&format!("init halden {FLAGS}")).code(1);
    assert!(refused.said().contains("halden/people.toml"), "{refused}");
    assert_eq!(sandbox.everything(), before);
}

#[test]
fn a_dry_run_names_the_files_and_writes_none() {
    let sandbox = Sandbox::new();
    let shown = sandbox.run(&format!("init halden {FLAGS} --dry-run")).ok();
    assert_data_eq!(
        shown.stdout,
        str![[r"
Dry run, nothing was written. It would make in [ROOT]/work/halden:
  people.toml
  .gitattributes
  .gitignore
  upwards.toml
  launch/charter.md
  launch/data-protection.md
  launch/kick-off.md

"]]
    );
    assert_eq!(sandbox.everything().len(), 0);
}

#[test]
fn answers_of_a_file_make_the_same_workspace_as_flags() {
    let (flags, answers) = (Sandbox::new(), Sandbox::new());
    flags
        .run("init halden --name 'Halden Group' --as-leader maya --leader-name 'Maya Lund' --layout git")
        .ok();
    answers.file(
        "a.toml",
        "format = 1\n[answers]\ninit.name = \"Halden Group\"\ninit.leader = \"Maya Lund\"\ninit.layout = \"git\"\n",
    );
    answers.run("init halden --answers a.toml").ok();
    assert_eq!(
        flags.inside("halden").read("upwards.toml"),
        answers.inside("halden").read("upwards.toml")
    );
    assert_eq!(
        flags.inside("halden").read("people.toml"),
        answers.inside("halden").read("people.toml")
    );
}

#[test]
fn layouts_and_templates_differ_in_what_they_say() {
    let sandbox = Sandbox::new();
    sandbox.run(&format!("init a {FLAGS} --layout folder")).ok();
    sandbox.run(&format!("init b {FLAGS} --layout git")).ok();
    sandbox.run(&format!("init c {FLAGS} --template empty")).ok();
    assert!(sandbox.has("a/RIGHTS.txt") && !sandbox.has("b/RIGHTS.txt"));
    assert!(sandbox.read("a/upwards.toml").contains("layout = \"folder\""));
    assert!(sandbox.read("b/.gitignore").contains("team/"));
    let empty = sandbox.inside("c").run("readiness").code(1);
    assert!(empty.said().contains("no curriculum is in use"), "{empty}");
}

#[test]
fn here_is_the_default_and_folders_are_made() {
    let sandbox = Sandbox::new();
    sandbox.run(&format!("init {FLAGS}")).ok();
    assert!(sandbox.has("upwards.toml"));
    let other = Sandbox::new();
    other.run(&format!("init one/two {FLAGS}")).ok();
    assert!(other.has("one/two/upwards.toml"));
    // The nearest folder above is the workspace.
    other.file("one/two/notes/today.txt", "");
    other.inside("one/two/notes").run("people list").ok();
}

#[test]
fn names_with_other_letters_make_ids_of_plain_ones() {
    let sandbox = Sandbox::new();
    sandbox
        .run("init w --name 'Krüger & Söhne' --as-leader bjoern --leader-name 'Bjørn Æ'")
        .ok();
    let text = sandbox.read("w/upwards.toml");
    assert!(text.contains("id = \"kruger-sohne-"), "{text}");
    assert!(text.contains("name = \"Krüger & Söhne\""), "{text}");
    let people = sandbox.inside("w").run("people list -f json").ok().rows();
    assert_eq!(people[0]["name"], "Bjørn Æ");
}

#[test]
fn hints_are_left_out_when_they_are_not_wanted() {
    let sandbox = Sandbox::new();
    let made = sandbox.run(&format!("init halden {FLAGS} -q")).ok();
    assert!(!made.stdout.contains("people import"), "{made}");
}

#[test]
fn the_example_is_not_the_place_for_a_real_workspace() {
    let sandbox = Sandbox::new();
    let refused = sandbox.run(&format!("init halden {FLAGS} --demo")).code(2);
    assert!(refused.said().contains("--demo"), "{refused}");
    assert_eq!(sandbox.everything().len(), 0);
}

/// The launch kit says what the workspace is, and of privacy what `privacy show` says.
#[test]
fn the_launch_kit_holds_the_facts_of_the_workspace() {
    for layout in ["packets", "folder", "git"] {
        let sandbox = Sandbox::new();
        sandbox
            .run(&format!("init halden {FLAGS} --layout {layout}"))
            .ok();
        let maya = sandbox.inside("halden");
        maya.run("people add --name 'Ana Reyes' --group board --id ana")
            .ok();
        maya.run("people add --name 'Bo Lindqvist' --group board --id bo")
            .ok();
        maya.run("people add --name 'Jo Park' --role mentor --id jo").ok();
        maya.run("init --launch --yes").ok();
        let one_line = |file: &str| {
            let text = sandbox.read(&format!("halden/launch/{file}"));
            for line in text.lines() {
                assert!(line.chars().count() <= 72, "{file}: {line}");
            }
            assert!(text.lines().count() <= 40, "{file} is longer than a page");
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let charter = one_line("charter.md");
        for fact in [
            "# Educating upwards at Halden Group",
            "2 executives; Maya Lund leads; mentor Jo Park.",
            "Social media for efficiency:",
            "can answer an angry customer in public",
            "as a draft",
            "30 days later",
            "fewer than 5 people",
        ] {
            assert!(charter.contains(fact), "{fact}\n{charter}");
        }
        let note = one_line("data-protection.md");
        let table = maya.run("privacy show ana").ok().stdout;
        // Who reads it is one sentence in both, but for whose folder it is.
        let screen = table.split_whitespace().collect::<Vec<_>>().join(" ");
        let layout_sentence = screen
            .split("How logs travel here:")
            .nth(1)
            .and_then(|rest| rest.split(". ").next())
            .expect("the layout's sentence");
        assert!(
            note.contains(&layout_sentence.replace("progress/ana/", "progress/PERSON/")),
            "{layout_sentence}\n{note}"
        );
        assert!(note.contains("Maya Lund"), "{note}");
        for kept in ["practices, your line, figures", "your aim", "never a time of day"] {
            assert!(note.contains(kept), "{kept}\n{note}");
        }
        for private in [
            "your answers and misses",
            "how sure you were",
            "notes, reflections",
            "minutes you took",
        ] {
            let (kept, yours) = note
                .split_once("**Never leaves your computer**")
                .expect("what never leaves");
            assert!(
                yours.contains(private) && !kept.contains(private),
                "{private}\n{note}"
            );
        }
        let mail = one_line("kick-off.md");
        assert!(
            mail.starts_with("Subject: ten minutes, one process [name], "),
            "{mail}"
        );
        assert!(mail.ends_with("not what you missed. Maya Lund"), "{mail}");
    }
}

/// What a leader wrote into the kit stays; the new text goes beside it.
#[test]
fn a_launch_kit_that_was_changed_stays() {
    let sandbox = Sandbox::new();
    sandbox.run(&format!("init halden {FLAGS}")).ok();
    let maya = sandbox.inside("halden");
    let before = sandbox.everything();
    let same = maya.run("init --launch").ok();
    assert_data_eq!(
        same.stdout,
        str![[r"
  launch/charter.md: as it is
  launch/data-protection.md: as it is
  launch/kick-off.md: as it is

"]]
    );
    assert_eq!(sandbox.everything(), before);
    maya.run("people add --name 'Ana Reyes' --id ana").ok();
    sandbox.append("halden/launch/charter.md", "\n**Where** the blue room\n");
    std::fs::remove_file(sandbox.path("halden/launch/kick-off.md")).expect("it was there");
    let again = maya.run("init --launch").ok();
    assert_data_eq!(
        again.stdout,
        str![[r"
  launch/charter.md: says something else by now and stays; the new text is launch/charter.new.md (--yes replaces)
  launch/data-protection.md: as it is
  launch/kick-off.md: written

"]]
    );
    assert!(sandbox.read("halden/launch/charter.md").contains("the blue room"));
    assert!(
        sandbox
            .read("halden/launch/charter.new.md")
            .contains("1 executive;")
    );
    // From outside by its folder; nowhere else.
    sandbox.run("init halden --launch").ok();
    sandbox.run("init --launch").code(1);
}
