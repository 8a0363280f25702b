//! `receive`: what people told without the program becomes events in their words.

use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

const PAGE: &str = "progress/ana/ana-page-9m3t.jsonl";

const MAIL: &str = "Maya, done in the train.

upwards receipt for ana, page ana-page-9m3t, workspace halden-3f9c
2026-03-14 aimed \"Answering dealers takes two days\" about tiny/serve
2026-03-14 finished answering.hour
2026-03-14 recalled tiny/serve 2 right
2026-03-14 practised answering.answer-one \"Answered a late-parcel
  complaint\" own hand, 19 -> ? hours to first answer, n 12, may be quoted
2026-02-31 met bo as peer about tiny/serve, 30 minutes, present
end
";

fn good() -> String {
    MAIL.replace("2026-02-31", "2026-02-28")
}

#[test]
fn a_mail_becomes_events_in_the_persons_words() {
    let maya = Sandbox::halden();
    maya.file("../mail.txt", MAIL);
    let before = maya.workspace();
    let refused = maya.run("receive ../mail.txt --yes").code(1);
    assert_data_eq!(
        refused.stdout.clone(),
        str![[r#"
../mail.txt: a receipt for Ana Reyes, page ana-page-9m3t, 4 facts, 1 refused

  line 4    2026-03-14 aim: "Answering dealers takes two days"
  line 5    2026-03-14 finished KLM: an hour in the answer seat
  line 6    2026-03-14 serve: 2 questions known
            this computer did not make the page: nothing here tells that
            it asked so much, it is the person's word
  line 7    2026-03-14 practised Answer one customer, own hand:
            "Answered a late-parcel complaint"
  line 9    refused: 2026-02-31 is no day
            2026-02-31 met bo as peer about tiny/serve, 30 minutes,
            present

In Ana Reyes's words; who typed them is not known. Ana Reyes can contest
each line (upwards confirm).

"#]]
    );
    assert!(refused.said().contains("add --skip-rejected"), "{refused}");
    assert_eq!(maya.workspace(), before);
    // Without a yes nothing is written either.
    maya.file("../good.txt", good());
    maya.run("receive ../good.txt").code(2);
    maya.run("receive ../good.txt --dry-run").ok();
    assert_eq!(maya.workspace(), before);
    let taken = maya.run("receive ../mail.txt --yes --skip-rejected").code(1);
    let told: Vec<&str> = taken.stdout.lines().skip(13).collect();
    assert_data_eq!(
        told.join("\n"),
        str![[r"
In Ana Reyes's words; who typed them is not known. Ana Reyes can contest
each line (upwards confirm).
Saved 4 events in progress/ana/ana-page-9m3t.jsonl.
  Serve      not started -> building   0.0 -> 65.8   limited by: again
     +40.0  practice: Answer one customer
     +25.8  2 questions right for the first time
"]]
    );
    let events = maya.events(PAGE);
    let kinds: Vec<&Value> = events.iter().map(|e| &e["kind"]).collect();
    assert_eq!(kinds, ["aimed", "finished", "recalled", "practised"]);
    for event in &events {
        assert_eq!(event["by"], "ana");
        assert_eq!(event["day"], "2026-03-14");
        assert_eq!(event["via"], json!({"by": "maya", "form": "page"}));
    }
    // Mended and received again, only what is new is taken; then nothing.
    let again = maya.run("receive ../good.txt --yes").ok();
    assert!(
        again
            .stdout
            .contains("Saved 1 event in progress/ana/ana-page-9m3t.jsonl"),
        "{again}"
    );
    let third = maya.run("receive ../good.txt ../good.txt --yes").ok();
    assert_eq!(third.stdout.matches("0 new, 5 known.").count(), 2, "{third}");
    assert_eq!(maya.events(PAGE).len(), 5);
    maya.run("doctor").ok();
}

#[test]
fn it_is_the_same_as_if_the_person_had_recorded_it() {
    let maya = Sandbox::halden();
    let ana = Sandbox::halden().laptop("ana").on("2026-03-14");
    ana.run("aim 'Answering dealers takes two days' --capability serve --curriculum tiny")
        .ok();
    ana.run("learn --step answering.answer-one --personal yes --done 'Answered a late-parcel complaint' --before 19 --n 12 --may-quote")
        .ok();
    maya.file("../mail.txt", good());
    maya.run("receive ../mail.txt --yes").ok();
    let plain = |mut event: Value| {
        for key in ["id", "seq", "device", "via"] {
            event.as_object_mut().expect("an object").remove(key);
        }
        event
    };
    let of = |events: Vec<Value>, kind: &str| events.into_iter().find(|e| e["kind"] == kind).map(plain);
    for kind in ["aimed", "practised"] {
        assert_eq!(
            of(maya.events(PAGE), kind),
            of(ana.events("progress/ana/ana-laptop.jsonl"), kind),
            "{kind}"
        );
    }
}

#[test]
fn mails_come_in_many_forms() {
    let plain = good();
    let quoted: String = plain.lines().flat_map(|line| ["> ", line, "\r\n"]).collect();
    let eml = format!(
        "From: Ana <ana@halden.example>\r\nTo: maya@halden.example\r\nSubject: receipt\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{quoted}"
    );
    let html = format!(
        "From: Ana <ana@halden.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{plain}\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{}</p>\r\n--b--\r\n",
        plain.replace('\n', "<br>\n")
    );
    let mut ids = Vec::new();
    for (name, text) in [
        ("a.txt", plain.clone()),
        ("b.txt", quoted),
        ("c.eml", eml),
        ("d.eml", html),
    ] {
        let maya = Sandbox::halden();
        maya.file(&format!("../{name}"), &text);
        maya.run(&format!("receive ../{name} --yes")).ok();
        let events = maya.events(PAGE);
        assert_eq!(events.len(), 5, "{name}");
        ids.push(events.iter().map(|e| e["id"].clone()).collect::<Vec<_>>());
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
    let maya = Sandbox::halden();
    maya.feed("receive - --yes", &plain).ok();
    assert_eq!(maya.events(PAGE).len(), 5);
}

#[test]
fn what_an_assistant_filled_in_waits_for_the_persons_word() {
    let maya = Sandbox::halden();
    maya.file(
        "../note.txt",
        "upwards receipt for ana, recorded by pat\n2026-03-14 practised answer-one \"Answered it\" own hand\n\
         2026-03-14 recalled tiny/serve 2 right\n2026-03-14 confirmed answer-one\nend\n",
    );
    let run = maya
        .run("receive ../note.txt --yes --skip-rejected --form paper")
        .code(1);
    assert!(
        run.stdout
            .contains("answers count only where a page asked the question"),
        "{run}"
    );
    assert!(run.stdout.contains("only the person can confirm"), "{run}");
    let events = maya.events("progress/ana/maya-laptop.jsonl");
    assert_eq!(events.len(), 1);
    assert_eq!(
        (&events[0]["by"], &events[0]["personal"]),
        (&json!("pat"), &json!(false))
    );
    assert_eq!(events[0]["via"], json!({"by": "maya", "form": "paper"}));
    let points =
        |s: &Sandbox| s.run("readiness ana --capability serve -f csv").ok().csv()[0]["points"].clone();
    assert_eq!(points(&maya), "0.0");
    let ana = maya.laptop("ana");
    ana.run("confirm --all").ok();
    assert_eq!(points(&maya), "40.0");
}

#[test]
fn what_the_log_says_otherwise_is_shown_at_the_line() {
    let maya = Sandbox::halden();
    let ana = maya.laptop("ana").on("2026-03-14");
    ana.run("aim 'Answer faster'").ok();
    ana.run("learn --step answering.answer-one --personal yes --done 'Answered another one'")
        .ok();
    maya.file("../mail.txt", good());
    let run = maya.run("receive ../mail.txt --yes").ok();
    for words in [
        "the log has it otherwise, by ana-laptop: aim: \"Answer faster\"",
        "the log has it otherwise, by ana-laptop: practised Answer one customer, own hand: \"Answered another one\"",
    ] {
        assert!(run.told().contains(words), "{words}: {run}");
    }
    assert_eq!(run.told().matches("otherwise").count(), 2, "{run}");
    assert_eq!(maya.events(PAGE).len(), 5, "it is the person's word all the same");
    // What agrees, and what was taken back, is nothing to be said.
    let other = Sandbox::halden();
    let ana = other.laptop("ana").on("2026-03-14");
    ana.run("aim 'Answer faster'").ok();
    ana.run("undo").ok();
    other.file("../mail.txt", good());
    let run = other.run("receive ../mail.txt --yes").ok();
    assert!(!run.told().contains("otherwise"), "{run}");
}

#[test]
fn more_than_a_page_asked_is_not_known_by_it() {
    let maya = Sandbox::halden();
    maya.run("page ana --page-id ana-page-9m3t -o ../ana.html").ok();
    let text = |known: u32| {
        format!("upwards receipt for ana, page ana-page-9m3t\n2026-03-16 recalled serve {known} right\nend\n")
    };
    maya.file("../in.txt", text(3));
    let run = maya.run("receive ../in.txt --yes").code(1);
    assert!(
        run.told()
            .contains("3 known, and this page had asked 1 of serve until then"),
        "{run}"
    );
    maya.file("../in.txt", text(1));
    maya.run("receive ../in.txt --yes").ok();
}

#[test]
fn no_question_climbs_sooner_than_the_ladder_lets_it_and_an_unknown_page_is_named() {
    let maya = Sandbox::halden();
    maya.on("2026-03-10")
        .run("page ana --page-id ana-page-9m3t -o ../ana.html")
        .ok();
    let receive = |page: &str, step: u32| {
        maya.file(
            "../in.txt",
            format!(
                "upwards receipt for ana, page {page}\n2026-03-16 recalled serve 1 right step {step}\nend\n"
            ),
        );
        maya.run("receive ../in.txt --yes")
    };
    let run = receive("ana-page-9m3t", 5).code(1);
    assert!(run.told().contains("no question climbs so high before"), "{run}");
    receive("ana-page-9m3t", 2).ok();
    // Of a page that was made elsewhere nothing is known: it is said, and it is the person's word.
    let run = receive("ana-page-zzzz", 2).ok();
    assert!(
        run.told().contains("this computer did not make the page"),
        "{run}"
    );
}

#[test]
fn the_persons_own_word_counts_after_the_assistants() {
    let maya = Sandbox::halden();
    let practised = "2026-03-14 practised answer-one \"Answered it\" own hand\nend\n";
    maya.file(
        "../pat.txt",
        format!("upwards receipt for ana, recorded by pat\n{practised}"),
    );
    maya.file("../ana.txt", format!("upwards receipt for ana\n{practised}"));
    maya.run("receive ../pat.txt --yes").ok();
    let points = || maya.run("readiness ana --capability serve -f csv").ok().csv()[0]["points"].clone();
    assert_eq!(points(), "0.0");
    maya.run("receive ../ana.txt --yes").ok();
    assert_eq!(points(), "40.0");
    let again = maya.run("receive ../ana.txt --yes").ok();
    assert!(again.stdout.contains("0 new, 1 known"), "{again}");
}

#[test]
fn who_wrote_it_down_is_an_id() {
    let maya = Sandbox::halden();
    for by in ["../x", "Pat Smith", &"q".repeat(70_000)] {
        maya.file(
            "../in.txt",
            format!("upwards receipt for ana, recorded by {by}\n2026-03-14 practised answer-one \"x\" own hand\nend\n"),
        );
        maya.run("receive ../in.txt --yes").code(1);
        assert!(!maya.has("progress/ana/maya-laptop.jsonl"));
    }
}

#[test]
fn a_mail_of_somebody_else_is_not_taken_unasked_and_hidden_text_is_no_text() {
    let maya = Sandbox::halden();
    maya.run("people edit ana --set email=ana@x.example").ok();
    maya.run("people edit bo --set email=bo@x.example --set assistant_email=pa@x.example")
        .ok();
    maya.run("people edit maya --set email=maya@x.example").ok();
    let receipt = |person: &str| {
        format!("upwards receipt for {person}\n2026-03-14 aimed \"Offers take a week\"\nend\n")
    };
    let mail = |from: &str, kind: &str, body: &str| {
        format!(
            "From: {from}\nTo: maya@x.example\nSubject: done\nMIME-Version: 1.0\nContent-Type: text/{kind}; charset=utf-8\n\n{body}\n"
        )
    };
    let receive = |text: &str| {
        maya.file("../m.eml", text);
        maya.run("receive ../m.eml --yes")
    };
    let run = receive(&mail("Ana <ana@x.example>", "plain", &receipt("bo"))).code(1);
    assert!(run.said().contains("that is an address of Ana Reyes"), "{run}");
    assert!(!maya.has("progress/bo/maya-laptop.jsonl"));
    let run = receive(&mail("stranger@x.example", "plain", &receipt("bo"))).ok();
    assert!(
        run.said()
            .contains("note: ../m.eml says that it is from stranger@x.example"),
        "{run}"
    );
    for fine in ["BO@x.example", "pa@x.example", "maya@x.example"] {
        let run = receive(&mail(fine, "plain", &receipt("bo"))).ok();
        assert!(!run.said().contains("note:"), "{run}");
    }
    let html = |person: &str| receipt(person).replace('\n', "<br>");
    let hidden = format!(
        "<p>{}</p><div style=\"display:none\">{}</div>",
        html("ana"),
        html("chen")
    );
    let run = receive(&mail("ana@x.example", "html", &hidden)).ok();
    assert!(!run.stdout.contains("Chen"), "{run}");
    assert!(!maya.has("progress/chen/maya-laptop.jsonl"));
}

#[test]
fn a_wrong_clock_shuts_no_page_out() {
    let maya = Sandbox::halden();
    maya.run("page ana --page-id ana-page-9m3t -o ../ana.html").ok();
    maya.file(
        "progress/ana/ana-page-evil.jsonl",
        "{\"v\":1,\"id\":\"71d4e0aa-2c35-4b1f-8e77-000000000001\",\"seq\":1,\"day\":\"2099-01-01\",\"person\":\"ana\",\"by\":\"ana\",\"device\":\"ana-page-evil\",\"kind\":\"recalled\",\"curriculum\":\"tiny\",\"capability\":\"serve\",\"entries\":[[1,\"2099-01-01\"]]}\n",
    );
    maya.run("page ana -o ../again.html").ok();
    assert!(maya.read("../again.html").contains("ana-page-9m3t"));
    maya.file(
        "../in.txt",
        "upwards receipt for ana, page ana-page-evil\n2026-03-16 recalled serve 1 right\nend\n",
    );
    maya.run("receive ../in.txt --yes").ok();
}

#[test]
fn a_very_long_id_has_pages_that_come_back() {
    let maya = Sandbox::halden();
    let id = "a".repeat(56);
    maya.append(
        "people.toml",
        format!("\n[[person]]\nid = \"{id}\"\nname = \"Long\"\n"),
    );
    maya.run(&format!("page {id} -o ../long.html")).ok();
    let html = maya.read("../long.html");
    let at = html.find("-page-").expect("its id");
    let page = format!("{}{}", "a".repeat(54), &html[at..at + 10]);
    maya.file(
        "../in.txt",
        format!("upwards receipt for {id}, page {page}\n2026-03-16 recalled serve 1 right\nend\n"),
    );
    maya.run("receive ../in.txt --yes").ok();
}

#[test]
fn more_receipts_than_anybody_mails_are_not_read_at_all() {
    let maya = Sandbox::halden();
    let many: Vec<String> = (1..=201)
        .map(|n| format!("upwards receipt for ana\n2026-03-14 aimed \"No {n}\"\nend\n"))
        .collect();
    maya.file("../in.txt", many.concat());
    let run = maya.run("receive ../in.txt --yes").code(1);
    assert!(run.said().contains("holds 201 receipts"), "{run}");
    assert!(!maya.has("progress/ana/maya-laptop.jsonl"));
}

#[test]
fn a_page_tells_nothing_of_what_it_never_asked_nor_of_what_somebody_else_answered() {
    let maya = Sandbox::halden();
    maya.run("page ana --page-id ana-page-9m3t --minutes 3 -o ../ana.html --curriculum tiny")
        .ok();
    let html = maya.read("../ana.html");
    let (asked, other) = if html.contains("\"capability\":\"serve\"") {
        ("serve", "lead")
    } else {
        ("lead", "serve")
    };
    let receive = |head: &str, capability: &str| {
        maya.file(
            "../in.txt",
            format!("upwards receipt for ana, page ana-page-9m3t{head}\n2026-03-16 recalled {capability} 1 right\nend\n"),
        );
        maya.run("receive ../in.txt --yes")
    };
    if !html.contains(&format!("\"capability\":\"{other}\"")) {
        let run = receive("", other).code(1);
        assert!(
            run.told()
                .contains(&format!("had asked nothing of {other} until then")),
            "{run}"
        );
    }
    let run = receive(", recorded by pat", asked).code(1);
    assert!(
        run.told().contains("somebody else's answers tell nothing"),
        "{run}"
    );
    receive("", asked).ok();
}

#[test]
fn a_signature_is_no_part_of_the_last_line() {
    let maya = Sandbox::halden();
    for signature in [
        "Sent from my iPhone",
        "Thanks, Ana",
        "\nBest regards\nAna",
        "\nGreetings from the train.",
    ] {
        maya.file(
            "../in.txt",
            format!("upwards receipt for ana\n2026-03-14 finished answering.hour\n{signature}\n"),
        );
        let run = maya.run("receive ../in.txt --yes").ok();
        assert!(run.stdout.contains("no line of the receipt, left out: "), "{run}");
    }
    assert_eq!(maya.events("progress/ana/maya-laptop.jsonl").len(), 1);
    // What goes on in a line is no signature, whoever made its first letter large.
    maya.file(
        "../in.txt",
        "upwards receipt for ana\n2026-03-14 practised answer-one \"Did it\"\nOwn hand, 19 -> ? hours to first answer\n",
    );
    let run = maya.run("receive ../in.txt --yes").ok();
    assert!(!run.stdout.contains("left out"), "{run}");
    let events = maya.events("progress/ana/maya-laptop.jsonl");
    assert_eq!(
        (&events[1]["personal"], &events[1]["measure"]["before"]),
        (&json!(true), &json!(19))
    );
}

#[test]
fn lists_as_phones_make_them_and_names_are_understood() {
    let maya = Sandbox::halden();
    maya.file(
        "../in.txt",
        "upwards receipt for Ana Reyes:\n- 2026-03-14 finished answering.hour\n* 2026-03-14 aimed \"Answer faster\"\n\
         3. 2026-03-14 finished answering.what-stops-me\n",
    );
    let run = maya.run("receive ../in.txt --yes").ok();
    assert!(
        run.stdout.contains("a receipt for Ana Reyes, 3 facts, 0 refused"),
        "{run}"
    );
}

#[test]
fn lines_without_a_head_are_theirs_whom_the_receiver_names() {
    let maya = Sandbox::halden();
    maya.file(
        "../in.txt",
        "Hello Maya,\n\n2026-03-14 finished answering.hour\n\nBest\nAna\n",
    );
    let run = maya.run("receive ../in.txt --yes").code(1);
    assert!(run.said().contains("--from PERSON"), "{run}");
    let run = maya.run("receive ../in.txt --from ana --yes").ok();
    assert!(
        run.stdout.contains("a receipt for Ana Reyes, 1 fact, 0 refused"),
        "{run}"
    );
    maya.run("receive ../in.txt --from zoe --yes").code(1);
}

#[test]
fn of_many_files_one_that_is_wrong_stops_no_other() {
    let maya = Sandbox::halden();
    let receipt = |person: &str| {
        format!("upwards receipt for {person}\n2026-03-14 aimed \"Offers take a week\"\nend\n")
    };
    maya.file("../a.txt", receipt("ana"));
    maya.file("../z.txt", receipt("zoe"));
    maya.file("../b.txt", receipt("bo"));
    let run = maya.run("receive ../a.txt ../z.txt ../b.txt --yes").code(1);
    assert!(
        run.said().contains("../z.txt: \"zoe\" is no person here"),
        "{run}"
    );
    assert!(
        run.said()
            .contains("1 of 3 files could not be received: ../z.txt"),
        "{run}"
    );
    assert_eq!(maya.events("progress/ana/maya-laptop.jsonl").len(), 1);
    assert_eq!(maya.events("progress/bo/maya-laptop.jsonl").len(), 1);
}

#[test]
fn a_receipt_that_says_two_things_shows_it() {
    let maya = Sandbox::halden();
    maya.file(
        "../in.txt",
        "upwards receipt for ana\n2026-03-14 met bo as mentor about serve, 30 minutes, present\n\
         2026-03-14 met bo as peer about serve, 300 minutes, present\nend\n",
    );
    let run = maya.run("receive ../in.txt --dry-run").ok();
    assert!(
        run.stdout
            .contains("line 2 of the same receipt says it otherwise"),
        "{run}"
    );
}

#[test]
fn a_fact_outside_of_any_receipt_is_named() {
    let maya = Sandbox::halden();
    maya.file(
        "../mail.txt",
        format!("{}\n2026-03-14 finished answering.hour\n", good()),
    );
    let run = maya.run("receive ../mail.txt --yes").ok();
    assert!(
        run.said().contains(
            "line 12: it stands outside of any receipt: whose is it? (2026-03-14 finished answering.hour)"
        ),
        "{run}"
    );
    maya.file("../mail.txt", "2026-03-14 finished answering.hour\n");
    let run = maya.run("receive ../mail.txt --yes").code(1);
    assert!(run.said().contains("line 1: it stands outside"), "{run}");
}

#[test]
fn two_leaders_who_receive_one_receipt_have_one_fact() {
    let maya = Sandbox::halden();
    maya.append(
        "people.toml",
        "\n[[person]]\nid = \"lea\"\nname = \"Lea\"\nroles = [\"leader\"]\n",
    );
    let without_page = good()
        .replace(", page ana-page-9m3t", "")
        .replace("2026-03-14 recalled tiny/serve 2 right\n", "");
    maya.file("../mail.txt", &without_page);
    maya.run("receive ../mail.txt --yes").ok();
    // The other one has not got the first one's file yet.
    let file = "progress/ana/maya-laptop.jsonl";
    let first = maya.read(file);
    std::fs::remove_file(maya.path(file)).expect("the file");
    maya.laptop("lea").run("receive ../mail.txt --yes --as lea").ok();
    maya.file(file, first);
    maya.run("doctor").ok();
    let points = maya.run("readiness ana --capability serve -f csv").ok().csv();
    assert_eq!(points[0]["points"], "60.0");
}

#[test]
fn a_second_figure_finds_its_first() {
    let maya = Sandbox::halden();
    maya.file("../mail.txt", good());
    maya.run("receive ../mail.txt --yes").ok();
    let later = maya.on("2026-04-15");
    later.file(
        "../later.txt",
        "upwards receipt for ana, page ana-page-9m3t\n15 April 2026 measured answer-one 19 \u{2192} 2,5 hours to first answer, n 15, verified\nend\n",
    );
    later.run("receive ../later.txt --yes").ok();
    let events = maya.events(PAGE);
    let measured = &events[5];
    assert_eq!(measured["ref"], events[3]["id"]);
    // Nobody verifies what they gain by.
    assert_eq!(
        (&measured["after"], &measured["grade"]),
        (&json!(2.5), &json!("observed"))
    );
}

#[test]
fn what_does_not_belong_here_is_named_and_nothing_is_written() {
    let maya = Sandbox::halden();
    let before = maya.workspace();
    for (text, says) in [
        (
            "nothing of the kind",
            "there is no packet and no receipt in ../m.txt",
        ),
        ("", "there is no packet and no receipt in ../m.txt"),
        (
            "upwards receipt for zoe\n2026-03-14 finished answering.hour\nend",
            "zoe",
        ),
        (
            "upwards receipt for ana, workspace other-1\n2026-03-14 finished answering.hour\nend",
            "was made for the workspace other-1",
        ),
        (
            "upwards receipt for ana, page bo-page-1x9d\n2026-03-14 finished answering.hour\nend",
            "is not one of Ana Reyes",
        ),
        (
            "upwards receipt for ana, page ana-page-../x\n2026-03-14 finished answering.hour\nend",
            "page",
        ),
        (
            "upwards receipt for ana\n2026-03-17 finished answering.hour\nend",
            "some lines were not understood",
        ),
        (
            "upwards receipt for ana\n2026-03-14 finished answering.huor\nend",
            "some lines were not understood",
        ),
        (
            "upwards receipt for ana\n2026-03-14 met ana as peer about tiny/serve, 5 minutes, present\nend",
            "some lines were not understood",
        ),
        (
            "upwards receipt for ana\n2026-03-14 practised answer-one \"x\" own hand, 3 -> ? days\nend",
            "some lines were not understood",
        ),
    ] {
        maya.file("../m.txt", text);
        let run = maya.run("receive ../m.txt --yes").code(1);
        assert!(run.said().contains(says), "{says}: {run}");
        assert_eq!(maya.workspace(), before, "{text}");
    }
    maya.run("receive").code(2);
    maya.run("receive ../none.txt").code(1);
    let hostile = "upwards receipt for ana\n2026-03-14 aimed \"\u{1b}[2J=cmd|' /C calc'!A1 <script>\"\nend";
    maya.file("../m.txt", hostile);
    let run = maya.run("receive ../m.txt --yes").code(1);
    assert!(
        !run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'),
        "{run}"
    );
}

#[test]
fn what_was_received_is_taken_back_like_anything_else() {
    let maya = Sandbox::halden();
    maya.file("../mail.txt", good());
    let table = |s: &Sandbox| s.run("readiness -f csv").ok().stdout;
    let before = table(&maya);
    maya.run("receive ../mail.txt --yes").ok();
    assert_ne!(table(&maya), before);
    maya.run("undo").ok();
    let points = maya.run("readiness ana -f csv").ok().csv();
    assert!(points.iter().all(|row| row["points"] == "0.0"), "{points:?}");
}

/// The receipts that the browser suite sees pages write, word for word.
fn receipts_of_the_browser() -> [String; 2] {
    let suite = include_str!("../browser/suite.mjs");
    [
        "upwards receipt for eli, page eli-page-9m3t",
        "upwards receipt for ana, page ana-page-4f7q",
    ]
    .map(|head| {
        let from = suite.find(head).expect("the suite has it");
        let mut text = head.to_owned();
        for line in suite[from + head.len()..].lines() {
            let line = line.trim().trim_end_matches(',');
            let line = line.strip_suffix(['"', '\'']).unwrap_or(line);
            let line = line.strip_prefix(['"', '\'']).unwrap_or(line);
            let line = line
                .replace("\\\"", "\"")
                .replace("\\u2018", "\u{2018}")
                .replace("\\u2019", "\u{2019}");
            text.push_str(&line);
            text.push('\n');
            if line == "end" {
                break;
            }
        }
        text
    })
}

#[test]
fn what_a_page_writes_is_received_as_it_is() {
    let [eli, ana] = receipts_of_the_browser();
    let demo = Sandbox::new().feed("receive - --demo --yes --as maya", &eli).ok();
    assert!(demo.stdout.contains("4 facts, 0 refused"), "{demo}");
    assert!(
        demo.stdout.contains("Lead       not started -> exploring"),
        "{demo}"
    );
    let maya = Sandbox::new();
    for file in [
        "upwards.toml",
        "people.toml",
        "curricula/service/curriculum.toml",
        "curricula/service/modules/answers.toml",
        "curricula/service/cases/harbour.toml",
        "progress/ana/ana-laptop-7k2p.jsonl",
        "progress/ana/maya-pc-4c0w.jsonl",
    ] {
        let from = format!("{}/tests/browser/workspace/{file}", env!("CARGO_MANIFEST_DIR"));
        maya.file(file, std::fs::read(from).expect("a file of the trial"));
    }
    let taken = maya.feed("receive - --yes --as maya", &ana).ok();
    assert!(taken.stdout.contains("6 facts, 0 refused"), "{taken}");
    let events = maya.events("progress/ana/ana-page-4f7q.jsonl");
    let kinds: Vec<&Value> = events.iter().map(|e| &e["kind"]).collect();
    assert_eq!(
        kinds,
        [
            "finished",
            "finished",
            "recalled",
            "practised",
            "measured",
            "confirmed"
        ]
    );
    assert_eq!(events[3]["personal"], false);
    let again = maya.feed("receive - --yes --as maya", &ana).ok();
    assert!(again.stdout.contains("0 new, 6 known."), "{again}");
    for text in [&eli, &ana] {
        assert!(!text.contains("PRIVATE") && !text.contains("missed"), "{text}");
    }
}

#[test]
fn however_it_is_typed_it_is_one_fact() {
    let maya = Sandbox::halden();
    for text in [
        "2026-03-14 practised answering.answer-one \"Answered it\" own hand, 19 -> ? hours to first answer",
        "2026-03-14 practised answer-one \"Answered it\" own hand, 19 -> ? Hours to  First answer",
        "14 Mar 2026 practised tiny/answer-one \"Answered it\" 19 -> ? hours to first answer, own hand",
    ] {
        maya.file("../m.txt", format!("upwards receipt for ana\n{text}\nend\n"));
        maya.run("receive ../m.txt --yes").ok();
    }
    assert_eq!(maya.events("progress/ana/maya-laptop.jsonl").len(), 1);
}

#[test]
fn both_figures_may_come_in_one_receipt_of_two_days() {
    let maya = Sandbox::halden().on("2026-04-20");
    let text = "upwards receipt for ana\n2026-03-14 practised answer-one \"Answered it\" own hand, 19 -> ? hours to first answer\n\
                2026-04-15 measured answer-one 19 -> 2.5 hours to first answer, observed\nend\n";
    maya.file("../m.txt", text);
    maya.run("receive ../m.txt --yes").ok();
    let events = maya.events("progress/ana/maya-laptop.jsonl");
    assert_eq!(events[1]["ref"], events[0]["id"]);
    let again = maya.run("receive ../m.txt --yes").ok();
    assert!(again.stdout.contains("0 new, 2 known."), "{again}");
    for (line, says) in [
        (
            "2026-04-16 measured answer-one 21 -> 2 hours to first answer, observed",
            "has not a first figure",
        ),
        (
            "2026-04-16 practised answer-one \"Again\" own hand, 5 -> ? hours to first answer\n2026-04-17 measured answer-one 6 -> 2 hours to first answer, observed",
            "was 5, not 6",
        ),
        (
            "2026-04-17 measured answer-one 5 -> 2 hours to first answer, observed\n2026-04-17 practised answer-one \"Again\" own hand, 5 -> ? hours to first answer",
            "has not a first figure",
        ),
        (
            "2026-04-18 practised answer-one \"More\" own hand, 7 -> ? hours to first answer\n2026-04-18 measured answer-one 7 -> 2 hours to first answer, observed",
            "never come from one day",
        ),
    ] {
        maya.file("../m.txt", format!("upwards receipt for ana\n{line}\nend\n"));
        let run = maya.run("receive ../m.txt --dry-run").code(1);
        assert!(run.told().contains(says), "{says}: {run}");
    }
}

#[test]
fn a_talk_is_the_planned_one() {
    let maya = Sandbox::halden();
    let ana = maya.laptop("ana");
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nanswering.ask-a-peer = { held = \"book\", with = [\"bo\"], at = \"2026-03-18 09:30\" }\n",
    );
    ana.run("learn --step answering.ask-a-peer --answers ../a.toml")
        .ok();
    let planned = ana.events("progress/ana/ana-laptop.jsonl");
    let meeting = planned
        .iter()
        .find(|e| e["kind"] == "invited")
        .expect("it is planned")["meeting"]
        .clone();
    let later = maya.on("2026-03-19");
    later.file(
        "../m.txt",
        "upwards receipt for ana\n2026-03-18 met bo as peer about tiny/serve, 20 minutes, present\nend\n",
    );
    later.run("receive ../m.txt --yes").ok();
    assert_eq!(
        later.events("progress/ana/maya-laptop.jsonl")[0]["meeting"],
        meeting
    );
}

#[test]
fn without_a_sound_head_nothing_is_taken() {
    let maya = Sandbox::halden();
    let before = maya.workspace();
    maya.file(
        "../m.txt",
        good().replace("page ana-page-9m3t", "pge ana-page-9m3t"),
    );
    let run = maya.run("receive ../m.txt --yes --skip-rejected").code(1);
    assert!(run.said().contains("the head of the receipt"), "{run}");
    assert_eq!(maya.workspace(), before);
}
