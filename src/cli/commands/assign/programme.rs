//! A curriculum laid out as a programme: a module after the other, each with so much time, shown before it is written.

use super::{Change, Span, assigned};
use crate::base::text::{pad, width};
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::cli::error::Result;
use crate::model::curriculum::{Curriculum, Module};
use crate::model::event::Fact;
use crate::model::settings::Plan;
use crate::progress::Progress;

/// When a programme starts, and how much time each module has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Programme {
    pub(super) start: Date,
    pub(super) every: Span,
}

impl Programme {
    /// What is to be recorded about somebody: modules that they have finished are left out, and what they have with that
    /// day already. The first is due one interval after the start. A module that they finished within this programme keeps
    /// its place: laying it out again moves nothing.
    pub(super) fn facts(
        self,
        curriculum: &Curriculum,
        progress: &Progress<'_>,
        reason: Option<&str>,
    ) -> Result<Vec<Fact<'static>>> {
        let mut facts = Vec::new();
        let mut place = 1;
        for module in &curriculum.modules {
            let due = self.every.times(place).behind(self.start, "--start")?;
            let mut open = progress
                .assignments
                .iter()
                .filter(|a| a.module == module.id.as_str() && a.unassigned.is_none());
            let is_finished = progress
                .module(module.id.as_str())
                .is_some_and(|record| record.finished_on.is_some());
            if is_finished {
                place += i32::from(open.clone().any(|a| a.due == Some(due)));
                continue;
            }
            place += 1;
            if open.next_back().is_none_or(|a| a.due != Some(due)) {
                let reason = reason.map(str::to_owned);
                facts.push(assigned(curriculum, module.id.as_str(), Some(due), reason));
            }
        }
        Ok(facts)
    }
}

/// What takes a programme back: every open assignment of a module that is not finished.
pub(super) fn taken_back(
    curriculum: &Curriculum,
    progress: &Progress<'_>,
    reason: Option<&str>,
) -> Vec<Fact<'static>> {
    let is_open = |module: &str| {
        curriculum.module(module).is_some()
            && progress
                .module(module)
                .is_none_or(|record| record.finished_on.is_none())
    };
    progress
        .assignments
        .iter()
        .filter(|a| a.unassigned.is_none() && is_open(a.module))
        .map(|a| Fact::Unassigned {
            reference: a.event.id,
            reason: reason.map(|text| text.to_owned().into()),
        })
        .collect()
}

/// The programme as a table, once for people who get the same, with what of it is moved.
pub(super) fn lines(
    changes: &[&Change<'_>],
    curriculum: &Curriculum,
    settings: &Plan,
    today: Date,
) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest: Vec<&Change<'_>> = changes.to_vec();
    while let Some(first) = rest.first().copied() {
        let is_same = |one: &&Change<'_>| one.facts == first.facts && one.had == first.had;
        let (same, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|one| is_same(one));
        rest = others;
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(
            same.iter()
                .map(|one| format!("  {} ({})", one.person.name, one.person.id)),
        );
        lines.extend(dated(first, curriculum, settings, today));
    }
    lines
}

fn dated(change: &Change<'_>, curriculum: &Curriculum, settings: &Plan, today: Date) -> Vec<String> {
    let modules = change
        .facts
        .iter()
        .zip(&change.had)
        .filter_map(|(fact, had)| match fact {
            Fact::Assigned { module, due, .. } => Some((curriculum.module(module)?, (*due)?, *had)),
            _ => None,
        });
    let modules: Vec<(&Module, Date, Option<Date>)> = modules.collect();
    let widest = modules
        .iter()
        .map(|(module, ..)| width(&module.title))
        .max()
        .unwrap_or(0);
    let day = |due: &Date| due.weekday_short_with_year(today);
    let long = modules
        .iter()
        .map(|(_, due, _)| width(&day(due)))
        .max()
        .unwrap_or(0);
    let mut all = 0;
    let mut lines: Vec<String> = modules
        .iter()
        .map(|(module, due, had)| {
            let minutes = minutes(module, settings);
            all += minutes;
            let minutes = t!("assign.minutes", "{n} min", n = minutes);
            let line = format!(
                "    {}  {}  {minutes:>7}",
                pad(&day(due), long),
                pad(&module.title, widest)
            );
            match had {
                Some(before) => t!(
                    "assign.line_was",
                    "{line}  (was {before})",
                    line = line,
                    before = before.short(today)
                ),
                None => line,
            }
        })
        .collect();
    lines.push(t_n!(
        "assign.in_all",
        modules.len(),
        "    {n} module, {minutes} minutes in all",
        "    {n} modules, {minutes} minutes in all",
        minutes = all
    ));
    lines
}

/// The planned minutes of a module's live steps.
fn minutes(module: &Module, settings: &Plan) -> u32 {
    let steps = module.live_steps();
    steps
        .map(|step| step.seconds(settings.seconds_per_question).minutes().0)
        .sum()
}

/// What should be known of the dates before they are written.
pub(super) fn warning(changes: &[&Change<'_>], today: Date) -> Option<String> {
    let over = changes
        .iter()
        .flat_map(|one| &one.facts)
        .filter(|fact| matches!(fact, Fact::Assigned { due: Some(due), .. } if *due < today));
    let over = over.count();
    (over > 0).then(|| {
        t_n!(
            "assign.note.dates_over",
            over,
            "note: {n} of these dates is over already",
            "note: {n} of these dates are over already"
        )
    })
}
