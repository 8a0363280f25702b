//! The rows a prompt is drawn on, at the end of the terminal. They are drawn anew after each key, fit the columns there are,
//! so that none runs over into the next, and are gone when the prompt ends.

use std::io;

use console::{Key, Term};

use super::input;
use crate::base::text::width;

/// Writes what stands above a prompt once more, on a screen that had to be cleared.
pub(super) type Above<'a> = &'a dyn Fn() -> io::Result<()>;

pub(super) struct Surface<'a> {
    term: &'a Term,
    above: Above<'a>,
    /// How wide each row is that was drawn.
    drawn: Vec<usize>,
    /// Whether the cursor stands in the last row, else below it.
    cursor_is_inside: bool,
}

/// What a prompt looks like.
pub(super) struct Frame {
    pub(super) rows: Vec<String>,
    /// The cursor's column in the last row; without one it is hidden.
    pub(super) cursor: Option<usize>,
}

impl<'a> Surface<'a> {
    /// Begins at the end of the terminal; what stands above is written already.
    pub(super) fn new(term: &'a Term, above: Above<'a>) -> Self {
        Self {
            term,
            above,
            drawn: Vec::new(),
            cursor_is_inside: false,
        }
    }

    /// Rows and columns there are at this moment.
    pub(super) fn size(&self) -> (usize, usize) {
        let (rows, columns) = self.term.size();
        (rows.into(), columns.into())
    }

    /// Draws a prompt in the place of what was drawn before.
    pub(super) fn draw(&mut self, frame: &Frame) -> io::Result<()> {
        let (rows, columns) = self.size();
        if self.drawn.iter().any(|row| *row > columns) || self.drawn.len() >= rows {
            // In a window made narrower some terminals break rows and some cut them: where ours begin is not known any
            // more. They are cleared as if they were broken, which may take rows of the question with them; what is left
            // is moved out of the screen, and the question is put anew.
            let broken = self.drawn.iter().map(|row| row.div_ceil(columns.max(1)).max(1));
            self.clear_rows(broken.sum())?;
            self.term.write_str(&"\n".repeat(rows))?;
            self.term.clear_screen()?;
            (self.above)()?;
        } else {
            self.clear()?;
        }
        self.term.write_str(&(frame.rows.join("\n") + "\n"))?;
        self.drawn = frame.rows.iter().map(|row| width(row)).collect();
        match frame.cursor {
            Some(column) => {
                self.term.move_cursor_up(1)?;
                self.term.move_cursor_right(column)?;
                self.cursor_is_inside = true;
            }
            None => self.term.hide_cursor()?,
        }
        Ok(())
    }

    /// Takes away what was drawn.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        self.clear_rows(self.drawn.len())
    }

    fn clear_rows(&mut self, rows: usize) -> io::Result<()> {
        self.term
            .move_cursor_up(rows - usize::from(self.cursor_is_inside))?;
        if rows > 0 {
            self.term.clear_to_end_of_screen()?;
        }
        (self.drawn, self.cursor_is_inside) = (Vec::new(), false);
        Ok(())
    }

    /// Waits for a key. Ctrl-C is one; a terminal that went away and Ctrl-D are the same.
    pub(super) fn key(&self) -> io::Result<Key> {
        let key = match self.term.read_key_raw() {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Key::CtrlC,
            other => other?,
        };
        // Between two keys the terminal makes a signal of Ctrl-C.
        Ok(match key {
            Key::Char('\u{4}') => Key::CtrlC,
            _ if input::was_stopped() => Key::CtrlC,
            other => other,
        })
    }
}

impl Drop for Surface<'_> {
    /// However a prompt ends, the cursor is there afterwards.
    fn drop(&mut self) {
        let _ = self.clear();
        let _ = self.term.show_cursor();
    }
}
