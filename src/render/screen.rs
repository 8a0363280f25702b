//! Tables for people: no borders, no colour needed, one escape for everything. comfy-table lays the cells out; how
//! wide each column is, is decided here.

use std::io::{self, Write};

use comfy_table::{ColumnConstraint, Table, Width};

use crate::base::text::{cut, pad, to_terminal, width, wrap};
use crate::table::{Column, Hint, Report, Value};

/// Between two columns.
const GUTTER: usize = 2;
/// Below this width a table becomes blocks of `KEY: value`.
const NARROW: usize = 40;
/// The narrowest the last column is wrapped to before other columns are dropped.
const LAST_AT_LEAST: usize = 12;
/// Prose is not wider than this however wide the screen is.
pub(crate) const PROSE: usize = 80;

/// What is known of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    /// Columns.
    pub width: usize,
    /// ASCII only.
    pub ascii: bool,
}

impl Default for Screen {
    fn default() -> Self {
        Self {
            width: 80,
            ascii: false,
        }
    }
}

/// Writes a report fitted to the screen; returns the headings of columns that had no room.
pub(super) fn write(report: &Report, screen: &Screen, out: &mut dyn Write) -> io::Result<Vec<String>> {
    above(report, screen.width, out)?;
    let mut dropped = Vec::new();
    if !report.rows.is_empty() {
        if screen.width < NARROW {
            blocks(report, screen, out)?;
        } else {
            let (columns, gone) = fitting(report, screen.width);
            dropped = gone.iter().map(|c| report.columns[*c].label.clone()).collect();
            table(report, &columns, screen, out)?;
        }
    }
    below(report, screen.width, out)?;
    Ok(dropped)
}

/// Writes the same columns for a pipe: one record a line, nothing cut or wrapped, no hints. A cell with more than two
/// codes shows two and how many more; files hold all of them.
pub(super) fn write_plain(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    above(report, PROSE, out)?;
    if !report.rows.is_empty() {
        let columns: Vec<usize> = (0..report.columns.len())
            .filter(|c| report.columns[*c].shown)
            .collect();
        let cells = |row: &Vec<Value>| columns.iter().map(|c| plain_cell(&row[*c])).collect::<Vec<_>>();
        let mut lines: Vec<Vec<String>> =
            vec![columns.iter().map(|c| report.columns[*c].label.clone()).collect()];
        lines.extend(report.rows.iter().chain(&report.totals).map(cells));
        let widths: Vec<usize> = (0..columns.len())
            .map(|c| lines.iter().map(|l| width(&l[c])).max().unwrap_or(0))
            .collect();
        for line in &lines {
            let cells: Vec<String> = line
                .iter()
                .zip(&widths)
                .map(|(cell, w)| pad(cell, w + GUTTER))
                .collect();
            writeln!(out, "{}", cells.concat().trim_end())?;
        }
    }
    below(report, PROSE, out)
}

/// Hints as they end a screen: commands aligned, then why.
pub fn hint_lines(hints: &[Hint], columns: usize) -> Vec<String> {
    /// Where the reason starts, if the command leaves room.
    const WHY_AT: usize = 31;
    let mut lines = Vec::new();
    for hint in hints {
        let command = format!("  {}", to_terminal(&hint.command));
        let why = to_terminal(&hint.why);
        if width(&command) < WHY_AT && WHY_AT + width(&why) <= columns {
            lines.push(format!("{}{why}", pad(&command, WHY_AT)));
        } else {
            lines.push(command);
            lines.extend(
                wrap(&why, columns.saturating_sub(6).max(20))
                    .into_iter()
                    .map(|l| format!("      {l}")),
            );
        }
    }
    lines
}

fn above(report: &Report, columns: usize, out: &mut dyn Write) -> io::Result<()> {
    prose(&report.above, columns, out)?;
    if !report.above.is_empty() && !report.rows.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

fn below(report: &Report, columns: usize, out: &mut dyn Write) -> io::Result<()> {
    let follows_something = !(report.rows.is_empty() && report.above.is_empty());
    if follows_something && !report.below.is_empty() {
        writeln!(out)?;
    }
    prose(&report.below, columns, out)
}

/// Sentences are wrapped; a line that starts with a blank is laid out already and stays as it is if it fits.
fn prose(lines: &[String], columns: usize, out: &mut dyn Write) -> io::Result<()> {
    let columns = columns.min(PROSE);
    for line in lines {
        let safe = to_terminal(line);
        if width(&safe) <= columns {
            writeln!(out, "{safe}")?;
        } else {
            let indent: String = safe.chars().take_while(|c| *c == ' ').collect();
            for part in wrap(&safe, columns.saturating_sub(indent.len()).max(10)) {
                writeln!(out, "{indent}{part}")?;
            }
        }
    }
    Ok(())
}

fn plain_cell(value: &Value) -> String {
    let text = match value {
        Value::List(items) | Value::Tally(items, None) if items.len() > 2 => {
            format!("{} +{}", items[..2].join(", "), items.len() - 2)
        }
        other => other.human(),
    };
    to_terminal(&text).into_owned()
}

fn screen_cell(value: &Value, screen: &Screen) -> String {
    let text = to_terminal(&value.human()).into_owned();
    if screen.ascii {
        text.replace('…', "~")
    } else {
        text
    }
}

fn natural_width(report: &Report, column: usize) -> usize {
    let cells = report
        .rows
        .iter()
        .chain(&report.totals)
        .map(|row| width(&to_terminal(&row[column].human())));
    cells.max().unwrap_or(0).max(width(&report.columns[column].label))
}

/// Which columns fit, and which were left out: the lowest priority first. The last column may wrap.
fn fitting(report: &Report, columns: usize) -> (Vec<usize>, Vec<usize>) {
    let mut kept: Vec<usize> = (0..report.columns.len())
        .filter(|c| report.columns[*c].shown)
        .collect();
    let mut gone = Vec::new();
    loop {
        let needed: usize = kept
            .iter()
            .enumerate()
            .map(|(at, c)| {
                let natural = natural_width(report, *c);
                if at + 1 == kept.len() {
                    natural.min(LAST_AT_LEAST)
                } else {
                    natural + GUTTER
                }
            })
            .sum();
        if needed <= columns || kept.len() <= 2 {
            gone.sort_unstable();
            return (kept, gone);
        }
        let least = |c: &usize| (report.columns[*c].priority, *c);
        let Some(at) = kept
            .iter()
            .enumerate()
            .max_by_key(|(_, c)| least(c))
            .map(|(at, _)| at)
        else {
            return (kept, gone);
        };
        gone.push(kept.remove(at));
    }
}

fn table(report: &Report, columns: &[usize], screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let mut widths: Vec<usize> = columns.iter().map(|c| natural_width(report, *c)).collect();
    let gutters = GUTTER * columns.len().saturating_sub(1);
    let total: usize = widths.iter().sum::<usize>() + gutters;
    if let (true, Some(last)) = (total > screen.width, widths.len().checked_sub(1)) {
        let others: usize = widths[..last].iter().sum::<usize>() + gutters;
        widths[last] = screen
            .width
            .saturating_sub(others)
            .max(LAST_AT_LEAST.min(widths[last]));
        // Two columns that still do not fit: the first is cut.
        let over = (widths.iter().sum::<usize>() + gutters).saturating_sub(screen.width);
        let least = widths[0].min(4);
        widths[0] = widths[0].saturating_sub(over).max(least);
    }
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_content_arrangement(comfy_table::ContentArrangement::Disabled);
    table.set_header(cells(
        columns.iter().map(|c| report.columns[*c].label.clone()),
        &widths,
        screen,
    ));
    for row in report.rows.iter().chain(&report.totals) {
        table.add_row(cells(
            columns.iter().map(|c| screen_cell(&row[*c], screen)),
            &widths,
            screen,
        ));
    }
    for (at, w) in widths.iter().enumerate() {
        let gutter = if at + 1 == widths.len() { 0 } else { GUTTER };
        if let Some(column) = table.column_mut(at) {
            column.set_padding((0, u16::try_from(gutter).unwrap_or(0)));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(
                u16::try_from(w + gutter).unwrap_or(u16::MAX),
            )));
        }
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn cells(texts: impl Iterator<Item = String>, widths: &[usize], screen: &Screen) -> Vec<String> {
    let last = widths.len().saturating_sub(1);
    texts
        .zip(widths)
        .enumerate()
        .map(|(at, (text, w))| {
            if at == last {
                return wrap(&text, *w).join("\n");
            }
            let cut = cut(&text, *w).into_owned();
            if screen.ascii {
                cut.replace('…', "~")
            } else {
                cut
            }
        })
        .collect()
}

fn blocks(report: &Report, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    for (at, row) in report.rows.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        for (column, value) in report.columns.iter().zip(row).filter(|(c, _)| c.shown) {
            block_line(column, &screen_cell(value, screen), screen.width, out)?;
        }
    }
    Ok(())
}

fn block_line(column: &Column, text: &str, columns: usize, out: &mut dyn Write) -> io::Result<()> {
    for (at, part) in wrap(&format!("{}: {text}", column.label), columns.max(10))
        .into_iter()
        .enumerate()
    {
        writeln!(out, "{}{part}", if at == 0 { "" } else { "  " })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let columns = vec![
            Column::screen("person", "PERSON", 1),
            Column::screen("serve", "SERVE", 2),
            Column::screen("last", "LAST", 5),
            Column::screen("limited_by", "LIMITED BY", 3),
        ];
        let mut report = Report::new("x", "2026-03-16".parse().unwrap(), columns);
        let codes = ["confirm", "practice", "questions", "again"]
            .map(str::to_owned)
            .to_vec();
        report.rows.push(vec![
            Value::Text("Dana Okafor\u{1b}[2J".into()),
            Value::Code("B"),
            Value::Days(2),
            Value::Tally(codes, None),
        ]);
        report.rows.push(vec![
            Value::Text("山田 太郎".into()),
            Value::Code("."),
            Value::Missing("never"),
            Value::Tally(vec!["practice".into()], Some(4)),
        ]);
        report
    }

    fn at(columns: usize) -> (String, Vec<String>) {
        let mut out = Vec::new();
        let gone = write(
            &report(),
            &Screen {
                width: columns,
                ascii: false,
            },
            &mut out,
        )
        .unwrap();
        (String::from_utf8(out).unwrap(), gone)
    }

    #[test]
    fn a_wide_screen_shows_all() {
        let (text, gone) = at(100);
        assert_eq!(
            text,
            "PERSON                SERVE  LAST    LIMITED BY\n\
             Dana OkaforU+001B[2J  B      2 days  confirm, practice, questions, again\n\
             山田 太郎             .      never   practice (4)\n"
        );
        assert_eq!(gone, Vec::<String>::new());
    }

    #[test]
    fn a_narrow_one_wraps_the_last_and_drops_the_least() {
        let (text, gone) = at(60);
        assert!(text.lines().all(|l| width(l) <= 60), "{text}");
        assert_eq!(gone, Vec::<String>::new());
        let (text, gone) = at(42);
        assert!(text.lines().all(|l| width(l) <= 42), "{text}");
        assert_eq!(gone, ["LAST"]);
        let (text, _) = at(30);
        assert!(text.starts_with("PERSON: Dana OkaforU+001B[2J\n"), "{text}");
    }

    #[test]
    fn a_pipe_gets_one_record_a_line() {
        let mut out = Vec::new();
        write_plain(&report(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.lines().count(), 3);
        assert!(
            text.lines().nth(1).unwrap().ends_with("confirm, practice +2"),
            "{text}"
        );
    }
}
