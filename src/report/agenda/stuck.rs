//! Who works on it and gets no further. Only what shared events show: points, bands and limits as every leader's table has
//! them; what somebody missed is theirs.

use super::item::{AgendaAbout, AgendaView};
use super::person::{Reason, Subject};
use crate::base::texts::t;
use crate::readiness::{CapabilityAssessment, Item};

impl Subject<'_> {
    /// Active since, and nowhere further than some weeks ago: no core capability has more points or a better band, and
    /// one that is not Ready has the limit it had. What waits for a talk or for their word has a line of its own.
    pub(super) fn stuck(&self, view: &AgendaView<'_>) -> Option<Reason> {
        let before = view.before?;
        let pairs: Vec<(&CapabilityAssessment, &CapabilityAssessment)> = before
            .capabilities
            .iter()
            .zip(&view.assessment.capabilities)
            .filter(|(_, now)| now.core)
            .collect();
        if pairs
            .iter()
            .any(|(then, now)| now.total > then.total || now.band > then.band)
        {
            return None;
        }
        let unmoved = pairs.into_iter().filter_map(|(then, now)| {
            let limit = now.limited_by.as_ref()?;
            let is_same = then
                .limited_by
                .as_ref()
                .is_some_and(|before| before.item == limit.item);
            let has_own_line = matches!(limit.item, Item::Talk | Item::Confirm);
            (is_same && !has_own_line && limit.minutes.is_some()).then_some((now, limit))
        });
        // Of several the one that is nearest, of equals the first of the curriculum.
        let (nearest, limit) =
            unmoved.reduce(|best, one| if one.0.total > best.0.total { one } else { best })?;
        let capability = view.curriculum.capability(nearest.capability.as_str())?;
        Some(Reason {
            about: AgendaAbout::Stuck,
            weight: nearest.total.tenths(),
            sentence: t!(
                "agenda.stuck",
                "active, yet no further than on {day}: {capability} is limited by {item}",
                day = before.as_of.short(self.today),
                capability = capability.name,
                item = limit.item.shown()
            ),
            command: self.explain_in(view),
            talk: None,
        })
    }
}
