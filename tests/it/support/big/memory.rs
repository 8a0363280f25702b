//! What a device's quiz answers are worth: the ladder of the readiness model, so that capsules and journals agree and
//! `reached` stands only where a replay finds the capability ready.

use super::Day;
use super::course::{MODULES, QUESTIONS};

/// Days of the six ladder steps.
const LADDER: [u32; 6] = [1, 7, 21, 60, 150, 365];
/// Questions that count, each with a slot of so many tenths.
const NEEDED: usize = 8;
const SLOT: u32 = 50;
/// From this ladder step on a question opens the knowledge gate.
const GATE_STEP: u8 = 2;

/// An entry of a capsule: ladder step and day of the last right answer.
pub(crate) type Entry = (u8, Day);

#[derive(Debug, Clone, Copy)]
struct State {
    step: u8,
    anchor: (u64, Day),
    right: Option<Day>,
}

/// All questions as one device knows them, by module and place.
#[derive(Debug, Clone)]
pub(crate) struct Memory([[Option<State>; QUESTIONS]; MODULES.len()]);

impl Memory {
    /// Nothing was answered.
    pub(crate) fn new() -> Self {
        Self([[None; QUESTIONS]; MODULES.len()])
    }

    /// The ladder step a question stands on.
    pub(crate) fn step(&self, module: usize, question: usize) -> u8 {
        self.0[module][question].map_or(0, |state| state.step)
    }

    /// One answer, `at` in seconds.
    pub(crate) fn answer(&mut self, module: usize, question: usize, at: u64, day: Day, right: bool) {
        let state = &mut self.0[module][question];
        *state = Some(match *state {
            _ if !right => State {
                step: 0,
                anchor: (at, day),
                right: None,
            },
            None => State {
                step: 1,
                anchor: (at, day),
                right: Some(day),
            },
            Some(known) if climbs(known, at, day) => State {
                step: known.step + 1,
                anchor: (at, day),
                right: Some(day),
            },
            Some(known) => State {
                right: Some(day),
                ..known
            },
        });
    }

    /// The capsule of one module's capability, sorted.
    pub(crate) fn capsule(&self, module: usize) -> Vec<Entry> {
        let mut entries: Vec<Entry> = self.0[module]
            .iter()
            .flatten()
            .filter_map(|state| Some((state.step, state.right?)))
            .collect();
        entries.sort_unstable();
        entries
    }
}

/// Half a step has passed, by the clock or by the calendar.
fn climbs(known: State, at: u64, day: Day) -> bool {
    let Some(days) = LADDER.get(usize::from(known.step)) else {
        return false;
    };
    let (anchor, anchor_day) = known.anchor;
    let by_clock = 2 * at.saturating_sub(anchor) >= u64::from(*days) * 86_400;
    known.step < 5 && (by_clock || 2 * day.since(anchor_day) >= *days)
}

/// Knowledge points of a capsule in tenths, and what of them opens the gate.
pub(crate) fn knowledge(capsule: &[Entry], today: Day) -> (u32, u32) {
    let best = |from: u8| {
        let mut worth: Vec<u32> = capsule
            .iter()
            .filter(|entry| entry.0 >= from)
            .map(|entry| points(*entry, today))
            .collect();
        worth.sort_unstable_by(|a, b| b.cmp(a));
        worth.iter().take(NEEDED).sum()
    };
    (best(0), best(GATE_STEP))
}

/// Points of one question in tenths, rounded half up; those of step 0 count half.
fn points((step, right): Entry, today: Day) -> u32 {
    let (full, halved) = (9 * LADDER[usize::from(step)], if step == 0 { 2 } else { 1 });
    let fading = full + today.since(right);
    (2 * SLOT * full + halved * fading) / (2 * halved * fading)
}
