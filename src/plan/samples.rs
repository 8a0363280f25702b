//! Random tables to test the search with, made without people or curricula.

use super::value::{Asked, Column, Item, Values};
use crate::base::ratio::split;

/// How many grades questions have in every sample.
const GRADES: usize = 4;

/// Small random numbers, the same for the same seed everywhere (splitmix64).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % most as u64).unwrap_or(0)
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

/// Some items over three columns, two of them rounded differently from slot to slot.
pub(super) fn values(random: &mut Random, items: usize) -> Values {
    let mut columns: Vec<Column> = (0..3).map(|_| column(random)).collect();
    let items = (0..items)
        .map(|place| item(random, &mut columns, place))
        .collect();
    Values {
        columns,
        items,
        aim_bonus: 40,
        gate_bonus: 60,
    }
}

/// An item that only takes time and is due.
pub(super) fn due(seconds: u32, due: i64, needs: &[usize]) -> Item {
    Item {
        seconds,
        needs: needs.to_vec(),
        question: None,
        hands: Vec::new(),
        opens: Vec::new(),
        due,
        aimed: false,
    }
}

fn column(random: &mut Random) -> Column {
    let equal = |total: i64, parts: usize| split(total, &vec![1; parts]);
    let slots = equal(100, 1 + random.below(4));
    let share = |slot: &i64, grade: &i64| u32::try_from((2 * slot * grade + 1_000) / 2_000).unwrap_or(0);
    // In thousandths, often close to each other.
    let mut grades: Vec<i64> = (0..GRADES)
        .map(|_| 1 + i64::try_from(random.below(1_000)).unwrap_or(0))
        .collect();
    grades.sort_unstable_by(|a, b| b.cmp(a));
    let shares: Vec<Vec<u32>> = grades
        .iter()
        .map(|grade| slots.iter().map(|slot| share(slot, grade)).collect())
        .collect();
    let mut filled = vec![0];
    for slot in equal(100, 1 + random.below(3)) {
        filled.push(filled[filled.len() - 1] + u32::try_from(slot).unwrap_or(0));
    }
    Column {
        weight: 1 + i64::from(random.one_in(2)),
        shut: random.one_in(2),
        slots: slots.len(),
        has_equal_slots: slots.windows(2).all(|pair| pair[0] == pair[1]),
        filled,
        most: shares
            .iter()
            .map(|shares| shares.iter().copied().max().unwrap_or(0))
            .collect(),
        shares,
        counts: (0..GRADES).map(|_| u32::from(random.one_in(3))).collect(),
        others: if random.one_in(3) { 60 } else { 0 },
        hands: random.below(2),
    }
}

fn item(random: &mut Random, columns: &mut [Column], place: usize) -> Item {
    let column = random.below(columns.len());
    let needs = (place > 0 && random.one_in(3)).then(|| random.below(place));
    let mut item = due(
        45,
        if random.one_in(6) { 30 } else { 0 },
        &needs.into_iter().collect::<Vec<_>>(),
    );
    item.aimed = column == 0;
    match random.below(5) {
        0 => item.seconds = 60 * (1 + u32::try_from(random.below(4)).unwrap_or(0)),
        1 => {
            item.seconds = 300;
            let both = random.one_in(3).then_some((column + 1) % columns.len());
            let practised: Vec<usize> = [column].into_iter().chain(both).collect();
            item.opens = practised
                .iter()
                .copied()
                .filter(|column| columns[*column].shut)
                .collect();
            item.hands = if random.one_in(4) { Vec::new() } else { practised };
        }
        _ => {
            let after = random.below(GRADES);
            let before = random.one_in(2).then(|| after + random.below(GRADES - after));
            if let Some(grade) = before {
                columns[column].counts[grade] += 1;
            }
            item.question = Some(Asked {
                column,
                recall: None,
                before,
                after,
            });
        }
    }
    item
}
