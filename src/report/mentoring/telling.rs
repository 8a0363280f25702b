//! Which figures a page without names tells. Behind each stand nobody or enough people; so they do behind what is left of
//! a whole when its told parts are taken away, and behind the difference of two figures of which one holds the other.

use std::collections::BTreeSet;

/// Ids of those whom a figure is about.
pub(super) type People<'a> = BTreeSet<&'a str>;

/// What was told so far in one page: what is important comes first, what would tell of few people beside it stays away.
pub(super) struct Telling<'a> {
    /// Fewest people; `None`: people are named, and everything is told.
    fewest: Option<usize>,
    told: Vec<People<'a>>,
}

impl<'a> Telling<'a> {
    /// Nothing yet.
    pub(super) fn new(fewest: Option<usize>) -> Self {
        Self {
            fewest,
            told: Vec::new(),
        }
    }

    /// Nobody or enough people.
    pub(super) fn is_enough(&self, people: usize) -> bool {
        people == 0 || self.fewest.is_none_or(|fewest| people >= fewest)
    }

    /// Whether a count of these people is told; from then on it is.
    pub(super) fn tells(&mut self, people: &People<'a>) -> bool {
        let may = self.may(people);
        if may {
            self.note(people);
        }
        may
    }

    /// Which parts of a whole that is told itself are told; one person may be in several.
    pub(super) fn share(&mut self, parts: &[People<'a>]) -> Vec<bool> {
        let told = self.shared(parts);
        for (part, _) in parts.iter().zip(&told).filter(|(_, told)| **told) {
            self.note(part);
        }
        told
    }

    /// The same where what is counted are talks or groups: from such counts none of people can be taken.
    pub(super) fn share_things(&self, parts: &[People<'a>]) -> Vec<bool> {
        Self::new(self.fewest).shared(parts)
    }

    fn note(&mut self, people: &People<'a>) {
        if self.fewest.is_some() && !people.is_empty() {
            self.told.push(people.clone());
        }
    }

    fn may(&self, people: &People<'a>) -> bool {
        let is_far = |other: &People<'a>| {
            let nested = people.is_subset(other) || other.is_subset(people);
            people.is_empty() || !nested || self.is_enough(people.len().abs_diff(other.len()))
        };
        self.is_enough(people.len()) && self.told.iter().all(is_far)
    }

    fn shared(&self, parts: &[People<'a>]) -> Vec<bool> {
        let mut told: Vec<bool> = parts.iter().map(|part| self.may(part)).collect();
        while !self.may_be_left(parts, &told) {
            let shown = parts.iter().enumerate();
            let smallest = shown
                .filter(|(at, part)| told[*at] && !part.is_empty())
                .min_by_key(|(at, part)| (part.len(), *at));
            match smallest {
                Some((at, _)) => told[at] = false,
                None => break,
            }
        }
        told
    }

    /// Whether nobody learns who is in the parts that are not told, from the whole and the others.
    fn may_be_left(&self, parts: &[People<'a>], told: &[bool]) -> bool {
        let left: Vec<&People<'a>> = parts
            .iter()
            .zip(told)
            .filter(|(_, told)| !**told)
            .map(|(part, _)| part)
            .collect();
        let people: People<'a> = left.iter().flat_map(|part| part.iter().copied()).collect();
        let places: usize = left.iter().map(|part| part.len()).sum();
        // One part alone is the whole minus the others; where each has one person, their number says so.
        left.is_empty() || (left.len() > 1 && self.is_enough(people.len()) && places > left.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAMES: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

    fn first(n: usize) -> People<'static> {
        NAMES[..n].iter().copied().collect()
    }

    fn rest(n: usize) -> People<'static> {
        NAMES[n..].iter().copied().collect()
    }

    #[test]
    fn a_figure_beside_another_tells_of_nobody() {
        let mut telling = Telling::new(Some(5));
        assert!(telling.tells(&first(12)));
        assert!(!telling.tells(&first(4)), "few");
        assert!(!telling.tells(&first(11)), "all but one");
        assert!(telling.tells(&first(6)));
        assert!(!telling.tells(&first(7)), "one more than was told");
        assert!(telling.tells(&first(6)), "the same people once more");
        assert!(telling.tells(&first(0)), "nobody");
        let mut named = Telling::new(None);
        assert!(named.tells(&first(12)) && named.tells(&first(11)) && named.tells(&first(1)));
    }

    #[test]
    fn a_part_alone_takes_another_with_it() {
        let telling = Telling::new(Some(3));
        let parts = [first(5), rest(11), rest(5), first(0)];
        assert_eq!(
            telling.share_things(&parts),
            [false, false, true, true],
            "the next smallest"
        );
        assert_eq!(telling.share_things(&[first(6), rest(6)]), [true, true]);
        assert_eq!(telling.share_things(&[first(11), rest(11)]), [false, false]);
        let one: People<'_> = ["a"].into();
        assert_eq!(
            telling.share_things(&[one.clone(), one, first(6), rest(6)]),
            [false, false, false, true],
            "both are the same person"
        );
    }

    fn parts() -> impl Strategy<Value = Vec<People<'static>>> {
        let part = prop::collection::btree_set(prop::sample::select(NAMES.to_vec()), 0..10);
        prop::collection::vec(part, 0..5)
    }

    proptest! {
        #[test]
        fn what_is_told_and_what_is_left_are_of_enough(parts in parts(), fewest in 3..7_usize) {
            let told = Telling::new(Some(fewest)).share(&parts);
            let enough = |people: &People<'_>| people.is_empty() || people.len() >= fewest;
            for (part, told) in parts.iter().zip(&told) {
                prop_assert!(!told || enough(part));
            }
            let left: People<'_> = parts
                .iter()
                .zip(&told)
                .filter(|(_, told)| !**told)
                .flat_map(|(part, _)| part.iter().copied())
                .collect();
            let is_any = parts.iter().zip(&told).any(|(part, told)| *told && !part.is_empty());
            prop_assert!(!is_any || enough(&left), "{told:?}");
        }

        #[test]
        fn no_two_figures_differ_by_few(figures in parts(), fewest in 3..7_usize) {
            let mut telling = Telling::new(Some(fewest));
            let told: Vec<&People<'_>> = figures.iter().filter(|one| telling.tells(one)).collect();
            for (a, b) in told.iter().flat_map(|a| told.iter().map(move |b| (a, b))) {
                let more = a.len() - b.len().min(a.len());
                prop_assert!(b.is_empty() || !b.is_subset(a) || more == 0 || more >= fewest);
            }
        }
    }
}
