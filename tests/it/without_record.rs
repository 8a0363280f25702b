//! Pages in browsers that keep nothing: their receipts say how many of the questions were right, and that is enough to
//! become ready in knowledge, never by more than the truth.

use serde_json::Value;

use crate::support::Sandbox;

const PAGE: &str = "progress/ana/ana-page-9m3t.jsonl";

/// What a page holds, as its script sees it.
fn data(html: &str) -> Value {
    let from = html.find("type=\"application/json\"").expect("a block of data");
    let from = from + html[from..].find('>').expect("its begin") + 1;
    let end = from + html[from..].find("</script>").expect("its end");
    serde_json::from_str(&html[from..end]).expect("JSON")
}

/// Makes a page for Ana and gives back what it holds.
fn page(maya: &Sandbox, day: &str) -> Value {
    maya.on(day)
        .run("page ana --minutes 10 --page-id ana-page-9m3t -o ../ana.html --yes")
        .ok();
    data(&maya.read("../ana.html"))
}

/// The receipt of somebody who reads the case, does the practice and answers so many of each capability wrong.
fn receipt(page: &Value, day: &str, wrong: usize) -> String {
    let made = page["day"].as_str().expect("a day");
    let mut lines = vec!["upwards receipt for ana, page ana-page-9m3t, workspace halden-3f9c".to_owned()];
    let mut asked: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for part in page["parts"].as_array().expect("parts") {
        let step = part["step"].as_str().unwrap_or_default();
        match part["kind"].as_str().expect("a kind") {
            "case" => lines.push(format!("{day} finished {step}")),
            "practice" => lines.push(format!("{day} practised {step} \"Did it\" own hand")),
            "questions" => {
                for question in part["questions"].as_array().expect("questions") {
                    *asked
                        .entry(question["capability"].as_str().expect("one"))
                        .or_default() += 1;
                }
            }
            _ => {}
        }
    }
    for (capability, of) in asked {
        let right = of.saturating_sub(wrong);
        let page = if made == day {
            String::new()
        } else {
            format!(", page of {made}")
        };
        lines.push(format!("{day} recalled {capability} {right} of {of} right{page}"));
    }
    lines.push("end\n".to_owned());
    lines.join("\n")
}

fn receive(maya: &Sandbox, day: &str, text: &str) -> crate::support::Output {
    maya.file("../in.txt", text);
    maya.on(day).run("receive ../in.txt --yes")
}

/// The questions of a capability that a page asks, sorted.
fn asked(page: &Value, capability: &str) -> Vec<String> {
    let parts = page["parts"].as_array().expect("parts");
    let mut keys: Vec<String> = parts
        .iter()
        .flat_map(|part| part["questions"].as_array().cloned().unwrap_or_default())
        .filter(|question| question["capability"] == capability)
        .map(|question| question["key"].as_str().expect("a key").to_owned())
        .collect();
    keys.sort();
    keys
}

/// The newest capsule of a capability: its steps.
fn steps(maya: &Sandbox, capability: &str) -> Vec<u64> {
    let events = maya.events(PAGE);
    let newest = events
        .iter()
        .rfind(|event| event["kind"] == "recalled" && event["capability"] == capability);
    newest.map_or_else(Vec::new, |event| {
        let entries = event["questions"].as_array().expect("entries");
        entries
            .iter()
            .map(|entry| entry[0].as_u64().expect("a step"))
            .collect()
    })
}

#[test]
fn who_only_ever_uses_pages_opens_the_gate() {
    let maya = Sandbox::halden();
    let mut reached = None;
    for (round, day) in [
        "2026-03-02",
        "2026-03-09",
        "2026-03-16",
        "2026-03-23",
        "2026-03-30",
        "2026-04-06",
    ]
    .into_iter()
    .enumerate()
    {
        let page = page(&maya, day);
        // Opened a day after it came.
        let opened = format!("{}{:02}", &day[..8], day[8..].parse::<u32>().expect("a day") + 1);
        let wrong = usize::from(round == 1);
        receive(&maya, &opened, &receipt(&page, &opened, wrong)).ok();
        let row = maya
            .on(&opened)
            .run("readiness ana --capability serve -f csv")
            .ok()
            .csv()
            .remove(0);
        if row["band"] == "ready" || row["limited_by"] == "talk" {
            reached = Some(round);
            break;
        }
    }
    assert!(
        reached.is_some_and(|round| (2..=5).contains(&round)),
        "{reached:?}: {:?}",
        maya.events(PAGE)
    );
    assert!(
        steps(&maya, "serve").iter().all(|step| *step >= 2),
        "{:?}",
        maya.events(PAGE)
    );
    maya.on("2026-04-30").run("doctor").ok();
}

#[test]
fn counts_move_the_capsule_by_the_worst_case() {
    let maya = Sandbox::halden();
    let first = page(&maya, "2026-03-02");
    assert_eq!(asked(&first, "serve").len(), 1, "{first}");
    receive(&maya, "2026-03-02", &receipt(&first, "2026-03-02", 0)).ok();
    assert_eq!(steps(&maya, "serve"), [1]);
    // What was asked waits until it can climb; others are asked meanwhile.
    let second = page(&maya, "2026-03-03");
    assert_eq!(asked(&second, "serve").len(), 2, "{second}");
    let one_of_two = receipt(&second, "2026-03-03", 1);
    assert!(one_of_two.contains("recalled serve 1 of 2 right"), "{one_of_two}");
    receive(&maya, "2026-03-03", &one_of_two).ok();
    assert_eq!(steps(&maya, "serve"), [1, 1]);
    // Twice is once.
    let events = maya.events(PAGE).len();
    assert!(
        receive(&maya, "2026-03-03", &one_of_two)
            .ok()
            .told()
            .contains("0 new")
    );
    assert_eq!(maya.events(PAGE).len(), events);
    let early = page(&maya, "2026-03-03");
    assert!(
        asked(&early, "serve").is_empty(),
        "on one day nothing is gained twice: {early}"
    );
    let later = page(&maya, "2026-03-10");
    let all = [
        "tiny/answering.both",
        "tiny/answering.leave",
        "tiny/answering.words",
    ];
    assert_eq!(asked(&later, "serve"), all, "both groups, whole");
    receive(&maya, "2026-03-10", &receipt(&later, "2026-03-10", 1)).ok();
    assert_eq!(steps(&maya, "serve"), [1, 2], "the miss hit one of the best");
    // What was taken back was never told.
    maya.on("2026-03-10").run("undo --yes").ok();
    let last = page(&maya, "2026-03-20");
    assert_eq!(asked(&last, "serve"), all);
    receive(&maya, "2026-03-20", &receipt(&last, "2026-03-20", 0)).ok();
    assert_eq!(steps(&maya, "serve"), [1, 2, 2]);
}

#[test]
fn counts_that_no_page_here_asked_are_refused_with_a_reason() {
    let maya = Sandbox::halden();
    page(&maya, "2026-03-02");
    for (line, why) in [
        (
            "recalled serve 4 of 5 right",
            "the page of 2026-03-02 asked 1 of serve, not 5",
        ),
        (
            "recalled serve 2 of 3 right, page of 2026-03-01",
            "no page of 2026-03-01 was made here",
        ),
        (
            "recalled serve 2 of 3 right, page of 2026-03-12",
            "is after the day of the line",
        ),
        ("recalled serve 4 of 3 right", "so many are right"),
    ] {
        let text = format!("upwards receipt for ana, page ana-page-9m3t\n2026-03-10 {line}\nend\n");
        let run = receive(&maya, "2026-03-10", &text).code(1);
        assert!(run.told().contains(why), "{line}: {run}");
    }
    let other = "upwards receipt for ana, page ana-page-aaaa\n2026-03-10 recalled serve 2 of 3 right\nend\n";
    let run = receive(&maya, "2026-03-10", other).code(1);
    assert!(run.told().contains("noted on the computer that made it"), "{run}");
    let by_hand = "upwards receipt for ana\n2026-03-10 recalled serve 2 of 3 right\nend\n";
    let run = receive(&maya, "2026-03-10", by_hand).code(1);
    assert!(
        run.told().contains("answers count only where a page asked"),
        "{run}"
    );
}

#[test]
fn a_page_of_before_a_change_says_which_revision_was_done() {
    let maya = Sandbox::halden();
    let first = page(&maya, "2026-03-02");
    receive(&maya, "2026-03-02", &receipt(&first, "2026-03-02", 0)).ok();
    let second = page(&maya, "2026-03-03");
    let module = "curricula/tiny/modules/answering.toml";
    let changed = maya
        .read(module)
        .replace("id = \"answer-one\"\n", "id = \"answer-one\"\nrev = 2\n")
        .replace("id = \"words\"\n", "id = \"words\"\nrev = 2\n");
    maya.file(module, changed);
    let old = format!(
        "{}2026-03-04 practised answering.answer-one \"Did it\" own hand\nend\n",
        receipt(&second, "2026-03-04", 0).trim_end_matches("end\n")
    );
    let taken = receive(&maya, "2026-03-04", &old).ok();
    assert!(
        taken
            .told()
            .contains("it was done as revision 1; the step has changed since and is now revision 2"),
        "{taken}"
    );
    assert!(
        taken
            .told()
            .contains("1 question that this page asked has changed since"),
        "{taken}"
    );
    assert_eq!(
        steps(&maya, "serve"),
        [1, 1],
        "of three that were right one counts no more"
    );
    let practised = maya
        .events(PAGE)
        .into_iter()
        .rfind(|event| event["kind"] == "practised")
        .expect("one");
    assert_eq!(practised["rev"], 1);
    // Written by hand it is the present one; said, it is what was said; of the future there is none.
    let by_hand = "upwards receipt for ana\n2026-03-05 practised answer-one \"By hand\" own hand\n2026-03-06 practised answer-one \"Before\" own hand, rev 1\nend\n";
    receive(&maya, "2026-03-06", by_hand).ok();
    let revs: Vec<Value> = maya
        .events("progress/ana/maya-laptop.jsonl")
        .iter()
        .map(|event| event["rev"].clone())
        .collect();
    assert_eq!(revs, [2, 1]);
    let future = "upwards receipt for ana, page ana-page-9m3t\n2026-03-06 practised answer-one \"Soon\" own hand, rev 3\nend\n";
    let run = receive(&maya, "2026-03-06", future).code(1);
    assert!(run.told().contains("the newest one here is 2"), "{run}");
    let new = page(&maya, "2026-03-20");
    let asked = new["asked"].as_array().expect("questions");
    let words = asked
        .iter()
        .find(|question| question["key"] == "tiny/answering.words");
    assert_eq!(words.expect("it was asked")["rev"], 2);
}

#[test]
fn a_question_that_was_retired_takes_nobody_elses_count_with_it() {
    let maya = Sandbox::halden();
    let first = page(&maya, "2026-03-02");
    let questions = asked(&first, "serve");
    assert!(!questions.is_empty(), "{first}");
    let file = "curricula/tiny/modules/answering.toml";
    let text = maya.read(file);
    let short = questions[0]
        .rsplit('.')
        .next()
        .and_then(|id| id.split('@').next());
    let short = format!("id = \"{}\"\n", short.expect("an id"));
    let retired = text.replacen(&short, &format!("{short}retired = true\n"), 1);
    assert_ne!(retired, text);
    maya.file(file, retired);
    // The page was mailed already, and its count is of what it asked.
    receive(&maya, "2026-03-03", &receipt(&first, "2026-03-03", 0)).ok();
    assert!(!steps(&maya, "serve").is_empty());
}

#[test]
fn what_was_taken_back_and_brought_back_was_told() {
    let maya = Sandbox::halden();
    let first = page(&maya, "2026-03-02");
    receive(&maya, "2026-03-02", &receipt(&first, "2026-03-02", 0)).ok();
    maya.on("2026-03-02").run("undo").ok();
    maya.on("2026-03-02").run("undo").ok();
    let second = page(&maya, "2026-03-09");
    receive(&maya, "2026-03-09", &receipt(&second, "2026-03-09", 0)).ok();
    assert!(steps(&maya, "serve").contains(&2), "{:?}", steps(&maya, "serve"));
}
