//! Flags that choose cases by what they are.

use clap::{Args, ValueEnum};

use crate::base::id::{CapabilityId, Slug};
use crate::base::time::Date;
use crate::cli::context::Context;
use crate::cli::error::{CliError, Result};
use crate::library::{Facets, GradeFacet};

/// A value may be given several times, or with commas: any of them.
#[derive(Debug, Args)]
pub(super) struct FacetArgs {
    /// What it is about: customer-service, marketing, innovation, internal, leadership, governance, risk
    #[arg(long, value_name = "F,..", value_delimiter = ',')]
    function: Vec<String>,
    /// Its sector, as airline
    #[arg(long, value_name = "S,..", value_delimiter = ',')]
    sector: Vec<String>,
    /// A capability it serves, as serve
    #[arg(long, value_name = "C,..", value_delimiter = ',')]
    capability: Vec<String>,
    /// Has a claim of this grade
    #[arg(long, value_name = "G,..", value_delimiter = ',')]
    grade: Vec<GradeArg>,
    /// Tells of this year, or of a span: 2018, 2018-2020, 2018-, -2012
    #[arg(long, value_name = "YEAR", allow_hyphen_values = true)]
    year: Option<String>,
    /// Its country, two letters
    #[arg(long, value_name = "CC,..", value_delimiter = ',')]
    country: Vec<String>,
    /// Only what went wrong
    #[arg(long)]
    failed: bool,
    /// Only cases past their review_by
    #[arg(long)]
    stale: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum GradeArg {
    /// Two independent pages, nobody disagrees
    Verified,
    /// One page, nobody disagrees
    SingleSource,
    /// Said by whom it flatters
    SelfReported,
    /// Somebody disagrees
    Contested,
}

impl FacetArgs {
    /// The facets, checked.
    pub(super) fn read(&self, today: Date) -> Result<Facets> {
        let grades = self.grade.iter().map(|grade| match grade {
            GradeArg::Verified => GradeFacet::Verified,
            GradeArg::SingleSource => GradeFacet::SingleSource,
            GradeArg::SelfReported => GradeFacet::SelfReported,
            GradeArg::Contested => GradeFacet::Contested,
        });
        Ok(Facets {
            functions: slugs("--function", &self.function)?,
            sectors: slugs("--sector", &self.sector)?,
            capabilities: slugs("--capability", &self.capability)?
                .iter()
                .filter_map(|slug| slug.as_str().parse::<CapabilityId>().ok())
                .collect(),
            grades: grades.collect(),
            years: self.year.as_deref().map(years).transpose()?,
            countries: self.country.clone(),
            failed: self.failed,
            stale_on: self.stale.then_some(today),
        })
    }
}

/// Says that no case is of the kind asked for.
pub(super) fn say_nothing_fits(context: &Context, facets: &Facets, all: usize) -> Result<()> {
    if facets.is_empty() {
        return Ok(());
    }
    context.ui.notice(&format!(
        "none of {all} cases is of that kind; fewer flags find more, and upwards cases gaps shows what is lacking"
    ))
}

fn slugs(flag: &str, typed: &[String]) -> Result<Vec<Slug>> {
    let slug = |text: &String| {
        text.trim()
            .to_lowercase()
            .replace(' ', "-")
            .parse()
            .map_err(|fault| CliError::usage(format!("{flag} {text}: {fault}")))
    };
    typed.iter().map(slug).collect()
}

/// `2018`, `2018-2020`, `2018-`, `-2012`.
fn years(typed: &str) -> Result<(u32, u32)> {
    let wrong = || {
        CliError::usage(format!("--year {typed} is no year and no span"))
            .hint("write 2018, 2018-2020, 2018- or -2012")
    };
    let year = |text: &str| match text.parse::<u32>() {
        Ok(year) if text.len() == 4 => Ok(year),
        _ => Err(wrong()),
    };
    let (first, last) = match typed.split_once('-') {
        None => (year(typed)?, year(typed)?),
        Some(("", "")) => return Err(wrong()),
        Some(("", last)) => (0, year(last)?),
        Some((first, "")) => (year(first)?, 9999),
        Some((first, last)) => (year(first)?, year(last)?),
    };
    if first > last {
        return Err(wrong());
    }
    Ok((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_one_or_a_span_with_both_ends_or_one() {
        assert_eq!(years("2018").unwrap(), (2018, 2018));
        assert_eq!(years("2018-2020").unwrap(), (2018, 2020));
        assert_eq!(years("2018-").unwrap(), (2018, 9999));
        assert_eq!(years("-2012").unwrap(), (0, 2012));
        for wrong in ["", "-", "18", "2020-2018", "2018-x", "20180"] {
            assert!(years(wrong).is_err(), "{wrong}");
        }
    }
}
