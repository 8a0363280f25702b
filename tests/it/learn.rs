//! `learn`: steps done by answers files and flags; every prompt has one, and nothing is half-written.

use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::support::{Output, Sandbox, WORKSPACE};

const SHARED: &str = "progress/ana/ana-laptop.jsonl";
/// Everything the first sitting of ten minutes asks.
const TEN_MINUTES: &str = r#"format = 1
[answers]
answering.hour.text = "Legal would want to read it first"
answering.words = { choice = 2, sure = 3 }
answering.leave = { choice = 2, sure = "guess" }
answering.both = { choice = [1, 2] }
"#;

fn private(sandbox: &Sandbox) -> Vec<Value> {
    let file = format!("../own/ana/{WORKSPACE}/private/ana/ana-laptop.jsonl");
    sandbox.events(&file)
}

/// Events without what differs from run to run.
fn plain(events: Vec<Value>) -> Vec<Value> {
    events
        .into_iter()
        .map(|mut event| {
            let object = event.as_object_mut().expect("an event is an object");
            for key in ["id", "seq", "at", "device"] {
                object.remove(key);
            }
            event
        })
        .collect()
}

fn kinds(events: &[Value]) -> Vec<&str> {
    events
        .iter()
        .map(|e| e["kind"].as_str().unwrap_or_default())
        .collect()
}

fn learn(sandbox: &Sandbox, answers: &str, flags: &str) -> Output {
    sandbox.file("../a.toml", format!("format = 1\n[answers]\n{answers}"));
    sandbox.run(&format!("learn --answers ../a.toml {flags}"))
}

// A sitting.

#[test]
fn a_sitting_by_answers_file_is_recorded_and_told() {
    let ana = Sandbox::halden().laptop("ana");
    ana.file("../a.toml", TEN_MINUTES);
    let sat = ana
        .run("learn --answers ../a.toml --module answering --capability serve --minutes 6")
        .ok();
    assert_data_eq!(
        sat.stdout,
        str![[r"

Done in less than a minute (6 planned).   2 steps recorded on ana-laptop.

  Serve      not started -> exploring   0.0 -> 26.6   limited by: practice
     +26.6  2 questions right for the first time
      +0.0  1 question missed: no points lost; right from tomorrow: +13.4
Kept private: 1 note and 3 answers.
For Maya Lund, with your next send: 2 steps with their day and points.

"]]
    );
    let shared = ana.events(SHARED);
    assert_eq!(
        kinds(&shared),
        ["started", "finished", "started", "finished", "recalled"]
    );
    let seqs: Vec<u64> = shared.iter().filter_map(|e| e["seq"].as_u64()).collect();
    assert_eq!(seqs, [1, 2, 3, 4, 5]);
    assert_eq!(
        plain(private(&ana)),
        [
            json!({"v":1,"day":"2026-03-16","person":"ana","by":"ana","kind":"reflected","curriculum":"tiny","step":"answering.hour","text":"Legal would want to read it first"}),
            json!({"v":1,"day":"2026-03-16","person":"ana","by":"ana","kind":"answered","curriculum":"tiny","question":"answering.words","rev":1,"capability":"serve","chosen":[2],"correct":true,"confidence":"certain"}),
            json!({"v":1,"day":"2026-03-16","person":"ana","by":"ana","kind":"answered","curriculum":"tiny","question":"answering.leave","rev":1,"capability":"serve","chosen":[2],"correct":false,"confidence":"guess"}),
            json!({"v":1,"day":"2026-03-16","person":"ana","by":"ana","kind":"answered","curriculum":"tiny","question":"answering.both","rev":1,"capability":"serve","chosen":[1,2],"correct":true}),
        ]
    );
    // What is shared says how many are known, not which, and nothing of the miss.
    assert_eq!(
        shared[4]["questions"],
        json!([[1, "2026-03-16"], [1, "2026-03-16"]])
    );
}

#[test]
fn json_lines_on_stdin_are_the_same_sitting() {
    let (by_file, by_pipe) = (Sandbox::halden().laptop("ana"), Sandbox::halden().laptop("ana"));
    by_file.file("../a.toml", TEN_MINUTES);
    by_file
        .run("learn --answers ../a.toml --module answering --minutes 6")
        .ok();
    let lines = [
        json!({"id":"answering.hour.text","answer":"Legal would want to read it first"}),
        json!({"id":"answering.words","answer":{"choice":2,"sure":3}}),
        json!({"id":"answering.leave","answer":{"choice":2,"sure":"guess"}}),
        json!({"id":"answering.both.choice","answer":[1,2]}),
    ];
    let text = lines.map(|line| line.to_string()).join("\n") + "\n";
    by_pipe
        .feed("learn --answers - --module answering --minutes 6", &text)
        .ok();
    assert_eq!(by_file.read(SHARED), by_pipe.read(SHARED));
    assert_eq!(private(&by_file), private(&by_pipe));
}

#[test]
fn flags_and_an_answers_file_record_the_same_practice() {
    let (by_file, by_flags) = (Sandbox::halden().laptop("ana"), Sandbox::halden().laptop("ana"));
    learn(
        &by_file,
        "answering.answer-one = { personal = \"yes\", done = \"Answered a late parcel\", witness = \"bo\", may_quote = true, before = 19.5, n = 12 }\n",
        "--step answer-one",
    )
    .ok();
    by_flags
        .run("learn --step answering.answer-one --personal yes --done 'Answered a late parcel' --witness bo --may-quote --before 19,5 --n 12")
        .ok();
    assert_eq!(by_file.read(SHARED), by_flags.read(SHARED));
    assert_eq!(
        plain(by_flags.events(SHARED)),
        [
            json!({"v":1,"day":"2026-03-16","person":"ana","by":"ana","kind":"practised","curriculum":"tiny","step":"answering.answer-one","rev":1,"capabilities":["serve"],"personal":true,"evidence":"Answered a late parcel","witness":"bo","may_quote":true,"measure":{"before":19.5,"unit":"hours to first answer","period":"each","n":12}})
        ]
    );
}

#[test]
fn a_dry_run_names_the_steps_and_records_nothing() {
    let ana = Sandbox::halden().laptop("ana");
    let before = ana.workspace();
    let shown = ana.run("learn --dry-run --minutes 12").ok();
    assert_data_eq!(
        shown.stdout,
        str![[r"
Dry run: 12 minutes would be
  quiz        1 min  1 question (framing.who)
  case        3 min  KLM: an hour in the answer seat (answering.hour)
  quiz        3 min  3 questions (answering.first)
  practice    5 min  Answer one customer (answering.answer-one)

"]]
    );
    assert_eq!(ana.workspace(), before);
    assert!(!ana.own(&format!("{WORKSPACE}/private")).exists());
}

#[test]
fn an_aim_in_the_answers_is_recorded_first() {
    let ana = Sandbox::halden().laptop("ana");
    learn(
        &ana,
        "aim = { text = \"Complaints take two days\", capability = \"serve\" }\nanswering.hour.text = \"x\"\n",
        "--step hour",
    )
    .ok();
    let shared = ana.events(SHARED);
    assert_eq!(kinds(&shared), ["aimed", "started", "finished"]);
    assert_eq!(shared[0]["function"], "customer-service");
    assert_eq!(shared[0]["capability"], "serve");
}

#[test]
fn not_sure_is_an_answer_and_a_miss() {
    let ana = Sandbox::halden().laptop("ana");
    learn(&ana, "framing.stop = { choice = 0 }\n", "--step who").ok();
    let answered = &private(&ana)[0];
    assert_eq!(
        (&answered["chosen"], &answered["correct"]),
        (&json!([]), &json!(false))
    );
    // Nothing was known, so nothing is published.
    assert_eq!(kinds(&ana.events(SHARED)), ["started", "finished"]);
}

#[test]
fn questions_come_back_when_they_are_due() {
    let ana = Sandbox::halden().laptop("ana");
    learn(&ana, "framing.stop = { choice = 1 }\n", "--step who").ok();
    let offered = |day: &str| {
        let rows = ana.on(day).run("next --minutes 60 -f json").ok().rows();
        rows.iter().any(|row| row["step_id"] == "framing.who")
    };
    assert!(!offered("2026-03-16"));
    assert!(!offered("2026-03-17"));
    assert!(offered("2026-03-20"));
}

#[test]
fn ready_takes_a_later_day_and_is_written_down_once() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("learn --step one-rule --personal yes --done 'Wrote who may answer'")
        .ok();
    let first = learn(&ana, "framing.stop = { choice = 1 }\n", "--step who").ok();
    assert!(first.stdout.contains("limited by: again"), "{first}");
    let later = ana.on("2026-03-20");
    let second = learn(&later, "framing.stop = { choice = 1 }\n", "--step who").ok();
    assert!(
        second
            .stdout
            .contains("reached: Lead is Ready for the first time"),
        "{second}"
    );
    learn(
        &ana.on("2026-03-21"),
        "framing.stop = { choice = 1 }\n",
        "--step who",
    )
    .ok();
    let reached: Vec<Value> = ana
        .events(SHARED)
        .into_iter()
        .filter(|e| e["kind"] == "reached")
        .collect();
    assert_eq!(reached.len(), 1);
    assert_eq!(
        (&reached[0]["day"], &reached[0]["capability"]),
        (&json!("2026-03-20"), &json!("lead"))
    );
}

#[test]
fn minutes_are_kept_private_and_confidence_is_asked_only_if_wanted() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("config set learn.ask_confidence false").ok();
    learn(
        &ana,
        "framing.stop = { choice = 1, sure = 3 }\n",
        "--step who --minutes-used 4",
    )
    .ok();
    let private = private(&ana);
    assert_eq!(kinds(&private), ["answered", "spent"]);
    assert_eq!(private[0]["confidence"], Value::Null);
    assert_eq!(private[1]["minutes"], 4);
}

// Nobody to ask.

#[test]
fn without_a_terminal_it_ends_at_once_and_names_what_to_type() {
    let ana = Sandbox::halden().laptop("ana");
    let before = ana.workspace();
    for line in [
        "learn",
        "learn --step hour",
        "learn --step first",
        "learn --step answer-one",
        "learn --step answering.what-stops-me",
        "learn --no-input",
    ] {
        let refused = ana.run(line).code(2);
        assert!(refused.said().contains("there is no terminal"), "{refused}");
        assert!(
            refused.said().contains("--answers") || refused.said().contains("--done"),
            "{refused}"
        );
        assert!(refused.said().contains("nothing was written"), "{refused}");
        assert!(
            refused.stderr.len() < 4096 && refused.stdout.is_empty(),
            "{refused}"
        );
    }
    assert_eq!(ana.workspace(), before);
}

#[test]
fn what_comes_by_pipe_is_never_taken_for_answers() {
    let ana = Sandbox::halden().laptop("ana");
    let before = ana.workspace();
    ana.feed("learn", "2\n2\n2\n").code(2);
    ana.feed("learn --demo", "2\n").code(2);
    assert_eq!(ana.workspace(), before);
    assert_eq!(ana.leftovers(), Vec::<String>::new());
}

#[test]
fn answers_that_miss_or_do_not_fit_stop_it_before_anything_is_written() {
    let ana = Sandbox::halden().laptop("ana");
    let before = ana.everything();
    for (answers, flags, words) in [
        (
            "answering.words = { choice = 2 }",
            "--step first",
            "answering.leave.choice",
        ),
        (
            "answering.words = { choice = 9 }\nanswering.leave = { choice = 1 }\nanswering.both = { choice = [1] }",
            "--step first",
            "one of 0, 1, 2, 3",
        ),
        (
            "answering.words = { choice = 1, sure = 4 }\nanswering.leave = { choice = 1 }\nanswering.both = { choice = [1] }",
            "--step first",
            "1 guess, 2 fairly sure, 3 certain",
        ),
        (
            "answering.answer-one = { done = \"x\" }",
            "--step answer-one",
            "answering.answer-one.personal",
        ),
        (
            "answering.answer-one = { personal = \"yes\", done = \"x\", before = 1.2345 }",
            "--step answer-one",
            "at most three decimals",
        ),
        (
            "answering.answer-one = { personal = \"perhaps\", done = \"x\" }",
            "--step answer-one",
            "one of yes, no, later",
        ),
        (
            "answering.hour.text = 3",
            "--step hour",
            "a text of 1 to 300 characters",
        ),
        (
            "answering.wrods = { choice = 1 }",
            "",
            "did you mean: answering.words",
        ),
        ("answering.words = { chioce = 1 }", "", "did you mean: choice"),
        ("answering.words = { zzz = 1 }", "", "they know: choice"),
        (
            "aim = { text = \"x\", capability = \"served\" }",
            "--step hour",
            "one of serve, lead, none",
        ),
    ] {
        let refused = learn(&ana, answers, flags).code(2);
        assert!(refused.said().contains(words), "{answers}: {refused}");
    }
    std::fs::remove_file(ana.path("../a.toml")).expect("it was written");
    let mut after = ana.everything();
    // A lock is no record.
    after.retain(|path, _| !path.ends_with("/lock"));
    assert_eq!(after, before);
}

#[test]
fn a_file_that_holds_no_answers_is_told_with_its_name() {
    let ana = Sandbox::halden().laptop("ana");
    for (text, words) in [
        ("", "format = 1"),
        ("format = 2\n", "format = 1"),
        ("format = 1\n[answer]\n", "unknown key answer"),
        ("format = 1\n[answers]\nx = \n", "a.toml is no answers file"),
    ] {
        ana.file("../a.toml", text);
        let refused = ana.run("learn --answers ../a.toml").code(2);
        assert!(refused.said().contains(words), "{refused}");
    }
    let missing = ana.run("learn --answers nowhere.toml").code(1);
    assert!(
        missing.said().contains("nowhere.toml") && missing.said().contains("does not exist"),
        "{missing}"
    );
    let broken = ana
        .feed("learn --answers -", "{\"id\":\"answering.words\"\n")
        .code(2);
    assert!(
        broken.said().contains("standard input, line 1: not JSON"),
        "{broken}"
    );
}

#[test]
fn steps_modules_and_capabilities_are_named_or_told_apart() {
    let ana = Sandbox::halden().laptop("ana");
    for (line, words) in [
        ("learn --step hourr --dry-run", "did you mean: answering.hour"),
        ("learn --module answring --dry-run", "did you mean: answering"),
        ("learn --capability srve --dry-run", "did you mean: serve"),
        // Of two curricula: which is meant has to be said.
        ("learn --step klm-social-service --dry-run", "is no step here"),
        (
            "learn --step what-stops-me --dry-run",
            "which: answering.what-stops-me",
        ),
    ] {
        let refused = ana.run(line).code(1);
        assert!(refused.said().contains(words), "{refused}");
    }
    ana.run("learn --step what-stops-me --curriculum tiny --dry-run")
        .ok();
    for line in ["learn --minutes 0", "learn --minutes 1441", "learn --minutes x"] {
        ana.run(line).code(2);
    }
    let short = ana.run("learn --minutes 1 --module answering").ok();
    assert!(short.stdout.contains("minutes would do"), "{short}");
}

// A practice.

#[test]
fn a_practice_without_a_line_or_by_other_hands_gives_no_points() {
    let ana = Sandbox::halden().laptop("ana");
    learn(
        &ana,
        "answering.answer-one = { personal = \"yes\" }",
        "--step answer-one",
    )
    .ok();
    let other = ana
        .run("learn --step one-rule --personal no --done 'My assistant wrote it'")
        .ok();
    assert!(
        other
            .said()
            .contains("nobody is ready without a practice of their own"),
        "{other}"
    );
    let rows = ana.run("readiness ana -f csv").ok().csv();
    assert!(rows.iter().all(|row| row["hands_on_points"] == "0.0"));
    let shown = ana.run("readiness ana").ok();
    assert!(
        shown
            .told()
            .contains("no line on what was done: no hands-on points"),
        "{shown}"
    );
    assert!(shown.stdout.contains("done by somebody else"), "{shown}");
}

#[test]
fn what_would_be_public_is_shown_as_a_draft_where_publishing_is_off() {
    let ana = Sandbox::halden().laptop("ana");
    let draft = ana
        .run("learn --step one-rule --personal yes --done 'Wrote it'")
        .ok();
    assert!(
        draft.said().contains("Publishing is not switched on here"),
        "{draft}"
    );
    assert!(!draft.said().contains("Publish it."), "{draft}");
    let text = ana
        .read("upwards.toml")
        .replace("public = false", "public = true");
    ana.file("upwards.toml", text);
    let public = ana
        .run("learn --step one-rule --personal yes --done 'Wrote it again'")
        .ok();
    assert!(public.said().contains("Publish it."), "{public}");
    let asked = ana
        .run("learn --step one-rule --personal yes --done 'Once more' --draft")
        .ok();
    assert!(asked.said().contains("You asked for the draft"), "{asked}");
}

#[test]
fn flags_of_a_practice_need_the_step_and_a_hand() {
    let ana = Sandbox::halden().laptop("ana");
    for (line, words) in [
        ("learn --done x", "--step ID"),
        ("learn --step answer-one --done x", "--personal yes"),
        (
            "learn --step answer-one --done x --personal perhaps",
            "--personal <yes|no>",
        ),
        (
            "learn --step answer-one --done x --personal yes --before many",
            "a number of at most three decimals",
        ),
    ] {
        let refused = ana.run(line).code(2);
        assert!(refused.said().contains(words), "{refused}");
    }
    let nobody = ana
        .run("learn --step answer-one --done x --personal yes --witness boo")
        .code(1);
    assert!(nobody.said().contains("did you mean: bo"), "{nobody}");
    assert!(!ana.has(SHARED));
}

#[test]
fn a_second_figure_comes_on_a_later_day_and_says_how_it_is_known() {
    let ana = Sandbox::halden().laptop("ana");
    let early = ana
        .run("learn --step answer-one --after 3 --grade observed")
        .code(1);
    assert!(early.said().contains("no baseline"), "{early}");
    ana.run("learn --step answer-one --personal yes --done x --before 19 --n 12")
        .ok();
    let same_day = ana
        .run("learn --step answer-one --after 3 --grade observed")
        .code(1);
    assert!(same_day.said().contains("never come from one"), "{same_day}");
    let later = ana.on("2026-04-15");
    let how = later.run("learn --step answer-one --after 3").code(2);
    assert!(how.said().contains("--grade claimed|observed"), "{how}");
    let own = later
        .run("learn --step answer-one --after 3 --grade verified")
        .code(2);
    assert!(own.said().contains("nobody verifies their own figure"), "{own}");
    later
        .run("learn --step answer-one --after 2,5 --n 15 --grade observed")
        .ok();
    let shared = ana.events(SHARED);
    assert_eq!(kinds(&shared), ["practised", "measured"]);
    assert_eq!(shared[1]["after"], json!(2.5));
    assert_eq!(shared[1]["ref"], shared[0]["id"]);
    let twice = later
        .run("learn --step answer-one --after 2 --grade observed")
        .code(1);
    assert!(twice.said().contains("no baseline"), "{twice}");
}

#[test]
fn a_second_figure_that_is_due_comes_before_anything_new() {
    let (by_file, by_flags) = (Sandbox::halden().laptop("ana"), Sandbox::halden().laptop("ana"));
    for ana in [&by_file, &by_flags] {
        ana.run("learn --step answer-one --personal yes --done x --before 19 --n 12")
            .ok();
    }
    let later = by_file.on("2026-04-15");
    let planned = |s: &Sandbox| s.run("learn --dry-run --minutes 5").ok().stdout;
    assert!(!planned(&by_file.on("2026-04-14")).contains("second figure"));
    assert!(
        planned(&later).contains(
            "would be\n  measure     1 min  second figure: Answer one customer (answering.answer-one)\n"
        ),
        "{}",
        planned(&later)
    );
    let asked = later.run("learn").code(2);
    assert!(
        asked.said().contains("--after N --grade claimed|observed"),
        "{asked}"
    );
    // A script without the figure goes on without it.
    let answers = "answering.hour.text = \"x\"\n";
    learn(&later, answers, "--step hour").ok();
    learn(
        &later,
        "framing.who.skip = \"no\"\nframing.stop.choice = 1\n",
        "--minutes 1",
    )
    .ok();
    let figure = "answering.answer-one = { after = 2.5, n = 15, grade = \"observed\" }\n";
    learn(&later, figure, "--minutes 1").ok();
    let measured = |sandbox: &Sandbox| -> Vec<Value> {
        let events = sandbox.events(SHARED);
        plain(events.into_iter().filter(|e| e["kind"] == "measured").collect())
    };
    by_flags
        .on("2026-04-15")
        .run("learn --step answer-one --after 2,5 --n 15 --grade observed")
        .ok();
    assert_eq!(measured(&by_file).len(), 1);
    assert_eq!(measured(&by_file), measured(&by_flags));
}

#[test]
fn the_aim_is_the_same_by_its_command_and_by_an_answer() {
    let (by_file, by_flags) = (Sandbox::halden().laptop("ana"), Sandbox::halden().laptop("ana"));
    learn(
        &by_file,
        "aim = { text = \"Complaints take two days\", capability = \"serve\" }\n",
        "--step hour",
    )
    .ok();
    by_flags
        .run("aim 'Complaints  take two days' --capability serve")
        .ok();
    let aimed = |sandbox: &Sandbox| plain(sandbox.events(SHARED))[0].clone();
    assert_eq!(aimed(&by_file), aimed(&by_flags));
    assert_eq!(
        by_flags.run("aim").ok().stdout.lines().next(),
        Some("Your aim since 16 Mar 2026: \"Complaints take two days\"")
    );
    for (line, code, words) in [
        ("aim '  '", 2, "one line of 1 to 300 characters"),
        ("aim x --capability srve", 1, "did you mean: serve"),
        ("aim x --function 'A B'", 2, "--function"),
    ] {
        let refused = by_flags.run(line).code(code);
        assert!(refused.said().contains(words), "{refused}");
    }
    assert_eq!(by_flags.events(SHARED).len(), 1);
}

#[test]
fn somebody_else_verifies() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("learn --step answer-one --personal yes --done x --before 19")
        .ok();
    let maya = ana.laptop("maya").on("2026-04-15");
    maya.run("learn --as ana --step answer-one --after 4 --grade verified")
        .ok();
    let row = maya.run("export progress -f json").ok().rows();
    let practice = row
        .iter()
        .find(|r| r["step_id"] == "answering.answer-one")
        .expect("a row");
    assert_eq!(
        (
            &practice["measure_before"],
            &practice["measure_after"],
            &practice["measure_grade"]
        ),
        (&json!(19), &json!(4), &json!("verified"))
    );
}

// For somebody else.

#[test]
fn what_is_recorded_for_somebody_else_says_so_and_waits() {
    let maya = Sandbox::halden();
    let recorded = maya
        .run("learn --as bo --step answer-one --personal yes --done 'Called the dealer'")
        .ok();
    assert!(
        recorded.told().contains(
            "Recorded for Bo Lindqvist by Maya Lund; a practice counts after Bo Lindqvist confirms it."
        ),
        "{recorded}"
    );
    let event = &maya.events("progress/bo/maya-laptop.jsonl")[0];
    assert_eq!((&event["person"], &event["by"]), (&json!("bo"), &json!("maya")));
    let row = &maya.run("readiness bo --capability serve -f json").ok().rows()[0];
    assert_eq!(
        (&row["hands_on_points"], &row["to_confirm"]),
        (&json!(0.0), &json!(1))
    );
    // Nothing private is made for others.
    assert!(!maya.own(&format!("{WORKSPACE}/private")).exists());
}

#[test]
fn nobody_learns_for_somebody_else() {
    let maya = Sandbox::halden();
    for line in [
        "learn --as bo",
        "learn --as bo --step first",
        "learn --as bo --answers a.toml",
    ] {
        maya.file("a.toml", TEN_MINUTES);
        let refused = maya.run(line).code(2);
        assert!(
            refused.said().contains("nobody can learn for Bo Lindqvist"),
            "{refused}"
        );
    }
    assert!(!maya.has("progress"));
}

#[test]
fn a_clock_that_runs_behind_is_told_once() {
    let ana = Sandbox::halden().laptop("ana");
    ana.run("learn --step answer-one --personal yes --done x").ok();
    let behind = ana
        .on("2026-03-10")
        .run("learn --step one-rule --personal yes --done y")
        .ok();
    assert!(behind.said().contains("this clock is 6 days behind"), "{behind}");
    assert_eq!(ana.events(SHARED)[1]["day"], "2026-03-10");
}
