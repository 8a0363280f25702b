//! What the library lacks: the standing answer to "we lack good cases".

use std::collections::{BTreeMap, BTreeSet};

use super::{GradeFacet, LibraryCase};
use crate::base::id::{CapabilityId, Slug};
use crate::base::time::Date;

/// A case that ended so many years ago or less is recent: executives do not take Twitter in 2010 as evidence.
pub const RECENT_YEARS: u32 = 8;

/// By what a library is taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// Capability and function.
    Function,
    /// Capability and sector.
    Sector,
    /// Capability, sector and function: only those that people stand for.
    Both,
}

/// A place in the library without what an executive would ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Which capability.
    pub capability: CapabilityId,
    /// In which sector; none = any.
    pub sector: Option<Slug>,
    /// For which function; none = any.
    pub function: Option<Slug>,
    /// Cases there.
    pub cases: usize,
    /// Last year of the newest of them.
    pub newest: Option<u32>,
    /// What is lacking.
    pub lacks: Vec<Lack>,
    /// Executives whose work or market this is.
    pub people: usize,
}

/// What a place lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// There is no case at all.
    Any,
    /// None has a claim that is verified and that nobody contests.
    Good,
    /// None ended within [`RECENT_YEARS`].
    Recent,
    /// All are past their `review_by`.
    Reviewed,
}

/// Function and sector of somebody for whom a case is looked for.
pub type Wanted<'a> = (Option<&'a Slug>, Option<&'a Slug>);

/// The gaps of some capabilities, the ones that concern most people first, then in the order of capabilities.
///
/// `people` are function and sector of each executive. Functions and sectors are those of the library and of the people:
/// nobody lacks a case about what nobody does.
pub fn gaps(
    library: &[LibraryCase],
    capabilities: &[CapabilityId],
    people: &[Wanted<'_>],
    axis: Axis,
    today: Date,
) -> Vec<Gap> {
    let mut places: BTreeMap<(Option<&Slug>, Option<&Slug>), usize> = BTreeMap::new();
    match axis {
        Axis::Function => {
            let all: BTreeSet<&Slug> = library.iter().flat_map(|one| &one.case.functions).collect();
            for function in all.into_iter().chain(people.iter().filter_map(|p| p.0)) {
                let wanting = people.iter().filter(|p| p.0 == Some(function)).count();
                places.insert((None, Some(function)), wanting);
            }
        }
        Axis::Sector => {
            let all: BTreeSet<&Slug> = library.iter().map(|one| &one.case.sector).collect();
            for sector in all.into_iter().chain(people.iter().filter_map(|p| p.1)) {
                let wanting = people.iter().filter(|p| p.1 == Some(sector)).count();
                places.insert((Some(sector), None), wanting);
            }
        }
        Axis::Both => {
            for (function, sector) in people {
                if function.is_some() || sector.is_some() {
                    *places.entry((*sector, *function)).or_default() += 1;
                }
            }
        }
    }
    let mut found = Vec::new();
    for (at, capability) in capabilities.iter().enumerate() {
        for ((sector, function), wanting) in &places {
            let there: Vec<&LibraryCase> = library
                .iter()
                .filter(|one| one.case.capabilities.contains(capability))
                .filter(|one| sector.is_none_or(|s| one.case.sector == *s))
                .filter(|one| function.is_none_or(|f| one.case.functions.contains(f)))
                .collect();
            let lacks = lacks(&there, today);
            if !lacks.is_empty() {
                let gap = Gap {
                    capability: capability.clone(),
                    sector: sector.cloned(),
                    function: function.cloned(),
                    cases: there.len(),
                    newest: there.iter().map(|one| one.case.years.1).max(),
                    lacks,
                    people: *wanting,
                };
                found.push((std::cmp::Reverse(*wanting), at, gap));
            }
        }
    }
    found.sort_by_key(|(people, at, gap)| (*people, *at, gap.cases));
    found.into_iter().map(|(_, _, gap)| gap).collect()
}

fn lacks(there: &[&LibraryCase], today: Date) -> Vec<Lack> {
    if there.is_empty() {
        return vec![Lack::Any];
    }
    let since = today.year().saturating_sub(RECENT_YEARS);
    let any = |is: &dyn Fn(&LibraryCase) -> bool| there.iter().any(|one| is(one));
    let checks = [
        (
            Lack::Good,
            any(&|one| one.case.claims.iter().any(|c| GradeFacet::Verified.fits(c))),
        ),
        (Lack::Recent, any(&|one| one.case.years.1 >= since)),
        (Lack::Reviewed, any(&|one| one.case.review_by >= today)),
    ];
    checks
        .into_iter()
        .filter(|(_, has)| !has)
        .map(|(lack, _)| lack)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::case;
    use super::*;

    fn slug(text: &str) -> Slug {
        text.parse().unwrap()
    }

    fn capability(text: &str) -> CapabilityId {
        text.parse().unwrap()
    }

    #[test]
    fn a_gap_is_no_case_no_good_one_no_recent_one_or_none_reviewed() {
        let today: Date = "2026-03-16".parse().unwrap();
        let library = [
            case("old", |c| {
                c.years = (2009, 2017);
                c.claims[0].contested_by = Some("a critic".into());
                c.review_by = "2026-03-15".parse().unwrap();
            }),
            case("other", |c| c.functions = vec![slug("innovation")]),
        ];
        let reach = [capability("reach"), capability("serve")];
        let marketing = slug("marketing");
        let found = gaps(
            &library,
            &reach,
            &[(Some(&marketing), None)],
            Axis::Function,
            today,
        );
        let short: Vec<(&str, &str, Vec<Lack>, usize)> = found
            .iter()
            .map(|g| {
                (
                    g.capability.as_str(),
                    g.function.as_ref().unwrap().as_str(),
                    g.lacks.clone(),
                    g.people,
                )
            })
            .collect();
        assert_eq!(
            short,
            [
                (
                    "reach",
                    "marketing",
                    vec![Lack::Good, Lack::Recent, Lack::Reviewed],
                    1
                ),
                ("serve", "marketing", vec![Lack::Any], 1),
                ("serve", "innovation", vec![Lack::Any], 0),
            ]
        );
        assert_eq!((found[0].cases, found[0].newest), (1, Some(2017)));
    }

    #[test]
    fn people_stand_for_their_market_and_their_work() {
        let today: Date = "2026-03-16".parse().unwrap();
        let library = [case("one", |_| ())];
        let reach = [capability("reach")];
        let (marketing, bank, post) = (slug("marketing"), slug("bank"), slug("post"));
        let people = [
            (Some(&marketing), Some(&bank)),
            (Some(&marketing), Some(&bank)),
            (Some(&marketing), Some(&post)),
        ];
        let found = gaps(&library, &reach, &people, Axis::Both, today);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].people, &found[0].sector), (2, &Some(bank)));
        assert!(gaps(&library, &reach, &[], Axis::Both, today).is_empty());
    }
}
