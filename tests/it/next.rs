//! `next`: names the plan, records nothing, never asks.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

#[test]
fn the_plan_in_every_format() {
    let ana = Sandbox::halden().laptop("ana");
    let before = ana.workspace();
    assert_data_eq!(
        ana.run("next --curriculum tiny").ok().stdout,
        str![[r"
Ana Reyes, your next 10 minutes (10 of them planned)

   KIND      MIN  FOR    UP TO  WHAT
1  quiz      1    Lead   40.0   1 question
2  case      3    Serve         KLM: an hour in the answer seat
3  quiz      1    Serve  13.3   1 question
4  practice  5    Serve  40.0   Answer one customer

If all of it comes out right: Serve not started -> building, Lead not started ->
building.

To book: Fifteen minutes with a peer (15 min, up to +20.0 in Serve)

"]]
    );
    assert_data_eq!(
        ana.run("next --curriculum tiny -f csv").ok().stdout,
        str![[r"
part,place,kind,minutes,capabilities,up_to,curriculum_id,step_id,questions,due_on,why,waits_for,title
now,1,quiz,1,Lead,40.0,tiny,framing.who,1,,points,,1 question
now,2,case,3,Serve,,tiny,answering.hour,,,needed-by:answering.first|needed-by:answering.answer-one,,KLM: an hour in the answer seat
now,3,quiz,1,Serve,13.3,tiny,answering.first,1,,points,,1 question
now,4,practice,5,Serve,40.0,tiny,answering.answer-one,,,gate|points,,Answer one customer
book,,talk,15,Serve,20.0,tiny,answering.ask-a-peer,,,,,Fifteen minutes with a peer

"]]
    );
    let json = ana.run("next --curriculum tiny -f json").ok();
    let lines = ana.run("next --curriculum tiny -f jsonl").ok().jsonl();
    assert_eq!(json.json()["schema"], "upwards.next/1");
    assert_eq!(json.rows().len(), lines.len());
    assert_eq!(ana.workspace(), before);
    assert!(!ana.own("device.toml").exists());
}

#[test]
fn what_is_due_comes_first() {
    let ana = Sandbox::halden().laptop("ana");
    let maya = ana.laptop("maya");
    maya.run("assign answering --to ana --due 2026-03-20").ok();
    let rows = ana.run("next --curriculum tiny -f json").ok().rows();
    let first = rows[0].clone();
    assert_eq!(first["step_id"], "answering.hour");
    assert_eq!(first["due_on"], "2026-03-20");
    assert_eq!(first["why"][0], "due");
    // Without a day, and with one that is far, the points decide.
    maya.run("assign answering --to ana --due 2026-05-20").ok();
    let rows = ana.run("next --curriculum tiny -f json").ok().rows();
    assert_eq!(
        (&rows[0]["step_id"], &rows[0]["due_on"]),
        (&"framing.who".into(), &serde_json::Value::Null)
    );
}

#[test]
fn the_minutes_are_never_exceeded() {
    let ana = Sandbox::halden().laptop("ana");
    for minutes in [1, 2, 3, 5, 8, 10, 20, 60] {
        let rows = ana.run(&format!("next --minutes {minutes} -f json")).ok().rows();
        let now: Vec<_> = rows.iter().filter(|r| r["part"] == "now").collect();
        let sum: i64 = now.iter().filter_map(|r| r["minutes"].as_i64()).sum();
        // Minutes are shown rounded up, a step each.
        let steps = i64::try_from(now.len()).expect("few");
        assert!(sum <= minutes + steps, "{minutes}: {now:?}");
    }
    let short = ana.run("next --minutes 1 --curriculum efficiency").ok();
    assert!(
        short
            .stdout
            .starts_with("Nothing useful fits 1 minute; 4 minutes would do: 1 question, with"),
        "{short}"
    );
}

#[test]
fn wrong_minutes_are_wrong_use() {
    let ana = Sandbox::halden().laptop("ana");
    for line in [
        "next --minutes 0",
        "next --minutes 2000",
        "next --minutes -3",
        "next --minutes ten",
    ] {
        ana.run(line).code(2);
    }
    ana.run("config set learn.minutes 5").ok();
    let five = ana.run("next").ok();
    assert!(
        five.stdout.starts_with("Ana Reyes, your next 5 minutes"),
        "{five}"
    );
}
