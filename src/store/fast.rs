//! The quick way to read a line that this program wrote: fields in their documented order, no blanks, no escapes. It
//! takes a line whole or not at all; whatever is unusual goes the general way, which alone decides what is wrong.
//!
//! Invariant: where this way gives an event, the general way gives the same one.

use std::borrow::Cow;

use crate::base::id::EventId;
use crate::base::points::Thousandths;
use crate::base::time::Date;
use crate::model::curriculum::TalkWith;
use crate::model::event::{Attendance, Baseline, CapsuleEntry, Event, Fact, Met, Practised, Text};

/// Reads a line as we write it; `None` = read it the general way.
pub(super) fn parse(line: &str) -> Option<Event<'_>> {
    let mut scan = Scan { line, at: 0 };
    scan.literal(b"{\"v\":1,\"id\":\"")?;
    let id = scan.id()?;
    scan.literal(b",\"seq\":")?;
    let seq = scan.number()?;
    scan.literal(b",\"day\":\"")?;
    let day = scan.day()?;
    scan.literal(b",\"person\":\"")?;
    let person = scan.text()?;
    scan.literal(b",\"by\":\"")?;
    let by = scan.text()?;
    scan.literal(b",\"device\":\"")?;
    let device = scan.text()?;
    scan.literal(b",\"kind\":\"")?;
    let kind = scan.text()?;
    let fact = scan.fact(kind)?;
    scan.literal(b"}")?;
    let (person, by, device) = (Cow::Borrowed(person), Cow::Borrowed(by), Cow::Borrowed(device));
    (scan.at == line.len()).then_some(Event {
        id,
        seq,
        day,
        person,
        by,
        device,
        fact,
        via: None,
    })
}

struct Scan<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a [u8] {
        &self.line.as_bytes()[self.at..]
    }

    fn literal<const N: usize>(&mut self, text: &[u8; N]) -> Option<()> {
        self.has(text).then_some(())
    }

    /// The length is known to the compiler, so that comparing is a few instructions and no call.
    fn has<const N: usize>(&mut self, text: &[u8; N]) -> bool {
        let there = self.rest().first_chunk::<N>() == Some(text);
        if there {
            self.at += N;
        }
        there
    }

    /// Text up to its closing quote, which is consumed; none with an escape or a control character in it.
    fn text(&mut self) -> Option<&'a str> {
        let length = self
            .rest()
            .iter()
            .position(|b| *b == b'"' || *b == b'\\' || *b < 0x20)?;
        if self.rest()[length] != b'"' {
            return None;
        }
        let text = &self.line[self.at..self.at + length];
        self.at += length + 1;
        Some(text)
    }

    fn id(&mut self) -> Option<EventId> {
        let id = EventId::from_ascii(self.rest().first_chunk()?)?;
        self.at += 36;
        self.literal(b"\"")?;
        Some(id)
    }

    fn day(&mut self) -> Option<Date> {
        let text = self.line.get(self.at..self.at + 10)?;
        let day = Date::parse_iso(text)?;
        self.at += 10;
        self.literal(b"\"")?;
        Some(day)
    }

    /// A whole number without sign; one that JSON would not write so is left to the general way.
    fn number(&mut self) -> Option<u64> {
        let digits = self.rest().iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || digits > 18 || (digits > 1 && self.rest()[0] == b'0') {
            return None;
        }
        let number = self.rest()[..digits]
            .iter()
            .fold(0, |n, b| n * 10 + u64::from(b - b'0'));
        self.at += digits;
        Some(number)
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    fn yes_no(&mut self) -> Option<bool> {
        if self.has(b"true") {
            Some(true)
        } else {
            self.has(b"false").then_some(false)
        }
    }

    fn field<const N: usize>(&mut self, key: &[u8; N]) -> Option<Text<'a>> {
        self.literal(key)?;
        self.text().map(Cow::Borrowed)
    }

    /// `Some(None)` = the field is not there.
    #[expect(clippy::option_option, reason = "not there, and not readable, are two things")]
    fn optional<const N: usize>(&mut self, key: &[u8; N]) -> Option<Option<Text<'a>>> {
        if self.has(key) {
            self.text().map(|t| Some(Cow::Borrowed(t)))
        } else {
            Some(None)
        }
    }

    #[expect(clippy::option_option, reason = "not there, and not readable, are two things")]
    fn optional_day<const N: usize>(&mut self, key: &[u8; N]) -> Option<Option<Date>> {
        if self.has(key) {
            self.day().map(Some)
        } else {
            Some(None)
        }
    }

    fn names<const N: usize>(&mut self, key: &[u8; N]) -> Option<Vec<Text<'a>>> {
        self.literal(key)?;
        self.literal(b"[")?;
        let mut names = Vec::new();
        if self.has(b"]") {
            return Some(names);
        }
        loop {
            self.literal(b"\"")?;
            names.push(Cow::Borrowed(self.text()?));
            if self.has(b"]") {
                return Some(names);
            }
            self.literal(b",")?;
        }
    }

    /// Entries as `[1,"2026-03-16"]`; any other is left to the general way, which counts it as damaged.
    fn entries(&mut self) -> Option<Vec<CapsuleEntry>> {
        self.literal(b",\"questions\":[")?;
        let mut entries = Vec::with_capacity(12);
        if self.has(b"]") {
            return Some(entries);
        }
        loop {
            self.literal(b"[")?;
            let step = u8::try_from(self.number()?).ok().filter(|s| *s <= 5)?;
            self.literal(b",\"")?;
            entries.push(CapsuleEntry {
                step,
                day: self.day()?,
            });
            self.literal(b"]")?;
            if self.has(b"]") {
                return Some(entries);
            }
            self.literal(b",")?;
        }
    }

    fn reference(&mut self) -> Option<EventId> {
        self.literal(b",\"ref\":\"")?;
        self.id()
    }

    fn fact(&mut self, kind: &'a str) -> Option<Fact<'a>> {
        Some(match kind {
            "started" | "finished" => {
                let curriculum = self.field(CURRICULUM)?;
                let step = self.field(STEP)?;
                self.literal(b",\"rev\":")?;
                let rev = self.small()?;
                if kind == "started" {
                    Fact::Started {
                        curriculum,
                        step,
                        rev,
                    }
                } else {
                    Fact::Finished {
                        curriculum,
                        step,
                        rev,
                    }
                }
            }
            "recalled" => Fact::Recalled {
                curriculum: self.field(CURRICULUM)?,
                capability: self.field(CAPABILITY)?,
                entries: self.entries()?,
                damaged: 0,
            },
            "reached" => Fact::Reached {
                curriculum: self.field(CURRICULUM)?,
                capability: self.field(CAPABILITY)?,
            },
            "assigned" => Fact::Assigned {
                curriculum: self.field(CURRICULUM)?,
                module: self.field(b",\"module\":\"")?,
                due: self.optional_day(b",\"due\":\"")?,
                reason: self.optional(b",\"reason\":\"")?,
            },
            "waived" => Fact::Waived {
                curriculum: self.field(CURRICULUM)?,
                step: self.field(STEP)?,
                until: self.optional_day(b",\"until\":\"")?,
            },
            "confirmed" => Fact::Confirmed {
                reference: self.reference()?,
            },
            "voided" => Fact::Voided {
                reference: self.reference()?,
            },
            "aimed" => Fact::Aimed {
                text: self.field(b",\"text\":\"")?,
                function: self.optional(b",\"function\":\"")?,
                curriculum: self.optional(CURRICULUM)?,
                capability: self.optional(CAPABILITY)?,
            },
            "suggested" => Fact::Suggested {
                text: self.field(b",\"text\":\"")?,
                curriculum: self.optional(CURRICULUM)?,
                capability: self.optional(CAPABILITY)?,
            },
            "paired" => Fact::Paired {
                curriculum: self.field(CURRICULUM)?,
                mentor: self.field(b",\"mentor\":\"")?,
                capabilities: self.names(CAPABILITIES)?,
                why: self.optional(b",\"why\":\"")?,
            },
            "practised" => self.practised()?,
            "met" => self.met()?,
            _ => return None,
        })
    }

    fn practised(&mut self) -> Option<Fact<'a>> {
        let curriculum = self.field(CURRICULUM)?;
        let step = self.field(STEP)?;
        self.literal(b",\"rev\":")?;
        let rev = self.small()?;
        let capabilities = self.names(CAPABILITIES)?;
        self.literal(b",\"personal\":")?;
        let personal = self.yes_no()?;
        let evidence = self.optional(b",\"evidence\":\"")?;
        let witness = self.optional(b",\"witness\":\"")?;
        self.literal(b",\"may_quote\":")?;
        let may_quote = self.yes_no()?;
        let measure = if self.has(b",\"measure\":{") {
            Some(self.measure()?)
        } else {
            None
        };
        Some(Fact::Practised(Box::new(Practised {
            curriculum,
            step,
            rev,
            capabilities,
            personal,
            evidence,
            witness,
            may_quote,
            measure,
        })))
    }

    fn measure(&mut self) -> Option<Baseline<'a>> {
        self.literal(b"\"before\":")?;
        let length = self
            .rest()
            .iter()
            .take_while(|b| b.is_ascii_digit() || **b == b'.')
            .count();
        let text = &self.line[self.at..self.at + length];
        // A number as JSON writes it; the general way reads the others.
        let plain = !text.ends_with('.') && (!text.starts_with('0') || text == "0" || text.starts_with("0."));
        let before = Thousandths::parse_exact(text).filter(|_| plain)?;
        self.at += length;
        let unit = self.field(b",\"unit\":\"")?;
        let period = self.field(b",\"period\":\"")?;
        let n = if self.has(b",\"n\":") {
            Some(self.number()?)
        } else {
            None
        };
        self.literal(b"}")?;
        Some(Baseline {
            before,
            unit,
            period,
            n,
        })
    }

    fn met(&mut self) -> Option<Fact<'a>> {
        let curriculum = self.field(CURRICULUM)?;
        let meeting = self.field(b",\"meeting\":\"")?;
        let with = self.names(b",\"with\":")?;
        let role = match &*self.field(b",\"role\":\"")? {
            "peer" => TalkWith::Peer,
            "mentor" => TalkWith::Mentor,
            _ => return None,
        };
        let capabilities = self.names(CAPABILITIES)?;
        self.literal(b",\"minutes\":")?;
        let minutes = self.small()?;
        let attendance = match &*self.field(b",\"attendance\":\"")? {
            "present" => Attendance::Present,
            "partly" => Attendance::Partly,
            "deputy" => Attendance::Deputy,
            _ => return None,
        };
        let commitment = self.optional(b",\"commitment\":\"")?;
        Some(Fact::Met(Box::new(Met {
            curriculum,
            meeting,
            with,
            role,
            capabilities,
            minutes,
            attendance,
            commitment,
        })))
    }
}

const CURRICULUM: &[u8; 15] = b",\"curriculum\":\"";
const STEP: &[u8; 9] = b",\"step\":\"";
const CAPABILITY: &[u8; 15] = b",\"capability\":\"";
const CAPABILITIES: &[u8; 16] = b",\"capabilities\":";
