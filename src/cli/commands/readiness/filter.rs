//! Which of the people are shown. Groups and units say whom a table is about; these say which of its rows are wanted, and
//! change no figure of it.

use super::ReadinessArgs;
use crate::base::points::Band;
use crate::base::texts::{t, t_n};
use crate::base::time::Date;
use crate::base::words::nearest;
use crate::cli::error::{CliError, Result};
use crate::model::curriculum::{Curriculum, Module};
use crate::progress::Progress;
use crate::readiness::{Assessment, CapabilityAssessment};
use crate::report::PersonRow;

/// What was asked for, found in the curriculum.
pub(super) struct Filter<'a> {
    module: Option<&'a Module>,
    /// The capability's place, and its name.
    pub(super) capability: Option<(usize, &'a str)>,
    bands: Vec<Band>,
    overdue: bool,
    inactive: Option<u32>,
    reached: Option<bool>,
}

impl<'a> Filter<'a> {
    pub(super) fn of(args: &ReadinessArgs, curriculum: &'a Curriculum) -> Result<Self> {
        let module = args.module.as_deref().map(|typed| module(typed, curriculum));
        let capability = args.capability.as_deref();
        let capability = capability.map(|typed| capability_of(typed, curriculum));
        Ok(Self {
            module: module.transpose()?,
            capability: capability.transpose()?,
            bands: args.band.as_deref().map_or(Ok(Vec::new()), bands)?,
            overdue: args.overdue,
            inactive: args.inactive,
            reached: match (args.reached, args.not_reached) {
                (true, _) => Some(true),
                (_, true) => Some(false),
                _ => None,
            },
        })
    }

    /// The place of the one capability that is meant.
    pub(super) fn place(&self) -> Option<usize> {
        self.capability.map(|(place, _)| place)
    }

    /// Whether somebody is to be shown.
    pub(super) fn fits(&self, progress: &Progress<'_>, judged: &Assessment, as_of: Date) -> bool {
        let one = self.place().and_then(|place| judged.capabilities.get(place));
        self.module.is_none_or(|module| concerns(module, progress))
            && (self.bands.is_empty() || self.bands.contains(&one.map_or(judged.overall.band, |c| c.band)))
            && (!self.overdue || self.is_overdue(progress))
            && self
                .inactive
                .is_none_or(|days| is_inactive(progress, days, as_of))
            && self
                .reached
                .is_none_or(|wanted| wanted == has_reached(judged, one))
    }

    fn is_overdue(&self, progress: &Progress<'_>) -> bool {
        progress
            .modules
            .iter()
            .filter(|record| self.module.is_none_or(|module| module.id.as_str() == record.id))
            .any(|record| record.overdue_days.is_some())
    }

    /// As it is said above the table; `None` = nobody is left out.
    pub(super) fn words(&self) -> Option<String> {
        let bands: Vec<String> = self.bands.iter().map(|band| band.shown()).collect();
        let parts = [
            self.module
                .map(|module| t!("filter.module", "module {module}", module = module.id)),
            (!bands.is_empty()).then(|| bands.join(&t!("filter.or", " or "))),
            self.overdue.then(|| t!("filter.overdue", "overdue")),
            self.inactive.map(|days| {
                t_n!(
                    "filter.inactive",
                    days,
                    "nothing for {n} day",
                    "nothing for {n} days"
                )
            }),
            self.reached.map(|reached| {
                if reached {
                    t!("filter.reached", "reached")
                } else {
                    t!("filter.not_reached", "not reached")
                }
            }),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Whether somebody counts as ready, and as having reached it, where a condition is asked for.
    pub(super) fn counts(&self, row: &PersonRow) -> (bool, bool) {
        match self.place().and_then(|place| row.capabilities.get(place)) {
            Some(one) => (one.band == Band::Ready, one.reached_on.is_some()),
            None => (row.band == Band::Ready, row.reached_all_on.is_some()),
        }
    }
}

/// Whether a module is assigned to somebody or was begun by them.
fn concerns(module: &Module, progress: &Progress<'_>) -> bool {
    let is_assigned = progress
        .module(module.id.as_str())
        .is_some_and(|record| record.assigned.is_some());
    let is_begun = |id: &str| progress.steps.get(id).is_some();
    is_assigned || module.steps.iter().any(|step| is_begun(step.id.as_str()))
}

/// Whether nothing came from somebody for so many days, or ever.
fn is_inactive(progress: &Progress<'_>, days: u32, as_of: Date) -> bool {
    progress
        .last_active_on
        .is_none_or(|day| i64::from(as_of.days_since(day)) >= i64::from(days))
}

fn has_reached(judged: &Assessment, one: Option<&CapabilityAssessment>) -> bool {
    one.map_or(judged.overall.reached_on.is_some(), |c| c.reached_on.is_some())
}

fn module<'a>(typed: &str, curriculum: &'a Curriculum) -> Result<&'a Module> {
    let mut modules = curriculum.modules.iter();
    modules.find(|module| module.id.as_str() == typed).ok_or_else(|| {
        let names = curriculum.modules.iter();
        let names = names.map(|module| (module.id.as_str(), module.title.as_str()));
        CliError::unknown(typed, "module", names, "upwards progress --steps")
    })
}

/// A capability by its id, with its place.
fn capability_of<'a>(typed: &str, curriculum: &'a Curriculum) -> Result<(usize, &'a str)> {
    let mut capabilities = curriculum.capabilities.iter().enumerate();
    let found = capabilities.find(|(_, c)| c.id.as_str() == typed);
    found.map(|(place, c)| (place, c.name.as_str())).ok_or_else(|| {
        let names = curriculum.capabilities.iter();
        let names = names.map(|c| (c.id.as_str(), c.name.as_str()));
        CliError::unknown(typed, "capability", names, "upwards help columns")
    })
}

/// Letters of bands, as `.E`.
fn bands(typed: &str) -> Result<Vec<Band>> {
    let mut bands = Vec::new();
    for letter in typed.chars() {
        let is_it = |band: &&Band| band.letter().eq_ignore_ascii_case(&letter);
        let Some(band) = Band::ALL.iter().find(is_it) else {
            return Err(no_bands(typed));
        };
        if !bands.contains(band) {
            bands.push(*band);
        }
    }
    if bands.is_empty() {
        return Err(no_bands(typed));
    }
    bands.sort();
    Ok(bands)
}

fn no_bands(typed: &str) -> CliError {
    let codes = Band::ALL.map(Band::code);
    let near = nearest(typed, codes);
    let meant = Band::ALL.iter().find(|band| near.contains(&band.code()));
    let letters: Vec<String> = Band::ALL
        .iter()
        .map(|band| format!("{} {}", band.letter(), band.code()))
        .collect();
    let told = CliError::usage(format!("--band: \"{typed}\" is not made of letters of bands"));
    let told = match meant {
        Some(band) => told.hint(format!("did you mean: --band {}?", band.letter())),
        None => told,
    };
    told.hint(format!("letters: {}; several as .E", letters.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_in_any_order_and_case() {
        assert_eq!(bands("e.").unwrap(), [Band::NotStarted, Band::Exploring]);
        assert_eq!(bands("RRb").unwrap(), [Band::Building, Band::Ready]);
        assert!(bands("").is_err());
        let refused = bands("redy").unwrap_err();
        assert_eq!(refused.hints[0], "did you mean: --band R?");
    }
}
