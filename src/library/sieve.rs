//! Which files of a large library may hold what was asked for: a look at their bytes, so that only those are parsed.

use std::collections::HashSet;

use memchr::memmem;

use super::words::{Query, folded, slip, stem};

/// So many files are worth parsing; a library with no more is parsed whole.
pub const MOST_CANDIDATES: usize = 64;

/// The text of a file in the form in which words are looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoldedText(String);

impl FoldedText {
    /// Lower case, without accents.
    pub fn new(mut text: String) -> Self {
        if text.is_ascii() {
            text.make_ascii_lowercase();
            text.retain(|c| c != '\'');
            return Self(text);
        }
        // Word by word as the search folds them; what stands between does not matter.
        let words: Vec<String> = text.split(' ').map(folded).collect();
        Self(words.join(" "))
    }

    /// Whether a word, in any case, stands in it, inside of others too.
    pub(super) fn holds(&self, word: &str) -> bool {
        memmem::find(self.0.as_bytes(), word.to_ascii_lowercase().as_bytes()).is_some()
    }
}

/// Places of the texts that may fit, those with most of what was asked for first. With a word that stands nowhere as it was
/// typed, its slips are looked for in every text.
pub fn sieve(query: &Query, texts: &[FoldedText]) -> Vec<usize> {
    let mut sought: Vec<Vec<String>> = query
        .terms
        .iter()
        .map(|term| vec![stem(term).to_owned()])
        .collect();
    for at in 1..query.terms.len() {
        let joined = format!("{}{}", query.terms[at - 1], query.terms[at]);
        sought[at - 1].push(joined.clone());
        sought[at].push(joined);
    }
    let mut counts: Vec<Vec<usize>> = sought.iter().map(|forms| count(forms, texts)).collect();
    let is_nowhere = |counts: &[usize]| counts.iter().all(|n| *n == 0);
    let nowhere: Vec<usize> = (0..counts.len()).filter(|at| is_nowhere(&counts[*at])).collect();
    let typed: Vec<&str> = nowhere.iter().map(|at| query.terms[*at].as_str()).collect();
    for (at, meant) in nowhere.into_iter().zip(slips(&typed, texts)) {
        counts[at] = count(&meant, texts);
    }
    let rarities: Vec<u64> = counts
        .iter()
        .map(|of_term| {
            let holding = of_term.iter().filter(|n| **n > 0).count().max(1);
            (texts.len() as u64 * 1_000_000 / holding as u64).isqrt()
        })
        .collect();
    let mut worths: Vec<(u64, usize)> = (0..texts.len())
        .map(|at| {
            let worth = counts.iter().zip(&rarities).map(|(of_term, rarity)| {
                // Seldom more telling than thrice.
                of_term[at].min(3) as u64 * rarity + if of_term[at] > 0 { 4 * rarity } else { 0 }
            });
            (worth.sum(), at)
        })
        .filter(|(worth, _)| *worth > 0)
        .collect();
    worths.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    worths.into_iter().map(|(_, at)| at).collect()
}

fn count(forms: &[String], texts: &[FoldedText]) -> Vec<usize> {
    let finders: Vec<memmem::Finder<'_>> = forms
        .iter()
        .map(|form| memmem::Finder::new(form.as_bytes()))
        .collect();
    texts
        .iter()
        .map(|text| {
            finders
                .iter()
                .map(|f| f.find_iter(text.0.as_bytes()).take(3).count())
                .sum()
        })
        .collect()
}

/// For each word the words of the texts that it may be a slip of, in one pass over their bytes.
fn slips(typed: &[&str], texts: &[FoldedText]) -> Vec<Vec<String>> {
    let letters: Vec<u32> = typed.iter().map(|word| letters_of(word.as_bytes())).collect();
    let mut near = vec![HashSet::new(); typed.len()];
    if typed.is_empty() {
        return Vec::new();
    }
    for FoldedText(text) in texts {
        let (mut from, mut held) = (0, 0);
        for (at, byte) in text.bytes().chain([b' ']).enumerate() {
            let kind = KINDS[usize::from(byte)];
            if kind & BETWEEN == 0 {
                held |= kind;
                continue;
            }
            // Most words are too long or have other letters: they cost no more than this look.
            for (place, word) in typed.iter().enumerate() {
                if held & BEYOND_ASCII != 0 {
                    near[place].extend(text[from..at].split(|c: char| !c.is_alphanumeric()));
                } else if (at - from).abs_diff(word.len()) <= 2 && may_be_a_slip(letters[place], held) {
                    near[place].insert(&text[from..at]);
                }
            }
            (from, held) = (at + 1, 0);
        }
    }
    let meant = |(word, near): (&&str, HashSet<&str>)| {
        let near = near.into_iter().filter(|other| slip(word, other).is_some());
        near.map(str::to_owned).collect()
    };
    typed.iter().zip(near).map(meant).collect()
}

/// A byte between words.
const BETWEEN: u32 = 1 << 31;
/// A byte of a letter that is not ASCII, or of a sign between words.
const BEYOND_ASCII: u32 = 1 << 30;

/// What each byte is: one of 26 letters, each with a bit of its own, something else within a word, or between words.
const KINDS: [u32; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let b = byte as u8;
        kinds[byte] = if b.is_ascii_lowercase() {
            1 << (b - b'a')
        } else if b.is_ascii_alphanumeric() {
            0
        } else if b.is_ascii() {
            BETWEEN
        } else {
            BEYOND_ASCII
        };
        byte += 1;
    }
    kinds
};

fn letters_of(word: &[u8]) -> u32 {
    word.iter().fold(0, |held, byte| held | KINDS[usize::from(*byte)])
}

/// Whether two words have letters so alike that one may be a slip of the other: a slip changes one letter into another,
/// so two bits; two slips change four.
fn may_be_a_slip(one: u32, other: u32) -> bool {
    const LETTERS: u32 = (1 << 26) - 1;
    ((one ^ other) & LETTERS).count_ones() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(typed: &str, texts: &[&str]) -> Vec<usize> {
        let texts: Vec<FoldedText> = texts.iter().map(|t| FoldedText::new((*t).to_owned())).collect();
        sieve(&Query::new(typed).unwrap(), &texts)
    }

    #[test]
    fn texts_with_other_forms_slips_and_joined_words_are_kept_the_fullest_first() {
        assert_eq!(
            kept("answered", &["they answer", "none", "answering, answers"]),
            [2, 0]
        );
        assert_eq!(kept("maresk", &["none", "Maersk Line"]), [1]);
        assert_eq!(kept("kit kat", &["none", "Nestlé KitKat"]), [1]);
        assert_eq!(kept("nestle", &["none", "Nestlé"]), [1]);
        assert_eq!(kept("zebra", &["none"]), Vec::<usize>::new());
        assert_eq!(
            kept("goldkorp", &["goldcorp's challenge", "(goldcorp)", "gold"]),
            [0, 1]
        );
        assert_eq!(kept("tyrolien", &["none", "Tirolien—x"]), [1]);
    }

    #[test]
    fn no_slip_has_letters_too_different_to_be_looked_at() {
        let word = "customers";
        let mut tried = 0;
        for at in 0..=word.len() {
            for letter in 'a'..='z' {
                let mut longer = word.to_owned();
                longer.insert(at, letter);
                let mut other = longer.clone();
                if at < word.len() {
                    other.remove(at + 1);
                }
                for slipped in [longer, other] {
                    if slip(word, &slipped).is_some() {
                        tried += 1;
                        assert!(may_be_a_slip(
                            letters_of(word.as_bytes()),
                            letters_of(slipped.as_bytes())
                        ));
                    }
                }
            }
        }
        assert!(tried > 300, "{tried}");
    }
}
