//! All capabilities of a person together: the headline, and the one line on what limits them
//! (`readiness.md` §2.8, §2.9).

use super::assess::CapabilityAssessment;
use super::limit::{Item, Limit, Remedy};
use crate::base::id::CapabilityId;
use crate::base::points::{Band, Points};
use crate::base::time::{Date, Minutes};
use crate::progress::Progress;

/// Where a person stands in all capabilities together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overall {
    /// The weighted mean of all capabilities, for sorting and the trend only.
    pub total: Points,
    /// Ready if every core capability is; building if at least half of them are, or better.
    pub band: Band,
    /// Core capabilities that were ever Ready.
    pub reached: u32,
    /// Core capabilities that are Ready now.
    pub ready: u32,
    /// Core capabilities.
    pub of: u32,
    /// What limits the person most; `None` if every core capability is Ready.
    pub limited_by: Option<OverallLimit>,
    /// The day on which the last core capability was reached; `None` until all are.
    pub reached_on: Option<Date>,
}

/// What limits most core capabilities, with the cheapest remedy among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverallLimit {
    /// What it is.
    pub what: Limiting,
    /// How many core capabilities it limits; `None` if several items limit equally many.
    pub count: Option<u32>,
    /// Where the remedy helps.
    pub capability: CapabilityId,
    /// The cheapest thing to do.
    pub remedy: Remedy,
    /// How long that takes.
    pub minutes: Option<Minutes>,
}

/// What a person's row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limiting {
    /// Nothing was ever counted, and nothing waits for the person's word.
    NotStarted,
    /// The items that limit most core capabilities, in their order.
    Items(Vec<Item>),
}

/// Puts the capabilities of a person together.
pub(super) fn overall(capabilities: &[CapabilityAssessment], progress: &Progress) -> Overall {
    let core: Vec<&CapabilityAssessment> = capabilities.iter().filter(|c| c.core).collect();
    let how_many = |is: fn(&CapabilityAssessment) -> bool| number(core.iter().filter(|c| is(c)).count());
    let of = number(core.len());
    let reached = how_many(|c| c.reached_on.is_some());
    let band = band_of(capabilities.iter().map(|c| (c.core, c.band)));
    Overall {
        total: weighted_mean(capabilities),
        band,
        reached,
        ready: how_many(|c| c.band == Band::Ready),
        of,
        limited_by: limited_by(
            &core,
            is_not_started(capabilities.iter().map(|c| c.band), progress),
        ),
        reached_on: core
            .iter()
            .map(|c| c.reached_on)
            .max()
            .flatten()
            .filter(|_| reached == of),
    }
}

/// The overall band of capabilities, each core or not.
pub(super) fn band_of(capabilities: impl Iterator<Item = (bool, Band)>) -> Band {
    let (mut of, mut ready, mut building, mut started) = (0, 0, 0, false);
    for (core, band) in capabilities {
        started |= band > Band::NotStarted;
        if core {
            of += 1;
            ready += u32::from(band == Band::Ready);
            building += u32::from(band >= Band::Building);
        }
    }
    if of > 0 && ready == of {
        Band::Ready
    } else if of > 0 && 2 * building >= of {
        Band::Building
    } else if started {
        Band::Exploring
    } else {
        Band::NotStarted
    }
}

/// Whether nothing was ever counted, and nothing waits for the person's word.
pub(super) fn is_not_started(mut bands: impl Iterator<Item = Band>, progress: &Progress) -> bool {
    let mut waiting = progress.waiting();
    bands.all(|band| band == Band::NotStarted)
        && !waiting.any(|record| !record.practised.capabilities.is_empty())
}

fn weighted_mean(capabilities: &[CapabilityAssessment]) -> Points {
    let weights: i64 = capabilities.iter().map(|c| i64::from(c.weight)).sum();
    let sum: i64 = capabilities
        .iter()
        .map(|c| i64::from(c.weight) * c.total.tenths())
        .sum();
    Points::from_tenths(sum / weights.max(1))
}

fn limited_by(core: &[&CapabilityAssessment], not_started: bool) -> Option<OverallLimit> {
    let stuck: Vec<(&CapabilityId, &Limit)> = core
        .iter()
        .filter_map(|c| c.limited_by.as_ref().map(|limit| (&c.capability, limit)))
        .collect();
    let count = |item: Item| stuck.iter().filter(|(_, limit)| limit.item == item).count();
    let most = Item::ALL.into_iter().map(count).max().filter(|most| *most > 0)?;
    let items: Vec<Item> = Item::ALL
        .into_iter()
        .filter(|item| count(*item) == most)
        .collect();
    let (capability, limit) = stuck
        .iter()
        .filter(|(_, limit)| items.contains(&limit.item))
        .min_by_key(|(capability, limit)| (limit.minutes.is_none(), limit.minutes, *capability))?;
    Some(OverallLimit {
        count: (items.len() == 1).then(|| number(most)),
        what: if not_started {
            Limiting::NotStarted
        } else {
            Limiting::Items(items)
        },
        capability: (*capability).clone(),
        remedy: limit.remedy.clone(),
        minutes: limit.minutes,
    })
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
