//! What is odd in one person's logs although every line can be read: gaps, forks, clocks, kinds of a newer program.

use std::collections::{BTreeMap, BTreeSet};

use super::copies::{LogCopy, copies};
use super::read::{Buffers, PersonLog, Record, read_person};
use super::wire::PRIVATE;
use crate::base::diag::{Diagnostic, Place};
use crate::base::id::EventId;
use crate::base::time::Date;
use crate::disk::{DiskError, Tree};
use crate::model::event::Fact;

/// All findings about one person's logs: those of reading, and these. Lines of days before `retained` may be missing: they
/// were removed as too old.
pub fn audit(
    tree: &Tree,
    person: &str,
    buffers: &mut Buffers,
    today: Date,
    retained: Option<Date>,
) -> Result<Vec<Diagnostic>, DiskError> {
    let log = read_person(tree, person, buffers)?;
    let mut findings = log.findings.clone();
    tell_copies(&copies(tree, person, &log)?, &mut findings);
    let records: Vec<Record<'_, '_>> = log.records().collect();
    let mut by_file: BTreeMap<&str, Vec<Record<'_, '_>>> = BTreeMap::new();
    let mut by_device: BTreeMap<&str, Vec<Record<'_, '_>>> = BTreeMap::new();
    for record in &records {
        by_file.entry(record.line.file).or_default().push(*record);
        by_device.entry(&record.event.device).or_default().push(*record);
    }
    for records in by_device.values_mut() {
        // Packets may have come in another order than they were made, and copies may hold a part.
        records.sort_by_key(|record| record.event.seq);
        sequence(records, retained, &mut findings);
    }
    for records in by_file.values_mut() {
        records.sort_by_key(|record| record.event.seq);
        clock(records, &mut findings);
    }
    forks(&records, &mut findings);
    pairs(&log, today, &mut findings);
    for record in &records {
        one(record, today, &mut findings);
    }
    Ok(findings)
}

/// Conflict copies by their names, in place of what reading told of them.
fn tell_copies(copies: &[LogCopy], findings: &mut Vec<Diagnostic>) {
    findings.retain(|finding| {
        finding.code != "U513" || copies.iter().all(|copy| copy.file != finding.place.file)
    });
    findings.extend(copies.iter().map(|copy| {
        let told = format!(
            "a conflict copy of {}, as {} names it: its lines count once, by their ids",
            copy.original, copy.tool
        );
        let finding = Diagnostic::warning("U540", Place::file(&copy.file), told);
        if copy.only_here == 0 {
            finding.helped("all of it is in other logs: upwards doctor --fix removes it and keeps a copy")
        } else {
            finding.helped(format!(
                "keep it: {} of what it holds {} nowhere else",
                copy.only_here,
                if copy.only_here == 1 { "is" } else { "are" }
            ))
        }
    }));
}

/// Private folders that lie in the workspace, where others read them.
pub fn misplaced(tree: &Tree) -> Result<Vec<Diagnostic>, DiskError> {
    let is_there = tree.kind("private")?.is_some();
    let finding = || {
        Diagnostic::error(
            "U603",
            Place::file("private"),
            "a folder for private entries lies in the workspace",
        )
        .helped("move it into the folder of your own that `upwards doctor` names")
    };
    Ok(is_there.then(finding).into_iter().collect())
}

/// `seq` counts from 1 without gaps; a repetition is looked at as a fork. A gap behind a line that is too old by itself, or
/// at the beginning, is where others like it were removed.
fn sequence(records: &[Record<'_, '_>], retained: Option<Date>, findings: &mut Vec<Diagnostic>) {
    let mut expected = 1;
    let mut last: Option<Date> = None;
    for record in records {
        let seq = record.event.seq;
        let was_removed = retained.is_some_and(|before| last.is_none_or(|day| day < before));
        last = Some(record.event.day);
        if seq > expected && !was_removed {
            findings.push(
                Diagnostic::warning(
                    "U514",
                    place(record),
                    format!(
                        "lines {expected} to {} of {} are missing",
                        seq - 1,
                        record.event.device
                    ),
                )
                .helped("on their way, or lost: ask whose device it is for the file"),
            );
        }
        expected = expected.max(seq + 1);
    }
}

fn clock(records: &[Record<'_, '_>], findings: &mut Vec<Diagnostic>) {
    for pair in records.windows(2) {
        if pair[1].event.seq > pair[0].event.seq && pair[1].event.day < pair[0].event.day {
            findings.push(Diagnostic::note(
                "U515",
                place(&pair[1]),
                format!(
                    "the clock ran back: {} stands behind {}",
                    pair[1].event.day, pair[0].event.day
                ),
            ));
        }
    }
}

/// One device and `seq`, two events: two computers write under one name. The file of a page is written by every leader who
/// receives from it.
fn forks(records: &[Record<'_, '_>], findings: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<(&str, u64), &Record<'_, '_>> = BTreeMap::new();
    for record in records {
        let key = (record.event.device.as_ref(), record.event.seq);
        match seen.get(&key) {
            Some(first) if first.event.via.is_some() && record.event.via.is_some() => {}
            Some(first) if first.event.id != record.event.id => findings.push(
                Diagnostic::warning(
                    "U516",
                    place(record),
                    format!(
                        "two computers write under the name {}: both their lines count",
                        record.event.device
                    ),
                )
                .and_here(place(first), "the other line of the same number")
                .helped("on one of them: upwards config set device NAME"),
            ),
            Some(_) => {}
            None => {
                seen.insert(key, record);
            }
        }
    }
}

/// Pairs that run beside each other: two leaders' computers have paired somebody before they knew of each other.
fn pairs(log: &PersonLog<'_>, today: Date, findings: &mut Vec<Diagnostic>) {
    let all = log.order.iter().map(|at| Record {
        event: &log.events[*at],
        line: log.lines[*at],
    });
    let records: Vec<Record<'_, '_>> = all.filter(|record| record.event.day <= today).collect();
    let mut gone: BTreeSet<EventId> = BTreeSet::new();
    // From the last to the first: what is itself taken back takes nothing back (`readiness.md` §1.3).
    for record in records.iter().rev() {
        if let Fact::Voided { reference } = record.event.fact
            && !gone.contains(&record.event.id)
        {
            gone.insert(reference);
        }
    }
    let ends = records.iter().filter_map(|record| match record.event.fact {
        Fact::Unpaired { reference } if !gone.contains(&record.event.id) => Some(reference),
        _ => None,
    });
    let ended: BTreeSet<EventId> = ends.collect();
    let mut running: Vec<(&str, &str, &Record<'_, '_>)> = Vec::new();
    for record in &records {
        let Fact::Paired {
            curriculum, mentor, ..
        } = &record.event.fact
        else {
            continue;
        };
        if gone.contains(&record.event.id) || ended.contains(&record.event.id) {
            continue;
        }
        let beside = || running.iter().filter(|(other, _, _)| *other == &**curriculum);
        let same = beside().find(|(_, other, _)| *other == &**mentor);
        if let Some((_, first_mentor, first)) = same.or_else(|| beside().next()) {
            findings.push(beside_each_other(record, mentor, first, first_mentor));
        }
        running.push((curriculum, mentor, record));
    }
}

fn beside_each_other(
    record: &Record<'_, '_>,
    mentor: &str,
    first: &Record<'_, '_>,
    first_mentor: &str,
) -> Diagnostic {
    let person = &record.event.person;
    if mentor == first_mentor {
        return Diagnostic::note(
            "U526",
            place(record),
            format!("{person} and {mentor} are paired twice"),
        )
        .and_here(place(first), "the first time")
        .helped(format!(
            "it counts once and ends together, with: upwards mentors unpair {person} --mentor {mentor}"
        ));
    }
    Diagnostic::warning(
        "U527",
        place(record),
        format!("{person} has two mentors at once: {first_mentor} and {mentor}"),
    )
    .and_here(place(first), "the first one")
    .helped(format!(
        "keep one: upwards mentors unpair {person} --mentor {mentor}"
    ))
}

fn one(record: &Record<'_, '_>, today: Date, findings: &mut Vec<Diagnostic>) {
    match &record.event.fact {
        Fact::Unknown { kind }
            if matches!(kind.as_ref(), "fit" | "nudged" | "barred" | "wished" | "because") =>
        {
            findings.push(
                Diagnostic::error(
                    "U604",
                    place(record),
                    format!("a leaders' event ({kind}) stands in a shared log"),
                )
                .helped("it belongs into team/, which no executive's copy holds"),
            );
        }
        Fact::Unknown { kind } if PRIVATE.contains(&kind.as_ref()) => {
            findings.push(
                Diagnostic::error(
                    "U602",
                    place(record),
                    format!("a private entry ({kind}) stands in a shared log"),
                )
                .helped("whoever may read this log reads it: take the line out of every copy"),
            );
        }
        Fact::Unknown { kind } => findings.push(Diagnostic::note(
            "U517",
            place(record),
            format!("an event of a newer kind ({kind}): kept, shown, and not counted here"),
        )),
        Fact::Recalled { damaged, .. } if *damaged > 0 => findings.push(Diagnostic::warning(
            "U518",
            place(record),
            format!("{damaged} entries of this capsule cannot be read and do not count"),
        )),
        _ if record.event.is_with_nobody() => findings.push(with_nobody(record)),
        _ => {}
    }
    if record.event.day > today {
        findings.push(
            Diagnostic::warning(
                "U519",
                place(record),
                format!("dated {}, which is still to come", record.event.day),
            )
            .helped("it counts from its day on; is a clock wrong?"),
        );
    }
}

fn with_nobody(record: &Record<'_, '_>) -> Diagnostic {
    let what = match record.event.fact {
        Fact::Paired { .. } => "a pair with oneself",
        Fact::Met(_) => "a talk that was held with nobody else",
        _ => "a talk that is planned with nobody else",
    };
    Diagnostic::warning("U525", place(record), format!("{what}: it does not count"))
        .helped("take it back with `upwards undo`, and record it with who was there")
}

fn place(record: &Record<'_, '_>) -> Place {
    Place::line(record.line.file, record.line.number)
}
