//! `progress`: one's own bands and what each rests on; the misses nobody else sees.

use serde_json::json;
use snapbox::{assert_data_eq, str};

use crate::support::explained::adds_up;
use crate::support::{Sandbox, as_cell};

/// Ana after one sitting: one question right, one missed, a practice.
fn ana() -> Sandbox {
    let ana = Sandbox::halden().laptop("ana");
    ana.file(
        "../a.toml",
        "format = 1\n[answers]\nanswering.words = { choice = 2 }\nanswering.leave = { choice = 2 }\nanswering.both = { choice = [1, 2] }\n",
    );
    ana.run("learn --step first --answers ../a.toml").ok();
    ana.run("learn --step answer-one --personal yes --done 'Answered a late parcel'")
        .ok();
    ana
}

#[test]
fn the_page_names_questions_and_misses() {
    let page = ana().run("progress serve").ok();
    assert_data_eq!(
        page.stdout.clone(),
        str![[r#"
Serve: building, 66.6 of 100                                 limited by: again
Ready means: can answer an angry customer in public.               not reached

  Knowledge    26.6 of 40.0
     13.3 of 13.3   "Two of them", right today, again from 20 Mar
     13.3 of 13.3   "First words", right today, again from 20 Mar
      0.0 of 13.4   "When to leave public", missed today; only you see this
  Hands-on     40.0 of 40.0
     40.0 of 40.0   Answer one customer, today, own hand
                    "Answered a late parcel"
  Dialogue      0.0 of 20.0
      0.0 of 20.0   open: 1 talk

  yes  own practice, today (counts until 16 Mar 2027)
  no   known again on a later day: 0.0, at least 24.0 needed; can be asked
       again from 20 Mar (2 questions, 2 min)
  thin evidence: 2 questions right

Shortest way to ready: 3 minutes, not before 20 Mar
    3 min  3 questions, from 20 Mar (2 of them open the gate)
  and a talk gives up to 20.0 more: it lasts longer

Rules 38331fc7: knowledge 40 (3 questions), hands-on 40 (1 practice), dialogue
20; building from 40.0, ready from 75.0 with both gates. A pure guesser opens
the knowledge gate with a chance of 6.2 %.

"#]]
    );
    adds_up(&page.stdout);
}

#[test]
fn the_leader_sees_the_same_points_and_no_names() {
    let ana = ana();
    let own = adds_up(&ana.run("progress").ok().stdout);
    let leader = ana.laptop("maya").run("readiness ana").ok();
    assert_eq!(own, adds_up(&leader.stdout));
    for private in ["First words", "Two of them", "When to leave", "missed"] {
        assert!(!leader.stdout.contains(private), "{private}: {leader}");
    }
    // `--as-leader` is that very page.
    assert_eq!(ana.run("progress --as-leader").ok().stdout, leader.stdout);
}

#[test]
fn as_data_it_is_a_row_for_each_capability() {
    let ana = ana();
    let csv = ana.run("progress -f csv").ok().csv();
    let json = ana.run("progress -f json").ok();
    assert_eq!(json.json()["schema"], "upwards.readiness-long/1");
    assert_eq!(csv.len(), 2);
    for (row, cells) in json.rows().iter().zip(&csv) {
        for (key, value) in row.as_object().expect("a row") {
            assert_eq!(as_cell(value), cells[key], "{key}");
        }
    }
    assert_eq!(ana.run("progress serve -f jsonl").ok().jsonl().len(), 1);
    assert_eq!(csv[0]["points"], "66.6");
    // The same figures as the page and as the leader's.
    assert_eq!(ana.laptop("maya").run("readiness ana -f csv").ok().csv(), csv);
}

#[test]
fn every_step_with_its_state() {
    let ana = ana();
    ana.laptop("maya")
        .run("assign answering --to ana --due 2026-03-10")
        .ok();
    let rows = ana.run("progress --steps -f json").ok().rows();
    let states: Vec<(&str, &str)> = rows
        .iter()
        .map(|r| {
            (
                r["step_id"].as_str().unwrap_or(""),
                r["state"].as_str().unwrap_or(""),
            )
        })
        .collect();
    assert_eq!(
        states,
        [
            ("answering.hour", "open"),
            ("answering.first", "done"),
            ("answering.answer-one", "done"),
            ("answering.ask-a-peer", "open"),
            ("answering.what-stops-me", "open")
        ]
    );
    assert_eq!(rows[0]["overdue_days"], 6);
    assert_eq!(rows[1]["overdue_days"], json!(null));
    assert_eq!(rows[2]["evidence"], "Answered a late parcel");
    let csv = ana.run("progress --steps -f csv").ok();
    assert!(csv.stdout.starts_with("as_of,person_id,person,unit,groups,curriculum_id,module_id,module,step_id,step,step_kind,capabilities,state,state_reason,assigned_on,assigned_by,due_on,overdue_days,started_on,finished_on,rev_done,rev_now,change,minutes_planned,evidence_kind,evidence,may_quote,witness,exposure,measure_before,measure_after,measure_unit,measure_period,measure_grade,measured_on,recorded_by,received_by,confirmed_on,event_id,waived_until\n"), "{csv}");
}

#[test]
fn nobody_is_guessed_and_capabilities_have_names() {
    let ana = ana();
    let unknown = ana.run("progress srve").code(1);
    assert!(
        unknown.said().contains("did you mean: serve (Serve)?"),
        "{unknown}"
    );
    let nobody = ana.laptop("new").run("progress").code(2);
    assert!(nobody.said().contains("who are you?"), "{nobody}");
    assert_eq!(
        ana.laptop("new")
            .env("UPWARDS_AS", "ana")
            .run("progress --as-leader")
            .ok()
            .stdout,
        ana.run("progress --as-leader").ok().stdout
    );
}

#[test]
fn on_another_computer_of_a_person_the_shared_figures_are_shown() {
    let ana = ana();
    let phone = ana
        .laptop("new")
        .env("UPWARDS_AS", "ana")
        .run("progress serve")
        .ok();
    let points = adds_up(&phone.stdout);
    assert_eq!(points[0].total, 666);
    assert!(!phone.stdout.contains("missed"), "{phone}");
}

#[test]
fn what_was_saved_is_the_first_line_and_money_only_at_a_rate_that_was_given() {
    let sandbox = Sandbox::new();
    let page = sandbox.run("progress --demo --as chen --width 80").ok();
    let first: Vec<&str> = page.stdout.lines().take(4).collect();
    assert_data_eq!(
        first.join("\n"),
        str![[r"
Chen Wei, Social media for efficiency
Saved: 6 -> 3.5 hours a week on approvals (claimed, n not said); 1 baseline
open until 2 Apr
reached 2 of 4, current 2; building, 73.0 of 100 overall
"]]
    );
    let leader = sandbox.run("readiness bo --demo --as maya --width 80").ok();
    let second = leader.stdout.lines().nth(1).unwrap_or_default();
    assert_eq!(
        second,
        "Saved: 19 -> 4 hours to first answer (observed, n 12 and 15)"
    );

    let team = Sandbox::halden();
    let module = "curricula/tiny/modules/answering.toml";
    let text = team.read(module).replace(
        "unit = \"hours to first answer\"",
        "unit = \"hours a week on answers\"\nperiod = \"week\"",
    );
    team.file(module, text);
    team.append("upwards.toml", "\n[ledger]\nhour = 80\ncurrency = \"EUR\"\n");
    let ana = team.laptop("ana");
    ana.run("learn --step answer-one --personal yes --done x --before 9 --n 12")
        .ok();
    let later = ana.on("2026-05-01");
    later
        .run("learn --step answer-one --after 6,5 --grade observed")
        .ok();
    let line = later.run("progress").ok();
    assert!(
        line.stdout
            .contains("9 -> 6.5 hours a week on answers (observed, n 12 and ?; 200 EUR a week"),
        "{line}"
    );
}
