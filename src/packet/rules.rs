//! What may be in which packet. Each line is looked at for itself: one that may not come this way is named and left out,
//! the others are taken.

use serde::Deserialize;

use super::form::{Head, Kind};
use crate::base::id::{DeviceId, EventId, PersonId, check_slug, page_beginning};
use crate::base::time::Date;
use crate::log::{MAX_LINE, MOST_SEQ};

/// Kinds of events that only a leader writes.
pub const LEADERS_ONLY: [&str; 5] = ["assigned", "unassigned", "waived", "paired", "handled"];

/// Kinds of events by which a person speaks for themselves: of nobody else's log unless a leader received the words.
const ONES_OWN: [&str; 5] = ["recalled", "reached", "confirmed", "kept", "aimed"];

/// Kinds of team events that somebody who does not lead may send.
const FOR_THE_TEAM: [&str; 4] = ["fit", "wished", "barred", "voided"];

/// Kinds of team events.
const OF_TEAM: [&str; 6] = ["fit", "barred", "wished", "because", "nudged", "voided"];

/// The log that a block belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The shared log about a person, written by a device.
    Log {
        /// Whom it is about.
        person: PersonId,
        /// Whose file it is.
        device: DeviceId,
    },
    /// What leaders note among themselves, written by a device.
    Team {
        /// Whose file it is.
        device: DeviceId,
    },
}

/// What a line says of itself, whatever it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePlace {
    /// Version of the line.
    pub version: u64,
    /// The event's id.
    pub id: EventId,
    /// Its number in the file of its device.
    pub seq: u64,
    /// The writer's day.
    pub day: Date,
    /// Whom it is about; nobody in a team event.
    pub person: Option<String>,
    /// Whose words it holds.
    pub by: String,
    /// The device that wrote it.
    pub device: String,
    /// What happened.
    pub kind: String,
    /// Who received the words, if somebody did.
    pub via: Option<String>,
    /// People it names besides: a mentor, those of a talk, two who are kept apart.
    pub names: Vec<String>,
    /// What those of a talk were to the person: peer or mentor.
    pub role: Option<String>,
    /// The event it is about.
    pub reference: Option<EventId>,
}

#[derive(Deserialize)]
struct Wire {
    v: u64,
    id: String,
    seq: u64,
    day: String,
    person: Option<String>,
    by: String,
    device: String,
    kind: String,
    via: Option<WireVia>,
    mentor: Option<serde_json::Value>,
    with: Option<serde_json::Value>,
    a: Option<serde_json::Value>,
    b: Option<serde_json::Value>,
    of: Option<serde_json::Value>,
    role: Option<serde_json::Value>,
    #[serde(rename = "ref")]
    reference: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct WireVia {
    by: String,
}

/// Reads what a line says of itself; `Err` = in a few words, why it is no event.
pub fn envelope_of(line: &str) -> Result<LinePlace, String> {
    if line.len() > MAX_LINE {
        return Err(format!(
            "it has {} bytes, at most {MAX_LINE} are read",
            line.len()
        ));
    }
    let wire: Wire = serde_json::from_str(line).map_err(|error| {
        let text = error.to_string();
        let what = text.split(" at line ").next().unwrap_or_default().to_owned();
        format!("it is no event: {what}")
    })?;
    let mut names: Vec<String> = Vec::new();
    for value in [wire.mentor, wire.with, wire.a, wire.b, wire.of]
        .into_iter()
        .flatten()
    {
        match value {
            serde_json::Value::String(name) => names.push(name),
            serde_json::Value::Array(list) => {
                names.extend(list.iter().filter_map(|name| name.as_str().map(str::to_owned)));
            }
            _ => {}
        }
    }
    Ok(LinePlace {
        version: wire.v,
        id: wire.id.parse().map_err(|_| "its \"id\" is no uuid".to_owned())?,
        seq: wire.seq,
        day: wire
            .day
            .parse()
            .map_err(|error| format!("its \"day\": {error}"))?,
        person: wire.person,
        by: wire.by,
        device: wire.device,
        kind: wire.kind,
        via: wire.via.map(|via| via.by),
        names,
        role: wire.role.and_then(|role| role.as_str().map(str::to_owned)),
        reference: wire.reference.and_then(|id| id.as_str()?.parse().ok()),
    })
}

/// What is known of the event that a line takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// Whose words it holds.
    pub by: String,
    /// What happened.
    pub kind: String,
    /// People it names besides the one it is about.
    pub names: Vec<String>,
}

impl From<&LinePlace> for TakenBack {
    fn from(said: &LinePlace) -> Self {
        Self {
            by: said.by.clone(),
            kind: said.kind.clone(),
            names: said.names.clone(),
        }
    }
}

/// The log that a block of a packet for the leaders belongs to. Of other devices than the sender's only pages may be
/// there, in a leader's packet: their receipts came in through that leader.
pub fn place_for_leaders(file: &str, head: &Head, sender_leads: bool) -> Result<Place, String> {
    match place(file)? {
        Place::Team { device } if device.as_str() == head.device => Ok(Place::Team { device }),
        Place::Log { person, device } if head.kind == Kind::Log => {
            let is_page = is_page_of(device.as_str(), person.as_str());
            if is_page && !sender_leads {
                Err(format!("{file} holds receipts, and only leaders receive those"))
            } else if is_page || device.as_str() == head.device {
                Ok(Place::Log { person, device })
            } else {
                Err(format!("{file} is no file of {}", head.device))
            }
        }
        _ => Err(format!("{file} is no file of {}", head.device)),
    }
}

/// What somebody who sends a packet to the leaders is in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sender {
    /// Whether they lead.
    pub leads: bool,
    /// Whether they mentor.
    pub mentors: bool,
}

/// A line of a packet for the leaders: by the sender, or in somebody's words that a leader received. `taken_back` finds the
/// event that a line takes back, if that is known.
pub fn line_for_leaders(
    line: &str,
    place: &Place,
    head: &Head,
    sender: Sender,
    taken_back: impl FnOnce(EventId) -> Option<TakenBack>,
) -> Result<LinePlace, String> {
    let said = stands_in(line, place)?;
    let received = said.via.as_deref() == Some(head.from.as_str());
    if said.by != head.from && !received {
        return Err(format!(
            "it is by {}, and the packet is from {}",
            said.by, head.from
        ));
    }
    if let Place::Log { device, .. } = place
        && device.as_str() != head.device
    {
        if !received {
            return Err(format!(
                "it stands in a page's file and was not received by {}",
                head.from
            ));
        }
        if said.version > 1 {
            return Err("it is by a newer upwards: update, then receive it again".to_owned());
        }
    }
    if !sender.leads {
        may_say(&said, place, (&head.from, sender.mentors), taken_back)?;
    }
    Ok(said)
}

/// What somebody who does not lead may say: of themselves what they did, of others what they did with them.
fn may_say(
    said: &LinePlace,
    place: &Place,
    (from, mentors): (&str, bool),
    taken_back: impl FnOnce(EventId) -> Option<TakenBack>,
) -> Result<(), String> {
    let kind = said.kind.as_str();
    if said.via.is_some() {
        return Err("only leaders receive somebody's words".to_owned());
    }
    if matches!(place, Place::Team { .. }) {
        return may_say_to_leaders(said, from, taken_back);
    }
    if LEADERS_ONLY.contains(&kind) {
        return Err(format!("only leaders write \"{kind}\""));
    }
    let about_themselves = said.person.as_deref() == Some(from);
    if !about_themselves && ONES_OWN.contains(&kind) {
        return Err(format!("\"{kind}\" is said by nobody for somebody else"));
    }
    if !about_themselves && kind == "met" && !said.names.iter().any(|name| name == from) {
        return Err(format!("it is on a talk in which {from} was not"));
    }
    // Of others' talks a mentor tells those of the two; talks of peers each tells of themselves.
    let is_of_the_two = mentors && said.role.as_deref() == Some("mentor") && said.names == [from];
    if !about_themselves && matches!(kind, "met" | "invited") && !is_of_the_two {
        return Err(format!("it is on a talk that is not {from}'s and theirs alone"));
    }
    if about_themselves && kind == "met" && said.names.iter().any(|name| name == from) {
        return Err("it is on a talk with oneself".to_owned());
    }
    if !about_themselves && kind == "unpaired" {
        let pair = said.reference.and_then(taken_back);
        return match pair {
            Some(pair) if pair.names.iter().any(|name| name == from) => Ok(()),
            _ => Err(format!(
                "it ends a pair in which {from} is not, or that is not here"
            )),
        };
    }
    if kind == "voided" {
        let target = said.reference.and_then(taken_back);
        return match target {
            Some(target) if target.by == from => Ok(()),
            Some(target) if LEADERS_ONLY.contains(&target.kind.as_str()) => Err(format!(
                "it takes back \"{}\", which only leaders do",
                target.kind
            )),
            // What is not here yet may come in a later packet; about others nothing is taken on trust.
            _ if about_themselves => Ok(()),
            Some(target) => Err(format!("it takes back what {} said", target.by)),
            None => Err("it takes back what is not here".to_owned()),
        };
    }
    Ok(())
}

/// What somebody who does not lead may say to the leaders alone: their own wish, with whom they are never put together, what
/// their pair is like; and they take their own words back.
fn may_say_to_leaders(
    said: &LinePlace,
    from: &str,
    taken_back: impl FnOnce(EventId) -> Option<TakenBack>,
) -> Result<(), String> {
    let kind = said.kind.as_str();
    if !FOR_THE_TEAM.contains(&kind) {
        return Err(format!("only leaders write \"{kind}\" among themselves"));
    }
    match kind {
        "wished" if said.person.as_deref() != Some(from) => {
            Err("\"wished\" is said by nobody for somebody else".to_owned())
        }
        "barred" if !said.names.iter().any(|name| name == from) => Err(format!(
            "it keeps two people apart of whom {from} is none, which only leaders do"
        )),
        "fit" if !said.names.is_empty() => Err("\"fit\" is said by nobody for somebody else".to_owned()),
        // What is not here yet may come in a later packet; nobody knows the ids of others' lines.
        "voided" => match said.reference.and_then(taken_back) {
            Some(target) if target.by != from => Err(format!("it takes back what {} said", target.by)),
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

/// The log that a block of a person's copy belongs to.
pub fn place_of_copy(file: &str) -> Result<Place, String> {
    match place(file)? {
        Place::Team { .. } => Err(format!("{file} is for leaders only and in nobody's copy")),
        log @ Place::Log { .. } => Ok(log),
    }
}

/// Whether the name of a device is that of a page: it writes no packets.
pub fn is_page(device: &str) -> bool {
    device.contains("-page-")
}

/// A line of a person's copy: about them, or on what they mentor.
pub fn line_of_copy(line: &str, place: &Place, to: &str) -> Result<LinePlace, String> {
    let said = stands_in(line, place)?;
    let about_them = said.person.as_deref() == Some(to);
    if about_them || is_mentoring_by(&said, to) || takes_back(&said) {
        Ok(said)
    } else {
        Err(format!(
            "it is about {} and not for {to}",
            said.person.unwrap_or_default()
        ))
    }
}

/// Whether a line is on a pair or a talk in which somebody is the mentor: all that a mentor's copy holds of other people.
/// Talks among peers stand in each one's own log, with their own commitment.
pub fn is_mentoring_by(said: &LinePlace, person: &str) -> bool {
    let is_theirs = match said.kind.as_str() {
        "paired" => true,
        "invited" | "met" => said.role.as_deref() == Some("mentor"),
        _ => false,
    };
    is_theirs && said.names.iter().any(|name| name == person)
}

/// A line on a pair or a talk without what is not its mentor's to know: why the pair was made, which tells what the executive
/// lacks, and what the executive said they would do. `None`: the line is on something else, or cannot be read.
pub fn mentoring_only(line: &str) -> Option<serde_json::Value> {
    let mut said: serde_json::Value = serde_json::from_str(line).ok()?;
    let fields = said.as_object_mut()?;
    match fields.get("kind")?.as_str()? {
        "paired" => fields.remove("why"),
        "met" => fields.remove("commitment"),
        _ => return None,
    };
    Some(said)
}

/// A line on a pair or a talk, as its mentor may have it: as it stands where it tells nothing more.
pub fn line_for_mentor(line: &str) -> Option<String> {
    let said = mentoring_only(line)?;
    let is_all = serde_json::from_str(line).is_ok_and(|whole: serde_json::Value| whole == said);
    Some(if is_all { line.to_owned() } else { said.to_string() })
}

/// Whether a line takes a pair or a talk back.
pub fn takes_back(said: &LinePlace) -> bool {
    matches!(said.kind.as_str(), "voided" | "unpaired") && said.reference.is_some()
}

/// Whether a text of a copy may have this path: settings, people, curricula, fixed texts. Every part of it is an id, so
/// that it leads nowhere else, on any system.
pub fn is_text_of_copy(path: &str) -> bool {
    let Some(path) = path.strip_suffix(".toml") else {
        return false;
    };
    let parts: Vec<&str> = path.split('/').collect();
    parts.iter().all(|part| check_slug(part).is_ok())
        && match parts.as_slice() {
            ["upwards" | "people"] | ["texts", _] => true,
            // What stands beside the files of a curriculum is somebody's notes.
            ["curricula", _, "translations", _, rest @ ..] | ["curricula", _, rest @ ..] => {
                matches!(rest, ["curriculum"] | ["modules" | "cases", _])
            }
            _ => false,
        }
}

fn stands_in(line: &str, place: &Place) -> Result<LinePlace, String> {
    let said = envelope_of(line)?;
    let device = match place {
        Place::Log { person, device } => {
            if said.person.as_deref() != Some(person.as_str()) {
                return Err(format!(
                    "it is about {}, and stands in the log about {person}",
                    said.person.unwrap_or_default()
                ));
            }
            device
        }
        Place::Team { device } => {
            if !OF_TEAM.contains(&said.kind.as_str()) {
                return Err(format!("\"{}\" is no event of a team log", said.kind));
            }
            device
        }
    };
    if said.device != device.as_str() {
        return Err(format!(
            "it is by the device {}, and stands in the file of {device}",
            said.device
        ));
    }
    if said.seq == 0 {
        return Err("its \"seq\" is 0; lines are counted from 1".to_owned());
    }
    if said.seq > MOST_SEQ {
        return Err(format!("its \"seq\" is {}, which no log reaches", said.seq));
    }
    Ok(said)
}

fn place(file: &str) -> Result<Place, String> {
    let bad = || format!("{file} is no log");
    let parts: Vec<&str> = file.split('/').collect();
    let device = |name: &str| {
        name.strip_suffix(".jsonl")
            .and_then(|stem| stem.parse::<DeviceId>().ok())
            .ok_or_else(bad)
    };
    match parts.as_slice() {
        ["progress", person, name] if check_slug(person).is_ok() => Ok(Place::Log {
            person: person.parse().map_err(|_| bad())?,
            device: device(name)?,
        }),
        ["team", name] => Ok(Place::Team {
            device: device(name)?,
        }),
        _ => Err(bad()),
    }
}

fn is_page_of(device: &str, person: &str) -> bool {
    device.starts_with(&page_beginning(person))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(kind: Kind, from: &str, device: &str) -> Head {
        Head {
            kind,
            workspace: "halden-3f9c".to_owned(),
            from: from.to_owned(),
            device: device.to_owned(),
            to: "leaders".to_owned(),
            day: "2026-03-16".parse().unwrap(),
        }
    }

    fn line(person: &str, by: &str, device: &str, rest: &str) -> String {
        format!(
            "{{\"v\":1,\"id\":\"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a104\",\"seq\":7,\"day\":\"2026-03-16\",\"person\":\"{person}\",\"by\":\"{by}\",\"device\":\"{device}\",{rest}}}"
        )
    }

    const AIM: &str = "\"kind\":\"aimed\",\"text\":\"x\"";

    #[test]
    fn only_the_senders_files_come_in_a_packet_for_the_leaders() {
        let log = head(Kind::Log, "ana", "ana-laptop");
        for good in [
            "progress/ana/ana-laptop.jsonl",
            "progress/dana/ana-laptop.jsonl",
            "team/ana-laptop.jsonl",
            "progress/eli/eli-page-9m3t.jsonl",
        ] {
            assert!(place_for_leaders(good, &log, true).is_ok(), "{good}");
        }
        for bad in [
            "progress/bo/bo-laptop.jsonl",
            "progress/eli/ana-page-9m3t.jsonl",
            "../x",
            "progress/../ana-laptop.jsonl",
            "people.toml",
            "progress/ana/ana-laptop.jsonl/x",
            "progress/Ana/ana-laptop.jsonl",
            "/progress/ana/ana-laptop.jsonl",
            "progress\\ana\\ana-laptop.jsonl",
            "team/bo-laptop.jsonl",
            "",
        ] {
            assert!(place_for_leaders(bad, &log, true).is_err(), "{bad}");
        }
        let team = head(Kind::Team, "maya", "maya-pc");
        assert!(place_for_leaders("team/maya-pc.jsonl", &team, true).is_ok());
        assert!(place_for_leaders("progress/ana/maya-pc.jsonl", &team, true).is_err());
    }

    #[test]
    fn a_line_is_the_senders_or_was_received_by_them() {
        let log = head(Kind::Log, "ana", "ana-laptop");
        let place = place_for_leaders("progress/ana/ana-laptop.jsonl", &log, false).unwrap();
        let take = |line: &str| line_for_leaders(line, &place, &log, Sender::default(), |_| None);
        assert!(take(&line("ana", "ana", "ana-laptop", AIM)).is_ok());
        let newer = line("ana", "ana", "ana-laptop", AIM).replace("\"v\":1", "\"v\":2");
        assert_eq!(take(&newer).unwrap().version, 2, "kept, whoever can count it");
        for (bad, why) in [
            (line("bo", "ana", "ana-laptop", AIM), "about bo"),
            (line("ana", "bo", "ana-laptop", AIM), "by bo"),
            (line("ana", "ana", "bo-laptop", AIM), "device bo-laptop"),
            (
                line(
                    "ana",
                    "ana",
                    "ana-laptop",
                    "\"kind\":\"waived\",\"curriculum\":\"e\",\"step\":\"a.b\"",
                ),
                "only leaders",
            ),
            ("rubbish".to_owned(), "no event"),
            (format!("{{{}}}", " ".repeat(70_000)), "bytes"),
        ] {
            let told = take(&bad).unwrap_err();
            assert!(told.contains(why), "{told}");
        }
        let received = "\"kind\":\"aimed\",\"text\":\"x\",\"via\":{\"by\":\"maya\",\"form\":\"page\"}";
        let maya = head(Kind::Log, "maya", "maya-pc");
        let page = place_for_leaders("progress/eli/eli-page-9m3t.jsonl", &maya, true).unwrap();
        assert!(place_for_leaders("progress/eli/eli-page-9m3t.jsonl", &maya, false).is_err());
        let of_page = |rest: &str| {
            let line = line("eli", "eli", "eli-page-9m3t", rest);
            (line.clone(), line.replace("\"v\":1", "\"v\":2"))
        };
        let take = |line: &str| line_for_leaders(line, &page, &maya, LEADER, |_| None);
        assert!(take(&of_page(received).0).is_ok());
        assert!(
            take(&of_page(received).1).is_err(),
            "it would shut this program out"
        );
        assert!(take(&of_page(AIM).0).is_err());
    }

    const LEADER: Sender = Sender {
        leads: true,
        mentors: false,
    };
    const MENTOR: Sender = Sender {
        leads: false,
        mentors: true,
    };

    /// What becomes of a line by Ana, who mentors and does not lead, about somebody; events of this id are known.
    fn of_ana(about: &str, rest: &str, known: Option<TakenBack>) -> Result<LinePlace, String> {
        let log = head(Kind::Log, "ana", "ana-laptop");
        let place = place_for_leaders(&format!("progress/{about}/ana-laptop.jsonl"), &log, false).unwrap();
        line_for_leaders(
            &line(about, "ana", "ana-laptop", rest),
            &place,
            &log,
            MENTOR,
            |_| known,
        )
    }

    #[test]
    fn nobody_speaks_for_somebody_else() {
        for kind in ONES_OWN {
            let rest = format!("\"kind\":\"{kind}\"");
            assert!(of_ana("ana", &rest, None).is_ok(), "{kind}");
            assert!(of_ana("bo", &rest, None).is_err(), "{kind}");
        }
        let practised = "\"kind\":\"practised\",\"personal\":true";
        assert!(of_ana("bo", practised, None).is_ok(), "it waits for Bo's word");
        for (with, ok) in [("[\"ana\"]", true), ("\"ana\"", true), ("[\"chen\"]", false)] {
            let met = format!("\"kind\":\"met\",\"role\":\"mentor\",\"with\":{with}");
            assert_eq!(of_ana("bo", &met, None).is_ok(), ok, "{with}");
        }
        let received = "\"kind\":\"aimed\",\"text\":\"x\",\"via\":{\"by\":\"ana\",\"form\":\"page\"}";
        assert!(of_ana("ana", received, None).is_err(), "only leaders receive");
    }

    #[test]
    fn what_is_taken_back_is_ones_own() {
        let voided = "\"kind\":\"voided\",\"ref\":\"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a105\"";
        let event = |by: &str, kind: &str| {
            Some(TakenBack {
                by: by.to_owned(),
                kind: kind.to_owned(),
                names: Vec::new(),
            })
        };
        for (about, target, ok) in [
            ("ana", event("ana", "practised"), true),
            ("ana", event("maya", "met"), true),
            ("ana", event("maya", "assigned"), false),
            ("ana", None, true),
            ("bo", event("ana", "practised"), true),
            ("bo", event("bo", "practised"), false),
            ("bo", None, false),
        ] {
            assert_eq!(
                of_ana(about, voided, target.clone()).is_ok(),
                ok,
                "{about} {target:?}"
            );
        }
    }

    #[test]
    fn of_others_a_mentor_tells_what_the_two_did_and_nobody_anything_else() {
        let met = |role: &str, with: &str| format!("\"kind\":\"met\",\"role\":\"{role}\",\"with\":{with}");
        let invited =
            |role: &str, with: &str| format!("\"kind\":\"invited\",\"role\":\"{role}\",\"with\":{with}");
        for (about, rest, ok) in [
            ("bo", met("mentor", "[\"ana\"]"), true),
            ("bo", met("mentor", "[\"ana\",\"jo\"]"), false),
            ("bo", met("peer", "[\"ana\"]"), false),
            ("bo", invited("mentor", "[\"ana\"]"), true),
            ("bo", invited("peer", "[\"ana\",\"chen\"]"), false),
            ("ana", met("peer", "[\"bo\"]"), true),
            ("ana", met("mentor", "[\"ana\"]"), false),
            ("bo", "\"kind\":\"kept\",\"answer\":\"no\"".to_owned(), false),
            ("bo", "\"kind\":\"aimed\",\"text\":\"x\"".to_owned(), false),
        ] {
            assert_eq!(of_ana(about, &rest, None).is_ok(), ok, "{about} {rest}");
        }
        // Who mentors nobody tells nothing of others' talks.
        let log = head(Kind::Log, "ana", "ana-laptop");
        let place = place_for_leaders("progress/bo/ana-laptop.jsonl", &log, false).unwrap();
        let told = line("bo", "ana", "ana-laptop", &met("mentor", "[\"ana\"]"));
        assert!(line_for_leaders(&told, &place, &log, Sender::default(), |_| None).is_err());
        let unpaired = "\"kind\":\"unpaired\",\"ref\":\"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a105\"";
        let pair = |mentor: &str| {
            Some(TakenBack {
                by: "maya".to_owned(),
                kind: "paired".to_owned(),
                names: vec![mentor.to_owned()],
            })
        };
        assert!(
            of_ana("bo", unpaired, pair("ana")).is_ok(),
            "a mentor ends their own"
        );
        assert!(of_ana("bo", unpaired, pair("jo")).is_err(), "and nobody else's");
        assert!(of_ana("bo", unpaired, None).is_err());
        assert!(of_ana("ana", unpaired, pair("jo")).is_ok());
    }

    #[test]
    fn leaders_notes_are_written_by_leaders() {
        let log = head(Kind::Log, "ana", "ana-laptop");
        let place = place_for_leaders("team/ana-laptop.jsonl", &log, false).unwrap();
        let take = |rest: &str, leads: bool, known: Option<&str>| {
            let line = line("bo", "ana", "ana-laptop", rest).replace("\"person\":\"bo\",", "");
            let known = known.map(|by| TakenBack {
                by: by.to_owned(),
                kind: "wished".to_owned(),
                names: Vec::new(),
            });
            line_for_leaders(&line, &place, &log, if leads { LEADER } else { MENTOR }, |_| {
                known
            })
            .is_ok()
        };
        let ones_own = [
            "\"kind\":\"fit\"",
            "\"kind\":\"wished\",\"mentor\":\"jo\",\"person\":\"ana\"",
            "\"kind\":\"barred\",\"a\":\"ana\",\"b\":\"jo\"",
            "\"kind\":\"barred\",\"a\":\"jo\",\"b\":\"ana\"",
        ];
        for rest in ones_own {
            assert!(take(rest, false, None), "{rest}");
        }
        for rest in [
            "\"kind\":\"wished\",\"mentor\":\"jo\",\"person\":\"bo\"",
            "\"kind\":\"wished\",\"mentor\":\"ana\"",
            "\"kind\":\"barred\",\"a\":\"bo\",\"b\":\"jo\"",
            "\"kind\":\"nudged\"",
            "\"kind\":\"because\"",
        ] {
            assert!(!take(rest, false, None), "{rest}");
            assert!(take(rest, true, None), "{rest}: a leader");
        }
        let voided = "\"kind\":\"voided\",\"ref\":\"71d4e0aa-2c35-4b1f-8e77-09c4d6b3a105\"";
        for (by, ok) in [(None, true), (Some("ana"), true), (Some("maya"), false)] {
            assert_eq!(take(voided, false, by), ok, "{by:?}");
        }
        assert!(take(voided, true, Some("ana")));
        assert!(
            !take("\"kind\":\"aimed\"", true, None)
                && !take("\"kind\":\"aimed\",\"person\":\"bo\"", true, None)
        );
    }

    #[test]
    fn a_number_no_log_reaches_is_no_line() {
        let far = line("ana", "ana", "ana-laptop", AIM).replace("\"seq\":7", "\"seq\":18446744073709551615");
        let log = head(Kind::Log, "ana", "ana-laptop");
        let place = place_for_leaders("progress/ana/ana-laptop.jsonl", &log, false).unwrap();
        assert!(line_for_leaders(&far, &place, &log, Sender::default(), |_| None).is_err());
    }

    #[test]
    fn a_copy_holds_what_is_about_its_person() {
        let own = place_of_copy("progress/jo/maya-pc.jsonl").unwrap();
        assert!(line_of_copy(&line("jo", "maya", "maya-pc", AIM), &own, "jo").is_ok());
        let of_ana = place_of_copy("progress/ana/maya-pc.jsonl").unwrap();
        let paired = "\"kind\":\"paired\",\"curriculum\":\"e\",\"mentor\":\"jo\",\"capabilities\":[]";
        let met = "\"kind\":\"met\",\"with\":[\"bo\",\"jo\"],\"role\":\"mentor\"";
        for (rest, ok) in [
            (paired, true),
            (met, true),
            ("\"kind\":\"met\",\"with\":\"bo\",\"role\":\"mentor\"", false),
            ("\"kind\":\"met\",\"with\":[\"jo\"],\"role\":\"peer\"", false),
            (AIM, false),
            ("\"kind\":\"recalled\",\"with\":[\"jo\"]", false),
        ] {
            let taken = line_of_copy(&line("ana", "maya", "maya-pc", rest), &of_ana, "jo");
            assert_eq!(taken.is_ok(), ok, "{rest}");
        }
        assert!(place_of_copy("team/maya-pc.jsonl").is_err());
        assert!(place_of_copy("items/abc.jsonl").is_err());
    }

    #[test]
    fn a_pair_is_told_without_why() {
        let line = |rest: &str| {
            line(
                "ana",
                "maya",
                "maya-pc",
                &format!("\"kind\":\"paired\",\"mentor\":\"jo\"{rest}"),
            )
        };
        let (plain, told) = (line(""), line(",\"why\":\"serve 83.6 x 3\",\"later\":[1]"));
        assert_eq!(mentoring_only(&plain), serde_json::from_str(&plain).ok());
        let without = mentoring_only(&told).unwrap();
        assert_eq!(without["mentor"], "jo");
        assert_eq!(without["later"][0], 1, "what a newer program writes stays");
        assert!(!without.to_string().contains("83.6"));
        assert_eq!(line_for_mentor(&plain), Some(plain.clone()));
        assert_eq!(line_for_mentor(&told), Some(without.to_string()));
        assert_eq!(
            line_for_mentor("{\"kind\":\"paired\",\"n\":1e999}"),
            None,
            "left out"
        );
        let aimed = line("").replace("paired", "aimed");
        for other in [aimed.as_str(), "rubbish", "[]", "{}"] {
            assert_eq!(mentoring_only(other), None, "{other}");
        }
    }

    #[test]
    fn texts_of_a_copy_stay_where_they_belong() {
        for good in [
            "upwards.toml",
            "people.toml",
            "texts/da.toml",
            "curricula/own/curriculum.toml",
            "curricula/own/modules/a-b.toml",
            "curricula/own/translations/de/cases/x.toml",
        ] {
            assert!(is_text_of_copy(good), "{good}");
        }
        for bad in [
            "",
            "erased.toml",
            "progress/ana/x.toml",
            "curricula/x.toml",
            "curricula/../people.toml",
            "curricula/own/./x.toml",
            "curricula/own//x.toml",
            "/etc/x.toml",
            "curricula/own/.git/x.toml",
            "curricula/own/con.toml",
            "curricula/own/modules/COM1.toml",
            "curricula/own/modules/com1.toml",
            "curricula/own/notes.toml",
            "curricula/own/modules/a/b.toml",
            "curricula/own/translations/de/notes.toml",
            "curricula/own/x.sh",
            "curricula/own/a:b.toml",
            "curricula\\own\\x.toml",
            "curricula/a/b/c/d/e/f.toml",
            "team/x.toml",
            "items/x.toml",
        ] {
            assert!(!is_text_of_copy(bad), "{bad}");
        }
        assert!(is_text_of_copy("curricula/own/modules/communication.toml"));
        assert!(is_text_of_copy("curricula/own/modules/auxiliary.toml"));
    }
}
