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
        str![[r#"
Halden Group is ready in [ROOT]/work/halden:
  people.toml
  .gitattributes
  .gitignore
  upwards.toml
You are maya here (upwards config).

  cd halden; upwards people import people.csv
      who takes part (a dry run until --yes)
  upwards assign rules-and-roles --to group:board
      the first module

"#]]
    );
    assert_eq!(made.stderr, "");
    assert_data_eq!(
        sandbox.read("halden/upwards.toml"),
        str![[r#"
format = 1
id = "halden-group-gbee"   # names the private folder on each computer; never changed
name = "Halden Group"
language = "en"
curricula = ["efficiency"]   # in use, in the order of screens; shipped ones need no copy

[sharing]
layout = "packets"   # how logs travel: packets, folder, git

[practice]
public = false   # true: practices may be done in public; else their drafts, which count the same

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
        str![[r#"
Dry run, nothing was written. It would make in [ROOT]/work/halden:
  people.toml
  .gitattributes
  .gitignore
  upwards.toml

"#]]
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
