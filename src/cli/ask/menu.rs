//! A menu: one of several by Enter, or some of several by marks.

use std::io;

use console::{Key, Term};

use super::surface::{Above, Frame, Surface};
use crate::base::text::{cut, hanging, to_terminal};

/// Wider lines are hard to read.
const WIDEST: usize = 72;
/// Rows that stay free for the question.
const ABOVE: usize = 5;

/// One line of a menu, or several where its text is long.
pub(super) struct Item {
    /// What stands in front of the text: a number.
    pub(super) head: String,
    pub(super) text: String,
    /// Whether it is marked; `None` = it is picked at once.
    pub(super) mark: Option<bool>,
}

/// How a menu ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Picked {
    /// This item.
    Item(usize),
    /// Those that are marked.
    Marked,
    Stop,
}

/// Items and the one the person is at; both outlive a look at a hint.
pub(super) struct Menu {
    pub(super) items: Vec<Item>,
    pub(super) at: usize,
    /// Whether the number of an item picks it, not only leads to it.
    pub(super) at_once: bool,
}

impl Menu {
    /// Lets the person move, mark and pick.
    pub(super) fn ask(&mut self, term: &Term, above: Above<'_>) -> io::Result<Picked> {
        let mut surface = Surface::new(term, above);
        let last = self.items.len().saturating_sub(1);
        loop {
            let (rows, columns) = surface.size();
            surface.draw(&Frame {
                rows: self.rows(rows.saturating_sub(ABOVE), columns),
                cursor: None,
            })?;
            match surface.key()? {
                Key::ArrowDown | Key::Tab | Key::Char('j') => {
                    self.at = if self.at == last { 0 } else { self.at + 1 };
                }
                Key::ArrowUp | Key::BackTab | Key::Char('k') => {
                    self.at = self.at.checked_sub(1).unwrap_or(last);
                }
                Key::Home => self.at = 0,
                Key::End => self.at = last,
                Key::Escape | Key::CtrlC | Key::Char('q') => return Ok(Picked::Stop),
                Key::Char(' ') if self.toggle() => {}
                Key::Char(' ') => return Ok(Picked::Item(self.at)),
                Key::Enter => {
                    let is_marked = self.items.get(self.at).is_some_and(|item| item.mark.is_some());
                    return Ok(if is_marked {
                        Picked::Marked
                    } else {
                        Picked::Item(self.at)
                    });
                }
                // The number in front of an item leads to it.
                Key::Char(c @ '1'..='9') => {
                    let wanted = format!("{c}  ");
                    if let Some(found) = self.items.iter().position(|item| item.head == wanted) {
                        self.at = found;
                        if self.at_once {
                            return Ok(Picked::Item(found));
                        }
                    }
                }
                // So does the letter with which one alone begins: "n" is no.
                Key::Char(c) => {
                    let begins = |item: &Item| {
                        let first = item.text.chars().next();
                        first.is_some_and(|first| first.to_lowercase().eq(c.to_lowercase()))
                    };
                    let mut found = (0..self.items.len()).filter(|at| begins(&self.items[*at]));
                    if let (Some(at), None) = (found.next(), found.next()) {
                        self.at = at;
                    }
                }
                _ => {}
            }
        }
    }

    /// Places of the marked items.
    pub(super) fn marked(&self) -> Vec<usize> {
        let marked = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, i)| i.mark == Some(true));
        marked.map(|(at, _)| at).collect()
    }

    /// Whether there was a mark to set or take away.
    fn toggle(&mut self) -> bool {
        let mark = self.items.get_mut(self.at).and_then(|item| item.mark.as_mut());
        match mark {
            Some(mark) => {
                *mark = !*mark;
                true
            }
            None => false,
        }
    }

    /// The menu in so many rows and columns: all of it, or the part around where the person is, with its place.
    fn rows(&self, rows: usize, columns: usize) -> Vec<String> {
        let rows = rows.max(3);
        let blocks: Vec<Vec<String>> = (0..self.items.len()).map(|at| self.block(at, columns)).collect();
        if blocks.iter().map(Vec::len).sum::<usize>() <= rows {
            return blocks.concat();
        }
        // The first item from which everything down to the one the person is at fits; one row is for the place.
        let space = rows - 1;
        let fits = |from: usize| blocks[from..=self.at].iter().map(Vec::len).sum::<usize>() <= space;
        let from = (0..=self.at).find(|from| fits(*from)).unwrap_or(self.at);
        let (mut shown, mut to) = (Vec::new(), from);
        for block in &blocks[from..] {
            if to > self.at && shown.len() + block.len() > space {
                break;
            }
            shown.extend_from_slice(block);
            to += 1;
        }
        shown.truncate(space);
        let place = format!("     ({}-{} / {})", from + 1, to, blocks.len());
        shown.push(cut(&place, columns.saturating_sub(1)).into_owned());
        shown
    }

    fn block(&self, at: usize, columns: usize) -> Vec<String> {
        let item = &self.items[at];
        let mark = match item.mark {
            Some(true) => "[x] ",
            Some(false) => "[ ] ",
            None => "",
        };
        let pointer = if at == self.at { "> " } else { "  " };
        // A row that fills the screen to its last column runs over on some terminals.
        let columns = columns.saturating_sub(1);
        hanging(
            &format!("{pointer}{mark}{}", item.head),
            &to_terminal(&item.text),
            columns.min(WIDEST),
        )
        .iter()
        .map(|row| cut(row, columns).into_owned())
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::width;

    fn menu(texts: &[&str], at: usize) -> Menu {
        let items = texts.iter().enumerate().map(|(n, text)| Item {
            head: format!("{}  ", n + 1),
            text: (*text).to_owned(),
            mark: None,
        });
        Menu {
            items: items.collect(),
            at,
            at_once: false,
        }
    }

    #[test]
    fn a_long_text_goes_on_below_itself() {
        let menu = menu(&["Wait", "Say that you saw it, and when an answer will come"], 1);
        assert_eq!(
            menu.rows(20, 40),
            [
                "  1  Wait",
                "> 2  Say that you saw it, and when an",
                "     answer will come",
            ]
        );
    }

    #[test]
    fn the_item_the_person_is_at_is_always_shown_and_nothing_is_too_wide() {
        let long = "ä".repeat(90);
        let texts = ["one", &long, "three", "four", "five", "six", "山田 太郎", "eight"];
        for rows in 1..12 {
            for columns in [12, 24, 40, 80, 200] {
                for at in 0..texts.len() {
                    let shown = menu(&texts, at).rows(rows, columns);
                    assert!(shown.len() <= rows.max(3), "{rows}x{columns}: {shown:?}");
                    let pointers = shown.iter().filter(|row| row.starts_with("> ")).count();
                    assert_eq!(pointers, 1, "{rows}x{columns}, at {at}: {shown:?}");
                    assert!(shown.iter().all(|row| width(row) < columns), "{shown:?}");
                }
            }
        }
    }

    #[test]
    fn a_part_says_which() {
        let shown = menu(&["a", "b", "c", "d", "e", "f"], 4).rows(4, 40);
        assert_eq!(shown, ["  3  c", "  4  d", "> 5  e", "     (3-5 / 6)"]);
    }
}
