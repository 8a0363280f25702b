//! `report`, and tables in every format: the same cells whatever they are written in.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use scraper::{Html, Selector};
use upwards::base::id::EventId;
use upwards::base::points::Thousandths;
use upwards::base::text::to_terminal;
use upwards::base::time::Date;
use upwards::model::event::{Baseline, Event, Fact};
use upwards::model::person::{Person, Role};
use upwards::progress::{Lookup, Replay, fold};
use upwards::readiness::{Trend, Yardstick};
use upwards::render::{Format, Options, render, render_document};
use upwards::report::{
    BoardAbout, BoardDays, BoardMember, BoardView, Mentions, Presence, Scope, WithoutNames, belongs, board,
    board_member, data_row, fingerprint, readiness_wide, told_days, wide_row,
};
use upwards::table::{Document, Report, Value};

use crate::histories::{World, history};
use crate::model_support::in_order;
use crate::source::root;
use crate::support::big::Plan;
use crate::support::{Sandbox, as_cell, csv_rows};

/// What spreadsheets, browsers and terminals take for something else, and names as people have them.
const HOSTILE: [&str; 14] = [
    "=1+1",
    "-5",
    "+49 30 1234",
    "@SUM(A1)",
    "he said \"no\"",
    "two\nlines",
    "a, b; c | d",
    "<script>alert(1)</script> &amp;",
    "محمد علي",
    "山田 太郎",
    "\u{202e}evil",
    "_x0041_ *bold* `code` [a](b)",
    "  blanks  ",
    "Krüger-Höpfner \u{1b}[31m",
];

fn person(number: usize) -> Person {
    let id = format!("p{number:03}").parse().expect("an id");
    Person {
        unit: (!number.is_multiple_of(3)).then(|| HOSTILE[(5 * number + 3) % HOSTILE.len()].to_owned()),
        ..Person::new(id, HOSTILE[number % HOSTILE.len()], Role::Executive)
    }
}

/// A world whose practices may be quoted and have figures.
fn told(world: &mut World, number: usize) {
    for (at, event) in world.shared.iter_mut().enumerate() {
        let Fact::Practised(practised) = &mut event.fact else {
            continue;
        };
        if practised
            .evidence
            .as_deref()
            .is_some_and(|line| !line.trim().is_empty())
        {
            practised.evidence = Some(HOSTILE[(number + at) % HOSTILE.len()].into());
        }
        practised.may_quote = at % 2 == 0;
        practised.measure = (at % 3 == 0).then(|| Baseline {
            before: Thousandths::unbounded(2_500),
            unit: HOSTILE[at % HOSTILE.len()].into(),
            period: "week".into(),
            n: (at % 2 == 0).then_some(12),
        });
    }
}

/// What leaders and the person say later: assignments with due dates, things taken back, practices confirmed.
fn spoken(world: &mut World, number: usize) {
    let first = i64::from(world.as_of.days_since_epoch());
    let events: Vec<(EventId, i64, bool)> = world
        .shared
        .iter()
        .map(|event| {
            let is_bens = event.by == "ben" && matches!(event.fact, Fact::Practised(_));
            (event.id, i64::from(event.day.days_since_epoch()), is_bens)
        })
        .collect();
    let modules: Vec<String> = world
        .curriculum
        .modules
        .iter()
        .map(|m| m.id.to_string())
        .collect();
    let mut assignments = Vec::new();
    for (at, module) in modules.iter().enumerate().take(number % 4) {
        let day = first - 90 + i64::try_from(20 * at).expect("a few");
        let fact = Fact::Assigned {
            curriculum: world.curriculum.id.to_string().into(),
            module: module.clone().into(),
            due: (at % 2 == 0).then(|| Date::from_days(day + 21)),
            reason: None,
        };
        assignments.push((world.share(day, "ben", "ben-laptop", fact), day));
    }
    if number % 5 == 1
        && let Some((reference, day)) = assignments.first().copied()
    {
        let fact = Fact::Unassigned {
            reference,
            reason: None,
        };
        world.share(day + 40, "ben", "ben-laptop", fact);
    }
    for (at, (reference, day, is_bens)) in events.into_iter().enumerate() {
        let later = day + i64::try_from(at % 30).expect("small");
        if is_bens && at % 2 == 0 {
            world.share(later, "ana", "ana-laptop", Fact::Confirmed { reference });
        }
        if number % 3 == 2 && at % 11 == 5 {
            world.share(later, "ana", "ana-laptop", Fact::Voided { reference });
        }
    }
}

/// A group of people who each lived through a history.
struct Team {
    people: Vec<(Person, World)>,
    as_of: Date,
}

impl Team {
    fn random(runner: &mut TestRunner) -> Self {
        let sizes = prop_oneof![1 => 0..5_usize, 3 => 5..14_usize];
        let size = sizes.new_tree(runner).expect("a size").current();
        let people: Vec<(Person, World)> = (0..size)
            .map(|number| {
                let history = history().new_tree(runner).expect("a history").current();
                let mut world = World::of(&history);
                told(&mut world, number);
                spoken(&mut world, number);
                (person(number), world)
            })
            .collect();
        let as_of = people.iter().map(|(_, world)| world.as_of).max();
        Self {
            people,
            as_of: as_of.unwrap_or_else(|| "2026-03-16".parse().expect("a day")),
        }
    }

    /// Calls `look` with the view of everybody.
    fn each<T>(&self, mut look: impl FnMut(&BoardView<'_>) -> T) -> Vec<T> {
        let first = self.rules();
        self.people
            .iter()
            .map(|(person, world)| {
                let lookup = Lookup::of(&first.curriculum);
                let yardstick = Yardstick::of(&first.curriculum, &first.settings);
                let events: Vec<&Event> = in_order(&world.shared);
                let progress = fold(&events, &first.curriculum, &first.settings, self.as_of);
                let assessment = yardstick.assess(&progress, None, self.as_of);
                look(&BoardView {
                    person,
                    lookup: &lookup,
                    yardstick: &yardstick,
                    curriculum: &first.curriculum,
                    settings: &first.settings,
                    events: &events,
                    unread: 0,
                    progress: &progress,
                    assessment: &assessment,
                })
            })
            .collect()
    }

    fn rules(&self) -> World {
        self.people.first().map_or_else(
            || {
                World::empty(
                    crate::histories::curriculum(),
                    upwards::model::settings::Readiness::default(),
                    self.as_of,
                )
            },
            |(_, world)| world.clone(),
        )
    }

    fn document(&self, names: bool) -> Document {
        let days = BoardDays::of(self.as_of, None);
        let members: Vec<BoardMember> = self
            .each(|view| board_member(view, Vec::new(), &days))
            .into_iter()
            .flatten()
            .collect();
        let there = self.each(|view| {
            let member = board_member(view, Vec::new(), &days);
            Presence::of(view, member.as_ref(), Vec::new(), &days, self.as_of)
        });
        let told = told_days(&there, &Scope::Everybody, 5);
        let people: Vec<Person> = self.people.iter().map(|(person, _)| person.clone()).collect();
        let mentions = Mentions::of(&people);
        let rules = self.rules();
        let fingerprint = fingerprint(&rules.curriculum, &rules.settings.readiness);
        let about = BoardAbout {
            curriculum: &rules.curriculum,
            settings: &rules.settings,
            rules: &fingerprint,
            title: None,
            choice: None,
            group: None,
            without_names: (!names).then_some(WithoutNames {
                told: &told,
                mentions: &mentions,
            }),
        };
        board(&members, &about, &days)
    }

    fn wide(&self) -> Report {
        let rules = self.rules();
        let fingerprint = fingerprint(&rules.curriculum, &rules.settings.readiness);
        let mut report = readiness_wide(&rules.curriculum, None, &fingerprint, self.as_of);
        report.rows = self.each(|view| {
            let row = data_row(
                view.person,
                vec!["=g".into(), "h".into()],
                view.progress,
                view.assessment,
            );
            wide_row(&row, &rules.curriculum, None, &fingerprint, self.as_of)
        });
        report
    }
}

fn written(document: &Document, format: Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    assert!(render_document(document, format, &Options::default(), &mut bytes).expect("it can be written"));
    bytes
}

fn table(report: &Report, format: Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    render(report, format, &Options::default(), &mut bytes).expect("it can be written");
    bytes
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("it is text")
}

/// The tables of an HTML page, heading and rows, each cell as a browser has it.
fn html_tables(page: &str) -> Vec<Vec<Vec<String>>> {
    let page = Html::parse_document(page);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    let select = |what: &str| Selector::parse(what).expect("a selector");
    page.select(&select("table"))
        .map(|table| {
            table
                .select(&select("tr"))
                .map(|row| {
                    row.select(&select("th, td"))
                        .map(|cell| cell.text().collect())
                        .collect()
                })
                .collect()
        })
        .collect()
}

/// The tables of a Markdown text.
fn markdown_tables(page: &str) -> Vec<Vec<Vec<String>>> {
    let lines: Vec<&str> = page.lines().collect();
    lines
        .chunk_by(|a, b| a.starts_with("| ") == b.starts_with("| "))
        .filter(|chunk| chunk[0].starts_with("| "))
        .map(|chunk| {
            let rows = chunk.iter().enumerate().filter(|(at, _)| *at != 1);
            rows.map(|(_, line)| markdown_cells(line)).collect()
        })
        .collect()
}

fn markdown_cells(line: &str) -> Vec<String> {
    let inner = line
        .strip_prefix("| ")
        .and_then(|line| line.strip_suffix(" |"))
        .expect("a row");
    let (mut cells, mut cell, mut escaped) = (Vec::new(), String::new(), false);
    for c in inner.chars() {
        match c {
            c if escaped => {
                cell.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            '|' => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    cells.push(cell);
    let last = cells.len() - 1;
    // One blank at each side of a bar is the table's.
    let inside = |(at, cell): (usize, String)| {
        let cell = if at > 0 {
            cell.strip_prefix(' ').expect("a blank").to_owned()
        } else {
            cell
        };
        if at < last {
            cell.strip_suffix(' ').expect("a blank").to_owned()
        } else {
            cell
        }
    };
    cells.into_iter().enumerate().map(inside).collect()
}

/// The sheets of a workbook by name: heading and rows, as an independent reader has them.
fn sheets(bytes: &[u8]) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names().clone();
    names
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).expect("a sheet");
            let rows = range.rows().map(<[Data]>::to_vec).collect();
            (name, rows)
        })
        .collect()
}

/// What a cell of a workbook has to be: of the type that the value has.
fn is_cell(value: &Value, data: &Data, words: &str) -> bool {
    match (value, data) {
        (Value::Missing(_), Data::Empty) => true,
        (Value::Count(n) | Value::Days(n), Data::Float(f)) => f.to_string() == n.to_string(),
        (Value::Points(points), Data::Float(f)) => format!("{f:.1}") == points.to_string(),
        (Value::Number(n), Data::Float(f)) => f.to_string() == n.to_string(),
        (Value::Date(day), Data::DateTime(at)) => {
            // Day 25,569 of a workbook is 1 January 1970.
            at.as_f64().to_string() == (day.days_since_epoch() + 25_569).to_string()
        }
        (Value::YesNo(yes), Data::Bool(is)) => yes == is,
        (
            Value::Text(_)
            | Value::Code(_)
            | Value::Word(..)
            | Value::Band { .. }
            | Value::List(_)
            | Value::Tally(..),
            Data::String(text),
        ) => text == words,
        (Value::Text(text), Data::Empty) => text.is_empty(),
        _ => false,
    }
}

/// As a page shows a value.
fn shown(value: &Value) -> String {
    match value {
        Value::Band { band, .. } => format!("{} {}", value.human(), band.shown()),
        other => other.human(),
    }
}

fn on_one_line(text: &str) -> String {
    to_terminal(&text.replace(['\n', '\r', '\t'], " ")).into_owned()
}

#[track_caller]
fn same_cells(report: &Report, headings: &[String], rows: &[Vec<String>], cell: impl Fn(&Value) -> String) {
    let is_shown: Vec<bool> = report.columns.iter().map(|column| column.shown).collect();
    let shown = report.columns.iter().filter(|column| column.shown);
    let labels: Vec<&str> = shown.map(|column| column.label.as_str()).collect();
    assert_eq!(headings, labels, "{}", report.name);
    let cells = |row: &Vec<Value>| {
        let shown = row.iter().zip(&is_shown).filter(|(_, is_shown)| **is_shown);
        shown.map(|(value, _)| cell(value)).collect()
    };
    let wanted: Vec<Vec<String>> = report.rows.iter().map(cells).collect();
    assert_eq!(rows, wanted, "{}", report.name);
}

#[track_caller]
fn is_sheet(report: &Report, headings: &[String], sheet: &[Vec<Data>], words: impl Fn(&Value) -> String) {
    let found: Vec<String> = sheet[0].iter().map(ToString::to_string).collect();
    assert_eq!(found, headings, "{}", report.name);
    // A reader leaves out what is empty at the end.
    assert!(sheet.len() <= report.rows.len() + 1, "{}", report.name);
    for (at, row) in report.rows.iter().enumerate() {
        for (column, value) in row.iter().enumerate() {
            let data = sheet
                .get(at + 1)
                .and_then(|row| row.get(column))
                .unwrap_or(&Data::Empty);
            assert!(
                is_cell(value, data, &words(value)),
                "{} {at} {column}: {value:?} is {data:?}",
                report.name
            );
        }
    }
}

/// A document in its four formats holds the same cells.
fn is_one_table_model(document: &Document) {
    let json: serde_json::Value = serde_json::from_slice(&written(document, Format::Json)).expect("JSON");
    let html = html_tables(&text(written(document, Format::Html)));
    let markdown = markdown_tables(&text(written(document, Format::Md)));
    let book = sheets(&written(document, Format::Xlsx));
    let filled: Vec<&Report> = document
        .sections
        .iter()
        .map(|section| &section.table)
        .filter(|table| !table.rows.is_empty())
        .collect();
    assert_eq!((html.len(), markdown.len()), (filled.len(), filled.len()));
    for ((report, html), markdown) in filled.into_iter().zip(&html).zip(&markdown) {
        same_cells(report, &html[0], &html[1..], |value| {
            to_terminal(&shown(value)).into_owned()
        });
        same_cells(report, &markdown[0], &markdown[1..], |value| {
            on_one_line(&shown(value))
        });
    }
    assert_eq!(book.len(), document.sections.len() + 2);
    says_the_same(document, &book);
    for (section, (_, sheet)) in document.sections.iter().zip(&book[1..]) {
        let report = &section.table;
        let labels: Vec<String> = report.columns.iter().map(|column| column.label.clone()).collect();
        is_sheet(report, &labels, sheet, |value| match value {
            Value::Word(..) | Value::List(_) | Value::Tally(..) => value.human(),
            value => value.machine(),
        });
        let rows = json["tables"][report.name]["rows"].as_array().expect("rows");
        assert_eq!(rows.len(), report.rows.len());
        for (object, row) in rows.iter().zip(&report.rows) {
            for (column, value) in report.columns.iter().zip(row) {
                assert_eq!(
                    as_cell(&object[&column.key]),
                    value.machine(),
                    "{} {}",
                    report.name,
                    column.key
                );
            }
        }
    }
}

/// Titles, sentences and how figures were computed stand in every format.
fn says_the_same(document: &Document, book: &[(String, Vec<Vec<Data>>)]) {
    let page = Html::parse_document(&text(written(document, Format::Html)));
    let page: String = page.root_element().text().collect();
    let markdown = text(written(document, Format::Md)).replace('\\', "");
    let json = written(document, Format::Json);
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    let mut strings = Vec::new();
    strings_of(&json, &mut strings);
    let cells: Vec<String> = book
        .iter()
        .flat_map(|(_, rows)| rows.iter().flatten())
        .map(ToString::to_string)
        .collect();
    let of_sections = document.sections.iter().flat_map(|section| {
        let table = &section.table;
        std::iter::once(&section.title)
            .chain(&table.above)
            .chain(&table.below)
    });
    let says = std::iter::once(&document.title)
        .chain(&document.above)
        .chain(of_sections);
    for line in says {
        assert!(page.contains(&*to_terminal(line)), "{line}\n{page}");
        assert!(
            markdown.contains(&on_one_line(line).replace('\\', "")),
            "{line}\n{markdown}"
        );
        assert!(cells.iter().any(|cell| cell.contains(line)), "{line}\n{cells:?}");
        assert!(strings.iter().any(|text| text.contains(line)), "{line}\n{json}");
    }
}

fn strings_of(json: &serde_json::Value, into: &mut Vec<String>) {
    match json {
        serde_json::Value::String(text) => into.push(text.clone()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| strings_of(item, into)),
        serde_json::Value::Object(items) => items.values().for_each(|item| strings_of(item, into)),
        _ => {}
    }
}

/// One table in every format holds the same cells.
fn is_same_in_all_formats(report: &Report) {
    let headings: Vec<String> = report.columns.iter().map(|column| column.key.clone()).collect();
    let book = sheets(&table(report, Format::Xlsx));
    is_sheet(report, &headings, &book[0].1, Value::machine);
    let html = html_tables(&text(table(report, Format::Html)));
    let markdown = markdown_tables(&text(table(report, Format::Md)));
    if report.rows.is_empty() {
        assert!(html.is_empty() && markdown.is_empty());
    } else {
        same_cells(report, &html[0][0], &html[0][1..], |value| {
            to_terminal(&shown(value)).into_owned()
        });
        same_cells(report, &markdown[0][0], &markdown[0][1..], |value| {
            on_one_line(&shown(value))
        });
    }
    let mut raw = Options::default();
    raw.csv.raw = true;
    let mut bytes = Vec::new();
    render(report, Format::Csv, &raw, &mut bytes).expect("it can be written");
    let csv = csv_rows(&text(bytes));
    let json: serde_json::Value = serde_json::from_slice(&table(report, Format::Json)).expect("JSON");
    let lines = text(table(report, Format::Jsonl));
    let lines: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let plain = text(table(report, Format::Plain));
    let plain: Vec<&str> = plain.lines().collect();
    assert_eq!((csv.len(), lines.len()), (report.rows.len(), report.rows.len()));
    let behind = plain.len() - report.rows.len();
    for (at, row) in report.rows.iter().enumerate() {
        let mut line = plain[behind + at];
        for (column, value) in report.columns.iter().zip(row) {
            let machine = value.machine();
            let visible: Vec<String> = machine
                .split('\n')
                .map(|part| to_terminal(part).into_owned())
                .collect();
            assert_eq!(csv[at][&column.key], visible.join("\n"), "{}", column.key);
            assert_eq!(as_cell(&json["rows"][at][&column.key]), machine);
            assert_eq!(as_cell(&lines[at][&column.key]), machine);
            // Plain lines have no borders: their cells stand in order.
            let cell = to_terminal(&value.human()).into_owned();
            let place = line
                .find(cell.trim())
                .unwrap_or_else(|| panic!("{cell:?} in {line:?}"));
            line = &line[place + cell.trim().len()..];
        }
    }
}

/// 200 workspaces whose people have names such as `=1+1`, written in all formats and read by other programs' readers.
#[test]
fn every_format_holds_the_same_cells() {
    let mut runner = TestRunner::deterministic();
    let (mut told, mut small) = (0, 0);
    for _ in 0..200 {
        let team = Team::random(&mut runner);
        for names in [false, true] {
            let document = team.document(names);
            is_one_table_model(&document);
            if document
                .sections
                .iter()
                .any(|section| section.table.name == "map")
            {
                told += 1;
            } else {
                small += 1;
            }
        }
        is_same_in_all_formats(&team.wide());
    }
    assert!(told > 200 && small > 10, "{told} told, {small} too small");
}

/// Without names a report holds none, in no format, and of few people not where they stand.
#[test]
fn without_names_nobody_is_named() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..60 {
        let mut team = Team::random(&mut runner);
        for (number, (person, _)) in team.people.iter_mut().enumerate() {
            person.name = format!("Name{number}Marker");
            person.unit = Some(format!("Unit{number}Marker"));
            person.id = format!("idmarker{number}").parse().expect("an id");
        }
        let document = team.document(false);
        for format in [Format::Html, Format::Md, Format::Json, Format::Plain] {
            let bytes = text(written(&document, format));
            assert!(!bytes.to_lowercase().contains("marker"), "{format:?}\n{bytes}");
        }
        for (_, rows) in sheets(&written(&document, Format::Xlsx)) {
            for cell in rows.into_iter().flatten() {
                assert!(!cell.to_string().to_lowercase().contains("marker"), "{cell}");
            }
        }
        let tells = document
            .sections
            .iter()
            .any(|section| section.table.name != "method");
        let here = team.each(|view| upwards::report::belongs(view.progress));
        assert_eq!(tells, here.into_iter().filter(|is| *is).count() >= 5);
    }
}

/// Read on from day to day, a log says of each day what it says when that day is looked at by itself.
#[test]
fn a_trend_is_what_each_day_says_by_itself() {
    let mut runner = TestRunner::deterministic();
    let (mut quick, mut slow, mut late) = (0, 0, 0);
    for round in 0..150 {
        let team = Team::random(&mut runner);
        let before = (round % 2 == 0).then(|| team.as_of + -(round % 120 + 1));
        let days = BoardDays::of(team.as_of, before);
        team.each(|view| {
            let mut replay = Replay::of(view.lookup, view.events, view.settings, days.first());
            let is_told = |day: &Date| {
                replay.read_until(*day);
                replay.has_begun().is_some()
            };
            if days.weeks.iter().all(is_told) {
                quick += 1;
            } else {
                slow += 1;
            }
            let on = |day: Date| {
                let progress = view.lookup.fold(view.events, view.settings, day);
                let recent = progress.practices.iter().any(|record| {
                    record.why_not.is_none() && (0..30).contains(&day.days_since(record.event.day))
                });
                let overdue = progress
                    .modules
                    .iter()
                    .any(|module| module.overdue_days.is_some());
                belongs(&progress).then(|| {
                    (
                        Trend::until(day, view.yardstick).on(&progress, 0, day),
                        overdue,
                        recent,
                    )
                })
            };
            let Some(member) = board_member(view, Vec::new(), &days) else {
                assert!(days.weeks.iter().all(|day| on(*day).is_none()));
                return;
            };
            for (day, seen) in days.weeks.iter().zip(&member.weeks) {
                assert_eq!(*seen, on(*day).map(|(outline, ..)| outline), "{day}");
            }
            let told = member.before.map(|before| {
                late += usize::from(before.is_overdue);
                (before.outline, before.is_overdue, before.practised_recently)
            });
            assert_eq!(told, on(days.before), "{}", days.before);
        });
    }
    assert!(
        quick > 100 && slow > 5 && late > 20,
        "{quick} quick, {slow} slow, {late} late"
    );
}

#[test]
fn the_same_report_is_the_same_bytes() {
    let mut runner = TestRunner::deterministic();
    let team = Team::random(&mut runner);
    for format in [Format::Html, Format::Md, Format::Json, Format::Xlsx] {
        assert_eq!(
            written(&team.document(true), format),
            written(&team.document(true), format),
            "{format:?}"
        );
    }
}

/// What the report draws as a trend is what the table printed on each of those days.
#[test]
fn a_trend_is_what_was_printed_on_those_days() {
    let halden = Sandbox::new();
    let report = halden.run("report --demo -f json").ok().json();
    let weeks = report["tables"]["trend"]["rows"].as_array().expect("weeks");
    assert_eq!(weeks.len(), 12);
    for week in weeks {
        let day = week["week"].as_str().expect("a day");
        let rows = halden
            .run(&format!("readiness --demo -f csv --as-of {day}"))
            .ok()
            .csv();
        if rows.is_empty() {
            assert!(week["ready"].is_null(), "{week}");
            continue;
        }
        for band in ["not-started", "exploring", "building", "ready"] {
            let count = rows.iter().filter(|row| row["overall_band"] == band).count();
            assert_eq!(week[band.replace('-', "_")], count, "{day} {band}");
        }
        let reached = rows
            .iter()
            .filter(|row| !row["reached_all_on"].is_empty())
            .count();
        assert_eq!(week["reached_all"], reached, "{day}");
    }
}

#[test]
fn figures_are_those_of_the_table() {
    let halden = Sandbox::new();
    let report = halden.run("report --demo -f json").ok().json();
    let figure = |name: &str, key: &str| {
        let rows = report["tables"]["figures"]["rows"].as_array().expect("rows");
        let row = rows.iter().find(|row| row["figure"] == name).expect("the figure");
        row[key].clone()
    };
    for (day, key) in [("2026-03-16", "people"), ("2026-02-16", "people_before")] {
        let rows = halden
            .run(&format!("readiness --demo -f csv --as-of {day}"))
            .ok()
            .csv();
        let count = |is: fn(&BTreeMap<String, String>) -> bool| rows.iter().filter(|row| is(row)).count();
        assert_eq!(
            figure("reached_all", key),
            count(|row| !row["reached_all_on"].is_empty())
        );
        assert_eq!(
            figure("current", key),
            count(|row| row["overall_band"] == "ready")
        );
        assert_eq!(figure("overdue", key), count(|row| row["overdue_count"] != "0"));
        assert_eq!(
            figure("not_started", key),
            count(|row| row["limited_by"] == "not-started")
        );
    }
    let practised = halden.run("export progress --demo").ok().csv();
    let recent = |from: &str, to: &str| {
        let own = practised.iter().filter(|row| {
            row["step_kind"] == "practice" && row["state"] == "done" && {
                let day = row["finished_on"].as_str();
                day > from && day <= to
            }
        });
        own.map(|row| row["person_id"].clone())
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    };
    assert_eq!(
        figure("practised_recently", "people"),
        recent("2026-02-14", "2026-03-16")
    );
    // Each line of the map adds up to everybody.
    for row in report["tables"]["map"]["rows"].as_array().expect("rows") {
        let bands = ["not_started", "exploring", "building", "ready"];
        let sum: u64 = bands
            .iter()
            .map(|band| row[band].as_u64().expect("a count"))
            .sum();
        assert_eq!(sum, 6, "{row}");
    }
}

#[test]
fn a_report_of_few_people_says_so() {
    let maya = Sandbox::halden();
    maya.run("people add --name 'Uwe Lind' --role executive --group few --id uwe")
        .ok();
    maya.run("people add --name 'Vera Lind' --role executive --group few --id vera")
        .ok();
    maya.run("assign answering --to group:few --yes").ok();
    let few = maya.run("report --group few -f json").ok().json();
    let tables: Vec<&str> = few["tables"]
        .as_object()
        .expect("tables")
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(tables, ["method"]);
    assert!(
        few["says"][0]
            .as_str()
            .expect("a sentence")
            .contains("Fewer than 5 people"),
        "{few}"
    );
    // Taken from all, the others would tell of the few.
    for member in ["ana", "bo", "chen", "dana", "eli", "farah"] {
        maya.run(&format!("assign answering --to {member} --yes"));
    }
    let others = maya.run("report --group board -f json").ok().json();
    assert!(others["tables"].get("map").is_none(), "{others}");
    let named = maya.run("report --group few --names -f json").ok();
    assert!(named.json()["tables"].get("map").is_some());
    assert!(
        named.stderr.contains("note: it names Uwe Lind, Vera Lind; "),
        "{}",
        named.stderr
    );
}

/// A group that was small says nothing of the days on which it was.
#[test]
fn a_group_that_grew_tells_nothing_of_its_small_days() {
    let maya = Sandbox::halden();
    let early = maya.on("2026-02-01");
    early.run("assign answering --to ana --due 2026-02-10").ok();
    for (id, name) in [
        ("uwe", "Uwe"),
        ("vera", "Vera"),
        ("wim", "Wim"),
        ("xenia", "Xenia"),
        ("yves", "Yves"),
    ] {
        maya.run(&format!("people add --name {name} --role executive --id {id}"))
            .ok();
        maya.run(&format!("assign answering --to {id} --due +4w")).ok();
    }
    let report = maya.run("report -f json").ok().json();
    let figures = report["tables"]["figures"]["rows"].as_array().expect("figures");
    assert!(
        figures
            .iter()
            .all(|row| row["people_before"].is_null() && row["of_before"].is_null()),
        "{report}"
    );
    let weeks = report["tables"]["trend"]["rows"].as_array().expect("weeks");
    let told: Vec<&str> = weeks
        .iter()
        .filter(|week| !week["not_started"].is_null())
        .map(|week| week["week"].as_str().expect("a day"))
        .collect();
    assert_eq!(told, ["2026-03-16"]);
    let named = maya.run("report --names -f json").ok().json();
    assert_eq!(named["tables"]["figures"]["rows"][0]["of_before"], 1);
}

/// Two groups that differ by one person are not both told of: what `readiness --anonymous` leaves out, a report does too.
#[test]
fn groups_that_overlap_single_nobody_out() {
    let maya = Sandbox::halden();
    for number in 1..=12 {
        let groups = match number {
            1..=6 => " --group small --group mid",
            7 => " --group mid",
            _ => "",
        };
        maya.run(&format!(
            "people add --name W{number} --role executive --id w{number}{groups}"
        ))
        .ok();
        maya.run(&format!("assign answering --to w{number} --due +4w"))
            .ok();
    }
    let counts = maya.run("readiness --anonymous -f json").ok().rows();
    let mut told = 0;
    for group in ["small", "mid"] {
        let mut lines = counts.iter().filter(|row| row["scope_id"] == group);
        let is_counted = lines.next().is_some_and(|row| row["suppressed"].is_null());
        let report = maya.run(&format!("report --group {group} -f json")).ok().json();
        assert_eq!(report["tables"].get("map").is_some(), is_counted, "{group}");
        told += usize::from(is_counted);
    }
    assert!(told < 2, "{told}");
}

/// Six executives of `answering`; Ana's log holds what is given.
fn six_with(anas: &[serde_json::Value]) -> Sandbox {
    let maya = Sandbox::halden();
    for id in ["dana", "eli", "farah"] {
        maya.run(&format!("people add --name {id} --role executive --id {id}"))
            .ok();
    }
    for id in ["ana", "bo", "chen", "dana", "eli", "farah"] {
        maya.run(&format!("assign answering --to {id} --due 2026-06-01"))
            .ok();
    }
    let mut lines = String::new();
    for (n, fact) in (0..).zip(anas) {
        let id = format!("00000000-0000-4000-8000-{n:012}");
        let mut line = serde_json::json!({"v": 1, "id": id, "seq": n + 1, "day": "2026-03-02", "person": "ana", "by": "ana", "device": "ana-laptop"});
        let all = line.as_object_mut().expect("an object");
        all.extend(fact.as_object().expect("an object").clone());
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    maya.file("progress/ana/ana-laptop.jsonl", lines);
    maya
}

#[test]
fn quotes_that_name_somebody_are_withheld_without_names() {
    let quote = |words: &str| serde_json::json!({"kind": "practised", "curriculum": "tiny", "step": "answering.answer-one", "rev": 1, "capabilities": ["serve"], "personal": true, "evidence": words, "may_quote": true});
    let maya = six_with(&[
        quote("Answered a late parcel in an hour"),
        quote("Bo answered, and I wrote it down"),
    ]);
    let words = |report: &serde_json::Value| -> Vec<String> {
        let rows = report["tables"]["words"]["rows"].as_array().expect("rows").iter();
        rows.map(|row| row["words"].as_str().expect("words").to_owned())
            .collect()
    };
    let report = maya.run("report -f json").ok().json();
    assert_eq!(words(&report), ["Answered a late parcel in an hour"]);
    assert!(
        report
            .to_string()
            .contains("1 line names somebody and is left out.")
    );
    let named = maya.run("report --names -f json").ok().json();
    assert_eq!(words(&named).len(), 2);
    assert!(!named.to_string().contains("left out"));
}

/// What was received counts where it stands, in the curriculum of the report.
#[test]
fn lines_received_are_counted_once_and_where_they_belong() {
    let via = serde_json::json!({"by": "maya", "form": "mail"});
    let started = |curriculum: &str, step: &str| serde_json::json!({"kind": "finished", "curriculum": curriculum, "step": step, "rev": 1, "via": via});
    let maya = six_with(&[
        started("tiny", "answering.hour"),
        started("tiny", "answering.what-stops-me"),
        started("efficiency", "owned-communities.cases"),
        serde_json::json!({"kind": "voided", "ref": "00000000-0000-4000-8000-000000000001"}),
    ]);
    let report = maya.run("report -f json").ok().json();
    let facts = report["tables"]["method"]["rows"].as_array().expect("rows");
    let received = facts.iter().find(|row| row["fact"] == "received").expect("it");
    assert_eq!(received["value"], 1, "{report}");
    let unread = |at: &Sandbox, names: &str| {
        let report = at.run(&format!("report -f json{names}")).ok().json();
        let facts = report["tables"]["method"]["rows"].as_array().expect("rows");
        let fact = facts.iter().find(|row| row["fact"] == "unread");
        fact.map(|row| row["value"].clone())
    };
    assert_eq!(unread(&maya, " --names -q"), Some(0.into()));
    maya.append("progress/ana/ana-laptop.jsonl", "no line\n{}\n");
    // Without names it would tell of one person: taken from that of another curriculum.
    assert_eq!(unread(&maya, ""), None);
    assert_eq!(unread(&maya, " --names -q"), Some(2.into()));
}

/// The files of one command hold what its JSON holds: as many rows, and every word that says something.
#[test]
fn files_of_the_example_say_what_its_data_says() {
    let halden = Sandbox::new();
    for names in ["", " --names"] {
        let json = halden.run(&format!("report --demo -f json{names}")).ok().json();
        for ending in ["html", "md", "xlsx"] {
            halden
                .run(&format!("report --demo -q --yes -o board.{ending}{names}"))
                .ok();
        }
        let html = halden.read("board.html");
        let tables = html_tables(&html);
        let markdown = markdown_tables(&halden.read("board.md"));
        let book = sheets(&std::fs::read(halden.path("board.xlsx")).expect("a workbook"));
        let data = json["tables"].as_object().expect("tables");
        assert_eq!(book.len(), data.len() + 2);
        let mut filled: Vec<usize> = data
            .values()
            .map(|table| table["rows"].as_array().expect("rows").len())
            .filter(|rows| *rows > 0)
            .collect();
        let rows = |tables: &[Vec<Vec<String>>]| {
            let mut rows: Vec<usize> = tables.iter().map(|table| table.len() - 1).collect();
            rows.sort_unstable();
            rows
        };
        filled.sort_unstable();
        assert_eq!((rows(&tables), rows(&markdown)), (filled.clone(), filled.clone()));
        let mut in_book: Vec<usize> = book[1..=data.len()]
            .iter()
            .map(|(_, rows)| rows.len() - 1)
            .filter(|rows| *rows > 0)
            .collect();
        in_book.sort_unstable();
        assert_eq!(in_book, filled);
        let page = Html::parse_document(&html);
        let page: String = page.root_element().text().collect();
        for (name, table) in data {
            for line in table["says"].as_array().expect("lines") {
                let line = line.as_str().expect("words");
                assert!(page.contains(line), "{name}: {line}");
            }
        }
    }
}

/// Of a module that nobody can do any more nobody is late; where all that is open waits, there is no next step.
#[test]
fn what_cannot_be_done_has_no_next_step_and_is_not_overdue() {
    let maya = six_with(&[]);
    maya.run("assign framing --to ana --due 2026-03-01").ok();
    let overdue = |at: &Sandbox| {
        let report = at.run("report -f json").ok().json();
        report["tables"]["overdue"]["rows"].clone()
    };
    let before = overdue(&maya);
    assert_eq!(before[0]["days"], 15, "{before}");
    assert!(before[0]["next_step"].is_string() && before[0]["minutes"].is_number());
    let framing = maya.read("curricula/tiny/modules/framing.toml");
    let waits = framing.replace("kind = ", "needs = [\"answering.ask-a-peer\"]\nkind = ");
    maya.file("curricula/tiny/modules/framing.toml", &waits);
    let waiting = overdue(&maya);
    assert_eq!(waiting[0]["days"], 15, "{waiting}");
    assert!(
        waiting[0]["next_step"].is_null() && waiting[0]["minutes"].is_null(),
        "{waiting}"
    );
    let retired = framing.replace("kind = ", "retired = true\nkind = ");
    maya.file("curricula/tiny/modules/framing.toml", &retired);
    assert_eq!(overdue(&maya).as_array().expect("rows").len(), 0);
    let rows = maya.run("readiness -f csv").ok().csv();
    assert!(rows.iter().all(|row| row["overdue_count"] == "0"));
}

/// Which of two overlapping groups is told does not change with the day that is asked for.
#[test]
fn looking_back_chooses_no_other_group() {
    let maya = Sandbox::halden();
    let add = |at: &Sandbox, id: &str, groups: &str| {
        at.run(&format!(
            "people add --name {id} --role executive --id {id}{groups}"
        ))
        .ok();
        at.run(&format!("assign answering --to {id} --due 2026-06-01"))
            .ok();
    };
    let early = maya.on("2026-03-01");
    for n in 1..=6 {
        add(&early, &format!("core{n}"), " --group core --group wide");
    }
    add(&early, "xena", " --group wide");
    for n in 1..=4 {
        add(&early, &format!("rest{n}"), "");
    }
    add(&maya.on("2026-03-15"), "rest5", "");
    let is_told = |group: &str, when: &str| {
        let report = maya
            .run(&format!("report --group {group} -f json{when}"))
            .ok()
            .json();
        let counts = maya
            .run(&format!("readiness --anonymous -f json --group {group}{when}"))
            .ok()
            .rows();
        assert_eq!(
            report["tables"].get("map").is_some(),
            !counts.is_empty(),
            "{group} {when}"
        );
        !counts.is_empty()
    };
    assert!(is_told("wide", "") && !is_told("core", ""));
    for group in ["core", "wide"] {
        assert!(!is_told(group, " --as-of 2026-03-10"), "{group}");
    }
    assert!(is_told("wide", " --as-of 2026-03-15") && !is_told("core", " --as-of 2026-03-15"));
}

/// Of one person nobody learns on which day they came.
#[test]
fn a_group_of_nobody_is_told_like_one_of_few() {
    let maya = six_with(&[]);
    maya.run("people add --name Hana --role executive --group solo --id hana")
        .ok();
    let says = |at: &Sandbox| at.run("report --group solo -f json").ok().json()["says"][0].clone();
    let before = says(&maya);
    maya.run("assign answering --to hana --due 2026-06-01").ok();
    assert_eq!(before, says(&maya));
    assert!(
        before.as_str().expect("a sentence").starts_with("Fewer than 5"),
        "{before}"
    );
}

/// A day on which few were outside the chosen group tells of the group what the whole minus the group tells of the few.
#[test]
fn days_on_which_few_were_outside_are_not_told_of_a_group() {
    let maya = Sandbox::halden();
    let add = |at: &Sandbox, group: &str, numbers: std::ops::RangeInclusive<u32>| {
        for number in numbers {
            let id = format!("{group}{number}");
            at.run(&format!(
                "people add --name {id} --role executive --group {group} --id {id}"
            ))
            .ok();
            at.run(&format!("assign answering --to {id} --due 2026-06-01"))
                .ok();
        }
    };
    let early = maya.on("2026-02-01");
    add(&early, "core", 1..=6);
    add(&early, "rest", 1..=2);
    let late = maya.on("2026-03-10");
    add(&late, "rest", 3..=6);
    let report = maya.run("report --group core -f json").ok().json();
    let told = |report: &serde_json::Value| -> Vec<String> {
        let weeks = report["tables"]["trend"]["rows"].as_array().expect("weeks");
        let told = weeks.iter().filter(|week| !week["not_started"].is_null());
        told.map(|week| week["week"].as_str().expect("a day").to_owned())
            .collect()
    };
    assert_eq!(told(&report), ["2026-03-16"]);
    let figure = &report["tables"]["figures"]["rows"][0];
    assert_eq!((&figure["of"], figure["of_before"].is_null()), (&6.into(), true));
    // The whole had eight people by then, and with names nothing is held back.
    assert_eq!(told(&maya.run("report -f json").ok().json()).len(), 7);
    assert_eq!(
        told(&maya.run("report --group core --names -f json").ok().json()).len(),
        7
    );
}

#[test]
fn what_cannot_be_is_said() {
    let halden = Sandbox::new();
    for (line, code, says) in [
        ("report --demo -o board.csv", 2, "csv holds one table"),
        ("report --demo -f jsonl", 2, "jsonl holds one table"),
        ("report --demo --since 2026-03-16", 2, "is not before 2026-03-16"),
        ("report --demo --since soon", 2, "--since"),
        ("report --demo --as-of 2026-02-30", 2, "--as-of"),
        ("report --demo --group bord", 1, "board"),
        ("report --demo -o board.pdf", 2, "names no format"),
        (
            "report --demo --group board --unit service",
            2,
            "one group or one unit",
        ),
        ("report --demo --title ''", 2, "--title is empty"),
        ("report --demo --title 'a\nb'", 2, "--title holds a line break"),
        (
            "report --demo --columns map",
            2,
            "--columns chooses those of one table",
        ),
    ] {
        let output = halden.run(line).code(code);
        assert!(output.stderr.contains(says), "{line}\n{output}");
        assert!(output.stdout.is_empty(), "{line}");
    }
}

/// A workbook of ours is replaced without asking, somebody else's is not.
#[test]
fn only_our_own_workbook_is_replaced() {
    let halden = Sandbox::new();
    halden.run("report --demo -o board.xlsx").ok();
    halden.run("report --demo --names -o board.xlsx").ok();
    halden.run("readiness --demo -o board.xlsx").ok();
    // Excel packs with other flags.
    let mut other = std::fs::read(halden.path("board.xlsx")).expect("a workbook");
    other[6] = 6;
    halden.file("board.xlsx", &other);
    halden.run("report --demo -o board.xlsx").code(1);
    halden.run("report --demo -o board.xlsx --yes").ok();
}

/// What `people export` writes as a workbook, `people import` takes back without a change.
#[test]
fn a_workbook_of_people_comes_back() {
    let maya = Sandbox::halden();
    maya.run("people export -o people.xlsx").ok();
    let told = maya.run("people import people.xlsx").ok().told();
    assert!(told.contains("added 0 changed 0 same 4"), "{told}");
}

/// A workspace of twenty people who live as the six of the example do.
fn twenty(halden: &Sandbox) {
    let example = root().join("src/embedded/demo");
    copy_folder(&example, &halden.path("twenty"));
    let people = std::fs::read_to_string(example.join("people.toml")).expect("people");
    let six = ["ana", "bo", "chen", "dana", "eli", "farah"];
    let mut more = String::new();
    for (number, id) in (0..14).zip(six.iter().cycle()) {
        let entry = people
            .split("[[person]]")
            .find(|one| one.contains(&format!("id = \"{id}\"")));
        let new = format!("{id}-{number}");
        let entry = entry
            .expect("the person")
            .replace(&format!("id = \"{id}\""), &format!("id = \"{new}\""));
        more.push_str(&format!("[[person]]{entry}\n"));
        let from = halden.path(&format!("twenty/progress/{id}"));
        let Ok(files) = std::fs::read_dir(from) else {
            continue;
        };
        for file in files.flatten() {
            let name = file.file_name().into_string().expect("a name");
            let log = std::fs::read_to_string(file.path()).expect("a log");
            let log = log.replace(&format!("\"person\":\"{id}\""), &format!("\"person\":\"{new}\""));
            let log = log.replace(&format!("\"by\":\"{id}\""), &format!("\"by\":\"{new}\""));
            halden.file(&format!("twenty/progress/{new}/{name}"), log);
        }
    }
    halden.append("twenty/people.toml", format!("\n{more}"));
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).expect("a file");
        }
    }
}

/// Starts the suite that opens reports in a browser. It fails where there is none: `.ci/run` asks for it.
#[test]
#[ignore = "needs a browser"]
fn reports_work_in_a_browser() {
    let halden = Sandbox::new();
    let team = Plan {
        people: 20,
        events: 40..=120,
        seed: 7,
        last_day: "2026-03-16".parse().expect("a day"),
        hurt: Vec::new(),
    };
    team.write(&halden.path("busy")).expect("a workspace of twenty");
    twenty(&halden);
    std::fs::create_dir(halden.path("pages")).expect("a folder");
    for (line, file) in [
        ("report --demo", "demo"),
        ("report --demo --names", "demo-names"),
        (
            "report --demo --group board --title 'Über <uns> & \"euch\"'",
            "demo-title",
        ),
        ("report -w twenty --today 2026-03-16", "twenty"),
        ("report -w twenty --today 2026-03-16 --names", "twenty-names"),
        ("report -w busy --today 2026-03-16", "busy"),
        ("report -w busy --today 2026-03-16 --names", "busy-names"),
        ("readiness --demo", "table"),
    ] {
        halden.run(&format!("{line} -o pages/{file}.html")).ok();
    }
    crate::mentoring::write_pages(&halden.path("pages"));
    let shots = std::env::var_os("UPWARDS_SHOTS").unwrap_or_else(|| halden.path("shots").into_os_string());
    let output = std::process::Command::new("node")
        .arg(root().join("tests/browser/report.mjs"))
        .arg("--folder")
        .arg(halden.path("pages"))
        .arg("--shots")
        .arg(shots)
        .output()
        .expect("node is installed");
    let told = String::from_utf8_lossy(&output.stdout);
    println!("{told}");
    assert!(
        output.status.success(),
        "{told}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(told.contains(" passed, 0 failed; 0 requests"), "{told}");
}
