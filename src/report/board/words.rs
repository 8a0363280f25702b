//! What people say of their practice in their own words.

use super::group::{Group, order_of};
use super::members::{BoardMember, Quote};
use super::parts::{left_out, table, who};
use crate::base::texts::t;
use crate::report::sections::section;
use crate::table::{Column, Section, Value};

/// What people say of their practice, where they said that it may be quoted.
pub(super) fn words(group: &Group<'_>) -> Section {
    /// The newest of so many; more is no report.
    const MOST: usize = 10;
    let mut quotes: Vec<(&BoardMember, &Quote)> = group
        .here
        .iter()
        .flat_map(|member| member.quotes.iter().map(|quote| (*member, quote)))
        .collect();
    let all = quotes.len();
    quotes.sort_by(|(_, a), (_, b)| b.day.cmp(&a.day).then_with(|| a.words.cmp(&b.words)));
    // As many as there is room for are looked at, not all there are.
    let mut withheld = 0;
    let mut sayable = Vec::with_capacity(MOST);
    for quote in quotes {
        if sayable.len() == MOST {
            break;
        }
        if group.may_say(&quote.1.words) {
            sayable.push(quote);
        } else {
            withheld += 1;
        }
    }
    let mut quotes = sayable;
    quotes.sort_by_key(|(member, quote)| (order_of(quote.capability), &quote.words, group.who(member)));
    let lead = match all {
        0 => t!(
            "board.words.none",
            "Nobody has said yet that a line of theirs may be quoted."
        ),
        n if n - withheld > MOST => t!(
            "board.words.newest",
            "The {most} newest of {n}.",
            most = MOST,
            n = n
        ),
        _ => String::new(),
    };
    let mut table = table(
        group,
        vec![
            Column::screen("words", t!("board.column.words", "Words"), 1),
            who(group),
            Column::screen("capability", t!("board.column.what", "What"), 2),
            Column::screen("received", t!("board.column.received", "Received"), 3),
        ],
    );
    table.rows = quotes
        .into_iter()
        .map(|(member, quote)| {
            vec![
                Value::Text(quote.words.to_string()),
                Value::Text(group.who(member).to_owned()),
                Value::Text(group.capability(quote.capability).to_owned()),
                Value::YesNo(quote.received),
            ]
        })
        .collect();
    section(
        "words",
        t!("board.words", "In their words"),
        table,
        Some(lead)
            .filter(|lead| !lead.is_empty())
            .into_iter()
            .chain(left_out(withheld))
            .collect(),
        t!(
            "board.words.how",
            "Lines on a practice whose author said that they may be quoted; never notes. Received: noted from a mail or a page by somebody else."
        ),
    )
}
