//! Twelve weeks of a programme with people and a mentor who leave, answers about pairs, vetoes, pairs that stall, dates that
//! move and deputies, and with a group that is formed, invited and meets. Every second week nobody but the leader sits in the
//! shared folder: records travel as packets, copies are renewed. Each week what the agenda, the list of mentors, the groups,
//! the talks and the copies say is what happened, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use upwards::base::time::Date;

use crate::support::{Sandbox, WORKSPACE};

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

/// The group as the programme made it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    meeting: String,
    /// The guest too.
    members: BTreeSet<String>,
    since: Date,
    planned: Option<Date>,
    /// Whose word on the talk is known.
    recorded: BTreeSet<String>,
    /// Whether the leader has recorded it for everybody.
    has_met: bool,
}

/// What happened, as told by whoever made it happen.
#[derive(Debug, Default)]
struct Programme {
    /// The pair of each executive.
    pairs: BTreeMap<&'static str, Pair>,
    gone: BTreeSet<&'static str>,
    barred: BTreeSet<(&'static str, String)>,
    /// Day, executive, attendance and the role of the others of every talk that was recorded.
    talks: Vec<(Date, &'static str, &'static str, &'static str)>,
    group: Option<Group>,
    /// Whether this week records travel as packets.
    by_packet: bool,
    /// Who has a copy on a computer elsewhere.
    copies: BTreeSet<String>,
    /// Whose records are on their way, in the order in which they were made.
    on_the_way: Vec<String>,
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

    /// Where somebody records this week: in the shared folder, or in their own copy as of now, from which it is still to go.
    fn desk(&mut self, who: &str, maya: &Sandbox) -> Sandbox {
        if !self.by_packet {
            return maya.laptop(who);
        }
        let copy = self.renewed(who, maya);
        if !self.on_the_way.iter().any(|other| other == who) {
            self.on_the_way.push(who.to_owned());
        }
        copy
    }

    /// Somebody's copy on a computer of its own, made or renewed.
    fn renewed(&mut self, who: &str, maya: &Sandbox) -> Sandbox {
        maya.run(&format!("send --to {who} -o ../{who}.copy.packet")).ok();
        let far = maya.laptop(&format!("{who}-far"));
        let (around, inside) = (format!("../far-{who}"), format!("../far-{who}/{WORKSPACE}"));
        let (around, inside) = (far.inside(&around), far.inside(&inside));
        if self.copies.insert(who.to_owned()) {
            around.file("empty/x", "");
            around.run(&format!("receive ../{who}.copy.packet --yes")).ok();
        } else {
            inside.run(&format!("receive ../../{who}.copy.packet --yes")).ok();
        }
        inside
    }

    /// What is on its way arrives, the last one first.
    fn arrives(&mut self, maya: &Sandbox) {
        while let Some(who) = self.on_the_way.pop() {
            let copy = maya
                .laptop(&format!("{who}-far"))
                .inside(&format!("../far-{who}/{WORKSPACE}"));
            copy.run(&format!("send -o ../../{who}.packet")).ok();
            maya.run(&format!("receive ../{who}.packet --yes")).ok();
        }
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
        match self.chance(10) {
            // They meet; the executive records it, or both do, who cannot know of each other's record in a copy.
            chance @ 0..=3 => {
                self.desk(id, maya).run("mentors log --minutes 20").ok();
                if chance == 3 {
                    let mentor = self.pairs[id].mentor.clone();
                    self.desk(&mentor, maya)
                        .run(&format!("mentors log --with {id} --minutes 20"))
                        .ok();
                }
                self.met(id, "present", today);
            }
            // Somebody goes for them.
            4 => {
                maya.run(&format!(
                    "mentors log --with {id} --minutes 20 --attendance deputy"
                ))
                .ok();
                self.met(id, "deputy", today);
            }
            // It is planned, or moved where it was planned before.
            chance @ (5 | 6) => {
                let day = today + if chance == 5 { 9 } else { 30 };
                self.desk(id, maya)
                    .run(&format!("mentors invite --at '{day} 09:30' -o ../{id}.ics"))
                    .ok();
                self.pairs.get_mut(id).expect("a pair").planned = Some(day);
            }
            // It is called off.
            7 if self.pairs[id].planned.is_some() => {
                self.desk(id, maya)
                    .run(&format!("mentors invite --cancel -o ../{id}.ics"))
                    .ok();
                self.pairs.get_mut(id).expect("a pair").planned = None;
            }
            // Nobody has time.
            _ => {}
        }
    }

    fn met(&mut self, id: &'static str, attendance: &'static str, today: Date) {
        let pair = self.pairs.get_mut(id).expect("a pair");
        pair.talks.insert(today);
        pair.planned = pair.planned.filter(|day| *day > today);
        self.talks.push((today, id, attendance, "mentor"));
    }

    /// Five people around a guest who has been through it.
    fn forms_a_group(&mut self, maya: &Sandbox, today: Date) {
        maya.run("peers form --capability serve --yes").ok();
        let rows = maya.run("peers list -f csv").ok().csv();
        assert_eq!(rows.len(), 1, "{rows:?}");
        let members: BTreeSet<String> = rows[0]["members"].split('|').map(str::to_owned).collect();
        assert!(members.len() == 5 && members.contains("vera"), "{members:?}");
        self.group = Some(Group {
            meeting: rows[0]["meeting_id"].clone(),
            members,
            since: today,
            planned: None,
            recorded: BTreeSet::new(),
            has_met: false,
        });
    }

    fn group(&mut self) -> &mut Group {
        self.group.as_mut().expect("a group")
    }

    /// Executives of the group who are here.
    fn members(&self) -> Vec<&'static str> {
        let group = self.group.as_ref().expect("a group");
        self.here().filter(|id| group.members.contains(*id)).collect()
    }

    fn invites_the_group(&mut self, day: Date, maya: &Sandbox) {
        let short = self.group().meeting[..8].to_owned();
        maya.run(&format!(
            "peers invite {short} --at '{day} 10:00' -o ../group.ics"
        ))
        .ok();
        self.group().planned = Some(day);
    }

    /// One of them records it on the day; the others wait for the leader, who knows who sent a deputy and who did not come.
    fn group_meets(&mut self, maya: &Sandbox, today: Date) {
        assert_eq!(self.group().planned, Some(today));
        let (first, short) = (self.members()[0], self.group().meeting[..8].to_owned());
        self.desk(first, maya)
            .run(&format!("peers record {short} --minutes 50"))
            .ok();
        self.group().recorded.insert(first.to_owned());
        self.talks.push((today, first, "present", "peer"));
    }

    fn group_is_recorded(&mut self, maya: &Sandbox) {
        let Some(Group {
            meeting,
            planned: Some(day),
            ..
        }) = self.group.clone()
        else {
            panic!("it was not invited")
        };
        let members = self.members();
        let &[first, deputy, absent, ..] = members.as_slice() else {
            panic!("{members:?}")
        };
        let short = &meeting[..8];
        maya.run(&format!(
            "peers record {short} --date {day} --minutes 50 --attendance {deputy}=deputy --attendance {absent}=absent"
        ))
        .ok();
        let came = self.group().members.clone();
        for id in EXECUTIVES {
            if came.contains(id) && id != absent && id != first && !self.gone.contains(id) {
                let word = if id == deputy { "deputy" } else { "present" };
                self.talks.push((day, id, word, "peer"));
            }
        }
        self.group().has_met = true;
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
        self.desk(id, maya).run("mentors unpair").ok();
        self.arrives(maya);
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
            maya.run(&format!("mentors unpair {id} --mentor {mentor}")).ok();
            self.pairs.remove(id);
            self.barred.insert((id, mentor.to_owned()));
        }
    }

    /// An executive says how it is. Unsure keeps the pair; not ends it by the leader's hand, and it is never made again.
    fn says(&mut self, id: &'static str, answer: &str, maya: &Sandbox) {
        self.desk(id, maya).run(&format!("mentors fit {answer}")).ok();
        assert!(self.by_packet, "leaders know nothing of it until it is sent");
        self.arrives(maya);
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
        let of_whom = |words: &[&str]| -> BTreeSet<&str> {
            let rows = agenda.iter();
            rows.filter(|row| words.iter().any(|words| row["reasons"].contains(words)))
                .map(|row| row["person_id"].as_str())
                .collect()
        };
        let named = of_whom(&["last talk with", "no talk with"]);
        let stalled: BTreeSet<&str> = self
            .running()
            .filter(|(_, pair)| pair.is_stalled(today))
            .map(|(id, _)| id)
            .collect();
        assert_eq!(named, stalled, "{today}: {agenda:?}");
        let is_over = |planned: Option<Date>| planned.is_some_and(|day| day < today);
        let mut unanswered: BTreeSet<&str> = self
            .running()
            .filter(|(_, pair)| is_over(pair.planned))
            .map(|(id, _)| id)
            .collect();
        if let Some(group) = self
            .group
            .as_ref()
            .filter(|group| !group.has_met && is_over(group.planned))
        {
            let waits = |id: &&str| group.members.contains(*id) && !group.recorded.contains(*id);
            unanswered.extend(self.here().filter(waits));
        }
        assert_eq!(of_whom(&["nothing recorded"]), unanswered, "{today}: {agenda:?}");
        let undated = agenda
            .iter()
            .filter(|row| row["about"] == "group-undated")
            .count();
        let waits =
            |group: &&Group| group.planned.is_none() && today.days_since(group.since) > FIRST_MEETING_DAYS;
        assert_eq!(
            undated,
            self.group.iter().filter(waits).count(),
            "{today}: {agenda:?}"
        );
        let groups = maya.run("peers list -f csv").ok().csv();
        let groups: Vec<(&str, &str, &str)> = groups
            .iter()
            .map(|row| {
                let day = row["at"].get(..10).unwrap_or_default();
                (&*row["meeting_id"], &*row["members"], day)
            })
            .collect();
        // It waits until everybody's word on it is there: a leader gives it for the rest.
        let waiting = self.group.iter().filter(|group| !group.has_met);
        let waiting: Vec<(String, String, String)> = waiting
            .map(|group| {
                let members = group.members.iter().cloned().collect::<Vec<_>>().join("|");
                let day = group.planned.map(|day| day.to_string()).unwrap_or_default();
                (group.meeting.clone(), members, day)
            })
            .collect();
        let waiting: Vec<(&str, &str, &str)> = waiting.iter().map(|(a, b, c)| (&**a, &**b, &**c)).collect();
        assert_eq!(groups, waiting, "{today}");
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
        let told: BTreeSet<[String; 4]> = held
            .iter()
            .filter(|row| row["state"] == "held")
            .map(|row| ["held_on", "person_id", "attendance", "role"].map(|column| row[column].clone()))
            .collect();
        let happened = self.talks.iter().filter(|(_, id, _, _)| !self.gone.contains(id));
        let happened: BTreeSet<[String; 4]> = happened
            .map(|(day, id, word, role)| [&day.to_string(), *id, *word, *role].map(str::to_owned))
            .collect();
        assert_eq!(told, happened, "{today}");
    }

    /// In renewed copies as well, for both of a pair and for each of the group.
    fn copies_hold(&mut self, maya: &Sandbox, today: Date) {
        let running: Vec<(&str, Pair)> = self.running().map(|(id, pair)| (id, pair.clone())).collect();
        for (id, pair) in running {
            let planned = pair.planned.filter(|day| *day >= today);
            let wanted = [
                pair.talks.len().to_string(),
                planned.map(|day| day.to_string()).unwrap_or_default(),
            ];
            for (who, other) in [(id, &*pair.mentor), (&*pair.mentor, id)] {
                let rows = self.renewed(who, maya).run("mentors list -f csv").ok().csv();
                let row = rows.iter().find(|row| row["person_id"] == other);
                let row = row.unwrap_or_else(|| panic!("{today}: {who} has no pair with {other}"));
                let told = ["talks", "next_talk_on"].map(|column| row[column].clone());
                assert_eq!(told, wanted, "{today}: {who} with {other}");
            }
        }
        let Some(group) = self.group.clone() else { return };
        for id in self.members() {
            let own = self.renewed(id, maya).run("peers list -f csv").ok().csv();
            let waits = !group.has_met && !group.recorded.contains(id);
            // A copy knows only of one's own record.
            assert_eq!(own.len(), usize::from(waits), "{today}: {id}: {own:?}");
            assert!(
                own.iter().all(|row| row["meeting_id"] == group.meeting),
                "{own:?}"
            );
        }
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
    }
    for id in EXECUTIVES.into_iter().chain(MENTORS) {
        let own = maya.read("../own/ana/config.toml");
        maya.file(
            &format!("../own/{id}/config.toml"),
            own.replace("\"ana\"", &format!("\"{id}\"")),
        );
    }
    people +=
        "\n[[person]]\nid = \"vera\"\nname = \"Vera Guest\"\nexternal = true\nexperience = [\"serve\"]\n";
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
        programme.by_packet = week % 2 == 1;
        match week {
            1 => programme.forms_a_group(&maya, day),
            3 => programme.parts("bo", &maya),
            4 => {
                programme.leaves("dana", &maya, day);
                programme.invites_the_group(day + 7, &maya);
            }
            5 => {
                programme.says("ana", "unsure", &maya);
                programme.group_meets(&maya, day);
            }
            6 => {
                programme.parts("eli", &maya);
                programme.mentor_leaves("lee", &maya, day);
            }
            7 => {
                programme.says("hana", "not", &maya);
                programme.group_is_recorded(&maya);
            }
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
        programme.arrives(&maya);
        programme.holds(&maya, day);
        if week % 4 == 3 {
            programme.copies_hold(&maya, day);
        }
        day = day + 7;
    }
    // All of it happened: otherwise the programme shows nothing.
    assert!(programme.talks.len() > 20, "{}", programme.talks.len());
    assert!(
        programme
            .talks
            .iter()
            .any(|(_, _, word, role)| *word == "deputy" && *role == "mentor")
    );
    assert!(
        programme
            .talks
            .iter()
            .any(|(_, _, word, role)| *word == "deputy" && *role == "peer")
    );
    assert!(programme.copies.len() > 8, "{:?}", programme.copies);
    assert!(programme.barred.len() > 3, "{:?}", programme.barred);
}
