//! Which steps of a search have to do with each other, and how.

use super::bits::Bits;
use super::reduce::closures;
use super::value::{Item, Values};

/// What items ask of each other; sets of items are bits.
pub(super) struct Relations {
    /// Every item with everything it needs, near and far.
    pub(super) closures: Vec<Bits>,
    /// Every item with everything that is left out with it.
    pub(super) blocked: Vec<Bits>,
    /// Items in an order in which nothing comes before what it waits for.
    sequence: Vec<usize>,
    /// What each item needs, is needed by, or shares a capability with.
    related: Vec<Bits>,
    /// The items that touch the aim: they have to do with each other until one is taken.
    aimed: Bits,
}

impl Relations {
    pub(super) fn of(values: &Values) -> Self {
        let items = &values.items;
        let needs: Vec<Bits> = items.iter().map(|item| set_of(&item.needs)).collect();
        let first = waits_for(items, &needs);
        let sequence = sequence(&first);
        let mut blocked: Vec<Bits> = (0..items.len()).map(Bits::of).collect();
        for item in sequence.iter().rev() {
            for before in first[*item].places() {
                let with = blocked[*item];
                blocked[before] |= with;
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
            aimed: aims.fold(Bits::NONE, |all, (item, _)| all | Bits::of(item)),
        }
    }

    /// The first of some open items: it waits for none of the others.
    pub(super) fn first(&self, open: Bits) -> usize {
        let first = self
            .sequence
            .iter()
            .find(|item| !(open & Bits::of(**item)).is_empty());
        first.copied().unwrap_or(open.first())
    }

    /// Open items in groups that have nothing to do with each other.
    pub(super) fn groups(&self, open: Bits, is_aim_touched: bool) -> Vec<Bits> {
        let (mut left, mut groups) = (open, Vec::new());
        while !left.is_empty() {
            let (mut group, mut new) = (Bits::NONE, Bits::of(left.first()));
            while !new.is_empty() {
                group |= new;
                let aim = if !is_aim_touched && !(new & self.aimed).is_empty() {
                    self.aimed
                } else {
                    Bits::NONE
                };
                let near = new.places().fold(aim, |near, item| near | self.related[item]);
                new = near & left & !group;
            }
            groups.push(group);
            left &= !group;
        }
        groups
    }
}

fn set_of(items: &[usize]) -> Bits {
    items.iter().fold(Bits::NONE, |set, item| set | Bits::of(*item))
}

/// What must be taken before each item: what it needs, and whatever can take its place and would be better there.
fn waits_for(items: &[Item], needs: &[Bits]) -> Vec<Bits> {
    let wanted = needs.iter().fold(Bits::NONE, |all, needs| all | *needs);
    let waits_for = items.iter().enumerate().map(|(place, item)| {
        let betters = items.iter().enumerate().filter(|(other_place, other)| {
            *other_place != place
                && (wanted & Bits::of(place)).is_empty()
                && (needs[*other_place] & !needs[place]).is_empty()
                && goes_before((*other_place, other), (place, item))
        });
        betters.fold(needs[place], |set, (other, _)| set | Bits::of(other))
    });
    waits_for.collect()
}

/// Items in layers: those that wait for nothing, those that wait for these, and so on.
fn sequence(first: &[Bits]) -> Vec<usize> {
    let (mut sequence, mut placed) = (Vec::new(), Bits::NONE);
    while sequence.len() < first.len() {
        let is_free =
            |item: &usize| (placed & Bits::of(*item)).is_empty() && (first[*item] & !placed).is_empty();
        let layer: Vec<usize> = (0..first.len()).filter(is_free).collect();
        if layer.is_empty() {
            break;
        }
        placed |= set_of(&layer);
        sequence.extend(layer);
    }
    sequence
}

fn related(items: &[Item], needs: &[Bits]) -> Vec<Bits> {
    let mut related = needs.to_vec();
    for (place, item) in items.iter().enumerate() {
        for need in needs[place].places() {
            related[need] |= Bits::of(place);
        }
        for (other_place, other) in items.iter().enumerate() {
            if item
                .columns()
                .any(|column| other.columns().any(|of_other| of_other == column))
            {
                related[place] |= Bits::of(other_place);
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
