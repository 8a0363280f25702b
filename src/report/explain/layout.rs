//! Lines of a page of 80 columns: text behind a beginning, and what stands at the right end.

use crate::base::text::{self, width};

/// As wide as a screen of 80, with a margin.
const COLUMNS: usize = 78;

/// Text behind a fixed beginning, on this page.
pub(super) fn hanging(beginning: &str, text: &str) -> Vec<String> {
    text::hanging(beginning, text, COLUMNS)
}

/// Puts a text at the right end of the last line, or of one more.
pub(super) fn end_with(lines: &mut Vec<String>, text: &str) {
    if text.is_empty() {
        return;
    }
    let used = lines.last().map_or(0, |line| width(line));
    let gap = COLUMNS.saturating_sub(used + width(text));
    match lines.last_mut() {
        Some(line) if gap >= 2 => {
            line.push_str(&" ".repeat(gap));
            line.push_str(text);
        }
        _ => lines.push(format!(
            "{}{text}",
            " ".repeat(COLUMNS.saturating_sub(width(text)))
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_hangs_and_ends_stand_at_the_right() {
        let mut lines = hanging("  yes  ", &"word ".repeat(20));
        assert!(lines[0].starts_with("  yes  word") && lines[1].starts_with("       word"));
        end_with(&mut lines, "(6 times)");
        assert_eq!((lines.len(), width(&lines[1])), (2, COLUMNS));
        end_with(&mut lines, "no room");
        assert_eq!(lines[2].trim_start(), "no room");
        assert!(lines.iter().all(|line| width(line) <= COLUMNS));
    }
}
