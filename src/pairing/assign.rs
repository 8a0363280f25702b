//! Who goes where at the lowest cost: the assignment problem by shortest augmenting paths with potentials (Kuhn 1955,
//! Munkres 1957; in the form of Jonker and Volgenant 1987 without their initialisation). Whole numbers, and the order of
//! rows and columns decides between equal sums: the same input gives the same answer.

/// A cost that nobody pays who has another way; sums of a thousand of them stay far inside `i64`.
pub(super) const FORBIDDEN: i64 = 1_000_000_000;

/// Gives every row a seat, so that the sum of the costs is the least there is. `seats` = how many each column has; seats of one
/// column are alike. `cost` is asked for a row and a column. Time: rows² times columns, however many seats there are.
///
/// The column of each row, in the order of the rows; empty where there are too few seats.
pub(super) fn assign(rows: usize, seats: &[usize], cost: impl Fn(usize, usize) -> i64) -> Vec<usize> {
    let all = seats
        .iter()
        .fold(0_usize, |all, seats| all.saturating_add(*seats));
    if all < rows {
        return Vec::new();
    }
    let mut search = Search::of(rows, seats);
    for row in 0..rows {
        search.place(row, &cost);
    }
    search.column_of
}

/// Further than any way.
const FAR: i64 = i64::MAX / 4;

struct Search<'s> {
    seats: &'s [usize],
    /// What each row pays less, and each column more, than their costs say. Under them no way costs less than nothing, and
    /// whoever sits somewhere pays nothing.
    of_row: Vec<i64>,
    of_column: Vec<i64>,
    /// The rows that sit in each column, and the column of each row that has one.
    rows_of: Vec<Vec<usize>>,
    column_of: Vec<usize>,
}

impl<'s> Search<'s> {
    fn of(rows: usize, seats: &'s [usize]) -> Self {
        Self {
            seats,
            of_row: vec![0; rows],
            of_column: vec![0; seats.len()],
            rows_of: vec![Vec::new(); seats.len()],
            column_of: vec![0; rows],
        }
    }

    /// Places one row more, moving others along the cheapest way to a free seat.
    fn place(&mut self, row: usize, cost: &impl Fn(usize, usize) -> i64) {
        let columns = self.seats.len();
        let mut distance = vec![FAR; columns];
        // Who would come to a column: from their seat, or who is being placed.
        let mut who_comes = vec![row; columns];
        let mut is_reached = vec![false; columns];
        let mut reached = Vec::new();
        let (mut moving, mut so_far) = (vec![row], 0);
        let free = loop {
            for here in moving.iter().copied() {
                reached.push((here, so_far));
                let base = so_far - self.of_row[here];
                for column in (0..columns).filter(|column| !is_reached[*column]) {
                    let way = base + cost(here, column) - self.of_column[column];
                    if way < distance[column] {
                        (distance[column], who_comes[column]) = (way, here);
                    }
                }
            }
            let open = (0..columns).filter(|column| !is_reached[*column] && self.seats[*column] > 0);
            // There are seats for all rows: a free one is always within reach.
            let Some(nearest) = open.min_by_key(|column| distance[*column]) else {
                return;
            };
            so_far = distance[nearest];
            if self.rows_of[nearest].len() < self.seats[nearest] {
                break nearest;
            }
            is_reached[nearest] = true;
            moving.clone_from(&self.rows_of[nearest]);
        };
        for (row, when) in reached {
            self.of_row[row] += so_far - when;
        }
        for column in (0..columns).filter(|column| is_reached[*column]) {
            self.of_column[column] -= so_far - distance[column];
        }
        self.move_up(row, free, &who_comes);
    }

    /// Everybody on the way to a free seat moves on by one, until who is being placed sits.
    fn move_up(&mut self, row: usize, free: usize, who_comes: &[usize]) {
        let mut to = free;
        loop {
            let one = who_comes[to];
            self.rows_of[to].push(one);
            let from = std::mem::replace(&mut self.column_of[one], to);
            if one == row {
                return;
            }
            self.rows_of[from].retain(|other| *other != one);
            to = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheapest_of_all_ways_is_found() {
        let costs = [[4, 1, 3], [2, 0, 5], [3, 2, 2]];
        let taken = assign(3, &[1; 3], |row, column| costs[row][column]);
        assert_eq!(taken, [1, 0, 2]);
        let value: i64 = taken
            .iter()
            .enumerate()
            .map(|(row, column)| costs[row][*column])
            .sum();
        assert_eq!(value, 5);
    }

    #[test]
    fn seats_of_one_column_are_as_columns_of_one_seat() {
        let cost =
            |row: usize, column: usize| i64::try_from((row * 7 + column * column * 5) % 11).unwrap_or(0);
        for seats in [[1, 1, 4], [2, 2, 2], [0, 3, 3], [3, 2, 1]] {
            let chairs: Vec<usize> = (0..3).flat_map(|at| std::iter::repeat_n(at, seats[at])).collect();
            let by_column = assign(6, &seats, cost);
            let by_chair = assign(6, &vec![1; chairs.len()], |row, chair| cost(row, chairs[chair]));
            let sum = |columns: &[usize]| -> i64 {
                columns
                    .iter()
                    .enumerate()
                    .map(|(row, column)| cost(row, *column))
                    .sum()
            };
            let of_chairs: Vec<usize> = by_chair.iter().map(|chair| chairs[*chair]).collect();
            assert_eq!(sum(&by_column), sum(&of_chairs), "{seats:?}");
            for (column, seats) in seats.iter().enumerate() {
                assert!(by_column.iter().filter(|other| **other == column).count() <= *seats);
            }
        }
    }

    #[test]
    fn nobody_and_too_few_columns_are_no_panic() {
        assert_eq!(assign(0, &[], |_, _| 0), [0_usize; 0]);
        assert_eq!(assign(0, &[1; 3], |_, _| 0), [0_usize; 0]);
        assert_eq!(assign(2, &[1], |_, _| 0), [0_usize; 0]);
        assert_eq!(assign(1, &[0, 1, 0], |_, _| 0), [1]);
        assert_eq!(assign(2, &[usize::MAX, 2], |_, _| 7), [0, 0]);
    }

    #[test]
    fn of_equal_sums_the_order_decides() {
        assert_eq!(assign(2, &[1; 3], |_, _| 7), [0, 1]);
    }
}
