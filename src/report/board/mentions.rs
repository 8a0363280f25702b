//! Whether words that somebody allowed to be quoted name a person: a line is withheld then from a report without names.

use std::collections::{BTreeSet, HashSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::person::Person;

/// What people are called by, each without marks and in small letters. Rather a line too few than a name too many: a
/// name that is an ordinary word too is a name.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Words of names; those in small letters, as `van`, only of who has no other.
    words: HashSet<String>,
    /// Names of two letters, which are names where they begin with a capital: Bo is, an is not.
    short: HashSet<String>,
    /// Words in writing that knows no capitals nor, often, gaps between words.
    anywhere: BTreeSet<String>,
    /// Addresses, and ids that no sentence holds by chance.
    addresses: HashSet<String>,
}

impl Mentions {
    /// What everybody of a workspace is called by.
    pub fn of(people: &[Person]) -> Self {
        Self::called(people.iter().map(|person| {
            let addresses = [person.email.as_deref(), person.assistant_email.as_deref()];
            (person.id.as_str(), person.name.as_str(), addresses)
        }))
    }

    /// From ids, names and addresses.
    fn called<'a>(people: impl Iterator<Item = (&'a str, &'a str, [Option<&'a str>; 2])>) -> Self {
        let mut named = Self::default();
        for (id, name, addresses) in people {
            let words = || words(name).filter(|word| word.chars().count() > 1);
            let has_capital = words().any(|word| word.starts_with(char::is_uppercase));
            for word in words() {
                let is_cased = word.chars().any(|c| c.is_lowercase() || c.is_uppercase());
                let folded = folded(word);
                if !is_cased {
                    named.anywhere.insert(folded);
                } else if has_capital && !word.starts_with(char::is_uppercase) {
                } else if folded.chars().count() > 2 {
                    named.words.insert(folded);
                } else {
                    named.short.insert(folded);
                }
            }
            if id.contains(|c: char| !c.is_alphabetic()) {
                named.addresses.insert(folded(id));
            }
            named
                .addresses
                .extend(addresses.into_iter().flatten().map(folded));
        }
        named
    }

    /// Whether a text names one of them.
    pub(in crate::report) fn stand_in(&self, text: &str) -> bool {
        let whole = folded(text);
        let is_word = |word: &str| {
            // The genitive has no apostrophe everywhere.
            let bare = word.strip_suffix('s').unwrap_or(word);
            self.words.contains(word) || self.words.contains(bare)
        };
        let is_short = |word: &str| {
            let small = folded(word);
            let bare = small.strip_suffix('s').unwrap_or(&small);
            word.starts_with(char::is_uppercase) && (self.short.contains(&small) || self.short.contains(bare))
        };
        words(&whole).any(is_word)
            || words(text).any(is_short)
            || pieces(&whole).any(|piece| self.addresses.contains(piece))
            // Few names are written so, and few texts hold one.
            || !whole.is_ascii() && self.anywhere.iter().any(|name| whole.contains(name.as_str()))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
}

/// What could be an address or an id: what stands between characters that neither holds, without points at its ends.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '@' | '.' | '-' | '_' | '+' | '%');
    let pieces = text.split(move |c: char| !inside(c));
    pieces.map(|piece| piece.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// In small letters and without marks, however they were typed.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let bare = text.nfkd().filter(|c| !is_combining_mark(*c));
    bare.collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_ids_and_addresses_are_found_however_they_are_written() {
        let people = [
            ("bo", "Bo van Dijk", [Some("B.Dijk@example.org"), None]),
            ("will-2", "Wilhelm Mark", [None, Some("office@example.org")]),
            ("yamada", "山田太郎", [None, None]),
            ("ming", "李明 (Ming)", [None, None]),
            ("mali", "محمد علي", [None, None]),
            ("gro", "gro lie", [None, None]),
            ("muller", "Jörg Müller", [None, None]),
        ];
        let named = Mentions::called(people.into_iter());
        for words in [
            "Bo answered the first one",
            "BO DIJK helped me",
            "Bos idea was right",
            "ask Dijk's team",
            "asked dijk",
            "write to b.dijk@example.org,somebody@example.com",
            "mailto:b.dijk@example.org",
            "see https://x.example/bo.dijk",
            "as will-2 did",
            "will-2's idea",
            "it went to (office@example.org)",
            "山田太郎さんと話した",
            "李明 helped",
            "ming helped",
            "محمد helped",
            "Gro said so",
            "Mu\u{308}ller and Muller",
            "with jorg",
        ] {
            assert!(named.stand_in(words), "{words}");
        }
        for words in [
            "I will answer a van driver",
            "both of us, or bo-like things",
            "",
            "remarkable, no markup of it",
            "山田",
        ] {
            assert!(!named.stand_in(words), "{words}");
        }
    }
}
