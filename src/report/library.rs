//! What was found in the case library, and what it lacks.

use super::cases::years_of;
use super::columns::data_columns;
use crate::base::id::Slug;
use crate::base::text::{cut, hanging, width, wrap};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::library::{Axis, Found, Gap, Lack, LibraryCase, Likeness, Near, Peer, RECENT_YEARS, Snippet};
use crate::model::case::Case;
use crate::table::{Column, Report, Value};

/// Everything a search found, the best first.
pub fn found_cases(found: &[Found<'_>], as_of: Date) -> Report {
    let keys = [
        "rank",
        "curriculum_id",
        "case_id",
        "title",
        "score",
        "missing_words",
        "sentence",
    ];
    let mut report = Report::new("cases_found", as_of, data_columns(keys));
    report.rows = found
        .iter()
        .enumerate()
        .map(|(at, one)| {
            vec![
                Value::count(Some(at + 1)),
                Value::Text(one.case.curriculum.to_string()),
                Value::Text(one.case.case.id.to_string()),
                Value::Text(one.case.case.title.clone()),
                Value::count(Some(one.score)),
                Value::List(one.missing.clone()),
                Value::Text(one.snippet.text.clone()),
            ]
        })
        .collect();
    report
}

/// The best of a search for a screen: title, which case it is, and the sentence that fits, with `*` around what was asked
/// for.
pub fn found_lines(found: &[Found<'_>], library: &[LibraryCase], top: usize, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    if found.iter().all(|one| !one.missing.is_empty()) {
        lines.extend(wrap(
            &t!(
                "cases.not_all_words",
                "No case holds all of these words; these hold most."
            ),
            columns,
        ));
        lines.push(String::new());
    }
    for (at, one) in found.iter().take(top).enumerate() {
        lines.extend(head_lines(at + 1, one.case, library, columns));
        let mut sentence = marked(&one.snippet);
        if !one.missing.is_empty() {
            sentence = t!(
                "cases.without",
                "{sentence} (without: {words})",
                sentence = sentence,
                words = one.missing.join(", ")
            );
        }
        lines.extend(hanging("   ", &sentence, columns));
    }
    lines.extend(more_line(found.len(), top));
    lines
}

/// A sentence with `*` around what was asked for.
fn marked(snippet: &Snippet) -> String {
    let mut out = String::with_capacity(snippet.text.len() + 2 * snippet.marks.len());
    let mut from = 0;
    for mark in &snippet.marks {
        out.push_str(&snippet.text[from..mark.start]);
        out.push('*');
        out.push_str(&snippet.text[mark.clone()]);
        out.push('*');
        from = mark.end;
    }
    out.push_str(&snippet.text[from..]);
    out
}

/// `1  KLM: an hour in the answer seat` with sector and years at the end of the line, and below it the id.
fn head_lines(number: usize, one: &LibraryCase, library: &[LibraryCase], columns: usize) -> Vec<String> {
    let case = &one.case;
    let begin = format!("{number:<2} ");
    let beside = beside(case);
    let room = columns.saturating_sub(width(&begin) + width(&beside) + 2);
    let title = cut(&case.title, room);
    let gap = columns
        .saturating_sub(width(&begin) + width(&title) + width(&beside))
        .max(2);
    vec![
        format!("{begin}{title}{}{beside}", " ".repeat(gap)),
        format!("   {}", one.name(library)),
    ]
}

fn beside(case: &Case) -> String {
    let about = format!("{}, {}", case.sector, years_of(case));
    if case.failed {
        t!("cases.beside_failed", "{about}, went wrong", about = about)
    } else {
        about
    }
}

fn more_line(all: usize, top: usize) -> Option<String> {
    let more = all.checked_sub(top).filter(|n| *n > 0)?;
    Some(t_n!(
        "cases.more",
        more,
        "1 more: --top {all}",
        "{n} more: --top {all}",
        all = all
    ))
}

/// The cases nearest to somebody, with what they have in common.
pub fn near_cases(near: &[Near<'_>], person: &str, as_of: Date) -> Report {
    let keys = ["rank", "person_id", "curriculum_id", "case_id", "title", "alike"];
    let mut report = Report::new("cases_near", as_of, data_columns(keys));
    report.rows = near
        .iter()
        .enumerate()
        .map(|(at, one)| {
            vec![
                Value::count(Some(at + 1)),
                Value::Text(person.to_owned()),
                Value::Text(one.case.curriculum.to_string()),
                Value::Text(one.case.case.id.to_string()),
                Value::Text(one.case.case.title.clone()),
                Value::List(one.likenesses.iter().map(likeness_code).collect()),
            ]
        })
        .collect();
    report
}

/// The nearest for a screen, each with why; says what is not known that would make the answer better.
pub fn near_lines(
    near: &[Near<'_>],
    peer: &Peer,
    name: &str,
    library: &[LibraryCase],
    top: usize,
    columns: usize,
) -> Vec<String> {
    let mut lines = Vec::new();
    if near.is_empty() {
        let none = if peer.is_unknown() {
            t!(
                "near.unknown",
                "Nothing is known of {name} that a case could be compared with.",
                name = name
            )
        } else {
            t!(
                "near.none",
                "No case has anything in common with {name}.",
                name = name
            )
        };
        lines.extend(wrap(&none, columns));
    }
    for (at, one) in near.iter().take(top).enumerate() {
        lines.extend(head_lines(at + 1, one.case, library, columns));
        let alike: Vec<String> = one.likenesses.iter().map(likeness_words).collect();
        lines.extend(hanging("   ", &alike.join("; "), columns));
    }
    lines.extend(more_line(near.len(), top));
    let unknown: Vec<&str> = [
        (peer.challenges.is_empty(), "challenges"),
        (peer.functions.is_empty(), "function"),
        (peer.sector.is_none(), "[organisation] sector"),
        (peer.size.is_none(), "size"),
        (peer.country.is_none(), "country"),
    ]
    .into_iter()
    .filter_map(|(is_unknown, what)| is_unknown.then_some(what))
    .collect();
    if !unknown.is_empty() {
        lines.push(String::new());
        lines.extend(wrap(
            &t!(
                "near.not_known",
                "Not known, so not compared: {what} (people.toml, upwards.toml).",
                what = unknown.join(", ")
            ),
            columns,
        ));
    }
    lines
}

fn likeness_code(likeness: &Likeness) -> String {
    match likeness {
        Likeness::Challenge(slug) => format!("challenge:{slug}"),
        Likeness::Function(slug) => format!("function:{slug}"),
        Likeness::Aim(capability) => format!("aim:{capability}"),
        Likeness::Sector(slug) => format!("sector:{slug}"),
        Likeness::Size(size) => format!("size:{}", size.word()),
        Likeness::Country(country) => format!("country:{country}"),
    }
}

fn likeness_words(likeness: &Likeness) -> String {
    match likeness {
        Likeness::Challenge(slug) => t!("near.challenge", "same worry: {what}", what = slug),
        Likeness::Function(slug) => t!("near.function", "same work: {what}", what = slug),
        Likeness::Aim(id) => t!("near.aim", "serves the aim: {what}", what = id),
        Likeness::Sector(slug) => t!("near.sector", "same market: {what}", what = slug),
        Likeness::Size(size) => t!("near.size", "as large ({what})", what = size.word()),
        Likeness::Country(country) => t!("near.country", "same country: {what}", what = country),
    }
}

/// What stands around a table of gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AboutGaps {
    /// Cases looked at.
    pub cases: usize,
    /// By what they were taken apart.
    pub axis: Axis,
    /// Executives here.
    pub people: usize,
    /// Those of them whose function is known.
    pub with_function: usize,
    /// Whether the organisation's sector is known.
    pub has_sector: bool,
}

/// What the library lacks; `data` = the columns of the file.
pub fn gap_table(gaps: &[Gap], about: &AboutGaps, data: bool, as_of: Date) -> Report {
    let any = |slug: &Option<_>| Value::text(slug.as_ref().map(ToString::to_string));
    if data {
        let keys = [
            "capability_id",
            "sector",
            "function",
            "cases",
            "newest_year",
            "lacks",
            "people",
        ];
        let mut report = Report::new("case_gaps", as_of, data_columns(keys));
        report.rows = gaps
            .iter()
            .map(|gap| {
                vec![
                    Value::Text(gap.capability.to_string()),
                    any(&gap.sector),
                    any(&gap.function),
                    Value::count(Some(gap.cases)),
                    Value::count(gap.newest),
                    Value::List(gap.lacks.iter().map(|l| lack_code(*l).to_owned()).collect()),
                    Value::count(Some(gap.people)),
                ]
            })
            .collect();
        return report;
    }
    // A column that says nothing in every row only takes room.
    let (has_sector, has_function) = (about.axis != Axis::Function, about.axis != Axis::Sector);
    let mut columns = vec![Column::screen(
        "capability_id",
        t!("column.capability", "CAPABILITY"),
        1,
    )];
    if has_sector {
        columns.push(Column::screen("sector", t!("column.sector", "SECTOR"), 1));
    }
    if has_function {
        columns.push(Column::screen("function", t!("column.function", "FUNCTION"), 1));
    }
    columns.extend([
        Column::screen("cases", t!("column.cases", "CASES"), 2),
        Column::screen("people", t!("column.people", "PEOPLE"), 3),
        Column::screen("lacks", t!("column.lacks", "LACKS"), 1),
    ]);
    let mut report = Report::new("case_gaps", as_of, columns);
    report.rows = gaps
        .iter()
        .map(|gap| {
            let slug = |slug: &Option<Slug>| {
                slug.as_ref()
                    .map_or(Value::Missing("-"), |s| Value::Text(s.to_string()))
            };
            let lacks: Vec<String> = gap.lacks.iter().map(|lack| lack_words(*lack, gap)).collect();
            let mut row = vec![Value::Text(gap.capability.to_string())];
            row.extend(has_sector.then(|| slug(&gap.sector)));
            row.extend(has_function.then(|| slug(&gap.function)));
            row.extend([
                Value::count(Some(gap.cases)),
                Value::count(Some(gap.people)),
                Value::Text(lacks.join(", ")),
            ]);
            row
        })
        .collect();
    let nobody_is_known = about.axis == Axis::Both && about.with_function == 0 && !about.has_sector;
    if nobody_is_known {
        report.above.push(t!(
            "gaps.nobody",
            "Of none of {n} executives function or sector is known: function = \"marketing\" in people.toml, [organisation] sector in upwards.toml.",
            n = about.people
        ));
    } else if gaps.is_empty() {
        report.above.push(t_n!(
            "gaps.none",
            about.cases,
            "1 case and no gap: every place has a verified, recent and reviewed one.",
            "{n} cases and no gap: every place has a verified, recent and reviewed one."
        ));
    } else {
        report.above.push(t_n!(
            "gaps.above",
            gaps.len(),
            "1 gap in {cases} cases. Recent = ended within {years} years; verified = two independent sources, nobody disagrees.",
            "{n} gaps in {cases} cases. Recent = ended within {years} years; verified = two independent sources, nobody disagrees.",
            cases = about.cases,
            years = RECENT_YEARS
        ));
    }
    report
}

fn lack_code(lack: Lack) -> &'static str {
    match lack {
        Lack::Any => "case",
        Lack::Good => "verified",
        Lack::Recent => "recent",
        Lack::Reviewed => "reviewed",
    }
}

fn lack_words(lack: Lack, gap: &Gap) -> String {
    match (lack, gap.newest) {
        (Lack::Any, _) => t!("gaps.any", "a case"),
        (Lack::Good, _) => t!("gaps.good", "a verified one"),
        (Lack::Recent, Some(year)) => t!("gaps.recent", "a recent one (newest {year})", year = year),
        (Lack::Recent, None) => t!("gaps.recent_unknown", "a recent one"),
        (Lack::Reviewed, _) => t!("gaps.reviewed", "a review"),
    }
}
