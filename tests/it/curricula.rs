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
        refused.stdout.contains("with other words than here: 1"),
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
    let internal = text.replace("permission = \"public\"", "permission = \"internal\"");
    // What steps rest on cannot be left out.
    maya.file(case, &internal);
    let needed = maya.run("curricula pack efficiency -o ../f.pack").code(1);
    assert!(
        needed.said().contains("rest on cases of this company only"),
        "{needed}"
    );
    assert!(!maya.has("../f.pack"));
    maya.run("curricula pack efficiency --with-internal -o ../f.pack")
        .ok();
    assert!(maya.read("../f.pack").contains("hmv-layoffs"));
    maya.file(case, &text);
    let own = "curricula/efficiency/cases/our-own.toml";
    maya.file(
        own,
        internal.replace("id = \"hmv-layoffs\"", "id = \"our-own\"# Ana said so"),
    );
    let translation = "curricula/efficiency/translations/de/cases/our-own.toml";
    maya.file(
        translation,
        "format = 1\nid = \"our-own\"\nof_rev = 1\ntitle = \"GEHEIM\"\n",
    );
    let packed = maya.run("curricula pack efficiency -o ../f.pack").ok();
    assert!(packed.said().contains("stayed here: our-own"), "{packed}");
    assert!(!maya.read("../f.pack").contains("GEHEIM"));
    // Nor does a translation travel whose case is gone; comments and names stay in any case.
    maya.file(
        own,
        maya.read(own)
            .replace("internal", "public")
            .replace("rev = 1", "rev = 1\ncredit = \"Ana Reyes\""),
    );
    maya.run("curricula pack efficiency -o ../f.pack").ok();
    let packed = maya.read("../f.pack");
    assert!(packed.contains("our-own") && packed.contains("GEHEIM"));
    assert!(!packed.contains("Ana"), "a comment, a credit");
    std::fs::remove_file(maya.path(own)).expect("it was there");
    maya.run("curricula pack efficiency -o ../f.pack").ok();
    assert!(!maya.read("../f.pack").contains("GEHEIM"));
    std::fs::remove_file(maya.path(translation)).expect("it was there");
    // A dry run writes nothing, and a pack is a file.
    maya.run("curricula pack efficiency -o ../g.pack --dry-run").ok();
    assert!(!maya.has("../g.pack"));
    maya.run("curricula pack efficiency -o -").code(2);
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

#[test]
fn unpacking_says_what_changes_and_takes_nothing_that_is_not_sound() {
    let maya = Sandbox::halden();
    maya.run("curricula pack open-innovation -o ../oi.pack").ok();
    maya.run("curricula unpack ../oi.pack --yes").ok();
    let head = "curricula/open-innovation/curriculum.toml";
    let text = maya.read(head);
    let module = "curricula/open-innovation/modules/ask-the-world.toml";
    maya.file(head, text.replacen("rev = 1", "rev = 3", 1));
    let steps = maya.read(module);
    maya.file(
        module,
        steps.replace("id = \"drill-jam\"", "id = \"drill-of-ours\""),
    );
    maya.file(
        "curricula/open-innovation/cases/ours.toml",
        maya.read("curricula/open-innovation/cases/netflix-prize.toml")
            .replace("id = \"netflix-prize\"", "id = \"ours\""),
    );
    let shown = maya.run("curricula unpack ../oi.pack --dry-run").ok();
    assert!(
        shown.stdout.contains("It is older: revision 1, here is 3."),
        "{shown}"
    );
    assert!(
        shown
            .stdout
            .contains("Steps: 1 come; gone: ask-the-world.drill-of-ours"),
        "{shown}"
    );
    assert!(
        shown.stdout.contains("1 text of it is here only, and stays."),
        "{shown}"
    );
    // Into another workspace: a pack that lacks what it names is refused whole, with all that is wrong.
    let other = maya.inside("../other");
    other.file("x", "");
    other.run("init . --name Other --as-leader maya --no-input").ok();
    let pack = maya.read("../oi.pack");
    let without: Vec<&str> = pack
        .lines()
        .filter(|line| !line.contains("modules/choose-and-stop.toml"))
        .collect();
    let lines = without.len() - 1;
    let cut = without.join("\n").replacen(
        &format!("\"files\":{}", lines + 1),
        &format!("\"files\":{lines}"),
        1,
    );
    other.file("../cut.pack", format!("{cut}\n"));
    let before = other.workspace();
    let refused = other.run("curricula unpack ../cut.pack --yes").code(1);
    assert!(refused.stdout.contains("U202"), "{refused}");
    assert!(
        refused.said().contains("is refused: what it holds has errors"),
        "{refused}"
    );
    other.file("../other-rev.pack", pack.replacen("\"rev\":1", "\"rev\":9", 1));
    let refused = other.run("curricula unpack ../other-rev.pack --yes").code(1);
    assert!(
        refused.said().contains("its first line says revision 9"),
        "{refused}"
    );
    assert_eq!(other.workspace(), before);
    #[cfg(unix)]
    {
        std::fs::create_dir(other.path("../outside")).expect("a folder");
        std::fs::create_dir_all(other.path("curricula")).expect("a folder");
        std::os::unix::fs::symlink(other.path("../outside"), other.path("curricula/open-innovation"))
            .expect("a link");
        let link = other.run("curricula unpack ../oi.pack --yes").code(1);
        assert!(link.said().contains("is a link"), "{link}");
        assert_eq!(
            std::fs::read_dir(other.path("../outside"))
                .expect("a folder")
                .count(),
            0
        );
    }
}
