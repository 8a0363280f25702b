//! Cases by words: every field counts by what it tells, a rare word more than a common one, and all words more than some.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::LibraryCase;
use super::words::{Nearness, Query, words};
use crate::model::case::Case;

/// A case that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'a> {
    /// The case.
    pub case: &'a LibraryCase,
    /// How well it fits; compares only within one search.
    pub score: u64,
    /// Words asked for that it does not hold, in the order typed.
    pub missing: Vec<String>,
    /// The sentence that fits best.
    pub snippet: Snippet,
}

/// A sentence of a case with the places of what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// The sentence.
    pub text: String,
    /// Words in it that were asked for or are near, in bytes, in order.
    pub marks: Vec<Range<usize>>,
}

/// How much of a word in a field is worth, by what the field tells.
const TITLE: u64 = 12;
const BRIEF: u64 = 5;
const TAKEAWAY: u64 = 4;
const PROSE: u64 = 3;
const CLAIM: u64 = 2;
const SOURCE: u64 = 1;

/// A word that stands often says little more than one that stands twice in the title.
const SATURATION: u64 = 12;

/// Below this share of the best score, in hundredths, a case is noise.
const LEAST_SHARE: u64 = 8;

/// Cases of a library that fit a question, the best first; `total` = cases the library has, where `cases` are those that
/// may fit.
pub fn search<'a>(query: &Query, cases: &'a [LibraryCase], total: usize) -> Vec<Found<'a>> {
    let read: Vec<Read<'_>> = cases.iter().map(|case| Read::new(&case.case)).collect();
    let vocabulary: BTreeSet<&str> = read
        .iter()
        .flat_map(|read| read.weights.keys())
        .map(String::as_str)
        .collect();
    let meanings = query.meanings(&vocabulary);
    let rarities: Vec<u64> = meanings
        .iter()
        .map(|meaning| {
            let holding = read.iter().filter(|r| r.holds(meaning)).count();
            rarity(holding, total.max(cases.len()))
        })
        .collect();
    let all: u64 = rarities.iter().sum();
    let mut found: Vec<Found<'a>> = Vec::new();
    for (case, read) in cases.iter().zip(&read) {
        let worths: Vec<u64> = meanings.iter().map(|meaning| read.worth(meaning)).collect();
        let held: u64 = rarities
            .iter()
            .zip(&worths)
            .filter(|(_, w)| **w > 0)
            .map(|(r, _)| *r)
            .sum();
        let sum: u64 = rarities
            .iter()
            .zip(&worths)
            .map(|(rarity, worth)| rarity * worth)
            .sum();
        if held == 0 {
            continue;
        }
        let missing = query.terms.iter().zip(&worths).filter(|(_, worth)| **worth == 0);
        found.push(Found {
            case,
            // All of what was asked for beats much of a part of it.
            score: sum * held / all * held / all,
            missing: missing.map(|(term, _)| term.clone()).collect(),
            snippet: read.snippet(&meanings, &rarities),
        });
    }
    found.sort_by(|a, b| {
        let place = |f: &Found<'a>| (f.case.case.id.clone(), f.case.curriculum.clone());
        b.score.cmp(&a.score).then_with(|| place(a).cmp(&place(b)))
    });
    let best = found.first().map_or(0, |f| f.score);
    found.retain(|f| f.score * 100 >= best * LEAST_SHARE);
    found
}

/// How much a word tells, in thousandths, from how many of all cases hold it: the square root of their share, turned over.
fn rarity(holding: usize, total: usize) -> u64 {
    let share = (total.max(1) as u64 * 1_000_000) / holding.max(1) as u64;
    share.isqrt()
}

/// A case as words.
struct Read<'c> {
    /// Sentences that may be shown, the brief first.
    texts: Vec<&'c str>,
    /// Each word with what its places are worth together.
    weights: BTreeMap<String, u64>,
}

impl<'c> Read<'c> {
    fn new(case: &'c Case) -> Self {
        let mut weights: BTreeMap<String, u64> = BTreeMap::new();
        let mut add = |text: &str, weight: u64| {
            for (word, _) in words(text) {
                *weights.entry(word).or_default() += weight;
            }
        };
        for text in [case.id.as_str(), &case.title, &case.organisation] {
            add(text, TITLE);
        }
        let slugs = case
            .functions
            .iter()
            .chain(&case.challenges)
            .chain([&case.sector]);
        for slug in slugs {
            add(slug.as_str(), BRIEF);
        }
        for capability in &case.capabilities {
            add(capability.as_str(), BRIEF);
        }
        add(&case.country, PROSE);
        add(&case.brief, BRIEF);
        add(&case.takeaway, TAKEAWAY);
        let prose: Vec<&str> = [
            &case.challenge,
            &case.action,
            &case.result,
            &case.cost,
            &case.since,
            &case.fails_if,
        ]
        .into_iter()
        .chain(&case.backfire)
        .chain(&case.ask)
        .map(String::as_str)
        .collect();
        for text in &prose {
            add(text, PROSE);
        }
        for claim in &case.claims {
            add(&claim.text, CLAIM);
            add(&claim.base, CLAIM);
            add(&claim.unit, CLAIM);
            for text in claim.said_by.iter().chain(&claim.contested_by) {
                add(text, CLAIM);
            }
        }
        for source in &case.sources {
            add(&source.title, SOURCE);
            for text in source.author.iter().chain(&source.publisher) {
                add(text, SOURCE);
            }
        }
        for year in case.years.0..=case.years.1.min(case.years.0.saturating_add(100)) {
            add(&year.to_string(), PROSE);
        }
        let texts = [case.brief.as_str(), case.takeaway.as_str()]
            .into_iter()
            .chain(prose)
            .chain(case.claims.iter().map(|claim| claim.text.as_str()))
            .collect();
        Self { texts, weights }
    }

    fn holds(&self, meaning: &BTreeMap<&str, Nearness>) -> bool {
        meaning.keys().any(|word| self.weights.contains_key(*word))
    }

    /// What the case is worth for one word asked for, in thousandths: of all words that may be meant the one that is worth most.
    fn worth(&self, meaning: &BTreeMap<&str, Nearness>) -> u64 {
        let worths = meaning.iter().filter_map(|(word, nearness)| {
            let weight = *self.weights.get(*word)?;
            Some(weight * 1000 / (weight + SATURATION) * nearness / 100)
        });
        worths.max().unwrap_or(0)
    }

    /// The sentence that holds most of what was asked for, rare words before common ones; the first of equals.
    fn snippet(&self, meanings: &[BTreeMap<&str, Nearness>], rarities: &[u64]) -> Snippet {
        let mut best = (0, Snippet::default());
        for sentence in self.texts.iter().flat_map(|text| sentences(text)) {
            let mut held = vec![0; meanings.len()];
            let mut marks = Vec::new();
            for (word, place) in words(sentence) {
                let mut marked = false;
                for (at, meaning) in meanings.iter().enumerate() {
                    if let Some(nearness) = meaning.get(word.as_str()) {
                        held[at] = held[at].max(rarities[at] * nearness);
                        marked = true;
                    }
                }
                if marked {
                    marks.push(place);
                }
            }
            let worth: u64 = held.iter().sum();
            if worth > best.0 {
                let text = sentence.to_owned();
                best = (worth, Snippet { text, marks });
            }
        }
        if best.0 == 0 {
            let first = self.texts.first().and_then(|text| sentences(text).next());
            first.unwrap_or_default().clone_into(&mut best.1.text);
        }
        best.1
    }
}

/// The sentences of a text, without the blanks between them. An abbreviation may end one: nothing is lost by that.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let ends = rest.char_indices().find(|(at, c)| {
            matches!(c, '.' | '!' | '?') && rest[at + c.len_utf8()..].starts_with([' ', '\n'])
        });
        let (sentence, behind) = rest.split_at(ends.map_or(rest.len(), |(at, c)| at + c.len_utf8()));
        rest = behind;
        Some(sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples::case;
    use super::*;

    fn found(typed: &str, library: &[LibraryCase]) -> Vec<String> {
        search(&Query::new(typed).unwrap(), library, library.len())
            .iter()
            .map(|f| f.case.case.id.to_string())
            .collect()
    }

    #[test]
    fn the_title_counts_more_than_the_body_and_all_words_more_than_some() {
        let library = [
            case("airline", |c| {
                c.brief = "Flights, flights, flights. A joke.".into();
            }),
            case("parcels", |c| {
                c.takeaway = "An airline is no parcel service.".into();
            }),
            case("bank", |c| {
                c.brief = "A bank with a joke about an airline.".into();
            }),
        ];
        assert_eq!(found("airline", &library)[0], "airline");
        assert_eq!(found("joke airline bank", &library)[0], "bank");
        assert_eq!(found("zebra", &library), Vec::<String>::new());
    }

    #[test]
    fn what_is_missing_is_named_and_what_fits_is_marked() {
        let library = [case("klm", |c| {
            c.brief = "In April the airline stood still. Volunteers answered within an hour.".into();
        })];
        let found = search(&Query::new("volunteer answers zebra").unwrap(), &library, 1);
        assert_eq!(found[0].missing, ["zebra"]);
        assert_eq!(found[0].snippet.text, "Volunteers answered within an hour.");
        let marks: Vec<&str> = found[0]
            .snippet
            .marks
            .iter()
            .map(|at| &found[0].snippet.text[at.clone()])
            .collect();
        assert_eq!(marks, ["Volunteers", "answered"]);
    }

    #[test]
    fn equal_cases_stand_in_the_order_of_their_ids() {
        let library = [case("b", |_| ()), case("a", |_| ())];
        assert_eq!(found("brief", &library), ["a", "b"]);
    }

    #[test]
    fn sentences_end_at_full_stops_before_blanks() {
        let all: Vec<&str> = sentences("One 1.5 m. Two? Three").collect();
        assert_eq!(all, ["One 1.5 m.", "Two?", "Three"]);
    }
}
