//! What a changed curriculum gives somebody to do, in minutes.

use std::collections::BTreeSet;

use super::turn::Sides;
use crate::base::time::{Minutes, Seconds};
use crate::model::curriculum::{Curriculum, Module, Step};
use crate::progress::{ModuleRecord, Progress};

/// A step that was done at an older revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// The step.
    pub step: String,
    /// The revision it was done at; it stays done.
    pub done_at: u32,
    /// Minutes to do it again, for whoever wants to.
    pub minutes: Minutes,
}

/// What changes in what is open, for one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// Done steps that have a higher revision now: they stay done.
    pub again: Vec<Again>,
    /// Steps of assigned modules that are open now, were not open before, with their minutes.
    pub opened: Vec<(String, Minutes)>,
    /// Steps of assigned modules that were open and are no more.
    pub closed: Vec<String>,
    /// Steps that stay open and take other minutes: before, now.
    pub longer: Vec<(String, Minutes, Minutes)>,
    /// Modules that were finished and are not any more.
    pub reopened: Vec<String>,
    /// Modules that were not finished and now are.
    pub finished: Vec<String>,
    /// Done steps that are no longer in the curriculum; what was recorded is kept.
    pub no_longer_here: Vec<String>,
    /// Questions whose answers no longer count, to be answered again; known on the own device only.
    pub questions: Vec<String>,
    /// Minutes of all open steps of assigned modules, before and now.
    pub minutes: (Minutes, Minutes),
}

/// Compares what is open for one person in two states of a curriculum.
pub fn work(old: &Sides<'_, '_>, new: &Sides<'_, '_>, seconds_per_question: u32) -> Work {
    let time = |step: &Step| step.seconds(seconds_per_question).minutes();
    let sum = |steps: &[&Step]| -> Minutes {
        let seconds: Seconds = steps.iter().map(|step| step.seconds(seconds_per_question)).sum();
        seconds.minutes()
    };
    let before = open(old.curriculum, old.progress);
    let after = open(new.curriculum, new.progress);
    let now = |step: &Step| new.curriculum.current_step(step.id.as_str()).to_owned();
    let mut found = Work {
        minutes: (sum(&before), sum(&after)),
        ..Work::default()
    };
    let was_open: BTreeSet<String> = before.iter().map(|step| now(step)).collect();
    for step in &after {
        if !was_open.contains(step.id.as_str()) {
            found.opened.push((step.id.to_string(), time(step)));
        }
    }
    for step in &before {
        match after.iter().find(|other| other.id.as_str() == now(step)) {
            None => found.closed.push(step.id.to_string()),
            Some(other) if time(other) != time(step) => {
                found.longer.push((other.id.to_string(), time(step), time(other)));
            }
            Some(_) => {}
        }
    }
    if let (Some(old), Some(new)) = (old.own, new.own) {
        let was: BTreeSet<&str> = old.memory.outdated().map(|(_, id, _)| id).collect();
        let is = new.memory.outdated().map(|(_, id, _)| id);
        found.questions = is.filter(|id| !was.contains(id)).map(str::to_owned).collect();
    }
    modules(old, new, &mut found);
    done(old, new, time, &mut found);
    found
}

/// Steps that somebody has yet to do: those of assigned modules that are not finished.
fn open<'a>(curriculum: &'a Curriculum, progress: &Progress<'_>) -> Vec<&'a Step> {
    let is_assigned = |record: &&ModuleRecord<'_>| record.assigned.is_some() && record.finished_on.is_none();
    let modules = progress.modules.iter().filter(is_assigned);
    let modules = modules.filter_map(|record| curriculum.module(record.id));
    modules
        .flat_map(Module::live_steps)
        .filter(|step| !progress.is_settled(step.id.as_str()))
        .collect()
}

fn modules(old: &Sides<'_, '_>, new: &Sides<'_, '_>, found: &mut Work) {
    for record in &old.progress.modules {
        let id = new.curriculum.current_module(record.id);
        let Some(now) = new.progress.module(id) else {
            continue;
        };
        let is_open = now.assigned.is_some();
        match (record.finished_on, now.finished_on) {
            (Some(_), None) if is_open && now.module.is_some() => found.reopened.push(id.to_owned()),
            (None, Some(_)) if is_open => found.finished.push(id.to_owned()),
            _ => {}
        }
    }
}

fn done(old: &Sides<'_, '_>, new: &Sides<'_, '_>, time: impl Fn(&Step) -> Minutes, found: &mut Work) {
    for (id, record) in old.progress.steps.iter() {
        let Some(before) = record.step.filter(|_| record.finished.is_some()) else {
            continue;
        };
        match new.curriculum.step(new.curriculum.current_step(id)) {
            None => found.no_longer_here.push(id.to_owned()),
            Some(now) => {
                let outdated = record
                    .rev_done
                    .filter(|done| *done < now.rev && before.rev < now.rev);
                if let Some(done_at) = outdated.filter(|_| !now.retired) {
                    found.again.push(Again {
                        step: now.id.to_string(),
                        done_at,
                        minutes: time(now),
                    });
                }
            }
        }
    }
}
