//! `assign`: one event a person, frozen at that moment; waivers, extensions, programmes.

use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

fn log(sandbox: &Sandbox, person: &str) -> Vec<Value> {
    let file = format!("progress/{person}/maya-laptop.jsonl");
    if sandbox.has(&file) {
        sandbox.events(&file)
    } else {
        Vec::new()
    }
}

#[test]
fn a_module_is_assigned_to_one_person_without_a_question() {
    let sandbox = Sandbox::halden();
    let done = sandbox
        .run("assign answering --to ana --due 2026-04-10 --reason 'board decision'")
        .ok();
    assert_data_eq!(
        done.stdout,
        str![[r"
Assign Answering in public: 1 person
  Ana Reyes (ana), due 2026-04-10
Saved.

"]]
    );
    let event = &log(&sandbox, "ana")[0];
    let text = sandbox.read("progress/ana/maya-laptop.jsonl");
    let id = event["id"].as_str().expect("an id");
    assert_eq!(
        text,
        format!(
            "{{\"v\":1,\"id\":\"{id}\",\"seq\":1,\"day\":\"2026-03-16\",\"person\":\"ana\",\"by\":\"maya\",\"device\":\"maya-laptop\",\"kind\":\"assigned\",\"curriculum\":\"tiny\",\"module\":\"answering\",\"due\":\"2026-04-10\",\"reason\":\"board decision\"}}\n"
        )
    );
}

#[test]
fn several_people_are_listed_and_need_a_yes() {
    let sandbox = Sandbox::halden();
    let asked = sandbox
        .run("assign answering --to group:board --to chen --due +4w")
        .code(2);
    assert!(asked.said().contains("give it: --yes"), "{asked}");
    assert_data_eq!(
        asked.stdout,
        str![[r"
Assign Answering in public: 3 people
  Ana Reyes (ana), due 2026-04-13
  Bo Lindqvist (bo), due 2026-04-13
  Chen Wei (chen), due 2026-04-13

"]]
    );
    assert!(!sandbox.has("progress"));
    sandbox
        .run("assign answering --to group:board --to chen --due +4w --yes")
        .ok();
    for person in ["ana", "bo", "chen"] {
        assert_eq!(log(&sandbox, person)[0]["due"], "2026-04-13", "{person}");
    }
    assert_eq!(log(&sandbox, "maya").len(), 0);
}

#[test]
fn a_unit_is_its_executives_on_that_day() {
    let sandbox = Sandbox::halden();
    sandbox.run("people add --name 'Dee' --unit service").ok();
    sandbox.run("people edit dee --set left=2026-03-01").ok();
    sandbox
        .run("people add --name 'Maud' --unit service --role mentor")
        .ok();
    sandbox.run("assign framing --to unit:service").ok();
    assert_eq!(log(&sandbox, "bo").len(), 1);
    assert!(log(&sandbox, "dee").is_empty() && log(&sandbox, "maud").is_empty());
}

#[test]
fn the_same_again_changes_nothing_and_another_day_is_an_extension() {
    let sandbox = Sandbox::halden();
    sandbox.run("assign answering --to ana --due 2026-04-10").ok();
    let again = sandbox.run("assign answering --to ana --due 2026-04-10").ok();
    assert!(
        again.said().contains("has it already, due the same day"),
        "{again}"
    );
    assert_eq!(log(&sandbox, "ana").len(), 1);
    sandbox.run("assign answering --to ana --due 2026-05-10").ok();
    assert_eq!(log(&sandbox, "ana").len(), 2);
    let rows = sandbox.run("export progress -f csv").ok().csv();
    assert!(rows.iter().all(|row| row["due_on"] == "2026-05-10"));
}

#[test]
fn an_extension_moves_the_date_each_of_them_has() {
    let sandbox = Sandbox::halden();
    sandbox.run("assign answering --to ana --due 2026-04-10").ok();
    sandbox.run("assign answering --to bo --due 2026-05-31").ok();
    let done = sandbox
        .run("assign answering --to ana --to bo --to chen --extend 1m --reason 'the fair' --yes")
        .ok();
    assert_data_eq!(
        done.stdout.clone(),
        str![[r"
Assign Answering in public: 2 people
  Ana Reyes (ana), due 2026-05-10 (was 2026-04-10)
  Bo Lindqvist (bo), due 2026-06-30 (was 2026-05-31)
Saved.

"]]
    );
    assert!(
        done.said().contains("Chen Wei has no due date to extend"),
        "{done}"
    );
    assert_eq!(log(&sandbox, "ana")[1]["reason"], "the fair");
    // Both dates and the reason stay in the history.
    let history = sandbox.run("history --person ana").ok().stdout;
    assert!(
        history.contains("due 2026-04-10") && history.contains("due 2026-05-10 (the fair)"),
        "{history}"
    );
    for (line, words) in [
        ("assign answering --to ana --extend soon", "days, weeks or months"),
        ("assign answering --to ana --extend 1w --due +1w", "--due"),
        ("assign answering --to ana --waive ask-a-peer", "--reason"),
        (
            "assign answering --to ana --waive ask-a-peer --reason x --until 2026-03-16",
            "is over already",
        ),
    ] {
        let refused = sandbox.run(line).code(2);
        assert!(refused.said().contains(words), "{refused}");
    }
}

#[test]
fn due_dates_may_be_so_many_days_weeks_or_months_from_now() {
    let sandbox = Sandbox::halden();
    for (typed, day) in [
        ("+10d", "2026-03-26"),
        ("+4w", "2026-04-13"),
        ("+3m", "2026-06-16"),
    ] {
        sandbox
            .run(&format!("assign answering --to ana --due {typed}"))
            .ok();
        assert_eq!(log(&sandbox, "ana").last().expect("an event")["due"], day);
    }
}

#[test]
fn a_group_by_rule_is_who_fits_it_on_that_day() {
    let sandbox = Sandbox::halden();
    sandbox.append(
        "people.toml",
        "\n[[group]]\nid = \"service-heads\"\nname = \"Heads of service\"\nunit = \"service\"\nrole = \"executive\"\ntag = \"board\"\n",
    );
    sandbox.run("check --strict --only people").ok();
    sandbox
        .run("assign answering --to group:service-heads --due +4w")
        .ok();
    assert_eq!(log(&sandbox, "bo").len(), 1);
    assert!(log(&sandbox, "ana").is_empty() && log(&sandbox, "chen").is_empty());
    assert_data_eq!(
        sandbox.run("people groups").ok().stdout,
        str![[r"
ID             NAME              RULE                             PEOPLE  MEMBERS
board          -                 -                                2       ana, bo
service-heads  Heads of service  unit service, role executive +1  1       bo

"]]
    );
    // Who fits later is in it then; what was assigned stays with whom it was assigned to.
    sandbox.run("people edit ana --set unit=service").ok();
    sandbox.run("people edit bo --set unit=sales").ok();
    let csv = sandbox.run("people groups -f csv").ok().csv();
    assert_eq!(csv[1]["members"], "ana");
    assert_eq!(csv[1]["rule"], "unit service|role executive|tag board");
    assert!(log(&sandbox, "ana").is_empty());
}

#[test]
fn taking_it_back_ends_every_open_one() {
    let sandbox = Sandbox::halden();
    sandbox.run("assign answering --to ana --due 2026-03-01").ok();
    let overdue = |sandbox: &Sandbox| {
        let rows = sandbox.run("readiness -f csv").ok().csv();
        rows.first().map(|row| row["overdue_count"].clone())
    };
    assert_eq!(overdue(&sandbox).as_deref(), Some("1"));
    sandbox
        .run("assign answering --to ana --remove --reason 'wrong module'")
        .ok();
    assert_eq!(overdue(&sandbox), None);
    let nothing = sandbox.run("assign answering --to ana --remove").ok();
    assert!(nothing.said().contains("is not assigned answering"), "{nothing}");
    assert_eq!(log(&sandbox, "ana").len(), 2);
}

#[test]
fn a_waived_step_is_not_shown_as_done_and_the_reason_is_for_leaders() {
    let sandbox = Sandbox::halden();
    sandbox.run("assign answering --to ana --due 2026-04-10").ok();
    sandbox
        .run(
            "assign answering --to ana --waive ask-a-peer --until 2026-12-31 --reason 'led the service team'",
        )
        .ok();
    let rows = sandbox.run("export progress -f csv").ok().csv();
    let talk = rows
        .iter()
        .find(|row| row["step_id"] == "answering.ask-a-peer")
        .expect("a row");
    assert_eq!(
        (talk["state"].as_str(), talk["finished_on"].as_str()),
        ("waived", "")
    );
    let waived = &log(&sandbox, "ana")[1];
    assert_eq!(
        (&waived["kind"], &waived["until"]),
        (&json!("waived"), &json!("2026-12-31"))
    );
    assert!(
        !sandbox
            .read("progress/ana/maya-laptop.jsonl")
            .contains("led the service team")
    );
    let team = &sandbox.events("team/maya-laptop.jsonl")[0];
    assert_eq!((&team["kind"], &team["ref"]), (&json!("because"), &waived["id"]));
    assert_eq!(team["reason"], "led the service team");
}

#[test]
fn a_programme_leaves_out_what_is_finished() {
    let sandbox = Sandbox::halden();
    let ana = sandbox.laptop("ana");
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nframing.stop = { choice = 1 }\n",
    );
    ana.run("learn --step who --answers ../a.toml").ok();
    ana.run("learn --step one-rule --personal yes --done 'Wrote it'")
        .ok();
    sandbox
        .run("assign tiny --to ana --to bo --start 2026-04-01 --every 2w --yes")
        .ok();
    let due = |person: &str| -> Vec<(Value, Value)> {
        let log = log(&sandbox, person);
        log.iter()
            .map(|e| (e["module"].clone(), e["due"].clone()))
            .collect()
    };
    assert_eq!(due("ana"), [(json!("answering"), json!("2026-04-15"))]);
    assert_eq!(
        due("bo"),
        [
            (json!("answering"), json!("2026-04-15")),
            (json!("framing"), json!("2026-04-29"))
        ]
    );
}

/// What a programme will be is shown before it is written: each module, its day, its minutes, and for whom it differs.
#[test]
fn a_programme_is_shown_before_it_is_written() {
    let sandbox = Sandbox::halden();
    sandbox.run("assign framing --to bo --due 2026-04-10").ok();
    let shown = sandbox
        .run("assign tiny --to ana --to bo --to chen --start 2026-04-01 --every 2w --dry-run")
        .ok();
    assert_data_eq!(
        shown.stdout,
        str![[r"
Answering, a programme of 2 modules: 3 people
  Ana Reyes (ana)
  Chen Wei (chen)
    Wed 15 Apr  Answering in public   28 min
    Wed 29 Apr  Setting the frame      6 min
    2 modules, 34 minutes in all

  Bo Lindqvist (bo)
    Wed 15 Apr  Answering in public   28 min
    Wed 29 Apr  Setting the frame      6 min  (was 10 Apr)
    2 modules, 34 minutes in all
Dry run, nothing was written.

"]]
    );
    assert_eq!(log(&sandbox, "bo").len(), 1);
    // A start that is over is allowed, and said.
    let late = sandbox
        .run("assign tiny --to ana --start 2026-03-01 --every 1w --dry-run")
        .ok();
    assert!(
        late.stderr.contains("note: 2 of these dates are over already"),
        "{late}"
    );
}

/// Laid out again, a programme moves nothing, not even for who has finished a part of it since.
#[test]
fn a_programme_laid_out_twice_is_the_same() {
    let sandbox = Sandbox::halden();
    let line = "assign tiny --to ana --to bo --start 2026-04-01 --every 2w --yes";
    sandbox.run(line).ok();
    let first = log(&sandbox, "ana");
    let again = sandbox.run(line).ok();
    assert!(again.stdout.contains("Nothing to change"), "{again}");
    let ana = sandbox.laptop("ana");
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nframing.stop = { choice = 1 }\n",
    );
    ana.run("learn --step who --answers ../a.toml").ok();
    ana.run("learn --step one-rule --personal yes --done 'Wrote it'")
        .ok();
    sandbox.run(line).ok();
    let assigned = |log: &[Value]| log.iter().filter(|e| e["kind"] == "assigned").count();
    assert_eq!(assigned(&log(&sandbox, "ana")), assigned(&first));
}

/// A programme goes back as a whole, and says how much that is.
#[test]
fn a_programme_is_taken_back_as_a_whole() {
    let sandbox = Sandbox::halden();
    sandbox
        .run("assign tiny --to group:board --start 2026-04-01 --every 2w --yes")
        .ok();
    let back = sandbox.run("assign tiny --to ana --remove").ok();
    assert!(back.stdout.contains("Ana Reyes (ana), 2 modules"), "{back}");
    let open = sandbox.run("export progress").ok().csv();
    assert!(
        open.iter()
            .all(|row| row["person_id"] != "ana" || row["due_on"].is_empty())
    );
    assert!(
        open.iter()
            .any(|row| row["person_id"] == "bo" && row["due_on"] == "2026-04-15")
    );
    let again = sandbox.run("assign tiny --to ana --remove").ok();
    assert!(again.stdout.contains("Nothing to change"), "{again}");
}

#[test]
fn what_does_not_fit_is_told_before_anything_is_written() {
    let sandbox = Sandbox::halden();
    let before = sandbox.workspace();
    for (line, code, words) in [
        ("assign answring --to ana", 1, "did you mean: answering"),
        ("assign answering --to anna", 1, "did you mean: ana (Ana Reyes)?"),
        ("assign answering --to an", 1, "\"an\" is no person here"),
        ("assign answering --to group:bord", 1, "did you mean: board?"),
        ("assign answering --to unit:servic", 1, "did you mean: service?"),
        ("assign answering --to maya", 1, "is no executive here"),
        (
            "assign answering --to ana --due 2026-02-30",
            2,
            "--due: 2026-02-30 is no day of the calendar",
        ),
        ("assign answering --to ana --due 30.4.2026", 2, "--due"),
        ("assign answering --to ana --due +4x", 2, "+4w, +10d or +3m"),
        (
            "assign answering --to ana --waive ask-a-per --reason x",
            1,
            "did you mean: answering.ask-a-peer",
        ),
        (
            "assign answering --to ana --waive ask-a-peer --until 2026-13-01 --reason x",
            2,
            "--until",
        ),
        (
            "assign answering --to ana --start 2026-04-01 --every 2w",
            2,
            "a programme is made of a curriculum",
        ),
        ("assign tiny --to ana", 2, "--start 2026-04-01 --every 2w"),
        ("assign tiny --to ana --start 2026-04-31 --every 2w", 2, "--start"),
        (
            "assign tiny --to ana --start 2026-04-01 --every soon",
            2,
            "--every",
        ),
        ("assign answering --to ana --remove --due +4w", 2, "--remove"),
        // Five days are not five weeks: nothing is guessed.
        (
            "assign tiny --to ana --start 2026-04-01 --every 5",
            2,
            "5d, 5w or 5m",
        ),
        ("assign answering --to ana --due +5", 2, "+5d, +5w or +5m"),
        ("assign answering --to ana --extend 5", 2, "5d, 5w or 5m"),
        (
            "assign tiny --to ana --start 9999-12-20 --every 1w",
            2,
            "the last day is 9999-12-31",
        ),
        (
            "assign tiny --to ana --start 9999-11-30 --every 1m",
            2,
            "the last day is 9999-12-31",
        ),
        ("assign answering", 2, "--to <WHO>"),
        ("assign answering --to ana --as anna", 1, "did you mean: ana"),
    ] {
        let refused = sandbox.run(line).code(code);
        assert!(refused.said().contains(words), "{refused}");
    }
    assert_eq!(sandbox.workspace(), before);
}

#[test]
fn a_dry_run_shows_whom_and_writes_nothing() {
    let sandbox = Sandbox::halden();
    let shown = sandbox
        .run("assign answering --to group:board --due +10d --dry-run")
        .ok();
    assert!(
        shown.stdout.contains("Bo Lindqvist (bo), due 2026-03-26"),
        "{shown}"
    );
    assert!(!sandbox.has("progress"));
}

#[test]
fn who_did_it_is_written_down() {
    let sandbox = Sandbox::halden();
    sandbox.run("people edit bo --set roles=executive,leader").ok();
    sandbox.laptop("bo").run("assign framing --to ana").ok();
    assert_eq!(sandbox.events("progress/ana/bo-laptop.jsonl")[0]["by"], "bo");
    // On a computer nobody said a name on, it is asked for.
    let nobody = sandbox.laptop("new");
    let refused = nobody.run("assign framing --to ana").code(2);
    assert!(refused.said().contains("upwards config set me ID"), "{refused}");
    assert!(
        refused.said().contains("--as ID (maya, ana, bo, chen)"),
        "{refused}"
    );
    nobody
        .env("UPWARDS_AS", "maya")
        .run("assign framing --to ana --due +1w")
        .ok();
}

#[test]
fn what_is_taken_back_is_counted_by_modules() {
    let maya = Sandbox::halden();
    for every in ["2w", "3w"] {
        maya.run(&format!(
            "assign tiny --to ana --start 2026-03-16 --every {every} --yes"
        ))
        .ok();
    }
    let run = maya.run("assign tiny --to ana --remove --yes").ok();
    assert!(run.stdout.contains("Ana Reyes (ana), 2 modules"), "{run}");
    // All four assignments are gone.
    let again = maya.run("assign tiny --to ana --remove --yes").ok();
    assert!(again.stdout.contains("Nothing to change."), "{again}");
    // One module twice is one module.
    for due in ["2026-04-01", "2026-05-01"] {
        maya.run(&format!("assign answering --to ana --due {due} --yes"))
            .ok();
    }
    let run = maya.run("assign answering --to ana --remove --yes").ok();
    assert!(
        !run.stdout.contains("assignments") && !run.stdout.contains("modules"),
        "{run}"
    );
}
