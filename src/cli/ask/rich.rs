//! Menus and a line to type. Only reached when both stdin and stderr are a terminal: keys are read from the controlling
//! terminal whatever stdin is.

use std::io;

use console::Term;

use super::editor::Editor;
use super::input;
use super::line::{Understood, understand};
use super::menu::{Item, Menu, Picked};
use super::typing::{type_line, wait_for_enter};
use super::words::{self, Form};
use crate::base::text::{fold, to_terminal, wrap};
use crate::base::texts::t;
use crate::journal::Confidence;
use crate::session::{Answer, Ask, AskError, Choice, Kind, Question, Reply};

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

    /// Columns for prose: a window that was made narrower counts at once.
    fn columns(&self) -> usize {
        self.width.min(self.term.size().1.into()).max(20)
    }

    fn wrapped(&self, text: &str, indent: &str) -> io::Result<()> {
        for line in wrap(text, self.columns().saturating_sub(indent.len()).max(20)) {
            self.term.write_line(&format!("{indent}{}", to_terminal(&line)))?;
        }
        Ok(())
    }

    /// What stands above an answer: the question, and what is to know for answering it.
    fn above(&self, question: &Question) -> io::Result<()> {
        self.wrapped(&question.text, "")?;
        let beside = words::beside(question, Form::Menus);
        if !beside.is_empty() {
            self.wrapped(&beside, "")?;
        }
        if let Kind::Many(_) = question.kind {
            self.wrapped(&t!("ask.many.menu", "(space marks, Enter ends, Esc stops)"), "")?;
        }
        Ok(())
    }

    fn menu(&self, question: &Question, choices: &[Choice]) -> Result<Reply, AskError> {
        let are_marked = matches!(question.kind, Kind::Many(_));
        let (extras, texts) = extras(question);
        let choice = |(at, choice): (usize, &Choice)| Item {
            head: format!("{}  ", at + 1),
            text: choice.text.clone(),
            mark: are_marked.then_some(false),
        };
        let extra = |text: String| Item {
            head: "   ".to_owned(),
            text,
            mark: None,
        };
        let mut menu = Menu {
            items: choices
                .iter()
                .enumerate()
                .map(choice)
                .chain(texts.into_iter().map(extra))
                .collect(),
            at: 0,
            // How sure one is takes one key.
            at_once: matches!(question.kind, Kind::Sure),
        };
        loop {
            match menu.ask(&self.term, &|| self.above(question))? {
                Picked::Stop => return Ok(Reply::Stop),
                Picked::Marked => {
                    let marked = menu.marked();
                    if !marked.is_empty() {
                        for at in &marked {
                            self.wrapped(&format!("> {}", choices[*at].text), "")?;
                        }
                        return Ok(Reply::Answer(Answer::Many(marked)));
                    }
                    self.wrapped(&t!("ask.many.none", "Mark at least one."), "")?;
                }
                Picked::Item(at) if at < choices.len() => {
                    self.wrapped(&format!("> {}", choices[at].text), "")?;
                    return Ok(Reply::Answer(Answer::One(at)));
                }
                Picked::Item(at) => match extras[at - choices.len()] {
                    Extra::Hint => self.wrapped(&words::hint(question), "  ")?,
                    Extra::Key(key) => return Ok(Reply::Key(key)),
                    Extra::Skip => return Ok(Reply::Skip),
                },
            }
        }
    }

    fn typed(&self, question: &Question) -> Result<Reply, AskError> {
        loop {
            let Some(line) = type_line(&self.term, &|| self.above(question))? else {
                return Ok(Reply::Stop);
            };
            let line = line.trim();
            self.wrapped(&format!("> {line}"), "")?;
            match understand(question, line) {
                Understood::Reply(reply) => return Ok(reply),
                Understood::Hint => self.wrapped(&words::hint(question), "  ")?,
                Understood::No(why) => self.wrapped(&why, "")?,
            }
        }
    }
}

impl Ask for RichAsk {
    fn ask(&mut self, question: &Question) -> Result<Reply, AskError> {
        // Ctrl-C may have come while nothing was asked.
        if input::was_stopped() {
            return Ok(Reply::Stop);
        }
        self.above(question)?;
        match &question.kind {
            Kind::One(choices) | Kind::Many(choices) => self.menu(question, choices),
            Kind::Sure => {
                let sure = Confidence::ALL.map(|c| Choice::new(c.word(), c.shown()));
                Ok(match self.menu(question, &sure)? {
                    Reply::Answer(Answer::One(at)) => Reply::Answer(Answer::Sure(Confidence::ALL[at.min(2)])),
                    other => other,
                })
            }
            Kind::Enter => Ok(if wait_for_enter(&self.term, &|| self.above(question))? {
                Reply::Skip
            } else {
                Reply::Stop
            }),
            Kind::Line(_) | Kind::Number | Kind::Whole(..) | Kind::Date | Kind::When => self.typed(question),
        }
    }

    fn say(&mut self, line: &str) -> Result<(), AskError> {
        for row in fold(&to_terminal(line), self.columns()) {
            self.term.write_line(&row)?;
        }
        Ok(())
    }

    fn write(&mut self, before: &str) -> Result<Option<String>, AskError> {
        let Some(editor) = &self.editor else {
            self.wrapped(&words::no_editor(), "")?;
            return Ok(None);
        };
        Ok(editor.write(before)?)
    }

    fn width(&self) -> usize {
        self.columns()
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
        .map(|(extra, text)| (extra, format!("({text})")))
        .unzip()
}
