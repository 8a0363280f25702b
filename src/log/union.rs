//! Many files, one list: each event once, in the one order all devices agree on.

use crate::base::diag::{Diagnostic, Place};
use crate::base::id::EventId;
use crate::base::time::Date;

/// What a line must tell to be united with others.
pub trait Keyed {
    /// The event's id.
    fn id(&self) -> EventId;
    /// The writer's local date.
    fn day(&self) -> Date;
    /// The device that wrote it.
    fn device(&self) -> &str;
    /// The exact instant where there is one (private entries), else 0.
    fn instant(&self) -> i64;
    /// The line's number as its writer counted it.
    fn seq(&self) -> u64;
    /// The line as it stands in its file.
    fn line(&self) -> &str;
    /// Where it stands.
    fn place(&self) -> Place;
    /// Whether another line of the same id says the same: what tells only how it came here does not count.
    fn says_the_same(&self, other: &Self) -> bool {
        self.line() == other.line()
    }
}

/// Unites lines from any number of files, in any order, any number of times: the places of those that count, each id
/// once, ordered by (day, device, seq), private ones by (instant, seq). Of two different lines with one id the one with
/// the smaller (day, bytes) counts and the other is reported. Places and not lines, because lines are large to move.
pub fn unite<T: Keyed>(all: &[T], findings: &mut Vec<Diagnostic>) -> Vec<usize> {
    let mut devices: Vec<&str> = all.iter().map(Keyed::device).collect();
    // Lines of one file often have one text between them: that is seen without reading it.
    devices.dedup_by(|a, b| std::ptr::eq(*a, *b));
    devices.sort_unstable();
    devices.dedup();
    // Numbers are compared and moved, not lines with their texts: a device stands for its place among the devices.
    let mut keys = Vec::with_capacity(all.len());
    let (mut rank, mut before) = (0, "");
    for (place, line) in all.iter().enumerate() {
        let device = line.device();
        if !std::ptr::eq(device, before) {
            rank = devices.partition_point(|other| *other < device);
            before = device;
        }
        keys.push((line.instant(), line.day(), rank, line.seq(), line.id(), place));
    }
    let mut order = places_in_order(keys);
    let gone = repeated(all, findings);
    if !gone.is_empty() {
        order.retain(|at| gone.binary_search(at).is_err());
    }
    order
}

/// What a line is ordered by, and its place.
type Key = (i64, Date, usize, u64, EventId, usize);

/// The places of keys in the order of these. A file nearly always is in order by itself: what is in order already is
/// merged, and only more stretches than a person has devices are sorted.
fn places_in_order(mut keys: Vec<Key>) -> Vec<usize> {
    const FEW: usize = 8;
    let mut order = Vec::with_capacity(keys.len());
    let mut stretches: Vec<&[Key]> = keys.chunk_by(|a, b| a < b).take(FEW + 1).collect();
    if stretches.len() > FEW {
        keys.sort_unstable();
        order.extend(keys.iter().map(|(.., place)| *place));
        return order;
    }
    while let Some(least) = stretches.iter_mut().min_by_key(|stretch| &stretch[0]) {
        order.push(least[0].5);
        *least = &least[1..];
        if least.is_empty() {
            stretches.retain(|stretch| !stretch.is_empty());
        }
    }
    order
}

/// Whether all of these are surely different: each is put at the first free place of a table from the one that its
/// lowest bits name, and meets an equal one on the way. Ids are random, so that hardly any goes further; where one does,
/// nothing is sure.
fn surely_differ(parts: impl ExactSizeIterator<Item = u32>) -> bool {
    const FREE: u32 = 0;
    let mut table = vec![FREE; (4 * parts.len()).next_power_of_two()];
    let last = table.len() - 1;
    for part in parts {
        let mut places = (0..16).map(|further| (part as usize).wrapping_add(further) & last);
        match places.find(|at| table[*at] == FREE || table[*at] == part) {
            Some(at) if table[at] == FREE && part != FREE => table[at] = part,
            _ => return false,
        }
    }
    true
}

/// Places of lines whose id another line carries, sorted.
fn repeated<T: Keyed>(all: &[T], findings: &mut Vec<Diagnostic>) -> Vec<usize> {
    // Almost always every id is there once: parts of them tell that more cheaply than ids with their places.
    if surely_differ(all.iter().map(|line| line.id().part())) {
        return Vec::new();
    }
    let mut ids: Vec<(EventId, usize)> = all.iter().enumerate().map(|(at, line)| (line.id(), at)).collect();
    ids.sort_unstable();
    let mut gone: Vec<usize> = Vec::new();
    for same in ids.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let first = same
            .iter()
            .map(|(_, at)| *at)
            .min_by_key(|at| (all[*at].day(), all[*at].line(), *at))
            .unwrap_or(0);
        for (_, at) in same.iter().filter(|(_, at)| *at != first) {
            gone.push(*at);
            if !all[*at].says_the_same(&all[first]) {
                findings.push(
                    Diagnostic::error(
                        "U507",
                        all[*at].place(),
                        "another line has the same id and other words; this one is not counted",
                    )
                    .and_here(all[first].place(), "this one counts")
                    .helped("one of the two was edited; nothing is rewritten"),
                );
            }
        }
    }
    gone.sort_unstable();
    gone
}

/// Takes what stands at these places, in their order.
pub fn in_order<T>(all: Vec<T>, order: &[usize]) -> Vec<T> {
    if order.len() == all.len() && order.is_sorted() {
        return all;
    }
    let mut slots: Vec<Option<T>> = all.into_iter().map(Some).collect();
    order.iter().filter_map(|at| slots[*at].take()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(day: i64, rank: usize, seq: u64, place: usize) -> Key {
        let id = EventId::from_random([7; 16]);
        (0, Date::from_days(day), rank, seq, id, place)
    }

    #[test]
    fn merging_and_sorting_give_one_order() {
        // Of so many files, the days of each in order, or one after the other backwards.
        for files in 0..12 {
            for backwards in [false, true] {
                let mut keys = Vec::new();
                for file in 0..files {
                    for line in 0..5 {
                        let day = if backwards { 90 - line } else { line };
                        keys.push(key(day, file, 3, keys.len()));
                    }
                }
                let mut sorted = keys.clone();
                sorted.sort_unstable();
                let places: Vec<usize> = sorted.into_iter().map(|(.., place)| place).collect();
                assert_eq!(places_in_order(keys), places);
            }
        }
    }

    #[test]
    fn equals_are_never_taken_for_different() {
        let parts: Vec<u32> = (1..=500_u32).map(|n| n.wrapping_mul(0x9e37_79b9)).collect();
        assert!(surely_differ(parts.iter().copied()));
        assert!(surely_differ(std::iter::empty()));
        for twice in [0, 17, 499] {
            let mut parts = parts.clone();
            parts.insert(250, parts[twice]);
            assert!(!surely_differ(parts.into_iter()));
        }
        // Nothing is sure of nought, nor where many begin at one place.
        assert!(!surely_differ([3, 0].into_iter()));
        let alike: Vec<u32> = (1..=500).map(|n| n << 16).collect();
        assert!(!surely_differ(alike.into_iter()));
    }
}
