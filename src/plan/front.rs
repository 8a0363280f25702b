//! Sets of steps compared (`readiness.md` §6): the larger value, then fewer seconds, fewer steps, and the smaller sorted
//! list of ids. Two sets of steps that have nothing to do with each other can be joined: what is better stays better.

use std::cmp::Ordering;

use super::bits::Bits;

/// A set of steps, which stand in the order of their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Set {
    pub(super) items: Bits,
    pub(super) value: i64,
    pub(super) seconds: u32,
}

impl Set {
    /// How good it is: the better one is greater.
    pub(super) fn rank(&self, other: &Self) -> Ordering {
        self.value
            .cmp(&other.value)
            .then(other.seconds.cmp(&self.seconds))
            .then(other.items.count().cmp(&self.items.count()))
            // Of equally many steps, the list is smaller that holds the first step in which they differ.
            .then(self.items.by_first_difference(&other.items))
    }

    /// What it holds beyond a part of it.
    pub(super) fn less(&self, part: &Self) -> Self {
        Self {
            items: self.items & !part.items,
            value: self.value - part.value,
            seconds: self.seconds - part.seconds,
        }
    }

    /// Both together; they have no step in common.
    pub(super) fn joined(&self, other: &Self) -> Self {
        Self {
            items: self.items | other.items,
            value: self.value + other.value,
            seconds: self.seconds + other.seconds,
        }
    }
}

/// For each number of seconds the best set that fits: fewest seconds first, each worth more than the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Front(Vec<Set>);

impl Front {
    /// Doing nothing.
    pub(super) fn of_nothing() -> Self {
        Self(vec![Set::default()])
    }

    /// The best of many sets.
    pub(super) fn of(mut sets: Vec<Set>) -> Self {
        sets.sort_unstable_by(|a, b| a.seconds.cmp(&b.seconds).then_with(|| b.rank(a)));
        let mut best: Option<i64> = None;
        sets.retain(|set| {
            let better = best.is_none_or(|best| set.value > best);
            if better {
                best = Some(set.value);
            }
            better
        });
        Self(sets)
    }

    /// The sets, fewest seconds first.
    pub(super) fn sets(&self) -> &[Set] {
        &self.0
    }

    /// All sets of both joined, as far as they fit and `is_wanted`.
    pub(super) fn joined(&self, other: &Self, seconds: u32, is_wanted: impl Fn(&Set) -> bool) -> Self {
        let mut sets: Vec<Set> = Vec::new();
        for set in &self.0 {
            let fitting = other
                .0
                .iter()
                .take_while(|other| set.seconds + other.seconds <= seconds);
            sets.extend(fitting.map(|other| set.joined(other)).filter(&is_wanted));
            // Many joined sets are worse than others; leaving them out now and then keeps the list short.
            if sets.len() > 1 << 16 {
                sets = Self::of(sets).0;
            }
        }
        Self::of(sets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(items: u128, value: i64, seconds: u32) -> Set {
        Set {
            items: Bits::from(items),
            value,
            seconds,
        }
    }

    #[test]
    fn ties_are_broken_by_seconds_then_steps_then_ids() {
        let better = |a: Set, b: Set| assert_eq!(a.rank(&b), Ordering::Greater);
        better(set(0b1, 5, 90), set(0b1, 4, 10));
        better(set(0b111, 5, 80), set(0b1, 5, 90));
        better(set(0b100, 5, 90), set(0b011, 5, 90));
        better(set(0b101, 5, 90), set(0b110, 5, 90));
        better(set(0b1001, 5, 90), set(0b0110, 5, 90));
    }

    #[test]
    fn a_front_keeps_what_is_best_for_some_time() {
        let front = Front::of(vec![
            set(0b1000, 9, 300),
            set(0b0010, 5, 100),
            set(0b0001, 5, 100),
            set(0b0100, 5, 200),
            set(0, 0, 0),
        ]);
        assert_eq!(
            front.sets(),
            [set(0, 0, 0), set(0b0001, 5, 100), set(0b1000, 9, 300)]
        );
    }

    #[test]
    fn joining_keeps_to_the_time() {
        let a = Front::of(vec![set(0, 0, 0), set(0b01, 5, 100)]);
        let b = Front::of(vec![set(0, 0, 0), set(0b10, 7, 150)]);
        let joined = a.joined(&b, 200, |_| true);
        assert_eq!(
            joined.sets(),
            [set(0, 0, 0), set(0b01, 5, 100), set(0b10, 7, 150)]
        );
        assert_eq!(a.joined(&b, 250, |_| true).sets()[3], set(0b11, 12, 250));
        assert_eq!(
            a.joined(&b, 250, |set| set.value > 6).sets(),
            [set(0b10, 7, 150), set(0b11, 12, 250)]
        );
    }
}
