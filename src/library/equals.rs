//! Words that mean the same to whoever asks, so that what is typed need not be what the case says.

use super::words::stem;

/// Groups of words with one meaning for a search, folded and sorted; one of two words stands where those follow one
/// another. Each stands for its other forms too: `layoff` for layoffs. Only what nobody would tell apart in a question
/// belongs here, since a case with one of them is an answer to the other; the word itself is always the better one.
const GROUPS: [&[&str]; 17] = [
    &["ad", "ads", "advert", "advertisement", "advertising"],
    &["ai", "artificial intelligence"],
    &["backlash", "outrage", "shitstorm", "storm"],
    &["boss", "ceo", "chief executive"],
    &["bot", "chatbot"],
    &["center", "centre"],
    &["client", "customer"],
    &["clip", "film", "movie", "video"],
    &["company", "corporate", "firm"],
    &["dismissed", "fired", "laid off", "layoff", "redundancy", "sacked"],
    &["eliminate", "rid", "zero"],
    &["email", "mail"],
    &["employee", "staff", "worker", "workforce"],
    &[
        "hallucinated",
        "hallucination",
        "invented",
        "made up",
        "not exist",
    ],
    &["phone", "telephone"],
    &["return", "roi"],
    &["tweet", "twitter", "x"],
];

/// Those of the groups that are two words, sorted.
const PAIRS: [&str; 5] = [
    "artificial intelligence",
    "chief executive",
    "laid off",
    "made up",
    "not exist",
];

/// A word, or two that follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One word.
    One(&'static str),
    /// Two words, as they stand in a vocabulary: with one blank between them.
    Two(&'static str),
}

/// What means the same as a word, or as that word and the one behind it.
pub(super) fn equals_of<'q>(first: &'q str, second: Option<&'q str>) -> impl Iterator<Item = Form> + 'q {
    let is_asked = move |form: &str| match form.split_once(' ') {
        None => second.is_none() && is_form_of(first, form),
        Some((one, other)) => first == one && second.is_some_and(|second| is_form_of(second, other)),
    };
    let groups = GROUPS
        .iter()
        .filter(move |group| group.iter().any(|form| is_asked(form)));
    groups.flat_map(|group| group.iter()).map(|form| {
        if form.contains(' ') {
            Form::Two(form)
        } else {
            Form::One(form)
        }
    })
}

/// The word itself if it is the first of two that have a meaning together.
pub(super) fn first_of_two(word: &str) -> Option<&'static str> {
    pairs().map(|(_, first, _)| first).find(|first| *first == word)
}

/// The two words that these are, if they have a meaning together.
pub(super) fn two_words(first: &str, second: &str) -> Option<&'static str> {
    let is_meant = |(_, one, other): &(_, &str, &str)| *one == first && is_form_of(second, other);
    pairs().find(is_meant).map(|(both, ..)| both)
}

/// Every two words of the groups: both, the first, the second.
fn pairs() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let forms = PAIRS.iter().copied();
    forms.filter_map(|both| both.split_once(' ').map(|(first, second)| (both, first, second)))
}

/// Whether a word is another or a form of it.
pub(super) fn is_form_of(word: &str, other: &str) -> bool {
    word == other || stem(word) == stem(other)
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    #[test]
    fn groups_are_sorted_folded_and_no_word_is_in_two() {
        assert!(GROUPS.is_sorted() && GROUPS.iter().all(|group| group.is_sorted() && group.len() > 1));
        let mut all: Vec<&str> = GROUPS.iter().flat_map(|group| group.iter()).copied().collect();
        for form in &all {
            let parts: Vec<String> = words(form).into_iter().map(|(word, _)| word).collect();
            assert_eq!(parts.join(" "), *form);
            assert!(parts.len() <= 2, "{form}");
        }
        let mut pairs: Vec<&str> = all.iter().copied().filter(|form| form.contains(' ')).collect();
        pairs.sort_unstable();
        assert_eq!(pairs, PAIRS);
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn forms_of_the_words_of_a_group_are_known_one_or_two_words_long() {
        let of = |first, second| equals_of(first, second).collect::<Vec<_>>();
        assert!(of("layoffs", None).contains(&Form::One("redundancy")));
        assert!(of("ceo", None).contains(&Form::Two("chief executive")));
        assert!(of("chief", Some("executives")).contains(&Form::One("ceo")));
        assert_eq!(of("chief", None), []);
        assert_eq!(of("chief", Some("cook")), []);
        // A fire is no dismissal.
        assert_eq!(of("fire", None), []);
        assert_eq!(
            two_words("artificial", "intelligence"),
            Some("artificial intelligence")
        );
        assert_eq!(two_words("art", "intelligence"), None);
        assert_eq!(two_words("zero", "mail"), None);
    }
}
