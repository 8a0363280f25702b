//! Fewer candidates, the same best plan (`readiness.md` §6): of questions that are equal to the planner no more are kept
//! than fit or count, and of very many candidates only those that promise most for their time.

use std::cmp::Reverse;

use super::value::{Asked, Item, Tally, Values};

/// The candidates that are left, of items that stand in the order of their ids.
pub(super) struct Reduced {
    /// Their places, in order.
    pub(super) kept: Vec<usize>,
    /// The step that is worth something and takes least, with what it needs; and how many seconds that is.
    pub(super) shortest: Option<(usize, u32)>,
    /// Whether the best set is certainly among them: nothing that fits and may add something was left out.
    pub(super) complete: bool,
}

/// Leaves out what cannot be in the best set for so many seconds, then all but the most promising `most`.
pub(super) fn reduce(values: &Values, seconds: u32, most: usize) -> Reduced {
    let closures = closures(values);
    let mut kept: Vec<usize> = (0..values.items.len())
        .filter(|item| closures[*item].is_some())
        .collect();
    leave_out_twins(values, seconds, &mut kept);
    let mut tally = Tally::empty(values);
    let ways: Vec<Way> = kept
        .iter()
        .filter_map(|item| Some(Way::of(&mut tally, *item, closures[*item].as_deref()?)))
        .collect();
    let useful = ways.iter().filter(|way| way.value > 0);
    let shortest = useful
        .map(|way| (way.seconds, way.item))
        .min()
        .map(|(seconds, item)| (item, seconds));
    let fitting: Vec<&Way> = ways.iter().filter(|way| way.seconds <= seconds).collect();
    let mut kept: Vec<usize> = fitting.iter().map(|way| way.item).collect();
    leave_out_useless(values, &mut kept);
    let complete = kept.len() <= most;
    if !complete {
        let useful: Vec<&Way> = fitting
            .into_iter()
            .filter(|way| kept.contains(&way.item))
            .collect();
        kept = shortlist(&useful, most);
        leave_out_useless(values, &mut kept);
    }
    Reduced {
        kept,
        shortest,
        complete,
    }
}

/// A step with everything it needs.
struct Way<'c> {
    item: usize,
    closure: &'c [usize],
    seconds: u32,
    value: i64,
}

impl<'c> Way<'c> {
    fn of(tally: &mut Tally, item: usize, closure: &'c [usize]) -> Self {
        let seconds = closure.iter().map(|item| tally.values.items[*item].seconds);
        Self {
            item,
            closure,
            seconds: seconds.fold(0, u32::saturating_add),
            value: tally.gain(closure.iter().copied()),
        }
    }
}

/// Each item with everything it needs, near and far, sorted; `None` if that is a ring, so that it can never be done.
pub(super) fn closures(values: &Values) -> Vec<Option<Vec<usize>>> {
    let mut closures: Vec<Option<Vec<usize>>> = vec![None; values.items.len()];
    loop {
        let mut changed = false;
        for (place, item) in values.items.iter().enumerate() {
            if closures[place].is_some() {
                continue;
            }
            let needed: Option<Vec<&Vec<usize>>> =
                item.needs.iter().map(|need| closures[*need].as_ref()).collect();
            if let Some(needed) = needed {
                let mut closure: Vec<usize> = needed.into_iter().flatten().copied().collect();
                closure.push(place);
                closure.sort_unstable();
                closure.dedup();
                closures[place] = Some(closure);
                changed = true;
            }
        }
        if !changed {
            return closures;
        }
    }
}

/// Of questions that differ in nothing but their id, keeps the first ones: as many as fit, or as give points.
fn leave_out_twins(values: &Values, seconds: u32, kept: &mut Vec<usize>) {
    let mut first_twins: Vec<(usize, u32)> = Vec::new();
    let wanted = wanted(values, kept);
    kept.retain(|item| {
        if wanted[*item] || values.items[*item].question.is_none() {
            return true;
        }
        let known = first_twins
            .iter()
            .position(|(twin, _)| are_twins(values, *twin, *item));
        let known = known.unwrap_or_else(|| {
            first_twins.push((*item, 0));
            first_twins.len() - 1
        });
        first_twins[known].1 += 1;
        first_twins[known].1 <= most_twins(values, &values.items[*item], seconds)
    });
}

fn are_twins(values: &Values, a: usize, b: usize) -> bool {
    let (a, b) = (&values.items[a], &values.items[b]);
    let same_memory = match (a.question, b.question) {
        (Some(a), Some(b)) => a.column == b.column && a.recall == b.recall,
        _ => false,
    };
    same_memory && a.seconds == b.seconds && a.needs == b.needs && a.due == b.due
}

/// How many twins of a question can be of use at once.
fn most_twins(values: &Values, item: &Item, seconds: u32) -> u32 {
    let fitting = seconds / item.seconds.max(1);
    let Some(asked) = item.question.filter(|_| item.due == 0) else {
        return fitting;
    };
    // One is of use where no question gives points, if only to touch the aim.
    let counting = values.columns[asked.column].slots.max(usize::from(item.aimed));
    fitting.min(u32::try_from(counting).unwrap_or(u32::MAX))
}

/// Which items some other kept item needs.
fn wanted(values: &Values, kept: &[usize]) -> Vec<bool> {
    let mut wanted = vec![false; values.items.len()];
    for item in kept {
        for need in &values.items[*item].needs {
            wanted[*need] = true;
        }
    }
    wanted
}

/// The items of the ways that give most for their time, as long as no more than `most` come together.
fn shortlist(ways: &[&Way], most: usize) -> Vec<usize> {
    let mut ranked: Vec<&&Way> = ways.iter().collect();
    ranked.sort_by_key(|way| {
        let rate = i128::from(way.value) * 1_000_000_000 / i128::from(way.seconds.max(1));
        (Reverse(rate), way.item)
    });
    let mut kept: Vec<usize> = Vec::new();
    for way in ranked {
        let new: Vec<usize> = way
            .closure
            .iter()
            .copied()
            .filter(|item| !kept.contains(item))
            .collect();
        if kept.len() + new.len() <= most {
            kept.extend(new);
        }
    }
    kept.sort_unstable();
    kept
}

/// Leaves out what adds nothing and helps nothing else.
fn leave_out_useless(values: &Values, kept: &mut Vec<usize>) {
    loop {
        let wanted = wanted(values, kept);
        let before = kept.len();
        kept.retain(|item| wanted[*item] || can_add(values, &values.items[*item]));
        if kept.len() == before {
            return;
        }
    }
}

fn can_add(values: &Values, item: &Item) -> bool {
    let firmer = |asked: &Asked| asked.before.is_none_or(|before| asked.after < before);
    item.due > 0
        || (item.aimed && values.aim_bonus > 0)
        || item.question.as_ref().is_some_and(firmer)
        || !item.hands.is_empty()
        || !item.opens.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::samples::{Random, due, values};

    fn of(items: Vec<Item>) -> Values {
        Values {
            columns: Vec::new(),
            items,
            aim_bonus: 0,
            gate_bonus: 0,
        }
    }

    #[test]
    fn rings_and_what_waits_for_them_can_never_be_done() {
        let values = of(vec![
            due(60, 1, &[1]),
            due(60, 1, &[0]),
            due(60, 1, &[0]),
            due(60, 1, &[4]),
            due(60, 0, &[]),
        ]);
        let reduced = reduce(&values, 600, 40);
        assert_eq!(reduced.kept, [3, 4]);
        assert_eq!(reduced.shortest, Some((3, 120)));
    }

    #[test]
    fn what_does_not_fit_or_adds_nothing_is_left_out() {
        let values = of(vec![
            due(60, 0, &[]),
            due(90, 4, &[]),
            due(900, 9, &[]),
            due(30, 0, &[2]),
        ]);
        let reduced = reduce(&values, 600, 40);
        assert_eq!((reduced.kept, reduced.shortest), (vec![1], Some((1, 90))));
    }

    #[test]
    fn a_shortlist_holds_what_promises_most_for_its_time() {
        let items = vec![
            due(100, 30, &[]),
            due(100, 20, &[4]),
            due(100, 20, &[]),
            due(50, 8, &[]),
            due(100, 0, &[]),
        ];
        assert_eq!(reduce(&of(items.clone()), 600, 3).kept, [0, 2, 3]);
        assert_eq!(reduce(&of(items), 600, 4).kept, [0, 2, 3]);
    }

    #[test]
    fn of_twins_no_more_are_kept_than_fit_or_count() {
        let mut random = Random(5);
        let mut values = values(&mut random, 1);
        values.columns[0].slots = 3;
        let twin = Item {
            question: Some(Asked {
                column: 0,
                recall: None,
                before: None,
                after: 0,
            }),
            ..due(45, 0, &[])
        };
        values.items = vec![twin.clone(); 6];
        assert_eq!(reduce(&values, 600, 40).kept, [0, 1, 2]);
        assert_eq!(reduce(&values, 100, 40).kept, [0, 1]);
        values.items[1].needs = vec![5];
        assert_eq!(
            reduce(&values, 600, 40).kept,
            [0, 1, 2, 3, 5],
            "the last is needed, the second needs it"
        );
    }
}
