//! Sections that only count people: how many stand where, how far they came, what they lack.

use super::group::Group;
use super::members::{Before, BoardMember, RECENT_DAYS};
use super::parts::table;
use crate::base::points::Band;
use crate::base::texts::{t, t_n};
use crate::readiness::Item;
use crate::report::row::PersonRow;
use crate::report::sections::{count, section};
use crate::table::{Column, Picture, Section, Value};

/// The five figures, each with what it was.
pub(super) fn figures(group: &Group<'_>) -> Section {
    let now = group.size();
    let before: Vec<Before> = group.members.iter().filter_map(|member| member.before).collect();
    let then = |is: fn(&Before) -> bool| before.iter().filter(|before| is(before)).count();
    let is_not_started = |member: &BoardMember| member.row.as_ref().is_some_and(PersonRow::is_not_started);
    let rows = [
        (
            Value::Word("reached_all", t!("board.figure.reached", "Reached all (stays)")),
            group.reached(),
            then(|b| b.outline.has_reached_all),
        ),
        (
            Value::Word("current", t!("board.figure.current", "Ready today in all")),
            group.current(),
            then(|b| b.outline.band == Band::Ready),
        ),
        (
            Value::Word("overdue", t!("board.figure.overdue", "With something overdue")),
            group.overdue(),
            then(|b| b.is_overdue),
        ),
        (
            Value::Word("not_started", t!("board.figure.not_started", "Not started")),
            group.count(is_not_started),
            then(|b| b.outline.is_not_started),
        ),
        (
            Value::Word(
                "practised_recently",
                t_n!(
                    "board.figure.practised",
                    usize::try_from(RECENT_DAYS).unwrap_or(0),
                    "Practised in the last {n} day",
                    "Practised in the last {n} days"
                ),
            ),
            group.count(|member| member.practised_recently),
            then(|b| b.practised_recently),
        ),
    ];
    let day = group.days.before.short(group.as_of());
    let mut table = table(
        group,
        vec![
            Column::screen("figure", t!("board.column.figure", "Figure"), 1),
            Column::screen("people", t!("board.column.now", "Now"), 1),
            Column::screen("of", t!("board.column.of", "of"), 1),
            Column::screen("people_before", t!("board.column.then", "On {day}", day = day), 1),
            Column::screen("of_before", t!("board.column.of_then", "of then"), 1),
        ],
    );
    table.rows = rows
        .into_iter()
        .map(|(word, is, was)| {
            let is_told = !before.is_empty() && group.is_told_before();
            let was = is_told.then_some(was);
            vec![
                word,
                count(is),
                count(now),
                Value::count(was),
                Value::count(was.map(|_| before.len())),
            ]
        })
        .collect();
    section(
        "figures",
        t!("board.figures", "Where the group stands"),
        table,
        Vec::new(),
        t!(
            "board.figures.how",
            "Of everybody assigned, those who never began included. Reached is a milestone and stays; current fades without practice or recall. The earlier figures are what was known on that day."
        ),
    )
}

/// How far people have come.
pub(super) fn funnel(group: &Group<'_>) -> Section {
    let all = group.size();
    let started = group.count(|member| {
        let row = member.row.as_ref();
        row.is_some_and(|row| row.last_active_on.is_some())
    });
    let rows = [
        (
            Value::Word("assigned", t!("board.funnel.assigned", "In the programme")),
            all,
        ),
        (
            Value::Word("started", t!("board.funnel.started", "Have begun")),
            started,
        ),
        (
            Value::Word(
                "practised",
                t!("board.funnel.practised", "Have practised themselves"),
            ),
            group.count(|member| member.practised),
        ),
        (
            Value::Word("talked", t!("board.funnel.talked", "Have talked about it")),
            group.count(|member| member.talked),
        ),
        (
            Value::Word("ready", t!("board.funnel.ready", "Are ready in all")),
            group.current(),
        ),
    ];
    let practised = group.count(|member| member.practised);
    let lead = t!(
        "board.funnel.lead",
        "{practised} of {all} have done something with their own hands.",
        practised = practised,
        all = all
    );
    let mut table = table(
        group,
        vec![
            Column::screen("step", t!("board.column.step", "Step"), 1),
            Column::screen("people", t!("board.column.people", "People"), 1),
            Column::screen("of", t!("board.column.of", "of"), 1),
        ],
    );
    table.rows = rows
        .into_iter()
        .map(|(word, n)| vec![word, count(n), count(all)])
        .collect();
    Section {
        picture: Picture::Bars {
            label: 0,
            value: 1,
            of: i64::try_from(all).unwrap_or(0),
        },
        ..section(
            "funnel",
            t!("board.funnel", "How far people have come"),
            table,
            vec![lead],
            t!(
                "board.funnel.how",
                "Each line counts everybody of whom it is true, whether the line above is or not; only practice of one's own and talks that count."
            ),
        )
    }
}

/// What stands in the way, ranked.
pub(super) fn limits(group: &Group<'_>) -> Section {
    let limits = group.limits();
    let open: usize = limits.iter().map(|(_, n)| n).sum();
    let mut table = table(
        group,
        vec![
            Column::screen("limited_by", t!("board.column.limit", "What is missing"), 1),
            Column::screen("places", t!("board.column.places", "Places"), 1),
            Column::screen("of", t!("board.column.of", "of"), 1),
            Column::screen("means", t!("board.column.means", "That is"), 2),
        ],
    );
    table.rows = limits
        .into_iter()
        .map(|(item, n)| {
            vec![
                Value::Word(item.code(), item.shown()),
                count(n),
                count(open),
                Value::Text(means(item)),
            ]
        })
        .collect();
    section(
        "limits",
        t!("board.limits", "What limits the group"),
        table,
        Vec::new(),
        t!(
            "board.limits.how",
            "A place is a person in a core capability that is not Ready; of each the first thing that is missing."
        ),
    )
}

fn means(item: Item) -> String {
    match item {
        Item::Confirm => t!(
            "board.means.confirm",
            "a practice that somebody else noted waits for the person's word"
        ),
        Item::Practice => t!("board.means.practice", "no practice of their own yet, or too few"),
        Item::OldPractice => t!("board.means.old_practice", "the last practice is too long ago"),
        Item::Questions => t!("board.means.questions", "too few questions are right"),
        Item::Again => t!("board.means.again", "right once, not yet again on a later day"),
        Item::Talk => t!("board.means.talk", "nobody to talk about it with yet"),
    }
}
