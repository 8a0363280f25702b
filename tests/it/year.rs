//! A year of fourteen people and their leader: what was printed every second week is, at the end of the year, what
//! `--as-of` that day prints, byte for byte. What cannot be the same is named in the last test, and only that.

use std::collections::BTreeMap;

use crate::support::big::{Day, Plan, person_id};
use crate::support::{Sandbox, csv_rows};

const PEOPLE: u32 = 14;
/// Fridays, two weeks apart, of which the last is the year's end.
const LOOKS: u32 = 26;
const LAST: &str = "2026-11-27";

/// The company's year: what everybody records comes in as it happens, and the leader works in between.
struct Year {
    maya: Sandbox,
    /// Lines that have not happened yet, of each file in their order.
    to_come: BTreeMap<String, Vec<(Day, String)>>,
}

/// What was printed, by the line that asked for it.
type Printed = BTreeMap<String, String>;

fn last() -> Day {
    LAST.parse().expect("a day")
}

fn day_of(line: &str) -> Day {
    let (_, rest) = line.split_once("\"day\":\"").expect("a day");
    rest.split('"').next().expect("its end").parse().expect("a day")
}

impl Year {
    fn begin() -> Self {
        let plan = Plan {
            people: PEOPLE,
            events: 90..=140,
            seed: 11,
            last_day: last(),
            hurt: Vec::new(),
        };
        let maya = Sandbox::new();
        maya.file("upwards.toml", plan.settings());
        maya.file("people.toml", plan.people_file());
        for who in ["maya", "gro"] {
            let own = format!("format = 1\n\n[me]\n{} = \"{who}\"\n", plan.id());
            maya.file(&format!("../own/{who}/config.toml"), own);
        }
        let mut to_come = BTreeMap::new();
        for file in (1..=PEOPLE).flat_map(|number| plan.log(number)) {
            let text = String::from_utf8(file.bytes).expect("UTF-8");
            let lines = text.lines().map(|line| (day_of(line), format!("{line}\n")));
            to_come.insert(file.path, lines.collect());
        }
        Self { maya, to_come }
    }

    /// What everybody recorded until that day has come in.
    fn goes_on(&mut self, until: Day) {
        for (path, lines) in &mut self.to_come {
            let happened = lines.iter().take_while(|(day, _)| *day <= until).count();
            let text: String = lines.drain(..happened).map(|(_, line)| line).collect();
            if text.is_empty() {
                continue;
            }
            if self.maya.has(path) {
                self.maya.append(path, text);
            } else {
                self.maya.file(path, text);
            }
        }
    }

    /// The leader's own work: dates set, moved and taken back; somebody who comes later and records by themselves; somebody
    /// who leaves; slips that are undone on a later day.
    fn work(&self, look: u32, today: Day) {
        let maya = self.maya.on(&today.to_string());
        let gro = maya.laptop("gro");
        match look {
            2 => maya.run("assign efficiency --to p0002 --start +1w --every 2w --yes"),
            4 => maya.run("people add --name 'Gro Lie' --role executive --id gro"),
            5 => maya.run("assign rules-and-roles --to gro --due +3w --yes"),
            6 => maya
                .run("learn --as gro --step write-one-rule --personal yes --done 'Wrote a rule' --may-quote"),
            8 => maya.run("assign rules-and-roles --to gro --extend 4w --yes"),
            9 => maya.run(&format!("people edit p0006 --set left={today}")),
            11 => gro.run("confirm --all"),
            13 | 20 => gro.run("undo"),
            14 => maya.run("assign efficiency --to p0002 --remove --yes"),
            16 => maya.run(
                "assign rules-and-roles --to gro --waive ask-a-peer --reason 'led it' --until +2m --yes",
            ),
            18 => gro.run("learn --step name-the-keys --personal yes --done 'Named the three deputies'"),
            22 => maya.run(&format!("people edit p0003 --set left={today}")),
            _ => return,
        }
        .ok();
    }

    /// What a leader looks at; with `as_of` on another day.
    fn looks(&self, look: u32, today: Day, as_of: Option<Day>) -> Printed {
        // Whoever is explained was there on that day, and may have left since.
        let person = match look % 4 {
            0 if look > 4 => "gro".to_owned(),
            1 if look < 9 => person_id(6),
            2 => person_id(2),
            _ => person_id(3),
        };
        let table = if look.is_multiple_of(2) {
            "readiness --width 80"
        } else {
            "readiness --long -f csv"
        };
        let lines = [
            "readiness -f csv".to_owned(),
            table.to_owned(),
            format!("readiness {person}"),
            "report --names -f json".to_owned(),
            if look.is_multiple_of(2) {
                "report -f md"
            } else {
                "report -f html"
            }
            .to_owned(),
        ];
        let asked = as_of.map_or_else(String::new, |day| format!(" --as-of {day}"));
        let maya = self.maya.on(&today.to_string());
        lines
            .into_iter()
            .map(|line| {
                let printed = maya.run(&format!("{line}{asked}")).ok().stdout;
                (line, printed)
            })
            .collect()
    }
}

/// Lines that are in one of two texts only.
fn differing(was: &str, is: &str) -> String {
    let only = |sign: char, one: &str, other: &str| -> String {
        let lines = one.lines().filter(|line| !other.lines().any(|l| l == *line));
        lines.fold(String::new(), |text, line| text + &format!("{sign} {line}\n"))
    };
    format!("{}{}", only('-', was, is), only('+', is, was))
}

#[test]
fn every_fortnight_of_a_year_is_printed_again_as_it_was() {
    let mut year = Year::begin();
    let days = |look: u32| last().minus(14 * (LOOKS - look));
    let mut printed: Vec<Printed> = Vec::new();
    for look in 1..=LOOKS {
        year.goes_on(days(look));
        year.work(look, days(look));
        printed.push(year.looks(look, days(look), None));
    }
    for (look, was) in (1..).zip(&printed) {
        let is = year.looks(look, last(), Some(days(look)));
        for (line, was) in was {
            let differ = differing(was, &is[line]);
            assert_eq!(*was, is[line], "{line} --as-of {}:\n{differ}", days(look));
        }
    }
    // What a report draws as a trend is what the tables said on those days.
    for look in 7..=LOOKS {
        let report: serde_json::Value =
            serde_json::from_str(&printed[look as usize - 1]["report --names -f json"]).expect("JSON");
        let weeks = report["tables"]["trend"]["rows"].as_array().expect("weeks");
        for week in weeks {
            let day = week["week"].as_str().expect("a day");
            let Some(then) = (1..=look).find(|look| days(*look).to_string() == day) else {
                continue;
            };
            let rows = csv_rows(&printed[then as usize - 1]["readiness -f csv"]);
            for band in ["not-started", "exploring", "building", "ready"] {
                let count = rows.iter().filter(|row| row["overall_band"] == band).count();
                assert_eq!(
                    week[band.replace('-', "_")],
                    count,
                    "{band} on {day}, of look {look}"
                );
            }
            let reached = rows
                .iter()
                .filter(|row| !row["reached_all_on"].is_empty())
                .count();
            assert_eq!(week["reached_all"], reached, "{day}, of look {look}");
        }
        let looked = weeks
            .iter()
            .filter(|week| (1..=look).any(|look| week["week"] == days(look).to_string()));
        assert_eq!(looked.count(), 6, "of look {look}");
    }
    // The year was one: people came, left, rose and were late.
    let rows = |look: u32| csv_rows(&printed[look as usize - 1]["readiness -f csv"]);
    let ids = |look: u32| -> Vec<String> { rows(look).iter().map(|row| row["person_id"].clone()).collect() };
    assert!(ids(8).contains(&"p0006".to_owned()) && !ids(9).contains(&"p0006".to_owned()));
    assert!(!ids(4).contains(&"gro".to_owned()) && ids(5).contains(&"gro".to_owned()));
    let changed = (2..=LOOKS).filter(|look| printed[*look as usize - 1] != printed[*look as usize - 2]);
    assert_eq!(changed.count(), LOOKS as usize - 1);
    let reached = |look: u32| -> u32 {
        let count = |row: &BTreeMap<String, String>| row["reached_count"].parse::<u32>().expect("a count");
        rows(look).iter().map(count).sum()
    };
    assert!(reached(LOOKS) > reached(1), "{} {}", reached(LOOKS), reached(1));
}

/// What comes in later about earlier days changes these days, as it should, and nobody else's; what people.toml says has no
/// history but the day on which somebody left.
#[test]
fn what_came_in_late_is_in_the_older_day_and_says_so_itself() {
    let mut year = Year::begin();
    let (then, now) = (last().minus(60), last());
    year.goes_on(now);
    let path = "progress/p0001/p0001-late.jsonl";
    let asked = format!("readiness -f csv --as-of {then}");
    let maya = year.maya.on(LAST);
    let before = maya.run(&asked).ok().stdout;
    let line = format!(
        "{{\"v\":1,\"id\":\"0d2027b2-131a-457a-9057-062ed494e8be\",\"seq\":1,\"day\":\"{}\",\"person\":\"p0001\",\"by\":\"p0001\",\"device\":\"p0001-late\",\"kind\":\"practised\",\"curriculum\":\"efficiency\",\"step\":\"rules-and-roles.name-the-keys\",\"rev\":1,\"capabilities\":[\"lead\"],\"personal\":true,\"evidence\":\"Named three deputies\",\"may_quote\":false}}\n",
        then.minus(1)
    );
    year.maya.file(path, line);
    let after = maya.run(&asked).ok().stdout;
    let differ = differing(&before, &after);
    assert!(
        differ.lines().count() == 2 && differ.lines().all(|line| line.contains(",p0001,")),
        "{differ}"
    );
    // A person who moved stands under the new unit on every day: it is the list of today.
    maya.run("people edit p0002 --set unit=harbour").ok();
    let moved = differing(&after, &maya.run(&asked).ok().stdout);
    assert!(moved.lines().all(|line| line.contains(",p0002,")), "{moved}");
    // An event dated after today is said on an older day as on this one: no day had it.
    let future = format!("readiness p0001 --as-of {LAST}");
    year.maya.append(
        path,
        "{\"v\":1,\"id\":\"0d2027b2-131a-457a-9057-062ed494e8bf\",\"seq\":2,\"day\":\"2027-11-26\",\"person\":\"p0001\",\"by\":\"p0001\",\"device\":\"p0001-late\",\"kind\":\"practised\",\"curriculum\":\"efficiency\",\"step\":\"rules-and-roles.name-the-keys\",\"rev\":1,\"capabilities\":[\"lead\"],\"personal\":true,\"evidence\":\"Too early\",\"may_quote\":false}\n",
    );
    for line in ["readiness p0001", &future] {
        let told = maya.run(line).ok().told();
        assert_eq!(told.matches("dated in the future").count(), 1, "{told}");
    }
}
