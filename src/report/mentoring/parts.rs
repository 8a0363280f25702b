//! What both documents are made of: whom they may tell of, and their sections.

use crate::base::texts::t;
use crate::base::time::Date;
use crate::model::curriculum::Curriculum;
use crate::model::workspace::Workspace;
use crate::report::board::Mentions;
use crate::report::suppress::smallest;
use crate::table::{Column, Picture, Report, Section, Value};

/// What a page is about, and how it is written.
pub struct MentoringAbout<'a> {
    /// Names, units and settings.
    pub workspace: &'a Workspace,
    /// The curriculum.
    pub curriculum: &'a Curriculum,
    /// Rules fingerprint.
    pub rules: &'a str,
    /// The day.
    pub as_of: Date,
    /// What people are called by, for a page without names; `None`: it names people.
    pub without_names: Option<&'a Mentions>,
}

impl<'a> MentoringAbout<'a> {
    /// Whether people are named.
    pub(super) fn names(&self) -> bool {
        self.without_names.is_none()
    }

    /// Fewest people of whom a page without names tells.
    pub(super) fn fewest(&self) -> usize {
        let min_group = self.workspace.settings.privacy.min_group;
        smallest(usize::try_from(min_group).unwrap_or(usize::MAX))
    }

    /// Whether figures about so many people may be told: with names, of nobody, or of so many that nobody is singled out.
    pub(super) fn may_tell_of(&self, people: usize) -> bool {
        self.names() || people == 0 || people >= self.fewest()
    }

    /// Whether a text of people.toml or of an aim may stand in the page: with names any, else one that names nobody.
    pub(super) fn may_say(&self, text: &str) -> bool {
        self.without_names.is_none_or(|mentions| !mentions.stand_in(text))
    }

    /// A person's name; pages without names ask for none.
    pub(super) fn name_of(&self, id: &'a str) -> &'a str {
        self.workspace.name_of(id)
    }

    /// A capability in words; its id where the curriculum knows none.
    pub(super) fn capability(&self, id: &str) -> String {
        let known = self.curriculum.capability(id);
        known.map_or_else(|| id.to_owned(), |capability| capability.name.clone())
    }

    /// An empty table.
    pub(super) fn table(&self, name: &'static str, columns: Vec<Column>) -> Report {
        Report::new(name, self.as_of, columns)
    }
}

/// A section; what stands above its table says what to see in it, what stands below how it was computed.
pub(super) fn section(title: String, table: Report, above: Vec<String>, how: String) -> Section {
    Section {
        title,
        table: Report {
            above,
            below: vec![how],
            ..table
        },
        picture: Picture::None,
    }
}

/// A table of figures: what, how many, of how many; no number: not told.
pub(super) fn figures(
    about: &MentoringAbout<'_>,
    name: &'static str,
    rows: Vec<(Value, Option<usize>, Option<usize>)>,
) -> Report {
    let mut table = about.table(
        name,
        vec![
            Column::screen("figure", t!("board.column.figure", "Figure"), 1),
            Column::screen("n", t!("mentoring.column.n", "Number"), 1),
            Column::screen("of", t!("board.column.of", "of"), 1),
        ],
    );
    table.rows = rows
        .into_iter()
        .map(|(word, n, of)| match n {
            // What is of nothing has no whole.
            Some(n) => vec![word, told(Some(n)), Value::count(of)],
            None => vec![word, told(None), told(None)],
        })
        .collect();
    table
}

/// What stands for a number of too few people.
const NOT_TOLD: &str = "-";

/// A number that is told, or a dash.
pub(super) fn told(n: Option<usize>) -> Value {
    n.map_or(Value::Missing(NOT_TOLD), |n| Value::count(Some(n)))
}

/// Whether a cell is such a dash.
pub(super) fn is_not_told(value: &Value) -> bool {
    *value == Value::Missing(NOT_TOLD)
}

/// What a dash in a table means.
pub(super) fn what_a_dash_means(about: &MentoringAbout<'_>) -> String {
    t!(
        "mentoring.dash",
        "-: of fewer than {n} people, or of so many that another figure would tell of fewer; not told without names (--names).",
        n = about.fewest()
    )
}

/// The middle one of numbers; of an even number of them the mean of the middle two, half of one rounded up.
pub(super) fn median(mut numbers: Vec<i64>) -> Option<i64> {
    numbers.sort_unstable();
    let middle = numbers.len() / 2;
    match numbers.as_slice() {
        [] => None,
        all if all.len() % 2 == 1 => Some(all[middle]),
        all => {
            let sum = all[middle - 1] + all[middle];
            Some((sum + 1).div_euclid(2))
        }
    }
}

/// How the page was made, and what it does not hold.
pub(super) fn method(about: &MentoringAbout<'_>, people: usize, since: Option<Date>) -> Section {
    let mut facts = vec![
        (
            Value::Word("curriculum", t!("board.method.curriculum", "Curriculum")),
            Value::Text(about.curriculum.id.to_string()),
        ),
        (
            Value::Word("people", t!("mentoring.method.people", "Executives who are here")),
            told(about.may_tell_of(people).then_some(people)),
        ),
        (
            Value::Word(
                "rules",
                t!(
                    "board.method.rules",
                    "Rules (two reports compare only if these are equal)"
                ),
            ),
            Value::Text(about.rules.to_owned()),
        ),
    ];
    facts.extend(since.map(|day| {
        (
            Value::Word("compared_with", t!("board.method.before", "Compared with")),
            Value::Date(day),
        )
    }));
    facts.extend([
        (
            Value::Word("names", t!("board.method.names", "People are named")),
            Value::YesNo(about.names()),
        ),
        (
            Value::Word(
                "min_group",
                t!(
                    "board.method.min_group",
                    "Fewest people of whom a report without names tells"
                ),
            ),
            Value::count(Some(about.fewest())),
        ),
    ]);
    let mut table = about.table(
        "method",
        vec![
            Column::screen("fact", t!("board.column.fact", "Fact"), 1),
            Column::screen("value", t!("board.column.value", "Value"), 1),
        ],
    );
    table.rows = facts.into_iter().map(|(fact, value)| vec![fact, value]).collect();
    section(
        t!("board.method", "Method"),
        table,
        Vec::new(),
        t!(
            "mentoring.method.privacy",
            "Of every executive who is here, none left out; guests and those who have left are not counted. Never in it, with names or without: wishes, vetoes, what somebody said of a pair, reasons, aims and commitments in their words."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_the_middle_or_the_mean_of_two() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![9, 1, 4]), Some(4));
        assert_eq!(median(vec![4, 1, 9, 5]), Some(5), "4.5 is rounded up");
        assert_eq!(median(vec![0, 0]), Some(0));
    }
}
