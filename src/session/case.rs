//! Reading a case: the brief first, the rest one key away. Reading to its question finishes the step.

use super::ask::{Answer, AskError, Kind, Reply, SeenBy};
use super::sitting::{Ended, LINE, Picked, SessionError, Sitting, StepHead, yes_no};
use crate::base::text::width;
use crate::base::texts::t;
use crate::journal::Thought;
use crate::model::case::{Case, Claim, ClaimPart};
use crate::model::curriculum::{CaseStep, Step};
use crate::model::event::Fact;

/// Shows a case and asks its question; `already` = it was finished before, at any revision.
pub fn read_case(
    sitting: &mut Sitting<'_>,
    head: &StepHead,
    step: &CaseStep,
    case: &Case,
    already: bool,
) -> Result<Ended, SessionError> {
    sitting.open(head)?;
    if !already {
        sitting.sink.shared(fact(sitting, head, case, true))?;
    }
    show(sitting, &case_brief(case, sitting.ask.width()))?;
    sitting.blank()?;
    if let Some(claim) = case.claims.iter().find(|c| c.contested_by.is_some()) {
        let line = t!(
            "case.question_this",
            "Question this number: {claim} ({why}).",
            claim = claim.text.trim_end_matches('.'),
            why = contested(case, claim)
        );
        sitting.prose(&line, 0)?;
        sitting.blank()?;
    }
    let asked = step
        .ask
        .first()
        .or(case.ask.first())
        .cloned()
        .unwrap_or_else(|| t!("case.ask", "What would you do with this on Monday?"));
    let mut question = sitting.question(
        format!("{}.text", head.step),
        &asked,
        Kind::Line(LINE),
        &format!("upwards learn --step {} --answers FILE", head.step),
    );
    question.seen_by = Some(SeenBy::Private);
    question.can_skip = true;
    question.keys = vec![
        ('m', t!("case.key.more", "more")),
        ('s', t!("case.key.sources", "sources")),
    ];
    loop {
        match sitting.ask.ask(&question)? {
            Reply::Key('m') => show(sitting, &case_rest(case))?,
            Reply::Key(_) => show(sitting, &case_sources(case))?,
            Reply::Answer(Answer::Line(text)) => {
                let curriculum = sitting.curriculum.id.to_string();
                sitting.sink.private(Thought::Reflected {
                    curriculum,
                    step: head.step.clone(),
                    text,
                })?;
                break;
            }
            Reply::Answer(_) | Reply::Skip => break,
            Reply::Stop => return Ok(Ended::Stopped),
        }
    }
    sitting.sink.shared(fact(sitting, head, case, false))?;
    sitting.saved(&t!("saved", "Saved."))?;
    Ok(Ended::Done)
}

/// Offers to leave out a case whose questions were all answered right: it then counts as done.
pub fn ask_skip(sitting: &mut Sitting<'_>, step: &Step, title: &str) -> Result<Ended, SessionError> {
    let mut question = sitting.question(
        format!("{}.skip", step.id),
        &t!(
            "case.skip",
            "You knew it all. Leave out the case \"{title}\"?",
            title = title
        ),
        yes_no(
            &t!("case.skip.yes", "yes, it counts as done"),
            &t!("case.skip.no", "no, keep it for later"),
        ),
        &format!("upwards learn --step {}", step.id),
    );
    question.can_skip = true;
    match sitting.one(&question)? {
        Picked::At(0) => {}
        Picked::Stop => return Ok(Ended::Stopped),
        _ => return Ok(Ended::Skipped),
    }
    sitting.sink.shared(Fact::Finished {
        curriculum: sitting.curriculum.id.to_string().into(),
        step: step.id.to_string().into(),
        rev: step.rev,
    })?;
    sitting.saved(&t!("saved", "Saved."))?;
    Ok(Ended::Done)
}

/// What is shown of a case: text, or a heading with text beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseLine {
    /// A paragraph.
    Prose(String),
    /// A heading and its text.
    Entry(String, String),
    /// A line that is laid out already.
    Line(String),
}

/// So many claims of the result stand beside the brief.
const WITH_BRIEF: usize = 3;

/// Title, brief, the first claims of the result, what changed since.
pub fn case_brief(case: &Case, columns: usize) -> Vec<CaseLine> {
    let years = years(case.years);
    let beside = format!("{}, {years}", case.sector);
    let used = width(&case.title) + width(&beside);
    let mut lines = if used + 2 <= columns {
        let gap = " ".repeat(columns - used);
        vec![CaseLine::Line(format!("{}{gap}{beside}", case.title))]
    } else {
        vec![CaseLine::Prose(case.title.clone()), CaseLine::Line(beside)]
    };
    lines.extend([
        CaseLine::Line(String::new()),
        CaseLine::Prose(case.brief.clone()),
        CaseLine::Line(String::new()),
    ]);
    lines.extend(claims_of(case, ClaimPart::Result).take(WITH_BRIEF));
    lines.push(CaseLine::Prose(t!(
        "case.since",
        "Since then: {since}",
        since = case.since
    )));
    lines
}

/// Problem, what they did, result, cost, backfire, what to take from it, what would make it fail; without what stands beside
/// the brief.
pub fn case_rest(case: &Case) -> Vec<CaseLine> {
    let mut lines = vec![
        CaseLine::Entry(t!("case.problem", "Problem"), case.challenge.clone()),
        CaseLine::Entry(t!("case.what", "What"), case.action.clone()),
    ];
    lines.extend(claims_of(case, ClaimPart::Action));
    lines.push(CaseLine::Entry(t!("case.result", "Result"), case.result.clone()));
    // The first of them stand beside the brief.
    lines.extend(claims_of(case, ClaimPart::Result).skip(WITH_BRIEF));
    lines.push(CaseLine::Entry(t!("case.cost", "Cost"), case.cost.clone()));
    lines.extend(claims_of(case, ClaimPart::Cost));
    if let Some(backfire) = &case.backfire {
        lines.push(CaseLine::Entry(t!("case.backfire", "Backfire"), backfire.clone()));
    }
    lines.extend(claims_of(case, ClaimPart::Backfire));
    lines.push(CaseLine::Entry(t!("case.take", "Take"), case.takeaway.clone()));
    lines.push(CaseLine::Entry(
        t!("case.fails_if", "Fails if"),
        case.fails_if.clone(),
    ));
    for ask in &case.ask {
        lines.push(CaseLine::Entry(t!("case.ask_here", "Ask here"), ask.clone()));
    }
    lines
}

/// Every source, numbered as the claims refer to them. Nobody says they were opened today.
pub fn case_sources(case: &Case) -> Vec<CaseLine> {
    case.sources
        .iter()
        .enumerate()
        .map(|(at, s)| CaseLine::Prose(format!("[{}] {}", at + 1, s.words())))
        .collect()
}

fn claims_of(case: &Case, part: ClaimPart) -> impl Iterator<Item = CaseLine> {
    case.claims
        .iter()
        .filter(move |c| c.part == part)
        .map(|c| claim_line(case, c))
}

fn claim_line(case: &Case, claim: &Claim) -> CaseLine {
    let number = case
        .sources
        .iter()
        .position(|s| s.id == claim.source)
        .map_or(0, |at| at + 1);
    let derived = claim
        .derived
        .as_ref()
        .map(|d| t!("case.derived", ", derived: {how}", how = d))
        .unwrap_or_default();
    let contested = if claim.contested_by.is_some() {
        format!(": {}", contested(case, claim))
    } else {
        String::new()
    };
    let said = claim
        .said_by
        .as_ref()
        .map(|who| t!("case.said_by", "; said by {who}", who = who))
        .unwrap_or_default();
    CaseLine::Entry(
        "-".to_owned(),
        format!(
            "{} ({}{contested}{said}{derived}) [{number}]",
            claim.text,
            claim.shown_grade()
        ),
    )
}

fn contested(case: &Case, claim: &Claim) -> String {
    let by = claim.contested_by.as_deref().unwrap_or_default();
    match case.sources.iter().position(|s| s.id == by) {
        Some(at) => t!("case.see", "see [{n}]", n = at + 1),
        None => by.to_owned(),
    }
}

fn years((first, last): (u32, u32)) -> String {
    if first == last {
        first.to_string()
    } else {
        format!("{first}-{last}")
    }
}

fn show(sitting: &mut Sitting<'_>, lines: &[CaseLine]) -> Result<(), AskError> {
    for line in lines {
        match line {
            CaseLine::Prose(text) => sitting.prose(text, 0)?,
            CaseLine::Entry(heading, text) => sitting.entry(heading, text)?,
            CaseLine::Line(text) => sitting.ask.say(text)?,
        }
    }
    Ok(())
}

fn fact(sitting: &Sitting<'_>, head: &StepHead, case: &Case, started: bool) -> Fact<'static> {
    let curriculum = sitting.curriculum.id.to_string().into();
    let step = head.step.clone().into();
    if started {
        Fact::Started {
            curriculum,
            step,
            rev: case.rev,
        }
    } else {
        Fact::Finished {
            curriculum,
            step,
            rev: case.rev,
        }
    }
}
