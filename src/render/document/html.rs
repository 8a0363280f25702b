//! A document as one HTML file: no script, no network, sound for keyboards and screen readers, made to be printed.

use super::picture::{svg, tone};
use super::write::{nothing, shown, words};
use crate::base::text::to_html as esc;
use crate::base::texts::{language, t};
use crate::render::direction::direction;
use crate::table::{Document, Picture, Report, Section, Value};

const STYLE: &str = include_str!("report.css");

/// The whole document.
pub(super) fn page(document: &Document) -> String {
    let mut sentences = document.above.iter().filter(|line| !line.is_empty());
    let first = sentences.next().map_or_else(String::new, |line| {
        format!("<p class=\"sentence\">{}</p>\n", esc(line))
    });
    let others: String = sentences.map(|line| paragraph(line)).collect();
    let sections: String = (1..)
        .zip(&document.sections)
        .map(|(place, one)| section(one, place, document))
        .collect();
    format!(
        "<!doctype html><!-- upwards: {name} -->\n<html lang=\"{language}\"{direction}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         img-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#figures\">{skip}</a>\n\
         <header>\n<p class=\"over\">{day}</p>\n<h1>{title}</h1>\n{first}{others}</header>\n\
         <main id=\"figures\" tabindex=\"-1\">\n{sections}</main>\n</body>\n</html>\n",
        name = document.name,
        language = esc(language()),
        direction = direction(language()),
        title = esc(&document.title),
        style = STYLE.replace("\r\n", "\n"),
        skip = esc(&t!("document.skip", "To the figures")),
        day = esc(&document.as_of.with_weekday()),
    )
}

fn paragraph(line: &str) -> String {
    format!("<p>{}</p>\n", esc(line))
}

fn section(section: &Section, place: usize, document: &Document) -> String {
    let table = &section.table;
    let id = format!("s{place}");
    let heading = if section.title.is_empty() {
        String::new()
    } else {
        format!("<h2 id=\"{id}\">{}</h2>\n", esc(&section.title))
    };
    let lead: String = table.above.iter().map(|line| paragraph(line)).collect();
    let how = |line: &String| {
        format!(
            "<p class=\"how\">{}</p>
",
            esc(line)
        )
    };
    let how: Vec<String> = table.below.iter().map(how).collect();
    let how = how.concat();
    let caption = if section.title.is_empty() {
        &document.title
    } else {
        &section.title
    };
    let figures = match svg(section, &id) {
        Some(picture) => format!(
            "<div class=\"beside\">{picture}{}</div>\n",
            grid(section, caption)
        ),
        None => grid(section, caption),
    };
    format!(
        "<section class=\"{}\" {}>\n{heading}{lead}{figures}{how}</section>\n",
        table.name,
        if section.title.is_empty() {
            format!("aria-label=\"{}\"", esc(caption))
        } else {
            format!("aria-labelledby=\"{id}\"")
        }
    )
}

/// The table, in a region of its own that can be moved sideways on a narrow screen.
fn grid(section: &Section, caption: &str) -> String {
    let table = &section.table;
    if table.rows.is_empty() {
        return paragraph(&nothing());
    }
    let shown = shown(table);
    let of = match section.picture {
        Picture::Tones { of } => Some(of),
        _ => None,
    };
    let mut out = format!(
        "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{}\">\n<table>\n<caption>{}</caption>\n<thead><tr>",
        esc(caption),
        esc(caption)
    );
    for place in &shown {
        let class = if is_number(table, *place) {
            " class=\"n\""
        } else {
            ""
        };
        out.push_str(&format!(
            "<th scope=\"col\"{class}>{}</th>",
            esc(&table.columns[*place].label)
        ));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (at, place) in shown.iter().enumerate() {
            out.push_str(&cell(&row[*place], at == 0, of));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    out
}

fn cell(value: &Value, is_first: bool, of: Option<i64>) -> String {
    let text = esc(&words(value));
    if is_first {
        return format!("<th scope=\"row\">{text}</th>");
    }
    let tone = of.and_then(|of| tone(value, of)).map(|tone| format!("t{tone}"));
    let number = matches!(
        value,
        Value::Count(_) | Value::Points(_) | Value::Number(_) | Value::Days(_)
    );
    let kind = match value {
        Value::Date(_) => Some("d"),
        _ => number.then_some("n"),
    };
    let classes: Vec<&str> = tone.as_deref().into_iter().chain(kind).collect();
    if classes.is_empty() {
        format!("<td>{text}</td>")
    } else {
        format!("<td class=\"{}\">{text}</td>", classes.join(" "))
    }
}

/// Whether a column holds numbers, by its first cell that holds anything.
fn is_number(table: &Report, place: usize) -> bool {
    let cells = table.rows.iter().map(|row| &row[place]);
    let mut held = cells.filter(|value| !matches!(value, Value::Missing(_)));
    matches!(
        held.next(),
        Some(Value::Count(_) | Value::Points(_) | Value::Number(_) | Value::Days(_))
    )
}
