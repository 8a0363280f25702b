//! Logs: the union of their lines. Nobody's line is lost, whichever side lacks it, and both sides get the same bytes.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashSet};

use crate::base::id::EventId;
use crate::base::time::Date;
use crate::store;

/// What came of two states of one log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MergedLog {
    /// The log.
    pub bytes: Vec<u8>,
    /// How many lines of it our side lacked.
    pub new_here: usize,
    /// How many lines of it their side lacked.
    pub new_there: usize,
    /// How many lines that both once had their side left out: they stay.
    pub shortened_there: usize,
    /// The same of ours.
    pub shortened_here: usize,
    /// Lines of theirs that have the id of one of ours and say something else.
    pub altered: usize,
}

/// Whose log it is, as far as a merge asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// This device: its lines stay as they are, and others' versions of them are not taken.
    Me,
    /// Another: two versions of a line are both kept, and readers count the first.
    Other,
}

/// Puts two states of a log together, with the last state that both had (empty: none). `gone_before`: lines that were left
/// out on purpose, because they are of days before this one, stay out.
pub fn merge_log(
    base: &[u8],
    ours: &[u8],
    theirs: &[u8],
    writer: Writer,
    gone_before: Option<Date>,
) -> MergedLog {
    // Nearly always one of them only goes on where the other ends.
    if is_whole(ours) && ours.starts_with(theirs) && is_whole(theirs) && theirs.starts_with(base) {
        return MergedLog {
            bytes: ours.to_vec(),
            new_there: count(&ours[theirs.len()..]),
            ..MergedLog::default()
        };
    }
    if is_whole(theirs) && theirs.starts_with(ours) && is_whole(ours) && ours.starts_with(base) {
        return MergedLog {
            bytes: theirs.to_vec(),
            new_here: count(&theirs[ours.len()..]),
            ..MergedLog::default()
        };
    }
    unite(base, ours, theirs, writer, gone_before)
}

fn unite(base: &[u8], ours: &[u8], theirs: &[u8], writer: Writer, gone_before: Option<Date>) -> MergedLog {
    let (base, ours, theirs) = (lines(base), lines(ours), lines(theirs));
    let [before, here, there] =
        [&base, &ours, &theirs].map(|all| all.iter().copied().collect::<HashSet<&[u8]>>());
    let mut merged = MergedLog::default();
    let is_gone = |line: &[u8]| gone_before.is_some_and(|first| day(line).is_some_and(|day| day < first));
    // A line that a side left out while both have another of its id was no event of its own: its writer put it right.
    let both = OnceCell::new();
    let kept_by_both = || {
        both.get_or_init(|| {
            let lines = ours.iter().filter(|line| there.contains(*line));
            lines
                .filter_map(|line| key(line).map(|key| key.1))
                .collect::<BTreeSet<EventId>>()
        })
    };
    let own: BTreeSet<EventId> = match writer {
        Writer::Me => ours
            .iter()
            .filter_map(|line| key(line).map(|key| key.1))
            .collect(),
        Writer::Other => BTreeSet::new(),
    };
    let mut all: Vec<&[u8]> = Vec::with_capacity(ours.len().max(theirs.len()));
    let mut taken: HashSet<&[u8]> = HashSet::new();
    for line in ours.iter().chain(&theirs).chain(&base).copied() {
        if !taken.insert(line) {
            continue;
        }
        let (is_here, is_there, was_there) =
            (here.contains(line), there.contains(line), before.contains(line));
        if [&before, &here, &there].iter().any(|all| is_fragment(line, all)) {
            continue;
        }
        let is_left_out = was_there && is_here != is_there;
        if is_left_out && (is_gone(line) || key(line).is_some_and(|(_, id)| kept_by_both().contains(&id))) {
            continue;
        }
        if !is_here && is_there && key(line).is_some_and(|(_, id)| own.contains(&id)) {
            merged.altered += 1;
            continue;
        }
        merged.new_here += usize::from(!is_here);
        merged.new_there += usize::from(!is_there);
        merged.shortened_here += usize::from(was_there && !is_here);
        merged.shortened_there += usize::from(was_there && !is_there);
        all.push(line);
    }
    // By `seq`, then id, then bytes; what cannot be read comes last.
    all.sort_by_cached_key(|line| (key(line).is_none(), key(line), *line));
    for line in all {
        merged.bytes.extend_from_slice(line);
        merged.bytes.push(b'\n');
    }
    merged
}

fn key(line: &[u8]) -> Option<(u64, EventId)> {
    let key = store::key(std::str::from_utf8(line).ok()?)?;
    Some((key.seq, key.id))
}

fn day(line: &[u8]) -> Option<Date> {
    store::day(std::str::from_utf8(line).ok()?)
}

/// A line that a crash or an unfinished copy cut, of which the other side has the whole.
fn is_fragment(line: &[u8], whole: &HashSet<&[u8]>) -> bool {
    line.last() != Some(&b'}')
        && whole
            .iter()
            .any(|other| other.len() > line.len() && other.starts_with(line))
}

fn is_whole(bytes: &[u8]) -> bool {
    bytes.is_empty() || bytes.ends_with(b"\n")
}

fn count(bytes: &[u8]) -> usize {
    lines(bytes).len()
}

/// Lines without their ends; blank ones are nothing.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    let all = bytes.split(|byte| *byte == b'\n');
    let all = all.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    all.filter(|line| !line.iter().all(u8::is_ascii_whitespace))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(seq: u64, device: &str, day: &str) -> String {
        let id = format!("{seq:08}-0000-4000-8000-{:012}", device.len());
        format!(
            r#"{{"v":1,"id":"{id}","seq":{seq},"day":"{day}","person":"ana","by":"ana","device":"{device}","kind":"started"}}"#
        )
    }

    fn log(seqs: &[u64]) -> Vec<u8> {
        let lines = seqs.iter().map(|seq| line(*seq, "d", "2026-01-01") + "\n");
        lines.collect::<String>().into_bytes()
    }

    #[test]
    fn what_goes_on_is_taken_and_what_is_left_out_stays() {
        let of = |base: &[u64], ours: &[u64], theirs: &[u64]| {
            merge_log(&log(base), &log(ours), &log(theirs), Writer::Other, None)
        };
        let merged = of(&[1, 2], &[1, 2], &[1, 2, 3, 4]);
        assert_eq!(
            (merged.bytes, merged.new_here, merged.new_there),
            (log(&[1, 2, 3, 4]), 2, 0)
        );
        let merged = of(&[1, 2], &[1, 2, 3], &[1, 2]);
        assert_eq!(
            (merged.bytes, merged.new_here, merged.new_there),
            (log(&[1, 2, 3]), 0, 1)
        );
        let merged = of(&[1, 2, 3], &[1, 2, 3, 5], &[2, 4]);
        assert_eq!(merged.bytes, log(&[1, 2, 3, 4, 5]));
        assert_eq!((merged.shortened_there, merged.shortened_here), (2, 0));
        let merged = of(&[1, 2, 3], &[], &[1, 2, 3]);
        assert_eq!((merged.bytes, merged.shortened_here), (log(&[1, 2, 3]), 3));
    }

    #[test]
    fn what_was_left_out_on_purpose_stays_out() {
        let old = line(1, "d", "2024-01-01") + "\n";
        let new = line(2, "d", "2026-01-01") + "\n";
        let both = format!("{old}{new}");
        let first = "2025-01-01".parse().ok();
        for (ours, theirs) in [(&both, &new), (&new, &both)] {
            let merged = merge_log(
                both.as_bytes(),
                ours.as_bytes(),
                theirs.as_bytes(),
                Writer::Other,
                first,
            );
            assert_eq!(merged.bytes, new.as_bytes());
            let kept = merge_log(
                both.as_bytes(),
                ours.as_bytes(),
                theirs.as_bytes(),
                Writer::Other,
                None,
            );
            assert_eq!(kept.bytes, both.as_bytes());
        }
        // A late device brings it for the first time: it is nobody's loss, and `privacy retain` finds it.
        let merged = merge_log(b"", old.as_bytes(), new.as_bytes(), Writer::Other, first);
        assert_eq!(merged.bytes, both.as_bytes());
    }

    #[test]
    fn others_change_nothing_in_what_i_wrote() {
        let mine = log(&[1, 2]);
        let theirs = String::from_utf8(mine.clone())
            .unwrap()
            .replace("started", "finished")
            + &line(3, "d", "2026-01-01");
        let merged = merge_log(&mine, &mine, theirs.as_bytes(), Writer::Me, None);
        assert_eq!(merged.bytes, log(&[1, 2, 3]));
        assert_eq!(
            (merged.altered, merged.new_here, merged.shortened_there),
            (2, 1, 2)
        );
        // Of others both versions stay, and the readers say so.
        let merged = merge_log(&mine, &mine, theirs.as_bytes(), Writer::Other, None);
        assert_eq!((merged.altered, lines(&merged.bytes).len()), (0, 5));
        // Until their writer's are known again: what another made of them goes.
        let both = merged.bytes;
        let merged = merge_log(&both, &both, &log(&[1, 2, 3]), Writer::Other, None);
        assert_eq!(merged.bytes, log(&[1, 2, 3]));
    }

    #[test]
    fn of_a_cut_line_the_whole_one_is_taken_and_what_nobody_can_read_stays() {
        let whole = log(&[1, 2]);
        let cut = &whole[..whole.len() - 20];
        for (ours, theirs) in [(&whole[..], cut), (cut, &whole[..])] {
            assert_eq!(merge_log(b"", ours, theirs, Writer::Other, None).bytes, whole);
        }
        let odd = b"\xff odd\n<<<<<<< mine\n";
        let merged = merge_log(b"", &[&odd[..], &whole].concat(), &whole, Writer::Other, None);
        assert_eq!(merged.bytes, [&whole, &b"<<<<<<< mine\n\xff odd\n"[..]].concat());
    }

    proptest! {
        /// Whoever merges first, and however often: everybody ends with the same bytes, and nobody's line is missing.
        #[test]
        fn both_sides_get_the_same(
            base in prop::collection::btree_set(0_u64..30, 0..10),
            ours in prop::collection::btree_set(0_u64..30, 0..10),
            theirs in prop::collection::btree_set(0_u64..30, 0..10),
            cut in 0_usize..200,
        ) {
            let of = |seqs: &BTreeSet<u64>| log(&seqs.iter().copied().collect::<Vec<_>>());
            let (b, o) = (of(&base), of(&ours));
            let mut t = of(&theirs);
            t.truncate(t.len().saturating_sub(cut));
            let one = merge_log(&b, &o, &t, Writer::Other, None).bytes;
            let other = merge_log(&b, &t, &o, Writer::Other, None).bytes;
            prop_assert_eq!(&one, &other);
            let again = merge_log(&b, &one, &t, Writer::Other, None).bytes;
            prop_assert_eq!(&again, &one);
            for line in lines(&o).into_iter().chain(lines(&b)) {
                prop_assert!(lines(&one).contains(&line));
            }
        }
    }
}
