//! A whole programme of forty people for four weeks: twenty-five take part by page (five of them in browsers that keep
//! nothing), ten by packets, five by the program beside the leader. At every week's end the leader's table is that of a
//! workspace into which everybody's true log was written by another way, and nothing private is in any file that travelled.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use upwards::base::time::{Date, Instant};
use upwards::model::settings::Readiness;
use upwards::readiness::{Ladder, Recall};

use crate::support::{Sandbox, WORKSPACE};

const PEOPLE: u32 = 40;
const BY_PAGE: u32 = 25;
const WITHOUT_RECORD: u32 = 5;
const BY_PACKET: u32 = 10;
/// Mondays: pages and copies go out; on Wednesday people have their ten minutes; on Friday all has come in.
const WEEKS: [[&str; 3]; 4] = [
    ["2026-03-02", "2026-03-04", "2026-03-06"],
    ["2026-03-09", "2026-03-11", "2026-03-13"],
    ["2026-03-16", "2026-03-18", "2026-03-20"],
    ["2026-03-23", "2026-03-25", "2026-03-27"],
];

fn id(n: u32) -> String {
    format!("p{n:02}")
}

/// Small and the same everywhere.
struct Dice(u64);

impl Dice {
    fn rolls(&mut self, percent: u64) -> bool {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % 100 < percent
    }
}

/// Somebody with a page, and the browser that keeps its record.
struct Reader {
    id: String,
    keeps: bool,
    dice: Dice,
    memory: BTreeMap<String, (String, Recall)>,
    done: BTreeSet<String>,
    /// Capabilities of which a receipt said that something is known.
    told: BTreeSet<String>,
    /// The true log, as it would have been recorded.
    truth: Vec<Value>,
}

impl Reader {
    /// Ten minutes with a page: what the receipt says.
    fn reads(&mut self, page: &Value, day: &str) -> String {
        let mut lines = vec![format!(
            "upwards receipt for {}, page {}, workspace {WORKSPACE}",
            self.id,
            page["page"].as_str().expect("its id")
        )];
        let today: Date = day.parse().expect("a day");
        let ladder = Ladder::of(&Readiness::default());
        let mut right: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        for part in page["parts"].as_array().expect("parts") {
            let step = part["step"].as_str().unwrap_or_default().to_owned();
            match part["kind"].as_str().expect("a kind") {
                "aim" => {
                    let text = format!("Aim of {}", self.id);
                    lines.push(format!("{day} aimed \"{text}\""));
                    self.truth
                        .push(json!({"day": day, "kind": "aimed", "text": text}));
                }
                "case" | "reflect" if self.done.insert(step.clone()) => {
                    lines.push(format!("{day} finished {step}"));
                    self.truth.push(json!({"day": day, "kind": "finished", "curriculum": "efficiency", "step": step, "rev": 1}));
                }
                "practice" if self.dice.rolls(70) && self.done.insert(step.clone()) => {
                    let line = format!("Did {step} as {}", self.id);
                    lines.push(format!("{day} practised {step} \"{line}\" own hand"));
                    let capabilities = capabilities_of(&step);
                    self.truth.push(json!({"day": day, "kind": "practised", "curriculum": "efficiency", "step": step, "rev": 1, "capabilities": capabilities, "personal": true, "evidence": line, "may_quote": false}));
                }
                "questions" => {
                    for question in part["questions"].as_array().expect("questions") {
                        let key = question["key"].as_str().expect("a key").to_owned();
                        let capability = question["capability"].as_str().expect("one").to_owned();
                        let correct = self.dice.rolls(85);
                        let before = self.memory.get(&key).map(|(_, recall)| *recall);
                        let after = Recall::after(before, correct, Instant::end_of(today), today, &ladder);
                        self.memory.insert(key, (capability.clone(), after));
                        let count = right.entry(capability).or_default();
                        count.0 += u32::from(correct);
                        count.1 += 1;
                    }
                }
                _ => {}
            }
        }
        for (capability, (right, of)) in &right {
            let mut entries: Vec<(u8, String)> = self
                .memory
                .values()
                .filter(|(c, _)| c == capability)
                .filter_map(|(_, recall)| recall.entry())
                .filter(|entry| entry.step > 0)
                .map(|entry| (entry.step, entry.day.to_string()))
                .collect();
            entries.sort();
            if self.keeps {
                let known: Vec<String> = entries
                    .chunk_by(|a, b| a == b)
                    .map(|same| format!("{} right step {} on {}", same.len(), same[0].0, same[0].1))
                    .collect();
                if known.is_empty() && self.told.contains(capability) {
                    lines.push(format!("{day} recalled {capability} 0 right"));
                }
                if !known.is_empty() {
                    self.told.insert(capability.clone());
                    lines.push(format!("{day} recalled {capability} {}", known.join(", ")));
                }
            } else if *right > 0 || self.told.contains(capability) {
                self.told.insert(capability.clone());
                let made = page["day"].as_str().expect("a day");
                lines.push(format!(
                    "{day} recalled {capability} {right} of {of} right, page of {made}"
                ));
            }
            self.truth.push(json!({"day": day, "kind": "recalled", "curriculum": "efficiency", "capability": capability, "questions": entries}));
        }
        for quiz in page["quizzes"].as_array().expect("quizzes") {
            let step = quiz["step"].as_str().expect("a step").to_owned();
            let all = quiz["questions"].as_array().expect("questions");
            if all
                .iter()
                .all(|key| self.memory.contains_key(key.as_str().expect("a key")))
                && self.done.insert(step.clone())
            {
                lines.push(format!("{day} finished {step}"));
                self.truth.push(json!({"day": day, "kind": "finished", "curriculum": "efficiency", "step": step, "rev": 1}));
            }
        }
        lines.push("end\n".to_owned());
        lines.join("\n")
    }

    fn log(&self) -> String {
        let mut text = String::new();
        for (at, fact) in self.truth.iter().enumerate() {
            let mut event = json!({
                "v": 1,
                "id": format!("0000{:04x}-0000-4000-8000-0000000000{}", at + 1, &self.id[1..]),
                "seq": at + 1,
                "person": self.id, "by": self.id, "device": format!("{}-truth", self.id),
            });
            for (key, value) in fact.as_object().expect("an object") {
                event[key] = value.clone();
            }
            text.push_str(&format!("{event}\n"));
        }
        text
    }
}

/// The shipped curriculum, as far as answering it needs.
fn modules() -> Vec<toml::Table> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("curricula/efficiency/modules");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("modules")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            std::fs::read_to_string(file)
                .expect("a text")
                .parse()
                .expect("TOML")
        })
        .collect()
}

fn texts(table: &toml::Table, key: &str) -> Vec<String> {
    let list = table
        .get(key)
        .and_then(toml::Value::as_array)
        .cloned()
        .unwrap_or_default();
    list.iter()
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}

fn capabilities_of(step: &str) -> Vec<String> {
    for module in modules() {
        let of = module["id"].as_str().expect("an id").to_owned();
        for one in module["step"].as_array().expect("steps") {
            let table = one.as_table().expect("a table");
            if format!("{of}.{}", table["id"].as_str().expect("an id")) == step {
                let own = texts(table, "capabilities");
                return if own.is_empty() {
                    texts(&module, "capabilities")
                } else {
                    own
                };
            }
        }
    }
    panic!("{step} is a step");
}

/// An answers file for whatever a sitting asks; every text for oneself is marked.
fn answers(who: &str, dice: &mut Dice) -> String {
    let mut text =
        format!("format = 1\n[answers]\naim = {{ text = \"Aim of {who}\", capability = \"serve\" }}\n");
    for module in modules() {
        let of = module["id"].as_str().expect("an id").to_owned();
        for step in module["step"].as_array().expect("steps") {
            let step = step.as_table().expect("a table");
            let id = format!("{of}.{}", step["id"].as_str().expect("an id"));
            match step["kind"].as_str().expect("a kind") {
                "practice" => text.push_str(&format!(
                    "{id} = {{ personal = \"yes\", done = \"Did {id} as {who}\" }}\n"
                )),
                "reflect" => text.push_str(&format!("{id} = {{ text = \"PRIVATE-{who} thought\" }}\n")),
                "quiz" => {
                    for question in step["question"].as_array().expect("questions") {
                        let question = question.as_table().expect("a table");
                        let options = question["options"].as_array().expect("options");
                        let right: Vec<usize> = (1..)
                            .zip(options)
                            .filter(|(_, option)| {
                                option.get("right").and_then(toml::Value::as_bool) == Some(true)
                            })
                            .map(|(place, _)| place)
                            .collect();
                        let choice = match right.as_slice() {
                            _ if !dice.rolls(85) => "0".to_owned(),
                            [one] => one.to_string(),
                            several => format!("{several:?}"),
                        };
                        let key = format!("{of}.{}", question["id"].as_str().expect("an id"));
                        text.push_str(&format!("{key} = {{ choice = {choice}, sure = 2 }}\n"));
                    }
                }
                _ => {}
            }
        }
    }
    text
}

fn page_data(html: &str) -> Value {
    let from = html.find("type=\"application/json\"").expect("a block of data");
    let from = from + html[from..].find('>').expect("its begin") + 1;
    let end = from + html[from..].find("</script>").expect("its end");
    serde_json::from_str(&html[from..end]).expect("JSON")
}

/// What the leader's table says of each person, without what depends on who wrote a milestone down, or when it came in.
fn table(s: &Sandbox) -> BTreeMap<String, BTreeMap<String, String>> {
    let rows = s.run("readiness -f csv").ok().csv();
    rows.into_iter()
        .map(|mut row| {
            row.retain(|key, _| !key.contains("reached") && key != "as_of");
            (row["person_id"].clone(), row)
        })
        .collect()
}

fn points(row: &BTreeMap<String, String>) -> i64 {
    row["overall_points"].replace('.', "").parse().expect("tenths")
}

#[test]
fn forty_people_four_weeks() {
    let maya = Sandbox::new();
    maya.file(
        "upwards.toml",
        format!("format = 1\nid = \"{WORKSPACE}\"\nname = \"Halden Group\"\ncurricula = [\"efficiency\"]\n"),
    );
    maya.file(
        "../own/maya/config.toml",
        format!("format = 1\n\n[me]\n{WORKSPACE} = \"maya\"\n"),
    );
    let mut people =
        "format = 1\n\n[[person]]\nid = \"maya\"\nname = \"Maya Lund\"\nroles = [\"leader\"]\n".to_owned();
    for n in 1..=PEOPLE {
        let group = match n {
            n if n <= BY_PAGE => "page",
            n if n <= BY_PAGE + BY_PACKET => "packet",
            _ => "terminal",
        };
        people.push_str(&format!(
            "\n[[person]]\nid = \"{0}\"\nname = \"Person {0}\"\ngroups = [\"{group}\"]\nemail = \"{0}@halden.example\"\nchallenges = [\"worry-of-{0}\"]\n",
            id(n)
        ));
    }
    maya.file("people.toml", people);
    let truth = maya.inside("../truth");
    for file in ["upwards.toml", "people.toml"] {
        truth.file(file, maya.read(file));
    }
    for group in ["page", "packet", "terminal"] {
        maya.on("2026-03-02")
            .run(&format!(
                "assign rules-and-roles --to group:{group} --due 2026-03-20 --yes"
            ))
            .ok();
    }
    for n in 1..=PEOPLE {
        let file = format!("progress/{}/maya-laptop.jsonl", id(n));
        truth.file(&file, maya.read(&file));
    }
    let mut readers: Vec<Reader> = (1..=BY_PAGE)
        .map(|n| Reader {
            id: id(n),
            keeps: n > WITHOUT_RECORD,
            dice: Dice(u64::from(n)),
            memory: BTreeMap::new(),
            done: BTreeSet::new(),
            told: BTreeSet::new(),
            truth: Vec::new(),
        })
        .collect();
    let mut travelled: Vec<(String, String)> = Vec::new();
    for [monday, wednesday, friday] in WEEKS {
        // By page.
        maya.on(monday).run("page --group page -o ../pages --yes").ok();
        let mut receipts = String::new();
        for reader in &mut readers {
            let html = maya.read(&format!("../pages/{}-ten-minutes.html", reader.id));
            let text = reader.reads(&page_data(&html), wednesday);
            let name = format!("../{}.txt", reader.id);
            maya.file(&name, &text);
            receipts.push_str(&format!(" {name}"));
            travelled.push((format!("page of {}", reader.id), html));
            travelled.push((format!("receipt of {}", reader.id), text));
            truth.file(&format!("progress/{0}/{0}-truth.jsonl", reader.id), reader.log());
        }
        // By packet: each on a computer of their own.
        maya.on(monday)
            .run("send --to group:packet -o ../copies --yes")
            .ok();
        let mut packets = String::new();
        for n in BY_PAGE + 1..=BY_PAGE + BY_PACKET {
            let who = id(n);
            let own = maya.laptop(&who).inside(&format!("../pc-{who}"));
            own.file("x/x", "");
            let copy = format!("../copies/{who}-{monday}.packet");
            travelled.push((format!("copy of {who}"), maya.read(&copy)));
            own.on(monday).run(&format!("receive {copy} --yes")).ok();
            let own = own.inside(&format!("../pc-{who}/{WORKSPACE}"));
            own.file(
                "../answers.toml",
                answers(
                    &who,
                    &mut Dice(u64::from(n) + monday.bytes().map(u64::from).sum::<u64>()),
                ),
            );
            own.on(wednesday)
                .run("learn --minutes 10 --answers ../answers.toml")
                .ok();
            own.on(wednesday)
                .run(&format!("notes add 'PRIVATE-{who} note'"))
                .ok();
            own.on(wednesday).run("notes rate serve 2").ok();
            let packet = format!("../../copies/from-{who}.packet");
            own.on(wednesday).run(&format!("send -o {packet} --yes")).ok();
            let packet = format!("../copies/from-{who}.packet");
            travelled.push((format!("packet of {who}"), maya.read(&packet)));
            std::fs::copy(own.path(&format!("progress/{who}/{who}-laptop.jsonl")), {
                truth.file(&format!("progress/{who}/{who}-laptop.jsonl"), "");
                truth.path(&format!("progress/{who}/{who}-laptop.jsonl"))
            })
            .expect("the true log");
            packets.push_str(&format!(" {packet}"));
        }
        // By terminal, beside the leader.
        for n in BY_PAGE + BY_PACKET + 1..=PEOPLE {
            let who = id(n);
            let own = maya.laptop(&who);
            own.file(
                &format!("../own/{who}/config.toml"),
                format!("format = 1\n\n[me]\n{WORKSPACE} = \"{who}\"\n"),
            );
            own.file(
                &format!("../{who}.toml"),
                answers(
                    &who,
                    &mut Dice(u64::from(n) + monday.bytes().map(u64::from).sum::<u64>()),
                ),
            );
            own.on(wednesday)
                .run(&format!("learn --minutes 10 --answers ../{who}.toml"))
                .ok();
            own.on(wednesday)
                .run(&format!("notes add 'PRIVATE-{who} note'"))
                .ok();
            let file = format!("progress/{who}/{who}-laptop.jsonl");
            truth.file(&file, maya.read(&file));
        }
        // By Friday all has come in, some of it twice.
        maya.on(friday).run(&format!("receive{receipts} --yes")).ok();
        maya.on(friday).run(&format!("receive{packets} --yes")).ok();
        maya.on(friday)
            .run(&format!("receive{receipts}{packets} --yes"))
            .ok();
        let (told, wanted) = (table(&maya.on(friday)), table(&truth.on(friday)));
        assert_eq!(told.len(), usize::try_from(PEOPLE).expect("few"), "{friday}");
        for (person, row) in &told {
            let without_record = readers.iter().any(|reader| reader.id == *person && !reader.keeps);
            if without_record {
                assert!(
                    points(row) <= points(&wanted[person]),
                    "{friday} {person}: {row:?} {:?}",
                    wanted[person]
                );
            } else {
                assert_eq!(row, &wanted[person], "{friday} {person}");
            }
        }
        maya.on(friday).run("doctor").ok();
    }
    // They learnt something: else nothing was tried.
    let last = table(&maya.on("2026-03-27"));
    let better = last.values().filter(|row| points(row) >= 150).count();
    assert!(better >= 20, "{better} of {PEOPLE} have 15 points or more");
    // Nothing private travelled, and none of it is where leaders read.
    travelled.extend(
        maya.workspace()
            .into_iter()
            .map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())),
    );
    for (what, text) in &travelled {
        assert!(!text.contains("PRIVATE-"), "{what}");
    }
    let copies: Vec<&(String, String)> = travelled
        .iter()
        .filter(|(what, _)| what.starts_with("copy of"))
        .collect();
    assert_eq!(copies.len(), 40);
    for (what, text) in copies {
        let who = what.rsplit(' ').next().expect("an id");
        for n in 1..=PEOPLE {
            let other = id(n);
            if other != who {
                assert!(
                    !text.contains(&format!("{other}@"))
                        && !text.contains(&format!("worry-of-{other}"))
                        && !text.contains(&format!("progress/{other}/")),
                    "{what} holds {other}"
                );
            }
        }
    }
    let private = maya.everything();
    let kept = private.iter().filter(|(path, bytes)| {
        path.contains("/private/") && String::from_utf8_lossy(bytes).contains("PRIVATE-")
    });
    assert_eq!(
        kept.count(),
        15,
        "each of those who wrote notes has them on their own computer"
    );
}

#[test]
fn a_stranger_has_forty_pages_to_mail_in_four_commands() {
    let maya = Sandbox::new().without("UPWARDS_SEED");
    let mut rows = "Full name;Mail;Group;Assistant\r\n".to_owned();
    for n in 1..=PEOPLE {
        rows.push_str(&format!(
            "Person Nummer {n};p{n}@halden.example;board;office{n}@halden.example\r\n"
        ));
    }
    maya.file("people.csv", rows);
    let begin = std::time::Instant::now();
    maya.run("init halden --name 'Halden Group' --as-leader maya --no-input")
        .ok();
    let halden = maya.inside("halden");
    let columns = "name='Full name',email=Mail,group=Group,assistant_email=Assistant";
    let dry = halden
        .run(&format!("people import ../people.csv --map {columns}"))
        .ok();
    assert!(dry.told().contains("added 40"), "{dry}");
    halden
        .run(&format!("people import ../people.csv --map {columns} --yes"))
        .ok();
    halden.run("page --group board --minutes 10 --eml -o pages").ok();
    println!(
        "from an empty folder to forty pages to mail: four commands, {:.1?}",
        begin.elapsed()
    );
    let names: Vec<String> = halden.workspace().into_keys().collect();
    let count = |ending: &str| {
        names
            .iter()
            .filter(|name| name.contains("/pages/") && name.ends_with(ending))
            .count()
    };
    assert_eq!(
        (count(".html"), count(".eml"), count("mail.csv")),
        (40, 40, 1),
        "{names:?}"
    );
    let mails = crate::support::csv_rows(&halden.read("pages/mail.csv"));
    assert!(
        mails
            .iter()
            .all(|row| row["to"].ends_with("@halden.example") && row["cc"].starts_with("office"))
    );
}
