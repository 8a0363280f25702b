//! Numbers and Enter: for screen readers, plain terminals, and for tests.

use std::io::{self, BufRead, Write};

use super::editor::Editor;
use super::words::{self, Form};
use crate::base::points::Thousandths;
use crate::base::text::{fold, to_terminal, wrap};
use crate::base::texts::t;
use crate::base::time::{Date, When};
use crate::journal::Confidence;
use crate::session::{Answer, Ask, AskError, Choice, Kind, Question, Reply};

/// Asks on two streams.
pub(crate) struct LineAsk<R, W> {
    input: R,
    output: W,
    width: usize,
    editor: Option<Editor>,
}

impl<R: BufRead, W: Write> LineAsk<R, W> {
    pub(crate) fn new(input: R, output: W, width: usize, editor: Option<Editor>) -> Self {
        Self {
            input,
            output,
            width,
            editor,
        }
    }

    fn show(&mut self, text: &str) -> io::Result<()> {
        for row in fold(&to_terminal(text), self.width.max(20)) {
            writeln!(self.output, "{row}")?;
        }
        Ok(())
    }

    fn wrapped(&mut self, text: &str, indent: &str) -> io::Result<()> {
        for line in wrap(text, self.width.saturating_sub(indent.len()).max(20)) {
            writeln!(self.output, "{indent}{}", to_terminal(&line))?;
        }
        Ok(())
    }

    fn choices(&mut self, choices: &[Choice]) -> io::Result<()> {
        writeln!(self.output)?;
        for (at, choice) in choices.iter().enumerate() {
            let lines = wrap(&choice.text, self.width.saturating_sub(6).max(20));
            for (n, line) in lines.iter().enumerate() {
                let head = if n == 0 {
                    format!("  {:>2}  ", at + 1)
                } else {
                    "      ".to_owned()
                };
                writeln!(self.output, "{head}{}", to_terminal(line))?;
            }
        }
        writeln!(self.output)
    }

    fn prompt(&mut self, question: &Question) -> io::Result<()> {
        let beside = words::beside(question, Form::Lines);
        if !beside.is_empty() {
            self.wrapped(&beside, "")?;
        }
        write!(self.output, "> ")?;
        self.output.flush()
    }

    /// `None` = the end of input (Ctrl-D on a terminal), or Ctrl-C: both stop.
    fn read(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        match self.input.read_until(b'\n', &mut line) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(String::from_utf8_lossy(&line).trim().to_owned())),
            Err(e) if super::input::is_stop(&e) => Ok(None),
            Err(e) => Err(e),
        }
    }
}

impl<R: BufRead, W: Write> Ask for LineAsk<R, W> {
    fn ask(&mut self, question: &Question) -> Result<Reply, AskError> {
        self.wrapped(&question.text, "")?;
        if let Kind::One(choices) | Kind::Many(choices) = &question.kind {
            self.choices(choices)?;
        }
        loop {
            self.prompt(question)?;
            let Some(typed) = self.read()? else {
                // What comes next does not stand behind the prompt.
                writeln!(self.output)?;
                return Ok(Reply::Stop);
            };
            match understand(question, &typed) {
                Understood::Reply(reply) => return Ok(reply),
                Understood::Hint => self.wrapped(&words::hint(question), "  ")?,
                Understood::No(why) => self.show(&why)?,
            }
        }
    }

    fn say(&mut self, line: &str) -> Result<(), AskError> {
        Ok(self.show(line)?)
    }

    fn write(&mut self, before: &str) -> Result<Option<String>, AskError> {
        let Some(editor) = &self.editor else {
            self.show(&words::no_editor())?;
            return Ok(None);
        };
        Ok(editor.write(before)?)
    }

    fn width(&self) -> usize {
        self.width
    }
}

pub(super) enum Understood {
    Reply(Reply),
    Hint,
    No(String),
}

pub(super) fn understand(question: &Question, typed: &str) -> Understood {
    let mut letters = typed.chars();
    let single = letters.next().filter(|_| letters.as_str().is_empty());
    match single {
        Some('q' | '\u{1b}') => return Understood::Reply(Reply::Stop),
        Some('h') if question.hint.is_some() => return Understood::Hint,
        Some(key) if question.keys.iter().any(|(k, _)| *k == key) => {
            return Understood::Reply(Reply::Key(key));
        }
        _ => {}
    }
    if typed.is_empty() {
        return if question.can_skip {
            Understood::Reply(Reply::Skip)
        } else {
            Understood::No(words::needed())
        };
    }
    match parse(&question.kind, typed) {
        Ok(answer) => Understood::Reply(Reply::Answer(answer)),
        Err(why) => Understood::No(why),
    }
}

fn parse(kind: &Kind, typed: &str) -> Result<Answer, String> {
    match kind {
        Kind::One(choices) => place(typed, choices.len()).map(Answer::One),
        Kind::Many(choices) => {
            let parts = typed.split([' ', ',', ';']).filter(|p| !p.is_empty());
            let mut places = parts
                .map(|p| place(p, choices.len()))
                .collect::<Result<Vec<usize>, String>>()?;
            places.sort_unstable();
            places.dedup();
            if places.is_empty() {
                return Err(t!("ask.many.none", "Mark at least one."));
            }
            Ok(Answer::Many(places))
        }
        Kind::Enter => Err(words::no_enter()),
        Kind::Line(most) => {
            let length = typed.chars().count();
            if length > *most {
                return Err(words::too_long(*most, length));
            }
            Ok(Answer::Line(typed.to_owned()))
        }
        Kind::Number => Thousandths::parse(typed)
            .map(Answer::Number)
            .ok_or_else(words::no_number),
        Kind::Whole(low, high) => match typed.parse::<u64>() {
            Ok(n) if (*low..=*high).contains(&n) => Ok(Answer::Whole(n)),
            _ => Err(words::no_whole(*low, *high)),
        },
        Kind::Date => typed
            .parse::<Date>()
            .map(Answer::Date)
            .map_err(|e| format!("{e}.")),
        Kind::When => typed
            .parse::<When>()
            .map(Answer::When)
            .map_err(|e| format!("{e}.")),
        Kind::Sure => match place(typed, 3)? {
            0 => Ok(Answer::Sure(Confidence::Guess)),
            1 => Ok(Answer::Sure(Confidence::FairlySure)),
            _ => Ok(Answer::Sure(Confidence::Certain)),
        },
    }
}

fn place(typed: &str, choices: usize) -> Result<usize, String> {
    match typed.parse::<usize>() {
        Ok(n) if (1..=choices).contains(&n) => Ok(n - 1),
        _ => Err(words::no_place(choices)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: Kind, can_skip: bool) -> Question {
        Question {
            id: "x".into(),
            text: "What now?".into(),
            hint: Some("Think.".into()),
            kind,
            seen_by: None,
            flag: "--x".into(),
            can_skip,
            keys: vec![('m', "more".into())],
        }
    }

    fn typed(kind: Kind, can_skip: bool, input: &str) -> (Reply, String) {
        let mut out = Vec::new();
        let mut ask = LineAsk::new(input.as_bytes(), &mut out, 72, None);
        let reply = ask.ask(&question(kind, can_skip)).unwrap();
        (reply, String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_wrong_answer_is_asked_again_with_what_would_fit() {
        let choices = vec![Choice::new("a", "First"), Choice::new("b", "Second")];
        let (reply, shown) = typed(Kind::One(choices), false, "7\n\nh\n2\n");
        assert_eq!(reply, Reply::Answer(Answer::One(1)));
        assert!(shown.contains("A number from 1 to 2."), "{shown}");
        assert!(shown.contains("An answer is needed here"), "{shown}");
        assert!(shown.contains("Hint: Think."), "{shown}");
    }

    #[test]
    fn keys_skip_and_stop_are_understood() {
        assert_eq!(typed(Kind::Line(10), true, "m\n").0, Reply::Key('m'));
        assert_eq!(typed(Kind::Line(10), true, "\n").0, Reply::Skip);
        assert_eq!(typed(Kind::Line(10), true, "q\n").0, Reply::Stop);
        assert_eq!(typed(Kind::Line(10), true, "").0, Reply::Stop);
        assert_eq!(
            typed(Kind::Line(10), true, "  mail  \n").0,
            Reply::Answer(Answer::Line("mail".into()))
        );
    }

    #[test]
    fn numbers_days_and_sureness() {
        let number = Thousandths::parse("2.5").unwrap();
        assert_eq!(
            typed(Kind::Number, false, "30m\n2,5\n").0,
            Reply::Answer(Answer::Number(number))
        );
        assert_eq!(
            typed(Kind::Sure, true, "3\n").0,
            Reply::Answer(Answer::Sure(Confidence::Certain))
        );
        assert_eq!(
            typed(Kind::Whole(1, 5), true, "9\n5\n").0,
            Reply::Answer(Answer::Whole(5))
        );
        let (reply, shown) = typed(Kind::Date, false, "2026-02-30\n2026-02-28\n");
        assert_eq!(reply, Reply::Answer(Answer::Date("2026-02-28".parse().unwrap())));
        assert!(shown.contains("2026-02-30 is no day of the calendar."), "{shown}");
        let many = vec![
            Choice::new("a", "A"),
            Choice::new("b", "B"),
            Choice::new("c", "C"),
        ];
        assert_eq!(
            typed(Kind::Many(many.clone()), false, "3, 1 3\n").0,
            Reply::Answer(Answer::Many(vec![0, 2]))
        );
        let (reply, shown) = typed(Kind::Many(many), false, ",\n2\n");
        assert_eq!(reply, Reply::Answer(Answer::Many(vec![1])));
        assert!(shown.contains("Mark at least one."), "{shown}");
    }
}
