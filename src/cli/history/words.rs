//! Shared events in words.

use crate::base::texts::{t, t_n};
use crate::base::words::and_list;
use crate::cli::person::Subject;
use crate::model::event::Fact;

/// What an event says.
pub(crate) fn words(subject: &Subject, fact: &Fact<'_>) -> String {
    let name = |id: &str| subject.workspace.name_of(id).to_owned();
    let title = |step: &str| step_title(subject, step);
    let module = |id: &str| {
        let found = subject.workspace.curricula.iter().find_map(|c| c.module(id));
        found.map_or_else(|| id.to_owned(), |m| m.title.clone())
    };
    match fact {
        Fact::Assigned {
            module: id,
            due,
            reason,
            ..
        } => {
            let mut words = match due {
                Some(due) => t!(
                    "history.assigned.due",
                    "assigned {module}, due {due}",
                    module = module(id),
                    due = due
                ),
                None => t!("history.assigned", "assigned {module}", module = module(id)),
            };
            if let Some(reason) = reason {
                words.push_str(&format!(" ({reason})"));
            }
            words
        }
        Fact::Unassigned { .. } => t!("history.unassigned", "an assignment was taken back"),
        Fact::Started { step, .. } => t!("history.started", "started {step}", step = title(step)),
        Fact::Finished { step, .. } => t!("history.finished", "finished {step}", step = title(step)),
        Fact::Recalled {
            capability, entries, ..
        } => {
            t_n!(
                "history.recalled",
                entries.len(),
                "{capability}: {n} question known",
                "{capability}: {n} questions known",
                capability = capability
            )
        }
        Fact::Practised(p) => {
            let mut words = if p.personal {
                t!(
                    "history.practised",
                    "practised {step}, own hand",
                    step = title(&p.step)
                )
            } else {
                t!(
                    "history.practised.not_own",
                    "practised {step}, not own hand",
                    step = title(&p.step)
                )
            };
            if let Some(evidence) = &p.evidence {
                words.push_str(&format!(": \"{evidence}\""));
            }
            words
        }
        Fact::Measured { after, grade, .. } => t!(
            "history.measured",
            "measured {after}, {grade}",
            after = after,
            grade = grade.shown()
        ),
        Fact::Aimed { text, .. } => t!("history.aim", "aim: \"{text}\"", text = text),
        Fact::Reached { capability, .. } => {
            t!("history.reached", "reached {capability}", capability = capability)
        }
        Fact::Confirmed { .. } => t!(
            "history.confirmed",
            "confirmed a practice recorded by somebody else"
        ),
        Fact::Met(m) => {
            let with: Vec<String> = m.with.iter().map(|id| name(id)).collect();
            t!(
                "history.met",
                "talked with {names}, {minutes} minutes, {attendance}",
                names = and_list(&with),
                minutes = m.minutes,
                attendance = m.attendance.shown()
            )
        }
        Fact::Kept { answer, .. } => t!("history.kept", "commitment kept: {answer}", answer = answer),
        Fact::Paired { mentor, .. } => t!("history.paired", "paired with {name}", name = name(mentor)),
        Fact::Unpaired { .. } => t!("history.unpaired", "a pair ended"),
        Fact::Invited(i) => {
            let with: Vec<String> = i.with.iter().map(|id| name(id)).collect();
            match i.at.as_deref() {
                Some(at) => t!(
                    "history.invited.at",
                    "invited with {names} on {topic} at {at}",
                    names = and_list(&with),
                    topic = i.topic,
                    at = at
                ),
                None => t!(
                    "history.invited",
                    "invited with {names} on {topic}",
                    names = and_list(&with),
                    topic = i.topic
                ),
            }
        }
        Fact::Waived { step, until, .. } => match until {
            Some(until) => t!(
                "history.waived.until",
                "waived {step} until {until}",
                step = title(step),
                until = until
            ),
            None => t!("history.waived", "waived {step}", step = title(step)),
        },
        Fact::Suggested { text, .. } => t!("history.idea", "idea: \"{text}\"", text = text),
        Fact::Handled { into, .. } => t!("history.handled", "an idea became: {into}", into = into),
        Fact::Voided { reference } => t!("history.voided", "took back {event}", event = reference),
        Fact::Unknown { kind } => t!("history.newer", "an event of a newer kind ({kind})", kind = kind),
    }
}

/// What a step is called, also one that is no longer here.
pub(super) fn step_title(subject: &Subject, step: &str) -> String {
    let curricula = &subject.workspace.curricula;
    let found = curricula.iter().find_map(|c| c.step(c.current_step(step)));
    match found {
        Some(known) => known.title.clone().unwrap_or_else(|| step.to_owned()),
        None => t!("history.gone", "{step} (no longer here)", step = step),
    }
}
