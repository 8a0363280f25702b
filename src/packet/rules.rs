//! What may be in which packet. Each line is looked at for itself: one that may not come this way is named and left out,
//! the others are taken.

use serde::Deserialize;

use super::form::{Head, Kind};
use crate::base::id::{DeviceId, EventId, PersonId, check_slug};
use crate::base::time::Date;
use crate::log::MAX_LINE;

/// Kinds of events that only a leader writes.
const LEADERS_ONLY: [&str; 5] = ["assigned", "unassigned", "waived", "paired", "handled"];

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
    /// People it names besides: a mentor, those of a talk.
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
    for value in [wire.mentor, wire.with].into_iter().flatten() {
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

/// The log that a block of a packet for the leaders belongs to. Of other devices than the sender's only pages may be
/// there: their receipts came in through the sender.
pub fn place_for_leaders(file: &str, head: &Head) -> Result<Place, String> {
    match place(file)? {
        Place::Team { device } if device.as_str() == head.device => Ok(Place::Team { device }),
        Place::Log { person, device }
            if head.kind == Kind::Log
                && (device.as_str() == head.device || is_page_of(device.as_str(), person.as_str())) =>
        {
            Ok(Place::Log { person, device })
        }
        _ => Err(format!("{file} is no file of {}", head.device)),
    }
}

/// A line of a packet for the leaders: by the sender, or in somebody's words that the sender received.
pub fn line_for_leaders(
    line: &str,
    place: &Place,
    head: &Head,
    sender_leads: bool,
) -> Result<LinePlace, String> {
    let said = stands_in(line, place)?;
    let received = said.via.as_deref() == Some(head.from.as_str());
    if said.by != head.from && !received {
        return Err(format!(
            "it is by {}, and the packet is from {}",
            said.by, head.from
        ));
    }
    match place {
        Place::Log { device, .. } if device.as_str() != head.device && !received => Err(format!(
            "it stands in a page's file and was not received by {}",
            head.from
        )),
        Place::Log { .. } if !sender_leads && LEADERS_ONLY.contains(&said.kind.as_str()) => {
            Err(format!("only leaders write \"{}\"", said.kind))
        }
        _ => Ok(said),
    }
}

/// The log that a block of a person's copy belongs to.
pub fn place_of_copy(file: &str) -> Result<Place, String> {
    match place(file)? {
        Place::Team { .. } => Err(format!("{file} is for leaders only and in nobody's copy")),
        log @ Place::Log { .. } => Ok(log),
    }
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
            ["curricula", _, rest @ ..] => (1..=4).contains(&rest.len()),
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
            if said.person.is_some() && !OF_TEAM.contains(&said.kind.as_str()) {
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
    device
        .strip_prefix(person)
        .is_some_and(|rest| rest.starts_with("-page-"))
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
            assert!(place_for_leaders(good, &log).is_ok(), "{good}");
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
            assert!(place_for_leaders(bad, &log).is_err(), "{bad}");
        }
        let team = head(Kind::Team, "maya", "maya-pc");
        assert!(place_for_leaders("team/maya-pc.jsonl", &team).is_ok());
        assert!(place_for_leaders("progress/ana/maya-pc.jsonl", &team).is_err());
    }

    #[test]
    fn a_line_is_the_senders_or_was_received_by_them() {
        let log = head(Kind::Log, "ana", "ana-laptop");
        let place = place_for_leaders("progress/ana/ana-laptop.jsonl", &log).unwrap();
        let take = |line: &str| line_for_leaders(line, &place, &log, false);
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
        let page = place_for_leaders("progress/eli/eli-page-9m3t.jsonl", &maya).unwrap();
        assert!(line_for_leaders(&line("eli", "eli", "eli-page-9m3t", received), &page, &maya, true).is_ok());
        assert!(line_for_leaders(&line("eli", "eli", "eli-page-9m3t", AIM), &page, &maya, true).is_err());
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
