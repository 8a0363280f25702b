//! From an event to what a line of a receipt states: the way back from `resolve`.

use super::resolve::{Ground, whole};
use super::stated::{Known, Stated};
use crate::base::id::EventId;
use crate::base::time::Date;
use crate::model::event::{Event, Fact, Practised};

/// What a line says of an event, under whole names; `None` = a receipt has no words for it. `events` are the person's: a
/// second figure and a confirmation name the event they are about.
pub fn state(event: &Event<'_>, events: &[&Event<'_>], ground: &Ground<'_>) -> Option<Stated> {
    let of = |curriculum: &str, id: &str| format!("{curriculum}/{id}");
    let practice = |id: EventId| practice(events, id);
    let stated = match &event.fact {
        Fact::Aimed {
            text,
            function,
            curriculum,
            capability,
        } => Stated::Aimed {
            text: text.to_string(),
            about: match (curriculum, capability) {
                (Some(curriculum), Some(capability)) => Some(of(curriculum, capability)),
                _ => function.as_ref().map(ToString::to_string),
            },
        },
        Fact::Finished {
            curriculum,
            step,
            rev,
        } => Stated::Finished {
            step: of(curriculum, step),
            rev: Some(*rev),
        },
        Fact::Recalled {
            curriculum,
            capability,
            entries,
            ..
        } => Stated::Recalled {
            capability: of(curriculum, capability),
            known: Known::Capsule(entries.clone()),
        },
        Fact::Practised(practised) => Stated::Practised {
            step: of(&practised.curriculum, &practised.step),
            text: practised.evidence.as_ref()?.to_string(),
            own_hand: practised.personal,
            before: practised
                .measure
                .as_ref()
                .map(|measure| (measure.before, measure.unit.to_string())),
            n: practised.measure.as_ref().and_then(|measure| measure.n),
            seen_by: practised.witness.as_ref().map(ToString::to_string),
            may_quote: practised.may_quote,
            rev: Some(practised.rev),
        },
        Fact::Measured {
            reference,
            after,
            n,
            grade,
        } => {
            let (_, practised) = practice(*reference)?;
            let measure = practised.measure.as_ref()?;
            Stated::Measured {
                step: of(&practised.curriculum, &practised.step),
                before: Some(measure.before),
                after: *after,
                unit: measure.unit.to_string(),
                n: *n,
                grade: *grade,
            }
        }
        Fact::Met(met) => Stated::Met {
            with: met.with.iter().map(ToString::to_string).collect(),
            role: met.role,
            about: met
                .capabilities
                .iter()
                .map(|id| of(&met.curriculum, id))
                .collect(),
            minutes: met.minutes,
            attendance: met.attendance,
            will: met.commitment.as_ref().map(ToString::to_string),
        },
        Fact::Confirmed { reference } => {
            let (day, practised) = practice(*reference)?;
            Stated::Confirmed {
                step: of(&practised.curriculum, &practised.step),
                of: Some(day),
            }
        }
        _ => return None,
    };
    whole(ground, &stated).ok()
}

fn practice<'a>(events: &[&'a Event<'_>], id: EventId) -> Option<(Date, &'a Practised<'a>)> {
    events
        .iter()
        .find(|event| event.id == id)
        .and_then(|event| match &event.fact {
            Fact::Practised(practised) => Some((event.day, practised.as_ref())),
            _ => None,
        })
}
