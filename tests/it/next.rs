//! `next`: names the plan, records nothing, never asks.

use snapbox::{assert_data_eq, str};

use crate::support::Sandbox;

#[test]
fn the_plan_in_every_format() {
    let ana = Sandbox::halden().laptop("ana");
    let before = ana.workspace();
    assert_data_eq!(
        ana.run("next --curriculum tiny").ok().stdout,
        str![[r#"
Ana Reyes, your next 10 minutes (8 of them planned)

   KIND     MIN  FOR    WHAT
1  case     3    Serve  KLM: an hour in the answer seat
2  quiz     3    Serve  3 questions
3  reflect  2    Serve  What stops me
4  quiz     1    Lead   1 question

To book: Fifteen minutes with a peer (15 min)

"#]]
    );
    assert_data_eq!(
        ana.run("next --curriculum tiny -f csv").ok().stdout,
        str![[r#"
place,kind,minutes,capability,step_id,why,title
1,case,3,Serve,answering.hour,next,KLM: an hour in the answer seat
2,quiz,3,Serve,answering.first,next,3 questions
3,reflect,2,Serve,answering.what-stops-me,next,What stops me
4,quiz,1,Lead,framing.who,next,1 question

"#]]
    );
    let json = ana.run("next --curriculum tiny -f json").ok();
    let lines = ana.run("next --curriculum tiny -f jsonl").ok().jsonl();
    assert_eq!(json.json()["schema"], "upwards.next/1");
    assert_eq!(json.rows().len(), lines.len());
    assert_eq!(ana.workspace(), before);
    assert!(!ana.own("device.toml").exists());
}

#[test]
fn what_is_assigned_comes_first() {
    let ana = Sandbox::halden().laptop("ana");
    ana.laptop("maya").run("assign framing --to ana").ok();
    let rows = ana.run("next --curriculum tiny -f json").ok().rows();
    assert_eq!(rows[0]["step_id"], "framing.who");
    assert_eq!(rows[0]["why"], "assigned");
}

#[test]
fn the_minutes_are_never_exceeded() {
    let ana = Sandbox::halden().laptop("ana");
    for minutes in [1, 2, 3, 5, 8, 10, 20, 60] {
        let rows = ana.run(&format!("next --minutes {minutes} -f json")).ok().rows();
        let sum: i64 = rows.iter().filter_map(|r| r["minutes"].as_i64()).sum();
        // Minutes are shown rounded up, a step each.
        let steps = i64::try_from(rows.len()).expect("few");
        assert!(sum <= minutes + steps, "{minutes}: {rows:?}");
    }
    let short = ana.run("next --minutes 1 --curriculum efficiency").ok();
    assert!(
        short
            .stdout
            .starts_with("Nothing fits 1 minute; 2 minutes would do: "),
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
