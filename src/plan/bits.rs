//! Sets of items by their places: as many as a search holds.

use std::cmp::Ordering;
use std::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, Not};

/// A set of places below [`Bits::MOST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Bits([u128; WORDS]);

const WORDS: usize = 2;
const WORD: usize = 128;

impl Bits {
    /// As many places there are.
    pub(super) const MOST: usize = WORDS * WORD;
    /// No place.
    pub(super) const NONE: Self = Self([0; WORDS]);

    /// The set of one place.
    pub(super) fn of(place: usize) -> Self {
        let mut set = Self::NONE;
        set.0[place / WORD] = 1 << (place % WORD);
        set
    }

    pub(super) fn is_empty(self) -> bool {
        self == Self::NONE
    }

    pub(super) fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The smallest place; [`Bits::MOST`] of none.
    pub(super) fn first(self) -> usize {
        self.places().next().unwrap_or(Self::MOST)
    }

    /// Its places, the smallest first.
    pub(super) fn places(self) -> impl Iterator<Item = usize> + Clone {
        let mut words = self.0;
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < WORDS {
                let word = words[at];
                if word != 0 {
                    words[at] = word & (word - 1);
                    return Some(at * WORD + word.trailing_zeros() as usize);
                }
                at += 1;
            }
            None
        })
    }

    /// Which of two sets comes later as a sorted list of places: the one that does not hold the first place in which they
    /// differ is smaller.
    pub(super) fn by_first_difference(&self, other: &Self) -> Ordering {
        let words = self.0.iter().zip(&other.0);
        words
            .map(|(a, b)| a.reverse_bits().cmp(&b.reverse_bits()))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

impl BitOr for Bits {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }
}

impl BitAnd for Bits {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self([self.0[0] & other.0[0], self.0[1] & other.0[1]])
    }
}

impl Not for Bits {
    type Output = Self;
    fn not(self) -> Self {
        Self([!self.0[0], !self.0[1]])
    }
}

impl BitOrAssign for Bits {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

impl BitAndAssign for Bits {
    fn bitand_assign(&mut self, other: Self) {
        *self = *self & other;
    }
}

#[cfg(test)]
impl From<u128> for Bits {
    fn from(low: u128) -> Self {
        Self([low, 0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_places_of_both_words() {
        let set = Bits::of(3) | Bits::of(127) | Bits::of(128) | Bits::of(255);
        assert_eq!(set.places().collect::<Vec<_>>(), [3, 127, 128, 255]);
        assert_eq!((set.count(), set.first()), (4, 3));
        assert!(!set.is_empty() && (set & !set).is_empty());
        assert_eq!(Bits::NONE.first(), Bits::MOST);
        assert_eq!((set & !Bits::of(3)).first(), 127);
    }

    #[test]
    fn the_list_with_the_first_differing_place_comes_first() {
        let of = |places: &[usize]| {
            places
                .iter()
                .fold(Bits::NONE, |set, place| set | Bits::of(*place))
        };
        assert_eq!(of(&[1, 200]).by_first_difference(&of(&[2, 3])), Ordering::Greater);
        assert_eq!(of(&[1, 130]).by_first_difference(&of(&[1, 129])), Ordering::Less);
        assert_eq!(of(&[7]).by_first_difference(&of(&[7])), Ordering::Equal);
    }
}
