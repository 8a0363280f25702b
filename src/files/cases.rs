//! `cases/<id>.toml` (`formats.md` §7).

use super::settings::SIZE;
use super::shape::{
    FORMAT, Form, MANY, ONE_PART, REVISION, Shape, any_distinct, needed, optional, shape, some_distinct,
    some_of,
};
use super::view::View;
use crate::model::case::{Case, Claim, ClaimGrade, ClaimPart, Permission, Size, Source};

const FUNCTION: Form = Form::Word {
    what: "function",
    words: &[
        "customer-service",
        "marketing",
        "innovation",
        "internal",
        "leadership",
        "governance",
        "risk",
    ],
};

const PERMISSIONS: [(&str, Permission); 3] = [
    ("public", Permission::Public),
    ("internal", Permission::Internal),
    ("anonymised", Permission::Anonymised),
];

const PARTS: [(&str, ClaimPart); 4] = [
    ("action", ClaimPart::Action),
    ("result", ClaimPart::Result),
    ("cost", ClaimPart::Cost),
    ("backfire", ClaimPart::Backfire),
];

const GRADES: [(&str, ClaimGrade); 2] = [
    ("verified", ClaimGrade::Verified),
    ("single-source", ClaimGrade::SingleSource),
];

/// What a case file may hold.
pub static CASE: Shape = shape(
    "case",
    &[
        FORMAT,
        needed("id", Form::Slug, "the file's name"),
        needed("title", Form::Title, "the title on screens"),
        needed("rev", REVISION, "recorded when somebody reads it"),
        optional("language", Form::Language, "of the texts; the curriculum's"),
        needed("organisation", Form::Title, "who did it"),
        needed("sector", Form::Slug, "compared with the workspace's"),
        needed("size", SIZE, "by employees"),
        needed("country", Form::Country, "two letters"),
        needed("years", Form::Years, "what it tells of"),
        needed("functions", some_distinct(&FUNCTION), "what it is about"),
        needed("capabilities", some_distinct(&ONE_PART), "what it serves"),
        optional(
            "challenges",
            any_distinct(&Form::Slug),
            "worries it answers, as in people.toml; []",
        ),
        optional("failed", Form::YesNo, "whether it went wrong; false"),
        needed(
            "permission",
            Form::Word {
                what: "permission",
                words: &["public", "internal", "anonymised"],
            },
            "who may get it",
        ),
        needed("owner", Form::Title, "who keeps it"),
        needed("review_by", Form::Date, "when it should be looked at again"),
        optional("credit", Form::Title, "whose idea or lead it was"),
        needed("brief", Form::Text, "at most 110 words, shown first"),
        needed(
            "since",
            Form::Text,
            "what changed since, one line; \"nothing known\" is an answer",
        ),
        needed("challenge", Form::Text, "the problem"),
        needed("action", Form::Text, "what they did"),
        needed("result", Form::Text, "what came of it, beside the claims"),
        needed("cost", Form::Text, "what it cost or risked"),
        optional("backfire", Form::Text, "what went wrong on the way"),
        needed("takeaway", Form::Text, "what an executive should take from it"),
        needed("ask", some_of(&Form::Text), "two questions for one's own company"),
        needed("fails_if", Form::Text, "what would make it fail here"),
        optional(
            "claim",
            Form::Tables {
                of: &CLAIM,
                least: 0,
                most: MANY,
                distinct: true,
            },
            "every number of the text",
        ),
        optional(
            "source",
            Form::Tables {
                of: &SOURCE,
                least: 0,
                most: MANY,
                distinct: true,
            },
            "where the numbers come from",
        ),
    ],
);

static CLAIM: Shape = shape(
    "claim",
    &[
        needed("id", Form::Slug, "short; unique in the case"),
        needed(
            "part",
            Form::Word {
                what: "part",
                words: &["action", "result", "cost", "backfire"],
            },
            "under which heading it is printed",
        ),
        needed("text", Form::Text, "the sentence"),
        needed("value", Form::Measured, "the number"),
        needed("unit", Form::Title, "what is counted"),
        needed(
            "base",
            Form::Text,
            "share of what, compared with what, counted how",
        ),
        needed("year", Form::Years, "when it was so"),
        optional("about", Form::YesNo, "whether the source says \"about\"; false"),
        needed(
            "grade",
            Form::Word {
                what: "grade",
                words: &["verified", "single-source"],
            },
            "how well it is supported",
        ),
        needed("source", ONE_PART, "a source of this case"),
        optional("said_by", Form::Text, "self-reported, and by whom"),
        optional(
            "contested_by",
            Form::Text,
            "another source, or the reason it is disputed",
        ),
        optional("derived", Form::Text, "the calculation, where the value is ours"),
    ],
);

static SOURCE: Shape = shape(
    "source",
    &[
        needed("id", Form::Slug, "short; unique in the case"),
        optional("author", Form::Text, "who wrote it"),
        needed("title", Form::Text, "its title"),
        optional("publisher", Form::Text, "who published it"),
        optional("year", YEAR, "its year"),
        needed("address", Form::Text, "its address, without scheme"),
    ],
);

const YEAR: Form = Form::Whole {
    least: 1500,
    most: 2200,
};

/// The case of a checked file.
pub(super) fn case(file: View<'_>) -> Option<Case> {
    Some(Case {
        id: file.parsed("id")?,
        title: file.text("title")?,
        rev: file.whole("rev")?,
        language: file.text("language"),
        organisation: file.text("organisation")?,
        sector: file.parsed("sector")?,
        size: file.word("size", &Size::ALL)?,
        country: file.text("country")?,
        years: file.years("years")?,
        functions: file.parsed_list("functions"),
        capabilities: file.parsed_list("capabilities"),
        challenges: file.parsed_list("challenges"),
        failed: file.yes("failed").unwrap_or(false),
        permission: file.word("permission", &PERMISSIONS)?,
        owner: file.text("owner")?,
        review_by: file.date("review_by")?,
        credit: file.text("credit"),
        brief: file.text("brief")?,
        since: file.text("since")?,
        challenge: file.text("challenge")?,
        action: file.text("action")?,
        result: file.text("result")?,
        cost: file.text("cost")?,
        backfire: file.text("backfire"),
        takeaway: file.text("takeaway")?,
        ask: file.texts("ask"),
        fails_if: file.text("fails_if")?,
        claims: file
            .tables("claim")
            .into_iter()
            .map(claim)
            .collect::<Option<_>>()?,
        sources: file
            .tables("source")
            .into_iter()
            .map(source)
            .collect::<Option<_>>()?,
    })
}

fn claim(table: View<'_>) -> Option<Claim> {
    Some(Claim {
        id: table.text("id")?,
        part: table.word("part", &PARTS)?,
        text: table.text("text")?,
        value: table.measured("value")?,
        unit: table.text("unit")?,
        base: table.text("base")?,
        years: table.years("year")?,
        about: table.yes("about").unwrap_or(false),
        grade: table.word("grade", &GRADES)?,
        source: table.text("source")?,
        said_by: table.text("said_by"),
        contested_by: table.text("contested_by"),
        derived: table.text("derived"),
    })
}

fn source(table: View<'_>) -> Option<Source> {
    Some(Source {
        id: table.text("id")?,
        author: table.text("author"),
        title: table.text("title")?,
        publisher: table.text("publisher"),
        year: table.whole("year"),
        address: table.text("address")?,
    })
}
