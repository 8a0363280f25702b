//! `sync`: several computers and a bare repository, through real git.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;

use crate::support::{Output, Sandbox};

/// Where the program finds git.
const PATHS: &str = "/usr/local/bin:/usr/bin:/bin";

/// Maya's workspace, which everybody has by git, and the bare repository between them.
struct Team {
    maya: Sandbox,
}

impl Team {
    /// Git is needed here: without it nothing of this is tested, and that is a failure.
    fn new() -> Self {
        let maya = Sandbox::halden().env("PATH", PATHS);
        maya.append("upwards.toml", "\n[sharing]\nlayout = \"git\"\n");
        let made = maya.shell(
            "mkdir maya && mv upwards.toml people.toml curricula maya/ && git init -q --bare -b main remote.git && \
             cd maya && git init -q -b main && git remote add origin ../remote.git",
        );
        assert_eq!(made.code, Some(0), "{made}");
        let team = Self { maya };
        team.of("maya").run("sync").ok();
        team
    }

    /// A computer in its own clone.
    fn of(&self, who: &str) -> Sandbox {
        self.maya.laptop(who).inside(who)
    }

    /// The same, cloned now.
    fn join(&self, who: &str) -> Sandbox {
        self.git("", &format!("clone -q remote.git {who}"));
        self.of(who)
    }

    /// git, as a person calls it.
    fn git(&self, inside: &str, line: &str) -> String {
        let inside = if inside.is_empty() { "." } else { inside };
        let run = self.maya.shell(&format!(
            "cd {inside} && git -c user.name=X -c user.email=x@example.org {line}"
        ));
        assert_eq!(run.code, Some(0), "git {line}: {run}");
        run.stdout
    }
}

/// What everybody sees of everybody.
fn readiness(sandbox: &Sandbox) -> String {
    sandbox.run("readiness -f csv").ok().stdout
}

fn practise(sandbox: &Sandbox, words: &str) -> Output {
    sandbox.run(&format!(
        "learn --step answer-one --personal yes --done '{words}'"
    ))
}

/// The lines of all logs, whatever their files.
fn lines(sandbox: &Sandbox) -> BTreeSet<String> {
    let files = sandbox.workspace();
    let logs = files
        .iter()
        .filter(|(path, _)| path.contains("progress/") && !path.contains(".git/"));
    let texts = logs.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
    texts
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn what_each_recorded_comes_to_the_others_and_nothing_else_does() {
    let team = Team::new();
    let (maya, ana, bo) = (team.of("maya"), team.join("ana"), team.join("bo"));
    maya.run("assign answering --to ana --yes").ok();
    practise(&ana, "Answered a complaint").ok();
    practise(&bo, "Answered another").ok();
    ana.file("notes.txt", "mine alone");
    let run = ana.run("sync").ok();
    assert!(run.told().contains("Went out: 1 line about ana."), "{run}");
    assert!(
        run.said()
            .contains("stays on this computer, no part of a workspace: notes.txt"),
        "{run}"
    );
    let run = bo.run("sync").ok();
    assert!(
        run.told()
            .contains("Came in: 1 line about ana. Went out: 1 line about bo."),
        "{run}"
    );
    let run = maya.run("sync").ok();
    assert!(
        run.told()
            .contains("Came in: 2 lines about ana and bo. Went out: 1 line about ana."),
        "{run}"
    );
    for other in [&ana, &bo] {
        other.run("sync").ok();
        assert_eq!(lines(other), lines(&maya));
        assert_eq!(readiness(other), readiness(&maya));
    }
    let again = maya.run("sync").ok();
    assert_eq!(again.told(), "Came in: nothing new. Went out: nothing new.");
    // A commit has no hour, everybody's is by a name, and git has nothing to say of the folder.
    let dates = team.git("maya", "log --format=%ad,%cd,%an --date=iso");
    assert!(
        dates
            .lines()
            .all(|line| line.starts_with("2026-03-16 00:00:00 +0000,2026-03-16 00:00:00 +0000,")),
        "{dates}"
    );
    assert!(
        dates.contains("Maya Lund") && dates.contains("Ana Reyes"),
        "{dates}"
    );
    assert_eq!(team.git("maya", "status --porcelain"), "");
    assert_eq!(team.git("ana", "status --porcelain"), "?? notes.txt\n");
    team.git("remote.git", "fsck --strict");
}

#[test]
fn status_says_what_would_happen_and_changes_nothing() {
    let team = Team::new();
    let (maya, ana) = (team.of("maya"), team.join("ana"));
    practise(&ana, "Answered a complaint").ok();
    ana.run("sync").ok();
    maya.run("people edit bo --set unit=port").ok();
    let before = maya.everything();
    let run = maya.run("sync --status").ok();
    assert!(
        run.told()
            .contains("Would come in: 1 line about ana. Would go out: people.toml."),
        "{run}"
    );
    let after = maya.everything();
    let own = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        files
            .iter()
            .filter(|(path, _)| !path.contains(".git/"))
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(own(&before), own(&after));
    let head = team.git("maya", "rev-parse HEAD");
    assert_eq!(maya.run("sync --dry-run").ok().stdout, run.stdout);
    assert_eq!(team.git("maya", "rev-parse HEAD"), head);
    let rows = maya.run("sync --status -f json").ok().rows();
    assert_eq!(rows[0]["file"], "progress/ana/ana-laptop.jsonl");
    assert_eq!((&rows[0]["came"], &rows[0]["went"]), (&1.into(), &0.into()));
    let run = maya.run("sync --no-push").ok();
    assert!(run.told().contains("Came in: 1 line about ana."), "{run}");
    assert!(!team.git("remote.git", "show main:people.toml").contains("port"));
}

/// An ordinary `git merge` puts the edit of the one into the other, with exit 0.
#[test]
fn nobodys_edit_lands_in_another_file() {
    let case = |id: &str, title: &str| {
        format!(
            "format = 1\nid = \"{id}\"\norganisation = \"One\"\nsector = \"retail\"\nyear = 2024\n\
             summary = \"Answered in public, and found half of the questions gone.\"\nmore = \"Five people did it.\"\n\
             and = \"It took them a year.\"\ntitle = \"{title}\"\n"
        )
    };
    let team = Team::new();
    let maya = team.of("maya");
    maya.file("curricula/tiny/cases/ann.toml", case("ann", "A"));
    maya.run("sync").ok();
    let bo = team.join("bo");
    maya.shell("rm curricula/tiny/cases/ann.toml").ok();
    maya.file("curricula/tiny/cases/bob.toml", case("bob", "A"));
    maya.run("sync").ok();
    bo.file("curricula/tiny/cases/ann.toml", case("ann", "Another title"));
    // What git itself makes of it, to know that the danger is real.
    let run = team.maya.shell(
        "git clone -q bo plain && cd plain && cp ../bo/curricula/tiny/cases/ann.toml curricula/tiny/cases/ && \
         git -c user.name=X -c user.email=x@y commit -qam edit && git remote add r ../remote.git && \
         git -c user.name=X -c user.email=x@y pull -q --no-rebase --no-edit r main && cat curricula/tiny/cases/bob.toml",
    );
    assert!(
        run.code == Some(0) && run.stdout.contains("Another title"),
        "{run}"
    );
    let told = bo.run("sync").code(1);
    assert!(told.stdout.contains("curricula/tiny/cases/ann.toml"), "{told}");
    assert!(told.said().contains("upwards sync --keep theirs"), "{told}");
    assert!(!bo.has("curricula/tiny/cases/bob.toml"));
    let rows = bo.run("sync -f json").code(1).rows();
    let conflict = rows.iter().find(|row| row["what"] == "conflict").expect("a row");
    assert_eq!(conflict["file"], "curricula/tiny/cases/ann.toml");
    bo.run("sync --keep ours").ok();
    assert_eq!(bo.read("curricula/tiny/cases/bob.toml"), case("bob", "A"));
    assert_eq!(
        bo.read("curricula/tiny/cases/ann.toml"),
        case("ann", "Another title")
    );
    maya.run("sync").ok();
    assert_eq!(
        maya.read("curricula/tiny/cases/ann.toml"),
        case("ann", "Another title")
    );
}

#[test]
fn people_are_put_together_key_by_key_and_a_question_is_asked_once() {
    let team = Team::new();
    let (maya, bo) = (team.of("maya"), team.join("bo"));
    maya.run("people edit ana --set unit=port").ok();
    maya.run("people edit bo --set email=bo@example.org").ok();
    maya.run("sync").ok();
    bo.run("people edit ana --set unit=sales").ok();
    bo.run("people edit ana --set email=ana@example.org").ok();
    let told = bo.run("sync").code(1);
    assert!(
        told.told()
            .contains("people.toml: ana.unit here: \"sales\" theirs: \"port\""),
        "{told}"
    );
    assert!(!bo.read("people.toml").contains("<<<<<<<"));
    let mut terminal = bo.terminal("sync --plain", (80, 24));
    terminal.expect("here:").expect("stop)").send("2\r");
    terminal.expect("Came in");
    assert_eq!(terminal.ended(), Some(0));
    maya.run("sync").ok();
    for text in [maya.read("people.toml"), bo.read("people.toml")] {
        for words in [
            "unit = \"port\"",
            "email = \"ana@example.org\"",
            "email = \"bo@example.org\"",
        ] {
            assert!(text.contains(words), "{words} in {text}");
        }
    }
    // The other way, of one file.
    maya.run("people edit ana --set unit=a").ok();
    maya.run("sync").ok();
    bo.run("people edit ana --set unit=b").ok();
    bo.run("sync --keep people.toml=ours").ok();
    maya.run("sync").ok();
    assert!(maya.read("people.toml").contains("unit = \"b\""));
}

#[test]
fn several_who_give_at_the_same_time_all_get_through() {
    let team = Team::new();
    let all: Vec<Sandbox> = ["ana", "bo", "chen"].map(|who| team.join(who)).into();
    for round in 0..3 {
        let mut running = Vec::new();
        for one in &all {
            practise(one, &format!("Answered {round}")).ok();
        }
        for one in &all {
            running.push(
                one.command(["sync"])
                    .stdout(std::process::Stdio::piped())
                    .stderr(std::process::Stdio::piped())
                    .spawn()
                    .expect("it starts"),
            );
        }
        for run in running {
            let out = run.wait_with_output().expect("it ends");
            assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        }
    }
    for one in &all {
        one.run("sync").ok();
        assert_eq!(lines(one).len(), 9);
    }
}

#[test]
fn what_they_refuse_for_good_is_said_in_their_words() {
    let team = Team::new();
    let ana = team.join("ana");
    let hook = team.maya.path("remote.git/hooks/pre-receive");
    std::fs::write(
        &hook,
        "#!/bin/sh\necho 'this branch is closed \u{1b}[31m'\nexit 1\n",
    )
    .unwrap();
    std::fs::set_permissions(&hook, PermissionsExt::from_mode(0o755)).unwrap();
    practise(&ana, "Answered a complaint").ok();
    let run = ana.run("sync").code(1);
    assert!(
        run.said().contains("origin does not take it") && run.said().contains("this branch is closed"),
        "{run}"
    );
    assert!(!run.stderr.contains('\u{1b}'), "{run}");
    std::fs::remove_file(hook).unwrap();
    ana.run("sync").ok();
    assert_eq!(
        team.git("remote.git", "show main:progress/ana/ana-laptop.jsonl")
            .lines()
            .count(),
        1
    );
}

#[test]
fn clones_of_all_kinds_take_part() {
    let team = Team::new();
    team.git("", "-c core.autocrlf=true clone -q remote.git ana");
    team.git("ana", "config core.autocrlf true");
    team.git("", "clone -q --depth 1 file://$PWD/remote.git bo");
    let (maya, ana, bo) = (team.of("maya"), team.of("ana"), team.of("bo"));
    // A file from before there were attributes, as such a clone has it.
    ana.file("people.toml", ana.read("people.toml").replace('\n', "\r\n"));
    let run = ana.run("sync").ok();
    assert_eq!(run.told(), "Came in: nothing new. Went out: nothing new.");
    for one in [&ana, &bo] {
        practise(one, "Answered a complaint").ok();
        one.run("sync").ok();
    }
    ana.run("people edit ana --set unit=port").ok();
    ana.run("sync").ok();
    for one in [&maya, &bo, &ana] {
        one.run("sync").ok();
        assert_eq!(lines(one).len(), 2);
    }
    assert!(!maya.read("people.toml").contains('\r') && maya.read("people.toml").contains("unit = \"port\""));
    assert_eq!(
        team.git("remote.git", "show main:people.toml"),
        maya.read("people.toml")
    );
}

/// git ends the program at its n-th call, before or after doing what was asked: whatever the moment, nothing is lost, and the
/// next sync needs no help.
#[test]
fn a_sync_that_is_killed_at_some_call_of_git_loses_nothing() {
    assert!(kill_every(7) > 4);
}

#[test]
#[ignore = "a minute or more: .ci/run runs it"]
fn a_sync_that_is_killed_at_any_call_of_git_loses_nothing() {
    let points = kill_every(1);
    println!("killed at {points} calls of git: nothing lost");
    assert!(points > 20, "{points}");
}

fn kill_every(step: usize) -> usize {
    let mut points = 0;
    for moment in ["before", "after"] {
        for at in (1_u32..).step_by(step) {
            let team = Team::new();
            let (maya, ana) = (team.of("maya"), team.join("ana"));
            practise(&maya.laptop("bo"), "Answered at Maya's").ok();
            maya.run("people edit bo --set unit=port").ok();
            maya.run("sync").ok();
            practise(&ana, "Answered a complaint").ok();
            ana.run("people edit ana --set unit=sales").ok();
            let wrapper = team.maya.path("bin/git");
            let counted = team.maya.path("calls");
            team.maya.file(
                "bin/git",
                format!(
                    "#!/bin/sh\necho x >> {calls}\nn=$(wc -l < {calls})\nif [ $n -eq {at} ] && [ {moment} = before ]; then kill -9 $PPID; exit 1; fi\n\
                     PATH={PATHS} git \"$@\"\ncode=$?\nif [ $n -eq {at} ]; then kill -9 $PPID; fi\nexit $code\n",
                    calls = counted.display()
                ),
            );
            std::fs::set_permissions(&wrapper, PermissionsExt::from_mode(0o755)).unwrap();
            let bin = team.maya.path("bin");
            let path = format!("{}:{PATHS}", bin.display());
            let run = ana.env("PATH", &path).run("sync");
            let calls = std::fs::read_to_string(&counted)
                .unwrap_or_default()
                .lines()
                .count();
            if calls < at as usize {
                assert_eq!(run.code, Some(0), "{run}");
                break;
            }
            points += 1;
            assert_eq!(run.code, None, "killed at {at}: {run}");
            for one in [&ana, &maya, &ana] {
                one.run("sync").ok();
            }
            assert_eq!(lines(&ana), lines(&maya));
            assert_eq!(lines(&ana).len(), 2, "killed {moment} call {at}");
            for text in [ana.read("people.toml"), maya.read("people.toml")] {
                assert!(
                    text.contains("unit = \"port\"") && text.contains("unit = \"sales\""),
                    "{moment} {at}: {text}"
                );
            }
            assert_eq!(team.git("ana", "status --porcelain"), "", "{moment} {at}");
            team.git("remote.git", "fsck --strict");
        }
    }
    points
}

/// Whatever somebody who can write into the repository puts there by hand: it is named, and nothing of it is taken in.
#[test]
fn hostile_trees_are_refused_and_change_nothing() {
    let team = Team::new();
    let ana = team.join("ana");
    practise(&ana, "Answered a complaint").ok();
    ana.run("sync").ok();
    team.maya.file("evil.sh", HOSTILE);
    let before = ana.workspace();
    let files = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        let own = files.iter().filter(|(path, _)| !path.contains("/.git/"));
        own.map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect::<Vec<_>>()
    };
    let cases = [
        ("link", "progress/bo/bo.jsonl", "no ordinary file"),
        ("folder-link", "progress", "no part of a workspace"),
        ("module", "curricula/tiny/other", "no part of a curriculum"),
        ("option", "-rf.toml", "no part of a workspace"),
        (
            "option-log",
            "progress/ana/-rf.jsonl",
            "its name cannot be written everywhere",
        ),
        (
            "capitals",
            "curricula/tiny/modules/Answering.toml",
            "its name is no id",
        ),
        ("case-log", "progress/ana/ANA-laptop.jsonl", "only in capitals"),
        (
            "escape",
            "progress/ana/a",
            "its name cannot be written everywhere",
        ),
        ("large", "progress/bo/bo.jsonl", "larger than 16 MiB"),
        ("large-toml", "people.toml", "larger than 4 MiB"),
        ("markers", "people.toml", "left over from an unfinished merge"),
        ("broken", "people.toml", "it cannot be read"),
        (
            "other-id",
            "curricula/tiny/modules/answering.toml",
            "not answering as its name says",
        ),
        ("private", "progress/ana/bo.jsonl", "a private entry (answered)"),
        (
            "filter",
            ".gitattributes",
            "git would be told more than line ends",
        ),
        ("team", "team/maya-laptop.jsonl", "leaders' notes"),
        ("modules-file", ".gitmodules", "no part of a workspace"),
    ];
    for (kind, path, why) in cases {
        let made = team.maya.shell(&format!("sh evil.sh {kind}"));
        assert_eq!(made.code, Some(0), "{kind}: {made}");
        for line in ["sync", "sync --status", "sync --keep theirs"] {
            let run = ana.run(line).code(1);
            assert!(
                run.said().contains(path) && run.said().contains(why),
                "{kind}: {run}"
            );
            assert!(run.said().contains("nothing was taken in"), "{kind}: {run}");
            assert!(!run.stderr.contains('\u{1b}'), "{kind}: {run}");
        }
        assert_eq!(files(&ana.workspace()), files(&before), "{kind}");
        team.maya.shell("sh evil.sh back").ok();
    }
    // What looks like an option or a command is no remote either.
    for remote in [
        "--upload-pack=touch x",
        "-x",
        "ext::sh -c touch% x",
        "../remote.git",
    ] {
        let mut command = ana.command(["sync", "--remote", remote]);
        assert!(!command.output().expect("it starts").status.success());
    }
    team.git("ana", "remote add odd 'ext::sh -c touch% /tmp/upwards-was-here'");
    ana.run("sync --remote odd").code(1);
    assert!(!std::path::Path::new("/tmp/upwards-was-here").exists());
}

/// A commit on top of the bare repository's branch, made of what git's everyday commands refuse.
const HOSTILE: &str = r#"set -e
export GIT_DIR="$PWD/remote.git" GIT_INDEX_FILE="$PWD/evil.index" GIT_AUTHOR_NAME=E GIT_AUTHOR_EMAIL=e@x GIT_COMMITTER_NAME=E GIT_COMMITTER_EMAIL=e@x
if [ "$1" = back ]; then git update-ref refs/heads/main refs/heads/good; exit 0; fi
git update-ref refs/heads/good refs/heads/main
rm -f "$GIT_INDEX_FILE"
git read-tree main
blob() { git hash-object -w --stdin; }
add() { printf '%s %s\t%s\0' "$1" "$2" "$3" | git update-index -z --index-info; }
case "$1" in
  link) add 120000 "$(printf /etc/passwd | blob)" progress/bo/bo.jsonl ;;
  folder-link) git rm -rq --cached progress; add 120000 "$(printf /tmp | blob)" progress ;;
  module) add 160000 "$(git rev-parse main)" curricula/tiny/other ;;
  option) add 100644 "$(echo x | blob)" -rf.toml ;;
  option-log) add 100644 "$(echo x | blob)" progress/ana/-rf.jsonl ;;
  capitals) add 100644 "$(echo x | blob)" curricula/tiny/modules/Answering.toml ;;
  case-log) add 100644 "$(echo x | blob)" progress/ana/ANA-laptop.jsonl ;;
  escape) add 100644 "$(echo x | blob)" "progress/ana/a$(printf '\033')[31m.jsonl" ;;
  large) add 100644 "$(head -c 31457280 /dev/zero | tr '\0' x | blob)" progress/bo/bo.jsonl ;;
  large-toml) add 100644 "$(head -c 5000000 /dev/zero | tr '\0' '#' | blob)" people.toml ;;
  markers) add 100644 "$(printf '<<<<<<< a\n' | blob)" people.toml ;;
  broken) add 100644 "$(printf 'format = \n' | blob)" people.toml ;;
  other-id) add 100644 "$(printf 'format = 1\nid = "other"\n' | blob)" curricula/tiny/modules/answering.toml ;;
  private) add 100644 "$(printf '{"v":1,"kind":"answered"}\n' | blob)" progress/ana/bo.jsonl ;;
  filter) add 100644 "$(printf '*.toml filter=evil\n' | blob)" .gitattributes ;;
  team) add 100644 "$(echo x | blob)" team/maya-laptop.jsonl ;;
  modules-file) add 100644 "$(echo x | blob)" .gitmodules ;;
  *) exit 9 ;;
esac
git update-ref refs/heads/main "$(git commit-tree -p main -m evil "$(git write-tree)")"
"#;

#[test]
fn logs_only_grow_whoever_shortens_them() {
    let team = Team::new();
    let (maya, ana) = (team.of("maya"), team.join("ana"));
    for words in ["One", "Two", "Three"] {
        practise(&ana, words).ok();
    }
    ana.run("sync").ok();
    maya.run("sync").ok();
    let log = "progress/ana/ana-laptop.jsonl";
    let whole = ana.read(log);
    // Maya's copy loses lines: they are given back, and nobody else misses them.
    maya.file(
        log,
        whole
            .lines()
            .next()
            .map(|line| format!("{line}\n"))
            .unwrap_or_default(),
    );
    let run = maya.run("sync").ok();
    assert!(
        run.said().contains("had lost 2 lines here: they are back"),
        "{run}"
    );
    assert_eq!(maya.read(log), whole);
    std::fs::remove_file(maya.path(log)).unwrap();
    maya.run("sync").ok();
    assert_eq!(maya.read(log), whole);
    // Somebody shortens and alters it by other means.
    let altered = whole.replace("\"Two\"", "\"2\"");
    let altered: String = altered.split_inclusive('\n').skip(1).collect();
    maya.file(log, &altered);
    team.git("maya", "commit -qam shortened");
    team.git("maya", "push -q origin HEAD:main");
    let run = ana.run("sync").ok();
    assert!(
        run.said().contains("lacks 2 lines that it had: they stay"),
        "{run}"
    );
    assert!(
        run.said()
            .contains("says something else in 1 line that this computer wrote: not taken"),
        "{run}"
    );
    assert_eq!(ana.read(log), whole);
    // Maya's has both for a while; hers are no events of their own.
    maya.run("sync").ok();
    assert_eq!(maya.read(log).lines().count(), 4);
    ana.run("sync").ok();
    maya.run("sync").ok();
    assert_eq!(maya.read(log), whole);
    assert_eq!(ana.read(log), whole);
}

#[test]
fn of_two_computers_with_one_name_both_keep_their_lines_and_one_gets_another_name() {
    let team = Team::new();
    let ana = team.join("ana").without("UPWARDS_DEVICE");
    practise(&ana, "One").ok();
    ana.run("sync").ok();
    // A copy of the whole computer: its own data and its folder.
    let copied = team.maya.shell("cp -r ana twin && cp -r ../own/ana ../own/twin");
    assert_eq!(copied.code, Some(0), "{copied}");
    let twin = team.of("twin").without("UPWARDS_DEVICE").env("UPWARDS_SEED", "8");
    practise(&ana, "Two here").ok();
    ana.run("sync").ok();
    practise(&twin, "Two there").ok();
    let run = twin.run("sync").ok();
    assert!(
        run.said().contains("another computer writes under the name"),
        "{run}"
    );
    practise(&twin, "Three there").ok();
    twin.run("sync").ok();
    ana.run("sync").ok();
    assert_eq!(lines(&ana), lines(&twin));
    assert_eq!(lines(&ana).len(), 4);
    assert_eq!(readiness(&ana), readiness(&twin));
    let devices: BTreeSet<String> = lines(&ana)
        .iter()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["device"].to_string())
        .collect();
    assert_eq!(devices.len(), 2, "{devices:?}");
}

#[test]
fn a_late_computer_brings_nobody_back_who_was_erased() {
    let team = Team::new();
    let (maya, ana) = (team.of("maya"), team.join("ana"));
    practise(&ana, "One").ok();
    ana.run("sync").ok();
    maya.run("sync").ok();
    practise(&ana, "Two, late").ok();
    let people = maya.read("people.toml");
    let start = people.find("[[person]]\nid = \"ana\"").expect("Ana is there");
    let end = people[start + 1..]
        .find("[[person]]")
        .map_or(people.len(), |at| start + 1 + at);
    maya.file("people.toml", format!("{}{}", &people[..start], &people[end..]));
    maya.file(
        "erased.toml",
        "format = 1\n\n[[erased]]\nid = \"ana\"\nday = 2026-03-16\n",
    );
    maya.run("sync").ok();
    assert!(!maya.has("progress/ana"));
    let bo = team.join("bo");
    let late = ana.run("sync").ok();
    assert!(!ana.has("progress/ana"), "{late}");
    for one in [&maya, &bo] {
        one.run("sync").ok();
        assert!(!one.has("progress/ana") && !one.read("people.toml").contains("\"ana\""));
    }
    assert!(
        !team
            .git("remote.git", "ls-tree -r --name-only main")
            .contains("progress/ana")
    );
}

/// What only Ana may know is in none of git's objects, nor in anything that a command says of a fault.
#[test]
fn private_words_are_in_no_object_of_git() {
    let team = Team::new();
    let (maya, ana) = (team.of("maya"), team.join("ana"));
    let canary = "CANARY-7f3a";
    ana.file(
        "../a.toml",
        format!(
            "format = 1\n[answers]\nanswering.hour.text = \"{canary} Legal\"\nanswering.words = {{ choice = 2, sure = 3 }}\n\
             answering.leave = {{ choice = 1 }}\nanswering.both = {{ choice = [1, 2] }}\n"
        ),
    );
    ana.run("learn --answers ../a.toml --module answering --capability serve --minutes 6")
        .ok();
    ana.run(&format!("notes add '{canary} Ask Bo'")).ok();
    let private = ana.everything();
    let is_there = |files: &std::collections::BTreeMap<String, Vec<u8>>, inside: &str| {
        let found = files.iter().filter(|(path, _)| path.contains(inside));
        found
            .filter(|(_, bytes)| bytes.windows(canary.len()).any(|part| part == canary.as_bytes()))
            .count()
    };
    assert!(
        is_there(&private, "own/ana/") > 0,
        "the canary is where it belongs"
    );
    // A private log in the wrong place is refused, without its words.
    let run = ana.run("sync").ok();
    assert!(!run.stdout.contains(canary) && !run.stderr.contains(canary));
    ana.append(
        "progress/ana/ana-laptop.jsonl",
        format!("{{\"v\":1,\"kind\":\"noted\",\"text\":\"{canary}\"}}\n"),
    );
    let run = ana.run("sync").code(1);
    assert!(
        run.said().contains("ana-laptop.jsonl") && run.said().contains("a private entry (noted)"),
        "{run}"
    );
    assert!(!run.stdout.contains(canary) && !run.stderr.contains(canary));
    maya.run("sync").ok();
    for folder in ["remote.git", "ana", "maya"] {
        let found = |words: &str| {
            let count = format!("cat-file --batch --batch-all-objects | grep -a -c '{words}' || true");
            team.git(folder, &count)
        };
        assert_ne!(found("recalled"), "0\n", "{folder} has what is shared");
        assert_eq!(found(canary), "0\n", "{folder}");
    }
    assert_eq!(ana.leftovers(), [""; 0]);
}

#[test]
fn what_is_missing_is_said_with_what_to_type() {
    let maya = Sandbox::halden().env("PATH", PATHS);
    let run = maya.run("sync").ok();
    assert!(run.told().contains("upwards send -o FILE"), "{run}");
    maya.append("upwards.toml", "\n[sharing]\nlayout = \"git\"\n");
    let run = maya.run("sync").code(1);
    assert!(
        run.said().contains("is no repository of git") && run.said().contains("git -C"),
        "{run}"
    );
    maya.shell("git init -q -b main").ok();
    let run = maya.run("sync").code(1);
    assert!(run.said().contains("git remote add origin URL"), "{run}");
    maya.shell("git remote add origin ../nowhere.git").ok();
    let run = maya.run("sync").code(1);
    assert!(run.said().contains("origin could not be reached"), "{run}");
    let run = maya.run("sync --remote other").code(1);
    assert!(
        run.said()
            .contains("no remote is called \"other\" there are: origin"),
        "{run}"
    );
    maya.run("sync --keep mine").code(2);
    let run = maya.env("PATH", "/nowhere").run("sync").code(1);
    assert!(
        run.said().contains("git could not be started") && run.said().contains("install git"),
        "{run}"
    );
    let run = maya.run("sync --demo").code(1);
    assert!(run.said().contains("nobody to exchange with"), "{run}");
    // In the middle of somebody's own merge, and where a part of something larger is.
    maya.file(".git/MERGE_HEAD", "0000\n");
    let run = maya.run("sync").code(1);
    assert!(run.said().contains("git merge --abort"), "{run}");
    let outer = Sandbox::halden().env("PATH", PATHS);
    outer.append("upwards.toml", "\n[sharing]\nlayout = \"git\"\n");
    outer
        .shell("mkdir in && mv *.toml curricula in/ && git init -q -b main")
        .ok();
    let run = outer.inside("in").run("sync").code(1);
    assert!(run.said().contains("a part of the repository"), "{run}");
}

#[test]
fn a_history_that_was_begun_anew_is_not_put_together_with_the_old_one() {
    let team = Team::new();
    let ana = team.join("ana");
    practise(&ana, "One").ok();
    let made = team.maya.shell(
        "cd maya && git checkout -q --orphan new && git -c user.name=X -c user.email=x@y commit -qm anew && \
         git push -q --force origin new:main",
    );
    assert_eq!(made.code, Some(0), "{made}");
    let run = ana.run("sync").code(1);
    assert!(
        run.said().contains("another history") && run.said().contains("git clone URL"),
        "{run}"
    );
    assert_eq!(lines(&ana).len(), 1);
}
