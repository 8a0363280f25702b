//! What happened to the steps of one person: a few dozen, each found often, so that a sorted list is quicker than a tree.

use super::state::StepRecord;

/// Records of steps by their present id, sorted by it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Steps<'a>(Vec<(&'a str, StepRecord<'a>)>);

impl<'a> Steps<'a> {
    /// What happened to a step.
    pub fn get(&self, id: &str) -> Option<&StepRecord<'a>> {
        let place = self.place(id).ok()?;
        Some(&self.0[place].1)
    }

    /// Whether anything happened to a step.
    pub fn contains(&self, id: &str) -> bool {
        self.place(id).is_ok()
    }

    /// Whether nothing happened to any.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Ids and records, sorted by id.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &StepRecord<'a>)> {
        self.0.iter().map(|(id, record)| (*id, record))
    }

    /// The record of a step, made if there is none.
    pub(super) fn record(
        &mut self,
        id: &'a str,
        make: impl FnOnce() -> StepRecord<'a>,
    ) -> &mut StepRecord<'a> {
        let place = self.place(id).unwrap_or_else(|place| {
            self.0.insert(place, (id, make()));
            place
        });
        &mut self.0[place].1
    }

    /// Adds so many records of other steps, which are sorted.
    pub(super) fn join(&mut self, count: usize, others: impl Iterator<Item = (&'a str, StepRecord<'a>)>) {
        let is_sorted = self.0.is_empty();
        self.0.reserve(count);
        self.0.extend(others);
        if !is_sorted {
            self.0.sort_by_key(|(id, _)| *id);
        }
    }

    fn place(&self, id: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| (*other).cmp(id))
    }
}
