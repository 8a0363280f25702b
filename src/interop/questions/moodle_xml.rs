//! Moodle XML: the questions that Moodle exports with everything it knows of them.

use std::collections::BTreeSet;

use super::bank::{Bank, Block, Fate, NoQuestion, QuestionFormat};
use super::gift_answers::{FULL, OPEN, Weights, matched, several_right, statement, thousandths, typed};
use super::markup::Markup;
use super::moodle_xml_tree::{Element, Found, questions};
use super::settle::{Losses, Raw, RawOption, Words, fate, start_of};

/// What a question says of how Moodle shows and marks it; the file is told of once.
const SETTINGS: [&str; 14] = [
    "defaultgrade",
    "penalty",
    "shuffleanswers",
    "answernumbering",
    "showstandardinstruction",
    "usecase",
    "shownumcorrect",
    "hidden",
    "single",
    "correctfeedback",
    "partiallycorrectfeedback",
    "incorrectfeedback",
    "length",
    "coursetagoptions",
];

/// What is read.
const READ: [&str; 8] = [
    "name",
    "questiontext",
    "generalfeedback",
    "answer",
    "subquestion",
    "hint",
    "tags",
    "idnumber",
];

/// Reads a file.
pub(super) fn read(text: &str) -> Bank {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (found, comments) = questions(text);
    let mut settings = BTreeSet::new();
    let blocks: Vec<Block> = found.iter().map(|found| block(found, &mut settings)).collect();
    let mut notes = Vec::new();
    if text.contains("<!ENTITY") {
        notes.push("entities of the file's own are not put in: where one stands, its name stands".to_owned());
    }
    if comments > 0 {
        notes.push(format!("comments that are not used: {comments}"));
    }
    if !settings.is_empty() {
        let settings: Vec<&str> = settings.into_iter().collect();
        notes.push(format!(
            "settings of Moodle that have no place here: {}",
            settings.join(", ")
        ));
    }
    Bank {
        format: QuestionFormat::MoodleXml,
        blocks,
        notes,
        table: None,
    }
}

fn block(found: &Found<'_>, settings: &mut BTreeSet<&'static str>) -> Block {
    let (name, fate) = match &found.element {
        Err(why) => (start_of(found.source), Fate::Refused(why.clone())),
        Ok(question) => (name_of(question), fate_of(question, settings)),
    };
    Block {
        line: found.line,
        name,
        fate,
        source: found.source.to_owned(),
    }
}

fn name_of(question: &Element) -> String {
    let of = |name| question.child(name).map(|element| start_of(element.words()));
    let name = of("name")
        .or_else(|| of("category"))
        .filter(|name| !name.is_empty());
    name.or_else(|| of("questiontext")).unwrap_or_default()
}

fn fate_of(question: &Element, settings: &mut BTreeSet<&'static str>) -> Fate {
    let kind = question.attribute("type").unwrap_or_default();
    if kind == "category" {
        return Fate::NoQuestion(NoQuestion::Category);
    }
    let mut losses = Losses::default();
    for child in &question.children {
        note_setting(child, settings, &mut losses);
    }
    let raw = raw(question, &mut losses);
    match kind {
        "multichoice" | "multichoiceset" => choice(question, raw, losses, kind == "multichoiceset"),
        "truefalse" => yes_or_no(question, raw, losses),
        "matching" | "match" => pairs(question, &raw, losses),
        "shortanswer" => Fate::Refused(typed("a word", &answers(question))),
        "numerical" => Fate::Refused(typed("a number", &answers(question))),
        "essay" => Fate::Refused(OPEN.to_owned()),
        "description" => Fate::Refused("it has no answers: a text for readers".to_owned()),
        "" => Fate::Refused("it does not say which type it is".to_owned()),
        other => Fate::Refused(format!(
            "questions of the type {} have no place here",
            start_of(other)
        )),
    }
}

/// Remembers a setting that says something, and tells of what is not known at all.
fn note_setting(child: &Element, settings: &mut BTreeSet<&'static str>, losses: &mut Losses) {
    if child.name == "hidden" && child.text.trim() == "1" {
        losses.add("it was hidden there, and is asked here");
    } else if let Some(setting) = SETTINGS.iter().find(|setting| **setting == child.name) {
        let says = !child.words().trim().is_empty() || child.children.iter().any(|c| c.name == "file");
        if says && *setting != "single" && *setting != "hidden" {
            settings.insert(setting);
        }
    } else if !READ.contains(&child.name.as_str()) {
        losses.add(format!("<{}> was left out", start_of(&child.name)));
    }
}

fn raw(question: &Element, losses: &mut Losses) -> Raw {
    let of = |name: &str, losses: &mut Losses| question.child(name).map(|element| words(element, losses));
    let text = of("questiontext", losses).unwrap_or_else(|| Words::plain(""));
    let mut raw = Raw::new(text);
    raw.general = of("generalfeedback", losses).filter(|general| !general.text.trim().is_empty());
    raw.title = question.child("name").map(|name| name.words().to_owned());
    let id = question.child("idnumber").map(|id| id.words().trim().to_owned());
    raw.id = id.filter(|id| !id.is_empty());
    let mut hints = question.all("hint");
    raw.hint = hints.next().map(|hint| words(hint, losses));
    let more = hints.count();
    if more > 0 {
        losses.add(format!(
            "of its hints only the first was taken, {more} were left out"
        ));
    }
    let tags = question.all("tags").flat_map(|tags| tags.all("tag"));
    let tags: Vec<String> = tags
        .map(|tag| start_of(tag.words()))
        .filter(|tag| !tag.is_empty())
        .collect();
    if !tags.is_empty() {
        losses.add(format!("its tags were left out ({})", tags.join(", ")));
    }
    raw
}

/// A text with the form that its element names.
fn words(element: &Element, losses: &mut Losses) -> Words {
    let files = element.all("file").count();
    if files > 0 {
        losses.add(format!("files that belong to it were left out: {files}"));
    }
    let markup = match element.attribute("format") {
        Some("plain_text") => Markup::Plain,
        Some("markdown") => Markup::Markdown,
        Some("moodle_auto_format") => Markup::Moodle,
        _ => Markup::Html,
    };
    Words {
        text: element.words().to_owned(),
        markup,
    }
}

fn why(answer: &Element, losses: &mut Losses) -> Option<Words> {
    answer.child("feedback").map(|feedback| words(feedback, losses))
}

/// The share of the mark, in thousandths of a percent.
fn fraction(answer: &Element) -> i64 {
    answer.attribute("fraction").and_then(thousandths).unwrap_or(0)
}

fn choice(question: &Element, mut raw: Raw, mut losses: Losses, is_set: bool) -> Fate {
    let single = question
        .child("single")
        .map(|single| single.text.trim().to_ascii_lowercase());
    let is_single = !is_set && single.is_none_or(|single| single == "true" || single == "1");
    let mut weights = Weights::default();
    for answer in question.all("answer") {
        let fraction = fraction(answer);
        let right = if is_single { fraction == FULL } else { fraction > 0 };
        if is_single && !right && fraction != 0 {
            losses.add("marks in percent for wrong options were left out");
        }
        if right {
            weights.right.push(fraction);
        } else {
            weights.wrong.push(fraction);
        }
        raw.options.push(RawOption {
            text: words(answer, &mut losses),
            right,
            why: why(answer, &mut losses),
        });
    }
    if is_single {
        several_right(&raw.options, &mut losses);
    } else if !is_set {
        weights.tell(&mut losses);
    }
    fate(raw, losses)
}

fn yes_or_no(question: &Element, mut raw: Raw, mut losses: Losses) -> Fate {
    let (mut is_true, mut why_true, mut why_false) = (None, None, None);
    for answer in question.all("answer") {
        let says_true = match answer.words().trim().to_ascii_lowercase().as_str() {
            "true" => true,
            "false" => false,
            other => {
                return Fate::Refused(format!(
                    "true or false is asked, and an answer says {}",
                    start_of(other)
                ));
            }
        };
        if fraction(answer) > 0 {
            is_true = Some(says_true);
        }
        let why = why(answer, &mut losses);
        if says_true {
            why_true = why;
        } else {
            why_false = why;
        }
    }
    let Some(is_true) = is_true else {
        return Fate::Refused("true or false is asked, and neither is right".to_owned());
    };
    raw.options = statement(is_true, why_true, why_false);
    fate(raw, losses)
}

fn pairs(question: &Element, raw: &Raw, mut losses: Losses) -> Fate {
    let mut pairs = Vec::new();
    for pair in question.all("subquestion") {
        let Some(answer) = pair.child("answer") else {
            return Fate::Refused("pairs are to be matched, and one has no answer".to_owned());
        };
        // Moodle keeps what an answer says as plain text.
        pairs.push((words(pair, &mut losses), Words::plain(answer.words())));
    }
    if raw.general.is_some() {
        losses.add("its general feedback was left out");
    }
    if raw.hint.is_some() {
        losses.add("its hint was left out");
    }
    matched(raw.id.as_deref(), raw.title.as_deref(), &raw.text, &pairs, losses)
}

fn answers(question: &Element) -> String {
    let answers = question.all("answer").take(6);
    answers
        .map(|answer| start_of(answer.words()))
        .collect::<Vec<_>>()
        .join(" or ")
}
