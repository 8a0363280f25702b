//! What could not be taken, in the format it came in: mended, the file is read again as it is.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::bank::{Bank, Block, QuestionFormat};
use crate::interop::rejected_csv;

/// A file of what is refused, each with its line and why: by its place among the blocks. A sheet comes as CSV, whatever it
/// was.
pub fn failures(bank: &Bank, refused: &BTreeMap<usize, String>) -> String {
    let refused = refused
        .iter()
        .filter_map(|(place, why)| Some((bank.blocks.get(*place)?, why.as_str())));
    match (bank.format, &bank.table) {
        (_, Some(table)) => {
            let lines: Vec<(usize, String)> =
                refused.map(|(block, why)| (block.line, why.to_owned())).collect();
            rejected_csv(table, &lines)
        }
        (QuestionFormat::MoodleXml, None) => xml(refused),
        (_, None) => with_comments(refused),
    }
}

fn with_comments<'b>(refused: impl Iterator<Item = (&'b Block, &'b str)>) -> String {
    let mut out = String::new();
    for (block, why) in refused {
        if !out.is_empty() {
            out.push('\n');
        }
        let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "// line {}: {why}\n{}", block.line, block.source);
    }
    out
}

fn xml<'b>(refused: impl Iterator<Item = (&'b Block, &'b str)>) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n".to_owned();
    for (block, why) in refused {
        // Two dashes would end the comment.
        let why = why.replace('-', "\u{2010}");
        let _ = writeln!(out, "<!-- line {}: {why} -->\n{}", block.line, block.source);
    }
    out.push_str("</quiz>\n");
    out
}
