//! The normal form of a line: what `send --summary` prints. Read again it states the same.

use sha2::{Digest, Sha256};

use super::grammar::MOST_TEXT;
use super::stated::{Known, Stated};
use crate::base::id::EventId;
use crate::base::time::Date;
use crate::model::curriculum::TalkWith;
use crate::model::event::Attendance;

/// A line in its normal form.
pub fn normal_line(day: Date, stated: &Stated) -> String {
    format!("{day} {}", fact(day, stated))
}

/// The id of what a line becomes: the same whoever receives it, however often. `recorded_by` = who wrote it down, where that
/// is not the person.
pub fn event_id(person: &str, page: Option<&str>, recorded_by: Option<&str>, line: &str) -> EventId {
    let mut hash = Sha256::new();
    for part in [person, page.unwrap_or_default(), line]
        .into_iter()
        .chain(recorded_by)
    {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    EventId::from_random(bytes)
}

fn fact(day: Date, stated: &Stated) -> String {
    match stated {
        Stated::Aimed { text, about } => {
            let about = about.as_ref().map(|about| format!(" about {about}"));
            format!("aimed {}{}", quoted(text), about.unwrap_or_default())
        }
        Stated::Finished { step, rev } => format!("finished {step}{}", rev_words(" ", *rev)),
        Stated::Recalled { capability, known } => {
            format!("recalled {capability} {}", known_words(day, known))
        }
        Stated::Practised {
            step,
            text,
            own_hand,
            before,
            n,
            seen_by,
            may_quote,
            rev,
        } => {
            let hand = if *own_hand { "own hand" } else { "by others" };
            let mut parts = vec![format!("practised {step} {} {hand}", quoted(text))];
            parts.extend(
                before
                    .as_ref()
                    .map(|(number, unit)| format!("{number} -> ? {unit}")),
            );
            parts.extend(n.map(|n| format!("n {n}")));
            parts.extend(seen_by.as_ref().map(|id| format!("seen by {id}")));
            parts.extend(may_quote.then(|| "may be quoted".to_owned()));
            format!("{}{}", parts.join(", "), rev_words(", ", *rev))
        }
        Stated::Measured {
            step,
            before,
            after,
            unit,
            n,
            grade,
        } => {
            let before = before.map(|before| format!("{before} ")).unwrap_or_default();
            let mut parts = vec![format!("measured {step} {before}-> {after} {unit}")];
            parts.extend(n.map(|n| format!("n {n}")));
            parts.push(grade.word().to_owned());
            parts.join(", ")
        }
        Stated::Met {
            with,
            role,
            about,
            minutes,
            attendance,
            will,
        } => {
            let role = match role {
                TalkWith::Peer => "peer",
                TalkWith::Mentor => "mentor",
            };
            let attendance = match attendance {
                Attendance::Partly => "partly",
                Attendance::Deputy => "deputy",
                Attendance::Present | Attendance::Unknown => "present",
            };
            let (with, about) = (with.join(" and "), about.join(" and "));
            let will = will.as_ref().map(|will| format!(", will {}", quoted(will)));
            format!(
                "met {with} as {role} about {about}, {minutes} minutes, {attendance}{}",
                will.unwrap_or_default()
            )
        }
        Stated::Confirmed { step, of } => {
            let of = of.map(|day| format!(" of {day}"));
            format!("confirmed {step}{}", of.unwrap_or_default())
        }
    }
}

/// What is not said needs no word.
fn rev_words(before: &str, rev: Option<u32>) -> String {
    rev.map(|rev| format!("{before}rev {rev}")).unwrap_or_default()
}

/// `2 right, 1 right step 2 on 2026-03-09`: equal ones together.
fn known_words(day: Date, known: &Known) -> String {
    let entries = match known {
        Known::RightOf { right, of, made } => {
            let made = made.map(|day| format!(", page of {day}"));
            return format!("{right} of {of} right{}", made.unwrap_or_default());
        }
        Known::Capsule(entries) => entries,
    };
    let groups = entries.chunk_by(|a, b| a == b).map(|same| {
        let mut words = format!("{} right", same.len());
        if same[0].step != 1 {
            words.push_str(&format!(" step {}", same[0].step));
        }
        if same[0].day != day {
            words.push_str(&format!(" on {}", same[0].day));
        }
        words
    });
    let groups: Vec<String> = groups.collect();
    if groups.is_empty() {
        "0 right".to_owned()
    } else {
        groups.join(", ")
    }
}

/// In quotation marks; those inside become single ones, so that the text ends where it ends.
fn quoted(text: &str) -> String {
    let inner: String = text
        .chars()
        .take(MOST_TEXT)
        .map(|c| match c {
            '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}' => '\'',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    format!("\"{}\"", inner.split_whitespace().collect::<Vec<_>>().join(" "))
}
