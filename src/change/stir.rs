//! Which known questions may come and go. A capsule has no ids, so that what a changed question does to it is known on the
//! device of the person only; here is how much it can be at most.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::curriculum::{Curriculum, Step};

/// How many known questions of a capability may go and come on one device, when it publishes what it knows anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stir {
    /// Known questions that may no longer count, or be worth less.
    pub out: usize,
    /// Questions that may count anew, or be worth more.
    pub into: usize,
}

impl Stir {
    /// Whether nothing moves.
    pub fn is_still(self) -> bool {
        self == Self::default()
    }

    fn and(self, other: Self) -> Self {
        Self {
            out: self.out + other.out,
            into: self.into + other.into,
        }
    }
}

/// What may come and go, by capability.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stirs {
    /// What follows from the changed questions for whoever knows them.
    likely: BTreeMap<String, Stir>,
    /// What follows besides for answers given before an earlier change: a retired question counts for the capability that
    /// its answers name, in every revision.
    seldom: BTreeMap<String, Stir>,
    /// The same, whatever the capability.
    anywhere: Stir,
    /// Whether something of that follows from more than new questions.
    tells_seldom: bool,
    /// Questions of a higher revision.
    raised: usize,
}

impl Stirs {
    /// What may come and go in a capability for whoever knows the changed questions.
    pub fn likely(&self, capability: &str) -> Stir {
        self.likely.get(capability).copied().unwrap_or_default()
    }

    /// The same with what rarely follows from answers before an earlier change.
    pub fn at_most(&self, capability: &str) -> Stir {
        let seldom = self.seldom.get(capability).copied().unwrap_or_default();
        self.likely(capability).and(seldom).and(self.anywhere)
    }

    /// Whether it should be told that answers given before an earlier change may count otherwise.
    pub fn tells_seldom(&self) -> bool {
        self.tells_seldom
    }

    /// How many questions whoever knew them answers again: those of a higher revision.
    pub fn raised(&self) -> usize {
        self.raised
    }

    fn add(&mut self, capability: &str, likely: Stir, seldom: Stir) {
        for (stirs, stir) in [(&mut self.likely, likely), (&mut self.seldom, seldom)] {
            let sum = stirs.entry(capability.to_owned()).or_default();
            *sum = sum.and(stir);
        }
        self.tells_seldom |= !seldom.is_still();
    }

    /// What follows from an id that was used before, or from answers of somebody who was ahead: too rare to be told each time.
    fn add_quietly(&mut self, capability: &str, seldom: Stir) {
        let sum = self.seldom.entry(capability.to_owned()).or_default();
        *sum = sum.and(seldom);
    }
}

const STILL: Stir = Stir { out: 0, into: 0 };
const OUT: Stir = Stir { out: 1, into: 0 };
const INTO: Stir = Stir { out: 0, into: 1 };
const BOTH: Stir = Stir { out: 1, into: 1 };

/// Compares where answers to every question count in two states of a curriculum.
pub fn stirs(old: &Curriculum, new: &Curriculum) -> Stirs {
    let known: BTreeSet<&str> = [old, new].into_iter().flat_map(ids).collect();
    let (before, after) = (Seats::of(old, &known), Seats::of(new, &known));
    let known_before: BTreeSet<&str> = ids(old).collect();
    let mut stirs = Stirs::default();
    let mut joined: BTreeSet<&str> = BTreeSet::new();
    for (heir, members) in &before.groups {
        let is_new = !members.iter().any(|id| known_before.contains(id));
        if is_new && !new.former_questions.contains_key(*heir) {
            // A new question, or the new name of one that is told under its old name.
            one(before.live[heir], after.live[after.heir[heir]], false, &mut stirs);
            continue;
        }
        let heirs: BTreeSet<&str> = members.iter().map(|id| after.heir[id]).collect();
        let together: BTreeSet<&str> = heirs
            .iter()
            .flat_map(|heir| &after.groups[heir])
            .copied()
            .collect();
        let is_new_name = |id: &&&str| heirs.contains(**id) && !known_before.contains(**id);
        let others = together.difference(members).filter(|id| !is_new_name(id));
        let seat = before.live[heir];
        if heirs.len() == 1 && others.count() == 0 {
            let heir = heirs.first().copied().unwrap_or(heir);
            one(seat, after.live[heir], true, &mut stirs);
            continue;
        }
        // Several became one, or one several: each of them may go, and each of what is there now may come.
        match seat {
            Some((capability, _)) => stirs.add(capability, OUT, STILL),
            None => stirs.anywhere = stirs.anywhere.and(OUT),
        }
        for heir in heirs.into_iter().filter(|heir| joined.insert(heir)) {
            match after.live[heir] {
                Some((capability, _)) => stirs.add(capability, INTO, STILL),
                None => stirs.anywhere = stirs.anywhere.and(INTO),
            }
        }
        stirs.tells_seldom = true;
    }
    stirs
}

/// What became of one question that is still one.
fn one(before: Option<Seat<'_>>, after: Option<Seat<'_>>, was_there: bool, stirs: &mut Stirs) {
    match (before, after) {
        (Some((from, old)), Some((to, new))) => {
            stirs.raised += usize::from(new > old);
            if from != to {
                let (likely, seldom) = if new > old { (STILL, INTO) } else { (INTO, STILL) };
                stirs.add(from, OUT, STILL);
                stirs.add(to, likely, seldom);
            } else if new > old {
                stirs.add(from, OUT, STILL);
                stirs.add_quietly(from, INTO);
            } else if new < old {
                stirs.add(from, INTO, OUT);
            }
        }
        // Answers of a question that is asked no more count for the capability they name, whatever their revision.
        (Some((from, _)), None) => {
            stirs.add(from, STILL, BOTH);
            stirs.anywhere = stirs.anywhere.and(INTO);
        }
        (None, Some((to, _))) => {
            stirs.anywhere = stirs.anywhere.and(OUT);
            if was_there {
                stirs.add(to, STILL, BOTH);
            } else {
                stirs.add_quietly(to, BOTH);
            }
        }
        (None, None) => {}
    }
}

/// Capability and revision of a live question.
type Seat<'a> = (&'a str, u32);

/// Where answers count, by the id they name.
struct Seats<'a> {
    heir: BTreeMap<&'a str, &'a str>,
    /// Ids whose answers count together, by the id they count under.
    groups: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// Of the id they count under; `None` = it is asked no more.
    live: BTreeMap<&'a str, Option<Seat<'a>>>,
}

impl<'a> Seats<'a> {
    fn of(curriculum: &'a Curriculum, known: &BTreeSet<&'a str>) -> Self {
        let questions = curriculum.live_questions();
        let live: BTreeMap<&str, Seat<'_>> = questions
            .map(|(_, q)| (q.id.as_str(), (q.capability.as_str(), q.rev)))
            .collect();
        let mut seats = Self {
            heir: BTreeMap::new(),
            groups: BTreeMap::new(),
            live: BTreeMap::new(),
        };
        for id in known.iter().copied() {
            let heir = if live.contains_key(id) {
                id
            } else {
                curriculum
                    .former_questions
                    .get(id)
                    .map_or(id, |heir| heir.as_str())
            };
            seats.heir.insert(id, heir);
            seats.groups.entry(heir).or_default().insert(id);
            seats.live.insert(heir, live.get(heir).copied());
        }
        seats
    }
}

/// Every id of a question that a state knows: asked, retired or former.
fn ids(curriculum: &Curriculum) -> impl Iterator<Item = &str> {
    let steps = curriculum.modules.iter().flat_map(|module| &module.steps);
    let questions = steps.flat_map(Step::questions);
    let former = curriculum.former_questions.iter();
    let former = former.flat_map(|(id, heir)| [id.as_str(), heir.as_str()]);
    questions.map(|question| question.id.as_str()).chain(former)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::samples::curriculum;

    /// What may come and go in `serve`: likely, and at most.
    fn moves(change: impl Fn(&mut Curriculum)) -> (Stir, Stir, bool) {
        let old = curriculum();
        let mut new = old.clone();
        change(&mut new);
        let stirs = stirs(&old, &new);
        (
            stirs.likely("serve"),
            stirs.at_most("serve"),
            stirs.tells_seldom(),
        )
    }

    fn questions(curriculum: &mut Curriculum) -> &mut Vec<crate::model::curriculum::Question> {
        let mut steps = curriculum.modules.iter_mut().flat_map(|m| &mut m.steps);
        let quiz = steps.find_map(|step| match &mut step.kind {
            crate::model::curriculum::StepKind::Quiz(questions) => Some(questions),
            _ => None,
        });
        quiz.unwrap()
    }

    #[test]
    fn words_move_nothing_and_a_revision_takes_one_out() {
        assert_eq!(
            moves(|c| questions(c)[0].text = "Else".to_owned()),
            (STILL, STILL, false)
        );
        let (likely, at_most, told) = moves(|c| questions(c)[0].rev += 1);
        assert_eq!((likely, at_most, told), (OUT, BOTH, false));
    }

    #[test]
    fn a_question_that_is_asked_no_more_moves_only_rarely() {
        let (likely, at_most, told) = moves(|c| questions(c)[0].retired = true);
        assert_eq!((likely, told), (STILL, true));
        assert_eq!(at_most, Stir { out: 1, into: 2 });
    }

    #[test]
    fn a_new_name_that_takes_over_moves_nothing_but_by_rare_chance() {
        let renamed = |c: &mut Curriculum| {
            let id: crate::base::id::QuestionId = "basics.renamed".parse().unwrap();
            let old = std::mem::replace(&mut questions(c)[0].id, id.clone());
            for heir in c.former_questions.values_mut().filter(|heir| **heir == old) {
                *heir = id.clone();
            }
            c.former_questions.insert(old, id);
        };
        let (likely, _, told) = moves(renamed);
        assert_eq!((likely, told), (STILL, false));
    }

    #[test]
    fn of_two_that_become_one_both_may_go_and_one_may_come() {
        let merged = |c: &mut Curriculum| {
            let gone = questions(c).remove(0).id;
            let heir = questions(c)[0].id.clone();
            c.former_questions.insert(gone, heir);
        };
        let (likely, _, told) = moves(merged);
        assert_eq!((likely, told), (Stir { out: 2, into: 1 }, true));
    }
}
