//! Baselines that wait for their second figure.

use crate::cli::context::Context;
use crate::cli::error::Result;
use crate::cli::person::Subject;
use crate::model::curriculum::Curriculum;
use crate::progress::PracticeRecord;
use crate::session::OpenBaseline;

/// The newest open baseline of each step, oldest first.
pub(crate) fn open(
    subject: &Subject,
    context: &Context,
    curriculum: &Curriculum,
) -> Result<Vec<OpenBaseline>> {
    newest(subject, context, curriculum, |record| record.measured.is_none())
}

/// The newest baseline of a step, with a second figure or without.
pub(crate) fn of_step(
    subject: &Subject,
    context: &Context,
    curriculum: &Curriculum,
    step: &str,
) -> Result<Option<OpenBaseline>> {
    let all = newest(subject, context, curriculum, |record| record.step == step)?;
    Ok(all.into_iter().next())
}

fn newest(
    subject: &Subject,
    context: &Context,
    curriculum: &Curriculum,
    is_meant: impl Fn(&PracticeRecord<'_>) -> bool,
) -> Result<Vec<OpenBaseline>> {
    let mut open: Vec<OpenBaseline> = Vec::new();
    subject.view(context, curriculum, |view| {
        for record in view.progress.baselines().filter(|record| is_meant(record)) {
            let Some(measure) = &record.practised.measure else {
                continue;
            };
            open.retain(|b| b.step != record.step);
            open.push(OpenBaseline {
                practice: record.event.id,
                step: record.step.to_owned(),
                title: curriculum
                    .step(record.step)
                    .and_then(|s| s.title.clone())
                    .unwrap_or_default(),
                day: record.event.day,
                before: measure.before,
                unit: measure.unit.to_string(),
                n: measure.n,
            });
        }
        Ok(())
    })?;
    Ok(open)
}

/// Those of all curricula in use whose second figure is due, each with its curriculum.
pub(crate) fn due(subject: &Subject, context: &Context) -> Result<Vec<(String, OpenBaseline)>> {
    let days = i32::try_from(subject.workspace.settings.practice.second_measure_days).unwrap_or(i32::MAX);
    let mut due = Vec::new();
    for curriculum in &subject.workspace.curricula {
        let open = open(subject, context, curriculum)?;
        let ripe = open
            .into_iter()
            .filter(|b| context.now.today.days_since(b.day) >= days);
        due.extend(ripe.map(|b| (curriculum.id.to_string(), b)));
    }
    Ok(due)
}
