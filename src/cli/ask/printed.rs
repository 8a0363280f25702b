//! Everything that would be asked, printed: each question is drawn by the line form, which gets answers that lead on. For
//! looking at material; nobody is asked and nothing is kept.

use std::collections::{BTreeMap, BTreeSet};

use super::line::LineAsk;
use super::words;
use crate::base::texts::t;
use crate::session::{Ask, AskError, Choice, Kind, Question, Reply};

/// What is known of a question whose answers are shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Solution {
    /// Codes of the choices that are right.
    pub(crate) right: Vec<String>,
    /// What is said of the others, a line each.
    pub(crate) others: Vec<String>,
}

/// Keeps what is shown as lines.
pub(crate) struct Printed {
    width: usize,
    out: Vec<u8>,
    solutions: BTreeMap<String, Solution>,
    pressed: BTreeSet<(String, char)>,
    drafts: BTreeSet<String>,
}

impl Printed {
    /// `solutions` by the question's id; without one a question is passed over.
    pub(crate) fn new(width: usize, solutions: BTreeMap<String, Solution>) -> Self {
        Self {
            width,
            out: Vec::new(),
            solutions,
            pressed: BTreeSet::new(),
            drafts: BTreeSet::new(),
        }
    }

    /// What was shown.
    pub(crate) fn into_lines(self) -> Vec<String> {
        let text = String::from_utf8_lossy(&self.out).into_owned();
        text.lines().map(|line| line.trim_end().to_owned()).collect()
    }

    /// What somebody would type who wants to see all of it.
    fn typed(&mut self, question: &Question) -> String {
        let id = &question.id;
        for (key, _) in &question.keys {
            // The editor is the reader's own.
            if *key != 'e' && self.pressed.insert((id.clone(), *key)) {
                return key.to_string();
            }
        }
        match &question.kind {
            Kind::One(choices) | Kind::Many(choices) => self.choice(id, choices, question.can_skip),
            Kind::Line(_) if id.rsplit('.').next() == Some("done") => t!("preview.done", "(your line)"),
            _ if question.can_skip => String::new(),
            _ => "q".to_owned(),
        }
    }

    fn choice(&mut self, id: &str, choices: &[Choice], can_skip: bool) -> String {
        let place = |code: &str| choices.iter().position(|c| c.code == code).map(|at| at + 1);
        if let Some(solution) = self.solutions.get(id) {
            let right: Vec<String> = solution
                .right
                .iter()
                .filter_map(|code| place(code))
                .map(|n| n.to_string())
                .collect();
            return right.join(" ");
        }
        match place("draft") {
            _ if can_skip => String::new(),
            Some(draft) if self.drafts.insert(id.to_owned()) => draft.to_string(),
            _ => "1".to_owned(),
        }
    }
}

impl Ask for Printed {
    fn ask(&mut self, question: &Question) -> Result<Reply, AskError> {
        let line = format!("{}\n", self.typed(question));
        let reply = LineAsk::new(line.as_bytes(), &mut self.out, self.width, None).ask(question)?;
        if self.out.ends_with(b"> ") {
            self.out.truncate(self.out.len() - 2);
        }
        if question.hint.is_some() {
            self.say(&words::hint(question))?;
        }
        let others = self.solutions.get(&question.id).map(|s| s.others.clone());
        for line in others.unwrap_or_default() {
            self.say(&line)?;
        }
        Ok(reply)
    }

    fn say(&mut self, line: &str) -> Result<(), AskError> {
        LineAsk::new(&b""[..], &mut self.out, self.width, None).say(line)
    }

    fn width(&self) -> usize {
        self.width
    }
}
