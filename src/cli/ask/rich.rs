//! Menus, by dialoguer. Only reached when both stdin and stderr are a terminal: dialoguer would read the controlling
//! terminal whatever stdin is. The cursor is always shown again.

use std::io;

use console::Term;
use dialoguer::theme::Theme;
use dialoguer::{Input, MultiSelect, Select};

use super::editor::Editor;
use super::line::{Understood, understand};
use super::words::{self, Form};
use crate::base::text::{cut, to_terminal, width, wrap};
use crate::base::texts::t;
use crate::journal::Confidence;
use crate::session::{Answer, Ask, AskError, Choice, Kind, Question, Reply};

/// The question stands above already: a prompt is `> `, and what was typed stays behind it.
struct Bare;

impl Theme for Bare {
    fn format_input_prompt(
        &self,
        f: &mut dyn std::fmt::Write,
        _prompt: &str,
        _default: Option<&str>,
    ) -> std::fmt::Result {
        f.write_str("> ")
    }

    fn format_input_prompt_selection(
        &self,
        f: &mut dyn std::fmt::Write,
        _prompt: &str,
        typed: &str,
    ) -> std::fmt::Result {
        write!(f, "> {typed}")
    }
}

/// Columns a menu keeps free beside an item; a longer one corrupts the redraw.
const BESIDE: usize = 4;
/// Rows a menu keeps free above it.
const ABOVE: usize = 5;

pub(crate) struct RichAsk {
    term: Term,
    width: usize,
    editor: Option<Editor>,
}

impl RichAsk {
    pub(crate) fn new(width: usize, editor: Option<Editor>) -> Self {
        Self {
            term: Term::stderr(),
            width,
            editor,
        }
    }

    fn menu_size(&self) -> (usize, usize) {
        let (rows, columns) = self.term.size();
        (
            usize::from(rows).saturating_sub(ABOVE).max(3),
            usize::from(columns).saturating_sub(BESIDE).max(10),
        )
    }

    fn wrapped(&self, text: &str, indent: &str) -> Result<(), AskError> {
        for line in wrap(text, self.width.saturating_sub(indent.len()).max(20)) {
            self.term.write_line(&format!("{indent}{}", to_terminal(&line)))?;
        }
        Ok(())
    }

    /// Options that do not fit a menu's line are shown in full above it.
    fn long_choices(&self, choices: &[Choice], columns: usize) -> Result<(), AskError> {
        for (at, choice) in choices.iter().enumerate() {
            if width(&numbered(at, &choice.text)) > columns {
                self.wrapped(&numbered(at, &choice.text), "  ")?;
            }
        }
        Ok(())
    }

    fn one(&self, question: &Question, choices: &[Choice]) -> Result<Reply, AskError> {
        let (rows, columns) = self.menu_size();
        self.long_choices(choices, columns)?;
        let (extras, texts) = extras(question);
        loop {
            let items: Vec<String> = choices
                .iter()
                .enumerate()
                .map(|(at, c)| fitted(&numbered(at, &c.text), columns))
                .chain(texts.iter().map(|t| fitted(t, columns)))
                .collect();
            let picked = self.restored(
                Select::with_theme(&Bare)
                    .items(&items)
                    .default(0)
                    .max_length(rows)
                    .report(false)
                    .interact_on_opt(&self.term),
            )?;
            match picked {
                None => return Ok(Reply::Stop),
                Some(at) if at < choices.len() => {
                    self.wrapped(&format!("> {}", choices[at].text), "")?;
                    return Ok(Reply::Answer(Answer::One(at)));
                }
                Some(at) => match extras[at - choices.len()] {
                    Extra::Hint => self.wrapped(&words::hint(question), "  ")?,
                    Extra::Key(key) => return Ok(Reply::Key(key)),
                    Extra::Skip => return Ok(Reply::Skip),
                },
            }
        }
    }

    fn many(&self, choices: &[Choice]) -> Result<Reply, AskError> {
        let (rows, columns) = self.menu_size();
        self.long_choices(choices, columns)?;
        self.wrapped(&t!("ask.many.menu", "(space marks, Enter ends, Esc stops)"), "")?;
        loop {
            let items: Vec<String> = choices
                .iter()
                .enumerate()
                .map(|(at, c)| fitted(&numbered(at, &c.text), columns))
                .collect();
            let picked = self.restored(
                MultiSelect::with_theme(&Bare)
                    .items(&items)
                    .max_length(rows)
                    .report(false)
                    .interact_on_opt(&self.term),
            )?;
            match picked {
                None => return Ok(Reply::Stop),
                Some(places) if places.is_empty() => {
                    self.wrapped(&t!("ask.many.none", "Mark at least one."), "")?;
                }
                Some(places) => return Ok(Reply::Answer(Answer::Many(places))),
            }
        }
    }

    fn typed(&self, question: &Question) -> Result<Reply, AskError> {
        loop {
            let line: String = self.restored(
                Input::with_theme(&Bare)
                    .allow_empty(true)
                    .report(true)
                    .interact_text_on(&self.term),
            )?;
            match understand(question, line.trim()) {
                Understood::Reply(reply) => return Ok(reply),
                Understood::Hint => self.wrapped(&words::hint(question), "  ")?,
                Understood::No(why) => self.wrapped(&why, "")?,
            }
        }
    }

    /// Whatever happened in a prompt, the cursor is there afterwards; Ctrl-C is a stop.
    fn restored<T>(&self, result: dialoguer::Result<T>) -> Result<T, AskError> {
        let _ = self.term.show_cursor();
        result.map_err(|dialoguer::Error::IO(error)| match error.kind() {
            io::ErrorKind::Interrupted => AskError::Stopped,
            _ => AskError::Io(error),
        })
    }
}

impl Ask for RichAsk {
    fn ask(&mut self, question: &Question) -> Result<Reply, AskError> {
        self.wrapped(&question.text, "")?;
        let beside = words::beside(question, Form::Menus);
        if !beside.is_empty() {
            self.wrapped(&beside, "")?;
        }
        match &question.kind {
            Kind::One(choices) => self.one(question, choices),
            Kind::Many(choices) => self.many(choices),
            Kind::Sure => {
                let sure = Confidence::ALL.map(|c| Choice::new(c.word(), c.shown()));
                Ok(match self.one(question, &sure)? {
                    Reply::Answer(Answer::One(at)) => Reply::Answer(Answer::Sure(Confidence::ALL[at.min(2)])),
                    other => other,
                })
            }
            Kind::Line(_) | Kind::Number | Kind::Whole(..) | Kind::Date | Kind::When => self.typed(question),
        }
    }

    fn say(&mut self, line: &str) -> Result<(), AskError> {
        Ok(self.term.write_line(&to_terminal(line))?)
    }

    fn write(&mut self, before: &str) -> Result<Option<String>, AskError> {
        let Some(editor) = &self.editor else {
            self.wrapped(&words::no_editor(), "")?;
            return Ok(None);
        };
        Ok(editor.write(before)?)
    }

    fn width(&self) -> usize {
        self.width
    }
}

#[derive(Clone, Copy)]
enum Extra {
    Hint,
    Key(char),
    Skip,
}

/// A menu has no keys of its own, so hint, more and skip are items below the choices.
fn extras(question: &Question) -> (Vec<Extra>, Vec<String>) {
    let mut extras = Vec::new();
    if question.hint.is_some() {
        extras.push((Extra::Hint, t!("ask.item.hint", "hint")));
    }
    extras.extend(
        question
            .keys
            .iter()
            .map(|(key, what)| (Extra::Key(*key), what.clone())),
    );
    if question.can_skip {
        extras.push((Extra::Skip, t!("ask.item.skip", "skip")));
    }
    extras
        .into_iter()
        .map(|(extra, text)| (extra, format!("   ({text})")))
        .unzip()
}

fn numbered(at: usize, text: &str) -> String {
    format!("{}  {text}", at + 1)
}

fn fitted(text: &str, columns: usize) -> String {
    cut(&to_terminal(text), columns).into_owned()
}
