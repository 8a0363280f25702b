//! Words of a text and of a question: folded, with their places, and how near two of them are.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Bound, Range};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How near a word of a case is to the word asked for, in hundredths; 100 is the word itself.
pub(super) type Nearness = u64;

/// Another form of the word: answer, answers, answered.
const OTHER_FORM: Nearness = 85;
/// Begins with what was typed.
const BEGINS_SO: Nearness = 70;
/// One letter wrong, missing, too many, or two changed over.
const ONE_SLIP: Nearness = 60;
/// Two of these, in a long word.
const TWO_SLIPS: Nearness = 40;

/// Shortest word that may be a slip of another: below, everything is near everything.
const LEAST_FOR_A_SLIP: usize = 4;
/// Shortest word that may hold two slips.
const LEAST_FOR_TWO_SLIPS: usize = 8;
/// Shortest beginning that stands for a word.
const LEAST_BEGINNING: usize = 3;

/// Words that say nothing about a case; a question made of nothing else keeps them.
const EMPTY_WORDS: [&str; 62] = [
    "a", "about", "after", "all", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "case",
    "cases", "company", "did", "do", "does", "firm", "for", "from", "had", "has", "have", "her", "his",
    "how", "in", "into", "is", "it", "its", "me", "my", "of", "on", "or", "our", "own", "s", "show", "so",
    "somebody", "that", "the", "their", "there", "they", "to", "was", "we", "were", "what", "when", "where",
    "which", "who", "why", "with", "your",
];

/// What was asked for, word by word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Each word once, in the order typed, folded.
    pub(super) terms: Vec<String>,
}

impl Query {
    /// The words of a question, without those that say nothing; `None` = there is no word in it.
    pub fn new(typed: &str) -> Option<Self> {
        let mut all: Vec<String> = Vec::new();
        for (word, _) in words(typed) {
            if !all.contains(&word) {
                all.push(word);
            }
        }
        let telling: Vec<String> = all
            .iter()
            .filter(|word| EMPTY_WORDS.binary_search(&word.as_str()).is_err())
            .cloned()
            .collect();
        let terms = if telling.is_empty() { all } else { telling };
        (!terms.is_empty()).then_some(Self { terms })
    }

    /// For each word asked for, the words of a library that may be meant, with their nearness.
    pub(super) fn meanings<'v>(&self, vocabulary: &BTreeSet<&'v str>) -> Vec<BTreeMap<&'v str, Nearness>> {
        let mut meanings: Vec<_> = self
            .terms
            .iter()
            .map(|term| meanings_of(term, vocabulary))
            .collect();
        // "kit kat" is one word in "KitKat", and the other way round it is a slip of neither.
        for at in 1..self.terms.len() {
            let joined = format!("{}{}", self.terms[at - 1], self.terms[at]);
            if let Some(word) = vocabulary.get(joined.as_str()) {
                meanings[at - 1].insert(word, 100);
                meanings[at].insert(word, 100);
            }
        }
        meanings
    }
}

/// The words of a text, folded, each with its place in bytes.
pub(super) fn words(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        // "customer's" is one word.
        let inside =
            c.is_alphanumeric() || is_combining_mark(c) || (start.is_some() && matches!(c, '\'' | '’'));
        match start {
            None if inside => start = Some(at),
            Some(from) if !inside => {
                let word = folded(&text[from..at]);
                if !word.is_empty() {
                    found.push((word, from..at));
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Lower case, without accents and apostrophes: `Nestlé's` is `nestles`.
pub(super) fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word
            .chars()
            .filter(|c| *c != '\'')
            .map(|c| c.to_ascii_lowercase())
            .collect();
    }
    word.nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// What all forms of a word begin with: `answ` of answer, answers, answered and answering. At least four letters, or the
/// whole word.
pub(super) fn stem(word: &str) -> &str {
    const ENDINGS: [&str; 7] = ["s", "ing", "ed", "er", "e", "y", "i"];
    let mut stem = word;
    while let Some(rest) = ENDINGS
        .iter()
        .filter_map(|ending| stem.strip_suffix(ending))
        .find(|rest| rest.chars().count() >= 4)
    {
        stem = rest;
    }
    stem
}

fn meanings_of<'v>(term: &str, vocabulary: &BTreeSet<&'v str>) -> BTreeMap<&'v str, Nearness> {
    let mut found = BTreeMap::new();
    let own_stem = stem(term);
    let from = if own_stem.len() >= LEAST_BEGINNING {
        own_stem
    } else {
        term
    };
    let beginning_so = vocabulary.range::<str, _>((Bound::Included(from), Bound::Unbounded));
    for word in beginning_so.take_while(|word| word.starts_with(from)) {
        let nearness = if *word == term {
            100
        } else if stem(word) == own_stem {
            OTHER_FORM
        } else if term.len() >= LEAST_BEGINNING && word.starts_with(term) {
            BEGINS_SO
        } else {
            continue;
        };
        found.insert(*word, nearness);
    }
    // A word that is there is what is meant; only one that is not may be a slip.
    if found.is_empty() {
        for word in vocabulary {
            if let Some(nearness) = slip(term, word) {
                found.insert(*word, nearness);
            }
        }
    }
    found
}

/// How near a word is that was not typed so.
pub(super) fn slip(typed: &str, word: &str) -> Option<Nearness> {
    let length = typed.chars().count();
    if length < LEAST_FOR_A_SLIP
        || word.chars().count() < LEAST_FOR_A_SLIP - 1
        || word.len().abs_diff(typed.len()) > 2
    {
        return None;
    }
    // A number is not a slip of another number.
    if typed.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    match strsim::osa_distance(typed, word) {
        1 => Some(ONE_SLIP),
        2 if length >= LEAST_FOR_TWO_SLIPS => Some(TWO_SLIPS),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(typed: &str, library: &[&'static str]) -> Vec<(String, Nearness)> {
        let vocabulary: BTreeSet<&str> = library.iter().copied().collect();
        let query = Query::new(typed).unwrap();
        let found = query.meanings(&vocabulary).into_iter().flatten();
        found.map(|(word, near)| (word.to_owned(), near)).collect()
    }

    #[test]
    fn the_empty_words_are_sorted_so_that_they_are_found() {
        assert!(EMPTY_WORDS.is_sorted());
    }

    #[test]
    fn words_are_folded_and_know_their_place() {
        let text = "Nestlé's KitKat, 1 200 €";
        let found: Vec<(String, &str)> = words(text).into_iter().map(|(w, at)| (w, &text[at])).collect();
        assert_eq!(
            found,
            [
                ("nestles".to_owned(), "Nestlé's"),
                ("kitkat".to_owned(), "KitKat"),
                ("1".to_owned(), "1"),
                ("200".to_owned(), "200"),
            ]
        );
        assert_eq!(words("  ...  "), []);
        assert_eq!(words("e\u{301}tat")[0].0, "etat");
    }

    #[test]
    fn a_question_keeps_what_tells_something() {
        assert_eq!(Query::new("a case about an airline").unwrap().terms, ["airline"]);
        assert_eq!(Query::new("who is it").unwrap().terms, ["who", "is", "it"]);
        assert_eq!(Query::new("?!"), None);
    }

    #[test]
    fn other_forms_beginnings_and_slips_are_near_and_a_word_that_is_there_is_meant() {
        let library = [
            "answer",
            "answers",
            "answering",
            "innovation",
            "maersk",
            "mask",
            "reply",
        ];
        assert_eq!(
            meant("answered", &library),
            [
                ("answer".to_owned(), OTHER_FORM),
                ("answering".to_owned(), OTHER_FORM),
                ("answers".to_owned(), OTHER_FORM),
            ]
        );
        assert_eq!(meant("innov", &library), [("innovation".to_owned(), BEGINS_SO)]);
        assert_eq!(meant("maresk", &library), [("maersk".to_owned(), ONE_SLIP)]);
        assert_eq!(
            meant("inovvation", &library),
            [("innovation".to_owned(), TWO_SLIPS)]
        );
        assert_eq!(meant("maersk", &library), [("maersk".to_owned(), 100)]);
        assert_eq!(meant("zebra", &library), []);
        assert_eq!(meant("2014", &["2015"]), []);
    }

    #[test]
    fn two_words_that_are_one_in_the_library_are_found() {
        let found = meant("kit kat", &["kitkat", "kite"]);
        assert!(found.contains(&("kitkat".to_owned(), 100)), "{found:?}");
    }
}
