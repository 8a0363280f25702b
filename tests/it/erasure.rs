//! `privacy erase`, `export` and `import`: a person goes everywhere, stays away, and takes what is theirs along.

use std::collections::BTreeMap;

use serde_json::Value;
use snapbox::{assert_data_eq, str};

use crate::support::{Sandbox, WORKSPACE};

const ANAS_LOG: &str = "progress/ana/ana-laptop.jsonl";
const PRIVATE: &str = "private/ana/ana-laptop.jsonl";

fn line(id: u8, seq: u32, rest: &str) -> String {
    format!(
        "{{\"v\":1,\"id\":\"00000000-0000-4000-8000-0000000000{id:02x}\",\"seq\":{seq},\"day\":\"2026-03-10\",{rest}}}\n"
    )
}

/// Ana with everything that can be known of her: a log of two devices, private lines, mentions, what leaders noted.
fn with_ana() -> Sandbox {
    let maya = Sandbox::halden();
    let ana = maya.laptop("ana");
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nframing.stop = { choice = 1, sure = 2 }\n",
    );
    ana.run("aim 'Answer faster'").ok();
    ana.run("learn --step who --answers ../a.toml").ok();
    ana.run("notes add 'What Bo must not read'").ok();
    ana.run("privacy share --yes").ok();
    std::fs::remove_file(ana.path("../a.toml")).expect("it was written");
    maya.run("assign answering --to ana --curriculum tiny --reason 'board decision'")
        .ok();
    maya.run("people edit bo --set reports_to=ana").ok();
    maya.append(
        "people.toml",
        "\n# the one who knows most\n[[person]]\nid = \"jo\"\nname = \"Jo Park\"\nroles = [\"mentor\"]\n",
    );
    let team = [
        line(
            1,
            1,
            r#""by":"maya","device":"maya-pc","kind":"barred","a":"ana","b":"jo""#,
        ),
        line(
            2,
            2,
            r#""by":"maya","device":"maya-pc","kind":"barred","a":"bo","b":"jo""#,
        ),
        line(
            3,
            3,
            r#""by":"maya","device":"maya-pc","kind":"voided","ref":"00000000-0000-4000-8000-000000000001""#,
        ),
    ];
    maya.file("team/maya-pc.jsonl", team.concat());
    let met = r#""person":"bo","by":"bo","device":"bo-laptop","kind":"met","curriculum":"tiny","meeting":"m1","with":["ana"],"role":"peer","capabilities":["serve"],"minutes":20,"attendance":"present""#;
    maya.file("progress/bo/bo-laptop.jsonl", line(9, 1, met));
    maya.file("progress/ana/ana-laptop (1).jsonl", maya.read(ANAS_LOG));
    maya.file(
        "launch/charter.md",
        "Ana Reyes speaks for the board.\nNobody else.\n",
    );
    maya
}

fn restore(sandbox: &Sandbox, files: &BTreeMap<String, Vec<u8>>) {
    for path in sandbox
        .everything()
        .keys()
        .filter(|path| !files.contains_key(*path))
    {
        std::fs::remove_file(sandbox.path(&format!("../{path}"))).expect("a file");
    }
    for (path, bytes) in files {
        sandbox.file(&format!("../{path}"), bytes);
    }
}

#[test]
fn it_lists_every_file_first_and_writes_nothing() {
    let maya = with_ana();
    let before = maya.everything();
    let shown = maya.run("privacy erase ana --width 90").ok();
    assert_data_eq!(
        shown.stdout.clone(),
        str![[r#"
Ana Reyes (ana): what would be erased, and what stays

FILE                               LINES  WHAT
erased.toml                               gets the id, so that nothing comes back
team/maya-pc.jsonl                 2      rewritten without these lines
people.toml                        7      rewritten without these lines
progress/ana/ana-laptop (1).jsonl  4      removed
progress/ana/ana-laptop.jsonl      4      removed
progress/ana/maya-laptop.jsonl     1      removed
progress/bo/bo-laptop.jsonl        1      stays: names them, and is somebody else's
launch/charter.md                  1      stays: names them, and is somebody else's

(own) = in this computer's own folder; its notes on what was sent, written and
made into pages go too.

What this cannot reach of Ana Reyes:
  - their own computers, with what is private there, and copies of the
    workspace on others: erase there too; a late one brings nothing back
  - packets, copies, ten-minute pages, reports and exports that were
    handed out (a packet of theirs is refused from now on)
  - backups, and the bins of file-sync services
  - the bare id in erased.toml and in others' logs, shown as "erased
    person"

"#]]
    );
    assert_eq!(
        shown.said(),
        "Dry run, nothing was written. To do it: upwards privacy erase ana --confirm ana"
    );
    assert_eq!(maya.everything(), before);
    let rows = maya.run("privacy erase ana -f json").ok().rows();
    assert!(
        rows.iter()
            .any(|row| row["file"] == ANAS_LOG && row["what"] == "removed")
    );
    let wrong = maya.run("privacy erase ana --confirm bo").code(2);
    assert!(
        wrong.said().contains("\"bo\" is not ana; nothing was written"),
        "{wrong}"
    );
    maya.run("privacy erase ana --confirm ana --dry-run").ok();
    assert_eq!(maya.everything(), before);
    for (who, line) in [
        ("bo", "privacy erase ana --confirm ana"),
        ("maya", "privacy erase maya --confirm maya"),
    ] {
        maya.laptop(who).run(line).code(1);
        assert_eq!(maya.everything(), before);
    }
    maya.run("privacy erase zoe").code(1);
    maya.run("privacy erase").code(2);
}

#[test]
fn everything_goes_and_nothing_comes_back() {
    let maya = with_ana();
    let ana = maya.laptop("ana");
    ana.run("send -o ../late.packet").ok();
    maya.file(
        "../late.txt",
        "upwards receipt for ana, workspace halden-3f9c\n2026-03-15 aimed \"Answer\"\n",
    );
    let log = maya.read(ANAS_LOG);
    let done = maya.run("privacy erase ana --confirm ana").ok();
    assert!(done.said().contains("Ana Reyes (ana) is erased here"), "{done}");
    assert_eq!(
        maya.read("erased.toml"),
        "format = 1\n\n[[erased]]\nid = \"ana\"\nday = 2026-03-16\n"
    );
    assert!(!maya.has("progress/ana"));
    let people = maya.read("people.toml");
    assert!(!people.contains("ana") && !people.contains("Ana"), "{people}");
    assert!(people.contains("# the one who knows most"), "{people}");
    assert_eq!(maya.read("team/maya-pc.jsonl").lines().count(), 1);
    for (path, bytes) in maya.everything() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let stays = [
            "work/erased.toml",
            "work/progress/bo/bo-laptop.jsonl",
            "work/launch/charter.md",
        ];
        let is_hers =
            path.starts_with("own/ana/") || path.starts_with("work/items/") || path.starts_with("late");
        let named = text.contains("\"ana\"") || text.contains("Ana Reyes") || path.contains("/ana");
        assert!(!named || is_hers || stays.contains(&&*path), "{path}: {text}");
    }
    maya.run("check").ok();
    assert!(!maya.run("readiness -f csv").ok().stdout.contains("ana,"));
    assert!(
        maya.run("history --person bo")
            .ok()
            .stdout
            .contains("erased person")
    );
    // What comes late.
    for late in ["../late.packet", "../late.txt"] {
        let refused = maya.run(&format!("receive {late} --yes")).code(1);
        assert!(refused.said().contains("ana was erased here"), "{refused}");
    }
    maya.run("people add --name 'Ana Reyes' --id ana").code(1);
    maya.file(ANAS_LOG, &log);
    let before = maya.run("readiness -f csv").ok().stdout;
    for command in ["check", "doctor"] {
        let found = maya.run(command).code(3);
        assert!(
            found.told().contains("U535") && found.told().contains("upwards privacy erase ana"),
            "{found}"
        );
    }
    assert_eq!(maya.run("readiness -f csv").ok().stdout, before);
    maya.run("privacy erase ana --confirm ana").ok();
    assert!(!maya.has("progress/ana"));
    maya.run("check").ok();
    let again = maya.run("privacy erase ana").ok();
    assert!(again.stdout.contains("was erased here"), "{again}");
}

/// Whatever stops it: every state in between has the tombstone, tells nothing of the person, and is finished by the same
/// command. The states are made of the files before and after, one change after the other, in the order of the command.
/// What a record store was sent stays there: it is named, and this computer forgets that it sent it.
#[test]
fn what_record_stores_were_sent_is_named_with_where_it_is() {
    let maya = with_ana();
    let row = |person: &str, n: u32| {
        format!(
            "{{\"to\":\"https://lrs.halden.example/xAPI\",\"statement\":\"00000000-0000-4000-8000-00000000000{n}\",\"person\":\"{person}\"}}\n"
        )
    };
    let sent = maya.own(&format!("{WORKSPACE}/sent.jsonl"));
    std::fs::create_dir_all(sent.parent().expect("a folder")).unwrap();
    std::fs::write(&sent, [row("ana", 1), row("ana", 2), row("bo", 3)].concat()).unwrap();
    let told = maya.run("privacy erase ana").ok().told();
    assert!(
        told.contains("2 statements that https://lrs.halden.example/xAPI was sent"),
        "{told}"
    );
    maya.run("privacy erase ana --confirm ana").ok();
    assert_eq!(std::fs::read_to_string(&sent).unwrap(), row("bo", 3));
}

#[test]
fn stopped_anywhere_it_ends_in_erasure() {
    let maya = with_ana();
    maya.laptop("ana").run("send -o ../late.packet").ok();
    let before = maya.everything();
    maya.run("privacy erase ana --confirm ana").ok();
    let after = maya.everything();
    let step = |path: &str| match path {
        "work/erased.toml" => 0,
        "work/people.toml" => 2,
        path if path.starts_with("work/team/") => 1,
        path if path.starts_with("work/progress/ana/") => 3,
        path if path.starts_with("own/maya/") => 4,
        path => panic!("{path} is not of this command"),
    };
    let mut changed: Vec<&String> = before
        .keys()
        .chain(after.keys())
        .filter(|path| before.get(*path) != after.get(*path))
        .collect();
    changed.sort_by_key(|path| (step(path), *path));
    changed.dedup();
    assert!(changed.len() > 5, "{changed:?}");
    let mut state = before.clone();
    for path in changed {
        match after.get(path) {
            Some(bytes) => state.insert(path.clone(), bytes.clone()),
            None => state.remove(path),
        };
        restore(&maya, &state);
        assert!(
            !maya.run("readiness -f csv").ok().stdout.contains("ana,"),
            "at {path}"
        );
        maya.run("receive ../late.packet --yes").code(1);
        maya.run("privacy erase ana --confirm ana").ok();
        // Made anew by whoever writes; folders that are empty are no files.
        let derived = |all: BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
            all.into_iter()
                .filter(|(path, _)| !path.starts_with("own/maya/"))
                .collect()
        };
        assert_eq!(derived(maya.everything()), derived(after.clone()), "at {path}");
        assert!(!maya.has("progress/ana"));
    }
}

/// The same with real kills: before every system call of these kinds.
#[test]
#[ignore = "needs strace: run by .ci/run"]
fn killed_at_every_call_it_ends_in_erasure() {
    let maya = with_ana();
    let before = maya.everything();
    maya.run("privacy erase ana --confirm ana").ok();
    let mut kills = 0;
    for call in [
        "rename",
        "renameat2",
        "unlink",
        "unlinkat",
        "rmdir",
        "fsync",
        "write",
        "openat",
    ] {
        for nth in 1.. {
            restore(&maya, &before);
            let run = maya.shell(&format!(
                "strace -f -qq -o ../trace -e trace={call} -e inject={call}:signal=KILL:when={nth} -- $UPWARDS privacy erase ana --confirm ana"
            ));
            if run.code == Some(0) {
                break;
            }
            assert_eq!(run.stderr.matches("panicked").count(), 0, "{run}");
            kills += 1;
            let is_begun = maya.has("erased.toml");
            let untouched = |(path, bytes): (&String, &Vec<u8>)| {
                !path.starts_with("work/")
                    || std::fs::read(maya.path(&format!("../{path}"))).ok().as_ref() == Some(bytes)
            };
            assert!(
                is_begun || before.iter().all(untouched),
                "{call} {nth}: lost before the tombstone"
            );
            maya.run("privacy erase ana --confirm ana").ok();
            assert!(
                !maya.has("progress/ana") && !maya.read("people.toml").contains("ana"),
                "{call} {nth}"
            );
            maya.run("check").ok();
        }
    }
    println!("killed {kills} times");
    assert!(kills > 30, "{kills}");
}

#[test]
fn a_person_erases_themselves_on_their_own_computer() {
    let maya = with_ana();
    let ana = maya.laptop("ana");
    let items = |s: &Sandbox| std::fs::read_dir(s.path("items")).map_or(0, Iterator::count);
    assert_eq!(items(&ana), 1);
    ana.run("privacy erase ana --confirm ana").ok();
    assert_eq!(items(&ana), 0);
    assert!(!ana.own(&format!("{WORKSPACE}/private/ana")).exists());
    assert!(!ana.own(&format!("{WORKSPACE}/given/ana.txt")).exists());
    for (path, bytes) in ana
        .everything()
        .into_iter()
        .filter(|(path, _)| path.starts_with("own/ana/"))
    {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(
            !text.contains("\"ana\"") && !text.contains("must not read"),
            "{path}: {text}"
        );
    }
    // Again, by nobody in particular now.
    ana.run("privacy erase ana --confirm ana").ok();
}

#[test]
fn the_text_of_notes_is_deleted_for_good() {
    let ana = Sandbox::halden().laptop("ana");
    for text in ["one", "two", "three"] {
        ana.run(&format!("notes add 'MARK-{text}'")).ok();
    }
    let none = ana.run("privacy erase --notes --yes").ok();
    assert!(none.stdout.contains("No note was removed"), "{none}");
    let rows = ana.run("notes -f json").ok().rows();
    let id = rows.iter().find(|row| row["text"] == "MARK-two").expect("a note")["note_id"].clone();
    ana.run(&format!("notes remove {}", id.as_str().expect("an id")))
        .ok();
    let private = ana.own(&format!("{WORKSPACE}/{PRIVATE}"));
    let text = || std::fs::read_to_string(&private).expect("the private log");
    let before = text();
    ana.run("privacy erase --notes --dry-run").ok();
    ana.run("privacy erase --notes").code(2);
    assert_eq!(text(), before);
    let done = ana.run("privacy erase --notes --yes").ok();
    assert!(done.told().contains("2 stay"), "{done}");
    let expected: String = before
        .split_inclusive('\n')
        .filter(|l| l.contains("MARK-one") || l.contains("MARK-three"))
        .collect();
    assert_eq!(text(), expected);
    ana.run("notes add 'MARK-four'").ok();
    assert!(text().lines().last().expect("a line").contains("\"seq\":5"));
    ana.run("privacy erase --notes --all --yes").ok();
    assert_eq!(text(), "");
    ana.run("privacy erase --notes --yes --as bo").code(2);
}

#[test]
fn an_export_has_all_of_ones_own_and_comes_back_on_a_new_computer() {
    let maya = with_ana();
    let ana = maya.laptop("ana");
    let out = ana.run("privacy export -o ../export").ok();
    assert!(out.stdout.contains("Ana Reyes: "), "{out}");
    let json = ana.read("../export/ana.json");
    let whole: Value = serde_json::from_str(&json).expect("JSON");
    let private =
        std::fs::read_to_string(ana.own(&format!("{WORKSPACE}/{PRIVATE}"))).expect("the private log");
    for line in private.lines().chain(ana.read(ANAS_LOG).lines()) {
        assert!(json.contains(line), "{line}");
    }
    assert_eq!(whole["entry"]["name"], serde_json::json!(["Ana Reyes"]));
    assert_eq!(whole["given"].as_array().map(Vec::len), Some(1));
    assert!(!json.contains("barred"), "what leaders noted is theirs");
    let page = ana.read("../export/ana.html");
    assert!(
        page.contains("What Bo must not read") && page.contains("aim: &quot;Answer faster&quot;"),
        "{page}"
    );
    assert!(!page.contains("<script") && !page.contains("http:") && !page.contains("https:"));
    let again = ana.run("privacy export -o ../export").code(1);
    assert!(again.said().contains("is there already"), "{again}");
    let inside = ana.run("privacy export -o mine").code(1);
    assert!(inside.said().contains("inside a workspace"), "{inside}");
    ana.run("privacy export").code(2);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |file: &str| {
            std::fs::metadata(ana.path(file))
                .expect("it is there")
                .permissions()
                .mode()
                & 0o777
        };
        assert_eq!((mode("../export"), mode("../export/ana.json")), (0o700, 0o600));
    }
    // A new computer, on which something was written already.
    let new = ana
        .env("UPWARDS_HOME", &ana.path("../own/ana-new").to_string_lossy())
        .env("UPWARDS_DEVICE", "ana-new");
    new.run("config set me ana").ok();
    new.run("notes add 'here'").ok();
    let dry = new.run("privacy import ../export --dry-run").ok();
    assert!(dry.stdout.contains("Dry run"), "{dry}");
    assert!(!new.own(&format!("{WORKSPACE}/{PRIVATE}")).exists());
    let n = private.lines().count();
    let done = new.run("privacy import ../export").ok();
    assert!(
        done.stdout.contains(&format!("ana-laptop: {n} new, 0 known")),
        "{done}"
    );
    let there = || std::fs::read_to_string(new.own(&format!("{WORKSPACE}/{PRIVATE}"))).expect("it came back");
    assert_eq!(there(), private);
    let twice = new.run("privacy import ../export/ana.json").ok();
    assert!(
        twice.stdout.contains(&format!("ana-laptop: 0 new, {n} known")),
        "{twice}"
    );
    assert_eq!(there(), private);
    assert_eq!(new.run("notes -f json").ok().rows().len(), 2);
    // What is known again is worth the same.
    let of = |s: &Sandbox| s.run("progress -f csv").ok().stdout;
    assert_eq!(of(&new), of(&ana));
    new.run("privacy share --stop").ok();
    assert_eq!(
        std::fs::read_dir(new.path("items")).expect("the folder").count(),
        0
    );
    // Newer lines are not written over, and a hole is filled in its place.
    let lines: Vec<&str> = private.split_inclusive('\n').collect();
    std::fs::write(
        new.own(&format!("{WORKSPACE}/{PRIVATE}")),
        format!("{}{}", lines[0], lines[n - 1]),
    )
    .expect("written");
    new.run("privacy import ../export").ok();
    assert_eq!(there(), private);
}

#[test]
fn only_ones_own_export_is_taken_and_nothing_of_a_broken_one_is_quoted() {
    let maya = with_ana();
    let ana = maya.laptop("ana");
    ana.run("privacy export -o ../export").ok();
    let bo = maya.laptop("bo");
    let before = bo.everything();
    let refused = bo.run("privacy import ../export/ana.json").code(1);
    assert!(
        refused.said().contains("only one's own export is taken"),
        "{refused}"
    );
    let refused = bo.run("privacy import ../export").code(1);
    assert!(refused.said().contains("holds no bo.json"), "{refused}");
    ana.run("privacy import ../export --as bo").code(2);
    // What says that it is Bo's, with Ana's lines in it.
    let forged = ana
        .read("../export/ana.json")
        .replacen("\"person\":\"ana\"", "\"person\":\"bo\"", 1);
    bo.file("../forged.json", &forged);
    let none = bo.run("privacy import ../forged.json").ok();
    assert!(none.said().contains("cannot be read or are not yours"), "{none}");
    assert!(!bo.own(&format!("{WORKSPACE}/private")).exists());
    std::fs::remove_file(bo.path("../forged.json")).expect("a file");
    for text in [
        "What Bo must not read",
        "{\"schema\":\"upwards.person/1\",\"person\":\"What Bo must not read\"}",
    ] {
        bo.file("../broken.json", text);
        let broken = bo.run("privacy import ../broken.json").code(1);
        assert!(!broken.stderr.contains("must not read"), "{broken}");
    }
    std::fs::remove_file(bo.path("../broken.json")).expect("a file");
    let names = |all: &BTreeMap<String, Vec<u8>>| all.keys().cloned().collect::<Vec<String>>();
    let lock = format!("own/bo/{WORKSPACE}/lock");
    let after: Vec<String> = names(&bo.everything())
        .into_iter()
        .filter(|path| *path != lock)
        .collect();
    assert_eq!(after, names(&before));
}

/// What is private is in one's own export, and in nothing else that these commands write or print.
#[test]
fn what_is_private_is_in_nothing_that_others_get() {
    const MARKER: &str = "What Bo must not read";
    let maya = with_ana();
    let ana = maya.laptop("ana");
    let outputs = [
        maya.run("privacy export ana -o ../shared").ok(),
        maya.run("privacy export ana -o ../shared --yes").ok(),
        maya.run("privacy show ana").ok(),
        maya.run("privacy show ana -f json").ok(),
        maya.run("privacy erase ana").ok(),
        ana.run("privacy export -o ../export --dry-run").ok(),
        ana.run("privacy export -o progress").code(1),
        ana.run("privacy erase ana").ok(),
        ana.run("privacy erase --notes --dry-run --all").ok(),
        maya.laptop("bo").run("privacy export ana -o ../bo").code(1),
        maya.run("privacy export --as ana -o ../as-ana").ok(),
    ];
    for out in outputs {
        assert!(
            !out.stdout.contains(MARKER) && !out.stderr.contains(MARKER),
            "{out}"
        );
    }
    for file in ["../shared/ana.json", "../as-ana/ana.json"] {
        let whole: Value = serde_json::from_str(&maya.read(file)).expect("JSON");
        assert!(
            whole["private"].is_null() && whole["given"] == serde_json::json!([]),
            "{file}"
        );
    }
    let refused = ana.run("privacy import ../shared").code(1);
    assert!(refused.said().contains("holds nothing private"), "{refused}");
    for folder in ["../shared", "../as-ana"] {
        for name in ["ana.json", "ana.html"] {
            let text = maya.read(&format!("{folder}/{name}"));
            for word in [MARKER, "confidence", "fairly sure", "\"correct\"", "framing.stop"] {
                assert!(!text.contains(word), "{word} in {folder}/{name}");
            }
        }
    }
    for (path, bytes) in maya.everything() {
        let is_hers = path == format!("own/ana/{WORKSPACE}/{PRIVATE}");
        assert_eq!(
            String::from_utf8_lossy(&bytes).contains(MARKER),
            is_hers,
            "{path}"
        );
    }
    assert_eq!(maya.leftovers(), Vec::<String>::new());
}

/// The recipe of docs/erasure.md: a fresh history from the present state, and how to see that the id is gone.
#[test]
fn a_fresh_history_holds_nothing_of_the_erased() {
    let maya = with_ana();
    maya.append("upwards.toml", "\n[sharing]\nlayout = \"git\"\n");
    maya.file(".gitignore", "team/\n");
    let recipe =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/erasure.md")).expect("the page");
    let blocks: Vec<&str> = recipe
        .split("```sh\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    let [fresh, look] = blocks.as_slice() else {
        panic!("two blocks of commands: {blocks:?}");
    };
    let begin = maya.shell(
        "set -e; export HOME=$PWD/../home; git config --global user.name x; git config --global user.email x@x; git config --global init.defaultBranch main; git init -q --bare ../remote.git; git init -q .; git add -A; git commit -qm first; git remote add origin ../remote.git; git push -q origin main",
    );
    if begin.code == Some(127) {
        println!("git is not here: not tried");
        return;
    }
    begin.ok();
    let shown = maya.run("privacy erase ana --confirm ana").ok();
    assert!(shown.told().contains("the history of the repository"), "{shown}");
    // Others' logs keep the bare id, and so does erased.toml: what must be gone are name and lines.
    maya.file("launch/charter.md", "Nobody else.\n");
    let commit = maya.shell("git add -A && git commit -qm erased && git push -q origin main");
    commit.ok();
    let words = ["Ana Reyes", "Answer faster"];
    for word in words {
        let found = maya.shell(&look.replace("WORD", word));
        assert!(
            found.stdout.trim() != "0",
            "{word} is still in the history: {found}"
        );
    }
    maya.shell(&format!("set -e\n{fresh}")).ok();
    for folder in [".", "../clone"] {
        if folder == "../clone" {
            maya.shell("git clone -q --no-local ../remote.git ../clone").ok();
        }
        let there = maya.inside(if folder == "." { "" } else { "../clone" });
        for word in words {
            let found = there.shell(&look.replace("WORD", word));
            assert_eq!(found.stdout.trim(), "0", "{word} in {folder}: {found}");
        }
    }
    assert!(maya.read("progress/bo/bo-laptop.jsonl").contains("met"));
}
