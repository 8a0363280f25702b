//! What a person gives authors under a pseudonym, if they want to: their first try at each question, without a day.

/// A first try at one question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FirstTry {
    /// The curriculum.
    pub curriculum: String,
    /// `module.question`.
    pub question: String,
    /// The revision of the question that was answered.
    pub rev: u32,
    /// Places of the options chosen, from 1, ascending; empty = not sure, which is a miss.
    pub chosen: Vec<usize>,
    /// Whether it was right.
    pub ok: bool,
}
