//! Cases by words: every field counts by what it tells, a rare word more than a common one, and all words more than some.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::LibraryCase;
use super::equals::{first_of_two, two_words};
use super::words::{AS_TYPED, Nearness, Query, Term, each_word, slip};
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

/// What is known of a whole library of which only some cases are searched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Among {
    /// Cases the library has.
    pub cases: usize,
    /// For each word asked for how often it stands there; empty = the cases that are searched are all that may fit.
    pub standing: Vec<Standing>,
}

/// How one word asked for stands in a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Cases that hold it or a word near to it.
    pub holding: usize,
    /// Whether it stands anywhere as it was typed.
    pub as_typed: bool,
}

/// How much of a word in a field is worth, by what the field tells.
pub(super) const TITLE: u64 = 12;
pub(super) const BRIEF: u64 = 5;
pub(super) const TAKEAWAY: u64 = 4;
pub(super) const PROSE: u64 = 3;
pub(super) const CLAIM: u64 = 2;
/// However often: who wrote a source and how it is called says little about the case.
const SOURCE: u64 = 1;

/// A word that stands often says little more than one that stands twice in the title.
const SATURATION: u64 = 12;

/// Below this share of the best score, in hundredths, a case is noise.
const LEAST_SHARE: u64 = 8;

/// Cases of a library that fit a question, the best first.
pub fn search<'a>(query: &Query, cases: &'a [LibraryCase], among: &Among) -> Vec<Found<'a>> {
    let mut vocabulary = Vocabulary::default();
    let read: Vec<Read<'_>> = cases
        .iter()
        .map(|case| Read::new(&case.case, &mut vocabulary))
        .collect();
    let meant = vocabulary.meant(query, &among.standing);
    let held: Vec<Vec<Held>> = read.iter().map(|read| read.held(query, &meant)).collect();
    let rarities: Vec<u64> = (0..query.terms.len())
        .map(|term| {
            let here = held.iter().filter(|held| held[term].worth > 0).count();
            let holding = among.standing.get(term).map_or(here, |standing| standing.holding);
            rarity(holding, among.cases.max(cases.len()))
        })
        .collect();
    let mut found: Vec<Found<'a>> = Vec::new();
    for ((case, read), held) in cases.iter().zip(&read).zip(&held) {
        if says_nothing(held) {
            continue;
        }
        let missing = query.terms.iter().zip(held).filter(|(_, held)| held.worth == 0);
        found.push(Found {
            case,
            score: score(&rarities, held),
            missing: missing.map(|(term, _)| term.typed.clone()).collect(),
            snippet: read.snippet(query, &meant, &rarities),
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

/// What a case holds of one word asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// In thousandths, 0 = it does not hold it: of all words that may be meant the one that is worth most.
    pub(super) worth: u64,
    /// Whether the case is about it: more than a weak form of it stands in a title or often.
    pub(super) is_telling: bool,
}

impl Held {
    /// Counts one word that may be meant: what its places are worth together, and whether a source holds it.
    pub(super) fn add(&mut self, term: &Term, nearness: Nearness, told: u64, in_source: bool) {
        let in_source = in_source && term.counts_in_sources(nearness);
        let weight = told + if in_source { SOURCE } else { 0 };
        self.worth = self
            .worth
            .max(weight * 1000 / (weight + SATURATION) * nearness / 100);
        self.is_telling |= weight >= TITLE && !term.is_weak(nearness);
    }
}

/// Whether what a case holds is no answer: nothing, or of three words and more a single one in passing.
pub(super) fn says_nothing(held: &[Held]) -> bool {
    let holding = held.iter().filter(|one| one.worth > 0).count();
    holding == 0 || (holding == 1 && held.len() >= 3 && held.iter().all(|one| !one.is_telling))
}

/// How well a case fits: all of what was asked for beats much of a part of it.
pub(super) fn score(rarities: &[u64], held: &[Held]) -> u64 {
    let all: u64 = rarities.iter().sum();
    let both = || rarities.iter().zip(held);
    let holding: u64 = both()
        .filter(|(_, held)| held.worth > 0)
        .map(|(rarity, _)| rarity)
        .sum();
    let sum: u64 = both().map(|(rarity, held)| rarity * held.worth).sum();
    sum * holding / all.max(1) * holding / all.max(1)
}

/// How much a word tells, in thousandths, from how many of all cases hold it: the square root of their share, turned over.
pub(super) fn rarity(holding: usize, total: usize) -> u64 {
    let share = (total.max(1) as u64 * 1_000_000) / holding.max(1) as u64;
    share.isqrt()
}

/// Every word of some cases once, and the pairs of words that have a meaning together.
#[derive(Debug, Default)]
struct Vocabulary {
    places: HashMap<String, usize>,
    words: Vec<String>,
}

/// For each word of a vocabulary the terms it may be meant by, with its nearness.
type Meant = Vec<Vec<(usize, Nearness)>>;

impl Vocabulary {
    fn place(&mut self, word: &str) -> usize {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        self.words.push(word.to_owned());
        self.places.insert(word.to_owned(), self.words.len() - 1);
        self.words.len() - 1
    }

    fn meant(&self, query: &Query, standing: &[Standing]) -> Meant {
        let mut meant: Meant = vec![Vec::new(); self.words.len()];
        for (at, term) in query.terms.iter().enumerate() {
            let beginnings = term.beginnings();
            let mut as_typed = standing.get(at).is_some_and(|standing| standing.as_typed);
            let mut far = Vec::new();
            for (place, word) in self.words.iter().enumerate() {
                let begins_so = beginnings.iter().any(|beginning| word.starts_with(beginning));
                match term.nearness(word).filter(|_| begins_so) {
                    Some(nearness) => {
                        as_typed |= nearness == AS_TYPED;
                        meant[place].push((at, nearness));
                    }
                    // A slip of two words at once is none of one.
                    None if word.contains(' ') => {}
                    None => far.push(place),
                }
            }
            // A word that is there is what is meant; only one that is not may be a slip.
            if !as_typed {
                for place in far {
                    let nearness = slip(&term.typed, &self.words[place]);
                    meant[place].extend(nearness.map(|nearness| (at, nearness)));
                }
            }
        }
        meant
    }
}

/// Where a text of a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shelf {
    /// Told in sentences.
    Told,
    /// A name, a kind, what a number is of.
    Beside,
    /// What a source is called and by whom it is.
    Source,
}

/// One text of a case.
#[derive(Debug)]
struct Text<'c> {
    whole: Cow<'c, str>,
    weight: u64,
    shelf: Shelf,
    /// Its words: which, and where.
    words: Vec<(usize, Range<usize>)>,
}

/// A case as words.
#[derive(Debug)]
struct Read<'c> {
    /// The brief first.
    texts: Vec<Text<'c>>,
}

impl<'c> Read<'c> {
    fn new(case: &'c Case, vocabulary: &mut Vocabulary) -> Self {
        let mut texts = Vec::new();
        let mut add = |whole: Cow<'c, str>, weight: u64, shelf: Shelf| {
            let mut words: Vec<(usize, Range<usize>)> = Vec::new();
            let mut before: Option<(&str, usize)> = None;
            each_word(&whole, |word, place| {
                words.push((vocabulary.place(word), place.clone()));
                if let Some((first, start)) = before
                    && let Some(both) = two_words(first, word)
                {
                    words.push((vocabulary.place(both), start..place.end));
                }
                before = first_of_two(word).map(|first| (first, place.start));
            });
            texts.push(Text {
                whole,
                weight,
                shelf,
                words,
            });
        };
        let mut told = |text: &'c str, weight| add(Cow::Borrowed(text), weight, Shelf::Told);
        told(&case.brief, BRIEF);
        told(&case.takeaway, TAKEAWAY);
        let prose = [
            &case.challenge,
            &case.action,
            &case.result,
            &case.cost,
            &case.since,
            &case.fails_if,
        ];
        for text in prose.into_iter().chain(&case.backfire).chain(&case.ask) {
            told(text, PROSE);
        }
        for claim in &case.claims {
            told(&claim.text, CLAIM);
        }
        let mut beside = |text: &'c str, weight| add(Cow::Borrowed(text), weight, Shelf::Beside);
        beside(&case.title, TITLE);
        beside(&case.organisation, TITLE);
        beside(case.id.as_str(), TITLE);
        for claim in &case.claims {
            let of_claim = [&claim.base, &claim.unit];
            for text in of_claim
                .into_iter()
                .chain(&claim.said_by)
                .chain(&claim.contested_by)
            {
                beside(text, CLAIM);
            }
        }
        let kinds = case
            .functions
            .iter()
            .chain(&case.challenges)
            .chain([&case.sector]);
        let kinds = kinds.map(AsRef::as_ref);
        let kinds: Vec<&str> = kinds.chain(case.capabilities.iter().map(AsRef::as_ref)).collect();
        add(Cow::Owned(kinds.join(", ")), BRIEF, Shelf::Beside);
        let years = case.years.0..=case.years.1.min(case.years.0.saturating_add(100));
        let years: Vec<String> = years.map(|year| year.to_string()).collect();
        let facts = format!("{}, {}", case.country, years.join(", "));
        add(Cow::Owned(facts), PROSE, Shelf::Beside);
        for source in &case.sources {
            let parts = source
                .author
                .iter()
                .chain([&source.title])
                .chain(&source.publisher);
            let parts: Vec<&str> = parts.map(String::as_str).collect();
            add(Cow::Owned(parts.join(", ")), 0, Shelf::Source);
        }
        Self { texts }
    }

    fn held(&self, query: &Query, meant: &Meant) -> Vec<Held> {
        // Words that may be meant, with what their places are worth together and whether a source holds them.
        let mut seen: Vec<(usize, u64, bool)> = Vec::new();
        for text in &self.texts {
            for (word, _) in text.words.iter().filter(|(word, _)| !meant[*word].is_empty()) {
                let at = seen
                    .iter()
                    .position(|(known, ..)| known == word)
                    .unwrap_or_else(|| {
                        seen.push((*word, 0, false));
                        seen.len() - 1
                    });
                seen[at].1 += text.weight;
                seen[at].2 |= text.shelf == Shelf::Source;
            }
        }
        let mut held = vec![Held::default(); query.terms.len()];
        for (word, told, in_source) in seen {
            for (term, nearness) in &meant[word] {
                held[*term].add(&query.terms[*term], *nearness, told, in_source);
            }
        }
        held
    }

    /// The sentence that holds most of what was asked for, rare words before common ones; the first of equals. A name is
    /// shown only if no sentence holds anything, a source only if no name does.
    fn snippet(&self, query: &Query, meant: &Meant, rarities: &[u64]) -> Snippet {
        let mut best = (0, Snippet::default());
        for shelf in [Shelf::Told, Shelf::Beside, Shelf::Source] {
            for text in self.texts.iter().filter(|text| text.shelf == shelf) {
                let mut words = text.words.iter().peekable();
                if text.words.iter().all(|(word, _)| meant[*word].is_empty()) {
                    continue;
                }
                // In a name a full stop ends no sentence.
                let whole = (shelf != Shelf::Told).then_some(0..text.whole.len());
                let parts = sentences(&text.whole).filter(|_| shelf == Shelf::Told);
                for sentence in whole.into_iter().chain(parts) {
                    let mut held = vec![0; rarities.len()];
                    let mut marks: Vec<Range<usize>> = Vec::new();
                    while let Some((word, place)) = words.next_if(|(_, place)| place.end <= sentence.end) {
                        let mut is_meant = false;
                        for (term, nearness) in &meant[*word] {
                            if shelf != Shelf::Source || query.terms[*term].counts_in_sources(*nearness) {
                                held[*term] = held[*term].max(rarities[*term] * nearness);
                                is_meant = true;
                            }
                        }
                        if is_meant && place.start >= sentence.start {
                            mark(
                                &mut marks,
                                place.start - sentence.start..place.end - sentence.start,
                            );
                        }
                    }
                    let worth: u64 = held.iter().sum();
                    if worth > best.0 {
                        let text = text.whole[sentence].to_owned();
                        best = (worth, Snippet { text, marks });
                    }
                }
            }
            if best.0 > 0 {
                break;
            }
        }
        best.1
    }
}

/// Adds a mark; one that holds others takes their place.
fn mark(marks: &mut Vec<Range<usize>>, new: Range<usize>) {
    while marks.last().is_some_and(|last| last.start >= new.start) {
        marks.pop();
    }
    match marks.last_mut() {
        Some(last) if last.end > new.start => last.end = last.end.max(new.end),
        _ => marks.push(new),
    }
}

/// The sentences of a text, without the blanks between them. An abbreviation may end one: nothing is lost by that.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        from += text[from..].len() - text[from..].trim_start().len();
        let rest = &text[from..];
        if rest.is_empty() {
            return None;
        }
        let ends = rest.char_indices().find(|(at, c)| {
            matches!(c, '.' | '!' | '?') && rest[at + c.len_utf8()..].starts_with([' ', '\n'])
        });
        let sentence = from..from + ends.map_or(rest.len(), |(at, c)| at + c.len_utf8());
        from = sentence.end;
        Some(sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples::case;
    use super::*;

    fn found(typed: &str, library: &[LibraryCase]) -> Vec<String> {
        search(&Query::new(typed, "en").unwrap(), library, &Among::default())
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
        let found = search(
            &Query::new("volunteer answers zebra", "en").unwrap(),
            &library,
            &Among::default(),
        );
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
    fn a_source_counts_less_and_the_line_shown_is_where_the_word_stands() {
        let library = [
            case("quoted", |c| {
                c.sources[0].author = Some("X. Courtney".into());
                c.sources[0].title = "A hearing".into();
            }),
            case("told", |c| c.cost = "One hearing.".into()),
            case("named", |c| c.challenges = vec!["no-time".parse().unwrap()]),
        ];
        let shown = |typed: &str| {
            let query = Query::new(typed, "en").unwrap();
            let found = search(&query, &library, &Among::default());
            let line = |one: &Found<'_>| {
                let Snippet { text, marks } = &one.snippet;
                let marks: Vec<&str> = marks.iter().map(|at| &text[at.clone()]).collect();
                (text.clone(), marks.join("|"))
            };
            found.iter().map(line).collect::<Vec<_>>()
        };
        let pair = |text: &str, mark: &str| (text.to_owned(), mark.to_owned());
        assert_eq!(
            shown("hearing"),
            [
                pair("One hearing.", "hearing"),
                pair("X. Courtney, A hearing", "hearing")
            ]
        );
        assert_eq!(shown("time"), [pair("marketing, no-time, post, reach", "time")]);
        // The beginning of a name and an initial are no words of a case.
        assert_eq!(shown("court"), []);
        assert_eq!(shown("zhu x"), []);
    }

    #[test]
    fn one_word_of_several_in_passing_is_no_answer() {
        let library = [case("forum", |c| c.brief = "Super users answered.".into())];
        assert_eq!(found("doritos super bowl", &library), Vec::<String>::new());
        assert_eq!(found("super bowl", &library), ["forum"]);
        assert_eq!(found("doritos forum bowl", &library), ["forum"]);
    }

    #[test]
    fn a_word_of_the_same_meaning_is_found_after_the_word_itself() {
        let library = [
            case("a-post", |c| c.brief = "The redundancies were told.".into()),
            case("b-post", |c| c.brief = "The layoffs were told.".into()),
            case("c-post", |c| c.brief = "Its chief executive spoke.".into()),
            case("d-post", |c| c.brief = "An e-mail.".into()),
        ];
        assert_eq!(found("layoffs", &library), ["b-post", "a-post"]);
        assert_eq!(found("ceo", &library), ["c-post"]);
        assert_eq!(found("email", &library), ["d-post"]);
        // A slip is tried beside words that only begin so.
        let library = [
            case("a-post", |c| c.brief = "A pupil mentering.".into()),
            case("b-post", |c| c.brief = "Mentoring.".into()),
        ];
        assert_eq!(found("menterin", &library), ["a-post", "b-post"]);
    }

    #[test]
    fn equal_cases_stand_in_the_order_of_their_ids() {
        let library = [case("b", |_| ()), case("a", |_| ())];
        assert_eq!(found("brief", &library), ["a", "b"]);
    }

    #[test]
    fn sentences_end_at_full_stops_before_blanks() {
        let text = "One 1.5 m. Two? Three";
        let all: Vec<&str> = sentences(text).map(|at| &text[at]).collect();
        assert_eq!(all, ["One 1.5 m.", "Two?", "Three"]);
    }
}
