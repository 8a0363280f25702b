//! Our questions as Moodle XML.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::bank::ForeignQuestion;
use super::gift_write::share;
use crate::model::curriculum::QuizOption;

/// A Moodle XML file of categories and their questions. All texts are marked as plain.
pub fn write_moodle_xml(categories: &[(String, Vec<ForeignQuestion>)]) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n".to_owned();
    for (category, questions) in categories {
        let _ = writeln!(
            out,
            "<question type=\"category\">\n  <category><text>$course$/top/{}</text></category>\n</question>",
            escape(category)
        );
        for question in questions {
            add(question, &mut out);
        }
    }
    out.push_str("</quiz>\n");
    out
}

fn add(question: &ForeignQuestion, out: &mut String) {
    let right = question.options.iter().filter(|option| option.right).count();
    let _ = write!(
        out,
        "<question type=\"multichoice\">\n  <name><text>{}</text></name>\n  \
         <questiontext format=\"plain_text\"><text>{}</text></questiontext>\n  \
         <idnumber>{}</idnumber>\n  <single>{}</single>\n  <shuffleanswers>true</shuffleanswers>\n",
        escape(&*question.title),
        escape(&*question.text),
        escape(&*question.id),
        right == 1
    );
    for option in &question.options {
        add_option(option, right, out);
    }
    if let Some(hint) = &question.hint {
        let _ = writeln!(
            out,
            "  <hint format=\"plain_text\"><text>{}</text></hint>",
            escape(&**hint)
        );
    }
    out.push_str("</question>\n");
}

fn add_option(option: &QuizOption, right: usize, out: &mut String) {
    let fraction = match (option.right, right) {
        (true, several) => share(several),
        (false, 0 | 1) => "0",
        (false, _) => "-100",
    };
    let _ = write!(
        out,
        "  <answer fraction=\"{fraction}\" format=\"plain_text\"><text>{}</text>",
        escape(&*option.text)
    );
    if let Some(why) = &option.why {
        let _ = write!(
            out,
            "<feedback format=\"plain_text\"><text>{}</text></feedback>",
            escape(&**why)
        );
    }
    out.push_str("</answer>\n");
}
