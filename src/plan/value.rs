//! What a set of steps is worth (`readiness.md` §6): the points of each capability on the day looked ahead to, plus
//! what opening a hands-on gate, being due and touching the aim add. Everything is worked out once and counted in small
//! tables, so that a step can be added to a set, and taken out again, in no time.

use crate::readiness::Recall;

/// Everything the worth of a set depends on.
#[derive(Clone)]
pub(super) struct Values {
    pub(super) columns: Vec<Column>,
    pub(super) items: Vec<Item>,
    /// Added once if a set touches the aim.
    pub(super) aim_bonus: i64,
    /// Added, times its weight, for each column whose gate a set opens.
    pub(super) gate_bonus: i64,
}

/// A candidate as far as its worth is concerned.
#[derive(Clone)]
pub(super) struct Item {
    pub(super) seconds: u32,
    pub(super) needs: Vec<usize>,
    pub(super) question: Option<Asked>,
    /// Columns in which it is one more practice.
    pub(super) hands: Vec<usize>,
    /// Columns whose hands-on gate it opens.
    pub(super) opens: Vec<usize>,
    /// Added because it is due.
    pub(super) due: i64,
    /// Whether it touches the aim.
    pub(super) aimed: bool,
}

/// A question that can be answered.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub(super) column: usize,
    /// What is remembered of it.
    pub(super) recall: Option<Recall>,
    /// The grade of what is known of it, if anything is.
    pub(super) before: Option<usize>,
    /// Its grade once it is answered right.
    pub(super) after: usize,
}

/// One capability of one curriculum.
#[derive(Clone)]
pub(super) struct Column {
    pub(super) weight: i64,
    /// Whether its hands-on gate is shut today.
    pub(super) shut: bool,
    /// How many questions give points.
    pub(super) slots: usize,
    /// Whether all of them give equally many; else sums are rounded differently from slot to slot.
    pub(super) has_equal_slots: bool,
    /// Points of each number of practices, up to as many as give points.
    pub(super) filled: Vec<u32>,
    /// What each grade gives in each slot; the strongest grade comes first.
    pub(super) shares: Vec<Vec<u32>>,
    /// The most each grade gives in any slot.
    pub(super) most: Vec<u32>,
    /// How many questions of each grade this device knows.
    pub(super) counts: Vec<u32>,
    /// The points of what the other devices know.
    pub(super) others: u32,
    /// Practices done.
    pub(super) hands: usize,
}

/// A set that steps are added to and taken out of, with its worth.
#[derive(Clone)]
pub(super) struct Tally<'v> {
    pub(super) values: &'v Values,
    pub(super) stands: Vec<Stand>,
    /// How many steps of the set touch the aim.
    pub(super) aimed: u32,
    /// What the set is worth.
    pub(super) value: i64,
}

/// One column with what the set adds to it.
#[derive(Clone)]
pub(super) struct Stand {
    counts: Vec<u32>,
    pub(super) hands: usize,
    /// How many steps of the set open its gate.
    pub(super) opened: u32,
    pub(super) points: u32,
    /// The same with every slot taken for the largest: never less, and equal if all slots are.
    pub(super) ceiling: u32,
    /// How many questions are known.
    pub(super) known: usize,
    /// What the weakest question that still gives points gives at most; 0 while a slot is empty.
    pub(super) threshold: u32,
    /// Its grade; behind all grades while a slot is empty.
    pub(super) threshold_grade: usize,
    /// What the weakest known question gives at most.
    pub(super) weakest: u32,
}

impl Values {
    /// The same for some of the items, which then stand in the order given. Needs that are left out are met.
    pub(super) fn only(&self, kept: &[usize]) -> Self {
        let place = |item: &usize| kept.iter().position(|kept| kept == item);
        let items = kept.iter().map(|kept| {
            let item = &self.items[*kept];
            Item {
                needs: item.needs.iter().filter_map(place).collect(),
                ..item.clone()
            }
        });
        Self {
            columns: self.columns.clone(),
            items: items.collect(),
            aim_bonus: self.aim_bonus,
            gate_bonus: self.gate_bonus,
        }
    }

    /// What a set adds to the points, each column's times its weight.
    pub(super) fn points_gained(&self, set: &[usize]) -> i64 {
        let mut tally = Tally::empty(self);
        let at_rest: Vec<u32> = tally.points().collect();
        for item in set {
            tally.add(*item);
        }
        let gained = tally
            .points()
            .zip(&at_rest)
            .map(|(points, at_rest)| i64::from(points) - i64::from(*at_rest));
        self.columns
            .iter()
            .zip(gained)
            .map(|(column, gained)| column.weight * gained)
            .sum()
    }

    /// What opening the gate of a column adds.
    pub(super) fn opening(&self, column: usize) -> i64 {
        self.gate_bonus * self.columns[column].weight
    }
}

impl<'v> Tally<'v> {
    /// The empty set.
    pub(super) fn empty(values: &'v Values) -> Self {
        Self {
            values,
            aimed: 0,
            value: 0,
            stands: values.columns.iter().map(Stand::of).collect(),
        }
    }

    /// Adds a step that is not in the set.
    pub(super) fn add(&mut self, item: usize) {
        let values = self.values;
        let item = &values.items[item];
        if item.aimed {
            self.aimed += 1;
            if self.aimed == 1 {
                self.value += values.aim_bonus;
            }
        }
        self.value += item.due;
        for column in &item.opens {
            self.stands[*column].opened += 1;
            if self.stands[*column].opened == 1 {
                self.value += values.opening(*column);
            }
        }
        for column in &item.hands {
            self.stands[*column].hands += 1;
            self.refresh(*column);
        }
        if let Some(asked) = item.question {
            self.stands[asked.column].answer(asked.before, Some(asked.after));
            self.refresh(asked.column);
        }
    }

    /// Takes a step out of the set again.
    pub(super) fn take_out(&mut self, item: usize) {
        let values = self.values;
        let item = &values.items[item];
        if item.aimed {
            self.aimed -= 1;
            if self.aimed == 0 {
                self.value -= values.aim_bonus;
            }
        }
        self.value -= item.due;
        for column in &item.opens {
            self.stands[*column].opened -= 1;
            if self.stands[*column].opened == 0 {
                self.value -= values.opening(*column);
            }
        }
        for column in &item.hands {
            self.stands[*column].hands -= 1;
            self.refresh(*column);
        }
        if let Some(asked) = item.question {
            self.stands[asked.column].answer(Some(asked.after), asked.before);
            self.refresh(asked.column);
        }
    }

    /// What a set of steps, none of which is in this one, adds to it.
    pub(super) fn gain(&mut self, items: impl Iterator<Item = usize> + Clone) -> i64 {
        let before = self.value;
        items.clone().for_each(|item| self.add(item));
        let gain = self.value - before;
        items.for_each(|item| self.take_out(item));
        gain
    }

    /// The points of each column, in tenths.
    pub(super) fn points(&self) -> impl Iterator<Item = u32> {
        self.stands.iter().map(|stand| stand.points)
    }

    fn refresh(&mut self, column: usize) {
        let (stand, weight) = (&mut self.stands[column], self.values.columns[column].weight);
        let before = i64::from(stand.points);
        stand.refresh(&self.values.columns[column]);
        self.value += weight * (i64::from(stand.points) - before);
    }
}

impl Stand {
    fn of(column: &Column) -> Self {
        let mut stand = Self {
            counts: column.counts.clone(),
            hands: column.hands,
            opened: 0,
            points: 0,
            ceiling: 0,
            known: 0,
            threshold: 0,
            threshold_grade: 0,
            weakest: 0,
        };
        stand.refresh(column);
        stand
    }

    fn answer(&mut self, before: Option<usize>, after: Option<usize>) {
        if let Some(grade) = before {
            self.counts[grade] -= 1;
        }
        if let Some(grade) = after {
            self.counts[grade] += 1;
        }
    }

    fn refresh(&mut self, column: &Column) {
        let (mut points, mut ceiling) = (0, 0);
        self.known = 0;
        self.threshold = 0;
        self.weakest = 0;
        for (grade, count) in self.counts.iter().enumerate() {
            for _ in 0..*count {
                if self.known < column.slots {
                    points += column.shares[grade][self.known];
                    ceiling += column.most[grade];
                    self.threshold = column.most[grade];
                    self.threshold_grade = grade;
                }
                self.known += 1;
                self.weakest = column.most[grade];
            }
        }
        if self.known < column.slots {
            self.threshold = 0;
            self.threshold_grade = self.counts.len();
        }
        let hands = column.filled[self.hands.min(column.filled.len() - 1)];
        self.points = points.max(column.others) + hands;
        self.ceiling = ceiling.max(column.others) + hands;
    }
}
