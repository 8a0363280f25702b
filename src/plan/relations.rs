//! Which steps of a search have to do with each other, and how.

use super::bound::bits;
use super::reduce::closures;
use super::value::{Item, Values};

/// What items ask of each other; sets of items are bits.
pub(super) struct Relations {
    /// Every item with everything it needs, near and far.
    pub(super) closures: Vec<u128>,
    /// Every item with everything that is left out with it.
    pub(super) blocked: Vec<u128>,
    /// Items in an order in which nothing comes before what it waits for.
    sequence: Vec<usize>,
    /// What each item needs, is needed by, or shares a capability with.
    related: Vec<u128>,
    /// The items that touch the aim: they have to do with each other until one is taken.
    aimed: u128,
}

/// The set of one item.
pub(super) fn bit(item: usize) -> u128 {
    1 << item
}

impl Relations {
    pub(super) fn of(values: &Values) -> Self {
        let items = &values.items;
        let needs: Vec<u128> = items.iter().map(|item| set_of(&item.needs)).collect();
        let first = waits_for(items, &needs);
        let sequence = sequence(&first);
        let mut blocked: Vec<u128> = (0..items.len()).map(bit).collect();
        for item in sequence.iter().rev() {
            for before in bits(first[*item]) {
                blocked[before] |= blocked[*item];
            }
        }
        let closures = closures(values);
        let aims = items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.aimed && values.aim_bonus > 0);
        Self {
            closures: closures
                .iter()
                .map(|closure| set_of(closure.as_deref().unwrap_or_default()))
                .collect(),
            blocked,
            sequence,
            related: related(items, &needs),
            aimed: aims.fold(0, |all, (item, _)| all | bit(item)),
        }
    }

    /// The first of some open items: it waits for none of the others.
    pub(super) fn first(&self, open: u128) -> usize {
        let first = self.sequence.iter().find(|item| open & bit(**item) != 0);
        first.copied().unwrap_or(open.trailing_zeros() as usize)
    }

    /// Open items in groups that have nothing to do with each other.
    pub(super) fn groups(&self, open: u128, is_aim_touched: bool) -> Vec<u128> {
        let (mut left, mut groups) = (open, Vec::new());
        while left != 0 {
            let (mut group, mut new) = (0, left & left.wrapping_neg());
            while new != 0 {
                group |= new;
                let aim = if !is_aim_touched && new & self.aimed != 0 {
                    self.aimed
                } else {
                    0
                };
                let near = bits(new).fold(aim, |near, item| near | self.related[item]);
                new = near & left & !group;
            }
            groups.push(group);
            left &= !group;
        }
        groups
    }
}

fn set_of(items: &[usize]) -> u128 {
    items.iter().fold(0, |set, item| set | bit(*item))
}

/// What must be taken before each item: what it needs, and whatever can take its place and would be better there.
fn waits_for(items: &[Item], needs: &[u128]) -> Vec<u128> {
    let wanted = needs.iter().fold(0, |all, needs| all | needs);
    let waits_for = items.iter().enumerate().map(|(place, item)| {
        let betters = items.iter().enumerate().filter(|(other_place, other)| {
            *other_place != place
                && wanted & bit(place) == 0
                && needs[*other_place] & !needs[place] == 0
                && goes_before((*other_place, other), (place, item))
        });
        betters.fold(needs[place], |set, (other, _)| set | bit(other))
    });
    waits_for.collect()
}

/// Items in layers: those that wait for nothing, those that wait for these, and so on.
fn sequence(first: &[u128]) -> Vec<usize> {
    let (mut sequence, mut placed) = (Vec::new(), 0);
    while sequence.len() < first.len() {
        let is_free = |item: &usize| placed & bit(*item) == 0 && first[*item] & !placed == 0;
        let layer: Vec<usize> = (0..first.len()).filter(is_free).collect();
        if layer.is_empty() {
            break;
        }
        placed |= set_of(&layer);
        sequence.extend(layer);
    }
    sequence
}

fn related(items: &[Item], needs: &[u128]) -> Vec<u128> {
    let mut related = needs.to_vec();
    for (place, item) in items.iter().enumerate() {
        for need in bits(needs[place]) {
            related[need] |= bit(place);
        }
        for (other_place, other) in items.iter().enumerate() {
            if item
                .columns()
                .any(|column| other.columns().any(|of_other| of_other == column))
            {
                related[place] |= bit(other_place);
            }
        }
    }
    related
}

/// Whether a set that holds `b` and not `a` becomes better if `a` takes its place: it is worth no less, takes no longer,
/// and is better in one of these, or holds the smaller id.
fn goes_before((a_place, a): (usize, &Item), (b_place, b): (usize, &Item)) -> bool {
    let no_less = a.due >= b.due && a.aimed >= b.aimed && a.seconds <= b.seconds && a.does_what(b);
    let more = a.due > b.due || a.seconds < b.seconds || a_place < b_place;
    no_less && more
}

impl Item {
    /// Whether it does for the points all that another one does.
    fn does_what(&self, other: &Self) -> bool {
        match (self.question, other.question) {
            (Some(a), Some(b)) => {
                let was_no_more = a
                    .before
                    .is_none_or(|before| b.before.is_some_and(|other| before >= other));
                a.column == b.column && was_no_more && a.after <= b.after
            }
            (None, None) => {
                other.columns().next().is_some()
                    && other.hands.iter().all(|column| self.hands.contains(column))
                    && other.opens.iter().all(|column| self.opens.contains(column))
            }
            _ => false,
        }
    }

    fn columns(&self) -> impl Iterator<Item = usize> {
        let question = self.question.iter().map(|asked| asked.column);
        question
            .chain(self.hands.iter().copied())
            .chain(self.opens.iter().copied())
    }
}
