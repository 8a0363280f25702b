//! Which files of a large library may hold what was asked for: a look at their bytes, so that only those are parsed. It
//! counts the words that the search counts, and by the keys of the lines what they are worth.

use std::collections::{BTreeSet, HashSet};

use memchr::memmem::{self, Finder};

use super::equals::{first_of_two, two_words};
use super::search::{BRIEF, CLAIM, Held, PROSE, Standing, TAKEAWAY, TITLE, rarity, says_nothing, score};
use super::words::{AS_TYPED, Nearness, Query, Term, fold_text, letters_of, most_other_letters, slip};

/// A library with no more cases is parsed whole.
pub const MOST_PARSED_WHOLE: usize = 64;

/// So many of a larger one are worth parsing, unless more are to be shown.
pub const MOST_CANDIDATES: usize = 32;

/// The text of a file in the form in which words are looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoldedText(String);

impl FoldedText {
    /// Lower case, without accents and apostrophes.
    pub fn new(text: String) -> Self {
        Self(fold_text(text))
    }

    /// Whether a word, in any case, stands in it, inside of others too.
    pub(super) fn holds(&self, word: &str) -> bool {
        memmem::find(self.0.as_bytes(), word.to_ascii_lowercase().as_bytes()).is_some()
    }
}

/// What the texts of a library are looked through for.
#[derive(Debug)]
pub struct Sieve<'q> {
    terms: Vec<Sought<'q>>,
}

/// One word asked for, in the texts.
#[derive(Debug)]
struct Sought<'q> {
    term: &'q Term,
    beginnings: Vec<Finder<'static>>,
    /// The same as a year.
    year: Option<u32>,
    /// Words of the texts that it may be a slip of.
    slips: Vec<(Finder<'static>, Nearness)>,
}

/// A text that was looked through.
#[derive(Debug, Default)]
pub struct Looked {
    text: FoldedText,
    /// What it holds of each word asked for.
    pub held: Vec<Held>,
    as_typed: Vec<bool>,
}

impl<'q> Sieve<'q> {
    /// For what was asked for.
    pub fn new(query: &'q Query) -> Self {
        let finder = |word: &str| Finder::new(word.as_bytes()).into_owned();
        let sought = |term: &'q Term| Sought {
            term,
            beginnings: term.beginnings().into_iter().map(finder).collect(),
            year: term
                .typed
                .parse()
                .ok()
                .filter(|year| (1000..=9999).contains(year)),
            slips: Vec::new(),
        };
        Self {
            terms: query.terms.iter().map(sought).collect(),
        }
    }

    /// Looks through a text.
    pub fn look(&self, text: FoldedText) -> Looked {
        let mut looked = Looked {
            held: Vec::with_capacity(self.terms.len()),
            as_typed: Vec::with_capacity(self.terms.len()),
            text,
        };
        for sought in &self.terms {
            let mut seen: Vec<Seen<'_>> = Vec::new();
            for beginning in &sought.beginnings {
                see(&looked.text.0, beginning, &mut seen, |words| {
                    words.nearness(sought.term)
                });
            }
            if let Some(year) = sought.year
                && tells_of(&looked.text.0, year)
            {
                let told = seen.iter().position(|one| one.nearness == Some(AS_TYPED));
                match told {
                    Some(at) => seen[at].told += PROSE,
                    None => seen.push(Seen {
                        word: "",
                        nearness: Some(AS_TYPED),
                        told: PROSE,
                        in_source: false,
                    }),
                }
            }
            looked.as_typed.push(
                seen.iter()
                    .any(|one| one.nearness == Some(AS_TYPED) && one.is_there()),
            );
            let mut held = Held::default();
            add(&mut held, sought.term, &seen);
            looked.held.push(held);
        }
        looked
    }

    /// Words asked for that stand nowhere as they were typed: each may be a slip.
    pub fn nowhere(&self, looked: &[Looked]) -> Vec<usize> {
        let is_there = |at: usize| looked.iter().any(|one| one.as_typed[at]);
        (0..self.terms.len()).filter(|at| !is_there(*at)).collect()
    }

    /// The words of some texts of which some of those asked for may be slips: each with the place of that one.
    pub fn alike<'l>(&self, nowhere: &[usize], looked: &'l [Looked]) -> Vec<(usize, String)> {
        let typed: Vec<(usize, &str, u32, u32)> = nowhere
            .iter()
            .map(|at| (*at, self.terms[*at].term.typed.as_str()))
            .map(|(at, word)| (at, word, letters_of(word.as_bytes()), most_other_letters(word)))
            .collect();
        let least = typed.iter().map(|(_, word, ..)| word.len()).min().unwrap_or(0);
        let (mut known, mut alike) = (HashSet::new(), Vec::new());
        // Most words are too long or have other letters: they cost no more than this look.
        let mut look = |other: &'l str, held: u32| {
            for (place, word, letters, most) in &typed {
                if other.len().abs_diff(word.len()) <= 2
                    && (letters ^ held).count_ones() <= *most
                    && known.insert((*place, other))
                    && slip(word, other).is_some()
                {
                    alike.push((*place, other.to_owned()));
                }
            }
        };
        for Looked {
            text: FoldedText(text),
            ..
        } in looked
        {
            let (mut from, mut held) = (0, 0);
            for (at, byte) in text.as_bytes().iter().enumerate() {
                let kind = KINDS[usize::from(*byte)];
                if kind & BETWEEN == 0 {
                    held |= kind;
                    continue;
                }
                if at - from + 2 >= least {
                    look(&text[from..at], held);
                }
                (from, held) = (at + 1, 0);
            }
            look(&text[from..], held);
        }
        alike
    }

    /// Takes the words that [`Self::alike`] found as meant.
    pub fn mean(&mut self, alike: impl IntoIterator<Item = (usize, String)>) {
        let alike: BTreeSet<(usize, String)> = alike.into_iter().collect();
        for (at, word) in alike {
            let sought = &mut self.terms[at];
            if let Some(nearness) = slip(&sought.term.typed, &word)
                && sought.term.nearness(&word).is_none()
            {
                let finder = Finder::new(word.as_bytes()).into_owned();
                sought.slips.push((finder, nearness));
            }
        }
    }

    /// What a text holds when it is looked through again for what [`Self::mean`] added.
    #[must_use]
    pub fn look_again(&self, looked: &Looked) -> Vec<Held> {
        let mut all = looked.held.clone();
        for (sought, held) in self.terms.iter().zip(&mut all) {
            for (finder, nearness) in &sought.slips {
                let mut seen = Vec::new();
                see(&looked.text.0, finder, &mut seen, |words| {
                    (words.first.len() == finder.needle().len()).then_some(*nearness)
                });
                add(held, sought.term, &seen);
            }
        }
        all
    }

    /// Places of the texts that may fit, the best first and equal ones in their order, and how the words stand in all.
    /// `cases` = how many the library has.
    pub fn order(&self, looked: &[Looked], cases: usize) -> (Vec<usize>, Vec<Standing>) {
        let standing: Vec<Standing> = (0..self.terms.len())
            .map(|at| Standing {
                holding: looked.iter().filter(|one| one.held[at].worth > 0).count(),
                as_typed: looked.iter().any(|one| one.as_typed[at]),
            })
            .collect();
        let rarities: Vec<u64> = standing.iter().map(|one| rarity(one.holding, cases)).collect();
        let mut scores: Vec<(u64, usize)> = looked
            .iter()
            .enumerate()
            .filter(|(_, one)| !says_nothing(&one.held))
            .map(|(at, one)| (score(&rarities, &one.held), at))
            .collect();
        scores.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        (scores.into_iter().map(|(_, at)| at).collect(), standing)
    }
}

/// A word of a text that may be meant.
#[derive(Debug)]
struct Seen<'t> {
    word: &'t str,
    /// `None` = it is not meant after all.
    nearness: Option<Nearness>,
    told: u64,
    in_source: bool,
}

impl Seen<'_> {
    fn is_there(&self) -> bool {
        self.told > 0 || self.in_source
    }
}

/// A word where it stands.
struct Words<'t> {
    text: &'t str,
    first: &'t str,
    end: usize,
}

impl Words<'_> {
    /// How near it is, or it and the next word together.
    fn nearness(&self, term: &Term) -> Option<Nearness> {
        let alone = term.nearness(self.first);
        let together = || {
            let first = first_of_two(self.first)?;
            let behind = &self.text.as_bytes()[self.end..];
            let start = self.end + behind.iter().position(|b| is_in_word(*b))?;
            term.nearness(two_words(
                first,
                &self.text[start..end_of_word(self.text, start)],
            )?)
        };
        alone.or_else(together)
    }
}

/// Adds the words of a text that begin so, with where they stand and how near they are.
fn see<'t>(
    text: &'t str,
    beginning: &Finder<'_>,
    seen: &mut Vec<Seen<'t>>,
    nearness: impl Fn(&Words<'t>) -> Option<Nearness>,
) {
    let bytes = text.as_bytes();
    for start in beginning.find_iter(bytes) {
        // A line may be written as \n.
        let is_escape = || matches!(bytes[..start], [.., b'\\', b'n' | b't' | b'r']);
        if start > 0 && is_in_word(bytes[start - 1]) && !is_escape() {
            continue;
        }
        let (weight, in_source) = worth_of_line(text, start);
        if weight == 0 && !in_source {
            continue;
        }
        let end = end_of_word(text, start);
        let word = &text[start..end];
        // The same word may be the first of two in one place and stand alone in another.
        let here = first_of_two(word).map(|_| {
            nearness(&Words {
                text,
                first: word,
                end,
            })
        });
        let is_same = |one: &Seen<'_>| one.word == word && here.is_none_or(|here| one.nearness == here);
        let at = seen.iter().position(is_same).unwrap_or_else(|| {
            seen.push(Seen {
                word,
                nearness: here.unwrap_or_else(|| {
                    nearness(&Words {
                        text,
                        first: word,
                        end,
                    })
                }),
                told: 0,
                in_source: false,
            });
            seen.len() - 1
        });
        seen[at].told += weight;
        seen[at].in_source |= in_source;
    }
}

fn add(held: &mut Held, term: &Term, seen: &[Seen<'_>]) {
    for one in seen {
        if let Some(nearness) = one.nearness {
            held.add(term, nearness, one.told, one.in_source);
        }
    }
}

/// What a word at this place is worth by the key of its line, and whether it names a source; neither = the search does not
/// read it. Lines without a key belong to longer texts.
fn worth_of_line(text: &str, at: usize) -> (u64, bool) {
    let bytes = text.as_bytes();
    let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
    let line = &text[start..];
    let length = line
        .bytes()
        .take_while(|b| b.is_ascii_lowercase() || *b == b'_')
        .count();
    let key = &line[..length];
    let is_key = line[length..].trim_start_matches(' ').starts_with('=');
    if !is_key {
        let is_read = !line.starts_with("[[") && !line.starts_with('#');
        return if is_read { (PROSE, false) } else { (0, false) };
    }
    if at < start + length {
        return (0, false);
    }
    let is_in_head = || memmem::find(&bytes[..start], b"\n[[").is_none();
    if matches!(key, "author" | "publisher") || (key == "title" && !is_in_head()) {
        return (0, true);
    }
    if key == "id" && !is_in_head() {
        return (0, false);
    }
    let weight = match key {
        "title" | "organisation" | "id" => TITLE,
        "brief" | "functions" | "challenges" | "sector" | "capabilities" => BRIEF,
        "takeaway" => TAKEAWAY,
        "text" | "base" | "unit" | "said_by" | "contested_by" => CLAIM,
        "format" | "rev" | "language" | "size" | "failed" | "permission" | "owner" | "review_by"
        | "credit" | "years" | "part" | "value" | "year" | "about" | "grade" | "source" | "address"
        | "derived" => 0,
        _ => PROSE,
    };
    (weight, false)
}

/// Whether the file of a case tells of a year, by its line of years.
fn tells_of(text: &str, year: u32) -> bool {
    let line = text.lines().find_map(|line| line.strip_prefix("years"));
    let mut years = line
        .into_iter()
        .flat_map(|line| line.split(|c: char| !c.is_ascii_digit()));
    let first = years.by_ref().find_map(|part| part.parse::<u32>().ok());
    let last = years.find_map(|part| part.parse::<u32>().ok()).or(first);
    first.is_some_and(|first| first <= year) && last.is_some_and(|last| year <= last)
}

fn is_in_word(byte: u8) -> bool {
    KINDS[usize::from(byte)] & BETWEEN == 0
}

fn end_of_word(text: &str, start: usize) -> usize {
    let rest = &text.as_bytes()[start..];
    start + rest.iter().position(|b| !is_in_word(*b)).unwrap_or(rest.len())
}

/// A byte between words.
const BETWEEN: u32 = 1 << 31;

/// What each byte of a folded text is: one of 26 letters, each with a bit of its own, something else within a word, or
/// between words.
const KINDS: [u32; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let b = byte as u8;
        kinds[byte] = if b.is_ascii_lowercase() {
            1 << (b - b'a')
        } else if b.is_ascii_alphanumeric() || !b.is_ascii() {
            0
        } else {
            BETWEEN
        };
        byte += 1;
    }
    kinds
};

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(typed: &str, texts: &[&str]) -> Vec<usize> {
        let query = Query::new(typed, "en").unwrap();
        let mut sieve = Sieve::new(&query);
        let texts = texts.iter().map(|t| FoldedText::new((*t).to_owned()));
        let mut looked: Vec<Looked> = texts.map(|text| sieve.look(text)).collect();
        let nowhere = sieve.nowhere(&looked);
        let alike = sieve.alike(&nowhere, &looked);
        sieve.mean(alike);
        for one in &mut looked {
            one.held = sieve.look_again(one);
        }
        sieve.order(&looked, looked.len()).0
    }

    #[test]
    fn texts_with_other_forms_slips_and_joined_words_are_kept_the_fullest_first() {
        assert_eq!(
            kept("answered", &["they answer", "none", "answering, answering"]),
            [2, 0]
        );
        assert_eq!(kept("maresk", &["none", "Maersk Line"]), [1]);
        assert_eq!(kept("kit kat", &["none", "Nestlé KitKat"]), [1]);
        assert_eq!(kept("nestle", &["none", "Nestlé"]), [1]);
        assert_eq!(kept("zebra", &["none"]), Vec::<usize>::new());
        assert_eq!(
            kept("goldkorp", &["goldcorp's challenge", "(goldcorp)", "gold"]),
            [1, 0]
        );
        assert_eq!(kept("tyrolien", &["none", "Tirolien—x"]), [1]);
        assert_eq!(kept("email", &["none", "an e-mail", "E‑Mail"]), [1, 2]);
        assert_eq!(kept("ceo", &["a chief cook", "its chief  executives"]), [1]);
    }

    #[test]
    fn a_line_is_worth_what_its_key_is() {
        let file = "id = \"x\"\ntitle = \"gold\"\nbrief = \"\"\"\ngold\"\"\"\nyears = [2001, 2004]\n[[source]]\nid = \"gold\"\ntitle = \"gold\"\n";
        let worths: Vec<(u64, bool)> = memmem::find_iter(file.as_bytes(), "gold")
            .map(|at| worth_of_line(file, at))
            .collect();
        assert_eq!(worths, [(TITLE, false), (PROSE, false), (0, false), (0, true)]);
        assert_eq!(worth_of_line(file, 0), (0, false));
        assert_eq!(kept("2002", &[file, "years = [1999, 2001]"]), [0]);
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
                    for word in [word, &word[..6]] {
                        let slipped = &slipped[..slipped.len() - (9 - word.len())];
                        let most = if word.len() < 8 { 1 } else { 2 };
                        if strsim::osa_distance(word, slipped) <= most {
                            tried += 1;
                            let others = letters_of(word.as_bytes()) ^ letters_of(slipped.as_bytes());
                            assert!(others.count_ones() <= most_other_letters(word), "{slipped}");
                        }
                    }
                }
            }
        }
        assert!(tried > 300, "{tried}");
    }
}
