//! One person in one capability, to be looked at on any day on which nothing more has happened
//! (`readiness.md` §1.5, §2.4 to §2.7).

use std::cell::OnceCell;

use super::known::Known;
use super::ladder::{GATE_STEP, Ladder};
use super::limit::{Again, Cheapest};
use super::memory::Memory;
use super::scale::{ByPart, Part, Scale};
use crate::base::id::{DeviceId, EventId};
use crate::base::points::Band;
use crate::base::time::Date;
use crate::model::capability::Capability;
use crate::model::curriculum::{Curriculum, Step, StepKind};
use crate::model::event::CapsuleEntry;
use crate::model::settings::{Readiness, Settings};
use crate::progress::{Capsule, Evidence, Progress};

/// How far ahead is looked for the last day of Ready, in days; further on is "more than two years".
pub const LIMIT_DAYS: i32 = 730;

/// The person's own eyes on one device: its private memory instead of its capsules.
#[derive(Clone, Copy)]
pub struct Own<'a> {
    /// The device.
    pub device: &'a DeviceId,
    /// What it remembers.
    pub memory: &'a Memory,
}

/// One person, one curriculum, one set of rules, one pair of eyes.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) curriculum: &'a Curriculum,
    pub(super) settings: &'a Settings,
    /// Of each capability, in the curriculum's order.
    pub(super) commons: &'a [Common<'a>],
    pub(super) progress: &'a Progress<'a>,
    pub(super) own: Option<&'a Own<'a>>,
    pub(super) as_of: Date,
}

/// What of a capability is the same for everybody.
pub(super) struct Common<'a> {
    scale: Scale,
    /// Its live practices, in the curriculum's order.
    practices: Vec<&'a Step>,
}

impl<'a> Common<'a> {
    pub(super) fn of(curriculum: &'a Curriculum, capability: &Capability, rules: &Readiness) -> Self {
        let steps = curriculum.live_steps().map(|(_, step)| step);
        let practices = steps.filter(|step| matches!(step.kind, StepKind::Practice(_)));
        Self {
            scale: Scale::of(curriculum, capability, rules),
            practices: practices
                .filter(|step| step.capabilities.contains(&capability.id))
                .collect(),
        }
    }
}

/// One capability of a subject.
pub(super) struct Standing<'a> {
    pub(super) subject: Subject<'a>,
    pub(super) capability: &'a Capability,
    pub(super) evidence: &'a Evidence<'a>,
    pub(super) scale: &'a Scale,
    pub(super) ladder: Ladder,
    pub(super) sources: Vec<Source<'a>>,
    /// Its live practices, in the curriculum's order.
    pub(super) live_practices: &'a [&'a Step],
    /// Its practices that are offered, the cheapest first; worked out when first asked for.
    pub(super) practices: OnceCell<Vec<Cheapest<'a>>>,
    /// What opens the knowledge gate today; worked out when first asked for.
    pub(super) again_today: OnceCell<Again>,
    /// Where it stands today; worked out when first asked for.
    today: OnceCell<State>,
    /// Of the source worth most points today its place and its points; worked out when first asked for.
    best_today: OnceCell<Option<(usize, u32)>>,
    last_practice_on: Option<Date>,
    ready_tenths: u32,
    building_tenths: u32,
}

/// Questions known on one device.
pub(super) struct Source<'a> {
    pub(super) device: &'a str,
    pub(super) known: Known<'a>,
    /// The event that published them; `None` for the memory of the own device.
    pub(super) published: Option<EventId>,
    /// Of the memory, the last answer behind each entry.
    pub(super) events: Vec<EventId>,
}

/// Points, gates and band on one day; points in tenths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    pub(super) points: ByPart<u32>,
    pub(super) gate_knowledge: u32,
    pub(super) hands_on_open: bool,
    pub(super) knowledge_open: bool,
    pub(super) band: Band,
}

impl State {
    pub(super) fn total(&self) -> u32 {
        self.points.knowledge + self.points.hands_on + self.points.dialogue
    }
}

impl<'a> Subject<'a> {
    pub(super) fn rules(&self) -> &'a Readiness {
        &self.settings.readiness
    }

    /// The standings in all capabilities, in the curriculum's order.
    pub(super) fn standings(self) -> impl Iterator<Item = Standing<'a>> {
        self.curriculum
            .capabilities
            .iter()
            .zip(self.commons)
            .zip(&self.progress.capabilities)
            .map(move |((capability, common), evidence)| Standing::of(self, capability, common, evidence))
    }

    /// What each device knows of a capability, by device. On the own device its memory speaks, never its capsule.
    fn sources(&self, capability: &str) -> Vec<Source<'a>> {
        let own_device = self.own.map(|own| own.device.as_str());
        let mut sources: Vec<Source<'a>> = self
            .progress
            .capsules_of(capability)
            .iter()
            .filter(|capsule| Some(capsule.device) != own_device)
            .map(|capsule| Source::published(capsule, self.as_of))
            .collect();
        if let Some(source) = self.own.and_then(|own| Source::own(own, capability)) {
            let place = sources.partition_point(|other| other.device < source.device);
            sources.insert(place, source);
        }
        sources
    }
}

impl<'a> Source<'a> {
    fn published(capsule: &Capsule<'a>, as_of: Date) -> Self {
        Self {
            device: capsule.device,
            known: Known::from_capsule(capsule.entries, as_of),
            published: Some(capsule.event.id),
            events: Vec::new(),
        }
    }

    /// What the own device knows of a capability; `None` if that is nothing.
    fn own(own: &Own<'a>, capability: &str) -> Option<Self> {
        let mut known: Vec<(CapsuleEntry, &str, EventId)> = own
            .memory
            .of(capability)
            .filter_map(|(name, question)| Some((question.recall.entry()?, name, question.last)))
            .collect();
        known.sort_unstable_by(|a, b| (a.0, b.1).cmp(&(b.0, a.1)));
        let entries: Vec<CapsuleEntry> = known.iter().map(|(entry, _, _)| *entry).collect();
        let names = known.iter().map(|(_, name, _)| *name).collect();
        (!known.is_empty()).then(|| Self {
            device: own.device.as_str(),
            known: Known::sorted(entries.into(), names),
            published: None,
            events: known.iter().map(|(_, _, event)| *event).collect(),
        })
    }
}

impl<'a> Standing<'a> {
    pub(super) fn of(
        subject: Subject<'a>,
        capability: &'a Capability,
        common: &'a Common<'a>,
        evidence: &'a Evidence<'a>,
    ) -> Self {
        let rules = subject.rules();
        Self {
            subject,
            capability,
            evidence,
            scale: &common.scale,
            ladder: Ladder::of(rules),
            sources: subject.sources(capability.id.as_str()),
            live_practices: &common.practices,
            practices: OnceCell::new(),
            again_today: OnceCell::new(),
            today: OnceCell::new(),
            best_today: OnceCell::new(),
            last_practice_on: evidence.last_practice_on(),
            ready_tenths: rules.ready * 10,
            building_tenths: rules.building * 10,
        }
    }

    /// Points, gates and band on a day, nothing more happening.
    pub(super) fn on(&self, day: Date) -> State {
        if day == self.subject.as_of {
            *self.today.get_or_init(|| self.work_out(day))
        } else {
            self.work_out(day)
        }
    }

    fn work_out(&self, day: Date) -> State {
        let points = ByPart {
            knowledge: self.best_source(day).map_or(0, |(_, tenths)| tenths),
            hands_on: self.scale.filled_tenths(Part::HandsOn, self.evidence.hands.len()),
            dialogue: self
                .scale
                .filled_tenths(Part::Dialogue, self.evidence.talks.len()),
        };
        let gate_knowledge = self.gate_knowledge(day);
        let mut state = State {
            points,
            gate_knowledge,
            hands_on_open: self.is_hands_on_open(day),
            knowledge_open: self.opens_knowledge(gate_knowledge),
            band: Band::NotStarted,
        };
        state.band = self.band(state.total(), || state.hands_on_open && state.knowledge_open);
        state
    }

    /// The source worth most points on a day, the smallest device of equals, and its points. Sources are never added
    /// up: without ids the same question could count twice.
    pub(super) fn best_source(&self, day: Date) -> Option<(&Source<'a>, u32)> {
        let best = if day == self.subject.as_of {
            *self.best_today.get_or_init(|| self.look_for_best(day))
        } else {
            self.look_for_best(day)
        };
        best.map(|(place, tenths)| (&self.sources[place], tenths))
    }

    fn look_for_best(&self, day: Date) -> Option<(usize, u32)> {
        let slots = self.scale.slots(Part::Knowledge);
        let mut best: Option<(usize, u32)> = None;
        for (place, source) in self.sources.iter().enumerate() {
            let tenths = source.known.tenths(0, slots, &self.ladder, day);
            if best.is_none_or(|(_, most)| tenths > most) {
                best = Some((place, tenths));
            }
        }
        best
    }

    /// What the knowledge gate counts on a day: of each device only questions recalled again on a later day, apart
    /// from the points, and the most of all devices. Taken from the slots or the device that give points, a fresh
    /// answer could shut the gate.
    fn gate_knowledge(&self, day: Date) -> u32 {
        let slots = self.scale.slots(Part::Knowledge);
        self.sources
            .iter()
            .map(|source| source.known.tenths(GATE_STEP, slots, &self.ladder, day))
            .max()
            .unwrap_or(0)
    }

    /// Whether so many tenths open the knowledge gate.
    pub(super) fn opens_knowledge(&self, tenths: u32) -> bool {
        let rules = self.subject.rules();
        100 * tenths >= rules.knowledge_floor * self.scale.budget_tenths(Part::Knowledge)
    }

    /// Whether a practice of a day is fresh enough on another.
    pub(super) fn is_fresh(&self, practice: Date, day: Date) -> bool {
        let most = self.subject.rules().hands_on_fresh_days;
        most == 0 || i64::from(day.days_since(practice)) <= i64::from(most)
    }

    fn is_hands_on_open(&self, day: Date) -> bool {
        self.last_practice_on
            .is_some_and(|practice| self.is_fresh(practice, day))
    }

    pub(super) fn last_practice_on(&self) -> Option<Date> {
        self.last_practice_on
    }

    fn band(&self, total: u32, are_gates_open: impl FnOnce() -> bool) -> Band {
        if total == 0 && self.is_nothing_done() {
            Band::NotStarted
        } else if total < self.building_tenths {
            Band::Exploring
        } else if self.is_enough(total) && are_gates_open() {
            Band::Ready
        } else {
            Band::Building
        }
    }

    /// The band on a day, looking no further than needed: first what hands and talks give, then what the knowledge gate
    /// counts, which is never more than the points, and all that is known only where that does not decide.
    pub(super) fn band_on(&self, day: Date) -> Band {
        let others = self.filled_by_others();
        let is_fresh = self.is_hands_on_open(day);
        let is_building = |total: u32| total > 0 && total >= self.building_tenths;
        if is_building(others) && !is_fresh {
            return Band::Building;
        }
        let again = self.gate_knowledge(day);
        let are_gates_open = is_fresh && self.opens_knowledge(again);
        let least = again + others;
        if is_building(least) && (!are_gates_open || self.is_enough(least)) {
            return self.band(least, || are_gates_open);
        }
        let total = self.best_source(day).map_or(0, |(_, tenths)| tenths) + others;
        self.band(total, || are_gates_open)
    }

    /// Whether the band can fall further while nothing happens: what practices and talks give stays.
    pub(super) fn can_fall_below(&self, band: Band) -> bool {
        match band {
            Band::NotStarted => false,
            Band::Exploring => self.is_nothing_done(),
            Band::Building => self.filled_by_others() < self.building_tenths,
            Band::Ready => true,
        }
    }

    /// Whether no practice and no talk counts.
    fn is_nothing_done(&self) -> bool {
        self.evidence.hands.is_empty() && self.evidence.talks.is_empty()
    }

    /// What practices and talks give, on every day.
    fn filled_by_others(&self) -> u32 {
        let hands_on = self.scale.filled_tenths(Part::HandsOn, self.evidence.hands.len());
        hands_on
            + self
                .scale
                .filled_tenths(Part::Dialogue, self.evidence.talks.len())
    }

    /// Whether so many tenths of all parts are enough for Ready.
    pub(super) fn is_enough(&self, tenths: u32) -> bool {
        tenths >= self.ready_tenths
    }

    /// Whether it is Ready on a day, looking no further than needed: the points are never below what the gate counts.
    fn is_ready_on(&self, day: Date) -> bool {
        if day == self.subject.as_of {
            let state = self.on(day);
            return state.hands_on_open && state.knowledge_open && self.is_enough(state.total());
        }
        if !self.is_hands_on_open(day) {
            return false;
        }
        let gate_knowledge = self.gate_knowledge(day);
        let rest = self.filled_by_others();
        let enough_again = self.opens_knowledge(gate_knowledge);
        let knowledge = || self.best_source(day).map_or(0, |(_, tenths)| tenths);
        enough_again && (self.is_enough(gate_knowledge + rest) || self.is_enough(knowledge() + rest))
    }

    /// The last day within [`LIMIT_DAYS`] on which it is still Ready; `None` if it is not now. By bisection: without
    /// events points and gates only fall.
    pub(super) fn ready_until(&self) -> Option<Date> {
        let ready_in = |days| self.is_ready_on(self.subject.as_of + days);
        if !ready_in(0) {
            return None;
        }
        let (mut low, mut high) = (0, LIMIT_DAYS);
        while low < high {
            let middle = (low + high + 1) / 2;
            if ready_in(middle) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Some(self.subject.as_of + low)
    }
}
