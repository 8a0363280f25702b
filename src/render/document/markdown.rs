//! A document as Markdown, for a mail or a wiki.

use super::write::{nothing, shown, words};
use crate::base::text::to_markdown;
use crate::table::{Document, Report};

/// The whole document.
pub(super) fn page(document: &Document) -> String {
    let mut out = format!(
        "<!-- upwards: {} -->\n# {}\n\n",
        document.name,
        to_markdown(&document.title)
    );
    add_paragraphs(&mut out, &document.above);
    for section in &document.sections {
        if !section.title.is_empty() {
            out.push_str(&format!("## {}\n\n", to_markdown(&section.title)));
        }
        add_paragraphs(&mut out, &section.table.above);
        add_table(&mut out, &section.table);
        for line in section.table.below.iter().filter(|line| !line.is_empty()) {
            out.push_str(&format!("*{}*\n\n", to_markdown(line)));
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn add_paragraphs(out: &mut String, lines: &[String]) {
    for line in lines.iter().filter(|line| !line.is_empty()) {
        out.push_str(&format!("{}\n\n", to_markdown(line)));
    }
}

fn add_table(out: &mut String, table: &Report) {
    if table.rows.is_empty() {
        out.push_str(&format!("{}\n\n", to_markdown(&nothing())));
        return;
    }
    let shown = shown(table);
    let mut line = |cells: Vec<String>| out.push_str(&format!("| {} |\n", cells.join(" | ")));
    line(
        shown
            .iter()
            .map(|place| to_markdown(&table.columns[*place].label))
            .collect(),
    );
    line(shown.iter().map(|_| "---".to_owned()).collect());
    for row in &table.rows {
        line(
            shown
                .iter()
                .map(|place| to_markdown(&words(&row[*place])))
                .collect(),
        );
    }
    out.push('\n');
}
