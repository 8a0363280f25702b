//! Where each module stands: assigned, due, finished, overdue (`formats.md` §9).

use super::state::{Assignment, ModuleRecord, Progress, StepRecord};
use crate::base::time::Date;
use crate::model::curriculum::{Curriculum, Module, Step};

/// The modules that were assigned or begun, in the curriculum's order, those it does not know last.
pub(super) fn module_records<'a>(
    curriculum: &'a Curriculum,
    progress: &Progress<'a>,
) -> Vec<ModuleRecord<'a>> {
    let begun = begun_modules(progress);
    let mut records: Vec<ModuleRecord<'a>> = curriculum
        .modules
        .iter()
        .filter_map(|module| known_module(module, begun.contains(&module.id.as_str()), progress))
        .collect();
    for assignment in &progress.assignments {
        if !records.iter().any(|record| record.id == assignment.module)
            && curriculum.module(assignment.module).is_none()
        {
            records.push(record(assignment.module, None, None, progress));
        }
    }
    records
}

/// Modules of which something happened to a step. Steps are sorted, so those of one module stand together.
fn begun_modules<'a>(progress: &Progress<'a>) -> Vec<&'a str> {
    let mut begun: Vec<&str> = Vec::new();
    for (step, _) in progress.steps.iter() {
        let behind_last = begun.last().and_then(|last| step.strip_prefix(last));
        if !behind_last.is_some_and(|rest| rest.starts_with('.')) {
            begun.extend(step.split_once('.').map(|(module, _)| module));
        }
    }
    begun
}

fn known_module<'a>(module: &'a Module, begun: bool, progress: &Progress<'a>) -> Option<ModuleRecord<'a>> {
    let id = module.id.as_str();
    let assigned = progress.assignments.iter().any(|a| a.module == id);
    (begun || assigned).then(|| {
        let finished_on = if begun {
            finished_on(module, progress)
        } else {
            None
        };
        record(id, Some(module), finished_on, progress)
    })
}

fn record<'a>(
    id: &'a str,
    module: Option<&'a Module>,
    finished_on: Option<Date>,
    progress: &Progress<'a>,
) -> ModuleRecord<'a> {
    let open = |a: &&Assignment| a.module == id && a.unassigned.is_none();
    let assigned = progress.assignments.iter().find(open).map(|a| a.event);
    let due = progress.assignments.iter().rfind(open).and_then(|a| a.due);
    let overdue_days = days_late(module, due, finished_on, progress.as_of);
    ModuleRecord {
        id,
        module,
        finished_on,
        assigned,
        due,
        overdue_days,
    }
}

/// Days past the due date on a day on which a module was not finished; of one in which nothing is left to do, or that the
/// curriculum has no more, nobody is late.
fn days_late(
    module: Option<&Module>,
    due: Option<Date>,
    finished_on: Option<Date>,
    day: Date,
) -> Option<u32> {
    module?.live_steps().next()?;
    let is_open = finished_on.is_none_or(|finished| finished > day);
    let days = u32::try_from(day.days_since(due.filter(|_| is_open)?)).ok()?;
    Some(days).filter(|days| *days > 0)
}

impl Progress<'_> {
    /// Whether something was past its due date on an earlier day, where nothing of before was taken back or confirmed since.
    pub fn was_overdue(&self, day: Date) -> bool {
        self.modules.iter().any(|record| {
            let mut assignments = self.assignments.iter();
            let is_open = |a: &&Assignment<'_>| {
                a.assigned_on <= day && a.unassigned.is_none_or(|event| event.day > day)
            };
            let last = assignments.rfind(|a| a.module == record.id && is_open(a));
            let due = last.and_then(|a| a.due);
            days_late(record.module, due, record.finished_on, day).is_some()
        })
    }
}

/// The first day on which every live step that was there by then was done or waived. Only a day on which something
/// was done or waived can be it: a step's `since` and the end of a waiver only ask for more.
fn finished_on(module: &Module, progress: &Progress) -> Option<Date> {
    let mut steps: Vec<Happened<'_>> = Vec::with_capacity(module.steps.len());
    for step in module.live_steps() {
        let record = progress.steps.get(step.id.as_str());
        let ever_settled = record.is_some_and(|r| r.finished.is_some() || !r.waivers.is_empty());
        if step.since.is_none() && !ever_settled {
            return None;
        }
        steps.push((step, record));
    }
    let mut days: Vec<Date> = steps
        .iter()
        .filter_map(|(_, record)| *record)
        .flat_map(|record| {
            let waived = record.waivers.iter().map(|waiver| waiver.event.day);
            record.finished.map(|event| event.day).into_iter().chain(waived)
        })
        .collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter().find(|day| is_finished(&steps, *day))
}

/// A step and what happened to it.
type Happened<'a> = (&'a Step, Option<&'a StepRecord<'a>>);

fn is_finished(steps: &[Happened<'_>], day: Date) -> bool {
    let mut asked = steps
        .iter()
        .filter(|(step, _)| step.since.is_none_or(|since| since <= day))
        .peekable();
    asked.peek().is_some() && asked.all(|(_, record)| is_settled(*record, day))
}

fn is_settled(record: Option<&StepRecord<'_>>, day: Date) -> bool {
    record
        .is_some_and(|record| record.finished.is_some_and(|event| event.day <= day) || record.is_waived(day))
}

#[cfg(test)]
mod tests {
    use crate::base::id::EventId;
    use crate::model::event::Fact;
    use crate::progress::samples::{Log, date, folded};

    #[test]
    fn the_last_open_assignment_decides_when_a_module_is_due() {
        let mut log = Log::new();
        let first = log.assigned("2026-01-01", "basics", Some("2026-02-01"));
        let second = log.assigned("2026-01-10", "basics", Some("2026-02-10"));
        folded(&log, "2026-02-15", |p| {
            let module = p.module("basics").expect("assigned");
            assert_eq!(module.assigned.map(|e| e.day), Some(date("2026-01-01")));
            assert_eq!(
                (module.due, module.overdue_days),
                (Some(date("2026-02-10")), Some(5))
            );
        });
        log.add("2026-01-11", "maya", unassigned(second));
        folded(&log, "2026-02-01", |p| {
            let module = p.module("basics").expect("assigned");
            assert_eq!(
                (module.due, module.overdue_days),
                (Some(date("2026-02-01")), None)
            );
        });
        log.add("2026-01-12", "maya", unassigned(first));
        folded(&log, "2026-03-01", |p| {
            let module = p.module("basics").expect("known");
            assert_eq!((module.assigned, module.overdue_days), (None, None));
            assert!(p.assignments.iter().all(|a| a.unassigned.is_some()));
        });
    }

    #[test]
    fn a_module_is_finished_on_the_first_day_without_an_open_step() {
        let mut log = Log::new();
        log.assigned("2026-01-01", "basics", Some("2026-02-01"));
        log.finished("2026-01-05", "basics.read");
        log.finished("2026-01-06", "basics.quiz");
        log.practised("2026-01-07", "ana", "basics.do");
        folded(&log, "2026-01-10", |p| assert_eq!(p.modules[0].finished_on, None));
        log.met("2026-01-09", "m1", "present");
        // The step `late` joined on 1 March: the module was finished before and stays so.
        folded(&log, "2026-04-01", |p| {
            assert_eq!(p.modules[0].finished_on, Some(date("2026-01-09")));
            assert_eq!(p.modules[0].overdue_days, None);
            assert!(p.is_done("basics.talk") && !p.is_done("basics.late"));
        });
    }

    #[test]
    fn a_waiver_ends_on_its_last_day_and_what_it_finished_stays_finished() {
        let mut log = Log::new();
        for step in ["basics.read", "basics.quiz"] {
            log.finished("2026-01-05", step);
        }
        log.practised("2026-01-07", "ana", "basics.do");
        let until = Some(date("2026-02-01"));
        log.add(
            "2026-01-08",
            "maya",
            Fact::Waived {
                curriculum: "c".into(),
                step: "basics.talk".into(),
                until,
            },
        );
        folded(&log, "2026-01-31", |p| {
            assert!(p.is_waived("basics.talk") && p.is_settled("basics.talk") && !p.is_done("basics.talk"));
        });
        folded(&log, "2026-02-01", |p| {
            assert!(!p.is_waived("basics.talk") && !p.is_settled("basics.talk"));
            assert_eq!(p.modules[0].finished_on, Some(date("2026-01-08")));
        });
    }

    fn unassigned(reference: EventId) -> Fact<'static> {
        Fact::Unassigned {
            reference,
            reason: None,
        }
    }
}
