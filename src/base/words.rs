//! Plurals, lists and near names: each spelt once.

use super::texts::t;

/// `1 question`, `2 questions`.
pub fn plural(n: usize, one: &str) -> String {
    if n == 1 {
        format!("{n} {one}")
    } else {
        format!("{n} {}", plural_word(one))
    }
}

/// `questions`, `people`, `capabilities`.
pub fn plural_word(one: &str) -> String {
    match one {
        "person" => "people".to_owned(),
        "capability" => "capabilities".to_owned(),
        "curriculum" => "curricula".to_owned(),
        "entry" => "entries".to_owned(),
        _ => format!("{one}s"),
    }
}

/// So many of a list are shown where it is cut.
const SHOWN: usize = 5;

/// The first five of many names, and how many more there are.
pub fn few<T: AsRef<str>>(items: &[T]) -> String {
    let mut words: Vec<String> = items
        .iter()
        .take(SHOWN)
        .map(|item| item.as_ref().to_owned())
        .collect();
    if items.len() > SHOWN {
        words.push(t!("words.more", "{n} more", n = items.len() - SHOWN));
    }
    words.join(", ")
}

/// `a`, `a and b`, `a, b and c`.
pub fn and_list<T: AsRef<str>>(items: &[T]) -> String {
    list(items, &t!("list.and", "and"))
}

/// The same of at most five; of more, the first five and how many more there are.
pub fn and_few<T: AsRef<str>>(items: &[T]) -> String {
    if items.len() > SHOWN {
        few(items)
    } else {
        and_list(items)
    }
}

/// `a`, `a or b`, `a, b or c`.
pub fn or_list<T: AsRef<str>>(items: &[T]) -> String {
    list(items, "or")
}

fn list<T: AsRef<str>>(items: &[T], last_word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last_word} {}", first.join(", "), last.as_ref())
        }
    }
}

/// The names nearest to what was typed, best first, at most three; none if nothing is near.
pub fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    /// Below this Jaro-Winkler likeness a guess annoys more than it helps.
    const LIKENESS: f64 = 0.78;
    let typed = typed.to_lowercase();
    let mut near: Vec<(u32, &str)> = names
        .into_iter()
        .filter_map(|name| {
            let like = strsim::jaro_winkler(&typed, &name.to_lowercase());
            let by_part = name
                .split(['.', '-'])
                .map(|p| strsim::jaro_winkler(&typed, p))
                .fold(0.0, f64::max);
            let like = like.max(by_part * 0.98);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 1,000,000"
            )]
            (like >= LIKENESS).then_some((1_000_000 - (like * 1e6) as u32, name))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// The one name that was surely meant: a slip or two of the keyboard away, and no other name is as near. One slip in
/// short words, of which two make another one.
pub fn surely_meant<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// From so many characters on two slips are allowed.
    const LONG: usize = 8;
    let most = match typed.chars().count() {
        0..=2 => return None,
        3..LONG => 1,
        _ => 2,
    };
    // Names of very different length cannot be near, and comparing would take long.
    let names = names
        .into_iter()
        .filter(|name| name.len().abs_diff(typed.len()) <= 4 * most);
    let mut near: Vec<(usize, &str)> = names
        .map(|name| (strsim::osa_distance(typed, name), name))
        .filter(|(slips, _)| *slips <= most)
        .collect();
    near.sort_unstable();
    near.dedup();
    match near.as_slice() {
        [(_, only)] => Some(only),
        [(slips, nearest), (more, _), ..] if slips < more => Some(nearest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_their_plural() {
        assert_eq!(plural(1, "question"), "1 question");
        assert_eq!(plural(0, "person"), "0 people");
        assert_eq!(plural(2, "capability"), "2 capabilities");
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(and_list::<&str>(&[]), "");
        assert_eq!(and_list(&["a"]), "a");
        assert_eq!(and_list(&["a", "b"]), "a and b");
        assert_eq!(and_list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(or_list(&["a", "b", "c"]), "a, b or c");
    }

    #[test]
    fn only_one_near_name_is_sure() {
        assert_eq!(surely_meant("practise", ["practice", "quiz"]), Some("practice"));
        assert_eq!(
            surely_meant("capabilites", ["capabilities", "capability"]),
            Some("capabilities")
        );
        assert_eq!(surely_meant("Needs", ["needs"]), Some("needs"));
        assert_eq!(surely_meant("quuizz", ["quiz"]), None);
        assert_eq!(surely_meant("tasks", ["tasky", "taskz"]), None);
        assert_eq!(surely_meant("id", ["if"]), None);
        assert_eq!(surely_meant("", ["a"]), None);
    }

    #[test]
    fn a_typo_finds_its_name() {
        let people = ["ana", "bo", "chen", "dana", "eli"];
        assert_eq!(nearest("dna", people)[0], "dana");
        assert_eq!(nearest("zzz", people), Vec::<&str>::new());
        assert_eq!(nearest("practise", ["practice", "quiz"]), ["practice"]);
        assert_eq!(nearest("klm", ["answer-in-public.klm"]), ["answer-in-public.klm"]);
    }
}
