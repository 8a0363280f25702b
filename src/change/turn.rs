//! One person's points and bands, before and after.

use super::stir::{Stir, Stirs};
use crate::base::points::{Band, Points};
use crate::base::time::Date;
use crate::model::curriculum::Curriculum;
use crate::model::event::CapsuleEntry;
use crate::progress::{Capsule, Progress};
use crate::readiness::{
    Assessment, CapabilityAssessment, GATE_STEP, Known, LADDER_STEPS, Ladder, Own, Yardstick,
};

/// Where somebody stands in a capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// All points.
    pub points: Points,
    /// The band.
    pub band: Band,
}

impl Point {
    fn of(assessed: &CapabilityAssessment) -> Self {
        Self {
            points: assessed.total,
            band: assessed.band,
        }
    }
}

/// Between what somebody will stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// At least.
    pub least: Point,
    /// At most.
    pub most: Point,
}

impl Range {
    fn only(point: Point) -> Self {
        Self {
            least: point,
            most: point,
        }
    }

    /// Whether it holds a point.
    pub fn holds(&self, point: Point) -> bool {
        let points = self.least.points <= point.points && point.points <= self.most.points;
        points && self.least.band <= point.band && point.band <= self.most.band
    }
}

/// What a changed curriculum does to somebody in one capability, or overall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The capability; `None` = all of them together.
    pub capability: Option<String>,
    /// Where they stand; `None` = the capability is new.
    pub before: Option<Point>,
    /// Where they stand at once; `None` = the capability is gone.
    pub after: Option<Point>,
    /// Where they may stand once their devices have published what they know anew: for whoever knows the changed
    /// questions. Of what the own device remembers nothing is unknown.
    pub later: Option<Range>,
    /// The same with what rarely follows from answers given before an earlier change.
    pub at_most: Option<Range>,
}

impl Turn {
    /// Whether somebody has points, and at once fewer of them or a lower band.
    pub fn loses(&self) -> bool {
        match (self.before, self.after) {
            (Some(before), Some(after)) => after.points < before.points || after.band < before.band,
            (Some(before), None) => before.points > Points::ZERO,
            _ => false,
        }
    }

    /// Whether the band is lower at once.
    pub fn falls(&self) -> bool {
        match (self.before, self.after) {
            (Some(before), Some(after)) => after.band < before.band,
            _ => false,
        }
    }

    /// Whether somebody may have fewer points later than at once.
    pub fn may_lose(&self) -> bool {
        match (self.after, self.later) {
            (Some(after), Some(later)) => later.least.points < after.points || later.least.band < after.band,
            _ => false,
        }
    }

    /// Whether anything changes or may change, rare things apart.
    pub fn is_told(&self) -> bool {
        let is_range = self.later.is_some_and(|later| later.least != later.most);
        let had_nothing = |point: Option<Point>| point.is_none_or(|p| p.points == Points::ZERO);
        is_range
            || (self.before != self.after && !(had_nothing(self.before) && had_nothing(self.after)))
            || (self.before.map(|p| p.band) != self.after.map(|p| p.band)
                && self.before.is_some()
                && self.after.is_some())
    }
}

/// A person in one state of a curriculum.
pub struct Sides<'s, 'a> {
    /// The curriculum.
    pub curriculum: &'a Curriculum,
    /// Its rules.
    pub yardstick: &'s Yardstick<'a>,
    /// The person's progress in it.
    pub progress: &'s Progress<'a>,
    /// Where they stand on the day of the progress, to those who ask.
    pub assessment: &'s Assessment,
    /// What the person's own device remembers under it, where it is the person who asks.
    pub own: Option<&'s Own<'s>>,
}

/// What a change does to one person: the capabilities of the new state in its order, those that are gone, and all together.
pub fn turns(old: &Sides<'_, '_>, new: &Sides<'_, '_>, stirs: &Stirs, ladder: &Ladder) -> Vec<Turn> {
    let later = ranges(new, |id| stirs.likely(id), ladder);
    let ids = || new.curriculum.capabilities.iter().map(|c| c.id.as_str());
    let at_most = if ids().all(|id| stirs.likely(id) == stirs.at_most(id)) {
        later.clone()
    } else {
        ranges(new, |id| stirs.at_most(id), ladder)
    };
    let point = |side: &Sides<'_, '_>, id: &str| side.assessment.capability(id).map(Point::of);
    let turn = |capability: Option<&str>, (later, at_most): (Range, Range)| Turn {
        capability: capability.map(str::to_owned),
        before: capability.map_or_else(|| Some(overall(old.assessment)), |id| point(old, id)),
        after: capability.map_or_else(|| Some(overall(new.assessment)), |id| point(new, id)),
        later: Some(later),
        at_most: Some(at_most),
    };
    let mut ranges = later.into_iter().zip(at_most);
    let mut turns: Vec<Turn> = ids()
        .zip(&mut ranges)
        .map(|(id, range)| turn(Some(id), range))
        .collect();
    let gone = old.curriculum.capabilities.iter();
    let gone = gone.filter(|one| new.curriculum.capability(one.id.as_str()).is_none());
    turns.extend(gone.map(|capability| Turn {
        capability: Some(capability.id.to_string()),
        before: point(old, capability.id.as_str()),
        after: None,
        later: None,
        at_most: None,
    }));
    turns.extend(ranges.next().map(|range| turn(None, range)));
    turns
}

fn overall(assessment: &Assessment) -> Point {
    Point {
        points: assessment.overall.total,
        band: assessment.overall.band,
    }
}

/// In the order of capabilities, and overall behind them.
fn points(assessment: &Assessment) -> Vec<Point> {
    let each = assessment.capabilities.iter().map(Point::of);
    each.chain([overall(assessment)]).collect()
}

/// Least and most in each capability and overall, if so many known questions come and go on every device but the own one.
fn ranges(side: &Sides<'_, '_>, stir: impl Fn(&str) -> Stir, ladder: &Ladder) -> Vec<Range> {
    let mut ids = side.curriculum.capabilities.iter().map(|c| c.id.as_str());
    let own_device = side.own.map(|own| own.device.as_str());
    let mut capsules = side.progress.capsules.iter();
    let has_capsules = capsules.any(|capsule| Some(capsule.device) != own_device);
    if !has_capsules || ids.all(|id| stir(id).is_still()) {
        return points(side.assessment).into_iter().map(Range::only).collect();
    }
    let look = |end| points(&stirred(side, end, &stir, ladder));
    // The strongest of all give the points, those known again open the gate: no other loss is worse than both.
    let (least, gate, most) = (look(End::Points), look(End::Gate), look(End::Most));
    let all = least.into_iter().zip(gate).zip(most);
    all.map(|((least, gate), most)| Range {
        least: Point {
            points: least.points,
            band: least.band.min(gate.band),
        },
        most,
    })
    .collect()
}

/// Which end of what may come of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// The questions worth most points are gone.
    Points,
    /// The questions worth most to the knowledge gate are gone.
    Gate,
    /// Questions came, each at the top of the ladder and answered today.
    Most,
}

/// The person, if their capsules were such.
fn stirred(side: &Sides<'_, '_>, end: End, stir: impl Fn(&str) -> Stir, ladder: &Ladder) -> Assessment {
    let progress = side.progress;
    let day = progress.as_of;
    let mut made: Vec<(&Capsule<'_>, &str, Vec<CapsuleEntry>)> = Vec::new();
    let mut devices: Vec<&Capsule<'_>> = progress.capsules.iter().collect();
    devices.sort_by_key(|capsule| capsule.device);
    devices.dedup_by_key(|capsule| capsule.device);
    for capability in side.curriculum.capabilities.iter().map(|c| c.id.as_str()) {
        for device in &devices {
            let published = progress.capsules_of(capability);
            let published = published.iter().find(|capsule| capsule.device == device.device);
            let entries = published.map_or(&[][..], |capsule| capsule.entries);
            let entries = changed(entries, end, stir(capability), ladder, day);
            made.push((published.unwrap_or(device), capability, entries));
        }
    }
    let mut supposed = progress.clone();
    supposed.capsules = made
        .iter()
        .map(|(capsule, capability, entries)| Capsule {
            capability,
            entries,
            ..**capsule
        })
        .collect();
    supposed.capsules.sort_by_key(|c| (c.capability, c.device));
    side.yardstick.assess(&supposed, side.own, day)
}

fn changed(entries: &[CapsuleEntry], end: End, stir: Stir, ladder: &Ladder, day: Date) -> Vec<CapsuleEntry> {
    let known = Known::from_capsule(entries, day);
    let mut left: Vec<CapsuleEntry> = match end {
        End::Points => known.ranked(ladder, day).skip(stir.out).collect(),
        End::Gate => {
            let mut out = stir.out;
            let goes = |entry: &CapsuleEntry| {
                let goes = entry.step >= GATE_STEP && out > 0;
                out -= usize::from(goes);
                goes
            };
            let mut goes = goes;
            known.ranked(ladder, day).filter(|entry| !goes(entry)).collect()
        }
        End::Most => {
            let top = CapsuleEntry {
                step: LADDER_STEPS - 1,
                day,
            };
            let come = std::iter::repeat_n(top, stir.into);
            known.entries().iter().copied().chain(come).collect()
        }
    };
    left.sort_unstable();
    left
}
