//! What of somebody's talks needs a leader: pairs that stalled, talks nobody recorded, talks to book.

use super::experts::TalkToBook;
use super::item::{AgendaAbout, AgendaView};
use super::person::{Reason, Subject};
use crate::base::texts::t;
use crate::base::time::{Date, Planned};
use crate::model::curriculum::{StepKind, TalkWith};
use crate::model::person::Role;
use crate::pairing::PairFacts;
use crate::progress::Pair;
use crate::readiness::{CapabilityAssessment, Item, Remedy};

impl Subject<'_> {
    pub(super) fn pairs(&self, view: &AgendaView<'_>) -> Vec<Reason> {
        // A pair whose mentor is gone is one to end, not one to invite.
        let is_here = |pair: &&Pair<'_>| {
            let mentor = self.workspace.person(pair.mentor);
            mentor.is_some_and(|mentor| mentor.is(Role::Mentor) && mentor.is_here(self.today))
        };
        let running = view.progress.running_pairs().filter(is_here);
        running.filter_map(|pair| self.stalled(view, pair)).collect()
    }

    fn stalled(&self, view: &AgendaView<'_>, pair: &Pair<'_>) -> Option<Reason> {
        let facts = PairFacts::of(pair, view.progress);
        let since = facts.stalled_since(&self.settings.mentoring, self.today)?;
        let mentor = self.workspace.name_of(pair.mentor);
        let day = since.short(self.today);
        let sentence = if facts.last_talk.is_some() {
            t!(
                "agenda.pair.gap",
                "last talk with {mentor} on {day}",
                mentor = mentor,
                day = day
            )
        } else {
            t!(
                "agenda.pair.first",
                "no talk with {mentor} since they were paired on {day}",
                mentor = mentor,
                day = day
            )
        };
        Some(Reason {
            about: AgendaAbout::PairStalled,
            weight: i64::from(self.today.days_since(since)),
            sentence,
            command: format!(
                "upwards mentors invite {} --at WHEN{}",
                self.person.id,
                self.named_in(view)
            ),
            talk: None,
        })
    }

    pub(super) fn unanswered(&self, view: &AgendaView<'_>) -> Vec<Reason> {
        let planned = view.progress.invitations.iter().filter_map(|invitation| {
            let day = day_of(invitation.invited.at.as_deref())?;
            let is_open = day < self.today && !view.progress.was_held(&invitation.invited.meeting);
            is_open.then_some((day, invitation.invited))
        });
        planned
            .map(|(day, invited)| {
                let topic = view.curriculum.capability(&invited.topic);
                Reason {
                    about: AgendaAbout::Unanswered,
                    weight: i64::from(self.today.days_since(day)),
                    sentence: t!(
                        "agenda.unanswered",
                        "talk on {topic} planned for {day}, nothing recorded",
                        topic = topic.map_or(&*invited.topic, |capability| &capability.name),
                        day = day.short(self.today)
                    ),
                    // Whoever was there records it.
                    command: self.nudge_about("meeting"),
                    talk: None,
                }
            })
            .collect()
    }

    pub(super) fn talks(&self, view: &AgendaView<'_>) -> Vec<Reason> {
        let limited = view
            .assessment
            .capabilities
            .iter()
            .filter(|assessed| assessed.core);
        limited
            .filter_map(|assessed| self.talk_to_book(view, assessed))
            .collect()
    }

    /// The talk that a capability waits for; `None`: none is missing, or it is booked.
    fn talk_to_book(&self, view: &AgendaView<'_>, assessed: &CapabilityAssessment) -> Option<Reason> {
        let limit = assessed.limited_by.as_ref().filter(|l| l.item == Item::Talk)?;
        let id = assessed.capability.as_str();
        let capability = view.curriculum.capability(id)?;
        let is_booked = view.progress.invitations.iter().any(|invitation| {
            *invitation.invited.topic == *id
                && day_of(invitation.invited.at.as_deref()).is_some_and(|day| day >= self.today)
        });
        if is_booked {
            return None;
        }
        // The step that every explanation names; of one that is waived or not there only the talk is said.
        let step = match &limit.remedy {
            Remedy::Step(step) => view.curriculum.step(step.as_str()),
            _ => None,
        };
        let missing = match limit.minutes {
            Some(minutes) => t!(
                "agenda.talk.minutes",
                "{capability}: a talk is missing, {n} min",
                capability = capability.name,
                n = minutes.0
            ),
            None => t!(
                "agenda.talk",
                "{capability}: a talk is missing",
                capability = capability.name
            ),
        };
        let with = match step.map(|step| &step.kind) {
            Some(StepKind::Talk(talk)) => talk.with,
            _ => TalkWith::Peer,
        };
        let running = view.progress.running_pairs();
        Some(Reason {
            about: AgendaAbout::Talk,
            weight: assessed.total.tenths(),
            sentence: match assessed.reached_on {
                Some(day) => t!(
                    "agenda.talk.reached",
                    "{missing}, reached on {day}",
                    missing = missing,
                    day = day.short(self.today)
                ),
                None => missing,
            },
            command: String::new(),
            talk: Some(TalkToBook {
                curriculum: view.curriculum.id.as_str().into(),
                capability: id.into(),
                step: step.map(|step| step.id.as_str().into()),
                with,
                mentors: running.map(|pair| pair.mentor.into()).collect(),
            }),
        })
    }
}

/// The day of a planned talk where it takes place.
pub(super) fn day_of(at: Option<&str>) -> Option<Date> {
    Some(Planned::parse(at?)?.day())
}
