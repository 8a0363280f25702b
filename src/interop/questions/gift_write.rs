//! Our questions as GIFT.

use std::fmt::Write as _;

use super::bank::ForeignQuestion;

/// A GIFT file of categories and their questions. Hints have no place in it.
pub fn write_gift(categories: &[(String, Vec<ForeignQuestion>)]) -> String {
    let mut out = String::new();
    for (category, questions) in categories {
        if !out.is_empty() {
            out.push('\n');
        }
        let _ = writeln!(out, "$CATEGORY: {}", category.replace(['\n', '\r'], " "));
        for question in questions {
            out.push('\n');
            add(question, &mut out);
        }
    }
    out
}

fn add(question: &ForeignQuestion, out: &mut String) {
    let _ = writeln!(out, "// [id:{}]", question.id);
    let text = escaped(&question.text);
    let _ = writeln!(out, "::{}::[plain]{text}{{", escaped(&question.title));
    let right = question.options.iter().filter(|option| option.right).count();
    for option in &question.options {
        let mark = match (option.right, right) {
            (true, 1) => "=".to_owned(),
            (true, several) => format!("~%{}%", share(several)),
            (false, 0 | 1) => "~".to_owned(),
            (false, _) => "~%-100%".to_owned(),
        };
        let _ = write!(out, "  {mark}{}", guarded(&option.text));
        if let Some(why) = &option.why {
            let _ = write!(out, "#{}", guarded(why));
        }
        out.push('\n');
    }
    out.push_str("}\n");
}

/// A share of the full mark in percent, as Moodle lists it.
pub(super) fn share(of: usize) -> &'static str {
    match of {
        0 | 1 => "100",
        2 => "50",
        3 => "33.33333",
        4 => "25",
        5 => "20",
        _ => "16.66667",
    }
}

/// A text whose beginning could be read as a form or a weight says its form.
fn guarded(text: &str) -> String {
    let form = if text.starts_with(['[', '%']) {
        "[plain]"
    } else {
        ""
    };
    format!("{form}{}", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => {}
            '~' | '=' | '#' | '{' | '}' | ':' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::curriculum::QuizOption;

    #[test]
    fn what_the_format_means_by_a_character_is_escaped() {
        let question = ForeignQuestion {
            id: "x".into(),
            title: "a::b".into(),
            text: "One {x}\n\n~two".into(),
            hint: None,
            options: vec![
                QuizOption {
                    text: "%50% = #1".into(),
                    right: true,
                    why: Some("[html] \\".into()),
                },
                QuizOption {
                    text: "no".into(),
                    right: false,
                    why: None,
                },
            ],
        };
        assert_eq!(
            write_gift(&[("a/b".into(), vec![question])]),
            "$CATEGORY: a/b\n\n// [id:x]\n::a\\:\\:b::[plain]One \\{x\\}\\n\\n\\~two{\n\
             \x20 =[plain]%50% \\= \\#1#[plain][html] \\\\\n  ~no\n}\n"
        );
    }
}
