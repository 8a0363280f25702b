//! Pictures of tables as inline SVG: each has a title and a description, and its figures stand in the table beside it.

use crate::base::text::to_html as esc;
use crate::base::texts::t;
use crate::table::{Picture, Report, Section, Value};

/// Wide enough for twelve weeks, narrow enough for letters that a phone can show.
const WIDE: i64 = 360;

/// The picture of a section, if it has one apart from its table. `id` is unique in the page.
pub(super) fn svg(section: &Section, id: &str) -> Option<String> {
    let table = &section.table;
    let (body, high) = match &section.picture {
        Picture::Bars { label, value, of } => bars(table, *label, *value, *of),
        Picture::Stacked { label, parts, line } => stacked(table, *label, parts, *line),
        Picture::None | Picture::Tones { .. } => return None,
    };
    let take_away = table.above.first().map_or("", String::as_str);
    Some(format!(
        "<figure><svg viewBox=\"0 0 {WIDE} {high}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\n\
         <title id=\"{id}-t\">{}</title>\n<desc id=\"{id}-d\">{}</desc>\n{body}</svg>{}</figure>\n",
        esc(&section.title),
        esc(take_away),
        legend(section)
    ))
}

/// The tone of a cell, 0 to 4 from light to dark: of a band as far as it is, of a count by its share of the whole.
pub(super) fn tone(value: &Value, of: i64) -> Option<u8> {
    use crate::base::points::Band;
    match value {
        Value::Band { band, fading, .. } => Some(match (band, fading) {
            (Band::NotStarted, _) => 0,
            (Band::Exploring, _) => 1,
            (Band::Building, _) => 2,
            (Band::Ready, true) => 3,
            (Band::Ready, false) => 4,
        }),
        Value::Count(n) if of > 0 => Some(match 100 * n / of {
            _ if *n == 0 => 0,
            0..=25 => 1,
            26..=50 => 2,
            51..=75 => 3,
            _ => 4,
        }),
        _ => None,
    }
}

fn count(value: &Value) -> Option<i64> {
    match value {
        Value::Count(n) => Some(*n),
        _ => None,
    }
}

fn bars(table: &Report, label: usize, value: usize, of: i64) -> (String, i64) {
    /// Height of a bar with its label.
    const EACH: i64 = 34;
    let mut out = String::new();
    let mut top = 0;
    for row in &table.rows {
        let n = count(&row[value]).unwrap_or(0);
        let long = (n * WIDE / of.max(1)).clamp(0, WIDE);
        out.push_str(&format!(
            "<text x=\"0\" y=\"{}\">{}</text><text x=\"{WIDE}\" y=\"{}\" text-anchor=\"end\">{n}</text>\n\
             <rect class=\"t0\" x=\"0\" y=\"{}\" width=\"{WIDE}\" height=\"12\"/>\
             <rect class=\"t4\" x=\"0\" y=\"{}\" width=\"{long}\" height=\"12\"/>\n",
            top + 13,
            esc(&row[label].human()),
            top + 13,
            top + 18,
            top + 18
        ));
        top += EACH;
    }
    (out, top)
}

fn stacked(table: &Report, label: usize, parts: &[usize], line: usize) -> (String, i64) {
    /// Height of the whole.
    const HIGH: i64 = 150;
    /// Above the tallest, for its figure.
    const TOP: i64 = 16;
    let whole = |row: &[Value]| parts.iter().filter_map(|part| count(&row[*part])).sum::<i64>();
    let most = table.rows.iter().map(|row| whole(row)).max().unwrap_or(0).max(1);
    let rows = i64::try_from(table.rows.len()).unwrap_or(1).max(1);
    let (each, gap) = (WIDE / rows, 4);
    let height = |n: i64| n * HIGH / most;
    let mut out = String::new();
    let mut points: Vec<(i64, i64)> = Vec::new();
    for (at, row) in (0_i64..).zip(&table.rows) {
        let left = at * each;
        let mut below = 0;
        for (tone, part) in parts.iter().enumerate() {
            let n = count(&row[*part]).unwrap_or(0);
            // Edges are rounded, not heights: parts of a whole fill it.
            let (from, to) = (height(below), height(below + n));
            below += n;
            if to > from {
                out.push_str(&format!(
                    "<rect class=\"t{}\" x=\"{left}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                    TONES.get(tone).copied().unwrap_or(4),
                    TOP + HIGH - to,
                    each - gap,
                    to - from
                ));
            }
        }
        if let Some(n) = count(&row[line]) {
            points.push((left + (each - gap) / 2, TOP + HIGH - height(n)));
        }
        if at % 3 == 0 || at + 1 == rows {
            let (x, anchor) = if at + 1 == rows {
                (left + each - gap, "end")
            } else {
                (left, "start")
            };
            // The last label stands where one before it would.
            if at + 1 == rows || at + 3 < rows {
                out.push_str(&format!(
                    "<text x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>\n",
                    TOP + HIGH + 16,
                    esc(&short(&row[label]))
                ));
            }
        }
    }
    let line: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    if line.len() > 1 {
        out.push_str(&format!(
            "<polyline class=\"line\" points=\"{}\"/>\n",
            line.join(" ")
        ));
    }
    for (x, y) in points {
        out.push_str(&format!("<circle class=\"dot\" cx=\"{x}\" cy=\"{y}\" r=\"3\"/>"));
    }
    out.push('\n');
    (out, TOP + HIGH + 22)
}

/// A day without its year: the weeks of a trend lie close together.
fn short(value: &Value) -> String {
    match value {
        Value::Date(day) => day.short(*day),
        other => other.human(),
    }
}

/// Tones of four parts, so that they stay apart in grey.
const TONES: [u8; 4] = [0, 1, 2, 4];

fn legend(section: &Section) -> String {
    let Picture::Stacked { parts, line, .. } = &section.picture else {
        return String::new();
    };
    let label = |place: usize| esc(&section.table.columns[place].label);
    let mut items: Vec<String> = parts
        .iter()
        .zip(TONES)
        .map(|(part, tone)| format!("<li><span class=\"swatch t{tone}\"></span>{}</li>", label(*part)))
        .collect();
    items.push(format!(
        "<li><span class=\"swatch as-line\"></span>{}</li>",
        t!("document.line", "line: {what}", what = label(*line))
    ));
    format!(
        "<ul class=\"legend\" aria-hidden=\"true\">{}</ul>",
        items.concat()
    )
}
