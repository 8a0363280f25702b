//! Which counts of small groups are left out, so that nobody's standing can be read off a table that names nobody.
//!
//! A cell below the bound is left out (primary suppression). One such cell alone would be total minus the others: then the
//! next smallest goes with it (complementary suppression; `readiness.md` §8, after dialog.nl, which hides the sibling
//! group, and Betterworks Engage, whose five cannot be set lower). What may be computed from the total is the sum of all
//! cells left out: it is itself a group, so it has the bound's size too.

/// Never fewer, whatever a setting says: of two people each knows the other.
const NEVER_BELOW: usize = 3;

/// The bound that is used: what the settings say, and never below three.
pub(super) fn smallest(min_group: usize) -> usize {
    min_group.max(NEVER_BELOW)
}

/// Which subgroups of a whole are hidden when the whole is told beside those that are shown.
///
/// Every one that is not empty and smaller than the bound. The next smallest as well (of equal ones the first) if
/// - there is only one, which would be the whole minus the others,
/// - all of them together are fewer than the bound: the whole minus the others tells of them,
/// - each of them is a single person, because somebody is in each: the whole minus the others would be their number.
///
/// Empty ones are never hidden. If the whole itself is below [`smallest`], nothing of it may be told, not even its size
/// beside others: that is for the caller, who knows what else is told.
pub(super) fn hidden(sizes: &[usize], min_group: usize) -> Vec<bool> {
    let bound = smallest(min_group);
    let mut hidden: Vec<bool> = sizes.iter().map(|n| (1..bound).contains(n)).collect();
    let (count, people) = left_out(sizes, &hidden);
    if count == 1 || (count > 1 && (people < bound || people == count)) {
        let shown = sizes.iter().enumerate();
        let next = shown
            .filter(|(at, n)| **n > 0 && !hidden[*at])
            .min_by_key(|(at, n)| (**n, *at));
        if let Some((at, _)) = next {
            hidden[at] = true;
        }
    }
    hidden
}

/// How many are hidden, and how many people are in them.
fn left_out(sizes: &[usize], hidden: &[bool]) -> (usize, usize) {
    let them = sizes.iter().zip(hidden).filter(|(_, hidden)| **hidden);
    them.fold((0, 0), |(count, people), (n, _)| (count + 1, people + n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_next_smallest_goes_with_a_single_small_one() {
        assert_eq!(hidden(&[9, 2, 6, 7], 5), [false, true, true, false]);
        assert_eq!(
            hidden(&[7, 2, 7, 7], 5),
            [true, true, false, false],
            "ties: the first"
        );
        assert_eq!(
            hidden(&[9, 4, 4, 7], 5),
            [false, true, true, false],
            "two are enough"
        );
    }

    #[test]
    fn those_left_out_are_together_as_many_as_the_bound() {
        assert_eq!(hidden(&[9, 2, 2, 7], 5), [false, true, true, true]);
        assert_eq!(hidden(&[9, 2, 3, 7], 5), [false, true, true, false]);
        assert_eq!(hidden(&[1, 1, 1, 8, 9], 3), [true, true, true, true, false]);
    }

    #[test]
    fn empty_ones_stay_and_large_ones_stay() {
        assert_eq!(hidden(&[0, 0, 0], 5), [false; 3]);
        assert_eq!(hidden(&[5, 6, 0], 5), [false; 3]);
        assert_eq!(hidden(&[0, 2, 0], 5), [false, true, false]);
        assert_eq!(hidden(&[], 5), [false; 0]);
    }

    #[test]
    fn nothing_lowers_the_bound_below_three() {
        assert_eq!(hidden(&[2, 2, 9], 0), [true, true, false]);
        assert_eq!(hidden(&[2, 2, 9], 0), hidden(&[2, 2, 9], 3));
        assert_eq!((smallest(0), smallest(7)), (3, 7));
    }

    fn sizes() -> impl Strategy<Value = Vec<usize>> {
        prop::collection::vec(prop_oneof![0..8_usize, 0..40_usize], 0..9)
    }

    proptest! {
        /// What somebody knows who sees the table: the whole, what is shown, and that nothing hidden is empty. For each
        /// hidden one there is another table that looks the same.
        #[test]
        fn nobody_computes_a_hidden_one(sizes in sizes(), min_group in 0..9_usize) {
            let hidden = hidden(&sizes, min_group);
            let (count, people) = left_out(&sizes, &hidden);
            let is_all = sizes.iter().zip(&hidden).all(|(n, hidden)| *n == 0 || *hidden);
            if count > 0 && !is_all {
                prop_assert!(count >= 2, "the whole minus the others is the only one");
                prop_assert!(people >= smallest(min_group), "the whole minus the others is a small group");
                prop_assert!(people > count, "somebody is in each, so that each has one");
            }
        }

        #[test]
        fn whoever_is_shown_is_not_few(sizes in sizes(), min_group in 0..9_usize) {
            for (n, hidden) in sizes.iter().zip(hidden(&sizes, min_group)) {
                prop_assert!(hidden || *n == 0 || *n >= smallest(min_group));
                prop_assert!(!hidden || *n > 0);
            }
        }

        #[test]
        fn a_higher_bound_shows_nothing_more(sizes in sizes(), min_group in 0..9_usize) {
            let (low, high) = (hidden(&sizes, min_group), hidden(&sizes, min_group + 1));
            prop_assert!(low.iter().zip(&high).all(|(low, high)| !low || *high));
        }

        #[test]
        fn nothing_is_hidden_where_all_are_large_enough(sizes in sizes(), min_group in 0..9_usize) {
            if sizes.iter().all(|n| *n == 0 || *n >= smallest(min_group)) {
                prop_assert!(hidden(&sizes, min_group).iter().all(|hidden| !hidden));
            }
        }

        #[test]
        fn no_more_is_hidden_than_has_to_be(sizes in sizes(), min_group in 0..9_usize) {
            let small = sizes.iter().filter(|n| (1..smallest(min_group)).contains(*n)).count();
            let (count, _) = left_out(&sizes, &hidden(&sizes, min_group));
            prop_assert!((small..=small + 1).contains(&count));
        }
    }
}
