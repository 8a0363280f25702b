//! The steps of a curriculum, found by id: made once, and used for everybody whose events are folded.

use std::collections::HashMap;

use crate::model::curriculum::{Curriculum, Step};

/// A curriculum with its steps by id.
pub struct Lookup<'a> {
    pub(super) curriculum: &'a Curriculum,
    /// All steps, retired ones too, sorted by id.
    steps: Vec<&'a Step>,
    /// Where each stands among them.
    places: HashMap<&'a str, usize>,
}

impl<'a> Lookup<'a> {
    /// That of a curriculum.
    pub fn of(curriculum: &'a Curriculum) -> Self {
        let all = curriculum.modules.iter().flat_map(|module| &module.steps);
        // Of two with one id the curriculum knows one.
        let is_known = |step: &&'a Step| {
            let known = curriculum.step(step.id.as_str());
            known.is_some_and(|known| std::ptr::eq(known, *step))
        };
        let mut steps: Vec<&Step> = all.filter(is_known).collect();
        steps.sort_unstable_by_key(|step| step.id.as_str());
        let places = steps.iter().enumerate();
        Self {
            curriculum,
            places: places.map(|(place, step)| (step.id.as_str(), place)).collect(),
            steps,
        }
    }

    /// All steps, retired ones too, sorted by id.
    pub(super) fn steps(&self) -> &[&'a Step] {
        &self.steps
    }

    /// Where a step stands among them.
    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }
}
