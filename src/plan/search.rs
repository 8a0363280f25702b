//! The best set of steps for the time there is, found by branch and bound (`readiness.md` §6).
//!
//! Steps that have nothing to do with each other, neither a capability in common nor one needing the other, fall into
//! groups, at the beginning and whenever a choice parts them. Each group is searched by itself for what is best in any
//! number of seconds, and the groups are put together like coins: so equal questions of different capabilities are never
//! tried against each other. Within a group a step is taken only after every step that is at least as good in every
//! respect and better in one, or goes before it by id.

use super::bits::Bits;
use super::bound::{Lookout, Outlook};
use super::front::{Front, Set};
use super::relations::Relations;
use super::value::{Tally, Values};

/// What a search came to.
pub(super) struct Found {
    pub(super) best: Set,
    pub(super) nodes: u32,
    pub(super) proven: bool,
}

/// Searches sets of at most [`Bits::MOST`] items, which stand in the order of their ids, for the best one that takes no longer than
/// so many seconds. After `cap` nodes it stops with the best set it has seen.
pub(super) fn search(values: &Values, seconds: u32, cap: u32) -> Found {
    let relations = Relations::of(values);
    let first = greedy(values, &relations, seconds);
    let mut search = Search {
        values,
        relations,
        seconds,
        cap,
        nodes: 0,
        best: first,
        lookout: Lookout::default(),
        tally: Tally::empty(values),
    };
    let everything = values
        .items
        .iter()
        .enumerate()
        .fold(Bits::NONE, |all, (item, _)| all | Bits::of(item));
    search.branch(Set::default(), everything, &Outlook::default());
    Found {
        best: search.best,
        nodes: search.nodes,
        proven: search.nodes < cap,
    }
}

struct Search<'v> {
    values: &'v Values,
    relations: Relations,
    seconds: u32,
    cap: u32,
    nodes: u32,
    /// The best whole set seen so far: what falls short of it can be forgotten.
    best: Set,
    lookout: Lookout,
    /// What is taken in the branch that is looked at.
    tally: Tally<'v>,
}

impl Search<'_> {
    /// The best sets of open items to add to what is taken, for any number of seconds, as far as they can belong to the
    /// best set of all. `outside` is what other groups can add.
    fn branch(&mut self, taken: Set, open: Bits, outside: &Outlook) -> Front {
        let mut sets = vec![Set::default()];
        self.collect(taken, open, outside, taken, &mut sets);
        Front::of(sets)
    }

    /// Tries all sets of open items on top of what is taken; those that can belong to the best of all are noted, less
    /// what was taken at the `start`.
    fn collect(&mut self, taken: Set, open: Bits, outside: &Outlook, start: Set, sets: &mut Vec<Set>) {
        if self.nodes >= self.cap {
            return;
        }
        self.nodes += 1;
        let left = self.seconds - taken.seconds;
        let open = self.without_what_is_too_long(open, left);
        let asked = (left, self.best.value);
        let reach = self
            .lookout
            .reach(&self.tally, open, &self.relations.closures, outside, asked);
        let is_late = taken.seconds.saturating_add(reach.soonest) > self.best.seconds;
        if reach.useful.is_empty()
            || reach.most < self.best.value
            || (reach.most == self.best.value && is_late)
        {
            return;
        }
        let mut groups = self.relations.groups(reach.useful, self.tally.aimed > 0);
        if groups.len() > 1 {
            groups.sort_by_key(|group| (group.count(), group.first()));
            for set in self.join(taken, &groups, outside).sets() {
                self.note(taken.joined(set), outside, start, sets);
            }
            return;
        }
        let item = self.relations.first(reach.useful);
        self.tally.add(item);
        let with = Set {
            items: taken.items | Bits::of(item),
            value: self.tally.value,
            seconds: taken.seconds + self.values.items[item].seconds,
        };
        self.note(with, outside, start, sets);
        self.collect(with, reach.useful & !Bits::of(item), outside, start, sets);
        self.tally.take_out(item);
        self.collect(
            taken,
            reach.useful & !self.relations.blocked[item],
            outside,
            start,
            sets,
        );
    }

    /// The best sets of several groups together.
    fn join(&mut self, taken: Set, groups: &[Bits], outside: &Outlook) -> Front {
        let left = self.seconds - taken.seconds;
        let mut front = Front::of_nothing();
        for (place, group) in groups.iter().enumerate() {
            let later = groups[place + 1..]
                .iter()
                .fold(Bits::NONE, |all, group| all | *group);
            let later = self.lookout.outlook(&self.tally, later).and(outside);
            let others = Outlook::of_front(&front).and(&later);
            let of_group = self.branch(taken, *group, &others);
            let least = self.best.value - taken.value;
            front = front.joined(&of_group, left, |set| {
                set.value + later.most(left - set.seconds) >= least
            });
        }
        front
    }

    /// Keeps a set that can belong to the best of all.
    fn note(&mut self, set: Set, outside: &Outlook, start: Set, sets: &mut Vec<Set>) {
        if set.rank(&self.best).is_gt() {
            self.best = set;
        }
        if set.value + outside.most(self.seconds - set.seconds) >= self.best.value {
            sets.push(set.less(&start));
        }
    }

    fn without_what_is_too_long(&self, mut open: Bits, left: u32) -> Bits {
        for item in open.places() {
            if self.values.items[item].seconds > left {
                open &= !self.relations.blocked[item];
            }
        }
        open
    }
}

/// A good set to begin with: again and again the step that gives most for its time, with what it needs; then without
/// what adds nothing.
fn greedy(values: &Values, relations: &Relations, seconds: u32) -> Set {
    let mut taken = Set::default();
    let mut tally = Tally::empty(values);
    while let Some(next) = next_way(values, relations, &mut tally, taken, seconds) {
        next.places().for_each(|item| tally.add(item));
        taken = Set {
            items: taken.items | next,
            value: tally.value,
            seconds: taken.seconds + seconds_of(values, next),
        };
    }
    let mut longest: Vec<usize> = taken.items.places().collect();
    longest.sort_by_key(|item| (std::cmp::Reverse(values.items[*item].seconds), *item));
    for item in longest {
        tally.take_out(item);
        if tally.value == taken.value && relations.blocked[item] & taken.items == Bits::of(item) {
            taken.items &= !Bits::of(item);
            taken.seconds -= values.items[item].seconds;
        } else {
            tally.add(item);
        }
    }
    taken
}

/// The step that gives most for its time and still fits, with what it needs.
fn next_way(
    values: &Values,
    relations: &Relations,
    tally: &mut Tally,
    taken: Set,
    seconds: u32,
) -> Option<Bits> {
    let mut best: Option<(i64, u32, Bits)> = None;
    for way in relations
        .closures
        .iter()
        .map(|way| *way & !taken.items)
        .filter(|way| !way.is_empty())
    {
        let more = seconds_of(values, way);
        if taken.seconds.saturating_add(more) > seconds {
            continue;
        }
        let gain = tally.gain(way.places());
        let is_better =
            |(most, in_seconds, _): &(i64, u32, Bits)| gain * i64::from(*in_seconds) > most * i64::from(more);
        if gain > 0 && best.as_ref().is_none_or(is_better) {
            best = Some((gain, more, way));
        }
    }
    best.map(|(_, _, way)| way)
}

fn seconds_of(values: &Values, items: Bits) -> u32 {
    items
        .places()
        .map(|item| values.items[item].seconds)
        .fold(0, u32::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::samples::{Random, due, values};

    fn all_of(values: &Values, seconds: u32) -> Set {
        let mut tally = Tally::empty(values);
        let sets = (0..1_u128 << values.items.len()).map(Bits::from).filter(|set| {
            let met = |item: usize| {
                values.items[item]
                    .needs
                    .iter()
                    .all(|need| !(*set & Bits::of(*need)).is_empty())
            };
            set.places().all(met)
        });
        let sets = sets.map(|items| Set {
            items,
            value: tally.gain(items.places()),
            seconds: seconds_of(values, items),
        });
        sets.filter(|set| set.seconds <= seconds)
            .max_by(Set::rank)
            .unwrap_or_default()
    }

    #[test]
    fn the_best_set_is_that_of_all_sets() {
        let mut random = Random(3);
        for _ in 0..400 {
            let values = values(&mut random, 9);
            let seconds = 120 + u32::try_from(random.below(1_200)).unwrap_or(0);
            let found = search(&values, seconds, u32::MAX);
            assert_eq!(found.best, all_of(&values, seconds));
            assert!(found.proven);
        }
    }

    #[test]
    fn a_search_that_is_cut_short_keeps_a_set_that_can_be_done() {
        let mut random = Random(4);
        for cap in 1..60 {
            let values = values(&mut random, 12);
            let found = search(&values, 900, cap);
            assert!(found.best.seconds <= 900 && found.nodes <= cap);
            let items = found.best.items;
            assert_eq!(Tally::empty(&values).gain(items.places()), found.best.value);
            let met = |item: usize| {
                values.items[item]
                    .needs
                    .iter()
                    .all(|need| !(items & Bits::of(*need)).is_empty())
            };
            assert!(items.places().all(met));
            let longer = search(&values, 900, u32::MAX);
            assert!(!found.proven || found.best == longer.best);
        }
    }

    #[test]
    fn nothing_is_taken_that_adds_nothing() {
        let values = Values {
            columns: Vec::new(),
            items: vec![
                due(60, 0, &[]),
                due(60, 5, &[0]),
                due(60, 0, &[1]),
                due(500, 9, &[]),
            ],
            aim_bonus: 0,
            gate_bonus: 0,
        };
        assert_eq!(search(&values, 300, u32::MAX).best.items, Bits::from(0b0011));
        assert_eq!(search(&values, 100, u32::MAX).best, Set::default());
    }
}
