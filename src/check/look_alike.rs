//! Names that are the same, and names that only look the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name as people compare it: composed, in small letters, blanks as one.
pub(super) fn folded(name: &str) -> String {
    let composed: String = name.nfkc().flat_map(char::to_lowercase).collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name as the eye takes it: accents gone, letters of other scripts as the Latin ones they look like.
pub(super) fn skeleton(name: &str) -> String {
    let plain = folded(name);
    let bare = plain
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !crate::base::text::is_unprintable(*c));
    let latin: String = bare.map(latin_look).collect();
    latin.replace("rn", "m").replace("vv", "w")
}

/// The Latin letter a small letter of another script, or a digit, looks like.
fn latin_look(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' => 'e',
        'і' | 'ι' | 'ı' | 'ӏ' | 'l' | '1' | '|' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'һ' | 'н' => 'h',
        'п' => 'n',
        'о' | 'ο' | 'σ' | 'ø' | '0' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ѡ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        'ᴢ' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_is_found_however_it_is_written() {
        assert_eq!(folded("Jose\u{301}  REYES"), folded("José Reyes"));
        assert_ne!(folded("Ana Reyes"), folded("Anna Reyes"));
    }

    #[test]
    fn names_that_look_the_same_have_one_skeleton() {
        for (one, other) in [
            ("Maya Lund", "Mауа Lund"),
            ("Bo Lindqvist", "B0 Lindqvist"),
            ("Bill Park", "BiIl Park"),
            ("Ana Müller", "Ana Muller"),
        ] {
            assert_eq!(skeleton(one), skeleton(other), "{one} {other}");
            assert_ne!(folded(one), folded(other), "{one} {other}");
        }
        assert_ne!(skeleton("Jo Park"), skeleton("Bo Park"));
    }
}
