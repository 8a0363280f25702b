//! A case that is still to be written, as a file: what is known stands in it, what is not says TODO. And the id of a case
//! file, read and changed.

use toml_edit::{Array, DocumentMut, Value};

use super::scaffold::line;
use crate::base::id::CaseId;
use crate::base::time::Date;
use crate::base::words::plural;
use crate::model::case::Size;
use crate::model::case_draft::{CaseDraft, Figure};
use crate::model::event::MeasureGrade;

/// The text of a draft. `check` names every field that still says TODO.
pub fn case_draft(draft: &CaseDraft) -> String {
    let gathered = &draft.gathered;
    let mut text = format!(
        "# A case in the making. Put something in the place of every TODO, then: upwards cases add drafts/{}.toml\n\
         # It names nobody. Ask whoever could be recognised before it leaves this company.\n",
        draft.id
    );
    if let Some(idea) = &gathered.idea {
        note(&mut text, "It began with an idea:", std::slice::from_ref(idea));
    }
    text.push_str("format = 1\n");
    line(&mut text, "id", &draft.id.as_str().into());
    todo(&mut text, "title", "one line that says what happened");
    text.push_str("rev = 1\n");
    line(&mut text, "organisation", &draft.organisation.as_str().into());
    known(
        &mut text,
        "sector",
        draft.sector.as_ref().map(AsRef::as_ref),
        "a word for your market",
    );
    let size = draft.size.map(Size::word);
    known(&mut text, "size", size, "small, medium, large or very-large");
    known(&mut text, "country", draft.country.as_deref(), "two letters");
    let year = |day: Option<&Date>| day.unwrap_or(&draft.review_by).year();
    let (first, last) = (gathered.days.first(), gathered.days.last());
    if first.is_some() {
        text.push_str(&format!("years = [{}, {}]\n", year(first), year(last)));
    } else {
        text.push_str("years = \"TODO: the first and the last, as [2025, 2026]\"\n");
    }
    text.push_str(
        "functions = [\"TODO: customer-service, marketing, innovation, internal, leadership, governance, risk\"]\n",
    );
    if gathered.capabilities.is_empty() {
        text.push_str("capabilities = [\"TODO: what it serves\"]\n");
    } else {
        line(
            &mut text,
            "capabilities",
            &gathered.capabilities.iter().collect::<Array>().into(),
        );
    }
    text.push_str("challenges = []    # worries it answers, as in people.toml\n");
    text.push_str("permission = \"internal\"    # public or anonymised: it may go into packs\n");
    line(&mut text, "owner", &draft.owner.as_str().into());
    text.push_str(&format!("review_by = {}\n", draft.review_by));
    if let Some(credit) = &draft.credit {
        line(&mut text, "credit", &credit.as_str().into());
    }
    text.push('\n');
    todo(
        &mut text,
        "brief",
        "at most 110 words: what they did, what came of it, how well that is known",
    );
    todo(&mut text, "since", "what has changed since, or: nothing yet");
    todo(&mut text, "challenge", "the problem, as it hurt");
    let promises: Vec<String> = gathered
        .promises
        .iter()
        .map(|(promise, kept)| promised(promise, kept.as_deref()))
        .collect();
    note(&mut text, "Promised in the talk:", &promises);
    note(&mut text, "Lines that may be quoted:", &gathered.lines);
    if gathered.kept_back > 0 {
        text.push_str(&format!(
            "# {} on what was done may not be quoted and {} not here.\n",
            plural(gathered.kept_back, "more line"),
            if gathered.kept_back == 1 { "is" } else { "are" }
        ));
    }
    todo(
        &mut text,
        "action",
        "what was done, so that somebody else could do it",
    );
    todo(&mut text, "result", "what came of it beside the figures below");
    todo(
        &mut text,
        "cost",
        "hours, money, risk; where nobody counted, say so",
    );
    todo(
        &mut text,
        "takeaway",
        "what somebody who decides should take from it",
    );
    text.push_str("ask = [\"TODO: a question to one's own company\", \"TODO: a second one\"]\n");
    todo(&mut text, "fails_if", "what would make it fail elsewhere");
    for (at, figure) in gathered.figures.iter().enumerate() {
        claim(&mut text, at + 1, figure);
    }
    if gathered.figures.is_empty() {
        text.push_str(
            "\n# Every number of the brief needs a [[claim]] with value, unit, base, year, grade and source,\n\
             # and every claim a [[source]]; see any case of the library: upwards cases show ID -f json\n",
        );
    } else {
        text.push_str(
            "\n[[source]]\nid = \"own-figures\"\ntitle = \"Figures of our own people, taken twice\"\n",
        );
        line(&mut text, "publisher", &draft.organisation.as_str().into());
        text.push_str(&format!("year = {}\naddress = \"internal\"\n", year(last)));
    }
    text
}

/// The id that a case file gives itself; `None` if it gives none that is one.
pub fn case_id(text: &str) -> Option<CaseId> {
    let file: DocumentMut = text.parse().ok()?;
    file.get("id")?.as_str()?.parse().ok()
}

/// Whether a text is a case for its own company only.
pub fn is_internal_case(text: &str) -> bool {
    let file: Option<DocumentMut> = text.parse().ok();
    let permission = file.as_ref().and_then(|file| file.get("permission")?.as_str());
    permission == Some("internal")
}

/// A case file under another id, all else as it stands; `None` if it cannot be parsed.
pub fn with_id(text: &str, id: &CaseId) -> Option<String> {
    let mut file: DocumentMut = text.parse().ok()?;
    file["id"] = toml_edit::value(id.as_str());
    Some(file.to_string())
}

fn todo(text: &mut String, key: &str, what: &str) {
    line(text, key, &format!("TODO: {what}").into());
}

fn known(text: &mut String, key: &str, value: Option<&str>, what: &str) {
    match value {
        Some(value) => line(text, key, &value.into()),
        None => todo(text, key, what),
    }
}

/// Texts of people as comments: on one line each, whatever is in them.
fn note(text: &mut String, heading: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    text.push_str(&format!("# {heading}\n"));
    for one in lines {
        let plain = one.split_whitespace().collect::<Vec<_>>().join(" ");
        text.push_str(&format!("#   {}\n", Value::from(plain)));
    }
}

fn promised(promise: &str, kept: Option<&str>) -> String {
    match kept {
        Some(answer) => format!("{promise} (kept: {answer})"),
        None => format!("{promise} (not yet asked)"),
    }
}

fn claim(text: &mut String, number: usize, figure: &Figure) {
    let (before, first_on, first_n) = figure.before;
    let (after, second_on, second_n) = figure.after;
    let n = |n: Option<u64>| n.map_or_else(|| "cases not counted".to_owned(), |n| format!("{n} cases"));
    let unit = &figure.unit;
    text.push_str(&format!(
        "\n[[claim]]\nid = \"figure-{number}\"\npart = \"result\"\n"
    ));
    line(text, "text", &format!("{after} {unit}, {before} before").into());
    text.push_str(&format!("value = {after}\n"));
    line(text, "unit", &unit.as_str().into());
    let base = format!(
        "one person's count: {before} on {first_on} ({}), {after} on {second_on} ({})",
        n(first_n),
        n(second_n)
    );
    line(text, "base", &base.into());
    text.push_str(&format!(
        "year = {}\ngrade = \"single-source\"\nsource = \"own-figures\"\n",
        second_on.year()
    ));
    let said_by = match figure.grade {
        MeasureGrade::Verified => "somebody else than the person who gained",
        MeasureGrade::Observed => "the person who gained, from what was observed",
        MeasureGrade::Claimed => "the person who gained, from memory",
    };
    line(text, "said_by", &said_by.into());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::points::Thousandths;
    use crate::files::cases::CASE;
    use crate::files::single::check_text;
    use crate::model::case_draft::Gathered;

    fn draft(gathered: Gathered) -> CaseDraft {
        CaseDraft {
            id: "own".parse().unwrap(),
            organisation: "Halden \"Group\"".to_owned(),
            sector: Some("shipping".parse().unwrap()),
            size: None,
            country: Some("NO".to_owned()),
            owner: "Maya".to_owned(),
            credit: Some("Ana".to_owned()),
            review_by: "2027-11-27".parse().unwrap(),
            gathered,
        }
    }

    #[test]
    fn a_draft_is_well_formed_but_for_what_says_todo() {
        let gathered = Gathered {
            capabilities: ["serve".to_owned()].into(),
            days: ["2026-03-01".parse().unwrap(), "2027-01-05".parse().unwrap()].into(),
            idea: Some("a\nb \"c\" \u{1b}[2J'''".to_owned()),
            promises: vec![("One \"\"\" answer".to_owned(), Some("yes".to_owned()))],
            lines: vec!["done \\ so".to_owned()],
            kept_back: 1,
            figures: vec![Figure {
                unit: "hours".to_owned(),
                before: (
                    Thousandths::new(9_000).unwrap(),
                    "2026-03-01".parse().unwrap(),
                    Some(12),
                ),
                after: (
                    Thousandths::new(6_500).unwrap(),
                    "2027-01-05".parse().unwrap(),
                    None,
                ),
                grade: MeasureGrade::Observed,
            }],
        };
        for gathered in [gathered, Gathered::default()] {
            let text = case_draft(&draft(gathered));
            assert!(!text.contains('\u{1b}'), "{text}");
            for finding in check_text("drafts/own.toml", &text, &CASE) {
                let line = text.lines().nth(finding.place.line - 1).unwrap_or_default();
                assert!(line.contains("TODO"), "{line}: {}", finding.message);
            }
        }
    }
}
