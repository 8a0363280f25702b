//! What documents of several tables are made of: sections, figures, and the facts on how they were made.

use crate::base::id::CurriculumId;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::table::{Column, Picture, Report, Section, Value};

/// A section from its parts; `above` says what to see, `how` how it was computed.
pub(super) fn section(
    name: &'static str,
    title: String,
    table: Report,
    above: Vec<String>,
    how: String,
) -> Section {
    Section {
        title,
        table: Report {
            name,
            above,
            below: vec![how],
            ..table
        },
        picture: Picture::None,
    }
}

/// A number of people or things.
pub(super) fn count(n: usize) -> Value {
    Value::count(Some(n))
}

/// The middle one of numbers; of an even number of them the mean of the middle two, half of one rounded up.
pub(super) fn median<N: Into<i64>>(numbers: impl IntoIterator<Item = N>) -> Option<i64> {
    let mut numbers: Vec<i64> = numbers.into_iter().map(Into::into).collect();
    numbers.sort_unstable();
    let middle = numbers.len() / 2;
    match numbers.as_slice() {
        [] => None,
        all if all.len() % 2 == 1 => Some(all[middle]),
        all => {
            let sum = i128::from(all[middle - 1]) + i128::from(all[middle]);
            i64::try_from((sum + 1).div_euclid(2)).ok()
        }
    }
}

/// One line on how a page was made: what programs call it, its words, what it is.
pub(super) type Fact = (&'static str, String, Value);

/// Which curriculum it is about.
pub(super) fn curriculum_fact(id: &CurriculumId) -> Fact {
    let words = t!("board.method.curriculum", "Curriculum");
    ("curriculum", words, Value::Text(id.to_string()))
}

/// By which rules points were given.
pub(super) fn rules_fact(rules: &str) -> Fact {
    let words = t!(
        "board.method.rules",
        "Rules (two reports compare only if these are equal)"
    );
    ("rules", words, Value::Text(rules.to_owned()))
}

/// The day it is compared with.
pub(super) fn before_fact(day: Date) -> Fact {
    let words = t!("board.method.before", "Compared with");
    ("compared_with", words, Value::Date(day))
}

/// Whether people are named, and of how many it tells if not.
pub(super) fn privacy_facts(names: bool, fewest: usize) -> [Fact; 2] {
    [
        (
            "names",
            t!("board.method.names", "People are named"),
            Value::YesNo(names),
        ),
        (
            "min_group",
            t!(
                "board.method.min_group",
                "Fewest people of whom a report without names tells"
            ),
            count(fewest),
        ),
    ]
}

/// The last section: one line a fact; `privacy` says what is not in the page.
pub(super) fn method_section(as_of: Date, facts: Vec<Fact>, privacy: String) -> Section {
    let mut table = Report::new(
        "method",
        as_of,
        vec![
            Column::screen("fact", t!("board.column.fact", "Fact"), 1),
            Column::screen("value", t!("board.column.value", "Value"), 1),
        ],
    );
    table.rows = facts
        .into_iter()
        .map(|(key, words, value)| vec![Value::Word(key, words), value])
        .collect();
    section("method", t!("board.method", "Method"), table, Vec::new(), privacy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_the_middle_or_the_mean_of_two() {
        assert_eq!(median(Vec::<i64>::new()), None);
        assert_eq!(median([9_i64, 1, 4]), Some(4));
        assert_eq!(median([4_i64, 1, 9, 5]), Some(5), "4.5 is rounded up");
        assert_eq!(median([0_i64, 0]), Some(0));
        assert_eq!(median([i64::MAX; 2]), Some(i64::MAX));
    }
}
