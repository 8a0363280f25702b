//! The cases nearest to somebody, and why: executives learn from peers, and a peer is who has the same worry, the same work,
//! the same market.

use super::LibraryCase;
use super::facets::GradeFacet;
use crate::base::id::{CapabilityId, Slug};
use crate::model::case::Size;

/// What is known of somebody and of where they work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Peer {
    /// Worries they named.
    pub challenges: Vec<Slug>,
    /// What they answer for, and what their aim is about.
    pub functions: Vec<Slug>,
    /// The capability of their aim.
    pub capability: Option<CapabilityId>,
    /// Sector of the organisation.
    pub sector: Option<Slug>,
    /// Its size.
    pub size: Option<Size>,
    /// Its country, two letters.
    pub country: Option<String>,
}

/// One thing that a case and somebody have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Likeness {
    /// The same worry.
    Challenge(Slug),
    /// The same work.
    Function(Slug),
    /// The capability of the aim.
    Aim(CapabilityId),
    /// The same market.
    Sector(Slug),
    /// As large.
    Size(Size),
    /// The same country.
    Country(String),
}

impl Likeness {
    /// What it counts: worry and market more than work, work more than size. Weights are ours: nobody measured them, so
    /// the likenesses stand beside each case.
    fn worth(&self) -> u32 {
        match self {
            Self::Challenge(_) => 4,
            Self::Function(_) | Self::Aim(_) | Self::Sector(_) => 3,
            Self::Size(_) | Self::Country(_) => 1,
        }
    }
}

/// A case with what it has in common with somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near<'a> {
    /// The case.
    pub case: &'a LibraryCase,
    /// In the order of what they count.
    pub likenesses: Vec<Likeness>,
}

impl Peer {
    /// Whether nothing is known that a case could be compared with.
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }

    fn likenesses(&self, one: &LibraryCase) -> Vec<Likeness> {
        let case = &one.case;
        let worries = self.challenges.iter().filter(|c| case.challenges.contains(c));
        let work = self.functions.iter().filter(|f| case.functions.contains(f));
        let aim = self.capability.iter().filter(|c| case.capabilities.contains(c));
        let sector = self.sector.iter().filter(|s| **s == case.sector);
        let size = self.size.iter().filter(|s| **s == case.size);
        let country = self.country.iter().filter(|c| **c == case.country);
        let mut all: Vec<Likeness> = worries.cloned().map(Likeness::Challenge).collect();
        all.extend(work.cloned().map(Likeness::Function));
        all.extend(aim.cloned().map(Likeness::Aim));
        all.extend(sector.cloned().map(Likeness::Sector));
        all.extend(size.copied().map(Likeness::Size));
        all.extend(country.cloned().map(Likeness::Country));
        all
    }
}

/// Cases that have anything in common with somebody, the nearest first; of equals the newer, then the one with more
/// verified claims.
pub fn near<'a>(peer: &Peer, library: &'a [LibraryCase]) -> Vec<Near<'a>> {
    let mut all: Vec<Near<'a>> = library
        .iter()
        .map(|case| Near {
            case,
            likenesses: peer.likenesses(case),
        })
        .filter(|near| !near.likenesses.is_empty())
        .collect();
    all.sort_by_cached_key(|near| {
        let worth: u32 = near.likenesses.iter().map(Likeness::worth).sum();
        let case = &near.case.case;
        let verified = case
            .claims
            .iter()
            .filter(|c| GradeFacet::Verified.fits(c))
            .count();
        (
            std::cmp::Reverse((worth, case.years.1, verified)),
            case.id.clone(),
            near.case.curriculum.clone(),
        )
    });
    all
}

#[cfg(test)]
mod tests {
    use super::super::samples::case;
    use super::*;

    fn slug(text: &str) -> Slug {
        text.parse().unwrap()
    }

    #[test]
    fn a_worry_counts_more_than_a_market_and_a_market_more_than_size_and_country() {
        let library = [
            case("big", |c| c.country = "DK".into()),
            case("market", |c| {
                c.sector = slug("airline");
                c.country = "US".into();
                c.size = Size::Small;
            }),
            case("worry", |c| {
                c.challenges = vec![slug("late-answers")];
                c.country = "US".into();
                c.size = Size::Small;
            }),
            case("stranger", |c| {
                c.country = "US".into();
                c.size = Size::Small;
            }),
        ];
        let peer = Peer {
            challenges: vec![slug("late-answers"), slug("no-time")],
            sector: Some(slug("airline")),
            size: Some(Size::Large),
            country: Some("DK".into()),
            ..Peer::default()
        };
        let found = near(&peer, &library);
        let ids: Vec<&str> = found.iter().map(|n| n.case.case.id.as_str()).collect();
        assert_eq!(ids, ["worry", "market", "big"]);
        assert_eq!(found[0].likenesses, [Likeness::Challenge(slug("late-answers"))]);
        assert_eq!(
            found[2].likenesses,
            [Likeness::Size(Size::Large), Likeness::Country("DK".into())]
        );
        assert!(Peer::default().is_unknown() && near(&Peer::default(), &library).is_empty());
    }

    #[test]
    fn of_equals_the_newer_comes_first() {
        let library = [
            case("old", |c| c.years = (2009, 2010)),
            case("new", |c| c.years = (2024, 2025)),
        ];
        let peer = Peer {
            functions: vec![slug("marketing")],
            ..Peer::default()
        };
        assert_eq!(near(&peer, &library)[0].case.case.id.as_str(), "new");
    }
}
