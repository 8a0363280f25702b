//! What a store answers, what that means, and what carries questions to it.

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Of HTTP.
    pub status: u16,
    /// Seconds that the store asks to wait (`Retry-After`).
    pub retry_after: Option<u32>,
    /// What it says.
    pub body: String,
}

/// No answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// May be better in a moment: no connection, a time limit.
    Passing(String),
    /// Stays as it is: a certificate that is not trusted, a proxy that wants to know who asks.
    Lasting(String),
}

/// Carries statements to a store.
pub trait Transport {
    /// POST of an array of statements.
    fn post(&mut self, body: &str) -> Result<Answer, Failure>;
    /// GET of the statement of an id; `voided`: among those that were voided.
    fn get(&mut self, id: &str, voided: bool) -> Result<Answer, Failure>;
    /// Lets a second pass.
    fn wait_a_second(&mut self);
    /// Whether the person wants it to end.
    fn is_stopped(&self) -> bool;
}

/// What the answer to a POST means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// All of it is in the store.
    Stored,
    /// The store has something else under one of the ids, or the same and says so.
    Conflict,
    /// One of the statements does not suit the store.
    Unfit,
    /// Not this user.
    Denied,
    /// Not now.
    Later,
    /// No record store answers like this.
    NoStore,
}

impl Verdict {
    /// Only what can be about a statement is taken to be about one: a 404 halved down to one would quarantine a whole
    /// programme because of a typing error.
    pub(super) fn of(status: u16) -> Self {
        match status {
            200 | 204 => Self::Stored,
            409 => Self::Conflict,
            400 | 412 | 413 | 422 => Self::Unfit,
            401 | 403 => Self::Denied,
            408 | 425 | 429 | 500..=599 => Self::Later,
            _ => Self::NoStore,
        }
    }
}

/// The text of an answer, short and in one line, for people.
pub(super) fn said(answer: &Answer) -> String {
    /// Characters that are shown.
    const MOST: usize = 300;
    let text = answer.body.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return "nothing".to_owned();
    }
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
