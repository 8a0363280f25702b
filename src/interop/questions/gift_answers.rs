//! What stands between the braces of a GIFT question: which kind it is, and its options.

use std::collections::BTreeSet;

use super::bank::Fate;
use super::gift_glyphs::{Glyph, find, text_of, trimmed, words_of};
use super::markup::{Markup, plain};
use super::settle::{Losses, Raw, RawOption, Words, check_options, fate, settle, start_of};

/// A question with its answers still unread.
#[derive(Debug)]
pub(super) struct Asked<'g> {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) text: Words,
    pub(super) general: Option<Words>,
    pub(super) answers: &'g [Glyph],
}

/// What becomes of it.
pub(super) fn fate_of(asked: Asked<'_>, losses: Losses) -> Fate {
    let answers = asked.answers;
    if answers.is_empty() {
        return Fate::Refused(OPEN.to_owned());
    }
    if answers[0].is('#') {
        return Fate::Refused(numbers(&answers[1..]));
    }
    if find(answers, '~').is_some() {
        return choice(asked, losses);
    }
    if find(answers, '=').is_some() && arrow(answers).is_some() {
        return pairs(&asked, losses);
    }
    match true_or_false(answers) {
        Some(parts) => yes_or_no(asked, &parts, losses),
        None => Fate::Refused(words_to_type(answers)),
    }
}

/// Why an open question is refused.
pub(super) const OPEN: &str = "an answer in one's own words is asked for; a reflect step asks so";

/// Why a question whose answer is typed is refused.
pub(super) fn typed(what: &str, answers: &str) -> String {
    format!("{what} is to be typed ({answers}); here options are chosen: add wrong ones")
}

/// Two options of a statement; the labels are English.
pub(super) fn statement(is_true: bool, why_true: Option<Words>, why_false: Option<Words>) -> Vec<RawOption> {
    let option = |text: &str, right, why| RawOption {
        text: Words::plain(text),
        right,
        why,
    };
    vec![
        option("True", is_true, why_true),
        option("False", !is_true, why_false),
    ]
}

/// Pairs of one question that become questions; whoever has more has a table, and no question.
const MOST_PAIRS: usize = 50;

/// Questions of one choice each, in place of pairs to be matched. A pair without a question is an answer that fits none.
pub(super) fn matched(
    id: Option<&str>,
    title: Option<&str>,
    text: &Words,
    pairs: &[(Words, Words)],
    mut losses: Losses,
) -> Fate {
    let asked: Vec<&(Words, Words)> = pairs
        .iter()
        .filter(|(of, _)| !of.text.trim().is_empty())
        .collect();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let answers = pairs.iter().map(|(_, answer)| answer);
    let answers: Vec<&Words> = answers
        .filter(|answer| known.insert(answer.text.trim()))
        .collect();
    if asked.len() > MOST_PAIRS {
        return Fate::Refused(format!(
            "{} pairs are to be matched; at most {MOST_PAIRS} become questions",
            asked.len()
        ));
    }
    if answers.len() < 2 || answers.len() > 6 || asked.is_empty() {
        return Fate::Refused(format!(
            "pairs are to be matched, with {} different answers; 2 to 6 can become options",
            answers.len()
        ));
    }
    if id.is_some() {
        losses.add("its id is not kept: it became several questions");
    }
    let count = asked.len();
    if count > 1 {
        losses.add(format!(
            "{count} pairs to be matched became {count} questions of one choice"
        ));
    } else {
        losses.add("a pair to be matched became a question of one choice");
    }
    let mut questions = Vec::with_capacity(count);
    let text = plain(&text.text, text.markup, &mut losses);
    for (of, right) in asked {
        let of = plain(&of.text, of.markup, &mut losses);
        match settle(one_of(title, &text, &of, right, &answers), &mut losses) {
            Ok(question) => questions.push(question),
            Err(why) => return Fate::Refused(format!("pairs are to be matched, and in one of them {why}")),
        }
    }
    questions.dedup_by(|one, other| one.id == other.id);
    Fate::Taken {
        questions,
        losses: losses.into_list(),
    }
}

fn one_of(title: Option<&str>, text: &str, of: &str, right: &Words, answers: &[&Words]) -> Raw {
    let mut raw = Raw::new(Words::plain(format!("{text}\n\n{of}")));
    raw.title = title.map(|title| format!("{}: {}", start_of(title), start_of(of)));
    raw.options = answers
        .iter()
        .map(|answer| RawOption {
            text: (*answer).clone(),
            right: answer.text.trim() == right.text.trim(),
            why: None,
        })
        .collect();
    raw
}

/// What a weight in percent does to a question of several options.
#[derive(Debug, Default)]
pub(super) struct Weights {
    /// Of right options, in thousandths of a percent.
    pub(super) right: Vec<i64>,
    /// Of wrong options.
    pub(super) wrong: Vec<i64>,
}

/// A full mark, in thousandths of a percent.
pub(super) const FULL: i64 = 100_000;

impl Weights {
    /// Says what is lost of the marks where several options have to be chosen. Nothing is, where the right ones share the
    /// mark and a wrong one takes all of it: that is what our format means.
    pub(super) fn tell(&self, losses: &mut Losses) {
        let count = i64::try_from(self.right.len()).unwrap_or(i64::MAX);
        let share = FULL / count.max(1);
        let is_even = self.right.iter().all(|weight| (weight - share).abs() <= 20);
        let is_strict = self.wrong.iter().all(|weight| *weight == -FULL);
        if !is_even || !is_strict {
            losses.add("marks in percent were left out: all right options have to be chosen");
        }
    }
}

fn choice(asked: Asked<'_>, mut losses: Losses) -> Fate {
    let form = asked.text.markup;
    let is_single = find(asked.answers, '=').is_some();
    let Some(marked) = marked(asked.answers) else {
        return Fate::Refused("text stands between the { and the first = or ~".to_owned());
    };
    // Before they are read: there may be millions.
    if let Err(why) = check_options(marked.len()) {
        return Fate::Refused(why);
    }
    let mut raw = Raw::new(asked.text);
    (raw.id, raw.title, raw.general) = (asked.id, asked.title, asked.general);
    let mut weights = Weights::default();
    for (is_equal, answer) in marked {
        let (weight, answer) = weight_of(trimmed(answer));
        let (text, why) = with_feedback(answer, form);
        let right = if is_single {
            is_equal
        } else {
            weight.unwrap_or(0) > 0
        };
        match (is_single, is_equal, weight) {
            (true, false, Some(weight)) if weight != 0 => {
                losses.add(format!("{} % for a wrong option were left out", percent(weight)));
            }
            (true, true, Some(weight)) if weight != FULL => {
                losses.add(format!(
                    "an option with = counts as right, whatever its {} %",
                    percent(weight)
                ));
            }
            (false, _, weight) if right => weights.right.push(weight.unwrap_or(0)),
            (false, _, weight) => weights.wrong.push(weight.unwrap_or(0)),
            _ => {}
        }
        raw.options.push(RawOption { text, right, why });
    }
    if is_single {
        several_right(&raw.options, &mut losses);
    } else {
        weights.tell(&mut losses);
    }
    fate(raw, losses)
}

/// Where any one of several right options was enough.
pub(super) fn several_right(options: &[RawOption], losses: &mut Losses) {
    let right = options.iter().filter(|option| option.right).count();
    if right > 1 {
        losses.add(format!(
            "one of its {right} right options was enough; here all have to be chosen"
        ));
    }
}

fn pairs(asked: &Asked<'_>, mut losses: Losses) -> Fate {
    let form = asked.text.markup;
    let Some(marked) = marked(asked.answers) else {
        return Fate::Refused("text stands between the { and the first =".to_owned());
    };
    let mut pairs = Vec::new();
    for (_, pair) in marked {
        let Some(at) = arrow(pair) else {
            let pair = start_of(&text_of(pair));
            return Fate::Refused(format!("pairs are to be matched, and one has no -> ({pair})"));
        };
        let answer = words_of(&pair[at + 2..], Markup::Plain);
        pairs.push((words_of(&pair[..at], form), answer));
    }
    if asked.general.is_some() {
        losses.add("its general feedback was left out");
    }
    matched(
        asked.id.as_deref(),
        asked.title.as_deref(),
        &asked.text,
        &pairs,
        losses,
    )
}

/// The parts of `TRUE # wrong # right`.
struct Statement<'g> {
    is_true: bool,
    wrong: Option<&'g [Glyph]>,
    right: Option<&'g [Glyph]>,
}

fn true_or_false(answers: &[Glyph]) -> Option<Statement<'_>> {
    let mut parts = answers.splitn(3, |glyph| glyph.is('#'));
    let word = text_of(trimmed(parts.next()?)).to_ascii_uppercase();
    let is_true = match word.as_str() {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        _ => return None,
    };
    Some(Statement {
        is_true,
        wrong: parts.next(),
        right: parts.next(),
    })
}

fn yes_or_no(asked: Asked<'_>, parts: &Statement<'_>, losses: Losses) -> Fate {
    let form = asked.text.markup;
    let words = |part: Option<&[Glyph]>| part.map(|part| words_of(part, form));
    let (right, wrong) = (words(parts.right), words(parts.wrong));
    let mut raw = Raw::new(asked.text);
    (raw.id, raw.title, raw.general) = (asked.id, asked.title, asked.general);
    raw.options = if parts.is_true {
        statement(true, right, wrong)
    } else {
        statement(false, wrong, right)
    };
    fate(raw, losses)
}

/// Why a question whose answer is a number is refused, with the numbers.
fn numbers(answers: &[Glyph]) -> String {
    let mut told = Vec::new();
    let answers = answers.split(|glyph| glyph.is('~')).next().unwrap_or_default();
    for answer in answers.split(|glyph| glyph.is('=')) {
        let (_, answer) = weight_of(trimmed(answer));
        let (text, _) = with_feedback(answer, Markup::Plain);
        let text = text.text.trim();
        if !text.is_empty() {
            match number(text) {
                Some(number) => told.push(number),
                None => return format!("a number is to be typed, and {} is none", start_of(text)),
            }
        }
    }
    if told.is_empty() {
        return "a number is to be typed, and none is given".to_owned();
    }
    typed("a number", &told.join(" or "))
}

/// `1..5`, `3:2` or `3` in words.
fn number(text: &str) -> Option<String> {
    let is_number = |text: &str| text.trim().parse::<f64>().is_ok_and(f64::is_finite);
    if let Some((least, most)) = text.split_once("..") {
        return (is_number(least) && is_number(most)).then(|| format!("{} to {}", least.trim(), most.trim()));
    }
    if let Some((number, tolerance)) = text.split_once(':') {
        let fits = is_number(number) && is_number(tolerance);
        return fits.then(|| format!("{}, give or take {}", number.trim(), tolerance.trim()));
    }
    is_number(text).then(|| text.to_owned())
}

fn words_to_type(answers: &[Glyph]) -> String {
    let marked = marked(answers).unwrap_or_else(|| vec![(true, answers)]);
    let words: Vec<String> = marked
        .iter()
        .map(|(_, answer)| weight_of(trimmed(answer)).1)
        .map(|answer| start_of(&with_feedback(answer, Markup::Plain).0.text))
        .take(6)
        .collect();
    typed("a word", &words.join(" or "))
}

/// Answers behind their `=` or `~`, with whether it was `=`; `None` = something stands before the first.
fn marked(answers: &[Glyph]) -> Option<Vec<(bool, &[Glyph])>> {
    let is_mark = |glyph: &Glyph| glyph.is('=') || glyph.is('~');
    let marks: Vec<usize> = (0..answers.len()).filter(|at| is_mark(&answers[*at])).collect();
    let first = marks.first().copied()?;
    if !trimmed(&answers[..first]).is_empty() {
        return None;
    }
    let ends = marks.iter().skip(1).copied().chain([answers.len()]);
    let parts = marks.iter().zip(ends);
    Some(
        parts
            .map(|(start, end)| (answers[*start].is('='), &answers[start + 1..end]))
            .collect(),
    )
}

/// An answer and its feedback.
fn with_feedback(answer: &[Glyph], form: Markup) -> (Words, Option<Words>) {
    match find(answer, '#') {
        Some(at) => (
            words_of(&answer[..at], form),
            Some(words_of(&answer[at + 1..], form)),
        ),
        None => (words_of(answer, form), None),
    }
}

/// A weight in front, as `%50%` or `%-33.33333%`, in thousandths of a percent; what is none is text.
fn weight_of(answer: &[Glyph]) -> (Option<i64>, &[Glyph]) {
    let Some((_, rest)) = answer.split_first().filter(|(first, _)| first.is('%')) else {
        return (None, answer);
    };
    let Some(end) = rest.iter().take(16).position(|glyph| glyph.is('%')) else {
        return (None, answer);
    };
    match thousandths(&text_of(&rest[..end])) {
        Some(weight) => (Some(weight), trimmed(&rest[end + 1..])),
        None => (None, answer),
    }
}

/// A decimal number as thousandths; more digits than three are cut off.
pub(super) fn thousandths(text: &str) -> Option<i64> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || !is_number(whole) || !is_number(part) {
        return None;
    }
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    let whole: i64 = whole.parse().ok()?;
    Some(sign * (whole * 1_000 + part.parse::<i64>().ok()?))
}

fn percent(weight: i64) -> String {
    if weight % 1_000 == 0 {
        return (weight / 1_000).to_string();
    }
    let sign = if weight < 0 { "-" } else { "" };
    let text = format!("{sign}{}.{:03}", weight.abs() / 1_000, weight.abs() % 1_000);
    text.trim_end_matches('0').to_owned()
}

/// Where `->` stands.
fn arrow(glyphs: &[Glyph]) -> Option<usize> {
    glyphs
        .windows(2)
        .position(|pair| pair[0].is('-') && pair[1].is('>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_as_they_are_written() {
        assert_eq!(thousandths("33.33333"), Some(33_333));
        assert_eq!(thousandths("-50"), Some(-50_000));
        assert_eq!(thousandths("16,6667"), Some(16_666));
        assert_eq!(thousandths(".5"), None);
        assert_eq!(thousandths("half"), None);
        assert_eq!(percent(-33_333), "-33.333");
        assert_eq!(percent(12_500), "12.5");
    }

    #[test]
    fn numbers_and_ranges_are_told() {
        assert_eq!(number("1..5").as_deref(), Some("1 to 5"));
        assert_eq!(number("3:2").as_deref(), Some("3, give or take 2"));
        assert_eq!(number("-1e3").as_deref(), Some("-1e3"));
        assert_eq!(number("three"), None);
    }
}
