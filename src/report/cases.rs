//! The case library as a table.

use super::columns::data_columns;
use crate::base::time::Date;
use crate::model::case::Case;
use crate::table::{Column, Report, Value};

/// All cases of a curriculum, sorted by id; `data` = the columns of the file.
pub fn case_list(cases: &[Case], curriculum: &str, data: bool, as_of: Date) -> Report {
    let years = |c: &Case| {
        if c.years.0 == c.years.1 {
            c.years.0.to_string()
        } else {
            format!("{}-{}", c.years.0, c.years.1)
        }
    };
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
            .map(|c| {
                let contested = c
                    .claims
                    .iter()
                    .filter(|claim| claim.contested_by.is_some())
                    .count();
                vec![
                    Value::Text(curriculum.to_owned()),
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
        Column::screen("case", "CASE", 1),
        Column::screen("years", "YEARS", 5),
        Column::screen("sector", "SECTOR", 4),
        Column::screen("capabilities", "FOR", 3),
        Column::screen("title", "TITLE", 2),
    ];
    let mut report = Report::new("cases", as_of, columns);
    report.rows = cases
        .iter()
        .map(|c| {
            vec![
                Value::Text(c.id.to_string()),
                Value::Text(years(c)),
                Value::Text(c.sector.to_string()),
                list(c.capabilities.iter().map(ToString::to_string).collect()),
                Value::Text(if c.failed {
                    format!("{} (went wrong)", c.title)
                } else {
                    c.title.clone()
                }),
            ]
        })
        .collect();
    report
}
