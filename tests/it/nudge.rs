//! `nudge`: reminders are drafted with one concrete step, go out once in a while, and carry the page.

use mail_parser::{MessageParser, MimeHeaders};
use proptest::prelude::*;
use serde_json::json;
use snapbox::{assert_data_eq, str};
use upwards::model::curriculum::Curriculum;

use crate::executive::shipped;
use crate::source::root;
use crate::support::Sandbox;
use crate::support::big::{Plan, write_file};

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
Ana Reyes,

"Answering in public" was due on 1 Mar. The next step takes 3 minutes:
the case "KLM: an hour in the answer seat". Open a terminal and type:
upwards

Maya Lund

--- to: bo@halden.example
    subject: 3 minutes: KLM: an hour in the answer seat
Bo Lindqvist,

"Answering in public" was due on 1 Mar. The next step takes 3 minutes:
the case "KLM: an hour in the answer seat". Answer this mail, and I send
you a page for ten minutes: no installation, no password.

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
    maya.on("2026-05-20").run("doctor").ok();
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

/// A line of a log that the leader's computer wrote.
fn log_line(n: u32, person: &str, by: &str, day: &str, fact: &serde_json::Value) -> String {
    let id = format!("00000000-0000-4000-8000-{n:012}");
    let mut line =
        json!({"v": 1, "id": id, "seq": n, "day": day, "person": person, "by": by, "device": "maya-pc"});
    let all = line.as_object_mut().expect("an object");
    all.extend(fact.as_object().expect("an object").clone());
    format!("{line}\n")
}

/// Ana overdue and with a first figure, Bo with a practice that waits, Chen with a talk on Thursday.
fn with_reasons() -> Sandbox {
    let maya = Sandbox::halden();
    let practice = |by: &str, personal: bool, measure: bool| {
        let mut fact = json!({"kind": "practised", "curriculum": "tiny", "step": "answering.answer-one", "rev": 1, "capabilities": ["serve"], "personal": personal, "evidence": "Answered", "may_quote": false});
        if measure {
            fact["measure"] = json!({"before": 19, "unit": "hours", "period": "each"});
        }
        (by.to_owned(), fact)
    };
    let assigned =
        json!({"kind": "assigned", "curriculum": "tiny", "module": "answering", "due": "2026-03-01"});
    let invited = json!({"kind": "invited", "curriculum": "tiny", "meeting": "m1", "with": ["ana"], "role": "peer", "topic": "serve", "at": "2026-03-19T09:30:00+01:00"});
    let (own, first) = practice("ana", true, true);
    let (leader, other) = practice("maya", false, false);
    maya.file(
        "progress/ana/maya-pc.jsonl",
        log_line(1, "ana", "maya", "2026-02-01", &assigned) + &log_line(2, "ana", &own, "2026-02-02", &first),
    );
    maya.file(
        "progress/bo/maya-pc.jsonl",
        log_line(3, "bo", &leader, "2026-03-02", &other),
    );
    maya.file(
        "progress/chen/maya-pc.jsonl",
        log_line(4, "chen", "maya", "2026-03-02", &invited),
    );
    maya
}

#[test]
fn each_reason_can_be_asked_for_by_itself() {
    let maya = with_reasons();
    for (about, person, says) in [
        ("overdue", "ana", "\"Answering in public\" was due on 1 Mar."),
        (
            "measure",
            "ana",
            "You noted a first figure for \"Answer one customer\" on 2 Feb: what is it now?",
        ),
        (
            "confirm",
            "bo",
            "A practice noted for you on 2 Mar waits for your word.",
        ),
        ("meeting", "chen", "Your talk on Serve is on Thu 19 Mar."),
    ] {
        let rows = maya.run(&format!("nudge --about {about} -f json")).ok().rows();
        let people: Vec<&str> = rows.iter().filter_map(|row| row["person"].as_str()).collect();
        assert_eq!(people, [person], "{about}");
        let body = rows[0]["body"].as_str().expect("a text");
        assert!(
            body.contains(says) && body.contains("The next step takes "),
            "{about}: {body}"
        );
    }
    let bo = Sandbox::new()
        .run("nudge --about fading --demo -f csv")
        .ok()
        .csv();
    assert!(bo.len() == 1 && bo[0]["body"].contains("What you can in \"Source\" counts until 31 Mar."));
    // Without a choice what is urgent; what is asked for besides comes with it.
    let listed = |line: &str| -> Vec<String> {
        let rows = maya.run(line).ok().csv();
        rows.into_iter().map(|row| row["person"].clone()).collect()
    };
    assert_eq!(listed("nudge -f csv"), ["ana", "bo"]);
    assert_eq!(listed("nudge --inactive 30 -f csv"), ["ana", "bo", "chen"]);
    assert_eq!(listed("nudge --about confirm meeting -f csv"), ["bo", "chen"]);
    let run = maya.run("nudge --about confirm").ok();
    assert!(
        run.said()
            .contains("Not listed: Ana Reyes, Chen Wei (nothing of that kind)."),
        "{run}"
    );
    let run = maya.run("nudge").ok();
    assert!(
        run.said().contains("Not listed: Chen Wei (no reason to write)."),
        "{run}"
    );
    // As Markdown a section for each.
    let text = maya.run("nudge --about confirm -f md").ok().stdout;
    assert_data_eq!(
        text,
        str![[r#"
<!-- upwards: nudges -->
# Reminders

## Bo Lindqvist

**your word, and 1 minute**

Bo Lindqvist,

A practice noted for you on 2 Mar waits for your word. The next step takes 1 minute: the quiz "Who decides". Answer this mail, and I send you a page for ten minutes: no installation, no password.

Maya Lund

"#]]
    );
}

#[test]
fn three_reminders_of_one_assignment_are_enough_and_the_pause_can_be_overruled() {
    let maya = overdue();
    for day in ["2026-03-16", "2026-03-17", "2026-03-18"] {
        let run = maya
            .on(day)
            .run("nudge --overdue --again --mark-sent --channel spoken")
            .ok();
        assert!(run.said().contains("2 drafts"), "{run}");
    }
    assert_eq!(maya.events("team/maya-laptop.jsonl")[5]["channel"], "spoken");
    let worn = maya.on("2026-03-19").run("nudge --overdue --again").ok();
    assert!(
        worn.said()
            .contains("Skipped: Bo Lindqvist, reminded 3 times of this already: talk to them."),
        "{worn}"
    );
    // Assigned anew it is another one.
    for line in [
        "assign answering --to bo --remove",
        "assign answering --to bo --due 2026-03-20",
    ] {
        maya.on("2026-03-19")
            .run(&format!("{line} --curriculum tiny --yes"))
            .ok();
    }
    let anew = maya.on("2026-04-10").run("nudge --overdue -f csv").ok();
    assert_eq!(anew.csv().len(), 1, "{anew}");
}

/// Who has done everything is asked for their word only, and else for nothing.
#[test]
fn nobody_is_reminded_of_nothing() {
    let maya = Sandbox::halden();
    let settings = maya.read("upwards.toml").replace(", \"efficiency\"", "");
    maya.file("upwards.toml", settings);
    let (mut log, mut n) = (String::new(), 0);
    let mut add = |by: &str, day: &str, fact: &serde_json::Value| {
        n += 1;
        log.push_str(&log_line(n, "ana", by, day, fact));
    };
    for step in TINY {
        add(
            "maya",
            "2026-02-01",
            &json!({"kind": "waived", "curriculum": "tiny", "step": step}),
        );
    }
    add(
        "maya",
        "2026-02-01",
        &json!({"kind": "assigned", "curriculum": "tiny", "module": "answering", "due": "2026-03-01"}),
    );
    maya.file("progress/ana/maya-pc.jsonl", log.clone());
    let run = maya.run("nudge --to ana").ok();
    assert!(
        run.stdout.is_empty()
            && run
                .said()
                .contains("Skipped: Ana Reyes, has nothing left to do now."),
        "{run}"
    );
    let mut add = |by: &str, day: &str, fact: &serde_json::Value| {
        n += 1;
        log.push_str(&log_line(n, "ana", by, day, fact));
    };
    add(
        "maya",
        "2026-03-02",
        &json!({"kind": "practised", "curriculum": "tiny", "step": "answering.answer-one", "rev": 1, "capabilities": ["serve"], "personal": false, "evidence": "Answered", "may_quote": false}),
    );
    maya.file("progress/ana/maya-pc.jsonl", log);
    let rows = maya.run("nudge -f csv").ok().csv();
    assert_eq!(rows[0]["subject"], "1 minute: your word");
    assert!(rows[0]["body"].contains("It takes 1 minute: say whether it was you."));
}

/// The live steps of the small curriculum.
const TINY: [&str; 7] = [
    "answering.hour",
    "answering.first",
    "answering.answer-one",
    "answering.ask-a-peer",
    "answering.what-stops-me",
    "framing.who",
    "framing.one-rule",
];

/// The sentences a draft may hold, titles as `T`, numbers as `N`, days as `DAY`: there is none of answers, misses, points,
/// bands or notes.
const SENTENCES: [&str; 22] = [
    "T was due on DAY.",
    "And N more is over.",
    "Your talk on C was planned for DAY: was it held?",
    "And N more are over.",
    "A practice noted for you on DAY waits for your word.",
    "N practices noted for you since DAY wait for your word.",
    "You noted a first figure for T on DAY: what is it now?",
    "Your talk on C is on DAY.",
    "What you can in T counts until DAY.",
    "What last came in from you is of DAY.",
    "Nothing has come in from you yet.",
    "The next step takes N minute: the case T.",
    "The next step takes N minutes: the case T.",
    "The next step takes N minute: the quiz T.",
    "The next step takes N minutes: the quiz T.",
    "The next step takes N minutes: the practice T.",
    "The next step takes N minutes: the talk T.",
    "The next step takes N minutes: the reflect T.",
    "It takes N minute: say whether it was you.",
    "It takes N minutes: look the figure up, and say it.",
    "Open a terminal and type: upwards",
    "Answer this mail, and I send you a page for ten minutes: no installation, no password.",
];

/// A draft's text with what differs from draft to draft taken out; every title in it is one of the curriculum's.
fn plain(body: &str, curriculum: &Curriculum, cases: &[String]) -> String {
    let modules = curriculum.modules.iter().map(|module| module.title.as_str());
    let steps = curriculum
        .live_steps()
        .filter_map(|(_, step)| step.title.as_deref());
    let mut titles: Vec<&str> = modules.chain(steps).collect();
    titles.extend(
        curriculum
            .capabilities
            .iter()
            .map(|capability| capability.name.as_str()),
    );
    titles.extend(cases.iter().map(String::as_str));
    titles.sort_by_key(|title| std::cmp::Reverse(title.len()));
    let mut text = body.to_owned();
    for title in titles {
        text = text.replace(&format!("\"{title}\""), "T");
        for verb in ["is", "was"] {
            text = text.replace(&format!("talk on {title} {verb}"), &format!("talk on C {verb}"));
        }
    }
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let (bare, end) = match word.strip_suffix(['.', ':', ',']) {
            Some(bare) => (bare, &word[bare.len()..]),
            None => (word, ""),
        };
        let is_number = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit());
        let is_month = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        .contains(&bare);
        let is_weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(&bare);
        match words.last().map(String::as_str) {
            Some("N") if is_month => *words.last_mut().expect("one") = format!("DAY{end}"),
            Some("DAY") if is_number && bare.len() == 4 => {
                *words.last_mut().expect("one") = format!("DAY{end}");
            }
            Some("WEEKDAY") if is_number => "N".clone_into(words.last_mut().expect("one")),
            _ if is_number => words.push(format!("N{end}")),
            _ if is_weekday => words.push("WEEKDAY".to_owned()),
            _ => words.push(word.to_owned()),
        }
    }
    words.join(" ")
}

/// Titles of the shipped cases.
fn cases() -> Vec<String> {
    let folder = root().join("curricula/efficiency/cases");
    let files = std::fs::read_dir(folder).expect("the cases").flatten();
    let title = |text: String| -> Option<String> {
        let line = text.lines().find(|line| line.starts_with("title = "))?;
        Some(line.trim_start_matches("title = ").trim_matches('"').to_owned())
    };
    files
        .filter_map(|file| title(std::fs::read_to_string(file.path()).ok()?))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happened to people: a draft has their name, known sentences, one step with its minutes; and it is the same
    /// whether their private logs lie on this computer or not.
    #[test]
    fn no_draft_holds_anything_but_its_sentences(seed in 0_u64..10_000, months in 0_u32..18, inactive in 1_u32..90) {
        let last_day = "2026-11-27".parse::<crate::support::big::Day>().expect("a day").minus(30 * months);
        let plan = Plan { people: 5, events: 10..=120, seed, last_day, hurt: Vec::new() };
        let maya = Sandbox::new().on(&last_day.to_string());
        plan.write(&maya.path("")).expect("written");
        let own = format!("format = 1\n\n[me]\n{} = \"maya\"\n", plan.id());
        maya.file("../own/maya/config.toml", own);
        let (curriculum, cases) = (shipped(), cases());
        let line = format!("nudge --about overdue confirm fading meeting measure --inactive {inactive} -f json");
        let by_name = "nudge --to p0001 p0002 p0003 p0004 p0005 -f json";
        let mut printed = Vec::new();
        for line in [line.as_str(), by_name] {
            let run = maya.run(line).ok();
            for row in run.rows() {
                let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
                let (subject, body) = (text("subject"), text("body"));
                let mut parts = body.split("\n\n");
                prop_assert!(parts.next().is_some_and(|name| name.ends_with(',')), "{body}");
                let mut rest = plain(parts.next().unwrap_or_default(), &curriculum, &cases);
                prop_assert_eq!(parts.collect::<Vec<_>>(), ["Maya Lund\n"]);
                let mut steps = 0;
                while !rest.is_empty() {
                    let sentence = SENTENCES.iter().find(|one| rest.starts_with(*one));
                    let Some(sentence) = sentence else {
                        return Err(TestCaseError::fail(format!("{rest}\nin {body}")));
                    };
                    steps += usize::from(["The next step", "It takes"].iter().any(|task| sentence.starts_with(task)));
                    rest = rest[sentence.len()..].trim_start().to_owned();
                }
                prop_assert_eq!(steps, 1, "{}", body);
                prop_assert!(subject.contains(" minute"), "{subject}");
                for (_, question) in curriculum.live_questions() {
                    let id = question.id.as_str();
                    prop_assert!(!body.contains(id) && !subject.contains(id), "{id}: {body}");
                }
            }
            printed.push(run.stdout);
        }
        let private = maya.own(&plan.id());
        for file in (1..=5).flat_map(|number| plan.journal(number)) {
            write_file(&private, &file).expect("written");
        }
        for (line, was) in [line.as_str(), by_name].into_iter().zip(printed) {
            prop_assert_eq!(maya.run(line).ok().stdout, was);
        }
    }
}

/// Of many things that are over the two oldest are named.
#[test]
fn a_reminder_is_no_list_of_reproaches() {
    let maya = Sandbox::halden();
    let modules = [
        "start-here",
        "answer-in-public",
        "speak-to-your-market",
        "ask-outside",
        "rules-and-roles",
    ];
    for (at, module) in modules.iter().enumerate() {
        // The last of the curriculum is the oldest.
        let due = format!("2026-02-{:02}", 20 - at);
        maya.on("2026-02-01")
            .run(&format!(
                "assign {module} --to ana --due {due} --curriculum efficiency --yes"
            ))
            .ok();
    }
    let draft = maya.run("nudge --to ana").ok().told();
    assert_eq!(draft.matches(" was due on ").count(), 2, "{draft}");
    assert!(
        draft.contains("was due on 16 Feb. \"") && draft.contains("was due on 17 Feb. And 3 more are over."),
        "{draft}"
    );
    // All of them were reminded of.
    maya.run("nudge --to ana --mark-sent").ok();
    assert_eq!(maya.events("team/maya-laptop.jsonl").len(), 5);
}

#[test]
fn days_below_nothing_are_refused_plainly() {
    let sandbox = Sandbox::new();
    for line in [
        "readiness --demo --inactive -1",
        "nudge --demo --inactive -1",
        "agenda --demo --days -1",
    ] {
        let run = sandbox.run(line).code(2);
        assert!(
            run.said().contains("invalid value '-1'") && run.said().contains("-1 is not in"),
            "{run}"
        );
        assert!(!run.said().contains("as a value"), "{run}");
    }
}
