//! What a file of questions holds, whatever program wrote it: one fate for each thing in it.

use crate::base::id::QuestionId;
use crate::model::curriculum::{Question, QuizOption};

/// How questions are written in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionFormat {
    /// Moodle's text format.
    Gift,
    /// Lines with letters in front, and an `ANSWER:` line.
    Aiken,
    /// Moodle's export in XML.
    MoodleXml,
    /// A sheet as text, a row a question.
    Csv,
    /// A sheet as a workbook.
    Xlsx,
}

impl QuestionFormat {
    /// The word for `--from`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Gift => "gift",
            Self::Aiken => "aiken",
            Self::MoodleXml => "moodle-xml",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// By the ending of a file's name, and by how the file begins; `None` = it could be several.
    pub fn of(file: &str, bytes: &[u8]) -> Option<Self> {
        if crate::interop::is_workbook(bytes) {
            return Some(Self::Xlsx);
        }
        let ending = file.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "gift" => Some(Self::Gift),
            "aiken" => Some(Self::Aiken),
            "xml" => Some(Self::MoodleXml),
            "csv" | "tsv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

/// A question as our format can hold it: texts plain, paragraphs divided by a blank line, 2 to 6 options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignQuestion {
    /// Unique in its module: the one that the file gives, or made of the words (`identity`).
    pub id: String,
    /// A short name for lists, at most 80 characters.
    pub title: String,
    /// What is asked.
    pub text: String,
    /// Shown on request.
    pub hint: Option<String>,
    /// In the file's order; at least one is right, and all right ones have to be chosen.
    pub options: Vec<QuizOption>,
}

impl ForeignQuestion {
    /// A question of ours, as other programs get it.
    pub fn of(question: &Question) -> Self {
        let plain = super::markup::paragraphs_of;
        Self {
            id: short(&question.id),
            title: plain(&question.title),
            text: plain(&question.text),
            hint: question.hint.as_deref().map(plain),
            options: question
                .options
                .iter()
                .map(|option| QuizOption {
                    text: plain(&option.text),
                    right: option.right,
                    why: option.why.as_deref().map(plain),
                })
                .collect(),
        }
    }

    /// Places of options that do not say why they are right or wrong, from 1.
    pub fn without_why(&self) -> Vec<usize> {
        let whys = self.options.iter().enumerate();
        whys.filter(|(_, option)| option.why.is_none())
            .map(|(at, _)| at + 1)
            .collect()
    }
}

fn short(id: &QuestionId) -> String {
    id.short().to_owned()
}

/// What is no question and asks for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoQuestion {
    /// Lines for whoever reads the file.
    Comment,
    /// Where the questions behind it belong in the other program.
    Category,
}

impl NoQuestion {
    /// The word in lists.
    pub fn word(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Category => "category",
        }
    }
}

/// What becomes of a block of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It can be taken.
    Taken {
        /// One; several where pairs to be matched become questions of one choice each.
        questions: Vec<ForeignQuestion>,
        /// What of it our format cannot hold, each in words.
        losses: Vec<String>,
    },
    /// It cannot be taken: why, in words.
    Refused(String),
    /// It is no question.
    NoQuestion(NoQuestion),
}

/// One thing in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Line or row that it begins on, from 1.
    pub line: usize,
    /// Its title or its first words.
    pub name: String,
    /// What becomes of it.
    pub fate: Fate,
    /// As it stands in the file; empty for a row of a sheet.
    pub source: String,
}

/// A file of questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bank {
    /// How it is written.
    pub format: QuestionFormat,
    /// Everything in it, in its order.
    pub blocks: Vec<Block>,
    /// What is to be said of the file as a whole.
    pub notes: Vec<String>,
    /// Headings and rows as they were, of a sheet.
    pub table: Option<crate::interop::Table>,
}
