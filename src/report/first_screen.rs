//! An executive's first screen, kept within the lines of a terminal: what matters least for the next minutes is said shorter.

use crate::base::text::width;
use crate::base::texts::t_n;

/// Lines of a screen: of the 24 of a terminal one is for what is typed next.
pub const SCREEN_LINES: usize = 23;

/// How much a part matters on a first screen; what matters least is shortened first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// What may be typed, and who reads what.
    Hints,
    /// What limits each band.
    Bands,
    /// That there is more of something.
    More,
    /// How it is with a mentor.
    Fit,
    /// A group without a day.
    Group,
    /// A mentor without a day.
    Mentor,
    /// What is due next.
    Due,
    /// What waits for a word.
    Waiting,
    /// A planned talk.
    Talk,
    /// What is late.
    Late,
    /// Never shortened.
    Always,
}

/// A part of a first screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScreenPart {
    /// How much it matters.
    pub weight: Weight,
    /// Its lines.
    pub lines: Vec<String>,
    /// Its lines where there is too little room; none: it is only counted.
    pub short: Vec<String>,
}

impl ScreenPart {
    /// Lines that always stand.
    pub fn always(lines: Vec<String>) -> Self {
        Self {
            weight: Weight::Always,
            short: lines.clone(),
            lines,
        }
    }

    /// A line that may be left out and counted.
    pub(super) fn line(weight: Weight, line: String) -> Self {
        Self {
            weight,
            lines: vec![line],
            short: Vec::new(),
        }
    }
}

/// The lines of a screen, at most `rows` where that can be; `columns` is its width. Parts are shortened in the order of
/// their weight, of equal ones the last first; after the last one that is only counted stands how many are.
pub fn first_screen(parts: &[ScreenPart], rows: usize, columns: usize) -> Vec<String> {
    let mut order: Vec<usize> = (0..parts.len())
        .filter(|at| parts[*at].weight < Weight::Always && parts[*at].short.len() < parts[*at].lines.len())
        .collect();
    order.sort_by_key(|at| (parts[*at].weight, std::cmp::Reverse(*at)));
    let mut is_short = vec![false; parts.len()];
    let mut lines = written(parts, &is_short);
    for at in order {
        if height(&lines, columns) <= rows {
            break;
        }
        is_short[at] = true;
        lines = written(parts, &is_short);
    }
    lines
}

fn written(parts: &[ScreenPart], is_short: &[bool]) -> Vec<String> {
    let is_counted = |at: &usize| is_short[*at] && parts[*at].short.is_empty();
    let counted = (0..parts.len()).filter(is_counted).count();
    let last = (0..parts.len()).rfind(is_counted);
    let mut lines = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        lines.extend_from_slice(if is_short[at] { &part.short } else { &part.lines });
        if last == Some(at) {
            lines.push(t_n!(
                "home.more",
                counted,
                "  {n} more: upwards progress, mentors list or peers list",
                "  {n} more: upwards progress, mentors list or peers list"
            ));
        }
    }
    lines
}

/// How many rows of a terminal lines take.
fn height(lines: &[String], columns: usize) -> usize {
    let rows = |line: &String| width(line).div_ceil(columns.max(1)).max(1);
    lines.iter().map(rows).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(weight: Weight, lines: &[&str], short: &[&str]) -> ScreenPart {
        let owned = |lines: &[&str]| lines.iter().map(ToString::to_string).collect();
        ScreenPart {
            weight,
            lines: owned(lines),
            short: owned(short),
        }
    }

    #[test]
    fn what_matters_least_is_said_shorter_first() {
        let parts = [
            ScreenPart::always(vec!["title".to_owned()]),
            part(Weight::Bands, &["a", "b", "c"], &["a b c"]),
            ScreenPart::line(Weight::Late, "late".to_owned()),
            ScreenPart::line(Weight::Group, "group".to_owned()),
            ScreenPart::line(Weight::Fit, "fit".to_owned()),
            part(Weight::Hints, &["one", "two"], &["one"]),
        ];
        let shown = |rows: usize| first_screen(&parts, rows, 80).join("|");
        assert_eq!(shown(9), "title|a|b|c|late|group|fit|one|two");
        assert_eq!(shown(8), "title|a|b|c|late|group|fit|one");
        assert_eq!(shown(6), "title|a b c|late|group|fit|one");
        let more = "  2 more: upwards progress, mentors list or peers list";
        assert_eq!(shown(5), format!("title|a b c|late|{more}|one"));
        // Nothing can be shorter: it is as it is.
        assert!(shown(1).starts_with("title|a b c|  3 more"), "{}", shown(1));
    }

    #[test]
    fn a_long_line_takes_several_rows() {
        let parts = [
            ScreenPart::always(vec!["x".repeat(81)]),
            part(Weight::Hints, &["one"], &[]),
        ];
        assert_eq!(first_screen(&parts, 3, 80).len(), 2);
        assert!(first_screen(&parts, 2, 80)[1].contains("1 more"));
    }
}
