//! How well a mentor fits an executive, and why, or why not (`readiness.md` §7). Qualified by evidence, not by age.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::points::{Band, Points};
use crate::model::person::Person;

/// A wish of the executive for the mentor.
const WISH: i64 = 300;

/// Each time the two were paired before.
const EARLIER: i64 = 200;

/// Somebody who needs a mentor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seeker<'a> {
    /// Their id.
    pub id: &'a str,
    /// What they need in each capability, by its place in the curriculum, in tenths of points.
    pub need: Vec<u32>,
    /// Languages they speak.
    pub languages: BTreeSet<&'a str>,
    /// Who leads them and whom they lead, however far.
    pub line: BTreeSet<&'a str>,
    /// With whom they are never put together, whatever the reason: vetoes, meetings that did not fit, competitors.
    pub never: BTreeSet<&'a str>,
    /// Whom they wished for.
    pub wished: BTreeSet<&'a str>,
    /// How often they were paired with whom before.
    pub earlier: BTreeMap<&'a str, u32>,
}

/// Somebody who mentors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentor<'a> {
    /// Their id.
    pub id: &'a str,
    /// What they bring to each capability, by its place in the curriculum.
    pub skill: Vec<Skill>,
    /// Languages they speak.
    pub languages: BTreeSet<&'a str>,
    /// How many more they can take.
    pub free: u32,
}

/// What somebody brings to a capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Skill {
    /// 0 (not started) to 3 (ready).
    pub level: u8,
    /// Whether the leader's word says so, being higher than the mentor's own evidence.
    pub is_stated: bool,
}

impl Skill {
    /// What a mentor's own band gives and the leader's word, the higher of the two.
    pub fn of(own: Band, stated: Option<Band>) -> Self {
        let (own, stated) = (level(own), stated.map_or(0, level));
        Self {
            level: own.max(stated),
            is_stated: stated > own,
        }
    }

    /// That of a person in a capability: the own band counts only where they may mentor, the leader's word always.
    pub fn of_person(person: &Person, capability: &str, own: Band) -> Self {
        let stated = person.mentors_stated.get(capability).copied();
        let may = stated.is_some() || person.mentors_in.iter().any(|id| id == capability);
        Self::of(if may { own } else { Band::NotStarted }, stated)
    }
}

const fn level(band: Band) -> u8 {
    match band {
        Band::NotStarted => 0,
        Band::Exploring => 1,
        Band::Building => 2,
        Band::Ready => 3,
    }
}

/// What somebody needs in a capability, in tenths: the points that are missing, but at least what is missing to Ready while
/// the band is not: a hundred points without a practice still need somebody.
pub fn need_of(total: Points, band: Band, ready: u32) -> u32 {
    let missing = u32::try_from(Points::FULL.tenths() - total.tenths()).unwrap_or(0);
    if band == Band::Ready {
        missing
    } else {
        missing.max(1_000_u32.saturating_sub(10 * ready))
    }
}

/// Why a mentor fits an executive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// All of it, in tenths.
    pub value: i64,
    /// What it is made of, the most first; equals by their place in the curriculum.
    pub parts: Vec<Part>,
    /// Whether the executive wished for this mentor.
    pub is_wished: bool,
    /// How often they were paired before.
    pub earlier: u32,
}

/// A capability in which one needs what the other brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The capability, by its place in the curriculum.
    pub capability: usize,
    /// What is needed, in tenths of points.
    pub need: u32,
    /// What is brought.
    pub skill: Skill,
}

impl Part {
    fn value(&self) -> i64 {
        i64::from(self.need) * i64::from(self.skill.level)
    }
}

/// Why two are not put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoFit {
    /// They are one person.
    Same,
    /// They are never put together, or one leads the other: which of it is nobody's business but the leader's.
    NotPossible,
    /// They have no language in common.
    NoLanguage,
    /// The mentor brings nothing of what is needed.
    Nothing,
}

/// How well a mentor fits, or why not.
pub fn fit(seeker: &Seeker<'_>, mentor: &Mentor<'_>) -> Result<Fit, NoFit> {
    if seeker.id == mentor.id {
        return Err(NoFit::Same);
    }
    if seeker.never.contains(mentor.id) || seeker.line.contains(mentor.id) {
        return Err(NoFit::NotPossible);
    }
    if seeker.languages.is_disjoint(&mentor.languages) {
        return Err(NoFit::NoLanguage);
    }
    let both = seeker.need.iter().zip(&mentor.skill).enumerate();
    let mut parts: Vec<Part> = both
        .map(|(capability, (need, skill))| Part {
            capability,
            need: *need,
            skill: *skill,
        })
        .filter(|part| part.value() > 0)
        .collect();
    if parts.is_empty() {
        return Err(NoFit::Nothing);
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.value()));
    let is_wished = seeker.wished.contains(mentor.id);
    let earlier = seeker.earlier.get(mentor.id).copied().unwrap_or(0);
    let sum: i64 = parts.iter().map(Part::value).sum();
    Ok(Fit {
        value: sum + WISH * i64::from(is_wished) - EARLIER * i64::from(earlier),
        parts,
        is_wished,
        earlier,
    })
}
