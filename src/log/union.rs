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
    devices.dedup();
    devices.sort_unstable();
    devices.dedup();
    // Numbers are compared and moved, not lines with their texts: a device stands for its place among the devices.
    let mut keys = Vec::with_capacity(all.len());
    let mut rank = 0;
    for (place, line) in all.iter().enumerate() {
        if devices[rank] != line.device() {
            rank = devices.partition_point(|device| *device < line.device());
        }
        keys.push((line.instant(), line.day(), rank, line.seq(), line.id(), place));
    }
    keys.sort_unstable();
    let mut order: Vec<usize> = keys.into_iter().map(|(.., place)| place).collect();
    let gone = repeated(all, findings);
    if !gone.is_empty() {
        order.retain(|at| gone.binary_search(at).is_err());
    }
    order
}

/// Places of lines whose id another line carries, sorted.
fn repeated<T: Keyed>(all: &[T], findings: &mut Vec<Diagnostic>) -> Vec<usize> {
    // Almost always every id is there once: halves of them tell that more cheaply than ids with their places.
    let mut halves: Vec<u64> = all.iter().map(|line| line.id().half()).collect();
    halves.sort_unstable();
    if halves.windows(2).all(|two| two[0] != two[1]) {
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
