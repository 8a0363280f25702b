//! Calendar files: an entry keeps its name, counts what changed it and says when it is withdrawn; other programs read what
//! the program's own JSON says (`tests/calendars.py`, three parsers).

use std::process::Command;

use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::source::root;
use crate::support::{Sandbox, WORKSPACE};
use crate::talks::{with_group, with_pair};

/// A calendar file as it stands, its folds undone.
fn unfolded(text: &str) -> String {
    text.replace("\r\n ", "").replace("\r\n", "\n")
}

fn entries(sandbox: &Sandbox, line: &str) -> Vec<Value> {
    sandbox.run(&format!("{line} -f json")).ok().rows()
}

fn state(row: &Value) -> (u64, &str, &str) {
    let text = |key: &str| row[key].as_str().expect("a text");
    (
        row["sequence"].as_u64().expect("a count"),
        text("state"),
        text("on"),
    )
}

#[test]
fn a_due_date_is_an_entry_that_moves_and_is_withdrawn() {
    let maya = Sandbox::halden();
    let on = |day: &str, line: &str| maya.on(day).run(line).ok();
    on(
        "2026-02-01",
        "assign answering --to ana --due 2026-03-01 --curriculum tiny --yes",
    );
    let first = on("2026-02-01", "export ics").stdout;
    let id = maya.events("progress/ana/maya-laptop.jsonl")[0]["id"].clone();
    assert_data_eq!(
        unfolded(&first).replace(id.as_str().expect("an id"), "[ID]"),
        str![[r#"
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//upwards//upwards//EN
METHOD:PUBLISH
BEGIN:VEVENT
UID:[ID]@halden-3f9c
SEQUENCE:0
DTSTAMP:20260201T235959Z
DTSTART;VALUE=DATE:20260301
DTEND;VALUE=DATE:20260302
TRANSP:TRANSPARENT
SUMMARY:Ana Reyes: "Answering in public" is due
END:VEVENT
END:VCALENDAR

"#]]
    );
    assert_eq!(first.matches("\r\n").count(), first.matches('\n').count());
    // The same input, the same bytes, on whatever day it is asked for.
    assert_eq!(on("2026-02-10", "export ics").stdout, first);
    on(
        "2026-02-11",
        "assign answering --to ana --extend 2w --curriculum tiny --yes",
    );
    let rows = entries(&maya.on("2026-02-11"), "export ics");
    assert_eq!(state(&rows[0]), (1, "stands", "2026-03-15"));
    assert_eq!(
        rows[0]["uid"],
        format!("{}@{WORKSPACE}", id.as_str().expect("an id"))
    );
    // As it was on an older day.
    assert_eq!(
        entries(&maya, "export ics --today 2026-02-10")[0]["on"],
        "2026-03-01"
    );
    on(
        "2026-02-12",
        "assign answering --to ana --remove --curriculum tiny --yes",
    );
    let text = on("2026-02-12", "export ics --withdrawn").stdout;
    for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:3"] {
        assert!(text.contains(&format!("{line}\r\n")), "{line}: {text}");
    }
    // Assigned again it is another entry, beside which the old one only says that it is off.
    on(
        "2026-02-13",
        "assign answering --to ana --due 2026-04-01 --curriculum tiny --yes",
    );
    let both = on("2026-02-13", "export ics").stdout;
    assert!(both.contains("METHOD:PUBLISH\r\n") && both.matches("STATUS:CANCELLED").count() == 1);
    assert_eq!(both.matches("BEGIN:VEVENT").count(), 2);
}

#[test]
fn executives_get_their_own_and_leaders_whom_they_choose() {
    let maya = Sandbox::halden();
    maya.on("2026-02-01")
        .run("assign answering --to ana --to chen --due 2026-03-01 --curriculum tiny --yes")
        .ok();
    maya.laptop("ana")
        .on("2026-02-02")
        .run("learn --step answer-one --personal yes --done 'Answered' --before 19 --curriculum tiny")
        .ok();
    let told = |sandbox: &Sandbox, line: &str| -> Vec<(String, String)> {
        let rows = entries(sandbox, line);
        let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
        rows.iter()
            .map(|row| (text(row, "on"), text(row, "summary")))
            .collect()
    };
    let two = |name: &str| {
        vec![
            (
                "2026-03-01".to_owned(),
                format!("{name}\"Answering in public\" is due"),
            ),
            (
                "2026-03-04".to_owned(),
                format!("{name}\"Answer one customer\": what is the figure now?"),
            ),
        ]
    };
    assert_eq!(told(&maya.laptop("ana"), "export ics"), two(""));
    assert_eq!(told(&maya, "export ics --person ana"), two("Ana Reyes: "));
    assert_eq!(told(&maya, "export ics --group board"), two("Ana Reyes: "));
    assert_eq!(told(&maya, "export ics").len(), 3);
    assert_eq!(told(&maya, "export ics --since 2026-03-02").len(), 1);
    assert_eq!(told(&maya, "export ics --curriculum efficiency"), []);
    let run = maya.laptop("ana").run("export ics --person chen").code(1);
    assert!(
        run.said().contains("only leaders get the calendar of Chen Wei"),
        "{run}"
    );
    maya.run("export ics --group bord").code(1);
    // In a file it is the same; another program's calendar is not replaced.
    let printed = maya.run("export ics").ok().stdout;
    for _ in 0..2 {
        let run = maya.run("export ics -o ../all.ics").ok();
        assert!(run.said().contains("wrote ../all.ics: 3 entries"), "{run}");
    }
    assert_eq!(maya.read("../all.ics"), printed);
    maya.file(
        "../own.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n",
    );
    let run = maya.run("export ics -o ../own.ics").code(1);
    assert!(run.said().contains("does not look like one of ours"), "{run}");
    maya.run("export ics -o ../all.csv").ok();
    assert!(maya.read("../all.csv").starts_with("as_of,uid,sequence,"));
}

#[test]
fn a_talk_of_several_people_is_one_entry_and_moves_in_place() {
    let maya = Sandbox::halden();
    let invited = |n: u32, person: &str, with: &str, day: &str, at: &str| {
        line(
            n,
            person,
            day,
            &json!({"kind": "invited", "curriculum": "tiny", "meeting": "m1", "with": [with], "role": "peer", "topic": "serve", "at": at, "place": "Room 4"}),
        )
    };
    let (first, moved) = ("2026-04-01T09:30:00+02:00", "2026-04-02T09:30:00+02:00");
    for (n, person, with) in [(1, "ana", "bo"), (2, "bo", "ana")] {
        maya.file(
            &format!("progress/{person}/maya-pc.jsonl"),
            invited(n, person, with, "2026-03-01", first),
        );
    }
    let rows = entries(&maya, "export ics");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["summary"], "Ana Reyes and Bo Lindqvist: talk on Serve");
    assert_eq!(rows[0]["starts_at"], "2026-04-01T07:30:00Z");
    assert_eq!(rows[0]["ends_at"], "2026-04-01T07:45:00Z");
    assert_eq!(rows[0]["place"], "Room 4");
    maya.append(
        "progress/ana/maya-pc.jsonl",
        invited(3, "ana", "bo", "2026-03-02", moved),
    );
    let rows = entries(&maya, "export ics");
    assert_eq!(
        rows[0]["starts_at"], "2026-04-02T07:30:00Z",
        "the newest says when"
    );
    assert_eq!(rows[0]["uid"], format!("m1@{WORKSPACE}"));
    // Ana cannot: for Bo it stands as it was told to him, and it is one step further.
    let ana = json!({"kind": "voided", "ref": event_id(3)});
    maya.append("progress/ana/maya-pc.jsonl", line(4, "ana", "2026-03-03", &ana));
    let rows = entries(&maya, "export ics");
    assert_eq!(state(&rows[0]), (2, "stands", "2026-04-01"));
    assert_eq!(
        entries(&maya.laptop("ana"), "export ics")[0]["state"],
        "withdrawn"
    );
    let bo = json!({"kind": "voided", "ref": event_id(2)});
    maya.append("progress/bo/maya-pc.jsonl", line(5, "bo", "2026-03-04", &bo));
    assert_eq!(entries(&maya, "export ics")[0]["state"], "withdrawn");
}

/// What a leaver had to come is called off in the calendars of those who stay.
#[test]
fn the_entries_of_who_left_are_withdrawn() {
    let maya = Sandbox::halden();
    maya.on("2026-02-01")
        .run("assign answering --to ana --to bo --due 2026-04-01 --curriculum tiny --yes")
        .ok();
    maya.on("2026-02-01")
        .run("assign framing --to ana --due 2026-02-20 --curriculum tiny --yes")
        .ok();
    let before = entries(&maya, "export ics --person ana");
    assert_eq!(before.len(), 2);
    maya.run("people edit ana --set left=2026-03-01").ok();
    let rows = entries(&maya, "export ics");
    // What was over by then is nobody's business any more.
    assert_eq!(rows.len(), 2, "{rows:?}");
    let ana: Vec<&Value> = rows
        .iter()
        .filter(|row| row["person_ids"] == json!(["ana"]))
        .collect();
    assert_eq!(ana.len(), 1);
    assert_eq!(state(ana[0]), (1, "withdrawn", "2026-04-01"));
    assert_eq!(ana[0]["changed_on"], "2026-03-01");
    assert!(
        before
            .iter()
            .any(|row| row["uid"] == ana[0]["uid"] && row["sequence"] == 0)
    );
    let withdrawn = maya.run("export ics --withdrawn").ok().stdout;
    for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1"] {
        assert!(withdrawn.contains(&format!("{line}\r\n")), "{line}: {withdrawn}");
    }
    // Until then they stand; of who is to be forgotten nothing is told.
    assert_eq!(entries(&maya.on("2026-02-28"), "export ics").len(), 3);
    maya.file(
        "erased.toml",
        "format = 1\n\n[[erased]]\nid = \"ana\"\nday = 2026-03-16\n",
    );
    let rows = entries(&maya, "export ics");
    assert!(
        rows.iter().all(|row| row["person_ids"] == json!(["bo"])),
        "{rows:?}"
    );
}

/// A talk is in the calendar or it is said why not.
#[test]
fn a_talk_without_a_zone_is_not_lost() {
    let maya = Sandbox::halden();
    let invited = |n: u32, at: &str| {
        line(
            n,
            "ana",
            "2026-03-01",
            &json!({"kind": "invited", "curriculum": "tiny", "meeting": format!("m{n}"), "with": ["bo"], "role": "peer", "topic": "serve", "at": at}),
        )
    };
    let log: String = [
        (1, "2026-03-19T09:30:00"),
        (2, "2026-03-20"),
        (3, "after \u{1b}lunch"),
    ]
    .iter()
    .map(|(n, at)| invited(*n, at))
    .collect();
    maya.file("progress/ana/maya-pc.jsonl", log);
    let run = maya.run("export ics").ok();
    let text = unfolded(&run.stdout);
    for line in [
        "DTSTART:20260319T093000\n",
        "DTEND:20260319T094500\n",
        "DTSTART;VALUE=DATE:20260320\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 2);
    assert!(
        run.said()
            .contains("not in it: Ana Reyes and Bo Lindqvist: talk on Serve; nobody can read its time"),
        "{run}"
    );
    assert!(!run.stderr.contains('\u{1b}'), "{run}");
    let rows = entries(&maya, "export ics");
    assert_eq!(rows[0]["starts_at"], "2026-03-19T09:30:00");
    assert_eq!(rows[1]["starts_at"], Value::Null);
    // The agenda and reminders know it too.
    let soon = maya.run("agenda").ok().stdout;
    assert!(
        soon.contains("19 Mar  Ana Reyes and Bo Lindqvist: a talk on Serve, 09:30"),
        "{soon}"
    );
    assert!(
        soon.contains("20 Mar  Ana Reyes and Bo Lindqvist: a talk on Serve"),
        "{soon}"
    );
}

/// A calendar without an entry is none.
#[test]
fn an_empty_calendar_is_not_written() {
    let maya = Sandbox::halden();
    for line in ["export ics", "export ics --withdrawn", "export ics --person ana"] {
        let run = maya.run(line).ok();
        assert_eq!(run.stdout, "", "{run}");
        assert!(run.said().contains("Nothing for a calendar."), "{run}");
    }
    let run = maya.run("export ics -o ../none.ics").ok();
    assert!(
        run.said()
            .contains("Nothing for a calendar: ../none.ics was not written."),
        "{run}"
    );
    assert!(!maya.has("../none.ics"));
}

/// The file that a booking leaves is the entry that the calendar has; booked again it moves it.
#[test]
fn a_booked_talk_is_the_same_entry_in_both_files() {
    let maya = Sandbox::halden();
    let ana = maya.laptop("ana");
    let mut uids = Vec::new();
    for (sequence, at) in [(0, "2026-03-19 09:30"), (1, "2026-03-20 10:00")] {
        let line = format!("learn --step ask-a-peer --with bo --at '{at}' --curriculum tiny");
        let run = ana.run(&line).ok();
        let file = format!("upwards-ana-{}.ics", &at[..10]);
        assert!(run.stdout.contains(&format!("Calendar: {file}")), "{run}");
        assert_eq!(ana.read(&file), ana.run("export ics").ok().stdout);
        let row = entries(&ana, "export ics").remove(0);
        assert_eq!(row["sequence"], sequence);
        uids.push(row["uid"].clone());
    }
    assert_eq!(uids[0], uids[1]);
}

fn event_id(n: u32) -> String {
    format!("00000000-0000-4000-8000-{n:012}")
}

/// A line of a log that the leader's computer wrote.
fn line(n: u32, person: &str, day: &str, fact: &Value) -> String {
    let mut line = json!({"v": 1, "id": event_id(n), "seq": n, "day": day, "person": person, "by": "maya", "device": "maya-pc"});
    let all = line.as_object_mut().expect("an object");
    all.extend(fact.as_object().expect("an object").clone());
    format!("{line}\n")
}

/// What calendars, terminals and spreadsheets take for something else, and what people and rooms are called.
const HOSTILE: [&str; 20] = [
    "=1+1",
    "-5",
    "he said \"no\"",
    "two\nlines",
    "a\r\nb",
    "a, b; c: d",
    "C:\\new\\table, \\; \\\\",
    "ends in \\",
    "\\n",
    "محمد علي, غرفة ٤",
    "שלום עולם",
    "山田 太郎；会議室",
    "👩‍👩‍👧 Ärztekammer",
    "BEGIN:VEVENT",
    "x\nEND:VCALENDAR\nBEGIN:VCALENDAR",
    "tab\there",
    "\u{1b}[31mred\u{202e}",
    "  blanks  ",
    "%%GUID%% <b>&amp;</b>",
    "'quoted'",
];

/// Small and the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % below
    }

    /// One of the awkward texts, two of them, or one that is 300 characters long.
    fn text(&mut self) -> String {
        let one = HOSTILE[self.below(HOSTILE.len())];
        match self.below(4) {
            0 => one.chars().cycle().take(300).collect(),
            1 => format!("{one} {}", HOSTILE[self.below(HOSTILE.len())]),
            _ => one.to_owned(),
        }
    }

    fn day(&mut self) -> String {
        format!("2026-{:02}-{:02}", 1 + self.below(3), 1 + self.below(28))
    }
}

/// A workspace of people with such names, whose dates were moved, taken back and brought back.
fn hostile(seed: u64) -> Sandbox {
    let maya = Sandbox::halden();
    let mut dice = Dice(seed);
    let mut people = maya.read("people.toml");
    let (mut n, mut logs) = (0, Vec::new());
    for number in 0..30 {
        let id = format!("p{number:02}");
        let name = dice.text().replace(
            |c: char| c.is_control() || ('\u{2028}'..='\u{202e}').contains(&c),
            " ",
        );
        let name = name
            .replace('\u{200d}', "")
            .trim()
            .chars()
            .take(60)
            .collect::<String>();
        people.push_str(&format!(
            "\n[[person]]\nid = \"{id}\"\nname = {}\n",
            serde_json::to_string(&name).expect("a string")
        ));
        let mut log = String::new();
        let mut told: Vec<u32> = Vec::new();
        for _ in 0..12 {
            n += 1;
            let day = dice.day();
            let fact = match dice.below(6) {
                0 | 1 => {
                    json!({"kind": "assigned", "curriculum": "tiny", "module": (["answering", "framing"][dice.below(2)]), "due": dice.day().replace("2026", "2027")})
                }
                2 => {
                    let at = format!(
                        "{}T{:02}:30:00+0{}:00",
                        dice.day().replace("2026", "2027"),
                        dice.below(24),
                        dice.below(9)
                    );
                    let meeting = format!("{id} {}", dice.below(2));
                    json!({"kind": "invited", "curriculum": "tiny", "meeting": meeting, "with": ["jo"], "role": "mentor", "topic": dice.text(), "at": at, "place": dice.text()})
                }
                3 => {
                    json!({"kind": "practised", "curriculum": "tiny", "step": "answering.answer-one", "rev": 1, "capabilities": ["serve"], "personal": true, "evidence": dice.text(), "may_quote": false, "measure": {"before": 19, "unit": dice.text(), "period": "each"}})
                }
                4 if !told.is_empty() => {
                    json!({"kind": "unassigned", "ref": event_id(told[dice.below(told.len())])})
                }
                5 if !told.is_empty() => {
                    json!({"kind": "voided", "ref": event_id(told[dice.below(told.len())])})
                }
                _ => continue,
            };
            told.push(n);
            log.push_str(&line(n, &id, &day, &fact));
        }
        logs.push((id, log));
    }
    people.push_str("\n[[person]]\nid = \"jo\"\nname = \"Jo\"\nroles = [\"mentor\"]\n");
    maya.file("people.toml", people);
    for (id, log) in logs {
        maya.file(&format!("progress/{id}/maya-pc.jsonl"), log);
    }
    maya
}

/// Files of many shapes: line ends, folds, and no text that breaks out of its line.
#[test]
fn awkward_texts_stay_in_their_lines() {
    let text = hostile(1).run("export ics").ok().stdout;
    assert!(
        text.split("\r\n")
            .all(|line| line.len() <= 75 && !line.contains(['\r', '\n']))
    );
    let names = [
        "BEGIN",
        "VERSION",
        "PRODID",
        "METHOD",
        "UID",
        "SEQUENCE",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "TRANSP",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "STATUS",
        "END",
    ];
    for line in unfolded(&text).lines() {
        let name = line.split([':', ';']).next().expect("a name");
        assert!(names.contains(&name), "{line}");
    }
    let count = |what: &str| unfolded(&text).lines().filter(|line| *line == what).count();
    assert_eq!((count("BEGIN:VCALENDAR"), count("END:VCALENDAR")), (1, 1));
    assert_eq!(count("BEGIN:VEVENT"), count("END:VEVENT"));
    assert!(count("BEGIN:VEVENT") > 60, "{}", count("BEGIN:VEVENT"));
}

/// `UPWARDS_PYTHON` names a Python with the parsers; without them it fails, because it was asked for.
#[test]
#[ignore = "needs three parsers of calendars"]
fn three_parsers_read_what_the_program_says() {
    let python = std::env::var("UPWARDS_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    for seed in 1..=4 {
        let maya = hostile(seed);
        std::fs::create_dir(maya.path("c")).expect("a folder");
        // A talk as it was booked.
        let booked = maya.laptop("ana").inside("c");
        booked
            .run("learn --step ask-a-peer --with bo --at '2026-03-19 09:30' --curriculum tiny")
            .ok();
        for (name, line) in [
            ("all", "export ics"),
            ("withdrawn", "export ics --withdrawn"),
            ("one", "export ics --person p03"),
            ("example", "export ics --demo"),
        ] {
            maya.run(&format!("{line} -o c/{name}.ics")).ok();
            maya.run(&format!("{line} -f json -o c/{name}.json")).ok();
        }
        // Ten minutes with the page in them.
        maya.run("nudge --to p03 --as-ics -o c --curriculum tiny").ok();
        assert!(maya.has("c/p03-ten-minutes.ics"));
        for what in ["progress", "meetings", "measures"] {
            maya.run(&format!(
                "export {what} -f json -o c/{what}.json --curriculum tiny"
            ))
            .ok();
        }
        let output = Command::new(&python)
            .arg(root().join("tests/calendars.py"))
            .arg(maya.path("c"))
            .output()
            .expect("Python starts");
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let failed = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "seed {seed}:\n{told}{failed}");
        print!("{told}");
    }
}

/// Calendar files as they are opened one after the other, with what stands in the calendar after each.
struct Opened {
    maya: Sandbox,
    /// What begins the summary of every entry.
    whom: &'static str,
    steps: Vec<Value>,
}

impl Opened {
    fn new(maya: Sandbox, whom: &'static str) -> Self {
        std::fs::create_dir(maya.path("c")).expect("a folder");
        Self {
            maya,
            whom,
            steps: Vec::new(),
        }
    }

    /// Runs a command that writes a file, on a day; `stands` = begin and place of the talk from then on.
    fn open(&mut self, day: &str, line: &str, stands: Option<(&str, &str)>) {
        let file = format!("c/{}.ics", self.steps.len() + 1);
        let maya = self.maya.on(day);
        maya.run(&format!("{line} -o {file}")).ok();
        let rows = entries(&maya, "export ics --as maya");
        let talk = rows.iter().find(|row| row["what"] == "talk").expect("a talk");
        let uid = talk["uid"].as_str().expect("a name");
        self.steps.push(match stands {
            Some((at, place)) => {
                json!({uid: [format!("{}:00Z", at.replace(' ', "T")), place, self.whom]})
            }
            None => json!({}),
        });
    }

    /// An older file once more, from a mail: nothing moves back.
    fn open_again(&mut self, older: usize) {
        let text = self.maya.read(&format!("c/{older}.ics"));
        self.maya.file(&format!("c/{}.ics", self.steps.len() + 1), text);
        self.steps.push(self.steps.last().cloned().expect("a step"));
    }

    /// All three parsers are left with what the program says.
    fn followed(self) {
        let python = std::env::var("UPWARDS_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        self.maya
            .file("c/follow.json", Value::Array(self.steps).to_string());
        let output = Command::new(&python)
            .arg(root().join("tests/calendars.py"))
            .arg("--follow")
            .arg(self.maya.path("c"))
            .output()
            .expect("Python starts");
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let failed = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}{failed}");
        print!("{told}");
    }
}

const FIRST: &str = "2026-03-20 10:00";
const MOVED: &str = "2026-03-23 09:00";

#[test]
#[ignore = "needs three parsers of calendars"]
fn three_parsers_follow_a_talk_that_moves_and_is_called_off() {
    let mut files = Opened::new(with_pair(), "Ana Reyes and Jo Park: ");
    let at = |day: &str| format!("mentors invite ana --at '{day}'");
    files.open(
        "2026-03-16",
        &format!("{} --place 'Room 4'", at(FIRST)),
        Some((FIRST, "Room 4")),
    );
    files.open("2026-03-17", &at(MOVED), Some((MOVED, "Room 4")));
    files.open(
        "2026-03-18",
        &format!("{} --place 'Café; 2nd floor, left'", at(MOVED)),
        Some((MOVED, "Café; 2nd floor, left")),
    );
    files.open_again(2);
    files.open("2026-03-19", "mentors invite ana --cancel", None);
    files.open_again(3);
    files.open(
        "2026-03-19",
        &format!("{} --place 'Room 5'", at(FIRST)),
        Some((FIRST, "Room 5")),
    );
    files.open_again(1);
    files.followed();
}

#[test]
#[ignore = "needs three parsers of calendars"]
fn three_parsers_follow_a_talk_of_a_group() {
    let (maya, meeting) = with_group();
    let mut files = Opened::new(maya, "Ana Reyes, Bo Lindqvist, ");
    let at = |day: &str| format!("peers invite {meeting} --at '{day}'");
    files.open(
        "2026-03-16",
        &format!("{} --place 'Room 4'", at(FIRST)),
        Some((FIRST, "Room 4")),
    );
    files.open(
        "2026-03-17",
        &format!("{} --place 'Room 5'", at(MOVED)),
        Some((MOVED, "Room 5")),
    );
    files.open_again(1);
    files.open(
        "2026-03-18",
        &format!("{} --place 'Library'", at(MOVED)),
        Some((MOVED, "Library")),
    );
    files.open("2026-03-19", &format!("peers invite {meeting} --cancel"), None);
    files.open_again(4);
    files.followed();
}
