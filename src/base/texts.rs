//! Fixed texts of screens, each with a key: English stands where it is printed, a translation is a file.
//!
//! `t!("home.saved", "Saved.")` gives the English text unless this run speaks another language and that language's file
//! has the key. All texts together are `src/texts/en.toml`, which a test keeps equal to the calls: who translates copies
//! that file. Codes, keys, flags, errors and files for programs are the same in every language.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::sync::OnceLock;

/// The language of this run, set once before anything is printed; English without it.
static TRANSLATION: OnceLock<(String, BTreeMap<String, String>)> = OnceLock::new();

/// Sets language and texts of this run, by key; those that are missing stay English. Only the first call counts: a run
/// speaks one language.
pub fn speak(language: String, texts: BTreeMap<String, String>) {
    // A second call in one run has nothing to say.
    let _ = TRANSLATION.set((language, texts));
}

/// The language of this run, as `en`.
pub fn language() -> &'static str {
    TRANSLATION.get().map_or("en", |(language, _)| language.as_str())
}

/// The text of a key in the language of this run; `None` = the English one.
pub fn translated(key: &str) -> Option<&'static str> {
    let (_, texts) = TRANSLATION.get()?;
    texts.get(key).map(String::as_str)
}

/// Puts values into the places of a text that are named like them, as `{minutes}`; other places stay as they are.
pub fn fill(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let value = behind
            .split_once('}')
            .and_then(|(name, after)| Some((values.iter().find(|(n, _)| *n == name)?.1, after)));
        if let Some((value, after)) = value {
            filled.push_str(&value.to_string());
            rest = after;
        } else {
            filled.push('{');
            rest = behind;
        }
    }
    filled.push_str(rest);
    filled
}

/// Whether a translation has the places of its original; a text about one may say the number in a word.
pub fn has_places_of(key: &str, original: &str, text: &str) -> bool {
    let (mut wanted, mut given) = (places(original), places(text));
    if key.rsplit('.').next() == Some("one") {
        wanted.remove("n");
        given.remove("n");
    }
    wanted == given
}

/// Names of the places of a text.
pub fn places(text: &str) -> BTreeSet<&str> {
    let behind = text.split('{').skip(1);
    behind
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

/// A text by its key, in English or as this run speaks; a place `{name}` takes the value given as `name = value`.
macro_rules! t {
    ($key:literal, $english:literal $(,)?) => {
        $crate::base::texts::translated($key).map_or_else(|| ($english).to_owned(), str::to_owned)
    };
    ($key:literal, $english:literal, $($name:ident = $value:expr),+ $(,)?) => {
        match $crate::base::texts::translated($key) {
            None => format!($english, $($name = $value),+),
            Some(text) => {
                let values: &[(&str, &dyn std::fmt::Display)] = &[$((stringify!($name), &$value)),+];
                $crate::base::texts::fill(text, values)
            }
        }
    };
}

/// A text about so many: one, or another number of them. `{n}` is the number; the keys end in `.one` and `.other`.
macro_rules! t_n {
    ($key:literal, $n:expr, $one:literal, $other:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        let n = $n;
        let (key, english) = if n == 1 {
            (concat!($key, ".one"), $one)
        } else {
            (concat!($key, ".other"), $other)
        };
        let text = $crate::base::texts::translated(key).unwrap_or(english);
        let values: &[(&str, &dyn std::fmt::Display)] = &[("n", &n), $((stringify!($name), &$value)),*];
        $crate::base::texts::fill(text, values)
    }};
}

pub(crate) use {t, t_n};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_take_the_values_of_their_names() {
        let minutes = 3;
        let values: &[(&str, &dyn Display)] = &[("n", &minutes), ("who", &"Ana")];
        assert_eq!(fill("{who}: {n} of {n}", values), "Ana: 3 of 3");
        assert_eq!(fill("{other} {n", values), "{other} {n");
        assert_eq!(fill("", values), "");
        // What a value holds is no place.
        assert_eq!(fill("{who}", &[("who", &"{n}"), ("n", &1)]), "{n}");
    }

    #[test]
    fn english_stands_where_it_is_printed() {
        assert_eq!(t!("test.saved", "Saved."), "Saved.");
        assert_eq!(
            t!("test.took", "{who} took {n} minutes", who = "Ana", n = 3),
            "Ana took 3 minutes"
        );
        assert_eq!(t_n!("test.steps", 1, "{n} step", "{n} steps"), "1 step");
        assert_eq!(t_n!("test.steps", 2_usize, "{n} step", "{n} steps"), "2 steps");
    }
}
