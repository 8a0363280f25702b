//! What both documents are made of: whom they may tell of, and their sections.

use super::telling::Telling;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::model::curriculum::Curriculum;
use crate::model::workspace::Workspace;
use crate::report::board::Mentions;
use crate::report::sections::{before_fact, curriculum_fact, method_section, privacy_facts, rules_fact};
use crate::report::suppress::smallest;
use crate::table::{Column, Report, Section, Value};

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

    /// What this page may tell beside each other.
    pub(super) fn telling(&self) -> Telling<'a> {
        Telling::new((!self.names()).then(|| self.fewest()))
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
    pub(super) fn table(&self, columns: Vec<Column>) -> Report {
        Report::new("mentoring", self.as_of, columns)
    }
}

/// One line of a table of figures: what, how many, of how many.
pub(super) type Figure = (Value, Value, Value);

/// A figure; without a number neither it nor its whole is told.
pub(super) fn figure(code: &'static str, words: String, n: Option<usize>, of: Option<usize>) -> Figure {
    (Value::Word(code, words), told(n), told(n.and(of)))
}

/// A table of figures.
pub(super) fn figures(about: &MentoringAbout<'_>, rows: impl IntoIterator<Item = Figure>) -> Report {
    let mut table = about.table(vec![
        Column::screen("figure", t!("board.column.figure", "Figure"), 1),
        Column::screen("n", t!("mentoring.column.n", "Number"), 1),
        Column::screen("of", t!("board.column.of", "of"), 1),
    ]);
    table.rows = rows.into_iter().map(|(what, n, of)| vec![what, n, of]).collect();
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

/// How the page was made, and what it does not hold; `people` = how many executives are here, if it is told.
pub(super) fn method(about: &MentoringAbout<'_>, people: Option<usize>, since: Option<Date>) -> Section {
    let mut facts = vec![
        curriculum_fact(&about.curriculum.id),
        (
            "people",
            t!("mentoring.method.people", "Executives who are here"),
            told(people),
        ),
        rules_fact(about.rules),
    ];
    facts.extend(since.map(before_fact));
    facts.extend(privacy_facts(about.names(), about.fewest()));
    method_section(
        about.as_of,
        facts,
        t!(
            "mentoring.method.privacy",
            "Of every executive who is here, none left out; guests and those who have left are not counted. Never in it, with names or without: wishes, vetoes, what somebody said of a pair, reasons, aims and commitments in their words."
        ),
    )
}
