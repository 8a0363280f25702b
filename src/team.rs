//! Team events: what leaders know among themselves. Their file is not part of any executive's copy.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::id::EventId;
use crate::base::time::Date;

/// The line of a reason for another event, as it is appended, without its end.
pub fn because_line(
    id: EventId,
    seq: u64,
    day: Date,
    by: &str,
    device: &str,
    about: EventId,
    reason: &str,
) -> String {
    let text = |t: &str| serde_json::Value::from(t).to_string();
    format!(
        "{{\"v\":1,\"id\":\"{id}\",\"seq\":{seq},\"day\":\"{day}\",\"by\":{},\"device\":{},\"kind\":\"because\",\"ref\":\"{about}\",\"reason\":{}}}",
        text(by),
        text(device),
        text(reason)
    )
}

/// A reminder that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nudged {
    /// The day.
    pub day: Date,
    /// To whom.
    pub person: String,
    /// What it was about.
    pub about: String,
    /// The assignment, of what was overdue.
    pub assignment: Option<EventId>,
    /// How it went out: mail, chat, spoken.
    pub channel: String,
}

/// The line of a reminder, as it is appended, without its end.
pub fn nudged_line(id: EventId, seq: u64, by: &str, device: &str, nudged: &Nudged) -> String {
    let text = |t: &str| serde_json::Value::from(t).to_string();
    let assignment = nudged
        .assignment
        .map(|id| format!("\"assignment\":\"{id}\","))
        .unwrap_or_default();
    format!(
        "{{\"v\":1,\"id\":\"{id}\",\"seq\":{seq},\"day\":\"{}\",\"by\":{},\"device\":{},\"kind\":\"nudged\",\"about\":{},{assignment}\"person\":{},\"channel\":{}}}",
        nudged.day,
        text(by),
        text(device),
        text(&nudged.about),
        text(&nudged.person),
        text(&nudged.channel)
    )
}

/// All reminders of team logs that were not taken back. Lines that are no reminders, or cannot be read, are passed over.
pub fn nudged<'a>(lines: impl IntoIterator<Item = &'a str>, today: Date) -> Vec<Nudged> {
    let reminder = |line: &Line| {
        Some(Nudged {
            day: line.text("day")?.parse().ok()?,
            person: line.text("person")?,
            about: line.text("about")?,
            assignment: line.text("assignment").and_then(|id| id.parse().ok()),
            channel: line.text("channel").unwrap_or_default(),
        })
    };
    let mut found: Vec<(String, Nudged)> = standing(lines, today)
        .iter()
        .filter(|line| line.is("nudged"))
        .filter_map(|line| Some((line.text("id")?, reminder(line)?)))
        .collect();
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    found.dedup_by(|(a, _), (b, _)| a == b);
    found.into_iter().map(|(_, nudged)| nudged).collect()
}

/// Reasons for other events, by the event; what was taken back is left out.
pub fn reasons<'a>(lines: impl IntoIterator<Item = &'a str>, today: Date) -> BTreeMap<EventId, String> {
    let because = standing(lines, today)
        .into_iter()
        .filter(|line| line.is("because"));
    because
        .filter_map(|line| Some((line.text("ref")?.parse().ok()?, line.text("reason")?)))
        .collect()
}

/// What a meeting of a pair was like for one of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FitAnswer {
    /// They go on.
    Good,
    /// They do not know yet.
    Unsure,
    /// They end it, and are not put together again.
    Not,
}

impl FitAnswer {
    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Unsure => "unsure",
            Self::Not => "not",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Good, Self::Unsure, Self::Not]
            .into_iter()
            .find(|answer| answer.word() == word)
    }
}

/// Something about who meets whom that only leaders know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Two people are never put into one pair or group; no reason is asked.
    Barred {
        /// One of them.
        a: String,
        /// The other.
        b: String,
    },
    /// Somebody would like this mentor.
    Wished {
        /// The mentor.
        mentor: String,
        /// Who would like them.
        person: String,
    },
    /// What a pair is like for whoever says it.
    Fit {
        /// The pair.
        pair: EventId,
        /// What they say.
        answer: FitAnswer,
        /// Whose word it is, where somebody else noted it for them.
        of: Option<String>,
    },
}

/// The line of a wish, as it is appended, without its end.
pub fn wish_line(id: EventId, seq: u64, day: Date, by: &str, device: &str, wish: &Wish) -> String {
    let text = |t: &str| serde_json::Value::from(t).to_string();
    let fact = match wish {
        Wish::Barred { a, b } => format!("\"kind\":\"barred\",\"a\":{},\"b\":{}", text(a), text(b)),
        Wish::Wished { mentor, person } => format!(
            "\"kind\":\"wished\",\"mentor\":{},\"person\":{}",
            text(mentor),
            text(person)
        ),
        Wish::Fit { pair, answer, of } => {
            let of = of.as_deref().map(|who| format!(",\"of\":{}", text(who)));
            format!(
                "\"kind\":\"fit\",\"pair\":\"{pair}\",\"answer\":\"{}\"{}",
                answer.word(),
                of.unwrap_or_default()
            )
        }
    };
    format!(
        "{{\"v\":1,\"id\":\"{id}\",\"seq\":{seq},\"day\":\"{day}\",\"by\":{},\"device\":{},{fact}}}",
        text(by),
        text(device)
    )
}

/// The line that takes another one of a team log back, as it is appended, without its end.
pub fn voided_line(id: EventId, seq: u64, day: Date, by: &str, device: &str, reference: EventId) -> String {
    let text = |t: &str| serde_json::Value::from(t).to_string();
    format!(
        "{{\"v\":1,\"id\":\"{id}\",\"seq\":{seq},\"day\":\"{day}\",\"by\":{},\"device\":{},\"kind\":\"voided\",\"ref\":\"{reference}\"}}",
        text(by),
        text(device)
    )
}

/// A wish, a veto or an answer as it was noted, or that one was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The line.
    pub id: EventId,
    /// Its day.
    pub day: Date,
    /// Whose word it is.
    pub by: String,
    /// The computer that noted it.
    pub device: String,
    /// What it says.
    pub says: Said,
    /// Whether it was taken back.
    pub is_taken_back: bool,
}

/// What a note says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Who should meet whom.
    Wish(Wish),
    /// That an earlier line counts no more.
    TakesBack(EventId),
}

impl Said {
    /// The kind of its line.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Wish(Wish::Barred { .. }) => "barred",
            Self::Wish(Wish::Wished { .. }) => "wished",
            Self::Wish(Wish::Fit { .. }) => "fit",
            Self::TakesBack(_) => "voided",
        }
    }
}

/// All wishes, vetoes and answers of team logs, and what takes lines back, oldest first; each line once.
pub fn notes<'a>(lines: impl IntoIterator<Item = &'a str>, today: Date) -> Vec<Note> {
    let mut seen = BTreeSet::new();
    let lines = in_order(lines, today).into_iter();
    lines
        .filter_map(|(line, is_taken_back)| note_of(&line, is_taken_back))
        .filter(|note| seen.insert(note.id))
        .collect()
}

fn note_of(line: &Line, is_taken_back: bool) -> Option<Note> {
    let says = if line.is("voided") {
        Said::TakesBack(line.text("ref")?.parse().ok()?)
    } else {
        Said::Wish(line.wish()?)
    };
    Some(Note {
        id: line.text("id")?.parse().ok()?,
        day: line.text("day")?.parse().ok()?,
        by: match &says {
            Said::Wish(Wish::Fit { of: Some(who), .. }) => who.clone(),
            _ => line.text("by")?,
        },
        device: line.text("device")?,
        says,
        is_taken_back,
    })
}

/// What leaders know of who should meet whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wishes {
    /// Two who are never put together, in both orders.
    pub barred: BTreeSet<(String, String)>,
    /// Who would like which mentor.
    pub wished: BTreeSet<(String, String)>,
    /// What was said last of each pair, by whom; their own word before what others noted for them.
    pub answers: BTreeMap<EventId, BTreeMap<String, FitAnswer>>,
}

impl Wishes {
    /// Whether one of the two said of their pair that it does not fit; what others say of it counts nothing.
    pub fn does_not_fit(&self, pair: EventId, two: [&str; 2]) -> bool {
        let answers = self.answers.get(&pair);
        answers.is_some_and(|all| two.iter().any(|who| all.get(*who) == Some(&FitAnswer::Not)))
    }
}

impl Wishes {
    /// Those of the two who said last of their pair that they do not know yet.
    pub fn unsure_of(&self, pair: EventId, two: [&str; 2]) -> impl Iterator<Item = &str> {
        let answers = self.answers.get(&pair).into_iter().flatten();
        answers
            .filter(move |(who, answer)| **answer == FitAnswer::Unsure && two.contains(&who.as_str()))
            .map(|(who, _)| who.as_str())
    }
}

/// All wishes of team logs that were not taken back. An answer of a day to come does not count yet, so that no wrong clock
/// outweighs what is said later; a veto or a wish is one on whatever day.
pub fn wishes<'a>(lines: impl IntoIterator<Item = &'a str>, today: Date) -> Wishes {
    let mut wishes = Wishes::default();
    let mut own = Vec::new();
    for line in standing(lines, today) {
        match line.wish() {
            Some(Wish::Barred { a, b }) => {
                wishes.barred.insert((b.clone(), a.clone()));
                wishes.barred.insert((a, b));
            }
            Some(Wish::Wished { mentor, person }) => {
                wishes.wished.insert((person, mentor));
            }
            Some(Wish::Fit { .. }) if line.is_to_come(today) => {}
            Some(Wish::Fit {
                pair,
                answer,
                of: Some(who),
            }) => {
                wishes.answers.entry(pair).or_default().insert(who, answer);
            }
            Some(Wish::Fit {
                pair,
                answer,
                of: None,
            }) => {
                own.extend(line.text("by").map(|by| (pair, by, answer)));
            }
            None => {}
        }
    }
    for (pair, by, answer) in own {
        wishes.answers.entry(pair).or_default().insert(by, answer);
    }
    wishes
}

/// Which of these lines are about a person, by their places: those that name them or are by them, that are about one of
/// these events, and what takes such a line back. A line that cannot be read is about whoever stands in it. No person = those
/// about the events alone.
pub fn about(lines: &[&str], person: &str, events: &BTreeSet<EventId>) -> BTreeSet<usize> {
    /// Keys whose values are events.
    const EVENTS: [&str; 3] = ["ref", "pair", "assignment"];
    /// Keys whose values are people.
    const PEOPLE: [&str; 6] = ["by", "of", "person", "mentor", "a", "b"];
    let read: Vec<Option<Line>> = lines
        .iter()
        .map(|line| serde_json::from_str(line).ok().map(Line))
        .collect();
    let named = format!("\"{person}\"");
    let is_about = |line: &str, read: Option<&Line>| match read {
        None => !person.is_empty() && line.contains(&named),
        Some(read) => {
            PEOPLE.iter().any(|key| read.text(key).as_deref() == Some(person))
                || EVENTS.iter().any(|key| {
                    let event = read.text(key).and_then(|id| id.parse().ok());
                    event.is_some_and(|event| events.contains(&event))
                })
        }
    };
    let mut found: BTreeSet<usize> = (0..lines.len())
        .filter(|at| is_about(lines[*at], read[*at].as_ref()))
        .collect();
    // A line may take back one that takes back another: as often as there are more.
    loop {
        let ids: BTreeSet<String> = found
            .iter()
            .filter_map(|at| read[*at].as_ref()?.text("id"))
            .collect();
        let more: Vec<usize> = (0..lines.len())
            .filter(|at| !found.contains(at))
            .filter(|at| {
                let line = read[*at].as_ref().filter(|line| line.is("voided"));
                line.and_then(|line| line.text("ref"))
                    .is_some_and(|id| ids.contains(&id))
            })
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// Whether somebody said themselves what their pair is like.
pub fn is_own_word(notes: &[Note], pair: EventId, who: &str) -> bool {
    notes.iter().any(|note| {
        !note.is_taken_back
            && note.by == who
            && matches!(&note.says, Said::Wish(Wish::Fit { pair: about, of: None, .. }) if *about == pair)
    })
}

/// What is wrong with a line of a team log; `None`: it can be read, or is of a newer kind.
pub fn fault(line: &str) -> Option<&'static str> {
    let Ok(value @ serde_json::Value::Object(_)) = serde_json::from_str(line) else {
        return Some("this line is no event and is not counted");
    };
    if value.get("v").and_then(serde_json::Value::as_u64) != Some(1) {
        return Some("a line of another version of upwards: it is not counted");
    }
    let line = Line(value);
    let has = |keys: &[&str]| keys.iter().all(|key| line.text(key).is_some());
    let is_id = |key: &str| line.text(key).is_some_and(|id| id.parse::<EventId>().is_ok());
    let is_day = || line.text("day").is_some_and(|day| day.parse::<Date>().is_ok());
    let is_whole = match line.text("kind").as_deref() {
        Some("barred" | "wished" | "fit") => line.wish().is_some(),
        Some("because") => is_id("ref") && has(&["reason"]),
        Some("voided") => is_id("ref"),
        Some("nudged") => has(&["person", "about"]),
        Some(_) => true,
        None => false,
    };
    let is_event = is_id("id") && is_day() && has(&["by", "device"]) && is_whole;
    (!is_event).then_some("this line lacks something of its kind and is not counted")
}

/// The day of a line of a team log.
pub fn day_of(line: &str) -> Option<Date> {
    let line = Line(serde_json::from_str(line).ok()?);
    line.text("day")?.parse().ok()
}

/// One line of a team log.
struct Line(serde_json::Value);

impl Line {
    fn text(&self, key: &str) -> Option<String> {
        self.0.get(key)?.as_str().map(str::to_owned)
    }

    fn is(&self, kind: &str) -> bool {
        self.0.get("kind").and_then(serde_json::Value::as_str) == Some(kind)
    }

    fn wish(&self) -> Option<Wish> {
        if self.is("barred") {
            let (a, b) = (self.text("a")?, self.text("b")?);
            Some(Wish::Barred { a, b })
        } else if self.is("wished") {
            let (mentor, person) = (self.text("mentor")?, self.text("person")?);
            Some(Wish::Wished { mentor, person })
        } else if self.is("fit") {
            let pair = self.text("pair")?.parse().ok()?;
            let answer = FitAnswer::of(&self.text("answer")?)?;
            let of = self.text("of");
            Some(Wish::Fit { pair, answer, of })
        } else {
            None
        }
    }

    fn is_to_come(&self, today: Date) -> bool {
        let day = self.text("day").and_then(|day| day.parse::<Date>().ok());
        day.is_some_and(|day| day > today)
    }
}

/// The lines that can be read and were not taken back, in order.
fn standing<'a>(lines: impl IntoIterator<Item = &'a str>, today: Date) -> Vec<Line> {
    let lines = in_order(lines, today).into_iter();
    let standing = lines.filter(|(_, is_taken_back)| !is_taken_back);
    standing.map(|(line, _)| line).collect()
}

/// The lines that can be read, each with whether it was taken back, by day and then as they stand in their device's log, so
/// that the order of the files does not matter. What takes a line back may itself be taken back, by a line behind it, and
/// takes nothing back before its day.
fn in_order<'a>(lines: impl IntoIterator<Item = &'a str>, today: Date) -> Vec<(Line, bool)> {
    let read = lines
        .into_iter()
        .filter_map(|line| serde_json::from_str(line).ok());
    let mut lines: Vec<Line> = read.map(Line).collect();
    let seq = |line: &Line| line.0.get("seq").and_then(serde_json::Value::as_u64);
    lines.sort_by_cached_key(|line| (line.text("day"), line.text("device"), seq(line), line.text("id")));
    let mut voided: BTreeSet<String> = BTreeSet::new();
    let voids = |line: &&Line| line.is("voided") && !line.is_to_come(today);
    for line in lines.iter().rev().filter(voids) {
        let counts = line.text("id").is_none_or(|id| !voided.contains(&id));
        voided.extend(line.text("ref").filter(|_| counts));
    }
    let is_voided = |line: &Line| line.text("id").is_some_and(|id| voided.contains(&id));
    lines
        .into_iter()
        .map(|line| {
            let is_taken_back = is_voided(&line);
            (line, is_taken_back)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        "2026-03-30".parse().unwrap()
    }

    #[test]
    fn a_reason_is_written_as_documented() {
        let line = because_line(
            "d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a904".parse().unwrap(),
            2,
            "2026-03-16".parse().unwrap(),
            "maya",
            "maya-pc-4c0w",
            "3b9f1c52-8d0e-4a67-9c11-5e2f7a90d005".parse().unwrap(),
            "led the service team for years",
        );
        assert_eq!(
            line,
            r#"{"v":1,"id":"d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a904","seq":2,"day":"2026-03-16","by":"maya","device":"maya-pc-4c0w","kind":"because","ref":"3b9f1c52-8d0e-4a67-9c11-5e2f7a90d005","reason":"led the service team for years"}"#
        );
    }

    #[test]
    fn reasons_are_read_again_unless_taken_back() {
        let about = "3b9f1c52-8d0e-4a67-9c11-5e2f7a90d005".parse().unwrap();
        let id: EventId = "d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a904".parse().unwrap();
        let line = because_line(
            id,
            2,
            "2026-03-16".parse().unwrap(),
            "maya",
            "m",
            about,
            "led \"it\"",
        );
        assert_eq!(
            reasons(["rubbish", &line], today()),
            BTreeMap::from([(about, "led \"it\"".to_owned())])
        );
        let voided = format!("{{\"kind\":\"voided\",\"ref\":\"{id}\"}}");
        assert!(reasons([line.as_str(), &voided], today()).is_empty());
    }

    #[test]
    fn a_reminder_is_written_as_documented_and_read_again() {
        let id: EventId = "d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a905".parse().unwrap();
        let nudge = Nudged {
            day: "2026-03-28".parse().unwrap(),
            person: "ana".to_owned(),
            about: "overdue".to_owned(),
            assignment: "3b9f1c52-8d0e-4a67-9c11-5e2f7a90d001".parse().ok(),
            channel: "mail".to_owned(),
        };
        let line = nudged_line(id, 3, "maya", "maya-pc-4c0w", &nudge);
        assert_eq!(
            line,
            r#"{"v":1,"id":"d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a905","seq":3,"day":"2026-03-28","by":"maya","device":"maya-pc-4c0w","kind":"nudged","about":"overdue","assignment":"3b9f1c52-8d0e-4a67-9c11-5e2f7a90d001","person":"ana","channel":"mail"}"#
        );
        let lines = [line.as_str(), "rubbish", line.as_str(), "{\"kind\":\"fit\"}"];
        assert_eq!(nudged(lines, today()), [nudge]);
        let voided = format!("{{\"kind\":\"voided\",\"ref\":\"{id}\"}}");
        assert_eq!(nudged([line.as_str(), &voided], today()), []);
    }

    #[test]
    fn wishes_are_written_as_documented_and_read_again() {
        let pair: EventId = "3b9f1c52-8d0e-4a67-9c11-5e2f7a90d003".parse().unwrap();
        let all = [
            Wish::Barred {
                a: "dana".to_owned(),
                b: "sam".to_owned(),
            },
            Wish::Wished {
                mentor: "jo".to_owned(),
                person: "ana".to_owned(),
            },
            Wish::Fit {
                pair,
                answer: FitAnswer::Good,
                of: None,
            },
            Wish::Fit {
                pair,
                answer: FitAnswer::Not,
                of: None,
            },
        ];
        let id = |n: usize| format!("d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a90{n}").parse().unwrap();
        let day = "2026-03-20".parse().unwrap();
        let lines: Vec<String> = (1..)
            .zip(&all)
            .map(|(n, wish)| wish_line(id(n), n as u64, day, "maya", "maya-pc-4c0w", wish))
            .collect();
        assert_eq!(
            lines[..3],
            [
                r#"{"v":1,"id":"d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a901","seq":1,"day":"2026-03-20","by":"maya","device":"maya-pc-4c0w","kind":"barred","a":"dana","b":"sam"}"#,
                r#"{"v":1,"id":"d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a902","seq":2,"day":"2026-03-20","by":"maya","device":"maya-pc-4c0w","kind":"wished","mentor":"jo","person":"ana"}"#,
                r#"{"v":1,"id":"d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a903","seq":3,"day":"2026-03-20","by":"maya","device":"maya-pc-4c0w","kind":"fit","pair":"3b9f1c52-8d0e-4a67-9c11-5e2f7a90d003","answer":"good"}"#
            ]
        );
        // The order of the files means nothing; what is said last counts.
        let read = wishes(lines.iter().rev().map(String::as_str).chain(["rubbish"]), today());
        let two = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            read.barred,
            BTreeSet::from([two("dana", "sam"), two("sam", "dana")])
        );
        assert_eq!(read.wished, BTreeSet::from([two("ana", "jo")]));
        assert!(read.does_not_fit(pair, ["ana", "maya"]));
        assert!(!read.does_not_fit(pair, ["ana", "jo"]), "of nobody else's pair");
        let voided = format!("{{\"kind\":\"voided\",\"ref\":\"{}\"}}", id(1));
        assert!(wishes([lines[0].as_str(), &voided], today()).barred.is_empty());
    }

    #[test]
    fn what_takes_back_is_written_as_documented_and_taken_back_itself() {
        let id = |n: usize| format!("d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a90{n}").parse().unwrap();
        let wish = Wish::Wished {
            mentor: "jo".to_owned(),
            person: "ana".to_owned(),
        };
        let day = |day: &str| day.parse().unwrap();
        let lines = [
            wish_line(id(1), 1, day("2026-03-20"), "ana", "a", &wish),
            voided_line(id(2), 2, day("2026-03-20"), "ana", "a", id(1)),
            voided_line(id(3), 3, day("2026-03-29"), "ana", "a", id(2)),
        ];
        assert_eq!(
            lines[2],
            r#"{"v":1,"id":"d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a903","seq":3,"day":"2026-03-29","by":"ana","device":"a","kind":"voided","ref":"d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a902"}"#
        );
        let is_wished = |lines: &[String]| {
            let lines = lines.iter().rev().chain(lines);
            !wishes(lines.map(String::as_str), today()).wished.is_empty()
        };
        assert!(is_wished(&lines[..1]) && !is_wished(&lines[..2]) && is_wished(&lines));
        let told = notes(lines.iter().rev().chain(&lines).map(String::as_str), today());
        let told: Vec<_> = told
            .into_iter()
            .map(|note| (note.says, note.is_taken_back))
            .collect();
        assert_eq!(
            told,
            [
                (Said::Wish(wish), false),
                (Said::TakesBack(id(1)), true),
                (Said::TakesBack(id(2)), false)
            ]
        );
    }

    fn fit_line(seq: u64, day: &str, answer: FitAnswer, of: Option<&str>) -> String {
        let pair = "3b9f1c52-8d0e-4a67-9c11-5e2f7a90d003".parse().unwrap();
        let by = if of.is_some() { "maya" } else { "bo" };
        let wish = Wish::Fit {
            pair,
            answer,
            of: of.map(str::to_owned),
        };
        let id = format!("d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a90{seq}")
            .parse()
            .unwrap();
        wish_line(id, seq, day.parse().unwrap(), by, by, &wish)
    }

    fn bo_says(lines: &[String]) -> Option<FitAnswer> {
        let read = wishes(lines.iter().map(String::as_str), today());
        read.answers.into_values().next()?.remove("bo")
    }

    #[test]
    fn a_persons_own_word_counts_before_what_others_note_for_them() {
        let own = fit_line(1, "2026-03-20", FitAnswer::Not, None);
        let noted = fit_line(2, "2026-03-25", FitAnswer::Good, Some("bo"));
        assert!(noted.ends_with(r#""answer":"good","of":"bo"}"#), "{noted}");
        assert_eq!(bo_says(std::slice::from_ref(&noted)), Some(FitAnswer::Good));
        assert_eq!(bo_says(&[own.clone(), noted.clone()]), Some(FitAnswer::Not));
        let all = [own.as_str(), &noted];
        let told = notes(all, today());
        assert!(told.iter().all(|note| note.by == "bo"));
        let pair = "3b9f1c52-8d0e-4a67-9c11-5e2f7a90d003".parse().unwrap();
        assert!(is_own_word(&told, pair, "bo") && !is_own_word(&told[1..], pair, "bo"));
    }

    #[test]
    fn an_answer_of_a_day_to_come_outweighs_nothing() {
        let later = fit_line(1, "2030-01-01", FitAnswer::Good, None);
        let now = fit_line(2, "2026-03-25", FitAnswer::Not, None);
        assert_eq!(bo_says(&[later.clone(), now]), Some(FitAnswer::Not));
        assert_eq!(bo_says(&[later]), None);
        // A veto is one on whatever day, and is not taken back before the day on which it is.
        let id = |n: usize| format!("d8f0b3c2-5e41-4a7c-9b26-1c7e4f80a90{n}").parse().unwrap();
        let barred = Wish::Barred {
            a: "bo".to_owned(),
            b: "jo".to_owned(),
        };
        let day = "2030-01-01".parse().unwrap();
        let veto = wish_line(id(1), 1, day, "maya", "m", &barred);
        let back = voided_line(id(2), 2, day, "maya", "m", id(1));
        let is_barred = |today| !wishes([veto.as_str(), &back], today).barred.is_empty();
        assert!(is_barred(today()) && !is_barred(day));
    }

    #[test]
    fn what_cannot_be_read_is_told_and_what_is_newer_is_not() {
        let good = fit_line(1, "2026-03-20", FitAnswer::Not, None);
        assert_eq!(fault(&good), None);
        assert_eq!(fault(&good.replace("\"fit\"", "\"newer\"")), None);
        let bad = [
            "rubbish",
            "[]",
            &good[..good.len() - 4],
            &good.replace("\"not\"", "\"perhaps\""),
            &good.replace("\"v\":1", "\"v\":2"),
            &good.replace("2026-03-20", "soon"),
            &good.replace("\"by\":\"bo\",", ""),
        ];
        for line in bad {
            assert!(fault(line).is_some(), "{line}");
        }
    }
}
