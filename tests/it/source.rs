//! The source files as the tests of the house read them: without comments, texts and test modules, line by line as
//! they stand.

use std::fs;
use std::path::Path;

/// One file below a folder of the repository.
pub(crate) struct Source {
    /// Its path from the root of the repository, with `/`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository; line ends as the repository keeps them.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path))
        .unwrap_or_else(|e| panic!("{path}: {e}"))
        .replace("\r\n", "\n")
}

/// Every file of this ending below a folder, sorted by path.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                open.push(path);
            } else if path.ends_with(ending) {
                found.push(Source {
                    text: read(&path),
                    path,
                });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The code alone: comments, the insides of texts and characters are blanks; line breaks stay.
pub(crate) fn code(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<char> = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => line_end(&chars, at),
            '/' if chars.get(at + 1) == Some(&'*') => comment_end(&chars, at),
            '"' => text_end(&chars, at),
            'r' if !follows_word(&chars, at) => raw_end(&chars, at).unwrap_or(at),
            '\'' => character_end(&chars, at).unwrap_or(at),
            _ => at,
        };
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out.into_iter().collect()
}

fn line_end(chars: &[char], at: usize) -> usize {
    (at..chars.len())
        .find(|i| chars[*i] == '\n')
        .unwrap_or(chars.len())
}

fn comment_end(chars: &[char], at: usize) -> usize {
    let (mut i, mut depth) = (at, 0);
    while i < chars.len() {
        match (chars[i], chars.get(i + 1)) {
            ('/', Some('*')) => (depth, i) = (depth + 1, i + 2),
            ('*', Some('/')) => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            return i;
        }
    }
    chars.len()
}

fn text_end(chars: &[char], at: usize) -> usize {
    let mut i = at + 1;
    while i < chars.len() && chars[i] != '"' {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    (i + 1).min(chars.len())
}

/// `r"…"` and `r"…"`; a raw name as `r#type` is none.
fn raw_end(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    (chars.get(at + 1 + hashes) == Some(&'"')).then_some(())?;
    let mut i = at + 2 + hashes;
    while i < chars.len() {
        if chars[i] == '"' && chars[i + 1..].iter().take_while(|c| **c == '#').count() >= hashes {
            return Some(i + 1 + hashes);
        }
        i += 1;
    }
    Some(chars.len())
}

/// `'x'`, `'\n'`, `'\u{1b}'`; a lifetime is none.
fn character_end(chars: &[char], at: usize) -> Option<usize> {
    if chars.get(at + 1) == Some(&'\\') {
        let end = (at + 3..chars.len()).find(|i| chars[*i] == '\'')?;
        return Some(end + 1);
    }
    (chars.get(at + 2) == Some(&'\'')).then_some(at + 3)
}

fn follows_word(chars: &[char], at: usize) -> bool {
    at > 0 && is_word(chars[at - 1])
}

/// Whether a character may stand in a name.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Code without what only tests compile: each item behind `#[cfg(test)]` becomes blanks.
pub(crate) fn shipped(code: &str) -> String {
    let mut chars: Vec<char> = code.chars().collect();
    let mark: Vec<char> = "#[cfg(test)]".chars().collect();
    let mut at = 0;
    while at + mark.len() <= chars.len() {
        if chars[at..at + mark.len()] != mark[..] {
            at += 1;
            continue;
        }
        let mut depth = 0;
        let mut end = at + mark.len();
        while end < chars.len() {
            match chars[end] {
                '{' => depth += 1,
                '}' if depth == 1 => break,
                '}' => depth -= 1,
                ';' if depth == 0 => break,
                _ => {}
            }
            end += 1;
        }
        for c in &mut chars[at..(end + 1).min(code.chars().count())] {
            if *c != '\n' {
                *c = ' ';
            }
        }
        at = end;
    }
    chars.into_iter().collect()
}

/// The rows of the first table behind a heading of a Markdown text; the row of headings is left out.
pub(crate) fn table(markdown: &str, heading: &str) -> Vec<Vec<String>> {
    let (_, below) = markdown
        .split_once(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("no heading \"{heading}\""));
    below
        .lines()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| {
            line.trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().replace('`', ""))
                .collect()
        })
        .collect()
}

/// The words of a cell with commas; "nothing of ours" is an empty list.
pub(crate) fn words(cell: &str) -> Vec<&str> {
    cell.split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty() && *word != "-")
        .collect()
}

#[test]
fn comments_and_texts_are_not_code() {
    let text = "a // crate::b\n\"crate::c\" r#\"crate::d\"# '\"' /* crate::e /* x */ */ crate::f<'a>";
    let code = code(text);
    assert!(code.contains("crate::f<'a>"), "{code}");
    for gone in ["::b", "::c", "::d", "::e"] {
        assert!(!code.contains(gone), "{gone} in {code}");
    }
    assert_eq!(code.lines().count(), 2);
}

#[test]
fn what_only_tests_compile_is_left_out() {
    let code = shipped("a;\n#[cfg(test)]\nmod samples;\nb;\n#[cfg(test)]\nmod tests { fn x() { y } }\nc;\n");
    assert_eq!(code.split_whitespace().collect::<Vec<_>>(), ["a;", "b;", "c;"]);
}
