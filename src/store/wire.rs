//! One line of JSON to one event. A single pass over borrowed text; what is unknown is kept as unknown, what is broken
//! is told apart from it.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde_json::value::RawValue;

pub(super) use super::fast::Before;
use crate::base::id::EventId;
use crate::base::points::Thousandths;
use crate::base::time::Date;
use crate::log::LineKey;
use crate::model::curriculum::TalkWith;
use crate::model::event::{
    Attendance, Baseline, CapsuleEntry, Event, Fact, Invited, MeasureGrade, Met, Practised, Text, Via,
};

/// Version of the lines this program writes.
const VERSION: u64 = 1;

/// Reads one line. `Err` says in a few words what is wrong with it; the line stays where it is and does not count.
pub fn parse(line: &str) -> Result<Event<'_>, String> {
    match super::fast::parse(line, &mut Before::default()) {
        Some(event) => Ok(event),
        None => parse_any(line),
    }
}

/// The same for one line after the other of a file, which are about one person and by one device. The event is put
/// behind the others at once, because events are large to move.
pub(super) fn parse_next<'a>(
    line: &'a str,
    before: &mut Before<'a>,
    events: &mut Vec<Event<'a>>,
) -> Result<(), String> {
    match super::fast::parse(line, before) {
        Some(event) => events.push(event),
        None => events.push(parse_any(line)?),
    }
    Ok(())
}

/// Reads one line whatever the order of its fields.
pub fn parse_any(line: &str) -> Result<Event<'_>, String> {
    match serde_json::from_str::<Wire<'_>>(line) {
        Ok(wire) => event(wire),
        Err(error) => match serde_json::from_str::<Envelope<'_>>(line) {
            // A newer kind may use a known key for something else: the envelope alone decides then.
            Ok(envelope) if !KINDS.contains(&&*envelope.kind.0) => unknown(envelope),
            Ok(_) => Err(format!("a field has the wrong type: {}", short(&error))),
            Err(_) => Err(format!("it cannot be read: {}", short(&error))),
        },
    }
}

/// What a line says of its place: enough to go on after it.
pub fn key(line: &str) -> Option<LineKey> {
    #[derive(Deserialize)]
    struct Key<'a> {
        v: u64,
        #[serde(borrow)]
        id: Str<'a>,
        seq: u64,
    }
    let key: Key<'_> = serde_json::from_str(line).ok()?;
    Some(LineKey {
        seq: key.seq,
        id: key.id.0.parse().ok()?,
        version: key.v,
    })
}

/// The kind of a line that only its person may have; `None`: it is of no such kind, or cannot be read.
pub fn private_kind(line: &str) -> Option<&'static str> {
    #[derive(Deserialize)]
    struct Kind<'a> {
        #[serde(borrow)]
        kind: Str<'a>,
    }
    // Nearly no line names one of them at all.
    if !PRIVATE.iter().any(|kind| line.contains(kind)) {
        return None;
    }
    let kind: Kind<'_> = serde_json::from_str(line).ok()?;
    PRIVATE.into_iter().find(|name| kind.kind.0 == *name)
}

/// Kinds of private entries (`formats.md` §8.2) that a shared log must not hold.
pub(super) const PRIVATE: [&str; 5] = ["answered", "reflected", "noted", "rated", "spent"];

/// The day that a line carries, whatever else it says.
pub fn day(line: &str) -> Option<Date> {
    #[derive(Deserialize)]
    struct Day<'a> {
        #[serde(borrow)]
        day: Str<'a>,
    }
    let day: Day<'_> = serde_json::from_str(line).ok()?;
    Date::parse_iso(&day.day.0)
}

const KINDS: [&str; 19] = [
    "assigned",
    "unassigned",
    "started",
    "finished",
    "recalled",
    "practised",
    "measured",
    "aimed",
    "reached",
    "confirmed",
    "met",
    "kept",
    "paired",
    "unpaired",
    "invited",
    "waived",
    "suggested",
    "handled",
    "voided",
];

fn short(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// Text that borrows from the line unless an escape stands in it. (`Option<Cow>` of serde never borrows.)
struct Str<'a>(Text<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for Str<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Str<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Str(Cow::Borrowed(text)))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Str(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Reader)
    }
}

/// A list of texts; a lone one is a list of one (`with` was written so once).
struct Names<'a>(Vec<Text<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for Names<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Names<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of texts")
            }
            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Names(vec![Cow::Borrowed(text)]))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Names(vec![Cow::Owned(text.to_owned())]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut names = Vec::new();
                while let Some(Str(name)) = list.next_element()? {
                    names.push(name);
                }
                Ok(Names(names))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// Entries of a capsule; one that is not `[0 to 5, date]` is counted as damaged and left out.
#[derive(Default)]
struct Capsule {
    entries: Vec<CapsuleEntry>,
    damaged: u32,
}

impl<'de> Deserialize<'de> for Capsule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Capsule;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of [step, date]")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut capsule = Capsule::default();
                while let Some(raw) = list.next_element::<&RawValue>()? {
                    match capsule_entry(raw.get()) {
                        Some(entry) => capsule.entries.push(entry),
                        None => capsule.damaged += 1,
                    }
                }
                Ok(capsule)
            }
        }
        deserializer.deserialize_seq(Reader)
    }
}

fn capsule_entry(raw: &str) -> Option<CapsuleEntry> {
    // Nearly every entry looks exactly like `[1,"2026-03-16"]`.
    let (step, day) = match raw.as_bytes() {
        [b'[', step, b',', b'"', .., b'"', b']'] if raw.len() == 16 => {
            (u64::from(step.wrapping_sub(b'0')), &raw[4..14])
        }
        _ => {
            return serde_json::from_str::<(u64, Str<'_>)>(raw)
                .ok()
                .and_then(|(step, day)| entry_of(step, &day.0));
        }
    };
    entry_of(step, day)
}

fn entry_of(step: u64, day: &str) -> Option<CapsuleEntry> {
    let step = u8::try_from(step).ok().filter(|s| *s <= 5)?;
    Some(CapsuleEntry {
        step,
        day: Date::parse_iso(day)?,
    })
}

#[derive(Deserialize)]
struct Envelope<'a> {
    v: u64,
    #[serde(borrow)]
    id: Str<'a>,
    seq: u64,
    #[serde(borrow)]
    day: Str<'a>,
    #[serde(borrow)]
    person: Str<'a>,
    #[serde(borrow)]
    by: Str<'a>,
    #[serde(borrow)]
    device: Str<'a>,
    #[serde(borrow)]
    kind: Str<'a>,
}

#[derive(Deserialize)]
struct WireMeasure<'a> {
    #[serde(borrow)]
    before: &'a RawValue,
    #[serde(borrow)]
    unit: Str<'a>,
    #[serde(borrow)]
    period: Str<'a>,
    n: Option<u64>,
}

#[derive(Deserialize)]
struct WireVia<'a> {
    #[serde(borrow)]
    by: Str<'a>,
    #[serde(borrow)]
    form: Str<'a>,
}

/// One flat struct of all fields: an internally tagged enum would buffer each line.
#[derive(Deserialize)]
struct Wire<'a> {
    v: u64,
    #[serde(borrow)]
    id: Str<'a>,
    seq: u64,
    #[serde(borrow)]
    day: Str<'a>,
    #[serde(borrow)]
    person: Str<'a>,
    #[serde(borrow)]
    by: Str<'a>,
    #[serde(borrow)]
    device: Str<'a>,
    #[serde(borrow)]
    kind: Str<'a>,
    #[serde(borrow)]
    curriculum: Option<Str<'a>>,
    #[serde(borrow)]
    module: Option<Str<'a>>,
    #[serde(borrow)]
    step: Option<Str<'a>>,
    rev: Option<u32>,
    #[serde(borrow)]
    capability: Option<Str<'a>>,
    #[serde(borrow)]
    capabilities: Option<Names<'a>>,
    questions: Option<Capsule>,
    #[serde(borrow, rename = "ref")]
    reference: Option<Str<'a>>,
    personal: Option<bool>,
    #[serde(borrow)]
    evidence: Option<Str<'a>>,
    #[serde(borrow)]
    witness: Option<Str<'a>>,
    may_quote: Option<bool>,
    #[serde(borrow)]
    measure: Option<WireMeasure<'a>>,
    #[serde(borrow)]
    after: Option<&'a RawValue>,
    n: Option<u64>,
    #[serde(borrow)]
    grade: Option<Str<'a>>,
    #[serde(borrow)]
    text: Option<Str<'a>>,
    #[serde(borrow)]
    function: Option<Str<'a>>,
    #[serde(borrow)]
    meeting: Option<Str<'a>>,
    #[serde(borrow)]
    with: Option<Names<'a>>,
    #[serde(borrow)]
    role: Option<Str<'a>>,
    minutes: Option<u32>,
    #[serde(borrow)]
    attendance: Option<Str<'a>>,
    #[serde(borrow)]
    commitment: Option<Str<'a>>,
    #[serde(borrow)]
    answer: Option<Str<'a>>,
    #[serde(borrow)]
    mentor: Option<Str<'a>>,
    #[serde(borrow)]
    why: Option<Str<'a>>,
    #[serde(borrow)]
    topic: Option<Str<'a>>,
    #[serde(borrow)]
    at: Option<Str<'a>>,
    #[serde(borrow)]
    place: Option<Str<'a>>,
    #[serde(borrow)]
    due: Option<Str<'a>>,
    #[serde(borrow)]
    until: Option<Str<'a>>,
    #[serde(borrow)]
    reason: Option<Str<'a>>,
    #[serde(borrow)]
    into: Option<Str<'a>>,
    #[serde(borrow)]
    via: Option<WireVia<'a>>,
}

fn unknown(envelope: Envelope<'_>) -> Result<Event<'_>, String> {
    check_version(envelope.v)?;
    Ok(Event {
        id: event_id(&envelope.id)?,
        seq: envelope.seq,
        day: date("day", &envelope.day)?,
        person: envelope.person.0,
        by: envelope.by.0,
        device: envelope.device.0,
        fact: Fact::Unknown {
            kind: envelope.kind.0,
        },
        via: None,
    })
}

fn event(mut wire: Wire<'_>) -> Result<Event<'_>, String> {
    if wire.v != VERSION {
        return Err(format!(
            "it is of version {}; this upwards reads version {VERSION}",
            wire.v
        ));
    }
    let id = event_id(&wire.id)?;
    let day = date("day", &wire.day)?;
    let via = wire.via.take().map(|via| {
        Box::new(Via {
            by: via.by.0,
            form: via.form.0,
        })
    });
    let (seq, person, by, device) = (
        wire.seq,
        std::mem::replace(&mut wire.person.0, Cow::Borrowed("")),
        std::mem::replace(&mut wire.by.0, Cow::Borrowed("")),
        std::mem::replace(&mut wire.device.0, Cow::Borrowed("")),
    );
    Ok(Event {
        id,
        seq,
        day,
        person,
        by,
        device,
        fact: fact(wire)?,
        via,
    })
}

fn check_version(v: u64) -> Result<(), String> {
    if v == VERSION {
        Ok(())
    } else {
        Err(format!(
            "it is of version {v}; this upwards reads version {VERSION}"
        ))
    }
}

fn fact(w: Wire<'_>) -> Result<Fact<'_>, String> {
    let kind = w.kind.0;
    Ok(match &*kind {
        "assigned" => Fact::Assigned {
            curriculum: need("curriculum", w.curriculum)?,
            module: need("module", w.module)?,
            due: optional_date("due", w.due.as_ref())?,
            reason: text(w.reason),
        },
        "unassigned" => Fact::Unassigned {
            reference: reference(w.reference.as_ref())?,
            reason: text(w.reason),
        },
        "started" => Fact::Started {
            curriculum: need("curriculum", w.curriculum)?,
            step: need("step", w.step)?,
            rev: w.rev.ok_or("\"rev\" is missing")?,
        },
        "finished" => Fact::Finished {
            curriculum: need("curriculum", w.curriculum)?,
            step: need("step", w.step)?,
            rev: w.rev.ok_or("\"rev\" is missing")?,
        },
        "recalled" => {
            let capsule = w.questions.ok_or("\"questions\" is missing")?;
            Fact::Recalled {
                curriculum: need("curriculum", w.curriculum)?,
                capability: need("capability", w.capability)?,
                entries: capsule.entries,
                damaged: capsule.damaged,
            }
        }
        "practised" => Fact::Practised(Box::new(Practised {
            curriculum: need("curriculum", w.curriculum)?,
            step: need("step", w.step)?,
            rev: w.rev.ok_or("\"rev\" is missing")?,
            capabilities: names("capabilities", w.capabilities)?,
            personal: w.personal.ok_or("\"personal\" is missing")?,
            evidence: text(w.evidence),
            witness: text(w.witness),
            may_quote: w.may_quote.unwrap_or(false),
            measure: w.measure.map(baseline).transpose()?,
        })),
        "measured" => Fact::Measured {
            reference: reference(w.reference.as_ref())?,
            after: decimal("after", w.after.ok_or("\"after\" is missing")?)?,
            n: w.n,
            grade: grade(&need("grade", w.grade)?)?,
        },
        "aimed" => Fact::Aimed {
            text: need("text", w.text)?,
            function: text(w.function),
            curriculum: text(w.curriculum),
            capability: text(w.capability),
        },
        "reached" => Fact::Reached {
            curriculum: need("curriculum", w.curriculum)?,
            capability: need("capability", w.capability)?,
        },
        "confirmed" => Fact::Confirmed {
            reference: reference(w.reference.as_ref())?,
        },
        "met" => Fact::Met(Box::new(Met {
            curriculum: need("curriculum", w.curriculum)?,
            meeting: need("meeting", w.meeting)?,
            with: names("with", w.with)?,
            role: role(w.role)?,
            capabilities: names("capabilities", w.capabilities)?,
            minutes: w.minutes.ok_or("\"minutes\" is missing")?,
            attendance: attendance(w.attendance.as_ref()),
            commitment: text(w.commitment),
        })),
        "kept" => Fact::Kept {
            reference: reference(w.reference.as_ref())?,
            answer: need("answer", w.answer)?,
        },
        "paired" => Fact::Paired {
            curriculum: need("curriculum", w.curriculum)?,
            mentor: need("mentor", w.mentor)?,
            capabilities: names("capabilities", w.capabilities)?,
            why: text(w.why),
        },
        "unpaired" => Fact::Unpaired {
            reference: reference(w.reference.as_ref())?,
        },
        "invited" => Fact::Invited(Box::new(Invited {
            curriculum: need("curriculum", w.curriculum)?,
            meeting: need("meeting", w.meeting)?,
            with: names("with", w.with)?,
            role: role(w.role)?,
            topic: need("topic", w.topic)?,
            at: text(w.at),
            place: text(w.place),
            minutes: w.minutes,
        })),
        "waived" => Fact::Waived {
            curriculum: need("curriculum", w.curriculum)?,
            step: need("step", w.step)?,
            until: optional_date("until", w.until.as_ref())?,
        },
        "suggested" => Fact::Suggested {
            text: need("text", w.text)?,
            curriculum: text(w.curriculum),
            capability: text(w.capability),
        },
        "handled" => Fact::Handled {
            reference: reference(w.reference.as_ref())?,
            into: need("into", w.into)?,
            reason: text(w.reason),
        },
        "voided" => Fact::Voided {
            reference: reference(w.reference.as_ref())?,
        },
        _ => Fact::Unknown { kind },
    })
}

fn text(field: Option<Str<'_>>) -> Option<Text<'_>> {
    field.map(|s| s.0)
}

fn need<'a>(name: &str, field: Option<Str<'a>>) -> Result<Text<'a>, String> {
    field.map(|s| s.0).ok_or_else(|| format!("\"{name}\" is missing"))
}

fn names<'a>(name: &str, field: Option<Names<'a>>) -> Result<Vec<Text<'a>>, String> {
    field.map(|n| n.0).ok_or_else(|| format!("\"{name}\" is missing"))
}

fn event_id(text: &Str<'_>) -> Result<EventId, String> {
    text.0.parse().map_err(|_| "\"id\" is no uuid".to_owned())
}

fn reference(field: Option<&Str<'_>>) -> Result<EventId, String> {
    field
        .ok_or("\"ref\" is missing")?
        .0
        .parse()
        .map_err(|_| "\"ref\" is no uuid".to_owned())
}

fn date(name: &str, text: &Str<'_>) -> Result<Date, String> {
    text.0.parse().map_err(|e| format!("\"{name}\": {e}"))
}

fn optional_date(name: &str, field: Option<&Str<'_>>) -> Result<Option<Date>, String> {
    field.map(|text| date(name, text)).transpose()
}

fn decimal(name: &str, raw: &RawValue) -> Result<Thousandths, String> {
    Thousandths::parse_exact(raw.get())
        .ok_or_else(|| format!("\"{name}\" is no number of at most three decimals and at most 10^9"))
}

fn baseline(wire: WireMeasure<'_>) -> Result<Baseline<'_>, String> {
    Ok(Baseline {
        before: decimal("before", wire.before)?,
        unit: wire.unit.0,
        period: wire.period.0,
        n: wire.n,
    })
}

fn grade(text: &str) -> Result<MeasureGrade, String> {
    MeasureGrade::ALL
        .into_iter()
        .find(|g| g.word() == text)
        .ok_or_else(|| "\"grade\" is none of claimed, observed, verified".to_owned())
}

fn role(field: Option<Str<'_>>) -> Result<TalkWith, String> {
    match &*need("role", field)? {
        "peer" => Ok(TalkWith::Peer),
        "mentor" => Ok(TalkWith::Mentor),
        _ => Err("\"role\" is neither peer nor mentor".to_owned()),
    }
}

/// A missing or unknown word never counts (`readiness.md` §1.3), and is no damage.
fn attendance(field: Option<&Str<'_>>) -> Attendance {
    match field.map(|s| &*s.0) {
        Some("present") => Attendance::Present,
        Some("partly") => Attendance::Partly,
        Some("deputy") => Attendance::Deputy,
        _ => Attendance::Unknown,
    }
}
