//! `curricula`: which there are, and handing one from company to company as one file.

use crate::support::Sandbox;

#[test]
fn curricula_are_listed_with_where_they_are() {
    let sandbox = Sandbox::halden();
    let rows = sandbox.run("curricula list -f csv").ok().csv();
    let row = |id: &str| {
        rows.iter()
            .find(|row| row["curriculum_id"] == id)
            .expect("it is there")
    };
    assert_eq!(
        (row("tiny")["place"].as_str(), row("tiny")["in_use"].as_str()),
        ("workspace", "yes")
    );
    assert_eq!(
        (
            row("efficiency")["place"].as_str(),
            row("reverse-mentoring")["in_use"].as_str()
        ),
        ("built-in", "no")
    );
    assert_eq!(rows.len(), 5);
    let screen = sandbox.run("curricula list").ok();
    assert!(screen.stdout.contains("generative-ai-judgement"), "{screen}");
    let json = sandbox.run("curricula list -f json").ok();
    assert_eq!(json.json()["schema"], "upwards.curricula/1");
}

#[test]
fn a_curriculum_goes_from_one_workspace_to_another_and_back() {
    let maya = Sandbox::halden();
    let packed = maya.run("curricula pack tiny -o ../tiny.pack").ok();
    assert!(
        packed
            .stdout
            .contains("../tiny.pack: Answering, revision 1, 3 texts."),
        "{packed}"
    );
    let first = maya.read("../tiny.pack");
    maya.run("curricula pack tiny -o ../tiny.pack").ok();
    assert_eq!(maya.read("../tiny.pack"), first, "the same bytes");
    let before = maya.read("curricula/tiny/modules/framing.toml");
    // Here already.
    let same = maya.run("curricula unpack ../tiny.pack --yes").ok();
    assert!(same.stdout.contains("Nothing new: all of it is here."), "{same}");
    // With other words: named, and not replaced unasked.
    maya.file("curricula/tiny/modules/framing.toml", format!("# mine\n{before}"));
    let refused = maya.run("curricula unpack ../tiny.pack --yes").code(1);
    assert!(
        refused.stdout.contains("1 with other words than here"),
        "{refused}"
    );
    assert!(
        refused.stdout.contains("  curricula/tiny/modules/framing.toml"),
        "{refused}"
    );
    assert!(refused.said().contains("--replace"), "{refused}");
    assert!(
        maya.read("curricula/tiny/modules/framing.toml")
            .starts_with("# mine")
    );
    maya.run("curricula unpack ../tiny.pack --replace --dry-run").ok();
    assert!(
        maya.read("curricula/tiny/modules/framing.toml")
            .starts_with("# mine")
    );
    maya.run("curricula unpack ../tiny.pack --replace --yes").ok();
    assert_eq!(maya.read("curricula/tiny/modules/framing.toml"), before);
    // Into an empty workspace, where nothing of it is.
    let other = maya.inside("../other");
    other.file("x", "");
    other.run("init . --name Other --as-leader maya --no-input").ok();
    let taken = other.run("curricula unpack ../tiny.pack --yes").ok();
    assert!(
        taken.stdout.contains("It is not in use yet: add \"tiny\""),
        "{taken}"
    );
    assert_eq!(other.read("curricula/tiny/modules/framing.toml"), before);
    other.run("curricula pack tiny -o ../again.pack").ok();
    assert_eq!(other.read("../again.pack"), first);
}

#[test]
fn every_shipped_curriculum_travels_with_its_prerequisites_and_revisions() {
    let maya = Sandbox::halden();
    for id in [
        "efficiency",
        "reverse-mentoring",
        "open-innovation",
        "generative-ai-judgement",
    ] {
        maya.run(&format!("curricula pack {id} -o ../{id}.pack")).ok();
        let other = maya.inside(&format!("../of-{id}"));
        other.file("x", "");
        other.run("init . --name Other --as-leader maya --no-input").ok();
        let taken = other.run(&format!("curricula unpack ../{id}.pack --yes")).ok();
        assert!(
            taken.stdout.contains("A curriculum of this id is built in"),
            "{taken}"
        );
        other.run(&format!("check --strict curricula/{id}")).ok();
        other
            .run(&format!("curricula pack {id} -o ../{id}-again.pack"))
            .ok();
        assert_eq!(
            maya.read(&format!("../{id}-again.pack")),
            maya.read(&format!("../{id}.pack"))
        );
    }
}

#[test]
fn what_stays_in_the_company_and_what_is_hostile_does_not_travel() {
    let maya = Sandbox::halden();
    maya.run("curricula pack efficiency -o ../e.pack").ok();
    maya.run("curricula unpack ../e.pack --yes").ok();
    let case = "curricula/efficiency/cases/hmv-layoffs.toml";
    let text = maya.read(case);
    maya.file(
        case,
        text.replace("permission = \"public\"", "permission = \"internal\""),
    );
    let packed = maya.run("curricula pack efficiency -o ../f.pack").ok();
    assert!(packed.said().contains("stayed here: hmv-layoffs"), "{packed}");
    assert!(!maya.read("../f.pack").contains("HMV: who holds the keys"));
    let pack = maya.read("../e.pack");
    for (from, to) in [
        (
            "curricula/efficiency/modules/start-here.toml",
            "curricula/efficiency/../../evil.toml",
        ),
        ("curricula/efficiency/modules/start-here.toml", "/tmp/evil.toml"),
        ("\"files\":", "\"files\":9"),
    ] {
        maya.file("../bad.pack", pack.replacen(from, to, 1));
        let before = maya.workspace();
        let run = maya.run("curricula unpack ../bad.pack --yes --replace").code(1);
        assert!(run.said().contains("is refused: "), "{run}");
        assert_eq!(maya.workspace(), before);
    }
    maya.file("../bad.pack", "no pack");
    maya.run("curricula unpack ../bad.pack").code(1);
    maya.run("curricula unpack ../nowhere.pack").code(1);
    maya.run("curricula pack nothing -o ../x.pack").code(1);
    maya.run("curricula pack tiny").code(2);
}
