//! Team events: what leaders know among themselves. Their file is not part of any executive's copy.

use std::collections::BTreeMap;

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
pub fn nudged<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<Nudged> {
    let (mut found, mut voided) = (Vec::new(), Vec::new());
    for line in lines {
        let Ok(event) = serde_json::from_str::<serde_json::Value>(line) else {
            continue;
        };
        let text = |key: &str| event.get(key)?.as_str().map(str::to_owned);
        match text("kind").as_deref() {
            Some("voided") => voided.extend(text("ref")),
            Some("nudged") => {
                let nudged = || {
                    Some(Nudged {
                        day: text("day")?.parse().ok()?,
                        person: text("person")?,
                        about: text("about")?,
                        assignment: text("assignment").and_then(|id| id.parse().ok()),
                        channel: text("channel").unwrap_or_default(),
                    })
                };
                found.extend(text("id").zip(nudged()));
            }
            _ => {}
        }
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    found.dedup_by(|(a, _), (b, _)| a == b);
    found.retain(|(id, _)| !voided.contains(id));
    found.into_iter().map(|(_, nudged)| nudged).collect()
}

/// Reasons for other events, by the event; what was taken back is left out.
pub fn reasons<'a>(lines: impl IntoIterator<Item = &'a str>) -> BTreeMap<EventId, String> {
    let (mut found, mut voided) = (Vec::new(), Vec::new());
    for line in lines {
        let Ok(event) = serde_json::from_str::<serde_json::Value>(line) else {
            continue;
        };
        let text = |key: &str| event.get(key)?.as_str().map(str::to_owned);
        match text("kind").as_deref() {
            Some("voided") => voided.extend(text("ref")),
            Some("because") => {
                let about = text("ref").and_then(|id| id.parse().ok());
                if let (Some(about), Some(reason)) = (about, text("reason")) {
                    // By day and id, so that the order of the files does not matter.
                    found.push((text("day"), text("id"), about, reason));
                }
            }
            _ => {}
        }
    }
    found.sort();
    found.retain(|(_, id, _, _)| id.as_ref().is_none_or(|id| !voided.contains(id)));
    found
        .into_iter()
        .map(|(_, _, about, reason)| (about, reason))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
            reasons(["rubbish", &line]),
            BTreeMap::from([(about, "led \"it\"".to_owned())])
        );
        let voided = format!("{{\"kind\":\"voided\",\"ref\":\"{id}\"}}");
        assert!(reasons([line.as_str(), &voided]).is_empty());
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
        assert_eq!(nudged(lines), [nudge]);
        let voided = format!("{{\"kind\":\"voided\",\"ref\":\"{id}\"}}");
        assert_eq!(nudged([line.as_str(), &voided]), []);
    }
}
