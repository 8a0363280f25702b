//! A GIFT file in blocks: questions, categories, and comments that stand alone.

/// A block of lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lines<'t> {
    /// Line of the first of them that is no comment, from 1; of the first at all where all are.
    pub(super) line: usize,
    /// First byte in the file, and the one behind the last.
    start: usize,
    end: usize,
    /// As they stand in the file.
    pub(super) source: &'t str,
    /// Without comments.
    pub(super) text: String,
    /// Comments, without their `//`.
    pub(super) comments: Vec<&'t str>,
    /// Whether braces are opened in it that are not closed.
    pub(super) is_open: bool,
}

/// What begins the line that says where the questions behind it belong.
pub(super) const CATEGORY: &str = "$CATEGORY:";

/// Blocks are divided by blank lines; a category stands for itself. A blank line between braces divides nothing where the
/// braces are closed before anything else is opened.
pub(super) fn blocks(text: &str) -> Vec<Lines<'_>> {
    let mut blocks: Vec<Lines<'_>> = Vec::new();
    let mut open: Option<Paragraph> = None;
    let mut starts = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let (start, end) = (starts, starts + line.len());
        starts = end;
        let is_blank = line.trim().is_empty();
        let is_category = line.trim_start().starts_with(CATEGORY);
        if (is_blank || is_category)
            && let Some(paragraph) = open.take()
        {
            blocks.push(paragraph.lines(text));
        }
        if is_blank {
            continue;
        }
        let paragraph = open.get_or_insert(Paragraph {
            line: at + 1,
            start,
            end,
        });
        paragraph.end = end;
        if is_category && let Some(paragraph) = open.take() {
            blocks.push(paragraph.lines(text));
        }
    }
    blocks.extend(open.map(|paragraph| paragraph.lines(text)));
    joined(blocks, text)
}

/// A stretch of the text without blank lines.
struct Paragraph {
    line: usize,
    start: usize,
    end: usize,
}

impl Paragraph {
    fn lines<'t>(&self, text: &'t str) -> Lines<'t> {
        let source = text[self.start..self.end].trim_end_matches(['\n', '\r']);
        let mut kept = String::with_capacity(source.len());
        let mut comments = Vec::new();
        let mut first = None;
        for (at, line) in source.lines().enumerate() {
            if let Some(comment) = line.trim_start().strip_prefix("//") {
                comments.push(comment.trim());
                continue;
            }
            first.get_or_insert(at);
            kept.push_str(line);
            kept.push('\n');
        }
        Lines {
            line: self.line + first.unwrap_or(0),
            start: self.start,
            end: self.start + source.len(),
            source,
            is_open: braces(&kept) == Braces::Open,
            text: kept,
            comments,
        }
    }
}

/// What the first and last brace of a text say.
#[derive(Debug, PartialEq, Eq)]
enum Braces {
    None,
    /// The last one opens.
    Open,
    /// The first one closes.
    CloseFirst,
    Other,
}

fn braces(text: &str) -> Braces {
    let (mut first, mut last) = (None, None);
    let mut is_escaped = false;
    for c in text.chars() {
        if !is_escaped && matches!(c, '{' | '}') {
            first.get_or_insert(c);
            last = Some(c);
        }
        is_escaped = !is_escaped && c == '\\';
    }
    match (first, last) {
        (None, _) => Braces::None,
        (Some('}'), _) => Braces::CloseFirst,
        (_, Some('{')) => Braces::Open,
        _ => Braces::Other,
    }
}

/// Puts together what a blank line between braces divided.
fn joined<'t>(mut blocks: Vec<Lines<'t>>, text: &'t str) -> Vec<Lines<'t>> {
    let mut out: Vec<Lines<'t>> = Vec::with_capacity(blocks.len());
    let mut at = 0;
    while at < blocks.len() {
        let more = if blocks[at].is_open {
            paragraphs_to_close(&blocks[at + 1..])
        } else {
            0
        };
        let mut block = std::mem::take(&mut blocks[at]);
        for later in &blocks[at + 1..=at + more] {
            block.take_in(later, text);
        }
        at += more + 1;
        out.push(block);
    }
    out
}

/// How many of the blocks behind braces that are open belong to them; 0 where they are never closed.
fn paragraphs_to_close(behind: &[Lines<'_>]) -> usize {
    /// Paragraphs that the answers of a question may have.
    const MOST: usize = 50;
    for (at, lines) in behind.iter().take(MOST).enumerate() {
        let is_other =
            lines.text.trim_start().starts_with("::") || lines.text.trim_start().starts_with(CATEGORY);
        match braces(&lines.text) {
            _ if is_other => return 0,
            Braces::None => {}
            Braces::CloseFirst => return at + 1,
            Braces::Open | Braces::Other => return 0,
        }
    }
    0
}

impl<'t> Lines<'t> {
    /// Takes in a later block of the same text, with what stands between.
    fn take_in(&mut self, more: &Lines<'t>, text: &'t str) {
        self.end = more.end;
        self.source = &text[self.start..self.end];
        self.text.push('\n');
        self.text.push_str(&more.text);
        self.comments.extend(&more.comments);
        self.is_open = braces(&self.text) == Braces::Open;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(usize, String)> {
        let of = |lines: Lines<'_>| (lines.line, lines.text.trim_end().to_owned());
        blocks(text).into_iter().map(of).collect()
    }

    #[test]
    fn blank_lines_divide_and_categories_stand_alone() {
        let text = "// head\r\n\r\n$CATEGORY: a/b\r\nQ1 {=a ~b}\r\n \r\n// [id:x]\r\nQ2\r\n{=a ~b}";
        let lines = blocks(text);
        let seen: Vec<_> = lines.iter().map(|l| (l.line, l.text.lines().next())).collect();
        assert_eq!(
            seen,
            [
                (1, None),
                (3, Some("$CATEGORY: a/b")),
                (4, Some("Q1 {=a ~b}")),
                (7, Some("Q2"))
            ]
        );
        assert_eq!(lines[3].comments, ["[id:x]"]);
    }

    #[test]
    fn a_blank_line_between_braces_divides_nothing() {
        let text = "Q {\n=a\n\n~b\n\n~c }\n\nNext {=a ~b}";
        assert_eq!(
            of(text),
            [(1, "Q {\n=a\n\n~b\n\n~c }".into()), (8, "Next {=a ~b}".into())]
        );
        assert_eq!(blocks(text)[0].source, "Q {\n=a\n\n~b\n\n~c }");
    }

    #[test]
    fn braces_that_are_never_closed_take_no_other_question_along() {
        let text = "Q { =a ~b\n\n::T:: Next } {=a ~b}\n\nLast {=c ~d}";
        let seen = of(text);
        assert_eq!(seen.len(), 3);
        assert_eq!(of("Q { =a ~b\n\nNext {=a ~b}").len(), 2);
    }
}
