//! Aiken: the question, options behind letters, and a line that says which is right.

use super::bank::{Bank, Block, Fate, NoQuestion, QuestionFormat};
use super::settle::{Losses, Raw, RawOption, Words, fate, start_of};

/// Reads a file. Beside what Moodle takes, a question may have several lines, a line that begins with `//` is a comment,
/// and `ANSWER: A, C` names several right options.
pub(super) fn read(text: &str) -> Bank {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut blocks = Vec::new();
    let mut open = Draft::default();
    let mut is_after_blank = false;
    for (at, line) in text.split('\n').enumerate() {
        let (at, line_text) = (at + 1, line.trim());
        if let Some(comment) = line_text.strip_prefix("//") {
            blocks.push(comment_block(at, comment));
            continue;
        }
        if line_text.is_empty() {
            is_after_blank = true;
            continue;
        }
        // Behind a blank line only an option or the answer goes on; a text begins another question.
        let goes_on = option_of(line_text).is_some() || answer_of(line_text).is_some();
        if is_after_blank && !goes_on && open.line > 0 {
            blocks.push(std::mem::take(&mut open).block());
        }
        is_after_blank = false;
        if open.take(at, line_text) {
            blocks.push(std::mem::take(&mut open).block());
        }
    }
    if open.line > 0 {
        blocks.push(open.block());
    }
    // A comment inside a question was there before the question was whole.
    blocks.sort_by_key(|block| block.line);
    Bank {
        format: QuestionFormat::Aiken,
        blocks,
        notes: Vec::new(),
        table: None,
    }
}

fn comment_block(line: usize, comment: &str) -> Block {
    Block {
        line,
        name: start_of(comment),
        fate: Fate::NoQuestion(NoQuestion::Comment),
        source: String::new(),
    }
}

/// A question whose lines come one by one.
#[derive(Debug, Default)]
struct Draft {
    line: usize,
    text: Vec<String>,
    options: Vec<(char, String)>,
    answers: Option<Vec<char>>,
    source: Vec<String>,
}

impl Draft {
    /// Takes a line; `true` = it was the last one of the question.
    fn take(&mut self, at: usize, line: &str) -> bool {
        if self.line == 0 {
            self.line = at;
        }
        self.source.push(line.to_owned());
        if let Some(answers) = answer_of(line) {
            self.answers = Some(answers);
            return true;
        }
        match option_of(line) {
            Some((letter, option)) if !self.text.is_empty() => self.options.push((letter, option.to_owned())),
            _ => match self.options.last_mut() {
                None => self.text.push(line.to_owned()),
                Some((_, option)) => {
                    option.push(' ');
                    option.push_str(line);
                }
            },
        }
        false
    }

    fn block(self) -> Block {
        let text = self.text.join(" ");
        let fate = self.fate(&text);
        Block {
            line: self.line,
            name: start_of(&text),
            source: self.source.join("\n"),
            fate,
        }
    }

    fn fate(&self, text: &str) -> Fate {
        if self.options.is_empty() && self.answers.is_none() {
            return Fate::Refused("it has no options (A. and B.) and no line ANSWER:".to_owned());
        }
        let Some(answers) = &self.answers else {
            return Fate::Refused("it has no line ANSWER:".to_owned());
        };
        let mut raw = Raw::new(Words::plain(text));
        let mut expected = 'A';
        for (letter, option) in &self.options {
            if *letter != expected {
                return Fate::Refused(format!(
                    "its options are not in order: {letter} stands where {expected} belongs"
                ));
            }
            expected = char::from(u8::try_from(u32::from(expected) + 1).unwrap_or(b'Z'));
            raw.options.push(RawOption {
                text: Words::plain(option.as_str()),
                right: answers.contains(letter),
                why: None,
            });
        }
        let is_there = |letter: &&char| self.options.iter().all(|(known, _)| known != *letter);
        if let Some(missing) = answers.iter().find(is_there) {
            return Fate::Refused(format!("ANSWER names {missing}, and there is no such option"));
        }
        if answers.is_empty() {
            return Fate::Refused("its line ANSWER: names no option".to_owned());
        }
        fate(raw, Losses::default())
    }
}

/// The letter and the text of an option: `A. …` or `A) …`.
fn option_of(line: &str) -> Option<(char, &str)> {
    let mut characters = line.chars();
    let letter = characters.next().filter(char::is_ascii_uppercase)?;
    let _ = characters.next().filter(|c| matches!(c, '.' | ')'))?;
    let rest = characters.as_str();
    rest.starts_with(char::is_whitespace)
        .then(|| (letter, rest.trim()))
}

/// Letters of the line that says which option is right.
fn answer_of(line: &str) -> Option<Vec<char>> {
    let word = line.get(.."ANSWER".len())?;
    let rest = line["ANSWER".len()..].trim_start().strip_prefix(':')?;
    if !word.eq_ignore_ascii_case("ANSWER") {
        return None;
    }
    let letters = rest.split([',', ';', ' ', '\t']).filter(|part| !part.is_empty());
    let letter = |part: &str| {
        let mut characters = part.trim_end_matches(['.', ')']).chars();
        let letter = characters.next()?.to_ascii_uppercase();
        (characters.next().is_none() && letter.is_ascii_uppercase()).then_some(letter)
    };
    Some(letters.map(|part| letter(part).unwrap_or('?')).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let of = |block: &Block| match &block.fate {
            Fate::Taken { questions, .. } => {
                let right = questions[0]
                    .options
                    .iter()
                    .filter(|o| o.right)
                    .map(|o| o.text.as_str());
                format!(
                    "{} {}: {}",
                    block.line,
                    questions[0].text,
                    right.collect::<Vec<_>>().join("+")
                )
            }
            Fate::Refused(why) => format!("{} {}: {why}", block.line, block.name),
            Fate::NoQuestion(kind) => format!("{} {}", block.line, kind.word()),
        };
        read(text).blocks.iter().map(of).collect()
    }

    #[test]
    fn questions_are_read_with_or_without_blank_lines() {
        let text = "\u{FEFF}What first?\r\nA. Wait\r\nB) Say when\r\nANSWER: B\r\nAnd then?\nA. Go\nB. Stay\nC. Both of\nthem\nanswer: a, C\n";
        assert_eq!(
            told(text),
            ["1 What first?: Say when", "5 And then?: Go+Both of them"]
        );
    }

    #[test]
    fn what_is_broken_is_refused_by_name() {
        let of = |text: &str| told(text).join(" | ");
        assert_eq!(of("Q\nA. a\nB. b\n"), "1 Q: it has no line ANSWER:");
        assert_eq!(
            of("P\n\nQ\nA. a\n\nB. b\nANSWER: A"),
            "1 P: it has no options (A. and B.) and no line ANSWER: | 3 Q: a"
        );
        assert_eq!(
            of("Q\nA. a\nB. b\n\nR\nA. a\nB. b\nANSWER: A"),
            "1 Q: it has no line ANSWER: | 5 R: a"
        );
        assert_eq!(
            of("Q\nA. a\nB. b\nANSWER: C"),
            "1 Q: ANSWER names C, and there is no such option"
        );
        assert_eq!(
            of("Q\nA. a\nC. b\nANSWER: A"),
            "1 Q: its options are not in order: C stands where B belongs"
        );
        assert_eq!(
            of("Q\nA. a\nANSWER: A"),
            "1 Q: it has one option only; a question needs 2 to 6"
        );
        assert_eq!(
            of("Q\nA. a\nB. b\nANSWER:"),
            "1 Q: its line ANSWER: names no option"
        );
        assert_eq!(of("ANSWER: A"), "1 : ANSWER names A, and there is no such option");
        assert_eq!(of("// note\nQ\nA. a\nB. b\nANSWER: A."), "1 comment | 2 Q: a");
        assert_eq!(
            of("Q\nA. a\nB. b\nANSWER: the first"),
            "1 Q: ANSWER names ?, and there is no such option"
        );
    }
}
