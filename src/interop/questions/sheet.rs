//! Questions as a sheet: a row a question, columns for the question, its options, which is right, and the whys.

use super::bank::{Bank, Block, Fate, QuestionFormat};
use super::read::BankError;
use super::settle::{Losses, Raw, RawOption, Words, fate, start_of};
use crate::interop::{Row, Table};

/// Headings that name a column, beside numbered ones.
const NAMES: [(&str, Column); 22] = [
    ("question", Column::Text),
    ("question text", Column::Text),
    ("text", Column::Text),
    ("stem", Column::Text),
    ("id", Column::Id),
    ("title", Column::Title),
    ("name", Column::Title),
    ("hint", Column::Hint),
    ("right", Column::Right),
    ("right answer", Column::Right),
    ("right option", Column::Right),
    ("correct", Column::Right),
    ("correct answer", Column::Right),
    ("correct option", Column::Right),
    ("answer", Column::Right),
    ("solution", Column::Right),
    ("key", Column::Right),
    ("why", Column::General),
    ("feedback", Column::General),
    ("explanation", Column::General),
    ("rationale", Column::General),
    ("general feedback", Column::General),
];
/// What stands in front of the number or letter of an option.
const OPTION_WORDS: [&str; 5] = ["option", "answer", "choice", "alternative", ""];
/// What stands in front of it where the column says why.
const WHY_WORDS: [&str; 5] = ["why", "feedback", "explanation", "rationale", "reason"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Text,
    Id,
    Title,
    Hint,
    Right,
    General,
    /// An option, from 0.
    Option(usize),
    /// Why it is right or wrong.
    Why(usize),
}

/// Reads a table.
pub(super) fn read(table: Table, format: QuestionFormat) -> Result<Bank, BankError> {
    let columns: Vec<Option<Column>> = table.headings.iter().map(|heading| column_of(heading)).collect();
    let has = |wanted: fn(Column) -> bool| columns.iter().flatten().any(|column| wanted(*column));
    let options = columns
        .iter()
        .flatten()
        .filter(|c| matches!(c, Column::Option(_)))
        .count();
    let missing = match () {
        () if !has(|c| c == Column::Text) => Some("question"),
        () if !has(|c| c == Column::Right) => Some("right"),
        () if options < 2 => Some("option 1 and option 2"),
        () => None,
    };
    if let Some(missing) = missing {
        return Err(BankError::NoColumn {
            missing,
            line: table.headings_line,
            headings: table.headings.join(", "),
        });
    }
    let mut notes = Vec::new();
    let is_unused = |(at, heading): &(usize, &String)| columns[*at].is_none() && !heading.is_empty();
    let unused: Vec<&str> = table
        .headings
        .iter()
        .enumerate()
        .filter(is_unused)
        .map(|(_, h)| h.as_str())
        .collect();
    if !unused.is_empty() {
        notes.push(format!("columns that are not used: {}", unused.join(", ")));
    }
    if !table.other_sheets.is_empty() {
        notes.push(format!(
            "the first sheet is read; not read: {}",
            table.other_sheets.join(", ")
        ));
    }
    Ok(Bank {
        format,
        blocks: table.rows.iter().map(|row| block(row, &columns)).collect(),
        notes,
        table: Some(table),
    })
}

fn column_of(heading: &str) -> Option<Column> {
    let words: String = heading
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((_, column)) = NAMES.iter().find(|(name, _)| *name == words) {
        return Some(*column);
    }
    let numbered = |beginnings: &[&str]| {
        let mut rests = beginnings.iter().filter_map(|word| words.strip_prefix(word));
        rests.find_map(|rest| place_of(rest.trim()))
    };
    if let Some(place) = numbered(&WHY_WORDS) {
        return Some(Column::Why(place));
    }
    numbered(&OPTION_WORDS).map(Column::Option)
}

/// The place that `a`, `B` or `3` names, from 0.
fn place_of(label: &str) -> Option<usize> {
    /// More than a question can have, so that one too many is told and not taken for something else.
    const MOST: usize = 12;
    let place = match label.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => usize::from(letter.to_ascii_lowercase() - b'a'),
        _ if label.len() < 4 => label.parse::<usize>().ok()?.checked_sub(1)?,
        _ => return None,
    };
    (place < MOST).then_some(place)
}

fn block(row: &Row, columns: &[Option<Column>]) -> Block {
    let cell = |wanted: Column| {
        let at = columns.iter().position(|column| *column == Some(wanted))?;
        row.cells
            .get(at)
            .map(String::as_str)
            .filter(|text| !text.is_empty())
    };
    let text = cell(Column::Text).unwrap_or_default();
    let mut raw = Raw::new(Words::plain(text));
    raw.id = cell(Column::Id).map(str::to_owned);
    raw.title = cell(Column::Title).map(str::to_owned);
    raw.hint = cell(Column::Hint).map(Words::plain);
    raw.general = cell(Column::General).map(Words::plain);
    let options: Vec<(usize, &str)> = (0..12)
        .filter_map(|at| Some((at, cell(Column::Option(at))?)))
        .collect();
    let fate = match (
        row.ragged,
        right_places(cell(Column::Right).unwrap_or_default(), &options),
    ) {
        (Some(cells), _) if cells > columns.len() => Fate::Refused(format!(
            "it has {cells} cells, and there are {} headings",
            columns.len()
        )),
        (_, Err(why)) => Fate::Refused(why),
        (_, Ok(right)) => {
            let mut losses = Losses::default();
            let whys = (0..12).filter(|at| options.iter().all(|(known, _)| known != at));
            for at in whys.filter(|at| cell(Column::Why(*at)).is_some()) {
                losses.add(format!(
                    "the why of option {} was left out: there is no such option",
                    at + 1
                ));
            }
            raw.options = options
                .iter()
                .map(|(at, text)| RawOption {
                    text: Words::plain(*text),
                    right: right.contains(at),
                    why: cell(Column::Why(*at)).map(Words::plain),
                })
                .collect();
            fate(raw, losses)
        }
    };
    Block {
        line: row.line,
        name: start_of(text),
        fate,
        source: String::new(),
    }
}

/// Which options a cell calls right: the text of one, or letters or numbers.
fn right_places(cell: &str, options: &[(usize, &str)]) -> Result<Vec<usize>, String> {
    let same = |text: &str| text.trim().eq_ignore_ascii_case(cell.trim());
    let by_text = options.iter().find(|(_, text)| same(text)).map(|(at, _)| *at);
    let parts = cell
        .split([',', ';', '|', '/', ' '])
        .filter(|part| !part.is_empty());
    let by_place: Option<Vec<usize>> = parts.map(place_of).collect();
    let by_place = by_place.filter(|places| !places.is_empty());
    let is_empty = |at: &usize| options.iter().all(|(known, _)| known != at);
    match (by_text, by_place) {
        _ if cell.trim().is_empty() => Err("its row does not say which option is right".to_owned()),
        (Some(text), Some(places)) if places != [text] && !places.iter().any(is_empty) => Err(format!(
            "which option is right? {cell} is the text of one and the place of another"
        )),
        (Some(text), _) => Ok(vec![text]),
        (None, Some(places)) => match places
            .iter()
            .find(|at| options.iter().all(|(known, _)| known != *at))
        {
            Some(missing) => Err(format!(
                "option {} is said to be right, and is empty",
                missing + 1
            )),
            None => Ok(places),
        },
        (None, None) => Err(format!(
            "which option is right? {} is no letter, number or text of one",
            start_of(cell)
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interop::read_table;

    fn told(text: &str) -> Vec<String> {
        let bank = read(read_table(text.as_bytes(), None).unwrap(), QuestionFormat::Csv).unwrap();
        let of = |block: &Block| match &block.fate {
            Fate::Taken { questions, losses } => {
                let options = questions[0].options.iter();
                let options: Vec<String> = options
                    .map(|o| {
                        format!(
                            "{}{}#{}",
                            if o.right { "=" } else { "~" },
                            o.text,
                            o.why.as_deref().unwrap_or("")
                        )
                    })
                    .collect();
                format!("{} {} {}", block.line, options.join(" "), losses.join("; "))
                    .trim_end()
                    .to_owned()
            }
            Fate::Refused(why) => format!("{} {why}", block.line),
            Fate::NoQuestion(_) => String::new(),
        };
        bank.notes
            .iter()
            .cloned()
            .chain(bank.blocks.iter().map(of))
            .collect()
    }

    #[test]
    fn columns_are_known_by_their_headings() {
        assert_eq!(
            told(
                "Question;Option A;Option B;C;Correct;Why A;Feedback 2;Level\nQ?;x;y;z;b;no;yes;3\nR?;x;y;;A, B;;;\n"
            ),
            [
                "columns that are not used: Level",
                "2 ~x#no =y#yes ~z#",
                "3 =x# =y#"
            ]
        );
        assert_eq!(
            told("text,1,2,answer,explanation,hint\nQ?,3,4,4,Because.,Think\n"),
            ["2 ~3# =4#Because. its general feedback became the why of the right option"]
        );
    }

    #[test]
    fn rows_that_cannot_be_questions_are_refused_by_name() {
        assert_eq!(
            told(
                "question,option 1,option 2,option 3,right,why 3\nQ,a,b,,,\nQ,a,b,,C,\nQ,a,b,,maybe,\nQ,2,1,,2,\n,a,b,,A,\nQ,a,b,,A,x\n"
            ),
            [
                "2 its row does not say which option is right",
                "3 option 3 is said to be right, and is empty",
                "4 which option is right? maybe is no letter, number or text of one",
                "5 which option is right? 2 is the text of one and the place of another",
                "6 the question has no text",
                "7 =a# ~b# the why of option 3 was left out: there is no such option",
            ]
        );
        let table = read_table(b"question,option 1,right\nQ,a,A\n", None).unwrap();
        let error = read(table, QuestionFormat::Csv).unwrap_err().to_string();
        assert_eq!(
            error,
            "line 1 has no column option 1 and option 2; its headings: question, option 1, right"
        );
    }
}
