//! From what a file says to a question that our format can hold, or to why it cannot.

use super::bank::{Fate, ForeignQuestion};
use super::identity::{is_usable, made_id};
use super::markup::{Markup, paragraphs_of, plain};
use crate::base::text::{MAX_TEXT, MAX_TITLE};
use crate::model::curriculum::{FEWEST_OPTIONS, MOST_OPTIONS, QuizOption};

/// What of a question is lost, each once, in the order in which it was found.
#[derive(Debug, Default)]
pub(super) struct Losses(Vec<String>);

impl Losses {
    /// Adds one in words.
    pub(super) fn add(&mut self, loss: impl Into<String>) {
        /// No screen has room for more, and no question a person wrote has as many.
        const MOST: usize = 40;
        /// Characters of one: some quote an address.
        const LONGEST: usize = 240;
        let mut loss = loss.into();
        if self.0.len() == MOST {
            "and more than can be listed here".clone_into(&mut loss);
        } else if loss.chars().nth(LONGEST).is_some() {
            loss = loss.chars().take(LONGEST - 1).chain(['…']).collect();
        }
        if self.0.len() <= MOST && !self.0.contains(&loss) {
            self.0.push(loss);
        }
    }

    /// All of them.
    pub(super) fn into_list(self) -> Vec<String> {
        self.0
    }
}

/// A text with its markup.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// As it stands in the file.
    pub(super) text: String,
    /// How it is marked up.
    pub(super) markup: Markup,
}

impl Words {
    /// A text in plain words.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            markup: Markup::Plain,
        }
    }

    fn settle(&self, losses: &mut Losses) -> String {
        plain(&self.text, self.markup, losses)
    }
}

/// An option as a file has it.
#[derive(Debug)]
pub(super) struct RawOption {
    pub(super) text: Words,
    pub(super) right: bool,
    pub(super) why: Option<Words>,
}

/// A question as a file has it.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) text: Words,
    pub(super) hint: Option<Words>,
    /// What is told about the question as a whole once it was answered.
    pub(super) general: Option<Words>,
    pub(super) options: Vec<RawOption>,
}

impl Raw {
    /// A question with nothing but its text.
    pub(super) fn new(text: Words) -> Self {
        Self {
            id: None,
            title: None,
            text,
            hint: None,
            general: None,
            options: Vec::new(),
        }
    }
}

/// The fate of a question: taken as it is or with losses, or why not.
pub(super) fn fate(raw: Raw, mut losses: Losses) -> Fate {
    match settle(raw, &mut losses) {
        Ok(question) => Fate::Taken {
            questions: vec![question],
            losses: losses.into_list(),
        },
        Err(why) => Fate::Refused(why),
    }
}

/// The question, with what of it is lost; or why it cannot be taken.
pub(super) fn settle(raw: Raw, losses: &mut Losses) -> Result<ForeignQuestion, String> {
    let text = raw.text.settle(losses);
    check_text("the question", &text)?;
    check_options(raw.options.len())?;
    let mut options = Vec::with_capacity(raw.options.len());
    for (at, option) in raw.options.iter().enumerate() {
        options.push(settle_option(at, option, losses)?);
    }
    if options.iter().all(|option| !option.right) {
        return Err("no option is right".to_owned());
    }
    for (at, option) in options.iter().enumerate() {
        if let Some(other) = options[..at].iter().position(|other| other.text == option.text) {
            return Err(format!("options {} and {} say the same", other + 1, at + 1));
        }
    }
    let general = raw.general.map(|words| words.settle(losses)).unwrap_or_default();
    place_general(general, &mut options, losses);
    let hint = settle_hint(raw.hint, losses);
    let id = match raw.id {
        Some(id) if is_usable(&id) => id,
        Some(id) => {
            let id: String = paragraphs_of(&id).chars().take(60).collect();
            losses.add(format!("its id is not kept ({id}): ids have a-z, 0-9 and - only"));
            made_id(&text, &options)
        }
        None => made_id(&text, &options),
    };
    let title = raw.title.map(|title| plain(&title, Markup::Plain, losses));
    let title = match title.filter(|title| !title.is_empty()) {
        Some(title) => whole_title(&title, losses),
        None => start_of(&text),
    };
    Ok(ForeignQuestion {
        id,
        title,
        text,
        hint,
        options,
    })
}

/// Whether a question may have so many options; if not, why.
pub(super) fn check_options(count: usize) -> Result<(), String> {
    match count {
        FEWEST_OPTIONS..=MOST_OPTIONS => Ok(()),
        0 => Err("it has no options".to_owned()),
        1 => Err("it has one option only; a question needs 2 to 6".to_owned()),
        many => Err(format!("it has {many} options; a question has 2 to 6")),
    }
}

fn settle_option(at: usize, option: &RawOption, losses: &mut Losses) -> Result<QuizOption, String> {
    let text = option.text.settle(losses);
    check_text(&format!("option {}", at + 1), &text)?;
    let why = option.why.as_ref().map(|why| why.settle(losses));
    let why = why.filter(|why| !why.is_empty());
    if let Some(why) = &why {
        check_text(&format!("the why of option {}", at + 1), why)?;
    }
    Ok(QuizOption {
        text,
        right: option.right,
        why,
    })
}

fn settle_hint(hint: Option<Words>, losses: &mut Losses) -> Option<String> {
    let hint = hint
        .map(|hint| hint.settle(losses))
        .filter(|hint| !hint.is_empty())?;
    if hint.chars().count() > MAX_TEXT {
        losses.add("its hint was left out: longer than 4,000 characters");
        return None;
    }
    Some(hint)
}

fn check_text(what: &str, text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err(format!("{what} has no text"));
    }
    let length = text.chars().count();
    if length > MAX_TEXT {
        return Err(format!(
            "{what} has {length} characters; a text has at most 4,000"
        ));
    }
    Ok(())
}

/// What was told about the question as a whole says why the right option is right, where nothing else does.
fn place_general(general: String, options: &mut [QuizOption], losses: &mut Losses) {
    if general.is_empty() {
        return;
    }
    let mut right = options.iter_mut().filter(|option| option.right);
    match (right.next(), right.next()) {
        (Some(one), None) if one.why.is_none() && general.chars().count() <= MAX_TEXT => {
            losses.add("its general feedback became the why of the right option");
            one.why = Some(general);
        }
        _ => losses.add(format!(
            "its general feedback was left out ({})",
            start_of(&general)
        )),
    }
}

/// The first words of a text, for lists.
pub(super) fn start_of(text: &str) -> String {
    const MOST: usize = 60;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MOST {
        return text;
    }
    cut_at_word(&text, MOST)
}

fn whole_title(title: &str, losses: &mut Losses) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.chars().count() <= MAX_TITLE {
        return title;
    }
    losses.add(format!("its title was shortened ({title})"));
    cut_at_word(&title, MAX_TITLE)
}

/// At most so many characters, the last of them a mark that something is missing.
fn cut_at_word(text: &str, most: usize) -> String {
    let start: String = text.chars().take(most - 1).collect();
    let start = match start.rsplit_once(' ') {
        Some((whole, _)) if !whole.is_empty() => whole,
        _ => &start,
    };
    format!("{}…", start.trim_end_matches([' ', ',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(options: usize, right: usize) -> Raw {
        let mut raw = Raw::new(Words::plain("What first?"));
        raw.options = (0..options)
            .map(|at| RawOption {
                text: Words::plain(format!("option {at}")),
                right: at < right,
                why: None,
            })
            .collect();
        raw
    }

    fn why_not(raw: Raw) -> String {
        settle(raw, &mut Losses::default()).unwrap_err()
    }

    #[test]
    fn what_our_format_cannot_hold_is_refused_by_name() {
        assert_eq!(why_not(raw(0, 0)), "it has no options");
        assert_eq!(
            why_not(raw(1, 1)),
            "it has one option only; a question needs 2 to 6"
        );
        assert_eq!(why_not(raw(7, 1)), "it has 7 options; a question has 2 to 6");
        assert_eq!(why_not(raw(3, 0)), "no option is right");
        let mut long = raw(3, 1);
        long.text.text = "x".repeat(4_001);
        assert_eq!(
            why_not(long),
            "the question has 4001 characters; a text has at most 4,000"
        );
    }

    #[test]
    fn general_feedback_goes_where_a_why_is_missing() {
        let mut one = raw(3, 1);
        one.general = Some(Words::plain("Because."));
        let mut losses = Losses::default();
        let question = settle(one, &mut losses).unwrap();
        assert_eq!(question.options[0].why.as_deref(), Some("Because."));
        assert_eq!(
            losses.into_list(),
            ["its general feedback became the why of the right option"]
        );
        let mut two = raw(3, 2);
        two.general = Some(Words::plain("Because."));
        let mut losses = Losses::default();
        assert_eq!(settle(two, &mut losses).unwrap().without_why(), [1, 2, 3]);
        assert_eq!(
            losses.into_list(),
            ["its general feedback was left out (Because.)"]
        );
    }

    #[test]
    fn titles_are_kept_or_made_of_the_first_words() {
        let mut losses = Losses::default();
        let long = "word ".repeat(30);
        let mut titled = raw(2, 1);
        titled.title = Some(long.clone());
        let title = settle(titled, &mut losses).unwrap().title;
        assert!(title.ends_with("word…") && title.chars().count() <= 80, "{title}");
        assert_eq!(losses.into_list().len(), 1);
        let mut untitled = raw(2, 1);
        untitled.text = Words::plain(long);
        let title = settle(untitled, &mut Losses::default()).unwrap().title;
        assert!(title.ends_with("word…") && title.chars().count() <= 60, "{title}");
    }
}
