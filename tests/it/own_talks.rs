//! What pairs and talks tell whom: mentors of theirs, executives of who reads them, leaders of what both said.

use crate::support::Sandbox;
use crate::talks::with_pair;

/// Ana and Jo are a pair, and where its folder lies everybody can read; Bo and Jo are none.
fn shared_by(layout: &str) -> (Sandbox, Sandbox, Sandbox) {
    let maya = with_pair();
    let settings = maya.read("upwards.toml");
    maya.file(
        "upwards.toml",
        format!("{settings}\n[sharing]\nlayout = \"{layout}\"\n"),
    );
    let jo = maya.laptop("jo");
    jo.run("config set me jo").ok();
    let ana = maya.laptop("ana");
    (maya, ana, jo)
}

#[test]
fn who_mentors_is_among_the_readers() {
    let (_, ana, _) = shared_by("packets");
    let shown = ana.run("privacy show --width 200").ok();
    let row = |begins: &str| {
        let line = shown.stdout.lines().find(|line| line.starts_with(begins));
        line.expect("a row").to_owned()
    };
    assert!(
        row("who mentors you").ends_with("you, Maya Lund and Jo Park"),
        "{shown}"
    );
    assert!(row("bands and points").ends_with("you, Maya Lund"), "{shown}");
    let told = shown.told();
    assert!(
        told.contains("The copy of Jo Park holds your pair with them"),
        "{told}"
    );
    assert!(!told.contains("Others' copies do not hold this log"), "{told}");
    // Bo has nobody: nobody's copy holds his log.
    let bo = ana.laptop("bo").run("privacy show --width 200").ok().told();
    assert!(bo.contains("Others' copies do not hold this log"), "{bo}");
}

#[test]
fn a_mentor_has_a_calendar_and_is_told_that_a_pair_has_ended() {
    let (maya, ana, jo) = shared_by("folder");
    ana.run("mentors invite --at '2026-03-20 10:00' -o ../a.ics").ok();
    ana.run("mentors invite --at '2026-03-21 11:00' -o ../b.ics").ok();
    maya.run("assign framing --to ana --due 2026-04-10 --yes").ok();
    let rows = jo.run("export ics -f csv").ok().csv();
    assert_eq!(rows.len(), 1, "their talk, and nothing of Ana's work: {rows:?}");
    assert_eq!((&*rows[0]["what"], &*rows[0]["sequence"]), ("talk", "1"));
    assert_eq!(jo.run("export ics --withdrawn -f csv").ok().csv().len(), 0);
    assert_eq!(maya.run("export ics --person jo -f csv").ok().csv().len(), 1);
    // Chen is in no talk.
    let chen = maya.laptop("chen");
    assert_eq!(chen.run("export ics -f csv").ok().csv().len(), 0);
    ana.on("2026-03-17").run("mentors unpair").ok();
    let jo = jo.on("2026-03-18");
    let gone = jo.run("export ics --withdrawn -f csv").ok().csv();
    assert_eq!((gone.len(), &*gone[0]["state"]), (1, "withdrawn"));
    let home = jo.run("").ok().stdout;
    assert!(home.contains("Ana Reyes: the pair has ended on 17 Mar"), "{home}");
    let list = jo.run("mentors list -f csv").ok().csv();
    assert_eq!((list.len(), &*list[0]["is"]), (1, "learned"));
    assert_eq!(jo.on("2026-05-18").run("mentors list -f csv").ok().csv().len(), 0);
}

#[test]
fn who_leads_nobody_exports_what_is_theirs() {
    for layout in ["folder", "git"] {
        let (maya, ana, jo) = shared_by(layout);
        ana.run("mentors log --minutes 20 --commitment 'Answer one customer'")
            .ok();
        let bo = maya.laptop("bo");
        bo.run("peers record --with chen --capability serve --minutes 10")
            .ok();
        let all = maya.run("export meetings -f csv").ok().csv();
        assert_eq!(all.len(), 2, "{all:?}");
        for line in ["export meetings -f csv", "export meetings -f csv --as maya"] {
            let own = jo.run(line).ok().csv();
            assert_eq!((own.len(), &*own[0]["person_id"]), (1, "ana"), "{line}: {own:?}");
            assert_eq!(own[0]["commitment"], "", "{line}: {own:?}");
        }
        assert_eq!(
            ana.run("export meetings -f csv").ok().csv()[0]["commitment"],
            "Answer one customer"
        );
        assert_eq!(bo.run("export meetings -f csv").ok().csv()[0]["person_id"], "bo");
        assert_eq!(bo.run("export mentors -f csv").ok().csv().len(), 0);
        assert_eq!(jo.run("export mentors -f csv").ok().csv().len(), 1);
        assert_eq!(maya.run("export mentors -f csv").ok().csv().len(), 1);
        // In a leader's name somebody else is none.
        let refused = jo.run("mentors show ana --as maya").code(1);
        assert!(refused.stderr.contains("leads nobody here"), "{refused}");
    }
}

#[test]
fn a_mentors_copy_states_nobodys_standing() {
    let (maya, _, jo) = shared_by("packets");
    let file = "../jo.packet";
    maya.run(&format!("send --to jo -o {file}")).ok();
    let theirs = jo.inside("../jos");
    theirs.file("empty/x", "");
    theirs.run(&format!("receive {file} --yes")).ok();
    let copy = theirs.inside("../jos/halden-3f9c");
    let refused = copy.run("readiness ana").code(1);
    assert!(
        refused
            .said()
            .contains("where Ana Reyes stands is not known here"),
        "{refused}"
    );
    maya.run("readiness ana").ok();
}

#[test]
fn leaders_see_what_both_say_of_their_pair() {
    let (maya, ana, _) = shared_by("folder");
    maya.run("mentors fit ana unsure --by jo").ok();
    maya.run("mentors fit ana good").ok();
    let page = maya.run("mentors show ana").ok().stdout;
    assert!(page.contains("how it fits, says Jo Park: unsure"), "{page}");
    assert!(page.contains("how it fits, says Ana Reyes: good"), "{page}");
    let agenda = maya.run("agenda -f csv --all").ok().csv();
    let unsure: Vec<_> = agenda
        .iter()
        .filter(|row| row["about"] == "pair-unsure")
        .collect();
    assert_eq!(unsure.len(), 1, "{agenda:?}");
    assert_eq!(
        (&*unsure[0]["reasons"], &*unsure[0]["command"]),
        (
            "Ana Reyes and Jo Park: Jo Park is not sure that it fits",
            "upwards mentors show ana"
        )
    );
    ana.run("mentors show ana").code(1);
}

#[test]
fn every_commitment_is_asked_about_until_it_is_answered() {
    let (_, ana, _) = shared_by("packets");
    ana.run("mentors log --minutes 20 --commitment 'Answer one'").ok();
    let second = ana
        .on("2026-03-17")
        .run("mentors log --minutes 20 --commitment 'Answer two'")
        .ok();
    assert!(
        second.told().contains("Still open: \"Answer one\" of 16 Mar"),
        "{second}"
    );
    let promises = |day: &str| -> Vec<String> {
        let rows = ana.on(day).run("next --minutes 30 -f csv").ok().csv();
        let promises = rows.into_iter().filter(|row| row["kind"] == "promise");
        promises.map(|row| row["title"].clone()).collect()
    };
    let both = promises("2026-03-25").join("; ");
    assert!(
        both.contains("Answer one") && both.contains("Answer two"),
        "{both}"
    );
    let guide = ana.on("2026-03-25").run("mentors guide").ok().stdout;
    assert!(
        guide.contains("Answer one") && guide.contains("Answer two"),
        "{guide}"
    );
    let run = ana
        .on("2026-03-26")
        .run("mentors log --minutes 20 --kept yes")
        .ok()
        .told();
    assert!(
        run.contains("\"Answer two\" of 17 Mar, kept: yes") && run.contains("Still open: \"Answer one\""),
        "{run}"
    );
    let left = promises("2026-03-27").join("; ");
    assert!(
        left.contains("Answer one") && !left.contains("Answer two"),
        "{left}"
    );
    // What leaves says the same.
    let sent = ana.on("2026-03-27").run("send -o ../ana.packet").ok().told();
    assert!(
        sent.contains("will \"Answer one\"") && sent.contains("will \"Answer two\""),
        "{sent}"
    );
    let again = ana.on("2026-03-27").run("send -o ../b.packet").ok().told();
    assert!(again.contains("went to Maya Lund"), "{again}");
}

#[test]
fn words_of_a_talk_are_one_plain_line() {
    let (maya, ana, _) = shared_by("packets");
    let long = "x".repeat(301);
    for word in ["one\ntwo", "\u{1b}[31mred", &long] {
        for line in [
            format!("mentors log --minutes 20 --commitment '{word}'"),
            format!("mentors invite --at '2026-03-20 10:00' --place '{word}' -o ../a.ics"),
            format!("peers record --with bo --capability serve --minutes 9 --commitment 'ana={word}'"),
        ] {
            ana.run(&line).code(2);
        }
    }
    assert!(!maya.has("progress/ana/ana-laptop.jsonl"));
    let just = "x".repeat(300);
    ana.run(&format!("mentors log --minutes 20 --commitment '{just}'"))
        .ok();
}

#[test]
fn a_file_of_many_faults_is_told_in_part() {
    let maya = with_pair();
    let mut text = "format = 1\n".to_owned();
    for n in 0..90 {
        text.push_str(&format!("[[pair]]\nexecutive = \"nobody{n}\"\nmentor = \"jo\"\n"));
    }
    let said = maya.feed("mentors match --from - --yes", &text).code(1).stderr;
    assert_eq!(said.matches("is no person here").count(), 20, "{said}");
    assert!(said.contains("and 70 more"), "{said}");
}

#[test]
fn a_mentor_who_left_is_nobodys_next_talk() {
    let (maya, ana, _) = shared_by("folder");
    maya.run("people edit jo --set left=2026-03-20").ok();
    let agenda = maya.on("2026-04-20").run("agenda -f csv --all").ok().csv();
    let commands: Vec<&str> = agenda.iter().map(|row| &*row["command"]).collect();
    assert!(
        commands.contains(&"upwards mentors unpair ana --mentor jo"),
        "{commands:?}"
    );
    assert!(
        !commands.iter().any(|command| command.contains("mentors invite")),
        "{commands:?}"
    );
    let home = ana.on("2026-04-20").run("").ok().stdout;
    assert!(
        home.contains("Jo Park is not here any more") && !home.contains("Your mentor: Jo"),
        "{home}"
    );
}

#[test]
fn a_list_of_mentors_says_how_fresh_their_evidence_is() {
    let list = Sandbox::new().run("mentors list --demo -f csv").ok().csv();
    assert!(list.iter().all(|row| row["evidence_on"].is_empty()), "{list:?}");
    // A mentor who learns too: Ana, with evidence of her own.
    let sandbox = Sandbox::halden();
    let people = sandbox.read("people.toml").replacen(
        "name = \"Ana Reyes\"\n",
        "name = \"Ana Reyes\"\nroles = [\"executive\", \"mentor\"]\nmentors_in = [\"serve\"]\n",
        1,
    );
    sandbox.file("people.toml", people);
    let ana = sandbox.laptop("ana");
    ana.run("peers record --with bo --capability serve --minutes 20")
        .ok();
    let list = sandbox.on("2026-03-20").run("mentors list -f csv").ok().csv();
    assert_eq!(
        (&*list[0]["evidence_on"], &*list[0]["ready_until"]),
        ("2026-03-16", "")
    );
    let shown = sandbox.on("2026-03-20").run("mentors list").ok().stdout;
    assert!(
        shown.contains("Ana Reyes, serve: newest evidence of 16 Mar"),
        "{shown}"
    );
}
