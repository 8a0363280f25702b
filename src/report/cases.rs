//! The case library as a table.

use super::columns::data_columns;
use crate::base::points::Thousandths;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::library::LibraryCase;
use crate::model::case::{Case, Claim, Source};
use crate::table::{Column, Report, Value};

/// Cases in their order; `data` = the columns of the file.
pub fn case_list(cases: &[LibraryCase], data: bool, as_of: Date) -> Report {
    let list = |items: Vec<String>| Value::List(items);
    if data {
        let keys = [
            "curriculum_id",
            "case_id",
            "title",
            "organisation",
            "sector",
            "size",
            "country",
            "year_from",
            "year_to",
            "functions",
            "capabilities",
            "challenges",
            "failed",
            "claims",
            "contested_claims",
            "sources",
            "review_by",
        ];
        let mut report = Report::new("cases", as_of, data_columns(keys));
        report.rows = cases
            .iter()
            .map(|one| {
                let c = &one.case;
                let contested = c
                    .claims
                    .iter()
                    .filter(|claim| claim.contested_by.is_some())
                    .count();
                vec![
                    Value::Text(one.curriculum.to_string()),
                    Value::Text(c.id.to_string()),
                    Value::Text(c.title.clone()),
                    Value::Text(c.organisation.clone()),
                    Value::Text(c.sector.to_string()),
                    Value::Code(c.size.word()),
                    Value::Text(c.country.clone()),
                    Value::Count(i64::from(c.years.0)),
                    Value::Count(i64::from(c.years.1)),
                    list(c.functions.iter().map(ToString::to_string).collect()),
                    list(c.capabilities.iter().map(ToString::to_string).collect()),
                    list(c.challenges.iter().map(ToString::to_string).collect()),
                    Value::YesNo(c.failed),
                    Value::count(Some(c.claims.len())),
                    Value::count(Some(contested)),
                    Value::count(Some(c.sources.len())),
                    Value::Date(c.review_by),
                ]
            })
            .collect();
        return report;
    }
    let columns = vec![
        Column::screen("case", t!("column.case", "CASE"), 1),
        Column::screen("years", t!("column.years", "YEARS"), 5),
        Column::screen("sector", t!("column.sector", "SECTOR"), 4),
        Column::screen("capabilities", t!("column.for", "FOR"), 3),
        Column::screen("title", t!("column.title", "TITLE"), 2),
    ];
    let mut report = Report::new("cases", as_of, columns);
    report.rows = cases
        .iter()
        .map(|one| {
            let c = &one.case;
            vec![
                Value::Text(one.name(cases)),
                Value::Text(years_of(c)),
                Value::Text(c.sector.to_string()),
                list(c.capabilities.iter().map(ToString::to_string).collect()),
                Value::Text(if c.failed {
                    t!("cases.failed", "{title} (went wrong)", title = c.title)
                } else {
                    c.title.clone()
                }),
            ]
        })
        .collect();
    report
}

/// `2010-2015`, or one year.
pub(super) fn years_of(case: &Case) -> String {
    match case.years {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first}-{last}"),
    }
}

/// One case as data: a row for each text, each claim and each source, told apart by `part`.
pub fn case_parts(case: &Case, curriculum: &str, as_of: Date) -> Report {
    let keys = [
        "curriculum_id",
        "case_id",
        "part",
        "id",
        "text",
        "value",
        "value_to",
        "unit",
        "base",
        "year_from",
        "year_to",
        "about",
        "grade",
        "said_by",
        "contested_by",
        "derived",
        "source_id",
        "address",
    ];
    let mut report = Report::new("case", as_of, data_columns(keys));
    let texts = [
        ("title", Some(&case.title)),
        ("brief", Some(&case.brief)),
        ("since", Some(&case.since)),
        ("challenge", Some(&case.challenge)),
        ("action", Some(&case.action)),
        ("result", Some(&case.result)),
        ("cost", Some(&case.cost)),
        ("backfire", case.backfire.as_ref()),
        ("takeaway", Some(&case.takeaway)),
        ("fails_if", Some(&case.fails_if)),
    ];
    let texts = texts.into_iter().filter_map(|(part, text)| Some((part, text?)));
    let texts = texts.chain(case.ask.iter().map(|ask| ("ask", ask)));
    let parts = texts
        .map(|(part, text)| (part, vec![Value::Missing(""), Value::Text(text.clone())]))
        .chain(case.claims.iter().map(|claim| ("claim", claim_cells(claim))))
        .chain(case.sources.iter().map(|source| ("source", source_cells(source))));
    report.rows = parts
        .map(|(part, cells)| {
            let mut row = vec![
                Value::Text(curriculum.to_owned()),
                Value::Text(case.id.to_string()),
                Value::Code(part),
            ];
            row.extend(cells);
            row.resize(keys.len(), Value::Missing(""));
            row
        })
        .collect();
    report
}

fn claim_cells(claim: &Claim) -> Vec<Value> {
    let (value, to) = claim.value;
    let number = |value: i64| Value::Number(Thousandths::unbounded(value));
    vec![
        Value::Text(claim.id.clone()),
        Value::Text(claim.text.clone()),
        number(value),
        to.map_or(Value::Missing(""), number),
        Value::Text(claim.unit.clone()),
        Value::Text(claim.base.clone()),
        Value::Count(i64::from(claim.years.0)),
        Value::Count(i64::from(claim.years.1)),
        Value::YesNo(claim.about),
        Value::Text(claim.shown_grade()),
        Value::text(claim.said_by.clone()),
        Value::text(claim.contested_by.clone()),
        Value::text(claim.derived.clone()),
        Value::Text(claim.source.clone()),
    ]
}

fn source_cells(source: &Source) -> Vec<Value> {
    let year = source.year.map(i64::from);
    let mut cells = vec![Value::Text(source.id.clone()), Value::Text(source.words())];
    cells.resize(6, Value::Missing(""));
    cells.extend([Value::count(year), Value::count(year)]);
    cells.resize(14, Value::Missing(""));
    cells.push(Value::Text(source.address.clone()));
    cells
}
