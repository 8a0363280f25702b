//! `ideas`: anybody suggests, leaders say what becomes of it, the credit stays.

use crate::support::Sandbox;

fn id_of(s: &Sandbox) -> String {
    let rows = s.run("ideas list -f csv").ok().csv();
    rows[0]["idea_id"].chars().take(8).collect()
}

#[test]
fn an_idea_is_shared_listed_and_taken_with_its_credit() {
    let maya = Sandbox::halden();
    let ana = maya.laptop("ana");
    let added = ana
        .run("ideas add 'Ask the port about its chat' --capability serve --curriculum tiny")
        .ok();
    assert!(added.stdout.contains("Saved. "), "{added}");
    assert_eq!(
        maya.events("progress/ana/ana-laptop.jsonl")[0]["kind"],
        "suggested"
    );
    let listed = maya.run("ideas list --open").ok();
    assert!(
        listed.stdout.contains("Ana Reyes") && listed.stdout.contains("Ask the port about its chat"),
        "{listed}"
    );
    // Nobody else reads it: Bo sees his own only.
    let bo = maya.laptop("bo");
    assert_eq!(bo.run("ideas list -f json").ok().rows().len(), 0);
    let id = id_of(&maya);
    let refused = ana.run(&format!("ideas take {id} --into case")).code(1);
    assert!(
        refused
            .said()
            .contains("what becomes of ideas is said by leaders"),
        "{refused}"
    );
    let taken = maya.run(&format!("ideas take {id} --into case")).ok();
    assert!(
        taken.stdout.contains("Ana Reyes reads it, and keeps the credit."),
        "{taken}"
    );
    let shown = ana.run(&format!("ideas show {id}")).ok();
    assert!(shown.stdout.contains("taken: it becomes a case"), "{shown}");
    let twice = maya.run(&format!("ideas close {id} --reason x")).code(1);
    assert!(twice.said().contains("was handled already: case"), "{twice}");
    let none = maya.run("ideas list --open").ok();
    assert!(none.stdout.contains("No open idea; 1 was handled."), "{none}");
}

#[test]
fn an_idea_is_closed_with_a_reason_that_its_author_reads() {
    let maya = Sandbox::halden();
    let ana = maya.laptop("ana");
    ana.run("ideas add 'Ask a rival'").ok();
    let id = id_of(&maya);
    maya.run(&format!("ideas close {id} --reason 'They will not talk'"))
        .ok();
    let shown = ana.run(&format!("ideas show {id}")).ok();
    assert!(shown.stdout.contains("closed: They will not talk"), "{shown}");
    let rows = maya.run("ideas list -f csv").ok().csv();
    assert_eq!(
        (rows[0]["state"].as_str(), rows[0]["reason"].as_str()),
        ("closed", "They will not talk")
    );
}

#[test]
fn wrong_ideas_are_told_and_nothing_is_written() {
    let maya = Sandbox::halden();
    let ana = maya.laptop("ana");
    for wrong in [
        "ideas add ''",
        "ideas add 'x' --capability nothing",
        "ideas show 1234",
        "ideas close 1234 --reason x",
    ] {
        assert_ne!(ana.run(wrong).code, Some(0), "{wrong}");
    }
    ana.run("ideas add 'x' --dry-run").ok();
    assert!(!maya.has("progress/ana/ana-laptop.jsonl"));
    let empty = maya.run("ideas list").ok();
    assert!(empty.stdout.contains("No idea yet"), "{empty}");
}
