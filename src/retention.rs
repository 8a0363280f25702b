//! Which old lines of a person's log nothing rests on any more (`formats.md` §9). Lines that name each other stay or go
//! together. What points rest on is not derived from rules but tried: without the lines that go everybody's figures are the
//! same, today and as they fade.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::id::EventId;
use crate::base::points::{Band, Points};
use crate::base::time::Date;
use crate::model::curriculum::Curriculum;
use crate::model::event::{Event, Fact};
use crate::model::settings::Settings;
use crate::progress::{Lookup, Progress};
use crate::readiness::{ByPart, Gates, Limit, Overall, Yardstick};

/// Days after today on which figures are compared: points fade for two years at most.
const LOOKS: [i32; 7] = [0, 1, 30, 91, 183, 365, 730];

/// Why an old line stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rests {
    /// Points, bands, gates, or what limits somebody.
    Points,
    /// An open assignment, what was done of it, or a waiver that holds.
    Assignment,
    /// A pair or a group.
    Pair,
    /// A capability reached.
    Reached,
    /// A line of the efficiency ledger.
    Ledger,
    /// The present aim.
    Aim,
    /// An idea that nobody has taken up yet.
    Idea,
    /// A step that is done and would be asked for again.
    Done,
    /// A line that is newer and names it.
    Newer,
    /// A curriculum that is not in use now, or a kind of a newer version: nobody can tell.
    Unknown,
}

impl Rests {
    /// All, in the order of screens.
    pub const ALL: [Self; 10] = [
        Self::Points,
        Self::Assignment,
        Self::Pair,
        Self::Reached,
        Self::Ledger,
        Self::Aim,
        Self::Idea,
        Self::Done,
        Self::Newer,
        Self::Unknown,
    ];

    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Assignment => "assignment",
            Self::Pair => "pair",
            Self::Reached => "reached",
            Self::Ledger => "ledger",
            Self::Aim => "aim",
            Self::Idea => "idea",
            Self::Done => "done",
            Self::Newer => "newer",
            Self::Unknown => "unknown",
        }
    }
}

/// A line older than the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aged {
    /// The event.
    pub id: EventId,
    /// Its day.
    pub day: Date,
    /// What rests on it; `None` = nothing: it goes.
    pub rests: Option<Rests>,
}

/// All lines of one person of days before `before`, in the order of the log, each with what rests on it. The events are
/// unique by id and in that order; `curricula` are all in use.
pub fn aged(
    events: &[&Event<'_>],
    curricula: &[Curriculum],
    settings: &Settings,
    before: Date,
    today: Date,
) -> Vec<Aged> {
    let old: Vec<usize> = (0..events.len()).filter(|at| events[*at].day < before).collect();
    if old.is_empty() {
        return Vec::new();
    }
    let judge = Judge {
        events,
        lookups: curricula.iter().map(Lookup::of).collect(),
        curricula,
        settings,
        today,
    };
    let held = judge.held();
    let mut rests: BTreeMap<usize, Rests> = BTreeMap::new();
    let mut candidates: Vec<Vec<usize>> = Vec::new();
    for group in groups(events) {
        if !group.iter().any(|at| events[*at].day < before) {
            continue;
        }
        let is_newer = group.iter().any(|at| events[*at].day >= before);
        let reason = group.iter().find_map(|at| held.get(&events[*at].id).copied());
        match reason.or(is_newer.then_some(Rests::Newer)) {
            Some(reason) => rests.extend(group.into_iter().map(|at| (at, reason))),
            None => candidates.push(group),
        }
    }
    let whole = judge.figures(&BTreeSet::new());
    let mut gone = BTreeSet::new();
    // What stayed because of a line that went in its turn goes in the next round.
    loop {
        let before = gone.len();
        candidates.retain(|group| !group.iter().any(|at| gone.contains(at)));
        judge.settle(&candidates, &whole, &mut gone);
        if gone.len() == before {
            break;
        }
    }
    old.into_iter()
        .map(|at| Aged {
            id: events[at].id,
            day: events[at].day,
            rests: (!gone.contains(&at)).then(|| rests.get(&at).copied().unwrap_or(Rests::Points)),
        })
        .collect()
}

/// What must be the same with the old lines and without.
#[derive(PartialEq, Eq)]
struct Figures {
    last_active_on: Option<Date>,
    data_until: Option<Date>,
    modules: Vec<Assigned>,
    looks: Vec<(Vec<Figure>, Overall)>,
}

/// An assigned module.
#[derive(PartialEq, Eq)]
struct Assigned {
    id: String,
    by: Option<EventId>,
    finished_on: Option<Date>,
    due: Option<Date>,
}

/// Where somebody stands in one capability, without the lines it rests on.
#[derive(PartialEq, Eq)]
struct Figure {
    band: Band,
    total: Points,
    points: ByPart<Points>,
    gates: Gates,
    reached_on: Option<Date>,
    ready_until: Option<Date>,
    limited_by: Option<Limit>,
    known: (u32, u32),
}

struct Judge<'a> {
    events: &'a [&'a Event<'a>],
    lookups: Vec<Lookup<'a>>,
    curricula: &'a [Curriculum],
    settings: &'a Settings,
    today: Date,
}

impl Judge<'_> {
    /// Takes away as many groups as can go without a figure changing: all at once where that does, else half by half.
    fn settle(&self, groups: &[Vec<usize>], whole: &[Figures], gone: &mut BTreeSet<usize>) {
        // Halves wait on a list of their own: the depth of a call does not grow with a log.
        let mut waiting: Vec<&[Vec<usize>]> = vec![groups];
        while let Some(some) = waiting.pop() {
            if some.is_empty() {
                continue;
            }
            let mut without = gone.clone();
            without.extend(some.iter().flatten().copied());
            if self.figures(&without) == *whole {
                *gone = without;
            } else if some.len() > 1 {
                let (older, newer) = some.split_at(some.len() / 2);
                waiting.push(newer);
                waiting.push(older);
            }
        }
    }

    /// All figures without the events at these places, one for each curriculum.
    fn figures(&self, without: &BTreeSet<usize>) -> Vec<Figures> {
        let events = self.events.iter().enumerate();
        let kept: Vec<&Event<'_>> = events
            .filter(|(at, _)| !without.contains(at))
            .map(|(_, event)| *event)
            .collect();
        let each = self.lookups.iter().zip(self.curricula);
        each.map(|(lookup, curriculum)| {
            let progress = lookup.fold(&kept, self.settings, self.today);
            let yardstick = Yardstick::of(curriculum, self.settings);
            let modules = progress.modules.iter().filter(|module| module.assigned.is_some());
            Figures {
                last_active_on: progress.last_active_on,
                data_until: progress.data_until,
                modules: modules
                    .map(|module| Assigned {
                        id: module.id.to_owned(),
                        by: module.assigned.map(|event| event.id),
                        finished_on: module.finished_on,
                        due: module.due,
                    })
                    .collect(),
                looks: LOOKS
                    .iter()
                    .map(|days| {
                        let seen = yardstick.assess(&progress, None, self.today + *days);
                        let figures = seen.capabilities.into_iter().map(|c| Figure {
                            band: c.band,
                            total: c.total,
                            points: c.points,
                            gates: c.gates,
                            reached_on: c.reached_on,
                            ready_until: c.ready_until,
                            limited_by: c.limited_by,
                            known: (c.questions_known, c.questions_again),
                        });
                        (figures.collect(), seen.overall)
                    })
                    .collect(),
            }
        })
        .collect()
    }

    /// Events on which something rests that is no figure.
    fn held(&self) -> BTreeMap<EventId, Rests> {
        let mut held = BTreeMap::new();
        let known: BTreeSet<&str> = self.curricula.iter().map(|c| c.id.as_str()).collect();
        for event in self.events {
            let elsewhere = event.fact.curriculum().is_some_and(|id| !known.contains(id));
            if elsewhere || matches!(event.fact, Fact::Unknown { .. }) {
                held.insert(event.id, Rests::Unknown);
            }
        }
        for lookup in &self.lookups {
            let progress = lookup.fold(self.events, self.settings, self.today);
            for (id, reason) in of_progress(&progress) {
                held.entry(id).or_insert(reason);
            }
        }
        held
    }
}

fn of_progress(progress: &Progress<'_>) -> Vec<(EventId, Rests)> {
    let mut held = Vec::new();
    let assigned: BTreeSet<&str> = progress
        .modules
        .iter()
        .filter(|module| module.assigned.is_some())
        .map(|module| module.id)
        .collect();
    let open = progress.assignments.iter().filter(|one| one.unassigned.is_none());
    held.extend(open.map(|one| (one.event.id, Rests::Assignment)));
    for (id, record) in progress.steps.iter() {
        let module = id.split_once('.').map_or(id, |(module, _)| module);
        let is_assigned = assigned.contains(module);
        if let Some(event) = record.finished {
            if is_assigned {
                held.push((event.id, Rests::Assignment));
            } else if matches!(event.fact, Fact::Finished { .. })
                && record.step.is_some_and(|step| !step.retired)
            {
                held.push((event.id, Rests::Done));
            }
        }
        let waivers = record
            .waivers
            .iter()
            .filter(|waiver| waiver.covers(progress.as_of));
        held.extend(waivers.map(|waiver| (waiver.event.id, Rests::Assignment)));
    }
    held.extend(progress.running_pairs().map(|pair| (pair.event.id, Rests::Pair)));
    let planned = progress.invitations.iter();
    let planned = planned.filter(|one| !progress.was_held(&one.invited.meeting));
    held.extend(planned.map(|one| (one.event.id, Rests::Pair)));
    let evidence = progress.capabilities.iter();
    let reached = evidence.filter_map(|evidence| evidence.reached);
    held.extend(reached.map(|event| (event.id, Rests::Reached)));
    held.extend(progress.baselines().map(|one| (one.event.id, Rests::Ledger)));
    held.extend(progress.waiting().map(|one| (one.event.id, Rests::Points)));
    held.extend(progress.capsules.iter().map(|one| (one.event.id, Rests::Points)));
    held.extend(progress.aim.map(|aim| (aim.event.id, Rests::Aim)));
    let ideas = progress.ideas.iter().filter(|idea| idea.handled.is_none());
    held.extend(ideas.map(|idea| (idea.event.id, Rests::Idea)));
    held
}

/// Places of events that stay or go together: what names another, and what is about one meeting; each group and all of them
/// in the order of the log.
fn groups(events: &[&Event<'_>]) -> Vec<Vec<usize>> {
    let places: BTreeMap<EventId, usize> = events.iter().enumerate().map(|(at, e)| (e.id, at)).collect();
    let mut heads: Vec<usize> = (0..events.len()).collect();
    let mut meetings: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, event) in events.iter().enumerate() {
        if let Some(other) = event.fact.reference().and_then(|id| places.get(&id)) {
            join(&mut heads, at, *other);
        }
        let meeting = match &event.fact {
            Fact::Met(met) => Some(&*met.meeting),
            Fact::Invited(invited) => Some(&*invited.meeting),
            _ => None,
        };
        if let Some(meeting) = meeting {
            let first = *meetings.entry(meeting).or_insert(at);
            join(&mut heads, at, first);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..events.len() {
        groups.entry(head(&mut heads, at)).or_default().push(at);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    groups.sort();
    groups
}

fn head(heads: &mut [usize], at: usize) -> usize {
    let mut top = at;
    while heads[top] != top {
        heads[top] = heads[heads[top]];
        top = heads[top];
    }
    top
}

fn join(heads: &mut [usize], one: usize, other: usize) {
    let (one, other) = (head(heads, one), head(heads, other));
    heads[one.max(other)] = one.min(other);
}
