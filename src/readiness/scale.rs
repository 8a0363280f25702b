//! How many points each part of a capability can give, and how they are dealt out to its slots
//! (`readiness.md` §2.2, §2.3).

use crate::base::points::Points;
use crate::base::ratio::split;
use crate::model::capability::Capability;
use crate::model::curriculum::Curriculum;
use crate::model::settings::Readiness;

/// One part of a capability's points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Questions answered right.
    Knowledge,
    /// Practices of one's own.
    HandsOn,
    /// Talks.
    Dialogue,
}

impl Part {
    /// All parts, in the order of settings and screens.
    pub const ALL: [Self; 3] = [Self::Knowledge, Self::HandsOn, Self::Dialogue];

    /// The word on screens.
    pub fn word(self) -> &'static str {
        match self {
            Self::Knowledge => "knowledge",
            Self::HandsOn => "hands-on",
            Self::Dialogue => "dialogue",
        }
    }
}

/// One value for each part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ByPart<T> {
    /// Of knowledge.
    pub knowledge: T,
    /// Of hands-on.
    pub hands_on: T,
    /// Of dialogue.
    pub dialogue: T,
}

impl<T: Copy> ByPart<T> {
    /// The value of one part.
    pub fn of(&self, part: Part) -> T {
        match part {
            Part::Knowledge => self.knowledge,
            Part::HandsOn => self.hands_on,
            Part::Dialogue => self.dialogue,
        }
    }

    /// The same of every part.
    pub fn map<U>(&self, change: impl Fn(T) -> U) -> ByPart<U> {
        ByPart {
            knowledge: change(self.knowledge),
            hands_on: change(self.hands_on),
            dialogue: change(self.dialogue),
        }
    }
}

/// The slots of one capability under the rules of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    slots: [Vec<u32>; 3],
    budgets: [u32; 3],
}

impl Scale {
    /// Works out needs, budgets and slots of a capability.
    pub fn of(curriculum: &Curriculum, capability: &Capability, rules: &Readiness) -> Self {
        let live = curriculum
            .live_questions()
            .filter(|(_, question)| question.capability == capability.id)
            .count();
        let live = u32::try_from(live).unwrap_or(u32::MAX);
        let needs = [
            capability
                .knowledge_needed
                .unwrap_or(rules.knowledge_needed)
                .min(live),
            capability.hands_on_needed.unwrap_or(rules.hands_on_needed),
            capability.dialogue_needed.unwrap_or(rules.dialogue_needed),
        ];
        Self::from_needs(needs, rules)
    }

    /// The slots for stated needs: questions, practices, talks.
    pub fn from_needs(needs: [u32; 3], rules: &Readiness) -> Self {
        let mut weights = rules.weights.map(i64::from);
        for (weight, need) in weights.iter_mut().zip(needs) {
            if need == 0 {
                *weight = 0;
            }
        }
        let budgets = split(Points::FULL.tenths(), &weights);
        let equal = |budget: i64, need: u32| -> Vec<u32> {
            let parts = vec![1; usize::try_from(need).unwrap_or(0)];
            split(budget, &parts).into_iter().map(tenths).collect()
        };
        Self {
            slots: [0, 1, 2].map(|part| equal(budgets[part], needs[part])),
            budgets: [0, 1, 2].map(|part| tenths(budgets[part])),
        }
    }

    /// How many questions, practices or talks are asked for.
    pub fn need(&self, part: Part) -> u32 {
        u32::try_from(self.slots(part).len()).unwrap_or(u32::MAX)
    }

    /// What the part can give.
    pub fn budget(&self, part: Part) -> Points {
        points(self.budget_tenths(part))
    }

    /// What each slot of the part can give, in tenths; they add up to the budget.
    pub fn slots(&self, part: Part) -> &[u32] {
        &self.slots[place(part)]
    }

    /// What so many distinct practices or meetings give: each fills one slot in full.
    pub fn filled(&self, part: Part, distinct: usize) -> Points {
        points(self.filled_tenths(part, distinct))
    }

    pub(super) fn budget_tenths(&self, part: Part) -> u32 {
        self.budgets[place(part)]
    }

    pub(super) fn filled_tenths(&self, part: Part, distinct: usize) -> u32 {
        self.slots(part).iter().take(distinct).sum()
    }
}

fn place(part: Part) -> usize {
    match part {
        Part::Knowledge => 0,
        Part::HandsOn => 1,
        Part::Dialogue => 2,
    }
}

fn tenths(share: i64) -> u32 {
    u32::try_from(share).unwrap_or(0)
}

/// Tenths as points.
pub(super) fn points(tenths: u32) -> Points {
    Points::from_tenths(i64::from(tenths))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budgets(needs: [u32; 3], weights: [u32; 3]) -> [u32; 3] {
        let rules = Readiness {
            weights,
            ..Readiness::default()
        };
        Scale::from_needs(needs, &rules).budgets
    }

    #[test]
    fn budgets_add_up_to_a_hundred_points() {
        assert_eq!(budgets([8, 2, 1], [40, 40, 20]), [400, 400, 200]);
        assert_eq!(budgets([8, 0, 1], [40, 40, 20]), [666, 0, 334]);
        assert_eq!(budgets([8, 2, 1], [1, 1, 1]), [333, 333, 334]);
    }

    #[test]
    fn nothing_needed_gives_nothing() {
        assert_eq!(budgets([0, 0, 0], [40, 40, 20]), [0, 0, 0]);
        assert_eq!(budgets([8, 0, 0], [0, 40, 20]), [0, 0, 0]);
    }

    #[test]
    fn slots_share_their_budget() {
        let scale = Scale::from_needs([3, 2, 1], &Readiness::default());
        assert_eq!(scale.slots(Part::Knowledge), [133, 133, 134]);
        assert_eq!(scale.filled(Part::HandsOn, 1).tenths(), 200);
        assert_eq!(scale.filled(Part::HandsOn, 5).tenths(), 400);
    }
}
