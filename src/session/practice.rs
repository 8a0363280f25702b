//! Doing something with one's own hands: what was done, by whom, a baseline, whether it may be quoted.

use super::ask::{Answer, AskError, Choice, Kind, Reply};
use super::measure::over_text;
use super::sitting::{Ended, LINE, Picked, SessionError, Sitting, StepHead, yes_no};
use crate::base::points::Thousandths;
use crate::base::text::capitalised;
use crate::base::texts::t;
use crate::base::time::Date;
use crate::model::curriculum::{Exposure, Measure, Practice, Step};
use crate::model::event::{Baseline, Fact, Practised};

/// A first figure, and over how many it was counted.
type Figure = (Thousandths, Option<u64>);

/// What the person said about a practice; who stops on the way has said what came before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeAnswers {
    /// By their own hand.
    pub personal: bool,
    /// The line on what was done.
    pub evidence: Option<String>,
    /// Who saw it, an id.
    pub witness: Option<String>,
    /// Whether a report may quote the line.
    pub may_quote: bool,
    /// The figure today, and over how many cases.
    pub before: Option<Figure>,
}

/// What to do, line by line; the draft where public is not allowed.
pub fn practice_lines(practice: &Practice, draft: bool) -> &[String] {
    if draft && !practice.draft.is_empty() {
        &practice.draft
    } else {
        &practice.instructions
    }
}

/// Shows a practice and asks what came of it. `draft_only` says why publishing is not offered; `witness` saw it.
pub fn do_practice(
    sitting: &mut Sitting<'_>,
    head: &StepHead,
    step: &Step,
    practice: &Practice,
    draft_only: Option<&str>,
    witness: Option<&str>,
) -> Result<Ended, SessionError> {
    sitting.open(head)?;
    let title = step.title.as_deref().unwrap_or_default();
    let mut draft = draft_only.is_some() && practice.exposure == Exposure::Public;
    show(sitting, title, practice, draft)?;
    if let (true, Some(why)) = (draft, draft_only) {
        sitting.prose(
            &t!(
                "practice.draft_only",
                "{why}; the draft counts the same.",
                why = why
            ),
            0,
        )?;
    }
    let personal = loop {
        match ask_own_hand(sitting, head, practice, draft)? {
            OwnHand::Yes => break true,
            OwnHand::No => break false,
            OwnHand::Draft => {
                draft = true;
                show(sitting, title, practice, true)?;
            }
            OwnHand::Later => return Ok(Ended::Skipped),
            OwnHand::Stop => return Ok(Ended::Stopped),
        }
    };
    let Some((mut answers, stopped)) = ask_rest(sitting, head, practice, personal)? else {
        return Ok(Ended::Stopped);
    };
    answers.witness = witness.map(str::to_owned);
    echo(sitting, practice, &answers)?;
    sitting
        .sink
        .shared(practised(sitting, step, practice, &answers))?;
    sitting.saved(&t!("practice.saved", "Saved.   (upwards undo takes it back)"))?;
    Ok(if stopped { Ended::Stopped } else { Ended::Done })
}

fn show(sitting: &mut Sitting<'_>, title: &str, practice: &Practice, draft: bool) -> Result<(), AskError> {
    let seen = if draft {
        t!("practice.seen.draft", "nobody, it is a draft")
    } else {
        practice.exposure.seen_by()
    };
    sitting.prose(
        &t!(
            "practice.head",
            "{title}   (seen outside: {seen})",
            title = title,
            seen = seen
        ),
        0,
    )?;
    sitting.blank()?;
    for (at, line) in practice_lines(practice, draft).iter().enumerate() {
        sitting.entry(&(at + 1).to_string(), line)?;
    }
    sitting.blank()
}

enum OwnHand {
    Yes,
    No,
    Draft,
    Later,
    Stop,
}

fn ask_own_hand(
    sitting: &mut Sitting<'_>,
    head: &StepHead,
    practice: &Practice,
    draft: bool,
) -> Result<OwnHand, AskError> {
    let mut choices = vec![
        Choice::new("yes", t!("practice.yes", "yes, I did this myself")),
        Choice::new("no", t!("practice.no", "somebody did it for me")),
        Choice::new("later", t!("practice.later", "later")),
    ];
    let offers_draft = practice.exposure == Exposure::Public && !draft;
    if offers_draft {
        choices.push(Choice::new(
            "draft",
            t!(
                "practice.draft",
                "show me the draft instead: nothing is published, it counts the same"
            ),
        ));
    }
    let usual = t!("practice.own_hand", "Did you do it yourself?");
    let question = sitting.question(
        format!("{}.personal", head.step),
        practice.own_hand.as_deref().unwrap_or(&usual),
        Kind::One(choices),
        &format!("upwards learn --step {} --personal yes --done \"…\"", head.step),
    );
    Ok(match sitting.one(&question)? {
        Picked::At(0) => OwnHand::Yes,
        Picked::At(1) => OwnHand::No,
        Picked::At(2) | Picked::Skip => OwnHand::Later,
        Picked::At(_) => OwnHand::Draft,
        Picked::Stop => OwnHand::Stop,
    })
}

/// What there is to record, and whether the person stopped behind it; `None` = stopped before there was anything.
fn ask_rest(
    sitting: &mut Sitting<'_>,
    head: &StepHead,
    practice: &Practice,
    personal: bool,
) -> Result<Option<(PracticeAnswers, bool)>, AskError> {
    let usual = t!("practice.evidence", "What did you do, in one line?");
    let mut line = sitting.question(
        format!("{}.done", head.step),
        practice.evidence.as_deref().unwrap_or(&usual),
        Kind::Line(LINE),
        &format!("upwards learn --step {} --done \"…\"", head.step),
    );
    line.seen_by = Some(sitting.shared_with());
    line.can_skip = true;
    let evidence = match sitting.ask.ask(&line)? {
        Reply::Answer(Answer::Line(text)) => Some(text),
        Reply::Stop => return Ok(None),
        _ => None,
    };
    let mut answers = PracticeAnswers {
        personal,
        evidence,
        witness: None,
        may_quote: false,
        before: None,
    };
    if answers.evidence.is_some() {
        let mut quote = sitting.question(
            format!("{}.may_quote", head.step),
            &t!("practice.quote", "May a report quote this line?"),
            yes_no(
                &t!("practice.quote.yes", "yes, with my role"),
                &t!("practice.quote.no", "no"),
            ),
            "--may-quote",
        );
        quote.can_skip = true;
        match sitting.one(&quote)? {
            Picked::At(0) => answers.may_quote = true,
            Picked::Stop => return Ok(Some((answers, true))),
            _ => {}
        }
    }
    let mut stopped = false;
    if let Some(measure) = &practice.measure {
        (answers.before, stopped) = ask_baseline(sitting, head, measure)?;
    }
    Ok(Some((answers, stopped)))
}

fn ask_baseline(
    sitting: &mut Sitting<'_>,
    head: &StepHead,
    measure: &Measure,
) -> Result<(Option<Figure>, bool), AskError> {
    let text = t!(
        "practice.before",
        "{unit}, today, before anything changes?",
        unit = capitalised(&measure.unit)
    );
    let mut question = sitting.question(format!("{}.before", head.step), &text, Kind::Number, "--before N");
    question.seen_by = Some(sitting.shared_with());
    question.can_skip = true;
    let before = match sitting.ask.ask(&question)? {
        Reply::Answer(Answer::Number(before)) => before,
        other => return Ok((None, other == Reply::Stop)),
    };
    let mut over = sitting.question(
        format!("{}.n", head.step),
        &over_text(),
        Kind::Whole(1, 1_000_000_000),
        "--n N",
    );
    over.can_skip = true;
    let reply = sitting.ask.ask(&over)?;
    let stopped = reply == Reply::Stop;
    let n = match reply {
        Reply::Answer(Answer::Whole(n)) => Some(n),
        _ => None,
    };
    Ok((Some((before, n)), stopped))
}

/// Says what was understood, before anything is written.
fn echo(sitting: &mut Sitting<'_>, practice: &Practice, answers: &PracticeAnswers) -> Result<(), AskError> {
    let mut said = if answers.personal {
        t!(
            "practice.understood.own",
            "Understood: practice, today, by your own hand"
        )
    } else {
        t!(
            "practice.understood.other",
            "Understood: practice, today, done by somebody else"
        )
    };
    if let (Some((before, n)), Some(measure)) = (&answers.before, &practice.measure) {
        let today = sitting.sink.now().today;
        said.push_str(&t!(
            "practice.understood.baseline",
            "; baseline {before} {unit}",
            before = before,
            unit = measure.unit
        ));
        if let Some(n) = n {
            said.push_str(&t!("practice.understood.over", ", over {n}", n = n));
        }
        said.push_str(&t!(
            "practice.understood.again",
            "; asked again on {day}",
            day = second_day(sitting, today).short(today)
        ));
    }
    if let Some(witness) = &answers.witness {
        said.push_str(&t!("practice.understood.seen", "; seen by {who}", who = witness));
    }
    sitting.blank()?;
    sitting.prose(&format!("{said}."), 0)?;
    if answers.evidence.is_none() {
        sitting.prose(
            &t!(
                "practice.no_line",
                "Recorded without a line: no hands-on points until there is one; do the step again to add it."
            ),
            0,
        )?;
    } else if !answers.personal {
        sitting.prose(
            &t!(
                "practice.not_own",
                "It gives no hands-on points: nobody is ready without a practice of their own."
            ),
            0,
        )?;
    }
    Ok(())
}

fn second_day(sitting: &Sitting<'_>, today: Date) -> Date {
    today + i32::try_from(sitting.settings.practice.second_measure_days).unwrap_or(30)
}

fn practised(
    sitting: &Sitting<'_>,
    step: &Step,
    practice: &Practice,
    answers: &PracticeAnswers,
) -> Fact<'static> {
    let measure = answers
        .before
        .as_ref()
        .zip(practice.measure.as_ref())
        .map(|((before, n), measure)| Baseline {
            before: *before,
            unit: measure.unit.clone().into(),
            period: measure.period.clone().into(),
            n: *n,
        });
    Fact::Practised(Box::new(Practised {
        curriculum: sitting.curriculum.id.to_string().into(),
        step: step.id.to_string().into(),
        rev: step.rev,
        capabilities: step.capabilities.iter().map(|c| c.to_string().into()).collect(),
        personal: answers.personal,
        evidence: answers.evidence.clone().map(Into::into),
        witness: answers.witness.clone().map(Into::into),
        may_quote: answers.may_quote,
        measure,
    }))
}
