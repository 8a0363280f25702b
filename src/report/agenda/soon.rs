//! What comes up for one person in the next days, and needs nobody yet.

use super::item::{AgendaSoon, AgendaView};
use super::talks::day_of;
use crate::base::texts::t;
use crate::base::time::{Date, Planned};
use crate::base::words::and_list;
use crate::model::event::Invited;
use crate::model::person::Person;
use crate::model::workspace::Workspace;

/// What comes up for one person in the next days, and needs nobody yet.
pub fn soon(
    person: &Person,
    views: &[AgendaView<'_>],
    workspace: &Workspace,
    days: u32,
    today: Date,
) -> Vec<AgendaSoon> {
    let until = today + i32::try_from(days).unwrap_or(i32::MAX / 2);
    let is_soon = |day: Date| today <= day && day <= until;
    let mut found = Vec::new();
    for view in views {
        for assessed in view.assessment.capabilities.iter().filter(|c| c.is_fading()) {
            let capability = view.curriculum.capability(assessed.capability.as_str());
            if let (Some(day), Some(capability)) =
                (assessed.ready_until.filter(|day| is_soon(*day)), capability)
            {
                found.push(AgendaSoon {
                    day,
                    sentence: t!(
                        "agenda.soon.fading",
                        "{name}: {capability} fades",
                        name = person.name,
                        capability = capability.name
                    ),
                });
            }
        }
        for module in &view.progress.modules {
            let is_open = module.finished_on.is_none() && module.overdue_days.is_none();
            if let (Some(day), Some(one), true) =
                (module.due.filter(|day| is_soon(*day)), module.module, is_open)
            {
                found.push(AgendaSoon {
                    day,
                    sentence: t!(
                        "agenda.soon.due",
                        "{name}: {module} is due",
                        name = person.name,
                        module = one.title
                    ),
                });
            }
        }
        for invitation in &view.progress.invitations {
            let day = day_of(invitation.invited.at.as_deref()).filter(|day| is_soon(*day));
            if let Some(day) = day.filter(|_| !view.progress.was_held(&invitation.invited.meeting)) {
                found.push(AgendaSoon {
                    day,
                    sentence: talk(person, invitation.invited, view, workspace),
                });
            }
        }
        for (id, record) in view
            .progress
            .steps
            .iter()
            .filter(|(_, one)| one.finished.is_none())
        {
            let holding = record.waivers.iter().filter(|waiver| waiver.covers(today));
            let last = holding
                .map(|waiver| waiver.until)
                .max_by_key(|until| (until.is_none(), *until));
            if let Some(day) = last.flatten().filter(|day| is_soon(*day)) {
                let title = view.curriculum.step(id).and_then(|step| step.title.as_deref());
                found.push(AgendaSoon {
                    day,
                    sentence: t!(
                        "agenda.soon.waiver",
                        "{name}: the waiver of {step} ends",
                        name = person.name,
                        step = title.unwrap_or(id)
                    ),
                });
            }
        }
        let after = i32::try_from(workspace.settings.practice.second_measure_days).unwrap_or(i32::MAX / 2);
        for record in view
            .progress
            .baselines()
            .filter(|r| r.measured.is_none() && r.is_own_word())
        {
            let day = record.event.day + after;
            if let (true, Some(measure)) = (is_soon(day), &record.practised.measure) {
                found.push(AgendaSoon {
                    day,
                    sentence: t!(
                        "agenda.soon.measure",
                        "{name}: second figure of \"{unit}\"",
                        name = person.name,
                        unit = measure.unit
                    ),
                });
            }
        }
    }
    found
}

/// A talk, the same whoever of those who meet has it.
fn talk(person: &Person, invited: &Invited<'_>, view: &AgendaView<'_>, workspace: &Workspace) -> String {
    let mut people: Vec<&str> = invited.with.iter().map(AsRef::as_ref).collect();
    people.push(person.id.as_str());
    people.sort_unstable();
    people.dedup();
    let names: Vec<&str> = people.iter().map(|id| workspace.name_of(id)).collect();
    let topic = view.curriculum.capability(&invited.topic);
    let at = invited.at.as_deref().unwrap_or_default();
    let time = match (Planned::parse(at), at.get(11..16)) {
        (Some(Planned::At(..) | Planned::Local(_)), Some(time)) => format!(", {time}"),
        _ => String::new(),
    };
    t!(
        "agenda.soon.talk",
        "{names}: a talk on {topic}{time}",
        names = and_list(&names),
        topic = topic.map_or(&*invited.topic, |capability| &capability.name),
        time = time
    )
}
