//! The person's own form of their progress: the leader's lines, with question names and misses that nobody else sees.

use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::cli::context::Context;
use crate::cli::error::{Outcome, Result};
use crate::cli::person::Subject;
use crate::cli::plan::private_entries;
use crate::cli::team;
use crate::journal::Entry;
use crate::model::curriculum::Curriculum;
use crate::own;
use crate::readiness::{Ladder, Own, assess};
use crate::report;

pub(crate) fn show(
    context: &Context,
    subject: &Subject,
    curriculum: &Curriculum,
    capability: Option<&str>,
) -> Result<Outcome> {
    context.ui.only_for_own_eyes();
    let settings = &subject.workspace.settings;
    let entries = private_entries(subject, context)?;
    let memory = own::memory(&entries, curriculum, settings, subject.as_of);
    let ladder = Ladder::of(&settings.readiness);
    let again: report::AskedAgain = memory
        .iter()
        .map(|(_, question, remembered)| (question.to_owned(), remembered.recall.asked_again_from(&ladder)))
        .collect();
    let device = subject.device(context)?;
    let rules = report::fingerprint(curriculum, &settings.readiness);
    subject.view(context, curriculum, |view| {
        let own = device.as_ref().filter(|_| subject.is_self()).map(|device| Own {
            device,
            memory: &memory,
        });
        let assessment = assess(curriculum, settings, view.progress, own.as_ref(), subject.as_of);
        if context.ui.wants_data()? {
            let groups = team::groups_of(&subject.workspace, &subject.person);
            let mut rows = report::long_rows(
                &subject.person,
                &groups,
                curriculum,
                &rules,
                view.progress,
                &assessment,
            );
            if let Some(only) = capability {
                rows.retain(|row| row.get(7).is_some_and(|v| v.machine() == only));
            }
            context
                .ui
                .report(report::readiness_long(rows, &rules, subject.as_of))?;
            return Ok(Outcome::Done);
        }
        let about = report::About {
            workspace: &subject.workspace,
            person: &subject.person,
            curriculum,
            progress: view.progress,
            assessment: &assessment,
            rules: &rules,
            own: Some(&again),
            events_shown: context.ui.verbose > 0,
        };
        let mut page = report::explanation(&about, capability);
        let (mine, theirs) = (assessment.overall.total, view.assessment.overall.total);
        if mine != theirs {
            page.below.push(t!(
                "progress.theirs",
                "The leaders' page still shows {points} until your next session.",
                points = theirs
            ));
        }
        page.below
            .extend(private_lines(&entries, curriculum, subject.as_of));
        context.ui.report(page)?;
        Ok(Outcome::Done)
    })
}

/// What nobody else ever sees: how sure against how right, and one's own word on each capability.
fn private_lines(entries: &[Entry], curriculum: &Curriculum, as_of: Date) -> Vec<String> {
    let of = curriculum.id.as_str();
    let mut lines = Vec::new();
    let sure = own::calibration(entries, of, as_of);
    if let (Some(bias), Some(brier)) = (sure.bias, sure.brier) {
        lines.push(t_n!(
            "progress.sure",
            sure.answers,
            "How sure you were: {n} answer, {judgement} ({bias} points, Brier {brier})",
            "How sure you were: {n} answers, {judgement} ({bias} points, Brier {brier})",
            judgement = sure.judgement.shown(),
            bias = signed(bias),
            brier = format!("{}.{:03}", brier / 1_000, brier % 1_000)
        ));
    }
    for capability in &curriculum.capabilities {
        let rated: Vec<String> = own::ratings(entries, of, as_of)
            .filter(|(id, ..)| *id == capability.id.as_str())
            .map(|(_, day, level)| {
                t!(
                    "progress.rated",
                    "{level} on {day}",
                    level = level,
                    day = day.short(as_of)
                )
            })
            .collect();
        if !rated.is_empty() {
            lines.push(t!(
                "progress.own_word",
                "Your own word on {capability}, 1 to 5: {levels}",
                capability = capability.name,
                levels = rated.join(", ")
            ));
        }
    }
    if !lines.is_empty() {
        lines.push(t!(
            "progress.private",
            "These lines are private: they stay on this computer and move no point."
        ));
    }
    lines
}

/// Tenths with their sign.
fn signed(tenths: i64) -> String {
    let sign = match tenths.signum() {
        -1 => "-",
        0 => "",
        _ => "+",
    };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}
