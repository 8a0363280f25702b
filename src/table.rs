//! A report is data: typed columns and rows. Renderers know nothing else, so every format shows the same figures.

use std::fmt::{self, Write as _};

use crate::base::points::{Band, Points, Thousandths};
use crate::base::texts::t_n;
use crate::base::time::Date;

/// One table with what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Name in JSON, as `readiness` in `upwards.readiness/1`.
    pub name: &'static str,
    /// The day it is about.
    pub as_of: Date,
    /// Fingerprint of the rules: two reports compare only if it is equal.
    pub rules: Option<String>,
    /// In order, with stable keys.
    pub columns: Vec<Column>,
    /// One cell for each column.
    pub rows: Vec<Vec<Value>>,
    /// Sentences above the table, on screens only.
    pub above: Vec<String>,
    /// Summary rows below the table, on screens only; cells as in `rows`.
    pub totals: Vec<Vec<Value>>,
    /// Sentences below the table, on screens only.
    pub below: Vec<String>,
    /// What to type next and why, on terminals only.
    pub hints: Vec<Hint>,
}

/// Several tables with what stands around them, in one file: every format writes the same cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Name in JSON, as `report` in `upwards.report/1`.
    pub name: &'static str,
    /// The day it is about.
    pub as_of: Date,
    /// Fingerprint of the rules.
    pub rules: Option<String>,
    /// Its title.
    pub title: String,
    /// Sentences below the title.
    pub above: Vec<String>,
    /// In the order in which they are read.
    pub sections: Vec<Section>,
    /// Of several workspaces, which sections are whose; else empty.
    pub parts: Vec<DocumentPart>,
}

/// The sections of one workspace among those of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentPart {
    /// The workspace's id.
    pub id: String,
    /// How many sections are its, behind those of the parts in front.
    pub sections: usize,
}

impl Document {
    /// One document after the other, each under the name of its workspace; nothing is summed over them. `None` of none.
    pub fn of_several(title: &str, parts: impl Iterator<Item = (String, String, Self)>) -> Option<Self> {
        let mut all: Option<Self> = None;
        for (id, name, mut one) in parts {
            let headed = |text: &str| format!("{name}: {text}");
            for section in &mut one.sections {
                section.title = headed(&section.title);
            }
            let above = one.above.iter().filter(|line| !line.is_empty());
            one.above = above.map(|line| headed(line)).collect();
            one.parts = vec![DocumentPart {
                id,
                sections: one.sections.len(),
            }];
            all = Some(match all {
                None => Self {
                    title: title.to_owned(),
                    ..one
                },
                Some(mut all) => {
                    if all.rules != one.rules {
                        all.rules = None;
                    }
                    all.above.append(&mut one.above);
                    all.sections.append(&mut one.sections);
                    all.parts.append(&mut one.parts);
                    all
                }
            });
        }
        all
    }

    /// The name of each section for programs: its table's, with the workspace in front where there are several.
    pub fn section_keys(&self) -> Vec<String> {
        let of = self
            .parts
            .iter()
            .flat_map(|part| std::iter::repeat_n(part.id.as_str(), part.sections));
        let mut of = of.map(Some).chain(std::iter::repeat(None));
        let keys = self.sections.iter().map(|section| match of.next().flatten() {
            Some(id) => format!("{id}/{}", section.table.name),
            None => section.table.name.to_owned(),
        });
        keys.collect()
    }
}

/// One table of a document. The sentences above its table say what to see in it, those below how it was computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// Key in JSON is the table's name.
    pub table: Report,
    /// How it is drawn besides, where a picture is wanted.
    pub picture: Picture,
}

/// A picture of a table; the places are those of its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// None: the table says it.
    None,
    /// Cells get the tone of their band, or of their share of the whole.
    Tones {
        /// What the counts are shares of; 0 where the cells are bands.
        of: i64,
    },
    /// A bar for each row.
    Bars {
        /// What each bar is called.
        label: usize,
        /// How long it is.
        value: usize,
        /// What all of it would be.
        of: i64,
    },
    /// For each row the parts of a whole above one another, and a line of another column over them.
    Stacked {
        /// What each row is called.
        label: usize,
        /// The parts, lowest first.
        parts: Vec<usize>,
        /// The line.
        line: usize,
    },
}

/// A command and its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What to type.
    pub command: String,
    /// What it does.
    pub why: String,
}

impl Hint {
    /// A command and its reason.
    pub fn new(command: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            command: command.into(),
            why: why.into(),
        }
    }
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Stable, English: heading in CSV, key in JSON.
    pub key: String,
    /// Heading on screens.
    pub label: String,
    /// 1 is kept longest when a screen is narrow.
    pub priority: u8,
    /// Whether screens show it without being asked.
    pub shown: bool,
}

impl Column {
    /// A column of data: its key is its heading.
    pub fn data(key: impl Into<String>) -> Self {
        let key = key.into();
        Self {
            label: key.to_uppercase().replace('_', " "),
            key,
            priority: 1,
            shown: true,
        }
    }

    /// A column of a screen.
    pub fn screen(key: impl Into<String>, label: impl Into<String>, priority: u8) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
            priority,
            shown: true,
        }
    }

    /// Shown only when asked for.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.shown = false;
        self
    }
}

/// One cell. Missing is never 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text from a file or a person.
    Text(String),
    /// A code or word of our own: never guarded, never translated in files.
    Code(&'static str),
    /// A code in files, with the word for it on screens.
    Word(&'static str, String),
    /// A whole number.
    Count(i64),
    /// Points with one decimal.
    Points(Points),
    /// A measured number.
    Number(Thousandths),
    /// A day.
    Date(Date),
    /// A span in days.
    Days(i64),
    /// A band with what the letter tells beside it.
    Band {
        /// Where somebody stands.
        band: Band,
        /// Ready, but ends within thirty days.
        fading: bool,
        /// Reached before, not current now.
        reached_before: bool,
        /// So few questions are right that it says little.
        thin: bool,
    },
    /// Yes or no.
    YesNo(bool),
    /// Several codes or texts.
    List(Vec<String>),
    /// Several codes with how often the one of them stands, as `practice (3)`.
    Tally(Vec<String>, Option<usize>),
    /// Unknown, or does not apply; the word is for screens.
    Missing(&'static str),
}

impl Value {
    /// Text, or missing if there is none.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Missing(""), |t| Self::Text(t.into()))
    }

    /// A day, or missing.
    pub fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Missing(""), Self::Date)
    }

    /// A count, or missing.
    pub fn count<T: TryInto<i64>>(count: Option<T>) -> Self {
        count
            .and_then(|c| c.try_into().ok())
            .map_or(Self::Missing(""), Self::Count)
    }

    /// As a file holds it: codes, ISO dates, a decimal point, nothing where it is missing.
    pub fn machine(&self) -> String {
        let mut text = String::new();
        self.add_machine(&mut text);
        text
    }

    /// The same behind a text that is there already.
    pub fn add_machine(&self, text: &mut String) {
        match self {
            Self::Text(words) => text.push_str(words),
            Self::Code(code) | Self::Word(code, _) => text.push_str(code),
            Self::Count(n) | Self::Days(n) => add(text, n),
            Self::Points(points) => add(text, points),
            Self::Number(number) => add(text, number),
            Self::Date(date) => add(text, date),
            Self::Band { band, .. } => text.push_str(band.code()),
            Self::YesNo(yes) => text.push_str(if *yes { "yes" } else { "no" }),
            Self::List(items) | Self::Tally(items, _) => {
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        text.push('|');
                    }
                    text.push_str(item);
                }
            }
            Self::Missing(_) => {}
        }
    }

    /// As a screen shows it.
    pub fn human(&self) -> String {
        match self {
            Self::Band {
                band,
                fading,
                reached_before,
                thin,
            } => {
                let mut letter = band.letter().to_string();
                if *fading {
                    letter.push('~');
                } else if *reached_before && *band != Band::Ready {
                    letter.push('+');
                }
                if *thin {
                    letter.push('?');
                }
                letter
            }
            Self::Word(_, shown) => shown.clone(),
            Self::Days(n) => t_n!("days", *n, "{n} day", "{n} days"),
            Self::List(items) | Self::Tally(items, None) => items.join(", "),
            Self::Tally(items, Some(n)) => format!("{} ({n})", items.join(", ")),
            Self::Missing(word) => (*word).to_owned(),
            other => other.machine(),
        }
    }
}

fn add(text: &mut String, value: &dyn fmt::Display) {
    // Writing into a String does not fail.
    let _ = write!(text, "{value}");
}

impl Report {
    /// An empty report of this name.
    pub fn new(name: &'static str, as_of: Date, columns: Vec<Column>) -> Self {
        Self {
            name,
            as_of,
            rules: None,
            columns,
            rows: Vec::new(),
            above: Vec::new(),
            totals: Vec::new(),
            below: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// Keeps the named columns only, in the order asked for; `Err` names the first that is unknown.
    pub fn choose(&mut self, keys: &[String]) -> Result<(), String> {
        let mut places = Vec::new();
        for key in keys {
            let place = self
                .columns
                .iter()
                .position(|c| c.key == *key)
                .ok_or_else(|| key.clone())?;
            places.push(place);
        }
        let pick = |row: &Vec<Value>| places.iter().filter_map(|p| row.get(*p).cloned()).collect();
        self.rows = self.rows.iter().map(pick).collect();
        self.totals = self.totals.iter().map(pick).collect();
        self.columns = places
            .iter()
            .map(|p| Column {
                shown: true,
                ..self.columns[*p].clone()
            })
            .collect();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_fading_and_reached() {
        let band = |band, fading, reached_before| Value::Band {
            band,
            fading,
            reached_before,
            thin: false,
        };
        assert_eq!(band(Band::Ready, true, true).human(), "R~");
        assert_eq!(band(Band::Ready, false, true).human(), "R");
        assert_eq!(band(Band::Building, false, true).human(), "B+");
        assert_eq!(band(Band::NotStarted, false, false).human(), ".");
        assert_eq!(band(Band::NotStarted, false, false).machine(), "not-started");
        let thin = Value::Band {
            band: Band::Building,
            fading: false,
            reached_before: true,
            thin: true,
        };
        assert_eq!(
            (thin.human(), thin.machine()),
            ("B+?".to_owned(), "building".to_owned())
        );
    }

    #[test]
    fn missing_is_never_zero() {
        assert_eq!(Value::count(None::<i64>).machine(), "");
        assert_eq!(Value::Count(0).machine(), "0");
        assert_eq!(Value::Missing("never").human(), "never");
        assert_eq!(Value::Days(1).human(), "1 day");
    }

    #[test]
    fn columns_are_chosen_by_key() {
        let day = "2026-03-16".parse().unwrap();
        let mut report = Report::new("x", day, vec![Column::data("a"), Column::data("b")]);
        report.rows.push(vec![Value::Count(1), Value::Count(2)]);
        assert_eq!(report.choose(&["c".into()]), Err("c".into()));
        report.choose(&["b".into(), "a".into()]).unwrap();
        assert_eq!(report.rows, [[Value::Count(2), Value::Count(1)]]);
    }
}
