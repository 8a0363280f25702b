//! `curricula diff` and `curricula show`: what changed, against what, and for whom.

use std::process::Command;

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

const ANSWERING: &str = "curricula/tiny/modules/answering.toml";

/// A workspace in a git repository with one commit; `None` where there is no git.
fn committed() -> Option<Sandbox> {
    let path = std::env::var("PATH").unwrap_or_default();
    if Command::new("git").arg("--version").output().is_err() {
        println!("there is no git here: what compares with a commit is not tested");
        return None;
    }
    let maya = Sandbox::halden().env("PATH", &path);
    commit(&maya, "git init -q . &&");
    Some(maya)
}

fn commit(sandbox: &Sandbox, before: &str) {
    let script = format!(
        "{before} git add -A && git -c user.name=Maya -c user.email=maya@halden.example commit -q -m 'a state'"
    );
    let made = sandbox.shell(&script);
    assert_eq!(made.code, Some(0), "{made}");
}

/// Words of a file become others.
fn edit(sandbox: &Sandbox, file: &str, from: &str, to: &str) {
    let text = sandbox.read(file);
    assert!(text.contains(from), "{file} has no {from}");
    sandbox.file(file, text.replacen(from, to, 1));
}

/// Ana knows the three questions, has done the practice, and was assigned the module; Bo was assigned it.
fn with_history(maya: &Sandbox) {
    maya.run("assign answering --to ana --yes").ok();
    maya.run("assign answering --to bo --yes").ok();
    let ana = maya.laptop("ana");
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nanswering.hour.text = \"Legal\"\nanswering.words = { choice = 2 }\n\
         answering.leave = { choice = 1 }\nanswering.both = { choice = [1, 2] }\n",
    );
    ana.on("2026-03-10")
        .run("learn --answers ../a.toml --module answering --capability serve --minutes 6")
        .ok();
    ana.on("2026-03-11")
        .run("learn --step answer-one --personal yes --done 'Answered one' --before 19")
        .ok();
}

#[test]
fn a_change_is_shown_with_whom_it_touches_before_it_is_handed_out() {
    let Some(maya) = committed() else { return };
    with_history(&maya);
    commit(&maya, "");
    edit(
        &maya,
        ANSWERING,
        "What do you do first?",
        "What is the first thing to do?",
    );
    edit(&maya, ANSWERING, "id = \"leave\"", "id = \"leave\"\nrev = 2");
    edit(
        &maya,
        ANSWERING,
        "id = \"answer-one\"",
        "id = \"answer-one\"\nrev = 2",
    );
    let shown = maya
        .run("curricula diff tiny --against git:HEAD --impact --width 80")
        .ok();
    assert_data_eq!(
        shown.stdout,
        str![[r#"
Answering: here, revision 1, compared with git:HEAD, revision 1
3 changes: wording 1, material 2
  material  practice answering.answer-one: revision 1 -> 2
              what is done stays "done at revision 1"
  wording   question answering.words: words of text
              nobody is affected
  material  question answering.leave: revision 1 -> 2
              answers up to revision 1 count no more: whoever knew it
              answers again

What it does to 2 people on 16 Mar 2026, as far as this computer can
read
Ana Reyes: Serve 76.4 building, then 64.2 to 76.4; overall 38.2
building, then 32.1 to 38.2
answering.answer-one: done by Ana Reyes, stays "done at revision 1", 5
min to renew
1 of 2 keeps everything as it is.
Nobody loses points at once.
More for whoever knows the changed questions, up to 12.2 each: which
they are is known on their own devices only, and shown once these have
published what they know anew.
1 question to answer again for whoever knew it, 1 min at most.
Minutes of open steps, of everybody: 45 -> 45. To renew what is done,
for whoever wants to: 5.

"#]]
    );
    // The same of the person's own device, which knows what it knew.
    let own = maya
        .laptop("ana")
        .run("curricula diff tiny --against git:HEAD --impact --width 80")
        .ok();
    let told = own.stdout.split("\n\n").last().unwrap_or_default();
    assert_data_eq!(
        told,
        str![[r#"
What it does to you on 16 Mar 2026
Ana Reyes: Serve 76.4 -> 64.2 building; overall 38.2 -> 32.1 building
answering.answer-one: done by Ana Reyes, stays "done at revision 1", 5
min to renew
Points are lost at once by Ana Reyes; bands that fall: 0. What was
reached stays.
1 question to answer again, 1 min: answering.leave
Minutes of your open steps: 17 -> 17. To renew what is done, if you want
to: 5.
This is about you alone, with what only this computer knows.

"#]]
    );
    // Somebody who leads nobody is told of nobody else.
    assert!(!own.stdout.contains("Bo"), "{own}");
    let bo = maya
        .laptop("bo")
        .run("curricula diff tiny --against git:HEAD --impact")
        .ok();
    assert!(!bo.stdout.contains("Ana"), "{bo}");
    // Nothing that somebody missed, or which questions they know, is in what a leader gets.
    let rows = maya
        .run("curricula diff tiny --against git:HEAD --impact -f csv")
        .ok()
        .csv();
    assert!(rows.iter().all(|row| !row["id"].contains("leave")), "{rows:?}");
    let serve = rows.iter().find(|row| row["id"] == "serve").expect("a row");
    assert_eq!(serve["points_before"], serve["points"], "nothing at once");
    assert!(serve["points_least"].parse::<f64>().expect("points") < serve["points"].parse().expect("points"));
}

#[test]
fn what_a_question_that_is_asked_no_more_can_do_is_told_as_rare() {
    let Some(maya) = committed() else { return };
    with_history(&maya);
    commit(&maya, "");
    let seldom = "Rarely otherwise: answers given before";
    let impact = || {
        maya.run("curricula diff tiny --against git:HEAD --impact --width 200")
            .ok()
    };
    edit(&maya, ANSWERING, "What do you do first?", "What comes first?");
    assert!(!impact().stdout.contains(seldom));
    edit(
        &maya,
        ANSWERING,
        "id = \"leave\"",
        "id = \"leave\"\nretired = true",
    );
    let told = impact();
    assert!(told.stdout.contains(seldom), "{told}");
    let rows = maya
        .run("curricula diff tiny --against git:HEAD --impact -f csv")
        .ok()
        .csv();
    let serve = rows.iter().find(|row| row["id"] == "serve").expect("a row");
    assert_ne!(serve["rarely_most"], serve["points_most"], "{serve:?}");
}

#[test]
fn what_was_announced_is_what_readiness_shows() {
    let Some(maya) = committed() else { return };
    with_history(&maya);
    maya.file(
        "../b.toml",
        "format = 1\n[answers]\nanswering.what-stops-me.text = \"Time\"\n",
    );
    let points = |who: &Sandbox| -> Vec<(String, String, String)> {
        who.run("readiness --long -f csv")
            .ok()
            .csv()
            .iter()
            .map(|row| {
                (
                    row["person_id"].clone(),
                    row["capability_id"].clone(),
                    row["points"].clone(),
                )
            })
            .collect()
    };
    for (from, to) in [
        ("id = \"leave\"\n", "id = \"leave\"\nrev = 2\n"),
        ("id = \"words\"\n", "id = \"words\"\ncapability = \"lead\"\n"),
        ("id = \"both\"\n", "id = \"both\"\nretired = true\n"),
        (
            "id = \"answer-one\"\n",
            "id = \"answer-two\"\nreplaces = [\"answer-one\"]\n",
        ),
        ("id = \"answer-two\"\n", "id = \"answer-two\"\nretired = true\n"),
    ] {
        commit(&maya, "");
        let before = points(&maya);
        edit(&maya, ANSWERING, from, to);
        let impact = maya
            .run("curricula diff tiny --against git:HEAD --impact -f csv")
            .ok()
            .csv();
        let after = points(&maya);
        // Ana's device speaks: the end of any sitting publishes what it knows under the new texts.
        let ana = maya.laptop("ana");
        let own = ana
            .run("curricula diff tiny --against git:HEAD --impact -f csv")
            .ok()
            .csv();
        ana.run("learn --step answering.what-stops-me --answers ../b.toml")
            .ok();
        let later = points(&maya);
        for ((was, is), then) in before.iter().zip(&after).zip(&later) {
            let find = |rows: &[std::collections::BTreeMap<String, String>]| {
                let is_it = |row: &&std::collections::BTreeMap<String, String>| {
                    row["person_id"] == was.0 && row["id"] == was.1 && row["what"] == "points"
                };
                rows.iter().find(is_it).cloned()
            };
            match find(&impact) {
                None => assert_eq!((was, is), (is, then), "{to}: not announced"),
                Some(row) => {
                    assert_eq!((&row["points_before"], &row["points"]), (&was.2, &is.2), "{to}");
                    let number = |text: &str| text.parse::<f64>().expect("points");
                    let range = number(&row["rarely_least"])..=number(&row["rarely_most"]);
                    assert!(
                        range.contains(&number(&then.2)),
                        "{to}: {then:?} is not in {range:?}"
                    );
                }
            }
            if was.0 == "ana"
                && let Some(row) = find(&own)
            {
                assert_eq!(row["points"], then.2, "{to}: her own device knew");
            }
        }
    }
}

#[test]
fn the_other_state_is_a_folder_a_pack_a_commit_or_the_built_in_one() {
    let maya = Sandbox::halden();
    let nothing = maya.run("curricula diff tiny").code(2);
    assert!(nothing.said().contains("--against DIR|PACK|git:REV"), "{nothing}");
    maya.run("curricula diff efficiency").code(2);
    let same = maya.run("curricula diff efficiency --against built-in").ok();
    assert!(same.stdout.contains("No change."), "{same}");
    maya.run("curricula pack tiny -o ../tiny.pack").ok();
    edit(
        &maya,
        ANSWERING,
        "title = \"First words\"",
        "title = \"The first words\"",
    );
    for against in ["../tiny.pack", "../older"] {
        if against == "../older" {
            let older = maya.inside("../older");
            older.file("x", "");
            older.run("init . --name Other --as-leader maya --no-input").ok();
            older.run("curricula unpack ../tiny.pack --yes").ok();
        }
        let run = maya.run(&format!("curricula diff tiny --against {against}")).ok();
        assert!(
            run.stdout
                .contains("wording   question answering.words: words of title"),
            "{run}"
        );
    }
    let folder = maya
        .run("curricula diff tiny --against ../older/curricula/tiny")
        .ok();
    assert!(folder.stdout.contains("1 change: wording 1"), "{folder}");
    // What comes in is the newer one.
    edit(&maya, ANSWERING, "id = \"words\"", "id = \"words\"\nrev = 2");
    let incoming = maya
        .run("curricula diff tiny --against ../tiny.pack --incoming")
        .ok();
    assert!(incoming.stdout.contains("revision lowered, 2 -> 1"), "{incoming}");
    assert!(incoming.stdout.contains("! "), "{incoming}");
    // A copy of a built-in curriculum is compared with that.
    maya.run("curricula pack efficiency -o ../e.pack").ok();
    maya.run("curricula unpack ../e.pack --yes").ok();
    let built_in = maya.run("curricula diff efficiency").ok();
    assert!(built_in.stdout.contains("built-in one, revision 1"), "{built_in}");
    for (against, said) in [
        ("nowhere", "there is no nowhere"),
        ("../older/people.toml", "is refused"),
        ("../older/curricula", "has no curriculum tiny"),
        ("../e.pack", "holds the curriculum efficiency, not tiny"),
        ("git:-x", "names no revision"),
        ("git:", "names no revision"),
        ("git:HEAD", "git knows no revision"),
    ] {
        let run = maya
            .env("PATH", &std::env::var("PATH").unwrap_or_default())
            .run(&format!("curricula diff tiny --against {against}"));
        assert!(run.code == Some(1) || run.code == Some(2), "{run}");
        assert!(run.said().contains(said), "{against}: {run}");
    }
    // One that cannot be read is told, with where it is.
    maya.file(
        "../older/curricula/tiny/modules/answering.toml",
        "format = 1\nid = \"answering\"\n",
    );
    let broken = maya.run("curricula diff tiny --against ../older").code(1);
    assert!(broken.said().contains("this is about ../older"), "{broken}");
}

/// A translation is words too, in a folder as in the workspace.
#[test]
fn a_translation_that_came_is_told() {
    let maya = Sandbox::halden();
    for file in [
        "curriculum.toml",
        "modules/answering.toml",
        "modules/framing.toml",
    ] {
        maya.file(
            &format!("old/{file}"),
            maya.read(&format!("curricula/tiny/{file}")),
        );
    }
    let line = "curricula diff tiny --against old --fail-on wording";
    maya.run(line).ok();
    let danish = "format = 1\nid = \"tiny\"\nof_rev = 1\ntitle = \"At svare\"\n";
    maya.file("curricula/tiny/translations/da/curriculum.toml", danish);
    let told = maya.run(line).code(3);
    assert!(told.stdout.contains("da/curriculum.toml"), "{told}");
    maya.file("old/translations/da/curriculum.toml", danish);
    maya.run(line).ok();
}

/// What a pack sets anew is no change, and who keeps everything is counted.
#[test]
fn a_pack_of_what_is_here_changes_nothing() {
    let maya = Sandbox::halden();
    maya.run("curricula pack efficiency -o efficiency.pack").ok();
    let told = maya
        .run("curricula diff efficiency --against efficiency.pack --fail-on wording")
        .ok();
    assert!(told.stdout.contains("No change."), "{}", told.stdout);
    maya.run("assign answer-in-public --to ana --due +4w --curriculum efficiency")
        .ok();
    let impact = "curricula diff efficiency --against efficiency.pack --impact";
    let told = maya.run(impact).ok().stdout;
    assert!(told.contains("1 of 1 keeps everything as it is."), "{told}");
    let rows = maya.run(&format!("{impact} -f csv")).ok().csv();
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0]["person_id"].as_str(), rows[0]["what"].as_str()),
        ("ana", "keeps")
    );
}

#[test]
fn a_class_is_a_condition_for_scripts() {
    let Some(maya) = committed() else { return };
    maya.run("curricula diff tiny --fail-on wording").ok();
    edit(
        &maya,
        ANSWERING,
        "title = \"First words\"",
        "title = \"The first words\"",
    );
    maya.run("curricula diff tiny --fail-on addition").ok();
    maya.run("curricula diff tiny --fail-on wording").code(3);
    edit(
        &maya,
        ANSWERING,
        "id = \"words\"",
        "id = \"words\"\nretired = true",
    );
    maya.run("curricula diff tiny --fail-on material").code(3);
    let rows = maya.run("curricula diff tiny -f csv").ok().csv();
    let classes: Vec<&str> = rows.iter().map(|row| row["class"].as_str()).collect();
    assert_eq!(classes, ["material", "material"], "{rows:?}");
    let json = maya.run("curricula diff tiny -f json").ok().json();
    assert_eq!(json["schema"], "upwards.curriculum-diff/1");
    let impact = maya.run("curricula diff tiny --impact -f json").ok().json();
    assert_eq!(impact["schema"], "upwards.curriculum-impact/1");
}

/// Nothing of a repository runs, whatever its settings name, and nothing is written.
#[test]
#[cfg(unix)]
fn nothing_of_a_repository_is_started() {
    let Some(maya) = committed() else { return };
    let trap = maya.path("../trap.sh");
    maya.file(
        "../trap.sh",
        "#!/bin/sh\ntouch \"$(dirname \"$0\")/sprung\"\ncat\n",
    );
    let hurt = format!(
        "chmod +x '{0}' && for key in core.fsmonitor core.pager core.editor core.sshCommand diff.external \
         filter.x.smudge filter.x.clean diff.x.textconv alias.ls-tree alias.cat-file alias.rev-parse; do \
         git config \"$key\" '{0}'; done; printf '*.toml filter=x diff=x\\n' > .git/info/attributes; \
         for hook in post-checkout reference-transaction post-index-change; do cp '{0}' .git/hooks/$hook; done",
        trap.display()
    );
    assert_eq!(maya.shell(&hurt).code, Some(0));
    edit(
        &maya,
        ANSWERING,
        "title = \"First words\"",
        "title = \"The first words\"",
    );
    let before = maya.workspace();
    let run = maya.run("curricula diff tiny --against git:HEAD").ok();
    assert!(run.stdout.contains("words of title"), "{run}");
    assert!(!maya.has("../sprung"), "something was started");
    assert_eq!(maya.workspace(), before);
    // Another repository that the environment names is not read.
    let elsewhere = maya.env("GIT_DIR", "/nowhere").run("curricula diff tiny").ok();
    assert!(elsewhere.stdout.contains("words of title"), "{elsewhere}");
}

#[test]
fn a_curriculum_is_shown_with_what_is_in_it() {
    let maya = Sandbox::halden();
    let shown = maya.run("curricula show --width 80").ok();
    assert_data_eq!(
        shown.stdout,
        str![[r"
Answering (tiny), revision 1
Kept by Maya Lund, to be reviewed by 30 Jun 2027

Serve: can answer an angry customer in public
  3 of 3 questions, practices 1, talks 1
Lead: can say who may answer what
  1 of 1 questions, practices 1, talks 1

Answering in public (answering), 28 min
  hour           case        3  KLM: an hour in the answer seat
  first          quiz        3  3 questions
  answer-one     practice    5  Answer one customer
  ask-a-peer     talk       15  Fifteen minutes with a peer
  what-stops-me  reflect     2  What stops me

Setting the frame (framing), 6 min
  who       quiz        1  1 question
  one-rule  practice    5  Write one rule

"]]
    );
    let rows = maya.run("curricula show efficiency -f csv").ok().csv();
    assert!(
        rows.iter()
            .any(|row| row["step_id"] == "answer-in-public.klm" && row["minutes"] == "3")
    );
    maya.run("curricula show nothing").code(1);
}

/// What was done stays in sight, with the id it had, when its step is gone.
#[test]
fn evidence_of_steps_that_are_gone_is_kept_and_shown() {
    let maya = Sandbox::halden();
    with_history(&maya);
    let points = || -> Vec<String> {
        let rows = maya.run("readiness --long -f csv").ok().csv();
        rows.iter().map(|row| row["points"].clone()).collect()
    };
    let before = points();
    let text = maya.read(ANSWERING);
    let start = text.find("[[step]]\nid = \"answer-one\"").expect("a step");
    let end = text.find("[[step]]\nid = \"ask-a-peer\"").expect("the next");
    maya.file(ANSWERING, format!("{}{}", &text[..start], &text[end..]));
    assert_eq!(points(), before);
    let ana = maya.laptop("ana");
    for line in ["progress", "history"] {
        let shown = ana.run(line).ok();
        assert!(
            shown.stdout.contains("answering.answer-one (no longer here)"),
            "{shown}"
        );
    }
    let explained = maya.run("readiness ana").ok();
    assert!(explained.stdout.contains("(no longer here)"), "{explained}");
    // Retired instead of removed, its words are there.
    let retired = text.replacen("id = \"answer-one\"", "id = \"answer-one\"\nretired = true", 1);
    maya.file(ANSWERING, retired);
    let shown = ana.run("progress").ok();
    assert!(shown.stdout.contains("Answer one customer"), "{shown}");
    assert_eq!(points(), before);
}
