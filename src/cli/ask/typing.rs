//! One line to type. A line longer than the screen is wide moves along instead of running over.

use std::io;

use console::{Key, Term};

use super::surface::{Above, Frame, Surface};
use crate::base::text::width;

/// What stands in front of what is typed.
const PROMPT: &str = "> ";

/// Lets the person type a line; `None` = stopped.
pub(super) fn type_line(term: &Term, above: Above<'_>) -> io::Result<Option<String>> {
    let mut surface = Surface::new(term, above);
    let mut line = Line::default();
    loop {
        let (_, columns) = surface.size();
        surface.draw(&line.frame(columns))?;
        match surface.key()? {
            Key::Enter => return Ok(Some(line.letters.iter().collect())),
            Key::Escape | Key::CtrlC => return Ok(None),
            key => line.press(&key),
        }
    }
}

/// Waits for Enter alone; `false` = the person wants to leave.
pub(super) fn wait_for_enter(term: &Term, above: Above<'_>) -> io::Result<bool> {
    let mut surface = Surface::new(term, above);
    surface.draw(&Line::default().frame(usize::MAX))?;
    loop {
        match surface.key()? {
            Key::Enter => return Ok(true),
            Key::Escape | Key::CtrlC | Key::Char('q') => return Ok(false),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Line {
    letters: Vec<char>,
    /// In front of which letter the cursor stands.
    at: usize,
    /// The first letter that is shown.
    from: usize,
}

impl Line {
    fn press(&mut self, key: &Key) {
        match key {
            Key::Char('\u{15}') => {
                self.letters.drain(..self.at);
                self.at = 0;
            }
            Key::Char('\u{17}') => {
                let before = &self.letters[..self.at];
                let word = before.iter().rposition(|c| !c.is_whitespace()).unwrap_or(0);
                let blank = before[..word].iter().rposition(|c| c.is_whitespace());
                let from = blank.map_or(0, |at| at + 1);
                self.letters.drain(from..self.at);
                self.at = from;
            }
            Key::Char(c) if !c.is_control() => {
                self.letters.insert(self.at, *c);
                self.at += 1;
            }
            Key::Backspace if self.at > 0 => {
                self.at -= 1;
                self.letters.remove(self.at);
            }
            Key::Del if self.at < self.letters.len() => {
                self.letters.remove(self.at);
            }
            Key::ArrowLeft => self.at = self.at.saturating_sub(1),
            Key::ArrowRight => self.at = (self.at + 1).min(self.letters.len()),
            Key::Home => self.at = 0,
            Key::End => self.at = self.letters.len(),
            _ => {}
        }
    }

    /// The part of the line around the cursor that fits.
    fn frame(&mut self, columns: usize) -> Frame {
        // The last column stays free: a row that fills it runs over on some terminals.
        let space = columns.saturating_sub(PROMPT.len() + 1);
        let wide = |letters: &[char]| width(&letters.iter().collect::<String>());
        self.from = self.from.min(self.at);
        while wide(&self.letters[self.from..self.at]) > space {
            self.from += 1;
        }
        let mut to = self.at;
        while to < self.letters.len() && wide(&self.letters[self.from..=to]) <= space {
            to += 1;
        }
        let shown: String = self.letters[self.from..to].iter().collect();
        Frame {
            rows: vec![format!("{PROMPT}{shown}")],
            cursor: Some(PROMPT.len() + wide(&self.letters[self.from..self.at])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[Key]) -> Line {
        let mut line = Line::default();
        for key in keys {
            line.press(key);
        }
        line
    }

    fn letters(text: &str) -> Vec<Key> {
        text.chars().map(Key::Char).collect()
    }

    #[test]
    fn letters_go_in_and_out_where_the_cursor_is() {
        let corrected = [
            Key::ArrowLeft,
            Key::Backspace,
            Key::Char('ü'),
            Key::Home,
            Key::Del,
            Key::Char('G'),
            Key::End,
            Key::Char('!'),
        ];
        let line = typed(&[letters("grun"), corrected.to_vec()].concat());
        assert_eq!(line.letters.iter().collect::<String>(), "Grün!");
        let nothing = typed(&[
            Key::Backspace,
            Key::Del,
            Key::ArrowLeft,
            Key::ArrowRight,
            Key::Char('\0'),
        ]);
        assert!(nothing.letters.is_empty());
    }

    #[test]
    fn a_word_and_all_before_the_cursor_go_at_once() {
        let word = typed(&[letters("two words  "), vec![Key::Char('\u{17}')]].concat());
        assert_eq!(word.letters.iter().collect::<String>(), "two ");
        let all = typed(&[letters("two words"), vec![Key::ArrowLeft, Key::Char('\u{15}')]].concat());
        assert_eq!(all.letters.iter().collect::<String>(), "s");
        assert!(typed(&[Key::Char('\u{17}')]).letters.is_empty());
    }

    #[test]
    fn the_cursor_is_always_in_view_and_no_row_is_full() {
        let mut line = typed(&letters("Beschwerden dauern zwei Tage 山田 太郎 wartet"));
        for columns in [5, 10, 20, 80] {
            for at in (0..=line.letters.len()).rev().chain(0..=line.letters.len()) {
                line.at = at;
                let frame = line.frame(columns);
                assert!(width(&frame.rows[0]) < columns, "{columns}: {:?}", frame.rows);
                assert!(frame.cursor.unwrap() < columns);
            }
        }
    }
}
