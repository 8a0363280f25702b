//! The most that what is still open can add to a set: a bound that is never too low, so that whatever falls short of the
//! best set known can be left out unseen (`readiness.md` §6).
//!
//! Steps are taken apart into pieces of gain and seconds; needs are left out, and the last piece may be cut, so that
//! sorting by gain per second gives the most. The pieces are those of single steps: with every slot taken for the largest,
//! the points of a capability are those of its strongest questions, as many as there are slots, and such a sum never
//! gains more from several questions at once than from each alone. What can happen only once is counted once: of equal
//! steps of a capability the cheapest is taken to open the gate, and only as many give points as slots are left.

use super::bits::Bits;
use super::front::Front;
use super::value::{Item, Tally};

/// A gain that takes seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    gain: i64,
    seconds: u32,
}

/// The most that something can add in any number of seconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Outlook {
    /// Added in any case.
    sure: i64,
    /// The most gain per second first.
    pieces: Vec<Piece>,
}

impl Outlook {
    /// The outlook on one of the sets of a front.
    pub(super) fn of_front(front: &Front) -> Self {
        let mut hull: Vec<(i64, u32)> = Vec::new();
        for set in front.sets() {
            let point = (set.value, set.seconds);
            while let [.., a, b] = hull[..] {
                let (first, second) = (Piece::between(a, b), Piece::between(b, point));
                if second.is_denser(&first) {
                    hull.pop();
                } else {
                    break;
                }
            }
            hull.push(point);
        }
        Self {
            sure: hull.first().map_or(0, |(value, _)| *value),
            pieces: hull
                .windows(2)
                .map(|pair| Piece::between(pair[0], pair[1]))
                .collect(),
        }
    }

    /// Both together.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.sure += other.sure;
        self.pieces.extend(&other.pieces);
        sort(&mut self.pieces);
        self
    }

    /// The most in so many seconds.
    pub(super) fn most(&self, seconds: u32) -> i64 {
        fill(self.sure, [&self.pieces, &[]], seconds, i64::MAX).most
    }
}

/// How far a set can come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    /// The most it can be worth in the end.
    pub(super) most: i64,
    /// The fewest more seconds in which it can come to what was asked for.
    pub(super) soonest: u32,
    /// The open items that can still add something, and what these need.
    pub(super) useful: Bits,
}

/// Looks out from sets that grow; keeps its memory from one look to the next.
#[derive(Default)]
pub(super) struct Lookout {
    pieces: Vec<Piece>,
    questions: Vec<Question>,
    practices: Vec<Practice>,
    gains: Vec<i64>,
    /// Columns that are rounded from slot to slot, with open questions.
    rounded: Vec<usize>,
    /// The items that can add something.
    useful: Bits,
}

/// A question that is not due, as far as its column is concerned.
struct Question {
    column: usize,
    seconds: u32,
    /// What it adds on its own.
    gain: i64,
    /// The most it gives once it is right.
    after: u32,
    /// Whether it fills a slot that is empty as long as there are any.
    is_new: bool,
}

/// A practice of one capability that is not due.
struct Practice {
    column: usize,
    seconds: u32,
}

impl Lookout {
    /// How far a set can come in so many seconds with open items and with what is outside of them. `closures` are the
    /// items with everything they need; `asked` is the worth asked for.
    pub(super) fn reach(
        &mut self,
        tally: &Tally,
        open: Bits,
        closures: &[Bits],
        outside: &Outlook,
        (seconds, asked): (u32, i64),
    ) -> Reach {
        let sure = self.look(tally, open) + tally.value + outside.sure;
        let useful = self
            .useful
            .places()
            .fold(Bits::NONE, |useful, item| useful | closures[item]);
        Reach {
            useful: useful & open,
            ..fill(sure, [&self.pieces, &outside.pieces], seconds, asked)
        }
    }

    /// The outlook on items of which the set holds none yet.
    pub(super) fn outlook(&mut self, tally: &Tally, items: Bits) -> Outlook {
        let sure = self.look(tally, items);
        Outlook {
            sure,
            pieces: self.pieces.clone(),
        }
    }

    /// Takes the open items apart; what is added in any case is returned.
    fn look(&mut self, tally: &Tally, open: Bits) -> i64 {
        self.pieces.clear();
        self.questions.clear();
        self.practices.clear();
        self.rounded.clear();
        self.useful = Bits::NONE;
        let mut aim = 0;
        for place in open.places() {
            let item = &tally.values.items[place];
            let aims = item.aimed && tally.aimed == 0;
            if aims {
                aim = tally.values.aim_bonus;
            }
            if self.take_apart(tally, item) || aims {
                self.useful |= Bits::of(place);
            }
        }
        self.count_questions(tally);
        self.count_practices(tally);
        sort(&mut self.pieces);
        let rounding = self.rounded.iter().map(|column| tally.rounding(*column));
        aim + rounding.sum::<i64>()
    }

    /// Whether the item can add something, now or when other things have been added.
    fn take_apart(&mut self, tally: &Tally, item: &Item) -> bool {
        let mut gain = item.due;
        let mut is_rounded = false;
        if let Some(asked) = item.question {
            let (column, stand) = (&tally.values.columns[asked.column], &tally.stands[asked.column]);
            let after = column.most[asked.after];
            let before = asked.before.map_or(0, |grade| column.most[grade]);
            let adds = after
                .max(stand.threshold)
                .saturating_sub(before.max(stand.threshold));
            let adds = if column.slots == 0 {
                0
            } else {
                column.weight * i64::from(adds)
            };
            // Slots that are rounded differently may tell apart what gives equally many points at most.
            is_rounded = !column.has_equal_slots && asked.after < stand.threshold_grade;
            if !column.has_equal_slots && !self.rounded.contains(&asked.column) {
                self.rounded.push(asked.column);
            }
            if item.due == 0 {
                self.questions.push(Question {
                    column: asked.column,
                    seconds: item.seconds,
                    gain: adds,
                    after,
                    is_new: asked.before.is_none(),
                });
                return adds > 0 || is_rounded;
            }
            gain += adds;
        }
        if let ([column], 0) = (&item.hands[..], item.due)
            && item.opens.iter().all(|opened| opened == column)
        {
            self.practices.push(Practice {
                column: *column,
                seconds: item.seconds,
            });
            return tally.next_practice(*column) + tally.opening(*column) > 0;
        }
        for column in &item.hands {
            gain += tally.next_practice(*column);
        }
        for column in &item.opens {
            gain += tally.opening(*column);
        }
        self.push(gain, item.seconds);
        gain > 0 || is_rounded
    }

    fn push(&mut self, gain: i64, seconds: u32) {
        if gain > 0 {
            self.pieces.push(Piece { gain, seconds });
        }
    }

    /// Of the questions of a column no more count than it has slots, and new ones that find no empty slot only push out
    /// something weaker. That holds piece by piece if all of them take equally long; else each counts on its own.
    fn count_questions(&mut self, tally: &Tally) {
        let mut questions = std::mem::take(&mut self.questions);
        questions.sort_unstable_by(|a, b| (a.column, b.is_new, b.after).cmp(&(b.column, a.is_new, a.after)));
        for alike in questions.chunk_by(|a, b| a.column == b.column) {
            let column = alike[0].column;
            if alike.iter().any(|question| question.seconds != alike[0].seconds) {
                for question in alike {
                    self.push(question.gain, question.seconds);
                }
                continue;
            }
            self.gains.clear();
            self.gains.extend(column_gains(tally, column, alike));
            self.gains.sort_unstable_by(|a, b| b.cmp(a));
            self.gains.truncate(tally.values.columns[column].slots);
            for place in 0..self.gains.len() {
                self.push(self.gains[place], alike[0].seconds);
            }
        }
        self.questions = questions;
    }

    fn count_practices(&mut self, tally: &Tally) {
        let mut practices = std::mem::take(&mut self.practices);
        practices.sort_unstable_by_key(|practice| (practice.column, practice.seconds));
        for alike in practices.chunk_by(|a, b| a.column == b.column) {
            let column = alike[0].column;
            let slots = tally.values.columns[column].filled.len() - 1;
            let empty = slots.saturating_sub(tally.stands[column].hands);
            for (place, practice) in alike.iter().enumerate() {
                let opening = if place == 0 { tally.opening(column) } else { 0 };
                let filling = if place < empty {
                    tally.next_practice(column)
                } else {
                    0
                };
                self.push(opening + filling, practice.seconds);
            }
        }
        self.practices = practices;
    }
}

/// What the questions of a column add, the new ones first and of these the strongest.
fn column_gains(tally: &Tally, column: usize, questions: &[Question]) -> impl Iterator<Item = i64> {
    let (stand, weight) = (&tally.stands[column], tally.values.columns[column].weight);
    let empty = tally.values.columns[column].slots.saturating_sub(stand.known);
    let new = questions.iter().filter(|question| question.is_new);
    let weakest_new = new.map(|question| question.after).min().unwrap_or(0);
    let weakest = if stand.known > 0 {
        stand.weakest.min(weakest_new)
    } else {
        weakest_new
    };
    questions.iter().enumerate().map(move |(place, question)| {
        if question.is_new && place >= empty {
            question
                .gain
                .min(weight * i64::from(question.after.saturating_sub(weakest)))
        } else {
            question.gain
        }
    })
}

impl Tally<'_> {
    /// How much more a column would be worth if every slot were the largest.
    fn rounding(&self, column: usize) -> i64 {
        let stand = &self.stands[column];
        self.values.columns[column].weight * (i64::from(stand.ceiling) - i64::from(stand.points))
    }

    /// The most that one more practice adds to a column.
    fn next_practice(&self, column: usize) -> i64 {
        let of_column = &self.values.columns[column];
        let left = of_column.filled.get(self.stands[column].hands..).unwrap_or(&[]);
        let most = left.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(0);
        of_column.weight * i64::from(most)
    }

    /// What opening a column's gate adds, unless the set does it already.
    fn opening(&self, column: usize) -> i64 {
        let is_open = !self.values.columns[column].shut || self.stands[column].opened > 0;
        if is_open { 0 } else { self.values.opening(column) }
    }
}

impl Piece {
    fn between(a: (i64, u32), b: (i64, u32)) -> Self {
        Self {
            gain: b.0 - a.0,
            seconds: b.1 - a.1,
        }
    }

    /// How long the part of it takes that gains so much.
    fn seconds_for(&self, gain: i64) -> u32 {
        let seconds = (gain * i64::from(self.seconds) + self.gain - 1) / self.gain;
        u32::try_from(seconds).unwrap_or(self.seconds)
    }

    /// Whether it gains more per second.
    fn is_denser(&self, other: &Self) -> bool {
        self.gain * i64::from(other.seconds) > other.gain * i64::from(self.seconds)
    }
}

fn sort(pieces: &mut [Piece]) {
    pieces.sort_unstable_by(|a, b| {
        let (a_rate, b_rate) = (a.gain * i64::from(b.seconds), b.gain * i64::from(a.seconds));
        b_rate.cmp(&a_rate).then(a.seconds.cmp(&b.seconds))
    });
}

/// What two sorted lists of pieces can add to a worth in so many seconds; the last piece is cut.
fn fill(worth: i64, lists: [&[Piece]; 2], seconds: u32, asked: i64) -> Reach {
    let [mut a, mut b] = lists;
    let (mut most, mut left) = (worth, seconds);
    let mut soonest = if worth >= asked { 0 } else { u32::MAX };
    loop {
        let piece = match (a, b) {
            ([first, rest @ ..], []) => {
                a = rest;
                *first
            }
            ([first, rest @ ..], [other, ..]) if !other.is_denser(first) => {
                a = rest;
                *first
            }
            (_, [first, rest @ ..]) => {
                b = rest;
                *first
            }
            ([], []) => break,
        };
        if soonest == u32::MAX && most + piece.gain >= asked {
            soonest = (seconds - left).saturating_add(piece.seconds_for(asked - most));
        }
        if piece.seconds > left {
            most += piece.gain * i64::from(left) / i64::from(piece.seconds);
            break;
        }
        most += piece.gain;
        left -= piece.seconds;
    }
    Reach {
        most,
        soonest,
        useful: Bits::NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::front::Set;
    use crate::plan::samples::{Random, values};

    /// Worth and seconds of every set of open items on top of a tally, needs left out.
    fn all_sets(tally: &mut Tally, open: u128) -> Vec<(Bits, i64, u32)> {
        let mut sets = vec![(Bits::NONE, tally.value, 0)];
        let mut set = open;
        while set != 0 {
            let items = Bits::from(set);
            let seconds = items.places().map(|item| tally.values.items[item].seconds).sum();
            sets.push((items, tally.value + tally.gain(items.places()), seconds));
            set = (set - 1) & open;
        }
        sets
    }

    #[test]
    fn nothing_comes_further_or_sooner_than_the_bound_says() {
        let mut random = Random(1);
        let mut lookout = Lookout::default();
        for _ in 0..5_000 {
            let values = values(&mut random, 7);
            let mut tally = Tally::empty(&values);
            let taken = random.below(1 << 7) as u128;
            Bits::from(taken).places().for_each(|item| tally.add(item));
            let open = !taken & (random.below(1 << 7) as u128);
            let seconds = u32::try_from(random.below(900)).unwrap_or(0);
            let sets = all_sets(&mut tally, open);
            let fitting = sets.iter().filter(|set| set.2 <= seconds);
            let best = fitting.map(|set| set.1).max().unwrap_or(0);
            let closures: Vec<Bits> = (0..7).map(Bits::of).collect();
            let reach = lookout.reach(
                &tally,
                Bits::from(open),
                &closures,
                &Outlook::default(),
                (seconds, best),
            );
            assert!(reach.most >= best);
            let soonest = sets.iter().filter(|set| set.1 >= best).map(|set| set.2).min();
            assert!(Some(reach.soonest) <= soonest);
            for (set, worth, _) in &sets {
                let useful = sets.iter().find(|other| other.0 == *set & reach.useful);
                assert_eq!(
                    useful.map(|other| other.1),
                    Some(*worth),
                    "what is useless adds nothing"
                );
            }
        }
    }

    #[test]
    fn the_outlook_on_a_front_is_never_below_it() {
        let mut random = Random(2);
        for _ in 0..300 {
            let sets = (0..12).map(|_| Set {
                items: Bits::NONE,
                value: i64::try_from(random.below(500)).unwrap_or(0),
                seconds: u32::try_from(random.below(500)).unwrap_or(0),
            });
            let front = Front::of(sets.chain([Set::default()]).collect());
            let outlook = Outlook::of_front(&front);
            for set in front.sets() {
                assert!(outlook.most(set.seconds) >= set.value);
            }
            let last = front.sets().last().map(|set| set.value);
            assert_eq!(Some(outlook.most(u32::MAX)), last);
        }
    }
}
