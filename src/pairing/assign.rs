//! Who goes where at the lowest cost: the assignment problem by shortest augmenting paths with potentials (Kuhn 1955,
//! Munkres 1957; in the form of Jonker and Volgenant 1987 without their initialisation). Whole numbers, and the order of
//! rows and columns decides between equal sums: the same input gives the same answer.

/// A cost that nobody pays who has another way; sums of a thousand of them stay far inside `i64`.
pub(super) const FORBIDDEN: i64 = 1_000_000_000;

/// Gives every row a column of its own, so that the sum of the costs is the least there is. `cost` is asked for a row and
/// a column; there are at least as many columns as rows. Time: rows² times columns.
///
/// The place of each row's column, in the order of the rows; empty where there are too few columns.
pub(super) fn assign(rows: usize, columns: usize, cost: impl Fn(usize, usize) -> i64) -> Vec<usize> {
    if columns < rows {
        return Vec::new();
    }
    let mut search = Search::of(rows, columns);
    for row in 0..rows {
        search.place(row, &cost);
    }
    let mut taken = vec![0; rows];
    for (column, row) in search.row_of.iter().take(columns).enumerate() {
        if let Some(row) = row {
            taken[*row] = column;
        }
    }
    taken
}

/// Further than any way.
const FAR: i64 = i64::MAX / 4;

struct Search {
    columns: usize,
    /// What each row pays less, and each column more, than their costs say. Under them no way costs less than nothing.
    of_row: Vec<i64>,
    of_column: Vec<i64>,
    /// Which row each column has; the last column is none, and holds the row that is being placed.
    row_of: Vec<Option<usize>>,
}

impl Search {
    fn of(rows: usize, columns: usize) -> Self {
        Self {
            columns,
            of_row: vec![0; rows],
            of_column: vec![0; columns + 1],
            row_of: vec![None; columns + 1],
        }
    }

    /// Places one row more, moving others along the cheapest way to a free column.
    fn place(&mut self, row: usize, cost: &impl Fn(usize, usize) -> i64) {
        let start = self.columns;
        self.row_of[start] = Some(row);
        let mut distance = vec![FAR; self.columns];
        let mut came_from = vec![start; self.columns];
        let mut is_reached = vec![false; self.columns];
        let mut reached = Vec::new();
        let (mut at, mut so_far) = (start, 0);
        while let Some(here) = self.row_of[at] {
            reached.push((at, here, so_far));
            let base = so_far - self.of_row[here];
            let (mut nearest, mut least) = (start, FAR);
            for column in 0..self.columns {
                if is_reached[column] {
                    continue;
                }
                let way = base + cost(here, column) - self.of_column[column];
                if way < distance[column] {
                    (distance[column], came_from[column]) = (way, at);
                }
                if distance[column] < least {
                    (least, nearest) = (distance[column], column);
                }
            }
            is_reached[nearest] = true;
            (at, so_far) = (nearest, least);
        }
        for (column, row, when) in reached {
            self.of_row[row] += so_far - when;
            self.of_column[column] -= so_far - when;
        }
        while at != start {
            let before = came_from[at];
            self.row_of[at] = self.row_of[before];
            at = before;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheapest_of_all_ways_is_found() {
        let costs = [[4, 1, 3], [2, 0, 5], [3, 2, 2]];
        let taken = assign(3, 3, |row, column| costs[row][column]);
        assert_eq!(taken, [1, 0, 2]);
        let value: i64 = taken
            .iter()
            .enumerate()
            .map(|(row, column)| costs[row][*column])
            .sum();
        assert_eq!(value, 5);
    }

    #[test]
    fn nobody_and_too_few_columns_are_no_panic() {
        assert_eq!(assign(0, 0, |_, _| 0), [0_usize; 0]);
        assert_eq!(assign(0, 3, |_, _| 0), [0_usize; 0]);
        assert_eq!(assign(2, 1, |_, _| 0), [0_usize; 0]);
    }

    #[test]
    fn of_equal_sums_the_order_decides() {
        assert_eq!(assign(2, 3, |_, _| 7), [0, 1]);
    }
}
