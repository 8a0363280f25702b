//! Words of a text and of a question: folded, with their places, and how near two of them are.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::equals::{Form, equals_of, is_form_of};

/// How near a word of a case is to the word asked for, in hundredths; 100 is the word itself.
pub(super) type Nearness = u64;

/// The word itself.
pub(super) const AS_TYPED: Nearness = 100;
/// Another form of the word: answer, answers, answered.
const OTHER_FORM: Nearness = 85;
/// Another word for the same: `equals.rs`.
const EQUAL: Nearness = 75;
/// Begins with what was typed.
const BEGINS_SO: Nearness = 70;
/// Begins with three letters that were typed: both is hardly a bot.
const BEGINS_SHORTLY_SO: Nearness = 30;
/// One letter wrong, missing, too many, or two changed over.
const ONE_SLIP: Nearness = 60;
/// Two of these, in a long word.
const TWO_SLIPS: Nearness = 40;

/// Shortest word that may be a slip of another: below, everything is near everything.
const LEAST_FOR_A_SLIP: usize = 4;
/// Shortest word of which one slip says more than that two words look alike.
const LEAST_FOR_A_TELLING_SLIP: usize = 6;
/// Shortest word that may hold two slips.
const LEAST_FOR_TWO_SLIPS: usize = 8;
/// Shortest beginning that stands for a word, and shortest word that is looked for in sources: an initial is no word.
const LEAST_BEGINNING: usize = 3;

/// Words that say nothing about a case; a question made of nothing else keeps them.
const EMPTY_WORDS: [&str; 109] = [
    "a",
    "about",
    "after",
    "again",
    "all",
    "also",
    "am",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "been",
    "but",
    "by",
    "can",
    "case",
    "cases",
    "company",
    "could",
    "did",
    "do",
    "does",
    "example",
    "examples",
    "find",
    "firm",
    "for",
    "from",
    "get",
    "gets",
    "getting",
    "give",
    "got",
    "had",
    "has",
    "have",
    "he",
    "her",
    "him",
    "his",
    "how",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "just",
    "let",
    "me",
    "my",
    "of",
    "on",
    "or",
    "our",
    "own",
    "please",
    "really",
    "s",
    "said",
    "say",
    "says",
    "she",
    "should",
    "show",
    "so",
    "some",
    "somebody",
    "someone",
    "something",
    "such",
    "tell",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "thing",
    "things",
    "this",
    "those",
    "to",
    "too",
    "very",
    "want",
    "wants",
    "was",
    "we",
    "went",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "why",
    "will",
    "with",
    "would",
    "you",
    "your",
];

/// The same in German, folded; they say nothing only where German is read: an English product may `die`.
const EMPTY_GERMAN_WORDS: [&str; 100] = [
    "aber",
    "als",
    "am",
    "an",
    "auch",
    "auf",
    "aus",
    "bei",
    "beim",
    "bin",
    "bis",
    "da",
    "dann",
    "das",
    "dass",
    "dem",
    "den",
    "denn",
    "der",
    "des",
    "die",
    "dies",
    "diese",
    "dieser",
    "dieses",
    "doch",
    "du",
    "durch",
    "ein",
    "eine",
    "einem",
    "einen",
    "einer",
    "eines",
    "er",
    "es",
    "etwas",
    "firma",
    "fur",
    "gibt",
    "habe",
    "haben",
    "hat",
    "hatte",
    "ich",
    "ihr",
    "ihre",
    "im",
    "in",
    "ins",
    "ist",
    "kann",
    "los",
    "man",
    "mein",
    "meine",
    "mich",
    "mir",
    "mit",
    "nach",
    "noch",
    "nur",
    "ob",
    "oder",
    "sein",
    "seine",
    "sich",
    "sie",
    "sind",
    "so",
    "uber",
    "um",
    "und",
    "uns",
    "unser",
    "unsere",
    "unternehmen",
    "vom",
    "von",
    "vor",
    "war",
    "waren",
    "warum",
    "was",
    "welche",
    "welcher",
    "welches",
    "wenn",
    "wer",
    "werde",
    "werden",
    "wie",
    "wieder",
    "wir",
    "wird",
    "wo",
    "wurde",
    "zu",
    "zum",
    "zur",
];

/// What was asked for, word by word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Each word once, in the order typed.
    pub(super) terms: Vec<Term>,
}

/// One word that was asked for, with what else would be an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// As it was typed, folded.
    pub(super) typed: String,
    /// What it makes with the word before or behind it: "kit kat" is one word in "KitKat".
    joined: Vec<String>,
    /// Other words for the same.
    equals: Vec<Form>,
}

impl Query {
    /// The words of a question in a language, without those that say nothing; `None` = there is no word in it.
    pub fn new(typed: &str, language: &str) -> Option<Self> {
        let mut found: Vec<(String, Range<usize>)> = Vec::new();
        each_word(typed, |word, place| {
            // "e-mail" is asked for as one word.
            while found
                .last()
                .is_some_and(|(_, before)| before.start >= place.start)
            {
                found.pop();
            }
            found.push((word.to_owned(), place));
        });
        let mut all: Vec<String> = Vec::new();
        for (word, _) in found {
            if !all.contains(&word) {
                all.push(word);
            }
        }
        let says_nothing = |word: &str| {
            EMPTY_WORDS.binary_search(&word).is_ok()
                || (language == "de" && EMPTY_GERMAN_WORDS.binary_search(&word).is_ok())
        };
        if !all.iter().all(|word| says_nothing(word)) {
            all.retain(|word| !says_nothing(word));
        }
        let mut terms: Vec<Term> = all
            .iter()
            .map(|word| Term {
                typed: word.clone(),
                joined: Vec::new(),
                equals: equals_of(word, None).collect(),
            })
            .collect();
        for at in 1..all.len() {
            let joined = format!("{}{}", all[at - 1], all[at]);
            let equals: Vec<Form> = equals_of(&all[at - 1], Some(&all[at])).collect();
            for term in &mut terms[at - 1..=at] {
                term.joined.push(joined.clone());
                term.equals.extend(&equals);
            }
        }
        (!terms.is_empty()).then_some(Self { terms })
    }
}

impl Term {
    /// How near a word of a text is, or two that are an equal of one; slips aside.
    pub(super) fn nearness(&self, word: &str) -> Option<Nearness> {
        if word == self.typed || self.joined.iter().any(|joined| joined == word) {
            return Some(AS_TYPED);
        }
        let is_equal = |form: &Form| match form {
            Form::One(form) => !word.contains(' ') && is_form_of(word, form),
            Form::Two(form) => word == *form,
        };
        if is_form_of(word, &self.typed) {
            Some(OTHER_FORM)
        } else if self.equals.iter().any(is_equal) {
            Some(EQUAL)
        } else if word.starts_with(&self.typed) && !word.contains(' ') {
            match self.typed.chars().count() {
                ..LEAST_BEGINNING => None,
                LEAST_BEGINNING => Some(BEGINS_SHORTLY_SO),
                _ => Some(BEGINS_SO),
            }
        } else {
            None
        }
    }

    /// What every word that is near begins with, slips aside; of two words the first.
    pub(super) fn beginnings(&self) -> Vec<&str> {
        let own_stem = stem(&self.typed);
        let of_equals = self.equals.iter().map(|form| match form {
            Form::One(form) => stem(form),
            Form::Two(form) => form.split(' ').next().unwrap_or(form),
        });
        let joined = self.joined.iter().map(String::as_str);
        let mut all: Vec<&str> = std::iter::once(own_stem).chain(joined).chain(of_equals).collect();
        // One that begins with another is found with it.
        all.sort_unstable();
        all.dedup_by(|longer, shorter| longer.starts_with(&**shorter));
        all
    }

    /// Whether a word that is so near tells little: much begins with three letters, and short words look alike.
    pub(super) fn is_weak(&self, nearness: Nearness) -> bool {
        match nearness {
            BEGINS_SO | BEGINS_SHORTLY_SO | TWO_SLIPS => true,
            ONE_SLIP => self.typed.chars().count() < LEAST_FOR_A_TELLING_SLIP,
            _ => false,
        }
    }

    /// Whether a word that is so near counts where only the name of a source holds it.
    pub(super) fn counts_in_sources(&self, nearness: Nearness) -> bool {
        !matches!(nearness, BEGINS_SO | BEGINS_SHORTLY_SO) && self.typed.chars().count() >= LEAST_BEGINNING
    }
}

/// The words of a text, folded, each with its place in bytes; behind `e-mail` also `email`.
pub(super) fn each_word(text: &str, mut take: impl FnMut(&str, Range<usize>)) {
    let mut word = String::new();
    // A single letter and where it stands, until the next word.
    let mut letter: Option<(char, Range<usize>)> = None;
    for place in places_of_words(text) {
        fold_into(&text[place.clone()], &mut word);
        if word.is_empty() {
            continue;
        }
        take(&word, place.clone());
        let before = letter.take();
        letter = match word.as_bytes() {
            [one] if one.is_ascii_lowercase() => Some((char::from(*one), place.clone())),
            _ => None,
        };
        if let Some((first, at)) = before
            && is_hyphen(&text[at.end..place.start])
        {
            word.insert(0, first);
            take(&word, at.start..place.end);
        }
    }
}

/// Whether what stands between two words joins them; an accent without a letter is nothing.
fn is_hyphen(between: &str) -> bool {
    let is_nothing = |c: &char| is_apostrophe(*c) || is_combining_mark(*c);
    let mut signs = between.chars().filter(|c| !is_nothing(c)).peekable();
    signs.peek().is_some() && signs.all(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}'))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// The words of a text as [`each_word`] gives them.
#[cfg(test)]
pub(super) fn words(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    each_word(text, |word, place| found.push((word.to_owned(), place)));
    found
}

/// Where words stand, before they are folded. "customer's" is one.
fn places_of_words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut letters = text.char_indices();
    std::iter::from_fn(move || {
        let is_letter = |c: char| c.is_alphanumeric() || is_combining_mark(c);
        let (from, _) = letters.find(|(_, c)| is_letter(*c))?;
        let end = letters.find(|(_, c)| !is_letter(*c) && !is_apostrophe(*c));
        Some(from..end.map_or(text.len(), |(at, _)| at))
    })
}

/// Lower case, without accents and apostrophes: `Nestlé's` is `nestles`.
fn fold_into(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() {
        let bytes = word.bytes().filter(u8::is_ascii_alphanumeric);
        folded.extend(bytes.map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    // What a sign is taken apart into may be none of a word: 1. for one.
    let letters = word
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_apostrophe(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_ascii() || c.is_ascii_alphanumeric());
    folded.extend(letters);
}

/// A whole text as its words are folded, with what stands between them where it is plain; `e-mail` becomes `e-mail email`.
pub(super) fn fold_text(mut text: String) -> String {
    if !text.is_ascii() {
        text = fold_signs(&text);
    }
    text.make_ascii_lowercase();
    let mut apostrophes = memchr::memchr_iter(b'\'', text.as_bytes()).peekable();
    if apostrophes.peek().is_some() {
        let mut plain = String::with_capacity(text.len());
        let mut from = 0;
        for at in apostrophes {
            plain.push_str(&text[from..at]);
            from = at + 1;
        }
        plain.push_str(&text[from..]);
        text = plain;
    }
    join_letters(text)
}

/// Words with a letter that is not ASCII are folded, what stands beside them becomes a blank or a hyphen.
fn fold_signs(text: &str) -> String {
    let bytes = text.as_bytes();
    let is_plain = |b: &u8| b.is_ascii_alphanumeric() || *b == b'\'';
    let mut folded = String::with_capacity(text.len());
    let mut word = String::new();
    let mut from = 0;
    while let Some(sign) = bytes[from..].iter().position(|b| !b.is_ascii()) {
        let sign = from + sign;
        let start = from
            + bytes[from..sign]
                .iter()
                .rposition(|b| !is_plain(b))
                .map_or(0, |at| at + 1);
        let end = bytes[sign..].iter().position(|b| b.is_ascii() && !is_plain(b));
        let end = end.map_or(bytes.len(), |at| sign + at);
        folded.push_str(&text[from..start]);
        let chunk = &text[start..end];
        let mut done = 0;
        for place in places_of_words(chunk) {
            folded.push_str(between(&chunk[done..place.start]));
            fold_into(&chunk[place.clone()], &mut word);
            folded.push_str(&word);
            done = place.end;
        }
        folded.push_str(between(&chunk[done..]));
        from = end;
    }
    folded.push_str(&text[from..]);
    folded
}

fn between(signs: &str) -> &'static str {
    if is_hyphen(signs) {
        "-"
    } else if signs.chars().all(is_apostrophe) {
        ""
    } else {
        " "
    }
}

/// Puts `email` behind `e-mail`; the text is lower case.
fn join_letters(text: String) -> String {
    let bytes = text.as_bytes();
    let is_letter = |at: usize| {
        bytes
            .get(at)
            .is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii())
    };
    let mut joined = String::new();
    let mut done = 0;
    for hyphen in memchr::memchr_iter(b'-', bytes) {
        let Some(letter) = hyphen.checked_sub(1) else {
            continue;
        };
        let stands_alone =
            bytes[letter].is_ascii_lowercase() && letter.checked_sub(1).is_none_or(|at| !is_letter(at));
        let from = hyphen + bytes[hyphen..].iter().take_while(|b| **b == b'-').count();
        if !stands_alone || !is_letter(from) {
            continue;
        }
        let length = (from..bytes.len()).take_while(|at| is_letter(*at)).count();
        joined.push_str(&text[done..from + length]);
        joined.push(' ');
        joined.push(char::from(bytes[letter]));
        joined.push_str(&text[from..from + length]);
        done = from + length;
    }
    if done == 0 {
        return text;
    }
    joined.push_str(&text[done..]);
    joined
}

/// What all forms of a word begin with: `answer` of answer, answers, answered and answering. At least four letters, or the
/// whole word. Who does a thing is not the thing: developers are no other form of develop.
pub(super) fn stem(word: &str) -> &str {
    const ENDINGS: [&str; 6] = ["s", "ing", "ed", "e", "y", "i"];
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

/// How near a word is that was not typed so.
pub(super) fn slip(typed: &str, word: &str) -> Option<Nearness> {
    let length = typed.chars().count();
    if length < LEAST_FOR_A_SLIP
        || word.len().abs_diff(typed.len()) > 2
        || (letters_of(typed.as_bytes()) ^ letters_of(word.as_bytes())).count_ones()
            > most_other_letters(typed)
        || word.chars().count() < LEAST_FOR_A_SLIP - 1
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

/// Which of 26 letters a word holds, each with a bit of its own.
pub(super) fn letters_of(word: &[u8]) -> u32 {
    word.iter()
        .filter(|byte| byte.is_ascii_lowercase())
        .fold(0, |held, byte| held | 1 << (byte - b'a'))
}

/// By how many of 26 letters a word may differ from one that was typed so and still be a slip of it: a slip changes one
/// letter into another, so two; two slips change four.
pub(super) fn most_other_letters(typed: &str) -> u32 {
    if typed.chars().count() < LEAST_FOR_TWO_SLIPS {
        2
    } else {
        4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(typed: &str, library: &[&'static str]) -> Vec<(&'static str, Nearness)> {
        let query = Query::new(typed, "en").unwrap();
        let near = |word: &'static str| {
            let of_term = query.terms.iter().filter_map(|term| {
                let nearness = term.nearness(word).or_else(|| slip(&term.typed, word))?;
                if term.nearness(word).is_some() {
                    assert!(
                        term.beginnings().iter().any(|one| word.starts_with(one)),
                        "{word}"
                    );
                }
                Some((word, nearness))
            });
            of_term.max_by_key(|(_, nearness)| *nearness)
        };
        library.iter().copied().filter_map(near).collect()
    }

    fn terms(typed: &str, language: &str) -> Vec<String> {
        let query = Query::new(typed, language).unwrap();
        query.terms.into_iter().map(|term| term.typed).collect()
    }

    #[test]
    fn the_empty_words_are_sorted_so_that_they_are_found() {
        assert!(EMPTY_WORDS.is_sorted() && EMPTY_GERMAN_WORDS.is_sorted());
        for word in EMPTY_WORDS.iter().chain(&EMPTY_GERMAN_WORDS) {
            assert_eq!(words(word)[0].0, *word);
        }
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
    fn a_single_letter_before_a_hyphen_makes_a_word_with_the_next() {
        let all = |text: &str| words(text).into_iter().map(|(word, _)| word).collect::<Vec<_>>();
        assert_eq!(
            all("an E-Mail, an email"),
            ["an", "e", "mail", "email", "an", "email"]
        );
        assert_eq!(all("a well-known e mail"), ["a", "well", "known", "e", "mail"]);
        assert_eq!(terms("zero e-mail", "en"), ["zero", "email"]);
        assert_eq!(terms("T‑shirts", "en"), ["tshirts"]);
        for text in ["E‑\u{301}‑½", "E-\u{301}½", "e-\u{301}-mail"] {
            let folded = fold_text(text.to_owned());
            let folded: Vec<&str> = folded.split([' ', '-']).filter(|word| !word.is_empty()).collect();
            let mut of_text = all(text);
            of_text.sort_unstable();
            let mut of_folded = folded;
            of_folded.sort_unstable();
            assert_eq!(of_folded, of_text, "{text}");
        }
    }

    #[test]
    fn a_question_keeps_what_tells_something() {
        assert_eq!(terms("a case about an airline", "en"), ["airline"]);
        assert_eq!(terms("how to get rid of email", "en"), ["rid", "email"]);
        assert_eq!(terms("wie werden wir E-Mails los", "de"), ["emails"]);
        assert_eq!(terms("products die", "en"), ["products", "die"]);
        assert_eq!(terms("who is it", "en"), ["who", "is", "it"]);
        assert_eq!(Query::new("?!", "en"), None);
    }

    #[test]
    fn the_word_is_nearer_than_its_forms_equals_beginnings_and_slips() {
        assert_eq!(
            near(
                "answered",
                &["answered", "answer", "answers", "answering", "reply"]
            ),
            [
                ("answered", 100),
                ("answer", 85),
                ("answers", 85),
                ("answering", 85)
            ]
        );
        assert_eq!(near("innov", &["innovation"]), [("innovation", BEGINS_SO)]);
        assert_eq!(near("maresk", &["maersk", "mask"]), [("maersk", ONE_SLIP)]);
        assert_eq!(near("inovvation", &["innovation"]), [("innovation", TWO_SLIPS)]);
        assert_eq!(near("2014", &["2015"]), []);
        assert_eq!(near("zebra", &["mask"]), []);
        assert_eq!(
            near("sacked", &["layoffs", "redundancies", "fire"]),
            [("layoffs", EQUAL), ("redundancies", EQUAL)]
        );
        assert_eq!(
            near("ceo", &["chief executive", "chief"]),
            [("chief executive", EQUAL)]
        );
        assert_eq!(
            near("chief executive", &["ceo", "chief"]),
            [("ceo", EQUAL), ("chief", 100)]
        );
        // Fourteen cents are no call centre.
        assert_eq!(near("call center", &["cents", "centre"]), [("centre", EQUAL)]);
        assert_eq!(
            near("kit kat", &["kitkat", "kite"]),
            [("kitkat", 100), ("kite", BEGINS_SHORTLY_SO)]
        );
    }

    proptest::proptest! {
        /// What is looked for in files and what the search reads are the same words.
        #[test]
        fn a_folded_text_has_the_words_of_the_text(text in "[ae\u{e9}E1½⒈ß™ '’\\-‑–.,\n\u{301}]{0,24}") {
            let folded = fold_text(text.clone());
            let mut of_folded: Vec<&str> = folded
                .split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect();
            let mut of_text: Vec<String> = words(&text).into_iter().map(|(word, _)| word).collect();
            of_folded.sort_unstable();
            of_text.sort_unstable();
            proptest::prop_assert_eq!(of_folded, of_text);
        }
    }
}
