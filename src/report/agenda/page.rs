//! The agenda as a page and as data.

use super::item::{AgendaItem, AgendaSoon};
use crate::base::text::{hanging, pad, width};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::report::columns::data_columns;
use crate::table::{Report, Value};

/// Puts things in the order of the page.
pub fn in_order(items: &mut [AgendaItem]) {
    items.sort_by(|a, b| {
        let key = |item: &AgendaItem| (item.about, std::cmp::Reverse(item.weight));
        key(a).cmp(&key(b)).then_with(|| a.who.cmp(&b.who))
    });
}

/// The page: numbered things, each with its command, and what comes up.
pub fn agenda_lines(
    items: &[AgendaItem],
    soon: &[AgendaSoon],
    shown: usize,
    today: Date,
    columns: usize,
) -> Vec<String> {
    let mut lines = Vec::new();
    let names = items
        .iter()
        .take(shown)
        .map(|item| width(&item.who))
        .max()
        .unwrap_or(0)
        .min(20);
    let numbers = items.len().min(shown).to_string().len();
    for (at, item) in items.iter().take(shown).enumerate() {
        let head = format!("{:>numbers$}  {}  ", at + 1, pad(&item.who, names));
        lines.extend(hanging(&head, &item.reasons.join("; "), columns));
        lines.push(format!("{}{}", " ".repeat(numbers + 2), item.command));
    }
    if items.len() > shown {
        lines.push(String::new());
        lines.push(t_n!(
            "agenda.more",
            items.len() - shown,
            "{n} more: upwards agenda --all",
            "{n} more: upwards agenda --all"
        ));
    }
    if items.is_empty() {
        lines.push(t!("agenda.nothing", "Nothing needs you."));
    }
    if !soon.is_empty() {
        lines.push(String::new());
        lines.push(t!("agenda.soon", "Coming up:"));
        for one in soon {
            lines.extend(hanging(
                &format!("  {}  ", one.day.short(today)),
                &one.sentence,
                columns,
            ));
        }
    }
    lines
}

/// The same as data.
pub fn agenda_data(items: &[AgendaItem], as_of: Date) -> Report {
    let keys = ["rank", "about", "person_id", "who", "reasons", "command"];
    let mut report = Report::new("agenda", as_of, data_columns(keys));
    report.rows = items
        .iter()
        .enumerate()
        .map(|(at, item)| {
            vec![
                Value::count(Some(at + 1)),
                Value::Text(item.about.word().to_owned()),
                Value::text(item.person.as_deref().map(str::to_owned)),
                Value::Text(item.who.clone()),
                Value::Text(item.reasons.join("; ")),
                Value::Text(item.command.clone()),
            ]
        })
        .collect();
    report
}
