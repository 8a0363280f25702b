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
            return Self(text);
        }
        // Word by word as the search folds them; what stands between does not matter.
        let words: Vec<String> = text.split(' ').map(folded).collect();
        Self(words.join(" "))
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
    for (at, term) in query.terms.iter().enumerate() {
        if counts[at].iter().all(|n| *n == 0) {
            counts[at] = count(&slips(term, texts), texts);
        }
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

/// Words of the texts that a word may be a slip of.
fn slips(term: &str, texts: &[FoldedText]) -> Vec<String> {
    let mut near = HashSet::new();
    for text in texts {
        let words = text.0.split(|c: char| !c.is_alphanumeric());
        // Most words are too long or too short by far: they cost no more than this look.
        near.extend(words.filter(|word| word.len().abs_diff(term.len()) <= 2));
    }
    near.retain(|word| slip(term, word).is_some());
    near.into_iter().map(str::to_owned).collect()
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
    }
}
