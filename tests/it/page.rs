//! `page`: one file for each person that needs nothing else, holds nobody else, and is the same each time. What it does
//! in a browser is `tests/browser/`.

use std::collections::BTreeSet;
use std::process::Command;

use snapbox::{assert_data_eq, str};
use upwards::base::time::{Date, Instant};
use upwards::model::settings::Readiness;
use upwards::readiness::{Ladder, Recall};

use crate::source::{read, root};
use crate::support::{Sandbox, csv_rows};

/// Writes the vectors of the ladder anew instead of comparing them.
const RENEW: &str = "UPWARDS_RENEW_LADDER";

/// The data block of a page.
fn data(html: &str) -> serde_json::Value {
    let (_, rest) = html
        .split_once("<script type=\"application/json\" id=\"data\">")
        .expect("a data block");
    let (block, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(block).expect("JSON")
}

fn parts(html: &str) -> Vec<serde_json::Value> {
    data(html)["parts"].as_array().expect("parts").clone()
}

fn kinds(html: &str) -> Vec<String> {
    let kind = |part: &serde_json::Value| part["kind"].as_str().expect("a kind").to_owned();
    parts(html).iter().map(kind).collect()
}

/// Keys of the questions, in the order of the page.
fn questions(html: &str) -> Vec<String> {
    let of = |part: &serde_json::Value| -> Vec<String> {
        let questions = part["questions"].as_array();
        let key = |q: &serde_json::Value| q["key"].as_str().expect("a key").to_owned();
        questions.map_or_else(Vec::new, |questions| questions.iter().map(key).collect())
    };
    parts(html).iter().flat_map(of).collect()
}

/// A demo page of somebody.
fn demo(person: &str, more: &str) -> String {
    let sandbox = Sandbox::new();
    sandbox
        .run(&format!("page {person} --demo -o page.html {more}"))
        .ok();
    sandbox.read("page.html")
}

#[test]
fn it_says_what_is_in_it_and_who_reads_what_comes_back() {
    let sandbox = Sandbox::new();
    let made = sandbox
        .run("page eli --demo --page-id eli-page-9m3t -o eli.html")
        .ok();
    assert_data_eq!(
        made.stdout.replace(&size(&sandbox.read("eli.html")), "[SIZE]"),
        str![[r#"
eli.html: Eli Novak, page eli-page-9m3t, [SIZE]
  In it: what should get better; case "Nestle and KitKat", 3 min; 2
  questions, 2 min; practice "Write one rule", as a draft, 5 min.
Nothing was sent. What comes back: Maya Lund reads it.

"#]]
    );
    assert_eq!(made.stderr, "");
}

fn size(html: &str) -> String {
    format!("{} KB", html.len().div_ceil(1024))
}

#[test]
fn the_same_input_is_the_same_page_at_any_hour_and_place() {
    let first = demo("eli", "");
    assert_eq!(first, demo("eli", ""));
    let sandbox = Sandbox::new()
        .env("TZ", "Asia/Tokyo")
        .env("LANG", "C")
        .env("UPWARDS_NOW", "2026-03-16T23:59:59Z");
    sandbox.run("page eli --demo -o page.html").ok();
    assert_eq!(sandbox.read("page.html"), first);
    let sandbox = sandbox.env("UPWARDS_NOW", "2026-03-16T00:00:00Z");
    sandbox.run("page eli --demo -o page.html").ok();
    assert_eq!(sandbox.read("page.html"), first);
    assert_ne!(demo("eli", "--page-id eli-page-9m3t"), first);
}

#[test]
fn one_file_one_script_pinned_by_its_digest() {
    use sha2::{Digest, Sha256};
    for person in ["eli", "ana", "dana", "chen", "bo", "farah"] {
        let html = demo(person, "--minutes 30");
        assert!(html.len() <= 200 * 1024, "{person}: {} bytes", html.len());
        assert!(html.starts_with("<!doctype html><!-- upwards: ten minutes -->\n<html lang=\"en\">\n"));
        let scripts: Vec<&str> = html.split("<script").skip(1).collect();
        assert_eq!(scripts.len(), 2, "{person}");
        let (_, script) = scripts[1].split_once('>').unwrap();
        let (script, _) = script.split_once("</script>").unwrap();
        let digest = base64(&Sha256::digest(script.as_bytes()));
        let policy = format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-{digest}'; \
             style-src 'unsafe-inline'; img-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'\">"
        );
        assert!(html.contains(&policy), "{person}: no {policy}");
        for nothing in [
            "<iframe", "<form", "<object", " src=", "url(", "@import", " onclick", " onload", " style=",
        ] {
            assert!(!html.contains(nothing), "{person}: {nothing}");
        }
        let links = html.split("href=\"").skip(1);
        for link in links.map(|rest| rest.split('"').next().unwrap()) {
            let fits = ["https://", "http://", "mailto:", "data:,"]
                .iter()
                .any(|s| link.starts_with(s));
            assert!(fits, "{person}: a link to {link}");
        }
    }
}

fn base64(bytes: &[u8]) -> String {
    let letters: Vec<char> = ('A'..='Z')
        .chain('a'..='z')
        .chain('0'..='9')
        .chain(['+', '/'])
        .collect();
    let bits: Vec<String> = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let bits = bits.concat();
    let bits = format!("{bits}{}", "0".repeat((6 - bits.len() % 6) % 6));
    let mut text: String = bits
        .as_bytes()
        .chunks(6)
        .map(|six| {
            let six = std::str::from_utf8(six).unwrap();
            letters[usize::from_str_radix(six, 2).unwrap()]
        })
        .collect();
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

#[test]
fn it_is_well_formed() {
    /// Elements without an end.
    const ALONE: [&str; 3] = ["meta", "link", "!doctype"];
    for person in ["eli", "ana", "dana"] {
        let html = demo(person, "--minutes 30");
        let (before, rest) = html.split_once("<style>").unwrap();
        let (_, rest) = rest.split_once("</style>").unwrap();
        let (body, _) = rest.split_once("<script").unwrap();
        let mut open: Vec<String> = Vec::new();
        let (mut ids, mut named): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for tag in format!("{before}{body}").split('<').skip(1) {
            let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("no end: {tag}"));
            if tag.starts_with("!--") {
                continue;
            }
            let name = tag.split([' ', '\n']).next().unwrap();
            if let Some(name) = name.strip_prefix('/') {
                assert_eq!(open.pop().as_deref(), Some(name), "{person}: {tag}");
            } else if !ALONE.contains(&name) {
                open.push(name.to_owned());
            }
            for (attribute, list) in [(" id=\"", &mut ids), (" aria-labelledby=\"", &mut named)] {
                if let Some((_, value)) = tag.split_once(attribute) {
                    list.push(value.split('"').next().unwrap().to_owned());
                }
            }
        }
        assert_eq!(open, ["html", "body"], "{person}");
        let unique: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{person}: {ids:?}");
        assert!(named.iter().all(|id| unique.contains(id)), "{person}: {named:?}");
        assert_eq!(html.matches("<h1>").count(), 1);
        let sections = parts(&html).len();
        for place in 1..=sections {
            assert!(
                html.contains(&format!("<section class=\"card\" id=\"part-{place}\"")),
                "{person}"
            );
        }
    }
}

#[test]
fn nobody_else_and_nothing_private_is_in_it() {
    let sandbox = Sandbox::new();
    let everybody = [
        ("ana", "Ana Reyes"),
        ("bo", "Bo Lindqvist"),
        ("chen", "Chen Wei"),
        ("dana", "Dana Okafor"),
        ("eli", "Eli Novak"),
        ("farah", "Farah Aziz"),
        ("jo", "Jo Park"),
        ("sam", "Sam Ortiz"),
    ];
    sandbox
        .run("page --group board --demo --minutes 30 -o pages")
        .ok();
    for (id, own) in &everybody[..6] {
        let html = sandbox.read(&format!("pages/{id}-ten-minutes.html"));
        for (other, name) in everybody.iter().filter(|(other, _)| other != id) {
            for word in [
                (*name).to_owned(),
                format!("{other}@halden.example"),
                format!("\"{other}\""),
            ] {
                assert!(!html.contains(&word), "{word} is on the page of {own}");
            }
        }
        assert!(html.contains(own));
        // No event, no id of one, no note, no answer of theirs.
        for word in [
            "\"seq\"",
            "\"device\"",
            "-laptop",
            "confidence",
            "reflected",
            "office-ana",
        ] {
            assert!(!html.contains(word), "{word} is on the page of {own}");
        }
    }
}

#[test]
fn a_private_marker_is_nowhere_on_a_page_whoever_makes_it() {
    let ana = Sandbox::halden().laptop("ana");
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nanswering.hour = { text = \"PRIVATE-MARKER one\" }\nanswering.words = { choice = 2, sure = 3 }\n\
         answering.leave = { choice = 2, sure = 1 }\nanswering.both = { choice = [1, 2], sure = 3 }\n",
    );
    ana.run("learn --curriculum tiny --step hour --answers ../a.toml")
        .ok();
    ana.run("learn --curriculum tiny --step first --answers ../a.toml")
        .ok();
    ana.run("notes add 'PRIVATE-MARKER two'").ok();
    // Her own computer knows all of it, and she may make her page there: it is the same.
    let pages = [&ana, &ana.laptop("maya")].map(|computer| {
        computer
            .run("page ana -o ../ana.html --page-id ana-page-4f7q --minutes 20 --yes")
            .ok();
        computer.read("../ana.html")
    });
    assert!(!pages[0].contains("PRIVATE-MARKER"), "{}", pages[0]);
    // What she knows is not known to a page: the questions of the quiz are asked, known or not.
    assert!(questions(&pages[0]).contains(&"tiny/answering.words".to_owned()));
    assert_eq!(pages[0], pages[1]);
}

#[test]
fn hostile_texts_stay_texts() {
    let maya = Sandbox::halden();
    let hostile = "</script><script>alert(1)</script><!-- ' \\\" & <b>";
    let people = maya.read("people.toml").replace("Ana Reyes", hostile);
    maya.file("people.toml", people.replace("Maya Lund", "Maya <Lund>"));
    let module = maya.read("curricula/tiny/modules/framing.toml");
    maya.file(
        "curricula/tiny/modules/framing.toml",
        module
            .replace("Who may stop a campaign on a Saturday?", hostile)
            .replace("Write one rule", hostile)
            .replace("A stop costs little.", hostile),
    );
    maya.file(
        "progress/ana/ana-laptop.jsonl",
        "{\"v\":1,\"id\":\"20000000-0000-4000-8000-000000000002\",\"seq\":1,\"day\":\"2026-02-10\",\"person\":\"ana\",\"by\":\"ana\",\
         \"device\":\"ana-laptop\",\"kind\":\"aimed\",\"text\":\"</title></script>\\u202e<img src=x>\"}\n",
    );
    maya.run("page ana --minutes 30 -o ana.html").ok();
    let html = maya.read("ana.html");
    assert_eq!(html.matches("<script").count(), 2, "{html}");
    assert_eq!(html.matches("</script>").count(), 2);
    assert_eq!(html.matches("<!--").count(), 1);
    assert_eq!(html.matches("</title>").count(), 1);
    assert!(!html.contains("<img") && !html.contains("<b>&") && !html.contains('\u{202e}'));
    let told = data(&html);
    let plain = hostile.replace("\\\"", "\"");
    assert_eq!(told["person"]["name"], plain.as_str());
    let asked = told["parts"].to_string();
    assert!(asked.contains(&serde_json::to_string(&plain).unwrap()), "{asked}");
}

#[test]
fn publishing_is_offered_as_learn_offers_it() {
    let maya = Sandbox::halden();
    let html = |maya: &Sandbox| {
        maya.run("page ana --curriculum tiny --minutes 60 -o ana.html --yes")
            .ok();
        maya.read("ana.html")
    };
    let draft = html(&maya);
    assert!(draft.contains("Publishing is not switched on here; the draft counts the same."));
    assert!(!draft.contains("Publish it."));
    maya.file(
        "upwards.toml",
        maya.read("upwards.toml")
            .replace("public = false", "public = true"),
    );
    let public = html(&maya);
    assert!(public.contains("Publish it.") && public.contains("A draft instead"));
    assert!(!public.contains("counts the same.</p>"));
}

#[test]
fn a_folder_holds_a_file_for_each_and_the_mails() {
    let maya = Sandbox::halden();
    let people = maya.read("people.toml");
    maya.file(
        "people.toml",
        people.replace(
            "name = \"Ana Reyes\"",
            "name = \"Ana Reyes\"\nemail = \"ana@halden.example\"\nassistant_email = \"office@halden.example\"",
        ),
    );
    let before = maya.workspace();
    let made = maya.run("page --group board --minutes 5 -o pages").ok();
    assert!(
        made.told()
            .contains("pages/mail.csv: 2 mails Without an address: Bo Lindqvist"),
        "{made}"
    );
    let mut files: Vec<String> = maya.workspace().into_keys().collect();
    files.retain(|file| !before.contains_key(file));
    assert_eq!(
        files,
        [
            "work/pages/ana-ten-minutes.html",
            "work/pages/bo-ten-minutes.html",
            "work/pages/mail.csv"
        ]
    );
    let text = maya.read("pages/mail.csv");
    assert!(text.starts_with("to,cc,subject,body\n"), "{text}");
    let mails = csv_rows(&text);
    let mail = |at: usize, key: &str| mails[at][key].as_str();
    assert_eq!(
        (mail(0, "to"), mail(0, "cc")),
        ("ana@halden.example", "office@halden.example")
    );
    assert_eq!((mail(1, "to"), mail(1, "cc")), ("", ""));
    assert_eq!(
        mail(0, "subject"),
        "5 minutes: practice \"Write one rule\", as a draft"
    );
    for words in [
        "Ana Reyes, attached is ana-ten-minutes.html",
        "Save it first, then open it in your browser",
        "\nMaya Lund",
    ] {
        assert!(mail(0, "body").contains(words), "{}", mail(0, "body"));
    }
    // Made again it is replaced; another file of that name is not.
    maya.run("page --group board --minutes 5 -o pages/").ok();
    maya.file("pages/ana-ten-minutes.html", "<!doctype html><p>mine");
    let refused = maya.run("page --group board --minutes 5 -o pages").code(1);
    assert!(
        refused.said().contains("does not look like one of ours"),
        "{refused}"
    );
    assert_eq!(maya.read("pages/ana-ten-minutes.html"), "<!doctype html><p>mine");
}

#[test]
fn no_event_is_written_and_what_was_asked_is_remembered() {
    let maya = Sandbox::halden();
    let before = maya.workspace();
    maya.run("page ana -o ../ana.html --curriculum tiny").ok();
    maya.run("page ana -o ../ana.html --curriculum tiny").ok();
    assert_eq!(maya.workspace(), before, "nothing of a workspace changes");
    let asked = questions(&maya.read("../ana.html"));
    assert!(asked.len() >= 2, "{asked:?}");
    let pages = std::fs::read_to_string(maya.own("pages.toml")).unwrap();
    let id = data(&maya.read("../ana.html"))["page"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        id.starts_with("ana-page-") && id.len() == "ana-page-4f7q".len(),
        "{id}"
    );
    let list: Vec<String> = asked.iter().map(|key| format!("\"{key}\"")).collect();
    assert_eq!(
        pages,
        format!(
            "format = 1\n\n[[page]]\nworkspace = \"halden-3f9c\"\nid = \"{id}\"\nperson = \"ana\"\n\n\
             [[page.made]]\nday = \"2026-03-16\"\nquestions = [{}]\n",
            list.join(", ")
        )
    );
    assert!(!maya.own("device.toml").exists());
    // A rehearsal and the example leave nothing.
    let after = maya.everything();
    maya.run("page bo -o ../bo.html --dry-run").ok();
    maya.run("page eli --demo -o ../eli.html").ok();
    let mut now = maya.everything();
    now.remove("../eli.html");
    assert_eq!(now, after);
    assert!(!maya.has("../bo.html"));
    maya.file(
        &format!("../own/maya/{}", "pages.toml"),
        "format = 1\n[[page]]\nid = 7\n",
    );
    let refused = maya.run("page ana -o ../ana.html").code(1);
    assert!(refused.said().contains("pages.toml"), "{refused}");
}

/// The log of a page, as `receive` writes it.
fn came_back(maya: &Sandbox, id: &str, lines: &[&str]) {
    let text: Vec<String> = (1..)
        .zip(lines)
        .map(|(seq, fact)| {
            format!(
                "{{\"v\":1,\"id\":\"40000000-0000-4000-8000-{seq:012}\",\"seq\":{seq},{},\"via\":{{\"by\":\"maya\",\"form\":\"page\"}}}}\n",
                fact.replace(
                    "KIND",
                    &format!("\"person\":\"ana\",\"by\":\"ana\",\"device\":\"{id}\",\"kind\"")
                )
            )
        })
        .collect();
    maya.file(&format!("progress/ana/{id}.jsonl"), text.concat());
}

#[test]
fn the_same_questions_are_asked_until_they_are_known_on_a_later_day() {
    let maya = Sandbox::halden();
    let page = |maya: &Sandbox| {
        maya.run("page ana -o ana.html --curriculum tiny --yes").ok();
        maya.read("ana.html")
    };
    let first = page(&maya);
    let id = data(&first)["page"].as_str().unwrap().to_owned();
    let asked: BTreeSet<String> = questions(&first).into_iter().collect();
    assert_eq!(data(&first)["expects"], serde_json::json!([]));
    let finished = "\"day\":\"2026-03-16\",KIND:\"finished\",\"curriculum\":\"tiny\",\"step\":\"answering.hour\",\"rev\":1";
    let capsule = |day: &str, capability: &str, entries: &str| {
        format!(
            "\"day\":\"{day}\",KIND:\"recalled\",\"curriculum\":\"tiny\",\"capability\":\"{capability}\",\"questions\":[{entries}]"
        )
    };
    let serve = asked.iter().filter(|key| key.contains("/answering.")).count();
    assert!(serve >= 1, "{asked:?}");
    // Nothing came back: the same again, as far as the case goes with it.
    assert_eq!(
        questions(&page(&maya.on("2026-03-20")))
            .into_iter()
            .collect::<BTreeSet<_>>(),
        asked
    );
    // All of it right once: the same on the day on which it can climb, before anything new.
    let once: Vec<&str> = vec!["[1,\"2026-03-16\"]"; serve];
    came_back(
        &maya,
        &id,
        &[
            finished,
            &capsule("2026-03-16", "serve", &once.join(",")),
            &capsule("2026-03-16", "lead", "[1,\"2026-03-16\"]"),
        ],
    );
    let again = page(&maya.on("2026-03-20"));
    assert_eq!(data(&again)["page"], id.as_str(), "the id of what came back");
    assert_eq!(data(&again)["expects"], serde_json::json!(["serve", "lead"]));
    let now: BTreeSet<String> = questions(&again).into_iter().take(asked.len()).collect();
    assert_eq!(now, asked);
    assert!(again.contains("Questions from before"));
    // Right again on that day: then others.
    let twice: Vec<&str> = vec!["[2,\"2026-03-20\"]"; questions(&again).len()];
    came_back(
        &maya,
        &id,
        &[
            finished,
            &capsule("2026-03-20", "serve", &twice.join(",")),
            &capsule("2026-03-20", "lead", "[2,\"2026-03-20\"]"),
        ],
    );
    let later = page(&maya.on("2026-03-21"));
    assert!(!later.contains("Questions from before"));
    assert!(
        questions(&later).iter().all(|key| !asked.contains(key)),
        "{:?}",
        questions(&later)
    );
}

#[test]
fn a_page_of_ten_minutes_has_two_to_six_questions() {
    for (person, minutes) in [
        ("eli", 10),
        ("ana", 10),
        ("chen", 10),
        ("farah", 10),
        ("dana", 10),
        ("farah", 60),
        ("eli", 120),
    ] {
        let html = demo(person, &format!("--minutes {minutes}"));
        let asked = questions(&html);
        assert!((2..=6).contains(&asked.len()), "{person}, {minutes}: {asked:?}");
        let unique: BTreeSet<&String> = asked.iter().collect();
        assert_eq!(unique.len(), asked.len());
    }
    assert_eq!(
        kinds(&demo("eli", "--minutes 10")),
        ["aim", "case", "questions", "practice"]
    );
    assert_eq!(kinds(&demo("eli", "--minutes 3")), ["aim", "case"]);
    assert_eq!(
        kinds(&demo("dana", "--minutes 10")),
        ["aim", "confirm", "case", "questions", "practice"]
    );
}

#[test]
fn where_one_stands_is_shown_or_left_out() {
    let with = demo("dana", "");
    assert!(with.contains("Where you stand"));
    assert!(with.contains("<b>Lead</b> <span class=\"band\">exploring</span>"));
    let with = demo("ana", "");
    // Her assistant gets the mail in copy, and bands are for her and who leads.
    for word in ["Where you stand", "reached 11 Feb", "class=\"letter\""] {
        assert!(!with.contains(word), "{word}");
    }
    assert!(with.contains("Aim: &quot;Answering complaints takes two days&quot;"));
    assert!(with.contains("Thu 19 Mar 09:30, with your mentor: Serve, Room 4"));
    let without = demo("dana", "--no-standing");
    for word in ["Where you stand", "class=\"letter\""] {
        assert!(!without.contains(word), "{word}");
    }
}

#[test]
fn several_curricula_are_named_where_a_name_could_mean_another() {
    let maya = Sandbox::halden();
    // Both have a capability `serve`: without a prefix it is the one of the first in use.
    maya.run("page ana -o tiny.html --curriculum tiny").ok();
    let tiny = maya.read("tiny.html");
    assert!(tiny.contains("\"capability\":\"serve\"") && !tiny.contains("\"capability\":\"tiny/serve\""));
    maya.run("page ana -o big.html --curriculum efficiency").ok();
    let big = maya.read("big.html");
    assert!(big.contains("\"capability\":\"efficiency/"), "{big}");
    assert!(big.contains("\"step\":\"answer-in-public.klm\"") || big.contains("\"step\":\"rules-and-roles."));
}

#[test]
fn who_reads_is_what_the_layout_makes_possible() {
    let maya = Sandbox::halden();
    let readers = |maya: &Sandbox| {
        let made = maya.run("page ana -o ../ana.html --yes").ok();
        made.told().split("What comes back: ").nth(1).unwrap().to_owned()
    };
    assert_eq!(readers(&maya), "Maya Lund reads it.");
    for (layout, words) in [
        ("folder", "whoever has the rights to that folder reads it."),
        ("git", "everybody with that repository reads it."),
    ] {
        let settings = maya.read("upwards.toml");
        let settings = settings.split("\n[sharing]").next().unwrap().to_owned();
        maya.file(
            "upwards.toml",
            format!("{settings}\n[sharing]\nlayout = \"{layout}\"\n"),
        );
        let said = readers(&maya);
        assert!(said.ends_with(words), "{said}");
    }
}

#[test]
fn slips_are_told() {
    let maya = Sandbox::halden();
    for (line, code, words) in [
        ("page ana", 2, "where does the page go?"),
        ("page -o x.html", 2, "whose page?"),
        ("page ana --group board -o x", 2, "cannot be used with"),
        ("page ana bo -o x.html", 2, "several pages do not fit into x.html"),
        ("page --group board -o -", 2, "several pages do not fit into -"),
        (
            "page ana bo --page-id ana-page-4f7q -o x",
            2,
            "--page-id is one person's",
        ),
        (
            "page ana --page-id bo-page-4f7q -o x.html",
            2,
            "is no page of Ana Reyes",
        ),
        (
            "page ana --page-id ana-page- -o x.html",
            2,
            "write it as ana-page-4f7q",
        ),
        (
            "page ana --page-id '../x' -o x.html",
            2,
            "is no page of Ana Reyes",
        ),
        (
            "page ana --minutes 0 -o x.html",
            2,
            "a sitting has 1 to 1440 minutes",
        ),
        ("page ana -f csv -o x.html", 2, "a page is HTML"),
        ("page anna -o x.html", 1, "did you mean: ana"),
        ("page maya -o x.html", 1, "is no executive here"),
        ("page --group bord -o x", 1, "did you mean: board"),
        ("page ana -o progress/x.html", 1, "a part of the workspace"),
        ("page ana -o progress", 1, "a part of the workspace"),
        ("page ana bo -o curricula/pages", 1, "a part of the workspace"),
        ("page ana -o people.toml/x", 1, "a part of the workspace"),
        ("page ana -o ../own/maya/pages", 1, "in your own folder"),
    ] {
        let before = maya.everything();
        let told = maya.run(line).code(code);
        assert!(told.said().contains(words), "{told}");
        assert_eq!(told.stdout, "", "{told}");
        assert_eq!(maya.everything(), before, "{line}");
    }
    let gone = maya
        .read("people.toml")
        .replace("id = \"bo\"\n", "id = \"bo\"\nleft = 2026-01-01\n");
    maya.file("people.toml", gone);
    let told = maya.run("page bo -o x.html").code(1);
    assert!(
        told.said().contains("Bo Lindqvist is not here any more"),
        "{told}"
    );
    let stream = maya.run("page ana -o -").ok();
    assert!(stream.stdout.starts_with("<!doctype html>") && stream.stdout.ends_with("</html>\n"));
    assert!(stream.said().contains("Nothing was sent."), "{stream}");
}

#[test]
fn where_nobody_leads_a_page_says_so() {
    let maya = Sandbox::halden();
    let people = maya.read("people.toml");
    maya.file("people.toml", people.replace("[\"leader\"]", "[\"mentor\"]"));
    let made = maya.run("page ana -o ana.html").ok();
    assert!(made.told().ends_with("Who receives it reads it."), "{made}");
    let leader = &data(&maya.read("ana.html"))["leader"];
    assert_eq!(leader["name"], "whoever sent you this page");
    assert!(leader["mail"].is_null());
}

#[test]
fn who_has_nothing_to_do_gets_no_page() {
    let maya = Sandbox::halden();
    maya.laptop("ana").run("aim 'Answer faster'").ok();
    let none = maya.run("page ana --curriculum tiny --minutes 1 -o one.html");
    // A minute is a question long: a page of one.
    assert_eq!(none.code, Some(0), "{none}");
    let settings = maya.read("upwards.toml");
    maya.file(
        "upwards.toml",
        format!("{settings}\n[plan]\nseconds_per_question = 200\n"),
    );
    let none = maya
        .run("page ana --curriculum tiny --minutes 2 -o none.html")
        .code(1);
    assert!(
        none.said()
            .contains("no page for Ana Reyes: Nothing useful fits 2 minutes"),
        "{none}"
    );
    maya.laptop("bo").run("aim 'Answer faster'").ok();
    let none = maya
        .run("page --group board --curriculum tiny --minutes 2 -o none")
        .code(1);
    assert!(
        none.said().contains("nobody has anything to do in 2 minutes"),
        "{none}"
    );
    assert!(!maya.has("none.html") && !maya.has("none"));
}

#[test]
fn a_page_that_would_be_too_large_is_not_written() {
    let maya = Sandbox::halden();
    let long = "x ".repeat(1_990);
    let module = maya.read("curricula/tiny/modules/framing.toml");
    let mut more = String::new();
    for n in 0..20 {
        more.push_str(&format!(
            "\n[[step.question]]\nid = \"q{n}\"\ntitle = \"Q{n}\"\ntext = \"{long}\"\noptions = [\n"
        ));
        for option in 0..6 {
            more.push_str(&format!(
                "  {{ text = \"{option} {long}\", right = {}, why = \"{long}\" }},\n",
                option == 0
            ));
        }
        more.push_str("]\n");
    }
    let curriculum = maya.read("curricula/tiny/curriculum.toml");
    maya.file(
        "curricula/tiny/curriculum.toml",
        curriculum.replace("knowledge_needed = 1", "knowledge_needed = 8"),
    );
    maya.file(
        "curricula/tiny/modules/framing.toml",
        module.replace(
            "\n[[step]]\nid = \"one-rule\"",
            &format!("{more}\n[[step]]\nid = \"one-rule\""),
        ),
    );
    let told = maya
        .run("page ana --curriculum tiny --minutes 30 -o ana.html")
        .code(1);
    assert!(told.said().contains("at most 200"), "{told}");
    assert!(!maya.has("ana.html"));
}

#[test]
fn a_page_speaks_the_language_of_the_workspace() {
    let maya = Sandbox::halden();
    let settings = maya
        .read("upwards.toml")
        .replace("name =", "language = \"da\"\nname =");
    maya.file("upwards.toml", settings);
    maya.file(
        "texts/da.toml",
        "format = 1\nlanguage = \"da\"\n\n[texts]\n\"page.title\" = \"{minutes} minutter til {name}\"\n\"page.answer\" = \"Svar\"\n\
         \"page.place\" = \"{n} af {of}:\"\n\"month.3\" = \"mar.\"\n",
    );
    maya.run("page ana -o ana.html").ok();
    let html = maya.read("ana.html");
    assert!(html.contains("<html lang=\"da\">") && html.contains("<h1>10 minutter til Ana Reyes</h1>"));
    let texts = &data(&html)["texts"];
    assert_eq!(
        (&texts["answer"], &texts["place"]),
        (&"Svar".into(), &"{n} af {of}:".into())
    );
    assert!(texts["months"].as_str().unwrap().contains("|mar.|"));
}

/// The script has no text of its own: every name it takes from the data block is there, and none is there for nothing.
#[test]
fn every_text_of_the_script_comes_from_the_data_block() {
    let script = read("src/render/page/page.js");
    let mut used: BTreeSet<String> = BTreeSet::new();
    for rest in script.split("words.").skip(1) {
        used.insert(
            rest.chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                .collect(),
        );
    }
    let html = demo("eli", "");
    let given: BTreeSet<String> = data(&html)["texts"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(used, given);
}

/// Small random numbers, the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % most
    }
}

/// Random answers with what the program remembers of them: the suite in the browser holds the page's script to it.
#[test]
fn the_vectors_for_the_scripts_ladder_are_the_programs() {
    let mut dice = Dice(7);
    let mut cases = Vec::new();
    for n in 0..240 {
        let days = if n % 3 == 0 {
            [2, 5, 6, 9, 30, 90]
        } else {
            Readiness::default().ladder_days
        };
        let ladder = Ladder::of(&Readiness {
            ladder_days: days,
            ..Readiness::default()
        });
        let zone = 3_600 * (dice.below(24) - 11);
        let mut at = 1_773_600_000 + dice.below(86_400);
        let mut recall: Option<Recall> = None;
        let mut answers = Vec::new();
        for _ in 0..=dice.below(14) {
            at += match dice.below(6) {
                0 => dice.below(3_600),
                1 => 86_400 * dice.below(400),
                2 => -dice.below(200_000),
                _ => dice.below(86_400 * 12),
            };
            let day: Date = Instant::from_seconds(at + zone).utc_day();
            let right = dice.below(5) > 0;
            recall = Some(Recall::after(
                recall,
                right,
                Instant::from_seconds(at),
                day,
                &ladder,
            ));
            answers.push(serde_json::json!([at, day.to_string(), right]));
        }
        let state = recall.map(|recall| {
            serde_json::json!({
                "s": recall.step,
                "a": recall.anchor.seconds(),
                "e": recall.anchor_day.to_string(),
                "d": recall.last_right.map(|day| day.to_string()),
            })
        });
        cases.push(serde_json::json!({ "days": days, "answers": answers, "state": state }));
    }
    let lines: Vec<String> = cases.iter().map(ToString::to_string).collect();
    let wanted = format!("[\n{}\n]\n", lines.join(",\n"));
    let file = root().join("tests/browser/ladder.json");
    if std::env::var_os(RENEW).is_some() {
        std::fs::write(&file, &wanted).unwrap();
    }
    assert!(
        std::fs::read_to_string(&file).unwrap_or_default() == wanted,
        "tests/browser/ladder.json: {RENEW}=1 cargo test --test it vectors writes it anew"
    );
}

/// The lock file of the browser's suite names packages and digests, and no place they come from.
#[test]
fn the_lock_file_names_no_registry() {
    let lock = read("tests/browser/package-lock.json");
    assert!(lock.contains("\"integrity\"") && !lock.contains("://") && !lock.contains("\"resolved\""));
}

/// Starts the suite that opens pages in a browser. It fails where there is none: `.ci/run` asks for it.
#[test]
#[ignore = "needs a browser"]
fn pages_work_in_a_browser() {
    let place = tempfile::tempdir().unwrap();
    let shots =
        std::env::var_os("UPWARDS_SHOTS").unwrap_or_else(|| place.path().join("shots").into_os_string());
    let output = Command::new("node")
        .arg(root().join("tests/browser/suite.mjs"))
        .args(["--program", env!("CARGO_BIN_EXE_upwards"), "--shots"])
        .arg(shots)
        .output()
        .expect("node is installed");
    let told = String::from_utf8_lossy(&output.stdout);
    println!("{told}");
    assert!(
        output.status.success(),
        "{told}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        told.lines()
            .any(|line| line.ends_with(" passed, 0 failed") && !line.starts_with("0 ")),
        "{told}"
    );
}

#[cfg(unix)]
#[test]
fn a_page_that_could_not_be_noted_is_not_written() {
    let maya = Sandbox::halden();
    // What is noted of pages cannot be read, and is not replaced.
    std::fs::create_dir_all(maya.path("../own/maya/pages.toml/x")).expect("a folder in its place");
    maya.run("page ana -o ../pages/ --eml").code(1);
    assert!(!maya.has("../pages/ana-ten-minutes.html") && !maya.has("../pages/mail.csv"));
}

#[test]
fn everybody_gets_a_page_without_a_group() {
    let maya = Sandbox::halden();
    let run = maya.run("page --all -o ../pages").ok();
    for person in ["ana", "bo", "chen"] {
        assert!(maya.has(&format!("../pages/{person}-ten-minutes.html")), "{run}");
    }
    assert!(run.told().contains("Maya Lund has no address"), "{run}");
    let none = maya.run("page -o ../pages").code(2);
    assert!(none.said().contains("everybody: --all"), "{none}");
}
