//! Choosing cases by what they are.

use super::sieve::FoldedText;
use crate::base::id::{CapabilityId, Slug};
use crate::base::time::Date;
use crate::model::case::{Case, Claim, ClaimGrade};

/// What a case has to be; what is empty asks for nothing. Several values of one facet: any of them; several facets: all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// What it is about.
    pub functions: Vec<Slug>,
    /// Its sector.
    pub sectors: Vec<Slug>,
    /// Capabilities it serves.
    pub capabilities: Vec<CapabilityId>,
    /// Has a claim of this grade.
    pub grades: Vec<GradeFacet>,
    /// Tells of one of these years: first and last.
    pub years: Option<(u32, u32)>,
    /// Two-letter countries.
    pub countries: Vec<String>,
    /// Went wrong.
    pub failed: bool,
    /// Past its `review_by` on this day.
    pub stale_on: Option<Date>,
}

/// A grade as the command line names it (`formats.md` §7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GradeFacet {
    /// Two independent pages, and nobody disagrees.
    Verified,
    /// One page, and nobody disagrees.
    SingleSource,
    /// Said by whom it flatters.
    SelfReported,
    /// Somebody disagrees.
    Contested,
}

impl GradeFacet {
    /// What stands in a file that has such a claim.
    fn key(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::SingleSource => "single-source",
            Self::SelfReported => "said_by",
            Self::Contested => "contested_by",
        }
    }

    /// Whether a claim is shown with this grade.
    pub fn fits(self, claim: &Claim) -> bool {
        let plain = claim.contested_by.is_none();
        match self {
            Self::Verified => plain && claim.grade == ClaimGrade::Verified,
            Self::SingleSource => plain && claim.grade == ClaimGrade::SingleSource,
            Self::SelfReported => claim.said_by.is_some(),
            Self::Contested => !plain,
        }
    }
}

impl Facets {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the text of a file may be that of such a case: the words that it would need stand somewhere in it.
    pub fn may_fit(&self, text: &FoldedText) -> bool {
        fn any<'w>(text: &FoldedText, words: impl ExactSizeIterator<Item = &'w str>) -> bool {
            let mut words = words;
            words.len() == 0 || words.any(|word| text.holds(word))
        }
        // Letters may be written as numbers in TOML; then only the parsed case tells.
        text.holds("\\u")
            || (any(text, self.functions.iter().map(AsRef::as_ref))
                && any(text, self.sectors.iter().map(AsRef::as_ref))
                && any(text, self.capabilities.iter().map(AsRef::as_ref))
                && any(text, self.countries.iter().map(String::as_str))
                && any(text, self.grades.iter().map(|grade| grade.key()))
                && (!self.failed || text.holds("failed")))
    }

    /// Whether a case is what is asked for.
    pub fn fit(&self, case: &Case) -> bool {
        let any = |wanted: &[Slug], own: &[Slug]| wanted.is_empty() || wanted.iter().any(|w| own.contains(w));
        any(&self.functions, &case.functions)
            && any(&self.sectors, std::slice::from_ref(&case.sector))
            && (self.capabilities.is_empty()
                || self.capabilities.iter().any(|c| case.capabilities.contains(c)))
            && (self.countries.is_empty()
                || self
                    .countries
                    .iter()
                    .any(|c| c.eq_ignore_ascii_case(&case.country)))
            && (self.grades.is_empty() || self.grades.iter().any(|g| case.claims.iter().any(|c| g.fits(c))))
            && self
                .years
                .is_none_or(|(first, last)| case.years.0 <= last && first <= case.years.1)
            && (!self.failed || case.failed)
            && self.stale_on.is_none_or(|today| case.review_by < today)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::case;
    use super::*;

    #[test]
    fn values_of_a_facet_are_or_and_facets_are_and() {
        let klm = case("klm", |c| {
            c.sector = "airline".parse().unwrap();
            c.functions = vec!["customer-service".parse().unwrap()];
            c.years = (2010, 2015);
        })
        .case;
        let slugs = |all: &[&str]| all.iter().map(|s| s.parse().unwrap()).collect::<Vec<Slug>>();
        let sector = Facets {
            sectors: slugs(&["bank", "airline"]),
            ..Facets::default()
        };
        assert!(Facets::default().is_empty() && Facets::default().fit(&klm));
        assert!(!sector.is_empty() && sector.fit(&klm));
        let and_marketing = Facets {
            functions: slugs(&["marketing"]),
            ..sector.clone()
        };
        assert!(!and_marketing.fit(&klm));
        for (years, fits) in [
            ((2015, 2015), true),
            ((2012, 2012), true),
            ((2016, 2020), false),
            ((2000, 2009), false),
        ] {
            let facets = Facets {
                years: Some(years),
                ..sector.clone()
            };
            assert_eq!(facets.fit(&klm), fits, "{years:?}");
        }
        assert!(
            Facets {
                countries: vec!["dk".into()],
                ..Facets::default()
            }
            .fit(&klm)
        );
        assert!(
            !Facets {
                failed: true,
                ..Facets::default()
            }
            .fit(&klm)
        );
    }

    #[test]
    fn a_case_is_stale_from_the_day_after_its_review() {
        let klm = case("klm", |_| ()).case;
        let stale = |day: &str| Facets {
            stale_on: Some(day.parse().unwrap()),
            ..Facets::default()
        };
        assert!(!stale("2027-06-30").fit(&klm));
        assert!(stale("2027-07-01").fit(&klm));
    }

    #[test]
    fn a_contested_claim_is_neither_verified_nor_single_source() {
        let mut klm = case("klm", |c| c.claims[0].contested_by = Some("a critic".into())).case;
        let fits = |case: &Case, grade: GradeFacet| {
            Facets {
                grades: vec![grade],
                ..Facets::default()
            }
            .fit(case)
        };
        assert!(fits(&klm, GradeFacet::Contested));
        assert!(!fits(&klm, GradeFacet::Verified));
        assert!(!fits(&klm, GradeFacet::SelfReported));
        klm.claims[0].contested_by = None;
        klm.claims[0].said_by = Some("its agency".into());
        assert!(fits(&klm, GradeFacet::Verified) && fits(&klm, GradeFacet::SelfReported));
        assert!(!fits(&klm, GradeFacet::SingleSource));
    }

    #[test]
    fn a_text_that_a_fitting_case_is_read_from_may_fit() {
        let text = |text: &str| FoldedText::new(text.to_owned());
        let file =
            text("sector = \"airline\"\ncountry = \"NL\"\nsaid_by = \"KLM\"\nfunctions = [\"marketing\"]\n");
        let asked = |sector: &str, country: &str, grade| Facets {
            sectors: vec!["bank".parse().unwrap(), sector.parse().unwrap()],
            countries: vec![country.into()],
            grades: vec![grade],
            functions: vec!["marketing".parse().unwrap()],
            ..Facets::default()
        };
        assert!(Facets::default().may_fit(&text("")));
        assert!(asked("airline", "nl", GradeFacet::SelfReported).may_fit(&file));
        assert!(!asked("retail", "nl", GradeFacet::SelfReported).may_fit(&file));
        assert!(!asked("airline", "zz", GradeFacet::SelfReported).may_fit(&file));
        assert!(!asked("airline", "nl", GradeFacet::Contested).may_fit(&file));
        assert!(asked("retail", "zz", GradeFacet::Contested).may_fit(&text("sector = \"\\u0061\"")));
    }
}
