//! Twelve weeks of a programme with people and a mentor who leave, answers about pairs, vetoes, pairs that stall, dates that
//! move and deputies: each week what the agenda, the list of mentors and the talks say is what happened, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use upwards::base::time::Date;

use crate::support::Sandbox;

const EXECUTIVES: [&str; 8] = ["ana", "bo", "chen", "dana", "eli", "farah", "gus", "hana"];
const MENTORS: [&str; 4] = ["jo", "kim", "lee", "sam"];

/// The thresholds of a workspace that says none.
const FIRST_MEETING_DAYS: i32 = 10;
const MEETING_GAP_DAYS: i32 = 14;

/// A pair as the programme made it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pair {
    mentor: String,
    since: Date,
    /// Days on which the two met, deputies included.
    talks: BTreeSet<Date>,
    planned: Option<Date>,
}

impl Pair {
    fn is_stalled(&self, today: Date) -> bool {
        let (since, most) = match self.talks.last() {
            Some(day) => (*day, MEETING_GAP_DAYS),
            None => (self.since, FIRST_MEETING_DAYS),
        };
        self.planned.is_none_or(|day| day < today) && today.days_since(since) > most
    }
}

/// What happened, as told by whoever made it happen.
#[derive(Debug, Default)]
struct Programme {
    /// The pair of each executive.
    pairs: BTreeMap<&'static str, Pair>,
    gone: BTreeSet<&'static str>,
    barred: BTreeSet<(&'static str, String)>,
    /// Day, executive, attendance of every talk that was recorded.
    talks: Vec<(Date, &'static str, &'static str)>,
    seed: u64,
}

impl Programme {
    fn chance(&mut self, of: u64) -> u64 {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) % of
    }

    fn here(&self) -> impl Iterator<Item = &'static str> + '_ {
        EXECUTIVES.into_iter().filter(|id| !self.gone.contains(id))
    }

    /// Pairs of which both are here.
    fn running(&self) -> impl Iterator<Item = (&'static str, &Pair)> {
        self.here().filter_map(|id| Some((id, self.pairs.get(id)?)))
    }

    /// Leaders propose, and write it.
    fn matched(&mut self, maya: &Sandbox, today: Date) {
        let before = told(maya);
        let rows = maya.run("mentors match --yes -f csv").ok().csv();
        let now = told(maya);
        // It is taken back as a whole, and done again the same.
        if rows.iter().any(|row| !row["mentor_id"].is_empty()) {
            maya.run("undo --yes").ok();
            assert_eq!(told(maya), before, "undo of a match restores what was");
            maya.run("mentors match --yes").ok();
        }
        assert_eq!(told(maya), now, "the same input matches the same");
        for row in rows.iter().filter(|row| !row["mentor_id"].is_empty()) {
            let id = self
                .here()
                .find(|id| *id == row["person_id"])
                .expect("somebody who is here");
            assert!(
                !self.barred.contains(&(id, row["mentor_id"].clone())),
                "{id} and {} are barred",
                row["mentor_id"]
            );
            let pair = Pair {
                mentor: row["mentor_id"].clone(),
                since: today,
                talks: BTreeSet::new(),
                planned: None,
            };
            assert!(self.pairs.insert(id, pair).is_none(), "{id} had a mentor");
        }
    }

    /// One week of one pair.
    fn week(&mut self, id: &'static str, maya: &Sandbox, today: Date) {
        let chance = self.chance(10);
        let (own, mentor) = {
            let pair = &self.pairs[id];
            (maya.laptop(id), pair.mentor.clone())
        };
        let pair = self.pairs.get_mut(id).expect("a pair");
        match chance {
            // They meet; either side records it, or both.
            0..=3 => {
                own.run("mentors log --minutes 20").ok();
                if chance == 3 {
                    let theirs = maya.laptop(&mentor);
                    theirs.run(&format!("config set me {mentor}")).ok();
                    theirs.run(&format!("mentors log --with {id} --minutes 20")).ok();
                }
                pair.talks.insert(today);
                pair.planned = pair.planned.filter(|day| *day > today);
                self.talks.push((today, id, "present"));
            }
            // Somebody goes for them.
            4 => {
                maya.run(&format!(
                    "mentors log --with {id} --minutes 20 --attendance deputy"
                ))
                .ok();
                pair.talks.insert(today);
                pair.planned = pair.planned.filter(|day| *day > today);
                self.talks.push((today, id, "deputy"));
            }
            // It is planned, or moved where it was planned before.
            5 | 6 => {
                let day = today + if chance == 5 { 9 } else { 30 };
                own.run(&format!("mentors invite --at '{day} 09:30' -o ../{id}.ics"))
                    .ok();
                pair.planned = Some(day);
            }
            // It is called off.
            7 if pair.planned.is_some() => {
                own.run(&format!("mentors invite --cancel -o ../{id}.ics")).ok();
                pair.planned = None;
            }
            // Nobody has time.
            _ => {}
        }
    }

    fn leaves(&mut self, id: &'static str, maya: &Sandbox, today: Date) {
        maya.run(&format!("people edit {id} --set left={today}")).ok();
        self.gone.insert(id);
    }

    /// It does not fit: never again these two.
    fn parts(&mut self, id: &'static str, maya: &Sandbox) {
        let Some(pair) = self.pairs.remove(id) else {
            return;
        };
        maya.run(&format!("mentors bar {id} {}", pair.mentor)).ok();
        maya.laptop(id).run("mentors unpair").ok();
        self.barred.insert((id, pair.mentor));
    }

    /// A mentor is gone: their pairs end by the command that the agenda names, all others stay.
    fn mentor_leaves(&mut self, mentor: &str, maya: &Sandbox, today: Date) {
        maya.run(&format!("people edit {mentor} --set left={today}")).ok();
        let theirs: Vec<&'static str> = self
            .running()
            .filter(|(_, pair)| pair.mentor == mentor)
            .map(|(id, _)| id)
            .collect();
        assert!(!theirs.is_empty(), "{mentor} has nobody: this shows nothing");
        let agenda = maya
            .on(&(today + 1).to_string())
            .run("agenda --all -f csv")
            .ok()
            .csv();
        let told: BTreeSet<&str> = agenda
            .iter()
            .filter(|row| row["about"] == "pair-to-end")
            .map(|row| row["command"].as_str())
            .collect();
        let wanted: Vec<String> = theirs
            .iter()
            .map(|id| format!("upwards mentors unpair {id} --mentor {mentor}"))
            .collect();
        assert_eq!(told, wanted.iter().map(String::as_str).collect());
        for id in theirs {
            maya.run(&format!("mentors unpair {id}")).ok();
            self.pairs.remove(id);
            self.barred.insert((id, mentor.to_owned()));
        }
    }

    /// An executive says how it is. Unsure keeps the pair; not ends it by the leader's hand, and it is never made again.
    fn says(&mut self, id: &'static str, answer: &str, maya: &Sandbox) {
        maya.run(&format!("mentors fit {id} {answer}")).ok();
        if answer == "not"
            && let Some(pair) = self.pairs.remove(id)
        {
            maya.run(&format!("mentors unpair {id}")).ok();
            self.barred.insert((id, pair.mentor));
        }
    }

    /// Everything that is said is what happened.
    fn holds(&self, maya: &Sandbox, today: Date) {
        let joined = |ids: BTreeSet<&str>| ids.into_iter().collect::<Vec<_>>().join("|");
        for row in maya.run("mentors list -f csv").ok().csv() {
            let mentor = &row["mentor_id"];
            let of = || self.running().filter(|(_, pair)| pair.mentor == *mentor);
            assert_eq!(
                row["with"],
                joined(of().map(|(id, _)| id).collect()),
                "{today}: {mentor}"
            );
            let stalled = of().filter(|(_, pair)| pair.is_stalled(today));
            assert_eq!(
                row["stalled"],
                joined(stalled.map(|(id, _)| id).collect()),
                "{today}: {mentor}"
            );
            let talks: usize = of().map(|(_, pair)| pair.talks.len()).sum();
            assert_eq!(row["talks"], talks.to_string(), "{today}: {mentor}");
            let last = of().filter_map(|(_, pair)| pair.talks.last()).max();
            assert_eq!(
                row["last_talk_on"],
                last.map(ToString::to_string).unwrap_or_default()
            );
            let (taken, seats): (u32, u32) = (row["pairs"].parse().unwrap(), row["seats"].parse().unwrap());
            assert!(taken <= seats, "{today}: {mentor} has {taken} of {seats}");
        }
        for row in maya.run("export mentors").ok().csv() {
            let pair = self
                .pairs
                .get(&*row["person_id"])
                .filter(|_| row["ended_on"].is_empty());
            let Some(pair) = pair.filter(|pair| pair.mentor == row["mentor_id"]) else {
                assert!(!row["ended_on"].is_empty(), "{today}: {row:?}");
                continue;
            };
            let planned = pair.planned.filter(|day| *day >= today);
            assert_eq!(
                row["next_talk_on"],
                planned.map(|day| day.to_string()).unwrap_or_default(),
                "{today}: {row:?}"
            );
            assert_eq!(row["talks"], pair.talks.len().to_string(), "{today}: {row:?}");
        }
        let agenda = maya.run("agenda --all -f csv").ok().csv();
        let named: BTreeSet<&str> = agenda
            .iter()
            .filter(|row| {
                row["reasons"].contains("last talk with") || row["reasons"].contains("no talk with")
            })
            .map(|row| row["person_id"].as_str())
            .collect();
        let stalled: BTreeSet<&str> = self
            .running()
            .filter(|(_, pair)| pair.is_stalled(today))
            .map(|(id, _)| id)
            .collect();
        assert_eq!(named, stalled, "{today}: {agenda:?}");
        let without: Vec<&str> = self.here().filter(|id| !self.pairs.contains_key(id)).collect();
        let line = agenda.iter().find(|row| row["about"] == "no-mentor");
        let said = line.map(|row| row["reasons"].as_str()).unwrap_or_default();
        for id in EXECUTIVES {
            let name = name_of(id);
            assert_eq!(
                said.contains(&name),
                without.contains(&id),
                "{today}: {id}: {said}"
            );
        }
        let held = maya.run("export meetings -f csv").ok().csv();
        let told: BTreeSet<(String, String, String)> = held
            .iter()
            .filter(|row| row["state"] == "held")
            .map(|row| {
                (
                    row["held_on"].clone(),
                    row["person_id"].clone(),
                    row["attendance"].clone(),
                )
            })
            .collect();
        let happened = self.talks.iter().filter(|(_, id, _)| !self.gone.contains(id));
        let happened: BTreeSet<(String, String, String)> = happened
            .map(|(day, id, word)| (day.to_string(), (*id).to_owned(), (*word).to_owned()))
            .collect();
        assert_eq!(told, happened, "{today}");
    }
}

/// What is said of pairs now.
fn told(maya: &Sandbox) -> (String, String) {
    let list = maya.run("mentors list -f csv").ok().stdout;
    let agenda = maya.run("agenda --all -f csv").ok().stdout;
    (list, agenda)
}

fn name_of(id: &str) -> String {
    format!("{}{} Test", id[..1].to_uppercase(), &id[1..])
}

#[test]
fn twelve_weeks_hold_together() {
    let maya = Sandbox::halden();
    let mut people =
        "format = 1\n\n[[person]]\nid = \"maya\"\nname = \"Maya Lund\"\nroles = [\"leader\"]\n".to_owned();
    for id in EXECUTIVES {
        people += &format!("\n[[person]]\nid = \"{id}\"\nname = \"{}\"\n", name_of(id));
        maya.file(
            &format!("../own/{id}/config.toml"),
            maya.read("../own/ana/config.toml")
                .replace("\"ana\"", &format!("\"{id}\"")),
        );
    }
    for (n, id) in MENTORS.into_iter().enumerate() {
        let stated = if n % 2 == 0 {
            "serve = \"ready\""
        } else {
            "serve = \"building\", lead = \"ready\""
        };
        people += &format!(
            "\n[[person]]\nid = \"{id}\"\nname = \"{}\"\nroles = [\"mentor\"]\nseats = 2\nmentors_stated = {{ {stated} }}\n",
            name_of(id)
        );
    }
    maya.file("people.toml", people);
    let mut programme = Programme {
        seed: 12,
        ..Programme::default()
    };
    let mut day: Date = "2026-03-16".parse().expect("a day");
    for week in 0..12 {
        let maya = maya.on(&day.to_string());
        match week {
            3 => programme.parts("bo", &maya),
            4 => programme.leaves("dana", &maya, day),
            5 => programme.says("ana", "unsure", &maya),
            6 => {
                programme.parts("eli", &maya);
                programme.mentor_leaves("lee", &maya, day);
            }
            7 => programme.says("hana", "not", &maya),
            8 => programme.leaves("gus", &maya, day),
            _ => {}
        }
        if programme.here().any(|id| !programme.pairs.contains_key(id)) {
            programme.matched(&maya, day);
        }
        let pairs: Vec<&'static str> = programme.running().map(|(id, _)| id).collect();
        for id in pairs {
            programme.week(id, &maya, day);
        }
        programme.holds(&maya, day);
        day = day + 7;
    }
    // All of it happened: otherwise the programme shows nothing.
    assert!(programme.talks.len() > 20, "{}", programme.talks.len());
    assert!(programme.talks.iter().any(|(_, _, word)| *word == "deputy"));
    assert!(programme.barred.len() > 3, "{:?}", programme.barred);
}
