//! Calendar files (RFC 5545): whole in one text, CRLF, lines folded at 75 octets and never inside a character. The stamp
//! is an argument, so that the same input gives the same bytes.

use crate::base::time::{Date, Instant, Minutes};

/// One entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEntry {
    /// Stays the same when the entry moves.
    pub uid: String,
    /// Counts its changes from 0.
    pub sequence: u32,
    /// When it was written.
    pub stamp: Instant,
    /// When it is.
    pub at: At,
    /// In one line.
    pub summary: String,
    /// More of it; empty = none.
    pub description: String,
    /// Where; empty = nowhere in particular.
    pub place: String,
    /// Whether it is called off.
    pub cancelled: bool,
    /// A file in it: its name, its type, what is in it.
    pub attached: Option<(String, &'static str, Vec<u8>)>,
}

/// When an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// A whole day.
    Day(Date),
    /// From an instant, so many minutes.
    Time(Instant, Minutes),
    /// From what the clock shows wherever one is, as if that were UTC, so many minutes.
    Local(Instant, Minutes),
}

/// The text of a calendar file with these entries. One where all are called off withdraws them; among others such an entry
/// only says so: the method is one for the whole file.
pub fn calendar(entries: &[CalendarEntry]) -> String {
    let withdraws = !entries.is_empty() && entries.iter().all(|entry| entry.cancelled);
    let method = if withdraws { "CANCEL" } else { "PUBLISH" };
    let mut text = String::new();
    let mut line = |content: &str| fold(content, &mut text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//upwards//upwards//EN");
    line(&format!("METHOD:{method}"));
    for entry in entries {
        line("BEGIN:VEVENT");
        line(&format!("UID:{}", escaped(&entry.uid)));
        line(&format!("SEQUENCE:{}", entry.sequence));
        line(&format!("DTSTAMP:{}", basic(entry.stamp)));
        match entry.at {
            At::Day(day) => {
                line(&format!("DTSTART;VALUE=DATE:{}", basic_day(day)));
                let next = day + 1;
                if next > day {
                    line(&format!("DTEND;VALUE=DATE:{}", basic_day(next)));
                }
                // Nobody is busy because something is due.
                line("TRANSP:TRANSPARENT");
            }
            At::Time(start, minutes) => times(start, minutes, "Z", &mut line),
            At::Local(start, minutes) => times(start, minutes, "", &mut line),
        }
        line(&format!("SUMMARY:{}", escaped(&entry.summary)));
        for (name, value) in [("DESCRIPTION", &entry.description), ("LOCATION", &entry.place)] {
            if !value.is_empty() {
                line(&format!("{name}:{}", escaped(value)));
            }
        }
        if let Some((name, media, bytes)) = &entry.attached {
            // Names that mail and calendar programs know; what knows none of them shows the file without its name.
            let name = parameter(name);
            line(&format!(
                "ATTACH;FMTTYPE={media};ENCODING=BASE64;VALUE=BINARY;X-FILENAME={name};X-APPLE-FILENAME={name};FILENAME={name}:{}",
                base64(bytes)
            ));
        }
        if entry.cancelled {
            line("STATUS:CANCELLED");
        }
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    text
}

/// From when to when. What would end behind the last second that can be written ends with it; an end is behind its beginning,
/// or not there.
fn times(start: Instant, minutes: Minutes, zone: &str, line: &mut impl FnMut(&str)) {
    let end = Instant::from_seconds(start.seconds() + i64::from(minutes.seconds().0));
    let (start, end) = (basic(start), basic(end));
    line(&format!("DTSTART:{}{zone}", start.trim_end_matches('Z')));
    if end > start {
        line(&format!("DTEND:{}{zone}", end.trim_end_matches('Z')));
    }
}

/// A value of a parameter: in quotation marks, and without what it cannot hold.
fn parameter(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| *c != '"' && !crate::base::text::is_unprintable(*c));
    format!("\"{}\"", kept.collect::<String>())
}

fn base64(bytes: &[u8]) -> String {
    encodify::base64::STANDARD.encode(bytes)
}

/// Text as a value: what divides values is escaped, line breaks are `\n`, tabs are blanks, other control characters are gone.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            c if crate::base::text::is_unprintable(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Appends a line, folded: a further part begins with one blank.
fn fold(content: &str, text: &mut String) {
    /// Most octets of a line without its end.
    const MOST: usize = 75;
    let mut octets = 0;
    for c in content.chars() {
        if octets + c.len_utf8() > MOST {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(c);
        octets += c.len_utf8();
    }
    text.push_str("\r\n");
}

fn basic(instant: Instant) -> String {
    instant.to_string().replace(['-', ':'], "")
}

fn basic_day(day: Date) -> String {
    day.to_string().replace('-', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> CalendarEntry {
        CalendarEntry {
            uid: "a@halden".into(),
            sequence: 1,
            stamp: "2026-03-16T09:00:00Z".parse().unwrap(),
            at: At::Time("2026-03-19T08:30:00Z".parse().unwrap(), Minutes(10)),
            summary: "Ten minutes; Ana, Bo \\ Krüger".into(),
            description: "one\ntwo\u{1b}\tthree".into(),
            place: String::new(),
            cancelled: false,
            attached: None,
        }
    }

    #[test]
    fn an_entry_reads_as_the_standard_says() {
        assert_eq!(
            calendar(&[entry()]),
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//upwards//upwards//EN\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\n\
             UID:a@halden\r\nSEQUENCE:1\r\nDTSTAMP:20260316T090000Z\r\nDTSTART:20260319T083000Z\r\n\
             DTEND:20260319T084000Z\r\nSUMMARY:Ten minutes\\; Ana\\, Bo \\\\ Krüger\r\nDESCRIPTION:one\\ntwo three\r\n\
             END:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let day = CalendarEntry {
            at: At::Day("2026-02-28".parse().unwrap()),
            cancelled: true,
            ..entry()
        };
        let text = calendar(std::slice::from_ref(&day));
        assert!(
            text.contains(
                "DTSTART;VALUE=DATE:20260228\r\nDTEND;VALUE=DATE:20260301\r\nTRANSP:TRANSPARENT\r\n"
            ),
            "{text}"
        );
        assert!(
            text.contains("METHOD:CANCEL\r\n") && text.contains("STATUS:CANCELLED\r\n"),
            "{text}"
        );
        let local = CalendarEntry {
            at: At::Local("2026-03-19T23:55:00Z".parse().unwrap(), Minutes(10)),
            ..entry()
        };
        let text = calendar(&[local]);
        assert!(
            text.contains("DTSTART:20260319T235500\r\nDTEND:20260320T000500\r\n"),
            "{text}"
        );
        for (at, written) in [
            (
                At::Time("9999-12-31T23:50:00Z".parse().unwrap(), Minutes(45)),
                "DTSTART:99991231T235000Z\r\nDTEND:99991231T235959Z\r\n",
            ),
            (
                At::Time(Instant::from_seconds(i64::MAX / 2), Minutes(45)),
                "DTSTART:99991231T235959Z\r\nSUMMARY",
            ),
            (
                At::Day(Date::from_days(i64::MAX)),
                "DTSTART;VALUE=DATE:99991231\r\nTRANSP",
            ),
        ] {
            let text = calendar(&[CalendarEntry { at, ..entry() }]);
            assert!(text.contains(written), "{written}: {text}");
        }
        // What stands beside it is not withdrawn with it.
        let text = calendar(&[day, entry()]);
        assert!(
            text.contains("METHOD:PUBLISH\r\n") && text.matches("STATUS:CANCELLED\r\n").count() == 1,
            "{text}"
        );
        assert!(calendar(&[]).contains("METHOD:PUBLISH\r\n"));
    }

    #[test]
    fn long_lines_fold_between_characters() {
        for filler in ["a", "ü", "山", "😀"] {
            let long = CalendarEntry {
                summary: filler.repeat(100),
                ..entry()
            };
            let text = calendar(&[long]);
            assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
            assert!(text.replace("\r\n ", "").contains(&filler.repeat(100)));
        }
    }
}
