//! Whether words that somebody allowed to be quoted name a person: a line is withheld then from a report without names.

use std::collections::BTreeSet;

use super::members::BoardMember;
use crate::model::person::Person;

/// Takes out the quotes that name somebody of the workspace; how many there were.
pub fn withhold_mentions(members: &mut [BoardMember], people: &[Person]) -> usize {
    let named = Named::of(people.iter().map(|person| {
        let addresses = [person.email.as_deref(), person.assistant_email.as_deref()];
        (person.id.as_str(), person.name.as_str(), addresses)
    }));
    let mut withheld = 0;
    for member in members {
        let before = member.quotes.len();
        member.quotes.retain(|quote| !named.stand_in(&quote.words));
        withheld += before - member.quotes.len();
    }
    withheld
}

/// What people are called by.
#[derive(Default)]
struct Named<'a> {
    /// Words of their names as they are written; the small ones, as `van`, are no names.
    words: BTreeSet<&'a str>,
    /// Names in writing that knows no capitals nor, often, gaps between words.
    whole: Vec<&'a str>,
    /// Addresses, and ids that no sentence holds by chance, in small letters.
    addresses: BTreeSet<String>,
}

impl<'a> Named<'a> {
    /// From ids, names and addresses.
    fn of(people: impl Iterator<Item = (&'a str, &'a str, [Option<&'a str>; 2])>) -> Self {
        let mut named = Self::default();
        for (id, name, addresses) in people {
            let words = name.split(|c: char| !c.is_alphanumeric());
            let is_name = |word: &&str| word.chars().count() > 1 && word.starts_with(char::is_uppercase);
            let mut words = words.filter(is_name).peekable();
            if words.peek().is_none() && !name.trim().is_empty() {
                named.whole.push(name.trim());
            }
            named.words.extend(words);
            if id.contains(|c: char| !c.is_alphabetic()) {
                named.addresses.insert(id.to_owned());
            }
            named
                .addresses
                .extend(addresses.into_iter().flatten().map(str::to_lowercase));
        }
        named
    }

    fn stand_in(&self, text: &str) -> bool {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        let at_ends = |c: char| !c.is_alphanumeric();
        let mut pieces = text
            .split_whitespace()
            .map(|piece| piece.trim_matches(at_ends).to_lowercase());
        words.any(|word| self.words.contains(word))
            || pieces.any(|piece| self.addresses.contains(&piece))
            || self.whole.iter().any(|name| text.contains(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_ids_and_addresses_are_found_and_ordinary_words_are_not() {
        let people = [
            ("bo", "Bo van Dijk", [Some("B.Dijk@example.org"), None]),
            ("will-2", "Will Mark", [None, Some("office@example.org")]),
            ("yamada", "山田太郎", [None, None]),
        ];
        let named = Named::of(people.into_iter());
        for words in [
            "Bo answered the first one",
            "ask Dijk's team",
            "write to b.dijk@example.org, she knows",
            "as will-2 did",
            "it went to (office@example.org)",
            "山田太郎さんと話した",
        ] {
            assert!(named.stand_in(words), "{words}");
        }
        for words in [
            "I will answer a van driver",
            "both of us",
            "",
            "no mark of it",
            "山田",
        ] {
            assert!(!named.stand_in(words), "{words}");
        }
    }
}
