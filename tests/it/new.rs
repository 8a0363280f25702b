//! What an author begins with is sound as it stands, joins what is there without touching it, and never hides or replaces
//! anything.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// A workspace of the author's own, with nothing in use.
fn empty() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .run("init --name Halden --as-leader maya --template empty --layout packets --no-input")
        .ok();
    sandbox
}

/// The same with a curriculum that was begun and put into use.
fn in_use() -> Sandbox {
    let maya = empty();
    maya.run("new curriculum retail --capability serve").ok();
    let settings = maya.read("upwards.toml");
    maya.file(
        "upwards.toml",
        settings.replace("curricula = []", "curricula = [\"retail\"]"),
    );
    maya
}

fn is_clean(sandbox: &Sandbox) {
    let check = sandbox.run("check --strict").ok();
    assert_eq!(check.stdout, "", "{check}");
}

#[test]
fn every_kind_is_sound_as_it_stands() {
    let maya = empty();
    is_clean(&maya);
    maya.run("new curriculum retail").ok();
    is_clean(&maya);
    for sandbox in [maya, in_use()] {
        for line in [
            "new module second",
            "new case our-chat",
            "new quiz what-to-say --module second",
            "new practice answer-one --module second",
            "new talk ask-somebody --module second",
            "new quiz what-else --module first-module",
            "new practice answer-two --module first-module",
            "new talk ask-again --module first-module",
        ] {
            sandbox.run(line).ok();
            is_clean(&sandbox);
        }
    }
}

#[test]
fn a_begun_curriculum_is_learnt_from_once_it_is_listed() {
    let maya = in_use();
    maya.run("people add --id ana --name Ana").ok();
    let next = maya.run("next --as ana -f json").ok();
    assert!(next.stdout.contains("first-module.practice"), "{next}");
}

#[test]
fn paths_and_next_commands_are_told() {
    let maya = empty();
    assert_data_eq!(
        maya.run("new curriculum retail").ok().stdout,
        str![[r#"
curricula/retail/modules/first-module.toml
curricula/retail/curriculum.toml
schema/curriculum.json
schema/module.json
  upwards preview first-module.practice --curriculum retail
  upwards check curricula/retail
It is a draft until upwards.toml lists "retail" among its curricula.

"#]]
    );
    assert_data_eq!(
        maya.run("new case our-chat").ok().stdout,
        str![[r#"
curricula/retail/cases/our-chat.toml
schema/case.json
  upwards preview our-chat --curriculum retail
  upwards check curricula/retail/cases/our-chat.toml
It is in the library once upwards.toml lists "retail" among its
curricula; a step of the kind "case" puts it into a module.

"#]]
    );
    assert_data_eq!(
        maya.run("new quiz what-to-say").ok().stdout,
        str![[r"
curricula/retail/modules/first-module.toml: one step more, at its end
  upwards preview first-module.what-to-say --curriculum retail
  upwards check curricula/retail/modules/first-module.toml
The module is listed: the step waits until you take its line `retired =
true` away.

"]]
    );
}

#[test]
fn a_step_joins_a_module_in_use_without_changing_what_anybody_has() {
    let maya = in_use();
    maya.run("people add --id ana --name Ana").ok();
    let path = "curricula/retail/modules/first-module.toml";
    let before = maya.read(path).replace('\n', "\r\n");
    maya.file(path, &before);
    let offered = maya.run("next --as ana --minutes 60 -f json").ok().stdout;
    let told = maya.run("new quiz what-to-say").ok();
    assert!(told.told().contains("retired = true"), "{told}");
    let after = maya.read(path);
    assert!(after.starts_with(&before), "{after}");
    let more = &after[before.len()..];
    assert!(
        more.contains("retired = true") && more.contains("since = 2026-03-16"),
        "{more}"
    );
    assert_eq!(more.matches('\n').count(), more.matches("\r\n").count());
    assert_eq!(
        maya.run("next --as ana --minutes 60 -f json").ok().stdout,
        offered
    );
    // A draft is nobody's yet.
    maya.run("new module second").ok();
    maya.run("new talk ask-somebody --module second").ok();
    assert!(
        !maya
            .read("curricula/retail/modules/second.toml")
            .contains("retired")
    );
}

#[test]
fn nothing_is_written_over_hidden_or_begun_twice() {
    let maya = in_use();
    maya.run("new case our-chat").ok();
    let before = maya.workspace();
    for (line, code, said) in [
        ("new curriculum retail", 1, "curricula/retail is there already"),
        (
            "new curriculum efficiency",
            1,
            "upwards curricula unpack efficiency.pack",
        ),
        ("new module first-module", 1, "is there already"),
        ("new module x --in efficiency", 1, "upwards new curriculum NAME"),
        ("new quiz x --in efficiency", 1, "only cases can be added"),
        ("new case our-chat", 1, "is there already"),
        (
            "new case klm-social-service --in efficiency",
            1,
            "has a case klm-social-service already",
        ),
        ("new quiz practice", 1, "has a step or question practice already"),
        ("new quiz question-1", 1, "share one name space"),
        ("new module 'Erste Antworten'", 2, "did you mean erste-antworten?"),
        ("new case ../x", 2, "did you mean x?"),
        ("new case con", 2, "device name"),
        ("new quiz x --capability sevre", 1, "did you mean: serve"),
        (
            "new quiz x --module frist-module",
            1,
            "did you mean: first-module",
        ),
        ("new quiz x --in retial", 1, "did you mean: retail"),
        (
            "new lesson x",
            2,
            "curriculum, module, case, quiz, practice, talk",
        ),
        ("new quiz x --edit", 2, "EDITOR"),
    ] {
        let refused = maya.run(line).code(code);
        assert!(refused.said().contains(said), "{refused}");
        assert_eq!(maya.workspace(), before, "{refused}");
    }
    maya.run("new module second").ok();
    let which = maya.run("new quiz x").code(2);
    assert!(which.said().contains("--module first-module|second"), "{which}");
    maya.file("curricula/retail/modules/second.toml", "format = 1\n");
    let broken = maya.run("new quiz x --module second").code(1);
    assert!(
        broken
            .said()
            .contains("upwards check curricula/retail/modules/second.toml"),
        "{broken}"
    );
}

#[test]
fn a_case_joins_a_built_in_curriculum() {
    let maya = Sandbox::halden();
    maya.run("new case our-chat --in efficiency --capability reach")
        .ok();
    assert!(
        maya.read("curricula/efficiency/cases/our-chat.toml")
            .contains("owner = \"Maya Lund\"")
    );
    let shown = maya.run("cases show our-chat --curriculum efficiency").ok();
    assert!(shown.stdout.contains("Our chat"), "{shown}");
}

#[test]
fn a_dry_run_shows_the_text_and_writes_nothing() {
    let maya = in_use();
    let before = maya.workspace();
    for (line, shown) in [
        ("new curriculum other -n", "ready_means"),
        ("new case our-chat -n", "fails_if"),
        ("new practice answer-one -n", "exposure = \"internal\""),
    ] {
        let run = maya.run(line).ok();
        assert!(
            run.stdout.contains(shown) && run.stdout.contains("nothing was written"),
            "{run}"
        );
        assert_eq!(maya.workspace(), before);
    }
}

#[test]
#[cfg(unix)]
fn the_editor_opens_what_was_written() {
    let maya = in_use().env("EDITOR", "sed -i.bak s/Our.chat/Our.answer/");
    maya.run("new case our-chat --edit").ok();
    assert!(
        maya.read("curricula/retail/cases/our-chat.toml")
            .contains("Our.answer")
    );
    let told = maya.env("EDITOR", "false").run("new case another --edit").ok();
    assert!(
        told.said().contains("false said that something went wrong"),
        "{told}"
    );
    assert!(maya.has("curricula/retail/cases/another.toml"));
}

#[test]
fn a_module_is_changed_only_while_no_other_command_changes_it() {
    const MODULE: &str = "curricula/tiny/modules/answering.toml";
    let maya = Sandbox::halden();
    maya.run("new quiz more --in tiny --module answering --dry-run")
        .ok();
    let before = maya.read(MODULE);
    let lock = maya.own(&format!("{}/lock", crate::support::WORKSPACE));
    let lock = upwards::disk::lock(&lock).expect("nobody has it");
    let line = "new quiz more --in tiny --module answering";
    let mut waiting = maya.command(line.split(' ')).spawn().expect("it starts");
    std::thread::sleep(std::time::Duration::from_millis(800));
    assert_eq!(maya.read(MODULE), before);
    drop(lock);
    assert!(waiting.wait().expect("it ends").success());
    assert_ne!(maya.read(MODULE), before);
}

#[test]
fn a_rehearsal_speaks_the_language_of_the_author() {
    let maya = Sandbox::halden();
    maya.run("config set ui.language de").ok();
    let dry = maya
        .run("new quiz more --in tiny --module answering --dry-run")
        .ok();
    assert!(
        dry.stdout.contains("Probelauf: Es wurde nichts geschrieben."),
        "{dry}"
    );
}
