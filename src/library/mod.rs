//! The case library: finding a case by words and facets, the cases nearest to somebody, what the library lacks, and what
//! logs give for a case of one's own.

mod equals;
mod facets;
mod gaps;
mod harvest;
mod library_case;
mod near;
#[cfg(test)]
mod samples;
mod search;
mod sieve;
mod words;

pub use facets::{Facets, GradeFacet};
pub use gaps::{Axis, Gap, Lack, RECENT_YEARS, Wanted, gaps};
pub use harvest::{Lead, gather, leads};
pub use library_case::LibraryCase;
pub use near::{Likeness, Near, Peer, near};
pub use search::{Among, Found, Held, Snippet, Standing, search};
pub use sieve::{FoldedText, Looked, MOST_CANDIDATES, MOST_PARSED_WHOLE, Sieve};
pub use words::Query;
