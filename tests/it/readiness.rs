//! `readiness`: the team's table and one person explained, the same figures in every format.

use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::support::explained::{adds_up, tenths};
use crate::support::{Sandbox, as_cell};

const WIDE: &str = "as_of,rules,curriculum_id,person_id,person,unit,groups,overall_band,overall_points,reached_count,ready_count,capability_count,reached_all_on,limited_by,overdue_count,overdue_days,last_active_on,mentor_id,serve_band,serve_points,serve_limited_by,serve_reached_on,serve_ready_until,lead_band,lead_points,lead_limited_by,lead_reached_on,lead_ready_until\n";
const LONG: &str = "as_of,rules,curriculum_id,person_id,person,unit,groups,capability_id,capability,core,band,points,knowledge_points,knowledge_budget,hands_on_points,hands_on_budget,dialogue_points,dialogue_budget,hands_on_gate,knowledge_gate,limited_by,reached_on,ready_until,minutes_to_ready,ready_earliest,next_step_id,next_step_minutes,questions_known,questions_again,questions_needed,practices,practices_needed,last_practice_on,last_talk_on,to_confirm,data_until,thin\n";

/// Three people: Ana is Ready in Lead on 20 March, Bo is overdue, Chen has begun nothing.
fn team() -> Sandbox {
    let maya = Sandbox::halden();
    maya.on("2026-03-01")
        .run("assign framing --to group:board --to chen --due 2026-03-15 --yes")
        .ok();
    maya.file(
        "../right.toml",
        "format = 1\n[answers]\nframing.stop = { choice = 1 }\n",
    );
    let ana = maya.laptop("ana");
    ana.run("learn --step one-rule --personal yes --done 'Wrote who may answer'")
        .ok();
    ana.run("learn --step who --answers ../right.toml").ok();
    ana.on("2026-03-20")
        .run("learn --step who --answers ../right.toml")
        .ok();
    maya.laptop("bo")
        .run("learn --step who --answers ../right.toml")
        .ok();
    maya.on("2026-03-20")
}

#[test]
fn the_table() {
    let maya = team();
    let table = maya.run("readiness").ok();
    assert_data_eq!(
        table.stdout,
        str![[r"
Answering, 3 people                                            Fri 20 Mar 2026
Reached in both: 0 of 3 (a month ago 0); current: 0.
Overdue: 2.   Not started: 1.

PERSON        SERVE  LEAD  LAST    OVERDUE  LIMITED BY
Chen Wei      .      .     never   5 days   not started
Bo Lindqvist  .      E?    4 days  5 days   practice (2)
Ana Reyes     .      R~?   today   -        practice
Reached       0      1
Current       0      1

. not started   E exploring   B building   R ready   R~ ready, ends within 30 d
+ reached before, not current now
? thin evidence: fewer than 4 questions right
What is missing, 5 places: practice 5.
Nobody is ready without practice of their own, nor on the day of the first
answer: questions count for Ready once they are known again on a later day.
Data until, by their last packet or receipt: Chen Wei (nothing yet). They may
have done more.

"]]
    );
    assert_eq!(table.stderr, "");
}

#[test]
fn the_headings_are_those_of_the_documentation() {
    let maya = team();
    assert!(maya.run("readiness -f csv").ok().stdout.starts_with(WIDE));
    assert!(maya.run("readiness --long -f csv").ok().stdout.starts_with(LONG));
    assert!(maya.run("readiness ana -f csv").ok().stdout.starts_with(LONG));
}

#[test]
fn csv_and_json_agree_cell_by_cell() {
    let maya = team();
    for line in [
        "readiness",
        "readiness --long",
        "readiness ana",
        "readiness ana --capability lead",
    ] {
        let csv = maya.run(&format!("{line} -f csv")).ok().csv();
        let json = maya.run(&format!("{line} -f json")).ok();
        let lines = maya.run(&format!("{line} -f jsonl")).ok().jsonl();
        let rows = json.rows();
        assert_eq!((csv.len(), lines.len()), (rows.len(), rows.len()), "{line}");
        for ((row, cells), single) in rows.iter().zip(&csv).zip(&lines) {
            let row = row.as_object().expect("a row");
            assert_eq!(row.len(), cells.len());
            for (key, value) in row {
                assert_eq!(as_cell(value), cells[key], "{line}: {key}");
                assert_eq!(value, &single[key], "{line}: {key}");
            }
            assert_eq!(single["schema"], json.json()["schema"]);
        }
        assert_eq!(json.json()["as_of"], "2026-03-20");
        assert!(json.json()["rules"].as_str().is_some_and(|r| r.len() == 8));
    }
}

#[test]
fn numbers_are_numbers_and_unknown_is_null() {
    let maya = team();
    let rows = maya.run("readiness -f json").ok().rows();
    let chen = rows.iter().find(|r| r["person_id"] == "chen").expect("is there");
    assert_eq!(chen["overall_points"], json!(0.0));
    assert_eq!(chen["last_active_on"], Value::Null);
    assert_eq!(chen["overdue_days"], json!(5));
    assert_eq!(chen["limited_by"], json!(["not-started"]), "{chen}");
}

#[test]
fn one_person_is_explained_and_the_lines_add_up() {
    let maya = team();
    let page = maya.run("readiness ana --capability lead").ok();
    assert_data_eq!(
        page.stdout.clone(),
        str![[r#"
Ana Reyes, Lead: ready, 80.0 of 100                       current until 16 Apr
Ready means: can say who may answer what.                       reached 20 Mar

  Knowledge    40.0 of 40.0
     40.0 of 40.0   question, right today, step 2, counts for the gate
  Hands-on     40.0 of 40.0
     40.0 of 40.0   practice: Write one rule, 16 Mar, own hand
                    "Wrote who may answer"
  Dialogue      0.0 of 20.0
      0.0 of 20.0   open: 1 talk

  yes  own practice, 4 days ago (counts until 16 Mar 2027)
  yes  known again on a later day: 40.0, at least 24.0 needed
  thin evidence: 1 question right

It ends on 16 Apr unless: nothing left that could help: all waived

Rules 38331fc7: knowledge 40 (1 question), hands-on 40 (1 practice), dialogue
20; building from 40.0, ready from 75.0 with both gates. A pure guesser opens
the knowledge gate with a chance of 25.0 %.

"#]]
    );
    let found = adds_up(&page.stdout);
    let row = &maya.run("readiness ana --capability lead -f csv").ok().csv()[0];
    assert_eq!(found[0].total, tenths(&row["points"]));
    for (part, column) in
        found[0]
            .parts
            .iter()
            .zip(["knowledge_points", "hands_on_points", "dialogue_points"])
    {
        assert_eq!(part.1, tenths(&row[column]), "{column}");
    }
}

#[test]
fn the_event_behind_each_line_is_one_of_the_log() {
    let maya = team();
    let page = maya.run("readiness ana --capability lead -v").ok();
    let practised = &maya.events("progress/ana/ana-laptop.jsonl")[0];
    let id = practised["id"].as_str().expect("an id");
    let told = page.told().split_whitespace().collect::<Vec<_>>().join(" ");
    let named = format!("[{id}, progress/ana/ana-laptop.jsonl]");
    assert!(told.contains(&named), "{page}");
    adds_up(&page.stdout);
}

#[test]
fn looking_back_shows_what_was_known_on_that_day() {
    let maya = team();
    let band = |flags: &str| {
        let rows = maya.run(&format!("readiness -f csv {flags}")).ok().csv();
        let ana = rows.into_iter().find(|r| r["person_id"] == "ana");
        ana.map(|r| {
            (
                r["as_of"].clone(),
                r["lead_band"].clone(),
                r["lead_reached_on"].clone(),
            )
        })
    };
    let at =
        |day: &str, band: &str, reached: &str| Some((day.to_owned(), band.to_owned(), reached.to_owned()));
    assert_eq!(band(""), at("2026-03-20", "ready", "2026-03-20"));
    assert_eq!(band("--as-of 2026-03-16"), at("2026-03-16", "building", ""));
    assert_eq!(band("--as-of 2026-03-10"), at("2026-03-10", "not-started", ""));
    // Reached stays when the evidence has faded.
    assert_eq!(
        band("--as-of 2028-01-01"),
        at("2028-01-01", "building", "2026-03-20")
    );
    let future = maya.run("readiness --as-of 2026-02-30").code(2);
    assert!(
        future.said().contains("--as-of: 2026-02-30 is no day"),
        "{future}"
    );
}

#[test]
fn people_are_chosen_by_group_and_unit() {
    let maya = team();
    let ids = |flags: &str| -> Vec<String> {
        let rows = maya.run(&format!("readiness -f csv {flags}")).ok().csv();
        rows.into_iter().map(|r| r["person_id"].clone()).collect()
    };
    assert_eq!(ids(""), ["ana", "bo", "chen"]);
    assert_eq!(ids("--group board"), ["ana", "bo"]);
    assert_eq!(ids("--unit products"), ["chen"]);
    assert_eq!(ids("--group board --unit service"), ["bo"]);
    for (line, words) in [
        ("readiness --group bord", "did you mean: board?"),
        ("readiness --unit servic", "did you mean: service?"),
        ("readiness anna", "did you mean: ana (Ana Reyes)?"),
        ("readiness ana --capability leed", "did you mean: lead (Lead)?"),
        ("readiness --curriculum tinny", "did you mean: tiny?"),
    ] {
        let refused = maya.run(line).code(1);
        assert!(
            refused.said().contains(words) && refused.stdout.is_empty(),
            "{refused}"
        );
    }
}

#[test]
fn the_order_is_by_whom_to_help_and_files_are_by_id() {
    let maya = team();
    let first = |flags: &str| -> Vec<String> {
        let shown = maya
            .run(&format!("readiness --columns person -f plain {flags}"))
            .ok()
            .stdout;
        let names = shown.lines().skip_while(|l| *l != "PERSON").skip(1);
        names.take(3).map(|l| l.trim().to_owned()).collect()
    };
    let names = |ids: [&str; 3]| ids.map(str::to_owned).to_vec();
    assert_eq!(first(""), names(["Chen Wei", "Bo Lindqvist", "Ana Reyes"]));
    assert_eq!(
        first("--sort name"),
        names(["Ana Reyes", "Bo Lindqvist", "Chen Wei"])
    );
    assert_eq!(
        first("--sort unit"),
        names(["Ana Reyes", "Chen Wei", "Bo Lindqvist"])
    );
    assert_eq!(
        first("--sort points"),
        names(["Ana Reyes", "Bo Lindqvist", "Chen Wei"])
    );
    assert_eq!(
        first("--sort last"),
        names(["Chen Wei", "Bo Lindqvist", "Ana Reyes"])
    );
    maya.run("readiness --sort best").code(2);
}

#[test]
fn conditions_end_with_three() {
    let maya = team();
    maya.run("readiness --fail-under 0").ok();
    maya.run("readiness --fail-under 1").code(3);
    maya.run("readiness --fail-under 50%").code(3);
    maya.run("readiness --fail-under-reached 0%").ok();
    maya.run("readiness --fail-under-reached 1 -f json")
        .code(3)
        .json();
    for bad in ["x", "101%", "-1", "''"] {
        let refused = maya.run(&format!("readiness --fail-under={bad}")).code(2);
        assert!(refused.said().contains("--fail-under"), "{refused}");
    }
}

/// Ids of the rows that a file holds.
fn ids(maya: &Sandbox, flags: &str) -> Vec<String> {
    let rows = maya.run(&format!("readiness -f csv {flags}")).ok().csv();
    rows.into_iter().map(|r| r["person_id"].clone()).collect()
}

#[test]
fn rows_are_chosen_by_where_people_stand() {
    let maya = team();
    let none: [&str; 0] = [];
    for (flags, wanted) in [
        ("--band .", &["chen"][..]),
        ("--band e.", &["bo", "chen"]),
        ("--band R", &none),
        ("--band R --capability lead", &["ana"]),
        ("--band BR --capability serve", &none),
        ("--overdue", &["bo", "chen"]),
        ("--overdue --module framing", &["bo", "chen"]),
        ("--overdue --module answering", &none),
        ("--module framing", &["ana", "bo", "chen"]),
        ("--inactive 1", &["bo", "chen"]),
        ("--inactive 4", &["bo", "chen"]),
        ("--inactive 5", &["chen"]),
        ("--reached", &none),
        ("--reached --capability lead", &["ana"]),
        ("--not-reached --capability lead", &["bo", "chen"]),
        ("--overdue --band . --unit products", &["chen"]),
        ("--overdue --inactive 5 --group board", &none),
    ] {
        assert_eq!(ids(&maya, flags), wanted, "{flags}");
        let long = maya.run(&format!("readiness --long -f json {flags}")).ok().rows();
        let mut people: Vec<String> = long
            .iter()
            .map(|row| row["person_id"].as_str().expect("an id").to_owned())
            .collect();
        people.dedup();
        assert_eq!(people, wanted, "--long {flags}");
    }
}

#[test]
fn figures_are_of_everybody_whoever_is_shown() {
    let maya = team();
    let table = maya
        .run("readiness --overdue --band . --group board --unit service")
        .ok();
    assert!(
        table.stdout.contains("Showing 0 of 1: not started, overdue."),
        "{table}"
    );
    let table = maya.run("readiness --overdue --sort name").ok();
    assert_data_eq!(
        table.stdout,
        str![[r"
Answering, 3 people                                            Fri 20 Mar 2026
Showing 2 of 3: overdue.
Reached in both: 0 of 3 (a month ago 0); current: 0.
Overdue: 2.   Not started: 1.

PERSON        SERVE  LEAD  LAST    OVERDUE  LIMITED BY
Bo Lindqvist  .      E?    4 days  5 days   practice (2)
Chen Wei      .      .     never   5 days   not started
Reached of 3  0      1
Current of 3  0      1

. not started   E exploring   B building   R ready   R~ ready, ends within 30 d
+ reached before, not current now
? thin evidence: fewer than 4 questions right
What is missing, 5 places: practice 5.
Nobody is ready without practice of their own, nor on the day of the first
answer: questions count for Ready once they are known again on a later day.
Data until, by their last packet or receipt: Chen Wei (nothing yet). They may
have done more.

"]]
    );
    let table = maya.run("readiness --capability lead --reached").ok();
    assert_data_eq!(
        table.stdout,
        str![[r"
Answering, Lead, 3 people                                      Fri 20 Mar 2026
Showing 1 of 3: reached.
Reached Lead: 1 of 3 (a month ago 0); current: 1.
Overdue: 2.   Not started: 1.

PERSON        LEAD  LAST   OVERDUE  LIMITED BY
Ana Reyes     R~?   today  -        -
Reached of 3  1
Current of 3  1

. not started   E exploring   B building   R ready   R~ ready, ends within 30 d
+ reached before, not current now
? thin evidence: fewer than 4 questions right
What is missing, 2 places: practice 2.
Nobody is ready without practice of their own, nor on the day of the first
answer: questions count for Ready once they are known again on a later day.

"]]
    );
}

#[test]
fn one_capability_has_its_columns_alone() {
    let maya = team();
    let rows = maya.run("readiness --capability lead -f csv").ok().csv();
    assert!(rows[0].contains_key("lead_points") && !rows[0].contains_key("serve_points"));
    let long = maya.run("readiness --long --capability lead -f csv").ok().csv();
    assert_eq!(long.len(), 3);
    assert!(long.iter().all(|row| row["capability_id"] == "lead"));
    let points = maya
        .run("readiness --capability lead --sort points --columns person,points -f plain")
        .ok();
    let first = points
        .stdout
        .lines()
        .skip_while(|l| !l.starts_with("PERSON"))
        .nth(1);
    assert_eq!(
        first.map(|l| l.split_whitespace().collect::<Vec<_>>()),
        Some(vec!["Ana", "Reyes", "80.0"])
    );
}

#[test]
fn conditions_are_of_everybody_whoever_is_shown() {
    let maya = team();
    // One of three is ready in Lead, and is not among those shown.
    maya.run("readiness --capability lead --overdue --fail-under 1")
        .ok();
    maya.run("readiness --capability lead --overdue --fail-under 34%")
        .code(3);
    maya.run("readiness --capability lead --fail-under-reached 1 --long -f csv")
        .ok();
    maya.run("readiness --long -f csv --fail-under 1").code(3);
    maya.run("readiness --capability lead --group board --fail-under 50%")
        .ok();
}

#[test]
fn what_cannot_be_chosen_is_said_with_what_can() {
    let maya = team();
    for (line, code, words) in [
        (
            "readiness --module framming",
            1,
            "did you mean: framing (Setting the frame)?",
        ),
        ("readiness --capability leed", 1, "did you mean: lead (Lead)?"),
        (
            "readiness --band X",
            2,
            "letters: . not-started, E exploring, B building, R ready; several as .E",
        ),
        ("readiness --band redy", 2, "did you mean: --band R?"),
        ("readiness --band=", 2, "is not made of letters of bands"),
        ("readiness --inactive soon", 2, "--inactive"),
        ("readiness --inactive 0", 2, "--inactive"),
        ("readiness --reached --not-reached", 2, "--not-reached"),
        ("readiness ana --band R", 2, "--band"),
    ] {
        let refused = maya.run(line).code(code);
        assert!(
            refused.said().contains(words) && refused.stdout.is_empty(),
            "{refused}"
        );
    }
}

#[test]
fn who_changed_is_told_with_the_reason() {
    let maya = team();
    assert_data_eq!(
        maya.run("readiness --since 2026-03-10").ok().stdout,
        str![[r"
Answering, since 10 Mar 2026                                   Fri 20 Mar 2026
2 of 3 people changed. Reached: 0 -> 0; current: 0 -> 0.

PERSON        CAPABILITY  FROM  TO   WHY
Ana Reyes     Lead        .     R~?  reached for the first time; practised one-rule on 16 Mar; 1 question known again on a later day; 1 more question right
Bo Lindqvist  Lead        .     E?   1 more question right

. not started   E exploring   B building   R ready   R~ ready, ends within 30 d
+ reached before, not current now
? thin evidence: fewer than 4 questions right

"]]
    );
    let one = maya.run("readiness --since 2026-03-16").ok();
    assert_data_eq!(
        one.stdout,
        str![[r"
Answering, since 16 Mar 2026                                   Fri 20 Mar 2026
2 of 3 people changed. Reached: 0 -> 0; current: 0 -> 0.

PERSON        CAPABILITY  FROM  TO   WHY
Ana Reyes     Lead        B?    R~?  reached for the first time; 1 question known again on a later day
Bo Lindqvist  Lead        B?    E?   time alone; what is missing now: practice

. not started   E exploring   B building   R ready   R~ ready, ends within 30 d
+ reached before, not current now
? thin evidence: fewer than 4 questions right

"]]
    );
    assert_eq!(one.stderr, "");
}

/// What changed, as `person capability what before>after: why`.
fn changed(maya: &Sandbox, flags: &str) -> Vec<String> {
    let rows = maya.run(&format!("readiness -f csv --since {flags}")).ok().csv();
    let one = |r: &std::collections::BTreeMap<String, String>| {
        let cell = |key: &str| r[key].clone();
        format!(
            "{} {} {} {}>{}: {}",
            cell("person_id"),
            cell("capability_id"),
            cell("what"),
            cell("band_before"),
            cell("band"),
            cell("why")
        )
    };
    rows.iter().map(one).collect()
}

#[test]
fn a_change_is_what_two_looks_back_differ_in() {
    let maya = team();
    for (since, as_of) in [
        ("2026-03-02", "2026-03-16"),
        ("2026-03-16", "2026-03-20"),
        ("2026-03-20", "2027-09-01"),
    ] {
        let at = |day: &str| {
            maya.run(&format!("readiness --long -f csv --as-of {day}"))
                .ok()
                .csv()
        };
        let (then, now) = (at(since), at(as_of));
        let rows = maya
            .run(&format!("readiness -f csv --since {since} --as-of {as_of}"))
            .ok()
            .csv();
        let mut changed = 0;
        for (before, after) in then.iter().zip(&now) {
            let same = |r: &&std::collections::BTreeMap<String, String>| {
                r["person_id"] == after["person_id"] && r["capability_id"] == after["capability_id"]
            };
            let found = rows.iter().find(same);
            assert!(before["band"] == after["band"] || found.is_some(), "{after:?}");
            let Some(found) = found else { continue };
            changed += 1;
            for (key, wanted) in [
                ("band_before", &before["band"]),
                ("points_before", &before["points"]),
                ("band", &after["band"]),
                ("points", &after["points"]),
                ("ready_until", &after["ready_until"]),
            ] {
                assert_eq!(&found[key], wanted, "{since} {as_of}: {key}");
            }
        }
        assert!(changed > 0, "{since} {as_of}");
        let ids = rows
            .iter()
            .flat_map(|row| row["event_ids"].split('|').map(str::to_owned).collect::<Vec<_>>());
        for id in ids.filter(|id| !id.is_empty()) {
            let logs = maya
                .workspace()
                .into_values()
                .any(|bytes| String::from_utf8_lossy(&bytes).contains(&id));
            assert!(logs, "{id} is an event of a log");
        }
    }
}

#[test]
fn time_alone_is_told_apart_from_what_happened() {
    let maya = team();
    assert_eq!(
        changed(&maya, "2026-03-20 --as-of 2028-01-01"),
        ["ana lead fallen ready>building: time"]
    );
    let screen = maya.run("readiness --since 2026-03-20 --as-of 2028-01-01").ok();
    assert!(screen.told().contains("time alone"), "{screen}");
    let rows = maya
        .run("readiness --since 2026-03-20 --as-of 2028-01-01 -f json")
        .ok()
        .rows();
    assert_eq!(rows[0]["by_time"], json!(true));
    assert_eq!(rows[0]["event_ids"], Value::Null);
}

#[test]
fn who_came_and_who_left_is_told() {
    let maya = team();
    let before_all = maya.run("readiness --since 2026-02-20").ok();
    assert!(
        before_all
            .said()
            .contains("nothing was recorded before 2026-03-01"),
        "{before_all}"
    );
    let joined = changed(&maya, "2026-02-20");
    assert!(
        joined.contains(&"chen  joined >: assigned framing 2026-03-01".to_owned()),
        "{joined:?}"
    );
    let people = maya.read("people.toml").replace(
        "name = \"Bo Lindqvist\"\n",
        "name = \"Bo Lindqvist\"\nleft = 2026-03-18\n",
    );
    maya.file("people.toml", people);
    maya.run("assign framing --to chen --remove --yes").ok();
    let gone = changed(&maya, "2026-03-17");
    assert!(
        gone.contains(&"bo  left >: left 2026-03-18".to_owned()),
        "{gone:?}"
    );
    assert!(
        gone.contains(&"chen  left >: unassigned framing 2026-03-20".to_owned()),
        "{gone:?}"
    );
}

#[test]
fn nobody_changed_is_said_and_days_are_checked() {
    let maya = team();
    let none = maya
        .run("readiness --since 2026-03-19 --group board --unit service")
        .ok();
    assert_data_eq!(
        none.stdout,
        str![[r"
Answering, group board, unit service, since 19 Mar 2026        Fri 20 Mar 2026
0 of 1 person changed. Reached: 0 -> 0; current: 0 -> 0.

Nobody changed between 19 Mar 2026 and 20 Mar 2026.

"]]
    );
    assert_eq!(changed(&maya, "2026-03-19 --unit service").len(), 0);
    for (line, words) in [
        (
            "readiness --since 2026-03-20",
            "--since 2026-03-20 is not before 2026-03-20",
        ),
        (
            "readiness --since 2026-03-18 --as-of 2026-03-17",
            "is not before 2026-03-17",
        ),
        ("readiness --since 2026-02-30", "--since: 2026-02-30 is no day"),
        ("readiness --since 2026-03-01 --fail-under 1", "--fail-under"),
        ("readiness ana --since 2026-03-01", "--since"),
    ] {
        let refused = maya.run(line).code(2);
        assert!(refused.said().contains(words), "{refused}");
    }
}

#[test]
fn reasons_name_no_question_and_nothing_private() {
    let maya = team();
    for format in ["plain", "csv", "json"] {
        let told = maya
            .run(&format!("readiness --since 2026-03-02 -f {format}"))
            .ok()
            .stdout;
        for word in ["framing.stop", "Who may stop", "missed", "Whoever is on duty"] {
            assert!(!told.contains(word), "{word}: {told}");
        }
    }
}

#[test]
fn changes_may_be_of_one_capability_and_of_those_who_stand_somewhere() {
    let maya = team();
    assert!(changed(&maya, "2026-03-10 --capability serve").is_empty());
    assert_eq!(changed(&maya, "2026-03-10 --band E").len(), 1);
    assert_eq!(changed(&maya, "2026-03-10 --capability lead").len(), 2);
}

#[test]
fn thin_evidence_is_marked_wherever_a_band_stands() {
    let maya = team();
    // One question right, and ready by it: the curriculum asks for no more.
    let table = maya.run("readiness").ok();
    assert!(
        table.stdout.contains("R~?") && table.stdout.contains("E?"),
        "{table}"
    );
    assert!(
        table
            .stdout
            .contains("\n? thin evidence: fewer than 4 questions right\n"),
        "{table}"
    );
    let nobody = maya.run("readiness --unit products").ok();
    assert!(!nobody.stdout.contains("thin evidence"), "{nobody}");
    let long = maya.run("readiness --long -f json").ok().rows();
    for row in long {
        let is_thin = row["band"] != "not-started";
        assert_eq!(row["thin"], json!(is_thin), "{row}");
    }
    // With four questions right nothing is thin.
    let demo = maya.run("readiness --long --demo -f json").ok().rows();
    let mut both = [0, 0];
    for row in &demo {
        let few = row["questions_known"].as_i64().expect("a number") < 4;
        let is_thin = few && row["band"] != "not-started";
        assert_eq!(row["thin"], json!(is_thin), "{row}");
        both[usize::from(is_thin)] += 1;
    }
    assert!(both.iter().all(|n| *n > 0), "{both:?}");
}

#[test]
fn narrow_screens_drop_columns_by_name_and_wrap_no_line() {
    let maya = team();
    for width in [40, 60, 80, 200] {
        let shown = maya.run(&format!("readiness -f table --width {width}")).ok();
        assert!(
            shown.stdout.lines().all(|l| l.chars().count() <= width.min(80)),
            "{shown}"
        );
    }
    let narrow = maya.run("readiness -f table --width 44").ok();
    assert!(narrow.stderr.starts_with("hidden at 44 columns: "), "{narrow}");
    let blocks = maya.run("readiness -f table --width 36").ok();
    assert!(blocks.stdout.contains("PERSON: Ana Reyes\n"), "{blocks}");
    // The environment says it where no flag does.
    let env = maya.env("COLUMNS", "44").run("readiness -f table").ok();
    assert_eq!(env.stdout, narrow.stdout);
}

#[test]
fn before_anybody_is_assigned_it_says_so() {
    let maya = Sandbox::halden();
    let empty = maya.run("readiness").ok();
    assert_data_eq!(
        empty.stdout,
        str![[r"
Answering, 0 people                                            Mon 16 Mar 2026

Nobody here is assigned to it or has begun it.

"]]
    );
    assert_eq!(maya.run("readiness -f json").ok().rows().len(), 0);
    assert_eq!(maya.run("readiness -f csv").ok().stdout, WIDE);
    assert_eq!(maya.run("readiness --fail-under 1").code(3).code, Some(3));
}

#[test]
fn one_folder_alone_is_enough_to_explain_its_person() {
    let maya = team();
    let page = maya.run("readiness ana").ok().stdout;
    // Damage elsewhere is not seen, and not claimed to be.
    maya.append("progress/bo/bo-laptop.jsonl", "rubbish\n");
    let again = maya.run("readiness ana").ok();
    assert_eq!((again.stdout, again.stderr.as_str()), (page, ""));
    let team = maya.run("readiness").ok();
    assert!(
        team.said().contains("progress/bo/bo-laptop.jsonl, line 4"),
        "{team}"
    );
}
