//! Many people together: who has reached what, what is current, and what is missing where. Takes one assessment after
//! the other, so that nobody's has to be kept.

use super::assess::Assessment;
use super::limit::Item;
use crate::base::id::CapabilityId;
use crate::base::points::Band;
use crate::model::capability::Capability;
use crate::model::curriculum::Curriculum;

/// What a group has reached in one curriculum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// People taken in.
    pub people: u32,
    /// People who were ever Ready in every core capability.
    pub reached_all: u32,
    /// People who are Ready in every core capability now.
    pub current_all: u32,
    /// People by overall band, lowest first.
    pub bands: [u32; 4],
    /// In the curriculum's order.
    pub capabilities: Vec<CapabilityCoverage>,
}

/// What a group has reached in one capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapabilityCoverage {
    /// The capability.
    pub capability: CapabilityId,
    /// Whether overall Ready needs it.
    pub core: bool,
    /// People who were ever Ready.
    pub reached: u32,
    /// People who are Ready now.
    pub current: u32,
    /// Of these, people for whom that ends soon.
    pub fading: u32,
    /// People by band, lowest first.
    pub bands: [u32; 4],
    /// People by what limits them, in the order of [`Item::ALL`].
    pub limits: [u32; 6],
}

impl Coverage {
    /// Nobody yet.
    pub fn of_nobody(curriculum: &Curriculum) -> Self {
        let nobody = |c: &Capability| CapabilityCoverage {
            capability: c.id.clone(),
            core: c.core,
            reached: 0,
            current: 0,
            fading: 0,
            bands: [0; 4],
            limits: [0; 6],
        };
        Self {
            people: 0,
            reached_all: 0,
            current_all: 0,
            bands: [0; 4],
            capabilities: curriculum.capabilities.iter().map(nobody).collect(),
        }
    }

    /// Takes in one person.
    pub fn add(&mut self, assessment: &Assessment) {
        let overall = &assessment.overall;
        self.people += 1;
        self.reached_all += u32::from(overall.of > 0 && overall.reached == overall.of);
        self.current_all += u32::from(overall.band == Band::Ready);
        self.bands[place_of_band(overall.band)] += 1;
        for coverage in &mut self.capabilities {
            let Some(c) = assessment.capability(coverage.capability.as_str()) else {
                continue;
            };
            coverage.reached += u32::from(c.reached_on.is_some());
            coverage.current += u32::from(c.band == Band::Ready);
            coverage.fading += u32::from(c.is_fading());
            coverage.bands[place_of_band(c.band)] += 1;
            if let Some(limit) = &c.limited_by {
                coverage.limits[place_of_item(limit.item)] += 1;
            }
        }
    }

    /// Places that are not Ready: a person in a core capability each.
    pub fn open_places(&self) -> u32 {
        self.limits().iter().map(|(_, count)| count).sum()
    }

    /// What is missing in those places, the most frequent first, of equals in the order of the items.
    pub fn limits(&self) -> Vec<(Item, u32)> {
        let core = self.capabilities.iter().filter(|c| c.core);
        let mut limits: Vec<(Item, u32)> = Item::ALL
            .into_iter()
            .map(|item| (item, core.clone().map(|c| c.limits[place_of_item(item)]).sum()))
            .filter(|(_, count)| *count > 0)
            .collect();
        limits.sort_by_key(|(item, count)| (std::cmp::Reverse(*count), *item));
        limits
    }
}

fn place_of_band(band: Band) -> usize {
    Band::ALL.iter().position(|b| *b == band).unwrap_or(0)
}

fn place_of_item(item: Item) -> usize {
    Item::ALL.iter().position(|i| *i == item).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::samples::{Log, curriculum, date, folded, settings};
    use crate::readiness::assess;
    use std::cell::RefCell;

    #[test]
    fn a_group_is_counted_place_by_place() {
        let (curriculum, settings) = (curriculum(), settings());
        let coverage = RefCell::new(Coverage::of_nobody(&curriculum));
        let mut log = Log::new();
        let as_of = "2026-01-08";
        let add = |log: &Log| {
            folded(log, as_of, |progress| {
                let assessment = assess(&curriculum, &settings, progress, None, date(as_of));
                coverage.borrow_mut().add(&assessment);
            });
        };
        add(&log);
        log.practised("2026-01-01", "ana", "basics.do");
        add(&log);
        log.practised("2026-01-01", "ana", "basics.more");
        log.met("2026-01-01", "m1", "present");
        log.recalled("2026-01-08", "ana", &[(2, "2026-01-08"); 8]);
        add(&log);
        let coverage = coverage.into_inner();
        assert_eq!(
            (coverage.people, coverage.current_all, coverage.reached_all),
            (3, 1, 0)
        );
        assert_eq!(coverage.capabilities[0].bands, [1, 1, 0, 1]);
        assert_eq!(coverage.limits(), [(Item::Practice, 1), (Item::Questions, 1)]);
        assert_eq!(coverage.open_places(), 2);
    }
}
