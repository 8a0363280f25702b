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
    let of_one = |view| {
        let look = Look {
            person,
            view,
            workspace,
            today,
        };
        [
            look.fading(),
            look.due(),
            look.talks(),
            look.waivers(),
            look.figures(),
        ]
        .concat()
    };
    let mut found: Vec<AgendaSoon> = views.iter().flat_map(of_one).collect();
    found.retain(|one| today <= one.day && one.day <= until);
    found
}

/// One person in one curriculum: all days that are known, whenever they are.
struct Look<'a> {
    person: &'a Person,
    view: &'a AgendaView<'a>,
    workspace: &'a Workspace,
    today: Date,
}

impl Look<'_> {
    fn fading(&self) -> Vec<AgendaSoon> {
        let fading = self.view.assessment.capabilities.iter().filter(|c| c.is_fading());
        let found = fading.filter_map(|assessed| {
            let capability = self.view.curriculum.capability(assessed.capability.as_str())?;
            Some(AgendaSoon {
                day: assessed.ready_until?,
                sentence: t!(
                    "agenda.soon.fading",
                    "{name}: {capability} fades",
                    name = self.person.name,
                    capability = capability.name
                ),
            })
        });
        found.collect()
    }

    fn due(&self) -> Vec<AgendaSoon> {
        let modules = self.view.progress.modules.iter();
        let open = modules.filter(|module| module.finished_on.is_none() && module.overdue_days.is_none());
        let found = open.filter_map(|module| {
            Some(AgendaSoon {
                day: module.due?,
                sentence: t!(
                    "agenda.soon.due",
                    "{name}: {module} is due",
                    name = self.person.name,
                    module = module.module?.title
                ),
            })
        });
        found.collect()
    }

    fn talks(&self) -> Vec<AgendaSoon> {
        let progress = self.view.progress;
        let invitations = progress.invitations.iter();
        let open = invitations.filter(|one| !progress.was_held(&one.invited.meeting));
        let found = open.filter_map(|one| {
            Some(AgendaSoon {
                day: day_of(one.invited.at.as_deref())?,
                sentence: talk(self.person, one.invited, self.view, self.workspace),
            })
        });
        found.collect()
    }

    fn waivers(&self) -> Vec<AgendaSoon> {
        let steps = self.view.progress.steps.iter();
        let open = steps.filter(|(_, one)| one.finished.is_none());
        let found = open.filter_map(|(id, record)| {
            let holding = record.waivers.iter().filter(|waiver| waiver.covers(self.today));
            let last = holding
                .map(|waiver| waiver.until)
                .max_by_key(|until| (until.is_none(), *until));
            let step = self.view.curriculum.step(id);
            let title = step.and_then(|step| step.title.as_deref());
            Some(AgendaSoon {
                day: last??,
                sentence: t!(
                    "agenda.soon.waiver",
                    "{name}: the waiver of {step} ends",
                    name = self.person.name,
                    step = title.unwrap_or(id)
                ),
            })
        });
        found.collect()
    }

    fn figures(&self) -> Vec<AgendaSoon> {
        let after = self.workspace.settings.practice.second_measure_days;
        let after = i32::try_from(after).unwrap_or(i32::MAX / 2);
        let baselines = self.view.progress.baselines();
        let open = baselines.filter(|record| record.measured.is_none() && record.is_own_word());
        let found = open.filter_map(|record| {
            Some(AgendaSoon {
                day: record.event.day + after,
                sentence: t!(
                    "agenda.soon.measure",
                    "{name}: second figure of \"{unit}\"",
                    name = self.person.name,
                    unit = record.practised.measure.as_ref()?.unit
                ),
            })
        });
        found.collect()
    }
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
