//! The quick way to read a line that this program wrote: fields in their documented order, no blanks, no escapes but
//! those of one letter. It takes a line whole or not at all; whatever is unusual goes the general way, which alone
//! decides what is wrong.
//!
//! Invariant: where this way gives an event, the general way gives the same one.

use std::borrow::Cow;

use crate::base::id::EventId;
use crate::base::points::Thousandths;
use crate::base::time::Date;
use crate::model::curriculum::TalkWith;
use crate::model::event::{
    Attendance, Baseline, CapsuleEntry, Event, Fact, Invited, MeasureGrade, Met, Practised, Text, Via,
};

/// What the line before said that nearly always comes again: comparing it is quicker than reading it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Before<'a> {
    /// All that stands in a line between its day and its kind.
    text: &'a str,
    person: &'a str,
    by: &'a str,
    device: &'a str,
    /// The curriculum that was read last, with the quote behind it.
    curriculum: &'a str,
    /// The day that was read last, as it was written.
    day: Option<([u8; 10], Date)>,
}

/// Reads a line as we write it; `None` = read it the general way.
pub(super) fn parse<'a>(line: &'a str, before: &mut Before<'a>) -> Option<Event<'a>> {
    let mut scan = Scan { line, at: 0, before };
    scan.literal(b"{\"v\":1,\"id\":\"")?;
    let id = scan.id()?;
    scan.literal(b",\"seq\":")?;
    let seq = scan.number()?;
    scan.literal(b",\"day\":\"")?;
    let day = scan.day()?;
    scan.writer()?;
    let kind = scan.text()?;
    let fact = scan.fact(kind)?;
    let via = scan.via()?;
    scan.literal(b"}")?;
    (scan.at == line.len()).then_some(Event {
        id,
        seq,
        day,
        person: Cow::Borrowed(scan.before.person),
        by: Cow::Borrowed(scan.before.by),
        device: Cow::Borrowed(scan.before.device),
        fact,
        via,
    })
}

struct Scan<'a, 'b> {
    line: &'a str,
    at: usize,
    before: &'b mut Before<'a>,
}

impl<'a> Scan<'a, '_> {
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
    #[inline]
    fn text(&mut self) -> Option<&'a str> {
        let length = length_of_text(self.rest())?;
        let text = &self.line[self.at..self.at + length];
        self.at += length + 1;
        Some(text)
    }

    /// The same for what people write, where a quote has its escape.
    fn words(&mut self) -> Option<Text<'a>> {
        match self.text() {
            Some(text) => Some(Cow::Borrowed(text)),
            None => self.escaped().map(Cow::Owned),
        }
    }

    /// Text with escapes of one letter; one by number is left to the general way.
    fn escaped(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            let plain = length_of_plain(self.rest())?;
            text.push_str(&self.line[self.at..self.at + plain]);
            self.at += plain;
            if self.has(b"\"") {
                return Some(text);
            }
            self.literal(b"\\")?;
            text.push(match self.rest().first()? {
                b'"' => '"',
                b'\\' => '\\',
                b'/' => '/',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                _ => return None,
            });
            self.at += 1;
        }
    }

    fn id(&mut self) -> Option<EventId> {
        let id = EventId::from_ascii(self.rest().first_chunk()?)?;
        self.at += 36;
        self.literal(b"\"")?;
        Some(id)
    }

    fn day(&mut self) -> Option<Date> {
        let day = self.date(self.rest().first_chunk()?)?;
        self.at += 10;
        self.literal(b"\"")?;
        Some(day)
    }

    fn date(&mut self, text: &[u8; 10]) -> Option<Date> {
        match self.before.day {
            Some((same, day)) if same == *text => Some(day),
            _ => {
                let day = Date::parse_iso_bytes(text)?;
                self.before.day = Some((*text, day));
                Some(day)
            }
        }
    }

    fn writer(&mut self) -> Option<()> {
        let before = self.before.text;
        if !before.is_empty() && self.rest().starts_with(before.as_bytes()) {
            self.at += before.len();
            return Some(());
        }
        let start = self.at;
        self.literal(b",\"person\":\"")?;
        let person = self.text()?;
        self.literal(b",\"by\":\"")?;
        let by = self.text()?;
        // One text, so that they are seen to be the same without reading them.
        let by = if by == person { person } else { by };
        self.literal(b",\"device\":\"")?;
        let device = self.text()?;
        self.literal(b",\"kind\":\"")?;
        *self.before = Before {
            text: &self.line[start..self.at],
            person,
            by,
            device,
            ..*self.before
        };
        Some(())
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
        self.words()
    }

    fn curriculum(&mut self) -> Option<Text<'a>> {
        self.literal(CURRICULUM)?;
        let before = self.before.curriculum;
        if let Some((_, text)) = before
            .as_bytes()
            .split_last()
            .filter(|_| self.rest().starts_with(before.as_bytes()))
        {
            self.at += before.len();
            return Some(Cow::Borrowed(&before[..text.len()]));
        }
        let start = self.at;
        let curriculum = self.text()?;
        self.before.curriculum = &self.line[start..self.at];
        Some(Cow::Borrowed(curriculum))
    }

    /// `Some(None)` = the field is not there.
    #[expect(clippy::option_option, reason = "not there, and not readable, are two things")]
    fn optional<const N: usize>(&mut self, key: &[u8; N]) -> Option<Option<Text<'a>>> {
        if self.has(key) {
            self.words().map(Some)
        } else {
            Some(None)
        }
    }

    #[expect(clippy::option_option, reason = "not there, and not readable, are two things")]
    fn optional_number<const N: usize>(&mut self, key: &[u8; N]) -> Option<Option<u64>> {
        if self.has(key) {
            self.number().map(Some)
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
        if self.has(b"]") {
            return Some(Vec::new());
        }
        // One, most of the time.
        let mut names = Vec::with_capacity(1);
        loop {
            self.literal(b"\"")?;
            names.push(self.words()?);
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
        let mut rest = self.rest();
        loop {
            // An entry with what stands behind it.
            let (entry, behind) = rest.split_first_chunk::<17>()?;
            let [b'[', step @ b'0'..=b'5', b',', b'"', day @ .., b'"', b']', end] = entry else {
                return None;
            };
            let (step, day) = (step - b'0', self.date(day)?);
            entries.push(CapsuleEntry { step, day });
            rest = behind;
            match end {
                b',' => {}
                b']' => break,
                _ => return None,
            }
        }
        self.at = self.line.len() - rest.len();
        Some(entries)
    }

    fn reference(&mut self) -> Option<EventId> {
        self.literal(b",\"ref\":\"")?;
        self.id()
    }

    fn fact(&mut self, kind: &'a str) -> Option<Fact<'a>> {
        Some(match kind {
            "started" | "finished" => {
                let curriculum = self.curriculum()?;
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
                curriculum: self.curriculum()?,
                capability: self.field(CAPABILITY)?,
                entries: self.entries()?,
                damaged: 0,
            },
            "reached" => Fact::Reached {
                curriculum: self.curriculum()?,
                capability: self.field(CAPABILITY)?,
            },
            "assigned" => Fact::Assigned {
                curriculum: self.curriculum()?,
                module: self.field(b",\"module\":\"")?,
                due: self.optional_day(b",\"due\":\"")?,
                reason: self.optional(b",\"reason\":\"")?,
            },
            "waived" => Fact::Waived {
                curriculum: self.curriculum()?,
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
                curriculum: self.curriculum()?,
                mentor: self.field(b",\"mentor\":\"")?,
                capabilities: self.names(CAPABILITIES)?,
                why: self.optional(b",\"why\":\"")?,
            },
            "unassigned" => Fact::Unassigned {
                reference: self.reference()?,
                reason: self.optional(b",\"reason\":\"")?,
            },
            "measured" => Fact::Measured {
                reference: self.reference()?,
                after: self.decimal(b",\"after\":")?,
                n: self.optional_number(b",\"n\":")?,
                grade: self.grade()?,
            },
            "kept" => Fact::Kept {
                reference: self.reference()?,
                answer: self.field(b",\"answer\":\"")?,
            },
            "unpaired" => Fact::Unpaired {
                reference: self.reference()?,
            },
            "handled" => Fact::Handled {
                reference: self.reference()?,
                into: self.field(b",\"into\":\"")?,
                reason: self.optional(b",\"reason\":\"")?,
            },
            "practised" => self.practised()?,
            "met" => self.met()?,
            "invited" => self.invited()?,
            _ => return None,
        })
    }

    fn practised(&mut self) -> Option<Fact<'a>> {
        let curriculum = self.curriculum()?;
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
        let before = self.decimal(b"\"before\":")?;
        let unit = self.field(b",\"unit\":\"")?;
        let period = self.field(b",\"period\":\"")?;
        let n = self.optional_number(b",\"n\":")?;
        self.literal(b"}")?;
        Some(Baseline {
            before,
            unit,
            period,
            n,
        })
    }

    /// A number as JSON writes it, without sign or power of ten; the general way reads the others.
    fn decimal<const N: usize>(&mut self, key: &[u8; N]) -> Option<Thousandths> {
        self.literal(key)?;
        let length = self
            .rest()
            .iter()
            .take_while(|b| b.is_ascii_digit() || **b == b'.')
            .count();
        let text = &self.line[self.at..self.at + length];
        let plain = !text.ends_with('.') && (!text.starts_with('0') || text == "0" || text.starts_with("0."));
        let number = Thousandths::parse_exact(text).filter(|_| plain)?;
        self.at += length;
        Some(number)
    }

    fn grade(&mut self) -> Option<MeasureGrade> {
        let word = self.field(b",\"grade\":\"")?;
        MeasureGrade::ALL.into_iter().find(|grade| grade.word() == word)
    }

    fn role(&mut self) -> Option<TalkWith> {
        match &*self.field(b",\"role\":\"")? {
            "peer" => Some(TalkWith::Peer),
            "mentor" => Some(TalkWith::Mentor),
            _ => None,
        }
    }

    fn invited(&mut self) -> Option<Fact<'a>> {
        Some(Fact::Invited(Box::new(Invited {
            curriculum: self.curriculum()?,
            meeting: self.field(b",\"meeting\":\"")?,
            with: self.names(b",\"with\":")?,
            role: self.role()?,
            topic: self.field(b",\"topic\":\"")?,
            at: self.optional(b",\"at\":\"")?,
            place: self.optional(b",\"place\":\"")?,
            minutes: match self.optional_number(b",\"minutes\":")? {
                Some(minutes) => Some(u32::try_from(minutes).ok()?),
                None => None,
            },
        })))
    }

    #[expect(clippy::option_option, reason = "not there, and not readable, are two things")]
    fn via(&mut self) -> Option<Option<Box<Via<'a>>>> {
        if !self.has(b",\"via\":{\"by\":\"") {
            return Some(None);
        }
        let by = self.words()?;
        let form = self.field(b",\"form\":\"")?;
        self.literal(b"}")?;
        Some(Some(Box::new(Via { by, form })))
    }

    fn met(&mut self) -> Option<Fact<'a>> {
        let curriculum = self.curriculum()?;
        let meeting = self.field(b",\"meeting\":\"")?;
        let with = self.names(b",\"with\":")?;
        let role = self.role()?;
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

/// Bytes before the closing quote; none if an escape or a control character comes first.
#[inline]
fn length_of_text(bytes: &[u8]) -> Option<usize> {
    length_of_plain(bytes).filter(|length| bytes[*length] == b'"')
}

/// Bytes before a quote, a backslash or a control character. Eight bytes are looked at together: one that is under
/// another, or equal to it, becomes 0x80 in a difference that borrows nothing from its neighbours below the first hit.
/// With one bit turned the quote is next to the control characters, and all of them are under 0x21.
#[inline]
fn length_of_plain(bytes: &[u8]) -> Option<usize> {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut at = 0;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let eight = u64::from_le_bytes(*eight);
        let quotes_and_under = (eight ^ (LOW * 2)).wrapping_sub(LOW * 0x21);
        let backslashes = (eight ^ (LOW * u64::from(b'\\'))).wrapping_sub(LOW);
        let hits = (quotes_and_under | backslashes) & !eight & HIGH;
        if hits != 0 {
            return Some(at + hits.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let rest = bytes[at..].iter();
    rest.take_while(|b| **b != b'"' && **b != b'\\' && **b >= 0x20)
        .count()
        .checked_add(at)
        .filter(|at| *at < bytes.len())
}

const CURRICULUM: &[u8; 15] = b",\"curriculum\":\"";
const STEP: &[u8; 9] = b",\"step\":\"";
const CAPABILITY: &[u8; 15] = b",\"capability\":\"";
const CAPABILITIES: &[u8; 16] = b",\"capabilities\":";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::parse_any;

    fn line(person: &str, by: &str, device: &str) -> String {
        format!(
            "{{\"v\":1,\"id\":\"3b9f1c52-8d0e-4a67-9c11-5e2f7a90d001\",\"seq\":1,\"day\":\"2026-02-09\",\"person\":\"{person}\",\
             \"by\":\"{by}\",\"device\":\"{device}\",\"kind\":\"reached\",\"curriculum\":\"c\",\"capability\":\"serve\"}}"
        )
    }

    #[test]
    fn a_line_never_takes_over_what_another_writer_said() {
        let lines = [
            line("ana", "ana", "ana-pc"),
            line("ana", "ana", "ana-pc"),
            line("ana", "ana", "ana-pc-2"),
            line("ana", "an", "ana-pc-2"),
            line("an", "a", "pc"),
            line("ana", "ana", "ana-pc"),
        ];
        let mut before = Before::default();
        for line in &lines {
            assert_eq!(parse(line, &mut before), parse_any(line).ok(), "{line}");
        }
    }

    #[test]
    fn a_planned_talk_says_how_long_it_is_or_nothing_of_it() {
        let plan = |more: &str| {
            format!(
                "{{\"v\":1,\"id\":\"3b9f1c52-8d0e-4a67-9c11-5e2f7a90d001\",\"seq\":1,\"day\":\"2026-02-09\",\"person\":\"ana\",\
                 \"by\":\"ana\",\"device\":\"ana-pc\",\"kind\":\"invited\",\"curriculum\":\"c\",\"meeting\":\"m\",\"with\":[\"jo\"],\
                 \"role\":\"mentor\",\"topic\":\"serve\",\"at\":\"2026-03-19T09:30:00Z\"{more}}}"
            )
        };
        for (more, minutes) in [
            ("", None),
            (",\"minutes\":45", Some(45)),
            (",\"place\":\"Room 4\",\"minutes\":45", Some(45)),
        ] {
            let line = plan(more);
            let event = parse(&line, &mut Before::default()).expect("a line of ours");
            assert_eq!(parse_any(&line).as_ref(), Ok(&event), "{line}");
            assert_eq!(crate::store::to_line(&event), line);
            let Fact::Invited(invited) = event.fact else {
                panic!("no plan: {line}")
            };
            assert_eq!(invited.minutes, minutes);
        }
        let endless = plan(",\"minutes\":4294967296");
        assert_eq!(
            parse(&endless, &mut Before::default()),
            None,
            "left to the other reader"
        );
    }

    #[test]
    fn a_text_ends_at_its_quote_wherever_that_stands() {
        for length in 0..40 {
            let text: String = "aé".chars().cycle().take(length).collect();
            assert_eq!(
                length_of_text(format!("{text}\"rest\"").as_bytes()),
                Some(text.len())
            );
            for stop in ['\\', '\n', '\u{1f}', '\0'] {
                assert_eq!(length_of_text(format!("{text}{stop}\"").as_bytes()), None);
                assert_eq!(
                    length_of_text(format!("{text}\"{stop}").as_bytes()),
                    Some(text.len())
                );
            }
            assert_eq!(length_of_text(text.as_bytes()), None);
        }
        assert_eq!(length_of_text("\u{7f}ÿ \" ".as_bytes()), Some(4));
    }
}
