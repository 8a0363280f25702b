//! Compares steps: what came, went, moved or asks for something else.

use std::collections::BTreeSet;

use super::compare::{Found, as_now, is_gone_module, is_new_module, is_reordered};
use super::kinds::{About, What};
use crate::model::curriculum::{CaseStep, Curriculum, Module, Practice, Step, StepKind, Talk};

/// Compares the steps of two states. A quiz that states no minutes takes so many seconds a question
/// (`[plan] seconds_per_question`).
pub(super) fn compare(old: &Curriculum, new: &Curriculum, seconds_per_question: u32, found: &mut Found) {
    for before in old.modules.iter().flat_map(|module| &module.steps) {
        match heir(new, before) {
            Some(after) => pair(old, new, before, after, found),
            None => gone(new, before, found),
        }
    }
    let steps = old.modules.iter().flat_map(|module| &module.steps);
    let known: BTreeSet<&str> = steps.map(|step| new.current_step(step.id.as_str())).collect();
    for module in &new.modules {
        if !is_new_module(old, new, module) {
            for step in module
                .live_steps()
                .filter(|step| !known.contains(step.id.as_str()))
            {
                joined(step, seconds_per_question, found);
            }
            order(old, new, module, found);
        }
    }
}

/// What a step is in the new state: itself, or what takes it over.
fn heir<'n>(new: &'n Curriculum, before: &Step) -> Option<&'n Step> {
    new.step(new.current_step(before.id.as_str()))
}

fn about(step: &Step) -> About {
    About::Step(step.kind.word())
}

fn gone(new: &Curriculum, before: &Step, found: &mut Found) {
    // Of a module that is gone the module's line tells.
    if is_gone_module(new, before.id.module()) {
        return;
    }
    let was_retired = before.retired;
    found.add(
        about(before),
        &before.id,
        before.title.as_deref(),
        What::Removed { was_retired },
    );
}

fn joined(step: &Step, seconds_per_question: u32, found: &mut Found) {
    let what = What::Joined {
        minutes: step.seconds(seconds_per_question).minutes().0,
        since: step.since,
    };
    found.add(about(step), &step.id, step.title.as_deref(), what);
}

fn order(old: &Curriculum, new: &Curriculum, module: &Module, found: &mut Found) {
    let after: Vec<String> = module.live_steps().map(|step| step.id.to_string()).collect();
    let of_module = |before: &&Module| new.current_module(before.id.as_str()) == module.id.as_str();
    let before = old.modules.iter().find(of_module);
    let before = before
        .into_iter()
        .flat_map(Module::live_steps)
        .map(|step| step.id.as_str());
    let before = as_now(before, |id| new.current_step(id));
    let before: Vec<String> = before.into_iter().map(str::to_owned).collect();
    if is_reordered(&before, &after) {
        found.add(About::Module, &module.id, Some(&module.title), What::Order);
    }
}

fn pair(old: &Curriculum, new: &Curriculum, before: &Step, after: &Step, found: &mut Found) {
    let (about, id) = (about(after), &after.id);
    let title = after.title.as_deref();
    if after.id != before.id {
        let is_taken = old.step(id.as_str()).is_some_and(|step| !step.retired);
        if before.retired {
            let former = before.id.to_string();
            found.add(about, id, title, What::HeirNow { former });
            return;
        }
        if is_taken {
            let into = id.to_string();
            found.add(
                self::about(before),
                &before.id,
                before.title.as_deref(),
                What::Merged { into },
            );
            return;
        }
        let from = before.id.to_string();
        let follows = new.current_module(before.id.module()) == id.module();
        let same_name = before.id.short() == id.short();
        if !follows {
            found.add(about, id, title, What::Moved { from });
        } else if !same_name {
            found.add(about, id, title, What::Renamed { from });
        }
    }
    match (before.retired, after.retired) {
        (false, true) => return found.add(about, id, title, What::Retired),
        (true, false) => found.add(about, id, title, What::Revived),
        (true, true) => return,
        (false, false) => {}
    }
    fields(new, before, after, found);
}

fn fields(new: &Curriculum, before: &Step, after: &Step, found: &mut Found) {
    let (about, id) = (about(after), &after.id);
    let title = after.title.as_deref();
    if before.kind.word() != after.kind.word() {
        let from = before.kind.word();
        found.add(about, id, title, What::Kind { from });
    }
    // Title and revision of a case step are those of its case, whose own line tells.
    let is_told_by_case = match (&before.kind, &after.kind) {
        (StepKind::Case(old), StepKind::Case(new)) => new.curriculum.is_none() && old.case == new.case,
        _ => false,
    };
    let (from, to) = (before.rev, after.rev);
    if from < to && !is_told_by_case {
        found.add(about, id, title, What::Revision { from, to });
    } else if from > to && !is_told_by_case {
        found.add(about, id, title, What::RevisionLowered { from, to });
    }
    if before.minutes != after.minutes {
        let (from, to) = (before.minutes.map(|m| m.0), after.minutes.map(|m| m.0));
        found.add(about, id, title, What::Minutes { from, to });
    }
    let ids = |step: &Step| -> Vec<String> { step.capabilities.iter().map(ToString::to_string).collect() };
    let (from, to) = (ids(before), ids(after));
    if from != to {
        found.add(about, id, title, What::Capabilities { from, to });
    }
    let now = |need: &str| new.current_step(need).to_owned();
    let needed: Vec<String> = before.needs.iter().map(|need| now(need.as_str())).collect();
    let needs: Vec<String> = after.needs.iter().map(ToString::to_string).collect();
    if needed != needs {
        found.add(about, id, title, What::Needs);
    }
    if before.since != after.since {
        found.add(about, id, title, What::Since);
    }
    let mut texts = vec![("title", before.title != after.title && !is_told_by_case)];
    match (&before.kind, &after.kind) {
        (StepKind::Case(old), StepKind::Case(new)) => case(old, new, after, found, &mut texts),
        (StepKind::Practice(old), StepKind::Practice(new)) => practice(old, new, after, found, &mut texts),
        (StepKind::Talk(old), StepKind::Talk(new)) => talk(old, new, after, found, &mut texts),
        (StepKind::Reflect(old), StepKind::Reflect(new)) => texts.push(("ask", old != new)),
        _ => {}
    }
    found.texts(about, id, title, &texts);
}

/// Keys whose texts may differ.
type Texts = Vec<(&'static str, bool)>;

fn case(old: &CaseStep, new: &CaseStep, step: &Step, found: &mut Found, texts: &mut Texts) {
    if (&old.curriculum, &old.case) != (&new.curriculum, &new.case) {
        let from = old.case.to_string();
        found.add(
            about(step),
            &step.id,
            step.title.as_deref(),
            What::OtherCase { from },
        );
    }
    texts.push(("ask", old.ask != new.ask));
}

fn practice(old: &Practice, new: &Practice, step: &Step, found: &mut Found, texts: &mut Texts) {
    let mut add = |what| found.add(about(step), &step.id, step.title.as_deref(), what);
    if old.measure != new.measure {
        add(What::Measure);
    }
    if old.exposure != new.exposure {
        add(What::Exposure);
    }
    texts.extend([
        ("do", old.instructions != new.instructions),
        ("own_hand", old.own_hand != new.own_hand),
        ("evidence", old.evidence != new.evidence),
        ("draft", old.draft != new.draft && old.exposure == new.exposure),
    ]);
}

fn talk(old: &Talk, new: &Talk, step: &Step, found: &mut Found, texts: &mut Texts) {
    if old.with != new.with {
        found.add(about(step), &step.id, step.title.as_deref(), What::With);
    }
    texts.extend([
        ("agenda", old.agenda != new.agenda),
        ("ask", old.ask != new.ask),
        ("before_next", old.before_next != new.before_next),
        ("for_executive", old.for_executive != new.for_executive),
        ("for_mentor", old.for_mentor != new.for_mentor),
    ]);
}
