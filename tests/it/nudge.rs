//! `nudge`: reminders are drafted with one concrete step, go out once in a while, and carry the page.

use mail_parser::{MessageParser, MimeHeaders};
use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

/// Ana and Bo are overdue; Ana has an assistant, Bo never used the program.
fn overdue() -> Sandbox {
    let maya = Sandbox::halden();
    let people = maya
        .read("people.toml")
        .replace(
            "name = \"Ana Reyes\"",
            "name = \"Ana Reyes\"\nemail = \"ana@halden.example\"\nassistant_email = \"office@halden.example\"",
        )
        .replace("name = \"Bo Lindqvist\"", "name = \"Bo Lindqvist\"\nemail = \"bo@halden.example\"");
    maya.file("people.toml", people);
    maya.on("2026-02-01")
        .run("assign answering --to ana --to bo --due 2026-03-01 --curriculum tiny --yes")
        .ok();
    maya.laptop("ana")
        .on("2026-02-20")
        .run("aim 'Answer faster' --capability serve --curriculum tiny")
        .ok();
    maya
}

#[test]
fn a_draft_names_one_step_and_its_minutes() {
    let maya = overdue();
    let before = maya.workspace();
    let run = maya.run("nudge --width 80").ok();
    assert_data_eq!(
        run.stdout.clone(),
        str![[r#"
--- to: ana@halden.example   cc: office@halden.example
    subject: 3 minutes: KLM: an hour in the answer seat
Ana Reyes, "Answering in public" was due on 1 Mar. The next step takes 3
minutes: the case "KLM: an hour in the answer seat". Open a terminal and
type: upwards

Maya Lund

--- to: bo@halden.example
    subject: 3 minutes: KLM: an hour in the answer seat
Bo Lindqvist, "Answering in public" was due on 1 Mar. The next step
takes 3 minutes: the case "KLM: an hour in the answer seat". Answer this
mail, and I send you a page for ten minutes: no installation, no
password.

Maya Lund


"#]]
    );
    assert!(run.said().contains("2 drafts; nothing was sent."), "{run}");
    assert_eq!(maya.workspace(), before, "nothing is written by drafting");
    let bo = maya.run("nudge --to chen").ok();
    assert!(
        bo.stdout.contains("Chen Wei"),
        "asked for by name, somebody without a reason is drafted too: {bo}"
    );
    let none = maya.run("nudge --about fading").ok();
    assert!(
        none.said()
            .contains("There is no reason to write to anybody (3 people looked at)."),
        "{none}"
    );
    let idle = maya.run("nudge --inactive 20").ok();
    for words in [
        "What last came in from you is of 20 Feb.",
        "Nothing has come in from you yet.",
    ] {
        assert!(idle.told().contains(words), "{words}: {idle}");
    }
    let rows = maya.run("nudge -f csv").ok().csv();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["to"], "ana@halden.example");
    assert_eq!(rows[0]["cc"], "office@halden.example");
    maya.run("nudge -o ../nudges.csv").ok();
    assert!(
        maya.read("../nudges.csv")
            .starts_with("person,to,cc,subject,body\n")
    );
}

#[test]
fn nobody_is_reminded_too_often() {
    let maya = overdue();
    maya.run("nudge --overdue --mark-sent").ok();
    let events = maya.events("team/maya-laptop.jsonl");
    assert_eq!(events.len(), 2);
    assert_eq!(
        (&events[0]["kind"], &events[0]["person"], &events[0]["channel"]),
        (&"nudged".into(), &"ana".into(), &"mail".into())
    );
    let assigned = maya.events("progress/ana/maya-laptop.jsonl");
    assert_eq!(events[0]["assignment"], assigned[0]["id"]);
    let again = maya.run("nudge --overdue --mark-sent").ok();
    assert!(
        again.said().contains("Skipped: Ana Reyes, reminded today."),
        "{again}"
    );
    maya.run("nudge --overdue --again --mark-sent").ok();
    assert_eq!(
        maya.events("team/maya-laptop.jsonl").len(),
        2,
        "the same twice on a day is once"
    );
    let soon = maya.on("2026-03-20").run("nudge").ok();
    assert!(
        soon.said()
            .contains("Skipped: Bo Lindqvist, reminded 4 days ago."),
        "{soon}"
    );
    let forced = maya.on("2026-03-20").run("nudge --again").ok();
    assert!(forced.said().contains("2 drafts"), "{forced}");
    for day in ["2026-04-01", "2026-04-20"] {
        let run = maya
            .on(day)
            .run("nudge --overdue --mark-sent --channel chat")
            .ok();
        assert!(run.said().contains("2 drafts"), "{run}");
    }
    let worn = maya.on("2026-05-20").run("nudge --overdue").ok();
    assert!(
        worn.said()
            .contains("Skipped: Ana Reyes, reminded 3 times of this already: talk to them."),
        "{worn}"
    );
    let people = maya.read("people.toml").replace(
        "name = \"Bo Lindqvist\"",
        "name = \"Bo Lindqvist\"\nnudge = false",
    );
    maya.file("people.toml", people);
    let run = maya.on("2026-05-20").run("nudge --again").ok();
    assert!(
        run.said().contains("Skipped: Bo Lindqvist, wants no reminders"),
        "{run}"
    );
    maya.run("doctor").ok();
}

#[test]
fn drafts_carry_the_page_and_go_to_the_assistant_too() {
    let maya = overdue();
    maya.run("nudge --overdue --page --as-ics -o ../drafts").ok();
    let bytes = std::fs::read(maya.path("../drafts/ana.eml")).expect("a draft");
    let mail = MessageParser::default().parse(&bytes).expect("a mail");
    assert_eq!(
        mail.to().and_then(|to| to.first()).and_then(|to| to.address()),
        Some("ana@halden.example")
    );
    assert_eq!(
        mail.cc().and_then(|cc| cc.first()).and_then(|cc| cc.address()),
        Some("office@halden.example")
    );
    assert!(
        mail.body_text(0)
            .expect("a text")
            .contains("It is in the page attached")
    );
    let attached: Vec<(String, Vec<u8>)> = mail
        .attachments()
        .map(|part| {
            (
                part.attachment_name().unwrap_or_default().to_owned(),
                part.contents().to_vec(),
            )
        })
        .collect();
    let names: Vec<&str> = attached.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["ana-ten-minutes.html", "ana-ten-minutes.ics"]);
    let page = maya.read("../drafts/ana-ten-minutes.html");
    assert_eq!(attached[0].1, page.as_bytes());
    let ics = maya.read("../drafts/ana-ten-minutes.ics");
    assert_eq!(attached[1].1, ics.as_bytes());
    assert!(ics.lines().all(|line| line.len() <= 75), "folded");
    let unfolded = ics.replace("\r\n ", "");
    assert!(
        unfolded.contains("FILENAME=\"ana-ten-minutes.html\":"),
        "{unfolded}"
    );
    let data = unfolded
        .split("FILENAME=\"ana-ten-minutes.html\":")
        .last()
        .expect("data");
    let data = data.lines().next().expect("a line");
    assert_eq!(
        encodify::base64::STANDARD.decode(data).expect("base64"),
        page.as_bytes()
    );
    // What the pages ask is noted, as page notes it: their counts can be received.
    let noted = std::fs::read_to_string(maya.own("pages.toml")).expect("the pages");
    assert!(
        noted.contains("person = \"ana\"") && noted.contains("person = \"bo\""),
        "{noted}"
    );
    let first = maya.everything();
    maya.run("nudge --overdue --page --as-ics -o ../drafts").ok();
    assert_eq!(maya.everything(), first, "the same input, the same bytes");
    // Pages by themselves can come as mails too.
    maya.run("page ana bo --eml -o ../pages").ok();
    let bytes = std::fs::read(maya.path("../pages/ana.eml")).expect("a draft");
    let mail = MessageParser::default().parse(&bytes).expect("a mail");
    assert_eq!(mail.attachment_count(), 1);
}

#[test]
fn slips_are_told() {
    let maya = overdue();
    for (line, code, says) in [
        ("nudge --page", 2, "name a folder for the drafts"),
        ("nudge --as-ics -o x.csv", 2, "name a folder for the drafts"),
        ("nudge --to zoe", 1, "zoe"),
        ("nudge --to maya", 1, "is no executive who is here"),
        ("nudge --channel chat", 2, "--mark-sent"),
        ("nudge --page -o ../x -f csv", 2, "leave out --format"),
        ("page ana --eml -o x.html", 2, "name a folder"),
    ] {
        let run = maya.run(line).code(code);
        assert!(run.said().contains(says), "{line}: {run}");
    }
    let run = maya.laptop("ana").run("nudge").code(1);
    assert!(run.said().contains("leads nobody here"), "{run}");
    let dry = maya.run("nudge --overdue --mark-sent --dry-run").ok();
    assert!(dry.said().contains("2 drafts"), "{dry}");
    assert!(!maya.has("team"));
}
