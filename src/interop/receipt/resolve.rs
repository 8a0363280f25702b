//! From what a receipt states to events about one person: names looked up, units compared, earlier events found.

use super::stated::{Known, Line, Stated};
use crate::base::id::EventId;
use crate::base::points::Thousandths;
use crate::base::time::Date;
use crate::base::words::nearest;
use crate::model::curriculum::{Curriculum, Measure, Step, StepKind};
use crate::model::event::{Baseline, Fact, MeasureGrade, Met, Practised};
use crate::model::workspace::Workspace;

/// What is known where a receipt arrives.
pub struct Ground<'a> {
    /// People and curricula in use.
    pub workspace: &'a Workspace,
    /// Whom the receipt is about.
    pub person: &'a str,
    /// Whether the person typed it; else an assistant did, and nothing of it is by the person's own hand.
    pub own_word: bool,
    /// Whether a page wrote it: it says every revision but the first; who writes by hand means the present one.
    pub from_page: bool,
    /// Practices of that person that were recorded before, oldest first.
    pub practices: &'a [PastPractice],
    /// Talks that were planned or recorded before.
    pub talks: &'a [PastTalk],
}

/// A talk that was planned or recorded before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastTalk {
    /// Its meeting.
    pub meeting: String,
    /// Everybody who was to be there, the person too, sorted.
    pub people: Vec<String>,
    /// The day it was held; `None` = only planned.
    pub held_on: Option<Date>,
}

/// A practice recorded before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastPractice {
    /// Its event.
    pub event: EventId,
    /// The curriculum of its step.
    pub curriculum: String,
    /// `module.step`.
    pub step: String,
    /// The day.
    pub day: Date,
    /// Whether it waits for the person's word, because somebody else recorded it.
    pub waits: bool,
    /// Its first figure, while it has no second one.
    pub open_figure: Option<Thousandths>,
}

/// The event that a line becomes with what it states under whole names, or why it cannot become one.
pub fn resolve(line: &Line, ground: &Ground<'_>) -> Result<(Fact<'static>, Stated), String> {
    let fact = fact(line, ground)?;
    Ok((fact, whole(ground, &line.stated)?))
}

/// The same with whole ids and the step's own unit: however it was typed, it is one statement.
///
/// # Errors
/// What cannot be looked up, in words.
pub fn whole(ground: &Ground<'_>, stated: &Stated) -> Result<Stated, String> {
    let step_id = |typed: &str| {
        step(ground, typed).map(|(curriculum, step)| named(ground, curriculum, step.id.as_str()))
    };
    let capability_id =
        |typed: &str| capability(ground, typed).map(|(curriculum, id)| named(ground, curriculum, &id));
    let unit_of = |typed: &str, unit: &str| match step(ground, typed).map(|(_, step)| &step.kind) {
        Ok(StepKind::Practice(practice)) => practice
            .measure
            .as_ref()
            .map_or_else(|| unit.to_owned(), |m| m.unit.clone()),
        _ => unit.to_owned(),
    };
    let mut stated = stated.clone();
    match &mut stated {
        Stated::Aimed { about, .. } => {
            if let Some(typed) = about {
                // What is no capability is a function, and has one name.
                if let Ok(id) = capability_id(typed) {
                    *typed = id;
                }
            }
        }
        Stated::Finished { step, rev } => {
            *rev = rev.filter(|rev| !(ground.from_page && *rev == 1));
            *step = step_id(step)?;
        }
        Stated::Confirmed { step, .. } => *step = step_id(step)?,
        Stated::Recalled { capability, .. } => *capability = capability_id(capability)?,
        Stated::Practised {
            step, before, rev, ..
        } => {
            *rev = rev.filter(|rev| !(ground.from_page && *rev == 1));
            if let Some((_, unit)) = before {
                *unit = unit_of(step, unit);
            }
            *step = step_id(step)?;
        }
        Stated::Measured { step, unit, .. } => {
            *unit = unit_of(step, unit);
            *step = step_id(step)?;
        }
        Stated::Met { with, about, .. } => {
            for typed in about.iter_mut() {
                *typed = capability_id(typed)?;
            }
            about.sort();
            with.sort();
        }
    }
    Ok(stated)
}

/// The capability that a typed one means: its curriculum and its id.
///
/// # Errors
/// There is none of that name; what may be meant.
pub fn capability_of<'g>(ground: &Ground<'g>, typed: &str) -> Result<(&'g Curriculum, String), String> {
    capability(ground, typed)
}

/// An id with its curriculum in front, where another one goes first without.
fn named(ground: &Ground<'_>, curriculum: &Curriculum, id: &str) -> String {
    let has = |c: &&Curriculum| c.capability(id).is_some() || c.step(c.current_step(id)).is_some();
    match ground.workspace.curricula.iter().find(has) {
        Some(first) if first.id == curriculum.id => id.to_owned(),
        _ => format!("{}/{id}", curriculum.id),
    }
}

fn fact(line: &Line, ground: &Ground<'_>) -> Result<Fact<'static>, String> {
    match &line.stated {
        Stated::Aimed { text, about } => aimed(ground, text, about.as_deref()),
        Stated::Finished { step, rev } => finished(ground, step, *rev),
        Stated::Recalled { capability, known } => recalled(ground, capability, known),
        Stated::Practised { .. } => practised(ground, &line.stated),
        Stated::Measured { .. } => measured(ground, line.day, &line.stated),
        Stated::Met { .. } => met(ground, line.day, &line.stated),
        Stated::Confirmed { step, of } => confirmed(ground, step, *of),
    }
}

fn aimed(ground: &Ground<'_>, text: &str, about: Option<&str>) -> Result<Fact<'static>, String> {
    let found = about.map(|id| capability(ground, id));
    let (function, named) = match (found, about) {
        (Some(Ok((curriculum, id))), _) => {
            let function = curriculum.capability(&id).and_then(|c| c.function.as_ref());
            (
                function.map(ToString::to_string),
                Some((curriculum.id.to_string(), id)),
            )
        }
        (Some(Err(why)), Some(id)) => {
            let mut functions = ground
                .workspace
                .curricula
                .iter()
                .flat_map(|c| &c.capabilities)
                .filter_map(|c| c.function.as_ref());
            if !functions.any(|function| function.as_ref() == id) {
                return Err(why);
            }
            (Some(id.to_owned()), None)
        }
        _ => (None, None),
    };
    let (curriculum, capability) = named.unzip();
    Ok(Fact::Aimed {
        text: text.to_owned().into(),
        function: function.map(Into::into),
        curriculum: curriculum.map(Into::into),
        capability: capability.map(Into::into),
    })
}

fn finished(ground: &Ground<'_>, typed: &str, rev: Option<u32>) -> Result<Fact<'static>, String> {
    let (curriculum, step) = step(ground, typed)?;
    match step.kind {
        StepKind::Practice(_) => {
            return Err(format!("{} is a practice: practised, with a line on it", step.id));
        }
        StepKind::Talk(_) => return Err(format!("{} is a talk: met, with whom and how long", step.id)),
        StepKind::Case(_) | StepKind::Quiz(_) | StepKind::Reflect(_) => {}
    }
    Ok(Fact::Finished {
        curriculum: curriculum.id.to_string().into(),
        step: step.id.to_string().into(),
        rev: revision(ground, step, rev)?,
    })
}

/// The revision that was done: of a page's line without one the first.
fn revision(ground: &Ground<'_>, step: &Step, said: Option<u32>) -> Result<u32, String> {
    let rev = said.unwrap_or(if ground.from_page { 1 } else { step.rev });
    if rev > step.rev {
        return Err(format!(
            "revision {rev} of {}: the newest one here is {}; is the curriculum newer where this was made?",
            step.id, step.rev
        ));
    }
    Ok(rev)
}

fn recalled(ground: &Ground<'_>, typed: &str, known: &Known) -> Result<Fact<'static>, String> {
    let (curriculum, id) = capability(ground, typed)?;
    let Known::Capsule(entries) = known else {
        return Err("how many of a page's questions are known is not looked up here".to_owned());
    };
    let steps = curriculum.modules.iter().flat_map(|module| &module.steps);
    let questions = steps.flat_map(|step| match &step.kind {
        StepKind::Quiz(questions) => questions.as_slice(),
        _ => &[],
    });
    // Retired ones count as they did.
    let all = questions
        .filter(|question| question.capability.as_str() == id)
        .count();
    if entries.len() > all {
        return Err(format!("{} known, and {id} has {all} questions", entries.len()));
    }
    Ok(Fact::Recalled {
        curriculum: curriculum.id.to_string().into(),
        capability: id.into(),
        entries: entries.clone(),
        damaged: 0,
    })
}

fn practised(ground: &Ground<'_>, stated: &Stated) -> Result<Fact<'static>, String> {
    let Stated::Practised {
        step: typed,
        text,
        own_hand,
        before,
        n,
        seen_by,
        may_quote,
        rev,
    } = stated
    else {
        return Err("no practice".to_owned());
    };
    let (curriculum, step) = step(ground, typed)?;
    let StepKind::Practice(practice) = &step.kind else {
        return Err(format!("{} is no practice but a {}", step.id, step.kind.word()));
    };
    let measure = match (before, &practice.measure) {
        (None, _) => None,
        (Some(_), None) => return Err(format!("{} has no figure to measure", step.id)),
        (Some((before, unit)), Some(measure)) => {
            same_unit(unit, measure)?;
            Some(Baseline {
                before: *before,
                unit: measure.unit.clone().into(),
                period: measure.period.clone().into(),
                n: *n,
            })
        }
    };
    if measure.is_none() && n.is_some() {
        return Err("n belongs to a figure, and there is none".to_owned());
    }
    let witness = seen_by.as_deref().map(|id| person(ground, id)).transpose()?;
    if witness.as_deref() == Some(ground.person) {
        return Err("nobody is their own witness".to_owned());
    }
    Ok(Fact::Practised(Box::new(Practised {
        curriculum: curriculum.id.to_string().into(),
        step: step.id.to_string().into(),
        rev: revision(ground, step, *rev)?,
        capabilities: step.capabilities.iter().map(|c| c.to_string().into()).collect(),
        personal: *own_hand && ground.own_word,
        evidence: Some(text.clone().into()),
        witness: witness.map(Into::into),
        may_quote: *may_quote,
        measure,
    })))
}

fn measured(ground: &Ground<'_>, day: Date, stated: &Stated) -> Result<Fact<'static>, String> {
    let Stated::Measured {
        step: typed,
        before,
        after,
        unit,
        n,
        grade,
    } = stated
    else {
        return Err("no second figure".to_owned());
    };
    let (curriculum, step) = step(ground, typed)?;
    let StepKind::Practice(practice) = &step.kind else {
        return Err(format!("{} is no practice but a {}", step.id, step.kind.word()));
    };
    let Some(measure) = &practice.measure else {
        return Err(format!("{} has no figure to measure", step.id));
    };
    same_unit(unit, measure)?;
    let open = |past: &&PastPractice| past.open_figure.is_some() && is_of(past, curriculum, step);
    let event = last(ground, open, "a first figure", step)?;
    let first = ground.practices.iter().find(|past| past.event == event);
    if let (Some(before), Some(figure)) = (before, first.and_then(|past| past.open_figure))
        && *before != figure
    {
        return Err(format!(
            "the first figure of {} was {figure}, not {before}",
            step.id
        ));
    }
    if let Some(past) = first.filter(|past| past.day >= day) {
        return Err(format!(
            "the first figure is of {}: before and after never come from one day",
            past.day
        ));
    }
    Ok(Fact::Measured {
        reference: event,
        after: *after,
        n: *n,
        // Nobody verifies what they gain by.
        grade: match grade {
            MeasureGrade::Verified => MeasureGrade::Observed,
            other => *other,
        },
    })
}

fn met(ground: &Ground<'_>, day: Date, stated: &Stated) -> Result<Fact<'static>, String> {
    let Stated::Met {
        with,
        role,
        about,
        minutes,
        attendance,
        will,
    } = stated
    else {
        return Err("no talk".to_owned());
    };
    let with: Vec<String> = with
        .iter()
        .map(|id| person(ground, id))
        .collect::<Result<_, _>>()?;
    if with.iter().any(|id| id == ground.person) {
        return Err("nobody meets themselves".to_owned());
    }
    let mut capabilities = Vec::new();
    let mut of: Option<&Curriculum> = None;
    for typed in about {
        let (curriculum, id) = capability(ground, typed)?;
        if of.is_some_and(|of| of.id != curriculum.id) {
            return Err("these capabilities are of two curricula: a line for each".to_owned());
        }
        of = Some(curriculum);
        capabilities.push(id.into());
    }
    let curriculum = of.ok_or("about what?")?;
    let mut everybody: Vec<&str> = with.iter().map(String::as_str).chain([ground.person]).collect();
    everybody.sort_unstable();
    everybody.dedup();
    // Who records the same talk names the same meeting: one that was recorded on that day, one that was planned, or one
    // that its day and its people name.
    let fits = |talk: &&PastTalk| talk.people == everybody && talk.held_on.is_none_or(|held| held == day);
    let known = ground.talks.iter().filter(fits).max_by_key(|talk| talk.held_on);
    let meeting = known.map_or_else(
        || format!("{day}:{}", everybody.join("+")),
        |talk| talk.meeting.clone(),
    );
    Ok(Fact::Met(Box::new(Met {
        curriculum: curriculum.id.to_string().into(),
        meeting: meeting.into(),
        with: with.iter().cloned().map(Into::into).collect(),
        role: *role,
        capabilities,
        minutes: *minutes,
        attendance: *attendance,
        commitment: will.clone().map(Into::into),
    })))
}

fn confirmed(ground: &Ground<'_>, typed: &str, of: Option<Date>) -> Result<Fact<'static>, String> {
    if !ground.own_word {
        return Err("only the person can confirm what others recorded for them".to_owned());
    }
    let (curriculum, step) = step(ground, typed)?;
    let waits = |past: &&PastPractice| {
        past.waits && is_of(past, curriculum, step) && of.is_none_or(|day| past.day == day)
    };
    let reference = last(ground, waits, "anything recorded by somebody else", step)?;
    Ok(Fact::Confirmed { reference })
}

fn is_of(past: &PastPractice, curriculum: &Curriculum, step: &Step) -> bool {
    past.curriculum == curriculum.id.as_str() && curriculum.current_step(&past.step) == step.id.as_str()
}

/// The last practice that fits; two of one day are told with their ids.
fn last(
    ground: &Ground<'_>,
    fits: impl Fn(&&PastPractice) -> bool,
    what: &str,
    step: &Step,
) -> Result<EventId, String> {
    let found: Vec<&PastPractice> = ground.practices.iter().filter(fits).collect();
    let Some(newest) = found.iter().map(|past| past.day).max() else {
        return Err(format!("{} has not {what} that waits for this", step.id));
    };
    let same_day: Vec<&&PastPractice> = found.iter().filter(|past| past.day == newest).collect();
    match same_day.as_slice() {
        [one] => Ok(one.event),
        several => {
            let ids: Vec<String> = several.iter().map(|past| past.event.to_string()).collect();
            Err(format!(
                "{} of {newest} fit: {}; record it with upwards learn --as {}",
                several.len(),
                ids.join(", "),
                ground.person
            ))
        }
    }
}

fn same_unit(typed: &str, measure: &Measure) -> Result<(), String> {
    let words = |text: &str| {
        text.to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    if words(typed) == words(&measure.unit) {
        Ok(())
    } else {
        Err(format!(
            "unit \"{typed}\": this practice is measured in \"{}\"",
            measure.unit
        ))
    }
}

fn person(ground: &Ground<'_>, typed: &str) -> Result<String, String> {
    if let Some(person) = ground.workspace.person(typed) {
        return Ok(person.id.to_string());
    }
    let ids = ground.workspace.people.iter().map(|p| p.id.as_str());
    Err(match nearest(typed, ids).first() {
        Some(near) => format!("no person \"{typed}\"; did you mean {near}?"),
        None => format!("no person \"{typed}\""),
    })
}

/// The curricula that a name may mean, and the name without its curriculum.
fn places<'g, 't>(ground: &Ground<'g>, typed: &'t str) -> (Vec<&'g Curriculum>, &'t str) {
    let all = ground.workspace.curricula.iter();
    match typed.split_once('/') {
        Some((curriculum, rest)) => (all.filter(|c| c.id.as_str() == curriculum).collect(), rest),
        None => (all.collect(), typed),
    }
}

fn capability<'g>(ground: &Ground<'g>, typed: &str) -> Result<(&'g Curriculum, String), String> {
    let (curricula, id) = places(ground, typed);
    // Without its curriculum it is that of the first that has it.
    if let Some(curriculum) = curricula.iter().find(|c| c.capability(id).is_some()) {
        return Ok((curriculum, id.to_owned()));
    }
    let ids = curricula
        .iter()
        .flat_map(|c| c.capabilities.iter().map(|c| c.id.as_str()));
    Err(match nearest(id, ids).first() {
        Some(near) => format!("no capability \"{typed}\"; did you mean {near}?"),
        None => format!("no capability \"{typed}\""),
    })
}

fn step<'g>(ground: &Ground<'g>, typed: &str) -> Result<(&'g Curriculum, &'g Step), String> {
    let (curricula, id) = places(ground, typed);
    let found = |curriculum: &'g Curriculum| {
        let whole = curriculum
            .step(curriculum.current_step(id))
            .map(|step| (curriculum, step));
        let short = || {
            let fits = curriculum.live_steps().filter(|(_, step)| step.id.short() == id);
            fits.map(|(_, step)| (curriculum, step)).collect::<Vec<_>>()
        };
        whole.map_or_else(short, |one| vec![one])
    };
    let all: Vec<(&Curriculum, &Step)> = curricula.iter().copied().flat_map(found).collect();
    match all.as_slice() {
        [one] => Ok(*one),
        [] => {
            let ids = curricula
                .iter()
                .flat_map(|c| c.live_steps().map(|(_, step)| step.id.as_str()));
            Err(match nearest(id, ids).first() {
                Some(near) => format!("no step \"{typed}\"; did you mean {near}?"),
                None => format!("no step \"{typed}\""),
            })
        }
        several if id.contains('.') => Ok(several[0]),
        several => {
            let ids: Vec<&str> = several.iter().map(|(_, step)| step.id.as_str()).take(4).collect();
            Err(format!(
                "\"{typed}\" is a step of several modules: {}",
                ids.join(", ")
            ))
        }
    }
}
