//! Ids of questions that come without one: made of their words, so that the same question has the same id for ever.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::base::id::{check_slug, slugify};
use crate::model::curriculum::QuizOption;

/// Characters of an id that tell a person which question it is.
const SPEAKING: usize = 40;

/// The first words of the question and eight hex digits of what is asked: its text, its options in any order, and which
/// of them are right. Titles, hints and whys may change without making another question of it.
pub(super) fn made_id(text: &str, options: &[QuizOption]) -> String {
    let mut parts: Vec<(&str, bool)> = options.iter().map(|o| (o.text.as_str(), o.right)).collect();
    parts.sort_unstable();
    let mut hash = Sha256::new();
    hash.update(text.as_bytes());
    for (option, right) in parts {
        hash.update(if right { b"\0=" } else { b"\0~" });
        hash.update(option.as_bytes());
    }
    let digest = hash.finalize();
    let mut hex = String::new();
    for byte in digest.iter().take(4) {
        let _ = write!(hex, "{byte:02x}");
    }
    let slug = slugify(text);
    let words = match slug.get(..SPEAKING) {
        None => slug.as_str(),
        Some(start) => start.rsplit_once('-').map_or(start, |(whole, _)| whole),
    };
    let words = words.trim_matches('-');
    if words.is_empty() {
        format!("q-{hex}")
    } else {
        format!("{words}-{hex}")
    }
}

/// Whether an id that a file gives can be ours.
pub(super) fn is_usable(id: &str) -> bool {
    check_slug(id).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(text: &str, right: bool) -> QuizOption {
        QuizOption {
            text: text.to_owned(),
            right,
            why: None,
        }
    }

    #[test]
    fn the_same_words_have_the_same_id_for_ever() {
        let options = [option("Wait", false), option("Say when", true)];
        let id = made_id("A customer complains. What do you do first?", &options);
        assert_eq!(id, "a-customer-complains-what-do-you-do-d863dba1");
        let turned = [option("Say when", true), option("Wait", false)];
        assert_eq!(
            made_id("A customer complains. What do you do first?", &turned),
            id
        );
        let other = [option("Say when", false), option("Wait", true)];
        assert_ne!(made_id("A customer complains. What do you do first?", &other), id);
        assert!(is_usable(&id));
    }

    #[test]
    fn words_without_latin_letters_have_one_too() {
        let id = made_id("Что первым?", &[option("а", true)]);
        assert!(id.starts_with("q-") && is_usable(&id), "{id}");
        assert!(is_usable(&made_id(&"long ".repeat(90), &[])));
    }
}
